//! The answer of `dateline check`: every problem of a project file, with its place and what to do.

mod views;

use std::fmt::Write;
use std::path::Path;

use serde::Serialize;

use crate::derive::Derived;
use crate::derive::problems::{Place, Severity, problems};
use crate::file::{self, FileError, Finding, Position};
use crate::store;

use super::Answer;

/// A problem as it is told. The names are a promise: scripts read them.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Told {
    severity: &'static str,
    line: usize,
    column: usize,
    record: String,
    message: String,
    remedy: String,
}

#[derive(Serialize)]
struct Document<'a> {
    file: String,
    /// Whether the file can be opened.
    opens: bool,
    errors: usize,
    warnings: usize,
    hints: usize,
    problems: &'a [Told],
}

impl Told {
    fn of(finding: &Finding, severity: Severity) -> Self {
        let (message, remedy) = finding.what_and_remedy();
        let Position { line, column } = finding.position;
        let record = finding.record.clone();
        Self { severity: severity.key(), line, column, record, message: sentence(message), remedy: sentence(remedy) }
    }
}

/// A part of a message as a sentence of its own.
fn sentence(part: &str) -> String {
    let mut letters = part.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if part.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    first.to_uppercase().chain(letters).chain(end.chars()).collect()
}

/// A finding behind the name of its file: `12:5: claim c-1: …`.
pub(super) fn one_line(finding: &Finding) -> String {
    let Position { line, column } = finding.position;
    let record = if finding.record.is_empty() { String::new() } else { format!("{}: ", finding.record) };
    format!("{line}:{column}: {record}{}", finding.message)
}

/// Checks a file.
pub(super) fn check(path: &Path, json: bool, today: jiff::civil::Date) -> Answer {
    let text = match store::read::read(path) {
        Ok((text, _)) => text,
        Err(error) => return Answer::failure(error),
    };
    let (opens, told, more) = match file::read(&text, &|_| true) {
        Ok(opened) => (true, of_project(&text, &opened, today), 0),
        Err(FileError::Refused { problems, more }) => {
            (false, problems.iter().map(|problem| Told::of(problem, Severity::Error)).collect(), more)
        }
        Err(error) => return Answer::failure(format!("{}: {error}", path.display())),
    };
    let count = |severity: Severity| told.iter().filter(|one| one.severity == severity.key()).count();
    let document = Document {
        file: path.display().to_string(),
        opens,
        errors: count(Severity::Error) + more,
        warnings: count(Severity::Warning),
        hints: count(Severity::Hint),
        problems: &told,
    };
    // Hints are offers; they do not make a project wrong.
    let status = u8::from(document.errors + document.warnings > 0);
    let out = if json { as_json(&document) } else { as_text(&document, more) };
    Answer { out, messages: String::new(), status }
}

/// What the file alone shows, and what the project shows, each at its place in the file.
fn of_project(text: &str, opened: &file::Opened, today: jiff::civil::Date) -> Vec<Told> {
    let of_file = opened.findings.iter().filter(|finding| finding.of_file);
    let mut told: Vec<Told> = of_file.map(|finding| Told::of(finding, Severity::Warning)).collect();
    let problems = problems(&opened.project, &Derived::from_scratch(&opened.project), today);
    let records: Vec<Option<(&'static str, String)>> =
        problems.iter().map(|problem| record_of(problem.subject)).collect();
    let places = file::places(text, records.iter().flatten().map(|(section, id)| (*section, id.as_str())));
    for (problem, record) in problems.iter().zip(&records) {
        let place = record.as_ref().and_then(|(section, id)| places.get(&(*section, id.as_str())));
        let Position { line, column } = place.copied().unwrap_or(Position::START);
        told.push(Told {
            severity: problem.severity.key(),
            line,
            column,
            record: problem.subject.to_string(),
            message: problem.message.clone().into_owned(),
            remedy: problem.remedy.clone().into_owned(),
        });
    }
    told.extend(views::problems(text, &opened.project));
    told.sort_by_key(|one| (one.line, one.column));
    told
}

/// The section and id of a record.
fn record_of(place: Place) -> Option<(&'static str, String)> {
    match place {
        Place::Project => None,
        Place::Article(id) => Some(("articles", id.to_string())),
        Place::Claim(id) => Some(("claims", id.to_string())),
        Place::Note(id) => Some(("notes", id.to_string())),
        Place::Event(id) => Some(("events", id.to_string())),
    }
}

fn as_json(document: &Document<'_>) -> String {
    // Numbers and texts only: there is nothing in it that JSON cannot say.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}

fn as_text(document: &Document<'_>, more: usize) -> String {
    let mut out = String::new();
    for one in document.problems {
        let record = if one.record.is_empty() { String::new() } else { format!("{}: ", one.record) };
        let remedy = if one.remedy.is_empty() { String::new() } else { format!(" {}", one.remedy) };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}:{}:{}: {}: {record}{}{remedy}",
            document.file, one.line, one.column, one.severity, one.message
        );
    }
    if more > 0 {
        let _ = writeln!(out, "and {more} more errors");
    }
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let _ = writeln!(
        out,
        "{}: {}, {}, {}{}",
        document.file,
        count(document.errors, "error"),
        count(document.warnings, "warning"),
        count(document.hints, "hint"),
        if document.opens { "" } else { "; the file cannot be opened before the errors are corrected" }
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer about a file with this text, without the folder that it lies in.
    fn checked(text: &str, json: bool) -> (String, u8) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("p.ron");
        std::fs::write(&path, text).expect("written");
        let answer = check(&path, json, jiff::civil::date(2024, 3, 1));
        assert_eq!(answer.messages, "");
        (answer.out.replace(&path.display().to_string(), "p.ron"), answer.status)
    }

    const KEPT: &str = "(\n  format: 1,\n  project: (coverage: [(from: \"2022-02-01\", to: \"2022-01-01\")]),\n  claims: [\n    \
        (id:\"c-1\", event:\"e-9\", measure:\"killed\", quantity:\"3\", origin: document(\"x\")),\n  ],\n)";

    #[test]
    fn a_project_without_problems_says_so() {
        let (out, status) = checked("(format: 1, project: (title: \"T\"))", false);
        assert_eq!((&*out, status), ("p.ron: 0 errors, 0 warnings, 0 hints\n", 0));
    }

    #[test]
    fn problems_of_file_and_project_are_told_in_order_with_their_places() {
        let (out, status) = checked(KEPT, false);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(
            lines,
            [
                "p.ron:3:49: warning: project: These days end before they begin. Exchange the two, or correct one of \
                 them.",
                "p.ron:5:5: error: claim c-1: It speaks of the event e-9, which is not in the project. Attach it to an \
                 event, or delete it.",
                "p.ron: 1 error, 1 warning, 0 hints",
            ]
        );
        assert_eq!(status, 1);
    }

    #[test]
    fn what_keeps_a_file_from_opening_is_told_all_at_once() {
        let (out, status) =
            checked("(format: 1, project: (), events: [\n(id:\"e\", when:\"2022-02-30\"),\n(id:\"e 1\")])", false);
        let places: Vec<&str> = out.lines().map(|line| line.split(": ").next().unwrap_or_default()).collect();
        assert_eq!(places, ["p.ron:2:15", "p.ron:3:5", "p.ron"]);
        assert!(out.contains("error: event e: 2022-02 has no day 30. Its last day is 28.\n"), "{out}");
        assert!(out.ends_with("the file cannot be opened before the errors are corrected\n"), "{out}");
        assert_eq!(status, 1);
    }

    #[test]
    fn the_document_has_the_fields_that_scripts_read() {
        let (out, status) = checked(KEPT, true);
        let document: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!((document["opens"].as_bool(), document["errors"].as_u64(), status), (Some(true), Some(1), 1));
        let second = &document["problems"][1];
        assert_eq!((second["line"].as_u64(), second["column"].as_u64()), (Some(5), Some(5)));
        assert_eq!(second["record"], "claim c-1");
        assert_eq!(second["severity"], "error");
        assert_eq!(second["remedy"], "Attach it to an event, or delete it.");
    }

    #[test]
    fn a_missing_file_and_a_newer_format_are_failures() {
        let answer = check(Path::new("no such folder/p.ron"), false, jiff::civil::date(2024, 3, 1));
        assert_eq!((&*answer.out, answer.status), ("", 1));
        assert!(answer.messages.starts_with("dateline: "), "{}", answer.messages);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("p.ron");
        std::fs::write(&path, "(format: 2)").expect("written");
        let answer = check(&path, true, jiff::civil::date(2024, 3, 1));
        assert!(answer.messages.contains("format 2; this Dateline reads format 1. Use a newer"), "{}", answer.messages);
    }
}
