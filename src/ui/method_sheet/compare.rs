//! The project's total under every method, side by side: what the choice of the rule is worth.

use egui::{Align2, ComboBox, Sense, Ui, vec2};

use super::background::Background;
use super::rules::named;
use crate::derive::method::{Comparison, Row};
use crate::derive::totals::Sums;
use crate::model::{Measure, Method};
use crate::ui::{View, figures, theme, widgets};

/// Up to so many events the methods are compared without being asked: it is done before somebody sees it.
const AT_ONCE: usize = 20_000;
/// Width of a column of numbers: a billion with its commas, or the word of the head.
const NUMBER: f32 = 62.0;
/// Least width of the names of the methods.
const NAME: f32 = 170.0;
/// The columns of a wide panel; a narrow one has the first three.
const COLUMNS: [&str; 6] = ["Low", "Best", "High", "Events", "Unknown", "No best"];

/// The section's own state.
#[derive(Debug, Default)]
pub struct CompareView {
    measure: Option<Measure>,
}

/// How a line of the table is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    Head,
    InForce,
    Other,
    /// From the claims alone, under its method.
    Alone,
}

impl CompareView {
    /// Draws the section.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, background: &mut Background) {
        ui.add_space(8.0);
        widgets::section_title(ui, "Total under every method");
        if view.project.events.len() <= AT_ONCE {
            background.want_comparison(view.revision);
        }
        if let Some((comparison, fresh)) = background.comparison(view.revision) {
            self.table(ui, view, comparison);
            let soon = view.project.events.len() <= AT_ONCE && !background.is_stopped();
            if fresh || soon {
                return;
            }
            widgets::caption(ui, "Worked out before the last change of the project");
        }
        if background.compares() {
            widgets::muted(ui, "Working out the totals");
        } else if view.project.events.len() > AT_ONCE || background.is_stopped() {
            let events = figures::count(view.project.events.len(), "event", "events");
            widgets::muted(ui, format!("Every figure of {events} is worked out by every method"));
            if ui.button("Compare the methods").clicked() {
                background.start_comparison(view.revision);
            }
        }
    }

    fn table(&mut self, ui: &mut Ui, view: &View<'_>, comparison: &Comparison) {
        let Some((first, _)) = comparison.measures.first() else {
            widgets::muted(ui, "Nobody has spoken of a number yet");
            return;
        };
        let chosen = self.measure.clone().filter(|measure| !comparison.of(measure).is_empty());
        let mut measure = chosen.unwrap_or_else(|| first.clone());
        widgets::field_with(ui, "Measure", |ui| {
            let list = ComboBox::from_id_salt("measure compared").selected_text(measure.title()).width(160.0);
            list.show_ui(ui, |ui| {
                for (known, _) in &comparison.measures {
                    crate::ui::widgets::choose(ui, &mut measure, known.clone(), known.title());
                }
            })
            .response
        });
        let rows = comparison.of(&measure);
        let in_force = view.project.methodology.method_for(&measure);
        ui.spacing_mut().item_spacing.y = 0.0;
        line(ui, "Method", &COLUMNS.map(str::to_owned), Rank::Head, "");
        for row in rows {
            method_lines(ui, row, in_force);
        }
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.add_space(4.0);
        if rows.iter().any(|row| row.claims_alone.is_some()) {
            let text = "“Claims alone” leaves out the figures that were set by hand";
            widgets::caption(ui, text);
        }
        widgets::caption(ui, "Sums of lows, bests and highs: bounds of what was reported, not a confidence interval");
        self.measure = Some(measure);
    }
}

fn method_lines(ui: &mut Ui, row: &Row, in_force: Method) {
    let rank = if row.method == in_force { Rank::InForce } else { Rank::Other };
    line(ui, &named(row.method), &cells(&row.total), rank, row.method.help());
    if let Some(alone) = &row.claims_alone {
        line(ui, "Claims alone", &cells(alone), Rank::Alone, row.method.help());
    }
}

/// Low, best, high, events, of how many without a number, of how many without a best.
fn cells(sums: &Sums) -> [String; 6] {
    let count = |n: usize| figures::grouped(u64::try_from(n).unwrap_or(u64::MAX));
    let [low, best, high] = if sums.events == sums.unknown + sums.no_claim {
        [figures::NO_CLAIM; 3].map(str::to_owned)
    } else {
        let high = sums.high.map_or_else(|| format!("{}+", figures::grouped(sums.high_at_least)), figures::grouped);
        [figures::grouped(sums.low), figures::best_cell(sums.best), high]
    };
    [low, best, high, count(sums.events), count(sums.unknown), count(sums.no_best)]
}

/// A line of the table, read as a whole by a screen reader. A name that does not fit beside its numbers stands over them.
fn line(ui: &mut Ui, name: &str, cells: &[String; 6], rank: Rank, tip: &str) {
    let tokens = theme::tokens(ui);
    let (font, colour) = match rank {
        Rank::Head => (theme::regular(11.0), tokens.muted),
        Rank::InForce => (theme::semibold(13.0), tokens.text),
        Rank::Other => (theme::regular(13.0), tokens.text),
        Rank::Alone => (theme::regular(12.0), tokens.muted),
    };
    let width = ui.available_width();
    let shown = if width >= NAME + columns(COLUMNS.len()) { COLUMNS.len() } else { 3 };
    let indent = if rank == Rank::Alone { 22.0 } else { 6.0 };
    let galley = widgets::one_line(ui, name, font.clone(), colour, width - indent - 6.0);
    let over = galley.size().x > width - columns(shown) - indent - 8.0;
    let height = if rank == Rank::Alone { 20.0 } else { theme::TARGET };
    let size = vec2(width, if over { height + 18.0 } else { height });
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let said: Vec<String> =
        COLUMNS.iter().zip(cells).map(|(column, cell)| format!("{} {cell}", column.to_lowercase())).collect();
    let in_force = if rank == Rank::InForce { ", in force" } else { "" };
    let said = if rank == Rank::Head { name.to_owned() } else { format!("{name}{in_force}: {}", said.join(", ")) };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
    let painter = ui.painter();
    if rank == Rank::InForce {
        painter.rect_filled(rect, 4.0, tokens.selection);
    }
    let names = rect.with_max_y(rect.top() + height);
    let numbers = rect.with_min_y(rect.bottom() - height);
    let y = (names.center().y - galley.size().y / 2.0).round();
    painter.galley(egui::pos2(rect.left() + indent, y), galley, colour);
    for (at, cell) in cells.iter().take(shown).enumerate() {
        let right = rect.right() - 6.0 - columns(shown - 1 - at);
        let colour = if at < 3 || rank == Rank::Head { colour } else { tokens.muted };
        painter.text(egui::pos2(right, numbers.center().y), Align2::RIGHT_CENTER, cell, font.clone(), colour);
    }
    if rank == Rank::Head {
        painter.hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
    } else {
        response.on_hover_text(format!("{said}. {tip}"));
    }
}

/// Width of so many columns of numbers.
#[expect(clippy::cast_precision_loss, reason = "at most 6")]
fn columns(count: usize) -> f32 {
    NUMBER * count as f32
}
