//! A claim while it is being written: texts as typed, and the claim that they make. It knows no widgets.

use std::ops::Range;

use jiff::civil::Date;

use crate::derive::figures::{self, Reading};
use crate::mention::{self, Ask, Guess};
use crate::model::date::{DayOrder, read_common};
use crate::model::{
    Article, Claim, ClaimId, Class, Event, EventDate, EventId, InformationGrade, Measure, Party, Project, Quantity,
    Quote, Scope, Stance, Text,
};
use crate::ui::figures as shown;

pub use super::guesses::Field;
use super::guesses::Guesses;

/// Where a claim goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// To a new event.
    New,
    /// To an event that is there.
    Event(EventId),
    /// It is there already: the words become one more quote of it.
    Same(ClaimId),
}

/// What is being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Making {
    /// A claim.
    Claim,
    /// Only an event, without a claim.
    Event,
}

/// How the number relates to the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Total,
    Additional,
    Part,
    Since,
}

impl Relation {
    /// All, with their words.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Total, "the whole"),
        (Self::Additional, "additional to"),
        (Self::Part, "part of"),
        (Self::Since, "cumulative since"),
    ];
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub field: Field,
    pub why: String,
}

impl Mistake {
    fn new(field: Field, why: impl Into<String>) -> Self {
        Self { field, why: why.into() }
    }
}

/// A claim as typed so far.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What comes of it.
    pub making: Making,
    /// The quoted words; where only an event is made, the place of the caret.
    pub range: Range<usize>,
    quote: Option<Quote>,
    words: Text,
    /// What the sentence suggests.
    pub guess: Guess,
    /// Which fields are guesses still.
    pub guesses: Guesses,
    /// The day on which the article was published.
    published: Option<Date>,
    pub measure: Measure,
    pub quantity: String,
    pub class: String,
    pub speaker: String,
    pub via: String,
    pub stance: Stance,
    pub reported: String,
    pub party: Option<Party>,
    pub relation: Relation,
    pub base: Option<ClaimId>,
    pub since: String,
    pub attackers: String,
    pub counts_names: bool,
    pub group: String,
    pub grade: Option<InformationGrade>,
    pub comment: String,
    pub goal: Goal,
    /// For a new event.
    pub when: String,
    pub place: String,
    pub title: String,
    pub side_a: String,
    pub side_b: String,
}

impl Draft {
    /// A draft from words and what their sentence suggests. `None` where no word is selected, unless only an event is
    /// to be made.
    pub fn from_words(
        project: &Project,
        article: &Article,
        range: Range<usize>,
        measure: Measure,
        making: Making,
        speakers: &[Text],
    ) -> Option<Self> {
        let quote = Quote::of(article.id, &article.text, range.start, range.end);
        if quote.is_none() && making == Making::Claim {
            return None;
        }
        let is_word = |word: &str| project.knows_word(word);
        let published = article.published.map(|moment| moment.day());
        let guess = mention::guess(&Ask {
            text: &article.text,
            selection: range.start..range.end.max(range.start + 1),
            measure: &measure,
            published,
            is_word: &is_word,
            groups: &project.about.codebook.groups,
            speakers,
        });
        let words = guess.words.clone().and_then(|at| Quote::of(article.id, &article.text, at.start, at.end));
        let exact = quote.as_ref().map_or_else(Text::default, |quote| quote.exact.clone());
        let title = if guess.place.is_empty() { article.headline.to_string() } else { String::new() };
        let day = |date: Option<EventDate>| date.map_or_else(String::new, |date| date.to_string());
        let mut draft = Self {
            making,
            range,
            words: words.map_or(exact, |words| words.exact),
            quote,
            published,
            measure,
            quantity: guess.quantity.as_ref().map_or_else(String::new, ToString::to_string),
            class: guess.class.to_string(),
            speaker: guess.speaker.clone(),
            via: guess.via.clone(),
            stance: guess.stance,
            reported: guess.reported.map_or_else(String::new, |day| day.to_string()),
            party: None,
            relation: match (&guess.since, &guess.part) {
                (Some(_), _) => Relation::Since,
                // A sub-group is a part by its class already.
                (None, Some(_)) if guess.class == Class::TOTAL => Relation::Part,
                _ => Relation::Total,
            },
            base: None,
            since: guess.since.and_then(|date| date.earliest()).map_or_else(String::new, |day| day.to_string()),
            attackers: if guess.attackers > 0 { guess.attackers.to_string() } else { String::new() },
            counts_names: guess.counts_names,
            group: String::new(),
            grade: None,
            comment: String::new(),
            goal: Goal::New,
            when: day(guess.when),
            place: guess.place.clone(),
            title,
            side_a: String::new(),
            side_b: String::new(),
            guess,
            guesses: Guesses::default(),
        };
        super::doubts::mark(&mut draft, project);
        Some(draft)
    }

    /// The guesses that must be confirmed before this can be made.
    pub fn waiting(&self) -> Vec<Field> {
        self.guesses.waiting(|field| self.matters(field)).collect()
    }

    /// Whether a field goes into what is made.
    pub fn matters(&self, field: Field) -> bool {
        if field == Field::Event {
            return true;
        }
        match (self.making, self.goal) {
            (_, Goal::Same(_)) | (Making::Event, Goal::Event(_)) => false,
            (Making::Event, Goal::New) => field.of_event(),
            (Making::Claim, Goal::New) => true,
            (Making::Claim, Goal::Event(_)) => !field.of_event(),
        }
    }

    /// The quantity as typed.
    ///
    /// # Errors
    /// Where it does not read as one.
    pub fn read_quantity(&self, project: &Project) -> Result<Quantity, Mistake> {
        Quantity::parse_with(&self.quantity, &|word| project.knows_word(word))
            .map_err(|error| Mistake::new(Field::Quantity, error.to_string()))
    }

    /// The date of the new event as typed; none where nothing is typed. "Yesterday" is the day before publication.
    ///
    /// # Errors
    /// Where it does not read as a date.
    pub fn read_when(&self, today: Date) -> Result<Option<EventDate>, Mistake> {
        date(&self.when, self.published.unwrap_or(today), Field::When)
    }

    /// How the quantity is read in numbers, in words: "24 or more (table plain 1)".
    pub fn reading(&self, project: &Project) -> Option<String> {
        let (quantity, reading) = self.read(project)?;
        let read = in_words(reading);
        Some(if matches!(quantity, Quantity::Word(_) | Quantity::Plural) {
            format!("“{quantity}” reads as {read} (word table {})", project.methodology.words.name)
        } else {
            format!("reads as {read}")
        })
    }

    /// The reading as short as it can be written, where it says more than what is typed: "24+" for dozens.
    pub fn short_reading(&self, project: &Project) -> Option<String> {
        let (quantity, reading) = self.read(project)?;
        let plain = matches!(
            quantity,
            Quantity::Exactly(_) | Quantity::NoneAsserted | Quantity::Unknown | Quantity::Between(..)
        );
        if plain { None } else { shown::reading(reading).filter(|short| *short != self.quantity.trim()) }
    }

    /// The quantity in numbers.
    pub fn numbers(&self, project: &Project) -> Option<Reading> {
        self.read(project).map(|(_, reading)| reading)
    }

    fn read(&self, project: &Project) -> Option<(Quantity, Reading)> {
        let quantity = self.read_quantity(project).ok()?;
        let mut claim = Claim::new(EventId::random(), self.measure.clone(), Class::TOTAL, quantity.clone());
        claim.counts_names = self.counts_names;
        claim.attackers = self.attackers.trim().parse().unwrap_or(0);
        Some((quantity, figures::read(&claim, &project.methodology)))
    }

    /// The quoted words.
    pub fn quote(&self) -> Option<&Quote> {
        self.quote.as_ref()
    }

    /// The class as typed.
    ///
    /// # Errors
    /// Where it does not read as one.
    pub fn read_class(&self) -> Result<Class, Mistake> {
        Class::from_key(&self.class).ok_or_else(|| {
            Mistake::new(
                Field::Class,
                "Say who is counted: total, A, B, civilians, unknown, A all, B all, or a group such as children in \
                 civilians",
            )
        })
    }

    /// The claim, with its event where that is new.
    ///
    /// # Errors
    /// The first guess that nobody has confirmed, or the first field that does not read.
    pub fn claim(&self, project: &Project, today: Date) -> Result<(Claim, Option<Event>), Mistake> {
        self.nothing_waits()?;
        let quantity = self.read_quantity(project)?;
        let class = self.read_class()?;
        let event = match self.goal {
            Goal::New => Some(self.event(today)?),
            _ => None,
        };
        let target = match self.goal {
            Goal::Event(id) => id,
            _ => event.as_ref().map_or_else(EventId::random, |event| event.id),
        };
        let mut claim = Claim::new(target, self.measure.clone(), class, quantity);
        claim.quotes = self.quote.iter().cloned().collect();
        claim.words = self.words.clone();
        claim.speaker = self.speaker.trim().into();
        claim.via = self.via.trim().into();
        claim.stance = self.stance;
        claim.reported = self.day(&self.reported, today, Field::Reported)?;
        claim.party = self.party;
        claim.scope = self.scope(today)?;
        claim.attackers = self.read_attackers()?;
        claim.counts_names = self.counts_names;
        claim.group = self.group.trim().into();
        claim.grade = self.grade;
        claim.comment = self.comment.trim().into();
        Ok((claim, event))
    }

    /// The new event.
    ///
    /// # Errors
    /// A guess that nobody has confirmed, or a date that does not read.
    pub fn new_event(&self, today: Date) -> Result<Event, Mistake> {
        self.nothing_waits()?;
        self.event(today)
    }

    fn nothing_waits(&self) -> Result<(), Mistake> {
        match self.waiting().first() {
            None => Ok(()),
            Some(field) => {
                let why = self.guesses.why(*field).unwrap_or_default();
                Err(Mistake::new(*field, format!("{} is a guess: {why}", field.label())))
            }
        }
    }

    fn event(&self, today: Date) -> Result<Event, Mistake> {
        let mut event = Event::new(EventId::random());
        event.when = self.read_when(today)?;
        event.location.name = self.place.trim().into();
        event.title = self.title.trim().into();
        event.side_a = self.side_a.trim().into();
        event.side_b = self.side_b.trim().into();
        Ok(event)
    }

    fn scope(&self, today: Date) -> Result<Scope, Mistake> {
        Ok(match self.relation {
            Relation::Total => Scope::Total,
            Relation::Additional => Scope::AdditionalTo(
                self.base.ok_or_else(|| Mistake::new(Field::Base, "Choose the claim that it comes on top of"))?,
            ),
            Relation::Part => Scope::PartOf(self.base),
            Relation::Since => Scope::CumulativeSince(self.day(&self.since, today, Field::Since)?),
        })
    }

    fn read_attackers(&self) -> Result<u64, Mistake> {
        let typed = self.attackers.trim();
        if typed.is_empty() {
            return Ok(0);
        }
        match Quantity::parse(typed) {
            Ok(Quantity::Exactly(n)) => Ok(n),
            Ok(Quantity::NoneAsserted) => Ok(0),
            _ => Err(Mistake::new(Field::Attackers, "Type how many attackers the number includes, such as 2")),
        }
    }

    fn day(&self, typed: &str, today: Date, field: Field) -> Result<Option<Date>, Mistake> {
        match date(typed, self.published.unwrap_or(today), field)? {
            None => Ok(None),
            Some(date) if date.days() == Some(1) => Ok(date.earliest()),
            Some(_) if field == Field::Reported => Err(Mistake::new(
                field,
                "A claim is reported on one day; type that day, or nothing where it is not known",
            )),
            Some(_) => Err(Mistake::new(field, "Type one day, or nothing where the text does not say it")),
        }
    }
}

fn date(typed: &str, today: Date, field: Field) -> Result<Option<EventDate>, Mistake> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    // A date with its year last needs an order that nobody stated here: such a date is refused with the reason.
    read_common(typed, DayOrder::YearMonth, today).map(Some).map_err(|error| Mistake::new(field, error.to_string()))
}

/// A reading in words.
pub fn in_words(reading: Reading) -> String {
    match (reading.lo, reading.hi) {
        (Some(lo), Some(hi)) if lo == hi && reading.about => format!("about {lo}"),
        (Some(lo), Some(hi)) if lo == hi => lo.to_string(),
        (Some(lo), Some(hi)) => format!("{lo} to {hi}"),
        (Some(lo), None) => format!("{lo} or more"),
        (None, Some(hi)) => format!("at most {hi}"),
        (None, None) => "no number".to_owned(),
    }
}
