//! Into which group of a split an event goes, by the numbers of its texts: a name is read once, however many events
//! state it.

use std::collections::HashMap;

use super::{Basis, Question, Split};
use crate::derive::columnar::{Columnar, TextField, Words};
use crate::derive::facet::Facet;
use crate::model::Status;

/// No group, or none that is drawn.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The label of what is not stated.
const NOT_STATED: &str = "not stated";

/// The groups of an event by the numbers of its texts: one, or two of a split by party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Groups {
    /// All events in one.
    One,
    /// By the texts of one field.
    Texts { field: Source, of: Vec<u32> },
    /// By a number of each slot.
    Slots { of: Vec<u32> },
    /// By both sides.
    Sides { a: Vec<u32>, b: Vec<u32> },
}

/// Where the texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Field(TextField),
    Own(crate::model::ColumnId),
}

impl Source {
    fn of(split: Split) -> Option<Self> {
        Some(match split {
            Split::Of(facet) => Self::Field(facet.field()?),
            Split::Own(column) => Self::Own(column),
            Split::None => return None,
        })
    }

    pub fn words(self, table: &Columnar) -> Option<&Words> {
        match self {
            Self::Field(field) => Some(table.words(field)),
            Self::Own(column) => table.own(column),
        }
    }
}

/// The name under which a text stands: blanks around it do not matter, and a status has a reason behind it.
fn name(split: Split, text: &str) -> &str {
    match split {
        Split::Of(Facet::Status) => Status::KEYS.into_iter().find(|key| text.starts_with(key)).unwrap_or(text),
        _ => text.trim(),
    }
}

/// All names of a split, and which texts are which.
pub(super) struct Names {
    pub names: Vec<String>,
    pub groups: Groups,
}

impl Names {
    pub fn of(basis: &Basis<'_>, question: &Question) -> Self {
        let (split, table) = (question.split, basis.derived.columnar());
        if split == Split::Of(Facet::Source) {
            let sources = basis.derived.sources_by_slot(basis.project, &question.measure, &question.class);
            return Self { names: sources.names().to_vec(), groups: Groups::Slots { of: sources.by_slot().to_vec() } };
        }
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut names: Vec<String> = Vec::new();
        let mut number = |text: &str| {
            *numbers.entry(text.to_owned()).or_insert_with(|| {
                names.push(text.to_owned());
                u32::try_from(names.len() - 1).unwrap_or(NOWHERE)
            })
        };
        let groups = match (split, Source::of(split)) {
            (Split::Of(Facet::Side), _) => {
                // An empty side is no group, unless both are.
                number("");
                let mut of = |field| table.words(field).texts().map(|text| number(text.trim())).collect();
                Groups::Sides { a: of(TextField::SideA), b: of(TextField::SideB) }
            }
            (_, Some(field)) => match field.words(table) {
                Some(words) => {
                    let of = words.texts().map(|text| number(name(split, text))).collect();
                    Groups::Texts { field, of }
                }
                None => Groups::One,
            },
            (_, None) => Groups::One,
        };
        if names.is_empty() {
            names.push(String::new());
        }
        Self { names, groups }
    }
}

/// Which group has which row of sums.
pub(super) struct Chosen {
    /// Key and label of each row, the largest first; the last is "other" where there is one.
    pub rows: Vec<(String, String)>,
    /// How many names are within "other".
    pub others: usize,
    pub groups: Groups,
}

/// How large a group is: its numbers, and how many events it has.
pub(super) type Weight = (u64, u32);

impl Names {
    /// The largest groups by their numbers, at most so many, and the rest as "other".
    pub fn choose(self, weights: &[Weight], most: usize) -> Chosen {
        let mut used: Vec<usize> = (0..self.names.len()).filter(|n| weights.get(*n).is_some_and(|w| w.1 > 0)).collect();
        used.sort_by(|a, b| weights[*b].cmp(&weights[*a]).then_with(|| self.names[*a].cmp(&self.names[*b])));
        // One more is as good as "other" with one name in it.
        let alone = if used.len() == most + 1 { used.len() } else { most.min(used.len()) };
        let others = used.len() - alone;
        let mut row_of = vec![NOWHERE; self.names.len()];
        for (row, name) in used.iter().enumerate() {
            row_of[*name] = u32::try_from(row.min(alone)).unwrap_or(NOWHERE);
        }
        let label = |name: &String| if name.is_empty() { NOT_STATED.to_owned() } else { name.clone() };
        let mut rows: Vec<(String, String)> =
            used.iter().take(alone).map(|name| (self.names[*name].clone(), label(&self.names[*name]))).collect();
        if others > 0 {
            rows.push(("other".to_owned(), format!("other ({others})")));
        }
        Chosen { rows, others, groups: self.groups.renumbered(&row_of) }
    }
}

impl Groups {
    fn renumbered(self, row_of: &[u32]) -> Self {
        let new = |of: Vec<u32>| {
            of.into_iter().map(|n| row_of.get(n as usize).copied().unwrap_or(NOWHERE)).collect::<Vec<u32>>()
        };
        match self {
            Self::One => Self::One,
            Self::Texts { field, of } => Self::Texts { field, of: new(of) },
            Self::Slots { of } => Self::Slots { of: new(of) },
            Self::Sides { a, b } => Self::Sides { a: new(a), b: new(b) },
        }
    }

    /// The groups of one event.
    pub fn of(&self, table: &Columnar, slot: usize) -> [u32; 2] {
        struct One(usize);
        impl Work<[u32; 2]> for One {
            fn go<G: Fn(usize) -> [u32; 2] + Sync>(self, groups: G) -> [u32; 2] {
                groups(self.0)
            }
        }
        self.with(table, One(slot))
    }

    /// Asks `work` to go through slots with the groups of each, by the one way that this split needs.
    pub fn with<T>(&self, table: &Columnar, work: impl Work<T>) -> T {
        match self {
            Self::One => work.go(|_| [0, NOWHERE]),
            Self::Texts { field, of } => match field.words(table).map(Words::codes) {
                Some(codes) => work.go(|slot| [of.get(codes[slot] as usize).copied().unwrap_or(NOWHERE), NOWHERE]),
                None => work.go(|_| [0, NOWHERE]),
            },
            Self::Slots { of } => work.go(|slot| [of.get(slot).copied().unwrap_or(NOWHERE), NOWHERE]),
            Self::Sides { a, b } => {
                let (of_a, of_b) = (table.words(TextField::SideA).codes(), table.words(TextField::SideB).codes());
                let at = |of: &[u32], code: u32| of.get(code as usize).copied().unwrap_or(NOWHERE);
                work.go(|slot| {
                    let (code_a, code_b) = (of_a[slot], of_b[slot]);
                    let (one, two) = (at(a, code_a), at(b, code_b));
                    match (code_a, code_b) {
                        // The empty text has the number 0.
                        (_, 0) => [one, NOWHERE],
                        (0, _) => [two, NOWHERE],
                        _ if one == two => [one, NOWHERE],
                        _ => [one, two],
                    }
                })
            }
        }
    }
}

/// A pass over slots that asks for the groups of each.
pub(super) trait Work<T> {
    /// Goes through all slots.
    fn go<G: Fn(usize) -> [u32; 2] + Sync>(self, groups: G) -> T;
}
