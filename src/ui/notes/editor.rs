//! The editor of one note: title, kind, state, what it is attached to, tags, text and preview.

use egui::{ComboBox, Id, Key, Modifiers, ScrollArea, TextEdit, Ui, vec2};

use super::body::{self, Body};
use super::list::subject_link;
use super::preview::Preview;
use super::{capital, change};
use crate::derive::find;
use crate::derive::links;
use crate::edit::Edit;
use crate::model::{Note, NoteId, NoteKind, NoteState, Subject, Text};
use crate::ui::theme::{self, icons};
use crate::ui::widgets;
use crate::ui::{Action, Actions, Desk, Target, View};

/// From this width on, in points, text and preview stand side by side.
const SIDE_BY_SIDE: f32 = 460.0;

/// What is shown of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Edit,
    Preview,
    Both,
}

/// The editor's own state.
#[derive(Debug, Default)]
pub(super) struct Editor {
    mode: Mode,
    body: Body,
    preview: Preview,
    /// Tags while they are written, and of which note.
    tags: Option<(NoteId, String)>,
    /// Which notes link to this one, worked out for a note and a revision.
    mentions: Option<((NoteId, u64), Vec<NoteId>)>,
}

impl Editor {
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        desk: &Desk,
        note: &Note,
        fresh: bool,
        actions: &mut Actions,
    ) {
        if fresh && self.mode == Mode::Preview {
            self.mode = Mode::Edit;
        }
        title(ui, view, note, fresh, actions);
        self.controls(ui, view, note, actions);
        subjects(ui, view, desk, note, actions);
        self.tags(ui, view, note, actions);
        ui.add_space(2.0);
        let mentions = self.mentioned(view, note);
        let footer = if mentions.is_empty() { 20.0 } else { 44.0 };
        let room = vec2(ui.available_width(), (ui.available_height() - footer).max(80.0));
        ui.allocate_ui(room, |ui| {
            ui.set_min_size(room);
            self.text(ui, view, note, actions);
        });
        mention_links(ui, view, &mentions, actions);
        widgets::caption(ui, written(note));
    }

    fn controls(&mut self, ui: &mut Ui, view: &View<'_>, note: &Note, actions: &mut Actions) {
        ui.horizontal_wrapped(|ui| {
            let mut kind = note.kind;
            let id = Id::unique("note kind").with(note.id);
            let combo = ComboBox::from_id_salt(id).selected_text(capital(kind.key())).show_ui(ui, |ui| {
                for choice in NoteKind::ALL {
                    crate::ui::widgets::choose(ui, &mut kind, choice, capital(choice.key()));
                }
            });
            combo.response.accessible_name("Kind");
            if kind != note.kind {
                actions.push(change(note, view, "kind", |note| note.kind = kind));
            }
            // A plain note is neither held nor dropped.
            if note.kind != NoteKind::Note || note.state != NoteState::Open {
                state(ui, view, note, actions);
            }
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding.x = 7.0;
            ui.add_space(4.0);
            for (mode, label) in [(Mode::Edit, "Edit"), (Mode::Preview, "Preview"), (Mode::Both, "Both")] {
                if ui.selectable_label(self.mode == mode, label).clicked() {
                    self.mode = mode;
                }
            }
            ui.add_space(4.0);
            if widgets::icon_button(ui, icons::TRASH, "Delete note").clicked() {
                actions.push(Action::Edit(Edit::RemoveNote(note.id)));
                actions.push(Action::Say(format!("Deleted note “{}”", find::note_name(note))));
            }
        });
    }

    fn tags(&mut self, ui: &mut Ui, view: &View<'_>, note: &Note, actions: &mut Actions) {
        let kept = note.tags.join(", ");
        let mut text = match &self.tags {
            Some((id, text)) if *id == note.id => text.clone(),
            _ => kept.clone(),
        };
        ui.horizontal(|ui| {
            let label = widgets::muted(ui, "Tags");
            let field = TextEdit::singleline(&mut text)
                .id(Id::unique("note tags").with(note.id))
                .hint_text("Words, with commas between")
                .desired_width(ui.available_width());
            let response = ui.add(field).labelled_by(label.id);
            let done = response.lost_focus();
            self.tags = response.has_focus().then(|| (note.id, text.clone()));
            if done && text != kept {
                let tags: Vec<Text> =
                    text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(Text::from).collect();
                if tags != note.tags {
                    actions.push(change(note, view, "tags", |note| note.tags = tags));
                }
            }
        });
    }

    fn text(&mut self, ui: &mut Ui, view: &View<'_>, note: &Note, actions: &mut Actions) {
        let size = ui.available_size();
        match self.mode {
            Mode::Edit => self.source(ui, view, note, actions),
            Mode::Preview => self.shown(ui, view, note, actions),
            Mode::Both if size.x >= SIDE_BY_SIDE => {
                let half = vec2((size.x - 12.0) / 2.0, size.y);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 12.0;
                    ui.allocate_ui(half, |ui| ui.vertical(|ui| self.source(ui, view, note, actions)));
                    ui.allocate_ui(half, |ui| ui.vertical(|ui| self.shown(ui, view, note, actions)));
                });
            }
            Mode::Both => {
                let half = vec2(size.x, (size.y - 6.0) / 2.0);
                ui.allocate_ui(half, |ui| self.source(ui, view, note, actions));
                ui.allocate_ui(half, |ui| self.shown(ui, view, note, actions));
            }
        }
    }

    fn source(&mut self, ui: &mut Ui, view: &View<'_>, note: &Note, actions: &mut Actions) {
        let height = ui.available_height();
        let area = ScrollArea::vertical().id_salt(("note source", note.id)).max_height(height).auto_shrink(false);
        area.show(ui, |ui| self.body.ui(ui, view, note, height, actions));
        self.body.offer(ui, view, note, actions);
    }

    fn shown(&mut self, ui: &mut Ui, view: &View<'_>, note: &Note, actions: &mut Actions) {
        let height = ui.available_height();
        let frame = egui::Frame::new()
            .fill(theme::tokens(ui).page)
            .inner_margin(8)
            .corner_radius(4)
            .stroke((1.0, theme::tokens(ui).hairline));
        frame.show(ui, |ui| {
            let area = ScrollArea::vertical().id_salt(("note preview", note.id)).auto_shrink(false);
            area.max_height(height - 18.0).show(ui, |ui| self.preview.ui(ui, view, note, actions));
        });
    }

    fn mentioned(&mut self, view: &View<'_>, note: &Note) -> Vec<NoteId> {
        let key = (note.id, view.revision);
        if self.mentions.as_ref().is_none_or(|(made_for, _)| *made_for != key) {
            let mut notes = find::mentions(view.project, note.id.as_str());
            notes.retain(|other| *other != note.id);
            self.mentions = Some((key, notes));
        }
        self.mentions.as_ref().map(|(_, notes)| notes.clone()).unwrap_or_default()
    }
}

/// The field of a note's title.
pub(super) fn title_id(note: NoteId) -> Id {
    Id::unique("note title").with(note)
}

fn title(ui: &mut Ui, view: &View<'_>, note: &Note, fresh: bool, actions: &mut Actions) {
    let id = title_id(note.id);
    if ui.memory(|memory| memory.has_focus(id)) {
        body::undo_keys(ui, actions);
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            ui.memory_mut(|memory| memory.request_focus(body::body_id(note.id)));
        }
    }
    let mut text = note.title.to_string();
    let field = TextEdit::singleline(&mut text)
        .id(id)
        .hint_text("Title")
        .font(theme::semibold(15.0))
        .desired_width(f32::INFINITY);
    let mut output = field.show(ui);
    let response = output.response.response.clone().accessible_name("Title");
    output.state.clear_undoer();
    output.state.store(ui.ctx(), id);
    if fresh {
        response.request_focus();
    }
    if response.changed() && text != *note.title {
        actions.push(change(note, view, "title", |note| note.title = text.into()));
    }
}

fn state(ui: &mut Ui, view: &View<'_>, note: &Note, actions: &mut Actions) {
    let mut state = note.state;
    let id = Id::unique("note state").with(note.id);
    let combo = ComboBox::from_id_salt(id).selected_text(capital(state.key())).show_ui(ui, |ui| {
        for choice in NoteState::ALL {
            crate::ui::widgets::choose(ui, &mut state, choice, capital(choice.key()));
        }
    });
    combo.response.accessible_name("State");
    if state != note.state {
        actions.push(change(note, view, "state", |note| note.state = state));
    }
}

/// What the note is attached to, and what it could be attached to now.
fn subjects(ui: &mut Ui, view: &View<'_>, desk: &Desk, note: &Note, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        widgets::muted(ui, "About");
        for subject in &note.about {
            chip(ui, view, note, *subject, actions);
        }
        let mut any = !note.about.is_empty();
        let current = [
            (desk.event.map(Subject::Event), "Attach to this event"),
            (desk.article.map(Subject::Article), "Attach to this article"),
        ];
        for (subject, label) in current {
            let Some(subject) = subject.filter(|subject| !note.about.contains(subject)) else { continue };
            any = true;
            let name = links::name(view.project, subject_link(subject));
            if widgets::quiet_button(ui, icons::PLUS, label).on_hover_text(name).clicked() {
                actions.push(change(note, view, "subjects", |note| note.about.push(subject)));
            }
        }
        if !any {
            widgets::muted(ui, "the project");
        }
    });
}

fn chip(ui: &mut Ui, view: &View<'_>, note: &Note, subject: Subject, actions: &mut Actions) {
    let linked = subject_link(subject);
    let name = links::name(view.project, linked);
    let short: String =
        if name.chars().count() > 32 { name.chars().take(31).chain(['…']).collect() } else { name.clone() };
    let tokens = theme::tokens(ui);
    egui::Frame::new()
        .fill(tokens.header)
        .corner_radius(4)
        .inner_margin(egui::Margin { left: 6, right: 0, top: 0, bottom: 0 })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if ui.link(short).on_hover_text(&name).accessible_name(format!("Show {name}")).clicked() {
                actions.push(Action::Show(linked.into()));
            }
            if widgets::icon_button(ui, icons::X, &format!("Detach from {name}")).clicked() {
                actions.push(change(note, view, "subjects", |note| note.about.retain(|other| *other != subject)));
            }
        });
}

fn mention_links(ui: &mut Ui, view: &View<'_>, mentions: &[NoteId], actions: &mut Actions) {
    if mentions.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        let s = if mentions.len() == 1 { "note" } else { "notes" };
        widgets::muted(ui, format!("Mentioned in {} {s}", mentions.len()));
        for id in mentions.iter().take(3) {
            let name = view.project.notes.get(*id).map_or("", |note| find::note_name(note));
            if ui.link(name).clicked() {
                actions.push(Action::Show(Target::Note(*id)));
            }
        }
    });
}

/// When the note was written and changed.
fn written(note: &Note) -> String {
    let day = |moment: crate::model::Moment| {
        let time = moment.time().map(|time| format!(" {:02}:{:02} UTC", time.hour(), time.minute()));
        format!("{}{}", moment.day(), time.unwrap_or_default())
    };
    match (note.created, note.edited) {
        (Some(created), Some(edited)) if created != edited => {
            format!("Written {}, changed {}", day(created), day(edited))
        }
        (Some(created), _) => format!("Written {}", day(created)),
        (None, Some(edited)) => format!("Changed {}", day(edited)),
        (None, None) => String::new(),
    }
}
