//! A claim: what one speaker says about one number of one event.
//!
//! It keeps what was said as it was said. How it is read as numbers is the business of `derive::figures`, and changes
//! with the method; the claim does not.

use jiff::civil::Date;

use super::id::{ArticleId, ClaimId, EventId};
use super::measure::{Class, Measure};
use super::quantity::Quantity;
use super::records::Record;
use super::{Party, Text};

/// How many Unicode scalars around a quote are kept beside it, to tell whether a text changed under it.
pub const CONTEXT: usize = 32;

/// A stretch of an article's text. Places count Unicode scalars from the start of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// In which article.
    pub article: ArticleId,
    /// Place of the first scalar.
    pub start: usize,
    /// Place behind the last scalar.
    pub end: usize,
    /// Up to [`CONTEXT`] scalars before the words.
    pub before: Text,
    /// The words themselves.
    pub exact: Text,
    /// Up to [`CONTEXT`] scalars behind the words.
    pub after: Text,
}

impl Quote {
    /// The stretch `start..end` of this text. `None` where it is empty or reaches beyond the text.
    pub fn of(article: ArticleId, text: &str, start: usize, end: usize) -> Option<Self> {
        if start >= end {
            return None;
        }
        let slice =
            |from: usize, to: usize| -> Text { text.chars().skip(from).take(to - from).collect::<String>().into() };
        let exact = slice(start, end);
        if exact.chars().count() < end - start {
            return None;
        }
        let before = slice(start.saturating_sub(CONTEXT), start);
        Some(Self { article, start, end, before, exact, after: slice(end, end + CONTEXT) })
    }

    /// Whether the words and what stands around them are still where the quote says.
    pub fn matches(&self, text: &str) -> bool {
        Self::of(self.article, text, self.start, self.end).is_some_and(|now| now == *self)
    }
}

/// Where a claim comes from when no article is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A data set, by name and version.
    Dataset(Text),
    /// An interview, by a reference that may be a code.
    Interview(Text),
    /// A document outside the project.
    Document(Text),
}

/// What a speaker does with the number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Says that it is so.
    #[default]
    Asserts,
    /// Thinks or fears that it is so ("feared dead").
    Suspects,
    /// Says that it is not so: marks a conflict, and is no number.
    Denies,
}

impl Stance {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 3] = [Self::Asserts, Self::Suspects, Self::Denies];
    /// The word in files and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Suspects => "suspects",
            Self::Denies => "denies",
        }
    }
}

/// How the number relates to the event's whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// It is the number of the event.
    #[default]
    Total,
    /// It comes on top of another claim ("three more").
    AdditionalTo(ClaimId),
    /// It is contained in the whole, of another claim where one is named ("six bodies in one hospital").
    PartOf(Option<ClaimId>),
    /// It counts everything since a day, which may be before the event began; `None` where the day is not said.
    CumulativeSince(Option<Date>),
}

/// How well the information is supported: the Admiralty scale from 1 (confirmed) to 5 (improbable) and 6 (cannot be
/// judged).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InformationGrade(u8);

impl InformationGrade {
    /// The grade, where it is one of 1 to 6.
    pub fn new(grade: u8) -> Option<Self> {
        (1..=6).contains(&grade).then_some(Self(grade))
    }
    /// The number of the grade.
    pub fn number(self) -> u8 {
        self.0
    }
}

/// What one speaker says about one number of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Which claim.
    pub id: ClaimId,
    /// The event that it speaks of.
    pub event: EventId,
    /// Where it is written; the first one is shown.
    pub quotes: Vec<Quote>,
    /// Where it comes from, if not from an article.
    pub origin: Option<Origin>,
    /// What is counted.
    pub measure: Measure,
    /// Among whom.
    pub class: Class,
    /// How many, as it was said.
    pub quantity: Quantity,
    /// The words of the number, as they stand in the text.
    pub words: Text,
    /// Who says so. Empty where nobody is named: then it is the article's own voice.
    pub speaker: Text,
    /// Who relays it. Empty where nobody does.
    pub via: Text,
    /// The speaker's party in the conflict.
    pub party: Option<Party>,
    /// Who speaks with one voice. Empty for the default: the speaker, and where none is named, the article.
    pub group: Text,
    /// The day on which it was said.
    pub reported: Option<Date>,
    /// Asserted, suspected or denied.
    pub stance: Stance,
    /// The whole, an addition, a part, or a running total.
    pub scope: Scope,
    /// How many attackers the number includes.
    pub attackers: u64,
    /// Whether names were counted: then there may be more.
    pub counts_names: bool,
    /// How well supported the information is.
    pub grade: Option<InformationGrade>,
    /// Why it is not counted. `None` where it is.
    pub aside: Option<Text>,
    /// Who coded it.
    pub coder: Text,
    /// The coder's remark.
    pub comment: Text,
}

impl Claim {
    /// A plain assertion about an event, with everything else at its default.
    pub fn new(event: EventId, measure: Measure, class: Class, quantity: Quantity) -> Self {
        Self::with_id(ClaimId::random(), event, measure, class, quantity)
    }

    /// The same under an id that is known.
    pub fn with_id(id: ClaimId, event: EventId, measure: Measure, class: Class, quantity: Quantity) -> Self {
        Self {
            id,
            event,
            quotes: Vec::new(),
            origin: None,
            measure,
            class,
            quantity,
            words: Text::default(),
            speaker: Text::default(),
            via: Text::default(),
            party: None,
            group: Text::default(),
            reported: None,
            stance: Stance::default(),
            scope: Scope::default(),
            attackers: 0,
            counts_names: false,
            grade: None,
            aside: None,
            coder: Text::default(),
            comment: Text::default(),
        }
    }

    /// The article of the first quote.
    pub fn article(&self) -> Option<ArticleId> {
        self.quotes.first().map(|quote| quote.article)
    }
}

impl Record for Claim {
    type Id = ClaimId;
    fn id(&self) -> ClaimId {
        self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_counts_scalars_and_sees_a_changed_text() {
        let article: ArticleId = "a1".parse().expect("an id");
        let text = "Über Batken: 42 injured 🚑, the ministry said";
        let start = text.chars().take_while(|c| *c != '4').count();
        let quote = Quote::of(article, text, start, start + 10).expect("inside");
        assert_eq!(&*quote.exact, "42 injured");
        assert!(quote.matches(text));
        assert!(!quote.matches(&text.replace("ministry", "minister")));
        assert_eq!(Quote::of(article, text, 5, 5), None);
        assert_eq!(Quote::of(article, text, 5, 500), None);
    }
}
