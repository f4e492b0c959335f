//! What went out and what was left out, for people and for programs.

use crate::derive::wording::count;

use super::{Kind, LeftOut, Line, Redaction, Source};

/// What became of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The format.
    pub kind: Kind,
    /// Events that went out.
    pub events: usize,
    /// Events that were asked for.
    pub asked: usize,
    /// Events of the project.
    pub of: usize,
    /// What was left out by redaction.
    pub left_out: LeftOut,
    /// What must be known beside it, in sentences.
    pub remarks: Vec<String>,
}

impl Report {
    pub(super) fn of(source: &Source<'_>, kind: Kind, redaction: &Redaction, lines: &[Line<'_>]) -> Self {
        let (events, asked) = (lines.len(), source.slots.len());
        let coordinates = lines.iter().filter(|line| redaction.hides_point(line.event)).count();
        let left_out = LeftOut { events: asked - events, coordinates, ..LeftOut::default() };
        let mut remarks = Vec::new();
        if !redaction.is_none() {
            remarks.push(
                "Titles, names of places, tags and columns of your own are not searched for what was left out."
                    .to_owned(),
            );
        }
        Self { kind, events, asked, of: source.derived.columnar().len(), left_out, remarks }
    }

    /// Notes, names and articles that a method sheet would have told.
    pub(super) fn adds_names(&mut self, left_out: LeftOut) {
        let LeftOut { articles, names, notes, .. } = left_out;
        self.left_out = LeftOut { articles, names, notes, ..self.left_out };
    }

    /// Events that a page does not list.
    pub(super) fn unlisted(&mut self, events: usize) {
        if events > 0 {
            let events = count(events, "event is", "events are");
            self.remarks
                .push(format!("{events} in the totals of the page and not listed on it. A table has all of them."));
        }
    }

    /// Texts that did not fit.
    pub(super) fn cut(&mut self, texts: usize) {
        if texts > 0 {
            let texts = count(texts, "text was", "texts were");
            self.remarks
                .push(format!("{texts} longer than a cell of a workbook holds, and cut. JSON Lines has all of it."));
        }
    }

    /// What was left out, each with how much of it. Empty where nothing was.
    pub fn losses(&self) -> Vec<String> {
        let LeftOut { events, coordinates, articles, names, notes, quotes } = self.left_out;
        let all = [
            (events, "event marked sensitive", "events marked sensitive"),
            (coordinates, "pair of coordinates", "pairs of coordinates"),
            (articles, "article marked sensitive", "articles marked sensitive"),
            (names, "name", "names"),
            (notes, "note", "notes"),
            (quotes, "quote", "quotes"),
        ];
        all.into_iter().filter(|(n, _, _)| *n > 0).map(|(n, one, many)| count(n, one, many)).collect()
    }

    /// The report in a sentence or two: "Wrote 12 of 14 events. Left out: 3 notes, 2 quotes."
    pub fn in_words(&self) -> String {
        let mut text = match (self.events, self.of) {
            (events, of) if events == of => format!("Wrote {}", count(of, "event", "events")),
            (events, of) => {
                let of = count(of, "event", "events");
                format!("Wrote {} of {of}", crate::model::quantity::grouped(u64::try_from(events).unwrap_or(u64::MAX)))
            }
        };
        let losses = self.losses();
        if !losses.is_empty() {
            text.push_str(". Left out: ");
            text.push_str(&losses.join(", "));
        }
        text
    }
}
