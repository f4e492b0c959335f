//! What was worked out for one snapshot and one question, and the share of the selection in it.

use std::sync::Arc;

use jiff::civil::Date;

use crate::derive::columnar::Stamp;
use crate::derive::credits::Counts;
use crate::derive::series::{Basis, Beside, Chart, Place, Question, Split, both, near_days_searched};
use crate::filter::{Filter, Slots};
use crate::model::{About, EventId};
use crate::scene::chart::words;
use crate::ui::figures::grouped;
use crate::ui::{Selected, Sought, View};

/// What the panel asks: the question, and whether only around the days searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub question: Question,
    /// Only events around the days that were searched, where the project says which those are: an event of another year
    /// that was coded for comparison would press the rest into a corner.
    pub searched_only: bool,
}

/// The same snapshot, as far as this question reads it.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    stamp: Stamp,
    /// Where names or filters matter, every change does.
    revision: Option<u64>,
    today: Date,
}

/// The answer and its words.
#[derive(Debug)]
pub struct Made {
    seen: Seen,
    /// Of which numbering of slots.
    numbering: u64,
    about: Arc<About>,
    pub asked: Asked,
    pub chart: Arc<Chart>,
    filter: Option<Slots>,
    other: Option<Slots>,
    pub title: String,
    pub subtitle: String,
    pub account: String,
    pub notes: String,
    pub sentence: String,
    /// Why the filter to compare with cannot be read.
    pub mistake: Option<String>,
    /// How many events the filters leave.
    pub events: usize,
}

impl Made {
    /// Works it out. What was `sought` already is not searched again.
    pub fn of(view: &View<'_>, asked: &Asked, sought: &Sought) -> Self {
        let about = &view.project.about;
        let question = &asked.question;
        let (filter, mut mistake) = search(&question.filter, view, sought);
        let (other, wrong) = match &question.beside {
            Beside::Filter(line) => search(line, view, sought),
            Beside::Nothing | Beside::Measure(_) => (None, None),
        };
        mistake = wrong.or(mistake);
        let near = if asked.searched_only { near_days_searched(view.project, view.derived) } else { None };
        let compares = matches!(question.beside, Beside::Filter(_));
        let filter = both(filter, near.as_ref());
        let other = if compares { both(other, near.as_ref()) } else { None };
        let basis = basis(view, &filter, &other);
        let chart = Chart::of(&basis, &Question { searched_only: near.is_some(), ..question.clone() });
        let account = chart.compared.first().map(|side| side.account).unwrap_or_default();
        let events = account.all();
        let outside = view.project.events.len().saturating_sub(events);
        let apart = match (outside, question.filter.is_empty()) {
            (0, _) => String::new(),
            (n, true) => format!("; far from the days searched: {}", grouped(n as u64)),
            (n, false) => format!("; left out by the filter: {}", grouped(n as u64)),
        };
        let bars = crate::scene::chart::is_bars(&chart);
        let subtitle = words::counted(&chart, &counts(&basis, question));
        Self {
            seen: seen(view, asked),
            numbering: view.derived.columnar().numbering(),
            about: Arc::clone(about),
            asked: asked.clone(),
            title: words::title(&chart),
            subtitle,
            account: format!("{}{apart}", words::accounts(&chart).join("\n")),
            notes: words::notes(&chart, bars),
            sentence: words::description(&chart),
            mistake,
            events,
            chart: Arc::new(chart),
            filter,
            other,
        }
    }

    pub fn holds(&self, view: &View<'_>, asked: &Asked) -> bool {
        self.asked == *asked && self.seen == seen(view, asked) && Arc::ptr_eq(&self.about, &view.project.about)
    }

    /// Whether it can still be pointed at, though events may have changed since.
    pub fn has_slots_of(&self, view: &View<'_>) -> bool {
        self.numbering == view.derived.columnar().numbering()
    }

    fn basis<'a>(&'a self, view: &View<'a>) -> Basis<'a> {
        basis(view, &self.filter, &self.other)
    }

    /// The chart and what it counts.
    pub fn shown(&self) -> super::Shown {
        super::Shown { chart: Arc::clone(&self.chart), filter: self.filter.clone(), other: self.other.clone() }
    }

    /// The slots of the events of a place.
    pub fn slots(&self, view: &View<'_>, place: Place) -> Vec<u32> {
        self.chart.slots(&self.basis(view), place, None)
    }

    /// The largest events of a place.
    pub fn biggest(&self, view: &View<'_>, place: Place, most: usize) -> Vec<EventId> {
        self.chart.biggest(&self.basis(view), place, most)
    }
}

fn basis<'a>(view: &View<'a>, filter: &'a Option<Slots>, other: &'a Option<Slots>) -> Basis<'a> {
    let (filter, other) = (filter.as_deref(), other.as_deref());
    Basis { project: view.project, derived: view.derived, filter, other, today: view.today }
}

fn seen(view: &View<'_>, asked: &Asked) -> Seen {
    let question = &asked.question;
    let names =
        question.split != Split::None || !question.filter.is_empty() || matches!(question.beside, Beside::Filter(_));
    Seen { stamp: view.derived.columnar().stamp(), revision: names.then_some(view.revision), today: view.today }
}

/// What a line of a filter lets through; nothing of a line that lets everything through.
pub(super) fn search(line: &str, view: &View<'_>, sought: &Sought) -> (Option<Slots>, Option<String>) {
    match Filter::parse(line, view.project) {
        Ok(filter) if filter.is_empty() => (None, None),
        Ok(filter) => {
            let known = sought.slots(&filter, view).cloned();
            (Some(known.unwrap_or_else(|| filter.search(view.project, view.derived))), None)
        }
        Err(mistake) => (None, Some(mistake.why)),
    }
}

/// What the chart rests on.
fn counts(basis: &Basis<'_>, question: &Question) -> Counts {
    let mut measures = vec![&question.measure];
    if let Beside::Measure(other) = &question.beside {
        measures.push(other);
    }
    Counts::of(basis.project, basis.derived, &measures, &question.class, basis.filter)
}

/// The share of the selected events in a chart.
#[derive(Debug, Default)]
pub struct Share {
    key: Option<(Arc<Chart>, Selected)>,
    pub chart: Option<Arc<Chart>>,
}

impl Share {
    /// Brings it up to date.
    pub fn work_out(&mut self, view: &View<'_>, made: &Made, events: &Selected) {
        let holds = self.key.as_ref().is_some_and(|(chart, key)| Arc::ptr_eq(chart, &made.chart) && key == events);
        if holds {
            return;
        }
        self.key = Some((Arc::clone(&made.chart), events.clone()));
        self.chart = (!events.is_empty()).then(|| {
            let table = view.derived.columnar();
            if events.len() == table.len() {
                // Everything is selected: the share is the whole.
                return Arc::clone(&made.chart);
            }
            let marked = events.slots(table);
            Arc::new(made.chart.share(&made.basis(view), &marked))
        });
    }
}
