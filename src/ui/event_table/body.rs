//! The body of the table: columns and rows handed to `egui_table`, and what stands there while no row does.

use egui::style::ScrollAnimation;
use egui::{Id, Rect, Ui, UiBuilder, accesskit, vec2};
use egui_table::{HeaderRow, Table, TableState};

use super::EventTable;
use super::group_heads::GroupHeads;
use super::heads::Heads;
use super::keys::Keys;
use super::paint::{Painter, Touch};
use super::sheet::Sheet;
use crate::columns::{Column, grouped};
use crate::command::Command;
use crate::ui::theme::{self, icons};
use crate::ui::window::Lines;
use crate::ui::{Action, Selected, widgets};

/// Room that columns which stay in view leave to the others, in points.
const SCROLLED: f32 = 160.0;

impl EventTable {
    pub(super) fn table_ui(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, selected: &Selected) -> Vec<Touch> {
        let area = ui.available_rect_before_wrap();
        let tokens = theme::tokens(ui);
        let band = Rect::from_min_size(area.min, vec2(area.width(), theme::HEADER));
        ui.painter().rect_filled(area, 0.0, tokens.page);
        ui.painter().rect_filled(band, 0.0, tokens.header);
        ui.painter().hline(band.x_range(), band.bottom() - 0.5, (1.0, tokens.hairline));
        let salt = "events";
        let builder =
            UiBuilder::new().accessibility_role(accesskit::Role::Grid).accessibility_label("Events").max_rect(area);
        let touched = ui.scope_builder(builder, |ui| {
            // Keys move the view at once: a sliding table cannot be read.
            ui.style_mut().scroll_animation = ScrollAnimation::none();
            let gutter = gutter(sheet.rows.len());
            let mut columns = vec![egui_table::Column::new(gutter).range(gutter..=gutter).resizable(false)];
            let widths: Vec<f32> = sheet.columns.iter().map(|column| self.layout.width(column)).collect();
            // Whoever draws an edge draws it in the header: cells are pressed up to their edges.
            let shown = sheet.columns.iter().zip(&widths);
            columns.extend(shown.map(|(column, width)| {
                egui_table::Column::new(*width).range(*width..=*width).resizable(false).id(column_id(column))
            }));
            let frozen = self.frozen(sheet, &widths, area.width() - gutter);
            let mut table = Table::new()
                .id_salt(salt)
                .columns(columns)
                .num_sticky_cols(frozen + 1)
                .headers([HeaderRow::new(theme::HEADER)]);
            let id = table.get_id(ui);
            if TableState::load(ui.ctx(), id).is_none() {
                // Without a state the table would measure every column and shrink it.
                TableState::default().store(ui.ctx(), id);
            }
            let frozen_width = gutter + widths[..frozen].iter().sum::<f32>();
            self.grid.spots.body = Rect::from_min_max(area.min + vec2(frozen_width, theme::HEADER), area.max);
            if let Some(column) = self.heads.reveal.take().and_then(|id| sheet.column(id)).filter(|at| *at >= frozen) {
                table = table.scroll_to_column(column + 1, None);
            }
            let mut to = None;
            let header = self.grid.header.and_then(|column| sheet.column(column));
            let scrolls = std::mem::take(&mut self.grid.scroll);
            let at_head = self.grid.at_head.as_ref().and_then(|(name, _)| sheet.rows.head_named(name));
            if let Some(column) = header.filter(|column| scrolls && *column >= frozen) {
                table = table.scroll_to_column(column + 1, None);
            } else if let Some(line) = at_head.filter(|_| scrolls).and_then(|head| sheet.rows.lines().of_head(head)) {
                to = Some(line as u64..=line as u64);
            } else if scrolls
                && header.is_none()
                && let Some((row, column)) = self.grid.dragged_to(sheet)
            {
                let line = sheet.rows.lines().of_row(row);
                // The head of the group stays at the upper edge and must not hide the row.
                let above = if sheet.rows.group().is_some() { line.saturating_sub(1) } else { line };
                to = Some(above as u64..=line as u64);
                if column >= frozen {
                    table = table.scroll_to_column(column + 1, None);
                }
            }
            // The grid is the first stop of Tab in the table; the edges of columns come behind it.
            let (id, layer) = (self.grid.id, ui.layer_id());
            ui.memory_mut(|memory| memory.interested_in_focus(id, layer));
            let has_keyboard = ui.memory(|memory| memory.has_focus(id));
            let focused = has_keyboard || !self.grid.is_navigating() || self.bars.is_open();
            let focused = focused && at_head.is_none();
            let ranges = self.grid.ranges(sheet);
            let active = self.grid.active().and_then(|cell| sheet.place(cell));
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_row_count(sheet.rows.len());
                node.set_column_count(sheet.columns.len());
                node.set_multiselectable();
            });
            let found = self.bars.found();
            let last = ranges.one().map(|block| (*block.rows.end(), *block.columns.end()));
            let navigates = self.grid.is_navigating();
            let cut = self.grid.cut.and_then(|cut| cut.block(sheet));
            let to_fill = self.grid.to_fill(sheet);
            let row_height = self.layout.row_height();
            let mut painter = Painter {
                sheet,
                layout: &self.layout,
                row_height,
                grid: &mut self.grid,
                selected,
                ranges,
                active,
                focused,
                handle_at: last.filter(|_| focused && navigates && header.is_none()),
                cut,
                to_fill,
                found,
                touched: Vec::new(),
                menu_of: self.header_menu.is_open(),
                heads: Vec::new(),
                groups: GroupHeads::new(row_height),
                rows: 0..0,
            };
            let count = sheet.rows.lines().len() as u64;
            let lines = Lines { count, height: row_height, header: theme::HEADER };
            self.window.show(ui, table, lines, to, &mut painter);
            let Painter { mut touched, heads, groups, rows, .. } = painter;
            self.heads.rows = rows;
            let wanted = self.heads.menu.take();
            if let Some(head) = heads.iter().find(|head| head.menu || wanted == Some(head.column.id)) {
                self.header_menu.open(head.column.id, head.seen);
            }
            let lines = area.with_min_y(area.top() + theme::HEADER);
            let active = self.grid.spots.active.map(|(cell, seen)| cell.intersect(seen));
            Heads::lines(ui, &self.layout, &heads, active.filter(|_| focused));
            // The edges of columns, then the heads of groups, which reach over them.
            self.heads.ui(ui, id, sheet, &mut self.layout, &heads);
            touched.extend(groups.ui(ui, self.grid.id, lines, sheet, &mut self.subtotals, at_head));
            touched
        });
        touched.inner
    }

    /// How many columns stay in view: those that the layout says, as far as the others keep some room.
    fn frozen(&self, sheet: &Sheet<'_>, widths: &[f32], room: f32) -> usize {
        let mut taken = 0.0;
        let fits = |(column, width): &(&&'static Column, &f32)| {
            taken += **width;
            self.layout.is_frozen(column.id) && taken <= (room - SCROLLED).max(0.0)
        };
        sheet.columns.iter().zip(widths).take_while(fits).count()
    }

    pub(super) fn empty_ui(&mut self, ui: &mut Ui, keys: &mut Keys<'_, '_>) -> Vec<Touch> {
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
}

fn column_id(column: &Column) -> Id {
    Id::unique(("events column", column.id))
}

/// Width of the column of row numbers.
fn gutter(rows: usize) -> f32 {
    let digits = rows.max(1).ilog10() + 1;
    16.0 + 8.0 * digits.max(3) as f32
}
