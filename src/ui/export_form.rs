//! The question what to export: which format, which events, what to leave out. It asks and does nothing else; where the file
//! goes is asked behind it.

use egui::{ComboBox, RadioButton, ScrollArea, Ui};

use crate::columns::Column;
use crate::exchange::export::{Grouped, Kind, Redaction};
use crate::model::Precision;

use super::figures::count;
use super::widgets;

/// What is to be exported.
#[derive(Clone)]
pub struct Wish {
    /// In which format.
    pub kind: Kind,
    /// Of which events, as a filter. Empty for all.
    pub filter: String,
    /// In which order, by columns, the first one first; the project's where there are none.
    pub sort: Vec<(&'static Column, bool)>,
    /// In which groups, where subtotals go with the events.
    pub grouped: Option<Grouped>,
    /// Whether the events stand in the order of these groups.
    pub in_groups: bool,
    /// Without what.
    pub redaction: Redaction,
}

impl std::fmt::Debug for Wish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wish").field("kind", &self.kind).field("filter", &self.filter).finish_non_exhaustive()
    }
}

/// What the event table shows, to be exported as it is shown.
#[derive(Clone, Default)]
pub struct Shown {
    /// Its filter. Empty where it shows all events.
    pub filter: String,
    /// How many events it shows.
    pub events: usize,
    /// How many there are.
    pub of: usize,
    /// By what it is sorted.
    pub sort: Vec<(&'static Column, bool)>,
    /// How it is grouped.
    pub grouped: Option<Grouped>,
}

/// The question, while it is answered.
#[derive(Clone)]
pub struct ExportForm {
    shown: Shown,
    kind: Kind,
    filtered: bool,
    sorted: bool,
    redaction: Redaction,
    precision: Precision,
    fresh: bool,
}

impl std::fmt::Debug for ExportForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExportForm").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl ExportForm {
    /// A question about what the table shows: that is what somebody sees, and so it is offered first.
    pub fn new(shown: Shown) -> Self {
        let filtered = !shown.filter.is_empty();
        Self {
            kind: Kind::Csv,
            filtered,
            sorted: false,
            redaction: Redaction::default(),
            precision: Precision::Country,
            fresh: true,
            shown,
        }
    }

    /// Draws the question.
    pub fn ui(&mut self, ui: &mut Ui) {
        widgets::dialog_title(ui, "Export");
        let room = (ui.ctx().content_rect().height() - 190.0).max(200.0);
        // A dialog is as large as it was in the frame before: without this it would never grow.
        ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
            self.kinds(ui);
            self.events(ui);
            self.left_out(ui);
        });
    }

    /// The answer as it stands.
    pub fn wish(&self) -> Wish {
        let coordinates = self.redaction.coordinates.map(|_| self.precision);
        Wish {
            kind: self.kind,
            filter: if self.filtered { self.shown.filter.clone() } else { String::new() },
            sort: if self.sorted { self.shown.sort.clone() } else { Vec::new() },
            grouped: self.shown.grouped.clone(),
            in_groups: self.sorted,
            redaction: Redaction { coordinates, ..self.redaction.clone() },
        }
    }

    fn kinds(&mut self, ui: &mut Ui) {
        widgets::section_title(ui, "Format");
        for kind in Kind::ALL {
            let text = format!("{} (.{})", kind.title(), kind.ending());
            let choice = ui.add(RadioButton::new(self.kind == kind, text)).on_hover_text(kind.help());
            if choice.clicked() {
                self.kind = kind;
            }
            if self.fresh && self.kind == kind {
                choice.request_focus();
            }
        }
        self.fresh = false;
        widgets::caption(ui, self.kind.help());
    }

    fn events(&mut self, ui: &mut Ui) {
        widgets::section_title(ui, "Events");
        let all = format!("All {}", count(self.shown.of, "event", "events"));
        if ui.add(RadioButton::new(!self.filtered, all)).clicked() {
            self.filtered = false;
        }
        if !self.shown.filter.is_empty() {
            let some = format!("{} that the table shows", count(self.shown.events, "event", "events"));
            let choice = ui.add(RadioButton::new(self.filtered, some)).on_hover_text(&self.shown.filter);
            if choice.clicked() {
                self.filtered = true;
            }
        }
        let group = self.shown.grouped.as_ref().map(|grouped| grouped.group.title());
        let sort = self.shown.sort.iter().map(|(column, _)| column.name.to_owned());
        let by: Vec<String> = group.iter().cloned().chain(sort).collect();
        if !by.is_empty() {
            let text = format!("In the order of the table: by {}", by.join(", "));
            ui.checkbox(&mut self.sorted, text).on_hover_text("Otherwise in the order of the project");
        }
        if let (Some(group), Some(place)) = (group, self.kind.place_of_subtotals()) {
            widgets::caption(ui, format!("Subtotals by {group} go with them, {place}"));
        }
    }

    fn left_out(&mut self, ui: &mut Ui) {
        widgets::section_title(ui, "Leave out");
        let redaction = &mut self.redaction;
        ui.horizontal(|ui| {
            let mut on = redaction.coordinates.is_some();
            ui.checkbox(&mut on, "Coordinates more exact than");
            redaction.coordinates = on.then_some(self.precision);
            ui.add_enabled_ui(on, |ui| {
                let list = ComboBox::from_id_salt("precision").selected_text(in_words(self.precision));
                let list = list.show_ui(ui, |ui| {
                    for precision in
                        [Precision::Near, Precision::Adm2, Precision::Adm1, Precision::Region, Precision::Country]
                    {
                        widgets::choose(ui, &mut self.precision, precision, in_words(precision));
                    }
                });
                list.response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::ComboBox, on, "Least exact precision that is left out")
                });
            });
        });
        ui.checkbox(&mut redaction.names, "Names of speakers, coders and authors")
            .on_hover_text("Speakers become Speaker 1, Speaker 2 and so on, the same for the same name");
        ui.checkbox(&mut redaction.notes, "Notes");
        ui.checkbox(&mut redaction.quotes, "Quotes and texts of articles");
        ui.checkbox(&mut redaction.sensitive, "Events, articles and notes marked sensitive");
        if !redaction.is_none() {
            let line = "Figures stay what they are. Titles, names of places, tags and your own columns are not searched for names.";
            ui.add(egui::Label::new(egui::RichText::new(line).weak()).wrap());
        }
    }
}

fn in_words(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "the place itself",
        Precision::Near => "25 km",
        Precision::Adm2 => "a district",
        Precision::Adm1 => "a province",
        Precision::Region => "a region",
        Precision::Country => "a country",
        Precision::Elsewhere => "a sea",
    }
}
