//! Changes of so many events at once that all cores take part: they lead where a fresh start leads, too.

use super::*;
use crate::derive::columnar::{TextField, Words};
use crate::model::{Few, Records, Status};

/// More than one core is asked for these.
const EVENTS: usize = 3 * SHARE;

/// What is put into the events, and into which: every so many from one on.
#[derive(Debug, Clone, Copy)]
struct Fill {
    field: u8,
    value: u16,
    from: usize,
    every: usize,
}

fn fill() -> impl Strategy<Value = Fill> {
    let parts = (0_u8..9, any::<u16>(), 0_usize..9, 1_usize..4);
    parts.prop_map(|(field, value, from, every)| Fill { field, value, from, every })
}

fn id(n: usize) -> EventId {
    format!("e-{n}").parse().expect("an id")
}

fn start_of_many() -> Project {
    let made = |n: usize| {
        let mut event = Event::new(id(n));
        event.title = format!("Clash {}", n / 2).into();
        event.when = EventDate::parse("2022-09-16").ok();
        event.kind = if n.is_multiple_of(3) { "battle".into() } else { "".into() };
        event
    };
    let claim = |n: usize| Claim::new(id(n), Measure::Killed, Class::TOTAL, Quantity::exactly(n as u64));
    let mut project = Project::titled("Many");
    project.events = Records::from_list((0..EVENTS).map(made)).0;
    project.claims = Records::from_list((0..EVENTS).step_by(5).map(claim)).0;
    let (_, edit) = own::add(&project, "Beds", OwnKind::Text);
    edit.apply(&project).expect("a new column")
}

/// The events with one value, or with one that every few of them share.
fn filled(project: &Project, fill: Fill) -> Edit {
    let Fill { field, value, from, every } = fill;
    let put = |(n, event): (usize, &Arc<Event>)| {
        let mut event = Event::clone(event);
        let text = match value % 3 {
            0 => "Osh".to_owned(),
            1 => format!("Ośh {}", n / 7),
            _ => format!("{value} and {n}"),
        };
        match field {
            0 => event.title = text.into(),
            1 => event.location.name = text.into(),
            2 => event.kind = text.into(),
            3 => event.tags = [text.into(), "x".into()].into(),
            4 => event.own.set("beds".parse().expect("an id"), text.into()),
            5 => event.own.set("beds".parse().expect("an id"), "".into()),
            6 => event.status = if value % 2 == 0 { Status::Excluded(text.into()) } else { Status::Draft },
            7 => event.covers = if n == from { [id(n + 1), id(n + 2)].into() } else { Few::new() },
            _ => event.when = EventDate::parse(["2022-09-17", "2022", ""][usize::from(value % 3)]).ok(),
        }
        Arc::new(event)
    };
    let events = project.events.iter().enumerate().skip(from).step_by(every).map(put).collect();
    Edit::SetEvents { events, what: "field".to_owned() }
}

/// Slots by the alphabet of a column must come in the same order from both.
fn sort_alike(a: &Words, b: &Words) -> bool {
    let mut slots: Vec<usize> = (0..EVENTS).collect();
    let rank = |words: &Words, slot: usize| words.ranks()[words.codes()[slot] as usize];
    slots.sort_by_key(|slot| rank(a, *slot));
    slots.windows(2).all(|two| rank(a, two[0]).cmp(&rank(a, two[1])) == rank(b, two[0]).cmp(&rank(b, two[1])))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_change_of_many_events_leads_where_a_fresh_start_leads(fills in prop::collection::vec(fill(), 1..4)) {
        let mut project = start_of_many();
        let mut derived = Derived::from_scratch(&project);
        derived.columnar().prepare();
        for fill in fills {
            let next = filled(&project, fill).apply(&project).expect("a good edit");
            let fresh = Derived::from_scratch(&next);
            let large = derived.advanced_while(&project, &next, &|_| true).expect("nobody stops it");
            prop_assert!(large == fresh, "{fill:?}");
            let (old, new) = (derived.columnar(), large.columnar());
            for field in TextField::ALL {
                prop_assert!(sort_alike(new.words(field), fresh.columnar().words(field)), "{field:?} after {fill:?}");
            }
            if fill.field < 6 {
                prop_assert_eq!((old.stamp(), old.numbering()), (new.stamp(), new.numbering()), "sums read no texts");
            }
            let back = large.advanced_while(&next, &project, &|_| true).expect("nobody stops it");
            prop_assert!(back == derived, "and back from {fill:?}");
            derived.advance(&project, &next);
            prop_assert!(derived == fresh, "{fill:?}");
            project = next;
        }
    }
}
