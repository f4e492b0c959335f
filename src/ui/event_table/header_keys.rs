//! The headers of columns under the keyboard: Up from the first row goes to them, Down and Escape back to the cells.
//!
//! A key says what should become of a column as a [`HeaderAct`]; who has the order, the widths and the menu does it.

use egui::{Key, Modifiers};

use super::grid::Grid;
use super::keys::Keys;
use super::sheet::{Move, Sheet};

/// How far Alt and an arrow widen a column, in points.
const WIDER: f32 = 16.0;

/// What is asked of the column of this id.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum HeaderAct {
    /// Sort by it: up, down, not at all. With `add` the other keys of the order stay.
    Sort { column: &'static str, add: bool },
    /// Open its menu.
    Menu { column: &'static str },
    /// Put it so many places to the right.
    Move { column: &'static str, by: isize },
    /// Make it wider by so many points.
    Widen { column: &'static str, by: f32 },
}

impl Grid {
    /// Goes to the header of the active column, if the first row is active.
    pub(super) fn go_to_header(&mut self, sheet: &Sheet<'_>) -> bool {
        let active = self.active().filter(|cell| sheet.find(cell.event) == Some(0));
        if let Some(cell) = active {
            self.header = Some(cell.column);
            self.run_start = None;
        }
        active.is_some()
    }

    /// A key while a header has the keyboard. What is no key of headers goes back to the cells first.
    pub(super) fn header_key(
        &mut self,
        column: &'static str,
        key: Key,
        modifiers: Modifiers,
        keys: &mut Keys<'_, '_>,
    ) -> bool {
        let Modifiers { shift, command: ctrl, alt, .. } = modifiers;
        let step = match key {
            Key::ArrowLeft => -1,
            Key::ArrowRight => 1,
            Key::Tab if shift => -1,
            Key::Tab => 1,
            _ => 0,
        };
        match key {
            Key::ArrowLeft | Key::ArrowRight if alt => {
                self.header_acts.push(HeaderAct::Widen { column, by: WIDER * step as f32 });
            }
            Key::ArrowLeft | Key::ArrowRight if shift => self.header_acts.push(HeaderAct::Move { column, by: step }),
            Key::ArrowLeft | Key::ArrowRight | Key::Tab if !ctrl => self.walk_headers(keys.sheet, column, step),
            Key::Home | Key::ArrowLeft if !alt => self.walk_headers(keys.sheet, column, isize::MIN),
            Key::End | Key::ArrowRight if !alt => self.walk_headers(keys.sheet, column, isize::MAX),
            Key::Enter if !ctrl && !alt => self.header_acts.push(HeaderAct::Sort { column, add: shift }),
            Key::ArrowDown if alt => self.header_acts.push(HeaderAct::Menu { column }),
            Key::Menu | Key::F10 if shift || key == Key::Menu => self.header_acts.push(HeaderAct::Menu { column }),
            Key::Space if !shift && !alt => {
                self.used_blank = true;
                if let Some(at) = keys.sheet.column(column) {
                    self.select_whole(keys.sheet, (0, at), false);
                }
            }
            Key::ArrowUp => {}
            Key::Escape => self.header = None,
            Key::ArrowDown => self.leave_header(keys.sheet),
            _ => {
                self.header = None;
                return self.navigation_key(key, modifiers, keys);
            }
        }
        true
    }

    /// Down to the first cell of the column.
    fn leave_header(&mut self, sheet: &Sheet<'_>) {
        if let Some(at) = self.header.take().and_then(|column| sheet.column(column)) {
            self.select(sheet, (0, at));
        }
    }

    fn walk_headers(&mut self, sheet: &Sheet<'_>, column: &'static str, by: isize) {
        let Some((at, last)) = sheet.column(column).zip(sheet.columns.len().checked_sub(1)) else { return };
        let to = at.saturating_add_signed(by).min(last);
        self.header = sheet.columns.get(to).map(|column| column.id);
        self.scroll = true;
    }

    /// What a screen reader says of the header that has the keyboard.
    pub(super) fn header_label(&self, sheet: &Sheet<'_>) -> Option<String> {
        let at = sheet.column(self.header?)?;
        let column = sheet.columns.get(at)?;
        let sort = match sheet.rows.sort_of(column) {
            None => "not sorted",
            Some((_, false)) => "sorted upwards",
            Some((_, true)) => "sorted downwards",
        };
        let of = sheet.columns.len();
        Some(format!(
            "Header of {}, {sort}. Column {} of {of}. Enter sorts, Down goes to the cells",
            column.name,
            at + 1
        ))
    }

    /// Up: to the row above, and from the first row to the header.
    pub(super) fn up(&mut self, sheet: &Sheet<'_>) {
        if !self.go_to_header(sheet) {
            self.step(sheet, Move::Up, false);
        }
    }
}
