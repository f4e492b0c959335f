//! Several events that are one incident become one, and claims move from one event to another.
//!
//! [`Merge`] holds what a person chose: which event is kept, and whose value it takes in each field. It makes the change
//! and the words for what would be lost otherwise. It knows no figures and no screen.

use std::collections::{BTreeMap, HashSet};

use super::{EditError, check, remove_events, rows, there};
use crate::dataset;
use crate::edit::Edit;
use crate::model::{
    ByHand, Claim, ClaimId, ColumnId, Event, EventId, Few, Moment, Note, NoteId, NoteKind, Project, Scope, Status,
    Subject, Text,
};

#[cfg(test)]
mod tests;

/// A field in which events may differ, and of which the merged event has one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Title,
    When,
    Place,
    Adm1,
    Country,
    /// Coordinates with how exactly they are known.
    Point,
    Kind,
    SideA,
    SideB,
    Status,
    /// A column of the analyst's own.
    Own(ColumnId),
}

impl Field {
    /// Those of every project, in the order in which they are shown.
    const BUILT_IN: [Self; 10] = [
        Self::Title,
        Self::When,
        Self::Place,
        Self::Adm1,
        Self::Country,
        Self::Point,
        Self::Kind,
        Self::SideA,
        Self::SideB,
        Self::Status,
    ];

    /// All of a project, in the order in which they are shown; with columns that only these events know.
    fn all<'e>(project: &Project, events: impl Iterator<Item = &'e Event>) -> Vec<Self> {
        let mut own: Vec<ColumnId> = project.about.codebook.columns.iter().map(|column| column.id).collect();
        for (id, _) in events.flat_map(|event| event.own.iter()) {
            if !own.contains(&id) {
                own.push(id);
            }
        }
        Self::BUILT_IN.into_iter().chain(own.into_iter().map(Self::Own)).collect()
    }

    /// What it is called on screen.
    pub fn name(self, project: &Project) -> Text {
        let name = match self {
            Self::Title => "Title",
            Self::When => "When",
            Self::Place => "Place",
            Self::Adm1 => "Province or region",
            Self::Country => "Country",
            Self::Point => "Coordinates",
            Self::Kind => "Kind",
            Self::SideA => "Side A",
            Self::SideB => "Side B",
            Self::Status => "Status",
            Self::Own(id) => {
                let column = project.about.codebook.column(id);
                return column.map_or_else(|| id.as_str().into(), |column| column.title.clone());
            }
        };
        name.into()
    }

    /// The value of an event in words; empty where it is not known.
    pub fn text(self, event: &Event) -> String {
        let at = &event.location;
        match self {
            Self::Title => event.title.to_string(),
            Self::When => event.when.as_ref().map(|when| when.describe()).unwrap_or_default(),
            Self::Place => at.name.to_string(),
            Self::Adm1 => at.adm1.to_string(),
            Self::Country => at.country.to_string(),
            Self::Point => {
                let point = at.point.map(|p| format!("{}, {}", p.latitude(), p.longitude()));
                let known = at.precision.map(|precision| format!("({})", precision.key()));
                point.into_iter().chain(known).collect::<Vec<_>>().join(" ")
            }
            Self::Kind => event.kind.to_string(),
            Self::SideA => event.side_a.to_string(),
            Self::SideB => event.side_b.to_string(),
            Self::Status => match &event.status {
                Status::Excluded(reason) => format!("excluded: {reason}"),
                status => status.key().to_owned(),
            },
            Self::Own(id) => event.own.get(id).map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// Whether two events have the same value; compared as values, not as words.
    fn same(self, a: &Event, b: &Event) -> bool {
        match self {
            Self::When => a.when == b.when,
            Self::Point => (a.location.point, a.location.precision) == (b.location.point, b.location.precision),
            Self::Status => a.status == b.status,
            _ => self.text(a) == self.text(b),
        }
    }

    fn is_blank(self, event: &Event) -> bool {
        match self {
            Self::When => event.when.is_none(),
            _ => self.text(event).trim().is_empty(),
        }
    }

    fn put(self, from: &Event, to: &mut Event) {
        match self {
            Self::Title => to.title.clone_from(&from.title),
            Self::When => to.when = from.when,
            Self::Place => to.location.name.clone_from(&from.location.name),
            Self::Adm1 => to.location.adm1.clone_from(&from.location.adm1),
            Self::Country => to.location.country.clone_from(&from.location.country),
            Self::Point => {
                (to.location.point, to.location.precision) = (from.location.point, from.location.precision);
            }
            Self::Kind => to.kind.clone_from(&from.kind),
            Self::SideA => to.side_a.clone_from(&from.side_a),
            Self::SideB => to.side_b.clone_from(&from.side_b),
            Self::Status => to.status.clone_from(&from.status),
            Self::Own(id) => to.own.set(id, from.own.get(id).cloned().unwrap_or_default()),
        }
    }
}

/// What a person chose about events that become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The kept one first.
    events: Vec<EventId>,
    picks: BTreeMap<Field, EventId>,
}

impl Merge {
    /// These events as one, of which the first is kept. `None` where fewer than two of them are in the project.
    pub fn of(project: &Project, events: &[EventId]) -> Option<Self> {
        let mut known: Vec<EventId> = Vec::new();
        for id in events.iter().filter(|id| project.events.contains(**id)) {
            if !known.contains(id) {
                known.push(*id);
            }
        }
        (known.len() > 1).then(|| Self { events: known, picks: BTreeMap::new() })
    }

    /// The events, the kept one first.
    pub fn events(&self) -> &[EventId] {
        &self.events
    }

    /// Keeps this event's place and id; the others go.
    pub fn keep(&mut self, event: EventId) {
        if let Some(at) = self.events.iter().position(|id| *id == event) {
            let event = self.events.remove(at);
            self.events.insert(0, event);
        }
    }

    /// Takes the value of this event in a field.
    pub fn pick(&mut self, field: Field, event: EventId) {
        if self.events.contains(&event) {
            self.picks.insert(field, event);
        }
    }

    fn records<'a>(&'a self, project: &'a Project) -> impl Iterator<Item = &'a Event> + Clone {
        self.events.iter().filter_map(|id| project.events.get(*id)).map(|event| &**event)
    }

    /// Whose value the merged event has in a field: the chosen one's, else the first that is not blank. A status that
    /// counts goes before an exclusion, so that nobody who was counted is lost by merging.
    pub fn source(&self, project: &Project, field: Field) -> Option<EventId> {
        let known = |event: &&Event| !field.is_blank(event);
        let counts = |event: &&Event| field != Field::Status || event.status.counts();
        let chosen = self.picks.get(&field).copied().filter(|id| project.events.contains(*id));
        let first = || self.records(project).filter(known).find(counts).or_else(|| self.records(project).find(known));
        chosen.or_else(|| first().map(|event| event.id))
    }

    /// The fields in which the events differ, with the events that have each distinct value first; blanks are left out.
    pub fn differing(&self, project: &Project) -> Vec<(Field, Vec<EventId>)> {
        let differs = |field: Field| {
            let mut distinct: Vec<&Event> = Vec::new();
            for event in self.records(project) {
                if !distinct.iter().any(|other| field.same(other, event)) {
                    distinct.push(event);
                }
            }
            let several = distinct.len() > 1;
            let values = distinct.iter().filter(|event| !field.is_blank(event)).map(|event| event.id);
            several.then(|| (field, values.collect()))
        };
        Field::all(project, self.records(project)).into_iter().filter_map(differs).collect()
    }

    /// The one event that comes of it. `None` where the kept one is gone.
    pub fn event(&self, project: &Project) -> Option<Event> {
        let mut kept = self.records(project).next().filter(|event| event.id == self.events[0])?.clone();
        for field in Field::all(project, self.records(project)) {
            if let Some(from) = self.source(project, field).and_then(|id| project.events.get(id)) {
                field.put(from, &mut kept);
            }
        }
        for other in self.records(project).skip(1) {
            kept.sensitive |= other.sensitive;
            unite(&mut kept.tags, &other.tags);
            unite(&mut kept.source_ids, &other.source_ids);
            unite(&mut kept.covers, &other.covers);
        }
        kept.covers.retain(|id| !self.events.contains(id));
        Some(kept)
    }

    /// What the merged event cannot hold, in a note: figures by hand, exclusions and rows of other people's data of the
    /// events that go. `None` where there are none.
    pub fn note(&self, project: &Project, now: Option<Moment>) -> Option<Note> {
        let mut lines = Vec::new();
        for event in self.records(project).skip(1) {
            let name = event.name();
            lines.extend(event.by_hand.iter().map(|hand| format!("- “{name}”: {}", hand_in_words(hand))));
            if let Status::Excluded(reason) = &event.status {
                lines.push(format!("- “{name}” was excluded: {reason}"));
            }
            if let Some(source) = &event.source {
                lines.push(format!("- “{name}” was this row of {}:\n\n      {}", source.dataset, source.row()));
            }
        }
        if lines.is_empty() {
            return None;
        }
        let mut note = Note::new(NoteId::random(), Some(Subject::Event(*self.events.first()?)), now);
        note.kind = NoteKind::MethodDecision;
        note.title = "Decided on events that were merged into this one".into();
        note.body = lines.join("\n").into();
        Some(note)
    }

    /// The change. `None` where the kept event is gone.
    pub fn edit(&self, project: &Project, now: Option<Moment>) -> Option<Edit> {
        let others: Vec<EventId> = self.records(project).skip(1).map(|event| event.id).collect();
        let note = self.note(project, now).map(Box::new);
        Some(Edit::MergeEvents { keep: Box::new(self.event(project)?), others, note })
    }
}

fn unite<T: Clone + PartialEq>(into: &mut Few<T>, from: &[T]) {
    for value in from {
        if !into.contains(value) {
            into.push(value.clone());
        }
    }
}

fn hand_in_words(hand: &ByHand) -> String {
    let or = |n: Option<u64>, none: &str| n.map_or_else(|| none.to_owned(), |n| n.to_string());
    let who = if hand.name.is_empty() { "somebody" } else { &*hand.name };
    let (best, high) = (or(hand.best, "none"), or(hand.high, "open"));
    let (measure, class, low) = (&hand.measure, &hand.class, hand.low);
    format!("{measure}, {class}: low {low}, best {best}, high {high}, set by hand by {who}: {}", hand.reason)
}

/// Carries a merge out: the claims, notes and summaries of the others become those of the kept one.
pub(super) fn merge(p: &mut Project, keep: &Event, others: &[EventId], note: Option<&Note>) -> Result<(), EditError> {
    there(&p.events, keep.id)?;
    let gone: HashSet<EventId> = others.iter().copied().collect();
    if gone.is_empty() || gone.contains(&keep.id) {
        return Err(EditError::Refused("Merging needs two events or more".to_owned()));
    }
    let moved: Vec<Claim> = p
        .claims
        .iter()
        .filter(|c| gone.contains(&c.event))
        .map(|c| Claim { event: keep.id, ..(**c).clone() })
        .collect();
    for claim in moved {
        p.claims.replace(claim)?;
    }
    rows::keep_claims(p, &gone, keep.id)?;
    let now_kept = |subject: Subject| match subject {
        Subject::Event(id) if gone.contains(&id) => Subject::Event(keep.id),
        other => other,
    };
    let about: Vec<Note> =
        p.notes.iter().filter(|note| note.about.iter().any(|s| now_kept(*s) != *s)).map(|n| (**n).clone()).collect();
    for mut note in about {
        note.about = distinct(note.about.iter().map(|subject| now_kept(*subject)));
        p.notes.replace(note)?;
    }
    let summaries: Vec<Event> = p
        .events
        .iter()
        .filter(|e| e.id != keep.id && !gone.contains(&e.id) && e.covers.iter().any(|id| gone.contains(id)))
        .map(|e| (**e).clone())
        .collect();
    for mut summary in summaries {
        summary.covers = distinct(summary.covers.iter().map(|id| if gone.contains(id) { keep.id } else { *id })).into();
        p.events.replace(summary)?;
    }
    remove_events(p, &distinct(others.iter().copied()))?;
    p.events.replace(keep.clone())?;
    if let Some(note) = note {
        p.notes.push(note.clone())?;
    }
    check::event(p, keep)
}

fn distinct<T: Copy + PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

/// A new event like this one, for claims that are split off it. What speaks of this event alone is left behind: figures
/// by hand, what it covers, ids in other data sets; and nobody has reviewed the new one.
pub fn split_off(event: &Event) -> Event {
    Event {
        id: EventId::random(),
        status: Status::Draft,
        covers: Few::new(),
        source_ids: Few::new(),
        by_hand: Few::new(),
        source: None,
        ..event.clone()
    }
}

/// Claims that must go along where these go: those that they rest on, and those that rest on them, all the way.
pub fn tied_to(project: &Project, claims: &[ClaimId]) -> Vec<ClaimId> {
    let events: HashSet<EventId> =
        claims.iter().filter_map(|id| dataset::claim(project, *id)).map(|c| c.event).collect();
    let ties: Vec<(ClaimId, ClaimId)> = project
        .claims
        .iter()
        .filter(|claim| events.contains(&claim.event))
        .filter_map(|claim| {
            base_of(claim).filter(|base| dataset::claim(project, *base).is_some()).map(|base| (claim.id, base))
        })
        .collect();
    let mut all: HashSet<ClaimId> = claims.iter().copied().collect();
    let mut more = Vec::new();
    loop {
        let new: Vec<ClaimId> = ties
            .iter()
            .filter(|(a, b)| all.contains(a) != all.contains(b))
            .flat_map(|(a, b)| [*a, *b])
            .filter(|id| !all.contains(id))
            .collect();
        if new.is_empty() {
            return more;
        }
        for id in new {
            if all.insert(id) {
                more.push(id);
            }
        }
    }
}

/// The claim that a claim comes on top of, or is a part of.
fn base_of(claim: &Claim) -> Option<ClaimId> {
    match claim.scope {
        Scope::AdditionalTo(base) | Scope::PartOf(Some(base)) => Some(base),
        _ => None,
    }
}

/// Moves claims to another event, which may be new. A claim and what it rests on stay together: "three more" says
/// nothing without the number that it comes on top of.
pub(super) fn move_claims(
    p: &mut Project,
    claims: &[ClaimId],
    to: EventId,
    new_event: Option<&Event>,
) -> Result<(), EditError> {
    let first = claims.first().ok_or_else(|| EditError::Refused("Choose the claims that should move".to_owned()))?;
    let from = rows::claim_there(p, *first)?.event;
    if let Some(event) = new_event {
        p.events.insert_after(Some(from), event.clone())?;
        check::event(p, event)?;
    }
    there(&p.events, to)?;
    for id in claims {
        let claim = Claim { event: to, ..(**rows::claim_there(p, *id)?).clone() };
        rows::put_claim(p, claim)?;
    }
    let moved: HashSet<ClaimId> = claims.iter().copied().collect();
    for claim in p.claims.iter() {
        let base = base_of(claim).and_then(|base| dataset::claim(p, base));
        let Some(base) = base.filter(|base| base.event != claim.event) else { continue };
        if moved.contains(&claim.id) || moved.contains(&base.id) {
            let how = if matches!(claim.scope, Scope::PartOf(_)) { "is a part of" } else { "comes on top of" };
            return Err(EditError::Refused(format!(
                "{} {how} {}: both have to stay together, or the first has to stand by itself before",
                name(claim),
                name(base)
            )));
        }
    }
    Ok(())
}

fn name(claim: &Claim) -> Text {
    let who = if claim.speaker.is_empty() { "nobody named" } else { &*claim.speaker };
    format!("{} ({who})", claim.quantity).into()
}
