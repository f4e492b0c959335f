//! What a summary adds to the events that it covers: only what exceeds them.
//!
//! A summary is an event that covers others that are in the project, directly or by way of other summaries. Whatever
//! the filter is, it adds, for the same measure and class:
//!
//! - low: its low less the sum of theirs, but not below 0
//! - best: its best less the sum of theirs (the low where one has no best), but not below the low that it adds
//! - high: its high less the sum of theirs, but not below the low and best that it adds; open where its own is
//!
//! where "theirs" are what the covered events that count add themselves, each once. An event that covers itself by way
//! of others is no summary: it counts in full, and is told as a problem.

use std::collections::{HashMap, HashSet};

use crate::derive::figures::{Range, Value};
use crate::derive::index::{Code, Derived};
use crate::model::{Event, EventId, Project};

use super::sums::Addend;

/// The summaries of a project, worked out as they are asked for.
pub(in crate::derive) struct Summaries<'a> {
    project: &'a Project,
    derived: &'a Derived,
    code: Option<Code>,
    missing_best_is_low: bool,
    known: HashMap<EventId, Addend>,
}

/// The sum of what covered events add. Wide enough that nothing is lost at the top, so that what was added can be taken
/// out again.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Covered {
    low: u128,
    best: u128,
    high: u128,
    open: u32,
}

impl Covered {
    pub(super) fn add(&mut self, range: Range) {
        self.low += u128::from(range.low);
        self.best += u128::from(range.best.unwrap_or(range.low));
        self.high += u128::from(range.high.unwrap_or(0));
        self.open += u32::from(range.high.is_none());
    }

    /// Takes out what was added before.
    pub(super) fn take(&mut self, range: Range) {
        self.low -= u128::from(range.low);
        self.best -= u128::from(range.best.unwrap_or(range.low));
        self.high -= u128::from(range.high.unwrap_or(0));
        self.open -= u32::from(range.high.is_none());
    }

    /// What a summary with these numbers adds to them.
    pub(super) fn exceeded_by(&self, own: Range) -> Range {
        let beyond = |n: u64, theirs: u128| n.saturating_sub(u64::try_from(theirs).unwrap_or(u64::MAX));
        let low = beyond(own.low, self.low);
        let best = own.best.map(|best| beyond(best, self.best).max(low));
        let least = low.max(best.unwrap_or(0));
        let above = |high: u64| if self.open > 0 { 0 } else { beyond(high, self.high) };
        Range { low, best, high: own.high.map(|high| above(high).max(least)) }
    }
}

impl<'a> Summaries<'a> {
    pub(in crate::derive) fn new(
        project: &'a Project,
        derived: &'a Derived,
        code: Option<Code>,
        missing_best_is_low: bool,
    ) -> Self {
        Self { project, derived, code, missing_best_is_low, known: HashMap::new() }
    }

    /// The event of this id, where it covers another one and not itself.
    pub(in crate::derive) fn summary(&self, id: EventId) -> Option<&'a Event> {
        self.project.events.get(id).map(|event| &**event).filter(|event| self.is_summary(event))
    }

    fn is_summary(&self, event: &Event) -> bool {
        !event.covers.is_empty() && {
            let covered = covered_by(self.project, event);
            !covered.is_empty() && !covered.contains(&event.id)
        }
    }

    /// What a summary adds.
    pub(in crate::derive) fn addend(&mut self, summary: &Event) -> Addend {
        // Inner summaries first. What lies on the way to a summary never leads back to it, so this ends.
        let mut todo = vec![summary.id];
        while let Some(id) = todo.last().copied() {
            let Some(event) = self.project.events.get(id).filter(|_| !self.known.contains_key(&id)) else {
                todo.pop();
                continue;
            };
            // All that is covered, not only the next: a ring in between is no summary, and what lies behind it still is.
            let inner: Vec<EventId> =
                covered_by(self.project, event).into_iter().filter(|id| self.waits(*id)).collect();
            if inner.is_empty() {
                self.known.insert(id, self.work_out(event));
                todo.pop();
            } else {
                todo.extend(inner);
            }
        }
        self.known.get(&summary.id).copied().unwrap_or_default()
    }

    /// Whether an event is a summary that is not worked out yet.
    fn waits(&self, id: EventId) -> bool {
        !self.known.contains_key(&id) && self.project.events.get(id).is_some_and(|event| self.is_summary(event))
    }

    fn work_out(&self, summary: &Event) -> Addend {
        let figure = self.figure(summary.id);
        let own = Addend::new(figure.value, false, self.missing_best_is_low).range();
        let Some(own) = own else { return Addend::of(figure, self.missing_best_is_low) };
        let mut covered = Covered::default();
        for id in covered_by(self.project, summary) {
            let counts = self.project.events.get(id).is_some_and(|event| event.status.counts());
            let addend = self.known.get(&id).copied();
            let addend = addend.unwrap_or_else(|| Addend::of(self.figure(id), self.missing_best_is_low));
            if let Some(range) = addend.range().filter(|_| counts) {
                covered.add(range);
            }
        }
        Addend::new(Value::Known(covered.exceeded_by(own)), figure.marks.flagged, false)
    }

    fn figure(&self, id: EventId) -> crate::derive::index::Summary {
        self.code.map(|code| self.derived.coded(id, code)).unwrap_or_default()
    }
}

/// The events that an event covers, directly or by way of others, as far as they are in the project.
pub(in crate::derive) fn covered_by(project: &Project, event: &Event) -> HashSet<EventId> {
    let mut found = HashSet::new();
    let mut todo: Vec<EventId> = event.covers.to_vec();
    while let Some(id) = todo.pop() {
        if let Some(event) = project.events.get(id)
            && found.insert(id)
        {
            todo.extend(&event.covers);
        }
    }
    found
}
