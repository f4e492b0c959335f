//! What the columns of a table mean: a value that can be kept, sent to a colleague and used again.
//!
//! It says; it does not read. `dataset` reads rows by it, and holds the mappings of the known data sets.

use std::fmt;

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
    /// The Global Terrorism Database: `specificity` 1 to 5. It has no codes for dates.
    Gtd,
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
    /// How well the numbers of the row are supported: the information grade of its claims.
    Grade,
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

impl DateOrder {
    /// All of them, in the order of pick lists.
    pub const ALL: [Self; 3] = [Self::YearFirst, Self::DayFirst, Self::MonthFirst];

    /// The words in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::YearFirst => "year first",
            Self::DayFirst => "day first",
            Self::MonthFirst => "month first",
        }
    }
}

impl Codes {
    const ALL: [Self; 3] = [Self::Ged, Self::Acled, Self::Gtd];

    const fn key(self) -> &'static str {
        match self {
            Self::Ged => "ged",
            Self::Acled => "acled",
            Self::Gtd => "gtd",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|codes| codes.key() == key)
    }
}

impl Part {
    const ALL: [Self; 6] = [Self::Written, Self::Low, Self::Best, Self::High, Self::AtLeast, Self::Attackers];

    const fn key(self) -> &'static str {
        match self {
            Self::Written => "number",
            Self::Low => "low",
            Self::Best => "best",
            Self::High => "high",
            Self::AtLeast => "at_least",
            Self::Attackers => "attackers",
        }
    }
}

impl Meaning {
    /// Meanings that are one word or two.
    const PLAIN: [(&'static str, Self); 19] = [
        ("kept", Self::Kept),
        ("source id", Self::SourceId),
        ("title", Self::Title),
        ("first day", Self::DateStart),
        ("last day", Self::DateEnd),
        ("year", Self::Year),
        ("month", Self::Month),
        ("day", Self::Day),
        ("place", Self::Place),
        ("adm1", Self::Adm1),
        ("country", Self::Country),
        ("latitude", Self::Latitude),
        ("longitude", Self::Longitude),
        ("kind", Self::Kind),
        ("side A", Self::SideA),
        ("side B", Self::SideB),
        ("tags", Self::Tags),
        ("speaker", Self::Speaker),
        ("information grade", Self::Grade),
    ];

    /// Reads what [`Meaning`] writes: `place`, `date precision ged`, `own hospital`, `low killed total`.
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.trim();
        if let Some((_, plain)) = Self::PLAIN.into_iter().find(|(word, _)| *word == key) {
            return Some(plain);
        }
        if let Some(codes) = key.strip_prefix("date precision ") {
            return Codes::from_key(codes).filter(|codes| *codes != Codes::Gtd).map(Self::DatePrecision);
        }
        if let Some(codes) = key.strip_prefix("place precision ") {
            return Codes::from_key(codes).map(Self::PlacePrecision);
        }
        if let Some(id) = key.strip_prefix("own ") {
            return id.parse().ok().map(Self::Own);
        }
        let (part, rest) = key.split_once(' ')?;
        let part = Part::ALL.into_iter().find(|known| known.key() == part)?;
        let (measure, class) = rest.split_once(' ')?;
        Some(Self::Number(Measure::from_key(measure)?, Class::from_key(class)?, part))
    }
}

/// The meaning as it is written in files.
impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DatePrecision(codes) => write!(f, "date precision {}", codes.key()),
            Self::PlacePrecision(codes) => write!(f, "place precision {}", codes.key()),
            Self::Own(id) => write!(f, "own {id}"),
            Self::Number(measure, class, part) => write!(f, "{} {measure} {class}", part.key()),
            plain => f.write_str(Self::PLAIN.iter().find(|(_, known)| known == plain).map_or("kept", |(word, _)| word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_is_read_as_it_was_written() {
        let more =
            ["date precision ged", "place precision acled", "place precision gtd", "own hospital", "low killed total"];
        let more = more.into_iter().chain(["number injured children in civilians", "at_least killed A all"]);
        for key in Meaning::PLAIN.iter().map(|(key, _)| *key).chain(more) {
            assert_eq!(Meaning::from_key(key).expect("a meaning").to_string(), key);
        }
        for bad in ["", "places", "date precision", "date precision gtd", "low killed", "lowest killed total", "own A"]
        {
            assert_eq!(Meaning::from_key(bad), None, "{bad}");
        }
    }
}
