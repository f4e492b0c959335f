//! Lines on the screen: which are heads of groups, and which are rows of events.
//!
//! Selection, movement and the clipboard know rows only. A head stands before the rows of its group; the rows of a
//! group that is folded are no rows at all. So the head number `k`, whose rows begin at row `s`, stands in line `s + k`,
//! and the list of these beginnings is the whole map.

use std::ops::Range;

/// What stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// The head of the group of this number.
    Head(usize),
    /// The row of this number.
    Row(usize),
}

/// The map from lines to rows and heads. Without heads, lines are rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lines {
    /// For each head the row before which it stands; they rise.
    starts: Vec<usize>,
    rows: usize,
}

impl Lines {
    /// Heads before these rows, of so many rows.
    pub fn new(starts: Vec<usize>, rows: usize) -> Self {
        debug_assert!(starts.is_sorted() && starts.last().is_none_or(|last| *last <= rows));
        Self { starts, rows }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.rows + self.starts.len()
    }

    /// How many heads there are.
    pub fn heads(&self) -> usize {
        self.starts.len()
    }

    /// What stands in a line.
    pub fn at(&self, line: usize) -> Option<Line> {
        if line >= self.len() {
            return None;
        }
        // Heads in the lines up to this one: the lines of heads rise, so they can be halved.
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.starts[middle] + middle <= line { low = middle + 1 } else { high = middle }
        }
        match low.checked_sub(1) {
            Some(head) if self.starts[head] + head == line => Some(Line::Head(head)),
            _ => Some(Line::Row(line - low)),
        }
    }

    /// The row of a line; of a head, the one behind it. Behind the last line, the number of rows.
    pub fn row_from(&self, line: usize) -> usize {
        match self.at(line) {
            Some(Line::Row(row)) => row,
            Some(Line::Head(head)) => self.rows_of(head).start,
            None => self.rows,
        }
    }

    /// The line of a row.
    pub fn of_row(&self, row: usize) -> usize {
        row + self.starts.partition_point(|start| *start <= row)
    }

    /// The line of a head.
    pub fn of_head(&self, head: usize) -> Option<usize> {
        Some(self.starts.get(head)? + head)
    }

    /// The head over a row. `None` without groups.
    pub fn head_of(&self, row: usize) -> Option<usize> {
        self.starts.partition_point(|start| *start <= row).checked_sub(1)
    }

    /// The rows under a head; none where it is folded.
    pub fn rows_of(&self, head: usize) -> Range<usize> {
        let start = self.starts.get(head).copied().unwrap_or(self.rows);
        start..self.starts.get(head + 1).copied().unwrap_or(self.rows)
    }

    /// The rows under a head became more or fewer by `by`.
    pub fn resize(&mut self, head: usize, by: isize) {
        self.rows = self.rows.saturating_add_signed(by);
        if let Some(behind) = self.starts.get_mut(head + 1..) {
            behind.iter_mut().for_each(|start| *start = start.saturating_add_signed(by));
        }
    }

    /// A head without rows comes in before the head of this number.
    pub fn insert(&mut self, head: usize) {
        let start = self.starts.get(head).copied().unwrap_or(self.rows);
        self.starts.insert(head.min(self.starts.len()), start);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of_sizes(sizes: &[usize]) -> Lines {
        let starts = sizes.iter().scan(0, |sum, size| Some(std::mem::replace(sum, *sum + size)));
        Lines::new(starts.collect(), sizes.iter().sum())
    }

    /// What stands in each line, said the long way.
    fn listed(sizes: &[usize]) -> Vec<Line> {
        let mut row = 0..;
        let groups = sizes.iter().enumerate();
        groups
            .flat_map(|(head, size)| {
                std::iter::once(Line::Head(head)).chain(row.by_ref().take(*size).map(Line::Row)).collect::<Vec<_>>()
            })
            .collect()
    }

    proptest! {
        #[test]
        fn every_line_is_one_head_or_one_row(sizes in prop::collection::vec(0_usize..6, 0..12)) {
            let lines = of_sizes(&sizes);
            let found: Vec<Line> = (0..lines.len()).filter_map(|line| lines.at(line)).collect();
            prop_assert_eq!(&found, &listed(&sizes));
            prop_assert_eq!(lines.at(lines.len()), None);
            for (line, what) in found.into_iter().enumerate() {
                match what {
                    Line::Row(row) => prop_assert_eq!((lines.of_row(row), lines.row_from(line)), (line, row)),
                    Line::Head(head) => {
                        prop_assert_eq!(lines.of_head(head), Some(line));
                        prop_assert_eq!(lines.row_from(line), sizes[..head].iter().sum::<usize>());
                    }
                }
            }
        }

        #[test]
        fn lines_of_rows_rise_and_every_row_is_under_its_head(sizes in prop::collection::vec(0_usize..6, 1..12)) {
            let lines = of_sizes(&sizes);
            let rows: usize = sizes.iter().sum();
            prop_assert!((1..rows).all(|row| lines.of_row(row - 1) < lines.of_row(row)));
            for row in 0..rows {
                let head = lines.head_of(row);
                prop_assert!(head.is_some_and(|head| lines.rows_of(head).contains(&row)), "{:?}", head);
            }
        }

        #[test]
        fn a_group_that_grows_is_as_if_it_had_been_so(sizes in prop::collection::vec(0_usize..6, 1..9), at in 0_usize..9, to in 0_usize..9) {
            let mut sizes = sizes;
            let mut lines = of_sizes(&sizes);
            let at = at % sizes.len();
            lines.resize(at, to.cast_signed() - sizes[at].cast_signed());
            sizes[at] = to;
            prop_assert_eq!(&lines, &of_sizes(&sizes));
            lines.insert(at);
            sizes.insert(at, 0);
            prop_assert_eq!(&lines, &of_sizes(&sizes));
        }
    }

    #[test]
    fn without_groups_lines_are_rows() {
        let lines = Lines::new(Vec::new(), 3);
        let all: Vec<_> = (0..4).map(|line| lines.at(line)).collect();
        assert_eq!(all, [Some(Line::Row(0)), Some(Line::Row(1)), Some(Line::Row(2)), None]);
        assert_eq!((lines.of_row(2), lines.head_of(2)), (2, None));
    }
}
