//! Changes of the columns of the analyst's own: a column comes, goes, is renamed or read otherwise, a word of a choice
//! is renamed. Each is one change, whatever number of values it touches. It knows no screen.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Edit, EditError, check};
use crate::model::own::RESERVED;
use crate::model::{ColumnId, Event, Own, OwnColumn, OwnKind, Project, Text};

/// A word of a choice that was renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The column of the word.
    pub column: ColumnId,
    /// The word as it was.
    pub from: Text,
    /// The word as it is now.
    pub to: Text,
}

/// Sets the columns and what follows from them: the version rises, ids that are gone are out of use for ever, their
/// values go, and renamed words are renamed in the values.
pub(super) fn set(p: &mut Project, columns: &[OwnColumn], renamed: &[Renamed]) -> Result<(), EditError> {
    let mut about = (*p.about).clone();
    let before = p.about.codebook.clone();
    let gone = gone(p, columns);
    let codebook = &mut about.codebook;
    codebook.columns = columns.to_vec();
    codebook.retired.extend(before.columns.iter().map(|column| column.id).filter(|id| gone.contains(id)));
    if *codebook != before {
        codebook.version = codebook.version.saturating_add(1);
    }
    check::columns(&before, codebook)?;
    p.about = Arc::new(about);
    if !values_follow(&gone, renamed) {
        return Ok(());
    }
    let other = |own: &Own| -> Option<Own> {
        let touched = own.iter().any(|(id, text)| gone.contains(&id) || renamed_to(renamed, id, text).is_some());
        touched.then(|| {
            let kept = own.iter().filter(|(id, _)| !gone.contains(id));
            kept.map(|(id, text)| (id, renamed_to(renamed, id, text).unwrap_or(text).clone())).collect()
        })
    };
    let events: Vec<Event> =
        p.events.iter().filter_map(|event| Some(Event { own: other(&event.own)?, ..(**event).clone() })).collect();
    for event in events {
        p.events.replace(event)?;
    }
    Ok(())
}

/// The columns of the project that are not among these.
fn gone(project: &Project, columns: &[OwnColumn]) -> HashSet<ColumnId> {
    let before = project.about.codebook.columns.iter().map(|column| column.id);
    before.filter(|id| columns.iter().all(|column| column.id != *id)).collect()
}

fn values_follow(gone: &HashSet<ColumnId>, renamed: &[Renamed]) -> bool {
    !gone.is_empty() || !renamed.is_empty()
}

/// Whether these columns in the place of the project's change values of events.
pub(super) fn touches_values(project: &Project, columns: &[OwnColumn], renamed: &[Renamed]) -> bool {
    values_follow(&gone(project, columns), renamed)
}

/// All words are renamed at once, so that two can change places.
fn renamed_to<'a>(renamed: &'a [Renamed], column: ColumnId, word: &Text) -> Option<&'a Text> {
    renamed.iter().find(|one| one.column == column && one.from == *word).map(|one| &one.to)
}

/// How many events have a value in a column.
pub fn values(project: &Project, column: ColumnId) -> usize {
    project.events.iter().filter(|event| event.own.get(column).is_some()).count()
}

/// How many values of a column another kind could not read.
pub fn unreadable(project: &Project, column: ColumnId, kind: &OwnKind) -> usize {
    let is_word = |word: &str| project.knows_word(word);
    let texts = project.events.iter().filter_map(|event| event.own.get(column));
    texts.filter(|text| kind.read(text, &is_word).is_err()).count()
}

/// A fresh id for a column of this title.
pub fn fresh_id(project: &Project, title: &str) -> ColumnId {
    let book = &project.about.codebook;
    ColumnId::of_title(title, |id| {
        let name = id.as_str();
        book.column(id).is_some()
            || book.retired.contains(&id)
            || RESERVED.contains(&name)
            || book.measures.iter().any(|measure| *measure.name == *name)
            || book.columns.iter().any(|column| column.title.to_lowercase() == name)
    })
}

/// Adds a column at the end.
pub fn add(project: &Project, title: &str, kind: OwnKind) -> (ColumnId, Edit) {
    let id = fresh_id(project, title);
    let mut columns = project.about.codebook.columns.clone();
    columns.push(OwnColumn { id, title: title.trim().into(), meaning: Text::default(), kind });
    (id, Edit::SetColumns { columns, renamed: Vec::new(), what: format!("Add column {}", title.trim()) })
}

/// Takes a column out, with its values. `None` where there is no such column.
pub fn remove(project: &Project, id: ColumnId) -> Option<Edit> {
    let mut columns = project.about.codebook.columns.clone();
    let at = columns.iter().position(|column| column.id == id)?;
    let column = columns.remove(at);
    let with = match values(project, id) {
        0 => String::new(),
        1 => " with 1 value".to_owned(),
        n => format!(" with {} values", crate::model::quantity::grouped(n as u64)),
    };
    Some(Edit::SetColumns { columns, renamed: Vec::new(), what: format!("Remove column {}{with}", column.title) })
}
