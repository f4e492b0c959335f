//! Everything that a chart says: title, subtitle, foot, the label of its peak, and the description for those who do not
//! see it. Pure texts.

use super::scale::Heights;
use crate::derive::calendar::Unit;
use crate::derive::credits::{Counts, Credits};
use crate::derive::series::{Arrangement, Beside, Chart, Compared, Known, Point as Sums, Searched};
use crate::derive::totals::{Account, Placing};
use crate::derive::wording::{count, of_sums};
use crate::model::quantity::grouped;
use crate::model::{Class, Measure, Months};
use crate::scene::months;
use crate::scene::ticks::compact;

/// What is said around the marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// What was found, or what is counted.
    pub title: String,
    /// The unit, and how many events and articles.
    pub subtitle: String,
    /// Sentences below: sources, what the ranges are, where every event stands, how far the data reach.
    pub foot: Vec<String>,
    /// All of it in sentences.
    pub description: String,
}

/// What a chart in a file says beside its numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imprint {
    /// The title that a person gave it; empty for one that says what is counted.
    pub title: String,
    /// Whose reports it rests on.
    pub credits: Credits,
    /// The licence of the project's data.
    pub licence: String,
    /// The project's hash; its first eight digits are shown.
    pub hash: String,
    /// Whether the picture has greys in the place of colours.
    pub printed: bool,
}

impl Said {
    /// Everything that is said of a chart; `bars` is whether it is drawn with bars.
    pub fn of(chart: &Chart, imprint: &Imprint, bars: bool) -> Self {
        let named = imprint.title.trim();
        let title = if named.is_empty() { title(chart) } else { named.to_owned() };
        let described = if named.is_empty() { String::new() } else { format!("{named}. ") };
        Self {
            title,
            subtitle: subtitle(chart, &imprint.credits.counts),
            foot: foot(chart, imprint, bars),
            description: format!("{described}{}", description(chart)),
        }
    }
}

/// What is counted, as the subject of a title: "People killed".
pub fn subject(measure: &Measure, class: &Class) -> String {
    let people = match measure {
        Measure::Casualties | Measure::Other(_) => measure.title(),
        measure => format!("People {measure}"),
    };
    if *class == Class::TOTAL { people } else { format!("{people} ({class})") }
}

/// What is counted, as a unit: "Deaths".
pub fn things(measure: &Measure) -> String {
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

/// "People killed, by day", "People killed and people injured, by day and country", "People killed, running total by day".
pub fn title(chart: &Chart) -> String {
    let question = &chart.question;
    let mut text = subject(&question.measure, &question.class);
    if let Beside::Measure(other) = &question.beside {
        let other = subject(other, &question.class);
        let mut letters = other.chars();
        let first = letters.next().map(|first| first.to_lowercase().collect::<String>()).unwrap_or_default();
        text.push_str(&format!(" and {first}{}", letters.as_str()));
    }
    let running = if question.cumulative { "running total by" } else { "by" };
    text.push_str(&format!(", {running} {}", chart.unit.words()));
    let is_split = chart.panels.iter().any(|panel| panel.series.len() > panel.whole.len() || !panel.label.is_empty());
    if is_split {
        text.push_str(&format!(" and {}", split_words(question.split.key())));
    }
    text
}

fn split_words(key: &str) -> &str {
    match key {
        "adm1" => "first-order division",
        "side_a" => "side A",
        "side_b" => "side B",
        key => key,
    }
}

/// "Deaths reported per day, low–best–high, 12 events from 9 articles", and which events are meant.
pub fn subtitle(chart: &Chart, counts: &Counts) -> String {
    let mut text = counted(chart, counts);
    let question = &chart.question;
    match (&question.beside, question.filter.trim()) {
        (Beside::Filter(other), filter) => {
            let all = |line: &str| if line.is_empty() { "all events".to_owned() } else { line.to_owned() };
            text.push_str(&format!("; {} beside {}", all(filter), all(other.trim())));
        }
        (_, "") => {}
        (_, filter) => text.push_str(&format!("; only events that match {filter}")),
    }
    if question.searched_only {
        text.push_str("; only events around the days searched");
    }
    text
}

/// "Deaths reported per day, low–best–high, 12 events from 9 articles and 3 rows of data sets".
pub fn counted(chart: &Chart, counts: &Counts) -> String {
    let question = &chart.question;
    let what = match &question.beside {
        Beside::Measure(other) if *other != question.measure => {
            format!("{} and {}", things(&question.measure), things(other).to_lowercase())
        }
        _ => things(&question.measure),
    };
    let range = if is_stacked(chart) { "best (whiskers: low–high of the whole)" } else { "low–best–high" };
    let how = if question.cumulative { "up to the end of each" } else { "per" };
    let events = count(counts.events, "event", "events");
    format!("{what} reported {how} {}, {range}, {events}{}", chart.unit.words(), from(counts))
}

/// " from 9 articles and 3 imported rows"; nothing where there are neither.
pub fn from(counts: &Counts) -> String {
    let articles = count(counts.articles, "article", "articles");
    let rows = count(counts.rows, "imported row", "imported rows");
    match (counts.articles, counts.rows) {
        (0, 0) => String::new(),
        (_, 0) => format!(" from {articles}"),
        (0, _) => format!(" from {rows}"),
        _ => format!(" from {articles} and {rows}"),
    }
}

/// Whether groups stand on top of each other.
pub fn is_stacked(chart: &Chart) -> bool {
    chart.arrangement == Arrangement::Stacked && chart.panels.iter().any(|panel| panel.series.len() > panel.whole.len())
}

fn foot(chart: &Chart, imprint: &Imprint, bars: bool) -> Vec<String> {
    let mut foot = Vec::new();
    foot.extend(source_line(&imprint.credits));
    foot.push(notes(chart, bars));
    foot.extend(accounts(chart).into_iter().map(|account| format!("{account}.")));
    foot.push(last_line(imprint));
    foot
}

/// How far the data reach, under which licence they may be used, and what the picture was made of.
pub fn last_line(imprint: &Imprint) -> String {
    let mut end = Vec::new();
    if let Some(day) = imprint.credits.data_to {
        end.push(format!("Data to {}.", Unit::Day.bin_of(day).long()));
    }
    let licence = imprint.licence.trim();
    if !licence.is_empty() {
        end.push(format!("Licence: {}.", licence.trim_end_matches('.')));
    }
    let hash: String = imprint.hash.chars().take(8).collect();
    end.push(if hash.is_empty() {
        "Made with Dateline.".to_owned()
    } else {
        format!("Made with Dateline, project {hash}.")
    });
    end.join(" ")
}

/// "Source: the first three, then n more".
pub fn source_line(credits: &Credits) -> Option<String> {
    const NAMED: usize = 3;
    let named: Vec<&str> = credits.sources.iter().take(NAMED).map(String::as_str).collect();
    let more =
        credits.sources.len().saturating_sub(NAMED) + usize::from(credits.unnamed && credits.sources.len() >= NAMED);
    // Names of publishers have commas in them.
    let mut text = named.join("; ");
    if credits.unnamed && credits.sources.len() < NAMED {
        text.push_str(if text.is_empty() { "not named" } else { " and others who are not named" });
    }
    if text.is_empty() {
        return None;
    }
    if more > 0 {
        text.push_str(&format!("; then {} more", grouped(more as u64)));
    }
    Some(format!("Source: {}.", text.trim_end_matches('.')))
}

/// Where every event of each that is compared stands. Two measures of the same events have one account.
pub fn accounts(chart: &Chart) -> Vec<String> {
    let filters = matches!(chart.question.beside, Beside::Filter(_));
    let line = |of: &Compared| {
        let label = if filters { format!("{}: ", of.label) } else { String::new() };
        format!("{label}{}", account(&of.account))
    };
    chart.compared.iter().map(line).take(if filters { 2 } else { 1 }).collect()
}

/// Where every event stands: the parts add up to all of them.
pub fn account(account: &Account) -> String {
    let n = |n: usize| grouped(n as u64);
    let parts = [
        (account.placed, "placed"),
        (account.not_placed, "not placed"),
        (account.undated, "undated"),
        (account.in_summaries, "in summaries"),
        (account.excluded, "excluded"),
    ];
    let parts: Vec<String> = parts.iter().map(|(count, what)| format!("{} {what}", n(*count))).collect();
    format!("{} = {}", parts.join(" + "), count(account.all(), "event", "events"))
}

/// What the ranges are, and what is not in them.
pub fn notes(chart: &Chart, bars: bool) -> String {
    let what = if bars { "Whiskers" } else { "Band" };
    let mut notes = format!("{what}: sums of reported minima and maxima, not a confidence interval.");
    let sums = chart.compared.first().map(|of| of.total).unwrap_or_default();
    let mut say = |sentence: String| {
        notes.push(' ');
        notes.push_str(&sentence);
    };
    match Heights::of(chart) {
        Heights::Even => {}
        Heights::Log => say("Heights are logarithmic.".to_owned()),
        Heights::LogOfOneMore => {
            say("Heights are logarithmic, of one more than each number, because some are zero.".to_owned());
        }
    }
    if sums.unknown > 0 {
        say(format!("{} spoken of without a number.", count(sums.unknown, "event is", "events are")));
    }
    if sums.no_best > 0 && !takes_low(chart) {
        let rest = if bars { "shown as ranges, hollow" } else { "left out of the line" };
        say(format!("{} no best figure, {rest}.", count(sums.no_best, "event has", "events have")));
    }
    if chart.compared.iter().any(|of| of.total.is_open()) {
        say("Arrows: no maximum was reported.".to_owned());
    }
    let partly = chart.columns.iter().any(|column| column.searched == Searched::Partly);
    match (partly && bars, chart.unsearched.is_empty()) {
        (true, _) => say("Striped: days that were not searched or are not over.".to_owned()),
        (false, false) => say("Hatched: days that were not searched.".to_owned()),
        (false, true) => {}
    }
    // The first sentence says what the first one here says, and the account tells the undated already.
    let told = |stated: &&String| !stated.contains("no best total") && !stated.starts_with("Undated");
    chart.stated.iter().skip(1).filter(told).for_each(|stated| say(stated.clone()));
    if let Some(account) = chart.compared.first().map(|of| &of.account) {
        let counted = [(account.drafts, "draft"), (account.disputed, "disputed")];
        let counted: Vec<String> =
            counted.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n as u64))).collect();
        if !counted.is_empty() {
            say(format!("Counted too: {}.", counted.join(", ")));
        }
    }
    notes
}

fn takes_low(chart: &Chart) -> bool {
    chart.question.missing_best_is_low || chart.stated.iter().any(|stated| stated.contains("its low is taken"))
}

/// The labels of the highest bin: its figure in few letters with when it was, and the figure alone.
pub fn peak(chart: &Chart) -> Option<Peak> {
    let bin = chart.peak.filter(|_| !chart.question.cumulative)?;
    let sums = chart.panels.first()?.whole.first()?.points.get(bin)?;
    let (figure, when) = (short(sums), months::bin(chart.almanac.months, &chart.columns.get(bin)?.bin));
    let runs_left = matches!(chart.almanac.months, Months::Arabic | Months::Levantine);
    let both = if runs_left { vec![format!("{figure},"), when] } else { vec![format!("{figure}, {when}")] };
    Some(Peak { bin, texts: [both, vec![figure]] })
}

/// The label of the highest bin.
pub struct Peak {
    /// Which bin.
    pub bin: usize,
    /// The figure with its day, and the figure alone. A figure with its range runs to the right and an Arabic date to the
    /// left: as one text they would be misread, so they are two that stand beside each other.
    pub texts: [Vec<String>; 2],
}

/// A figure in few letters.
fn short(sums: &Sums) -> String {
    let open = if sums.is_open() { "+" } else { "" };
    let top = sums.reach();
    match sums.best {
        _ if top < 100_000 => of_sums(sums),
        Some(best) => format!("{} ({}–{}{open})", compact(best), compact(sums.low), compact(top)),
        None => format!("{}–{}{open}", compact(sums.low), compact(top)),
    }
}

/// How many events stand behind sums, and how many of them give no number.
pub fn events(sums: &Sums) -> String {
    let mut text = count(sums.events.saturating_sub(sums.no_claim), "event", "events");
    if sums.unknown > 0 {
        text.push_str(&format!(", {} without a number", grouped(sums.unknown as u64)));
    }
    if sums.no_best > 0 {
        text.push_str(&format!(", {} without a best figure", grouped(sums.no_best as u64)));
    }
    text
}

/// The chart in sentences: what it shows, from when to when, peak, total, groups, what is missing.
pub fn description(chart: &Chart) -> String {
    let mut text = format!("{}.", title(chart));
    let mut say = |sentence: String| {
        text.push(' ');
        text.push_str(&sentence);
    };
    match (chart.columns.first(), chart.columns.last()) {
        (Some(first), Some(last)) if first == last => say(format!("Only {}.", first.bin.long())),
        (Some(first), Some(last)) => say(format!("From {} to {}.", first.bin.long(), last.bin.long())),
        _ => say("No event has a place on the line of days.".to_owned()),
    }
    let whole = chart.panels.iter().flat_map(|panel| &panel.whole).next();
    if let Some((at, sums)) = chart.peak.zip(whole).and_then(|(at, whole)| Some((at, whole.points.get(at)?)))
        && let Some(column) = chart.columns.get(at).filter(|_| !chart.question.cumulative && chart.panels.len() == 1)
    {
        say(format!("Highest: {} in {}.", of_sums(sums), column.bin.long()));
    }
    for of in &chart.compared {
        let label = if of.label.is_empty() { String::new() } else { format!(" of {}", of.label) };
        say(format!("Total{label}: {}, {}.", of_sums(&of.total), events(&of.total)));
    }
    let groups = || chart.panels.iter().flat_map(|panel| &panel.series);
    if groups().count() > chart.compared.len() {
        let all: Vec<String> = groups().map(|series| format!("{}: {}", series.label, of_sums(&series.total))).collect();
        say(format!("By {}: {}.", split_words(chart.question.split.key()), all.join("; ")));
    }
    let silent = whole.map_or(0, |whole| {
        let silent = |(at, sums): &(usize, &Sums)| {
            sums.known() == Known::Nothing && chart.columns.get(*at).is_some_and(|c| c.searched == Searched::Not)
        };
        whole.points.iter().enumerate().filter(silent).count()
    });
    if silent > 0 && !chart.question.cumulative {
        say(format!(
            "Not searched: {}.",
            count(silent, &format!("{} of it", chart.unit.key()), &format!("{}s of it", chart.unit.key()))
        ));
    }
    if chart.question.placing == Placing::Spread {
        say("Imprecise dates are spread over their days.".to_owned());
    }
    if let Some(of) = chart.compared.first() {
        say(format!("{}.", account(&of.account)));
    }
    text
}
