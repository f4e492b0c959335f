//! Why a file is no table that can be read: what, where, and what to do.

use crate::model::quantity::grouped;

/// A place in a text file, as editors count: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The character in it.
    pub column: u64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}", grouped(self.line), grouped(self.column))
    }
}

/// Why a table could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Nothing but blanks.
    #[error("The file is empty: it holds no row. If it should hold some, export it again.")]
    Empty,
    /// Something that is no table.
    #[error("This is {what}, not a table: {remedy}.")]
    NotATable {
        /// What it is.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// A quote that opens and never closes, so that the rest of the file would be one field.
    #[error(
        "The quote that opens at {at} is never closed, so that the {} behind it would be one field: the file was cut off, or a quote is missing. Get the file anew, close the quote in a text editor, read the table without quotes, or take only the {} before it.",
        counted(*lines, "line"), counted(*rows, "row")
    )]
    UnclosedQuote {
        /// Where it opens.
        at: Place,
        /// Lines from there to the end, its own among them.
        lines: u64,
        /// Whole rows before it, without the header.
        rows: u64,
    },
    /// The delimiter and the quote cannot be told apart, or are no single byte.
    #[error(
        "“{0}” cannot separate fields: choose a comma, a semicolon, a tab or another ASCII sign that is not the quote."
    )]
    Delimiter(char),
    /// The same for the quote.
    #[error("“{0}” cannot quote fields: choose \" or ' or none.")]
    Quote(char),
    /// A workbook that is damaged or cut off.
    #[error("The workbook is damaged or was cut off: {0}. Open it in a spreadsheet and save it again, or get it anew.")]
    Damaged(String),
    /// A workbook with a password.
    #[error("The workbook is locked with a password: open it in a spreadsheet and save it without.")]
    Locked,
    /// It would unpack to more than a table has.
    #[error("The workbook would unpack to more than {} MB: it is no ordinary table. Save the sheet as CSV.", most / 1_000_000)]
    Bomb {
        /// The most that is unpacked, in bytes.
        most: u64,
    },
    /// There is no such sheet.
    #[error("The workbook has no sheet “{name}”: it has {}.", there.join(", "))]
    NoSheet {
        /// The one that was asked for.
        name: String,
        /// Those that are there.
        there: Vec<String>,
    },
    /// A workbook without a sheet that holds cells.
    #[error("The workbook holds no sheet with cells: {}.", if there.is_empty() { "it has none".to_owned() } else { there.join(", ") })]
    NoCells {
        /// Its sheets.
        there: Vec<String>,
    },
    /// The text is larger than a table can be held.
    #[error("The table is too large: at most {} million lines and fields in a row are read.", u32::MAX / 1_000_000)]
    TooLarge,
    /// Somebody stopped it.
    #[error("Stopped.")]
    Stopped,
}

/// "1 row", "2,000 rows".
pub(crate) fn counted(n: u64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{} {what}s", grouped(n)) }
}
