//! Equal short texts of many rows, kept once.

use std::collections::HashSet;

use crate::model::Text;

/// Gives equal texts one place in memory: 400,000 rows name few countries, parties and places.
#[derive(Debug, Default)]
pub struct Shared(HashSet<Text>);

impl Shared {
    /// The text, shared with equal ones that were asked for before.
    pub fn text(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return Text::default();
        }
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let fresh = Text::from(text);
        self.0.insert(fresh.clone());
        fresh
    }
}
