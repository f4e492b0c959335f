//! Drawing marks: bars with whiskers, stepped lines with bands, hatched strips, dated lines and labels.
//! It draws what `marks` says and must not know where the numbers come from.

use egui::epaint::PathStroke;
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};
use egui_plot::PlotTransform;

use super::marks::{Known, Mark, Marks, height, places_for};
use crate::ui::theme::{self, Tokens};

/// Width of whiskers in points.
const WHISKER: f32 = 1.5;
/// Half the width of the cap of a whisker.
const CAP: f32 = 3.5;
/// How far the arrow of an open high reaches above what is known.
const ARROW: f32 = 9.0;
/// Opacity of bands.
const BAND: f32 = 0.22;
/// Widest bar in points.
const WIDEST: f32 = 48.0;
/// Height of a row of labels of dated lines.
pub const LABEL_ROW: f32 = 14.0;

/// Where and in which colours is drawn.
pub struct Canvas<'a> {
    /// Paints inside the frame of the chart only.
    pub painter: Painter,
    /// From days and people to points.
    pub transform: &'a PlotTransform,
    /// The colours of the theme.
    pub tokens: &'static Tokens,
    /// The colour of the measure.
    pub colour: Color32,
}

impl Canvas<'_> {
    fn frame(&self) -> Rect {
        *self.transform.frame()
    }

    fn x(&self, day: f64) -> f32 {
        self.transform.position_from_point_x(day)
    }

    fn y(&self, people: u64) -> f32 {
        self.transform.position_from_point_y(height(people))
    }

    /// The columns of a mark on the line of days.
    pub fn column(&self, mark: &Mark) -> Rect {
        let frame = self.frame();
        Rect::from_x_y_ranges(self.x(mark.from)..=self.x(mark.to), frame.y_range())
    }

    fn visible<'m>(&self, marks: &'m [Mark]) -> impl Iterator<Item = (usize, &'m Mark)> {
        let bounds = self.transform.bounds().range_x();
        let first = marks.partition_point(|mark| mark.to < *bounds.start());
        marks.iter().enumerate().skip(first).take_while(move |(_, mark)| mark.from <= *bounds.end())
    }

    /// Days that nobody searched, or that have not come.
    pub fn unsearched(&self, stretches: &[(f64, f64)]) {
        for (from, to) in stretches {
            let rect = Rect::from_x_y_ranges(self.x(*from)..=self.x(*to), self.frame().y_range());
            let rect = rect.intersect(self.frame());
            if rect.width() > 0.0 {
                self.painter.rect_filled(rect, 0.0, self.tokens.header);
                hatch(&self.painter, rect, Stroke::new(1.0, self.tokens.hairline), 7.0);
            }
        }
    }

    /// A line for each date, with its label in the first row that has room.
    pub fn milestones(&self, milestones: &[(f64, String)], rows: usize) {
        let frame = self.frame();
        let inside: Vec<&(f64, String)> =
            milestones.iter().filter(|(day, _)| frame.x_range().contains(self.x(*day))).collect();
        let font = theme::regular(11.0);
        let galleys: Vec<_> = inside
            .iter()
            .map(|(_, label)| self.painter.layout_no_wrap(short(label), font.clone(), self.tokens.muted))
            .collect();
        let labels: Vec<(f32, f32)> =
            inside.iter().zip(&galleys).map(|((day, _), galley)| (self.x(*day), galley.size().x)).collect();
        let stroke = Stroke::new(1.0, self.tokens.muted);
        for (day, _) in &inside {
            let x = self.x(*day).round() + 0.5;
            let line = [pos2(x, frame.top()), pos2(x, frame.bottom())];
            self.painter.extend(Shape::dashed_line(&line, stroke, 3.0, 3.0));
        }
        // Labels last, on a ground of their own, so that no line runs through the words.
        for (galley, place) in galleys.into_iter().zip(places_for(&labels, rows, frame.right())) {
            let Some((row, left)) = place else { continue };
            #[expect(clippy::cast_precision_loss, reason = "two or three rows")]
            let at = pos2(left, frame.top() + 1.0 + row as f32 * LABEL_ROW);
            let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(2.0, 0.0));
            self.painter.rect_filled(ground, 2.0, self.tokens.page);
            self.painter.galley(at, galley, self.tokens.muted);
        }
    }

    /// Bars to the best figure, with whiskers.
    pub fn bars(&self, marks: &Marks, selected: &[(usize, Mark)], marked: &[usize]) {
        for (at, mark) in self.visible(&marks.bins) {
            let column = self.column(mark);
            let width = (column.width() * 0.8).clamp(1.0, WIDEST);
            let share = selected.iter().find(|(bin, _)| *bin == at).map(|(_, share)| share);
            self.bar(column.center().x, width, mark, share);
            if marked.contains(&at) {
                self.outline(column.center().x, width, mark);
            }
        }
    }

    fn bar(&self, x: f32, width: f32, mark: &Mark, share: Option<&Mark>) {
        let base = self.y(0);
        match mark.known {
            Known::Nothing if !mark.searched => {}
            Known::Nothing => {
                // Searched and nothing found, or nothing that speaks of this: a tick on the line of zero.
                let tick = Stroke::new(1.0, self.tokens.hairline);
                self.painter.vline(x, base - 3.0..=base, tick);
            }
            Known::Unknown => self.small(x, base, "?", self.tokens.muted),
            Known::Number if mark.reach() == 0 && !mark.open => self.small(x, base, "0", self.tokens.text),
            Known::Number => {
                self.body(x, width, mark, share);
                self.whisker(x, mark);
            }
        }
    }

    fn small(&self, x: f32, base: f32, text: &str, colour: Color32) {
        self.painter.text(pos2(x, base - 1.0), Align2::CENTER_BOTTOM, text, theme::medium(11.0), colour);
    }

    fn body(&self, x: f32, width: f32, mark: &Mark, share: Option<&Mark>) {
        let base = self.y(0);
        let column = |top: f32, bottom: f32| Rect::from_x_y_ranges(x - width / 2.0..=x + width / 2.0, top..=bottom);
        if let Some(best) = mark.best {
            let top = self.y(best).min(base - 1.0);
            self.painter.rect_filled(column(top, base), 0.0, self.colour);
            if let Some(part) = share.map(|share| share.best.unwrap_or(share.low).min(best)).filter(|part| *part > 0) {
                self.painter.rect_filled(column(self.y(part).min(base - 1.0), base), 0.0, self.darker());
            }
        } else {
            // No best figure: the range is an empty bar, so that nobody reads its top as one.
            let rect = column(self.y(mark.top), self.y(mark.low)).expand2(vec2(0.0, 0.5));
            let fill = if share.is_some() { self.colour.gamma_multiply(0.5) } else { self.colour.gamma_multiply(0.08) };
            let stroke = Stroke::new(1.5, self.colour);
            self.painter.rect(rect, 0.0, fill, stroke, egui::StrokeKind::Inside);
        }
    }

    /// The colour of what is selected within a bar.
    fn darker(&self) -> Color32 {
        self.colour.lerp_to_gamma(self.tokens.text, 0.45)
    }

    fn outline(&self, x: f32, width: f32, mark: &Mark) {
        let top = self.y(mark.best.unwrap_or(mark.top)).min(self.y(0) - 1.0);
        let rect = Rect::from_x_y_ranges(x - width / 2.0..=x + width / 2.0, top..=self.y(0)).expand(2.0);
        self.painter.rect_stroke(rect, 1.0, Stroke::new(2.0, self.tokens.accent), egui::StrokeKind::Inside);
    }

    fn whisker(&self, x: f32, mark: &Mark) {
        let certain = !mark.open && mark.best == Some(mark.low) && mark.top == mark.low;
        if certain || (mark.best.is_none() && !mark.open) {
            return;
        }
        let stroke = Stroke::new(WHISKER, self.tokens.text);
        let (low, top) = (self.y(mark.low), self.y(mark.top));
        self.painter.vline(x, top..=low, stroke);
        if mark.best.is_some() {
            self.painter.hline(x - CAP..=x + CAP, low, stroke);
        }
        if mark.open {
            self.arrow(x, top, stroke);
        } else {
            self.painter.hline(x - CAP..=x + CAP, top, stroke);
        }
    }

    /// An open high: the whisker goes on to an arrow.
    fn arrow(&self, x: f32, from: f32, stroke: Stroke) {
        let tip = from - ARROW;
        self.painter.vline(x, tip..=from, stroke);
        let wing = |dx: f32| [pos2(x, tip), pos2(x + dx, tip + 4.5)];
        self.painter.line_segment(wing(-CAP), stroke);
        self.painter.line_segment(wing(CAP), stroke);
    }

    /// A stepped line of the best figures with a band from low to high.
    pub fn steps(&self, marks: &Marks, selected: &[(usize, Mark)], marked: &[usize]) {
        self.band(&marks.bins);
        let mut line: Vec<Pos2> = Vec::new();
        let mut before: Option<&Mark> = None;
        for (at, mark) in self.visible(&marks.bins) {
            let columns = self.column(mark).x_range();
            if mark.open {
                self.open_above(columns.center(), self.y(mark.top), columns.span());
            }
            if let Ok(found) = selected.binary_search_by_key(&at, |(bin, _)| *bin) {
                let share = &selected[found].1;
                let rect = Rect::from_x_y_ranges(columns, self.y(share.best.unwrap_or(share.low))..=self.y(0));
                self.painter.rect_filled(rect, 0.0, self.darker().gamma_multiply(0.6));
            }
            if marked.binary_search(&at).is_ok() {
                self.painter.hline(columns, self.y(0) - 1.0, Stroke::new(3.0, self.tokens.accent));
            }
            self.step(mark, before, &mut line);
            before = Some(mark);
        }
        self.finish(&mut line);
    }

    /// Low to high of every bin; of bins that share a column of points, the lowest to the highest.
    fn band(&self, bins: &[Mark]) {
        /// Narrower steps get no edges: they would be all that is seen.
        const EDGED: f32 = 3.0;
        let edge = Stroke::new(1.0, self.colour);
        let fill = self.colour.gamma_multiply(BAND);
        let mut piece: Option<Rect> = None;
        for (_, mark) in self.visible(bins).filter(|(_, mark)| mark.known == Known::Number && mark.top > mark.low) {
            let columns = self.column(mark).x_range();
            let rect = Rect::from_x_y_ranges(columns, self.y(mark.top)..=self.y(mark.low));
            if columns.span() >= EDGED {
                self.painter.rect_filled(rect, 0.0, fill);
                self.painter.hline(columns, rect.bottom(), edge);
                self.painter.hline(columns, rect.top(), edge);
                continue;
            }
            let left = columns.min.floor();
            let rect = Rect::from_x_y_ranges(left..=columns.max.max(left + 1.0).ceil(), rect.y_range());
            match &mut piece {
                Some(piece) if rect.left() < piece.right() => {
                    piece.min.y = piece.min.y.min(rect.min.y);
                    piece.max.y = piece.max.y.max(rect.max.y);
                }
                piece => {
                    if let Some(done) = piece.replace(rect) {
                        self.painter.rect_filled(done, 0.0, fill);
                    }
                }
            }
        }
        if let Some(done) = piece {
            self.painter.rect_filled(done, 0.0, fill);
        }
    }

    /// An open high over a step: an arrow where there is room, else a tick.
    fn open_above(&self, x: f32, top: f32, room: f32) {
        let stroke = Stroke::new(1.0, self.tokens.text);
        if room >= 2.0 * CAP {
            self.arrow(x, top, stroke);
        } else {
            self.painter.vline(x, top - 5.0..=top - 1.0, stroke);
        }
    }

    /// Goes on with the line, or breaks it where there is no best figure or where bins were left out.
    fn step(&self, mark: &Mark, before: Option<&Mark>, line: &mut Vec<Pos2>) {
        let columns = self.column(mark).x_range();
        let best = match mark.known {
            Known::Number => mark.best,
            Known::Nothing => mark.searched.then_some(0),
            Known::Unknown => None,
        };
        #[expect(clippy::float_cmp, reason = "days are whole numbers")]
        let follows = before.is_some_and(|before| before.to == mark.from);
        if !follows {
            self.finish(line);
        }
        match best {
            Some(best) => line.extend([pos2(columns.min, self.y(best)), pos2(columns.max, self.y(best))]),
            None => self.finish(line),
        }
    }

    fn finish(&self, line: &mut Vec<Pos2>) {
        if let [first, .., last] = line.as_slice() {
            // Where steps are narrow, a thick line would fill the chart.
            #[expect(clippy::cast_precision_loss, reason = "a few thousand points")]
            let narrow = (last.x - first.x) / line.len() as f32 * 2.0 < 4.0;
            let path = std::mem::take(line);
            self.painter.add(Shape::line(path, PathStroke::new(if narrow { 1.0 } else { 2.0 }, self.colour)));
        }
        line.clear();
    }

    /// The column under the keyboard, or a brush over several.
    pub fn cursor(&self, from: f32, to: f32, fill: bool) {
        let rect = Rect::from_x_y_ranges(from.min(to)..=from.max(to), self.frame().y_range()).intersect(self.frame());
        if fill {
            self.painter.rect_filled(rect, 0.0, self.tokens.selection.gamma_multiply(0.6));
        }
        self.painter.rect_stroke(rect.shrink(0.5), 2.0, Stroke::new(1.0, self.tokens.accent), egui::StrokeKind::Inside);
    }

    /// A label over a mark, inside the frame; none where the mark is out of view.
    pub fn label_over(&self, mark: &Mark, text: &str) {
        let top = self.y(mark.reach()) - if mark.open { ARROW + 3.0 } else { 4.0 };
        let font = theme::medium(12.0);
        let galley = self.painter.layout_no_wrap(text.to_owned(), font, self.tokens.text);
        let frame = self.frame().shrink(3.0);
        let middle = self.x(mark.middle());
        if !self.frame().x_range().contains(middle) {
            return;
        }
        let right = (frame.right() - galley.size().x).max(frame.left());
        let left = (middle - galley.size().x / 2.0).clamp(frame.left(), right);
        let at = pos2(left, (top - galley.size().y).max(frame.top()));
        // A ground of its own, so that a dated line does not run through the words.
        let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(2.0, 0.0));
        self.painter.rect_filled(ground, 2.0, self.tokens.page);
        self.painter.galley(at, galley, self.tokens.text);
    }

    /// A strip beside the chart: one hatched bar on the same heights, with its figure over it.
    pub fn strip(&self, painter: &Painter, rect: Rect, mark: &Mark, figure: &str, marked: bool) {
        let (x, base) = (rect.center().x, self.y(0));
        let width = 28.0_f32.min(rect.width() - 8.0);
        let top_number = mark.best.unwrap_or(mark.top);
        let bottom = if mark.best.is_some() { base } else { self.y(mark.low) };
        let bar = Rect::from_x_y_ranges(x - width / 2.0..=x + width / 2.0, self.y(top_number)..=bottom);
        let strip =
            Canvas { painter: painter.clone(), transform: self.transform, tokens: self.tokens, colour: self.colour };
        if mark.known == Known::Number && mark.reach() > 0 {
            painter.rect_filled(bar, 0.0, self.colour.gamma_multiply(0.15));
            hatch(painter, bar, Stroke::new(1.0, self.colour), 5.0);
            painter.rect_stroke(bar, 0.0, Stroke::new(1.0, self.colour), egui::StrokeKind::Inside);
            strip.whisker(x, mark);
        } else {
            strip.bar(x, width, mark, None);
        }
        if marked {
            painter.rect_stroke(bar.expand(2.0), 1.0, Stroke::new(2.0, self.tokens.accent), egui::StrokeKind::Inside);
        }
        let over = self.y(mark.reach()) - if mark.open { ARROW + 2.0 } else { 4.0 };
        let over = if mark.reach() == 0 { over - 12.0 } else { over };
        let small = theme::regular(11.0);
        painter.text(pos2(x, over), Align2::CENTER_BOTTOM, figure, small, self.tokens.text);
    }

    /// The line of zero, over everything else.
    pub fn baseline(&self, painter: &Painter, right: f32) {
        let y = self.y(0);
        painter.hline(self.frame().left()..=right, y, Stroke::new(1.0, self.tokens.muted));
    }

    /// A remark in the middle of an empty chart.
    pub fn remark(&self, text: &str) {
        let font: FontId = theme::regular(13.0);
        let width = (self.frame().width() - 24.0).max(60.0);
        let galley = self.painter.layout(text.to_owned(), font, self.tokens.muted, width);
        let at = self.frame().center() - galley.size() / 2.0;
        self.painter.galley(at, galley, self.tokens.muted);
    }
}

/// Slanted lines over a rectangle.
fn hatch(painter: &Painter, rect: Rect, stroke: Stroke, gap: f32) {
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += gap;
    }
}

/// A label that fits beside a line.
fn short(label: &str) -> String {
    const LONGEST: usize = 28;
    let text: String = label.chars().take(LONGEST).collect();
    if text.len() < label.len() { format!("{text}…") } else { text }
}
