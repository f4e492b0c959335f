//! How figures are written for people, on the window and without it: `45 (42–50)`, `12+`, `?`, `–`; and, in `claims`,
//! what a claim is called.
//!
//! It turns values into texts and nothing else; it must not know any panel, and it works nothing out.

mod claims;

pub use claims::{day, name, name_of, particulars, place, scope, speaker};

use super::figures::{Marks, Range, Reading, Value};
use super::totals::Sums;
pub use crate::model::quantity::grouped;

/// What is written where nobody spoke of a number.
pub const NO_CLAIM: &str = "–";
/// What is written where somebody spoke of it without a number.
pub const UNKNOWN: &str = "?";

/// Low to high: `42–50`, `42+` where the high is open, `42` where they are the same.
pub fn span(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if high == low => grouped(low),
        Some(high) => format!("{}–{}", grouped(low), grouped(high)),
        None => format!("{}+", grouped(low)),
    }
}

/// The number that is shown large: the best figure, else the range, else why there is none.
pub fn headline(value: Value, marks: Marks) -> String {
    match value {
        Value::NoClaim => NO_CLAIM.to_owned(),
        Value::Unknown => UNKNOWN.to_owned(),
        Value::Known(Range { best: Some(best), .. }) if marks.about => format!("~{}", grouped(best)),
        Value::Known(Range { best: Some(best), .. }) => grouped(best),
        Value::Known(range) => span(range.low, range.high),
    }
}

/// The range that belongs beside the headline; `None` where it would say nothing more.
pub fn beside(value: Value, marks: Marks) -> Option<String> {
    let range = value.range()?;
    let best = range.best?;
    if range.low == best && range.high == Some(best) && !marks.open_above {
        return None;
    }
    let text = match range.high {
        // Out of order, as it was published: every number is shown.
        Some(high) => format!("{}–{}", grouped(range.low), grouped(high)),
        None => format!("{}+", grouped(range.low)),
    };
    Some(if marks.open_above { format!("{text}+") } else { text })
}

/// The whole figure in one short text: `45 (42–50)`.
pub fn short(value: Value, marks: Marks) -> String {
    let headline = headline(value, marks);
    match beside(value, marks) {
        Some(range) if range != headline => format!("{headline} ({range})"),
        _ => headline,
    }
}

/// The figure as a screen reader should say it: "45, from 42 to 50".
pub fn spoken(value: Value, marks: Marks) -> String {
    let Some(range) = value.range() else {
        return if value == Value::Unknown { "spoken of without a number" } else { "no claim" }.to_owned();
    };
    let about = if marks.about { "about " } else { "" };
    let span = match range.high {
        Some(high) if high == range.low => String::new(),
        Some(high) => format!("from {} to {}", grouped(range.low), grouped(high)),
        None => format!("at least {}, open above", grouped(range.low)),
    };
    match range.best {
        Some(best) if span.is_empty() => format!("{about}{}", grouped(best)),
        Some(best) => format!("{about}{}, {span}", grouped(best)),
        None if span.is_empty() => grouped(range.low),
        None => format!("{span}, no best figure"),
    }
}

/// A best figure in a column of its own; `–` where there is none.
pub fn best_cell(best: Option<u64>) -> String {
    best.map_or_else(|| NO_CLAIM.to_owned(), grouped)
}

/// A high figure in a column of its own: an open one is the largest known number with a plus.
pub fn high_cell(range: Range) -> String {
    match range.high {
        Some(high) => grouped(high),
        None => format!("{}+", grouped(range.best.unwrap_or(range.low).max(range.low))),
    }
}

/// What a claim was read as: `42`, `24+`, `40–50`, `≤5`; `None` where it gives no number.
pub fn reading(reading: Reading) -> Option<String> {
    let about = if reading.about { "~" } else { "" };
    Some(match (reading.lo, reading.hi) {
        (Some(lo), hi) => format!("{about}{}", span(lo, hi)),
        (None, Some(hi)) => format!("≤{}", grouped(hi)),
        (None, None) => return None,
    })
}

/// A count with its noun: `1 event`, `2 events`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(u64::try_from(n).unwrap_or(u64::MAX)), if n == 1 { one } else { many })
}

/// A phrase with a capital at its head, as on a screen.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Sums as a figure: `24 (12–30)`, `24 (12–30+)`, `40–90`.
pub fn of_sums(sums: &Sums) -> String {
    if sums.events == sums.unknown + sums.no_claim {
        return if sums.unknown > 0 { "no number given" } else { "nothing reported" }.to_owned();
    }
    let open = if sums.high.is_none() { "+" } else { "" };
    let top = sums.high.unwrap_or(sums.high_at_least);
    let range = if top == sums.low {
        format!("{}{open}", grouped(top))
    } else {
        format!("{}{open}", span(sums.low, Some(top)))
    };
    match sums.best {
        Some(best) if best == sums.low && sums.high == Some(best) => grouped(best),
        Some(best) => format!("{} ({range})", grouped(best)),
        None => range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(low: u64, best: Option<u64>, high: Option<u64>) -> Value {
        Value::Known(Range { low, best, high })
    }

    #[test]
    fn thousands_are_grouped() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (12_345, "12,345"), (1_000_000_000, "1,000,000,000")];
        for (n, text) in cases {
            assert_eq!(grouped(n), text);
        }
    }

    #[test]
    fn a_figure_is_written_as_the_field_writes_it() {
        let plain = Marks::default();
        assert_eq!(short(known(42, Some(45), Some(50)), plain), "45 (42–50)");
        assert_eq!(short(known(12, Some(12), Some(12)), plain), "12");
        assert_eq!(short(known(12, Some(12), None), plain), "12 (12+)");
        assert_eq!(short(known(40, None, Some(90)), plain), "40–90");
        assert_eq!(short(known(40, None, None), plain), "40+");
        assert_eq!(short(Value::Unknown, plain), "?");
        assert_eq!(short(Value::NoClaim, plain), "–");
        assert_eq!(short(known(58, Some(60), Some(70)), Marks { about: true, ..plain }), "~60 (58–70)");
        assert_eq!(short(known(5, Some(12), Some(12)), Marks { open_above: true, ..plain }), "12 (5–12+)");
    }

    #[test]
    fn an_open_high_shows_the_largest_number_known() {
        assert_eq!(high_cell(Range { low: 3, best: Some(12), high: None }), "12+");
        assert_eq!(high_cell(Range { low: 3, best: None, high: None }), "3+");
        assert_eq!(high_cell(Range { low: 3, best: None, high: Some(9) }), "9");
    }

    #[test]
    fn readings_keep_what_is_open() {
        let r = |lo, hi| reading(Reading { lo, hi, ..Reading::default() });
        assert_eq!(r(Some(24), None).as_deref(), Some("24+"));
        assert_eq!(r(Some(42), Some(42)).as_deref(), Some("42"));
        assert_eq!(r(None, Some(5)).as_deref(), Some("≤5"));
        assert_eq!(r(None, None), None);
    }

    #[test]
    fn one_event_is_no_events() {
        assert_eq!(count(1, "event", "events"), "1 event");
        assert_eq!(count(2000, "event", "events"), "2,000 events");
    }

    fn sums(low: u64, best: Option<u64>, high: Option<u64>, at_least: u64) -> Sums {
        Sums { low, best, high, high_at_least: at_least, events: 1, ..Sums::default() }
    }

    #[test]
    fn sums_are_written_with_what_is_open_and_what_is_missing() {
        assert_eq!(of_sums(&sums(24, Some(24), Some(24), 24)), "24");
        assert_eq!(of_sums(&sums(12, Some(24), Some(30), 30)), "24 (12–30)");
        assert_eq!(of_sums(&sums(12, Some(24), None, 30)), "24 (12–30+)");
        assert_eq!(of_sums(&sums(24, Some(24), None, 24)), "24 (24+)");
        assert_eq!(of_sums(&sums(40, None, Some(90), 90)), "40–90");
        assert_eq!(of_sums(&Sums { events: 2, unknown: 1, no_claim: 1, ..Sums::default() }), "no number given");
        assert_eq!(of_sums(&Sums { events: 1, no_claim: 1, ..Sums::default() }), "nothing reported");
    }
}
