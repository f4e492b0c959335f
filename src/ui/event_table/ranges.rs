//! What is done to all selected cells at once: clear, fill down, copy and paste. Each is one change.

use std::ops::RangeInclusive;

use egui::Context;

use super::batch::Batch;
use super::grid::Grid;
use super::sheet::{CellId, Sheet};
use super::tsv;
use crate::columns::{Column, Kind, Part};
use crate::model::EventId;
use crate::ui::{Action, Actions};

/// Cells that were refused are named up to this many.
const NAMED: usize = 3;

/// What could not be read into cells, and why.
#[derive(Default)]
struct Refused(Vec<String>);

impl Refused {
    fn note(&mut self, sheet: &Sheet<'_>, event: EventId, column: &Column, text: &str, why: &str) {
        let name = sheet.event(event).map_or("a new event", |event| event.name());
        self.0.push(format!("{} of {name} (“{text}”): {why}", column.name));
    }

    fn message(&self, what: &str) -> Option<String> {
        let count = self.0.len();
        let cells = if count == 1 { "1 cell was".to_owned() } else { format!("{count} cells were") };
        let named = self.0.iter().take(NAMED).cloned().collect::<Vec<_>>().join(". ");
        let more = if count > NAMED { format!(". And {} more", count - NAMED) } else { String::new() };
        (count > 0).then(|| format!("{cells} not {what}. {named}{more}"))
    }
}

impl Grid {
    /// Empties the selected cells; a figure goes back to its claims.
    pub fn clear(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        self.put(sheet, "", "Clear cells", actions);
    }

    /// Puts one text into all selected cells.
    pub fn fill(&mut self, sheet: &Sheet<'_>, text: &str, actions: &mut Actions) {
        let label = format!("Fill {} cells", self.ranges(sheet).cell_count());
        self.put(sheet, text, &label, actions);
    }

    fn put(&mut self, sheet: &Sheet<'_>, text: &str, label: &str, actions: &mut Actions) {
        let blocks = self.ranges(sheet).apart();
        let mut batch = Batch::default();
        let mut refused = Refused::default();
        let several = blocks.iter().map(|block| block.height() * block.width()).sum::<usize>() > 1;
        for block in blocks {
            for event in sheet.rows.slice(block.rows.clone()) {
                for column in sheet.columns[block.columns.clone()].iter().filter(|column| column.is_editable()) {
                    if let Err(why) = batch.set(sheet, *event, column, text) {
                        refused.note(sheet, *event, column, text, &why);
                        if !several {
                            self.hint = Some((why, true));
                        }
                    }
                }
            }
        }
        if !text.is_empty() {
            actions.extend(refused.message("filled").map(Action::Complain));
        }
        self.finish(sheet, batch, several.then(|| label.to_owned()), None, actions);
    }

    /// Copies the first selected row into the others, or the row above into the one that is selected.
    pub fn fill_down(&mut self, sheet: &Sheet<'_>, actions: &mut Actions) {
        let Some((rows, columns)) = self.one_range(sheet, "Fill down takes") else { return };
        let (first, last) = (*rows.start(), *rows.end());
        let (source, targets) =
            if first < last { (first, first + 1..=last) } else { (first.wrapping_sub(1), first..=first) };
        let Some(source) = sheet.rows.at(source) else { return };
        let mut batch = Batch::default();
        let mut refused = Refused::default();
        let cells = targets.clone().count() * columns.clone().count();
        for event in sheet.rows.slice(targets) {
            for column in best_first(&sheet.columns[columns.clone()]) {
                let text = sheet.text(CellId { event: source, column: column.id });
                if let Err(why) = batch.set(sheet, *event, column, &text) {
                    refused.note(sheet, *event, column, &text, &why);
                }
            }
        }
        actions.extend(refused.message("filled").map(Action::Complain));
        let label = if cells == 1 { "Fill down".to_owned() } else { format!("Fill down {cells} cells") };
        self.finish(sheet, batch, Some(label), None, actions);
    }

    /// Puts the selected cells on the clipboard; several ranges only where they line up. Says whether it could.
    pub fn copy(&mut self, ctx: &Context, sheet: &Sheet<'_>) -> bool {
        let Some(lined_up) = self.ranges(sheet).lined_up() else {
            let why = "These ranges do not line up: copy ranges of the same rows, or of the same columns";
            self.hint = Some((why.to_owned(), true));
            return false;
        };
        let columns: Vec<&Column> = lined_up.columns.into_iter().flat_map(|at| &sheet.columns[at]).copied().collect();
        let line =
            |event: &EventId| columns.iter().map(|c| sheet.text(CellId { event: *event, column: c.id })).collect();
        let events = lined_up.rows.into_iter().flat_map(|rows| sheet.rows.slice(rows));
        let lines: Vec<Vec<String>> = events.map(line).collect();
        ctx.copy_text(tsv::write(&lines));
        true
    }

    /// The range that is selected. Where there are several, says that `what` wants one.
    fn one_range(&mut self, sheet: &Sheet<'_>, what: &str) -> Option<(RangeInclusive<usize>, RangeInclusive<usize>)> {
        let ranges = self.ranges(sheet);
        if ranges.blocks().len() > 1 {
            self.hint = Some((format!("{what} one range of cells; {} are selected", ranges.blocks().len()), true));
        }
        ranges.one().map(|block| (block.rows.clone(), block.columns.clone()))
    }

    /// Puts a text with tabs into cells from the active one on. One value fills the selection, a block repeats where the
    /// selection is a multiple of it, and rows beyond the end become new events.
    pub fn paste(&mut self, sheet: &Sheet<'_>, text: &str, actions: &mut Actions) {
        let block = tsv::read(text);
        let (height, width) = (block.len(), block.iter().map(Vec::len).max().unwrap_or(0));
        let first = sheet.column("when").unwrap_or(0);
        let (rows, columns) = match self.one_range(sheet, "Paste takes") {
            Some(range) => range,
            None if self.selection.is_none() => (0..=0, first..=first),
            None => return,
        };
        let (tall, wide) = (rows.clone().count(), columns.clone().count());
        let repeats = tall.is_multiple_of(height) && wide.is_multiple_of(width.max(1));
        let (tall, wide) = if repeats { (tall, wide) } else { (height, width) };
        let targets = best_first(sheet.columns.get(*columns.start()..).unwrap_or_default());
        let mut batch = Batch::default();
        let mut refused = Refused::default();
        let last = sheet.rows.len().checked_sub(1).and_then(|row| sheet.rows.at(row));
        for row in 0..tall {
            let event = sheet.rows.at(rows.start() + row).unwrap_or_else(|| batch.add(last));
            let Some(line) = block.get(row % height) else { continue };
            for column in &targets {
                let at = sheet.column(column.id).unwrap_or(0) - columns.start();
                let text = if at < wide { line.get(at % width.max(1)) } else { None };
                let Some(text) = text.filter(|_| column.is_editable()) else { continue };
                if let Err(why) = batch.set(sheet, event, column, text) {
                    refused.note(sheet, event, column, text, &why);
                }
            }
        }
        actions.extend(refused.message("pasted").map(Action::Complain));
        if refused.0.is_empty() && batch.added() > 0 {
            let events =
                if batch.added() == 1 { "1 event was".to_owned() } else { format!("{} events were", batch.added()) };
            actions.push(Action::Say(format!("Pasted {tall} rows; {events} added")));
        }
        let label = if tall * wide == 1 { "Paste".to_owned() } else { format!("Paste {tall} × {wide} cells") };
        self.finish(sheet, batch, Some(label), None, actions);
    }
}

/// Columns with the best figures first: low and high are read against the best that stands in the same text.
fn best_first(columns: &[&'static Column]) -> Vec<&'static Column> {
    let mut columns = columns.to_vec();
    columns.sort_by_key(|column| match column.kind {
        Kind::Figure(_, Part::Best) => 1,
        Kind::Figure(..) => 2,
        _ => 0,
    });
    columns
}
