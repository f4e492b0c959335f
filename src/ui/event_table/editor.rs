//! The text field over the active cell, what stands under it, and the strip that asks why a figure is set by hand.
//!
//! The field is always there, empty and unseen while the keyboard only moves: it is the table's single focus, so that
//! text input, input methods and the clipboard work from the first letter on. It is drawn after the table, also where
//! its cell is scrolled away, or it would lose the keyboard.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align, Align2, Area, EventFilter, Frame, Margin, Order, Pos2, Rect, RichText, Stroke, StrokeKind, SurrenderFocusOn,
    TextEdit, Ui, UiBuilder, accesskit, pos2, vec2,
};

use super::grid::{Grid, Mode};
use super::paint::{PADDING, SIZE};
use super::problem_marks::{in_column, spoken};
use super::sheet::Sheet;
use crate::columns::{Column, Side};
use crate::derive::problems::Severity;
use crate::ui::Actions;
use crate::ui::theme;
use crate::ui::widgets::with_marks;

/// Width of the strip that asks for a reason.
const STRIP: f32 = 600.0;
/// Room that a list under a cell may need.
const DEEPEST: f32 = 260.0;

/// Points above the first of several lines, so that it stands where the cell has it.
const ABOVE: i8 = 4;

/// A few words under the active cell.
struct Note {
    text: String,
    is_error: bool,
    /// Whether a screen reader says it when it appears; of a problem the cell itself tells.
    is_spoken: bool,
}

/// All keys are the grid's own.
const EVERY_KEY: EventFilter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };

impl Grid {
    /// Draws the field, the strip and what stands under them.
    pub fn editor_ui(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, actions: &mut Actions) {
        // A click within the table goes to a cell, or to the field itself: neither takes the keyboard away.
        let before = ui.options(|options| options.input_options.surrender_focus_on);
        let clicked = ui.input(|input| input.pointer.interact_pos());
        if clicked.is_some_and(|pos| self.spots.table.contains(pos)) {
            ui.options_mut(|options| options.input_options.surrender_focus_on = SurrenderFocusOn::Never);
        }
        self.field_ui(ui, sheet);
        self.reason_ui(ui, sheet);
        ui.options_mut(|options| options.input_options.surrender_focus_on = before);
        if let Some(word) = self.below_ui(ui, sheet) {
            self.take_word(sheet, word, actions);
        }
        if self.wants_focus && !matches!(self.mode, Mode::Reason(_)) {
            ui.memory_mut(|memory| memory.request_focus(self.id));
            self.wants_focus = false;
        }
    }

    fn take_word(&mut self, sheet: &Sheet<'_>, word: String, actions: &mut Actions) {
        let Mode::Edit(draft) = &mut self.mode else { return };
        let wants_more = word.ends_with(": ");
        draft.text = word;
        draft.list = None;
        draft.arrows_move_caret = true;
        self.fresh = true;
        self.wants_focus = true;
        if !wants_more {
            self.commit(sheet, None, actions);
        }
    }

    /// The active cell on the screen, and what is visible of it.
    fn spot(&self) -> (Rect, Rect) {
        let nowhere = Rect::from_min_size(self.spots.table.min, vec2(120.0, theme::ROW));
        self.spots.active.unwrap_or((nowhere, Rect::NOTHING))
    }

    fn field_ui(&mut self, ui: &mut Ui, sheet: &Sheet<'_>) {
        let (cell_rect, visible) = self.spot();
        let column = self.active().and_then(|cell| sheet.column_of(cell));
        let at_head = self.at_head.as_ref().map(|(_, label)| format!("{label}. Enter folds and opens."));
        let header = self.header_label(sheet).or(at_head);
        let label = self.active().map_or_else(
            || "Event table".to_owned(),
            |cell| {
                let marks = sheet.event(cell.event).map(|event| self.marks.of(sheet, event));
                let problem = marks.and_then(|marks| in_column(&marks, cell.column));
                let said = problem.map(|(severity, text)| spoken(severity, &text)).unwrap_or_default();
                sheet.label(cell, &said)
            },
        );
        let side = column.map_or(Side::Left, |column| column.side);
        let id = self.id;
        if std::mem::take(&mut self.fresh) {
            self.put_caret(ui, cell_rect, side);
        }
        let lines = column.is_some_and(Column::takes_lines) && matches!(self.mode, Mode::Edit(_));
        let mut nothing = String::new();
        let (text, rect, clip, label) = match &mut self.mode {
            Mode::Edit(draft) => {
                let table = self.spots.table;
                let rect = if lines {
                    high_enough(ui, cell_rect, &draft.text, table)
                } else {
                    wide_enough(ui, cell_rect, &draft.text, side, table)
                };
                let clip = if visible.is_positive() { self.spots.table } else { Rect::NOTHING };
                paint_box(ui, rect, clip, draft.error.is_some());
                (&mut draft.text, rect, clip, format!("Editing {label}"))
            }
            // One point is enough to be drawn and to keep the keyboard, and too little to be in the pointer's way.
            _ => {
                let point = Rect::from_min_size(cell_rect.min, vec2(1.0, 1.0)).intersect(visible);
                let label = header.unwrap_or_else(|| format!("{label} Type to replace, F2 to edit"));
                (&mut nothing, cell_rect, point, label)
            }
        };
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("cell editor"));
        child.set_clip_rect(clip);
        let field = if lines { TextEdit::multiline(text).desired_rows(1) } else { TextEdit::singleline(text) };
        let align = match side {
            Side::Right => Align2::RIGHT_CENTER,
            Side::Left if lines => Align2::LEFT_TOP,
            Side::Left => Align2::LEFT_CENTER,
        };
        let margin = Margin::symmetric(PADDING as i8, if lines { ABOVE } else { 0 });
        let field = field
            .id(id)
            .frame(Frame::new().inner_margin(margin))
            .font(theme::regular(SIZE))
            .min_size(rect.size())
            .desired_width(rect.width() - 2.0 * PADDING)
            .align(align)
            .return_key(None)
            .event_filter(EVERY_KEY);
        let pasted = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Paste(_))));
        let response = field.show(&mut child).response.response.accessible_name(label);
        self.point_at_cell(ui);
        if response.changed()
            && let Mode::Edit(draft) = &mut self.mode
        {
            (draft.error, draft.told) = (None, draft.told.take().filter(|_| pasted));
            let text = draft.text.clone();
            draft.list.iter_mut().for_each(|list| list.narrow(&text));
        }
    }

    /// Tells a screen reader which cell or header has the keyboard, while nothing is typed: the field is not what a person
    /// moves over.
    fn point_at_cell(&self, ui: &Ui) {
        let at = match (self.header, self.active()) {
            // The field itself says which head of a group is at hand.
            _ if self.at_head.is_some() => None,
            (Some(column), _) => Some(self.id.with(("header", column))),
            (None, Some(cell)) if self.spots.active.is_some() => Some(self.id.with((cell.event.as_str(), cell.column))),
            _ => None,
        };
        if let Some(at) = at.filter(|_| self.is_navigating()) {
            ui.ctx().accesskit_node_builder(self.id, |node| node.set_active_descendant(at.accesskit_id()));
        }
    }

    /// Puts the caret behind the text, or where the pointer was pressed.
    fn put_caret(&mut self, ui: &Ui, cell: Rect, side: Side) {
        let pressed = self.caret_at.take();
        let Mode::Edit(draft) = &self.mode else { return };
        // As the cell shows it: on one line.
        let shown = with_marks(&draft.text).into_owned();
        let galley = ui.painter().layout_no_wrap(shown, theme::regular(SIZE), theme::tokens(ui).text);
        let left = match side {
            Side::Left => cell.left() + PADDING,
            Side::Right => cell.right() - PADDING - galley.size().x,
        };
        let caret = match pressed {
            Some(at) => galley.cursor_from_pos(vec2(at.x - left, galley.size().y / 2.0)),
            None => CCursor::new(draft.text.chars().count()),
        };
        let mut state = TextEditState::load(ui.ctx(), self.id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::one(caret)));
        state.clear_undoer();
        state.store(ui.ctx(), self.id);
    }

    /// A refusal, a hint or how a text is understood, and the list of words. Gives back a word that was clicked.
    fn below_ui(&mut self, ui: &Ui, sheet: &Sheet<'_>) -> Option<String> {
        let (rect, visible) = self.spot();
        let note = self.note(sheet).or_else(|| self.problem(ui, sheet, rect));
        let list = match &mut self.mode {
            Mode::Edit(draft) => draft.list.as_mut(),
            _ => None,
        };
        if !visible.is_positive() || (note.is_none() && list.is_none()) {
            return None;
        }
        let (at, pivot) = beside(ui, rect, list.is_some());
        let area = Area::new(self.id.with("below")).order(Order::Foreground).fixed_pos(at).pivot(pivot);
        let width = rect.width().clamp(160.0, 320.0);
        let shown = area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                if let Some(note) = &note {
                    Frame::new().inner_margin(Margin::symmetric(6, 2)).show(ui, |ui| note_ui(ui, note));
                }
                list.and_then(|list| list.ui(ui, width))
            })
        });
        let pointer = ui.input(|input| input.pointer.any_click().then(|| input.pointer.interact_pos()).flatten());
        if pointer.is_some_and(|pos| shown.response.rect.contains(pos)) {
            // A click outside a text field takes the keyboard from it.
            self.wants_focus = true;
        }
        shown.inner.inner
    }

    /// What is the matter with the cell on which the keyboard rests.
    fn problem(&mut self, ui: &Ui, sheet: &Sheet<'_>, rect: Rect) -> Option<Note> {
        let alone = self.selection.as_ref().filter(|selection| selection.is_one()).map(|selection| selection.active);
        let moves = self.is_navigating() && self.header.is_none() && self.at_head.is_none() && self.menu.is_none();
        let has_keyboard = moves && ui.memory(|memory| memory.has_focus(self.id));
        let marks = alone.filter(|_| has_keyboard).and_then(|cell| Some((cell, sheet.event(cell.event)?)));
        let problem = marks.and_then(|(cell, event)| {
            let (severity, text) = in_column(&self.marks.of(sheet, event), cell.column)?;
            Some((cell, Note { text, is_error: severity == Severity::Error, is_spoken: false }))
        });
        let rests = self.resting.is_on(ui, problem.as_ref().map(|(cell, _)| *cell));
        // A pointer that rests there is told the same by the tooltip.
        let pointed_at = ui.input(|input| input.pointer.hover_pos().is_some_and(|pos| rect.contains(pos)));
        problem.filter(|_| rests && !pointed_at).map(|(_, note)| note)
    }

    fn note(&self, sheet: &Sheet<'_>) -> Option<Note> {
        let of = |(text, is_error)| Note { text, is_error, is_spoken: true };
        let note = match &self.mode {
            Mode::Navigate => self.hint.clone(),
            Mode::Reason(reasons) => reasons.error.clone().map(|error| (error, true)),
            Mode::Edit(draft) => draft.error.clone().map(|error| (error, true)).or_else(|| {
                if let Some(told) = &draft.told {
                    return Some((told.clone(), false));
                }
                let column = sheet.column_of(draft.cell)?;
                let changed = draft.text.trim() != draft.initial;
                let event = sheet.event(draft.cell.event).filter(|_| changed)?;
                column.preview(&sheet.row(event), &draft.text).map(|text| (text, false))
            }),
        };
        note.map(of)
    }

    fn reason_ui(&mut self, ui: &mut Ui, sheet: &Sheet<'_>) {
        let (cell, visible) = self.spot();
        let (table, reason_id, name_id) = (self.spots.table, self.reason_id(), self.name_id());
        let Mode::Reason(reasons) = &mut self.mode else { return };
        let side = sheet.column_of(reasons.cell).map_or(Side::Left, |column| column.side);
        let clip = if visible.is_positive() { table } else { Rect::NOTHING };
        paint_box(ui, cell, clip, false);
        let (anchor, at) = match side {
            Side::Left => (Align2::LEFT_CENTER, cell.left_center() + vec2(PADDING, 0.0)),
            Side::Right => (Align2::RIGHT_CENTER, cell.right_center() - vec2(PADDING, 0.0)),
        };
        let tokens = theme::tokens(ui);
        ui.painter().with_clip_rect(clip).text(at, anchor, &reasons.text, theme::regular(SIZE), tokens.text);
        let strip = strip(cell, table);
        let mut child = ui.new_child(
            UiBuilder::new().max_rect(strip).id_salt("reason").layout(egui::Layout::left_to_right(Align::Center)),
        );
        child.set_clip_rect(clip);
        child.painter().rect(strip, 4.0, tokens.raised, Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
        // Presses on the strip are not for the cells under it.
        child.interact(strip, reason_id.with("ground"), egui::Sense::CLICK | egui::Sense::DRAG);
        child.spacing_mut().item_spacing.x = 6.0;
        child.add_space(PADDING);
        child.label(RichText::new("Why?").color(tokens.text).text_style(theme::LABEL.clone()));
        let field = |text| TextEdit::singleline(text).event_filter(EVERY_KEY).return_key(None);
        let width = (strip.width() - 340.0).max(100.0);
        let reason = field(&mut reasons.reason).id(reason_id).hint_text("Reason").desired_width(width);
        let changed = child.add(reason).accessible_name("Reason").changed();
        child.label(RichText::new("Name").color(tokens.muted));
        let name = field(&mut reasons.name).id(name_id).hint_text("Your name").desired_width(92.0);
        child.add(name).accessible_name("Your name");
        child.label(RichText::new("Enter sets, Esc drops").color(tokens.muted).text_style(theme::CAPTION.clone()));
        if changed {
            reasons.error = None;
        }
        if std::mem::take(&mut reasons.wants_focus) {
            ui.memory_mut(|memory| memory.request_focus(reason_id));
        }
    }
}

/// The strip stands over the cells behind the figure, or over those before it where there is no room.
fn strip(cell: Rect, table: Rect) -> Rect {
    let width = STRIP.min(table.width() - 16.0);
    let left = if cell.right() + width <= table.right() {
        cell.right()
    } else if cell.left() - width >= table.left() {
        cell.left() - width
    } else {
        return Rect::from_min_size(pos2(table.right() - width, cell.bottom()), vec2(width, cell.height() + 4.0));
    };
    Rect::from_min_size(pos2(left, cell.top() - 2.0), vec2(width, cell.height() + 4.0))
}

/// The field grows with its text, as far as the table reaches.
fn wide_enough(ui: &Ui, cell: Rect, text: &str, side: Side, table: Rect) -> Rect {
    let colour = theme::tokens(ui).text;
    let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::regular(SIZE), colour);
    let width = (galley.size().x + 2.0 * PADDING + 12.0).max(cell.width());
    match side {
        Side::Left => cell.with_max_x((cell.left() + width).min(table.right()).max(cell.right())),
        Side::Right => cell.with_min_x((cell.right() - width).max(table.left()).min(cell.left())),
    }
}

/// The field of a text of several lines grows with them, downwards, and upwards where the table ends.
fn high_enough(ui: &Ui, cell: Rect, text: &str, table: Rect) -> Rect {
    let colour = theme::tokens(ui).text;
    let room = (table.right() - cell.left()).max(cell.width());
    let galley = ui.painter().layout(text.to_owned(), theme::regular(SIZE), colour, room - 2.0 * PADDING - 12.0);
    let width = (galley.size().x + 2.0 * PADDING + 12.0).max(cell.width());
    let height = (galley.size().y + 2.0 * f32::from(ABOVE)).max(cell.height());
    let top = cell.top().min(table.bottom() - height).max(table.top());
    Rect::from_min_size(pos2(cell.left(), top), vec2(width, height))
}

fn paint_box(ui: &Ui, rect: Rect, clip: Rect, wrong: bool) {
    let tokens = theme::tokens(ui);
    let colour = if wrong { tokens.error.text } else { tokens.accent };
    let painter = ui.painter().with_clip_rect(clip);
    painter.rect(rect, 0.0, tokens.page, Stroke::new(2.0, colour), StrokeKind::Inside);
    if wrong {
        painter.hline((rect.left() + PADDING)..=(rect.right() - PADDING), rect.bottom() - 4.0, (1.0, colour));
    }
}

/// Under a cell, or over it where the window ends.
fn beside(ui: &Ui, rect: Rect, has_list: bool) -> (Pos2, Align2) {
    let room = if has_list { DEEPEST } else { 48.0 };
    if rect.bottom() + room > ui.ctx().content_rect().bottom() {
        (rect.left_top() - vec2(0.0, 2.0), Align2::LEFT_BOTTOM)
    } else {
        (rect.left_bottom() + vec2(0.0, 2.0), Align2::LEFT_TOP)
    }
}

fn note_ui(ui: &mut Ui, note: &Note) {
    let tokens = theme::tokens(ui);
    ui.set_max_width(420.0);
    let colour = if note.is_error { tokens.error.text } else { tokens.muted };
    let text = RichText::new(&note.text).color(colour).text_style(theme::CAPTION.clone()).size(12.0);
    let label = ui.add(egui::Label::new(text).wrap_mode(egui::TextWrapMode::Wrap));
    if note.is_spoken {
        ui.ctx().accesskit_node_builder(label.id, |node| {
            node.set_live(if note.is_error { accesskit::Live::Assertive } else { accesskit::Live::Polite });
        });
    }
}
