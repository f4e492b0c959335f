//! Sentences and words of a text, each with its place in Unicode scalars. It knows no meaning of any word.

use std::ops::Range;

/// Words that end with a full stop inside a sentence.
const ABBREVIATIONS: [&str; 32] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "brig", "st", "rev", "hon", "sen",
    "rep", "gov", "jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec", "no", "vs", "approx", "ca", "est", "km",
];

/// The sentences of a paragraph, without the spaces between them.
pub fn sentences(paragraph: &str) -> Vec<Range<usize>> {
    let chars: Vec<char> = paragraph.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < chars.len() {
        let behind = end_of_sentence(&chars, at);
        if let Some(behind) = behind {
            push_trimmed(&mut found, &chars, start..behind);
            start = behind;
            at = behind;
        } else {
            at += 1;
        }
    }
    push_trimmed(&mut found, &chars, start..chars.len());
    found
}

fn push_trimmed(found: &mut Vec<Range<usize>>, chars: &[char], range: Range<usize>) {
    let Some(slice) = chars.get(range.clone()) else { return };
    let Some(first) = slice.iter().position(|c| !c.is_whitespace()) else { return };
    let last = slice.iter().rposition(|c| !c.is_whitespace()).unwrap_or(first);
    found.push(range.start + first..range.start + last + 1);
}

/// Where the sentence ends whose closing mark may stand at `at`: behind the mark and what closes with it.
fn end_of_sentence(chars: &[char], at: usize) -> Option<usize> {
    let mark = *chars.get(at)?;
    if mark == '\n' {
        return Some(at + 1);
    }
    if matches!(mark, '。' | '؟' | '।' | '۔') {
        return Some(at + 1);
    }
    if !matches!(mark, '.' | '!' | '?' | '…') {
        return None;
    }
    let closing = |c: &char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '.' | '!' | '?');
    let behind = at + 1 + chars[at + 1..].iter().take_while(|c| closing(c)).count();
    let Some(next) = chars.get(behind) else { return Some(behind) };
    if !next.is_whitespace() {
        return None;
    }
    let first = chars[behind..].iter().find(|c| !c.is_whitespace())?;
    let begins = !first.is_lowercase();
    (begins && !(mark == '.' && is_abbreviation(chars, at))).then_some(behind)
}

/// Whether the full stop at `at` ends an abbreviation or an initial.
fn is_abbreviation(chars: &[char], at: usize) -> bool {
    let word: String = chars[..at]
        .iter()
        .rev()
        .take_while(|c| c.is_alphabetic())
        .take(8)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// The byte at which this scalar of a text begins; its end where it has fewer.
pub(super) fn byte_of(text: &str, scalar: usize) -> usize {
    text.char_indices().nth(scalar).map_or(text.len(), |(at, _)| at)
}

/// A word with the marks beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text.
    pub at: Range<usize>,
    /// The word as written, without marks around it.
    pub text: String,
    /// The word in lower case.
    pub lower: String,
    /// Whether a mark stands behind it that ends a part of a sentence.
    pub ends_part: bool,
    /// Whether a quotation begins right before it.
    pub opens_quote: bool,
    /// Whether a per cent sign stands right behind it.
    pub per_cent: bool,
}

/// The sentences around a selection as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words of all of it.
    pub tokens: Vec<Token>,
    /// Which of them are selected.
    pub selected: Range<usize>,
}

impl Passage {
    /// The sentences that the selection touches.
    pub fn around(text: &str, selection: Range<usize>) -> Self {
        let (first, paragraph) = paragraphs_around(text, &selection);
        let touched: Vec<Range<usize>> = sentences(&paragraph)
            .into_iter()
            .map(|s| first + s.start..first + s.end)
            .filter(|s| s.start < selection.end && selection.start < s.end)
            .collect();
        let start = touched.first().map_or(selection.start, |s| s.start);
        let end = touched.last().map_or(selection.end, |s| s.end);
        let chars: Vec<char> =
            paragraph.chars().skip(start.saturating_sub(first)).take(end.saturating_sub(start)).collect();
        let tokens = tokens(&chars, start);
        let from = tokens.iter().position(|t| t.at.end > selection.start).unwrap_or(tokens.len());
        let to = tokens.iter().rposition(|t| t.at.start < selection.end).map_or(from, |at| at + 1);
        Self { tokens, selected: from..to.max(from) }
    }

    /// Where words stand in the text.
    pub fn scalars(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |t| t.at.start);
        let end = tokens.end.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(start, |t| t.at.end);
        start..end
    }

    /// Words as a phrase, with single spaces.
    pub fn phrase(&self, tokens: Range<usize>) -> String {
        let words: Vec<&str> =
            self.tokens.get(tokens).unwrap_or_default().iter().map(|token| token.text.as_str()).collect();
        words.join(" ")
    }

    /// A word in lower case; empty beyond the ends.
    pub fn lower(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.lower)
    }
}

/// The paragraphs that a stretch touches, with the place where the first begins.
fn paragraphs_around(text: &str, selection: &Range<usize>) -> (usize, String) {
    let mut first = 0;
    let mut out = String::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let length = line.chars().count();
        if at + length > selection.start {
            if out.is_empty() {
                first = at;
            }
            out.push_str(line);
        }
        at += length;
        if at >= selection.end {
            break;
        }
    }
    (first, out)
}

/// The words of `chars`, which begin at `start` in the text.
pub(super) fn tokens(chars: &[char], start: usize) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let space = |c: &char| c.is_whitespace() || matches!(c, '—' | '/');
        let length = chars[at..].iter().take_while(|c| !space(c)).count();
        if length > 0 {
            found.extend(token(&chars[at..at + length], start + at));
        }
        at += length.max(1);
    }
    found
}

fn token(chars: &[char], start: usize) -> Option<Token> {
    let inside = |c: &char| c.is_alphanumeric() || matches!(c, '+' | '~' | '>' | '<' | '≥' | '≤' | '≈' | '?' | '%');
    let first = chars.iter().position(inside)?;
    let mut last = chars.iter().rposition(inside)?;
    let per_cent = chars.get(last) == Some(&'%');
    // A question mark is a quantity where it stands alone; else it ends the sentence.
    while last > first && matches!(chars.get(last), Some('?' | '%')) {
        last -= 1;
    }
    let text: String = chars[first..=last].iter().collect();
    let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).map_or(text.clone(), str::to_owned);
    let behind = &chars[last + 1..];
    let ends_part = behind.iter().any(|c| matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | ')' | '"' | '”' | '»'));
    let opens_quote = chars[..first].iter().any(|c| matches!(c, '"' | '“' | '«'));
    let lower = text.to_lowercase();
    Some(Token { at: start + first..start + last + 1, text, lower, ends_part, opens_quote, per_cent })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        sentences(text).into_iter().map(|s| text.chars().skip(s.start).take(s.len()).collect()).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for (text, expected) in [
            ("One died. Two live.", vec!["One died.", "Two live."]),
            ("Col. J. Doe spoke on Sept. 4. He left.", vec!["Col. J. Doe spoke on Sept. 4.", "He left."]),
            ("“It is over.” She left.", vec!["“It is over.”", "She left."]),
            ("It grew by 1.5 per cent. 12 fled.", vec!["It grew by 1.5 per cent.", "12 fled."]),
            ("  No end here  ", vec!["No end here"]),
            ("Really?! Yes… Maybe.", vec!["Really?!", "Yes…", "Maybe."]),
            ("ten e.g. two", vec!["ten e.g. two"]),
            ("", vec![]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn a_passage_holds_the_sentence_and_knows_what_is_selected() {
        let text = "Before. Über 40 people fled, said “a man” there.\nAfter.";
        let start = text.chars().take_while(|c| *c != '4').count();
        let passage = Passage::around(text, start..start + 9);
        let words: Vec<&str> = passage.tokens.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(words, ["Über", "40", "people", "fled", "said", "a", "man", "there"]);
        assert_eq!(passage.phrase(passage.selected.clone()), "40 people");
        assert_eq!(passage.scalars(passage.selected.clone()), start..start + 9);
        assert!(passage.tokens[3].ends_part && passage.tokens[5].opens_quote);
    }

    proptest::proptest! {
        #[test]
        fn no_selection_panics_and_words_stay_inside(text in "(\\PC|[a-z. ,\n]){0,60}", a in 0_usize..70, b in 0_usize..70) {
            let length = text.chars().count();
            let (start, end) = (a.min(b).min(length), a.max(b).min(length));
            let passage = Passage::around(&text, start..end);
            for token in &passage.tokens {
                assert!(token.at.start < token.at.end && token.at.end <= length);
            }
            let _ = passage.phrase(passage.selected.clone());
        }
    }
}
