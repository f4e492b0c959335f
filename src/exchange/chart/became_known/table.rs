//! The numbers behind how figures became known: a line for each moment of the toll and of each speaker, or for each claim
//! on an event and each step of its figure.

use std::fmt::Write as _;

use super::{BecameKnown, What};
use crate::dataset;
use crate::derive::calendar::Unit;
use crate::derive::figures::Value;
use crate::derive::reports::{Known, Speaker, Standing, Step, Timeline, Told, TollStep};
use crate::exchange::cells::{self, Cell, Kind};
use crate::exchange::export::guarded;
use crate::scene::chart::Imprint;

/// A column: its name, what it means, what its cells are.
type Column = (&'static str, &'static str, Kind);

/// The columns of a toll.
const TOLL: [Column; 9] = [
    ("speaker", "Who had said it; empty for the total by the method in force", Kind::Text),
    ("known_from", KNOWN_FROM, Kind::Day),
    (
        "low",
        "Sum of the low figures known then; empty where no number was. An unknown figure is never a zero",
        Kind::Number,
    ),
    ("best", "Sum of the best figures; empty where an event with a low above zero had none", Kind::Number),
    ("high", "Sum of the high figures; empty where an event's was open: no maximum was reported", Kind::Number),
    ("high_at_least", "What the sum of high figures was at least", Kind::Number),
    ("events", "Events with a number", Kind::Number),
    ("interim_events", "Events of which only numbers were known that were reported while they went on", Kind::Number),
    ("high_only_events", HIGH_ONLY, Kind::Number),
];
const KNOWN_FROM: &str = "The day from which it was known; “no day” where nobody wrote one down, “by hand” for figures \
    that were set by hand";
const HIGH_ONLY: &str = "Events whose number rests on suspicions or on a party's count of its enemy's dead, which beside \
    others may only raise the high figure: of the total on nothing else, of a speaker in any part";

/// The columns of the claims on an event.
const CLAIMS: [Column; 15] = [
    (
        "row",
        "“claim” for what somebody said, “figure” for what the method made of the claims known by then",
        Kind::Text,
    ),
    ("known_from", KNOWN_FROM, Kind::Day),
    (
        "dated_by",
        "Whether the claim is known from its day of report or, for want of one, from the day of its article",
        Kind::Text,
    ),
    ("speaker", "Who said it", Kind::Text),
    ("class", "Among whom it counts", Kind::Text),
    ("low", "The smallest number that was stated; empty where none was", Kind::Number),
    ("best", "The number that was put forward; empty where none was", Kind::Number),
    ("high", "The largest number that was stated; empty where the end is open, or no number was given", Kind::Number),
    ("as_written", "The quantity as it was coded", Kind::Text),
    ("stance", "Asserted, suspected or denied", Kind::Text),
    (
        "interim",
        "“yes” where it was reported while the event went on, or the figure rested on such reports alone",
        Kind::Text,
    ),
    ("counts", "now, then (until later reports) or no", Kind::Text),
    ("why_not", "Why it does not count", Kind::Text),
    ("claim_id", "The claim", Kind::Text),
    ("article_ids", "The articles that its quotes are from, with blanks between", Kind::Text),
];

/// The rows of the table, the names of its columns first, with the columns.
fn rows(of: &BecameKnown<'_>) -> (&'static [Column], Vec<Vec<String>>) {
    match of.what {
        What::Toll(toll) => (&TOLL, toll.steps.iter().map(|step| toll_row("", step)).collect()),
        What::Speakers(speakers) => {
            let steps = |speaker: &Speaker| -> Vec<Vec<String>> {
                speaker.steps.iter().map(|step| toll_row(&speaker.name, step)).collect()
            };
            (&TOLL, speakers.iter().flat_map(steps).collect())
        }
        What::Claims(_, timeline) => {
            let claims = timeline.claims.iter().map(|told| claim_row(of, timeline, told));
            (&CLAIMS, claims.chain(timeline.course.iter().map(|step| figure_row(of, step))).collect())
        }
    }
}

fn number(n: Option<u64>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn known_from(known: Known) -> String {
    match known {
        Known::On(day) => day.to_string(),
        Known::SomeTime => "no day".to_owned(),
        Known::ByHand => "by hand".to_owned(),
    }
}

fn yes(is: bool) -> String {
    if is { "yes".to_owned() } else { String::new() }
}

fn toll_row(speaker: &str, step: &TollStep) -> Vec<String> {
    let sums = &step.sums;
    let events = sums.events - sums.unknown - sums.no_claim;
    let said = |n: Option<u64>| number(n.filter(|_| events > 0));
    vec![
        speaker.to_owned(),
        known_from(step.known),
        said(Some(sums.low)),
        said(sums.best),
        said(sums.high),
        said(Some(sums.high_at_least)),
        events.to_string(),
        step.interim.to_string(),
        step.high_only.to_string(),
    ]
}

fn claim_row(of: &BecameKnown<'_>, timeline: &Timeline, told: &Told) -> Vec<String> {
    let claim = dataset::claim(of.project, told.claim);
    let speaker = timeline.lines.get(told.line).map(|line| line.name.clone()).unwrap_or_default();
    let (counts, why_not) = match &told.standing {
        Standing::Now => ("now", String::new()),
        Standing::Then => ("then", String::new()),
        Standing::Not(why) => ("no", why.describe()),
    };
    let dated_by = match (told.by_article, told.known) {
        (true, _) => "article",
        (false, Known::On(_)) => "report",
        (false, _) => "",
    };
    let mut articles: Vec<&str> =
        claim.iter().flat_map(|claim| claim.quotes.iter().map(|quote| quote.article.as_str())).collect();
    articles.dedup();
    let articles = articles.join(" ");
    vec![
        "claim".to_owned(),
        known_from(told.known),
        dated_by.to_owned(),
        speaker,
        told.class.to_string(),
        number(told.reading.lo),
        number(told.reading.pt),
        number(told.reading.hi),
        claim.as_ref().map(|claim| claim.quantity.to_string()).unwrap_or_default(),
        told.stance.key().to_owned(),
        yes(told.interim),
        counts.to_owned(),
        why_not,
        told.claim.to_string(),
        articles,
    ]
}

fn figure_row(of: &BecameKnown<'_>, step: &Step) -> Vec<String> {
    let range = match step.figure.value {
        Value::Known(range) => Some(range),
        Value::Unknown | Value::NoClaim => None,
    };
    let mut row = vec![String::new(); CLAIMS.len()];
    let cells = [
        (0, "figure".to_owned()),
        (1, known_from(step.known)),
        (4, of.class.to_string()),
        (5, number(range.map(|range| range.low))),
        (6, number(range.and_then(|range| range.best))),
        (7, number(range.and_then(|range| range.high))),
        (10, yes(step.interim)),
    ];
    for (at, text) in cells {
        row[at] = text;
    }
    row
}

/// The table as CSV in UTF-8, with a header.
pub(super) fn csv(of: &BecameKnown<'_>) -> Vec<u8> {
    let (columns, rows) = rows(of);
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(columns.iter().map(|(name, ..)| name));
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// The table for the clipboard: as text with tabs, and as a table of typed cells.
pub(super) fn tsv(of: &BecameKnown<'_>) -> (String, String) {
    let (columns, lines) = rows(of);
    let mut rows: Vec<Vec<Cell>> = vec![columns.iter().map(|(name, ..)| Cell::text(*name)).collect()];
    let is_day = |text: &str| text.starts_with(|letter: char| letter.is_ascii_digit());
    for line in lines {
        let cell = |((_, _, kind), text): (&Column, String)| match kind {
            Kind::Number if !text.is_empty() => Cell { kind: Kind::Number, text },
            Kind::Day if is_day(&text) => Cell { kind: Kind::Day, text },
            _ => Cell { kind: Kind::Text, text },
        };
        rows.push(columns.iter().zip(line).map(cell).collect());
    }
    let text = cells::tsv::write(rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str())));
    (text, cells::html::write(&rows))
}

/// What the table is about and what its columns mean, to be written beside it.
pub(super) fn codebook(of: &BecameKnown<'_>, imprint: &Imprint) -> String {
    let mut text = String::new();
    let mut say = |what: &str, said: &str| {
        if !said.trim().is_empty() {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(text, "{what}: {}", said.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    };
    say("Project", &of.project.about.title);
    say("Hash of the project", &imprint.hash);
    say("Chart", &of.title());
    say("Event", &of.of_event());
    say("Title", &imprint.title);
    say("Counted", &format!("{}, {}", of.measure, of.class));
    say("Method", of.project.methodology.method_for(of.measure).key());
    say("Only events that match", of.filter);
    if let Some(day) = imprint.credits.data_to {
        say("Data to", &Unit::Day.bin_of(day).key());
    }
    say("Licence", &imprint.licence);
    say("Sources", &imprint.credits.sources.join("; "));
    of.foot(imprint, false).iter().skip(1).take(1).for_each(|notes| say("Note", notes));
    let _ = writeln!(text, "\nColumns\n-------");
    let (columns, _) = rows(of);
    let width = columns.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    for (name, means, _) in columns {
        let _ = writeln!(text, "{name:<width$}  {means}");
    }
    text.push_str(
        "\nA text that would be run as a formula by a spreadsheet is written with an apostrophe before it.\n",
    );
    text
}
