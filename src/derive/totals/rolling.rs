//! Sums in which what an event adds is exchanged for another number again and again, as figures become known over time.
//!
//! At every moment they are the sums that `totals` would give of these figures. Nothing here knows a day.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Sums;
use super::covered_by;
use super::summaries::Covered;
use super::sums::Addend;
use crate::derive::figures::Value;
use crate::derive::index::Summary;
use crate::model::{EventId, Project};

/// Sums from which things can be taken out again. Wide enough that nothing is lost at the top.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    low: u128,
    best: u128,
    high: u128,
    open: usize,
    with_best: usize,
    without_best: usize,
    events: usize,
    unknown: usize,
    no_claim: usize,
    no_best: usize,
    flagged: usize,
}

impl Tally {
    fn of_silent(events: usize) -> Self {
        Self { events, no_claim: events, ..Self::default() }
    }

    fn add(&mut self, other: &Self) {
        self.low += other.low;
        self.best += other.best;
        self.high += other.high;
        self.open += other.open;
        self.with_best += other.with_best;
        self.without_best += other.without_best;
        self.unknown += other.unknown;
        self.no_claim += other.no_claim;
        self.no_best += other.no_best;
        self.flagged += other.flagged;
    }

    fn take(&mut self, other: &Self) {
        self.low -= other.low;
        self.best -= other.best;
        self.high -= other.high;
        self.open -= other.open;
        self.with_best -= other.with_best;
        self.without_best -= other.without_best;
        self.unknown -= other.unknown;
        self.no_claim -= other.no_claim;
        self.no_best -= other.no_best;
        self.flagged -= other.flagged;
    }

    /// What one event adds; the events themselves are counted from the start.
    fn one(addend: Addend) -> Self {
        let mut one = Self {
            no_best: usize::from(addend.lacks_best()),
            flagged: usize::from(addend.is_flagged()),
            ..Self::default()
        };
        match addend.value() {
            Value::NoClaim => one.no_claim = 1,
            Value::Unknown => one.unknown = 1,
            Value::Known(range) => {
                one.low = range.low.into();
                one.best = range.best.unwrap_or(0).into();
                one.high = range.high.unwrap_or(range.low.max(range.best.unwrap_or(0))).into();
                one.open = usize::from(range.high.is_none());
                one.with_best = usize::from(range.best.is_some());
                one.without_best = usize::from(addend.lacks_best() && range.best.is_none());
            }
        }
        one
    }

    fn sums(&self) -> Sums {
        let most = |n: u128| u64::try_from(n).unwrap_or(u64::MAX);
        Sums {
            low: most(self.low),
            best: (self.with_best > 0 && self.without_best == 0).then_some(most(self.best)),
            high: (self.open == 0).then_some(most(self.high)),
            high_at_least: most(self.high),
            events: self.events,
            unknown: self.unknown,
            no_claim: self.no_claim,
            no_best: self.no_best,
            flagged: self.flagged,
        }
    }
}

/// Which summaries of a project cover which events, worked out once. Inner summaries stand before outer ones.
#[derive(Debug, Default)]
pub(in crate::derive) struct Covers {
    summaries: Vec<EventId>,
    places: HashMap<EventId, usize>,
    /// The summaries that cover an event, directly or by way of others.
    over: HashMap<EventId, Vec<usize>>,
}

impl Covers {
    pub(in crate::derive) fn of(project: &Project) -> Self {
        let mut found: Vec<(EventId, HashSet<EventId>)> = project
            .events
            .iter()
            .filter(|event| !event.covers.is_empty())
            .map(|event| (event.id, covered_by(project, event)))
            .filter(|(id, covered)| !covered.is_empty() && !covered.contains(id))
            .collect();
        // An outer summary covers all that an inner one covers, and the inner one itself.
        found.sort_by_key(|(id, covered)| (covered.len(), *id));
        let mut covers = Self::default();
        for (id, covered) in found {
            let place = covers.summaries.len();
            covers.summaries.push(id);
            covers.places.insert(id, place);
            for event in covered {
                covers.over.entry(event).or_default().push(place);
            }
        }
        covers
    }

    fn over(&self, event: EventId) -> &[usize] {
        self.over.get(&event).map_or(&[], Vec::as_slice)
    }
}

/// What is known of a summary.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    own: Summary,
    covered: Covered,
}

/// Sums over events whose figures change. An event that is never told of adds nothing.
pub(in crate::derive) struct Rolling<'a> {
    covers: &'a Covers,
    /// Whether an event of this project counts, and whether it is among those that are summed up.
    counts: &'a (dyn Fn(EventId) -> Counts + Sync),
    missing_best_is_low: bool,
    tally: Tally,
    adds: HashMap<EventId, Addend>,
    known: HashMap<usize, Known>,
    changed: BTreeSet<usize>,
}

/// How an event counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::derive) enum Counts {
    /// It is added up.
    Added,
    /// It is not asked about; a summary over it adds only what exceeds it.
    Beside,
    /// It counts nowhere.
    Not,
}

impl<'a> Rolling<'a> {
    /// Sums over so many events of which nothing is known yet.
    pub(in crate::derive) fn new(
        covers: &'a Covers,
        counts: &'a (dyn Fn(EventId) -> Counts + Sync),
        events: usize,
        missing_best_is_low: bool,
    ) -> Self {
        Self {
            covers,
            counts,
            missing_best_is_low,
            tally: Tally::of_silent(events),
            adds: HashMap::new(),
            known: HashMap::new(),
            changed: BTreeSet::new(),
        }
    }

    /// The figure of an event is this one now.
    pub(in crate::derive) fn set(&mut self, event: EventId, figure: Summary) {
        if let Some(place) = self.covers.places.get(&event).copied() {
            self.known.entry(place).or_default().own = figure;
            self.changed.insert(place);
        } else {
            self.adds(event, Addend::of(figure, self.missing_best_is_low));
        }
    }

    /// An event adds this now, to the sums and to what summaries over it cover.
    fn adds(&mut self, event: EventId, new: Addend) {
        let counts = (self.counts)(event);
        if counts == Counts::Not {
            return;
        }
        let old = self.adds.insert(event, new).unwrap_or_default();
        if old == new {
            return;
        }
        if counts == Counts::Added {
            self.tally.add(&Tally::one(new));
            self.tally.take(&Tally::one(old));
        }
        for place in self.covers.over(event) {
            let covered = &mut self.known.entry(*place).or_default().covered;
            old.range().into_iter().for_each(|range| covered.take(range));
            new.range().into_iter().for_each(|range| covered.add(range));
            self.changed.insert(*place);
        }
    }

    /// What all of it adds up to now.
    pub(in crate::derive) fn sums(&mut self) -> Sums {
        while let Some(place) = self.changed.pop_first() {
            let Known { own, covered } = self.known.get(&place).copied().unwrap_or_default();
            let plain = Addend::of(own, self.missing_best_is_low);
            let adds = plain
                .range()
                .map_or(plain, |range| Addend::new(Value::Known(covered.exceeded_by(range)), own.marks.flagged, false));
            if let Some(event) = self.covers.summaries.get(place).copied() {
                self.adds(event, adds);
            }
        }
        self.tally.sums()
    }
}
