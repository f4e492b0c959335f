//! What a project *is*: plain values with their reading and writing.
//!
//! This module knows no window, no file, no clock. A bad state (a range upside down, a day that does not exist, an
//! unknown taken for zero) cannot be made here; texts are parsed at the edge and trusted inside.

pub mod almanac;
pub mod article;
pub mod claim;
pub mod dataset;
pub mod date;
pub mod event;
pub mod id;
pub mod mapping;
pub mod measure;
pub mod methodology;
pub mod moment;
pub mod note;
pub mod own;
pub mod project;
pub mod quantity;
pub mod records;
pub mod view;

pub use almanac::{Almanac, Months, Weeks};
pub use article::{Article, Known, Reading, Reliability, SourceFile};
pub use claim::{Claim, InformationGrade, Origin, Quote, Scope, Stance};
pub use dataset::{Dataset, Layout, LineEnd, RowNumber, RowNumbers, SourceRow};
pub use date::EventDate;
pub use event::{ByHand, Event, Location, Point, Precision, Status};
pub use id::{ArticleId, ClaimId, ColumnId, DatasetId, EventId, NoteId};
pub use mapping::{DateOrder, Mapping};
pub use measure::{BaseClass, Class, Measure};
pub use methodology::{Meaning, Method, Methodology, WordTable};
pub use moment::Moment;
pub use note::{Note, NoteKind, NoteState, Subject};
pub use own::{Own, OwnColumn, OwnKind};
pub use project::{About, Codebook, Coverage, LogEntry, Milestone, Project, Release, ReleasedTotal, Term};
pub use quantity::Quantity;
pub use records::{Change, Record, Records};
pub use view::{SavedView, ViewColumn, ViewSort};

/// A short text that records share: names of places, sides, speakers.
pub type Text = std::sync::Arc<str>;

/// Whether two texts are the same. One that both share is not read.
pub fn same_text(a: &Text, b: &Text) -> bool {
    Text::ptr_eq(a, b) || a == b
}

/// A list that is empty in nearly every record: then it takes a pointer, where a `Vec` takes three.
pub type Few<T> = thin_vec::ThinVec<T>;

/// A party in the conflict. A party, not a culprit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Side A.
    A,
    /// Side B.
    B,
}

impl Party {
    /// The letter in files and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }
}
