//! Equal short texts of many rows, kept once.

use std::collections::HashSet;

use crate::model::Text;

/// Gives equal texts one place in memory: 400,000 rows name few countries, parties and places.
#[derive(Debug)]
pub struct Shared(Option<HashSet<Text>>);

impl Default for Shared {
    fn default() -> Self {
        Self(Some(HashSet::new()))
    }
}

impl Shared {
    /// One that shares nothing: for a single row that is read to be compared and then forgotten.
    pub fn off() -> Self {
        Self(None)
    }

    /// The text, shared with equal ones that were asked for before.
    pub fn text(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return Text::default();
        }
        let Some(known) = &mut self.0 else { return Text::from(text) };
        if let Some(known) = known.get(text) {
            return known.clone();
        }
        let fresh = Text::from(text);
        known.insert(fresh.clone());
        fresh
    }
}
