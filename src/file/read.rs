//! From text to project, whatever the format.

use std::borrow::Cow;

use crate::model::Project;

use super::header;
use super::position::Position;
use super::problem::{FileError, Finding};
use super::v1;

/// A project as it was read, with what should be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The project. Everything that the file says is in it.
    pub project: Project,
    /// What was kept although it is not as it should be, in the order of the file.
    pub findings: Vec<Finding>,
}

/// Reads a project. `progress` is called now and then with the share that is done (0 to 1) and answers whether to go
/// on.
///
/// # Errors
/// Where the file is in a newer format, breaks the rules of its own (with all places up to [`FileError::MOST`]), or
/// `progress` said to stop.
pub fn read(text: &str, progress: &dyn Fn(f32) -> bool) -> Result<Opened, FileError> {
    let (text, mut findings) = plain_lines(text);
    let mut opened = match header::format(&text)? {
        // A later format brings a function from the one before it to itself, and a message among the findings.
        1 => v1::open(&text, progress)?,
        newer => return Err(FileError::Newer { format: newer }),
    };
    findings.append(&mut opened.findings);
    Ok(Opened { findings, ..opened })
}

/// The text without a byte order mark, and with `\n` between lines.
///
/// Dateline writes a carriage return of a text as `\r`, never raw: a raw one was put in by a tool that converts line
/// ends. Left alone it would move every quote behind it.
pub(super) fn plain_lines(text: &str) -> (Cow<'_, str>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut tell = |message: &str| {
        findings.push(Finding {
            position: Position::START,
            record: String::new(),
            message: message.to_owned(),
            of_file: true,
        });
    };
    let bare = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if bare.len() < text.len() {
        tell("The file begins with a byte order mark, which is not needed; saving leaves it out");
    }
    if memchr::memmem::find(bare.as_bytes(), b"\r\n").is_none() {
        return (Cow::Borrowed(bare), findings);
    }
    tell("The file has Windows line ends (CR LF); they were read as plain ones (LF), and saving writes plain ones");
    (Cow::Owned(bare.replace("\r\n", "\n")), findings)
}
