//! What the pointer did to cells, rows and headers, and what becomes of it: selections, drags, drops, the menu.
//!
//! `paint` notes the touches; this acts on them. It must not know how a cell looks.

use egui::Ui;

use super::EventTable;
use super::keys::Keys;
use super::paint::Touch;
use super::sheet::Sheet;
use crate::model::EventId;
use crate::ui::{Action, Desk};

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
                } else {
                    let before = self.grid.active().map(|cell| cell.event);
                    self.grid.select(sheet, place);
                    self.grid.scroll = false;
                    if modifiers.command {
                        self.gather(sheet, place.0, before, keys.desk);
                    }
                }
            }
            Touch::Row(row, modifiers) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                self.take_keyboard();
                self.grid.dragging = true;
                let before = self.grid.active().map(|cell| cell.event);
                if modifiers.shift {
                    self.grid.extend(sheet, (row, 0));
                } else {
                    self.grid.select(sheet, (row, 0));
                }
                self.grid.scroll = false;
                self.grid.selection.iter_mut().for_each(|selection| selection.whole_rows = true);
                if modifiers.command {
                    self.gather(sheet, row, before, keys.desk);
                }
            }
            Touch::Over(place) => {
                let head = self.grid.selection.map(|selection| selection.head);
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
                let range = self.grid.range(sheet);
                let inside = range.is_some_and(|(rows, columns)| rows.contains(&place.0) && columns.contains(&place.1));
                if !inside {
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
            Touch::Header(..) => {}
        }
    }

    fn take_keyboard(&mut self) {
        self.grid.wants_focus = true;
        self.grid.run_start = None;
        self.grid.hint = None;
    }

    /// Ctrl and a press take an event into the selection, or out of it. The row that was active is the first of it.
    fn gather(&mut self, sheet: &Sheet<'_>, row: usize, before: Option<EventId>, desk: &mut Desk) {
        let Some(event) = sheet.rows.at(row) else { return };
        if desk.selected.is_empty() {
            desk.selected.extend(before.filter(|before| *before != event));
        }
        match desk.selected.iter().position(|selected| *selected == event) {
            Some(at) => drop(desk.selected.remove(at)),
            None => desk.selected.push(event),
        }
        self.grid.wrote.clone_from(&desk.selected);
        self.grid.selection.iter_mut().for_each(|selection| selection.whole_rows = true);
    }

    /// A drag past the edge goes on, a row a frame.
    pub(super) fn scroll_by_drag(&mut self, ui: &Ui, sheet: &Sheet<'_>) {
        let Some(pos) = ui.input(|input| input.pointer.interact_pos()).filter(|_| self.grid.dragging) else { return };
        let (body, table) = (self.grid.spots.body, self.grid.spots.table);
        let Some((row, column)) = self.grid.selection.and_then(|selection| sheet.place(selection.head)) else { return };
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
