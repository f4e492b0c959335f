//! The fields that an event holds itself: texts, the date, words of a list, the place.

use crate::model::date::{DayOrder, read_common};
use crate::model::{Event, Few, Point, Precision, Project, Status, Text};

use super::{Cell, Column, Key, Mark, Put, Row};

/// The word of the column of conflicts.
pub(super) const CONFLICT: &str = "conflict";

pub(super) fn no_text(_: &Column, _: &Row<'_>) -> String {
    String::new()
}

/// A text as it stands; to print it would take several times as long.
pub(super) fn said(text: &Text) -> String {
    str::to_owned(text)
}

pub(super) fn read_text(column: &Column, row: &Row<'_>) -> Cell {
    Cell::plain(column.text(row))
}

pub(super) fn key_text(column: &Column, row: &Row<'_>) -> Key {
    match column.text(row) {
        text if text.is_empty() => Key::Empty,
        text => Key::Text(text.to_lowercase()),
    }
}

/// Another text in one field, on one line.
pub(super) fn with(text: &str, put: impl FnOnce(&mut Event, Text) -> bool + 'static) -> Result<Put, String> {
    let blank = |c: char| matches!(c, '\n' | '\r' | '\t');
    if text.chars().any(|c| c.is_control() && !blank(c)) {
        return Err("The text holds a control character; type it anew".to_owned());
    }
    let line: Text =
        if text.contains(blank) { text.replace("\r\n", "\n").replace(blank, " ").into() } else { text.into() };
    Ok(Box::new(|event| put(event, line)))
}

/// How many line ends a text has, however they are written.
pub(super) fn line_ends(text: &str) -> usize {
    if !text.contains(['\n', '\r']) {
        return 0;
    }
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

/// Another text of one line or several in one field. Line ends are those of the file.
pub(super) fn with_lines(text: &str, put: impl FnOnce(&mut Event, Text) -> bool + 'static) -> Result<Put, String> {
    let lines: Text =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() };
    if lines.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err("The text holds a control character; type it anew".to_owned());
    }
    Ok(Box::new(|event| put(event, lines)))
}

/// Another value in one field.
fn of<T: PartialEq + 'static>(value: T, field: fn(&mut Event) -> &mut T) -> Put {
    Box::new(move |event| put(field(event), value))
}

/// Puts a value in its place; says whether it is another one than was there.
pub(super) fn put<T: PartialEq>(place: &mut T, value: T) -> bool {
    let other = *place != value;
    if other {
        *place = value;
    }
    other
}

pub(super) fn key_when(_: &Column, row: &Row<'_>) -> Key {
    row.event.when.map_or(Key::Empty, |when| {
        let (first, last) = when.sort_key();
        Key::Days(first, last)
    })
}

pub(super) fn parse_when(_: &Column, row: &Row<'_>, text: &str) -> Result<Put, String> {
    let when = match text {
        "" => None,
        text => Some(read_common(text, DayOrder::DayMonth, row.today).map_err(|error| error.to_string())?),
    };
    Ok(of(when, |event| &mut event.when))
}

pub(super) fn preview_when(_: &Column, row: &Row<'_>, text: &str) -> Option<String> {
    Some(read_common(text, DayOrder::DayMonth, row.today).ok()?.describe())
}

pub(super) fn kinds(_: &Column, project: &Project) -> Vec<String> {
    project.about.codebook.kinds.iter().map(|term| term.name.to_string()).collect()
}

pub(super) fn parse_kind(_: &Column, row: &Row<'_>, text: &str) -> Result<Put, String> {
    let same = |name: &str| name.to_lowercase() == text.to_lowercase();
    let known = row.project.about.codebook.kinds.iter().map(|term| &term.name).find(|name| same(name));
    let kind = match known {
        Some(name) => name.clone(),
        None if text.is_empty() || *row.event.kind == *text => text.into(),
        None => return Err(format!("“{text}” is no kind of the codebook. Alt+Down shows the kinds")),
    };
    Ok(of(kind, |event| &mut event.kind))
}

pub(super) fn status(_: &Column, row: &Row<'_>) -> String {
    match &row.event.status {
        Status::Excluded(reason) => format!("excluded: {reason}"),
        other => other.key().to_owned(),
    }
}

pub(super) fn statuses(_: &Column, _: &Project) -> Vec<String> {
    let with_colon = |key: &str| if key == "excluded" { "excluded: ".to_owned() } else { key.to_owned() };
    Status::KEYS.iter().map(|key| with_colon(key)).collect()
}

pub(super) fn key_status(_: &Column, row: &Row<'_>) -> Key {
    let at = Status::KEYS.iter().position(|key| *key == row.event.status.key());
    at.map_or(Key::Empty, |at| Key::Number(at as u64))
}

pub(super) fn parse_status(_: &Column, _: &Row<'_>, text: &str) -> Result<Put, String> {
    let (key, reason) = text.split_once(':').unwrap_or((text, ""));
    let (key, reason) = (key.trim().to_lowercase(), reason.trim());
    if key.is_empty() {
        return Err("An event always has a status; draft is the first".to_owned());
    }
    let Some(status) = Status::from_key(&key, reason) else {
        return Err(format!("“{key}” is no status. Type one of {}", Status::KEYS.join(", ")));
    };
    match &status {
        Status::Excluded(reason) if reason.is_empty() => {
            Err("Say why the event is excluded: type “excluded: ” and the reason".to_owned())
        }
        Status::Excluded(_) => Ok(of(status, |event| &mut event.status)),
        _ if !reason.is_empty() => Err("Only an excluded event has a reason".to_owned()),
        _ => Ok(of(status, |event| &mut event.status)),
    }
}

pub(super) fn parse_tags(_: &Column, _: &Row<'_>, text: &str) -> Result<Put, String> {
    let mut tags = Few::<Text>::new();
    for tag in text.split([',', ';', '\n']).map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| **known == *tag) {
            tags.push(tag.into());
        }
    }
    with(text, |event, _| put(&mut event.tags, tags))
}

pub(super) fn coordinates(_: &Column, row: &Row<'_>) -> String {
    let point = row.event.location.point;
    point.map_or_else(String::new, |point| format!("{}, {}", point.latitude(), point.longitude()))
}

pub(super) fn parse_coordinates(_: &Column, _: &Row<'_>, text: &str) -> Result<Put, String> {
    const HOW: &str = "Type latitude and longitude in degrees, with a point: 40.06, 70.82";
    let numbers: Vec<&str> = text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let point = match numbers.as_slice() {
        [] => None,
        [latitude, longitude] => {
            let degrees = latitude.parse::<f64>().ok().zip(longitude.parse::<f64>().ok()).ok_or(HOW)?;
            let point = Point::new(degrees.0, degrees.1);
            Some(point.ok_or("Latitude lies between -90 and 90, longitude between -180 and 180")?)
        }
        _ => return Err(HOW.to_owned()),
    };
    Ok(of(point, |event| &mut event.location.point))
}

pub(super) fn precisions(_: &Column, _: &Project) -> Vec<String> {
    Precision::ALL.iter().map(|precision| precision.key().to_owned()).collect()
}

pub(super) fn key_precision(_: &Column, row: &Row<'_>) -> Key {
    let at = row.event.location.precision.and_then(|p| Precision::ALL.iter().position(|known| *known == p));
    at.map_or(Key::Empty, |at| Key::Number(at as u64))
}

pub(super) fn parse_precision(column: &Column, row: &Row<'_>, text: &str) -> Result<Put, String> {
    let key = text.to_lowercase();
    let precision = match key.as_str() {
        "" => None,
        key => match Precision::ALL.into_iter().find(|precision| precision.key() == key) {
            Some(precision) => Some(precision),
            None => {
                return Err(format!(
                    "“{text}” is no precision. Type one of {}",
                    precisions(column, row.project).join(", ")
                ));
            }
        },
    };
    Ok(of(precision, |event| &mut event.location.precision))
}

/// A count that is read only; zero stands back.
pub(super) fn read_count(column: &Column, row: &Row<'_>) -> Cell {
    match column.text(row) {
        text if text == "0" => Cell::muted(text),
        text => Cell::plain(text),
    }
}

pub(super) fn key_count(column: &Column, row: &Row<'_>) -> Key {
    column.text(row).parse().map_or(Key::Empty, Key::Number)
}

pub(super) fn read_conflict(column: &Column, row: &Row<'_>) -> Cell {
    let text = column.text(row);
    let mark = (!text.is_empty()).then_some(Mark::Conflict);
    Cell { mark, ..Cell::plain(text) }
}
