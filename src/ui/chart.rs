//! Figures over time: what `derive::series` answers and `scene::chart` lays out, under the hand.
//!
//! The parts: `controls` asks, `made` works out once for each snapshot and question, `plot` paints and finds what is under
//! the pointer, `tip` tells of a bin, `speakers` waits for who speaks of each event; `ui::eye` is the part of time that is
//! seen. The selection is shared with the table and the reader (`ui::Desk`), and so is the table's filter, which the
//! chart follows while it is asked to.

mod controls;
mod made;
mod plot;
pub mod speakers;
mod tip;
pub mod toll;

use std::collections::HashSet;

use egui::{Label, RichText, Ui};

use self::controls::Now;
use self::made::{Asked, Made, Share};
use self::plot::{Plot, Wish};
use super::theme::icons;
use super::{Action, Actions, Desk, IN_ONE_FRAME, Pane, Selected, Sought, View, eye, theme, widgets};
use crate::derive::calendar::Bin;
use crate::derive::series::{Chart as Series, Question, Searched};
use crate::edit::Edit;
use crate::model::{About, Measure, Months};
use crate::scene::chart::words;
use crate::ui::figures::of_sums;

/// The panel's own state.
#[derive(Debug)]
pub struct Chart {
    /// The toll as it became known, in place of the bars.
    pub toll: toll::TollView,
    /// Who speaks of each event, while it is being worked out.
    pub speakers: speakers::Speakers,
    asked: Asked,
    /// Whether the table's filter is the chart's.
    follows: bool,
    /// Whether a measure was looked for that anybody speaks of.
    begun: bool,
    made: Option<Made>,
    /// Whether the last picture stays for this frame, and the new one comes in the next.
    late: bool,
    share: Share,
    plot: Plot,
    /// What was selected here last.
    mine: Option<Selected>,
}

impl Default for Chart {
    fn default() -> Self {
        Self {
            toll: toll::TollView::default(),
            speakers: speakers::Speakers::default(),
            asked: Asked { question: Question::default(), searched_only: true },
            follows: true,
            begun: false,
            made: None,
            late: false,
            share: Share::default(),
            plot: Plot::default(),
            mine: None,
        }
    }
}

/// What a bin or strip is called.
fn label(chart: &Series, at: usize) -> String {
    match at.checked_sub(chart.columns.len()) {
        None => chart.columns.get(at).map(|column| column.bin.long()).unwrap_or_default(),
        Some(strip) => chart.strips.get(strip).map(|strip| strip.words().to_owned()).unwrap_or_default(),
    }
}

/// A bin or strip in one line: "16 September 2022: 24 (12–30), 3 events".
fn reading(chart: &Series, panel: usize, at: usize) -> String {
    let name = chart.panels.get(panel).map(|panel| panel.label.as_str()).filter(|name| !name.is_empty());
    let mut text = name.map_or_else(String::new, |name| format!("{name}, "));
    text.push_str(&label(chart, at));
    let point = |series: &crate::derive::series::Series| match at.checked_sub(chart.columns.len()) {
        None => series.points.get(at).copied(),
        Some(strip) => series.apart.get(strip).copied(),
    };
    let wholes = chart.panels.get(panel).map(|panel| panel.whole.as_slice()).unwrap_or_default();
    for (n, series) in wholes.iter().enumerate() {
        text.push_str(if n == 0 { ": " } else { "; " });
        if !series.label.is_empty() && wholes.len() > 1 {
            text.push_str(&format!("{}: ", series.label));
        }
        match point(series).filter(|sums| sums.events > 0) {
            None => text.push_str("no event"),
            Some(sums) => text.push_str(&format!("{}, {}", of_sums(&sums), words::events(&sums))),
        }
    }
    match chart.columns.get(at).map(|column| column.searched) {
        Some(Searched::Partly) => text.push_str(", incomplete"),
        Some(Searched::Not) => text.push_str(", not searched"),
        Some(Searched::All) | None => {}
    }
    text
}

/// What is selected by a brush: "14 to 17 September 2022 selected: 24 (12–30), 3 events". `share` is the selected part.
fn brush_reading(chart: &Series, share: Option<&Series>, (first, last): (usize, usize)) -> Option<String> {
    let ends = chart.columns.get(first).zip(chart.columns.get(last))?;
    let days = crate::scene::months::between(Months::English, ends.0.bin.first, ends.1.bin.last);
    let sums = share?.panels.first()?.whole.first()?.total;
    Some(format!("{days} selected: {}, {}", of_sums(&sums), words::events(&sums)))
}

/// What the panel shows, for those who write it down.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The chart.
    pub chart: std::sync::Arc<Series>,
    /// Which slots of `derive::columnar` it counts; `None` is all.
    pub filter: Option<crate::filter::Slots>,
    /// The same of what it is compared with.
    pub other: Option<crate::filter::Slots>,
}

impl Chart {
    /// What the panel shows of this snapshot, whether it was drawn or not.
    pub fn shown(&mut self, view: &View<'_>) -> Shown {
        self.begin(view);
        self.work_out(view, &Sought::default());
        match &self.made {
            Some(made) => made.shown(),
            None => Made::of(view, &self.asked, &Sought::default()).shown(),
        }
    }

    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        self.begin(view);
        if view.project.events.is_empty() {
            widgets::empty_state(
                ui,
                icons::CHART_BAR,
                "Needs one dated event",
                "Code a figure in the reader, or add an event to the table, and it appears here over time.",
                None,
            );
            return;
        }
        ui.spacing_mut().item_spacing.y = 4.0;
        if self.toll.ui(ui, view, &self.asked.question.measure, (&*desk.filter, &desk.sought, &mut self.follows)) {
            return;
        }
        let now = Now {
            project: view.project,
            unit: self.made.as_ref().map(|made| made.chart.unit),
            zoomed: self.plot.eye.is_near(),
            filter: &desk.filter,
            mistake: self.made.as_ref().and_then(|made| made.mistake.as_deref()),
        };
        let mut almanac = view.project.about.almanac;
        if controls::ui(ui, &now, &mut self.asked, &mut self.follows, &mut almanac) {
            self.plot.eye = eye::Eye::default();
        }
        if almanac != view.project.about.almanac {
            let about = Box::new(About { almanac, ..(*view.project.about).clone() });
            actions.push(Action::Edit(Edit::SetAbout { about, what: "calendar".to_owned() }));
        }
        self.asked.question.filter = if self.follows { desk.filter.to_string() } else { String::new() };
        if self.speakers.are_missing(view, &self.asked.question) {
            widgets::muted(ui, "Being worked out…");
            return;
        }
        if self.comes_later(view) {
            ui.request_repaint();
        } else {
            self.work_out(view, &desk.sought);
        }
        let Some(made) = self.made.take() else { return };
        if self.mine.as_ref().is_some_and(|mine| *mine != desk.selected) {
            // Another panel selects something else: no columns are brushed any more.
            (self.mine, self.plot.chosen) = (None, None);
        }
        if !self.late {
            self.share.work_out(view, &made, &desk.selected);
        }
        if made.events == 0 {
            nothing_passes(ui, &made);
        } else {
            self.picture(ui, view, &made, desk, actions);
        }
        self.made = Some(made);
    }

    /// Begins with the first measure that anybody speaks of.
    fn begin(&mut self, view: &View<'_>) {
        if self.begun || view.project.events.is_empty() {
            return;
        }
        self.begun = true;
        let spoken: HashSet<&Measure> = view.derived.measures().collect();
        if let Some(measure) = view.project.measures().find(|measure| spoken.contains(measure)) {
            self.asked.question.measure = measure;
        }
    }

    /// Whether the last picture stays for one more frame: that in which many events changed belongs to the table.
    fn comes_later(&mut self, view: &View<'_>) -> bool {
        let many = view.derived.columnar().len() > IN_ONE_FRAME;
        let stays = |made: &Made| made.has_slots_of(view) && !made.holds(view, &self.asked);
        self.late = !self.late && many && self.made.as_ref().is_some_and(stays);
        self.late
    }

    fn work_out(&mut self, view: &View<'_>, sought: &Sought) {
        if self.made.as_ref().is_some_and(|made| made.holds(view, &self.asked)) {
            return;
        }
        let made = Made::of(view, &self.asked, sought);
        let ends = |made: &Made| -> Option<(Bin, Bin)> {
            Some((made.chart.columns.first()?.bin, made.chart.columns.last()?.bin))
        };
        if self.made.as_ref().map(ends) != Some(ends(&made)) {
            self.plot.begin_anew();
        }
        self.made = Some(made);
    }

    fn picture(&mut self, ui: &mut Ui, view: &View<'_>, made: &Made, desk: &mut Desk, actions: &mut Actions) {
        /// Below this the chart cannot be read; the texts under it give way.
        const LEAST: f32 = 120.0;
        /// Below this the notes under the chart take one line.
        const LOW: f32 = 340.0;
        let tokens = theme::tokens(ui);
        ui.add_space(2.0);
        widgets::section_title(ui, &made.title);
        let brushed =
            self.plot.brushed().and_then(|columns| brush_reading(&made.chart, self.share.chart.as_deref(), columns));
        let subtitle = match (brushed, self.plot.cursor) {
            (Some(brushed), _) => brushed,
            (None, Some(at)) => reading(&made.chart, 0, at),
            (None, None) => made.subtitle.clone(),
        };
        ui.add(Label::new(RichText::new(subtitle).small().color(tokens.muted)).truncate());
        controls::only_caption(ui, &made.asked.question.filter);
        let width = ui.available_width();
        let foot = |text: &str| {
            let galley = ui.painter().layout(text.to_owned(), theme::regular(11.0), tokens.muted, width);
            galley.size().y + 4.0
        };
        // In a low panel the chart is worth more than the rest of the notes, which stay under the pointer.
        let low = ui.available_height() < LOW;
        let feet = foot(&made.account) + if low { foot("x") } else { foot(&made.notes) } + 6.0;
        let height = (ui.available_height() - feet).max(LEAST);
        let focus = desk.takes_focus(Pane::Side);
        let share = self.share.chart.clone();
        match self.plot.ui(ui, view, made, share.as_ref(), (height, focus)) {
            Wish::Nothing => {}
            Wish::Select(place) => {
                desk.pane = Pane::Side;
                let slots = place.map(|place| made.slots(view, place)).unwrap_or_default();
                let selected = Selected::in_slots(slots, view.derived.columnar());
                self.mine = Some(selected.clone());
                actions.push(Action::Select(selected));
            }
            Wish::Filter(first, last) => {
                let days = made.chart.columns.get(first).zip(made.chart.columns.get(last));
                if let Some((first, last)) = days {
                    actions.push(Action::Filter(format!("date:{}..{}", first.bin.first, last.bin.last)));
                }
            }
        }
        ui.add_space(2.0);
        widgets::caption(ui, &made.account);
        if low {
            let notes = RichText::new(&made.notes).text_style(theme::CAPTION.clone()).color(tokens.muted);
            ui.add(Label::new(notes).truncate()).on_hover_text(&made.notes);
        } else {
            widgets::caption(ui, &made.notes);
        }
    }
}

/// Filtered to nothing is another thing than an empty project.
fn nothing_passes(ui: &mut Ui, made: &Made) {
    let line = made.asked.question.filter.trim();
    let text = if line.is_empty() {
        "No event lies around the days searched. Show the events of all days with the calendar above.".to_owned()
    } else {
        format!("No event passes the table's filter “{line}”. Clear it, or let the chart not follow it.")
    };
    widgets::empty_state(ui, icons::FILTER, "No event to show", &text, None);
}
