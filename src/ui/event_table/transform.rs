//! The bar that changes many cells at once: what is done to their texts, what that would come to, and then the change.
//!
//! It asks for the change and makes none; what is done to a text is the business of `rewrite`.

use egui::{Button, ComboBox, Event, EventFilter, Id, Key, Layout, Modifiers, Response, RichText, TextEdit, Ui};

use super::find::pattern::Wanted;
use super::find::replacement::Replacement;
use super::find::scope::Scope;
use super::grid::Grid;
use super::preview::Preview;
use super::preview_list;
use super::ranges::Verb;
use super::rewrite::Rewrite;
use super::sheet::Sheet;
use crate::model::date::DayOrder;
use crate::ui::theme::{self, icons};
use crate::ui::{Actions, widgets};

/// What is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum What {
    Set,
    #[default]
    Trim,
    Upper,
    Lower,
    Title,
    Sentence,
    DayMonth,
    MonthDay,
    Replace,
    Add,
}

impl What {
    const ALL: [Self; 10] = [
        Self::Set,
        Self::Trim,
        Self::Upper,
        Self::Lower,
        Self::Title,
        Self::Sentence,
        Self::DayMonth,
        Self::MonthDay,
        Self::Replace,
        Self::Add,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Set => "Set one value",
            Self::Trim => "Trim and squeeze blanks",
            Self::Upper => "CAPITALS",
            Self::Lower => "no capitals",
            Self::Title => "Title Case",
            Self::Sentence => "Sentence case",
            Self::DayMonth => "Read dates: day, month, year",
            Self::MonthDay => "Read dates: month, day, year",
            Self::Replace => "Replace words",
            Self::Add => "Add before and behind",
        }
    }
}

/// What stands in the bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Form {
    what: What,
    scope: Scope,
    value: String,
    wanted: Wanted,
    with: String,
    before: String,
    behind: String,
}

impl Form {
    /// What is to be done. `None` while something is still to be written.
    fn rewrite(&self) -> Result<Option<Rewrite>, String> {
        Ok(Some(match self.what {
            What::Set => Rewrite::Set(self.value.clone()),
            What::Trim => Rewrite::Trim,
            What::Upper => Rewrite::Upper,
            What::Lower => Rewrite::Lower,
            What::Title => Rewrite::Title,
            What::Sentence => Rewrite::Sentence,
            What::DayMonth => Rewrite::Date(DayOrder::DayMonth),
            What::MonthDay => Rewrite::Date(DayOrder::MonthDay),
            What::Replace => match self.wanted.pattern()? {
                None => return Ok(None),
                Some(pattern) => Rewrite::Replace(Replacement::new(pattern, &self.with, self.wanted.by_pattern)?),
            },
            What::Add if self.before.is_empty() && self.behind.is_empty() => return Ok(None),
            What::Add => Rewrite::Add { before: self.before.clone(), behind: self.behind.clone() },
        }))
    }
}

/// What was asked of the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// To make the change.
    Apply,
    /// To close the bar.
    Close,
}

/// The bar.
#[derive(Debug, Default)]
pub(super) struct ChangeBar {
    form: Form,
    scopes: Vec<Scope>,
    /// What the preview was made of.
    of: Option<Form>,
    preview: Preview,
    only_refused: bool,
    error: Option<String>,
    wants_focus: bool,
}

impl ChangeBar {
    /// Opens the bar on the selected cells.
    pub fn start(&mut self, grid: &Grid, sheet: &Sheet<'_>) {
        self.scopes = Scope::selection(grid, sheet).into_iter().collect();
        self.scopes.extend(grid.active().map(|cell| Scope::Column(cell.column)));
        self.scopes.push(Scope::Shown);
        self.form.scope = self.scopes.first().cloned().unwrap_or_default();
        self.of = None;
        self.wants_focus = true;
    }

    /// Brings the preview forward.
    pub fn advance(&mut self, ui: &Ui, sheet: &Sheet<'_>) {
        if self.of.as_ref() != Some(&self.form) {
            let (rewrite, error) = self.form.rewrite().map_or_else(|why| (None, Some(why)), |made| (made, None));
            self.error = error;
            self.preview.start(rewrite, self.form.scope.clone());
            self.of = Some(self.form.clone());
        }
        if !self.preview.advance(sheet, None) {
            ui.ctx().request_repaint();
        }
    }

    /// The height of the list under the lines.
    pub fn list_height(&self, table: f32) -> f32 {
        preview_list::height(&self.preview, table)
    }

    /// Draws the two lines.
    pub fn ui(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, line: f32) -> Option<Asked> {
        let mut asked = None;
        let before = self.form.clone();
        let width = ui.available_width();
        ui.allocate_ui_with_layout(egui::vec2(width, line), Layout::left_to_right(egui::Align::Center), |ui| {
            ui.add_space(8.0);
            ui.label(RichText::new(icons::PENCIL).color(theme::tokens(ui).muted).size(widgets::ICON));
            asked = self.choice(ui);
            asked = asked.or(self.fields(ui));
            self.scope_menu(ui, sheet);
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(4.0);
                if widgets::icon_button(ui, icons::X, "Close (Esc)").clicked() {
                    asked = Some(Asked::Close);
                }
            });
        });
        ui.allocate_ui_with_layout(egui::vec2(width, line), Layout::left_to_right(egui::Align::Center), |ui| {
            ui.add_space(8.0);
            let ready = self.preview.is_done() && self.preview.cells() > 0;
            let apply = ui.add_enabled(ready, Button::new("Apply"));
            let apply = apply.on_hover_text("Make these changes as one step (Enter in a field, or Ctrl+Enter)");
            if apply.on_disabled_hover_text("Nothing would change, or it is still worked out").clicked() {
                asked = Some(Asked::Apply);
            }
            match &self.error {
                Some(error) => {
                    let text = RichText::new(error).color(theme::tokens(ui).error.text);
                    ui.add(egui::Label::new(text).truncate());
                }
                None => preview_list::sum(ui, &self.preview, &mut self.only_refused),
            }
        });
        if self.form.what != before.what {
            self.wants_focus = true;
        }
        if self.form != before {
            ui.ctx().request_repaint();
        }
        asked
    }

    /// Draws the list of what would change.
    pub fn list(&self, ui: &mut Ui, sheet: &Sheet<'_>) {
        preview_list::list(ui, sheet, &self.preview, self.only_refused);
    }

    /// Asks for the change.
    pub fn apply(&self, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) -> bool {
        let (Some(bulk), Ok(Some(rewrite))) = (self.preview.bulk(sheet, None), self.form.rewrite()) else {
            return false;
        };
        grid.change(
            sheet,
            bulk,
            Verb::of(rewrite.verb()),
            (Some(self.preview.words(sheet.view.project)), Vec::new()),
            actions,
        );
        true
    }

    /// What is done, as a list; Up and Down walk it while it is closed.
    fn choice(&mut self, ui: &mut Ui) -> Option<Asked> {
        let form = &mut self.form;
        let shown = ComboBox::from_id_salt("what to change")
            .selected_text(form.what.label())
            .width(220.0)
            .height(340.0)
            .truncate();
        let shown = shown.show_ui(ui, |ui| {
            for what in What::ALL {
                widgets::choose(ui, &mut form.what, what, what.label());
            }
        });
        let response = shown.response.accessible_name("What to do");
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if !response.has_focus() {
            return None;
        }
        ui.memory_mut(|memory| {
            let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
            memory.set_focus_lock_filter(response.id, filter);
        });
        let open = shown.inner.is_some();
        let at = What::ALL.iter().position(|what| *what == form.what).unwrap_or(0);
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if !open && pressed(Modifiers::NONE, Key::ArrowDown) {
            form.what = What::ALL[(at + 1).min(What::ALL.len() - 1)];
        }
        if !open && pressed(Modifiers::NONE, Key::ArrowUp) {
            form.what = What::ALL[at.saturating_sub(1)];
        }
        if pressed(Modifiers::COMMAND, Key::Enter) {
            return Some(Asked::Apply);
        }
        (!open && pressed(Modifiers::NONE, Key::Escape)).then_some(Asked::Close)
    }

    /// The texts that this kind of change needs.
    fn fields(&mut self, ui: &mut Ui) -> Option<Asked> {
        let form = &mut self.form;
        let mut asked = None;
        let mut field = |ui: &mut Ui, name: &str, text: &mut String| {
            let (response, keys) = field(ui, name, text);
            asked = asked.or(keys);
            response
        };
        match form.what {
            What::Set => drop(field(ui, "Value", &mut form.value)),
            What::Replace => {
                field(ui, "Words", &mut form.wanted.text);
                field(ui, "Replacement", &mut form.with);
                if widgets::icon_toggle(ui, ".*", "Regular expression", form.wanted.by_pattern).clicked() {
                    form.wanted.by_pattern = !form.wanted.by_pattern;
                }
                if widgets::icon_toggle(ui, "Aa", "Capitals matter", form.wanted.capitals).clicked() {
                    form.wanted.capitals = !form.wanted.capitals;
                }
            }
            What::Add => {
                field(ui, "Before", &mut form.before);
                field(ui, "Behind", &mut form.behind);
            }
            _ => {}
        }
        asked
    }

    fn scope_menu(&mut self, ui: &mut Ui, sheet: &Sheet<'_>) {
        let form = &mut self.form;
        let menu = ComboBox::from_id_salt("where to change").selected_text(form.scope.label(sheet)).width(150.0);
        let shown = menu.truncate().show_ui(ui, |ui| {
            for choice in &self.scopes {
                widgets::choose(ui, &mut form.scope, choice.clone(), choice.label(sheet));
            }
        });
        shown.response.accessible_name("Which cells");
    }
}

/// A field of the bar: Enter applies, Escape closes.
fn field(ui: &mut Ui, name: &str, text: &mut String) -> (Response, Option<Asked>) {
    let id = Id::unique(("change cells", name));
    let mut asked = None;
    if ui.memory(|memory| memory.has_focus(id)) {
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, pressed: true, .. } = event else { return true };
                match key {
                    Key::Enter => asked = Some(Asked::Apply),
                    Key::Escape => asked = Some(Asked::Close),
                    _ => return true,
                }
                false
            });
        });
    }
    let edit = TextEdit::singleline(text)
        .id(id)
        .hint_text(name)
        .desired_width(130.0)
        .return_key(None)
        .event_filter(widgets::field_keys(false));
    (ui.add(edit).accessible_name(name), asked)
}
