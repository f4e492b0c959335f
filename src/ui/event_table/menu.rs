//! The menu of the selected cells, on a right click or Shift+F10.

use egui::{Button, Popup, PopupAnchor, PopupKind, Ui, ViewportCommand};

use super::grid::Grid;
use super::keys::Keys;
use crate::command::Command;
use crate::ui::{Action, widgets};

impl Grid {
    /// Draws the menu while it is open.
    pub fn menu_ui(&mut self, ui: &Ui, keys: &mut Keys<'_, '_>) {
        let Some(at) = self.menu else { return };
        let mut open = true;
        let popup = Popup::new(self.id.with("menu"), ui.ctx().clone(), PopupAnchor::Position(at), ui.layer_id())
            .kind(PopupKind::Menu)
            .layout(egui::Layout::top_down_justified(egui::Align::Min))
            .style(egui::containers::menu::menu_style)
            .accessible_name("Menu of the cells")
            .gap(0.0)
            .open_bool(&mut open);
        popup.show(|ui| {
            ui.set_min_width(210.0);
            widgets::scrolling_menu(ui, "menu of cells", |ui| self.items(ui, keys));
        });
        if !open {
            self.menu = None;
            self.menu_has_keyboard = false;
            // A menu takes the keyboard; afterwards it is the table's again, unless a cell is being typed into.
            self.wants_focus = true;
        }
    }

    fn items(&mut self, ui: &mut Ui, keys: &mut Keys<'_, '_>) {
        let item =
            |ui: &mut Ui, text: &str, shortcut: &str| ui.add(Button::new(text).shortcut_text(shortcut)).clicked();
        let first = ui.add(Button::new("Edit cell").shortcut_text("F2"));
        if std::mem::replace(&mut self.menu_has_keyboard, true) {
            if first.clicked() {
                self.begin(keys.sheet, None);
            }
        } else {
            first.request_focus();
        }
        ui.separator();
        if item(ui, "Cut", "Ctrl+X") {
            self.cut(keys.sheet, keys.actions);
        }
        if item(ui, "Copy", "Ctrl+C") {
            self.copy(keys.sheet, keys.actions);
        }
        if item(ui, "Paste", "Ctrl+V") {
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        if item(ui, "Paste as text", "Ctrl+Shift+V") {
            self.paste(None, true, keys.actions);
        }
        if item(ui, "Clear", "Delete") {
            self.clear(keys.sheet, keys.actions);
        }
        if item(ui, "Change cells…", "") {
            *keys.ask = Some(super::bars::Ask::Change);
        }
        ui.separator();
        for (text, command) in [("Insert row", Command::AddEvent), ("Duplicate row", Command::DuplicateEvents)] {
            if item(ui, text, &command.entry().key_text()) {
                keys.actions.push(Action::Run(command));
            }
        }
        if item(ui, "Delete rows", "Ctrl+-") {
            self.delete_rows(keys.sheet, keys.desk, keys.actions);
        }
        ui.separator();
        let several = keys.desk.selected.len() > 1;
        for (text, command) in
            [("Merge rows…", Command::MergeEvents), ("Summary of the other rows", Command::CoverEvents)]
        {
            let button = Button::new(text).shortcut_text(command.entry().key_text());
            let response = ui.add_enabled(several, button).on_disabled_hover_text("Select two rows or more first");
            if response.on_hover_text(command.entry().help).clicked() {
                keys.actions.push(Action::Run(command));
                ui.close();
            }
        }
        ui.separator();
        if item(ui, "Go to evidence", "F12") {
            self.show_quote(keys);
        }
        if item(ui, "Note on this event", "Shift+F2") {
            keys.actions.push(Action::Run(Command::AddEventNote));
        }
    }
}
