//! Typed texts of many cells as one change of the project.
//!
//! Each text is read by its column; what cannot be read is left out and told. Nothing is changed before the whole is
//! handed in as one [`Edit`], which is one step of undo.

use std::collections::{HashMap, HashSet};

use super::sheet::Sheet;
use crate::columns::Column;
use crate::edit::Edit;
use crate::model::{Event, EventId, Text};

/// Changes that are collected.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    changed: Vec<Event>,
    places: HashMap<EventId, usize>,
    added: Vec<EventId>,
    after: Option<EventId>,
    /// What was changed, for the undo menu.
    what: Option<&'static str>,
    mixed: bool,
}

impl Batch {
    /// Reads a text into a cell. A text that the cell shows already changes nothing.
    ///
    /// # Errors
    /// Where the column cannot read the text; the message says why.
    pub fn set(
        &mut self,
        sheet: &Sheet<'_>,
        event: EventId,
        column: &'static Column,
        text: &str,
    ) -> Result<(), String> {
        let known = self.places.get(&event).and_then(|at| self.changed.get(*at));
        let Some(before) = known.or_else(|| sheet.event(event)) else { return Ok(()) };
        let row = sheet.row(before);
        if text.trim() == column.text(&row) {
            return Ok(());
        }
        let after = column.parse(&row, text)?;
        if after == *before {
            return Ok(());
        }
        self.mixed |= self.what.is_some_and(|what| what != column.name);
        self.what = Some(column.name);
        self.put(after);
        Ok(())
    }

    fn put(&mut self, event: Event) {
        match self.places.get(&event.id) {
            Some(at) => self.changed[*at] = event,
            None => {
                self.places.insert(event.id, self.changed.len());
                self.changed.push(event);
            }
        }
    }

    /// A new event behind another one.
    pub fn add(&mut self, after: Option<EventId>) -> EventId {
        let id = EventId::random();
        if self.added.is_empty() {
            self.after = after;
        }
        self.added.push(id);
        self.put(Event::new(id));
        id
    }

    /// How many events are new.
    pub fn added(&self) -> usize {
        self.added.len()
    }

    /// Whether a figure set by hand lacks its reason.
    pub fn lacks_reason(&self) -> bool {
        self.changed.iter().any(Column::lacks_reason)
    }

    /// The reason and name that figures set by hand here had before.
    pub fn former_reason(&self, sheet: &Sheet<'_>) -> Option<(Text, Text)> {
        self.changed.iter().find_map(|event| {
            let new = event.by_hand.iter().find(|hand| hand.reason.trim().is_empty())?;
            let old = sheet.event(event.id)?.hand(&new.measure, &new.class)?;
            Some((old.reason.clone(), old.name.clone()))
        })
    }

    /// Gives every figure by hand that lacks them a reason and a name.
    pub fn explain(&mut self, reason: &str, name: &str) {
        let (reason, name): (Text, Text) = (reason.trim().into(), name.trim().into());
        for event in &mut self.changed {
            for hand in event.by_hand.iter_mut().filter(|hand| hand.reason.trim().is_empty()) {
                hand.reason = reason.clone();
                hand.name = name.clone();
            }
        }
    }

    /// The one change of all; `None` of nothing. `label` names it where the field does not.
    pub fn edit(&self, label: Option<String>) -> Option<Edit> {
        let added: HashSet<EventId> = self.added.iter().copied().collect();
        let (new, old): (Vec<Event>, Vec<Event>) =
            self.changed.iter().cloned().partition(|event| added.contains(&event.id));
        let what = match self.what {
            Some(what) if !self.mixed => lower_first(what),
            _ => "several fields".to_owned(),
        };
        let mut edits = Vec::new();
        if !old.is_empty() {
            edits.push(Edit::SetEvents { events: old, what });
        }
        if !new.is_empty() {
            edits.push(Edit::AddEvents { events: new, after: self.after });
        }
        match (label, edits.len()) {
            (_, 0) => None,
            (None, 1) => edits.pop(),
            (label, _) => Some(Edit::Several { label: label.unwrap_or_else(|| "Change events".to_owned()), edits }),
        }
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
