//! Events in the shape of other people's data sets: the columns of UCDP GED or ACLED.
//!
//! An event that came from such a data set goes out as its row, byte for byte but for what was touched, and the file is
//! written as the one that it came from (columns, delimiter, quotes, line ends, encoding). An event of our own is filled
//! from its figures; what is not known stays blank, but where the data set's own convention has a number for it, which
//! the report says. What people wrote is kept from being run as a formula, as in our own tables; a cell that came so goes
//! out so.

mod acled;
mod bytes;
mod ged;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use crate::dataset::{Readers, guarded, readers, write_row};
use crate::derive::wording::count;
use crate::model::{Dataset, DatasetId, Event, Layout, Text};

use super::redact::Redaction;
use super::{Kind, Line, Source, pace};
use bytes::Coder;

/// A value of our own for a column. `None` where the data set has it and we have not.
type Fill = fn(&str, &Own<'_>) -> Option<String>;

/// The columns of a data set, and how an event of our own fills them.
struct Shape {
    /// The name of its mappings.
    name: &'static str,
    columns: &'static [&'static str],
    fill: Fill,
    /// Columns that lead to a place.
    places: &'static [&'static str],
    /// Columns that name who said it.
    names: &'static [&'static str],
    /// Columns that hold words of reports.
    quotes: &'static [&'static str],
}

/// An event of our own on its way into a shape.
struct Own<'a> {
    source: &'a Source<'a>,
    redaction: &'a Redaction,
    event: &'a Event,
}

fn shape(kind: Kind) -> &'static Shape {
    if kind == Kind::Acled { &acled::SHAPE } else { &ged::SHAPE }
}

/// How the file is written, and by which data set of the project it goes.
struct Target<'a> {
    shape: &'static Shape,
    columns: Vec<Text>,
    layout: Layout,
    like: Option<&'a Dataset>,
}

/// The target of some events: the file of the data set of this kind that most of them came from, else the plain one.
fn target<'a>(source: &Source<'a>, lines: &[Line<'_>], shape: &'static Shape) -> Target<'a> {
    let mut events: HashMap<DatasetId, usize> = HashMap::new();
    for row in lines.iter().filter_map(|line| line.event.source.as_ref()) {
        *events.entry(row.dataset).or_default() += 1;
    }
    let of_kind = source.project.datasets.iter().filter(|dataset| is_of(dataset, shape));
    let like = of_kind.max_by_key(|dataset| events.get(&dataset.id).copied().unwrap_or(0));
    match like.filter(|dataset| events.contains_key(&dataset.id)) {
        Some(dataset) => {
            Target { shape, columns: dataset.columns.clone(), layout: dataset.layout.clone(), like: Some(dataset) }
        }
        None => {
            let columns: Vec<Text> = shape.columns.iter().map(|name| Text::from(*name)).collect();
            let layout = Layout { head: vec![shape.columns.join(",").into()], ..Layout::default() };
            Target { shape, columns, layout, like: None }
        }
    }
}

/// Whether a data set is of this kind. A mapping that was made to fit a file has the name of the known one in front.
fn is_of(dataset: &Dataset, shape: &Shape) -> bool {
    let rest = dataset.mapping.strip_prefix(shape.name);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// What is to be said of the rows that were written.
#[derive(Default)]
pub(super) struct Told {
    /// Events that went out.
    pub events: usize,
    /// Sentences for the report.
    pub remarks: Vec<String>,
}

/// Writes events in the shape of a data set.
pub(super) fn write<'a>(
    (source, kind): (&Source<'a>, Kind),
    lines: &[Line<'a>],
    redaction: &Redaction,
    out: &mut dyn Write,
    go_on: &dyn Fn(f32) -> bool,
) -> io::Result<Told> {
    let counted: Vec<Line<'a>> = lines.iter().copied().filter(|line| line.event.status.counts()).collect();
    let target = target(source, &counted, shape(kind));
    let coder = Coder::new(&target.layout);
    let readers = readers(source.project);
    let rows = Rows { source, redaction, target: &target, readers: &readers };
    let end = coder.line_end();
    let mut bytes = coder.mark();
    for (n, head) in target.layout.head.iter().enumerate() {
        bytes.extend_from_slice(&coder.bytes(if n > 0 { end } else { "" }));
        bytes.extend_from_slice(&coder.bytes(head));
    }
    out.write_all(&bytes)?;
    let headless = target.layout.head.is_empty();
    let items: Vec<(bool, Line<'a>)> =
        counted.iter().enumerate().map(|(n, line)| (n == 0 && headless, *line)).collect();
    pace::write(&items, out, go_on, |chunk, bytes| {
        let mut text = String::new();
        for (first, line) in chunk {
            text.push_str(if *first { "" } else { end });
            text.push_str(&rows.row(line.event));
        }
        bytes.extend_from_slice(&coder.bytes(&text));
    })?;
    if target.layout.ends_in_line_end {
        out.write_all(&coder.bytes(end))?;
    }
    Ok(told(&rows, lines, &counted, &coder))
}

/// Rows of a file in the making.
struct Rows<'a> {
    source: &'a Source<'a>,
    redaction: &'a Redaction,
    target: &'a Target<'a>,
    readers: &'a Readers,
}

/// Whether rows of a data set stand in the file as they are.
fn alike(dataset: &Dataset, target: &Target<'_>) -> bool {
    let same = |a: &Text, b: &Text| a.trim().eq_ignore_ascii_case(b.trim());
    dataset.columns.len() == target.columns.len()
        && dataset.columns.iter().zip(&target.columns).all(|(a, b)| same(a, b))
        && (dataset.layout.delimiter, dataset.layout.quote) == (target.layout.delimiter, target.layout.quote)
}

impl Rows<'_> {
    /// The data set of an event's row, where it is one of this kind.
    fn dataset_of(&self, event: &Event) -> Option<&Dataset> {
        let row = event.source.as_ref()?;
        self.source.project.dataset(row.dataset).filter(|dataset| is_of(dataset, self.target.shape))
    }

    /// Whether the row of an event goes out as it is.
    fn is_verbatim(&self, event: &Event) -> bool {
        !self.redaction.hides_rows() && self.dataset_of(event).is_some_and(|dataset| alike(dataset, self.target))
    }

    fn row<'e>(&self, event: &'e Event) -> Cow<'e, str> {
        let known = self.dataset_of(event).and_then(|_| write_row(self.source.project, self.readers, event));
        match known {
            Some(row) if self.is_verbatim(event) => row,
            Some(row) => Cow::Owned(self.by_names(event, &row)),
            None => Cow::Owned(self.own(event)),
        }
    }

    /// A row of another file of the kind, or one with something to be left out.
    fn by_names(&self, event: &Event, row: &str) -> String {
        let Some((reader, _)) = self.readers.of_event(event) else { return self.own(event) };
        let fields = reader.fields(row);
        self.joined(|column| {
            if self.hides(column, event) {
                return Cow::Borrowed("");
            }
            let found = fields.iter().find(|(name, _)| name.trim().eq_ignore_ascii_case(column));
            found.map_or(Cow::Borrowed(""), |(_, value)| Cow::Owned(value.to_string()))
        })
    }

    fn own(&self, event: &Event) -> String {
        let own = Own { source: self.source, redaction: self.redaction, event };
        self.joined(|column| {
            let value = (self.target.shape.fill)(column, &own).unwrap_or_default();
            Cow::Owned(guarded(&value).into_owned())
        })
    }

    fn hides(&self, column: &str, event: &Event) -> bool {
        let shape = self.target.shape;
        (shape.places.contains(&column) && self.redaction.hides_point(event))
            || (shape.names.contains(&column) && self.redaction.names)
            || (shape.quotes.contains(&column) && self.redaction.quotes)
    }

    /// A row of these values, in the columns of the file.
    fn joined<'v>(&self, value: impl Fn(&str) -> Cow<'v, str>) -> String {
        let mut row = String::new();
        for (n, column) in self.target.columns.iter().enumerate() {
            if n > 0 {
                row.push(self.target.layout.delimiter);
            }
            bytes::field(&mut row, &value(&column.trim().to_lowercase()), &self.target.layout);
        }
        row
    }
}

/// What a reader of the file must know.
fn told(rows: &Rows<'_>, asked: &[Line<'_>], counted: &[Line<'_>], coder: &Coder) -> Told {
    let mut remarks = Vec::new();
    let mut say = |n: usize, one: &str, many: &str| {
        if n > 0 {
            remarks.push(count(n, one, many));
        }
    };
    let excluded = asked.len() - counted.len();
    say(
        excluded,
        "excluded event is left out: the format has no word for it.",
        "excluded events are left out: the format has no word for them.",
    );
    let own: Vec<&Line<'_>> = counted.iter().filter(|line| rows.dataset_of(line.event).is_none()).collect();
    let verbatim = counted.iter().filter(|line| rows.is_verbatim(line.event)).count();
    if let Some(like) = rows.target.like {
        say(
            verbatim,
            &format!("row of {} goes out as it came, but for what was changed.", like.file),
            &format!("rows of {} go out as they came, but for what was changed.", like.file),
        );
    }
    say(
        own.len(),
        "event has no row of this data set and is filled from its figures; its id is ours.",
        "events have no row of this data set and are filled from their figures; their ids are ours.",
    );
    let lost = words::lost(rows, &own);
    say(
        lost.numbers,
        if rows.target.shape.name == "acled" {
            "event without a number has 0 in fatalities, as ACLED writes what is not known."
        } else {
            "event without a number is blank in best, low and high."
        },
        if rows.target.shape.name == "acled" {
            "events without a number have 0 in fatalities, as ACLED writes what is not known."
        } else {
            "events without a number are blank in best, low and high."
        },
    );
    say(lost.open, "figure is open above; its high is blank.", "figures are open above; their highs are blank.");
    say(
        lost.dates,
        "event has a date that the format cannot state, and none in its row.",
        "events have dates that the format cannot state, and none in their rows.",
    );
    say(
        coder.lost(),
        "letter is not in the encoding of the file and was written as a code.",
        "letters are not in the encoding of the file and were written as codes.",
    );
    Told { events: counted.len(), remarks }
}
