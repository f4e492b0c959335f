//! What is selected, and how the keyboard and the pointer move it: steps, ranges, whole rows and columns, several areas.
//!
//! It follows the desk where another panel moved on, and puts on the desk which events are selected. It must not know
//! which keys ask for it (`keys`, `pointer`).

use super::grid::{Grid, Mode};
use super::selection::{Area, Block, Ranges, Selection, Span, Standing};
use super::sheet::{CellId, Move, Place, Sheet};
use crate::model::EventId;
use crate::ui::{Desk, Selected};

/// Up to this many rows of several areas are put on the desk in the order in which they were selected.
const IN_ORDER: usize = 64;

impl Grid {
    /// The cell that a draft or the keyboard is in.
    pub fn active(&self) -> Option<CellId> {
        self.selection.as_ref().map(|selection| selection.active)
    }

    /// Everything that is selected, as rectangles of rows and columns of this frame; empty in an empty table. A single
    /// active cell is a rectangle too. What is done to all selected cells goes by [`Ranges::apart`] (each cell once),
    /// what is done to rows by [`Ranges::rows`], and what wants one table by [`Ranges::one`] or [`Ranges::lined_up`].
    pub fn ranges(&self, sheet: &Sheet<'_>) -> Ranges {
        self.selection.as_ref().map(|selection| selection.ranges(sheet)).unwrap_or_default()
    }

    /// Makes sure that the selection is of cells that are there, and follows the desk where another panel moved on.
    pub fn settle(&mut self, sheet: &Sheet<'_>, desk: &Desk) {
        if desk.event != self.seen_event && self.is_navigating() {
            self.seen_event = desk.event;
            if let Some(event) = desk.event.filter(|event| self.active().map(|cell| cell.event) != Some(*event)) {
                self.go_to_event(sheet, event);
            }
        }
        let Some(last) = sheet.last() else {
            self.selection = None;
            self.mode = Mode::Navigate;
            return;
        };
        let typed_into = match &self.mode {
            Mode::Navigate => None,
            Mode::Edit(draft) => Some(draft.cell),
            Mode::Reason(reasons) => Some(reasons.cell),
        };
        if typed_into.is_some_and(|cell| sheet.place(cell).is_none()) {
            self.mode = Mode::Navigate;
        }
        if self.cut.is_some_and(|cut| cut.block(sheet).is_none()) {
            self.cut = None;
        }
        if self.header.is_some_and(|column| sheet.column(column).is_none()) {
            self.header = None;
        }
        let fallback = sheet.columns.iter().position(|column| column.is_editable()).unwrap_or(0);
        let Some(selection) = &mut self.selection else {
            self.selection = sheet.cell((0, fallback)).map(Selection::one);
            return;
        };
        let active = selection.active;
        let Some((row, _)) = sheet.place(active) else {
            let row = sheet.find(active.event).unwrap_or_else(|| self.last_row.min(last.0));
            let column = sheet.column(active.column).unwrap_or(fallback);
            self.selection = sheet.cell((row, column)).map(Selection::one);
            self.standing = None;
            return;
        };
        self.last_row = row;
        if let Some(before) = self.standing.take().filter(|before| !before.is_now(sheet)) {
            selection.follow(&before, sheet);
        }
        // The active cell is never outside of what is selected: what is typed goes where the eye is.
        let ranges = selection.ranges(sheet);
        let stands = ranges.blocks().len() == selection.areas().len();
        if !stands || !ranges.last().is_some_and(|block| sheet.place(active).is_some_and(|at| block.contains(at))) {
            self.selection = Some(Selection::one(active));
        }
    }

    /// Makes the row of an event the active one, in the column that was active.
    pub fn go_to_event(&mut self, sheet: &Sheet<'_>, event: EventId) {
        let column = self.active().map_or("when", |cell| cell.column);
        if sheet.find(event).is_some() {
            self.selection = Some(Selection::one(CellId { event, column }));
            self.scroll = true;
            self.run_start = None;
            self.header = None;
        }
    }

    /// Makes this cell the active one, if its row and column are shown.
    pub fn go_to_cell(&mut self, sheet: &Sheet<'_>, cell: CellId) {
        if sheet.place(cell).is_some() {
            self.selection = Some(Selection::one(cell));
        }
    }

    /// Makes a cell the active one.
    pub fn select(&mut self, sheet: &Sheet<'_>, place: Place) {
        if let Some(cell) = sheet.cell(place) {
            self.selection = Some(Selection::one(cell));
            self.scroll = true;
        }
    }

    /// Moves the other corner of the area that was selected last.
    pub fn extend(&mut self, sheet: &Sheet<'_>, place: Place) {
        if let (Some(selection), Some(head)) = (&mut self.selection, sheet.cell(place)) {
            selection.extend_to(head);
            self.scroll = true;
        }
    }

    /// Selects the row of a cell, or its column, as a whole.
    pub fn select_whole(&mut self, sheet: &Sheet<'_>, place: Place, row: bool) {
        if let Some((cell, area)) = sheet.cell(place).map(|cell| (cell, whole(cell, row))) {
            self.selection = Some(Selection::of(cell, area));
        }
    }

    /// Takes a cell, or the whole row or column of it, into the selection, or out of it where it is all selected. Says
    /// whether it was taken in.
    pub fn toggle(&mut self, sheet: &Sheet<'_>, place: Place, part: Part) -> bool {
        let (Some(cell), Some(last)) = (sheet.cell(place), sheet.last()) else { return false };
        let (area, block) = match part {
            Part::Cell => (Area::one(cell), Block::between(place, place)),
            Part::Row => (whole(cell, true), Block::between((place.0, 0), (place.0, last.1))),
            Part::Column => (whole(cell, false), Block::between((0, place.1), (last.0, place.1))),
        };
        let Some(selection) = &mut self.selection else {
            self.selection = Some(Selection::of(cell, area));
            return true;
        };
        let is_in = selection
            .ranges(sheet)
            .blocks()
            .iter()
            .fold(vec![block], |rest, taken| rest.iter().flat_map(|part| part.without(taken)).collect());
        if !is_in.is_empty() {
            selection.add(cell, area);
            return true;
        }
        if !selection.take_out(sheet, &area) {
            *selection = Selection::one(cell);
            return false;
        }
        // The active cell goes to the corner of what is left.
        if let Some(block) = selection.ranges(sheet).last()
            && let Some(cell) = sheet.cell((*block.rows.start(), *block.columns.start()))
        {
            selection.active = cell;
        }
        false
    }

    /// Makes whole rows of all areas.
    pub fn select_rows(&mut self) {
        if let Some(selection) = &mut self.selection {
            selection.areas_mut().iter_mut().for_each(|area| area.columns = Span::All);
        }
    }

    /// Makes whole columns of all areas.
    pub fn select_columns(&mut self) {
        if let Some(selection) = &mut self.selection {
            selection.areas_mut().iter_mut().for_each(|area| area.rows = Span::All);
        }
    }

    /// Selects the filled cells around the active one, and where they are selected already, every cell that is shown. The
    /// active cell stays.
    pub fn select_block_or_all(&mut self, sheet: &Sheet<'_>) {
        let Some(active) = self.active() else { return };
        let block = sheet.place(active).and_then(|place| sheet.block_around(place));
        let area = block.filter(|block| {
            let selected = self.ranges(sheet);
            block.height() * block.width() > 1 && selected.one() != Some(block)
        });
        match area.and_then(|block| block.area(sheet)) {
            Some(area) => self.selection = Some(Selection::of(active, area)),
            None => self.select_all(),
        }
    }

    /// Selects every cell that is shown; the active cell stays.
    pub fn select_all(&mut self) {
        if let Some(active) = self.active() {
            self.selection = Some(Selection::of(active, Area { rows: Span::All, columns: Span::All }));
        }
    }

    /// Lets go of everything but the active cell. Says whether there was more.
    pub fn collapse(&mut self) -> bool {
        let Some(selection) = self.selection.as_mut().filter(|selection| !selection.is_one()) else { return false };
        *selection = Selection::one(selection.active);
        true
    }

    /// Moves the active cell, or with `extend` the other corner.
    pub fn step(&mut self, sheet: &Sheet<'_>, movement: Move, extend: bool) {
        let Some(selection) = &self.selection else { return };
        let from = if extend { selection.head() } else { selection.active };
        let Some(from) = sheet.place(from) else { return };
        let run = matches!(movement, Move::Next | Move::Previous);
        if run && self.run_start.is_none() {
            self.run_start = sheet.cell(from).map(|cell| cell.column);
        } else if !run {
            self.run_start = None;
        }
        let to = sheet.go(from, movement, self.page);
        if extend {
            self.extend(sheet, to);
        } else {
            self.select(sheet, to);
        }
    }

    /// Down or up, back in the column where a run of Tab began.
    pub fn step_back(&mut self, sheet: &Sheet<'_>, movement: Move) {
        let start = self.run_start.take().and_then(|column| sheet.column(column));
        let from = self.active().and_then(|cell| sheet.place(cell));
        if let Some((row, column)) = from {
            let to = sheet.go((row, start.unwrap_or(column)), movement, self.page);
            self.select(sheet, to);
        }
    }

    /// Puts on the desk where the person is, and which rows are selected.
    pub fn tell(&mut self, sheet: &Sheet<'_>, desk: &mut Desk) {
        if let Some(cell) = self.active() {
            desk.event = Some(cell.event);
        }
        self.seen_event = desk.event;
        let ranges = self.ranges(sheet);
        let now = if ranges.row_count() > 1 { events(sheet, &ranges) } else { Selected::default() };
        if now.is_empty() {
            // A set that another panel selected stays until it is let go.
            if !self.wrote.is_empty() && self.wrote == desk.selected {
                desk.selected.clear();
            }
            self.wrote.clear();
        } else if self.wrote != now {
            self.wrote = now.clone();
            desk.selected = now;
        }
        // One cell is found by its names; only more of them need to know where they stood.
        self.standing = self.selection.as_ref().filter(|selection| !selection.is_one()).map(|_| Standing {
            order: sheet.rows.order().clone(),
            columns: sheet.columns.iter().map(|column| column.id).collect(),
            ranges,
        });
    }
}

/// What Ctrl and a press take in or out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Cell,
    Row,
    Column,
}

fn whole(cell: CellId, row: bool) -> Area {
    let one = Area::one(cell);
    if row { Area { columns: Span::All, ..one } } else { Area { rows: Span::All, ..one } }
}

/// The events of the selected rows. A few that were gathered one by one stand in the order of gathering.
fn events(sheet: &Sheet<'_>, ranges: &Ranges) -> Selected {
    if ranges.blocks().len() > 1 && ranges.row_count() <= IN_ORDER {
        let rows = ranges.blocks().iter().flat_map(|block| block.rows.clone());
        return rows.filter_map(|row| sheet.rows.at(row)).collect::<Vec<_>>().into();
    }
    Selected::rows(sheet.rows.order(), ranges.rows())
}
