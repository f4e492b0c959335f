//! The list of articles with their state.

use egui::Ui;

use super::{Actions, Desk, View};

/// The panel's own state.
#[derive(Debug, Default)]
pub struct ArticleList {}

impl ArticleList {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let _ = (ui, view, desk, actions);
    }
}
