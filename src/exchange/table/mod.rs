//! Other people's tables as they came: bytes in, verbatim rows out, with how they were written. Each thing that is found
//! out about a file (encoding, delimiter, quote, header) can be chosen instead.
//!
//! Nothing here knows what a column means.

mod dialect;
mod encoding;
mod error;
mod fields;
mod header;
mod headless;
mod scan;
mod sheet;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;
use memchr::{memchr, memchr_iter, memrchr};

use crate::model::{DatasetId, Layout, LineEnd, SourceRow, Text};

pub(crate) use self::error::counted;
pub use self::error::{Place, TableError};
pub use self::fields::Fields;
pub use self::header::Header;
use self::scan::{Ends, RowAt, Scanned, Signs};
pub use super::decode::Settled;
use super::texts::sha256;

/// Endings of files that hold tables.
const ENDINGS: [&str; 10] = ["csv", "tsv", "tab", "psv", "dat", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// Whether a file is a table by its name.
pub fn is_named_as_one(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// What stands around a field that holds a delimiter or a line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// This sign.
    With(char),
    /// Nothing: every delimiter parts two fields.
    None,
}

/// What somebody chose rather than leave it to be found out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    /// The encoding.
    pub encoding: Option<&'static Encoding>,
    /// The sign between two fields.
    pub delimiter: Option<char>,
    /// The sign around a field.
    pub quote: Option<Quoting>,
    /// How many rows in front of the header are none of the table.
    pub skip: Option<usize>,
    /// Whether the columns are named.
    pub header: Option<Header>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Take the rows before a quote that is never closed, rather than refuse the file.
    pub until_damage: bool,
}

/// Encodings to choose from, the common ones first.
pub fn encodings() -> impl Iterator<Item = &'static Encoding> {
    use encoding_rs as e;
    [
        e::UTF_8,
        e::WINDOWS_1252,
        e::WINDOWS_1251,
        e::WINDOWS_1256,
        e::WINDOWS_1250,
        e::UTF_16LE,
        e::UTF_16BE,
        e::WINDOWS_1254,
        e::WINDOWS_1253,
        e::WINDOWS_1255,
        e::WINDOWS_1257,
        e::WINDOWS_1258,
        e::ISO_8859_2,
        e::ISO_8859_15,
        e::ISO_8859_5,
        e::ISO_8859_6,
        e::KOI8_R,
        e::KOI8_U,
        e::MACINTOSH,
        e::IBM866,
        e::WINDOWS_874,
        e::GB18030,
        e::BIG5,
        e::SHIFT_JIS,
        e::EUC_JP,
        e::EUC_KR,
    ]
    .into_iter()
}

/// What was found out about a file, to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// How the encoding was settled; `None` where somebody chose it, and for a workbook.
    pub settled: Option<Settled>,
    /// The first letter that could not be read in the encoding, where there is one.
    pub damaged: Option<Place>,
    /// Whether the columns are named.
    pub header: Header,
    /// Rows in front of the header.
    pub skipped: usize,
    /// Lines without a sign, which are no rows.
    pub blank: u64,
    /// Rows that end otherwise than most.
    pub other_ends: u64,
    /// The part behind a quote that is never closed: its place, and how many lines it has. It was not read.
    pub unread: Option<(Place, u64)>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that was read.
    pub sheet: Option<String>,
}

/// What is odd about a row. It is there all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Oddity {
    /// The file ends inside it.
    CutOff,
    /// It has more fields than there are columns, and something stands in them: a delimiter that should be quoted.
    TooLong,
    /// It goes on over hundreds of lines: a quote in it may close only where another row was to open one.
    Sprawling,
    /// It has fewer fields than there are columns.
    TooShort,
    /// A letter could not be read in the encoding of the file.
    Unreadable,
    /// It holds NUL, which no text has.
    Nul,
}

/// A table: rows as they stand in the file, without their line ends.
#[derive(Clone)]
pub struct Table {
    /// The whole text. Rows that are taken from it share it.
    text: Arc<String>,
    /// Rows with data.
    rows: Vec<RowAt>,
    signs: Signs,
    columns: Vec<Text>,
    layout: Layout,
    found: Found,
    /// Whether the last row has no line end behind it.
    open_end: bool,
    sha256: String,
}

/// Without its rows, which may be many.
impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rows, columns, layout, found, .. } = self;
        let mut table = f.debug_struct("Table");
        table.field("rows", &rows.len()).field("columns", &columns.len()).field("layout", layout).field("found", found);
        table.finish_non_exhaustive()
    }
}

impl Table {
    /// Reads a file as a whole. `go_on` is told the share that is done and says whether to go on.
    ///
    /// # Errors
    /// Where it is no table, or one that is damaged: what, where, and what to do.
    pub fn read(bytes: Vec<u8>, choices: &Choices, go_on: &(dyn Fn(f32) -> bool + Sync)) -> Result<Self, TableError> {
        if sheet::is_workbook(&bytes) {
            return Self::of_workbook(&bytes, choices, go_on);
        }
        Self::of_text(bytes, choices, true, go_on)
    }

    /// Reads the first bytes of a large file, for a quick look. Its last row is left out: it may be cut off. A workbook
    /// has no beginning that could be read.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn beginning(bytes: Vec<u8>, choices: &Choices) -> Result<Self, TableError> {
        if sheet::is_workbook(&bytes) {
            return Self::of_workbook(&bytes, choices, &|_| true);
        }
        Self::of_text(bytes, choices, false, &|_| true)
    }

    fn of_workbook(bytes: &[u8], choices: &Choices, go_on: &(dyn Fn(f32) -> bool + Sync)) -> Result<Self, TableError> {
        let cells = sheet::read(bytes, choices.sheet.as_deref(), go_on)?;
        let table = Self {
            text: Arc::new(cells.text),
            rows: cells.rows,
            signs: Signs { delimiter: b',', quote: Some(b'"') },
            columns: Vec::new(),
            layout: Layout::default(),
            found: Found { sheets: cells.sheets, sheet: Some(cells.sheet), ..Found::nothing() },
            open_end: false,
            sha256: sha256(bytes),
        };
        table.with_header(choices)
    }

    fn of_text(
        bytes: Vec<u8>,
        choices: &Choices,
        whole: bool,
        go_on: &(dyn Fn(f32) -> bool + Sync),
    ) -> Result<Self, TableError> {
        check_kind(&bytes)?;
        let read = encoding::decode(bytes, choices.encoding);
        if !go_on(0.2) {
            return Err(TableError::Stopped);
        }
        let (start, said) = separator_line(&read.text, read.start);
        let signs = signs(&read.text[start..], said, choices)?;
        // The line that names the separator goes out again with the header.
        let scan = || scan::scan(read.text.as_bytes(), read.start, signs, &|share| go_on(0.2 + 0.8 * share));
        let hash = || read.sha256.clone().unwrap_or_else(|| sha256(read.text.as_bytes()));
        let (scanned, sha256) = rayon::join(scan, hash);
        let large = read.text.len() > u32::MAX as usize;
        let scanned = scanned.ok_or(if large { TableError::TooLarge } else { TableError::Stopped })?;
        let mut table = Self {
            signs,
            columns: Vec::new(),
            layout: layout(&read, signs, &scanned),
            found: Found {
                settled: read.settled,
                damaged: read.damaged.then(|| read.text.find('\u{fffd}').map(|at| place(&read.text, at))).flatten(),
                blank: scanned.ends.blank,
                other_ends: other_ends(scanned.ends),
                ..Found::nothing()
            },
            open_end: scanned.open_end,
            sha256,
            text: Arc::new(read.text),
            rows: scanned.rows,
        };
        if !whole && scanned.unclosed.is_none() && scanned.open_end {
            table.rows.pop();
            table.open_end = false;
        }
        let skip = choices.skip.or(said.map(|_| 1));
        let unclosed = scanned.unclosed.filter(|_| whole);
        if let (Some(open), true) = (unclosed, table.rows.is_empty()) {
            table.note_unclosed(open, scanned.lines, false)?;
        }
        let mut table = table.with_header(&Choices { skip, ..choices.clone() })?;
        if let Some(open) = unclosed {
            table.note_unclosed(open, scanned.lines, choices.until_damage)?;
        }
        Ok(table)
    }

    fn note_unclosed(&mut self, open: scan::Unclosed, lines: u64, accept: bool) -> Result<(), TableError> {
        let at = place(&self.text, open.quote);
        let lines = lines - u64::from(open.line);
        if !accept {
            return Err(TableError::UnclosedQuote { at, lines, rows: self.rows.len() as u64 });
        }
        self.found.unread = Some((at, lines));
        Ok(())
    }

    /// Takes the rows that are no data off the top.
    fn with_header(mut self, choices: &Choices) -> Result<Self, TableError> {
        /// So many rows are looked at.
        const FIRST: usize = 25;
        let first: Vec<Vec<String>> =
            (0..FIRST.min(self.rows.len())).map(|n| self.fields(n).map(Cow::into_owned).collect()).collect();
        if first.is_empty() {
            return Err(TableError::Empty);
        }
        let skip = choices.skip.unwrap_or_else(|| header::preamble(&first)).min(self.rows.len() - 1);
        let owned = |n: usize| -> Vec<String> { self.fields(n).map(Cow::into_owned).collect() };
        let top = owned(skip);
        let next = (skip + 1 < self.rows.len()).then(|| owned(skip + 1));
        let shape = headless::columns(&top);
        let kind = choices.header.unwrap_or_else(|| match shape {
            Some(_) => Header::Missing,
            None => header::header(&top, next.as_deref()),
        });
        self.columns = match (kind, shape) {
            (Header::Missing, Some(names)) => names.iter().map(|name| Text::from(*name)).collect(),
            (Header::Missing, None) => header::numbered(top.len()),
            _ => header::names(&top),
        };
        let head = skip
            + match kind {
                Header::Missing => 0,
                Header::Named => 1,
                Header::Tagged => 2.min(self.rows.len() - skip),
            };
        self.layout.head = (0..head).filter_map(|n| self.row(n).map(Text::from)).collect();
        self.rows.drain(..head);
        self.found.header = kind;
        self.found.skipped = skip;
        Ok(self)
    }

    /// How many rows of data there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row of data.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row as it stands in the file, without its line end.
    pub fn row(&self, n: usize) -> Option<&str> {
        self.rows.get(n).and_then(|row| self.text.get(row.start..row.end))
    }

    /// A row as the source of an event. It shares the text of the table, which is not copied.
    pub fn source_row(&self, n: usize, dataset: DatasetId) -> Option<SourceRow> {
        self.rows.get(n).and_then(|row| SourceRow::part(dataset, &self.text, row.start..row.end))
    }

    /// The line of the file, or the row of the sheet, on which a row begins, from 1.
    pub fn line(&self, n: usize) -> u64 {
        self.rows.get(n).map_or(0, |row| u64::from(row.line) + 1)
    }

    /// The fields of a row.
    pub fn fields(&self, n: usize) -> Fields<'_> {
        fields::fields(self.row(n).unwrap_or_default(), self.signs)
    }

    /// The names of the columns: as they stand in the header, but that each has one and no two the same.
    pub fn columns(&self) -> &[Text] {
        &self.columns
    }

    /// How the file was written.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// SHA-256 of the bytes that were read, in hexadecimal digits.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What was found out about the file.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// Whether a row takes more lines than a text in a field has.
    fn sprawls(&self, n: usize) -> bool {
        const MOST: usize = 500;
        match (self.rows.get(n), self.rows.get(n + 1)) {
            (Some(this), Some(next)) => next.line.saturating_sub(this.line) as usize > MOST,
            (Some(_), None) => self.row(n).is_some_and(|row| memchr_iter(b'\n', row.as_bytes()).nth(MOST).is_some()),
            (None, _) => false,
        }
    }

    /// What is odd about a row: the worst, where there are several things.
    pub fn oddity(&self, n: usize) -> Option<Oddity> {
        let at = self.rows.get(n)?;
        let row = self.row(n)?;
        let (has, wants) = (at.fields as usize, self.columns.len());
        let last = n + 1 == self.rows.len() && self.open_end;
        if has < wants && last {
            Some(Oddity::CutOff)
        } else if has > wants && self.fields(n).skip(wants).any(|field| !field.trim().is_empty()) {
            Some(Oddity::TooLong)
        } else if self.found.sheet.is_none() && self.sprawls(n) {
            Some(Oddity::Sprawling)
        } else if has < wants {
            Some(Oddity::TooShort)
        } else if self.found.damaged.is_some() && row.contains('\u{fffd}') {
            Some(Oddity::Unreadable)
        } else if memchr(0, row.as_bytes()).is_some() {
            Some(Oddity::Nul)
        } else {
            None
        }
    }

    /// Whether no field of a row holds anything.
    pub fn is_blank(&self, n: usize) -> bool {
        self.fields(n).all(|field| field.trim().is_empty())
    }
}

impl Found {
    fn nothing() -> Self {
        Self {
            settled: None,
            damaged: None,
            header: Header::Named,
            skipped: 0,
            blank: 0,
            other_ends: 0,
            unread: None,
            sheets: Vec::new(),
            sheet: None,
        }
    }
}

/// Refuses what begins as other kinds of files do, and what holds no text.
fn check_kind(bytes: &[u8]) -> Result<(), TableError> {
    let refused = |what, remedy| Err(TableError::NotATable { what, remedy });
    let head = bytes.get(..4096.min(bytes.len())).unwrap_or_default();
    match head {
        [b'%', b'P', b'D', b'F', b'-', ..] => return refused("a PDF document", "ask for the data as CSV or XLSX"),
        [b'{', b'\\', b'r', b't', b'f', ..] => return refused("a text in RTF", "save its table as CSV"),
        [0x1F, 0x8B, ..] | [b'B', b'Z', b'h', ..] | [0xFD, b'7', b'z', ..] | [b'7', b'z', 0xBC, ..] => {
            return refused("a packed file", "unpack it first");
        }
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            return refused("a picture", "type the table off it");
        }
        [b'P', b'A', b'R', b'1', ..] | [b'S', b'Q', b'L', b'i', b't', b'e', ..] => {
            return refused("a database file", "export its table as CSV");
        }
        _ => {}
    }
    if bytes.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace()) {
        return Err(TableError::Empty);
    }
    let start = String::from_utf8_lossy(head.trim_ascii_start()).to_lowercase();
    if ["<!doctype html", "<html", "<table", "<?xml"]
        .iter()
        .any(|mark| start.trim_start_matches('\u{feff}').starts_with(mark))
    {
        return refused("a web page or XML", "open it in a spreadsheet and save it as CSV or XLSX");
    }
    let strange =
        head.iter().filter(|byte| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0 | 0x1F)).count();
    if strange * 20 > head.len() {
        return refused("a file without text", "ask for the data as CSV or XLSX");
    }
    Ok(())
}

/// Where the table begins behind a line `sep=;`, which spreadsheets write in front of it, and the sign it names.
fn separator_line(text: &str, start: usize) -> (usize, Option<char>) {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    let name = line.get(..4).filter(|name| name.eq_ignore_ascii_case("sep="));
    let mut signs = line.chars().skip(4);
    match (name, signs.next(), signs.next()) {
        (Some(_), Some(sign), None) => (start + line.len(), Some(sign)),
        _ => (start, None),
    }
}

/// The signs of a text: chosen, named by its first line, or found out.
fn signs(text: &str, said: Option<char>, choices: &Choices) -> Result<Signs, TableError> {
    let delimiter = match choices.delimiter.or(said) {
        Some(sign) => Some(byte(sign).ok_or(TableError::Delimiter(sign))?),
        None => None,
    };
    let quote = match choices.quote {
        Some(Quoting::With(sign)) => Some(Some(byte(sign).ok_or(TableError::Quote(sign))?)),
        Some(Quoting::None) => Some(None),
        None => None,
    };
    if let (Some(delimiter), Some(Some(quote))) = (delimiter, quote)
        && delimiter == quote
    {
        return Err(TableError::Delimiter(char::from(delimiter)));
    }
    Ok(dialect::signs(text, delimiter, quote))
}

fn byte(sign: char) -> Option<u8> {
    u8::try_from(sign).ok().filter(|byte| byte.is_ascii() && !matches!(byte, 0 | b'\n' | b'\r'))
}

fn layout(read: &encoding::Text, signs: Signs, scanned: &Scanned) -> Layout {
    let Ends { lf, crlf, cr, .. } = scanned.ends;
    Layout {
        delimiter: char::from(signs.delimiter),
        quote: signs.quote.map_or('\0', char::from),
        line_end: if crlf > lf && crlf >= cr {
            LineEnd::CrLf
        } else if cr > lf {
            LineEnd::Cr
        } else {
            LineEnd::Lf
        },
        encoding: read.encoding.name().into(),
        bom: read.start > 0,
        head: Vec::new(),
        ends_in_line_end: !scanned.open_end,
    }
}

fn other_ends(ends: Ends) -> u64 {
    let Ends { lf, crlf, cr, .. } = ends;
    lf + crlf + cr - lf.max(crlf).max(cr)
}

/// The place of a byte in a text.
fn place(text: &str, at: usize) -> Place {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let newline = if memchr(b'\n', text.as_bytes()).is_some() { b'\n' } else { b'\r' };
    let start = memrchr(newline, before).map_or(0, |end| end + 1);
    let in_line = text.get(start..at).unwrap_or_default().trim_start_matches('\u{feff}');
    Place { line: memchr_iter(newline, before).count() as u64 + 1, column: in_line.chars().count() as u64 + 1 }
}
