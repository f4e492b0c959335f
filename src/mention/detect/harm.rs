//! Words and phrases that say what happened to people, and how they are joined to a number. English only.

use crate::model::Measure;

use super::sentence::Sentence;

/// How a word is joined to the people whom it concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// "Killed": of people before it or behind it.
    Verb,
    /// "Killing", "kills": of people behind it.
    Active,
    /// "Died", "dead", "missing": of people before it.
    State,
    /// "Deaths", "bodies": the people themselves.
    Noun,
}

/// A phrase that tells harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    pub measure: Measure,
    pub kind: Kind,
    /// Behind its last word.
    pub end: usize,
}

impl Trigger {
    /// Whether it can stand before a name: "wounded people", "dead soldiers".
    pub fn describes(&self) -> bool {
        matches!(self.kind, Kind::Verb | Kind::State)
    }
}

const PHRASES: &[(&[&str], Measure, Kind)] = &[
    (&["killed", "or", "wounded"], Measure::Casualties, Kind::Verb),
    (&["killed", "or", "injured"], Measure::Casualties, Kind::Verb),
    (&["killed", "and", "wounded"], Measure::Casualties, Kind::Verb),
    (&["killed", "and", "injured"], Measure::Casualties, Kind::Verb),
    (&["killed", "wounded", "or"], Measure::Casualties, Kind::Verb),
    (&["killed", "injured", "or"], Measure::Casualties, Kind::Verb),
    (&["dead", "or", "wounded"], Measure::Casualties, Kind::State),
    (&["dead", "or", "injured"], Measure::Casualties, Kind::State),
    (&["shot", "dead"], Measure::Killed, Kind::Verb),
    (&["shot", "and", "killed"], Measure::Killed, Kind::Verb),
    (&["shooting", "dead"], Measure::Killed, Kind::Active),
    (&["beaten", "to", "death"], Measure::Killed, Kind::State),
    (&["burned", "to", "death"], Measure::Killed, Kind::State),
    (&["claimed", "the", "lives", "of"], Measure::Killed, Kind::Active),
    (&["claiming", "the", "lives", "of"], Measure::Killed, Kind::Active),
    (&["cost", "the", "lives", "of"], Measure::Killed, Kind::Active),
    (&["took", "the", "lives", "of"], Measure::Killed, Kind::Active),
    (&["lost", "their", "lives"], Measure::Killed, Kind::State),
    (&["lost", "his", "life"], Measure::Killed, Kind::State),
    (&["lost", "her", "life"], Measure::Killed, Kind::State),
    (&["losing", "their", "lives"], Measure::Killed, Kind::State),
    (&["succumbed"], Measure::Killed, Kind::State),
    (&["taken", "to", "hospital"], Measure::Injured, Kind::State),
    (&["taken", "to", "hospitals"], Measure::Injured, Kind::State),
    (&["rushed", "to", "hospital"], Measure::Injured, Kind::State),
    (&["treated", "for"], Measure::Injured, Kind::State),
    (&["in", "critical", "condition"], Measure::Injured, Kind::State),
    (&["in", "serious", "condition"], Measure::Injured, Kind::State),
    (&["in", "intensive", "care"], Measure::Injured, Kind::State),
    (&["taken", "prisoner"], Measure::Captured, Kind::State),
    (&["took", "prisoner"], Measure::Captured, Kind::Active),
    (&["taken", "hostage"], Measure::Captured, Kind::State),
    (&["taken", "captive"], Measure::Captured, Kind::State),
    (&["taken", "into", "custody"], Measure::Captured, Kind::State),
    (&["unaccounted", "for"], Measure::Missing, Kind::State),
    (&["left", "homeless"], Measure::Displaced, Kind::State),
    (&["made", "homeless"], Measure::Displaced, Kind::State),
    (&["crossed", "into"], Measure::Displaced, Kind::State),
    (&["crossed", "the", "border"], Measure::Displaced, Kind::State),
    (&["forced", "from"], Measure::Displaced, Kind::State),
    (&["forced", "to", "flee"], Measure::Displaced, Kind::State),
    (&["forced", "to", "leave"], Measure::Displaced, Kind::State),
    (&["driven", "from"], Measure::Displaced, Kind::State),
];

/// The phrase of harm that begins at a word.
pub fn trigger(sentence: &Sentence, at: usize) -> Option<Trigger> {
    sentence.told.get(at).cloned().flatten()
}

/// Looks for the phrase of harm that begins at a word.
pub(super) fn find(sentence: &Sentence, at: usize) -> Option<Trigger> {
    let word = sentence.lower(at);
    if word.is_empty() {
        return None;
    }
    let phrase = PHRASES.iter().find(|(words, ..)| words[0] == word && sentence.says(at, words));
    if let Some((words, measure, kind)) = phrase {
        return Some(Trigger { measure: measure.clone(), kind: *kind, end: at + words.len() });
    }
    if word == "lost" {
        return lost_limb(sentence, at);
    }
    let (measure, kind) = of_word(word)?;
    // "The wounded" and "of those injured" are people, not what happens to others.
    if matches!(sentence.lower(at.wrapping_sub(1)), "the" | "those") && matches!(kind, Kind::Verb | Kind::State) {
        return None;
    }
    Some(Trigger { measure, kind, end: at + 1 })
}

fn lost_limb(sentence: &Sentence, at: usize) -> Option<Trigger> {
    const PARTS: &[&str] =
        &["leg", "legs", "limb", "limbs", "arm", "arms", "hand", "hands", "eye", "eyes", "foot", "sight"];
    let end = (at + 2..at + 4).find(|at| PARTS.contains(&sentence.lower(*at)))?;
    Some(Trigger { measure: Measure::Injured, kind: Kind::State, end: end + 1 })
}

fn of_word(word: &str) -> Option<(Measure, Kind)> {
    use Kind::{Active, Noun, State, Verb};
    use Measure::{Captured, Casualties, Displaced, Injured, Killed, Missing};
    Some(match word {
        "killed" | "slain" | "executed" | "murdered" | "massacred" | "martyred" | "beheaded" | "assassinated"
        | "lynched" | "eliminated" | "neutralised" | "neutralized" | "slaughtered" | "gunned" | "electrocuted" => {
            (Killed, Verb)
        }
        "killing" | "kill" | "kills" | "murdering" | "executing" | "execute" | "slaying" | "massacring" => {
            (Killed, Active)
        }
        "died" | "die" | "dies" | "dying" | "dead" | "perished" | "drowned" | "drown" | "fatally" => (Killed, State),
        "deaths" | "fatalities" | "bodies" | "corpses" | "martyrs" => (Killed, Noun),
        "injured" | "wounded" | "hurt" | "maimed" | "harmed" | "hospitalised" | "hospitalized" => (Injured, Verb),
        "injuring" | "wounding" | "injures" | "injure" | "wounds" | "maiming" | "hurting" => (Injured, Active),
        "injuries" => (Injured, Noun),
        "missing" | "disappeared" | "vanished" => (Missing, State),
        "captured" | "abducted" | "kidnapped" | "seized" | "detained" | "arrested" | "imprisoned" => (Captured, Verb),
        "capturing" | "abducting" | "kidnapping" | "seizing" | "detaining" | "arresting" | "captures" | "kidnaps"
        | "abducts" => (Captured, Active),
        "surrendered" | "surrender" => (Captured, State),
        "displaced" | "evacuated" | "uprooted" => (Displaced, Verb),
        "displacing" | "displaces" | "uprooting" | "evacuating" => (Displaced, Active),
        "fled" | "flee" | "fleeing" | "homeless" => (Displaced, State),
        "casualties" => (Casualties, Noun),
        _ => return None,
    })
}

/// Words that join a subject to what happened to it.
pub fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "was"
            | "were"
            | "is"
            | "are"
            | "be"
            | "been"
            | "being"
            | "has"
            | "have"
            | "had"
            | "may"
            | "might"
            | "could"
            | "would"
            | "must"
            | "remain"
            | "remains"
            | "remained"
            | "got"
            | "did"
            | "do"
            | "does"
            | "can"
    )
}

/// Forms of "to be": what follows is said of the subject.
pub fn is_to_be(word: &str) -> bool {
    matches!(word, "was" | "were" | "is" | "are" | "be" | "been" | "being" | "got")
}

/// Words between a subject and its verb that change nothing.
pub fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "also"
            | "later"
            | "still"
            | "reportedly"
            | "reported"
            | "feared"
            | "believed"
            | "presumed"
            | "confirmed"
            | "allegedly"
            | "lightly"
            | "seriously"
            | "critically"
            | "badly"
            | "severely"
            | "slightly"
            | "gravely"
            | "now"
            | "already"
            | "since"
            | "all"
            | "who"
            | "being"
            | "to"
            | "then"
            | "instantly"
            | "not"
            | "either"
            | "known"
            | "thought"
            | "said"
            | "estimated"
            | "left"
            | "found"
            | "officially"
            | "more"
            | "other"
            | "so"
            | "far"
            | "totally"
            | "fatally"
    )
}

/// Words that begin another clause.
pub fn parts_clauses(word: &str) -> bool {
    matches!(
        word,
        "when"
            | "while"
            | "but"
            | "after"
            | "before"
            | "because"
            | "until"
            | "although"
            | "though"
            | "as"
            | "if"
            | "unless"
            | "whether"
            | "where"
            | "that"
            | "bringing"
            | "said"
            | "says"
            | "saying"
    )
}

/// Whether a word alone tells harm.
pub fn trigger_word(word: &str) -> bool {
    of_word(word).is_some()
}
