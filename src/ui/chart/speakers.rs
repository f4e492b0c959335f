//! Who speaks of each event, which a split by source asks for: of a large project it is worked out in the background, and
//! the chart waits for it.

use std::sync::Arc;

use crate::derive::Derived;
use crate::derive::facet::Facet;
use crate::derive::series::{Question, Split};
use crate::derive::sources::Sources;
use crate::model::{Class, Measure, Project};
use crate::ui::View;

/// Of so many events it is worked out in the frame.
const AT_ONCE: usize = 10_000;

/// What is to be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Of which snapshot.
    revision: u64,
    /// And of which numbering of its slots.
    numbering: u64,
    measure: Measure,
    class: Class,
}

impl Task {
    fn of(view: &View<'_>, question: &Question) -> Self {
        Self {
            revision: view.revision,
            numbering: view.derived.columnar().numbering(),
            measure: question.measure.clone(),
            class: question.class.clone(),
        }
    }

    /// Works it out; `None` where `go_on` said to stop.
    pub fn make(&self, project: &Project, derived: &Derived, go_on: &dyn Fn(f32) -> bool) -> Option<Arc<Sources>> {
        Sources::of_while(project, derived, &self.measure, &self.class, go_on).map(Arc::new)
    }
}

/// What is being worked out.
#[derive(Debug, Default)]
pub struct Speakers {
    waits: Option<Task>,
    wanted: Option<Task>,
}

impl Speakers {
    /// Whether a question cannot be answered yet. Then it is asked for what is missing, once.
    pub(super) fn are_missing(&mut self, view: &View<'_>, question: &Question) -> bool {
        let asks = question.split == Split::Of(Facet::Source) && view.project.events.len() > AT_ONCE;
        if !asks || view.derived.knows_sources(&question.measure, &question.class) {
            self.waits = None;
            return false;
        }
        let task = Task::of(view, question);
        if self.waits.as_ref() != Some(&task) {
            self.waits = Some(task.clone());
            self.wanted = Some(task);
        }
        true
    }

    /// What should be worked out in the background.
    pub fn wants(&mut self) -> Option<Task> {
        self.wanted.take()
    }

    /// Takes what was worked out, where it is of this view; else it is asked for again where it is still wanted.
    pub fn took(&mut self, view: &View<'_>, task: &Task, sources: Option<Arc<Sources>>) {
        let is_of_view = task.revision == view.revision && task.numbering == view.derived.columnar().numbering();
        match sources.filter(|_| is_of_view) {
            Some(sources) => view.derived.keep_sources(&task.measure, &task.class, sources),
            None if self.waits.as_ref() == Some(task) => self.waits = None,
            None => {}
        }
    }
}
