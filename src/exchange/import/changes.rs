//! Where a newer release and the analyst disagree.

use crate::model::EventId;

/// A field that both changed, each otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub field: &'static str,
    /// As the analyst has it.
    pub mine: String,
    /// As the file has it.
    pub theirs: String,
}

/// An event on which the file and the analyst disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The event.
    pub event: EventId,
    /// What it is called.
    pub name: String,
    /// The line of its row in the file; 0 where the file does not have it any more.
    pub line: u64,
    /// The fields. Empty where the file does not have the event any more.
    pub fields: Vec<Field>,
}

impl Conflict {
    /// Whether the file does not have the event any more, which the analyst worked on.
    pub fn is_gone(&self) -> bool {
        self.fields.is_empty()
    }
}
