//! Content that scrolls where the window has less room for it. Must not know what the content is.

use egui::{Id, ScrollArea, Ui};

/// Draws content of at most this height in points, and scrolls it where it is higher. What takes the keyboard comes into
/// view, so that Tab reaches every control.
pub fn scrolling<R>(ui: &mut Ui, salt: &str, height: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    /// Lower than this nothing can be read.
    const LEAST: f32 = 40.0;
    let height = height.max(LEAST);
    let area = ScrollArea::vertical().id_salt(salt).max_height(height).min_scrolled_height(height);
    let shown = area.show(ui, |ui| {
        let answer = content(ui);
        follow_keyboard(ui, Id::unique(salt));
        answer
    });
    shown.inner
}

/// The same in a menu, which may be nearly as high as the window.
pub fn scrolling_menu<R>(ui: &mut Ui, salt: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    /// What the window keeps free of it.
    const AROUND: f32 = 24.0;
    let room = ui.ctx().content_rect().height() - AROUND;
    scrolling(ui, salt, room, content)
}

/// Scrolls to the control of this part that has taken the keyboard since the last frame.
fn follow_keyboard(ui: &Ui, id: Id) {
    let focused = ui.memory(|memory| memory.focused());
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<Option<Id>>(id), focused));
    if before == focused {
        return;
    }
    let Some(response) = focused.and_then(|id| ui.ctx().read_response(id)) else { return };
    let inside = response.layer_id == ui.layer_id() && ui.min_rect().intersects(response.rect);
    if inside && !ui.clip_rect().contains_rect(response.rect) {
        ui.scroll_to_rect(response.rect, None);
    }
}
