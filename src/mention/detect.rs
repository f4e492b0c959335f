//! Every figure in a text that may be one of casualties: "42 people", "at least three civilians", "a border guard",
//! "no casualties", "gave no information about casualties".
//!
//! English patterns; in other languages a number in digits before a word is taken, without a measure. What counts no
//! people (ages, shares, distances, dates, money, houses) is left out, and so is what no word of harm goes with: a
//! person decides about each figure, so a false one costs as much as a missed one. It works sentence by sentence, so
//! that a long text can be read in slices ([`Scan`]).

use std::ops::Range;

use crate::model::{Measure, Quantity};

use super::words::sentences;

mod foreign;
mod harm;
mod link;
mod noun;
mod phrase;
mod sentence;
mod spoken;
#[cfg(test)]
mod tests;

use sentence::Sentence;

/// The most bytes that one step reads.
const STEP: usize = 2_048;

/// A figure in a text. Places count Unicode scalars from the start of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The number with what it counts: "at least three civilians".
    pub range: Range<usize>,
    /// The number alone: "at least three". Where there is none, the words that stand for it.
    pub number: Range<usize>,
    /// How many.
    pub quantity: Quantity,
    /// What the words suggest; none where they do not say.
    pub measure: Option<Measure>,
}

/// All figures of a text, in order.
pub fn figures(text: &str) -> Vec<Figure> {
    let mut scan = Scan::default();
    while !scan.step(text) {}
    scan.found
}

/// A search that can be interrupted after each few thousand characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    byte: usize,
    scalar: usize,
    /// What was found so far, in order.
    pub found: Vec<Figure>,
}

impl Scan {
    /// Reads the next piece of the text, which must be the same each time; says whether that was the last.
    pub fn step(&mut self, text: &str) -> bool {
        let Some(rest) = text.get(self.byte..).filter(|rest| !rest.is_empty()) else { return true };
        let piece = &rest[..piece(rest)];
        let (found, length) = in_piece(piece, self.scalar);
        self.found.extend(found);
        self.byte += piece.len();
        self.scalar += length;
        self.byte >= text.len()
    }
}

/// How many bytes make the next piece: whole lines, else whole sentences, else whole words, else characters.
fn piece(rest: &str) -> usize {
    if rest.len() <= STEP {
        return rest.len();
    }
    let mut most = STEP;
    while !rest.is_char_boundary(most) {
        most -= 1;
    }
    let window = &rest[..most];
    let behind = |found: Option<usize>, length| found.map(|at| at + length);
    behind(window.rfind('\n'), 1)
        .or_else(|| behind(window.rfind(". "), 2))
        .or_else(|| behind(window.rfind(' '), 1))
        .unwrap_or(most)
}

/// The figures of some sentences that begin at `start`, and how many scalars they have.
fn in_piece(piece: &str, start: usize) -> (Vec<Figure>, usize) {
    let chars: Vec<char> = piece.chars().collect();
    let mut found = Vec::new();
    for at in sentences(piece) {
        let Some(words) = chars.get(at.clone()) else { continue };
        found.extend(in_sentence(&Sentence::new(words, start + at.start)));
    }
    (found, chars.len())
}

fn in_sentence(sentence: &Sentence) -> Vec<Figure> {
    if !foreign::is_english(sentence) {
        return foreign::figures(sentence);
    }
    if !sentence.tells_harm() {
        return Vec::new();
    }
    let mut all = spoken::items(sentence);
    let mut counted = link::items(sentence);
    link::join(sentence, &mut counted);
    for item in counted.into_iter().filter(|item| item.measure.is_some()) {
        if all.iter().all(|known| known.end <= item.at.start || item.end <= known.at.start) {
            all.push(item);
        }
    }
    all.sort_by_key(|item| item.at.start);
    all.into_iter()
        .map(|item| Figure {
            range: sentence.place(item.at.start..item.end),
            number: sentence.place(item.at.clone()),
            quantity: item.quantity,
            measure: item.measure,
        })
        .collect()
}
