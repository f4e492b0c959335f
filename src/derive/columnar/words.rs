//! A column of texts as numbers of distinct texts.
//!
//! Fields repeat few texts (countries) or hardly any (titles); both are kept as a number a row and a list of texts. A
//! question is asked of each distinct text once. The alphabetical order and the lower-case texts are made when they are
//! first wanted and kept up with edits.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use indexmap::IndexSet;
use memchr::memmem::Finder;
use rayon::prelude::*;

use crate::model::{ColumnId, Event, Precision, Status, Text, same_text};

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
    pub fn text(self, event: &Event) -> Said<'_> {
        fn list(list: &[Text]) -> Said<'_> {
            match list {
                [] => Said::Word(Cow::Borrowed("")),
                [one] => Said::Kept(one),
                many => Said::Word(Cow::Owned(many.join(", "))),
            }
        }
        match self {
            Self::Title => Said::Kept(&event.title),
            Self::Place => Said::Kept(&event.location.name),
            Self::Adm1 => Said::Kept(&event.location.adm1),
            Self::Country => Said::Kept(&event.location.country),
            Self::Kind => Said::Kept(&event.kind),
            Self::SideA => Said::Kept(&event.side_a),
            Self::SideB => Said::Kept(&event.side_b),
            Self::Status => Said::Word(match &event.status {
                Status::Excluded(reason) => Cow::Owned(format!("excluded: {reason}")),
                other => Cow::Borrowed(other.key()),
            }),
            Self::Tags => list(&event.tags),
            Self::Precision => Said::Word(Cow::Borrowed(event.location.precision.map_or("", Precision::key))),
            Self::SourceIds => list(&event.source_ids),
        }
    }
}

/// What a field says: a text that the event keeps and that can be shared, or one that is made.
#[derive(Debug)]
pub enum Said<'e> {
    Kept(&'e Text),
    Word(Cow<'e, str>),
}

impl Said<'_> {
    /// Whether it is the same text.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Said::Kept(a), Said::Kept(b)) => same_text(a, b),
            _ => **self == **other,
        }
    }

    fn into_text(self) -> Text {
        match self {
            Self::Kept(text) => text.clone(),
            Self::Word(word) => word.into(),
        }
    }
}

impl Deref for Said<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        match self {
            Self::Kept(text) => text,
            Self::Word(word) => word,
        }
    }
}

/// By what texts sort: statuses and precisions in their own order, everything else by the alphabet.
fn key(field: Option<TextField>, text: &str) -> (usize, &str) {
    let place = match field {
        Some(TextField::Status) => Status::KEYS.iter().position(|key| text.starts_with(key)),
        Some(TextField::Precision) => Precision::ALL.iter().position(|known| known.key() == text),
        _ => None,
    };
    place.map_or((0, text), |place| (place, ""))
}

/// How a key begins, as a number that sorts like it: the first letters, behind which keys with a place stand.
fn begin((place, text): (usize, &str)) -> u128 {
    let mut bytes = [0; 16];
    let len = text.len().min(bytes.len());
    bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
    if place == 0 { u128::from_be_bytes(bytes) } else { u128::MAX }
}

/// The letters of a text in lower case as it is searched, one by one, on one line. The language's own rules for whole
/// words (a final sigma) are left out on both sides: what is typed and what is kept fold alike.
pub fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == '\n' { ' ' } else { c })
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
        if text.is_ascii() && !text.contains('\n') {
            // Most texts by far are: a letter is a byte, of which many are taken at once.
            self.blob.push_str(text);
            let start = self.blob.len() - text.len();
            self.blob[start..].make_ascii_lowercase();
        } else {
            self.blob.extend(folded(text));
        }
        self.blob.push('\n');
    }

    /// Which text stands at a place of the blob; it is not before the text `from`.
    fn text_at(&self, place: usize, from: usize) -> usize {
        // Hits are often close to each other: look with growing steps before halving.
        let (mut step, mut low) = (1, from);
        while self.starts.get(low + step).is_some_and(|start| *start <= place) {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.starts.len());
        low + self.starts[low..high].partition_point(|start| *start <= place) - 1
    }

    /// Says for these texts, which begin with that of the number `first`, whether they hold what is looked for.
    fn mark(&self, first: usize, finder: &Finder<'_>, holds: &mut [bool]) {
        let begin = |word: usize| self.starts.get(word).copied().unwrap_or(self.blob.len());
        let bytes = &self.blob.as_bytes()[..begin(first + holds.len())];
        let (mut from, mut word) = (begin(first), first);
        while let Some(at) = bytes.get(from..).and_then(|rest| finder.find(rest)) {
            word = self.text_at(from + at, word);
            let Some(holds) = holds.get_mut(word - first) else { return };
            *holds = true;
            // On with the next text: one hit is enough.
            word += 1;
            from = begin(word);
        }
    }

    fn at(&self, word: usize) -> &str {
        let start = self.starts[word];
        let end = self.starts.get(word + 1).copied().unwrap_or(self.blob.len());
        &self.blob[start..end - 1]
    }
}

/// Distinct texts in the order of the alphabet.
#[derive(Debug, Clone, Default)]
struct Alphabet {
    /// The texts by number, in order.
    sorted: Vec<u32>,
    /// The place of each text; texts that differ only in case share it.
    ranks: Vec<u32>,
    /// How many texts were put between others since all were sorted.
    inserted: usize,
}

/// How many texts one core looks through at a time.
const SHARE: usize = 32_768;
/// More new texts than this are sorted anew when the order is wanted, instead of each being put in its place.
const MANY: usize = 64;

impl Alphabet {
    fn of(field: Option<TextField>, folded: &Folded) -> Self {
        let key = |at: &u32| key(field, folded.at(*at as usize));
        let texts = 0..super::count(folded.starts.len());
        // What texts begin with tells most of them apart, and stands beside their number instead of far away.
        let mut begun: Vec<(u128, u32)> = texts.map(|at| (begin(key(&at)), at)).collect();
        begun.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| key(&a.1).cmp(&key(&b.1))));
        let sorted: Vec<u32> = begun.into_iter().map(|(_, at)| at).collect();
        let mut ranks = vec![0; sorted.len()];
        let mut rank = 0;
        for (n, at) in sorted.iter().enumerate() {
            rank += u32::from(n > 0 && key(&sorted[n - 1]) != key(at));
            ranks[*at as usize] = rank;
        }
        Self { sorted, ranks, inserted: 0 }
    }

    /// Puts the newest text in its place; says whether the order still holds.
    fn insert(&mut self, field: Option<TextField>, folded: &Folded) -> bool {
        self.inserted += 1;
        let Some(new) = folded.starts.len().checked_sub(1).filter(|_| self.inserted <= MANY) else { return false };
        let key_at = |at: u32| key(field, folded.at(at as usize));
        let wanted = key(field, folded.at(new));
        let at = self.sorted.partition_point(|other| key_at(*other) < wanted);
        let shared = self.sorted.get(at).copied().filter(|other| key_at(*other) == wanted);
        let before = at.checked_sub(1).map_or(0, |before| self.ranks[self.sorted[before] as usize] + 1);
        let rank = shared.map_or(before, |other| self.ranks[other as usize]);
        if shared.is_none() {
            for behind in &self.sorted[at..] {
                self.ranks[*behind as usize] += 1;
            }
        }
        self.ranks.push(rank);
        self.sorted.insert(at, super::count(new));
        true
    }
}

/// A column of texts.
#[derive(Debug, Clone)]
pub struct Words {
    /// The field of every event. `None` of a column of the analyst's own.
    field: Option<TextField>,
    codes: Vec<u32>,
    /// The empty text is the first one.
    texts: IndexSet<Text, RandomState>,
    folded: OnceLock<Folded>,
    alphabet: OnceLock<Alphabet>,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            field: None,
            codes: Vec::new(),
            texts: std::iter::once(Text::default()).collect(),
            folded: OnceLock::new(),
            alphabet: OnceLock::new(),
        }
    }
}

impl Words {
    pub(super) fn of<'a>(field: TextField, events: impl Iterator<Item = &'a Event>) -> Self {
        let mut new = Self { field: Some(field), ..Self::default() };
        new.codes = events.map(|event| new.code(field.text(event))).collect();
        new
    }

    /// A column of the analyst's own.
    pub(super) fn of_own<'a>(id: ColumnId, events: impl Iterator<Item = &'a Event>) -> Self {
        let mut new = Self::default();
        let code = |event: &Event| event.own.get(id).map_or(0, |text| new.code(Said::Kept(text)));
        let codes = events.map(code).collect();
        Self { codes, ..new }
    }

    /// A column in which nothing stands.
    pub(super) fn empty(slots: usize) -> Self {
        Self { codes: vec![0; slots], ..Self::default() }
    }

    fn code(&mut self, said: Said<'_>) -> u32 {
        if said.is_empty() {
            return 0;
        }
        let known = self.texts.get_index_of(&*said);
        super::count(known.unwrap_or_else(|| self.learn(said.into_text())))
    }

    /// A text that was not there before.
    fn learn(&mut self, text: Text) -> usize {
        if let Some(folded) = self.folded.get_mut() {
            folded.push(&text);
            let holds = self.alphabet.get_mut().is_none_or(|alphabet| alphabet.insert(self.field, folded));
            if !holds {
                self.alphabet.take();
            }
        }
        self.texts.insert_full(text).0
    }

    /// Makes what the first search and the first sort would wait for.
    pub(super) fn prepare(&self) {
        self.ranks();
    }

    pub(super) fn push(&mut self) {
        self.codes.push(0);
    }

    pub(super) fn set(&mut self, slot: usize, said: Said<'_>) {
        if **self.at(slot) != *said {
            self.codes[slot] = self.code(said);
        }
    }

    /// Takes over the value of an event in a column of the analyst's own.
    pub(super) fn set_own(&mut self, slot: usize, id: ColumnId, event: &Event) {
        self.set(slot, event.own.get(id).map_or(Said::Word("".into()), Said::Kept));
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

    /// The text of a number.
    pub fn text(&self, code: u32) -> &Text {
        &self.texts[code as usize]
    }

    /// Whether the lower-case form of the text of a slot holds what is looked for.
    pub fn holds(&self, slot: usize, finder: &Finder<'_>) -> bool {
        finder.find(self.folded().at(self.codes[slot] as usize).as_bytes()).is_some()
    }

    /// The numbers of the distinct texts in the order of the alphabet; those that differ only in case in any order.
    pub fn by_alphabet(&self) -> &[u32] {
        &self.alphabet().sorted
    }

    fn alphabet(&self) -> &Alphabet {
        self.alphabet.get_or_init(|| Alphabet::of(self.field, self.folded()))
    }

    /// The place of each distinct text in the alphabet, without regard to case; texts that differ only in case share
    /// it.
    pub fn ranks(&self) -> &[u32] {
        &self.alphabet().ranks
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
        holds.par_chunks_mut(SHARE).enumerate().for_each(|(n, holds)| folded.mark(n * SHARE, &finder, holds));
        holds
    }

    /// For each distinct text, whether this is true of its lower-case form.
    pub fn being(&self, mut is: impl FnMut(&str) -> bool) -> Vec<bool> {
        let folded = self.folded();
        (0..folded.starts.len()).map(|word| is(folded.at(word))).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column(texts: &[String]) -> Words {
        let mut words = Words::default();
        words.codes = texts.iter().map(|text| words.code(Said::Word(text.as_str().into()))).collect();
        words
    }

    proptest! {
        #[test]
        fn new_texts_are_put_where_sorting_puts_them(old in prop::collection::vec("[a-cA-C]{0,3}", 0..12), new in prop::collection::vec("[a-cA-C]{0,3}", 0..90)) {
            let mut patched = column(&old);
            patched.prepare();
            for text in &new {
                patched.push();
                patched.set(patched.codes.len() - 1, Said::Word(text.as_str().into()));
            }
            let all: Vec<String> = old.into_iter().chain(new).collect();
            let fresh = column(&all);
            let ranks = |words: &Words| words.codes.iter().map(|code| words.ranks()[*code as usize]).collect::<Vec<_>>();
            prop_assert_eq!(ranks(&patched), ranks(&fresh));
        }

        #[test]
        fn a_search_finds_what_holds_the_words(texts in prop::collection::vec("[ab é]{0,5}", 0..40), wanted in "[ab é]{1,2}") {
            let words = column(&texts);
            let holds = words.holding(&wanted);
            for (slot, text) in texts.iter().enumerate() {
                prop_assert_eq!(holds[words.codes[slot] as usize], text.contains(&wanted), "{:?}", text);
            }
        }
    }
}
