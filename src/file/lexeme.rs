//! The lexemes of RON: just enough to know what is a bracket and what is only text that looks like one.
//!
//! Knows literals, comments and brackets; must not know fields, records, or what a value means. It
//! accepts more than RON does (any run of other characters is a word): judging values is the parser's
//! work. It follows `ron` 0.12 in what counts as white space and where a literal ends.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};
use thiserror::Error;

/// A text whose brackets or literals do not add up, so that its parts cannot be told apart.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what}")]
pub struct ScanError {
    /// Byte offset of the place to point at. For something left open this is where it was opened.
    pub at: usize,
    /// What is wrong there.
    pub what: Fault,
}

/// What a [`ScanError`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Fault {
    /// A string that runs to the end of the text.
    #[error("a text in quotes begins here and never ends")]
    UnclosedString,
    /// A raw string that runs to the end of the text.
    #[error("a raw text begins here and its closing quote with the same number of # never comes")]
    UnclosedRawString,
    /// A character literal without its closing quote.
    #[error("a single character in '…' begins here and does not end")]
    UnclosedChar,
    /// A block comment that runs to the end of the text.
    #[error("a comment /* begins here and never ends")]
    UnclosedComment,
    /// A bracket that is never closed.
    #[error("the bracket {0} opened here is never closed")]
    UnclosedBracket(char),
    /// A closing bracket that does not fit the innermost open one.
    #[error("{found} closes a bracket {open} (opened at byte {opened})")]
    WrongBracket {
        /// The open bracket.
        open: char,
        /// Byte offset of the open bracket.
        opened: usize,
        /// The closing bracket that was found.
        found: char,
    },
    /// A character that can stand nowhere in RON.
    #[error("{0:?} has no meaning here")]
    Stray(char),
    /// The text does not begin as a record `( name: value, … )`.
    #[error("expected a record: ( name: value, … )")]
    NoRecord,
    /// Something stands behind the record.
    #[error("expected nothing after the closing )")]
    Trailing,
    /// The record is not of the shape `( name: value, … )`.
    #[error("expected {0}")]
    Expected(&'static str),
}

/// One lexeme; its place is given beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    Comma,
    Colon,
    /// `#`, which begins an attribute such as `#![enable(implicit_some)]`.
    Hash,
    /// A string, raw string or byte string, or a character.
    Literal,
    /// A name, number, `true`, … ; also a raw identifier `r#name`.
    Word,
}

/// What a byte does outside of literals and comments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Open,
    Close,
    Comma,
    Colon,
    Hash,
    Quote,
    Apostrophe,
    Slash,
    /// The first byte of a character beyond ASCII (or a later one, within a word).
    Wide,
    Word,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Word; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => Class::Space,
            b'(' | b'[' | b'{' => Class::Open,
            b')' | b']' | b'}' => Class::Close,
            b',' => Class::Comma,
            b':' => Class::Colon,
            b'#' => Class::Hash,
            b'"' => Class::Quote,
            b'\'' => Class::Apostrophe,
            b'/' => Class::Slash,
            0x80.. => Class::Wide,
            _ => Class::Word,
        };
        byte += 1;
    }
    table
}

/// The characters beyond ASCII that `ron` skips as white space.
fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

/// Reads a text lexeme by lexeme, skipping white space and comments.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Byte offset of the next unread byte.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// The next lexeme and its bytes, or `None` at the end of the text.
    ///
    /// # Errors
    /// When a literal or comment never ends, or a `/` begins no comment.
    pub(super) fn next(&mut self) -> Result<Option<(Lexeme, Range<usize>)>, ScanError> {
        self.skip_space()?;
        let bytes = self.text.as_bytes();
        let start = self.at;
        let Some(&first) = bytes.get(start) else {
            return Ok(None);
        };
        let (lexeme, end) = match CLASSES[usize::from(first)] {
            Class::Open => (Lexeme::Open(first), start + 1),
            Class::Close => (Lexeme::Close(first), start + 1),
            Class::Comma => (Lexeme::Comma, start + 1),
            Class::Colon => (Lexeme::Colon, start + 1),
            Class::Hash => (Lexeme::Hash, start + 1),
            Class::Quote => (Lexeme::Literal, self.string_end(start, start + 1)?),
            Class::Apostrophe => (Lexeme::Literal, self.char_end(start, start + 1)?),
            Class::Slash | Class::Space => return Err(fault(start, Fault::Stray('/'))),
            Class::Wide | Class::Word => self.word(start)?,
        };
        self.at = end;
        Ok(Some((lexeme, start..end)))
    }

    fn skip_space(&mut self) -> Result<(), ScanError> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match CLASSES[usize::from(byte)] {
                Class::Space => self.at += 1,
                Class::Slash => match bytes.get(self.at + 1) {
                    Some(b'/') => {
                        let rest = &bytes[self.at..];
                        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
                    }
                    Some(b'*') => self.at = self.comment_end(self.at)?,
                    _ => return Ok(()),
                },
                Class::Wide => match self.char_at(self.at) {
                    Some(c) if is_wide_space(c) => self.at += c.len_utf8(),
                    _ => return Ok(()),
                },
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The end of the block comment that begins at `start`; comments nest.
    fn comment_end(&self, start: usize) -> Result<usize, ScanError> {
        let bytes = self.text.as_bytes();
        let mut at = start + 2;
        let mut depth = 1_usize;
        while let Some(step) = bytes.get(at..).and_then(|rest| memchr2(b'/', b'*', rest)) {
            at += step;
            match (bytes[at], bytes.get(at + 1)) {
                (b'/', Some(b'*')) => {
                    depth += 1;
                    at += 2;
                }
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        return Ok(at);
                    }
                }
                _ => at += 1,
            }
        }
        Err(fault(start, Fault::UnclosedComment))
    }

    /// The end of a string with escapes whose first byte after the quote is at `at`.
    fn string_end(&self, start: usize, mut at: usize) -> Result<usize, ScanError> {
        let bytes = self.text.as_bytes();
        while let Some(step) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
            at += step;
            if bytes[at] == b'"' {
                return Ok(at + 1);
            }
            at += 2;
        }
        Err(fault(start, Fault::UnclosedString))
    }

    /// The end of a raw string whose hashes (or quote) begin at `at`.
    fn raw_string_end(&self, start: usize, at: usize) -> Result<usize, ScanError> {
        let bytes = self.text.as_bytes();
        let hashes = bytes[at..].iter().take_while(|b| **b == b'#').count();
        let unclosed = fault(start, Fault::UnclosedRawString);
        let body = at + hashes + 1;
        if bytes.get(body - 1) != Some(&b'"') {
            return Err(unclosed);
        }
        let length = if hashes == 1 {
            memmem::find(&bytes[body..], b"\"#")
        } else {
            memmem::find(&bytes[body..], format!("\"{}", "#".repeat(hashes)).as_bytes())
        };
        length.map(|n| body + n + 1 + hashes).ok_or(unclosed)
    }

    /// The end of a character literal whose first byte after the quote is at `at`.
    fn char_end(&self, start: usize, at: usize) -> Result<usize, ScanError> {
        let unclosed = fault(start, Fault::UnclosedChar);
        let Some(c) = self.char_at(at) else {
            return Err(unclosed);
        };
        let bytes = self.text.as_bytes();
        let mut end = at + c.len_utf8();
        if c == '\\' {
            // The escaped character, then the digits of \x41 or \u{1F600}.
            end += self.char_at(end).map_or(0, char::len_utf8);
            let digits = |b: &&u8| b.is_ascii_hexdigit() || matches!(b, b'{' | b'}');
            end += bytes[end..].iter().take_while(digits).count();
        }
        match bytes.get(end) {
            Some(b'\'') => Ok(end + 1),
            _ => Err(unclosed),
        }
    }

    /// A word, or the literal whose prefix (`r`, `b`, `br`) looks like the beginning of one.
    fn word(&self, start: usize) -> Result<(Lexeme, usize), ScanError> {
        let rest = &self.text.as_bytes()[start..];
        let end = match rest {
            [b'b', b'"', ..] => self.string_end(start, start + 2)?,
            [b'b', b'\'', ..] => self.char_end(start, start + 2)?,
            [b'b', b'r', b'"' | b'#', ..] => self.raw_string_end(start, start + 2)?,
            [b'r', b'"', ..] | [b'r', b'#', b'"' | b'#', ..] => self.raw_string_end(start, start + 1)?,
            [b'r', b'#', ..] => return Ok((Lexeme::Word, self.run_end(start + 2))),
            _ => return Ok((Lexeme::Word, self.run_end(start))),
        };
        Ok((Lexeme::Literal, end))
    }

    /// The end of a run of word characters.
    fn run_end(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            match CLASSES[usize::from(byte)] {
                Class::Word => at += 1,
                Class::Wide => match self.char_at(at) {
                    Some(c) if !is_wide_space(c) => at += c.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        at
    }
}

pub(super) fn fault(at: usize, what: Fault) -> ScanError {
    ScanError { at, what }
}
