//! Where the values of one record are read, and what is wrong with them is collected: all of it, not only the first.

use std::fmt::Display;

use crate::dataset::{Readers, Shared};
use crate::file::place::Step;
use crate::model::{OwnColumn, Text};

/// Something wrong with a record, and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The way from the record to the value.
    pub path: Vec<Step>,
    /// What it is and what to do.
    pub message: String,
    /// Whether the file cannot be opened with it.
    pub refuses: bool,
}

/// Whether a phrase is a number word.
pub(super) type KnowsWord<'k> = &'k (dyn Fn(&str) -> bool + Sync);

/// Reads values, shares equal short texts, and keeps what is wrong.
pub(super) struct Reader<'k> {
    pub knows_word: KnowsWord<'k>,
    /// The columns that the codebook adds.
    pub columns: &'k [OwnColumn],
    /// The readers of the project's data sets.
    pub rows: &'k Readers,
    pub shared: Shared,
    path: Vec<Step>,
    troubles: Vec<Trouble>,
}

impl<'k> Reader<'k> {
    pub fn new(knows_word: KnowsWord<'k>, columns: &'k [OwnColumn], rows: &'k Readers) -> Self {
        Self { knows_word, columns, rows, shared: Shared::default(), path: Vec::new(), troubles: Vec::new() }
    }

    /// What was wrong since this was asked last.
    pub fn take_troubles(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.troubles)
    }

    /// Notes what the file cannot be opened with.
    pub fn refuse(&mut self, field: &'static str, message: impl Into<String>) {
        self.note(field, message.into(), true);
    }

    /// Notes what is kept and should be looked at.
    pub fn warn(&mut self, field: &'static str, message: impl Into<String>) {
        self.note(field, message.into(), false);
    }

    fn note(&mut self, field: &'static str, message: String, refuses: bool) {
        let mut path = self.path.clone();
        path.push(Step::Field(field));
        self.troubles.push(Trouble { path, message, refuses });
    }

    /// Notes at the value at hand, such as an element of a list, what is kept and should be looked at.
    pub fn warn_here(&mut self, message: impl Into<String>) {
        self.troubles.push(Trouble { path: self.path.clone(), message: message.into(), refuses: false });
    }

    /// The value at hand, or a refusal in the error's words.
    pub fn value_here<T, E: Display>(&mut self, read: Result<T, E>) -> Option<T> {
        let refuse = |error: E| {
            let message = capital(&error.to_string());
            self.troubles.push(Trouble { path: self.path.clone(), message, refuses: true });
        };
        read.map_err(refuse).ok()
    }

    /// The value, or a refusal in the error's words.
    pub fn value<T, E: Display>(&mut self, field: &'static str, read: Result<T, E>) -> Option<T> {
        read.map_err(|error| self.refuse(field, capital(&error.to_string()))).ok()
    }

    /// The value of a text that may be left out: `None` where it is in error, `Some(None)` where it is not there.
    #[expect(clippy::option_option, reason = "an error and an absent value are two things")]
    pub fn optional<T, E: Display>(
        &mut self,
        field: &'static str,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        if text.is_empty() { Some(None) } else { self.value(field, read(text)).map(Some) }
    }

    /// One of a fixed list of words; the first where it is left out.
    pub fn key<T: Copy>(&mut self, field: &'static str, text: &str, all: &[(&'static str, T)]) -> Option<T> {
        let found = if text.is_empty() { all.first() } else { all.iter().find(|(key, _)| *key == text) };
        if found.is_none() {
            self.no_such_key(field, text, all.iter().map(|(key, _)| *key));
        }
        found.map(|(_, value)| *value)
    }

    /// Refuses a word that is none of these.
    pub fn no_such_key<'w>(&mut self, field: &'static str, text: &str, all: impl Iterator<Item = &'w str>) {
        let all: Vec<String> = all.map(|key| format!("\"{key}\"")).collect();
        self.refuse(field, format!("\"{text}\" is not known here; write one of {}", all.join(", ")));
    }

    /// A text of one line, shared with equal ones.
    pub fn text(&mut self, field: &'static str, text: &str) -> Text {
        if text.is_empty() {
            return Text::default();
        }
        self.look_for_hidden(field, text, false);
        self.shared.text(text)
    }

    /// The text at hand, such as an element of a list, shared with equal ones.
    pub fn text_here(&mut self, text: &str) -> Text {
        if let Some(message) = hidden(text, false) {
            self.warn_here(message);
        }
        self.shared.text(text)
    }

    /// A text of several lines, or one that is not expected twice.
    pub fn prose(&mut self, field: &'static str, text: &str) -> Text {
        if text.is_empty() {
            return Text::default();
        }
        self.look_for_hidden(field, text, true);
        text.into()
    }

    /// A list of short texts.
    pub fn texts(&mut self, field: &'static str, list: &[super::Str<'_>]) -> Vec<Text> {
        list.iter().map(|text| self.text(field, text)).collect()
    }

    /// Reads each element of a list with its own place.
    pub fn each<F, T>(
        &mut self,
        field: &'static str,
        list: Vec<F>,
        mut read: impl FnMut(&mut Self, F) -> Option<T>,
    ) -> Option<Vec<T>> {
        let count = list.len();
        let mut out = Vec::with_capacity(count);
        self.path.push(Step::Field(field));
        for (n, element) in list.into_iter().enumerate() {
            self.path.push(Step::Item(n));
            out.extend(read(self, element));
            self.path.pop();
        }
        self.path.pop();
        (out.len() == count).then_some(out)
    }

    /// Reads something that stands in a field of its own.
    pub fn within<T>(&mut self, field: &'static str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Field(field));
        let out = read(self);
        self.path.pop();
        out
    }

    fn look_for_hidden(&mut self, field: &'static str, text: &str, lines: bool) {
        if let Some(message) = hidden(text, lines) {
            self.warn(field, message);
        }
    }
}

/// What is to be said of the first hidden character of a text, if it has one.
fn hidden(text: &str, lines: bool) -> Option<String> {
    if !may_hide(text.as_bytes()) {
        return None;
    }
    let c = text.chars().find(|c| is_told(*c) && !(lines && matches!(c, '\n' | '\t')))?;
    let code = u32::from(c);
    Some(if is_direction(c) {
        format!(
            "There is a character U+{code:04X} in this text, which turns the direction of writing and can make \
             words look other than they are; it was kept, so compare the text with its source"
        )
    } else {
        format!("There is a control character U+{code:04X} in this text; it was kept, and no screen shows it")
    })
}

/// Whether a text may hold a hidden character: a quick look at its bytes.
fn may_hide(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| matches!(byte, 0..0x20 | 0x7F | 0xC2 | 0xE2 | 0xEF))
}

/// Marks that turn the direction of writing: embeddings, overrides and isolates.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A character that is not seen and does not belong in a text: controls, turns of direction, separators, a byte order
/// mark. The plain marks of Arabic and Hebrew (U+200E, U+200F, U+061C) belong.
fn is_told(c: char) -> bool {
    c.is_control() || is_direction(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// A message that begins with a capital letter.
fn capital(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
