//! Everything that panels ask of a project again and again: figures of every event, and who refers to whom.
//!
//! A [`Derived`] belongs to one snapshot and is brought to the next one by the difference of the two, so that an edit
//! among 400,000 events costs microseconds. It keeps numbers and marks, never the working, which is made on demand
//! ([`explain`]). It knows no screen and no file, and nothing in it depends on the order of a hash table.

mod alike;
mod codes;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;

use crate::dataset::{self, Readers};
use crate::model::records::Change;
use crate::model::{
    Article, ArticleId, Claim, ClaimId, Class, DatasetId, Event, EventId, Measure, Methodology, Note, NoteId, Origin,
    Project, Record, Records, Subject,
};

use super::columnar::Columnar;
use super::figures::{Beneath, EventFigures, Marks, Statement, Value, figures_of};
use super::problems::Problems;
use super::sources;
use alike::{Alike, Found};
use codes::Codes;
use rows::{Row, Rows};

/// How many events are worked out between two steps that gather the results: what waits in between stays small.
const BATCH: usize = 16_384;

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

/// What follows from the claims about one event.
#[derive(Debug, Clone, Default)]
struct Entry {
    claims: Box<[ClaimId]>,
    articles: Box<[ArticleId]>,
    rows: Rows,
}

/// An entry while its names have no numbers yet.
struct Computed {
    event: EventId,
    claims: Vec<ClaimId>,
    articles: Vec<ArticleId>,
    figures: Found,
}

/// What follows from one snapshot of a project.
#[derive(Debug, Clone, Default)]
pub struct Derived {
    measures: Codes<Measure>,
    classes: Codes<Class>,
    /// Events with a claim or a figure by hand; an event of which nothing is said has no entry.
    events: HashMap<EventId, Entry>,
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
        Self::from_scratch_while(project, &|| true).unwrap_or_default()
    }

    /// The same, given up with `None` as soon as `go_on` says so.
    pub fn from_scratch_while(project: &Project, go_on: &dyn Fn() -> bool) -> Option<Self> {
        let mut new = Self::default();
        let mut claims: HashMap<EventId, Vec<ClaimId>> = HashMap::new();
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
        let by_hand = project.events.iter().filter(|event| !event.by_hand.is_empty()).map(|event| event.id);
        for event in by_hand {
            claims.entry(event).or_default();
        }
        let with_row = project.events.iter().filter(|event| event.source.is_some()).map(|event| event.id);
        for event in with_row {
            claims.entry(event).or_default();
        }
        if !new.work_out(project, claims.into_iter().collect(), go_on) {
            return None;
        }
        new.columnar = Columnar::from_scratch(project, &new);
        new.problems = Problems::from_scratch(project, &new);
        Some(new)
    }

    /// From the snapshot `from`, which this belongs to, to the snapshot `to`. The cost follows what differs; another
    /// method works every figure out again.
    pub fn advance(&mut self, from: &Project, to: &Project) {
        // Nobody stops it.
        let touched = self.advance_figures(from, to, &|| true).unwrap_or_default();
        let mut columnar = std::mem::take(&mut self.columnar);
        columnar.advance(from, to, self, touched.iter().copied());
        self.columnar = columnar;
        let mut sources = std::mem::take(&mut self.sources);
        sources.advance(from, to, self, &touched);
        self.sources = sources;
        let mut problems = std::mem::take(&mut self.problems);
        problems.advance(from, to, self, &touched);
        self.problems = problems;
    }

    /// What follows from the snapshot `to`, where much differs from the snapshot `from`, which this belongs to: figures
    /// are worked out only of what was touched, columns and problems anew, on all cores. `None` where `go_on` said to
    /// stop.
    pub fn advanced_while(&self, from: &Project, to: &Project, go_on: &dyn Fn() -> bool) -> Option<Self> {
        let mut new = Self {
            measures: self.measures.clone(),
            classes: self.classes.clone(),
            events: self.events.clone(),
            claims: self.claims,
            articles: self.articles.clone(),
            notes: self.notes.clone(),
            columnar: Columnar::default(),
            problems: Problems::default(),
            sources: sources::Kept::default(),
        };
        new.advance_figures(from, to, go_on)?;
        new.columnar = Columnar::from_scratch(to, &new);
        if !go_on() {
            return None;
        }
        new.problems = Problems::from_scratch(to, &new);
        Some(new)
    }

    /// Brings everything but columns and problems forward. Gives back the events whose figures were worked out again;
    /// `None` where `go_on` said to stop.
    fn advance_figures(&mut self, from: &Project, to: &Project, go_on: &dyn Fn() -> bool) -> Option<Vec<EventId>> {
        let claims = Moves::between(&from.claims, &to.claims);
        let mut touched = self.touched_events(from, to, &claims);
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
                let old = self.events.remove(&event).unwrap_or_default().claims;
                self.claims -= old.len();
                (event, old.iter().copied().filter(|id| !gone.contains(id)).collect())
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
        self.work_out(to, todo.into_iter().collect(), go_on).then_some(touched)
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
    pub fn claims_of(&self, event: EventId) -> &[ClaimId] {
        self.events.get(&event).map_or(&[], |entry| &entry.claims)
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
        self.events.get(&event).map_or(&[], |entry| &entry.articles)
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
        let rows = self.events.get(&event).into_iter().flat_map(|entry| entry.rows.iter());
        rows.filter_map(|row| {
            let measure = self.measures.get(row.code.measure)?;
            Some((measure, self.classes.get(row.code.class)?, row.summary))
        })
    }

    /// The measures that have a claim or a figure by hand on an event.
    pub fn measures_of(&self, event: EventId) -> impl Iterator<Item = &Measure> {
        self.figures(event).filter(|(_, class, _)| **class == Class::TOTAL).map(|(measure, _, _)| measure)
    }

    /// Whether voices on any number of an event contradict each other, or somebody denies one.
    pub fn has_conflict(&self, event: EventId) -> bool {
        self.events.get(&event).is_some_and(|entry| entry.rows.iter().any(|row| row.summary.marks.conflict))
    }

    /// The number under which a measure and class are stored. `None` where no event has a figure of them.
    pub(super) fn code(&self, measure: &Measure, class: &Class) -> Option<Code> {
        Some(Code { measure: self.measures.code(measure)?, class: self.classes.code(class)? })
    }

    /// The figure under a code.
    pub(super) fn coded(&self, event: EventId, code: Code) -> Summary {
        let entry = self.events.get(&event);
        let row = entry.and_then(|entry| entry.rows.find(code));
        row.map_or_else(Summary::default, |row| row.summary)
    }

    /// The events whose claims, date or figures by hand differ.
    fn touched_events(&self, from: &Project, to: &Project, claims: &Moves<'_, Claim>) -> BTreeSet<EventId> {
        let of_claims = claims.gone.iter().chain(&claims.come).map(|claim| claim.event);
        // A claim of a row that was changed, or is as the row has it again, may have been put to another event.
        let of_rows = claims.gone.iter().chain(&claims.come).filter_map(|claim| claim.id.event_and_letter());
        let of_rows = of_rows.map(|(event, _)| event).filter(|event| to.events.contains(*event));
        let read_otherwise = other_readings(from, to);
        let of_events = from.events.changes(&to.events).filter_map(|change| match change {
            Change::Added(event) | Change::Removed(event) => {
                let said = !event.by_hand.is_empty() || event.source.is_some();
                (said || self.events.contains_key(&event.id)).then_some(event.id)
            }
            Change::Changed(old, new) => {
                (old.when != new.when || old.by_hand != new.by_hand || old.source != new.source).then_some(new.id)
            }
        });
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
    fn work_out(
        &mut self,
        project: &Project,
        mut todo: Vec<(EventId, Vec<ClaimId>)>,
        go_on: &dyn Fn() -> bool,
    ) -> bool {
        let (readers, alike) = (dataset::readers(project), Alike::default());
        while !todo.is_empty() {
            if !go_on() {
                return false;
            }
            let batch = todo.split_off(todo.len().saturating_sub(BATCH));
            let (readers, alike) = (&*readers, &alike);
            let one = |(event, claims)| Computed::of(project, readers, alike, event, claims);
            let computed: Vec<Computed> = batch.into_par_iter().map(one).collect();
            computed.into_iter().for_each(|computed| self.store(computed));
        }
        true
    }

    fn store(&mut self, computed: Computed) {
        if computed.claims.is_empty() && computed.figures.is_empty() {
            self.events.remove(&computed.event);
            return;
        }
        let mut row = |(measure, class, summary): &(Measure, Class, Summary)| {
            let code = Code { measure: self.measures.number(measure), class: self.classes.number(class) };
            Row { code, summary: *summary }
        };
        let rows = Rows::new(computed.figures.iter().map(&mut row).collect());
        self.claims += computed.claims.len();
        // Copies: the lists were made by many threads, among much that is gone by now, and would hold their memory.
        let (claims, articles) = (computed.claims.as_slice().into(), computed.articles.as_slice().into());
        let entry = Entry { claims, articles, rows };
        self.events.insert(computed.event, entry);
    }
}

/// The events whose rows are read otherwise, because their data set or its mapping came, went, or is another one.
fn other_readings(from: &Project, to: &Project) -> Vec<EventId> {
    if Arc::ptr_eq(&from.datasets, &to.datasets) && Arc::ptr_eq(&from.mappings, &to.mappings) {
        return Vec::new();
    }
    let read_by = |project: &Project, id: DatasetId| {
        let dataset = project.dataset(id)?;
        Some((dataset.clone(), dataset::mapping_of(project, dataset).cloned()))
    };
    let all: BTreeSet<DatasetId> = from.datasets.iter().chain(to.datasets.iter()).map(|dataset| dataset.id).collect();
    let other: Vec<DatasetId> = all.into_iter().filter(|id| read_by(from, *id) != read_by(to, *id)).collect();
    if other.is_empty() {
        return Vec::new();
    }
    let is_of = |event: &&Arc<Event>| event.source.as_ref().is_some_and(|row| other.contains(&row.dataset));
    to.events.iter().filter(is_of).map(|event| event.id).collect()
}

/// Two are equal when they answer every question alike; how names are numbered inside does not matter.
impl PartialEq for Derived {
    fn eq(&self, other: &Self) -> bool {
        let same = |id: &EventId| {
            self.claims_of(*id) == other.claims_of(*id)
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
    fn of(project: &Project, readers: &Readers, alike: &Alike, event: EventId, stored: Vec<ClaimId>) -> Self {
        let of_row = project.events.get(event).map(|event| readers.untouched(project, event)).unwrap_or_default();
        let stored = stored.into_iter().filter_map(|id| project.claims.get(id)).map(|claim| &**claim);
        let mut claims: Vec<&Claim> = stored.chain(&of_row).collect();
        claims.sort_unstable_by_key(|claim| (claim.reported, claim.id));
        let mut articles = Vec::new();
        for article in claims.iter().flat_map(|claim| claim.quotes.iter().map(|quote| quote.article)) {
            if !articles.contains(&article) {
                articles.push(article);
            }
        }
        let figures = project.events.get(event).map_or_else(Found::default, |event| {
            let rests_on_row = if claims.len() == of_row.len() { &of_row[..] } else { &[] };
            alike.figures(event, rests_on_row, || flat(explain_with(project, event, claims.iter().copied())))
        });
        Self { event, claims: claims.iter().map(|claim| claim.id).collect(), articles, figures }
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

/// Records that left and came between two snapshots; one with other contents does both.
struct Moves<'a, R: Record> {
    gone: Vec<&'a R>,
    come: Vec<&'a R>,
}

impl<'a, R: Record> Moves<'a, R> {
    fn between(from: &'a Records<R>, to: &'a Records<R>) -> Self {
        let mut moves = Self { gone: Vec::new(), come: Vec::new() };
        for change in from.changes(to) {
            match change {
                Change::Added(new) => moves.come.push(new),
                Change::Removed(old) => moves.gone.push(old),
                Change::Changed(old, new) => {
                    moves.gone.push(old);
                    moves.come.push(new);
                }
            }
        }
        moves
    }

    fn gone_ids(&self) -> HashSet<R::Id> {
        self.gone.iter().map(|record| record.id()).collect()
    }
}

/// Takes ids off one list, and the list with its last one.
fn retain<K: Eq + Hash, V>(lists: &mut HashMap<K, Vec<V>>, key: K, stays: impl Fn(&V) -> bool) {
    if let Some(list) = lists.get_mut(&key) {
        list.retain(stays);
        if list.is_empty() {
            lists.remove(&key);
        }
    }
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

/// The article whose claims may speak with another voice or grade after this change.
fn speaks_otherwise(change: &Change<'_, Article>) -> Option<ArticleId> {
    match change {
        Change::Added(article) | Change::Removed(article) => Some(article.id),
        Change::Changed(old, new) => {
            (old.voice() != new.voice() || old.reliability != new.reliability).then_some(new.id)
        }
    }
}

/// Whether figures of events can differ under two method sheets; how sums treat a missing best is not their business.
fn other_figures(from: &Methodology, to: &Methodology) -> bool {
    from != to && *from != Methodology { missing_best_is_low: from.missing_best_is_low, ..to.clone() }
}

/// The claims with the voice they speak with and the reliability of their source, as figures ask for them.
///
/// The voice is the claim's group, else its speaker, else that of the article of its first quote, else its origin, else
/// its own; without spaces around it and in lower case.
pub fn statements<'a>(project: &'a Project, claims: impl Iterator<Item = &'a Claim>) -> Vec<Statement<'a>> {
    claims.map(|claim| statement(project, claim)).collect()
}

fn statement<'a>(project: &'a Project, claim: &'a Claim) -> Statement<'a> {
    let quoted = claim.article();
    let article = quoted.and_then(|id| project.articles.get(id));
    // An article that is gone still is one voice.
    let of_article = || article.map_or_else(|| quoted.as_ref().map(ArticleId::as_str), |a| Some(a.voice()));
    let of_origin = || {
        claim.origin.as_ref().map(|origin| match origin {
            Origin::Dataset(name) | Origin::Interview(name) | Origin::Document(name) => &**name,
        })
    };
    let said = |name: &'a str| Some(name.trim()).filter(|name| !name.is_empty());
    let group = said(&claim.group)
        .or_else(|| said(&claim.speaker))
        .or_else(|| of_article().map(str::trim).filter(|name| !name.is_empty()))
        .or_else(|| of_origin().and_then(said))
        .unwrap_or(claim.id.as_str());
    Statement { claim, group: group.to_lowercase(), source: article.and_then(|article| article.reliability) }
}

/// The figures that an event would have with these claims, with their working: what is asked before claims are moved.
/// Which event the claims name is not asked.
pub fn explain_with<'a>(project: &'a Project, event: &Event, claims: impl Iterator<Item = &'a Claim>) -> EventFigures {
    figures_of(event.when.as_ref(), &event.by_hand, &statements(project, claims), &project.methodology)
}

/// The figures of one event with their working. Empty where there is no such event.
pub fn explain(project: &Project, derived: &Derived, event: EventId) -> EventFigures {
    let claims = derived.claims_of(event).iter().filter_map(|id| dataset::claim(project, *id)).map(|claim| &**claim);
    project.events.get(event).map_or_else(EventFigures::new, |event| explain_with(project, event, claims))
}

/// What the claims alone make of one event: its figures with their working, without those that were set by hand.
pub fn explain_claims(project: &Project, derived: &Derived, event: EventId) -> EventFigures {
    let claims = derived.claims_of(event).iter().filter_map(|id| dataset::claim(project, *id)).map(|claim| &**claim);
    let Some(event) = project.events.get(event) else { return EventFigures::new() };
    figures_of(event.when.as_ref(), &[], &statements(project, claims), &project.methodology)
}

/// What the claims on one event give, as a figure that is set by hand over them keeps it.
pub fn beneath(project: &Project, derived: &Derived, event: EventId) -> Beneath {
    let claims = derived.claims_of(event).iter().filter_map(|id| dataset::claim(project, *id)).map(|claim| &**claim);
    let when = project.events.get(event).and_then(|event| event.when.as_ref());
    Beneath::of(when, &statements(project, claims))
}
