//! One pass over a row that comes in: its event, what breaks a rule, and which signs were read as an unknown.

use crate::model::{Event, EventId, Quantity, SourceRow};

use super::flaw::{Flaw, Wrong};
use super::reader::RowReader;
use super::shared::Shared;
use super::split::{Field, split};

/// What a row gave beside its event. Kept from row to row, so that each needs no memory of its own.
#[derive(Debug, Default)]
pub struct Intake {
    fields: Vec<Field>,
    said: Vec<(u8, Quantity, u64)>,
    /// What breaks a rule.
    pub flaws: Vec<Flaw>,
    /// Columns of numbers in which a sign stands for an unknown, such as `-1`.
    pub unknown: Vec<usize>,
}

impl RowReader {
    /// The event that a row states, as [`RowReader::event`], with all that [`RowReader::flaws`] tells, added to
    /// `intake`.
    pub fn take_in(&self, id: EventId, mut row: SourceRow, shared: &mut Shared, intake: &mut Intake) -> Event {
        split(row.row(), &self.layout, &mut intake.fields);
        let Intake { fields, said, flaws, unknown } = intake;
        let before = flaws.len();
        if fields.len() != self.width() {
            let wrong = Wrong::Fields { has: fields.len(), wants: self.width() };
            flaws.push(Flaw { column: fields.len().min(self.width()).saturating_sub(1), wrong });
        }
        let cells = self.cells(row.row(), fields);
        let mut event = self.stated(id, &cells, shared, flaws);
        said.clear();
        self.say(&cells, said, flaws);
        for (_, column) in self.slots.iter().flat_map(|slot| &slot.parts) {
            let text = cells.get(*column);
            if !text.is_empty() && self.is_missing(&text) {
                unknown.push(*column);
            }
        }
        let flawed = flaws[before..].iter().any(Flaw::breaks_rule);
        let numbers = shared.numbers(said, self.speaks(&cells), flawed);
        row.set_numbers(numbers);
        event.source = Some(row);
        event
    }
}
