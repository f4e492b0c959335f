//! The line above the table: the filter, how many events it lets through, and what concerns the table as a whole.

use std::collections::BTreeSet;

use egui::{Align, EventFilter, Id, Key, Layout, RichText, TextEdit, Ui};

use super::rows::Rows;
use crate::columns::{COLUMNS, grouped};
use crate::ui::theme::{self, icons};
use crate::ui::widgets;

/// What was asked for in the line.
#[derive(Default)]
pub(super) struct Asked {
    /// The keyboard should go to the table.
    pub to_table: bool,
}

/// Draws the line.
pub(super) fn ui(ui: &mut Ui, rows: &mut Rows, total: usize, hidden: &mut BTreeSet<&'static str>, field: Id) -> Asked {
    let mut asked = Asked::default();
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        ui.label(RichText::new(icons::FILTER).color(tokens.muted).size(widgets::ICON));
        filter(ui, rows, field, &mut asked);
        let shown = rows.len();
        let count = if rows.filter().is_empty() {
            crate::ui::status_bar::counted(total, "event", "events")
        } else {
            format!("{} of {}", grouped(shown as u64), grouped(total as u64))
        };
        widgets::muted(ui, count);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            columns(ui, hidden);
            if rows.is_stale() {
                if widgets::quiet_button(ui, icons::SORT_ASCENDING, "Sort again").clicked() {
                    rows.sort_again();
                    asked.to_table = true;
                }
                widgets::muted(ui, "The order has changed");
            }
        });
    });
    asked
}

fn filter(ui: &mut Ui, rows: &mut Rows, field: Id, asked: &mut Asked) {
    let mut text = rows.filter().to_owned();
    let keys = EventFilter { escape: true, vertical_arrows: true, ..EventFilter::default() };
    let edit = TextEdit::singleline(&mut text).id(field).hint_text("Filter events").desired_width(220.0);
    let had_focus = ui.memory(|memory| memory.has_focus(field));
    let response = ui.add(edit.event_filter(keys)).accessible_name("Filter events");
    let (escape, leave) = ui.input(|input| {
        (input.key_pressed(Key::Escape), input.key_pressed(Key::Enter) || input.key_pressed(Key::ArrowDown))
    });
    if had_focus && escape {
        text.clear();
    }
    if had_focus && (escape || leave) {
        asked.to_table = true;
    }
    if !text.is_empty() && widgets::icon_button(ui, icons::X, "Clear filter").clicked() {
        text.clear();
        asked.to_table = true;
    }
    let _ = response;
    rows.set_filter(text);
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
