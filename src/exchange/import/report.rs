//! What became of the rows of a file: rows in are events out and rows skipped, each with its reason and its lines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::exchange::table::counted;
use crate::model::Text;
use crate::model::quantity::grouped;

/// Rows of which the same is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What, in words that are the same for all of them.
    pub what: String,
    /// An example, where the rows differ.
    pub example: String,
    /// The lines on which they begin, from 1, in order.
    pub lines: Vec<u64>,
    /// Whether the file is damaged there.
    pub damage: bool,
}

/// What became of the rows that were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Events that are new.
    pub added: u64,
    /// Events that the file brings up to date.
    pub changed: u64,
    /// Events that are as the file has them.
    pub unchanged: u64,
    /// Events of an older release that the file does not have any more, and that go.
    pub removed: u64,
    /// Events on which the file and the analyst disagree.
    pub conflicts: u64,
    /// Events with a figure by hand whose claims are others now.
    pub hands: u64,
}

/// What is told of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The name of the file.
    pub file: Text,
    /// SHA-256 of its bytes.
    pub sha256: Text,
    /// The data set with its release.
    pub dataset: String,
    /// The mapping with its version.
    pub mapping: String,
    /// How the file is written, in words.
    pub written: String,
    /// Rows with data in the file.
    pub rows: u64,
    /// Rows that are no events, by reason.
    pub skipped: Vec<Reason>,
    /// Rows that are events and break a rule, by reason. A row may be in several.
    pub flagged: Vec<Reason>,
    /// How many rows are in `flagged`, each counted once.
    pub flagged_rows: u64,
    /// Signs for an unknown (`-1`, `-99`) that were read so, by column.
    pub unknown: Vec<(Text, u64)>,
    /// Lines of the file that were not read, behind a quote that never closes.
    pub unread: u64,
    /// What else should be known: lines that were not read, columns without a meaning.
    pub remarks: Vec<String>,
    /// What it does to the project.
    pub outcome: Outcome,
}

impl Reason {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), example: String::new(), lines: Vec::new(), damage: false }
    }

    /// The lines in words: the first ones and how many more.
    pub fn lines_in_words(&self) -> String {
        const FIRST: usize = 8;
        let first: Vec<String> = self.lines.iter().take(FIRST).map(|line| grouped(*line)).collect();
        let word = if self.lines.len() == 1 { "line" } else { "lines" };
        match self.lines.len().saturating_sub(FIRST) {
            0 => format!("{word} {}", first.join("; ")),
            more => format!("{word} {} and {} more", first.join("; "), grouped(more as u64)),
        }
    }

    fn json(&self) -> Value {
        json!({ "reason": self.what, "example": self.example, "rows": self.lines.len(), "lines": self.lines })
    }
}

impl Report {
    /// Rows that are no events.
    pub fn skipped_rows(&self) -> u64 {
        self.skipped.iter().map(|reason| reason.lines.len() as u64).sum()
    }

    /// Rows that are events.
    pub fn events(&self) -> u64 {
        self.rows - self.skipped_rows().min(self.rows)
    }

    /// Whether anything was left out because the file is damaged.
    pub fn is_damaged(&self) -> bool {
        self.unread > 0 || self.skipped.iter().any(|reason| reason.damage)
    }

    /// Notes a row that is no event.
    pub(super) fn skip(&mut self, what: &str, line: u64) {
        let at = self.skipped.iter().position(|reason| reason.what == what).unwrap_or_else(|| {
            self.skipped.push(Reason::new(what));
            self.skipped.len() - 1
        });
        self.skipped[at].lines.push(line);
    }

    /// One line for the project's log.
    pub fn log(&self) -> String {
        let Outcome { added, changed, unchanged, removed, conflicts, .. } = self.outcome;
        let mut line = format!(
            "Imported {} (SHA-256 {}) as {}, read by {}: {} in, {} out ({} added, {} changed, {} unchanged), {} skipped",
            self.file,
            self.sha256,
            self.dataset,
            self.mapping,
            counted(self.rows, "row"),
            counted(self.events(), "event"),
            grouped(added),
            grouped(changed),
            grouped(unchanged),
            grouped(self.skipped_rows()),
        );
        for reason in &self.skipped {
            let _ = write!(line, "; {}: {}", reason.what, reason.lines_in_words());
        }
        let _ = write!(line, "; {} flagged", counted(self.flagged_rows, "row"));
        for reason in &self.flagged {
            let _ = write!(line, "; {}: {}", reason.what, reason.lines_in_words());
        }
        if removed > 0 {
            let _ = write!(line, "; {} removed that the file has no more", counted(removed, "event"));
        }
        if conflicts > 0 {
            let _ = write!(line, "; {} left as the analyst has them", counted(conflicts, "event"));
        }
        for remark in &self.remarks {
            let _ = write!(line, "; {remark}");
        }
        line
    }

    /// The report for a person, several lines.
    pub fn text(&self) -> String {
        let Outcome { added, changed, unchanged, removed, conflicts, hands } = self.outcome;
        let mut out = format!("{}: {}\n  SHA-256 {}\n  {}\n", self.file, self.dataset, self.sha256, self.written);
        let _ = writeln!(out, "  Read by the mapping {}", self.mapping);
        let _ = writeln!(
            out,
            "  {} in = {} out + {} skipped",
            counted(self.rows, "row"),
            counted(self.events(), "event"),
            grouped(self.skipped_rows())
        );
        let _ = writeln!(
            out,
            "  {} added, {} changed, {} unchanged, {} removed",
            grouped(added),
            grouped(changed),
            grouped(unchanged),
            grouped(removed)
        );
        if conflicts > 0 {
            let _ = writeln!(
                out,
                "  {} with edits of the analyst that the file contradicts: the edits stay",
                counted(conflicts, "event")
            );
        }
        if hands > 0 {
            let _ = writeln!(out, "  {} with a figure by hand whose claims changed", counted(hands, "event"));
        }
        tell(&mut out, "Skipped", &self.skipped);
        if self.flagged_rows > 0 {
            let _ = writeln!(out, "  {} kept and flagged", counted(self.flagged_rows, "row"));
        }
        tell(&mut out, "Flagged", &self.flagged);
        for (column, times) in &self.unknown {
            let _ = writeln!(out, "  Unknown: {column} has a sign for an unknown {}", counted(*times, "time"));
        }
        for remark in &self.remarks {
            let _ = writeln!(out, "  Note: {remark}");
        }
        out
    }

    /// The report for a program.
    pub fn json(&self) -> Value {
        let Outcome { added, changed, unchanged, removed, conflicts, hands } = self.outcome;
        let reasons = |all: &[Reason]| all.iter().map(Reason::json).collect::<Vec<_>>();
        let unknown = self.unknown.iter().map(|(column, times)| (column.to_string(), json!(times)));
        json!({
            "file": &*self.file,
            "sha256": &*self.sha256,
            "dataset": self.dataset,
            "mapping": self.mapping,
            "written": self.written,
            "rows": self.rows,
            "events": self.events(),
            "added": added,
            "changed": changed,
            "unchanged": unchanged,
            "removed": removed,
            "conflicts": conflicts,
            "figures_by_hand_with_other_claims": hands,
            "skipped": reasons(&self.skipped),
            "flagged_rows": self.flagged_rows,
            "flagged": reasons(&self.flagged),
            "lines_not_read": self.unread,
            "unknown": unknown.collect::<serde_json::Map<_, _>>(),
            "remarks": self.remarks,
        })
    }
}

fn tell(out: &mut String, what: &str, reasons: &[Reason]) {
    for reason in reasons {
        let example = if reason.example.is_empty() { String::new() } else { format!(", such as {}", reason.example) };
        let n = reason.lines.len() as u64;
        let _ =
            writeln!(out, "  {what}: {} ({}): {}{example}", counted(n, "row"), reason.lines_in_words(), reason.what);
    }
}
