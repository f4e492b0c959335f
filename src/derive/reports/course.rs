//! The figure of one event as it ran: what a set of claims amounted to each time that one more was known.

use crate::derive::figures::{Statement, figures_of, is_high_only, stated};
use crate::derive::{Summary, statements};
use crate::model::{ByHand, Claim, Class, Event, Measure, Methodology, Project};

use super::event::bears_on;
use super::{Known, known_from};

/// What a figure was from one moment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// From when.
    pub known: Known,
    /// What the claims known by then gave.
    pub figure: Summary,
    /// Whether all that gave a number by then was reported while the event went on.
    pub interim: bool,
    /// Whether it rests on what may only raise the high figure beside others: suspicions, and a party's counts of its
    /// enemy's dead. Of a figure by the method, on nothing else; of a voice that is heard alone, in any part.
    pub high_only: bool,
}

/// The claims of one event on one measure in the order in which they became known.
pub(super) struct Course<'a> {
    event: &'a Event,
    measure: &'a Measure,
    hands: Vec<ByHand>,
    statements: Vec<Statement<'a>>,
    known: Vec<Known>,
    /// What of them speaks, and whether it is interim; empty of an event that did not last.
    interim: Vec<Option<bool>>,
    /// Whether it is what one voice said alone.
    alone: bool,
}

impl<'a> Course<'a> {
    pub(super) fn of(
        project: &'a Project,
        event: &'a Event,
        measure: &'a Measure,
        claims: impl Iterator<Item = &'a Claim>,
    ) -> Self {
        let claims = claims.filter(|claim| claim.measure == *measure);
        let mut by_day: Vec<(Known, &Claim)> = claims.map(|claim| (known_from(project, claim), claim)).collect();
        by_day.sort_by_key(|(known, claim)| (*known, claim.id));
        let statements = statements(project, by_day.iter().map(|(_, claim)| *claim));
        let when = event.when.as_ref().filter(|when| when.lasted_throughout());
        let stated = when.map(|when| stated(Some(when), &statements, &project.methodology));
        let interim = |claim: &Claim| stated.as_ref()?.get(&claim.id).filter(|s| s.speaks).map(|s| s.interim);
        Self {
            event,
            measure,
            hands: event.by_hand.iter().filter(|hand| hand.measure == *measure).cloned().collect(),
            interim: statements.iter().map(|s| interim(s.claim)).collect(),
            known: by_day.into_iter().map(|(known, _)| known).collect(),
            statements,
            alone: false,
        }
    }

    /// The claims with their voices, in the order in which they became known, and from when.
    pub(super) fn claims(&self) -> impl Iterator<Item = (Known, &Statement<'a>)> {
        self.known.iter().copied().zip(&self.statements)
    }

    pub(super) fn statements(&self) -> &[Statement<'a>] {
        &self.statements
    }

    /// Whether a figure of the measure was set by hand.
    pub(super) fn has_hands(&self) -> bool {
        !self.hands.is_empty()
    }

    /// The same with what one voice said alone.
    pub(super) fn of_voice(&self, voice: &str) -> Self {
        let mut own = Self {
            event: self.event,
            measure: self.measure,
            hands: Vec::new(),
            statements: Vec::new(),
            known: Vec::new(),
            interim: Vec::new(),
            alone: true,
        };
        for ((known, statement), interim) in self.claims().zip(&self.interim) {
            if statement.group == voice {
                own.statements.push(statement.clone());
                own.known.push(known);
                own.interim.push(*interim);
            }
        }
        own
    }

    /// The figure of a class by a method sheet: a step for every moment from which a claim is known, and one for what was
    /// set by hand. `last` is the last step where that is known already.
    pub(super) fn steps(&self, class: &Class, sheet: &Methodology, last: Option<Summary>) -> Vec<Step> {
        let mut ends: Vec<(Known, usize, &[ByHand])> = Vec::new();
        for (n, known) in self.known.iter().enumerate() {
            match ends.last_mut() {
                Some(end) if end.0 == *known => end.1 = n + 1,
                _ => ends.push((*known, n + 1, &[])),
            }
        }
        if self.has_hands() {
            ends.push((Known::ByHand, self.statements.len(), &self.hands));
        }
        let count = ends.len();
        let step = |(n, (known, end, hands)): (usize, (Known, usize, &[ByHand]))| {
            let figure = last.filter(|_| n + 1 == count);
            let figure = figure.unwrap_or_else(|| self.figure(end, hands, class, sheet));
            let high_only = figure.marks.high_only || (self.alone && self.only_raises(end, class, sheet));
            Step { known, figure, interim: hands.is_empty() && self.is_interim(end), high_only }
        };
        ends.into_iter().enumerate().map(step).collect()
    }

    /// Whether a newest number of a class, of which the asked one is made, may only raise the high figure.
    fn only_raises(&self, end: usize, asked: &Class, sheet: &Methodology) -> bool {
        let known = || self.statements[..end].iter().map(|s| s.claim).filter(|claim| claim.aside.is_none());
        let is_newest = |claim: &Claim| {
            known().filter(|other| other.class == claim.class).all(|other| other.reported <= claim.reported)
        };
        known().any(|claim| bears_on(asked, &claim.class) && is_high_only(claim, sheet) && is_newest(claim))
    }

    fn is_interim(&self, end: usize) -> bool {
        let mut speaking = self.interim[..end].iter().flatten().peekable();
        speaking.peek().is_some() && speaking.all(|interim| *interim)
    }

    /// What the first `end` claims amount to.
    fn figure(&self, end: usize, hands: &[ByHand], class: &Class, sheet: &Methodology) -> Summary {
        let figures = figures_of(self.event.when.as_ref(), hands, &self.statements[..end], sheet);
        let figure = figures.get(self.measure).and_then(|figures| figures.get(class));
        figure.map_or_else(Summary::default, |figure| Summary { value: figure.value, marks: figure.marks })
    }
}
