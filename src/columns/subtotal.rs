//! What the head of a group says of one number of its sums: the one rule for the screen and for exports.

use crate::derive::totals::{Known, Sums};

use super::Part;

/// What stands under a column of figures in the head of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subtotal {
    /// Nobody spoke of it in any event that counts.
    Nothing,
    /// It is spoken of, never with a number.
    Unknown,
    /// This many people.
    Number(u64),
    /// At least this many: the high of an event is open.
    AtLeast(u64),
    /// An event with a low has no best figure.
    NoBest,
}

impl Subtotal {
    /// What sums say of one of their numbers.
    pub fn of(sums: &Sums, part: Part) -> Self {
        match (sums.known(), part) {
            (Known::Nothing, _) => Self::Nothing,
            (Known::Unknown, _) => Self::Unknown,
            (Known::Number, Part::Low) => Self::Number(sums.low),
            (Known::Number, Part::Best) => sums.best.map_or(Self::NoBest, Self::Number),
            (Known::Number, Part::High) => sums.high.map_or(Self::AtLeast(sums.high_at_least), Self::Number),
        }
    }
}
