//! From project to text: the same bytes for the same project, whatever the machine and the number of its cores.

use std::sync::Arc;

use rayon::prelude::*;
use ron::ser::PrettyConfig;
use serde::Serialize;

use crate::model::{Project, Record, Records};

use super::v1::{self, Head, is_hidden};

/// How many records one core writes at a time.
const CHUNK: usize = 2_000;

/// Whether a text may stand on several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// A record that is compared by its line: a line end in it is written as `\n`.
    One,
    /// Long texts keep their lines.
    Many,
}

/// The text of a project in the newest format.
#[must_use]
pub fn write(project: &Project) -> String {
    let mut out = head(project);
    list(&mut out, "articles", &all(&project.articles), Lines::Many, |article| v1::article(article));
    list(&mut out, "claims", &all(&project.claims), Lines::One, |claim| v1::claim(claim));
    list(&mut out, "notes", &all(&project.notes), Lines::Many, |note| v1::note(note));
    list(&mut out, "events", &all(&project.events), Lines::One, |event| v1::event(event));
    list(&mut out, "log", &project.log, Lines::One, v1::log_entry);
    out.push_str(")\n");
    out
}

fn all<R: Record>(records: &Records<R>) -> Vec<&Arc<R>> {
    records.iter().collect()
}

/// Format, project and method sheet, one field a line, up to where the lists begin.
fn head(project: &Project) -> String {
    let layout = PrettyConfig::new().depth_limit(3).new_line("\n").indentor("  ");
    let mut out = String::new();
    one(&mut out, &Head::of(project), &layout, Lines::Many);
    // The bracket that closes the file follows behind the lists.
    if out.ends_with("\n)") {
        out.truncate(out.len() - 1);
    }
    out
}

fn list<'p, R: Sync, F: Serialize>(
    out: &mut String,
    name: &str,
    records: &'p [R],
    lines: Lines,
    to_file: impl Fn(&'p R) -> F + Sync,
) {
    if records.is_empty() {
        return;
    }
    let layout = PrettyConfig::new().depth_limit(0).new_line("\n").separator("");
    let chunks: Vec<String> = records
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut text = String::new();
            for record in chunk {
                text.push_str("    ");
                one(&mut text, &to_file(record), &layout, lines);
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

/// Appends one value: plain, so that every script stays readable, or with escapes where something in it cannot be seen.
fn one<F: Serialize>(out: &mut String, value: &F, layout: &PrettyConfig, lines: Lines) {
    let start = out.len();
    if append(out, value, layout.clone().escape_strings(false)) && !needs_escapes(&out[start..], lines) {
        return;
    }
    out.truncate(start);
    append(out, value, layout.clone());
}

/// Whether the value could be written. A string never fails to take text, and no type of the file can be refused.
fn append<F: Serialize>(out: &mut String, value: &F, layout: PrettyConfig) -> bool {
    let written = ron::Options::default().to_writer_pretty(out, value, layout);
    debug_assert!(written.is_ok(), "{written:?}");
    written.is_ok()
}

fn needs_escapes(text: &str, lines: Lines) -> bool {
    let suspect = |byte: &u8| matches!(byte, 0..0x20 | 0x7F | 0xC2 | 0xE2 | 0xEF);
    if !text.as_bytes().iter().any(suspect) {
        return false;
    }
    text.chars().any(|c| is_hidden(c) && !(lines == Lines::Many && matches!(c, '\n' | '\t')))
}
