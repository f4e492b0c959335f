//! Reads what people type for a quantity: canonical forms, their typographic variants, and English phrases.
//! Knows nothing of what a bound or a word counts as.

use super::digits::{decimal_digit, has_digit, is_dash, tidy};
use super::{Quantity, QuantityError, number};

/// The vague number words that are read where a project has no word table of its own, in lower case.
pub const BUILT_IN_WORDS: &[&str] = &[
    "a couple",
    "a few",
    "a handful",
    "a large number",
    "a number",
    "countless",
    "couple",
    "dozens",
    "few",
    "handful",
    "hundreds",
    "hundreds of thousands",
    "large numbers",
    "many",
    "millions",
    "multiple",
    "numerous",
    "scores",
    "several",
    "some",
    "tens",
    "tens of thousands",
    "thousands",
    "various",
];

/// What a phrase before or after a number makes of it.
#[derive(Clone, Copy)]
enum Bound {
    Exactly,
    AtLeast,
    MoreThan,
    AtMost,
    /// Below the number: for whole numbers this is "at most one less".
    LessThan,
    About,
}

/// Signs before a number; longer ones first where one begins another.
const SIGNS: &[(&str, Bound)] = &[
    (">=", Bound::AtLeast),
    ("=>", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("⩾", Bound::AtLeast),
    ("≧", Bound::AtLeast),
    ("<=", Bound::AtMost),
    ("=<", Bound::AtMost),
    ("≤", Bound::AtMost),
    ("⩽", Bound::AtMost),
    ("≦", Bound::AtMost),
    (">", Bound::MoreThan),
    ("<", Bound::LessThan),
    ("~", Bound::About),
    ("≈", Bound::About),
    ("∼", Bound::About),
];

/// Phrases before a number.
const BEFORE: &[(&str, Bound)] = &[
    ("exactly", Bound::Exactly),
    ("at least", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("not fewer than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("minimum", Bound::AtLeast),
    ("upwards of", Bound::AtLeast),
    ("more than", Bound::MoreThan),
    ("greater than", Bound::MoreThan),
    ("in excess of", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("above", Bound::MoreThan),
    ("at most", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("as many as", Bound::AtMost),
    ("as high as", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("a maximum of", Bound::AtMost),
    ("maximum", Bound::AtMost),
    ("fewer than", Bound::LessThan),
    ("less than", Bound::LessThan),
    ("under", Bound::LessThan),
    ("below", Bound::LessThan),
    ("about", Bound::About),
    ("around", Bound::About),
    ("some", Bound::About),
    ("approximately", Bound::About),
    ("approx.", Bound::About),
    ("approx", Bound::About),
    ("roughly", Bound::About),
    ("circa", Bound::About),
    ("ca.", Bound::About),
    ("ca", Bound::About),
    ("c.", Bound::About),
    ("nearly", Bound::About),
    ("almost", Bound::About),
    ("close to", Bound::About),
];

/// Signs and phrases after a number.
const AFTER: &[(&str, Bound)] = &[
    ("+", Bound::AtLeast),
    (" plus", Bound::AtLeast),
    (" or more", Bound::AtLeast),
    (" and more", Bound::AtLeast),
    (" or above", Bound::AtLeast),
    (" at least", Bound::AtLeast),
    (" or fewer", Bound::AtMost),
    (" or less", Bound::AtMost),
    (" at most", Bound::AtMost),
];

pub(super) fn read(text: &str, is_word: &dyn Fn(&str) -> bool) -> Result<Quantity, QuantityError> {
    let typed = tidy(text).to_lowercase();
    if let Some(quantity) = whole_phrase(&typed) {
        return Ok(quantity);
    }
    phrase(&typed).or_else(|error| {
        let word = typed.strip_suffix(" of").unwrap_or(&typed);
        if !word.is_empty() && !has_digit(word) && is_word(word) { Ok(Quantity::Word(word.into())) } else { Err(error) }
    })
}

/// Phrases that are a quantity by themselves.
fn whole_phrase(typed: &str) -> Option<Quantity> {
    match typed {
        "none" | "no" | "no one" | "nobody" | "zero" | "nil" => Some(Quantity::NoneAsserted),
        "?" | "\u{FF1F}" | "\u{061F}" | "unknown" | "not known" | "no number" | "no number given" => {
            Some(Quantity::Unknown)
        }
        "plural" | "plural only" => Some(Quantity::Plural),
        _ => None,
    }
}

fn phrase(typed: &str) -> Result<Quantity, QuantityError> {
    if typed.is_empty() {
        return Err(QuantityError::Empty);
    }
    if is_negative(typed) {
        return Err(QuantityError::Negative);
    }
    if typed.ends_with(')') {
        return estimate(typed);
    }
    if let Some((bound, rest)) = bound_of(typed) {
        return bounded(typed, bound, rest);
    }
    match number::read(typed) {
        Ok(n) => Ok(Quantity::exactly(n)),
        Err(error) => range(typed, error),
    }
}

/// A dash right before a digit at the very start. Anywhere else a dash means a range.
fn is_negative(typed: &str) -> bool {
    let mut chars = typed.chars();
    chars.next().is_some_and(is_dash) && chars.find(|c| *c != ' ').is_some_and(|c| decimal_digit(c).is_some())
}

/// The bound that a sign or a phrase states, and what it is stated of.
fn bound_of(typed: &str) -> Option<(Bound, &str)> {
    let sign = || strip(SIGNS, |sign| typed.strip_prefix(sign));
    let before = || strip(BEFORE, |words| typed.strip_prefix(words)?.strip_prefix(' '));
    let after = || strip(AFTER, |words| typed.strip_suffix(words));
    sign().or_else(before).or_else(after)
}

fn strip<'a>(table: &[(&str, Bound)], rest: impl Fn(&str) -> Option<&'a str>) -> Option<(Bound, &'a str)> {
    table.iter().find_map(|(words, bound)| Some((*bound, rest(words)?.trim())))
}

fn bounded(typed: &str, bound: Bound, rest: &str) -> Result<Quantity, QuantityError> {
    if is_negative(rest) {
        return Err(QuantityError::Negative);
    }
    let n = number::read(rest).map_err(|error| bounded_error(typed, rest, error))?;
    Ok(match bound {
        Bound::Exactly => Quantity::exactly(n),
        Bound::AtLeast => Quantity::AtLeast(n),
        Bound::MoreThan => Quantity::MoreThan(n),
        Bound::AtMost => Quantity::AtMost(n),
        Bound::About => Quantity::About(n),
        Bound::LessThan => match n.checked_sub(1) {
            Some(below) => Quantity::AtMost(below),
            None => return Err(QuantityError::BelowNothing(typed.to_owned())),
        },
    })
}

/// Why nothing can be bounded by what follows: it is a range, a vague word, or no number at all.
fn bounded_error(typed: &str, rest: &str, error: QuantityError) -> QuantityError {
    if range(rest, error.clone()).is_ok() {
        QuantityError::BoundedRange(typed.to_owned())
    } else if BUILT_IN_WORDS.contains(&rest) {
        QuantityError::BoundedWord(typed.to_owned(), rest.to_owned())
    } else if rest.is_empty() || bound_of(rest).is_some() || matches!(error, QuantityError::UnknownWord(_)) {
        QuantityError::NotAQuantity(typed.to_owned())
    } else {
        error
    }
}

/// Every way to split a text at a range sign: two or three dots, "to", or a dash of any kind.
fn range_splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let by_words = ["...", "..", "\u{2026}", " to "].into_iter().filter_map(move |sign| text.split_once(sign));
    let by_dash =
        text.char_indices().filter(|(_, c)| is_dash(*c)).map(move |(at, c)| (&text[..at], &text[at + c.len_utf8()..]));
    by_words
        .chain(by_dash)
        .map(|(low, high)| (low.trim(), high.trim()))
        .filter(|(low, high)| !low.is_empty() && !high.is_empty())
}

/// A range; `error` says why the text is not one number and is returned where it is no range either.
fn range(typed: &str, error: QuantityError) -> Result<Quantity, QuantityError> {
    if let Some(rest) = typed.strip_prefix("between ") {
        let (low, high) = split_between(rest).ok_or_else(|| not_a_range(typed))?;
        return Quantity::between(low, high);
    }
    if let Some((low, high)) = typed.split_once(" or ") {
        return neighbours(typed, low, high).unwrap_or(Err(error));
    }
    let body = typed.strip_prefix("from ").unwrap_or(typed);
    let mut reason = None;
    for (low, high) in range_splits(body) {
        match (number::read(low), number::read(high)) {
            (Ok(low), Ok(high)) => return Quantity::between(low, high),
            (Err(e), _) | (_, Err(e)) => reason = reason.or(Some(e)),
        }
    }
    // A broken range of digits is explained by its broken side; a hyphenated word is explained as a whole.
    Err(reason.filter(|_| has_digit(typed)).unwrap_or(error))
}

fn not_a_range(typed: &str) -> QuantityError {
    QuantityError::NotAQuantity(typed.to_owned())
}

/// "between 40 and 50", also where a number itself holds "and": "between two hundred and five and three hundred".
fn split_between(rest: &str) -> Option<(u64, u64)> {
    const AND: &str = " and ";
    rest.match_indices(AND)
        .map(|(at, _)| (&rest[..at], &rest[at + AND.len()..]))
        .chain(range_splits(rest))
        .find_map(|(low, high)| Some((number::read(low).ok()?, number::read(high).ok()?)))
}

/// "two or three": a range where the numbers are neighbours, two claims where they are not.
fn neighbours(typed: &str, low: &str, high: &str) -> Option<Result<Quantity, QuantityError>> {
    let (low, high) = (number::read(low).ok()?, number::read(high).ok()?);
    Some(if high == low + 1 {
        Quantity::between(low, high)
    } else {
        Err(QuantityError::Alternatives(typed.to_owned()))
    })
}

/// `12 (8-20)` and `10-14 (no best)`, with `?` for a blank part.
fn estimate(typed: &str) -> Result<Quantity, QuantityError> {
    let broken = || QuantityError::Estimate(typed.to_owned());
    let (head, inside) = typed.strip_suffix(')').and_then(|open| open.split_once('(')).ok_or_else(broken)?;
    let (head, inside) = (head.trim(), inside.trim());
    let (best, range) = match inside {
        "no best" => (None, head),
        _ => (estimate_part(head)?, inside),
    };
    let mut reason = broken();
    for (low, high) in range_splits(range) {
        match (estimate_part(low), estimate_part(high)) {
            (Ok(low), Ok(high)) => return Ok(Quantity::estimate(low, best, high)),
            (Err(e), _) | (_, Err(e)) => reason = e,
        }
    }
    Err(if range.starts_with(is_dash) { broken() } else { reason })
}

fn estimate_part(text: &str) -> Result<Option<u64>, QuantityError> {
    match text {
        "?" => Ok(None),
        _ => number::read(text).map(Some),
    }
}
