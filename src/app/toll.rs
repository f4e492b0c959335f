//! The toll as it became known of a large project, worked out off the window's thread.

use crate::derive::Derived;
use crate::model::Project;
use crate::ui::chart::toll::{Answer, Task};

use super::App;
use super::files::Outcome;

/// What the work brings back. The snapshot tells whether it is of the project as it is then.
pub struct Known {
    of: Project,
    task: Task,
    answer: Option<Answer>,
}

impl App {
    /// Starts what the chart wants worked out. Earlier work of the kind is not needed any more.
    pub(super) fn work_for_toll(&mut self) {
        let Some(task) = self.panels.chart.toll.wants() else { return };
        let Some(of) = self.open.as_ref().map(|open| open.session.project().clone()) else { return };
        let job = self.jobs.start_held("Working out how the toll became known".to_owned(), move |progress| {
            let derived = Derived::from_scratch_while(&of, &|_| progress.report(0.0));
            let answer = derived.and_then(|derived| task.make(&of, &derived, &|done| progress.report(done)));
            Outcome::Toll(Box::new(Known { of, task, answer }))
        });
        self.stop_toll();
        self.toll = Some(job);
    }

    /// Stops the work: another project is opened.
    pub(super) fn stop_toll(&mut self) {
        if let Some(job) = self.toll.take() {
            job.cancel();
        }
    }

    /// Hands the chart what was worked out, where it is still of this project.
    pub(super) fn take_toll(&mut self, known: Known) {
        let Some(open) = &self.open else { return };
        if known.of.unchanged(open.session.project()) {
            let task = Task { revision: open.session.revision(), ..known.task };
            self.panels.chart.toll.took(task, known.answer);
        } else {
            self.panels.chart.toll.ask_again();
        }
    }
}
