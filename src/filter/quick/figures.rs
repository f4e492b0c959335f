//! Values of figures and counts: ranges of numbers, and what is no number.

use crate::columns::{Column, Part};
use crate::derive::columnar::Figures;
use crate::model::Measure;

use super::{Choice, Choices};

/// Ranges of figures, with the last one open.
pub(super) const RANGES: [(u64, u64); 5] = [(0, 0), (1, 9), (10, 24), (25, 99), (100, u64::MAX)];
/// Ranges of counts of records.
const COUNTS: [(u64, u64); 6] = [(0, 0), (1, 1), (2, 2), (3, 4), (5, 9), (10, u64::MAX)];

pub(super) fn range_label((from, to): (u64, u64)) -> String {
    match to {
        u64::MAX => format!("{from} and more"),
        to if to == from => from.to_string(),
        to => format!("{from} to {to}"),
    }
}

pub(super) fn range_term(name: &str, (from, to): (u64, u64)) -> String {
    match to {
        u64::MAX => format!("{name}>={from}"),
        to if to == from => format!("{name}={from}"),
        to => format!("{name}:{from}..{to}"),
    }
}

/// Labels and terms of a column of figures: a figure, its ranges, a figure without this number, unknown, nothing claimed.
pub(super) fn terms(column: &Column, measure: &Measure, part: Part) -> Vec<(String, String)> {
    let id = column.id;
    let mut terms = vec![("A figure".to_owned(), format!("has:{measure}"))];
    terms.extend(RANGES.map(|range| (range_label(range), range_term(id, range))));
    terms.push(match part {
        Part::Low | Part::Best => ("No best figure".to_owned(), format!("(has:{measure} -{id}>=0)")),
        Part::High => ("Open above, below 100".to_owned(), format!("(has:{measure} -{id}:0..99 -{id}>=100)")),
    });
    terms.push(("Unknown (?)".to_owned(), format!("{measure}:?")));
    terms.push(("Nothing claimed (–)".to_owned(), format!("(-has:{measure} -{measure}:?)")));
    terms
}

/// The values of a column of figures.
pub(super) fn figures(
    column: &Column,
    figures: Option<&Figures>,
    measure: &Measure,
    part: Part,
    live: impl Iterator<Item = usize>,
) -> Choices {
    let terms = terms(column, measure, part);
    let mut counts = vec![0; terms.len()];
    let (without, unknown, nothing) = (RANGES.len() + 1, RANGES.len() + 2, RANGES.len() + 3);
    for slot in live {
        let Some(figures) = figures.filter(|figures| figures.is_claimed(slot)) else {
            counts[nothing] += 1;
            continue;
        };
        if figures.is_unknown(slot) {
            counts[unknown] += 1;
            continue;
        }
        counts[0] += 1;
        let number = match part {
            Part::Low => figures.low(slot),
            Part::Best => figures.best(slot),
            // Of an open high only that it is no smaller can be said.
            Part::High => figures.high(slot).filter(|(high, closed)| *closed || *high >= 100).map(|(high, _)| high),
        };
        let range = number.and_then(|n| RANGES.iter().position(|(from, to)| (*from..=*to).contains(&n)));
        counts[range.map_or(without, |at| at + 1)] += 1;
    }
    let listed = terms.into_iter().zip(counts).enumerate().map(|(at, ((label, term), count))| {
        let part = (1..=without).contains(&at);
        Choice { label, term, count, part }
    });
    Choices { listed: listed.collect(), ..Choices::default() }
}

/// Labels and terms of a column of counts.
pub(super) fn count_terms(id: &str) -> Vec<(String, String)> {
    COUNTS.iter().map(|range| (range_label(*range), range_term(id, *range))).collect()
}

/// The values of a column of counts.
pub(super) fn counts(column: &Column, numbers: &[u32], live: impl Iterator<Item = usize>) -> Choices {
    let mut found = [0; COUNTS.len()];
    for slot in live {
        let n = u64::from(numbers[slot]);
        if let Some(at) = COUNTS.iter().position(|(from, to)| (*from..=*to).contains(&n)) {
            found[at] += 1;
        }
    }
    let terms = count_terms(column.id).into_iter().zip(found);
    let listed = terms.map(|((label, term), count)| Choice { label, term, count, part: false }).collect();
    Choices { listed, ..Choices::default() }
}
