//! What was decided before numbers are added up: the axis, which date goes into which bin, which name into which group.
//! A chart keeps it, so that its share of a selection and the events of a bin are told by the same rules.

use super::groups::{Groups, NOWHERE};
use crate::derive::columnar::Columnar;
use crate::derive::totals::time::{Axis, Ends, SHARED, goes, used};

/// From this number on, a date is spread over several bins; the rest of the number says how.
pub(super) const SPREAD: u32 = 1 << 31;

/// How a date is spread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spread {
    /// The bucket of its first bin.
    pub bucket: usize,
    /// How many of its days have gone at the end of each bin.
    pub gone: Vec<u64>,
}

/// See the head of this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// Which numbering of slots and texts it goes by.
    pub numbering: u64,
    pub axis: Axis,
    /// The bucket of each date, or how it is spread.
    goes: Vec<u32>,
    spreads: Vec<Spread>,
    pub groups: Groups,
    /// Key and label of each row.
    pub rows: Vec<(String, String)>,
    /// The bucket of each column.
    pub buckets: Vec<usize>,
    /// Slots of the summaries of each that is compared, sorted.
    pub summaries: Vec<Vec<u32>>,
}

impl Plan {
    /// The plan for these dates; groups and summaries come later.
    pub fn of(table: &Columnar, is_used: &[bool], axis: impl FnOnce(&[Ends]) -> Axis) -> Self {
        let intervals: Vec<Ends> = table.dates().intervals().collect();
        let axis = axis(&used(&intervals, is_used));
        let mut spreads = Vec::new();
        let code = |(to, ends): (usize, &Ends)| {
            if to == SHARED {
                let (bucket, gone) = axis.cuts(*ends);
                spreads.push(Spread { bucket, gone });
                SPREAD + u32::try_from(spreads.len() - 1).unwrap_or(0)
            } else {
                u32::try_from(to).unwrap_or(0)
            }
        };
        let goes = goes(&axis, &intervals, is_used).into_iter().zip(&intervals).map(code).collect();
        Self {
            numbering: table.numbering(),
            axis,
            goes,
            spreads,
            groups: Groups::One,
            rows: Vec::new(),
            buckets: Vec::new(),
            summaries: Vec::new(),
        }
    }

    /// The bucket of a date, or how it is spread.
    #[inline]
    pub fn goes(&self, date: u32) -> u32 {
        // A date that came after the plan was made has no place in it.
        self.goes.get(date as usize).copied().unwrap_or(1)
    }

    /// How dates of this number are spread.
    pub fn spread(&self, goes: u32) -> Option<&Spread> {
        self.spreads.get(goes.checked_sub(SPREAD)? as usize)
    }

    /// The buckets that a date stands in.
    pub fn buckets_of(&self, date: u32) -> std::ops::Range<usize> {
        let goes = self.goes(date);
        match self.spread(goes) {
            Some(spread) => spread.bucket..spread.bucket + spread.gone.len(),
            None => goes as usize..goes as usize + 1,
        }
    }
}

/// Whether a row is among the groups of an event; without a row every event is.
pub(super) fn is_in(row: Option<usize>, groups: [u32; 2]) -> bool {
    row.is_none_or(|row| groups.iter().any(|group| *group != NOWHERE && *group as usize == row))
}
