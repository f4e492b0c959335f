//! A text cut into parts that can be laid out one by one. It knows nothing of fonts or screens.
//!
//! A part is a paragraph, or a piece of a very long one. All places count Unicode scalars from the start of the text.

use std::ops::Range;

use crate::mention::words::sentences;
use crate::model::Text;

use super::hidden::is_hidden;

/// The longest part in scalars: laying out more at once is felt (0.2 ms a kilobyte).
const LONGEST: usize = 4_000;

/// A paragraph, or a piece of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    bytes: Range<usize>,
    /// Where it begins.
    pub start: usize,
    /// How long it is, without the end of the line.
    pub length: usize,
    /// The number of the paragraph that begins here, from 1; none where it is empty or goes on.
    pub number: Option<usize>,
    /// Whether the paragraph goes on in the next part.
    pub goes_on: bool,
    /// Whether it holds characters that are shown as codes.
    pub has_hidden: bool,
}

impl Part {
    /// The place behind its last scalar.
    pub fn end(&self) -> usize {
        self.start + self.length
    }
}

/// A text in parts; there is always at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    text: Text,
    parts: Vec<Part>,
    paragraphs: usize,
}

impl Document {
    /// Cuts a text at its line ends, and very long paragraphs at the ends of sentences.
    pub fn new(text: Text) -> Self {
        let mut parts = Vec::new();
        let (mut byte, mut start, mut paragraphs) = (0, 0, 0);
        for line in text.split('\n') {
            let is_paragraph = !line.trim().is_empty();
            paragraphs += usize::from(is_paragraph);
            let mut number = is_paragraph.then_some(paragraphs);
            let pieces = pieces(line);
            let last = pieces.len() - 1;
            for (n, piece) in pieces.into_iter().enumerate() {
                let length = piece.chars().count();
                let bytes = byte..byte + piece.len();
                parts.push(Part {
                    bytes: bytes.clone(),
                    start,
                    length,
                    number: number.take(),
                    goes_on: n < last,
                    has_hidden: piece.chars().any(is_hidden),
                });
                byte = bytes.end;
                start += length;
            }
            byte += 1;
            start += 1;
        }
        Self { text, parts, paragraphs }
    }

    /// The whole text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The parts in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// How many paragraphs have words.
    pub fn paragraphs(&self) -> usize {
        self.paragraphs
    }

    /// The length of the text.
    pub fn length(&self) -> usize {
        self.parts.last().map_or(0, Part::end)
    }

    /// The words of a part.
    pub fn words(&self, part: usize) -> &str {
        self.parts.get(part).and_then(|part| self.text.get(part.bytes.clone())).unwrap_or_default()
    }

    /// The part that holds a place; the place behind a part's last scalar is still in it, unless the paragraph goes on.
    pub fn part_at(&self, place: usize) -> usize {
        self.parts.partition_point(|part| part.start <= place).saturating_sub(1)
    }

    /// The words from one place to another; what lies beyond the text is left out.
    pub fn slice(&self, range: Range<usize>) -> &str {
        let (start, end) = (self.byte_of(range.start), self.byte_of(range.end.max(range.start)));
        self.text.get(start..end).unwrap_or_default()
    }

    fn byte_of(&self, place: usize) -> usize {
        let Some(part) = self.parts.get(self.part_at(place)) else { return 0 };
        let words = self.text.get(part.bytes.clone()).unwrap_or_default();
        let within = place - part.start;
        match words.char_indices().nth(within) {
            Some((byte, _)) => part.bytes.start + byte,
            // Behind the end of the line.
            None => (part.bytes.end + (within - part.length)).min(self.text.len()),
        }
    }

    /// The sentence at a place.
    pub fn sentence_at(&self, place: usize) -> Range<usize> {
        let at = self.part_at(place);
        let Some(part) = self.parts.get(at) else { return place..place };
        let within = place - part.start;
        let found = sentences(self.words(at)).into_iter().find(|sentence| within <= sentence.end);
        found.map_or(place..place, |sentence| part.start + sentence.start..part.start + sentence.end)
    }

    /// A stretch with the words that it cuts made whole, and without white space at its ends.
    pub fn whole_words(&self, stretch: Range<usize>) -> Range<usize> {
        let blank = |place: usize| self.text[self.byte_of(place)..].chars().next().is_none_or(char::is_whitespace);
        let start = (stretch.start..stretch.end).find(|place| !blank(*place)).unwrap_or(stretch.end);
        let end = (start..stretch.end).rev().find(|place| !blank(*place)).map_or(start, |place| place + 1);
        let (first, last) = (self.word_at(start), self.word_at(end));
        let start = if first.start < start && start < first.end { first.start } else { start };
        let end = if last.start < end && end < last.end { last.end } else { end };
        start..end
    }

    /// The word at a place: letters and digits, with hyphens, points and commas between them.
    pub fn word_at(&self, place: usize) -> Range<usize> {
        let at = self.part_at(place);
        let Some(part) = self.parts.get(at) else { return place..place };
        let chars: Vec<char> = self.words(at).chars().collect();
        let within = (place - part.start).min(chars.len());
        let inside = |n: usize| {
            let near = |n: Option<usize>| n.and_then(|n| chars.get(n)).is_some_and(|c| c.is_alphanumeric());
            match chars.get(n) {
                Some(c) if c.is_alphanumeric() => true,
                Some('-' | '\'' | '’' | '.' | ',') => near(n.checked_sub(1)) && near(n.checked_add(1)),
                _ => false,
            }
        };
        let start = (0..within).rev().take_while(|n| inside(*n)).last().unwrap_or(within);
        let end = (within..chars.len()).take_while(|n| inside(*n)).last().map_or(within, |n| n + 1);
        // Between words: the one scalar under the pointer.
        let end = if start == end { (end + 1).min(chars.len()) } else { end };
        part.start + start..part.start + end
    }
}

/// A line in pieces of at most [`LONGEST`] scalars, cut at ends of sentences where there are any.
fn pieces(line: &str) -> Vec<&str> {
    if line.len() <= LONGEST || line.chars().count() <= LONGEST {
        return vec![line];
    }
    let (mut pieces, mut rest) = (Vec::new(), line);
    while let Some((end, _)) = rest.char_indices().nth(LONGEST) {
        // Only as much is read as one piece can hold, however long the line is.
        let window = &rest[..end];
        let last = sentences(window).last().map_or(0, |sentence| sentence.start);
        let cut = window.char_indices().nth(last).map_or(0, |(byte, _)| byte);
        let cut = if cut > 0 { cut } else { at_a_space(window) };
        let (piece, others) = rest.split_at(cut);
        pieces.push(piece);
        rest = others;
    }
    pieces.push(rest);
    pieces
}

/// Behind the last space of a piece without sentences; its end where there is none.
fn at_a_space(window: &str) -> usize {
    window.rfind(' ').map_or(window.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_stretch_is_made_whole_words() {
        let document = Document::new("At least 1,200 people were killed. ".into());
        let whole = |range: Range<usize>| document.slice(document.whole_words(range)).to_owned();
        assert_eq!(whole(11..31), "1,200 people were killed");
        assert_eq!(whole(8..15), "1,200");
        assert_eq!(whole(9..14), "1,200");
        assert_eq!(whole(33..35), ".");
    }

    #[test]
    fn paragraphs_are_numbered_and_places_count_scalars() {
        let document = Document::new("Über\n\n42 🚑 hurt\n".into());
        let starts: Vec<(usize, usize, Option<usize>)> =
            document.parts().iter().map(|p| (p.start, p.length, p.number)).collect();
        assert_eq!(starts, [(0, 4, Some(1)), (5, 0, None), (6, 9, Some(2)), (16, 0, None)]);
        assert_eq!(document.slice(6..10), "42 🚑");
        assert_eq!(document.slice(2..8), "er\n\n42");
        assert_eq!((document.part_at(4), document.part_at(5), document.part_at(6)), (0, 1, 2));
        assert_eq!(document.length(), 16);
    }

    #[test]
    fn a_paragraph_without_end_is_cut_at_sentences() {
        let sentence = "Ten people were hurt near the bridge. ";
        let line = sentence.repeat(500);
        let document = Document::new(line.as_str().into());
        assert!(document.parts().len() >= 5);
        for (n, part) in document.parts().iter().enumerate() {
            assert!(part.length <= LONGEST);
            assert!(document.words(n).starts_with("Ten people"), "{n}");
            assert_eq!(part.number, (n == 0).then_some(1));
        }
        let document = Document::new("x".repeat(9_000).into());
        assert_eq!(document.parts().iter().map(|p| p.length).collect::<Vec<_>>(), [4_000, 4_000, 1_000]);
    }

    #[test]
    fn words_and_sentences_are_found_at_a_place() {
        let document = Document::new("It rained. At least 1,200 fled, he said.\nNext".into());
        let word = |place| document.slice(document.word_at(place)).to_owned();
        assert_eq!(word(1), "It");
        assert_eq!(word(22), "1,200");
        assert_eq!(word(30), "fled");
        assert_eq!(document.slice(document.sentence_at(24)), "At least 1,200 fled, he said.");
        assert_eq!(document.slice(document.sentence_at(3)), "It rained.");
    }

    proptest! {
        #[test]
        fn slices_are_those_of_the_text(text in "([a-zäß🚑. ]|\n){0,80}", a in 0_usize..90, b in 0_usize..90) {
            let document = Document::new(text.as_str().into());
            let (start, end) = (a.min(b), a.max(b));
            let expected: String = text.chars().skip(start).take(end - start).collect();
            prop_assert_eq!(document.slice(start..end), expected.as_str());
            prop_assert_eq!(document.length(), text.chars().count());
            let place = a.min(document.length());
            let (word, sentence) = (document.word_at(place), document.sentence_at(place));
            prop_assert!(word.end <= document.length() && sentence.end <= document.length());
        }
    }
}
