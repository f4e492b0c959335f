//! The list of notes: a field to filter it, what the notes are attached to, and the rows.
//! It works out its rows only when the project or the filter changes.

use egui::{Id, Rect, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::capital;
use crate::dataset;
use crate::derive::find::{holds, note_name};
use crate::derive::links::{self, Linked};
use crate::model::{ArticleId, EventId, Note, NoteId, NoteKind, NoteState, Project, Subject};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{self, ICON, one_line};
use crate::ui::{Desk, View};

/// Height of a row in points: a title and a line below it.
const ROW: f32 = 44.0;

/// Which notes are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Scope {
    #[default]
    All,
    Event,
    Article,
}

/// What the rows depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    revision: u64,
    filter: String,
    scope: Scope,
    event: Option<EventId>,
    article: Option<ArticleId>,
}

/// The list's own state.
#[derive(Debug, Default)]
pub(super) struct List {
    filter: String,
    scope: Scope,
    rows: Vec<NoteId>,
    made_for: Option<Key>,
}

/// The field that filters the list.
pub(super) fn filter_id() -> Id {
    Id::unique("notes filter")
}

impl List {
    /// Draws the list. Says what a new note should be attached to, when one is asked for.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk) -> Option<Option<Subject>> {
        let mut add = false;
        ui.horizontal(|ui| {
            let button = 26.0 + ui.spacing().item_spacing.x;
            let field = TextEdit::singleline(&mut self.filter)
                .id(filter_id())
                .hint_text("Filter")
                .desired_width(ui.available_width() - button);
            ui.add(field).accessible_name("Filter notes");
            add = widgets::icon_button(ui, icons::PLUS, "Add note").clicked();
        });
        self.scopes(ui, desk);
        self.work_out(view, desk);
        let total = view.project.notes.len();
        if total == 0 {
            let line = "Ctrl+J adds a note from anywhere";
            add |= widgets::empty_state(ui, icons::NOTE, "No notes yet", line, Some("Write a note"));
        } else if self.rows.is_empty() {
            widgets::muted(ui, format!("0 of {total} notes match"));
            if ui.button("Show all notes").clicked() {
                self.filter.clear();
                self.scope = Scope::All;
            }
        } else {
            self.rows(ui, view, desk);
        }
        add.then(|| self.about(desk))
    }

    fn scopes(&mut self, ui: &mut Ui, desk: &Desk) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding.x = 6.0;
            let scopes = [
                (Scope::All, "All", true, ""),
                (Scope::Event, "This event", desk.event.is_some(), "No event is chosen in the table"),
                (Scope::Article, "This article", desk.article.is_some(), "No article is open in the reader"),
            ];
            for (scope, label, there, why) in scopes {
                if !there && self.scope == scope {
                    self.scope = Scope::All;
                }
                let button = egui::Button::selectable(self.scope == scope, label);
                if ui.add_enabled(there, button).on_disabled_hover_text(why).clicked() {
                    self.scope = scope;
                }
            }
        });
    }

    /// What a note that is added from here is attached to.
    fn about(&self, desk: &Desk) -> Option<Subject> {
        match self.scope {
            Scope::All => None,
            Scope::Event => desk.event.map(Subject::Event),
            Scope::Article => desk.article.map(Subject::Article),
        }
    }

    fn work_out(&mut self, view: &View<'_>, desk: &Desk) {
        let key = Key {
            revision: view.revision,
            filter: self.filter.clone(),
            scope: self.scope,
            event: desk.event,
            article: desk.article,
        };
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        // The newest one first. Not by the last change: a row must not move while its note is written.
        let notes = view.project.notes.iter().rev();
        let within = notes.filter(|note| in_scope(note, self.scope, desk, view));
        self.rows = within.filter(|note| words.iter().all(|word| told(note, word))).map(|note| note.id).collect();
        self.made_for = Some(key);
    }

    fn rows(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk) {
        let area = ScrollArea::vertical().id_salt("notes rows").auto_shrink(false);
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, self.rows.len(), |ui, range| {
            for id in &self.rows[range] {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                if let Some(note) = view.project.notes.get(*id)
                    && row(ui, rect, note, view.project, desk.note == Some(*id))
                {
                    desk.note = Some(*id);
                }
            }
        });
    }
}

fn in_scope(note: &Note, scope: Scope, desk: &Desk, view: &View<'_>) -> bool {
    note.about.iter().any(|subject| match (scope, subject) {
        (Scope::Event, Subject::Event(id)) => desk.event == Some(*id),
        (Scope::Event, Subject::Claim(id)) => {
            desk.event.is_some() && dataset::claim(view.project, *id).map(|claim| claim.event) == desk.event
        }
        (Scope::Article, Subject::Article(id)) => desk.article == Some(*id),
        _ => false,
    }) || scope == Scope::All
}

/// Whether a word in lower case stands anywhere in a note.
fn told(note: &Note, word: &str) -> bool {
    holds(&note.title, word)
        || holds(&note.body, word)
        || note.tags.iter().any(|tag| holds(tag, word))
        || holds(note.kind.key(), word)
        || holds(note.state.key(), word)
}

/// The icon of a kind of note.
pub(super) fn kind_icon(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => icons::NOTE,
        NoteKind::Assumption => icons::PIN,
        NoteKind::MethodDecision => icons::SCALES,
        NoteKind::Question => icons::QUESTION,
    }
}

/// The record that a note is attached to.
pub(super) fn subject_link(subject: Subject) -> Linked {
    match subject {
        Subject::Article(id) => Linked::Article(id),
        Subject::Event(id) => Linked::Event(id),
        Subject::Claim(id) => Linked::Claim(id),
    }
}

/// Kind, state and subjects in one line: "Question, open · Batken and 2 more".
fn second_line(note: &Note, project: &Project) -> String {
    let mut line = capital(note.kind.key());
    if note.kind != NoteKind::Note || note.state != NoteState::Open {
        line = format!("{line}, {}", note.state.key());
    }
    match note.about.as_slice() {
        [] => line,
        [one] => format!("{line} · {}", links::name(project, subject_link(*one))),
        [first, rest @ ..] => {
            format!("{line} · {} and {} more", links::name(project, subject_link(*first)), rest.len())
        }
    }
}

/// Draws one row and says whether it was clicked.
fn row(ui: &Ui, rect: Rect, note: &Note, project: &Project, open: bool) -> bool {
    let tokens = theme::tokens(ui);
    let response = ui.interact(rect, Id::unique("notes row").with(note.id), Sense::click());
    let (name, below) = (note_name(note), second_line(note, project));
    let said = format!("{name}. {below}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListBoxOption, true, &said));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(open));
    let painter = ui.painter();
    if open || response.hovered() {
        painter.rect_filled(rect, 4.0, if open { tokens.selection } else { tokens.button_hover });
    }
    widgets::focus_ring(ui, &response);
    let quiet = if open { tokens.text } else { tokens.muted };
    let icon = one_line(ui, kind_icon(note.kind), theme::regular(ICON), quiet, 24.0);
    painter.galley(pos2(rect.left() + 8.0, rect.top() + 4.0), icon, quiet);
    let room = rect.width() - 32.0 - 10.0;
    let untitled = note.title.trim().is_empty();
    let colour = if untitled { quiet } else { tokens.text };
    let name = one_line(ui, name, theme::medium(13.0), colour, room);
    let below = one_line(ui, &below, theme::regular(12.0), quiet, room);
    let cut = name.elided || below.elided;
    painter.galley(pos2(rect.left() + 32.0, rect.top() + 4.0), name, colour);
    painter.galley(pos2(rect.left() + 32.0, rect.top() + 23.0), below, quiet);
    let clicked = response.clicked();
    if cut {
        response.on_hover_text(said);
    }
    clicked
}
