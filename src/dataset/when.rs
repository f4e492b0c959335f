//! The dates of a row.

use jiff::civil::Date;
use jiff::{Span as Days, ToSpan};

use crate::model::date::{DayOrder, Span, read_common};
use crate::model::mapping::Codes;
use crate::model::{DateOrder, EventDate};

use super::flaw::Wrong;
use super::number::short;

/// How exactly a date is known, as its code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exactness {
    /// There is no code.
    Unsaid,
    /// A day.
    Day,
    /// Some time within the days given.
    Within,
    /// It lasted throughout the days given.
    Throughout,
    /// Some time in the week around the day.
    Week,
    /// Some time in the month of the day.
    Month,
}

/// The meaning of a code of precision.
pub(super) fn exactness(text: &str, codes: Codes) -> Result<Exactness, Wrong> {
    let code = super::number::whole(text, '.').ok();
    Ok(match (codes, code) {
        (_, Some(1)) => Exactness::Day,
        (Codes::Ged, Some(2..=4)) => Exactness::Within,
        (Codes::Ged, Some(5)) => Exactness::Throughout,
        (Codes::Acled, Some(2)) => Exactness::Week,
        (Codes::Acled, Some(3)) => Exactness::Month,
        _ => return Err(Wrong::Code { text: short(text), what: "precision of a date" }),
    })
}

/// The date of a field: ISO 8601 with or without a time, else in the order of the mapping, else as people write it.
pub(super) fn date(text: &str, order: DateOrder) -> Result<EventDate, Wrong> {
    if let Some(day) = iso_day(text) {
        return Ok(EventDate::day(day));
    }
    let wrong = |why: String| Wrong::Date { text: short(text), why };
    // What people type for days before today is no date of a row.
    if text.starts_with('-') || !text.bytes().any(|b| b.is_ascii_digit()) {
        return EventDate::parse(text).map_err(|error| wrong(error.to_string()));
    }
    let order = match order {
        DateOrder::YearFirst => DayOrder::YearMonth,
        DateOrder::DayFirst => DayOrder::DayMonth,
        DateOrder::MonthFirst => DayOrder::MonthDay,
    };
    read_common(without_time(text), order, Date::MIN).map_err(|error| wrong(error.to_string()))
}

/// `2023-01-31`, alone or before a time of midnight, which is how databases write a day.
fn iso_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| -> Option<i16> {
        let part = bytes.get(from..to)?;
        part.iter().try_fold(0_i16, |n, b| Some(n * 10 + i16::from(b.is_ascii_digit().then(|| b - b'0')?)))
    };
    let dashes = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    // The longest is how databases export a day.
    let alone = bytes.len() == 10 || bytes.get(10..) == Some(b" 00:00:00.000");
    if !dashes || !(alone || without_time(text).len() == 10) {
        return None;
    }
    let (month, day) = (i8::try_from(digits(5, 7)?).ok()?, i8::try_from(digits(8, 10)?).ok()?);
    Date::new(digits(0, 4)?, month, day).ok()
}

/// A date without a time of midnight behind it.
fn without_time(text: &str) -> &str {
    let Some((day, time)) = text.split_once([' ', 'T']) else { return text };
    let time = time.strip_suffix('Z').unwrap_or(time);
    let midnight = time.len() >= 4 && time.bytes().all(|b| matches!(b, b'0' | b':' | b'.')) && time.contains(':');
    if midnight { day } else { text }
}

/// The date of an event from its first and last day.
pub(super) fn between(first: EventDate, last: Option<EventDate>, exactness: Exactness) -> Result<EventDate, Wrong> {
    let span = match exactness {
        Exactness::Unsaid | Exactness::Throughout => Span::Throughout,
        _ => Span::Within,
    };
    let date = match last {
        Some(last) if last != first => {
            let reversed = || Wrong::Reversed { first: first.to_string(), last: last.to_string() };
            let (Some(earliest), Some(latest)) = (first.earliest(), last.latest()) else { return Err(reversed()) };
            EventDate::between(earliest, latest, span).map_err(|_| reversed())?
        }
        _ if exactness == Exactness::Throughout => first.with_span(Span::Throughout),
        _ => first,
    };
    Ok(widened(date, exactness))
}

/// A day that stands for the week around it, or for its month.
fn widened(date: EventDate, exactness: Exactness) -> EventDate {
    let (Some(day), true) = (date.earliest(), date.days() == Some(1)) else { return date };
    let wider = match exactness {
        Exactness::Week => {
            let around: Days = 3.days();
            EventDate::between(day.saturating_sub(around), day.saturating_add(around), Span::Within)
        }
        Exactness::Month => EventDate::month(day.year(), day.month()),
        _ => return date,
    };
    wider.unwrap_or(date)
}

/// The date of three columns, of which the later ones may say 0 or nothing.
pub(super) fn of_parts(year: u64, month: Option<u64>, day: Option<u64>) -> Result<EventDate, Wrong> {
    let known = |part: Option<u64>| part.filter(|n| *n > 0);
    let text = match (known(month), known(day)) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        (None, _) => format!("{year:04}"),
    };
    EventDate::parse(&text).map_err(|error| Wrong::Date { text: text.clone(), why: error.to_string() })
}

/// A code of precision for a date, and what it means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    pub codes: Codes,
    pub digit: u8,
    pub exactness: Exactness,
    /// Whether the row names the day in the middle.
    pub is_middle: bool,
}

/// The code of a date.
pub(super) fn code(date: &EventDate, codes: Codes) -> Code {
    let days = date.days().unwrap_or(i64::MAX);
    let (digit, exactness) = match (codes, days) {
        (_, 1) => (1, Exactness::Day),
        (Codes::Ged, _) if date.lasted_throughout() => (5, Exactness::Throughout),
        (Codes::Ged, 2..=6) => (2, Exactness::Within),
        (Codes::Ged, 7) => (3, Exactness::Within),
        (Codes::Ged, _) => (4, Exactness::Within),
        (Codes::Acled | Codes::Gtd, 2..=7) => (2, Exactness::Week),
        (Codes::Acled | Codes::Gtd, _) => (3, Exactness::Month),
    };
    Code { codes, digit, exactness, is_middle: codes == Codes::Acled }
}

/// The day that stands for a date: its first one, or the one in the middle.
pub(super) fn day_of(date: &EventDate, middle: bool) -> Option<Date> {
    let first = date.earliest()?;
    let days = if middle { (date.days().unwrap_or(1) - 1) / 2 } else { 0 };
    first.checked_add(days.days()).ok()
}

/// How many of year, month and day a date knows.
pub(super) fn known_parts(date: &EventDate) -> u8 {
    use crate::model::date::Granularity;
    match date.granularity() {
        Granularity::Day | Granularity::Interval => 3,
        Granularity::Month | Granularity::TenDays => 2,
        _ => 1,
    }
}

/// A day in the order of the mapping, written as another date of the row is: with its time of midnight, and with its
/// mark between the parts.
pub(super) fn written(day: Date, order: DateOrder, like: &str) -> String {
    let time = &like[without_time(like).len()..];
    let mark = like.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '.' | '/' | '-'));
    let (year, month, date) = (day.year(), day.month(), day.day());
    let mark = mark.unwrap_or(if order == DateOrder::YearFirst { '-' } else { '/' });
    match order {
        DateOrder::YearFirst => format!("{year:04}{mark}{month:02}{mark}{date:02}{time}"),
        DateOrder::DayFirst => format!("{date:02}{mark}{month:02}{mark}{year:04}{time}"),
        DateOrder::MonthFirst => format!("{month:02}{mark}{date:02}{mark}{year:04}{time}"),
    }
}
