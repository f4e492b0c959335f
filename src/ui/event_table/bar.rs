//! The line above the table: the filter, how many events it lets through, and what concerns the table as a whole.

use egui::{Align, Id, Layout, RichText, Ui};

use super::away::Away;
use super::columns_menu::{ColumnsMenu, Whole};
use super::filter_field::FilterField;
use super::heads::Heads;
use super::layout::TableLayout;
use super::outline;
use super::rows::Rows;
use super::views::Views;
use crate::columns::grouped;
use crate::ui::theme::{self, icons};
use crate::ui::{Actions, View, widgets};

/// The columns and their menu.
pub(super) struct Shown<'a> {
    pub layout: &'a mut TableLayout,
    pub heads: &'a mut Heads,
    pub menu: &'a mut ColumnsMenu,
    pub views: &'a mut Views,
    pub away: &'a Away,
    pub actions: &'a mut Actions,
}

/// What was asked for on the line.
#[derive(Default)]
pub(super) struct Asked {
    /// The keyboard should go to the table.
    pub to_table: bool,
    /// So should the view go to the active row.
    pub follow: bool,
    /// Something about all columns.
    pub columns: Option<Whole>,
}

/// Room for what stands right of the filter: how many events there are, and the menus.
const BESIDE: f32 = 300.0;
/// Room for the question whether to sort or filter again.
const AGAIN: f32 = 280.0;

/// Draws the line.
pub(super) fn ui(
    ui: &mut Ui,
    view: &View<'_>,
    rows: &mut Rows,
    shown: Shown<'_>,
    (field, id): (&mut FilterField, Id),
) -> Asked {
    let mut asked = Asked::default();
    let tokens = theme::tokens(ui);
    let total = view.project.events.len();
    ui.horizontal(|ui| {
        ui.add_space(4.0);
        asked.to_table |= shown.views.ui(ui, view, rows, shown.layout, shown.actions);
        ui.label(RichText::new(icons::FILTER).color(tokens.muted).size(widgets::ICON));
        let leaves = BESIDE + if rows.is_stale() || rows.strays() > 0 || shown.away.is_told() { AGAIN } else { 0.0 };
        let said = field.ui(ui, view, (id, leaves), rows.line(), rows.mistake());
        if let Some(line) = said.line {
            rows.set_filter(line, view.project);
        }
        asked.to_table |= said.to_table;
        let count = rows.len();
        let count = if rows.shows_all() {
            crate::ui::status_bar::counted(total, "event", "events")
        } else {
            format!("{} of {}", grouped(count as u64), grouped(total as u64))
        };
        widgets::muted(ui, count);
        if rows.mistake().is_some() {
            let text = RichText::new("The last filter is in force").color(tokens.error.text);
            ui.label(text).on_hover_text("What is underlined cannot be read");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            asked.columns = shown.menu.ui(ui, shown.layout, shown.heads);
            asked.to_table |= outline::menu(ui, rows, shown.layout);
            asked.to_table |= again(ui, rows);
            asked.follow = shown.away.ui(ui);
        });
    });
    asked
}

/// Rows that an edit left where they were, until somebody asks.
fn again(ui: &mut Ui, rows: &mut Rows) -> bool {
    let (stale, strays) = (rows.is_stale(), rows.strays());
    let (label, what) = match (stale, strays) {
        (false, 0) => return false,
        (true, 0) if rows.moved() == 1 => ("Sort again", "1 row belongs to another group".to_owned()),
        (true, 0) if rows.moved() > 1 => {
            ("Sort again", format!("{} rows belong to other groups", grouped(rows.moved() as u64)))
        }
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
