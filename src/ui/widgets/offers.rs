//! Known words offered under a field while somebody writes: the list, its rows, and which words fit. The field keeps the
//! keyboard; which row is chosen and what is done with it is the business of the field.

use std::sync::Arc;

use egui::{Align2, Area, Color32, FontId, Frame, Order, Rect, Response, Sense, Ui, vec2};

use super::{name_row, one_line};
use crate::ui::theme;

/// Draws a list of this width under a field. Also says whether the pointer is over it: while it is clicked, the field
/// has lost the keyboard.
pub fn below<R>(ui: &Ui, field: &Response, name: &str, width: f32, list: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    let at = field.rect.left_bottom() + vec2(0.0, 2.0);
    let area = Area::new(field.id.with("offers")).order(Order::Foreground).fixed_pos(at);
    let shown = area.accessible_name(name).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            list(ui)
        })
    });
    let over = shown.response.contains_pointer();
    (shown.inner.inner, over)
}

/// The ground and the name of a row of a list that takes clicks but not the keyboard.
pub fn offer_ground(ui: &mut Ui, name: &str, chosen: bool) -> (Rect, Response) {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TARGET), Sense::CLICK);
    name_row(ui, &response, name, chosen);
    let fill = if chosen { Some(tokens.selection) } else { response.hovered().then_some(tokens.button_hover) };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    (rect, response)
}

/// A row with one text.
pub fn offer(ui: &mut Ui, text: &str, chosen: bool) -> Response {
    let (rect, response) = offer_ground(ui, text, chosen);
    line_in(ui, rect.shrink2(vec2(6.0, 0.0)), text, theme::regular(13.0), theme::tokens(ui).text);
    response
}

/// A row with a text and, muted behind it, what it means.
pub fn offer_with_help(ui: &mut Ui, text: &str, help: &str, chosen: bool) -> Response {
    let tokens = theme::tokens(ui);
    let (rect, response) = offer_ground(ui, text, chosen);
    let at = rect.left_center() + vec2(6.0, 0.0);
    let shown = ui.painter().text(at, Align2::LEFT_CENTER, text, theme::regular(13.0), tokens.text);
    let room = rect.with_min_x(shown.right() + 12.0).shrink2(vec2(6.0, 0.0));
    line_in(ui, room, help, theme::regular(12.0), tokens.muted);
    response.on_hover_text(help)
}

/// One line of text in the middle of a rectangle's height, cut where it is too long.
pub fn line_in(ui: &Ui, rect: Rect, text: &str, font: FontId, colour: Color32) {
    let galley = one_line(ui, text, font, colour, rect.width());
    let at = egui::pos2(rect.left(), (rect.center().y - galley.size().y / 2.0).round());
    ui.painter().galley(at, galley, colour);
}

/// Known words that hold what is written and are not just that: those that begin with it first, at most so many. All of
/// them hold nothing written.
pub fn matching(known: &[Arc<str>], written: &str, most: usize) -> Vec<Arc<str>> {
    let written = written.trim().to_lowercase();
    let mut found: Vec<(bool, &Arc<str>)> = known
        .iter()
        .filter_map(|word| {
            let lower = word.to_lowercase();
            (lower.contains(&written) && lower != written).then(|| (!lower.starts_with(&written), word))
        })
        .collect();
    found.sort_by_key(|(later, _)| *later);
    found.into_iter().take(most).map(|(_, word)| word.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_fits_the_first_words() {
        let known: Vec<Arc<str>> = ["Red Crescent", "Health ministry", "The Red Cross"].map(Arc::from).into();
        assert_eq!(matching(&known, " ", 2), known[..2]);
        assert_eq!(matching(&known, "cross", 2), known[2..]);
    }
}
