//! Menu bar and tool bar, made from the table of commands.

use std::path::{Path, PathBuf};

use egui::{Align, Button, EventFilter, Key, Layout, Modifiers, Popup, Response, RichText, ScrollArea, Ui};

use crate::command::{Command, Entry, Menu, TABLE};

use super::theme::icons;
use super::widgets;
use super::{Action, Actions};

/// What a menu leaves free above and below it, and how high it is at least.
const AROUND: f32 = 64.0;
const LEAST: f32 = 80.0;

/// Room behind the menus in which the search is written out.
const WIDE: f32 = 260.0;

/// What the menu bar shows.
pub struct Bar<'a> {
    /// What a command is called now.
    pub label_of: &'a dyn Fn(Command) -> String,
    /// Why a command cannot be carried out now, if it cannot.
    pub why_not: &'a dyn Fn(Command) -> Option<&'static str>,
    /// The name of the open project.
    pub project: &'a str,
    /// Whether it has changes that are not in its file.
    pub changed: bool,
    /// Files that were open lately, the latest first.
    pub recent: &'a [PathBuf],
    /// Whether the first menu should take the keyboard.
    pub take_keyboard: bool,
}

/// Draws the menu bar and answers with a recent file that was chosen.
pub fn menu_bar(ui: &mut Ui, bar: &Bar<'_>, actions: &mut Actions) -> Option<PathBuf> {
    let mut chosen = None;
    egui::MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            let opened = ui.menu_button(menu.title(), |ui| {
                ui.set_min_width(280.0);
                scrolled(ui, |ui| {
                    entries(ui, bar, menu, actions);
                    if menu == Menu::File && !bar.recent.is_empty() {
                        ui.separator();
                        widgets::caption(ui, "Recent");
                        chosen = recent(ui, bar.recent);
                    }
                });
            });
            if bar.take_keyboard && menu == Menu::ALL[0] {
                opened.response.request_focus();
            }
            open_by_key(ui, &opened.response);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = format!("Search or command   {}", Command::Palette.entry().key_text());
            let wide = ui.available_width() > WIDE;
            let search = if wide {
                widgets::quiet_button(ui, icons::SEARCH, &text)
            } else {
                widgets::icon_button(ui, icons::SEARCH, &text)
            };
            if search.clicked() {
                actions.push(Action::Run(Command::Palette));
            }
            let name = if bar.changed { format!("{} *", bar.project) } else { bar.project.to_owned() };
            ui.with_layout(Layout::centered_and_justified(egui::Direction::LeftToRight), |ui| {
                ui.add(egui::Label::new(RichText::new(name).weak()).truncate());
            });
        });
    });
    chosen
}

/// Down opens the menu whose title has the keyboard; within it, Down goes on to its entries.
fn open_by_key(ui: &Ui, title: &Response) {
    let popup = Popup::default_response_id(title);
    if !title.has_focus() {
        return;
    }
    let is_open = Popup::is_id_open(ui.ctx(), popup);
    let filter = EventFilter { vertical_arrows: !is_open, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(title.id, filter));
    if !is_open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown)) {
        Popup::open_id(ui.ctx(), popup);
    }
}

/// Scrolls what is higher than the window is below the menu bar: a small window, or a large zoom.
fn scrolled(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let room = ui.ctx().content_rect().height() - AROUND;
    let room = room.max(LEAST);
    ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, contents);
}

fn entries(ui: &mut Ui, bar: &Bar<'_>, menu: Menu, actions: &mut Actions) {
    let mut group = None;
    for entry in TABLE.iter().filter(|entry| entry.menu == menu) {
        if group.is_some_and(|group| group != entry.group) {
            ui.separator();
        }
        group = Some(entry.group);
        if item(ui, bar, entry) {
            actions.push(Action::Run(entry.command));
            ui.close();
        }
    }
}

fn item(ui: &mut Ui, bar: &Bar<'_>, entry: &Entry) -> bool {
    let refusal = (bar.why_not)(entry.command);
    let button = Button::new((bar.label_of)(entry.command));
    let keys = entry.key_text();
    let button = if keys.is_empty() { button } else { button.shortcut_text(keys) };
    let response = ui.add_enabled(refusal.is_none(), button);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    match refusal {
        Some(reason) => response.on_disabled_hover_text(reason).clicked(),
        None => response.on_hover_text(entry.help).clicked(),
    }
}

/// Recent files; answers with the one that was chosen.
fn recent(ui: &mut Ui, files: &[PathBuf]) -> Option<PathBuf> {
    let mut chosen = None;
    for path in files {
        if ui.button(short(path)).on_hover_text(path.display().to_string()).clicked() {
            chosen = Some(path.clone());
            ui.close();
        }
    }
    chosen
}

fn short(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The commands of the tool bar with their icons; a gap where there is none.
const TOOLS: &[Option<(Command, &str)>] = &[
    Some((Command::ToggleArticles, icons::SIDEBAR)),
    None,
    Some((Command::OpenProject, icons::FOLDER_OPEN)),
    Some((Command::Save, icons::SAVE)),
    None,
    Some((Command::Undo, icons::UNDO)),
    Some((Command::Redo, icons::REDO)),
    None,
    Some((Command::Back, icons::ARROW_LEFT)),
    Some((Command::Forward, icons::ARROW_RIGHT)),
];

/// The same with words, behind them.
const WORDED: &[(Command, &str, &str)] = &[
    (Command::AddArticleFiles, icons::FILE_PLUS, "Add articles"),
    (Command::PasteArticle, icons::CLIPBOARD, "Paste article"),
    (Command::AddEvent, icons::PLUS, "Add event"),
    (Command::AddNote, icons::NOTE, "Add note"),
];

/// Room in which their words are written out.
const WORDED_ROOM: f32 = 560.0;

/// Draws the tool bar.
pub fn tool_bar(
    ui: &mut Ui,
    label_of: &dyn Fn(Command) -> String,
    why_not: &dyn Fn(Command) -> Option<&'static str>,
    actions: &mut Actions,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for tool in TOOLS {
            let Some((command, icon)) = tool else {
                ui.separator();
                continue;
            };
            icon_of(ui, *command, icon, label_of, why_not, actions);
        }
        ui.separator();
        let wide = ui.available_width() > WORDED_ROOM;
        for (command, icon, words) in WORDED {
            let button =
                if wide { widgets::quiet_button(ui, icon, words) } else { widgets::icon_button(ui, icon, words) };
            if button.on_hover_text(command.entry().help).clicked() {
                actions.push(Action::Run(*command));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let dark = ui.visuals().dark_mode;
            let (icon, command) =
                if dark { (icons::SUN, Command::ThemeLight) } else { (icons::MOON, Command::ThemeDark) };
            if widgets::icon_button(ui, icon, command.entry().label).clicked() {
                actions.push(Action::Run(command));
            }
            if widgets::icon_button(ui, icons::QUESTION, "Keys (F1)").clicked() {
                actions.push(Action::Run(Command::Keys));
            }
        });
    });
}

/// The tools of a small window, at the right of the tabs of its panes.
pub fn few_tools(
    ui: &mut Ui,
    label_of: &dyn Fn(Command) -> String,
    why_not: &dyn Fn(Command) -> Option<&'static str>,
    actions: &mut Actions,
) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let tools = [(Command::Keys, icons::QUESTION), (Command::Redo, icons::REDO), (Command::Undo, icons::UNDO)];
        for (command, icon) in tools {
            icon_of(ui, command, icon, label_of, why_not, actions);
        }
    });
}

/// A command as an icon, with its name and key as tooltip.
fn icon_of(
    ui: &mut Ui,
    command: Command,
    icon: &str,
    label_of: &dyn Fn(Command) -> String,
    why_not: &dyn Fn(Command) -> Option<&'static str>,
    actions: &mut Actions,
) {
    let keys = command.entry().key_text();
    let label = if keys.is_empty() { label_of(command) } else { format!("{} ({keys})", label_of(command)) };
    let enabled = why_not(command).is_none();
    if ui.add_enabled_ui(enabled, |ui| widgets::icon_button(ui, icon, &label)).inner.clicked() {
        actions.push(Action::Run(command));
    }
}
