//! The small square at the corner of a range. Dragged, it fills the cells beyond with those of the range, again and
//! again; pressed twice, it fills down as far as the column beside is filled. Values are repeated as they are: numbers
//! and dates of evidence do not go on counting.

use egui::{CursorIcon, Rect, Sense, Ui, vec2};

use super::grid::Grid;
use super::paint::{Painter, Touch};
use super::selection::Block;
use super::sheet::{CellId, Place, Sheet};
use crate::ui::Actions;
use crate::ui::theme;

/// Length of a side of the square, in points.
const SIDE: f32 = 6.0;
/// And of what can be taken hold of.
const GRAB: f32 = 10.0;

/// The cells that a drag from a range to a cell fills: those beyond the range in the direction in which the pointer went
/// further. `None` within the range.
fn beyond(block: &Block, to: Place) -> Option<Block> {
    let (top, bottom) = (*block.rows.start(), *block.rows.end());
    let (left, right) = (*block.columns.start(), *block.columns.end());
    let past = |at: usize, first: usize, last: usize| first.saturating_sub(at).max(at.saturating_sub(last));
    let (rows, columns) = (past(to.0, top, bottom), past(to.1, left, right));
    if rows == 0 && columns == 0 {
        return None;
    }
    Some(if rows >= columns {
        let rows = if to.0 > bottom { bottom + 1..=to.0 } else { to.0..=top - 1 };
        Block { rows, columns: block.columns.clone() }
    } else {
        let columns = if to.1 > right { right + 1..=to.1 } else { to.1..=left - 1 };
        Block { rows: block.rows.clone(), columns }
    })
}

impl Grid {
    /// Where the pointer drags: the square, or the other corner of the selection.
    pub fn dragged_to(&self, sheet: &Sheet<'_>) -> Option<Place> {
        let head = || self.selection.as_ref().and_then(|selection| sheet.place(selection.head()));
        self.filling.or_else(head)
    }

    /// Drags on to a cell.
    pub fn drag_to(&mut self, sheet: &Sheet<'_>, place: Place) {
        match &mut self.filling {
            Some(to) => *to = place,
            None => self.extend(sheet, place),
        }
        self.scroll = true;
    }

    /// The cells that the drag of the square would fill now.
    pub fn to_fill(&self, sheet: &Sheet<'_>) -> Option<Block> {
        let to = self.filling?;
        beyond(self.ranges(sheet).one()?, to)
    }

    /// Lets the square go: fills, and selects the range with what was filled.
    pub fn drop_handle(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let target = self.to_fill(sheet);
        self.filling = None;
        let ranges = self.ranges(sheet);
        if let (Some(source), Some(target)) = (ranges.one(), target) {
            self.fill_beyond(sheet, source, &target, actions);
        }
    }

    /// Fills down as far as the column beside is filled.
    pub fn fill_beside(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let ranges = self.ranges(sheet);
        let Some(source) = ranges.one() else { return };
        let bottom = *source.rows.end();
        let beside = [source.columns.start().checked_sub(1), Some(source.columns.end() + 1)];
        let end = beside.into_iter().flatten().find_map(|column| sheet.end_of_block((bottom, column)));
        if let Some(end) = end {
            let target = Block { rows: bottom + 1..=end, columns: source.columns.clone() };
            self.fill_beyond(sheet, source, &target, actions);
        }
    }

    fn fill_beyond(&mut self, sheet: &Sheet<'_>, source: &Block, target: &Block, actions: &mut Actions) {
        let columns = sheet.columns.get(source.columns.clone()).unwrap_or_default();
        let line = |event| columns.iter().map(|column| sheet.text(CellId { event, column: column.id })).collect();
        let mut lines: Vec<Vec<String>> =
            sheet.rows.slice(source.rows.clone()).iter().map(|event| line(*event)).collect();
        // Before the range, the repetition ends at the range instead of beginning there.
        let shift = |count: usize, of: usize| (of - count % of) % of;
        if target.rows.end() < source.rows.start() {
            lines.rotate_left(shift(target.height(), source.height()));
        }
        if target.columns.end() < source.columns.start() {
            lines.iter_mut().for_each(|line| line.rotate_left(shift(target.width(), source.width())));
        }
        let (top, left) =
            (target.rows.start().min(source.rows.start()), target.columns.start().min(source.columns.start()));
        let (bottom, right) =
            (target.rows.end().max(source.rows.end()), target.columns.end().max(source.columns.end()));
        self.select(sheet, (*top, *left));
        self.extend(sheet, (*bottom, *right));
        self.fill_block(sheet, target, lines, actions);
    }
}

impl Painter<'_, '_> {
    /// Draws the square in the last cell of the range, and notes what the pointer does to it. Says whether it has the
    /// pointer, which is not the cell's then.
    pub(super) fn handle(&mut self, ui: &Ui, rect: Rect, place: Place) -> bool {
        if self.handle_at != Some(place) {
            return false;
        }
        let tokens = theme::tokens(ui);
        let square = Rect::from_min_max(rect.max - vec2(SIDE, SIDE), rect.max);
        ui.painter().rect_filled(square.expand(1.0), 0.0, tokens.page);
        ui.painter().rect_filled(square, 0.0, tokens.accent);
        let grab = Rect::from_min_max(rect.max - vec2(GRAB, GRAB), rect.max);
        let response = ui.interact(grab, self.grid.id.with("handle"), Sense::CLICK | Sense::DRAG);
        let pressed = ui.input(|input| input.pointer.primary_pressed()) && response.contains_pointer();
        if response.double_clicked() {
            self.touched.push(Touch::FillDown);
        } else if pressed {
            self.touched.push(Touch::Handle(place));
        }
        let has_pointer = response.contains_pointer() && self.grid.filling.is_none();
        response.on_hover_cursor(CursorIcon::Crosshair);
        has_pointer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drag_fills_beyond_the_range_where_it_went_further() {
        let block = Block { rows: 2..=3, columns: 4..=4 };
        let cells = |rows, columns| Some(Block { rows, columns });
        assert_eq!(beyond(&block, (7, 5)), cells(4..=7, 4..=4));
        assert_eq!(beyond(&block, (0, 4)), cells(0..=1, 4..=4));
        assert_eq!(beyond(&block, (3, 6)), cells(2..=3, 5..=6));
        assert_eq!(beyond(&block, (2, 1)), cells(2..=3, 1..=3));
        assert_eq!(beyond(&block, (3, 4)), None);
    }
}
