//! A row as it goes out again: byte for byte as it came where nobody touched it, else with other contents in the columns
//! that were touched and in no other. What people write into a column is guarded against being run (`guard`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::mapping::Part;
use crate::model::{ByHand, Claim, Event, Point, Precision, Project, Quantity, Text};

use super::guard::guarded;
use super::number::Slot;
use super::reader::{Cells, RowReader};
use super::rows::Readers;
use super::shared::Shared;
use super::split::{Field, split};
use super::{place, when};

/// The row of an event as it goes out, without its line end. `None` where it has none that can be read.
///
/// What somebody changed of its fields, of what its claims say and by figures by hand is in it. A claim that was set
/// aside stays as the row has it: the row says what others counted.
pub fn write_row<'e>(project: &Project, readers: &Readers, event: &'e Event) -> Option<Cow<'e, str>> {
    let (reader, row) = readers.of_event(event)?;
    let mut fields = Vec::with_capacity(reader.width());
    let has_claims = |letter: u8| {
        let id = crate::model::ClaimId::of_event(event.id, letter);
        id.is_some_and(|id| project.claims.contains(id))
    };
    let has_numbers = !event.by_hand.is_empty()
        || (!project.claims.is_empty() && reader.slots.iter().any(|slot| has_claims(slot.letter)));
    if !has_numbers && reader.states(event, row, &mut fields) {
        return Some(Cow::Borrowed(row));
    }
    split(row, &reader.layout, &mut fields);
    let cells = reader.cells(row, &fields);
    let mut out = Touched { reader, cells: &cells, columns: BTreeMap::new() };
    let stated = reader.stated(event.id, &cells, &mut Shared::off(), &mut Vec::new());
    out.texts(event, &stated);
    out.when(event, &stated);
    out.place(event, &stated);
    for slot in &reader.slots {
        let hand = event.hand(&slot.measure, &slot.class);
        let claim = crate::model::ClaimId::of_event(event.id, slot.letter).and_then(|id| project.claims.get(id));
        out.number(slot, claim.filter(|claim| claim.event == event.id).map(|claim| &**claim), hand);
    }
    let columns = out.columns;
    if columns.is_empty() { Some(Cow::Borrowed(row)) } else { Some(Cow::Owned(reader.with(row, &fields, &columns))) }
}

/// The columns that get other contents.
struct Touched<'a> {
    reader: &'a RowReader,
    cells: &'a Cells<'a>,
    columns: BTreeMap<usize, String>,
}

impl Touched<'_> {
    /// Puts contents in a column, unless it has them, so that no spreadsheet runs them.
    fn set(&mut self, column: Option<usize>, text: impl Into<String>) {
        let text = text.into();
        if let Some(column) = column.filter(|column| self.cells.get(*column) != text) {
            self.columns.insert(column, guarded(&text).into_owned());
        }
    }

    /// Puts degrees in a column, unless it has them: numbers, also with a comma.
    fn set_degrees(&mut self, column: Option<usize>, degrees: String) {
        if let Some(column) = column.filter(|column| self.cells.get(*column) != degrees) {
            self.columns.insert(column, degrees);
        }
    }

    fn texts(&mut self, event: &Event, stated: &Event) {
        let c = &self.reader.columns;
        let texts = [
            (c.title, &event.title, &stated.title),
            (c.place, &event.location.name, &stated.location.name),
            (c.adm1, &event.location.adm1, &stated.location.adm1),
            (c.country, &event.location.country, &stated.location.country),
            (c.side_a, &event.side_a, &stated.side_a),
            (c.side_b, &event.side_b, &stated.side_b),
        ];
        for (column, now, _) in texts.into_iter().filter(|(_, now, before)| now != before) {
            self.set(column, &**now);
        }
        if event.kind != stated.kind {
            let code = self.reader.kinds.iter().find(|(_, word)| *word == event.kind).map(|(code, _)| code);
            self.set(c.kind, &**code.unwrap_or(&event.kind));
        }
        if event.tags != stated.tags {
            let tags: Vec<&str> = event.tags.iter().map(|tag| &**tag).collect();
            self.set(c.tags, tags.join(";"));
        }
        if event.source_ids.first() != stated.source_ids.first() {
            self.set(c.source_id, event.source_ids.first().map_or("", |id: &Text| id));
        }
        for (id, column) in &c.own {
            if event.own.get(*id) != stated.own.get(*id) {
                self.set(Some(*column), event.own.get(*id).map_or("", |value| value));
            }
        }
    }

    fn when(&mut self, event: &Event, stated: &Event) {
        if event.when == stated.when {
            return;
        }
        let (c, order) = (&self.reader.columns, self.reader.dates);
        let Some(date) = event.when else {
            for column in [c.start, c.end, c.date_precision.map(|(column, _)| column), c.year, c.month, c.day] {
                self.set(column, "");
            }
            return;
        };
        let like = |column: Option<usize>| column.map(|column| self.cells.get(column)).unwrap_or_default();
        let (start, end) = (like(c.start), like(c.end));
        let code = c.date_precision.map(|(column, codes)| (column, when::code(&date, codes)));
        let day = when::day_of(&date, code.is_some_and(|(_, code)| code.is_middle));
        self.set(c.start, day.map_or_else(|| date.to_string(), |day| when::written(day, order, &start)));
        if c.end.is_some() {
            let last = date.latest().map(|day| when::written(day, order, if end.is_empty() { &start } else { &end }));
            self.set(c.end, last.unwrap_or_default());
        }
        if let Some((column, code)) = code
            && when::exactness(&self.cells.get(column), code.codes) != Ok(code.exactness)
        {
            self.set(Some(column), code.digit.to_string());
        }
        if c.start.is_none()
            && let Some(first) = date.earliest()
        {
            let known = when::known_parts(&date);
            self.set(c.year, first.year().to_string());
            self.set(c.month, if known >= 2 { first.month().to_string() } else { "0".to_owned() });
            self.set(c.day, if known >= 3 { first.day().to_string() } else { "0".to_owned() });
        }
    }

    fn place(&mut self, event: &Event, stated: &Event) {
        let (c, decimal) = (&self.reader.columns, self.reader.decimal);
        let mut degrees = |column: Option<usize>, of: fn(Point) -> f64| {
            let (now, before) = (event.location.point.map(of), stated.location.point.map(of));
            // One of the two may be as it was, however the row writes it.
            if now != before || now.is_none() {
                let text = now.map_or_else(String::new, |now| now.to_string());
                self.set_degrees(column, text.replace('.', decimal.encode_utf8(&mut [0; 4])));
            }
        };
        if event.location.point != stated.location.point {
            degrees(c.latitude, Point::latitude);
            degrees(c.longitude, Point::longitude);
        }
        if event.location.precision != stated.location.precision
            && let Some((column, codes)) = c.place_precision
        {
            let code = |precision: Precision| place::code(precision, codes).to_string();
            self.set(Some(column), event.location.precision.map_or_else(String::new, code));
        }
    }

    /// The number of a slot, where somebody changed its claim or set its figure by hand.
    fn number(&mut self, slot: &Slot, claim: Option<&Claim>, hand: Option<&ByHand>) {
        let stated = self.reader.quantity(slot, self.cells, &mut Vec::new());
        let quantity = match (hand, claim) {
            (Some(hand), _) => Quantity::estimate(Some(hand.low), hand.best, hand.high),
            (None, Some(claim)) => claim.quantity.clone(),
            (None, None) => return,
        };
        if stated.as_ref() != Some(&quantity) {
            let (low, best, high) = parts(&quantity);
            let shown = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
            self.set(slot.column(Part::Written), quantity.to_string());
            self.set(slot.column(Part::Low), shown(low));
            self.set(slot.column(Part::High), shown(high));
            // Where only one number is asked for, it is the most likely one, else the smallest.
            let alone = slot.column(Part::Low).is_none() && slot.column(Part::High).is_none();
            self.set(slot.column(Part::Best), shown(if alone { best.or(low) } else { best }));
            self.set(slot.column(Part::AtLeast), low.or(best).unwrap_or(0).to_string());
        }
        if let (Some(claim), Some(column)) = (claim, slot.column(Part::Attackers))
            && self.reader.attackers(slot, self.cells) != claim.attackers
        {
            self.set(Some(column), claim.attackers.to_string());
        }
    }
}

/// Low, best and high of a quantity, as far as it says them.
fn parts(quantity: &Quantity) -> (Option<u64>, Option<u64>, Option<u64>) {
    match quantity {
        Quantity::Exactly(n) => (Some(*n), Some(*n), Some(*n)),
        Quantity::NoneAsserted => (Some(0), Some(0), Some(0)),
        Quantity::AtLeast(n) => (Some(*n), None, None),
        Quantity::MoreThan(n) => (Some(n.saturating_add(1)), None, None),
        Quantity::AtMost(n) => (None, None, Some(*n)),
        Quantity::About(n) => (None, Some(*n), None),
        Quantity::Between(low, high) => (Some(*low), None, Some(*high)),
        Quantity::Estimate { low, best, high } => (*low, *best, *high),
        Quantity::Word(_) | Quantity::Plural | Quantity::Unknown => (None, None, None),
    }
}

impl RowReader {
    /// The row with other contents in these columns.
    fn with(&self, row: &str, fields: &[Field], columns: &BTreeMap<usize, String>) -> String {
        let mut out = String::with_capacity(row.len() + 32);
        let mut copied = 0;
        for (column, text) in columns {
            match fields.get(*column) {
                Some(field) => {
                    out.push_str(row.get(copied..field.at.start).unwrap_or_default());
                    self.write_field(&mut out, text, field.quoted);
                    copied = field.at.end;
                }
                None => break,
            }
        }
        out.push_str(row.get(copied..).unwrap_or_default());
        // A row that is too short gets the fields up to the last one that says something.
        let mut next = fields.len();
        for (column, text) in columns.range(fields.len()..) {
            while next <= *column {
                out.push(self.layout.delimiter);
                next += 1;
            }
            self.write_field(&mut out, text, false);
        }
        out
    }

    fn write_field(&self, out: &mut String, text: &str, quoted: bool) {
        let (delimiter, quote) = (self.layout.delimiter, self.layout.quote);
        if quote == '\0' {
            // Without quotes nothing else keeps a field in one piece.
            out.extend(text.chars().map(|c| if c == delimiter || c == '\n' || c == '\r' { ' ' } else { c }));
            return;
        }
        let special = |c: char| c == delimiter || c == quote || c == '\n' || c == '\r';
        let blank_ends = text.trim().len() != text.len();
        if !quoted && !blank_ends && !text.contains(special) {
            out.push_str(text);
            return;
        }
        out.push(quote);
        for c in text.chars() {
            if c == quote {
                out.push(quote);
            }
            out.push(c);
        }
        out.push(quote);
    }
}
