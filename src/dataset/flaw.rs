//! What breaks a rule in a row. The row is kept as it is; this is told.

use std::fmt;

/// Something in a row that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The number of the column, from 0.
    pub column: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The row has fewer fields, or more, than the data set has columns.
    Fields { has: usize, wants: usize },
    /// Low, best and high are not in order.
    Order { low: Option<u64>, best: Option<u64>, high: Option<u64> },
    /// No number.
    Number { text: String, why: String },
    /// No date.
    Date { text: String, why: String },
    /// The last day is before the first.
    Reversed { first: String, last: String },
    /// A degree beyond the globe, or none.
    Degree { text: String, most: u8 },
    /// One of latitude and longitude without the other.
    HalfPoint,
    /// A code that the data set does not have.
    Code { text: String, what: &'static str },
}

impl Wrong {
    /// The rule that is broken, in the same words for every field that breaks it.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Fields { .. } => "not as many fields as the data set has columns; what is missing is read as empty",
            Self::Order { .. } => "low, best and high are not in order; they stay as the row has them",
            Self::Number { .. } => "no whole number of people; read as unknown",
            Self::Date { .. } => "no date; read as undated",
            Self::Reversed { .. } => "the last day is before the first",
            Self::Degree { .. } => "no degrees on the globe; read as no place on it",
            Self::HalfPoint => "one of latitude and longitude is missing",
            Self::Code { .. } => "no code of the data set; read as unknown",
        }
    }
}

impl Flaw {
    /// Whether it is more than an estimate out of order, which is told of the figure.
    pub fn breaks_rule(&self) -> bool {
        !matches!(self.wrong, Wrong::Order { .. })
    }

    /// What is wrong, with the name of the column where it is one of a single field.
    pub fn describe(&self, column: &str) -> String {
        match &self.wrong {
            Wrong::Fields { .. } => capital(&self.wrong.to_string()),
            wrong => format!("Column {column}: {wrong}"),
        }
    }
}

/// A sentence that begins with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |n: &Option<u64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
        match self {
            Self::Fields { has, wants } => {
                let s = if *has == 1 { "" } else { "s" };
                write!(f, "the row has {has} field{s}, and the data set {wants} columns")
            }
            Self::Order { low, best, high } => write!(
                f,
                "low {}, best {}, high {} are not in order; the figure stays as the row has it",
                shown(low),
                shown(best),
                shown(high)
            ),
            Self::Number { text, why } => write!(f, "“{text}” is read as unknown: {why}"),
            Self::Date { text, why } => write!(f, "“{text}” is read as no date: {why}"),
            Self::Reversed { first, last } => write!(f, "the last day {last} is before the first day {first}"),
            Self::Degree { text, most } => write!(f, "“{text}” is no number of degrees from -{most} to {most}"),
            Self::HalfPoint => f.write_str("latitude and longitude stand together, and one is missing"),
            Self::Code { text, what } => write!(f, "“{text}” is no code of a {what}"),
        }
    }
}
