//! The fields of an article, to correct them. What the program guessed is amber and says so, until a person confirms it:
//! Enter in the field, the tick beside it, or all at once.

use egui::{Checkbox, ComboBox, Label, RichText, ScrollArea, TextEdit, Ui};

use crate::edit::Edit;
use crate::model::{Article, ArticleId, Known, Reliability};
use crate::ui::theme::{self, icons};
use crate::ui::{Action, Actions, View, widgets};

/// The fields as typed, and for which state of which article.
#[derive(Debug, Default)]
pub(super) struct Details {
    of: Option<(ArticleId, u64)>,
    typed: Vec<String>,
    tags: String,
    /// Why a time does not read, and which.
    wrong: Option<(Known, String)>,
}

impl Details {
    /// Draws the fields, in two columns.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, article: &Article, actions: &mut Actions) {
        if self.of != Some((article.id, view.revision)) {
            if self.of.is_none_or(|(id, _)| id != article.id) {
                self.wrong = None;
            }
            self.of = Some((article.id, view.revision));
            self.typed = Known::ALL.iter().map(|field| article.known(*field)).collect();
            self.tags = article.tags.join(", ");
        }
        ui.add_space(6.0);
        if !article.guesses.is_empty() {
            all_guesses(ui, article, actions);
        }
        // More fields than a low window has room for; a line of the text stays in view.
        let tallest = (ui.available_height() - 48.0).clamp(56.0, 380.0);
        let area = ScrollArea::vertical().id_salt("details").max_height(tallest).min_scrolled_height(tallest);
        let area = area.auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            self.field(ui, Known::Headline, article, actions);
            ui.columns(2, |columns| {
                let [a, b] = columns else { return };
                for (n, field) in Known::ALL.into_iter().skip(1).enumerate() {
                    self.field(if n % 2 == 0 { a } else { b }, field, article, actions);
                }
                reliability(a, article, actions);
                self.tags(b, article, actions);
            });
            let mut sensitive = article.sensitive;
            ui.add(Checkbox::new(&mut sensitive, "Sensitive: left out of redacted exports"));
            if sensitive != article.sensitive {
                set(article, "sensitivity", actions, |article| article.sensitive = sensitive);
            }
            source(ui, article);
        });
    }

    fn field(&mut self, ui: &mut Ui, field: Known, article: &Article, actions: &mut Actions) {
        let Some(typed) = Known::ALL.iter().position(|known| *known == field).and_then(|n| self.typed.get_mut(n))
        else {
            return;
        };
        let guess = article.is_guess(field);
        let tokens = theme::tokens(ui);
        let name = if guess { format!("{} (guess)", field.name()) } else { field.name().to_owned() };
        let colour = if guess { tokens.warn.text } else { tokens.text };
        let mut confirmed = false;
        let response = ui
            .vertical(|ui| {
                let label = ui.add(Label::new(RichText::new(&name).text_style(theme::LABEL.clone()).color(colour)));
                ui.horizontal(|ui| {
                    let tick = if guess { ui.spacing().interact_size.y + ui.spacing().item_spacing.x } else { 0.0 };
                    let width = (ui.available_width() - tick).max(40.0);
                    let edit = ui.add(TextEdit::singleline(typed).desired_width(width)).labelled_by(label.id);
                    if guess {
                        let tick = format!("Confirm {}", field.name().to_lowercase());
                        confirmed = widgets::icon_button(ui, icons::CHECK, &tick).clicked();
                    }
                    edit
                })
                .inner
            })
            .inner;
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let what = field.name().to_lowercase();
        if response.lost_focus() && typed.trim() != article.known(field) {
            let mut changed = article.clone();
            match changed.write(field, typed) {
                Ok(()) => {
                    self.wrong = None;
                    actions.push(Action::Edit(Edit::SetArticle { article: Box::new(changed), what }));
                }
                Err(error) => self.wrong = Some((field, error.to_string())),
            }
        } else if guess && (confirmed || entered) {
            set(article, &what, actions, |article| article.confirm(field));
        } else if response.changed() {
            self.wrong.take_if(|(wrong, _)| *wrong == field);
        }
        if let Some((_, why)) = self.wrong.as_ref().filter(|(wrong, _)| *wrong == field) {
            ui.add(Label::new(RichText::new(why).color(tokens.error.text)).wrap());
        }
        ui.add_space(4.0);
    }

    fn tags(&mut self, ui: &mut Ui, article: &Article, actions: &mut Actions) {
        let response = widgets::field(ui, "Tags, with commas between", &mut self.tags);
        if response.lost_focus() && self.tags != article.tags.join(", ") {
            let tags: Vec<_> =
                self.tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(Into::into).collect();
            set(article, "tags", actions, |article| article.tags = tags);
        }
    }
}

/// "3 guesses", and the act that confirms them all.
fn all_guesses(ui: &mut Ui, article: &Article, actions: &mut Actions) {
    let text = match article.guesses.len() {
        1 => "1 guess to check".to_owned(),
        n => format!("{n} guesses to check"),
    };
    if widgets::banner(ui, widgets::Tone::Warn, &text, &["Confirm all"]).is_some() {
        actions.push(Action::Edit(confirm_all(article)));
    }
    ui.add_space(4.0);
}

/// The change that confirms all guesses of an article.
pub fn confirm_all(article: &Article) -> Edit {
    let mut changed = article.clone();
    changed.guesses.clear();
    Edit::SetArticle { article: Box::new(changed), what: "guesses".to_owned() }
}

pub(super) fn set(article: &Article, what: &str, actions: &mut Actions, change: impl FnOnce(&mut Article)) {
    let mut changed = article.clone();
    change(&mut changed);
    actions.push(Action::Edit(Edit::SetArticle { article: Box::new(changed), what: what.to_owned() }));
}

/// The file that the text came from, with the whole hash: who checks the evidence compares all of it.
fn source(ui: &mut Ui, article: &Article) {
    let Some(file) = &article.file else { return };
    ui.horizontal(|ui| {
        if widgets::icon_button(ui, icons::COPY, "Copy the SHA-256 of the file").clicked() {
            ui.ctx().copy_text(file.sha256.to_string());
        }
        let text = RichText::new(format!("Read from {}, SHA-256 {}", file.name, file.sha256));
        ui.add(Label::new(text.text_style(theme::CAPTION.clone()).weak()).wrap().selectable(true));
    });
    if !file.remarks.is_empty() {
        let colour = theme::tokens(ui).warn.text;
        let text = RichText::new(format!("{}.", file.remarks.trim_end_matches('.')));
        ui.add(Label::new(text.text_style(theme::CAPTION.clone()).color(colour)).wrap());
    }
}

fn reliability(ui: &mut Ui, article: &Article, actions: &mut Actions) {
    let mut chosen = article.reliability;
    widgets::field_with(ui, "Reliability of the source", |ui| {
        let combo = ComboBox::from_id_salt("reliability").selected_text(name_of(chosen)).width(ui.available_width());
        let shown = combo.show_ui(ui, |ui| {
            crate::ui::widgets::choose(ui, &mut chosen, None, name_of(None));
            for grade in Reliability::ALL {
                crate::ui::widgets::choose(ui, &mut chosen, Some(grade), name_of(Some(grade)));
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
