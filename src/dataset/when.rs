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
    let rest = without_time(text).len();
    if !dashes || rest != 10 {
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
