//! What became of the rows of the table that was imported last. It stays until it is closed, and can be copied.

use egui::{CornerRadius, Frame, Margin, ScrollArea, Ui, UiBuilder};

use crate::exchange::import::Report;
use crate::model::quantity::grouped;
use crate::ui::theme;
use crate::ui::widgets;

use super::summary;

/// Height in points that the list takes at most.
const TALLEST: f32 = 120.0;

/// Draws the report; answers whether it was closed.
pub fn report(ui: &mut Ui, report: &Report) -> bool {
    let tokens = theme::tokens(ui);
    let frame = Frame::new()
        .fill(if report.skipped.is_empty() { tokens.header } else { tokens.warn.fill })
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 6));
    let title = title(report);
    let builder = UiBuilder::new().accessibility_role(egui::accesskit::Role::Alert).accessibility_label(&*title);
    let mut closed = false;
    ui.scope_builder(builder, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    closed = ui.button("Close").accessible_name("Close import report").clicked();
                    if ui.button("Copy report").clicked() {
                        ui.ctx().copy_text(report.text());
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        widgets::section_title(ui, &title);
                    });
                });
            });
            if !report.skipped.is_empty() || !report.flagged.is_empty() {
                ScrollArea::vertical().id_salt("import report").max_height(TALLEST).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    summary::reasons(ui, report);
                });
            }
        });
    });
    closed
}

/// "gaza.csv: 359 rows in = 359 events + 0 skipped; 359 new, 3 flagged".
fn title(report: &Report) -> String {
    let outcome = report.outcome;
    let counts = [
        ("new", outcome.added),
        ("changed", outcome.changed),
        ("as they were", outcome.unchanged),
        ("removed", outcome.removed),
        ("flagged", report.flagged_rows),
    ];
    let counts: Vec<String> =
        counts.into_iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{} {word}", grouped(n))).collect();
    format!(
        "{}: {} rows in = {} events + {} skipped; {}",
        report.file,
        grouped(report.rows),
        grouped(report.events()),
        grouped(report.skipped_rows()),
        counts.join(", ")
    )
}
