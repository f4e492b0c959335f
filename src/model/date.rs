//! When an event happened: an interval of days, and whether the event fell within it or lasted throughout it.
//!
//! Knows no clock and no time zone rules: a day is the local day at the place of the event, and "today" is given by
//! the caller. The verbatim phrase of the source is kept by the record, not here.
//! Text is EDTF (ISO 8601-2) as far as the field uses it, and round-trips: `parse(&d.to_string()) == d`.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

pub(super) mod clock;
mod common;
mod describe;
mod edtf;
mod error;
pub(super) mod part;
#[cfg(test)]
mod tests;

pub use common::{DayOrder, read_common};
pub use describe::MONTHS;
pub use error::DateError;

use clock::Clock;
use part::{Part, Precision};

/// How an event relates to its interval. The two must not be mixed: a chart may spread what lasted throughout a
/// month, but not what happened on one unknown day of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// Some time within the interval: it is the uncertainty.
    Within,
    /// Throughout the interval: it is the duration.
    Throughout,
}

/// How finely a date is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Granularity {
    /// One day.
    Day,
    /// Days of which the last digit is unknown, as in `2022-09-1X`.
    TenDays,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// Ten years, as in `202X`.
    Decade,
    /// A hundred years, as in `20XX`.
    Century,
    /// From one date to another, or open at one end.
    Interval,
}

/// When an event happened. Impossible days, reversed intervals, an interval open at both ends and a time of day on
/// anything but a single day cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventDate {
    extent: Extent,
    span: Span,
}

/// The shapes of a date. Where both ends are one day it is always `Single`, and then its span is `Within`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Extent {
    Single(Part, Option<Clock>),
    Closed(Part, Part),
    /// Open end: from this date on.
    Since(Part),
    /// Open start: until this date.
    Until(Part),
}

impl EventDate {
    /// Reads a date in EDTF, optionally after the word `within` or `throughout`. Without the word, `a/b` and `a/..`
    /// lasted throughout; everything else (`2022-09`, `2022-09-1X`, `../b`) is some time within.
    ///
    /// # Errors
    /// Where the text is no date of the calendar; the message says why, and what to type instead.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        edtf::parse(text)
    }

    /// One day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self::single(Part::day(day))
    }

    /// Some time within a calendar month.
    ///
    /// # Errors
    /// Where there is no such month or year.
    pub fn month(year: i16, month: i8) -> Result<Self, DateError> {
        Part::month(year, month).map(Self::single)
    }

    /// Some time within a calendar year.
    ///
    /// # Errors
    /// Where the year is not one of 0 to 9999.
    pub fn year(year: i16) -> Result<Self, DateError> {
        Part::year(year).map(Self::single)
    }

    /// From the day `first` to the day `last`, both included. One day where they are the same.
    ///
    /// # Errors
    /// Where `first` is after `last`.
    pub fn between(first: Date, last: Date, span: Span) -> Result<Self, DateError> {
        Self::closed(Part::day(first), Part::day(last)).map(|date| date.with_span(span))
    }

    /// From the day `first` on, with an open end.
    #[must_use]
    pub fn since(first: Date, span: Span) -> Self {
        Self::assemble(Extent::Since(Part::day(first)), span)
    }

    /// Until the day `last`, with an open start.
    #[must_use]
    pub fn until(last: Date, span: Span) -> Self {
        Self::assemble(Extent::Until(Part::day(last)), span)
    }

    fn single(part: Part) -> Self {
        Self::assemble(Extent::Single(part, None), Span::Within)
    }

    /// An interval in the span that its text has without a word.
    fn closed(start: Part, end: Part) -> Result<Self, DateError> {
        let (first, last) = (start.first(), end.last());
        if first > last {
            return Err(DateError::Reversed { first, last });
        }
        let extent = if first == last {
            Extent::Single(Part::day(first).marked_as(start).marked_as(end), None)
        } else if start.unmarked() == end.unmarked() {
            Extent::Single(start.marked_as(end), None)
        } else {
            Extent::Closed(start, end)
        };
        Ok(Self::assemble(extent, Span::Throughout))
    }

    fn assemble(extent: Extent, span: Span) -> Self {
        let one_day = matches!(extent, Extent::Single(part, _) if part.first() == part.last());
        let span = if one_day { Span::Within } else { span };
        Self { extent, span }
    }

    /// The same days, within or throughout. A single day stays `Within`: there is no difference.
    #[must_use]
    pub fn with_span(self, span: Span) -> Self {
        Self::assemble(self.extent, span)
    }

    /// The same days with these marks on every stated end: `uncertain` is EDTF `?`, `approximate` is `~`.
    #[must_use]
    pub fn with_marks(self, uncertain: bool, approximate: bool) -> Self {
        let mark = |part: Part| part.unmarked().with_marks(uncertain, approximate);
        let extent = match self.extent {
            Extent::Single(part, clock) => Extent::Single(mark(part), clock),
            Extent::Closed(start, end) => Extent::Closed(mark(start), mark(end)),
            Extent::Since(start) => Extent::Since(mark(start)),
            Extent::Until(end) => Extent::Until(mark(end)),
        };
        Self { extent, ..self }
    }

    /// The same day at a local time of day, with its offset from UTC where it is known.
    ///
    /// # Errors
    /// Where this is not a single day, or the offset is not a civil one (-12:00 to +14:00, whole minutes).
    pub fn with_time(self, time: Time, offset: Option<Offset>) -> Result<Self, DateError> {
        let clock = Clock::new(time, offset)?;
        self.with_clock(clock)
    }

    fn with_clock(self, clock: Clock) -> Result<Self, DateError> {
        match self.extent {
            Extent::Single(part, _) if part.precision() == Precision::Day => {
                Ok(Self { extent: Extent::Single(part, Some(clock)), ..self })
            }
            _ => Err(DateError::TimeNeedsDay),
        }
    }

    /// The first possible day; `None` where the start is open.
    #[must_use]
    pub fn earliest(&self) -> Option<Date> {
        match self.extent {
            Extent::Single(part, _) | Extent::Closed(part, _) | Extent::Since(part) => Some(part.first()),
            Extent::Until(_) => None,
        }
    }

    /// The last possible day; `None` where the end is open.
    #[must_use]
    pub fn latest(&self) -> Option<Date> {
        match self.extent {
            Extent::Single(part, _) | Extent::Closed(_, part) | Extent::Until(part) => Some(part.last()),
            Extent::Since(_) => None,
        }
    }

    /// How finely the date is stated.
    #[must_use]
    pub fn granularity(&self) -> Granularity {
        match self.extent {
            Extent::Single(part, _) => match part.precision() {
                Precision::Day => Granularity::Day,
                Precision::TenDays => Granularity::TenDays,
                Precision::Month => Granularity::Month,
                Precision::Year => Granularity::Year,
                Precision::Decade => Granularity::Decade,
                Precision::Century => Granularity::Century,
            },
            _ => Granularity::Interval,
        }
    }

    /// Whether the event fell within the interval or lasted throughout it.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether the event lasted throughout an interval of more than one day.
    #[must_use]
    pub fn lasted_throughout(&self) -> bool {
        self.span == Span::Throughout
    }

    /// Whether an end is marked `?`: the source of the date is in doubt.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.parts().any(|part| part.is_uncertain())
    }

    /// Whether an end is marked `~`: the date is given as about this.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.parts().any(|part| part.is_approximate())
    }

    fn parts(&self) -> impl Iterator<Item = Part> {
        let (first, second) = match self.extent {
            Extent::Single(part, _) | Extent::Since(part) | Extent::Until(part) => (part, None),
            Extent::Closed(start, end) => (start, Some(end)),
        };
        std::iter::once(first).chain(second)
    }

    /// The local time of day, where a single day has one.
    #[must_use]
    pub fn time(&self) -> Option<Time> {
        self.clock().map(Clock::time)
    }

    /// The offset of the time of day from UTC, where it is known.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        self.clock().and_then(Clock::offset)
    }

    pub(super) fn clock(&self) -> Option<Clock> {
        match self.extent {
            Extent::Single(_, clock) => clock,
            _ => None,
        }
    }

    /// Whether one end is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.extent, Extent::Since(_) | Extent::Until(_))
    }

    /// The number of days from the earliest to the latest, both counted; `None` where an end is open.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        let (earliest, latest) = (self.earliest()?, self.latest()?);
        Some(earliest.duration_until(latest).as_hours() / 24 + 1)
    }

    /// Whether the whole interval lies in the days `first` to `last`, both included. An open end never does.
    #[must_use]
    pub fn fits(&self, first: Date, last: Date) -> bool {
        self.earliest().is_some_and(|day| day >= first) && self.latest().is_some_and(|day| day <= last)
    }

    /// Whether any day of the interval lies in the days `first` to `last`, both included.
    #[must_use]
    pub fn overlaps(&self, first: Date, last: Date) -> bool {
        first <= last && self.earliest().is_none_or(|day| day <= last) && self.latest().is_none_or(|day| day >= first)
    }

    /// Earliest and latest day for sorting: an open start sorts first, an open end last.
    #[must_use]
    pub fn sort_key(&self) -> (Date, Date) {
        (self.earliest().unwrap_or(Date::MIN), self.latest().unwrap_or(Date::MAX))
    }

    /// The date in words: "16 September 2022", "some time in September 2022", "14 to 17 September 2022, throughout".
    #[must_use]
    pub fn describe(&self) -> String {
        describe::describe(self)
    }

    /// The span that the text has without the word `within` or `throughout`.
    fn default_span(&self) -> Span {
        match self.extent {
            Extent::Single(..) | Extent::Until(_) => Span::Within,
            Extent::Closed(..) | Extent::Since(_) => Span::Throughout,
        }
    }
}

/// The canonical EDTF text, after `within` or `throughout` where the span is not the one it has by itself.
impl fmt::Display for EventDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.span != self.default_span() {
            f.write_str(match self.span {
                Span::Within => "within ",
                Span::Throughout => "throughout ",
            })?;
        }
        match self.extent {
            Extent::Single(part, clock) => part.write(f, clock),
            Extent::Closed(start, end) => write!(f, "{start}/{end}"),
            Extent::Since(start) => write!(f, "{start}/.."),
            Extent::Until(end) => write!(f, "../{end}"),
        }
    }
}
