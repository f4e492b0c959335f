//! Which fields hold a guess that nobody has confirmed. A claim is made only when none is left.

use std::collections::{BTreeMap, BTreeSet};

/// The fields of the bar, in the order in which guesses are confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Quantity,
    Measure,
    Class,
    Stance,
    Speaker,
    Via,
    Party,
    Reported,
    Scope,
    Base,
    Since,
    Attackers,
    Names,
    Group,
    Grade,
    Comment,
    Event,
    When,
    Place,
    Title,
    SideA,
    SideB,
    /// None in particular.
    Whole,
}

impl Field {
    /// The name for screen readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Quantity => "Quantity",
            Self::Measure => "Measure",
            Self::Class => "Class",
            Self::Stance => "Stance",
            Self::Speaker => "Speaker",
            Self::Via => "Via",
            Self::Party => "Party of the speaker",
            Self::Reported => "Reported",
            Self::Scope => "Scope",
            Self::Base => "Of which claim",
            Self::Since => "Since",
            Self::Attackers => "Attackers in it",
            Self::Names => "Counts names",
            Self::Group => "Speaks with one voice as",
            Self::Grade => "Information",
            Self::Comment => "Comment",
            Self::Event => "Event of the claim",
            Self::When => "Date of the event",
            Self::Place => "Place",
            Self::Title => "Title",
            Self::SideA => "Side A",
            Self::SideB => "Side B",
            Self::Whole => "Claim",
        }
    }

    /// The words above the field, as short as they may be.
    pub const fn caption(self) -> &'static str {
        match self {
            Self::Party => "Party",
            Self::When => "Date",
            Self::Attackers => "Attackers",
            Self::Names => "Names",
            Self::Group => "Voice",
            Self::Event => "Event",
            other => other.label(),
        }
    }

    /// Whether it describes a new event.
    pub const fn of_event(self) -> bool {
        matches!(self, Self::When | Self::Place | Self::Title | Self::SideA | Self::SideB)
    }
}

/// The guesses that wait for a person, each with its reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guesses {
    open: BTreeMap<Field, String>,
    settled: BTreeSet<Field>,
}

impl Guesses {
    /// Marks what stands in a field as a guess, unless a person has settled the field.
    pub fn mark(&mut self, field: Field, why: impl Into<String>) {
        if !self.settled.contains(&field) {
            self.open.insert(field, why.into());
        }
    }

    /// A person confirmed what stands in a field, or wrote it.
    pub fn settle(&mut self, field: Field) {
        self.open.remove(&field);
        self.settled.insert(field);
    }

    /// Marks a field as a guess even where a person had settled it: what it was settled for has changed.
    pub fn reopen(&mut self, field: Field, why: impl Into<String>) {
        self.settled.remove(&field);
        self.open.insert(field, why.into());
    }

    /// A guess that is one no more, because what it rested on has changed.
    pub fn withdraw(&mut self, field: Field) {
        self.open.remove(&field);
    }

    /// Whether a person has settled a field.
    pub fn is_settled(&self, field: Field) -> bool {
        self.settled.contains(&field)
    }

    /// Why a field is a guess. `None` where it is none.
    pub fn why(&self, field: Field) -> Option<&str> {
        self.open.get(&field).map(String::as_str)
    }

    /// The guesses that matter now, in order.
    pub fn waiting(&self, matters: impl Fn(Field) -> bool) -> impl Iterator<Item = Field> {
        self.open.keys().copied().filter(move |field| matters(*field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_a_person_settled_is_never_marked_again() {
        let mut guesses = Guesses::default();
        guesses.mark(Field::When, "only the day of publication");
        guesses.mark(Field::Class, "side A");
        assert_eq!(guesses.waiting(|_| true).collect::<Vec<_>>(), [Field::Class, Field::When]);
        assert_eq!(guesses.waiting(|field| !field.of_event()).collect::<Vec<_>>(), [Field::Class]);
        guesses.settle(Field::When);
        guesses.mark(Field::When, "again");
        assert_eq!((guesses.why(Field::When), guesses.why(Field::Class)), (None, Some("side A")));
        guesses.withdraw(Field::Class);
        guesses.mark(Field::Class, "side B");
        assert_eq!(guesses.why(Field::Class), Some("side B"));
    }
}
