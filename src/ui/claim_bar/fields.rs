//! Fields of the claim bar: small labels, Tab that stays inside, and completion from known words.

use std::hash::Hash;

use egui::{ComboBox, EventFilter, Id, Key, Label, Response, RichText, TextEdit, Ui};

use super::guesses::Field;
use crate::model::Text;
use crate::ui::{theme, widgets};

/// Keys that a field of the bar keeps from moving the keyboard elsewhere.
const KEEP: EventFilter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
/// How many completions are shown.
const MOST: usize = 6;

/// The fields in the order of Tab, and the completion of the one being written.
#[derive(Debug, Default)]
pub struct Fields {
    /// Widgets in order, as drawn last, with the field where they are one.
    order: Vec<(Id, Option<Field>)>,
    drawn: Vec<(Id, Option<Field>)>,
    /// A letter typed while a choice has the keyboard.
    pub letter: Option<String>,
    /// The field whose completions are shown.
    open: Option<Id>,
    /// The completions on the screen, and which is chosen.
    shown: Vec<Text>,
    chosen: Option<usize>,
    /// Whether all completions are wanted, whatever is written.
    all: bool,
    /// A completion to put into a field.
    put: Option<(Id, Text)>,
    /// Whether the pointer is over the completions.
    over: bool,
}

/// How a field is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Face<'a> {
    /// Which.
    pub field: Field,
    /// Whether its value is a guess.
    pub guess: bool,
    /// What it says while it is empty.
    pub hint: &'a str,
    /// What stands behind the value.
    pub behind: Option<&'a str>,
}

impl Face<'_> {
    fn name(&self) -> String {
        let guess = if self.guess { " (guess)" } else { "" };
        format!("{}{guess}", self.field.label())
    }
}

impl Fields {
    /// Begins a frame.
    pub fn begin(&mut self) {
        self.drawn.clear();
    }

    /// Ends a frame.
    pub fn end(&mut self) {
        std::mem::swap(&mut self.order, &mut self.drawn);
        self.letter = None;
    }

    /// Adds a widget to the order of Tab.
    pub fn add(&mut self, ui: &Ui, field: Option<Field>, response: &Response) {
        self.drawn.push((response.id, field));
        if response.has_focus() {
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, KEEP));
        }
        if response.gained_focus() {
            response.scroll_to_me_animation(None, egui::style::ScrollAnimation::none());
        }
    }

    /// Which widget has the keyboard.
    pub fn focused(&self, ui: &Ui) -> Option<Id> {
        ui.memory(|memory| memory.focused()).filter(|id| self.order.iter().any(|(known, _)| known == id))
    }

    /// The field that a widget is.
    pub fn field_of(&self, id: Id) -> Option<Field> {
        self.order.iter().find(|(known, _)| *known == id).and_then(|(_, field)| *field)
    }

    /// The widget of a field, where it is on the screen.
    pub fn id(&self, field: Field) -> Option<Id> {
        self.order.iter().find(|(_, known)| *known == Some(field)).map(|(id, _)| *id)
    }

    /// The next or previous widget, around the ends.
    pub fn beside(&self, focused: Option<Id>, back: bool) -> Option<Id> {
        let at = focused.and_then(|id| self.order.iter().position(|(known, _)| *known == id));
        let count = self.order.len();
        let next = match (at, back) {
            (_, _) if count == 0 => return None,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
            (None, false) => 0,
            (None, true) => count - 1,
        };
        self.order.get(next).map(|(id, _)| *id)
    }

    /// Closes the completions; says whether they were open.
    pub fn close(&mut self) -> bool {
        let was = self.open.is_some() && !self.shown.is_empty();
        (self.open, self.chosen, self.all, self.over) = (None, None, false, false);
        self.shown.clear();
        was
    }

    /// Takes Up and Down in a field with completions.
    pub fn arrow(&mut self, focused: Id, down: bool) {
        if self.open != Some(focused) {
            return;
        }
        self.all |= self.shown.is_empty();
        let last = self.shown.len().checked_sub(1);
        self.chosen = match (self.chosen, down) {
            (None, true) => Some(0),
            (Some(at), true) => Some((at + 1).min(last.unwrap_or(0))),
            (Some(at), false) => at.checked_sub(1),
            (None, false) => None,
        };
    }

    /// Takes the chosen completion; says whether there was one.
    pub fn take_chosen(&mut self) -> bool {
        let chosen = self.chosen.and_then(|at| self.shown.get(at)).cloned();
        match (self.open, chosen) {
            (Some(field), Some(text)) => {
                self.close();
                self.put = Some((field, text));
                true
            }
            _ => false,
        }
    }

    /// A line to write in.
    pub fn text(&mut self, ui: &mut Ui, face: Face<'_>, text: &mut String) -> Response {
        let id = id_of(face.field.label());
        let mut put_in = false;
        if self.put.as_ref().is_some_and(|(field, _)| *field == id)
            && let Some((_, put)) = self.put.take()
        {
            *text = put.to_string();
            put_in = true;
            widgets::put_caret(ui, id, text.chars().count());
        }
        let mut response = labelled(ui, face, |ui| {
            let hint = RichText::new(face.hint).weak();
            let mut edit = TextEdit::singleline(text).id(id).desired_width(f32::INFINITY).hint_text(hint);
            if let Some(behind) = face.behind {
                edit = edit.suffix(RichText::new(behind).text_style(theme::CAPTION.clone()).weak());
            }
            ui.add(edit.event_filter(KEEP).return_key(None))
        });
        if put_in {
            response.mark_changed();
        }
        self.add(ui, Some(face.field), &response);
        response
    }

    /// A line to write in that offers known words.
    pub fn completed(&mut self, ui: &mut Ui, face: Face<'_>, text: &mut String, known: &[Text]) -> Response {
        let response = self.text(ui, face, text);
        let id = response.id;
        if response.gained_focus() {
            self.close();
            self.open = Some(id);
        }
        if response.changed() {
            (self.open, self.chosen, self.all) = (Some(id), None, false);
            self.shown = matching(known, text);
        } else if self.open == Some(id) && self.all && self.shown.is_empty() {
            self.shown = known.iter().take(2 * MOST).cloned().collect();
        }
        if self.open != Some(id) {
            return response;
        }
        if !response.has_focus() && !self.over {
            self.close();
        } else if !self.shown.is_empty() {
            self.popup(ui, &response);
        }
        response
    }

    fn popup(&mut self, ui: &Ui, field: &Response) {
        let (picked, over) = widgets::below(ui, field, "Known words", field.rect.width().max(200.0), |ui| {
            let rows = self.shown.iter().enumerate();
            rows.filter(|(n, word)| widgets::offer(ui, word, self.chosen == Some(*n)).clicked()).map(|(n, _)| n).last()
        });
        self.over = over;
        if let Some(n) = picked {
            self.chosen = Some(n);
            self.take_chosen();
            field.request_focus();
        }
    }

    /// A choice of a few values. Up, Down and the first letter change it while it has the keyboard.
    pub fn pick<T: PartialEq + Clone>(
        &mut self,
        ui: &mut Ui,
        face: Face<'_>,
        value: &mut T,
        options: &[(T, String)],
    ) -> Response {
        let at = options.iter().position(|(known, _)| known == value);
        let name = at.and_then(|at| options.get(at)).map_or(face.hint, |(_, name)| name.as_str());
        let mut chosen = at;
        let mut response = labelled(ui, face, |ui| {
            let salt = id_of(face.field.label());
            let combo = ComboBox::from_id_salt(salt).selected_text(name).width(ui.available_width()).truncate();
            let shown = combo.show_ui(ui, |ui| {
                for (n, (_, name)) in options.iter().enumerate() {
                    if ui.selectable_label(at == Some(n), name).clicked() {
                        chosen = Some(n);
                    }
                }
            });
            shown.response
        });
        if response.has_focus() && !egui::Popup::is_any_open(ui.ctx()) {
            let step = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
            if step(Key::ArrowDown) {
                chosen = Some(at.map_or(0, |at| (at + 1).min(options.len().saturating_sub(1))));
            }
            if step(Key::ArrowUp) {
                chosen = Some(at.map_or(0, |at| at.saturating_sub(1)));
            }
            if let Some(letter) = self.letter.take() {
                let begins = |(_, name): &(T, String)| name.to_lowercase().starts_with(&letter.to_lowercase());
                chosen = options.iter().position(begins).or(chosen);
            }
        }
        if chosen != at
            && let Some((new, _)) = chosen.and_then(|at| options.get(at))
        {
            *value = new.clone();
            response.mark_changed();
        }
        self.add(ui, Some(face.field), &response);
        response
    }

    /// Something that holds or not.
    pub fn check(&mut self, ui: &mut Ui, face: Face<'_>, value: &mut bool) -> Response {
        let response = labelled(ui, face, |ui| ui.checkbox(value, face.hint));
        self.add(ui, Some(face.field), &response);
        response
    }
}

/// The id of a field by its label.
pub fn id_of(label: impl Hash + std::fmt::Debug) -> Id {
    Id::unique(("claim bar", label))
}

/// A control under its small label. What is in doubt is said so, not only coloured.
fn labelled(ui: &mut Ui, face: Face<'_>, control: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.spacing_mut().item_spacing.y = 1.0;
    let tokens = theme::tokens(ui);
    let guess = if face.guess { " (guess)" } else { "" };
    let text = RichText::new(format!("{}{guess}", face.field.caption())).text_style(theme::CAPTION.clone());
    let colour = if face.guess { tokens.warn.text } else { tokens.muted };
    let label = ui.add(Label::new(text.color(colour)).truncate());
    let response = control(ui);
    if face.guess && !response.has_focus() {
        let line = egui::Stroke::new(1.5, tokens.warn.text);
        ui.painter().rect_stroke(response.rect, 4.0, line, egui::StrokeKind::Inside);
    }
    if face.field.caption() == face.field.label() {
        response.labelled_by(label.id)
    } else {
        response.accessible_name(face.name())
    }
}

/// Known words that hold what is written; none where nothing is.
fn matching(known: &[Text], written: &str) -> Vec<Text> {
    if written.trim().is_empty() { Vec::new() } else { widgets::matching(known, written, MOST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_that_begin_so_come_first() {
        let known: Vec<Text> = ["Red Crescent", "Health ministry", "The Red Cross", "red"].map(Text::from).into();
        assert_eq!(matching(&known, "Red").iter().map(|w| &**w).collect::<Vec<_>>(), ["Red Crescent", "The Red Cross"]);
        assert!(matching(&known, "  ").is_empty());
    }
}
