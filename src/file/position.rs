//! Places in a text, as editors show them. Knows nothing of what stands there.

use std::fmt;

/// A place in a text: line and column both begin at 1, and a column counts Unicode scalars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The scalar within the line.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// The places of a text by byte offset. Building it costs one pass; it is made only where something has to be told.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of this text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// The place of a byte; an offset behind the end, or within a character, counts as the nearest place before it.
    #[must_use]
    pub fn at(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        Position { line, column: self.text[start..offset].chars().count() + 1 }
    }
}

/// The byte at this line and column of a text; its end where the text has no such place.
pub(super) fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match memchr::memchr(b'\n', &text.as_bytes()[start..]) {
            Some(at) => start += at + 1,
            None => return text.len(),
        }
    }
    text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_scalars_from_one() {
        let text = "(\n  title: \"בית\", x\n";
        let lines = Lines::new(text);
        assert_eq!(lines.at(0), Position { line: 1, column: 1 });
        let x = text.find('x').expect("there");
        assert_eq!(lines.at(x), Position { line: 2, column: 17 });
        assert_eq!(lines.at(9_999), Position { line: 3, column: 1 });
        assert_eq!(offset_of(text, 2, 17), x);
        assert_eq!(offset_of(text, 9, 1), text.len());
    }
}
