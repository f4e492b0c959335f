//! Results into other people's formats: a snapshot in, bytes out, and a report of what went and what was left out.
//!
//! [`export`] writes all events or those of a filter, in the order in which they are given. `fields` says which columns a
//! table has and reads typed cells, `subtotals` adds up its groups, `csv` and the other formats write them; `redact` says
//! what must not go out; `pace` writes many rows on all cores in order. It opens no file, asks no clock and knows no
//! window. What is unknown goes out as unknown, never as a zero.

mod cell;
mod codebook;
mod csv;
mod fields;
mod html;
mod json;
mod kind;
mod pace;
mod redact;
mod report;
mod seen;
mod shape;
mod subtotals;
#[cfg(test)]
mod tests;
mod xlsx;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::derive::Derived;
use crate::model::quantity::grouped;
use crate::model::{Event, Project};

pub use crate::dataset::{guarded, unguarded};
pub use codebook::{codebook, codebook_path};
pub use kind::Kind;
pub use pace::is_stopped;
pub use redact::{LeftOut, Redaction};
pub use report::Report;
use seen::Seen;
pub use subtotals::Grouped;

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
    /// The groups of the table, whose subtotals go with it where the format has room for them.
    pub grouped: Option<&'a Grouped>,
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

/// Why events cannot go out in a format, if they cannot, and what to do instead.
pub fn refusal(kind: Kind, events: usize) -> Option<String> {
    (kind == Kind::Xlsx && events >= xlsx::ROWS).then(|| {
        let most = grouped(u64::try_from(xlsx::ROWS - 1).unwrap_or(u64::MAX));
        format!("A sheet of a workbook holds {most} events at most. Choose CSV, or filter the events")
    })
}

/// The files that stand beside a table at `path`: its codebook, and the subtotals of its groups where it has some.
///
/// # Errors
/// That `go_on` asked to stop, which [`is_stopped`] tells.
pub fn beside(
    source: &Source<'_>,
    kind: Kind,
    redaction: &Redaction,
    path: &Path,
    go_on: &dyn Fn(f32) -> bool,
) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    if kind.has_codebook_beside() {
        files.push((codebook_path(path), codebook(source, redaction).into_bytes()));
    }
    if kind == Kind::Csv
        && let Some(sums) = subtotals::Subtotals::of(source, &source.lines(redaction), go_on)?
    {
        files.push((path.with_extension("subtotals.csv"), csv::subtotals(&sums)));
    }
    Ok(files)
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
    let mut report = Report::of(source, kind, redaction, &lines);
    match kind {
        Kind::Csv => csv::write(source, &lines, redaction, out, go_on)?,
        Kind::Xlsx => {
            let (seen, left_out) = redact::apply(source.project, redaction);
            let cut = xlsx::write(source, &lines, (redaction, &seen), out, go_on)?;
            report.adds_names(left_out);
            report.cut(cut);
        }
        Kind::Ged | Kind::Acled => {
            let told = shape::write((source, kind), &lines, redaction, out, go_on)?;
            report.events = told.events;
            report.remarks.extend(told.remarks);
        }
        Kind::Json => {
            let seen = Seen::of(source, redaction);
            report.left_out = seen.left_out;
            json::write(source, &seen, redaction.in_words(), out, go_on)?;
        }
        Kind::Html => {
            let seen = Seen::of(source, redaction);
            report.left_out = seen.left_out;
            let unlisted = html::write(source, (&seen, redaction.in_words()), &lines, out, go_on)?;
            report.unlisted(unlisted);
        }
    }
    out.flush()?;
    Ok(report)
}
