//! A note: the analyst's own words, in Markdown, attached to anything or nothing.

use super::Text;
use super::id::{ArticleId, ClaimId, EventId, NoteId};
use super::moment::Moment;
use super::records::Record;

/// What a note is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// Anything.
    #[default]
    Note,
    /// Something taken as true, on which numbers rest.
    Assumption,
    /// How something is coded, and why.
    MethodDecision,
    /// Something to be found out.
    Question,
}

impl NoteKind {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 4] = [Self::Note, Self::Assumption, Self::MethodDecision, Self::Question];
    /// The word in files and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Assumption => "assumption",
            Self::MethodDecision => "method decision",
            Self::Question => "question",
        }
    }
}

/// Whether a note still stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteState {
    /// Not settled.
    #[default]
    Open,
    /// Settled: an assumption that holds, a question that is answered.
    Held,
    /// Given up.
    Dropped,
}

impl NoteState {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 3] = [Self::Open, Self::Held, Self::Dropped];
    /// The word in files and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Held => "held",
            Self::Dropped => "dropped",
        }
    }
}

/// What a note is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An article.
    Article(ArticleId),
    /// An event.
    Event(EventId),
    /// A claim.
    Claim(ClaimId),
}

/// The analyst's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Which note.
    pub id: NoteId,
    /// A few words that tell it from others.
    pub title: Text,
    /// The words, in Markdown. `[[event id]]` jumps there.
    pub body: Text,
    /// What it is for.
    pub kind: NoteKind,
    /// Whether it still stands.
    pub state: NoteState,
    /// What it is attached to; nothing means the project.
    pub about: Vec<Subject>,
    /// Free marks.
    pub tags: Vec<Text>,
    /// To be left out of redacted exports.
    pub sensitive: bool,
    /// When it was written.
    pub created: Option<Moment>,
    /// When it was last changed.
    pub edited: Option<Moment>,
    /// Who wrote it.
    pub author: Text,
}

impl Note {
    /// An empty note about something, or about the project.
    pub fn new(id: NoteId, about: Option<Subject>, now: Option<Moment>) -> Self {
        Self {
            id,
            title: Text::default(),
            body: Text::default(),
            kind: NoteKind::default(),
            state: NoteState::default(),
            about: about.into_iter().collect(),
            tags: Vec::new(),
            sensitive: false,
            created: now,
            edited: now,
            author: Text::default(),
        }
    }
}

impl Record for Note {
    type Id = NoteId;
    fn id(&self) -> NoteId {
        self.id
    }
}
