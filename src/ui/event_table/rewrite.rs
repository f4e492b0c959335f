//! What can be done to the text of a cell: one value, blanks, capitals, dates, replacing, adding. Knows texts; must not
//! know any cell. Nothing here makes a number up.

use std::borrow::Cow;

use jiff::civil::Date;

use super::find::replacement::Replacement;
use crate::model::EventDate;
use crate::model::date::{DayOrder, read_common};

/// What is done to a text.
#[derive(Debug, Clone)]
pub(super) enum Rewrite {
    /// It becomes this.
    Set(String),
    /// No blanks at its ends, and single ones inside.
    Trim,
    /// All capitals.
    Upper,
    /// No capitals.
    Lower,
    /// A capital at the begin of each word.
    Title,
    /// A capital at the begin of each sentence.
    Sentence,
    /// A date as it is written in news becomes one as it is stored, its numbers read in this order.
    Date(DayOrder),
    /// What was found is replaced.
    Replace(Replacement),
    /// Something comes before and behind what is there.
    Add {
        /// Before it.
        before: String,
        /// Behind it.
        behind: String,
    },
}

impl Rewrite {
    /// The text afterwards.
    ///
    /// # Errors
    /// Where the text is none that this can be done to; the message says why.
    pub fn of<'a>(&'a self, text: &'a str) -> Result<Cow<'a, str>, String> {
        Ok(match self {
            Self::Set(value) => Cow::Borrowed(value),
            Self::Trim => trimmed(text),
            Self::Upper => Cow::Owned(text.to_uppercase()),
            Self::Lower => Cow::Owned(text.to_lowercase()),
            Self::Title => Cow::Owned(by_words(text)),
            Self::Sentence => Cow::Owned(by_sentences(text)),
            Self::Date(order) => dated(text, *order)?,
            Self::Replace(replacement) => Cow::Owned(replacement.of(text)),
            Self::Add { .. } if text.is_empty() => Cow::Borrowed(text),
            Self::Add { before, behind } => Cow::Owned(format!("{before}{text}{behind}")),
        })
    }

    /// What it is called in the undo menu, before the count of cells: "Trim".
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Set(_) => "Set",
            Self::Trim => "Trim",
            Self::Upper => "Write in capitals",
            Self::Lower => "Write without capitals",
            Self::Title => "Write in title case",
            Self::Sentence => "Write in sentence case",
            Self::Date(_) => "Read as dates",
            Self::Replace(_) => "Replace in",
            Self::Add { .. } => "Add to",
        }
    }
}

fn trimmed(text: &str) -> Cow<'_, str> {
    let mut words = text.split_whitespace();
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Whether a character belongs to the word before it: "don't", "3rd".
fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | 'ʼ') || is_mark(c)
}

/// Marks over and under letters, which `char` has no question for.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x670 | 0x1AB0..=0x1AFF | 0x20D0..=0x20FF)
}

/// A word with its first letter as a capital. Two letters in one have a capital form of their own at the begin.
fn capital(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut letters = lower.chars();
    let Some(first) = letters.next() else { return lower };
    let mut out = String::with_capacity(lower.len());
    match first {
        'ǆ' => out.push('ǅ'),
        'ǉ' => out.push('ǈ'),
        'ǌ' => out.push('ǋ'),
        'ǳ' => out.push('ǲ'),
        first => {
            let mut capital = first.to_uppercase();
            out.extend(capital.next());
            out.extend(capital.flat_map(char::to_lowercase));
        }
    }
    out.push_str(letters.as_str());
    out
}

fn by_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c| !is_in_word(c)).unwrap_or(rest.len());
        out.push_str(&capital(&rest[..end]));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn by_sentences(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    // A full stop ends a sentence only before a blank: "3.5", "e.g. this" is left to the eye.
    let (mut begins, mut ended) = (true, false);
    let mut rest = lower.as_str();
    while let Some(c) = rest.chars().next() {
        let end = if c.is_alphanumeric() { rest.find(|c| !is_in_word(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
        let (word, behind) = rest.split_at(end);
        if c.is_alphanumeric() {
            out.push_str(&if begins { capital(word) } else { word.to_owned() });
            (begins, ended) = (false, false);
        } else {
            out.push_str(word);
            begins |= ended && c.is_whitespace();
            ended = matches!(c, '.' | '!' | '?' | '…' | '؟' | '。') || (ended && !c.is_whitespace());
        }
        rest = behind;
    }
    out
}

fn dated(text: &str, order: DayOrder) -> Result<Cow<'_, str>, String> {
    let text = text.trim();
    if text.is_empty() || EventDate::parse(text).is_ok() {
        return Ok(Cow::Borrowed(text));
    }
    // A cell says "yesterday" of the day on which it was written, not of today: two days on which it was asked must
    // agree.
    let ask = |today: Date| read_common(text, order, today);
    let date = ask(Date::constant(2000, 1, 1)).map_err(|error| error.to_string())?;
    if ask(Date::constant(2004, 6, 15)).is_ok_and(|other| other == date) {
        Ok(Cow::Owned(date.to_string()))
    } else {
        Err(format!("“{text}” depends on the day on which it was written"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(rewrite: &Rewrite, text: &str) -> String {
        rewrite.of(text).map_or_else(|why| format!("refused: {why}"), Cow::into_owned)
    }

    #[test]
    fn blanks_are_trimmed_and_squeezed() {
        assert_eq!(made(&Rewrite::Trim, " \u{a0}Ak  Sai\t(north) "), "Ak Sai (north)");
        assert_eq!(made(&Rewrite::Trim, "   "), "");
    }

    #[test]
    fn capitals_follow_the_rules_of_the_writing() {
        assert_eq!(made(&Rewrite::Upper, "straße, ilı"), "STRASSE, ILI");
        assert_eq!(made(&Rewrite::Lower, "ΟΔΟΣ"), "οδος", "a sigma at the end of a word");
        assert_eq!(
            made(&Rewrite::Title, "SHELLING of AK-SAI: o'brien’s 3RD post"),
            "Shelling Of Ak-Sai: O'brien’s 3rd Post"
        );
        assert_eq!(made(&Rewrite::Title, "ΑΣ ßa ǆem"), "Ας Ssa ǅem");
        assert_eq!(made(&Rewrite::Title, "ایران"), "ایران", "a writing without capitals stays");
        assert_eq!(
            made(&Rewrite::Sentence, "SHELLING OF OSH. “two DEAD”, 3.5 km off! and?"),
            "Shelling of osh. “Two dead”, 3.5 km off! And?"
        );
    }

    #[test]
    fn dates_are_read_in_the_order_that_was_stated_and_never_guessed() {
        let (european, american) = (Rewrite::Date(DayOrder::DayMonth), Rewrite::Date(DayOrder::MonthDay));
        assert_eq!(made(&european, "3/4/2022"), "2022-04-03");
        assert_eq!(made(&american, "3/4/2022"), "2022-03-04");
        assert_eq!(made(&european, "16 September 2022"), "2022-09-16");
        assert_eq!(made(&european, "2022-09~"), "2022-09~", "it is one already");
        assert!(made(&european, "3/4/22").starts_with("refused: "), "{}", made(&european, "3/4/22"));
        assert!(made(&american, "16/9/2022").starts_with("refused: "));
        assert!(made(&european, "yesterday").ends_with("depends on the day on which it was written"));
        assert_eq!(made(&european, ""), "");
    }

    #[test]
    fn nothing_is_added_to_an_empty_cell() {
        let add = Rewrite::Add { before: "near ".into(), behind: "?".into() };
        assert_eq!((made(&add, "Osh").as_str(), made(&add, "").as_str()), ("near Osh?", ""));
    }

    proptest! {
        #[test]
        fn what_was_done_once_is_done(text in "\\PC{0,24}", words in "[ \u{a0}\taB.!ßΣς'ǆ1-]{0,16}") {
            let all = [Rewrite::Set("x".into()), Rewrite::Trim, Rewrite::Upper, Rewrite::Lower, Rewrite::Title, Rewrite::Sentence];
            for rewrite in all {
                for text in [&text, &words] {
                    let once = made(&rewrite, text);
                    prop_assert_eq!(made(&rewrite, &once), once, "{:?} of {:?}", rewrite, text);
                }
            }
        }

        #[test]
        fn trimming_keeps_the_words(text in "[ \u{a0}\tabé]{0,24}") {
            let trimmed = made(&Rewrite::Trim, &text);
            prop_assert!(trimmed.split(' ').eq(text.split_whitespace()) || trimmed.is_empty());
            prop_assert!(text.split_whitespace().eq(trimmed.split_whitespace()));
        }

        #[test]
        fn a_date_that_was_read_stays(day in 1..29_u8, month in 1..13_u8) {
            for order in [DayOrder::DayMonth, DayOrder::MonthDay] {
                let once = made(&Rewrite::Date(order), &format!("{day}/{month}/2022"));
                if !once.starts_with("refused") {
                    prop_assert_eq!(made(&Rewrite::Date(order), &once), once);
                }
            }
        }
    }
}
