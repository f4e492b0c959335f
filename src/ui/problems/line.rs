//! One problem as a line: which record, which column, what is the matter and what to do.

use egui::{Color32, Rect, Sense, Ui, pos2, vec2};

use super::list_id;
use crate::columns::{COLUMNS, Column, Kind as Holds, Part};
use crate::derive::links::{self, Linked};
use crate::derive::problems::{Kind, Place, Problem, Severity, Spot};
use crate::ui::theme::{self, Tokens, icons};
use crate::ui::{View, widgets};

/// The column of the event table that shows a field.
pub fn column_of(spot: &Spot) -> &'static str {
    let figure = |measure| {
        let best = |column: &&Column| matches!(&column.kind, Holds::Figure(of, Part::Best) if of == measure);
        COLUMNS.iter().find(best).map_or("id", |column| column.id)
    };
    match spot {
        Spot::Whole => "id",
        Spot::When => "when",
        Spot::Title => "title",
        Spot::PlaceName => "place",
        Spot::Adm1 => "adm1",
        Spot::Country => "country",
        Spot::Coordinates => "coordinates",
        Spot::Kind => "kind",
        Spot::SideA => "side_a",
        Spot::SideB => "side_b",
        Spot::Status => "status",
        Spot::Tags => "tags",
        Spot::Covers => "covers",
        Spot::Figure(measure) => figure(measure),
    }
}

/// The sign and colour of a severity; the signs differ, so that colour is not needed.
pub(super) fn icon_of(severity: Severity, tokens: &Tokens) -> (&'static str, Color32) {
    match severity {
        Severity::Error => (icons::X_CIRCLE, tokens.error.text),
        Severity::Warning => (icons::WARNING, tokens.warn.text),
        Severity::Hint => (icons::INFO, tokens.muted),
    }
}

/// What a record is called, and in which column of it the problem is.
fn head(view: &View<'_>, problem: &Problem) -> (String, String) {
    let project = view.project;
    let name = match problem.subject {
        Place::Project => "The project".to_owned(),
        Place::Article(id) => links::name(project, Linked::Article(id)),
        Place::Claim(id) => links::name(project, Linked::Claim(id)),
        Place::Note(id) => links::name(project, Linked::Note(id)),
        Place::Event(id) => links::name(project, Linked::Event(id)),
    };
    let column = match problem.subject {
        Place::Event(id) if problem.spot == Spot::Whole => id.to_string(),
        Place::Event(id) => {
            let column = Column::of(column_of(&problem.spot)).map_or("", |column| column.name);
            format!("{column} · {id}")
        }
        Place::Article(id) => format!("Article · {id}"),
        Place::Claim(id) => format!("Claim · {id}"),
        Place::Note(id) => format!("Note · {id}"),
        Place::Project => String::new(),
    };
    (name, column)
}

/// A line as a screen reader says it.
pub(super) fn spoken(view: &View<'_>, problem: &Problem) -> String {
    let (name, column) = head(view, problem);
    let severity = problem.severity.key();
    format!("{severity}, {name}, {column}: {} {}", problem.message, problem.remedy)
}

/// Draws a line and says whether it was clicked.
pub(super) fn ui(
    ui: &mut Ui,
    view: &View<'_>,
    rect: Rect,
    problem: &Problem,
    line: (Kind, usize),
    current: bool,
    has_keyboard: bool,
) -> bool {
    let tokens = theme::tokens(ui);
    let id = list_id().with(line);
    let response = ui.interact(rect, id, Sense::CLICK);
    widgets::name_row(ui, &response, &spoken(view, problem), current);
    let fill = if current { Some(tokens.selection) } else { response.hovered().then_some(tokens.button_hover) };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    if has_keyboard {
        let stroke = egui::Stroke::new(2.0, tokens.accent);
        ui.painter().rect_stroke(rect, 4.0, stroke, egui::StrokeKind::Inside);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
    let (name, column) = head(view, problem);
    let inner = rect.shrink2(vec2(8.0, 4.0)).with_min_x(rect.left() + 22.0);
    let behind = ui.painter().layout_no_wrap(column, theme::regular(12.0), tokens.muted);
    let right = inner.right() - behind.size().x;
    let upper = inner.with_max_y(inner.center().y);
    let lower = inner.with_min_y(inner.center().y);
    widgets::line_in(ui, upper.with_max_x(right - 12.0), &name, theme::medium(13.0), tokens.text);
    ui.painter().galley(pos2(right, (upper.center().y - behind.size().y / 2.0).round()), behind, tokens.muted);
    let text = format!("{} {}", problem.message, problem.remedy);
    widgets::line_in(ui, lower, &text, theme::regular(12.0), if current { tokens.text } else { tokens.muted });
    response.on_hover_text(text).clicked()
}
