//! A date in words for people. Text that is read back is made in `Display`, not here.

use std::fmt::Write as _;

use jiff::civil::{Date, Weekday};
use jiff::tz::Offset;

use super::clock::Clock;
use super::part::{Part, Precision};
use super::{EventDate, Extent, Span};

/// The names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_name(day: Date) -> &'static str {
    // A civil month is 1 to 12.
    usize::try_from(day.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}

/// The name of a weekday.
pub(super) fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

pub(super) fn describe(date: &EventDate) -> String {
    let throughout = date.span() == Span::Throughout;
    match date.extent {
        Extent::Single(part, clock) if part.precision() == Precision::Day => {
            marked(part, day(part.first()) + &time_of_day(clock))
        }
        Extent::Single(part, _) if throughout => format!("throughout {}", named(part)),
        Extent::Single(part, _) if part.precision() == Precision::TenDays => {
            format!("some time from {}", named(part))
        }
        Extent::Single(part, _) => format!("some time in {}", named(part)),
        Extent::Closed(start, end) if throughout => format!("{}, throughout", range(start, end)),
        Extent::Closed(start, end) => format!("some time from {}", range(start, end)),
        Extent::Since(start) if throughout => {
            format!("from {} on, throughout, end open", named(start))
        }
        Extent::Since(start) => format!("{} or after {}", on_or_in(start), named(start)),
        Extent::Until(end) if throughout => {
            format!("until {}, throughout, start open", named(end))
        }
        Extent::Until(end) => format!("{} or before {}", on_or_in(end), named(end)),
    }
}

fn on_or_in(part: Part) -> &'static str {
    match part.precision() {
        Precision::Day => "on",
        _ => "in",
    }
}

fn year(day: Date) -> String {
    match day.year() {
        year @ 1.. => year.to_string(),
        // The year before 1 is 1 BC in the calendar of historians, 0 in ISO 8601.
        year => format!("{} BC", 1 - year),
    }
}

fn day(day: Date) -> String {
    format!("{} {} {}", day.day(), month_name(day), year(day))
}

fn time_of_day(clock: Option<Clock>) -> String {
    let Some(clock) = clock else {
        return String::new();
    };
    let mut text = format!(", {}", clock.without_offset());
    match clock.offset() {
        None => {}
        Some(Offset::UTC) => text.push_str(" UTC"),
        Some(offset) => {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
            // Writing to a String cannot fail.
            let _ = write!(text, " (UTC{sign}{hours:02}:{rest:02})");
        }
    }
    text
}

/// A stated date without what it means for the event: "September 2022", "10 to 19 September 2022", "the 2020s".
fn plain(part: Part) -> String {
    let (first, last) = (part.first(), part.last());
    match part.precision() {
        Precision::Day => day(first),
        Precision::TenDays => format!("{} to {}", first.day(), day(last)),
        Precision::Month => format!("{} {}", month_name(first), year(first)),
        Precision::Year => year(first),
        Precision::Decade => format!("the {}s", first.year()),
        Precision::Century => format!("the years {} to {}", first.year(), last.year()),
    }
}

fn named(part: Part) -> String {
    marked(part, plain(part))
}

fn marked(part: Part, text: String) -> String {
    let text = if part.is_approximate() { format!("about {text}") } else { text };
    if part.is_uncertain() { format!("{text} (uncertain)") } else { text }
}

/// "14 to 17 September 2022": what both ends share is said once.
fn range(start: Part, end: Part) -> String {
    let (first, last) = (start.first(), end.first());
    let both_days = start.precision() == Precision::Day && end.precision() == Precision::Day;
    let start_text = if both_days && first.year() == last.year() {
        let day = first.day().to_string();
        if first.month() == last.month() {
            marked(start, day)
        } else {
            marked(start, format!("{day} {}", month_name(first)))
        }
    } else {
        named(start)
    };
    format!("{start_text} to {}", named(end))
}
