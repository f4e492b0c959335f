//! All events in the order that was asked for last. A filter only takes rows out of it, so that a letter of one costs no
//! sorting; it is made anew for another snapshot, another order or another day.

use std::sync::Arc;

use jiff::civil::Date;

use super::Sort;
use crate::columns::order::{self, By};
use crate::ui::{RowOrder, View};

/// The order with what it belongs to; empty until something was sorted.
#[derive(Default)]
pub(super) struct Ordered(Option<Kept>);

struct Kept {
    /// Of which snapshot, and of which numbering of its slots.
    revision: u64,
    numbering: u64,
    /// Columns may read the day.
    today: Date,
    by: Vec<By>,
    order: Arc<RowOrder>,
}

impl Kept {
    fn holds(&self, by: &[By], view: &View<'_>) -> bool {
        // A column of the analyst's own that is read otherwise is another one with the same id.
        let same = |(one, other): (&By, &By)| std::ptr::eq(one.0, other.0) && one.1 == other.1;
        self.revision == view.revision
            && self.numbering == view.derived.columnar().numbering()
            && self.today == view.today
            && self.by.len() == by.len()
            && self.by.iter().zip(by).all(same)
    }
}

impl Ordered {
    /// All events by these keys: as they were sorted before where that is still their order, else sorted now.
    pub fn by(&mut self, sort: &[Sort], view: &View<'_>) -> Arc<RowOrder> {
        let by: Vec<By> = sort.iter().map(|sort| (sort.column, sort.descending)).collect();
        if let Some(kept) = self.0.as_ref().filter(|kept| kept.holds(&by, view)) {
            return kept.order.clone();
        }
        let table = view.derived.columnar();
        let mut slots = table.order().to_vec();
        order::sort(&mut slots, &by, view.project, view.derived, view.today);
        let order = Arc::new(RowOrder::new(slots, table));
        let (revision, numbering, today) = (view.revision, table.numbering(), view.today);
        self.0 = Some(Kept { revision, numbering, today, by, order: order.clone() });
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Column;
    use crate::derive::Derived;
    use crate::model::{Event, EventId, Moment, Project};
    use crate::ui::event_table::rows::Rows;

    fn event(id: &str, title: &str) -> Event {
        Event { title: title.into(), ..Event::new(id.parse().expect("an id")) }
    }

    fn project() -> Project {
        let mut project = Project::titled("x");
        let events =
            [event("a", "Osh"), event("b", "Batken"), event("c", "osh"), event("d", "Kekh"), event("e", "Osh")];
        project.events.extend(events).expect("free ids");
        project
    }

    fn view<'a>(project: &'a Project, derived: &'a Derived, revision: u64) -> View<'a> {
        let today = jiff::civil::date(2022, 9, 20);
        View { project, derived, revision, today, now: Moment::new(today), enter_edits: false }
    }

    fn titles(descending: bool) -> [Sort; 1] {
        [Sort { column: Column::of("title").expect("a column"), descending }]
    }

    #[test]
    fn an_order_is_kept_for_one_snapshot_numbering_day_and_sort() {
        let project = project();
        let (derived, again) = (Derived::from_scratch(&project), Derived::from_scratch(&project));
        let now = view(&project, &derived, 7);
        let mut ordered = Ordered::default();
        let first = ordered.by(&titles(false), &now);
        assert!(Arc::ptr_eq(&first, &ordered.by(&titles(false), &now)));
        let mut other = |sort: &[Sort], view: &View<'_>| {
            let made = ordered.by(sort, view);
            assert!(!Arc::ptr_eq(&made, &first));
            ordered = Ordered::default();
            ordered.by(&titles(false), &now);
            made
        };
        let backwards: Vec<EventId> = other(&titles(true), &now).ids().to_vec();
        assert_eq!(backwards[0], "a".parse().expect("an id"));
        other(&[], &now);
        other(&titles(false), &View { revision: 8, ..now });
        other(&titles(false), &View { derived: &again, ..now });
        other(&titles(false), &View { today: jiff::civil::date(2022, 9, 21), ..now });
    }

    #[test]
    fn what_a_filter_leaves_stands_as_if_it_alone_was_sorted() {
        let mut project = project();
        let mut derived = Derived::from_scratch(&project);
        let mut rows = Rows::default();
        rows.sort_by(titles(false)[0].column, false, false);
        for (revision, line) in (0..).zip(["osh", "", "title:k", "osh", ""]) {
            rows.set_filter(line.to_owned(), &project);
            rows.sort_again();
            let now = view(&project, &derived, revision / 2);
            rows.refresh(&now);
            let table = derived.columnar();
            let through = rows.filter.search(&project, &derived);
            let mut alone: Vec<u32> = table.order().iter().copied().filter(|slot| through[*slot as usize]).collect();
            let by: Vec<By> = rows.sort().collect();
            order::sort(&mut alone, &by, &project, &derived, now.today);
            assert_eq!(rows.order().slots(), alone, "{line}");
            if revision % 2 == 1 {
                let edited =
                    Event { title: "Aksai osh".into(), ..(**project.events.iter().last().expect("one")).clone() };
                let edit = crate::edit::Edit::SetEvents { events: vec![edited.into()], what: "title".into() };
                let next = edit.apply(&project).expect("an edit");
                derived.advance(&project, &next);
                project = next;
            }
        }
    }
}
