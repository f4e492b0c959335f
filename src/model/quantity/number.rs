//! One whole number, in digits of any script with any usual grouping, or in English words. Knows nothing of bounds,
//! ranges and vague words.

use super::digits::{decimal_digit, has_digit, is_dash, mixes_scripts, with_ascii_digits};
use super::{Quantity, QuantityError};

/// Reads one whole number. `text` is tidy and lower case.
pub(super) fn read(text: &str) -> Result<u64, QuantityError> {
    if !has_digit(text) {
        return words(text);
    }
    match text.split_once(' ') {
        // "2 thousand": digits, then words that multiply them.
        Some((_, rest)) if rest.starts_with(|c: char| c.is_ascii_alphabetic()) => words(text),
        _ => digits(text),
    }
}

fn within_limit(value: u64) -> Result<u64, QuantityError> {
    if value > Quantity::MAX {
        return Err(QuantityError::TooLarge);
    }
    Ok(value)
}

/// The separators of thousands in use: comma (with its Arabic and full-width forms), full stop, apostrophe and space.
/// Their variants count as one kind.
fn separator_kind(c: char) -> Option<char> {
    match c {
        ',' | '\u{060C}' | '\u{066C}' | '\u{FF0C}' => Some(','),
        '.' => Some('.'),
        '\'' | '\u{2019}' | '\u{02BC}' => Some('\''),
        ' ' => Some(' '),
        _ => None,
    }
}

fn digits(text: &str) -> Result<u64, QuantityError> {
    if text.contains('\u{066B}') {
        return Err(QuantityError::Decimal(text.to_owned()));
    }
    if !text.chars().all(|c| decimal_digit(c).is_some() || separator_kind(c).is_some()) {
        return Err(QuantityError::NotAQuantity(text.to_owned()));
    }
    if mixes_scripts(text) {
        return Err(QuantityError::MixedDigits(text.to_owned()));
    }
    let separators: Vec<char> = text.chars().filter_map(separator_kind).collect();
    let ascii = with_ascii_digits(text);
    let groups: Vec<&str> = ascii.split(|c| separator_kind(c).is_some()).collect();
    check_grouping(text, &separators, &groups)?;
    let joined = groups.concat();
    // 13 digits hold the limit; more of them (after leading zeros) are too large without being computed.
    let significant = joined.trim_start_matches('0');
    if significant.len() > 13 {
        return Err(QuantityError::TooLarge);
    }
    let value = significant.bytes().fold(0, |sum: u64, digit| sum * 10 + u64::from(digit - b'0'));
    within_limit(value)
}

fn check_grouping(text: &str, separators: &[char], groups: &[&str]) -> Result<(), QuantityError> {
    let (Some(kind), Some(last)) = (separators.first(), separators.last()) else {
        return Ok(());
    };
    let before_last = &separators[..separators.len() - 1];
    if separators.iter().any(|s| s != kind) {
        let decimal = matches!(last, '.' | ',') && before_last.iter().all(|s| s == kind);
        return Err(if decimal {
            QuantityError::Decimal(text.to_owned())
        } else {
            QuantityError::MixedSeparators(text.to_owned())
        });
    }
    let leading_zero = groups[0].starts_with('0');
    if !leading_zero && (in_threes(groups) || (*kind == ',' && as_lakh(groups))) {
        return Ok(());
    }
    let looks_decimal = matches!(kind, '.' | ',') && groups.len() == 2 && groups.iter().all(|g| !g.is_empty());
    Err(if looks_decimal { QuantityError::Decimal(text.to_owned()) } else { QuantityError::Grouping(text.to_owned()) })
}

/// 1,200,000: one to three digits, then groups of three.
fn in_threes(groups: &[&str]) -> bool {
    (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|g| g.len() == 3)
}

/// 12,00,000: the grouping of South Asia, a last group of three after groups of two.
fn as_lakh(groups: &[&str]) -> bool {
    let Some((last, front)) = groups.split_last() else {
        return false;
    };
    front.len() >= 2 && last.len() == 3 && (1..=2).contains(&front[0].len()) && front[1..].iter().all(|g| g.len() == 2)
}

/// What the word before allows to follow.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Start,
    Article,
    Digits,
    Unit,
    Teen,
    Tens,
    Hundred,
    Scale,
    And,
}

fn unit(word: &str) -> Option<u64> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        _ => return None,
    })
}

fn teen(word: &str) -> Option<u64> {
    Some(match word {
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        _ => return None,
    })
}

fn tens(word: &str) -> Option<u64> {
    Some(match word {
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

fn scale(word: &str) -> Option<u64> {
    Some(match word {
        "thousand" => 1_000,
        "lakh" => 100_000,
        "million" => 1_000_000,
        "crore" => 10_000_000,
        "billion" => 1_000_000_000,
        _ => return None,
    })
}

fn collective(word: &str) -> Option<u64> {
    match word {
        "dozen" => Some(12),
        "score" => Some(20),
        _ => None,
    }
}

/// A number in English words: `forty-two`, `two hundred and five`, `a dozen`, `12 thousand`.
fn words(text: &str) -> Result<u64, QuantityError> {
    let unknown = || {
        if has_digit(text) {
            QuantityError::NotAQuantity(text.to_owned())
        } else {
            QuantityError::UnknownWord(text.to_owned())
        }
    };
    if matches!(text, "half a dozen" | "a half dozen" | "half-dozen") {
        return Ok(6);
    }
    let mut reading = WordReading::new();
    let mut rest = text.split(|c: char| c == ' ' || is_dash(c)).peekable();
    while let Some(word) = rest.next() {
        if has_digit(word) {
            reading.digits(digits(word)?).ok_or_else(unknown)?;
        } else if let Some(size) = collective(word) {
            let all = rest.peek().is_none();
            return match reading.collective(size).filter(|_| all) {
                Some(value) => within_limit(value),
                None => Err(unknown()),
            };
        } else {
            reading.word(word).ok_or_else(unknown)?;
        }
    }
    within_limit(reading.finish().ok_or_else(unknown)?)
}

/// A number word by word: `total` holds what stands before the last scale word, `current` the group since.
struct WordReading {
    total: u64,
    current: u64,
    last_scale: u64,
    last: Last,
}

impl WordReading {
    fn new() -> Self {
        Self { total: 0, current: 0, last_scale: u64::MAX, last: Last::Start }
    }

    fn digits(&mut self, value: u64) -> Option<()> {
        if self.last != Last::Start || value == 0 {
            return None;
        }
        (self.current, self.last) = (value, Last::Digits);
        Some(())
    }

    fn word(&mut self, word: &str) -> Option<()> {
        use Last::{And, Article, Digits, Hundred, Scale, Start, Teen, Tens, Unit};
        let group_may_begin = matches!(self.last, Start | Hundred | Scale | And);
        if let Some(value) = unit(word) {
            if !group_may_begin && self.last != Tens {
                return None;
            }
            self.current += value;
            self.last = Unit;
        } else if let Some(value) = teen(word) {
            if !group_may_begin {
                return None;
            }
            self.current += value;
            self.last = Teen;
        } else if let Some(value) = tens(word) {
            if !group_may_begin {
                return None;
            }
            self.current += value;
            self.last = Tens;
        } else if word == "hundred" {
            if !matches!(self.last, Start | Article | Digits | Unit | Teen) || self.current > 99 {
                return None;
            }
            self.current = self.current.max(1) * 100;
            self.last = Hundred;
        } else if let Some(scale) = scale(word) {
            if matches!(self.last, Scale | And) || scale >= self.last_scale {
                return None;
            }
            let group = self.current.max(1).checked_mul(scale)?;
            self.total = self.total.checked_add(group)?;
            (self.current, self.last_scale, self.last) = (0, scale, Scale);
        } else if matches!(word, "a" | "an") && self.last == Start {
            self.last = Article;
        } else if word == "and" && matches!(self.last, Hundred | Scale) {
            self.last = And;
        } else {
            return None;
        }
        Some(())
    }

    /// `a dozen`, `two dozen`, `three score`.
    fn collective(&self, size: u64) -> Option<u64> {
        if self.last_scale != u64::MAX || self.last == Last::And {
            return None;
        }
        self.current.max(1).checked_mul(size)
    }

    /// The value, if the words end where a number can end.
    fn finish(&self) -> Option<u64> {
        match self.last {
            Last::Start | Last::Article | Last::Digits | Last::And => None,
            _ => self.total.checked_add(self.current),
        }
    }
}
