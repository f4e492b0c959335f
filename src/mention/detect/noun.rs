//! What a number counts: people, or things that no casualty figure counts. English only.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::mention::people::{are_people, is_person};

use super::sentence::Sentence;

/// A list of words.
pub(super) fn words(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

/// Words for several people that the endings below do not tell.
static PEOPLE: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "people persons others staff crew personnel police troops rebels dead relatives youths adults elders \
         nationals monks priests imams families households hostages captives prisoners refugees evacuees victims \
         survivors astronauts pilots crewmen migrants insurgents terrorists extremists jihadists separatists \
         conscripts recruits cadets colonels generals captains sergeants infants toddlers orphans sons daughters \
         brothers sisters wives husbands cousins mothers fathers parents patients pedestrians protesters bystanders \
         worshippers guests friends neighbours members members'",
    )
});

/// Words for one person that the endings below do not tell.
static PERSON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "mayor pilot monk priest imam migrant insurgent terrorist hostage infant toddler general colonel captain \
         sergeant sniper nun cleric aide chef judge refugee captive youth adult patient relative bystander third pole",
    )
});

/// Words with the endings of people that are things, and things that texts of war count.
static THINGS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "houses homes villages towns cities buildings vehicles cars trucks buses tanks rifles guns weapons drones \
         missiles rockets shells bombs bombings blasts mines attacks strikes airstrikes raids incidents clashes \
         explosions helicopters planes aircraft jets ships boats vessels bridges roads schools hospitals churches \
         mosques shops offices apartments flats rooms beds seats jobs votes goals runs wickets points games matches \
         overs cattle sheep goats cows pigs horses animals dogs livestock birds camels countries states nations \
         provinces regions districts factions parties sides groups brigades battalions units divisions regiments \
         posts checkpoints positions bases camps areas settlements quarters letters papers numbers computers \
         launchers trailers containers bunkers tankers towers borders orders calls tons tonnes barrels litres liters \
         dollars euros pounds roubles rubles hryvnia lire crowns acres hectares kilograms kilos kg feet foot inches \
         degrees percentage wounds questions meetings talks statements reports articles resolutions charges counts \
         cases sentences tests doses aftershocks earthquakes storms fires forces metres bunker helicopter trailer \
         tower",
    )
});

/// Words with the endings of one person that name none.
static NO_PERSON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "number other over under another further mother-of mortar water border order power river later after summer \
         winter major minor sector reactor corner paper letter shelter centre center quarter crater theatre human \
         german fever floor door error terror motor tractor container counter disaster matter answer offer surrender \
         murder bomber charter tanker member metre meter warrior launcher cluster computer transformer barrier",
    )
});

/// What stands behind a number, up to a verb or a preposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A word for people ends here (behind its last word).
    People(usize),
    /// Something else.
    Thing,
    /// Nothing that is known; the words that may be a name for people end here.
    Unknown(usize),
}

fn is_thing(word: &str) -> bool {
    THINGS.contains(word) || word.ends_with("ometres") || word.ends_with("ometers")
}

/// Whether a word names several people. `capital`: it is written with a capital, as in "Iraqis".
pub fn names_people(word: &str, capital: bool) -> bool {
    const ENDINGS: &[&str] =
        &["men", "women", "people", "ers", "ors", "ists", "ians", "eers", "ees", "girls", "boys", "children"];
    !is_thing(word)
        && (are_people(word)
            || PEOPLE.contains(word)
            || (word.len() > 4 && ENDINGS.iter().any(|ending| word.ends_with(ending)))
            || (capital && word.len() > 4 && word.ends_with('s') && word.chars().all(char::is_alphabetic)))
}

/// Whether a word names one person.
pub fn names_person(word: &str) -> bool {
    const ENDINGS: &[&str] = &["man", "woman", "er", "or", "ist", "ian", "girl", "boy"];
    !is_thing(word)
        && !NO_PERSON.contains(word)
        && (is_person(word)
            || PERSON.contains(word)
            || (word.len() > 3 && ENDINGS.iter().any(|ending| word.ends_with(ending)))
            || word == "member")
}

/// Words behind which no noun of the number can stand.
fn ends_noun(word: &str) -> bool {
    super::harm::is_auxiliary(word)
        || matches!(
            word,
            "in" | "on"
                | "at"
                | "by"
                | "for"
                | "from"
                | "to"
                | "with"
                | "when"
                | "while"
                | "after"
                | "before"
                | "as"
                | "who"
                | "which"
                | "that"
                | "and"
                | "or"
                | "but"
                | "near"
                | "during"
                | "since"
                | "over"
                | "under"
                | "including"
                | "among"
                | "are"
                | "said"
                | "inside"
                | "outside"
                | "because"
                | "where"
                | "until"
                | "still"
                | "also"
                | "later"
                | "reportedly"
                | "per"
                | "than"
                | "had"
                | "has"
                | "have"
                | "into"
                | "then"
                | "remain"
        )
}

/// Whether a word names several people and no mark stands before it.
fn is_plural(sentence: &Sentence, at: usize) -> bool {
    !sentence.is_cut(at) && names_people(sentence.lower(at), false)
}

/// The noun of a number that ends before `from`.
pub fn behind(sentence: &Sentence, from: usize) -> Noun {
    const REACH: usize = 5;
    let mut last = from;
    if sentence.is_cut(from) {
        return Noun::Unknown(from);
    }
    let mut thing = false;
    for at in from..(from + REACH).min(sentence.words.len()) {
        let word = sentence.lower(at);
        let of = word == "of" || (at > from && sentence.lower(at - 1) == "of" && is_determiner(word));
        if ends_noun(word) && !of {
            break;
        }
        if let Some(told) = super::harm::trigger(sentence, at)
            && !of
        {
            // "Dozens of wounded people": the word of harm is a part of the name.
            if told.describes() && at <= from + 1 && is_plural(sentence, at + 1) {
                return Noun::People(at + 2);
            }
            break;
        }
        let capital = sentence.words[at].capital;
        if names_people(word, capital) {
            // "Police officers", "army troops": the last word of the name.
            let mut end = at + 1;
            while !sentence.is_cut(end)
                && end < at + 3
                && names_people(sentence.lower(end), false)
                && super::harm::trigger(sentence, end).is_none()
            {
                end += 1;
            }
            return Noun::People(end);
        }
        thing |= is_thing(word);
        if !of && !word.ends_with("ly") && !matches!(word, "more" | "other" | "alive") {
            last = at + 1;
        }
        if thing && !names_people(sentence.lower(at + 1), false) || sentence.is_cut(at + 1) {
            break;
        }
    }
    if thing { Noun::Thing } else { Noun::Unknown(last) }
}

pub fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "its"
            | "his"
            | "her"
            | "their"
            | "our"
            | "those"
            | "these"
            | "them"
            | "whom"
            | "all"
            | "both"
            | "a"
            | "an"
    )
}
