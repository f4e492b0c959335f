//! A column of texts as numbers of distinct texts.
//!
//! Fields repeat few texts (countries) or hardly any (titles); both are kept as a number a row and a list of texts. A
//! question is asked of each distinct text once. The alphabetical order and the lower-case texts are made when they are
//! first wanted and kept up with edits.

use std::sync::OnceLock;

use indexmap::IndexSet;
use memchr::memmem::Finder;
use rayon::prelude::*;

use crate::model::{Event, Precision, Status, Text};

/// A field of an event that is kept as a text here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextField {
    Title,
    Place,
    Adm1,
    Country,
    Kind,
    SideA,
    SideB,
    Status,
    Tags,
    Precision,
    SourceIds,
}

impl TextField {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::Title,
        Self::Place,
        Self::Adm1,
        Self::Country,
        Self::Kind,
        Self::SideA,
        Self::SideB,
        Self::Status,
        Self::Tags,
        Self::Precision,
        Self::SourceIds,
    ];

    /// What the field says, as it is typed and copied.
    pub fn text(self, event: &Event) -> Text {
        let list = |list: &[Text]| match list {
            [] => Text::default(),
            [one] => one.clone(),
            many => many.join(", ").into(),
        };
        match self {
            Self::Title => event.title.clone(),
            Self::Place => event.location.name.clone(),
            Self::Adm1 => event.location.adm1.clone(),
            Self::Country => event.location.country.clone(),
            Self::Kind => event.kind.clone(),
            Self::SideA => event.side_a.clone(),
            Self::SideB => event.side_b.clone(),
            Self::Status => match &event.status {
                Status::Excluded(reason) => format!("excluded: {reason}").into(),
                other => other.key().into(),
            },
            Self::Tags => list(&event.tags),
            Self::Precision => event.location.precision.map_or("", Precision::key).into(),
            Self::SourceIds => list(&event.source_ids),
        }
    }

    /// By what its texts sort: statuses and precisions in their own order, everything else by the alphabet.
    fn rank_of(self, text: &str) -> usize {
        let place = match self {
            Self::Status => Status::KEYS.iter().position(|key| text.starts_with(key)),
            Self::Precision => Precision::ALL.iter().position(|known| known.key() == text),
            _ => None,
        };
        place.unwrap_or(0)
    }
}

/// Lower-case texts in one piece, for searching.
#[derive(Debug, Clone, Default)]
struct Folded {
    /// A line break stands before and behind each text.
    blob: String,
    starts: Vec<usize>,
}

impl Folded {
    fn push(&mut self, text: &str) {
        if self.blob.is_empty() {
            self.blob.push('\n');
        }
        self.starts.push(self.blob.len());
        self.blob.extend(text.chars().flat_map(char::to_lowercase).map(|c| if c == '\n' { ' ' } else { c }));
        self.blob.push('\n');
    }

    fn at(&self, word: usize) -> &str {
        let start = self.starts[word];
        let end = self.starts.get(word + 1).copied().unwrap_or(self.blob.len());
        &self.blob[start..end - 1]
    }
}

/// A column of texts.
#[derive(Debug, Clone)]
pub struct Words {
    field: TextField,
    codes: Vec<u32>,
    /// The empty text is the first one.
    texts: IndexSet<Text>,
    folded: OnceLock<Folded>,
    ranks: OnceLock<Vec<u32>>,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            field: TextField::Title,
            codes: Vec::new(),
            texts: std::iter::once(Text::default()).collect(),
            folded: OnceLock::new(),
            ranks: OnceLock::new(),
        }
    }
}

impl Words {
    pub(super) fn of<'a>(field: TextField, events: impl Iterator<Item = &'a Event>) -> Self {
        let mut new = Self { field, ..Self::default() };
        new.codes = events.map(|event| new.code(field.text(event))).collect();
        new
    }

    fn code(&mut self, text: Text) -> u32 {
        // A text that has a line break could not be told from two texts in the search.
        let known = self.texts.get_index_of(&text);
        let at = known.unwrap_or_else(|| {
            if let Some(folded) = self.folded.get_mut() {
                folded.push(&text);
            }
            self.ranks.take();
            self.texts.insert_full(text).0
        });
        super::count(at)
    }

    pub(super) fn push(&mut self) {
        self.codes.push(0);
    }

    pub(super) fn set(&mut self, slot: usize, text: Text) {
        if **self.at(slot) != *text {
            self.codes[slot] = self.code(text);
        }
    }

    /// The number of the text of each slot; 0 is the empty text.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The distinct texts, by number. Some may stand in no row any more.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &Text> {
        self.texts.iter()
    }

    /// The text of a slot.
    pub fn at(&self, slot: usize) -> &Text {
        // Every code is a number of the list.
        &self.texts[self.codes[slot] as usize]
    }

    /// The place of each distinct text in the alphabet, without regard to case; texts that differ only in case share
    /// it.
    pub fn ranks(&self) -> &[u32] {
        self.ranks.get_or_init(|| {
            let folded = self.folded();
            let mut sorted: Vec<u32> = (0..super::count(self.texts.len())).collect();
            let key = |at: &u32| (self.field.rank_of(folded.at(*at as usize)), folded.at(*at as usize));
            sorted.par_sort_unstable_by(|a, b| key(a).cmp(&key(b)));
            let mut ranks = vec![0; sorted.len()];
            let mut rank = 0;
            for (n, at) in sorted.iter().enumerate() {
                if n > 0 && key(&sorted[n - 1]) != key(at) {
                    rank += 1;
                }
                ranks[*at as usize] = rank;
            }
            ranks
        })
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| {
            let mut folded = Folded::default();
            self.texts.iter().for_each(|text| folded.push(text));
            folded
        })
    }

    /// For each distinct text, whether its lower-case form holds these words, which are in lower case.
    pub fn holding(&self, words: &str) -> Vec<bool> {
        let folded = self.folded();
        let mut holds = vec![words.is_empty(); folded.starts.len()];
        if words.is_empty() || words.contains('\n') {
            return holds;
        }
        let finder = Finder::new(words);
        let (bytes, mut from) = (folded.blob.as_bytes(), 0);
        while let Some(at) = bytes.get(from..).and_then(|rest| finder.find(rest)) {
            let word = folded.starts.partition_point(|start| *start <= from + at) - 1;
            holds[word] = true;
            // On with the next text: one hit is enough.
            from = folded.starts.get(word + 1).copied().unwrap_or(bytes.len());
        }
        holds
    }

    /// For each distinct text, whether this is true of its lower-case form.
    pub fn being(&self, mut is: impl FnMut(&str) -> bool) -> Vec<bool> {
        let folded = self.folded();
        (0..folded.starts.len()).map(|word| is(folded.at(word))).collect()
    }
}
