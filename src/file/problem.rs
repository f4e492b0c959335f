//! What is wrong with a file, told with its place and what to do.

use std::fmt;

use super::header::FORMAT;
use super::position::{Position, position_of};
use super::scan::{Fault, ScanError};

/// Something in a file that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands.
    pub position: Position,
    /// In which record, such as `claim c-toll`; empty where it is in none.
    pub record: String,
    /// What it is and what to do.
    pub message: String,
    /// Whether it is a matter of the file alone. The others are seen in the project too, and `derive::problems` tells
    /// them for as long as they last.
    pub of_file: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.record.is_empty() {
            write!(f, "{}: {}", self.position, self.message)
        } else {
            write!(f, "{}: {}: {}", self.position, self.record, self.message)
        }
    }
}

impl Finding {
    /// The message in two: what is the matter, and what to do.
    #[must_use]
    pub fn what_and_remedy(&self) -> (&str, &str) {
        self.message.split_once("; ").unwrap_or((&self.message, ""))
    }
}

/// Why a file was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// The reader asked to stop.
    Cancelled,
    /// The file is in a format that this Dateline does not know yet.
    Newer {
        /// The format of the file.
        format: u64,
    },
    /// The file breaks the rules of its format.
    Refused {
        /// What is wrong, in the order of the file; never empty.
        problems: Vec<Finding>,
        /// How many problems were found beyond those.
        more: usize,
    },
}

impl FileError {
    /// How many problems are told of one file.
    pub const MOST: usize = 100;

    pub(super) fn refused(mut problems: Vec<Finding>) -> Self {
        problems.sort_by_key(|problem| problem.position);
        let more = problems.len().saturating_sub(Self::MOST);
        problems.truncate(Self::MOST);
        Self::Refused { problems, more }
    }

    pub(super) fn one(position: Position, message: impl Into<String>) -> Self {
        Self::refused(vec![Finding { position, record: String::new(), message: message.into(), of_file: true }])
    }

    /// A text that cannot be told apart into fields and records.
    pub(super) fn of_scan(error: ScanError, text: &str) -> Self {
        let message = match error.what {
            Fault::UnclosedString => {
                "The text that begins here is never closed; add the quotation mark that ends it".to_owned()
            }
            Fault::UnclosedRawString => {
                "The raw text that begins here is never closed; add the quotation mark and as many # signs as at its \
                 beginning"
                    .to_owned()
            }
            Fault::UnclosedChar => {
                "A single quotation mark stands here; texts are written in double ones, \"like this\"".to_owned()
            }
            Fault::UnclosedComment => "The comment that begins here is never closed; add */ at its end".to_owned(),
            Fault::UnclosedBracket(bracket) => {
                format!("The {bracket} here is never closed: the file may be cut short; add what is missing")
            }
            Fault::WrongBracket { open, opened, found } => format!(
                "There is a {found} here, but the {open} of {} is still open; close that one first",
                position_of(text, opened)
            ),
            Fault::Stray(c) => format!("The character {c} has no meaning here; remove it, or put the text in quotes"),
            Fault::NoRecord => "This is no Dateline project: it does not begin with `(`, then `format: 1,`".to_owned(),
            Fault::Trailing => "The project ends before this; remove what follows the last `)`".to_owned(),
            Fault::Expected(what) => format!("Here should stand {what}; see FORMAT.md for the shape of a file"),
        };
        Self::one(position_of(text, error.at), message)
    }

    /// The problems with their places; empty where the file was not refused for its contents.
    #[must_use]
    pub fn problems(&self) -> &[Finding] {
        match self {
            Self::Refused { problems, .. } => problems,
            Self::Cancelled | Self::Newer { .. } => &[],
        }
    }
}

/// The first problem, and how many more there are.
impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => f.write_str("Opening was cancelled"),
            Self::Newer { format } => write!(
                f,
                "This file is in format {format}; this Dateline reads format {FORMAT}. Use a newer Dateline to open it"
            ),
            Self::Refused { problems, more } => {
                if let Some(first) = problems.first() {
                    first.fmt(f)?;
                }
                match problems.len().saturating_sub(1) + more {
                    0 => Ok(()),
                    1 => f.write_str(" (and 1 more problem)"),
                    n => write!(f, " (and {n} more problems)"),
                }
            }
        }
    }
}

impl std::error::Error for FileError {}
