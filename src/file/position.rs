//! Line and column, as a person counts them in an editor.
//!
//! Must not know what the text means.

use std::fmt;

use memchr::{memchr_iter, memrchr};
use ron::error::{Span, SpannedError};

/// A place in a text. Both numbers count from 1; columns count Unicode scalars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1. Only `\n` ends a line.
    pub line: usize,
    /// Column, from 1, in Unicode scalars.
    pub column: usize,
}

impl Position {
    /// The beginning of a text.
    pub const START: Self = Self { line: 1, column: 1 };

    /// This place, counted within a part, as a place in the whole where the part begins at `start`.
    #[must_use]
    pub fn within(self, start: Self) -> Self {
        if self.line <= 1 {
            Self { line: start.line, column: start.column + self.column.saturating_sub(1) }
        } else {
            Self { line: start.line + self.line - 1, column: self.column }
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

impl From<ron::error::Position> for Position {
    fn from(place: ron::error::Position) -> Self {
        Self { line: place.line, column: place.col }
    }
}

impl From<Position> for ron::error::Position {
    fn from(place: Position) -> Self {
        Self { line: place.line, col: place.column }
    }
}

/// The place of a byte in `text`. An offset inside a character means that character; one beyond the
/// end means the end.
#[must_use]
pub fn position_of(text: &str, byte: usize) -> Position {
    let before = &text[..text.floor_char_boundary(byte)];
    let line_start = memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
    Position {
        line: 1 + memchr_iter(b'\n', before.as_bytes()).count(),
        column: 1 + before[line_start..].chars().count(),
    }
}

/// An error found in a part of a text, told with its place in the whole, where the part begins at `start`.
#[must_use]
pub fn error_within(error: SpannedError, start: Position) -> SpannedError {
    let shift = |place: ron::error::Position| Position::from(place).within(start).into();
    SpannedError { code: error.code, span: Span { start: shift(error.span.start), end: shift(error.span.end) } }
}
