//! By which of the names that they state events are told apart: sums and charts are split by the same ones.
//!
//! A new one is one entry here; what sums and charts do with it follows where its name stands in one field.

use super::columnar::TextField;
use super::sources;

/// What events are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// The country.
    Country,
    /// The first order division.
    Adm1,
    /// The kind of event.
    Kind,
    /// The class. Classes lie within each other: they overlap.
    Class,
    /// The name of side A.
    SideA,
    /// The name of side B.
    SideB,
    /// The party, whichever side it is. An event stands under both its sides: they overlap.
    Side,
    /// The status.
    Status,
    /// Who speaks of the measure: the rule of `derive::sources`.
    Source,
}

impl Facet {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 9] = [
        Self::Country,
        Self::Adm1,
        Self::Kind,
        Self::Class,
        Self::SideA,
        Self::SideB,
        Self::Side,
        Self::Status,
        Self::Source,
    ];

    /// The word on the command line and in answers.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Adm1 => "adm1",
            Self::Kind => "kind",
            Self::Class => "class",
            Self::SideA => "side_a",
            Self::SideB => "side_b",
            Self::Side => "side",
            Self::Status => "status",
            Self::Source => "source",
        }
    }

    /// The facet of a word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.key() == key)
    }

    /// Whether an event may stand in several groups, so that they do not add up to the whole.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Class | Self::Side)
    }

    /// What must be said wherever sums are split by it.
    pub const fn stated(self) -> Option<&'static str> {
        match self {
            Self::Side => Some("An event stands under both its sides: the groups overlap."),
            Self::Class => Some("Classes lie within each other: the groups overlap."),
            Self::Source => Some(sources::RULE),
            _ => None,
        }
    }

    /// The field in which the name stands; behind that of a status may stand a reason. `None` where no one field has it.
    pub(super) const fn field(self) -> Option<TextField> {
        match self {
            Self::Country => Some(TextField::Country),
            Self::Adm1 => Some(TextField::Adm1),
            Self::Kind => Some(TextField::Kind),
            Self::SideA => Some(TextField::SideA),
            Self::SideB => Some(TextField::SideB),
            Self::Status => Some(TextField::Status),
            Self::Class | Self::Side | Self::Source => None,
        }
    }
}
