//! What both shapes say of an event of our own: its numbers, its sources, its days.

use jiff::civil::Date;

use crate::derive::claims_on;
use crate::derive::figures::{Range, Value};
use crate::model::{Article, BaseClass, Class, EventDate, Measure};

use super::super::Line;
use super::{Own, Rows};

/// What a shape cannot say.
#[derive(Default)]
pub(super) struct Lost {
    /// Events of which no number is known.
    pub numbers: usize,
    /// Figures without an upper end.
    pub open: usize,
    /// Dates that cannot be written.
    pub dates: usize,
}

/// What the file cannot say of these events.
pub(super) fn lost(rows: &Rows<'_>, own: &[&Line<'_>]) -> Lost {
    let acled = rows.target.shape.name == "acled";
    let mut lost = Lost::default();
    for line in own {
        let own = Own { source: rows.source, redaction: rows.redaction, event: line.event };
        match own.killed(BaseClass::Total) {
            None => lost.numbers += 1,
            Some(range) => lost.open += usize::from(!acled && range.high.is_none()),
        }
        let known = line.event.when.and_then(|when| if acled { super::acled::day(when) } else { when.earliest() });
        let end = line.event.when.and_then(|when| when.latest());
        lost.dates += usize::from(line.event.when.is_some() && (known.is_none() || (!acled && end.is_none())));
    }
    lost
}

impl<'a> Own<'a> {
    /// How many were killed, where a number is known.
    pub fn killed(&self, class: BaseClass) -> Option<Range> {
        match self.source.derived.figure(self.event.id, &Measure::Killed, &Class::Base(class)).value {
            Value::Known(range) => Some(range),
            Value::NoClaim | Value::Unknown => None,
        }
    }

    /// The articles that are quoted and may be named.
    pub fn articles(&self) -> Vec<&'a Article> {
        let ids = self.source.derived.articles_of(self.event.id).iter();
        let all = ids.filter_map(|id| self.source.project.articles.get(*id)).map(|article| &**article);
        all.filter(|article| !(self.redaction.sensitive && article.sensitive)).collect()
    }

    /// What is known of each article, with semicolons between. `None` where nothing is.
    pub fn of_articles(&self, what: impl Fn(&Article) -> String) -> Option<String> {
        let all: Vec<String> = self.articles().into_iter().map(what).map(|text| text.replace(';', ",")).collect();
        some(all.join(";")).filter(|text| text.chars().any(|c| c != ';'))
    }

    /// Who is named as speaker, each once.
    pub fn speakers(&self) -> Option<String> {
        let mut all: Vec<&str> = Vec::new();
        if self.redaction.names {
            return None;
        }
        for claim in claims_on(self.source.project, self.source.derived, self.event.id) {
            if !claim.speaker.is_empty() && !all.contains(&&*claim.speaker) {
                all.push(&claim.speaker);
            }
        }
        some(all.join(";"))
    }

    /// Degrees north and east, where they may be seen.
    pub fn degrees(&self) -> Option<(f64, f64)> {
        self.redaction.point(self.event).map(|point| (point.latitude(), point.longitude()))
    }
}

/// A text, unless it is empty.
pub(super) fn some(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !text.is_empty())
}

/// First and last possible day.
pub(super) fn ends(when: Option<EventDate>) -> (Option<Date>, Option<Date>) {
    (when.and_then(|when| when.earliest()), when.and_then(|when| when.latest()))
}
