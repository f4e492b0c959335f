//! The event table: a spreadsheet of the project's events.
//!
//! It shows what `columns` says and hands in edits; it must not know how a value is read or how a figure is made. The
//! parts: `rows` (which events, in which order), `sheet` (cells and movements), `grid` (what is typed), `selection`
//! and `select` (which cells), `lines`, `group_heads`, `subtotals` and `outline` (groups), `keys`, `pointer`, `ranges`
//! (clear, fill, copy, paste), `layout` (which columns, how wide), `heads`, `header_menu` and `columns_menu` (what is
//! done with them), `body` and `paint` (header and cells), `editor` (the field over the active cell).

mod away;
mod bar;
mod bars;
mod batch;
mod body;
mod bulk;
mod clipboard;
mod columns_menu;
mod cut;
mod edges;
mod editor;
mod filter_field;
mod find;
mod fit;
mod go_to;
mod grid;
mod group_heads;
mod handle;
mod header_keys;
mod header_menu;
mod heads;
mod keys;
mod layout;
mod left;
mod lines;
mod menu;
mod merge_bar;
mod outline;
mod paint;
mod pick_list;
mod pointer;
mod preview;
mod preview_list;
mod problem_marks;
mod ranges;
mod replace;
mod resting;
mod rewrite;
mod rows;
mod select;
mod selection;
mod sheet;
mod subtotals;
mod summary;
mod transform;
mod value_list;
mod values;
mod views;

use egui::{Modifiers, Rect, Ui, UiBuilder};

use super::{Actions, Desk, Pane, View};
use crate::columns::{self, Column};
use crate::exchange::export::Grouped;
use crate::model::EventId;
use crate::ui::Action;
use crate::ui::work::Left;
use away::Away;
use bars::{Ask, Bars};
use columns_menu::{ColumnsMenu, Whole};
use filter_field::FilterField;
use grid::Grid;
use header_keys::HeaderAct;
use header_menu::{HeaderMenu, OfRows};
use heads::Heads;
use keys::Keys;
use layout::TableLayout;
use merge_bar::{Answer, MergeBar};
use paint::Touch;
use rows::Rows;
use selection::Ranges;
use sheet::Sheet;
use subtotals::Subtotals;
use summary::Summary;
use views::Views;

use super::export_form::Shown;
use super::window::Window;

/// More events than this are not merged at once: so many are never one incident.
pub const MERGED_AT_ONCE: usize = merge_bar::MOST;

/// The panel's own state.
#[derive(Default)]
pub struct EventTable {
    rows: Rows,
    filter: FilterField,
    grid: Grid,
    /// Find, go to.
    bars: Bars,
    layout: TableLayout,
    heads: Heads,
    columns_menu: ColumnsMenu,
    header_menu: HeaderMenu,
    views: Views,
    /// Cells that were read from the clipboard.
    pasted: Option<Vec<Vec<String>>>,
    /// Texts that a paste of many cells left, and the snapshot before it.
    left: Option<(Vec<Left>, u64)>,
    reveal: Option<EventId>,
    edit: bool,
    /// The column that the revealed row is to be typed into.
    column: Option<&'static str>,
    merge: Option<MergeBar>,
    /// The sums in the status bar.
    summary: Summary,
    /// Whether the filter should take the keyboard.
    to_filter: bool,
    /// A term that another panel wants in the filter, or out of it.
    term: Option<String>,
    /// Where the rows are scrolled to.
    window: Window,
    /// The sums in the heads of groups.
    subtotals: Subtotals,
    /// The group whose head was pressed.
    pressed_group: Option<usize>,
    /// The claim that was put on the desk, for the cell and snapshot.
    told: Option<(sheet::CellId, u64)>,
    /// The active row, where an order took it out of view.
    away: Away,
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
        if let Some(new) = self.layout.meet(columns::of(view.project)) {
            self.heads.reveal = Some(new);
        }
        let shown = bar::Shown {
            layout: &mut self.layout,
            heads: &mut self.heads,
            menu: &mut self.columns_menu,
            views: &mut self.views,
            away: &self.away,
            actions,
        };
        let asked = bar::ui(ui, view, &mut rows, shown, (&mut self.filter, field));
        self.grid.wants_focus |= asked.to_table || asked.follow;
        self.grid.scroll |= asked.follow;
        rows.refresh(view);
        let columns = self.layout.shown();
        self.outline_keys(ui, view, &mut rows, &columns);
        self.subtotals.begin(&rows.take_dirty());
        let (mut to_filter, mut clear_filter, mut toggle) =
            (std::mem::take(&mut self.to_filter), false, self.term.take());
        let (mut ask, bar_is_open) = (None, self.bars.is_open());
        let header = {
            let sheet = Sheet { view: *view, rows: &rows, columns: &columns };
            if let Some(whole) = asked.columns {
                self.whole(ui, &sheet, whole, actions);
            }
            self.bars.ui(ui, &mut self.grid, &sheet, actions);
            let mut keys = Keys {
                ctx: ui.ctx().clone(),
                sheet: &sheet,
                desk,
                actions,
                to_filter: &mut to_filter,
                clear_filter: &mut clear_filter,
                toggle: &mut toggle,
                ask: &mut ask,
                bar_is_open,
            };
            self.sheet_ui(ui, &mut keys)
        };
        if let Some(of_rows) = header {
            self.of_rows(of_rows, &mut rows, view);
            ui.request_repaint();
        }
        if let Some(ask) = ask {
            self.bars.ask(ask);
            ui.request_repaint();
        }
        if let Some(head) = self.pressed_group.take() {
            let folded = rows.is_folded(head);
            self.fold(&mut rows, view, head, !folded);
            self.grid.scroll = false;
            self.grid.wants_focus = true;
            ui.request_repaint();
        }
        if self.subtotals.waits() {
            ui.request_repaint();
        }
        if let Some(event) = self.bars.reveal.take() {
            self.reveal(event);
            ui.request_repaint();
        }
        for act in std::mem::take(&mut self.grid.header_acts) {
            self.header_act(act, &mut rows);
            ui.request_repaint();
        }
        let active = self.grid.active().map(|cell| cell.event);
        let anew = rows.take_anew();
        let sheet = Sheet { view: *view, rows: &rows, columns: &columns };
        if self.away.note(&sheet, active, anew, &self.heads.rows) {
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
        if rows.waits() {
            ui.request_repaint();
        } else if rows.mistake().is_none() {
            if *desk.filter != *rows.line() {
                desk.filter = rows.line().into();
            }
            if desk.sought != *rows.sought() {
                desk.sought = rows.sought().clone();
            }
        }
        self.rows = rows;
        self.merge_ui(ui, all, view, desk, actions);
    }

    /// Does what the keyboard asks of a header.
    fn header_act(&mut self, act: HeaderAct, rows: &mut Rows) {
        match act {
            HeaderAct::Sort { column, add } => {
                if let Some(column) = self.layout.column(column) {
                    rows.click_header(column, add);
                }
            }
            HeaderAct::Menu { column } => self.heads.menu = Some(column),
            HeaderAct::Move { column, by } => {
                self.layout.step(column, by > 0);
                self.grid.scroll = true;
            }
            HeaderAct::Widen { column, by } => {
                if let Some(width) = self.layout.column(column).map(|column| self.layout.width(column)) {
                    self.layout.set_width(column, width + by);
                }
            }
        }
    }

    /// Whether a cell has the keyboard, or a header.
    pub fn has_keyboard(&self, ctx: &egui::Context) -> bool {
        ctx.memory(|memory| memory.has_focus(self.grid.id))
    }

    /// Whether a header has the keyboard, which then has Alt and the arrows for itself.
    pub fn has_header(&self) -> bool {
        self.grid.header.is_some()
    }

    /// Does what a header or its menu asks of the rows.
    fn of_rows(&self, asked: OfRows, rows: &mut Rows, view: &View<'_>) {
        let column = |id: &str| self.layout.column(id).into_iter();
        match asked {
            OfRows::Click(id, add) => column(id).for_each(|column| rows.click_header(column, add)),
            OfRows::Sort(id, descending, add) => column(id).for_each(|column| rows.sort_by(column, descending, add)),
            OfRows::Unsort(id) => column(id).for_each(|column| rows.unsort(column)),
            OfRows::Line(line) => rows.set_filter(line, view.project),
            OfRows::Group(group) => rows.set_group(group),
        }
    }

    /// Does something with all columns.
    fn whole(&mut self, ui: &Ui, sheet: &Sheet<'_>, whole: Whole, actions: &mut Actions) {
        match whole {
            Whole::Own => actions.push(Action::OwnColumns(super::own_columns::For::All)),
            Whole::Reset => self.layout.reset(),
            Whole::FitAll => {
                for column in sheet.columns {
                    self.layout.set_width(column.id, fit::width(ui, sheet, column, &self.heads.rows));
                }
            }
        }
        ui.request_repaint();
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

    /// Brings a cell into view and makes it the active one; only its row where the column is hidden.
    pub fn show_cell(&mut self, event: EventId, column: &'static str) {
        self.reveal = Some(event);
        self.column = Some(column);
    }

    /// Brings the row of an event into view and begins to edit it in a column.
    pub fn type_into(&mut self, event: EventId, column: &'static str) {
        self.reveal = Some(event);
        self.column = Some(column);
        self.edit = true;
    }

    /// Takes the cells of the clipboard that were asked for.
    pub fn pasted(&mut self, cells: Vec<Vec<String>>) {
        self.pasted = Some(cells);
    }

    /// Keeps texts that cells could not take, of a change that was made of the snapshot of this number.
    pub fn keep_left(&mut self, left: Vec<Left>, before: u64) {
        self.left = Some((left, before));
    }

    /// Takes the keyboard and begins to edit the active cell.
    pub fn edit_cell(&mut self) {
        self.edit = true;
    }

    /// Opens the menu of saved views.
    pub fn open_views(&mut self) {
        self.views.open();
    }

    /// Shows the saved view of this name.
    pub fn show_view(&mut self, name: &str) {
        self.views.show(name);
    }

    /// Opens the bar that finds words in cells.
    pub fn find(&mut self) {
        self.bars.ask(Ask::Find);
    }

    /// Opens the bar that replaces words in cells.
    pub fn replace(&mut self) {
        self.bars.ask(Ask::Replace);
    }

    /// Opens the bar that changes the selected cells.
    pub fn change_cells(&mut self) {
        self.bars.ask(Ask::Change);
    }

    /// Opens the bar that goes to a row.
    pub fn go_to(&mut self) {
        self.bars.ask(Ask::GoTo);
    }

    /// Puts a term into the filter, or takes it out where it is there.
    pub fn toggle_term(&mut self, term: String) {
        self.term = Some(term);
    }

    /// Gives the keyboard to the filter.
    pub fn filter(&mut self) {
        self.to_filter = true;
    }

    /// What the selected rows come to, else the whole project, for the status bar. `None` away from figures.
    pub fn summary(&self, view: &View<'_>) -> Option<String> {
        self.summary.text(view)
    }

    /// What is shown of so many events, to be exported as it is shown. A filter with a mistake in it counts as none.
    pub fn shown(&self, of: usize) -> Shown {
        let filter = if self.rows.mistake().is_some() { String::new() } else { self.rows.line().trim().to_owned() };
        let events = if filter.is_empty() { of } else { self.rows.len() };
        let grouped = self
            .rows
            .group()
            .map(|group| Grouped::new(group.clone(), self.rows.groups_descend(), self.layout.shown().into_iter()));
        Shown { filter, events, of, sort: self.rows.sort().collect(), grouped }
    }

    /// Draws the cells and takes the keys. Gives back what headers ask of the rows.
    fn sheet_ui(&mut self, ui: &mut Ui, keys: &mut Keys<'_, '_>) -> Option<OfRows> {
        let sheet = *keys.sheet;
        self.heads.keys(ui, &mut self.layout);
        self.grid.settle(&sheet, keys.desk);
        if let Some(cells) = self.pasted.take() {
            self.grid.put_in(&sheet, cells, keys.actions);
        }
        if let Some((left, before)) = self.left.take() {
            self.grid.left.keep(left, before);
        }
        self.grid.left.settle(&sheet);
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
        let area = ui.available_rect_before_wrap();
        // A bar that opens under the rows does not take the active one out of view.
        self.grid.scroll |= area.height() < self.grid.spots.table.height() && self.grid.spots.active.is_some();
        self.grid.spots.table = area;
        self.grid.spots.active = None;
        let touched = if sheet.rows.lines().len() == 0 {
            self.empty_ui(ui, keys)
        } else {
            self.table_ui(ui, &sheet, &keys.desk.selected)
        };
        let mut header = None;
        for touch in touched {
            match touch {
                Touch::Header(column, Modifiers { command: false, shift, .. }) => {
                    header = Some(OfRows::Click(sheet.columns[column].id, shift));
                }
                Touch::Group(head) => {
                    if self.grid.leave(&sheet, keys.actions) {
                        self.pressed_group = Some(head);
                    }
                }
                touch => {
                    self.grid.at_head = None;
                    self.touch(touch, keys);
                }
            }
        }
        if ui.input(|input| !input.pointer.primary_down()) {
            self.grid.drop_handle(&sheet, keys.actions);
            self.grid.dragging = false;
        }
        self.scroll_by_drag(ui, &sheet);
        let mut child = ui.new_child(UiBuilder::new().max_rect(area));
        self.grid.menu_ui(ui, keys);
        let (asked, closed) = self.header_menu.ui(ui, self.grid.id, &sheet, &mut self.layout, &mut self.heads);
        header = asked.or(header);
        keys.actions.extend(self.header_menu.own.take().map(Action::OwnColumns));
        if let Some(at) = self.header_menu.select.take().and_then(|id| sheet.column(id)) {
            self.grid.select_whole(&sheet, (self.heads.rows.start, at), false);
        }
        // A menu takes the keyboard; afterwards it is the table's again.
        self.grid.wants_focus |= closed;
        self.grid.editor_ui(&mut child, &sheet, keys.actions);
        if self.has_keyboard(ui.ctx()) {
            keys.desk.pane = Pane::Table;
        }
        self.grid.tell(&sheet, keys.desk);
        self.tell_claim(&sheet, keys.desk);
        let column = self.grid.active().and_then(|cell| sheet.column_of(cell));
        let own = self.grid.wrote == keys.desk.selected;
        let ranges = if own { self.grid.ranges(&sheet) } else { Ranges::default() };
        if self.summary.work_out(&sheet, keys.desk, ranges, column) {
            ui.request_repaint();
        }
        header
    }

    /// Puts the claim of the active figure on the desk, once for each cell.
    fn tell_claim(&mut self, sheet: &Sheet<'_>, desk: &mut Desk) {
        let Some(cell) = self.grid.active() else { return };
        let now = Some((cell, sheet.view.revision));
        if self.told == now {
            return;
        }
        self.told = now;
        if sheet.column_of(cell).is_some_and(Column::is_figure)
            && let Some(claim) = self.grid.claim(sheet)
        {
            desk.claim = Some(claim);
        }
    }
}
