//! Events that a claim may belong to, the likeliest first: a guard against counting one event twice.

use std::collections::{HashMap, HashSet};

use crate::model::{ArticleId, Event, EventDate, EventId, Project, Text};
use crate::ui::View;

/// How many are offered: as many as keys choose.
pub const MOST: usize = 5;
/// Days between two dates that may still be one event.
const NEAR: i64 = 2;

/// The events nearest to a date and place: those that the article speaks of already, the current one, then by days and
/// place.
pub fn events(
    view: &View<'_>,
    article: ArticleId,
    when: Option<EventDate>,
    place: &str,
    current: Option<EventId>,
) -> Vec<EventId> {
    let claims = view.derived.claims_in(article).iter();
    let of_article: HashSet<EventId> =
        claims.filter_map(|id| view.project.claims.get(*id)).map(|claim| claim.event).collect();
    let mut places = Places::new(place);
    let mut ranked: Vec<(u32, u32, EventId)> = Vec::new();
    for (order, event) in view.project.events.iter().enumerate() {
        let days = days_apart(event, when);
        let near = days.is_some_and(|days| days <= NEAR);
        let same_place = places.is_of(event);
        let rank = match (of_article.contains(&event.id), near, same_place) {
            (true, ..) => 0,
            _ if current == Some(event.id) => 1,
            (_, true, true) => 2,
            (_, true, false) => 3,
            (_, false, true) => 4,
            _ => continue,
        };
        // Within a rank: fewer days apart, the same place, then the newer row.
        let days = u32::try_from(days.unwrap_or(10_000).min(10_000)).unwrap_or(10_000);
        let within = days * 2 + u32::from(!same_place);
        ranked.push((rank * 100_000 + within, u32::MAX - u32::try_from(order).unwrap_or(u32::MAX), event.id));
    }
    let few = MOST.min(ranked.len());
    if few > 0 && ranked.len() > few {
        ranked.select_nth_unstable(few - 1);
        ranked.truncate(few);
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, _, id)| id).collect()
}

/// Days between two intervals; 0 where they overlap. `None` where one is not dated.
fn days_apart(event: &Event, when: Option<EventDate>) -> Option<i64> {
    let (a, b) = (event.when?, when?);
    let ((a_first, a_last), (b_first, b_last)) = (a.sort_key(), b.sort_key());
    let gap = |last: jiff::civil::Date, first: jiff::civil::Date| last.duration_until(first).as_hours() / 24;
    Some(gap(a_last, b_first).max(gap(b_last, a_first)).max(0))
}

/// Names of places compared with the wanted one. Records share the texts of names, so each is compared once.
struct Places {
    wanted: String,
    known: HashMap<*const u8, bool>,
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
        let wanted = &self.wanted;
        !name.is_empty()
            && *self.known.entry(name.as_ptr()).or_insert_with(|| {
                let name = name.to_lowercase();
                name.contains(wanted) || wanted.contains(&name)
            })
    }
}

/// Every name of a place once, in order.
pub fn places(project: &Project) -> Vec<Text> {
    let mut seen = HashSet::new();
    let mut names: Vec<Text> = project
        .events
        .iter()
        .map(|event| &event.location.name)
        .filter(|name| !name.is_empty() && seen.insert(name.as_ptr()))
        .cloned()
        .collect();
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
        let own = events[4].id;
        let mut claim = Claim::new(own, Measure::Killed, Class::TOTAL, Quantity::Exactly(1));
        claim.quotes.extend(Quote::of(article.id, &article.text, 0, 2));
        let edits = [
            Edit::AddArticles(vec![article.clone()]),
            Edit::AddEvents { events, after: None },
            Edit::AddClaim { claim: Box::new(claim), new_event: None },
        ];
        let project =
            edits.iter().try_fold(Project::default(), |project, edit| edit.apply(&project)).expect("a project");
        let derived = Derived::from_scratch(&project);
        let view = View {
            project: &project,
            derived: &derived,
            revision: 0,
            today: date(2031, 5, 8),
            now: Moment::new(date(2031, 5, 8)),
            enter_edits: false,
        };
        let current = Some("current".parse().expect("an id"));
        let found = super::events(&view, article.id, EventDate::parse("2031-05-06").ok(), "Osh", current);
        let names: Vec<&str> = found.iter().map(EventId::as_str).collect();
        assert_eq!(names, ["own", "current", "same", "near", "far"]);
        assert!(super::events(&view, ArticleId::random(), None, "", None).is_empty());
    }
}
