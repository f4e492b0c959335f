//! A short way to write claims down in tests.

use jiff::civil::{Date, date};

use crate::derive::figures::{EventFigures, Figure, Statement, Value, figures_of};
use crate::model::{
    ByHand, Claim, Class, EventDate, EventId, InformationGrade, Measure, Method, Methodology, Party, Quantity,
    Reliability, Scope, Stance, WordTable,
};

/// Day `n` of the tests' month.
pub fn day(n: i8) -> Date {
    date(2022, 9, 10 + n)
}

/// A claim with its source, under construction.
#[derive(Debug, Clone)]
pub struct Said {
    pub claim: Claim,
    pub source: Option<Reliability>,
}

/// `speaker` says `quantity` of killed, of everybody.
pub fn say(speaker: &str, quantity: &str) -> Said {
    let event: EventId = "e-1".parse().expect("an id");
    let quantity = Quantity::parse(quantity).expect("a quantity");
    let claim = Claim { speaker: speaker.into(), ..Claim::new(event, Measure::Killed, Class::TOTAL, quantity) };
    Said { claim, source: None }
}

impl Said {
    pub fn of(mut self, class: &str) -> Self {
        self.claim.class = Class::from_key(class).expect("a class");
        self
    }
    pub fn on(mut self, n: i8) -> Self {
        self.claim.reported = Some(day(n));
        self
    }
    pub fn more_than(mut self, base: &Self) -> Self {
        self.claim.scope = Scope::AdditionalTo(base.claim.id);
        self
    }
    pub fn part(mut self) -> Self {
        self.claim.scope = Scope::PartOf(None);
        self
    }
    pub fn since(mut self, day: Option<Date>) -> Self {
        self.claim.scope = Scope::CumulativeSince(day);
        self
    }
    pub fn aside(mut self) -> Self {
        self.claim.aside = Some("doubtful".into());
        self
    }
    pub fn feared(mut self) -> Self {
        self.claim.stance = Stance::Suspects;
        self
    }
    pub fn denied(mut self) -> Self {
        self.claim.stance = Stance::Denies;
        self
    }
    pub fn party(mut self, party: Party) -> Self {
        self.claim.party = Some(party);
        self
    }
    pub fn info(mut self, grade: u8) -> Self {
        self.claim.grade = InformationGrade::new(grade);
        self
    }
    pub fn names(mut self) -> Self {
        self.claim.counts_names = true;
        self
    }
}

pub fn sheet(method: Method, words: &str) -> Methodology {
    Methodology { method, words: WordTable::preset(words).expect("a preset"), ..Methodology::default() }
}

pub fn plain() -> Methodology {
    sheet(Method::RangeOfClaims, "plain 1")
}

pub fn work_out(when: Option<&str>, hands: &[ByHand], said: &[Said], sheet: &Methodology) -> EventFigures {
    let when = when.map(|text| EventDate::parse(text).expect("a date"));
    let statements: Vec<Statement<'_>> = said
        .iter()
        .map(|said| Statement { claim: &said.claim, group: said.claim.speaker.to_lowercase(), source: said.source })
        .collect();
    figures_of(when.as_ref(), hands, &statements, sheet)
}

/// The total of killed.
pub fn total(when: Option<&str>, said: &[Said], sheet: &Methodology) -> Figure {
    work_out(when, &[], said, sheet).remove(&Measure::Killed).map(|m| m.total).unwrap_or_default()
}

/// The figure as the table of examples writes it: `3, ~22, open flagged conflict`.
pub fn written(figure: &Figure) -> String {
    let Value::Known(range) = figure.value else {
        return if figure.value == Value::Unknown { "unknown" } else { "no claim" }.to_owned();
    };
    let about = if figure.marks.about { "~" } else { "" };
    let best = range.best.map_or("none".to_owned(), |best| format!("{about}{best}"));
    let high = range.high.map_or("open".to_owned(), |high| high.to_string());
    let flagged = if figure.marks.flagged { " flagged" } else { "" };
    let conflict = if figure.marks.conflict { " conflict" } else { "" };
    format!("{}, {best}, {high}{flagged}{conflict}", range.low)
}
