//! What is done to all selected cells at once: clear, fill, copy and paste. Each is one change.
//!
//! A small change is worked out in the frame, so that the next key of the same frame sees it; a large one is handed over
//! as work for another thread. This says which cells are meant; `bulk` works the change out.

use std::sync::Arc;

use egui::Context;

use super::batch::Ground;
use super::bulk::{Block, Bulk, Outcome, Piece, Texts, told};
use super::grid::{Asked, Grid};
use super::selection;
use super::sheet::{CellId, Sheet};
use super::tsv;
use crate::columns::{Column, grouped};
use crate::edit::Edit;
use crate::model::EventId;
use crate::ui::figures::count;
use crate::ui::work::{Work, Worked};
use crate::ui::{Action, Actions};

/// Changes of at most this many cells, or events, are made in the frame.
pub(super) const SMALL: usize = 2_000;

/// What a change does, in the words of its label, its progress and its refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    label: &'static str,
    under_way: &'static str,
    done: &'static str,
}

const CLEAR: Verb = Verb { label: "Clear", under_way: "Clearing", done: "cleared" };
const FILL: Verb = Verb { label: "Fill", under_way: "Filling", done: "filled" };
const MOVE: Verb = Verb { label: "Move", under_way: "Moving", done: "moved" };
const PASTE: Verb = Verb { label: "Paste", under_way: "Pasting", done: "pasted" };

/// A change of many cells that is ready to be handed over.
#[derive(Clone)]
pub(super) struct BulkAct {
    bulk: Bulk,
    verb: Verb,
    /// Which cells, in words: "31 cells in Place".
    words: String,
    today: jiff::civil::Date,
    /// Why figures are set by hand, and by whom.
    reason: Option<(String, String)>,
}

impl std::fmt::Debug for BulkAct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("BulkAct").field(&self.label()).finish()
    }
}

impl BulkAct {
    /// With the reason of the figures that it sets by hand.
    pub fn explained(self, reason: String, name: String) -> Self {
        Self { reason: Some((reason, name)), ..self }
    }

    fn label(&self) -> String {
        format!("{} {}", self.verb.label, self.words)
    }

    /// What is said of a paste: how much, and what became of the rows beyond the end.
    fn said(&self, outcome: &Outcome) -> Option<String> {
        let added = outcome.batch.added();
        (self.verb == PASTE && added > 0).then(|| format!("Pasted {}; {} added", self.words, events(added)))
    }

    /// As work for another thread.
    fn work(self) -> Work {
        let name = format!("{} {}", self.verb.under_way, self.words);
        Work::new(name, move |project, derived, go_on| {
            let ground = Ground { project, derived, today: self.today };
            let mut outcome = self.bulk.work(ground, go_on)?;
            if let Some((reason, name)) = &self.reason {
                outcome.batch.explain(reason, name);
            }
            let refused = told(&outcome.refused, self.verb.done, project);
            let said = self.said(&outcome);
            Some(Worked { edit: outcome.batch.into_edit(Some(self.label())), said, refused })
        })
    }
}

/// What was deleted, in words.
pub(super) fn deleted(count: usize, claims: usize) -> String {
    let with = match claims {
        0 => String::new(),
        1 => " and the claim about it".to_owned(),
        n => format!(" and {} claims", grouped(n as u64)),
    };
    format!("Deleted {}{with}. Ctrl+Z brings back what was deleted", events(count))
}

fn events(n: usize) -> String {
    count(n, "event", "events")
}

impl Grid {
    /// Empties the selected cells; a figure goes back to its claims.
    pub fn clear(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        self.fill_with(sheet, CLEAR, "", actions);
    }

    /// Puts one text into all selected cells.
    pub fn fill(&mut self, sheet: &Sheet<'_>, text: &str, actions: &mut Actions) {
        self.fill_with(sheet, FILL, text, actions);
    }

    fn fill_with(&mut self, sheet: &Sheet<'_>, verb: Verb, text: &str, actions: &mut Actions) {
        let piece = |area: selection::Block| Piece {
            rows: sheet.rows.slice(area.rows).to_vec(),
            new: 0,
            columns: sheet.columns.get(area.columns).unwrap_or_default().to_vec(),
            texts: Texts::One(text.to_owned()),
        };
        let pieces = self.ranges(sheet).apart().into_iter().map(piece).collect();
        self.change(sheet, Bulk { pieces, after: None }, verb, None, actions);
    }

    /// Puts lines of texts into a rectangle of cells, again and again.
    pub fn fill_block(
        &mut self,
        sheet: &Sheet<'_>,
        target: &selection::Block,
        lines: Vec<Vec<String>>,
        actions: &mut Actions,
    ) {
        let piece = Piece {
            rows: sheet.rows.slice(target.rows.clone()).to_vec(),
            new: 0,
            columns: sheet.columns.get(target.columns.clone()).unwrap_or_default().to_vec(),
            texts: Texts::Block(Arc::new(Block::of(lines))),
        };
        self.change(sheet, Bulk { pieces: vec![piece], after: None }, FILL, None, actions);
    }

    /// Copies the first row of each range into the others; into a range of one row, the row above it.
    pub fn fill_down(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let piece = |area: &selection::Block| {
            let (rows, columns) = (area.rows.clone(), area.columns.clone());
            let (first, last) = (*rows.start(), *rows.end());
            let (source, targets) =
                if first < last { (first, first + 1..=last) } else { (first.checked_sub(1)?, rows) };
            let event = sheet.rows.at(source)?;
            let columns = sheet.columns.get(columns)?.to_vec();
            let line = columns.iter().map(|column| sheet.text(CellId { event, column: column.id })).collect();
            let texts = Texts::Block(Arc::new(Block::of(vec![line])));
            Some(Piece { rows: sheet.rows.slice(targets).to_vec(), new: 0, columns, texts })
        };
        let pieces = self.ranges(sheet).blocks().iter().filter_map(piece).collect();
        self.change(sheet, Bulk { pieces, after: None }, FILL, None, actions);
    }

    /// Copies the first column of each range into the others; into a range of one column, the column left of it.
    pub fn fill_right(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let piece = |area: &selection::Block| {
            let (rows, columns) = (area.rows.clone(), area.columns.clone());
            let (first, last) = (*columns.start(), *columns.end());
            let (source, targets) =
                if first < last { (first, first + 1..=last) } else { (first.checked_sub(1)?, columns) };
            let texts = Texts::Beside(sheet.columns.get(source)?);
            let columns = sheet.columns.get(targets)?.to_vec();
            Some(Piece { rows: sheet.rows.slice(rows).to_vec(), new: 0, columns, texts })
        };
        let pieces = self.ranges(sheet).blocks().iter().filter_map(piece).collect();
        self.change(sheet, Bulk { pieces, after: None }, FILL, None, actions);
    }

    /// Makes a change of many cells: now where it is small, else as work for another thread, after asking for the reason
    /// of figures that it sets by hand. `words` says which cells, where the columns do not.
    fn change(&mut self, sheet: &Sheet<'_>, bulk: Bulk, verb: Verb, words: Option<String>, actions: &mut Actions) {
        if bulk.cells() == 0 {
            let nothing = "Nothing in the selected cells can be typed".to_owned();
            self.hint = bulk.pieces.first().map(|_| (nothing, true));
            return;
        }
        let words = words.unwrap_or_else(|| bulk.words());
        let act = BulkAct { bulk, verb, words, today: sheet.view.today, reason: None };
        if act.bulk.cells() > SMALL {
            if act.bulk.sets_figures() {
                self.ask_reason(sheet, Asked::Bulk(Box::new(act)), None, (None, None));
            } else {
                self.hand_over(act, sheet, actions);
            }
            return;
        }
        let Some(outcome) = act.bulk.work(sheet.ground(), &|_| true) else { return };
        match outcome.refused.as_slice() {
            [one] if act.bulk.cells() == 1 => self.hint = Some((one.why.clone(), true)),
            refused => actions.extend(told(refused, verb.done, sheet.view.project).map(Action::Complain)),
        }
        if outcome.refused.is_empty() {
            actions.extend(act.said(&outcome).map(Action::Say));
        }
        // A single cell is named by what was changed in it.
        let label = (act.bulk.cells() > 1).then(|| act.label());
        self.finish(sheet, outcome.batch, label, None, actions);
    }

    /// Hands a change over to be worked out on another thread.
    pub fn hand_over(&mut self, act: BulkAct, _: &Sheet<'_>, actions: &mut Actions) {
        self.edited = true;
        actions.push(Action::Work(act.work()));
    }

    /// Deletes many events, with their claims, on another thread.
    pub fn delete_many(&mut self, ids: Vec<EventId>, actions: &mut Actions) {
        self.edited = true;
        let name = format!("Deleting {}", events(ids.len()));
        actions.push(Action::Work(Work::new(name, move |_, derived, go_on| {
            let claims = ids.iter().map(|id| derived.claims_of(*id).len()).sum();
            let worked = Worked {
                edit: Some(Edit::RemoveEvents(ids.clone())),
                said: Some(deleted(ids.len(), claims)),
                refused: None,
            };
            go_on(1.0).then_some(worked)
        })));
    }

    /// Puts the selected cells on the clipboard; several ranges only where they line up. Says whether it could.
    pub fn copy(&mut self, ctx: &Context, sheet: &Sheet<'_>) -> bool {
        let Some(lined_up) = self.ranges(sheet).lined_up() else {
            let why = "These ranges do not line up: copy ranges of the same rows, or of the same columns";
            self.hint = Some((why.to_owned(), true));
            return false;
        };
        let columns: Vec<&Column> = lined_up.columns.into_iter().flat_map(|at| &sheet.columns[at]).copied().collect();
        let line =
            |event: &EventId| columns.iter().map(|c| sheet.text(CellId { event: *event, column: c.id })).collect();
        let events = lined_up.rows.into_iter().flat_map(|rows| sheet.rows.slice(rows));
        let lines: Vec<Vec<String>> = events.map(line).collect();
        ctx.copy_text(tsv::write(&lines));
        true
    }

    /// Puts a text with tabs into cells from the active one on. One value fills the selection, a block repeats where the
    /// selection is a multiple of it, and rows beyond the end become new events. Cells that were cut move here.
    pub fn paste(&mut self, sheet: &Sheet<'_>, text: &str, actions: &mut Actions) {
        let block = Block::of(tsv::read(text));
        let (height, width) = block.size();
        let moved = self.moved_by(&block, sheet);
        let first = sheet.column("when").unwrap_or(0);
        let ranges = self.ranges(sheet);
        let (rows, columns) = match (ranges.one(), ranges.blocks().len()) {
            (Some(one), _) => (one.rows.clone(), one.columns.clone()),
            (None, 0) => (0..=0, first..=first),
            _ if block.size() == (1, 1) => return self.fill_with(sheet, PASTE, text.trim_end(), actions),
            (None, several) => {
                self.hint = Some((format!("Paste takes one range of cells; {several} are selected"), true));
                return;
            }
        };
        let (tall, wide) = (rows.clone().count(), columns.clone().count());
        let repeats = tall.is_multiple_of(height.max(1)) && wide.is_multiple_of(width.max(1));
        let (tall, wide) = if repeats && moved.is_none() { (tall, wide) } else { (height, width) };
        let (top, left) = (*rows.start(), *columns.start());
        let bottom = (top + tall).min(sheet.rows.len());
        let right = (left + wide).min(sheet.columns.len());
        let rows = if top < bottom { sheet.rows.slice(top..=bottom - 1).to_vec() } else { Vec::new() };
        let piece = Piece {
            new: tall - rows.len(),
            rows,
            columns: sheet.columns.get(left..right).unwrap_or_default().to_vec(),
            texts: Texts::Block(Arc::new(block)),
        };
        let after = sheet.rows.len().checked_sub(1).and_then(|row| sheet.rows.at(row));
        if let Some((from, emptied)) = moved {
            if (*from.rows.start(), *from.columns.start()) == (top, left) {
                return;
            }
            let words = count(from.height() * from.width(), "cell", "cells");
            return self.change(sheet, Bulk { pieces: vec![emptied, piece], after }, MOVE, Some(words), actions);
        }
        let words = (tall * wide > 1).then(|| format!("{} × {wide} cells", grouped(tall as u64)));
        self.change(sheet, Bulk { pieces: vec![piece], after }, PASTE, words, actions);
    }
}
