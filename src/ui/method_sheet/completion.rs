//! A line to write in that offers known words under it. It keeps the keyboard; Up and Down choose among the words.

use egui::{Area, Frame, Key, Modifiers, Order, Response, Sense, TextEdit, Ui, vec2};

use crate::model::Text;
use crate::ui::{theme, widgets};

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
        let offered: Vec<Text> = matching(known, &self.text);
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
        let at = field.rect.left_bottom() + vec2(0.0, 2.0);
        let area = Area::new(field.id.with("words")).order(Order::Foreground).fixed_pos(at);
        let mut picked = None;
        let shown = area.accessible_name("Known words").show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
                ui.set_width(field.rect.width().max(160.0) - 10.0);
                ui.spacing_mut().item_spacing.y = 0.0;
                for (n, word) in offered.iter().enumerate() {
                    if option(ui, word, self.chosen == Some(n)).clicked() {
                        picked = Some(word.clone());
                    }
                }
            });
        });
        self.over = shown.response.contains_pointer();
        picked
    }
}

/// A row of the list, which takes clicks but not the keyboard.
fn option(ui: &mut Ui, text: &str, chosen: bool) -> Response {
    let tokens = theme::tokens(ui);
    let size = vec2(ui.available_width(), theme::TARGET);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    widgets::name_row(ui, &response, text, chosen);
    let fill = if chosen { Some(tokens.selection) } else { response.hovered().then_some(tokens.button_hover) };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    let galley = widgets::one_line(ui, text, theme::regular(13.0), tokens.text, rect.width() - 12.0);
    let at = egui::pos2(rect.left() + 6.0, (rect.center().y - galley.size().y / 2.0).round());
    ui.painter().galley(at, galley, tokens.text);
    response
}

/// Known words that hold what is written, those that begin with it first; the most frequent ones where nothing is.
fn matching(known: &[Text], written: &str) -> Vec<Text> {
    let written = written.trim().to_lowercase();
    let mut found: Vec<(bool, &Text)> = known
        .iter()
        .filter_map(|word| {
            let lower = word.to_lowercase();
            (lower.contains(&written) && lower != written).then(|| (!lower.starts_with(&written), word))
        })
        .collect();
    found.sort_by_key(|(later, _)| *later);
    found.into_iter().take(MOST).map(|(_, word)| word.clone()).collect()
}
