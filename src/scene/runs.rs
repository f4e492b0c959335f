//! Which way texts run: pieces of one direction in the order in which they stand from left to right. The part of the
//! Unicode bidirectional algorithm that one line of a label needs: strong letters, numbers and what is between them.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of text that runs one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it is in the text, in bytes.
    pub range: Range<usize>,
    /// Whether its letters run from right to left.
    pub leftward: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Right,
    Left,
    Number,
    Between,
}

fn kind(letter: char) -> Kind {
    match letter {
        // Digits of Arabic scripts too: they run to the right.
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Kind::Number,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => Kind::Left,
        letter if letter.is_alphabetic() => Kind::Right,
        _ => Kind::Between,
    }
}

/// The pieces of a line from left to right. The first strong letter says which way the line as a whole runs.
pub fn in_order(text: &str) -> Vec<Piece> {
    let letters: Vec<(usize, Kind)> = text.char_indices().map(|(at, letter)| (at, kind(letter))).collect();
    let strong = |kind: &Kind| matches!(kind, Kind::Right | Kind::Left);
    let base = letters.iter().map(|(_, kind)| *kind).find(strong).unwrap_or(Kind::Right);
    if !letters.iter().any(|(_, kind)| *kind == Kind::Left) {
        return vec![Piece { range: 0..text.len(), leftward: false }];
    }
    let levels = levels(&letters.iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), base);
    let mut pieces: Vec<(u8, Piece)> = Vec::new();
    for ((at, _), level) in letters.iter().zip(levels) {
        let end = text.get(*at..).and_then(|rest| rest.chars().next()).map_or(*at, |letter| at + letter.len_utf8());
        match pieces.last_mut() {
            Some((before, piece)) if *before == level => piece.range.end = end,
            _ => pieces.push((level, Piece { range: *at..end, leftward: level == 1 })),
        }
    }
    reorder(&mut pieces);
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

/// The text with its words in the order in which they stand from left to right, for whoever joins the letters of a word
/// but puts words beside each other as they come, as the window does.
pub fn as_seen(text: &str) -> Cow<'_, str> {
    let pieces = in_order(text);
    if pieces.iter().all(|piece| !piece.leftward) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len());
    for piece in pieces {
        let Some(part) = text.get(piece.range) else { continue };
        if piece.leftward {
            words(part).into_iter().rev().for_each(|word| seen.push_str(word));
        } else {
            seen.push_str(part);
        }
    }
    Cow::Owned(seen)
}

/// The words of a text, and each sign and blank between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        if kind(letter) == Kind::Between {
            let end = at + letter.len_utf8();
            words.extend([text.get(from..at), text.get(at..end)].into_iter().flatten().filter(|word| !word.is_empty()));
            from = end;
        }
    }
    words.extend(text.get(from..).filter(|word| !word.is_empty()));
    words
}

/// 0 runs to the right, 1 to the left, 2 to the right within what runs to the left.
fn levels(kinds: &[Kind], base: Kind) -> Vec<u8> {
    let rightward = if base == Kind::Left { 2 } else { 0 };
    let of_base = if base == Kind::Left { 1 } else { 0 };
    let mut levels: Vec<Option<u8>> = Vec::with_capacity(kinds.len());
    let mut last = base;
    for kind in kinds {
        levels.push(match kind {
            Kind::Left => Some(1),
            Kind::Right => Some(rightward),
            Kind::Number if last == Kind::Left => Some(2),
            Kind::Number => Some(rightward),
            Kind::Between => None,
        });
        if matches!(kind, Kind::Left | Kind::Right) {
            last = *kind;
        }
    }
    // What stands between two of one kind goes with them, everything else with the line.
    let side = |level: Option<&Option<u8>>| {
        level.copied().flatten().map(|level| if level == 2 && rightward == 0 { 1 } else { level })
    };
    let mut resolved = Vec::with_capacity(levels.len());
    for at in 0..levels.len() {
        let before = levels.get(..at).and_then(|all| all.iter().rev().find(|level| level.is_some()));
        let after = levels.get(at..).and_then(|all| all.iter().find(|level| level.is_some()));
        let between = match (side(before), side(after)) {
            (Some(a), Some(b)) if a == b => a,
            _ => of_base,
        };
        resolved.push(levels.get(at).copied().flatten().unwrap_or(between));
    }
    resolved
}

/// From the highest level down: everything of at least this level is turned round as a whole.
fn reorder(pieces: &mut [(u8, Piece)]) {
    for level in [2, 1] {
        let mut at = 0;
        while at < pieces.len() {
            let length = pieces.iter().skip(at).take_while(|(of, _)| *of >= level).count();
            if let Some(part) = pieces.get_mut(at..at + length) {
                part.reverse();
            }
            at += length.max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces from left to right, each with its letters as they are read.
    fn seen(text: &str) -> Vec<&str> {
        in_order(text).into_iter().map(|piece| &text[piece.range]).collect()
    }

    #[test]
    fn what_runs_to_the_right_is_one_piece() {
        assert_eq!(seen("Kyiv, 12 events"), ["Kyiv, 12 events"]);
        assert_eq!(seen(""), [""]);
    }

    #[test]
    fn numbers_within_hebrew_keep_their_digits_in_order() {
        assert_eq!(seen("עזה 12 חודש"), [" חודש", "12", "עזה "]);
        assert_eq!(seen("12 עזה"), [" עזה", "12"]);
    }

    #[test]
    fn a_name_in_a_latin_line_stands_in_its_place() {
        assert_eq!(seen("in עזה, 12 events"), ["in ", "12", "עזה, ", " events"]);
        assert_eq!(seen("חמאס and others"), ["and others", "חמאס "]);
    }

    #[test]
    fn words_are_put_where_they_are_seen() {
        assert_eq!(as_seen("16 Sep 2022"), "16 Sep 2022");
        assert_eq!(as_seen("16 سبتمبر 2022"), "2022 سبتمبر 16");
        assert_eq!(as_seen("5 كانون الثاني 2022"), "2022 الثاني كانون 5");
        assert_eq!(as_seen("in עזה העיר, 12 events"), "in 12 ,העיר עזה events");
    }

    #[test]
    fn every_letter_stands_in_one_piece() {
        for text in ["a ב 1 ג", "א b 2", "،", "1 א"] {
            let mut ranges: Vec<Range<usize>> = in_order(text).into_iter().map(|piece| piece.range).collect();
            ranges.sort_by_key(|range| range.start);
            let ends: Vec<usize> = ranges.iter().map(|range| range.end).collect();
            let starts: Vec<usize> = ranges.iter().map(|range| range.start).skip(1).chain([text.len()]).collect();
            assert_eq!(ends, starts, "{text}");
        }
    }
}
