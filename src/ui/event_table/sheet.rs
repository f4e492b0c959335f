//! The table as rows and columns of cells: what stands where, and where a movement leads.
//!
//! A cell is named by its event and its column, never by numbers, so that sorting, filtering and undo keep it. Rows and
//! columns are counted only while a movement is worked out.

use super::batch::Ground;
use super::rows::Rows;
use crate::columns::{Column, Row};
use crate::model::{Event, EventId};
use crate::ui::View;

/// Which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellId {
    pub event: EventId,
    pub column: &'static str,
}

/// Row and column, counted from 0.
pub(super) type Place = (usize, usize);

/// A movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    Up,
    Down,
    Left,
    Right,
    /// To the edge of a block of filled cells; rows and columns to step by.
    Edge(isize, isize),
    RowStart,
    RowEnd,
    TableStart,
    TableEnd,
    PageUp,
    PageDown,
    /// A screen to the left or right.
    ScreenLeft,
    ScreenRight,
    /// Right, and on to the next row at the end.
    Next,
    /// Left, and back to the row before at the start.
    Previous,
}

/// What the table shows in a frame.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub view: View<'a>,
    pub rows: &'a Rows,
    pub columns: &'a [&'static Column],
}

impl<'a> Sheet<'a> {
    /// The event of this id, in the snapshot in view.
    pub fn event(&self, id: EventId) -> Option<&'a Event> {
        self.view.project.events.get(id).map(|event| &**event)
    }

    /// An event with what stands around it.
    pub fn row<'e>(&self, event: &'e Event) -> Row<'e>
    where
        'a: 'e,
    {
        Row { project: self.view.project, derived: self.view.derived, event, today: self.view.today }
    }

    /// The snapshot in view, for reading texts against.
    pub fn ground(&self) -> Ground<'a> {
        Ground { project: self.view.project, derived: self.view.derived, today: self.view.today }
    }

    /// The number of the column of this name.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    /// The column of a cell, built in or the analyst's own, shown or hidden.
    pub fn column_of(&self, cell: CellId) -> Option<&'static Column> {
        let shown = self.columns.iter().find(|column| column.id == cell.column).copied();
        shown.or_else(|| Column::find(self.view.project, cell.column))
    }

    /// The row of an event.
    pub fn find(&self, event: EventId) -> Option<usize> {
        self.rows.find(self.view.derived.columnar(), event)
    }

    /// Where a cell stands.
    pub fn place(&self, cell: CellId) -> Option<Place> {
        Some((self.find(cell.event)?, self.column(cell.column)?))
    }

    /// The cell that stands there.
    pub fn cell(&self, (row, column): Place) -> Option<CellId> {
        Some(CellId { event: self.rows.at(row)?, column: self.columns.get(column)?.id })
    }

    /// The last row and column. `None` of an empty table.
    pub fn last(&self) -> Option<Place> {
        Some((self.rows.len().checked_sub(1)?, self.columns.len().checked_sub(1)?))
    }

    /// The text of a cell as it is typed and copied.
    pub fn text(&self, cell: CellId) -> String {
        let column = self.column_of(cell);
        column.zip(self.event(cell.event)).map_or_else(String::new, |(column, event)| column.text(&self.row(event)))
    }

    /// What a screen reader says of a cell: its coordinates do not reach it otherwise. `more` is a sentence about it.
    pub fn label(&self, cell: CellId, more: &str) -> String {
        let (Some(column), Some(event)) = (self.column_of(cell), self.event(cell.event)) else {
            return String::new();
        };
        let row = self.find(cell.event).map_or(0, |row| row + 1);
        let value = column.read(&self.row(event)).spoken();
        let more = if more.is_empty() { String::new() } else { format!(" {more}") };
        format!("{}: {value}.{more} Row {row} of {}. Event {}.", column.name, self.rows.len(), event.name())
    }

    /// Where a movement from a cell leads; `page` is the number of rows and columns of a screen.
    pub fn go(&self, from: Place, movement: Move, page: Place) -> Place {
        let Some(last) = self.last() else { return from };
        let (row, column) = from;
        let first_editable = || self.columns.iter().position(|column| column.is_editable()).unwrap_or(0);
        match movement {
            Move::Up => (row.saturating_sub(1), column),
            Move::Down => ((row + 1).min(last.0), column),
            Move::Left => (row, column.saturating_sub(1)),
            Move::Right => (row, (column + 1).min(last.1)),
            Move::Edge(rows, columns) => self.edge(from, (rows, columns)),
            Move::RowStart => (row, 0),
            Move::RowEnd => (row, last.1),
            Move::TableStart => (0, 0),
            Move::TableEnd => last,
            Move::PageUp => (row.saturating_sub(page.0), column),
            Move::PageDown => ((row + page.0).min(last.0), column),
            Move::ScreenLeft => (row, column.saturating_sub(page.1)),
            Move::ScreenRight => (row, (column + page.1).min(last.1)),
            Move::Next if column < last.1 => (row, column + 1),
            Move::Next if row < last.0 => (row + 1, first_editable()),
            Move::Previous if column > 0 => (row, column - 1),
            Move::Previous if row > 0 => (row - 1, last.1),
            Move::Next | Move::Previous => from,
        }
    }
}
