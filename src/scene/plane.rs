//! A plane of days and numbers with its axes: where what became known over time is drawn.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::ticks::{self, day_number, number};
use super::{Anchor, Area, Dash, Line, Point, Role, Ruler, Scene, Shape, Stands, Stroke, Text, Weight};
use crate::derive::calendar::Unit;
use crate::derive::reports::Known;
use crate::model::Almanac;

/// Size of the labels of axes.
pub const SMALL: f32 = 11.0;
/// Height of the row of days under the plane.
pub const DAYS: f32 = 18.0;

/// Where days and numbers stand.
#[derive(Debug, Clone)]
pub struct Plane {
    /// What is drawn in.
    pub area: Area,
    /// Days that are drawn one after the other. Between two of them a silence is left out.
    pieces: Vec<Piece>,
    step: f64,
    top: f64,
}

/// Days without a break.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    first: Date,
    last: Date,
    /// From which to which share of the width.
    from: f64,
    to: f64,
}

/// What there is to show: on which days, and up to which number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// The days in order, each once; there is at least one.
    days: Vec<Date>,
    /// The largest number.
    most: u64,
}

impl Extent {
    /// Of these days and numbers. `None` without a day.
    pub fn of(mut days: Vec<Date>, numbers: impl Iterator<Item = u64>) -> Option<Self> {
        days.sort_unstable();
        days.dedup();
        (!days.is_empty()).then(|| Self { days, most: numbers.max().unwrap_or(0) })
    }

    /// First and last days of the stretches that are drawn. A silence that is longer than all the rest would press what
    /// there is to see into a corner, and is left out.
    fn stretches(&self) -> Vec<(Date, Date)> {
        /// Silences that are left out, at most.
        const MOST: usize = 3;
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else { return Vec::new() };
        let length = |from: Date, to: Date| day_number(to) - day_number(from);
        let silence = |pair: &[Date]| Some((length(*pair.first()?, *pair.last()?), *pair.first()?, *pair.last()?));
        let mut silences: Vec<(i64, Date, Date)> = self.days.windows(2).filter_map(silence).collect();
        silences.sort_by_key(|silence| std::cmp::Reverse(silence.0));
        let mut rest = length(*first, *last);
        let mut cuts: Vec<(Date, Date)> = Vec::new();
        for (days, from, to) in silences.into_iter().take(MOST) {
            let few = self.days.len() < 4 && days < 730;
            if few || days < 20 || days * 10 < rest * 6 {
                break;
            }
            rest -= days;
            cuts.push((from, to));
        }
        cuts.sort_unstable();
        let starts = std::iter::once(*first).chain(cuts.iter().map(|cut| cut.1));
        starts.zip(cuts.iter().map(|cut| cut.0).chain([*last])).collect()
    }

    fn pieces(&self) -> Vec<Piece> {
        /// The share of the width that stands for a silence.
        const SILENCE: f64 = 0.06;
        let padded = |(first, last): (Date, Date)| {
            let room = ((day_number(last) - day_number(first)) / 25).max(1);
            (plus(first, -room), plus(last, room))
        };
        let stretches: Vec<(Date, Date)> = self.stretches().into_iter().map(padded).collect();
        let days = |(first, last): &(Date, Date)| number(day_number(*last) - day_number(*first) + 1);
        let all: f64 = stretches.iter().map(days).sum();
        // A single late report needs room for its day.
        let weights: Vec<f64> = stretches.iter().map(|stretch| days(stretch).max(all * 0.14)).collect();
        let room = 1.0 - stretches.iter().skip(1).map(|_| SILENCE).sum::<f64>();
        let a_weight = room / weights.iter().sum::<f64>().max(1.0);
        let mut from = 0.0;
        let piece = |((first, last), weight): ((Date, Date), f64)| {
            let to = from + weight * a_weight;
            let piece = Piece { first, last, from, to };
            from = to + SILENCE;
            piece
        };
        stretches.into_iter().zip(weights).map(piece).collect()
    }
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(SignedDuration::from_hours(24 * days))
}

impl Plane {
    /// A plane for this much within an area, of which the axes take what they need at the left and below.
    pub fn new(extent: &Extent, within: Area, ruler: &dyn Ruler) -> Self {
        let rows = ((within.height() - DAYS) / 44.0).clamp(2.0, 5.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "two to five")]
        let step = ticks::step(height(extent.most).max(1.0), rows as usize);
        // Something stands above the largest number: the head of an arrow, half a dot.
        let top = (height(extent.most) * 1.08 / step).ceil().max(1.0) * step;
        let mut plane = Self { area: within, pieces: extent.pieces(), step, top };
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
        let mut share = 0.0;
        for piece in &self.pieces {
            let (first, last) = piece.days();
            if day < first {
                break;
            }
            share = piece.from + (piece.to - piece.from) * ((day - first) / (last - first)).min(1.0);
        }
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
        for tick in self.pieces.iter().flat_map(|piece| self.days(piece, ruler)) {
            let x = self.at(tick.at);
            let mark = [Point::new(x, bottom), Point::new(x, bottom + 3.0)];
            line(scene, Stands::Axis, &mark, Stroke::of(Role::Muted, 1.0));
            let text = Text::new(Point::new(x, bottom + 14.0), tick.label, SMALL, Role::Muted);
            scene.put(Stands::Axis, Shape::Text(text.anchored(Anchor::Middle)));
        }
        for area in self.silences() {
            scene.put(Stands::Axis, Shape::Hatch { area, gap: 7.0, stroke: Stroke::of(Role::Grid, 1.0) });
        }
    }

    /// Whether days without a report were left out.
    pub fn is_broken(&self) -> bool {
        self.pieces.len() > 1
    }

    fn silences(&self) -> impl Iterator<Item = Area> + '_ {
        let pairs = self.pieces.iter().zip(self.pieces.iter().skip(1));
        pairs.map(|(before, after)| {
            #[expect(clippy::cast_possible_truncation, reason = "shares of a width")]
            let x = |share: f64| self.area.left + self.area.width() * share as f32;
            Area { left: x(before.to) + 1.0, right: x(after.from) - 1.0, ..self.area }
        })
    }

    fn days(&self, piece: &Piece, ruler: &dyn Ruler) -> Vec<ticks::Tick> {
        let (from, to) = piece.days();
        let unit = match to - from {
            ..=90.0 => Unit::Day,
            ..=730.0 => Unit::ISO_WEEK,
            ..=7_300.0 => Unit::Month,
            _ => Unit::Year,
        };
        let mut bins = vec![unit.bin_of(piece.first)];
        while let Some(next) = bins.last().and_then(|bin| bin.next()).filter(|bin| bin.first <= piece.last) {
            bins.push(next);
        }
        let a_day = f64::from(self.area.width()) * (piece.to - piece.from) / (to - from).max(1.0);
        let width = |text: &str| ruler.width(text, SMALL, Weight::Regular);
        if self.is_broken() && to - from <= 3.0 {
            // A piece around one day is named by it, in as few letters as there is room for.
            let day = plus(piece.first, 1);
            let month = Unit::Month.bin_of(day).short();
            let label = format!("{} {month}", day.day());
            let room = a_day * (to - from);
            let label = if f64::from(width(&label)) <= room + 16.0 { label } else { month };
            return vec![ticks::Tick { at: number(day_number(day)) + 0.5, label }];
        }
        let over = if piece.from > 0.0 { 4.0 } else { f64::from(self.area.left - 2.0).max(0.0) };
        ticks::inside(ticks::ticks(&bins, a_day, Almanac::default(), &width), (from, to), a_day, [over, 8.0], &width)
    }
}

impl Piece {
    /// From where to where it reaches, as numbers of days.
    fn days(&self) -> (f64, f64) {
        (number(day_number(self.first)), number(day_number(self.last) + 1))
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
    /// Whether a silence was left out of the days: it is hatched.
    pub broken: bool,
}

/// What is said of days that were left out.
pub const BROKEN: &str = "hatched: a long silence that is left out";

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
        let extent = Extent::of(vec![first, last], [most].into_iter()).expect("two days");
        let plane = Plane::new(&extent, within, &EvenRuler);
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
        assert_eq!(labels(date(1974, 1, 1), date(2024, 1, 1), 59), "0 | 20 | 40 | 60 | 80 | 1 Jan 1974 | 1 Jan 2024");
        let huge = labels(date(2022, 9, 1), date(2022, 9, 30), 999_999_999);
        assert!(huge.starts_with("0 | 500M | 1bn"), "{huge}");
    }

    #[test]
    fn a_silence_longer_than_all_the_rest_is_left_out_and_a_shorter_one_is_not() {
        let days = |list: &[(i16, i8, i8)]| list.iter().map(|(y, m, d)| date(*y, *m, *d)).collect::<Vec<_>>();
        let stretches = |list: &[(i16, i8, i8)]| Extent::of(days(list), std::iter::empty()).expect("days").stretches();
        let week = [(2022, 9, 16), (2022, 9, 18), (2022, 9, 24), (2022, 10, 3)];
        assert_eq!(stretches(&week).len(), 1);
        let late = [&week[..], &[(2023, 5, 2)]].concat();
        let wanted = [(date(2022, 9, 16), date(2022, 10, 3)), (date(2023, 5, 2), date(2023, 5, 2))];
        assert_eq!(stretches(&late), wanted);
        let extent = Extent::of(days(&late), [59].into_iter()).expect("days");
        let within = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 200.0 };
        let plane = Plane::new(&extent, within, &EvenRuler);
        assert!(plane.is_broken());
        let (first, last) = (plane.x(date(2022, 9, 16)), plane.x(date(2022, 10, 3)));
        assert!(last - first > 0.6 * plane.area.width(), "most of the width is for the days of reports");
        let places: Vec<f32> = days(&late).into_iter().map(|day| plane.x(day)).collect();
        assert!(places.is_sorted_by(|a, b| a < b));
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
