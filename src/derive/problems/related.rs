//! What records are to each other, as far as problems follow from it: rings of claims, summaries of events, articles of
//! one text, events that look alike. It follows edits, and says which records must be looked at again.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

use foldhash::fast::{FixedState, RandomState};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::model::{Article, ArticleId, Change, Claim, ClaimId, Event, EventId, Project, Scope, same_text};

use super::Place;
use super::index::Places;
use crate::derive::index::{SHARE, Step};

/// A text as its hash: equal texts of articles are found by it.
type TextHash = [u8; 32];

/// What records are to each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Related {
    /// The claims that come on top of another, and on which.
    on_top: HashMap<ClaimId, ClaimId>,
    rings: HashSet<ClaimId>,
    /// The claims that rest on each claim.
    resting: HashMap<ClaimId, BTreeSet<ClaimId>>,
    /// The events that cover others.
    summaries: HashSet<EventId>,
    /// The summaries that count, in the order of the project, by what they cover.
    covering: HashMap<EventId, Vec<EventId>>,
    texts: HashMap<ArticleId, TextHash>,
    same: HashMap<TextHash, BTreeSet<ArticleId>>,
    /// Events by what they look like; most are alone.
    alike: HashMap<u64, Alike, RandomState>,
}

#[derive(Debug, Clone)]
enum Alike {
    One(EventId),
    Many(BTreeSet<EventId>),
}

impl Related {
    pub(super) fn from_scratch(project: &Project) -> Self {
        let mut new = Self::default();
        for claim in project.claims.iter() {
            new.take_claim(claim);
        }
        new.rings = new.find_rings();
        new.summaries = project.events.iter().filter(|event| !event.covers.is_empty()).map(|event| event.id).collect();
        new.cover(project);
        let articles: Vec<&Article> = project.articles.iter().map(|article| &**article).collect();
        let hashes: Vec<Option<TextHash>> = articles.par_iter().map(|article| hash_of(article)).collect();
        for (article, hash) in articles.iter().zip(hashes) {
            new.take_text(article.id, hash);
        }
        let events: Vec<&Event> = project.events.iter().map(|event| &**event).collect();
        let looks: Vec<Option<u64>> = events.par_iter().map(|event| look_of(event)).collect();
        new.alike.reserve(looks.iter().flatten().count());
        for (event, look) in events.iter().zip(looks) {
            look.into_iter().for_each(|look| new.take_look(event.id, look));
        }
        new
    }

    /// Whether a claim stands in a ring of claims that come on top of each other.
    pub(super) fn is_in_ring(&self, claim: ClaimId) -> bool {
        self.rings.contains(&claim)
    }

    /// The summaries that count and cover an event, in the order of the project.
    pub(super) fn summaries_of(&self, event: EventId) -> &[EventId] {
        self.covering.get(&event).map_or(&[], Vec::as_slice)
    }

    /// The first article with the text of this one, where that is another one.
    pub(super) fn first_of_text(&self, project: &Project, article: ArticleId) -> Option<ArticleId> {
        let same = self.same.get(self.texts.get(&article)?)?;
        let first = same.iter().min_by_key(|id| project.articles.place(**id))?;
        (*first != article).then_some(*first)
    }

    /// Another event that counts and has the title, date and place of this one: the first, or the second of the first.
    pub(super) fn twin_of(&self, project: &Project, event: &Event) -> Option<EventId> {
        let Alike::Many(alike) = self.alike.get(&look_of(event)?)? else { return None };
        let others = alike.iter().filter(|id| **id != event.id);
        let same = others.filter(|id| project.events.get(**id).is_some_and(|other| look_alike(event, other)));
        same.min_by_key(|id| project.events.place(**id)).copied()
    }

    fn take_claim(&mut self, claim: &Claim) {
        match claim.scope {
            Scope::AdditionalTo(base) => {
                self.on_top.insert(claim.id, base);
                self.resting.entry(base).or_default().insert(claim.id);
            }
            Scope::PartOf(Some(base)) => drop(self.resting.entry(base).or_default().insert(claim.id)),
            _ => {}
        }
    }

    fn drop_claim(&mut self, claim: &Claim) {
        self.on_top.remove(&claim.id);
        if let Scope::AdditionalTo(base) | Scope::PartOf(Some(base)) = claim.scope {
            take_out(&mut self.resting, &base, &claim.id);
        }
    }

    /// The claims that come on top of each other in a ring. Each claim is walked over once.
    fn find_rings(&self) -> HashSet<ClaimId> {
        let (mut seen, mut rings) = (HashSet::new(), HashSet::new());
        for start in self.on_top.keys() {
            let mut path = Vec::new();
            let mut at = Some(*start);
            while let Some(id) = at.filter(|id| seen.insert(*id)) {
                path.push(id);
                at = self.on_top.get(&id).copied();
            }
            // It ended at a claim of this very walk: that is a ring.
            let first = at.and_then(|end| path.iter().position(|id| *id == end));
            rings.extend(first.and_then(|first| path.get(first..)).unwrap_or_default());
        }
        rings
    }

    fn cover(&mut self, project: &Project) {
        self.covering.clear();
        let mut summaries: Vec<&Event> =
            self.summaries.iter().filter_map(|id| project.events.get(*id)).map(|event| &**event).collect();
        summaries.retain(|event| event.status.counts());
        summaries.sort_by_key(|event| project.events.place(event.id));
        for event in summaries {
            for covered in &event.covers {
                self.covering.entry(*covered).or_default().push(event.id);
            }
        }
    }

    fn take_text(&mut self, id: ArticleId, hash: Option<TextHash>) {
        if let Some(hash) = hash {
            self.texts.insert(id, hash);
            self.same.entry(hash).or_default().insert(id);
        }
    }

    fn drop_text(&mut self, id: ArticleId) {
        if let Some(hash) = self.texts.remove(&id) {
            take_out(&mut self.same, &hash, &id);
        }
    }

    fn take_look(&mut self, id: EventId, look: u64) {
        match self.alike.entry(look) {
            Entry::Vacant(none) => drop(none.insert(Alike::One(id))),
            Entry::Occupied(some) => {
                let alike = some.into_mut();
                match alike {
                    Alike::One(other) => *alike = Alike::Many([*other, id].into()),
                    Alike::Many(ids) => drop(ids.insert(id)),
                }
            }
        }
    }

    fn drop_look(&mut self, id: EventId, look: u64) {
        let Entry::Occupied(mut some) = self.alike.entry(look) else { return };
        let left = match some.get_mut() {
            Alike::One(one) => (*one != id).then_some(*one),
            Alike::Many(ids) => {
                ids.remove(&id);
                if ids.len() > 1 {
                    return;
                }
                ids.pop_first()
            }
        };
        match left {
            Some(one) => drop(some.insert(Alike::One(one))),
            None => drop(some.remove()),
        }
    }

    /// The others of this look.
    fn look_alikes(&self, id: EventId, look: u64) -> impl Iterator<Item = EventId> + '_ {
        let (one, many) = match self.alike.get(&look) {
            Some(Alike::One(one)) => (Some(*one), None),
            Some(Alike::Many(many)) => (None, Some(many)),
            None => (None, None),
        };
        one.into_iter().chain(many.into_iter().flatten().copied()).filter(move |other| *other != id)
    }

    /// From one snapshot to the next. Gives the records, beside those that changed themselves, whose problems may be
    /// others now because of what they are to those that changed.
    pub(super) fn advance(&mut self, step: &Step<'_>) -> Places {
        let mut again = Places::default();
        self.advance_claims(step.from, step.to, &mut again);
        self.advance_events(step, &mut again);
        self.advance_articles(step.from, step.to, &mut again);
        again
    }

    fn advance_claims(&mut self, from: &Project, to: &Project, again: &mut Places) {
        let changes: Vec<_> = from.claims.changes(&to.claims).map(both).collect();
        let (gone, come) =
            (|| changes.iter().filter_map(|change| change.0), || changes.iter().filter_map(|change| change.1));
        for claim in gone().chain(come()) {
            again.extend(self.resting.get(&claim.id).into_iter().flatten().map(|id| Place::Claim(*id)));
        }
        gone().for_each(|claim| self.drop_claim(claim));
        come().for_each(|claim| self.take_claim(claim));
        if gone().chain(come()).any(|claim| matches!(claim.scope, Scope::AdditionalTo(_))) {
            let rings = self.find_rings();
            again.extend(rings.symmetric_difference(&self.rings).map(|id| Place::Claim(*id)));
            self.rings = rings;
        }
    }

    fn advance_events(&mut self, step: &Step<'_>, again: &mut Places) {
        let changes: Vec<_> = step.events.iter().copied().map(both).collect();
        let gone = || changes.iter().filter_map(|change| change.0);
        let come = || changes.iter().filter_map(|change| change.1);
        // Those that look as before are to others what they were.
        let other = changes.par_iter().with_min_len(SHARE).filter(|change| looks_otherwise(**change));
        let looks: Vec<[Option<(EventId, u64)>; 2]> = other
            .map(|(gone, come)| [gone, come].map(|event| event.and_then(|event| Some((event.id, look_of(event)?)))))
            .collect();
        // One that was put elsewhere goes first and comes then.
        for (id, look) in looks.iter().filter_map(|[gone, _]| *gone) {
            again.extend(self.look_alikes(id, look).map(Place::Event));
            self.drop_look(id, look);
        }
        for (id, look) in looks.iter().filter_map(|[_, come]| *come) {
            again.extend(self.look_alikes(id, look).map(Place::Event));
            self.take_look(id, look);
        }
        for event in gone().filter(|event| !event.covers.is_empty()) {
            self.summaries.remove(&event.id);
        }
        for event in come().filter(|event| !event.covers.is_empty()) {
            self.summaries.insert(event.id);
        }
        if changes.iter().any(|(gone, come)| gone.is_none() != come.is_none()) {
            // What covers an event that comes or goes sees it.
            again.extend(self.summaries.iter().map(|id| Place::Event(*id)));
        }
        if gone().chain(come()).any(|event| !event.covers.is_empty()) {
            again.extend(self.covering.keys().map(|id| Place::Event(*id)));
            self.cover(step.to);
            again.extend(self.covering.keys().chain(&self.summaries).map(|id| Place::Event(*id)));
        }
    }

    fn advance_articles(&mut self, from: &Project, to: &Project, again: &mut Places) {
        let changes: Vec<_> = from.articles.changes(&to.articles).map(both).collect();
        for (gone, come) in &changes {
            let Some(article) = gone.or(*come) else { continue };
            again.extend(self.of_same_text(article.id));
            let same_text = gone.zip(*come).is_some_and(|(gone, come)| gone.text == come.text);
            if !same_text && gone.is_some() {
                self.drop_text(article.id);
            }
        }
        for article in changes.iter().filter_map(|change| change.1) {
            if !self.texts.contains_key(&article.id) {
                self.take_text(article.id, hash_of(article));
            }
            again.extend(self.of_same_text(article.id));
        }
        if changes.iter().any(|(gone, come)| gone.is_none() != come.is_none()) {
            let corrections = to.articles.iter().filter(|article| article.corrects.is_some());
            again.extend(corrections.map(|article| Place::Article(article.id)));
        }
    }

    fn of_same_text(&self, article: ArticleId) -> impl Iterator<Item = Place> + '_ {
        let same = self.texts.get(&article).and_then(|hash| self.same.get(hash));
        same.into_iter().flatten().map(|id| Place::Article(*id))
    }
}

/// What was there and what is there.
pub(super) fn both<'a, R>(change: Change<'a, R>) -> (Option<&'a R>, Option<&'a R>) {
    match change {
        Change::Added(new) => (None, Some(new)),
        Change::Removed(old) => (Some(old), None),
        Change::Changed(old, new) => (Some(old), Some(new)),
    }
}

fn take_out<K: Hash + Eq, V: Ord>(sets: &mut HashMap<K, BTreeSet<V>>, key: &K, value: &V) {
    if let Some(set) = sets.get_mut(key) {
        set.remove(value);
        if set.is_empty() {
            sets.remove(key);
        }
    }
}

fn hash_of(article: &Article) -> Option<TextHash> {
    (!article.text.trim().is_empty()).then(|| Sha256::digest(article.text.as_bytes()).into())
}

/// A number of title, date and place. `None` of an event that does not count, or lacks a title or a date.
fn look_of(event: &Event) -> Option<u64> {
    let when = event.when.filter(|_| event.status.counts() && !event.title.trim().is_empty())?;
    Some(FixedState::default().hash_one((&*event.title, when, &*event.location.name)))
}

/// Whether an event came, went, or may look like others than before.
fn looks_otherwise(change: (Option<&Event>, Option<&Event>)) -> bool {
    match change {
        (Some(old), Some(new)) => !look_alike(old, new) || old.status.counts() != new.status.counts(),
        _ => true,
    }
}

fn look_alike(a: &Event, b: &Event) -> bool {
    same_text(&a.title, &b.title) && a.when == b.when && same_text(&a.location.name, &b.location.name)
}
