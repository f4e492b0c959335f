//! Typed texts of many cells as one change of the project.
//!
//! Each text is read by its column; what cannot be read is left out and told. Nothing is changed before the whole is
//! handed in as one [`Edit`], which is one step of undo. It knows a snapshot and no screen, so that it works on any
//! thread.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
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

/// Reads a text into a cell of the event `before`, which is `now` where something of it was changed already. Says
/// whether that changes anything: a text that the cell shows already does not.
///
/// # Errors
/// Where the column cannot read the text; the message says why.
pub(super) fn read(
    ground: Ground<'_>,
    before: &Event,
    now: &mut Option<Event>,
    column: &Column,
    text: &str,
) -> Result<bool, String> {
    let row = ground.row(now.as_ref().unwrap_or(before));
    if text.trim() == column.text(&row) {
        return Ok(false);
    }
    let put = column.put(&row, text)?;
    if let Some(now) = now {
        return Ok(put(now));
    }
    let mut after = before.clone();
    let other = put(&mut after);
    *now = other.then_some(after);
    Ok(other)
}

/// Which fields were changed, as far as the undo menu says it: one by its name, or several.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields {
    first: Option<&'static str>,
    several: bool,
}

impl Fields {
    pub fn add(&mut self, field: &'static str) {
        self.several |= self.first.is_some_and(|first| first != field);
        self.first = Some(field);
    }

    fn join(&mut self, other: Self) {
        self.several |= other.several;
        other.first.into_iter().for_each(|field| self.add(field));
    }
}

/// Changes that are collected.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    changed: Vec<Arc<Event>>,
    places: HashMap<EventId, usize, RandomState>,
    added: HashSet<EventId>,
    /// Behind which event the new ones stand.
    after: Option<EventId>,
    fields: Fields,
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
        let now = self.changed(event).or_else(|| ground.project.events.get(event).map(|event| &**event));
        let Some(before) = now else { return Ok(()) };
        let mut after = None;
        if read(ground, before, &mut after, column, text)? {
            self.fields.add(column.name);
        }
        after.into_iter().for_each(|after| self.put(Arc::new(after)));
        Ok(())
    }

    /// An event with the changes so far. `None` where there are none of it.
    pub fn changed(&self, event: EventId) -> Option<&Event> {
        self.places.get(&event).and_then(|at| self.changed.get(*at)).map(|event| &**event)
    }

    /// Notes fields that were changed.
    pub fn name(&mut self, fields: Fields) {
        self.fields.join(fields);
    }

    /// Makes room for so many events, which a change of many goes through.
    pub fn reserve(&mut self, events: usize) {
        self.changed.reserve(events);
        self.places.reserve(events);
    }

    /// Takes over an event as it should be.
    pub fn put(&mut self, event: Arc<Event>) {
        match self.places.get(&event.id) {
            Some(at) => self.changed[*at] = event,
            None => {
                self.places.insert(event.id, self.changed.len());
                self.changed.push(event);
            }
        }
    }

    /// Takes in a new event, behind the others or behind `after`.
    pub fn add(&mut self, event: Arc<Event>, after: Option<EventId>) {
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
        self.changed.iter().any(|event| Column::lacks_reason(event))
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
        for event in self.changed.iter_mut().filter(|event| Column::lacks_reason(event)) {
            let event = Arc::make_mut(event);
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
        let Self { mut changed, added, after, fields, .. } = self;
        let is_new = |event: &mut Arc<Event>| added.contains(&event.id);
        let new = if added.is_empty() { Vec::new() } else { changed.extract_if(.., is_new).collect() };
        let new: Vec<Event> = new.into_iter().map(Arc::unwrap_or_clone).collect();
        let old = changed;
        let what = match fields.first {
            Some(what) if !fields.several => lower_first(what),
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
