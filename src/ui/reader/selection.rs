//! The caret and the selected words, and how keys move them. It knows the text and the rows of one part at a time.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{CCursor, CharIndex};
use egui::text_selection::text_cursor_state::{ccursor_next_word, ccursor_previous_word};
use egui::{Galley, Key, Modifiers};

use super::document::Document;

/// Two places in a text: where the selection was begun, and where the caret is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Selection {
    /// Where it was begun.
    pub anchor: usize,
    /// Where the caret is.
    pub head: usize,
    /// Whether the caret at the end of a row stands in the next one.
    next_row: bool,
    /// The column that moving up and down keeps, in points.
    column: Option<f32>,
}

impl Selection {
    /// A caret without selected words.
    pub fn caret(place: usize) -> Self {
        Self { anchor: place, head: place, ..Self::default() }
    }

    /// These words, with the caret behind them.
    pub fn of(range: Range<usize>) -> Self {
        Self { anchor: range.start, head: range.end, ..Self::default() }
    }

    /// The selected stretch.
    pub fn range(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// Whether no word is selected.
    pub fn is_empty(&self) -> bool {
        self.anchor == self.head
    }

    /// The caret within a part that begins at `start`.
    pub fn cursor(&self, start: usize) -> CCursor {
        CCursor { index: CharIndex(self.head.saturating_sub(start)), prefer_next_row: self.next_row }
    }

    /// Moves the caret to a place; the anchor stays where `extend` says so.
    pub fn go(&mut self, place: usize, next_row: bool, extend: bool) {
        self.head = place;
        self.next_row = next_row;
        self.column = None;
        if !extend {
            self.anchor = place;
        }
    }

    /// Moves by a key. `layout` gives the rows of a part, `page` the rows of one screen.
    /// Returns whether the key is one of those that move.
    pub fn on_key(
        &mut self,
        document: &Document,
        layout: &mut dyn FnMut(usize) -> Arc<Galley>,
        key: Key,
        modifiers: Modifiers,
        page: usize,
    ) -> bool {
        let extend = modifiers.shift;
        let by_word = modifiers.command || modifiers.alt;
        if !extend && !by_word && !self.is_empty() && matches!(key, Key::ArrowLeft | Key::ArrowRight) {
            let range = self.range();
            self.go(if key == Key::ArrowLeft { range.start } else { range.end }, false, false);
            return true;
        }
        match key {
            Key::A if modifiers.command && !extend => *self = Self::of(0..document.length()),
            Key::ArrowLeft if by_word => self.go(word_before(document, self.head), true, extend),
            Key::ArrowRight if by_word => self.go(word_behind(document, self.head), false, extend),
            Key::ArrowLeft => self.go(self.head.saturating_sub(1), true, extend),
            Key::ArrowRight => self.go((self.head + 1).min(document.length()), true, extend),
            Key::Home if modifiers.command => self.go(0, true, extend),
            Key::End if modifiers.command => self.go(document.length(), false, extend),
            Key::Home | Key::End => self.by_row_end(document, layout, key == Key::End, extend),
            Key::ArrowUp => self.by_rows(document, layout, false, 1, extend),
            Key::ArrowDown => self.by_rows(document, layout, true, 1, extend),
            Key::PageUp => self.by_rows(document, layout, false, page, extend),
            Key::PageDown => self.by_rows(document, layout, true, page, extend),
            _ => return false,
        }
        true
    }

    fn by_row_end(
        &mut self,
        document: &Document,
        layout: &mut dyn FnMut(usize) -> Arc<Galley>,
        end: bool,
        extend: bool,
    ) {
        let at = document.part_at(self.head);
        let Some(part) = document.parts().get(at) else { return };
        let galley = layout(at);
        let cursor = self.cursor(part.start);
        let cursor = if end { galley.cursor_end_of_row(&cursor) } else { galley.cursor_begin_of_row(&cursor) };
        self.go(part.start + cursor.index.0.min(part.length), cursor.prefer_next_row, extend);
    }

    fn by_rows(
        &mut self,
        document: &Document,
        layout: &mut dyn FnMut(usize) -> Arc<Galley>,
        down: bool,
        rows: usize,
        extend: bool,
    ) {
        let mut at = document.part_at(self.head);
        let mut galley = layout(at);
        let start = |at: usize| document.parts().get(at).map_or(0, |part| part.start);
        let here = self.cursor(start(at));
        let column = self.column.unwrap_or_else(|| galley.pos_from_cursor(here).center().x);
        let mut row = galley.layout_from_cursor(here).row;
        for _ in 0..rows {
            if down && row + 1 < galley.rows.len() {
                row += 1;
            } else if !down && row > 0 {
                row -= 1;
            } else {
                let next = if down { Some(at + 1) } else { at.checked_sub(1) };
                let Some(next) = next.filter(|next| *next < document.parts().len()) else { break };
                at = next;
                galley = layout(at);
                row = if down { 0 } else { galley.rows.len().saturating_sub(1) };
            }
        }
        let y = galley.rows.get(row).map_or(0.0, |row| row.rect().center().y);
        let cursor = galley.cursor_from_pos(egui::vec2(column, y));
        let length = document.parts().get(at).map_or(0, |part| part.length);
        self.go(start(at) + cursor.index.0.min(length), cursor.prefer_next_row, extend);
        self.column = Some(column);
    }
}

fn word_behind(document: &Document, place: usize) -> usize {
    let at = document.part_at(place);
    let Some(part) = document.parts().get(at) else { return place };
    if place >= part.end() {
        return (place + 1).min(document.length());
    }
    let cursor = ccursor_next_word(document.words(at), CCursor::new(place - part.start));
    part.start + cursor.index.0.min(part.length)
}

fn word_before(document: &Document, place: usize) -> usize {
    let at = document.part_at(place);
    let Some(part) = document.parts().get(at) else { return place };
    if place == part.start {
        return place.saturating_sub(1);
    }
    let cursor = ccursor_previous_word(document.words(at), CCursor::new(place - part.start));
    part.start + cursor.index.0.min(part.length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_rows(_: usize) -> Arc<Galley> {
        panic!("rows are not asked for");
    }

    #[test]
    fn carets_move_by_scalars_and_words_and_over_line_ends() {
        let document = Document::new("Über 42.\n\nEnd".into());
        let mut caret = Selection::caret(0);
        let mut press = |key, modifiers| {
            caret.on_key(&document, &mut no_rows, key, modifiers, 10);
            caret
        };
        assert_eq!(press(Key::ArrowRight, Modifiers::NONE).head, 1);
        assert_eq!(press(Key::ArrowRight, Modifiers::COMMAND).head, 4);
        assert_eq!(press(Key::ArrowRight, Modifiers::COMMAND | Modifiers::SHIFT).range(), 4..7);
        assert_eq!(press(Key::ArrowLeft, Modifiers::NONE).head, 4, "left goes to the start of what was selected");
        assert_eq!(press(Key::End, Modifiers::COMMAND).head, 13);
        assert_eq!(press(Key::ArrowRight, Modifiers::NONE).head, 13, "the end of the text is the end");
        assert_eq!(press(Key::ArrowLeft, Modifiers::COMMAND).head, 10);
        assert_eq!(press(Key::ArrowLeft, Modifiers::COMMAND).head, 9);
        assert_eq!(press(Key::A, Modifiers::COMMAND).range(), 0..13);
    }

    #[test]
    fn keys_that_do_not_move_are_left_to_others() {
        let document = Document::new("text".into());
        let mut caret = Selection::caret(2);
        for key in [Key::K, Key::Enter, Key::Tab, Key::A] {
            assert!(!caret.on_key(&document, &mut no_rows, key, Modifiers::NONE, 10));
        }
        assert_eq!(caret, Selection::caret(2));
    }
}
