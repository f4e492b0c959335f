//! Whole records as JSON Lines: an object a line, whose `record` says what it is. First the project with its rules and
//! codebook, then articles, claims with their quotes, notes, events with their figures, and the log.
//!
//! The names are those of the project file; `file::lines` reads the same project back. Of a filter go its events with their
//! claims, the articles that these quote, and the notes about any of them.

use std::io::{self, Write};

use serde::Serialize;

use crate::dataset;
use crate::derive::Derived;
use crate::derive::figures::Value;
use crate::file::lines;
use crate::model::EventId;

use super::seen::Seen;
use super::{Source, pace};

/// A record with its kind before it.
#[derive(Serialize)]
struct Tagged<T> {
    record: &'static str,
    #[serde(flatten)]
    of: T,
}

/// The project, with how it was written.
#[derive(Serialize)]
struct Head<'a, T> {
    record: &'static str,
    written: Written<'a>,
    #[serde(flatten)]
    of: T,
}

#[derive(Serialize)]
struct Written<'a> {
    day: String,
    #[serde(rename = "where", skip_serializing_if = "str::is_empty")]
    filter: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    left_out: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    sha256: &'a str,
}

/// An event with what follows from its claims.
#[derive(Serialize)]
struct WithFigures<'a, T> {
    record: &'static str,
    #[serde(flatten)]
    of: T,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<Figure<'a>>,
}

/// A figure. Low, best and high are null where they are not known: an open high, no best, spoken of without a number.
#[derive(Serialize)]
struct Figure<'a> {
    measure: &'a str,
    class: String,
    low: Option<u64>,
    best: Option<u64>,
    high: Option<u64>,
}

fn figures(event: EventId, derived: &Derived) -> Vec<Figure<'_>> {
    let spoken = derived.figures(event).filter(|(_, _, summary)| summary.value != Value::NoClaim);
    spoken
        .map(|(measure, class, summary)| {
            let range = summary.value.range();
            Figure {
                measure: measure.key(),
                class: class.to_string(),
                low: range.map(|range| range.low),
                best: range.and_then(|range| range.best),
                high: range.and_then(|range| range.high),
            }
        })
        .collect()
}

/// Writes the records.
pub(super) fn write(
    source: &Source<'_>,
    seen: &Seen,
    left_out: String,
    out: &mut dyn Write,
    go_on: &dyn Fn(f32) -> bool,
) -> io::Result<()> {
    let project = &seen.project;
    let written = Written { day: source.today.to_string(), filter: source.filter, left_out, sha256: source.hash };
    line(out, &Head { record: "project", written, of: lines::head(project) })?;
    for article in project.articles.iter() {
        line(out, &Tagged { record: "article", of: lines::article(article) })?;
    }
    let claims: Vec<_> = project.claims.iter().collect();
    pace::write(&claims, out, &|share| go_on(share / 2.0), |chunk, bytes| {
        for claim in chunk {
            put(bytes, &Tagged { record: "claim", of: lines::claim(claim) });
        }
    })?;
    for note in project.notes.iter() {
        line(out, &Tagged { record: "note", of: lines::note(note) })?;
    }
    let readers = dataset::readers(project);
    let events: Vec<_> = project.events.iter().collect();
    pace::write(&events, out, &|share| go_on(0.5 + share / 2.0), |chunk, bytes| {
        for event in chunk {
            let figures = figures(event.id, source.derived);
            put(bytes, &WithFigures { record: "event", of: lines::event(event, &readers), figures });
        }
    })?;
    for entry in project.log.iter() {
        line(out, &Tagged { record: "log", of: lines::log_entry(entry) })?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, record: &impl Serialize) -> io::Result<()> {
    let mut bytes = Vec::new();
    put(&mut bytes, record);
    out.write_all(&bytes)
}

/// A record on a line of its own. Nothing in it can fail to be written: keys are strings and numbers are whole or finite.
fn put(bytes: &mut Vec<u8>, record: &impl Serialize) {
    let start = bytes.len();
    if serde_json::to_writer(&mut *bytes, record).is_err() {
        debug_assert!(false, "a record that JSON cannot hold");
        bytes.truncate(start);
        return;
    }
    bytes.push(b'\n');
}
