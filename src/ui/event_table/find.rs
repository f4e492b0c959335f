//! The find bar: what is looked for in the cells, how many were found, and the way from one to the next.
//!
//! It walks the active cell and changes nothing. `pattern` says what is looked for, `scope` where, `search` finds it.

pub(super) mod pattern;
pub(super) mod replacement;
pub(super) mod scope;
pub(super) mod search;

use egui::{Event, Id, Key, Label, Modifiers, RichText, TextEdit, Ui, accesskit};

use super::bars::Ask;
use super::grid::Grid;
use super::sheet::{CellId, Sheet};
use crate::columns::grouped;
use crate::ui::theme::{self, icons};
use crate::ui::{Actions, widgets};
use pattern::Wanted;
use scope::Scope;
use search::Search;

/// Where the search should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Go {
    /// To the first place from where the search began.
    First,
    Next,
    Previous,
}

/// The bar and what it found.
#[derive(Debug, Default)]
pub(super) struct FindBar {
    pub wanted: Wanted,
    pub scope: Scope,
    /// What may be looked through; the last is the selection at the time.
    scopes: Vec<Scope>,
    pub search: Search,
    error: Option<String>,
    /// The cell that was active when the search began.
    origin: Option<CellId>,
    go: Option<Go>,
    /// Whether the last step led around the end.
    around: Option<&'static str>,
    wants_focus: bool,
}

impl FindBar {
    /// The field of the words.
    pub fn id() -> Id {
        Id::unique("find in the table")
    }

    /// Opens the bar, or takes the keyboard back to it. Several selected cells are looked through by themselves.
    pub fn start(&mut self, grid: &Grid, sheet: &Sheet<'_>) {
        self.wants_focus = true;
        self.origin = grid.active();
        self.scopes = vec![Scope::Shown];
        self.scopes.extend(grid.active().map(|cell| Scope::Column(cell.column)));
        let selection = Scope::selection(grid, sheet).filter(|selection| selection.cells(sheet) > 1);
        let scope = selection.clone().unwrap_or_default();
        self.scopes.extend(selection);
        if scope != self.scope || self.search.pattern().is_none() {
            self.scope = scope;
            self.look_anew();
            self.go = None;
        }
    }

    /// Lets go of what was found; the words stay for the next time.
    pub fn close(&mut self) {
        self.search = Search::default();
        self.go = None;
    }

    /// Goes on with the words of the last search, without the keyboard.
    pub fn step(&mut self, forward: bool) {
        if self.search.pattern().is_none() {
            self.look_anew();
        }
        self.go = Some(if forward { Go::Next } else { Go::Previous });
    }

    /// Whether there are words to look for.
    pub fn has_words(&self) -> bool {
        !self.wanted.text.is_empty()
    }

    fn look_anew(&mut self) {
        self.around = None;
        self.go = Some(Go::First);
        match self.wanted.pattern() {
            Ok(pattern) => {
                self.error = None;
                self.search.start(pattern, self.scope.clone());
            }
            Err(why) => {
                self.error = Some(why);
                self.search = Search::default();
            }
        }
    }

    /// Searches a little further, and goes where it was asked to go as soon as that is known.
    pub fn advance(&mut self, ui: &Ui, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) {
        if !self.search.advance(sheet) {
            ui.ctx().request_repaint();
        }
        let Some(go) = self.go else { return };
        if self.search.pattern().is_none() {
            self.go = None;
            return;
        }
        let start = if go == Go::First { self.origin.or(grid.active()) } else { grid.active() };
        let from = start.and_then(|cell| sheet.place(cell)).unwrap_or((0, 0));
        let found = if go == Go::First && self.search.rank(sheet, from).is_some() {
            Some((from, false))
        } else {
            self.search.step(sheet, from, go != Go::Previous)
        };
        let done = self.search.is_done();
        let Some((place, around)) = found.filter(|(_, around)| done || !around) else {
            // Not yet: the rest has to be searched first.
            self.go = self.go.filter(|_| !done);
            return;
        };
        self.go = None;
        self.around = around.then_some(if go == Go::Previous { "from the end again" } else { "from the top again" });
        if grid.leave(sheet, actions) && grid.active() != sheet.cell(place) {
            grid.select(sheet, place);
        }
    }

    /// "3 of 41".
    fn count(&mut self, grid: &Grid, sheet: &Sheet<'_>) -> String {
        if !self.has_words() || self.error.is_some() {
            return self.error.clone().unwrap_or_default();
        }
        let (count, done) = (self.search.count(), self.search.is_done());
        let more = if done { "" } else { "…" };
        let all = grouped(count as u64);
        let rank = grid.active().and_then(|cell| sheet.place(cell)).and_then(|place| self.search.rank(sheet, place));
        match (count, rank) {
            (0, _) if done => "Not found".to_owned(),
            (_, Some(rank)) => {
                let around = self.around.map_or_else(String::new, |around| format!(", {around}"));
                format!("{} of {all}{more}{around}", grouped(rank as u64 + 1))
            }
            _ => format!("{all}{more} found"),
        }
    }

    /// Draws the line. Gives back what was asked of the bars. `below` is the field under this one, where Tab leads.
    pub fn ui(&mut self, ui: &mut Ui, grid: &Grid, sheet: &Sheet<'_>, below: Option<Id>) -> Option<Ask> {
        let id = Self::id();
        let mut ask = None;
        let before = self.wanted.clone();
        if ui.memory(|memory| memory.has_focus(id)) {
            widgets::tab_between(ui, None, below);
            ask = self.keys(ui);
        }
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            ui.label(RichText::new(icons::SEARCH).color(theme::tokens(ui).muted).size(widgets::ICON));
            let field = TextEdit::singleline(&mut self.wanted.text)
                .id(id)
                .hint_text("Find in the table")
                .desired_width((ui.available_width() * 0.2).clamp(96.0, 320.0))
                .return_key(None)
                .event_filter(widgets::field_keys(below.is_some()));
            let response = ui.add(field).accessible_name("Find in the table");
            if std::mem::take(&mut self.wants_focus) {
                response.request_focus();
                widgets::select_all(ui, id);
            }
            self.switches(ui);
            if widgets::icon_button(ui, icons::CARET_UP, "Previous (Shift+F3)").clicked() {
                ask = Some(Ask::Previous);
            }
            if widgets::icon_button(ui, icons::CARET_DOWN, "Next (F3)").clicked() {
                ask = Some(Ask::Next);
            }
            self.scope_menu(ui, sheet);
            if self.wanted != before {
                self.look_anew();
                ui.ctx().request_repaint();
            }
            let tokens = theme::tokens(ui);
            let colour = if self.error.is_some() { tokens.error.text } else { tokens.muted };
            let text = RichText::new(self.count(grid, sheet)).color(colour);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(4.0);
                if widgets::icon_button(ui, icons::X, "Close the search (Esc)").clicked() {
                    ask = Some(Ask::Close);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let said = ui.add(Label::new(text).truncate());
                    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(accesskit::Live::Polite));
                });
            });
        });
        ask
    }

    fn switches(&mut self, ui: &mut Ui) {
        let wanted = &mut self.wanted;
        for (icon, label, on) in [
            ("Aa", "Capitals matter (Alt+C)", &mut wanted.capitals),
            ("[ ]", "Whole cells only (Alt+W)", &mut wanted.whole),
            (".*", "Regular expression (Alt+R)", &mut wanted.by_pattern),
        ] {
            if widgets::icon_toggle(ui, icon, label, *on).clicked() {
                *on = !*on;
            }
        }
    }

    fn scope_menu(&mut self, ui: &mut Ui, sheet: &Sheet<'_>) {
        /// What stands behind the list: how much was found, and the button that closes.
        const BEHIND: f32 = 130.0;
        let mut scope = self.scope.clone();
        egui::ComboBox::from_id_salt("where to find")
            .selected_text(scope.label(sheet))
            .width((ui.available_width() - BEHIND).clamp(56.0, 150.0))
            .truncate()
            .show_ui(ui, |ui| {
                for choice in &self.scopes {
                    widgets::choose(ui, &mut scope, choice.clone(), choice.label(sheet));
                }
            })
            .response
            .accessible_name("Where to find");
        if scope != self.scope {
            self.scope = scope;
            self.look_anew();
        }
    }

    /// The keys of the field, taken before it sees them.
    fn keys(&mut self, ui: &Ui) -> Option<Ask> {
        let mut ask = None;
        let (wanted, id) = (&mut self.wanted, Self::id());
        let mut select = false;
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
                match (key, *modifiers) {
                    (Key::Enter | Key::F3, Modifiers::NONE) => ask = Some(Ask::Next),
                    (Key::Enter | Key::F3, Modifiers::SHIFT) => ask = Some(Ask::Previous),
                    (Key::Escape, _) => ask = Some(Ask::Close),
                    (Key::F, modifiers) if modifiers.command_only() => select = true,
                    (Key::H, modifiers) if modifiers.command_only() => ask = Some(Ask::Replace),
                    (Key::C, Modifiers::ALT) => wanted.capitals = !wanted.capitals,
                    (Key::W, Modifiers::ALT) => wanted.whole = !wanted.whole,
                    (Key::R, Modifiers::ALT) => wanted.by_pattern = !wanted.by_pattern,
                    _ => return true,
                }
                false
            });
        });
        if select {
            widgets::select_all(ui, id);
        }
        ask
    }
}
