//! Every change that can be made to a project, as a value: what the user meant, not what moved.
//!
//! `apply` makes a new snapshot or says why not; it never leaves a project half changed, and never one that the file
//! would refuse. It knows no history (undo is a swap of snapshots) and no screen.

mod check;
pub mod merge;
pub mod own;
pub mod rebase;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use crate::dataset;
use crate::model::records::RecordError;
use crate::model::{
    About, Article, ArticleId, Claim, ClaimId, Dataset, Event, EventId, LogEntry, Mapping, Methodology, Note, NoteId,
    OwnColumn, Project, Record, Records, SavedView, Subject,
};

/// A change to a project.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// New title, codebook, milestones or the like; `what` names it in the menu.
    SetAbout { about: Box<About>, what: String },
    /// The columns of the analyst's own anew. A column that is not among them any more loses its values, and a word of a
    /// choice that was renamed is renamed in the values; `what` names the change in the menu.
    SetColumns { columns: Vec<OwnColumn>, renamed: Vec<own::Renamed>, what: String },
    /// Another rule, word table or switch; `what` names it in the menu.
    SetMethodology { methodology: Box<Methodology>, what: String },
    /// Texts taken into the project.
    AddArticles(Vec<Article>),
    /// New contents of an article, but for its text, which is evidence.
    SetArticle { article: Box<Article>, what: String },
    /// An article taken out; refused while claims or corrections rest on it.
    RemoveArticle(ArticleId),
    /// Events put behind one of them, or at the end.
    AddEvents { events: Vec<Event>, after: Option<EventId> },
    /// Events that were read from a file, put at the end. They are shared with whoever read them: 400,000 are not copied.
    TakeInEvents(Vec<Arc<Event>>),
    /// New contents of events; `what` names the field. They are shared with whoever made them, as those above.
    SetEvents { events: Vec<Arc<Event>>, what: String },
    /// Several events that are one incident: `keep` is what the kept one becomes; the claims and notes of the others,
    /// and the summaries that cover them, become its own. `note` tells what would be lost otherwise.
    MergeEvents { keep: Box<Event>, others: Vec<EventId>, note: Option<Box<Note>> },
    /// Events taken out, with the claims about them.
    RemoveEvents(Vec<EventId>),
    /// A claim, on an event that is there or on a new one.
    AddClaim { claim: Box<Claim>, new_event: Option<Box<Event>> },
    /// New contents of claims; `what` names the field.
    SetClaims { claims: Vec<Claim>, what: String },
    /// Claims put to another event, which may be a new one behind theirs. Claims that rest on each other go together.
    MoveClaims { claims: Vec<ClaimId>, to: EventId, new_event: Option<Box<Event>> },
    /// Claims taken out.
    RemoveClaims(Vec<ClaimId>),
    /// A note.
    AddNote(Box<Note>),
    /// New contents of a note; `what` names the field.
    SetNote { note: Box<Note>, what: String },
    /// A note taken out.
    RemoveNote(NoteId),
    /// A line in the project's log.
    AddLog(LogEntry),
    /// Other saved views of the table; `label` says what was done: "Save view Osh 2022".
    SetViews { views: Vec<SavedView>, label: String },
    /// Other data sets; `label` says what was done. One from which events were made stays.
    SetDatasets { datasets: Vec<Dataset>, label: String },
    /// Other mappings of columns beside those that Dateline knows. One that was used does not change: another reading is
    /// another version.
    SetMappings { mappings: Vec<Mapping>, label: String },
    /// Several changes that are one step, under one label.
    Several { label: String, edits: Vec<Edit> },
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// An id that is taken or not there.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A rule of the model that the change would break, and what to do.
    #[error("{0}")]
    Refused(String),
}

impl Edit {
    /// What the change does, for the undo menu, the status bar and the log.
    pub fn label(&self, project: &Project) -> String {
        match self {
            Self::SetAbout { what, .. } | Self::SetMethodology { what, .. } => format!("Change {what}"),
            Self::SetColumns { what, .. } => what.clone(),
            Self::AddArticles(articles) => match articles.as_slice() {
                [one] => format!("Add article {}", quoted(&one.headline)),
                many => format!("Add {} articles", many.len()),
            },
            Self::SetArticle { article, what } => format!("Change {what} of {}", quoted(&article.headline)),
            Self::RemoveArticle(id) => {
                format!("Remove article {}", quoted(project.articles.get(*id).map_or("", |a| &*a.headline)))
            }
            Self::AddEvents { events, .. } => match events.as_slice() {
                [_] => "Add event".to_owned(),
                many => format!("Add {} events", many.len()),
            },
            Self::TakeInEvents(events) => match events.as_slice() {
                [_] => "Add event".to_owned(),
                many => format!("Add {} events", many.len()),
            },
            Self::SetEvents { events, what } => match events.as_slice() {
                // By the name that it has now: the change may take it away.
                [one] => {
                    format!("Change {what} of {}", quoted(project.events.get(one.id).map_or(one.name(), |e| e.name())))
                }
                many => format!("Change {what} of {} events", many.len()),
            },
            Self::RemoveEvents(ids) => match ids.as_slice() {
                [one] => format!("Delete event {}", project.events.get(*one).map_or("", |event| event.name())),
                many => format!("Delete {} events", many.len()),
            },
            Self::MergeEvents { keep, others, .. } => match others.len() {
                1 => format!("Merge an event into {}", quoted(keep.name())),
                n => format!("Merge {n} events into {}", quoted(keep.name())),
            },
            Self::AddClaim { claim, .. } => format!("Add claim {} {}", claim.quantity, claim.measure),
            Self::SetClaims { claims, what } => match claims.as_slice() {
                [one] => format!("Change {what} of claim {} {}", one.quantity, one.measure),
                many => format!("Change {what} of {} claims", many.len()),
            },
            Self::MoveClaims { claims, to, new_event } => {
                let many = if claims.len() == 1 { "1 claim".to_owned() } else { format!("{} claims", claims.len()) };
                let name = |id: EventId| quoted(project.events.get(id).map_or("", |event| event.name()));
                let from = claims.first().and_then(|id| dataset::claim(project, *id)).map(|claim| claim.event);
                match (new_event, from) {
                    (Some(_), Some(from)) => format!("Split {many} off {}", name(from)),
                    _ => format!("Move {many} to {}", name(*to)),
                }
            }
            Self::RemoveClaims(ids) => match ids.len() {
                1 => "Delete claim".to_owned(),
                n => format!("Delete {n} claims"),
            },
            Self::AddNote(_) => "Add note".to_owned(),
            Self::SetNote { what, .. } => format!("Change {what} of note"),
            Self::RemoveNote(_) => "Delete note".to_owned(),
            Self::AddLog(entry) => entry.what.to_string(),
            Self::SetViews { label, .. }
            | Self::SetDatasets { label, .. }
            | Self::SetMappings { label, .. }
            | Self::Several { label, .. } => label.clone(),
        }
    }

    /// Changes that follow each other with the same answer are one step of undo: the typing of a note.
    pub fn run(&self) -> Option<String> {
        match self {
            Self::SetNote { note, what } if what == "title" || what == "text" => Some(format!("{} {what}", note.id)),
            _ => None,
        }
    }

    /// How many records of the project the change names, or may touch: what it costs follows from it. Claims and notes
    /// that go with an event are not counted.
    pub fn records(&self, project: &Project) -> usize {
        match self {
            Self::AddArticles(articles) => articles.len(),
            Self::AddEvents { events, .. } => events.len(),
            Self::TakeInEvents(events) | Self::SetEvents { events, .. } => events.len(),
            Self::RemoveEvents(ids) => ids.len(),
            Self::MergeEvents { others, .. } => 1 + others.len(),
            Self::SetClaims { claims, .. } => claims.len(),
            Self::MoveClaims { claims, .. } | Self::RemoveClaims(claims) => claims.len(),
            Self::Several { edits, .. } => edits.iter().map(|edit| edit.records(project)).sum(),
            Self::SetColumns { columns, renamed, .. } if own::touches_values(project, columns, renamed) => {
                project.events.len()
            }
            Self::SetAbout { .. }
            | Self::SetColumns { .. }
            | Self::SetMethodology { .. }
            | Self::SetArticle { .. }
            | Self::RemoveArticle(_)
            | Self::AddClaim { .. }
            | Self::AddNote(_)
            | Self::SetNote { .. }
            | Self::RemoveNote(_)
            | Self::AddLog(_)
            | Self::SetViews { .. }
            | Self::SetDatasets { .. }
            | Self::SetMappings { .. } => 1,
        }
    }

    /// The project with this change.
    ///
    /// # Errors
    /// Where an id is taken or missing, or the change would break a rule of the model. The project stays as it is.
    pub fn apply(&self, project: &Project) -> Result<Project, EditError> {
        let mut next = project.clone();
        self.carry_out(&mut next)?;
        Ok(next)
    }

    fn carry_out(&self, p: &mut Project) -> Result<(), EditError> {
        match self {
            Self::SetAbout { about, .. } => {
                check::columns(&p.about.codebook, &about.codebook)?;
                p.about = Arc::new((**about).clone());
            }
            Self::SetColumns { columns, renamed, .. } => own::set(p, columns, renamed)?,
            Self::SetMethodology { methodology, .. } => p.methodology = Arc::new((**methodology).clone()),
            Self::AddArticles(articles) => {
                for article in articles {
                    check::article(p, article)?;
                    p.articles.push(article.clone())?;
                }
            }
            Self::SetArticle { article, .. } => {
                check::article(p, article)?;
                check::same_text(p, article)?;
                p.articles.replace((**article).clone())?;
            }
            Self::RemoveArticle(id) => {
                check::nothing_rests_on(p, *id)?;
                p.articles.remove(*id)?;
                let others: Vec<Article> =
                    p.articles.iter().filter(|other| other.unlike.contains(id)).map(|a| (**a).clone()).collect();
                for mut other in others {
                    other.unlike.retain(|unlike| unlike != id);
                    p.articles.replace(other)?;
                }
                forget(&mut p.notes, |subject| subject == Subject::Article(*id))?;
            }
            Self::AddEvents { events, after } => {
                events.iter().try_for_each(|event| check::own(p, event))?;
                match after {
                    Some(_) => p.events.insert_all_after(*after, events.iter().cloned())?,
                    None => p.events.extend(events.iter().cloned())?,
                }
                events.iter().try_for_each(|event| check::event(p, event))?;
            }
            Self::TakeInEvents(events) => {
                events.iter().try_for_each(|event| check::own(p, event))?;
                p.events.extend_shared(events.iter().cloned())?;
                events.iter().try_for_each(|event| check::event(p, event))?;
            }
            Self::SetEvents { events, .. } => {
                check::each(events, |event| check::own(p, event))?;
                p.events.replace_shared(events)?;
                check::each(events, |event| check::event(p, event))?;
            }
            Self::MergeEvents { keep, others, note } => merge::merge(p, keep, others, note.as_deref())?,
            Self::RemoveEvents(ids) => remove_events(p, ids)?,
            Self::AddClaim { claim, new_event } => {
                if let Some(event) = new_event {
                    check::own(p, event)?;
                    p.events.push((**event).clone())?;
                    check::event(p, event)?;
                }
                p.claims.push((**claim).clone())?;
                check::claim(p, claim)?;
            }
            Self::SetClaims { claims, .. } => {
                for claim in claims {
                    rows::put_claim(p, claim.clone())?;
                }
                claims.iter().try_for_each(|claim| check::claim(p, claim))?;
            }
            Self::MoveClaims { claims, to, new_event } => merge::move_claims(p, claims, *to, new_event.as_deref())?,
            Self::RemoveClaims(ids) => remove_claims(p, ids)?,
            Self::AddNote(note) => p.notes.push((**note).clone())?,
            Self::SetNote { note, .. } => p.notes.replace((**note).clone())?,
            Self::RemoveNote(id) => {
                p.notes.remove(*id)?;
            }
            Self::AddLog(entry) => Arc::make_mut(&mut p.log).push(entry.clone()),
            Self::SetViews { views, .. } => {
                check::views(views)?;
                p.views = Arc::new(views.clone());
            }
            Self::SetDatasets { datasets, .. } => {
                check::datasets(p, datasets)?;
                rows::set_datasets(p, datasets)?;
            }
            Self::SetMappings { mappings, .. } => {
                check::mappings(p, mappings)?;
                p.mappings = Arc::new(mappings.clone());
            }
            Self::Several { edits, .. } => edits.iter().try_for_each(|edit| edit.carry_out(p))?,
        }
        Ok(())
    }
}

/// A name as it stands in a label: short enough for a menu.
fn quoted(name: &str) -> String {
    const LONGEST: usize = 40;
    let short: String = name.chars().take(LONGEST).collect();
    if short.len() < name.len() { format!("“{short}…”") } else { format!("“{short}”") }
}

fn remove_claims(p: &mut Project, ids: &[ClaimId]) -> Result<(), EditError> {
    let gone: HashSet<ClaimId> = ids.iter().copied().collect();
    for id in ids {
        rows::not_of_row(p, *id)?;
        p.claims.remove(*id)?;
    }
    forget(&mut p.notes, |subject| matches!(subject, Subject::Claim(id) if gone.contains(&id)))
}

fn remove_events(p: &mut Project, ids: &[EventId]) -> Result<(), EditError> {
    let gone: HashSet<EventId> = ids.iter().copied().collect();
    for id in &gone {
        p.events.remove(*id)?;
    }
    let is_gone = |id: &EventId| if let [one] = ids { one == id } else { gone.contains(id) };
    // Both look at every record: hundreds of thousands.
    let claims = || p.claims.iter().filter(|c| is_gone(&c.event)).map(|c| c.id).collect();
    let summaries = || p.events.iter().filter(|e| e.covers.iter().any(is_gone)).map(|e| (**e).clone()).collect();
    let (claims, summaries): (Vec<ClaimId>, Vec<Event>) = rayon::join(claims, summaries);
    remove_claims(p, &claims)?;
    for mut summary in summaries {
        summary.covers.retain(|id| !gone.contains(id));
        p.events.replace(summary)?;
    }
    forget(&mut p.notes, |subject| matches!(subject, Subject::Event(id) if gone.contains(&id)))
}

/// Takes subjects that are gone off the notes; the notes stay.
fn forget(notes: &mut Records<Note>, gone: impl Fn(Subject) -> bool) -> Result<(), EditError> {
    let touched: Vec<Note> =
        notes.iter().filter(|note| note.about.iter().any(|s| gone(*s))).map(|note| (**note).clone()).collect();
    for mut note in touched {
        note.about.retain(|subject| !gone(*subject));
        notes.replace(note)?;
    }
    Ok(())
}

/// Whether a table has a record, as an error that says which is missing.
fn there<R: Record>(records: &Records<R>, id: R::Id) -> Result<&Arc<R>, EditError> {
    records.get(id).ok_or_else(|| RecordError::Missing(id.to_string()).into())
}
