//! Where filled cells end: the edge of a block that Ctrl and an arrow go to, and the block that Ctrl+A selects.
//!
//! Whether a cell is empty is read from `derive::columnar` where it has the column, and never by writing its text: a
//! step may pass 400,000 rows.

use super::selection::Block;
use super::sheet::{CellId, Place, Sheet};
use crate::columns::{Column, Kind, Stored};
use crate::derive::columnar::Flag;

/// Answers for a row whether the cell of one column is filled.
type Filled<'a> = Box<dyn Fn(usize) -> bool + 'a>;

impl<'a> Sheet<'a> {
    fn filled(&self, column: &'static Column) -> Filled<'a> {
        let table = self.view.derived.columnar();
        let slots = self.rows.order().slots();
        let of_slot =
            |is: Filled<'a>| -> Filled<'a> { Box::new(move |row| slots.get(row).is_some_and(|at| is(*at as usize))) };
        match (column.stored, &column.kind) {
            (Stored::Words(field), _) => {
                let codes = table.words(field).codes();
                of_slot(Box::new(move |slot| codes[slot] != 0))
            }
            (Stored::Own(id), _) => match table.own(id) {
                Some(words) => of_slot(Box::new(|slot| words.codes()[slot] != 0)),
                None => Box::new(|_| false),
            },
            (Stored::Days, _) => {
                let codes = table.dates().codes();
                of_slot(Box::new(move |slot| codes[slot] != 0))
            }
            (Stored::Figure, Kind::Figure(measure, _)) => match table.figures(measure) {
                Some(figures) => of_slot(Box::new(|slot| figures.is_claimed(slot))),
                None => Box::new(|_| false),
            },
            (Stored::Covers, _) => {
                let covers = table.covers();
                of_slot(Box::new(move |slot| covers[slot] != 0))
            }
            (Stored::Flag(flag), _) => self.flagged(flag),
            // A count is always there.
            (Stored::Sources, _) => Box::new(|_| true),
            (Stored::Nowhere, _) if column.id == "id" => Box::new(|_| true),
            (Stored::Nowhere, _) if column.id == "coordinates" => self.flagged(Flag::Located),
            _ => {
                let sheet = *self;
                Box::new(move |row| {
                    let event = sheet.rows.at(row);
                    event.is_some_and(|event| !sheet.text(CellId { event, column: column.id }).is_empty())
                })
            }
        }
    }

    fn flagged(&self, flag: Flag) -> Filled<'a> {
        let (flags, slots) = (self.view.derived.columnar().flags(), self.rows.order().slots());
        Box::new(move |row| slots.get(row).is_some_and(|slot| flags[*slot as usize] & flag.bit() != 0))
    }

    /// As spreadsheets do: to the last filled cell of a block, else to the next filled one, else to the table's edge.
    pub(super) fn edge(&self, (row, column): Place, step: (isize, isize)) -> Place {
        let Some(last) = self.last() else { return (row, column) };
        if step.0 == 0 {
            let filled = |at: usize| self.columns.get(at).is_some_and(|column| self.filled(column)(row));
            return (row, along(column, step.1, last.1, filled));
        }
        let Some(of_column) = self.columns.get(column) else { return (row, column) };
        (along(row, step.0, last.0, self.filled(of_column)), column)
    }

    /// The last row of the block of a column that goes on below a cell. `None` where the cell below is empty.
    pub(super) fn end_of_block(&self, (row, column): Place) -> Option<usize> {
        let filled = self.filled(self.columns.get(column)?);
        let last = self.last()?.0;
        (row < last && filled(row) && filled(row + 1)).then(|| along(row, 1, last, filled))
    }

    /// The rectangle of filled cells around a cell, as far as no empty row and no empty column bounds it.
    pub(super) fn block_around(&self, (row, column): Place) -> Option<Block> {
        let last = self.last()?;
        let filled: Vec<Filled<'_>> = self.columns.iter().map(|column| self.filled(column)).collect();
        let (mut top, mut bottom, mut left, mut right) = (row, row, column, column);
        loop {
            let before = (top, bottom, left, right);
            // Cells that touch at a corner are of one block.
            let wide = left.saturating_sub(1)..=(right + 1).min(last.1);
            let row_is_filled = |row: usize| wide.clone().any(|column| filled[column](row));
            while top > 0 && row_is_filled(top - 1) {
                top -= 1;
            }
            while bottom < last.0 && row_is_filled(bottom + 1) {
                bottom += 1;
            }
            let tall = top.saturating_sub(1)..=(bottom + 1).min(last.0);
            let column_is_filled = |column: usize| tall.clone().any(&filled[column]);
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
    use crate::model::{Claim, Class, Event, EventDate, Measure, Moment, Point, Project, Quantity, Status};
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
                event.tags = if has(8) { vec!["a".into()] } else { Vec::new() };
                event.source_ids = if has(9) { vec!["a".into()] } else { Vec::new() };
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
                    prop_assert_eq!(filled(row), !text.is_empty(), "{} of {}: {:?}", column.id, event, text);
                }
            }
        }
    }
}
