//! Which events are selected together, shared between the panels.
//!
//! A selection of the table is ranges of rows over an order that the table shares; one of another panel is the list that
//! it gave. Neither is ever a set of its own of 400,000 events. Knows no project: an event of a selection may be gone.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::derive::columnar::Columnar;
use crate::filter::Slots;
use crate::model::EventId;

/// Lists up to this length are looked through event by event.
const SHORT: usize = 16;
/// Rows and events of a list whose slots are read in a part of a frame.
const ROWS_AT_ONCE: usize = 32_768;
const EVENTS_AT_ONCE: usize = 16_384;
/// The row of a slot that is not shown.
const NOWHERE: u32 = u32::MAX;

/// The events that a table shows, in order, with their slots in `derive::columnar`.
#[derive(Debug, Clone, Default)]
pub struct RowOrder {
    ids: Vec<EventId>,
    slots: Vec<u32>,
    /// The row of each slot.
    places: Vec<u32>,
}

impl RowOrder {
    /// The events in these slots, in this order.
    pub fn new(slots: Vec<u32>, table: &Columnar) -> Self {
        let ids = || slots.par_iter().map(|slot| table.id(*slot)).collect();
        let (ids, places) = rayon::join(ids, || places_of(&slots, table.slots()));
        Self { ids, slots, places }
    }

    /// The row of an event that is not in the snapshot any more, while no other one has its slot.
    pub fn find_gone(&self, table: &Columnar, event: EventId) -> Option<usize> {
        let row = *self.places.get(table.former_slot(event)? as usize)? as usize;
        (self.ids.get(row) == Some(&event)).then_some(row)
    }

    /// The same without these rows, which rise: what stays keeps its order and its slots.
    pub fn without(&self, rows: &[usize]) -> Self {
        let mut places = self.places.clone();
        for row in rows.iter().rev() {
            if let Some(place) = self.slots.get(*row).and_then(|slot| places.get_mut(*slot as usize)) {
                *place = NOWHERE;
            }
            let row = number(*row);
            places.iter_mut().for_each(|place| *place -= u32::from(*place > row && *place != NOWHERE));
        }
        Self { ids: left(&self.ids, rows), slots: left(&self.slots, rows), places }
    }

    /// The same with events of the snapshot put in by their slots, each before a row of now; the rows rise.
    pub fn with(&self, new: &[(usize, u32)], table: &Columnar) -> Self {
        let ids = put_in(&self.ids, new.iter().map(|(row, slot)| (*row, table.id(*slot))));
        let slots = put_in(&self.slots, new.iter().copied());
        let mut places = self.places.clone();
        places.resize(table.slots(), NOWHERE);
        for (row, _) in new.iter().rev() {
            let row = number(*row);
            places.iter_mut().for_each(|place| *place += u32::from(*place >= row && *place != NOWHERE));
        }
        for (more, (row, slot)) in new.iter().enumerate() {
            if let Some(place) = places.get_mut(*slot as usize) {
                *place = number(row + more);
            }
        }
        Self { ids, slots, places }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The events, row by row.
    pub fn ids(&self) -> &[EventId] {
        &self.ids
    }

    /// Their slots, row by row.
    pub fn slots(&self) -> &[u32] {
        &self.slots
    }

    /// The row of an event.
    pub fn find(&self, table: &Columnar, event: EventId) -> Option<usize> {
        let row = *self.places.get(table.slot(event)? as usize)? as usize;
        // The slot of an event that is gone may be another one's by now.
        (self.ids.get(row) == Some(&event)).then_some(row)
    }
}

/// The row of each slot of so many.
fn places_of(order: &[u32], slots: usize) -> Vec<u32> {
    let mut places = vec![NOWHERE; slots];
    for (row, slot) in (0..).zip(order) {
        if let Some(place) = places.get_mut(*slot as usize) {
            *place = row;
        }
    }
    places
}

fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(NOWHERE)
}

/// What is left of a list without these places, which rise.
fn left<T: Copy>(all: &[T], without: &[usize]) -> Vec<T> {
    let (mut left, mut from) = (Vec::with_capacity(all.len()), 0);
    for at in without {
        left.extend_from_slice(all.get(from..*at).unwrap_or_default());
        from = at + 1;
    }
    left.extend_from_slice(all.get(from..).unwrap_or_default());
    left
}

/// A list with others put in, each before a place of now; the places rise.
fn put_in<T: Copy>(all: &[T], new: impl ExactSizeIterator<Item = (usize, T)>) -> Vec<T> {
    let (mut list, mut from) = (Vec::with_capacity(all.len() + new.len()), 0);
    for (at, one) in new {
        list.extend_from_slice(all.get(from..at).unwrap_or_default());
        list.push(one);
        from = at;
    }
    list.extend_from_slice(all.get(from..).unwrap_or_default());
    list
}

/// Events that are selected together.
#[derive(Clone)]
pub struct Selected(Kind);

#[derive(Clone)]
enum Kind {
    /// Rows of the table; the ranges are in order and do not touch.
    Rows { order: Arc<RowOrder>, ranges: Arc<[RangeInclusive<usize>]> },
    /// Events that a panel gave, each once.
    List(Arc<List>),
}

#[derive(Default)]
struct List {
    events: Vec<EventId>,
    /// The same events by id, for asking of one whether it is among them.
    sorted: OnceLock<Vec<EventId>>,
}

impl Default for Selected {
    fn default() -> Self {
        Self(Kind::List(Arc::default()))
    }
}

impl From<Vec<EventId>> for Selected {
    /// These events, in this order; one that comes twice counts once.
    fn from(mut events: Vec<EventId>) -> Self {
        if events.len() <= SHORT {
            let mut seen = Vec::with_capacity(events.len());
            events.retain(|event| {
                !seen.contains(event) && {
                    seen.push(*event);
                    true
                }
            });
        } else {
            let list = List { events, sorted: OnceLock::new() };
            let twice = list.sorted().windows(2).any(|pair| pair[0] == pair[1]);
            events = list.events;
            if twice {
                let mut seen = std::collections::HashSet::with_capacity(events.len());
                events.retain(|event| seen.insert(*event));
            }
        }
        Self(Kind::List(Arc::new(List { events, sorted: OnceLock::new() })))
    }
}

impl List {
    fn sorted(&self) -> &[EventId] {
        self.sorted.get_or_init(|| {
            let mut events = self.events.clone();
            events.par_sort_unstable();
            events
        })
    }

    fn contains(&self, event: EventId) -> bool {
        if self.events.len() <= SHORT {
            self.events.contains(&event)
        } else {
            self.sorted().binary_search(&event).is_ok()
        }
    }
}

impl Selected {
    /// Rows of a table. Ranges may overlap and stand in any order; what lies beyond the last row is left out.
    pub fn rows(order: &Arc<RowOrder>, ranges: impl IntoIterator<Item = RangeInclusive<usize>>) -> Self {
        let Some(last) = order.len().checked_sub(1) else { return Self::default() };
        let ranges = ranges.into_iter().filter(|range| *range.start() <= last);
        let ranges = joined(ranges.map(|range| *range.start()..=last.min(*range.end())).collect());
        if ranges.is_empty() {
            Self::default()
        } else {
            Self(Kind::Rows { order: order.clone(), ranges: ranges.into() })
        }
    }

    /// The events in these slots, each once, in this order. Nothing is sorted or looked up by its id, so that a brush may
    /// select hundreds of thousands of events in every frame.
    pub fn in_slots(slots: Vec<u32>, table: &Columnar) -> Self {
        let last = slots.len().saturating_sub(1);
        Self::rows(&Arc::new(RowOrder::new(slots, table)), [0..=last])
    }

    /// How many events.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kind::Rows { ranges, .. } => ranges.iter().map(|range| range.end() - range.start() + 1).sum(),
            Kind::List(list) => list.events.len(),
        }
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The events: row by row, or in the order in which a panel gave them.
    pub fn iter(&self) -> impl Iterator<Item = EventId> + '_ {
        let (rows, list) = match &self.0 {
            Kind::Rows { order, ranges } => (Some((order, ranges)), None),
            Kind::List(list) => (None, Some(&list.events)),
        };
        let rows =
            rows.into_iter().flat_map(|(order, ranges)| ranges.iter().flat_map(|range| &order.ids[range.clone()]));
        rows.chain(list.into_iter().flatten()).copied()
    }

    /// The first of them.
    pub fn first(&self) -> Option<EventId> {
        self.iter().next()
    }

    /// Whether an event is among them; as cheap as looking a word up, so that it may be asked of every row in view.
    pub fn contains(&self, event: EventId, table: &Columnar) -> bool {
        match &self.0 {
            Kind::Rows { order, ranges } => order.find(table, event).is_some_and(|row| holds(ranges, row)),
            Kind::List(list) => list.contains(event),
        }
    }

    /// For each slot of the columns whether its event is selected, as `Among::Slots` takes it. Reads every selected
    /// event: ask once a change.
    pub fn slots(&self, table: &Columnar) -> Slots {
        let mut marked = vec![false; table.slots()];
        let mut mark = |slot: u32| marked.get_mut(slot as usize).into_iter().for_each(|is| *is = true);
        match &self.0 {
            Kind::Rows { order, ranges } => {
                for row in ranges.iter().cloned().flatten() {
                    let slot = order.slots[row];
                    if (slot as usize) < table.slots() && table.id(slot) == order.ids[row] {
                        mark(slot);
                    }
                }
            }
            Kind::List(list) => list.events.iter().filter_map(|event| table.slot(*event)).for_each(mark),
        }
        marked
    }

    /// The slots of the events from number `from` on that are in the snapshot, as many as can be read in a part of a
    /// frame, and the number to go on with. `None` behind the last one.
    pub fn some_slots(&self, from: usize, table: &Columnar) -> Option<(Vec<u32>, usize)> {
        if from >= self.len() {
            return None;
        }
        match &self.0 {
            Kind::Rows { order, ranges } => {
                let (mut slots, mut passed) = (Vec::new(), 0);
                for range in ranges.iter() {
                    let (first, count) = (*range.start(), range.end() - range.start() + 1);
                    let (begin, end) = (from.max(passed), (from + ROWS_AT_ONCE).min(passed + count));
                    slots.extend((begin..end).map(|n| first + n - passed).filter_map(|row| {
                        let slot = order.slots[row];
                        ((slot as usize) < table.slots() && table.id(slot) == order.ids[row]).then_some(slot)
                    }));
                    passed += count;
                    if passed >= from + ROWS_AT_ONCE {
                        break;
                    }
                }
                Some((slots, from + ROWS_AT_ONCE))
            }
            Kind::List(list) => {
                let end = (from + EVENTS_AT_ONCE).min(list.events.len());
                Some((list.events[from..end].iter().filter_map(|event| table.slot(*event)).collect(), end))
            }
        }
    }

    /// Lets go of all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Lets go of one event.
    pub fn remove(&mut self, event: EventId) {
        match &self.0 {
            Kind::Rows { order, ranges } => {
                let found = ranges.iter().cloned().flatten().find(|row| order.ids[*row] == event);
                if let Some(row) = found {
                    *self = Self::rows(order, ranges.iter().flat_map(|range| without(range, row)));
                }
            }
            Kind::List(list) if list.contains(event) => {
                *self = list.events.iter().copied().filter(|other| *other != event).collect::<Vec<_>>().into();
            }
            Kind::List(_) => {}
        }
    }
}

impl PartialEq for Selected {
    /// The same ranges of the same order, or the same list. Cheap for what was cloned.
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::Rows { order, ranges }, Kind::Rows { order: other, ranges: others }) => {
                Arc::ptr_eq(order, other) && ranges == others
            }
            (Kind::List(list), Kind::List(other)) => Arc::ptr_eq(list, other) || list.events == other.events,
            _ => false,
        }
    }
}

impl Eq for Selected {}

impl fmt::Debug for Selected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Rows { ranges, .. } => f.debug_tuple("Rows").field(ranges).finish(),
            Kind::List(list) if list.events.len() <= SHORT => f.debug_list().entries(&list.events).finish(),
            Kind::List(list) => write!(f, "[{} events]", list.events.len()),
        }
    }
}

/// Ranges in order, those that overlap or touch as one.
pub fn joined(mut ranges: Vec<RangeInclusive<usize>>) -> Vec<RangeInclusive<usize>> {
    ranges.sort_unstable_by_key(|range| *range.start());
    let mut joined: Vec<RangeInclusive<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if *range.start() <= last.end().saturating_add(1) => {
                *last = *last.start()..=*last.end().max(range.end());
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// Whether a row is in one of these ranges, which are in order.
fn holds(ranges: &[RangeInclusive<usize>], row: usize) -> bool {
    let at = ranges.partition_point(|range| *range.end() < row);
    ranges.get(at).is_some_and(|range| range.contains(&row))
}

fn without(range: &RangeInclusive<usize>, row: usize) -> Vec<RangeInclusive<usize>> {
    if !range.contains(&row) {
        return vec![range.clone()];
    }
    let before = (row > *range.start()).then(|| *range.start()..=row - 1);
    let behind = (row < *range.end()).then(|| row + 1..=*range.end());
    before.into_iter().chain(behind).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::derive::Derived;
    use crate::model::{Event, Project};

    fn id(n: usize) -> EventId {
        format!("e-{n}").parse().expect("an id")
    }

    fn project(count: usize) -> (Project, Derived) {
        let mut project = Project::titled("x");
        for n in 0..count {
            project.events.push(Event::new(id(n))).expect("a free id");
        }
        let derived = Derived::from_scratch(&project);
        (project, derived)
    }

    proptest! {
        #[test]
        fn rows_and_a_list_of_the_same_events_say_the_same(
            ranges in prop::collection::vec((0_usize..30, 0_usize..6), 0..6), gone in 0_usize..24
        ) {
            let (_, derived) = project(24);
            let table = derived.columnar();
            let order = Arc::new(RowOrder::new(table.order().iter().rev().copied().collect(), table));
            let rows: BTreeSet<usize> = ranges.iter().flat_map(|(start, more)| *start..=start + more).filter(|row| *row < 24).collect();
            let events: Vec<EventId> = rows.iter().map(|row| order.ids()[*row]).collect();
            let mut by_rows = Selected::rows(&order, ranges.iter().map(|(start, more)| *start..=start + more));
            let mut by_list = Selected::from(events.clone());
            let slots = events.iter().filter_map(|event| table.slot(*event)).collect();
            let by_slots = Selected::in_slots(slots, table);
            prop_assert_eq!(by_slots.iter().collect::<Vec<_>>(), events.clone());
            prop_assert_eq!(by_slots.slots(table), by_list.slots(table));
            for _ in 0..2 {
                let wanted: Vec<EventId> = by_list.iter().collect();
                prop_assert_eq!(by_rows.iter().collect::<Vec<_>>(), wanted.clone());
                prop_assert_eq!((by_rows.len(), by_rows.is_empty(), by_rows.first()), (wanted.len(), wanted.is_empty(), wanted.first().copied()));
                prop_assert_eq!(by_rows.slots(table), by_list.slots(table));
                let slots: Vec<u32> = wanted.iter().filter_map(|event| table.slot(*event)).collect();
                for selected in [&by_rows, &by_list] {
                    let read = selected.some_slots(0, table).map(|(slots, _)| slots).unwrap_or_default();
                    prop_assert_eq!(read, slots.clone());
                }
                for n in 0..24 {
                    prop_assert_eq!(by_rows.contains(id(n), table), wanted.contains(&id(n)));
                    prop_assert_eq!(by_list.contains(id(n), table), wanted.contains(&id(n)));
                }
                by_rows.remove(id(gone));
                by_list.remove(id(gone));
                prop_assert!(!by_rows.contains(id(gone), table));
            }
        }

        #[test]
        fn an_order_finds_what_was_put_in_and_not_what_is_gone(places in prop::collection::vec(0_usize..9, 0..6), gone in prop::collection::btree_set(0_usize..8, 0..5)) {
            let (before, mut derived) = project(8);
            let table = derived.columnar();
            let order = RowOrder::new(table.order().iter().rev().copied().collect(), table);
            let mut after = before.clone();
            for n in &gone {
                after.events.remove(id(*n)).expect("it is there");
            }
            for n in 0..places.len() {
                after.events.push(Event::new(id(100 + n))).expect("a free id");
            }
            derived.advance(&before, &after);
            let table = derived.columnar();
            let rows: Vec<usize> = (0..8).filter(|row| gone.contains(&(7 - row))).collect();
            for n in 0..8 {
                // The slots of those that are gone may be those of new ones by now.
                let row = order.find_gone(table, id(n));
                prop_assert!(row.is_none_or(|row| gone.contains(&n) && row == 7 - n));
                prop_assert!(row.is_some() || !gone.contains(&n) || !places.is_empty());
            }
            let fewer = order.without(&rows);
            let mut wanted: Vec<EventId> = order.ids().iter().copied().filter(|id| after.events.contains(*id)).collect();
            prop_assert_eq!(fewer.ids(), wanted.as_slice());
            let mut places: Vec<usize> = places.into_iter().map(|place| place.min(fewer.len())).collect();
            places.sort_unstable();
            let new: Vec<(usize, EventId)> = places.into_iter().enumerate().map(|(n, row)| (row, id(100 + n))).collect();
            let slots: Vec<(usize, u32)> = new.iter().map(|(row, id)| (*row, table.slot(*id).expect("it is there"))).collect();
            let order = fewer.with(&slots, table);
            for (more, (row, id)) in new.into_iter().enumerate() {
                wanted.insert(row + more, id);
            }
            prop_assert_eq!(order.ids(), wanted.as_slice());
            let again = RowOrder::new(order.slots().to_vec(), table);
            prop_assert_eq!((order.ids(), &order.places), (again.ids(), &again.places));
            for (row, id) in order.ids().iter().enumerate() {
                prop_assert_eq!(order.find(table, *id), Some(row));
            }
            for n in gone {
                prop_assert_eq!(order.find(table, id(n)), None);
            }
        }
    }

    #[test]
    fn a_clone_is_equal_and_other_ranges_are_not() {
        let (_, derived) = project(5);
        let order = Arc::new(RowOrder::new(derived.columnar().order().to_vec(), derived.columnar()));
        let some = Selected::rows(&order, [1..=2, 3..=3]);
        assert_eq!(some, Selected::rows(&order, [1..=3]), "ranges that touch are one");
        assert_ne!(some, Selected::rows(&order, [1..=2]));
        let again = Arc::new((*order).clone());
        assert_ne!(some, Selected::rows(&again, [1..=3]), "another order is another selection");
        assert_eq!(Selected::from(vec![id(1), id(2), id(1)]), Selected::from(vec![id(1), id(2)]));
        assert_eq!(Selected::rows(&order, [7..=9]), Selected::default());
    }
}
