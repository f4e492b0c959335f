//! Equal short texts and equal numbers of many rows, kept once.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;

use crate::model::{RowNumber, RowNumbers, Text};

/// Rows of the same numbers: without and with a speaker, and the same with a flaw.
type Kinds = [Option<Arc<RowNumbers>>; 4];

/// What several threads share: each asks it only for what it has not met itself.
#[derive(Debug, Default)]
pub struct Pool {
    texts: [Mutex<HashSet<Text, RandomState>>; SHARDS],
    numbers: Mutex<HashSet<Arc<RowNumbers>, RandomState>>,
    state: RandomState,
}

/// So many threads seldom wait for each other.
const SHARDS: usize = 16;

impl Pool {
    fn text(&self, text: &str) -> Text {
        let shard = usize::try_from(self.state.hash_one(text) >> 32).unwrap_or(0) % SHARDS;
        let mut known = self.texts[shard].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(text) {
            return known.clone();
        }
        let fresh = Text::from(text);
        known.insert(fresh.clone());
        fresh
    }

    fn numbers(&self, numbers: RowNumbers) -> Arc<RowNumbers> {
        let mut known = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&numbers) {
            return known.clone();
        }
        let fresh = Arc::new(numbers);
        known.insert(fresh.clone());
        fresh
    }
}

/// Gives equal texts one place in memory: 400,000 rows name few countries, parties and places, and state few different
/// numbers.
#[derive(Debug, Default)]
pub struct Shared {
    /// Whether nothing is shared.
    off: bool,
    texts: HashSet<Text, RandomState>,
    numbers: HashMap<Box<[RowNumber]>, Kinds, RandomState>,
    pool: Option<Arc<Pool>>,
}

impl Shared {
    /// One that shares nothing: for a single row that is read to be compared and then forgotten.
    pub fn off() -> Self {
        Self { off: true, ..Self::default() }
    }

    /// One that shares with all others of the pool.
    pub fn of(pool: &Arc<Pool>) -> Self {
        Self { pool: Some(pool.clone()), ..Self::default() }
    }

    /// The text, shared with equal ones that were asked for before.
    pub fn text(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return Text::default();
        }
        if self.off {
            return Text::from(text);
        }
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        let fresh = self.pool.as_ref().map_or_else(|| Text::from(text), |pool| pool.text(text));
        self.texts.insert(fresh.clone());
        fresh
    }

    /// The numbers of a row, shared with equal ones that were asked for before.
    pub fn numbers(&mut self, said: &[RowNumber], names_speaker: bool, flawed: bool) -> Arc<RowNumbers> {
        let at = usize::from(names_speaker) + 2 * usize::from(flawed);
        if let Some(known) = self.numbers.get(said).and_then(|all| all[at].as_ref()) {
            return known.clone();
        }
        let fresh = RowNumbers { said: said.into(), names_speaker, flawed };
        let fresh = self.pool.as_ref().map_or_else(|| Arc::new(fresh.clone()), |pool| pool.numbers(fresh.clone()));
        if !self.off {
            self.numbers.entry(said.into()).or_default()[at] = Some(fresh.clone());
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Quantity;

    #[test]
    fn equal_texts_and_numbers_of_several_threads_are_one() {
        let pool = Arc::new(Pool::default());
        let (mut one, mut other) = (Shared::of(&pool), Shared::of(&pool));
        assert!(Arc::ptr_eq(&one.text("Osh"), &other.text("Osh")));
        let said = [(b'a', Quantity::Exactly(3), 0)];
        let numbers = one.numbers(&said, false, false);
        assert!(Arc::ptr_eq(&numbers, &other.numbers(&said, false, false)));
        assert!(Arc::ptr_eq(&numbers, &one.numbers(&said, false, false)));
        let flawed = one.numbers(&said, false, true);
        assert!(flawed.flawed && !flawed.names_speaker && flawed.said == numbers.said);
        assert!(!Arc::ptr_eq(&numbers, &flawed));
        assert!(!Arc::ptr_eq(&Shared::off().text("Osh"), &one.text("Osh")));
    }
}
