//! What is known of the article above its text: headline, publisher, date, state; and the fields to correct them.

use egui::{ComboBox, Frame, Label, Margin, RichText, TextEdit, Ui};

use crate::edit::Edit;
use crate::model::{Article, ArticleId, EventDate, Moment, Reading, Reliability};
use crate::ui::theme::{self, icons};
use crate::ui::{Action, Actions, Progress, View, widgets};

use super::reading_icon;

/// The fields as typed, and for which state of which article.
#[derive(Debug, Default)]
struct Typed {
    of: Option<(ArticleId, u64)>,
    headline: String,
    publisher: String,
    agency: String,
    byline: String,
    url: String,
    language: String,
    published: String,
}

/// The header's own state.
#[derive(Debug, Default)]
pub struct Header {
    details: bool,
    typed: Typed,
    /// Why the time of publication does not read.
    wrong_time: Option<String>,
    /// The reason for an exclusion while it is typed.
    reason: Option<(ArticleId, String)>,
}

impl Header {
    /// Draws the header.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        article: &Article,
        figures: Option<&Progress>,
        actions: &mut Actions,
    ) {
        let frame = Frame::new().inner_margin(Margin { left: 16, right: 12, top: 10, bottom: 8 });
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            headline(ui, article);
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let response = widgets::icon_toggle(ui, icons::PENCIL, "Details", self.details);
                    if response.clicked() {
                        self.details = !self.details;
                    }
                    self.state(ui, article, actions);
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        let line = RichText::new(summary(view, article)).color(theme::tokens(ui).muted);
                        ui.add(Label::new(line).truncate());
                    });
                });
            });
            if let Some(text) = figures.and_then(decided) {
                widgets::caption(ui, text);
            }
            self.exclusion(ui, article, actions);
            if self.details {
                self.details(ui, view, article, actions);
            }
        });
        let rect = shown.response.rect;
        let hairline = egui::Stroke::new(1.0, theme::tokens(ui).hairline);
        ui.painter().hline(ui.max_rect().x_range(), rect.bottom() - 0.5, hairline);
        ui.add_space(-ui.spacing().item_spacing.y);
    }

    fn state(&mut self, ui: &mut Ui, article: &Article, actions: &mut Actions) {
        let now = article.reading.key();
        let name = format!("{} {now}", reading_icon(&article.reading));
        let mut chosen = now;
        let combo = ComboBox::from_id_salt("state of the article").selected_text(name);
        let shown = combo.show_ui(ui, |ui| {
            for key in Reading::KEYS {
                let icon = Reading::from_key(key, "").map_or("", |reading| reading_icon(&reading));
                ui.selectable_value(&mut chosen, key, format!("{icon} {key}"));
            }
        });
        shown.response.accessible_name(format!("State: {now}"));
        if chosen == now {
            return;
        }
        if chosen == "excluded" {
            self.reason = Some((article.id, String::new()));
        } else if let Some(reading) = Reading::from_key(chosen, "") {
            self.reason = None;
            set(article, "state", actions, |article| article.reading = reading);
        }
    }

    /// An exclusion needs a reason: it is asked for before anything changes.
    fn exclusion(&mut self, ui: &mut Ui, article: &Article, actions: &mut Actions) {
        if let Reading::Excluded(reason) = &article.reading {
            widgets::muted(ui, format!("Excluded: {reason}"));
        }
        let Some((_, mut reason)) = self.reason.take_if(|(id, _)| *id == article.id) else { return };
        let (mut done, mut cancelled) = (false, false);
        ui.horizontal(|ui| {
            let label = ui.label("Reason");
            let edit = ui.add(TextEdit::singleline(&mut reason).desired_width(240.0)).labelled_by(label.id);
            let enter = edit.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let said = !reason.trim().is_empty();
            done = (ui.add_enabled(said, egui::Button::new("Exclude")).clicked() || enter) && said;
            cancelled = ui.button("Cancel").clicked();
        });
        if done {
            let reading = Reading::Excluded(reason.trim().into());
            set(article, "state", actions, |article| article.reading = reading);
        } else if !cancelled {
            self.reason = Some((article.id, reason));
        }
    }

    fn details(&mut self, ui: &mut Ui, view: &View<'_>, article: &Article, actions: &mut Actions) {
        if self.typed.of != Some((article.id, view.revision)) {
            if self.typed.of.is_none_or(|(id, _)| id != article.id) {
                self.wrong_time = None;
            }
            self.typed = Typed::of(article, view.revision);
        }
        ui.add_space(6.0);
        let typed = &mut self.typed;
        if left(&widgets::field(ui, "Headline", &mut typed.headline), &typed.headline, &article.headline) {
            set(article, "headline", actions, |a| a.headline = typed.headline.trim().into());
        }
        ui.columns(2, |columns| {
            let [a, b] = columns else { return };
            if left(&widgets::field(a, "Publisher", &mut typed.publisher), &typed.publisher, &article.publisher) {
                set(article, "publisher", actions, |a| a.publisher = typed.publisher.trim().into());
            }
            if left(&widgets::field(b, "Agency", &mut typed.agency), &typed.agency, &article.agency) {
                set(article, "agency", actions, |a| a.agency = typed.agency.trim().into());
            }
            if left(&widgets::field(a, "Byline", &mut typed.byline), &typed.byline, &article.byline) {
                set(article, "byline", actions, |a| a.byline = typed.byline.trim().into());
            }
            if left(&widgets::field(b, "Language", &mut typed.language), &typed.language, &article.language) {
                set(article, "language", actions, |a| a.language = typed.language.trim().into());
            }
            if left(&widgets::field(a, "Address", &mut typed.url), &typed.url, &article.url) {
                set(article, "address", actions, |a| a.url = typed.url.trim().into());
            }
            reliability(b, article, actions);
        });
        self.published(ui, article, actions);
        if let Some(file) = &article.file {
            widgets::caption(ui, format!("Read from {}, SHA-256 {}…", file.name, file.sha256.get(..12).unwrap_or("")));
        }
    }

    fn published(&mut self, ui: &mut Ui, article: &Article, actions: &mut Actions) {
        let response = widgets::field(ui, "Published", &mut self.typed.published);
        let written = article.published.map_or_else(String::new, |moment| moment.to_string());
        if left(&response, &self.typed.published, &written) {
            let typed = self.typed.published.trim();
            let read = if typed.is_empty() { Ok(None) } else { Moment::parse(typed).map(Some) };
            match read {
                Ok(moment) => {
                    self.wrong_time = None;
                    set(article, "time of publication", actions, |article| article.published = moment);
                }
                Err(error) => self.wrong_time = Some(error.to_string()),
            }
        } else if response.changed() {
            self.wrong_time = None;
        }
        if let Some(why) = &self.wrong_time {
            let tokens = theme::tokens(ui);
            ui.add(Label::new(RichText::new(why).color(tokens.error.text)).wrap());
        }
    }
}

impl Typed {
    fn of(article: &Article, revision: u64) -> Self {
        Self {
            of: Some((article.id, revision)),
            headline: article.headline.to_string(),
            publisher: article.publisher.to_string(),
            agency: article.agency.to_string(),
            byline: article.byline.to_string(),
            url: article.url.to_string(),
            language: article.language.to_string(),
            published: article.published.map_or_else(String::new, |moment| moment.to_string()),
        }
    }
}

/// Whether a field was left with something new in it.
fn left(response: &egui::Response, typed: &str, known: &str) -> bool {
    response.lost_focus() && typed.trim() != known
}

fn set(article: &Article, what: &str, actions: &mut Actions, change: impl FnOnce(&mut Article)) {
    let mut changed = article.clone();
    change(&mut changed);
    actions.push(Action::Edit(Edit::SetArticle { article: Box::new(changed), what: what.to_owned() }));
}

fn headline(ui: &mut Ui, article: &Article) {
    let tokens = theme::tokens(ui);
    let name = if article.headline.is_empty() { "Without a headline" } else { &article.headline };
    let text = RichText::new(name).font(theme::semibold(16.0)).color(tokens.text);
    let response = ui.add(Label::new(text).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(name);
    });
}

/// Publisher, agency, time and number of claims.
fn summary(view: &View<'_>, article: &Article) -> String {
    let mut parts: Vec<String> = Vec::new();
    for name in [&article.publisher, &article.agency] {
        if !name.is_empty() && !parts.contains(&name.to_string()) {
            parts.push(name.to_string());
        }
    }
    parts.push(
        article.published.map_or_else(|| "not dated".to_owned(), |moment| EventDate::day(moment.day()).describe()),
    );
    parts.push(match view.derived.claims_in(article.id).len() {
        0 => "no claims".to_owned(),
        1 => "1 claim".to_owned(),
        n => format!("{n} claims"),
    });
    parts.join(" · ")
}

/// "9 of 14 figures decided"; nothing where there are none.
fn decided(figures: &Progress) -> Option<String> {
    let Progress { decided, total, done } = *figures;
    if !done {
        return Some("Looking for figures…".to_owned());
    }
    match total {
        0 => None,
        1 => Some(format!("{decided} of 1 figure decided")),
        _ => Some(format!("{decided} of {total} figures decided")),
    }
}

fn reliability(ui: &mut Ui, article: &Article, actions: &mut Actions) {
    let mut chosen = article.reliability;
    widgets::field_with(ui, "Reliability of the source", |ui| {
        let combo = ComboBox::from_id_salt("reliability").selected_text(name_of(chosen)).width(ui.available_width());
        let shown = combo.show_ui(ui, |ui| {
            ui.selectable_value(&mut chosen, None, name_of(None));
            for grade in Reliability::ALL {
                ui.selectable_value(&mut chosen, Some(grade), name_of(Some(grade)));
            }
        });
        shown.response
    });
    if chosen != article.reliability {
        set(article, "reliability", actions, |article| article.reliability = chosen);
    }
}

fn name_of(grade: Option<Reliability>) -> &'static str {
    match grade {
        None => "not graded",
        Some(Reliability::A) => "A completely reliable",
        Some(Reliability::B) => "B usually reliable",
        Some(Reliability::C) => "C fairly reliable",
        Some(Reliability::D) => "D not usually reliable",
        Some(Reliability::E) => "E unreliable",
        Some(Reliability::F) => "F cannot be judged",
    }
}
