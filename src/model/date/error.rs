//! Why a typed date or time was refused, in one sentence that says what to type instead.

use jiff::civil::Date;
use thiserror::Error;

use super::super::quantity::digits::quoted;

/// Why a text is not a date. The message is one sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// Nothing but white space.
    #[error("Nothing is typed; type a date such as 2022-09-16, 2022-09 or 2022-09-14/2022-09-17")]
    Empty,
    /// No form that is known.
    #[error("{} is not a date; type it as 2022-09-16, 2022-09, 2022 or 2022-09-14/2022-09-17", quoted(.0))]
    NotADate(String),
    /// A day that the calendar does not have.
    #[error("{year:04}-{month:02} has no day {day}; its last day is {last}")]
    NoSuchDay {
        /// The year as typed.
        year: i16,
        /// The month as typed, 1 to 12.
        month: i8,
        /// The day as typed.
        day: i8,
        /// The last day of that month.
        last: i8,
    },
    /// A month that is not 1 to 12.
    #[error("There is no month {0}; months are 01 to 12")]
    NoSuchMonth(i8),
    /// A year outside 0 to 9999.
    #[error("Years are written with four digits, 0000 to 9999")]
    YearOutOfRange,
    /// A season code of ISO 8601-2.
    #[error("Seasons ({0}) are not read, because they differ by place; type the months, such as 2022-03/2022-05")]
    Season(i8),
    /// An unknown digit or component where the days would not form one interval.
    #[error("The X in {} leaves no single interval; X stands for the last digit of a day (2022-09-1X), a whole day or month, or the end of a year (202X)", quoted(.0))]
    Unspecified(String),
    /// An interval that ends before it begins.
    #[error("The interval ends on {last}, before it begins on {first}; type the earlier date first")]
    Reversed {
        /// The first day as typed.
        first: Date,
        /// The last day as typed.
        last: Date,
    },
    /// `../..`.
    #[error("An interval cannot be open at both ends; type the end that is known, or leave the date blank")]
    OpenAtBothEnds,
    /// `2022-09-14/` or `/2022-09-14`.
    #[error("One side of the / is blank; type .. for an open end, such as 2022-09-14/..")]
    BlankEnd,
    /// More than one `/`.
    #[error("{} has more than one /; an interval is one date, /, and another", quoted(.0))]
    TooManyEnds(String),
    /// `..` or a mark `?`, `~`, `%` in a place where it means nothing.
    #[error("The mark in {} stands in the wrong place; put ?, ~ or % once, right after the date", quoted(.0))]
    MisplacedMark(String),
    /// A time of day on a month, a year or an interval.
    #[error("A time of day belongs to a single day; type 2022-09-16T14:05, or the interval without times")]
    TimeNeedsDay,
    /// A time of day that no clock shows.
    #[error("{} is not a time of day; type it as 14:05 or 14:05:30, from 00:00 to 23:59:59", quoted(.0))]
    NotATime(String),
    /// An offset from UTC that no place uses.
    #[error("{} is not an offset from UTC; type it as +06:00 or Z, from -12:00 to +14:00", quoted(.0))]
    NotAnOffset(String),
    /// Day and month in another order than the stated one, or not in a stated order at all.
    #[error("{} does not fit the order {order}; type it as 2022-09-16, or state another order", quoted(text))]
    OrderContradicted {
        /// What was typed.
        text: String,
        /// The stated order in words.
        order: &'static str,
    },
    /// A year of two digits.
    #[error("The year in {} has two digits; type it in full, such as 2022", quoted(.0))]
    ShortYear(String),
    /// A weekday that does not go with the date.
    #[error("{date} was a {actual}, not a {typed}; correct the date or leave the weekday out")]
    WrongWeekday {
        /// The date as read.
        date: Date,
        /// Its weekday.
        actual: &'static str,
        /// The weekday as typed.
        typed: &'static str,
    },
    /// Anything but one day where the time of a publication or report is asked.
    #[error("The time of a publication or report is one day; type it as 2022-09-16 or 2022-09-16T14:05+06:00")]
    NotAMoment,
    /// A number of days before today that leaves the calendar.
    #[error("{} is too long ago; type the date, such as 2022-09-16", quoted(.0))]
    TooLongAgo(String),
}
