//! The lexemes of RON, as far as their ends have to be known. Follows `ron` 0.12 (`parse.rs`).

use super::super::position::Lines;
use super::super::problem::FileError;

/// What a lexeme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    /// `,`.
    Comma,
    /// `:`.
    Colon,
    /// A name, a keyword or a number.
    Word,
    /// A string, byte string or character.
    Text,
    /// Any other character; its first byte.
    Other(u8),
}

/// A lexeme and its place in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Why a text has no outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanError {
    /// The byte at which it is told.
    pub at: usize,
    /// What is wrong there.
    pub trouble: Trouble,
}

/// What can be wrong with lexemes and brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// A string that runs to the end of the text.
    UnclosedString,
    /// A `'` that begins no character.
    UnclosedCharacter,
    /// A `/*` without its `*/`.
    UnclosedComment,
    /// This bracket is never closed.
    Unclosed(char),
    /// A bracket, or a comma, where another bracket has to be closed first.
    Mismatched {
        /// Where the other one was opened.
        opened: usize,
        /// The other one.
        bracket: char,
        /// What stands there.
        closing: char,
    },
    /// The text does not begin with `(`.
    NoStruct,
    /// Something else where a field's name should be.
    NoName,
    /// A name without a colon behind it.
    NoColon,
    /// A name without a value.
    NoValue,
    /// Something behind the end.
    Trailing,
}

impl ScanError {
    pub(super) fn at(at: usize, trouble: Trouble) -> Self {
        Self { at, trouble }
    }

    /// The error in words, at its place in `text`.
    pub(in crate::file) fn into_refusal(self, text: &str) -> FileError {
        let lines = Lines::new(text);
        let message = match self.trouble {
            Trouble::UnclosedString => {
                "The text that begins here is never closed; add the quotation mark (and the # signs of a raw text) \
                 that ends it"
                    .to_owned()
            }
            Trouble::UnclosedCharacter => {
                "A single quotation mark stands here; texts are written in double ones, \"like this\"".to_owned()
            }
            Trouble::UnclosedComment => "The comment that begins here is never closed; add */ at its end".to_owned(),
            Trouble::Unclosed(bracket) => {
                format!("The {bracket} here is never closed: the file may be cut short; add what is missing")
            }
            Trouble::Mismatched { opened, bracket, closing } => format!(
                "There is a {closing} here, but the {bracket} of {} is still open; close that one first",
                lines.at(opened)
            ),
            Trouble::NoStruct => {
                "This is no Dateline project: it does not begin with `(`, then `format: 1,`".to_owned()
            }
            Trouble::NoName => "The name of a field is expected here, such as `claims:`".to_owned(),
            Trouble::NoColon => {
                "A colon and a value are expected behind this name; fields are `name: value,`".to_owned()
            }
            Trouble::NoValue => {
                "This field has no value; write one behind the colon, or leave the field out".to_owned()
            }
            Trouble::Trailing => "The project ends before this; remove what follows the last `)`".to_owned(),
        };
        FileError::one(lines.at(self.at), message)
    }
}

/// Hands out lexemes, without comments and white space.
pub(super) struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Lexer<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0 }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether a name is written `r#name`.
    pub fn is_raw_name(&self, name: Lexeme) -> bool {
        self.bytes[name.start..name.end].starts_with(b"r#")
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    pub fn next(&mut self) -> Result<Option<Lexeme>, ScanError> {
        self.skip_blank()?;
        let start = self.at;
        let Some(first) = self.peek(0) else { return Ok(None) };
        let kind = match first {
            b'(' | b'[' | b'{' => self.one(Kind::Open(first)),
            b')' | b']' | b'}' => self.one(Kind::Close(first)),
            b',' => self.one(Kind::Comma),
            b':' => self.one(Kind::Colon),
            b'"' => self.string(start)?,
            b'\'' => self.character(start)?,
            _ => self.word_or_other(start, first)?,
        };
        Ok(Some(Lexeme { kind, start, end: self.at }))
    }

    fn one(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    /// White space and comments, as `ron` knows them.
    fn skip_blank(&mut self) -> Result<(), ScanError> {
        loop {
            match self.peek(0) {
                Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C) => self.at += 1,
                Some(b'/') if self.peek(1) == Some(b'/') => {
                    let rest = &self.bytes[self.at..];
                    self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                }
                Some(b'/') if self.peek(1) == Some(b'*') => self.block_comment()?,
                Some(byte) if byte >= 0x80 => match self.text[self.at..].chars().next() {
                    Some(c @ ('\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')) => {
                        self.at += c.len_utf8();
                    }
                    _ => return Ok(()),
                },
                _ => return Ok(()),
            }
        }
    }

    fn block_comment(&mut self) -> Result<(), ScanError> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            let Some(next) = memchr::memchr2(b'/', b'*', &self.bytes[self.at..]) else {
                return Err(ScanError::at(start, Trouble::UnclosedComment));
            };
            self.at += next;
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'*')) => {
                    depth += 1;
                    self.at += 2;
                }
                (Some(b'*'), Some(b'/')) => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    /// A string with escapes, from its opening quotation mark on.
    fn string(&mut self, start: usize) -> Result<Kind, ScanError> {
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            match memchr::memchr2(b'"', b'\\', rest) {
                None => return Err(ScanError::at(start, Trouble::UnclosedString)),
                Some(n) if rest[n] == b'"' => {
                    self.at += n + 1;
                    return Ok(Kind::Text);
                }
                Some(n) => self.at += n + 2,
            }
        }
    }

    /// A raw string, from the first `#` or the quotation mark on. `None` where it is none.
    fn raw_string(&mut self, start: usize) -> Result<Option<Kind>, ScanError> {
        let hashes = self.bytes[self.at..].iter().take_while(|byte| **byte == b'#').count();
        if self.peek(hashes) != Some(b'"') {
            return Ok(None);
        }
        let mut at = self.at + hashes + 1;
        loop {
            let Some(quote) = memchr::memchr(b'"', &self.bytes[at..]) else {
                return Err(ScanError::at(start, Trouble::UnclosedString));
            };
            at += quote + 1;
            let closing = self.bytes[at..].iter().take(hashes).take_while(|byte| **byte == b'#').count();
            if closing == hashes {
                self.at = at + hashes;
                return Ok(Some(Kind::Text));
            }
        }
    }

    /// A character such as `'a'`, `'"'` or `'\u{41}'`.
    fn character(&mut self, start: usize) -> Result<Kind, ScanError> {
        let unclosed = || ScanError::at(start, Trouble::UnclosedCharacter);
        self.at += 1;
        if self.peek(0) == Some(b'\\') {
            self.at += 2;
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let end = memchr::memchr2(b'\'', b'\n', rest).filter(|n| rest[*n] == b'\'').ok_or_else(unclosed)?;
            self.at += end + 1;
            return Ok(Kind::Text);
        }
        let c = self.text[self.at..].chars().next().ok_or_else(unclosed)?;
        self.at += c.len_utf8();
        if self.peek(0) != Some(b'\'') {
            return Err(unclosed());
        }
        self.at += 1;
        Ok(Kind::Text)
    }

    fn word_or_other(&mut self, start: usize, first: u8) -> Result<Kind, ScanError> {
        if let Some(kind) = self.prefixed(start)? {
            return Ok(kind);
        }
        let raw_name = self.bytes[start..].starts_with(b"r#");
        if raw_name {
            self.at += 2;
        }
        let rest = &self.text[self.at..];
        let length =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-'))).unwrap_or(rest.len());
        self.at += length;
        if length > 0 || raw_name {
            return Ok(Kind::Word);
        }
        self.at += rest.chars().next().map_or(1, char::len_utf8);
        Ok(Kind::Other(first))
    }

    /// `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `b'…'`.
    fn prefixed(&mut self, start: usize) -> Result<Option<Kind>, ScanError> {
        let rest = &self.bytes[start..];
        let skip = match rest {
            [b'b', b'r', b'"' | b'#', ..] => 2,
            [b'r', b'"' | b'#', ..] => 1,
            [b'b', b'"', ..] => {
                self.at += 1;
                return self.string(start).map(Some);
            }
            [b'b', b'\'', ..] => {
                self.at += 1;
                return self.character(start).map(Some);
            }
            _ => return Ok(None),
        };
        self.at += skip;
        let found = self.raw_string(start)?;
        if found.is_none() {
            self.at = start;
        }
        Ok(found)
    }
}
