//! Columns that the analyst adds to the events: what each is called and holds, and the values of an event in them.
//!
//! A value is kept as the text that was typed, in the one writing of its kind; the kind only reads it. So a column can
//! become another kind and back without any event being touched, and a value that its kind cannot read, after such a
//! change or in a file that was written by hand, is kept and told instead of being lost.

use std::fmt;
use std::sync::Arc;

use super::date::EventDate;
use super::id::ColumnId;
use super::project::Term;
use super::quantity::digits::{decimal_digit, is_dash, mixes_scripts};
use super::{Quantity, Text};

/// What stands for a value that was looked for and is not known, in every kind but texts.
pub const UNKNOWN: &str = "?";

/// Names that no column of the analyst's own may have, because filters, exports and the table use them already: the
/// built-in columns by id and title, the fields of filters, and what `has:` and `is:` ask for.
pub const RESERVED: &[&str] = &[
    "adm1",
    "article",
    "best",
    "by hand",
    "captured",
    "casualties",
    "changed",
    "claim",
    "claims",
    "class",
    "coded",
    "conflict",
    "coordinates",
    "country",
    "covers",
    "date",
    "displaced",
    "disputed",
    "draft",
    "event",
    "excluded",
    "flagged",
    "hand",
    "has",
    "high",
    "id",
    "injured",
    "injured high",
    "injured low",
    "is",
    "killed",
    "killed high",
    "killed low",
    "kind",
    "low",
    "missing",
    "note",
    "notes",
    "or",
    "own",
    "place",
    "precision",
    "province",
    "publisher",
    "reviewed",
    "row",
    "sensitive",
    "side",
    "side a",
    "side b",
    "side_a",
    "side_b",
    "source",
    "source_id",
    "source_ids",
    "sources",
    "speaker",
    "status",
    "summary",
    "tag",
    "tags",
    "title",
    "unknown",
    "unreadable",
    "when",
];

/// A column that a project adds to its events.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnColumn {
    /// Its name in files, filters and exports. It never changes.
    pub id: ColumnId,
    /// The words over it.
    pub title: Text,
    /// What it holds, for coders and readers.
    pub meaning: Text,
    /// How its values are read.
    pub kind: OwnKind,
}

/// How the values of a column are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum OwnKind {
    /// Free text.
    #[default]
    Text,
    /// A number, with or without decimals.
    Number,
    /// A count as a report states it: a number, a bound, a range, a word.
    Quantity,
    /// A day or days, as those of an event.
    Date,
    /// One of these words, in their order.
    Choice(Vec<Term>),
}

/// A value as its kind reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text,
    /// A number.
    Number(Number),
    /// A count.
    Quantity(Quantity),
    /// Days.
    Date(EventDate),
    /// The word of a list, by its place in it.
    Word(usize),
    /// Looked for and not known.
    Unknown,
}

impl OwnColumn {
    /// What a person calls it: its title, else its id.
    pub fn name(&self) -> &str {
        if self.title.trim().is_empty() { self.id.as_str() } else { &self.title }
    }
}

impl OwnKind {
    /// The words of all kinds, in files and on screen.
    pub const KEYS: [&'static str; 5] = ["text", "number", "quantity", "date", "choice"];

    /// Its word in files and on screen.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Quantity => "quantity",
            Self::Date => "date",
            Self::Choice(_) => "choice",
        }
    }

    /// The kind of a key; the words are kept for `choice` only.
    pub fn from_key(key: &str, words: Vec<Term>) -> Option<Self> {
        Some(match key {
            "text" => Self::Text,
            "number" => Self::Number,
            "quantity" => Self::Quantity,
            "date" => Self::Date,
            "choice" => Self::Choice(words),
            _ => return None,
        })
    }

    /// The words to choose from; empty for other kinds.
    pub fn words(&self) -> &[Term] {
        if let Self::Choice(words) = self { words } else { &[] }
    }

    /// Reads a value that is not empty. `is_word` says whether a phrase is a number word of the project.
    ///
    /// # Errors
    /// Where the text is no value of this kind; the message says what one looks like.
    pub fn read(&self, text: &str, is_word: &dyn Fn(&str) -> bool) -> Result<Value, String> {
        match self {
            Self::Text => Ok(Value::Text),
            _ if text == UNKNOWN => Ok(Value::Unknown),
            Self::Number => Number::parse(text).map(Value::Number),
            Self::Quantity => match Quantity::parse_with(text, is_word) {
                Ok(Quantity::Unknown) => Ok(Value::Unknown),
                Ok(quantity) => Ok(Value::Quantity(quantity)),
                Err(error) => Err(error.to_string()),
            },
            Self::Date => EventDate::parse(text).map(Value::Date).map_err(|error| error.to_string()),
            Self::Choice(words) => {
                let at = words.iter().position(|word| *word.name == *text);
                at.map(Value::Word).ok_or_else(|| format!("“{text}” is none of the words of this column"))
            }
        }
    }
}

/// A number of at most 15 digits, so that what is typed is what is compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(f64);

/// Digits that a number has at most.
const DIGITS: usize = 15;
const HOW: &str = "Type a number with a point before its decimals: 1200, 3.5, -2";

impl Number {
    /// Reads a number as it stands in a file: digits, with a minus before them and a point within.
    ///
    /// # Errors
    /// Where the text is no number; the message says what one looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bare = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = bare.split_once('.').unwrap_or((bare, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) {
            return Err(format!("“{text}” is no number. {HOW}"));
        }
        let significant = bare.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
        if significant > DIGITS {
            return Err(format!("“{text}” has more than {DIGITS} digits: a code of so many is a text"));
        }
        // Minus nothing is nothing.
        text.parse::<f64>().map(|number| Self(number + 0.0)).map_err(|_| format!("“{text}” is no number. {HOW}"))
    }

    /// The text as a file writes it, of a number as people type it: digits of any script, thousands set apart.
    ///
    /// # Errors
    /// Where the text is no number, or could be read as two; the message says what to type instead.
    pub fn tidy(text: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = text.trim();
        if let Some(first) = rest.chars().next().filter(|c| is_dash(*c)) {
            out.push('-');
            rest = rest[first.len_utf8()..].trim_start();
        } else if let Some(bare) = rest.strip_prefix('+') {
            rest = bare;
        }
        if mixes_scripts(rest) {
            return Err(format!("“{text}” mixes digits of two scripts"));
        }
        let (whole, decimals) = match rest.split_once(['.', '\u{66B}']) {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (rest, None),
        };
        let plain = |part: &str| -> Option<String> {
            part.chars().map(|c| decimal_digit(c).map(|(digit, _)| char::from(b'0' + digit))).collect()
        };
        let groups: Vec<&str> = whole.split(is_separator).collect();
        let in_threes = groups.iter().skip(1).all(|group| group.chars().count() == 3)
            && (groups.len() == 1 || (1..=3).contains(&groups[0].chars().count()));
        let kinds = whole.chars().filter(|c| is_separator(*c)).map(|c| if c.is_whitespace() { ' ' } else { c });
        let one_kind = kinds.clone().zip(kinds.skip(1)).all(|(a, b)| a == b);
        if !in_threes || !one_kind {
            return Err(format!("“{text}” can be read in two ways. {HOW}"));
        }
        let no_number = || format!("“{text}” is no number. {HOW}");
        let whole = plain(&groups.concat()).ok_or_else(no_number)?;
        out.push_str(if whole.is_empty() { "0" } else { &whole });
        if let Some(decimals) = decimals {
            let decimals = plain(decimals).filter(|digits| !digits.is_empty()).ok_or_else(no_number)?;
            out.push('.');
            out.push_str(&decimals);
        } else if whole.is_empty() {
            return Err(no_number());
        }
        Self::parse(&out).map(|_| out)
    }

    /// The number.
    pub const fn value(self) -> f64 {
        self.0
    }

    /// A whole number that sorts like it, above 0 and more than 2 below the largest.
    pub const fn rank(self) -> u64 {
        let bits = self.0.to_bits();
        if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '\'' | '’' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{66C}')
}

// Neither NaN nor minus nothing gets in.
impl Eq for Number {}

impl std::hash::Hash for Number {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.rank().hash(state);
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The values of an event in columns of the analyst's own, in the order of the columns' ids. Without any it takes one
/// word of memory; copies share what they hold.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Own(Option<Arc<Vec<(ColumnId, Text)>>>);

impl Own {
    fn list(&self) -> &[(ColumnId, Text)] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    /// The value in a column. `None` where it is empty.
    pub fn get(&self, column: ColumnId) -> Option<&Text> {
        self.list().iter().find(|(id, _)| *id == column).map(|(_, text)| text)
    }

    /// Puts a value into a column; an empty text takes it out.
    pub fn set(&mut self, column: ColumnId, text: Text) {
        if self.get(column).map_or("", |now| now) == &*text {
            return;
        }
        let list = Arc::make_mut(self.0.get_or_insert_default());
        match list.binary_search_by_key(&column, |(id, _)| *id) {
            Ok(at) if text.is_empty() => drop(list.remove(at)),
            Ok(at) => list[at].1 = text,
            Err(at) => {
                // Room for one more and not for others: there are hundreds of thousands of these lists.
                list.reserve_exact(1);
                list.insert(at, (column, text));
            }
        }
        if list.is_empty() {
            self.0 = None;
        }
    }

    /// Columns with their values, in the order of the columns' ids. No value is empty.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ColumnId, &Text)> {
        self.list().iter().map(|(id, text)| (*id, text))
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.list().len()
    }
}

/// Of a column that comes twice the first value is kept.
impl FromIterator<(ColumnId, Text)> for Own {
    fn from_iter<I: IntoIterator<Item = (ColumnId, Text)>>(values: I) -> Self {
        let mut list: Vec<(ColumnId, Text)> = values.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        list.sort_by_key(|(id, _)| *id);
        list.dedup_by_key(|(id, _)| *id);
        list.shrink_to_fit();
        Self((!list.is_empty()).then(|| list.into()))
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(text: &str) -> ColumnId {
        text.parse().expect("an id")
    }

    #[test]
    fn values_stand_in_the_order_of_their_columns_and_empty_ones_nowhere() {
        let mut own = Own::default();
        assert!(own.is_empty());
        own.set(id("beds"), "12".into());
        own.set(id("a"), "x".into());
        own.set(id("beds"), "13".into());
        own.set(id("c"), "".into());
        assert_eq!(own.iter().map(|(id, text)| format!("{id}={text}")).collect::<Vec<_>>(), ["a=x", "beds=13"]);
        own.set(id("a"), "".into());
        own.set(id("beds"), "".into());
        assert_eq!(own, Own::default());
        assert_eq!(std::mem::size_of::<Own>(), std::mem::size_of::<usize>());
    }

    #[test]
    fn each_kind_reads_its_values_and_says_of_others_why_not() {
        let choice = OwnKind::from_key("choice", vec![Term { name: "minor".into(), meaning: "".into() }]);
        let choice = choice.expect("a kind");
        let read = |kind: &OwnKind, text: &str| kind.read(text, &|_| false);
        assert_eq!(read(&OwnKind::Text, "?"), Ok(Value::Text));
        assert_eq!(
            read(&OwnKind::Number, "-3.50").map(|v| matches!(v, Value::Number(n) if n.value() == -3.5)),
            Ok(true)
        );
        assert_eq!(read(&OwnKind::Quantity, "3+"), Ok(Value::Quantity(Quantity::AtLeast(3))));
        assert_eq!(read(&choice, "minor"), Ok(Value::Word(0)));
        for kind in [OwnKind::Number, OwnKind::Quantity, OwnKind::Date, choice.clone()] {
            assert_eq!(read(&kind, "?"), Ok(Value::Unknown));
            assert!(read(&kind, "about a dozen of them").is_err(), "{kind:?}");
        }
        for no_number in ["", "-", ".5", "5.", "1e5", "NaN", "inf", "1,000", "0x1", "--1", "1234567890123456"] {
            assert!(Number::parse(no_number).is_err(), "{no_number}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_type_them_but_never_in_two_ways() {
        for (typed, tidy) in [
            ("1,200", "1200"),
            (" 1 200.50 ", "1200.50"),
            ("1'234'567", "1234567"),
            ("−3", "-3"),
            ("+3", "3"),
            (".5", "0.5"),
            ("٤٢", "42"),
            ("٤٫٥", "4.5"),
            ("007", "007"),
        ] {
            assert_eq!(Number::tidy(typed).as_deref(), Ok(tidy), "{typed}");
        }
        for unclear in
            ["3,5", "12,34", "1,200,5", "1,2", "1,200'000", "1234,567", "three", "", "-", "5.", "1.2.3", "1٤"]
        {
            assert!(Number::tidy(unclear).is_err(), "{unclear}");
        }
    }

    proptest! {
        #[test]
        fn numbers_sort_by_what_they_are(a in -1_000_000_000_000_i64..1_000_000_000_000, b in -1000_i64..1000, decimals in 0..3_u32) {
            let text = |n: i64| {
                let by = 10_i64.pow(decimals);
                let sign = if n < 0 { "-" } else { "" };
                let whole = format!("{sign}{}", n.abs() / by);
                if decimals == 0 { whole } else { format!("{whole}.{:0width$}", n.abs() % by, width = decimals as usize) }
            };
            let number = |n: i64| Number::parse(&text(n)).expect("a number");
            prop_assert_eq!(number(a).cmp(&number(b)), a.cmp(&b));
            prop_assert!(number(a).rank() > 0 && number(a).rank() < u64::MAX - 2);
            prop_assert_eq!(Number::tidy(&text(a)), Ok(text(a)));
        }
    }
}
