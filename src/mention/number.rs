//! The number in selected words: which one, where there are several, and which numbers count no people.

use std::ops::Range;

use crate::model::{Measure, Quantity};

use super::people;
use super::when;
use super::words::Passage;

/// The longest phrase that is one quantity: "between two hundred and five and three hundred".
const LONGEST: usize = 9;

/// What stands behind a number that counts no people.
const UNITS: [&str; 61] = [
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hour",
    "hours",
    "minute",
    "minutes",
    "km",
    "kilometre",
    "kilometres",
    "kilometer",
    "kilometers",
    "metre",
    "metres",
    "meters",
    "mile",
    "miles",
    "percent",
    "per",
    "houses",
    "homes",
    "villages",
    "buildings",
    "vehicles",
    "times",
    "sides",
    "countries",
    "towns",
    "neighbours",
    "states",
    "parties",
    "attacks",
    "clashes",
    "posts",
    "rockets",
    "shells",
    "drones",
    "missiles",
    "tanks",
    "bombs",
    "bombings",
    "explosions",
    "planes",
    "helicopters",
    "boats",
    "ships",
    "cars",
    "trucks",
    "schools",
    "hospitals",
    "farms",
    "cattle",
    "animals",
    "sheep",
    "cows",
    "cent",
];

/// A quantity that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub quantity: Quantity,
    /// Its words.
    pub at: Range<usize>,
    /// How far it is from the word for what is counted.
    pub rank: usize,
    /// Another number that fits nearly as well.
    pub rival: Option<Range<usize>>,
}

/// The quantity in the selected words and which words it is.
pub fn find(passage: &Passage, measure: &Measure, is_word: &dyn Fn(&str) -> bool) -> Option<Found> {
    let mut candidates: Vec<(usize, Quantity, Range<usize>)> = numbers(passage, is_word)
        .into_iter()
        .map(|(quantity, at)| (rank(passage, measure, &at), quantity, at))
        .collect();
    candidates.sort_by_key(|(rank, quantity, at)| (*rank, is_vague(quantity), at.start));
    let mut candidates = candidates.into_iter();
    if let Some((rank, quantity, at)) = candidates.next() {
        let rival = candidates.find(|(second, _, other)| *second < rank + 2 || coordinated(passage, &at, other));
        return Some(Found { quantity, at, rank, rival: rival.map(|(.., at)| at) });
    }
    let without_number = spoken_of(passage).or_else(|| one_person(passage)).or_else(|| plural(passage));
    without_number.map(|(quantity, at)| {
        let rank = rank(passage, measure, &at);
        Found { quantity, at, rank, rival: None }
    })
}

/// "Two soldiers and three civilians were hurt", "from 87 to 103": both numbers have the verb in common.
fn coordinated(passage: &Passage, one: &Range<usize>, other: &Range<usize>) -> bool {
    const LONGEST_GAP: usize = 4;
    let between = one.end.min(other.end)..one.start.max(other.start);
    let named = |at: usize| Measure::BUILT_IN.iter().any(|m| people::names_measure(passage.lower(at), m));
    between.len() <= LONGEST_GAP
        && between.clone().any(|at| matches!(passage.lower(at), "and" | "to" | "then"))
        && !between.clone().any(|at| named(at) || matches!(passage.lower(at), "including" | "among"))
}

fn is_vague(quantity: &Quantity) -> bool {
    matches!(quantity, Quantity::Word(_))
}

/// Every longest phrase that is a quantity of people.
fn numbers(passage: &Passage, is_word: &dyn Fn(&str) -> bool) -> Vec<(Quantity, Range<usize>)> {
    let mut found: Vec<(Quantity, Range<usize>)> = Vec::new();
    let mut at = passage.selected.start;
    while at < passage.selected.end {
        let longest = passage.selected.end.min(at + LONGEST);
        let end = (at + 1..=longest).rev().find_map(|end| Some((read(passage, at..end, is_word)?, end)));
        match end {
            Some((quantity, end)) => {
                // "Dozens of people": the number is "dozens".
                let of = usize::from(end > at + 1 && passage.lower(end - 1) == "of");
                found.push((quantity, at..end - of));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn read(passage: &Passage, at: Range<usize>, is_word: &dyn Fn(&str) -> bool) -> Option<Quantity> {
    let inner = passage.tokens.get(at.start..at.end.checked_sub(1)?)?;
    if inner.iter().any(|token| token.ends_part) || counts_no_people(passage, &at) {
        return None;
    }
    let phrase = with_decimal_scale(&passage.phrase(at.clone()));
    if tells_change(passage, &at) || (passage.lower(at.start) == "many" && follows(passage, at.start, "how")) {
        return None;
    }
    let quantity = Quantity::parse_with(&phrase, is_word).ok()?;
    match &quantity {
        // "No longer", "no sooner": only "no" before people is a number.
        Quantity::NoneAsserted if phrase.eq_ignore_ascii_case("no") => {
            people::is_harm(passage.lower(at.end)).then_some(quantity)
        }
        Quantity::Plural | Quantity::Unknown if phrase.chars().any(char::is_alphabetic) => None,
        _ => Some(quantity),
    }
}

/// "Rose from 87 to 103": two numbers, no range.
fn tells_change(passage: &Passage, at: &Range<usize>) -> bool {
    const VERBS: [&str; 12] =
        ["went", "rose", "raised", "increased", "grew", "climbed", "jumped", "revised", "fell", "risen", "gone", "up"];
    let from = at.start.saturating_sub(4);
    let verb = (from..at.start).any(|before| VERBS.contains(&passage.lower(before)));
    at.len() > 1 && verb && at.clone().any(|word| passage.lower(word) == "to")
}

fn follows(passage: &Passage, at: usize, word: &str) -> bool {
    at.checked_sub(1).is_some_and(|before| passage.lower(before) == word)
}

/// Ages, shares, distances, durations and dates; and those who did it ("taken by six men").
fn counts_no_people(passage: &Passage, at: &Range<usize>) -> bool {
    let last = at.end.checked_sub(1).and_then(|last| passage.tokens.get(last));
    let joined = at.start.checked_sub(1).filter(|before| !passage.tokens[*before].ends_part);
    let before = joined.map_or("", |before| passage.lower(before));
    let behind = if last.is_some_and(|token| token.ends_part) { "" } else { passage.lower(at.end) };
    let year = last.is_some_and(|token| {
        at.len() == 1 && token.text.len() == 4 && matches!(token.text.parse::<u32>(), Ok(1900..=2100))
    });
    // "Two of the villages".
    let of_units = behind == "of" && (1..=3).any(|more| UNITS.contains(&passage.lower(at.end + more)));
    // "A girl of 15".
    let age = before == "of" && at.start.checked_sub(2).is_some_and(|noun| people::is_person(passage.lower(noun)));
    last.is_some_and(|token| token.per_cent)
        || UNITS.contains(&behind)
        || of_units
        || age
        || matches!(before, "by" | "aged" | "age" | "article" | "resolution" | "brigade" | "battalion")
        || (when::month_of(before).is_some() || when::month_of(behind).is_some()) && at.len() == 1
        || (year && matches!(before, "in" | "since" | "of" | "year" | "from" | "during" | "until" | "by"))
        || (year && at.start.checked_sub(2).is_some_and(|month| when::month_of(passage.lower(month)).is_some()))
}

/// Smaller is likelier to be the number of this measure: near its verb, before it rather than behind.
pub(super) fn rank(passage: &Passage, measure: &Measure, at: &Range<usize>) -> usize {
    const FAR: usize = 60;
    let named_as_part = (1..=2).any(|back| {
        let word = at.start.checked_sub(back).map_or("", |before| passage.lower(before));
        matches!(word, "including" | "among" | "them")
    });
    // "Five of them".
    let of_them = passage.lower(at.end) == "of" && matches!(passage.lower(at.end + 1), "them" | "whom" | "those");
    let named_as_part = named_as_part || of_them;
    let distance = |verb: usize| {
        if verb >= at.end {
            verb - at.end
        } else {
            // "Killed at least 12" binds as closely as "12 killed"; farther behind a verb another one follows.
            let behind = at.start.saturating_sub(verb + 1);
            if behind == 0 { 0 } else { behind + 3 }
        }
    };
    let verbs = (0..passage.tokens.len()).filter(|token| people::names_measure(passage.lower(*token), measure));
    let nearest = verbs.map(distance).min().unwrap_or(FAR);
    nearest + if named_as_part { 10 } else { 0 }
}

/// "Gave no information about casualties": spoken of without a number.
fn spoken_of(passage: &Passage) -> Option<(Quantity, Range<usize>)> {
    const PHRASES: [&str; 15] = [
        "no information",
        "no details",
        "no figures",
        "not say how many",
        "not give",
        "without giving",
        "unknown number",
        "undisclosed number",
        "unclear how many",
        "how many",
        "did not say",
        "could not say",
        "nothing is known",
        "remained unknown",
        "is not known",
    ];
    let phrase = passage.phrase(passage.selected.clone()).to_lowercase();
    PHRASES.iter().any(|known| phrase.contains(known)).then(|| (Quantity::Unknown, passage.selected.clone()))
}

/// "A border guard": one person.
fn one_person(passage: &Passage) -> Option<(Quantity, Range<usize>)> {
    let start = passage.selected.clone().find(|at| matches!(passage.lower(*at), "a" | "an" | "another"))?;
    let end = (start + 1..passage.selected.end.min(start + 5)).find(|at| people::is_person(passage.lower(*at)))?;
    Some((Quantity::Exactly(1), start..end + 1))
}

/// "Soldiers were killed": more than one.
fn plural(passage: &Passage) -> Option<(Quantity, Range<usize>)> {
    let at = passage.selected.clone().find(|at| people::are_people(passage.lower(*at)))?;
    Some((Quantity::Plural, at..at + 1))
}

/// A phrase in which "1.2 million" is written out: counts of people are whole numbers, but texts shorten them so.
pub(super) fn with_decimal_scale(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split(' ').collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let scaled = words.get(at + 1).and_then(|scale| scaled(words[at], scale));
        at += if scaled.is_some() { 2 } else { 1 };
        out.push(scaled.map_or_else(|| words[at - 1].to_owned(), |n| n.to_string()));
    }
    out.join(" ")
}

fn scaled(number: &str, scale: &str) -> Option<u64> {
    let zeros: usize = match scale.to_lowercase().as_str() {
        "thousand" => 3,
        "million" => 6,
        "billion" => 9,
        _ => return None,
    };
    let (whole, part) = number.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > zeros {
        return None;
    }
    format!("{whole}{part}{}", "0".repeat(zeros - part.len())).parse().ok()
}
