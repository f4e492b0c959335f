//! Everything that panels ask of a project again and again: figures of every event, and who refers to whom.
//!
//! A [`Derived`] belongs to one snapshot and is brought to the next one by the difference of the two, so that an edit
//! among 400,000 events costs microseconds. It keeps numbers and marks, never the working, which is made on demand
//! ([`explain`]). It knows no screen and no file, and nothing in it depends on the order of a hash table.

mod alike;
mod codes;
mod entry;
mod moves;
mod rows;
#[cfg(test)]
mod tests;
mod working;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::dataset::{self, Readers};
use crate::model::records::Change;
use crate::model::{ArticleId, Claim, ClaimId, Class, Event, EventId, Measure, Note, NoteId, Project, Subject};

use super::columnar::Columnar;
use super::figures::{EventFigures, Marks, Value};
use super::problems::Problems;
use super::sources;
use alike::{Alike, Found, said_by_row_alone};
use codes::Codes;
pub use entry::ClaimsOf;
pub(super) use entry::Entry;
use entry::{Letters, Own};
use moves::{Moves, other_figures, other_readings, retain, speaks_otherwise};
use rows::{Row, Rows};
pub use working::{beneath, claims_on, explain, explain_claims, explain_with, statements};

/// How many events are worked out between two steps that gather the results: what waits in between stays small.
const BATCH: usize = 16_384;
/// How much of the work is done with the figures, and with the columns after them.
const FIGURES: f32 = 0.7;
const COLUMNS: f32 = 0.85;
/// So many events that differ are looked at by one core: fewer are not worth asking another one.
pub(super) const SHARE: usize = 1_024;

/// The project's answer for one measure and class of one event, without the working.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Low, best and high, or why there are none.
    pub value: Value,
    /// What must be said beside it.
    pub marks: Marks,
}

/// A measure and a class as a [`Derived`] numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Code {
    measure: u32,
    class: u32,
}

/// From one snapshot to another, with the events that differ, which is found out once.
pub(super) struct Step<'p> {
    pub from: &'p Project,
    pub to: &'p Project,
    pub events: Vec<Change<'p, Event>>,
}

impl Step<'_> {
    /// Whether what follows from events is made anew more quickly than it is brought forward, where figures of so many
    /// are others. Another text of an event is brought forward at little cost.
    fn is_much(&self, touched: usize) -> bool {
        /// One in this many events.
        const MUCH: usize = 8;
        let moved = self.events.iter().filter(|change| !matches!(change, Change::Changed(..))).count();
        (touched + moved).saturating_mul(MUCH) > self.to.events.len()
    }
}

/// An event that is to be worked out, where it is there, and the stored claims about it.
struct Todo<'p> {
    id: EventId,
    event: Option<&'p Event>,
    stored: Vec<ClaimId>,
}

/// An entry while its names have no numbers yet.
struct Computed {
    event: EventId,
    claims: Claims,
    articles: Vec<ArticleId>,
    figures: Found,
}

/// The claims about an event.
enum Claims {
    /// Those of its row alone.
    OfRow(Letters),
    List(Vec<ClaimId>),
}

/// What follows from one snapshot of a project.
#[derive(Debug, Clone, Default)]
pub struct Derived {
    measures: Codes<Measure>,
    classes: Codes<Class>,
    /// Events with a claim or a figure by hand; an event of which nothing is said has no entry.
    events: HashMap<EventId, Entry, RandomState>,
    /// How many claims there are, with those of rows.
    claims: usize,
    articles: HashMap<ArticleId, Vec<ClaimId>>,
    notes: HashMap<Subject, Vec<NoteId>>,
    columnar: Columnar,
    problems: Problems,
    sources: sources::Kept,
}

impl Derived {
    /// Everything anew, on all cores.
    pub fn from_scratch(project: &Project) -> Self {
        Self::from_scratch_while(project, &|_| true).unwrap_or_default()
    }

    /// The same; `go_on` hears how far it has come, from 0 to 1, and may give it up: then the answer is `None`.
    pub fn from_scratch_while(project: &Project, go_on: &dyn Fn(f32) -> bool) -> Option<Self> {
        let mut new = Self::default();
        let mut claims: HashMap<EventId, Vec<ClaimId>, RandomState> = HashMap::default();
        let any = !project.claims.is_empty();
        for claim in project.claims.iter() {
            claims.entry(claim.event).or_default().push(claim.id);
            for article in articles_of_claim(claim) {
                new.articles.entry(article).or_default().push(claim.id);
            }
        }
        for (article, claims) in &mut new.articles {
            sort_by_place(project, *article, claims);
        }
        for note in project.notes.iter() {
            for subject in subjects(note) {
                new.notes.entry(subject).or_default().push(note.id);
            }
        }
        let is_said_of = |event: &&Event| {
            !event.by_hand.is_empty() || event.source.is_some() || (any && claims.contains_key(&event.id))
        };
        let events = project.events.iter().map(|event| &**event).filter(is_said_of);
        // Nearly all have a row where any has.
        new.events.reserve(if project.datasets.is_empty() { claims.len() } else { project.events.len() });
        let of_events = events.map(|event| Todo {
            id: event.id,
            event: Some(event),
            stored: if any { claims.get(&event.id).cloned().unwrap_or_default() } else { Vec::new() },
        });
        // A file that was written by hand may have claims about events that it lacks.
        let loose = claims.iter().filter(|(id, _)| !project.events.contains(**id));
        let loose = loose.map(|(id, stored)| Todo { id: *id, event: None, stored: stored.clone() });
        let all = project.events.len();
        if !new.work_out(project, (of_events.chain(loose), all), &|done| go_on(done * FIGURES)) {
            return None;
        }
        new.columnar = Columnar::from_scratch(project, &new);
        if !go_on(COLUMNS) {
            return None;
        }
        new.problems = Problems::from_scratch(project, &new);
        Some(new)
    }

    /// From the snapshot `from`, which this belongs to, to the snapshot `to`. The cost follows what differs; another
    /// method works every figure out again.
    pub fn advance(&mut self, from: &Project, to: &Project) {
        let step = Step { from, to, events: from.events.changes(&to.events).collect() };
        // Nobody stops it.
        let touched = self.advance_figures(&step, &|_| true).unwrap_or_default();
        self.advance_columns(&step, &touched);
        self.advance_problems(&step, &touched);
    }

    /// What follows from the snapshot `to`, while this stays with the snapshot `from`, which it belongs to; on all cores.
    /// Where figures of many events are others, or many came or went, columns and problems are made anew, which is
    /// quicker then. `None` where `go_on` said to stop.
    pub fn advanced_while(&self, from: &Project, to: &Project, go_on: &dyn Fn(f32) -> bool) -> Option<Self> {
        let (events, changes) = rayon::join(|| self.events.clone(), || from.events.changes(&to.events).collect());
        let step = Step { from, to, events: changes };
        let mut new = Self {
            measures: self.measures.clone(),
            classes: self.classes.clone(),
            events,
            claims: self.claims,
            articles: self.articles.clone(),
            notes: self.notes.clone(),
            columnar: Columnar::default(),
            problems: Problems::default(),
            sources: sources::Kept::default(),
        };
        let touched = new.advance_figures(&step, &|done| go_on(done * FIGURES))?;
        if step.is_much(touched.len()) {
            new.columnar = Columnar::from_scratch(to, &new);
            if !go_on(COLUMNS) {
                return None;
            }
            new.problems = Problems::from_scratch(to, &new);
            return Some(new);
        }
        (new.columnar, new.problems) = rayon::join(|| self.columnar.clone(), || self.problems.clone());
        new.sources = self.sources.clone();
        new.advance_columns(&step, &touched);
        if !go_on(COLUMNS) {
            return None;
        }
        new.advance_problems(&step, &touched);
        Some(new)
    }

    /// Brings columns forward, and who speaks of events. `touched` are the events whose figures were worked out again.
    fn advance_columns(&mut self, step: &Step<'_>, touched: &[EventId]) {
        let mut columnar = std::mem::take(&mut self.columnar);
        columnar.advance(step, self, touched);
        self.columnar = columnar;
        let mut sources = std::mem::take(&mut self.sources);
        sources.advance(step, self, touched);
        self.sources = sources;
    }

    fn advance_problems(&mut self, step: &Step<'_>, touched: &[EventId]) {
        let mut problems = std::mem::take(&mut self.problems);
        problems.advance(step, self, touched);
        self.problems = problems;
    }

    /// Brings everything but columns and problems forward. Gives back the events whose figures were worked out again;
    /// `None` where `go_on` said to stop.
    fn advance_figures(&mut self, step: &Step<'_>, go_on: &dyn Fn(f32) -> bool) -> Option<Vec<EventId>> {
        let Step { from, to, .. } = *step;
        let claims = Moves::between(&from.claims, &to.claims);
        let mut touched = self.touched_events(step, &claims);
        self.update_articles(to, &claims);
        self.update_notes(from, to);
        for article in from.articles.changes(&to.articles).filter_map(|change| speaks_otherwise(&change)) {
            let quoting = self.claims_in(article).iter().filter_map(|id| to.claims.get(*id));
            touched.extend(quoting.map(|claim| claim.event));
        }
        if other_figures(&from.methodology, &to.methodology) {
            touched.extend(self.events.keys());
        }
        let gone = claims.gone_ids();
        let mut todo: BTreeMap<EventId, Vec<ClaimId>> = touched
            .into_iter()
            .map(|event| {
                let old = self.events.remove(&event);
                let old = old.as_ref().map_or_else(ClaimsOf::none, |entry| entry.claims(event));
                self.claims -= old.len();
                (event, old.filter(|id| !gone.contains(id)).collect())
            })
            .collect();
        for claim in &claims.come {
            todo.entry(claim.event).or_default().push(claim.id);
        }
        // What rows state is read again with the event, and what was changed of it is stored now.
        for (event, stored) in &mut todo {
            stored.retain(|id| to.claims.get(*id).is_some_and(|claim| claim.event == *event));
            stored.sort_unstable();
            stored.dedup();
        }
        let touched: Vec<EventId> = todo.keys().copied().collect();
        let todo =
            todo.into_iter().map(|(id, stored)| Todo { id, event: to.events.get(id).map(|event| &**event), stored });
        self.work_out(to, (todo, touched.len()), go_on).then_some(touched)
    }

    /// The events in columns of plain numbers, for filters, orders and sums over all of them.
    pub fn columnar(&self) -> &Columnar {
        &self.columnar
    }

    /// What was worked out of sources.
    pub(super) fn kept_sources(&self) -> &sources::Kept {
        &self.sources
    }

    /// What is wrong or missing, record by record.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// How many claims count or are set aside, with those that rows state.
    pub fn claims(&self) -> usize {
        self.claims
    }

    /// Every measure of which anything is said in the project.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.measures.names()
    }

    /// Every measure with every class of which anything is said of any measure.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Measure, &Class)> {
        self.measures.names().flat_map(|measure| self.classes.names().map(move |class| (measure, class)))
    }

    /// The total figure of a measure of one event.
    pub fn total_of(&self, event: EventId, measure: &Measure) -> Summary {
        self.figure(event, measure, &Class::TOTAL)
    }

    /// The claims about an event, by the day of report (those without a day first), then by id.
    pub fn claims_of(&self, event: EventId) -> ClaimsOf<'_> {
        self.events.get(&event).map_or_else(ClaimsOf::none, |entry| entry.claims(event))
    }

    /// What is kept of an event. `None` where nothing is said of it.
    pub(super) fn entry(&self, event: EventId) -> Option<&Entry> {
        self.events.get(&event)
    }

    /// The claims that quote an article, in the order in which they stand in its text.
    pub fn claims_in(&self, article: ArticleId) -> &[ClaimId] {
        self.articles.get(&article).map_or(&[], Vec::as_slice)
    }

    /// The notes about a record, in the order of the project.
    pub fn notes_about(&self, subject: Subject) -> &[NoteId] {
        self.notes.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// The articles that are quoted on an event, each once, in the order of its claims.
    pub fn articles_of(&self, event: EventId) -> &[ArticleId] {
        self.events.get(&event).map_or(&[], Entry::articles)
    }

    /// How many articles are quoted on an event.
    pub fn sources_of(&self, event: EventId) -> usize {
        self.articles_of(event).len()
    }

    /// The figure of one measure and class. No claim where nobody spoke of it.
    pub fn figure(&self, event: EventId, measure: &Measure, class: &Class) -> Summary {
        self.code(measure, class).map_or_else(Summary::default, |code| self.coded(event, code))
    }

    /// Every figure of an event, by measure: the total first, then its classes.
    pub fn figures(&self, event: EventId) -> impl Iterator<Item = (&Measure, &Class, Summary)> {
        self.figures_in(self.events.get(&event))
    }

    /// Every figure of an entry.
    pub(super) fn figures_in<'d>(
        &'d self,
        entry: Option<&'d Entry>,
    ) -> impl Iterator<Item = (&'d Measure, &'d Class, Summary)> {
        let rows = entry.into_iter().flat_map(|entry| entry.rows().iter());
        rows.filter_map(|row| {
            let measure = self.measures.get(row.code.measure)?;
            Some((measure, self.classes.get(row.code.class)?, row.summary))
        })
    }

    /// The figures of one measure of an event, by class. A measure without a figure costs no look at names.
    pub(super) fn figures_on(&self, event: EventId, measure: &Measure) -> impl Iterator<Item = (&Class, Summary)> {
        let measure = self.measures.code(measure);
        let rows = self.events.get(&event).into_iter().flat_map(|entry| entry.rows().iter());
        rows.filter(move |row| Some(row.code.measure) == measure)
            .filter_map(|row| Some((self.classes.get(row.code.class)?, row.summary)))
    }

    /// The measures that have a claim or a figure by hand on an event.
    pub fn measures_of(&self, event: EventId) -> impl Iterator<Item = &Measure> {
        self.figures(event).filter(|(_, class, _)| **class == Class::TOTAL).map(|(measure, _, _)| measure)
    }

    /// Whether voices on any number of an event contradict each other, or somebody denies one.
    pub fn has_conflict(&self, event: EventId) -> bool {
        self.events.get(&event).is_some_and(|entry| entry.rows().iter().any(|row| row.summary.marks.conflict))
    }

    /// The number under which a measure and class are stored. `None` where no event has a figure of them.
    pub(super) fn code(&self, measure: &Measure, class: &Class) -> Option<Code> {
        Some(Code { measure: self.measures.code(measure)?, class: self.classes.code(class)? })
    }

    /// The figure under a code.
    pub(super) fn coded(&self, event: EventId, code: Code) -> Summary {
        self.events.get(&event).map_or_else(Summary::default, |entry| entry.coded(code))
    }

    /// The events whose claims, date or figures by hand differ.
    fn touched_events(&self, step: &Step<'_>, claims: &Moves<'_, Claim>) -> BTreeSet<EventId> {
        let Step { from, to, .. } = *step;
        let of_claims = claims.gone.iter().chain(&claims.come).map(|claim| claim.event);
        // A claim of a row that was changed, or is as the row has it again, may have been put to another event.
        let of_rows = claims.gone.iter().chain(&claims.come).filter_map(|claim| claim.id.event_and_letter());
        let of_rows = of_rows.map(|(event, _)| event).filter(|event| to.events.contains(*event));
        let read_otherwise = other_readings(from, to);
        let of_event = |change: &Change<'_, Event>| match change {
            Change::Added(event) | Change::Removed(event) => {
                let said = !event.by_hand.is_empty() || event.source.is_some();
                (said || self.events.contains_key(&event.id)).then_some(event.id)
            }
            Change::Changed(old, new) => {
                (old.when != new.when || old.by_hand != new.by_hand || old.source != new.source).then_some(new.id)
            }
        };
        let of_events: Vec<EventId> = step.events.par_iter().with_min_len(SHARE).filter_map(of_event).collect();
        of_claims.chain(of_rows).chain(of_events).chain(read_otherwise).collect()
    }

    fn update_articles(&mut self, to: &Project, claims: &Moves<'_, Claim>) {
        let touched = |list: &[&Claim]| list.iter().flat_map(|claim| articles_of_claim(claim)).collect::<Vec<_>>();
        let mut articles: BTreeSet<ArticleId> = touched(&claims.gone).into_iter().collect();
        let gone = claims.gone_ids();
        for article in &articles {
            retain(&mut self.articles, *article, |id| !gone.contains(id));
        }
        for claim in &claims.come {
            for article in articles_of_claim(claim) {
                self.articles.entry(article).or_default().push(claim.id);
                articles.insert(article);
            }
        }
        for article in articles {
            if let Some(claims) = self.articles.get_mut(&article) {
                sort_by_place(to, article, claims);
            }
        }
    }

    fn update_notes(&mut self, from: &Project, to: &Project) {
        let notes = Moves::between(&from.notes, &to.notes);
        let gone = notes.gone_ids();
        let mut touched: BTreeSet<Subject> = notes.gone.iter().flat_map(|note| subjects(note)).collect();
        for subject in &touched {
            retain(&mut self.notes, *subject, |id| !gone.contains(id));
        }
        for note in &notes.come {
            for subject in subjects(note) {
                self.notes.entry(subject).or_default().push(note.id);
                touched.insert(subject);
            }
        }
        for subject in touched {
            if let Some(list) = self.notes.get_mut(&subject) {
                list.sort_by_key(|id| (to.notes.place(*id), *id));
            }
        }
    }

    /// Works out the figures of these events from these claims and puts them in store; whether it came to an end.
    fn work_out<'p>(
        &mut self,
        project: &'p Project,
        (mut todo, all): (impl Iterator<Item = Todo<'p>>, usize),
        go_on: &dyn Fn(f32) -> bool,
    ) -> bool {
        let (readers, alike) = (dataset::readers(project), Alike::default());
        let mut kept = Vec::new();
        let mut done = 0;
        loop {
            if !go_on(super::portion(done, all)) {
                return false;
            }
            let batch: Vec<Todo<'_>> = todo.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return true;
            }
            done += batch.len();
            let (readers, alike) = (&*readers, &alike);
            let one = |todo| Computed::of(project, readers, alike, todo);
            let computed: Vec<Computed> = batch.into_par_iter().map(one).collect();
            computed.into_iter().for_each(|computed| self.store(computed, &mut kept));
        }
    }

    /// Puts in store what was worked out. `kept` has the figures of the sets of numbers that were met, by their number.
    fn store(&mut self, computed: Computed, kept: &mut Vec<Option<Arc<Rows>>>) {
        let Computed { event, claims, articles, figures } = computed;
        let mut row = |(measure, class, summary): &(Measure, Class, Summary)| {
            let code = Code { measure: self.measures.number(measure), class: self.classes.number(class) };
            Row { code, summary: *summary }
        };
        let entry = match claims {
            Claims::OfRow(letters) => {
                let mut new = || Arc::new(Rows::new(figures.figures.iter().map(&mut row).collect()));
                let rows = match figures.number {
                    Some(number) => {
                        if kept.len() <= number {
                            kept.resize(number + 1, None);
                        }
                        kept[number].get_or_insert_with(new).clone()
                    }
                    None => new(),
                };
                Entry::Row { letters, rows }
            }
            Claims::List(claims) => {
                if claims.is_empty() && figures.figures.is_empty() {
                    self.events.remove(&event);
                    return;
                }
                let rows = Rows::new(figures.figures.iter().map(&mut row).collect());
                // Copies: the lists were made by many threads, among much that is gone by now, and would hold their
                // memory.
                let (claims, articles) = (claims.as_slice().into(), articles.as_slice().into());
                Entry::Own(Arc::new(Own { claims, articles, rows }))
            }
        };
        self.claims += entry.claims(event).len();
        self.events.insert(event, entry);
    }
}

/// Two are equal when they answer every question alike; how names are numbered inside does not matter.
impl PartialEq for Derived {
    fn eq(&self, other: &Self) -> bool {
        let same = |id: &EventId| {
            self.claims_of(*id).eq(other.claims_of(*id))
                && self.articles_of(*id) == other.articles_of(*id)
                && self.figures(*id).eq(other.figures(*id))
        };
        self.articles == other.articles
            && self.notes == other.notes
            && self.columnar == other.columnar
            && self.problems == other.problems
            && self.events.len() == other.events.len()
            && self.events.keys().all(same)
    }
}

impl Computed {
    /// From the stored claims about an event and what its row states.
    fn of(project: &Project, readers: &Readers, alike: &Alike, todo: Todo<'_>) -> Self {
        let Todo { id, event, stored } = todo;
        if let Some(event) = event.filter(|_| stored.is_empty())
            && let Some((dataset, numbers)) = said_by_row_alone(project, readers, event)
        {
            let figures = alike.figures(dataset, numbers, || {
                let claims = readers.stated(event);
                flat(explain_with(project, event, claims.iter()))
            });
            let letters = numbers.said.iter().fold(Letters::default(), |all, (letter, ..)| all.with(*letter));
            return Self { event: id, claims: Claims::OfRow(letters), articles: Vec::new(), figures };
        }
        let of_row = event.map(|event| readers.untouched(project, event)).unwrap_or_default();
        let stored = stored.into_iter().filter_map(|id| project.claims.get(id)).map(|claim| &**claim);
        let mut claims: Vec<&Claim> = stored.chain(&of_row).collect();
        claims.sort_unstable_by_key(|claim| (claim.reported, claim.id));
        let mut articles = Vec::new();
        for article in claims.iter().flat_map(|claim| claim.quotes.iter().map(|quote| quote.article)) {
            if !articles.contains(&article) {
                articles.push(article);
            }
        }
        let figures = event
            .map_or_else(Found::default, |event| flat(explain_with(project, event, claims.iter().copied())).into());
        let claims = Claims::List(claims.iter().map(|claim| claim.id).collect());
        Self { event: id, claims, articles, figures }
    }
}

fn flat(figures: EventFigures) -> Vec<(Measure, Class, Summary)> {
    let mut rows = Vec::new();
    for (measure, figures) in figures {
        let total = Summary { value: figures.total.value, marks: figures.total.marks };
        rows.push((measure.clone(), Class::TOTAL, total));
        let class = |(class, figure): (Class, super::figures::Figure)| {
            (measure.clone(), class, Summary { value: figure.value, marks: figure.marks })
        };
        rows.extend(figures.classes.into_iter().map(class));
    }
    rows
}

/// The articles that a claim quotes, each once.
fn articles_of_claim(claim: &Claim) -> BTreeSet<ArticleId> {
    claim.quotes.iter().map(|quote| quote.article).collect()
}

/// What a note is about, each once.
fn subjects(note: &Note) -> BTreeSet<Subject> {
    note.about.iter().copied().collect()
}

fn sort_by_place(project: &Project, article: ArticleId, claims: &mut [ClaimId]) {
    let place = |id: &ClaimId| {
        let quotes = dataset::claim(project, *id).into_iter().flat_map(|claim| &claim.quotes);
        quotes.filter(|quote| quote.article == article).map(|quote| quote.start).min()
    };
    claims.sort_by_cached_key(|id| (place(id), *id));
}
