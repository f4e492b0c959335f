//! Short messages.

use super::Actions;

/// Messages and their log.
#[derive(Debug, Default)]
pub struct Toasts {}

impl Toasts {
    /// Says something for a moment.
    pub fn say(&mut self, text: &str, undo: bool) {
        let _ = (text, undo);
    }
    /// Says what did not work until it is closed.
    pub fn complain(&mut self, text: &str) {
        let _ = text;
    }
    /// Shows everything that was said.
    pub fn open_log(&mut self) {}
    /// Draws the message.
    pub fn ui(&mut self, ctx: &egui::Context, actions: &mut Actions) {
        let _ = (ctx, actions);
    }
}
