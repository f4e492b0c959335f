//! "Import" and "Cancel" in the head of whatever is on its way in: what presses them, and which of them has the keyboard.

use egui::{Key, Modifiers, Ui};

use crate::ui::widgets;

/// Both buttons of one import.
#[derive(Debug, Default)]
pub(super) struct Buttons {
    has_focus: bool,
    was_ready: bool,
}

/// Which of them was pressed in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    Neither,
    Import,
    Cancel,
}

impl Buttons {
    /// Draws them from right to left. `refusal` says why nothing can be imported. Where it is `at_once`, Enter imports as
    /// soon as there is something to import, unless the person went elsewhere meanwhile; else Cancel keeps the keyboard,
    /// for what was guessed or contradicts the project wants to be looked at first.
    pub fn show(&mut self, ui: &mut Ui, verb: &str, refusal: Option<&str>, at_once: bool) -> Pressed {
        let mut pressed = Pressed::Neither;
        let import = ui.add_enabled_ui(refusal.is_none(), |ui| widgets::primary_button(ui, verb)).inner;
        let import = match refusal {
            Some(reason) => import.on_disabled_hover_text(reason),
            None => import.on_hover_text("Ctrl+Enter"),
        };
        let keyed = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        if refusal.is_none() && (import.clicked() || keyed) {
            pressed = Pressed::Import;
        }
        let cancel = ui.button("Cancel").accessible_name("Cancel import");
        if !std::mem::replace(&mut self.has_focus, true) {
            cancel.request_focus();
        }
        // A small file is read before the window itself has the keyboard.
        let stays = ui.memory(|memory| memory.has_focus(cancel.id));
        if refusal.is_none() && !std::mem::replace(&mut self.was_ready, true) && stays && at_once {
            import.request_focus();
        }
        if cancel.on_hover_text("Close the file; nothing is changed").clicked() {
            pressed = Pressed::Cancel;
        }
        pressed
    }
}
