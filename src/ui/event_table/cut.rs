//! Cells that were cut: a dashed border stands around them until they are pasted, or anything else is done.
//!
//! Nothing is taken away before it stands elsewhere: pasting moves the cells, in one change.

use egui::{Color32, Rect, Shape, Stroke, Ui, vec2};

use super::bulk::{self, Piece, Texts};
use super::grid::Grid;
use super::selection::{Area, Block};
use super::sheet::{CellId, Place, Sheet};
use crate::ui::Actions;

/// Length of a dash and of the gap behind it, in points.
const DASH: f32 = 4.0;
const GAP: f32 = 3.0;

/// What was cut, in which snapshot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    area: Area,
    revision: u64,
}

impl Cut {
    /// Where it stands now. `None` where something was changed meanwhile, or it is not shown.
    pub fn block(&self, sheet: &Sheet<'_>) -> Option<Block> {
        if self.revision == sheet.view.revision { self.area.block(sheet) } else { None }
    }
}

impl Grid {
    /// Puts the selected range on the clipboard, to be moved by pasting it.
    pub fn cut(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let areas = self.selection.as_ref().map_or(&[][..], |selection| selection.areas());
        match *areas {
            [area] => {
                if self.copy(sheet, actions) {
                    self.cut = Some(Cut { area, revision: sheet.view.revision });
                }
            }
            _ => self.hint = Some((format!("Cut takes one range of cells; {} are selected", areas.len()), true)),
        }
    }

    /// The cells that a paste of these texts moves: those that were cut, where it is they that stand on the clipboard.
    pub fn moved_by(&mut self, texts: &bulk::Block, sheet: &Sheet<'_>) -> Option<(Block, Piece)> {
        let block = self.cut.take()?.block(sheet)?;
        let columns = sheet.columns.get(block.columns.clone())?;
        let first = sheet.rows.at(*block.rows.start())?;
        let line = || columns.iter().map(|column| sheet.text(CellId { event: first, column: column.id }));
        let is_same = texts.size() == (block.height(), block.width())
            && line().enumerate().all(|(at, text)| texts.at(0, at) == Some(text.as_str()));
        let piece = Piece {
            rows: sheet.rows.slice(block.rows.clone()).to_vec(),
            new: 0,
            columns: columns.to_vec(),
            texts: Texts::One(String::new()),
        };
        is_same.then_some((block, piece))
    }
}

/// Paints the part of the border that a cell has.
pub(super) fn border(ui: &Ui, rect: Rect, place: Place, block: &Block, colour: Color32) {
    if !block.contains(place) {
        return;
    }
    // The line between columns is drawn over the last point.
    let rect = Rect::from_min_max(rect.min + vec2(0.5, 0.5), rect.max - vec2(1.75, 0.75));
    let (row, column) = place;
    let sides = [
        (row == *block.rows.start(), [rect.left_top(), rect.right_top()]),
        (row == *block.rows.end(), [rect.left_bottom(), rect.right_bottom()]),
        (column == *block.columns.start(), [rect.left_top(), rect.left_bottom()]),
        (column == *block.columns.end(), [rect.right_top(), rect.right_bottom()]),
    ];
    for (_, line) in sides.into_iter().filter(|(is_edge, _)| *is_edge) {
        ui.painter().extend(Shape::dashed_line(&line, Stroke::new(1.5, colour), DASH, GAP));
    }
}
