//! What the words leave open, or say beside the number: more on top, running totals, attackers, counted names.
//!
//! Each answer is for a person to look at. It knows no project.

use std::ops::Range;

use crate::model::{Measure, Quantity, Stance};

use super::people;
use super::sides;
use super::words::Passage;

/// Who is counted, as far as the words say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// What they are.
    pub kind: Kind,
    /// Whose, in the words of the text: "Tajik". Empty where it is not said.
    pub whose: String,
    /// The words themselves: "Tajik border guard".
    pub words: String,
}

/// What the people are that a number counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// People, or nothing is said.
    #[default]
    People,
    /// Soldiers, guards, fighters.
    Fighters,
    /// Something else: children, civilians, drivers.
    Other,
}

const FIGHTERS: [&str; 30] = [
    "soldier",
    "soldiers",
    "serviceman",
    "servicemen",
    "servicewoman",
    "servicewomen",
    "troops",
    "fighter",
    "fighters",
    "militant",
    "militants",
    "guard",
    "guards",
    "rebel",
    "rebels",
    "insurgent",
    "insurgents",
    "combatant",
    "combatants",
    "gunman",
    "gunmen",
    "marine",
    "marines",
    "paratrooper",
    "paratroopers",
    "conscript",
    "conscripts",
    "militiaman",
    "militiamen",
    "jihadists",
];

/// Who is counted by the number at these words.
pub fn counted(passage: &Passage, number: Option<&Range<usize>>) -> Counted {
    const REACH: usize = 5;
    let Some(number) = number else { return Counted::default() };
    let mut whose = String::new();
    let mut kind = Kind::People;
    let mut end = number.end;
    for at in number.start..(number.end + REACH).min(passage.tokens.len()) {
        let word = passage.lower(at);
        let behind = at >= number.end;
        if behind && (matches!(word, "and" | "or" | "were" | "was" | "have" | "had" | "in" | "by" | "including")) {
            break;
        }
        if whose.is_empty() && !word.is_empty() && sides::says_country(word) {
            passage.tokens[at].text.clone_into(&mut whose);
            end = at + 1;
        }
        let found = if FIGHTERS.contains(&word) {
            Some(Kind::Fighters)
        } else if matches!(word, "people" | "person" | "persons" | "residents" | "citizens" | "nationals") {
            Some(Kind::People)
        } else if people::is_person(word) || people::are_people(word) {
            Some(Kind::Other)
        } else {
            None
        };
        if let Some(found) = found {
            kind = found;
            end = at + 1;
            break;
        }
        if behind && passage.tokens[at].ends_part {
            break;
        }
    }
    if whose.is_empty() {
        whose = on_side(passage);
    }
    Counted { kind, whose, words: passage.phrase(number.start..end.max(number.end)) }
}

/// "On the Kyrgyz side".
fn on_side(passage: &Passage) -> String {
    let on =
        |at: &usize| passage.lower(*at) == "on" && passage.lower(at + 1) == "the" && passage.lower(at + 3) == "side";
    let found = (0..passage.tokens.len()).find(on).and_then(|at| passage.tokens.get(at + 2));
    found.map_or_else(String::new, |token| token.text.clone())
}

/// Words that put the number on top of another one: "three more", "another 12".
pub fn more(passage: &Passage, number: &Range<usize>) -> Option<String> {
    let before = number.start.checked_sub(1);
    let inside = passage.lower(number.start);
    let first = if matches!(inside, "another" | "additional" | "further") {
        Some(number.start)
    } else {
        before.filter(|at| matches!(passage.lower(*at), "another" | "additional" | "further" | "extra"))
    };
    if let Some(first) = first {
        return Some(passage.phrase(first..number.end));
    }
    let behind = passage.lower(number.end);
    let joined = number.end.checked_sub(1).and_then(|at| passage.tokens.get(at)).is_some_and(|t| !t.ends_part);
    let adds = matches!(behind, "more" | "others" | "other" | "additional" | "further");
    let compares = behind == "more" && passage.lower(number.end + 1) == "than";
    (joined && adds && !compares).then(|| passage.phrase(number.start..number.end + 1))
}

/// Words that make the number a part of another one: "including three", "three of them".
pub fn part(passage: &Passage, number: &Range<usize>) -> Option<String> {
    const REACH: usize = 3;
    let from = number.start.saturating_sub(REACH);
    let before = (from..number.start).rev().find(|at| {
        matches!(passage.lower(*at), "including" | "includes" | "included")
            || (passage.lower(*at) == "among" && matches!(passage.lower(at + 1), "them" | "whom"))
    });
    if let Some(first) = before {
        return Some(passage.phrase(first..number.end));
    }
    let of = passage.lower(number.end) == "of" && matches!(passage.lower(number.end + 1), "them" | "whom" | "these");
    of.then(|| passage.phrase(number.start..number.end + 2))
}

/// How many attackers the number includes: "12 people, including two attackers".
pub fn attackers(passage: &Passage) -> Option<(u64, String)> {
    const MANY: [&str; 5] = ["attackers", "bombers", "gunmen", "assailants", "assassins"];
    const ONE: [&str; 5] = ["attacker", "bomber", "gunman", "assailant", "assassin"];
    let start = (0..passage.tokens.len()).find(|at| matches!(passage.lower(*at), "including" | "among"))?;
    let noun = (start + 1..(start + 6).min(passage.tokens.len()))
        .find(|at| MANY.contains(&passage.lower(*at)) || ONE.contains(&passage.lower(*at)))?;
    let number = (start + 1..noun).find_map(|at| match Quantity::parse(passage.lower(at)).ok()? {
        Quantity::Exactly(n) => Some(n),
        _ => None,
    });
    let number = number.or_else(|| ONE.contains(&passage.lower(noun)).then_some(1))?;
    Some((number, passage.phrase(start..noun + 1)))
}

/// "The names of 12 dead": who was named was counted, there may be more.
pub fn names(passage: &Passage, number: &Range<usize>) -> Option<String> {
    const REACH: usize = 4;
    let from = number.start.saturating_sub(REACH);
    let start = (from..number.start).find(|at| matches!(passage.lower(*at), "names" | "named" | "identified"))?;
    let joined = (start..number.start).all(|at| !passage.tokens[at].ends_part);
    joined.then(|| passage.phrase(start..number.end))
}

/// Whether the number is feared or denied, and the words where they leave room for doubt.
pub fn stance(passage: &Passage, number: Option<&Range<usize>>) -> (Stance, Option<String>) {
    let around = number.unwrap_or(&passage.selected);
    let denies = |word: &str| matches!(word, "denied" | "denies" | "denying" | "rejected" | "dismissed" | "refuted");
    if let Some(at) = (0..around.start).rev().take(8).find(|at| denies(passage.lower(*at))) {
        return (Stance::Denies, Some(passage.tokens[at].text.clone()));
    }
    if people::is_suspected(passage, number) {
        return (Stance::Suspects, None);
    }
    (Stance::Asserts, None)
}

/// The measure that the words near a number name, and whether no other is nearly as near.
pub fn measure(passage: &Passage, is_word: &dyn Fn(&str) -> bool) -> Option<(Measure, bool)> {
    let mut ranked: Vec<(usize, Measure)> = Measure::BUILT_IN
        .into_iter()
        .filter_map(|measure| {
            let named = (0..passage.tokens.len()).any(|at| people::names_measure(passage.lower(at), &measure));
            let rank = super::number::find(passage, &measure, is_word)?.rank;
            named.then_some((rank, measure))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut ranked = ranked.into_iter();
    let (best, measure) = ranked.next()?;
    let number = super::number::find(passage, &measure, is_word)?.at;
    if not_split(passage, &number).is_some() {
        return Some((Measure::Casualties, false));
    }
    let sure = ranked.next().is_none_or(|(second, _)| second > best + 1);
    Some((measure, sure))
}

/// Another measure that stands much nearer to the number than the wanted one.
pub fn other_measure(passage: &Passage, number: &Range<usize>, wanted: &Measure) -> Option<Measure> {
    if !Measure::BUILT_IN.contains(wanted) {
        return None;
    }
    let rank = |measure: &Measure| super::number::rank(passage, measure, number);
    let own = rank(wanted);
    let nearest = Measure::BUILT_IN.into_iter().filter(|other| other != wanted).min_by_key(rank)?;
    (rank(&nearest) + 2 < own).then_some(nearest)
}

/// "12 killed or wounded": one number for both.
pub fn not_split(passage: &Passage, number: &Range<usize>) -> Option<String> {
    const REACH: usize = 4;
    let named = |at: usize| Measure::BUILT_IN.into_iter().find(|m| people::names_measure(passage.lower(at), m));
    (number.end..number.end + REACH).find_map(|at| {
        let (first, second) = (named(at)?, named(at + 2)?);
        let joined = matches!(passage.lower(at + 1), "and" | "or");
        (joined && first != second).then(|| passage.phrase(at..at + 3))
    })
}
