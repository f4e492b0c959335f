//! The first pass over the events of a question: which dates they have, which of them count, which groups are large.

use rayon::prelude::*;

use super::groups::{Groups, NOWHERE, Weight, Work};
use crate::derive::columnar::{Columnar, Figures, Flag, Kept};

/// What was seen.
#[derive(Default)]
pub(super) struct Look {
    /// Events that count and are marked as no summaries.
    pub plain: usize,
    pub excluded: usize,
    pub drafts: usize,
    pub disputed: usize,
    /// Slots of events that count and name others that they cover.
    pub covering: Vec<u32>,
    /// Which dates are used.
    pub used: Vec<bool>,
    /// How large each group is.
    pub weights: Vec<Weight>,
}

/// What is looked at.
pub(super) struct Pass<'a> {
    pub table: &'a Columnar,
    pub filter: Option<&'a [bool]>,
    /// Where numbers are read from, to tell which groups are large; `None` where nobody speaks of any.
    pub figures: Option<&'a Figures>,
    /// How many groups there are; none where nobody needs to know how large they are.
    pub names: usize,
}

/// Whether a filter lets a slot through.
pub(super) fn passes(filter: Option<&[bool]>, slot: usize) -> bool {
    filter.is_none_or(|filter| filter.get(slot).is_some_and(|is| *is))
}

/// So many slots for each core that all work the same time.
pub(super) fn piece(slots: usize) -> usize {
    slots.div_ceil(rayon::current_num_threads().max(1)).max(4_096)
}

impl Pass<'_> {
    pub fn look(self, groups: &Groups) -> Look {
        let table = self.table;
        groups.with(table, self)
    }
}

impl Work<Look> for Pass<'_> {
    fn go<G: Fn(usize) -> [u32; 2] + Sync>(self, groups: G) -> Look {
        let order = self.table.order();
        let looks = order.par_chunks(piece(order.len())).map(|slots| self.part(slots, &groups));
        looks.reduce_with(Look::join).unwrap_or_else(|| self.none())
    }
}

impl Pass<'_> {
    fn none(&self) -> Look {
        Look {
            used: vec![false; self.table.dates().intervals().len()],
            weights: vec![(0, 0); self.names],
            ..Look::default()
        }
    }

    fn part(&self, slots: &[u32], groups: &impl Fn(usize) -> [u32; 2]) -> Look {
        const SPECIAL: u16 = Flag::Draft.bit() | Flag::Disputed.bit() | Flag::Summary.bit() | Flag::Excluded.bit();
        let mut look = self.none();
        let (flags, dates) = (self.table.flags(), self.table.dates().codes());
        for slot in slots {
            let at = *slot as usize;
            if !passes(self.filter, at) {
                continue;
            }
            let bits = flags[at];
            if bits & SPECIAL != 0 {
                let has = |flag: Flag| bits & flag.bit() != 0;
                look.drafts += usize::from(has(Flag::Draft));
                look.disputed += usize::from(has(Flag::Disputed));
                if has(Flag::Excluded) {
                    look.excluded += 1;
                    continue;
                }
                if has(Flag::Summary) {
                    // Whether it is one is found out later; its date is used only if it is none.
                    look.covering.push(*slot);
                    look.weigh(groups(at), 0);
                    continue;
                }
            }
            look.plain += 1;
            look.used[dates[at] as usize] = true;
            if self.names > 0 {
                let kept = self.figures.map_or(Kept::SILENT, |figures| figures.kept(at));
                look.weigh(groups(at), if kept.has_best() { kept.best } else { kept.low });
            }
        }
        look
    }
}

impl Look {
    fn weigh(&mut self, groups: [u32; 2], number: u64) {
        for group in groups {
            if group != NOWHERE
                && let Some(weight) = self.weights.get_mut(group as usize)
            {
                *weight = (weight.0.saturating_add(number), weight.1 + 1);
            }
        }
    }

    fn join(mut self, other: Self) -> Self {
        self.plain += other.plain;
        self.excluded += other.excluded;
        self.drafts += other.drafts;
        self.disputed += other.disputed;
        self.covering.extend(other.covering);
        self.used.iter_mut().zip(other.used).for_each(|(one, other)| *one |= other);
        for (one, other) in self.weights.iter_mut().zip(other.weights) {
            *one = (one.0.saturating_add(other.0), one.1 + other.1);
        }
        self
    }
}
