//! Problems of events: figures by hand, what they cover, what is not known of them.

use std::collections::HashSet;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::dataset::{Flaw, Readers};
use crate::derive::columnar::number_of;
use crate::derive::figures::{Range, Value, hand_range};
use crate::derive::index::{Derived, explain_claims};
use crate::derive::totals::covered_by;
use crate::derive::wording;
use crate::model::{Event, EventId, Project, Status};

use super::related::Related;
use super::{Findings, Ground, Kind, Place, Spot, hidden};

/// The problems of an event; those of [`Kind::OF_CLAIMS`] only where `claims` says so.
pub(super) fn event(ground: Ground<'_>, event: &Event, claims: bool, findings: &mut Findings) {
    let Ground { project, readers, derived, related } = ground;
    by_hand(event, findings);
    own(project, event, findings);
    if claims {
        apart(project, derived, event, findings);
    }
    covers(project, event, findings);
    if claims {
        estimates(derived, event, findings);
    }
    codes(project, event, findings);
    row(readers, event, findings);
    if event.status.counts() {
        unknown(event, findings);
        if claims {
            reported_before(project, derived, event, findings);
        }
        twin(project, related, event, findings);
    } else {
        excluded(derived, event, findings);
    }
    hidden::look(Place::Event(event.id), words_of(event), findings);
    covered_twice(project, related, event.id, findings);
}

/// Whether an event can only have happened after this day.
pub fn is_in_the_future(event: &Event, today: Date) -> bool {
    event.when.and_then(|when| when.earliest()).is_some_and(|first| first > today)
}

/// So many events are looked at by one core at a time.
const SHARE: usize = 65_536;

/// The events that can only have happened after this day, in the order of the project.
pub fn in_the_future(derived: &Derived, today: Date) -> Vec<EventId> {
    let (table, today) = (derived.columnar(), number_of(today));
    let ahead: Vec<bool> = table.dates().intervals().map(|(first, _)| first > today).collect();
    if !ahead.contains(&true) {
        return Vec::new();
    }
    let codes = table.dates().codes();
    let of_share = |slots: &[u32]| -> Vec<EventId> {
        let late = slots.iter().filter(|slot| ahead[codes[**slot as usize] as usize]);
        late.map(|slot| table.id(*slot)).collect()
    };
    let shares: Vec<Vec<EventId>> = table.order().par_chunks(SHARE).map(of_share).collect();
    shares.concat()
}

pub(super) fn future(event: &Event, today: Date, findings: &mut Findings) {
    if let Some(when) = event.when.filter(|_| is_in_the_future(event, today)) {
        let message = format!("Its date, {}, lies in the future.", when.describe());
        findings.at(Kind::Future, Place::Event(event.id), Spot::When, message, "Look the date up, and set it again.");
    }
}

fn by_hand(event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    if event.by_hand.is_empty() {
        return;
    }
    let mut seen = HashSet::new();
    for hand in &event.by_hand {
        let spot = || Spot::Figure(hand.measure.clone());
        let what = || format!("The figure by hand of {} ({})", hand.measure, hand.class);
        if !hand.in_order() {
            let message = format!("{} is not in order: low, best and high must not fall.", what());
            findings.at(Kind::HandOutOfOrder, place, spot(), message, "Set it again with low ≤ best ≤ high.");
        }
        if hand.reason.trim().is_empty() {
            let message = format!("{} has no reason.", what());
            findings.at(Kind::HandWithoutReason, place, spot(), message, "Say why it was set.");
        }
        if hand.name.trim().is_empty() {
            let message = format!("{} has no name.", what());
            findings.at(Kind::HandWithoutName, place, spot(), message, "Say who set it.");
        }
        if !seen.insert((&hand.measure, &hand.class)) {
            let message = format!("{} stands twice.", what());
            findings.at(Kind::HandTwice, place, spot(), message, "Delete one of the two.");
        }
    }
}

/// Values in columns of the analyst's own that the codebook does not have, or that their columns cannot read.
fn own(project: &Project, event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    for (id, text) in event.own.iter() {
        let Some(column) = project.about.codebook.column(id) else {
            let message = format!("It has the value “{text}” in the column {id}, which the codebook does not have.");
            findings.add(Kind::OwnUnknown, place, message, "Add the column to the codebook, or take the value out.");
            continue;
        };
        if let Err(why) = column.kind.read(text, &|word| project.knows_word(word)) {
            let message = format!("{}: {}.", column.name(), why.trim_end_matches('.'));
            findings.add(Kind::OwnUnreadable, place, message, "It is kept as it is: type it anew, or change the kind.");
        }
    }
}

fn covers(project: &Project, event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    for id in event.covers.iter().filter(|id| !project.events.contains(**id)) {
        let message = format!("It covers the event {id}, which is not in the project.");
        findings.at(Kind::CoversNothing, place, Spot::Covers, message, "Take it off the list of covered events.");
    }
    if !event.covers.is_empty() && covered_by(project, event).contains(&event.id) {
        let message = "It covers itself, directly or by way of others: it counts in full.";
        let remedy = "Take one event of the ring off a list of covered events.";
        findings.at(Kind::CoversItself, place, Spot::Covers, message, remedy);
    }
}

/// Two summaries that know nothing of each other would both add what exceeds the same event.
fn covered_twice(project: &Project, related: &Related, covered: EventId, findings: &mut Findings) {
    let summaries: Vec<&Event> =
        related.summaries_of(covered).iter().filter_map(|id| project.events.get(*id)).map(|event| &**event).collect();
    for pair in summaries.windows(2) {
        let [a, b] = pair else { continue };
        if a.id != b.id && !covered_by(project, a).contains(&b.id) && !covered_by(project, b).contains(&a.id) {
            let message = format!("Two summaries cover it, {} and {}: what exceeds it may count twice.", a.id, b.id);
            let remedy = "Let one summary cover the other, or exclude one.";
            findings.add(Kind::CoveredTwice, Place::Event(covered), message, remedy);
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
        let spot = Spot::Figure(measure.clone());
        findings.at(Kind::Estimate, Place::Event(event.id), spot, message, remedy);
    }
}

/// What breaks a rule in the row that the event was made from. Estimates out of order are told of the figure.
fn row(readers: &Readers, event: &Event, findings: &mut Findings) {
    let Some(source) = &event.source else { return };
    let place = Place::Event(event.id);
    let Some(reader) = readers.get(source.dataset) else {
        let message = format!("Its row is of {}, whose columns nobody says the meaning of.", source.dataset);
        findings.add(
            Kind::RowUnread,
            place,
            message,
            "Add the data set and its mapping; until then its numbers count nowhere.",
        );
        return;
    };
    // What was read with the row says already that it has none.
    if source.numbers().is_some_and(|numbers| !numbers.flawed) {
        return;
    }
    for flaw in reader.flaws(source.row()).into_iter().filter(Flaw::breaks_rule) {
        let what = flaw.describe(reader.column(flaw.column));
        let message = format!("Its row of {} breaks a rule. {what}.", source.dataset);
        findings.add(Kind::RowFlaw, place, message, "The row is kept as it came; set what is known by hand.");
    }
}

fn unknown(event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    if event.when.is_none() {
        findings.at(Kind::NoDate, place, Spot::When, "It has no date.", "Give at least the year or an interval.");
    }
    let location = &event.location;
    let named = [&location.name, &location.adm1, &location.country].into_iter().any(|name| !name.trim().is_empty());
    if !named && location.point.is_none() {
        findings.at(Kind::NoPlace, place, Spot::PlaceName, "It has no place.", "Give at least the country.");
    }
}

/// What the codes of an event say against each other, or that the codebook does not say.
fn codes(project: &Project, event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    if let Some(when) = event.when.filter(|when| when.time().is_some() && when.is_approximate()) {
        let message = format!("Its date, {}, is approximate, but has a time of day.", when.describe());
        let remedy = "If the day is known, leave the mark ~ out; else leave the time out.";
        findings.at(Kind::TimeOfAbout, place, Spot::When, message, remedy);
    }
    if let Some(point) = event.location.point {
        if point.latitude() == 0.0 && point.longitude() == 0.0 {
            let message = "Its coordinates are 0, 0: a point in the Atlantic that often stands for none.";
            findings.at(Kind::NullIsland, place, Spot::Coordinates, message, "Look them up, or clear them.");
        } else if event.location.precision.is_none() {
            let message = "It has coordinates, but not how exactly they are known.";
            let remedy = "Choose a precision: a point of a province looks like one of a house.";
            findings.at(Kind::NoPrecision, place, Spot::Coordinates, message, remedy);
        }
    }
    if !event.kind.is_empty() && !project.about.codebook.kinds.iter().any(|term| term.name == event.kind) {
        let message = format!("Its kind, “{}”, is not in the codebook.", event.kind);
        let remedy = "Choose a kind of the codebook, or add this one to it.";
        findings.at(Kind::UnknownKind, place, Spot::Kind, message, remedy);
    }
}

/// An event cannot be reported before it happens.
fn reported_before(project: &Project, derived: &Derived, event: &Event, findings: &mut Findings) {
    let Some(first) = event.when.and_then(|when| when.earliest()) else { return };
    // Rows of other people's data do not say when they were reported.
    if project.claims.is_empty() {
        return;
    }
    let claims = derived.claims_of(event.id).filter_map(|id| project.claims.get(id));
    let mut early = claims.filter(|claim| claim.aside.is_none() && claim.reported.is_some_and(|day| day < first));
    if let Some((claim, day)) = early.next().and_then(|claim| claim.reported.map(|day| (claim.id, day))) {
        let more = early.count();
        let more = if more == 0 { String::new() } else { format!(", and {more} more") };
        let message = format!("The claim {claim} about it was reported on {day}, before it happened{more}.");
        let remedy = "Look up when it happened, or attach the claim to another event.";
        findings.at(Kind::ReportedBefore, Place::Event(event.id), Spot::When, message, remedy);
    }
}

/// The same title, date and place: once too many, or one of them is not told apart.
fn twin(project: &Project, related: &Related, event: &Event, findings: &mut Findings) {
    if let Some(other) = related.twin_of(project, event) {
        let message = format!("Title, date and place are those of the event {other}.");
        let remedy = "If it is the same event, merge the two; else tell them apart by their titles.";
        findings.at(Kind::Twin, Place::Event(event.id), Spot::Title, message, remedy);
    }
}

/// A figure by hand, and claims that say something else altogether: they may have come later.
fn apart(project: &Project, derived: &Derived, event: &Event, findings: &mut Findings) {
    if event.by_hand.is_empty() {
        return;
    }
    let alone = explain_claims(project, derived, event.id);
    for hand in &event.by_hand {
        let figure = alone.get(&hand.measure).and_then(|figures| figures.get(&hand.class));
        let Some((Value::Known(range), marks)) = figure.map(|figure| (figure.value, figure.marks)) else { continue };
        if hand.in_order() && is_apart(hand_range(hand), range) {
            let (measure, class) = (&hand.measure, &hand.class);
            let says = wording::short(Value::Known(range), marks);
            let message =
                format!("The figure by hand of {measure} ({class}) lies outside of what the claims say, {says}.");
            let remedy = "See whether the claims changed since it was set; set it again, or clear it.";
            let spot = Spot::Figure(hand.measure.clone());
            findings.at(Kind::HandApart, Place::Event(event.id), spot, message, remedy);
        }
    }
}

fn is_apart(a: Range, b: Range) -> bool {
    let below = |a: Range, b: Range| a.high.is_some_and(|high| high < b.low);
    below(a, b) || below(b, a)
}

fn excluded(derived: &Derived, event: &Event, findings: &mut Findings) {
    let place = Place::Event(event.id);
    if matches!(&event.status, Status::Excluded(reason) if reason.trim().is_empty()) {
        let message = "It is excluded without a reason.";
        findings.at(Kind::Excluded, place, Spot::Status, message, "Say why it is excluded.");
    }
    let claims = derived.claims_of(event.id).len();
    if claims > 0 {
        let s = if claims == 1 { "claim speaks" } else { "claims speak" };
        let message = format!("It is excluded, but {claims} {s} of it: they count nowhere.");
        let remedy = "If they belong to another event, attach them to it; else nothing is to be done.";
        findings.at(Kind::ExcludedClaims, place, Spot::Status, message, remedy);
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
    let own = event.own.iter().map(|(_, text)| ("value of a column of your own", &**text));
    fields.into_iter().chain(reason).chain(hands).chain(tags).chain(own)
}
