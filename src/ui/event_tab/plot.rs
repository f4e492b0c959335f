//! The voices on one number as dots and ranges over one another, with the figure that comes of them as a band.
//!
//! It draws what `lines` says. A number is a dot, a range a line with caps, an open end an arrow; voices that do not
//! count are hollow. Each line has a name, so that all of it can be heard.

use egui::accesskit::Role;
use egui::{Align2, Painter, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::lines::Group;
use crate::derive::figures::{Range, Reading};
use crate::model::{ClaimId, Measure};
use crate::ui::theme::{self, Hue, Tokens, icons};
use crate::ui::{figures, widgets};

/// Height of a voice.
const LINE: f32 = 20.0;
/// Height of the axis under the voices.
const AXIS: f32 = 18.0;
/// Voices that are drawn; the rest is counted.
const MOST: usize = 12;
/// Width of the numbers at the right.
const NUMBERS: f32 = 72.0;
/// Radius of a dot.
const DOT: f32 = 4.0;
/// Length of the head of an arrow.
const ARROW: f32 = 5.0;

/// What is drawn.
pub struct Plot<'a> {
    /// What is counted.
    pub measure: &'a Measure,
    /// The voices of the class.
    pub voices: Vec<&'a Group>,
    /// The figure that comes of them, where there is one.
    pub figure: Option<Range>,
    /// The same in words.
    pub told: String,
    /// The claim that is current.
    pub current: Option<ClaimId>,
}

/// Where numbers stand on the line.
struct Scale {
    from: f64,
    to: f64,
    left: f32,
    right: f32,
}

impl Scale {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "points on a screen")]
    fn at(&self, n: u64) -> f32 {
        let share = (n as f64 - self.from) / (self.to - self.from);
        self.left + (self.right - self.left) * share.clamp(0.0, 1.0) as f32
    }
}

impl Plot<'_> {
    /// Draws the plot; the claim of the voice that was pressed.
    pub fn ui(&self, ui: &mut Ui) -> Option<ClaimId> {
        let voices: Vec<&Group> = self.voices.iter().copied().filter(|voice| voice.reading.is_some()).collect();
        if voices.is_empty() {
            if self.figure.is_some() {
                let text = "Nobody gave a number for this class itself: choose a class below to see who spoke of it";
                ui.add(egui::Label::new(egui::RichText::new(text).small().weak()).wrap());
            }
            return None;
        }
        let shown = &voices[..voices.len().min(MOST)];
        #[expect(clippy::cast_precision_loss, reason = "at most twelve")]
        let size = vec2(ui.available_width(), LINE * shown.len() as f32 + AXIS);
        let builder = UiBuilder::new()
            .accessibility_role(Role::Group)
            .accessibility_label(format!("Voices on {}. The figure is {}", self.measure, self.told));
        let pressed = ui.scope_builder(builder, |ui| {
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            self.draw(ui, rect, shown, &voices)
        });
        let more = voices.len() - shown.len();
        let silent = self.voices.len() - voices.len();
        let mut rest = Vec::new();
        if more > 0 {
            rest.push(format!("{more} more in the table below"));
        }
        if silent > 0 {
            rest.push(format!("{} without a number that counts", figures::count(silent, "voice", "voices")));
        }
        if voices.len() > 1 || !rest.is_empty() {
            key(ui, self.measure, &rest.join("; "));
        }
        pressed.inner
    }

    fn draw(&self, ui: &mut Ui, rect: Rect, shown: &[&Group], all: &[&Group]) -> Option<ClaimId> {
        let tokens = theme::tokens(ui);
        let hue = tokens.measure(self.measure.key());
        let names = (rect.width() * 0.3).clamp(72.0, 190.0);
        let area = Rect::from_min_max(
            pos2(rect.left() + names + 10.0, rect.top()),
            pos2(rect.right() - NUMBERS, rect.bottom() - AXIS),
        );
        let (from, to) = extent(all, self.figure);
        let scale = Scale { from, to, left: area.left() + DOT, right: area.right() - DOT };
        axis(ui, area, &scale, tokens);
        if let Some(range) = self.figure {
            band(ui.painter(), area, &scale, range, hue, tokens);
        }
        ui.painter().hline(area.x_range(), area.bottom() - 0.5, (1.0, tokens.border));
        let mut pressed = None;
        for (at, voice) in shown.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "at most twelve")]
            let top = rect.top() + LINE * at as f32;
            let line = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), LINE));
            let response = self.voice(ui, line, names, &scale, voice, (hue, tokens));
            if response.clicked() {
                pressed = voice.first();
            }
        }
        pressed
    }

    fn voice(
        &self,
        ui: &mut Ui,
        line: Rect,
        names: f32,
        scale: &Scale,
        voice: &Group,
        (hue, tokens): (&Hue, &Tokens),
    ) -> Response {
        let id = ui.scope_id().with(("voice", voice.first().map(|claim| claim.to_string())));
        let response = ui.interact(line, id, Sense::CLICK);
        let current = voice.lines.iter().any(|line| self.current == Some(line.claim));
        widgets::name_row(ui, &response, &format!("Voice {}", voice.told()), current);
        if current || response.hovered() {
            let ground = if current { tokens.selection } else { tokens.button_hover };
            let name = line.with_max_x(line.left() + names + 4.0);
            ui.painter().rect_filled(name, 3.0, ground);
        }
        let colour = if voice.counts { tokens.text } else { tokens.muted };
        let name = widgets::one_line(ui, &voice.name, theme::regular(12.0), colour, names - 4.0);
        let middle = line.center().y;
        let painter = ui.painter();
        painter.galley(pos2(line.left() + 4.0, middle - name.size().y / 2.0).round(), name, colour);
        let right = pos2(line.right() - 4.0, middle);
        painter.text(right, Align2::RIGHT_CENTER, &voice.number, theme::medium(12.0), colour);
        if !voice.conflict.is_empty() {
            let at = pos2(line.right() - NUMBERS + 8.0, middle);
            painter.text(at, Align2::CENTER_CENTER, icons::WARNING, theme::regular(12.0), tokens.warn.text);
        }
        if let Some(reading) = voice.reading {
            mark(painter, middle, scale, reading, voice.counts, (hue, tokens));
        }
        let claims: Vec<&str> = voice.lines.iter().map(|line| line.name.as_str()).collect();
        response.on_hover_text(format!("{}\n{}", voice.told(), claims.join("\n")))
    }
}

/// The numbers at both ends of the line: from 0, but where all numbers are large and near to each other.
#[expect(clippy::cast_precision_loss, reason = "points on a screen")]
fn extent(voices: &[&Group], figure: Option<Range>) -> (f64, f64) {
    let readings = voices.iter().filter_map(|voice| voice.reading);
    let said = readings.flat_map(|r| [r.lo, r.pt, r.hi]).flatten();
    let made = figure.into_iter().flat_map(|r| [Some(r.low), r.best, r.high]).flatten();
    let numbers: Vec<u64> = said.chain(made).collect();
    let (least, most) =
        (numbers.iter().min().copied().unwrap_or(0) as f64, numbers.iter().max().copied().unwrap_or(0) as f64);
    let ceiling_only = voices.iter().any(|voice| voice.reading.is_some_and(|r| r.lo.is_none()));
    let near = most >= 20.0 && least >= 0.7 * most && !ceiling_only;
    let step = nice((most - least).max(1.0));
    let from = if near { ((least - (most - least).max(1.0)) / step).floor().max(0.0) * step } else { 0.0 };
    // Room behind the largest number for the arrow of an open end.
    (from, most + ((most - from) * 0.12).max(1.0))
}

/// A round step so that about four fit.
fn nice(span: f64) -> f64 {
    let raw = (span / 4.0).max(1.0);
    let power = 10_f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * power >= raw).unwrap_or(10.0);
    factor * power
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole numbers that are not negative")]
fn axis(ui: &Ui, area: Rect, scale: &Scale, tokens: &Tokens) {
    let painter = ui.painter();
    painter.rect_filled(area, 0.0, tokens.page);
    let step = nice(scale.to - scale.from);
    let mut n = (scale.from / step).ceil() * step;
    while n <= scale.to {
        let x = scale.at(n as u64).round() + 0.5;
        painter.vline(x, area.y_range(), (1.0, tokens.hairline));
        let text = figures::grouped(n as u64);
        painter.text(pos2(x, area.bottom() + 2.0), Align2::CENTER_TOP, text, theme::regular(11.0), tokens.muted);
        n += step;
    }
}

/// The figure over all lines: from low to high, with a line at best. An open high ends in an arrow.
fn band(painter: &Painter, area: Rect, scale: &Scale, range: Range, hue: &Hue, tokens: &Tokens) {
    let left = scale.at(range.low);
    let right = range.high.map_or(area.right(), |high| scale.at(high));
    // A figure of one number is a line: its band would be seen by nobody.
    let rect = Rect::from_x_y_ranges(left..=right.max(left + 1.0), area.y_range());
    painter.rect_filled(rect, 0.0, hue.fill);
    painter.vline(left, area.y_range(), (1.0, hue.mark));
    match range.high {
        Some(_) => drop(painter.vline(right, area.y_range(), (1.0, hue.mark))),
        None => fade(painter, area, tokens),
    }
    if let Some(best) = range.best {
        painter.vline(scale.at(best), area.y_range(), (2.0, tokens.text));
    }
}

/// Lets the band of an open figure go over into the page: nobody said where it ends.
fn fade(painter: &Painter, area: Rect, tokens: &Tokens) {
    const STEPS: u8 = 6;
    const STEP: f32 = 4.0;
    for n in 0..STEPS {
        let right = area.right() - STEP * f32::from(STEPS - 1 - n);
        let strip = Rect::from_x_y_ranges(right - STEP..=right, area.y_range());
        painter.rect_filled(strip, 0.0, tokens.page.gamma_multiply(f32::from(n + 1) / f32::from(STEPS)));
    }
}

/// What one voice says.
fn mark(painter: &Painter, y: f32, scale: &Scale, reading: Reading, counts: bool, (hue, tokens): (&Hue, &Tokens)) {
    let colour = if counts { hue.mark } else { tokens.muted };
    let stroke = Stroke::new(1.5, colour);
    let cap = |x: f32| painter.vline(x, y - 4.0..=y + 4.0, stroke);
    let single = reading.lo.is_some() && reading.lo == reading.hi;
    if !single {
        let left = reading.lo.map_or(scale.left, |lo| scale.at(lo));
        let right = reading.hi.map_or(scale.right, |hi| scale.at(hi));
        painter.hline(left..=right, y, stroke);
        if reading.lo.is_some() {
            cap(left);
        }
        match reading.hi {
            Some(_) => drop(cap(right)),
            None => arrow(painter, pos2(right, y), stroke),
        }
    }
    let Some(pt) = reading.pt.or(reading.lo.filter(|_| single)) else { return };
    let at = pos2(scale.at(pt), y);
    if counts {
        painter.circle(at, DOT, colour, Stroke::new(1.0, tokens.page));
    } else {
        painter.circle(at, DOT - 0.5, tokens.page, stroke);
    }
}

/// The head of an arrow to the right.
fn arrow(painter: &Painter, tip: Pos2, stroke: Stroke) {
    for dy in [-ARROW, ARROW] {
        painter.line_segment([tip, tip + vec2(-ARROW, dy * 0.8)], stroke);
    }
}

/// What the signs mean and what is not drawn, once under the plot.
fn key(ui: &mut Ui, measure: &Measure, rest: &str) {
    let tokens = theme::tokens(ui);
    let hue = tokens.measure(measure.key());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 0.0);
        ui.spacing_mut().interact_size.y = 14.0;
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, 10.0), Sense::hover());
        ui.painter().rect(rect, 0.0, hue.fill, Stroke::new(1.0, hue.mark), StrokeKind::Inside);
        ui.painter().vline(rect.center().x, rect.y_range(), (2.0, tokens.text));
        let key = "the figure: low, best, high; hollow dots do not count";
        widgets::caption(ui, if rest.is_empty() { key.to_owned() } else { format!("{key} · {rest}") });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_about_four_fit() {
        for (span, step) in
            [(1.0, 1.0), (4.0, 1.0), (22.0, 10.0), (100.0, 50.0), (60.0, 20.0), (1_000_000.0, 500_000.0)]
        {
            assert!((nice(span) - step).abs() < 1e-9, "{span}: {}", nice(span));
        }
    }
}
