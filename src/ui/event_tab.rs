//! The current event with its claims side by side.

use egui::Ui;

use super::{Actions, Desk, View};

/// The panel's own state.
#[derive(Debug, Default)]
pub struct EventTab {}

impl EventTab {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let _ = (ui, view, desk, actions);
    }
}
