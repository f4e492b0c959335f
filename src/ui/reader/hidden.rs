//! Characters that are not seen but could change what is: controls, turns of the writing direction, invisible marks.
//!
//! They stand in the text as small boxes with their code, and never act on how it is laid out. Each keeps its one place.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Painter, Rect, StrokeKind, pos2, vec2};

use super::document::Document;
use super::page::Placed;
use crate::ui::theme::{self, Tokens};

/// What stands for a hidden character when rows are laid out.
const STAND_IN: char = '\u{A0}';
/// Width of the box in points, beside that of the stand-in.
const WIDTH: f32 = 42.0;
/// Size of the code in points.
const SIZE: f32 = 9.0;

/// Whether a character is shown as its code. Joiners are not: Persian and many other scripts are written with them.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(
            c,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
        )
}

/// The words of a part with stand-ins, as they are to be laid out.
pub fn job(words: &str, format: &TextFormat) -> LayoutJob {
    let mut job = LayoutJob::default();
    for piece in words.split_inclusive(is_hidden) {
        let mut chars = piece.chars();
        if chars.next_back().is_some_and(is_hidden) {
            if !chars.as_str().is_empty() {
                job.append(chars.as_str(), 0.0, format.clone());
            }
            job.append(&STAND_IN.to_string(), WIDTH, format.clone());
        } else {
            job.append(piece, 0.0, format.clone());
        }
    }
    job
}

/// Draws the boxes of a part.
pub fn paint(painter: &Painter, document: &Document, placed: &Placed, tokens: &Tokens) {
    let Some(part) = document.parts().get(placed.part).filter(|part| part.has_hidden) else { return };
    debug_assert!(part.length > 0);
    for (at, c) in document.words(placed.part).chars().enumerate().filter(|(_, c)| is_hidden(*c)) {
        let Some(cursor) =
            placed.caret(egui::text::CCursor { index: egui::text::CharIndex(at), prefer_next_row: true })
        else {
            continue;
        };
        let right = cursor.center().x;
        let frame = Rect::from_min_max(pos2(right - WIDTH + 2.0, cursor.top()), pos2(right, cursor.bottom()));
        let frame = frame.shrink2(vec2(0.0, 2.0));
        painter.rect_stroke(frame, 2.0, (1.0, tokens.warn.text), StrokeKind::Inside);
        let code = format!("U+{:04X}", u32::from(c));
        painter.text(frame.center(), Align2::CENTER_CENTER, code, theme::regular(SIZE), tokens.warn.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hidden_character_keeps_its_one_place() {
        let text = "a\u{202E}b\0\r\u{FEFF}ü";
        let job = job(text, &TextFormat::default());
        assert_eq!(job.text, "a\u{A0}b\u{A0}\u{A0}\u{A0}ü");
        assert_eq!(job.text.chars().count(), text.chars().count());
        assert_eq!(job.sections.iter().filter(|s| s.leading_space > 0.0).count(), 4);
    }

    #[test]
    fn letters_tabs_and_joiners_are_not_hidden() {
        assert!(!"a\t\u{200C}\u{200D}ش🚑".chars().any(is_hidden));
    }
}
