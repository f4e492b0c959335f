//! Which events the table shows, and in which order.
//!
//! An order that was asked for is made once and then left alone: a row that is edited, or an event that is added, stays
//! where it is and in view until the table is sorted or filtered again. Knows columns; must not know how rows are drawn.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::columns::{Column, Key, Row};
use crate::model::{Change, Event, EventId, Project};
use crate::ui::View;

/// More new events at once than this are an import: then everything is sorted again.
const MANY: usize = 64;

/// One key of the order.
#[derive(Clone, Copy)]
pub(super) struct Sort {
    pub column: &'static Column,
    pub descending: bool,
}

/// The events that are shown, in order.
pub(super) struct Rows {
    /// The snapshot that the rest was made for.
    seen: Option<(u64, Project)>,
    sort: Vec<Sort>,
    filter: String,
    /// Events that stay in view although the filter does not match them.
    kept: HashSet<EventId>,
    order: Vec<EventId>,
    places: HashMap<EventId, usize>,
    /// Whether an edit left a row where sorting would not put it.
    stale: bool,
    /// Whether the order or the filter was asked for anew.
    asked: bool,
}

/// The rows of a table that is opened: by date.
impl Default for Rows {
    fn default() -> Self {
        let by_date = Column::of("when").map(|column| Sort { column, descending: false });
        Self {
            seen: None,
            sort: by_date.into_iter().collect(),
            filter: String::new(),
            kept: HashSet::new(),
            order: Vec::new(),
            places: HashMap::new(),
            stale: false,
            asked: false,
        }
    }
}

impl Rows {
    /// How many events are shown.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The event in a row.
    pub fn at(&self, row: usize) -> Option<EventId> {
        self.order.get(row).copied()
    }

    /// The events in these rows.
    pub fn slice(&self, rows: std::ops::RangeInclusive<usize>) -> &[EventId] {
        self.order.get(rows).unwrap_or_default()
    }

    /// The row of an event.
    pub fn find(&self, event: EventId) -> Option<usize> {
        self.places.get(&event).copied()
    }

    /// Whether sorting again would move rows.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Asks for the same order anew.
    pub fn sort_again(&mut self) {
        self.asked = true;
    }

    /// The place of a column among the keys of the order, and its direction.
    pub fn sort_of(&self, column: &Column) -> Option<(usize, bool)> {
        let at = self.sort.iter().position(|sort| sort.column.id == column.id)?;
        Some((at, self.sort[at].descending))
    }

    /// How many keys the order has.
    pub fn sort_keys(&self) -> usize {
        self.sort.len()
    }

    /// A click on a header: ascending, descending, none. With `add` the other keys stay.
    pub fn click_header(&mut self, column: &'static Column, add: bool) {
        let now = self.sort_of(column);
        if !add {
            self.sort.retain(|sort| sort.column.id == column.id);
        }
        match now {
            None => self.sort.push(Sort { column, descending: false }),
            Some((_, false)) => {
                self.sort.iter_mut().filter(|s| s.column.id == column.id).for_each(|s| s.descending = true)
            }
            Some((_, true)) => self.sort.retain(|sort| sort.column.id != column.id),
        }
        self.asked = true;
    }

    /// The words that rows must hold.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Shows only events that hold all these words.
    pub fn set_filter(&mut self, filter: String) {
        if self.filter != filter {
            self.filter = filter;
            self.kept.clear();
            self.asked = true;
        }
    }

    /// Shows an event even where the filter does not match it.
    pub fn keep(&mut self, event: EventId) {
        if !self.places.contains_key(&event) && self.kept.insert(event) {
            self.asked = true;
        }
    }

    /// Brings the rows up to the snapshot in view. Cheap while nothing changed.
    pub fn refresh(&mut self, view: &View<'_>) {
        let before = match self.seen.take() {
            Some((revision, project)) if revision == view.revision && !self.asked => {
                self.seen = Some((revision, project));
                return;
            }
            before => before,
        };
        match before {
            Some((_, before)) if !self.asked => self.follow(&before, view),
            _ => self.make(view),
        }
        self.asked = false;
        self.seen = Some((view.revision, view.project.clone()));
    }

    /// Filters and sorts everything.
    fn make(&mut self, view: &View<'_>) {
        let words = words(&self.filter);
        let events: Vec<&Event> = view.project.events.iter().map(|event| &**event).collect();
        let mut keyed: Vec<(Vec<Key>, EventId)> = events
            .par_iter()
            .filter(|event| matches(&words, event) || self.kept.contains(&event.id))
            .map(|event| (keys(&self.sort, view, event), event.id))
            .collect();
        // Stable, so that equal rows keep the order of the file.
        keyed.par_sort_by(|a, b| order(&self.sort, &a.0, &b.0));
        self.order = keyed.into_iter().map(|(_, id)| id).collect();
        self.stale = false;
        self.note_places();
    }

    fn note_places(&mut self) {
        self.places = self.order.iter().enumerate().map(|(row, id)| (*id, row)).collect();
    }

    /// Takes over what changed without moving any row.
    fn follow(&mut self, before: &Project, view: &View<'_>) {
        let mut touched: HashSet<EventId> = HashSet::new();
        let (mut added, mut removed) = (Vec::new(), false);
        for change in before.events.changes(&view.project.events) {
            match change {
                Change::Added(event) => added.push(event.id),
                Change::Removed(_) => removed = true,
                Change::Changed(_, event) => drop(touched.insert(event.id)),
            }
        }
        for change in before.claims.changes(&view.project.claims) {
            match change {
                Change::Added(claim) | Change::Removed(claim) => drop(touched.insert(claim.event)),
                Change::Changed(old, new) => touched.extend([old.event, new.event]),
            }
        }
        if added.len() > MANY {
            return self.make(view);
        }
        if removed {
            self.order.retain(|id| view.project.events.contains(*id));
            self.note_places();
        }
        if !added.is_empty() {
            self.take_in(&added, view);
        }
        if !self.filter.is_empty() {
            self.kept.extend(added.iter().chain(&touched));
        }
        self.stale |= if before.methodology == view.project.methodology {
            touched.iter().any(|id| self.is_misplaced(*id, view))
        } else {
            (0..self.order.len()).any(|row| self.is_out_of_order(row, row + 1, view))
        };
    }

    /// Puts new events into the order: where sorting puts them, or behind their neighbour of the file while they have
    /// nothing to sort by.
    fn take_in(&mut self, added: &[EventId], view: &View<'_>) {
        let new: HashSet<EventId> = added.iter().copied().collect();
        let mut behind: Option<EventId> = None;
        for event in view.project.events.iter() {
            if !new.contains(&event.id) {
                if self.places.contains_key(&event.id) {
                    behind = Some(event.id);
                }
                continue;
            }
            let own = keys(&self.sort, view, event);
            let sorts = own.first().is_some_and(|key| *key != Key::Empty);
            let at = if sorts {
                self.order.partition_point(|id| {
                    let other = view.project.events.get(*id).map(|event| keys(&self.sort, view, event));
                    other.is_none_or(|other| order(&self.sort, &other, &own) != Ordering::Greater)
                })
            } else {
                behind.and_then(|id| self.order.iter().position(|other| *other == id)).map_or(0, |row| row + 1)
            };
            self.order.insert(at, event.id);
            behind = Some(event.id);
        }
        self.note_places();
    }

    fn is_misplaced(&self, event: EventId, view: &View<'_>) -> bool {
        let Some(row) = self.find(event) else { return false };
        (row > 0 && self.is_out_of_order(row - 1, row, view)) || self.is_out_of_order(row, row + 1, view)
    }

    fn is_out_of_order(&self, first: usize, second: usize, view: &View<'_>) -> bool {
        let keys_at = |row: usize| {
            let event = view.project.events.get(self.at(row)?)?;
            Some(keys(&self.sort, view, event))
        };
        let (Some(first), Some(second)) = (keys_at(first), keys_at(second)) else { return false };
        // An event that was just added has nothing to sort by and may stand anywhere.
        let fresh = |keys: &[Key]| keys.iter().all(|key| *key == Key::Empty);
        !fresh(&first) && !fresh(&second) && order(&self.sort, &first, &second) == Ordering::Greater
    }
}

fn keys(sort: &[Sort], view: &View<'_>, event: &Event) -> Vec<Key> {
    let row = Row { project: view.project, derived: view.derived, event, today: view.today };
    sort.iter().map(|sort| sort.column.key(&row)).collect()
}

fn order(sort: &[Sort], a: &[Key], b: &[Key]) -> Ordering {
    let pairs = sort.iter().zip(a.iter().zip(b));
    pairs.map(|(sort, (a, b))| a.order(b, sort.descending)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn words(filter: &str) -> Vec<String> {
    filter.split_whitespace().map(str::to_lowercase).collect()
}

/// Whether an event holds all words somewhere.
fn matches(words: &[String], event: &Event) -> bool {
    if words.is_empty() {
        return true;
    }
    let mut text = String::new();
    let place = &event.location;
    let fields = [&event.title, &place.name, &place.adm1, &place.country, &event.side_a, &event.side_b, &event.kind];
    for field in fields.into_iter().chain(&event.tags) {
        text.push_str(field);
        text.push('\n');
    }
    text.push_str(event.id.as_str());
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}
