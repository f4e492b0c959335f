//! Small numbers for names that many figures share. It knows nothing of what they name.

use std::collections::HashMap;
use std::hash::Hash;

/// Names and their numbers. A name that was numbered keeps its number.
#[derive(Debug, Clone)]
pub(super) struct Codes<T> {
    names: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Codes<T> {
    fn default() -> Self {
        Self { names: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Codes<T> {
    /// The number of a name, where it has one.
    pub(super) fn code(&self, name: &T) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// The number of a name, which it gets now if it has none.
    pub(super) fn number(&mut self, name: &T) -> u32 {
        if let Some(known) = self.code(name) {
            return known;
        }
        // A project with four thousand million names does not fit into memory.
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), number);
        number
    }

    /// The name of a number.
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.names.get(usize::try_from(number).ok()?)
    }

    /// All names, by number.
    pub(super) fn names(&self) -> impl Iterator<Item = &T> {
        self.names.iter()
    }
}
