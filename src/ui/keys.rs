//! The key sheet: what the keys do, command by command and pane by pane, with a field to filter it.
//! Made from the table of commands and the list of pane keys; it knows no project.

use egui::{Context, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::theme::{self, Tokens};
use super::widgets::{self, one_line};
use super::{Pane, sheet::sheet};
use crate::command::pane_keys::PANE_KEYS;
use crate::command::{Menu, TABLE, key_text};
use crate::derive::find::holds;

/// Size of the sheet in points, where the window has room for it.
const SIZE: egui::Vec2 = vec2(640.0, 560.0);

/// The key sheet.
#[derive(Debug, Default)]
pub struct KeySheet {
    open: bool,
    filter: String,
    /// The pane whose keys stand first.
    pane: Pane,
    takes_focus: bool,
}

/// One line of the sheet.
struct Line {
    does: &'static str,
    keys: String,
}

impl KeySheet {
    /// Opens the sheet with the keys of this pane first.
    pub fn open(&mut self, pane: Pane) {
        *self = Self { open: true, filter: String::new(), pane, takes_focus: true };
    }

    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Draws the sheet while it is open.
    pub fn ui(&mut self, ctx: &Context) {
        let mut open = self.open;
        sheet(ctx, "key sheet", "Keys", SIZE, &mut open, |ui| self.content(ui));
        self.open = open;
    }

    fn content(&mut self, ui: &mut Ui) {
        let field = TextEdit::singleline(&mut self.filter)
            .id(egui::Id::unique("key sheet filter"))
            .hint_text("Filter by what a key does, or by the key")
            .desired_width(f32::INFINITY);
        let field = ui.add(field).accessible_name("Filter keys");
        if std::mem::take(&mut self.takes_focus) {
            field.request_focus();
        }
        ui.add_space(4.0);
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        ScrollArea::vertical().id_salt("key sheet lines").auto_shrink(false).show(ui, |ui| {
            let mut any = false;
            for (title, lines) in sections(self.pane) {
                let matches = |line: &&Line| {
                    words.iter().all(|word| holds(line.does, word) || holds(&line.keys, word) || holds(title, word))
                };
                let lines: Vec<&Line> = lines.iter().filter(matches).collect();
                if lines.is_empty() {
                    continue;
                }
                any = true;
                widgets::section_title(ui, title);
                lines.iter().for_each(|line| row(ui, line));
                ui.add_space(8.0);
            }
            if !any {
                widgets::muted(ui, "No key does that");
            }
        });
    }
}

/// The sections of the sheet: the pane at hand, the menus, the other panes.
fn sections(pane: Pane) -> Vec<(&'static str, Vec<Line>)> {
    let at_hand = match pane {
        Pane::Reader => "Reader",
        Pane::Table => "Table",
        Pane::Side => "Event",
        Pane::Articles => "",
    };
    let mut panes: Vec<&str> = PANE_KEYS.iter().map(|key| key.pane).collect();
    panes.dedup();
    panes.sort_by_key(|name| *name != at_hand);
    let of_pane = |name: &'static str| {
        let keys = PANE_KEYS.iter().filter(|key| key.pane == name);
        (name, keys.map(|key| Line { does: key.does, keys: key.keys.to_owned() }).collect())
    };
    let menus = Menu::ALL.into_iter().map(|menu| {
        let entries = TABLE.iter().filter(|entry| entry.menu == menu);
        let keys = |keys: &[egui::KeyboardShortcut]| keys.iter().map(key_text).collect::<Vec<_>>().join(", ");
        (menu.title(), entries.map(|entry| Line { does: entry.help, keys: keys(entry.keys) }).collect())
    });
    let first = panes.iter().filter(|name| **name == at_hand).map(|name| of_pane(name));
    let rest = panes.iter().filter(|name| **name != at_hand).map(|name| of_pane(name));
    first.chain(menus).chain(rest).collect()
}

fn row(ui: &mut Ui, line: &Line) {
    let tokens: &Tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    let keys = if line.keys.is_empty() { "no key".to_owned() } else { line.keys.clone() };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, ui.is_enabled(), format!("{}: {keys}", line.does)));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let colour = if line.keys.is_empty() { tokens.muted } else { tokens.text };
    let keys = one_line(ui, &keys, theme::medium(12.0), colour, rect.width() * 0.4);
    let does = one_line(ui, line.does, theme::regular(13.0), tokens.text, rect.width() - keys.size().x - 24.0);
    let middle = |height: f32| (rect.center().y - height / 2.0).round();
    let cut = does.elided;
    let painter = ui.painter();
    painter.galley(egui::pos2(rect.left(), middle(does.size().y)), does, tokens.text);
    let right = rect.right() - keys.size().x - 12.0;
    painter.galley(egui::pos2(right, middle(keys.size().y)), keys, colour);
    painter.hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.hairline));
    if cut {
        response.on_hover_text(RichText::new(line.does));
    }
}
