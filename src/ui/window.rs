//! A table of any number of rows that scrolls exactly.
//!
//! `egui` keeps how far something is scrolled in 32 bits: over some millions of points single points are lost, and over
//! sixteen millions whole rows. So a table of very many rows is given a window of them, from a base row on; where the
//! view comes near its end, the base moves by whole rows and the scrolling by just as many points, in the same frame.
//! The position is kept here in 64 bits, and the scroll bar, which tells of all rows, is drawn here. A table of fewer
//! rows is left to itself. Knows nothing of what the rows are.

use std::ops::RangeInclusive;

use egui::accesskit::{self, ActionData};
use egui::style::ScrollAnimation;
use egui::{Id, Pos2, Rangef, Rect, Response, Sense, Ui, pos2, vec2};
use egui_table::{CellInfo, HeaderCellInfo, PrefetchInfo, Table, TableDelegate};

/// Tables with more points than this are given a window. Below it a quarter of a point is still exact.
const EXACT: f64 = 2_097_152.0;
/// Rows of a window.
const ROWS: u64 = 16_384;
/// The view keeps so many rows of the window on either side.
const MARGIN: u64 = 4_096;
/// The shortest handle of the bar, in points.
const SHORTEST: f32 = 24.0;

/// The rows of a table.
#[derive(Debug, Clone, Copy)]
pub struct Lines {
    /// How many there are.
    pub count: u64,
    /// How tall each is, in points.
    pub height: f32,
    /// How tall the header is, in points.
    pub header: f32,
}

/// A place of the window. Scrolling is seen two frames after it was asked for, and the base moves with it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Coming {
    base: u64,
    offset: f32,
}

/// Where a table of very many rows is scrolled to.
#[derive(Debug, Default)]
pub struct Window {
    /// The row with which the window begins.
    base: u64,
    /// What was asked for in the last frame and is seen in the next one.
    coming: Option<Coming>,
    /// Points from the first row of all to the upper edge of the view.
    top: f64,
    /// Points from the first row of the window to the upper edge, as it was drawn last.
    offset: f32,
    /// Where the handle of the bar was taken, in points from its upper end.
    grabbed: Option<f32>,
    windowed: bool,
}

impl Window {
    /// Draws a table of these rows into the room that is left, and scrolls so far that the rows of `to` are in view.
    /// The table comes without its number of rows.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        table: Table,
        lines: Lines,
        to: Option<RangeInclusive<u64>>,
        delegate: &mut dyn TableDelegate,
    ) {
        #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 rows")]
        let all = lines.count as f64 * f64::from(lines.height);
        if all <= EXACT && !self.windowed {
            self.plain(ui, table, lines, to, delegate);
        } else {
            self.windowed(ui, table, lines, to, all, delegate);
            self.windowed = all > EXACT || self.base != 0 || self.coming.is_some();
        }
    }

    fn plain(
        &mut self,
        ui: &mut Ui,
        table: Table,
        lines: Lines,
        to: Option<RangeInclusive<u64>>,
        delegate: &mut dyn TableDelegate,
    ) {
        let mut table = table.num_rows(lines.count);
        if let Some(to) = to {
            table = table.scroll_to_rows(to, None);
        }
        let Pos2 { x: left, y } = ui.available_rect_before_wrap().min;
        let (edge, offset) = (y + lines.header, self.offset);
        let mut shifted =
            Shifted { base: 0, coming: None, goal: None, offset, edge, left, lines, across: None, delegate };
        table.show(ui, &mut shifted);
        self.offset = shifted.offset;
        self.top = f64::from(self.offset);
    }

    fn windowed(
        &mut self,
        ui: &mut Ui,
        table: Table,
        lines: Lines,
        to: Option<RangeInclusive<u64>>,
        all: f64,
        delegate: &mut dyn TableDelegate,
    ) {
        let area = ui.available_rect_before_wrap();
        let body = area.with_min_y((area.top() + lines.header).min(area.bottom()));
        let bar = Bar { id: table.get_id(ui).with("rows bar"), body, all, lines };
        if ui.rect_contains_pointer(area) {
            // The wheel is taken before the table sees it: it would move the window and not the view.
            self.top -= f64::from(ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y)));
        }
        self.follow_bar(ui, &bar);
        if let Some(to) = to {
            self.reveal(&to, &bar);
        }
        self.top = self.top.clamp(0.0, bar.last());
        let next = if all > EXACT { self.next_base(&bar) } else { 0 };
        // Whole pixels, so that texts stay sharp; what a wheel moves less than that is kept.
        let pixels = f64::from(ui.pixels_per_point());
        let snapped = (self.top * pixels).round() / pixels;
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "within the window")]
        let goal = (snapped - next as f64 * f64::from(lines.height)) as f32;

        if self.base >= lines.count {
            self.base = next;
        }
        let farthest = goal.max(self.offset).max(self.coming.map_or(0.0, |coming| coming.offset));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number of rows")]
        let drawn = ((farthest + body.height()) / lines.height) as u64 + 2;
        let rows = ROWS.max(drawn).min(lines.count - self.base);
        let style = ui.style().clone();
        let scroll = &mut ui.style_mut().spacing.scroll;
        // The table's own bars tell of the window; those that are drawn below tell of all rows.
        (scroll.dormant_handle_opacity, scroll.active_handle_opacity, scroll.interact_handle_opacity) = (0.0, 0.0, 0.0);
        (scroll.dormant_background_opacity, scroll.active_background_opacity) = (0.0, 0.0);
        scroll.interact_background_opacity = 0.0;
        let (base, offset, Pos2 { x: left, y: edge }) = (self.base, self.offset, body.min);
        let goal = Some(Coming { base: next, offset: goal });
        let coming = self.coming;
        let mut shifted = Shifted { base, coming, goal, offset, edge, left, lines, across: None, delegate };
        table.num_rows(rows).show(ui, &mut shifted);
        let Shifted { offset, coming, across, .. } = shifted;
        ui.set_style(style);
        self.offset = offset;
        self.base = self.coming.map_or(self.base, |coming| coming.base);
        self.coming = coming;
        if coming.is_some() {
            ui.request_repaint();
        }
        if let Some(across) = across {
            paint_across(ui, body, across);
        }
        bar.ui(ui, self.top);
    }

    /// Scrolls just so far that these rows are in view.
    fn reveal(&mut self, to: &RangeInclusive<u64>, bar: &Bar) {
        let height = f64::from(bar.lines.height);
        #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 rows")]
        let (start, end) = (*to.start() as f64 * height, (*to.end() + 1) as f64 * height);
        if start < self.top {
            self.top = start;
        } else if end > self.top + bar.view() {
            self.top = end - bar.view();
        }
    }

    /// The first row of the window for the next frame: the same one while the view is well within it.
    fn next_base(&self, bar: &Bar) -> u64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of rows")]
        let first = (self.top / f64::from(bar.lines.height)) as u64;
        let latest = bar.lines.count.saturating_sub(ROWS);
        let well = |base: u64| {
            (first >= base + MARGIN || (base == 0 && first >= base))
                && (first + MARGIN <= base + ROWS || base == latest)
        };
        let now = self.coming.map_or(self.base, |coming| coming.base);
        if now <= latest && well(now) { now } else { first.saturating_sub(ROWS / 2).min(latest) }
    }

    /// What the pointer or a screen reader does with the bar.
    fn follow_bar(&mut self, ui: &Ui, bar: &Bar) {
        let response = ui.ctx().read_response(bar.id);
        let held = response.filter(Response::is_pointer_button_down_on).and_then(|held| held.interact_pointer_pos());
        if let Some(pos) = held {
            let handle = bar.handle(self.top);
            let taken = if handle.contains(pos.y) { pos.y - handle.min } else { handle.span() / 2.0 };
            let taken = *self.grabbed.get_or_insert(taken);
            self.top = bar.top_at(pos.y - taken);
        } else {
            self.grabbed = None;
        }
        let page = bar.view() - f64::from(bar.lines.height);
        ui.input(|input| {
            for (action, step) in [(accesskit::Action::Decrement, -page), (accesskit::Action::Increment, page)] {
                #[expect(clippy::cast_precision_loss, reason = "a few requests")]
                let times = input.accesskit_action_requests(bar.id, action).count() as f64;
                self.top += step * times;
            }
            for request in input.accesskit_action_requests(bar.id, accesskit::Action::SetValue) {
                if let Some(ActionData::NumericValue(row)) = request.data {
                    self.top = (row - 1.0) * f64::from(bar.lines.height);
                }
            }
        });
    }
}

/// The bar that tells of all rows.
struct Bar {
    id: Id,
    body: Rect,
    /// The height of all rows.
    all: f64,
    lines: Lines,
}

impl Bar {
    fn view(&self) -> f64 {
        f64::from(self.body.height())
    }

    /// The position that shows the last row.
    fn last(&self) -> f64 {
        (self.all - self.view()).max(0.0)
    }

    fn handle_length(&self) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "a share of the bar")]
        let share = (self.view() / self.all.max(1.0)) as f32;
        (self.body.height() * share).clamp(SHORTEST.min(self.body.height()), self.body.height())
    }

    /// From where to where the handle reaches.
    fn handle(&self, top: f64) -> Rangef {
        let length = self.handle_length();
        #[expect(clippy::cast_possible_truncation, reason = "a share of the bar")]
        let share = if self.last() > 0.0 { (top / self.last()) as f32 } else { 0.0 };
        let start = self.body.top() + (self.body.height() - length) * share.clamp(0.0, 1.0);
        Rangef::new(start, start + length)
    }

    /// The position at which the handle begins here.
    fn top_at(&self, handle: f32) -> f64 {
        let room = f64::from(self.body.height() - self.handle_length());
        if room <= 0.0 { 0.0 } else { f64::from(handle - self.body.top()) / room * self.last() }
    }

    fn ui(&self, ui: &Ui, top: f64) {
        let style = ui.spacing().scroll;
        let right = self.body.right() - style.bar_outer_margin;
        let lane = Rect::from_x_y_ranges(right - style.bar_width..=right, self.body.y_range());
        let response = ui.interact(lane, self.id, Sense::CLICK | Sense::DRAG);
        let near = response.hovered() || response.dragged();
        let width = if near { style.bar_width } else { style.floating_width };
        let handle = Rect::from_x_y_ranges(right - width..=right, self.handle(top));
        paint_handle(ui, handle, &response);
        #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 rows")]
        let count = self.lines.count as f64;
        let height = f64::from(self.lines.height);
        ui.ctx().accesskit_node_builder(self.id, |node| {
            node.set_role(accesskit::Role::ScrollBar);
            node.set_label("Rows");
            node.set_orientation(accesskit::Orientation::Vertical);
            node.set_min_numeric_value(1.0);
            node.set_max_numeric_value(count);
            node.set_numeric_value((top / height).floor() + 1.0);
            node.set_numeric_value_step(1.0);
            node.set_numeric_value_jump((self.view() / height - 1.0).floor().max(1.0));
            for action in [accesskit::Action::SetValue, accesskit::Action::Increment, accesskit::Action::Decrement] {
                node.add_action(action);
            }
            let (min, max) = (lane.min, lane.max);
            node.set_bounds(accesskit::Rect { x0: min.x.into(), y0: min.y.into(), x1: max.x.into(), y1: max.y.into() });
        });
    }
}

fn paint_handle(ui: &Ui, handle: Rect, response: &Response) {
    let style = ui.spacing().scroll;
    let widgets = &ui.visuals().widgets;
    let (visuals, opacity) = if response.is_pointer_button_down_on() {
        (&widgets.active, style.interact_handle_opacity)
    } else if response.hovered() {
        (&widgets.hovered, style.interact_handle_opacity)
    } else {
        (&widgets.inactive, style.dormant_handle_opacity)
    };
    let colour = if style.foreground_color { visuals.fg_stroke.color } else { visuals.bg_fill };
    ui.painter().rect_filled(handle, visuals.corner_radius, colour.gamma_multiply(opacity));
}

/// How far the table is scrolled sideways.
#[derive(Debug, Clone, Copy)]
struct Across {
    /// The left edge of what scrolls.
    left: f32,
    /// Points that are scrolled away on the left.
    offset: f32,
    /// Points of all columns that scroll.
    content: f32,
}

/// The table's bar for scrolling sideways is not seen while its other one is not, but still moved by the pointer.
fn paint_across(ui: &Ui, body: Rect, across: Across) {
    let view = body.right() - across.left;
    if view <= 0.0 || across.content <= view + 0.5 {
        return;
    }
    let style = ui.spacing().scroll;
    let length = (view * view / across.content).max(style.handle_min_length);
    let start = across.left + (view - length) * (across.offset / (across.content - view)).clamp(0.0, 1.0);
    let bottom = body.bottom() - style.bar_outer_margin;
    let lane = Rect::from_min_max(pos2(across.left, bottom - style.bar_width), pos2(body.right(), bottom));
    let near = ui.rect_contains_pointer(lane);
    let width = if near { style.bar_width } else { style.floating_width };
    let handle = Rect::from_min_size(Pos2::new(start, bottom - width), vec2(length, width));
    let opacity = if near { style.interact_handle_opacity } else { style.dormant_handle_opacity };
    let visuals = &ui.visuals().widgets.inactive;
    let colour = if style.foreground_color { visuals.fg_stroke.color } else { visuals.bg_fill };
    ui.painter().rect_filled(handle, visuals.corner_radius, colour.gamma_multiply(opacity));
}

/// Hands rows of the window on as rows of all.
struct Shifted<'a> {
    base: u64,
    /// What was asked for in the last frame; after the first row, what is asked for in this one.
    coming: Option<Coming>,
    /// Where the window should be.
    goal: Option<Coming>,
    /// How far it is scrolled in this one.
    offset: f32,
    /// The upper edge of the rows, and the left one.
    edge: f32,
    left: f32,
    lines: Lines,
    across: Option<Across>,
    delegate: &'a mut dyn TableDelegate,
}

impl TableDelegate for Shifted<'_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        let mut info = info.clone();
        info.visible_rows = info.visible_rows.start + self.base..info.visible_rows.end + self.base;
        self.delegate.prepare(&info);
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        self.delegate.header_cell_ui(ui, cell);
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        let rect = ui.max_rect();
        // The first call is made within what scrolls.
        if self.across.is_none() {
            #[expect(clippy::cast_precision_loss, reason = "within the window")]
            let above = row as f32 * self.lines.height;
            self.offset = self.edge + above - rect.top();
            let left = ui.clip_rect().left();
            let fixed = left - self.left;
            self.across = Some(Across { left, offset: self.left - rect.left(), content: rect.width() - fixed });
            if let Some(goal) = self.goal {
                let now = self.coming.unwrap_or(Coming { base: self.base, offset: self.offset });
                let by = now.offset - goal.offset;
                if by.abs() > 0.01 {
                    ui.scroll_with_delta_animation(vec2(0.0, by), ScrollAnimation::none());
                }
                self.coming = (by.abs() > 0.01 || goal.base != now.base).then_some(goal);
            }
        }
        self.delegate.row_ui(ui, row + self.base);
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let mut cell = cell.clone();
        cell.row_nr += self.base;
        self.delegate.cell_ui(ui, &cell);
    }

    fn default_row_height(&self) -> f32 {
        self.lines.height
    }
}
