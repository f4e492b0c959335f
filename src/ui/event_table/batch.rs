//! Typed texts of many cells as one change of the project.
//!
//! Each text is read by its column; what cannot be read is left out and told. Nothing is changed before the whole is
//! handed in as one [`Edit`], which is one step of undo. It knows a snapshot and no screen, so that it works on any
//! thread.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::columns::{Column, Row};
use crate::derive::Derived;
use crate::edit::Edit;
use crate::model::{Event, EventId, Project, Text};

/// The snapshot that texts are read against.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub project: &'a Project,
    pub derived: &'a Derived,
    pub today: Date,
}

impl<'a> Ground<'a> {
    /// An event with what stands around it.
    pub fn row(self, event: &'a Event) -> Row<'a> {
        Row { project: self.project, derived: self.derived, event, today: self.today }
    }
}

/// Reads a text into a cell of an event. `None` where the cell shows it already.
///
/// # Errors
/// Where the column cannot read the text; the message says why.
pub(super) fn read(ground: Ground<'_>, before: &Event, column: &Column, text: &str) -> Result<Option<Event>, String> {
    let row = ground.row(before);
    if text.trim() == column.text(&row) {
        return Ok(None);
    }
    let after = column.parse(&row, text)?;
    Ok((after != *before).then_some(after))
}

/// Changes that are collected.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    changed: Vec<Event>,
    places: HashMap<EventId, usize>,
    added: HashSet<EventId>,
    /// Behind which event the new ones stand.
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
        ground: Ground<'_>,
        event: EventId,
        column: &'static Column,
        text: &str,
    ) -> Result<(), String> {
        let Some(before) = self.now(ground, event) else { return Ok(()) };
        if let Some(after) = read(ground, before, column, text)? {
            self.name(column.name);
            self.put(after);
        }
        Ok(())
    }

    /// An event with the changes so far.
    pub fn now<'a>(&'a self, ground: Ground<'a>, event: EventId) -> Option<&'a Event> {
        let known = self.places.get(&event).and_then(|at| self.changed.get(*at));
        known.or_else(|| ground.project.events.get(event).map(|event| &**event))
    }

    /// Notes a field that was changed.
    pub fn name(&mut self, field: &'static str) {
        self.mixed |= self.what.is_some_and(|what| what != field);
        self.what = Some(field);
    }

    /// Takes over an event as it should be.
    pub fn put(&mut self, event: Event) {
        match self.places.get(&event.id) {
            Some(at) => self.changed[*at] = event,
            None => {
                self.places.insert(event.id, self.changed.len());
                self.changed.push(event);
            }
        }
    }

    /// Takes in a new event, behind the others or behind `after`.
    pub fn add(&mut self, event: Event, after: Option<EventId>) {
        if self.added.is_empty() {
            self.after = after;
        }
        self.added.insert(event.id);
        self.put(event);
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
    pub fn former_reason(&self, project: &Project) -> Option<(Text, Text)> {
        self.changed.iter().find_map(|event| {
            let new = event.by_hand.iter().find(|hand| hand.reason.trim().is_empty())?;
            let old = project.events.get(event.id)?.hand(&new.measure, &new.class)?;
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
        self.clone().into_edit(label)
    }

    /// The same without a copy.
    pub fn into_edit(self, label: Option<String>) -> Option<Edit> {
        let Self { changed, added, after, what, mixed, .. } = self;
        let (new, old): (Vec<Event>, Vec<Event>) =
            changed.into_iter().partition(|event| !added.is_empty() && added.contains(&event.id));
        let what = match what {
            Some(what) if !mixed => lower_first(what),
            _ => "several fields".to_owned(),
        };
        let mut edits = Vec::new();
        if !old.is_empty() {
            edits.push(Edit::SetEvents { events: old, what });
        }
        if !new.is_empty() {
            edits.push(Edit::AddEvents { events: new, after });
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
