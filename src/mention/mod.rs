//! What a sentence says about casualties, guessed from its words, to save typing.
//!
//! Everything here is a guess that a person sees and changes before anything is recorded; where the words do not
//! decide, the answer is nothing, never a likely value. English patterns only. Places count Unicode scalars from the
//! start of the text. It knows no window and no project beyond the words it is given.

mod number;
mod people;
mod speaker;
#[cfg(test)]
mod tests;
mod when;
pub mod words;

use std::ops::Range;

use jiff::civil::Date;

use crate::model::{Class, EventDate, Measure, Quantity, Stance, Text};

use words::Passage;

/// What is asked.
pub struct Ask<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The selected words.
    pub selection: Range<usize>,
    /// What is to be counted.
    pub measure: &'a Measure,
    /// The day on which the text was published.
    pub published: Option<Date>,
    /// Whether a phrase is a number word of the project.
    pub is_word: &'a dyn Fn(&str) -> bool,
    /// Sub-groups that the codebook offers as classes.
    pub groups: &'a [Class],
    /// Speakers that the project knows, for their spelling.
    pub speakers: &'a [Text],
}

/// What the words suggest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// How many. `None` where the words do not say.
    pub quantity: Option<Quantity>,
    /// The words of the number.
    pub words: Option<Range<usize>>,
    /// Among whom; the total where nothing else is said.
    pub class: Class,
    /// Who says so; empty where nobody is named.
    pub speaker: String,
    /// Who relays it; empty where nobody does.
    pub via: String,
    /// Suspected, where the words say feared or presumed; else asserted.
    pub stance: Stance,
    /// The day on which it was said: that of the sentence, else the day of publication.
    pub reported: Option<Date>,
    /// When it happened: the date in the sentence, else the day of publication.
    pub when: Option<EventDate>,
    /// The words of that date. `None` where it is only the day of publication.
    pub when_words: Option<Range<usize>>,
    /// The place that the sentence names; empty where it names none.
    pub place: String,
}

/// Guesses a claim from selected words and the sentence around them.
pub fn guess(ask: &Ask<'_>) -> Guess {
    let passage = Passage::around(ask.text, ask.selection.clone());
    let found = number::find(&passage, ask.measure, ask.is_word);
    let said = speaker::find(&passage, ask.speakers);
    let dates = when::find(&passage, ask.published);
    let (quantity, tokens) = found.map_or((None, None), |(quantity, tokens)| (Some(quantity), Some(tokens)));
    Guess {
        words: tokens.clone().map(|tokens| passage.scalars(tokens)),
        class: people::class(&passage, tokens.as_ref(), ask.groups),
        speaker: said.speaker,
        via: said.via,
        stance: if people::is_suspected(&passage, tokens.as_ref()) { Stance::Suspects } else { Stance::Asserts },
        reported: dates.said.or(ask.published),
        when: dates.happened.as_ref().map(|(date, _)| *date).or(ask.published.map(EventDate::day)),
        when_words: dates.happened.map(|(_, tokens)| passage.scalars(tokens)),
        place: people::place(&passage),
        quantity,
    }
}
