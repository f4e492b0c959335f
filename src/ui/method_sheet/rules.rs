//! The rule in force for all measures, and for single ones.

use egui::{Align, ComboBox, Label, Layout, Response, RichText, Ui, vec2};

use crate::model::{Measure, Method, Methodology, Project};
use crate::ui::figures::sentence;
use crate::ui::{theme, widgets};

/// Height of a list in which every method is seen without scrolling.
const WHOLE: f32 = 340.0;

/// Draws the rules. `focus` gives the keyboard to the first one.
pub fn ui(ui: &mut Ui, project: &Project, sheet: &mut Methodology, focus: bool) {
    ui.add_space(4.0);
    widgets::section_title(ui, "Rules");
    let list = widgets::field_with(ui, "Rule for all measures", |ui| {
        let width = ui.available_width();
        let list = ComboBox::from_id_salt("rule for all measures")
            .selected_text(named(sheet.method))
            .width(width)
            .height(WHOLE);
        list.show_ui(ui, |ui| {
            for option in Method::ALL {
                crate::ui::widgets::choose(ui, &mut sheet.method, option, named(option)).on_hover_text(option.help());
            }
        })
        .response
    });
    if focus {
        list.request_focus();
    }
    widgets::muted(ui, sheet.method.help());
    ui.add_space(2.0);
    for measure in measures(project, sheet) {
        measure_row(ui, &measure, sheet);
    }
}

/// A rule with its version: `Conservative (ACLED) 1`.
pub fn named(method: Method) -> String {
    let version = method.key().rsplit(' ').next().unwrap_or_default();
    format!("{} {version}", sentence(method.title()))
}

/// The measures of the project, and those that only the sheet knows.
fn measures(project: &Project, sheet: &Methodology) -> Vec<Measure> {
    let mut measures: Vec<Measure> = project.measures().collect();
    let strange: Vec<Measure> = sheet.methods.keys().filter(|measure| !measures.contains(measure)).cloned().collect();
    measures.extend(strange);
    measures
}

fn measure_row(ui: &mut Ui, measure: &Measure, sheet: &mut Methodology) {
    /// Room for the longest built-in measure.
    const NAME: f32 = 96.0;
    let own = sheet.methods.get(measure).copied();
    let mut chosen = own;
    let row = vec2(ui.available_width(), theme::ROW);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
        ui.allocate_ui_with_layout(vec2(NAME, theme::ROW), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(NAME);
            ui.add(Label::new(measure.title()).truncate());
        });
        measure_list(ui, measure, sheet.method, &mut chosen);
    });
    match chosen {
        Some(method) => sheet.methods.insert(measure.clone(), method),
        None => sheet.methods.remove(measure),
    };
}

fn measure_list(ui: &mut Ui, measure: &Measure, all: Method, chosen: &mut Option<Method>) -> Response {
    let tokens = theme::tokens(ui);
    let shown = match *chosen {
        Some(method) => RichText::new(named(method)).color(tokens.text),
        None => RichText::new("As for all measures").color(tokens.muted),
    };
    let in_force = chosen.unwrap_or(all);
    let list = ComboBox::from_id_salt(("rule for", measure))
        .selected_text(shown)
        .width(ui.available_width())
        .height(WHOLE)
        .truncate();
    let response = list
        .show_ui(ui, |ui| {
            crate::ui::widgets::choose(ui, chosen, None, "As for all measures");
            for option in Method::ALL {
                crate::ui::widgets::choose(ui, chosen, Some(option), named(option)).on_hover_text(option.help());
            }
        })
        .response;
    response.accessible_name(format!("Rule for {measure}")).on_hover_text(in_force.help())
}
