//! Running totals: numbers that count everything since a first day. To sum them up counts the same people again and again.

use jiff::civil::Date;

use crate::model::mapping::{DateOrder, Meaning};

use super::values::{self, Values};
use super::{Column, dates};

/// Numbers on so many days that never fall are no chance.
const ENOUGH: usize = 8;
/// Of so many different ones at least.
const DIFFERENT: usize = 5;

/// Leaves columns out that never fall in the order of time. Without a date there is no such order, and nothing is done:
/// a table may as well be sorted by its numbers.
pub(super) fn leave_out(guessed: &mut [Column], columns: &[Values<'_>], order: DateOrder, decimal: char) {
    let days = guessed.iter().zip(columns).find(|(column, _)| column.meaning == Meaning::DateStart);
    let Some(days) = days.map(|(_, values)| read_days(values, order)) else { return };
    for (column, values) in guessed.iter_mut().zip(columns) {
        if matches!(column.meaning, Meaning::Number(..)) && never_falls(values, &days, decimal) {
            *column = Column::doubtful("Never falls from one day to the next: a running total, which is not summed");
        }
    }
}

fn read_days(values: &Values<'_>, order: DateOrder) -> Vec<Option<Date>> {
    values.all().iter().map(|text| dates::read(text, order)).collect()
}

fn never_falls(values: &Values<'_>, days: &[Option<Date>], decimal: char) -> bool {
    let mut points: Vec<(Date, f64)> = values
        .all()
        .iter()
        .zip(days)
        .filter_map(|(text, day)| Some(((*day)?, values::number(text, decimal)?)))
        .collect();
    points.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut different: Vec<u64> = points.iter().map(|(_, n)| n.to_bits()).collect();
    different.sort_unstable();
    different.dedup();
    let mut on: Vec<Date> = points.iter().map(|(day, _)| *day).collect();
    on.dedup();
    on.len() >= ENOUGH && different.len() >= DIFFERENT && points.windows(2).all(|pair| pair[0].1 <= pair[1].1)
}
