//! A cell of a table on its way out: typed, so that a spreadsheet can calculate with it and a text stays a text.

use std::borrow::Cow;

use jiff::civil::Date;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing: nobody said anything.
    Empty,
    /// A text, whatever it looks like.
    Text(Cow<'a, str>),
    /// A count.
    Count(u64),
    /// A number with decimals whose shortest writing is the one that was typed.
    Decimal(f64),
    /// One day.
    Day(Date),
}

impl<'a> Cell<'a> {
    /// A text; an empty one is nothing.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }

    /// A text that is a number where writing the number gives the same text again.
    pub fn number_or_text(text: &'a str) -> Self {
        let number = crate::model::own::Number::parse(text).ok().map(crate::model::own::Number::value);
        match number {
            Some(number) if number.to_string() == text => Self::Decimal(number),
            _ => Self::text(text),
        }
    }
}
