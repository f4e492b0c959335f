//! Splitting events by a name that they state: country, kind, side, status.

use std::collections::BTreeMap;

use crate::model::{Event, Status};

use crate::derive::columnar::{Columnar, TextField};
use crate::derive::facet::Facet;
use crate::derive::sources::{NOBODY, SEVERAL, Sources};

use super::{Bucket, Gathered, Group};

/// The label of what is not stated.
const NOT_STATED: &str = "not stated";

/// The names under which an event stands in a split by name: one, or two in a split by party. An empty name is "not
/// stated". Nothing in a split by what is not a name of the event.
pub fn keys_of(event: &Event, facet: Facet) -> impl Iterator<Item = &str> {
    let (first, second) = match facet {
        Facet::Country => (Some(event.location.country.trim()), None),
        Facet::Adm1 => (Some(event.location.adm1.trim()), None),
        Facet::Kind => (Some(event.kind.trim()), None),
        Facet::SideA => (Some(event.side_a.trim()), None),
        Facet::SideB => (Some(event.side_b.trim()), None),
        Facet::Status => (Some(event.status.key()), None),
        Facet::Side => match (event.side_a.trim(), event.side_b.trim()) {
            (one, "") | ("", one) => (Some(one), None),
            (a, b) => (Some(a), Some(b).filter(|b| *b != a)),
        },
        Facet::Class | Facet::Source => (None, None),
    };
    first.into_iter().chain(second)
}

/// Names by the alphabet, statuses in their own order, "not stated" last.
pub(super) fn split(gathered: &Gathered<'_>, facet: Facet) -> Vec<Group> {
    // Behind a status its reason stands in the field.
    let mut buckets = match facet.field().filter(|_| facet != Facet::Status) {
        Some(field) => by_text(gathered, field),
        None => by_event(gathered, facet),
    };
    let mut groups = Vec::with_capacity(buckets.len());
    if facet == Facet::Status {
        let known = Status::KEYS.into_iter().filter_map(|key| Some((key, buckets.remove(key)?)));
        groups.extend(known.map(|(key, bucket)| bucket.named(key, key)));
        return groups;
    }
    let not_stated = buckets.remove("");
    groups.extend(buckets.into_iter().map(|(key, bucket)| bucket.named(key, key)));
    groups.extend(not_stated.map(|bucket| bucket.named("", NOT_STATED)));
    groups
}

/// By who speaks of each event: names by the alphabet, "several sources" behind them, "not stated" last.
pub(super) fn by_source(gathered: &Gathered<'_>, sources: &Sources) -> Vec<Group> {
    let mut buckets = vec![Bucket::default(); sources.names().len()];
    for (slot, addend) in gathered.all() {
        let number = sources.by_slot().get(slot as usize).copied().unwrap_or(NOBODY);
        if let Some(bucket) = buckets.get_mut(number as usize) {
            bucket.add(slot, addend);
        }
    }
    let named = sources.names().iter().zip(buckets).zip(0..).filter(|((_, bucket), _)| !bucket.slots.is_empty());
    let mut named: Vec<(u8, &str, Bucket)> = named
        .map(|((name, bucket), number)| match number {
            NOBODY => (2, "", bucket),
            SEVERAL => (1, name.as_str(), bucket),
            _ => (0, name.as_str(), bucket),
        })
        .collect();
    named.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let group =
        |(_, name, bucket): (u8, &str, Bucket)| bucket.named(name, if name.is_empty() { NOT_STATED } else { name });
    named.into_iter().map(group).collect()
}

/// By one field, whose texts are asked for once each.
fn by_text<'a>(gathered: &Gathered<'a>, field: TextField) -> BTreeMap<&'a str, Bucket> {
    let table: &'a Columnar = gathered.table;
    let words = table.words(field);
    let mut buckets: Vec<Bucket> = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    // Texts that differ only in blanks around them are one name.
    let number_of: Vec<usize> = words
        .texts()
        .map(|text| {
            let next = numbers.len();
            *numbers.entry(text.trim()).or_insert(next)
        })
        .collect();
    buckets.resize_with(numbers.len(), Bucket::default);
    let goes = |slot: u32| number_of[words.codes()[slot as usize] as usize];
    // On two cores: numbers are added up, and it is noted who stands where.
    let count = buckets.len();
    let stand = || gathered.plain.iter().for_each(|slot| buckets[goes(*slot)].slots.push(*slot));
    let (sums, ()) = rayon::join(|| gathered.add_up(|slot| Some(goes(slot)), count), stand);
    buckets.iter_mut().zip(&sums).for_each(|(bucket, sums)| bucket.adder.join(sums));
    for (slot, addend) in &gathered.summaries {
        buckets[goes(*slot)].add(*slot, *addend);
    }
    // A text that stands in no event any more makes no group.
    let full = numbers.into_iter().map(|(name, number)| (name, std::mem::take(&mut buckets[number])));
    full.filter(|(_, bucket)| !bucket.slots.is_empty()).collect()
}

fn by_event<'a>(gathered: &Gathered<'a>, facet: Facet) -> BTreeMap<&'a str, Bucket> {
    let mut buckets: BTreeMap<&str, Bucket> = BTreeMap::new();
    for (slot, addend) in gathered.all() {
        let Some(event) = gathered.event(slot) else { continue };
        for key in keys_of(event, facet) {
            buckets.entry(key).or_default().add(slot, addend);
        }
    }
    buckets
}
