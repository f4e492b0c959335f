//! A stepped line of the best figures with a band from low to high, for many bins and for running totals. Never
//! smoothed. Bins narrower than a point are drawn together, from their lowest to their highest.

use super::bars::{Lane, lanes};
use super::canvas::{BAND, CAP, Canvas, darker, role, upright};
use crate::derive::series::{Known, Point as Sums, Searched, Series};
use crate::scene::{Area, Dash, Fill, Line, Point, Role, Shape, Stands, Stroke};

/// Narrower steps get no edges: they would be all that is seen.
const EDGED: f32 = 3.0;

/// One or more bins that share a piece of the line.
#[derive(Debug, Clone, Copy)]
struct Cell {
    left: f32,
    right: f32,
    /// The first, the smallest, the largest and the last best of its bins; `None` breaks the line.
    best: Option<[u64; 4]>,
    /// The smallest low and the largest high; `None` breaks the band.
    range: Option<(u64, u64)>,
    open: bool,
}

/// Draws every series of the panel.
pub fn draw(canvas: &mut Canvas<'_>) {
    let lanes = lanes(canvas);
    for lane in &lanes {
        if let Lane::Stack(whole, parts) = lane {
            areas(canvas, parts);
            outline(canvas, whole);
        }
    }
    let alone: Vec<(usize, &Series)> = lanes
        .iter()
        .filter_map(|lane| if let Lane::Alone(at, series) = lane { Some((*at, *series)) } else { None })
        .collect();
    let faint = if alone.len() > 2 { BAND / 2.0 } else { BAND };
    for (at, series) in &alone {
        band(canvas, *at, series, faint);
    }
    for (at, series) in &alone {
        selected(canvas, series);
        line(canvas, *at, series);
    }
}

/// The state of one bin: what the line and the band show there.
fn cell(canvas: &Canvas<'_>, bin: usize, (left, right): (f32, f32), sums: &Sums) -> Cell {
    let empty = Cell { left, right, best: None, range: None, open: false };
    match sums.known() {
        Known::Number => Cell {
            best: sums.best.map(|best| [best; 4]),
            range: Some((sums.low, sums.reach())),
            open: sums.is_open(),
            ..empty
        },
        Known::Nothing if canvas.searched(bin) != Searched::Not => {
            Cell { best: Some([0; 4]), range: Some((0, 0)), ..empty }
        }
        Known::Nothing | Known::Unknown => empty,
    }
}

fn cells(canvas: &Canvas<'_>, series: &Series) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (bin, left, right) in canvas.visible() {
        let Some(sums) = series.points.get(bin) else { continue };
        let next = cell(canvas, bin, (left, right), sums);
        match cells.last_mut() {
            Some(last) if last.right < last.left + 1.0 && next.right <= last.left + 1.0 => last.join(&next),
            _ => cells.push(next),
        }
    }
    cells
}

impl Cell {
    fn join(&mut self, next: &Self) {
        self.right = next.right;
        self.open |= next.open;
        self.best = match (self.best, next.best) {
            (Some([first, least, most, _]), Some([_, l, m, last])) => Some([first, least.min(l), most.max(m), last]),
            (one, other) => one.or(other),
        };
        self.range = match (self.range, next.range) {
            (Some((low, top)), Some((l, t))) => Some((low.min(l), top.max(t))),
            (one, other) => one.or(other),
        };
    }

    /// Whether it begins where another one ends.
    fn follows(&self, before: &Self) -> bool {
        self.left - before.right < 0.5
    }
}

/// Cells that follow each other without a gap and of which all have what is asked for.
fn pieces(cells: &[Cell], has: impl Fn(&Cell) -> bool) -> Vec<Vec<Cell>> {
    let mut pieces: Vec<Vec<Cell>> = Vec::new();
    let mut open = false;
    for cell in cells {
        if !has(cell) {
            open = false;
            continue;
        }
        match pieces.last_mut() {
            Some(piece) if open && piece.last().is_some_and(|last| cell.follows(last)) => piece.push(*cell),
            _ => pieces.push(vec![*cell]),
        }
        open = true;
    }
    pieces
}

fn line(canvas: &mut Canvas<'_>, at: usize, series: &Series) {
    let stands = Stands::Series { panel: canvas.panel, series: at };
    let all = cells(canvas, series);
    let single = canvas.of().is_none_or(|panel| panel.series.len() == 1);
    let dash = if single { Dash::Whole } else { Dash::ALL.get(at % Dash::ALL.len()).copied().unwrap_or_default() };
    for piece in pieces(&all, |cell| cell.best.is_some()) {
        let mut points = Vec::with_capacity(piece.len() * 2);
        for cell in &piece {
            let Some([first, least, most, last]) = cell.best else { continue };
            if least == most {
                points
                    .extend([Point::new(cell.left, canvas.axes.y(first)), Point::new(cell.right, canvas.axes.y(last))]);
            } else {
                let x = f32::midpoint(cell.left, cell.right);
                points.extend([first, least, most, last].map(|best| Point::new(x, canvas.axes.y(best))));
            }
        }
        let length = piece.last().zip(piece.first()).map_or(0.0, |(last, first)| last.right - first.left);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand cells")]
        let narrow = length / piece.len() as f32 <= 2.0;
        let stroke = Stroke::of(role(canvas.chart, series), if narrow { 1.0 } else { 2.0 }).dashed(dash);
        canvas.put(stands, Shape::Line(Line { points, stroke }));
    }
}

fn band(canvas: &mut Canvas<'_>, at: usize, series: &Series, opacity: f32) {
    let stands = Stands::Series { panel: canvas.panel, series: at };
    let colour = role(canvas.chart, series);
    let all = cells(canvas, series);
    for piece in pieces(&all, |cell| cell.range.is_some_and(|(low, top)| top > low || cell.open)) {
        let (low, top) = (edge(canvas, &piece, |(low, _)| low), edge(canvas, &piece, |(_, top)| top));
        let points = top.iter().copied().chain(low.iter().rev().copied()).collect();
        canvas.put(stands, Shape::Polygon { points, fill: Some(Fill::faint(colour, opacity)), stroke: None });
        let wide = piece.iter().all(|cell| cell.right - cell.left >= EDGED);
        if wide {
            let stroke = Stroke::of(colour, 1.0);
            canvas.put(stands, Shape::Line(Line { points: low, stroke }));
            // Where the high is open, the band has no upper edge.
            for closed in pieces(&piece, |cell| !cell.open) {
                let points = edge(canvas, &closed, |(_, top)| top);
                canvas.put(stands, Shape::Line(Line { points, stroke }));
            }
        }
        open_cells(canvas, stands, &piece);
    }
}

/// An arrow over every open high; over the last one of a running total, which stays open once it is.
fn open_cells(canvas: &mut Canvas<'_>, stands: Stands, piece: &[Cell]) {
    let most = if canvas.chart.question.cumulative { 1 } else { piece.len() };
    for cell in piece.iter().rev().filter(|cell| cell.open).take(most) {
        open_above(canvas, stands, cell);
    }
}

fn edge(canvas: &Canvas<'_>, piece: &[Cell], of: impl Fn((u64, u64)) -> u64) -> Vec<Point> {
    let ends = |cell: &Cell| {
        let y = canvas.axes.y(of(cell.range?));
        Some([Point::new(cell.left, y), Point::new(cell.right, y)])
    };
    piece.iter().filter_map(ends).flatten().collect()
}

/// An open high over a step: an arrow where there is room, else a tick.
fn open_above(canvas: &mut Canvas<'_>, stands: Stands, cell: &Cell) {
    let Some((_, top)) = cell.range else { return };
    let (x, y) = (f32::midpoint(cell.left, cell.right), canvas.axes.y(top));
    let stroke = Stroke::of(Role::Text, 1.0);
    if cell.right - cell.left >= 2.0 * CAP {
        canvas.arrow(stands, x, y, CAP, stroke);
    } else {
        canvas.line(stands, upright(x, y - 5.0, y - 1.0), stroke);
    }
}

/// The selected part of every bin, as a surface under the line.
fn selected(canvas: &mut Canvas<'_>, series: &Series) {
    let colour = darker(role(canvas.chart, series));
    for (bin, left, right) in canvas.visible() {
        let Some(part) = canvas.selected(series, bin).map(|part| part.best.unwrap_or(part.low)) else { continue };
        let area = Area { left, top: canvas.axes.y(part), right: right.max(left + 1.0), bottom: canvas.base() };
        let stands = Stands::Bin { panel: canvas.panel, bin };
        canvas.put(stands, Shape::Rect { area, fill: Some(Fill::faint(colour, 0.6)), stroke: None });
    }
}

/// Groups on top of each other, as surfaces with a line of the page between them.
fn areas(canvas: &mut Canvas<'_>, parts: &[(usize, &Series)]) {
    let seen: Vec<(usize, f32, f32)> = canvas.visible().collect();
    let mut below = vec![0_u64; seen.len()];
    let axes = canvas.axes;
    for (at, series) in parts {
        let mut above = below.clone();
        for (sum, (bin, ..)) in above.iter_mut().zip(&seen) {
            let sums = series.points.get(*bin).filter(|sums| sums.known() == Known::Number);
            *sum = sum.saturating_add(sums.map_or(0, |sums| sums.best.unwrap_or(sums.low)));
        }
        let way = |heights: &[u64]| -> Vec<Point> {
            let ends = |(people, (_, left, right)): (&u64, &(usize, f32, f32))| {
                let y = axes.y(*people);
                [Point::new(*left, y), Point::new(*right, y)]
            };
            heights.iter().zip(&seen).flat_map(ends).collect()
        };
        if above != below {
            let points = way(&above).into_iter().chain(way(&below).into_iter().rev()).collect();
            let stands = Stands::Series { panel: canvas.panel, series: *at };
            let fill = Some(canvas.fill(role(canvas.chart, series)));
            canvas.put(stands, Shape::Polygon { points, fill, stroke: None });
            let line = Line { points: way(&above), stroke: Stroke::of(Role::Page, 1.0) };
            canvas.put(Stands::Nothing, Shape::Line(line));
        }
        below = above;
    }
}

/// The range of the whole around a stack: two thin lines.
fn outline(canvas: &mut Canvas<'_>, whole: &Series) {
    let all = cells(canvas, whole);
    let stroke = Stroke::of(Role::Text, 1.0).dashed(Dash::Short);
    let stands = Stands::Nothing;
    for piece in pieces(&all, |cell| cell.range.is_some_and(|(low, top)| top > low || cell.open)) {
        let low = edge(canvas, &piece, |(low, _)| low);
        canvas.put(stands, Shape::Line(Line { points: low, stroke }));
        for closed in pieces(&piece, |cell| !cell.open) {
            let top = edge(canvas, &closed, |(_, top)| top);
            canvas.put(stands, Shape::Line(Line { points: top, stroke }));
        }
        open_cells(canvas, stands, &piece);
    }
}
