//! Which part of time is seen: nearer, farther and along within the limits of the data. Every picture over time is moved
//! in this one way, by the wheel, by drags and by keys.

use egui::{Context, CursorIcon, Id, Key, Modifiers, PointerButton, Pos2, Rect, Response, Stroke, StrokeKind, Ui};
use jiff::civil::Date;

use super::theme::{self, icons};
use super::widgets;
use crate::scene::{Laid, Plane};

/// Which part of time is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Eye {
    /// From where to where, in days; `None` is the whole time.
    pub seen: Option<(f64, f64)>,
}

/// One day is as near as it goes.
const NEAREST: f64 = 1.0;

/// A picture over time, as far as it can be moved.
pub struct Ground<'a> {
    /// From where to where its time reaches.
    pub whole: (f64, f64),
    /// The day at a place of the window, and how many points a day has there.
    pub at: &'a dyn Fn(Pos2) -> Option<(f64, f64)>,
    /// Whether the wheel moves the list in which the picture stands: then Ctrl and the wheel zoom.
    pub in_list: bool,
}

impl Eye {
    /// What is seen of a time from here to there.
    pub fn of(&self, whole: (f64, f64)) -> (f64, f64) {
        self.seen.unwrap_or(whole)
    }

    /// Whether less than the whole is seen.
    pub fn is_near(&self) -> bool {
        self.seen.is_some()
    }

    /// Nearer or farther around a day: `factor` below 1 is nearer.
    pub fn zoom(&mut self, whole: (f64, f64), around: f64, factor: f64) {
        let (from, to) = self.of(whole);
        self.show(whole, around - (around - from) * factor, around + (to - around) * factor);
    }

    /// By so many days.
    pub fn pan(&mut self, whole: (f64, f64), days: f64) {
        let (from, to) = self.of(whole);
        self.show(whole, from + days, to + days);
    }

    /// These days, as far as there are any.
    pub fn show(&mut self, (first, last): (f64, f64), from: f64, to: f64) {
        let whole = last - first;
        let width = (to - from).clamp(NEAREST.min(whole), whole);
        if !width.is_finite() || width >= whole * 0.999 {
            self.seen = None;
            return;
        }
        let from = from.clamp(first, (last - width).max(first));
        self.seen = Some((from, from + width));
    }

    /// Moves so that these days are seen.
    pub fn reveal(&mut self, whole: (f64, f64), days: (f64, f64)) {
        let Some((from, to)) = self.seen else { return };
        if days.0 < from {
            self.pan(whole, days.0 - from);
        } else if days.1 > to {
            self.pan(whole, days.1 - to);
        }
    }

    /// Zooms by the wheel and by two fingers, moves along by the wheel aside and by the middle button, and shows the whole
    /// again at a double click. Returns whether anything moved.
    pub fn by_pointer(&mut self, ui: &Ui, response: &Response, ground: &Ground<'_>) -> bool {
        let before = *self;
        if response.double_clicked() {
            self.seen = None;
        }
        // What lies on the picture may have the pointer, too.
        let pos = ui.ctx().pointer_hover_pos().filter(|_| response.contains_pointer());
        let Some(pos) = pos else { return *self != before };
        keep_pinches(ui.ctx(), response.rect);
        let Some((day, a_day)) = (ground.at)(pos) else { return *self != before };
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta, f64::from(input.zoom_delta())));
        if scroll.y != 0.0 && !ground.in_list {
            self.zoom(ground.whole, day, (-f64::from(scroll.y) / 240.0).exp());
        }
        if (pinch - 1.0).abs() > 1e-6 {
            self.zoom(ground.whole, day, 1.0 / pinch.max(1e-3));
        }
        if scroll.x != 0.0 {
            self.pan(ground.whole, -f64::from(scroll.x) / a_day);
        }
        if response.dragged_by(PointerButton::Middle) {
            self.pan(ground.whole, -f64::from(response.drag_delta().x) / a_day);
        }
        *self != before
    }

    /// Plus and minus zoom around a day, Shift with Left and Right moves along, 0 shows the whole. Returns whether anything
    /// moved.
    pub fn by_keys(&mut self, ui: &Ui, whole: (f64, f64), around: Option<f64>) -> bool {
        /// The share of what is seen by which a key moves along.
        const STEP: f64 = 0.25;
        let before = *self;
        let (from, to) = self.of(whole);
        let bare =
            |key: Key| ui.input(|input| input.key_pressed(key) && !input.modifiers.alt && !input.modifiers.command);
        let around = around.filter(|day| from <= *day && *day <= to).unwrap_or(f64::midpoint(from, to));
        if bare(Key::Plus) || bare(Key::Equals) {
            self.zoom(whole, around, 0.5);
        } else if bare(Key::Minus) {
            self.zoom(whole, around, 2.0);
        } else if bare(Key::Num0) {
            self.seen = None;
        }
        let step = (to - from) * STEP;
        let shifted = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, key));
        if shifted(Key::ArrowRight) {
            self.pan(whole, step);
        } else if shifted(Key::ArrowLeft) {
            self.pan(whole, -step);
        }
        *self != before
    }
}

/// The hand on a picture of what became known over time. Nothing is selected there by a drag: it moves along, and with
/// Alt it zooms.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hand {
    /// What is seen.
    pub eye: Eye,
    /// Where a drag began that zooms.
    zooms_from: Option<f64>,
}

impl Hand {
    /// Moves what is seen by the pointer, and marks the days to which a drag zooms.
    pub fn moves(&mut self, ui: &Ui, response: &Response, laid: &Laid, in_list: bool) {
        let Some(plane) = &laid.plane else { return };
        let whole = plane.days.whole();
        let before = self.eye;
        // The days may be others than those of which a part was asked for.
        self.eye.seen.into_iter().for_each(|(from, to)| self.eye.show(whole, from, to));
        let left = response.rect.left();
        let day = |pos: Pos2| plane.place_at(pos.x - left);
        self.eye.by_pointer(ui, response, &Ground { whole, at: &|pos| Some((day(pos), plane.a_day())), in_list });
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if response.drag_started_by(PointerButton::Primary) {
            let (origin, alt) = ui.input(|input| (input.pointer.press_origin(), input.modifiers.alt));
            self.zooms_from = origin.filter(|_| alt).map(day);
        }
        let here = response.interact_pointer_pos().map(|pos| (day(pos), pos));
        match self.zooms_from.zip(here) {
            Some((from, (to, _))) if response.drag_stopped() => self.eye.show(whole, from.min(to), from.max(to)),
            Some((from, (to, _))) => frame(ui, response, plane, from.min(to), from.max(to)),
            None if response.dragged_by(PointerButton::Primary) => {
                self.eye.pan(whole, -f64::from(response.drag_delta().x) / plane.a_day());
            }
            None => {}
        }
        if response.drag_stopped() {
            self.zooms_from = None;
        }
        if self.eye.is_near() && response.hovered() {
            ui.set_cursor_icon(if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab });
        }
        if self.eye != before {
            ui.request_repaint();
        }
    }

    /// Moves what is seen by keys, nearer to `around` where that is a day.
    pub fn keys(&mut self, ui: &Ui, laid: &Laid, around: Option<Date>) {
        let Some(plane) = &laid.plane else { return };
        let around = around.map(|day| plane.days.place_of(day)).map(|(from, to)| f64::midpoint(from, to));
        if self.eye.by_keys(ui, plane.days.whole(), around) {
            ui.request_repaint();
        }
    }

    /// Moves so that a day is seen.
    pub fn reveal(&mut self, laid: &Laid, day: Option<Date>) {
        let Some((plane, day)) = laid.plane.as_ref().zip(day) else { return };
        self.eye.reveal(plane.days.whole(), plane.days.place_of(day));
    }

    /// The button that shows the whole time again.
    pub fn reset_button(&mut self, ui: &mut Ui) {
        let button = |ui: &mut Ui| widgets::icon_button(ui, icons::REFRESH, "Show the whole time").clicked();
        if ui.add_enabled_ui(self.eye.is_near(), button).inner {
            self.eye = Eye::default();
        }
    }
}

/// The days to which a drag zooms.
fn frame(ui: &Ui, response: &Response, plane: &Plane, from: f64, to: f64) {
    let tokens = theme::tokens(ui);
    let (seen, a_day) = (plane.days.seen().0, plane.a_day());
    #[expect(clippy::cast_possible_truncation, reason = "points on a screen")]
    let x = |day: f64| response.rect.left() + plane.area.left + ((day - seen) * a_day) as f32;
    let rows = response.rect.top() + plane.area.top..=response.rect.top() + plane.area.bottom;
    let days = Rect::from_x_y_ranges(x(from)..=x(to), rows).intersect(response.rect);
    let painter = ui.painter();
    painter.rect_filled(days, 0.0, tokens.selection.gamma_multiply(0.45));
    painter.rect_stroke(days, 2.0, Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
}

/// Where two fingers, or Ctrl and the wheel, mean a picture and not the size of everything.
fn pinched() -> Id {
    Id::unique("a picture that takes pinches")
}

fn keep_pinches(ctx: &Context, rect: Rect) {
    let frame = ctx.cumulative_frame_nr();
    ctx.data_mut(|data| data.insert_temp(pinched(), (rect, frame)));
}

/// Whether the pointer stands on a picture over time, which zooms itself.
pub fn is_under_pointer(ctx: &Context) -> bool {
    let kept: Option<(Rect, u64)> = ctx.data(|data| data.get_temp(pinched()));
    let here = ctx.pointer_hover_pos();
    kept.zip(here).is_some_and(|((rect, frame), pos)| ctx.cumulative_frame_nr() <= frame + 1 && rect.contains(pos))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: (f64, f64) = (-1.5, 101.5);

    #[test]
    fn it_never_leaves_the_data_nor_goes_nearer_than_a_day() {
        let mut eye = Eye::default();
        eye.zoom(WHOLE, 50.0, 0.1);
        let (from, to) = eye.of(WHOLE);
        assert!((to - from - (WHOLE.1 - WHOLE.0) * 0.1).abs() < 1e-9);
        eye.pan(WHOLE, 1e9);
        assert!((eye.of(WHOLE).1 - WHOLE.1).abs() < 1e-9, "the end is the end");
        eye.zoom(WHOLE, 99.0, 1e-9);
        let (from, to) = eye.of(WHOLE);
        assert!((to - from - 1.0).abs() < 1e-9);
        eye.zoom(WHOLE, 50.0, 1e9);
        assert_eq!(eye.seen, None, "all of it is the whole time, not a part");
    }

    #[test]
    fn days_out_of_view_are_brought_into_it() {
        let mut eye = Eye { seen: Some((10.0, 20.0)) };
        eye.reveal(WHOLE, (30.0, 31.0));
        assert_eq!(eye.seen, Some((21.0, 31.0)));
        eye.reveal(WHOLE, (5.0, 6.0));
        assert_eq!(eye.seen, Some((5.0, 15.0)));
        eye.reveal(WHOLE, (7.0, 8.0));
        assert_eq!(eye.seen, Some((5.0, 15.0)));
    }

    #[test]
    fn nothing_to_see_is_no_mistake() {
        let mut eye = Eye::default();
        eye.zoom((0.0, 1.0), 3.0, 0.5);
        eye.pan((0.0, 1.0), 3.0);
        eye.reveal((0.0, 1.0), (3.0, 4.0));
        eye.show((2.0, 2.0), 1.0, 5.0);
        assert!(eye.of((0.0, 1.0)).0 < eye.of((0.0, 1.0)).1);
    }
}
