//! The claims on one number of one event in the order in which they became known, and the figure as it ran.

use std::collections::HashMap;

use crate::derive::figures::{MeasureFigures, NotUsed, Reading, figures_of, is_high_only, stated};
use crate::derive::{Derived, claims_on};
use crate::model::{BaseClass, Claim, ClaimId, Class, EventId, Measure, Project, Stance};

use super::course::Course;
use super::toll::voice_name;
use super::{Known, Step};

/// How a number became known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Every claim, in the order in which they became known; those without any day last.
    pub claims: Vec<Told>,
    /// What each voice had said of each class, by the order in which the voices first spoke.
    pub lines: Vec<Line>,
    /// The figure as it ran. The last step is the figure of today.
    pub course: Vec<Step>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which claim.
    pub claim: ClaimId,
    /// From when it is known.
    pub known: Known,
    /// Whether that is the day on which the article was published, for want of a day of report.
    pub by_article: bool,
    /// Among whom it counts.
    pub class: Class,
    /// What it states; no number in it where it gives none.
    pub reading: Reading,
    /// Whether it counts.
    pub standing: Standing,
    /// Whether it was reported while the event went on.
    pub interim: bool,
    /// Whether beside others it may only raise the high figure: a suspicion, or a party's count of its enemy's dead.
    pub high_only: bool,
    /// Asserted, suspected or denied.
    pub stance: Stance,
    /// Which of the lines it belongs to.
    pub line: usize,
}

/// Whether a claim counts, over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The figure of its class rests on it.
    Now,
    /// It counted until the same voice reported again, or until the event had ended.
    Then,
    /// It does not count, for this reason.
    Not(NotUsed),
}

/// What one voice had said of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The name of the voice in lower case.
    pub voice: String,
    /// What a person reads.
    pub name: String,
    /// Among whom it counts.
    pub class: Class,
    /// Its numbers in the order in which it gave them; each holds until the next. Empty where it never gave one that
    /// counts, or nobody knows when.
    pub said: Vec<Said>,
}

/// A number of a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// From when.
    pub day: jiff::civil::Date,
    /// The number that it puts forward, else its smallest, else its largest.
    pub number: u64,
    /// Whether it was reported while the event went on.
    pub interim: bool,
    /// Whether beside others it may only raise the high figure.
    pub high_only: bool,
}

/// How one number of an event became known. `None` where there is no such event.
///
/// Of the total it holds the claims of every class of the measure, since the total rests on them; of another class those
/// of the class itself, of what lies within it and of the fighters that a side is made of.
pub fn timeline(
    project: &Project,
    derived: &Derived,
    event: EventId,
    measure: &Measure,
    class: &Class,
) -> Option<Timeline> {
    let event = project.events.get(event)?;
    let claims = claims_on(project, derived, event.id);
    let course = Course::of(project, event, measure, claims);
    let when = event.when.as_ref();
    // What was set by hand replaces the claims only at the end: before, they counted.
    let made = figures_of(when, &[], course.statements(), &project.methodology);
    let made = made.get(measure);
    let states = stated(when, course.statements(), &project.methodology);
    let mut lines: Vec<Line> = Vec::new();
    let mut places: HashMap<(&str, &Class), usize> = HashMap::new();
    let mut told: Vec<Told> = Vec::new();
    let mut newest: Vec<Option<jiff::civil::Date>> = Vec::new();
    for (known, statement) in course.claims().filter(|(_, statement)| bears_on(class, &statement.claim.class)) {
        let claim = statement.claim;
        let state = states.get(&claim.id).copied().unwrap_or_default();
        let line = *places.entry((&statement.group, &claim.class)).or_insert_with(|| {
            let (voice, name) = (statement.group.clone(), voice_name(project, claim));
            lines.push(Line { voice, name, class: claim.class.clone(), said: Vec::new() });
            newest.push(None);
            lines.len() - 1
        });
        // A claim without a day of report is the oldest of its voice, whenever its article was published.
        if let (Known::On(day), true) = (known, state.speaks && claim.reported >= newest[line]) {
            newest[line] = claim.reported;
            lines[line].say(day, state.reading, state.interim, is_high_only(claim, &project.methodology));
        }
        told.push(Told {
            claim: claim.id,
            known,
            by_article: claim.reported.is_none() && known != Known::SomeTime,
            class: claim.class.clone(),
            reading: state.reading,
            standing: standing(claim, made),
            interim: state.interim,
            high_only: is_high_only(claim, &project.methodology),
            stance: claim.stance,
            line,
        });
    }
    drop(places);
    let last = derived.figure(event.id, measure, class);
    let course = course.steps(class, &project.methodology, Some(last));
    Some(Timeline { claims: told, lines, course })
}

impl Line {
    /// Two numbers of one day make one: the smaller.
    fn say(&mut self, day: jiff::civil::Date, reading: Reading, interim: bool, high_only: bool) {
        let Some(number) = reading.pt.or(reading.lo).or(reading.hi) else { return };
        match self.said.last_mut() {
            Some(last) if last.day == day => {
                last.number = last.number.min(number);
                last.interim &= interim;
                last.high_only &= high_only;
            }
            _ => self.said.push(Said { day, number, interim, high_only }),
        }
    }
}

/// Whether a claim of one class has to do with the figure of another.
pub(super) fn bears_on(class: &Class, of_claim: &Class) -> bool {
    let fighters = match class {
        Class::Base(BaseClass::Total) => return true,
        Class::Base(BaseClass::AllA) => Some(BaseClass::A),
        Class::Base(BaseClass::AllB) => Some(BaseClass::B),
        _ => None,
    };
    let lies_within = of_claim.is_sub() && *class == Class::Base(of_claim.base());
    of_claim == class || lies_within || fighters.is_some_and(|base| *of_claim == Class::Base(base))
}

fn standing(claim: &Claim, made: Option<&MeasureFigures>) -> Standing {
    let working = made.and_then(|made| made.get(&claim.class)).map(|figure| &figure.working);
    let reason = working.and_then(|working| working.not_used.iter().find(|(id, _)| *id == claim.id));
    match reason {
        None => Standing::Now,
        Some((_, NotUsed::Superseded | NotUsed::Interim)) => Standing::Then,
        Some((_, reason)) => Standing::Not(reason.clone()),
    }
}
