//! Bins of days: the calendar's days, ISO weeks, months, quarters and years, with their keys and labels.
//!
//! A bin is a stretch of local days. This module knows no event and no project.

use std::fmt;

use jiff::civil::Date;
use jiff::{SignedDuration, Span};

use crate::model::almanac::Weeks;
use crate::model::date::MONTHS;

/// One size of bins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// One day.
    Day,
    /// Seven days. From Monday they are the weeks that ISO 8601 counts.
    Week(Weeks),
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

/// The size of bins that a reader asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum BinSize {
    /// By the length of what is shown: days up to 90 days, weeks up to two years, months up to 20 years, else years.
    #[default]
    Auto,
    /// This size.
    Fixed(Unit),
}

/// A stretch of days of one unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bin {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// Which unit it is.
    pub unit: Unit,
}

/// The name of the month of a day.
fn month(day: Date) -> &'static str {
    usize::try_from(day.month() - 1).ok().and_then(|n| MONTHS.get(n)).copied().unwrap_or_default()
}

/// Its first three letters.
fn short_month(day: Date) -> &'static str {
    month(day).get(..3).unwrap_or_default()
}

/// Days from the first to the last, both included; 0 where the last is before the first.
pub fn days_between(first: Date, last: Date) -> u64 {
    u64::try_from(day_number(parts(last)) - day_number(parts(first)) + 1).unwrap_or(0)
}

/// Year, month and day.
pub(super) type Parts = (i32, i32, i32);

pub(super) fn parts(day: Date) -> Parts {
    (i32::from(day.year()), i32::from(day.month()), i32::from(day.day()))
}

/// The number of a day: the next day has the next number, and 1 January 1970 has 0. Sums ask it of tens of thousands of
/// dates, for which the calendar's own arithmetic is slow; the rule is the proleptic Gregorian calendar's.
pub(super) fn day_number((year, month, day): Parts) -> i32 {
    // Years from March, so that the leap day is the last.
    let (month, year) = if month > 2 { (month - 3, year) } else { (month + 9, year - 1) };
    let of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

fn plus_days(day: Date, days: i64) -> Date {
    day.saturating_add(SignedDuration::from_hours(days.saturating_mul(24)))
}

impl Unit {
    /// All, from the smallest.
    pub const ALL: [Self; 5] = [Self::Day, Self::ISO_WEEK, Self::Month, Self::Quarter, Self::Year];

    /// Monday to Sunday.
    pub const ISO_WEEK: Self = Self::Week(Weeks::Monday);

    /// The word on the command line and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week(_) => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// What it is called in titles: weeks are told apart, "ISO week" and "week from Sunday".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Week(Weeks::Monday) => "ISO week",
            Self::Week(Weeks::Sunday) => "week from Sunday",
            Self::Week(Weeks::Saturday) => "week from Saturday",
            unit => unit.key(),
        }
    }

    /// The same with weeks that begin on this day.
    #[must_use]
    pub const fn with_weeks(self, weeks: Weeks) -> Self {
        match self {
            Self::Week(_) => Self::Week(weeks),
            unit => unit,
        }
    }

    /// The unit of a key. Weeks are those of ISO 8601: a project may have others ([`Self::with_weeks`]).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.key() == key)
    }

    /// The next larger unit.
    pub fn larger(self) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| *unit > self)
    }

    /// The bin that a day lies in. At the ends of the calendar (years -9999 and 9999) a week may be cut.
    pub fn bin_of(self, day: Date) -> Bin {
        let (first, last) = match self {
            Self::Day => (day, day),
            Self::Week(weeks) => {
                let before = i64::from((day.weekday().to_monday_zero_offset() + weeks.before_monday()) % 7);
                (plus_days(day, -before), plus_days(day, 6 - before))
            }
            Self::Month => (day.first_of_month(), day.last_of_month()),
            Self::Quarter => {
                let into = (day.month() - 1) % 3;
                let month = |months: i8| day.first_of_month().saturating_add(Span::new().months(months));
                (month(-into), month(2 - into).last_of_month())
            }
            Self::Year => (day.first_of_year(), day.last_of_year()),
        };
        Bin { first, last, unit: self }
    }

    /// The number of the bin that a day lies in: the next bin has the next number.
    pub fn number_of(self, day: Date) -> i32 {
        self.number(parts(day))
    }

    /// The same for year, month and day.
    pub(super) fn number(self, day: Parts) -> i32 {
        let month = day.0 * 12 + day.1 - 1;
        match self {
            Self::Day => day_number(day),
            // The first day of 1970 was a Thursday.
            Self::Week(weeks) => (day_number(day) + 3 + i32::from(weeks.before_monday())).div_euclid(7),
            Self::Month => month,
            Self::Quarter => month.div_euclid(3),
            Self::Year => day.0,
        }
    }

    /// How many bins it takes from the one of the day `first` to the one of the day `last`.
    pub fn count(self, first: Date, last: Date) -> u64 {
        if last < first {
            return 0;
        }
        u64::try_from(self.number_of(last) - self.number_of(first) + 1).unwrap_or(0)
    }
}

impl BinSize {
    /// The word on the command line and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "automatic",
            Self::Fixed(unit) => unit.key(),
        }
    }

    /// The unit for what lies between two days, both included; weeks are those of ISO 8601.
    pub fn unit(self, first: Date, last: Date) -> Unit {
        let within_years = |n: i16| last < first.saturating_add(Span::new().years(n));
        match self {
            Self::Fixed(unit) => unit,
            Self::Auto if days_between(first, last) <= 90 => Unit::Day,
            Self::Auto if within_years(2) => Unit::ISO_WEEK,
            Self::Auto if within_years(20) => Unit::Month,
            Self::Auto => Unit::Year,
        }
    }
}

impl Bin {
    /// Whether a day lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// The bin after it. `None` at the end of the calendar.
    pub fn next(&self) -> Option<Self> {
        Some(self.unit.bin_of(self.last.tomorrow().ok()?))
    }

    /// The key in files and answers, which sorts by time within one unit: `2022-09-16`, `2022-W37`, `2022-09`,
    /// `2022-Q3`, `2022`. Weeks that ISO 8601 does not number are named by their days: `2022-09-11/2022-09-17`.
    pub fn key(&self) -> String {
        let first = self.first;
        let year = Year(first.year());
        match self.unit {
            Unit::Day => format!("{year}-{:02}-{:02}", first.month(), first.day()),
            Unit::Week(Weeks::Sunday | Weeks::Saturday) => {
                format!("{}/{}", Unit::Day.bin_of(first).key(), Unit::Day.bin_of(self.last).key())
            }
            Unit::Week(Weeks::Monday) => {
                let week = first.iso_week_date();
                format!("{}-W{:02}", Year(week.year()), week.week())
            }
            Unit::Month => format!("{year}-{:02}", first.month()),
            Unit::Quarter => format!("{year}-Q{}", self.quarter()),
            Unit::Year => year.to_string(),
        }
    }

    /// The label under an axis; days and weeks leave out the year, which an axis says where it changes.
    pub fn short(&self) -> String {
        let first = self.first;
        match self.unit {
            Unit::Day => format!("{} {}", first.day(), short_month(first)),
            Unit::Week(Weeks::Monday) => format!("W{:02}", first.iso_week_date().week()),
            Unit::Week(_) => format!("{} {}", first.day(), short_month(first)),
            Unit::Month => format!("{} {}", short_month(first), Year(first.year())),
            Unit::Quarter => format!("Q{} {}", self.quarter(), Year(first.year())),
            Unit::Year => Year(first.year()).to_string(),
        }
    }

    /// The whole label: "16 September 2022", "12 to 18 September 2022 (ISO week 37)", "September 2022", "July to September
    /// 2022", "2022".
    pub fn long(&self) -> String {
        let (first, last) = (self.first, self.last);
        match self.unit {
            Unit::Day => whole_day(first),
            Unit::Week(Weeks::Monday) => {
                format!("{} (ISO week {})", week_days(first, last), first.iso_week_date().week())
            }
            Unit::Week(_) => week_days(first, last),
            Unit::Month => format!("{} {}", month(first), Year(first.year())),
            Unit::Quarter => format!("{} to {} {}", month(first), month(last), Year(first.year())),
            Unit::Year => Year(first.year()).to_string(),
        }
    }

    fn quarter(&self) -> i8 {
        (self.first.month() - 1) / 3 + 1
    }
}

fn whole_day(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), Year(day.year()))
}

/// Two days without what they have in common.
fn week_days(first: Date, last: Date) -> String {
    let end = whole_day(last);
    if first.year() != last.year() {
        format!("{} to {end}", whole_day(first))
    } else if first.month() != last.month() {
        format!("{} {} to {end}", first.day(), month(first))
    } else {
        format!("{} to {end}", first.day())
    }
}

/// A year as EDTF writes it: four digits, with a sign before the year 0.
struct Year(i16);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 { write!(f, "{:05}", self.0) } else { write!(f, "{:04}", self.0) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn written(unit: Unit, day: Date) -> [String; 3] {
        let bin = unit.bin_of(day);
        [bin.key(), bin.short(), bin.long()]
    }

    #[test]
    fn bins_have_keys_and_labels() {
        let day = date(2022, 9, 16);
        assert_eq!(written(Unit::Day, day), ["2022-09-16", "16 Sep", "16 September 2022"]);
        assert_eq!(written(Unit::ISO_WEEK, day), ["2022-W37", "W37", "12 to 18 September 2022 (ISO week 37)"]);
        assert_eq!(written(Unit::Month, day), ["2022-09", "Sep 2022", "September 2022"]);
        assert_eq!(written(Unit::Quarter, day), ["2022-Q3", "Q3 2022", "July to September 2022"]);
        assert_eq!(written(Unit::Year, day), ["2022", "2022", "2022"]);
    }

    #[test]
    fn a_week_belongs_to_the_year_of_its_thursday() {
        let [key, _, long] = written(Unit::ISO_WEEK, date(2021, 1, 2));
        assert_eq!((key.as_str(), long.as_str()), ("2020-W53", "28 December 2020 to 3 January 2021 (ISO week 53)"));
        assert_eq!(written(Unit::ISO_WEEK, date(2024, 12, 30))[0], "2025-W01");
        assert_eq!(written(Unit::ISO_WEEK, date(2022, 8, 31))[2], "29 August to 4 September 2022 (ISO week 35)");
    }

    #[test]
    fn a_quarter_ends_with_its_last_day_whatever_the_month() {
        let bin = Unit::Quarter.bin_of(date(2024, 5, 31));
        assert_eq!((bin.first, bin.last), (date(2024, 4, 1), date(2024, 6, 30)));
    }

    #[test]
    fn automatic_bins_grow_with_the_stretch() {
        let first = date(2020, 3, 1);
        for (last, unit) in [
            (date(2020, 3, 1), Unit::Day),
            (date(2020, 5, 29), Unit::Day),
            (date(2020, 5, 30), Unit::ISO_WEEK),
            (date(2022, 2, 28), Unit::ISO_WEEK),
            (date(2022, 3, 1), Unit::Month),
            (date(2040, 2, 29), Unit::Month),
            (date(2040, 3, 1), Unit::Year),
        ] {
            assert_eq!(BinSize::Auto.unit(first, last), unit, "to {last}");
            assert_eq!(BinSize::Fixed(Unit::Quarter).unit(first, last), Unit::Quarter);
        }
    }

    #[test]
    fn the_ends_of_the_calendar_have_bins_too() {
        for unit in Unit::ALL {
            assert!(unit.bin_of(Date::MIN).contains(Date::MIN));
            assert!(unit.bin_of(Date::MAX).contains(Date::MAX));
            assert_eq!(unit.bin_of(Date::MAX).next(), None);
        }
        assert_eq!(Unit::Month.bin_of(date(-44, 3, 15)).key(), "-0044-03");
    }

    /// Every unit, with weeks from every day.
    fn units() -> impl Iterator<Item = Unit> {
        Unit::ALL.into_iter().chain([Unit::Week(Weeks::Sunday), Unit::Week(Weeks::Saturday)])
    }

    #[test]
    fn weeks_begin_on_the_day_that_the_project_says() {
        let sunday = Unit::Week(Weeks::Sunday).bin_of(date(2022, 9, 16));
        assert_eq!((sunday.first, sunday.last), (date(2022, 9, 11), date(2022, 9, 17)));
        assert_eq!(sunday.key(), "2022-09-11/2022-09-17");
        assert_eq!(sunday.long(), "11 to 17 September 2022");
        let saturday = Unit::Week(Weeks::Saturday).bin_of(date(2022, 9, 16));
        assert_eq!((saturday.first, saturday.last), (date(2022, 9, 10), date(2022, 9, 16)));
        assert_eq!(Unit::Week(Weeks::Saturday).bin_of(date(2022, 9, 10)), saturday, "Saturday begins it");
    }

    fn days() -> impl Strategy<Value = Date> {
        (-400_000_i64..400_000).prop_map(|n| plus_days(date(2000, 1, 1), n))
    }

    proptest! {
        #[test]
        fn bins_cover_every_day_once(day in days()) {
            for unit in units() {
                let bin = unit.bin_of(day);
                prop_assert!(bin.contains(day));
                prop_assert_eq!(unit.bin_of(bin.first), bin);
                prop_assert_eq!(unit.bin_of(bin.last), bin);
                let next = bin.next().expect("not at the end");
                prop_assert_eq!(bin.last.tomorrow().expect("not at the end"), next.first);
                prop_assert_ne!(bin.key(), next.key());
            }
        }

        #[test]
        fn numbers_follow_the_bins(day in days()) {
            for unit in units() {
                let bin = unit.bin_of(day);
                let number = unit.number_of(day);
                prop_assert_eq!([unit.number_of(bin.first), unit.number_of(bin.last)], [number; 2]);
                prop_assert!(bin.next().is_none_or(|next| unit.number_of(next.first) == number + 1));
            }
        }

        #[test]
        fn counting_bins_is_walking_them(first in days(), more in 0_i64..3000) {
            let last = plus_days(first, more);
            for unit in units() {
                let mut bin = unit.bin_of(first);
                let mut steps = 1;
                while !bin.contains(last) {
                    bin = bin.next().expect("not at the end");
                    steps += 1;
                }
                prop_assert_eq!(unit.count(first, last), steps);
            }
        }
    }
}
