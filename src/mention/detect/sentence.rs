//! A sentence as words with what parts them. It knows no meaning of any word.

use std::ops::Range;

use crate::mention::words::{Token, tokens};

use super::harm::{Trigger, find};

/// A word and the marks around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text.
    pub at: Range<usize>,
    /// As written, without marks around it.
    pub text: String,
    /// In lower case.
    pub lower: String,
    /// Written with a capital first.
    pub capital: bool,
    /// A comma, bracket, quotation mark or dash stands behind it.
    pub comma: bool,
    /// A mark behind it ends the clause.
    pub strong: bool,
    /// A colon stands behind it.
    pub colon: bool,
    /// A sign of money stands before it.
    pub money: bool,
    /// A per cent sign stands behind it.
    pub per_cent: bool,
}

/// The words of one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub words: Vec<Word>,
    /// The phrase of harm that begins at each word.
    pub told: Vec<Option<Trigger>>,
}

impl Sentence {
    /// The words of `chars`, which begin at `start` in the text.
    pub fn new(chars: &[char], start: usize) -> Self {
        let words: Vec<Word> = tokens(chars, start).into_iter().map(|token| word(chars, start, token)).collect();
        let mut new = Self { words, told: Vec::new() };
        new.told = (0..new.words.len()).map(|at| find(&new, at)).collect();
        new
    }

    /// Whether any word tells harm: most sentences need no closer look.
    pub fn tells_harm(&self) -> bool {
        let counts = |word: &Word| matches!(word.lower.as_str(), "toll" | "lives" | "losses" | "victims");
        self.told.iter().any(Option::is_some) || self.words.iter().any(counts)
    }

    /// A word in lower case; empty beyond the ends.
    pub fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.lower)
    }

    /// The words from one to another, with single spaces.
    pub fn phrase(&self, at: Range<usize>) -> String {
        let words: Vec<&str> = self.words.get(at).unwrap_or_default().iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }

    /// Whether the words that begin at `at` are these.
    pub fn says(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(n, word)| self.lower(at + n) == *word)
    }

    /// Whether a mark stands before the word at `at`.
    pub fn is_cut(&self, at: usize) -> bool {
        self.before(at).is_none_or(|word| word.comma || word.strong || word.colon)
    }

    /// The word before `at`.
    pub fn before(&self, at: usize) -> Option<&Word> {
        at.checked_sub(1).and_then(|at| self.words.get(at))
    }

    /// Where words stand in the text.
    pub fn place(&self, at: Range<usize>) -> Range<usize> {
        let start = self.words.get(at.start).map_or(0, |word| word.at.start);
        let end = self.before(at.end).map_or(start, |word| word.at.end);
        start..end
    }
}

fn word(chars: &[char], start: usize, token: Token) -> Word {
    let (from, to) = (token.at.start - start, token.at.end - start);
    let mut marks = chars[to..].iter().take_while(|c| !c.is_whitespace() && !c.is_alphanumeric());
    let before = from.checked_sub(1).map(|at| chars[at]);
    let (mut comma, mut strong, mut colon) = (false, false, false);
    // "The United Nations (UN) project": the abbreviation parts nothing.
    let short = |text: &str| text.len() < 7 && text.chars().all(char::is_uppercase);
    let named = short(&token.text) && before == Some('(');
    for mark in marks.by_ref() {
        match mark {
            ';' | '.' | '!' | '?' => strong = true,
            ':' => colon = true,
            ')' if named => {}
            ',' | ')' | '(' | '"' | '”' | '»' | '—' | '–' => comma = true,
            _ => {}
        }
    }
    // A dash or a bracket behind a space parts, too.
    let next = chars[to..].iter().position(|c| !c.is_whitespace()).map(|n| (n, chars[to + n]));
    if let Some((n, c)) = next
        && n > 0
    {
        let lone = chars.get(to + n + 1).is_none_or(|c| c.is_whitespace());
        let inside: String = chars[to + n + 1..].iter().take_while(|c| **c != ')').take(8).collect();
        comma |= (c == '(' && !short(&inside)) || (matches!(c, '-' | '–' | '—') && lone);
    }
    Word {
        capital: token.text.chars().next().is_some_and(char::is_uppercase),
        money: before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥' | '₴' | '₽')),
        per_cent: token.per_cent,
        at: token.at,
        text: token.text,
        lower: token.lower,
        comma,
        strong,
        colon,
    }
}
