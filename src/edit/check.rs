//! The rules that a record must keep in its project, asked after the change was made to a copy.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::dataset;
use crate::model::own::RESERVED;
use crate::model::{
    Article, ArticleId, Claim, ClaimId, Codebook, ColumnId, Dataset, DatasetId, Event, EventId, Mapping, OwnColumn,
    Project, Reading, SavedView, Scope, Status, Text,
};

use super::{EditError, rows, there};

/// So many events are asked by one core: fewer are not worth asking another one.
const SHARE: usize = 1_024;

fn refuse<T>(why: impl Into<String>) -> Result<T, EditError> {
    Err(EditError::Refused(why.into()))
}

/// Asks it of each event, on all cores where they are many; the first in their order that is refused is told.
pub(super) fn each(
    events: &[Arc<Event>],
    ask: impl Fn(&Event) -> Result<(), EditError> + Sync,
) -> Result<(), EditError> {
    let refused = events.par_iter().with_min_len(SHARE).find_map_first(|event| ask(event).err());
    refused.map_or(Ok(()), Err)
}

/// The version that it corrects is there.
pub(super) fn article(p: &Project, article: &Article) -> Result<(), EditError> {
    if let Some(earlier) = article.corrects {
        there(&p.articles, earlier)?;
        let mut seen = HashSet::from([article.id]);
        let mut at = Some(earlier);
        while let Some(id) = at {
            if !seen.insert(id) {
                return refuse("An article cannot correct itself, nor a version that corrects it");
            }
            at = p.articles.get(id).and_then(|version| version.corrects);
        }
    }
    match &article.reading {
        Reading::Excluded(reason) if reason.trim().is_empty() => refuse("Say why the article is excluded"),
        _ => Ok(()),
    }
}

/// The text of an article is evidence and stays.
pub(super) fn same_text(p: &Project, article: &Article) -> Result<(), EditError> {
    if there(&p.articles, article.id)?.text == article.text {
        return Ok(());
    }
    refuse("The text of an article is evidence and cannot be changed; add the corrected text as a new version")
}

/// No claim quotes the article and no version corrects it.
pub(super) fn nothing_rests_on(p: &Project, id: ArticleId) -> Result<(), EditError> {
    let claims: Vec<ClaimId> =
        p.claims.iter().filter(|c| c.quotes.iter().any(|q| q.article == id)).map(|c| c.id).collect();
    if !claims.is_empty() {
        let first: Vec<&str> = claims.iter().take(5).map(ClaimId::as_str).collect();
        let more = if claims.len() > 5 { ", …" } else { "" };
        let s = if claims.len() == 1 { "claim rests" } else { "claims rest" };
        return refuse(format!(
            "{} {s} on this article ({}{more}); delete or move them first",
            claims.len(),
            first.join(", ")
        ));
    }
    if p.articles.iter().any(|other| other.corrects == Some(id)) {
        return refuse("A later version corrects this article; remove that one first");
    }
    Ok(())
}

/// Figures by hand are in order and explained, an exclusion is explained, and what it covers is there.
pub(super) fn event(p: &Project, event: &Event) -> Result<(), EditError> {
    for hand in &event.by_hand {
        if !hand.in_order() {
            return refuse("A figure by hand needs low ≤ best ≤ high");
        }
        if hand.reason.trim().is_empty() {
            return refuse("A figure by hand needs a reason");
        }
        let same = |other: &&crate::model::ByHand| other.measure == hand.measure && other.class == hand.class;
        if event.by_hand.iter().filter(same).count() > 1 {
            return refuse(format!("{} of {} is set by hand twice", hand.measure, hand.class));
        }
    }
    if let Status::Excluded(reason) = &event.status
        && reason.trim().is_empty()
    {
        return refuse("Say why the event is excluded");
    }
    if let Some(source) = &event.source {
        if p.dataset(source.dataset).is_none() {
            return refuse(format!("There is no data set {}; add it before its events", source.dataset));
        }
        if event.id.as_str().len() > EventId::LONGEST_WITH_ROW {
            return refuse(format!(
                "The id {} leaves no room for the ids of its claims: {} characters at most",
                event.id,
                EventId::LONGEST_WITH_ROW
            ));
        }
    }
    event.covers.iter().try_for_each(|id| there(&p.events, *id).map(|_| ()))?;
    if !event.covers.is_empty() && covers_itself(p, event.id) {
        return refuse("A summary cannot cover itself, not even by way of others");
    }
    Ok(())
}

/// No value is of a column that the codebook does not have, but for those that were opened with the event. Asked before
/// the event is put in.
pub(super) fn own(p: &Project, event: &Event) -> Result<(), EditError> {
    if event.own.is_empty() {
        return Ok(());
    }
    let stood = |id: ColumnId, text: &Text| p.events.get(event.id).is_some_and(|old| old.own.get(id) == Some(text));
    let unknown = event.own.iter().find(|(id, text)| p.about.codebook.column(*id).is_none() && !stood(*id, text));
    match unknown {
        Some((id, _)) => refuse(format!("The codebook has no column {id}; add it in Table, Columns of your own")),
        None => Ok(()),
    }
}

/// Columns of the analyst's own keep apart from each other and from the built-in names, and an id that was taken out of
/// use stays so. What was opened as it is may stay so.
pub(super) fn columns(before: &Codebook, after: &Codebook) -> Result<(), EditError> {
    for column in &after.columns {
        let (id, title) = (column.id, &column.title);
        let old = before.column(id);
        if after.columns.iter().filter(|other| other.id == id).count() > 1 {
            return refuse(format!("Two columns have the id {id}"));
        }
        if old.is_none() && (before.retired.contains(&id) || after.retired.contains(&id)) {
            return refuse(format!("The id {id} was that of a column that was removed, and keeps its meaning"));
        }
        if old.is_none() && (is_reserved(id.as_str()) || is_measure(after, id.as_str())) {
            return refuse(format!("The id {id} is the name of something else"));
        }
        if old.is_none_or(|old| old.title != *title) {
            named(after, column)?;
        }
        if old.is_none_or(|old| old.kind != column.kind) {
            listed(column)?;
        }
    }
    let gone = before.columns.iter().map(|column| column.id).filter(|id| after.column(*id).is_none());
    let forgotten = gone.chain(before.retired.iter().copied()).find(|id| !after.retired.contains(id));
    match forgotten {
        Some(id) => refuse(format!("The id {id} of a column that was removed must stay among those out of use")),
        None => Ok(()),
    }
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name.to_lowercase().as_str())
}

fn is_measure(codebook: &Codebook, name: &str) -> bool {
    codebook.measures.iter().any(|measure| measure.name.to_lowercase() == name.to_lowercase())
}

/// A column has a title that nothing else has.
fn named(codebook: &Codebook, column: &OwnColumn) -> Result<(), EditError> {
    let title = column.title.trim();
    if title.is_empty() {
        return refuse("A column needs a title");
    }
    if title.chars().any(char::is_control) {
        return refuse("A title stands on one line, without control characters");
    }
    if is_reserved(title) || is_measure(codebook, title) {
        return refuse(format!("“{title}” is the name of something else; give the column another title"));
    }
    let others = codebook.columns.iter().filter(|other| other.id != column.id);
    let same = |name: &str| name.to_lowercase() == title.to_lowercase();
    if let Some(other) = others.clone().find(|other| same(&other.title) || same(other.id.as_str())) {
        return refuse(format!("There is a column “{}” already; give this one another title", other.title));
    }
    Ok(())
}

/// The words of a choice are there once each.
fn listed(column: &OwnColumn) -> Result<(), EditError> {
    let mut seen = HashSet::new();
    for word in column.kind.words() {
        if word.name.trim().is_empty() || *word.name != *word.name.trim() || word.name.chars().any(char::is_control) {
            return refuse("A word to choose is not blank and has no spaces around it");
        }
        if *word.name == *crate::model::own::UNKNOWN {
            return refuse("A question mark stands for what is not known, and needs no word");
        }
        if !seen.insert(word.name.to_lowercase()) {
            return refuse(format!("“{}” stands in the list twice", word.name));
        }
    }
    Ok(())
}

fn covers_itself(p: &Project, start: EventId) -> bool {
    let mut seen = HashSet::new();
    let mut todo = vec![start];
    while let Some(id) = todo.pop() {
        for covered in p.events.get(id).into_iter().flat_map(|event| &event.covers) {
            if *covered == start {
                return true;
            }
            if seen.insert(*covered) {
                todo.push(*covered);
            }
        }
    }
    false
}

/// Its event, articles and base are there, its quotes stand in the texts, and its bases form no ring.
pub(super) fn claim(p: &Project, claim: &Claim) -> Result<(), EditError> {
    there(&p.events, claim.event)?;
    if claim.aside.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        return refuse("Say why the claim is set aside");
    }
    for quote in &claim.quotes {
        // A quote that was opened as not matching any more may stay so; what is refused is a place beyond all texts.
        there(&p.articles, quote.article)?;
    }
    match claim.scope {
        Scope::AdditionalTo(base) => on_base(p, claim, base),
        Scope::PartOf(Some(whole)) if whole == claim.id => refuse("A claim cannot be a part of itself"),
        Scope::PartOf(Some(whole)) => in_whole(p, claim, whole),
        _ => Ok(()),
    }
}

fn in_whole(p: &Project, claim: &Claim, whole: ClaimId) -> Result<(), EditError> {
    let other = rows::claim_there(p, whole)?;
    if (other.event, &other.measure) != (claim.event, &claim.measure) {
        return refuse("A claim can be a part only of a claim on the same event and measure");
    }
    no_ring(p, claim, whole)
}

/// Whether what a claim rests on leads back to it, by additions or parts.
fn no_ring(p: &Project, claim: &Claim, base: ClaimId) -> Result<(), EditError> {
    let mut seen = HashSet::from([claim.id]);
    let mut at = Some(base);
    while let Some(id) = at {
        if !seen.insert(id) {
            return refuse("These claims would rest on each other in a ring");
        }
        at = dataset::claim(p, id).and_then(|c| match c.scope {
            Scope::AdditionalTo(base) | Scope::PartOf(Some(base)) => Some(base),
            _ => None,
        });
    }
    Ok(())
}

fn on_base(p: &Project, claim: &Claim, base: ClaimId) -> Result<(), EditError> {
    // A base that was deleted leaves the addition as a floor (figures, step 2): only a living base can be wrong.
    let Some(other) = dataset::claim(p, base) else { return Ok(()) };
    if (other.event, &other.measure, &other.class) != (claim.event, &claim.measure, &claim.class) {
        return refuse("A claim can be additional only to a claim on the same event, measure and class");
    }
    no_ring(p, claim, base)
}

/// Every view has a name of its own.
pub(super) fn views(views: &[SavedView]) -> Result<(), EditError> {
    let mut names = HashSet::new();
    for view in views {
        if view.name.trim().is_empty() {
            return Err(EditError::Refused("Give the view a name".to_owned()));
        }
        if !names.insert(&view.name) {
            return Err(EditError::Refused(format!("There is a view “{}” already; choose another name", view.name)));
        }
    }
    Ok(())
}

/// Every data set has an id of its own, and none is missing that an event was made from.
pub(super) fn datasets(p: &Project, after: &[Dataset]) -> Result<(), EditError> {
    let mut ids = HashSet::new();
    for dataset in after {
        if !ids.insert(dataset.id) {
            return refuse(format!("The id {} is that of another data set", dataset.id));
        }
    }
    let gone: HashSet<DatasetId> = p.datasets.iter().map(|old| old.id).filter(|id| !ids.contains(id)).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let rests = |event: &&std::sync::Arc<Event>| event.source.as_ref().is_some_and(|row| gone.contains(&row.dataset));
    match p.events.iter().find(rests) {
        Some(event) => {
            refuse(format!("Events were made from this data set, such as {}; remove them first", event.name()))
        }
        None => Ok(()),
    }
}

/// A mapping and its version mean one thing: what a data set is read by does not change.
pub(super) fn mappings(p: &Project, after: &[Mapping]) -> Result<(), EditError> {
    let mut seen = HashSet::new();
    for mapping in after {
        if mapping.name.trim().is_empty() {
            return refuse("Give the mapping a name");
        }
        if !seen.insert((&mapping.name, mapping.version)) {
            return refuse(format!("There is a mapping “{}” {} already", mapping.name, mapping.version));
        }
    }
    for old in p.mappings.iter() {
        let reads = |dataset: &&Dataset| dataset.mapping == old.name && dataset.mapping_version == old.version;
        let Some(dataset) = p.datasets.iter().find(reads) else { continue };
        if !after.contains(old) {
            return refuse(format!(
                "“{}” {} reads the data set {}; keep it as it is, and give another reading another version",
                old.name, old.version, dataset.name
            ));
        }
    }
    Ok(())
}
