//! A local time of day with its offset from UTC where it is known, as text `14:05`, `14:05:30+06:00`, `08:05Z`.
//! Shared by event dates and by moments of publication; knows no time zone rules and no day.

use std::fmt;

use jiff::civil::Time;
use jiff::tz::Offset;

use super::DateError;

/// A time of day, and its offset from UTC where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::model) struct Clock {
    time: Time,
    offset: Option<Offset>,
}

/// The span of civil offsets in use: -12:00 to +14:00, in minutes.
const CIVIL_MINUTES: std::ops::RangeInclusive<i32> = -12 * 60..=14 * 60;

impl Clock {
    /// # Errors
    /// Where the offset is none that a place uses, or not of whole minutes.
    pub(in crate::model) fn new(time: Time, offset: Option<Offset>) -> Result<Self, DateError> {
        if let Some(offset) = offset {
            let (minutes, rest) = (offset.seconds() / 60, offset.seconds() % 60);
            if rest != 0 || !CIVIL_MINUTES.contains(&minutes) {
                return Err(DateError::NotAnOffset(offset.to_string()));
            }
        }
        Ok(Self { time, offset })
    }

    pub(in crate::model) fn time(self) -> Time {
        self.time
    }

    pub(in crate::model) fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// The time alone.
    pub(in crate::model) fn without_offset(self) -> Self {
        Self { offset: None, ..self }
    }

    /// Reads `14:05`, `14:05:30`, `14:05:30.5`, each with nothing, `Z`, `+06:00`, `+0600` or `+06` after it.
    /// `text` has ASCII digits and plain hyphens.
    pub(in crate::model) fn parse(text: &str) -> Result<Self, DateError> {
        let split = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
        let (time, offset) = text.split_at(split);
        let time = parse_time(time.trim()).ok_or_else(|| DateError::NotATime(text.to_owned()))?;
        let offset = match offset.trim() {
            "" => None,
            typed => Some(parse_offset(typed).ok_or_else(|| DateError::NotAnOffset(typed.to_owned()))?),
        };
        Self::new(time, offset)
    }
}

/// A number of exactly `length` ASCII digits.
fn number(text: &str, length: usize) -> Option<i8> {
    if text.len() != length || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn parse_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = number(parts.next()?, 2)?;
    let (second, nanosecond) = match parts.next() {
        None => (0, 0),
        Some(seconds) => match seconds.split_once('.') {
            None => (number(seconds, 2)?, 0),
            Some((seconds, fraction)) => (number(seconds, 2)?, parse_fraction(fraction)?),
        },
    };
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, nanosecond).ok()
}

/// One to nine digits of a second, in nanoseconds.
fn parse_fraction(text: &str) -> Option<i32> {
    if !(1..=9).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    format!("{text:0<9}").parse().ok()
}

fn parse_offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match text.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "00"),
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    if minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.time;
        write!(f, "{:02}:{:02}", time.hour(), time.minute())?;
        if time.second() != 0 || time.subsec_nanosecond() != 0 {
            write!(f, ":{:02}", time.second())?;
        }
        if time.subsec_nanosecond() != 0 {
            let digits = format!("{:09}", time.subsec_nanosecond());
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        match self.offset.map(Offset::seconds) {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}
