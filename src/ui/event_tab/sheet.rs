//! At the foot of the event: which rule is in force, the way to the method sheet, and what another rule would make of
//! this event.

use egui::{Align, Grid, Label, Layout, RichText, Ui};

use crate::command::Command;
use crate::derive::explain_claims;
use crate::derive::figures::{Marks, Value};
use crate::model::{EventId, Measure, Method, Methodology};
use crate::ui::figures::sentence;
use crate::ui::theme;
use crate::ui::widgets;
use crate::ui::{Action, Actions, View, figures};

/// What every method makes of one event, for one snapshot.
#[derive(Debug)]
struct Compared {
    revision: u64,
    event: EventId,
    measure: Measure,
    rows: Vec<(Method, Value, Marks)>,
}

/// The section's own state.
#[derive(Debug, Default)]
pub struct Sheet {
    compared: Option<Compared>,
}

impl Sheet {
    /// Draws the section.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, event: EventId, measure: &Measure, actions: &mut Actions) {
        let in_force = view.project.methodology.method_for(measure);
        widgets::section_title(ui, "Rule");
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(format!("Rule in force: {}", in_force.key()));
            widgets::muted(ui, "·");
            if ui.link("Method sheet").clicked() {
                actions.push(Action::Run(Command::ShowMethod));
            }
        });
        self.compare_ui(ui, view, event, measure);
    }

    fn compare_ui(&mut self, ui: &mut Ui, view: &View<'_>, event: EventId, measure: &Measure) {
        let stale =
            self.compared.as_ref().is_none_or(|c| (c.revision, c.event, &c.measure) != (view.revision, event, measure));
        if stale {
            let rows = compare(view, event, measure);
            self.compared = Some(Compared { revision: view.revision, event, measure: measure.clone(), rows });
        }
        let Some(compared) = &self.compared else { return };
        widgets::muted(ui, format!("This event's {measure} by every rule, from the claims alone"));
        let tokens = theme::tokens(ui);
        let in_force = view.project.methodology.method_for(measure);
        Grid::new("rules compared").num_columns(2).spacing([16.0, 2.0]).show(ui, |ui| {
            for (method, value, marks) in &compared.rows {
                let chosen = *method == in_force;
                let colour = if chosen { tokens.text } else { tokens.muted };
                let name = RichText::new(sentence(method.key())).color(colour);
                ui.add(Label::new(if chosen { name.text_style(theme::LABEL.clone()) } else { name }))
                    .on_hover_text(method.help());
                let text = figures::short(*value, *marks);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let text = RichText::new(text).color(colour);
                    ui.add(Label::new(if chosen { text.text_style(theme::LABEL.clone()) } else { text }));
                });
                ui.end_row();
            }
        });
    }
}

/// One event under every method, without what was set by hand.
fn compare(view: &View<'_>, event: EventId, measure: &Measure) -> Vec<(Method, Value, Marks)> {
    let rows = Method::ALL.into_iter().map(|method| {
        let mut project = view.project.clone();
        let mut sheet = Methodology::clone(&project.methodology);
        sheet.method = method;
        sheet.methods.clear();
        project.methodology = sheet.into();
        let figures = explain_claims(&project, view.derived, event);
        let total = figures.get(measure).map(|figures| &figures.total);
        (method, total.map_or(Value::NoClaim, |f| f.value), total.map_or_else(Marks::default, |f| f.marks))
    });
    rows.collect()
}
