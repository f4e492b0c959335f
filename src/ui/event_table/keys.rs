//! The keys of the table. The grid takes its keys out of the input before the text field over the active cell is drawn;
//! what it leaves is text for that field.
//!
//! Several keys can arrive in one frame. A key that takes what was typed must see all of it, and a second change must see
//! the first: such keys wait for the next frame, in order, with everything behind them.

use egui::{Context, Event as Input, ImeEvent, Key, Modifiers};

use super::bars::Ask;
use super::bulk::became_blanks;
use super::grid::{Grid, Mode};
use super::pick_list::PickList;
use super::selection::{Selection, Span};
use super::sheet::{CellId, Move, Sheet};
use super::values::values;
use crate::columns::{Column, Kind};
use crate::command::{Command, Scope, TABLE};
use crate::edit::Edit;
use crate::filter::term_of;
use crate::model::{Event, EventId};
use crate::ui::{Action, Actions, Desk, SideTab, Target};

/// What became of an input.
enum Taken {
    /// The grid used it.
    Yes,
    /// It is for the text field.
    Left,
    /// The text field should have this text in its place.
    As(String),
    /// The text field should begin a new line.
    NewLine,
    /// Its time comes in the next frame.
    Later,
}

/// What the keys act on.
pub(super) struct Keys<'a, 'b> {
    pub ctx: Context,
    pub sheet: &'a Sheet<'b>,
    pub desk: &'a mut Desk,
    pub actions: &'a mut Actions,
    /// Set where the filter should take the keyboard.
    pub to_filter: &'a mut bool,
    /// Set where Escape has nothing left to do but to let go of the filter.
    pub clear_filter: &'a mut bool,
    /// A term to put into the filter, or to take out of it.
    pub toggle: &'a mut Option<String>,
    /// What is asked of the bars under the rows, and whether one is open.
    pub ask: &'a mut Option<Ask>,
    pub bar_is_open: bool,
}

impl Grid {
    /// Takes the keys of this frame.
    pub fn keys(&mut self, keys: &mut Keys<'_, '_>) {
        self.edited = false;
        if self.menu.is_some() {
            return;
        }
        let focused = keys.ctx.memory(|memory| memory.focused());
        let mine = match focused {
            Some(id) if id == self.id => true,
            Some(id) => matches!(self.mode, Mode::Reason(_)) && (id == self.reason_id() || id == self.name_id()),
            None => false,
        };
        if !mine {
            self.pending.clear();
            if focused.is_some() && !self.wants_focus && matches!(self.mode, Mode::Edit(_)) {
                // The keyboard went elsewhere: what was typed is taken, or stays with its reason why not.
                self.commit(keys.sheet, None, keys.actions);
                self.wants_focus = false;
            }
            return;
        }
        let mut inputs = std::mem::take(&mut self.pending);
        inputs.extend(keys.ctx.input_mut(|input| std::mem::take(&mut input.events)));
        let mut left = Vec::with_capacity(inputs.len());
        let mut typed = false;
        // A paste that is being read is made before anything that was typed behind it, or given up.
        if inputs.iter().any(is_escape) {
            self.pasting = None;
        }
        let mut waiting = self.pasting.is_some();
        for input in inputs {
            if !is_keyboard(&input) {
                left.push(input);
            } else if waiting {
                self.pending.push(input);
            } else {
                match self.take(&input, typed, keys) {
                    Taken::Yes => {}
                    Taken::Left => {
                        typed |= is_typing(&input);
                        left.push(input);
                    }
                    Taken::As(text) => {
                        typed = true;
                        left.push(Input::Text(text));
                    }
                    Taken::NewLine => {
                        typed = true;
                        // A field takes line ends from the clipboard and from Enter, which is the table's.
                        left.push(Input::Paste("\n".to_owned()));
                    }
                    Taken::Later => {
                        waiting = true;
                        self.pending.push(input);
                    }
                }
                // A field that asks for a reason has the keyboard in the next frame only.
                waiting |= self.edited || matches!(&self.mode, Mode::Reason(reasons) if reasons.wants_focus);
            }
        }
        if !self.pending.is_empty() && self.pasting.is_none() {
            keys.ctx.request_repaint();
        }
        keys.ctx.input_mut(|input| input.events = left);
    }

    fn take(&mut self, input: &Input, typed: bool, keys: &mut Keys<'_, '_>) -> Taken {
        match &self.mode {
            Mode::Navigate => self.navigate(input, keys),
            Mode::Edit(_) => self.edit_key(input, typed, keys),
            Mode::Reason(_) => self.reason_key(input, typed, keys),
        }
    }

    fn navigate(&mut self, input: &Input, keys: &mut Keys<'_, '_>) -> Taken {
        match input {
            Input::Key { key, pressed: true, modifiers, .. } => {
                self.hint = None;
                self.used_blank = false;
                if self.navigation_key(*key, *modifiers, keys) { Taken::Yes } else { Taken::Left }
            }
            Input::Copy => {
                self.copy(keys.sheet, keys.actions);
                Taken::Yes
            }
            Input::Cut => {
                self.cut(keys.sheet, keys.actions);
                Taken::Yes
            }
            Input::Paste(text) => {
                self.paste(Some(text.clone()), false, keys.actions);
                Taken::Yes
            }
            Input::Text(text) if text == " " && std::mem::take(&mut self.used_blank) => Taken::Yes,
            Input::Text(_) | Input::Ime(_) if self.header.is_some() => Taken::Yes,
            Input::Text(text) if text.chars().any(|letter| !letter.is_control()) => self.start_typing(keys),
            Input::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) if !text.is_empty() => {
                self.start_typing(keys)
            }
            _ => Taken::Left,
        }
    }

    /// A letter over a cell replaces its text; in an empty table it makes the first event.
    fn start_typing(&mut self, keys: &mut Keys<'_, '_>) -> Taken {
        if keys.sheet.view.project.events.is_empty() {
            let id = EventId::random();
            self.edited = true;
            keys.actions.push(Action::Edit(Edit::AddEvents { events: vec![Event::new(id)], after: None }));
            self.selection = Some(Selection::one(super::sheet::CellId { event: id, column: "title" }));
            return Taken::Later;
        }
        if self.begin(keys.sheet, Some(String::new())) { Taken::Left } else { Taken::Yes }
    }

    pub(super) fn navigation_key(&mut self, key: Key, modifiers: Modifiers, keys: &mut Keys<'_, '_>) -> bool {
        let Modifiers { shift, command: ctrl, alt, .. } = modifiers;
        if let Some(column) = self.header {
            return self.header_key(column, key, modifiers, keys);
        }
        match key {
            Key::ArrowDown if alt => return self.open_list(keys.sheet),
            Key::PageUp | Key::PageDown if alt => {
                self.step(keys.sheet, if key == Key::PageUp { Move::ScreenLeft } else { Move::ScreenRight }, shift);
                return true;
            }
            _ if alt => return false,
            _ => {}
        }
        match movement(key, ctrl) {
            Some(Move::Up) if !shift => self.up(keys.sheet),
            Some(movement) => self.step(keys.sheet, movement, shift),
            None => return self.other_key(key, modifiers, keys),
        }
        true
    }

    fn other_key(&mut self, key: Key, modifiers: Modifiers, keys: &mut Keys<'_, '_>) -> bool {
        let Modifiers { shift, command: ctrl, .. } = modifiers;
        match key {
            Key::Tab if !ctrl => self.step(keys.sheet, if shift { Move::Previous } else { Move::Next }, false),
            Key::Enter if ctrl => self.fill_with_active(keys.sheet, keys.actions),
            Key::Enter if shift => self.step_back(keys.sheet, Move::Up),
            Key::Enter if keys.sheet.view.enter_edits => drop(self.begin(keys.sheet, None)),
            Key::Enter => self.step_back(keys.sheet, Move::Down),
            Key::F2 if !shift && !ctrl => drop(self.begin(keys.sheet, None)),
            Key::Delete | Key::Backspace if !ctrl => self.clear(keys.sheet, keys.actions),
            Key::Escape => self.escape(keys),
            Key::A if ctrl && !shift => self.select_block_or_all(keys.sheet),
            Key::D if ctrl && !shift => self.fill_down(keys.sheet, keys.actions),
            Key::V if ctrl && shift => self.paste(None, true, keys.actions),
            Key::R if ctrl && !shift => self.fill_right(keys.sheet, keys.actions),
            Key::F if ctrl && !shift => *keys.ask = Some(Ask::Find),
            Key::F3 if !ctrl => *keys.ask = Some(if shift { Ask::Previous } else { Ask::Next }),
            Key::H if ctrl && !shift => *keys.ask = Some(Ask::Replace),
            Key::G if ctrl && !shift => *keys.ask = Some(Ask::GoTo),
            Key::L if ctrl && shift => *keys.to_filter = true,
            Key::L if ctrl && !shift => self.filter_to_value(keys),
            Key::Minus if ctrl => self.delete_rows(keys.sheet, keys.desk, keys.actions),
            Key::Semicolon | Key::Colon if ctrl => self.type_today(keys.sheet),
            Key::Quote if ctrl => self.type_above(keys.sheet),
            // Cells hold plain texts: this is how other programs call for them.
            Key::Space => return self.space(modifiers, keys),
            Key::F10 | Key::Menu if shift || key == Key::Menu => {
                self.menu = self.spots.active.map(|(rect, _)| rect.left_bottom())
            }
            Key::F12 => self.show_quote(keys),
            _ => return self.pass_on(key, modifiers, keys.actions),
        }
        true
    }

    /// Commands that a text field would keep for itself: between cells the table is no text.
    fn pass_on(&self, key: Key, modifiers: Modifiers, actions: &mut Actions) -> bool {
        let outside_text = TABLE.iter().filter(|entry| entry.scope == Scope::OutsideText);
        let of_key = |shortcut: &egui::KeyboardShortcut| {
            shortcut.logical_key == key && modifiers.matches_exact(shortcut.modifiers)
        };
        let command = outside_text.filter(|entry| entry.keys.iter().any(of_key)).map(|entry| entry.command).next();
        actions.extend(command.map(Action::Run));
        command.is_some_and(|command| command != Command::EditCell)
    }

    /// Shows only rows with the value of the active cell; again lets all through.
    fn filter_to_value(&mut self, keys: &mut Keys<'_, '_>) {
        let Some(cell) = self.active() else { return };
        if let Some((column, event)) = keys.sheet.column_of(cell).zip(keys.sheet.event(cell.event)) {
            *keys.toggle = Some(term_of(column, &keys.sheet.row(event)));
        }
    }

    /// The words that a cell may be given: those of the codebook, else those that stand in its column.
    fn open_list(&mut self, sheet: &Sheet<'_>) -> bool {
        let Some(column) = self.active().and_then(|cell| sheet.column_of(cell)) else { return false };
        let list = if column.choices(sheet.view.project).is_empty() { values(sheet, column) } else { Vec::new() };
        let has_own = !column.choices(sheet.view.project).is_empty();
        if !column.is_editable() || !self.begin(sheet, None) {
            return true;
        }
        if let Mode::Edit(draft) = &mut self.mode
            && !has_own
        {
            draft.list = (!list.is_empty()).then(|| PickList::of_values(list, &draft.initial));
        }
        true
    }

    /// One layer a press: a drag of the square, the problem under the cell, an open bar, what was cut, the range, the
    /// selected events, the filter.
    fn escape(&mut self, keys: &mut Keys<'_, '_>) {
        if self.filling.take().is_some() || self.resting.close() {
            return;
        }
        if keys.bar_is_open {
            *keys.ask = Some(Ask::Close);
            return;
        }
        if self.cut.take().is_some() || self.collapse() {
            return;
        }
        if keys.desk.selected.is_empty() {
            *keys.clear_filter = true;
        } else {
            keys.desk.selected.clear();
            self.wrote.clear();
        }
    }

    fn type_today(&mut self, sheet: &Sheet<'_>) {
        if self.active().and_then(|cell| sheet.column_of(cell)).is_some_and(|column| column.kind == Kind::Date) {
            self.begin_with(sheet, sheet.view.today.to_string());
        } else {
            self.hint = Some(("Today goes into a cell of a date".to_owned(), false));
        }
    }

    /// Begins to type with the text of the cell above.
    fn type_above(&mut self, sheet: &Sheet<'_>) {
        if let Some(cell) = self.active()
            && let Some(text) = above(sheet, cell)
        {
            self.begin_with(sheet, text);
        }
    }

    /// Begins to type, with a text as if it had been typed.
    fn begin_with(&mut self, sheet: &Sheet<'_>, text: String) {
        if self.begin(sheet, Some(String::new()))
            && let Mode::Edit(draft) = &mut self.mode
        {
            draft.text = text;
        }
    }

    /// Puts the text of the active cell into every selected one.
    fn fill_with_active(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let several = self.selection.as_ref().is_some_and(|selection| !selection.is_one());
        if let Some(cell) = self.active().filter(|_| several) {
            self.fill(sheet, &sheet.text(cell), actions);
        }
    }

    /// Shift selects rows and Ctrl columns; on rows that are selected as wholes, the event is opened.
    fn space(&mut self, modifiers: Modifiers, keys: &mut Keys<'_, '_>) -> bool {
        let on_number = self.selection.as_ref().is_some_and(|selection| {
            selection.areas().last().is_some_and(|area| area.columns == Span::All && area.rows != Span::All)
        });
        match modifiers {
            Modifiers { shift: true, command: true, .. } => self.select_all(),
            Modifiers { shift: true, .. } => self.select_rows(),
            Modifiers { command: true, .. } => self.select_columns(),
            _ if on_number => keys.desk.tab = SideTab::Event,
            _ => return false,
        }
        self.used_blank = true;
        true
    }

    /// Shows the words that the active cell rests on.
    pub fn show_quote(&mut self, keys: &mut Keys<'_, '_>) {
        match self.claim(keys.sheet) {
            Some(claim) => keys.actions.push(Action::Show(Target::Quote(claim, 0))),
            None => self.hint = Some(("No claim with a quote or a row stands behind this cell".to_owned(), false)),
        }
    }

    fn edit_key(&mut self, input: &Input, typed: bool, keys: &mut Keys<'_, '_>) -> Taken {
        if let (Input::Paste(text), Mode::Edit(draft)) = (input, &mut self.mode) {
            draft.told = keys.sheet.column_of(draft.cell).and_then(|column| {
                let blanks = column.blanks(text);
                (blanks > 0).then(|| format!("{} in {}", became_blanks(blanks), column.name))
            });
        }
        let Input::Key { key, pressed: true, modifiers, .. } = input else { return Taken::Left };
        let Mode::Edit(draft) = &mut self.mode else { return Taken::Left };
        let Modifiers { shift, command: ctrl, alt, .. } = *modifiers;
        let in_list = draft.list.is_some() && matches!(key, Key::ArrowUp | Key::ArrowDown);
        let then = match key {
            Key::Escape => {
                self.drop_draft();
                return Taken::Yes;
            }
            Key::F2 if !shift => {
                draft.arrows_move_caret = !draft.arrows_move_caret;
                return Taken::Yes;
            }
            Key::ArrowDown | Key::ArrowUp if in_list => {
                if typed {
                    return Taken::Later;
                }
                let by = if *key == Key::ArrowDown { 1 } else { -1 };
                draft.list.iter_mut().for_each(|list| list.step(by));
                return Taken::Yes;
            }
            Key::Enter if ctrl => {
                if typed {
                    return Taken::Later;
                }
                self.commit_into_all(keys.sheet, keys.actions);
                return Taken::Yes;
            }
            Key::Enter if alt => {
                let column = keys.sheet.column_of(draft.cell);
                if column.is_some_and(Column::takes_lines) {
                    return Taken::NewLine;
                }
                let name = column.map_or("This cell", |column| column.name);
                let why = "holds one line; a longer text goes into a text column of your own, or into a note: Shift+F2";
                draft.error = Some(format!("{name} {why}"));
                return Taken::Yes;
            }
            Key::Quote if ctrl => return above(keys.sheet, draft.cell).map_or(Taken::Yes, Taken::As),
            Key::Semicolon | Key::Colon if ctrl => {
                let is_date = keys.sheet.column_of(draft.cell).is_some_and(|column| column.kind == Kind::Date);
                return if is_date { Taken::As(keys.sheet.view.today.to_string()) } else { Taken::Left };
            }
            _ if ctrl || alt => return Taken::Left,
            Key::Enter if shift => Move::Up,
            Key::Enter => Move::Down,
            Key::Tab if shift => Move::Previous,
            Key::Tab => Move::Next,
            Key::PageUp => Move::PageUp,
            Key::PageDown => Move::PageDown,
            Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight if !draft.arrows_move_caret && !shift => {
                match movement(*key, false) {
                    Some(movement) => movement,
                    None => return Taken::Left,
                }
            }
            _ => return Taken::Left,
        };
        if typed {
            return Taken::Later;
        }
        self.commit(keys.sheet, Some(then), keys.actions);
        Taken::Yes
    }

    fn reason_key(&mut self, input: &Input, typed: bool, keys: &mut Keys<'_, '_>) -> Taken {
        let Input::Key { key, pressed: true, .. } = input else { return Taken::Left };
        match key {
            Key::Escape => {
                self.drop_draft();
                Taken::Yes
            }
            Key::Enter | Key::Tab if typed => Taken::Later,
            Key::Enter => {
                self.commit_reason(keys.sheet, keys.actions);
                Taken::Yes
            }
            Key::Tab => {
                let in_reason = keys.ctx.memory(|memory| memory.has_focus(self.reason_id()));
                let next = if in_reason { self.name_id() } else { self.reason_id() };
                keys.ctx.memory_mut(|memory| memory.request_focus(next));
                Taken::Yes
            }
            _ => Taken::Left,
        }
    }
}

/// The text of the cell above.
fn above(sheet: &Sheet<'_>, cell: CellId) -> Option<String> {
    let row = sheet.find(cell.event)?.checked_sub(1)?;
    Some(sheet.text(CellId { event: sheet.rows.at(row)?, column: cell.column }))
}

/// The movement of a key that may extend the selection with Shift.
fn movement(key: Key, ctrl: bool) -> Option<Move> {
    Some(match key {
        Key::ArrowUp if ctrl => Move::Edge(-1, 0),
        Key::ArrowDown if ctrl => Move::Edge(1, 0),
        Key::ArrowLeft if ctrl => Move::Edge(0, -1),
        Key::ArrowRight if ctrl => Move::Edge(0, 1),
        Key::ArrowUp => Move::Up,
        Key::ArrowDown => Move::Down,
        Key::ArrowLeft => Move::Left,
        Key::ArrowRight => Move::Right,
        Key::Home if ctrl => Move::TableStart,
        Key::End if ctrl => Move::TableEnd,
        Key::Home => Move::RowStart,
        Key::End => Move::RowEnd,
        Key::PageUp if !ctrl => Move::PageUp,
        Key::PageDown if !ctrl => Move::PageDown,
        _ => return None,
    })
}

fn is_escape(input: &Input) -> bool {
    matches!(input, Input::Key { key: Key::Escape, pressed: true, .. })
}

fn is_keyboard(input: &Input) -> bool {
    matches!(input, Input::Key { .. } | Input::Text(_) | Input::Ime(_) | Input::Copy | Input::Cut | Input::Paste(_))
}

/// Whether the text field may change its text by this.
fn is_typing(input: &Input) -> bool {
    match input {
        Input::Key { pressed, .. } => *pressed,
        Input::Text(_) | Input::Ime(_) | Input::Cut | Input::Paste(_) => true,
        _ => false,
    }
}
