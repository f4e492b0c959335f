//! What an article has to do with others: its versions, with what differs and which quotes can be carried over, and texts
//! that are nearly the same.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use crate::dataset;
use crate::derive::versions::{Carry, Passage, differences, versions};
use crate::edit::Edit;
use crate::model::{Article, ArticleId, ClaimId, Project};
use crate::ui::theme;
use crate::ui::widgets::{self, Tone};
use crate::ui::{Action, Actions, Target, View};

/// Height in points that a list takes at most.
const TALLEST: f32 = 120.0;
/// Differences that are drawn; more are told by their number.
const SHOWN: usize = 200;
/// The longest words of a difference that are shown, in characters.
const LONGEST: usize = 60;

/// What was worked out, and for which state of which article.
#[derive(Debug, Default)]
pub(super) struct Kin {
    of: Option<(ArticleId, u64)>,
    row: Vec<ArticleId>,
    passages: Vec<Passage>,
    compared: Option<(ArticleId, ArticleId)>,
    carry: Carry,
    listed: bool,
    lost_listed: bool,
    /// The agency as typed, for which pair.
    agency: Option<(ArticleId, ArticleId, String)>,
}

impl Kin {
    /// Draws what there is to say; nothing for an article without versions and near-equal texts.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        article: &Article,
        alike: &[(ArticleId, ArticleId, f32)],
        actions: &mut Actions,
    ) {
        self.work_out(view, article);
        if self.row.len() > 1 {
            self.version(ui, view, article, actions);
        }
        let of_this = alike.iter().filter(|(a, b, _)| *a == article.id || *b == article.id);
        if let Some((a, b, share)) = of_this.max_by(|x, y| x.2.total_cmp(&y.2)).copied() {
            let other = if a == article.id { b } else { a };
            if let Some(other) = view.project.articles.get(other) {
                self.near(ui, article, other, share, actions);
            }
        }
    }

    fn work_out(&mut self, view: &View<'_>, article: &Article) {
        if self.of == Some((article.id, view.revision)) {
            return;
        }
        self.of = Some((article.id, view.revision));
        self.row = versions(view.project, article.id);
        self.carry = Carry::default();
        let Some(earlier) = article.corrects.and_then(|id| view.project.articles.get(id)) else { return };
        self.carry = Carry::of(view.project, view.derived, earlier.id, article.id);
        if self.compared != Some((earlier.id, article.id)) {
            self.compared = Some((earlier.id, article.id));
            self.passages = differences(&earlier.text, &article.text);
        }
    }

    fn version(&mut self, ui: &mut Ui, view: &View<'_>, article: &Article, actions: &mut Actions) {
        let at = self.row.iter().position(|id| *id == article.id).unwrap_or(0);
        let there = |n: Option<usize>| n.and_then(|n| self.row.get(n)).and_then(|id| view.project.articles.get(*id));
        let (earlier, later) = (there(at.checked_sub(1)).cloned(), there(Some(at + 1)).cloned());
        ui.horizontal_wrapped(|ui| {
            let tone = if later.is_some() { Tone::Warn } else { Tone::Info };
            widgets::badge(ui, &format!("Version {} of {}", at + 1, self.row.len()), tone);
            if let Some(earlier) = &earlier {
                ui.label("corrects");
                jump(ui, earlier, actions);
                let text = match self.passages.len() {
                    0 => "no words differ".to_owned(),
                    1 => "differences: 1 passage".to_owned(),
                    n => format!("differences: {n} passages"),
                };
                if self.passages.is_empty() {
                    widgets::muted(ui, text);
                } else if ui.link(text).clicked() {
                    self.listed = !self.listed;
                }
            }
            if let Some(later) = &later {
                ui.label("corrected by");
                jump(ui, later, actions);
            }
        });
        if let Some(earlier) = earlier {
            if self.listed {
                self.list(ui, article, &earlier, actions);
            }
            self.carry_over(ui, view, actions);
        }
    }

    /// The passages that differ, each a way to its place in the text.
    fn list(&self, ui: &mut Ui, article: &Article, earlier: &Article, actions: &mut Actions) {
        ScrollArea::vertical().id_salt("differences").max_height(TALLEST).show(ui, |ui| {
            ui.set_width(ui.available_width());
            for passage in self.passages.iter().take(SHOWN) {
                let (old, new) = (words(&earlier.text, &passage.old), words(&article.text, &passage.new));
                let text = match (old.is_empty(), new.is_empty()) {
                    (true, _) => format!("added: {new}"),
                    (_, true) => format!("taken out: {old}"),
                    _ => format!("{old} → {new}"),
                };
                if ui.link(text).clicked() {
                    let (id, range) =
                        if new.is_empty() { (earlier.id, &passage.old) } else { (article.id, &passage.new) };
                    actions.push(Action::Show(Target::Place(id, range.start, range.end)));
                }
            }
            if self.passages.len() > SHOWN {
                widgets::muted(ui, format!("… and {} more", self.passages.len() - SHOWN));
            }
        });
    }

    fn carry_over(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
        let (found, lost, all) = (self.carry.found.len(), self.carry.lost.len(), self.carry.len());
        if found > 0 {
            let stand = if found == 1 { "stands" } else { "stand" };
            let quotes = if all == 1 { "quote" } else { "quotes" };
            let text = format!("{found} of {all} {quotes} of the earlier version {stand} in this text word for word");
            if widgets::banner(ui, Tone::Info, &text, &["Carry over"]).is_some() {
                actions.push(Action::Edit(self.carry.edit(view.project)));
            }
        }
        if lost > 0 {
            let text = match lost {
                1 => "1 quote of the earlier version does not stand here".to_owned(),
                n => format!("{n} quotes of the earlier version do not stand here"),
            };
            if ui.link(RichText::new(text).color(theme::tokens(ui).warn.text)).clicked() {
                self.lost_listed = !self.lost_listed;
            }
            if self.lost_listed {
                ScrollArea::vertical().id_salt("lost quotes").max_height(TALLEST).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    for (claim, which) in &self.carry.lost {
                        if ui.link(quote_line(view.project, *claim, *which)).clicked() {
                            actions.push(Action::Show(Target::Quote(*claim, *which)));
                        }
                    }
                });
            }
        }
    }

    /// A text that is nearly the same, and what can be decided about it.
    fn near(&mut self, ui: &mut Ui, article: &Article, other: &Article, share: f32, actions: &mut Actions) {
        let pair = (article.id, other.id);
        if self.agency.as_ref().is_none_or(|(a, b, _)| (*a, *b) != pair) {
            self.agency = Some((pair.0, pair.1, proposed_agency(article, other)));
        }
        let Some((_, _, typed)) = &mut self.agency else { return };
        let tokens = theme::tokens(ui);
        let frame =
            egui::Frame::new().fill(tokens.warn.fill).corner_radius(6).inner_margin(egui::Margin::symmetric(10, 6));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                let text = format!("{} alike:", percent(share));
                ui.add(Label::new(RichText::new(text).color(tokens.text)));
                jump(ui, other, actions);
            });
            ui.horizontal_wrapped(|ui| {
                let hint = "This text is a corrected version of the other one";
                let button = ui.button("Corrects that one").on_hover_text(hint);
                if button.accessible_name("This corrects the other text").clicked() {
                    decide(article, "correction", actions, |article| article.corrects = Some(other.id));
                }
                if ui.button("Not the same").clicked() {
                    decide(article, "likeness", actions, |article| article.unlike.push(other.id));
                }
            });
            ui.horizontal_wrapped(|ui| {
                let label = ui.label("Agency of both");
                let edit = TextEdit::singleline(typed).desired_width(140.0).hint_text("Whose words they are");
                ui.add(edit).labelled_by(label.id);
                let named = !typed.trim().is_empty();
                let button = ui.add_enabled(named, egui::Button::new("Treat as one voice"));
                if button.on_disabled_hover_text("Name the agency or publisher whose words both are").clicked() {
                    actions.push(Action::Edit(one_voice(article, other, typed.trim())));
                }
            });
        });
    }
}

/// Where two texts are one voice: the agency that one of them names, else the publisher of the one that came first.
pub(crate) fn proposed_agency(a: &Article, b: &Article) -> String {
    let first =
        if b.published.map(|m| m.day()) < a.published.map(|m| m.day()) && b.published.is_some() { b } else { a };
    let named = [&a.agency, &b.agency, &first.publisher, &a.publisher, &b.publisher];
    named.into_iter().find(|name| !name.is_empty()).map(ToString::to_string).unwrap_or_default()
}

/// The change that credits both texts to one agency, so that they speak with one voice.
pub(crate) fn one_voice(a: &Article, b: &Article, agency: &str) -> Edit {
    let credited = |article: &Article| {
        let mut article = article.clone();
        article.agency = agency.into();
        article.confirm(crate::model::Known::Agency);
        Edit::SetArticle { article: Box::new(article), what: "agency".to_owned() }
    };
    Edit::Several { label: format!("Treat two texts as one voice: {agency}"), edits: vec![credited(a), credited(b)] }
}

/// A share in words: never 100 % where something differs.
pub(crate) fn percent(share: f32) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let percent = (share * 100.0).floor().clamp(0.0, 100.0) as u32;
    format!("{percent} %")
}

fn decide(article: &Article, what: &str, actions: &mut Actions, change: impl FnOnce(&mut Article)) {
    let mut changed = article.clone();
    change(&mut changed);
    actions.push(Action::Edit(Edit::SetArticle { article: Box::new(changed), what: what.to_owned() }));
}

/// A link to another article by its headline and day.
fn jump(ui: &mut Ui, article: &Article, actions: &mut Actions) {
    let name = if article.headline.is_empty() { "Without a headline" } else { &*article.headline };
    let day = article.published.map(|moment| format!(" ({})", moment.day())).unwrap_or_default();
    let publisher = if article.publisher.is_empty() { String::new() } else { format!(", {}", article.publisher) };
    let text = format!("“{}”{publisher}{day}", short(name));
    if ui.link(text).accessible_name(format!("Show “{name}”")).clicked() {
        actions.push(Action::Show(Target::Article(article.id)));
    }
}

/// "“at least three”: killed 3+ (Shelling of the quay)".
fn quote_line(project: &Project, claim: ClaimId, which: usize) -> String {
    let Some(claim) = dataset::claim(project, claim) else { return String::new() };
    let words = claim.quotes.get(which).map(|quote| short(&quote.exact)).unwrap_or_default();
    let event = project.events.get(claim.event).map(|event| event.name().to_owned()).unwrap_or_default();
    format!("“{words}”: {} {} ({event})", claim.measure, claim.quantity)
}

fn words(text: &str, range: &std::ops::Range<usize>) -> String {
    short(&text.chars().skip(range.start).take(range.len()).collect::<String>())
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < line.len() { format!("{}…", cut.trim_end()) } else { line }
}
