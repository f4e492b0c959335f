//! Reads dates as people write them (16 September 2022, 16/9/2022, yesterday) at the edge of the program. What is read
//! is shown back as EDTF before it is taken. Knows no clock: the caller says which day is today.

use jiff::civil::{Date, Weekday};

use super::describe::{MONTHS, weekday_name};
use super::edtf::{fold, split_span};
use super::part::Part;
use super::{DateError, EventDate};

/// The order in which a text writes day, month and year where all are numbers. It is stated by the person who knows
/// the source; it is never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayOrder {
    /// 16/9/2022.
    DayMonth,
    /// 9/16/2022.
    MonthDay,
    /// 2022/9/16. A date with its year last is refused.
    YearMonth,
}

impl DayOrder {
    /// The order in words, for messages and menus.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::DayMonth => "day, month, year",
            Self::MonthDay => "month, day, year",
            Self::YearMonth => "year, month, day",
        }
    }
}

/// Reads a date as people write it: `16 September 2022`, `Friday, Sept 16, 2022`, `September 2022`, `16/9/2022` and
/// `16.9.2022` in the stated order, `today` or `t`, `yesterday`, `-3d`; anything else as EDTF. `about` before it marks
/// it as approximate, `within` or `throughout` before it says its span. A year first (`2022/9/16`) needs no order.
///
/// # Errors
/// Where the text is no date, or not without doubt one in the stated order; the message says what to type instead.
pub fn read_common(text: &str, order: DayOrder, today: Date) -> Result<EventDate, DateError> {
    let folded = fold(text);
    let (span, body) = split_span(&folded);
    let lower = body.to_lowercase();
    let (approximate, lower) = split_about(&lower);
    let date = if let Some(day) = relative(lower, today)? {
        EventDate::day(day)
    } else if let Some(part) = with_month_name(lower)? {
        EventDate::single(part)
    } else if let Some(part) = all_numbers(lower, order)? {
        EventDate::single(part)
    } else if approximate {
        // EDTF is the same in lower case.
        EventDate::parse(lower)?
    } else {
        EventDate::parse(body)?
    };
    let date = if approximate { date.with_marks(date.is_uncertain(), true) } else { date };
    Ok(span.map_or(date, |span| date.with_span(span)))
}

fn split_about(text: &str) -> (bool, &str) {
    ["about ", "around ", "circa ", "ca. ", "c. "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .map_or((false, text), |rest| (true, rest.trim_start()))
}

fn relative(text: &str, today: Date) -> Result<Option<Date>, DateError> {
    let back = match text {
        "t" | "today" => 0,
        "yesterday" => 1,
        _ => match text.strip_prefix('-').and_then(|rest| rest.strip_suffix('d')) {
            Some(days) if is_number(days) => days.parse().unwrap_or(i64::MAX),
            _ => return Ok(None),
        },
    };
    let too_long_ago = || DateError::TooLongAgo(text.to_owned());
    let span = jiff::Span::new().try_days(back).map_err(|_| too_long_ago())?;
    match today.checked_sub(span) {
        Ok(day) if day.year() >= 0 => Ok(Some(day)),
        _ => Err(too_long_ago()),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The month that a word names: a full English name, or its first three letters or more ("sep", "sept").
fn month_number(word: &str) -> Option<i8> {
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    let at = MONTHS.iter().position(|name| name.to_ascii_lowercase().starts_with(word))?;
    i8::try_from(at + 1).ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    Weekday::Monday.cycle_forward().take(7).find(|day| weekday_name(*day).to_ascii_lowercase().starts_with(word))
}

/// A day of a month: `16`, `16th`.
fn day_number(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix)).unwrap_or(word);
    if digits.len() > 2 || !is_number(digits) {
        return None;
    }
    digits.parse().ok()
}

fn year_number(word: &str) -> Option<i16> {
    if word.len() != 4 || !is_number(word) {
        return None;
    }
    word.parse().ok()
}

/// A date whose month is a word. `None` where no word names a month.
fn with_month_name(text: &str) -> Result<Option<Part>, DateError> {
    let mut words: Vec<&str> = text
        .split([' ', ',', '-', '.', '/'])
        .filter(|word| !word.is_empty() && *word != "of" && *word != "the")
        .collect();
    let stated = words.first().and_then(|word| weekday(word));
    if stated.is_some() {
        words.remove(0);
    }
    let not_a_date = || DateError::NotADate(text.to_owned());
    let part = match words[..] {
        [month, year] if month_number(month).is_some() => {
            let (Some(month), Some(year)) = (month_number(month), year_number(year)) else {
                return Err(missing_year(text, year));
            };
            Part::month(year, month)?
        }
        [a, b, c] => {
            let (day, month, year) = match (month_number(a), month_number(b)) {
                (_, Some(month)) if year_number(a).is_some() => (c, month, a),
                (_, Some(month)) => (a, month, c),
                (Some(month), None) => (b, month, c),
                (None, None) => return Ok(None),
            };
            let year = year_number(year).ok_or_else(|| missing_year(text, year))?;
            let day = day_number(day).ok_or_else(not_a_date)?;
            Part::year_month_day(year, month, day)?
        }
        _ => return Ok(None),
    };
    check_weekday(part, stated)?;
    Ok(Some(part))
}

fn missing_year(text: &str, year: &str) -> DateError {
    if year.len() == 2 && is_number(year) {
        DateError::ShortYear(text.to_owned())
    } else {
        DateError::NotADate(text.to_owned())
    }
}

fn check_weekday(part: Part, stated: Option<Weekday>) -> Result<(), DateError> {
    let actual = part.first().weekday();
    match stated {
        Some(typed) if part.first() == part.last() && typed != actual => Err(DateError::WrongWeekday {
            date: part.first(),
            actual: weekday_name(actual),
            typed: weekday_name(typed),
        }),
        _ => Ok(()),
    }
}

/// A date in numbers only, with one kind of separator. `None` where the text is something else.
fn all_numbers(text: &str, order: DayOrder) -> Result<Option<Part>, DateError> {
    let Some(separator) = ['/', '.', '-'].into_iter().find(|s| text.contains(*s)) else {
        return Ok(None);
    };
    let pieces: Vec<&str> = text.split(separator).map(str::trim).collect();
    if !pieces.iter().all(|piece| is_number(piece)) {
        return Ok(None);
    }
    let short = |text: &str| day_number(text);
    match pieces[..] {
        // 2022/2023 is an EDTF interval.
        [month, year] => match (short(month), year_number(year)) {
            (Some(month), Some(year)) => Part::month(year, month).map(Some),
            _ => match (year_number(month), short(year)) {
                (Some(year), Some(month)) => Part::month(year, month).map(Some),
                _ => Ok(None),
            },
        },
        [a, b, c] => {
            if let (Some(year), Some(month), Some(day)) = (year_number(a), short(b), short(c)) {
                return Part::year_month_day(year, month, day).map(Some);
            }
            let (Some(first), Some(second)) = (short(a), short(b)) else {
                return Ok(None);
            };
            match year_number(c) {
                Some(year) => in_order(text, first, second, year, order).map(Some),
                None if c.len() == 2 => Err(DateError::ShortYear(text.to_owned())),
                None => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

fn in_order(text: &str, first: i8, second: i8, year: i16, order: DayOrder) -> Result<Part, DateError> {
    let contradicted = || DateError::OrderContradicted { text: text.to_owned(), order: order.describe() };
    let (day, month) = match order {
        DayOrder::DayMonth => (first, second),
        DayOrder::MonthDay => (second, first),
        DayOrder::YearMonth => return Err(contradicted()),
    };
    if month > 12 {
        return Err(contradicted());
    }
    Part::year_month_day(year, month, day)
}
