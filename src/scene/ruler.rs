//! How wide texts are. The window asks its own fonts, exports and tests the bundled ones.

use super::shape::Weight;

/// Measures texts.
pub trait Ruler {
    /// The width in points of one line of text.
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32;

    /// The text, or as much of its beginning as fits into `room` points with "…" behind it. Empty where nothing fits.
    fn fitted(&self, text: &str, size: f32, weight: Weight, room: f32) -> String {
        if self.width(text, size, weight) <= room {
            return text.to_owned();
        }
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let with_dots = |end: usize| format!("{}…", text.get(..end).unwrap_or("").trim_end());
        // Widths grow with the text: halving finds the longest that fits.
        let fits = ends.partition_point(|end| self.width(&with_dots(*end), size, weight) <= room);
        fits.checked_sub(1)
            .and_then(|at| ends.get(at))
            .filter(|end| **end > 0)
            .map(|end| with_dots(*end))
            .unwrap_or_default()
    }

    /// The text in lines no wider than `room` points, broken between words; a word that is wider stands alone, cut.
    fn wrapped(&self, text: &str, size: f32, weight: Weight, room: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match (longer, lines.last_mut()) {
                (Some(longer), Some(line)) if self.width(&longer, size, weight) <= room => *line = longer,
                _ => lines.push(self.fitted(word, size, weight, room)),
            }
        }
        lines
    }
}

/// A ruler for tests of layouts: every letter is as wide as every other, 0.6 of the size.
#[derive(Debug, Clone, Copy, Default)]
pub struct EvenRuler;

impl Ruler for EvenRuler {
    #[expect(clippy::cast_precision_loss, reason = "short texts")]
    fn width(&self, text: &str, size: f32, _: Weight) -> f32 {
        text.chars().count() as f32 * size * 0.6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_their_room_and_say_so() {
        let cut = |room: f32| EvenRuler.fitted("Kerkidon", 10.0, Weight::Regular, room);
        assert_eq!(cut(48.0), "Kerkidon");
        assert_eq!(cut(47.0), "Kerkid…");
        assert_eq!(cut(12.0), "K…");
        assert_eq!(cut(11.0), "");
    }

    #[test]
    fn lines_break_between_words() {
        let lines = EvenRuler.wrapped("sums of reported  minima", 10.0, Weight::Regular, 60.0);
        assert_eq!(lines, ["sums of", "reported", "minima"]);
        assert_eq!(EvenRuler.wrapped("", 10.0, Weight::Regular, 60.0), Vec::<String>::new());
        assert_eq!(EvenRuler.wrapped("a confidence", 10.0, Weight::Regular, 48.0), ["a", "confide…"]);
    }
}
