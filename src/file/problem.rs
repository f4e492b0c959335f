//! What is wrong with a file, told with its place and what to do.

use std::fmt;

use super::header::FORMAT;
use super::position::Position;

/// Something in a file that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands.
    pub position: Position,
    /// In which record, such as `claim c-toll`; empty where it is in none.
    pub record: String,
    /// What it is and what to do.
    pub message: String,
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
        Self::refused(vec![Finding { position, record: String::new(), message: message.into() }])
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
