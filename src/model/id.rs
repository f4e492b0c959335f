//! Identities of records: short, random, stable, never reused.
//!
//! An id says which record is meant and nothing else: no order, no date, no position on a screen. It must not know
//! what the records hold.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// Longest id in characters: an id is kept inline, so that a reference costs 16 bytes and no allocation.
pub const LONGEST: usize = 15;

/// Letters of fresh ids: Crockford's base 32, without the letters that are misread as digits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing was written.
    #[error("an id cannot be empty")]
    Empty,
    /// More than [`LONGEST`] characters.
    #[error("the id `{0}` is longer than {LONGEST} characters")]
    TooLong(String),
    /// A character that is not an ASCII letter, a digit, `-`, `_` or `.`.
    #[error("the id `{0}` may hold only the letters a to z, digits, `-`, `_` and `.`")]
    Character(String),
    /// No id of a column, which is a name in filters.
    #[error("the id `{0}` of a column begins with a small letter and holds only a to z, digits and `_`")]
    Column(String),
}

/// The text of an id, held inline: its characters, zeros behind them, and in the last byte how many there are.
#[derive(Clone, Copy)]
struct Inline([u8; LONGEST + 1]);

impl Inline {
    fn new(bytes: &[u8]) -> Self {
        let mut all = [0; LONGEST + 1];
        let len = bytes.len().min(LONGEST);
        all[..len].copy_from_slice(&bytes[..len]);
        all[LONGEST] = u8::try_from(len).unwrap_or(0);
        Self(all)
    }

    fn len(&self) -> usize {
        usize::from(self.0[LONGEST])
    }

    fn as_str(&self) -> &str {
        // Only ASCII gets in, so the fallback is never taken.
        std::str::from_utf8(&self.0[..self.len()]).unwrap_or_default()
    }

    /// One number that is equal and sorts as the characters do: ids are compared millions of times.
    fn key(self) -> u128 {
        u128::from_be_bytes(self.0)
    }

    fn read(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if !text.bytes().all(good) {
            return Err(IdError::Character(text.to_owned()));
        }
        if text.len() > LONGEST {
            return Err(IdError::TooLong(text.to_owned()));
        }
        Ok(Self::new(text.as_bytes()))
    }

    /// `prefix` and ten random letters: 50 bits, so that records made on two machines can be merged.
    fn random(prefix: char) -> Self {
        let mut noise = [0_u8; 10];
        // Without a source of randomness the system is broken beyond what an editor could repair; the record is
        // still kept apart by the check for a taken id where it is added.
        let _ = getrandom::fill(&mut noise);
        Self::of_noise(prefix, noise)
    }

    fn of_noise(prefix: char, noise: [u8; 10]) -> Self {
        let mut text = [0; 12];
        text[0] = u8::try_from(prefix).unwrap_or(b'x');
        text[1] = b'-';
        for (letter, n) in text[2..].iter_mut().zip(noise) {
            *letter = ALPHABET[usize::from(n % 32)];
        }
        Self::new(&text)
    }
}

impl PartialEq for Inline {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Inline {}

impl PartialOrd for Inline {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Inline {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for Inline {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.key());
    }
}

macro_rules! inline_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Inline);

        impl $name {
            /// The id as it is written in the file.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.as_str())
            }
        }
    };
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        inline_type!($(#[$doc])* $name);

        impl $name {
            /// A fresh id that no other record has, on this machine or another.
            pub fn random() -> Self {
                Self(Inline::random($prefix))
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Inline::read(text).map(Self)
            }
        }
    };
}

id_type!(
    /// Which article.
    ArticleId, 'a'
);
id_type!(
    /// Which event.
    EventId, 'e'
);
id_type!(
    /// Which claim.
    ClaimId, 'c'
);
id_type!(
    /// Which note.
    NoteId, 'n'
);
id_type!(
    /// Which data set: a readable name, such as `ged-24.1`, or a random one.
    DatasetId, 'd'
);

impl EventId {
    /// The id that is made of these bytes: of a fingerprint of where an event comes from, so that two people who import
    /// the same data have the same events.
    pub fn of_noise(noise: [u8; 10]) -> Self {
        Self(Inline::of_noise('e', noise))
    }

    /// Longest id of an event whose claims are read from a row: theirs are two characters longer.
    pub const LONGEST_WITH_ROW: usize = LONGEST - 2;
}

impl ClaimId {
    /// The id of a claim that is read from the row of an event: the event's id, a point and a letter. `None` where there
    /// is no room for them.
    pub fn of_event(event: EventId, letter: u8) -> Option<Self> {
        let mut id = event.0;
        let len = id.len();
        if len > EventId::LONGEST_WITH_ROW || !letter.is_ascii_alphanumeric() {
            return None;
        }
        id.0[len] = b'.';
        id.0[len + 1] = letter;
        id.0[LONGEST] += 2;
        Some(Self(id))
    }

    /// The event and the letter, where it may be the id of a claim that is read from a row.
    pub fn event_and_letter(&self) -> Option<(EventId, u8)> {
        let (event, letter) = self.as_str().rsplit_once('.')?;
        let [letter] = letter.as_bytes() else { return None };
        Some((event.parse().ok()?, *letter))
    }
}

inline_type!(
    /// Which column of the analyst's own: a readable name, made from the title that the column had at first.
    ColumnId
);

impl FromStr for ColumnId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let id = Inline::read(text)?;
        let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(good) {
            Ok(Self(id))
        } else {
            Err(IdError::Column(text.to_owned()))
        }
    }
}

impl ColumnId {
    /// An id made of the letters of a title, with a number behind it where `taken` says that somebody has it already.
    /// A title without Latin letters makes `column`.
    pub fn of_title(title: &str, taken: impl Fn(Self) -> bool) -> Self {
        let mut name = String::new();
        for c in title.chars().flat_map(char::to_lowercase) {
            if c.is_ascii_lowercase() || (c.is_ascii_digit() && !name.is_empty()) {
                name.push(c);
            } else if !c.is_alphanumeric() && !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
        }
        // A cut falls between words where one is near.
        if name.len() > LONGEST {
            name.truncate(LONGEST);
            if let Some(at) = name.rfind('_').filter(|at| *at >= LONGEST / 2) {
                name.truncate(at);
            }
        }
        let stem = name.trim_end_matches('_');
        let stem = if stem.is_empty() { "column" } else { stem };
        let numbered = (2_u64..).map(|n| {
            let number = format!("_{n}");
            format!("{}{number}", &stem[..stem.len().min(LONGEST - number.len())])
        });
        let mut ids = std::iter::once(stem.to_owned()).chain(numbered).filter_map(|name| name.parse().ok());
        // Numbers do not end before memory does.
        ids.find(|id| !taken(*id)).unwrap_or(Self(Inline::new(b"c")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_column_is_read_from_its_title() {
        let id = |title: &str| ColumnId::of_title(title, |_| false).to_string();
        assert_eq!(id("Hospital"), "hospital");
        assert_eq!(id("  Name of hospital (2nd)"), "name_of");
        assert_eq!(id("Beds, 2022"), "beds_2022");
        assert_eq!(id("Internationalisierung"), "internationalis");
        assert_eq!(id("2nd"), "nd");
        assert_eq!(id("Больница"), "column");
        assert_eq!(id("__"), "column");
        let taken = ["column", "column_2"];
        assert_eq!(ColumnId::of_title("मृत", |id| taken.contains(&id.as_str())).to_string(), "column_3");
        let long = |id: ColumnId| id.as_str() == "internationalis";
        assert_eq!(ColumnId::of_title("internationalis", long).to_string(), "international_2");
        for bad in ["", "Hospital", "2nd", "a.low", "a-b", "é", "sixteen_letters_"] {
            assert!(bad.parse::<ColumnId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_id_is_read_and_written_unchanged() {
        for text in ["e-batken", "E-0193", "a1", "n_2.b"] {
            assert_eq!(text.parse::<EventId>().expect("a good id").to_string(), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn ids_are_equal_and_sort_as_their_texts(a in "[a-c.0-9_-]{1,15}", b in "[a-c.0-9_-]{1,15}") {
            let id = |text: &str| text.parse::<EventId>().expect("a good id");
            proptest::prop_assert_eq!(id(&a).cmp(&id(&b)), a.cmp(&b));
            proptest::prop_assert_eq!(id(&a) == id(&b), a == b);
        }
    }

    #[test]
    fn a_bad_id_says_why() {
        assert_eq!("".parse::<EventId>(), Err(IdError::Empty));
        assert!(matches!("a b".parse::<EventId>(), Err(IdError::Character(_))));
        assert!(matches!("e-12345678901234".parse::<EventId>(), Err(IdError::TooLong(_))));
        assert!(matches!("e-é".parse::<EventId>(), Err(IdError::Character(_))));
    }

    #[test]
    fn fresh_ids_differ_and_can_be_read_back() {
        let ids: std::collections::BTreeSet<_> = (0..1000).map(|_| EventId::random()).collect();
        assert_eq!(ids.len(), 1000);
        for id in ids {
            assert_eq!(id.as_str().parse(), Ok(id));
        }
    }
}
