//! Releases: the totals that are kept when something is published, and how they stand against those of now.

use jiff::civil::Date;

use crate::derive::index::Derived;
use crate::derive::totals::{By, Query, Sums, totals};
use crate::derive::wording::span;
use crate::edit::Edit;
use crate::model::quantity::grouped;
use crate::model::{About, LogEntry, Measure, Moment, Project, Release, ReleasedTotal};

use super::preview::spoken;

/// The totals of every measure of which anybody spoke, as a release keeps them.
pub fn standing(project: &Project, derived: &Derived) -> Vec<ReleasedTotal> {
    let total = |measure: Measure| {
        let sums = totals(project, derived, &Query::new(measure.clone(), By::None)).total;
        spoken(&sums).then(|| kept(project, measure, &sums))
    };
    project.measures().filter_map(total).collect()
}

fn kept(project: &Project, measure: Measure, sums: &Sums) -> ReleasedTotal {
    let method = project.methodology.method_for(&measure).key().into();
    let events = u64::try_from(sums.events).unwrap_or(u64::MAX);
    ReleasedTotal { measure, method, low: sums.low, best: sums.best, high: sums.high, events }
}

/// A total in words: `45 (42–50)`, `45 (42+)`, `40–90`.
pub fn released(total: &ReleasedTotal) -> String {
    let range = span(total.low, total.high);
    match total.best {
        Some(best) if total.high == Some(best) && total.low == best => grouped(best),
        Some(best) => format!("{} ({range})", grouped(best)),
        None => range,
    }
}

/// One measure as it was published and as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against<'a> {
    /// What is counted.
    pub measure: &'a Measure,
    /// What was published; `None` where the measure was not.
    pub then: Option<&'a ReleasedTotal>,
    /// What stands now; `None` where nobody speaks of it any more.
    pub now: Option<&'a ReleasedTotal>,
}

impl Against<'_> {
    /// Whether a reader of the release would read another figure now.
    pub fn differs(&self) -> bool {
        let numbers = |total: &ReleasedTotal| (total.low, total.best, total.high);
        self.then.map(numbers) != self.now.map(numbers)
    }

    /// In words: `published 45 (42–50), now 47 (44–52)`.
    pub fn in_words(&self) -> String {
        let said = |total: Option<&ReleasedTotal>| total.map_or_else(|| "nothing".to_owned(), released);
        if self.differs() {
            format!("published {}, now {}", said(self.then), said(self.now))
        } else {
            format!("published {}, and so it stands", said(self.then))
        }
    }

    /// What else differs, where it does: the rule and the number of events.
    pub fn aside(&self) -> Option<String> {
        let (then, now) = self.then.zip(self.now)?;
        let mut parts = Vec::new();
        if then.method != now.method {
            parts.push(format!("by {}, now by {}", then.method, now.method));
        }
        if then.events != now.events {
            parts.push(format!("of {} events, now of {}", grouped(then.events), grouped(now.events)));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// A release against the totals of now: first what was published, then what has come.
pub fn against<'a>(release: &'a Release, now: &'a [ReleasedTotal]) -> Vec<Against<'a>> {
    let find = |list: &'a [ReleasedTotal], measure: &Measure| list.iter().find(|total| total.measure == *measure);
    let published = release.totals.iter().map(|then| Against {
        measure: &then.measure,
        then: Some(then),
        now: find(now, &then.measure),
    });
    let come = now.iter().filter(|total| find(&release.totals, &total.measure).is_none());
    published.chain(come.map(|now| Against { measure: &now.measure, then: None, now: Some(now) })).collect()
}

/// The change that keeps a release of these totals, with a line in the log.
///
/// # Errors
/// Where it has no name, or the name of another release.
pub fn record(
    project: &Project,
    name: &str,
    day: Date,
    totals: &[ReleasedTotal],
    hash: &str,
    now: Moment,
) -> Result<Edit, String> {
    let name = name.trim();
    if name.is_empty() {
        return Err("Give the release a name, such as the title of the report".to_owned());
    }
    if project.about.releases.iter().any(|release| *release.name == *name) {
        return Err(format!("There is a release “{name}” already; releases are never overwritten"));
    }
    let words = project.methodology.words.name.clone();
    let mut about = About::clone(&project.about);
    about.releases.push(Release { name: name.into(), day, totals: totals.to_vec(), words, hash: hash.into() });
    let numbers: Vec<String> = totals.iter().map(|total| format!("{} {}", total.measure, released(total))).collect();
    let what = format!("Recorded release “{name}” of {day}: {}", numbers.join(", "));
    Ok(step(format!("Record release “{name}”"), about, what, now))
}

/// The change that takes the release at this place of the list out, with a line in the log.
pub fn delete(project: &Project, at: usize, now: Moment) -> Option<Edit> {
    let mut about = About::clone(&project.about);
    if at >= about.releases.len() {
        return None;
    }
    let gone = about.releases.remove(at);
    let what = format!("Deleted the record of release “{}” of {}", gone.name, gone.day);
    Some(step(format!("Delete release “{}”", gone.name), about, what, now))
}

fn step(label: String, about: About, what: String, when: Moment) -> Edit {
    let about = Edit::SetAbout { about: Box::new(about), what: "releases".to_owned() };
    Edit::Several { label, edits: vec![about, Edit::AddLog(LogEntry { when, what: what.into() })] }
}
