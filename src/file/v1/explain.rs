//! The errors of `ron` in the words of the field, with what to do.

use ron::error::{Error, SpannedError};
use strsim::levenshtein;

use crate::file::place::open_before;
use crate::file::position::{Position, offset_of};
use crate::file::scan::outline;

/// The byte in `text` at which an error should be told, and what to say.
pub(super) fn explain(error: &SpannedError, text: &str) -> (usize, String) {
    let offset = |place: ron::error::Position| offset_of(text, Position { line: place.line, column: place.col });
    let (start, end) = (offset(error.span.start), offset(error.span.end));
    match &error.code {
        Error::NoSuchStructField { expected, found, .. } => {
            let at = text[..end].rfind(found.as_str()).unwrap_or(start);
            (at, unknown("field", found, expected))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let at = text[..end].rfind(found.as_str()).unwrap_or(start);
            (at, unknown("kind of value", found, expected))
        }
        Error::DuplicateStructField { field, .. } => {
            let at = second(text, field).or_else(|| text[..end].rfind(field)).unwrap_or(start);
            (at, format!("The field `{field}` stands here twice; leave one"))
        }
        Error::MissingStructField { field, .. } => {
            let at = open_before(text, end).unwrap_or(0);
            (at, format!("The field `{field}` is missing; add `{field}: …`"))
        }
        code => (end, plain(code)),
    }
}

fn plain(code: &Error) -> String {
    match code {
        Error::ExpectedString => "A text in double quotation marks is expected here".to_owned(),
        Error::ExpectedInteger => "A whole number is expected here, without quotation marks".to_owned(),
        Error::ExpectedFloat => "A number such as 40.06 is expected here, without quotation marks".to_owned(),
        Error::IntegerOutOfBounds => "This number is too large, or below zero, for what it counts".to_owned(),
        Error::ExpectedBoolean => "true or false is expected here, without quotation marks".to_owned(),
        Error::ExpectedArray => "A list in square brackets is expected here, such as [\"one\", \"two\"]".to_owned(),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            "A record in round brackets is expected here, such as (name: value)".to_owned()
        }
        Error::ExpectedComma | Error::ExpectedArrayEnd | Error::ExpectedStructLikeEnd => {
            "A comma or a closing bracket is expected here".to_owned()
        }
        Error::TrailingCharacters => "A comma is expected before this".to_owned(),
        Error::ExpectedMapColon => "A colon is expected here: fields are `name: value`".to_owned(),
        Error::ExpectedIdentifier => "The name of a field is expected here".to_owned(),
        Error::Message(message) => format!("{}; see FORMAT.md", message.trim_end_matches('.')),
        Error::InvalidValueForType { expected, found } => format!("Here stands {found}, where {expected} is expected"),
        Error::ExpectedDifferentLength { .. } => {
            "Two values in round brackets are expected here, such as (120, 133)".to_owned()
        }
        Error::InvalidEscape(what) => {
            format!("{what}; a backslash in a text is written \\\\, or the whole text as r\"…\"")
        }
        other => format!("{other}; see FORMAT.md"),
    }
}

fn unknown(what: &str, found: &str, expected: &[&str]) -> String {
    let list = || expected.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match nearest(found, expected) {
        Some(name) => format!("There is no {what} `{found}` here; did you mean `{name}`?"),
        None if expected.is_empty() => format!("There is no {what} `{found}` here; remove it"),
        None => format!("There is no {what} `{found}` here; there are {}", list()),
    }
}

/// The known name that a typing mistake is nearest to, if it is near enough.
fn nearest<'n>(found: &str, known: &[&'n str]) -> Option<&'n str> {
    let far = found.chars().count() / 3 + 1;
    known.iter().map(|name| (levenshtein(found, name), *name)).filter(|(d, _)| *d <= far).min().map(|(_, name)| name)
}

/// Where a field stands for the second time.
fn second(text: &str, field: &str) -> Option<usize> {
    let outline = outline(text).ok()?;
    outline
        .fields
        .iter()
        .filter(|f| f.name == field)
        .nth(1)
        .map(|f| text[..f.value.start].rfind(field).unwrap_or(f.value.start))
}
