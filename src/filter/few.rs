//! Whether single events are let through: what an edit asks of the rows that it touched, without a search of all.
//!
//! It answers as `search` does; a property test holds them together.

use crate::columns::Part;
use crate::derive::Derived;
use crate::derive::claims_on;
use crate::derive::columnar::{TextField, UNDATED};
use crate::model::{Project, Subject};

use super::parse::{ANYWHERE, folded};
use super::search::{Known, Search, begins};
use super::{Counted, Expression, Filter, Test, own};

impl Filter {
    /// Of each of these slots whether the filter lets it through.
    pub fn matches(&self, slots: &[u32], project: &Project, derived: &Derived) -> Vec<bool> {
        let search = Search { project, derived, table: derived.columnar() };
        let through = |slot: &u32| self.expression.as_ref().is_none_or(|expression| search.is(expression, *slot));
        slots.iter().map(through).collect()
    }
}

impl Search<'_> {
    fn is(&self, expression: &Expression, slot: u32) -> bool {
        match expression {
            Expression::All(parts) => parts.iter().all(|part| self.is(part, slot)),
            Expression::Any(parts) => parts.iter().any(|part| self.is(part, slot)),
            Expression::Not(part) => !self.is(part, slot),
            Expression::Test(test) => self.passes(test, slot),
        }
    }

    fn passes(&self, test: &Test, slot: u32) -> bool {
        let (table, at) = (self.table, slot as usize);
        let id = table.id(slot);
        match test {
            Test::Anywhere(words) => {
                let plain = words.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
                (plain && begins(id.as_str(), words)) || ANYWHERE.into_iter().any(|field| self.holds(field, at, words))
            }
            Test::Text { fields, text, whole: false } if text.is_empty() => {
                fields.iter().any(|field| table.words(*field).codes()[at] == 0)
            }
            Test::Text { fields, text, whole: false } => fields.iter().any(|field| self.holds(*field, at, text)),
            Test::Text { fields, text, whole: true } => fields.iter().any(|field| {
                let own = folded(table.words(*field).at(at));
                let is_list = matches!(field, TextField::Tags | TextField::SourceIds);
                if is_list { own.split(", ").any(|one| one == text) } else { own == *text }
            }),
            Test::Id { text, whole: true } => id.as_str().eq_ignore_ascii_case(text),
            Test::Id { text, whole: false } => begins(id.as_str(), text),
            Test::Number { measure, part, from, to } => {
                let Some(figures) = table.figures(measure) else { return false };
                let within = |n: u64| *from <= n && n <= *to;
                match part {
                    Part::Low => figures.low(at).is_some_and(within),
                    Part::Best => figures.best(at).is_some_and(within),
                    Part::High => figures.high(at).is_some_and(|(high, closed)| {
                        if closed { within(high) } else { *from <= high && *to == u64::MAX }
                    }),
                }
            }
            Test::Unknown(measure) => table.figures(measure).is_some_and(|figures| figures.is_unknown(at)),
            Test::HasFigure(measure) => table.figures(measure).is_some_and(|figures| figures.low(at).is_some()),
            Test::Count { of, from, to } => {
                let counts = match of {
                    Counted::Sources => table.sources(),
                    Counted::Covers => table.covers(),
                };
                (*from..=*to).contains(&u64::from(counts[at]))
            }
            Test::Days { first, last, overlaps } => {
                let (from, to) = table.dates().at(at);
                let inside = if *overlaps { from <= *last && to >= *first } else { from >= *first && to <= *last };
                from != UNDATED && inside
            }
            Test::Is(flag) => table.flags()[at] & flag.bit() != 0,
            Test::Dated => table.dates().codes()[at] != 0,
            Test::HasText(field) => table.words(*field).codes()[at] != 0,
            Test::Own(question) => {
                let text = table.own(question.column()).map_or("", |words| words.at(at));
                question.passes(text, &folded(text), self.project)
            }
            Test::Unreadable => {
                table.owns().any(|(column, words)| own::is_unreadable(column, words.at(at), self.project))
            }
            Test::HasNote => !self.derived.notes_about(Subject::Event(id)).is_empty(),
            Test::Class(class) => self.derived.figures(id).any(|(_, known, _)| known == class),
            Test::Claim { field, text, whole } => {
                let mut known = Known::new(self, *field, text, *whole);
                claims_on(self.project, self.derived, id).any(|claim| known.says(claim))
            }
        }
    }

    fn holds(&self, field: TextField, at: usize, words: &str) -> bool {
        let text = self.table.words(field).at(at);
        words.is_empty() || (!words.contains('\n') && folded(text).contains(words))
    }
}
