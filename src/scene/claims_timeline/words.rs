//! What a timeline of claims says in words: title, what the signs mean, and the picture for those who do not see it.

use super::Picture;
use crate::derive::figures::NotUsed;
use crate::derive::reports::{Known, Line, Standing, Step};
use crate::derive::wording::{self, count, day};
use crate::model::{Class, Measure, Stance};

/// "How the toll became known: killed".
pub fn title(measure: &Measure, class: &Class) -> String {
    let class = if *class == Class::TOTAL { String::new() } else { format!(", {class}") };
    format!("How the toll became known: {measure}{class}")
}

/// What a voice is called: with its class, where that is another one than the class that is shown.
pub fn voice(picture: &Picture<'_>, line: &Line) -> String {
    let class = if line.class == *picture.class { String::new() } else { format!(" ({})", line.class) };
    format!("{}{class}", line.name)
}

/// What the signs mean that stand in this picture.
pub fn key(picture: &Picture<'_>) -> String {
    let claims = &picture.timeline.claims;
    let any = |is: fn(&crate::derive::reports::Told) -> bool| claims.iter().any(is);
    let mut said = vec!["Band and strong line: the figure as it ran, low, best and high"];
    let mut add = |shown: bool, words: &'static str| {
        if shown {
            said.push(words);
        }
    };
    add(any(|told| matches!(told.standing, Standing::Not(_)) && told.stance != Stance::Denies), "grey: not counted");
    add(any(|told| told.stance == Stance::Denies), "cross: denied");
    add(any(|told| told.interim), "dotted and ringed: interim");
    let open = |step: &Step| step.figure.value.range().is_some_and(|range| range.high.is_none());
    add(picture.timeline.course.iter().any(open), "paler above: no maximum was reported");
    let raises = |told: &crate::derive::reports::Told| told.high_only && !matches!(told.standing, Standing::Not(_));
    add(any(raises), "hollow and dashed: feared, or a party's count of its enemy's dead");
    add(any(|told| told.reading.has_number() && told.reading.hi.is_none()), "arrow: no upper end said");
    add(any(|told| told.by_article), "no day of report: at the day of the article");
    said.join("; ")
}

/// How many claims there are and where they stand. The parts add up to all of them.
pub fn account(picture: &Picture<'_>) -> String {
    let claims = &picture.timeline.claims;
    let n = |is: &dyn Fn(&crate::derive::reports::Told) -> bool| claims.iter().filter(|told| is(told)).count();
    let now = n(&|told| told.standing == Standing::Now);
    let then = n(&|told| told.standing == Standing::Then);
    let mut parts = vec![format!("{now} counted now")];
    if then > 0 {
        parts.push(format!("{then} counted until the same voice or others reported again"));
    }
    for (reason, is) in reasons() {
        let many = n(&|told| matches!(&told.standing, Standing::Not(why) if is(why)));
        if many > 0 {
            parts.push(format!("{many} {reason}"));
        }
    }
    let undated = n(&|told| told.known == Known::SomeTime);
    let undated = if undated > 0 { format!("; {undated} without a day") } else { String::new() };
    format!("{} = {}{undated}", parts.join(" + "), count(claims.len(), "claim", "claims"))
}

/// Whether a reason is the one that is counted.
type Is = fn(&NotUsed) -> bool;

fn reasons() -> [(&'static str, Is); 6] {
    [
        ("set aside", |why| matches!(why, NotUsed::SetAside(_))),
        ("denied", |why| *why == NotUsed::Denial),
        ("without a number", |why| *why == NotUsed::NoNumber),
        ("part of the whole", |why| *why == NotUsed::Part),
        ("wider than the event", |why| *why == NotUsed::WiderThanEvent),
        ("passed over", |why| {
            matches!(why, NotUsed::PassedOver | NotUsed::ByHand | NotUsed::Superseded | NotUsed::Interim)
        }),
    ]
}

/// The picture in sentences.
pub fn describe(picture: &Picture<'_>) -> String {
    let timeline = picture.timeline;
    let claims = count(timeline.claims.len(), "claim", "claims");
    let names: std::collections::BTreeSet<&str> = timeline.lines.iter().map(|line| line.voice.as_str()).collect();
    let voices = count(names.len(), "voice", "voices");
    let mut said = vec![format!("{}. {claims} by {voices}.", title(picture.measure, picture.class))];
    let changes: Vec<&Step> = timeline
        .course
        .iter()
        .enumerate()
        .filter(|(at, step)| differs(&timeline.course, *at, step))
        .map(|(_, step)| step)
        .collect();
    let step =
        |step: &&Step| format!("{} {}", moment(step.known), wording::spoken(step.figure.value, step.figure.marks));
    // A long row of numbers is heard by nobody: its beginning and its end.
    const MOST: usize = 8;
    let told: Vec<String> = match changes.len() {
        0..=MOST => changes.iter().map(step).collect(),
        n => {
            let ends = changes[..MOST - 2].iter().map(step);
            ends.chain([format!("{} more", n - MOST + 1)]).chain(changes.last().map(step)).collect()
        }
    };
    if !told.is_empty() {
        said.push(format!("The figure: {}.", told.join("; ")));
    }
    said.push(format!("{}.", account(picture)));
    said.join(" ")
}

fn differs(course: &[Step], at: usize, step: &Step) -> bool {
    let before = at.checked_sub(1).and_then(|at| course.get(at));
    before.is_none_or(|before| before.figure.value != step.figure.value)
}

/// From when, in words.
pub fn moment(known: Known) -> String {
    match known {
        Known::On(on) => format!("from {}", day(on)),
        Known::SomeTime => "with claims of no known day".to_owned(),
        Known::ByHand => "by hand".to_owned(),
    }
}
