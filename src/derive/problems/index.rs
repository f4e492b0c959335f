//! Which record has which kinds of problems, for a snapshot; brought to the next one by the difference of the two.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use indexmap::IndexSet;
use rayon::prelude::*;

use crate::dataset;
use crate::derive::columnar::TextField;
use crate::derive::index::{Derived, Step};
use crate::model::{Change, Event, EventId, Project, Quantity, Record, Subject};

use super::related::{Related, both};
use super::{Findings, Ground, Kind, Place, Severity, order};

/// When more records than this are looked at again, the lists are sorted anew instead of being mended one by one.
const MANY: usize = 64;

/// A line of the list of one kind: by where its record stands in the file.
type Line = (u8, u64, Place);

/// Records, each once.
pub(super) type Places = HashSet<Place, RandomState>;

/// The problems of a snapshot, but for those that depend on the day of today.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    /// Of each record that has some the number of their kinds.
    of: HashMap<Place, u32, RandomState>,
    /// Which kinds records have together, each combination once: there are few, also where every record has one.
    kinds: IndexSet<Box<[Kind]>, RandomState>,
    /// For each kind, the records that have it, in the order of the file; as often as they have it.
    lists: Vec<Vec<Line>>,
    related: Related,
}

impl Problems {
    pub(in crate::derive) fn from_scratch(project: &Project, derived: &Derived) -> Self {
        let (related, readers) = (Related::from_scratch(project), dataset::readers(project));
        let ground = Ground { project, readers: &readers, derived, related: &related };
        let mut all = vec![Place::Project];
        all.extend(project.articles.iter().map(|record| Place::Article(record.id)));
        all.extend(project.claims.iter().map(|record| Place::Claim(record.id)));
        all.extend(project.notes.iter().map(|record| Place::Note(record.id)));
        let others = all.into_par_iter().map(|place| (place, in_order(kinds_of(ground.of(place)))));
        let events: Vec<&Event> = project.events.iter().map(|event| &**event).collect();
        let of_events =
            events.par_iter().map(|event| (Place::Event(event.id), in_order(kinds_of(ground.of_event(event)))));
        let found: Vec<(Place, Box<[Kind]>)> = others.chain(of_events).filter(|(_, kinds)| !kinds.is_empty()).collect();
        let mut lists = vec![Vec::new(); Kind::ALL.len()];
        for (place, kinds) in &found {
            for kind in kinds {
                lists[*kind as usize].push(order(project, *place));
            }
        }
        let mut new = Self { lists, related, ..Self::default() };
        new.of.reserve(found.len());
        found.into_iter().for_each(|(place, kinds)| new.put(place, kinds));
        new
    }

    /// Notes which kinds of problems a record has.
    fn put(&mut self, place: Place, kinds: Box<[Kind]>) {
        if kinds.is_empty() {
            self.of.remove(&place);
            return;
        }
        let known = self.kinds.get_index_of(&kinds);
        let number = known.unwrap_or_else(|| self.kinds.insert_full(kinds).0);
        // There are fewer combinations than records.
        self.of.insert(place, u32::try_from(number).unwrap_or(u32::MAX));
    }

    /// From one snapshot to the next. `derived` is of the new one; `touched` are the events whose figures were worked
    /// out again.
    pub(in crate::derive) fn advance(&mut self, step: &Step<'_>, derived: &Derived, touched: &[EventId]) {
        let Step { from, to, .. } = *step;
        let mut again = self.related.advance(step);
        let mut moved = Places::default();
        let mut both = (&mut again, &mut moved);
        changed(from.articles.changes(&to.articles), Place::Article, &mut both);
        changed(from.claims.changes(&to.claims), Place::Claim, &mut both);
        changed(from.notes.changes(&to.notes), Place::Note, &mut both);
        let moves = step.events.iter().copied().filter(|change| !matches!(change, Change::Changed(..)));
        changed(moves, Place::Event, &mut both);
        pointing(step, derived, &mut again);
        if from.methodology == to.methodology {
            again.extend(touched.iter().map(|id| Place::Event(*id)));
        } else {
            self.under_another_method(from, to, derived, touched, &mut again);
        }
        if from.about != to.about {
            again.insert(Place::Project);
            with_other_kinds(from, to, derived, &mut again);
        }
        self.look_again(step, derived, touched, (again, &moved));
    }

    /// How many problems of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.lists.get(kind as usize).map_or(0, Vec::len)
    }

    /// How many problems matter as much as this.
    pub fn count_of(&self, severity: Severity) -> usize {
        Kind::ALL.iter().filter(|kind| kind.severity() == severity).map(|kind| self.count(*kind)).sum()
    }

    /// The record of the `n`th problem of a kind, in the order of the file, and how many of this kind it has before it.
    pub fn at(&self, kind: Kind, n: usize) -> Option<(Place, usize)> {
        let list = self.lists.get(kind as usize)?;
        let line = list.get(n)?;
        let before = list[..n].iter().rev().take_while(|other| *other == line).count();
        Some((line.2, before))
    }

    /// The kinds of problems of a record, as often as it has them.
    pub fn kinds_of(&self, place: Place) -> &[Kind] {
        let kinds = self.of.get(&place).and_then(|number| self.kinds.get_index(*number as usize));
        kinds.map_or(&[], |kinds| kinds)
    }

    /// The records that have problems, in no order.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.of.keys().copied()
    }

    pub(super) fn related(&self) -> &Related {
        &self.related
    }

    /// Another method reads claims otherwise, which matters to few of the events that it touches.
    fn under_another_method(
        &self,
        from: &Project,
        to: &Project,
        derived: &Derived,
        touched: &[EventId],
        again: &mut Places,
    ) {
        let matters = |id: &&EventId| {
            self.kinds_of(Place::Event(**id)).contains(&Kind::Estimate)
                || to.events.get(**id).is_some_and(|event| !event.by_hand.is_empty())
                || derived.figures(**id).any(|(_, _, summary)| summary.marks.flagged)
        };
        again.extend(touched.iter().filter(matters).map(|id| Place::Event(*id)));
        if from.methodology.words != to.methodology.words {
            let word = |quantity: &Quantity| matches!(quantity, Quantity::Word(_) | Quantity::Plural);
            let claims = to.claims.iter().filter(|claim| word(&claim.quantity));
            again.extend(claims.map(|claim| Place::Claim(claim.id)));
        }
    }

    /// Looks again at the events whose contents are others, and at the records `again`; `moved` are the records that
    /// came, went, or stand elsewhere.
    fn look_again(
        &mut self,
        step: &Step<'_>,
        derived: &Derived,
        touched: &[EventId],
        (again, moved): (Places, &Places),
    ) {
        let Step { from, to, .. } = *step;
        let readers = dataset::readers(to);
        let ground = Ground { project: to, readers: &readers, derived, related: &self.related };
        // What a record has that stays where it is is mostly what it had.
        let other = |place: Place, kinds: Box<[Kind]>| {
            let other = *kinds != *self.kinds_of(place) || moved.contains(&place);
            other.then(|| (place, kinds, order(from, place), order(to, place)))
        };
        let of_event = |change: &Change<'_, Event>| {
            let Change::Changed(old, event) = change else { return None };
            let place = Place::Event(event.id);
            // Nothing else was said of it. What was found of claims then stays: to ask them takes most of the time.
            let same = old.when == event.when
                && old.status.counts() == event.status.counts()
                && touched.binary_search(&event.id).is_err();
            let kinds = if same {
                let stay = self.kinds_of(place).iter().copied().filter(|kind| Kind::OF_CLAIMS.contains(kind));
                in_order(kinds_of(ground.beside_claims(event)).chain(stay))
            } else {
                in_order(kinds_of(ground.of_event(event)))
            };
            other(place, kinds)
        };
        let of_other = |place: &Place| {
            let done = matches!(place, Place::Event(id) if from.events.get(*id) != to.events.get(*id));
            if done && !moved.contains(place) { None } else { other(*place, in_order(kinds_of(ground.of(*place)))) }
        };
        let again: Vec<Place> = again.into_iter().collect();
        let of_events = step.events.par_iter().with_min_len(MANY).filter_map(of_event);
        let others = again.par_iter().with_min_len(MANY).filter_map(of_other);
        let found: Vec<(Place, Box<[Kind]>, Line, Line)> = of_events.chain(others).collect();
        let mut gone: Vec<(Kind, Line)> = Vec::new();
        let mut come: Vec<(Kind, Line)> = Vec::new();
        for (place, kinds, before, now) in found {
            gone.extend(self.kinds_of(place).iter().map(|kind| (*kind, before)));
            come.extend(kinds.iter().map(|kind| (*kind, now)));
            self.put(place, kinds);
        }
        if gone.len() + come.len() > MANY {
            self.mend_all(&gone, &come);
        } else {
            self.mend(&gone, &come);
        }
    }

    fn mend(&mut self, gone: &[(Kind, Line)], come: &[(Kind, Line)]) {
        for (kind, line) in gone {
            let list = &mut self.lists[*kind as usize];
            if let Ok(at) = list.binary_search(line) {
                list.remove(at);
            }
        }
        for (kind, line) in come {
            let list = &mut self.lists[*kind as usize];
            let at = list.partition_point(|other| other < line);
            list.insert(at, *line);
        }
    }

    fn mend_all(&mut self, gone: &[(Kind, Line)], come: &[(Kind, Line)]) {
        for kind in Kind::ALL {
            let of_kind = |changes: &[(Kind, Line)]| -> Vec<Line> {
                changes.iter().filter(|(other, _)| other == kind).map(|(_, line)| *line).collect()
            };
            let (gone, come) = (of_kind(gone), of_kind(come));
            let list = &mut self.lists[*kind as usize];
            if !gone.is_empty() {
                // All lines of a record that changed go; those that it has now come anew.
                let gone: HashSet<Line> = gone.into_iter().collect();
                list.retain(|line| !gone.contains(line));
            }
            if !come.is_empty() {
                list.extend(come);
                list.par_sort();
            }
        }
    }
}

/// Two are equal when they tell the same problems of the same records in the same order.
impl PartialEq for Problems {
    fn eq(&self, other: &Self) -> bool {
        self.of.len() == other.of.len()
            && self.places().all(|place| self.kinds_of(place) == other.kinds_of(place))
            && Kind::ALL.iter().all(|kind| self.records(*kind).eq(other.records(*kind)))
    }
}

impl Problems {
    /// The records of a kind, as often as they have it.
    fn records(&self, kind: Kind) -> impl Iterator<Item = Place> + '_ {
        self.lists.get(kind as usize).into_iter().flatten().map(|line| line.2)
    }
}

fn kinds_of(findings: Findings) -> impl Iterator<Item = Kind> {
    findings.0.into_iter().map(|problem| problem.kind)
}

fn in_order(kinds: impl Iterator<Item = Kind>) -> Box<[Kind]> {
    let mut kinds: Box<[Kind]> = kinds.collect();
    kinds.sort_unstable();
    kinds
}

/// Notes the records that differ, and of those the ones that came, went, or stand elsewhere.
fn changed<'a, R: Record + 'a>(
    changes: impl Iterator<Item = Change<'a, R>>,
    place: impl Fn(R::Id) -> Place,
    (again, moved): &mut (&mut Places, &mut Places),
) {
    for change in changes {
        match change {
            Change::Added(record) | Change::Removed(record) => {
                again.insert(place(record.id()));
                moved.insert(place(record.id()));
            }
            Change::Changed(_, record) => drop(again.insert(place(record.id()))),
        }
    }
}

/// What points at records that came, went, or have another text.
fn pointing(step: &Step<'_>, derived: &Derived, again: &mut Places) {
    let Step { from, to, .. } = *step;
    let mut notes = |subject: Subject| again.extend(derived.notes_about(subject).iter().map(|id| Place::Note(*id)));
    for (gone, come) in from.articles.changes(&to.articles).map(both) {
        if let (None, Some(article)) | (Some(article), None) = (gone, come) {
            notes(Subject::Article(article.id));
        }
    }
    for (gone, come) in from.claims.changes(&to.claims).map(both) {
        if let (None, Some(claim)) | (Some(claim), None) = (gone, come) {
            notes(Subject::Claim(claim.id));
        }
    }
    for (gone, come) in step.events.iter().copied().map(both) {
        if let (None, Some(event)) | (Some(event), None) = (gone, come) {
            notes(Subject::Event(event.id));
        }
    }
    for (gone, come) in step.events.iter().copied().map(both) {
        if let (None, Some(event)) | (Some(event), None) = (gone, come) {
            again.extend(derived.claims_of(event.id).map(Place::Claim));
        }
    }
    for (gone, come) in from.articles.changes(&to.articles).map(both) {
        let same = gone.zip(come).is_some_and(|(gone, come)| gone.text == come.text);
        if let Some(article) = gone.or(come).filter(|_| !same) {
            again.extend(derived.claims_in(article.id).iter().map(|id| Place::Claim(*id)));
        }
    }
}

/// Events of kinds that the codebook lost or learnt.
fn with_other_kinds(from: &Project, to: &Project, derived: &Derived, again: &mut Places) {
    let (before, now) = (&from.about.codebook, &to.about.codebook);
    if before.kinds == now.kinds {
        return;
    }
    let table = derived.columnar();
    let words = table.words(TextField::Kind);
    let knows = |terms: &[crate::model::Term], word: &str| terms.iter().any(|term| &*term.name == word);
    let others: Vec<bool> = words.texts().map(|word| knows(&before.kinds, word) != knows(&now.kinds, word)).collect();
    let slots = table.order().iter().filter(|slot| others[words.codes()[**slot as usize] as usize]);
    again.extend(slots.map(|slot| Place::Event(table.id(*slot))));
}
