//! Paints a scene on the window, in the colours of the theme, and measures its texts with the window's own fonts.
//!
//! It knows no chart: what stands where was decided when the scene was laid out.

use egui::epaint::{CircleShape, PathShape, PathStroke, TextShape};
use egui::{Color32, FontId, Painter, Pos2, Rect, Shape, Vec2, pos2, vec2};

use super::theme::{self, Tokens};
use crate::scene::{
    Anchor, Area, Fill, Hue, Item, Line, Marker, MarkerKind, Point, Role, Ruler, Scene, Shape as Drawn, Stroke, Text,
    Weight, hatch_lines, runs,
};

/// Measures texts as the window draws them.
#[derive(Clone, Copy)]
pub struct ScreenRuler<'a>(pub &'a Painter);

impl Ruler for ScreenRuler<'_> {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.0.layout_no_wrap(text.to_owned(), font(size, weight), Color32::PLACEHOLDER).size().x
    }
}

fn font(size: f32, weight: Weight) -> FontId {
    match weight {
        Weight::Regular => theme::regular(size),
        Weight::Medium => theme::medium(size),
        Weight::SemiBold => theme::semibold(size),
    }
}

/// The colour of a role in a theme.
pub fn colour(role: Role, tokens: &Tokens) -> Color32 {
    let hue = |hue: Hue| tokens.measure(hue.key()).mark;
    match role {
        Role::Page => tokens.page,
        Role::Text => tokens.text,
        Role::Muted => tokens.muted,
        Role::Grid => tokens.hairline,
        Role::Unsearched => tokens.stripe,
        Role::Accent => tokens.accent,
        Role::Measure(of) => hue(of),
        Role::Darker(of) => hue(of).lerp_to_gamma(tokens.text, 0.45),
        Role::Group(n) => tokens.series.get(usize::from(n)).copied().unwrap_or(tokens.series_other),
        Role::Other => tokens.series_other,
        // Greys are for paper; the window has none to show.
        Role::Ink(_) => tokens.muted,
    }
}

/// Paints a scene with its upper left corner at a place.
pub fn paint(painter: &Painter, at: Pos2, scene: &Scene) {
    let brush = Brush { painter, offset: at.to_vec2(), tokens: theme::tokens(painter.ctx()) };
    scene.items.iter().for_each(|item| brush.item(item));
}

/// Where a place of a scene is on the window.
pub fn place(at: Pos2, point: Point) -> Pos2 {
    at + vec2(point.x, point.y)
}

struct Brush<'a> {
    painter: &'a Painter,
    offset: Vec2,
    tokens: &'static Tokens,
}

impl Brush<'_> {
    fn item(&self, item: &Item) {
        match &item.shape {
            Drawn::Rect { area, fill, stroke } => {
                let rect = self.rect(area);
                if let Some(fill) = fill {
                    self.painter.rect_filled(rect, 0.0, self.fill(*fill));
                }
                if let Some(stroke) = stroke {
                    self.painter.rect_stroke(rect, 0.0, self.stroke(*stroke), egui::StrokeKind::Middle);
                }
            }
            Drawn::Polygon { points, fill, stroke } => {
                let points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
                if let Some(fill) = fill {
                    self.surface(&points, self.fill(*fill));
                }
                if let Some(stroke) = stroke {
                    self.painter.add(PathShape::closed_line(points, self.stroke(*stroke)));
                }
            }
            Drawn::Line(line) => self.line(line),
            Drawn::Marker(marker) => self.marker(marker),
            Drawn::Hatch { area, gap, stroke } => {
                let stroke = self.stroke(*stroke);
                for [from, to] in hatch_lines(area, *gap) {
                    self.painter.line_segment([self.at(from), self.at(to)], stroke);
                }
            }
            Drawn::Text(text) => self.text(text),
            Drawn::Clip { area, items } => {
                let painter = self.painter.with_clip_rect(self.rect(area).intersect(self.painter.clip_rect()));
                let inner = Brush { painter: &painter, offset: self.offset, tokens: self.tokens };
                items.iter().for_each(|item| inner.item(item));
            }
        }
    }

    /// The window fills only what bulges nowhere inwards: the band of a stepped line is cut into upright pieces.
    fn surface(&self, points: &[Pos2], fill: Color32) {
        if is_convex(points) {
            self.painter.add(PathShape::convex_polygon(points.to_vec(), fill, PathStroke::NONE));
        } else {
            for piece in upright_pieces(points) {
                self.painter.rect_filled(piece, 0.0, fill);
            }
        }
    }

    fn at(&self, point: Point) -> Pos2 {
        pos2(point.x, point.y) + self.offset
    }

    fn rect(&self, area: &Area) -> Rect {
        let corner = |x, y| self.at(Point::new(x, y));
        Rect::from_min_max(corner(area.left, area.top), corner(area.right, area.bottom))
    }

    fn fill(&self, fill: Fill) -> Color32 {
        colour(fill.role, self.tokens).gamma_multiply(fill.opacity)
    }

    fn stroke(&self, stroke: Stroke) -> egui::Stroke {
        egui::Stroke::new(stroke.width, colour(stroke.role, self.tokens))
    }

    fn line(&self, line: &Line) {
        let points: Vec<Pos2> = line.points.iter().map(|point| self.at(*point)).collect();
        let stroke = self.stroke(line.stroke);
        let pattern = line.stroke.dash.pattern();
        if pattern.is_empty() {
            self.painter.add(Shape::line(points, stroke));
        } else {
            let (pieces, gaps): (Vec<f32>, Vec<f32>) =
                pattern.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).unzip();
            self.painter.extend(Shape::dashed_line_with_offset(&points, stroke, &pieces, &gaps, 0.0));
        }
    }

    fn marker(&self, marker: &Marker) {
        let fill = marker.fill.map_or(Color32::TRANSPARENT, |fill| self.fill(fill));
        let stroke = marker.stroke.map_or(egui::Stroke::NONE, |stroke| self.stroke(stroke));
        let at = self.at(marker.at);
        let corners: Vec<Pos2> =
            marker.kind.corners(marker.at, marker.radius).into_iter().map(|point| self.at(point)).collect();
        match (marker.kind, corners.as_slice()) {
            (MarkerKind::Circle, _) => {
                self.painter.add(CircleShape { center: at, radius: marker.radius, fill, stroke });
            }
            (MarkerKind::Cross, [a, b, c, d]) => {
                self.painter.line_segment([*a, *b], stroke);
                self.painter.line_segment([*c, *d], stroke);
            }
            _ => {
                self.painter.add(PathShape::convex_polygon(corners, fill, stroke));
            }
        }
    }

    /// A text stands on its line, the middle or an end of it at its place.
    fn text(&self, text: &Text) {
        let colour = colour(text.role, self.tokens);
        let seen = runs::as_seen(&text.text).into_owned();
        let galley = self.painter.layout_no_wrap(seen, font(text.size, text.weight), colour);
        let ascent =
            galley.rows.first().and_then(|row| row.glyphs.first()).map_or(text.size * 0.8, |glyph| glyph.pos.y);
        let shift = match text.anchor {
            Anchor::Left => 0.0,
            Anchor::Middle => galley.size().x / 2.0,
            Anchor::Right => galley.size().x,
        };
        let angle = text.turned.to_radians();
        let corner = self.at(text.at) - egui::emath::Rot2::from_angle(angle) * vec2(shift, ascent);
        let corner = if angle == 0.0 { corner.round() } else { corner };
        self.painter.add(TextShape::new(corner, galley, colour).with_angle(angle));
    }
}

/// Whether a polygon bulges nowhere inwards.
fn is_convex(points: &[Pos2]) -> bool {
    let n = points.len();
    let mut signs = (false, false);
    for at in 0..n {
        let (a, b, c) = (points[at], points[(at + 1) % n], points[(at + 2) % n]);
        let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
        signs.0 |= turn > 1e-3;
        signs.1 |= turn < -1e-3;
    }
    !(signs.0 && signs.1)
}

/// A polygon of upright and level sides as rectangles from one upright side to the next.
fn upright_pieces(points: &[Pos2]) -> Vec<Rect> {
    let mut xs: Vec<f32> = points.iter().map(|point| point.x).collect();
    xs.sort_by(f32::total_cmp);
    xs.dedup_by(|a, b| (*a - *b).abs() < 1e-3);
    // A level side reaches over the pieces between its ends.
    let piece_of = |x: f32| xs.partition_point(|side| *side < x - 1e-3);
    let mut heights: Vec<Vec<f32>> = vec![Vec::new(); xs.len()];
    for at in 0..points.len() {
        let (a, b) = (points[at], points[(at + 1) % points.len()]);
        let (left, right) = if a.x < b.x { (a, b) } else { (b, a) };
        for piece in piece_of(left.x)..piece_of(right.x) {
            let middle = f32::midpoint(xs[piece], xs[piece + 1]);
            let part = (middle - left.x) / (right.x - left.x);
            heights[piece].push(left.y + (right.y - left.y) * part);
        }
    }
    let mut pieces = Vec::new();
    for (pair, ys) in xs.windows(2).zip(&mut heights) {
        ys.sort_by(f32::total_cmp);
        for span in ys.chunks(2) {
            if let [top, bottom] = span {
                pieces.push(Rect::from_min_max(pos2(pair[0], *top), pos2(pair[1], *bottom)));
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::tokens::{DARK, LIGHT};

    #[test]
    fn every_role_is_seen_on_the_page_in_light_and_dark() {
        let groups = (0..6).map(Role::Group);
        let roles = [Role::Text, Role::Muted, Role::Accent, Role::Other].into_iter();
        for role in roles.chain(Hue::ALL.map(Role::Measure)).chain(groups) {
            for tokens in [&LIGHT, &DARK] {
                assert_ne!(colour(role, tokens), tokens.page, "{}", role.key());
            }
        }
    }

    #[test]
    fn the_light_theme_has_the_colours_that_files_have() {
        for hue in Hue::ALL {
            let [red, green, blue, _] = colour(Role::Measure(hue), &LIGHT).to_array();
            assert_eq!(Role::Measure(hue).light(), crate::scene::role::Rgb(red, green, blue), "{}", hue.key());
        }
        for n in 0..5 {
            let [red, green, blue, _] = colour(Role::Group(n), &LIGHT).to_array();
            assert_eq!(Role::Group(n).light(), crate::scene::role::Rgb(red, green, blue), "group {n}");
        }
    }

    #[test]
    fn a_band_is_filled_where_it_is_and_nowhere_else() {
        // A step up: the upper right corner of its box stays empty.
        let band: Vec<Pos2> = [(0.0, 5.0), (10.0, 5.0), (10.0, 0.0), (20.0, 0.0), (20.0, 8.0), (0.0, 8.0)]
            .map(|(x, y)| pos2(x, y))
            .to_vec();
        assert!(!is_convex(&band));
        let rect = |a: (f32, f32), b: (f32, f32)| Rect::from_min_max(pos2(a.0, a.1), pos2(b.0, b.1));
        assert_eq!(upright_pieces(&band), [rect((0.0, 5.0), (10.0, 8.0)), rect((10.0, 0.0), (20.0, 8.0))]);
        assert!(is_convex(&[pos2(0.0, 0.0), pos2(5.0, 0.0), pos2(5.0, 5.0), pos2(0.0, 5.0)]));
    }
}
