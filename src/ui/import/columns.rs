//! The rows of the file under their columns: over each column a list of what it can mean, with the guess and its reason;
//! before each row what it becomes.

use std::collections::HashMap;

use egui::accesskit;
use egui::{ComboBox, Frame, Label, Margin, RichText, Ui, UiBuilder, vec2};
use egui_table::{AutoSizeMode, CellInfo, HeaderCellInfo, HeaderRow, Table as Grid, TableDelegate, TableState};

use crate::exchange::import::Report;
use crate::exchange::table::Table;
use crate::model::mapping::Meaning;
use crate::model::quantity::grouped;
use crate::ui::theme::icons;
use crate::ui::{View, theme, widgets};

use super::becomes::Preview;
use super::draft::Draft;
use super::meanings::{self, Offer};

/// Room for a line number.
const NUMBER: f32 = 64.0;
/// Room for what a row becomes, and the least of it in a narrow window.
const BECOMES: f32 = 340.0;
/// Width of a column of the file.
const COLUMN: f32 = 176.0;
/// Height of the header: name, meaning, class and part, reason.
const HEAD: f32 = 116.0;
/// Columns in front of those of the file.
const FRONT: usize = 2;

/// The state of the view.
#[derive(Debug, Default)]
pub(super) struct ColumnsView {
    only_problems: bool,
    /// Rows with problems, in order.
    problems: Vec<usize>,
    /// Rows that were split into fields.
    cells: HashMap<usize, Vec<String>>,
    /// A column whose list took the keyboard: its neighbours come into view.
    focused: Option<usize>,
}

impl ColumnsView {
    /// Another table is shown.
    pub fn forget(&mut self) {
        self.cells.clear();
        self.problems.clear();
        self.only_problems = false;
    }

    /// Takes the rows that the report speaks of.
    pub fn take_problems(&mut self, table: &Table, report: &Report) {
        let lines = report.skipped.iter().chain(&report.flagged).flat_map(|reason| &reason.lines);
        self.problems = lines.filter_map(|line| row_of_line(table, *line)).collect();
        self.problems.sort_unstable();
        self.problems.dedup();
        self.only_problems &= !self.problems.is_empty();
    }

    /// Draws the view. Answers whether a meaning was chosen.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        table: &Table,
        draft: &mut Draft,
        preview: &mut Preview,
    ) -> bool {
        self.bar(ui, table);
        /// Rows that are kept split.
        const KEPT: usize = 500;
        if self.cells.len() > KEPT {
            self.cells.clear();
        }
        let area = ui.available_rect_before_wrap();
        let tokens = theme::tokens(ui);
        ui.painter().rect_filled(area, 0.0, tokens.page);
        let offers = meanings::offers(view.project);
        let becomes = BECOMES.min(area.width() * 0.4);
        let mut columns = vec![
            egui_table::Column::new(NUMBER).range(NUMBER..=NUMBER).resizable(false).id(egui::Id::unique("line")),
            egui_table::Column::new(becomes).range(160.0..=720.0).resizable(true).id(egui::Id::unique("becomes")),
        ];
        let width = egui_table::Column::new(COLUMN).range(120.0..=600.0).resizable(true);
        columns.extend((0..table.columns().len()).map(|at| width.id(egui::Id::unique(("column of the file", at)))));
        let rows = if self.only_problems { self.problems.len() } else { table.len() };
        let mut grid = Grid::new()
            .id_salt("rows of the file")
            .auto_size_mode(AutoSizeMode::Never)
            .num_rows(rows as u64)
            .columns(columns)
            .num_sticky_cols(FRONT)
            .headers([HeaderRow::new(HEAD)]);
        if let Some(column) = self.focused.take() {
            let last = table.columns().len().saturating_sub(1);
            grid = grid.scroll_to_columns(column + FRONT..=(column + 1).min(last) + FRONT, None);
        }
        let mut painter = Painter {
            view,
            table,
            draft,
            preview,
            offers: &offers,
            rows: self.only_problems.then_some(&self.problems),
            cells: &mut self.cells,
            changed: false,
            focused: None,
        };
        let builder = UiBuilder::new()
            .accessibility_role(accesskit::Role::Table)
            .accessibility_label("Rows of the file")
            .max_rect(area);
        ui.scope_builder(builder, |ui| {
            let id = grid.get_id(ui);
            if TableState::load(ui.ctx(), id).is_none() {
                // Without a state the table would measure every column.
                TableState::default().store(ui.ctx(), id);
            }
            grid.show(ui, &mut painter);
        });
        let (changed, focused) = (painter.changed, painter.focused);
        self.focused = focused;
        changed
    }

    fn bar(&mut self, ui: &mut Ui, table: &Table) {
        Frame::new().inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
            ui.horizontal(|ui| {
                let count = self.problems.len();
                let text = format!("Only the {} with problems", crate::ui::status_bar::counted(count, "row", "rows"));
                ui.add_enabled_ui(count > 0, |ui| ui.checkbox(&mut self.only_problems, text));
                let columns = crate::ui::status_bar::counted(table.columns().len(), "column", "columns");
                widgets::muted(ui, format!("{columns}; what is kept stays in the row and goes out again with it"));
            });
        });
    }
}

/// The row that begins on a line of the file.
fn row_of_line(table: &Table, line: u64) -> Option<usize> {
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = low.midpoint(high);
        if table.line(middle) < line { low = middle + 1 } else { high = middle }
    }
    (low < table.len() && table.line(low) == line).then_some(low)
}

struct Painter<'a> {
    view: &'a View<'a>,
    table: &'a Table,
    draft: &'a mut Draft,
    preview: &'a mut Preview,
    offers: &'a [Offer],
    /// The rows that are shown; all where this is not given.
    rows: Option<&'a Vec<usize>>,
    cells: &'a mut HashMap<usize, Vec<String>>,
    changed: bool,
    focused: Option<usize>,
}

impl Painter<'_> {
    fn row(&self, at: u64) -> usize {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        self.rows.map_or(at, |rows| rows.get(at).copied().unwrap_or(usize::MAX))
    }

    fn head(&mut self, ui: &mut Ui, column: usize) {
        let Some(name) = self.table.columns().get(column).cloned() else { return };
        let Some(meaning) = self.draft.meanings.get(column).cloned() else { return };
        ui.spacing_mut().item_spacing.y = 3.0;
        let strong = RichText::new(&*name).text_style(theme::LABEL.clone());
        ui.add(Label::new(strong).truncate());
        let mut chosen = meaning.clone();
        self.meaning_list(ui, column, &name, &mut chosen);
        if let Meaning::Number(measure, class, part) = &mut chosen {
            let width = (ui.available_width() - 4.0) / 2.0;
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                class_list(ui, &name, column, width, class);
                part_list(ui, &name, column, width, part);
            });
            let _ = measure;
        }
        if chosen != meaning
            && let Some(place) = self.draft.meanings.get_mut(column)
        {
            *place = chosen;
            self.changed = true;
        }
        let (reason, doubtful) = self.draft.reason(column);
        let tokens = theme::tokens(ui);
        let colour = if doubtful { tokens.warn.text } else { tokens.muted };
        let text = if doubtful { format!("{} {reason}", icons::WARNING) } else { reason.to_owned() };
        let text = RichText::new(text).text_style(theme::CAPTION.clone()).color(colour);
        ui.add(Label::new(text).wrap()).on_hover_text(reason);
    }

    fn meaning_list(&mut self, ui: &mut Ui, column: usize, name: &str, chosen: &mut Meaning) {
        let title = meanings::title(chosen, self.view.project);
        let tokens = theme::tokens(ui);
        let colour = if *chosen == Meaning::Kept { tokens.muted } else { tokens.text };
        let list = ComboBox::from_id_salt(("meaning", column))
            .selected_text(RichText::new(&title).color(colour))
            .width(ui.available_width())
            .height(420.0)
            .truncate();
        let response = list
            .show_ui(ui, |ui| {
                ui.set_min_width(220.0);
                let mut group = "";
                for offer in self.offers {
                    if offer.group != group {
                        group = offer.group;
                        ui.add_space(4.0);
                        widgets::caption(ui, group);
                    }
                    let is_it = meanings::is_same_entry(&offer.meaning, chosen);
                    let entry = ui.selectable_label(is_it, &offer.title).on_hover_text(&offer.help);
                    if entry.clicked() {
                        if !is_it {
                            *chosen = offer.meaning.clone();
                        }
                        ui.close();
                    }
                }
            })
            .response;
        if response.gained_focus() {
            self.focused = Some(column);
        }
        let words = meanings::in_words(chosen, self.view.project);
        response.accessible_name(format!("Meaning of {name}: {words}")).on_hover_text(words);
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, column: usize) {
        let table = self.table;
        let fields = self.cells.entry(row).or_insert_with(|| table.fields(row).map(String::from).collect());
        let Some(text) = fields.get(column) else { return };
        let shown = first_line(text);
        let tokens = theme::tokens(ui);
        let kept = self.draft.meanings.get(column).is_none_or(|meaning| *meaning == Meaning::Kept);
        let colour = if kept { tokens.muted } else { tokens.text };
        let label = ui.add(Label::new(RichText::new(shown).color(colour)).truncate().selectable(false));
        if shown.len() < text.len() {
            label.on_hover_text(text);
        }
    }

    fn becomes(&mut self, ui: &mut Ui, row: usize) {
        let becomes = self.preview.row(self.table, row);
        let tokens = theme::tokens(ui);
        let flaws = becomes.flaws.join("\n");
        if !flaws.is_empty() {
            let mark = ui.add(Label::new(RichText::new(icons::WARNING).color(tokens.warn.text)).selectable(false));
            mark.on_hover_text(&flaws);
        }
        let line =
            if flaws.is_empty() { becomes.line.clone() } else { format!("{} — {}", becomes.flaws[0], becomes.line) };
        let colour = if flaws.is_empty() { tokens.text } else { tokens.warn.text };
        let label = ui.add(Label::new(RichText::new(&line).color(colour)).truncate().selectable(false));
        label.on_hover_text(if flaws.is_empty() { line } else { format!("{}\n{flaws}", becomes.line) });
    }
}

/// The beginning of a field that may be a hundred million letters long.
fn first_line(text: &str) -> &str {
    const LONGEST: usize = 300;
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let end = line.char_indices().nth(LONGEST).map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or_default()
}

fn class_list(ui: &mut Ui, name: &str, column: usize, width: f32, class: &mut crate::model::Class) {
    let words = meanings::class_in_words(class);
    let all = meanings::classes(class);
    ComboBox::from_id_salt(("class", column))
        .selected_text(&words)
        .width(width)
        .height(420.0)
        .truncate()
        .show_ui(ui, |ui| {
            for (words, option) in all {
                widgets::choose(ui, class, option, words);
            }
        })
        .response
        .accessible_name(format!("Of whom {name} counts: {words}"))
        .on_hover_text(words);
}

fn part_list(ui: &mut Ui, name: &str, column: usize, width: f32, part: &mut crate::model::mapping::Part) {
    let words = meanings::part_in_words(*part);
    ComboBox::from_id_salt(("part", column))
        .selected_text(words)
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            for (option, words, help) in meanings::PARTS {
                widgets::choose(ui, part, option, words).on_hover_text(help);
            }
        })
        .response
        .accessible_name(format!("How {name} is meant: {words}"))
        .on_hover_text(words);
}

impl TableDelegate for Painter<'_> {
    fn default_row_height(&self) -> f32 {
        theme::ROW_COMPACT
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let rect = ui.max_rect();
        let tokens = theme::tokens(ui);
        ui.painter().rect_filled(rect, 0.0, tokens.header);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
        ui.painter().vline(rect.right() - 0.5, rect.y_range(), (1.0, tokens.hairline));
        let inner = rect.shrink2(vec2(6.0, 4.0));
        let layout = egui::Layout::top_down(egui::Align::Min);
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
            // A reason of many words is cut at the rows; the whole stands in its tooltip.
            ui.set_clip_rect(ui.clip_rect().intersect(rect));
            match cell.col_range.start {
                0 => drop(widgets::muted(ui, "Line")),
                1 => {
                    ui.add(Label::new(RichText::new("Becomes").text_style(theme::LABEL.clone())));
                    let help = "Each row as the event that it becomes. Choose over each column what it means.";
                    ui.add(Label::new(RichText::new(help).weak()).wrap());
                }
                column => self.head(ui, column - FRONT),
            }
        });
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let row = self.row(cell.row_nr);
        let rect = ui.max_rect();
        let tokens = theme::tokens(ui);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
        ui.painter().vline(rect.right() - 0.5, rect.y_range(), (1.0, tokens.hairline));
        let inner = rect.shrink2(vec2(6.0, 0.0));
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| match cell.col_nr {
            0 => drop(widgets::muted(ui, grouped(self.table.line(row)))),
            1 => self.becomes(ui, row),
            column => self.cell(ui, row, column - FRONT),
        });
    }
}
