//! Whether the keyboard rests on a cell: then what is the matter with it is told under it, as a tooltip tells it to a
//! pointer that rests there. It knows no problems and draws nothing.

use std::time::Duration;

use egui::Ui;

use super::sheet::CellId;

/// Where the keyboard is, and since when.
#[derive(Debug, Default)]
pub(super) struct Resting {
    cell: Option<CellId>,
    since: f64,
    told: bool,
    closed: bool,
}

impl Resting {
    /// Whether the keyboard has been on this cell for as long as a tooltip waits, and nobody closed what was told.
    pub fn is_on(&mut self, ui: &Ui, cell: Option<CellId>) -> bool {
        let (now, wait) = (ui.input(|input| input.time), f64::from(ui.style().interaction.tooltip_delay));
        if self.cell != cell {
            *self = Self { cell, since: now, ..Self::default() };
        }
        let left = self.since + wait - now;
        self.told = cell.is_some() && !self.closed && left <= 0.0;
        if cell.is_some() && left > 0.0 {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        }
        self.told
    }

    /// Closes what is told, until the keyboard comes to another cell. Says whether anything was.
    pub fn close(&mut self) -> bool {
        self.closed |= self.told;
        std::mem::take(&mut self.told)
    }
}
