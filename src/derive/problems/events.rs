//! Problems of events: figures by hand, what they cover, what is not known of them.

use std::collections::{BTreeMap, HashSet};

use crate::derive::figures::Value;
use crate::derive::index::Derived;
use crate::derive::totals::covered_by;
use crate::model::{Event, EventId, Project, Status};

use super::{Findings, Place, Severity, hidden};

pub(super) fn events(project: &Project, derived: &Derived, findings: &mut Findings) {
    let mut covering: BTreeMap<EventId, Vec<&Event>> = BTreeMap::new();
    for event in project.events.iter() {
        by_hand(event, findings);
        covers(project, event, findings);
        estimates(derived, event, findings);
        if event.status.counts() {
            unknown(event, findings);
            for id in &event.covers {
                covering.entry(*id).or_default().push(event);
            }
        } else {
            excluded(derived, event, findings);
        }
        hidden::look(Place::Event(event.id), words_of(event), findings);
    }
    for (covered, summaries) in covering.iter().filter(|(_, summaries)| summaries.len() > 1) {
        covered_twice(project, *covered, summaries, findings);
    }
}

fn by_hand(event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    let mut seen = HashSet::new();
    for hand in &event.by_hand {
        let what = || format!("The figure by hand of {} ({})", hand.measure, hand.class);
        if !hand.in_order() {
            let message = format!("{} is not in order: low, best and high must not fall.", what());
            findings.add(Severity::Error, place, message, "Set it again with low ≤ best ≤ high.");
        }
        if hand.reason.trim().is_empty() {
            findings.add(Severity::Warning, place, format!("{} has no reason.", what()), "Say why it was set.");
        }
        if hand.name.trim().is_empty() {
            findings.add(Severity::Hint, place, format!("{} has no name.", what()), "Say who set it.");
        }
        if !seen.insert((&hand.measure, &hand.class)) {
            findings.add(Severity::Error, place, format!("{} stands twice.", what()), "Delete one of the two.");
        }
    }
}

fn covers(project: &Project, event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    for id in event.covers.iter().filter(|id| !project.events.contains(**id)) {
        let message = format!("It covers the event {id}, which is not in the project.");
        findings.add(Severity::Error, place, message, "Take it off the list of covered events.");
    }
    if !event.covers.is_empty() && covered_by(project, event).contains(&event.id) {
        let message = "It covers itself, directly or by way of others: it counts in full.";
        findings.add(Severity::Error, place, message, "Take one event of the ring off a list of covered events.");
    }
}

/// Two summaries that know nothing of each other would both add what exceeds the same event.
fn covered_twice(project: &Project, covered: EventId, summaries: &[&Event], findings: &mut Findings) {
    for pair in summaries.windows(2) {
        let [a, b] = pair else { continue };
        if a.id != b.id && !covered_by(project, a).contains(&b.id) && !covered_by(project, b).contains(&a.id) {
            let message = format!("Two summaries cover it, {} and {}: what exceeds it may count twice.", a.id, b.id);
            let remedy = "Let one summary cover the other, or exclude one.";
            findings.add(Severity::Warning, Place::Event(covered), message, remedy);
        }
    }
}

fn estimates(derived: &Derived, event: &Event, findings: &mut Findings) {
    for (measure, class, summary) in derived.figures(event.id).filter(|(_, _, summary)| summary.marks.flagged) {
        let numbers = match summary.value {
            Value::Known(range) => {
                let part = |n: Option<u64>| n.map_or("none".to_owned(), |n| n.to_string());
                format!(" (low {}, best {}, high {})", range.low, part(range.best), part(range.high))
            }
            Value::Unknown | Value::NoClaim => String::new(),
        };
        let message = format!("The published estimate of {measure} ({class}) is out of order{numbers}.");
        let remedy = "It is kept and added as published; look it up, or set a figure by hand.";
        findings.add(Severity::Warning, Place::Event(event.id), message, remedy);
    }
}

fn unknown(event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    if event.when.is_none() {
        findings.add(Severity::Hint, place, "It has no date.", "Give at least the year or an interval.");
    }
    let location = &event.location;
    let named = [&location.name, &location.adm1, &location.country].into_iter().any(|name| !name.trim().is_empty());
    if !named && location.point.is_none() {
        findings.add(Severity::Hint, place, "It has no place.", "Give at least the country.");
    }
}

fn excluded(derived: &Derived, event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    if matches!(&event.status, Status::Excluded(reason) if reason.trim().is_empty()) {
        findings.add(Severity::Warning, place, "It is excluded without a reason.", "Say why it is excluded.");
    }
    let claims = derived.claims_of(event.id).len();
    if claims > 0 {
        let s = if claims == 1 { "claim speaks" } else { "claims speak" };
        let message = format!("It is excluded, but {claims} {s} of it: they count nowhere.");
        let remedy = "If they belong to another event, attach them to it; else nothing is to be done.";
        findings.add(Severity::Hint, place, message, remedy);
    }
}

fn words_of(event: &Event) -> impl Iterator<Item = (&str, &str)> {
    let fields: [(&str, &str); 7] = [
        ("title", &event.title),
        ("place", &event.location.name),
        ("adm1", &event.location.adm1),
        ("country", &event.location.country),
        ("kind", &event.kind),
        ("side A", &event.side_a),
        ("side B", &event.side_b),
    ];
    let reason = match &event.status {
        Status::Excluded(reason) => Some(("reason", &**reason)),
        _ => None,
    };
    let hands = event.by_hand.iter().map(|hand| ("reason of a figure by hand", &*hand.reason));
    let tags = event.tags.iter().map(|tag| ("tags", &**tag));
    fields.into_iter().chain(reason).chain(hands).chain(tags)
}
