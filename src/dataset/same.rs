//! Whether an event is still what its row says, told without reading the row as an event: 400,000 rows are asked when a
//! project is saved.

use std::borrow::Cow;

use crate::model::{Event, Location, Status, Text};

use super::reader::{Cells, RowReader};
use super::split::{Field, split};

impl RowReader {
    /// Whether this row says all of an event but its numbers, what it covers and whether it is sensitive. `false` also
    /// where the row has tags or values of the analyst's own columns: then it is to be read.
    pub(super) fn states(&self, event: &Event, row: &str, fields: &mut Vec<Field>) -> bool {
        if event.status != Status::Coded || !event.tags.is_empty() || !event.own.is_empty() {
            return false;
        }
        split(row, &self.layout, fields);
        let cells = self.cells(row, fields);
        let columns = &self.columns;
        let said = |column: Option<usize>| {
            let text = column.map_or(Cow::Borrowed(""), |column| cells.get(column));
            if self.is_missing(&text) { Cow::Borrowed("") } else { text }
        };
        let is = |now: &Text, column: Option<usize>| **now == *said(column);
        let texts = is(&event.title, columns.title)
            && is(&event.location.name, columns.place)
            && is(&event.location.adm1, columns.adm1)
            && is(&event.location.country, columns.country)
            && is(&event.side_a, columns.side_a)
            && is(&event.side_b, columns.side_b);
        texts
            && self.kind_is(&event.kind, &said(columns.kind))
            && self.source_id_is(event, &cells)
            && columns.tags.is_none_or(|column| cells.get(column).is_empty())
            && columns.own.iter().all(|(_, column)| self.is_missing(&cells.get(*column)))
            && self.place_is(&event.location, &cells)
            && event.when == self.date(&cells, &mut Vec::new())
    }

    fn kind_is(&self, now: &Text, code: &str) -> bool {
        let word = self.kinds.iter().find(|(known, _)| **known == *code).map(|(_, word)| word);
        word.map_or(code, |word| word) == &**now
    }

    fn source_id_is(&self, event: &Event, cells: &Cells<'_>) -> bool {
        let id = self.columns.source_id.map(|column| cells.get(column)).unwrap_or_default();
        match event.source_ids.as_slice() {
            [] => id.is_empty(),
            // One that says nothing is still one more than the row has.
            [own] => !id.is_empty() && **own == *id,
            _ => false,
        }
    }

    fn place_is(&self, now: &Location, cells: &Cells<'_>) -> bool {
        let mut said = Location::default();
        self.locate(cells, &mut said, &mut Vec::new());
        (said.point, said.precision) == (now.point, now.precision)
    }
}
