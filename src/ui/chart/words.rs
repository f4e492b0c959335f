//! Everything that the chart says: title, subtitle, account, notes, what stands under the pointer, and the sentence
//! for those who do not see it. Pure texts.

use crate::derive::calendar::Unit;
use crate::derive::totals::{Account, Group, Sums, Totals};
use crate::model::{Class, Measure};
use crate::scene::ticks::compact;
use crate::ui::figures::{count, grouped, of_sums as figure};

/// What is counted, as the subject of a title: "People killed".
pub fn subject(measure: &Measure, class: &Class) -> String {
    let people = match measure {
        Measure::Casualties | Measure::Other(_) => measure.title(),
        measure => format!("People {measure}"),
    };
    if *class == Class::TOTAL { people } else { format!("{people} ({class})") }
}

/// What is counted, as a unit: "Deaths".
fn things(measure: &Measure) -> String {
    match measure {
        Measure::Killed => "Deaths".to_owned(),
        Measure::Injured => "Injured people".to_owned(),
        Measure::Missing => "Missing people".to_owned(),
        Measure::Captured => "Captured people".to_owned(),
        Measure::Displaced => "Displaced people".to_owned(),
        Measure::Casualties => "Casualties (dead, wounded or missing)".to_owned(),
        Measure::Other(_) => measure.title(),
    }
}

/// "People killed, by day".
pub fn title(measure: &Measure, class: &Class, unit: Unit) -> String {
    format!("{}, by {}", subject(measure, class), unit.key())
}

/// "Deaths reported per day, low–best–high, 12 events from 9 articles".
pub fn subtitle(measure: &Measure, unit: Unit, events: usize, articles: usize) -> String {
    format!(
        "{} reported per {}, low–best–high, {} from {}",
        things(measure),
        unit.key(),
        count(events, "event", "events"),
        count(articles, "article", "articles")
    )
}

/// Where every event stands: the parts add up to all of them.
pub fn account(account: &Account, outside: usize) -> String {
    let n = |n: usize| grouped(u64::try_from(n).unwrap_or(u64::MAX));
    let apart = match outside {
        0 => String::new(),
        outside => format!("; far from the days searched: {}", n(outside)),
    };
    format!(
        "{} placed + {} not placed + {} undated + {} in summaries + {} excluded = {}{apart}",
        n(account.placed),
        n(account.not_placed),
        n(account.undated),
        n(account.in_summaries),
        n(account.excluded),
        count(account.all(), "event", "events")
    )
}

/// What the ranges are, and what is not in them.
pub fn notes(totals: &Totals, bars: bool) -> String {
    let what = if bars { "Whiskers" } else { "Band" };
    let mut notes = format!("{what}: sums of reported minima and maxima, not a confidence interval.");
    let sums = &totals.total;
    if sums.unknown > 0 {
        notes.push_str(&format!(" {} spoken of without a number.", count(sums.unknown, "event is", "events are")));
    }
    if sums.no_best > 0 {
        let rest = if bars { "drawn hollow" } else { "left out of the line" };
        notes.push_str(&format!(" {} no best figure, {rest}.", count(sums.no_best, "event has", "events have")));
    }
    // The first sentence of the totals says what the first one here says; the account tells the undated already, and
    // the sentence before events without a best figure.
    let told = |stated: &&String| !stated.contains("no best") && !stated.starts_with("Undated");
    for stated in totals.stated.iter().skip(1).filter(told) {
        notes.push(' ');
        notes.push_str(stated);
    }
    let drafts = [(totals.account.drafts, "draft"), (totals.account.disputed, "disputed")];
    let counted: Vec<String> =
        drafts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n as u64))).collect();
    if !counted.is_empty() {
        notes.push_str(&format!(" Counted too: {}.", counted.join(", ")));
    }
    notes
}

/// The label of the highest bin: its figure in few letters, and when it was.
pub fn peak(group: &Group) -> String {
    let sums = &group.sums;
    let open = if sums.high.is_none() { "+" } else { "" };
    let top = sums.high.unwrap_or(sums.high_at_least);
    let figure = match sums.best {
        _ if top < 100_000 => figure(sums),
        Some(best) => format!("{} ({}–{}{open})", compact(best), compact(sums.low), compact(top)),
        None => format!("{}–{}{open}", compact(sums.low), compact(top)),
    };
    let Some(bin) = group.bin else { return figure };
    match bin.unit {
        Unit::Day => format!("{figure}, {} {}", bin.short(), Unit::Year.bin_of(bin.first).short()),
        Unit::Week => format!("{figure}, week of {}", Unit::Day.bin_of(bin.first).long()),
        _ => format!("{figure}, {}", bin.short()),
    }
}

/// How many events stand behind sums, and how many of them give no number.
pub fn events(sums: &Sums) -> String {
    let speaking = sums.events.saturating_sub(sums.no_claim);
    let mut text = count(speaking, "event", "events");
    if sums.unknown > 0 {
        text.push_str(&format!(", {} without a number", grouped(sums.unknown as u64)));
    }
    if sums.no_best > 0 {
        text.push_str(&format!(", {} without a best figure", grouped(sums.no_best as u64)));
    }
    text
}

/// A bin or strip in one line: "16 September 2022: 24 (12–30), 3 events".
pub fn reading(label: &str, group: &Group) -> String {
    if group.slots.is_empty() {
        return format!("{label}: no event");
    }
    format!("{label}: {}, {}", figure(&group.sums), events(&group.sums))
}

/// The chart in sentences: range, peak, total, what is missing.
pub fn sentence(totals: &Totals, title: &str, peak: Option<usize>) -> String {
    let mut text = format!("{title}.");
    if let (Some(first), Some(last)) = (totals.groups.first(), totals.groups.last()) {
        if totals.groups.len() == 1 {
            text.push_str(&format!(" Only {}.", first.label));
        } else {
            text.push_str(&format!(" From {} to {}.", first.label, last.label));
        }
    }
    if let Some(peak) = peak.and_then(|at| totals.groups.get(at)) {
        text.push_str(&format!(" Highest: {} on {}.", figure(&peak.sums), peak.label));
    }
    text.push_str(&format!(" Total: {}, {}.", figure(&totals.total), events(&totals.total)));
    text.push_str(&format!(" {}.", account(&totals.account, 0)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(low: u64, best: Option<u64>, high: Option<u64>, at_least: u64) -> Sums {
        Sums { low, best, high, high_at_least: at_least, events: 1, ..Sums::default() }
    }

    #[test]
    fn titles_say_what_is_counted_and_by_what() {
        assert_eq!(title(&Measure::Killed, &Class::TOTAL, Unit::Day), "People killed, by day");
        let class = Class::from_key("civilians").expect("a class");
        assert_eq!(title(&Measure::Injured, &class, Unit::Week), "People injured (civilians), by week");
        assert_eq!(
            subtitle(&Measure::Killed, Unit::Day, 1, 2),
            "Deaths reported per day, low–best–high, 1 event from 2 articles"
        );
    }

    #[test]
    fn the_peak_says_when_it_was_and_stays_short() {
        let day = jiff::civil::date(2022, 9, 16);
        let at = |unit: Unit, sums: Sums| peak(&Group { bin: Some(unit.bin_of(day)), sums, ..Group::default() });
        assert_eq!(at(Unit::Day, sums(12, Some(24), Some(30), 30)), "24 (12–30), 16 Sep 2022");
        assert_eq!(at(Unit::Week, sums(24, Some(24), Some(24), 24)), "24, week of 12 September 2022");
        assert_eq!(
            at(Unit::Month, sums(900_000_000, Some(1_150_000_000), None, 1_250_000_000)),
            "1.1bn (900M–1.2bn+), Sep 2022"
        );
    }

    #[test]
    fn the_account_adds_up_in_words() {
        let sample =
            Account { placed: 3, not_placed: 2, undated: 1, in_summaries: 1, excluded: 1, ..Account::default() };
        assert_eq!(account(&sample, 0), "3 placed + 2 not placed + 1 undated + 1 in summaries + 1 excluded = 8 events");
    }
}
