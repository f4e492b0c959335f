//! The chart itself on `egui_plot`: axes with the calendar's labels, zoom and pan, and what the pointer and the keys do.
//!
//! `egui_plot` holds no marks: its search under the pointer looks at every one of them. The marks are drawn over it, and
//! a bin under the pointer is found by halving.

use std::cell::RefCell;
use std::rc::Rc;

use egui::{Align2, EventFilter, Key, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2};
use egui_plot::{AxisHints, GridInput, GridMark, Plot, PlotResponse, PlotTransform};

use super::Made;
use super::marks::{self, Mark};
use super::paint::{Canvas, LABEL_ROW};
use super::words;
use crate::derive::calendar::Bin;
use crate::derive::totals::Group;
use crate::scene::ticks::{self, Tick};
use crate::ui::{figures, theme, widgets};

/// Where the chart is looked at.
#[derive(Debug, Default)]
pub struct Eye {
    /// The whole time should be shown from the next frame on.
    pub fit: bool,
    /// Whether less than the whole time is shown.
    pub zoomed: bool,
    /// The bin or strip that the keys are on.
    pub cursor: Option<usize>,
    /// Where a brush began, as a day.
    brush: Option<f64>,
}

/// What the events of the desk's selection make up.
#[derive(Debug, Default)]
pub struct Selected {
    /// Their share of bins.
    pub shares: Vec<(usize, Mark)>,
    /// Bins and strips of which every event is selected.
    pub whole: Vec<usize>,
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// The events of these slots together; none lets go of all.
    Select(Vec<u32>),
}

/// The bin or strip of a place in the order of the keys: bins first, then strips.
pub fn slot(made: &Made, at: usize) -> Option<&Group> {
    match at.checked_sub(made.marks.bins.len()) {
        None => made.totals.groups.get(at),
        Some(strip) => made.marks.strips.get(strip).map(|strip| strip.kind.group(&made.totals)),
    }
}

fn slots(made: &Made) -> usize {
    made.marks.bins.len() + made.marks.strips.len()
}

/// What a strip's bar stands for, in short.
fn strip_figure(mark: &Mark) -> String {
    let open = if mark.open { "+" } else { "" };
    match (mark.known, mark.best) {
        (marks::Known::Nothing, _) => figures::NO_CLAIM.to_owned(),
        (marks::Known::Unknown, _) => String::new(),
        (_, Some(best)) if best == mark.low && mark.top == best => format!("{}{open}", ticks::compact(best)),
        (_, Some(best)) => {
            let [low, best, top] = [mark.low, best, mark.top].map(ticks::compact);
            format!("{low}–{best}–{top}{open}")
        }
        (_, None) => format!("{}–{}{open}", ticks::compact(mark.low), ticks::compact(mark.top)),
    }
}

/// Draws the chart in the room that is left, `height` points of it.
pub fn ui(ui: &mut Ui, made: &Made, eye: &mut Eye, selected: &Selected, height: f32, focus: bool) -> Asked {
    let tokens = theme::tokens(ui);
    let strips = Strips::of(ui, made);
    let plot = show(ui, made, eye, ui.available_width() - strips.width(), height);
    let response = describe(ui, &plot.response, made, eye);
    if focus {
        response.request_focus();
    }
    let canvas = Canvas {
        painter: ui.painter().with_clip_rect(plot.transform.frame().intersect(ui.clip_rect())),
        transform: &plot.transform,
        tokens,
        colour: tokens.measure(made.question.measure.key()).mark,
    };
    draw(made, eye, selected, &canvas, &response);
    let rects = strips.rects(&plot.transform);
    strips.draw(ui, made, &canvas, &rects, selected);
    canvas.baseline(ui.painter(), rects.last().map_or(plot.transform.frame().right(), |rect| rect.right()));
    if response.has_focus()
        && let Some(rect) = eye.cursor.and_then(|at| rects.get(at.checked_sub(made.marks.bins.len())?))
    {
        let stroke = egui::Stroke::new(1.0, tokens.accent);
        ui.painter().rect_stroke(rect.shrink(2.0), 2.0, stroke, egui::StrokeKind::Inside);
    }
    widgets::focus_ring(ui, &response);
    nodes(ui, made, &canvas, &response);
    let under = response.hover_pos().and_then(|pos| under(made, &plot.transform, pos));
    if let Some(at) = under {
        tooltip(response.clone(), made, at);
    }
    let by_key = if response.has_focus() { keys(ui, &response, made, eye, selected) } else { None };
    let by_pointer = pointer(ui, &response, made, eye, &plot.transform, under);
    strip_clicks(ui, made, &rects).map(Asked::Select).or(by_key).unwrap_or(by_pointer)
}

/// The strips at the right: what they say and how wide they are.
struct Strips {
    figures: Vec<String>,
    widths: Vec<f32>,
}

impl Strips {
    /// Space between the chart and the strips.
    const GAP: f32 = 8.0;

    fn of(ui: &Ui, made: &Made) -> Self {
        let muted = theme::tokens(ui).muted;
        let width = |text: &str| {
            let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::regular(11.0), muted);
            galley.size().x + 10.0
        };
        let figures: Vec<String> = made.marks.strips.iter().map(|strip| strip_figure(&strip.mark)).collect();
        let strips = made.marks.strips.iter().zip(&figures);
        let widths = strips.map(|(strip, figure)| width(figure).max(width(strip.kind.words())).clamp(58.0, 124.0));
        Self { widths: widths.collect(), figures }
    }

    fn width(&self) -> f32 {
        if self.widths.is_empty() { 0.0 } else { self.widths.iter().sum::<f32>() + Self::GAP }
    }

    fn rects(&self, transform: &PlotTransform) -> Vec<Rect> {
        let frame = transform.frame();
        let mut left = frame.right() + Self::GAP;
        let rects = self.widths.iter().map(|width| {
            let rect = Rect::from_x_y_ranges(left..=left + width, frame.y_range());
            left += width;
            rect
        });
        rects.collect()
    }

    fn draw(&self, ui: &Ui, made: &Made, canvas: &Canvas<'_>, rects: &[Rect], selected: &Selected) {
        let tokens = theme::tokens(ui);
        let painter = ui.painter();
        let strips = made.marks.strips.iter().zip(rects).zip(&self.figures);
        for (((strip, rect), figure), at) in strips.zip(made.marks.bins.len()..) {
            let marked = selected.whole.binary_search(&at).is_ok();
            canvas.strip(painter, *rect, &strip.mark, figure, marked);
            let events = figures::count(strip.kind.group(&made.totals).slots.len(), "event", "events");
            for (text, down) in [(strip.kind.words(), 2.0), (&events, 15.0)] {
                let at = pos2(rect.center().x, rect.bottom() + down);
                painter.text(at, Align2::CENTER_TOP, text, theme::regular(11.0), tokens.muted);
            }
        }
    }
}

/// Axes, grid, zoom and pan.
fn show(ui: &mut Ui, made: &Made, eye: &mut Eye, width: f32, height: f32) -> PlotResponse<()> {
    let tokens = theme::tokens(ui);
    let font = theme::regular(11.0);
    let labels: Rc<RefCell<Vec<Tick>>> = Rc::default();
    let (written, read) = (Rc::clone(&labels), labels);
    let painter = ui.painter().clone();
    let measured = font.clone();
    let bins: &[Bin] = &made.bins;
    let x_marks = move |input: GridInput| {
        let visible = visible(bins, input.bounds);
        let width = |text: &str| painter.layout_no_wrap(text.to_owned(), measured.clone(), tokens.muted).size().x;
        let a_day = 1.0 / input.base_step_size.max(1e-12);
        let ticks = ticks::ticks(visible, a_day, &width);
        let ticks = ticks::inside(ticks, input.bounds, a_day, [6.0, 6.0], &width);
        let marks = ticks.iter().map(|tick| GridMark { value: tick.at, step_size: 1e12 }).collect();
        *written.borrow_mut() = ticks;
        marks
    };
    #[expect(clippy::float_cmp, reason = "the very number that was handed out")]
    let x_label = move |mark: GridMark, _: &_| {
        read.borrow().iter().find(|tick| tick.at == mark.value).map(|tick| tick.label.clone()).unwrap_or_default()
    };
    let x_axis = AxisHints::new_x().formatter(x_label).min_thickness(30.0);
    let y_axis = AxisHints::new_y().formatter(|mark: GridMark, _: &_| height_label(mark.value)).min_thickness(34.0);
    let x_axis = x_axis.tick_label_font(font.clone()).tick_label_color(tokens.muted).label_spacing(0.0..=1.0);
    let y_axis = y_axis.tick_label_font(font).tick_label_color(tokens.muted).label_spacing(0.0..=1.0);
    let plot = Plot::new("figures over time")
        .width(width)
        .height(height)
        .show_x(false)
        .show_y(false)
        .show_grid([false, true])
        .grid_color(tokens.hairline)
        .grid_spacing(1.0..=2.0)
        .grid_fade(0.0)
        .allow_drag([true, false])
        .pan_pointer_button(egui::PointerButton::Middle)
        .allow_zoom([true, false])
        .allow_scroll([true, false])
        .allow_axis_zoom_drag(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .sense(Sense::click_and_drag())
        .custom_x_axes(vec![x_axis])
        .custom_y_axes(vec![y_axis])
        .x_grid_spacer(x_marks)
        .y_grid_spacer(height_marks);
    plot.show(ui, |plot| bounds(plot, made, eye))
}

/// Keeps what is shown within the whole time, and heights from zero to the highest mark that is shown.
fn bounds(plot: &mut egui_plot::PlotUi<'_>, made: &Made, eye: &mut Eye) {
    let (first, last) = made.marks.stretch();
    let now = plot.plot_bounds();
    let (mut from, mut to) = (now.min()[0], now.max()[0]);
    let sensible = from < to;
    if eye.fit || !sensible || plot.response().double_clicked() {
        (from, to) = (first, last);
        eye.fit = false;
    }
    if let Some(pointer) = plot.pointer_coordinate().filter(|_| plot.response().contains_pointer()) {
        let scroll = plot.ctx().input(|input| input.smooth_scroll_delta.y);
        let factor = (-f64::from(scroll) / 240.0).exp();
        from = pointer.x - (pointer.x - from) * factor;
        to = pointer.x + (to - pointer.x) * factor;
    }
    // One day is as near as it goes; the whole time is as far.
    let width = (to - from).clamp(1.0_f64.min(last - first), last - first);
    from = from.clamp(first, (last - width).max(first));
    to = from + width;
    eye.zoomed = width < (last - first) * 0.999;
    plot.set_plot_bounds_x(from..=to);
    let rows = label_rows(made);
    #[expect(clippy::cast_precision_loss, reason = "two rows")]
    let headroom = 26.0 + rows as f32 * LABEL_ROW;
    let room = plot.response().rect.height().max(headroom + 40.0);
    let reach = marks::height(made.marks.reach(from, to).max(1));
    plot.set_plot_bounds_y(0.0..=reach / f64::from(1.0 - headroom / room));
}

/// Rows for the labels of dated lines.
fn label_rows(made: &Made) -> usize {
    made.marks.milestones.len().min(2)
}

fn visible(bins: &[Bin], bounds: (f64, f64)) -> &[Bin] {
    let first = bins.partition_point(|bin| ticks::number(ticks::day_number(bin.last) + 1) <= bounds.0);
    let last = bins.partition_point(|bin| ticks::number(ticks::day_number(bin.first)) < bounds.1);
    bins.get(first..last).unwrap_or_default()
}

fn height_marks(input: GridInput) -> Vec<GridMark> {
    /// Points between labels.
    const APART: f64 = 38.0;
    let points = input.bounds.1 / input.base_step_size.max(1e-12);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of labels")]
    let most = (points / APART).max(1.0) as usize;
    let step = ticks::step(input.bounds.1, most);
    let mut marks = Vec::new();
    let mut value = 0.0;
    while value <= input.bounds.1 && marks.len() <= most + 1 {
        marks.push(GridMark { value, step_size: 1e12 });
        value += step;
    }
    marks
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "labels are whole and not negative")]
fn height_label(value: f64) -> String {
    ticks::compact(value.max(0.0).round() as u64)
}

/// The chart's name and what it says to those who do not see it.
fn describe(ui: &Ui, response: &Response, made: &Made, eye: &Eye) -> Response {
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, ui.is_enabled(), &made.sentence));
    if let Some(group) = eye.cursor.and_then(|at| slot(made, at)).filter(|_| response.has_focus()) {
        let reading = words::reading(&group.label, group);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(reading));
    }
    response.clone()
}

fn draw(made: &Made, eye: &Eye, selected: &Selected, canvas: &Canvas<'_>, response: &Response) {
    canvas.unsearched(&made.marks.unsearched);
    if let Some(from) = eye.brush
        && let Some(pos) = response.interact_pointer_pos()
    {
        canvas.cursor(canvas.transform.position_from_point_x(from), pos.x, true);
    }
    canvas.milestones(&made.marks.milestones, label_rows(made));
    if made.marks.bars() {
        canvas.bars(&made.marks, &selected.shares, &selected.whole);
    } else {
        canvas.steps(&made.marks, &selected.shares, &selected.whole);
    }
    if let Some((mark, text)) = made.marks.peak.and_then(|at| made.marks.bins.get(at)).zip(made.peak_label.as_deref()) {
        canvas.label_over(mark, text);
    }
    if response.has_focus()
        && let Some(mark) = eye.cursor.and_then(|at| made.marks.bins.get(at))
    {
        let column = canvas.column(mark);
        canvas.cursor(column.left(), column.right().max(column.left() + 3.0), false);
    }
    if let Some(remark) = &made.remark {
        canvas.remark(remark);
    }
}

/// The bin under the pointer.
fn under(made: &Made, transform: &PlotTransform, pos: egui::Pos2) -> Option<usize> {
    made.marks.bin_at(transform.value_from_position(pos).x)
}

/// What a click or a brush asks for.
fn pointer(
    ui: &Ui,
    response: &Response,
    made: &Made,
    eye: &mut Eye,
    transform: &PlotTransform,
    under: Option<usize>,
) -> Asked {
    if response.drag_started_by(egui::PointerButton::Primary) {
        let origin = ui.input(|input| input.pointer.press_origin());
        eye.brush = origin.map(|pos| transform.value_from_position(pos).x);
    }
    if response.drag_stopped()
        && let Some((from, pos)) = eye.brush.take().zip(response.interact_pointer_pos())
    {
        let to = transform.value_from_position(pos).x;
        return Asked::Select(between(made, from.min(to), from.max(to)));
    }
    let Some(_) = response.interact_pointer_pos().filter(|_| response.clicked()) else { return Asked::Nothing };
    response.request_focus();
    eye.cursor = under.or(eye.cursor);
    Asked::Select(under.and_then(|at| slot(made, at)).map(|group| group.slots.clone()).unwrap_or_default())
}

/// The events of all bins that a stretch of days touches, each once.
fn between(made: &Made, from: f64, to: f64) -> Vec<u32> {
    let bins = made.marks.bins.iter().zip(&made.totals.groups);
    let touched = bins.filter(|(mark, _)| mark.to > from && mark.from < to);
    let mut seen = std::collections::HashSet::new();
    touched.flat_map(|(_, group)| &group.slots).filter(|slot| seen.insert(**slot)).copied().collect()
}

/// The strips take clicks of their own; their events, where one was clicked.
fn strip_clicks(ui: &Ui, made: &Made, rects: &[Rect]) -> Option<Vec<u32>> {
    let mut clicked = None;
    for ((strip, rect), at) in made.marks.strips.iter().zip(rects).zip(made.marks.bins.len()..) {
        let group = strip.kind.group(&made.totals);
        let id = ui.scope_id().with(("strip", strip.kind.words()));
        let response = ui.interact(*rect, id, Sense::CLICK);
        let reading = words::reading(strip.kind.words(), group);
        response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, ui.is_enabled(), &reading));
        place(ui, &response);
        if response.clicked() {
            clicked = Some(group.slots.clone());
        }
        tooltip(response, made, at);
    }
    clicked
}

/// Bars by name, for screen readers; where there are too many to draw as bars, the keys read them out.
fn nodes(ui: &Ui, made: &Made, canvas: &Canvas<'_>, chart: &Response) {
    if !made.marks.bars() {
        return;
    }
    for (at, (mark, group)) in made.marks.bins.iter().zip(&made.totals.groups).enumerate() {
        let column = canvas.column(mark).intersect(chart.rect);
        if column.width() <= 0.0 {
            continue;
        }
        let response = ui.interact(column, chart.id.with(("bin", at)), Sense::hover());
        let reading = || words::reading(&group.label, group);
        response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, ui.is_enabled(), reading()));
        place(ui, &response);
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

fn tooltip(response: Response, made: &Made, at: usize) {
    let Some(group) = slot(made, at) else { return };
    response.on_hover_ui_at_pointer(|ui| {
        let title = match at.checked_sub(made.marks.bins.len()).and_then(|strip| made.marks.strips.get(strip)) {
            Some(strip) => figures::sentence(strip.kind.words()),
            None => group.label.clone(),
        };
        widgets::section_title(ui, &title);
        if group.slots.is_empty() {
            widgets::muted(ui, "No event");
            return;
        }
        ui.label(figures::of_sums(&group.sums));
        widgets::muted(ui, words::events(&group.sums));
    });
}

/// Left and Right by bin, Home and End, Enter selects, Escape lets go.
fn keys(ui: &Ui, response: &Response, made: &Made, eye: &mut Eye, selected: &Selected) -> Option<Asked> {
    let any = !selected.shares.is_empty() || !selected.whole.is_empty();
    ui.memory_mut(|memory| {
        let filter = EventFilter { horizontal_arrows: true, escape: any, ..Default::default() };
        memory.set_focus_lock_filter(response.id, filter);
    });
    let last = slots(made).checked_sub(1)?;
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
    let at = eye.cursor.map(|at| at.min(last));
    if pressed(Key::ArrowRight) {
        eye.cursor = Some(at.map_or(0, |at| (at + 1).min(last)));
    } else if pressed(Key::ArrowLeft) {
        eye.cursor = Some(at.map_or(last, |at| at.saturating_sub(1)));
    } else if pressed(Key::Home) {
        eye.cursor = Some(0);
    } else if pressed(Key::End) {
        eye.cursor = Some(last);
    } else if pressed(Key::Enter) {
        return slot(made, at?).map(|group| Asked::Select(group.slots.clone()));
    } else if pressed(Key::Escape) && any {
        return Some(Asked::Select(Vec::new()));
    }
    None
}
