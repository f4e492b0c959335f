//! What is wrong or missing in a project, with what to do about it: the list that `dateline check` and the window show.
//!
//! It only tells; it repairs nothing. What a file could not even be read for is told where it is read.

mod claims;
mod events;
mod hidden;
#[cfg(test)]
mod tests;
mod texts;

use std::borrow::Cow;

use crate::model::{ArticleId, ClaimId, EventId, NoteId, Project};

use super::index::Derived;

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

/// Something that is wrong or missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// Which record has it.
    pub subject: Place,
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
        severity: Severity,
        subject: Place,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) {
        self.0.push(Problem { severity, subject, message: message.into(), remedy: remedy.into() });
    }
}

/// Every problem of a project: errors first, then warnings and hints, each in the order of the file.
pub fn problems(project: &Project, derived: &Derived) -> Vec<Problem> {
    let mut findings = Findings::default();
    texts::about(project, &mut findings);
    texts::articles(project, &mut findings);
    claims::claims(project, &mut findings);
    texts::notes(project, &mut findings);
    events::events(project, derived, &mut findings);
    findings.0.sort_by_key(|problem| problem.severity);
    findings.0
}
