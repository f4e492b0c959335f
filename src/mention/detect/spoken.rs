//! Casualties that are spoken of without a number, or said not to have been: "no casualties", "gave no information
//! about casualties", "did not say how many people had been hurt".

use crate::model::{Measure, Quantity};

use super::harm::trigger;
use super::link::{self, Item};
use super::noun::names_people;
use super::sentence::Sentence;

/// Words for what was not given.
const TOLD: &[&str] = &[
    "report",
    "reports",
    "information",
    "details",
    "figures",
    "figure",
    "word",
    "data",
    "indication",
    "indications",
    "news",
    "count",
];

pub fn items(sentence: &Sentence) -> Vec<Item> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        match item_at(sentence, at) {
            Some(item) => {
                at = item.end.max(at + 1);
                found.push(item);
            }
            None => at += 1,
        }
    }
    found
}

fn item_at(sentence: &Sentence, at: usize) -> Option<Item> {
    let item = |from: usize, end: usize, quantity, measure| {
        Some(Item { at: from..end, end, quantity, measure: Some(measure), people: true })
    };
    match sentence.lower(at) {
        "no" => no(sentence, at),
        // "It did not give information about casualties."
        word if TOLD.contains(&word) => {
            let from = (at.saturating_sub(5)..at).rev().find(|n| {
                matches!(sentence.lower(*n), "not" | "without" | "didn't" | "neither")
                    && (n + 1..=at).all(|n| !sentence.is_cut(n))
            })?;
            let end = (at + 1..at + 6).find(|n| harm_noun(sentence.lower(*n)).is_some() || sentence.is_cut(n + 1))?;
            item(from, end + 1, Quantity::Unknown, harm_noun(sentence.lower(end))?)
        }
        "nobody" => link::after(sentence, at, at + 1).map(|m| one(at, at + 1, Quantity::NoneAsserted, m)),
        "none" => {
            let before = sentence.before(at).filter(|word| word.colon)?;
            let measure = harm_noun(&before.lower)?;
            item(at, at + 1, Quantity::NoneAsserted, measure)
        }
        "without" | "any" => {
            let end = (at + 1..at + 4).find(|n| harm_noun(sentence.lower(*n)).is_some() || sentence.is_cut(n + 1))?;
            let measure = harm_noun(sentence.lower(end))?;
            if sentence.lower(at) == "without" {
                return item(at, end + 1, Quantity::NoneAsserted, measure);
            }
            let from = (at.saturating_sub(6)..at).rev().find(|n| {
                matches!(sentence.lower(*n), "neither" | "not" | "didn't" | "whether" | "if")
                    && (n + 1..=at).all(|n| !sentence.is_cut(n))
            })?;
            item(from, end + 1, Quantity::Unknown, measure)
        }
        "how" if sentence.lower(at + 1) == "many" => {
            let from = (at.saturating_sub(4)..at).rev().find(|n| {
                matches!(sentence.lower(*n), "not" | "unclear" | "unknown" | "without" | "didn't" | "never")
            })?;
            let triggers = (at + 2..at + 10).filter_map(|n| trigger(sentence, n));
            let found = triggers.into_iter().next()?;
            item(from, found.end, Quantity::Unknown, found.measure)
        }
        "unknown" | "undisclosed" | "unspecified" if sentence.says(at + 1, &["number", "of"]) => {
            let people = |n: &usize| sentence.words.get(*n).is_some_and(|word| names_people(&word.lower, word.capital));
            let end = (at + 3..at + 7).find(people)? + 1;
            let measure = link::after(sentence, at, end).or_else(|| link::before(sentence, at))?;
            item(at, end, Quantity::Unknown, measure)
        }
        word if harm_noun(word).is_some() => {
            // "The number of casualties was not immediately known."
            let be = (at + 1..at + 3).find(|n| matches!(sentence.lower(*n), "was" | "were" | "are" | "is"))?;
            let not = sentence.lower(be + 1) == "not" || matches!(sentence.lower(be + 1), "unknown" | "unclear");
            let known = (be + 1..be + 4).find(|n| {
                matches!(sentence.lower(*n), "known" | "clear" | "available" | "given" | "unknown" | "unclear")
            })?;
            item(at, known + 1, Quantity::Unknown, harm_noun(word)?).filter(|_| not)
        }
        _ => None,
    }
}

fn one(from: usize, end: usize, quantity: Quantity, measure: Measure) -> Item {
    Item { at: from..end, end, quantity, measure: Some(measure), people: true }
}

/// "No casualties", "no civilians were harmed", "no one was hurt", "no reports of casualties".
fn no(sentence: &Sentence, at: usize) -> Option<Item> {
    const REACH: usize = 4;
    if sentence.is_cut(at + 1) {
        return None;
    }
    if sentence.lower(at + 1) == "one" {
        return link::after(sentence, at, at + 2).map(|m| one(at, at + 2, Quantity::NoneAsserted, m));
    }
    let nobody = |end, measure| Item {
        at: at..at + 1,
        end,
        quantity: Quantity::NoneAsserted,
        measure: Some(measure),
        people: true,
    };
    for n in at + 1..at + 1 + REACH {
        let word = sentence.words.get(n)?;
        if TOLD.contains(&word.lower.as_str()) {
            let end = (n + 1..n + 7).find(|n| harm_noun(sentence.lower(*n)).is_some())?;
            return harm_noun(sentence.lower(end)).map(|m| one(at, end + 1, Quantity::Unknown, m));
        }
        if let Some(measure) = harm_noun(&word.lower) {
            return Some(nobody(n + 1, measure));
        }
        if names_people(&word.lower, word.capital) {
            let measure = link::after(sentence, at, n + 1)?;
            return Some(nobody(n + 1, measure));
        }
        if sentence.is_cut(n + 1) || super::harm::is_auxiliary(&word.lower) {
            return None;
        }
    }
    None
}

/// The measure of a noun of harm.
fn harm_noun(word: &str) -> Option<Measure> {
    match word {
        "casualties" | "losses" | "victims" => Some(Measure::Casualties),
        "deaths" | "fatalities" => Some(Measure::Killed),
        "injuries" => Some(Measure::Injured),
        "dead" | "killed" => Some(Measure::Killed),
        "injured" | "wounded" => Some(Measure::Injured),
        _ => None,
    }
}
