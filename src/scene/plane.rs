//! A plane of days and numbers with its axes: where what became known over time is drawn.

mod days;

use jiff::civil::Date;

use self::days::Visible;
use super::months;
use super::ticks::{self, day_number, number};
use super::{Anchor, Area, Dash, Line, Point, Role, Ruler, Scene, Shape, Stands, Stroke, Text, Weight};
use crate::derive::calendar::Unit;
use crate::derive::reports::Known;
use crate::model::Almanac;

pub use self::days::Days;

/// Size of the labels of axes.
pub const SMALL: f32 = 11.0;
/// Height of the row of days under the plane.
pub const DAYS: f32 = 18.0;

/// Where days and numbers stand.
#[derive(Debug, Clone)]
pub struct Plane {
    /// What is drawn in.
    pub area: Area,
    /// The line of days, and what of it is seen.
    pub days: Days,
    step: f64,
    top: f64,
}

impl Plane {
    /// A plane for these days and for numbers up to `most` within an area, of which the axes take what they need at the
    /// left and below.
    pub fn new(days: Days, most: u64, within: Area, ruler: &dyn Ruler) -> Self {
        let rows = ((within.height() - DAYS) / 44.0).clamp(2.0, 5.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "two to five")]
        let step = ticks::step(height(most).max(1.0), rows as usize);
        // Something stands above the largest number: the head of an arrow, half a dot.
        let top = (height(most) * 1.08 / step).ceil().max(1.0) * step;
        let mut plane = Self { area: within, days, step, top };
        let widest = plane.heights().map(|(_, label)| ruler.width(&label, SMALL, Weight::Regular));
        plane.area.left += widest.fold(0.0, f32::max) + 8.0;
        plane.area.bottom -= DAYS;
        plane.area.top += 6.0;
        plane
    }

    /// The middle of a day; of one that is not seen, the nearer side.
    pub fn x(&self, day: Date) -> f32 {
        self.at(number(day_number(day)) + 0.5)
    }

    fn at(&self, day: f64) -> f32 {
        self.of_share(self.days.share(self.days.place(day)).clamp(0.0, 1.0))
    }

    #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
    fn of_share(&self, share: f64) -> f32 {
        self.area.left + self.area.width() * share as f32
    }

    /// The place on the line of days at so many points from the left.
    pub fn place_at(&self, x: f32) -> f64 {
        let (from, to) = self.days.seen();
        from + (to - from) * f64::from(x - self.area.left) / f64::from(self.area.width().max(1.0))
    }

    /// Points to a day of the line.
    pub fn a_day(&self) -> f64 {
        let (from, to) = self.days.seen();
        f64::from(self.area.width().max(1.0)) / (to - from)
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
        for tick in self.days.visible().flat_map(|piece| self.ticks(&piece, ruler)) {
            let x = self.at(tick.at);
            let mark = [Point::new(x, bottom), Point::new(x, bottom + 3.0)];
            line(scene, Stands::Axis, &mark, Stroke::of(Role::Muted, 1.0));
            let text = Text::new(Point::new(x, bottom + 14.0), tick.label, SMALL, Role::Muted);
            scene.put(Stands::Axis, Shape::Text(text.anchored(Anchor::Middle)));
        }
        for (from, to) in self.days.silences() {
            let area = Area { left: self.of_share(from) + 1.0, right: self.of_share(to) - 1.0, ..self.area };
            scene.put(Stands::Axis, Shape::Hatch { area, gap: 7.0, stroke: Stroke::of(Role::Grid, 1.0) });
        }
    }

    /// The labels under the days that are seen of a piece.
    fn ticks(&self, piece: &Visible, ruler: &dyn Ruler) -> Vec<ticks::Tick> {
        let (from, to) = piece.days;
        let unit = match to - from {
            ..=90.0 => Unit::Day,
            ..=730.0 => Unit::ISO_WEEK,
            ..=7_300.0 => Unit::Month,
            _ => Unit::Year,
        };
        let (first, last) = (days::date_of(from), days::date_of(to.ceil() - 1.0));
        let mut bins = vec![unit.bin_of(first)];
        while let Some(next) = bins.last().and_then(|bin| bin.next()).filter(|bin| bin.first <= last) {
            bins.push(next);
        }
        let shares = piece.shares.1 - piece.shares.0;
        let a_day = f64::from(self.area.width()) * shares / (to - from).max(1e-9);
        let width = |text: &str| ruler.width(text, SMALL, Weight::Regular);
        let (begin, end) = piece.whole;
        if self.days.is_broken() && day_number(end) - day_number(begin) <= 2 {
            // A piece around one day is named by it, in as few letters as there is room for.
            let day = begin.tomorrow().unwrap_or(begin);
            let months = self.days.almanac().months;
            let label = months::whole_day(months, day);
            let room = a_day * (to - from);
            let fits = f64::from(width(&label)) <= room + 16.0;
            let label = if fits { label } else { months::bin(months, &Unit::Month.bin_of(day)) };
            let at = number(day_number(day)) + 0.5;
            return if from <= at && at <= to { vec![ticks::Tick { at, label }] } else { Vec::new() };
        }
        let over = if piece.shares.0 > 0.0 { 4.0 } else { f64::from(self.area.left - 2.0).max(0.0) };
        ticks::inside(ticks::ticks(&bins, a_day, self.days.almanac(), &width), (from, to), a_day, [over, 8.0], &width)
    }
}

/// A count as a height.
#[expect(clippy::cast_precision_loss, reason = "a picture needs no more")]
fn height(n: u64) -> f64 {
    n as f64
}

/// How much room a picture has, and which part of the line of days it shows.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Room {
    /// Points from side to side.
    pub width: f32,
    /// Points from the top to the bottom.
    pub height: f32,
    /// From which to which place of the line of days; `None` is all of it.
    pub seen: Option<(f64, f64)>,
    /// How months are named.
    pub almanac: Almanac,
}

impl Room {
    /// So much room for all days.
    pub fn all(width: f32, height: f32, almanac: Almanac) -> Self {
        Self { width, height, seen: None, almanac }
    }
}

/// A picture with what is needed to point at it.
#[derive(Debug, Clone)]
pub struct Laid {
    /// The picture.
    pub scene: Scene,
    /// The plane of days and numbers in it; none where nothing has a day.
    pub plane: Option<Plane>,
    /// From where each moment holds, from left to right.
    pub moments: Vec<(f32, Known)>,
    /// The names of lines for which there was no room at their ends.
    pub unnamed: Vec<EndLabel>,
}

/// What is said of days that were left out.
pub const BROKEN: &str = "hatched: a long silence that is left out";

impl Laid {
    /// Whether a silence was left out of the days: it is hatched.
    pub fn is_broken(&self) -> bool {
        self.plane.as_ref().is_some_and(|plane| plane.days.is_broken())
    }

    /// Whether a place lies in the plane.
    pub fn is_in_plane(&self, at: Point) -> bool {
        self.plane.as_ref().is_some_and(|plane| plane.area.contains(at))
    }

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
    /// How it is drawn.
    pub dash: Dash,
}

/// How a number is drawn that is interim, and one that may only raise the high figure beside others.
pub fn dash(interim: bool, high_only: bool) -> Dash {
    match (interim, high_only) {
        (false, false) => Dash::Whole,
        (true, false) => Dash::Dots,
        (false, true) => Dash::Short,
        (true, true) => Dash::Mixed,
    }
}

/// Puts numbers that hold until the next one as a line of steps; where one does not begin where the one before ends, the
/// line is broken.
pub fn stairs(scene: &mut Scene, stands: Stands, steps: &[Stair], stroke: Stroke) {
    let joined = |a: &Stair, b: &Stair| (a.to - b.from).abs() < 0.01 && a.dash == b.dash;
    let mut before: Option<Stair> = None;
    for run in steps.chunk_by(joined) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let mut points = Vec::with_capacity(run.len() * 2 + 1);
        // Pieces that are drawn otherwise meet on the upright between them.
        if let Some(before) = before.filter(|before| (before.to - first.from).abs() < 0.01) {
            points.push(Point::new(first.from, before.y));
        }
        for step in run {
            points.extend([Point::new(step.from, step.y), Point::new(step.to, step.y)]);
        }
        line(scene, stands, &points, stroke.dashed(first.dash));
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

/// The width of names at the ends of lines, at most.
pub const WIDEST: f32 = 260.0;

/// Puts the names at the ends of lines, where there is room for them; gives back those for which there is none.
pub fn named_at_ends(scene: &mut Scene, labels: Vec<EndLabel>, area: Area, ruler: &dyn Ruler) -> Vec<EndLabel> {
    if area.width() <= 0.0 {
        return labels;
    }
    end_labels(scene, labels, area, ruler);
    Vec::new()
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
        let days = Days::of(vec![first, last], None).expect("two days");
        let plane = Plane::new(days, most, within, &EvenRuler);
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
    fn most_of_the_width_is_for_the_days_of_reports() {
        let week = [date(2022, 9, 16), date(2022, 9, 18), date(2022, 9, 24), date(2022, 10, 3), date(2023, 5, 2)];
        let within = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 200.0 };
        let plane = Plane::new(Days::of(week.to_vec(), None).expect("days"), 59, within, &EvenRuler);
        assert!(plane.days.is_broken());
        let (first, last) = (plane.x(date(2022, 9, 16)), plane.x(date(2022, 10, 3)));
        assert!(last - first > 0.6 * plane.area.width(), "most of the width is for the days of reports");
        let places: Vec<f32> = week.iter().map(|day| plane.x(*day)).collect();
        assert!(places.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn a_part_of_fifty_years_is_labelled_by_its_own_days() {
        let years: Vec<Date> = (1974..=2024).map(|year| date(year, 1, 1)).collect();
        let whole = Days::of(years.clone(), None).expect("days");
        let seen = (whole.place_of(date(2003, 4, 1)).0, whole.place_of(date(2003, 4, 30)).1);
        let within = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 200.0 };
        let plane = Plane::new(Days::of(years, Some(seen)).expect("days"), 59, within, &EvenRuler);
        let mut scene = Scene::sized(400.0, 200.0);
        plane.axes(&mut scene, 400.0, &EvenRuler);
        let labels: Vec<String> = scene
            .items
            .iter()
            .filter_map(|item| match &item.shape {
                Shape::Text(text) if text.text.contains("Apr") => Some(text.text.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(labels, ["7 Apr 2003", "14 Apr", "21 Apr", "28 Apr"]);
        let middle = plane.x(date(2003, 4, 16));
        let (from, to) = plane.days.place_of(date(2003, 4, 16));
        assert!((plane.place_at(middle) - f64::midpoint(from, to)).abs() < 1e-3, "a place leads back to its day");
        assert!(plane.x(date(1990, 1, 1)) >= plane.area.left && plane.x(date(2020, 1, 1)) <= plane.area.right);
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
        let stair = |from: f32, to: f32, y: f32, dash: Dash| Stair { from, to, y, dash };
        let steps = [
            stair(0.0, 10.0, 5.0, Dash::Dots),
            stair(10.0, 20.0, 3.0, Dash::Whole),
            stair(30.0, 40.0, 1.0, Dash::Whole),
        ];
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
