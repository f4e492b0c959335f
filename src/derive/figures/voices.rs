//! Step 3: one voice for each group of claims that are not independent of each other.
//!
//! Ten reprints of one agency are one voice; so is one ministry on five days, which says what its newest report says.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{BaseClass, Claim, ClaimId, Measure, Methodology, Party, Reliability, Stance};

use super::range::hull;
use super::reading::Reading;

/// How good the support of a voice is: smaller is better. Information first, then the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Grade {
    information: u8,
    source: u8,
}

impl Grade {
    /// The place of the Admiralty grades in the order 1, 2, 3, (6 or none), 4, 5 and A, B, C, (F or none), D, E.
    pub(super) fn of(claim: &Claim, source: Option<Reliability>) -> Self {
        let information = match claim.grade.map(crate::model::InformationGrade::number) {
            Some(n @ 1..=3) => n,
            Some(4) => 5,
            Some(5) => 6,
            _ => 4,
        };
        let source = match source {
            Some(Reliability::A) => 1,
            Some(Reliability::B) => 2,
            Some(Reliability::C) => 3,
            Some(Reliability::F) | None => 4,
            Some(Reliability::D) => 5,
            Some(Reliability::E) => 6,
        };
        Self { information, source }
    }

    /// Whether neither the information (4, 5) nor the source (D, E) is doubtful.
    pub(super) fn is_credible(self) -> bool {
        self.information <= 4 && self.source <= 4
    }
}

/// A claim that speaks, with what it states.
#[derive(Debug, Clone)]
pub(super) struct Speaking<'a> {
    pub(super) claim: &'a Claim,
    pub(super) group: &'a str,
    pub(super) grade: Grade,
    pub(super) reading: Reading,
}

/// One of the independent voices on a class.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    /// The name of the group.
    pub(super) group: String,
    /// Names of the speakers in lower case, by which ranks and authorities find the voice.
    pub(super) speakers: Vec<String>,
    /// What it says.
    pub(super) reading: Reading,
    /// The best grade of the claims by which it speaks.
    pub(super) grade: Grade,
    /// May only raise the high figure.
    pub(super) high_only: bool,
    /// The largest minimum of claims of it that count names.
    pub(super) names: Option<u64>,
    /// Whether all it says is a count of names.
    pub(super) only_names: bool,
    /// The day of its newest report; `None` is oldest.
    pub(super) day: Option<Date>,
    /// The claims by which it speaks.
    pub(super) claims: Vec<ClaimId>,
    /// Whether it speaks with two numbers on one day.
    pub(super) two_numbers: bool,
}

/// Whether a claim may only raise the high figure: a suspicion, or a party's count of its enemy's dead.
pub fn is_high_only(claim: &Claim, method: &Methodology) -> bool {
    if claim.stance == Stance::Suspects {
        return true;
    }
    let counts_dead = matches!(claim.measure, Measure::Killed | Measure::Casualties);
    let of_enemy = matches!(
        (claim.party, claim.class.base()),
        (Some(Party::A), BaseClass::B | BaseClass::AllB) | (Some(Party::B), BaseClass::A | BaseClass::AllA)
    );
    method.enemy_counts_high_only && counts_dead && of_enemy
}

/// Voices of a class in the order of their names, and the claims whose voice has reported since.
pub(super) fn voices_of(speaking: &[Speaking<'_>], method: &Methodology) -> (Vec<Voice>, Vec<ClaimId>) {
    let mut groups: BTreeMap<&str, Vec<&Speaking<'_>>> = BTreeMap::new();
    for claim in speaking {
        groups.entry(claim.group).or_default().push(claim);
    }
    let mut superseded = Vec::new();
    let voices = groups
        .into_iter()
        .map(|(group, claims)| {
            let newest = claims.iter().map(|s| s.claim.reported).max().flatten();
            let (now, before): (Vec<_>, Vec<_>) = claims.into_iter().partition(|s| s.claim.reported == newest);
            superseded.extend(before.iter().map(|s| s.claim.id));
            voice(group, &now, newest, method)
        })
        .collect();
    (voices, superseded)
}

fn voice(group: &str, now: &[&Speaking<'_>], day: Option<Date>, method: &Methodology) -> Voice {
    let readings: Vec<Reading> = now.iter().map(|s| s.reading).collect();
    let (lo, hi) = hull(&readings);
    let pt = now.iter().filter_map(|s| s.reading.pt).min();
    let of_pt = |s: &&&Speaking<'_>| s.reading.pt == pt;
    let named = now.iter().filter(|s| s.claim.counts_names);
    let mut claims: Vec<ClaimId> = now.iter().map(|s| s.claim.id).collect();
    claims.sort_unstable();
    let mut speakers: Vec<String> = now.iter().map(|s| s.claim.speaker.to_lowercase()).collect();
    speakers.sort();
    speakers.dedup();
    Voice {
        group: group.to_owned(),
        speakers,
        reading: Reading {
            lo,
            hi,
            pt,
            about: now.iter().filter(of_pt).any(|s| s.reading.about),
            lower_end: now.iter().filter(of_pt).any(|s| s.reading.lower_end),
        },
        // A voice has at least one claim; the fallback is the middle of the scale.
        grade: now.iter().map(|s| s.grade).min().unwrap_or(Grade { information: 4, source: 4 }),
        high_only: now.iter().all(|s| is_high_only(s.claim, method)),
        names: named.clone().filter_map(|s| s.reading.lo).max(),
        only_names: named.count() == now.len(),
        day,
        claims,
        two_numbers: now.iter().any(|s| s.reading != now[0].reading),
    }
}

/// Whether every pair of voices leaves room for a common value.
pub(super) fn agree(voices: &[Voice]) -> bool {
    let highest_floor = voices.iter().filter_map(|voice| voice.reading.lo).max().unwrap_or(0);
    let lowest_ceiling = voices.iter().filter_map(|voice| voice.reading.hi).min().unwrap_or(u64::MAX);
    highest_floor <= lowest_ceiling
}
