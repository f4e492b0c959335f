//! Cells to the clipboard and back. A copy is written, and a paste read, by the app, for which another program may have
//! to answer; this says which cells are meant and where they go.

use std::sync::Arc;

use rayon::prelude::*;

use super::batch::Ground;
use super::bulk::{Block, Bulk, Piece, Texts};
use super::grid::Grid;
use super::ranges::{MOVE, PASTE};
use super::selection::Selection;
use super::sheet::Sheet;
use crate::columns::{Column, Kind, grouped};
use crate::exchange::cells::{self, Cell, html, tsv};
use crate::model::EventId;
use crate::platform::Clip;
use crate::ui::figures::count;
use crate::ui::work::{AS_TABLE, Copying};
use crate::ui::{Action, Actions};

/// Rows between two looks at whether to go on.
const SLICE: usize = 8_192;

/// A paste that is being read, and where it goes.
#[derive(Debug, Clone)]
pub(super) struct Pasting {
    selection: Option<Selection>,
}

impl Grid {
    /// Puts the selected cells on the clipboard; several ranges only where they line up. Says whether it could.
    pub fn copy(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) -> bool {
        self.cut = None;
        let Some(lined_up) = self.ranges(sheet).lined_up() else {
            let why = "These ranges do not line up: copy ranges of the same rows, or of the same columns";
            self.hint = Some((why.to_owned(), true));
            return false;
        };
        let columns: Vec<&'static Column> =
            lined_up.columns.into_iter().flat_map(|at| &sheet.columns[at]).copied().collect();
        let rows: Vec<EventId> = lined_up.rows.into_iter().flat_map(|rows| sheet.rows.slice(rows)).copied().collect();
        let (cells, today) = (rows.len() * columns.len(), sheet.view.today);
        let name = format!("Copying {}", count(cells, "cell", "cells"));
        actions.push(Action::Copy(Copying::new(name, cells, move |project, derived, go_on| {
            let ground = Ground { project, derived, today };
            let mut lines: Vec<Vec<Cell>> = Vec::with_capacity(rows.len());
            for slice in rows.chunks(SLICE) {
                #[expect(clippy::cast_precision_loss, reason = "progress")]
                if !go_on(lines.len() as f32 / rows.len() as f32) {
                    return None;
                }
                let line = |event: &EventId| line(ground, *event, &columns);
                lines.par_extend(slice.par_iter().map(line));
            }
            let text = tsv::write(lines.iter().map(|line| line.iter().map(|cell| cell.text.as_str())));
            let html = (cells <= AS_TABLE).then(|| html::write(&lines));
            Some(Clip { text, html })
        })));
        true
    }

    /// Asks for the cells on the clipboard. Keys wait until they are there: a spreadsheet pastes at once.
    pub fn paste(&mut self, text: Option<String>, plain: bool, actions: &mut Actions) {
        self.pasting = Some(Pasting { selection: self.selection.clone() });
        self.edited = true;
        actions.push(Action::Paste { text, plain });
    }

    /// Puts the cells of the clipboard into the table, from the selection's corner on. One value fills the selection, a
    /// block repeats where the selection is a multiple of it, and rows beyond the end become new events. Cells that were cut
    /// move here.
    pub fn put_in(&mut self, sheet: &Sheet<'_>, lines: Vec<Vec<String>>, actions: &mut Actions) {
        // Given up while it was read.
        let Some(pasting) = self.pasting.take() else { return };
        let block = Block::of(lines);
        let (height, width) = block.size();
        if width == 0 {
            return;
        }
        let moved = self.moved_by(&block, sheet);
        let first = sheet.column("when").unwrap_or(0);
        let ranges = pasting.selection.as_ref().map(|selection| selection.ranges(sheet)).unwrap_or_default();
        let (rows, columns) = match (ranges.one(), ranges.blocks().len()) {
            (Some(one), _) => (one.rows.clone(), one.columns.clone()),
            (None, 0) if sheet.rows.len() == 0 => (0..=0, first..=first),
            (None, 0) => {
                self.hint = Some(("The cells to paste into are not shown any more".to_owned(), true));
                return;
            }
            _ if block.size() == (1, 1) => {
                let text = block.at(0, 0).unwrap_or_default().to_owned();
                return self.fill_ranges(sheet, PASTE, &ranges, &text, actions);
            }
            (None, several) => {
                self.hint = Some((format!("Paste takes one range of cells; {several} are selected"), true));
                return;
            }
        };
        let (tall, wide) = (rows.clone().count(), columns.clone().count());
        let repeats = tall.is_multiple_of(height) && wide.is_multiple_of(width);
        let (tall, wide) = if repeats && moved.is_none() { (tall, wide) } else { (height, width) };
        let (top, left) = (*rows.start(), *columns.start());
        let bottom = (top + tall).min(sheet.rows.len());
        let right = (left + wide).min(sheet.columns.len());
        if left + wide > right {
            let beyond = count(left + wide - right, "column", "columns");
            actions.push(Action::Complain(format!("{beyond} did not fit behind the last column and were left out")));
        }
        let rows = if top < bottom { sheet.rows.slice(top..=bottom - 1).to_vec() } else { Vec::new() };
        let piece = Piece {
            new: tall - rows.len(),
            rows,
            columns: sheet.columns.get(left..right).unwrap_or_default().to_vec(),
            texts: Texts::Block(Arc::new(block)),
        };
        let after = sheet.rows.len().checked_sub(1).and_then(|row| sheet.rows.at(row));
        let bulk = Bulk { pieces: vec![piece], after };
        if let Some((from, source)) = moved {
            if (*from.rows.start(), *from.columns.start()) != (top, left) {
                let words = Some(count(from.height() * from.width(), "cell", "cells"));
                self.change(sheet, bulk, MOVE, (words, vec![source]), actions);
            }
            return;
        }
        let words = (tall * wide > 1).then(|| format!("{} × {} cells", grouped(tall as u64), right - left));
        self.change(sheet, bulk, PASTE, (words, Vec::new()), actions);
    }
}

fn line(ground: Ground<'_>, event: EventId, columns: &[&'static Column]) -> Vec<Cell> {
    let Some(event) = ground.project.events.get(event) else { return Vec::new() };
    let row = ground.row(event);
    let kind = |column: &Column| match column.kind {
        Kind::Figure(..) | Kind::Fact => cells::Kind::Number,
        Kind::Date => cells::Kind::Day,
        _ => cells::Kind::Text,
    };
    columns.iter().map(|column| Cell { text: column.text(&row), kind: kind(column) }).collect()
}
