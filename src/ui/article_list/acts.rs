//! What can be done with the articles that are chosen: state, versions, likeness, removal. It says what should happen and
//! why not; the panel draws it.

use egui::{CornerRadius, Frame, Label, Margin, RichText, ScrollArea, TextEdit, Ui};

use crate::command::Command;
use crate::dataset;
use crate::edit::Edit;
use crate::model::{Article, ArticleId, Note, NoteId, Project, Reading, Subject};

use super::super::reader::header::kin::{one_voice, percent, proposed_agency};
use super::super::reader::reading_icon;
use super::super::theme::{self, icons};
use super::super::{Action, Actions, Desk, SideTab, Target, View, widgets};
use super::{capital, name};

/// Height in points that the list of what is in the way takes at most.
const TALLEST: f32 = 150.0;

/// What the menus need beside the articles.
#[derive(Debug, Default)]
pub(super) struct Acts {
    /// The reason for an exclusion while it is typed.
    reason: String,
    /// Articles that could not be removed.
    stay: Vec<ArticleId>,
}

/// A change of the state of articles, as one step.
pub(super) fn set_reading(articles: &[&Article], reading: &Reading) -> Option<Edit> {
    let mut edits: Vec<Edit> = articles
        .iter()
        .filter(|article| article.reading != *reading)
        .map(|article| {
            let article = Article { reading: reading.clone(), ..(*article).clone() };
            Edit::SetArticle { article: Box::new(article), what: "state".to_owned() }
        })
        .collect();
    match edits.len() {
        0 | 1 => edits.pop(),
        n => Some(Edit::Several { label: format!("Change state of {n} articles"), edits }),
    }
}

/// The removal of articles as one step, and those that stay because something rests on them. A later version goes before
/// the one that it corrects.
pub(super) fn removal(project: &Project, ids: &[ArticleId]) -> (Option<Edit>, Vec<ArticleId>) {
    let mut left: Vec<ArticleId> = ids.to_vec();
    let mut edits: Vec<Edit> = Vec::new();
    let mut now = project.clone();
    loop {
        let before = left.len();
        left.retain(|id| match Edit::RemoveArticle(*id).apply(&now) {
            Ok(next) => {
                now = next;
                edits.push(Edit::RemoveArticle(*id));
                false
            }
            Err(_) => true,
        });
        if left.is_empty() || left.len() == before {
            break;
        }
    }
    let edit = match edits.len() {
        0 | 1 => edits.pop(),
        n => Some(Edit::Several { label: format!("Remove {n} articles"), edits }),
    };
    (edit, left)
}

impl Acts {
    /// Removes articles, as far as nothing rests on them; what is in the way is then listed.
    pub fn remove(&mut self, view: &View<'_>, ids: &[ArticleId], desk: &mut Desk, actions: &mut Actions) {
        let (edit, stay) = removal(view.project, ids);
        self.stay = stay;
        let Some(edit) = edit else { return };
        let label = edit.label(view.project);
        if desk.article.is_some_and(|id| ids.contains(&id) && !self.stay.contains(&id)) {
            desk.article = None;
        }
        actions.push(Action::Edit(edit));
        actions.push(Action::Say(label.replacen("Remove", "Removed", 1)));
    }

    /// The states, in a menu.
    pub fn states(&mut self, ui: &mut Ui, articles: &[&Article], actions: &mut Actions) {
        let common = articles.first().map(|article| article.reading.key());
        let common = common.filter(|key| articles.iter().all(|article| article.reading.key() == *key));
        let mut change = |ui: &mut Ui, reading: &Reading| {
            actions.extend(set_reading(articles, reading).map(Action::Edit));
            ui.close();
        };
        for key in Reading::KEYS.into_iter().filter(|key| *key != "excluded") {
            let Some(reading) = Reading::from_key(key, "") else { continue };
            let name = format!("{} {}", reading_icon(&reading), capital(key));
            if ui.selectable_label(common == Some(key), name).clicked() {
                change(ui, &reading);
            }
        }
        ui.menu_button(format!("{} Exclude…", icons::PROHIBIT), |ui| {
            let label = ui.label("Why is it left out?");
            ui.add(TextEdit::singleline(&mut self.reason).desired_width(200.0)).labelled_by(label.id);
            let reason = self.reason.trim().to_owned();
            if ui.add_enabled(!reason.is_empty(), egui::Button::new("Exclude")).clicked() {
                change(ui, &Reading::Excluded(reason.into()));
                self.reason.clear();
            }
        });
    }

    /// The menu of one article, or of all that are selected.
    pub fn menu(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        articles: &[&Article],
        alike: Option<(ArticleId, f32)>,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        self.states(ui, articles, actions);
        ui.separator();
        if let [article] = articles {
            if ui.button(format!("{} Note on this article", icons::NOTE)).clicked() {
                let note = Note::new(NoteId::random(), Some(Subject::Article(article.id)), Some(view.now));
                (desk.note, desk.tab) = (Some(note.id), SideTab::Notes);
                let target = Target::Note(note.id);
                actions.push(Action::Edit(Edit::AddNote(Box::new(note))));
                actions.push(Action::Show(target));
                ui.close();
            }
            if ui.button(format!("{} {}", icons::FILE_PLUS, Command::AddCorrectedVersion.entry().label)).clicked() {
                desk.article = Some(article.id);
                actions.push(Action::Run(Command::AddCorrectedVersion));
                ui.close();
            }
            if let Some((other, share)) = alike
                && let Some(other) = view.project.articles.get(other)
            {
                likeness(ui, article, other, share, actions);
            }
            ui.separator();
        }
        let remove = match articles.len() {
            0 | 1 => "Remove".to_owned(),
            n => format!("Remove {n} articles"),
        };
        if ui.button(format!("{} {remove}", icons::TRASH)).clicked() {
            let ids: Vec<ArticleId> = articles.iter().map(|article| article.id).collect();
            self.remove(view, &ids, desk, actions);
            ui.close();
        }
    }

    /// What stays and why, with the ways there; nothing while nothing was refused.
    pub fn in_the_way(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
        self.stay.retain(|id| view.project.articles.contains(*id));
        if self.stay.is_empty() {
            return;
        }
        let tokens = theme::tokens(ui);
        let mut closed = false;
        let frame = Frame::new().fill(tokens.warn.fill).corner_radius(CornerRadius::same(6));
        let frame = frame.inner_margin(Margin::symmetric(10, 6)).outer_margin(Margin::symmetric(8, 4));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.horizontal(|ui| {
                let title = match self.stay.len() {
                    1 => "The article stays".to_owned(),
                    n => format!("{n} articles stay"),
                };
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    closed = widgets::icon_button(ui, icons::X, "Close what is in the way").clicked();
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        widgets::section_title(ui, &title);
                    });
                });
            });
            ScrollArea::vertical().id_salt("in the way").max_height(TALLEST).show(ui, |ui| {
                ui.set_width(ui.available_width());
                for id in &self.stay {
                    reasons(ui, view, *id, actions);
                }
            });
        });
        if closed {
            self.stay.clear();
        }
    }
}

fn likeness(ui: &mut Ui, article: &Article, other: &Article, share: f32, actions: &mut Actions) {
    ui.separator();
    widgets::caption(ui, format!("{} alike: {}", percent(share), name(other)));
    let agency = proposed_agency(article, other);
    if !agency.is_empty() && ui.button(format!("{} Treat as one voice: {agency}", icons::MERGE)).clicked() {
        actions.push(Action::Edit(one_voice(article, other, &agency)));
        ui.close();
    }
    let mut change = |ui: &mut Ui, what: &str, change: &dyn Fn(&mut Article)| {
        let mut changed = article.clone();
        change(&mut changed);
        actions.push(Action::Edit(Edit::SetArticle { article: Box::new(changed), what: what.to_owned() }));
        ui.close();
    };
    if ui.button(format!("{} This corrects the other text", icons::FILE_TEXT)).clicked() {
        change(ui, "correction", &|article| article.corrects = Some(other.id));
    }
    if ui.button(format!("{} Not the same", icons::X)).clicked() {
        change(ui, "likeness", &|article| article.unlike.push(other.id));
    }
}

/// The claims and versions that rest on an article, each a way to it.
fn reasons(ui: &mut Ui, view: &View<'_>, id: ArticleId, actions: &mut Actions) {
    let Some(article) = view.project.articles.get(id) else { return };
    let claims = view.derived.claims_in(id);
    let later: Vec<_> = view.project.articles.iter().filter(|other| other.corrects == Some(id)).collect();
    let text = match (claims.len(), later.len()) {
        (0, 0) => format!("Nothing rests on “{}” any more", name(article)),
        (0, _) => format!("A later version corrects “{}”", name(article)),
        (1, _) => format!("1 claim rests on “{}”", name(article)),
        (n, _) => format!("{n} claims rest on “{}”", name(article)),
    };
    ui.add(Label::new(RichText::new(text).color(theme::tokens(ui).text)).wrap());
    for claim in claims.iter().filter_map(|id| dataset::claim(view.project, *id)) {
        let which = claim.quotes.iter().position(|quote| quote.article == id).unwrap_or(0);
        let event = view.project.events.get(claim.event).map(|event| event.name().to_owned()).unwrap_or_default();
        if ui.link(format!("{} {}: {event}", claim.measure, claim.quantity)).clicked() {
            actions.push(Action::Show(Target::Quote(claim.id, which)));
        }
    }
    for version in later {
        if ui.link(format!("Later version: {}", name(version))).clicked() {
            actions.push(Action::Show(Target::Article(version.id)));
        }
    }
}
