//! The numbers behind a chart: a line for each bin and group, and for what stands apart.

use std::fmt::Write as _;

use crate::derive::calendar::Unit;
use crate::derive::series::{Basis, Chart, Known, Panel, Place, Point as Sums, Searched, Series};
use crate::exchange::cells::{self, Cell, Kind};
use crate::exchange::export::guarded;
use crate::scene::chart::{Imprint, words};

/// The columns, with what each means.
const COLUMNS: [(&str, &str); 14] = [
    ("bin_start", "First day of the bin; empty for what stands apart from the line of days"),
    ("bin_end", "Last day of the bin, included"),
    ("group", "The group of the split; empty for all together. With a comparison: what is compared"),
    ("low", "Sum of the lowest figures; empty where no number is known. An unknown figure is never a zero"),
    ("best", "Sum of the best figures; empty where an event with a low above zero has none"),
    ("high", "Sum of the highest figures; empty where an event's is open: no maximum was reported"),
    ("n_events", "Events in the bin; one that is spread counts in each of its bins"),
    ("n_no_best", "Events of them with a low above zero and no best figure"),
    ("n_imprecise", "Events of them whose date is not one day"),
    ("coverage", "Whether the days were searched for reports: all, partly, none; or why events stand apart"),
    ("event_ids", "The events, with blanks between; in a running total those of the bin alone"),
    ("high_at_least", "What the sum of high figures is at least, where it is open"),
    ("n_unknown", "Events of them that are spoken of without a number"),
    ("n_no_claim", "Events of them of which nobody says anything"),
];

/// A line of the table.
struct Line<'a> {
    start: String,
    end: String,
    group: String,
    sums: &'a Sums,
    coverage: &'static str,
    /// Slots of its events.
    events: Vec<u32>,
}

/// What a series is called in the table.
fn group(chart: &Chart, panel: &Panel, series: &Series) -> String {
    let compared = chart.compared.get(series.compared).map_or("", |of| of.label.as_str());
    let own =
        if panel.label.is_empty() || series.label.is_empty() { series.label.as_str() } else { panel.label.as_str() };
    let own = if own.is_empty() { panel.label.as_str() } else { own };
    match (own, compared) {
        ("", compared) => compared.to_owned(),
        (own, "") => own.to_owned(),
        (own, compared) => format!("{own}, {compared}"),
    }
}

/// All series that have lines: the whole first where it is split, then the groups.
fn series(chart: &Chart) -> Vec<(&Panel, &Series)> {
    let mut all: Vec<(&Panel, &Series)> = Vec::new();
    for panel in &chart.panels {
        let split = panel.series != panel.whole;
        if split {
            all.extend(panel.whole.iter().map(|series| (panel, series)));
        }
        all.extend(panel.series.iter().map(|series| (panel, series)));
    }
    all
}

fn lines<'a>(basis: &Basis<'_>, chart: &'a Chart) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (panel, series) in series(chart) {
        let name = group(chart, panel, series);
        let last = chart.columns.len().saturating_sub(1);
        let mut events: Vec<Vec<u32>> = vec![Vec::new(); chart.columns.len()];
        for slot in chart.slots(basis, Place::Columns(0, last), Some(series)) {
            for column in chart.columns_of(basis, slot) {
                if let Some(events) = events.get_mut(column) {
                    events.push(slot);
                }
            }
        }
        for ((column, sums), events) in chart.columns.iter().zip(&series.points).zip(events) {
            let coverage = match column.searched {
                Searched::All => "all",
                Searched::Partly => "partly",
                Searched::Not => "none",
            };
            let (start, end) = (column.bin.first.to_string(), column.bin.last.to_string());
            lines.push(Line { start, end, group: name.clone(), sums, coverage, events });
        }
        for ((at, strip), sums) in chart.strips.iter().enumerate().zip(&series.apart) {
            let events = chart.slots(basis, Place::Strip(at), Some(series));
            let (start, end) = (String::new(), String::new());
            lines.push(Line { start, end, group: name.clone(), sums, coverage: strip.words(), events });
        }
    }
    lines
}

impl Line<'_> {
    fn low(&self) -> String {
        if self.sums.known() == Known::Number { self.sums.low.to_string() } else { String::new() }
    }

    fn number(&self, number: Option<u64>) -> String {
        number.filter(|_| self.sums.known() == Known::Number).map_or_else(String::new, |number| number.to_string())
    }

    fn imprecise(&self, basis: &Basis<'_>) -> usize {
        let dates = basis.derived.columnar().dates();
        let imprecise = |slot: &&u32| {
            let (first, last) = dates.at(**slot as usize);
            first != last
        };
        self.events.iter().filter(imprecise).count()
    }

    fn ids(&self, basis: &Basis<'_>) -> String {
        let table = basis.derived.columnar();
        self.events.iter().fold(String::new(), |mut text, slot| {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(table.id(*slot).as_str());
            text
        })
    }

    fn cells(&self, basis: &Basis<'_>) -> [String; COLUMNS.len()] {
        let at_least = self.sums.is_open().then_some(self.sums.high_at_least);
        [
            self.start.clone(),
            self.end.clone(),
            self.group.clone(),
            self.low(),
            self.number(self.sums.best),
            self.number(self.sums.high),
            self.sums.events.to_string(),
            self.sums.no_best.to_string(),
            self.imprecise(basis).to_string(),
            self.coverage.to_owned(),
            self.ids(basis),
            self.number(at_least),
            self.sums.unknown.to_string(),
            self.sums.no_claim.to_string(),
        ]
    }
}

/// The table as CSV in UTF-8, with a header. `basis` is what the chart was made from.
pub fn csv(basis: &Basis<'_>, chart: &Chart) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(COLUMNS.map(|(name, _)| name));
    for line in lines(basis, chart) {
        let _ = writer.write_record(line.cells(basis).iter().map(|cell| guarded(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// The table for the clipboard, without the ids of events: as text with tabs, and as a table of typed cells.
pub fn tsv(basis: &Basis<'_>, chart: &Chart) -> (String, String) {
    const COPIED: usize = 10;
    let name = |name: &str| Cell::text(name);
    let mut rows: Vec<Vec<Cell>> = vec![COLUMNS.iter().take(COPIED).map(|(column, _)| name(column)).collect()];
    let kind = |column: usize, text: &str| match column {
        _ if text.is_empty() => Kind::Text,
        0 | 1 => Kind::Day,
        3..=8 => Kind::Number,
        _ => Kind::Text,
    };
    for line in lines(basis, chart) {
        let cells = line.cells(basis);
        let cell = |(column, text): (usize, &String)| Cell { kind: kind(column, text), text: text.clone() };
        rows.push(cells.iter().take(COPIED).enumerate().map(cell).collect());
    }
    let text = cells::tsv::write(rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str())));
    (text, cells::html::write(&rows))
}

/// What the table is about and what its columns mean, to be written beside it.
pub fn codebook(chart: &Chart, imprint: &Imprint, project: &str, method: &str) -> String {
    let question = &chart.question;
    let mut text = String::new();
    let one_line = |said: &str| said.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut say = |what: &str, said: &str| {
        if !said.is_empty() {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(text, "{what}: {}", one_line(said));
        }
    };
    say("Project", project);
    say("Hash of the project", &imprint.hash);
    say("Chart", &words::title(chart));
    say("Title", &imprint.title);
    say("Counted", &format!("{}, {}", question.measure, question.class));
    say("Method", method);
    say("Only events that match", question.filter.trim());
    if question.searched_only {
        say("Only events", "around the days searched");
    }
    say("Bins", chart.unit.words());
    say("Placing of dates that are not one day", question.placing.key());
    say("Split", question.split.key());
    if question.cumulative {
        say("Numbers", "up to the end of each bin, added up; what stands apart is not in them");
    }
    if let Some(day) = imprint.credits.data_to {
        say("Data to", &Unit::Day.bin_of(day).key());
    }
    say("Licence", &imprint.licence);
    say("Sources", &imprint.credits.sources.join("; "));
    for of in &chart.compared {
        say(if of.label.is_empty() { "Events" } else { &of.label }, &words::account(&of.account));
    }
    for stated in &chart.stated {
        say("Note", stated);
    }
    let _ = writeln!(text, "\nColumns\n-------");
    let width = COLUMNS.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, means) in COLUMNS {
        let _ = writeln!(text, "{name:<width$}  {means}");
    }
    text.push_str(
        "\nLines without days hold what stands apart: not placed (the date does not fit one bin), undated, in summaries \
         (what events that sum up others exceed them by).\nA text that would be run as a formula by a spreadsheet is \
         written with an apostrophe before it.\n",
    );
    text
}
