//! From project to text: the same bytes for the same project, whatever the machine and the number of its cores.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;
use ron::ser::PrettyConfig;
use serde::Serialize;

use crate::dataset;
use crate::model::{Claim, Project, Record, Records};

use super::place::{Step, elements};
use super::plain;
use super::text::{Breaks, lay_out, record_line};
use super::v1::{self, Head};

/// How many records one core writes at a time.
const CHUNK: usize = 2_000;
/// Chunks between two hand-overs: so many are in memory three times over.
const WAVE: usize = 8;

/// The text of a project in the newest format.
#[must_use]
pub fn write(project: &Project) -> String {
    let mut out = String::new();
    let put = |part: &str| {
        out.push_str(part);
        Ok(())
    };
    // A text takes all of it.
    let done = write_parts(project, put);
    debug_assert!(done.is_ok());
    out
}

/// Writes a project in the newest format. Only some parts of the text are in memory at a time.
///
/// # Errors
/// What `out` could not write.
pub fn write_to(project: &Project, out: &mut dyn io::Write) -> io::Result<()> {
    write_parts(project, |part| out.write_all(part.as_bytes()))
}

/// Hands out the text of a project part by part.
pub(super) fn write_parts(project: &Project, put: impl FnMut(&str) -> io::Result<()>) -> io::Result<()> {
    let mut out = Parts(put);
    (out.0)(&head(project))?;
    out.list("articles", &all(&project.articles), |article, text| line(text, &v1::article(article), Breaks::Kept))?;
    let (of_rows, own): (Vec<&Arc<Claim>>, Vec<&Arc<Claim>>) =
        project.claims.iter().partition(|claim| dataset::stated(project, claim.id).is_some());
    out.list("claims", &own, |claim, text| line(text, &v1::claim(claim), Breaks::Escaped))?;
    out.list("row_claims", &of_rows, |claim, text| line(text, &v1::row_claim(project, claim), Breaks::Escaped))?;
    out.list("notes", &all(&project.notes), |note, text| line(text, &v1::note(note), Breaks::Kept))?;
    let readers = dataset::readers(project);
    out.list("events", &all(&project.events), |event, text| {
        if !plain::event(&readers, event, text) {
            line(text, &v1::event(event, readers.event(event).as_ref()), Breaks::Escaped);
        }
    })?;
    out.list("log", &project.log, |entry, text| line(text, &v1::log_entry(entry), Breaks::Escaped))?;
    (out.0)(")\n")
}

fn all<R: Record>(records: &Records<R>) -> Vec<&Arc<R>> {
    records.iter().collect()
}

/// Format, project and method sheet, one field a line, up to where the lists begin.
fn head(project: &Project) -> String {
    let layout = PrettyConfig::new().depth_limit(3).new_line("\n").indentor("  ");
    let mut out = written(lay_out(&Head::of(project), layout, Breaks::Kept));
    // The bracket that closes the file follows behind the lists.
    if out.ends_with("\n)") {
        out.truncate(out.len() - 1);
    }
    columns_by_line(out)
}

/// The head with each column of the analyst's own on a line of its own, so that a difference of two files names the
/// column that changed.
fn columns_by_line(head: String) -> String {
    let steps = [Step::Field("project"), Step::Field("codebook"), Step::Field("columns")];
    let columns = elements(&(head.clone() + ")"), &steps);
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return head };
    let lines: String = columns.iter().map(|at| format!("\n        {},", &head[at.clone()])).collect();
    format!("{}{lines}\n      {}", &head[..first.start], head[last.end..].trim_start_matches([',', ' ']))
}

/// Takes the text part by part.
struct Parts<P>(P);

impl<P: FnMut(&str) -> io::Result<()>> Parts<P> {
    /// A section, each record on a line of its own. The next records are written on all cores while those before are
    /// taken.
    fn list<R: Sync>(&mut self, name: &str, records: &[R], write: impl Fn(&R, &mut String) + Sync) -> io::Result<()> {
        if records.is_empty() {
            return Ok(());
        }
        (self.0)(&format!("  {name}: [\n"))?;
        let lines = |chunk: &[R]| {
            let mut text = String::new();
            for record in chunk {
                text.push_str("    ");
                write(record, &mut text);
                text.push_str(",\n");
            }
            text
        };
        if records.len() <= CHUNK {
            (self.0)(&lines(records))?;
        } else {
            let (send, waves) = sync_channel::<Vec<String>>(1);
            let lines = &lines;
            std::thread::scope(|scope| {
                scope.spawn(move || {
                    for wave in records.chunks(CHUNK * WAVE) {
                        // Whoever takes no more wants no more.
                        if send.send(wave.par_chunks(CHUNK).map(lines).collect()).is_err() {
                            return;
                        }
                    }
                });
                waves.into_iter().flatten().try_for_each(|part| (self.0)(&part))
            })?;
        }
        (self.0)("  ],\n")
    }
}

/// Writes a record.
fn line(out: &mut String, record: &impl Serialize, breaks: Breaks) {
    out.push_str(&written(record_line(record, breaks)));
}

/// What was written. Nothing in these records can be refused: they hold texts, numbers and lists, a few levels deep.
fn written(line: Result<String, ron::Error>) -> String {
    debug_assert!(line.is_ok(), "{line:?}");
    line.unwrap_or_default()
}
