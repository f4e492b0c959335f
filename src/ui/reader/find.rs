//! Finding words in the text: a bar over it, with all places marked.
//!
//! Capitals do not matter. A long text is looked through in slices, so that the first letter typed is never felt.

use std::ops::Range;

use egui::{Event, Key, Modifiers, TextEdit, Ui};

use crate::model::{ArticleId, Text};
use crate::ui::theme::icons;
use crate::ui::widgets;

/// Bytes that are looked through in one frame.
const SLICE: usize = 512 * 1024;
/// The longest selection that is taken for the words to be found.
const LONGEST: usize = 80;

/// What was asked of the bar in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To go to the next place.
    Next,
    /// To go to the one before.
    Previous,
    /// Other words were typed: go to the first place from where the search began.
    Typed,
    /// To close it.
    Close,
}

/// The bar and what it found.
#[derive(Debug, Default)]
pub struct Find {
    /// Whether the bar is open.
    pub open: bool,
    typed: String,
    wants_focus: bool,
    /// Where the caret was when the search began.
    pub from: usize,
    search: Search,
    /// The place that was gone to last.
    pub current: Option<usize>,
    /// Whether all of the text was searched.
    pub done: bool,
}

/// A search that is brought forward frame by frame.
#[derive(Debug, Default)]
struct Search {
    of: Option<(ArticleId, Text)>,
    /// The text so far, each character in lower case where that is one character.
    folded: String,
    /// How far the text was folded.
    read: usize,
    words: String,
    /// How far the folded text was searched, in bytes and in scalars.
    searched: (usize, usize),
    found: Vec<usize>,
    length: usize,
}

fn fold(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

impl Search {
    /// Searches a little further; says whether all of the text was searched.
    fn advance(&mut self, article: ArticleId, text: &Text, words: &str) -> bool {
        if self.of.as_ref().is_none_or(|(id, known)| *id != article || known != text) {
            *self = Self { of: Some((article, text.clone())), ..Self::default() };
        }
        let words: String = words.chars().map(fold).collect();
        if words != self.words {
            self.length = words.chars().count();
            (self.words, self.searched, self.found) = (words, (0, 0), Vec::new());
        }
        if self.words.is_empty() {
            return true;
        }
        let mut end = (self.read + SLICE).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        self.folded.extend(text.get(self.read..end).unwrap_or_default().chars().map(fold));
        self.read = end;
        let (mut byte, mut scalar) = self.searched;
        let finder = memchr::memmem::Finder::new(&self.words);
        while let Some(at) = self.folded.get(byte..).and_then(|rest| finder.find(rest.as_bytes())) {
            scalar += self.folded[byte..byte + at].chars().count();
            self.found.push(scalar);
            byte += at + self.words.len();
            scalar += self.length;
        }
        // The end may hold the begin of the words.
        let mut keep = self.folded.len().saturating_sub(self.words.len().saturating_sub(1)).max(byte);
        while !self.folded.is_char_boundary(keep) {
            keep -= 1;
        }
        if keep > byte {
            scalar += self.folded[byte..keep].chars().count();
            byte = keep;
        }
        self.searched = (byte, scalar);
        self.read >= text.len()
    }
}

impl Find {
    /// Opens the bar, with the selected words where they are few.
    pub fn start(&mut self, selected: &str, from: usize) {
        if !selected.is_empty() && selected.chars().count() <= LONGEST && !selected.contains('\n') {
            selected.clone_into(&mut self.typed);
        }
        (self.open, self.wants_focus, self.from, self.current) = (true, true, from, None);
    }

    /// Whether there are words to be found.
    pub fn has_words(&self) -> bool {
        !self.typed.is_empty()
    }

    /// Searches a little further. Says whether all was searched.
    pub fn advance(&mut self, article: ArticleId, text: &Text) -> bool {
        self.done = self.search.advance(article, text, &self.typed);
        self.done
    }

    /// The places that touch a stretch of the text.
    pub fn within(&self, stretch: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        let (found, length) = if self.open { (self.search.found.as_slice(), self.search.length) } else { (&[][..], 0) };
        let first = found.partition_point(|start| start + length <= stretch.start);
        found[first..].iter().take_while(move |start| **start < stretch.end).map(move |start| *start..start + length)
    }

    /// The place to go to: the next or previous one from a place in the text, around the ends.
    pub fn step(&mut self, from: usize, forward: bool) -> Option<Range<usize>> {
        let found = &self.search.found;
        let last = found.len().checked_sub(1)?;
        let n = if forward {
            let n = found.partition_point(|start| *start < from);
            if n > last { 0 } else { n }
        } else {
            found.partition_point(|start| *start < from).checked_sub(1).unwrap_or(last)
        };
        self.current = Some(n);
        found.get(n).map(|start| *start..start + self.search.length)
    }

    /// "3 of 41".
    fn count(&self) -> String {
        let more = if self.done { "" } else { "…" };
        match (self.typed.is_empty(), self.search.found.len(), self.current) {
            (true, ..) => String::new(),
            (_, 0, _) if self.done => "Not found".to_owned(),
            (_, all, Some(n)) => format!("{} of {all}{more}", n + 1),
            (_, all, None) => format!("{all}{more}"),
        }
    }

    /// Draws the bar.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Asked> {
        let mut asked = None;
        let id = egui::Id::unique("find in text");
        if ui.memory(|memory| memory.has_focus(id)) {
            asked = keys(ui);
        }
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            let room = (ui.available_width() - 210.0).clamp(80.0, 320.0);
            let field = TextEdit::singleline(&mut self.typed)
                .id(id)
                .hint_text("Find in this text")
                .desired_width(room)
                .return_key(None)
                .event_filter(widgets::field_keys(false));
            let response = ui.add(field).accessible_name("Find in text");
            if std::mem::take(&mut self.wants_focus) {
                response.request_focus();
                widgets::select_all(ui, id);
            }
            if response.changed() {
                asked = Some(Asked::Typed);
            }
            if widgets::icon_button(ui, icons::CARET_UP, "Previous place (Shift+F3)").clicked() {
                asked = Some(Asked::Previous);
            }
            if widgets::icon_button(ui, icons::CARET_DOWN, "Next place (F3)").clicked() {
                asked = Some(Asked::Next);
            }
            widgets::muted(ui, self.count());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(12.0);
                if widgets::icon_button(ui, icons::X, "Close the search (Esc)").clicked() {
                    asked = Some(Asked::Close);
                }
            });
        });
        asked
    }
}

/// The keys of the bar, taken before the field sees them.
fn keys(ui: &Ui) -> Option<Asked> {
    let mut asked = None;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let found = match key {
                Key::Enter | Key::F3 if modifiers.is_none() => Asked::Next,
                Key::Enter | Key::F3 if *modifiers == Modifiers::SHIFT => Asked::Previous,
                Key::Escape => Asked::Close,
                _ => return true,
            };
            asked = Some(found);
            false
        });
    });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str, words: &str) -> Vec<usize> {
        let (text, mut search) = (Text::from(text), Search::default());
        while !search.advance("a1".parse().expect("an id"), &text, words) {}
        search.found
    }

    #[test]
    fn capitals_do_not_matter_and_places_count_scalars() {
        assert_eq!(all("Über Osh, über osh", "ÜBER osh"), [0, 10]);
        assert_eq!(all("aaaa", "aa"), [0, 2]);
        assert_eq!(all("İstanbul istanbul", "istanbul"), [9], "a letter that grows is left as it is");
        assert_eq!(all("x", ""), Vec::<usize>::new());
    }

    #[test]
    fn words_over_the_edge_of_a_slice_are_found_and_steps_go_around() {
        let text = format!("{}needle{}needle", "x".repeat(SLICE - 3), "é".repeat(SLICE));
        assert_eq!(all(&text, "Needle"), [SLICE - 3, SLICE + 3 + SLICE]);
        let mut find = Find { typed: "needle".into(), open: true, ..Find::default() };
        let text = Text::from(text);
        while !find.advance("a1".parse().expect("an id"), &text) {}
        let second = SLICE + 3 + SLICE;
        assert_eq!(find.step(SLICE, true), Some(second..second + 6));
        assert_eq!(find.step(second + 6, true), Some(SLICE - 3..SLICE + 3));
        assert_eq!(find.step(SLICE - 3, false), Some(second..second + 6));
        assert!(find.within(SLICE..SLICE + 1).eq(std::iter::once(SLICE - 3..SLICE + 3)));
    }

    proptest! {
        #[test]
        fn what_is_found_are_the_words(text in "[abAB é]{0,60}", words in "[abé]{1,3}") {
            let folded: Vec<char> = text.chars().map(fold).collect();
            let wanted: Vec<char> = words.chars().collect();
            for at in all(&text, &words) {
                prop_assert_eq!(&folded[at..at + wanted.len()], wanted.as_slice());
            }
        }
    }
}
