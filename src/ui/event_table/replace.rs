//! The second line of the find bar: what comes in the place of what was found, and what that would change.
//!
//! It asks for changes and makes none; which cells are found is the business of `find`.

use egui::{Button, Event, Id, Key, Layout, Modifiers, RichText, TextEdit, Ui};

use super::find::FindBar;
use super::find::replacement::Replacement;
use super::find::search::Search;
use super::grid::Grid;
use super::preview::Preview;
use super::preview_list;
use super::ranges::Verb;
use super::rewrite::Rewrite;
use super::sheet::Sheet;
use crate::ui::theme::{self, icons};
use crate::ui::{Actions, widgets};

/// What was asked of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// To replace in the active cell and go on.
    This,
    /// To replace in all cells.
    All,
    /// To go back to the words that are looked for.
    Find,
    /// To close the bar.
    Close,
}

/// The line.
#[derive(Debug, Default)]
pub(super) struct ReplaceLine {
    with: String,
    /// What the preview was made of: the words that are looked for, where, and what they become.
    of: Option<(super::find::pattern::Wanted, super::find::scope::Scope, String)>,
    preview: Preview,
    only_refused: bool,
    error: Option<String>,
}

impl ReplaceLine {
    /// The field of what comes instead.
    pub fn id() -> Id {
        Id::unique("replace in the table")
    }

    /// Brings the preview forward.
    pub fn advance(&mut self, ui: &Ui, find: &mut FindBar, sheet: &Sheet<'_>) {
        let now = (find.wanted.clone(), find.scope.clone(), self.with.clone());
        if self.of.as_ref() != Some(&now) {
            let pattern = find.search.pattern().cloned();
            let made = pattern.map(|pattern| Replacement::new(pattern, &self.with, find.wanted.by_pattern)).transpose();
            let (replacement, error) = made.map_or_else(|why| (None, Some(why)), |made| (made, None));
            self.error = error;
            self.preview.start(replacement.map(Rewrite::Replace), find.scope.clone());
            self.of = Some(now);
        }
        if !self.preview.advance(sheet, Some(&mut find.search)) {
            ui.ctx().request_repaint();
        }
    }

    /// The height of the list under the line.
    pub fn list_height(&self, table: f32) -> f32 {
        preview_list::height(&self.preview, table)
    }

    /// Draws the line.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Asked> {
        let id = Self::id();
        let mut asked = None;
        if ui.memory(|memory| memory.has_focus(id)) {
            widgets::tab_between(ui, Some(FindBar::id()), None);
            asked = keys(ui);
        }
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            ui.label(RichText::new(icons::SWAP).color(theme::tokens(ui).muted).size(widgets::ICON));
            let room = (ui.available_width() * 0.3).clamp(120.0, 320.0);
            let field = TextEdit::singleline(&mut self.with)
                .id(id)
                .hint_text("Replace with")
                .desired_width(room)
                .return_key(None)
                .event_filter(widgets::field_keys(true));
            if ui.add(field).accessible_name("Replace with").changed() {
                ui.ctx().request_repaint();
            }
            let one = ui.button("Replace").on_hover_text("Replace in the active cell, and go to the next (Enter)");
            if one.clicked() {
                asked = Some(Asked::This);
            }
            let ready = self.preview.is_done() && self.preview.cells() > 0;
            let all = ui.add_enabled(ready, Button::new("Replace all"));
            let all = all.on_hover_text("Replace in all cells that were found, as one step (Ctrl+Enter)");
            if all.on_disabled_hover_text("Nothing would change, or it is still worked out").clicked() {
                asked = Some(Asked::All);
            }
            ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| match &self.error {
                Some(error) => {
                    let text = RichText::new(error).color(theme::tokens(ui).error.text);
                    ui.add(egui::Label::new(text).truncate());
                }
                None => preview_list::sum(ui, &self.preview, &mut self.only_refused),
            });
        });
        asked
    }

    /// Draws the list of what would change.
    pub fn list(&self, ui: &mut Ui, sheet: &Sheet<'_>) {
        preview_list::list(ui, sheet, &self.preview, self.only_refused);
    }

    /// Replaces in all cells that were found.
    pub fn all(&self, search: &Search, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) {
        if let Some(bulk) = self.preview.bulk(sheet, Some(search)) {
            grid.change(
                sheet,
                bulk,
                Verb::of("Replace in"),
                (Some(self.preview.words(sheet.view.project)), Vec::new()),
                actions,
            );
        }
    }

    /// Replaces in the active cell, where it was found.
    pub fn this(&self, find: &mut FindBar, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) {
        let Some(place) = grid.active().and_then(|cell| sheet.place(cell)) else { return };
        if find.search.rank(sheet, place).is_none() {
            return;
        }
        let Some(cell) = sheet.cell(place) else { return };
        let Some(column) = sheet.columns.get(place.1).copied() else { return };
        if let Some(bulk) = self.preview.one(cell.event, column) {
            grid.change(sheet, bulk, Verb::of("Replace in"), (None, Vec::new()), actions);
        }
    }
}

fn keys(ui: &Ui) -> Option<Asked> {
    let mut asked = None;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            match (key, *modifiers) {
                (Key::Enter, Modifiers::NONE) => asked = Some(Asked::This),
                (Key::Enter, modifiers) if modifiers.command_only() => asked = Some(Asked::All),
                (Key::F | Key::H, modifiers) if modifiers.command_only() => asked = Some(Asked::Find),
                (Key::Escape, _) => asked = Some(Asked::Close),
                _ => return true,
            }
            false
        });
    });
    asked
}
