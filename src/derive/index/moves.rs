//! What differs between two snapshots, as far as figures follow from it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use crate::dataset;
use crate::model::records::Change;
use crate::model::{Article, ArticleId, DatasetId, Event, EventId, Methodology, Project, Record, Records};

/// Records that left and came between two snapshots; one with other contents does both.
pub(super) struct Moves<'a, R: Record> {
    pub gone: Vec<&'a R>,
    pub come: Vec<&'a R>,
}

impl<'a, R: Record> Moves<'a, R> {
    pub fn between(from: &'a Records<R>, to: &'a Records<R>) -> Self {
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

    pub fn gone_ids(&self) -> HashSet<R::Id> {
        self.gone.iter().map(|record| record.id()).collect()
    }
}

/// Takes ids off one list, and the list with its last one.
pub(super) fn retain<K: Eq + Hash, V>(lists: &mut HashMap<K, Vec<V>>, key: K, stays: impl Fn(&V) -> bool) {
    if let Some(list) = lists.get_mut(&key) {
        list.retain(stays);
        if list.is_empty() {
            lists.remove(&key);
        }
    }
}

/// The events whose rows are read otherwise, because their data set or its mapping came, went, or is another one.
pub(super) fn other_readings(from: &Project, to: &Project) -> Vec<EventId> {
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

/// The article whose claims may speak with another voice or grade after this change.
pub(super) fn speaks_otherwise(change: &Change<'_, Article>) -> Option<ArticleId> {
    match change {
        Change::Added(article) | Change::Removed(article) => Some(article.id),
        Change::Changed(old, new) => {
            (old.voice() != new.voice() || old.reliability != new.reliability).then_some(new.id)
        }
    }
}

/// Whether figures of events can differ under two method sheets; how sums treat a missing best is not their business.
pub(super) fn other_figures(from: &Methodology, to: &Methodology) -> bool {
    from != to && *from != Methodology { missing_best_is_low: from.missing_best_is_low, ..to.clone() }
}
