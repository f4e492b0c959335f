//! The small row of buttons beside selected words: what can be made of them, with the key of each.

use egui::{Align2, Area, Button, Frame, Id, Key, Order, Rect, Ui, pos2, vec2};

use crate::model::Measure;
use crate::ui::theme;

use super::marks::paint_underline;

/// Height of the row with its frame, in points.
const HEIGHT: f32 = 40.0;

/// Draws the row above the words, or below where there is no room. Returns where it is and what was pressed.
pub fn show(ui: &Ui, words: Rect, keys: &[(Key, Measure)]) -> (Rect, Option<Measure>) {
    let inside = ui.clip_rect();
    let above = words.top() - HEIGHT - 4.0 >= ui.min_rect().top();
    let y = if above { words.top() - 4.0 } else { words.bottom() + 4.0 };
    let pivot = if above { Align2::LEFT_BOTTOM } else { Align2::LEFT_TOP };
    let area = Area::new(Id::unique("claim buttons"))
        .order(Order::Middle)
        .pivot(pivot)
        .fixed_pos(pos2(words.left(), y))
        .constrain_to(inside)
        .accessible_name("Make a claim of the selected words");
    let mut pressed = None;
    let shown = area.show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(4);
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                ui.spacing_mut().button_padding = vec2(7.0, 3.0);
                for (key, measure) in keys {
                    let name = format!("{} ({})", measure.title(), key.name());
                    let hint = egui::RichText::new(key.name()).weak().size(11.0);
                    let button = Button::new(measure.title()).frame_when_inactive(false).right_text(hint);
                    let response = ui.add(button).accessible_name(name);
                    // The line that the words will have.
                    let line = response.rect.shrink2(vec2(7.0, 0.0)).with_max_x(response.rect.right() - 20.0);
                    paint_underline(ui.painter(), line, measure.key(), 0, theme::tokens(ui));
                    if response.clicked() {
                        pressed = Some(measure.clone());
                    }
                }
            });
        });
    });
    (shown.response.rect, pressed)
}
