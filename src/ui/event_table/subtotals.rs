//! The sums of groups, worked out when their heads come into view and kept until one of their events changes.
//!
//! A frame adds no more than so many events; what is left comes in the next ones, and meanwhile the sums from before are
//! shown. How figures add up is `derive::totals`' matter.

use std::collections::HashMap;

use super::rows::{Dirty, Rows};
use crate::derive::totals::{Running, Sums};
use crate::model::Measure;
use crate::ui::View;

/// So many events are added in a frame: about a millisecond.
const A_FRAME: usize = 100_000;

/// The sums of one group and measure.
#[derive(Debug, Clone, Copy, Default)]
struct Subtotal {
    running: Running,
    /// How many of its events are added.
    done: usize,
    /// The last sums of all of them.
    shown: Option<Sums>,
    is_current: bool,
}

/// The sums of groups.
#[derive(Debug, Default)]
pub(super) struct Subtotals {
    known: HashMap<(usize, Measure), Subtotal>,
    /// How many events may still be added in this frame.
    left: usize,
    waits: bool,
}

impl Subtotals {
    /// A frame begins, in which these groups have changed.
    pub fn begin(&mut self, dirty: &Dirty) {
        self.left = A_FRAME;
        self.waits = false;
        match dirty {
            Dirty::Nothing => {}
            Dirty::All => self.known.clear(),
            Dirty::Heads(heads) => {
                let dirty = self.known.iter_mut().filter(|((head, _), _)| heads.contains(head));
                dirty.for_each(|(_, sub)| *sub = Subtotal { shown: sub.shown, ..Subtotal::default() });
            }
        }
    }

    /// The sums of a group. `None` where they are not worked out yet.
    pub fn of(&mut self, view: &View<'_>, rows: &Rows, head: usize, measure: &Measure) -> Option<Sums> {
        let sub = self.known.entry((head, measure.clone())).or_default();
        if !sub.is_current {
            let slots = rows.members(head);
            let end = slots.len().min(sub.done.saturating_add(self.left));
            sub.running.add(view.project, view.derived, measure, slots.get(sub.done..end).unwrap_or_default());
            self.left = self.left.saturating_sub(end - sub.done.min(end));
            sub.done = end;
            if end == slots.len() {
                sub.shown = Some(sub.running.sums());
                sub.is_current = true;
            } else {
                self.waits = true;
            }
        }
        sub.shown
    }

    /// Whether sums that were asked for in this frame are still to come.
    pub fn waits(&self) -> bool {
        self.waits
    }
}
