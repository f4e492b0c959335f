//! Dated lines: milestones, and days from which figures were published by another rule. Their labels stand beside them in
//! rows and never touch; where there is no room, a number in a circle stands for the label, which is told below.

use super::canvas::{SMALL, upright};
use super::scale::Axes;
use crate::derive::series::Chart;
use crate::scene::months;
use crate::scene::ticks::{day_number, number};
use crate::scene::{
    Anchor, Area, Dash, Fill, Item, Line, Marker, MarkerKind, Point, Role, Ruler, Shape, Stands, Stroke, Text, Weight,
};

/// Height of a row of labels.
pub const ROW: f32 = 14.0;
/// At most so many rows of labels, and of numbers in circles.
const ROWS: usize = 2;
const ROWS_OF_CIRCLES: usize = 5;
/// Widest label.
const WIDEST: f32 = 190.0;
/// Between labels, and between a line and its label.
const GAP: f32 = 4.0;
/// Half the width of a circle with a number.
const CIRCLE: f32 = 6.5;

/// A dated line within what is seen.
#[derive(Debug, Clone, PartialEq)]
struct Dated {
    /// Its place among all dated lines of the chart.
    at: usize,
    x: f32,
    label: String,
    dash: Dash,
    place: Place,
}

/// Where the label stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// In a row, from here on.
    Row(usize, f32),
    /// Below the chart, under this number, which stands in a row.
    Numbered(usize, usize),
}

/// The dated lines of one row of panels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines {
    lines: Vec<Dated>,
    /// How many rows of labels there are.
    pub rows: usize,
    /// What the numbers stand for, in sentences.
    pub told: Vec<String>,
}

/// Decides where labels stand. `named` is whether there is room for words at all.
pub fn arrange(chart: &Chart, axes: &Axes, ruler: &dyn Ruler, named: bool) -> Lines {
    let milestones = chart.milestones.iter().map(|line| (line.when, line.label.to_string(), Dash::Short));
    let changes = chart.changes.iter().map(|change| (change.day, change.label.clone(), Dash::Dots));
    let mut all: Vec<_> = milestones.chain(changes).enumerate().collect();
    all.sort_by_key(|(_, (day, ..))| *day);
    let seen = |day| {
        let day = number(day_number(day));
        day >= axes.from && day <= axes.to
    };
    let mut ends = vec![f32::NEG_INFINITY; ROWS_OF_CIRCLES];
    let mut made = Lines::default();
    for (at, (day, label, dash)) in all.into_iter().filter(|(_, (day, ..))| seen(*day)) {
        let x = axes.x(number(day_number(day)));
        let shown = ruler.fitted(&label, SMALL, Weight::Regular, WIDEST.min(axes.plot.width() * 0.45));
        let width = ruler.width(&shown, SMALL, Weight::Regular);
        let rows = ends.get_mut(..ROWS).filter(|_| named);
        let row = rows.map(|ends| row_for(ends, x, width, axes.plot.right));
        let place = match row.flatten() {
            Some((row, left)) => {
                made.rows = made.rows.max(row + 1);
                Place::Row(row, left)
            }
            None => {
                made.told.push(format!(
                    "{} {}: {label}.",
                    made.told.len() + 1,
                    months::whole_day(chart.almanac.months, day)
                ));
                let row = row_of_circle(&mut ends, x);
                made.rows = made.rows.max(row + 1);
                Place::Numbered(made.told.len(), row)
            }
        };
        made.lines.push(Dated { at, x, label: shown, dash, place });
    }
    made
}

/// The first row in which a label has room right of its line, or left of it where it would reach over the right end.
fn row_for(ends: &mut [f32], x: f32, width: f32, right: f32) -> Option<(usize, f32)> {
    let after = x + GAP;
    let left = if after + width <= right { after } else { x - GAP - width };
    let row = ends.iter().position(|end| end + GAP <= left)?;
    if let Some(end) = ends.get_mut(row) {
        *end = left + width;
    }
    Some((row, left))
}

/// The first row in which a circle on a line has room; the last one where none has.
fn row_of_circle(ends: &mut [f32], x: f32) -> usize {
    let free = ends.iter().position(|end| end + 1.0 <= x - CIRCLE);
    let row = free.unwrap_or(ends.len().saturating_sub(1));
    if let Some(end) = ends.get_mut(row) {
        *end = x + CIRCLE;
    }
    row
}

impl Lines {
    /// The lines, to be drawn behind the marks.
    pub fn lines(&self, plot: &Area) -> Vec<Item> {
        let line = |dated: &Dated| {
            let x = dated.x.round() + 0.5;
            let stroke = Stroke::of(Role::Muted, 1.0).dashed(dated.dash);
            let points = upright(x, plot.top, plot.bottom).to_vec();
            Item::new(Stands::Milestone(dated.at), Shape::Line(Line { points, stroke }))
        };
        self.lines.iter().map(line).collect()
    }

    /// The labels, to be drawn over the marks: each on a ground of its own, so that no line runs through the words.
    pub fn labels(&self, plot: &Area, ruler: &dyn Ruler) -> Vec<Item> {
        self.lines.iter().flat_map(|dated| dated.label(plot, ruler)).collect()
    }
}

impl Dated {
    fn label(&self, plot: &Area, ruler: &dyn Ruler) -> Vec<Item> {
        let stands = Stands::Milestone(self.at);
        match self.place {
            Place::Row(row, left) => {
                #[expect(clippy::cast_precision_loss, reason = "two rows")]
                let top = plot.top + 1.0 + row as f32 * ROW;
                let width = ruler.width(&self.label, SMALL, Weight::Regular);
                let text = Text::new(Point::new(left, top + 10.5), self.label.clone(), SMALL, Role::Muted);
                vec![ground(left, top, width), Item::new(stands, Shape::Text(text))]
            }
            Place::Numbered(n, row) => {
                #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
                let down = row as f32 * ROW + CIRCLE + 1.0;
                let at = Point::new(self.x.round() + 0.5, plot.top + down);
                let (kind, fill) = (MarkerKind::Circle, Some(Fill::of(Role::Page)));
                let stroke = Some(Stroke::of(Role::Muted, 1.0));
                let circle = Marker { at, kind, radius: CIRCLE, fill, stroke };
                let number = Text::new(Point::new(at.x, at.y + 3.2), n.to_string(), 9.0, Role::Muted);
                let number = number.anchored(Anchor::Middle).weighing(Weight::Medium);
                vec![Item::new(stands, Shape::Marker(circle)), Item::new(stands, Shape::Text(number))]
            }
        }
    }
}

/// A piece of the page behind a text of the smallest size.
pub fn ground(left: f32, top: f32, width: f32) -> Item {
    let area = Area { left: left - 2.0, top, right: left + width + 2.0, bottom: top + ROW - 0.5 };
    Item::new(Stands::Nothing, Shape::Rect { area, fill: Some(Fill::of(Role::Page)), stroke: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_touch_and_turn_round_at_the_right_end() {
        let lines = [(0.0, 50.0), (20.0, 50.0), (60.0, 50.0), (65.0, 50.0), (180.0, 50.0)];
        let mut ends = vec![f32::NEG_INFINITY; 2];
        let places: Vec<_> = lines.iter().map(|(x, width)| row_for(&mut ends, *x, *width, 200.0)).collect();
        assert_eq!(places, [Some((0, 4.0)), Some((1, 24.0)), Some((0, 64.0)), None, Some((0, 126.0))]);
    }

    #[test]
    fn circles_beside_each_other_take_rows_of_their_own() {
        let mut ends = vec![f32::NEG_INFINITY; 3];
        let rows: Vec<usize> = [10.0, 14.0, 25.0, 40.0].iter().map(|x| row_of_circle(&mut ends, *x)).collect();
        assert_eq!(rows, [0, 1, 0, 0]);
    }
}
