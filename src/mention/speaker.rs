//! Who says so, and who relays it: the usual patterns of attribution in news.

use std::ops::Range;

use crate::model::Text;

use super::when;
use super::words::Passage;

/// Verbs of saying whose subject is the speaker.
const SAYING: [&str; 28] = [
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
    "denied",
    "denies",
    "counted",
    "insisted",
    "warned",
    "listed",
];
/// The longest name of a speaker in words.
const LONGEST: usize = 12;

/// Who speaks and who relays; empty where nobody is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub speaker: String,
    pub via: String,
    /// Why the speaker is not sure: "“he” is not named here".
    pub doubt: Option<String>,
}

/// A pattern that was found, with how far from the selection it stands.
struct Found {
    distance: usize,
    speaker: Option<Range<usize>>,
    via: Option<Range<usize>>,
}

/// The attribution nearest to the selection. `before` is the text before the sentence.
pub fn find(passage: &Passage, known: &[Text], before: &str) -> Said {
    let mut found: Vec<Found> = (0..passage.tokens.len()).filter_map(|at| pattern(passage, at)).collect();
    found.sort_by_key(|found| found.distance);
    let named = found.into_iter().next();
    // "He said" stands for somebody whom another sentence names: nobody is put in his place.
    let pronoun = (0..passage.tokens.len())
        .filter_map(|at| pronoun_at(passage, at).map(|pronoun| (distance(passage, at), pronoun)))
        .min();
    if let Some((far, pronoun)) = pronoun
        && named.as_ref().is_none_or(|named| far < named.distance)
    {
        let doubt = format!("“{}” says so: who is that?", passage.tokens[pronoun].text);
        return Said { doubt: Some(doubt), ..Said::default() };
    }
    let Some(found) = named else { return Said::default() };
    let name =
        |words: Option<Range<usize>>| words.map_or_else(String::new, |words| as_known(&passage.phrase(words), known));
    let (speaker, via) = (name(found.speaker), name(found.via));
    if matches!(speaker.to_lowercase().as_str(), "statement" | "report" | "reports" | "media") {
        let doubt = format!("whose {}?", speaker.to_lowercase());
        return Said { speaker: String::new(), via, doubt: Some(doubt) };
    }
    let doubt = fuller(&speaker, before).map(|fuller| format!("which {speaker}? The text named “{fuller}” before"));
    Said { speaker, via, doubt }
}

fn distance(passage: &Passage, from: usize) -> usize {
    let selected = &passage.selected;
    if from < selected.start { selected.start - from } else { from.saturating_sub(selected.end.saturating_sub(1)) }
}

/// The pronoun that is the subject of a verb of saying at `verb`.
fn pronoun_at(passage: &Passage, verb: usize) -> Option<usize> {
    const BETWEEN: [&str; 6] = ["also", "has", "had", "later", "earlier", "then"];
    if !SAYING.contains(&passage.lower(verb)) || passage.lower(verb) == "reports" {
        return None;
    }
    let subject = (0..verb).rev().take(3).find(|at| !BETWEEN.contains(&passage.lower(*at)))?;
    let joined = (subject..verb).all(|at| !passage.tokens[at].ends_part);
    (joined && matches!(passage.lower(subject), "he" | "she" | "it" | "they" | "we" | "i")).then_some(subject)
}

/// A fuller name that the text gave before to what is now only "the ministry".
fn fuller(name: &str, before: &str) -> Option<String> {
    const BARE: [&str; 10] =
        ["ministry", "army", "police", "military", "agency", "service", "committee", "minister", "guards", "mission"];
    let bare = name.to_lowercase();
    if !BARE.contains(&bare.as_str()) {
        return None;
    }
    let words: Vec<&str> = before.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    words.iter().enumerate().rev().find_map(|(at, word)| {
        if plain(word).to_lowercase() != bare {
            return None;
        }
        if words.get(at + 1) == Some(&"of") && !word.ends_with([',', '.']) {
            return Some(format!("{} of {}", plain(word), plain(words.get(at + 2)?)));
        }
        let modifier = plain(words.get(at.checked_sub(1)?)?);
        let tells = modifier.chars().count() > 3 || modifier.chars().next().is_some_and(char::is_uppercase);
        let function = matches!(
            modifier.to_lowercase().as_str(),
            "the" | "this" | "that" | "their" | "said" | "same" | "from" | "with" | "also" | "its" | "another" | "when"
        );
        (tells && !function).then(|| format!("{modifier} {}", plain(word)))
    })
}

fn pattern(passage: &Passage, at: usize) -> Option<Found> {
    let word = passage.lower(at);
    let found = |speaker, via| Some(Found { distance: distance(passage, at), speaker, via });
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
