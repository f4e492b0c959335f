//! What is known of the article above its text: headline, publisher, date, state; and the fields to correct them.

mod details;
pub(crate) mod kin;

use std::sync::Arc;

use egui::{ComboBox, Frame, Label, Margin, RichText, ScrollArea, TextEdit, Ui};

use crate::derive::versions::undecided;
use crate::model::{Article, ArticleId, EventDate, Known, Reading};
use crate::ui::theme::{self, icons};
use crate::ui::{Actions, Progress, View, widgets};

pub use details::confirm_all;
use details::{Details, set};
use kin::Kin;

use super::reading_icon;

/// The header's own state.
#[derive(Debug, Default)]
pub struct Header {
    details: bool,
    fields: Details,
    kin: Kin,
    /// Pairs of nearly equal texts, as they were found last, and those of them that nobody decided about.
    alike: Arc<Vec<(ArticleId, ArticleId, f32)>>,
    undecided: Vec<(ArticleId, ArticleId, f32)>,
    undecided_of: Option<u64>,
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
                    self.guesses(ui, article);
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
            if self.undecided_of != Some(view.revision) {
                self.undecided_of = Some(view.revision);
                self.undecided = undecided(view.project, &self.alike);
            }
            // What there is to say of others must not push the text out of a low window.
            let tallest = (ui.available_height() * 0.55).max(72.0);
            let area = ScrollArea::vertical().id_salt("kin").max_height(tallest).min_scrolled_height(tallest);
            area.auto_shrink([false, true]).show(ui, |ui| self.kin.ui(ui, view, article, &self.undecided, actions));
            if self.details {
                self.fields.ui(ui, view, article, actions);
            }
        });
        let rect = shown.response.rect;
        let hairline = egui::Stroke::new(1.0, theme::tokens(ui).hairline);
        ui.painter().hline(ui.max_rect().x_range(), rect.bottom() - 0.5, hairline);
        ui.add_space(-ui.spacing().item_spacing.y);
    }

    /// Puts the details away: the text and what is made of it need the room.
    pub fn close_details(&mut self) {
        self.details = false;
    }

    /// Takes the pairs of nearly equal texts that were found.
    pub fn set_alike(&mut self, alike: Arc<Vec<(ArticleId, ArticleId, f32)>>) {
        self.alike = alike;
        self.undecided_of = None;
    }

    /// "3 guesses": what the program filled in and nobody confirmed.
    fn guesses(&mut self, ui: &mut Ui, article: &Article) {
        let text = match article.guesses.len() {
            0 => return,
            1 => "1 guess".to_owned(),
            n => format!("{n} guesses"),
        };
        let text = RichText::new(text).color(theme::tokens(ui).warn.text);
        let hint = "What the text says of itself was filled in; open the details to confirm or correct it";
        if ui.link(text).on_hover_text(hint).clicked() {
            self.details = !self.details;
        }
    }

    fn state(&mut self, ui: &mut Ui, article: &Article, actions: &mut Actions) {
        let now = article.reading.key();
        let name = format!("{} {now}", reading_icon(&article.reading));
        let mut chosen = now;
        let combo = ComboBox::from_id_salt("state of the article").selected_text(name);
        let shown = combo.show_ui(ui, |ui| {
            for key in Reading::KEYS {
                let icon = Reading::from_key(key, "").map_or("", |reading| reading_icon(&reading));
                crate::ui::widgets::choose(ui, &mut chosen, key, format!("{icon} {key}"));
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
    let guess = if article.is_guess(Known::Published) { " (guess)" } else { "" };
    let day = article.published.map(|moment| format!("{}{guess}", EventDate::day(moment.day()).describe()));
    parts.push(day.unwrap_or_else(|| "not dated".to_owned()));
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
