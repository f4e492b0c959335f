//! What must not go out: coordinates that lead to a door, names, notes, words of texts, records marked sensitive.
//!
//! It only answers whether something is seen; the formats ask. Figures stay what they are: a claim whose quote is left
//! out has counted. What it cannot know is said in the report: titles, notes that stay and the analyst's own columns
//! are not searched for names.

mod apply;

use crate::model::{Event, Point, Precision};

pub(super) use apply::apply;

/// What is left out of an export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redaction {
    /// Coordinates of places that are known more exactly than this. Where it is not said how exactly a place is known,
    /// it is taken for exact.
    pub coordinates: Option<Precision>,
    /// Names of speakers, coders, authors and those who were interviewed.
    pub names: bool,
    /// All notes.
    pub notes: bool,
    /// Quotes and the texts of articles.
    pub quotes: bool,
    /// Events, articles and notes that are marked sensitive, with what hangs on them.
    pub sensitive: bool,
}

/// How much was left out, of what the format would have held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Events marked sensitive.
    pub events: usize,
    /// Events whose coordinates were left out.
    pub coordinates: usize,
    /// Articles marked sensitive.
    pub articles: usize,
    /// Names replaced by codes or left out, each counted once.
    pub names: usize,
    /// Notes.
    pub notes: usize,
    /// Quotes.
    pub quotes: usize,
}

/// The words of the command line, with what each leaves out.
pub const WORDS: [(&str, &str); 6] = [
    (
        "coordinates",
        "coordinates of all places but whole countries and waters; coordinates:adm1 keeps those of provinces and larger",
    ),
    ("names", "names of speakers, coders, authors and interviewed people"),
    ("notes", "all notes"),
    ("quotes", "quotes and the texts of articles"),
    ("sensitive", "events, articles and notes marked sensitive"),
    ("all", "everything of these"),
];

impl Redaction {
    /// Reads `coordinates`, `coordinates:adm1`, `names`, `notes`, `quotes`, `sensitive`, `all`, with commas between them.
    ///
    /// # Errors
    /// The first word that is none of these, and what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut all = Self::default();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match word.split_once(':').map_or((word, None), |(word, level)| (word, Some(level))) {
                ("coordinates", None) => all.coordinates = Some(Precision::Country),
                ("coordinates", Some(level)) => all.coordinates = Some(precision(level)?),
                ("names", None) => all.names = true,
                ("notes", None) => all.notes = true,
                ("quotes", None) => all.quotes = true,
                ("sensitive", None) => all.sensitive = true,
                ("all", None) => all = Self::everything(),
                _ => {
                    let known: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
                    return Err(format!("“{word}” cannot be left out; write some of {}", known.join(", ")));
                }
            }
        }
        Ok(all)
    }

    /// Everything that can be left out.
    pub const fn everything() -> Self {
        Self { coordinates: Some(Precision::Country), names: true, notes: true, quotes: true, sensitive: true }
    }

    /// Whether nothing is left out.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// What is left out, in words. Empty where nothing is.
    pub fn in_words(&self) -> String {
        let coordinates = self.coordinates.map(|least| format!("coordinates more exact than {}", least.key()));
        let words = [
            (self.names, "names"),
            (self.notes, "notes"),
            (self.quotes, "quotes and texts"),
            (self.sensitive, "what is marked sensitive"),
        ];
        let words = words.into_iter().filter(|(on, _)| *on).map(|(_, word)| word.to_owned());
        coordinates.into_iter().chain(words).collect::<Vec<_>>().join(", ")
    }

    /// Whether an event is not to be seen at all.
    pub fn hides_event(&self, event: &Event) -> bool {
        self.sensitive && event.sensitive
    }

    /// Whether the coordinates of an event that has some are not to be seen.
    pub fn hides_point(&self, event: &Event) -> bool {
        let known = event.location.precision.unwrap_or(Precision::Exact);
        event.location.point.is_some() && self.coordinates.is_some_and(|least| known < least)
    }

    /// Whether verbatim rows of other people's data are not to be seen: they hold coordinates, names and headlines.
    pub fn hides_rows(&self) -> bool {
        self.coordinates.is_some() || self.names || self.quotes
    }

    /// The coordinates of an event, where they may be seen.
    pub fn point(&self, event: &Event) -> Option<Point> {
        event.location.point.filter(|_| !self.hides_point(event))
    }
}

fn precision(key: &str) -> Result<Precision, String> {
    Precision::ALL.into_iter().find(|known| known.key() == key).ok_or_else(|| {
        let known = Precision::ALL.map(Precision::key).join(", ");
        format!("“{key}” is no precision; write one of {known} behind coordinates:")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(precision: Option<Precision>) -> Event {
        let mut event = Event::new("e".parse().expect("an id"));
        event.location.point = Point::new(40.0, 70.0);
        event.location.precision = precision;
        event
    }

    #[test]
    fn coordinates_more_exact_than_the_chosen_precision_are_hidden() {
        let redaction = Redaction::parse("coordinates:adm1").expect("known");
        for (precision, seen) in [
            (Some(Precision::Exact), false),
            (Some(Precision::Adm2), false),
            (Some(Precision::Adm1), true),
            (Some(Precision::Country), true),
            (None, false),
        ] {
            assert_eq!(redaction.point(&event(precision)).is_some(), seen, "{precision:?}");
        }
        assert!(Redaction::default().point(&event(None)).is_some());
    }

    #[test]
    fn a_word_that_is_not_known_is_refused_with_those_that_are() {
        assert_eq!(Redaction::parse("names, quotes,coordinates").map(|r| r.names && r.quotes && !r.notes), Ok(true));
        assert_eq!(Redaction::parse("all"), Ok(Redaction::everything()));
        assert_eq!(Redaction::parse(""), Ok(Redaction::default()));
        let refusal = Redaction::parse("nmaes").expect_err("refused");
        assert!(refusal.contains("“nmaes”") && refusal.contains("names, notes"), "{refusal}");
        assert!(Redaction::parse("coordinates:street").expect_err("refused").contains("exact, near, adm2"));
        assert!(Redaction::parse("names:all").is_err());
    }
}
