//! A file as another one was written: encoding, byte order mark, line ends, quotes.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::{Layout, LineEnd};

/// Turns text into the bytes of a file.
pub(super) struct Coder {
    encoding: &'static Encoding,
    bom: bool,
    line_end: LineEnd,
    lost: AtomicUsize,
}

impl Coder {
    /// The coder of a layout. An encoding that nobody knows is taken for UTF-8.
    pub fn new(layout: &Layout) -> Self {
        let encoding = Encoding::for_label(layout.encoding.as_bytes()).unwrap_or(UTF_8);
        Self { encoding, bom: layout.bom, line_end: layout.line_end, lost: AtomicUsize::new(0) }
    }

    /// What stands between two rows.
    pub fn line_end(&self) -> &'static str {
        match self.line_end {
            LineEnd::Lf => "\n",
            LineEnd::CrLf => "\r\n",
            LineEnd::Cr => "\r",
        }
    }

    /// The byte order mark, where there is to be one.
    pub fn mark(&self) -> Vec<u8> {
        if self.bom { self.bytes("\u{FEFF}").into_owned() } else { Vec::new() }
    }

    /// A text in the encoding of the file. A letter that it does not have becomes its number as HTML writes it.
    pub fn bytes<'t>(&self, text: &'t str) -> Cow<'t, [u8]> {
        if self.encoding == UTF_16LE {
            return Cow::Owned(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        if self.encoding == UTF_16BE {
            return Cow::Owned(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        let (bytes, _, unmappable) = self.encoding.encode(text);
        if unmappable {
            let lost = text.chars().filter(|letter| self.encoding.encode(letter.encode_utf8(&mut [0; 4])).2).count();
            self.lost.fetch_add(lost, Ordering::Relaxed);
        }
        bytes
    }

    /// How many letters the encoding does not have.
    pub fn lost(&self) -> usize {
        self.lost.load(Ordering::Relaxed)
    }
}

/// Puts a field behind a row, in quotes where it needs them. Without a quote what would end it becomes a blank.
pub(super) fn field(row: &mut String, text: &str, layout: &Layout) {
    let ends = |c: char| c == layout.delimiter || c == '\n' || c == '\r';
    if layout.quote == '\0' {
        row.extend(text.chars().map(|c| if ends(c) { ' ' } else { c }));
    } else if text.contains(|c| ends(c) || c == layout.quote) {
        row.push(layout.quote);
        for c in text.chars() {
            if c == layout.quote {
                row.push(c);
            }
            row.push(c);
        }
        row.push(layout.quote);
    } else {
        row.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coder(encoding: &str, bom: bool) -> Coder {
        Coder::new(&Layout { encoding: encoding.into(), bom, ..Layout::default() })
    }

    #[test]
    fn bytes_are_those_of_the_encoding_and_what_it_lacks_is_counted() {
        assert_eq!(&*coder("windows-1252", false).bytes("Döner"), b"D\xF6ner");
        assert_eq!(coder("UTF-16LE", true).mark(), [0xFF, 0xFE]);
        assert_eq!(&*coder("UTF-16BE", false).bytes("é"), [0, 0xE9]);
        assert_eq!(coder("UTF-8", true).mark(), [0xEF, 0xBB, 0xBF]);
        let latin = coder("windows-1252", false);
        assert_eq!(&*latin.bytes("Ош 1"), b"&#1054;&#1096; 1");
        assert_eq!(latin.lost(), 2);
    }

    #[test]
    fn a_field_is_quoted_as_the_file_quotes() {
        let written = |text: &str, layout: &Layout| {
            let mut row = String::new();
            field(&mut row, text, layout);
            row
        };
        assert_eq!(written("a \"b\", c", &Layout::default()), "\"a \"\"b\"\", c\"");
        assert_eq!(written("a, b", &Layout { delimiter: '\t', ..Layout::default() }), "a, b");
        assert_eq!(written("a\tb\nc", &Layout { delimiter: '\t', quote: '\0', ..Layout::default() }), "a b c");
    }
}
