//! Figures over time: one measure by day, week, month, quarter or year, with what has no place on the line beside it.
//!
//! What is drawn is worked out once for each snapshot and question (`marks`, `words` and `scene::ticks` are pure), and drawn
//! each frame from that.

mod controls;
mod marks;
mod paint;
mod plot;
pub mod toll;
mod words;

use std::collections::HashSet;
use std::sync::Arc;

use egui::{Label, RichText, Ui};
use jiff::SignedDuration;
use jiff::civil::Date;

use self::controls::Question;
use self::marks::{Known, Mark, Marks};
use self::plot::{Asked, Eye, Selected};
use super::theme::icons;
use super::{Action, Actions, Desk, Pane, Selected as Events, View, theme, widgets};
use crate::dataset;
use crate::derive::calendar::{Bin, BinSize, Unit};
use crate::derive::columnar::{Day, Stamp, UNDATED, number_of};
use crate::derive::totals::{Among, By, Group, Query, Totals, totals};
use crate::model::{About, ClaimId, Coverage, Measure};

/// What was worked out for one snapshot and one question.
#[derive(Debug)]
struct Made {
    stamp: Stamp,
    about: Arc<About>,
    today: Date,
    question: Question,
    totals: Totals,
    bins: Vec<Bin>,
    marks: Marks,
    title: String,
    subtitle: String,
    account: String,
    notes: String,
    sentence: String,
    peak_label: Option<String>,
    /// What to say in the middle of a chart without a bar.
    remark: Option<String>,
}

impl Made {
    fn of(view: &View<'_>, question: &Question) -> Self {
        let about = &view.project.about;
        let searched = question.searched_only && !about.coverage.is_empty();
        let within = if searched { near_days_searched(view, &about.coverage) } else { Vec::new() };
        let among = if searched { Among::Slots(&within) } else { Among::All };
        let totals = totals(view.project, view.derived, &query(question, question.size, among));
        let outside = view.project.events.len() - totals.account.all();
        let marks = Marks::of(&totals, &about.coverage, &about.milestones, view.today);
        let unit = totals.unit.unwrap_or(Unit::Day);
        let title = words::title(&question.measure, &question.class, unit);
        let (events, articles) = sources(view, &totals);
        let peak_label = marks.peak.and_then(|at| totals.groups.get(at)).map(words::peak);
        Self {
            stamp: view.derived.columnar().stamp(),
            about: Arc::clone(about),
            today: view.today,
            question: question.clone(),
            bins: totals.groups.iter().filter_map(|group| group.bin).collect(),
            subtitle: words::subtitle(&question.measure, unit, events, articles),
            account: words::account(&totals.account, outside),
            notes: words::notes(&totals, marks.bars()),
            sentence: words::sentence(&totals, &title, marks.peak),
            peak_label,
            remark: remark(&marks, &words::subject(&question.measure, &question.class)),
            title,
            marks,
            totals,
        }
    }

    fn holds(&self, view: &View<'_>, question: &Question) -> bool {
        self.stamp == view.derived.columnar().stamp()
            && Arc::ptr_eq(&self.about, &view.project.about)
            && self.today == view.today
            && self.question == *question
    }
}

/// For each slot whether the event lies in the days that were searched or near them, within as many days as the search
/// was long; one without a date may. Events share few dates: each is asked once.
fn near_days_searched(view: &View<'_>, coverage: &[Coverage]) -> Vec<bool> {
    let around = |days: &Coverage| {
        let to = days.to.unwrap_or(Date::MAX);
        // An open search has no length; nothing lies far behind it.
        let length = SignedDuration::from_hours(days.from.duration_until(to).as_hours().min(24 * 366) + 24);
        let first = days.from.checked_sub(length).unwrap_or(Date::MIN);
        (number_of(first), number_of(to.checked_add(length).unwrap_or(Date::MAX)))
    };
    let searched: Vec<(Day, Day)> = coverage.iter().map(around).collect();
    let near =
        |(first, last): (Day, Day)| first == UNDATED || searched.iter().any(|(from, to)| first <= *to && last >= *from);
    let dates = view.derived.columnar().dates();
    let is_near: Vec<bool> = dates.intervals().map(near).collect();
    dates.codes().iter().map(|code| is_near[*code as usize]).collect()
}

fn query<'a>(question: &Question, size: BinSize, among: Among<'a>) -> Query<'a> {
    Query {
        measure: question.measure.clone(),
        class: question.class.clone(),
        by: By::Time(size),
        placing: question.placing,
        among,
    }
}

/// How many events speak of the measure, and how many articles say so. Articles are few beside events: each is asked
/// whether one of its claims counts.
fn sources(view: &View<'_>, totals: &Totals) -> (usize, usize) {
    let table = view.derived.columnar();
    let mut counts = vec![false; table.slots()];
    let apart = [&totals.not_placed, &totals.undated, &totals.in_summaries];
    for slot in totals.groups.iter().chain(apart).flat_map(|group| &group.slots) {
        counts[*slot as usize] = true;
    }
    let says = |claim: &ClaimId| {
        let event = dataset::claim(view.project, *claim).map(|claim| claim.event);
        event.and_then(|event| table.slot(event)).is_some_and(|slot| counts[slot as usize])
    };
    let articles = view.project.articles.iter().filter(|article| view.derived.claims_in(article.id).iter().any(says));
    (totals.total.events.saturating_sub(totals.total.no_claim), articles.count())
}

/// What is missing, where nothing can be drawn on the line.
fn remark(marks: &Marks, subject: &str) -> Option<String> {
    if marks.bins.is_empty() {
        let undated = marks.strips.iter().all(|strip| strip.kind != marks::Apart::NotPlaced);
        return Some(if undated { "Needs one dated event" } else { "No event fits a bin of this size" }.to_owned());
    }
    let silent = marks.bins.iter().all(|mark| mark.known == Known::Nothing);
    (silent && marks.strips.iter().all(|strip| strip.mark.known == Known::Nothing))
        .then(|| format!("{subject}: nobody reported a number"))
}

/// The share of the selected events, for one snapshot and selection.
#[derive(Debug, Default)]
struct Share {
    key: Option<(Stamp, Question, Events)>,
    selected: Selected,
}

/// The panel's own state.
#[derive(Debug, Default)]
pub struct Chart {
    /// The toll as it became known, in place of the bars.
    pub toll: toll::TollView,
    question: Question,
    /// Whether a measure was looked for that anybody speaks of.
    begun: bool,
    made: Option<Made>,
    share: Share,
    eye: Eye,
}

impl Chart {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        self.begin(view);
        self.work_out(view);
        let unit = self.made.as_ref().and_then(|made| made.totals.unit);
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
        if self.toll.ui(ui, view, &self.question.measure) {
            return;
        }
        if controls::ui(ui, view.project, &mut self.question, unit, self.eye.zoomed) {
            self.eye.fit = true;
        }
        self.work_out(view);
        let Some(made) = self.made.take() else { return };
        self.share.work_out(view, &made, &desk.selected);
        self.picture(ui, view, &made, desk, actions);
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
            self.question.measure = measure;
        }
    }

    fn work_out(&mut self, view: &View<'_>) {
        if self.made.as_ref().is_some_and(|made| made.holds(view, &self.question)) {
            return;
        }
        let made = Made::of(view, &self.question);
        let ends = |made: &Made| made.bins.first().copied().zip(made.bins.last().copied());
        if self.made.as_ref().map(ends) != Some(ends(&made)) {
            self.eye.fit = true;
            self.eye.cursor = None;
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
        let read = self.eye.cursor.and_then(|at| plot::slot(made, at)).map(|group| words::reading(&group.label, group));
        let subtitle = read.unwrap_or_else(|| made.subtitle.clone());
        ui.add(Label::new(RichText::new(subtitle).small().color(tokens.muted)).truncate());
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
        match plot::ui(ui, made, &mut self.eye, &self.share.selected, height, focus) {
            Asked::Nothing => {}
            Asked::Select(slots) => {
                desk.pane = Pane::Side;
                actions.push(Action::Select(slots.iter().map(|slot| view.derived.columnar().id(*slot)).collect()));
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

impl Share {
    fn work_out(&mut self, view: &View<'_>, made: &Made, events: &Events) {
        let holds = self
            .key
            .as_ref()
            .is_some_and(|(stamp, question, key)| (*stamp, question, key) == (made.stamp, &made.question, events));
        if holds {
            return;
        }
        self.key = Some((made.stamp, made.question.clone(), events.clone()));
        self.selected = Selected::default();
        let Some(unit) = made.totals.unit.filter(|_| !events.is_empty()) else { return };
        if events.len() == view.derived.columnar().order().len() {
            // Everything is selected: the share is the whole.
            let strips = made.marks.strips.iter().map(|strip| (strip.mark, strip.kind.group(&made.totals)));
            let bins = made.marks.bins.iter().copied().zip(&made.totals.groups);
            bins.chain(strips).enumerate().for_each(|(at, (mark, group))| self.note(at, mark, group, group));
            return;
        }
        let slots = events.slots(view.derived.columnar());
        let question = query(&made.question, BinSize::Fixed(unit), Among::Slots(&slots));
        let part = totals(view.project, view.derived, &question);
        let selected = Marks::of(&part, &[], &[], view.today);
        for (mark, group) in selected.bins.iter().zip(&part.groups) {
            let Ok(at) = made.marks.bins.binary_search_by(|bin| bin.from.total_cmp(&mark.from)) else { continue };
            self.note(at, *mark, group, &made.totals.groups[at]);
        }
        for (at, strip) in (made.marks.bins.len()..).zip(&made.marks.strips) {
            self.note(at, strip.mark, strip.kind.group(&part), strip.kind.group(&made.totals));
        }
    }

    fn note(&mut self, at: usize, mark: Mark, part: &Group, whole: &Group) {
        if part.slots.is_empty() {
            return;
        }
        self.selected.shares.push((at, mark));
        if part.slots.len() == whole.slots.len() {
            self.selected.whole.push(at);
        }
    }
}
