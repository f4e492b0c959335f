//! The current event with its claims side by side: its figure, how it was made, and everything that was said.
//!
//! The tab changes nothing itself: what is typed stays in a form until it is whole, and then leaves as an edit.

mod cards;
mod claim_form;
mod figure;
mod hand_form;
mod head;
mod sheet;
mod words;

use egui::{Label, RichText, ScrollArea, Ui};

use self::cards::{Cards, Open};
use self::claim_form::Outcome;
use self::figure::{Asked, Shown};
use self::hand_form::HandForm;
use self::sheet::Sheet;
use super::theme::icons;
use super::{Action, Actions, Desk, Pane, Target, View, figures, theme, widgets};
use crate::derive::explain;
use crate::derive::figures::EventFigures;
use crate::edit::Edit;
use crate::model::{ClaimId, Class, Event, EventId, Measure, Note, NoteId, Subject};

/// The figures of one event with their working, for one snapshot.
#[derive(Debug)]
struct WorkedOut {
    revision: u64,
    event: EventId,
    figures: EventFigures,
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
    open: Option<Open>,
    hand: Option<HandForm>,
    /// Who set a figure last.
    signer: String,
    /// The claim that was scrolled to last.
    revealed: Option<ClaimId>,
    sheet: Sheet,
}

impl EventTab {
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

    /// Forgets what was typed about another event, and turns to the claim that was looked at last.
    fn turn_to(&mut self, event: EventId, view: &View<'_>, desk: &Desk) {
        if self.event != Some(event) {
            self.event = Some(event);
            self.measure = None;
            self.class = None;
            self.open = None;
            self.hand = None;
            self.revealed = None;
        }
        let stale = self.worked_out.as_ref().is_none_or(|w| (w.revision, w.event) != (view.revision, event));
        if stale {
            let figures = explain(view.project, view.derived, event);
            self.worked_out = Some(WorkedOut { revision: view.revision, event, figures });
        }
        if desk.claim != self.revealed
            && let Some(claim) = desk.claim.and_then(|id| view.project.claims.get(id)).filter(|c| c.event == event)
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
        self.figure(ui, view, event, &measure, figures, desk, actions);
        ui.add_space(8.0);
        self.claims(ui, view, event, &measure, figures, desk, actions);
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
        figures: Option<&crate::derive::figures::MeasureFigures>,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let class = self.class.clone().filter(|class| figures.is_some_and(|f| f.get(class).is_some()));
        let class = class.unwrap_or(Class::TOTAL);
        let shown = Shown { project: view.project, event, measure, class: &class, figures };
        let focus = desk.takes_focus(Pane::Side);
        let form_open = self.hand.as_ref().is_some_and(|form| form.sets(event.id, measure, &class));
        if shown.number_ui(ui, form_open, focus, actions) == Asked::ByHand {
            let range = figures.and_then(|f| f.get(&class)).and_then(|f| f.value.range());
            let start = range.map_or([None; 3], |range| [Some(range.low), range.best, range.high]);
            self.hand = Some(HandForm::new(event.id, measure, &class, start, &self.signer));
        } else if form_open {
            self.hand_ui(ui, view, actions);
        }
        if let Asked::Class(class) = shown.working_ui(ui) {
            self.class = Some(class);
            self.hand = None;
        }
    }

    fn hand_ui(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
        let Some(form) = &mut self.hand else { return };
        match form.ui(ui, view.project) {
            Outcome::Open => {}
            Outcome::Cancelled => self.hand = None,
            Outcome::Done(edit) => {
                form.name().clone_into(&mut self.signer);
                actions.push(Action::Edit(*edit));
                self.hand = None;
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a card reads and what it writes")]
    fn claims(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        event: &Event,
        measure: &Measure,
        figures: Option<&crate::derive::figures::MeasureFigures>,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let claims = claims_on(view, event.id, measure);
        let title = figures::count(claims.len(), "claim", "claims");
        widgets::section_title(ui, &format!("{title} on {measure}"));
        if claims.is_empty() {
            widgets::muted(ui, "None yet. In the reader, select a figure and press the key of its measure.");
        }
        let reveal = desk.claim.filter(|id| Some(*id) != self.revealed && claims.contains(id));
        Cards { view, claims: &claims, figures, reveal }.ui(ui, &mut self.open, desk, actions);
        // A click on a card here needs no scrolling to it.
        self.revealed = desk.claim;
    }
}

/// The claims of an event on one measure, in the order of their reports.
fn claims_on(view: &View<'_>, event: EventId, measure: &Measure) -> Vec<ClaimId> {
    let on = |id: &&ClaimId| view.project.claims.get(**id).is_some_and(|claim| claim.measure == *measure);
    view.derived.claims_of(event).iter().filter(on).copied().collect()
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
            if ui.link(format!("{}{when}", covered.name())).clicked() {
                actions.push(Action::Show(Target::Event(*id)));
            }
        }
    }
    ui.add_space(8.0);
    widgets::section_title(ui, "Notes");
    for id in view.derived.notes_about(Subject::Event(event.id)) {
        let Some(note) = view.project.notes.get(*id) else { continue };
        ui.push_id(id.as_str(), |ui| {
            ui.horizontal(|ui| {
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
