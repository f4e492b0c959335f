//! How the values of a column look: numbers, decimals, marks that stand for an unknown.

use std::collections::HashSet;

use crate::model::{Quantity, Text};

/// Texts that stand for an unknown in columns of numbers and dates, in lower case. Negative ones are no counts of people.
const UNKNOWN: &[&str] = &[
    "na",
    "n/a",
    "#n/a",
    "nan",
    "null",
    "nil",
    "none given",
    "missing",
    "not available",
    "no data",
    "unk",
    "-",
    "--",
    "–",
    "—",
    ".",
    "..",
    "…",
    "x",
    "k.a.",
    "k. a.",
    "o.a.",
    "s/d",
    "s.d.",
    "sd",
    "n.d.",
    "nd",
    "nc",
    "n.c.",
    "н/д",
    "н.д.",
    "нет данных",
    "немає даних",
    "غير معروف",
    "لا يوجد",
    "אין נתונים",
    "bilinmiyor",
    "-1",
    "-9",
    "-88",
    "-99",
    "-999",
    "-9999",
    "-9.0",
    "-99.0",
];

/// The values of one column, without blanks around them.
#[derive(Debug, Clone)]
pub(super) struct Values<'a> {
    texts: Vec<&'a str>,
    given: usize,
}

impl<'a> Values<'a> {
    pub(super) fn of(texts: Vec<&'a str>) -> Self {
        let given = texts.iter().filter(|text| !stands_for_unknown(text)).count();
        Self { texts, given }
    }

    /// All values, in the order of the rows.
    pub(super) fn all(&self) -> &[&'a str] {
        &self.texts
    }

    /// Values that are neither empty nor stand for an unknown.
    pub(super) fn known(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.texts.iter().copied().filter(|text| !stands_for_unknown(text))
    }

    /// How many values say something.
    pub(super) fn given(&self) -> usize {
        self.given
    }

    pub(super) fn count(&self, is: impl Fn(&str) -> bool) -> usize {
        self.known().filter(|text| is(text)).count()
    }

    /// The share of the known values of which this holds; 0 where there are none.
    #[expect(clippy::cast_precision_loss, reason = "a share of at most a thousand values")]
    pub(super) fn share(&self, is: impl Fn(&str) -> bool) -> f64 {
        if self.given == 0 { 0.0 } else { self.count(is) as f64 / self.given as f64 }
    }

    /// How many different values there are.
    pub(super) fn distinct(&self) -> usize {
        self.known().collect::<HashSet<_>>().len()
    }

    /// The longest value, in letters.
    pub(super) fn longest(&self) -> usize {
        self.known().map(|text| text.chars().count()).max().unwrap_or(0)
    }
}

fn stands_for_unknown(text: &str) -> bool {
    text.is_empty() || text.chars().count() <= 15 && UNKNOWN.contains(&text.to_lowercase().as_str())
}

/// The texts of these columns that stand for an unknown, each once, in the order in which they are met.
pub(super) fn missing<'a, 'b: 'a>(columns: impl Iterator<Item = &'a Values<'b>>) -> Vec<Text> {
    let mut found: Vec<Text> = Vec::new();
    for text in columns.flat_map(|values| values.all().iter().copied()) {
        let is_new = !text.is_empty() && stands_for_unknown(text) && !found.iter().any(|known| **known == *text);
        if is_new {
            found.push(text.into());
        }
    }
    found
}

/// A decimal number with this mark, or a whole one.
pub(super) fn number(text: &str, decimal: char) -> Option<f64> {
    let text = text.replace('\u{2212}', "-");
    let plain = if decimal == ',' { text.replace(',', ".") } else { text };
    let looks = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    if looks { plain.parse().ok() } else { None }
}

/// Whether a text is a number of people as an analyst would type it, or a whole number with needless decimals (`369.0`).
pub(super) fn is_count(text: &str, decimal: char) -> bool {
    Quantity::parse(text).is_ok() || number(text, decimal).is_some_and(|n| n >= 0.0 && n.fract() == 0.0)
}

/// The mark before decimals: a comma where numbers have one behind it that cannot group thousands, and none has a point.
pub(super) fn decimal(columns: &[Values<'_>]) -> char {
    let (mut commas, mut points) = (0, 0);
    for text in columns.iter().flat_map(Values::known) {
        commas += usize::from(has_decimals(text, ','));
        points += usize::from(has_decimals(text, '.'));
    }
    if commas > points { ',' } else { '.' }
}

/// Digits, the mark, and another number of digits than the three of a thousand.
fn has_decimals(text: &str, mark: char) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    text.split_once(mark).is_some_and(|(whole, rest)| digits(whole) && digits(rest) && rest.len() != 3)
}
