//! From project to text: the same bytes for the same project, whatever the machine and the number of its cores.

use std::sync::Arc;

use rayon::prelude::*;
use ron::ser::PrettyConfig;
use serde::Serialize;

use crate::dataset;
use crate::model::{Claim, Project, Record, Records};

use super::place::{Step, elements};
use super::text::{Breaks, lay_out, record_line};
use super::v1::{self, Head};

/// How many records one core writes at a time.
const CHUNK: usize = 2_000;

/// The text of a project in the newest format.
#[must_use]
pub fn write(project: &Project) -> String {
    let mut out = head(project);
    list(&mut out, "articles", &all(&project.articles), Breaks::Kept, |article| v1::article(article));
    let (of_rows, own): (Vec<&Arc<Claim>>, Vec<&Arc<Claim>>) =
        project.claims.iter().partition(|claim| dataset::stated(project, claim.id).is_some());
    list(&mut out, "claims", &own, Breaks::Escaped, |claim| v1::claim(claim));
    list(&mut out, "row_claims", &of_rows, Breaks::Escaped, |claim| v1::row_claim(project, claim));
    list(&mut out, "notes", &all(&project.notes), Breaks::Kept, |note| v1::note(note));
    let readers = dataset::readers(project);
    list(&mut out, "events", &all(&project.events), Breaks::Escaped, |event| {
        v1::event(event, readers.event(event).as_ref())
    });
    list(&mut out, "log", &project.log, Breaks::Escaped, v1::log_entry);
    out.push_str(")\n");
    out
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

fn list<'p, R: Sync, F: Serialize>(
    out: &mut String,
    name: &str,
    records: &'p [R],
    breaks: Breaks,
    to_file: impl Fn(&'p R) -> F + Sync,
) {
    if records.is_empty() {
        return;
    }
    let chunks: Vec<String> = records
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut text = String::new();
            for record in chunk {
                text.push_str("    ");
                text.push_str(&written(record_line(&to_file(record), breaks)));
                text.push_str(",\n");
            }
            text
        })
        .collect();
    out.reserve(chunks.iter().map(String::len).sum::<usize>() + name.len() + 16);
    out.push_str("  ");
    out.push_str(name);
    out.push_str(": [\n");
    chunks.iter().for_each(|chunk| out.push_str(chunk));
    out.push_str("  ],\n");
}

/// What was written. Nothing in these records can be refused: they hold texts, numbers and lists, a few levels deep.
fn written(line: Result<String, ron::Error>) -> String {
    debug_assert!(line.is_ok(), "{line:?}");
    line.unwrap_or_default()
}
