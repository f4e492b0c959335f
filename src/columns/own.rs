//! The columns of the analyst's own, made of their definitions in the codebook.
//!
//! Everything that speaks of columns holds a `&'static Column`. A definition is therefore made into a column once and
//! kept until the program ends: a person makes few of them, each of some hundred bytes, and a column that is renamed
//! or read otherwise is a new one with the id of the old.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use crate::derive::figures::of_quantity;
use crate::model::date::{DayOrder, read_common};
use crate::model::own::{Number, UNKNOWN, Value};
use crate::model::{Event, Methodology, OwnColumn, OwnKind, Project, Quantity, Text};

use super::{Cell, Column, Key, Kind, Mark, Put, Row, Side, Stored, TEXT, fields, grouped};

static KNOWN: LazyLock<RwLock<HashMap<OwnColumn, &'static Column>>> = LazyLock::new(RwLock::default);

/// The columns of a project's codebook, in its order. One that a file gives the id of a built-in column is left out:
/// `derive::problems` tells it.
pub(super) fn all(project: &Project) -> impl Iterator<Item = &'static Column> {
    let own = project.about.codebook.columns.iter();
    own.filter(|column| Column::of(column.id.as_str()).is_none()).map(column)
}

/// The column of a definition.
fn column(definition: &OwnColumn) -> &'static Column {
    // Nothing is done under the lock that could leave the table half changed.
    if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(definition) {
        return known;
    }
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    known.entry(definition.clone()).or_insert_with(|| Box::leak(Box::new(made(definition.clone()))))
}

fn made(definition: OwnColumn) -> Column {
    let own: &'static OwnColumn = Box::leak(Box::new(definition));
    let (kind, side, least) = match own.kind {
        OwnKind::Text => (Kind::Text, Side::Left, 120.0),
        OwnKind::Number => (Kind::Number, Side::Right, 72.0),
        OwnKind::Quantity => (Kind::Quantity, Side::Right, 80.0),
        OwnKind::Date => (Kind::Date, Side::Left, 104.0),
        OwnKind::Choice(_) => (Kind::Choice, Side::Left, 104.0),
    };
    #[expect(clippy::cast_precision_loss, reason = "a few letters")]
    let letters = own.title.chars().count().min(24) as f32;
    Column {
        id: own.id.as_str(),
        title: &own.title,
        name: &own.title,
        help: if own.meaning.is_empty() { "A column of this project" } else { &own.meaning },
        width: (28.0 + 8.0 * letters).max(least),
        side,
        kind,
        stored: Stored::Own(own.id),
        own: Some(own),
        read,
        text,
        key,
        parse: Some(parse),
        choices: matches!(own.kind, OwnKind::Choice(_)).then_some(choices),
        preview: Some(preview),
        ..TEXT
    }
}

/// The value of an event.
fn value<'a>(column: &Column, event: &'a Event) -> Option<&'a Text> {
    event.own.get(column.own?.id)
}

/// The value as the column's kind reads it.
fn reading(column: &Column, project: &Project, text: &str) -> Result<Value, String> {
    // Only columns with a definition are given these functions.
    column.own.map_or(Ok(Value::Text), |own| own.kind.read(text, &|word| project.knows_word(word)))
}

fn text(column: &Column, row: &Row<'_>) -> String {
    value(column, row.event).map(fields::said).unwrap_or_default()
}

fn read(column: &Column, row: &Row<'_>) -> Cell {
    let Some(text) = value(column, row.event) else { return Cell::default() };
    match reading(column, row.project, text) {
        Ok(Value::Unknown) => Cell::muted(UNKNOWN),
        Ok(Value::Number(_) | Value::Quantity(_)) => Cell::plain(with_groups(text)),
        Ok(_) => Cell::plain(&**text),
        Err(_) => Cell { mark: Some(Mark::Unreadable), ..Cell::plain(&**text) },
    }
}

/// Why the value of a row cannot be read.
pub(super) fn why(column: &Column, row: &Row<'_>) -> Option<String> {
    let text = value(column, row.event)?;
    let why = reading(column, row.project, text).err()?;
    Some(format!("Kept as it was typed, but the column cannot read it: {why}"))
}

/// A number with its thousands set apart, also within a quantity; decimals stay as they are.
fn with_groups(text: &str) -> String {
    let mut out = String::new();
    let (mut digits, mut decimals) = (String::new(), false);
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        match digits.parse() {
            Ok(n) if !decimals && !digits.starts_with('0') => out.push_str(&grouped(n)),
            _ => out.push_str(&digits),
        }
        digits.clear();
        decimals = c == '.';
        out.push(c);
    }
    out.pop();
    out
}

fn key(column: &Column, row: &Row<'_>) -> Key {
    value(column, row.event).map_or(Key::Empty, |text| key_of(column, row.project, text))
}

/// By what a value sorts that is not empty: words by their place in the list, what cannot be read behind all values.
pub(super) fn key_of(column: &Column, project: &Project, text: &str) -> Key {
    match reading(column, project, text) {
        Ok(Value::Text) => Key::Text(text.to_lowercase()),
        Ok(Value::Number(number)) => Key::Decimal(number),
        Ok(Value::Quantity(quantity)) => number_of(&quantity, &project.methodology).map_or(Key::Unknown, Key::Number),
        Ok(Value::Date(date)) => {
            let (first, last) = date.sort_key();
            Key::Days(first, last)
        }
        Ok(Value::Word(at)) => Key::Number(at as u64),
        Ok(Value::Unknown) | Err(_) => Key::Unknown,
    }
}

/// The number that a quantity is compared by, as that of a figure: the one put forward, else its lower end.
fn number_of(quantity: &Quantity, method: &Methodology) -> Option<u64> {
    let reading = of_quantity(quantity, method);
    reading.pt.or(reading.lo)
}

fn parse(column: &Column, row: &Row<'_>, text: &str) -> Result<Put, String> {
    let Some(own) = column.own else { return Err(format!("{} cannot be typed", column.name)) };
    let now = value(column, row.event).map_or("", |now| now);
    if text == now.trim() {
        return Ok(Box::new(|_| false));
    }
    let set = |event: &mut Event, text: Text| {
        let other = event.own.get(own.id).map_or("", |now| now) != &*text;
        event.own.set(own.id, text);
        other
    };
    if column.takes_lines() {
        return fields::with_lines(text, set);
    }
    let tidy = if text.is_empty() { String::new() } else { tidy(own, row, text)? };
    fields::with(&tidy, set)
}

/// A typed text in the one writing of its kind.
fn tidy(own: &OwnColumn, row: &Row<'_>, text: &str) -> Result<String, String> {
    if !matches!(own.kind, OwnKind::Text) && matches!(text, UNKNOWN | "unknown") {
        return Ok(UNKNOWN.to_owned());
    }
    match &own.kind {
        OwnKind::Text => Ok(text.to_owned()),
        OwnKind::Number => Number::tidy(text),
        OwnKind::Quantity => {
            let quantity = Quantity::parse_with(text, &|word| row.project.knows_word(word));
            quantity.map(|quantity| quantity.to_string()).map_err(|error| error.to_string())
        }
        OwnKind::Date => {
            let date = read_common(text, DayOrder::DayMonth, row.today);
            date.map(|date| date.to_string()).map_err(|error| error.to_string())
        }
        OwnKind::Choice(words) => {
            let same = |name: &str| name.to_lowercase() == text.to_lowercase();
            let known = words.iter().find(|word| same(&word.name)).map(|word| word.name.to_string());
            known.ok_or_else(|| match words.len() {
                0 => format!("{} has no words to choose from yet; Columns of your own adds some", own.title),
                _ => format!("“{text}” is no word of {}. Alt+Down shows the words", own.title),
            })
        }
    }
}

fn choices(column: &Column, _: &Project) -> Vec<String> {
    let words = column.own.map_or(&[][..], |own| own.kind.words());
    words.iter().map(|word| word.name.to_string()).collect()
}

fn preview(column: &Column, row: &Row<'_>, text: &str) -> Option<String> {
    let tidy = tidy(column.own?, row, text).ok()?;
    match reading(column, row.project, &tidy).ok()? {
        Value::Number(_) => Some(with_groups(&tidy)).filter(|shown| *shown != text),
        Value::Quantity(quantity) => Some(quantity.describe()),
        Value::Date(date) => Some(date.describe()),
        Value::Unknown => Some("Looked for and not known".to_owned()),
        Value::Text | Value::Word(_) => None,
    }
}
