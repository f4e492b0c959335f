//! The row above the chart: what is counted, how large a bin is, where imprecise dates go, among whom.

use egui::{ComboBox, Response, Ui};

use crate::derive::calendar::{BinSize, Unit};
use crate::derive::totals::Placing;
use crate::model::{BaseClass, Class, Measure, Project};
use crate::ui::theme::icons;
use crate::ui::widgets;

/// What the chart asks of the totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is counted.
    pub measure: Measure,
    /// Among whom.
    pub class: Class,
    /// How large a bin is.
    pub size: BinSize,
    /// Where dates go that are not one day.
    pub placing: Placing,
    /// Only events around the days that were searched, where the project says which those are: an event of another year
    /// that was coded for comparison would press the rest into a corner.
    pub searched_only: bool,
}

impl Default for Question {
    fn default() -> Self {
        let (size, placing) = (BinSize::default(), Placing::default());
        Self { measure: Measure::Killed, class: Class::TOTAL, size, placing, searched_only: true }
    }
}

/// Draws the row. Returns whether the whole time was asked for; `unit` is the size of bins in force.
pub fn ui(ui: &mut Ui, project: &Project, question: &mut Question, unit: Option<Unit>, zoomed: bool) -> bool {
    let mut whole = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let room = ui.available_width() - 68.0;
        let width = ((room - 12.0) / 4.0).clamp(64.0, 128.0);
        let measures: Vec<_> = project.measures().map(|measure| (measure.clone(), measure.title())).collect();
        pick(ui, "Measure", width, &mut question.measure, &measures, None);
        let auto = unit.filter(|_| question.size == BinSize::Auto).map(|unit| format!("Auto: {}", unit.key()));
        let sizes = std::iter::once((BinSize::Auto, "Automatic".to_owned()));
        let sizes: Vec<_> = sizes.chain(Unit::ALL.map(|unit| (BinSize::Fixed(unit), bin_words(unit)))).collect();
        pick(ui, "Size of bins", width, &mut question.size, &sizes, auto);
        let placings = Placing::ALL.map(|placing| (placing, placing_words(placing).to_owned()));
        pick(ui, "Placing of imprecise dates", width, &mut question.placing, &placings, None);
        let mut classes: Vec<Class> = BaseClass::ALL.into_iter().map(Class::Base).collect();
        classes.extend(project.about.codebook.groups.iter().cloned());
        let classes: Vec<_> = classes.into_iter().map(|class| (class.clone(), class_words(&class))).collect();
        pick(ui, "Class", width, &mut question.class, &classes, None);
        if !project.about.coverage.is_empty() {
            let toggle =
                widgets::icon_toggle(ui, icons::CALENDAR, "Only around the days searched", question.searched_only);
            if toggle.clicked() {
                question.searched_only = !question.searched_only;
            }
        }
        let button = |ui: &mut Ui| widgets::icon_button(ui, icons::REFRESH, "Show the whole time");
        whole = ui.add_enabled_ui(zoomed, button).inner.clicked();
    });
    whole
}

fn bin_words(unit: Unit) -> String {
    match unit {
        Unit::Day => "By day",
        Unit::Week => "By week",
        Unit::Month => "By month",
        Unit::Quarter => "By quarter",
        Unit::Year => "By year",
    }
    .to_owned()
}

const fn placing_words(placing: Placing) -> &'static str {
    match placing {
        Placing::Within => "If it fits",
        Placing::Start => "First day",
        Placing::End => "Last day",
        Placing::Spread => "Spread evenly",
    }
}

fn class_words(class: &Class) -> String {
    match class {
        Class::Base(BaseClass::A) => "Fighters of A".to_owned(),
        Class::Base(BaseClass::B) => "Fighters of B".to_owned(),
        Class::Base(BaseClass::AllA) => "All of A".to_owned(),
        Class::Base(BaseClass::AllB) => "All of B".to_owned(),
        Class::Base(BaseClass::Total) => "Total".to_owned(),
        Class::Base(BaseClass::Civilians) => "Civilians".to_owned(),
        Class::Base(BaseClass::Unknown) => "Status unknown".to_owned(),
        Class::Sub { .. } => class.to_string(),
    }
}

/// A pick list without a label of its own; `name` is its tooltip and its name for screen readers.
pub(super) fn pick<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    value: &mut T,
    options: &[(T, String)],
    shown: Option<String>,
) -> Response {
    let chosen = options.iter().find(|(option, _)| option == value).map(|(_, words)| words.clone());
    let chosen = shown.or(chosen).unwrap_or_default();
    let list = ComboBox::from_id_salt(name).selected_text(chosen.clone()).width(width).truncate();
    let response = list
        .show_ui(ui, |ui| {
            for (option, words) in options {
                crate::ui::widgets::choose(ui, value, option.clone(), words);
            }
        })
        .response;
    response.accessible_name(name).on_hover_text(format!("{name}: {chosen}"))
}
