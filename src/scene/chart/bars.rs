//! Bars to the best figure with whiskers from low to high; hollow where nobody put a best forward; stacked or beside
//! each other.

use super::canvas::{Canvas, darker, role};
use crate::derive::series::{Arrangement, Known, Point as Sums, Role as Part, Searched, Series};
use crate::scene::{Fill, Role, Shape, Stands, Stroke};

/// Widest bar in points.
const WIDEST: f32 = 48.0;

/// What stands in one of the places beside each other within a column.
pub enum Lane<'a> {
    /// One series.
    Alone(usize, &'a Series),
    /// Groups on top of each other, under the whisker of the whole.
    Stack(&'a Series, Vec<(usize, &'a Series)>),
}

impl<'a> Lane<'a> {
    /// The sums by which the lane is known in a bin.
    fn sums(&self, bin: usize) -> Option<&'a Sums> {
        match self {
            Self::Alone(_, series) | Self::Stack(series, _) => series.points.get(bin),
        }
    }
}

/// The lanes of a panel, from the left.
pub fn lanes<'a>(canvas: &Canvas<'a>) -> Vec<Lane<'a>> {
    let Some(panel) = canvas.of() else { return Vec::new() };
    let numbered = || panel.series.iter().enumerate();
    let is_split = panel.series.iter().any(|series| series.role != Part::Whole);
    if is_split && canvas.chart.arrangement == Arrangement::Stacked {
        let stack = |whole: &'a Series| {
            Lane::Stack(whole, numbered().filter(|(_, series)| series.compared == whole.compared).collect())
        };
        return panel.whole.iter().map(stack).collect();
    }
    numbered().map(|(at, series)| Lane::Alone(at, series)).collect()
}

/// Draws all bars that are seen.
pub fn draw(canvas: &mut Canvas<'_>) {
    let lanes = lanes(canvas);
    let places = lanes.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a handful of lanes")]
    let count = places as f32;
    for (bin, left, right) in canvas.visible() {
        let all = ((right - left) * 0.8).clamp(1.0, WIDEST * count.min(3.0));
        let (middle, wide) = (f32::midpoint(left, right), all / count);
        let known = |lane: &Lane<'_>| lane.sums(bin).map_or(Known::Nothing, Sums::known);
        if lanes.iter().all(|lane| known(lane) == Known::Nothing) {
            if canvas.searched(bin) != Searched::Not {
                canvas.silence(Stands::Bin { panel: canvas.panel, bin }, middle);
            }
            continue;
        }
        let mut x = middle - all / 2.0 + wide / 2.0;
        for lane in &lanes {
            let width = if places > 1 { (wide - 1.0).max(1.0) } else { wide };
            draw_lane(canvas, lane, bin, x, width);
            x += wide;
        }
    }
}

fn draw_lane(canvas: &mut Canvas<'_>, lane: &Lane<'_>, bin: usize, x: f32, width: f32) {
    let Some(sums) = lane.sums(bin) else { return };
    let (stands, colour) = match lane {
        Lane::Alone(at, series) => (canvas.stands(*at, bin), role(canvas.chart, series)),
        Lane::Stack(whole, _) => (Stands::Bin { panel: canvas.panel, bin }, role(canvas.chart, whole)),
    };
    match sums.known() {
        Known::Nothing => {}
        Known::Unknown => canvas.unknown(stands, x, width),
        Known::Number if sums.reach() == 0 && !sums.is_open() => canvas.zero(stands, x, width, colour),
        Known::Number => {
            match lane {
                Lane::Alone(at, series) => alone(canvas, *at, series, bin, x, width),
                Lane::Stack(_, parts) => stack(canvas, parts, bin, x, width),
            }
            canvas.whisker(stands, x, width, sums);
        }
    }
}

fn alone(canvas: &mut Canvas<'_>, at: usize, series: &Series, bin: usize, x: f32, width: f32) {
    let Some(sums) = series.points.get(bin) else { return };
    let (stands, colour) = (canvas.stands(at, bin), role(canvas.chart, series));
    let part = canvas.selected(series, bin).copied();
    match sums.best {
        Some(best) => {
            solid(canvas, stands, (x, width), (0, best), colour);
            if let Some(part) = part.map(|part| part.best.unwrap_or(part.low).min(best)).filter(|part| *part > 0) {
                let area = canvas.body(x, width, 0, part);
                canvas.put(stands, Shape::Rect { area, fill: Some(Fill::of(darker(colour))), stroke: None });
            }
            incomplete(canvas, bin, (x, width), best);
        }
        None => hollow(canvas, stands, (x, width), (sums.low, sums.reach()), colour, part.is_some()),
    }
}

/// Groups on top of each other. A group without a best stands in the stack with its low, hollow.
fn stack(canvas: &mut Canvas<'_>, parts: &[(usize, &Series)], bin: usize, x: f32, width: f32) {
    let mut below: u64 = 0;
    for (at, series) in parts {
        let Some(sums) = series.points.get(bin).filter(|sums| sums.known() == Known::Number) else { continue };
        let above = below.saturating_add(sums.best.unwrap_or(sums.low));
        if above == below {
            continue;
        }
        let (stands, colour) = (canvas.stands(*at, bin), role(canvas.chart, series));
        match sums.best {
            Some(_) => {
                let mut area = canvas.body(x, width, below, above);
                // One point of the page between two groups.
                if below > 0 && area.height() > 2.0 {
                    area.bottom -= 1.0;
                }
                let fill = Some(canvas.fill(colour));
                canvas.put(stands, Shape::Rect { area, fill, stroke: None });
            }
            None => hollow(canvas, stands, (x, width), (below, above), colour, false),
        }
        below = above;
    }
    incomplete(canvas, bin, (x, width), below);
}

fn solid(canvas: &mut Canvas<'_>, stands: Stands, (x, width): (f32, f32), (below, above): (u64, u64), colour: Role) {
    if above == 0 {
        return;
    }
    let fill = canvas.fill(colour);
    let stroke = (fill.opacity < 1.0).then(|| Stroke::of(colour, 1.0));
    canvas.put(stands, Shape::Rect { area: canvas.body(x, width, below, above), fill: Some(fill), stroke });
}

/// A range without a best figure: an empty bar, so that nobody reads its top as one.
fn hollow(
    canvas: &mut Canvas<'_>,
    stands: Stands,
    (x, width): (f32, f32),
    (low, top): (u64, u64),
    colour: Role,
    is_selected: bool,
) {
    let mut area = canvas.body(x, width, low, top);
    // The outline lies within.
    let inset = 0.75_f32.min(width / 4.0);
    (area.left, area.right) = (area.left + inset, area.right - inset);
    let fill = Some(Fill::faint(colour, if is_selected { 0.5 } else { 0.08 }));
    canvas.put(stands, Shape::Rect { area, fill, stroke: Some(Stroke::of(colour, 1.5_f32.min(width / 2.0))) });
}

/// Stripes over a bar whose days were not all searched, or are not over: it may still grow.
fn incomplete(canvas: &mut Canvas<'_>, bin: usize, (x, width): (f32, f32), above: u64) {
    if canvas.searched(bin) == Searched::Partly && above > 0 {
        let area = canvas.body(x, width, 0, above);
        let stroke = Stroke::of(Role::Page, 1.25);
        canvas.put(Stands::Nothing, Shape::Hatch { area, gap: 5.0, stroke });
    }
}
