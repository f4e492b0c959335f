//! Events that a claim may belong to, the likeliest first: a guard against counting one event twice.

use std::collections::{HashMap, HashSet};

use crate::dataset;
use crate::derive::figures::{Reading, Value};
use crate::model::{ArticleId, Class, Event, EventDate, EventId, Measure, Project, Text};
use crate::ui::{View, figures};

/// How many are offered: as many as keys choose.
pub const MOST: usize = 5;
/// Days between two dates that may still be one event.
const NEAR: i64 = 2;

/// What is known of the event that is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    pub article: ArticleId,
    pub when: Option<EventDate>,
    pub place: String,
    pub measure: Measure,
    /// The number of the claim, where it has one.
    pub reading: Option<Reading>,
    /// The event that the person looked at last.
    pub current: Option<EventId>,
    /// The event that the person has chosen already: it is always among those found.
    pub chosen: Option<EventId>,
}

/// An event that may be the one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    pub event: EventId,
    /// What makes it similar: "same day, Osh, 46 killed".
    pub why: String,
    /// So similar that a new event beside it would probably be the same one counted twice.
    pub strong: bool,
}

/// How an event compares with the wanted one.
struct Compared {
    days: Option<i64>,
    place: bool,
    number: bool,
    own: bool,
}

impl Compared {
    fn near(&self) -> bool {
        self.days.is_some_and(|days| days <= NEAR)
    }
}

/// A search for the events nearest to what is wanted: those that the article speaks of already, the current one, then by
/// day, place and number. It goes through a large project bit by bit.
#[derive(Debug)]
pub struct Search {
    wanted: Wanted,
    of_article: HashSet<EventId>,
    places: Places,
    ranked: Vec<(u32, u32, EventId)>,
    next: u64,
    seen: u32,
}

impl Search {
    /// A search that has not begun.
    pub fn new(view: &View<'_>, wanted: Wanted) -> Self {
        let claims = view.derived.claims_in(wanted.article).iter();
        let of_article = claims.filter_map(|id| dataset::claim(view.project, *id)).map(|claim| claim.event).collect();
        let places = Places::new(&wanted.place);
        Self { wanted, of_article, places, ranked: Vec::new(), next: 0, seen: 0 }
    }

    /// Goes through so many more events. The events found, best first, once all were seen.
    pub fn step(&mut self, view: &View<'_>, events: usize) -> Option<Vec<Similar>> {
        let mut looked_at = 0;
        for (place, event) in view.project.events.iter_from(self.next).take(events) {
            looked_at += 1;
            self.next = place + 1;
            self.rank(view, event);
        }
        (looked_at < events).then(|| self.found(view))
    }

    fn rank(&mut self, view: &View<'_>, event: &Event) {
        let wanted = &self.wanted;
        self.seen += 1;
        let days = days_apart(event, wanted.when);
        let near = days.is_some_and(|days| days <= NEAR);
        let place = self.places.is_of(event);
        let own = self.of_article.contains(&event.id);
        if !near && !place && !own && wanted.current != Some(event.id) {
            return;
        }
        let number = has_number(view, event.id, wanted);
        let rank = match (near, place, number) {
            _ if own => 0,
            _ if wanted.current == Some(event.id) => 1,
            (true, true, true) => 2,
            (true, true, false) => 3,
            (true, false, true) => 4,
            (true, false, false) => 5,
            (false, _, true) => 6,
            (false, _, false) => 7,
        };
        // Within a rank: fewer days apart, the same place, the same number, then the newer row.
        let days = u32::try_from(days.unwrap_or(10_000).min(10_000)).unwrap_or(10_000);
        let within = days * 4 + u32::from(!place) * 2 + u32::from(!number);
        self.ranked.push((rank * 100_000 + within, u32::MAX - self.seen, event.id));
        // What cannot be among the first any more is let go.
        if self.ranked.len() >= 64 * MOST {
            self.ranked.sort_unstable();
            self.ranked.truncate(MOST);
        }
    }

    fn found(&mut self, view: &View<'_>) -> Vec<Similar> {
        self.ranked.sort_unstable();
        self.ranked.truncate(MOST);
        let mut ids: Vec<EventId> = self.ranked.iter().map(|(_, _, id)| *id).collect();
        if let Some(chosen) = self.wanted.chosen.filter(|chosen| !ids.contains(chosen)) {
            ids.truncate(MOST - 1);
            ids.push(chosen);
        }
        let events = ids.into_iter().filter_map(|id| view.project.events.get(id));
        events.map(|event| similar(view, event, &self.wanted, self.of_article.contains(&event.id))).collect()
    }
}

fn similar(view: &View<'_>, event: &Event, wanted: &Wanted, own: bool) -> Similar {
    let mut places = Places::new(&wanted.place);
    let found = Compared {
        days: days_apart(event, wanted.when),
        place: places.is_of(event),
        number: has_number(view, event.id, wanted),
        own,
    };
    // What the article says elsewhere of the same day, or two of day, place and number.
    let other_place = !wanted.place.trim().is_empty() && !event.location.name.is_empty() && !found.place;
    let strong = found.near() && (found.place || found.number || (found.own && !other_place));
    Similar { event: event.id, why: why(view, event, wanted, &found), strong }
}

fn why(view: &View<'_>, event: &Event, wanted: &Wanted, found: &Compared) -> String {
    let mut parts = Vec::new();
    parts.push(match (found.days, event.when) {
        (Some(0), _) => "same day".to_owned(),
        (Some(1), _) => "1 day apart".to_owned(),
        (Some(days), _) if days <= NEAR => format!("{days} days apart"),
        (_, Some(when)) => when.describe(),
        (_, None) => "no date".to_owned(),
    });
    if !event.location.name.is_empty() && event.name() != &*event.location.name {
        parts.push(event.location.name.to_string());
    }
    let summary = view.derived.figure(event.id, &wanted.measure, &Class::TOTAL);
    if let Value::Known(_) = summary.value {
        let same = if found.number { ", as here" } else { "" };
        parts.push(format!("{} {}{same}", figures::short(summary.value, summary.marks), wanted.measure));
    }
    if found.own {
        parts.push("in this article".to_owned());
    }
    parts.join(", ")
}

/// Whether the number of the claim lies in what the event is known to have.
fn has_number(view: &View<'_>, event: EventId, wanted: &Wanted) -> bool {
    let Some(reading) = wanted.reading.filter(|reading| reading.has_number()) else { return false };
    let Value::Known(range) = view.derived.figure(event, &wanted.measure, &Class::TOTAL).value else { return false };
    let (low, high) = (reading.lo.unwrap_or(0), reading.hi.unwrap_or(u64::MAX));
    // An open end fits everything above it, and so tells nothing but at the number itself.
    let top = range.high.unwrap_or(range.best.unwrap_or(range.low)).max(range.low);
    range.low <= high && low <= top
}

/// Days between two intervals; 0 where they overlap. `None` where one is not dated.
fn days_apart(event: &Event, when: Option<EventDate>) -> Option<i64> {
    let (a, b) = (event.when?, when?);
    let ((a_first, a_last), (b_first, b_last)) = (a.sort_key(), b.sort_key());
    let gap = |last: jiff::civil::Date, first: jiff::civil::Date| last.duration_until(first).as_hours() / 24;
    Some(gap(a_last, b_first).max(gap(b_last, a_first)).max(0))
}

/// Names of places compared with the wanted one. Records share the texts of names, so each is compared once.
#[derive(Debug)]
struct Places {
    wanted: String,
    known: HashMap<Text, bool>,
}

impl Places {
    fn new(wanted: &str) -> Self {
        Self { wanted: wanted.trim().to_lowercase(), known: HashMap::new() }
    }

    fn is_of(&mut self, event: &Event) -> bool {
        let location = &event.location;
        !self.wanted.is_empty() && (self.matches(&location.name) || self.matches(&location.adm1))
    }

    fn matches(&mut self, name: &Text) -> bool {
        if name.is_empty() {
            return false;
        }
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let lower = name.to_lowercase();
        let fits = lower.contains(&self.wanted) || self.wanted.contains(&lower);
        self.known.insert(name.clone(), fits);
        fits
    }
}

/// Every name of a place once, in order.
pub fn places(project: &Project) -> Vec<Text> {
    names(project.events.iter().map(|event| &event.location.name))
}

/// Every name of a side once, in order.
pub fn sides(project: &Project) -> Vec<Text> {
    names(project.events.iter().flat_map(|event| [&event.side_a, &event.side_b]))
}

/// Each of these names once, in order. Records share the texts of names, so most are known by their place in memory.
pub fn names<'a>(all: impl Iterator<Item = &'a Text>) -> Vec<Text> {
    let mut seen = HashSet::new();
    let mut names: Vec<Text> = all.filter(|name| !name.is_empty() && seen.insert(name.as_ptr())).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::Derived;
    use crate::edit::Edit;
    use crate::model::{Article, Claim, Class, Measure, Moment, Quantity, Quote};

    fn event(id: &str, when: &str, place: &str) -> Event {
        let mut event = Event::new(id.parse().expect("an id"));
        event.when = EventDate::parse(when).ok();
        event.location.name = place.into();
        event
    }

    fn claim(event: &Event, n: u64) -> Claim {
        Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::Exactly(n))
    }

    fn project(articles: Vec<Article>, events: Vec<Event>, claims: Vec<Claim>) -> Project {
        let claims = claims.into_iter().map(|claim| Edit::AddClaim { claim: Box::new(claim), new_event: None });
        [Edit::AddArticles(articles), Edit::AddEvents { events, after: None }]
            .into_iter()
            .chain(claims)
            .try_fold(Project::default(), |project, edit| edit.apply(&project))
            .expect("a project")
    }

    fn found(project: &Project, wanted: &Wanted) -> Vec<Similar> {
        let derived = Derived::from_scratch(project);
        let view = View {
            project,
            derived: &derived,
            revision: 0,
            today: date(2031, 5, 8),
            now: Moment::new(date(2031, 5, 8)),
            enter_edits: false,
        };
        // In small steps and in one, the answer is the same.
        let mut search = Search::new(&view, wanted.clone());
        let in_steps = std::iter::repeat_with(|| search.step(&view, 2)).take(100).flatten().next().expect("an end");
        assert_eq!(Search::new(&view, wanted.clone()).step(&view, 1000), Some(in_steps.clone()));
        in_steps
    }

    fn ids(found: &[Similar]) -> Vec<&str> {
        found.iter().map(|similar| similar.event.as_str()).collect()
    }

    #[test]
    fn the_articles_own_events_come_first_then_the_current_one_then_near_days_and_places() {
        let article = Article::new("a1".parse().expect("an id"), "", "42 hurt");
        let events = vec![
            event("far", "2031-01-01", "Osh"),
            event("near", "2031-05-05", ""),
            event("same", "2031-05-06", "Osh region"),
            event("other", "2030-05-06", "Batken"),
            event("own", "2029-05-06", "Batken"),
            event("current", "2028-05-06", "Batken"),
        ];
        let mut own = claim(&events[4], 1);
        own.quotes.extend(Quote::of(article.id, &article.text, 0, 2));
        let id = article.id;
        let project = project(vec![article], events, vec![own]);
        let mut wanted = Wanted {
            article: id,
            when: EventDate::parse("2031-05-06").ok(),
            place: "Osh".to_owned(),
            measure: Measure::Killed,
            reading: None,
            current: Some("current".parse().expect("an id")),
            chosen: None,
        };
        assert_eq!(ids(&found(&project, &wanted)), ["own", "current", "same", "near", "far"]);
        (wanted.article, wanted.when, wanted.place, wanted.current) = (ArticleId::random(), None, String::new(), None);
        assert!(found(&project, &wanted).is_empty());
        wanted.chosen = "other".parse().ok();
        assert_eq!(ids(&found(&project, &wanted)), ["other"], "what a person chose stays in the list");
    }

    #[test]
    fn a_number_that_is_known_of_an_event_raises_it_and_each_row_says_why() {
        let events = vec![
            event("other", "2031-05-06", "Batken"),
            event("same", "2031-05-07", "Osh"),
            event("placed", "2031-05-06", "Osh"),
        ];
        let claims = vec![claim(&events[0], 46), claim(&events[1], 3), claim(&events[2], 46)];
        let project = project(vec![], events, claims);
        let number = Reading { lo: Some(46), hi: Some(46), pt: Some(46), ..Reading::default() };
        let wanted = Wanted {
            article: ArticleId::random(),
            when: EventDate::parse("2031-05-06").ok(),
            place: "Osh".to_owned(),
            measure: Measure::Killed,
            reading: Some(number),
            current: None,
            chosen: None,
        };
        let rows = found(&project, &wanted);
        assert_eq!(ids(&rows), ["placed", "same", "other"]);
        let why: Vec<&str> = rows.iter().map(|row| row.why.as_str()).collect();
        assert_eq!(why, ["same day, 46 killed, as here", "1 day apart, 3 killed", "same day, 46 killed, as here"]);
        assert_eq!(rows.iter().map(|row| row.strong).collect::<Vec<_>>(), [true, true, true]);
        let elsewhere = Wanted { place: "Isfara".to_owned(), reading: None, ..wanted };
        let rows = found(&project, &elsewhere);
        assert!(rows.iter().all(|row| !row.strong), "another place and another number: {rows:?}");
    }
}
