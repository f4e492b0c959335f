//! What a table that was read would change in a project, before it does.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::dataset::{self, RowReader, Shared};
use crate::derive::figures::Beneath;
use crate::derive::statements;
use crate::edit::Edit;
use crate::model::dataset::join_rows;
use crate::model::quantity::grouped;
use crate::model::{Claim, ClaimId, Dataset, DatasetId, Event, EventId, LogEntry, Project, SourceRow, Subject, Text};

use super::changes::{Conflict, Field, of_claim, same_numbers};
use super::fit::family;
use super::kinds;
use super::merge::{is_edited, merge};
use super::read::{Incoming, Taken, named};
use super::release;
use super::report::Report;

/// What happens to events of an older release that the file does not have any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Missing {
    /// They go where the file has most of that release, and stay where it holds something else, such as another country.
    #[default]
    Auto,
    /// They stay.
    Keep,
    /// They go.
    Remove,
}

/// What a person wants of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// What happens to events that the file does not have any more.
    pub missing: Missing,
    /// Whether the file wins over the analyst everywhere.
    pub theirs: bool,
    /// Events on which the file wins over the analyst.
    pub theirs_on: HashSet<EventId>,
}

impl Wishes {
    fn theirs(&self, event: EventId) -> bool {
        self.theirs || self.theirs_on.contains(&event)
    }
}

/// What an import would do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Events that are new.
    pub added: Vec<Arc<Event>>,
    /// Events as they become: with other contents.
    pub changed: Vec<Event>,
    /// Events whose contents stay and whose row is one of the new file now.
    pub moved: Vec<Event>,
    /// Events that go.
    pub removed: Vec<EventId>,
    /// Where the file and the analyst disagree.
    pub conflicts: Vec<Conflict>,
    /// Events with a figure by hand whose claims give something else now.
    pub hands: Vec<EventId>,
    /// What is told of it.
    pub report: Report,
    /// Claims of rows that an analyst changed and that the file wins over.
    restored: Vec<Claim>,
    datasets: Vec<Dataset>,
    mappings: Vec<crate::model::Mapping>,
    log: Option<LogEntry>,
}

/// Rows between two questions whether to go on.
const BATCH: usize = 2048;

/// Compares what was read with a project. `go_on` is told how many rows are done and says whether to go on. `None` where
/// it says no.
pub fn plan(
    project: &Project,
    incoming: Incoming,
    wishes: &Wishes,
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Plan> {
    let Incoming { dataset, mapping, taken, report } = incoming;
    let known = project.datasets.iter().find(|old| is_same_file(old, &dataset));
    let dataset = known.cloned().unwrap_or(dataset);
    let mut work = Work {
        project,
        wishes,
        there: There::of(project, family(&dataset.mapping)),
        to: RowReader::new(&dataset, &mapping),
        dataset: &dataset,
        out: Plan {
            added: Vec::with_capacity(if project.datasets.is_empty() { taken.len() } else { 0 }),
            changed: Vec::new(),
            moved: Vec::new(),
            removed: Vec::new(),
            conflicts: Vec::new(),
            hands: Vec::new(),
            report,
            restored: Vec::new(),
            datasets: Vec::new(),
            mappings: Vec::new(),
            log: None,
        },
        seen: HashSet::new(),
        from: BTreeMap::new(),
    };
    for (n, one) in taken.into_iter().enumerate() {
        if n % BATCH == 0 && !go_on(n) {
            return None;
        }
        work.take(one);
    }
    work.look_for_missing();
    work.tell_releases();
    let Work { mut out, .. } = work;
    out.finish(project, dataset, mapping);
    part_from_file(&mut out);
    Some(out)
}

/// Whether a file was imported as this data set, and is read in the same way now.
fn is_same_file(old: &Dataset, new: &Dataset) -> bool {
    old.sha256 == new.sha256
        && (&old.mapping, old.mapping_version) == (&new.mapping, new.mapping_version)
        && old.columns == new.columns
        && old.layout == new.layout
}

/// The events of a project that came from the same data.
struct There<'p> {
    /// By source ids that are not the event's first: those of merged events, and ids that somebody typed.
    named: HashMap<&'p str, EventId>,
    /// Data sets of the same data.
    datasets: HashMap<DatasetId, &'p Dataset>,
    readers: HashMap<DatasetId, RowReader>,
    /// Claims of rows that an analyst changed, and events with claims of the analyst's own.
    claims: HashMap<EventId, Vec<ClaimId>>,
    noted: HashSet<EventId>,
}

impl<'p> There<'p> {
    fn of(project: &'p Project, of: &str) -> Self {
        let same = project.datasets.iter().filter(|dataset| family(&dataset.mapping) == of);
        let datasets: HashMap<DatasetId, &Dataset> = same.map(|dataset| (dataset.id, dataset)).collect();
        let mut named = HashMap::new();
        for event in project.events.iter() {
            let with_row = event.source.as_ref().is_some_and(|source| datasets.contains_key(&source.dataset));
            // The first is that of its own row.
            for id in event.source_ids.iter().skip(usize::from(with_row)) {
                named.insert(&**id, event.id);
            }
        }
        let readers =
            datasets.values().filter_map(|dataset| Some((dataset.id, dataset::reader_of(project, dataset)?))).collect();
        let mut claims: HashMap<EventId, Vec<ClaimId>> = HashMap::new();
        for claim in project.claims.iter() {
            claims.entry(claim.event).or_default().push(claim.id);
        }
        let subjects = project.notes.iter().flat_map(|note| &note.about);
        let noted = subjects.filter_map(|subject| match subject {
            Subject::Event(id) => Some(*id),
            _ => None,
        });
        Self { named, datasets, readers, claims, noted: noted.collect() }
    }
}

struct Work<'p> {
    project: &'p Project,
    wishes: &'p Wishes,
    there: There<'p>,
    /// Reads rows of the new file.
    to: RowReader,
    dataset: &'p Dataset,
    out: Plan,
    /// Events of the project that the file has.
    seen: HashSet<EventId>,
    /// How many of them had their row from another release until now.
    from: BTreeMap<DatasetId, u64>,
}

impl<'p> Work<'p> {
    fn take(&mut self, one: Taken) {
        let Taken { event: mut new, line } = one;
        if let Some(source) = new.source.as_ref().filter(|source| source.dataset != self.dataset.id) {
            let source = source.of_dataset(self.dataset.id);
            Arc::make_mut(&mut new).source = Some(source);
        }
        let project = self.project;
        match project.events.get(new.id) {
            Some(mine) => match self.of_same_data(mine) {
                Some(old) => self.compare(old, mine, &new, line),
                None => self.skip("its event in the project is made from other data now", line),
            },
            None => {
                let first = new.source_ids.first().and_then(|id| self.there.named.get(&**id));
                match first {
                    Some(_) => self.skip("the project has it already, as a part of another event", line),
                    None => {
                        self.out.report.outcome.added += 1;
                        self.out.added.push(new);
                    }
                }
            }
        }
    }

    fn skip(&mut self, what: &str, line: u64) {
        self.out.report.skip(what, line);
    }

    /// The data set of an event, where it is the same data as the file.
    fn of_same_data(&self, event: &Event) -> Option<&'p Dataset> {
        event.source.as_ref().and_then(|source| self.there.datasets.get(&source.dataset)).copied()
    }

    fn compare(&mut self, old: &'p Dataset, mine: &'p Event, new: &Event, line: u64) {
        self.seen.insert(mine.id);
        if release::compare(&self.dataset.version, &old.version).is_some_and(std::cmp::Ordering::is_lt) {
            self.skip(&format!("the project has it from a newer release, {}", named(old)), line);
            return;
        }
        if mine.source == new.source {
            self.out.report.outcome.unchanged += 1;
            return;
        }
        *self.from.entry(old.id).or_default() += 1;
        let same_row = self.same_reading(old)
            && mine.source.as_ref().map(SourceRow::row) == new.source.as_ref().map(SourceRow::row);
        if same_row {
            self.out.report.outcome.unchanged += 1;
            self.out.moved.push(Event { source: new.source.clone(), ..mine.clone() });
            return;
        }
        self.bring_up(mine, new, line);
    }

    /// Whether rows of a data set are read as those of the file are.
    fn same_reading(&self, old: &Dataset) -> bool {
        let Dataset { mapping, mapping_version, columns, layout, .. } = old;
        let signs = |layout: &crate::model::Layout| (layout.delimiter, layout.quote);
        (mapping, mapping_version) == (&self.dataset.mapping, &self.dataset.mapping_version)
            && *columns == self.dataset.columns
            && signs(layout) == signs(&self.dataset.layout)
    }

    fn bring_up(&mut self, mine: &Event, new: &Event, line: u64) {
        let (old, before) = self.stated(mine);
        let after = new.source.as_ref().map_or_else(Vec::new, |source| self.to.claims(mine.id, source.row()));
        let (mut merged, mut fields) = merge(&old, mine, new);
        let other_claims = !same_numbers(&before, &after);
        let touched = if other_claims { self.touched_claims(mine.id, &before, &after) } else { Vec::new() };
        fields.extend(touched.iter().flat_map(|(fields, _)| fields.clone()));
        if !fields.is_empty() {
            if self.wishes.theirs(mine.id) {
                merged = Event { by_hand: mine.by_hand.clone(), status: mine.status.clone(), ..taken_over(mine, new) };
                self.out.restored.extend(touched.into_iter().filter_map(|(_, claim)| claim));
            }
            let name = mine.name().to_owned();
            self.out.conflicts.push(Conflict { event: mine.id, name, line, fields });
        }
        if other_claims && self.set_over(&mut merged, mine, &before, &after) {
            self.out.hands.push(mine.id);
        }
        let changed = other_claims || Event { source: mine.source.clone(), ..merged.clone() } != *mine;
        if changed {
            self.out.report.outcome.changed += 1;
            self.out.changed.push(merged);
        } else {
            self.out.report.outcome.unchanged += 1;
            self.out.moved.push(merged);
        }
    }

    /// Notes at figures by hand what the claims gave before the file, where nobody noted it yet: from then on it can be
    /// told that they changed. Whether one of the figures stands over other claims now.
    fn set_over(&self, merged: &mut Event, mine: &Event, before: &[Claim], after: &[Claim]) -> bool {
        if merged.by_hand.is_empty() {
            return false;
        }
        let (gave, give) = (self.beneath(mine, before), self.beneath(merged, after));
        for hand in &mut merged.by_hand {
            hand.claims_gave = hand.claims_gave.take().or_else(|| gave.gives(&hand.measure, &hand.class));
        }
        merged.by_hand.iter().any(|hand| give.changed(hand))
    }

    /// What the claims on an event give where its row states these: of a claim of the row that the analyst changed, the
    /// analyst's counts.
    fn beneath(&self, event: &Event, of_row: &[Claim]) -> Beneath {
        let ids = self.there.claims.get(&event.id).map_or(&[][..], |ids| &ids[..]);
        let own = ids.iter().filter_map(|id| self.project.claims.get(*id)).map(|claim| &**claim);
        let of_row = of_row.iter().filter(|claim| !ids.contains(&claim.id));
        Beneath::of(event.when.as_ref(), &statements(self.project, own.chain(of_row)))
    }

    /// What the present row of an event states. Where nobody knows how to read it, what it has is what was stated.
    fn stated(&self, mine: &Event) -> (Event, Vec<Claim>) {
        let source = mine.source.as_ref();
        let reader = source.and_then(|source| self.there.readers.get(&source.dataset));
        match (source, reader) {
            (Some(source), Some(reader)) => {
                let event = reader.event(mine.id, source.clone(), &mut Shared::default(), &mut Vec::new());
                (event, reader.claims(mine.id, source.row()))
            }
            _ => (mine.clone(), Vec::new()),
        }
    }

    /// Claims of the row that an analyst changed and that the new row states otherwise, with what it states.
    fn touched_claims(&self, event: EventId, before: &[Claim], after: &[Claim]) -> Vec<(Vec<Field>, Option<Claim>)> {
        let ids = self.there.claims.get(&event).map_or(&[][..], |ids| &ids[..]);
        let find = |claims: &[Claim], id: ClaimId| claims.iter().find(|claim| claim.id == id).cloned();
        ids.iter()
            .filter_map(|id| {
                let mine = self.project.claims.get(*id)?;
                let (old, new) = (find(before, *id)?, find(after, *id));
                let fields = of_claim(mine, &old, new.as_ref());
                (!fields.is_empty()).then_some((fields, new))
            })
            .collect()
    }

    /// Events of older releases that the file does not have.
    fn look_for_missing(&mut self) {
        let mut of: HashMap<DatasetId, (usize, Vec<&'p Event>)> = HashMap::new();
        for event in self.project.events.iter() {
            let Some(dataset) = self.of_same_data(event) else { continue };
            let (seen, gone) = of.entry(dataset.id).or_default();
            if self.seen.contains(&event.id) {
                *seen += 1;
            } else {
                gone.push(event);
            }
        }
        for (id, (seen, gone)) in of {
            let Some(dataset) = self.there.datasets.get(&id).copied() else { continue };
            let newer = release::compare(&self.dataset.version, &dataset.version).is_none_or(std::cmp::Ordering::is_ge);
            let replaces = match self.wishes.missing {
                Missing::Keep => false,
                Missing::Remove => true,
                Missing::Auto => seen > 0 && seen >= gone.len(),
            };
            if newer && replaces && id != self.dataset.id {
                self.remove(&gone);
            }
        }
    }

    /// Says which releases the file takes the place of: nobody should fear that an event is counted twice.
    fn tell_releases(&mut self) {
        let told = self.from.iter().filter_map(|(id, events)| {
            let old = named(self.there.datasets.get(id)?);
            Some(match events {
                1 => {
                    format!("1 event of {old} is in this file, too: it stays one event, and counts as the file has it")
                }
                n => format!(
                    "{} events of {old} are in this file, too: each stays one event, and counts as the file has it",
                    grouped(*n)
                ),
            })
        });
        let told: Vec<String> = told.collect();
        self.out.report.remarks.extend(told);
    }

    fn remove(&mut self, gone: &[&'p Event]) {
        let edited: Vec<bool> = gone.par_iter().map(|event| self.is_worked_on(event)).collect();
        for (event, edited) in gone.iter().zip(edited) {
            if edited && !self.wishes.theirs(event.id) {
                let name = event.name().to_owned();
                self.out.conflicts.push(Conflict { event: event.id, name, line: 0, fields: Vec::new() });
            } else {
                self.out.report.outcome.removed += 1;
                self.out.removed.push(event.id);
            }
        }
    }

    /// Whether an analyst did anything to an event.
    fn is_worked_on(&self, event: &Event) -> bool {
        self.there.noted.contains(&event.id)
            || self.there.claims.contains_key(&event.id)
            || is_edited(&self.stated(event).0, event)
    }
}

/// The new row's event in the place of the analyst's.
fn taken_over(mine: &Event, new: &Event) -> Event {
    Event { covers: mine.covers.clone(), sensitive: mine.sensitive, ..new.clone() }
}

impl Plan {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.moved.is_empty() && self.removed.is_empty()
    }

    fn finish(&mut self, project: &Project, dataset: Dataset, mapping: crate::model::Mapping) {
        self.report.outcome.conflicts = self.conflicts.len() as u64;
        self.report.outcome.hands = self.hands.len() as u64;
        let when = dataset.imported;
        if !project.datasets.iter().any(|old| old.id == dataset.id) {
            self.datasets = vec![dataset];
        }
        let known = |own: &crate::model::Mapping| (&own.name, own.version) == (&mapping.name, mapping.version);
        if !dataset::known::all().any(known) && !project.mappings.iter().any(known) {
            self.mappings = vec![mapping];
        }
        self.log = when.map(|when| LogEntry { when, what: Text::from(self.report.log()) });
    }

    /// The import as one step. `None` where it changes nothing.
    pub fn edit(self, project: &Project) -> Option<Edit> {
        if self.is_empty() {
            return None;
        }
        let label = format!("Import {}", self.report.file);
        let mut edits = Vec::new();
        let used = used_after(project, &self);
        if !self.mappings.is_empty() {
            let mappings = project.mappings.iter().cloned().chain(self.mappings).collect();
            edits.push(Edit::SetMappings { mappings, label: label.clone() });
        }
        let all: Vec<Dataset> = project.datasets.iter().cloned().chain(self.datasets).collect();
        if all.len() > project.datasets.len() {
            edits.push(Edit::SetDatasets { datasets: all.clone(), label: label.clone() });
        }
        let come = self.added.iter().map(|event| &**event).chain(&self.changed);
        edits.extend(kinds::into_codebook(project, &all, come));
        if !self.removed.is_empty() {
            edits.push(Edit::RemoveEvents(self.removed));
        }
        for events in [self.changed, self.moved] {
            if !events.is_empty() {
                let events = events.into_iter().map(Arc::new).collect();
                edits.push(Edit::SetEvents { events, what: "source row".to_owned() });
            }
        }
        if !self.restored.is_empty() {
            edits.push(Edit::SetClaims { claims: self.restored, what: "quantity".to_owned() });
        }
        if !self.added.is_empty() {
            edits.push(Edit::TakeInEvents(self.added));
        }
        let left: Vec<Dataset> = all.iter().filter(|dataset| used.contains(&dataset.id)).cloned().collect();
        if left.len() < all.len() {
            edits.push(Edit::SetDatasets { datasets: left, label: label.clone() });
        }
        edits.extend(self.log.map(Edit::AddLog));
        Some(Edit::Several { label, edits })
    }
}

/// The data sets that events have their rows from when the import is done.
fn used_after(project: &Project, plan: &Plan) -> HashSet<DatasetId> {
    let put = plan.changed.iter().chain(&plan.moved);
    let other: HashSet<EventId> = plan.removed.iter().copied().chain(put.clone().map(|event| event.id)).collect();
    let stay = project.events.iter().filter(|event| !other.contains(&event.id)).map(|event| event.source.as_ref());
    let come = plan.added.iter().map(|event| &**event).chain(put).map(|event| event.source.as_ref());
    stay.chain(come).flatten().map(|source| source.dataset).collect()
}

/// Parts the rows that come from the text of their file, where they are the smaller part of it: it would stay in memory
/// for them.
fn part_from_file(plan: &mut Plan) {
    let sources = plan.added.iter().map(|event| &**event).chain(&plan.changed).chain(&plan.moved);
    let (mut used, mut kept) = (0, 0);
    for source in sources.filter_map(|event| event.source.as_ref()) {
        used += source.row().len();
        kept = kept.max(source.shared_bytes());
    }
    if used < kept / 2 {
        let added = plan.added.iter_mut().map(Arc::make_mut);
        let events = added.chain(&mut plan.changed).chain(&mut plan.moved);
        join_rows(events.filter_map(|event| event.source.as_mut()));
    }
}
