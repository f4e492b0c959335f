//! One claim as a sign: where it stands and what it looks like.
//!
//! A number is a dot, a range a line with caps, an open end an arrow. What does not count is hollow and grey, a denial a
//! cross, what may only raise the high figure hollow; what was reported while the event went on is a dot with a ring around it.

use super::{Fill, Ground, Known, MarkerKind, Point, Role, Scene, Shape, Standing, Stands, Stroke, Told, line};
use crate::model::Stance;
use crate::scene::{Anchor, Marker, Text, Weight};

/// Radius of a dot.
const DOT: f32 = 4.0;
/// Length of an arrow whose end nobody said.
const ARROW: f32 = 16.0;
/// How far signs at one place are moved apart.
const APART: f32 = 9.0;
/// How far they are moved in all, to each side.
const MOST: f32 = 22.0;

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sign {
    /// Its middle.
    pub at: Point,
}

/// What all claims of a voice look like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub role: Role,
    pub sign: MarkerKind,
    /// Whether it is one of those with a colour of their own.
    pub named: bool,
}

impl Look {
    pub(super) fn stroke(self) -> Stroke {
        Stroke::of(self.role, if self.named { 1.5 } else { 1.0 })
    }
}

/// The place of a claim before those at one place are moved apart.
pub(super) fn sign(told: &Told, ground: &Ground) -> Sign {
    let x = match told.known {
        Known::On(day) => ground.plane.x(day),
        other => {
            let (left, right) = ground.strip(other);
            f32::midpoint(left, right)
        }
    };
    let number = told.reading.pt.or(told.reading.lo).or(told.reading.hi);
    let y = match (number, ground.unknown) {
        (None, Some(y)) => y,
        (n, _) => ground.plane.y(n.unwrap_or(0)),
    };
    Sign { at: Point::new(x, y) }
}

/// Moves signs at one place apart to both sides, in their order.
pub(super) fn spread(signs: &mut [Sign]) {
    #[expect(clippy::cast_possible_truncation, reason = "places on a page")]
    let cell = |at: Point| ((at.x / 2.0).round() as i64, (at.y / 6.0).round() as i64);
    let mut order: Vec<usize> = (0..signs.len()).collect();
    let cells: Vec<(i64, i64)> = signs.iter().map(|sign| cell(sign.at)).collect();
    order.sort_by_key(|at| (cells[*at], *at));
    for group in order.chunk_by(|a, b| cells[*a] == cells[*b]) {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred claims at one place")]
        let last = (group.len() - 1) as f32;
        let step = if last > 0.0 { APART.min(2.0 * MOST / last) } else { 0.0 };
        for (at, n) in group.iter().zip(0_u16..) {
            signs[*at].at.x += step * (f32::from(n) - last / 2.0);
        }
    }
}

/// A ring around the claim that is current.
pub(super) fn ring(scene: &mut Scene, stands: Stands, sign: Sign) {
    let stroke = Some(Stroke::of(Role::Accent, 2.0));
    let marker = Marker { at: sign.at, kind: MarkerKind::Circle, radius: DOT + 4.0, fill: None, stroke };
    scene.put(stands, Shape::Marker(marker));
}

/// Draws a claim.
pub(super) fn put(scene: &mut Scene, at: usize, told: &Told, sign: Sign, ground: &Ground, own: bool) {
    let stands = Stands::Claim(at);
    let look = ground.look(told.line);
    let silent = matches!(told.standing, Standing::Not(_));
    let role = if silent { Role::Muted } else { look.role };
    if !told.reading.has_number() && ground.unknown.is_some() {
        let place = Point::new(sign.at.x, sign.at.y + 4.0);
        let text = Text::new(place, "?", 12.0, role).anchored(Anchor::Middle).weighing(Weight::Medium);
        scene.put(stands, Shape::Text(text));
        return;
    }
    range(scene, stands, told, sign.at, ground, Stroke::of(role, 1.5));
    let radius = if own { DOT } else { DOT - 1.0 };
    if told.stance == Stance::Denies {
        let stroke = Some(Stroke::of(Role::Text, 1.5));
        scene.put(stands, Shape::Marker(Marker { at: sign.at, kind: MarkerKind::Cross, radius, fill: None, stroke }));
        return;
    }
    let hollow = silent || told.high_only;
    let (fill, edge) = if hollow { (Role::Page, role) } else { (role, Role::Page) };
    let stroke = Some(Stroke::of(edge, if hollow { 1.5 } else { 1.0 }));
    let kind = look.sign;
    scene.put(stands, Shape::Marker(Marker { at: sign.at, kind, radius, fill: Some(Fill::of(fill)), stroke }));
    if told.interim {
        let stroke = Some(Stroke::of(role, 1.0));
        scene.put(stands, Shape::Marker(Marker { at: sign.at, kind, radius: radius + 2.5, fill: None, stroke }));
    }
}

/// The range of a claim: from its smallest to its largest number, with an arrow where nobody said the end.
fn range(scene: &mut Scene, stands: Stands, told: &Told, at: Point, ground: &Ground, stroke: Stroke) {
    let (lo, hi) = (told.reading.lo, told.reading.hi);
    if lo.is_some() && lo == hi {
        return;
    }
    let cap = |y: f32| [Point::new(at.x - 3.5, y), Point::new(at.x + 3.5, y)];
    let area = ground.plane.area;
    let top = hi.map_or_else(|| (at.y - ARROW).max(area.top), |hi| ground.plane.y(hi));
    let bottom = lo.map_or_else(|| (at.y + ARROW).min(area.bottom), |lo| ground.plane.y(lo));
    line(scene, stands, &[Point::new(at.x, bottom), Point::new(at.x, top)], stroke);
    let head = |y: f32, to: f32| [Point::new(at.x - 3.5, y + to), Point::new(at.x, y), Point::new(at.x + 3.5, y + to)];
    match hi {
        Some(_) => line(scene, stands, &cap(top), stroke),
        None => line(scene, stands, &head(top, 4.0), stroke),
    }
    match lo {
        Some(_) => line(scene, stands, &cap(bottom), stroke),
        None => line(scene, stands, &head(bottom, -4.0), stroke),
    }
}
