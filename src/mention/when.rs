//! Dates in a sentence: days of the month, days of the week, "yesterday". The day of publication gives the year.

use std::ops::Range;

use jiff::Span;
use jiff::civil::{Date, Weekday, date};

use crate::model::EventDate;

use super::words::Passage;

/// The dates of a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// When it happened, with the words that say so.
    pub happened: Option<(EventDate, Range<usize>)>,
    /// On which day it was said.
    pub said: Option<Date>,
    /// Another day that the passage names.
    pub rival: Option<EventDate>,
    /// Where the number counts from, as in "since 3 May".
    pub since: Option<EventDate>,
}

/// The month of a name or its usual short form, in lower case.
pub(super) fn month_of(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let short = word.len() >= 3 && !matches!(word, "mar" | "may" | "sept");
    let at = MONTHS.iter().position(|month| *month == word || (short && word.len() == 3 && month.starts_with(word)));
    let at = at.or_else(|| (word == "sept").then_some(8));
    at.and_then(|at| i8::try_from(at + 1).ok())
}

/// "Sept." is joined to what follows though a full stop stands behind it.
fn is_short_month(word: &str) -> bool {
    month_of(word).is_some() && (word == "sept" || (word.len() == 3 && word != "may"))
}

/// The day of the week of a name, in lower case.
pub(super) fn weekday_of(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// The dates of the passage; the one nearest to the selection is when it happened.
pub fn find(passage: &Passage, published: Option<Date>) -> Dates {
    let mut dates = Dates::default();
    let mut nearest = usize::MAX;
    let mut at = 0;
    while at < passage.tokens.len() {
        let Some((date, length)) = date_at(passage, at, published) else {
            at += 1;
            continue;
        };
        if belongs_to_saying(passage, at) {
            dates.said = date.earliest();
        } else if counts_from(passage, at) {
            dates.since = dates.since.or(Some(date));
        } else {
            let selected = &passage.selected;
            let distance = if at < selected.start { selected.start - at } else { at.saturating_sub(selected.end) };
            let other = if distance < nearest {
                nearest = distance;
                dates.happened.replace((date, at..at + length)).map(|(before, _)| before)
            } else {
                Some(date)
            };
            dates.rival = other.or(dates.rival);
        }
        at += length;
    }
    dates.rival = dates.rival.filter(|rival| dates.happened.as_ref().is_some_and(|(date, _)| date != rival));
    dates
}

/// "Since Friday", "since late May 2030": not the day of the number.
fn counts_from(passage: &Passage, at: usize) -> bool {
    leads_to(passage, at, &["since"])
}

/// Whether one of these words stands before a date, with nothing but "early", "the beginning of" and the like between.
fn leads_to(passage: &Passage, at: usize, words: &[&str]) -> bool {
    const BETWEEN: [&str; 15] = [
        "early",
        "late",
        "mid",
        "the",
        "beginning",
        "start",
        "end",
        "middle",
        "of",
        "last",
        "spring",
        "summer",
        "autumn",
        "winter",
        "month",
    ];
    let mut before = (0..at).rev().take(5).map(|at| passage.lower(at));
    before.find(|word| !BETWEEN.contains(word)).is_some_and(|word| words.contains(&word))
}

/// "Last month", "last year".
fn last(unit: &str, published: Date) -> Option<EventDate> {
    match unit {
        "month" => {
            let before = published.checked_sub(Span::new().months(1)).ok()?;
            EventDate::month(before.year(), before.month()).ok()
        }
        "year" => EventDate::year(published.year().checked_sub(1)?).ok(),
        _ => None,
    }
}

/// The date that begins with this word, and how many words it has.
fn date_at(passage: &Passage, at: usize, published: Option<Date>) -> Option<(EventDate, usize)> {
    let word = passage.lower(at);
    // "In January, 26 civilians": the comma parts them.
    let joined = passage.tokens.get(at).is_some_and(|token| !token.ends_part) || is_short_month(word);
    if let Some(month) = month_of(word)
        && let Some(day) = day_of(passage.lower(at + 1))
        && joined
    {
        return with_year(passage, at + 2, month, day, published).map(|(date, more)| (date, 2 + more));
    }
    if let Some(day) = day_of(word)
        && let Some(month) = month_of(passage.lower(at + 1))
    {
        return with_year(passage, at + 2, month, day, published).map(|(date, more)| (date, 2 + more));
    }
    if let Some(month) = month_of(word)
        && let Some(year) = year_of(passage.lower(at + 1))
    {
        return Some((EventDate::month(year, month).ok()?, 2));
    }
    // "In 2021": the day of publication would be a wrong date for it.
    if let Some(year) = year_of(word)
        && leads_to(passage, at, &["in", "during", "throughout", "since"])
    {
        return Some((EventDate::year(year).ok()?, 1));
    }
    if word.len() == 10
        && let Ok(date) = EventDate::parse(word)
    {
        return Some((date, 1));
    }
    let published = published?;
    // "In March": the last one.
    if let Some(month) = month_of(word)
        && passage.tokens.get(at).is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase))
        && leads_to(passage, at, &["in", "during", "throughout", "since"])
    {
        let year = if month <= published.month() { published.year() } else { published.year().checked_sub(1)? };
        return Some((EventDate::month(year, month).ok()?, 1));
    }
    if word == "last"
        && let Some(date) = last(passage.lower(at + 1), published)
    {
        return Some((date, 2));
    }
    if let Some(weekday) = weekday_of(word) {
        let last = at.checked_sub(1).is_some_and(|before| passage.lower(before) == "last");
        return Some((EventDate::day(latest(weekday, published, last)?), 1));
    }
    match word {
        "yesterday" => Some((EventDate::day(published.checked_sub(Span::new().days(1)).ok()?), 1)),
        "today" => Some((EventDate::day(published), 1)),
        _ => None,
    }
}

fn day_of(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year_of(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1900..=2100).contains(year))
}

/// The day with the year behind it, else with the year in which it lies nearest before publication.
fn with_year(passage: &Passage, at: usize, month: i8, day: i8, published: Option<Date>) -> Option<(EventDate, usize)> {
    if let Some(year) = year_of(passage.lower(at)) {
        return Some((EventDate::day(Date::new(year, month, day).ok()?), 1));
    }
    let published = published?;
    // A day after publication is last year's, but for zones in which it is tomorrow already.
    let tomorrow = published.checked_add(Span::new().days(1)).unwrap_or(date(9999, 12, 31));
    let this_year = Date::new(published.year(), month, day).ok();
    let found = match this_year {
        Some(day) if day <= tomorrow => day,
        _ => Date::new(published.year().checked_sub(1)?, month, day).ok()?,
    };
    Some((EventDate::day(found), 0))
}

/// The latest such day of the week up to publication; before it where the text says "last".
fn latest(weekday: Weekday, published: Date, last: bool) -> Option<Date> {
    let back = published.weekday().since(weekday);
    let back = if last && back == 0 { 7 } else { back };
    published.checked_sub(Span::new().days(i64::from(back))).ok()
}

/// "Said on Friday", "told AFP late Friday": the day of saying, not of what happened.
fn belongs_to_saying(passage: &Passage, at: usize) -> bool {
    let mut before = at;
    let mut steps = 0;
    while before > 0 && steps < 5 {
        before -= 1;
        steps += 1;
        let token = &passage.tokens[before];
        if matches!(token.lower.as_str(), "said" | "says" | "told" | "announced" | "confirmed" | "reported" | "stated")
        {
            // "Said 12 died on Friday": something else stands between them.
            return (before + 1..at).all(|n| is_between(passage, n, token.lower == "told"));
        }
        if token.ends_part {
            return false;
        }
    }
    false
}

fn is_between(passage: &Passage, at: usize, told: bool) -> bool {
    let token = &passage.tokens[at];
    matches!(token.lower.as_str(), "on" | "late" | "early" | "in" | "a" | "statement" | "earlier" | "last")
        || (told && (token.text.chars().next().is_some_and(char::is_uppercase) || token.lower == "reporters"))
}
