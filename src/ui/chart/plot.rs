//! The picture under the hand: it paints the scene that was laid out, finds what is under the pointer, and says what was
//! asked for. Hits are its own: a place on the screen is a day, and a day lies in a bin.

use std::sync::Arc;

use egui::{EventFilter, Key, PointerButton, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_plot::{PlotBounds, PlotTransform};

use super::made::Made;
use super::reading;
use crate::derive::series::{Chart, Place};
use crate::scene::chart::scale::{Axes, stretch};
use crate::scene::chart::{Frame, Laid, is_bars, layout};
use crate::scene::{Area, Point, Stands};
use crate::ui::eye::{Eye, Ground};
use crate::ui::picture::{ScreenRuler, paint};
use crate::ui::{View, theme, widgets};

/// What the picture keeps from frame to frame.
#[derive(Debug, Default)]
pub struct Plot {
    pub eye: Eye,
    /// The bin or strip under the keyboard: bins first, then strips.
    pub cursor: Option<usize>,
    /// Where a drag began: a day, and whether it zooms.
    drag: Option<(f64, bool)>,
    /// The columns that were selected here last.
    pub chosen: Option<(usize, usize)>,
    laid: Option<(Key4, Laid)>,
    tip: super::tip::Tip,
}

/// What a layout depends on: the chart, its selected share, the size, what is seen, the scale of the screen.
#[derive(Debug, Clone, PartialEq)]
struct Key4 {
    chart: usize,
    share: usize,
    size: (u32, u32),
    seen: Option<(u64, u64)>,
    scale: u32,
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Wish {
    Nothing,
    /// The events of this place, or none.
    Select(Option<Place>),
    /// The table's filter should let only the days of these columns through.
    Filter(usize, usize),
}

fn address<T>(of: Option<&Arc<T>>) -> usize {
    of.map_or(0, |arc| Arc::as_ptr(arc).addr())
}

impl Plot {
    /// Starts anew where the axis is another one.
    pub fn begin_anew(&mut self) {
        (self.eye, self.cursor, self.chosen, self.drag) = (Eye::default(), None, None, None);
    }

    /// Lays out once for everything that it depends on.
    fn laid(&mut self, ui: &Ui, chart: &Arc<Chart>, share: Option<&Arc<Chart>>, (width, height): (f32, f32)) {
        let key = Key4 {
            chart: address(Some(chart)),
            share: address(share),
            size: (width.to_bits(), height.to_bits()),
            seen: self.eye.seen.map(|(from, to)| (from.to_bits(), to.to_bits())),
            scale: ui.ctx().pixels_per_point().to_bits(),
        };
        if self.laid.as_ref().is_some_and(|(old, _)| *old == key) {
            return;
        }
        let frame =
            Frame { width, height: Some(height), seen: self.eye.seen, said: None, part: share.map(|share| &**share) };
        let laid = layout(chart, &frame, &ScreenRuler(ui.painter()));
        self.laid = Some((key, laid));
    }

    /// Draws the chart in the room that is left, `height` points of it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        made: &Made,
        share: Option<&Arc<Chart>>,
        (height, focus): (f32, bool),
    ) -> Wish {
        let size = (ui.available_width(), height);
        self.laid(ui, &made.chart, share, size);
        let tall = self.laid.as_ref().map_or(height, |(_, laid)| laid.scene.height);
        if tall > height + 1.0 {
            // Many small charts: they are read from the top to the bottom.
            let area = egui::ScrollArea::vertical().max_height(height).auto_shrink(false);
            return area.show(ui, |ui| self.shown(ui, view, made, share, (size.0, tall, focus))).inner;
        }
        self.shown(ui, view, made, share, (size.0, height, focus))
    }

    fn shown(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        made: &Made,
        share: Option<&Arc<Chart>>,
        (width, height, focus): (f32, f32, bool),
    ) -> Wish {
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click_and_drag());
        if focus {
            response.request_focus();
        }
        let Some((key, laid)) = self.laid.take() else { return Wish::Nothing };
        let spot = Spot { chart: &made.chart, laid: &laid, rect };
        self.describe(ui, &response, made);
        let moved = self.moves(ui, &response, &spot);
        paint(&ui.painter_at(rect), rect.min, &laid.scene);
        self.marks(ui, &response, &spot);
        widgets::focus_ring(ui, &response);
        nodes(ui, &response, &spot);
        let under = response.hover_pos().and_then(|pos| spot.under(pos));
        if let Some(at) = under.filter(|_| self.drag.is_none()) {
            self.tip.show(&response, view, made, at);
        }
        let by_key = if response.has_focus() { self.keys(ui, &response, &spot, share.is_some()) } else { None };
        let by_pointer = self.pointer(ui, &response, &spot, under);
        if moved {
            ui.request_repaint();
        }
        self.laid = Some((key, laid));
        strip_nodes(ui, &response, made, self.laid.as_ref().map(|(_, laid)| laid), rect);
        by_key.unwrap_or(by_pointer)
    }

    /// The chart's name and what it says to those who do not see it.
    fn describe(&self, ui: &Ui, response: &Response, made: &Made) {
        response.widget_info(|| WidgetInfo::labeled(Role::Figure, ui.is_enabled(), &made.sentence));
        if let Some(at) = self.cursor.filter(|_| response.has_focus()) {
            let reading = reading(&made.chart, 0, at);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(reading));
        }
    }

    /// Moves what is seen by the pointer.
    fn moves(&mut self, ui: &Ui, response: &Response, spot: &Spot<'_>) -> bool {
        let in_list = spot.rect.height() > ui.clip_rect().height() + 1.0;
        self.eye.by_pointer(ui, response, &Ground { whole: spot.whole(), at: &|pos| spot.day(pos), in_list })
    }

    /// The brush, the columns under it, and the bin under the keyboard.
    fn marks(&self, ui: &Ui, response: &Response, spot: &Spot<'_>) {
        let tokens = theme::tokens(ui);
        let painter = ui.painter_at(spot.rect);
        let frame = |columns: Rect, fill: bool| {
            if fill {
                painter.rect_filled(columns, 0.0, tokens.selection.gamma_multiply(0.45));
            }
            painter.rect_stroke(columns.shrink(0.5), 2.0, Stroke::new(1.0, tokens.accent), egui::StrokeKind::Inside);
        };
        if let Some(((from, zooms), pos)) = self.drag.zip(response.interact_pointer_pos())
            && let Some((to, _)) = spot.day(pos)
        {
            for panel in 0..spot.laid.panels.len() {
                if zooms {
                    spot.days(panel, from.min(to), from.max(to)).into_iter().for_each(|rect| frame(rect, true));
                } else if let Some((first, last)) = spot.columns(from, to) {
                    spot.column(panel, first, last).into_iter().for_each(|rect| frame(rect, true));
                }
            }
        }
        if response.has_focus()
            && let Some(at) = self.cursor
        {
            for panel in 0..spot.laid.panels.len() {
                let rect = match spot.place(at) {
                    Place::Columns(first, last) => spot.column(panel, first, last),
                    Place::Strip(strip) => spot.strip(panel, strip),
                };
                rect.into_iter().for_each(|rect| frame(rect, false));
            }
        }
    }

    /// What a click or a drag asks for.
    fn pointer(&mut self, ui: &Ui, response: &Response, spot: &Spot<'_>, under: Option<usize>) -> Wish {
        if response.drag_started_by(PointerButton::Primary) {
            let (origin, zooms) = ui.input(|input| (input.pointer.press_origin(), input.modifiers.alt));
            self.drag = origin.and_then(|pos| spot.day(pos)).map(|(day, _)| (day, zooms));
        }
        // The selection follows each pixel of a brush.
        if response.dragged_by(PointerButton::Primary)
            && let Some((from, false)) = self.drag
            && let Some((to, _)) = response.interact_pointer_pos().and_then(|pos| spot.day(pos))
            && let Some(columns) = spot.columns(from, to)
        {
            return self.brush(columns);
        }
        if response.drag_stopped() {
            let Some((from, zooms)) = self.drag.take() else { return Wish::Nothing };
            let Some((to, _)) = response.interact_pointer_pos().and_then(|pos| spot.day(pos)) else {
                return Wish::Nothing;
            };
            response.request_focus();
            if zooms {
                self.eye.show(spot.whole(), from.min(to), from.max(to));
                ui.request_repaint();
                return Wish::Nothing;
            }
            return match spot.columns(from, to) {
                Some(columns) => self.brush(columns),
                None => Wish::Nothing,
            };
        }
        if !response.clicked() || response.double_clicked() {
            return Wish::Nothing;
        }
        response.request_focus();
        self.cursor = under.or(self.cursor);
        self.select(spot, under)
    }

    /// Selects columns, unless they are selected already.
    fn brush(&mut self, (first, last): (usize, usize)) -> Wish {
        if self.chosen == Some((first, last)) {
            return Wish::Nothing;
        }
        self.chosen = Some((first, last));
        Wish::Select(Some(Place::Columns(first, last)))
    }

    /// The columns under the brush, while it moves and as long as more than one is selected.
    pub fn brushed(&self) -> Option<(usize, usize)> {
        let moves = self.drag.is_some_and(|(_, zooms)| !zooms);
        self.chosen.filter(|(first, last)| moves || first != last)
    }

    fn select(&mut self, spot: &Spot<'_>, at: Option<usize>) -> Wish {
        let place = at.map(|at| spot.place(at));
        self.chosen = match place {
            Some(Place::Columns(first, last)) => Some((first, last)),
            Some(Place::Strip(_)) | None => None,
        };
        Wish::Select(place)
    }

    /// Left and Right by bin, Home and End; Enter selects and then filters; Escape lets go; `Eye::by_keys`
    /// moves what is seen.
    fn keys(&mut self, ui: &Ui, response: &Response, spot: &Spot<'_>, any: bool) -> Option<Wish> {
        ui.memory_mut(|memory| {
            let filter = EventFilter { horizontal_arrows: true, escape: any, ..Default::default() };
            memory.set_focus_lock_filter(response.id, filter);
        });
        let last = spot.places().checked_sub(1)?;
        let pressed = |key: Key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
        let at = self.cursor.map(|at| at.min(last));
        if let Some(at) = widgets::along(pressed, self.cursor, spot.places()) {
            self.cursor = Some(at);
            spot.laid.spans.get(at).into_iter().for_each(|days| self.eye.reveal(spot.whole(), *days));
            return None;
        }
        if pressed(Key::Enter) {
            // A brush, or a bin that is selected already: its days become a filter.
            let brushed =
                self.chosen.filter(|(first, last)| any && (first != last || at.is_none_or(|at| at == *first)));
            return match brushed {
                Some((first, last)) => Some(Wish::Filter(first, last)),
                None => at.map(|at| self.select(spot, Some(at))),
            };
        }
        if pressed(Key::Escape) && any {
            self.chosen = None;
            return Some(Wish::Select(None));
        }
        let around = at.and_then(|at| spot.laid.spans.get(at)).map(|days| f64::midpoint(days.0, days.1));
        if self.eye.by_keys(ui, spot.whole(), around) {
            ui.request_repaint();
        }
        None
    }
}

fn plane(frame: Rect, axes: &Axes) -> PlotTransform {
    PlotTransform::new(frame, PlotBounds::from_min_max([axes.from, 0.0], [axes.to, axes.top]), false)
}

/// A chart on the screen.
struct Spot<'a> {
    chart: &'a Chart,
    laid: &'a Laid,
    rect: Rect,
}

impl Spot<'_> {
    /// How many bins and strips there are.
    fn places(&self) -> usize {
        self.chart.columns.len() + self.chart.strips.len()
    }

    fn place(&self, at: usize) -> Place {
        match at.checked_sub(self.chart.columns.len()) {
            None => Place::Columns(at, at),
            Some(strip) => Place::Strip(strip),
        }
    }

    /// From where to where the time reaches.
    fn whole(&self) -> (f64, f64) {
        stretch(&self.laid.spans)
    }

    fn point(&self, pos: egui::Pos2) -> Point {
        let at = pos - self.rect.min;
        Point::new(at.x, at.y)
    }

    fn area(&self, area: Area) -> Rect {
        Rect::from_min_max(pos2(area.left, area.top), pos2(area.right, area.bottom)).translate(self.rect.min.to_vec2())
    }

    /// The bin or strip under the pointer.
    fn under(&self, pos: egui::Pos2) -> Option<usize> {
        match self.laid.at(self.point(pos))? {
            Stands::Bin { bin, .. } => Some(bin),
            Stands::Strip { strip, .. } => Some(self.chart.columns.len() + strip),
            _ => None,
        }
    }

    /// The day at a place, by the axes that are nearest, and how wide a day is there.
    fn day(&self, pos: egui::Pos2) -> Option<(f64, f64)> {
        let at = self.point(pos);
        let far = |area: &Area| {
            let aside = (area.left - at.x).max(at.x - area.right).max(0.0);
            let above = (area.top - at.y).max(at.y - area.bottom).max(0.0);
            aside * aside + above * above
        };
        let axes = self.laid.panels.iter().min_by(|a, b| far(&a.plot).total_cmp(&far(&b.plot)))?;
        let plane = self.plane(axes);
        Some((plane.value_from_position(pos).x, plane.dpos_dvalue_x()))
    }

    /// A panel on the window: `egui_plot` carries days and people to places and back. The scene has the same axes, which
    /// a test holds together with these.
    fn plane(&self, axes: &Axes) -> PlotTransform {
        plane(self.area(axes.plot), axes)
    }

    /// The columns that days touch.
    fn columns(&self, from: f64, to: f64) -> Option<(usize, usize)> {
        let (from, to) = (from.min(to), from.max(to));
        let spans = &self.laid.spans;
        let first = spans.partition_point(|span| span.1 <= from);
        let behind = spans.partition_point(|span| span.0 < to);
        (first < behind).then(|| (first, behind - 1))
    }

    fn days(&self, panel: usize, from: f64, to: f64) -> Option<Rect> {
        let axes = self.laid.panels.get(panel)?;
        let plane = self.plane(axes);
        let (left, right) = (plane.position_from_point_x(from), plane.position_from_point_x(to));
        let plot = *plane.frame();
        let rect = Rect::from_x_y_ranges(left..=right.max(left + 2.0), plot.y_range()).intersect(plot);
        (rect.width() > 0.0).then_some(rect)
    }

    fn column(&self, panel: usize, first: usize, last: usize) -> Option<Rect> {
        let spans = &self.laid.spans;
        self.days(panel, spans.get(first)?.0, spans.get(last)?.1)
    }

    fn strip(&self, panel: usize, strip: usize) -> Option<Rect> {
        self.laid.strips.get(panel)?.get(strip).map(|area| self.area(*area))
    }
}

/// Bars by name, for screen readers; where there are too many to draw as bars, the keys read them out.
fn nodes(ui: &Ui, chart: &Response, spot: &Spot<'_>) {
    if !is_bars(spot.chart) {
        return;
    }
    for panel in 0..spot.laid.panels.len() {
        for at in 0..spot.chart.columns.len() {
            let Some(rect) = spot.column(panel, at, at) else { continue };
            let response = ui.interact(rect, chart.id.with(("bin", panel, at)), Sense::hover());
            let label = || reading(spot.chart, panel, at);
            response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, ui.is_enabled(), label()));
            place(ui, &response);
        }
    }
}

/// Strips by name; a click on one is a click on the chart.
fn strip_nodes(ui: &Ui, chart: &Response, made: &Made, laid: Option<&Laid>, rect: Rect) {
    let Some(laid) = laid else { return };
    let spot = Spot { chart: &made.chart, laid, rect };
    for panel in 0..laid.strips.len() {
        for strip in 0..made.chart.strips.len() {
            let Some(rect) = spot.strip(panel, strip) else { continue };
            let response = ui.interact(rect, chart.id.with(("strip", panel, strip)), Sense::hover());
            let label = || reading(&made.chart, panel, made.chart.columns.len() + strip);
            response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, ui.is_enabled(), label()));
            place(ui, &response);
        }
    }
}

/// Says where a widget is that takes no focus: egui leaves that out.
fn place(ui: &Ui, response: &Response) {
    let rect = response.rect;
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let [x0, y0, x1, y1] = [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f64::from);
        node.set_bounds(egui::accesskit::Rect { x0, y0, x1, y1 });
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scene::chart::scale::Heights;

    proptest! {
        #[test]
        fn the_hand_and_the_picture_have_the_same_axes(
            from in -700_000_f64..700_000.0, days in 1_f64..800_000.0, width in 24_f32..2000.0, at in 0_f64..1.0,
        ) {
            let plot = Area { left: 40.0, top: 10.0, right: 40.0 + width, bottom: 310.0 };
            let axes = Axes { plot, from, to: from + days, top: 90.0, reach: 0, by: Heights::Even };
            let rect = Rect::from_min_max(pos2(plot.left, plot.top), pos2(plot.right, plot.bottom));
            let plane = plane(rect, &axes);
            let day = from + days * at;
            prop_assert!((plane.position_from_point_x(day) - axes.x(day)).abs() < 0.01);
            prop_assert!((plane.position_from_point_y(45.0) - axes.y(45)).abs() < 0.01);
            let back = plane.value_from_position(pos2(axes.x(day), 20.0)).x;
            prop_assert!((back - axes.day_at(axes.x(day))).abs() < days * 1e-4, "{} for {}", back, day);
            prop_assert!((plane.dpos_dvalue_x() - axes.a_day()).abs() < axes.a_day() * 1e-6);
        }
    }
}
