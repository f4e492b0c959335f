//! What the table is doing: which cells are selected, what is being typed, and what is made of it.
//!
//! Knows cells and changes; must not know how keys arrive (`keys`), how cells are painted (`paint`), nor where the
//! editor stands on the screen (`editor`).

use egui::{Event as Input, Id, Pos2, Rect};

use super::batch::Batch;
use super::clipboard::Pasting;
use super::cut::Cut;
use super::header_keys::HeaderAct;
use super::left::Lefts;
use super::pick_list::PickList;
use super::problem_marks::Marks;
use super::ranges::{BulkAct, SMALL, deleted};
use super::resting::Resting;
use super::selection::{Selection, Standing};
use super::sheet::{CellId, Move, Place, Sheet};
use crate::columns::group::Name;
use crate::dataset;
use crate::derive::explain;
use crate::edit::Edit;
use crate::model::{ClaimId, Class, EventId, Text};
use crate::ui::{Action, Actions, Desk, Selected, source_row};

/// Events that are looked at for the name that was signed with last.
const LOOKED_AT: usize = 20_000;

/// A text that is being typed into a cell.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub cell: CellId,
    pub text: String,
    /// What the cell holds.
    pub initial: String,
    /// Whether arrows move the caret (F2, double click) or leave the cell (typing).
    pub arrows_move_caret: bool,
    pub error: Option<String>,
    /// What became of a text that was pasted into it.
    pub told: Option<String>,
    pub list: Option<PickList>,
}

impl Draft {
    /// The text, or the word of the list that it stands for.
    fn resolved(&self) -> String {
        self.list.as_ref().map_or_else(|| self.text.clone(), |list| list.resolve(&self.text))
    }
}

/// Figures by hand that wait for their reason.
#[derive(Debug, Clone)]
pub(super) struct Reasons {
    pub cell: CellId,
    /// The number as it was typed.
    pub text: String,
    pub what: Asked,
    pub reason: String,
    pub name: String,
    pub error: Option<String>,
    label: Option<String>,
    then: Option<Move>,
    /// Whether the field of the reason should take the keyboard.
    pub wants_focus: bool,
}

/// What a reason is asked for.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// Changes that are there.
    Batch(Batch),
    /// A change that is worked out with the reason, off the window's thread.
    Bulk(Box<BulkAct>),
}

/// What the keyboard does.
#[derive(Debug, Clone, Default)]
pub(super) enum Mode {
    /// Moves between cells.
    #[default]
    Navigate,
    /// Types into a cell.
    Edit(Draft),
    /// Types the reason of a figure by hand.
    Reason(Box<Reasons>),
}

/// Where things stand on the screen in this frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spots {
    /// The active cell, and what is visible of it.
    pub active: Option<(Rect, Rect)>,
    /// The whole table.
    pub table: Rect,
    /// The cells that scroll.
    pub body: Rect,
}

/// The state of the grid.
#[derive(Debug)]
pub(super) struct Grid {
    /// The one thing that has the keyboard: a text field over the active cell.
    pub id: Id,
    pub selection: Option<Selection>,
    pub mode: Mode,
    /// A few words under the active cell, and whether they tell a refusal.
    pub hint: Option<(String, bool)>,
    pub wants_focus: bool,
    /// Whether the head of the selection should come into view.
    pub scroll: bool,
    pub spots: Spots,
    /// Rows and columns of a screen.
    pub page: (usize, usize),
    /// Whether columns that scroll are out of view at the left.
    pub scrolled: bool,
    /// How many columns do not scroll.
    pub frozen: usize,
    /// When a drag past an edge last went on by a column.
    pub dragged_at: f64,
    pub dragging: bool,
    /// The problems of the rows in view.
    pub marks: Marks,
    /// Whether the problem of the active cell is told under it.
    pub resting: Resting,
    /// Where the context menu is open.
    pub menu: Option<Pos2>,
    /// Whether the menu took the keyboard already.
    pub menu_has_keyboard: bool,
    /// Whether typing has just begun and the caret belongs behind the text.
    pub fresh: bool,
    /// Input that waits for the next frame.
    pub pending: Vec<Input>,
    /// Whether a change was handed in, which the project shows in the next frame only.
    pub edited: bool,
    /// The header that has the keyboard instead of a cell.
    pub header: Option<&'static str>,
    /// What is asked of headers in this frame.
    pub header_acts: Vec<HeaderAct>,
    /// What was cut, until it is pasted.
    pub cut: Option<Cut>,
    /// How far the square at the corner of the range is dragged.
    pub filling: Option<Place>,
    /// Whether a press of the space bar did something, so that its blank is no text.
    pub used_blank: bool,
    /// Where the caret goes when typing begins, if not behind the text.
    pub caret_at: Option<Pos2>,
    /// The head of a group that is at hand instead of a cell, and what a screen reader says of it.
    pub at_head: Option<(Name, String)>,
    /// The column in which a run of Tab began.
    pub run_start: Option<&'static str>,
    /// A paste that is being read.
    pub pasting: Option<Pasting>,
    /// Texts that cells could not take.
    pub left: Lefts,
    pub last_row: usize,
    /// The selection that the table itself put on the desk.
    pub wrote: Selected,
    /// Where the selection stood in the last frame, if it is more than a cell.
    pub standing: Option<Standing>,
    pub seen_event: Option<EventId>,
    last_name: Option<String>,
}

impl Default for Grid {
    fn default() -> Self {
        Self {
            id: Id::unique("event grid"),
            selection: None,
            mode: Mode::Navigate,
            hint: None,
            wants_focus: false,
            scroll: false,
            spots: Spots { active: None, table: Rect::NOTHING, body: Rect::NOTHING },
            page: (10, 5),
            scrolled: false,
            frozen: 0,
            dragged_at: 0.0,
            dragging: false,
            marks: Marks::default(),
            resting: Resting::default(),
            menu: None,
            menu_has_keyboard: false,
            fresh: false,
            pending: Vec::new(),
            edited: false,
            header: None,
            header_acts: Vec::new(),
            cut: None,
            filling: None,
            used_blank: false,
            caret_at: None,
            at_head: None,
            run_start: None,
            pasting: None,
            left: Lefts::default(),
            last_row: 0,
            wrote: Selected::default(),
            standing: None,
            seen_event: None,
            last_name: None,
        }
    }
}

impl Grid {
    pub fn reason_id(&self) -> Id {
        self.id.with("reason")
    }

    pub fn name_id(&self) -> Id {
        self.id.with("name")
    }

    pub fn is_navigating(&self) -> bool {
        matches!(self.mode, Mode::Navigate)
    }

    fn moved_on(&mut self, sheet: &Sheet<'_>, then: Option<Move>) {
        self.mode = Mode::Navigate;
        self.wants_focus = true;
        match then {
            Some(movement @ (Move::Up | Move::Down)) => self.step_back(sheet, movement),
            Some(movement) => self.step(sheet, movement, false),
            None => {}
        }
    }

    /// Begins to type into the active cell: with its text, or from nothing.
    pub fn begin(&mut self, sheet: &Sheet<'_>, text: Option<String>) -> bool {
        let Some(cell) = self.active() else { return false };
        let Some(column) = sheet.column_of(cell) else { return false };
        if !column.is_editable() {
            self.hint = Some((format!("{} follows from other records and is not typed", column.name), false));
            return false;
        }
        self.scroll = true;
        self.hint = None;
        let initial = sheet.text(cell);
        let choices = column.choices(sheet.view.project);
        let list = (!choices.is_empty()).then(|| PickList::new(choices, &initial));
        let arrows_move_caret = text.is_none();
        let left = self.left.of(cell).filter(|_| arrows_move_caret).cloned();
        let text = text.or_else(|| left.as_ref().map(|left| left.text.clone())).unwrap_or_else(|| initial.clone());
        let error = left.map(|left| left.why);
        self.mode = Mode::Edit(Draft { cell, text, initial, arrows_move_caret, error, told: None, list });
        self.fresh = true;
        true
    }

    /// Takes what was typed, if the column can read it, and moves on.
    pub fn commit(&mut self, sheet: &Sheet<'_>, then: Option<Move>, actions: &mut Actions) {
        let Mode::Edit(draft) = &mut self.mode else { return };
        let text = draft.resolved();
        if text.ends_with(": ") && draft.text != text {
            // A word that wants a reason behind it.
            draft.text = text;
            draft.list = None;
            draft.arrows_move_caret = true;
            self.fresh = true;
            return;
        }
        if text.trim() == draft.initial {
            return self.moved_on(sheet, then);
        }
        let mut batch = Batch::default();
        let cell = draft.cell;
        let Some(column) = sheet.column_of(cell) else { return };
        match batch.set(sheet.ground(), cell.event, column, &text) {
            Ok(()) => self.finish(sheet, batch, None, then, actions),
            Err(why) => draft.error = Some(why),
        }
    }

    /// Takes what was typed into every selected cell.
    pub fn commit_into_all(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let Mode::Edit(draft) = &mut self.mode else { return };
        let (cell, text) = (draft.cell, draft.resolved());
        let several = self.selection.as_ref().is_some_and(|selection| !selection.is_one());
        if !several || text.ends_with(": ") {
            return self.commit(sheet, None, actions);
        }
        // What the cell that is typed into does not take, none takes.
        let column = sheet.column_of(cell);
        if let Some(Err(why)) = column.map(|column| Batch::default().set(sheet.ground(), cell.event, column, &text)) {
            draft.error = Some(why);
            return;
        }
        self.fill(sheet, &text, actions);
        if matches!(&self.mode, Mode::Edit(draft) if draft.error.is_none()) {
            self.moved_on(sheet, None);
        }
    }

    /// Hands a change in, or asks for the reason first.
    pub fn finish(
        &mut self,
        sheet: &Sheet<'_>,
        batch: Batch,
        label: Option<String>,
        then: Option<Move>,
        actions: &mut Actions,
    ) {
        if !batch.lacks_reason() {
            match batch.into_edit(label) {
                None => self.moved_on(sheet, then),
                Some(edit) => {
                    if self.hand_in(sheet, edit, actions) {
                        self.moved_on(sheet, then);
                    }
                }
            }
            return;
        }
        let former = batch.former_reason(sheet.view.project);
        self.ask_reason(sheet, Asked::Batch(batch), former, (label, then));
    }

    /// Asks why figures are set by hand.
    pub fn ask_reason(
        &mut self,
        sheet: &Sheet<'_>,
        what: Asked,
        former: Option<(Text, Text)>,
        (label, then): (Option<String>, Option<Move>),
    ) {
        let Some(cell) = self.active() else { return };
        let name = former.as_ref().map(|(_, name)| name.to_string()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| self.usual_name(sheet));
        let reason = former.map(|(reason, _)| reason.to_string()).unwrap_or_default();
        let text = match &self.mode {
            Mode::Edit(draft) => draft.text.clone(),
            _ => sheet.text(cell),
        };
        let reasons = Reasons { cell, text, what, reason, name, error: None, label, then, wants_focus: true };
        self.mode = Mode::Reason(Box::new(reasons));
    }

    /// The name that was used last, here or anywhere in the project.
    fn usual_name(&mut self, sheet: &Sheet<'_>) -> String {
        let in_project = || {
            let hands = sheet.view.project.events.iter().rev().take(LOOKED_AT).flat_map(|event| &event.by_hand);
            hands.map(|hand| hand.name.to_string()).find(|name| !name.is_empty()).unwrap_or_default()
        };
        self.last_name.get_or_insert_with(in_project).clone()
    }

    /// Takes figures by hand with the reason that was typed.
    pub fn commit_reason(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let Mode::Reason(reasons) = &mut self.mode else { return };
        if reasons.reason.trim().is_empty() {
            reasons.error = Some("A figure by hand needs a reason; Esc drops the figure".to_owned());
            reasons.wants_focus = true;
            return;
        }
        let (reason, name) = (reasons.reason.clone(), reasons.name.trim().to_owned());
        let (label, then) = (reasons.label.clone(), reasons.then);
        self.last_name = Some(name.clone());
        let taken = match &mut reasons.what {
            Asked::Batch(batch) => {
                batch.explain(&reason, &name);
                let edit = batch.edit(label);
                edit.is_none_or(|edit| self.hand_in(sheet, edit, actions))
            }
            Asked::Bulk(act) => {
                let act = (**act).clone();
                self.hand_over(act.explained(reason, name), sheet, actions);
                true
            }
        };
        if taken {
            self.moved_on(sheet, then);
        }
    }

    /// Hands in a change if the project takes it; else says why not, in place.
    fn hand_in(&mut self, sheet: &Sheet<'_>, edit: Edit, actions: &mut Actions) -> bool {
        // A large one is tried in the job that makes it. Deleting is refused as well by the one who makes it: nothing is
        // typed that could be lost, and to look for the claims of rows takes its time.
        let is_tried = !matches!(edit, Edit::RemoveEvents(_)) && edit.records(sheet.view.project) <= SMALL;
        let refusal = is_tried.then(|| edit.apply(sheet.view.project).err()).flatten();
        if let Some(error) = refusal {
            let error = Some(error.to_string());
            match &mut self.mode {
                Mode::Edit(draft) => draft.error = error,
                Mode::Reason(reasons) => reasons.error = error,
                Mode::Navigate => self.hint = error.map(|error| (error, true)),
            }
            return false;
        }
        self.edited = true;
        actions.push(Action::Edit(edit));
        true
    }

    /// Leaves the cell that is being typed into; says whether it could.
    pub fn leave(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) -> bool {
        match self.mode {
            Mode::Navigate => {}
            Mode::Edit(_) => self.commit(sheet, None, actions),
            Mode::Reason(_) => self.commit_reason(sheet, actions),
        }
        self.is_navigating()
    }

    /// Drops what was typed.
    pub fn drop_draft(&mut self) {
        self.mode = Mode::Navigate;
        self.wants_focus = true;
    }

    /// Deletes the selected rows.
    pub fn delete_rows(&mut self, sheet: &Sheet<'_>, desk: &mut Desk, actions: &mut Actions) {
        let rows = self.ranges(sheet).rows();
        let ids: Vec<EventId> = rows.into_iter().flat_map(|rows| sheet.rows.slice(rows)).copied().collect();
        if ids.is_empty() {
            return;
        }
        let count = ids.len();
        if count > SMALL {
            self.delete_many(ids, actions);
        } else {
            let claims: usize = ids.iter().map(|id| sheet.view.derived.claims_of(*id).len()).sum();
            if !self.hand_in(sheet, Edit::RemoveEvents(ids), actions) {
                return;
            }
            actions.push(Action::Say(deleted(count, claims)));
        }
        desk.selected.clear();
        self.wrote.clear();
    }

    /// The claim that the active cell rests on first, or any claim about its event.
    pub fn claim(&self, sheet: &Sheet<'_>) -> Option<ClaimId> {
        let cell = self.active()?;
        let column = sheet.column_of(cell)?;
        let mut claims = sheet.view.derived.claims_of(cell.event);
        let can_be_shown = |id: &ClaimId| source_row::can_be_shown(sheet.view.project, *id);
        if let crate::columns::Kind::Figure(measure, _) = &column.kind {
            let figures = explain(sheet.view.project, sheet.view.derived, cell.event);
            let figure = figures.get(measure)?.get(&Class::TOTAL)?;
            let of_measure =
                |id: &ClaimId| dataset::claim(sheet.view.project, *id).is_some_and(|claim| claim.measure == *measure);
            let used = claims.clone().filter(|id| figure.working.used.contains(id));
            return used.chain(claims.filter(of_measure)).find(can_be_shown);
        }
        claims.find(can_be_shown)
    }
}
