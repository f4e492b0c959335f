//! A claim while it is being written: texts as typed, and the claim that they make. It knows no widgets.

use std::ops::Range;

use jiff::civil::Date;

use crate::derive::figures::{self, Reading};
use crate::mention::{self, Ask};
use crate::model::date::{DayOrder, read_common};
use crate::model::{
    Article, Claim, Class, Event, EventDate, EventId, InformationGrade, Measure, Party, Project, Quantity, Quote,
    Stance, Text,
};

/// Where a claim goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// To a new event.
    New,
    /// To an event that is there.
    Event(EventId),
}

/// The fields in which something can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    Quantity,
    Class,
    Reported,
    When,
    /// None in particular.
    Whole,
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub field: Field,
    pub why: String,
}

/// A claim as typed so far.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The quoted words.
    pub range: Range<usize>,
    quote: Quote,
    words: Text,
    pub measure: Measure,
    pub quantity: String,
    pub class: String,
    pub speaker: String,
    pub via: String,
    pub stance: Stance,
    pub reported: String,
    pub goal: Goal,
    /// For a new event: when, and whether that is only the day of publication.
    pub when: String,
    pub when_is_guess: bool,
    pub place: String,
    pub title: String,
    pub party: Option<Party>,
    pub grade: Option<InformationGrade>,
    pub comment: String,
}

impl Draft {
    /// A draft from selected words and what their sentence suggests. `None` where no word is selected.
    pub fn from_words(
        project: &Project,
        article: &Article,
        range: Range<usize>,
        measure: Measure,
        speakers: &[Text],
    ) -> Option<Self> {
        let quote = Quote::of(article.id, &article.text, range.start, range.end)?;
        let is_word = |word: &str| project.knows_word(word);
        let guess = mention::guess(&Ask {
            text: &article.text,
            selection: range.clone(),
            measure: &measure,
            published: article.published.map(|moment| moment.day()),
            is_word: &is_word,
            groups: &project.about.codebook.groups,
            speakers,
        });
        let words = guess.words.clone().and_then(|at| Quote::of(article.id, &article.text, at.start, at.end));
        let title = if guess.place.is_empty() { article.headline.to_string() } else { String::new() };
        Some(Self {
            range,
            words: words.map_or_else(|| quote.exact.clone(), |words| words.exact),
            quote,
            measure,
            quantity: guess.quantity.map_or_else(String::new, |quantity| quantity.to_string()),
            class: guess.class.to_string(),
            speaker: guess.speaker,
            via: guess.via,
            stance: guess.stance,
            reported: guess.reported.map_or_else(String::new, |day| day.to_string()),
            goal: Goal::New,
            when_is_guess: guess.when.is_some() && guess.when_words.is_none(),
            when: guess.when.map_or_else(String::new, |date| date.to_string()),
            place: guess.place,
            title,
            party: None,
            grade: None,
            comment: String::new(),
        })
    }

    /// The quantity as typed.
    ///
    /// # Errors
    /// Where it does not read as one.
    pub fn read_quantity(&self, project: &Project) -> Result<Quantity, Mistake> {
        Quantity::parse_with(&self.quantity, &|word| project.knows_word(word))
            .map_err(|error| Mistake { field: Field::Quantity, why: error.to_string() })
    }

    /// The date of the new event as typed; none where nothing is typed.
    ///
    /// # Errors
    /// Where it does not read as a date.
    pub fn read_when(&self, today: Date) -> Result<Option<EventDate>, Mistake> {
        date(&self.when, today, Field::When)
    }

    /// How the quantity is read in numbers, in words: "24 or more (table plain 1)".
    pub fn reading(&self, project: &Project) -> Option<String> {
        let quantity = self.read_quantity(project).ok()?;
        let by_word = matches!(quantity, Quantity::Word(_) | Quantity::Plural);
        let claim = Claim::new(EventId::random(), self.measure.clone(), Class::TOTAL, quantity.clone());
        let read = in_words(figures::read(&claim, &project.methodology));
        Some(if by_word {
            format!("“{quantity}” reads as {read} (word table {})", project.methodology.words.name)
        } else {
            format!("reads as {read}")
        })
    }

    /// Whether the reading rests on a word table, which deserves a look.
    pub fn rests_on_word(&self, project: &Project) -> bool {
        matches!(self.read_quantity(project), Ok(Quantity::Word(_) | Quantity::Plural))
    }

    /// The claim, with its event where that is new.
    ///
    /// # Errors
    /// The first field that does not read.
    pub fn claim(&self, project: &Project, today: Date) -> Result<(Claim, Option<Event>), Mistake> {
        let quantity = self.read_quantity(project)?;
        let class = Class::from_key(&self.class).ok_or_else(|| Mistake {
            field: Field::Class,
            why: "Say who is counted: total, A, B, civilians, unknown, A all, B all, or a group such as children in \
                  civilians"
                .to_owned(),
        })?;
        let reported = date(&self.reported, today, Field::Reported)?;
        let reported = match reported {
            Some(date) if date.days() == Some(1) => date.earliest(),
            None => None,
            Some(_) => {
                return Err(Mistake {
                    field: Field::Reported,
                    why: "A claim is reported on one day; type that day, or nothing where it is not known".to_owned(),
                });
            }
        };
        let event = match self.goal {
            Goal::New => Some(self.event(today)?),
            Goal::Event(_) => None,
        };
        let target = match self.goal {
            Goal::Event(id) => id,
            Goal::New => event.as_ref().map_or_else(EventId::random, |event| event.id),
        };
        let mut claim = Claim::new(target, self.measure.clone(), class, quantity);
        claim.quotes = vec![self.quote.clone()];
        claim.words = self.words.clone();
        claim.speaker = self.speaker.trim().into();
        claim.via = self.via.trim().into();
        claim.stance = self.stance;
        claim.reported = reported;
        claim.party = self.party;
        claim.grade = self.grade;
        claim.comment = self.comment.trim().into();
        Ok((claim, event))
    }

    fn event(&self, today: Date) -> Result<Event, Mistake> {
        let mut event = Event::new(EventId::random());
        event.when = self.read_when(today)?;
        event.location.name = self.place.trim().into();
        event.title = self.title.trim().into();
        Ok(event)
    }
}

fn date(typed: &str, today: Date, field: Field) -> Result<Option<EventDate>, Mistake> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    // A date with its year last needs an order that nobody stated here: such a date is refused with the reason.
    read_common(typed, DayOrder::YearMonth, today).map(Some).map_err(|error| Mistake { field, why: error.to_string() })
}

/// A reading in words.
fn in_words(reading: Reading) -> String {
    match (reading.lo, reading.hi) {
        (Some(lo), Some(hi)) if lo == hi && reading.about => format!("about {lo}"),
        (Some(lo), Some(hi)) if lo == hi => lo.to_string(),
        (Some(lo), Some(hi)) => format!("{lo} to {hi}"),
        (Some(lo), None) => format!("{lo} or more"),
        (None, Some(hi)) => format!("at most {hi}"),
        (None, None) => "no number".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Moment};

    fn draft(marked: &str) -> (Draft, Project) {
        let start = marked.chars().position(|c| c == '[').expect("a mark");
        let end = marked.chars().position(|c| c == ']').expect("a mark") - 1;
        let text: String = marked.chars().filter(|c| !matches!(c, '[' | ']')).collect();
        let mut article = Article::new(ArticleId::random(), "A headline", &text);
        article.published = Some(Moment::parse("2031-05-07").expect("a day"));
        let project = Project::default();
        let draft = Draft::from_words(&project, &article, start..end, Measure::Injured, &[]).expect("words");
        (draft, project)
    }

    const TODAY: Date = jiff::civil::date(2031, 5, 8);

    #[test]
    fn a_draft_becomes_a_claim_with_its_words_and_a_new_event() {
        let (draft, project) = draft("On Tuesday [42 people were injured] in Osh, the ministry said.");
        let (claim, event) = draft.claim(&project, TODAY).expect("a claim");
        let event = event.expect("a new event");
        assert_eq!(claim.quantity, Quantity::Exactly(42));
        assert_eq!((&*claim.words, &*claim.speaker), ("42", "ministry"));
        assert_eq!(&*claim.quotes[0].exact, "42 people were injured");
        assert_eq!((claim.quotes[0].start, claim.quotes[0].end), (11, 33));
        assert_eq!(claim.reported.map(|d| d.to_string()).as_deref(), Some("2031-05-07"));
        assert_eq!(event.when.map(|d| d.to_string()).as_deref(), Some("2031-05-06"));
        assert_eq!((&*event.location.name, event.name()), ("Osh", "Osh"));
        assert_eq!(claim.event, event.id);
    }

    #[test]
    fn words_are_read_aloud_with_the_table_in_force() {
        let (mut draft, project) = draft("[Dozens were hurt].");
        assert_eq!(draft.reading(&project).as_deref(), Some("“dozens” reads as 24 or more (word table plain 1)"));
        for (typed, expected) in [
            ("42", "reads as 42"),
            ("3+", "reads as 3 or more"),
            (">3", "reads as 4 or more"),
            ("<=5", "reads as at most 5"),
            ("~40", "reads as about 40"),
            ("40-50", "reads as 40 to 50"),
            ("?", "reads as no number"),
        ] {
            typed.clone_into(&mut draft.quantity);
            assert_eq!(draft.reading(&project).as_deref(), Some(expected));
        }
        "1.5".clone_into(&mut draft.quantity);
        assert_eq!(draft.reading(&project), None);
    }

    #[test]
    fn each_mistake_names_its_field() {
        let (good, project) = draft("[42 people were injured].");
        let broken = |change: fn(&mut Draft)| {
            let mut draft = good.clone();
            change(&mut draft);
            draft.claim(&project, TODAY).map(|_| ()).map_err(|mistake| mistake.field)
        };
        assert_eq!(broken(|_| ()), Ok(()));
        assert_eq!(broken(|d| d.quantity = "many of".into()), Ok(()), "a word of the table");
        assert_eq!(broken(|d| d.quantity = "-3".into()), Err(Field::Quantity));
        assert_eq!(broken(|d| d.class = " ".into()), Err(Field::Class));
        assert_eq!(broken(|d| d.reported = "2031-05".into()), Err(Field::Reported));
        assert_eq!(broken(|d| d.reported = String::new()), Ok(()));
        assert_eq!(broken(|d| d.when = "31 April 2031".into()), Err(Field::When));
    }

    #[test]
    fn the_day_of_publication_is_marked_as_a_guess() {
        assert!(draft("[42 people were injured].").0.when_is_guess);
        assert!(!draft("[42 people were injured] on Monday.").0.when_is_guess);
    }
}
