//! What became of the rows of the table that was imported last. It stays until it is closed, and can be copied.

use egui::{ScrollArea, Ui};

use crate::exchange::import::Report;
use crate::model::quantity::grouped;
use crate::ui::widgets;

use super::summary;

/// Height in points that the list takes at most.
const TALLEST: f32 = 120.0;

/// Draws the report; answers whether it was closed.
pub fn report(ui: &mut Ui, report: &Report) -> bool {
    let buttons = widgets::ReportButtons { close: "Close import report", copy: "Copy report" };
    widgets::report(
        ui,
        &title(report),
        report.skipped.is_empty(),
        buttons,
        || report.text(),
        |ui| {
            if !report.skipped.is_empty() || !report.flagged.is_empty() {
                ScrollArea::vertical().id_salt("import report").max_height(TALLEST).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    summary::reasons(ui, report);
                });
            }
        },
    )
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
