//! Results into other people's formats: a snapshot in, bytes out, and a report of what went and what was left out.
//!
//! [`export`] writes all events or those of a filter, in the order in which they are given. `fields` says which columns a
//! table has and reads typed cells, `csv` and the other formats write them; `redact` says what must not go out; `pace`
//! writes many rows on all cores in order. It opens no file, asks no clock and knows no window. What is unknown goes out
//! as unknown, never as a zero.

mod cell;
mod codebook;
mod csv;
mod fields;
mod guard;
mod pace;
mod redact;
mod report;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use jiff::civil::Date;

use crate::derive::Derived;
use crate::model::{Event, Project};

pub use codebook::{codebook, codebook_path};
pub use guard::{guarded, unguarded};
pub use pace::is_stopped;
pub use redact::{LeftOut, Redaction};
pub use report::Report;

/// A format that results go out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A table for any program, with a codebook beside it.
    Csv,
}

impl Kind {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 1] = [Self::Csv];

    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Csv => "csv",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV table",
        }
    }

    /// What it is for, in one sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Csv => "Every column of the event table, for any program; a codebook is written beside it",
        }
    }

    /// The ending of its files, without a point.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
        }
    }

    /// The format of a word of the command line.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The format that the ending of a file's name stands for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Whether a codebook is written into a file of its own beside it.
    pub const fn has_codebook_beside(self) -> bool {
        matches!(self, Self::Csv)
    }
}

/// What goes out: a snapshot, and which of its events.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The project.
    pub project: &'a Project,
    /// What follows from it.
    pub derived: &'a Derived,
    /// Slots of events in `derive::columnar`, in the order in which they go out.
    pub slots: &'a [u32],
    /// The filter that chose them, for the record. Empty where all events go.
    pub filter: &'a str,
    /// Today, for what a format says of its own making.
    pub today: Date,
    /// SHA-256 of the project, as releases keep it. Empty where it was not asked for.
    pub hash: &'a str,
}

/// An event that goes out, with its slot.
#[derive(Clone, Copy)]
struct Line<'a> {
    slot: u32,
    event: &'a Event,
}

impl<'a> Source<'a> {
    /// The events that go out in order: those that were chosen, without what must not be seen.
    fn lines(&self, redaction: &Redaction) -> Vec<Line<'a>> {
        let table = self.derived.columnar();
        let mut by_slot: Vec<Option<&Event>> = vec![None; table.slots()];
        for (event, slot) in self.project.events.iter().zip(table.order()) {
            by_slot[*slot as usize] = Some(event);
        }
        let line = |slot: &u32| by_slot.get(*slot as usize).copied().flatten().map(|event| Line { slot: *slot, event });
        self.slots.iter().filter_map(line).filter(|line| !redaction.hides_event(line.event)).collect()
    }
}

/// Writes events in a format. `go_on` hears how far it has come, from 0 to 1, and answers whether to go on.
///
/// # Errors
/// What `out` could not write; or that it was stopped, which [`is_stopped`] tells.
pub fn export(
    source: &Source<'_>,
    kind: Kind,
    redaction: &Redaction,
    out: &mut dyn Write,
    go_on: &dyn Fn(f32) -> bool,
) -> io::Result<Report> {
    let lines = source.lines(redaction);
    match kind {
        Kind::Csv => csv::write(source, &lines, redaction, out, go_on)?,
    }
    out.flush()?;
    Ok(Report::of(source, kind, redaction, &lines))
}
