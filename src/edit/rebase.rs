//! A change that was made on an older snapshot, brought onto a newer one.
//!
//! A change names whole records as they should be. Where a record was changed by others meanwhile, only the fields that
//! the change itself touched are taken from it: a title that is typed while the places of all events are being filled
//! must not bring the old place back. It knows no queue and no window.

use super::Edit;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::own::Own;
use crate::model::{ByHand, ColumnId, Event, EventId, Few, Location, Note, Project};

/// The change `edit`, which was made on the snapshot `base`, as it has to be made on `now`. Records that are gone are
/// left out where the change only took them away; a change of a record that is gone stays, and will be refused.
pub fn rebase(edit: Edit, base: &Project, now: &Project) -> Edit {
    let event = |mine: Event| merged_event(mine, base, now);
    match edit {
        Edit::SetEvents { events, what } => {
            let event = |mine| Arc::new(event(Arc::unwrap_or_clone(mine)));
            Edit::SetEvents { events: events.into_iter().map(event).collect(), what }
        }
        Edit::MergeEvents { keep, others, note } => Edit::MergeEvents { keep: Box::new(event(*keep)), others, note },
        Edit::AddEvents { events, after } => {
            Edit::AddEvents { events, after: after.filter(|after| now.events.contains(*after)) }
        }
        Edit::RemoveEvents(ids) => {
            Edit::RemoveEvents(ids.into_iter().filter(|id: &EventId| now.events.contains(*id)).collect())
        }
        Edit::RemoveClaims(ids) => {
            Edit::RemoveClaims(ids.into_iter().filter(|id| crate::dataset::claim(now, *id).is_some()).collect())
        }
        Edit::SetNote { note, what } => Edit::SetNote { note: Box::new(merged_note(*note, base, now)), what },
        Edit::Several { label, edits } => {
            Edit::Several { label, edits: edits.into_iter().map(|edit| rebase(edit, base, now)).collect() }
        }
        other @ (Edit::SetAbout { .. }
        | Edit::SetColumns { .. }
        | Edit::SetMethodology { .. }
        | Edit::AddArticles(_)
        | Edit::TakeInEvents(_)
        | Edit::SetArticle { .. }
        | Edit::RemoveArticle(_)
        | Edit::AddClaim { .. }
        | Edit::SetClaims { .. }
        | Edit::MoveClaims { .. }
        | Edit::AddNote(_)
        | Edit::RemoveNote(_)
        | Edit::AddLog(_)
        | Edit::SetViews { .. }
        | Edit::SetDatasets { .. }
        | Edit::SetMappings { .. }) => other,
    }
}

/// The field as the change has it where it touched it, else as it is now.
fn pick<T: PartialEq + Clone>(mine: T, base: &T, now: &T) -> T {
    if mine == *base { now.clone() } else { mine }
}

fn merged_event(mine: Event, base: &Project, now: &Project) -> Event {
    let (Some(base), Some(now)) = (base.events.get(mine.id), now.events.get(mine.id)) else { return mine };
    if base == now {
        return mine;
    }
    // Every field is named, so that a new one is not forgotten here.
    let Event {
        id,
        title,
        when,
        location: Location { name, adm1, country, point, precision },
        kind,
        side_a,
        side_b,
        status,
        covers,
        tags,
        sensitive,
        source_ids,
        by_hand,
        own,
        source,
    } = mine;
    Event {
        id,
        title: pick(title, &base.title, &now.title),
        when: pick(when, &base.when, &now.when),
        location: Location {
            name: pick(name, &base.location.name, &now.location.name),
            adm1: pick(adm1, &base.location.adm1, &now.location.adm1),
            country: pick(country, &base.location.country, &now.location.country),
            point: pick(point, &base.location.point, &now.location.point),
            precision: pick(precision, &base.location.precision, &now.location.precision),
        },
        kind: pick(kind, &base.kind, &now.kind),
        side_a: pick(side_a, &base.side_a, &now.side_a),
        side_b: pick(side_b, &base.side_b, &now.side_b),
        status: pick(status, &base.status, &now.status),
        covers: pick(covers, &base.covers, &now.covers),
        tags: pick(tags, &base.tags, &now.tags),
        sensitive: pick(sensitive, &base.sensitive, &now.sensitive),
        source_ids: pick(source_ids, &base.source_ids, &now.source_ids),
        by_hand: merged_hands(by_hand, &base.by_hand, &now.by_hand),
        own: merged_own(own, &base.own, &now.own),
        source: pick(source, &base.source, &now.source),
    }
}

/// Values in columns of the analyst's own one by one, as fields are.
fn merged_own(mine: Own, base: &Own, now: &Own) -> Own {
    let columns: BTreeSet<ColumnId> = mine.iter().chain(now.iter()).map(|(id, _)| id).collect();
    let picked = |id: ColumnId| (id, pick(mine.get(id), &base.get(id), &now.get(id)).cloned().unwrap_or_default());
    columns.into_iter().map(picked).collect()
}

/// Figures by hand one by one: two people may set different measures of one event.
fn merged_hands(mine: Few<ByHand>, base: &[ByHand], now: &[ByHand]) -> Few<ByHand> {
    let same = |a: &ByHand, b: &ByHand| a.measure == b.measure && a.class == b.class;
    let of = |list: &[ByHand], hand: &ByHand| list.iter().find(|other| same(other, hand)).cloned();
    let mut merged: Few<ByHand> = now.iter().filter(|hand| of(&mine, hand) == of(base, hand)).cloned().collect();
    merged.extend(mine.into_iter().filter(|hand| of(base, hand).as_ref() != Some(hand)));
    merged
}

fn merged_note(mine: Note, base: &Project, now: &Project) -> Note {
    let (Some(base), Some(now)) = (base.notes.get(mine.id), now.notes.get(mine.id)) else { return mine };
    let Note { id, title, body, kind, state, about, tags, sensitive, created, edited, author } = mine;
    Note {
        id,
        title: pick(title, &base.title, &now.title),
        body: pick(body, &base.body, &now.body),
        kind: pick(kind, &base.kind, &now.kind),
        state: pick(state, &base.state, &now.state),
        about: pick(about, &base.about, &now.about),
        tags: pick(tags, &base.tags, &now.tags),
        sensitive: pick(sensitive, &base.sensitive, &now.sensitive),
        created: pick(created, &base.created, &now.created),
        edited: pick(edited, &base.edited, &now.edited),
        author: pick(author, &base.author, &now.author),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Class, Measure};
    use proptest::prelude::*;

    fn event(title: &str, place: &str, tag: &str, killed: Option<u64>, injured: Option<u64>) -> Event {
        let mut event = Event::new("e-1".parse().expect("an id"));
        event.title = title.into();
        event.location.name = place.into();
        event.tags = [tag.into()].into();
        for (measure, number) in [(Measure::Killed, killed), (Measure::Injured, injured)] {
            event
                .by_hand
                .extend(number.map(|n| ByHand::new(measure, Class::TOTAL, (n, Some(n), Some(n)), "why", "who")));
        }
        event
    }

    fn of(event: &Event) -> Project {
        let mut project = Project::titled("Test");
        project.events.push(event.clone()).expect("a free id");
        project
    }

    fn some_event() -> impl Strategy<Value = Event> {
        ("[ab]", "[ab]", "[ab]", prop::option::of(0_u64..2), prop::option::of(0_u64..2))
            .prop_map(|(title, place, tag, killed, injured)| event(&title, &place, &tag, killed, injured))
    }

    proptest! {
        #[test]
        fn each_side_keeps_what_only_it_changed(base in some_event(), mine in some_event(), now in some_event()) {
            let edit = Edit::SetEvents { events: vec![mine.clone().into()], what: "x".to_owned() };
            let next = rebase(edit, &of(&base), &of(&now)).apply(&of(&now)).expect("applies");
            let got = next.events.get(base.id).expect("there");
            let wanted = |mine: &str, base: &str, now: &str| if mine == base { now.to_owned() } else { mine.to_owned() };
            prop_assert_eq!(&*got.title, wanted(&mine.title, &base.title, &now.title));
            prop_assert_eq!(&*got.location.name, wanted(&mine.location.name, &base.location.name, &now.location.name));
            prop_assert_eq!(&*got.tags[0], wanted(&mine.tags[0], &base.tags[0], &now.tags[0]));
            for measure in [Measure::Killed, Measure::Injured] {
                let hand = |event: &Event| event.hand(&measure, &Class::TOTAL).cloned();
                let wanted = if hand(&mine) == hand(&base) { hand(&now) } else { hand(&mine) };
                prop_assert_eq!(hand(got), wanted);
            }
        }

        #[test]
        fn onto_the_same_snapshot_nothing_is_another_change(base in some_event(), mine in some_event()) {
            let edit = Edit::SetEvents { events: vec![mine.into()], what: "x".to_owned() };
            prop_assert_eq!(rebase(edit.clone(), &of(&base), &of(&base)), edit);
        }
    }

    #[test]
    fn what_is_gone_is_not_taken_away_twice_and_a_change_of_it_is_refused() {
        let one = event("a", "b", "c", None, None);
        let (base, now) = (of(&one), Project::titled("Test"));
        let away = rebase(Edit::RemoveEvents(vec![one.id]), &base, &now);
        assert!(away.apply(&now).expect("nothing to do").events.is_empty());
        let change = Edit::SetEvents { events: vec![one.clone().into()], what: "title".to_owned() };
        assert!(rebase(change, &base, &now).apply(&now).is_err());
        let add = Edit::AddEvents { events: vec![Event::new("e-2".parse().expect("an id"))], after: Some(one.id) };
        assert_eq!(rebase(add, &base, &now).apply(&now).expect("at the end").events.len(), 1);
    }
}
