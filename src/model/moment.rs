//! When an article was published or a claim reported: one day, with the time and the offset from UTC where they are
//! known. It is never the date of an event; see `date` for that.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::date::clock::Clock;
use super::date::part::Part;
use super::date::{DateError, EventDate, Granularity};

/// A day, as local at the publisher or speaker, with the time of day where it is known, and its offset from UTC where
/// that is known too. An offset without a time cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    date: Date,
    clock: Option<Clock>,
}

impl Moment {
    /// A day without a time.
    #[must_use]
    pub fn new(day: Date) -> Self {
        Self { date: day, clock: None }
    }

    /// The same day at a local time of day, with its offset from UTC where it is known.
    ///
    /// # Errors
    /// Where the offset is not a civil one (-12:00 to +14:00, whole minutes).
    pub fn at(self, time: Time, offset: Option<Offset>) -> Result<Self, DateError> {
        let clock = Some(Clock::new(time, offset)?);
        Ok(Self { clock, ..self })
    }

    /// Reads `2022-09-16`, `2022-09-16T14:05`, `2022-09-16T14:05:30+06:00`, `2022-09-16T08:05Z`.
    ///
    /// # Errors
    /// Where the text is not one day of the calendar with an optional time; months, intervals and marked dates
    /// (`2022-09-16~`) are refused too.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let date = EventDate::parse(text)?;
        let day = date
            .earliest()
            .filter(|_| date.granularity() == Granularity::Day && !date.is_uncertain() && !date.is_approximate());
        Ok(Self { date: day.ok_or(DateError::NotAMoment)?, clock: date.clock() })
    }

    /// The local day; reports are ordered by it.
    #[must_use]
    pub fn day(&self) -> Date {
        self.date
    }

    /// The local time of day, where it is known.
    #[must_use]
    pub fn time(&self) -> Option<Time> {
        self.clock.map(Clock::time)
    }

    /// The offset of the time from UTC, where it is known.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        self.clock.and_then(Clock::offset)
    }
}

/// The text that [`Moment::parse`] reads back; an offset of zero is written `Z`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Part::day(self.date).write(f, self.clock)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_moment_is_read_and_written() {
        for (typed, canonical) in [
            ("2022-09-16", "2022-09-16"),
            ("2022-09-16T14:05", "2022-09-16T14:05"),
            ("2022-09-16 14:05", "2022-09-16T14:05"),
            ("2022-09-16T14:05:00", "2022-09-16T14:05"),
            ("2022-09-16T14:05:30.250", "2022-09-16T14:05:30.25"),
            ("2022-09-16T14:05+06:00", "2022-09-16T14:05+06:00"),
            ("2022-09-16T14:05+0545", "2022-09-16T14:05+05:45"),
            ("2022-09-16T14:05-03", "2022-09-16T14:05-03:00"),
            ("2022-09-16T14:05Z", "2022-09-16T14:05Z"),
            ("2022-09-16T14:05+00:00", "2022-09-16T14:05Z"),
            ("2022-09-16T14:05-00:30", "2022-09-16T14:05-00:30"),
        ] {
            let moment = Moment::parse(typed).unwrap();
            assert_eq!(moment.to_string(), canonical, "{typed}");
            assert_eq!(moment.day(), date(2022, 9, 16));
        }
    }

    #[test]
    fn time_and_offset_can_be_asked_for() {
        let moment = Moment::parse("2022-09-16T14:05+06:00").unwrap();
        assert_eq!(moment.time(), Some(time(14, 5, 0, 0)));
        assert_eq!(moment.offset().map(Offset::seconds), Some(6 * 3600));
        assert_eq!(Moment::parse("2022-09-16").unwrap().time(), None);
    }

    #[test]
    fn what_is_not_one_day_is_refused() {
        for typed in ["2022-09", "2022-09-16~", "2022-09-14/2022-09-17", "2022-09-1X"] {
            assert_eq!(Moment::parse(typed), Err(DateError::NotAMoment), "{typed}");
        }
        for typed in ["2022-09-16T25:00", "2022-09-16T14:60", "2022-09-16T14", "2022-09-16T23:59:60"] {
            assert!(matches!(Moment::parse(typed), Err(DateError::NotATime(_))), "{typed}");
        }
        for typed in ["2022-09-16T14:05+15:00", "2022-09-16T14:05+06:75", "2022-09-16T14:05-13:00"] {
            assert!(matches!(Moment::parse(typed), Err(DateError::NotAnOffset(_))), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn text_and_moment_round_trip(
            days in 0..400_000_i32, second in proptest::option::of(0..86_400_i32),
            nanosecond in prop_oneof![Just(0), 0..1_000_000_000_i32],
            minutes in proptest::option::of(-720..=840_i32),
        ) {
            let day = date(1500, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let mut moment = Moment::new(day);
            if let Some(second) = second {
                let small = |n: i32| i8::try_from(n).unwrap();
                let time = Time::new(
                    small(second / 3600), small(second / 60 % 60), small(second % 60), nanosecond,
                ).unwrap();
                let offset = minutes.map(|m| Offset::from_seconds(m * 60).unwrap());
                moment = moment.at(time, offset).unwrap();
            }
            prop_assert_eq!(Moment::parse(&moment.to_string()), Ok(moment));
        }

        #[test]
        fn no_text_panics(text in "\\PC*|2022-09-16[T ][0-9:.Z+-]*") {
            let _ = Moment::parse(&text);
        }
    }
}
