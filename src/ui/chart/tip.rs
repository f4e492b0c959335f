//! What is told of a bin or strip under the pointer: its figure, its groups, its biggest events.

use egui::{Response, Ui};

use super::label;
use super::made::Made;
use crate::derive::series::{Chart, Known, Place, Searched};
use crate::model::EventId;
use crate::scene::chart::words;
use crate::ui::figures;
use crate::ui::{View, widgets};

/// How many groups and events are named.
const MOST: usize = 7;
const EVENTS: usize = 3;

/// The biggest events of the place that was pointed at last: looked up once.
#[derive(Debug, Default)]
pub struct Tip {
    key: Option<(usize, usize)>,
    biggest: Vec<EventId>,
}

impl Tip {
    /// Shows what is known of a bin or strip.
    pub fn show(&mut self, response: &Response, view: &View<'_>, made: &Made, at: usize) {
        let chart: &Chart = &made.chart;
        let key = (std::sync::Arc::as_ptr(&made.chart).addr(), at);
        if self.key != Some(key) {
            self.key = Some(key);
            let place = match at.checked_sub(chart.columns.len()) {
                None => Place::Columns(at, at),
                Some(strip) => Place::Strip(strip),
            };
            self.biggest = made.biggest(view, place, EVENTS);
        }
        let biggest = &self.biggest;
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(320.0);
            ui.spacing_mut().item_spacing.y = 3.0;
            of_place(ui, chart, at);
            events(ui, view, chart, biggest);
        });
    }
}

fn of_place(ui: &mut Ui, chart: &Chart, at: usize) {
    widgets::section_title(ui, &figures::sentence(&label(chart, at)));
    match chart.columns.get(at).map(|column| column.searched) {
        Some(Searched::Partly) => drop(widgets::muted(ui, "Incomplete: days were not searched or are not over")),
        Some(Searched::Not) => drop(widgets::muted(ui, "Nobody searched these days")),
        Some(Searched::All) | None => {}
    }
    let point = |series: &crate::derive::series::Series| match at.checked_sub(chart.columns.len()) {
        None => series.points.get(at).copied(),
        Some(strip) => series.apart.get(strip).copied(),
    };
    let wholes = chart.panels.iter().flat_map(|panel| &panel.whole);
    for series in wholes {
        let Some(sums) = point(series).filter(|sums| sums.events > 0) else { continue };
        let name = if series.label.is_empty() { String::new() } else { format!("{}: ", series.label) };
        ui.label(format!("{name}{}", figures::of_sums(&sums)));
        widgets::muted(ui, words::events(&sums));
    }
    let groups = chart.panels.iter().filter(|panel| panel.series != panel.whole).flat_map(|panel| &panel.series);
    let known = groups.filter_map(|series| Some((series, point(series)?)));
    for (series, sums) in known.filter(|(_, sums)| sums.known() != Known::Nothing).take(MOST) {
        widgets::muted(ui, format!("{}: {}", series.label, figures::of_sums(&sums)));
    }
    let none =
        chart.panels.iter().flat_map(|panel| &panel.whole).all(|series| point(series).is_none_or(|s| s.events == 0));
    if none {
        widgets::muted(ui, "No event");
    }
}

fn events(ui: &mut Ui, view: &View<'_>, chart: &Chart, biggest: &[EventId]) {
    for id in biggest {
        let Some(event) = view.project.events.get(*id) else { continue };
        let summary = view.derived.figure(*id, &chart.question.measure, &chart.question.class);
        let name = [&event.title, &event.location.name].into_iter().find(|text| !text.trim().is_empty());
        let name = name.map_or(id.as_str(), |name| name.trim());
        ui.label(format!("{}  {name}", figures::short(summary.value, summary.marks)));
    }
}
