//! The toll of all events as it became known, and what each speaker had said by and by, as pictures.
//!
//! The total is a band from low to high with a line at best, as in the timeline of one event. Speakers are lines and
//! never a stack: they count the same people. What nobody dated, and what was set by hand, stands at the right.

#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::plane::{Days, EndLabel, Laid, Plane, Room, SMALL, Stair, WIDEST, dash, named_at_ends, stairs};
use super::{
    Anchor, Area, Dash, Fill, Hue, Marker, MarkerKind, Point, Role, Ruler, Scene, Shape, Stands, Stroke, Text, Weight,
};
use crate::derive::reports::{Known, Speaker, Toll, TollStep};
use crate::derive::totals::Sums;
use crate::derive::wording::{self, count, day};
use crate::model::{Class, Measure};

/// Speakers that are named at their ends.
const NAMED: usize = 5;
/// Speakers that are drawn; the others are counted.
pub const DRAWN: usize = 40;
/// Width of a strip for what has no day.
const STRIP: f32 = 60.0;
/// Steps of the total; of more, only the last one of each stretch of days is drawn.
const STEPS: u16 = 1_000;
/// The same of a speaker who is named at the end of the line, and of one who is not.
const STEPS_OF_SPEAKERS: [u16; 2] = [600, 200];
/// Rings on the line of a speaker.
const RINGS: usize = 100;

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    /// The total.
    Toll(&'a Toll),
    /// Speaker by speaker.
    Speakers(&'a [Speaker]),
}

/// "Toll as it became known: killed, by speaker".
pub fn title(shown: Shown<'_>, measure: &Measure, class: &Class) -> String {
    let class = if *class == Class::TOTAL { String::new() } else { format!(", {class}") };
    match shown {
        Shown::Toll(_) => format!("Toll as it became known: {measure}{class}"),
        Shown::Speakers(_) => format!("Toll by speaker as it was reported: {measure}{class}"),
    }
}

/// The number of sums that a line shows: the best, and the low where there is none. `None` where nobody gave a number.
fn number(sums: &Sums) -> Option<u64> {
    let known = sums.events > sums.unknown + sums.no_claim;
    known.then(|| sums.best.unwrap_or(sums.low))
}

impl<'a> Shown<'a> {
    fn lines(self) -> Vec<&'a [TollStep]> {
        match self {
            Self::Toll(toll) => vec![&toll.steps],
            Self::Speakers(speakers) => {
                speakers.iter().filter(|speaker| speaker.events > 0).take(DRAWN).map(|s| s.steps.as_slice()).collect()
            }
        }
    }

    /// Every moment at which something of it became known.
    fn moments(self) -> Vec<Known> {
        let mut moments: Vec<Known> =
            self.lines().iter().flat_map(|steps| steps.iter().map(|step| step.known)).collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }
}

/// What of a toll does not depend on how it is laid out: worked out once, and not each time that somebody moves along.
#[derive(Debug, Clone)]
pub struct Said {
    /// What is counted among whom.
    pub title: String,
    /// The picture in sentences.
    pub description: String,
    /// What the signs mean and what is not drawn.
    pub notes: String,
    /// What stands in the picture's place, where nothing can be drawn.
    empty: &'static str,
    hue: Hue,
    moments: Vec<Known>,
}

impl Said {
    /// Of a toll of this measure and class.
    pub fn of(shown: Shown<'_>, measure: &Measure, class: &Class) -> Self {
        let any = match shown {
            Shown::Toll(toll) => toll.steps.iter().any(|step| number(&step.sums).is_some()),
            Shown::Speakers(speakers) => speakers.iter().any(|speaker| speaker.events > 0),
        };
        Self {
            title: title(shown, measure, class),
            description: describe(shown, measure, class),
            notes: notes(shown),
            empty: if any { "No claim has a day of report" } else { "Nobody reported a number" },
            hue: Hue::of(measure),
            moments: shown.moments(),
        }
    }

    /// The moments at which something of it became known, in order.
    pub fn moments(&self) -> &[Known] {
        &self.moments
    }
}

/// Lays it out in this room, without a title. What follows from a zoom or a move costs what is seen.
pub fn lay_out(shown: Shown<'_>, said: &Said, room: Room, ruler: &dyn Ruler) -> Laid {
    let Room { width, height, .. } = room;
    let mut scene = Scene::sized(width, height);
    scene.title.clone_from(&said.title);
    scene.description.clone_from(&said.description);
    let whole = Area { left: 0.0, top: 0.0, right: width, bottom: height };
    let Some(ground) = Ground::of(shown, &said.moments, whole, room, ruler) else {
        let text = Text::new(Point::new(width / 2.0, height / 2.0), said.empty, SMALL, Role::Muted);
        scene.put(Stands::Words, Shape::Text(text.anchored(Anchor::Middle)));
        return Laid { scene, plane: None, moments: Vec::new(), unnamed: Vec::new() };
    };
    ground.axes(&mut scene, ruler);
    let labels = match shown {
        Shown::Toll(toll) => total(&mut scene, &ground, &toll.steps, said.hue),
        Shown::Speakers(speakers) => voices(&mut scene, &ground, speakers),
    };
    let unnamed = named_at_ends(&mut scene, labels, ground.labels, ruler);
    let moments = said.moments.iter().map(|known| (ground.place(*known, None).0, *known)).collect();
    Laid { scene, plane: Some(ground.plane), moments, unnamed }
}

/// Where things stand.
struct Ground {
    plane: Plane,
    labels: Area,
    strips: Vec<(Known, f32)>,
}

impl Ground {
    fn of(shown: Shown<'_>, moments: &[Known], whole: Area, room: Room, ruler: &dyn Ruler) -> Option<Self> {
        let lines = shown.lines();
        let days = moments.iter().filter_map(|known| known.day()).collect();
        let days = Days::of(days, room.seen)?.named(room.almanac);
        let is_total = matches!(shown, Shown::Toll(_));
        let height = |step: &TollStep| if is_total { step.sums.high_at_least } else { number(&step.sums).unwrap_or(0) };
        let seen = lines.iter().flat_map(|steps| visible(&days, steps));
        let most = seen.flat_map(|steps| steps.iter().map(height)).max().unwrap_or(0);
        let undated = [Known::SomeTime, Known::ByHand].into_iter().filter(|known| moments.contains(known));
        let labels =
            if whole.width() < 420.0 { 0.0 } else { (whole.width() * 0.3).min(if is_total { 150.0 } else { WIDEST }) };
        let mut right = whole.right - labels - if labels > 0.0 { 8.0 } else { 4.0 };
        let mut strips: Vec<(Known, f32)> = Vec::new();
        for known in undated.collect::<Vec<_>>().into_iter().rev() {
            right -= STRIP;
            strips.insert(0, (known, right));
        }
        let plane = Plane::new(days, most, Area { right, ..whole }, ruler);
        let labels = Area { left: whole.right - labels, right: whole.right, ..plane.area };
        Some(Self { plane, labels, strips })
    }

    fn axes(&self, scene: &mut Scene, ruler: &dyn Ruler) {
        for (known, left) in &self.strips {
            let area = Area { left: left + 4.0, right: left + STRIP, ..self.plane.area };
            scene.put(Stands::Axis, Shape::Rect { area, fill: Some(Fill::of(Role::Unsearched)), stroke: None });
            let words = if *known == Known::ByHand { "by hand" } else { "no day" };
            let at = Point::new(left + 2.0 + STRIP / 2.0, area.bottom + 14.0);
            scene.put(Stands::Axis, Shape::Text(Text::new(at, words, SMALL, Role::Muted).anchored(Anchor::Middle)));
        }
        let end = self.strips.last().map_or(self.plane.area.right, |(_, left)| left + STRIP);
        self.plane.axes(scene, end, ruler);
    }

    /// From where to where a moment holds, before the next one.
    fn place(&self, known: Known, next: Option<Known>) -> (f32, f32) {
        match known {
            Known::On(on) => {
                let to = next.and_then(Known::day).map_or(self.plane.area.right, |day| self.plane.x(day));
                (self.plane.x(on), to)
            }
            other => {
                let left = self.strips.iter().find(|(of, _)| *of == other).map_or(self.plane.area.right, |(_, at)| *at);
                (left + 10.0, left + STRIP - 8.0)
            }
        }
    }

    /// Whether a step begins at the left of the right side of what is seen.
    fn has_begun(&self, step: &TollStep) -> bool {
        step.known.day().is_none_or(|day| self.plane.x(day) < self.plane.area.right)
    }

    /// The steps that are drawn, with where they begin and end: at most so many, and what has no day.
    fn steps<'a>(&self, steps: &'a [TollStep], most: u16) -> Vec<(&'a TollStep, (f32, f32))> {
        let [dated, undated] = visible(&self.plane.days, steps);
        let mut kept: Vec<&TollStep> = if dated.len() <= usize::from(most) {
            dated.iter().collect()
        } else {
            // What was known at the end of each stretch; nothing is left out that is wider than it.
            let wide = self.plane.area.width() / f32::from(most);
            let mut kept = Vec::new();
            let mut rest = dated;
            while let Some(first) = rest.first() {
                let end = first.known.day().map(|day| ((self.plane.x(day) / wide).floor() + 1.0) * wide);
                let within =
                    |step: &TollStep| step.known.day().zip(end).is_some_and(|(day, end)| self.plane.x(day) < end);
                let (stretch, behind) = rest.split_at(rest.partition_point(within).max(1));
                kept.extend(stretch.last());
                rest = behind;
            }
            kept
        };
        kept.extend(undated);
        let next = |at: usize| kept.get(at + 1).map(|step| step.known);
        let placed = kept.iter().enumerate().map(|(at, step)| (*step, self.place(step.known, next(at))));
        // What holds nowhere stands beside what is seen.
        placed.filter(|(_, (from, to))| from < to).collect()
    }
}

/// The steps of which something is seen: of those with a day, the one that holds at the left side and those behind it, and
/// those without a day. What lies beside costs nothing, however much it is.
fn visible<'a>(days: &Days, steps: &'a [TollStep]) -> [&'a [TollStep]; 2] {
    let (dated, undated) = steps.split_at(steps.partition_point(|step| step.known.day().is_some()));
    let is = |step: &TollStep, asked: &dyn Fn(Date) -> bool| step.known.day().is_some_and(asked);
    let begun = dated.partition_point(|step| is(step, &|day| days.sees_from(day, None)));
    let first = dated[..begun].partition_point(|step| is(step, &|day| days.is_left_of_view(day))).saturating_sub(1);
    [&dated[first..begun], undated]
}

/// The total: its band and its line. Gives the label at its end.
fn total(scene: &mut Scene, ground: &Ground, steps: &[TollStep], hue: Hue) -> Vec<EndLabel> {
    let (mut lows, mut bests, mut highs) = (Vec::new(), Vec::new(), Vec::new());
    let plane = &ground.plane;
    for (step, (from, to)) in ground.steps(steps, STEPS) {
        let sums = &step.sums;
        if number(sums).is_none() {
            continue;
        }
        let (low, high) = (plane.y(sums.low), plane.y(sums.high_at_least));
        let mut fill = |top: f32, bottom: f32, opacity: f32| {
            if bottom > top && to > from {
                let area = Area { left: from, top, right: to, bottom };
                let fill = Some(Fill::faint(Role::Measure(hue), opacity));
                scene.put(Stands::Nothing, Shape::Rect { area, fill, stroke: None });
            }
        };
        fill(high, low, 0.22);
        if sums.high.is_none() {
            fill(plane.area.top, high, 0.1);
        }
        let stair = |y: f32, dash: Dash| Stair { from, to, y, dash };
        if sums.high != Some(sums.low) {
            lows.push(stair(low, Dash::Whole));
        }
        if sums.high.is_some_and(|high| high != sums.low) {
            highs.push(stair(high, Dash::Whole));
        }
        bests.extend(sums.best.map(|best| stair(plane.y(best), dash(step.interim > 0, step.high_only > 0))));
    }
    let edge = Stroke::of(Role::Measure(hue), 1.0);
    stairs(scene, Stands::Nothing, &lows, edge);
    stairs(scene, Stands::Nothing, &highs, edge);
    stairs(scene, Stands::Series { panel: 0, series: 0 }, &bests, Stroke::of(Role::Text, 2.0));
    let last = steps.iter().rev().find(|step| step.known.day().is_some() && ground.has_begun(step));
    let label = last.and_then(|step| {
        Some(EndLabel {
            stands: Stands::Series { panel: 0, series: 0 },
            text: wording::of_sums(&step.sums),
            y: plane.y(number(&step.sums)?),
            role: Role::Text,
            weight: Weight::SemiBold,
        })
    });
    label.into_iter().collect()
}

/// A line for each speaker, the largest in front. Gives the labels at their ends.
fn voices(scene: &mut Scene, ground: &Ground, speakers: &[Speaker]) -> Vec<EndLabel> {
    let mut labels = Vec::new();
    let drawn: Vec<&Speaker> = speakers.iter().filter(|speaker| speaker.events > 0).take(DRAWN).collect();
    for (at, speaker) in drawn.iter().enumerate().rev() {
        let is_named = at < NAMED;
        let role = u8::try_from(at).ok().filter(|_| is_named).map_or(Role::Other, Role::Group);
        // The thin lines of the others are unbroken: nobody could tell their dashes apart.
        let dash = |step: &TollStep| if is_named { dash(step.interim > 0, step.high_only > 0) } else { Dash::Whole };
        let stands = Stands::Series { panel: 0, series: at };
        let steps: Vec<Stair> = ground
            .steps(&speaker.steps, STEPS_OF_SPEAKERS[usize::from(!is_named)])
            .into_iter()
            .filter_map(|(step, (from, to))| {
                Some(Stair { from, to, y: ground.plane.y(number(&step.sums)?), dash: dash(step) })
            })
            .collect();
        stairs(scene, stands, &steps, Stroke::of(role, if is_named { 2.0 } else { 1.0 }));
        let lowered = steps.windows(2).filter(|pair| is_named && pair[1].y > pair[0].y + 0.01);
        for pair in lowered.take(RINGS) {
            let (fill, stroke) = (Some(Fill::of(Role::Page)), Some(Stroke::of(role, 1.5)));
            let at = Point::new(pair[1].from, pair[1].y);
            scene.put(stands, Shape::Marker(Marker { at, kind: MarkerKind::Circle, radius: 3.0, fill, stroke }));
        }
        let last = speaker.steps.iter().rev().find(|step| ground.has_begun(step));
        let Some((last, n)) = last.and_then(|step| Some((step, number(&step.sums)?))) else { continue };
        if is_named {
            let open = if last.sums.high.is_none() { "+" } else { "" };
            let text = format!("{}{open} {}", wording::grouped(n), speaker.name);
            labels.push(EndLabel { stands, text, y: ground.plane.y(n), role, weight: Weight::Regular });
        }
    }
    labels
}

/// Where a number became smaller than it had been.
fn lowered(steps: &[TollStep]) -> impl Iterator<Item = &TollStep> {
    let pairs = steps.windows(2);
    pairs.filter(|pair| number(&pair[1].sums) < number(&pair[0].sums)).map(|pair| &pair[1])
}

/// From when, in words.
pub fn moment(known: Known) -> String {
    match known {
        Known::On(on) => day(on),
        Known::SomeTime => "With claims of no known day".to_owned(),
        Known::ByHand => "With figures set by hand".to_owned(),
    }
}

/// What is said of one moment.
pub fn reading(step: &TollStep) -> String {
    let sums = &step.sums;
    let mut said = vec![format!("{}: {}", moment(step.known), wording::of_sums(sums))];
    said.push(format!("{} with a number", count(sums.events - sums.unknown - sums.no_claim, "event", "events")));
    let many = |n: usize| wording::grouped(u64::try_from(n).unwrap_or(u64::MAX));
    if step.interim > 0 {
        said.push(format!("{} interim", many(step.interim)));
    }
    if step.high_only > 0 {
        said.push(format!("{} feared or counted of an enemy", many(step.high_only)));
    }
    said.join(", ")
}

/// What the signs mean and what is not drawn.
pub fn notes(shown: Shown<'_>) -> String {
    let lines = shown.lines();
    let interim = lines.iter().any(|steps| steps.iter().any(|step| step.interim > 0));
    let feared = lines.iter().any(|steps| steps.iter().any(|step| step.high_only > 0));
    let mut signs = String::new();
    let open = |step: &TollStep| step.sums.high.is_none() && number(&step.sums).is_some();
    if matches!(shown, Shown::Toll(toll) if toll.steps.iter().any(open)) {
        signs.push_str(" Paler above: no maximum was reported.");
    }
    if interim {
        signs.push_str(" Dotted: some of it was reported while events went on.");
    }
    if feared {
        signs.push_str(match shown {
            Shown::Toll(_) => " Dashed: of some events nothing is known but what was feared or counted of an enemy.",
            Shown::Speakers(_) => {
                " Dashed: in part feared, or a party's count of its enemy's dead; beside others that may only raise the high."
            }
        });
    }
    match shown {
        Shown::Toll(_) => format!(
            "Each day: what the method made of the claims known by then. Band: sums of reported minima and maxima, not a \
             confidence interval.{signs}"
        ),
        Shown::Speakers(speakers) => {
            let silent = speakers.iter().filter(|speaker| speaker.events == 0).count();
            let mut said = "Each day: the sum of a speaker's newest numbers, event by event. Speakers count the same \
                people and are never added up."
                .to_owned();
            said.push_str(&signs);
            if lines.iter().take(NAMED).any(|steps| lowered(steps).next().is_some()) {
                said.push_str(" Ring: a speaker's sum became smaller.");
            }
            let more = speakers.len() - silent - lines.len();
            if more > 0 {
                said.push_str(&format!(" {} with smaller numbers not drawn.", count(more, "speaker", "speakers")));
            }
            if silent > 0 {
                said.push_str(&format!(" {} gave no number.", count(silent, "speaker", "speakers")));
            }
            said
        }
    }
}

fn describe(shown: Shown<'_>, measure: &Measure, class: &Class) -> String {
    let ends = |steps: &[TollStep]| {
        let dated: Vec<&TollStep> = steps.iter().filter(|step| number(&step.sums).is_some()).collect();
        match (dated.first(), dated.last()) {
            (Some(first), Some(last)) if first.known != last.known => format!("{}; {}", reading(first), reading(last)),
            (Some(only), _) => reading(only),
            (None, _) => "no number".to_owned(),
        }
    };
    let said: Vec<String> = match shown {
        Shown::Toll(toll) => vec![ends(&toll.steps)],
        Shown::Speakers(speakers) => {
            let drawn = speakers.iter().filter(|speaker| speaker.events > 0).take(NAMED);
            drawn.map(|speaker| format!("{}: {}", speaker.name, ends(&speaker.steps))).collect()
        }
    };
    format!("{}. {}. {}", title(shown, measure, class), said.join(". "), notes(shown))
}
