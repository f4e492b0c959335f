//! Finds the sections and records of a RON text in one pass, by its lexemes and never by its lines: a line of an
//! article may look like the beginning of a section.
//!
//! It knows strings, raw strings, byte strings, characters, nested comments and brackets, and must not know what a
//! record means. What it lets through is not yet known to be good RON: each piece still goes through `ron`.

use std::ops::Range;

mod lexer;

use lexer::{Kind, Lexeme, Lexer};
pub use lexer::{ScanError, Trouble};

/// A field of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Where its name stands.
    pub name: Range<usize>,
    /// Where its value stands.
    pub value: Range<usize>,
    /// Where the elements stand, if the value is a list.
    pub elements: Option<Vec<Range<usize>>>,
}

/// The fields of a struct `( name: value, … )`, in their order. Names may repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The fields.
    pub fields: Vec<Field>,
}

impl Outline {
    /// The outline of a text that is one struct, with or without a name before it.
    ///
    /// # Errors
    /// Where something that was opened is not closed, or the text is not one struct with named fields.
    pub fn of(text: &str) -> Result<Self, ScanError> {
        let mut fields = Vec::new();
        walk(text, |field| {
            fields.push(field);
            true
        })?;
        Ok(Self { fields })
    }

    /// The first field of this name.
    #[must_use]
    pub fn field(&self, text: &str, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &text[field.name.clone()] == name)
    }

    /// The text with all elements of its lists taken out. What is left stands at the line and column where it stood.
    #[must_use]
    pub fn without_lists(&self, text: &str) -> String {
        let mut rest = String::new();
        let mut from = 0;
        for field in self.fields.iter().filter(|field| field.elements.is_some()) {
            let inner = field.value.start + 1..field.value.end - 1;
            rest.push_str(&text[from..inner.start]);
            let gone = &text[inner.clone()];
            let lines = memchr::memchr_iter(b'\n', gone.as_bytes()).count();
            rest.extend(std::iter::repeat_n('\n', lines));
            let last = gone.rsplit('\n').next().unwrap_or_default();
            rest.extend(std::iter::repeat_n(' ', last.chars().count()));
            from = inner.end;
        }
        rest.push_str(&text[from..]);
        rest
    }
}

/// The value of the first field of this name, without a look at what follows it.
pub(super) fn first_field(text: &str, name: &str) -> Result<Option<Range<usize>>, ScanError> {
    let mut found = None;
    walk(text, |field| {
        if &text[field.name.clone()] == name {
            found = Some(field.value);
        }
        found.is_none()
    })?;
    Ok(found)
}

/// One step from a value into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the value of a field.
    Field(&'static str),
    /// To an element of a list.
    Item(usize),
}

/// The offset within `text`, a value, of what a path leads to; of the last step that can be taken where it leads
/// nowhere.
#[must_use]
pub fn locate(text: &str, path: &[Step]) -> usize {
    let mut at = 0..text.len();
    let mut elements: Option<Vec<Range<usize>>> = None;
    for step in path {
        let next = match step {
            Step::Item(n) => elements.take().and_then(|list| list.get(*n).cloned()).map(|range| (range, None)),
            Step::Field(name) => Outline::of(&text[at.clone()]).ok().and_then(|outline| {
                let field = outline.field(&text[at.clone()], name)?;
                let shift = |range: &Range<usize>| range.start + at.start..range.end + at.start;
                let list = field.elements.as_ref().map(|list| list.iter().map(shift).collect());
                Some((shift(&field.value), list))
            }),
        };
        let Some((range, list)) = next else { break };
        at = range;
        elements = list;
    }
    at.start
}

/// The bracket that is open at `end`, the innermost one.
pub(super) fn open_before(text: &str, end: usize) -> Option<usize> {
    let mut lexer = Lexer::new(text);
    let mut open = Vec::new();
    while let Ok(Some(lexeme)) = lexer.next() {
        if lexeme.start >= end {
            break;
        }
        match lexeme.kind {
            Kind::Open(_) => open.push(lexeme.start),
            Kind::Close(_) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// Hands out the fields of the struct one by one until the visitor has seen enough.
fn walk(text: &str, mut visit: impl FnMut(Field) -> bool) -> Result<(), ScanError> {
    let mut walker = Walker { lexer: Lexer::new(text), stack: Vec::new() };
    let open = walker.opening()?;
    let outer = Opened { bracket: b'(', at: open.start };
    loop {
        let lexeme = walker.next_in(outer)?;
        match lexeme.kind {
            Kind::Close(b')') => break,
            Kind::Word => {}
            _ => return Err(ScanError::at(lexeme.start, Trouble::NoName)),
        }
        let (field, stop) = walker.field(lexeme, outer)?;
        if !visit(field) {
            return Ok(());
        }
        match stop.kind {
            Kind::Comma => {}
            Kind::Close(b')') => break,
            _ => return Err(outer.mismatched(stop)),
        }
    }
    match walker.lexer.next()? {
        None => Ok(()),
        Some(lexeme) => Err(ScanError::at(lexeme.start, Trouble::Trailing)),
    }
}

/// A bracket that waits for its partner.
#[derive(Debug, Clone, Copy)]
struct Opened {
    bracket: u8,
    at: usize,
}

impl Opened {
    fn closed_by(self, bracket: u8) -> bool {
        matches!((self.bracket, bracket), (b'(', b')') | (b'[', b']') | (b'{', b'}'))
    }
    fn unclosed(self) -> ScanError {
        ScanError::at(self.at, Trouble::Unclosed(char::from(self.bracket)))
    }
    fn mismatched(self, by: Lexeme) -> ScanError {
        let closing = match by.kind {
            Kind::Close(bracket) => char::from(bracket),
            _ => ',',
        };
        let opened = self.at;
        ScanError::at(by.start, Trouble::Mismatched { opened, bracket: char::from(self.bracket), closing })
    }
}

struct Walker<'t> {
    lexer: Lexer<'t>,
    /// The brackets that are open within the value at hand; kept to be used again.
    stack: Vec<Opened>,
}

impl Walker<'_> {
    /// The `(` with which the struct begins, behind attributes and its name.
    fn opening(&mut self) -> Result<Lexeme, ScanError> {
        let mut named = false;
        loop {
            let end = self.lexer.at();
            let lexeme = self.lexer.next()?.ok_or_else(|| ScanError::at(end, Trouble::NoStruct))?;
            match lexeme.kind {
                Kind::Open(b'(') => return Ok(lexeme),
                Kind::Word if !named => named = true,
                Kind::Other(b'#') if !named => self.attribute(lexeme.start)?,
                _ => return Err(ScanError::at(lexeme.start, Trouble::NoStruct)),
            }
        }
    }

    /// The rest of `#![ … ]`.
    fn attribute(&mut self, start: usize) -> Result<(), ScanError> {
        let mut open = Vec::new();
        loop {
            let unclosed = || ScanError::at(start, Trouble::Unclosed('#'));
            match self.lexer.next()?.ok_or_else(unclosed)?.kind {
                Kind::Open(bracket) => open.push(bracket),
                Kind::Close(_) => {
                    open.pop();
                    if open.is_empty() {
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
    }

    fn next_in(&mut self, outer: Opened) -> Result<Lexeme, ScanError> {
        self.lexer.next()?.ok_or_else(|| outer.unclosed())
    }

    /// A field from behind its name, and the lexeme that ends it.
    fn field(&mut self, name: Lexeme, outer: Opened) -> Result<(Field, Lexeme), ScanError> {
        let colon = self.next_in(outer)?;
        if !matches!(colon.kind, Kind::Colon) {
            return Err(ScanError::at(name.start, Trouble::NoColon));
        }
        let first = self.next_in(outer)?;
        if matches!(first.kind, Kind::Comma | Kind::Close(_)) {
            return Err(ScanError::at(name.start, Trouble::NoValue));
        }
        let (elements, start, mut end, mut stop) = if matches!(first.kind, Kind::Open(b'[')) {
            let (list, close) = self.list(first)?;
            (Some(list), first.start, close.end, self.next_in(outer)?)
        } else {
            let (end, stop) = self.value(first, outer)?;
            (None, first.start, end, stop)
        };
        let mut elements = elements;
        if !matches!(stop.kind, Kind::Comma | Kind::Close(_)) {
            // Something follows the list: it is no list, and `ron` will say so.
            elements = None;
            (end, stop) = self.value(stop, outer)?;
        }
        let raw = self.lexer.is_raw_name(name);
        let name = if raw { name.start + 2..name.end } else { name.start..name.end };
        Ok((Field { name, value: start..end, elements }, stop))
    }

    /// The elements of a list, and the bracket that closes it.
    fn list(&mut self, open: Lexeme) -> Result<(Vec<Range<usize>>, Lexeme), ScanError> {
        let outer = Opened { bracket: b'[', at: open.start };
        let mut elements = Vec::new();
        loop {
            let first = self.next_in(outer)?;
            let (range, stop) = match first.kind {
                Kind::Close(b']') => return Ok((elements, first)),
                // Nothing between two commas: an element that `ron` refuses at its place.
                Kind::Comma => (first.start..first.start, first),
                _ => {
                    let (end, stop) = self.value(first, outer)?;
                    (first.start..end, stop)
                }
            };
            elements.push(range);
            match stop.kind {
                Kind::Comma => {}
                Kind::Close(b']') => return Ok((elements, stop)),
                _ => return Err(outer.mismatched(stop)),
            }
        }
    }

    /// The end of the value that begins with `first`, and the comma or bracket behind it.
    fn value(&mut self, first: Lexeme, outer: Opened) -> Result<(usize, Lexeme), ScanError> {
        self.stack.clear();
        let mut end = first.start;
        let mut lexeme = first;
        loop {
            match lexeme.kind {
                Kind::Open(bracket) => self.stack.push(Opened { bracket, at: lexeme.start }),
                Kind::Close(bracket) => match self.stack.pop() {
                    None => return Ok((end, lexeme)),
                    Some(open) if open.closed_by(bracket) => {}
                    Some(open) => return Err(open.mismatched(lexeme)),
                },
                Kind::Comma if self.stack.is_empty() => return Ok((end, lexeme)),
                _ => {}
            }
            end = lexeme.end;
            let innermost = self.stack.last().copied().unwrap_or(outer);
            lexeme = self.next_in(innermost)?;
        }
    }
}
