//! Sentences in other languages than English: a number in digits before a word may count people.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::Quantity;
use crate::model::quantity::digits::decimal_digit;

use super::Figure;
use super::noun::words;
use super::sentence::Sentence;

/// Words of which every English sentence and most headlines have one.
static ENGLISH: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "the of and to was were by for have has had with after killed dead injured wounded hurt kills kill killing \
         people said says at from two three missing deaths casualties captured fled displaced toll wounds injures \
         died is are",
    )
});

/// What stands behind a number that counts no people, in some languages.
static UNITS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "km км m м kg кг cm mm % ans an jahre jahren jahr años año anni года год году лет року років рік heures uhr \
         часов horas минут дней jours tage días euros euro долларов рублей гривен كم",
    )
});

pub fn is_english(sentence: &Sentence) -> bool {
    sentence.words.iter().any(|word| ENGLISH.contains(word.lower.as_str()))
        || sentence.words.iter().all(|word| word.lower.is_ascii())
            && sentence.words.iter().any(|word| super::harm::trigger_word(&word.lower))
}

/// Numbers in digits that a word follows and that are no year, share, date, time or measure.
pub fn figures(sentence: &Sentence) -> Vec<Figure> {
    let words = &sentence.words;
    let counts = |at: &usize| {
        let word = &words[*at];
        let digits = word.text.chars().next().is_some_and(|c| decimal_digit(c).is_some());
        let next = words.get(at + 1).filter(|_| !word.comma && !word.strong && !word.colon);
        let names = next.is_some_and(|next| {
            next.text.chars().next().is_some_and(char::is_alphabetic)
                && !next.capital
                && !UNITS.contains(next.lower.as_str())
                && crate::mention::when::month_of(&next.lower).is_none()
        });
        digits && names && !word.money && !word.per_cent
    };
    (0..words.len())
        .filter(counts)
        .filter_map(|at| {
            let quantity = Quantity::parse_with(&words[at].text, &|_| false).ok()?;
            let year = matches!(quantity, Quantity::Exactly(1900..=2100));
            (!year && quantity != Quantity::NoneAsserted).then(|| Figure {
                range: sentence.place(at..at + 2),
                number: sentence.place(at..at + 1),
                quantity,
                measure: None,
            })
        })
        .collect()
}
