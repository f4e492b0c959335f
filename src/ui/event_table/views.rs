//! Saved views: the table under a name, the menu of them, and the way back from one.
//!
//! To show a view changes nothing in the project; to save, rename or delete one is an edit that undo takes back.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, Key, Popup, PopupCloseBehavior, RichText, TextEdit, Ui, vec2};

use super::layout::TableLayout;
use super::rows::Rows;
use crate::columns::group::Group;
use crate::edit::Edit;
use crate::model::{SavedView, Text, ViewColumn, ViewSort};
use crate::ui::theme::icons;
use crate::ui::{Action, Actions, View, theme, widgets};

/// What the table is called that nobody arranged.
const ALL: &str = "All events";

/// Which view is in force.
#[derive(Debug, Default)]
pub(super) struct Views {
    active: Option<Text>,
    /// The table as it was before a view was shown, and what it was called.
    back: Option<Box<(SavedView, Option<Text>)>>,
    naming: Option<Naming>,
    /// Whether the menu should open, or close.
    wants_open: Option<bool>,
    was_open: bool,
    /// A view that should be shown.
    wanted: Option<Text>,
}

/// A name that is being written.
#[derive(Debug, Default)]
struct Naming {
    text: String,
    /// Whether it is a new name of the view in force.
    renames: bool,
    error: Option<String>,
    fresh: bool,
}

/// What was chosen in the menu.
enum Chosen {
    Show(Option<Text>),
    Back,
    Update,
    Delete,
    Name,
    StartNaming(bool),
}

impl Views {
    /// Opens the menu in the next frame.
    pub fn open(&mut self) {
        self.wants_open = Some(true);
    }

    /// Shows a view in the next frame.
    pub fn show(&mut self, name: &str) {
        self.wanted = Some(name.into());
    }

    /// Draws the button with the name of the view in force and, while it is open, the menu. Says whether the keyboard
    /// should go to the table.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        rows: &mut Rows,
        layout: &mut TableLayout,
        actions: &mut Actions,
    ) -> bool {
        let saved = &view.project.views;
        let find = |name: &Text| saved.iter().find(|saved| saved.name == *name);
        // A view that undo took back is in force again where redo brings it.
        let in_force = self.active.as_ref().and_then(find);
        let differs = in_force.is_some_and(|saved| *saved != capture(&saved.name, rows, layout, Some(saved)));
        let name = in_force.map_or(ALL, |saved| &saved.name);
        let short: String = name.chars().take(28).collect();
        let title =
            format!("{short}{}{}", if short.len() < name.len() { "…" } else { "" }, if differs { " •" } else { "" });
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let button = Button::new((RichText::new(icons::EYE).size(widgets::ICON), title));
        let mut chosen = None;
        let (response, inner) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
            ui.set_min_width(230.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            chosen = self.items(ui, saved, in_force, differs);
        });
        if inner.is_none() {
            self.naming = None;
        }
        let closed = std::mem::replace(&mut self.was_open, inner.is_some()) && inner.is_none();
        let response = response.accessible_name(format!("View: {name}{}", if differs { ", changed" } else { "" }));
        let id = Popup::default_response_id(&response);
        match self.wants_open.take() {
            Some(true) => Popup::open_id(ui.ctx(), id),
            Some(false) => Popup::close_id(ui.ctx(), id),
            None => {}
        }
        response.on_hover_text(if differs { "The table differs from this view" } else { "Saved views of the table" });
        if let Some(wanted) = self.wanted.take() {
            chosen = Some(Chosen::Show(Some(wanted)));
        }
        if let Some(chosen) = chosen {
            self.choose(chosen, view, rows, layout, actions);
            ui.request_repaint();
        }
        closed && !elsewhere(ui)
    }

    fn items(
        &mut self,
        ui: &mut Ui,
        saved: &[SavedView],
        in_force: Option<&SavedView>,
        differs: bool,
    ) -> Option<Chosen> {
        let mut chosen = None;
        // A menu takes the keyboard, or what is typed would go into the table under it.
        let fresh = !self.was_open;
        let mut shows = |ui: &mut Ui, on: bool, name: &str, of: Option<Text>| {
            let entry = ui.radio(on, name);
            if on && fresh {
                entry.request_focus();
            }
            if entry.clicked() {
                chosen = Some(Chosen::Show(of));
                ui.close();
            }
        };
        shows(ui, in_force.is_none(), ALL, None);
        let room = (ui.ctx().content_rect().height() - 320.0).max(104.0);
        egui::ScrollArea::vertical().max_height(room).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for view in saved {
                shows(ui, in_force.is_some_and(|now| now.name == view.name), &view.name, Some(view.name.clone()));
            }
        });
        ui.separator();
        if let Some(naming) = &mut self.naming {
            if name_ui(ui, naming) {
                chosen = Some(Chosen::Name);
            }
            return chosen;
        }
        let item = |ui: &mut Ui, text: &str, can: bool, closes: bool| {
            let clicked = ui.add_enabled(can, Button::new(text)).clicked();
            if clicked && closes {
                ui.close();
            }
            clicked
        };
        if item(ui, "Save view…", true, false) {
            chosen = Some(Chosen::StartNaming(false));
        }
        if let Some(name) = in_force.map(|saved| saved.name.clone()) {
            let short = quoted(&name);
            if item(ui, &format!("Save changes to {short}"), differs, true) {
                chosen = Some(Chosen::Update);
            }
            if differs && item(ui, &format!("Show {short} again"), true, true) {
                chosen = Some(Chosen::Show(Some(name)));
            }
            if item(ui, &format!("Rename {short}…"), true, false) {
                chosen = Some(Chosen::StartNaming(true));
            }
            if item(ui, &format!("Delete {short}"), true, true) {
                chosen = Some(Chosen::Delete);
            }
        }
        if self.back.is_some() {
            ui.separator();
            if item(ui, "Back to the table as it was", true, true) {
                chosen = Some(Chosen::Back);
            }
        }
        chosen
    }

    fn choose(
        &mut self,
        chosen: Chosen,
        view: &View<'_>,
        rows: &mut Rows,
        layout: &mut TableLayout,
        actions: &mut Actions,
    ) {
        let saved = &view.project.views;
        let place = self.active.as_ref().and_then(|name| saved.iter().position(|saved| saved.name == *name));
        match chosen {
            Chosen::Show(name) => {
                let shown = match &name {
                    None => SavedView { sort: by_date(), ..SavedView::default() },
                    Some(name) => match saved.iter().find(|saved| saved.name == *name) {
                        Some(saved) => saved.clone(),
                        None => return,
                    },
                };
                let before = capture("", rows, layout, None);
                self.back = Some(Box::new((before, self.active.take())));
                self.active = name;
                apply(&shown, view, rows, layout, actions);
            }
            Chosen::Back => {
                let Some(before) = self.back.take() else { return };
                let now = capture("", rows, layout, None);
                let called = std::mem::replace(&mut self.active, before.1);
                apply(&before.0, view, rows, layout, &mut Actions::new());
                // Back again leads to the view.
                self.back = Some(Box::new((now, called)));
            }
            Chosen::Update => {
                let Some(at) = place else { return };
                let mut views = saved.to_vec();
                views[at] = capture(&saved[at].name, rows, layout, Some(&saved[at]));
                let label = format!("Save changes to view {}", saved[at].name);
                actions.push(Action::Edit(Edit::SetViews { views, label }));
            }
            Chosen::Delete => {
                let Some(at) = place else { return };
                let mut views = saved.to_vec();
                let gone = views.remove(at);
                let label = format!("Delete view {}", gone.name);
                actions.push(Action::Edit(Edit::SetViews { views, label: label.clone() }));
                actions.push(Action::Say(format!("{label}: Ctrl+Z takes it back")));
                self.active = None;
            }
            Chosen::StartNaming(renames) => {
                let text = if renames { self.active.as_deref().unwrap_or_default() } else { "" }.to_owned();
                self.naming = Some(Naming { text, renames, error: None, fresh: true });
            }
            Chosen::Name => self.take_name(view, rows, layout, place, actions),
        }
    }

    /// Saves the table under the name that was written, or gives the view in force that name.
    fn take_name(
        &mut self,
        view: &View<'_>,
        rows: &Rows,
        layout: &TableLayout,
        place: Option<usize>,
        actions: &mut Actions,
    ) {
        let Some(naming) = &mut self.naming else { return };
        let name: Text = naming.text.trim().into();
        let mut views = view.project.views.to_vec();
        let label = match place.filter(|_| naming.renames) {
            Some(at) => {
                let label = format!("Rename view {} to {name}", views[at].name);
                views[at].name = name.clone();
                label
            }
            None => {
                views.push(capture(&name, rows, layout, None));
                format!("Save view {name}")
            }
        };
        let edit = Edit::SetViews { views, label };
        match edit.apply(view.project) {
            Err(why) => naming.error = Some(why.to_string()),
            Ok(_) => {
                actions.push(Action::Edit(edit));
                self.naming = None;
                self.active = Some(name);
                self.wants_open = Some(false);
            }
        }
    }
}

/// Whether a click that closed a menu was on something that may want the keyboard itself, such as a field.
pub(super) fn elsewhere(ui: &Ui) -> bool {
    ui.input(|input| input.pointer.any_click()) && ui.memory(|memory| memory.focused().is_some())
}

/// The field of a name. Says whether it is to be taken.
fn name_ui(ui: &mut Ui, naming: &mut Naming) -> bool {
    let mut takes = false;
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut naming.text).hint_text("Name of the view").margin(vec2(8.0, 4.0));
        let response = ui.add(field.desired_width(150.0)).accessible_name("Name of the view");
        if std::mem::take(&mut naming.fresh) {
            response.request_focus();
            widgets::select_all(ui.ctx(), response.id);
        }
        if response.changed() {
            naming.error = None;
        }
        takes |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        takes |= widgets::primary_button(ui, if naming.renames { "Rename" } else { "Save" }).clicked();
    });
    if let Some(error) = &naming.error {
        let text = RichText::new(error).color(theme::tokens(ui).error.text);
        ui.add(egui::Label::new(text).wrap());
    }
    takes
}

fn by_date() -> Vec<ViewSort> {
    vec![ViewSort { column: "when".into(), descending: false }]
}

/// A name as it stands in a menu.
fn quoted(name: &str) -> String {
    let short: String = name.chars().take(24).collect();
    if short.len() < name.len() { format!("“{short}…”") } else { format!("“{short}”") }
}

/// The table under this name. What is kept of `like` although it is not there now, such as the order by a column that
/// was taken back, is kept on.
pub(super) fn capture(name: &str, rows: &Rows, layout: &TableLayout, like: Option<&SavedView>) -> SavedView {
    let column = |id: &Text| ViewColumn {
        id: id.clone(),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "widths are whole and bounded")]
        width: layout.widths.get(id).map_or(0, |width| width.round() as u32),
        hidden: layout.hidden.contains(id),
        wrapped: layout.wrapped.contains(id),
    };
    let mut columns: Vec<ViewColumn> = layout.order.iter().map(column).collect();
    if let Some(like) = like {
        // A view need not name the columns of the table as it is opened, nor what it hides at the end.
        let mut first = layout.clone();
        first.reset();
        if like.columns.is_empty() && first == *layout {
            columns.clear();
        }
        let named = |id: &Text| like.columns.iter().any(|column| column.id == *id);
        while columns.last().is_some_and(|last| last.hidden && !named(&last.id)) {
            columns.pop();
        }
    }
    let mut sort: Vec<ViewSort> =
        rows.sort().map(|(column, descending)| ViewSort { column: column.id.into(), descending }).collect();
    let there = |sort: &ViewSort| layout.column(&sort.column).is_some();
    if let Some(like) = like {
        let known: Vec<ViewSort> = like.sort.iter().filter(|sort| there(sort)).cloned().collect();
        if known == sort {
            sort.clone_from(&like.sort);
        } else {
            sort.extend(like.sort.iter().filter(|sort| !there(sort)).cloned());
        }
    }
    let group = rows.group().map_or_else(Text::default, |group| group.to_string().into());
    let lost = like.map(|like| &like.group).filter(|text| Group::parse(text, |id| layout.column(id)).is_err());
    let columns_unsaid = columns.is_empty();
    SavedView {
        name: name.into(),
        columns,
        frozen: if columns_unsaid { 0 } else { u32::try_from(layout.frozen).unwrap_or(u32::MAX) },
        filter: rows.line().into(),
        sort,
        group: lost.filter(|_| group.is_empty()).cloned().unwrap_or(group),
    }
}

/// Makes the table what a view says. What it names and is not there is told, and stays in the view.
fn apply(shown: &SavedView, view: &View<'_>, rows: &mut Rows, layout: &mut TableLayout, actions: &mut Actions) {
    layout.become_view(shown);
    let there = |id: &Text| layout.column(id).is_some();
    let sort = shown.sort.iter().filter_map(|sort| Some((layout.column(&sort.column)?, sort.descending)));
    rows.set_sort(sort.collect());
    rows.set_filter(shown.filter.to_string(), view.project);
    rows.set_group(Group::parse(&shown.group, |id| layout.column(id)).ok());
    let grouped: Text = shown.group.split(':').next().unwrap_or_default().into();
    let named = shown.columns.iter().map(|column| &column.id).chain(shown.sort.iter().map(|sort| &sort.column));
    let named = named.chain((!grouped.is_empty()).then_some(&grouped));
    let mut lost: Vec<&str> = named.filter(|id| !there(id)).map(|id| &**id).collect();
    lost.sort_unstable();
    lost.dedup();
    if !lost.is_empty() {
        let what = if lost.len() == 1 { "a column" } else { "columns" };
        let text = format!(
            "View {} names {what} that the project does not have: {}. It keeps the name",
            quoted(&shown.name),
            lost.join(", ")
        );
        actions.push(Action::Say(text));
    }
}
