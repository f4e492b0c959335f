//! Header and cells on the screen, and what the pointer did to them. It paints and notes; it decides nothing.

use std::ops::Range;

use egui::text::CCursor;
use egui::{
    Align2, Galley, Modifiers, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, accesskit, pos2, vec2,
};
use egui_table::{CellInfo, HeaderCellInfo, PrefetchInfo, TableDelegate};

use super::cut::border;
use super::find::search::{Search, holds};
use super::grid::Grid;
use super::group_heads::GroupHeads;
use super::heads::Head;
use super::layout::TableLayout;
use super::lines::Line;
use super::problem_marks::{in_column, spoken};
use super::selection::{Block, Ranges};
use super::sheet::{CellId, Place, Sheet};
use crate::columns::{Cell, Column, Mark, Rank, Side};
use crate::derive::problems::Severity;
use crate::model::{ClaimId, EventId};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{one_line, wrapped};
use crate::ui::{ClaimDrag, Selected};

/// Space left and right of a cell's text, in points.
pub(super) const PADDING: f32 = 8.0;
/// Size of a mark beside a number.
pub(super) const MARK: f32 = 12.0;
/// Size of the mark of a problem at the corner of a cell.
const CORNER: f32 = 8.0;
/// Size of texts in cells.
pub(super) const SIZE: f32 = 13.0;

/// What the pointer did.
#[derive(Debug, Clone)]
pub(super) enum Touch {
    /// Pressed on a cell.
    Press(Place, Modifiers),
    /// Went over a cell while the button is down.
    Over(Place),
    /// Pressed twice on a cell.
    Double(Place, Pos2),
    /// Took hold of the square at the corner of the range.
    Handle(Place),
    /// Pressed it twice.
    FillDown,
    /// Asked for the menu of a cell.
    Menu(Place, Pos2),
    /// Asked for the menu on a row's number.
    RowMenu(usize, Pos2),
    /// Pressed on a row's number.
    Row(usize, Modifiers),
    /// Let claims go over the row of an event.
    Drop(EventId, Vec<ClaimId>),
    /// Pressed on the head of a group.
    Group(usize),
    /// Pressed on the title of a column.
    Header(usize, Modifiers),
}

/// Paints a frame of the table.
pub(super) struct Painter<'a, 'b> {
    pub sheet: &'a Sheet<'b>,
    pub layout: &'a TableLayout,
    /// The height of every row, in points.
    pub row_height: f32,
    pub grid: &'a mut Grid,
    /// Events that are selected on the desk.
    pub selected: &'a Selected,
    /// What is selected in the table; only what reaches into the rows in view.
    pub ranges: Ranges,
    pub active: Option<Place>,
    pub focused: bool,
    /// The cell at whose corner the square stands that fills.
    pub handle_at: Option<Place>,
    /// What was cut, and what the square would fill.
    pub cut: Option<Block>,
    pub to_fill: Option<Block>,
    /// What is looked for, to be marked where it stands.
    pub found: Option<&'a Search>,
    /// Where lines and columns stand, for the heads of groups.
    pub groups: GroupHeads,
    pub touched: Vec<Touch>,
    /// The column whose menu is open.
    pub menu_of: Option<&'static str>,
    /// The headers that were drawn.
    pub heads: Vec<Head>,
    /// The rows that were drawn.
    pub rows: Range<usize>,
}

/// Tells a screen reader where something stands.
pub(super) fn set_bounds(node: &mut accesskit::Node, rect: Rect) {
    let (min, max) = (rect.min, rect.max);
    node.set_bounds(accesskit::Rect { x0: min.x.into(), y0: min.y.into(), x1: max.x.into(), y1: max.y.into() });
    node.add_action(accesskit::Action::Click);
}

impl TableDelegate for Painter<'_, '_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        let rows = info.visible_rows.end.saturating_sub(info.visible_rows.start);
        let columns = info.visible_columns.end.saturating_sub(info.visible_columns.start.max(info.num_sticky_columns));
        let rows = usize::try_from(rows).unwrap_or(1).saturating_sub(2).max(1);
        self.grid.page = (rows, columns.saturating_sub(1).max(1));
        self.grid.scrolled = info.visible_columns.start > info.num_sticky_columns;
        self.grid.frozen = info.num_sticky_columns.saturating_sub(1);
        let lines = self.sheet.rows.lines();
        let row = |line| lines.row_from(usize::try_from(line).unwrap_or(usize::MAX));
        self.rows = row(info.visible_rows.start)..row(info.visible_rows.end);
        self.ranges = self.ranges.within(&(row(info.visible_rows.start)..=row(info.visible_rows.end)));
    }

    fn default_row_height(&self) -> f32 {
        self.row_height
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, info: &HeaderCellInfo) {
        let tokens = theme::tokens(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, tokens.header);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
        let Some(at) = info.col_range.start.checked_sub(1) else { return };
        let Some(column) = self.sheet.columns.get(at) else { return };
        self.head(ui, at, column);
    }

    fn row_ui(&mut self, ui: &mut Ui, line: u64) {
        let Ok(line) = usize::try_from(line) else { return };
        let rect = ui.max_rect();
        let what = self.sheet.rows.lines().at(line);
        if matches!(what, Some(Line::Head(_))) {
            ui.painter().rect_filled(rect, 0.0, theme::tokens(ui).header);
        }
        self.groups.note_line(line, what, rect.top());
    }

    fn cell_ui(&mut self, ui: &mut Ui, info: &CellInfo) {
        let Ok(line) = usize::try_from(info.row_nr) else { return };
        let column = info.col_nr.checked_sub(1);
        if let Some(column) = column {
            self.groups.note_column(column, ui.max_rect().x_range(), ui.clip_rect().x_range());
        }
        match (self.sheet.rows.lines().at(line), column) {
            // Heads are drawn over the table once it is known where the columns stand.
            (None | Some(Line::Head(_)), _) => {}
            (Some(Line::Row(row)), None) => self.number(ui, row),
            (Some(Line::Row(row)), Some(column)) => self.cell(ui, (row, column)),
        }
    }
}

impl Painter<'_, '_> {
    /// The number of a row: a position, not a name.
    fn number(&mut self, ui: &mut Ui, row: usize) {
        let tokens = theme::tokens(ui);
        let Some(event) = self.sheet.rows.at(row) else { return };
        let rect = ui.max_rect();
        let selected = self.ranges.has_row(row) || self.is_selected(event);
        ui.painter().rect_filled(rect, 0.0, if selected { tokens.selection } else { tokens.panel });
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
        let at = pos2(rect.right() - PADDING, rect.top() + theme::ROW / 2.0);
        let colour = if selected { tokens.text } else { tokens.muted };
        ui.painter().text(at, Align2::RIGHT_CENTER, row + 1, theme::regular(12.0), colour);
        let stray = self.sheet.rows.why_left(event);
        if stray.is_some() {
            let mark = Rect::from_min_size(rect.min, vec2(3.0, rect.height() - 1.0));
            ui.painter().rect_filled(mark, 0.0, tokens.warn.text);
        }
        let id = self.grid.id.with(("row", event.as_str()));
        let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
        let label = self.sheet.event(event).map_or_else(String::new, |event| event.name().to_owned());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::RowHeader);
            let why = stray.map_or_else(String::new, |why| format!(". {why}"));
            node.set_label(format!("Row {} of {}. Event {label}{why}", row + 1, self.sheet.rows.len()));
            node.set_selected(selected);
            set_bounds(node, rect);
        });
        self.note_drop(ui, &response, event);
        if is_pressed(ui, &response) {
            self.touched.push(Touch::Row(row, ui.input(|input| input.modifiers)));
        } else if response.secondary_clicked() {
            let at = ui.pointer_interact_pos().unwrap_or(rect.left_bottom());
            self.touched.push(Touch::RowMenu(row, at));
        } else {
            self.note_drag(ui, rect, (row, 0));
        }
        if let Some(why) = stray {
            response.on_hover_text(format!("{why}; the row stays until you sort or filter again"));
        }
    }

    fn note_drag(&mut self, ui: &Ui, rect: Rect, place: Place) {
        if !self.grid.dragging {
            return;
        }
        let over = ui.input(|input| input.pointer.primary_down().then(|| input.pointer.interact_pos()).flatten());
        if over.is_some_and(|pos| rect.intersect(ui.clip_rect()).contains(pos)) {
            self.touched.push(Touch::Over(place));
        }
    }

    fn cell(&mut self, ui: &mut Ui, place: Place) {
        let (Some(column), Some(cell)) = (self.sheet.columns.get(place.1).copied(), self.sheet.cell(place)) else {
            return;
        };
        let Some(event) = self.sheet.event(cell.event) else { return };
        let (rect, clip) = (ui.max_rect(), ui.clip_rect());
        let left = self.grid.left.of(cell).cloned();
        let shown = match &left {
            Some(left) => Cell { text: left.text.clone(), ..Cell::default() },
            None => column.read(&self.sheet.row(event)),
        };
        let in_range = self.ranges.contains(place);
        let is_active = self.active == Some(place);
        self.ground(ui, rect, cell.event, in_range && !is_active);
        let whole = shown.text.clone();
        let places = self.places(cell, place, column, &whole);
        let cut = self.text(ui, rect, column, (shown, left.is_some()), &places);
        let id = self.grid.id.with((cell.event.as_str(), column.id));
        let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
        let marks = self.grid.marks.of(self.sheet, event);
        let problem = match left {
            Some(left) => Some((Severity::Error, format!("“{}” is not taken: {}", left.text, left.why))),
            None => in_column(&marks, column.id),
        };
        let said = problem.as_ref().map(|(severity, text)| spoken(*severity, text)).unwrap_or_default();
        self.name(ui, id, rect, (cell, place), in_range, &said);
        if let Some((severity, _)) = problem {
            corner(ui, rect, severity);
        }
        if is_active {
            self.grid.spots.active = Some((rect, clip));
            let tokens = theme::tokens(ui);
            let stroke = if self.focused && self.grid.header.is_none() {
                Stroke::new(2.0, tokens.accent)
            } else {
                Stroke::new(1.0, tokens.border)
            };
            ui.painter().rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
        }
        self.note_drop(ui, &response, cell.event);
        if let Some(block) = &self.cut {
            border(ui, rect, place, block, theme::tokens(ui).text);
        }
        if let Some(block) = &self.to_fill {
            border(ui, rect, place, block, theme::tokens(ui).accent);
        }
        if !self.handle(ui, rect, place) {
            self.note_touch(ui, &response, rect, place);
        }
        if response.hovered() {
            let tip = column.tip(&self.sheet.row(event));
            let problem = problem.map(|(_, text)| text);
            let tip = match (problem, tip) {
                (Some(problem), Some(tip)) => Some(format!("{problem}\n\n{tip}")),
                (problem, tip) => problem.or(tip),
            };
            if let Some(text) = tip.or_else(|| cut.then_some(whole)) {
                response.on_hover_text(text);
            }
        }
    }

    /// Whether an event is selected on the desk, by the table or by another panel.
    fn is_selected(&self, event: EventId) -> bool {
        self.selected.contains(event, self.sheet.view.derived.columnar())
    }

    /// Claims that are held over a row mark it; let go, they move to its event.
    fn note_drop(&mut self, ui: &Ui, response: &Response, event: EventId) {
        if response.dnd_hover_payload::<ClaimDrag>().is_some() {
            let tokens = theme::tokens(ui);
            ui.painter().rect_stroke(response.rect, 0.0, Stroke::new(2.0, tokens.accent), StrokeKind::Inside);
        }
        if let Some(drag) = response.dnd_release_payload::<ClaimDrag>() {
            self.touched.push(Touch::Drop(event, drag.0.clone()));
        }
    }

    fn note_touch(&mut self, ui: &Ui, response: &Response, rect: Rect, place: Place) {
        if response.double_clicked() {
            let at = ui.pointer_interact_pos().unwrap_or(rect.right_center());
            self.touched.push(Touch::Double(place, at));
        } else if is_pressed(ui, response) {
            self.touched.push(Touch::Press(place, ui.input(|input| input.modifiers)));
        } else if response.secondary_clicked() {
            let at = ui.pointer_interact_pos().unwrap_or(rect.left_bottom());
            self.touched.push(Touch::Menu(place, at));
        } else {
            self.note_drag(ui, rect, place);
        }
    }

    fn ground(&self, ui: &Ui, rect: Rect, event: EventId, in_range: bool) {
        let tokens = theme::tokens(ui);
        if in_range {
            ui.painter().rect_filled(rect, 0.0, tokens.selection);
        } else if self.grid.wrote != *self.selected && self.is_selected(event) {
            // Events that another panel selected are whole rows; what the table selected are the cells themselves.
            ui.painter().rect_filled(rect, 0.0, tokens.info.fill);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
    }

    /// Where what is looked for stands in the text of a cell, in bytes.
    fn places(&self, cell: CellId, place: Place, column: &'static Column, text: &str) -> Vec<Range<usize>> {
        let search = self.found.filter(|search| search.is_meant(place));
        let Some(pattern) = search.and_then(Search::pattern) else { return Vec::new() };
        let places = pattern.places(text);
        let holds = |event| holds(pattern, self.sheet, event, column);
        if places.is_empty() && column.is_figure() && self.sheet.event(cell.event).is_some_and(holds) {
            // It stands in the number as it is typed, without separators.
            return std::iter::once(0..text.len()).collect();
        }
        places
    }

    /// Paints a cell's text; says whether it had to be cut.
    fn text(
        &self,
        ui: &mut Ui,
        rect: Rect,
        column: &Column,
        (shown, is_left): (Cell, bool),
        places: &[Range<usize>],
    ) -> bool {
        let tokens = theme::tokens(ui);
        let mark = shown.mark.map(|mark| match mark {
            Mark::ByHand => (icons::HAND, tokens.muted),
            Mark::ClaimsChanged => (icons::HAND, tokens.warn.text),
            Mark::Flagged => (icons::FLAG, tokens.warn.text),
            Mark::Unreadable => (icons::WARNING, tokens.warn.text),
            Mark::Conflict => (icons::WARNING, tokens.warn.text),
        });
        let taken = if mark.is_some() { MARK + 4.0 } else { 0.0 };
        let (font, colour) = match shown.rank {
            _ if is_left => (theme::regular(SIZE), tokens.error.text),
            Rank::Plain => (theme::regular(SIZE), tokens.text),
            Rank::Strong => (theme::semibold(SIZE), tokens.text),
            Rank::Muted => (theme::regular(SIZE), tokens.muted),
        };
        let width = rect.width() - 2.0 * PADDING - taken;
        let galley = if self.layout.is_wrapped(column.id) {
            let lines = ((self.row_height - 6.0) / 17.0) as usize;
            wrapped(ui, &shown.text, font, colour, (width, lines))
        } else {
            one_line(ui, &shown.text, font, colour, width)
        };
        // A line end is a mark only: the tooltip shows the lines.
        let cut = galley.elided || (!self.layout.is_wrapped(column.id) && shown.text.contains('\n'));
        // In tall rows, too, the first lines of all cells stand at one height.
        let middle = rect.top() + theme::ROW / 2.0;
        let first = galley.rows.first().map_or(0.0, |row| row.size.y);
        let y = middle - first / 2.0;
        let x = match column.side {
            Side::Left => rect.left() + PADDING + taken,
            Side::Right => rect.right() - PADDING - galley.size().x,
        };
        mark_found(ui, pos2(x, y).round(), &galley, &shown.text, places);
        ui.painter().galley(pos2(x, y).round(), galley, colour);
        if let Some((icon, colour)) = mark {
            let at = pos2(rect.left() + PADDING, middle);
            ui.painter().text(at, Align2::LEFT_CENTER, icon, theme::regular(MARK), colour);
        }
        cut
    }

    fn name(&self, ui: &Ui, id: egui::Id, rect: Rect, (cell, place): (CellId, Place), selected: bool, said: &str) {
        let editable = self.sheet.columns[place.1].is_editable();
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::GridCell);
            node.set_label(self.sheet.label(cell, said));
            node.set_selected(selected);
            node.set_row_index(place.0);
            node.set_column_index(place.1);
            if !editable {
                node.set_read_only();
            }
            set_bounds(node, rect);
        });
    }
}

/// The mark of a problem at the corner of a cell: full where it is an error, an outline where it is a warning.
fn corner(ui: &Ui, rect: Rect, severity: Severity) {
    let tokens = theme::tokens(ui);
    let at = rect.right_top() + vec2(-1.0, 1.0);
    let points = vec![at - vec2(CORNER, 0.0), at, at + vec2(0.0, CORNER)];
    let shape = match severity {
        Severity::Error => Shape::convex_polygon(points, tokens.error.text, Stroke::NONE),
        _ => Shape::convex_polygon(points, tokens.warn.fill, Stroke::new(1.0, tokens.warn.text)),
    };
    ui.painter().add(shape);
}

/// The ground under what was found, as in the text of an article.
fn mark_found(ui: &Ui, at: Pos2, galley: &Galley, text: &str, places: &[Range<usize>]) {
    let tokens = theme::tokens(ui);
    let x = |byte: usize| {
        let letters = text.get(..byte).map_or(0, |before| before.chars().count());
        at.x + galley.pos_from_cursor(CCursor::new(letters)).left()
    };
    for place in places {
        let (left, right) = (x(place.start), x(place.end));
        let rect = Rect::from_x_y_ranges(left..=right.max(left + 4.0), at.y..=at.y + galley.size().y);
        let stroke = Stroke::new(1.0, tokens.warn.text);
        ui.painter().rect(rect.expand2(vec2(1.0, 1.0)), 2.0, tokens.warn.fill, stroke, StrokeKind::Inside);
    }
}

/// Whether the pointer was pressed on it in this frame, or a screen reader asked for a click.
fn is_pressed(ui: &Ui, response: &Response) -> bool {
    let (pressed, released) = ui.input(|input| (input.pointer.primary_pressed(), input.pointer.any_released()));
    if pressed { response.contains_pointer() } else { response.clicked() && !released }
}
