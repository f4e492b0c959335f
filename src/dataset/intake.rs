//! One pass over a row that comes in: its event, what breaks a rule, and which signs were read as an unknown.

use crate::model::{Event, EventId, RowNumber, SourceRow};

use super::flaw::Flaw;
use super::reader::RowReader;
use super::shared::Shared;
use super::split::Field;

/// What a row gave beside its event. Kept from row to row, so that each needs no memory of its own.
#[derive(Debug, Default)]
pub struct Intake {
    fields: Vec<Field>,
    said: Vec<RowNumber>,
    /// What breaks a rule.
    pub flaws: Vec<Flaw>,
    /// Columns of numbers in which a sign stands for an unknown, such as `-1`.
    pub unknown: Vec<usize>,
}

impl RowReader {
    /// The event that a row states, as [`RowReader::event`], with all that [`RowReader::flaws`] tells, added to
    /// `intake`.
    pub fn take_in(&self, id: EventId, row: SourceRow, shared: &mut Shared, intake: &mut Intake) -> Event {
        let Intake { fields, said, flaws, unknown } = intake;
        let (event, _) = self.made(id, row, shared, (fields, said), flaws);
        let cells = self.cells(event.source.as_ref().map_or("", SourceRow::row), fields);
        for (_, column) in self.slots.iter().flat_map(|slot| &slot.parts) {
            let text = cells.get(*column);
            if !text.is_empty() && self.is_missing(&text) {
                unknown.push(*column);
            }
        }
        event
    }
}
