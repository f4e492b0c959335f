//! The groups of the table: their heads, and which of them are folded.
//!
//! The events of a folded group are taken out of the rows and kept with its head, in their order.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Dirty, Group, Grouping, Lines, Members, Name, Rows};
use crate::derive::columnar::Columnar;
use crate::ui::RowOrder;

/// A group.
#[derive(Debug, Clone)]
pub(in super::super) struct Head {
    /// What its events have in common.
    pub name: Name,
    /// Its events while it is folded.
    pub(super) folded: Option<Members>,
}

impl Head {
    /// The slots of its events while it is folded.
    pub(super) fn hidden(&self) -> &[u32] {
        self.folded.as_ref().map_or(&[], |members| &members.slots)
    }
}

/// Which groups are folded: all or none, but for some.
#[derive(Debug, Clone, Default)]
pub(super) struct Folds {
    all: bool,
    except: HashSet<Name>,
}

impl Folds {
    pub(super) fn has(&self, name: &Name) -> bool {
        self.all != self.except.contains(name)
    }

    fn set(&mut self, name: &Name, folded: bool) {
        if self.all == folded {
            self.except.remove(name);
        } else {
            self.except.insert(name.clone());
        }
    }
}

impl Rows {
    /// By what the rows are grouped.
    pub fn group(&self) -> Option<&Group> {
        self.group.as_ref()
    }

    /// Groups the rows by this, or not at all. All groups are open at first.
    pub fn set_group(&mut self, group: Option<Group>) {
        if self.group != group {
            self.group = group;
            self.folds = Folds::default();
            self.asked = true;
        }
    }

    /// What stands in which line of the screen.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The group of this number.
    pub fn head(&self, head: usize) -> Option<&Head> {
        self.heads.get(head)
    }

    /// The number of the group of this name.
    pub fn head_named(&self, name: &Name) -> Option<usize> {
        self.heads.iter().position(|head| head.name == *name)
    }

    /// Whether a group is folded.
    pub fn is_folded(&self, head: usize) -> bool {
        self.heads.get(head).is_some_and(|head| head.folded.is_some())
    }

    /// The slots of the events of a group.
    pub fn members(&self, head: usize) -> &[u32] {
        match self.heads.get(head).and_then(|head| head.folded.as_ref()) {
            Some(members) => &members.slots,
            None => self.order.slots().get(self.lines.rows_of(head)).unwrap_or_default(),
        }
    }

    /// How many events stand in a group to which they belong no more.
    pub fn moved(&self) -> usize {
        self.moved.len()
    }

    /// Which sums changed since this was asked last.
    pub fn take_dirty(&mut self) -> Dirty {
        std::mem::take(&mut self.dirty)
    }

    /// Folds a group, or opens it, from the next refreshing on.
    pub fn set_folded(&mut self, head: usize, folded: bool) {
        if let Some(name) = self.heads.get(head).map(|head| head.name.clone()) {
            self.folds.set(&name, folded);
            self.refold = true;
        }
    }

    /// Folds all groups, or opens all, from the next refreshing on.
    pub fn fold_all(&mut self, folded: bool) {
        self.folds = Folds { all: folded, except: HashSet::new() };
        self.refold = true;
    }

    /// Takes the rows of folded groups out and puts those of open ones in. Nothing changes its order.
    pub(super) fn fold_as_asked(&mut self, table: &Columnar) {
        if self.heads.is_empty() {
            return;
        }
        let (lines, folds, order) = (&self.lines, &self.folds, self.order.slots());
        let of = |number: usize| order.get(lines.rows_of(number)).unwrap_or_default();
        // Thousands of groups may be folded at once.
        self.heads.par_iter_mut().enumerate().for_each(|(number, head)| {
            if head.folded.is_none() && folds.has(&head.name) {
                head.folded = Some(Members::of(of(number).to_vec(), table));
            }
        });
        let (mut starts, mut shown) = (Vec::with_capacity(self.heads.len()), Vec::with_capacity(order.len()));
        for (number, head) in self.heads.iter_mut().enumerate() {
            starts.push(shown.len());
            if folds.has(&head.name) {
                continue;
            }
            match head.folded.take() {
                Some(members) => shown.extend_from_slice(&members.slots),
                None => shown.extend_from_slice(of(number)),
            }
        }
        self.lines = Lines::new(starts, shown.len());
        self.order = Arc::new(RowOrder::new(shown, table));
        self.note_hidden(table);
    }

    /// Sorted slots come into their groups; within one they keep their order.
    pub(super) fn put_into_groups(&mut self, mut slots: Vec<u32>, grouping: &Grouping<'_>, table: &Columnar) {
        let (mut starts, mut shown) = (Vec::new(), Vec::with_capacity(slots.len()));
        let groups = grouping.split(&mut slots, self.groups_descend());
        let folds = &self.folds;
        let head = |same: &&[u32]| {
            let name = grouping.name(same[0]);
            let folded = folds.has(&name).then(|| Members::of(same.to_vec(), table));
            Head { name, folded }
        };
        self.heads = groups.par_iter().map(head).collect();
        for (head, same) in self.heads.iter().zip(groups) {
            starts.push(shown.len());
            if head.folded.is_none() {
                shown.extend_from_slice(same);
            }
        }
        self.lines = Lines::new(starts, shown.len());
        self.order = Arc::new(RowOrder::new(shown, table));
    }

    /// Whether the largest group comes first: where the rows are sorted so by its column.
    pub fn groups_descend(&self) -> bool {
        let by = |group: &Group| self.sort.iter().find(|sort| sort.column.id == group.column);
        self.group.as_ref().and_then(by).is_some_and(|sort| sort.descending)
    }
}
