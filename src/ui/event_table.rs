//! The event table: a spreadsheet of the project's events.
//!
//! It shows what `columns` says and hands in edits; it must not know how a value is read or how a figure is made. The
//! parts: `rows` (which events, in which order), `sheet` (cells and movements), `grid` (selection and what is typed),
//! `keys`, `ranges` (clear, fill, copy, paste), `paint` (header and cells), `editor` (the field over the active cell).

mod bar;
mod batch;
mod editor;
mod filter_field;
mod grid;
mod keys;
mod menu;
mod merge_bar;
mod paint;
mod pick_list;
mod ranges;
mod rows;
mod sheet;
mod summary;
mod tsv;

use std::collections::{BTreeSet, HashSet};

use egui::style::ScrollAnimation;
use egui::{Id, Rect, Ui, UiBuilder, accesskit, vec2};
use egui_table::{HeaderRow, Table, TableState};

use super::{Actions, Desk, Pane, View};
use crate::columns::{COLUMNS, Column, grouped};
use crate::command::Command;
use crate::model::EventId;
use crate::ui::theme::{self, icons};
use crate::ui::{Action, widgets};
use filter_field::FilterField;
use grid::Grid;
use keys::Keys;
use merge_bar::{Answer, MergeBar};
use paint::{Painter, Touch};
use rows::Rows;
use sheet::Sheet;
use summary::Summary;

/// More events than this are not merged at once: so many are never one incident.
pub const MERGED_AT_ONCE: usize = merge_bar::MOST;

/// The panel's own state.
#[derive(Default)]
pub struct EventTable {
    rows: Rows,
    filter: FilterField,
    grid: Grid,
    hidden: Option<BTreeSet<&'static str>>,
    reveal: Option<EventId>,
    edit: bool,
    /// The column that the revealed row is to be typed into.
    column: Option<&'static str>,
    merge: Option<MergeBar>,
    /// The events selected on the desk, for asking of one whether it is.
    selected: (Vec<EventId>, HashSet<EventId>),
    /// The sums in the status bar.
    summary: Summary,
    /// The claim that was put on the desk, for the cell and snapshot.
    told: Option<(sheet::CellId, u64)>,
}

impl std::fmt::Debug for EventTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EventTable").field("grid", &self.grid).finish_non_exhaustive()
    }
}

impl EventTable {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let mut rows = std::mem::take(&mut self.rows);
        let mut hidden = self.hidden.take().unwrap_or_else(hidden_at_first);
        if let Some(event) = self.reveal.filter(|event| view.project.events.contains(*event)) {
            rows.refresh(view);
            rows.keep(view.derived.columnar(), event);
        }
        rows.refresh(view);
        if desk.takes_focus(Pane::Table) {
            self.grid.wants_focus = true;
        }
        if let Some(bar) = &mut self.merge {
            bar.take_keyboard(ui);
        }
        let field = self.grid.id.with("filter");
        let all = ui.available_rect_before_wrap();
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.add_space(4.0);
        if bar::ui(ui, view, &mut rows, &mut hidden, (&mut self.filter, field)) {
            self.grid.wants_focus = true;
        }
        rows.refresh(view);
        let columns: Vec<&'static Column> = COLUMNS.iter().filter(|column| !hidden.contains(column.id)).collect();
        let (mut to_filter, mut clear_filter, mut toggle) = (false, false, None);
        let header = {
            let sheet = Sheet { view: *view, rows: &rows, columns: &columns };
            let mut keys = Keys {
                ctx: ui.ctx().clone(),
                sheet: &sheet,
                desk,
                actions,
                to_filter: &mut to_filter,
                clear_filter: &mut clear_filter,
                toggle: &mut toggle,
            };
            self.sheet_ui(ui, &mut keys)
        };
        if let Some((column, add)) = header {
            rows.click_header(columns[column], add);
            ui.request_repaint();
        }
        if to_filter {
            ui.memory_mut(|memory| memory.request_focus(field));
        }
        if clear_filter {
            rows.set_filter(String::new(), view.project);
        }
        if let Some(term) = toggle {
            rows.set_filter(crate::filter::toggled(rows.line(), &term), view.project);
            self.grid.scroll = true;
            ui.request_repaint();
        }
        self.rows = rows;
        self.hidden = Some(hidden);
        self.merge_ui(ui, all, view, desk, actions);
    }

    /// Asks how these events become one.
    pub fn merge(&mut self, events: Vec<EventId>) {
        self.merge = Some(MergeBar::new(events));
    }

    fn merge_ui(&mut self, ui: &Ui, area: Rect, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let Some(bar) = &mut self.merge else { return };
        match bar.ui(ui, view, area) {
            Answer::Open => return,
            Answer::GivenUp => {}
            Answer::Merge(edit, kept) => {
                let label = edit.label(view.project);
                actions.push(Action::Edit(*edit));
                actions.push(Action::Say(format!("{label}: Ctrl+Z takes it back")));
                desk.event = Some(kept);
                desk.selected.clear();
                self.grid.wrote.clear();
                self.reveal(kept);
            }
        }
        self.merge = None;
        self.grid.wants_focus = true;
        ui.ctx().request_repaint();
    }

    /// Brings the row of an event into view and makes it the active one.
    pub fn reveal(&mut self, event: EventId) {
        self.reveal = Some(event);
    }

    /// Brings the row of an event into view and begins to edit it in a column.
    pub fn type_into(&mut self, event: EventId, column: &'static str) {
        self.reveal = Some(event);
        self.column = Some(column);
        self.edit = true;
    }

    /// Takes the keyboard and begins to edit the active cell.
    pub fn edit_cell(&mut self) {
        self.edit = true;
    }

    /// What the selected rows come to, else the whole project, for the status bar. `None` away from figures.
    pub fn summary(&self, view: &View<'_>) -> Option<String> {
        self.summary.text(view)
    }

    /// Draws the cells and takes the keys. Gives back the column whose header was clicked.
    fn sheet_ui(&mut self, ui: &mut Ui, keys: &mut Keys<'_, '_>) -> Option<(usize, bool)> {
        let sheet = *keys.sheet;
        self.grid.settle(&sheet, keys.desk);
        if let Some(event) = self.reveal.take()
            && self.grid.leave(&sheet, keys.actions)
        {
            self.grid.go_to_event(&sheet, event);
            if let Some(column) = self.column.take() {
                self.grid.go_to_cell(&sheet, sheet::CellId { event, column });
            }
        }
        if std::mem::take(&mut self.edit) && self.grid.is_navigating() {
            self.grid.wants_focus = true;
            self.grid.begin(&sheet, None);
        }
        self.grid.keys(keys);
        if self.selected.0 != keys.desk.selected {
            self.selected = (keys.desk.selected.clone(), keys.desk.selected.iter().copied().collect());
        }
        let area = ui.available_rect_before_wrap();
        self.grid.spots.table = area;
        self.grid.spots.active = None;
        let touched = if sheet.rows.len() == 0 { self.empty_ui(ui, keys) } else { self.table_ui(ui, &sheet) };
        let mut header = None;
        for touch in touched {
            match touch {
                Touch::Header(column, add) => header = Some((column, add)),
                touch => self.touch(touch, keys),
            }
        }
        if ui.input(|input| !input.pointer.primary_down()) {
            self.grid.dragging = false;
        }
        self.scroll_by_drag(ui, &sheet);
        let mut child = ui.new_child(UiBuilder::new().max_rect(area));
        self.grid.menu_ui(ui, keys);
        self.grid.editor_ui(&mut child, &sheet, keys.actions);
        if ui.memory(|memory| memory.has_focus(self.grid.id)) {
            keys.desk.pane = Pane::Table;
        }
        self.grid.tell(&sheet, keys.desk);
        self.tell_claim(&sheet, keys.desk);
        let column = self.grid.active().and_then(|cell| Column::of(cell.column));
        self.summary.work_out(&sheet.view, keys.desk, column);
        header
    }

    fn table_ui(&mut self, ui: &mut Ui, sheet: &Sheet<'_>) -> Vec<Touch> {
        let area = ui.available_rect_before_wrap();
        let tokens = theme::tokens(ui);
        let band = Rect::from_min_size(area.min, vec2(area.width(), theme::HEADER));
        ui.painter().rect_filled(area, 0.0, tokens.page);
        ui.painter().rect_filled(band, 0.0, tokens.header);
        ui.painter().hline(band.x_range(), band.bottom() - 0.5, (1.0, tokens.hairline));
        let salt = "events";
        let frozen = sheet.columns.iter().take_while(|column| column.frozen).count();
        let builder =
            UiBuilder::new().accessibility_role(accesskit::Role::Grid).accessibility_label("Events").max_rect(area);
        let touched = ui.scope_builder(builder, |ui| {
            // Keys move the view at once: a sliding table cannot be read.
            ui.style_mut().scroll_animation = ScrollAnimation::none();
            let gutter = gutter(sheet.rows.len());
            let mut columns = vec![egui_table::Column::new(gutter).range(gutter..=gutter).resizable(false)];
            columns.extend(
                sheet
                    .columns
                    .iter()
                    .map(|column| egui_table::Column::new(column.width).range(48.0..=640.0).id(column_id(column))),
            );
            let mut table = Table::new()
                .id_salt(salt)
                .num_rows(sheet.rows.len() as u64)
                .columns(columns)
                .num_sticky_cols(frozen + 1)
                .headers([HeaderRow::new(theme::HEADER)]);
            let id = table.get_id(ui);
            seed_widths(ui, id);
            let frozen_width = gutter + frozen_width(ui, id, &sheet.columns[..frozen]);
            self.grid.spots.body = Rect::from_min_max(area.min + vec2(frozen_width, theme::HEADER), area.max);
            if std::mem::take(&mut self.grid.scroll)
                && let Some((row, column)) = self.grid.selection.and_then(|selection| sheet.place(selection.head))
            {
                table = table.scroll_to_row(row as u64, None);
                if column >= frozen {
                    table = table.scroll_to_column(column + 1, None);
                }
            }
            // The grid is the first stop of Tab in the table; the edges of columns come behind it.
            let (id, layer) = (self.grid.id, ui.layer_id());
            ui.memory_mut(|memory| memory.interested_in_focus(id, layer));
            let focused = ui.memory(|memory| memory.has_focus(id)) || !self.grid.is_navigating();
            let range = self.grid.range(sheet);
            let active = self.grid.active().and_then(|cell| sheet.place(cell));
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_row_count(sheet.rows.len());
                node.set_column_count(sheet.columns.len());
                node.set_multiselectable();
            });
            let mut painter = Painter {
                sheet,
                grid: &mut self.grid,
                selected: &self.selected.1,
                range,
                active,
                focused,
                touched: Vec::new(),
            };
            table.show(ui, &mut painter);
            painter.touched
        });
        touched.inner
    }

    fn empty_ui(&mut self, ui: &mut Ui, keys: &mut Keys<'_, '_>) -> Vec<Touch> {
        let total = keys.sheet.view.project.events.len();
        if total == 0 {
            let line = "In the reader select a figure and press K, or type here";
            if widgets::empty_state(ui, icons::TABLE, "No events yet", line, Some("Add event")) {
                keys.actions.push(Action::Run(Command::AddEvent));
            }
        } else {
            let title = format!("0 of {} events match", grouped(total as u64));
            let line = "No event meets every term of the filter";
            if widgets::empty_state(ui, icons::FILTER, &title, line, Some("Clear filter")) {
                *keys.clear_filter = true;
            }
        }
        Vec::new()
    }

    /// What the pointer did to a cell or a row.
    fn touch(&mut self, touch: Touch, keys: &mut Keys<'_, '_>) {
        let sheet = keys.sheet;
        match touch {
            Touch::Press(place, modifiers) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                self.take_keyboard();
                self.grid.dragging = true;
                if modifiers.shift {
                    self.grid.extend(sheet, place);
                } else {
                    let before = self.grid.active().map(|cell| cell.event);
                    self.grid.select(sheet, place);
                    self.grid.scroll = false;
                    if modifiers.command {
                        self.gather(sheet, place.0, before, keys.desk);
                    }
                }
            }
            Touch::Row(row, modifiers) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                self.take_keyboard();
                self.grid.dragging = true;
                let before = self.grid.active().map(|cell| cell.event);
                if modifiers.shift {
                    self.grid.extend(sheet, (row, 0));
                } else {
                    self.grid.select(sheet, (row, 0));
                }
                self.grid.scroll = false;
                self.grid.selection.iter_mut().for_each(|selection| selection.whole_rows = true);
                if modifiers.command {
                    self.gather(sheet, row, before, keys.desk);
                }
            }
            Touch::Over(place) => {
                let head = self.grid.selection.map(|selection| selection.head);
                if head != sheet.cell(place) && self.grid.is_navigating() {
                    self.grid.extend(sheet, place);
                    self.grid.scroll = false;
                }
            }
            Touch::Double(place) => {
                if self.grid.active() == sheet.cell(place) && self.grid.is_navigating() {
                    self.take_keyboard();
                    self.grid.begin(sheet, None);
                }
            }
            Touch::Menu(place, at) => {
                if !self.grid.leave(sheet, keys.actions) {
                    return;
                }
                let range = self.grid.range(sheet);
                let inside = range.is_some_and(|(rows, columns)| rows.contains(&place.0) && columns.contains(&place.1));
                if !inside {
                    self.grid.select(sheet, place);
                }
                self.grid.menu = Some(at);
            }
            Touch::Drop(event, claims) => {
                let elsewhere = |id: &crate::model::ClaimId| {
                    sheet.view.project.claims.get(*id).is_some_and(|claim| claim.event != event)
                };
                let claims: Vec<_> = claims.into_iter().filter(elsewhere).collect();
                if claims.is_empty() {
                    return;
                }
                let edit = crate::edit::Edit::MoveClaims { claims, to: event, new_event: None };
                match edit.apply(sheet.view.project) {
                    Ok(_) => {
                        let label = edit.label(sheet.view.project);
                        keys.actions.push(Action::Edit(edit));
                        keys.actions.push(Action::Say(format!("{label}: Ctrl+Z takes it back")));
                    }
                    Err(why) => keys.actions.push(Action::Complain(why.to_string())),
                }
            }
            Touch::Header(..) => {}
        }
    }

    fn take_keyboard(&mut self) {
        self.grid.wants_focus = true;
        self.grid.run_start = None;
        self.grid.hint = None;
    }

    /// Ctrl and a press take an event into the selection, or out of it. The row that was active is the first of it.
    fn gather(&mut self, sheet: &Sheet<'_>, row: usize, before: Option<EventId>, desk: &mut Desk) {
        let Some(event) = sheet.rows.at(row) else { return };
        if desk.selected.is_empty() {
            desk.selected.extend(before.filter(|before| *before != event));
        }
        match desk.selected.iter().position(|selected| *selected == event) {
            Some(at) => drop(desk.selected.remove(at)),
            None => desk.selected.push(event),
        }
        self.grid.wrote.clone_from(&desk.selected);
        self.grid.selection.iter_mut().for_each(|selection| selection.whole_rows = true);
    }

    /// A drag past the edge goes on, a row a frame.
    fn scroll_by_drag(&mut self, ui: &Ui, sheet: &Sheet<'_>) {
        let Some(pos) = ui.input(|input| input.pointer.interact_pos()).filter(|_| self.grid.dragging) else { return };
        let (body, table) = (self.grid.spots.body, self.grid.spots.table);
        let Some((row, column)) = self.grid.selection.and_then(|selection| sheet.place(selection.head)) else { return };
        let place = if pos.y > table.bottom() {
            (row + 1, column)
        } else if pos.y < body.top() {
            (row.saturating_sub(1), column)
        } else if pos.x > table.right() {
            (row, column + 1)
        } else {
            return;
        };
        if sheet.cell(place).is_some() {
            self.grid.extend(sheet, place);
            ui.request_repaint();
        }
    }

    /// Puts the claim of the active figure on the desk, once for each cell.
    fn tell_claim(&mut self, sheet: &Sheet<'_>, desk: &mut Desk) {
        let Some(cell) = self.grid.active() else { return };
        let now = Some((cell, sheet.view.revision));
        if self.told == now {
            return;
        }
        self.told = now;
        if Column::of(cell.column).is_some_and(Column::is_figure)
            && let Some(claim) = self.grid.claim(sheet)
        {
            desk.claim = Some(claim);
        }
    }
}

fn hidden_at_first() -> BTreeSet<&'static str> {
    COLUMNS.iter().filter(|column| column.hidden).map(|column| column.id).collect()
}

fn column_id(column: &Column) -> Id {
    Id::unique(("events column", column.id))
}

/// Width of the column of row numbers.
fn gutter(rows: usize) -> f32 {
    let digits = rows.max(1).ilog10() + 1;
    16.0 + 8.0 * digits.max(3) as f32
}

/// The width of the columns that do not scroll, without the row numbers.
fn frozen_width(ui: &Ui, id: Id, columns: &[&'static Column]) -> f32 {
    let state = TableState::load(ui.ctx(), id).unwrap_or_default();
    columns.iter().map(|column| state.col_widths.get(&column_id(column)).copied().unwrap_or(column.width)).sum()
}

/// The widths that columns begin with: without them the table would measure every column and shrink it.
fn seed_widths(ui: &Ui, id: Id) {
    if TableState::load(ui.ctx(), id).is_none() {
        let col_widths = COLUMNS.iter().map(|column| (column_id(column), column.width)).collect();
        TableState { col_widths, ..TableState::default() }.store(ui.ctx(), id);
    }
}
