//! Changes to what rows of other people's data state: the row stays as it came, what somebody changed is stored beside
//! it under the same id.

use std::collections::HashSet;
use std::sync::Arc;

use crate::dataset;
use crate::model::records::RecordError;
use crate::model::{Claim, ClaimId, Dataset, DatasetId, Event, EventId, Project, SourceRow};

use super::EditError;

/// The claim of this id, stored or stated by a row.
pub(super) fn claim_there(p: &Project, id: ClaimId) -> Result<&Arc<Claim>, EditError> {
    dataset::claim(p, id).ok_or_else(|| RecordError::Missing(id.to_string()).into())
}

/// Puts new contents in the place of a claim. One that says again what its row states is not stored any more.
pub(super) fn put_claim(p: &mut Project, claim: Claim) -> Result<(), EditError> {
    let stated = dataset::stated(p, claim.id);
    match (stated, p.claims.contains(claim.id)) {
        (Some(stated), true) if **stated == claim => {
            p.claims.remove(claim.id)?;
        }
        (Some(stated), false) if **stated == claim => {}
        (Some(_), false) => p.claims.push(claim)?,
        _ => p.claims.replace(claim)?,
    }
    Ok(())
}

/// Refuses to delete what a row states.
pub(super) fn not_of_row(p: &Project, id: ClaimId) -> Result<(), EditError> {
    match dataset::stated(p, id) {
        Some(claim) => Err(EditError::Refused(format!(
            "{} {} stands in a row of the data set, which is kept as it came; set the claim aside, with a reason",
            claim.quantity, claim.measure
        ))),
        None => Ok(()),
    }
}

/// Stores what the rows of events that are about to go state, as claims about the event that stays.
pub(super) fn keep_claims(p: &mut Project, gone: &HashSet<EventId>, keep: EventId) -> Result<(), EditError> {
    let readers = dataset::readers(p);
    let events: Vec<Arc<Event>> = p.events.iter().filter(|event| gone.contains(&event.id)).cloned().collect();
    for event in events {
        for claim in readers.untouched(p, &event) {
            p.claims.push(Claim { event: keep, ..claim })?;
        }
    }
    Ok(())
}

/// Puts other data sets in. What was read from the rows of one that changed is read anew.
pub(super) fn set_datasets(p: &mut Project, datasets: &[Dataset]) -> Result<(), EditError> {
    let changed: HashSet<DatasetId> = datasets
        .iter()
        .filter(|new| p.dataset(new.id).is_some_and(|old| old != *new))
        .map(|dataset| dataset.id)
        .collect();
    p.datasets = Arc::new(datasets.to_vec());
    if changed.is_empty() {
        return Ok(());
    }
    let of_changed = |event: &&Arc<Event>| event.source.as_ref().is_some_and(|row| changed.contains(&row.dataset));
    let unread =
        |event: &Arc<Event>| Event { source: event.source.as_ref().map(SourceRow::unread), ..Event::clone(event) };
    let again: Vec<Event> = p.events.iter().filter(of_changed).map(unread).collect();
    again.into_iter().try_for_each(|event| p.events.replace(event))?;
    Ok(())
}
