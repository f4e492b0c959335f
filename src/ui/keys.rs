//! The key sheet.

/// What the keys do, by pane.
#[derive(Debug, Default)]
pub struct KeySheet {}

impl KeySheet {
    /// Shows the sheet.
    pub fn open(&mut self) {}
    /// Draws it.
    pub fn ui(&mut self, ctx: &egui::Context) {
        let _ = ctx;
    }
}
