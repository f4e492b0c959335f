//! The toll of all events as it became known: by the project's method, and speaker by speaker.
//!
//! Both are sums as `totals` makes them, at every moment of the claims known by then. What a speaker had said is what
//! the claims of that voice alone give, event by event: its newest numbers. Speakers overlap; they are never added up.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::dataset;
use crate::derive::columnar::Flag;
use crate::derive::figures::Value;
use crate::derive::totals::{Counts, Covers, Rolling, Sums};
use crate::derive::{Derived, wording};
use crate::model::{Claim, Class, Event, EventId, Measure, Method, Methodology, Project};

use super::course::Course;
use super::{Known, Step, known_from};

/// How many events are worked out between two looks at whether to go on.
const BATCH: usize = 16_384;

/// Of what the toll is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is counted.
    pub measure: Measure,
    /// Among whom.
    pub class: Class,
    /// Which slots of `derive::columnar` count, as a filter answers; all where it is `None`.
    pub among: Option<Arc<Vec<bool>>>,
}

/// A toll from one moment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TollStep {
    /// From when.
    pub known: Known,
    /// The sums of what was known then.
    pub sums: Sums,
    /// Of how many events only interim numbers were known.
    pub interim: usize,
    /// Of how many events the number rests on suspicions or on a party's counts of its enemy's dead, which beside others
    /// may only raise the high figure: of the total on nothing else, of a speaker in any part.
    pub high_only: usize,
}

/// The toll as it became known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Toll {
    /// A step for every moment from which a claim is known. The last one is the sum of today.
    pub steps: Vec<TollStep>,
}

/// What one speaker had said by and by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The name of the voice in lower case.
    pub key: String,
    /// What a person reads.
    pub name: String,
    /// On how many events this voice gives a number.
    pub events: usize,
    /// The sums of its newest numbers.
    pub steps: Vec<TollStep>,
}

/// What the toll reads again and again.
struct Ledger<'a> {
    project: &'a Project,
    derived: &'a Derived,
    asked: &'a Asked,
    covers: Covers,
    /// How many events are added up.
    events: usize,
}

/// One event's figure from one moment on.
type Change = (Known, EventId, Step);

/// The toll by the method in force. `go_on` is told how far it has come, from 0 to 1; `None` where it said to stop.
pub fn toll(project: &Project, derived: &Derived, asked: &Asked, go_on: &dyn Fn(f32) -> bool) -> Option<Toll> {
    let ledger = Ledger::new(project, derived, asked);
    let changes = ledger.gather(go_on, |event, claims| ledger.steps(event, claims))?;
    let mut steps = ledger.sweep(changes);
    if steps.is_empty() {
        steps.push(TollStep {
            known: Known::SomeTime,
            sums: ledger.rolling(&|_| Counts::Not).sums(),
            interim: 0,
            high_only: 0,
        });
    }
    Some(Toll { steps })
}

/// What each speaker had said by and by, those with the largest numbers first. Works as [`toll`] does.
pub fn by_speaker(
    project: &Project,
    derived: &Derived,
    asked: &Asked,
    go_on: &dyn Fn(f32) -> bool,
) -> Option<Vec<Speaker>> {
    let ledger = Ledger::new(project, derived, asked);
    let sheet = one_voice(&project.methodology);
    let said = ledger.gather(go_on, |event, claims| ledger.voices(event, claims, &sheet))?;
    let mut voices: HashMap<String, (String, Vec<Change>)> = HashMap::new();
    for (key, name, change) in said {
        voices.entry(key).or_insert_with(|| (name, Vec::new())).1.push(change);
    }
    let speaker = |(key, (name, changes)): (String, (String, Vec<Change>))| {
        let given = changes.iter().filter(|(_, _, step)| step.figure.value.range().is_some());
        let events = given.map(|(_, event, _)| *event).collect::<HashSet<_>>().len();
        Speaker { key, name, events, steps: ledger.sweep(changes) }
    };
    let mut speakers: Vec<Speaker> = voices.into_par_iter().map(speaker).collect();
    let size = |speaker: &Speaker| {
        let sums = speaker.steps.last().map(|step| step.sums).unwrap_or_default();
        (speaker.events > 0, sums.best.unwrap_or(sums.low).max(sums.low), sums.high_at_least)
    };
    speakers.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| a.key.cmp(&b.key)));
    Some(speakers)
}

/// The method sheet for a voice that is heard alone: rules that choose among voices have nothing to choose.
fn one_voice(sheet: &Methodology) -> Methodology {
    Methodology { method: Method::default(), methods: std::collections::BTreeMap::new(), ..sheet.clone() }
}

impl<'a> Ledger<'a> {
    fn new(project: &'a Project, derived: &'a Derived, asked: &'a Asked) -> Self {
        let mut new = Self { project, derived, asked, covers: Covers::of(project), events: 0 };
        new.events = project.events.iter().filter(|event| new.counts(event.id) == Counts::Added).count();
        new
    }

    fn counts(&self, event: EventId) -> Counts {
        let table = self.derived.columnar();
        let Some(slot) = table.slot(event) else { return Counts::Not };
        let excluded = table.flags()[slot as usize] & Flag::Excluded.bit() != 0;
        let asked = self.asked.among.as_ref().is_none_or(|marked| marked.get(slot as usize).is_some_and(|is| *is));
        match (excluded, asked) {
            (true, _) => Counts::Not,
            (false, true) => Counts::Added,
            (false, false) => Counts::Beside,
        }
    }

    /// What `work` makes of every event that counts and of its claims on the measure, on all cores.
    fn gather<T: Send>(
        &self,
        go_on: &dyn Fn(f32) -> bool,
        work: impl Fn(&'a Event, &[&Claim]) -> Vec<T> + Sync,
    ) -> Option<Vec<T>> {
        let events: Vec<&Event> = self.project.events.iter().map(|event| &**event).collect();
        let readers = dataset::readers(self.project);
        let mut all = Vec::new();
        for (done, batch) in events.chunks(BATCH).enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a share of what is to be done")]
            if !go_on((done * BATCH) as f32 / events.len() as f32) {
                return None;
            }
            let of_event = |event: &&'a Event| {
                let of_row = readers.untouched(self.project, event);
                let claims = self.stored(event).chain(&of_row).filter(|claim| claim.measure == self.asked.measure);
                let claims: Vec<&Claim> = claims.collect();
                let spoken = !claims.is_empty() || event.by_hand.iter().any(|hand| hand.measure == self.asked.measure);
                if spoken && self.counts(event.id) != Counts::Not { work(event, &claims) } else { Vec::new() }
            };
            all.extend(batch.par_iter().flat_map_iter(of_event).collect::<Vec<T>>());
        }
        go_on(1.0).then_some(all)
    }

    /// The claims about an event that are stored.
    fn stored(&self, event: &Event) -> impl Iterator<Item = &'a Claim> {
        let claims = self.derived.claims_of(event.id).filter_map(|id| self.project.claims.get(id));
        claims.map(|claim| &**claim)
    }

    fn course<'b>(&self, event: &'b Event, claims: &[&'b Claim]) -> Course<'b>
    where
        'a: 'b,
    {
        Course::of(self.project, event, &self.asked.measure, claims.iter().copied())
    }

    /// The steps of the figure of one event.
    fn steps(&self, event: &'a Event, claims: &[&Claim]) -> Vec<Change> {
        let last = self.derived.figure(event.id, &self.asked.measure, &self.asked.class);
        if let Some(known) = self.at_once(event, claims) {
            let high_only = last.marks.high_only;
            return vec![(known, event.id, Step { known, figure: last, interim: false, high_only })];
        }
        let steps = self.course(event, claims).steps(&self.asked.class, &self.project.methodology, Some(last));
        steps.into_iter().map(|step| (step.known, event.id, step)).collect()
    }

    /// The moment from which all is known of an event that did not last and has no figure by hand: then nothing has to
    /// be worked out again.
    fn at_once(&self, event: &Event, claims: &[&Claim]) -> Option<Known> {
        let (first, rest) = claims.split_first()?;
        let known = known_from(self.project, first);
        let plain = event.by_hand.is_empty() && !event.when.is_some_and(|when| when.lasted_throughout());
        (plain && rest.iter().all(|claim| known_from(self.project, claim) == known)).then_some(known)
    }

    /// The steps of what each voice said of one event, with key and name of the voice.
    fn voices(&self, event: &'a Event, claims: &[&Claim], sheet: &Methodology) -> Vec<(String, String, Change)> {
        let course = self.course(event, claims);
        let keys: BTreeSet<&str> = course.statements().iter().map(|statement| statement.group.as_str()).collect();
        let mut all = Vec::new();
        for key in keys {
            let own = course.of_voice(key);
            let Some(first) = own.statements().first() else { continue };
            let name = voice_name(self.project, first.claim);
            // A voice that is alone on an event says what the figure says, where the method has nothing to choose.
            let lone = own.statements().len() == course.statements().len() && !course.has_hands();
            let last = (lone && self.project.methodology.method_for(&self.asked.measure) == Method::default())
                .then(|| self.derived.figure(event.id, &self.asked.measure, &self.asked.class));
            let steps = own.steps(&self.asked.class, sheet, last);
            if steps.iter().any(|step| step.figure.value != Value::NoClaim) {
                all.extend(steps.into_iter().map(|step| (key.to_owned(), name.clone(), (step.known, event.id, step))));
            }
        }
        all
    }

    fn rolling<'b>(&'b self, counts: &'b (dyn Fn(EventId) -> Counts + Sync)) -> Rolling<'b> {
        Rolling::new(&self.covers, counts, self.events, self.project.methodology.missing_best_is_low)
    }

    /// The sums at every moment at which a figure changed.
    fn sweep(&self, mut changes: Vec<Change>) -> Vec<TollStep> {
        changes.sort_unstable_by_key(|(known, event, _)| (*known, *event));
        let counts = |event| self.counts(event);
        let mut rolling = self.rolling(&counts);
        let mut interim: HashSet<EventId> = HashSet::new();
        let mut high_only: HashSet<EventId> = HashSet::new();
        let keep =
            |kept: &mut HashSet<EventId>, event: EventId, is: bool| match is && self.counts(event) == Counts::Added {
                true => drop(kept.insert(event)),
                false => drop(kept.remove(&event)),
            };
        let mut steps = Vec::new();
        for at_once in changes.chunk_by(|a, b| a.0 == b.0) {
            for (_, event, step) in at_once {
                rolling.set(*event, step.figure);
                keep(&mut interim, *event, step.interim);
                keep(&mut high_only, *event, step.high_only);
            }
            let (interim, high_only) = (interim.len(), high_only.len());
            steps.push(TollStep { known: at_once[0].0, sums: rolling.sums(), interim, high_only });
        }
        steps
    }
}

/// What a voice is called: its group, else whoever is named by the claim.
pub(super) fn voice_name(project: &Project, claim: &Claim) -> String {
    match claim.group.trim() {
        "" => wording::speaker(project, claim),
        group => group.to_owned(),
    }
}
