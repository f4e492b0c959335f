//! What a project covers and what it rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Markdown, plain};
use crate::dataset;
use crate::derive::index::Derived;
use crate::derive::wording::{count, day, grouped};
use crate::model::{Event, Origin, Project, Status};

/// Events and claims in numbers.
pub(super) fn scope(out: &mut Markdown, project: &Project, derived: &Derived) {
    out.section("Scope");
    let counted: Vec<&Event> = project.events.iter().map(|event| &**event).filter(|e| e.status.counts()).collect();
    let of = |wanted: &dyn Fn(&Event) -> bool| counted.iter().filter(|event| wanted(event)).count();
    out.item(&format!(
        "{} counted: {} draft, {} coded, {} reviewed, {} disputed; {} of them summaries of others",
        count(counted.len(), "event", "events"),
        of(&|event| event.status == Status::Draft),
        of(&|event| event.status == Status::Coded),
        of(&|event| event.status == Status::Reviewed),
        of(&|event| event.status == Status::Disputed),
        of(&|event| !event.covers.is_empty()),
    ));
    let first = counted.iter().filter_map(|event| event.when.as_ref()?.earliest()).min();
    let last = counted.iter().filter_map(|event| event.when.as_ref()?.latest()).max();
    if let (Some(first), Some(last)) = (first, last) {
        let undated = of(&|event| event.when.is_none());
        out.item(&format!("From {} to {}; {undated} without a date", day(first), day(last)));
    }
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for event in counted.iter().filter(|event| !event.location.country.is_empty()) {
        *countries.entry(&event.location.country).or_default() += 1;
    }
    if !countries.is_empty() {
        let list: Vec<String> = countries.iter().map(|(name, n)| format!("{} ({n})", plain(name))).collect();
        out.item(&format!("Countries: {}", list.join(", ")));
    }
    let readers = dataset::readers(project);
    let of_rows: usize = project.events.iter().map(|event| readers.untouched(project, event).len()).sum();
    let aside = project.claims.iter().filter(|claim| claim.aside.is_some()).count();
    let quoted = project.claims.iter().filter(|claim| !claim.quotes.is_empty()).count();
    out.item(&format!(
        "{}: {quoted} with the quoted words, {aside} set aside",
        count(project.claims.len() + of_rows, "claim", "claims")
    ));
    let conflicts = counted.iter().filter(|event| derived.has_conflict(event.id)).count();
    out.item(&format!("{} on which sources contradict each other", count(conflicts, "event", "events")));
    excluded(out, project);
}

/// Excluded events by their reason.
fn excluded(out: &mut Markdown, project: &Project) {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for event in project.events.iter() {
        if let Status::Excluded(reason) = &event.status {
            *reasons.entry(plain(reason)).or_default() += 1;
        }
    }
    for (reason, n) in reasons {
        out.item(&format!("{} excluded: {reason}", count(n, "event", "events")));
    }
}

/// What is known of a publisher.
#[derive(Default)]
struct Source<'a> {
    articles: usize,
    claims: usize,
    agencies: BTreeSet<&'a str>,
    grades: BTreeSet<&'a str>,
}

/// Publishers with their articles and claims, and other origins.
pub(super) fn sources(out: &mut Markdown, project: &Project) {
    out.section("Sources");
    let mut sources: BTreeMap<&str, Source<'_>> = BTreeMap::new();
    let mut hidden = 0;
    for article in project.articles.iter() {
        if article.sensitive {
            hidden += 1;
            continue;
        }
        let source = sources.entry(&article.publisher).or_default();
        source.articles += 1;
        source.agencies.extend(Some(&*article.agency).filter(|agency| !agency.is_empty()));
        source.grades.insert(article.reliability.map_or("not graded", crate::model::Reliability::key));
    }
    let mut other: BTreeMap<String, usize> = BTreeMap::new();
    for claim in project.claims.iter() {
        let article = claim.article().and_then(|id| project.articles.get(id)).filter(|article| !article.sensitive);
        if let Some(article) = article {
            sources.entry(&article.publisher).or_default().claims += 1;
        } else if let Some(origin) = &claim.origin {
            let name = match origin {
                Origin::Dataset(name) => format!("Data set {}", plain(name)),
                Origin::Document(name) => format!("Document {}", plain(name)),
                Origin::Interview(_) => "Interviews".to_owned(),
            };
            *other.entry(name).or_default() += 1;
        }
    }
    let readers = dataset::readers(project);
    for event in project.events.iter() {
        for claim in readers.untouched(project, event) {
            if let Some(Origin::Dataset(name)) = &claim.origin {
                *other.entry(format!("Data set {}", plain(name))).or_default() += 1;
            }
        }
    }
    let row = |(name, source): (&&str, &Source<'_>)| {
        let name = if name.is_empty() { "Publisher not stated" } else { name };
        let joined = |set: &BTreeSet<&str>| set.iter().copied().collect::<Vec<_>>().join(", ");
        let number = |n: usize| grouped(u64::try_from(n).unwrap_or(u64::MAX));
        vec![
            name.to_owned(),
            joined(&source.agencies),
            number(source.articles),
            number(source.claims),
            joined(&source.grades),
        ]
    };
    let rows: Vec<Vec<String>> = sources.iter().map(row).collect();
    out.table(&["Publisher", "Agencies credited", ">Articles", ">Claims", "Reliability (A to F)"], &rows);
    if !other.is_empty() || hidden > 0 {
        out.line("");
    }
    for (name, n) in other {
        out.item(&format!("{name}: {}", count(n, "claim", "claims")));
    }
    if hidden > 0 {
        out.item(&format!("{} marked sensitive, not named", count(hidden, "article", "articles")));
    }
}
