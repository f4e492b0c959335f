//! Laws of merging and of moving claims: nothing is lost, and undo brings everything back.

use proptest::prelude::*;

use super::{Field, Merge, split_off, tied_to};
use crate::edit::{Edit, EditError};
use crate::model::{
    ByHand, Claim, ClaimId, Class, Event, EventDate, EventId, Measure, Note, NoteId, NoteKind, Project, Quantity,
    Scope, Status, Subject,
};
use crate::session::Session;

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("an id")
}

fn event(name: &str, title: &str) -> Event {
    Event { title: title.into(), ..Event::new(id(name)) }
}

fn claim(name: &str, event: &str, n: u64, speaker: &str) -> Claim {
    let mut claim = Claim::new(id(event), Measure::Killed, Class::TOTAL, Quantity::exactly(n));
    claim.id = id(name);
    claim.speaker = speaker.into();
    claim
}

fn hand(low: u64) -> ByHand {
    ByHand::new(Measure::Killed, Class::TOTAL, (low, Some(low), None), "seen in the morgue list", "coder 1")
}

/// Two events with claims, a summary that covers the second, and a note about it.
fn project() -> Project {
    let mut project = Project::titled("case");
    let mut first = event("e-1", "Shelling of a bridge");
    first.tags = ["night".into()].into();
    first.source_ids = ["ged 1".into()].into();
    let mut second = event("e-2", "Fire on a bridge");
    second.when = Some(EventDate::parse("2022-09-14").expect("a date"));
    second.location.country = "Kyrgyzstan".into();
    second.tags = ["night".into(), "bridge".into()].into();
    second.source_ids = ["acled 7".into()].into();
    second.sensitive = true;
    second.by_hand = [hand(5)].into();
    let mut summary = event("e-3", "Four days of fighting");
    summary.covers = [id("e-2")].into();
    for event in [first, second, summary] {
        project.events.push(event).expect("new");
    }
    for claim in [claim("c-1", "e-1", 3, "army"), claim("c-2", "e-2", 4, "UN"), claim("c-3", "e-2", 1, "school")] {
        project.claims.push(claim).expect("new");
    }
    project.notes.push(Note::new(id::<NoteId>("n-1"), Some(Subject::Event(id("e-2"))), None)).expect("new");
    project
}

fn merged(project: &Project, names: &[&str]) -> Project {
    let ids: Vec<EventId> = names.iter().map(|name| id(name)).collect();
    let merge = Merge::of(project, &ids).expect("two events");
    merge.edit(project, None).expect("it is there").apply(project).expect("a good edit")
}

#[test]
fn a_merged_event_keeps_the_first_fills_blanks_and_has_everything_of_both() {
    let after = merged(&project(), &["e-1", "e-2"]);
    let kept = after.events.get(id("e-1")).expect("kept");
    assert!(!after.events.contains(id("e-2")));
    assert_eq!(&*kept.title, "Shelling of a bridge");
    assert_eq!(kept.when, Some(EventDate::parse("2022-09-14").expect("a date")), "a blank is filled");
    assert_eq!(&*kept.location.country, "Kyrgyzstan");
    assert_eq!(kept.tags, ["night".into(), "bridge".into()]);
    assert_eq!(kept.source_ids, ["ged 1".into(), "acled 7".into()]);
    assert!(kept.sensitive, "what was to be kept back stays so");
    assert!(after.claims.iter().all(|claim| claim.event == id("e-1")));
    assert_eq!(after.events.get(id("e-3")).expect("there").covers, [id("e-1")]);
    let about: Vec<_> = after.notes.iter().map(|note| note.about.clone()).collect();
    assert_eq!(about, [[Subject::Event(id("e-1"))], [Subject::Event(id("e-1"))]]);
}

#[test]
fn a_figure_by_hand_of_an_event_that_goes_becomes_a_note() {
    let after = merged(&project(), &["e-1", "e-2"]);
    assert!(after.events.get(id("e-1")).expect("kept").by_hand.is_empty(), "it was said of another event");
    let note = after.notes.iter().find(|note| note.kind == NoteKind::MethodDecision).expect("a note");
    let said =
        "“Fire on a bridge”: killed, total: low 5, best 5, high open, set by hand by coder 1: seen in the morgue list";
    assert_eq!(&*note.body, format!("- {said}"));
    let other_way = merged(&project(), &["e-2", "e-1"]);
    assert_eq!(other_way.events.get(id("e-2")).expect("kept").by_hand, [hand(5)], "the kept one's stays");
}

#[test]
fn a_value_that_was_chosen_is_taken_and_only_fields_that_differ_are_asked() {
    let project = project();
    let mut merge = Merge::of(&project, &[id("e-1"), id("e-2")]).expect("two events");
    let asked: Vec<Field> = merge.differing(&project).into_iter().map(|(field, _)| field).collect();
    assert_eq!(asked, [Field::Title, Field::When, Field::Country]);
    merge.pick(Field::Title, id("e-2"));
    assert_eq!(&*merge.event(&project).expect("there").title, "Fire on a bridge");
    merge.keep(id("e-2"));
    let event = merge.event(&project).expect("there");
    assert_eq!((event.id, &*event.title), (id("e-2"), "Fire on a bridge"));
}

#[test]
fn an_exclusion_takes_nobody_out_of_the_count_unasked() {
    let mut project = project();
    let mut first = (**project.events.get(id("e-1")).expect("there")).clone();
    first.status = Status::Excluded("not about people".into());
    project.events.replace(first).expect("there");
    let mut merge = Merge::of(&project, &[id("e-1"), id("e-2")]).expect("two events");
    assert_eq!(merge.event(&project).expect("there").status, Status::Draft);
    merge.pick(Field::Status, id("e-1"));
    assert!(!merge.event(&project).expect("there").status.counts(), "unless somebody asks for it");
    merge.keep(id("e-2"));
    let note = merge.note(&project, None).expect("an exclusion is told");
    assert!(note.body.contains("“Shelling of a bridge” was excluded: not about people"), "{}", note.body);
}

#[test]
fn a_summary_merged_with_what_it_covers_covers_only_the_rest_and_a_ring_is_refused() {
    let after = merged(&project(), &["e-3", "e-2"]);
    assert!(after.events.get(id("e-3")).expect("kept").covers.is_empty());
    // e-1 covers e-3, which covers e-2: e-1 and e-2 as one would cover themselves.
    let mut project = project();
    let mut first = (**project.events.get(id("e-1")).expect("there")).clone();
    first.covers = [id("e-3")].into();
    project.events.replace(first).expect("there");
    let merge = Merge::of(&project, &[id("e-1"), id("e-2")]).expect("two events");
    let refused = merge.edit(&project, None).expect("there").apply(&project);
    assert!(matches!(refused, Err(EditError::Refused(why)) if why.contains("cover itself")));
}

#[test]
fn one_event_alone_is_not_merged() {
    let project = project();
    assert_eq!(Merge::of(&project, &[id("e-1"), id("e-1"), id("e-9")]), None);
    let keep = Box::new((**project.events.get(id("e-1")).expect("there")).clone());
    let alone = Edit::MergeEvents { keep, others: vec![id("e-1")], note: None };
    assert!(alone.apply(&project).is_err());
}

#[test]
fn claims_are_split_off_into_a_new_event_behind_the_old_one() {
    let project = project();
    let new = split_off(project.events.get(id("e-2")).expect("there"));
    assert!(new.by_hand.is_empty() && new.source_ids.is_empty() && new.when.is_some());
    let edit = Edit::MoveClaims { claims: vec![id("c-3")], to: new.id, new_event: Some(Box::new(new.clone())) };
    assert_eq!(edit.label(&project), "Split 1 claim off “Fire on a bridge”");
    let after = edit.apply(&project).expect("a good edit");
    assert_eq!(after.claims.get(id("c-3")).expect("there").event, new.id);
    assert_eq!(after.claims.get(id("c-2")).expect("there").event, id("e-2"));
    let order: Vec<EventId> = after.events.iter().map(|event| event.id).collect();
    assert_eq!(order, [id("e-1"), id("e-2"), new.id, id("e-3")]);
}

#[test]
fn a_claim_and_what_it_rests_on_move_together_or_not_at_all() {
    let mut project = project();
    let mut more = claim("c-4", "e-2", 2, "army");
    more.scope = Scope::AdditionalTo(id("c-2"));
    project.claims.push(more).expect("new");
    let to = |claims: &[&str]| Edit::MoveClaims {
        claims: claims.iter().map(|name| id(name)).collect(),
        to: id("e-1"),
        new_event: None,
    };
    for alone in ["c-4", "c-2"] {
        match to(&[alone]).apply(&project) {
            Err(EditError::Refused(why)) => assert!(why.contains("2 (army) comes on top of 4 (UN)"), "{why}"),
            other => panic!("not refused: {other:?}"),
        }
    }
    assert_eq!(tied_to(&project, &[id("c-4")]), [id::<ClaimId>("c-2")]);
    assert!(to(&["c-2", "c-4"]).apply(&project).is_ok());
    assert!(to(&["c-3"]).apply(&project).is_ok(), "what is not tied goes alone");
    assert!(to(&[]).apply(&project).is_err());
}

/// A project with as many events, claims spread over them, summaries, notes and figures by hand as the numbers say.
fn random_project(events: usize, claims: &[usize], covers: &[(usize, usize)], hands: &[usize]) -> Project {
    let mut project = Project::titled("random");
    let name = |n: usize| format!("e-{n}");
    for n in 0..events {
        let mut event = event(&name(n), &format!("title {}", n % 3));
        // Later ones cover earlier ones: no ring.
        let covered = covers.iter().map(|(a, b)| (a % events, b % events)).filter(|(a, b)| *a == n && b < a);
        for (_, b) in covered {
            if !event.covers.contains(&id(&name(b))) {
                event.covers.push(id(&name(b)));
            }
        }
        if hands.contains(&n) {
            event.by_hand = [hand(7)].into();
        }
        project.events.push(event).expect("new");
        let note = Note::new(NoteId::random(), Some(Subject::Event(id(&name(n)))), None);
        project.notes.push(note).expect("new");
    }
    for (n, at) in claims.iter().enumerate() {
        let claim = claim(&format!("c-{n}"), &name(at % events), n as u64, "army");
        project.claims.push(claim).expect("new");
    }
    project
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn merging_loses_no_claim_and_no_note_and_undo_brings_everything_back(
        events in 2_usize..7,
        claims in prop::collection::vec(0_usize..7, 0..12),
        covers in prop::collection::vec((0_usize..7, 0_usize..7), 0..6),
        hands in prop::collection::vec(0_usize..7, 0..3),
        chosen in prop::collection::vec(0_usize..7, 2..5),
    ) {
        let project = random_project(events, &claims, &covers, &hands);
        let ids: Vec<EventId> = chosen.iter().map(|n| id(&format!("e-{}", n % events))).collect();
        let Some(merge) = Merge::of(&project, &ids) else { return Ok(()) };
        let edit = merge.edit(&project, None).expect("there");
        let mut session = Session::new(project.clone(), true);
        if session.edit(&edit).is_err() {
            // Only a ring of summaries stands against it.
            prop_assert!(!covers.is_empty());
            prop_assert_eq!(session.project(), &project);
            return Ok(());
        }
        let after = session.project().clone();
        let (kept, gone) = (merge.events()[0], &merge.events()[1..]);
        prop_assert_eq!(after.events.len(), project.events.len() - gone.len());
        prop_assert_eq!(after.claims.len(), project.claims.len());
        for claim in project.claims.iter() {
            let moved = if gone.contains(&claim.event) { kept } else { claim.event };
            let wanted = Claim { event: moved, ..(**claim).clone() };
            prop_assert_eq!(&**after.claims.get(claim.id).expect("kept"), &wanted);
        }
        let lost: usize = gone.iter().filter(|id| !project.events.get(**id).expect("there").by_hand.is_empty()).count();
        prop_assert_eq!(after.notes.len(), project.notes.len() + usize::from(lost > 0));
        for event in after.events.iter() {
            prop_assert!(event.covers.iter().all(|id| after.events.contains(*id) && *id != event.id));
        }
        let points_nowhere = |subject: &Subject| matches!(subject, Subject::Event(id) if !after.events.contains(*id));
        let lost_notes = after.notes.iter().filter(|note| note.about.iter().any(points_nowhere)).count();
        prop_assert_eq!(lost_notes, 0);
        session.undo();
        prop_assert_eq!(session.project(), &project);
    }
}
