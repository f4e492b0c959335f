//! The dialog in which the columns of the analyst's own are made, renamed, read otherwise, put in order and taken out.
//!
//! What is typed here is a draft. What it would touch is said beside it as it is typed, and only "Apply" hands it in, as
//! one change and one step of undo. It must not know how a change is carried out.

mod draft;
mod form;
mod touches;

use egui::{Align, Context, Id, Key, Label, Layout, Modal, RichText, ScrollArea, Ui, vec2};

use self::draft::Draft;
use self::touches::Line;
use super::theme::{self, icons};
use super::widgets::{self, Tone};
use super::{Action, Actions, View};
use crate::edit::Edit;
use crate::model::{OwnKind, Project};

/// What the dialog is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// To look at the columns.
    All,
    /// To add one.
    New,
    /// To change this one.
    Column(crate::model::ColumnId),
}

/// Width of the dialog in points, where the window has room for it.
const WIDTH: f32 = 760.0;
/// Height of the list and of the form.
const TALL: f32 = 330.0;
/// Width of the list.
const LIST: f32 = 210.0;
/// Height of what would be touched.
const TOUCHES: f32 = 84.0;

/// The dialog, while it is open.
#[derive(Debug, Default)]
pub struct OwnColumns {
    draft: Option<Draft>,
    /// What it was opened for, until the first frame.
    asked: Option<For>,
    /// The field of the title takes the keyboard.
    to_title: bool,
    /// Somebody wanted to leave changes behind.
    leaving: bool,
    said: Option<Said>,
}

/// What is said of a draft.
#[derive(Debug)]
struct Said {
    revision: u64,
    draft: Draft,
    lines: Vec<Line>,
    mistake: Option<String>,
}

impl OwnColumns {
    /// Opens the dialog.
    pub fn open(&mut self, what: For) {
        *self = Self { asked: Some(what), ..Self::default() };
    }

    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.draft.is_some() || self.asked.is_some()
    }

    /// Draws it while it is open.
    pub fn ui(&mut self, ctx: &Context, view: &View<'_>, actions: &mut Actions) {
        if let Some(asked) = self.asked.take() {
            self.begin(asked, view.project);
        }
        let Some(mut draft) = self.draft.take() else { return };
        if draft.base != view.project.about.codebook.columns {
            // Somebody else changed them: an undo, or a change that was under way.
            draft = Draft::of(view.project);
        }
        let mut done = None;
        let modal = Modal::new(Id::unique("own columns")).show(ctx, |ui| {
            let room = ui.ctx().content_rect().size() - vec2(80.0, 56.0);
            ui.set_width(WIDTH.min(room.x));
            widgets::scrolling(ui, "own columns dialog", room.y, |ui| {
                widgets::dialog_title(ui, "Columns of your own");
                widgets::muted(ui, "What this project notes of each event beside the columns that every project has");
                ui.add_space(6.0);
                let tall = TALL.min((room.y - 254.0).max(140.0));
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 16.0;
                    ui.allocate_ui_with_layout(vec2(LIST, tall), Layout::top_down(Align::Min), |ui| {
                        self.list(ui, &mut draft, tall);
                    });
                    ui.allocate_ui_with_layout(vec2(ui.available_width(), tall), Layout::top_down(Align::Min), |ui| {
                        ui.set_min_height(tall);
                        self.form(ui, &mut draft, view.project, tall);
                    });
                });
                ui.separator();
                self.say(&draft, view);
                self.touches(ui);
                done = self.foot(ui, &draft, view.project);
            });
        });
        let dismissed = modal.should_close();
        match done {
            Some(Answer::Apply(edit)) => {
                actions.push(Action::Edit(*edit));
                self.said = None;
            }
            Some(Answer::Discard) => self.said = None,
            None if dismissed && draft.is_unchanged(view.project) => self.said = None,
            None => {
                self.leaving |= dismissed;
                self.draft = Some(draft);
            }
        }
    }

    fn begin(&mut self, asked: For, project: &Project) {
        let mut draft = Draft::of(project);
        match asked {
            For::All => {}
            For::New => draft.add(),
            For::Column(id) => {
                let at = draft.base.iter().position(|column| column.id == id);
                draft.chosen = at.unwrap_or_default();
            }
        }
        self.to_title = !draft.columns.is_empty();
        self.draft = Some(draft);
    }

    /// The columns, and what is done with the one that is chosen.
    fn list(&mut self, ui: &mut Ui, draft: &mut Draft, tall: f32) {
        ScrollArea::vertical().id_salt("own columns list").max_height(tall - 36.0).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if draft.columns.is_empty() {
                widgets::muted(ui, "No columns yet");
            }
            for at in 0..draft.columns.len() {
                let column = &draft.columns[at];
                let kind = OwnKind::KEYS.get(column.kind).copied().unwrap_or_default();
                let name = format!("{}, {kind}", column.name());
                let row = ui.selectable_label(draft.chosen == at, column.name()).accessible_name(&name);
                if row.on_hover_text(format!("A column of kind {kind}")).clicked() {
                    draft.chosen = at;
                    self.leaving = false;
                }
            }
        });
        ui.horizontal(|ui| {
            if widgets::quiet_button(ui, icons::PLUS, "New column").clicked() {
                draft.add();
                self.to_title = true;
            }
            let many = draft.columns.len() > 1;
            for (icon, label, down) in
                [(icons::CARET_UP, "Move column up", false), (icons::CARET_DOWN, "Move column down", true)]
            {
                if ui.add_enabled_ui(many, |ui| widgets::icon_button(ui, icon, label)).inner.clicked() {
                    draft.step(down);
                }
            }
        });
    }

    /// The column that is chosen.
    fn form(&mut self, ui: &mut Ui, draft: &mut Draft, project: &Project, tall: f32) {
        let to_title = std::mem::take(&mut self.to_title);
        let id = draft.columns(project).get(draft.chosen).map(|column| column.id.to_string()).unwrap_or_default();
        let Some(column) = draft.at_hand() else {
            widgets::muted(ui, "A column holds a text, a number, a count, a date or a word of a list for each event.");
            widgets::muted(ui, "It is filtered, sorted, grouped, filled and copied as every other column is.");
            return;
        };
        let scroll = ScrollArea::vertical().id_salt("own column").max_height(tall).auto_shrink(false);
        let removes = scroll.show(ui, |ui| form::ui(ui, column, &id, to_title)).inner;
        if removes {
            draft.remove();
        }
    }

    /// Works out what the draft touches, once for each snapshot and draft.
    fn say(&mut self, draft: &Draft, view: &View<'_>) {
        let known = self.said.as_ref().is_some_and(|said| said.revision == view.revision && said.draft == *draft);
        if known {
            return;
        }
        let edit = draft.edit(view.project);
        // The rules of columns ask nothing of events: a project without any answers at once.
        let bare = Project { about: view.project.about.clone(), ..Project::default() };
        let mistake = edit.as_ref().and_then(|edit| edit.apply(&bare).err()).map(|error| error.to_string());
        let lines = touches::lines(draft, view);
        self.said = Some(Said { revision: view.revision, draft: draft.clone(), lines, mistake });
    }

    fn touches(&self, ui: &mut Ui) {
        let Some(said) = &self.said else { return };
        let colours = theme::tokens(ui);
        let tall = ScrollArea::vertical().id_salt("what is touched").max_height(TOUCHES).auto_shrink([false, true]);
        tall.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if let Some(mistake) = &said.mistake {
                ui.add(Label::new(RichText::new(mistake).color(colours.error.text)).wrap());
            }
            for line in &said.lines {
                let colour = if line.warns { colours.warn.text } else { colours.text };
                ui.add(Label::new(RichText::new(&line.text).color(colour)).wrap());
            }
            if said.mistake.is_none() && said.lines.is_empty() {
                widgets::muted(ui, "Nothing is changed yet");
            }
        });
    }

    fn foot(&mut self, ui: &mut Ui, draft: &Draft, project: &Project) -> Option<Answer> {
        ui.add_space(8.0);
        if self.leaving {
            let text = "These changes were not made yet. Apply them, or discard them";
            if widgets::banner(ui, Tone::Warn, text, &["Go on"]).is_some() {
                self.leaving = false;
            }
            ui.add_space(4.0);
        }
        let edit = draft.edit(project);
        let can = edit.is_some() && self.said.as_ref().is_some_and(|said| said.mistake.is_none());
        let quick = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, Key::Enter));
        let mut answer = None;
        let row = vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            let apply = ui.add_enabled_ui(can, |ui| widgets::primary_button(ui, "Apply")).inner;
            if can && (apply.clicked() || quick) {
                answer = edit.map(|edit| Answer::Apply(Box::new(edit)));
            }
            if ui.button(if can { "Discard" } else { "Close" }).clicked() {
                answer = Some(Answer::Discard);
            }
        });
        answer
    }
}

/// How the dialog ends.
enum Answer {
    Apply(Box<Edit>),
    Discard,
}
