//! Sums of figures over events: the one function behind charts, `dateline totals`, exports and releases.
//!
//! A sum adds low to low, best to best and high to high of one measure and class: bounds of what was reported, not a
//! confidence interval. Every event that was asked about stands in exactly one line of the [`Account`]. The parts:
//! `sums` adds and shares, `summaries` tells what a summary adds to the events that it covers, `groups` splits by a
//! name, `classes` by class, `time` by bins of days, `rolling` exchanges what one event adds for another number.
//! Nothing here knows a screen or a file.

mod classes;
mod groups;
mod query;
mod rolling;
mod running;
mod summaries;
mod sums;
#[cfg(test)]
pub(super) mod tests;
pub(super) mod time;

pub use groups::keys_of;
pub use query::{Among, By, Placing, Query};
pub(in crate::derive) use rolling::{Counts, Covers, Rolling};
pub use running::Running;
pub(super) use summaries::{Summaries, covered_by};
pub(super) use sums::{Addend, Adder};
pub use sums::{Known, Sums};
pub use time::MAX_BINS;

use rayon::prelude::*;

use crate::model::{Class, Event, EventId, Project};

use super::calendar::{Bin, Unit};
use super::columnar::{Columnar, Figures, Flag};
use super::facet::Facet;
use super::index::{Code, Derived};
use super::wording;

/// Events that are added up together by one core.
const CHUNK: usize = 32_768;

/// Events that stand together, with their sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// The word in files and answers; empty where the events do not state it.
    pub key: String,
    /// What a person reads.
    pub label: String,
    /// The days of it, in a split by time.
    pub bin: Option<Bin>,
    /// Its sums.
    pub sums: Sums,
    /// The slots of its events in `derive::columnar`, in the order of the project. In a split by class only those of
    /// which something is said.
    pub slots: Vec<u32>,
}

impl Group {
    /// Its events in the order of the project; `table` is of the snapshot that the sums are of.
    pub fn events(&self, table: &Columnar) -> impl Iterator<Item = EventId> {
        self.slots.iter().map(|slot| table.id(*slot))
    }
}

/// Where every event of the filter stands. The first five add up to all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// Events in the groups; without a split by time, all that count but summaries.
    pub placed: usize,
    /// Dated events that no bin of this size takes.
    pub not_placed: usize,
    /// Events without a date, in a split by time.
    pub undated: usize,
    /// Summaries that cover other events.
    pub in_summaries: usize,
    /// Events that do not count.
    pub excluded: usize,
    /// How many of those that count are drafts.
    pub drafts: usize,
    /// How many of those that count are disputed.
    pub disputed: usize,
}

impl Account {
    /// All events of the filter.
    pub fn all(&self) -> usize {
        self.placed + self.not_placed + self.undated + self.in_summaries + self.excluded
    }
}

/// Sums over events, split as it was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// The groups: bins by time without gaps, names by the alphabet with "not stated" last, statuses and classes in
    /// their own order. Empty where no split was asked for.
    pub groups: Vec<Group>,
    /// Everything that counts.
    pub total: Sums,
    /// How many events stand where.
    pub account: Account,
    /// In a split by time: dated events that no bin of this size takes.
    pub not_placed: Group,
    /// In a split by time: events without a date.
    pub undated: Group,
    /// What summaries add to the events that they cover. In a split by time it stands in no bin; in every other split
    /// it is part of the groups too.
    pub in_summaries: Group,
    /// The size of bins in force, in a split by time.
    pub unit: Option<Unit>,
    /// Whether an event may stand in several groups, so that they do not add up to the total.
    pub overlap: bool,
    /// What must be said beside these numbers, in sentences.
    pub stated: Vec<String>,
}

/// What events add, by slot.
enum Addends<'a> {
    /// The total of a measure, from columns of numbers.
    Total(Option<&'a Figures>),
    /// A class of it.
    Class(&'a Derived, Code),
    /// Nobody speaks of this class anywhere.
    None,
}

/// The events of a query with what each adds.
struct Gathered<'a> {
    project: &'a Project,
    table: &'a Columnar,
    addends: Addends<'a>,
    missing_best_is_low: bool,
    /// Slots of events that count and are no summaries.
    plain: Vec<u32>,
    summaries: Vec<(u32, Addend)>,
    account: Account,
}

impl<'a> Gathered<'a> {
    fn of(slots: &[u32], class: &Class, project: &'a Project, derived: &'a Derived, query: &Query<'_>) -> Self {
        let table = derived.columnar();
        let code = derived.code(&query.measure, class);
        let missing_best_is_low = project.methodology.missing_best_is_low;
        let addends = match code {
            _ if *class == Class::TOTAL => Addends::Total(table.figures(&query.measure)),
            Some(code) => Addends::Class(derived, code),
            None => Addends::None,
        };
        let mut summaries = Summaries::new(project, derived, code, missing_best_is_low);
        let sorted: Vec<Sorted> = slots.par_chunks(CHUNK).map(|slots| Sorted::of(slots, table, &summaries)).collect();
        let mut account = Account::default();
        let mut plain = Vec::with_capacity(slots.len());
        let mut added = Vec::new();
        for part in sorted {
            account.drafts += part.drafts;
            account.disputed += part.disputed;
            account.excluded += part.excluded;
            plain.extend_from_slice(&part.plain);
            added.extend(part.summaries.iter().map(|event| (event.0, summaries.addend(event.1))));
        }
        account.in_summaries = added.len();
        account.placed = plain.len();
        Self { project, table, addends, missing_best_is_low, plain, summaries: added, account }
    }

    fn event(&self, slot: u32) -> Option<&'a Event> {
        self.project.events.get(self.table.id(slot)).map(|event| &**event)
    }

    /// What the event in a slot adds that is no summary.
    fn addend(&self, slot: u32) -> Addend {
        match self.addends {
            Addends::Total(Some(figures)) => {
                let at = slot as usize;
                Addend::new(figures.value(at), figures.is_flagged(at), self.missing_best_is_low)
            }
            Addends::Class(derived, code) => {
                Addend::of(derived.coded(self.table.id(slot), code), self.missing_best_is_low)
            }
            Addends::Total(None) | Addends::None => Addend::default(),
        }
    }

    fn plain(&self) -> impl Iterator<Item = (u32, Addend)> {
        self.plain.iter().map(|slot| (*slot, self.addend(*slot)))
    }

    fn all(&self) -> impl Iterator<Item = (u32, Addend)> {
        self.plain().chain(self.summaries.iter().copied())
    }

    /// Everything that counts, on all cores.
    fn total(&self) -> Adder {
        let mut total = self.summed();
        self.add_up(|_| Some(0), 1).iter().for_each(|part| total.join(part));
        total
    }

    /// What the summaries add.
    fn summed(&self) -> Adder {
        let mut total = Adder::default();
        self.summaries.iter().for_each(|(_, addend)| total.add(*addend));
        total
    }

    /// The sums of each of so many buckets, on all cores; `goes` says into which an event goes.
    fn add_up(&self, goes: impl Fn(u32) -> Option<usize> + Sync, buckets: usize) -> Vec<Adder> {
        let part = |slots: &[u32]| {
            let mut adders = vec![Adder::default(); buckets];
            let placed = slots.iter().filter_map(|slot| Some((*slot, goes(*slot)?)));
            match self.addends {
                Addends::Total(Some(figures)) => placed.for_each(|(slot, number)| {
                    adders[number].add_kept(figures.kept(slot as usize), self.missing_best_is_low);
                }),
                _ => placed.for_each(|(slot, number)| adders[number].add(self.addend(slot))),
            }
            adders
        };
        let join = |mut one: Vec<Adder>, other: Vec<Adder>| {
            one.iter_mut().zip(&other).for_each(|(one, other)| one.join(other));
            one
        };
        self.plain.par_chunks(CHUNK).map(part).reduce(|| vec![Adder::default(); buckets], join)
    }
}

/// The events of some slots by what they are.
#[derive(Default)]
struct Sorted<'a> {
    plain: Vec<u32>,
    summaries: Vec<(u32, &'a Event)>,
    excluded: usize,
    drafts: usize,
    disputed: usize,
}

impl<'a> Sorted<'a> {
    fn of(slots: &[u32], table: &Columnar, summaries: &Summaries<'a>) -> Self {
        const SPECIAL: u16 = Flag::Draft.bit() | Flag::Disputed.bit() | Flag::Summary.bit() | Flag::Excluded.bit();
        let mut sorted = Self { plain: Vec::with_capacity(slots.len()), ..Self::default() };
        for slot in slots {
            let bits = table.flags()[*slot as usize];
            if bits & SPECIAL == 0 {
                sorted.plain.push(*slot);
            } else {
                sorted.put(*slot, bits, table, summaries);
            }
        }
        sorted
    }

    fn put(&mut self, slot: u32, bits: u16, table: &Columnar, summaries: &Summaries<'a>) {
        let has = |flag: Flag| bits & flag.bit() != 0;
        self.drafts += usize::from(has(Flag::Draft));
        self.disputed += usize::from(has(Flag::Disputed));
        let summary = has(Flag::Summary).then(|| summaries.summary(table.id(slot))).flatten();
        if has(Flag::Excluded) {
            self.excluded += 1;
        } else if let Some(event) = summary {
            self.summaries.push((slot, event));
        } else {
            self.plain.push(slot);
        }
    }
}

/// Events while they are added up.
#[derive(Debug, Clone, Default)]
struct Bucket {
    adder: Adder,
    slots: Vec<u32>,
}

impl Bucket {
    fn add(&mut self, slot: u32, addend: Addend) {
        self.adder.add(addend);
        self.slots.push(slot);
    }

    fn of(items: impl Iterator<Item = (u32, Addend)>) -> Self {
        let mut bucket = Self::default();
        items.for_each(|(slot, addend)| bucket.add(slot, addend));
        bucket
    }

    fn named(self, key: &str, label: &str) -> Group {
        let (key, label) = (key.to_owned(), label.to_owned());
        Group { key, label, bin: None, sums: self.adder.sums(), slots: self.slots }
    }
}

/// The sums that a query asks for.
pub fn totals(project: &Project, derived: &Derived, query: &Query<'_>) -> Totals {
    let table = derived.columnar();
    let slots = query.among.slots(project, table);
    let gathered = Gathered::of(&slots, &query.class, project, derived, query);
    let summaries = Bucket::of(gathered.summaries.iter().copied());
    let mut totals = Totals {
        in_summaries: summaries.named("in_summaries", "in summaries, not placed"),
        account: gathered.account,
        ..Totals::default()
    };
    totals.not_placed = Bucket::default().named("not_placed", "not placed");
    totals.undated = Bucket::default().named("undated", "undated");
    match query.by {
        By::Time(size) => time::split(&mut totals, &gathered, size, query.placing),
        By::None => totals.total = gathered.total().sums(),
        By::Of(facet) => {
            totals.total = gathered.total().sums();
            totals.overlap = facet.overlaps();
            totals.groups = match facet {
                Facet::Class => classes::split(&gathered, project, derived, &query.measure),
                Facet::Source => {
                    let sources = derived.sources_by_slot(project, &query.measure, &query.class);
                    groups::by_source(&gathered, &sources)
                }
                facet => groups::split(&gathered, facet),
            };
        }
    }
    let mut stated = general(&totals.total, &totals.account, project.methodology.missing_best_is_low);
    if let By::Of(facet) = query.by {
        stated.extend(facet.stated().map(str::to_owned));
    }
    stated.append(&mut totals.stated);
    totals.stated = stated;
    totals
}

/// A number of things in words: "1 event", "1,200 events".
fn count(n: usize, thing: &str) -> String {
    wording::count(n, thing, &format!("{thing}s"))
}

/// What must be said beside every sum.
pub(super) fn general(total: &Sums, account: &Account, missing_best_is_low: bool) -> Vec<String> {
    let mut stated =
        vec!["Sums of lows, bests and highs of what was reported: bounds, not a confidence interval.".into()];
    let lacking = total.no_best;
    if missing_best_is_low {
        stated.push(format!("Where an event has no best figure, its low is taken ({}).", count(lacking, "event")));
    } else if lacking > 0 {
        stated.push(format!("There is no best total: {} put none forward.", count(lacking, "event")));
    }
    if total.flagged > 0 {
        let rows = count(total.flagged, "published estimate");
        stated.push(format!("{rows} out of order, added as published."));
    }
    if account.in_summaries > 0 {
        let summaries = count(account.in_summaries, "summary event");
        stated.push(format!("{summaries}: added is only what exceeds the events covered."));
    }
    stated
}
