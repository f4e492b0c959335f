//! The other way round: from a place of a chart to its events, and from a selection to its share of the chart.

use rayon::prelude::*;

use super::build::{Adding, asked, biggest};
use super::groups::Work;
use super::look::{passes, piece};
use super::plan::is_in;
use super::{Basis, Chart, Series, Split, Strip};
use crate::derive::columnar::{Columnar, Flag};
use crate::derive::facet::Facet;
use crate::derive::totals::time::{NOT_PLACED, UNDATED};
use crate::model::EventId;

/// Where on a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// These columns, from the first to the last.
    Columns(usize, usize),
    /// A strip: a place in [`Chart::strips`].
    Strip(usize),
}

impl Chart {
    /// The slots of the events that stand at a place, in the order of the project: of all, or of one series. `basis` is
    /// that from which the chart was made, or a later one with the same events.
    pub fn slots(&self, basis: &Basis<'_>, place: Place, only: Option<&Series>) -> Vec<u32> {
        let table = basis.derived.columnar();
        if table.numbering() != self.plan.numbering {
            return Vec::new();
        }
        let compared = only.map_or(0..self.compared.len(), |series| series.compared..series.compared + 1);
        let row = only.and_then(|series| {
            let at = self.plan.rows.iter().position(|(key, _)| *key == series.key);
            at.filter(|_| !matches!(self.question.split, Split::None | Split::Of(Facet::Class)))
        });
        let mut found: Vec<u32> = Vec::new();
        for at in compared {
            let filter = if at == 0 || basis.other.is_none() { basis.filter } else { basis.other };
            let summaries = self.plan.summaries.get(at).map_or(&[][..], Vec::as_slice);
            match self.bucket(place) {
                None => found.extend(summaries),
                Some(buckets) => {
                    let search = Search { table, chart: self, filter, summaries, buckets, row };
                    found.extend(self.plan.groups.with(table, search));
                }
            }
        }
        if self.compared.len() > 1 && only.is_none() {
            found.sort_by_cached_key(|slot| table.position(*slot));
            found.dedup();
        }
        found
    }

    /// The buckets of a place; `None` of the summaries.
    fn bucket(&self, place: Place) -> Option<std::ops::RangeInclusive<usize>> {
        match place {
            Place::Columns(first, last) => {
                let bucket = |at: usize| self.plan.buckets.get(at).copied();
                let last = last.min(self.plan.buckets.len().saturating_sub(1));
                #[expect(clippy::reversed_empty_ranges, reason = "no bucket at all")]
                Some(bucket(first).zip(bucket(last)).map_or(1..=0, |(first, last)| first..=last))
            }
            Place::Strip(at) => match self.strips.get(at) {
                Some(Strip::NotPlaced) => Some(NOT_PLACED..=NOT_PLACED),
                Some(Strip::Undated) => Some(UNDATED..=UNDATED),
                Some(Strip::Summaries) | None => None,
            },
        }
    }

    /// The columns in which the event of a slot stands: several where it is spread; none where it has no place on the axis.
    pub fn columns_of(&self, basis: &Basis<'_>, slot: u32) -> std::ops::Range<usize> {
        let code = basis.derived.columnar().dates().codes().get(slot as usize).copied().unwrap_or_default();
        let buckets = self.plan.buckets_of(code);
        let column = |bucket: usize| self.plan.buckets.partition_point(|of| *of < bucket);
        column(buckets.start)..column(buckets.end)
    }

    /// The largest events of a place, at most so many.
    pub fn biggest(&self, basis: &Basis<'_>, place: Place, most: usize) -> Vec<EventId> {
        let slots = self.slots(basis, place, None);
        biggest(basis, &self.question.measure, &self.question.class, &slots, most)
    }

    /// What marked events are of this chart: the same chart, whose panels have the same series, of these events alone,
    /// in the same columns and strips. Its accounts are those of the whole.
    pub fn share(&self, basis: &Basis<'_>, marked: &[bool]) -> Self {
        let adding = Adding { basis, question: &self.question, plan: &self.plan, also: Some(marked) };
        let added = adding.panels(&asked(basis, &self.question), self.arrangement, Some(&self.strips));
        Self { panels: added.panels, ..self.clone() }
    }
}

struct Search<'a> {
    table: &'a Columnar,
    chart: &'a Chart,
    filter: Option<&'a [bool]>,
    summaries: &'a [u32],
    buckets: std::ops::RangeInclusive<usize>,
    row: Option<usize>,
}

impl Work<Vec<u32>> for Search<'_> {
    fn go<G: Fn(usize) -> [u32; 2] + Sync>(self, groups: G) -> Vec<u32> {
        let (flags, dates) = (self.table.flags(), self.table.dates());
        let (first, last) = (*self.buckets.start(), *self.buckets.end());
        // Events share few dates: each is asked once.
        let stands = |date: usize| {
            let buckets = self.chart.plan.buckets_of(u32::try_from(date).unwrap_or(u32::MAX));
            buckets.start <= last && buckets.end > first
        };
        let stands: Vec<bool> = (0..dates.intervals().len()).map(stands).collect();
        let codes = dates.codes();
        let is = |slot: &&u32| {
            let at = **slot as usize;
            stands[codes[at] as usize]
                && passes(self.filter, at)
                && flags[at] & Flag::Excluded.bit() == 0
                && is_in(self.row, groups(at))
                && (flags[at] & Flag::Summary.bit() == 0 || self.summaries.binary_search(slot).is_err())
        };
        let order = self.table.order();
        let parts = order.par_chunks(piece(order.len())).map(|slots| slots.iter().filter(is).copied().collect());
        let parts: Vec<Vec<u32>> = parts.collect();
        parts.concat()
    }
}
