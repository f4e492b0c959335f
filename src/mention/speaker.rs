//! Who says so, and who relays it: the usual patterns of attribution in news.

use std::ops::Range;

use crate::model::Text;

use super::when;
use super::words::Passage;

/// Verbs of saying whose subject is the speaker.
const SAYING: [&str; 34] = [
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
    "say",
    "tell",
    "commented",
    "insists",
    "registered",
    "recorded",
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
    relayed(passage, &mut found);
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
    let Some(found) = named else {
        // "It gave no figure": what the sentence says, somebody else says.
        let first = passage.tokens.first().filter(|token| matches!(token.lower.as_str(), "it" | "he" | "she"));
        let doubt = first.map(|token| format!("“{}” begins the sentence: who says so?", token.text));
        return Said { doubt, ..Said::default() };
    };
    let name =
        |words: Option<Range<usize>>| words.map_or_else(String::new, |words| as_known(&passage.phrase(words), known));
    let (speaker, via) = (name(found.speaker), agency(name(found.via), known));
    if matches!(speaker.to_lowercase().as_str(), "statement" | "report" | "reports" | "media") {
        let doubt = format!("whose {}?", speaker.to_lowercase());
        return Said { speaker: String::new(), via, doubt: Some(doubt) };
    }
    // "The same service", "its head": whose name stands in another sentence.
    let first = speaker.split(' ').next().unwrap_or_default().to_lowercase();
    if matches!(first.as_str(), "same" | "its" | "his" | "her" | "their") {
        let name = if first == "same" { String::new() } else { speaker.clone() };
        return Said { speaker: name, via, doubt: Some(format!("“{speaker}”: whose?")) };
    }
    let doubt = fuller(&speaker, before).map(|fuller| format!("which {speaker}? The text named “{fuller}” before"));
    Said { speaker, via, doubt }
}

/// "According to Riverwire, the elders said": Riverwire relays what the elders say.
fn relayed(passage: &Passage, found: &mut Vec<Found>) {
    let article = |at: usize| usize::from(matches!(passage.lower(at), "the" | "a" | "an"));
    let cites = |range: &Range<usize>| {
        let at = range.start.saturating_sub(1 + usize::from(passage.lower(range.start.saturating_sub(1)) == "the"));
        passage.lower(at) == "to" && passage.lower(at.saturating_sub(1)) == "according"
    };
    let pair = found.iter().enumerate().find_map(|(relay, first)| {
        let range = first.speaker.clone().filter(cites)?;
        let next = range.end + article(range.end);
        let told = |other: &Found| other.speaker.as_ref().is_some_and(|name| name.start == next);
        found.iter().position(told).map(|told| (relay, told))
    });
    if let Some((relay, told)) = pair {
        found[told].via = found[relay].speaker.clone();
        found.remove(relay);
    }
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
    // "The army, cited by Riverwire".
    if word == "cited" && passage.lower(at + 1) == "by" {
        return found(Some(name_before(passage, at)?), name_behind(passage, at + 2));
    }
    if !SAYING.contains(&word) || passage.lower(at.wrapping_sub(1)) == "as" {
        return None;
    }
    if is_passive(passage, at) {
        let by = passage.lower(at + 1) == "by";
        return if by { found(Some(name_behind(passage, at + 2)?), None) } else { None };
    }
    if is_noun(passage, at) || claims_lives(passage, at) {
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
    let selected = &passage.selected;
    let behind = behind.filter(|name| name.end <= selected.start || selected.end <= name.start);
    let name = behind.or_else(|| name_before(passage, at))?;
    // "The rebels, cited by Riverwire, said".
    if matches!(passage.lower(name.start), "cited" | "quoted") && passage.lower(name.start + 1) == "by" {
        return found(Some(name_before(passage, name.start)?), Some(name.start + 2..name.end));
    }
    found(Some(name), via)
}

/// "No casualties were reported".
fn is_passive(passage: &Passage, verb: usize) -> bool {
    let before = |back: usize| verb.checked_sub(back).map_or("", |at| passage.lower(at));
    let be = |word: &str| matches!(word, "was" | "were" | "been" | "be" | "being" | "is" | "are");
    be(before(1)) || (matches!(before(1), "not" | "also" | "since" | "officially") && be(before(2)))
}

/// "Some reports", "these claims": no verbs.
fn is_noun(passage: &Passage, at: usize) -> bool {
    const ORGANS: [&str; 12] = [
        "ministry",
        "agency",
        "service",
        "army",
        "police",
        "office",
        "mission",
        "committee",
        "media",
        "newspaper",
        "channel",
        "it",
    ];
    if !matches!(passage.lower(at), "reports" | "claims" | "states" | "say" | "tell") {
        return false;
    }
    if matches!(passage.lower(at), "say" | "tell") {
        // "To say", "let us say".
        return at == 0 || matches!(passage.lower(at - 1), "to" | "us" | "let");
    }
    let Some(before) = at.checked_sub(1).and_then(|before| passage.tokens.get(before)) else { return true };
    let vague = matches!(
        before.lower.as_str(),
        "other"
            | "some"
            | "these"
            | "several"
            | "many"
            | "press"
            | "local"
            | "latest"
            | "initial"
            | "early"
            | "unconfirmed"
            | "conflicting"
            | "news"
            | "both"
            | "such"
            | "earlier"
            | "no"
    );
    let capital = before.text.chars().next().is_some_and(char::is_uppercase) && !vague;
    let subject = capital || ORGANS.contains(&before.lower.as_str()) || before.ends_part;
    !subject
}

/// "Claimed 12 lives", "claimed responsibility": nobody says a number.
fn claims_lives(passage: &Passage, at: usize) -> bool {
    matches!(passage.lower(at), "claimed" | "claims")
        && (at + 1..at + 6).any(|n| matches!(passage.lower(n), "lives" | "life" | "responsibility" | "victims"))
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
    // "Told Riverwire of seven dead".
    let end = (start..end).find(|at| matches!(passage.lower(*at), "of" | "about" | "by" | "in")).unwrap_or(end);
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
                    | "did"
                    | "does"
                    | "do"
                    | "not"
                    | "could"
                    | "would"
                    | "will"
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
    at = without_when_and_where(passage, at)?;
    let pronoun = at.len() == 1
        && matches!(passage.lower(at.start), "he" | "she" | "it" | "they" | "who" | "which" | "we" | "i" | "there");
    // "How many had died it did not say": a question names nobody.
    let asks = matches!(passage.lower(at.start), "how" | "what" | "whether" | "why" | "when" | "that" | "if");
    let names = passage.tokens.get(at.clone())?.iter().any(|token| token.text.chars().any(char::is_alphabetic));
    (names && !pronoun && !asks).then_some(at)
}

/// "Until noon the army", "On Saturday officials", "In Osh residents": who, without when and where.
fn without_when_and_where(passage: &Passage, mut at: Range<usize>) -> Option<Range<usize>> {
    const LEADS: [&str; 18] = [
        "until", "by", "towards", "toward", "on", "in", "at", "after", "before", "early", "late", "since", "from",
        "during", "for", "with", "around", "near",
    ];
    // "The agency where she worked" is the agency.
    if let Some(cut) = (at.start + 1..at.end).find(|n| matches!(passage.lower(*n), "where" | "which" | "who" | "whose"))
    {
        at.end = cut;
    }
    if !LEADS.contains(&passage.lower(at.start)) {
        return Some(at);
    }
    if let Some(the) = (at.start + 1..at.end.saturating_sub(1)).rev().find(|n| passage.lower(*n) == "the") {
        return Some(the + 1..at.end);
    }
    let names = |n: usize| {
        let token = passage.tokens.get(n);
        token.is_some_and(|token| token.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()))
            && !super::sides::is_people(passage.lower(n))
    };
    let start = (at.start + 1..at.end).find(|n| !names(*n))?;
    (start > at.start + 1).then_some(start..at.end)
}

/// "The Russian agency TASS" is TASS, where the project knows that name.
fn agency(name: String, known: &[Text]) -> String {
    let ends = |known: &&Text| known.chars().count() > 2 && name.ends_with(&format!(" {known}"));
    known.iter().find(ends).map_or(name.clone(), ToString::to_string)
}

/// The spelling that the project has for a speaker.
fn as_known(name: &str, known: &[Text]) -> String {
    let same = |text: &&Text| text.to_lowercase() == name.to_lowercase();
    known.iter().find(same).map_or_else(|| name.to_owned(), |text| text.to_string())
}
