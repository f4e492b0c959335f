//! The notes of the project.

use egui::Ui;

use super::{Actions, Desk, View};

/// The panel's own state.
#[derive(Debug, Default)]
pub struct Notes {}

impl Notes {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let _ = (ui, view, desk, actions);
    }

    /// Puts the keyboard into a fresh note.
    pub fn start(&mut self, note: crate::model::NoteId) {
        let _ = note;
    }
}
