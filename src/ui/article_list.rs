//! The list of articles with their state.
//!
//! It opens, marks and removes articles through actions; it reads no text but headlines and publishers.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Event, EventFilter, Id, Key, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::reader::reading_icon;
use super::theme::{self, icons};
use super::{Action, Actions, Desk, Pane, Progress, SideTab, Target, View, widgets};
use crate::command::Command;
use crate::edit::Edit;
use crate::model::{Article, ArticleId, Note, NoteId, Reading, Subject};

/// Height of a row: two lines of headline, one of publisher and date, one of state.
const ROW: f32 = 84.0;

/// The panel's own state.
#[derive(Debug, Default)]
pub struct ArticleList {
    filter: String,
    /// The articles that are shown, and for what they were worked out.
    shown: Vec<ArticleId>,
    made_for: Option<(u64, String)>,
    /// How far the list was scrolled, and how high it is.
    offset: f32,
    height: f32,
    wanted: Option<f32>,
    /// The article for which the list was scrolled last.
    scrolled_for: Option<ArticleId>,
    /// The reason for an exclusion while it is typed.
    reason: String,
}

impl ArticleList {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        self.work_out(view);
        self.bar(ui, actions);
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
            self.list(ui, view, desk, actions);
        }
    }

    /// Filters and sorts, when something changed.
    fn work_out(&mut self, view: &View<'_>) {
        if self.made_for.as_ref().is_some_and(|(revision, filter)| *revision == view.revision && *filter == self.filter)
        {
            return;
        }
        let wanted = self.filter.trim().to_lowercase();
        let matches = |article: &&Arc<Article>| {
            let fields = [&article.headline, &article.publisher, &article.agency, &article.byline];
            wanted.is_empty()
                || fields.iter().any(|text| text.to_lowercase().contains(&wanted))
                || article.reading.key() == wanted
                || article.published.is_some_and(|moment| moment.to_string().contains(&wanted))
        };
        let found = in_order(view.project.articles.iter().filter(matches));
        self.shown = found.into_iter().map(|article| article.id).collect();
        self.made_for = Some((view.revision, self.filter.clone()));
    }

    fn bar(&mut self, ui: &mut Ui, actions: &mut Actions) {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            let room = ui.available_width() - 8.0 - ui.spacing().interact_size.y - ui.spacing().item_spacing.x;
            let hint = "Filter articles";
            let field = TextEdit::singleline(&mut self.filter).hint_text(hint).desired_width(room);
            ui.add(field).accessible_name("Filter articles");
            let response = widgets::icon_button(ui, icons::PLUS, "Add or paste an article");
            egui::Popup::menu(&response).show(|ui| {
                if ui.button("Add article files…").clicked() {
                    actions.push(Action::Run(Command::AddArticleFiles));
                    ui.close();
                }
                if ui.button("Paste article…").clicked() {
                    actions.push(Action::Run(Command::PasteArticle));
                    ui.close();
                }
            });
        });
        ui.add_space(4.0);
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
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            self.keys(ui, desk, actions);
        }
        if self.scrolled_for != desk.article {
            self.scrolled_for = desk.article;
            self.bring_into_view(desk.article);
        }
        let mut area = ScrollArea::vertical().auto_shrink(false).content_margin(0).id_salt("articles");
        if let Some(offset) = self.wanted.take() {
            area = area.vertical_scroll_offset(offset);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let shown = area.show_rows(ui, ROW, self.shown.len(), |ui, rows| {
            for row in rows {
                let Some(article) = self.shown.get(row).and_then(|id| view.project.articles.get(*id)) else { continue };
                self.row(ui, view, article, id, desk, actions);
            }
        });
        self.offset = shown.state.unclamped_offset().y;
        widgets::focus_ring(ui, &response);
    }

    fn keys(&mut self, ui: &Ui, desk: &mut Desk, actions: &mut Actions) {
        let events = ui.input_mut(|input| std::mem::take(&mut input.events));
        let mut rest = Vec::new();
        for event in events {
            let taken = match &event {
                Event::Key { key, pressed: true, modifiers, .. } if modifiers.is_none() => {
                    self.key(*key, desk, actions)
                }
                _ => false,
            };
            if !taken {
                rest.push(event);
            }
        }
        ui.input_mut(|input| input.events = rest);
    }

    fn key(&mut self, key: Key, desk: &mut Desk, actions: &mut Actions) -> bool {
        let Some(last) = self.shown.len().checked_sub(1) else { return false };
        let at = desk.article.and_then(|id| self.shown.iter().position(|shown| *shown == id));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows")]
        let page = (self.height / ROW).max(1.0) as usize;
        let next = match key {
            Key::ArrowDown => at.map_or(0, |at| (at + 1).min(last)),
            Key::ArrowUp => at.map_or(last, |at| at.saturating_sub(1)),
            Key::PageDown => at.map_or(0, |at| (at + page).min(last)),
            Key::PageUp => at.map_or(0, |at| at.saturating_sub(page)),
            Key::Home => 0,
            Key::End => last,
            Key::Enter => {
                desk.wants_focus = Some(Pane::Reader);
                return true;
            }
            _ => return false,
        };
        if let Some(id) = self.shown.get(next) {
            open(*id, desk, actions);
        }
        true
    }

    fn bring_into_view(&mut self, article: Option<ArticleId>) {
        let Some(at) = article.and_then(|id| self.shown.iter().position(|shown| *shown == id)) else { return };
        #[expect(clippy::cast_precision_loss, reason = "a few thousand rows")]
        let top = at as f32 * ROW;
        if top < self.offset {
            self.wanted = Some(top);
        } else if top + ROW > self.offset + self.height {
            self.wanted = Some(top + ROW - self.height);
        }
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        article: &Article,
        list: Id,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let response = ui.interact(rect, list.with(article.id.as_str()), Sense::CLICK);
        let current = desk.article == Some(article.id);
        let left = desk.figures.get(&article.id).map_or(0, Progress::left);
        describe(ui, &response, article, left, current);
        paint(ui, rect, &counts(view, article, left), article, current, response.hovered());
        if response.clicked() {
            open(article.id, desk, actions);
            ui.memory_mut(|memory| memory.request_focus(list));
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand).context_menu(|ui| {
            self.menu(ui, view, article, desk, actions);
        });
    }

    fn menu(&mut self, ui: &mut Ui, view: &View<'_>, article: &Article, desk: &mut Desk, actions: &mut Actions) {
        for key in Reading::KEYS.into_iter().filter(|key| *key != "excluded") {
            let Some(reading) = Reading::from_key(key, "") else { continue };
            let name = format!("{} {}", reading_icon(&reading), capital(key));
            if ui.selectable_label(article.reading.key() == key, name).clicked() {
                set_reading(article, reading, actions);
                ui.close();
            }
        }
        ui.menu_button(format!("{} Exclude…", icons::PROHIBIT), |ui| {
            let label = ui.label("Why is it left out?");
            ui.add(TextEdit::singleline(&mut self.reason).desired_width(200.0)).labelled_by(label.id);
            let reason = self.reason.trim();
            if ui.add_enabled(!reason.is_empty(), egui::Button::new("Exclude")).clicked() {
                set_reading(article, Reading::Excluded(reason.into()), actions);
                self.reason.clear();
                ui.close();
            }
        });
        ui.separator();
        if ui.button(format!("{} Note on this article", icons::NOTE)).clicked() {
            let note = Note::new(NoteId::random(), Some(Subject::Article(article.id)), Some(view.now));
            (desk.note, desk.tab) = (Some(note.id), SideTab::Notes);
            let target = Target::Note(note.id);
            actions.push(Action::Edit(Edit::AddNote(Box::new(note))));
            actions.push(Action::Show(target));
            ui.close();
        }
        if ui.button(format!("{} Remove", icons::TRASH)).clicked() {
            let edit = Edit::RemoveArticle(article.id);
            match edit.apply(view.project) {
                Ok(_) => {
                    if desk.article == Some(article.id) {
                        desk.article = None;
                    }
                    actions.push(Action::Edit(edit));
                }
                Err(error) => actions.push(Action::Complain(format!("The article stays. {error}"))),
            }
            ui.close();
        }
    }
}

/// By publication, oldest first; what has no date comes last, in the order of taking in.
pub(super) fn in_order<'a>(articles: impl Iterator<Item = &'a Arc<Article>>) -> Vec<&'a Arc<Article>> {
    let mut found: Vec<&Arc<Article>> = articles.collect();
    found.sort_by_key(|article| {
        let moment = article.published;
        (moment.is_none(), moment.map(|m| (m.day(), m.time().unwrap_or(jiff::civil::Time::MIN))))
    });
    found
}

fn open(id: ArticleId, desk: &mut Desk, actions: &mut Actions) {
    if desk.article != Some(id) {
        actions.push(Action::Show(Target::Article(id)));
    }
}

fn set_reading(article: &Article, reading: Reading, actions: &mut Actions) {
    let mut changed = article.clone();
    changed.reading = reading;
    actions.push(Action::Edit(Edit::SetArticle { article: Box::new(changed), what: "state".to_owned() }));
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn name(article: &Article) -> &str {
    if article.headline.is_empty() { "Without a headline" } else { &article.headline }
}

/// Who published it: the publisher, else the agency.
fn publisher(article: &Article) -> &str {
    let known = [&article.publisher, &article.agency].into_iter().find(|name| !name.is_empty());
    known.map_or("Publisher not known", |name| name)
}

/// The day of publication, short: "7 May 2031".
fn day(article: &Article) -> String {
    article.published.map_or_else(|| "not dated".to_owned(), |moment| moment.day().strftime("%-d %b %Y").to_string())
}

/// "3 claims · 5 left": what was made of the article, and how many figures are undecided.
fn counts(view: &View<'_>, article: &Article, left: usize) -> String {
    let claims = match view.derived.claims_in(article.id).len() {
        0 => None,
        1 => Some("1 claim".to_owned()),
        n => Some(format!("{n} claims")),
    };
    let left = (left > 0).then(|| format!("{left} left"));
    [claims, left].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn describe(ui: &Ui, response: &egui::Response, article: &Article, left: usize, current: bool) {
    let mut label = format!("{}, {}, {}, {}", name(article), publisher(article), day(article), article.reading.key());
    if left > 0 {
        label.push_str(&format!(", {left} figures left"));
    }
    widgets::name_row(ui, response, &label, current);
}

fn paint(ui: &Ui, rect: Rect, count: &str, article: &Article, current: bool, hovered: bool) {
    let tokens = theme::tokens(ui);
    let painter = ui.painter();
    let ground = rect.shrink2(vec2(4.0, 2.0));
    let fill = if current { Some(tokens.selection) } else { hovered.then_some(tokens.button) };
    if let Some(fill) = fill {
        painter.rect_filled(ground, 4.0, fill);
    }
    let inner = ground.shrink2(vec2(8.0, 6.0));
    let unread = article.reading == Reading::Unread;
    let font = if unread { theme::semibold(13.0) } else { theme::regular(13.0) };
    let excluded = matches!(article.reading, Reading::Excluded(_));
    let colour = if excluded { tokens.muted } else { tokens.text };
    let lay = |text: &str, font, colour, width, rows| {
        let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
        job.wrap = TextWrapping { max_width: width, max_rows: rows, ..TextWrapping::default() };
        ui.ctx().fonts_mut(|fonts| fonts.layout_job(job))
    };
    let (left, right) = (inner.left(), inner.right());
    painter.galley(inner.left_top(), lay(name(article), font, colour, inner.width(), 2), colour);
    // The two lines of small print stand at the bottom, however long the headline is.
    let small = theme::regular(12.0);
    let dot = if count.is_empty() { "" } else { " · " };
    let state = format!("{} {}{dot}{count}", reading_icon(&article.reading), article.reading.key());
    let colour = match article.reading {
        _ if current => tokens.text,
        Reading::Done => tokens.ok.text,
        Reading::InWork => tokens.info.text,
        _ => tokens.muted,
    };
    let state = lay(&state, small.clone(), colour, inner.width(), 1);
    let y = inner.bottom() - state.size().y;
    painter.galley(pos2(left, y), state, colour);
    let colour = if current { tokens.text } else { tokens.muted };
    let day = lay(&day(article), small.clone(), colour, inner.width(), 1);
    let room = inner.width() - day.size().x - 8.0;
    let y = y - day.size().y - 1.0;
    painter.galley(pos2(right - day.size().x, y), day, colour);
    painter.galley(pos2(left, y), lay(publisher(article), small, colour, room, 1), colour);
    painter.hline(rect.shrink2(vec2(12.0, 0.0)).x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
}
