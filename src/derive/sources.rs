//! Who speaks of each event, as one name: what charts are split by source with.
//!
//! The rule, which charts state ([`RULE`]): an event stands under the one source that speaks of the measure; where
//! several do, under the one whose number is the best figure, or under "several sources" where more than one gave it or
//! none did. So every event has one name, and sums by source add up to the whole. A source is the speaker of a claim;
//! where none is named, who published it. Claims that are set aside are no source, and a figure by hand has none.
//!
//! Worked out once for each measure and class of a snapshot and brought forward by difference. Knows no screen.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::credits;
use super::figures::{self, Value};
use super::index::{Derived, Step};
use crate::dataset::{self, Readers};
use crate::model::claim::Scope;
use crate::model::records::Change;
use crate::model::{Claim, Class, Event, EventId, Measure, Project};

/// The rule in a sentence.
pub const RULE: &str = "By source: an event stands under the one source that speaks of it; where several do, under the \
                        one whose number is its best figure, or under “several sources” where more than one gave it or \
                        none did.";

/// The name of what is said by nobody who is named.
pub const NOBODY: u32 = 0;
/// The name of what several gave or nobody gave alone.
pub const SEVERAL: u32 = 1;

/// So many events are worked out between two looks at whether to go on.
const STEP: usize = 32_768;

/// For each slot of `derive::columnar` the number of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    of: Vec<u32>,
}

/// Nobody is named.
impl Default for Sources {
    fn default() -> Self {
        let mut new = Self { names: Vec::new(), numbers: HashMap::new(), of: Vec::new() };
        new.number("");
        new.number("several sources");
        new
    }
}

impl Sources {
    /// The names: first that of nobody, which is empty, then "several sources", then those of sources.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Worked out anew: tenths of a second for hundreds of thousands of events. [`Derived::sources_by_slot`] keeps it.
    pub fn of(project: &Project, derived: &Derived, measure: &Measure, class: &Class) -> Self {
        // Nobody stops it.
        Self::of_while(project, derived, measure, class, &|_| true).unwrap_or_default()
    }

    /// The same; `go_on` hears how far it has come, from 0 to 1, and may give it up: then the answer is `None`.
    pub fn of_while(
        project: &Project,
        derived: &Derived,
        measure: &Measure,
        class: &Class,
        go_on: &dyn Fn(f32) -> bool,
    ) -> Option<Self> {
        let asked = Asked::new(project, derived, measure, class);
        let table = derived.columnar();
        let mut new = Self { of: vec![NOBODY; table.slots()], ..Self::default() };
        let events: Vec<&Event> = project.events.iter().map(|event| &**event).collect();
        let mut done = 0_u16;
        let steps = u16::try_from(events.len().div_ceil(STEP)).unwrap_or(u16::MAX);
        for step in events.chunks(STEP) {
            if !go_on(f32::from(done) / f32::from(steps)) {
                return None;
            }
            done = done.saturating_add(1);
            let found: Vec<(u32, Name)> =
                step.par_iter().filter_map(|event| Some((table.slot(event.id)?, asked.name(event)?))).collect();
            for (slot, name) in found {
                new.put(slot, &name);
            }
        }
        Some(new)
    }

    /// The number of the name of each slot.
    pub fn by_slot(&self) -> &[u32] {
        &self.of
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(SEVERAL);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    fn put(&mut self, slot: u32, name: &Name) {
        let number = match name {
            Name::Nobody => NOBODY,
            Name::Several => SEVERAL,
            Name::Of(name) => self.number(name),
        };
        let slot = slot as usize;
        if slot >= self.of.len() {
            self.of.resize(slot + 1, NOBODY);
        }
        self.of[slot] = number;
    }
}

/// What was worked out for a snapshot, kept until the next one.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Vec<(Measure, Class, Arc<Sources>)>>);

impl Clone for Kept {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.list().clone()))
    }
}

impl Kept {
    /// So many measures and classes are kept: two that are compared, and those before.
    const MOST: usize = 4;

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<(Measure, Class, Arc<Sources>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, measure: &Measure, class: &Class) -> Option<Arc<Sources>> {
        self.list().iter().find(|of| of.0 == *measure && of.1 == *class).map(|of| of.2.clone())
    }

    fn keep(&self, measure: &Measure, class: &Class, new: Arc<Sources>) {
        let mut list = self.list();
        list.retain(|of| of.0 != *measure || of.1 != *class);
        list.truncate(Self::MOST - 1);
        list.insert(0, (measure.clone(), class.clone(), new));
    }

    /// From one snapshot to the next, to which `derived` belongs already; `touched` are the events whose figures were
    /// worked out again.
    pub(super) fn advance(&mut self, step: &Step<'_>, derived: &Derived, touched: &[EventId]) {
        let Step { from, to, .. } = *step;
        let mut list = std::mem::take(self.0.get_mut().unwrap_or_else(PoisonError::into_inner));
        // Other readings, other names of publishers or data sets touch more than can be told one by one.
        let same = Arc::ptr_eq(&from.methodology, &to.methodology)
            && Arc::ptr_eq(&from.datasets, &to.datasets)
            && from.articles.changes(&to.articles).next().is_none();
        if !same || list.is_empty() {
            return;
        }
        let table = derived.columnar();
        // Another date, figure by hand or row is among what was touched.
        let changed = step.events.iter().filter_map(|change| match change {
            Change::Added(event) | Change::Removed(event) => Some(event.id),
            Change::Changed(..) => None,
        });
        let events: Vec<EventId> = touched.iter().copied().chain(changed).collect();
        for (measure, class, sources) in &mut list {
            let asked = Asked::new(to, derived, measure, class);
            let sources = Arc::make_mut(sources);
            for id in &events {
                let (Some(event), Some(slot)) = (to.events.get(*id), table.slot(*id)) else { continue };
                sources.put(slot, &asked.name(event).unwrap_or(Name::Nobody));
            }
            sources.of.resize(table.slots(), NOBODY);
        }
        *self.0.get_mut().unwrap_or_else(PoisonError::into_inner) = list;
    }
}

impl Derived {
    /// The source of each event for a measure and class. Worked out once for a snapshot: tenths of a second for hundreds
    /// of thousands of events, unless [`Derived::knows_sources`].
    pub fn sources_by_slot(&self, project: &Project, measure: &Measure, class: &Class) -> Arc<Sources> {
        self.kept_sources().known(measure, class).unwrap_or_else(|| {
            let new = Arc::new(Sources::of(project, self, measure, class));
            self.keep_sources(measure, class, Arc::clone(&new));
            new
        })
    }

    /// Whether the source of each event for a measure and class was worked out already.
    pub fn knows_sources(&self, measure: &Measure, class: &Class) -> bool {
        self.kept_sources().known(measure, class).is_some()
    }

    /// Keeps what was worked out elsewhere of the same snapshot with the same slots.
    pub fn keep_sources(&self, measure: &Measure, class: &Class, sources: Arc<Sources>) {
        self.kept_sources().keep(measure, class, sources);
    }
}

/// The name of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    Nobody,
    Several,
    Of(String),
}

struct Asked<'a> {
    project: &'a Project,
    derived: &'a Derived,
    measure: &'a Measure,
    class: &'a Class,
    readers: Arc<Readers>,
}

impl<'a> Asked<'a> {
    fn new(project: &'a Project, derived: &'a Derived, measure: &'a Measure, class: &'a Class) -> Self {
        Self { project, derived, measure, class, readers: dataset::readers(project) }
    }

    fn is_meant(&self, measure: &Measure, class: &Class) -> bool {
        measure == self.measure && (*self.class == Class::TOTAL || class == self.class)
    }

    /// `None` where nobody speaks of it.
    fn name(&self, event: &Event) -> Option<Name> {
        let ids = self.derived.claims_of(event.id);
        if ids.is_empty() {
            return None;
        }
        // Rows that name no speaker are not read: all that they state is of their data set.
        let reader = event.source.as_ref().and_then(|source| self.readers.get(source.dataset));
        let origin = reader.filter(|reader| !reader.names_speakers());
        let of_row = |id: &crate::model::ClaimId| !self.project.claims.contains(*id);
        let mut said: Vec<(String, Option<u64>)> = Vec::new();
        let mut of_data_set = false;
        if let Some(reader) = origin {
            of_data_set = ids
                .clone()
                .filter(of_row)
                .any(|id| reader.counted(event.id, id).is_some_and(|(measure, class)| self.is_meant(measure, class)));
        } else if reader.is_some() {
            let stated = self.readers.untouched(self.project, event);
            said.extend(stated.iter().filter_map(|claim| self.said(claim)));
        }
        let stored = ids.filter_map(|id| self.project.claims.get(id));
        said.extend(stored.filter_map(|claim| self.said(claim)));
        if said.is_empty() {
            return of_data_set.then(|| origin.map_or(Name::Nobody, |reader| Name::Of(reader.origin().to_owned())));
        }
        if let Some(reader) = origin.filter(|_| of_data_set) {
            if said.iter().all(|(name, _)| name == reader.origin()) {
                return Some(Name::Of(reader.origin().to_owned()));
            }
            let stated = self.readers.untouched(self.project, event);
            said.extend(stated.iter().filter_map(|claim| self.said(claim)));
        }
        Some(self.one_of(event, &said))
    }

    /// Who says a claim, and which number it gives for what is asked; nobody where it does not count.
    fn said(&self, claim: &Claim) -> Option<(String, Option<u64>)> {
        if claim.aside.is_some() || !self.is_meant(&claim.measure, &claim.class) {
            return None;
        }
        let speaker = claim.speaker.trim();
        let name = if speaker.is_empty() {
            credits::source(self.project, claim).unwrap_or_default()
        } else {
            speaker.to_owned()
        };
        let whole = claim.class == *self.class && claim.scope == Scope::Total;
        let number = if whole { figures::read(claim, &self.project.methodology).pt } else { None };
        Some((name, number))
    }

    fn one_of(&self, event: &Event, said: &[(String, Option<u64>)]) -> Name {
        let named = |name: &str| if name.is_empty() { Name::Nobody } else { Name::Of(name.to_owned()) };
        let Some((first, _)) = said.first() else { return Name::Nobody };
        if said.iter().all(|(name, _)| name == first) {
            return named(first);
        }
        let best = match self.derived.figure(event.id, self.measure, self.class).value {
            Value::Known(range) => range.best,
            Value::Unknown | Value::NoClaim => None,
        };
        let mut gave = said.iter().filter(|(_, number)| number.is_some() && *number == best).map(|(name, _)| name);
        match gave.next() {
            Some(name) if gave.all(|other| other == name) => named(name),
            _ => Name::Several,
        }
    }
}
