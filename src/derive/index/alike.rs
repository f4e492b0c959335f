//! Figures of events of which nothing is said but what their rows state: rows with the same numbers have the same figures.
//!
//! A data set of 400,000 rows holds some thousand different sets of numbers, and claims of rows have neither a day nor,
//! as a rule, a speaker: then nothing else of an event decides. It knows no rule by which claims become figures.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::model::{Claim, Class, DatasetId, Event, Measure, Quantity};

use super::Summary;

/// The figures of an event.
pub(super) type Found = Arc<[(Measure, Class, Summary)]>;

/// How many sets of numbers are kept: more are worked out each time.
const MOST: usize = 1 << 16;

/// The numbers of a row: of which data set, and for each number its letter in the mapping, how it was said, and how many
/// attackers it includes.
#[derive(PartialEq, Eq, Hash)]
struct Numbers {
    dataset: DatasetId,
    said: Vec<(u8, Quantity, u64)>,
}

impl Numbers {
    /// The numbers of these claims, which are all that is said of the event. Nothing where more than them decides.
    fn of(event: &Event, claims: &[Claim]) -> Option<Self> {
        let dataset = event.source.as_ref()?.dataset;
        if claims.is_empty() || !event.by_hand.is_empty() {
            return None;
        }
        let said = claims.iter().map(|claim| {
            let plain = claim.speaker.is_empty() && claim.reported.is_none();
            let (_, letter) = claim.id.event_and_letter().filter(|_| plain)?;
            Some((letter, claim.quantity.clone(), claim.attackers))
        });
        Some(Self { dataset, said: said.collect::<Option<Vec<_>>>()? })
    }
}

/// What was worked out so far, by one method.
#[derive(Default)]
pub(super) struct Alike(RwLock<HashMap<Numbers, Found>>);

impl Alike {
    /// The figures of an event of which its row alone speaks (`claims`; none where others speak, too), worked out where no
    /// row with the same numbers was met.
    pub(super) fn figures(
        &self,
        event: &Event,
        claims: &[Claim],
        work_out: impl FnOnce() -> Vec<(Measure, Class, Summary)>,
    ) -> Found {
        let Some(numbers) = Numbers::of(event, claims) else { return work_out().into() };
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&numbers) {
            return known.clone();
        }
        let new: Found = work_out().into();
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST {
            kept.insert(numbers, new.clone());
        }
        new
    }
}
