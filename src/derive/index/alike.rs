//! Figures of events of which nothing is said but what their rows state: rows with the same numbers have the same figures.
//!
//! A data set of 400,000 rows holds some thousand different sets of numbers, and claims of rows have neither a day nor,
//! as a rule, a speaker: then nothing else of an event decides. It knows no rule by which claims become figures.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;

use crate::dataset::Readers;
use crate::model::{ClaimId, Class, DatasetId, Event, EventId, Measure, Project, RowNumbers};

use super::Summary;

/// How many sets of numbers are kept: more are worked out each time.
const MOST: usize = 1 << 16;

/// The figures of an event.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub figures: Arc<[(Measure, Class, Summary)]>,
    /// The number of the set of numbers that has them, where it is kept.
    pub number: Option<usize>,
}

impl Default for Found {
    fn default() -> Self {
        Self { figures: Arc::new([]), number: None }
    }
}

impl From<Vec<(Measure, Class, Summary)>> for Found {
    fn from(figures: Vec<(Measure, Class, Summary)>) -> Self {
        Self { figures: figures.into(), number: None }
    }
}

/// What was worked out so far, by one method, from sets of numbers that stay where they are meanwhile.
#[derive(Default)]
pub(super) struct Alike(RwLock<HashMap<(DatasetId, usize), Found, RandomState>>);

impl Alike {
    /// The figures of an event of which these numbers of its row are all that is said, worked out where no row with the
    /// same was met. The numbers live in the events of a project that does not change meanwhile.
    pub(super) fn figures(
        &self,
        dataset: DatasetId,
        numbers: &Arc<RowNumbers>,
        work_out: impl FnOnce() -> Vec<(Measure, Class, Summary)>,
    ) -> Found {
        let key = (dataset, Arc::as_ptr(numbers).addr());
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let new = Found::from(work_out());
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been quicker.
        if let Some(known) = kept.get(&key) {
            return known.clone();
        }
        let number = kept.len();
        if number >= MOST {
            return new;
        }
        let new = Found { number: Some(number), ..new };
        kept.insert(key, new.clone());
        new
    }
}

/// The numbers of an event's row, where they are all that is said of it: no claim of it was changed, none was added, no
/// figure was set by hand and nobody is named who speaks.
pub(super) fn said_by_row_alone<'e>(
    project: &Project,
    readers: &Readers,
    event: &'e Event,
) -> Option<(DatasetId, &'e Arc<RowNumbers>)> {
    let source = event.source.as_ref().filter(|_| event.by_hand.is_empty())?;
    let numbers = source.numbers().filter(|numbers| !numbers.names_speaker && !numbers.said.is_empty())?;
    readers.get(source.dataset)?;
    let is_changed = |letter: u8| ClaimId::of_event(event.id, letter).is_none_or(|id| project.claims.contains(id));
    let leaves_room = event.id.as_str().len() <= EventId::LONGEST_WITH_ROW;
    let untouched = project.claims.is_empty() || !numbers.said.iter().any(|(letter, ..)| is_changed(*letter));
    (leaves_room && untouched).then_some((source.dataset, numbers))
}
