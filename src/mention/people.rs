//! Words for people, for harm, and for places: among whom a number counts, and where.

use std::ops::Range;

use crate::model::{BaseClass, Class, Measure};

use super::when;
use super::words::Passage;

/// Words for one person, and for several.
const PEOPLE: [(&str, &str); 31] = [
    ("person", "people"),
    ("civilian", "civilians"),
    ("soldier", "soldiers"),
    ("serviceman", "servicemen"),
    ("fighter", "fighters"),
    ("militant", "militants"),
    ("guard", "guards"),
    ("officer", "officers"),
    ("policeman", "policemen"),
    ("peacekeeper", "peacekeepers"),
    ("man", "men"),
    ("woman", "women"),
    ("child", "children"),
    ("boy", "boys"),
    ("girl", "girls"),
    ("baby", "babies"),
    ("teenager", "teenagers"),
    ("student", "students"),
    ("pupil", "pupils"),
    ("resident", "residents"),
    ("villager", "villagers"),
    ("farmer", "farmers"),
    ("worker", "workers"),
    ("driver", "drivers"),
    ("medic", "medics"),
    ("doctor", "doctors"),
    ("nurse", "nurses"),
    ("journalist", "journalists"),
    ("reporter", "reporters"),
    ("citizen", "citizens"),
    ("passenger", "passengers"),
];

pub(super) fn is_person(word: &str) -> bool {
    PEOPLE.iter().any(|(one, _)| *one == word)
}

pub(super) fn are_people(word: &str) -> bool {
    word == "troops" || PEOPLE.iter().any(|(_, many)| *many == word)
}

/// Words that "no" makes a count of none: "no casualties", "no one".
pub(super) fn is_harm(word: &str) -> bool {
    const HARM: [&str; 13] = [
        "harm",
        "casualties",
        "deaths",
        "dead",
        "injuries",
        "injured",
        "wounded",
        "losses",
        "victims",
        "fatalities",
        "one",
        "missing",
        "killed",
    ];
    HARM.contains(&word) || are_people(word)
}

/// Whether a word speaks of a measure.
pub(super) fn names_measure(word: &str, measure: &Measure) -> bool {
    let words: &[&str] = match measure {
        Measure::Killed => &[
            "killed",
            "kill",
            "killing",
            "kills",
            "dead",
            "died",
            "die",
            "deaths",
            "death",
            "fatalities",
            "bodies",
            "lives",
            "slain",
            "perished",
        ],
        Measure::Injured => {
            &["injured", "injuring", "injuries", "injures", "wounded", "wounding", "wounds", "hurt", "hospitalised"]
        }
        Measure::Missing => &["missing", "disappeared", "unaccounted"],
        Measure::Captured => &[
            "captured",
            "capturing",
            "abducted",
            "abducting",
            "kidnapped",
            "kidnapping",
            "detained",
            "prisoner",
            "prisoners",
            "hostage",
            "hostages",
            "arrested",
            "seized",
        ],
        Measure::Displaced => {
            &["displaced", "displacing", "evacuated", "evacuating", "fled", "flee", "flown", "homeless", "uprooted"]
        }
        Measure::Casualties => &["casualties", "victims", "losses"],
        Measure::Other(_) => &[],
    };
    words.contains(&word)
}

/// The class that the words behind the number name; the total where they name none.
pub(super) fn class(passage: &Passage, number: Option<&Range<usize>>, groups: &[Class]) -> Class {
    const REACH: usize = 4;
    let from = number.map_or(passage.selected.start, |number| number.start);
    let to = number.map_or(passage.selected.end, |number| number.end + REACH).min(passage.tokens.len());
    for at in from..to {
        if number.is_some_and(|number| at >= number.end) && matches!(passage.lower(at), "and" | "including" | "as") {
            break;
        }
        if let Some(class) = class_of_word(passage.lower(at), groups) {
            return class;
        }
        let behind_number = number.is_none_or(|number| at + 1 >= number.end);
        if behind_number && passage.tokens.get(at).is_some_and(|token| token.ends_part) {
            break;
        }
    }
    Class::TOTAL
}

fn class_of_word(word: &str, groups: &[Class]) -> Option<Class> {
    let name = match word {
        "civilian" | "civilians" => return Some(Class::Base(BaseClass::Civilians)),
        "child" | "boy" | "boys" | "girl" | "girls" | "minors" | "pupils" | "schoolchildren" => "children",
        "woman" => "women",
        "medic" | "doctor" | "doctors" | "nurse" | "nurses" | "paramedic" | "paramedics" => "medics",
        "journalist" | "reporter" | "reporters" => "journalists",
        other => other,
    };
    let is_group = |class: &&Class| matches!(class, Class::Sub { name: group, .. } if group.eq_ignore_ascii_case(name));
    groups.iter().find(is_group).cloned()
}

/// "Feared dead", "believed killed"; suspected militants are no suspicion about a number.
pub(super) fn is_suspected(passage: &Passage, number: Option<&Range<usize>>) -> bool {
    const REACH: usize = 5;
    let around = number.unwrap_or(&passage.selected);
    let from = around.start.saturating_sub(REACH);
    let to = (around.end + REACH).min(passage.tokens.len());
    (from..to).any(|at| {
        let leads = matches!(passage.lower(at), "feared" | "presumed" | "believed");
        if passage.lower(at) == "suspected" {
            // "Suspected dead", but not "suspected rebels killed 12".
            return names_harm(passage, at + 1..(at + 2).min(passage.tokens.len()));
        }
        let before_number = at < around.start && around.start - at <= 3 && passage.lower(at) == "feared";
        leads && (before_number || names_harm(passage, at + 1..(at + 4).min(passage.tokens.len())))
    })
}

fn names_harm(passage: &Passage, mut at: Range<usize>) -> bool {
    let harm = |word: &str| matches!(word, "dead" | "killed" | "drowned" | "buried" | "trapped" | "died");
    at.any(|at| harm(passage.lower(at)) || (is_harm(passage.lower(at)) && !are_people(passage.lower(at))))
}

/// The places that the passage names, nearest to the selection first: capitalised words behind "in", "near", "outside"
/// or "of" as in "the town of Osh".
pub(super) fn places(passage: &Passage) -> Vec<String> {
    let mut starts: Vec<usize> = (0..passage.tokens.len()).filter_map(|at| place_start(passage, at)).collect();
    starts.sort_by_key(|at| at.abs_diff(passage.selected.start).min(at.abs_diff(passage.selected.end)));
    let mut names: Vec<String> = Vec::new();
    for start in starts {
        let name = place_from(passage, start);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

const PLACES: [&str; 11] =
    ["region", "province", "district", "oblast", "city", "town", "village", "county", "governorate", "camp", "capital"];

fn begins_name(passage: &Passage, at: usize) -> bool {
    let token = passage.tokens.get(at);
    token.is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase))
        && when::month_of(passage.lower(at)).is_none()
        && when::weekday_of(passage.lower(at)).is_none()
}

/// Where the name begins to which the word at `at` leads.
fn place_start(passage: &Passage, at: usize) -> Option<usize> {
    let joined = |at: usize| passage.tokens.get(at).is_some_and(|token| !token.ends_part);
    let start = match passage.lower(at) {
        "in" | "near" | "outside" if joined(at) => at + 1 + usize::from(passage.lower(at + 1) == "the"),
        "of" if at > 0
            && joined(at)
            && (PLACES.contains(&passage.lower(at - 1)) || passage.lower(at - 1) == "capital") =>
        {
            at + 1
        }
        _ => return None,
    };
    const DIRECTIONS: [&str; 9] =
        ["northern", "southern", "eastern", "western", "central", "north-eastern", "south-eastern", "north", "south"];
    let start = start + usize::from(DIRECTIONS.contains(&passage.lower(start)));
    // "Kyrgyzstan's Batken region" is Batken region.
    let of_country =
        super::sides::says_country(passage.lower(start)) && begins_name(passage, start + 1) && joined(start);
    let start = start + usize::from(of_country);
    // "In Kyrgyz hospitals", "in Tajik hands": a people is no place.
    let of_people = super::sides::is_people(passage.lower(start)) && !begins_name(passage, start + 1);
    let place = begins_name(passage, start) && passage.lower(start) != "i" && !of_people;
    place.then_some(start)
}

fn place_from(passage: &Passage, start: usize) -> String {
    let mut end = start;
    while begins_name(passage, end) {
        end += 1;
        if passage.tokens.get(end - 1).is_none_or(|token| token.ends_part) {
            return passage.phrase(start..end);
        }
    }
    if PLACES.contains(&passage.lower(end)) {
        end += 1;
    }
    passage.phrase(start..end)
}
