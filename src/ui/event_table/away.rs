//! The active row, where a new order took it out of view: where it stands now, and the way after it.
//!
//! The view stays where it was, as in other tables: a person who sorts looks at the first rows, not at the one that was
//! at hand.

use std::ops::Range;

use egui::{Ui, accesskit};

use super::sheet::Sheet;
use crate::columns::grouped;
use crate::model::EventId;
use crate::ui::theme::icons;
use crate::ui::widgets;

/// The row that moved away.
#[derive(Debug, Default)]
pub(super) struct Away {
    event: Option<EventId>,
    row: usize,
    /// Where the active row stood in the last frame.
    stood: Option<(EventId, usize)>,
}

impl Away {
    /// Notes where the active row is, once the rows are drawn. `anew` says whether they were put in order anew, `drawn`
    /// which are in view. Says whether there is another thing to tell.
    pub fn note(&mut self, sheet: &Sheet<'_>, active: Option<EventId>, anew: bool, drawn: &Range<usize>) -> bool {
        let now = active.and_then(|event| Some((event, sheet.find(event)?)));
        let told = self.event;
        self.event = now.filter(|(_, row)| !drawn.contains(row)).and_then(|(event, row)| {
            let moved = anew && self.stood.is_some_and(|(same, before)| same == event && before != row);
            (moved || told == Some(event)).then_some(event)
        });
        self.row = now.map_or(0, |(_, row)| row);
        self.stood = now;
        told != self.event
    }

    /// Whether there is anything to say.
    pub fn is_told(&self) -> bool {
        self.event.is_some()
    }

    /// Says where the row is. Gives back whether to go there.
    pub fn ui(&self, ui: &mut Ui) -> bool {
        if !self.is_told() {
            return false;
        }
        let follow = widgets::quiet_button(ui, icons::CROSSHAIR, "Follow").clicked();
        let said = widgets::muted(ui, format!("Moved to row {}", grouped(self.row as u64 + 1)));
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(accesskit::Live::Polite));
        said.on_hover_text("The order took the active row out of view");
        follow
    }
}
