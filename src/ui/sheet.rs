//! A sheet: a list that is looked at for a while over the window, closed by Esc or its button. It blocks nothing and
//! cannot be moved about. Knows no content.

use egui::accesskit::Role;
use egui::{Align2, Area, Context, Frame, Id, Key, Modifiers, Order, Ui, Vec2, vec2};

use super::theme::icons;
use super::widgets;

/// Space in points between a sheet and the edges of the window, at least.
const EDGE: f32 = 24.0;

/// Draws a sheet of at most this size while `open`; clears `open` when it is closed.
pub fn sheet<R>(
    ctx: &Context,
    id: &str,
    title: &str,
    size: Vec2,
    open: &mut bool,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    if !*open {
        return None;
    }
    let room = ctx.viewport_rect().size() - Vec2::splat(2.0 * EDGE);
    let size = size.min(room).max(vec2(120.0, 80.0));
    if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        *open = false;
    }
    let area = Area::new(Id::unique(id))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_CENTER, Vec2::ZERO)
        .role(Role::Dialog)
        .accessible_name(title);
    let shown = area.show(ctx, |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(16);
        frame.show(ui, |ui| {
            ui.set_width(size.x - 32.0);
            ui.set_height(size.y - 32.0);
            ui.horizontal(|ui| {
                widgets::dialog_title(ui, title);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if widgets::icon_button(ui, icons::X, &format!("Close {}", title.to_lowercase())).clicked() {
                        *open = false;
                    }
                });
            });
            ui.add_space(4.0);
            content(ui)
        })
    });
    Some(shown.inner.inner)
}
