//! A preview on the screen: the sum in words, and the cells before and after. It works nothing out.

use egui::{Button, Label, Rect, RichText, ScrollArea, Sense, Ui, accesskit, pos2, vec2};

use super::preview::{Line, Preview};
use super::sheet::Sheet;
use crate::columns::grouped;
use crate::ui::theme::{self, icons};
use crate::ui::{figures, widgets};

/// Height of a line, in points.
pub(super) const ROW: f32 = 24.0;

/// How high a list of a preview is in a table of this height.
pub(super) fn height(preview: &Preview, table: f32) -> f32 {
    /// What the lines of the bar, the header of the table and four of its rows take: the rest is for the list.
    const OTHERS: f32 = 72.0 + 28.0 + 4.0 * theme::ROW;
    let room = ((table * 0.32).min(table - OTHERS) / ROW).floor().clamp(1.0, 7.0);
    let (changes, refusals) = preview.lines(false);
    ((changes.len() + refusals.len()) as f32).min(room) * ROW
}

/// "Would change 41 cells in 38 events", and a switch that shows only the cells that refuse.
pub(super) fn sum(ui: &mut Ui, preview: &Preview, only_refused: &mut bool) {
    if !preview.is_asked() {
        return;
    }
    let tokens = theme::tokens(ui);
    let more = if preview.is_done() { "" } else { "…" };
    let text = match preview.cells() {
        0 if preview.is_done() => "Nothing would change".to_owned(),
        cells => {
            let (cells, events) =
                (figures::count(cells, "cell", "cells"), figures::count(preview.events(), "event", "events"));
            format!("Would change {cells} in {events}{more}")
        }
    };
    let said = ui.add(Label::new(RichText::new(text).color(tokens.text)).truncate());
    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(accesskit::Live::Polite));
    if preview.refused() > 0 {
        let text = RichText::new(format!("{} refused", grouped(preview.refused() as u64))).color(tokens.error.text);
        let button = Button::selectable(*only_refused, text);
        if ui.add(button).on_hover_text("Show only the cells that refuse, with the reasons").clicked() {
            *only_refused = !*only_refused;
        }
    } else {
        *only_refused = false;
    }
}

/// The cells before and after, then those that refuse.
pub(super) fn list(ui: &mut Ui, sheet: &Sheet<'_>, preview: &Preview, only_refused: bool) {
    let (changes, refusals) = preview.lines(only_refused);
    if changes.is_empty() && refusals.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("preview of a change").min_scrolled_height(0.0).auto_shrink(false);
    let line = |n: usize| changes.get(n).or_else(|| refusals.get(n.checked_sub(changes.len())?));
    area.show_rows(ui, ROW, changes.len() + refusals.len(), |ui, range| {
        for line in range.filter_map(line) {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            row(ui, sheet, rect, line);
        }
    });
}

fn row(ui: &Ui, sheet: &Sheet<'_>, rect: Rect, line: &Line) {
    let tokens = theme::tokens(ui);
    let name = sheet.event(line.event).map_or("", |event| event.name());
    let place = sheet.find(line.event).map_or_else(String::new, |row| format!("Row {}", grouped(row as u64 + 1)));
    let shown = |text: &str| if text.is_empty() { "empty".to_owned() } else { text.to_owned() };
    let (before, after, wrong) = match &line.after {
        Ok(after) => (shown(&line.before), shown(after), false),
        Err(why) => (shown(&line.before), why.clone(), true),
    };
    let said = if wrong {
        format!("Refused: {place}, {name}, {}: {before}: {after}", line.name)
    } else {
        format!("{place}, {name}, {}: {before} becomes {after}", line.name)
    };
    let response = ui.interact(rect, ui.scope_id().with((line.event.as_str(), line.column)), Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::ListItem);
        node.set_label(said.as_str());
        super::paint::set_bounds(node, rect);
    });
    let at = |from: f32, to: f32| {
        let (left, width) = (rect.left() + 12.0, rect.width() - 20.0);
        Rect::from_min_max(pos2(left + width * from, rect.top()), pos2(left + width * to - 8.0, rect.bottom()))
    };
    let regular = || theme::regular(12.0);
    widgets::line_in(ui, at(0.0, 0.08), &place, regular(), tokens.muted);
    widgets::line_in(ui, at(0.08, 0.30), name, regular(), tokens.muted);
    widgets::line_in(ui, at(0.30, 0.44), line.name, regular(), tokens.muted);
    widgets::line_in(ui, at(0.44, 0.68), &before, regular(), tokens.text);
    let arrow = at(0.68, 0.71);
    let (icon, colour) = if wrong { (icons::PROHIBIT, tokens.error.text) } else { (icons::ARROW_RIGHT, tokens.muted) };
    ui.painter().text(arrow.left_center(), egui::Align2::LEFT_CENTER, icon, regular(), colour);
    let colour = if wrong { tokens.error.text } else { tokens.text };
    widgets::line_in(ui, at(0.71, 1.0), &after, theme::medium(12.0), colour);
    response.on_hover_text(said);
}
