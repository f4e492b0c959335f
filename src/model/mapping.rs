//! What the columns of a table mean: a value that can be kept, sent to a colleague and used again.
//!
//! It says; it does not read. `dataset` reads rows by it, and holds the mappings of the known data sets.

use super::Text;
use super::id::ColumnId;
use super::measure::{Class, Measure};

/// The order of day, month and year in dates that are not ISO 8601.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// Year, month, day.
    #[default]
    YearFirst,
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// By whose codes a precision of a date or place is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codes {
    /// UCDP GED: `date_prec` 1 a day, 2 to 4 sometime within, 5 lasted throughout; `where_prec` 1 to 7.
    Ged,
    /// ACLED: `time_precision` 1 a day, 2 the week around it, 3 its month; `geo_precision` 1 to 3.
    Acled,
}

/// Which part of a number a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A number as an analyst would type it: `12`, `3+`, `40-50`, `dozens`, `12 (8-20)`.
    Written,
    /// The smallest.
    Low,
    /// The most likely.
    Best,
    /// The largest.
    High,
    /// A number n > 0 is at least n; 0 is no claim, as in ACLED.
    AtLeast,
    /// How many attackers the number of this measure and class includes, as GTD's `nkillter`.
    Attackers,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// Nothing that Dateline has a field for: kept in the row, and exported again.
    Kept,
    /// The record's id in its data set.
    SourceId,
    /// A few words that tell the event from others.
    Title,
    /// The only or first possible day; also any date text that Dateline reads.
    DateStart,
    /// The last possible day.
    DateEnd,
    /// How exactly the date is known.
    DatePrecision(Codes),
    /// The year, where the date stands in three columns.
    Year,
    /// The month.
    Month,
    /// The day of the month; 0 is unknown.
    Day,
    /// The name of the place.
    Place,
    /// First order division.
    Adm1,
    /// Country.
    Country,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// How exactly the place is known.
    PlacePrecision(Codes),
    /// Kind of event, in the data set's words or codes.
    Kind,
    /// First party.
    SideA,
    /// Second party.
    SideB,
    /// Marks, separated by `;`.
    Tags,
    /// Who says so: the speaker of the row's claims.
    Speaker,
    /// A column of the analyst's own.
    Own(ColumnId),
    /// A number of this measure and class.
    Number(Measure, Class, Part),
}

/// What the columns of a table mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Its name: `ged`, `acled`, `gtd`, `airwars`, or one that the analyst gave.
    pub name: Text,
    /// Its version: another reading of the same columns is another version.
    pub version: u32,
    /// Names of columns as they stand in the header, each with its meaning. A name is compared without regard to case
    /// and blanks around it; a column that is not named here is [`Meaning::Kept`].
    pub columns: Vec<(Text, Meaning)>,
    /// The order of dates that are not ISO 8601.
    pub dates: DateOrder,
    /// The mark before decimals.
    pub decimal: char,
    /// Texts that stand for an unknown beside the empty one: `-99`, `NA`.
    pub missing: Vec<Text>,
    /// Codes of kinds of events with their words: `1` is "state-based conflict". A kind that is not here is its own word.
    pub kinds: Vec<(Text, Text)>,
}
