//! Other people's data as they came: each data set once, and beside it the verbatim source row of each event.
//!
//! A row is the evidence, byte for byte. What its columns mean says a [`Mapping`](super::Mapping), and `dataset` reads
//! it; here nothing is read.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::claim::Claim;
use super::id::DatasetId;
use super::moment::Moment;
use super::{Quantity, Text};

/// How the lines of a file end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum LineEnd {
    /// A line feed.
    #[default]
    Lf,
    /// A carriage return and a line feed.
    CrLf,
    /// A carriage return alone.
    Cr,
}

/// How the file was written, so that a row that nobody touched goes out as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Between two fields.
    pub delimiter: char,
    /// Around a field that holds a delimiter, a line end or a quote; doubled inside it.
    pub quote: char,
    /// Behind a row. Inside a field other line ends may stand; they are part of the row.
    pub line_end: LineEnd,
    /// The name of the encoding, as the Encoding Standard writes it.
    pub encoding: Text,
    /// Whether a byte order mark stood first.
    pub bom: bool,
    /// Rows before the first event, verbatim: the header, and HXL tags where there are any. Empty where there was none.
    pub head: Vec<Text>,
    /// Whether the last row ended in a line end.
    pub ends_in_line_end: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            delimiter: ',',
            quote: '"',
            line_end: LineEnd::Lf,
            encoding: "UTF-8".into(),
            bom: false,
            head: Vec::new(),
            ends_in_line_end: true,
        }
    }
}

/// One file that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// Which data set.
    pub id: DatasetId,
    /// What it is called: "UCDP GED".
    pub name: Text,
    /// Its release: "24.1". Empty where it is not known.
    pub version: Text,
    /// The name of the mapping that says what the columns mean.
    pub mapping: Text,
    /// The version of that mapping. A mapping that was released never changes: another reading is another version.
    pub mapping_version: u32,
    /// The names of the columns, in order; where the file had none, those of its kind.
    pub columns: Vec<Text>,
    /// How it was written.
    pub layout: Layout,
    /// The name of the file.
    pub file: Text,
    /// SHA-256 of the file's bytes, in hexadecimal digits.
    pub sha256: Text,
    /// When it was taken in.
    pub imported: Option<Moment>,
}

/// A number of a row: the last letter of the id of its claim, how it is said, and how many attackers it includes.
pub type RowNumber = (u8, Quantity, u64);

/// What a row states of numbers: rows that state the same share it, and have the same figures where nobody says more.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowNumbers {
    /// Each number.
    pub said: Box<[RowNumber]>,
    /// Whether the row says who speaks.
    pub names_speaker: bool,
    /// Whether something in the row breaks a rule, but for the order of low, best and high.
    pub flawed: bool,
}

/// The source record of an event.
#[derive(Debug)]
pub struct SourceRow {
    /// Of which data set.
    pub dataset: DatasetId,
    /// The file that it stood in, or a part of it: rows of one file are not copied one by one.
    text: Arc<String>,
    start: usize,
    len: usize,
    /// What was read from it already. It follows from the row and the event, so a copy begins without it.
    claims: OnceLock<Box<[Arc<Claim>]>>,
    /// What it states of numbers, where that was read with it. It follows from the row and its mapping.
    numbers: Option<Arc<RowNumbers>>,
}

impl Clone for SourceRow {
    fn clone(&self) -> Self {
        let Self { dataset, text, start, len, claims: _, numbers } = self;
        let (text, numbers) = (text.clone(), numbers.clone());
        Self { dataset: *dataset, text, start: *start, len: *len, claims: OnceLock::new(), numbers }
    }
}

impl PartialEq for SourceRow {
    fn eq(&self, other: &Self) -> bool {
        let same = || Arc::ptr_eq(&self.text, &other.text) && (self.start, self.len) == (other.start, other.len);
        self.dataset == other.dataset && (same() || self.row() == other.row())
    }
}
impl Eq for SourceRow {}

impl SourceRow {
    /// A row as it stood in the file, without its line end, in Unicode.
    pub fn new(dataset: DatasetId, row: impl Into<String>) -> Self {
        let text = Arc::new(row.into());
        let len = text.len();
        Self { dataset, text, start: 0, len, claims: OnceLock::new(), numbers: None }
    }

    /// The row that stands here in a text, which stays in memory as long as one of its rows. `None` where there is no
    /// such part.
    pub fn part(dataset: DatasetId, text: &Arc<String>, at: Range<usize>) -> Option<Self> {
        text.get(at.clone())?;
        let (text, start, len) = (text.clone(), at.start, at.len());
        Some(Self { dataset, text, start, len, claims: OnceLock::new(), numbers: None })
    }

    /// The same row of another data set, whose columns mean the same.
    #[must_use]
    pub fn of_dataset(&self, dataset: DatasetId) -> Self {
        Self { dataset, ..self.clone() }
    }

    /// The same row, to be read anew.
    #[must_use]
    pub fn unread(&self) -> Self {
        Self { numbers: None, ..self.clone() }
    }

    /// How many bytes of memory are kept for its row and those that stand in one text with it.
    pub fn shared_bytes(&self) -> usize {
        self.text.len()
    }

    /// The claims of the row, which `read` reads when they are asked for first. `None` where it cannot.
    pub fn claims(&self, read: impl FnOnce(&str) -> Option<Box<[Arc<Claim>]>>) -> Option<&[Arc<Claim>]> {
        if self.claims.get().is_none() {
            // Where another one was quicker, both read the same.
            let _ = self.claims.set(read(self.row())?);
        }
        self.claims.get().map(|claims| &**claims)
    }

    /// The row as it stood in the file, without its line end.
    pub fn row(&self) -> &str {
        // Whoever made it looked whether the part is there.
        self.text.get(self.start..self.start + self.len).unwrap_or_default()
    }

    /// What the row states of numbers, where that was read with it.
    pub fn numbers(&self) -> Option<&Arc<RowNumbers>> {
        self.numbers.as_ref()
    }

    /// Notes what the row states of numbers.
    pub fn set_numbers(&mut self, numbers: Arc<RowNumbers>) {
        self.numbers = Some(numbers);
    }
}

/// Puts rows that have texts of their own into one text together: many small texts take more memory than they hold.
pub fn join_rows<'r>(rows: impl Iterator<Item = &'r mut SourceRow>) {
    let mut rows: Vec<&mut SourceRow> = rows.collect();
    let mut text = String::with_capacity(rows.iter().map(|row| row.len).sum());
    rows.iter().for_each(|row| text.push_str(row.row()));
    let text = Arc::new(text);
    let mut start = 0;
    for row in &mut rows {
        row.text = text.clone();
        row.start = start;
        start += row.len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_text_are_those_that_were_put_in() {
        let dataset = "d-1".parse().expect("an id");
        let mut rows: Vec<SourceRow> = ["1,a", "", "2,é"].map(|row| SourceRow::new(dataset, row)).into();
        let before = rows.clone();
        join_rows(rows.iter_mut());
        assert_eq!(rows, before);
        assert_eq!(rows[2].row(), "2,é");
        assert_eq!(rows[0].shared_bytes(), "1,a2,é".len());
        let text = Arc::new("x,é".to_owned());
        assert_eq!(SourceRow::part(dataset, &text, 2..4).expect("there").row(), "é");
        assert_eq!(SourceRow::part(dataset, &text, 3..4), None, "not within a letter");
        assert_eq!(SourceRow::part(dataset, &text, 2..9), None);
    }
}
