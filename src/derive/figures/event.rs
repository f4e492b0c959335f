//! Step 5: the classes of one event and how they join into sides and a total.

use std::collections::{BTreeMap, HashMap};

use crate::model::{
    BaseClass, ByHand, Claim, ClaimId, Class, EventDate, Measure, Methodology, Quantity, Reliability, Scope, Stance,
};

use super::beneath;
use super::methods::{Outcome, apply};
use super::range::{Range, add_ranges};
use super::reading::{Reading, read};
use super::speaking::{NotUsed, is_interim, refused, with_additions};
use super::voices::{Grade, Speaking, Voice, agree, is_high_only, voices_of};
use super::{Marks, Value, Working};

/// A claim of the event, with what the project knows around it.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The name of its independence group, in lower case.
    pub group: String,
    /// How reliable the publisher of its article is.
    pub source: Option<Reliability>,
}

/// The project's answer for one measure and class of one event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// Low, best and high, or why there are none.
    pub value: Value,
    /// What must be said beside it.
    pub marks: Marks,
    /// How it was made.
    pub working: Working,
}

/// The figures of one measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureFigures {
    /// The total.
    pub total: Figure,
    /// Every other class that somebody spoke of or set, and the sides that follow from them.
    pub classes: BTreeMap<Class, Figure>,
}

impl MeasureFigures {
    pub(super) fn get_mut(&mut self, class: &Class) -> Option<&mut Figure> {
        if *class == Class::TOTAL { Some(&mut self.total) } else { self.classes.get_mut(class) }
    }

    /// The figure of a class. `None` where nobody spoke of it.
    pub fn get(&self, class: &Class) -> Option<&Figure> {
        if *class == Class::TOTAL { Some(&self.total) } else { self.classes.get(class) }
    }
}

/// The figures of one event, by measure. A measure of which nobody spoke is not in it.
pub type EventFigures = BTreeMap<Measure, MeasureFigures>;

/// The figures of an event from the claims about it. The order of the claims does not matter.
pub fn figures_of(
    when: Option<&EventDate>,
    by_hand: &[ByHand],
    said: &[Statement<'_>],
    sheet: &Methodology,
) -> EventFigures {
    let mut measures: BTreeMap<&Measure, Vec<&Statement<'_>>> = BTreeMap::new();
    for statement in said {
        measures.entry(&statement.claim.measure).or_default().push(statement);
    }
    for hand in by_hand {
        measures.entry(&hand.measure).or_default();
    }
    let mut figures: EventFigures = measures
        .into_iter()
        .map(|(measure, mut statements)| {
            statements.sort_unstable_by_key(|statement| statement.claim.id);
            let hands: Vec<&ByHand> = by_hand.iter().filter(|hand| hand.measure == *measure).collect();
            (measure.clone(), Desk { when, hands, sheet, measure }.measure(&statements))
        })
        .collect();
    beneath::mark(&mut figures, when, by_hand, said);
    figures
}

/// The range of a figure that was set by hand.
pub fn hand_range(hand: &ByHand) -> Range {
    Range { low: hand.low, best: hand.best, high: hand.high }
}

/// Everything that one class rests on, before classes are joined.
struct Own {
    figure: Figure,
    /// The largest minimum that loose parts of it state.
    parts: Option<u64>,
}

/// What stays the same while the classes of one measure are worked out.
pub(super) struct Desk<'a> {
    pub(super) when: Option<&'a EventDate>,
    pub(super) hands: Vec<&'a ByHand>,
    pub(super) sheet: &'a Methodology,
    pub(super) measure: &'a Measure,
}

impl Desk<'_> {
    fn measure(&self, statements: &[&Statement<'_>]) -> MeasureFigures {
        let mut by_class: BTreeMap<&Class, Vec<&Statement<'_>>> = BTreeMap::new();
        for statement in statements {
            by_class.entry(&statement.claim.class).or_default().push(statement);
        }
        for hand in &self.hands {
            by_class.entry(&hand.class).or_default();
        }
        let lone_estimates = statements.iter().all(|s| !self.speaks_of_whole(s.claim) || is_estimate(s.claim));
        let mut own: BTreeMap<Class, Own> = by_class
            .into_iter()
            .map(|(class, claims)| (class.clone(), self.class(class, &claims, lone_estimates)))
            .collect();
        join_classes(&mut own)
    }

    /// Whether a claim says a number of a whole class: what is set aside, has no number or is a part does not.
    fn speaks_of_whole(&self, claim: &Claim) -> bool {
        refused(claim, self.when).is_none()
            && !claim.class.is_sub()
            && !matches!(claim.scope, Scope::PartOf(_))
            && read(claim, self.sheet).has_number()
    }

    pub(super) fn hand(&self, class: &Class) -> Option<&ByHand> {
        self.hands.iter().copied().find(|hand| hand.class == *class)
    }

    /// The figure of one class from its own claims.
    fn class(&self, class: &Class, statements: &[&Statement<'_>], lone_estimates: bool) -> Own {
        let mut working = Working::default();
        let mut denied = false;
        let mut counted: Vec<&Statement<'_>> = Vec::new();
        for statement in statements {
            match refused(statement.claim, self.when) {
                Some(reason) => {
                    denied |= reason == NotUsed::Denial;
                    working.not_used.push((statement.claim.id, reason));
                }
                None => counted.push(statement),
            }
        }
        let readings = self.readings(&counted);
        let (parts, whole): (Vec<_>, Vec<_>) =
            counted.iter().copied().partition(|s| matches!(s.claim.scope, Scope::PartOf(_)));
        working.not_used.extend(parts.iter().map(|s| (s.claim.id, NotUsed::Part)));
        let speaking = self.speaking(&whole, &readings, &mut working);
        let (voices, superseded) = voices_of(&speaking, self.sheet);
        working.not_used.extend(superseded.into_iter().map(|id| (id, NotUsed::Superseded)));

        let outcome = apply(self.sheet.method_for(self.measure), self.sheet, &voices);
        let mut figure = self.figure(&outcome, &voices, whole.is_empty(), working);
        figure.marks.conflict = denied || !agree(&voices);
        if let [only] = speaking.as_slice()
            && lone_estimates
            && let Some(raw) = broken_estimate(only.claim)
        {
            figure.value = Value::Known(raw);
            figure.marks.flagged = true;
        }
        figure.marks.estimates_only = !speaking.is_empty() && speaking.iter().all(|s| is_estimate(s.claim));
        if let Some(hand) = self.hand(class) {
            figure = by_hand(hand, figure);
        }
        Own { figure, parts: self.largest_part(&parts, &readings) }
    }

    pub(super) fn readings(&self, counted: &[&Statement<'_>]) -> HashMap<ClaimId, Reading> {
        let plain = counted.iter().map(|s| (s.claim.id, (s.claim, read(s.claim, self.sheet)))).collect();
        with_additions(&plain)
    }

    /// The claims on the whole that state a number now.
    pub(super) fn speaking<'a>(
        &self,
        whole: &[&'a Statement<'a>],
        readings: &HashMap<ClaimId, Reading>,
        working: &mut Working,
    ) -> Vec<Speaking<'a>> {
        let mut speaking: Vec<Speaking<'a>> = Vec::new();
        for statement in whole {
            let reading = readings.get(&statement.claim.id).copied().unwrap_or_default();
            if reading.has_number() {
                let grade = Grade::of(statement.claim, statement.source);
                speaking.push(Speaking { claim: statement.claim, group: &statement.group, grade, reading });
            } else {
                working.not_used.push((statement.claim.id, NotUsed::NoNumber));
            }
        }
        let final_report = speaking.iter().any(|s| !is_interim(s.claim, self.when));
        if final_report {
            speaking.retain(|s| {
                let stays = !is_interim(s.claim, self.when);
                if !stays {
                    working.not_used.push((s.claim.id, NotUsed::Interim));
                }
                stays
            });
        } else {
            for s in &mut speaking {
                s.reading = s.reading.opened_interim();
            }
            if !speaking.is_empty() {
                working.steps.push("Only interim reports: they are floors until the event has ended".to_owned());
            }
        }
        speaking
    }

    fn figure(&self, outcome: &Outcome<'_>, voices: &[Voice], no_claim: bool, mut working: Working) -> Figure {
        let method = self.sheet.method_for(self.measure);
        working.method = method.key();
        let value = match outcome.range {
            Some(range) => Value::Known(range),
            None if voices.is_empty() && no_claim => Value::NoClaim,
            None => Value::Unknown,
        };
        for voice in voices {
            if outcome.heard.iter().any(|heard| heard.group == voice.group) {
                working.used.extend(&voice.claims);
            } else {
                working.not_used.extend(voice.claims.iter().map(|id| (*id, NotUsed::PassedOver)));
            }
            if voice.two_numbers {
                working.steps.push(format!("{} speaks with two numbers", voice.group));
            }
        }
        let best = outcome.range.and_then(|range| range.best);
        let sayers: Vec<&&Voice> = outcome.heard.iter().filter(|v| best.is_some() && v.reading.pt == best).collect();
        if !sayers.is_empty() && sayers.iter().all(|voice| voice.reading.lower_end) {
            working.steps.push("The best figure is the lower end of a range".to_owned());
        }
        let marks = Marks {
            about: !sayers.is_empty() && sayers.iter().all(|voice| voice.reading.about),
            high_only: !outcome.heard.is_empty() && outcome.heard.iter().all(|voice| voice.high_only),
            open_above: outcome.open_above,
            ..Marks::default()
        };
        if marks.high_only {
            working.steps.push("Only suspicions or counts of an enemy's dead are left; they count in full".to_owned());
        }
        Figure { value, marks, working }
    }

    /// The largest minimum of loose parts: asserted, not high-only, the newest of each speaker.
    fn largest_part(&self, parts: &[&Statement<'_>], readings: &HashMap<ClaimId, Reading>) -> Option<u64> {
        let mut newest: BTreeMap<&str, (Option<jiff::civil::Date>, u64)> = BTreeMap::new();
        for part in parts {
            let asserted = part.claim.stance == Stance::Asserts && !is_high_only(part.claim, self.sheet);
            let lo = readings.get(&part.claim.id).and_then(|reading| reading.lo);
            let Some(lo) = lo.filter(|_| asserted) else { continue };
            let entry = newest.entry(&part.group).or_insert((part.claim.reported, lo));
            // Two of one day make one voice, whose minimum is the smaller.
            if part.claim.reported > entry.0 || (part.claim.reported == entry.0 && lo < entry.1) {
                *entry = (part.claim.reported, lo);
            }
        }
        newest.into_values().map(|(_, lo)| lo).max()
    }
}

impl Reading {
    /// What an interim report still says: its minimum, while the maximum is not known yet.
    fn opened_interim(self) -> Self {
        Self { hi: None, ..self }
    }
}

fn is_estimate(claim: &Claim) -> bool {
    matches!(claim.quantity, Quantity::Estimate { .. })
}

/// The three numbers of a published estimate that are out of order; such a row is shown as it was published.
fn broken_estimate(claim: &Claim) -> Option<Range> {
    let Quantity::Estimate { low, best, high } = claim.quantity else { return None };
    let raw = Range { low: low.or(best).or(high)?, best, high: high.or(best).or(low) };
    (!raw.in_order()).then_some(raw)
}

fn by_hand(hand: &ByHand, from_claims: Figure) -> Figure {
    let mut working = Working { method: "by hand", ..Working::default() };
    let not_used = from_claims.working.used.iter().map(|id| (*id, NotUsed::ByHand));
    working.not_used = from_claims.working.not_used.iter().cloned().chain(not_used).collect();
    let who = if hand.name.is_empty() { "somebody" } else { &*hand.name };
    working.steps.push(format!("Set by hand by {who}: {}", hand.reason));
    let marks = Marks { by_hand: true, conflict: from_claims.marks.conflict, ..Marks::default() };
    Figure { value: Value::Known(hand_range(hand)), marks, working }
}

/// A number that follows from the parts of a class, and whether it rests on estimates of data sets alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Derived {
    range: Range,
    estimates_only: bool,
    /// A published estimate out of order is among them.
    flagged: bool,
}

/// Joins what follows from the parts into a figure that was made from its own claims.
fn joined(mut figure: Figure, parts: Option<Derived>, what: &str) -> Figure {
    let Some(parts) = parts.filter(|_| !figure.marks.by_hand && !figure.marks.flagged) else { return figure };
    let own = figure.value.range();
    let result = own.map_or(parts.range, |own| own.join(parts.range));
    if own != Some(result) {
        let verb = if own.is_some() { "Raised by" } else { "Made of" };
        figure.working.steps.push(format!("{verb} {what}"));
        figure.marks.about = false;
        figure.marks.flagged |= parts.flagged;
        figure.marks.estimates_only = parts.estimates_only && (own.is_none() || figure.marks.estimates_only);
    }
    figure.marks.conflict |= own.and_then(|own| own.high).is_some_and(|high| parts.range.low > high);
    figure.value = Value::Known(result);
    figure
}

/// Lifts a figure to the largest of its parts, which may not be all: the maximum opens.
fn lifted(figure: Figure, part: Option<Derived>) -> Figure {
    let low = figure.value.range().map_or(0, |range| range.low);
    joined(figure, part.filter(|part| part.range.low > low), "a part of it")
}

/// The classes of one measure while they are joined.
#[derive(Default)]
struct Joining {
    done: BTreeMap<Class, Figure>,
    /// The sides before their fighters are joined in.
    sides: Vec<(BaseClass, BaseClass, Figure)>,
}

/// Sub-groups first, then what they lie within, the sides, and the total last.
fn join_classes(own: &mut BTreeMap<Class, Own>) -> MeasureFigures {
    let mut joining = Joining::default();
    let subs: Vec<Class> = own.keys().filter(|class| class.is_sub()).cloned().collect();
    for class in subs {
        if let Some(Own { figure, parts }) = own.remove(&class) {
            joining.done.insert(class, lifted(figure, parts.map(loose)));
        }
    }
    let mut take = |base| own.remove(&Class::Base(base)).unwrap_or_else(Own::nothing);
    for base in BaseClass::PARTS {
        let Own { figure, parts } = take(base);
        let part = joining.largest_part(base, parts, false);
        joining.insert(base, lifted(figure, part));
    }
    for (side, fighters) in [(BaseClass::AllA, BaseClass::A), (BaseClass::AllB, BaseClass::B)] {
        let Own { figure, parts } = take(side);
        let part = joining.largest_part(side, parts, false);
        let figure = lifted(figure, part);
        joining.sides.push((side, fighters, figure.clone()));
        joining.insert(side, joined(figure, joining.part(fighters, false), "its fighters"));
    }
    let Own { figure, parts } = take(BaseClass::Total);
    joining.total(figure, parts)
}

/// The minimum that a loose part states.
fn loose(lo: u64) -> Derived {
    Derived { range: Range { low: lo, best: Some(lo), high: None }, estimates_only: false, flagged: false }
}

impl Joining {
    fn insert(&mut self, base: BaseClass, figure: Figure) {
        self.done.insert(Class::Base(base), figure);
    }

    /// The range of a class, left out where `real` asks for more than estimates of data sets.
    fn part(&self, base: BaseClass, real: bool) -> Option<Derived> {
        of_figure(self.done.get(&Class::Base(base))?, real)
    }

    /// P: the largest of the lows of the sub-groups of a class and of its loose parts.
    fn largest_part(&self, base: BaseClass, parts: Option<u64>, real: bool) -> Option<Derived> {
        let groups = self.done.iter().filter(|(class, _)| class.is_sub() && class.base() == base);
        let groups = groups.filter_map(|(_, figure)| of_figure(figure, real));
        let floors = groups.map(|part| Derived { estimates_only: part.estimates_only, ..loose(part.range.low) });
        // Of two equal floors the one that rests on more than estimates speaks.
        floors.chain(parts.map(loose)).max_by_key(|part| (part.range.low, !part.estimates_only))
    }

    fn total(mut self, own: Figure, parts: Option<u64>) -> MeasureFigures {
        // Estimates of data sets move no total that somebody claimed.
        let claimed = own.value.range().is_some();
        let sum = self.sum_of_classes(claimed);
        let part = self.largest_part(BaseClass::Total, parts, claimed);
        let mut total = lifted(joined(own, sum, "the sum of its classes"), part);
        if sum.is_some() && total.value.range() == sum.map(|sum| sum.range) {
            self.name_missing_parts(&mut total);
        }
        // A class of which nobody spoke is not told.
        self.done.retain(|_, figure| *figure != Figure::default());
        MeasureFigures { total, classes: self.done }
    }

    /// join(A all + B all if either is claimed, A + B + civilians + unknown).
    fn sum_of_classes(&self, real: bool) -> Option<Derived> {
        let parts = add(BaseClass::PARTS.into_iter().filter_map(|part| self.part(part, real)));
        let own_sides = || self.sides.iter().map(|(_, fighters, side)| (*fighters, of_figure(side, real)));
        if own_sides().all(|(_, side)| side.is_none()) {
            return parts;
        }
        let sides = own_sides().filter_map(|(fighters, side)| join(side, self.part(fighters, real)));
        join(add(sides), parts)
    }

    fn name_missing_parts(&self, total: &mut Figure) {
        let missing: Vec<&str> =
            BaseClass::PARTS.into_iter().filter(|part| self.part(*part, false).is_none()).map(BaseClass::key).collect();
        if !missing.is_empty() {
            total.working.steps.push(format!("No claim for {}", missing.join(", ")));
        }
    }
}

fn of_figure(figure: &Figure, real: bool) -> Option<Derived> {
    let Marks { estimates_only, flagged, .. } = figure.marks;
    let range = figure.value.range().filter(|_| !(real && estimates_only))?;
    Some(Derived { range: if flagged { range.smallest_to_largest() } else { range }, estimates_only, flagged })
}

fn join(a: Option<Derived>, b: Option<Derived>) -> Option<Derived> {
    match (a, b) {
        (Some(a), Some(b)) => {
            let range = a.range.join(b.range);
            let moved = range != a.range;
            let estimates_only = a.estimates_only && (b.estimates_only || !moved);
            Some(Derived { range, estimates_only, flagged: a.flagged || (moved && b.flagged) })
        }
        (a, b) => a.or(b),
    }
}

fn add(parts: impl Iterator<Item = Derived>) -> Option<Derived> {
    let parts: Vec<Derived> = parts.collect();
    let range = add_ranges(parts.iter().map(|part| part.range))?;
    let estimates_only = parts.iter().all(|part| part.estimates_only);
    Some(Derived { range, estimates_only, flagged: parts.iter().any(|part| part.flagged) })
}

impl Own {
    fn nothing() -> Self {
        Self { figure: Figure::default(), parts: None }
    }
}
