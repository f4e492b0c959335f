//! The numbers of figures: how they are shown, and how a typed number becomes a figure by hand.
//!
//! A figure by hand is a low, a best and a high. What is typed into best keeps low and high around it; a whole range
//! (`12 (8-20)`, `10-14`, `12+`) sets all three.

use crate::dataset;
use crate::derive::figures::{Range, Value, hand_range};
use crate::derive::{beneath, explain, explain_claims, wording};
use crate::model::quantity::grouped;
use crate::model::{ByHand, Class, Measure, Quantity, Text};

use super::{Cell, Column, Key, Kind, Mark, Part, Put, Rank, Row};

/// Spoken of without a number.
pub(super) const UNKNOWN: &str = "?";
/// Nobody spoke of it.
pub(super) const NO_CLAIM: &str = "–";

/// The measure and part of a column of figures.
fn of(column: &Column) -> (&Measure, Part) {
    match &column.kind {
        Kind::Figure(measure, part) => (measure, *part),
        // No other kind of column is given these functions.
        _ => (&Measure::Killed, Part::Best),
    }
}

/// The figure now: the one set by hand in the row, which may not be in the project yet, else what follows from claims.
fn value(row: &Row<'_>, measure: &Measure) -> Value {
    match row.event.hand(measure, &Class::TOTAL) {
        Some(hand) => Value::Known(hand_range(hand)),
        None => row.derived.figure(row.event.id, measure, &Class::TOTAL).value,
    }
}

pub(super) fn read(column: &Column, row: &Row<'_>) -> Cell {
    let (measure, part) = of(column);
    let marks = row.derived.figure(row.event.id, measure, &Class::TOTAL).marks;
    let range = match value(row, measure) {
        Value::NoClaim => return Cell::muted(NO_CLAIM),
        Value::Unknown => return Cell::muted(UNKNOWN),
        Value::Known(range) => range,
    };
    match part {
        Part::Low => Cell::muted(grouped(range.low)),
        Part::High => Cell::muted(range.high.map_or_else(|| grouped(floor(range)) + "+", grouped)),
        Part::Best => {
            let mark = match row.event.hand(measure, &Class::TOTAL) {
                Some(_) if marks.claims_changed => Some(Mark::ClaimsChanged),
                Some(_) => Some(Mark::ByHand),
                None => marks.flagged.then_some(Mark::Flagged),
            };
            match range.best {
                None => Cell { mark, ..Cell::muted("no best") },
                Some(best) => {
                    let about = if marks.about { "~" } else { "" };
                    Cell { text: about.to_owned() + &grouped(best), rank: Rank::Strong, mark }
                }
            }
        }
    }
}

/// Claims that are named in a tip, at most.
const NAMED: usize = 5;

/// How a figure was made: by whose hand and why, or by which rule, of which claims. `None` where nobody spoke of it.
pub(super) fn how(row: &Row<'_>, measure: &Measure) -> Option<String> {
    if let Some(by_hand) = why(row, measure) {
        let alone = explain_claims(row.project, row.derived, row.event.id);
        let alone = alone.get(measure).map(|figures| figures.total.clone()).unwrap_or_default();
        let would = match alone.value {
            Value::NoClaim => "There is no claim".to_owned(),
            value => format!("The claims alone would say {}", wording::short(value, alone.marks)),
        };
        let figure = explain(row.project, row.derived, row.event.id).remove(measure).unwrap_or_default().total;
        let changed = figure.marks.claims_changed.then(|| figure.working.steps.last().cloned()).flatten();
        return Some([Some(by_hand), changed, Some(would)].into_iter().flatten().collect::<Vec<_>>().join("\n"));
    }
    let made = explain(row.project, row.derived, row.event.id);
    let figure = &made.get(measure)?.total;
    let mut lines = vec![wording::short(figure.value, figure.marks)];
    let rule = wording::sentence(row.project.methodology.method_for(measure).key());
    let voices: std::collections::BTreeSet<String> = figure
        .working
        .used
        .iter()
        .filter_map(|id| dataset::claim(row.project, *id))
        .map(|claim| wording::speaker(row.project, claim).to_lowercase())
        .collect();
    match voices.len() {
        0 => lines.push(rule),
        n => lines.push(format!("{rule}, of {}", wording::count(n, "speaker", "speakers"))),
    }
    let names: Vec<String> =
        figure.working.used.iter().take(NAMED).map(|id| wording::name_of(row.project, *id)).collect();
    if !names.is_empty() {
        let more = figure.working.used.len() - names.len();
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        lines.push(format!("Rests on {}{more}", names.join("; ")));
    }
    lines.extend(figure.working.steps.iter().cloned());
    if !figure.working.not_used.is_empty() {
        lines.push(format!("{} not counted", wording::count(figure.working.not_used.len(), "claim", "claims")));
    }
    if figure.marks.flagged {
        lines.push("Low, best and high stand as they were published: out of order".to_owned());
    }
    if figure.marks.conflict {
        lines.push("Voices contradict each other; the event tab shows them side by side".to_owned());
    }
    Some(lines.join("\n"))
}

/// Who set a figure by hand, and why.
fn why(row: &Row<'_>, measure: &Measure) -> Option<String> {
    let hand = row.event.hand(measure, &Class::TOTAL)?;
    let who = if hand.name.is_empty() { "somebody" } else { &*hand.name };
    Some(format!("Set by hand by {who}: {}", hand.reason))
}

/// The number that an open figure is not below.
fn floor(range: Range) -> u64 {
    range.low.max(range.best.unwrap_or(0))
}

pub(super) fn text(column: &Column, row: &Row<'_>) -> String {
    let (measure, part) = of(column);
    let range = match value(row, measure) {
        Value::NoClaim => return String::new(),
        Value::Unknown => return UNKNOWN.to_owned(),
        Value::Known(range) => range,
    };
    match part {
        Part::Low => range.low.to_string(),
        Part::High => range.high.map_or_else(|| format!("{}+", floor(range)), |high| high.to_string()),
        Part::Best => match range.best {
            Some(best) => best.to_string(),
            None => Quantity::Estimate { low: Some(range.low), best: None, high: range.high }.to_string(),
        },
    }
}

pub(super) fn key(column: &Column, row: &Row<'_>) -> Key {
    let (measure, part) = of(column);
    match value(row, measure) {
        Value::NoClaim => Key::Empty,
        Value::Unknown => Key::Unknown,
        Value::Known(range) => match part {
            Part::Low => Key::Number(range.low),
            Part::Best => range.best.map_or(Key::Unknown, Key::Number),
            Part::High => Key::Number(range.high.unwrap_or(u64::MAX)),
        },
    }
}

pub(super) fn parse(column: &Column, row: &Row<'_>, text: &str) -> Result<Put, String> {
    let (measure, part) = of(column);
    if text.is_empty() {
        return Ok(by_hand(measure.clone(), None));
    }
    let now = value(row, measure).range();
    let range = match part {
        Part::Low => low(text, now)?,
        Part::Best => best(text, row, now)?,
        Part::High => high(text, now)?,
    };
    if now == Some(range) {
        return Ok(Box::new(|_| false));
    }
    let name = row.event.hand(measure, &Class::TOTAL).map(|hand| hand.name.clone()).unwrap_or_default();
    let hand = ByHand {
        measure: measure.clone(),
        class: Class::TOTAL,
        low: range.low,
        best: range.best,
        high: range.high,
        reason: Text::default(),
        name,
        claims_gave: beneath(row.project, row.derived, row.event.id).gives(measure, &Class::TOTAL),
    };
    Ok(by_hand(measure.clone(), Some(hand)))
}

/// A figure by hand of a measure in the place of the one that was there, or none.
fn by_hand(measure: Measure, hand: Option<ByHand>) -> Put {
    Box::new(move |event| {
        let is_meant = |hand: &ByHand| hand.measure == measure && hand.class == Class::TOTAL;
        let before = event.by_hand.clone();
        event.by_hand.retain(|hand| !is_meant(hand));
        event.by_hand.extend(hand);
        event.by_hand != before
    })
}

pub(super) fn preview(column: &Column, row: &Row<'_>, text: &str) -> Option<String> {
    let event = column.parse(row, text).ok().filter(|_| !text.is_empty())?;
    let hand = event.hand(of(column).0, &Class::TOTAL)?;
    let number = |n: Option<u64>, none: &str| n.map_or_else(|| none.to_owned(), grouped);
    let (low, best, high) = (grouped(hand.low), number(hand.best, "none"), number(hand.high, "open"));
    Some(format!("By hand: low {low}, best {best}, high {high}"))
}

fn quantity(text: &str, row: &Row<'_>) -> Result<Quantity, String> {
    Quantity::parse_with(text, &|word| row.project.knows_word(word)).map_err(|error| error.to_string())
}

fn in_order(range: Range) -> Result<Range, String> {
    if range.in_order() {
        return Ok(range);
    }
    let best = range.best.map_or_else(String::new, |best| format!(", best {}", grouped(best)));
    let high = range.high.map_or_else(String::new, |high| format!(", high {}", grouped(high)));
    Err(format!("Low {}{best}{high} is out of order. Type all three into best: 12 (8-20)", grouped(range.low)))
}

/// What is typed into best.
fn best(text: &str, row: &Row<'_>, now: Option<Range>) -> Result<Range, String> {
    let from_word = |word: &str| {
        let meaning = row.project.methodology.words.meaning(word);
        let meaning = meaning.ok_or_else(|| format!("“{word}” has no number in the word table in force"))?;
        Ok::<_, String>(Range { low: meaning.low, best: Some(meaning.low), high: meaning.high })
    };
    let open = |n: u64| Range { low: n, best: Some(n), high: None };
    let range = match quantity(text, row)? {
        Quantity::Exactly(n) => around(n, now),
        Quantity::NoneAsserted => around(0, now),
        Quantity::AtLeast(n) => open(n),
        Quantity::MoreThan(n) => open(n.saturating_add(1)),
        Quantity::AtMost(n) => Range { low: 0, best: None, high: Some(n) },
        Quantity::Between(a, b) => Range { low: a, best: Some(a), high: Some(b) },
        Quantity::Word(word) => from_word(&word)?,
        Quantity::Plural => from_word("plural")?,
        // A blank high is an open one: whoever types it leaves it so.
        Quantity::Estimate { low, best, high } => Range { low: low.or(best).unwrap_or(0), best, high },
        Quantity::About(n) => {
            return Err(format!("A figure by hand says how far “about” reaches: type {n} (low-high)"));
        }
        Quantity::Unknown => {
            return Err("A figure by hand is a number; Delete goes back to the claims".to_owned());
        }
    };
    in_order(range)
}

/// The figure with another best; low and high are only widened.
fn around(n: u64, now: Option<Range>) -> Range {
    match now {
        None => Range::exact(n),
        Some(now) => Range { low: now.low.min(n), best: Some(n), high: now.high.map(|high| high.max(n)) },
    }
}

fn one_number(text: &str) -> Result<u64, String> {
    match Quantity::parse(text) {
        Ok(Quantity::Exactly(n)) => Ok(n),
        Ok(Quantity::NoneAsserted) => Ok(0),
        Ok(_) => Err("Type one number here; ranges go into best".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn low(text: &str, now: Option<Range>) -> Result<Range, String> {
    let low = one_number(text)?;
    in_order(now.map_or(Range { low, best: None, high: None }, |now| Range { low, ..now }))
}

fn high(text: &str, now: Option<Range>) -> Result<Range, String> {
    let open = text.ends_with('+') || text.eq_ignore_ascii_case("open");
    let high = if open { None } else { Some(one_number(text)?) };
    in_order(now.map_or(Range { low: 0, best: None, high }, |now| Range { high, ..now }))
}
