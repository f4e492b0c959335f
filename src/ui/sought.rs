//! What the table's filter lets through: searched once for a snapshot, for the table and for the chart that follows it.

use std::sync::Arc;

use crate::filter::{Filter, Slots};

use super::View;

/// An answer with what it belongs to; empty until something was searched.
#[derive(Debug, Clone, Default)]
pub struct Sought(Option<Arc<Answer>>);

#[derive(Debug)]
struct Answer {
    filter: Filter,
    /// Of which snapshot.
    revision: u64,
    /// And of which numbering of its slots.
    numbering: u64,
    slots: Slots,
}

impl Sought {
    /// Searches now.
    pub fn of(filter: &Filter, view: &View<'_>) -> Self {
        let slots = filter.search(view.project, view.derived);
        let numbering = view.derived.columnar().numbering();
        Self(Some(Arc::new(Answer { filter: filter.clone(), revision: view.revision, numbering, slots })))
    }

    /// For each slot of the columns whether this filter lets it through; `None` where something else was searched.
    pub fn slots(&self, filter: &Filter, view: &View<'_>) -> Option<&Slots> {
        let answer = self.0.as_ref()?;
        let holds = answer.revision == view.revision
            && answer.numbering == view.derived.columnar().numbering()
            && answer.filter == *filter;
        holds.then_some(&answer.slots)
    }

    /// Whether what was searched lets a slot through. The caller has seen to it that it was searched for this view.
    pub fn passes(&self, slot: u32) -> bool {
        self.0.as_ref().is_some_and(|answer| answer.slots.get(slot as usize).is_some_and(|passes| *passes))
    }
}

/// The very same answer.
impl PartialEq for Sought {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl Eq for Sought {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::Derived;
    use crate::model::{Event, Moment, Project};

    fn event(id: &str, title: &str) -> Event {
        Event { title: title.into(), ..Event::new(id.parse().expect("an id")) }
    }

    #[test]
    fn an_answer_is_of_one_filter_snapshot_and_numbering() {
        let mut project = Project::titled("x");
        project.events.extend([event("a", "Osh"), event("b", "Batken")]).expect("free ids");
        let derived = Derived::from_scratch(&project);
        let now = Moment::parse("2022-09-20").expect("a moment");
        let view = View {
            project: &project,
            derived: &derived,
            revision: 7,
            today: jiff::civil::date(2022, 9, 20),
            now,
            enter_edits: false,
        };
        let filter = |line: &str| Filter::parse(line, &project).expect("a filter");
        let sought = Sought::of(&filter("osh"), &view);
        assert_eq!(sought.slots(&filter("title:osh OR osh"), &view), None, "another filter");
        assert_eq!(sought.slots(&filter("osh"), &view), Some(&vec![true, false]));
        assert_eq!(sought.slots(&filter("osh"), &View { revision: 8, ..view }), None, "another snapshot");
        let again = Derived::from_scratch(&project);
        assert_eq!(sought.slots(&filter("osh"), &View { derived: &again, ..view }), None, "other slots");
        assert_eq!(Sought::default().slots(&filter("osh"), &view), None);
        assert_ne!(sought, Sought::of(&filter("osh"), &view));
        assert_eq!(sought, sought.clone());
    }
}
