//! What is wrong or missing in a project, with what to do about it: the list that `dateline check` and the window show.
//!
//! It only tells; it repairs nothing. What a file could not even be read for is told where it is read.
//!
//! [`Problems`] keeps which record has which kinds of problems, and follows edits by difference; the sentences are made
//! on demand ([`problems_of`]), as a project of 400,000 events can have as many.

mod claims;
mod events;
mod hidden;
mod index;
mod kind;
#[cfg(test)]
mod laws;
mod related;
#[cfg(test)]
mod tests;
mod texts;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::dataset::{self, Readers};
use crate::model::{ArticleId, ClaimId, Event, EventId, Measure, NoteId, Project, Record, Records};

use super::index::Derived;
use related::Related;

pub use events::{in_the_future, is_in_the_future};
pub use index::Problems;
pub use kind::Kind;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A record contradicts itself or rests on what is not there.
    Error,
    /// A number may not be what it seems.
    Warning,
    /// Something could be added.
    Hint,
}

impl Severity {
    /// All, the weightiest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// The word on screen and in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// Which record has a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// What the project says of itself.
    Project,
    /// An article.
    Article(ArticleId),
    /// A claim.
    Claim(ClaimId),
    /// A note.
    Note(NoteId),
    /// An event.
    Event(EventId),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Project => f.write_str("project"),
            Self::Article(id) => write!(f, "article {id}"),
            Self::Claim(id) => write!(f, "claim {id}"),
            Self::Note(id) => write!(f, "note {id}"),
            Self::Event(id) => write!(f, "event {id}"),
        }
    }
}

/// Which field of an event has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The record as a whole, and every record that is no event.
    Whole,
    /// When it happened.
    When,
    /// Its title.
    Title,
    /// The name of the place.
    PlaceName,
    /// The province.
    Adm1,
    /// The country.
    Country,
    /// The coordinates.
    Coordinates,
    /// What kind of event it is.
    Kind,
    /// The first party.
    SideA,
    /// The second party.
    SideB,
    /// How far its coding has come.
    Status,
    /// Its tags.
    Tags,
    /// Which events it covers.
    Covers,
    /// The figure of a measure.
    Figure(Measure),
}

/// Something that is wrong or missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem it is.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// Which record has it.
    pub subject: Place,
    /// Where in it.
    pub spot: Spot,
    /// What is the matter, as a sentence.
    pub message: Cow<'static, str>,
    /// What to do, as a sentence.
    pub remedy: Cow<'static, str>,
}

/// Problems while they are gathered.
#[derive(Default)]
struct Findings(Vec<Problem>);

impl Findings {
    fn add(
        &mut self,
        kind: Kind,
        subject: Place,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) {
        self.at(kind, subject, Spot::Whole, message, remedy);
    }

    fn at(
        &mut self,
        kind: Kind,
        subject: Place,
        spot: Spot,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) {
        let (message, remedy) = (message.into(), remedy.into());
        self.0.push(Problem { kind, severity: kind.severity(), subject, spot, message, remedy });
    }
}

/// What the problems of one record are asked of.
#[derive(Clone, Copy)]
struct Ground<'a> {
    project: &'a Project,
    readers: &'a Readers,
    derived: &'a Derived,
    related: &'a Related,
}

impl Ground<'_> {
    /// The problems of one record, but for those that depend on the day of today.
    fn of(self, place: Place) -> Findings {
        let mut findings = Findings::default();
        let project = self.project;
        match place {
            Place::Project => texts::about(project, &mut findings),
            Place::Article(id) => {
                project.articles.get(id).into_iter().for_each(|article| texts::article(self, article, &mut findings));
            }
            Place::Claim(id) => {
                dataset::claim(project, id).into_iter().for_each(|claim| claims::claim(self, claim, &mut findings));
            }
            Place::Note(id) => {
                project.notes.get(id).into_iter().for_each(|note| texts::note(project, note, &mut findings));
            }
            Place::Event(id) => {
                return project.events.get(id).map_or(findings, |event| self.of_event(event));
            }
        }
        findings
    }

    /// The problems of one event, but for those that depend on the day of today.
    fn of_event(self, event: &Event) -> Findings {
        let mut findings = Findings::default();
        events::event(self, event, true, &mut findings);
        findings
    }

    /// The same but for those of [`Kind::OF_CLAIMS`].
    fn beside_claims(self, event: &Event) -> Findings {
        let mut findings = Findings::default();
        events::event(self, event, false, &mut findings);
        findings
    }
}

/// The problems of one record.
pub fn problems_of(project: &Project, derived: &Derived, place: Place, today: Date) -> Vec<Problem> {
    let readers = dataset::readers(project);
    let ground = Ground { project, readers: &readers, derived, related: derived.problems().related() };
    let mut findings = ground.of(place);
    if let Place::Event(id) = place
        && let Some(event) = project.events.get(id)
    {
        events::future(event, today, &mut findings);
    }
    findings.0
}

/// Every problem of a project: errors first, then warnings and hints, each in the order of the file.
pub fn problems(project: &Project, derived: &Derived, today: Date) -> Vec<Problem> {
    let mut all: Vec<Place> = derived.problems().places().collect();
    let ahead =
        project.events.iter().filter(|event| is_in_the_future(event, today)).map(|event| Place::Event(event.id));
    all.extend(ahead);
    // In the order of the file: the project, articles, claims, notes, events.
    all.sort_by_cached_key(|place| order(project, *place));
    all.dedup();
    let mut found: Vec<Problem> =
        all.into_iter().flat_map(|place| problems_of(project, derived, place, today)).collect();
    found.sort_by_key(|problem| problem.severity);
    found
}

/// By what records stand in the order of the file.
fn order(project: &Project, place: Place) -> (u8, u64, Place) {
    fn at<R: Record>(records: &Records<R>, id: R::Id) -> u64 {
        records.place(id).unwrap_or(u64::MAX)
    }
    let (section, at) = match place {
        Place::Project => (0, 0),
        Place::Article(id) => (1, at(&project.articles, id)),
        Place::Claim(id) => (2, at(&project.claims, id)),
        Place::Note(id) => (3, at(&project.notes, id)),
        Place::Event(id) => (4, at(&project.events, id)),
    };
    (section, at, place)
}
