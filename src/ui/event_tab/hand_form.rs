//! A figure being set by hand: low, best, high, a reason and a name.

use egui::Ui;

use super::claim_form::{Outcome, entered, problem};
use crate::derive::{Derived, beneath};
use crate::edit::Edit;
use crate::model::{ByHand, Class, Event, EventId, Measure, Project, Quantity};
use crate::ui::{figures, widgets};

/// What is typed so far.
#[derive(Debug)]
pub struct HandForm {
    event: EventId,
    measure: Measure,
    class: Class,
    low: String,
    best: String,
    high: String,
    reason: String,
    name: String,
    refused: Option<String>,
    fresh: bool,
}

impl HandForm {
    /// A form that begins with these numbers; `name` is who signed last.
    pub fn new(event: EventId, measure: &Measure, class: &Class, start: [Option<u64>; 3], name: &str) -> Self {
        let [low, best, high] = start.map(|n| n.map(figures::grouped).unwrap_or_default());
        Self {
            event,
            measure: measure.clone(),
            class: class.clone(),
            low,
            best,
            high,
            reason: String::new(),
            name: name.to_owned(),
            refused: None,
            fresh: true,
        }
    }

    /// Which figure it sets.
    pub fn sets(&self, event: EventId, measure: &Measure, class: &Class) -> bool {
        self.event == event && self.measure == *measure && self.class == *class
    }

    /// Who signs.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The figure as typed, set over claims that give this.
    fn read(&self, claims_gave: Option<Quantity>) -> Result<ByHand, String> {
        let low =
            whole("Low", &self.low)?.ok_or_else(|| "Low needs a number; 0 if nothing less is certain".to_owned())?;
        if self.name.trim().is_empty() {
            return Err("Say who decides this".to_owned());
        }
        Ok(ByHand {
            measure: self.measure.clone(),
            class: self.class.clone(),
            low,
            best: whole("Best", &self.best)?,
            high: whole("High", &self.high)?,
            reason: self.reason.trim().into(),
            name: self.name.trim().into(),
            claims_gave,
        })
    }

    fn accept(&mut self, project: &Project, derived: &Derived) -> Outcome {
        let gave = beneath(project, derived, self.event).gives(&self.measure, &self.class);
        let made = self.read(gave).and_then(|hand| {
            let event = project.events.get(self.event).ok_or_else(|| "The event is gone".to_owned())?;
            let edit = set(event, hand);
            edit.apply(project).map_err(|error| error.to_string())?;
            Ok(edit)
        });
        match made {
            Ok(edit) => Outcome::Done(Box::new(edit)),
            Err(why) => {
                self.refused = Some(why);
                Outcome::Open
            }
        }
    }

    /// Draws the form.
    pub fn ui(&mut self, ui: &mut Ui, project: &Project, derived: &Derived) -> Outcome {
        let mut enter = false;
        ui.columns(3, |columns| {
            let fields = [
                ("Low", &mut self.low),
                ("Best (empty: none)", &mut self.best),
                ("High (empty: open)", &mut self.high),
            ];
            for (column, (label, text)) in columns.iter_mut().zip(fields) {
                let field = widgets::field(column, label, text);
                if label == "Low" && std::mem::take(&mut self.fresh) {
                    field.request_focus();
                }
                enter |= entered(column, &field);
            }
        });
        let reason = widgets::field(ui, "Reason", &mut self.reason);
        enter |= entered(ui, &reason);
        let name = widgets::field(ui, "Decided by", &mut self.name);
        enter |= entered(ui, &name);
        if let Some(why) = &self.refused {
            problem(ui, why);
        }
        let mut outcome = Outcome::Open;
        ui.horizontal(|ui| {
            if widgets::primary_button(ui, "Set figure").clicked() || enter {
                outcome = self.accept(project, derived);
            }
            if ui.button("Cancel").clicked() || ui.input(|i| i.key_pressed(egui::Key::Escape)) {
                outcome = Outcome::Cancelled;
            }
        });
        outcome
    }
}

/// The change that sets a figure by hand, in the place of an earlier one.
fn set(event: &Event, hand: ByHand) -> Edit {
    let mut event = event.clone();
    event.by_hand.retain(|old| (&old.measure, &old.class) != (&hand.measure, &hand.class));
    event.by_hand.push(hand);
    Edit::SetEvents { events: vec![event.into()], what: "figure by hand".to_owned() }
}

/// The change that lets a figure stand though the claims beneath it changed: it is set over what they give now. `None`
/// where no figure is set, or where it is not known what they give.
pub fn confirmed(
    project: &Project,
    derived: &Derived,
    event: &Event,
    measure: &Measure,
    class: &Class,
) -> Option<Edit> {
    let gave = beneath(project, derived, event.id).gives(measure, class);
    let mut event = event.clone();
    let hand = event.by_hand.iter_mut().find(|hand| hand.measure == *measure && hand.class == *class)?;
    hand.claims_gave = gave;
    let label = format!("Confirm the figure by hand of “{}”", event.name());
    let set = Edit::SetEvents { events: vec![event.into()], what: "figure by hand".to_owned() };
    Some(Edit::Several { label, edits: vec![set] })
}

/// The change that lets the claims decide again.
pub fn back_to_claims(event: &Event, measure: &Measure, class: &Class) -> Edit {
    let mut event = event.clone();
    event.by_hand.retain(|old| (&old.measure, &old.class) != (measure, class));
    Edit::SetEvents { events: vec![event.into()], what: "figure by hand".to_owned() }
}

/// One plain number as typed; nothing where nothing is typed.
fn whole(field: &str, text: &str) -> Result<Option<u64>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match Quantity::parse(text) {
        Ok(Quantity::Exactly(n)) => Ok(Some(n)),
        Ok(Quantity::NoneAsserted) => Ok(Some(0)),
        Ok(_) => Err(format!("{field} needs one plain number")),
        Err(why) => Err(format!("{field}: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(low: &str, best: &str, high: &str) -> HandForm {
        let mut form = HandForm::new(EventId::random(), &Measure::Killed, &Class::TOTAL, [None; 3], "Aigerim");
        (form.low, form.best, form.high) = (low.to_owned(), best.to_owned(), high.to_owned());
        form
    }

    #[test]
    fn empty_best_is_none_and_empty_high_is_open() {
        let hand = form("1,200", "", "").read(None).expect("readable");
        assert_eq!((hand.low, hand.best, hand.high), (1200, None, None));
    }

    #[test]
    fn what_is_no_plain_number_is_refused() {
        assert_eq!(form("", "", "").read(None), Err("Low needs a number; 0 if nothing less is certain".to_owned()));
        assert_eq!(form("3", "3+", "").read(None), Err("Best needs one plain number".to_owned()));
        let mut unsigned = form("3", "3", "3");
        unsigned.name.clear();
        assert!(unsigned.read(None).is_err());
    }
}
