//! The row above the chart: what is counted, how large a bin is, by what it is split, and a menu with what is asked less
//! often. It must fit 480 points.

use egui::containers::menu::{MenuButton, MenuConfig, SubMenuButton};
use egui::{Button, ComboBox, Label, PopupCloseBehavior, Response, RichText, TextEdit, Ui};

use super::made::Asked;
use crate::derive::calendar::{BinSize, Unit};
use crate::derive::facet::Facet;
use crate::derive::series::{Arrangement, Beside, Question, Split};
use crate::derive::totals::Placing;
use crate::model::{Almanac, BaseClass, Class, Measure, Months, Project, Weeks};
use crate::ui::theme::{self, icons};
use crate::ui::widgets;

/// What the row needs to know of the chart.
pub struct Now<'a> {
    pub project: &'a Project,
    /// The size of bins in force.
    pub unit: Option<Unit>,
    /// Whether less than the whole time is shown.
    pub zoomed: bool,
    /// The line of the table's filter.
    pub filter: &'a str,
    /// Why the filter to compare with cannot be read.
    pub mistake: Option<&'a str>,
}

/// Draws the row; changes what is asked, whether the chart follows the table's filter, and how the project writes the
/// calendar. Returns whether the whole time
/// was asked for.
pub fn ui(ui: &mut Ui, now: &Now<'_>, asked: &mut Asked, follows: &mut bool, almanac: &mut Almanac) -> bool {
    let mut whole = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let searches = !now.project.about.coverage.is_empty();
        let icons_wide = if searches { 5.0 } else { 4.0 } * 30.0;
        // As it is at the start of the frame: a list more than there is room for would push the panel wider for good.
        let splits = asked.question.split != Split::None;
        let lists = if splits { 4.0 } else { 3.0 };
        // A list is wider than asked by its padding.
        let width = ((ui.available_width() - icons_wide) / lists - 24.0).clamp(40.0, 128.0);
        measure(ui, now.project, &mut asked.question, width);
        size(ui, now, &mut asked.question, width);
        split(ui, now.project, &mut asked.question, width);
        if splits {
            let options = Arrangement::ALL.map(|option| (option, arrangement_words(option).to_owned()));
            pick(ui, "Arrangement of groups", width, &mut asked.question.arrangement, &options, None);
        }
        toggle(ui, icons::CHART_LINE, "Show the toll up to each day", &mut asked.question.cumulative);
        follow(ui, now.filter, follows);
        if searches {
            toggle(ui, icons::CALENDAR, "Only around the days searched", &mut asked.searched_only);
        }
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let button = Button::new(icons::DOTS_THREE).min_size(egui::vec2(26.0, 26.0));
        let (response, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
            ui.set_min_width(260.0);
            more(ui, now, &mut asked.question);
            calendar(ui, almanac);
        });
        response.accessible_name("More about the chart").on_hover_text("Class, imprecise dates, comparison, calendar");
        let button = |ui: &mut Ui| widgets::icon_button(ui, icons::REFRESH, "Show the whole time");
        whole = ui.add_enabled_ui(now.zoomed, button).inner.clicked();
    });
    whole
}

/// Whether the table's filter is followed; its line is told.
pub(super) fn follow(ui: &mut Ui, filter: &str, follows: &mut bool) {
    let words = match filter.trim() {
        "" => "Follow the table's filter".to_owned(),
        line => format!("Follow the table's filter: {line}"),
    };
    toggle(ui, icons::FILTER, &words, follows);
}

/// Says that less than everything is shown, where a filter is in force.
pub(super) fn only_caption(ui: &mut Ui, line: &str) {
    let line = line.trim();
    if !line.is_empty() {
        let words = RichText::new(format!("Only what the table's filter lets through: {line}"));
        let words = words.text_style(theme::CAPTION.clone()).color(theme::tokens(ui).accent);
        ui.add(Label::new(words).truncate());
    }
}

fn toggle(ui: &mut Ui, icon: &str, label: &str, on: &mut bool) {
    if widgets::icon_toggle(ui, icon, label, *on).clicked() {
        *on = !*on;
    }
}

fn measure(ui: &mut Ui, project: &Project, question: &mut Question, width: f32) {
    let options: Vec<(Measure, String)> =
        project.measures().map(|measure| (measure.clone(), measure.title())).collect();
    pick(ui, "Measure", width, &mut question.measure, &options, None);
}

fn size(ui: &mut Ui, now: &Now<'_>, question: &mut Question, width: f32) {
    let weeks = now.project.about.almanac.weeks;
    let auto = now.unit.filter(|_| question.size == BinSize::Auto).map(|unit| format!("Auto: {}", unit.key()));
    let sizes = std::iter::once((BinSize::Auto, "Automatic".to_owned()));
    let sizes: Vec<_> =
        sizes.chain(Unit::ALL.map(|unit| (BinSize::Fixed(unit), bin_words(unit.with_weeks(weeks))))).collect();
    pick(ui, "Size of bins", width, &mut question.size, &sizes, auto);
}

fn split(ui: &mut Ui, project: &Project, question: &mut Question, width: f32) {
    let built_in = [Split::None].into_iter().chain(Facet::ALL.map(Split::Of));
    let built_in = built_in.map(|split| (split, split_words(split).to_owned()));
    let own =
        project.about.codebook.columns.iter().map(|column| (Split::Own(column.id), format!("By {}", column.name())));
    let options: Vec<_> = built_in.into_iter().chain(own).collect();
    // A column that was removed cannot split any more.
    if !options.iter().any(|(option, _)| *option == question.split) {
        question.split = Split::None;
    }
    pick(ui, "Split into groups", width, &mut question.split, &options, None);
}

/// What is asked less often: a menu of its own for each question, since a list within a menu would close it.
fn more(ui: &mut Ui, now: &Now<'_>, question: &mut Question) {
    ui.spacing_mut().item_spacing.y = 6.0;
    let mut classes: Vec<Class> = BaseClass::ALL.into_iter().map(Class::Base).collect();
    classes.extend(now.project.about.codebook.groups.iter().cloned());
    let classes: Vec<(Class, String)> = classes.into_iter().map(|class| (class.clone(), class_words(&class))).collect();
    aside(ui, "Among whom", &mut question.class, &classes);
    let placings = Placing::ALL.map(|placing| (placing, placing_words(placing).to_owned()));
    aside(ui, "Dates that are not one bin", &mut question.placing, &placings);
    beside(ui, now, question);
    ui.checkbox(&mut question.missing_best_is_low, "Where there is no best, take the low");
    ui.checkbox(&mut question.logarithmic, "Logarithmic heights, as lines");
    ui.separator();
}

/// How the project writes the calendar: a change is one of the project, for all who open it.
fn calendar(ui: &mut Ui, almanac: &mut Almanac) {
    let months = Months::ALL.map(|months| (months, months.title().to_owned()));
    aside(ui, "Project names months in", &mut almanac.months, &months);
    let weeks = Weeks::ALL.map(|weeks| (weeks, weeks.to_string()));
    aside(ui, "Project counts", &mut almanac.weeks, &weeks);
}

fn beside(ui: &mut Ui, now: &Now<'_>, question: &mut Question) {
    const WIDTH: f32 = 240.0;
    let measures = now.project.measures().filter(|measure| *measure != question.measure);
    let line = match &question.beside {
        Beside::Filter(line) => line.clone(),
        Beside::Nothing | Beside::Measure(_) => String::new(),
    };
    let mut options = vec![(Beside::Nothing, "nothing".to_owned())];
    options.extend(measures.map(|measure| (Beside::Measure(measure.clone()), measure.title())));
    options.push((Beside::Filter(line), "another filter".to_owned()));
    if !options.iter().any(|(option, _)| *option == question.beside) {
        question.beside = Beside::Nothing;
    }
    aside(ui, "Compared with", &mut question.beside, &options);
    if let Beside::Filter(line) = &mut question.beside {
        let field = TextEdit::singleline(line).hint_text("country=… date:2024").desired_width(WIDTH);
        ui.add(field).accessible_name("Filter to compare with");
        if let Some(mistake) = now.mistake {
            widgets::caption(ui, mistake);
        }
    }
}

/// A question within a menu, with its answer: "Among whom: Civilians".
fn aside<T: Clone + PartialEq>(ui: &mut Ui, name: &str, value: &mut T, options: &[(T, String)]) {
    let chosen = options.iter().find(|(option, _)| option == value).map_or("", |(_, words)| words.as_str());
    SubMenuButton::new(format!("{name}: {chosen}")).ui(ui, |ui| {
        for (option, words) in options {
            widgets::choose(ui, value, option.clone(), words);
        }
    });
}

fn bin_words(unit: Unit) -> String {
    format!("By {}", unit.words())
}

const fn split_words(split: Split) -> &'static str {
    match split {
        Split::None => "Not split",
        Split::Of(Facet::Country) => "By country",
        Split::Of(Facet::Adm1) => "By province",
        Split::Of(Facet::Kind) => "By kind",
        Split::Of(Facet::Class) => "By class",
        Split::Of(Facet::SideA) => "By side A",
        Split::Of(Facet::SideB) => "By side B",
        Split::Of(Facet::Side) => "By party",
        Split::Of(Facet::Status) => "By status",
        Split::Of(Facet::Source) => "By source",
        Split::Own(_) => "By a column",
    }
}

const fn arrangement_words(arrangement: Arrangement) -> &'static str {
    match arrangement {
        Arrangement::Stacked => "Stacked",
        Arrangement::Grouped => "Side by side",
        Arrangement::Multiples => "One each",
    }
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

/// Height of a list in which every entry is seen without scrolling.
const TALL: f32 = 340.0;

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
    // A list takes all the room that is left for a long text: it gets only its own.
    let room = egui::vec2(width + 20.0, ui.spacing().interact_size.y);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let list = ComboBox::from_id_salt(name).selected_text(chosen.clone()).width(width).height(TALL).truncate();
    let show = |ui: &mut Ui| {
        list.show_ui(ui, |ui| {
            for (option, words) in options {
                widgets::choose(ui, value, option.clone(), words);
            }
        })
        .response
    };
    let response = ui.allocate_ui_with_layout(room, layout, show).inner;
    response.accessible_name(name).on_hover_text(format!("{name}: {chosen}"))
}
