//! Line and column, as a person counts them in an editor.
//!
//! Must not know what the text means.

use std::fmt;

use memchr::{memchr, memchr_iter, memrchr};

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
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
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

/// The places of a text where many are asked for: it is gone through once.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// What [`position_of`] says.
    pub fn at(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let before = &self.text[self.starts[line - 1]..byte];
        Position { line, column: before.chars().count() + 1 }
    }
}

/// The byte at this line and column of a text; its end where the text has no such place.
pub(super) fn offset_of(text: &str, place: Position) -> usize {
    let mut start = 0;
    for _ in 1..place.line {
        match memchr(b'\n', &text.as_bytes()[start..]) {
            Some(at) => start += at + 1,
            None => return text.len(),
        }
    }
    text[start..].char_indices().nth(place.column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_ways_to_a_place_agree_and_lead_back(text in "[aé😀\n]{0,20}", byte in 0..90_usize) {
            let place = position_of(&text, byte);
            prop_assert_eq!(Lines::new(&text).at(byte), place);
            prop_assert_eq!(offset_of(&text, place), text.floor_char_boundary(byte));
        }
    }
}
