//! The command palette.

use super::{Actions, View};
use crate::command::Command;

/// The palette's own state.
#[derive(Debug, Default)]
pub struct Palette {}

impl Palette {
    /// Shows the palette.
    pub fn open(&mut self) {}
    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        false
    }
    /// Draws it.
    pub fn ui(
        &mut self,
        ctx: &egui::Context,
        view: &View<'_>,
        why_not: &dyn Fn(Command) -> Option<&'static str>,
        actions: &mut Actions,
    ) {
        let _ = (ctx, view, why_not, actions);
    }
}
