//! Step 2: which claims of a class speak, what an addition adds to, and what an interim report still says.

use std::collections::HashMap;

use crate::model::{Claim, ClaimId, EventDate, Scope, Stance};

use super::reading::Reading;

/// Why a claim is not among those that a figure rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotUsed {
    /// Somebody set it aside, for this reason.
    SetAside(String),
    /// It denies; that marks a conflict and is no number.
    Denial,
    /// It counts since before the event began, or since nobody says when.
    WiderThanEvent,
    /// It gives no number, or a word without a reading.
    NoNumber,
    /// It was reported while the event went on, and later reports give a number.
    Interim,
    /// The same voice has reported since.
    Superseded,
    /// It is a part of the whole: it can only lift the figure.
    Part,
    /// The method passes it over.
    PassedOver,
    /// The figure was set by hand.
    ByHand,
}

impl NotUsed {
    /// The reason in words.
    pub fn describe(&self) -> String {
        match self {
            Self::SetAside(reason) => format!("set aside: {reason}"),
            Self::Denial => "a denial: marks a conflict, is no number".to_owned(),
            Self::WiderThanEvent => "wider than the event".to_owned(),
            Self::NoNumber => "gives no number".to_owned(),
            Self::Interim => "interim: later reports give a number".to_owned(),
            Self::Superseded => "the same voice has reported since".to_owned(),
            Self::Part => "a part of the whole: can only lift the figure".to_owned(),
            Self::PassedOver => "passed over by the method".to_owned(),
            Self::ByHand => "the figure was set by hand".to_owned(),
        }
    }
}

/// Why a claim does not count at all, if it does not.
pub(super) fn refused(claim: &Claim, when: Option<&EventDate>) -> Option<NotUsed> {
    if let Some(reason) = &claim.aside {
        return Some(NotUsed::SetAside(reason.to_string()));
    }
    if claim.stance == Stance::Denies {
        return Some(NotUsed::Denial);
    }
    if let Scope::CumulativeSince(since) = claim.scope {
        let first = when.and_then(EventDate::earliest);
        let inside = since.zip(first).is_some_and(|(since, first)| since >= first);
        if !inside {
            return Some(NotUsed::WiderThanEvent);
        }
    }
    None
}

/// Whether a claim was reported before the last day of an event that lasted throughout its days.
pub fn is_interim(claim: &Claim, when: Option<&EventDate>) -> bool {
    let lasting = when.filter(|when| when.lasted_throughout());
    lasting.zip(claim.reported).is_some_and(|(when, day)| when.latest().is_none_or(|last| day < last))
}

/// What an addition reads as on top of its base. A ceiling adds nothing to the minimum and to the number.
fn on_top(base: Reading, more: Reading) -> Reading {
    let sum = |a: Option<u64>, b: Option<u64>| match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    };
    Reading {
        lo: sum(base.lo, more.lo),
        hi: base.hi.zip(more.hi).map(|(a, b)| a.saturating_add(b)),
        pt: sum(base.pt, more.pt),
        about: base.about || more.about,
        lower_end: base.lower_end || more.lower_end,
    }
}

/// What an addition reads as where there is nothing to add it to.
fn floor(more: Reading) -> Reading {
    Reading { hi: None, pt: more.lo, ..more }
}

/// Readings of the counted claims of one class, with additions put on top of their bases.
///
/// A base that does not count, that is gone or that has no number leaves the addition as a floor. A chain that bites
/// its own tail is read as if its base were gone: such a ring is refused where it would be made.
pub(super) fn with_additions(plain: &HashMap<ClaimId, (&Claim, Reading)>) -> HashMap<ClaimId, Reading> {
    let mut done = HashMap::with_capacity(plain.len());
    for id in plain.keys() {
        resolve(*id, plain, &mut done);
    }
    done
}

fn resolve(
    start: ClaimId,
    plain: &HashMap<ClaimId, (&Claim, Reading)>,
    done: &mut HashMap<ClaimId, Reading>,
) -> Option<Reading> {
    // Walk down to a claim that stands by itself, then back up: no recursion, so that a long chain costs no stack.
    let mut chain = Vec::new();
    let mut at = Some(start);
    let mut below: Option<Reading> = None;
    while let Some(id) = at {
        if let Some(known) = done.get(&id) {
            below = Some(*known);
            break;
        }
        let Some((claim, _)) = plain.get(&id) else { break };
        if let Some(ring) = chain.iter().position(|known| *known == id) {
            // Every claim of the ring is read alike, wherever the walk began.
            for id in chain.drain(ring..) {
                let own = plain.get(&id).map(|(_, own)| *own).unwrap_or_default();
                done.insert(id, floor(own));
                below = Some(floor(own));
            }
            if let Some(Scope::AdditionalTo(base)) = chain.last().and_then(|id| plain.get(id)).map(|(c, _)| c.scope) {
                below = done.get(&base).copied();
            }
            break;
        }
        chain.push(id);
        at = match claim.scope {
            Scope::AdditionalTo(base) => Some(base),
            _ => None,
        };
    }
    while let Some(id) = chain.pop() {
        let (claim, own) = plain.get(&id)?;
        let reading = match claim.scope {
            Scope::AdditionalTo(_) if own.has_number() => match below.filter(|base| base.has_number()) {
                Some(base) => on_top(base, *own),
                None => floor(*own),
            },
            _ => *own,
        };
        done.insert(id, reading);
        below = Some(reading);
    }
    below
}
