//! Numbers in a sentence: digits, number words, ranges, bounds and vague words, as [`Quantity`] reads them.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::mention::number::with_decimal_scale;
use crate::mention::when::month_of;
use crate::model::Quantity;
use crate::model::quantity::digits::decimal_digit;

use super::noun::words;
use super::sentence::Sentence;

/// The longest phrase that is one number.
const LONGEST: usize = 9;

/// A number of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its words, with a bound before them.
    pub at: Range<usize>,
    pub quantity: Quantity,
}

/// Words before a number that state a bound, longest first where one begins another.
const LEADS: &[&[&str]] = &[
    &["at", "least"],
    &["at", "most"],
    &["no", "fewer", "than"],
    &["not", "fewer", "than"],
    &["no", "less", "than"],
    &["not", "less", "than"],
    &["no", "more", "than"],
    &["not", "more", "than"],
    &["more", "than"],
    &["fewer", "than"],
    &["less", "than"],
    &["as", "many", "as"],
    &["as", "high", "as"],
    &["up", "to"],
    &["in", "excess", "of"],
    &["upwards", "of"],
    &["close", "to"],
    &["a", "minimum", "of"],
    &["an", "estimated"],
    &["over"],
    &["above"],
    &["under"],
    &["below"],
    &["about"],
    &["around"],
    &["some"],
    &["approximately"],
    &["roughly"],
    &["nearly"],
    &["almost"],
    &["exactly"],
    &["between"],
    &["from"],
    &["circa"],
];

/// Vague words that stand for a number of people.
const VAGUE: &[&[&str]] = &[
    &["hundreds", "of", "thousands"],
    &["tens", "of", "thousands"],
    &["a", "large", "number"],
    &["a", "couple"],
    &["a", "handful"],
    &["a", "number"],
    &["a", "few"],
    &["large", "numbers"],
    &["dozens"],
    &["hundreds"],
    &["thousands"],
    &["millions"],
    &["scores"],
    &["several"],
    &["many"],
    &["numerous"],
    &["tens"],
    &["multiple"],
    &["countless"],
];

/// Every number of the sentence that may count people, in order.
pub fn numbers(sentence: &Sentence) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        match number_at(sentence, at) {
            Some((number, counts_people)) => {
                at = number.at.end;
                if counts_people {
                    found.push(number);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// The number that begins at a word, and whether it may count people.
fn number_at(sentence: &Sentence, at: usize) -> Option<(Number, bool)> {
    if let Some(words) = VAGUE.iter().find(|words| sentence.says(at, words) && is_joined(sentence, at, words.len())) {
        let quantity = Quantity::parse(&words.join(" ")).ok()?;
        // "So many", "how many" are no number; "many more" is one.
        let asks = matches!(sentence.before(at).map(|w| w.lower.as_str()), Some("how" | "as" | "too"));
        let mut end = at + words.len();
        // "Dozens, at least 30": the number says more.
        if sentence.says(end, &["at", "least"])
            && let Some((number, true)) = number_at(sentence, end)
        {
            end = number.at.end;
            return Some((Number { at: at..end, quantity: number.quantity }, true));
        }
        return Some((Number { at: at..end, quantity }, !asks));
    }
    let lead = LEADS.iter().find(|lead| sentence.says(at, lead) && is_joined(sentence, at, lead.len()));
    let lead = lead.map_or(0, |lead| lead.len());
    let core = at + lead;
    if lead > 0 && sentence.is_cut(core) {
        return None;
    }
    if !begins(sentence, core) {
        return None;
    }
    let mut end = core + 1;
    while end < sentence.words.len() && end - at < LONGEST && !sentence.is_cut(end) && goes_on(sentence, end) {
        end += 1;
    }
    let estimated = usize::from(sentence.says(at, &["an", "estimated"])) * 2;
    for end in (core + 1..=end).rev() {
        let phrase = with_decimal_scale(&sentence.phrase(at + estimated..end));
        let Ok(quantity) = Quantity::parse_with(&phrase, &|_| false) else { continue };
        let quantity = match quantity {
            Quantity::Exactly(n) if estimated > 0 => Quantity::About(n),
            other => other,
        };
        let number = Number { at: at..end, quantity };
        let counts = !counts_no_people(sentence, &number, core);
        return Some((number, counts));
    }
    None
}

/// Whether no mark stands between these words.
fn is_joined(sentence: &Sentence, at: usize, length: usize) -> bool {
    (at + 1..at + length).all(|at| !sentence.is_cut(at))
}

fn has_digits(word: &str) -> bool {
    word.chars().next().is_some_and(|c| decimal_digit(c).is_some())
}

static NUMBER_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
         eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion \
         lakh crore dozen score",
    )
});

fn is_number_word(word: &str) -> bool {
    let known = |part: &str| NUMBER_WORDS.contains(part);
    known(word) || word.split_once('-').is_some_and(|(a, b)| known(a) && known(b))
}

fn begins(sentence: &Sentence, at: usize) -> bool {
    let word = sentence.lower(at);
    has_digits(word)
        || word.starts_with(['~', '>', '<', '≥', '≤', '≈']) && word.chars().any(|c| decimal_digit(c).is_some())
        || is_number_word(word)
        || (matches!(word, "a" | "half")
            && matches!(sentence.lower(at + 1), "dozen" | "hundred" | "thousand" | "million"))
        || (word == "half" && sentence.says(at + 1, &["a", "dozen"]))
}

fn goes_on(sentence: &Sentence, at: usize) -> bool {
    let word = sentence.lower(at);
    let next = || begins(sentence, at + 1);
    is_number_word(word)
        || (has_digits(word)
            && word.chars().filter(|c| decimal_digit(*c).is_some()).count() == 3
            && word.chars().all(|c| decimal_digit(c).is_some()))
        || (has_digits(word) && matches!(sentence.lower(at - 1), "to" | "and" | "or"))
        || (matches!(word, "to" | "and" | "or") && next())
        || (word == "or" && matches!(sentence.lower(at + 1), "more" | "fewer"))
        || (matches!(word, "more" | "fewer") && sentence.lower(at - 1) == "or")
        || (word == "a" && sentence.lower(at - 1) == "half")
}

/// Ages, shares, money, distances, durations, dates, times and names with numbers.
fn counts_no_people(sentence: &Sentence, number: &Number, core: usize) -> bool {
    let at = &number.at;
    let Some(last) = sentence.before(at.end) else { return true };
    let first = &sentence.words[core];
    let behind = if sentence.is_cut(at.end) { "" } else { sentence.lower(at.end) };
    let before = match sentence.before(at.start) {
        Some(word) if !word.comma && !word.strong && !word.colon => word.lower.as_str(),
        _ => "",
    };
    let bare = at.len() == 1;
    let year = |n: u64| (1900..=2100).contains(&n);
    let is_year = match number.quantity {
        Quantity::Exactly(n) => year(n) && bare && first.text.len() == 4,
        Quantity::Between(a, b) => year(a) && year(b),
        Quantity::About(n) | Quantity::MoreThan(n) | Quantity::AtLeast(n) => year(n) && first.text.len() == 4,
        _ => false,
    };
    let year_behind = matches!(behind, "" | "and" | "the" | "after" | "when" | "by" | "were" | "was")
        || super::noun::behind(sentence, at.end) == super::noun::Noun::Thing;
    first.money
        || last.per_cent
        || matches!(before, "us" | "aged" | "age" | "article" | "resolution" | "brigade" | "battalion" | "no" | "chapter"
            | "route" | "highway" | "flight" | "unit" | "section" | "page" | "level" | "phase" | "channel" | "usd" | "eur")
        || is_unit(behind)
        || (matches!(behind, "in" | "out") && (begins(sentence, at.end + 1) || sentence.says(at.end + 1, &["every"])
            || sentence.says(at.end, &["out", "of"])))
        || (bare && (month_of(before).is_some() || month_of(behind).is_some()) && !matches!(before, "may"))
        || (bare && month_of(before).is_some() && (last.comma || year_behind))
        || (is_year && (year_behind || matches!(before, "in" | "since" | "of" | "from" | "during" | "until" | "by" | "early" | "late" | "mid")))
        || (is_year && sentence.before(at.start.saturating_sub(1)).is_some_and(|word| month_of(&word.lower).is_some()))
        || (number.quantity == Quantity::NoneAsserted)
        // "One of 12 people" speaks of the twelve.
        || (number.quantity == Quantity::Exactly(1)
            && (matches!(behind, "" | "another" | "thing" | "side" | "day")
                || (behind == "of" && (at.end + 1..at.end + 4).any(|at| begins(sentence, at))))
            && !has_digits(&first.lower))
        || (number.quantity == Quantity::Exactly(1) && matches!(before, "no" | "any" | "some" | "this" | "the" | "each"))
}

static UNITS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "year years year-old years-old month months week weeks day days hour hours minute minutes seconds km \
         kilometre kilometres kilometer kilometers metre metres meter meters mile miles feet foot percent per pc cent \
         times dollars euros pounds gmt am pm a.m p.m o'clock degrees tonnes tons kg kilograms mph local decades \
         centuries st nd rd th mm cm m usd knots",
    )
});

fn is_unit(word: &str) -> bool {
    UNITS.contains(word)
}
