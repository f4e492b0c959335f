//! The toll of all events as it became known, and what each speaker had said by and by, as pictures.
//!
//! The total is a band from low to high with a line at best, as in the timeline of one event. Speakers are lines and
//! never a stack: they count the same people. What nobody dated, and what was set by hand, stands at the right.

#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::plane::{EndLabel, Extent, Laid, Plane, SMALL, Stair, end_labels, stairs};
use super::{Anchor, Area, Fill, Hue, Point, Role, Ruler, Scene, Shape, Stands, Stroke, Text, Weight};
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
/// Steps of one line; of more, only the last one of each stretch of days is drawn.
const STEPS: usize = 1_000;

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
    pub fn moments(self) -> Vec<Known> {
        let mut moments: Vec<Known> =
            self.lines().iter().flat_map(|steps| steps.iter().map(|step| step.known)).collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }
}

/// Lays it out in this size, without a title.
pub fn lay_out(shown: Shown<'_>, measure: &Measure, class: &Class, size: [f32; 2], ruler: &dyn Ruler) -> Laid {
    let [width, height] = size;
    let mut scene = Scene::sized(width, height);
    scene.title = title(shown, measure, class);
    scene.description = describe(shown, measure, class);
    let whole = Area { left: 0.0, top: 0.0, right: width, bottom: height };
    let Some(ground) = Ground::of(shown, whole, ruler) else {
        let text = match shown {
            Shown::Toll(toll) if toll.steps.iter().any(|step| number(&step.sums).is_some()) => {
                "No claim has a day of report"
            }
            Shown::Speakers(speakers) if speakers.iter().any(|speaker| speaker.events > 0) => {
                "No claim has a day of report"
            }
            _ => "Nobody reported a number",
        };
        let text = Text::new(Point::new(width / 2.0, height / 2.0), text, SMALL, Role::Muted);
        scene.put(Stands::Words, Shape::Text(text.anchored(Anchor::Middle)));
        return Laid { scene, plane: whole, moments: Vec::new(), broken: false };
    };
    ground.axes(&mut scene, ruler);
    let labels = match shown {
        Shown::Toll(toll) => total(&mut scene, &ground, &toll.steps, Hue::of(measure)),
        Shown::Speakers(speakers) => voices(&mut scene, &ground, speakers),
    };
    if ground.labels.width() > 0.0 {
        end_labels(&mut scene, labels, ground.labels, ruler);
    }
    let moments = shown.moments().into_iter().map(|known| (ground.place(known, None).0, known)).collect();
    Laid { scene, plane: ground.plane.area, moments, broken: ground.plane.is_broken() }
}

/// Where things stand.
struct Ground {
    plane: Plane,
    labels: Area,
    strips: Vec<(Known, f32)>,
}

impl Ground {
    fn of(shown: Shown<'_>, whole: Area, ruler: &dyn Ruler) -> Option<Self> {
        let lines = shown.lines();
        let steps = || lines.iter().flat_map(|steps| steps.iter());
        let days: Vec<Date> = steps().filter_map(|step| step.known.day()).collect();
        let is_total = matches!(shown, Shown::Toll(_));
        let numbers =
            steps().map(|step| if is_total { step.sums.high_at_least } else { number(&step.sums).unwrap_or(0) });
        let extent = Extent::of(days, numbers)?;
        let undated =
            [Known::SomeTime, Known::ByHand].into_iter().filter(|known| steps().any(|step| step.known == *known));
        let labels = if whole.width() < 420.0 { 0.0 } else { (whole.width() * 0.3).min(200.0) };
        let mut right = whole.right - labels - if labels > 0.0 { 8.0 } else { 4.0 };
        let mut strips: Vec<(Known, f32)> = Vec::new();
        for known in undated.collect::<Vec<_>>().into_iter().rev() {
            right -= STRIP;
            strips.insert(0, (known, right));
        }
        let plane = Plane::new(&extent, Area { right, ..whole }, ruler);
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

    /// The steps that are drawn, with where they begin and end.
    fn steps<'a>(&self, steps: &'a [TollStep]) -> Vec<(&'a TollStep, (f32, f32))> {
        let kept: Vec<&TollStep> = if steps.len() <= STEPS {
            steps.iter().collect()
        } else {
            // What was known at the end of each stretch; nothing is left out that is wider than it.
            let dated = self.plane.area.width() / f32::from(u16::try_from(STEPS).unwrap_or(u16::MAX));
            #[expect(clippy::cast_possible_truncation, reason = "a place on the page")]
            let stretch = |step: &TollStep| step.known.day().map(|day| (self.plane.x(day) / dated) as i64);
            let stretches = steps.chunk_by(|a, b| stretch(a).is_some() && stretch(a) == stretch(b));
            stretches.filter_map(<[TollStep]>::last).collect()
        };
        let next = |at: usize| kept.get(at + 1).map(|step| step.known);
        kept.iter().enumerate().map(|(at, step)| (*step, self.place(step.known, next(at)))).collect()
    }
}

/// The total: its band and its line. Gives the label at its end.
fn total(scene: &mut Scene, ground: &Ground, steps: &[TollStep], hue: Hue) -> Vec<EndLabel> {
    let (mut lows, mut bests, mut highs) = (Vec::new(), Vec::new(), Vec::new());
    let plane = &ground.plane;
    for (step, (from, to)) in ground.steps(steps) {
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
        let stair = |y: f32, dotted: bool| Stair { from, to, y, dotted };
        if sums.high != Some(sums.low) {
            lows.push(stair(low, false));
        }
        if sums.high.is_some_and(|high| high != sums.low) {
            highs.push(stair(high, false));
        }
        bests.extend(sums.best.map(|best| stair(plane.y(best), step.interim > 0)));
    }
    let edge = Stroke::of(Role::Measure(hue), 1.0);
    stairs(scene, Stands::Nothing, &lows, edge);
    stairs(scene, Stands::Nothing, &highs, edge);
    stairs(scene, Stands::Series { panel: 0, series: 0 }, &bests, Stroke::of(Role::Text, 2.0));
    let last = steps.iter().rev().find(|step| step.known.day().is_some());
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
        let role = u8::try_from(at).ok().filter(|at| usize::from(*at) < NAMED).map_or(Role::Other, Role::Group);
        let stands = Stands::Series { panel: 0, series: at };
        let steps: Vec<Stair> = ground
            .steps(&speaker.steps)
            .into_iter()
            .filter_map(|(step, (from, to))| {
                Some(Stair { from, to, y: ground.plane.y(number(&step.sums)?), dotted: step.interim > 0 })
            })
            .collect();
        stairs(scene, stands, &steps, Stroke::of(role, if at < NAMED { 2.0 } else { 1.0 }));
        let Some((last, n)) = speaker.steps.last().and_then(|step| Some((step, number(&step.sums)?))) else { continue };
        if at < NAMED {
            let open = if last.sums.high.is_none() { "+" } else { "" };
            let text = format!("{}{open} {}", wording::grouped(n), speaker.name);
            labels.push(EndLabel { stands, text, y: ground.plane.y(n), role, weight: Weight::Regular });
        }
    }
    labels
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
    if step.interim > 0 {
        said.push(format!("{} interim", wording::grouped(u64::try_from(step.interim).unwrap_or(u64::MAX))));
    }
    said.join(", ")
}

/// What the signs mean and what is not drawn.
pub fn notes(shown: Shown<'_>) -> String {
    let lines = shown.lines();
    let interim = lines.iter().any(|steps| steps.iter().any(|step| step.interim > 0));
    let dotted = if interim { " Dotted: some of it was reported while events went on." } else { "" };
    match shown {
        Shown::Toll(_) => format!(
            "Each day: what the method made of the claims known by then. Band: sums of reported minima and maxima, not a \
             confidence interval.{dotted}"
        ),
        Shown::Speakers(speakers) => {
            let silent = speakers.iter().filter(|speaker| speaker.events == 0).count();
            let mut said = "Each day: the sum of a speaker's newest numbers, event by event. Speakers count the same \
                people and are never added up."
                .to_owned();
            said.push_str(dotted);
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
