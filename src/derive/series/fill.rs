//! The second pass: every event is added to the sums of its bin and group, on all cores.

use rayon::prelude::*;

use super::groups::{Groups, NOWHERE, Work};
use super::look::{passes, piece};
use super::plan::{Plan, SPREAD};
use crate::derive::columnar::{Columnar, Figures, Flag, Kept};
use crate::derive::totals::{Addend, Adder};

/// What is added up.
pub(super) struct Pass<'a> {
    pub table: &'a Columnar,
    pub plan: &'a Plan,
    /// Two filters: an event must pass both.
    pub filter: Option<&'a [bool]>,
    pub also: Option<&'a [bool]>,
    pub figures: Option<&'a Figures>,
    /// How many rows of sums there are.
    pub rows: usize,
    /// Events that stand apart as summaries, sorted.
    pub summaries: &'a [u32],
    pub missing_best_is_low: bool,
}

/// Sums by row and bucket.
#[derive(Clone)]
pub(super) struct Filled {
    /// Row by row, in each the buckets of the axis. An event that is spread counts in its first bin only, so that rows
    /// add up.
    pub cells: Vec<Adder>,
    /// The events that are spread over further bins, counted there too; empty where none is.
    pub further: Vec<Adder>,
}

impl Pass<'_> {
    pub fn fill(self, groups: &Groups) -> Filled {
        let table = self.table;
        groups.with(table, self)
    }

    fn none(&self) -> Filled {
        Filled { cells: vec![Adder::default(); self.rows * self.plan.axis.buckets()], further: Vec::new() }
    }
}

impl Work<Filled> for Pass<'_> {
    fn go<G: Fn(usize) -> [u32; 2] + Sync>(self, groups: G) -> Filled {
        let order = self.table.order();
        let parts = order.par_chunks(piece(order.len())).map(|slots| self.part(slots, &groups));
        parts.reduce_with(Filled::join).unwrap_or_else(|| self.none())
    }
}

impl Pass<'_> {
    fn part(&self, slots: &[u32], groups: &impl Fn(usize) -> [u32; 2]) -> Filled {
        let mut filled = self.none();
        let (flags, dates) = (self.table.flags(), self.table.dates().codes());
        let buckets = self.plan.axis.buckets();
        for slot in slots {
            let at = *slot as usize;
            if !passes(self.filter, at) || !passes(self.also, at) {
                continue;
            }
            let bits = flags[at];
            if bits & (Flag::Excluded.bit() | Flag::Summary.bit()) != 0
                && (bits & Flag::Excluded.bit() != 0 || self.summaries.binary_search(slot).is_ok())
            {
                continue;
            }
            let goes = self.plan.goes(dates[at]);
            let kept = self.figures.map_or(Kept::SILENT, |figures| figures.kept(at));
            for group in groups(at) {
                if group == NOWHERE {
                    continue;
                }
                let row = group as usize;
                if goes < SPREAD {
                    filled.cells[row * buckets + goes as usize].add_kept(kept, self.missing_best_is_low);
                } else {
                    self.spread(&mut filled, row, goes, at);
                }
            }
        }
        filled
    }

    /// Gives every bin its share of an event.
    #[cold]
    fn spread(&self, filled: &mut Filled, row: usize, goes: u32, slot: usize) {
        let Some(spread) = self.plan.spread(goes) else { return };
        let addend = self.figures.map_or_else(Addend::default, |figures| {
            Addend::new(figures.value(slot), figures.is_flagged(slot), self.missing_best_is_low)
        });
        let days = spread.gone.last().copied().unwrap_or(1);
        let first = row * self.plan.axis.buckets() + spread.bucket;
        if filled.further.is_empty() {
            filled.further = vec![Adder::default(); filled.cells.len()];
        }
        let mut from = 0;
        for (at, to) in spread.gone.iter().enumerate() {
            let share = addend.share(from, *to, days);
            if at == 0 {
                filled.cells[first].add(share);
            } else {
                filled.cells[first + at].add_uncounted(share);
                filled.further[first + at].count(share);
            }
            from = *to;
        }
    }
}

impl Filled {
    fn join(mut self, other: Self) -> Self {
        self.cells.iter_mut().zip(&other.cells).for_each(|(one, other)| one.join(other));
        if self.further.is_empty() {
            self.further = other.further;
        } else {
            self.further.iter_mut().zip(&other.further).for_each(|(one, other)| one.join(other));
        }
        self
    }
}
