//! Reads dates in EDTF (ISO 8601-2, levels 0 to 2) as far as the field uses it. Knows no common writings such as
//! "16 September 2022": see `common`.

use super::super::quantity::digits::{is_dash, tidy, with_ascii_digits};
use super::clock::Clock;
use super::part::Part;
use super::{DateError, EventDate, Extent, Span};

/// `text` without outer spaces and invisible marks, with ASCII digits and plain hyphens.
pub(super) fn fold(text: &str) -> String {
    with_ascii_digits(&tidy(text)).chars().map(|c| if is_dash(c) { '-' } else { c }).collect()
}

/// The word `within` or `throughout` before a date, and the rest.
pub(super) fn split_span(text: &str) -> (Option<Span>, &str) {
    let after = |word: &str| {
        let head = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        (head.eq_ignore_ascii_case(word) && rest.starts_with(' ')).then(|| rest.trim_start())
    };
    if let Some(rest) = after("within") {
        (Some(Span::Within), rest)
    } else if let Some(rest) = after("throughout") {
        (Some(Span::Throughout), rest)
    } else {
        (None, text)
    }
}

pub(super) fn parse(text: &str) -> Result<EventDate, DateError> {
    let folded = fold(text);
    if folded.is_empty() {
        return Err(DateError::Empty);
    }
    let (span, body) = split_span(&folded);
    let date = match body.split_once('/') {
        None => single(body)?,
        Some((_, end)) if end.contains('/') => {
            return Err(DateError::TooManyEnds(body.to_owned()));
        }
        Some((start, end)) => interval(start.trim(), end.trim())?,
    };
    Ok(span.map_or(date, |span| date.with_span(span)))
}

fn interval(start: &str, end: &str) -> Result<EventDate, DateError> {
    match (interval_end(start)?, interval_end(end)?) {
        (Some(start), Some(end)) => EventDate::closed(start, end),
        (Some(start), None) => Ok(EventDate::assemble(Extent::Since(start), Span::Throughout)),
        (None, Some(end)) => Ok(EventDate::assemble(Extent::Until(end), Span::Within)),
        (None, None) => Err(DateError::OpenAtBothEnds),
    }
}

fn interval_end(text: &str) -> Result<Option<Part>, DateError> {
    match text {
        "" => Err(DateError::BlankEnd),
        ".." => Ok(None),
        _ => match date_and_clock(text)? {
            (part, None) => Ok(Some(part)),
            (_, Some(_)) => Err(DateError::TimeNeedsDay),
        },
    }
}

fn single(text: &str) -> Result<EventDate, DateError> {
    let (part, clock) = date_and_clock(text)?;
    let date = EventDate::single(part);
    clock.map_or(Ok(date), |clock| date.with_clock(clock))
}

fn date_and_clock(text: &str) -> Result<(Part, Option<Clock>), DateError> {
    let misplaced = || DateError::MisplacedMark(text.to_owned());
    let (body, mark) = match text.char_indices().last() {
        Some((at, mark @ ('?' | '~' | '%'))) => (&text[..at], Some(mark)),
        _ => (text, None),
    };
    if body.contains(['?', '~', '%']) {
        return Err(misplaced());
    }
    let (date, clock) = match split_clock(body) {
        Some((date, clock)) => (date, Some(Clock::parse(clock.trim())?)),
        None => (body, None),
    };
    let part = part(date.trim_end())?.with_marks(matches!(mark, Some('?' | '%')), matches!(mark, Some('~' | '%')));
    Ok((part, clock))
}

/// `2022-09-16T14:05` or `2022-09-16 14:05` at the `T` or the space.
fn split_clock(body: &str) -> Option<(&str, &str)> {
    let at = body.find(['T', 't', ' '])?;
    let (date, clock) = (&body[..at], &body[at + 1..]);
    let is_clock = !body[at..].starts_with(' ') || clock.contains(':');
    (is_clock && date.len() >= 4 && date.starts_with(|c: char| c.is_ascii_digit() || c == '-')).then_some((date, clock))
}

/// A component of a date: digits, of which the last ones may be unknown.
#[derive(Clone, Copy)]
enum Component {
    Known(i16),
    /// The leading digits, where the last digit is `X`.
    LastUnknown(i16),
    /// The leading digits, where the last two digits are `X`, or none where all are.
    TwoUnknown(i16),
}

fn component(text: &str, length: usize) -> Option<Component> {
    if text.len() != length {
        return None;
    }
    let known = text.trim_end_matches(['X', 'x']);
    if !known.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = if known.is_empty() { 0 } else { known.parse().ok()? };
    match length - known.len() {
        0 => Some(Component::Known(value)),
        1 => Some(Component::LastUnknown(value)),
        2 => Some(Component::TwoUnknown(value)),
        _ => None,
    }
}

fn small(value: i16) -> i8 {
    // Components of months and days have two digits.
    i8::try_from(value).unwrap_or(i8::MAX)
}

fn part(text: &str) -> Result<Part, DateError> {
    use Component::{Known, LastUnknown, TwoUnknown};
    let not_a_date = || DateError::NotADate(text.to_owned());
    let unspecified = || DateError::Unspecified(text.to_owned());
    // A year before 0 is read with its day only: -9999 alone is a data set's mark for "missing".
    let before_zero = text.strip_prefix('-');
    let mut pieces = before_zero.unwrap_or(text).split('-');
    let year = pieces.next().unwrap_or_default();
    if matches!(year, "XXXX" | "xxxx") {
        return Err(unspecified());
    }
    let year = component(year, 4).ok_or_else(not_a_date)?;
    let mut next = || pieces.next().map(|piece| component(piece, 2).ok_or_else(not_a_date)).transpose();
    let (month, day) = (next()?, next()?);
    if pieces.next().is_some() {
        return Err(not_a_date());
    }
    if before_zero.is_some() {
        return match (year, month, day) {
            (Known(year @ 1..), Some(Known(month)), Some(Known(day))) => {
                Part::year_month_day(-year, small(month), small(day))
            }
            _ => Err(not_a_date()),
        };
    }
    match (year, month, day) {
        (Known(year), None, _) => Part::year(year),
        (LastUnknown(decade), None, _) => Part::decade(decade),
        (TwoUnknown(century), None, _) => Part::century(century),
        (Known(year), Some(TwoUnknown(_)), None | Some(TwoUnknown(_))) => Part::year(year),
        (Known(_), Some(Known(season @ 21..=41)), None) => Err(DateError::Season(small(season))),
        (Known(year), Some(Known(month)), None | Some(TwoUnknown(_))) => Part::month(year, small(month)),
        (Known(year), Some(Known(month)), Some(LastUnknown(tens))) => Part::ten_days(year, small(month), small(tens)),
        (Known(year), Some(Known(month)), Some(Known(day))) => Part::year_month_day(year, small(month), small(day)),
        _ => Err(unspecified()),
    }
}
