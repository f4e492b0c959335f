//! The question before claims are split off into an event of their own: which go, and what both events then say.
//! It hands in the change and makes none.

use egui::accesskit::Role;
use egui::{Event as Input, EventFilter, Frame, Id, Key, Label, RichText, Sense, Ui};

use super::words;
use crate::dataset;
use crate::derive::explain_with;
use crate::edit::Edit;
use crate::edit::merge::{split_off, tied_to};
use crate::model::{Claim, ClaimId, Class, Event, EventId, Measure};
use crate::ui::{View, figures, theme, widgets};

/// What was answered.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// Nothing yet.
    Open,
    /// Nothing is split off.
    GivenUp,
    /// This change, and the new event.
    Split(Box<Edit>, EventId),
}

/// What would come of it.
#[derive(Debug)]
struct Preview {
    revision: u64,
    told: Vec<String>,
    refused: Option<String>,
    tied: Vec<ClaimId>,
}

/// The question while it is open.
#[derive(Debug)]
pub struct SplitBar {
    claims: Vec<ClaimId>,
    new: Event,
    preview: Option<Preview>,
    fresh: bool,
}

impl SplitBar {
    /// Asks about claims of this event.
    pub fn new(event: &Event, claims: Vec<ClaimId>) -> Self {
        Self { claims, new: split_off(event), preview: None, fresh: true }
    }

    fn id() -> Id {
        Id::unique("split claims off")
    }

    fn edit(&self) -> Edit {
        let new_event = Some(Box::new(self.new.clone()));
        Edit::MoveClaims { claims: self.claims.clone(), to: self.new.id, new_event }
    }

    /// Draws the question.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, event: &Event) -> Answer {
        self.claims.retain(|id| dataset::claim(view.project, *id).is_some_and(|claim| claim.event == event.id));
        if self.claims.is_empty() {
            return Answer::GivenUp;
        }
        if std::mem::take(&mut self.fresh) {
            ui.memory_mut(|memory| memory.request_focus(Self::id()));
        }
        if self.preview.as_ref().is_none_or(|preview| preview.revision != view.revision) {
            self.preview = Some(self.work_out(view, event));
        }
        let mut answer = self.keys(ui);
        let tokens = theme::tokens(ui);
        let frame = Frame::new().fill(tokens.info.fill).corner_radius(6.0).inner_margin(10);
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            let many = figures::count(self.claims.len(), "claim", "claims");
            widgets::section_title(ui, &format!("Split {many} off into a new event"));
            let Some(preview) = &self.preview else { return Answer::Open };
            for text in &preview.told {
                ui.add(Label::new(RichText::new(text).color(tokens.text)).wrap());
            }
            if let Some(why) = &preview.refused {
                ui.add(Label::new(RichText::new(why).color(tokens.error.text)).wrap());
            }
            self.buttons(ui)
        });
        if shown.inner != Answer::Open {
            answer = shown.inner;
        }
        let rect = shown.response.rect;
        ui.interact(rect, Self::id(), Sense::focusable_noninteractive());
        ui.memory_mut(|memory| {
            let filter = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: false, escape: true };
            memory.set_focus_lock_filter(Self::id(), filter);
        });
        ui.ctx().accesskit_node_builder(Self::id(), |node| {
            node.set_role(Role::Group);
            node.set_label("Split claims off: Enter splits, Esc gives up");
        });
        answer
    }

    fn buttons(&mut self, ui: &mut Ui) -> Answer {
        let mut answer = Answer::Open;
        let Some(preview) = &self.preview else { return answer };
        let tied = preview.tied.clone();
        let fine = preview.refused.is_none();
        ui.horizontal_wrapped(|ui| {
            if !tied.is_empty() {
                let text = if tied.len() == 1 { "Take the tied claim along" } else { "Take the tied claims along" };
                if widgets::primary_button(ui, text).clicked() {
                    self.claims.extend(tied);
                    self.preview = None;
                }
            }
            let split = ui.add_enabled_ui(fine, |ui| widgets::primary_button(ui, "Split off")).inner;
            if split.clicked() {
                answer = Answer::Split(Box::new(self.edit()), self.new.id);
            }
            if ui.button("Cancel").clicked() {
                answer = Answer::GivenUp;
            }
            widgets::caption(ui, "Enter splits off · Esc gives up");
        });
        answer
    }

    fn keys(&self, ui: &Ui) -> Answer {
        if !ui.memory(|memory| memory.has_focus(Self::id())) {
            return Answer::Open;
        }
        let mut answer = Answer::Open;
        let fine = self.preview.as_ref().is_some_and(|preview| preview.refused.is_none());
        let inputs = ui.input_mut(|input| std::mem::take(&mut input.events));
        let mut left = Vec::with_capacity(inputs.len());
        for input in inputs {
            match &input {
                Input::Key { key: Key::Enter, pressed: true, .. } if fine => {
                    answer = Answer::Split(Box::new(self.edit()), self.new.id);
                }
                Input::Key { key: Key::Escape, pressed: true, .. } => answer = Answer::GivenUp,
                _ => left.push(input),
            }
        }
        ui.input_mut(|input| input.events = left);
        answer
    }

    fn work_out(&self, view: &View<'_>, event: &Event) -> Preview {
        let project = view.project;
        let claims = |goes: bool| {
            let all = view.derived.claims_of(event.id).filter(move |id| self.claims.contains(id) == goes);
            all.filter_map(|id| dataset::claim(project, id)).map(|claim| &**claim)
        };
        let names: Vec<String> = claims(true).map(|claim| words::name(project, claim)).collect();
        let go = if names.len() == 1 { "goes" } else { "go" };
        let mut told = vec![format!("{} {go} to a new event with the same date, place and sides", names.join("; "))];
        let (here, there) =
            (explain_with(project, event, claims(false)), explain_with(project, &self.new, claims(true)));
        let mut measures: Vec<&Measure> = claims(true).map(|claim: &Claim| &claim.measure).collect();
        measures.sort();
        measures.dedup();
        for measure in measures {
            let short = |made: &crate::derive::figures::EventFigures| {
                let (value, marks) = made.get(measure).map(|f| (f.total.value, f.total.marks)).unwrap_or_default();
                figures::short(value, marks)
            };
            let now = view.derived.figure(event.id, measure, &Class::TOTAL);
            let now = figures::short(now.value, now.marks);
            told.push(format!("{}: {now} becomes {} here and {} there", measure.title(), short(&here), short(&there)));
            if event.by_hand.iter().any(|hand| hand.measure == *measure) {
                told.push(format!(
                    "The figure of {measure} that was set by hand stays here: see whether it still holds"
                ));
            }
        }
        let refused = self.edit().apply(project).err().map(|error| error.to_string());
        Preview { revision: view.revision, told, refused, tied: tied_to(project, &self.claims) }
    }
}
