//! The kinds of events that a data set brings: a project's codebook takes them in with it, so that its table offers them
//! and no event is told to have a kind that nobody defined.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::edit::Edit;
use crate::model::{Dataset, Event, Project, Term, Text};

/// More than these are no words of a codebook but texts in a column that was taken for the kind; events with them are
/// told among the problems.
const MOST: usize = 200;

/// The codebook with the kinds of these events that it lacks, each with the data set that it comes from as its meaning.
/// `None` where it lacks none.
pub(super) fn into_codebook<'e>(
    project: &Project,
    datasets: &[Dataset],
    events: impl Iterator<Item = &'e Event>,
) -> Option<Edit> {
    let known: BTreeSet<&Text> = project.about.codebook.kinds.iter().map(|term| &term.name).collect();
    let mut new: BTreeMap<&Text, Option<&Dataset>> = BTreeMap::new();
    // Events share few texts: each is looked at once.
    let mut seen: HashSet<*const str, RandomState> = HashSet::default();
    let unseen = events.filter(|event| seen.insert(Arc::as_ptr(&event.kind)));
    for event in unseen.filter(|event| !event.kind.is_empty() && !known.contains(&event.kind)) {
        let source = || event.source.as_ref().map(|source| source.dataset);
        new.entry(&event.kind).or_insert_with(|| datasets.iter().find(|dataset| Some(dataset.id) == source()));
        if new.len() > MOST {
            return None;
        }
    }
    if new.is_empty() {
        return None;
    }
    let term = |(name, dataset): (&Text, Option<&Dataset>)| {
        let meaning = dataset.map_or_else(String::new, |dataset| format!("As in {} {}", dataset.name, dataset.version));
        Term { name: name.clone(), meaning: meaning.trim_end().into() }
    };
    let mut about = (*project.about).clone();
    about.codebook.kinds.extend(new.into_iter().map(term));
    about.codebook.version = about.codebook.version.saturating_add(1);
    Some(Edit::SetAbout { about: Box::new(about), what: "kinds of the codebook".to_owned() })
}
