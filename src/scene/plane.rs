//! A plane of days and numbers with its axes: where what became known over time is drawn.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::ticks::{self, day_number, number};
use super::{Anchor, Area, Dash, Line, Point, Role, Ruler, Scene, Shape, Stands, Stroke, Text, Weight};
use crate::derive::calendar::Unit;
use crate::derive::reports::Known;

/// Size of the labels of axes.
pub const SMALL: f32 = 11.0;
/// Height of the row of days under the plane.
pub const DAYS: f32 = 18.0;

/// Where days and numbers stand.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    /// What is drawn in.
    pub area: Area,
    first: Date,
    last: Date,
    step: f64,
    top: f64,
}

/// What there is to show: from and to which day, and up to which number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// The largest number.
    pub most: u64,
}

impl Extent {
    /// Of these days and numbers. `None` without a day.
    pub fn of(days: impl Iterator<Item = Date> + Clone, numbers: impl Iterator<Item = u64>) -> Option<Self> {
        Some(Self { first: days.clone().min()?, last: days.max()?, most: numbers.max().unwrap_or(0) })
    }
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(SignedDuration::from_hours(24 * days))
}

impl Plane {
    /// A plane for this much, with some room at both ends of the days. `wide` says how wide it will be drawn; what is
    /// left of it and under it is kept for the axes.
    pub fn new(extent: &Extent, within: Area, ruler: &dyn Ruler) -> Self {
        let days = day_number(extent.last) - day_number(extent.first);
        let room = (days / 25).max(1);
        let rows = ((within.height() - DAYS) / 44.0).clamp(2.0, 5.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "two to five")]
        let step = ticks::step(height(extent.most).max(1.0), rows as usize);
        // Something stands above the largest number: the head of an arrow, half a dot.
        let top = (height(extent.most) * 1.08 / step).ceil().max(1.0) * step;
        let mut plane =
            Self { area: within, first: plus(extent.first, -room), last: plus(extent.last, room), step, top };
        let widest = plane.heights().map(|(_, label)| ruler.width(&label, SMALL, Weight::Regular));
        plane.area.left += widest.fold(0.0, f32::max) + 8.0;
        plane.area.bottom -= DAYS;
        plane.area.top += 6.0;
        plane
    }

    /// The middle of a day.
    pub fn x(&self, day: Date) -> f32 {
        self.at(number(day_number(day)) + 0.5)
    }

    #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
    fn at(&self, day: f64) -> f32 {
        let (from, to) = (number(day_number(self.first)), number(day_number(self.last) + 1));
        let share = ((day - from) / (to - from).max(1.0)).clamp(0.0, 1.0);
        self.area.left + self.area.width() * share as f32
    }

    /// The height of a number.
    pub fn y(&self, n: u64) -> f32 {
        self.height(height(n))
    }

    #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
    fn height(&self, n: f64) -> f32 {
        self.area.bottom - self.area.height() * (n / self.top).clamp(0.0, 1.0) as f32
    }

    /// The numbers at the side, with their labels.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole numbers of people")]
    fn heights(&self) -> impl Iterator<Item = (f64, String)> + use<> {
        let (step, top) = (self.step, self.top);
        let count = (top / step).round() as u32;
        (0..=count).map(move |n| (f64::from(n) * step, ticks::compact((f64::from(n) * step) as u64)))
    }

    /// Draws grid, numbers and days. `grid_to` is where the lines of the grid end at the right.
    pub fn axes(&self, scene: &mut Scene, grid_to: f32, ruler: &dyn Ruler) {
        let Area { left, bottom, .. } = self.area;
        for (n, label) in self.heights() {
            let y = self.height(n).round();
            let role = if n == 0.0 { Role::Muted } else { Role::Grid };
            line(scene, Stands::Axis, &[Point::new(left, y), Point::new(grid_to, y)], Stroke::of(role, 1.0));
            let text = Text::new(Point::new(left - 6.0, y + 4.0), label, SMALL, Role::Muted);
            scene.put(Stands::Axis, Shape::Text(text.anchored(Anchor::Right)));
        }
        for tick in self.days(ruler) {
            let x = self.at(tick.at);
            line(
                scene,
                Stands::Axis,
                &[Point::new(x, bottom), Point::new(x, bottom + 3.0)],
                Stroke::of(Role::Muted, 1.0),
            );
            let text = Text::new(Point::new(x, bottom + 14.0), tick.label, SMALL, Role::Muted);
            scene.put(Stands::Axis, Shape::Text(text.anchored(Anchor::Middle)));
        }
    }

    fn days(&self, ruler: &dyn Ruler) -> Vec<ticks::Tick> {
        let (from, to) = (day_number(self.first), day_number(self.last) + 1);
        let unit = match to - from {
            ..=90 => Unit::Day,
            91..=730 => Unit::Week,
            731..=7_300 => Unit::Month,
            _ => Unit::Year,
        };
        let mut bins = vec![unit.bin_of(self.first)];
        while let Some(next) = bins.last().and_then(|bin| bin.next()).filter(|bin| bin.first <= self.last) {
            bins.push(next);
        }
        let a_day = f64::from(self.area.width()) / number(to - from).max(1.0);
        let width = |text: &str| ruler.width(text, SMALL, Weight::Regular);
        let found = ticks::ticks(&bins, a_day, &width);
        let over = f64::from(self.area.left - 2.0).max(0.0);
        ticks::inside(found, (number(from), number(to)), a_day, [over, 8.0], &width)
    }
}

/// A count as a height.
#[expect(clippy::cast_precision_loss, reason = "a picture needs no more")]
fn height(n: u64) -> f64 {
    n as f64
}

/// A picture with what is needed to point at it.
#[derive(Debug, Clone)]
pub struct Laid {
    /// The picture.
    pub scene: Scene,
    /// The plane of days and numbers in it.
    pub plane: Area,
    /// From where each moment holds, from left to right.
    pub moments: Vec<(f32, Known)>,
}

impl Laid {
    /// The moment under a place: the last one that began at the left of it.
    pub fn moment_at(&self, x: f32) -> Option<usize> {
        self.moments.partition_point(|(from, _)| *from <= x).checked_sub(1)
    }
}

/// Puts a line of straight pieces.
pub fn line(scene: &mut Scene, stands: Stands, points: &[Point], stroke: Stroke) {
    if points.len() > 1 {
        scene.put(stands, Shape::Line(Line { points: points.to_vec(), stroke }));
    }
}

/// A number that holds from one place to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stair {
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// How high it is.
    pub y: f32,
    /// Whether it is drawn dotted.
    pub dotted: bool,
}

/// Puts numbers that hold until the next one as a line of steps; where one does not begin where the one before ends, the
/// line is broken.
pub fn stairs(scene: &mut Scene, stands: Stands, steps: &[Stair], stroke: Stroke) {
    let joined = |a: &Stair, b: &Stair| (a.to - b.from).abs() < 0.01 && a.dotted == b.dotted;
    let mut before: Option<Stair> = None;
    for run in steps.chunk_by(joined) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let mut points = Vec::with_capacity(run.len() * 2 + 1);
        // A dotted piece and a whole one meet on the upright between them.
        if let Some(before) = before.filter(|before| (before.to - first.from).abs() < 0.01) {
            points.push(Point::new(first.from, before.y));
        }
        for step in run {
            points.extend([Point::new(step.from, step.y), Point::new(step.to, step.y)]);
        }
        let stroke = if first.dotted { stroke.dashed(Dash::Dots) } else { stroke };
        line(scene, stands, &points, stroke);
        before = Some(*last);
    }
}

/// A label at the end of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    /// What it stands for.
    pub stands: Stands,
    /// The words.
    pub text: String,
    /// The height at which it would stand best.
    pub y: f32,
    /// Its colour.
    pub role: Role,
    /// How strong.
    pub weight: Weight,
}

/// Puts labels under each other near their heights, so that none covers another, within an area.
pub fn end_labels(scene: &mut Scene, mut labels: Vec<EndLabel>, area: Area, ruler: &dyn Ruler) {
    const APART: f32 = 14.0;
    labels.sort_by(|a, b| a.y.total_cmp(&b.y));
    let count = labels.len();
    let mut places: Vec<f32> = Vec::with_capacity(count);
    for label in &labels {
        let least = places.last().map_or(area.top + 6.0, |above| above + APART);
        places.push(label.y.max(least));
    }
    // What was pushed below the area pushes the ones above it back up.
    let mut most = area.bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - APART;
    }
    for (label, y) in labels.into_iter().zip(places) {
        let text = ruler.fitted(&label.text, SMALL, label.weight, area.width());
        let text = Text::new(Point::new(area.left, y + 4.0), text, SMALL, label.role).weighing(label.weight);
        scene.put(label.stands, Shape::Text(text));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::EvenRuler;
    use super::*;

    fn plane(first: Date, last: Date, most: u64) -> (Plane, String) {
        let within = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 200.0 };
        let plane = Plane::new(&Extent { first, last, most }, within, &EvenRuler);
        let mut scene = Scene::sized(400.0, 200.0);
        plane.axes(&mut scene, 400.0, &EvenRuler);
        let texts = scene.items.iter().filter_map(|item| match &item.shape {
            Shape::Text(text) => Some(text.text.clone()),
            _ => None,
        });
        (plane, texts.collect::<Vec<_>>().join(" | "))
    }

    #[test]
    fn axes_are_round_at_any_size() {
        let labels = |first, last, most| plane(first, last, most).1;
        assert_eq!(labels(date(2022, 9, 14), date(2022, 9, 14), 0), "0 | 1 | 13 Sep 2022 | 14 Sep | 15 Sep");
        assert_eq!(
            labels(date(1974, 1, 1), date(2024, 1, 1), 59),
            "0 | 20 | 40 | 60 | 80 | 1980 | 1990 | 2000 | 2010 | 2020"
        );
        let huge = labels(date(2022, 9, 1), date(2022, 9, 30), 999_999_999);
        assert!(huge.starts_with("0 | 500M | 1bn"), "{huge}");
    }

    #[test]
    fn days_and_numbers_stay_in_the_plane() {
        let (plane, _) = plane(date(2022, 9, 14), date(2022, 9, 20), 59);
        for day in [date(2022, 9, 14), date(2022, 9, 20)] {
            assert!(plane.x(day) > plane.area.left && plane.x(day) < plane.area.right);
        }
        assert!(plane.y(59) > plane.area.top && plane.y(0) <= plane.area.bottom);
        assert!(plane.x(date(1900, 1, 1)) >= plane.area.left && plane.y(u64::MAX) >= plane.area.top);
    }

    #[test]
    fn labels_do_not_cover_each_other_and_stay_in_their_area() {
        let area = Area { left: 0.0, top: 0.0, right: 100.0, bottom: 90.0 };
        let label = |y: f32| EndLabel {
            stands: Stands::Nothing,
            text: "Ministry".into(),
            y,
            role: Role::Text,
            weight: Weight::Regular,
        };
        let mut scene = Scene::sized(100.0, 90.0);
        end_labels(&mut scene, [85.0, 84.0, 86.0, 2.0].map(label).to_vec(), area, &EvenRuler);
        let places: Vec<f32> = scene
            .items
            .iter()
            .filter_map(|item| match &item.shape {
                Shape::Text(text) => Some(text.at.y - 4.0),
                _ => None,
            })
            .collect();
        assert_eq!(places, [6.0, 62.0, 76.0, 90.0]);
    }

    #[test]
    fn a_line_is_broken_where_nothing_held_and_dotted_where_it_was_interim() {
        let stair = |from: f32, to: f32, y: f32, dotted: bool| Stair { from, to, y, dotted };
        let steps = [stair(0.0, 10.0, 5.0, true), stair(10.0, 20.0, 3.0, false), stair(30.0, 40.0, 1.0, false)];
        let mut scene = Scene::sized(50.0, 10.0);
        stairs(&mut scene, Stands::Nothing, &steps, Stroke::of(Role::Text, 2.0));
        let lines: Vec<(usize, Dash)> = scene
            .items
            .iter()
            .filter_map(|item| match &item.shape {
                Shape::Line(line) => Some((line.points.len(), line.stroke.dash)),
                _ => None,
            })
            .collect();
        assert_eq!(lines, [(2, Dash::Dots), (3, Dash::Whole), (2, Dash::Whole)]);
    }
}
