//! The filter: one line that says which events are meant, the same in the grid, the charts and `--where`.
//!
//! Words match text anywhere; `field:value`, `field>n`, `field>=n`, `field<n`, `field<=n`, `field=n`, `field:a..b`,
//! `"a phrase"` (with a mark in it doubled), `-term`, `a OR b`, parentheses. `fields` says what can be asked, `parse` reads a line and says where it
//! is wrong, `search` answers from the columns of `derive::columnar`, `complete` offers what may come next. It knows no
//! screen. Unknown never matches a comparison.

mod cell;
mod complete;
mod few;
mod fields;
mod lex;
mod own;
mod parse;
pub mod quick;
mod search;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use cell::{term_of, toggled};
pub use complete::{Completion, complete};
pub use fields::{FIELDS, Field, fields_markdown};
pub use search::Slots;

use crate::columns::Part;
use crate::derive::columnar::{Day, Flag, TextField};
use crate::model::{Class, Measure, Project};

/// A filter that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    expression: Option<Expression>,
}

impl Filter {
    /// Reads a filter. An empty line lets everything through.
    ///
    /// # Errors
    /// The first mistake, with its place in the line.
    pub fn parse(line: &str, project: &Project) -> Result<Self, Mistake> {
        parse::parse(line, project).map(|expression| Self { expression })
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.expression.is_none()
    }
}

/// Where a filter is wrong, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Mistake {
    /// Where, in bytes of the line.
    pub at: Range<usize>,
    /// What is wrong and what to do, in a sentence.
    pub why: String,
    /// What to write there instead, where that is known.
    pub instead: Option<String>,
}

/// What a filter says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Expression {
    /// All of these are true.
    All(Vec<Expression>),
    /// One of these is true.
    Any(Vec<Expression>),
    /// This is not true.
    Not(Box<Expression>),
    /// One question.
    Test(Test),
}

/// One question to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    /// Lower-case words stand somewhere in it.
    Anywhere(String),
    /// One of these fields holds, or is, this lower-case text.
    Text { fields: &'static [TextField], text: String, whole: bool },
    /// Its id begins with, or is, this.
    Id { text: String, whole: bool },
    /// A number of its figure lies within.
    Number { measure: Measure, part: Part, from: u64, to: u64 },
    /// It is spoken of without a number.
    Unknown(Measure),
    /// A count lies within.
    Count { of: Counted, from: u64, to: u64 },
    /// Its days lie in these, or have one in common with them.
    Days { first: Day, last: Day, overlaps: bool },
    /// It is so.
    Is(Flag),
    /// It has a date.
    Dated,
    /// A field is not empty.
    HasText(TextField),
    /// A number of a measure is known of it.
    HasFigure(Measure),
    /// There is a note about it.
    HasNote,
    /// Something is said of this class of it.
    Class(Class),
    /// Its value in a column of the analyst's own is so.
    Own(own::Question),
    /// A value of it cannot be read by its column.
    Unreadable,
    /// A claim about it says this, in lower case.
    Claim { field: ClaimField, text: String, whole: bool },
}

/// What is counted of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Sources,
    Covers,
}

/// A text of the claims about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClaimField {
    /// Headline or id of a quoted article.
    Article,
    /// Publisher or agency of a quoted article.
    Publisher,
    /// Who says it, or via whom.
    Speaker,
}
