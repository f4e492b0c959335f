//! In which order dates of numbers are written: 31/12 is a day first, 12/31 a month first, and 5/6 may be both.

use jiff::civil::Date;

use crate::model::date::{DayOrder, read_common};
use crate::model::mapping::DateOrder;

use super::values::Values;

/// The order of dates, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// The order.
    pub order: DateOrder,
    /// Whether the dates leave no doubt. A date is never read by a guess that nobody was told of.
    pub certain: bool,
    /// Why, in a sentence.
    pub reason: String,
}

/// Day, month and year of a date in numbers with the year last, in the order written.
fn numbers(text: &str) -> Option<(u32, u32, i16)> {
    let day = text.split([' ', 'T']).next()?;
    let mark = ['/', '.', '-'].into_iter().find(|mark| day.contains(*mark))?;
    let mut parts = day.split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = parts.next().is_none() && first.len() <= 2 && second.len() <= 2 && year.len() == 4;
    if fits { Some((first.parse().ok()?, second.parse().ok()?, year.parse().ok()?)) } else { None }
}

/// Whether a text is written as a date: in numbers, with a name of a month, or as ISO 8601. A number alone is none. A
/// day that the calendar lacks, such as 31 February, is written as a date all the same: it is told where it is read.
pub(super) fn is_written_date(text: &str) -> bool {
    numbers(text).is_some_and(|(a, b, _)| a <= 31 && b <= 31) || is_iso(text) || named(text)
}

/// Whether a text may be a date in a column that is named so: also a year, a month, or a spreadsheet's count of days.
pub(super) fn may_be_date(text: &str) -> bool {
    let plain: Option<f64> = text.parse().ok();
    is_written_date(text)
        || plain.is_some_and(|n| (1000.0..=2200.0).contains(&n) || (10_000.0..80_000.0).contains(&n))
        || read(text, DateOrder::DayFirst).is_some()
}

fn is_iso(text: &str) -> bool {
    let Some(day) = text.get(..10) else { return false };
    let mut parts = day.split(['-', '/']).map(|part| (part.len(), part.parse::<u32>().unwrap_or(u32::MAX)));
    let mut fits = |digits, most| parts.next().is_some_and(|(len, number)| len == digits && number <= most);
    fits(4, 9999) && fits(2, 12) && fits(2, 31) && parts.next().is_none()
}

fn named(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && read(text, DateOrder::YearFirst).is_some()
}

/// The first day that a text may mean in this order.
pub(super) fn read(text: &str, order: DateOrder) -> Option<Date> {
    let order = match order {
        DateOrder::YearFirst => DayOrder::YearMonth,
        DateOrder::DayFirst => DayOrder::DayMonth,
        DateOrder::MonthFirst => DayOrder::MonthDay,
    };
    // A day in relation to today is no date of a table: what today is does not matter.
    let (day, _) = text
        .split_once([' ', 'T'])
        .filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':'))
        .unwrap_or((text, ""));
    read_common(day, order, Date::constant(2000, 1, 1)).ok()?.earliest()
}

/// Guesses the order from the columns of dates.
pub(super) fn order<'a, 'b: 'a>(columns: impl Iterator<Item = &'a Values<'b>>) -> Dates {
    let columns: Vec<&Values<'_>> = columns.collect();
    let written: Vec<(&str, (u32, u32, i16))> = columns
        .iter()
        .flat_map(|values| values.known())
        .filter_map(|text| numbers(text).map(|numbers| (text, numbers)))
        .collect();
    let Some((sample, _)) = written.first() else {
        let reason = if columns.is_empty() {
            "No column of dates was found"
        } else {
            "The year comes first, or the month is a word"
        };
        return Dates { order: DateOrder::YearFirst, certain: true, reason: reason.to_owned() };
    };
    let day_first = written.iter().find(|(_, (first, second, _))| *first > 12 && *second <= 12);
    let month_first = written.iter().find(|(_, (first, second, _))| *second > 12 && *first <= 12);
    match (day_first, month_first) {
        (Some((text, _)), None) => sure(DateOrder::DayFirst, format!("“{text}” can only be a day first")),
        (None, Some((text, _))) => sure(DateOrder::MonthFirst, format!("“{text}” can only be a month first")),
        (Some((one, _)), Some((other, _))) => doubtful(
            DateOrder::DayFirst,
            format!("“{one}” has the day first and “{other}” the month: no order reads them all"),
        ),
        (None, None) => by_rows(&columns, sample),
    }
}

/// Where every date reads both ways: rows are often in order of time, and then one reading is, too.
fn by_rows(columns: &[&Values<'_>], sample: &str) -> Dates {
    let steps_back = |order: DateOrder| {
        let days: Vec<Date> = columns
            .first()
            .into_iter()
            .flat_map(|values| values.known())
            .filter_map(|text| read(text, order))
            .collect();
        let falls = days.windows(2).filter(|pair| pair[0] > pair[1]).count();
        let rises = days.windows(2).filter(|pair| pair[0] < pair[1]).count();
        falls.min(rises)
    };
    let (day, month) = (steps_back(DateOrder::DayFirst), steps_back(DateOrder::MonthFirst));
    let both = format!("“{sample}” can be read with the day or the month first");
    match day.cmp(&month) {
        std::cmp::Ordering::Less => doubtful(
            DateOrder::DayFirst,
            format!("{both}; with the day first the rows are nearer to the order of time"),
        ),
        std::cmp::Ordering::Greater => doubtful(
            DateOrder::MonthFirst,
            format!("{both}; with the month first the rows are nearer to the order of time"),
        ),
        std::cmp::Ordering::Equal => doubtful(DateOrder::DayFirst, format!("{both}; say which")),
    }
}

fn sure(order: DateOrder, reason: String) -> Dates {
    Dates { order, certain: true, reason }
}

fn doubtful(order: DateOrder, reason: String) -> Dates {
    Dates { order, certain: false, reason }
}
