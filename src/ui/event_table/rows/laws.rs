//! Laws of rows in groups: whatever is edited, folded, filtered or sorted, every event stands in one place.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::derive::Derived;
use crate::edit::Edit;
use crate::model::{EventDate, Moment};

#[derive(Debug, Clone)]
enum Step {
    Country(usize, usize),
    Day(usize, i8),
    Add(usize, Option<usize>, usize),
    Remove(Vec<usize>),
    Fold(usize),
    FoldAll(bool),
    Group(usize),
    Filter(bool),
    Again,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0_usize..30, 0_usize..5).prop_map(|(n, to)| Step::Country(n, to)),
        2 => (0_usize..30, 1_i8..28).prop_map(|(n, day)| Step::Day(n, day)),
        3 => (0_usize..30, prop::option::of(0_usize..5), 1_usize..4).prop_map(|(n, to, count)| Step::Add(n, to, count)),
        2 => prop::collection::vec(0_usize..30, 1..4).prop_map(Step::Remove),
        3 => (0_usize..5).prop_map(Step::Fold),
        1 => any::<bool>().prop_map(Step::FoldAll),
        1 => (0_usize..4).prop_map(Step::Group),
        1 => any::<bool>().prop_map(Step::Filter),
        1 => Just(Step::Again),
    ];
    prop::collection::vec(step, 0..24)
}

const COUNTRIES: [&str; 5] = ["", "Iran", "Iraq", "iraq", "Oman"];

fn with(event: &mut Event, country: Option<usize>, day: Option<i8>) {
    if let Some(country) = country {
        event.location.country = COUNTRIES[country].into();
    }
    if let Some(day) = day {
        event.when = EventDate::parse(&format!("2022-09-{day:02}")).ok();
    }
}

/// What every frame must find.
fn holds(rows: &Rows, view: &View<'_>, asked: bool) -> Result<(), TestCaseError> {
    let table = view.derived.columnar();
    prop_assert_eq!(rows.lines.len(), rows.len() + rows.heads.len());
    let mut seen = BTreeSet::new();
    for row in 0..rows.len() {
        let id = rows.at(row).expect("a row");
        prop_assert!(seen.insert(id), "{} stands twice", id);
        prop_assert_eq!(rows.find(table, id), Some(row));
        prop_assert_eq!(table.slot(id), Some(rows.order.slots()[row]));
    }
    for (number, head) in rows.heads.iter().enumerate() {
        let members = rows.members(number);
        prop_assert!(!members.is_empty(), "{:?} is empty", head.name);
        if rows.is_folded(number) {
            prop_assert_eq!(rows.lines.rows_of(number).len(), 0);
            for slot in members {
                let id = table.id(*slot);
                prop_assert!(seen.insert(id), "{} stands twice", id);
                prop_assert_eq!(rows.spot(table, id), Some(Spot::Folded(number)));
            }
        }
        let grouping = Grouping::new(rows.group().expect("a group"), view.project, table).expect("a column");
        for slot in members {
            let belongs = grouping.name(*slot) == head.name;
            prop_assert_eq!(belongs, !rows.moved.contains(&table.id(*slot)), "{}", table.id(*slot));
        }
    }
    let through = rows.filter.search(view.project, view.derived);
    for slot in table.order() {
        let id = table.id(*slot);
        let is_shown = seen.contains(&id);
        // An event that an edit lets through comes into view when somebody filters again.
        prop_assert!(is_shown || !through[*slot as usize] || !(asked || rows.shows_all()), "{} is lost", id);
        prop_assert_eq!(rows.is_stray(id), is_shown && !through[*slot as usize], "{}", id);
    }
    prop_assert!(seen.iter().all(|id| view.project.events.contains(*id)));
    Ok(())
}

proptest! {
    #[test]
    fn every_event_stands_in_one_place_and_none_jumps(count in 0_usize..12, steps in steps()) {
        let mut project = Project::titled("x");
        for n in 0..count {
            let mut event = Event::new(EventId::random());
            with(&mut event, Some(n % 5), (n % 3 > 0).then_some(1 + (n % 7) as i8));
            project.events.push(event).expect("a free id");
        }
        let mut derived = Derived::from_scratch(&project);
        let mut rows = Rows::default();
        rows.set_group(Group::parse("country", Column::of).ok());
        for (revision, step) in (0..).zip([Step::FoldAll(false)].into_iter().chain(steps)) {
            let before: Vec<EventId> = rows.order.ids().to_vec();
            let event_at = |n: usize| {
                let ids: Vec<EventId> = project.events.iter().map(|event| event.id).collect();
                ids.get(n % ids.len().max(1)).copied()
            };
            let changed = |n: usize, country: Option<usize>, day: Option<i8>| {
                let mut event = project.events.get(event_at(n)?)?.as_ref().clone();
                with(&mut event, country, day);
                Some(Edit::SetEvents { events: vec![event.into()], what: "value".into() })
            };
            let mut edits_only = true;
            let edit = match &step {
                Step::Country(n, to) => changed(*n, Some(*to), None),
                Step::Day(n, day) => changed(*n, None, Some(*day)),
                Step::Add(n, country, count) => {
                    let new = |_| {
                        let mut event = Event::new(EventId::random());
                        with(&mut event, *country, country.map(|_| 3));
                        event
                    };
                    Some(Edit::AddEvents { events: (0..*count).map(new).collect(), after: event_at(*n) })
                }
                Step::Remove(gone) => {
                    let gone: BTreeSet<EventId> = gone.iter().filter_map(|n| event_at(*n)).collect();
                    (!gone.is_empty()).then(|| Edit::RemoveEvents(gone.into_iter().collect()))
                }
                other => {
                    edits_only = false;
                    match other {
                        Step::Fold(head) => rows.set_folded(*head, !rows.is_folded(*head)),
                        Step::FoldAll(folded) => rows.fold_all(*folded),
                        Step::Group(by) => rows.set_group(Group::parse(["country", "when:week", "status", "none"][*by], Column::of).ok()),
                        Step::Filter(on) => rows.set_filter(if *on { "country:ira" } else { "" }.to_owned(), &project),
                        _ => rows.sort_again(),
                    }
                    None
                }
            };
            if let Some(edit) = edit {
                let after = edit.apply(&project).expect("an edit");
                derived.advance(&project, &after);
                project = after;
            }
            let view = View {
                project: &project,
                derived: &derived,
                revision,
                today: jiff::civil::date(2022, 9, 20),
                now: Moment::new(jiff::civil::date(2022, 9, 20)),
                enter_edits: false,
            };
            rows.refresh(&view);
            holds(&rows, &view, matches!(step, Step::Again))?;
            if edits_only {
                // Whatever was in view and is still there stands in the same order.
                let stayed: Vec<EventId> = before.into_iter().filter(|id| project.events.contains(*id)).collect();
                let now: Vec<EventId> = rows.order.ids().iter().copied().filter(|id| stayed.contains(id)).collect();
                prop_assert_eq!(now, stayed, "{:?}", step);
            }
        }
    }
}
