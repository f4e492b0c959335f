//! Whose reports a sum rests on: what the source line under a chart or a table names.

use std::collections::HashMap;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::dataset;
use crate::model::{Claim, ClaimId, Class, Measure, Origin, Project};

use super::columnar::{Figures, Flag};
use super::index::Derived;

/// So many events are counted by one core at a time.
const SHARE: usize = 65_536;

/// What figures rest on, as numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events that anything is said of.
    pub events: usize,
    /// Articles of which a claim counts.
    pub articles: usize,
    /// Events of these that were made from a row of other people's data.
    pub rows: usize,
}

impl Counts {
    /// Of these measures among the events that count; `filter` marks the slots of `derive::columnar` that are meant, `None`
    /// all. It reads columns of numbers and asks each article once: quick enough for every key of a filter.
    pub fn of(
        project: &Project,
        derived: &Derived,
        measures: &[&Measure],
        class: &Class,
        filter: Option<&[bool]>,
    ) -> Self {
        let table = derived.columnar();
        let figures: Vec<&Figures> =
            measures.iter().filter_map(|measure| table.class_figures(measure, class, derived)).collect();
        let flags = table.flags();
        let counts = |slot: usize| is_meant(flags, filter, slot);
        let of_share = |slots: &[u32]| {
            let mut new = Self::default();
            for slot in slots.iter().map(|slot| *slot as usize).filter(|slot| counts(*slot)) {
                if figures.iter().any(|figures| figures.is_claimed(slot)) {
                    new.events += 1;
                    new.rows += usize::from(flags[slot] & Flag::Row.bit() != 0);
                }
            }
            new
        };
        let join = |a: Self, b: Self| Self { events: a.events + b.events, rows: a.rows + b.rows, ..a };
        let mut new = table.order().par_chunks(SHARE).map(of_share).reduce(Self::default, join);
        let says = |id: &ClaimId| {
            dataset::claim(project, *id).is_some_and(|claim| {
                speaks(claim, measures, class) && table.slot(claim.event).is_some_and(|slot| counts(slot as usize))
            })
        };
        new.articles = project.articles.iter().filter(|article| derived.claims_in(article.id).iter().any(says)).count();
        new
    }
}

/// Whether the event in a slot counts, and the filter lets it through.
fn is_meant(flags: &[u16], filter: Option<&[bool]>, slot: usize) -> bool {
    flags.get(slot).is_some_and(|flags| flags & Flag::Excluded.bit() == 0)
        && filter.is_none_or(|filter| filter.get(slot).is_some_and(|is| *is))
}

/// Whether a claim is a source of these figures.
fn speaks(claim: &Claim, measures: &[&Measure], class: &Class) -> bool {
    measures.contains(&&claim.measure) && claim.aside.is_none() && (*class == Class::TOTAL || claim.class == *class)
}

/// The sources of the figures of one measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credits {
    /// How many events, articles and rows.
    pub counts: Counts,
    /// Publishers, data sets and others who are named, from the one with the most claims; of equals by the alphabet.
    pub sources: Vec<String>,
    /// Whether a claim comes from somebody who is not named.
    pub unnamed: bool,
    /// The day of the newest report.
    pub data_to: Option<Date>,
}

impl Credits {
    /// Of the claims about these measures whose events count; `filter` marks the slots of `derive::columnar` that are
    /// meant, `None` all. Claims that are set aside are no source. Some milliseconds for hundreds of thousands of claims.
    pub fn of(
        project: &Project,
        derived: &Derived,
        measures: &[&Measure],
        class: &Class,
        filter: Option<&[bool]>,
    ) -> Self {
        let table = derived.columnar();
        let counts = |slot: u32| is_meant(table.flags(), filter, slot as usize);
        let mut claims_of: HashMap<String, usize> = HashMap::new();
        let mut credits = Self { counts: Counts::of(project, derived, measures, class, filter), ..Self::default() };
        for claim in project.claims.iter().filter(|claim| speaks(claim, measures, class)) {
            if !table.slot(claim.event).is_some_and(counts) {
                continue;
            }
            credits.data_to = credits.data_to.max(newest(project, claim));
            match source(project, claim) {
                Some(name) => *claims_of.entry(name).or_default() += 1,
                None => credits.unnamed = true,
            }
        }
        let of_rows = Rows { project, derived, counts: &counts };
        of_rows.each(
            |measure, of| measures.contains(&measure) && (*class == Class::TOTAL || of == class),
            |name| match claims_of.get_mut(name) {
                Some(count) => *count += 1,
                None => drop(claims_of.insert(name.to_owned(), 1)),
            },
        );
        let mut sources: Vec<(String, usize)> = claims_of.into_iter().collect();
        sources.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        credits.sources = sources.into_iter().map(|(name, _)| name).collect();
        credits
    }
}

/// What rows of other people's data say and nobody changed.
struct Rows<'a> {
    project: &'a Project,
    derived: &'a Derived,
    /// Whether the event in a slot counts.
    counts: &'a dyn Fn(u32) -> bool,
}

impl Rows<'_> {
    /// Tells of each claim that is meant the data set. No row is read for it.
    fn each(&self, is_meant: impl Fn(&Measure, &Class) -> bool, mut tell: impl FnMut(&str)) {
        if self.project.datasets.is_empty() {
            return;
        }
        let readers = dataset::readers(self.project);
        let table = self.derived.columnar();
        for event in self.project.events.iter() {
            let reader = event.source.as_ref().and_then(|source| readers.get(source.dataset));
            let Some(reader) = reader.filter(|_| table.slot(event.id).is_some_and(self.counts)) else { continue };
            for id in self.derived.claims_of(event.id) {
                let is_meant = reader.counted(event.id, id).is_some_and(|(measure, class)| is_meant(measure, class));
                // One that an analyst changed is a claim of the project, and was met there.
                if is_meant && !self.project.claims.contains(id) {
                    tell(reader.origin());
                }
            }
        }
    }
}

/// The day on which a claim was made, or on which its article was published.
fn newest(project: &Project, claim: &Claim) -> Option<Date> {
    let article = claim.article().and_then(|article| project.articles.get(article));
    claim.reported.max(article.and_then(|article| article.published).map(|moment| moment.day()))
}

/// Who is named as the source of a claim: the publisher, the data set, or who was asked.
pub(super) fn source(project: &Project, claim: &Claim) -> Option<String> {
    if let Some(article) = claim.article().and_then(|article| project.articles.get(article)) {
        let named = [&article.publisher, &article.agency].into_iter().find(|name| !name.trim().is_empty());
        return named.map(|name| name.trim().to_owned());
    }
    match &claim.origin {
        Some(Origin::Dataset(name) | Origin::Document(name)) => Some(name.trim().to_owned()),
        // Who was asked may have to stay unnamed.
        Some(Origin::Interview(_)) => Some("interviews".to_owned()),
        None => None,
    }
    .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, EventId, Quantity, Status};

    fn claim(event: EventId, measure: Measure, dataset: &str, day: i8) -> Claim {
        let mut claim = Claim::new(event, measure, Class::TOTAL, Quantity::parse("3").expect("a quantity"));
        claim.origin = Some(Origin::Dataset(dataset.into()));
        claim.reported = Some(jiff::civil::date(2022, 9, day));
        claim
    }

    #[test]
    fn sources_are_those_of_the_claims_that_count() {
        let mut project = Project::titled("Test");
        let ids: Vec<EventId> = ["a", "b", "out"].iter().map(|id| id.parse().expect("an id")).collect();
        for id in &ids {
            let mut event = Event::new(*id);
            event.status = if id.as_str() == "out" { Status::Excluded("elsewhere".into()) } else { Status::Coded };
            project.events.push(event).expect("new");
        }
        let aside = Claim { aside: Some("a slip".into()), ..claim(ids[0], Measure::Killed, "Slips", 30) };
        let claims = [
            claim(ids[0], Measure::Killed, "Second", 14),
            claim(ids[0], Measure::Killed, "First", 15),
            claim(ids[1], Measure::Killed, "First", 16),
            claim(ids[1], Measure::Injured, "Hospitals", 28),
            claim(ids[2], Measure::Killed, "Elsewhere", 29),
            aside,
        ];
        project.claims.extend(claims).expect("new");
        let derived = Derived::from_scratch(&project);
        let credits = Credits::of(&project, &derived, &[&Measure::Killed], &Class::TOTAL, None);
        assert_eq!(credits.sources, ["First", "Second"]);
        assert_eq!((credits.counts, credits.unnamed), (Counts { events: 2, articles: 0, rows: 0 }, false));
        assert_eq!(credits.data_to, Some(jiff::civil::date(2022, 9, 16)));
        let none = Credits::of(&project, &derived, &[&Measure::Killed], &Class::TOTAL, Some(&[false; 3]));
        assert_eq!(none, Credits::default());
    }
}
