//! Which events a filter lets through, answered from columns of numbers: a text is asked once for each distinct text,
//! a number is compared row by row.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::columns::Part;
use crate::dataset;
use crate::derive::Derived;
use crate::derive::columnar::{Columnar, Day, TextField, UNDATED, Words};
use crate::model::{Article, Claim, Class, Project, Subject};

use super::parse::{ANYWHERE, folded};
use super::{ClaimField, Counted, Expression, Filter, Test, own};

/// So many slots are marked by one core at a time.
const SHARE: usize = 16_384;

/// For each slot whether it is meant. Free slots say nothing.
pub type Slots = Vec<bool>;

impl Filter {
    /// For each slot of the columns whether the filter lets it through.
    pub fn search(&self, project: &Project, derived: &Derived) -> Slots {
        let search = Search { project, derived, table: derived.columnar() };
        match &self.expression {
            None => vec![true; search.table.slots()],
            Some(expression) => search.expression(expression),
        }
    }
}

pub(super) struct Search<'a> {
    pub project: &'a Project,
    pub derived: &'a Derived,
    pub table: &'a Columnar,
}

impl Search<'_> {
    fn expression(&self, expression: &Expression) -> Slots {
        let join = |parts: &[Expression], both: fn(bool, bool) -> bool| {
            let mut answers = parts.iter().map(|part| self.expression(part));
            let mut first = answers.next().unwrap_or_default();
            for answer in answers {
                first.iter_mut().zip(answer).for_each(|(a, b)| *a = both(*a, b));
            }
            first
        };
        match expression {
            Expression::All(parts) => join(parts, |a, b| a && b),
            Expression::Any(parts) => join(parts, |a, b| a || b),
            Expression::Not(part) => {
                let mut answer = self.expression(part);
                answer.iter_mut().for_each(|is| *is = !*is);
                answer
            }
            Expression::Test(test) => self.test(test),
        }
    }

    fn each(&self, is: impl Fn(usize) -> bool) -> Slots {
        (0..self.table.slots()).map(is).collect()
    }

    fn test(&self, test: &Test) -> Slots {
        let table = self.table;
        match test {
            Test::Anywhere(words) => self.anywhere(words),
            Test::Text { fields, text, whole } => {
                let mut found = vec![false; table.slots()];
                for field in *fields {
                    let words = table.words(*field);
                    mark(&mut found, words, &texts(*field, words, text, *whole));
                }
                found
            }
            Test::Id { text, whole } => self.each(|slot| {
                let id = table.id(number(slot));
                let id = id.as_str();
                if *whole { id.eq_ignore_ascii_case(text) } else { begins(id, text) }
            }),
            Test::Number { measure, part, from, to } => {
                let Some(figures) = table.figures(measure) else { return vec![false; table.slots()] };
                let within = |n: u64| *from <= n && n <= *to;
                match part {
                    Part::Low => self.each(|slot| figures.low(slot).is_some_and(within)),
                    Part::Best => self.each(|slot| figures.best(slot).is_some_and(within)),
                    // Of an open high only that it is no smaller can be said.
                    Part::High => self.each(|slot| {
                        figures.high(slot).is_some_and(|(high, closed)| {
                            if closed { within(high) } else { *from <= high && *to == u64::MAX }
                        })
                    }),
                }
            }
            Test::Unknown(measure) => {
                table.figures(measure).map_or_else(|| self.each(|_| false), |f| self.each(|slot| f.is_unknown(slot)))
            }
            Test::HasFigure(measure) => {
                let figures = table.figures(measure);
                figures.map_or_else(|| self.each(|_| false), |f| self.each(|slot| f.low(slot).is_some()))
            }
            Test::Count { of, from, to } => {
                let counts = match of {
                    Counted::Sources => table.sources(),
                    Counted::Covers => table.covers(),
                };
                counts.iter().map(|n| (*from..=*to).contains(&u64::from(*n))).collect()
            }
            Test::Days { first, last, overlaps } => self.days(*first, *last, *overlaps),
            Test::Is(flag) => table.flags().iter().map(|bits| bits & flag.bit() != 0).collect(),
            Test::Dated => table.dates().codes().iter().map(|code| *code != 0).collect(),
            Test::HasText(field) => table.words(*field).codes().iter().map(|code| *code != 0).collect(),
            Test::Own(question) => question.search(self.project, table),
            Test::Unreadable => own::unreadable(self.project, table),
            Test::HasNote => self.has_note(),
            Test::Class(class) => self.class(class),
            Test::Claim { field, text, whole } => self.claims(*field, text, *whole),
        }
    }

    fn anywhere(&self, words: &str) -> Slots {
        let table = self.table;
        let columns: Vec<&Words> =
            ANYWHERE.iter().map(|field| table.words(*field)).chain(table.owns().map(|(_, words)| words)).collect();
        let held = columns.par_iter().map(|column| (column.codes(), column.holding(words)));
        // Most columns hold none of the words.
        let held: Vec<(&[u32], Vec<bool>)> = held.filter(|(_, is)| is.contains(&true)).collect();
        let is_id = words.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        let mut found = vec![false; table.slots()];
        found.par_chunks_mut(SHARE).enumerate().for_each(|(n, found)| {
            let from = n * SHARE;
            held.iter().for_each(|(codes, is)| mark_part(found, &codes[from..], is));
            if is_id {
                for (is, id) in found.iter_mut().zip(&table.ids()[from..]) {
                    *is = *is || begins(id.as_str(), words);
                }
            }
        });
        found
    }

    fn days(&self, first: Day, last: Day, overlaps: bool) -> Slots {
        let dates = self.table.dates();
        let is = |(from, to): (Day, Day)| {
            from != UNDATED && if overlaps { from <= last && to >= first } else { from >= first && to <= last }
        };
        let meant: Vec<bool> = dates.intervals().map(is).collect();
        dates.codes().iter().map(|code| meant[*code as usize]).collect()
    }

    fn has_note(&self) -> Slots {
        let mut found = vec![false; self.table.slots()];
        for note in self.project.notes.iter() {
            for subject in &note.about {
                if let Subject::Event(event) = subject
                    && let Some(slot) = self.table.slot(*event)
                {
                    found[slot as usize] = true;
                }
            }
        }
        found
    }

    fn class(&self, class: &Class) -> Slots {
        self.each(|slot| self.derived.figures(self.table.id(number(slot))).any(|(_, known, _)| known == class))
    }

    fn claims(&self, field: ClaimField, text: &str, whole: bool) -> Slots {
        let mut found = vec![false; self.table.slots()];
        let mut known = Known::new(self, field, text, whole);
        for claim in self.project.claims.iter() {
            let slot = self.table.slot(claim.event).map(|slot| slot as usize);
            if let Some(slot) = slot.filter(|slot| !found[*slot]) {
                found[slot] = known.says(claim);
            }
        }
        if field == ClaimField::Speaker {
            self.of_rows(text, whole, &mut found);
        }
        found
    }

    /// Marks the events whose rows name a speaker. Rows quote no article.
    fn of_rows(&self, text: &str, whole: bool, found: &mut Slots) {
        let readers = dataset::readers(self.project);
        if readers.name_speakers() {
            for event in self.project.events.iter().filter(|event| event.source.is_some()) {
                let slot = self.table.slot(event.id).map(|slot| slot as usize);
                if let Some(slot) = slot.filter(|slot| !found[*slot]) {
                    let claims = readers.untouched(self.project, event);
                    found[slot] = claims.iter().any(|claim| is(&claim.speaker, text, whole));
                }
            }
        }
    }
}

/// What was asked of articles and names already.
pub(super) struct Known<'a> {
    search: &'a Search<'a>,
    field: ClaimField,
    text: &'a str,
    whole: bool,
    articles: HashMap<crate::model::ArticleId, bool>,
    names: HashMap<*const u8, bool>,
}

impl<'a> Known<'a> {
    pub fn new(search: &'a Search<'a>, field: ClaimField, text: &'a str, whole: bool) -> Self {
        Self { search, field, text, whole, articles: HashMap::new(), names: HashMap::new() }
    }

    pub fn says(&mut self, claim: &Claim) -> bool {
        if self.field == ClaimField::Speaker {
            return [&claim.speaker, &claim.via].into_iter().any(|name| self.name(name));
        }
        claim.quotes.iter().any(|quote| {
            if let Some(known) = self.articles.get(&quote.article) {
                return *known;
            }
            let article = self.search.project.articles.get(quote.article);
            let is = article.is_some_and(|article| self.article(article));
            self.articles.insert(quote.article, is);
            is
        })
    }

    /// Records share the texts of names, so each is compared once.
    fn name(&mut self, name: &crate::model::Text) -> bool {
        let (text, whole) = (self.text, self.whole);
        !name.is_empty() && *self.names.entry(name.as_ptr()).or_insert_with(|| is(name, text, whole))
    }

    fn article(&self, article: &Article) -> bool {
        let texts: [&str; 2] = match self.field {
            ClaimField::Article => [&article.headline, article.id.as_str()],
            _ => [&article.publisher, &article.agency],
        };
        texts.into_iter().any(|text| is(text, self.text, self.whole))
    }
}

fn is(name: &str, text: &str, whole: bool) -> bool {
    let name = folded(name);
    if whole { name == text } else { name.contains(text) }
}

pub(super) fn begins(id: &str, text: &str) -> bool {
    id.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text))
}

/// For each distinct text whether it is meant. A list of marks is asked mark by mark.
fn texts(field: TextField, words: &Words, text: &str, whole: bool) -> Vec<bool> {
    let is_list = matches!(field, TextField::Tags | TextField::SourceIds);
    match whole {
        false if text.is_empty() => words.being(str::is_empty),
        false => words.holding(text),
        true if is_list => words.being(|list| list.split(", ").any(|one| one == text)),
        true => words.being(|whole| whole == text),
    }
}

pub(super) fn mark(found: &mut Slots, words: &Words, is: &[bool]) {
    let shares = found.par_chunks_mut(SHARE).zip(words.codes().par_chunks(SHARE));
    shares.for_each(|(found, codes)| mark_part(found, codes, is));
}

fn mark_part(found: &mut [bool], codes: &[u32], is: &[bool]) {
    for (found, code) in found.iter_mut().zip(codes) {
        *found |= is[*code as usize];
    }
}

fn number(slot: usize) -> u32 {
    u32::try_from(slot).unwrap_or(u32::MAX)
}
