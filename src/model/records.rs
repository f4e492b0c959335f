//! An ordered, persistent table of records: the order is the file's, a look-up is by id, a copy is cheap.
//!
//! Snapshots of a project share everything that did not change, which is what makes undo a swap and the difference of
//! two snapshots a matter of microseconds. It must not know what a record means.

use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use foldhash::fast::RandomState;
use imbl::OrdMap;
use imbl::ordmap::{DiffItem, RangedIter};
use imbl::shared_ptr::DefaultSharedPtr;
use rayon::prelude::*;

/// Something with an id of its own.
pub trait Record: Clone + Eq {
    /// The type of the id.
    type Id: Copy + Ord + Hash + fmt::Display + fmt::Debug;
    /// Which record this is.
    fn id(&self) -> Self::Id;
}

/// More records than this are put into an empty table at once instead of one by one.
const MANY: usize = 64;

/// So many records are looked up by one core: fewer are not worth asking another one.
const SHARE: usize = 1_024;

/// Room between two neighbours, so that a row can be put between them without moving others.
const GAP: u64 = 1 << 32;

/// Why a table cannot be changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Two records with one id.
    #[error("the id `{0}` is taken")]
    Taken(String),
    /// No record with this id.
    #[error("there is no record `{0}`")]
    Missing(String),
}

/// What differs between two tables, told from the older to the newer.
#[derive(Debug, PartialEq, Eq)]
pub enum Change<'a, R> {
    /// Only the newer one has it.
    Added(&'a Arc<R>),
    /// Only the older one has it.
    Removed(&'a Arc<R>),
    /// Both have it, with other contents.
    Changed(&'a Arc<R>, &'a Arc<R>),
}

// References alone: a copy asks nothing of the record.
impl<R> Clone for Change<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for Change<'_, R> {}

/// Looks up one record after the other. One that stands right behind the one before, as in a range of rows, is found
/// without a search.
pub struct Walk<'a, R: Record> {
    table: &'a Records<R>,
    ahead: Option<RangedIter<'a, u64, Arc<R>, DefaultSharedPtr>>,
}

impl<'a, R: Record> Walk<'a, R> {
    /// Where the record with this id stands, and the record.
    pub fn find(&mut self, id: R::Id) -> Option<(u64, &'a Arc<R>)> {
        let next = self.ahead.as_mut().and_then(Iterator::next).map(|(place, record)| (*place, record));
        if let Some(next) = next.filter(|(_, record)| record.id() == id) {
            return Some(next);
        }
        let place = self.table.place(id)?;
        let mut ahead = self.table.rows.range(place..);
        let found = ahead.next().map(|(place, record)| (*place, record));
        self.ahead = Some(ahead);
        found
    }
}

/// An ordered table of records.
#[derive(Clone)]
pub struct Records<R: Record> {
    rows: OrdMap<u64, Arc<R>>,
    places: OrdMap<R::Id, u64>,
}

impl<R: Record> Default for Records<R> {
    fn default() -> Self {
        Self { rows: OrdMap::new(), places: OrdMap::new() }
    }
}

impl<R: Record + fmt::Debug> fmt::Debug for Records<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Two tables are equal when they hold equal records in the same order.
impl<R: Record> PartialEq for Records<R> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other.iter()).all(|(a, b)| Arc::ptr_eq(a, b) || a == b)
    }
}
impl<R: Record> Eq for Records<R> {}

impl<R: Record> Records<R> {
    /// The table of these records in this order, and those left out because their id was taken already.
    pub fn from_list(list: impl IntoIterator<Item = R>) -> (Self, Vec<R>) {
        let (table, doubles) = Self::from_shared(list.into_iter().map(Arc::new));
        (table, doubles.into_iter().map(Arc::unwrap_or_clone).collect())
    }

    /// The same of records that somebody else may hold, too.
    pub fn from_shared(list: impl IntoIterator<Item = Arc<R>>) -> (Self, Vec<Arc<R>>) {
        let mut taken: HashSet<R::Id, RandomState> = HashSet::default();
        let mut doubles = Vec::new();
        let mut rows = Vec::new();
        for record in list {
            if taken.insert(record.id()) {
                rows.push(record);
            } else {
                doubles.push(record);
            }
        }
        (Self::spaced(rows), doubles)
    }

    fn spaced(rows: Vec<Arc<R>>) -> Self {
        let mut places: Vec<(R::Id, u64)> = rows.iter().zip(1_u64..).map(|(r, n)| (r.id(), n * GAP)).collect();
        places.sort_unstable();
        let rows = rows.into_iter().zip(1_u64..).map(|(r, n)| (n * GAP, r)).collect();
        Self { rows, places: places.into_iter().collect() }
    }

    /// How many records.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The record with this id.
    pub fn get(&self, id: R::Id) -> Option<&Arc<R>> {
        self.rows.get(self.places.get(&id)?)
    }

    /// Whether a record has this id.
    pub fn contains(&self, id: R::Id) -> bool {
        self.places.contains_key(&id)
    }

    /// Looks up one record after the other: see [`Walk`].
    pub fn walk(&self) -> Walk<'_, R> {
        Walk { table: self, ahead: None }
    }

    /// All records in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<R>> {
        self.rows.values()
    }

    /// The records from this place on, in order, each with its place: a large table is gone through bit by bit.
    pub fn iter_from(&self, place: u64) -> impl Iterator<Item = (u64, &Arc<R>)> {
        self.rows.range(place..).map(|(place, record)| (*place, record))
    }

    /// Where a record stands: larger is later. It means nothing beyond the order and is not kept in the file.
    pub fn place(&self, id: R::Id) -> Option<u64> {
        self.places.get(&id).copied()
    }

    /// Adds a record at the end.
    ///
    /// # Errors
    /// Where its id is taken.
    pub fn push(&mut self, record: R) -> Result<(), RecordError> {
        let last = self.rows.get_max().map_or(0, |(place, _)| *place);
        self.put(last.saturating_add(GAP), Arc::new(record))
    }

    /// Adds a record right behind another one, or first where `after` is `None`.
    ///
    /// # Errors
    /// Where its id is taken, or no record has the id `after`.
    pub fn insert_after(&mut self, after: Option<R::Id>, record: R) -> Result<(), RecordError> {
        let (from, to) = match self.hole_after(after)? {
            hole if hole.1 - hole.0 > 1 => hole,
            _ => {
                *self = Self::spaced(self.rows.values().cloned().collect());
                self.hole_after(after)?
            }
        };
        self.put(from + (to - from) / 2, Arc::new(record))
    }

    /// Adds records at the end, in this order.
    ///
    /// # Errors
    /// Where an id is taken; then the table holds those before it.
    pub fn extend(&mut self, records: impl IntoIterator<Item = R>) -> Result<(), RecordError> {
        let mut last = self.rows.get_max().map_or(0, |(place, _)| *place);
        for record in records {
            last = last.saturating_add(GAP);
            self.put(last, Arc::new(record))?;
        }
        Ok(())
    }

    /// Adds records at the end, in this order, which somebody else may hold, too: none is copied.
    ///
    /// # Errors
    /// Where an id is taken; then the table holds none of them, or those before it.
    pub fn extend_shared(&mut self, records: impl ExactSizeIterator<Item = Arc<R>>) -> Result<(), RecordError> {
        if self.is_empty() && records.len() > MANY {
            let new = Self::spaced(records.collect());
            if let Some(id) = new.twice() {
                return Err(RecordError::Taken(id.to_string()));
            }
            *self = new;
            return Ok(());
        }
        let mut last = self.rows.get_max().map_or(0, |(place, _)| *place);
        for record in records {
            last = last.saturating_add(GAP);
            self.put(last, record)?;
        }
        Ok(())
    }

    /// The id of a record that stands in the table twice.
    fn twice(&self) -> Option<R::Id> {
        let first = |(place, record): &(&u64, &Arc<R>)| self.places.get(&record.id()) != Some(*place);
        if self.places.len() == self.rows.len() { None } else { self.rows.iter().find(first).map(|(_, r)| r.id()) }
    }

    /// Adds records right behind another one, in this order, or first where `after` is `None`. Room for all is made
    /// once: one by one, each would halve what the one before left.
    ///
    /// # Errors
    /// Where an id is taken (then the table holds those before it), or no record has the id `after`.
    pub fn insert_all_after(
        &mut self,
        after: Option<R::Id>,
        records: impl ExactSizeIterator<Item = R>,
    ) -> Result<(), RecordError> {
        let count = records.len() as u64;
        let (mut from, to) = match self.hole_after(after)? {
            hole if hole.1 - hole.0 > count => hole,
            _ => {
                *self = Self::spaced(self.rows.values().cloned().collect());
                self.hole_after(after)?
            }
        };
        let step = ((to - from) / (count + 1)).max(1);
        for record in records {
            from += step;
            self.put(from, Arc::new(record))?;
        }
        Ok(())
    }

    fn hole_after(&self, after: Option<R::Id>) -> Result<(u64, u64), RecordError> {
        let from = match after {
            Some(id) => self.place(id).ok_or_else(|| RecordError::Missing(id.to_string()))?,
            None => 0,
        };
        let next = self.rows.range(from + 1..).next().map(|(place, _)| *place);
        Ok((from, next.unwrap_or_else(|| from.saturating_add(2 * GAP))))
    }

    fn put(&mut self, place: u64, record: Arc<R>) -> Result<(), RecordError> {
        if self.contains(record.id()) {
            return Err(RecordError::Taken(record.id().to_string()));
        }
        self.places.insert(record.id(), place);
        self.rows.insert(place, record);
        Ok(())
    }

    /// Puts new contents in the place of the record with the same id.
    ///
    /// # Errors
    /// Where no record has its id.
    pub fn replace(&mut self, record: R) -> Result<(), RecordError> {
        let place = self.place(record.id()).ok_or_else(|| RecordError::Missing(record.id().to_string()))?;
        self.rows.insert(place, Arc::new(record));
        Ok(())
    }

    /// Puts new contents in the places of the records with the same ids, which somebody else may hold, too: none is
    /// copied. Their places are looked up on all cores where they are many.
    ///
    /// # Errors
    /// Where no record has such an id; then the table is as it was.
    pub fn replace_shared(&mut self, records: &[Arc<R>]) -> Result<(), RecordError>
    where
        R: Send + Sync,
        R::Id: Send + Sync,
    {
        let place = |walk: &mut Walk<'_, R>, record: &Arc<R>| walk.find(record.id()).map(|(place, _)| place);
        let places: Vec<Option<u64>> = records.par_iter().with_min_len(SHARE).map_init(|| self.walk(), place).collect();
        if let Some((_, record)) = places.iter().zip(records).find(|(place, _)| place.is_none()) {
            return Err(RecordError::Missing(record.id().to_string()));
        }
        for (place, record) in places.into_iter().flatten().zip(records) {
            self.rows.insert(place, Arc::clone(record));
        }
        Ok(())
    }

    /// Takes a record out.
    ///
    /// # Errors
    /// Where no record has this id.
    pub fn remove(&mut self, id: R::Id) -> Result<Arc<R>, RecordError> {
        let missing = || RecordError::Missing(id.to_string());
        let place = self.places.remove(&id).ok_or_else(missing)?;
        self.rows.remove(&place).ok_or_else(missing)
    }

    /// What changed from `self` to `newer`. Its cost follows the number of changes, not the size of the tables.
    pub fn changes<'a>(&'a self, newer: &'a Self) -> impl Iterator<Item = Change<'a, R>> {
        self.rows.diff(&newer.rows).flat_map(|item| {
            let (first, second) = match item {
                DiffItem::Add(_, new) => (Change::Added(new), None),
                DiffItem::Remove(_, old) => (Change::Removed(old), None),
                DiffItem::Update { old, new } if old.1.id() == new.1.id() => (Change::Changed(old.1, new.1), None),
                // Another record stands where one was taken out.
                DiffItem::Update { old, new } => (Change::Removed(old.1), Some(Change::Added(new.1))),
            };
            std::iter::once(first).chain(second)
        })
    }

    /// Whether nothing changed from `self` to `newer`. Its cost follows the number of changes.
    pub fn unchanged(&self, newer: &Self) -> bool {
        self.rows.ptr_eq(&newer.rows) || self.changes(newer).next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq)]
    struct Row(u32, u32);
    impl Record for Row {
        type Id = u32;
        fn id(&self) -> u32 {
            self.0
        }
    }

    fn ids(table: &Records<Row>) -> Vec<u32> {
        table.iter().map(|r| r.0).collect()
    }

    #[test]
    fn rows_keep_their_order_and_go_in_between() {
        let (mut table, doubles) = Records::from_list([Row(3, 0), Row(1, 0), Row(3, 9), Row(2, 0)]);
        assert_eq!(ids(&table), [3, 1, 2]);
        assert_eq!(doubles, [Row(3, 9)]);
        table.insert_after(Some(3), Row(7, 0)).expect("free id");
        table.insert_after(None, Row(8, 0)).expect("free id");
        table.push(Row(9, 0)).expect("free id");
        assert_eq!(ids(&table), [8, 3, 7, 1, 2, 9]);
        assert_eq!(table.push(Row(7, 1)), Err(RecordError::Taken("7".to_owned())));
        table.remove(3).expect("there");
        assert_eq!(ids(&table), [8, 7, 1, 2, 9]);
    }

    #[test]
    fn a_thousand_rows_fit_behind_one() {
        let (mut table, _) = Records::from_list([Row(0, 0), Row(1, 0)]);
        for n in 2..1002 {
            table.insert_after(Some(0), Row(n, 0)).expect("free id");
        }
        let wanted: Vec<u32> = std::iter::once(0).chain((2..1002).rev()).chain([1]).collect();
        assert_eq!(ids(&table), wanted);
    }

    proptest! {
        #[test]
        fn rows_that_are_added_together_stand_as_if_added_one_by_one(behind in prop::option::of(0_u32..4), count in 0_u32..40, before in 0_u32..40) {
            let (mut one_by_one, _) = Records::from_list((0..4).map(|n| Row(n, 0)));
            for n in 0..before {
                // Halves the room behind the row again and again.
                one_by_one.insert_after(Some(1), Row(1000 + n, 0)).expect("a free id");
            }
            let mut together = one_by_one.clone();
            let new: Vec<Row> = (0..count).map(|n| Row(100 + n, n)).collect();
            let mut after = behind;
            for row in new.clone() {
                one_by_one.insert_after(after, row.clone()).expect("a free id");
                after = Some(row.0);
            }
            together.insert_all_after(behind, new.into_iter()).expect("free ids");
            prop_assert_eq!(ids(&together), ids(&one_by_one));
            let mut at_the_end = together.clone();
            at_the_end.extend((0..count).map(|n| Row(500 + n, n))).expect("free ids");
            prop_assert_eq!(ids(&at_the_end)[together.len()..].to_vec(), (500..500 + count).collect::<Vec<_>>());
            prop_assert!(at_the_end.push(Row(0, 0)).is_err());
            let shared = || (0..count).map(|n| Arc::new(Row(n, 0)));
            for mut table in [Records::default(), one_by_one] {
                let (mut other, free) = (table.clone(), table.is_empty());
                let done = table.extend_shared(shared().collect::<Vec<_>>().into_iter());
                prop_assert_eq!(done.is_ok(), free || count == 0);
                if free {
                    other.extend((0..count).map(|n| Row(n, 0))).expect("free ids");
                    prop_assert_eq!(ids(&table), ids(&other));
                }
            }
            let twice: Vec<Arc<Row>> = shared().chain((0..100).map(|n| Arc::new(Row(1000 + n % 99, 0)))).collect();
            prop_assert!(Records::default().extend_shared(twice.into_iter()).is_err());
        }

        #[test]
        fn changes_lead_from_one_table_to_the_other(steps in prop::collection::vec((0_u32..20, 0_u32..5, 0_u8..3), 0..60)) {
            let (old, _) = Records::from_list((0..10).map(|n| Row(n, 0)));
            let mut new = old.clone();
            for (id, value, what) in steps {
                // A refused step is part of the play: it must leave the table as it was.
                let _ = match what {
                    0 => new.push(Row(id, value)),
                    1 => new.replace(Row(id, value)),
                    _ => new.remove(id).map(|_| ()),
                };
            }
            let mut by_id: std::collections::BTreeMap<u32, Row> = old.iter().map(|r| (r.0, (**r).clone())).collect();
            // A row that was removed and added again stands in another place: both are told.
            let changes: Vec<_> = old.changes(&new).collect();
            for change in &changes {
                if let Change::Removed(r) = change {
                    by_id.remove(&r.0);
                }
            }
            for change in &changes {
                if let Change::Added(r) | Change::Changed(_, r) = change {
                    by_id.insert(r.0, (***r).clone());
                }
            }
            let wanted: std::collections::BTreeMap<u32, Row> = new.iter().map(|r| (r.0, (**r).clone())).collect();
            prop_assert_eq!(by_id, wanted);
        }
    }
}
