//! The claims that rows of a project state, found by their ids: what is read from a row and what somebody changed of it
//! look alike to everybody who reads.
//!
//! A claim of a row is not stored. Where an analyst changed one, `Project::claims` has it under the same id, and that
//! one counts.

use std::sync::{Arc, PoisonError, RwLock};

use crate::model::{Claim, ClaimId, Dataset, DatasetId, Event, Mapping, Project};

use super::find_mapping;
use super::reader::RowReader;
use super::split::Field;

/// The readers of all data sets of a project.
#[derive(Debug, Default)]
pub struct Readers(Vec<RowReader>);

impl Readers {
    /// The readers of these data sets by these mappings and the known ones. One of which nobody knows the mapping is
    /// missing.
    pub fn new(datasets: &[Dataset], mappings: &[Mapping]) -> Self {
        let reader = |dataset: &Dataset| Some(RowReader::new(dataset, find_mapping(mappings, dataset)?));
        Self(datasets.iter().filter_map(reader).collect())
    }

    /// The reader of a data set.
    pub fn get(&self, dataset: DatasetId) -> Option<&RowReader> {
        self.0.iter().find(|reader| reader.dataset() == dataset)
    }

    /// Whether a row of any of them may name who speaks.
    pub fn name_speakers(&self) -> bool {
        self.0.iter().any(RowReader::names_speakers)
    }

    /// The reader of the row of an event and the row, where it has one that can be read.
    pub fn of_event<'e>(&self, event: &'e Event) -> Option<(&RowReader, &'e str)> {
        let source = event.source.as_ref()?;
        Some((self.get(source.dataset)?, source.row()))
    }

    /// What the row of an event says of it: the event as it was before anybody changed it. `None` where it has no row
    /// that can be read.
    pub fn event(&self, event: &Event) -> Option<Event> {
        let (reader, row) = self.of_event(event)?;
        Some(reader.read(event.id, row))
    }

    /// Whether nothing of an event is otherwise than its row says, its numbers aside. `false` where it has no row that can
    /// be read, or where that could be told only by reading all of it.
    pub fn is_as_stated(&self, event: &Event, fields: &mut Vec<Field>) -> bool {
        self.of_event(event).is_some_and(|(reader, row)| reader.states(event, row, fields))
    }

    /// What the row of an event states, whether or not somebody changed it. Made anew each time, so that asking for all
    /// events of a large project keeps nothing.
    pub fn stated(&self, event: &Event) -> Vec<Claim> {
        self.of_event(event).map_or_else(Vec::new, |(reader, row)| reader.claims(event.id, row))
    }

    /// What the row of an event states and nobody changed.
    pub fn untouched(&self, project: &Project, event: &Event) -> Vec<Claim> {
        let mut claims = self.stated(event);
        if !project.claims.is_empty() {
            claims.retain(|claim| !project.claims.contains(claim.id));
        }
        claims
    }
}

/// Readers that were made already, with what they were made of.
type Made = (Arc<Vec<Dataset>>, Arc<Vec<Mapping>>, Arc<Readers>);

/// How many are kept: a few projects and their snapshots.
const KEPT: usize = 8;

/// The readers of a project, made once for the same data sets and mappings.
pub fn readers(project: &Project) -> Arc<Readers> {
    static MADE: RwLock<Vec<Made>> = RwLock::new(Vec::new());
    if project.datasets.is_empty() {
        return Arc::default();
    }
    let same = |made: &&Made| Arc::ptr_eq(&made.0, &project.datasets) && Arc::ptr_eq(&made.1, &project.mappings);
    let known = MADE.read().unwrap_or_else(PoisonError::into_inner).iter().find(same).map(|made| made.2.clone());
    known.unwrap_or_else(|| {
        let new = Arc::new(Readers::new(&project.datasets, &project.mappings));
        let mut made = MADE.write().unwrap_or_else(PoisonError::into_inner);
        made.truncate(KEPT - 1);
        made.insert(0, (project.datasets.clone(), project.mappings.clone(), new.clone()));
        new
    })
}

/// The claim of this id: one of the project, else what a row states.
///
/// For single claims: it keeps what it read. Whoever goes through all events asks [`Readers`].
pub fn claim(project: &Project, id: ClaimId) -> Option<&Arc<Claim>> {
    project.claims.get(id).or_else(|| stated(project, id))
}

/// What a row states under this id, whether or not somebody changed it.
pub fn stated(project: &Project, id: ClaimId) -> Option<&Arc<Claim>> {
    let (event, _) = id.event_and_letter()?;
    let event = project.events.get(event)?;
    let source = event.source.as_ref()?;
    let claims = source.claims(|row| {
        let claims = readers(project).get(source.dataset)?.claims(event.id, row);
        Some(claims.into_iter().map(Arc::new).collect())
    })?;
    claims.iter().find(|claim| claim.id == id)
}
