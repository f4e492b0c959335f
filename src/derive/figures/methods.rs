//! Step 4: one figure of many voices, by a named rule.
//!
//! Sources of the rules: the ACLED codebook and fatality FAQ (conservative), the UCDP GED codebook (judged best), the
//! Airwars methodology (named floor), the GTD codebook (newest, majority, lowest), and the practices that Every Casualty
//! Counts lists (majority, source hierarchy). The range of claims is Dateline's own default.

use std::collections::BTreeMap;

use crate::model::{Method, Methodology};

use super::range::{Range, in_full, range_of};
use super::voices::Voice;

/// What a method makes of voices.
pub(super) struct Outcome<'a> {
    /// The range; `None` where the method hears nobody.
    pub(super) range: Option<Range>,
    /// The voices that it heard.
    pub(super) heard: Vec<&'a Voice>,
    /// Whether a high that an open claim sets was closed by convention.
    pub(super) open_above: bool,
}

impl<'a> Outcome<'a> {
    fn of(heard: Vec<&'a Voice>) -> Self {
        Self { range: range_of(&heard), heard, open_above: false }
    }
}

/// Applies a method to the voices of one class.
pub(super) fn apply<'a>(method: Method, sheet: &Methodology, voices: &'a [Voice]) -> Outcome<'a> {
    let all: Vec<&Voice> = voices.iter().collect();
    match method {
        Method::RangeOfClaims => Outcome::of(all),
        Method::Conservative => {
            let range = range_of(&all).map(|r| Range { best: Some(r.low), ..r });
            Outcome { range, ..Outcome::of(all) }
        }
        Method::JudgedBest => judged_best(&all),
        Method::NamedFloor => named_floor(&all),
        Method::NewestMajorityLowest => newest_majority_lowest(&all),
        Method::Majority => Outcome::of(most_frequent(&in_full(&all), &all)),
        Method::SourceHierarchy => hierarchy(sheet, all),
        Method::LatestOfAuthority => {
            let authority = sheet.authority.to_lowercase();
            Outcome::of(all.into_iter().filter(|voice| is_called(voice, &authority)).collect())
        }
    }
}

/// The voices whose information and source are not doubtful; all of them if every one is.
fn credible<'a>(voices: &[&'a Voice]) -> Vec<&'a Voice> {
    let good: Vec<_> = voices.iter().copied().filter(|voice| voice.grade.is_credible()).collect();
    if good.is_empty() { voices.to_vec() } else { good }
}

fn judged_best<'a>(all: &[&'a Voice]) -> Outcome<'a> {
    let heard = credible(all);
    let Some(range) = range_of(&heard) else { return Outcome::of(heard) };
    let judged = in_full(&heard).into_iter().filter_map(|voice| Some((voice.grade, voice.reading.pt?))).min();
    let best = judged.map(|(_, pt)| pt);
    let top = |voice: &&Voice| voice.reading.hi.or(voice.reading.lo).unwrap_or(0);
    let high = heard.iter().map(top).max().unwrap_or(0).max(best.unwrap_or(0));
    let open_above = heard.iter().any(|voice| voice.reading.hi.is_none() && top(voice) == high);
    let low = best.map_or(range.low, |best| range.low.min(best));
    Outcome { range: Some(Range { low, best, high: Some(high.max(low)) }), heard, open_above }
}

fn named_floor<'a>(all: &[&'a Voice]) -> Outcome<'a> {
    let heard: Vec<_> = all.iter().copied().filter(|voice| voice.names.is_some()).collect();
    let others: Vec<_> = credible(all).into_iter().filter(|voice| !voice.only_names).collect();
    let names = heard.iter().filter_map(|voice| voice.names).max();
    let rest = range_of(&others);
    let Some(low) = names.max(rest.map(|r| r.low)) else { return Outcome::of(others) };
    let high = rest.and_then(|r| r.high).map(|high| high.max(low));
    let mut used = heard;
    used.extend(others.into_iter().filter(|voice| voice.names.is_none()));
    Outcome { range: Some(Range { low, best: Some(low), high }), heard: used, open_above: false }
}

fn newest_majority_lowest<'a>(all: &[&'a Voice]) -> Outcome<'a> {
    let reliable = in_full(&credible(all));
    let newest = reliable.iter().map(|voice| voice.day).max().flatten();
    let of_day: Vec<_> = reliable.into_iter().filter(|voice| voice.day == newest).collect();
    let frequent = most_frequent(&of_day, &of_day);
    let lowest = frequent.iter().filter_map(|voice| voice.reading.pt).min();
    Outcome::of(frequent.into_iter().filter(|voice| voice.reading.pt == lowest).collect())
}

/// The voices with the number that most of `electors` say, or with any of those that tie; `without` where no elector
/// says a number.
fn most_frequent<'a>(electors: &[&'a Voice], without: &[&'a Voice]) -> Vec<&'a Voice> {
    let mut votes: BTreeMap<u64, usize> = BTreeMap::new();
    for pt in electors.iter().filter_map(|voice| voice.reading.pt) {
        *votes.entry(pt).or_default() += 1;
    }
    let Some(most) = votes.values().max() else { return without.to_vec() };
    let wins = |voice: &&&Voice| voice.reading.pt.is_some_and(|pt| votes.get(&pt) == Some(most));
    electors.iter().filter(wins).copied().collect()
}

fn is_called(voice: &Voice, name: &str) -> bool {
    !name.is_empty() && (voice.group == name || voice.speakers.iter().any(|speaker| speaker == name))
}

/// The first rank that speaks decides; the others only widen low and high.
fn hierarchy<'a>(sheet: &Methodology, all: Vec<&'a Voice>) -> Outcome<'a> {
    let ranks = sheet.ranks.iter().map(|rank| rank.to_lowercase());
    let present = ranks
        .map(|rank| all.iter().copied().filter(|voice| is_called(voice, &rank)).collect::<Vec<_>>())
        .find(|voices| !voices.is_empty());
    let Some((first, whole)) = present.as_deref().and_then(range_of).zip(range_of(&all)) else {
        return Outcome::of(all);
    };
    let range = Range {
        low: first.low.min(whole.low),
        best: first.best,
        high: first.high.zip(whole.high).map(|(a, b)| a.max(b)),
    };
    Outcome { range: Some(range), heard: all, open_above: false }
}
