//! Step 1: a claim becomes a minimum, a maximum and a number, any of which may be missing.
//!
//! Nothing is coerced before this step: the claim keeps its quantity as written.

use crate::model::{Claim, Methodology, Quantity};

/// What a claim states in numbers. A missing maximum is open; a missing minimum is no statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The minimum.
    pub lo: Option<u64>,
    /// The maximum.
    pub hi: Option<u64>,
    /// The number that is put forward.
    pub pt: Option<u64>,
    /// Whether it was said to be "about" that number.
    pub about: bool,
    /// Whether `pt` is the lower end of a range.
    pub lower_end: bool,
}

impl Reading {
    fn exact(n: u64) -> Self {
        Self { lo: Some(n), hi: Some(n), pt: Some(n), ..Self::default() }
    }

    fn from(n: u64) -> Self {
        Self { lo: Some(n), pt: Some(n), ..Self::default() }
    }

    /// Whether it states any number.
    pub fn has_number(self) -> bool {
        self.lo.is_some() || self.hi.is_some()
    }

    /// The same without its maximum.
    pub(super) fn opened(self) -> Self {
        let floor = self.lo.or(self.hi);
        Self { lo: floor, hi: None, pt: floor, ..self }
    }

    fn lowered(self, by: u64) -> Self {
        let lower = |n: Option<u64>| n.map(|n| n.saturating_sub(by));
        Self { lo: lower(self.lo), hi: lower(self.hi), pt: lower(self.pt), ..self }
    }
}

/// What a quantity states under the word table in force.
pub fn of_quantity(quantity: &Quantity, method: &Methodology) -> Reading {
    let of_word = |word: &str| {
        let meaning = method.words.meaning(word);
        meaning.map_or_else(Reading::default, |m| Reading { hi: m.high, ..Reading::from(m.low) })
    };
    match quantity {
        Quantity::Exactly(n) => Reading::exact(*n),
        Quantity::About(n) => Reading { about: true, ..Reading::exact(*n) },
        Quantity::AtLeast(n) => Reading::from(*n),
        Quantity::MoreThan(n) => Reading::from(n.saturating_add(1)),
        Quantity::AtMost(n) => Reading { hi: Some(*n), ..Reading::default() },
        Quantity::Between(a, b) => Reading { hi: Some(*b), lower_end: true, ..Reading::from(*a) },
        Quantity::Word(word) => of_word(word),
        Quantity::Plural => of_word("plural"),
        Quantity::NoneAsserted => Reading::exact(0),
        Quantity::Unknown => Reading::default(),
        Quantity::Estimate { low, best, high } => {
            let given = [*low, *best, *high];
            let given = given.iter().flatten();
            Reading { lo: given.clone().min().copied(), hi: given.max().copied(), pt: *best, ..Reading::default() }
        }
    }
}

/// What a claim states in numbers, by the method's word table and switches.
pub fn read(claim: &Claim, method: &Methodology) -> Reading {
    let plain = of_quantity(&claim.quantity, method);
    // Names that were counted are a floor: others may have died unnamed.
    let named = if claim.counts_names && plain.has_number() { plain.opened() } else { plain };
    if method.count_attackers { named } else { named.lowered(claim.attackers) }
}
