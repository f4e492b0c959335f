//! The articles of the project: filter, order, headline, publisher, date, state.
//!
//! It opens, marks and removes articles through actions; it reads no text but headlines and publishers.

mod acts;
mod order;
mod row;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{
    Event, EventFilter, Id, Key, Modifiers, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::theme::icons;
use super::{Action, Actions, Desk, Pane, Progress, Target, View, widgets};
use crate::command::Command;
use crate::derive::versions::undecided;
use crate::model::{Article, ArticleId};

use acts::Acts;
pub use order::Order;
pub(super) use order::in_order;
use order::{ROW, Row};
use row::Looks;

/// Pairs of articles whose texts are nearly the same, with their likeness.
type Pairs = Vec<(ArticleId, ArticleId, f32)>;

/// The panel's own state.
#[derive(Debug, Default)]
pub struct ArticleList {
    filter: String,
    order: Order,
    /// The rows that are shown, and for what they were worked out.
    shown: Vec<Row>,
    made_for: Option<(u64, String, Order)>,
    /// Pairs of nearly equal texts, as they were found last.
    alike: Arc<Pairs>,
    /// Articles that were selected together, and where the selection began.
    selected: BTreeSet<ArticleId>,
    anchor: Option<ArticleId>,
    /// How far the list was scrolled, and how high it is.
    offset: f32,
    height: f32,
    wanted: Option<f32>,
    /// The article for which the list was scrolled last.
    scrolled_for: Option<ArticleId>,
    /// Frames in which it is still seen to that the article is in view: panels above find their height meanwhile.
    settling: u8,
    acts: Acts,
}

impl ArticleList {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        self.work_out(view);
        self.bar(ui, actions);
        self.acts.in_the_way(ui, view, actions);
        if view.project.articles.is_empty() {
            let title = "Drop files, or paste a text (Ctrl+V)";
            let line = "Each text that you take in stands here with its state.";
            if widgets::empty_state(ui, icons::NEWSPAPER, title, line, Some("Add article files…")) {
                actions.push(Action::Run(Command::AddArticleFiles));
            }
        } else if self.shown.is_empty() {
            let line = format!("0 of {} articles match.", view.project.articles.len());
            if widgets::empty_state(ui, icons::FILTER, "No article matches", &line, Some("Clear filter")) {
                self.filter.clear();
            }
        } else {
            self.together(ui, view, desk, actions);
            self.list(ui, view, desk, actions);
        }
    }

    /// Takes the pairs of nearly equal texts that were found.
    pub fn set_alike(&mut self, alike: Arc<Pairs>) {
        self.alike = alike;
        self.made_for = None;
    }

    /// The articles that are selected together, for tests.
    pub fn selected(&self) -> impl Iterator<Item = ArticleId> + '_ {
        self.selected.iter().copied()
    }

    /// Filters and sorts, when something changed.
    fn work_out(&mut self, view: &View<'_>) {
        let same = |(revision, filter, order): &(u64, String, Order)| {
            *revision == view.revision && *filter == self.filter && *order == self.order
        };
        if self.made_for.as_ref().is_some_and(same) {
            return;
        }
        let alike = undecided(view.project, &self.alike);
        self.shown = order::rows(view.project, &self.filter, self.order, &alike);
        let listed: BTreeSet<ArticleId> = self.shown.iter().map(|row| row.id).collect();
        // What is not seen is not selected: nothing happens to it unseen.
        self.selected.retain(|id| listed.contains(id));
        self.made_for = Some((view.revision, self.filter.clone(), self.order));
    }

    fn bar(&mut self, ui: &mut Ui, actions: &mut Actions) {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            let buttons = 2.0 * (ui.spacing().interact_size.y + ui.spacing().item_spacing.x);
            let room = ui.available_width() - 8.0 - buttons;
            let hint = "Filter articles";
            let field = TextEdit::singleline(&mut self.filter).hint_text(hint).desired_width(room);
            ui.add(field).accessible_name("Filter articles");
            let response = widgets::icon_button(ui, icons::SORT_ASCENDING, "Order of the articles");
            egui::Popup::menu(&response).show(|ui| {
                for order in Order::ALL {
                    if ui.selectable_label(self.order == order, order.label()).clicked() {
                        self.order = order;
                        ui.close();
                    }
                }
            });
            let response = widgets::icon_button(ui, icons::PLUS, "Add or paste an article");
            egui::Popup::menu(&response).show(|ui| {
                for command in [Command::AddArticleFiles, Command::AddArticleFolder, Command::PasteArticle] {
                    if ui.button(command.entry().label).clicked() {
                        actions.push(Action::Run(command));
                        ui.close();
                    }
                }
            });
        });
        ui.add_space(4.0);
    }

    /// What can be done with several articles at once.
    fn together(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        if self.selected.len() < 2 {
            return;
        }
        let articles = chosen(view, self.selected.iter().copied());
        let mut remove = false;
        let mut close = false;
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            ui.label(format!("{} selected", articles.len()));
            ui.menu_button("State", |ui| self.acts.states(ui, &articles, actions));
            remove = widgets::icon_button(ui, icons::TRASH, "Remove the selected articles").clicked();
            close = widgets::icon_button(ui, icons::X, "Select no articles").clicked();
        });
        if remove {
            let ids: Vec<ArticleId> = self.selected.iter().copied().collect();
            self.acts.remove(view, &ids, desk, actions);
        }
        if close || remove {
            self.selected.clear();
        }
    }

    fn list(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let id = Id::unique("article list");
        let whole = ui.available_rect_before_wrap();
        self.height = whole.height();
        let response = ui.interact(whole, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Articles"));
        if desk.takes_focus(Pane::Articles) {
            response.request_focus();
        }
        if response.has_focus() {
            desk.pane = Pane::Articles;
            let escape = !self.selected.is_empty();
            let filter = EventFilter { vertical_arrows: true, escape, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            self.keys(ui, view, desk, actions);
        }
        if self.scrolled_for != desk.article {
            self.scrolled_for = desk.article;
            self.settling = 3;
        }
        if self.settling > 0 {
            self.settling -= 1;
            self.bring_into_view(desk.article);
            ui.ctx().request_repaint();
        }
        let mut area = ScrollArea::vertical().auto_shrink(false).content_margin(0).id_salt("articles");
        if let Some(offset) = self.wanted.take() {
            area = area.vertical_scroll_offset(offset);
        }
        let end = self.shown.last().map_or(0.0, |row| row.top + row.height);
        let shown = area.show_viewport(ui, |ui, viewport| {
            ui.set_height(end);
            ui.set_width(ui.available_width());
            let corner = ui.max_rect().left_top();
            let width = ui.max_rect().width();
            let first = self.shown.partition_point(|row| row.top + row.height < viewport.top());
            let rows: Vec<Row> =
                self.shown[first..].iter().take_while(|row| row.top <= viewport.bottom()).copied().collect();
            for row in rows {
                let Some(article) = view.project.articles.get(row.id) else { continue };
                let rect = Rect::from_min_size(pos2(corner.x, corner.y + row.top), vec2(width, row.height));
                self.row(ui, rect, view, article, &row, id, desk, actions);
            }
        });
        self.offset = shown.state.unclamped_offset().y;
        widgets::focus_ring(ui, &response);
    }

    fn keys(&mut self, ui: &Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let events = ui.input_mut(|input| std::mem::take(&mut input.events));
        let mut rest = Vec::new();
        for event in events {
            let taken = match &event {
                Event::Key { key, pressed: true, modifiers, .. } => self.key(*key, *modifiers, view, desk, actions),
                _ => false,
            };
            if !taken {
                rest.push(event);
            }
        }
        ui.input_mut(|input| input.events = rest);
    }

    fn key(&mut self, key: Key, held: Modifiers, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) -> bool {
        let Some(last) = self.shown.len().checked_sub(1) else { return false };
        if held.command && key == Key::A {
            self.selected = self.shown.iter().map(|row| row.id).collect();
            return true;
        }
        if !held.is_none() && held != Modifiers::SHIFT {
            return false;
        }
        let at = desk.article.and_then(|id| self.shown.iter().position(|row| row.id == id));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows")]
        let page = (self.height / ROW).max(1.0) as usize;
        let next = match key {
            Key::ArrowDown => at.map_or(0, |at| (at + 1).min(last)),
            Key::ArrowUp => at.map_or(last, |at| at.saturating_sub(1)),
            Key::PageDown => at.map_or(0, |at| (at + page).min(last)),
            Key::PageUp => at.map_or(0, |at| at.saturating_sub(page)),
            Key::Home => 0,
            Key::End => last,
            Key::Enter if held.is_none() => {
                desk.wants_focus = Some(Pane::Reader);
                return true;
            }
            Key::Delete if held.is_none() => {
                let ids: Vec<ArticleId> = if self.selected.is_empty() {
                    desk.article.into_iter().collect()
                } else {
                    std::mem::take(&mut self.selected).into_iter().collect()
                };
                // The one behind the last that goes is next, so that Delete can be pressed again.
                let next = at.and_then(|at| self.shown[at..].iter().find(|row| !ids.contains(&row.id)));
                let next = next.map(|row| row.id);
                self.acts.remove(view, &ids, desk, actions);
                if desk.article.is_none() {
                    desk.article = next;
                }
                return true;
            }
            Key::Escape if !self.selected.is_empty() => {
                self.selected.clear();
                return true;
            }
            _ => return false,
        };
        let Some(id) = self.shown.get(next).map(|row| row.id) else { return true };
        if held.shift {
            self.extend(desk.article, id);
        } else {
            self.selected.clear();
            self.anchor = None;
        }
        open(id, desk, actions);
        true
    }

    /// Selects from where the selection began to this article.
    fn extend(&mut self, from: Option<ArticleId>, to: ArticleId) {
        let anchor = *self.anchor.get_or_insert(from.unwrap_or(to));
        let place = |id: ArticleId| self.shown.iter().position(|row| row.id == id);
        let (Some(a), Some(b)) = (place(anchor), place(to)) else { return };
        self.selected = self.shown[a.min(b)..=a.max(b)].iter().map(|row| row.id).collect();
    }

    fn bring_into_view(&mut self, article: Option<ArticleId>) {
        let Some(row) = article.and_then(|id| self.shown.iter().find(|row| row.id == id)) else { return };
        if row.top < self.offset {
            self.wanted = Some(row.top);
        } else if row.top + row.height > self.offset + self.height {
            self.wanted = Some(row.top + row.height - self.height);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a row is, and what it may do")]
    fn row(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        view: &View<'_>,
        article: &Article,
        row: &Row,
        list: Id,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let response = ui.interact(rect, list.with(article.id.as_str()), Sense::CLICK);
        let alike = row.alike.and_then(|(id, share)| Some((&**view.project.articles.get(id)?, share)));
        let looks = Looks {
            row,
            alike,
            left: desk.figures.get(&article.id).map_or(0, Progress::left),
            current: desk.article == Some(article.id),
            selected: self.selected.contains(&article.id),
            hovered: response.hovered(),
        };
        row::describe(ui, &response, article, &looks);
        row::paint(ui, rect, view, article, &looks);
        if response.clicked() {
            let held = ui.input(|input| input.modifiers);
            if held.shift {
                self.extend(desk.article, article.id);
            } else if held.command {
                if self.selected.is_empty() {
                    self.selected.extend(desk.article);
                }
                if !self.selected.remove(&article.id) {
                    self.selected.insert(article.id);
                }
                self.anchor = Some(article.id);
            } else {
                self.selected.clear();
                self.anchor = None;
                open(article.id, desk, actions);
            }
            ui.memory_mut(|memory| memory.request_focus(list));
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand).context_menu(|ui| {
            let together = self.selected.len() > 1 && self.selected.contains(&article.id);
            let articles = if together { chosen(view, self.selected.iter().copied()) } else { vec![article] };
            self.acts.menu(ui, view, &articles, row.alike, desk, actions);
        });
    }
}

fn chosen<'a>(view: &View<'a>, ids: impl Iterator<Item = ArticleId>) -> Vec<&'a Article> {
    ids.filter_map(|id| view.project.articles.get(id)).map(|article| &**article).collect()
}

fn open(id: ArticleId, desk: &Desk, actions: &mut Actions) {
    if desk.article != Some(id) {
        actions.push(Action::Show(Target::Article(id)));
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn name(article: &Article) -> &str {
    if article.headline.is_empty() { "Without a headline" } else { &article.headline }
}
