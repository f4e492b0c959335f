//! Other people's data as they came: each data set once, and beside it the verbatim source row of each event.
//!
//! A row is the evidence, byte for byte. What its columns mean says a [`Mapping`](super::Mapping), and `dataset` reads
//! it; here nothing is read.

use std::sync::{Arc, OnceLock};

use super::Text;
use super::claim::Claim;
use super::id::DatasetId;
use super::moment::Moment;

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

/// The source record of an event.
#[derive(Debug)]
pub struct SourceRow {
    /// Of which data set.
    pub dataset: DatasetId,
    row: Text,
    /// What was read from it already. It follows from the row and the event, so a copy begins without it.
    claims: OnceLock<Box<[Arc<Claim>]>>,
}

impl Clone for SourceRow {
    fn clone(&self) -> Self {
        Self { dataset: self.dataset, row: self.row.clone(), claims: OnceLock::new() }
    }
}

impl PartialEq for SourceRow {
    fn eq(&self, other: &Self) -> bool {
        self.dataset == other.dataset && (Arc::ptr_eq(&self.row, &other.row) || self.row == other.row)
    }
}
impl Eq for SourceRow {}

impl SourceRow {
    /// A row as it stood in the file, without its line end, in Unicode.
    pub fn new(dataset: DatasetId, row: impl Into<Text>) -> Self {
        Self { dataset, row: row.into(), claims: OnceLock::new() }
    }

    /// The claims of the row, which `read` reads when they are asked for first. `None` where it cannot.
    pub fn claims(&self, read: impl FnOnce(&str) -> Option<Box<[Arc<Claim>]>>) -> Option<&[Arc<Claim>]> {
        if self.claims.get().is_none() {
            // Where another one was quicker, both read the same.
            let _ = self.claims.set(read(&self.row)?);
        }
        self.claims.get().map(|claims| &**claims)
    }

    /// The row as it stood in the file, without its line end.
    pub fn row(&self) -> &str {
        &self.row
    }
}
