//! The figures of one measure and class in columns.

use rayon::prelude::*;

use crate::derive::figures::{Range, Value};
use crate::derive::index::Entry;
use crate::derive::{Derived, Summary};
use crate::model::{Class, EventId, Measure};

/// Numbers are known.
const KNOWN: u8 = 1;
/// It is spoken of without a number.
const UNKNOWN: u8 = 2;
/// There is a best.
const BEST: u8 = 4;
/// The high is closed.
const HIGH: u8 = 8;
/// A published estimate out of order.
const FLAGGED: u8 = 16;

/// The figure of a slot as it is kept, for adding many up: numbers that are not known are 0, an open high is what it is
/// at least.
#[derive(Debug, Clone, Copy)]
pub(in crate::derive) struct Kept {
    pub low: u64,
    pub best: u64,
    pub high: u64,
    state: u8,
}

impl Kept {
    /// Of which nobody says anything.
    pub const SILENT: Self = Self { low: 0, best: 0, high: 0, state: 0 };

    pub fn is_known(self) -> bool {
        self.state & KNOWN != 0
    }

    pub fn is_unknown(self) -> bool {
        self.state & UNKNOWN != 0
    }

    pub fn has_best(self) -> bool {
        self.state & BEST != 0
    }

    pub fn is_open(self) -> bool {
        self.state & (KNOWN | HIGH) == KNOWN
    }

    pub fn is_flagged(self) -> bool {
        self.state & FLAGGED != 0
    }
}

/// The figures of one measure and class, by slot.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    low: Vec<u64>,
    best: Vec<u64>,
    high: Vec<u64>,
    state: Vec<u8>,
}

impl Figures {
    pub(super) fn of(measure: &Measure, class: &Class, ids: &[EventId], derived: &Derived) -> Self {
        let entries: Vec<Option<&Entry>> = ids.par_iter().map(|id| derived.entry(*id)).collect();
        Self::of_entries(measure, class, &entries, derived)
    }

    /// The same, where what is kept of the event in each slot was found already.
    pub(super) fn of_entries(measure: &Measure, class: &Class, entries: &[Option<&Entry>], derived: &Derived) -> Self {
        let mut new = Self::empty(entries.len());
        let Some(code) = derived.code(measure, class) else { return new };
        for (slot, entry) in entries.iter().enumerate() {
            if let Some(entry) = entry {
                new.set(slot, entry.coded(code));
            }
        }
        new
    }

    pub(super) fn empty(slots: usize) -> Self {
        Self { low: vec![0; slots], best: vec![0; slots], high: vec![0; slots], state: vec![0; slots] }
    }

    pub(super) fn push(&mut self) {
        self.low.push(0);
        self.best.push(0);
        self.high.push(0);
        self.state.push(0);
    }

    pub(super) fn set(&mut self, slot: usize, summary: Summary) {
        let range = summary.value.range().unwrap_or(Range { low: 0, best: None, high: None });
        let mut state = match summary.value {
            Value::NoClaim => 0,
            Value::Unknown => UNKNOWN,
            Value::Known(_) => KNOWN,
        };
        state |= if range.best.is_some() { BEST } else { 0 };
        state |= if range.high.is_some() { HIGH } else { 0 };
        state |= if summary.marks.flagged { FLAGGED } else { 0 };
        self.low[slot] = range.low;
        self.best[slot] = range.best.unwrap_or(0);
        self.high[slot] = range.high.unwrap_or_else(|| range.low.max(range.best.unwrap_or(0)));
        self.state[slot] = state;
    }

    /// The figure of a slot as it is kept.
    #[inline]
    pub(in crate::derive) fn kept(&self, slot: usize) -> Kept {
        Kept { low: self.low[slot], best: self.best[slot], high: self.high[slot], state: self.state[slot] }
    }

    /// The figure of a slot.
    pub fn value(&self, slot: usize) -> Value {
        let state = self.state[slot];
        match state & (KNOWN | UNKNOWN) {
            KNOWN => Value::Known(Range {
                low: self.low[slot],
                best: (state & BEST != 0).then_some(self.best[slot]),
                high: (state & HIGH != 0).then_some(self.high[slot]),
            }),
            UNKNOWN => Value::Unknown,
            _ => Value::NoClaim,
        }
    }

    /// The low of a slot; `None` where no number is known.
    pub fn low(&self, slot: usize) -> Option<u64> {
        (self.state[slot] & KNOWN != 0).then(|| self.low[slot])
    }

    /// The best of a slot; `None` where there is none.
    pub fn best(&self, slot: usize) -> Option<u64> {
        (self.state[slot] & BEST != 0).then(|| self.best[slot])
    }

    /// The high of a slot, and whether it is closed: an open one is at least this.
    pub fn high(&self, slot: usize) -> Option<(u64, bool)> {
        let state = self.state[slot];
        (state & KNOWN != 0).then(|| (self.high[slot], state & HIGH != 0))
    }

    /// Whether it is spoken of without a number.
    pub fn is_unknown(&self, slot: usize) -> bool {
        self.state[slot] & UNKNOWN != 0
    }

    /// Whether anything is said of it.
    pub fn is_claimed(&self, slot: usize) -> bool {
        self.state[slot] & (KNOWN | UNKNOWN) != 0
    }

    /// Whether anything is said of any event.
    pub fn is_spoken_of(&self) -> bool {
        self.state.iter().any(|state| state & (KNOWN | UNKNOWN) != 0)
    }

    /// Whether it is a published estimate out of order.
    pub fn is_flagged(&self, slot: usize) -> bool {
        self.state[slot] & FLAGGED != 0
    }
}
