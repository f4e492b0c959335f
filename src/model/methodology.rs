//! The method sheet: by which rule claims become figures, and how words are read as numbers.
//!
//! It holds the choices; `derive::figures` carries them out.

use std::collections::BTreeMap;

use super::Text;
use super::measure::Measure;

/// A named rule that makes one figure of many claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Smallest, middle and largest of what was claimed.
    #[default]
    RangeOfClaims,
    /// The smallest number until better is known (ACLED codebook, fatalities).
    Conservative,
    /// The best graded credible voice within the reliable range (UCDP GED codebook, best estimate).
    JudgedBest,
    /// Names set the floor (Airwars methodology).
    NamedFloor,
    /// Newest report, then majority, then lowest (GTD codebook, conflicting reports).
    NewestMajorityLowest,
    /// The number that most voices say (Every Casualty Counts, rules for assigning status).
    Majority,
    /// The first speaker of a ranked list decides; the others only widen (Every Casualty Counts).
    SourceHierarchy,
    /// The latest report of one chosen speaker.
    LatestOfAuthority,
}

impl Method {
    /// All methods, in the order of pick lists.
    pub const ALL: [Self; 8] = [
        Self::RangeOfClaims,
        Self::Conservative,
        Self::JudgedBest,
        Self::NamedFloor,
        Self::NewestMajorityLowest,
        Self::Majority,
        Self::SourceHierarchy,
        Self::LatestOfAuthority,
    ];

    /// The name with its version, in files, on screen and in exports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::RangeOfClaims => "range of claims 1",
            Self::Conservative => "conservative 1",
            Self::JudgedBest => "judged best 1",
            Self::NamedFloor => "named floor 1",
            Self::NewestMajorityLowest => "newest, majority, lowest 1",
            Self::Majority => "majority 1",
            Self::SourceHierarchy => "source hierarchy 1",
            Self::LatestOfAuthority => "latest of one authority 1",
        }
    }

    /// The name for people, with the practice that it follows and without the version.
    pub const fn title(self) -> &'static str {
        match self {
            Self::RangeOfClaims => "range of claims",
            Self::Conservative => "conservative (ACLED)",
            Self::JudgedBest => "judged best (UCDP)",
            Self::NamedFloor => "named floor (Airwars)",
            Self::NewestMajorityLowest => "newest, majority, lowest (GTD)",
            Self::Majority => "majority",
            Self::SourceHierarchy => "source hierarchy",
            Self::LatestOfAuthority => "latest of one authority",
        }
    }

    /// One sentence that says what it does.
    pub const fn help(self) -> &'static str {
        match self {
            Self::RangeOfClaims => "Lowest and highest claim; best is the lower median of what the voices say",
            Self::Conservative => "Best is the lowest claim, as ACLED codes it",
            Self::JudgedBest => "Best is the most credible voice within the range, as UCDP judges it",
            Self::NamedFloor => "Named victims set the minimum, as Airwars counts",
            Self::NewestMajorityLowest => "The newest credible report; then the majority; then the lowest, as GTD does",
            Self::Majority => "The number that most voices say",
            Self::SourceHierarchy => "The first speaker of the ranked list decides; others only widen the range",
            Self::LatestOfAuthority => "Only the latest report of one chosen speaker counts",
        }
    }

    /// The method of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }
}

/// What a number word means: at least `low`, and at most `high` where the table gives a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Meaning {
    /// The smallest number that the word stands for.
    pub low: u64,
    /// The largest; `None` leaves it open.
    pub high: Option<u64>,
}

/// How number words are read: a named, versioned table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordTable {
    /// Its name and version, such as `plain 1`.
    pub name: Text,
    /// Each word in lower case and its meaning. `plural` stands for a bare plural ("soldiers were killed").
    pub entries: BTreeMap<Text, Meaning>,
}

/// A preset's words with their low and, where it is a pair, high.
type Preset = (&'static str, &'static [(&'static str, u64, Option<u64>)]);

/// The presets. Sources: `plain` is Dateline's own; `acled` the ACLED fatality FAQ of 2024 ("several" and its like are
/// 3 or 10 by context there; 3 is taken); `airwars` its incident pages; `ucdp-like` is inferred from the special values
/// of UCDP's uncertainty model, not published by UCDP.
const PRESETS: [Preset; 4] = [
    (
        "plain 1",
        &[
            ("plural", 2, None),
            ("several", 3, None),
            ("tens", 20, None),
            ("dozens", 24, None),
            ("scores", 40, None),
            ("hundreds", 200, None),
            ("thousands", 2000, None),
        ],
    ),
    (
        "acled 1",
        &[
            ("plural", 3, None),
            ("several", 3, None),
            ("many", 3, None),
            ("few", 3, None),
            ("a few", 3, None),
            ("tens", 10, None),
            ("dozens", 12, None),
            ("hundreds", 100, None),
        ],
    ),
    (
        "airwars 1",
        &[
            ("plural", 2, Some(2)),
            ("several", 2, Some(2)),
            ("multiple", 2, Some(2)),
            ("dozens", 12, Some(24)),
            ("large numbers", 12, Some(24)),
        ],
    ),
    (
        "ucdp-like (inferred) 1",
        &[
            ("tens", 20, None),
            ("dozens", 24, None),
            ("scores", 40, None),
            ("hundreds", 200, None),
            ("thousands", 2000, None),
        ],
    ),
];

impl WordTable {
    /// The names of the presets.
    pub fn preset_names() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    /// The preset of this name.
    pub fn preset(name: &str) -> Option<Self> {
        let (name, entries) = PRESETS.iter().find(|(known, _)| *known == name)?;
        let entries =
            entries.iter().map(|(word, low, high)| (Text::from(*word), Meaning { low: *low, high: *high })).collect();
        Some(Self { name: (*name).into(), entries })
    }

    /// Whether it is a preset as it was published.
    pub fn is_preset(&self) -> bool {
        Self::preset(&self.name).is_some_and(|preset| preset == *self)
    }

    /// This table with other entries, under a name that no other table of the project has had: `plain, edited 1` after
    /// a change of `plain 1`, `plain, edited 2` after the next. Entries of the preset that it stems from, or of one of
    /// `known`, take the name of that one back. `taken` are names that stand for other entries elsewhere, such as in
    /// releases.
    #[must_use]
    pub fn edited<'a>(
        &self,
        entries: BTreeMap<Text, Meaning>,
        known: &[&'a Self],
        taken: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        const EDITED: &str = ", edited";
        let numbered = |name: &str| -> (String, u32) {
            match name.rsplit_once(' ') {
                Some((stem, number)) if number.parse::<u32>().is_ok() => (stem.to_owned(), number.parse().unwrap_or(0)),
                _ => (name.to_owned(), 0),
            }
        };
        let (stem, _) = numbered(&self.name);
        let stem = stem.strip_suffix(EDITED).unwrap_or(&stem).to_owned();
        let presets = PRESETS.iter().filter(|(name, _)| numbered(name).0 == stem);
        let presets: Vec<Self> = presets.filter_map(|(name, _)| Self::preset(name)).collect();
        if let Some(same) = presets.iter().chain(known.iter().copied()).find(|table| table.entries == entries) {
            return same.clone();
        }
        let edited = format!("{stem}{EDITED}");
        let names = known.iter().map(|table| &*table.name).chain(taken);
        let last = names.map(numbered).filter(|(stem, _)| *stem == edited).map(|(_, number)| number).max().unwrap_or(0);
        Self { name: format!("{edited} {}", last.saturating_add(1)).into(), entries }
    }

    /// What a word means, where the table has it.
    pub fn meaning(&self, word: &str) -> Option<Meaning> {
        self.entries.get(word).copied()
    }
}

impl Default for WordTable {
    fn default() -> Self {
        Self::preset("plain 1").unwrap_or(Self { name: Text::default(), entries: BTreeMap::new() })
    }
}

/// The choices by which claims become figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Methodology {
    /// The rule for every measure that `methods` does not name.
    pub method: Method,
    /// Rules for single measures.
    pub methods: BTreeMap<Measure, Method>,
    /// Speakers from the first rank down, for the source hierarchy.
    pub ranks: Vec<Text>,
    /// The speaker whose latest report counts, for the latest of one authority.
    pub authority: Text,
    /// How number words are read.
    pub words: WordTable,
    /// Whether attackers that a claim says it includes are counted.
    pub count_attackers: bool,
    /// Whether a party's count of its enemy's dead may only raise the high figure.
    pub enemy_counts_high_only: bool,
    /// Whether sums take the low figure where an event has no best. Stated wherever it is in force.
    pub missing_best_is_low: bool,
}

impl Methodology {
    /// The rule in force for a measure.
    pub fn method_for(&self, measure: &Measure) -> Method {
        self.methods.get(measure).copied().unwrap_or(self.method)
    }
}

impl Default for Methodology {
    fn default() -> Self {
        Self {
            method: Method::default(),
            methods: BTreeMap::new(),
            ranks: Vec::new(),
            authority: Text::default(),
            words: WordTable::default(),
            count_attackers: true,
            enemy_counts_high_only: true,
            missing_best_is_low: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_can_be_had_and_reads_dozens() {
        let dozens: Vec<_> = WordTable::preset_names()
            .map(|name| WordTable::preset(name).expect("named").meaning("dozens").expect("all know dozens"))
            .map(|meaning| (meaning.low, meaning.high))
            .collect();
        assert_eq!(dozens, [(24, None), (12, None), (12, Some(24)), (24, None)]);
    }

    #[test]
    fn an_edited_table_gets_a_name_and_a_version_of_its_own() {
        let plain = WordTable::default();
        let more = |table: &WordTable, low| {
            let mut entries = table.entries.clone();
            entries.insert("busloads".into(), Meaning { low, high: None });
            entries
        };
        let first = plain.edited(more(&plain, 30), &[&plain], []);
        assert_eq!(&*first.name, "plain, edited 1");
        assert!(!first.is_preset() && plain.is_preset());
        // In force now; the next change is the next version, and a way back has the old name.
        let second = first.edited(more(&plain, 40), &[&first], []);
        assert_eq!(&*second.name, "plain, edited 2");
        assert_eq!(second.edited(first.entries.clone(), &[&first], []), first);
        assert_eq!(second.edited(plain.entries.clone(), &[&first], []), plain);
        // A name under which something was published is not given to other entries.
        assert_eq!(&*plain.edited(more(&plain, 50), &[&plain], ["plain, edited 3"]).name, "plain, edited 4");
    }

    #[test]
    fn methods_read_and_write() {
        for method in Method::ALL {
            assert_eq!(Method::from_key(method.key()), Some(method));
        }
    }
}
