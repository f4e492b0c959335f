//! What a sentence says about casualties, guessed from its words, to save typing.
//!
//! Everything here is a guess that a person sees and changes before anything is recorded; where the words do not
//! decide, the answer is nothing, never a likely value. English patterns only. Places count Unicode scalars from the
//! start of the text. It knows no window and no project beyond the words it is given.

pub mod detect;
mod hints;
mod number;
mod people;
pub mod sides;
mod speaker;
#[cfg(test)]
mod tests;
mod when;
pub mod words;

use std::ops::Range;

use jiff::civil::Date;

use crate::model::{Class, EventDate, Measure, Quantity, Stance, Text};

pub use hints::{Counted, Kind};
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
    /// The place that the sentence names, else one before it in the paragraph; empty where none is named.
    pub place: String,
    /// Whom the number counts.
    pub counted: Counted,
    /// The words that put the number on top of another: "three more".
    pub more: Option<String>,
    /// The words that make the number a part of another: "including three".
    pub part: Option<String>,
    /// The number counts from here on: "since 3 May".
    pub since: Option<EventDate>,
    /// How many attackers it includes.
    pub attackers: u64,
    /// Whether it counts who was named.
    pub counts_names: bool,
    /// What of all this is not stated in the words, each with the reason.
    pub doubts: Vec<Doubt>,
}

/// A part of a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Quantity,
    Measure,
    Speaker,
    Stance,
    When,
    Place,
    Attackers,
    Names,
}

/// A part that the words do not state, and why it is in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub part: Part,
    pub why: String,
}

/// The measure that the words name, and whether they leave no doubt. `None` where they name none.
pub fn measure(text: &str, selection: Range<usize>, is_word: &dyn Fn(&str) -> bool) -> Option<(Measure, bool)> {
    hints::measure(&Passage::around(text, selection), is_word)
}

/// Guesses a claim from selected words and the sentence around them.
pub fn guess(ask: &Ask<'_>) -> Guess {
    let passage = Passage::around(ask.text, ask.selection.clone());
    let first = passage.tokens.first().map_or(ask.selection.start, |token| token.at.start);
    let before: &str = &ask.text[..words::byte_of(ask.text, first)];
    let found = number::find(&passage, ask.measure, ask.is_word);
    let said = speaker::find(&passage, ask.speakers, before);
    let dates = when::find(&passage, ask.published);
    let number = found.as_ref().map(|found| found.at.clone());
    let (stance, stance_words) = hints::stance(&passage, number.as_ref());
    let (place, other_place) = place(&passage, before);
    let attackers = hints::attackers(&passage);
    let names = number.as_ref().and_then(|number| hints::names(&passage, number));
    let mut doubts = Vec::new();
    let mut doubt = |part, why: Option<String>| doubts.extend(why.map(|why| Doubt { part, why }));
    let rival = found.as_ref().and_then(|found| found.rival.clone());
    doubt(Part::Quantity, rival.map(|at| format!("or is it “{}”?", passage.phrase(at))));
    let other = number.as_ref().and_then(|number| {
        let words = hints::not_split(&passage, number).filter(|_| *ask.measure != Measure::Casualties);
        words.or_else(|| hints::other_measure(&passage, number, ask.measure).map(|other| other.to_string()))
    });
    doubt(Part::Measure, other.map(|other| format!("the words say {other}")));
    doubt(Part::Speaker, said.doubt);
    doubt(Part::Stance, stance_words.map(|words| format!("“{words}” in the sentence")));
    doubt(
        Part::When,
        match (&dates.happened, dates.rival) {
            (None, _) if ask.published.is_some() => Some("only the day of publication".to_owned()),
            (Some(_), Some(rival)) => Some(format!("the sentence names {}, too", rival.describe())),
            _ => None,
        },
    );
    doubt(Part::Place, other_place);
    doubt(Part::Attackers, attackers.as_ref().map(|(_, words)| format!("“{words}”")));
    doubt(Part::Names, names.as_ref().map(|words| format!("“{words}”")));
    Guess {
        words: number.clone().map(|tokens| passage.scalars(tokens)),
        class: people::class(&passage, number.as_ref(), ask.groups),
        speaker: said.speaker,
        via: said.via,
        stance,
        reported: dates.said.or(ask.published),
        when: dates.happened.as_ref().map(|(date, _)| *date).or(ask.published.map(EventDate::day)),
        when_words: dates.happened.map(|(_, tokens)| passage.scalars(tokens)),
        place,
        counted: hints::counted(&passage, number.as_ref()),
        part: number.as_ref().and_then(|number| hints::part(&passage, number)),
        more: number.as_ref().and_then(|number| hints::more(&passage, number)),
        since: dates.since,
        attackers: attackers.map_or(0, |(n, _)| n),
        counts_names: names.is_some(),
        quantity: found.map(|found| found.quantity),
        doubts,
    }
}

/// The place of the sentence, else of those before it in the paragraph; and why it is in doubt.
fn place(passage: &Passage, before: &str) -> (String, Option<String>) {
    let mut places = people::places(passage).into_iter();
    if let Some(place) = places.next() {
        return (place, places.next().map(|other| format!("the sentence names {other}, too")));
    }
    let paragraph = before.rsplit('\n').next().unwrap_or_default();
    let length = paragraph.chars().count();
    let earlier = Passage::around(paragraph, 0..length);
    let near_end = Passage { selected: earlier.tokens.len()..earlier.tokens.len(), ..earlier };
    let place = people::places(&near_end).into_iter().next();
    let doubt = place.as_ref().map(|_| "named in a sentence before".to_owned());
    (place.unwrap_or_default(), doubt)
}
