//! What is done to all selected cells at once: clear, fill, paste, move. Each is one change.
//!
//! A small change is worked out in the frame, so that the next key of the same frame sees it; a large one is handed over
//! as work for another thread. This says which cells are meant; `bulk` works the change out.

use std::sync::Arc;

use super::batch::Ground;
use super::bulk::{Block, Bulk, Outcome, Piece, Refusal, Texts, told};
use super::grid::{Asked, Grid};
use super::selection::{self, Ranges};
use super::sheet::{CellId, Sheet};
use crate::columns::grouped;
use crate::edit::Edit;
use crate::model::{EventId, Project};
use crate::ui::figures::count;
use crate::ui::work::{GoOn, Left, Work, Worked};
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

impl Verb {
    /// A change of the texts that are there, by the word of its label.
    pub const fn of(label: &'static str) -> Self {
        Self { label, under_way: "Changing", done: "changed" }
    }
}

const CLEAR: Verb = Verb { label: "Clear", under_way: "Clearing", done: "cleared" };
const FILL: Verb = Verb { label: "Fill", under_way: "Filling", done: "filled" };
pub(super) const PASTE: Verb = Verb { label: "Paste", under_way: "Pasting", done: "pasted" };
pub(super) const MOVE: Verb = Verb { label: "Move", under_way: "Moving", done: "moved" };

/// A change of many cells that is ready to be handed over.
#[derive(Clone)]
pub(super) struct BulkAct {
    bulk: Bulk,
    /// Cells that are emptied before, where what they held is put elsewhere.
    source: Vec<Piece>,
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

    /// Works the change out. A text that could not be read where it was to be moved stays where it was, with all others.
    fn work_out(&self, ground: Ground<'_>, go_on: GoOn<'_>) -> Option<Outcome> {
        if !self.source.is_empty() {
            let pieces = self.source.iter().chain(&self.bulk.pieces).cloned().collect();
            let outcome = Bulk { pieces, after: self.bulk.after }.work(ground, go_on)?;
            if outcome.refused.is_empty() {
                return Some(outcome);
            }
        }
        self.bulk.work(ground, go_on)
    }

    fn pastes(&self) -> bool {
        self.verb == PASTE || self.verb == MOVE
    }

    /// What is said when it was made: of a paste how much, and what became of the rows beyond the end.
    fn said(&self, outcome: &Outcome) -> Option<String> {
        let added = outcome.batch.added();
        let large = self.bulk.cells() > SMALL;
        let done = if self.verb == MOVE { "Moved" } else { "Pasted" };
        let more = if added > 0 { format!("; {} added", events(added)) } else { String::new() };
        let lost = outcome.lines_lost();
        if !outcome.refused.is_empty() || !(self.pastes() && (added > 0 || large)) {
            // What could not be pasted tells of the line ends, too.
            return lost.filter(|_| outcome.refused.is_empty());
        }
        let lost = lost.map_or_else(String::new, |lost| format!("; {lost}"));
        Some(format!("{done} {}{more}{lost}", self.words))
    }

    /// What was not done, and why.
    fn refused(&self, outcome: &Outcome, project: &Project) -> Option<String> {
        let told = told(&outcome.refused, self.verb.done, project)?;
        let lost = outcome.lines_lost().map_or_else(String::new, |lost| format!(". {lost}"));
        if !self.pastes() {
            return Some(told.whole() + &lost);
        }
        let need = if outcome.refused.len() == 1 { "needs" } else { "need" };
        let cells = count(outcome.refused.len(), "cell", "cells");
        let stays = if self.source.is_empty() { "" } else { ". What was cut stays where it was" };
        Some(format!("Pasted {}, {cells} {need} attention{stays}. {}{lost}", self.words, told.named))
    }

    /// The texts that stay in their cells: those of a paste, for a fill has them elsewhere.
    fn left(&self, outcome: &mut Outcome) -> Vec<Left> {
        let refused = std::mem::take(&mut outcome.refused);
        let left = |refusal: Refusal| {
            let Refusal { event, column, text, why, .. } = refusal;
            Left { event, column, text, why }
        };
        if self.pastes() { refused.into_iter().map(left).collect() } else { Vec::new() }
    }

    /// As work for another thread.
    fn work(self) -> Work {
        let name = format!("{} {}", self.verb.under_way, self.words);
        Work::new(name, move |project, derived, go_on| {
            let ground = Ground { project, derived, today: self.today };
            let mut outcome = self.work_out(ground, go_on)?;
            if let Some((reason, name)) = &self.reason {
                outcome.batch.explain(reason, name);
            }
            let (said, refused) = (self.said(&outcome), self.refused(&outcome, project));
            let left = self.left(&mut outcome);
            Some(Worked { edit: outcome.batch.into_edit(Some(self.label())), said, refused, left })
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
    /// Empties the selected cells; a figure goes back to its claims. Texts that were left in them are dropped.
    pub fn clear(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let ranges = self.ranges(sheet);
        self.drop_left(sheet, &ranges);
        self.fill_ranges(sheet, CLEAR, &ranges, "", actions);
    }

    /// Puts one text into all selected cells.
    pub fn fill(&mut self, sheet: &Sheet<'_>, text: &str, actions: &mut Actions) {
        let ranges = self.ranges(sheet);
        self.fill_ranges(sheet, FILL, &ranges, text, actions);
    }

    fn drop_left(&mut self, sheet: &Sheet<'_>, ranges: &Ranges) {
        if self.left.is_empty() {
            return;
        }
        for block in ranges.blocks() {
            for event in sheet.rows.slice(block.rows.clone()) {
                for column in sheet.columns.get(block.columns.clone()).unwrap_or_default() {
                    self.left.drop(CellId { event: *event, column: column.id });
                }
            }
        }
    }

    /// The cells of these ranges, each once, with one text for all.
    pub fn pieces(sheet: &Sheet<'_>, ranges: &Ranges, text: &str) -> Vec<Piece> {
        let piece = |area: selection::Block| Piece {
            rows: sheet.rows.slice(area.rows).to_vec(),
            new: 0,
            columns: sheet.columns.get(area.columns).unwrap_or_default().to_vec(),
            texts: Texts::One(text.to_owned()),
        };
        ranges.apart().into_iter().map(piece).collect()
    }

    /// Puts one text into all cells of these ranges.
    pub fn fill_ranges(&mut self, sheet: &Sheet<'_>, verb: Verb, ranges: &Ranges, text: &str, actions: &mut Actions) {
        let pieces = Self::pieces(sheet, ranges, text);
        self.change(sheet, Bulk { pieces, after: None }, verb, (None, Vec::new()), actions);
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
        self.change(sheet, Bulk { pieces: vec![piece], after: None }, FILL, (None, Vec::new()), actions);
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
        self.change(sheet, Bulk { pieces, after: None }, FILL, (None, Vec::new()), actions);
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
        self.change(sheet, Bulk { pieces, after: None }, FILL, (None, Vec::new()), actions);
    }

    /// Makes a change of many cells: now where it is small, else as work for another thread, after asking for the reason
    /// of figures that it sets by hand. `words` says which cells, where the columns do not; `source` are cells that are
    /// emptied before.
    pub fn change(
        &mut self,
        sheet: &Sheet<'_>,
        bulk: Bulk,
        verb: Verb,
        (words, source): (Option<String>, Vec<Piece>),
        actions: &mut Actions,
    ) {
        if bulk.cells() == 0 {
            let nothing = "Nothing in the selected cells can be typed".to_owned();
            self.hint = bulk.pieces.first().map(|_| (nothing, true));
            return;
        }
        let words = words.unwrap_or_else(|| bulk.words());
        let act = BulkAct { bulk, source, verb, words, today: sheet.view.today, reason: None };
        if act.bulk.cells() > SMALL {
            if act.bulk.sets_figures() {
                self.ask_reason(sheet, Asked::Bulk(Box::new(act)), None, (None, None));
            } else {
                self.hand_over(act, sheet, actions);
            }
            return;
        }
        let Some(mut outcome) = act.work_out(sheet.ground(), &|_| true) else { return };
        match outcome.refused.as_slice() {
            [one] if act.bulk.cells() == 1 => self.hint = Some((one.why.clone(), true)),
            _ => actions.extend(act.refused(&outcome, sheet.view.project).map(Action::Complain)),
        }
        actions.extend(act.said(&outcome).map(Action::Say));
        self.left.keep(act.left(&mut outcome), sheet.view.revision);
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
                ..Worked::default()
            };
            go_on(1.0).then_some(worked)
        })));
    }
}
