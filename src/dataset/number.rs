//! The numbers of a row: an estimate of low, best and high, at least so many, or as an analyst would write it.

use crate::model::mapping::Part;
use crate::model::{Class, InformationGrade, Measure, Quantity};

use super::flaw::Wrong;

/// The columns of one measure and class.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub measure: Measure,
    pub class: Class,
    /// The last letter of the id of its claim.
    pub letter: u8,
    /// The column of each part.
    pub parts: Vec<(Part, usize)>,
}

impl Slot {
    pub fn column(&self, part: Part) -> Option<usize> {
        self.parts.iter().find(|(own, _)| *own == part).map(|(_, column)| *column)
    }
}

/// What a field says of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// There is no such column.
    NoColumn,
    /// The field is empty.
    Blank,
    /// The field holds a sign for what is not known.
    Missing,
    /// A number.
    Number(u64),
    /// Something that is no number; it was told.
    Unreadable,
}

impl Said {
    pub fn number(self) -> Option<u64> {
        match self {
            Self::Number(n) => Some(n),
            _ => None,
        }
    }
}

/// A whole number as data sets write it: digits, and decimals that are nought (`369.0`).
pub(super) fn whole(text: &str, decimal: char) -> Result<u64, Wrong> {
    if let Some(n) = few_digits(text) {
        return Ok(n);
    }
    let (digits, rest) = text.split_once(decimal).unwrap_or((text, ""));
    let wrong = |why: &str| Wrong::Number { text: short(text), why: why.to_owned() };
    if text.starts_with('-') {
        return Err(wrong("a count cannot be negative"));
    }
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && rest.bytes().all(|b| b.is_ascii_digit()) {
        if rest.bytes().any(|b| b != b'0') {
            return Err(wrong("people are counted in whole numbers"));
        }
        return match digits.parse::<u64>() {
            Ok(n) if n <= Quantity::MAX => Ok(n),
            _ => Err(wrong("it is too large")),
        };
    }
    match Quantity::parse(text) {
        Ok(Quantity::Exactly(n)) => Ok(n),
        Ok(Quantity::NoneAsserted) => Ok(0),
        Ok(_) => Err(wrong("one whole number is wanted here")),
        Err(error) => Err(wrong(&error.to_string())),
    }
}

/// The number of at most nine digits and nothing else, which is what nearly every count is.
fn few_digits(text: &str) -> Option<u64> {
    let digits = text.as_bytes();
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |n, byte| byte.is_ascii_digit().then(|| n * 10 + u64::from(byte - b'0')))
}

/// A grade of information: 1 to 6, or the words of Airwars for how well an incident is supported, in their order.
///
/// What Airwars means by them is read off its own site, which explains each grade beside the incident (its theme, in the
/// archive of 2025, `vif_get_grading`): confirmed, a belligerent accepted responsibility; fair, two or more credible
/// sources, and likely or confirmed action nearby; weak, a single source; contested, competing claims of responsibility;
/// discounted, the dead were combatants, or somebody else is most likely responsible. Its totals count confirmed and
/// fair.
///
/// That the five words are the first five steps of the Admiralty scale is Dateline's reading: nothing of Airwars says so.
/// Its grade is of the whole incident, and so of who did it, too. Contested, here 4, doubts who is responsible rather
/// than how many were harmed; discounted, here 5, says that the incident is not what was alleged.
pub(super) fn grade(text: &str) -> Result<InformationGrade, Wrong> {
    let number = match text.to_lowercase().as_str() {
        "confirmed" => Some(1),
        "fair" => Some(2),
        "weak" => Some(3),
        "contested" => Some(4),
        "discounted" => Some(5),
        digits => digits.parse::<u8>().ok(),
    };
    let grade = number.and_then(InformationGrade::new);
    grade.ok_or_else(|| Wrong::Code { text: short(text), what: "grade of information" })
}

/// The number as an analyst would type it.
pub(super) fn written(text: &str, decimal: char) -> Result<Quantity, Wrong> {
    match Quantity::parse(text) {
        Ok(quantity) => Ok(quantity),
        Err(error) => match whole(text, decimal) {
            Ok(n) => Ok(Quantity::exactly(n)),
            Err(_) => Err(Wrong::Number { text: short(text), why: error.to_string() }),
        },
    }
}

/// A text that may be long, as a message shows it.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}
