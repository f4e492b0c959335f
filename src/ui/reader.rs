//! The text of an article, and the claims made from it.

use egui::Ui;

use super::{Actions, Desk, View};

/// The panel's own state.
#[derive(Debug, Default)]
pub struct Reader {}

impl Reader {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let _ = (ui, view, desk, actions);
    }

    /// Brings this stretch of an article's text into view and outlines it for a moment.
    pub fn reveal(&mut self, article: crate::model::ArticleId, start: usize, end: usize) {
        let _ = (article, start, end);
    }
}
