//! Texts that were pasted into cells that could not take them. A date is no text, and a figure no sentence, so the
//! project cannot hold them; they stay in their cells as unfinished input, marked, until somebody corrects or clears
//! them. Like anything that is half typed they are the table's, not the project's, and are not saved.

use std::collections::HashMap;

use super::sheet::{CellId, Sheet};
use crate::model::EventId;
use crate::ui::work;

/// So many are kept at once; of a paste that leaves more, the message says how many there were.
const MOST: usize = 10_000;

/// A text in a cell that did not take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    pub text: String,
    /// Why the cell did not take it.
    pub why: String,
    /// What the cell held under it; `None` until it was looked at.
    under: Option<String>,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Lefts {
    cells: HashMap<(EventId, &'static str), Left>,
    /// The snapshot before the paste, and whether another one was seen since.
    before: u64,
    moved_on: bool,
    seen: u64,
}

impl Lefts {
    /// Keeps the texts that a paste on this snapshot left.
    pub fn keep(&mut self, lefts: Vec<work::Left>, before: u64) {
        if lefts.is_empty() {
            return;
        }
        (self.before, self.moved_on, self.seen) = (before, false, u64::MAX);
        let room = MOST.saturating_sub(self.cells.len());
        for work::Left { event, column, text, why } in lefts.into_iter().take(room) {
            self.cells.insert((event, column), Left { text, why, under: None });
        }
    }

    /// The text in a cell.
    pub fn of(&self, cell: CellId) -> Option<&Left> {
        self.cells.get(&(cell.event, cell.column))
    }

    /// Lets go of the text in a cell; says whether there was one.
    pub fn drop(&mut self, cell: CellId) -> bool {
        self.cells.remove(&(cell.event, cell.column)).is_some()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Lets go of texts whose cell was given a value since, and of all where the paste was undone.
    pub fn settle(&mut self, sheet: &Sheet<'_>) {
        let now = sheet.view.revision;
        if self.cells.is_empty() || self.seen == now {
            return;
        }
        self.seen = now;
        self.moved_on |= now != self.before;
        if self.moved_on && now == self.before {
            self.cells.clear();
            return;
        }
        let moved_on = self.moved_on;
        self.cells.retain(|(event, column), left| {
            // A new event is there as soon as its paste is made.
            let Some(text) = sheet.event(*event).map(|_| sheet.text(CellId { event: *event, column })) else {
                return !moved_on;
            };
            *left.under.get_or_insert_with(|| text.clone()) == text
        });
    }
}
