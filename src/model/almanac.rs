//! How a project writes the calendar: the language of names of months in pictures, and the day on which weeks begin.

use std::fmt;

/// The calendar as a project writes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Almanac {
    /// In which language pictures name months.
    pub months: Months,
    /// On which day weeks begin, in sums and pictures.
    pub weeks: Weeks,
}

/// The language of names of months.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Months {
    /// January.
    #[default]
    English,
    /// Janvier.
    French,
    /// Enero.
    Spanish,
    /// Januar.
    German,
    /// Январь.
    Russian,
    /// Січень.
    Ukrainian,
    /// يناير, as in Egypt and on the Gulf.
    Arabic,
    /// كانون الثاني, as in Iraq, Jordan, Lebanon, Palestine and Syria.
    Levantine,
}

impl Months {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 8] = [
        Self::English,
        Self::French,
        Self::Spanish,
        Self::German,
        Self::Russian,
        Self::Ukrainian,
        Self::Arabic,
        Self::Levantine,
    ];

    /// The code in files, as BCP 47 writes languages.
    pub const fn key(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::German => "de",
            Self::Russian => "ru",
            Self::Ukrainian => "uk",
            Self::Arabic => "ar",
            Self::Levantine => "ar-SY",
        }
    }

    /// The language of a code.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|months| months.key() == key)
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::French => "French",
            Self::Spanish => "Spanish",
            Self::German => "German",
            Self::Russian => "Russian",
            Self::Ukrainian => "Ukrainian",
            Self::Arabic => "Arabic",
            Self::Levantine => "Arabic, Levant and Iraq",
        }
    }
}

/// On which day weeks begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weeks {
    /// Monday to Sunday, numbered as ISO 8601 does.
    #[default]
    Monday,
    /// Sunday to Saturday.
    Sunday,
    /// Saturday to Friday.
    Saturday,
}

impl Weeks {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 3] = [Self::Monday, Self::Sunday, Self::Saturday];

    /// The word in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Sunday => "sunday",
            Self::Saturday => "saturday",
        }
    }

    /// The first day of a word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|weeks| weeks.key() == key)
    }

    /// First and last day of a week.
    pub const fn days(self) -> (&'static str, &'static str) {
        match self {
            Self::Monday => ("Monday", "Sunday"),
            Self::Sunday => ("Sunday", "Saturday"),
            Self::Saturday => ("Saturday", "Friday"),
        }
    }

    /// How many days of a week go before its Monday.
    pub const fn before_monday(self) -> i8 {
        match self {
            Self::Monday => 0,
            Self::Sunday => 1,
            Self::Saturday => 2,
        }
    }
}

impl fmt::Display for Weeks {
    /// "ISO weeks, from Monday to Sunday", "Weeks from Sunday to Saturday".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = self.days();
        let what = if *self == Self::Monday { "ISO weeks, from" } else { "Weeks from" };
        write!(f, "{what} {first} to {last}")
    }
}
