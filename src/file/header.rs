//! Which format a file is in: read first, before anything else in it is understood, so that a file of a newer Dateline
//! is refused by name and not for a field that is new in it.

use super::position::position_of;
use super::problem::FileError;
use super::scan;

/// The format that this Dateline writes.
pub const FORMAT: u64 = 1;

const FIRST: &str = "a Dateline project begins with `(`, then `format: 1,`";

/// The format of a file.
pub(super) fn format(text: &str) -> Result<u64, FileError> {
    let field = scan::first_field(text, "format").map_err(|error| FileError::of_scan(error, text))?;
    let Some(value) = field else {
        let place = position_of(text, text.find('(').unwrap_or(0));
        return Err(FileError::one(place, format!("The field `format` is missing; {FIRST}")));
    };
    let written = &text[value.clone()];
    match written.parse() {
        Ok(0) | Err(_) => Err(FileError::one(
            position_of(text, value.start),
            format!("The format is a whole number from 1, not {}; {FIRST}", shorten(written)),
        )),
        Ok(format) => Ok(format),
    }
}

/// A piece of the file as it can stand in a message.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let short: String = text.chars().take(LONGEST).filter(|c| !c.is_control()).collect();
    if short.len() < text.len() { format!("`{short}…`") } else { format!("`{short}`") }
}
