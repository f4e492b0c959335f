//! How the claim bar lays its fields out, and the widgets that only it has.

use egui::{Stroke, Ui, vec2};

use crate::ui::{theme, widgets};

/// From this width in points on all usual fields are shown and events stand two in a row.
pub const ROOMY: f32 = 400.0;
/// From this width on there is room for the sides of a new event, too.
pub const WIDE: f32 = 470.0;
/// Points between fields.
const GAP: f32 = 6.0;

/// A cell of a row: the width that it needs, and how much of the rest it takes.
#[derive(Debug, Clone, Copy)]
pub struct Cell<T> {
    pub what: T,
    pub least: f32,
    pub share: f32,
}

/// Cells beside each other, as many in a row as there is room for.
pub fn flow<T: Copy>(ui: &mut Ui, cells: &[Cell<T>], mut draw: impl FnMut(&mut Ui, T)) {
    for row in rows(cells, ui.available_width()) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            for (cell, width) in row {
                ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::LEFT), |ui| {
                    ui.set_width(width);
                    draw(ui, cell.what);
                });
            }
        });
    }
}

/// The rows with the width of each cell.
fn rows<T: Copy>(cells: &[Cell<T>], room: f32) -> Vec<Vec<(Cell<T>, f32)>> {
    let mut rows: Vec<Vec<Cell<T>>> = Vec::new();
    let mut used = f32::INFINITY;
    for cell in cells {
        if used + GAP + cell.least > room {
            rows.push(Vec::new());
            used = -GAP;
        }
        used += GAP + cell.least;
        if let Some(row) = rows.last_mut() {
            row.push(*cell);
        }
    }
    let widths = |row: Vec<Cell<T>>| {
        #[expect(clippy::cast_precision_loss, reason = "a few cells")]
        let gaps = GAP * (row.len() as f32 - 1.0);
        let least: f32 = row.iter().map(|cell| cell.least).sum();
        let shares: f32 = row.iter().map(|cell| cell.share).sum();
        let rest = (room - gaps - least).max(0.0);
        row.into_iter().map(|cell| (cell, (cell.least + rest * cell.share / shares.max(0.01)).floor())).collect()
    };
    rows.into_iter().map(widths).collect()
}

/// An event to choose, with its number.
pub fn goal_cell(ui: &mut Ui, key: &str, name: &str, chosen: bool) -> egui::Response {
    let tokens = theme::tokens(ui);
    let (rect, response) = widgets::offer_ground(ui, &format!("{key} {name}"), chosen);
    let response = response.on_hover_text(name);
    let (left, text) = (rect.left() + 8.0, rect.left() + 26.0);
    let line = |rect, text, colour| widgets::line_in(ui, rect, text, theme::regular(13.0), colour);
    line(rect.with_min_x(left), key, tokens.muted);
    line(rect.with_min_x(text).with_max_x(rect.right() - 6.0), name, tokens.text);
    response
}

/// Draws the main button; it keeps an id of its own, so that the keyboard can be put on it.
pub fn paint_main_button(ui: &Ui, response: &egui::Response, text: &str) {
    let tokens = theme::tokens(ui);
    let fill = if response.is_pointer_button_down_on() {
        tokens.accent_press
    } else if response.hovered() {
        tokens.accent_hover
    } else {
        tokens.accent
    };
    ui.painter().rect_filled(response.rect, 4.0, fill);
    let at = response.rect.center();
    ui.painter().text(at, egui::Align2::CENTER_CENTER, text, theme::medium(13.0), tokens.on_accent);
    if response.has_focus() {
        let ring = Stroke::new(2.0, tokens.text);
        ui.painter().rect_stroke(response.rect.expand(2.0), 5.0, ring, egui::StrokeKind::Inside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_fill_rows_from_the_left_and_share_what_is_left() {
        let cell = |least, share| Cell { what: (), least, share };
        let cells = [cell(100.0, 1.0), cell(100.0, 3.0), cell(150.0, 1.0)];
        let widths = |room| -> Vec<Vec<f32>> {
            rows(&cells, room).into_iter().map(|row| row.into_iter().map(|(_, width)| width).collect()).collect()
        };
        assert_eq!(widths(246.0), [vec![110.0, 130.0], vec![246.0]]);
        assert_eq!(widths(362.0), [vec![100.0, 100.0, 150.0]]);
        assert_eq!(widths(50.0), [vec![100.0], vec![100.0], vec![150.0]], "never narrower than needed");
        assert!(rows::<()>(&[], 100.0).is_empty());
    }
}
