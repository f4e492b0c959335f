//! The order of many events by columns, from the columns of numbers of `derive::columnar`.
//!
//! Values come first, in the direction that was asked for; unknown comes behind every value and empty behind unknown,
//! in both directions, as [`Key::order`] says of two cells.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::derive::Derived;
use crate::derive::columnar::{Columnar, TextField, number_of};
use crate::model::{Project, Text};

use super::own;
use super::{Column, Key, Kind, Part, Row, Stored};

/// A column to sort by, and whether the largest come first.
pub type By = (&'static Column, bool);

/// Behind every value.
const UNKNOWN: u64 = u64::MAX - 1;
/// Behind everything.
const EMPTY: u64 = u64::MAX;
/// The largest value.
const LARGEST: u64 = u64::MAX - 2;

/// Sorts slots of the columns by these, the first one first. Rows that are equal keep their order.
pub fn sort(slots: &mut [u32], by: &[By], project: &Project, derived: &Derived, today: Date) {
    let table = derived.columnar();
    // The last key first: each pass keeps the order of the one before among equals.
    for (column, descending) in by.iter().rev() {
        match keys(column, *descending, project, table) {
            Some(key) => by_numbers(slots, &*key),
            None if column.id == "id" => by_ids(slots, *descending, table),
            None => by_texts(slots, column, *descending, project, derived, today),
        }
    }
}

/// Sorts slots by numbers. Those of a column mostly lie close together: then only their lower bytes are looked at.
fn by_numbers(slots: &mut [u32], key: &(dyn Fn(usize) -> u64 + Sync)) {
    let keys: Vec<u64> = slots.par_iter().map(|slot| key(*slot as usize)).collect();
    let values = || keys.iter().copied().filter(|key| *key <= LARGEST);
    let least = values().min().unwrap_or(0);
    let span = values().max().unwrap_or(0) - least;
    // Unknown and empty come right behind the largest value.
    let near = |key: u64| if key <= LARGEST { key - least } else { span.saturating_add(key - LARGEST) };
    let pairs = keys.iter().zip(&*slots);
    if let Ok(most) = u32::try_from(span.saturating_add(EMPTY - LARGEST)) {
        let narrow = |key: u64| u32::try_from(near(key)).unwrap_or(most);
        if most as usize <= slots.len() {
            let keys: Vec<u32> = keys.iter().map(|key| narrow(*key)).collect();
            return by_places(slots, &keys, most);
        }
        let mut keyed: Vec<(u32, u32)> = pairs.map(|(key, slot)| (narrow(*key), *slot)).collect();
        if u16::try_from(most).is_ok() {
            #[expect(clippy::cast_possible_truncation, reason = "none is above `most`")]
            radsort::sort_by_key(&mut keyed, |(key, _)| *key as u16);
        } else {
            radsort::sort_by_key(&mut keyed, |(key, _)| *key);
        }
        slots.iter_mut().zip(keyed).for_each(|(slot, (_, sorted))| *slot = sorted);
    } else {
        let mut keyed: Vec<(u64, u32)> = pairs.map(|(key, slot)| (near(*key), *slot)).collect();
        radsort::sort_by_key(&mut keyed, |(key, _)| *key);
        slots.iter_mut().zip(keyed).for_each(|(slot, (_, sorted))| *slot = sorted);
    }
}

/// Sorts slots by numbers that are no larger than `most`, of which there are few: each is counted, and then every slot
/// goes to its place at once.
fn by_places(slots: &mut [u32], keys: &[u32], most: u32) {
    let mut places = vec![0_u32; most as usize + 2];
    keys.iter().for_each(|key| places[*key as usize + 1] += 1);
    let mut before = 0;
    for place in &mut places {
        before += *place;
        *place = before;
    }
    let mut sorted = vec![0; slots.len()];
    for (slot, key) in slots.iter().zip(keys) {
        let place = &mut places[*key as usize];
        sorted[*place as usize] = *slot;
        *place += 1;
    }
    slots.copy_from_slice(&sorted);
}

/// The place of each number among all of them; equal ones share a place.
fn ranked(numbers: &[u64]) -> Vec<u64> {
    let mut sorted = numbers.to_vec();
    radsort::sort(&mut sorted);
    sorted.dedup();
    let rank = |number: &u64| sorted.binary_search(number).unwrap_or_else(|at| at) as u64;
    numbers.iter().map(rank).collect()
}

type Keys<'a> = Box<dyn Fn(usize) -> u64 + Sync + 'a>;

/// Whether slots stand in this order. A column of which nothing is kept in numbers is not asked.
pub fn is_sorted(slots: &[u32], by: &[By], project: &Project, derived: &Derived) -> bool {
    let table = derived.columnar();
    let keys: Vec<Keys<'_>> =
        by.iter().filter_map(|(column, descending)| keys(column, *descending, project, table)).collect();
    let sorted = |a: &u32, b: &u32| {
        let mut orders = keys.iter().map(|key| key(*a as usize).cmp(&key(*b as usize)));
        orders.find(|order| order.is_ne()).is_none_or(std::cmp::Ordering::is_lt)
    };
    slots.is_sorted_by(sorted)
}

/// A number for each slot that sorts like its cell. `None` where the column has no numbers.
fn keys<'a>(column: &Column, descending: bool, project: &Project, table: &'a Columnar) -> Option<Keys<'a>> {
    let turn = move |value: u64| if descending { LARGEST - value.min(LARGEST) } else { value.min(LARGEST) };
    Some(match (column.stored, &column.kind) {
        (Stored::Figure, Kind::Figure(measure, part)) => {
            let Some(figures) = table.figures(measure) else { return Some(Box::new(|_| EMPTY)) };
            let part = *part;
            Box::new(move |slot| {
                let value = match part {
                    Part::Low => figures.low(slot),
                    Part::Best => figures.best(slot),
                    Part::High => figures.high(slot).map(|(high, closed)| if closed { high } else { LARGEST }),
                };
                match value {
                    Some(value) => turn(value),
                    None if figures.is_claimed(slot) => UNKNOWN,
                    None => EMPTY,
                }
            })
        }
        (Stored::Days, _) => {
            // No date is the first interval.
            let (ranks, codes) = (table.dates().ranks(), table.dates().codes());
            Box::new(move |slot| match codes[slot] {
                0 => EMPTY,
                code => turn(u64::from(ranks[code as usize])),
            })
        }
        (Stored::Words(field), _) => {
            let words = table.words(field);
            let (ranks, codes) = (words.ranks(), words.codes());
            let empty_counts = field == TextField::Status;
            Box::new(move |slot| match codes[slot] {
                0 if !empty_counts => EMPTY,
                code => turn(u64::from(ranks[code as usize])),
            })
        }
        (Stored::Own(_), kind) => {
            let Some(words) = column.words(table) else { return Some(Box::new(|_| EMPTY)) };
            let codes = words.codes();
            let keys: Vec<u64> = if *kind == Kind::Text {
                words.ranks().iter().map(|rank| turn(u64::from(*rank))).collect()
            } else {
                let texts: Vec<&Text> = words.texts().collect();
                let values: Vec<u64> =
                    texts.par_iter().map(|text| of_key(&own::key_of(column, project, text))).collect();
                let turned = |(value, rank)| if value > LARGEST { value } else { turn(rank) };
                values.iter().copied().zip(ranked(&values)).map(turned).collect()
            };
            Box::new(move |slot| match codes[slot] {
                0 => EMPTY,
                code => keys[code as usize],
            })
        }
        (Stored::Sources, _) => Box::new(move |slot| turn(u64::from(table.sources()[slot]))),
        (Stored::Covers, _) => Box::new(move |slot| match table.covers()[slot] {
            0 => EMPTY,
            n => turn(u64::from(n)),
        }),
        (Stored::Flag(flag), _) => {
            Box::new(move |slot| if table.flags()[slot] & flag.bit() == 0 { EMPTY } else { turn(0) })
        }
        (Stored::Nowhere | Stored::Figure, _) => return None,
    })
}

/// By ids, as numbers that sort like their texts without regard to case.
fn by_ids(slots: &mut [u32], descending: bool, table: &Columnar) {
    let key = |slot: &u32| {
        let id = table.id(*slot);
        let bytes = id.as_str().bytes().map(|byte| byte.to_ascii_lowercase());
        // Ids are of no more than fifteen characters, all of ASCII.
        let number = bytes.chain(std::iter::repeat(0)).take(16).fold(0, |number, byte| number << 8 | u128::from(byte));
        if descending { u128::MAX - number } else { number }
    };
    let mut keyed: Vec<(u128, u32)> = slots.par_iter().map(|slot| (key(slot), *slot)).collect();
    keyed.par_sort_by_key(|(key, _)| *key);
    slots.iter_mut().zip(keyed).for_each(|(slot, (_, sorted))| *slot = sorted);
}

/// A day as a number that is not below 0.
fn raised(day: i32) -> u64 {
    u64::from(day.wrapping_sub(i32::MIN).cast_unsigned())
}

/// A number that sorts like a key of a column of the analyst's own, but for texts.
fn of_key(key: &Key) -> u64 {
    match key {
        Key::Number(n) => (*n).min(LARGEST),
        Key::Decimal(number) => number.rank(),
        Key::Days(first, last) => raised(number_of(*first)) << 32 | raised(number_of(*last)),
        Key::Text(_) | Key::Unknown => UNKNOWN,
        Key::Empty => EMPTY,
    }
}

/// By the cells themselves, for columns of which nothing is kept in numbers.
fn by_texts(slots: &mut [u32], column: &Column, descending: bool, project: &Project, derived: &Derived, today: Date) {
    let key = |slot: &u32| {
        let event = project.events.get(derived.columnar().id(*slot));
        event.map_or(Key::Empty, |event| column.key(&Row { project, derived, event, today }))
    };
    let mut keyed: Vec<(Key, u32)> = slots.par_iter().map(|slot| (key(slot), *slot)).collect();
    keyed.par_sort_by(|a, b| a.0.order(&b.0, descending));
    slots.iter_mut().zip(keyed).for_each(|(slot, (_, sorted))| *slot = sorted);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::columns::{self, COLUMNS};
    use crate::derive::columnar::Flag;
    use crate::model::project::Term;
    use crate::model::{Claim, Class, Event, EventDate, Measure, Quantity, Records, Status};
    use crate::model::{Codebook, OwnColumn, OwnKind};

    fn today() -> Date {
        jiff::civil::date(2022, 9, 20)
    }

    fn event(n: usize, when: &str, place: &str, status: u8) -> Event {
        let mut event = Event::new(format!("e{n}").parse().expect("an id"));
        event.when = EventDate::parse(when).ok();
        event.location.name = place.into();
        event.title = place.to_uppercase().into();
        event.status = match status {
            0 => Status::Draft,
            1 => Status::Reviewed,
            2 => Status::Excluded(place.into()),
            _ => Status::Coded,
        };
        event
    }

    /// One column of each kind.
    fn codebook() -> Codebook {
        let words = ["minor", "major"].map(|word| Term { name: word.into(), meaning: "".into() });
        let columns = OwnKind::KEYS.into_iter().map(|key| OwnColumn {
            id: format!("own_{key}").parse().expect("an id"),
            title: format!("Own {key}").into(),
            meaning: "".into(),
            kind: OwnKind::from_key(key, if key == "choice" { words.to_vec() } else { Vec::new() }).expect("a kind"),
        });
        Codebook { columns: columns.collect(), ..Codebook::default() }
    }

    prop_compose! {
        fn some_event()(when in "(2022(-0[1-9](-1[0-9])?)?|\\.\\./2022|2022/\\.\\.|)", place in "(Osh|osh|Batken|É|)", status in 0_u8..4, quantity in "(|\\?|[0-9]|[0-9]\\+|<=[0-9]|[1-4]-[5-9])", own in prop::array::uniform5("(||\\?|-?[0-9](\\.[0-9])?|[0-9]\\+|[1-4]-[5-9]|dozens|minor|major|2022(-0[1-9])?|x|X)"))
            -> (String, String, u8, String, [String; 5]) {
            (when, place, status, quantity, own)
        }
    }

    proptest! {
        #[test]
        fn numbers_sort_like_cells(events in prop::collection::vec(some_event(), 0..24), first in 0..COLUMNS.len() + 5, second in 0..COLUMNS.len() + 5, down in any::<[bool; 2]>()) {
            let about = crate::model::About { codebook: codebook(), ..Default::default() };
            let columns: Vec<_> = about.codebook.columns.iter().map(|column| column.id).collect();
            let records: Vec<Event> = events.iter().enumerate().map(|(n, (when, place, status, _, own))| {
                let own = columns.iter().zip(own).map(|(id, text)| (*id, text.as_str().into())).collect();
                Event { own, ..event(n, when, place, *status) }
            }).collect();
            let claims = events.iter().zip(&records).filter_map(|((_, _, _, quantity, _), event)| {
                let quantity = Quantity::parse(quantity).ok()?;
                Some(Claim::new(event.id, Measure::Killed, Class::TOTAL, quantity))
            });
            let claims = Records::from_list(claims.collect::<Vec<_>>()).0;
            let project = Project { events: Records::from_list(records).0, claims, about: about.into(), ..Project::titled("x") };
            let derived = Derived::from_scratch(&project);
            let all = columns::of(&project);
            let by = [(all[first], down[0]), (all[second], down[1])];
            let mut slots = derived.columnar().order().to_vec();
            sort(&mut slots, &by, &project, &derived, today());
            let found: Vec<String> = slots.iter().map(|slot| derived.columnar().id(*slot).to_string()).collect();
            let mut wanted: Vec<&Event> = project.events.iter().map(|event| &**event).collect();
            let key = |event: &Event, column: &Column| column.key(&Row { project: &project, derived: &derived, event, today: today() });
            wanted.sort_by(|a, b| {
                let orders = by.iter().map(|(column, down)| key(a, column).order(&key(b, column), *down));
                orders.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
            });
            let wanted: Vec<String> = wanted.iter().map(|event| event.id.to_string()).collect();
            prop_assert_eq!(found, wanted, "{} {}", by[0].0.id, by[1].0.id);
        }
    }

    #[test]
    fn every_column_that_can_be_large_has_its_numbers() {
        let slow: Vec<&str> =
            COLUMNS.iter().filter(|column| matches!(column.stored, Stored::Nowhere)).map(|column| column.id).collect();
        assert_eq!(slow, ["id", "coordinates"]);
        assert_eq!(Flag::Conflict.bit().count_ones(), 1);
    }
}
