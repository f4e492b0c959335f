//! Where the fields of a row stand, as the `csv` crate reads them: a field that begins with the quote ends at the next
//! one that is not doubled, and what follows up to the delimiter still belongs to it.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::Layout;

/// One field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Where it stands in the row, with its quotes.
    pub at: Range<usize>,
    /// Whether it begins with the quote.
    pub quoted: bool,
}

impl Field {
    /// The field as it stands in the row.
    pub fn verbatim<'r>(&self, row: &'r str) -> &'r str {
        row.get(self.at.clone()).unwrap_or_default()
    }

    /// What the field says: without its quotes, and with doubled ones single.
    pub fn value<'r>(&self, row: &'r str, quote: char) -> Cow<'r, str> {
        let text = self.verbatim(row);
        let Some(inner) = text.strip_prefix(quote).filter(|_| self.quoted) else { return Cow::Borrowed(text) };
        if let Some(plain) = inner.strip_suffix(quote).filter(|plain| !plain.contains(quote)) {
            return Cow::Borrowed(plain);
        }
        Cow::Owned(unquoted(inner, quote))
    }
}

/// The text behind an opening quote: up to the closing one with doubled ones single, then the rest as it stands.
fn unquoted(inner: &str, quote: char) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        if letter != quote {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some(next) if next == quote => out.push(quote),
            Some(next) => {
                out.push(next);
                out.extend(letters);
                break;
            }
            None => break,
        }
    }
    out
}

/// Puts the fields of a row into `fields`, which is emptied before. A row has at least one field.
pub fn split(row: &str, layout: &Layout, fields: &mut Vec<Field>) {
    fields.clear();
    match (u8::try_from(layout.delimiter), u8::try_from(layout.quote)) {
        (Ok(delimiter), Ok(quote)) if delimiter.is_ascii() && quote.is_ascii() => {
            fields.extend(Fields::of(row, delimiter, quote));
        }
        _ => split_letters(row, layout.delimiter, layout.quote, fields),
    }
}

/// The fields of a row one after another: the usual case, in which delimiter and quote are one byte each, and no byte of a
/// longer letter is like them.
#[derive(Debug, Clone)]
pub struct Fields<'r> {
    row: &'r [u8],
    delimiter: u8,
    quote: u8,
    /// Where the next one starts; nowhere behind the last.
    start: Option<usize>,
}

impl<'r> Fields<'r> {
    /// The fields of this row. A quote that is NUL stands for none.
    pub fn of(row: &'r str, delimiter: u8, quote: u8) -> Self {
        Self { row: row.as_bytes(), delimiter, quote, start: Some(0) }
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        let start = self.start?;
        let quoted = self.quote != 0 && self.row.get(start) == Some(&self.quote);
        let from = if quoted { behind_quotes(self.row, start + 1, self.quote) } else { start };
        let end = memchr::memchr(self.delimiter, &self.row[from..]).map(|at| from + at);
        self.start = end.map(|end| end + 1);
        Some(Field { at: start..end.unwrap_or(self.row.len()), quoted })
    }
}

/// The place behind the closing quote, or the end of a row in which none closes.
fn behind_quotes(row: &[u8], mut at: usize, quote: u8) -> usize {
    while let Some(found) = row.get(at..).and_then(|rest| memchr::memchr(quote, rest)) {
        at += found + 1;
        if row.get(at) != Some(&quote) {
            return at;
        }
        at += 1;
    }
    row.len()
}

/// The same where one of the two is a letter of several bytes.
fn split_letters(row: &str, delimiter: char, quote: char, fields: &mut Vec<Field>) {
    let (mut start, mut quoted, mut inside) = (0, false, false);
    let mut letters = row.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if at == start && letter == quote && quote != '\0' {
            (quoted, inside) = (true, true);
        } else if inside && letter == quote {
            inside = letters.next_if(|(_, next)| *next == quote).is_some();
        } else if letter == delimiter && !inside {
            fields.push(Field { at: start..at, quoted });
            (start, quoted) = (at + letter.len_utf8(), false);
        }
    }
    fields.push(Field { at: start..row.len(), quoted });
}
