//! The notes of the project: a list, and an editor with a preview beside it or below.
//!
//! It knows notes and what they are attached to; every change leaves as an edit, one step of undo for a run of typing.

mod body;
mod editor;
mod list;
mod preview;

use egui::{CentralPanel, Frame, Id, Key, Margin, Modifiers, Panel, Ui};

use super::{Action, Actions, Desk, Pane, SideTab, View};
use crate::edit::Edit;
use crate::model::{Note, NoteId, Subject};

/// From this width on, in points, the list stands beside the editor; below it they take turns.
const WIDE: f32 = 520.0;

/// The panel's own state.
#[derive(Debug, Default)]
pub struct Notes {
    list: list::List,
    editor: editor::Editor,
    /// A fresh note that should get the keyboard.
    start: Option<NoteId>,
}

/// With less height than this, in points, the editor scrolls as a whole.
const LOW: f32 = 300.0;

impl Notes {
    /// Opens a note and puts the keyboard into its title, in the next frame that shows it.
    pub fn start(&mut self, note: NoteId) {
        self.start = Some(note);
    }

    /// Adds an empty note about something, or about the project, opens it and puts the keyboard into its title.
    pub fn add(&mut self, about: Option<Subject>, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let note = Note::new(NoteId::random(), about, Some(view.now));
        desk.note = Some(note.id);
        desk.tab = SideTab::Notes;
        self.start(note.id);
        actions.push(Action::Edit(Edit::AddNote(Box::new(note))));
    }

    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        if let Some(fresh) = self.start {
            desk.note = Some(fresh);
        }
        if desk.takes_focus(Pane::Side) {
            let open = desk.note.filter(|note| view.project.notes.contains(*note));
            let field = open.map_or_else(list::filter_id, body::body_id);
            ui.memory_mut(|memory| memory.request_focus(field));
        }
        let margin = Margin { left: 12, right: 12, top: 8, bottom: 6 };
        Frame::new().inner_margin(margin).show(ui, |ui| self.parts(ui, view, desk, actions));
    }

    /// The list and the editor, beside each other or one at a time.
    fn parts(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        if view.project.notes.is_empty() {
            self.list(ui, view, desk, actions);
        } else if ui.available_width() >= WIDE {
            let width = (ui.available_width() * 0.36).clamp(190.0, 280.0).round();
            let left = Frame::new().inner_margin(Margin { left: 0, right: 8, top: 0, bottom: 0 });
            let list = Panel::left(Id::unique("notes list")).resizable(false).exact_size(width).frame(left);
            list.show(ui, |ui| self.list(ui, view, desk, actions));
            let right = Frame::new().inner_margin(Margin { left: 12, right: 0, top: 0, bottom: 0 });
            CentralPanel::default().frame(right).show(ui, |ui| self.editor(ui, view, desk, actions));
        } else if desk.note.is_some_and(|note| view.project.notes.contains(note)) {
            if super::widgets::quiet_button(ui, super::theme::icons::ARROW_LEFT, "All notes").clicked() {
                desk.note = None;
                return;
            }
            self.editor(ui, view, desk, actions);
        } else {
            self.list(ui, view, desk, actions);
        }
    }

    fn list(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        if let Some(about) = self.list.ui(ui, view, desk) {
            self.add(about, view, desk, actions);
        }
    }

    fn editor(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let writes = desk.note.is_some_and(|note| {
            ui.memory(|memory| memory.has_focus(body::body_id(note)) || memory.has_focus(editor::title_id(note)))
        });
        if writes && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) {
            ui.memory_mut(egui::Memory::stop_text_input);
            desk.wants_focus = Some(desk.way_back.take().unwrap_or(Pane::Table));
            ui.request_repaint();
        }
        match desk.note.and_then(|note| view.project.notes.get(note)) {
            Some(note) => {
                let fresh = self.start.take_if(|start| *start == note.id).is_some();
                let room = ui.available_height();
                if room < LOW {
                    let editor = |ui: &mut Ui| self.editor.ui(ui, view, desk, note, fresh, actions);
                    return super::widgets::scrolling(ui, "note", room, editor);
                }
                self.editor.ui(ui, view, desk, note, fresh, actions);
            }
            None => {
                let icon = super::theme::icons::NOTE_PENCIL;
                super::widgets::empty_state(ui, icon, "No note is open", "Choose one from the list, or add one", None);
            }
        }
    }
}

/// A change to a note, with the present moment as its last change.
fn change(note: &Note, view: &View<'_>, what: &str, change: impl FnOnce(&mut Note)) -> Action {
    let mut note = note.clone();
    change(&mut note);
    note.edited = Some(view.now);
    Action::Edit(Edit::SetNote { note: Box::new(note), what: what.to_owned() })
}

/// A key of the model ("method decision") as a word on screen.
fn capital(key: &str) -> String {
    let mut chars = key.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
