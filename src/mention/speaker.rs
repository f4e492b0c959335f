//! Who says so, and who relays it: the usual patterns of attribution in news.

use std::ops::Range;

use crate::model::Text;

use super::when;
use super::words::Passage;

/// Verbs of saying whose subject is the speaker.
const SAYING: [&str; 22] = [
    "said",
    "says",
    "saying",
    "reported",
    "reports",
    "announced",
    "announces",
    "confirmed",
    "confirms",
    "stated",
    "states",
    "claimed",
    "claims",
    "added",
    "declared",
    "wrote",
    "noted",
    "told",
    "tells",
    "acknowledged",
    "admitted",
    "estimated",
];
/// The longest name of a speaker in words.
const LONGEST: usize = 12;

/// Who speaks and who relays; empty where nobody is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub speaker: String,
    pub via: String,
}

/// A pattern that was found, with how far from the selection it stands.
struct Found {
    distance: usize,
    speaker: Option<Range<usize>>,
    via: Option<Range<usize>>,
}

/// The attribution nearest to the selection.
pub fn find(passage: &Passage, known: &[Text]) -> Said {
    let mut found: Vec<Found> = (0..passage.tokens.len()).filter_map(|at| pattern(passage, at)).collect();
    found.sort_by_key(|found| found.distance);
    let Some(found) = found.into_iter().next() else { return Said::default() };
    let name =
        |words: Option<Range<usize>>| words.map_or_else(String::new, |words| as_known(&passage.phrase(words), known));
    Said { speaker: name(found.speaker), via: name(found.via) }
}

fn pattern(passage: &Passage, at: usize) -> Option<Found> {
    let word = passage.lower(at);
    let distance = |from: usize| {
        let selected = &passage.selected;
        if from < selected.start { selected.start - from } else { from.saturating_sub(selected.end.saturating_sub(1)) }
    };
    let found = |speaker, via| Some(Found { distance: distance(at), speaker, via });
    if word == "according" && passage.lower(at + 1) == "to" {
        return found(Some(name_behind(passage, at + 2)?), None);
    }
    if matches!(word, "citing" | "quoting") {
        return found(Some(name_behind(passage, at + 1)?), name_before(passage, at));
    }
    // "TASS quoted the ministry as saying": the agency relays.
    if word == "quoted" {
        let as_saying = (at + 1..passage.tokens.len()).find(|n| passage.lower(*n) == "as")?;
        return found(trimmed(passage, at + 1..as_saying), name_before(passage, at));
    }
    if !SAYING.contains(&word) || passage.lower(at.wrapping_sub(1)) == "as" {
        return None;
    }
    // "Reported, citing the ministry": the citation says more.
    if (at + 1..at + 3).any(|n| matches!(passage.lower(n), "citing" | "quoting")) {
        return None;
    }
    let via = matches!(word, "told" | "tells").then(|| relay_behind(passage, at + 1)).flatten();
    let inverted = at > 0 && passage.tokens.get(at - 1).is_some_and(|token| token.ends_part);
    // "12 died, said the army" names who behind the verb; "the mayor, Ana Doe, told us" before it.
    let behind = if inverted && via.is_none() { name_behind(passage, at + 1) } else { None };
    found(Some(behind.or_else(|| name_before(passage, at))?), via)
}

/// The name that ends right before a verb.
fn name_before(passage: &Passage, verb: usize) -> Option<Range<usize>> {
    let mut start = verb;
    while start > 0 && verb - start < LONGEST {
        let token = passage.tokens.get(start - 1)?;
        let joins =
            matches!(token.lower.as_str(), "that" | "while" | "but" | "when" | "after" | "as" | "because" | "and");
        let ends = token.ends_part && start < verb;
        if ends || (joins && !is_inside_name(passage, start - 1)) {
            break;
        }
        start -= 1;
        if token.opens_quote {
            break;
        }
    }
    trimmed(passage, start..verb)
}

/// "And" joins two capitalised words of one name: "Health and Social Affairs".
fn is_inside_name(passage: &Passage, at: usize) -> bool {
    let capital =
        |n: usize| passage.tokens.get(n).is_some_and(|t| t.text.chars().next().is_some_and(char::is_uppercase));
    passage.lower(at) == "and" && at > 0 && capital(at - 1) && capital(at + 1) && passage.lower(at + 1) != "the"
}

/// The name that begins here and goes on to a mark or to words that begin something else.
fn name_behind(passage: &Passage, start: usize) -> Option<Range<usize>> {
    let mut end = start;
    while end < passage.tokens.len() && end - start < LONGEST {
        let token = &passage.tokens[end];
        let stops = matches!(
            token.lower.as_str(),
            "that" | "on" | "at" | "which" | "who" | "while" | "but" | "after" | "adding" | "late" | "early" | "told"
        );
        let stops = stops || SAYING.contains(&token.lower.as_str()) || when::weekday_of(&token.lower).is_some();
        let in_statement = token.lower == "in" && matches!(passage.lower(end + 1), "a" | "an" | "its" | "his" | "her");
        if stops || in_statement || (token.opens_quote && end > start) {
            break;
        }
        end += 1;
        if token.ends_part {
            break;
        }
    }
    trimmed(passage, start..end)
}

/// Whom somebody told: one to four words up to "that", "on" or a mark.
fn relay_behind(passage: &Passage, start: usize) -> Option<Range<usize>> {
    const WORDS: usize = 5;
    let end = name_behind(passage, start)?.end.min(start + WORDS);
    let name = trimmed(passage, start..end)?;
    let first = passage.tokens.get(name.start)?;
    // "Told reporters", "told a briefing" name no relay.
    (first.text.chars().next().is_some_and(char::is_uppercase) && passage.lower(start) != "a").then_some(name)
}

/// A name without articles, auxiliary verbs and adverbs at its ends. `None` where only a pronoun is left.
fn trimmed(passage: &Passage, mut at: Range<usize>) -> Option<Range<usize>> {
    while at.start < at.end
        && matches!(
            passage.lower(at.start),
            "the" | "a" | "an" | "and" | "but" | "meanwhile" | "earlier" | "also" | "however"
        )
    {
        at.start += 1;
    }
    let ends_nothing = |word: &str| {
        SAYING.contains(&word)
            || matches!(
                word,
                "has"
                    | "have"
                    | "had"
                    | "also"
                    | "later"
                    | "earlier"
                    | "was"
                    | "is"
                    | "are"
                    | "were"
                    | "and"
                    | "by"
                    | "it"
            )
    };
    while at.start < at.end && ends_nothing(passage.lower(at.end - 1)) {
        at.end -= 1;
    }
    // "The ministry in a statement": the statement is no part of the name.
    if let Some(cut) = (at.start + 1..at.end)
        .find(|n| passage.lower(*n) == "in" && matches!(passage.lower(n + 1), "a" | "an" | "its" | "his" | "her"))
    {
        at.end = cut;
    }
    let pronoun = at.len() == 1
        && matches!(passage.lower(at.start), "he" | "she" | "it" | "they" | "who" | "which" | "we" | "i" | "there");
    let names = passage.tokens.get(at.clone())?.iter().any(|token| token.text.chars().any(char::is_alphabetic));
    (names && !pronoun).then_some(at)
}

/// The spelling that the project has for a speaker.
fn as_known(name: &str, known: &[Text]) -> String {
    let same = |text: &&Text| text.to_lowercase() == name.to_lowercase();
    known.iter().find(same).map_or_else(|| name.to_owned(), |text| text.to_string())
}
