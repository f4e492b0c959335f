//! What the pointer did to cells, rows and headers, and what becomes of it: selections, drags, drops, the menu.
//!
//! `paint` notes the touches; this acts on them. It must not know how a cell looks.

use egui::Ui;

use super::EventTable;
use super::keys::Keys;
use super::paint::Touch;
use super::select::Part;
use super::selection::Selection;
use super::sheet::Sheet;
use crate::dataset;
use crate::ui::Action;
use crate::ui::theme;

/// Time between two columns by which a drag past an edge goes on, in seconds.
const PACE: f64 = 0.08;

impl EventTable {
    /// What the pointer did to a cell or a row.
    pub(super) fn touch(&mut self, touch: Touch, keys: &mut Keys<'_, '_>) {
        let sheet = keys.sheet;
        match touch {
            Touch::Press(place, modifiers) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                self.take_keyboard();
                self.grid.dragging = true;
                if modifiers.shift {
                    self.grid.extend(sheet, place);
                } else if modifiers.command {
                    self.grid.dragging = self.grid.toggle(sheet, place, Part::Cell);
                } else {
                    self.grid.select(sheet, place);
                    self.grid.scroll = false;
                }
            }
            Touch::Row(row, modifiers) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                self.take_keyboard();
                self.grid.dragging = true;
                if modifiers.shift {
                    self.grid.extend(sheet, (row, 0));
                    self.grid.select_rows();
                } else if modifiers.command {
                    self.grid.dragging = self.grid.toggle(sheet, (row, 0), Part::Row);
                } else {
                    self.grid.select_whole(sheet, (row, 0), true);
                }
                self.grid.scroll = false;
            }
            Touch::Handle(place) => {
                if self.grid.leave(sheet, keys.actions) {
                    self.take_keyboard();
                    self.grid.dragging = true;
                    self.grid.filling = Some(place);
                }
            }
            Touch::FillDown => {
                self.grid.filling = None;
                self.take_keyboard();
                self.grid.fill_beside(sheet, keys.actions);
            }
            Touch::Over(place) if self.grid.filling.is_some() => self.grid.filling = Some(place),
            Touch::Over(place) => {
                let head = self.grid.selection.as_ref().map(Selection::head);
                // Over the columns that stay, a drag from those that scroll goes on to the left, column by column.
                let from = head.and_then(|head| sheet.column(head.column)).unwrap_or(0);
                let passes = self.grid.scrolled && place.1 < self.grid.frozen && from >= self.grid.frozen;
                if head != sheet.cell(place) && self.grid.is_navigating() && !passes {
                    self.grid.extend(sheet, place);
                    self.grid.scroll = false;
                }
            }
            Touch::Double(place, at) => {
                if self.grid.active() == sheet.cell(place) && self.grid.is_navigating() {
                    self.take_keyboard();
                    self.grid.begin(sheet, None);
                    self.grid.caret_at = Some(at);
                }
            }
            Touch::Menu(place, at) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                self.grid.header = None;
                if !self.grid.ranges(sheet).contains(place) {
                    self.grid.select(sheet, place);
                    self.grid.scroll = false;
                }
                self.grid.menu = Some(at);
            }
            Touch::RowMenu(row, at) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                self.grid.header = None;
                if !self.grid.ranges(sheet).has_whole_row(row, sheet) {
                    self.grid.select_whole(sheet, (row, 0), true);
                }
                self.grid.menu = Some(at);
            }
            Touch::Drop(event, claims) => {
                let elsewhere = |id: &crate::model::ClaimId| {
                    dataset::claim(sheet.view.project, *id).is_some_and(|claim| claim.event != event)
                };
                let claims: Vec<_> = claims.into_iter().filter(elsewhere).collect();
                if claims.is_empty() {
                    return;
                }
                let edit = crate::edit::Edit::MoveClaims { claims, to: event, new_event: None };
                match edit.apply(sheet.view.project) {
                    Ok(_) => {
                        let label = edit.label(sheet.view.project);
                        keys.actions.push(Action::Edit(edit));
                        keys.actions.push(Action::Say(format!("{label}: Ctrl+Z takes it back")));
                    }
                    Err(why) => keys.actions.push(Action::Complain(why.to_string())),
                }
            }
            // A press alone sorts, which is not done here.
            Touch::Header(column, _) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                self.take_keyboard();
                self.grid.toggle(sheet, (0, column), Part::Column);
            }
            Touch::Group(_) => {}
        }
    }

    fn take_keyboard(&mut self) {
        self.grid.wants_focus = true;
        self.grid.run_start = None;
        self.grid.header = None;
        self.grid.hint = None;
    }

    /// A drag past an edge goes on, the faster the further the pointer is.
    pub(super) fn scroll_by_drag(&mut self, ui: &Ui, sheet: &Sheet<'_>) {
        let Some(pos) = ui.input(|input| input.pointer.interact_pos()).filter(|_| self.grid.dragging) else { return };
        let (body, table) = (self.grid.spots.body, self.grid.spots.table);
        let head = self.grid.dragged_to(sheet);
        let (Some((row, column)), Some(last)) = (head, sheet.last()) else { return };
        let rows = |past: f32| (1 + (past / theme::ROW) as usize).min(self.grid.page.0);
        let to_row = if pos.y > table.bottom() {
            (row + rows(pos.y - table.bottom())).min(last.0)
        } else if pos.y < body.top() {
            row.saturating_sub(rows(body.top() - pos.y))
        } else {
            row
        };
        let over_frozen = self.grid.scrolled && pos.x < body.left() && column >= self.grid.frozen;
        let now = ui.input(|input| input.time);
        let to_column = match column {
            _ if now - self.grid.dragged_at < PACE => column,
            column if pos.x > table.right() => (column + 1).min(last.1),
            column if over_frozen || pos.x < table.left() => column.saturating_sub(1),
            column => column,
        };
        let past = pos.y > table.bottom() || pos.y < body.top() || pos.x > table.right() || over_frozen;
        if past || pos.x < table.left() {
            ui.request_repaint();
        }
        if to_column != column {
            self.grid.dragged_at = now;
        }
        if (to_row, to_column) != (row, column) {
            self.grid.drag_to(sheet, (to_row, to_column));
        }
    }
}
