//! Where a newer release and the analyst disagree.

use crate::model::{Claim, EventId};

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

/// Whether two rows state the same numbers, as well supported.
pub(super) fn same_numbers(one: &[Claim], other: &[Claim]) -> bool {
    let key = |claim: &Claim| (claim.id, claim.quantity.clone(), claim.attackers, claim.speaker.clone(), claim.grade);
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| key(one) == key(other))
}

/// The fields of a claim of a row that the analyst changed and the new row states otherwise.
pub(super) fn of_claim(mine: &Claim, old: &Claim, new: Option<&Claim>) -> Vec<Field> {
    let quantity = |claim: &Claim| claim.quantity.to_string();
    let grade = |claim: &Claim| claim.grade.map_or_else(|| "not graded".to_owned(), |grade| grade.number().to_string());
    let field = |field: &'static str, text: &dyn Fn(&Claim) -> String| {
        let (mine, old, theirs) = (text(mine), text(old), new.map(text).unwrap_or_default());
        (old != theirs && mine != theirs).then_some(Field { field, mine, theirs })
    };
    // Somebody who changed another field of the claim did not speak of its grade.
    let graded = new.is_some() && mine.grade != old.grade;
    field("claim", &quantity).into_iter().chain(graded.then(|| field("grade", &grade)).flatten()).collect()
}
