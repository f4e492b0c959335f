//! A line of a filter as pieces with their places. It knows no fields.

use std::borrow::Cow;
use std::ops::Range;

/// How a field and a value are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// `:`
    Has,
    /// `=`
    Is,
    /// `~`
    Overlaps,
    /// `>`
    Above,
    /// `>=`
    From,
    /// `<`
    Below,
    /// `<=`
    To,
}

impl Joint {
    /// The sign.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Has => ":",
            Self::Is => "=",
            Self::Overlaps => "~",
            Self::Above => ">",
            Self::From => ">=",
            Self::Below => "<",
            Self::To => "<=",
        }
    }
}

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Without the marks around it, and with single ones for doubled ones within.
    pub text: Cow<'a, str>,
    pub at: Range<usize>,
    /// It stood in quotation marks, which are no part of `text`.
    pub quoted: bool,
}

/// A piece of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    Open(usize),
    Close(usize),
    Not(usize),
    Or(usize),
    /// A word or a phrase.
    Word(Piece<'a>),
    /// A field, a joint and a value; the value may be empty.
    Term {
        field: Piece<'a>,
        joint: Joint,
        value: Piece<'a>,
    },
    /// A quotation that does not end.
    Unclosed(Range<usize>),
}

/// The pieces of a line.
pub fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { line, at: 0 };
    std::iter::from_fn(|| lexer.next()).collect()
}

/// The joint that a text begins with, and its length.
fn joint(text: &str) -> Option<(Joint, usize)> {
    Some(match text.as_bytes() {
        [b'>', b'=', ..] => (Joint::From, 2),
        [b'<', b'=', ..] => (Joint::To, 2),
        [b'>', ..] => (Joint::Above, 1),
        [b'<', ..] => (Joint::Below, 1),
        [b':', b'=', ..] => (Joint::Is, 2),
        [b':', ..] => (Joint::Has, 1),
        [b'=', ..] => (Joint::Is, 1),
        [b'~', b':' | b'=', ..] => (Joint::Overlaps, 2),
        [b'~', ..] => (Joint::Overlaps, 1),
        _ => return None,
    })
}

struct Lexer<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or("")
    }

    fn next(&mut self) -> Option<Token<'a>> {
        self.at = self.line.len() - self.rest().trim_start().len();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let mut sign = |token: fn(usize) -> Token<'a>| {
            self.at += 1;
            Some(token(start))
        };
        match first {
            '(' => return sign(Token::Open),
            ')' => return sign(Token::Close),
            '-' | '−' if !self.rest()[first.len_utf8()..].starts_with(|c: char| c.is_whitespace()) => {
                self.at += first.len_utf8();
                return Some(Token::Not(start));
            }
            _ => {}
        }
        if let Some(term) = self.term() {
            return Some(term);
        }
        let word = match self.value() {
            Ok(word) => word,
            Err(unclosed) => return Some(Token::Unclosed(unclosed)),
        };
        // A title in quotation marks with a value right behind it.
        if word.quoted
            && let Some((joint, width)) = joint(self.rest())
        {
            self.at += width;
            return Some(self.with_value(word, joint));
        }
        if &*word.text == "OR" && !word.quoted { Some(Token::Or(word.at.start)) } else { Some(Token::Word(word)) }
    }

    /// A field with its joint and value, where one begins here.
    fn term(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-')))
            .filter(|length| *length > 0 && rest.starts_with(char::is_alphabetic))?;
        let (joint, width) = joint(&rest[length..])?;
        let field = Piece { text: rest[..length].into(), at: self.at..self.at + length, quoted: false };
        self.at += length + width;
        Some(self.with_value(field, joint))
    }

    fn with_value(&mut self, field: Piece<'a>, joint: Joint) -> Token<'a> {
        match self.value() {
            Ok(value) => Token::Term { field, joint, value },
            Err(unclosed) => Token::Unclosed(unclosed),
        }
    }

    /// What stands here up to the next space or closing bracket, or in quotation marks.
    fn value(&mut self) -> Result<Piece<'a>, Range<usize>> {
        let (start, rest) = (self.at, self.rest());
        let closing = match rest.chars().next() {
            Some('"') => Some(('"', 1)),
            Some(open @ '“') => Some(('”', open.len_utf8())),
            _ => None,
        };
        if let Some((mark, width)) = closing {
            let Some(end) = end_of_quotation(&rest[width..], mark) else {
                self.at = self.line.len();
                return Err(start..self.at);
            };
            let ends = rest[width + end..].chars().next().map_or(1, char::len_utf8);
            self.at = start + width + end + ends;
            let text = &rest[width..width + end];
            let text = if text.contains("\"\"") { text.replace("\"\"", "\"").into() } else { text.into() };
            return Ok(Piece { text, at: start..self.at, quoted: true });
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(rest.len());
        self.at = start + end;
        Ok(Piece { text: rest[..end].into(), at: start..self.at, quoted: false })
    }
}

/// Where a quotation ends; a doubled mark stands for one within it.
fn end_of_quotation(rest: &str, mark: char) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + rest[from..].find([mark, '"'])?;
        if mark != '"' || !rest[at + 1..].starts_with('"') {
            return Some(at);
        }
        from = at + 2;
    }
}
