//! The current event with its claims side by side: its figure, how it was made, and everything that was said.
//!
//! The tab changes nothing itself: what is typed stays in a form until it is whole, and then leaves as an edit. The
//! parts: `head`, `figure` (number, classes, working), `plot` (voices as dots and ranges), `timeline` (how it became known),
//! `table` of `lines` in `columns` (claims under their voices), `details` of the current claim with `claim_form`,
//! `relate`, `alike` and `split`.

mod alike;
mod claim_form;
mod columns;
mod details;
mod figure;
mod hand_form;
mod head;
mod lines;
mod plot;
mod relate;
mod sheet;
mod split;
mod table;
mod timeline;
mod words;

use std::collections::BTreeMap;

use egui::{Label, RichText, ScrollArea, TextWrapMode, Ui};

use self::alike::ToldApart;
use self::claim_form::Outcome;
use self::columns::Widths;
use self::details::{Details, Open, counting};
use self::figure::{Asked, Shown};
use self::hand_form::HandForm;
use self::lines::Group;
use self::plot::Plot;
use self::sheet::Sheet;
use self::split::{Answer, SplitBar};
use self::table::{ClaimsTable, Wish};
use self::timeline::ClaimsTimeline;
use super::theme::icons;
use super::{Action, Actions, Desk, Pane, Target, View, figures, source_row, theme, widgets};
use crate::dataset;
use crate::derive::explain;
use crate::derive::figures::{EventFigures, MeasureFigures};
use crate::derive::voices::{self, Alike};
use crate::edit::Edit;
use crate::model::{ClaimId, Class, Event, EventId, Measure, Note, NoteId, Subject};

/// The figures of one event with their working, for one snapshot.
#[derive(Debug)]
struct WorkedOut {
    revision: u64,
    event: EventId,
    figures: EventFigures,
}

/// The voices on one measure of an event, for one snapshot.
#[derive(Debug)]
struct Voices {
    revision: u64,
    event: EventId,
    measure: Measure,
    groups: Vec<Group>,
    alike: Vec<Alike>,
}

/// The panel's own state.
#[derive(Debug, Default)]
pub struct EventTab {
    /// The event that the rest of this state is about.
    event: Option<EventId>,
    /// The measure that was chosen; `None` takes the first with claims.
    measure: Option<Measure>,
    /// The class that was chosen; `None` is the total.
    class: Option<Class>,
    worked_out: Option<WorkedOut>,
    voices: Option<Voices>,
    table: ClaimsTable,
    /// Claims that are to be split off, while it is asked how.
    split: Option<SplitBar>,
    wants_split: bool,
    apart: ToldApart,
    open: Option<Open>,
    hand: Option<HandForm>,
    /// Who set a figure last.
    signer: String,
    /// The claim that was scrolled to last.
    revealed: Option<ClaimId>,
    sheet: Sheet,
    timeline: ClaimsTimeline,
    /// The number that was drawn last.
    number: Option<(EventId, Measure, Class)>,
}

impl EventTab {
    /// The number whose timeline of claims was drawn last, where there are claims and it is of this event.
    pub fn number(&self, event: Option<EventId>) -> Option<(EventId, Measure, Class)> {
        self.number.clone().filter(|(of, ..)| Some(*of) == event)
    }

    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let Some(event) = desk.event.and_then(|id| view.project.events.get(id)) else {
            widgets::empty_state(
                ui,
                icons::CROSSHAIR,
                "No event chosen",
                "Choose a row of the table, or a highlight in the text, to see what was said about it.",
                None,
            );
            return;
        };
        self.turn_to(event.id, view, desk);
        ScrollArea::vertical().id_salt("event").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            ui.add_space(6.0);
            head::ui(ui, event);
            ui.add_space(6.0);
            self.measures(ui, view, event, desk, actions);
            links(ui, view, event, actions);
            ui.add_space(16.0);
        });
    }

    /// Whether the title of a column of claims has the keyboard, which then has Alt and the arrows for itself.
    pub fn has_title(&self, ctx: &egui::Context) -> bool {
        self.table.has_title(ctx)
    }

    /// Draws the columns of claims as wide as they were kept.
    pub fn use_widths(&mut self, layout: &BTreeMap<String, f32>) {
        self.table.keep_widths(|| Widths::kept(layout));
    }

    /// Keeps how wide the columns of claims were drawn. Says whether that is another width.
    pub fn keep_widths(&self, layout: &mut BTreeMap<String, f32>) -> bool {
        self.table.widths().is_some_and(|widths| widths.keep(layout))
    }

    /// Forgets what was typed about another event, and turns to the claim that was looked at last.
    fn turn_to(&mut self, event: EventId, view: &View<'_>, desk: &Desk) {
        if self.event != Some(event) {
            self.event = Some(event);
            self.measure = None;
            self.class = None;
            self.open = None;
            self.hand = None;
            self.revealed = None;
            self.split = None;
            self.table.forget();
        }
        let stale = self.worked_out.as_ref().is_none_or(|w| (w.revision, w.event) != (view.revision, event));
        if stale {
            let figures = explain(view.project, view.derived, event);
            self.worked_out = Some(WorkedOut { revision: view.revision, event, figures });
        }
        if desk.claim != self.revealed
            && let Some(claim) = desk.claim.and_then(|id| dataset::claim(view.project, id)).filter(|c| c.event == event)
        {
            self.measure = Some(claim.measure.clone());
        }
    }

    fn measures(&mut self, ui: &mut Ui, view: &View<'_>, event: &Event, desk: &mut Desk, actions: &mut Actions) {
        let Some(worked_out) = self.worked_out.take() else { return };
        let spoken: Vec<Measure> = worked_out.figures.keys().cloned().collect();
        let (tabs, menu) = words::measures(view.project, &spoken, self.measure.as_ref());
        let measure = self.choose_measure(ui, view, event.id, &tabs, &menu);
        let figures = worked_out.figures.get(&measure);
        self.hear(view, event.id, &measure, figures);
        let Some(voices) = self.voices.take() else { return };
        let class = self.figure(ui, view, event, &measure, figures, desk, actions);
        self.plot(ui, &voices, &class, figures, desk);
        ui.add_space(8.0);
        self.became_known(ui, view, (event.id, &measure, &class), desk, actions);
        ui.add_space(8.0);
        self.claims(ui, view, event, &voices, figures, desk, actions);
        self.working(ui, view, event, &measure, &class, figures);
        self.voices = Some(voices);
        ui.add_space(8.0);
        self.sheet.ui(ui, view, event.id, &measure, actions);
        self.worked_out = Some(worked_out);
    }

    fn choose_measure(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        event: EventId,
        tabs: &[Measure],
        menu: &[Measure],
    ) -> Measure {
        let titles: Vec<String> = tabs.iter().map(Measure::title).collect();
        let counts = tabs.iter().map(|measure| claims_on(view, event, measure).len());
        let strip: Vec<(&str, Option<usize>)> = titles.iter().map(String::as_str).zip(counts.map(Some)).collect();
        let chosen = self.measure.as_ref().and_then(|chosen| tabs.iter().position(|m| m == chosen));
        let mut selected = chosen.unwrap_or(0);
        let mut other = None;
        let turned = figure::row_with_end(
            ui,
            32.0,
            |ui| widgets::tab_strip(ui, &strip, &mut selected),
            |ui| {
                let list = ui.menu_button("Other", |ui| {
                    for measure in menu {
                        if ui.button(measure.title()).clicked() {
                            other = Some(measure.clone());
                        }
                    }
                });
                list.response.on_hover_text("Measures of which nobody spoke here");
            },
        );
        let turned = if turned { tabs.get(selected).cloned() } else { None };
        if let Some(measure) = other.or(turned) {
            self.measure = Some(measure.clone());
            self.class = None;
            self.hand = None;
            return measure;
        }
        tabs.get(selected).cloned().unwrap_or(Measure::Killed)
    }

    #[expect(clippy::too_many_arguments, reason = "what a figure reads and what it writes")]
    fn figure(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        event: &Event,
        measure: &Measure,
        figures: Option<&MeasureFigures>,
        desk: &mut Desk,
        actions: &mut Actions,
    ) -> Class {
        let class = self.class.clone().filter(|class| figures.is_some_and(|f| f.get(class).is_some()));
        let class = class.unwrap_or(Class::TOTAL);
        let shown = Shown { project: view.project, derived: view.derived, event, measure, class: &class, figures };
        // The claims take the keyboard where there are any.
        let focus = desk.takes_focus(Pane::Side);
        let nobody = claims_on(view, event.id, measure).is_empty();
        if focus && !nobody {
            self.table.focus();
            self.table.reveal();
        }
        let form_open = self.hand.as_ref().is_some_and(|form| form.sets(event.id, measure, &class));
        if shown.number_ui(ui, form_open, focus && nobody, actions) == Asked::ByHand {
            let range = figures.and_then(|f| f.get(&class)).and_then(|f| f.value.range());
            let start = range.map_or([None; 3], |range| [Some(range.low), range.best, range.high]);
            self.hand = Some(HandForm::new(event.id, measure, &class, start, &self.signer));
        } else if form_open {
            self.hand_ui(ui, view, actions);
        }
        class
    }

    fn hand_ui(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
        let Some(form) = &mut self.hand else { return };
        match form.ui(ui, view.project, view.derived) {
            Outcome::Open => {}
            Outcome::Cancelled => self.hand = None,
            Outcome::Done(edit) => {
                form.name().clone_into(&mut self.signer);
                actions.push(Action::Edit(*edit));
                self.hand = None;
            }
        }
    }

    /// Works the voices out where the snapshot, the event or the measure is another.
    fn hear(&mut self, view: &View<'_>, event: EventId, measure: &Measure, figures: Option<&MeasureFigures>) {
        let known =
            |voices: &Voices| (voices.revision, voices.event) == (view.revision, event) && voices.measure == *measure;
        if self.voices.as_ref().is_some_and(known) {
            return;
        }
        let heard = voices::heard(view.project, view.derived, event, measure);
        self.voices = Some(Voices {
            revision: view.revision,
            event,
            measure: measure.clone(),
            groups: lines::groups(view.project, &heard, figures),
            alike: voices::alike(view.project, view.derived, event, measure),
        });
    }

    fn plot(&mut self, ui: &mut Ui, voices: &Voices, class: &Class, figures: Option<&MeasureFigures>, desk: &mut Desk) {
        let figure = figures.and_then(|figures| figures.get(class));
        let plot = Plot {
            measure: &voices.measure,
            voices: voices.groups.iter().filter(|group| group.class == *class).collect(),
            figure: figure.and_then(|figure| figure.value.range()),
            told: figure.map_or_else(String::new, |figure| figures::spoken(figure.value, figure.marks)),
            current: desk.claim,
        };
        ui.add_space(4.0);
        if let Some(claim) = plot.ui(ui) {
            desk.claim = Some(claim);
            self.revealed = Some(claim);
            self.table.focus();
            self.table.reveal();
        }
    }

    /// How the number became known. A claim that is pressed there is current, and the keyboard stays.
    fn became_known(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        number: (EventId, &Measure, &Class),
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let asked = self.timeline.ui(ui, view, number, desk.claim);
        self.number = self.timeline.has_claims().then(|| (number.0, number.1.clone(), number.2.clone()));
        match asked {
            None => {}
            Some(timeline::Asked::Claim(claim)) => {
                desk.claim = Some(claim);
                self.table.reveal();
            }
            Some(timeline::Asked::Quote(claim)) => {
                desk.claim = Some(claim);
                self.grant(Wish::Quote(claim), view, desk, actions);
            }
        }
    }

    /// The rule, the classes to choose from, and how the figure was made.
    fn working(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        event: &Event,
        measure: &Measure,
        class: &Class,
        figures: Option<&MeasureFigures>,
    ) {
        ui.add_space(8.0);
        let shown = Shown { project: view.project, derived: view.derived, event, measure, class, figures };
        if let Asked::Class(chosen) = shown.rule_ui(ui) {
            self.class = Some(chosen);
            self.hand = None;
        }
        shown.working_ui(ui);
    }

    #[expect(clippy::too_many_arguments, reason = "what the claims read and what they write")]
    fn claims(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        event: &Event,
        voices: &Voices,
        figures: Option<&MeasureFigures>,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let claims: Vec<ClaimId> = voices.groups.iter().flat_map(|g| &g.lines).map(|line| line.claim).collect();
        let title = figures::count(claims.len(), "claim", "claims");
        if !self.table.is_pointing() {
            // As high as the question that takes its place while a claim is pointed at: the rows must not move away.
            let row = egui::vec2(ui.available_width(), table::QUESTION);
            ui.allocate_ui_with_layout(row, egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.set_min_height(table::QUESTION);
                widgets::section_title(ui, &format!("{title} on {}", voices.measure));
            });
        }
        let Some(first) = claims.first() else {
            widgets::muted(ui, "None yet. In the reader, select a figure and press the key of its measure.");
            self.wants_split = false;
            return;
        };
        self.split_ui(ui, view, event, voices, desk, actions);
        alike::ui(ui, view.project, &voices.alike, &mut self.apart, actions);
        let current = desk.claim.filter(|id| claims.contains(id));
        if current.is_some() && desk.claim != self.revealed {
            self.table.reveal();
        }
        let shown = table::Shown { project: view.project, groups: &voices.groups, current: current.unwrap_or(*first) };
        let (now, wishes) = self.table.ui(ui, &shown);
        // What is changed is looked at: it stays current where the change moves its row.
        if current.is_some() || now != *first || !wishes.is_empty() {
            desk.claim = Some(now);
        }
        self.revealed = desk.claim;
        for wish in wishes {
            self.grant(wish, view, desk, actions);
        }
        if self.open.as_ref().is_some_and(|open| !open.is_about(now)) {
            self.open = None;
        }
        ui.add_space(4.0);
        if let Some(claim) = dataset::claim(view.project, now) {
            let details = Details { view, claim, claims: &claims, figures };
            let (wish, left) = details.ui(ui, &mut self.open, actions);
            if left {
                self.table.focus();
                ui.ctx().request_repaint();
            }
            if let Some(wish) = wish {
                desk.claim = Some(now);
                self.revealed = desk.claim;
                self.grant(wish, view, desk, actions);
            }
        }
    }

    /// Does what was wished of claims, or asks for what is missing.
    fn grant(&mut self, wish: Wish, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let claim_of = |id: ClaimId| dataset::claim(view.project, id);
        match wish {
            Wish::Quote(id) => match source_row::can_be_shown(view.project, id) {
                true => actions.push(Action::Show(Target::Quote(id, 0))),
                false => actions.extend(claim_of(id).map(|claim| Action::Say(source_row::without_quote(claim)))),
            },
            Wish::Form(id) => self.open = claim_of(id).map(|claim| Open::form(claim)),
            Wish::Aside(ids) => {
                let set_aside = |id: &&ClaimId| claim_of(**id).is_some_and(|claim| claim.aside.is_some());
                if ids.iter().filter(set_aside).count() == ids.len() {
                    actions.push(Action::Edit(counting(view.project, &ids, None)));
                } else {
                    self.open = Some(Open::aside(ids.into_iter().filter(|id| !set_aside(&id)).collect()));
                    // The question stands at the current claim.
                    if let (Some(Open::Aside(_)), Some(current)) = (&self.open, desk.claim)
                        && !self.open.as_ref().is_some_and(|open| open.is_about(current))
                    {
                        desk.claim = self.open.as_ref().and_then(Open::first);
                    }
                }
            }
            Wish::Delete(ids) => {
                actions.push(Action::Edit(Edit::RemoveClaims(ids)));
                self.open = None;
            }
            Wish::Split => self.wants_split = true,
            Wish::Alone(id) => match relate::stand_alone(view.project, id) {
                Ok(edit) => actions.push(Action::Edit(edit)),
                Err(why) => actions.push(Action::Complain(why)),
            },
            Wish::Change(edit) => actions.push(Action::Edit(edit)),
        }
    }

    /// Asks how the claims that are taken together become an event of their own.
    pub fn split(&mut self) {
        self.wants_split = true;
    }

    fn split_ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        event: &Event,
        voices: &Voices,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        if std::mem::take(&mut self.wants_split) {
            let first = voices.groups.first().and_then(Group::first);
            let taken = self.table.taken(&voices.groups, desk.claim.or(first));
            self.split = Some(SplitBar::new(event, taken));
        }
        let Some(bar) = &mut self.split else { return };
        match bar.ui(ui, view, event) {
            Answer::Open => return,
            Answer::GivenUp => self.table.focus(),
            Answer::Split(edit, new) => {
                actions.push(Action::Edit(*edit));
                actions.push(Action::Show(Target::Event(new)));
                actions.push(Action::EditCell(new, "title"));
            }
        }
        self.split = None;
    }
}

/// The claims of an event on one measure, in the order of their reports.
fn claims_on(view: &View<'_>, event: EventId, measure: &Measure) -> Vec<ClaimId> {
    let on = |id: &ClaimId| dataset::claim(view.project, *id).is_some_and(|claim| claim.measure == *measure);
    view.derived.claims_of(event).filter(on).collect()
}

/// What the event covers, and the notes about it.
fn links(ui: &mut Ui, view: &View<'_>, event: &Event, actions: &mut Actions) {
    if !event.covers.is_empty() {
        ui.add_space(8.0);
        let title = figures::count(event.covers.len(), "event", "events");
        widgets::section_title(ui, &format!("Covers {title}"));
        widgets::muted(ui, "In totals it adds only what exceeds them");
        for id in &event.covers {
            let Some(covered) = view.project.events.get(*id) else { continue };
            let when = covered.when.as_ref().map(|when| format!(", {}", when.describe())).unwrap_or_default();
            ui.push_id(id.as_str(), |ui| {
                ui.horizontal(|ui| {
                    let remove = format!("Do not cover {}", covered.name());
                    if widgets::icon_button(ui, icons::X, &remove).clicked() {
                        let covers = event.covers.iter().filter(|other| *other != id).copied().collect();
                        let event = Event { covers, ..event.clone() };
                        actions.push(Action::Edit(Edit::SetEvents {
                            events: vec![event.into()],
                            what: "covered events".to_owned(),
                        }));
                    }
                    // In a row a link would run on, and push the pane wider for good.
                    ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
                    if ui.link(format!("{}{when}", covered.name())).clicked() {
                        actions.push(Action::Show(Target::Event(*id)));
                    }
                });
            });
        }
    }
    ui.add_space(8.0);
    widgets::section_title(ui, "Notes");
    for id in view.derived.notes_about(Subject::Event(event.id)) {
        let Some(note) = view.project.notes.get(*id) else { continue };
        ui.push_id(id.as_str(), |ui| {
            ui.horizontal_wrapped(|ui| {
                let title = if note.title.is_empty() { "Untitled note" } else { &note.title };
                if ui.link(title).clicked() {
                    actions.push(Action::Show(Target::Note(*id)));
                }
                let colour = theme::tokens(ui).muted;
                ui.add(Label::new(RichText::new(note.kind.key()).small().color(colour)));
            });
        });
    }
    if widgets::quiet_button(ui, icons::NOTE_PENCIL, "Add note").clicked() {
        let note = Note::new(NoteId::random(), Some(Subject::Event(event.id)), Some(view.now));
        let id = note.id;
        actions.push(Action::Edit(Edit::AddNote(Box::new(note))));
        actions.push(Action::Show(Target::Note(id)));
    }
}
