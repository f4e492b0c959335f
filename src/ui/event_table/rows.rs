//! Which events the table shows, and in which order.
//!
//! An order that was asked for is made once and then left alone: a row that is edited, or an event that is added, stays
//! where it is and in view until the table is sorted or filtered again. Knows columns; must not know how rows are drawn.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use crate::columns::order::{self, By};
use crate::columns::{Column, Key, Row};
use crate::derive::columnar::Columnar;
use crate::filter::{Filter, Mistake};
use crate::model::{Change, Event, EventId, Project};
use crate::ui::{RowOrder, View};

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
    /// The filter as it is written.
    line: String,
    /// The last one that could be read; it is in force.
    filter: Filter,
    mistake: Option<Mistake>,
    /// Events that stay in view although the filter does not match them.
    kept: HashSet<EventId>,
    /// Those of them that it does not match now.
    strays: HashSet<EventId>,
    order: Arc<RowOrder>,
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
            line: String::new(),
            filter: Filter::default(),
            mistake: None,
            kept: HashSet::new(),
            strays: HashSet::new(),
            order: Arc::default(),
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
        self.order.ids().get(row).copied()
    }

    /// The events in these rows.
    pub fn slice(&self, rows: std::ops::RangeInclusive<usize>) -> &[EventId] {
        self.order.ids().get(rows).unwrap_or_default()
    }

    /// The row of an event.
    pub fn find(&self, table: &Columnar, event: EventId) -> Option<usize> {
        self.order.find(table, event)
    }

    /// The order itself, to be shared: it is another one as soon as rows come, go or move.
    pub fn order(&self) -> &Arc<RowOrder> {
        &self.order
    }

    /// Whether an event stays in view although the filter does not match it any more.
    pub fn is_stray(&self, event: EventId) -> bool {
        self.strays.contains(&event)
    }

    /// How many events stay in view although the filter does not match them any more.
    pub fn strays(&self) -> usize {
        self.strays.len()
    }

    /// Whether sorting again would move rows.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Asks for the same order and filter anew.
    pub fn sort_again(&mut self) {
        self.kept.clear();
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

    /// Sorts by a column. With `add` the other keys stay and go before it.
    pub fn sort_by(&mut self, column: &'static Column, descending: bool, add: bool) {
        let own = self.sort.iter_mut().find(|sort| sort.column.id == column.id);
        match own {
            Some(own) if add => own.descending = descending,
            _ if add => self.sort.push(Sort { column, descending }),
            _ => self.sort = vec![Sort { column, descending }],
        }
        self.asked = true;
    }

    /// Takes a column out of the order; what is left of it is asked for anew.
    pub fn unsort(&mut self, column: &Column) {
        self.sort.retain(|sort| sort.column.id != column.id);
        self.asked = true;
    }

    /// The filter as it is written.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Where the written filter is wrong; then the one before stays in force.
    pub fn mistake(&self) -> Option<&Mistake> {
        self.mistake.as_ref()
    }

    /// Whether all events are shown.
    pub fn shows_all(&self) -> bool {
        self.filter.is_empty()
    }

    /// Shows only events that this filter lets through. While it cannot be read, the last one stays in force.
    pub fn set_filter(&mut self, line: String, project: &Project) {
        if self.line == line {
            return;
        }
        self.line = line;
        match Filter::parse(&self.line, project) {
            Ok(filter) => {
                self.mistake = None;
                if filter != self.filter {
                    self.filter = filter;
                    self.kept.clear();
                    self.asked = true;
                }
            }
            Err(mistake) => self.mistake = Some(mistake),
        }
    }

    /// Shows an event even where the filter does not match it.
    pub fn keep(&mut self, table: &Columnar, event: EventId) {
        if self.find(table, event).is_none() && self.kept.insert(event) {
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
        let table = view.derived.columnar();
        let through = self.filter.search(view.project, view.derived);
        let kept: HashSet<u32> = self.kept.iter().filter_map(|id| table.slot(*id)).collect();
        let shown = |slot: &u32| through[*slot as usize] || kept.contains(slot);
        let mut slots: Vec<u32> = table.order().iter().copied().filter(shown).collect();
        let by: Vec<By> = self.sort.iter().map(|sort| (sort.column, sort.descending)).collect();
        order::sort(&mut slots, &by, view.project, view.derived, view.today);
        self.strays = kept.iter().filter(|slot| !through[**slot as usize]).map(|slot| table.id(*slot)).collect();
        self.order = Arc::new(RowOrder::new(slots, table));
        self.stale = false;
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
            Arc::make_mut(&mut self.order).drop_gone(view.derived.columnar());
        }
        if !added.is_empty() {
            self.take_in(&added, view);
        }
        if !self.filter.is_empty() {
            self.kept.extend(added.iter().chain(&touched));
            self.find_strays(view);
        }
        self.stale |= if before.methodology == view.project.methodology {
            touched.iter().any(|id| self.is_misplaced(*id, view))
        } else {
            (0..self.order.len()).any(|row| self.is_out_of_order(row, row + 1, view))
        };
    }

    /// Notes which of the events that stay are not matched any more.
    fn find_strays(&mut self, view: &View<'_>) {
        let table = view.derived.columnar();
        let through = self.filter.search(view.project, view.derived);
        let stray = |id: &&EventId| table.slot(**id).is_some_and(|slot| !through[slot as usize]);
        self.strays = self.kept.iter().filter(stray).filter(|id| self.find(table, **id).is_some()).copied().collect();
    }

    /// Puts new events into the order: where sorting puts them, or behind their neighbour of the file while they have
    /// nothing to sort by.
    fn take_in(&mut self, added: &[EventId], view: &View<'_>) {
        let table = view.derived.columnar();
        let mut slots: Vec<u32> = added.iter().filter_map(|id| table.slot(*id)).collect();
        slots.sort_unstable_by_key(|slot| table.position(*slot));
        for slot in slots {
            let id = table.id(slot);
            let Some(event) = view.project.events.get(id) else { continue };
            let own = keys(&self.sort, view, event);
            let sorts = own.first().is_some_and(|key| *key != Key::Empty);
            let at = if sorts {
                self.order.ids().partition_point(|id| {
                    let other = view.project.events.get(*id).map(|event| keys(&self.sort, view, event));
                    other.is_none_or(|other| order(&self.sort, &other, &own) != Ordering::Greater)
                })
            } else {
                let mut before = table.order()[..table.position(slot)].iter().rev().map(|slot| table.id(*slot));
                before.find_map(|id| self.find(table, id)).map_or(0, |row| row + 1)
            };
            Arc::make_mut(&mut self.order).insert(&[(at, id)], table);
        }
    }

    fn is_misplaced(&self, event: EventId, view: &View<'_>) -> bool {
        let Some(row) = self.find(view.derived.columnar(), event) else { return false };
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
