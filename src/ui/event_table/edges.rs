//! Where filled cells end: the edge of a block that Ctrl and an arrow go to, and the block that Ctrl+A selects.
//!
//! Whether a cell is empty is read from `derive::columnar` where it has the column, and never by writing its text: a
//! step may pass 400,000 rows.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use super::selection::Block;
use super::sheet::{CellId, Place, Sheet};
use crate::columns::{Column, Kind, Stored};
use crate::derive::columnar::{Figures, Flag};

/// The rows in which the cells of one column are filled.
struct Filled<'a> {
    sheet: Sheet<'a>,
    slots: &'a [u32],
    by: By<'a>,
}

/// What says whether a cell is filled.
enum By<'a> {
    /// Every one is.
    Always,
    /// None is.
    Never,
    /// Those with a number other than 0.
    Numbers(&'a [u32]),
    Figures(&'a Figures),
    Flag(&'a [u16], Flag),
    /// The text itself.
    Text(&'static Column),
}

/// More rows than this are looked through by all cores.
const MANY: usize = 16_384;

impl Filled<'_> {
    fn at(&self, row: usize) -> bool {
        self.slots.get(row).is_some_and(|slot| self.has(row, *slot as usize))
    }

    fn has(&self, row: usize, slot: usize) -> bool {
        match self.by {
            By::Always => true,
            By::Never => false,
            By::Numbers(numbers) => numbers[slot] != 0,
            By::Figures(figures) => figures.is_claimed(slot),
            By::Flag(flags, flag) => flags[slot] & flag.bit() != 0,
            By::Text(column) => {
                let cell = self.sheet.rows.at(row).map(|event| CellId { event, column: column.id });
                cell.is_some_and(|cell| !self.sheet.text(cell).is_empty())
            }
        }
    }

    /// Whether any cell of these rows is filled.
    fn any(&self, rows: Range<usize>) -> bool {
        let slots = self.slots.get(rows.clone()).unwrap_or_default();
        let has = |slot: &u32| self.has(0, *slot as usize);
        match self.by {
            By::Always => !slots.is_empty(),
            By::Never => false,
            By::Text(_) => rows.into_iter().any(|row| self.at(row)),
            _ if slots.len() > MANY => slots.par_chunks(MANY).any(|slots| slots.iter().any(has)),
            _ => slots.iter().any(has),
        }
    }
}

impl<'a> Sheet<'a> {
    fn filled(&self, column: &'static Column) -> Filled<'a> {
        let table = self.view.derived.columnar();
        let by = match (column.stored, &column.kind) {
            (Stored::Words(field), _) => By::Numbers(table.words(field).codes()),
            (Stored::Own(id), _) => table.own(id).map_or(By::Never, |words| By::Numbers(words.codes())),
            (Stored::Days, _) => By::Numbers(table.dates().codes()),
            (Stored::Figure, Kind::Figure(measure, _)) => table.figures(measure).map_or(By::Never, By::Figures),
            (Stored::Covers, _) => By::Numbers(table.covers()),
            (Stored::Flag(flag), _) => By::Flag(table.flags(), flag),
            // A count is always there.
            (Stored::Sources, _) => By::Always,
            (Stored::Nowhere, _) if column.id == "id" => By::Always,
            (Stored::Nowhere, _) if column.id == "coordinates" => By::Flag(table.flags(), Flag::Located),
            _ => By::Text(column),
        };
        Filled { sheet: *self, slots: self.rows.order().slots(), by }
    }

    /// As spreadsheets do: to the last filled cell of a block, else to the next filled one, else to the table's edge.
    pub(super) fn edge(&self, (row, column): Place, step: (isize, isize)) -> Place {
        let Some(last) = self.last() else { return (row, column) };
        if step.0 == 0 {
            let filled = |at: usize| self.columns.get(at).is_some_and(|column| self.filled(column).at(row));
            return (row, along(column, step.1, last.1, filled));
        }
        let Some(of_column) = self.columns.get(column) else { return (row, column) };
        let filled = self.filled(of_column);
        (along(row, step.0, last.0, |row| filled.at(row)), column)
    }

    /// The last row of the block of a column that goes on below a cell. `None` where the cell below is empty.
    pub(super) fn end_of_block(&self, (row, column): Place) -> Option<usize> {
        let filled = self.filled(self.columns.get(column)?);
        let last = self.last()?.0;
        (row < last && filled.at(row) && filled.at(row + 1)).then(|| along(row, 1, last, |row| filled.at(row)))
    }

    /// The rectangle of filled cells around a cell, as far as no empty row and no empty column bounds it.
    pub(super) fn block_around(&self, (row, column): Place) -> Option<Block> {
        let last = self.last()?;
        let filled: Vec<Filled<'_>> = self.columns.iter().map(|column| self.filled(column)).collect();
        let (mut top, mut bottom, mut left, mut right) = (row, row, column, column);
        // The rows in which a column beside the block was found to be empty: they are not looked through again.
        let mut empty: HashMap<usize, Range<usize>> = HashMap::new();
        loop {
            let before = (top, bottom, left, right);
            // Cells that touch at a corner are of one block.
            let wide = left.saturating_sub(1)..=(right + 1).min(last.1);
            let row_is_filled = |row: usize| wide.clone().any(|column| filled[column].at(row));
            while top > 0 && row_is_filled(top - 1) {
                top -= 1;
            }
            while bottom < last.0 && row_is_filled(bottom + 1) {
                bottom += 1;
            }
            let tall = top.saturating_sub(1)..(bottom + 1).min(last.0) + 1;
            let mut column_is_filled = |column: usize| {
                let known = empty.get(&column).cloned().unwrap_or(tall.start..tall.start);
                let any = filled[column].any(tall.start..known.start) || filled[column].any(known.end..tall.end);
                if !any {
                    empty.insert(column, tall.clone());
                }
                any
            };
            while left > 0 && column_is_filled(left - 1) {
                left -= 1;
            }
            while right < last.1 && column_is_filled(right + 1) {
                right += 1;
            }
            if (top, bottom, left, right) == before {
                return Some(Block::between((top, left), (bottom, right)));
            }
        }
    }
}

/// From a place on a line of cells to the edge of its block; `last` is the end of the line.
fn along(from: usize, step: isize, last: usize, filled: impl Fn(usize) -> bool) -> usize {
    let next = |at: usize| at.checked_add_signed(step).filter(|next| *next <= last);
    let Some(mut at) = next(from) else { return from };
    let in_block = filled(from) && filled(at);
    loop {
        let stop = if in_block { next(at).is_none_or(|next| !filled(next)) } else { filled(at) };
        match next(at) {
            Some(further) if !stop => at = further,
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::columns::COLUMNS;
    use crate::derive::Derived;
    use crate::model::{Claim, Class, Event, EventDate, Few, Measure, Moment, Point, Project, Quantity, Status};
    use crate::ui::View;
    use crate::ui::event_table::rows::Rows;

    #[test]
    fn a_line_of_cells_is_passed_block_by_block() {
        let cells = [true, true, false, false, true, false, true];
        let go = |from, step| along(from, step, cells.len() - 1, |at| cells[at]);
        assert_eq!([go(0, 1), go(1, 1), go(2, 1), go(4, 1), go(6, 1)], [1, 4, 4, 6, 6]);
        assert_eq!([go(6, -1), go(4, -1), go(1, -1), go(0, -1)], [4, 1, 0, 0]);
        let empty = |from, step| along(from, step, 4, |_| false);
        assert_eq!((empty(1, 1), empty(3, -1)), (4, 0), "the edge of the table");
    }

    proptest! {
        #[test]
        fn a_cell_counts_as_filled_where_its_text_is_not_empty(
            seeds in prop::collection::vec((any::<u16>(), "(|\\?|[0-9]|[0-9]\\+)"), 1..12)
        ) {
            let mut project = Project::titled("x");
            let mut ids = Vec::new();
            for (n, (bits, quantity)) in seeds.iter().enumerate() {
                let mut event = Event::new(format!("e{n}").parse().expect("an id"));
                let has = |bit: u16| bits >> bit & 1 == 1;
                let word = |bit| if has(bit) { "word".into() } else { "".into() };
                event.when = if has(0) { EventDate::parse("2022-09").ok() } else { None };
                event.title = word(1);
                event.location.name = word(2);
                event.location.adm1 = word(3);
                event.location.country = word(4);
                event.kind = word(5);
                event.side_a = word(6);
                event.side_b = word(7);
                event.tags = if has(8) { ["a".into()].into() } else { Few::new() };
                event.source_ids = if has(9) { ["a".into()].into() } else { Few::new() };
                event.location.point = if has(10) { Point::new(40.0, 70.0) } else { None };
                event.status = if has(11) { Status::Coded } else { Status::Draft };
                event.covers = if has(12) { ids.iter().copied().take(1).collect() } else { Default::default() };
                ids.push(event.id);
                if let Ok(quantity) = Quantity::parse(quantity) {
                    project.claims.push(Claim::new(event.id, Measure::Killed, Class::TOTAL, quantity)).expect("free");
                }
                project.events.push(event).expect("free");
            }
            let derived = Derived::from_scratch(&project);
            let today = jiff::civil::date(2022, 9, 20);
            let view = View { project: &project, derived: &derived, revision: 0, today, now: Moment::new(today), enter_edits: false };
            let mut rows = Rows::default();
            rows.refresh(&view);
            let columns: Vec<&'static Column> = COLUMNS.iter().collect();
            let sheet = Sheet { view, rows: &rows, columns: &columns };
            for column in COLUMNS {
                let filled = sheet.filled(column);
                for row in 0..rows.len() {
                    let event = rows.at(row).expect("a row");
                    let text = sheet.text(CellId { event, column: column.id });
                    prop_assert_eq!(filled.at(row), !text.is_empty(), "{} of {}: {:?}", column.id, event, text);
                }
                for first in 0..rows.len() {
                    let any = (first..rows.len()).any(|row| filled.at(row));
                    prop_assert_eq!(filled.any(first..rows.len()), any, "{} from {}", column.id, first);
                }
            }
        }
    }
}
