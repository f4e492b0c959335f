//! Why a typed quantity was refused, in one sentence that says what to type instead.

use thiserror::Error;

use super::digits::quoted;

/// Why a text is not a quantity. The message is one sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QuantityError {
    /// Nothing but white space.
    #[error(
        "Nothing is typed; type ? where the text speaks of it without a number, 0 where it says that there were none"
    )]
    Empty,
    /// A minus sign before a number, as in the sentinels -1 and -99 of data sets.
    #[error("A count cannot be negative; type ? where the number is unknown, 40-50 for a range")]
    Negative,
    /// A decimal fraction such as `1.5`, or what can only be read as one.
    #[error("{} reads as a decimal and a count is a whole number; type it without a fraction, such as 1200 or 1,200", quoted(.0))]
    Decimal(String),
    /// Separators or spaces that group digits neither in threes nor as lakh.
    #[error("The digits of {} are not grouped in threes; type one number without separators, such as 1200", quoted(.0))]
    Grouping(String),
    /// Two kinds of separators in one number.
    #[error("{} has separators of two kinds; type the digits alone, such as 1200", quoted(.0))]
    MixedSeparators(String),
    /// Digits of two scripts in one number.
    #[error("{} mixes digits of two scripts; type it in one of them, such as 42", quoted(.0))]
    MixedDigits(String),
    /// A number above [`Quantity::MAX`](super::Quantity::MAX).
    #[error("A count above 1,000,000,000,000 is not taken; type fewer digits")]
    TooLarge,
    /// A range whose first number is above its second.
    #[error("The range {low}-{high} runs backwards; type {high}-{low}")]
    Reversed {
        /// The first number as typed.
        low: u64,
        /// The second number as typed.
        high: u64,
    },
    /// A bound or an "about" before a range, such as `>40-50`.
    #[error("{} is both a bound and a range; type the range alone, such as 40-50, or the bound alone, such as 40+", quoted(.0))]
    BoundedRange(String),
    /// A bound or an "about" before a number word, such as `at least dozens`.
    #[error("{} puts a bound on a number word, which is read by the word table; type the word alone, such as {}", quoted(.0), .1)]
    BoundedWord(String, String),
    /// A bound without a number, or below nothing, such as `fewer than 0`.
    #[error("{} names no possible count; type <=5 for at most five, 0 for none", quoted(.0))]
    BelowNothing(String),
    /// "a or b" with numbers that are not neighbours.
    #[error("{} is two separate numbers; type one claim for each, or a range such as 40-50", quoted(.0))]
    Alternatives(String),
    /// A part of an estimate that is neither a number nor a question mark, or a broken form.
    #[error(
        "{} is not an estimate; type best, low and high as 12 (8-20), or 10-14 (no best), with ? for a blank part", quoted(.0)
    )]
    Estimate(String),
    /// A word that is neither a number nor in the word table.
    #[error("{} is not a number word that Dateline knows; type a number, ?, or a word of the word table such as dozens", quoted(.0))]
    UnknownWord(String),
    /// Anything else.
    #[error("{} is not a quantity; type it as 42, 3+, >3, <=5, ~40, 40-50, dozens, plural, 0 or ?", quoted(.0))]
    NotAQuantity(String),
}
