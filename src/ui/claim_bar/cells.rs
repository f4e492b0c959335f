//! How the claim bar lays its fields out, and the widgets that only it has.

use egui::{Sense, Stroke, Ui, vec2};

use crate::ui::theme;

/// Below this width in points the fields stand two in a row.
pub const NARROW: f32 = 380.0;

/// Cells beside each other with these shares of the width; where there is little room, two in a row.
pub fn cells(ui: &mut Ui, shares: &[f32], mut cell: impl FnMut(&mut Ui, usize)) {
    if ui.available_width() < NARROW && shares.len() > 2 {
        for first in (0..shares.len()).step_by(2) {
            let in_row = (shares.len() - first).min(2);
            row(ui, if in_row == 2 { &[0.5, 0.5] } else { &[1.0] }, |ui, n| cell(ui, first + n));
        }
    } else {
        row(ui, shares, cell);
    }
}

fn row(ui: &mut Ui, shares: &[f32], mut cell: impl FnMut(&mut Ui, usize)) {
    const GAP: f32 = 8.0;
    #[expect(clippy::cast_precision_loss, reason = "a few cells")]
    let room = ui.available_width() - GAP * (shares.len() as f32 - 1.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for (n, share) in shares.iter().enumerate() {
            let width = (room * share).floor();
            ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::LEFT), |ui| {
                ui.set_width(width);
                cell(ui, n);
            });
        }
    });
}

/// An event to choose, with its number.
pub fn goal_cell(ui: &mut Ui, n: usize, name: &str, chosen: bool) -> egui::Response {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TARGET), Sense::CLICK);
    crate::ui::widgets::name_row(ui, &response, &format!("{n} {name}"), chosen);
    let response = response.on_hover_text(name);
    let fill = if chosen { Some(tokens.selection) } else { response.hovered().then_some(tokens.button_hover) };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    let (key, text) = (rect.left() + 8.0, rect.left() + 26.0);
    super::fields::line(ui, rect.with_min_x(key), &n.to_string(), tokens.muted);
    super::fields::line(ui, rect.with_min_x(text).with_max_x(rect.right() - 6.0), name, tokens.text);
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
