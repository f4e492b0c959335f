//! How one number of one event became known, as a picture: every claim as a dot or range at its day, the numbers of one
//! voice as a line of steps, and the figure as it ran as a band.
//!
//! Claims without a number stand on a line of their own under the days; what nobody dated stands in a strip at the right,
//! as a figure does that was set by hand. A claim stands for its place in the timeline (`Stands::Claim`).

mod marks;
#[cfg(test)]
mod tests;
mod words;

use jiff::civil::Date;

use self::marks::{Look, Sign, sign};
use super::plane::{Days, EndLabel, Laid, Plane, Room, SMALL, Stair, WIDEST, dash, line, named_at_ends, stairs};
use super::{
    Anchor, Area, Dash, Fill, Hue, MarkerKind, Point, Role, Ruler, Scene, Shape, Stands, Stroke, Text, Weight,
};
use crate::derive::figures::{Range, Value};
use crate::derive::reports::{Known, Standing, Timeline, Told};
use crate::derive::wording;
use crate::model::{ClaimId, Class, Measure, Project};

pub use words::{account, describe, key, moment, title, voice};

/// Lines that are named at their ends; the others are told where they are pointed at.
const NAMED: usize = 5;
/// Voices with a colour of their own.
const COLOURED: usize = 5;
/// Width of a strip for what has no day.
const STRIP: f32 = 52.0;
/// Height of the line of claims without a number.
const UNKNOWN: f32 = 20.0;

/// What is drawn.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// The project that it is of.
    pub project: &'a Project,
    /// The claims and the figure.
    pub timeline: &'a Timeline,
    /// What is counted.
    pub measure: &'a Measure,
    /// Among whom.
    pub class: &'a Class,
    /// The claim that is marked.
    pub current: Option<ClaimId>,
}

impl Picture<'_> {
    /// Lays the timeline out in this room, without a title. Empty where nothing was ever said.
    pub fn lay_out(&self, room: Room, ruler: &dyn Ruler) -> Laid {
        let Room { width, height, .. } = room;
        let mut scene = Scene::sized(width, height);
        scene.title = title(self.measure, self.class);
        scene.description = describe(self);
        let whole = Area { left: 0.0, top: 0.0, right: width, bottom: height };
        let Some(ground) = Ground::of(self, whole, room, ruler) else {
            let text =
                if self.timeline.course.is_empty() { "Nobody spoke of this number" } else { "Nobody knows when" };
            let text = Text::new(Point::new(width / 2.0, height / 2.0), text, SMALL, Role::Muted);
            scene.put(Stands::Words, Shape::Text(text.anchored(Anchor::Middle)));
            return Laid { scene, plane: None, moments: Vec::new(), unnamed: Vec::new() };
        };
        ground.axes(&mut scene, ruler);
        self.figure(&mut scene, &ground);
        self.voices(&mut scene, &ground);
        self.claims(&mut scene, &ground);
        let labels = self.labels(&ground);
        let unnamed = named_at_ends(&mut scene, labels, ground.labels, ruler);
        let from = |known: Known| known.day().map_or_else(|| ground.strip(known).0, |day| ground.plane.x(day));
        let moments = self.timeline.course.iter().map(|step| (from(step.known), step.known)).collect();
        Laid { scene, plane: Some(ground.plane), moments, unnamed }
    }

    fn hue(&self) -> Hue {
        Hue::of(self.measure)
    }

    /// The figure from each step to the next: the band from low to high, and a line at best.
    fn figure(&self, scene: &mut Scene, ground: &Ground) {
        let steps = &self.timeline.course;
        let mut bests: Vec<Stair> = Vec::new();
        let (mut lows, mut highs): (Vec<Stair>, Vec<Stair>) = (Vec::new(), Vec::new());
        for (at, step) in steps.iter().enumerate() {
            let next = steps.get(at + 1).and_then(|next| next.known.day());
            let (from, to) = match step.known {
                Known::On(day) => {
                    (ground.plane.x(day), next.map_or(ground.plane.area.right, |day| ground.plane.x(day)))
                }
                other => ground.strip(other),
            };
            let Value::Known(range) = step.figure.value else { continue };
            if from >= to {
                // Beside what is seen.
                continue;
            }
            band(scene, &ground.plane, (from, to), range, self.hue());
            let stair = |n: u64, dash: Dash| Stair { from, to, y: ground.plane.y(n), dash };
            bests.extend(range.best.map(|best| stair(best, dash(step.interim, step.high_only))));
            if range.high != Some(range.low) {
                lows.push(stair(range.low, Dash::Whole));
                highs.extend(range.high.map(|high| stair(high, Dash::Whole)));
            }
        }
        let edge = Stroke::of(Role::Measure(self.hue()), 1.0);
        stairs(scene, Stands::Nothing, &lows, edge);
        stairs(scene, Stands::Nothing, &highs, edge);
        stairs(scene, Stands::Nothing, &bests, Stroke::of(Role::Text, 2.5));
    }

    /// What each voice had said, from each report to the next.
    fn voices(&self, scene: &mut Scene, ground: &Ground) {
        for (at, voice) in self.timeline.lines.iter().enumerate().rev() {
            let look = ground.look(at);
            let end = ground.plane.area.right;
            let steps: Vec<Stair> = voice
                .said
                .iter()
                .enumerate()
                .map(|(n, said)| {
                    let to = voice.said.get(n + 1).map_or(end, |next| ground.plane.x(next.day));
                    Stair {
                        from: ground.plane.x(said.day),
                        to,
                        y: ground.plane.y(said.number),
                        dash: dash(said.interim, said.high_only),
                    }
                })
                .filter(|stair| stair.from < stair.to)
                .collect();
            stairs(scene, Stands::Series { panel: 0, series: at }, &steps, look.stroke());
        }
    }

    fn claims(&self, scene: &mut Scene, ground: &Ground) {
        for (at, told) in self.timeline.claims.iter().enumerate() {
            let Some(place) = ground.places.get(at).copied() else { continue };
            if told.known.day().is_some_and(|day| !ground.plane.days.sees(day)) {
                continue;
            }
            if self.current == Some(told.claim) {
                marks::ring(scene, Stands::Claim(at), place);
            }
            marks::put(scene, at, told, place, ground, self.own(told));
        }
    }

    /// Whether a claim speaks of the class that is shown and not of a part of it.
    fn own(&self, told: &Told) -> bool {
        told.class == *self.class
    }

    /// The names at the ends: the figure, and the voices that it rests on with the largest numbers.
    fn labels(&self, ground: &Ground) -> Vec<EndLabel> {
        let mut labels = Vec::new();
        let begun = |day: Date| ground.plane.x(day) < ground.plane.area.right;
        let last = self.timeline.course.iter().rev().find(|step| step.known.day().is_some_and(begun));
        if let Some(last) = last
            && let Value::Known(range) = last.figure.value
        {
            labels.push(EndLabel {
                stands: Stands::Nothing,
                text: format!("Figure {}", wording::short(last.figure.value, last.figure.marks)),
                y: ground.plane.y(range.best.unwrap_or(range.low)),
                role: Role::Text,
                weight: Weight::SemiBold,
            });
        }
        let named = ground.order.iter().take(NAMED).filter_map(|at| {
            let voice = self.timeline.lines.get(*at)?;
            let last = voice.said.iter().rev().find(|said| begun(said.day))?;
            Some(EndLabel {
                stands: Stands::Series { panel: 0, series: *at },
                text: format!("{} {}", wording::grouped(last.number), words::voice(self, voice)),
                y: ground.plane.y(last.number),
                role: ground.look(*at).role,
                weight: Weight::Regular,
            })
        });
        labels.extend(named);
        labels
    }
}

/// The band of a figure from one place to another. Where the high is open, nobody said where it ends: the ground above
/// what was said is fainter and has no edge.
fn band(scene: &mut Scene, plane: &Plane, (from, to): (f32, f32), range: Range, hue: Hue) {
    let area = |low: f32, high: f32| Area { left: from, top: high, right: to, bottom: low };
    let mut fill = |area: Area, opacity: f32| {
        if area.height() > 0.0 && area.width() > 0.0 {
            let fill = Some(Fill::faint(Role::Measure(hue), opacity));
            scene.put(Stands::Nothing, Shape::Rect { area, fill, stroke: None });
        }
    };
    let said = range.high.unwrap_or_else(|| range.best.unwrap_or(range.low).max(range.low));
    fill(area(plane.y(range.low.min(said)), plane.y(said)), 0.22);
    if range.high.is_none() {
        fill(area(plane.y(said), plane.area.top), 0.1);
    }
}

/// Where things stand.
struct Ground {
    plane: Plane,
    /// Where the names stand.
    labels: Area,
    /// The strips, from left to right.
    strips: Vec<(Known, f32)>,
    /// The line of claims without a number.
    unknown: Option<f32>,
    /// Lines that are told apart by colour, the most important first.
    order: Vec<usize>,
    /// Where each claim stands.
    places: Vec<Sign>,
}

impl Ground {
    fn of(picture: &Picture<'_>, whole: Area, room: Room, ruler: &dyn Ruler) -> Option<Self> {
        let timeline = picture.timeline;
        let mut strips: Vec<Known> = Vec::new();
        for known in timeline.course.iter().map(|step| step.known).chain(timeline.claims.iter().map(|told| told.known))
        {
            if known.day().is_none() && !strips.contains(&known) {
                strips.push(known);
            }
        }
        strips.sort_unstable();
        let silent = timeline.claims.iter().any(|told| !told.reading.has_number());
        let labels = if whole.width() < 420.0 { 0.0 } else { (whole.width() * 0.3).min(WIDEST) };
        let mut right = whole.right - labels - if labels > 0.0 { 8.0 } else { 4.0 };
        let mut places = Vec::new();
        for known in strips.into_iter().rev() {
            right -= STRIP;
            places.push((known, right));
        }
        places.reverse();
        let unknown = if silent { UNKNOWN } else { 0.0 };
        let within = Area { right, bottom: whole.bottom - unknown, ..whole };
        let days = Days::of(days(timeline), room.seen)?.named(room.almanac);
        let most = most(timeline, &days);
        let plane = Plane::new(days, most, within, ruler);
        let mut ground = Self {
            labels: Area { left: whole.right - labels, right: whole.right, ..plane.area },
            plane,
            strips: places,
            unknown: silent.then_some(whole.bottom - UNKNOWN / 2.0 + 2.0),
            order: order(picture),
            places: Vec::new(),
        };
        ground.places = ground.place_all(timeline);
        Some(ground)
    }

    /// Left and right side of a strip.
    fn strip(&self, known: Known) -> (f32, f32) {
        let left = self.strips.iter().find(|(of, _)| *of == known).map_or(self.plane.area.right, |(_, left)| *left);
        (left + 8.0, left + STRIP - 6.0)
    }

    fn axes(&self, scene: &mut Scene, ruler: &dyn Ruler) {
        let end = self.strips.last().map_or(self.plane.area.right, |(_, left)| left + STRIP);
        for (known, left) in &self.strips {
            let area = Area { left: left + 4.0, right: left + STRIP, ..self.plane.area };
            let fill = Some(Fill::of(Role::Unsearched));
            scene.put(Stands::Axis, Shape::Rect { area, fill, stroke: None });
            let words = if *known == Known::ByHand { "by hand" } else { "no day" };
            let at = Point::new(left + 2.0 + STRIP / 2.0, area.bottom + 14.0);
            scene.put(Stands::Axis, Shape::Text(Text::new(at, words, SMALL, Role::Muted).anchored(Anchor::Middle)));
        }
        self.plane.axes(scene, end, ruler);
        if let Some(y) = self.unknown {
            let left = self.plane.area.left;
            line(scene, Stands::Axis, &[Point::new(left, y), Point::new(end, y)], Stroke::of(Role::Grid, 1.0));
            let text = Text::new(Point::new(left - 6.0, y + 4.0), wording::UNKNOWN, SMALL, Role::Muted);
            scene.put(Stands::Axis, Shape::Text(text.anchored(Anchor::Right)));
        }
    }

    /// How a voice is drawn.
    fn look(&self, voice: usize) -> Look {
        let rank = self.order.iter().position(|at| *at == voice).filter(|rank| *rank < COLOURED);
        let sign = rank.and_then(|rank| MarkerKind::ALL.get(rank % 4)).copied().unwrap_or_default();
        let role = rank.and_then(|rank| u8::try_from(rank).ok()).map_or(Role::Other, Role::Group);
        Look { role, sign, named: rank.is_some() }
    }

    /// Where each claim stands; those at one place are moved apart.
    fn place_all(&self, timeline: &Timeline) -> Vec<Sign> {
        let mut places: Vec<Sign> = timeline.claims.iter().map(|told| sign(told, self)).collect();
        marks::spread(&mut places);
        places
    }
}

/// The days on which something became known.
fn days(timeline: &Timeline) -> Vec<Date> {
    let claims = timeline.claims.iter().map(|told| told.known);
    claims.chain(timeline.course.iter().map(|step| step.known)).filter_map(Known::day).collect()
}

/// The largest number that is seen.
fn most(timeline: &Timeline, days: &Days) -> u64 {
    let claims = timeline.claims.iter().filter(|told| told.known.day().is_none_or(|day| days.sees(day)));
    let said = claims.flat_map(|told| [told.reading.lo, told.reading.pt, told.reading.hi]);
    let course = &timeline.course;
    let holds = |at: usize| match course.get(at).and_then(|step| step.known.day()) {
        Some(from) => days.sees_from(from, course.get(at + 1).and_then(|next| next.known.day())),
        None => true,
    };
    let made = course.iter().enumerate().filter(|(at, _)| holds(*at)).filter_map(|(_, step)| step.figure.value.range());
    let made = made.flat_map(|range| [Some(range.low), range.best, range.high]);
    let voices = timeline.lines.iter().flat_map(|line| {
        let next = |at: usize| line.said.get(at + 1).map(|said| said.day);
        let said = line.said.iter().enumerate().filter(move |(at, said)| days.sees_from(said.day, next(*at)));
        said.map(|(_, said)| Some(said.number))
    });
    said.chain(made).chain(voices).flatten().max().unwrap_or(0)
}

/// The lines with numbers: those that the figure rests on first, those of the class itself, then the larger number.
fn order(picture: &Picture<'_>) -> Vec<usize> {
    let timeline = picture.timeline;
    let mut counts = vec![false; timeline.lines.len()];
    for told in timeline.claims.iter().filter(|told| told.standing == Standing::Now) {
        counts[told.line] = true;
    }
    let mut order: Vec<usize> = (0..timeline.lines.len()).filter(|at| !timeline.lines[*at].said.is_empty()).collect();
    order.sort_by_key(|at| {
        let line = &timeline.lines[*at];
        let last = line.said.last().map_or(0, |said| said.number);
        (!counts[*at], line.class != *picture.class, std::cmp::Reverse(last), *at)
    });
    order
}
