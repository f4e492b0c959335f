//! The method note: everything that a reader must know of how a project's figures were made, as Markdown.
//!
//! The same project gives the same note, line for line, so that two notes can be compared. What is marked sensitive, and
//! whom an interview was with, is counted and not named.

mod figures;
mod sources;

use std::fmt::Write as _;

use crate::derive::index::Derived;
use crate::derive::wording::{count, day, sentence, span};
use crate::model::{Note, NoteKind, NoteState, Project};

/// Writes the note. `hash` is that of the project, as releases keep it.
pub fn method_note(project: &Project, derived: &Derived, hash: &str) -> String {
    let mut out = Markdown::default();
    let about = &project.about;
    out.line(&format!("# Method note: {}", plain(&about.title)));
    out.paragraph(&about.description);
    if !hash.is_empty() {
        out.paragraph(&format!("SHA-256 of the project without its releases and log: `{hash}`"));
    }
    if !about.licence.is_empty() {
        out.paragraph(&format!("Licence: {}", about.licence));
    }
    sources::scope(&mut out, project, derived);
    coverage(&mut out, project);
    sources::sources(&mut out, project);
    codebook(&mut out, project);
    rules(&mut out, project, derived);
    figures::totals_table(&mut out, project, derived);
    figures::by_hand(&mut out, project, derived);
    notes(&mut out, project, NoteKind::Assumption, "Assumptions", &|_| true);
    notes(&mut out, project, NoteKind::MethodDecision, "Decisions", &|_| true);
    notes(&mut out, project, NoteKind::Question, "Open questions", &|note| note.state == NoteState::Open);
    figures::releases(&mut out, project);
    out.text
}

/// Markdown in the making.
#[derive(Default)]
struct Markdown {
    text: String,
}

impl Markdown {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn section(&mut self, title: &str) {
        self.line("");
        self.line(&format!("## {title}"));
        self.line("");
    }

    fn paragraph(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.line("");
            self.line(text.trim());
        }
    }

    fn item(&mut self, text: &str) {
        self.line(&format!("- {text}"));
    }

    /// A table; columns named with a `>` in front of them stand to the right.
    fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let names: Vec<&str> = head.iter().map(|name| name.trim_start_matches('>')).collect();
        let rules: Vec<&str> = head.iter().map(|name| if name.starts_with('>') { "---:" } else { "---" }).collect();
        self.line(&format!("| {} |", names.join(" | ")));
        self.line(&format!("| {} |", rules.join(" | ")));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
            self.line(&format!("| {} |", cells.join(" | ")));
        }
    }
}

/// A text on one line that means nothing to a table.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn coverage(out: &mut Markdown, project: &Project) {
    out.section("Days searched");
    if project.about.coverage.is_empty() {
        out.line("Not stated. Outside of days that were searched, silence says nothing.");
    }
    for window in &project.about.coverage {
        let until = window.to.map_or_else(|| "going on".to_owned(), |to| format!("to {}", day(to)));
        let what = if window.what.is_empty() { String::new() } else { format!(": {}", plain(&window.what)) };
        out.item(&format!("{}, {until}{what}", day(window.from)));
    }
}

fn codebook(out: &mut Markdown, project: &Project) {
    let book = &project.about.codebook;
    out.section(&format!("Codebook, version {}", book.version));
    let terms = book.kinds.iter().map(|term| ("kind", term)).chain(book.measures.iter().map(|term| ("measure", term)));
    let rows: Vec<Vec<String>> =
        terms.map(|(what, term)| vec![what.to_owned(), term.name.to_string(), term.meaning.to_string()]).collect();
    out.table(&["What", "Word", "Meaning"], &rows);
    if !book.groups.is_empty() {
        let groups: Vec<String> = book.groups.iter().map(ToString::to_string).collect();
        out.paragraph(&format!("Sub-groups: {}", groups.join(", ")));
    }
    out.paragraph("Sides A and B are parties, not culprits: figures of a side count its dead, not those it killed.");
}

fn rules(out: &mut Markdown, project: &Project, derived: &Derived) {
    let sheet = &project.methodology;
    out.section("Rules in force");
    let rows: Vec<Vec<String>> = super::standing(project, derived)
        .iter()
        .map(|total| {
            let method = sheet.method_for(&total.measure);
            vec![total.measure.title(), sentence(method.key()), method.help().to_owned()]
        })
        .collect();
    if rows.is_empty() {
        out.line(&format!("{}: {}", sentence(sheet.method.key()), sheet.method.help()));
    } else {
        out.table(&["Measure", "Rule", "What it does"], &rows);
    }
    if !sheet.ranks.is_empty() {
        out.paragraph(&format!("Ranked speakers, the first rank first: {}", sheet.ranks.join("; ")));
    }
    if !sheet.authority.is_empty() {
        out.paragraph(&format!("Authority: {}", sheet.authority));
    }
    out.line("");
    let switches = [
        ("Attackers that a claim includes are counted", sheet.count_attackers),
        ("A party's count of its enemy's dead only raises the high", sheet.enemy_counts_high_only),
        ("Sums take the low where an event has no best", sheet.missing_best_is_low),
    ];
    for (what, on) in switches {
        out.item(&format!("{what}: {}", if on { "yes" } else { "no" }));
    }
    out.section(&format!("Number words: {}", sheet.words.name));
    let entries = sheet.words.entries.iter();
    let rows: Vec<Vec<String>> =
        entries.map(|(word, meaning)| vec![word.to_string(), span(meaning.low, meaning.high)]).collect();
    out.table(&["Word", ">Reads as"], &rows);
}

/// The notes of a kind, by the day on which they were written, then in the order of the project.
fn notes(out: &mut Markdown, project: &Project, kind: NoteKind, title: &str, wanted: &dyn Fn(&Note) -> bool) {
    let all = project.notes.iter().map(|note| &**note).filter(|note| note.kind == kind && wanted(note));
    let (hidden, mut shown): (Vec<&Note>, Vec<&Note>) = all.partition(|note| note.sensitive);
    if hidden.is_empty() && shown.is_empty() {
        return;
    }
    shown.sort_by_key(|note| note.created.map(|moment| moment.day()));
    out.section(title);
    for (n, note) in shown.iter().enumerate() {
        let mut head = String::new();
        // Writing to a string cannot fail.
        let _ = match kind {
            NoteKind::Assumption => write!(head, "**A{}. ", n + 1),
            _ => write!(head, "**"),
        };
        let title = if note.title.is_empty() { "Untitled" } else { &note.title };
        let written = note.created.map(|moment| format!(", {}", day(moment.day()))).unwrap_or_default();
        let _ = write!(head, "{}** ({}{written})", plain(title), note.state.key());
        out.item(&head);
        for line in note.body.trim().lines() {
            out.line(&if line.trim().is_empty() { String::new() } else { format!("  {line}") });
        }
    }
    if !hidden.is_empty() {
        out.item(&format!("{} marked sensitive, not shown", count(hidden.len(), "note", "notes")));
    }
}
