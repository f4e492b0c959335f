//! A quantity as a claim states it: a number, a bound, a range, a word, or the statement that there is none.
//!
//! It keeps what was said and must not know how it is counted: which numbers a bound or a word stands for is decided
//! where figures are derived. Text and value round-trip: `parse(&q.to_string()) == q` for every valid `q`.

use std::fmt;

mod error;
mod grouped;
mod number;
mod read;

pub(crate) mod digits;
#[cfg(test)]
mod tests;

pub use error::QuantityError;
pub use grouped::grouped;
pub use read::BUILT_IN_WORDS;

/// What one speaker says about one number. An unknown is a value here, never a gap and never zero.
///
/// Some values would be a second writing of another (`Exactly(0)`, `Between(a, a)`, an estimate without parts). Parsing
/// and the constructors [`exactly`](Self::exactly), [`between`](Self::between) and [`estimate`](Self::estimate) never
/// make them; [`normalised`](Self::normalised) replaces them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// "42 people were injured". Never 0: that is [`NoneAsserted`](Self::NoneAsserted).
    Exactly(u64),
    /// "at least three".
    AtLeast(u64),
    /// "more than three", kept apart from "at least four".
    MoreThan(u64),
    /// "up to five".
    AtMost(u64),
    /// "some 40 people".
    About(u64),
    /// "40 to 50"; the first is below the second.
    Between(u64, u64),
    /// A number word of the word table in lower case, such as "dozens". The table in force reads it as numbers.
    Word(Box<str>),
    /// "soldiers were killed": more than one, without a number.
    Plural,
    /// "no casualties": a statement that there were none.
    NoneAsserted,
    /// "gave no information about casualties": spoken of without a number.
    Unknown,
    /// Low, best and high of a data set or document. Kept as published, so low ≤ best ≤ high need not hold.
    Estimate {
        /// The lowest number; `None` where the source leaves it blank.
        low: Option<u64>,
        /// The most likely number; `None` where the source leaves it blank.
        best: Option<u64>,
        /// The highest number; `None` where the source leaves it blank.
        high: Option<u64>,
    },
}

impl Quantity {
    /// The largest number that is taken: 10^12, above any count of people and far from overflow in sums.
    pub const MAX: u64 = 1_000_000_000_000;

    /// Reads a quantity as typed, with the built-in number words ([`BUILT_IN_WORDS`]).
    ///
    /// # Errors
    /// Where the text is not one quantity without doubt; the message says what to type instead.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        Self::parse_with(text, &|word| BUILT_IN_WORDS.contains(&word))
    }

    /// Reads a quantity as typed; `is_word` says whether a phrase (lower case, single spaces, no digits) is a number
    /// word of the project's table.
    ///
    /// # Errors
    /// Where the text is not one quantity without doubt; the message says what to type instead.
    pub fn parse_with(text: &str, is_word: &dyn Fn(&str) -> bool) -> Result<Self, QuantityError> {
        read::read(text, is_word)
    }

    /// Exactly `n`, or the statement that there were none.
    #[must_use]
    pub fn exactly(n: u64) -> Self {
        if n == 0 { Self::NoneAsserted } else { Self::Exactly(n) }
    }

    /// From `low` to `high`; exactly that number where both are the same.
    ///
    /// # Errors
    /// Where `low` is above `high`.
    pub fn between(low: u64, high: u64) -> Result<Self, QuantityError> {
        match low.cmp(&high) {
            std::cmp::Ordering::Less => Ok(Self::Between(low, high)),
            std::cmp::Ordering::Equal => Ok(Self::exactly(low)),
            std::cmp::Ordering::Greater => Err(QuantityError::Reversed { low, high }),
        }
    }

    /// An estimate of a data set or document; unknown where all three are blank.
    #[must_use]
    pub fn estimate(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> Self {
        if low.is_none() && best.is_none() && high.is_none() {
            Self::Unknown
        } else {
            Self::Estimate { low, best, high }
        }
    }

    /// The one writing of a value that the variants could also say otherwise.
    #[must_use]
    pub fn normalised(self) -> Self {
        match self {
            Self::Exactly(n) => Self::exactly(n),
            Self::Between(a, b) if a == b => Self::exactly(a),
            Self::Estimate { low, best, high } => Self::estimate(low, best, high),
            other => other,
        }
    }

    /// The quantity in words, for screens and reports: "at least 3", "40 to 50", "no number given".
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Exactly(n) => n.to_string(),
            Self::AtLeast(n) => format!("at least {n}"),
            Self::MoreThan(n) => format!("more than {n}"),
            Self::AtMost(n) => format!("at most {n}"),
            Self::About(n) => format!("about {n}"),
            Self::Between(a, b) => format!("{a} to {b}"),
            Self::Word(word) => word.to_string(),
            Self::Plural => "more than one, no number given".to_owned(),
            Self::NoneAsserted => "none".to_owned(),
            Self::Unknown => "no number given".to_owned(),
            Self::Estimate { low, best, high } => describe_estimate(*low, *best, *high),
        }
    }
}

fn describe_estimate(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> String {
    let range = match (low, high) {
        (Some(low), Some(high)) => Some(format!("low {low}, high {high}")),
        (Some(low), None) => Some(format!("low {low}")),
        (None, Some(high)) => Some(format!("high {high}")),
        (None, None) => None,
    };
    match (best, range) {
        (Some(best), Some(range)) => format!("best {best}, {range}"),
        (Some(best), None) => format!("best {best}"),
        (None, Some(range)) => format!("{range}, no best"),
        (None, None) => Quantity::Unknown.describe(),
    }
}

/// A part of an estimate in the typed form: the number, or `?` where it is blank.
struct Part(Option<u64>);

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(n) => n.fmt(f),
            None => f.write_str("?"),
        }
    }
}

/// The canonical typed form, as it stands in files and in cells: `42`, `3+`, `>3`, `<=5`, `~40`, `40-50`, `dozens`,
/// `plural`, `0`, `?`, `12 (8-20)`, `10-14 (no best)`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(n) => write!(f, "{n}"),
            Self::AtLeast(n) => write!(f, "{n}+"),
            Self::MoreThan(n) => write!(f, ">{n}"),
            Self::AtMost(n) => write!(f, "<={n}"),
            Self::About(n) => write!(f, "~{n}"),
            Self::Between(a, b) => write!(f, "{a}-{b}"),
            Self::Word(word) => f.write_str(word),
            Self::Plural => f.write_str("plural"),
            Self::NoneAsserted => f.write_str("0"),
            Self::Unknown => f.write_str("?"),
            Self::Estimate { low, best, high } => match best {
                Some(best) => write!(f, "{best} ({}-{})", Part(*low), Part(*high)),
                None => write!(f, "{}-{} (no best)", Part(*low), Part(*high)),
            },
        }
    }
}
