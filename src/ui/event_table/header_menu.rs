//! The menu of a column: its place in the order, what is shown of it, and how it stands in the table.
//!
//! It opens by a right click on the header, by the caret in it, or by a key. What concerns columns it does itself; what
//! concerns rows it hands on.

use egui::containers::menu::{MenuConfig, SubMenuButton};
use egui::{Button, Id, Popup, PopupAnchor, PopupCloseBehavior, PopupKind, Rect, Response, Ui};

use super::fit;
use super::heads::Heads;
use super::layout::TableLayout;
use super::sheet::Sheet;
use super::value_list::ValueList;
use crate::columns::group::Group;
use crate::columns::{Column, Kind, Side};
use crate::ui::own_columns::For;

/// What is to be done with the rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OfRows {
    /// A click on a header: ascending, descending, none; whether the other keys of the order stay.
    Click(&'static str, bool),
    /// Sort by a column, descending or not; whether the other keys of the order stay.
    Sort(&'static str, bool, bool),
    /// Take a column out of the order.
    Unsort(&'static str),
    /// Another line of the filter.
    Line(String),
    /// Group by this, or by nothing.
    Group(Option<Group>),
}

/// The menu, while it is open.
#[derive(Debug, Default)]
pub(super) struct HeaderMenu {
    open: Option<Open>,
    /// A column whose cells are to be selected.
    pub select: Option<&'static str>,
    /// What the dialog of the analyst's own columns is asked for.
    pub own: Option<For>,
}

#[derive(Debug)]
struct Open {
    column: &'static str,
    /// The header, under which it stands.
    under: Rect,
    /// Whether it was opened in this frame and takes the keyboard.
    fresh: bool,
    values: ValueList,
}

impl HeaderMenu {
    /// Opens the menu of a column under its header.
    pub fn open(&mut self, column: &'static str, under: Rect) {
        self.open = Some(Open { column, under, fresh: true, values: ValueList::default() });
    }

    /// Of which column it is open.
    pub fn is_open(&self) -> Option<&'static str> {
        self.open.as_ref().map(|open| open.column)
    }

    /// Draws it while it is open. Also says whether it was closed in this frame.
    pub fn ui(
        &mut self,
        ui: &Ui,
        id: Id,
        sheet: &Sheet<'_>,
        layout: &mut TableLayout,
        heads: &mut Heads,
    ) -> (Option<OfRows>, bool) {
        let (select, own) = (&mut self.select, &mut self.own);
        let Some(open) = &mut self.open else { return (None, false) };
        let Some(column) = layout.column(open.column) else {
            self.open = None;
            return (None, true);
        };
        let mut shown = true;
        let popup =
            Popup::new(id.with("header menu"), ui.ctx().clone(), PopupAnchor::ParentRect(open.under), ui.layer_id())
                .kind(PopupKind::Menu)
                .layout(egui::Layout::top_down_justified(egui::Align::Min))
                .style(egui::containers::menu::menu_style)
                .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                .accessible_name(format!("Menu of {}", column.name))
                .gap(0.0)
                .open_bool(&mut shown);
        let fresh = std::mem::take(&mut open.fresh);
        let done = popup.show(|ui| {
            ui.set_width(230.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            crate::ui::widgets::scrolling_menu(ui, "header menu", |ui| {
                let (of_rows, selects) = items(ui, sheet, layout, heads, column, (&mut open.values, fresh));
                *own = own_items(ui, column);
                *select = selects.then_some(column.id);
                of_rows
            })
        });
        if !shown {
            self.open = None;
        }
        (done.and_then(|done| done.inner), !shown && !super::views::elsewhere(ui))
    }
}

fn item(ui: &mut Ui, text: &str, keys: &str, can: bool) -> Response {
    let button = if keys.is_empty() { Button::new(text) } else { Button::new(text).shortcut_text(keys) };
    let response = ui.add_enabled(can, button).accessible_name(text);
    if response.clicked() {
        ui.close();
    }
    response
}

fn items(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    layout: &mut TableLayout,
    heads: &mut Heads,
    column: &'static Column,
    (values, fresh): (&mut ValueList, bool),
) -> (Option<OfRows>, bool) {
    let of_rows = order(ui, sheet, column, fresh);
    let of_rows = values.ui(ui, sheet, column).map(OfRows::Line).or(of_rows);
    let of_rows = group(ui, sheet, column).or(of_rows);
    ui.separator();
    let id = column.id;
    if item(ui, "Hide column", "", layout.shown().len() > 1).clicked() {
        layout.hide(id);
    }
    if layout.last_frozen() == Some(id) {
        if item(ui, "Unfreeze columns", "", true).clicked() {
            layout.unfreeze();
        }
    } else if item(ui, "Freeze up to here", "", true).clicked() {
        layout.freeze_up_to(id);
    }
    if column.side == Side::Left && !matches!(column.kind, Kind::Date) {
        let wrapped = layout.is_wrapped(id);
        let text = if wrapped { "Keep text on one line" } else { "Wrap text" };
        if item(ui, text, "", true).clicked() {
            layout.set_wrapped(id, !wrapped);
        }
    }
    if item(ui, "Fit to content", "", true).clicked() {
        layout.set_width(id, fit::width(ui, sheet, column, &heads.rows));
    }
    let stays_open = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (_, selects) =
        SubMenuButton::new("More").config(stays_open).ui(ui, |ui| more(ui, sheet, layout, heads, column));
    (of_rows, selects.is_some_and(|selects| selects.inner))
}

/// The way to the columns of the analyst's own.
fn own_items(ui: &mut Ui, column: &Column) -> Option<For> {
    ui.separator();
    let change = column.own().filter(|_| item(ui, "Change column…", "", true).clicked());
    let new = item(ui, "New column…", "", true).clicked();
    change.map(|own| For::Column(own.id)).or(new.then_some(For::New))
}

/// Whether the rows are grouped by the column.
fn group(ui: &mut Ui, sheet: &Sheet<'_>, column: &Column) -> Option<OfRows> {
    let group = Group::by(column)?;
    ui.separator();
    let grouped = sheet.rows.group().is_some_and(|now| now.column == column.id);
    let text = if grouped { "No grouping" } else { "Group by this column" };
    item(ui, text, "", true).clicked().then(|| OfRows::Group((!grouped).then_some(group)))
}

/// The place of the column in the order.
fn order(ui: &mut Ui, sheet: &Sheet<'_>, column: &Column, fresh: bool) -> Option<OfRows> {
    let (up, down) = match column.kind {
        Kind::Date => ("Sort from the earliest", "Sort from the latest"),
        _ if column.side == Side::Right => ("Sort from the smallest", "Sort from the largest"),
        _ => ("Sort from A to Z", "Sort from Z to A"),
    };
    let now = sheet.rows.sort_of(column);
    let mut asked = None;
    let first = item(ui, up, "", true);
    if fresh {
        first.request_focus();
    }
    if first.clicked() {
        asked = Some(OfRows::Sort(column.id, false, false));
    }
    if item(ui, down, "", true).clicked() {
        asked = Some(OfRows::Sort(column.id, true, false));
    }
    let others = sheet.rows.sort_keys() > usize::from(now.is_some());
    if now.is_some() {
        if item(ui, if others { "Take out of the order" } else { "No order" }, "", true).clicked() {
            asked = Some(OfRows::Unsort(column.id));
        }
    } else if others && item(ui, "Add to the order", "Shift+Click", true).clicked() {
        asked = Some(OfRows::Sort(column.id, false, true));
    }
    asked
}

/// What is wanted less often. Says whether the column is to be selected.
fn more(ui: &mut Ui, sheet: &Sheet<'_>, layout: &mut TableLayout, heads: &mut Heads, column: &'static Column) -> bool {
    let id = column.id;
    for (text, keys, right) in [("Move left", "Shift+Left", false), ("Move right", "Shift+Right", true)] {
        if item(ui, text, keys, layout.beyond(id, right).is_some()).clicked() {
            layout.step(id, right);
            heads.reveal = Some(id);
        }
    }
    if item(ui, "Hide other columns", "", true).clicked() {
        layout.hide_others(id);
    }
    if item(ui, "Show all columns", "", layout.shown().len() < layout.all().count()).clicked() {
        layout.show_all();
    }
    if item(ui, "Fit all columns", "", true).clicked() {
        for column in sheet.columns {
            layout.set_width(column.id, fit::width(ui, sheet, column, &heads.rows));
        }
    }
    item(ui, "Select column", "Ctrl+Space", true).clicked()
}
