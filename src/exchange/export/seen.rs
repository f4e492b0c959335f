//! What of a project goes out as whole records: of all events everything, of a filter its events and what belongs to
//! them; without what must not be seen.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::{ArticleId, ClaimId, EventId, Project, Records, Subject};

use super::redact::{self, LeftOut, Redaction};
use super::{Line, Source};

/// A project as it may be seen.
pub(super) struct Seen {
    /// The records that go out, events in the order that was asked for.
    pub project: Project,
    /// How much was left out of them.
    pub left_out: LeftOut,
}

impl Seen {
    /// What goes out of a source.
    pub fn of(source: &Source<'_>, redaction: &Redaction) -> Self {
        let (project, left_out) = redact::apply(&chosen(source), redaction);
        Self { project, left_out }
    }
}

/// The project with nothing but what belongs to the chosen events. The project itself where all were chosen in its order.
fn chosen(source: &Source<'_>) -> Project {
    let project = source.project;
    if source.slots == source.derived.columnar().order() {
        return project.clone();
    }
    let lines: Vec<Line<'_>> = source.lines(&Redaction::default());
    let events: HashSet<EventId> = lines.iter().map(|line| line.event.id).collect();
    let ordered = Records::from_list(lines.iter().map(|line| line.event.clone())).0;
    if events.len() == project.events.len() {
        return Project { events: ordered, ..project.clone() };
    }
    let claims: Vec<_> = project.claims.iter().filter(|claim| events.contains(&claim.event)).collect();
    let ids: HashSet<ClaimId> = claims.iter().map(|claim| claim.id).collect();
    let quoted: HashSet<ArticleId> =
        claims.iter().flat_map(|claim| claim.quotes.iter().map(|quote| quote.article)).collect();
    let belongs = |subject: &Subject| match subject {
        Subject::Article(id) => quoted.contains(id),
        Subject::Event(id) => events.contains(id),
        Subject::Claim(id) => ids.contains(id),
    };
    let notes = project.notes.iter().filter(|note| note.about.is_empty() || note.about.iter().any(belongs));
    let articles = project.articles.iter().filter(|article| quoted.contains(&article.id));
    Project {
        claims: Records::from_list(claims.iter().map(|claim| (***claim).clone())).0,
        notes: Records::from_list(notes.map(|note| (**note).clone())).0,
        articles: Records::from_list(articles.map(|article| (**article).clone())).0,
        events: ordered,
        views: Arc::default(),
        log: Arc::default(),
        ..project.clone()
    }
}
