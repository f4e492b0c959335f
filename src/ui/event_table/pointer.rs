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
use crate::ui::Action;

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
            Touch::Over(place) => {
                let head = self.grid.selection.as_ref().map(Selection::head);
                if head != sheet.cell(place) && self.grid.is_navigating() {
                    self.grid.extend(sheet, place);
                    self.grid.scroll = false;
                }
            }
            Touch::Double(place) => {
                if self.grid.active() == sheet.cell(place) && self.grid.is_navigating() {
                    self.take_keyboard();
                    self.grid.begin(sheet, None);
                }
            }
            Touch::Menu(place, at) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                if !self.grid.ranges(sheet).contains(place) {
                    self.grid.select(sheet, place);
                }
                self.grid.menu = Some(at);
            }
            Touch::Drop(event, claims) => {
                let elsewhere = |id: &crate::model::ClaimId| {
                    sheet.view.project.claims.get(*id).is_some_and(|claim| claim.event != event)
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
        }
    }

    fn take_keyboard(&mut self) {
        self.grid.wants_focus = true;
        self.grid.run_start = None;
        self.grid.hint = None;
    }

    /// A drag past the edge goes on, a row a frame.
    pub(super) fn scroll_by_drag(&mut self, ui: &Ui, sheet: &Sheet<'_>) {
        let Some(pos) = ui.input(|input| input.pointer.interact_pos()).filter(|_| self.grid.dragging) else { return };
        let (body, table) = (self.grid.spots.body, self.grid.spots.table);
        let Some((row, column)) = self.grid.selection.as_ref().and_then(|selection| sheet.place(selection.head()))
        else {
            return;
        };
        let place = if pos.y > table.bottom() {
            (row + 1, column)
        } else if pos.y < body.top() {
            (row.saturating_sub(1), column)
        } else if pos.x > table.right() {
            (row, column + 1)
        } else {
            return;
        };
        if sheet.cell(place).is_some() {
            self.grid.extend(sheet, place);
            ui.request_repaint();
        }
    }
}
