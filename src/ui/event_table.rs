//! The event table.

use egui::Ui;

use super::{Actions, Desk, View};

/// The panel's own state.
#[derive(Debug, Default)]
pub struct EventTable {}

impl EventTable {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let _ = (ui, view, desk, actions);
    }

    /// Brings the row of an event into view and makes it the active one.
    pub fn reveal(&mut self, event: crate::model::EventId) {
        let _ = event;
    }

    /// Sums of what is selected, for the status bar.
    pub fn summary(&self, view: &View<'_>) -> Option<String> {
        let _ = view;
        None
    }
}
