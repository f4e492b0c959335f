//! Taking over what changed in the project without moving any row.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::fold::Head;
use super::{Dirty, Grouping, Key, Lines, Members, Name, Rows, Sort, Spot, keys};
use crate::columns::order;
use crate::derive::columnar::{Columnar, Flag};
use crate::model::{Change, EventId, Project};
use crate::ui::{RowOrder, View};

/// More new events at once than this are an import: then everything is sorted again.
const MANY: usize = 64;
/// So many events that are gone are taken out row by row.
const FEW: usize = 8;
/// More changes at once than this are not looked at one by one.
const MOST: usize = 5_000;

/// What changed of events.
#[derive(Default)]
struct Changed {
    /// Events that are other than before, or of which something else is said.
    touched: HashSet<EventId>,
    added: Vec<EventId>,
    removed: Vec<EventId>,
    /// There is more than was looked at.
    more: bool,
    /// The figures of any event may be other ones.
    figures: bool,
}

impl Changed {
    fn between(before: &Project, after: &Project) -> Self {
        let mut changed = Self::default();
        for change in before.events.changes(&after.events) {
            match change {
                Change::Added(event) => changed.added.push(event.id),
                Change::Removed(event) => changed.removed.push(event.id),
                Change::Changed(_, event) => drop(changed.touched.insert(event.id)),
            }
            if changed.touched.len() > MOST {
                changed.more = true;
                break;
            }
        }
        for change in before.claims.changes(&after.claims) {
            match change {
                Change::Added(claim) | Change::Removed(claim) => drop(changed.touched.insert(claim.event)),
                Change::Changed(old, new) => changed.touched.extend([old.event, new.event]),
            }
            if changed.touched.len() > MOST {
                changed.more = true;
                break;
            }
        }
        changed.figures = before.methodology != after.methodology || !before.articles.unchanged(&after.articles);
        changed
    }
}

/// A new event on its way into the rows.
struct New {
    /// The row before which it comes.
    at: usize,
    /// The group into which it comes.
    head: usize,
    id: EventId,
    slot: u32,
    /// By what it sorts; nothing where it stands behind its neighbour of the file.
    keys: Option<Vec<Key>>,
}

impl Rows {
    /// Takes over what changed without moving any row.
    pub(super) fn follow(&mut self, before: &Project, view: &View<'_>) {
        let changed = Changed::between(before, view.project);
        let table = view.derived.columnar();
        if changed.added.len() > MANY {
            return self.make(view);
        }
        // Figures that were worked out anew number the events in their own way.
        let renumbered = self.numbering != table.numbering();
        let removed = !changed.removed.is_empty();
        let patched = removed && !changed.more && !renumbered && self.drop_few(&changed.removed, table);
        if !patched && (removed || changed.more || renumbered) {
            let gone = self.drop_dead(table);
            if renumbered {
                self.dirty = Dirty::All;
            }
            if gone && changed.more {
                return self.make(view);
            }
        }
        if !changed.added.is_empty() {
            self.take_in(&changed.added, view);
        }
        if !self.filter.is_empty() {
            self.find_strays(&changed, view);
        }
        let all = changed.more || changed.figures;
        self.note_dirty(&changed, all, table);
        self.note_moved(&changed, all, view);
        self.stale |= if all {
            self.is_unsorted(view)
        } else {
            !self.moved.is_empty() || changed.touched.iter().any(|id| self.is_misplaced(*id, view))
        };
    }

    /// Takes out the rows of a few events that are gone, and leaves all others alone; says whether that was enough.
    fn drop_few(&mut self, removed: &[EventId], table: &Columnar) -> bool {
        // An event that was put elsewhere may have another slot now.
        let moved = || removed.iter().any(|id| table.slot(*id).is_some());
        if removed.len() > FEW || !self.heads.is_empty() || moved() {
            return false;
        }
        let order = &self.order;
        let found: Option<Vec<usize>> = removed.iter().map(|id| order.find_gone(table, *id)).collect();
        // One that is not found may not be shown, or another one has its slot.
        let sought = || order.ids().par_iter().positions(|id| removed.contains(id)).collect();
        let mut rows: Vec<usize> = found.unwrap_or_else(sought);
        if !rows.is_empty() {
            rows.sort_unstable();
            self.order = Arc::new(self.order.without(&rows));
            self.lines = Lines::new(Vec::new(), self.order.len());
            self.dirty = Dirty::All;
        }
        true
    }

    /// Takes out the rows of events that are gone; says whether there were any.
    fn drop_dead(&mut self, table: &Columnar) -> bool {
        let mut lives = vec![false; table.slots()];
        table.order().iter().for_each(|slot| lives[*slot as usize] = true);
        // A slot may have been given to another event, and an event that was put elsewhere another slot.
        let slot_of = |id: EventId, slot: u32| {
            let same = lives.get(slot as usize).is_some_and(|lives| *lives) && table.id(slot) == id;
            if same { Some(slot) } else { table.slot(id) }
        };
        let living = |ids: &[EventId], slots: &[u32]| -> Vec<u32> {
            ids.iter().zip(slots).filter_map(|(id, slot)| slot_of(*id, *slot)).collect()
        };
        let (before, lines) = (self.order.clone(), std::mem::take(&mut self.lines));
        let mut after: Vec<u32> = Vec::with_capacity(before.len());
        let (mut heads, mut starts, mut gone) = (Vec::new(), Vec::new(), false);
        for (number, mut head) in std::mem::take(&mut self.heads).into_iter().enumerate() {
            let (start, rows) = (after.len(), lines.rows_of(number));
            after.extend(living(&before.ids()[rows.clone()], &before.slots()[rows]));
            let mut len = after.len() - start;
            if let Some(folded) = &mut head.folded {
                let slots = living(&folded.ids, &folded.slots);
                gone |= slots.len() < folded.len();
                *folded = Members::of(slots, table);
                len = folded.len();
            }
            // A group that lost its last event goes with it.
            if len > 0 {
                starts.push(start);
                heads.push(head);
            }
        }
        if lines.heads() == 0 {
            after = living(before.ids(), before.slots());
        }
        gone |= after.len() < before.len();
        self.heads = heads;
        self.lines = Lines::new(starts, after.len());
        self.order = Arc::new(RowOrder::new(after, table));
        if gone {
            self.dirty = Dirty::All;
        }
        self.note_hidden(table);
        gone
    }

    /// Notes which of the events that stay are not matched any more.
    fn find_strays(&mut self, changed: &Changed, view: &View<'_>) {
        let table = view.derived.columnar();
        self.kept.extend(changed.added.iter().chain(&changed.touched));
        if changed.more || self.kept.len() > MOST {
            let sought = self.search(view);
            let shown = self.order.ids().iter().zip(self.order.slots());
            self.strays = shown.filter(|(_, slot)| !sought.passes(**slot)).map(|(id, _)| *id).collect();
            self.kept.extend(&self.strays);
            return;
        }
        let kept: Vec<(EventId, u32)> = self.kept.iter().filter_map(|id| Some((*id, table.slot(*id)?))).collect();
        let slots: Vec<u32> = kept.iter().map(|(_, slot)| *slot).collect();
        let through = self.filter.matches(&slots, view.project, view.derived);
        let strays =
            kept.into_iter().zip(through).filter(|((id, _), through)| !through && self.spot(table, *id).is_some());
        self.strays = strays.map(|((id, _), _)| id).collect();
    }

    /// Puts new events into the order: where sorting puts them, or behind their neighbour of the file while they have
    /// nothing to sort by.
    fn take_in(&mut self, added: &[EventId], view: &View<'_>) {
        let table = view.derived.columnar();
        let mut slots: Vec<u32> = added.iter().filter_map(|id| table.slot(*id)).collect();
        slots.retain(|slot| self.spot(table, table.id(*slot)).is_none());
        slots.sort_unstable_by_key(|slot| table.position(*slot));
        let mut coming: Vec<New> = Vec::new();
        for slot in slots {
            if let Some(new) = self.place_for(slot, &mut coming, view) {
                // Behind those that come to the same place and do not sort behind it.
                let behind = |other: &New| match (&other.keys, &new.keys) {
                    (Some(other), Some(own)) => order(&self.sort, other, own) != Ordering::Greater,
                    _ => true,
                };
                let before = |other: &New| {
                    (other.at, other.head) < (new.at, new.head)
                        || ((other.at, other.head) == (new.at, new.head) && behind(other))
                };
                let at = coming.iter().rposition(before).map_or(0, |at| at + 1);
                coming.insert(at, new);
            }
        }
        self.merge(coming, table);
        self.note_hidden(table);
    }

    /// Where a new event comes. `None` where it went into a folded group.
    fn place_for(&mut self, slot: u32, coming: &mut [New], view: &View<'_>) -> Option<New> {
        let table = view.derived.columnar();
        let id = table.id(slot);
        let event = view.project.events.get(id)?;
        let own = keys(&self.sort, view, event);
        let sorts = own.first().is_some_and(|key| *key != Key::Empty);
        let name = self.group.as_ref().and_then(|group| Grouping::new(group, view.project, table));
        let name = name.map(|grouping| grouping.name(slot));
        let before = table.order()[..table.position(slot)].iter().rev();
        let neighbour = before.map(|slot| table.id(*slot)).find_map(|id| {
            let new = coming.iter().find(|new| new.id == id).map(|new| (new.head, Some(new.at)));
            new.or_else(|| match self.spot(table, id)? {
                Spot::Row(row) => Some((self.lines.head_of(row).unwrap_or(0), Some(row + 1))),
                Spot::Folded(head) => Some((head, None)),
            })
        });
        let nothing_said = !sorts && name.as_ref().is_none_or(|name| !name.is_value());
        let head = match (&name, neighbour) {
            (None, _) => 0,
            // A blank row stays beside the row under which it was made.
            (Some(_), Some((head, _))) if nothing_said => head,
            (Some(name), _) => self.head_for(name, coming, table),
        };
        let rows = if name.is_some() { self.lines.rows_of(head) } else { 0..self.order.len() };
        if let Some(folded) = self.heads.get_mut(head).and_then(|head| head.folded.as_mut()) {
            folded.push(id, slot);
            self.dirty = Dirty::All;
            return None;
        }
        let sorted = || {
            let comes_after = |other: &EventId| {
                let other = view.project.events.get(*other).map(|event| keys(&self.sort, view, event));
                other.is_none_or(|other| order(&self.sort, &other, &own) != Ordering::Greater)
            };
            rows.start + self.order.ids()[rows.clone()].partition_point(comes_after)
        };
        let beside = neighbour.filter(|(other, _)| *other == head).and_then(|(_, at)| at);
        let at = match (sorts, beside) {
            (true, _) => sorted(),
            (false, Some(at)) => at,
            (false, None) if name.is_some() => rows.end,
            (false, None) => 0,
        };
        Some(New { at, head, id, slot, keys: sorts.then_some(own) })
    }

    /// The group of this name; a new one where there is none, and those behind it get other numbers.
    fn head_for(&mut self, name: &Name, coming: &mut [New], table: &Columnar) -> usize {
        if let Some(head) = self.head_named(name) {
            return head;
        }
        let descending = self.groups_descend();
        let behind = self.heads.iter().position(|head| head.name.order(name, descending) == Ordering::Greater);
        let head = behind.unwrap_or(self.heads.len());
        let folded = self.folds.has(name).then(Members::default);
        self.heads.insert(head, Head { name: name.clone(), folded });
        self.lines.insert(head);
        coming.iter_mut().filter(|new| new.head >= head).for_each(|new| new.head += 1);
        self.dirty = Dirty::All;
        self.note_hidden(table);
        head
    }

    /// Puts new rows in, all at once.
    fn merge(&mut self, coming: Vec<New>, table: &Columnar) {
        if coming.is_empty() {
            return;
        }
        for new in &coming {
            if self.heads.is_empty() {
                self.lines = Lines::new(Vec::new(), self.lines.len() + 1);
            } else {
                self.lines.resize(new.head, 1);
                self.dirty.note(new.head);
            }
        }
        let coming: Vec<(usize, u32)> = coming.iter().map(|new| (new.at, new.slot)).collect();
        self.order = Arc::new(self.order.with(&coming, table));
    }

    fn note_dirty(&mut self, changed: &Changed, all: bool, table: &Columnar) {
        if self.heads.is_empty() {
            return;
        }
        if all {
            self.dirty = Dirty::All;
            return;
        }
        for id in &changed.touched {
            if let Some(head) = self.head_of(*id, table) {
                self.dirty.note(head);
            }
        }
        // A summary adds what exceeds the events that it covers, which may stand in any group.
        if !changed.touched.is_empty() || !changed.added.is_empty() || !changed.removed.is_empty() {
            let covers = |slot: &&u32| table.flags()[**slot as usize] & Flag::Summary.bit() != 0;
            for slot in table.order().iter().filter(covers) {
                if let Some(head) = self.head_of(table.id(*slot), table) {
                    self.dirty.note(head);
                }
            }
        }
    }

    fn head_of(&self, event: EventId, table: &Columnar) -> Option<usize> {
        match self.spot(table, event)? {
            Spot::Row(row) => self.lines.head_of(row),
            Spot::Folded(head) => Some(head),
        }
    }

    /// Notes which events belong to another group now than the one in which they stay.
    fn note_moved(&mut self, changed: &Changed, all: bool, view: &View<'_>) {
        let table = view.derived.columnar();
        let Some(group) = &self.group else { return };
        let Some(grouping) = Grouping::new(group, view.project, table) else { return };
        if all {
            let of_head = |number: usize| {
                let name = self.heads.get(number).map(|head| &head.name);
                let other = |slot: &&u32| Some(&grouping.name(**slot)) != name;
                self.members(number).iter().filter(other).map(|slot| table.id(*slot)).collect::<Vec<_>>()
            };
            self.moved = (0..self.heads.len()).flat_map(of_head).collect();
            return;
        }
        for id in changed.touched.iter().chain(&changed.added) {
            let head = self.head_of(*id, table).and_then(|head| self.heads.get(head));
            let Some((head, slot)) = head.zip(table.slot(*id)) else { continue };
            if grouping.name(slot) == head.name {
                self.moved.remove(id);
            } else {
                self.moved.insert(*id);
            }
        }
        self.moved.retain(|id| table.slot(*id).is_some());
    }

    /// Whether any row stands where sorting would not put it.
    fn is_unsorted(&self, view: &View<'_>) -> bool {
        let by: Vec<order::By> = self.sort.iter().map(|sort| (sort.column, sort.descending)).collect();
        let sorted = |slots: &[u32]| order::is_sorted(slots, &by, view.project, view.derived);
        let in_groups = || (0..self.heads.len()).any(|head| !sorted(self.members(head)));
        !self.moved.is_empty() || if self.heads.is_empty() { !sorted(self.order.slots()) } else { in_groups() }
    }

    fn is_misplaced(&self, event: EventId, view: &View<'_>) -> bool {
        let Some(row) = self.find(view.derived.columnar(), event) else { return false };
        (row > 0 && self.is_out_of_order(row - 1, row, view)) || self.is_out_of_order(row, row + 1, view)
    }

    fn is_out_of_order(&self, first: usize, second: usize, view: &View<'_>) -> bool {
        if self.lines.head_of(first) != self.lines.head_of(second) {
            return false;
        }
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

impl Dirty {
    fn note(&mut self, head: usize) {
        match self {
            Self::Nothing => *self = Self::Heads(HashSet::from([head])),
            Self::Heads(heads) => drop(heads.insert(head)),
            Self::All => {}
        }
    }
}

fn order(sort: &[Sort], a: &[Key], b: &[Key]) -> Ordering {
    let pairs = sort.iter().zip(a.iter().zip(b));
    pairs.map(|(sort, (a, b))| a.order(b, sort.descending)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
