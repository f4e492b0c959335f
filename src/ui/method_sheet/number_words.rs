//! The table of number words: a preset, or one with entries of your own.

use std::collections::BTreeMap;

use egui::{ComboBox, Key, Response, RichText, TextEdit, Ui, vec2};

use crate::model::{Meaning, Methodology, Project, Quantity, Text, WordTable};
use crate::ui::figures::sentence;
use crate::ui::theme::icons;
use crate::ui::{theme, widgets};

/// Width of a field for a number.
const NUMBER: f32 = 80.0;
/// Space between two fields.
const GAP: f32 = 8.0;

/// An entry while it is typed.
#[derive(Debug, Clone, Default)]
struct Line {
    word: Text,
    low: String,
    high: String,
}

/// The section's own state.
#[derive(Debug, Default)]
pub struct NumberWords {
    /// The table that the lines were made of.
    of: Option<WordTable>,
    lines: Vec<Line>,
    new_word: String,
    new_low: String,
    new_high: String,
    /// What is wrong with what was typed.
    refused: Option<String>,
}

impl NumberWords {
    /// Draws the section.
    pub fn ui(&mut self, ui: &mut Ui, project: &Project, sheet: &mut Methodology) {
        if self.of.as_ref() != Some(&sheet.words) {
            self.of = Some(sheet.words.clone());
            self.lines = sheet.words.entries.iter().map(|(word, meaning)| Line::of(word, *meaning)).collect();
            self.refused = None;
        }
        ui.add_space(8.0);
        widgets::section_title(ui, "Number words");
        preset_list(ui, project, sheet);
        widgets::muted(ui, "A word reads as at least its low, and at most its high where it has one");
        head(ui);
        let mut entries = None;
        for at in 0..self.lines.len() {
            entries = self.line(ui, at).or(entries);
        }
        entries = self.new_line(ui).or(entries);
        if let Some(why) = &self.refused {
            let colour = theme::tokens(ui).error.text;
            ui.add(egui::Label::new(RichText::new(why).small().color(colour)).wrap());
        }
        if let Some(entries) = entries.filter(|entries| *entries != sheet.words.entries) {
            let taken = project.about.releases.iter().map(|release| &*release.words);
            sheet.words = sheet.words.edited(entries, &[&project.methodology.words], taken);
        }
    }

    /// Draws an entry; the entries as they are after a change.
    fn line(&mut self, ui: &mut Ui, at: usize) -> Option<BTreeMap<Text, Meaning>> {
        let line = self.lines.get_mut(at)?;
        let word = line.word.clone();
        let (mut left, mut out) = (false, false);
        row(ui, |ui| {
            cell(ui, room(ui), egui::Align::Min, |ui| {
                let label = ui.add(egui::Label::new(&*word).truncate());
                if *word == *"plural" {
                    label.on_hover_text("A bare plural: “soldiers were killed”");
                }
            });
            left |= number(ui, &format!("Low of {word}"), &mut line.low, "").lost_focus();
            left |= number(ui, &format!("High of {word}"), &mut line.high, "open").lost_focus();
            out = widgets::icon_button(ui, icons::TRASH, &format!("Remove {word}")).clicked();
        });
        if out {
            self.lines.remove(at);
        }
        if out || left { self.read() } else { None }
    }

    /// Draws the line in which a word is added; the entries with it.
    fn new_line(&mut self, ui: &mut Ui) -> Option<BTreeMap<Text, Meaning>> {
        let (mut enter, mut press) = (false, false);
        row(ui, |ui| {
            let width = room(ui);
            let word = TextEdit::singleline(&mut self.new_word).hint_text("another word");
            let fields = [
                named_field(ui, word, "New word", width),
                number(ui, "Low of the new word", &mut self.new_low, "low"),
                number(ui, "High of the new word", &mut self.new_high, "open"),
            ];
            enter = fields.iter().any(Response::lost_focus) && ui.input(|input| input.key_pressed(Key::Enter));
            press = widgets::icon_button(ui, icons::PLUS, "Add word").clicked();
        });
        if !(enter || press) || (enter && self.new_word.trim().is_empty()) {
            return None;
        }
        let word: Text = self.new_word.trim().to_lowercase().into();
        if let Err(why) = usable(&word, &self.lines) {
            self.refused = Some(why);
            return None;
        }
        let line = Line { word, low: self.new_low.clone(), high: self.new_high.clone() };
        self.lines.push(line);
        let read = self.read();
        if read.is_some() {
            (self.new_word, self.new_low, self.new_high) = Default::default();
        } else {
            self.lines.pop();
        }
        read
    }

    /// All entries, where every line can be read; else it is said what cannot.
    fn read(&mut self) -> Option<BTreeMap<Text, Meaning>> {
        let read = self.lines.iter().map(|line| Ok((line.word.clone(), line.read()?)));
        match read.collect::<Result<BTreeMap<Text, Meaning>, String>>() {
            Ok(entries) => {
                self.refused = None;
                Some(entries)
            }
            Err(why) => {
                self.refused = Some(why);
                None
            }
        }
    }
}

impl Line {
    fn of(word: &Text, meaning: Meaning) -> Self {
        let high = meaning.high.map(|high| high.to_string()).unwrap_or_default();
        Self { word: word.clone(), low: meaning.low.to_string(), high }
    }

    fn read(&self) -> Result<Meaning, String> {
        let whole = |what: &str, text: &str| match Quantity::parse(text) {
            Ok(Quantity::Exactly(n)) => Ok(n),
            Ok(Quantity::NoneAsserted) => Ok(0),
            _ => Err(format!("{what} of “{}” needs one whole number", self.word)),
        };
        let low = whole("Low", &self.low)?;
        let high = if self.high.trim().is_empty() { None } else { Some(whole("High", &self.high)?) };
        if high.is_some_and(|high| high < low) {
            return Err(format!("“{}” needs a high that is not below its low", self.word));
        }
        Ok(Meaning { low, high })
    }
}

/// Whether a word can be added: claims must be able to write it, and it must not read as a number already.
fn usable(word: &Text, lines: &[Line]) -> Result<(), String> {
    if word.is_empty() {
        return Err("Write the word that is to be read as a number".to_owned());
    }
    if lines.iter().any(|line| line.word == *word) {
        return Err(format!("“{word}” is in the table already"));
    }
    let reads = Quantity::parse_with(word, &|known| *known == **word);
    let own = matches!(&reads, Ok(Quantity::Word(found)) if **found == **word) || **word == *"plural";
    if own { Ok(()) } else { Err(format!("“{word}” cannot be a number word; write it in letters")) }
}

fn preset_list(ui: &mut Ui, project: &Project, sheet: &mut Methodology) {
    let in_force = &project.methodology.words;
    widgets::field_with(ui, "Word table", |ui| {
        let width = ui.available_width();
        let list = ComboBox::from_id_salt("word table").selected_text(sentence(&sheet.words.name)).width(width);
        list.show_ui(ui, |ui| {
            for table in WordTable::preset_names().filter_map(WordTable::preset) {
                if ui.selectable_label(sheet.words == table, sentence(&table.name)).clicked() {
                    sheet.words = table;
                }
            }
            if !in_force.is_preset()
                && ui.selectable_label(sheet.words == *in_force, sentence(&in_force.name)).clicked()
            {
                sheet.words = in_force.clone();
            }
        })
        .response
    });
}

fn head(ui: &mut Ui) {
    row(ui, |ui| {
        cell(ui, room(ui), egui::Align::Min, |ui| widgets::caption(ui, "Word"));
        cell(ui, NUMBER, egui::Align::Max, |ui| widgets::caption(ui, "Low"));
        cell(ui, NUMBER, egui::Align::Max, |ui| widgets::caption(ui, "High"));
    });
}

/// What the numbers and the button leave to the word.
fn room(ui: &Ui) -> f32 {
    (ui.available_width() - 2.0 * (NUMBER + GAP) - GAP - theme::ROW - 2.0).max(60.0)
}

fn row(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        contents(ui);
    });
}

/// A text of this width at the left or right end of it.
fn cell<R>(ui: &mut Ui, width: f32, align: egui::Align, contents: impl FnOnce(&mut Ui) -> R) {
    let layout = match align {
        egui::Align::Max => egui::Layout::right_to_left(egui::Align::Center),
        _ => egui::Layout::left_to_right(egui::Align::Center),
    };
    ui.allocate_ui_with_layout(vec2(width, theme::TARGET), layout, |ui| {
        ui.set_width(width);
        contents(ui);
    });
}

fn number(ui: &mut Ui, name: &str, text: &mut String, hint: &str) -> Response {
    let edit = TextEdit::singleline(text).hint_text(hint).align(egui::Align2::RIGHT_CENTER);
    named_field(ui, edit, name, NUMBER)
}

fn named_field(ui: &mut Ui, edit: TextEdit<'_>, name: &str, width: f32) -> Response {
    let id = egui::Id::unique(("number words", name));
    ui.add_sized(vec2(width, theme::TARGET), edit.id(id)).accessible_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_or_says_why_not() {
        let line = |low: &str, high: &str| Line { word: "dozens".into(), low: low.into(), high: high.into() }.read();
        assert_eq!(line("24", ""), Ok(Meaning { low: 24, high: None }));
        assert_eq!(line("1,200", "2000"), Ok(Meaning { low: 1200, high: Some(2000) }));
        assert_eq!(line("", ""), Err("Low of “dozens” needs one whole number".to_owned()));
        assert_eq!(line("24+", ""), Err("Low of “dozens” needs one whole number".to_owned()));
        assert!(line("24", "12").is_err());
    }

    #[test]
    fn only_a_word_of_letters_that_is_new_can_be_added() {
        let lines = [Line { word: "dozens".into(), ..Line::default() }];
        assert_eq!(usable(&"busloads".into(), &lines), Ok(()));
        assert_eq!(usable(&"a handful".into(), &lines), Ok(()));
        for bad in ["", "dozens", "42", "3+", "none", "?"] {
            assert!(usable(&bad.into(), &lines).is_err(), "{bad:?}");
        }
    }
}
