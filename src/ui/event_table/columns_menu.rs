//! The menu of all columns: which are shown, by groups, and what concerns them all.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, PopupCloseBehavior, ScrollArea, TextEdit, Ui, vec2};

use super::heads::Heads;
use super::layout::TableLayout;
use crate::columns::Column;
use crate::ui::widgets;

/// With more columns than this there is a field to find one.
const MANY: usize = 12;

/// What concerns the columns as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    FitAll,
    Reset,
    /// Open the dialog of the analyst's own ones.
    Own,
}

/// What is written into the field that finds a column.
#[derive(Debug, Default)]
pub(super) struct ColumnsMenu {
    wanted: String,
}

/// Groups of columns, in the order of the menu.
const GROUPS: [&str; 5] = ["Event", "Place", "Figures", "Coding", "Own columns"];

fn group(column: &Column) -> usize {
    match column.id {
        _ if column.is_figure() => 2,
        "id" | "when" | "title" | "kind" | "side_a" | "side_b" | "tags" => 0,
        "place" | "adm1" | "country" | "coordinates" | "precision" => 1,
        "sources" | "conflict" | "status" | "covers" => 3,
        _ => 4,
    }
}

impl ColumnsMenu {
    /// Draws the button and, while it is open, the menu.
    pub fn ui(&mut self, ui: &mut Ui, layout: &mut TableLayout, heads: &mut Heads) -> Option<Whole> {
        let hidden = layout.all().count() - layout.shown().len();
        // Several columns can be ticked while it is open.
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let mut whole = None;
        let (response, inner) = MenuButton::new("Columns").config(config).ui(ui, |ui| {
            ui.set_min_width(220.0);
            whole = self.items(ui, layout, heads);
        });
        if inner.is_none() {
            self.wanted.clear();
        }
        response.on_hover_text(match hidden {
            0 => "All columns are shown".to_owned(),
            1 => "1 column is hidden".to_owned(),
            n => format!("{n} columns are hidden"),
        });
        whole
    }

    fn items(&mut self, ui: &mut Ui, layout: &mut TableLayout, heads: &mut Heads) -> Option<Whole> {
        let mut whole = None;
        let all: Vec<&'static Column> = layout.all().collect();
        if all.len() > MANY {
            let field = TextEdit::singleline(&mut self.wanted).hint_text("Find a column").margin(vec2(8.0, 4.0));
            let field = field.desired_width(f32::INFINITY);
            ui.add(field).accessible_name("Find a column");
        }
        let wanted = self.wanted.trim().to_lowercase();
        let fits = |column: &Column| wanted.is_empty() || column.name.to_lowercase().contains(&wanted);
        let room = (ui.ctx().content_rect().height() - 230.0).max(120.0);
        ScrollArea::vertical().max_height(room).show(ui, |ui| {
            let mut any = false;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                for (at, name) in GROUPS.iter().enumerate() {
                    let columns: Vec<&'static Column> =
                        all.iter().copied().filter(|c| group(c) == at).filter(|c| fits(c)).collect();
                    if !columns.is_empty() {
                        any = true;
                        ui.vertical(|ui| ticks(ui, layout, heads, name, &columns));
                    }
                }
            });
            if !any {
                widgets::muted(ui, "No column of this name");
            }
        });
        ui.separator();
        ui.spacing_mut().item_spacing.y = 0.0;
        let item = |ui: &mut Ui, text: &str, can: bool| {
            let clicked = ui.add_enabled(can, Button::new(text)).clicked();
            if clicked {
                ui.close();
            }
            clicked
        };
        if item(ui, "Show all", layout.shown().len() < all.len()) {
            layout.show_all();
        }
        if item(ui, "Fit all columns", true) {
            whole = Some(Whole::FitAll);
        }
        let mut first = layout.clone();
        first.reset();
        if item(ui, "Reset columns", first != *layout) {
            whole = Some(Whole::Reset);
        }
        ui.separator();
        if item(ui, "Columns of your own…", true) {
            whole = Some(Whole::Own);
        }
        whole
    }
}

/// The columns of a group, each with a tick where it is shown.
fn ticks(ui: &mut Ui, layout: &mut TableLayout, heads: &mut Heads, name: &str, columns: &[&'static Column]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    widgets::caption(ui, name);
    ui.add_space(2.0);
    for column in columns {
        let mut shown = !layout.hidden.contains(column.id);
        if ui.checkbox(&mut shown, column.name).on_hover_text(column.help).changed() {
            if shown {
                layout.show(column.id);
                heads.reveal = Some(column.id);
            } else {
                layout.hide(column.id);
            }
        }
    }
}
