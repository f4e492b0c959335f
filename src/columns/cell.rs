//! What a cell shows, how it is spoken, and by what it sorts. It knows no column.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::figures;
use crate::model::own::Number;

/// How much a cell's text should stand out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rank {
    /// Like any text.
    #[default]
    Plain,
    /// The best figure.
    Strong,
    /// Low and high, what is unknown and what is not there.
    Muted,
}

/// What must be seen beside a cell's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Somebody set the figure.
    ByHand,
    /// Somebody set the figure, and the claims beneath it changed since.
    ClaimsChanged,
    /// A published estimate out of order.
    Flagged,
    /// Voices contradict each other.
    Conflict,
    /// The column cannot read the value, which is kept as it is.
    Unreadable,
}

/// What a cell shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text, with thousands separators and signs for what is missing.
    pub text: String,
    /// How much it stands out.
    pub rank: Rank,
    /// What must be seen beside it.
    pub mark: Option<Mark>,
}

impl Cell {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(super) fn muted(text: impl Into<String>) -> Self {
        Self { text: text.into(), rank: Rank::Muted, ..Self::default() }
    }

    /// The cell in words, for screen readers.
    pub fn spoken(&self) -> String {
        let text = match self.text.as_str() {
            "" => "empty",
            figures::UNKNOWN => "unknown",
            figures::NO_CLAIM => "no claim",
            text => text,
        };
        match self.mark {
            Some(Mark::ByHand) => format!("{text}, set by hand"),
            Some(Mark::ClaimsChanged) => format!("{text}, set by hand, claims changed since"),
            Some(Mark::Flagged) => format!("{text}, published out of order"),
            Some(Mark::Unreadable) => format!("{text}, not readable in this column"),
            Some(Mark::Conflict) | None => text.to_owned(),
        }
    }
}

/// By what a cell sorts. Unknown comes behind every value, and empty behind unknown, in both directions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A count.
    Number(u64),
    /// A number with decimals.
    Decimal(Number),
    /// Earliest and latest day.
    Days(Date, Date),
    /// Words, without regard to case.
    Text(String),
    /// Spoken of without a value, or with one that cannot be read.
    Unknown,
    /// Nothing there.
    Empty,
}

impl Key {
    /// The order of two keys; `descending` turns values around, but never what has no value.
    pub fn order(&self, other: &Self, descending: bool) -> Ordering {
        let has_value = |key: &Self| !matches!(key, Self::Unknown | Self::Empty);
        let order = self.cmp(other);
        if descending && has_value(self) && has_value(other) { order.reverse() } else { order }
    }
}
