//! One stated date at one precision (a day, a month, ...): the building block of intervals. Knows no text but its own.

use std::fmt;

use jiff::civil::Date;

use super::DateError;
use super::clock::Clock;

/// How finely a single date is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Precision {
    Day,
    TenDays,
    Month,
    Year,
    Decade,
    Century,
}

/// A day, month, year ... with its first and last day and its EDTF marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::model) struct Part {
    first: Date,
    last: Date,
    precision: Precision,
    uncertain: bool,
    approximate: bool,
}

fn checked_year(year: i16) -> Result<i16, DateError> {
    if (0..=9999).contains(&year) { Ok(year) } else { Err(DateError::YearOutOfRange) }
}

/// A day of the years -9999 to 9999.
fn checked_day(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
    let first = Date::new(year, month, 1).map_err(|_| DateError::NoSuchMonth(month))?;
    Date::new(year, month, day).map_err(|_| DateError::NoSuchDay { year, month, day, last: first.days_in_month() })
}

impl Part {
    fn new(first: Date, last: Date, precision: Precision) -> Self {
        Self { first, last, precision, uncertain: false, approximate: false }
    }

    /// One day, of any year of the calendar (-9999 to 9999).
    pub(in crate::model) fn day(day: Date) -> Self {
        Self::new(day, day, Precision::Day)
    }

    pub(super) fn year_month_day(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        checked_day(year, month, day).map(Self::day)
    }

    /// Days of which the first digit is known: `tens` 1 is the 10th to the 19th. What the month does not have is left
    /// out; where one day is left (30 April) it is that day.
    pub(super) fn ten_days(year: i16, month: i8, tens: i8) -> Result<Self, DateError> {
        let first = checked_day(year, month, (tens * 10).max(1))?;
        let last = checked_day(year, month, (tens * 10 + 9).min(first.days_in_month()))?;
        Ok(if first == last { Self::day(first) } else { Self::new(first, last, Precision::TenDays) })
    }

    pub(super) fn month(year: i16, month: i8) -> Result<Self, DateError> {
        let first = checked_day(checked_year(year)?, month, 1)?;
        Ok(Self::new(first, first.last_of_month(), Precision::Month))
    }

    pub(super) fn year(year: i16) -> Result<Self, DateError> {
        Self::years(year, year, Precision::Year)
    }

    /// The ten years that begin with `decade` times ten.
    pub(super) fn decade(decade: i16) -> Result<Self, DateError> {
        Self::years(decade * 10, decade * 10 + 9, Precision::Decade)
    }

    /// The hundred years that begin with `century` times a hundred.
    pub(super) fn century(century: i16) -> Result<Self, DateError> {
        Self::years(century * 100, century * 100 + 99, Precision::Century)
    }

    fn years(first: i16, last: i16, precision: Precision) -> Result<Self, DateError> {
        Ok(Self::new(checked_day(checked_year(first)?, 1, 1)?, checked_day(checked_year(last)?, 12, 31)?, precision))
    }

    pub(super) fn first(self) -> Date {
        self.first
    }

    pub(super) fn last(self) -> Date {
        self.last
    }

    pub(super) fn precision(self) -> Precision {
        self.precision
    }

    pub(super) fn is_uncertain(self) -> bool {
        self.uncertain
    }

    pub(super) fn is_approximate(self) -> bool {
        self.approximate
    }

    pub(super) fn unmarked(self) -> Self {
        Self::new(self.first, self.last, self.precision)
    }

    /// With these marks beside those it has.
    pub(super) fn with_marks(self, uncertain: bool, approximate: bool) -> Self {
        Self { uncertain: self.uncertain || uncertain, approximate: self.approximate || approximate, ..self }
    }

    /// With the marks of `other` beside its own.
    pub(super) fn marked_as(self, other: Self) -> Self {
        self.with_marks(other.uncertain, other.approximate)
    }

    /// Writes the date, its time of day if any, and its mark.
    pub(in crate::model) fn write(self, f: &mut fmt::Formatter<'_>, clock: Option<Clock>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Day if year < 0 => write!(f, "{year:05}-{month:02}-{day:02}")?,
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}")?,
            Precision::TenDays => write!(f, "{year:04}-{month:02}-{}X", day / 10)?,
            Precision::Month => write!(f, "{year:04}-{month:02}")?,
            Precision::Year => write!(f, "{year:04}")?,
            Precision::Decade => write!(f, "{:03}X", year / 10)?,
            Precision::Century => write!(f, "{:02}XX", year / 100)?,
        }
        if let Some(clock) = clock {
            write!(f, "T{clock}")?;
        }
        f.write_str(match (self.uncertain, self.approximate) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "~",
            (true, true) => "%",
        })
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, None)
    }
}
