//! The text of a note as it is written, and the picker that `[[` opens.
//!
//! The text is the project's: each key becomes an edit, and undo is the project's undo, not that of the text field.

use egui::{
    Area, EventFilter, Frame, Id, Key, Modifiers, Order, Rect, Sense, TextEdit, Ui, WidgetInfo, pos2, text::CCursor,
    vec2,
};
use nucleo_matcher::{Config, Matcher};

use super::change;
use crate::command::Command;
use crate::derive::find::{self, Found, Kinds};
use crate::derive::links::{self, Linked};
use crate::model::{Note, NoteId};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{self, ICON, one_line};
use crate::ui::{Action, Actions, View};

/// Records that the picker offers.
const OFFERED: usize = 8;
const PICKER_WIDTH: f32 = 380.0;
const PICKER_ROW: f32 = 28.0;

/// The text's own state.
#[derive(Default)]
pub(super) struct Body {
    picker: Option<Picker>,
    /// The `[[` for which the picker was closed by Esc: note and place in bytes.
    closed: Option<(NoteId, usize)>,
    matcher: Option<Matcher>,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Body").field("picker", &self.picker).field("closed", &self.closed).finish_non_exhaustive()
    }
}

/// What can be linked to, while a link is written.
#[derive(Debug)]
struct Picker {
    note: NoteId,
    /// Bytes of `[[` and what stands behind it.
    from: usize,
    to: usize,
    query: String,
    revision: u64,
    found: Vec<Found>,
    chosen: usize,
    /// Where the caret is: the list hangs below it, or stands above it where there is no room below.
    caret: Rect,
    rect: Option<Rect>,
}

/// The text field of a note.
pub(super) fn body_id(note: NoteId) -> Id {
    Id::unique("note body").with(note)
}

/// Takes the keys of undo and redo out of the input, so that the text field does not undo by itself.
pub(super) fn undo_keys(ui: &Ui, actions: &mut Actions) {
    // Those with more modifiers first: Ctrl+Z would also answer to Ctrl+Shift+Z.
    let keys = [
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::Z, Command::Redo),
        (Modifiers::COMMAND, Key::Y, Command::Redo),
        (Modifiers::COMMAND, Key::Z, Command::Undo),
    ];
    for (modifiers, key, command) in keys {
        for _ in 0..ui.input_mut(|input| input.count_and_consume_key(modifiers, key)) {
            actions.push(Action::Run(command));
        }
    }
}

impl Body {
    /// Draws the text of a note, at least this high.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &View<'_>, note: &Note, height: f32, actions: &mut Actions) {
        let id = body_id(note.id);
        let mut text = note.body.to_string();
        self.picker.take_if(|picker| picker.note != note.id);
        if ui.memory(|memory| memory.has_focus(id)) {
            undo_keys(ui, actions);
            self.keys(ui, id, &mut text);
        }
        let escape = EventFilter { escape: true, horizontal_arrows: true, vertical_arrows: true, tab: false };
        let field = TextEdit::multiline(&mut text)
            .id(id)
            .hint_text("Write in Markdown; [[ links to an event, an article or a note")
            .event_filter(escape)
            .desired_width(f32::INFINITY)
            .min_size(vec2(0.0, height - 2.0));
        let mut output = field.show(ui);
        let response = output.response.response.clone().accessible_name("Text of the note");
        output.state.clear_undoer();
        output.state.clone().store(ui.ctx(), id);
        if text != *note.body {
            let body = text.as_str().into();
            actions.push(change(note, view, "text", |note| note.body = body));
        }
        let caret = output.cursor_range.filter(|range| range.is_empty()).map(|range| range.primary);
        if response.has_focus() {
            let at = caret.map(|caret| output.galley.pos_from_cursor(caret).translate(output.galley_pos.to_vec2()));
            self.look(view, note, &text, caret, at);
        } else if !self.is_under_pointer(ui) {
            self.picker = None;
        }
    }

    /// Draws the picker, below the caret and above everything else.
    pub(super) fn offer(&mut self, ui: &Ui, view: &View<'_>, note: &Note, actions: &mut Actions) {
        let Some(picker) = &mut self.picker else { return };
        let screen = ui.ctx().viewport_rect().shrink(8.0);
        let tall = picker.rect.map_or(PICKER_ROW * 9.0, |rect| rect.height());
        let below = picker.caret.bottom() + 4.0;
        let top = if below + tall <= screen.bottom() { below } else { picker.caret.top() - 4.0 - tall };
        let area = Area::new(Id::unique("note link picker"))
            .order(Order::Foreground)
            .fixed_pos(pos2(picker.caret.left(), top))
            .constrain_to(screen)
            .fade_in(false);
        let shown =
            area.show(ui.ctx(), |ui| Frame::popup(ui.style()).inner_margin(6).show(ui, |ui| rows(ui, picker)).inner);
        picker.rect = Some(shown.response.rect);
        if let Some(linked) = shown.inner {
            let mut text = note.body.to_string();
            self.insert(ui, body_id(note.id), &mut text, linked);
            actions.push(change(note, view, "text", |note| note.body = text.into()));
        }
    }

    fn is_under_pointer(&self, ui: &Ui) -> bool {
        let at = ui.input(|input| input.pointer.interact_pos());
        at.zip(self.picker.as_ref().and_then(|picker| picker.rect)).is_some_and(|(at, rect)| rect.contains(at))
    }

    /// Takes the keys of the picker out of the input, and Esc.
    fn keys(&mut self, ui: &Ui, id: Id, text: &mut String) {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if let Some(picker) = &mut self.picker {
            let last = picker.found.len().saturating_sub(1);
            if pressed(Key::ArrowDown) {
                picker.chosen = (picker.chosen + 1).min(last);
            }
            if pressed(Key::ArrowUp) {
                picker.chosen = picker.chosen.saturating_sub(1);
            }
            let chosen = picker.found.get(picker.chosen).map(|found| found.at);
            if let Some(linked) = chosen
                && pressed(Key::Enter)
            {
                self.insert(ui, id, text, linked);
            }
        }
        if pressed(Key::Escape) {
            match self.picker.take() {
                Some(picker) => self.closed = Some((picker.note, picker.from)),
                None => ui.memory_mut(|memory| memory.surrender_focus(id)),
            }
        }
    }

    /// Puts a link in the place of what was written of it, and the caret behind it.
    fn insert(&mut self, ui: &Ui, id: Id, text: &mut String, linked: Linked) {
        let Some(picker) = self.picker.take() else { return };
        let name = picker.found.iter().find(|found| found.at == linked).map(|found| found.name.as_str());
        let link = links::write(linked, name.unwrap_or_default());
        if !text.get(picker.from..picker.to).is_some_and(|written| written.starts_with("[[")) {
            return;
        }
        // Brackets that were closed beforehand are not doubled.
        let to = picker.to + if text[picker.to..].starts_with("]]") { 2 } else { 0 };
        text.replace_range(picker.from..to, &link);
        let behind = text[..picker.from + link.len()].chars().count();
        widgets::put_caret(ui, id, behind);
        ui.memory_mut(|memory| memory.request_focus(id));
    }

    /// Opens, moves or closes the picker by what stands before the caret.
    fn look(&mut self, view: &View<'_>, note: &Note, text: &str, caret: Option<CCursor>, at: Option<Rect>) {
        let end = caret.map(|caret| text.char_indices().nth(caret.index.0).map_or(text.len(), |(at, _)| at));
        let open = end.and_then(|end| links::open_link(&text[..end]).map(|(from, query)| (from, end, query)));
        let (Some((from, to, query)), Some(at)) = (open, at) else {
            self.picker = None;
            self.closed = None;
            return;
        };
        if self.closed == Some((note.id, from)) {
            return;
        }
        let same = |p: &Picker| p.from == from && p.query == query && p.revision == view.revision;
        if let Some(picker) = self.picker.as_mut().filter(|picker| same(picker)) {
            picker.to = to;
            picker.caret = at;
            return;
        }
        let matcher = self.matcher.get_or_insert_with(|| Matcher::new(Config::DEFAULT));
        let mut found = find::find((view.project, view.derived.columnar()), query, Kinds::ALL, OFFERED + 1, matcher);
        found.retain(|found| found.at != Linked::Note(note.id));
        found.truncate(OFFERED);
        let before = self.picker.take().filter(|picker| picker.from == from);
        let kept = before.as_ref().filter(|picker| picker.query == query).map_or(0, |picker| picker.chosen);
        let chosen = kept.min(found.len().saturating_sub(1));
        let rect = before.and_then(|picker| picker.rect);
        let (query, revision) = (query.to_owned(), view.revision);
        self.picker = Some(Picker { note: note.id, from, to, query, revision, found, chosen, caret: at, rect });
    }
}

/// Draws the rows of the picker; says which was clicked.
fn rows(ui: &mut Ui, picker: &Picker) -> Option<Linked> {
    ui.set_width(PICKER_WIDTH);
    if picker.found.is_empty() {
        widgets::muted(ui, format!("Nothing is called “{}”", picker.query));
        return None;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut clicked = None;
    for (index, found) in picker.found.iter().enumerate() {
        let (rect, _) = ui.allocate_exact_size(vec2(PICKER_WIDTH, PICKER_ROW), Sense::hover());
        if row(ui, rect, index, found, index == picker.chosen) {
            clicked = Some(found.at);
        }
    }
    widgets::caption(ui, "Enter links, Esc leaves it as it is");
    clicked
}

fn row(ui: &Ui, rect: Rect, index: usize, found: &Found, chosen: bool) -> bool {
    let tokens = theme::tokens(ui);
    let response = ui.interact(rect, Id::unique("note link row").with(index), Sense::click());
    let said = format!("Link to {}, {}", found.name, found.detail);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListBoxOption, true, &said));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(chosen));
    let painter = ui.painter();
    if chosen || response.hovered() {
        painter.rect_filled(rect, 4.0, if chosen { tokens.selection } else { tokens.button_hover });
    }
    let icon = match found.at {
        Linked::Event(_) => icons::MAP_PIN,
        Linked::Article(_) => icons::ARTICLE,
        Linked::Note(_) => icons::NOTE,
        Linked::Claim(_) => icons::QUOTES,
    };
    let quiet = if chosen { tokens.text } else { tokens.muted };
    let middle = |height: f32| (rect.center().y - height / 2.0).round();
    let icon = one_line(ui, icon, theme::regular(ICON), quiet, 24.0);
    painter.galley(pos2(rect.left() + 6.0, middle(icon.size().y)), icon, quiet);
    let detail = one_line(ui, &found.detail, theme::regular(12.0), quiet, rect.width() * 0.45);
    let name = one_line(ui, &found.name, theme::regular(13.0), tokens.text, rect.width() - detail.size().x - 52.0);
    painter.galley(pos2(rect.left() + 30.0, middle(name.size().y)), name, tokens.text);
    let right = rect.right() - detail.size().x - 8.0;
    painter.galley(pos2(right, middle(detail.size().y)), detail, quiet);
    response.clicked()
}
