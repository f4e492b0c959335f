//! The columns of a table that goes out: those of the event table in its order, coordinates as two numbers, low, best and
//! high of every measure, and behind them the analyst's own.
//!
//! Values are read from the columns of numbers of `derive::columnar` where they are kept there. A test holds that each
//! says what the cell of the event table says.

use std::borrow::Cow;

use crate::columns::{self, Column, Kind as Holds, Part, Row, Stored};
use crate::derive::columnar::{Columnar, Figures, Flag, Words};
use crate::derive::figures::Value;
use crate::model::date::Granularity;
use crate::model::{ColumnId, EventDate, Measure, OwnKind, Quantity};

use super::cell::Cell;
use super::redact::Redaction;
use super::{Line, Source};

/// A column that goes out.
pub(super) struct Field<'a> {
    /// The name over it, which never changes.
    pub id: Cow<'static, str>,
    /// What a person calls it.
    pub name: Cow<'static, str>,
    /// What it holds, in one sentence.
    pub help: Cow<'static, str>,
    /// How its texts are read, in a few words.
    pub holds: &'static str,
    /// Its width in letters.
    pub width: f64,
    read: Read<'a>,
}

/// Where its values are.
enum Read<'a> {
    Id,
    When,
    Words(&'a Words),
    /// No event has a value.
    Nothing,
    Figure(&'a Figures, Part),
    Sources(&'a Columnar),
    Covers(&'a Columnar),
    Flag(&'a Columnar, Flag, &'static str),
    Latitude,
    Longitude,
    SourceIds,
    Own(ColumnId, &'static OwnKind),
    Column(&'static Column),
}

/// How the numbers of a figure are written.
const FIGURE: &str = "number; ? is spoken of without a number, n+ is open above, a-b (no best) is a range without a best, \
                      empty is not spoken of";

/// Every column of a project's table.
pub(super) fn all<'a>(source: &Source<'a>) -> Vec<Field<'a>> {
    let mut fields = Vec::new();
    let mut measures_done = false;
    for column in columns::of(source.project) {
        match &column.kind {
            Holds::Figure(..) => {
                // All figures stand where the first one stands, low, best and high of every measure.
                if !std::mem::replace(&mut measures_done, true) {
                    fields.extend(figures(source));
                }
            }
            _ if column.id == "coordinates" => fields.extend(coordinates()),
            _ => fields.push(of_column(source, column)),
        }
    }
    let at = fields.iter().position(|field| field.id == "covers").map_or(fields.len(), |at| at + 1);
    fields.insert(
        at,
        field(
            "source_ids",
            "Source ids",
            "Ids in other people's data sets",
            "texts with commas between them",
            Read::SourceIds,
        ),
    );
    let sensitive = Read::Flag(source.derived.columnar(), Flag::Sensitive, "yes");
    let help = "Whether the event is to be left out of redacted exports";
    fields.insert(at + 1, field("sensitive", "Sensitive", help, "yes, or empty", sensitive));
    fields
}

fn field<'a>(
    id: &'static str,
    name: &'static str,
    help: &'static str,
    holds: &'static str,
    read: Read<'a>,
) -> Field<'a> {
    Field { id: id.into(), name: name.into(), help: help.into(), holds, width: 12.0, read }
}

fn coordinates<'a>() -> [Field<'a>; 2] {
    [
        field("latitude", "Latitude", "Degrees north of the equator, WGS 84", "number, degrees", Read::Latitude),
        field("longitude", "Longitude", "Degrees east of Greenwich, WGS 84", "number, degrees", Read::Longitude),
    ]
}

/// Low, best and high of every measure.
fn figures<'a>(source: &Source<'a>) -> Vec<Field<'a>> {
    let table = source.derived.columnar();
    let field = |measure: &Measure, part: Part| {
        let figures = table.figures(measure);
        let (ending, words, help) = match part {
            Part::Low => (".low", "low", "The smallest number"),
            Part::Best => ("", "best", "The best figure"),
            Part::High => (".high", "high", "The largest number"),
        };
        Field {
            id: format!("{measure}{ending}").into(),
            name: format!("{}, {words}", measure.title()).into(),
            help: format!("{help} of people, over all classes: {}", means(source, measure)).into(),
            holds: FIGURE,
            width: 11.0,
            read: figures.map_or(Read::Nothing, |figures| Read::Figure(figures, part)),
        }
    };
    let parts = [Part::Low, Part::Best, Part::High];
    source.project.measures().flat_map(|measure| parts.map(|part| field(&measure, part))).collect()
}

/// What a measure counts, in words.
fn means(source: &Source<'_>, measure: &Measure) -> String {
    let built_in = match measure {
        Measure::Killed => "who died",
        Measure::Injured => "who were wounded and lived",
        Measure::Missing => "whose fate is not known",
        Measure::Captured => "taken prisoner, held or abducted",
        Measure::Displaced => "who had to leave their homes",
        Measure::Casualties => "dead, wounded or missing, where reports do not split them",
        Measure::Other(name) => {
            let terms = &source.project.about.codebook.measures;
            let term = terms.iter().find(|term| term.name == *name && !term.meaning.is_empty());
            return term.map_or_else(|| name.to_string(), |term| term.meaning.to_string());
        }
    };
    built_in.to_owned()
}

fn of_column<'a>(source: &Source<'a>, column: &'static Column) -> Field<'a> {
    let table = source.derived.columnar();
    let (read, holds) = match (column.id, column.stored) {
        ("id", _) => (Read::Id, "text"),
        ("when", _) => (Read::When, "EDTF: a day, a month, a year, first/last day; ~ is about, ? is uncertain"),
        (_, Stored::Words(field)) => (Read::Words(table.words(field)), words_hold(column)),
        (_, Stored::Own(id)) => match column.own() {
            Some(own) => (Read::Own(id, &own.kind), own_holds(&own.kind)),
            None => (Read::Column(column), "text"),
        },
        (_, Stored::Sources) => (Read::Sources(table), "number"),
        (_, Stored::Covers) => (Read::Covers(table), "number, or empty"),
        (_, Stored::Flag(flag)) => (Read::Flag(table, flag, column.id), "the word, or empty"),
        _ => (Read::Column(column), "text"),
    };
    let name = if column.name.trim().is_empty() { column.id } else { column.name };
    // In a file there is more room than on a screen, and nobody drags an edge first.
    let width = match column.id {
        "title" => 44.0,
        "place" | "side_a" | "side_b" => 24.0,
        _ => f64::from(column.width) / 7.0,
    };
    Field { id: column.id.into(), name: name.into(), help: column.help.into(), holds, width, read }
}

fn words_hold(column: &Column) -> &'static str {
    match column.kind {
        Holds::Tags => "texts with commas between them",
        Holds::Choice => "a word of the codebook, or empty",
        _ => "text",
    }
}

fn own_holds(kind: &OwnKind) -> &'static str {
    match kind {
        OwnKind::Text => "text",
        OwnKind::Number => "number; ? is not known",
        OwnKind::Quantity => "count as a report states it: 3+, <=5, ~40, 40-50, a word; ? is not known",
        OwnKind::Date => "EDTF; ? is not known",
        OwnKind::Choice(_) => "a word of the column; ? is not known",
    }
}

impl<'a> Field<'a> {
    /// Whether its values are numbers, which stand to the right.
    pub fn is_number(&self) -> bool {
        matches!(self.read, Read::Figure(..) | Read::Sources(_) | Read::Covers(_) | Read::Latitude | Read::Longitude)
            || matches!(self.read, Read::Own(_, OwnKind::Number | OwnKind::Quantity))
    }

    /// What stands in it.
    pub fn cell(&self, line: Line<'a>, source: &Source<'a>, redaction: &Redaction) -> Cell<'a> {
        let (slot, event) = (line.slot as usize, line.event);
        match &self.read {
            Read::Nothing => Cell::Empty,
            Read::Id => Cell::text(event.id.as_str()),
            Read::When => event.when.map_or(Cell::Empty, when),
            Read::Words(words) => Cell::text(&**words.at(slot)),
            Read::Figure(figures, part) => figure(figures.value(slot), *part),
            Read::Sources(table) => Cell::Count(table.sources()[slot].into()),
            Read::Covers(table) => match table.covers()[slot] {
                0 => Cell::Empty,
                n => Cell::Count(n.into()),
            },
            Read::Flag(table, flag, word) => {
                if table.flags()[slot] & flag.bit() == 0 {
                    Cell::Empty
                } else {
                    Cell::Text((*word).into())
                }
            }
            Read::Latitude => redaction.point(event).map_or(Cell::Empty, |point| Cell::Decimal(point.latitude())),
            Read::Longitude => redaction.point(event).map_or(Cell::Empty, |point| Cell::Decimal(point.longitude())),
            Read::SourceIds => match &*event.source_ids {
                [] => Cell::Empty,
                [one] => Cell::text(&**one),
                many => Cell::text(many.join(", ")),
            },
            Read::Own(id, kind) => match (event.own.get(*id), kind) {
                (None, _) => Cell::Empty,
                (Some(text), OwnKind::Number | OwnKind::Quantity) => Cell::number_or_text(text),
                (Some(text), OwnKind::Date) => match EventDate::parse(text) {
                    Ok(date) if date.to_string() == **text => when(date),
                    _ => Cell::text(&**text),
                },
                (Some(text), OwnKind::Text | OwnKind::Choice(_)) => Cell::text(&**text),
            },
            Read::Column(column) => {
                let row = Row { project: source.project, derived: source.derived, event, today: source.today };
                Cell::text(column.text(&row))
            }
        }
    }
}

/// A date: a day, or a text where it is more or less than one day.
fn when<'a>(when: EventDate) -> Cell<'a> {
    let plain = when.granularity() == Granularity::Day
        && !when.is_uncertain()
        && !when.is_approximate()
        && when.time().is_none()
        && !when.lasted_throughout();
    match (when.earliest(), when.latest()) {
        (Some(first), Some(last)) if plain && first == last && first.year() >= 0 => Cell::Day(first),
        _ => Cell::Text(when.to_string().into()),
    }
}

/// A number of a figure, as the cell of the event table has it.
fn figure<'a>(value: Value, part: Part) -> Cell<'a> {
    let range = match value {
        Value::NoClaim => return Cell::Empty,
        Value::Unknown => return Cell::Text("?".into()),
        Value::Known(range) => range,
    };
    let floor = range.low.max(range.best.unwrap_or(0));
    match (part, range.best, range.high) {
        (Part::Low, _, _) => Cell::Count(range.low),
        (Part::High, _, Some(high)) => Cell::Count(high),
        (Part::High, _, None) => Cell::Text(format!("{floor}+").into()),
        (Part::Best, Some(best), _) => Cell::Count(best),
        (Part::Best, None, high) => {
            Cell::Text(Quantity::Estimate { low: Some(range.low), best: None, high }.to_string().into())
        }
    }
}
