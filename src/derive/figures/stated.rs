//! What each claim states by itself, as the figure reads it: for timelines, which show claims one by one.

use std::collections::{BTreeMap, HashMap};

use crate::model::{ClaimId, Class, EventDate, Measure, Methodology, Scope};

use super::Reading;
use super::event::Statement;
use super::reading::read;
use super::speaking::{is_interim, refused, with_additions};

/// What a claim states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stated {
    /// Its numbers; an addition stands on top of its base where that counts.
    pub reading: Reading,
    /// Whether it was reported while the event went on.
    pub interim: bool,
    /// Whether it speaks of the whole of its class with a number that counts: set aside claims, denials, parts and
    /// claims without a number do not.
    pub speaks: bool,
}

/// What each of the claims on one event states. The order of the claims does not matter.
pub fn stated(when: Option<&EventDate>, statements: &[Statement<'_>], sheet: &Methodology) -> HashMap<ClaimId, Stated> {
    let mut by_class: BTreeMap<(&Measure, &Class), Vec<&Statement<'_>>> = BTreeMap::new();
    for statement in statements {
        by_class.entry((&statement.claim.measure, &statement.claim.class)).or_default().push(statement);
    }
    let mut all = HashMap::with_capacity(statements.len());
    for statements in by_class.values() {
        let counted = statements.iter().filter(|s| refused(s.claim, when).is_none());
        let plain = counted.map(|s| (s.claim.id, (s.claim, read(s.claim, sheet)))).collect();
        let readings = with_additions(&plain);
        for claim in statements.iter().map(|s| s.claim) {
            let counts = readings.get(&claim.id).copied();
            let reading = counts.unwrap_or_else(|| read(claim, sheet));
            let whole = counts.is_some() && !matches!(claim.scope, Scope::PartOf(_));
            let speaks = whole && reading.has_number();
            all.insert(claim.id, Stated { reading, interim: is_interim(claim, when), speaks });
        }
    }
    all
}
