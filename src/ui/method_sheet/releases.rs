//! What was published: each release with its totals against those of now, and the form that records one.

use egui::{Align, Key, Label, Layout, RichText, Ui, vec2};
use jiff::civil::Date;

use super::background::{Background, Standing};
use crate::derive::method::{Against, against, delete, record, released};
use crate::model::Release;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{self, Tone, badge};
use crate::ui::{Action, Actions, View, figures};

/// Up to so many events the totals of now are there before somebody sees that they are missing.
const SOON: usize = 20_000;

/// A release about to be recorded.
#[derive(Debug, Default)]
struct Form {
    name: String,
    day: String,
    refused: Option<String>,
    /// It was opened in this frame: the day is filled in and the name gets the keyboard.
    fresh: bool,
}

/// The section's own state.
#[derive(Debug, Default)]
pub struct Releases {
    form: Option<Form>,
    /// Which release is about to be deleted.
    deleting: Option<usize>,
    /// The form was opened from elsewhere: scroll to it.
    reveal: bool,
}

impl Releases {
    /// Opens the form.
    pub fn start(&mut self) {
        self.form = Some(Form { fresh: true, ..Form::default() });
        self.reveal = true;
    }

    /// Draws the section.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, background: &mut Background, actions: &mut Actions) {
        ui.add_space(8.0);
        widgets::section_title(ui, "Releases");
        let releases = &view.project.about.releases;
        if !releases.is_empty() || self.form.is_some() {
            background.want_standing(view.revision);
        }
        let fresh = background.standing(view.revision);
        // Until the new totals are there the old ones stay, so that nothing jumps.
        let standing = fresh.or_else(|| background.last_standing());
        if releases.is_empty() && self.form.is_none() {
            widgets::muted(ui, "None yet. A release keeps the totals as they were published, whatever changes later.");
        }
        if fresh.is_none() && standing.is_some() && view.project.events.len() > SOON {
            widgets::caption(ui, "As it stood before the last change; working out how it stands now");
        }
        for (at, release) in releases.iter().enumerate() {
            ui.push_id(at, |ui| self.release(ui, view, at, release, standing, actions));
        }
        match &mut self.form {
            Some(form) => {
                let outcome = form.ui(ui, view, fresh, std::mem::take(&mut self.reveal));
                match outcome {
                    Outcome::Open => {}
                    Outcome::Cancelled => self.form = None,
                    Outcome::Done(action) => {
                        actions.push(*action);
                        self.form = None;
                    }
                }
            }
            None => {
                if ui.button("Record a release…").clicked() {
                    self.start();
                    self.reveal = false;
                }
            }
        }
    }

    fn release(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        at: usize,
        release: &Release,
        standing: Option<&Standing>,
        actions: &mut Actions,
    ) {
        let tokens = theme::tokens(ui);
        let row = vec2(ui.available_width(), theme::ROW);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            if widgets::icon_button(ui, icons::TRASH, &format!("Delete the release {}…", release.name)).clicked() {
                self.deleting = Some(at);
            }
            if let Some(standing) = standing.filter(|_| !release.hash.is_empty()) {
                same_or_not(ui, *release.hash == *standing.hash);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let name = RichText::new(&*release.name).text_style(theme::LABEL.clone()).color(tokens.text);
                ui.add(Label::new(name).truncate());
            });
        });
        ui.add(Label::new(RichText::new(particulars(release)).small().color(tokens.muted)).wrap());
        match standing {
            Some(standing) => against(release, &standing.totals).iter().for_each(|one| against_ui(ui, one)),
            None => {
                for total in &release.totals {
                    widgets::muted(ui, format!("{}: published {}", total.measure.title(), released(total)));
                }
            }
        }
        if self.deleting == Some(at) {
            self.delete_ui(ui, view, at, release, actions);
        }
        ui.add_space(4.0);
    }

    /// The question before a release is deleted, in its place.
    fn delete_ui(&mut self, ui: &mut Ui, view: &View<'_>, at: usize, release: &Release, actions: &mut Actions) {
        let text = format!("Delete the record of “{}”? What was published stays published.", release.name);
        match widgets::banner(ui, Tone::Warn, &text, &["Delete release", "Keep it"]) {
            Some(0) => {
                actions.extend(delete(view.project, at, view.now).map(Action::Edit));
                self.deleting = None;
            }
            Some(_) => self.deleting = None,
            None => {}
        }
    }
}

fn same_or_not(ui: &mut Ui, same: bool) {
    if same {
        badge(ui, "Project unchanged since", Tone::Ok).on_hover_text("Its hash is that of the project as it is now");
    } else {
        badge(ui, "Project changed since", Tone::Neutral).on_hover_text("The project as it is now has another hash");
    }
}

/// Day, word table and hash of a release.
fn particulars(release: &Release) -> String {
    let mut parts = vec![figures::day(release.day)];
    let methods: std::collections::BTreeSet<&str> = release.totals.iter().map(|total| &*total.method).collect();
    if !methods.is_empty() {
        parts.push(format!("by {}", methods.into_iter().collect::<Vec<_>>().join(" and ")));
    }
    if !release.words.is_empty() {
        parts.push(format!("words {}", release.words));
    }
    if !release.hash.is_empty() {
        parts.push(format!("hash {}…", release.hash.chars().take(12).collect::<String>()));
    }
    parts.join(" · ")
}

/// One measure, as it was published and as it stands.
fn against_ui(ui: &mut Ui, one: &Against<'_>) {
    let tokens = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let text = format!("{}: {}", one.measure.title(), one.in_words());
        let colour = if one.differs() { tokens.text } else { tokens.muted };
        ui.add(Label::new(RichText::new(text).color(colour)).wrap());
        if one.differs() {
            badge(ui, "Different", Tone::Warn);
        }
    });
    if let Some(aside) = one.aside() {
        ui.add(Label::new(RichText::new(aside).small().color(tokens.muted)).wrap());
    }
}

/// What came of the form.
enum Outcome {
    Open,
    Cancelled,
    Done(Box<Action>),
}

impl Form {
    fn ui(&mut self, ui: &mut Ui, view: &View<'_>, standing: Option<&Standing>, reveal: bool) -> Outcome {
        if self.fresh {
            self.day = view.today.to_string();
        }
        let name = widgets::field(ui, "Name of the release", &mut self.name);
        if std::mem::take(&mut self.fresh) {
            name.request_focus();
        }
        let day = widgets::field(ui, "Day of publication", &mut self.day);
        let enter = [&name, &day].into_iter().any(egui::Response::lost_focus)
            && ui.input(|input| input.key_pressed(Key::Enter));
        match standing {
            Some(standing) if standing.totals.is_empty() => {
                widgets::muted(ui, "Nobody has spoken of a number yet: there is nothing to publish");
            }
            Some(standing) => {
                let kept: Vec<String> =
                    standing.totals.iter().map(|total| format!("{} {}", total.measure, released(total))).collect();
                let text = format!("It will keep: {}", kept.join(", "));
                ui.add(Label::new(RichText::new(text).color(theme::tokens(ui).muted)).wrap());
            }
            None => {
                widgets::muted(ui, "Working out the totals");
            }
        }
        if let Some(why) = &self.refused {
            let colour = theme::tokens(ui).error.text;
            ui.add(Label::new(RichText::new(why).small().color(colour)).wrap());
        }
        let mut outcome = Outcome::Open;
        let buttons = ui.horizontal(|ui| {
            let ready = standing.filter(|standing| !standing.totals.is_empty());
            let button = |ui: &mut Ui| widgets::primary_button(ui, "Record release");
            let pressed = ui.add_enabled_ui(ready.is_some(), button).inner.clicked();
            if let Some(standing) = ready.filter(|_| pressed || enter) {
                outcome = self.accept(view, standing);
            }
            if ui.button("Cancel").clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
                outcome = Outcome::Cancelled;
            }
        });
        if reveal {
            buttons.response.scroll_to_me(None);
        }
        outcome
    }

    fn accept(&mut self, view: &View<'_>, standing: &Standing) -> Outcome {
        let Ok(day) = self.day.trim().parse::<Date>() else {
            self.refused = Some("Write the day as 2022-09-16".to_owned());
            return Outcome::Open;
        };
        match record(view.project, &self.name, day, &standing.totals, &standing.hash, view.now) {
            Ok(edit) => Outcome::Done(Box::new(Action::Edit(edit))),
            Err(why) => {
                self.refused = Some(why);
                Outcome::Open
            }
        }
    }
}
