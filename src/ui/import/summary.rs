//! What an import would change: rows in, events out, what is skipped and flagged with its lines, before it is made.

use egui::{Frame, Label, Margin, RichText, ScrollArea, Ui};

use crate::exchange::import::{Missing, Reason, Report, Wishes};
use crate::model::quantity::grouped;
use crate::ui::theme::{self, icons};
use crate::ui::widgets;

use super::Planned;
use super::draft::Draft;
use super::written::pick;

/// Reasons that are drawn.
const SHOWN: usize = 200;

/// Draws what would change. Answers whether another wish was chosen.
pub(super) fn ui(ui: &mut Ui, planned: Option<&Planned>, draft: &Draft, wishes: &mut Wishes) -> bool {
    let mut changed = false;
    ScrollArea::vertical().id_salt("what it changes").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let Some(planned) = planned else {
                widgets::muted(ui, "What it would change is being worked out");
                return;
            };
            numbers(ui, planned);
            changed = missing(ui, planned, wishes);
            if draft.doubts() > 0 {
                let text = "Some columns should be looked at: see “Columns and rows”";
                line(ui, icons::WARNING, theme::tokens(ui).warn.text, text);
            }
            reasons(ui, &planned.report);
            written(ui, planned);
        });
    });
    changed
}

fn line(ui: &mut Ui, icon: &str, colour: egui::Color32, text: &str) {
    ui.horizontal_top(|ui| {
        ui.add(Label::new(RichText::new(icon).size(14.0).color(colour)));
        ui.add(Label::new(RichText::new(text).color(theme::tokens(ui).text)).wrap().selectable(true));
    });
}

fn numbers(ui: &mut Ui, planned: &Planned) {
    let report = &planned.report;
    let outcome = report.outcome;
    let rows = format!(
        "{} rows in = {} events + {} skipped",
        grouped(report.rows),
        grouped(report.events()),
        grouped(report.skipped_rows())
    );
    widgets::section_title(ui, &rows);
    ui.horizontal_wrapped(|ui| {
        let parts = [
            ("new", outcome.added),
            ("changed", outcome.changed),
            ("as they are", outcome.unchanged),
            ("removed", outcome.removed),
            ("in conflict", outcome.conflicts),
            ("flagged", report.flagged_rows),
        ];
        for (n, (word, count)) in parts.into_iter().enumerate() {
            if n > 0 {
                widgets::muted(ui, "·");
            }
            let text = format!("{} {word}", grouped(count));
            if count == 0 {
                widgets::muted(ui, text)
            } else {
                ui.label(text)
            };
        }
    });
    if outcome.hands > 0 {
        let text = format!(
            "{} figures by hand stay; the claims beneath them change, and they are marked",
            grouped(outcome.hands)
        );
        line(ui, icons::INFO, theme::tokens(ui).info.text, &text);
    }
    if planned.is_empty {
        let text = "Everything in the file is in the project already: there is nothing to import";
        line(ui, icons::CHECK_CIRCLE, theme::tokens(ui).ok.text, text);
    }
}

/// What becomes of events that the file does not have any more, where the project has data of this kind.
fn missing(ui: &mut Ui, planned: &Planned, wishes: &mut Wishes) -> bool {
    let outcome = planned.report.outcome;
    let is_again = outcome.changed + outcome.unchanged + outcome.removed + outcome.conflicts > 0;
    if !is_again && wishes.missing == Missing::Auto {
        return false;
    }
    let words = |missing: Missing| match missing {
        Missing::Auto => "Remove where it replaces the release",
        Missing::Keep => "Keep",
        Missing::Remove => "Remove",
    };
    let options = [Missing::Auto, Missing::Keep, Missing::Remove].map(|wish| (words(wish).to_owned(), wish));
    let shown = words(wishes.missing);
    ui.horizontal(|ui| pick(ui, "Events that the file does not have", shown, &options, &mut wishes.missing)).inner
}

/// What was skipped, flagged and remarked, each with its lines.
pub(super) fn reasons(ui: &mut Ui, report: &Report) {
    let (error, warn) = (theme::tokens(ui).error.text, theme::tokens(ui).warn.text);
    for (word, icon, colour, all) in [
        ("Skipped", icons::WARNING_CIRCLE, error, &report.skipped),
        ("Kept and flagged", icons::WARNING, warn, &report.flagged),
    ] {
        for reason in all.iter().take(SHOWN) {
            line(ui, icon, colour, &format!("{word}: {}", in_words(reason)));
        }
        if all.len() > SHOWN {
            widgets::muted(ui, format!("… and {} more reasons", all.len() - SHOWN));
        }
    }
    for (column, times) in &report.unknown {
        let text = format!("{column}: a sign for an unknown was read so {} times", grouped(*times));
        line(ui, icons::INFO, theme::tokens(ui).info.text, &text);
    }
    for remark in &report.remarks {
        line(ui, icons::INFO, theme::tokens(ui).info.text, &crate::ui::figures::sentence(remark));
    }
}

/// "3 rows (lines 4; 7; 12): no date".
pub(super) fn in_words(reason: &Reason) -> String {
    let rows = crate::ui::status_bar::counted(reason.lines.len(), "row", "rows");
    let example = if reason.example.is_empty() { String::new() } else { format!(", such as {}", reason.example) };
    format!("{rows} ({}): {}{example}", reason.lines_in_words(), reason.what)
}

fn written(ui: &mut Ui, planned: &Planned) {
    let report = &planned.report;
    ui.add_space(4.0);
    widgets::caption(ui, format!("{}, read by the mapping {}", report.dataset, report.mapping));
    widgets::caption(ui, report.written.clone());
    widgets::caption(ui, format!("SHA-256 {}", report.sha256));
}
