//! The headers of columns under the pointer: what is drawn in one, the edge that is drawn to a width, the header that is
//! dragged to another place, and the lines between columns.
//!
//! What a header's click means is the business of the rows, what its menu holds of `header_menu`.

use std::ops::Range;

use egui::{
    Align2, Color32, CursorIcon, Id, Key, LayerId, Modifiers, Order, Rect, Response, Sense, Stroke, Ui, accesskit,
    pos2, vec2,
};

use super::fit;
use super::layout::{Beside, TableLayout};
use super::paint::{PADDING, Painter, Touch, set_bounds};
use super::sheet::Sheet;
use crate::columns::{Column, Side};
use crate::ui::theme::{self, Tokens, icons};
use crate::ui::widgets::one_line;

/// Half the width of an edge that can be taken hold of, in points.
const GRAB: f32 = 4.0;
/// Width of the button of a header's menu, in points.
const CARET: f32 = 18.0;
/// How near the edge of the table a header that is dragged scrolls it, in points.
const NEAR: f32 = 28.0;
/// Time between two columns that such a drag scrolls by, in seconds.
const PACE: f64 = 0.15;

/// A header on the screen in this frame.
pub(super) struct Head {
    pub column: &'static Column,
    pub rect: Rect,
    /// What is seen of it.
    pub seen: Rect,
    /// Whether a drag begins on it.
    pub taken: bool,
    /// Whether its menu was asked for.
    pub menu: bool,
}

impl Head {
    /// Whether its right edge is seen.
    fn is_whole(&self) -> bool {
        self.seen.right() >= self.rect.right() - 0.5
    }
}

/// What a person does with headers.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// The column that is dragged to another place.
    dragged: Option<&'static str>,
    resized: Option<Resized>,
    /// The rows that were in view last.
    pub rows: Range<usize>,
    /// A column whose menu should open.
    pub menu: Option<&'static str>,
    /// A column that should come into view.
    pub reveal: Option<&'static str>,
    scrolled: f64,
}

/// A column whose edge is being drawn.
#[derive(Debug, Clone, Copy)]
struct Resized {
    column: &'static str,
    /// Its width before, and where the pointer took hold of the edge.
    width: f32,
    from: f32,
}

impl Heads {
    /// Escape gives up what is being drawn or dragged.
    pub fn keys(&mut self, ui: &Ui, layout: &mut TableLayout) {
        if (self.dragged.is_some() || self.resized.is_some())
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            self.dragged = None;
            if let Some(resized) = self.resized.take() {
                layout.set_width(resized.column, resized.width);
            }
        }
    }

    /// Lines between columns; over the cells, but not over the border of the active one.
    pub fn lines(ui: &Ui, layout: &TableLayout, heads: &[Head], active: Option<Rect>) {
        let (tokens, bottom) = (theme::tokens(ui), ui.max_rect().bottom());
        let last_frozen = layout.last_frozen();
        for head in heads.iter().filter(|head| head.is_whole()) {
            let ends_frozen = last_frozen == Some(head.column.id);
            let line = Stroke::new(1.0, if ends_frozen { tokens.border } else { tokens.hairline });
            let x = head.rect.right() - 0.5;
            match active.filter(|cell| (cell.right() - head.rect.right()).abs() < 1.0) {
                Some(cell) => {
                    ui.painter().vline(x, head.rect.top()..=cell.top(), line);
                    ui.painter().vline(x, cell.bottom()..=bottom, line);
                }
                None => drop(ui.painter().vline(x, head.rect.top()..=bottom, line)),
            }
        }
    }

    /// Edges and drags; after the table, over which they lie.
    pub fn ui(&mut self, ui: &mut Ui, id: Id, sheet: &Sheet<'_>, layout: &mut TableLayout, heads: &[Head]) {
        let tokens = theme::tokens(ui);
        for head in heads.iter().filter(|head| head.taken) {
            self.dragged = Some(head.column.id);
        }
        for head in heads.iter().filter(|head| head.is_whole()) {
            self.edge(ui, id, sheet, layout, head);
        }
        self.resize(ui, layout);
        self.drag(ui, layout, heads, tokens);
    }

    fn edge(&mut self, ui: &mut Ui, id: Id, sheet: &Sheet<'_>, layout: &mut TableLayout, head: &Head) {
        let (column, right) = (head.column, head.rect.right());
        let rect = Rect::from_x_y_ranges(right - GRAB..=right + GRAB, head.rect.y_range());
        let response = ui.interact(rect, id.with(("edge", column.id)), Sense::CLICK | Sense::DRAG);
        if response.double_clicked() {
            self.resized = None;
            layout.set_width(column.id, fit::width(ui, sheet, column, &self.rows));
            ui.request_repaint();
        } else if response.drag_started()
            && let Some(from) = ui.input(|input| input.pointer.press_origin())
        {
            self.resized = Some(Resized { column: column.id, width: layout.width(column), from: from.x });
        }
        let resized = self.resized.is_some_and(|resized| resized.column == column.id);
        if resized || (response.hovered() && self.dragged.is_none() && self.resized.is_none()) {
            ui.set_cursor_icon(CursorIcon::ResizeColumn);
            let y = head.rect.top()..=if resized { ui.max_rect().bottom() } else { head.rect.bottom() };
            ui.painter().vline(right - 0.5, y, (2.0, theme::tokens(ui).accent));
        }
    }

    fn resize(&mut self, ui: &Ui, layout: &mut TableLayout) {
        let Some(resized) = self.resized else { return };
        let (down, at) = ui.input(|input| (input.pointer.primary_down(), input.pointer.latest_pos()));
        if let Some(at) = at {
            layout.set_width(resized.column, resized.width + at.x - resized.from);
        }
        if !down {
            self.resized = None;
        }
        ui.request_repaint();
    }

    fn drag(&mut self, ui: &Ui, layout: &mut TableLayout, heads: &[Head], tokens: &Tokens) {
        let Some(dragged) = self.dragged else { return };
        let area = ui.max_rect();
        let (down, at, now) = ui.input(|input| (input.pointer.primary_down(), input.pointer.latest_pos(), input.time));
        let Some(at) = at else { return };
        let to = target(heads, at.x).filter(|to| is_a_move(layout, dragged, to.0));
        if !down {
            self.dragged = None;
            if let Some((beside, _)) = to {
                layout.put(dragged, beside);
            }
            ui.request_repaint();
            return;
        }
        ui.set_cursor_icon(CursorIcon::Grabbing);
        if let Some((_, x)) = to {
            ui.painter().vline(x.clamp(area.left() + 1.0, area.right() - 1.0), area.y_range(), (2.0, tokens.accent));
        }
        if let Some(head) = heads.iter().find(|head| head.column.id == dragged) {
            ui.painter().with_clip_rect(head.seen).rect_filled(head.rect, 0.0, tokens.selection.gamma_multiply(0.6));
        }
        if let Some(column) = layout.column(dragged) {
            ghost(ui, column.title, at, tokens);
        }
        if now - self.scrolled >= PACE {
            let seen: Vec<&Head> = heads.iter().filter(|head| !layout.is_frozen(head.column.id)).collect();
            let shown = layout.shown();
            let place = |head: Option<&&Head>| shown.iter().position(|c| head.is_some_and(|h| h.column.id == c.id));
            let next = if at.x > area.right() - NEAR {
                place(seen.last()).map(|last| last + 1)
            } else if seen.first().is_some_and(|first| at.x > first.seen.left() && at.x < first.seen.left() + NEAR) {
                place(seen.first()).and_then(|first| first.checked_sub(1))
            } else {
                None
            };
            if let Some(column) = next.and_then(|next| shown.get(next)) {
                self.reveal = Some(column.id);
                self.scrolled = now;
            }
        }
        ui.request_repaint();
    }
}

/// Beside which column the pointer is, and where the line stands that shows it.
fn target(heads: &[Head], x: f32) -> Option<(Beside<'static>, f32)> {
    let over = heads.iter().find(|head| head.seen.x_range().contains(x));
    let first = heads.first().filter(|first| x < first.rect.left());
    if let Some(first) = first {
        return Some((Beside::Before(first.column.id), first.rect.left()));
    }
    let head = over.or(heads.last())?;
    Some(if x < head.rect.center().x {
        (Beside::Before(head.column.id), head.rect.left())
    } else {
        (Beside::After(head.column.id), head.rect.right())
    })
}

/// Whether a column would stand elsewhere, or begin or end to stay in view.
fn is_a_move(layout: &TableLayout, id: &str, beside: Beside<'_>) -> bool {
    let mut after = layout.clone();
    after.put(id, beside);
    after != *layout
}

/// The title that goes with the pointer.
fn ghost(ui: &Ui, title: &str, at: egui::Pos2, tokens: &Tokens) {
    let painter = ui.layer_painter(LayerId::new(Order::Tooltip, Id::unique("dragged header")));
    let galley = one_line(ui, title, theme::medium(12.0), tokens.text, 240.0);
    let rect = Rect::from_min_size(at + vec2(10.0, 8.0), galley.size() + vec2(2.0 * PADDING, 8.0));
    painter.rect(rect, 4.0, tokens.raised, Stroke::new(1.0, tokens.border), egui::StrokeKind::Inside);
    painter.galley((rect.min + vec2(PADDING, 4.0)).round(), galley, Color32::PLACEHOLDER);
}

impl Painter<'_, '_> {
    /// Draws the header of a column.
    pub(super) fn head(&mut self, ui: &mut Ui, at: usize, column: &'static Column) {
        let tokens = theme::tokens(ui);
        let (rect, clip) = (ui.max_rect(), ui.clip_rect());
        self.title(ui, rect, column, tokens);
        let id = self.grid.id.with(("header", column.id));
        let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG).on_hover_cursor(CursorIcon::PointingHand);
        let sort = self.sheet.rows.sort_of(column);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::ColumnHeader);
            node.set_label(column.name);
            node.set_description(column.help);
            if let Some((_, descending)) = sort {
                let down = accesskit::SortDirection::Descending;
                node.set_sort_direction(if descending { down } else { accesskit::SortDirection::Ascending });
            }
            set_bounds(node, rect);
        });
        if self.focused && self.grid.header == Some(column.id) {
            ui.painter().rect_stroke(rect, 0.0, Stroke::new(2.0, tokens.accent), egui::StrokeKind::Inside);
        }
        if response.clicked() {
            self.touched.push(Touch::Header(at, ui.input(|input| input.modifiers)));
        }
        let caret = self.caret(ui, rect, column, &response);
        let menu = caret || response.secondary_clicked();
        self.heads.push(Head { column, rect, seen: rect.intersect(clip), taken: response.drag_started(), menu });
        if !response.dragged() && self.menu_of != Some(column.id) {
            response.on_hover_text(column.help);
        }
    }

    /// The button of the menu, on the side where the title does not begin; not where it would stand on the title.
    fn caret(&self, ui: &Ui, rect: Rect, column: &Column, header: &Response) -> bool {
        let open = self.menu_of == Some(column.id);
        let (left, right) = match column.side {
            Side::Left => (rect.right() - CARET - 3.0, rect.right() - 3.0),
            Side::Right => (rect.left() + 3.0, rect.left() + CARET + 3.0),
        };
        let spot = Rect::from_x_y_ranges(left..=right, rect.shrink2(vec2(0.0, 4.0)).y_range());
        let free = rect.width() - 2.0 * PADDING - self.title_width(ui, column) >= CARET - PADDING + 5.0;
        let pointed = header.contains_pointer() && ui.dragged_id().is_none();
        let focused = self.focused && self.grid.header == Some(column.id);
        if !free || !(open || pointed || focused) {
            return false;
        }
        let tokens = theme::tokens(ui);
        let id = self.grid.id.with(("caret", column.id));
        let response = ui.interact(spot, id, Sense::CLICK).on_hover_cursor(CursorIcon::Default);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::Button);
            node.set_label(format!("Menu of {}", column.name));
            set_bounds(node, spot);
        });
        let fill = if response.contains_pointer() || open { tokens.button_press } else { tokens.button_hover };
        ui.painter().rect_filled(spot, 3.0, fill);
        let font = theme::regular(11.0);
        ui.painter().text(spot.center(), Align2::CENTER_CENTER, icons::CARET_DOWN, font, tokens.text);
        response.clicked()
    }

    /// The width of a title with the mark of the order.
    fn title_width(&self, ui: &Ui, column: &Column) -> f32 {
        let title = one_line(ui, column.title, theme::medium(12.0), Color32::PLACEHOLDER, f32::INFINITY).size().x;
        let marked = self.sheet.rows.sort_of(column).is_some();
        title + if marked { 20.0 } else { 0.0 }
    }

    fn title(&self, ui: &Ui, rect: Rect, column: &Column, tokens: &Tokens) {
        let sort = self.sheet.rows.sort_of(column);
        let mark = sort.map(|(at, descending)| {
            let arrow = if descending { icons::ARROW_DOWN } else { icons::ARROW_UP };
            if self.sheet.rows.sort_keys() > 1 { format!("{arrow}{}", at + 1) } else { arrow.to_owned() }
        });
        let taken = mark.as_ref().map_or(0.0, |mark| 12.0 + 6.0 * (mark.chars().count() - 1) as f32 + 2.0);
        let colour = if sort.is_some() { tokens.text } else { tokens.muted };
        let width = rect.width() - 2.0 * PADDING - taken;
        let galley = one_line(ui, column.title, theme::medium(12.0), colour, width);
        let size = galley.size();
        let y = rect.center().y - size.y / 2.0;
        let x = match column.side {
            Side::Left => rect.left() + PADDING,
            Side::Right => rect.right() - PADDING - size.x,
        };
        ui.painter().galley(pos2(x, y).round(), galley, colour);
        if let Some(mark) = mark {
            let (anchor, at) = match column.side {
                Side::Left => (Align2::LEFT_CENTER, pos2(x + size.x + 3.0, rect.center().y)),
                Side::Right => (Align2::RIGHT_CENTER, pos2(x - 3.0, rect.center().y)),
            };
            ui.painter().text(at, anchor, mark, theme::medium(11.0), tokens.accent);
        }
    }
}
