//! The answer of `dateline totals`: a table for people, or one JSON document for programs.
//!
//! It writes down what `derive::totals` found and computes nothing. The fields of the document are a promise: scripts
//! read them.

use std::fmt::Write;

use serde::Serialize;

use crate::derive::totals::{By, Group, Query, Sums, Totals};
use crate::model::Project;

/// Sums as a table: a line a group, what stands apart, the total, the account, and what must be said beside them.
pub fn text(project: &Project, totals: &Totals, query: &Query<'_>, filter: &str) -> String {
    let mut rows: Vec<[String; COLUMNS]> = vec![head(totals, query)];
    rows.extend(totals.groups.iter().map(|group| row(name(group), &group.sums)));
    if totals.unit.is_some() {
        let apart = [&totals.not_placed, &totals.undated, &totals.in_summaries];
        rows.extend(
            apart.into_iter().filter(|group| group.sums.events > 0).map(|group| row(&group.label, &group.sums)),
        );
    }
    rows.push(row("total", &totals.total));
    let method = project.methodology.method_for(&query.measure).key();
    let mut text = format!("{}, {}; {method}\n", query.measure.title(), query.class);
    if !filter.is_empty() {
        let _ = writeln!(text, "Only events that match: {filter}");
    }
    text.push('\n');
    text.push_str(&table(&rows));
    let a = &totals.account;
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "\n{} events: {} placed, {} not placed, {} undated, {} in summaries, {} excluded.",
        a.all(),
        a.placed,
        a.not_placed,
        a.undated,
        a.in_summaries,
        a.excluded
    );
    let _ = writeln!(text, "Counted among them: {} draft, {} disputed.", a.drafts, a.disputed);
    for sentence in &totals.stated {
        let _ = writeln!(text, "{sentence}");
    }
    text
}

const COLUMNS: usize = 9;

/// The word of the split in force; `none` where there is none.
fn split(totals: &Totals, query: &Query<'_>) -> &'static str {
    totals.unit.map_or_else(|| query.by.key(), crate::derive::calendar::Unit::key)
}

fn head(totals: &Totals, query: &Query<'_>) -> [String; COLUMNS] {
    let by = if query.by == By::None { "" } else { split(totals, query) };
    [by, "low", "best", "high", "events", "unknown", "no claim", "no best", "flagged"].map(str::to_owned)
}

/// What a reader sees of a group: its key, which is short, or that it is not stated.
fn name(group: &Group) -> &str {
    if group.key.is_empty() { &group.label } else { &group.key }
}

fn row(name: &str, sums: &Sums) -> [String; COLUMNS] {
    [
        name.to_owned(),
        sums.low.to_string(),
        sums.best.map_or_else(|| "-".to_owned(), |best| best.to_string()),
        sums.high.map_or_else(|| format!("{}+", sums.high_at_least), |high| high.to_string()),
        sums.events.to_string(),
        sums.unknown.to_string(),
        sums.no_claim.to_string(),
        sums.no_best.to_string(),
        sums.flagged.to_string(),
    ]
}

/// Names to the left, numbers to the right.
fn table(rows: &[[String; COLUMNS]]) -> String {
    let widths: [usize; COLUMNS] =
        std::array::from_fn(|n| rows.iter().map(|row| row[n].chars().count()).max().unwrap_or(0));
    let mut text = String::new();
    for row in rows {
        for (n, (cell, width)) in row.iter().zip(widths).enumerate() {
            let _ = if n == 0 { write!(text, "{cell:<width$}") } else { write!(text, "  {cell:>width$}") };
        }
        text.push('\n');
    }
    text
}

/// The sums of one line of the document.
#[derive(Serialize)]
struct Numbers {
    low: u64,
    best: Option<u64>,
    high: Option<u64>,
    events: usize,
    unknown: usize,
    no_claim: usize,
    no_best: usize,
    flagged: usize,
}

impl From<&Sums> for Numbers {
    fn from(sums: &Sums) -> Self {
        let Sums { low, best, high, events, unknown, no_claim, no_best, flagged, high_at_least: _ } = *sums;
        Self { low, best, high, events, unknown, no_claim, no_best, flagged }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    key: &'a str,
    #[serde(flatten)]
    numbers: Numbers,
}

#[derive(Serialize)]
struct Account {
    placed: usize,
    not_placed: usize,
    undated: usize,
    in_summaries: usize,
    excluded: usize,
    drafts: usize,
    disputed: usize,
}

/// What stands in no group of a split by time.
#[derive(Serialize)]
struct Apart {
    not_placed: Numbers,
    undated: Numbers,
    in_summaries: Numbers,
}

#[derive(Serialize)]
struct Document<'a> {
    measure: &'a str,
    by: &'a str,
    method: &'a str,
    groups: Vec<Line<'a>>,
    total: Numbers,
    account: Account,
    class: String,
    place: &'a str,
    /// The filter; not there where all events were asked for.
    #[serde(rename = "where", skip_serializing_if = "str::is_empty")]
    filter: &'a str,
    /// Whether groups share events, so that they do not add up to the total.
    overlap: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    apart: Option<Apart>,
    notes: &'a [String],
}

/// Sums as one JSON document on one line. `high` is null where it is open, `best` where there is none.
pub fn json(project: &Project, totals: &Totals, query: &Query<'_>, filter: &str) -> String {
    let a = totals.account;
    let document = Document {
        measure: query.measure.key(),
        by: split(totals, query),
        method: project.methodology.method_for(&query.measure).key(),
        groups: totals.groups.iter().map(|group| Line { key: &group.key, numbers: (&group.sums).into() }).collect(),
        total: (&totals.total).into(),
        account: Account {
            placed: a.placed,
            not_placed: a.not_placed,
            undated: a.undated,
            in_summaries: a.in_summaries,
            excluded: a.excluded,
            drafts: a.drafts,
            disputed: a.disputed,
        },
        class: query.class.to_string(),
        place: query.placing.key(),
        filter,
        overlap: totals.overlap,
        apart: totals.unit.map(|_| Apart {
            not_placed: (&totals.not_placed.sums).into(),
            undated: (&totals.undated.sums).into(),
            in_summaries: (&totals.in_summaries.sums).into(),
        }),
        notes: &totals.stated,
    };
    // Nothing in it can fail to be written: keys are strings and numbers are whole.
    serde_json::to_string(&document).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{Derived, totals::totals};
    use crate::model::{Claim, Class, Event, EventDate, Measure, Quantity, Status};

    fn project() -> Project {
        let mut project = Project::titled("Test");
        for (n, when, quantity) in [(1, "2022-09-16", "3"), (2, "2022-11", "5+"), (3, "2022", "4-9"), (4, "", "?")] {
            let mut event = Event::new(format!("e-{n}").parse().expect("an id"));
            event.when = EventDate::parse(when).ok();
            event.status = if n == 1 { Status::Draft } else { Status::Coded };
            let quantity = Quantity::parse(quantity).expect("a quantity");
            project.claims.push(Claim::new(event.id, Measure::Killed, Class::TOTAL, quantity)).expect("free");
            project.events.push(event).expect("free");
        }
        project
    }

    fn answer(key: &str, write: fn(&Project, &Totals, &Query<'_>, &str) -> String) -> String {
        let project = project();
        let query = Query::new(Measure::Killed, By::from_key(key).expect("a split"));
        write(&project, &totals(&project, &Derived::from_scratch(&project), &query), &query, "")
    }

    #[test]
    fn a_person_reads_a_table() {
        let text = answer("month", text);
        let wanted = "\
Killed, total; range of claims 1

month       low  best  high  events  unknown  no claim  no best  flagged
2022-09       3     3     3       1        0         0        0        0
2022-10       0     -     0       0        0         0        0        0
2022-11       5     5    5+       1        0         0        0        0
not placed    4     4     9       1        0         0        0        0
undated       0     -     0       1        1         0        0        0
total        12    12   17+       4        1         0        0        0

4 events: 2 placed, 1 not placed, 1 undated, 0 in summaries, 0 excluded.
Counted among them: 1 draft, 0 disputed.
Sums of lows, bests and highs of what was reported: bounds, not a confidence interval.
Not placed: 1 event whose date does not fit one month.
Undated: 1 event.
";
        assert_eq!(text, wanted);
    }

    #[test]
    fn a_program_reads_a_document() {
        let json = answer("month", json);
        let beginning = r#"{"measure":"killed","by":"month","method":"range of claims 1","groups":[{"key":"2022-09","low":3,"best":3,"high":3,"events":1,"unknown":0,"no_claim":0,"no_best":0,"flagged":0},"#;
        assert!(json.starts_with(beginning), "{json}");
        let document: serde_json::Value = serde_json::from_str(&json).expect("a document");
        assert_eq!(document["groups"][2]["high"], serde_json::Value::Null, "open");
        let total = r#"{"low":12,"best":12,"high":null,"events":4,"unknown":1,"no_claim":0,"no_best":0,"flagged":0}"#;
        assert_eq!(document["total"], serde_json::from_str::<serde_json::Value>(total).expect("sums"));
        assert_eq!((&document["account"]["placed"], &document["account"]["undated"]), (&2.into(), &1.into()));
        assert_eq!(document["apart"]["not_placed"]["high"], 9);
    }

    #[test]
    fn a_split_whose_groups_overlap_says_so() {
        let of = |key| serde_json::from_str::<serde_json::Value>(&answer(key, json)).expect("a document");
        assert_eq!(of("side")["overlap"], true);
        assert_eq!(of("side_a")["overlap"], false);
        assert!(answer("side", text).contains("the groups overlap"));
        assert_eq!((&of("none")["by"], of("none")["groups"].as_array().map(Vec::len)), (&"none".into(), Some(0)));
    }
}
