//! The outline of a project file: where each top-level field and each element of its lists stands.
//!
//! One serial pass over the lexemes of `( name: value, … )`, in any layout and with any comments. It
//! never splits at line ends, because an article's text may hold a line that looks like `events: [`.
//! It must not know which fields a project has, nor read a value.

use std::ops::Range;

use memchr::{memchr_iter, memrchr};
use ron::Options;

pub use super::lexeme::{Fault, ScanError};
use super::lexeme::{Lexeme, Lexer, fault};

/// The parts of a top-level record, as byte ranges of the text they were found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline<'a> {
    /// The text before the record: comments and attributes such as `#![enable(implicit_some)]`.
    pub head: &'a str,
    /// The fields in the order of the file. A name given twice stands here twice.
    pub fields: Vec<Field<'a>>,
}

/// One `name: value` of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    /// The name, without the `r#` of a raw identifier.
    pub name: &'a str,
    /// The bytes of the value, without white space and comments around it.
    pub value: Range<usize>,
    /// The bytes of each element when the value is a list `[ … ]`, without white space and comments
    /// around them. Empty where nothing stands between two commas (which is an error to its reader).
    pub elements: Option<Vec<Range<usize>>>,
}

impl<'a> Outline<'a> {
    /// The first field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The elements of the first field of that name; empty when there is none or it is no list.
    #[must_use]
    pub fn elements(&self, name: &str) -> &[Range<usize>] {
        self.field(name).and_then(|field| field.elements.as_deref()).unwrap_or_default()
    }

    /// Options that read a part of the file as it would be read within the whole: with the extensions
    /// that the file's attributes switch on.
    ///
    /// # Errors
    /// When an attribute is not one that RON knows.
    pub fn options(&self) -> Result<Options, ron::error::SpannedError> {
        let extensions = ron::Deserializer::from_str(self.head)?.extensions();
        Ok(Options::default().with_default_extension(extensions))
    }
}

/// Finds the fields of the top-level record of `text`, and the elements of its lists.
///
/// Values are not judged: a text that RON refuses may well have an outline. Every text that RON reads
/// as a record with named fields has one, and it agrees with RON.
///
/// # Errors
/// When a literal, comment or bracket is not closed, or the text is not one record.
pub fn outline(text: &str) -> Result<Outline<'_>, ScanError> {
    let mut scanner = Scanner::new(text);
    let head = scanner.head()?;
    let mut fields = Vec::new();
    scanner.fields(|field| {
        fields.push(field);
        false
    })?;
    match scanner.next()? {
        None => Ok(Outline { head, fields }),
        Some((_, at)) => Err(fault(at.start, Fault::Trailing)),
    }
}

/// The value of the first field of that name. What follows it is not looked at.
///
/// # Errors
/// When something before the end of that field keeps the fields from being told apart.
pub fn first_field(text: &str, name: &str) -> Result<Option<Range<usize>>, ScanError> {
    let mut scanner = Scanner::new(text);
    scanner.head()?;
    let mut found = None;
    scanner.fields(|field| {
        if field.name == name {
            found = Some(field.value);
        }
        found.is_some()
    })?;
    Ok(found)
}

/// The text with the contents of the named lists cut out, leaving `[` and `]`.
///
/// Line and column of everything else stay true, because as many line ends and then as many spaces are
/// left as the cut text had. Names that are no list in the outline are ignored.
#[must_use]
pub fn without_lists(text: &str, outline: &Outline, names: &[&str]) -> String {
    let mut kept = String::with_capacity(text.len().min(1 << 20));
    let mut done = 0;
    let lists = outline.fields.iter().filter(|field| field.elements.is_some() && names.contains(&field.name));
    for field in lists {
        let inside = field.value.start + 1..field.value.end.saturating_sub(1);
        let (Some(before), Some(cut)) = (text.get(done..inside.start), text.get(inside.clone())) else {
            continue;
        };
        kept.push_str(before);
        push_blank(&mut kept, cut);
        done = inside.end;
    }
    kept.push_str(text.get(done..).unwrap_or_default());
    kept
}

/// Adds white space that moves line and column just as far as `cut` does.
fn push_blank(kept: &mut String, cut: &str) {
    let lines = memchr_iter(b'\n', cut.as_bytes()).count();
    let last = memrchr(b'\n', cut.as_bytes()).map_or(0, |at| at + 1);
    let columns = cut[last..].chars().count();
    kept.extend(std::iter::repeat_n('\n', lines));
    kept.extend(std::iter::repeat_n(' ', columns));
}

struct Scanner<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    /// The open brackets within the value being skipped, with their places.
    open: Vec<(u8, usize)>,
}

type Found = Option<(Lexeme, Range<usize>)>;

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, lexer: Lexer::new(text), open: Vec::new() }
    }

    fn next(&mut self) -> Result<Found, ScanError> {
        self.lexer.next()
    }

    /// Reads up to and over the `(` of the record; gives the text before the record.
    fn head(&mut self) -> Result<&'a str, ScanError> {
        let mut found = self.next()?;
        while let Some((Lexeme::Hash, at)) = &found {
            self.attribute(at.start)?;
            found = self.next()?;
        }
        let begin = found.as_ref().map_or(self.text.len(), |(_, at)| at.start);
        if let Some((Lexeme::Word, _)) = found {
            found = self.next()?;
        }
        match found {
            Some((Lexeme::Open(b'('), at)) => {
                // The record's own bracket is kept apart from those within values.
                self.open.push((b'(', at.start));
                Ok(&self.text[..begin])
            }
            Some((_, at)) => Err(fault(at.start, Fault::NoRecord)),
            None => Err(fault(self.text.len(), Fault::NoRecord)),
        }
    }

    /// Skips `![ … ]` after a `#`.
    fn attribute(&mut self, hash: usize) -> Result<(), ScanError> {
        const ATTRIBUTE: &str = "an attribute: #![ … ]";
        match self.next()? {
            Some((Lexeme::Word, at)) if &self.text[at.clone()] == "!" => {}
            _ => return Err(expected(hash, ATTRIBUTE)),
        }
        match self.next()? {
            Some((Lexeme::Open(b'['), at)) => self.skip_to_close(b'[', at.start).map(|_| ()),
            _ => Err(expected(hash, ATTRIBUTE)),
        }
    }

    /// Reads the fields up to the end of the record, or until `seen` says that it has seen enough.
    fn fields(&mut self, mut seen: impl FnMut(Field<'a>) -> bool) -> Result<(), ScanError> {
        let opened = self.open.pop().map_or(0, |(_, at)| at);
        loop {
            let name = match self.next()? {
                Some((Lexeme::Close(b')'), _)) => return Ok(()),
                Some((Lexeme::Word, at)) => &self.text[at],
                Some((_, at)) => return Err(expected(at.start, "the name of a field")),
                None => return Err(fault(opened, Fault::UnclosedBracket('('))),
            };
            match self.next()? {
                Some((Lexeme::Colon, _)) => {}
                Some((_, at)) => return Err(expected(at.start, "a colon after the field's name")),
                None => return Err(fault(opened, Fault::UnclosedBracket('('))),
            }
            let (value, elements, last) = self.value(opened)?;
            let name = name.strip_prefix("r#").unwrap_or(name);
            if seen(Field { name, value, elements }) || last {
                return Ok(());
            }
        }
    }

    /// Reads a field's value and the `,` or `)` after it; says whether it was the last.
    fn value(&mut self, opened: usize) -> Result<Value, ScanError> {
        let mut value: Option<Range<usize>> = None;
        let mut elements = None;
        loop {
            let Some((lexeme, at)) = self.next()? else {
                return Err(fault(opened, Fault::UnclosedBracket('(')));
            };
            let first = value.is_none();
            let end = match lexeme {
                Lexeme::Comma | Lexeme::Close(b')') => {
                    let Some(value) = value else {
                        return Err(expected(at.start, "a value"));
                    };
                    return Ok((value, elements, lexeme != Lexeme::Comma));
                }
                Lexeme::Open(b'[') if first => {
                    let (found, end) = self.elements(at.start)?;
                    elements = Some(found);
                    end
                }
                Lexeme::Open(bracket) => self.skip_to_close(bracket, at.start)?,
                Lexeme::Close(bracket) => return Err(wrong(b'(', opened, bracket, at.start)),
                Lexeme::Hash => return Err(fault(at.start, Fault::Stray('#'))),
                _ => at.end,
            };
            if !first {
                // Something follows the list, so the value as a whole is none.
                elements = None;
            }
            value = Some(value.map_or(at.start, |range| range.start)..end);
        }
    }

    /// Reads the elements of a list whose `[` stands at `opened`, up to and over its `]`.
    fn elements(&mut self, opened: usize) -> Result<(Vec<Range<usize>>, usize), ScanError> {
        let mut elements = Vec::new();
        let mut element: Option<Range<usize>> = None;
        loop {
            let Some((lexeme, at)) = self.next()? else {
                return Err(fault(opened, Fault::UnclosedBracket('[')));
            };
            let end = match lexeme {
                Lexeme::Comma => {
                    elements.push(element.take().unwrap_or(at.start..at.start));
                    continue;
                }
                Lexeme::Close(b']') => {
                    elements.extend(element);
                    return Ok((elements, at.end));
                }
                Lexeme::Open(bracket) => self.skip_to_close(bracket, at.start)?,
                Lexeme::Close(bracket) => return Err(wrong(b'[', opened, bracket, at.start)),
                Lexeme::Hash => return Err(fault(at.start, Fault::Stray('#'))),
                _ => at.end,
            };
            element = Some(element.map_or(at.start, |range| range.start)..end);
        }
    }

    /// Skips to the bracket that closes the one at `opened`; gives the byte after it.
    fn skip_to_close(&mut self, bracket: u8, opened: usize) -> Result<usize, ScanError> {
        self.open.clear();
        self.open.push((bracket, opened));
        while let Some(&(open, place)) = self.open.last() {
            match self.next()? {
                None => return Err(fault(place, Fault::UnclosedBracket(char::from(open)))),
                Some((Lexeme::Open(bracket), at)) => self.open.push((bracket, at.start)),
                Some((Lexeme::Close(found), at)) => {
                    if found != closing(open) {
                        return Err(wrong(open, place, found, at.start));
                    }
                    self.open.pop();
                }
                Some((Lexeme::Hash, at)) => return Err(fault(at.start, Fault::Stray('#'))),
                Some(_) => {}
            }
        }
        Ok(self.lexer.offset())
    }
}

type Value = (Range<usize>, Option<Vec<Range<usize>>>, bool);

fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

fn wrong(open: u8, opened: usize, found: u8, at: usize) -> ScanError {
    let what = Fault::WrongBracket { open: char::from(open), opened, found: char::from(found) };
    fault(at, what)
}

fn expected(at: usize, what: &'static str) -> ScanError {
    fault(at, Fault::Expected(what))
}
