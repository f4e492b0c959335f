//! What is counted (measure) and among whom (class).
//!
//! Measures are never added to each other, and `casualties` (dead, wounded or missing, not split) never feeds killed
//! or injured. Sides are parties, not culprits: class A are the dead or hurt *of* side A, never those killed *by* it.

use std::fmt;

use super::Text;

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// People who died.
    Killed,
    /// People who were wounded and lived.
    Injured,
    /// People whose fate is not known.
    Missing,
    /// People taken prisoner, held or abducted.
    Captured,
    /// People who had to leave their homes, by flight or evacuation.
    Displaced,
    /// Dead, wounded or missing, where the report does not split them.
    Casualties,
    /// A measure that the project's codebook adds.
    Other(Text),
}

impl Measure {
    /// The measures of every project, in the order of screens and exports.
    pub const BUILT_IN: [Self; 6] =
        [Self::Killed, Self::Injured, Self::Missing, Self::Captured, Self::Displaced, Self::Casualties];

    /// The word in files, filters and on the command line.
    pub fn key(&self) -> &str {
        match self {
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Missing => "missing",
            Self::Captured => "captured",
            Self::Displaced => "displaced",
            Self::Casualties => "casualties",
            Self::Other(name) => name,
        }
    }

    /// The word on screen.
    pub fn title(&self) -> String {
        let mut letters = self.key().chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Reads a key. A word that is no built-in measure is one of the codebook's; whether the codebook has it is not
    /// asked here. `None` for an empty word or one with other than lower case letters, digits, `-` and `_`.
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(known) = Self::BUILT_IN.into_iter().find(|m| m.key() == key) {
            return Some(known);
        }
        let good = |c: char| c.is_lowercase() || c.is_numeric() || matches!(c, '-' | '_');
        (!key.is_empty() && key.chars().all(good)).then(|| Self::Other(key.into()))
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A class that is not a sub-group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaseClass {
    /// Everybody.
    Total,
    /// Fighters of side A.
    A,
    /// Fighters of side B.
    B,
    /// Civilians.
    Civilians,
    /// People of whom it is not said what they were.
    Unknown,
    /// Fighters and civilians of side A.
    AllA,
    /// Fighters and civilians of side B.
    AllB,
}

impl BaseClass {
    /// All of them, in the order of screens and exports.
    pub const ALL: [Self; 7] = [Self::Total, Self::A, Self::B, Self::Civilians, Self::Unknown, Self::AllA, Self::AllB];

    /// The four parts that make up a total.
    pub const PARTS: [Self; 4] = [Self::A, Self::B, Self::Civilians, Self::Unknown];

    /// The word in files and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::A => "A",
            Self::B => "B",
            Self::Civilians => "civilians",
            Self::Unknown => "unknown",
            Self::AllA => "A all",
            Self::AllB => "B all",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == key)
    }
}

/// Among whom a number counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The total, one of its parts, or a side.
    Base(BaseClass),
    /// A free sub-group such as children or medics, with the class that it lies within.
    Sub {
        /// The group's name.
        name: Text,
        /// The class that all of the group belong to.
        within: BaseClass,
    },
}

impl Class {
    /// Everybody.
    pub const TOTAL: Self = Self::Base(BaseClass::Total);

    /// Reads `total`, `A`, `B`, `civilians`, `unknown`, `A all`, `B all`, `children in civilians` or `children` (which
    /// lies within the total). `None` for an empty text or a sub-group within a sub-group.
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.trim();
        if let Some(base) = BaseClass::from_key(key) {
            return Some(Self::Base(base));
        }
        let (name, within) = match key.split_once(" in ") {
            Some((name, within)) => (name.trim(), BaseClass::from_key(within.trim())?),
            None => (key, BaseClass::Total),
        };
        let taken = BaseClass::from_key(name).is_some();
        (!name.is_empty() && !taken).then(|| Self::Sub { name: name.into(), within })
    }

    /// The class itself, or the one that the sub-group lies within.
    pub fn base(&self) -> BaseClass {
        match self {
            Self::Base(base) => *base,
            Self::Sub { within, .. } => *within,
        }
    }

    /// Whether this is a free sub-group.
    pub fn is_sub(&self) -> bool {
        matches!(self, Self::Sub { .. })
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base(base) => f.write_str(base.key()),
            Self::Sub { name, within: BaseClass::Total } => f.write_str(name),
            Self::Sub { name, within } => write!(f, "{name} in {}", within.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_read_and_write() {
        for key in ["total", "A", "B", "civilians", "unknown", "A all", "B all", "children in civilians", "medics"] {
            assert_eq!(Class::from_key(key).expect("a class").to_string(), key);
        }
        assert_eq!(Class::from_key("children in total").expect("a class").to_string(), "children");
        assert_eq!(Class::from_key("children in pupils"), None);
        assert_eq!(Class::from_key(" "), None);
    }

    #[test]
    fn measures_read_and_write() {
        for measure in Measure::BUILT_IN {
            assert_eq!(Measure::from_key(measure.key()), Some(measure));
        }
        assert_eq!(Measure::from_key("evacuated"), Some(Measure::Other("evacuated".into())));
        assert_eq!(Measure::from_key("two words"), None);
        assert_eq!(Measure::Killed.title(), "Killed");
    }
}
