//! The line above the table: the filter, how many events it lets through, and what concerns the table as a whole.

use std::collections::BTreeSet;

use egui::{Align, Id, Layout, RichText, Ui};

use super::filter_field::FilterField;
use super::rows::Rows;
use crate::columns::{COLUMNS, grouped};
use crate::ui::theme::{self, icons};
use crate::ui::{View, widgets};

/// Draws the line. Gives back whether the keyboard should go to the table.
pub(super) fn ui(
    ui: &mut Ui,
    view: &View<'_>,
    rows: &mut Rows,
    hidden: &mut BTreeSet<&'static str>,
    (field, id): (&mut FilterField, Id),
) -> bool {
    let mut to_table = false;
    let tokens = theme::tokens(ui);
    let total = view.project.events.len();
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        ui.label(RichText::new(icons::FILTER).color(tokens.muted).size(widgets::ICON));
        let said = field.ui(ui, view, id, rows.line(), rows.mistake());
        if let Some(line) = said.line {
            rows.set_filter(line, view.project);
        }
        to_table |= said.to_table;
        let shown = rows.len();
        let count = if rows.shows_all() {
            crate::ui::status_bar::counted(total, "event", "events")
        } else {
            format!("{} of {}", grouped(shown as u64), grouped(total as u64))
        };
        widgets::muted(ui, count);
        if rows.mistake().is_some() {
            let text = RichText::new("The last filter is in force").color(tokens.error.text);
            ui.label(text).on_hover_text("What is underlined cannot be read");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            columns(ui, hidden);
            to_table |= again(ui, rows);
        });
    });
    to_table
}

/// Rows that an edit left where they were, until somebody asks.
fn again(ui: &mut Ui, rows: &mut Rows) -> bool {
    let (stale, strays) = (rows.is_stale(), rows.strays());
    let (label, what) = match (stale, strays) {
        (false, 0) => return false,
        (true, 0) => ("Sort again", "The order has changed".to_owned()),
        (_, 1) => ("Filter again", "1 row does not match any more".to_owned()),
        (_, n) => ("Filter again", format!("{} rows do not match any more", grouped(n as u64))),
    };
    let clicked = widgets::quiet_button(ui, icons::SORT_ASCENDING, label).clicked();
    if clicked {
        rows.sort_again();
    }
    widgets::muted(ui, what);
    clicked
}

/// Which columns are shown.
fn columns(ui: &mut Ui, hidden: &mut BTreeSet<&'static str>) {
    ui.menu_button("Columns", |ui| {
        ui.set_min_width(180.0);
        for column in COLUMNS.iter().filter(|column| !column.frozen) {
            let mut shown = !hidden.contains(column.id);
            if ui.checkbox(&mut shown, column.name).on_hover_text(column.help).changed() {
                if shown {
                    hidden.remove(column.id);
                } else {
                    hidden.insert(column.id);
                }
            }
        }
    });
}
