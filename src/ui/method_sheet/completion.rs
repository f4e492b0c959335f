//! A line to write in that offers known words under it. It keeps the keyboard; Up and Down choose among the words.

use egui::{Key, Modifiers, Response, TextEdit, Ui};

use crate::model::Text;
use crate::ui::widgets;

/// How many words are offered.
const MOST: usize = 6;

/// What is written so far.
#[derive(Debug, Default)]
pub struct Completion {
    pub text: String,
    chosen: Option<usize>,
    /// The pointer is over the words: the field has lost the keyboard, and they must stay to be clicked.
    over: bool,
    wants_keyboard: bool,
}

/// What came of a frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// Nothing yet.
    Nothing,
    /// A word was accepted, by Enter or by a click on it.
    Accepted(Text),
    /// The field was left with what is written.
    Left,
}

impl Completion {
    /// Gives the field the keyboard in the next frame.
    pub fn focus(&mut self) {
        self.wants_keyboard = true;
    }

    /// Draws the field under its label.
    pub fn ui(&mut self, ui: &mut Ui, label: &str, hint: &str, known: &[Text]) -> Written {
        let id = egui::Id::unique(("method sheet", label));
        let offered: Vec<Text> = widgets::matching(known, &self.text, MOST);
        let focused = ui.memory(|memory| memory.has_focus(id));
        if focused && !offered.is_empty() {
            self.take_arrows(ui, offered.len());
        }
        let field = widgets::field_with(ui, label, |ui| {
            let edit = TextEdit::singleline(&mut self.text).id(id).hint_text(hint).desired_width(f32::INFINITY);
            ui.add(edit)
        });
        if std::mem::take(&mut self.wants_keyboard) {
            field.request_focus();
        }
        if field.changed() {
            self.chosen = None;
        }
        let clicked = if (field.has_focus() || self.over) && !offered.is_empty() {
            self.popup(ui, &field, &offered)
        } else {
            self.over = false;
            None
        };
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let by_key = entered.then(|| self.chosen.and_then(|at| offered.get(at)).cloned());
        if let Some(word) = clicked.or(by_key.clone().flatten()) {
            self.close();
            return Written::Accepted(word);
        }
        if by_key.is_some() && !self.text.trim().is_empty() {
            let word = self.text.trim().into();
            self.close();
            return Written::Accepted(word);
        }
        if field.lost_focus() && !self.over { Written::Left } else { Written::Nothing }
    }

    fn close(&mut self) {
        (self.chosen, self.over) = (None, false);
    }

    fn take_arrows(&mut self, ui: &Ui, count: usize) {
        let (down, up) = ui.input_mut(|input| {
            let down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
            (down, input.consume_key(Modifiers::NONE, Key::ArrowUp))
        });
        if down {
            self.chosen = Some(self.chosen.map_or(0, |at| (at + 1).min(count - 1)));
        }
        if up {
            self.chosen = self.chosen.and_then(|at| at.checked_sub(1));
        }
    }

    /// Draws the words; the one that was clicked.
    fn popup(&mut self, ui: &Ui, field: &Response, offered: &[Text]) -> Option<Text> {
        let (picked, over) = widgets::below(ui, field, "Known words", field.rect.width().max(160.0) - 10.0, |ui| {
            let rows = offered.iter().enumerate();
            rows.filter(|(n, word)| widgets::offer(ui, word, self.chosen == Some(*n)).clicked()).last()
        });
        self.over = over;
        picked.map(|(_, word)| word.clone())
    }
}
