//! Columns of the analyst's own: how they are read from the codebook, and their values from events.

use std::collections::HashSet;

use crate::model::own::RESERVED;
use crate::model::{ColumnId, Own, OwnColumn, OwnKind};

use super::into_model::term;
use super::reader::Reader;
use super::{OwnColumn as Written, Str};

/// The columns of a codebook. An id that stands twice cannot be kept: nobody could say which column a value is of.
pub(super) fn columns(file: Vec<Written<'_>>, r: &mut Reader<'_>) -> Option<Vec<OwnColumn>> {
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    r.each("columns", file, |r, file| {
        let column = column(r, file)?;
        if !ids.insert(column.id) {
            r.refuse(
                "id",
                format!("The id `{}` is that of an earlier column; give one of the two a new id", column.id),
            );
            return None;
        }
        for (field, name) in [("id", column.id.as_str()), ("title", &*column.title)] {
            if RESERVED.contains(&name.to_lowercase().as_str()) {
                let message = format!("“{name}” is the name of something else; give the column another {field}");
                r.warn(field, message);
            }
        }
        if !titles.insert(column.title.to_lowercase()) {
            r.warn("title", format!("Two columns are called “{}”; rename one of them", column.title));
        }
        Some(column)
    })
}

fn column(r: &mut Reader<'_>, file: Written<'_>) -> Option<OwnColumn> {
    let id = r.value("id", file.id.parse());
    let title = r.text("title", &file.title);
    if title.trim().is_empty() {
        r.warn("title", "The title of this column is blank; say what stands over it");
    }
    let meaning = r.text("meaning", &file.meaning);
    let key = if file.kind.is_empty() { "text" } else { &*file.kind };
    let has_words = !file.words.is_empty();
    let mut known = HashSet::new();
    let words = r.each("words", file.words, |r, file| {
        let word = term(&file, r);
        if word.name.trim().is_empty() {
            r.warn("name", "This word is blank; write it, or take it out");
        } else if !known.insert(word.name.clone()) {
            r.warn("name", format!("“{}” stands in this list twice; leave one", word.name));
        }
        Some(word)
    });
    if has_words && key != "choice" {
        r.refuse("words", "Words go with the kind \"choice\" only; remove them, or change the kind");
        return None;
    }
    let kind = OwnKind::from_key(key, words?);
    if kind.is_none() {
        r.no_such_key("kind", key, OwnKind::KEYS.into_iter());
    }
    Some(OwnColumn { id: id?, title, meaning, kind: kind? })
}

/// Tells of columns whose ids were taken out of use.
pub(super) fn used_again(columns: &[OwnColumn], retired: &[ColumnId], r: &mut Reader<'_>) {
    for column in columns.iter().filter(|column| retired.contains(&column.id)) {
        let message =
            format!("The id `{}` is also that of a column in use; take it out here, or rename the column", column.id);
        r.warn("retired", message);
    }
}

/// The values of an event. What the codebook does not have, or its column cannot read, is kept and told.
pub(super) fn values(file: Vec<(Str<'_>, Str<'_>)>, r: &mut Reader<'_>) -> Option<Own> {
    let mut seen = HashSet::new();
    let values = r.each("own", file, |r, (id, text)| {
        let id: ColumnId = r.value_here(id.parse())?;
        if !seen.insert(id) {
            return r.value_here(Err(format!("The column `{id}` has two values here; leave one")));
        }
        let column = r.columns.iter().find(|column| column.id == id);
        let told = match column.map(|column| (column.name(), column.kind.read(&text, r.knows_word))) {
            _ if text.is_empty() => Some(format!("The value of `{id}` is empty; take the pair out")),
            None => Some(format!("The codebook has no column `{id}`; add it there, or take the value out")),
            Some((name, Err(why))) => Some(format!("{name}: {why}; it was kept as it is")),
            Some((_, Ok(_))) => None,
        };
        if let Some(told) = told {
            r.warn_here(told);
        }
        Some((id, r.text_here(&text)))
    });
    values.map(|values| values.into_iter().collect())
}
