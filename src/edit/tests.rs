//! Laws of edits through a session, and the refusals that keep a project whole.

use proptest::prelude::*;

use super::{Edit, EditError, own};
use crate::model::{
    Article, ArticleId, ByHand, Claim, ClaimId, Class, ColumnId, Event, EventId, Measure, Note, NoteId, OwnKind,
    Project, Quantity, Quote, Scope, Status, Subject, Term,
};
use crate::session::Session;

fn event(name: &str) -> Event {
    Event { title: name.into(), ..Event::new(EventId::random()) }
}

fn claim(event: &Event, n: u64) -> Claim {
    Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::exactly(n))
}

/// An article, two events, a claim with a quote on the first event, and a note about it.
struct Case {
    project: Project,
    article: Article,
    first: Event,
    second: Event,
    claim: Claim,
}

fn case() -> Case {
    let article = Article::new(ArticleId::random(), "Headline", "Three people were killed, officials said.");
    let (first, second) = (event("first"), event("second"));
    let quote = Quote::of(article.id, &article.text, 0, 12).expect("inside the text");
    let claim = Claim { quotes: vec![quote], ..claim(&first, 3) };
    let note = Note::new(NoteId::random(), Some(Subject::Event(first.id)), None);
    let mut project = Project::titled("case");
    let edits = [
        Edit::AddArticles(vec![article.clone()]),
        Edit::AddEvents { events: vec![first.clone(), second.clone()], after: None },
        Edit::AddClaim { claim: Box::new(claim.clone()), new_event: None },
        Edit::AddNote(Box::new(note)),
    ];
    for edit in edits {
        project = edit.apply(&project).expect("a good edit");
    }
    Case { project, article, first, second, claim }
}

#[track_caller]
fn refused(project: &Project, edit: &Edit, part: &str) {
    match edit.apply(project) {
        Err(EditError::Refused(why)) => assert!(why.contains(part), "{why}"),
        other => panic!("not refused: {other:?}"),
    }
}

fn column(project: &Project, title: &str) -> ColumnId {
    let columns = &project.about.codebook.columns;
    columns.iter().find(|column| *column.title == *title).expect("a column").id
}

fn with_value(project: &Project, event: &Event, column: ColumnId, text: &str) -> Result<Project, EditError> {
    let mut changed = (**project.events.get(event.id).expect("there")).clone();
    changed.own.set(column, text.into());
    Edit::SetEvents { events: vec![changed.into()], what: "column".into() }.apply(project)
}

#[test]
fn a_column_comes_with_a_name_of_its_own_and_goes_with_its_values() {
    let Case { project, first, second, .. } = case();
    let (id, add) = own::add(&project, " Hospital ", OwnKind::Text);
    assert_eq!((id.as_str(), add.label(&project).as_str()), ("hospital", "Add column Hospital"));
    let refusal = with_value(&project, &first, id, "City").expect_err("no column yet").to_string();
    assert!(refusal.contains("no column hospital"), "{refusal}");
    let with = add.apply(&project).expect("a column");
    assert_eq!(with.about.codebook.version, project.about.codebook.version + 1);
    let filled = with_value(&with, &first, id, "City").expect("a value");
    let filled = with_value(&filled, &second, id, "Field").expect("a value");
    let remove = own::remove(&filled, id).expect("there");
    assert_eq!(remove.label(&filled), "Remove column Hospital with 2 values");
    assert_eq!(add.records(&project), 1, "no event is touched");
    assert_eq!(remove.records(&filled), filled.events.len(), "any event may be");
    let without = remove.apply(&filled).expect("removed");
    assert!(without.events.iter().all(|event| event.own.is_empty()) && without.about.codebook.columns.is_empty());
    // The same title again is another column.
    let (again, add) = own::add(&without, "Hospital", OwnKind::Number);
    assert_eq!(again.as_str(), "hospital_2");
    assert_eq!(column(&add.apply(&without).expect("a column"), "Hospital"), again);
    // A filter or a view that names the old one finds nothing, whatever way the codebook is changed.
    let mut about = (*without.about).clone();
    about.codebook.columns = filled.about.codebook.columns.clone();
    refused(&without, &Edit::SetAbout { about: Box::new(about.clone()), what: "codebook".into() }, "removed");
    about.codebook.columns.clear();
    about.codebook.retired.clear();
    refused(&without, &Edit::SetAbout { about: Box::new(about), what: "codebook".into() }, "out of use");
}

#[test]
fn columns_keep_apart_from_each_other_and_from_what_has_a_name() {
    let project = case().project;
    let with = own::add(&project, "Beds", OwnKind::Number).1.apply(&project).expect("a column");
    for (title, why) in [
        ("beds", "already"),
        ("Place", "something else"),
        ("killed low", "something else"),
        ("  ", "needs a title"),
        ("a\nb", "one line"),
    ] {
        refused(&with, &own::add(&with, title, OwnKind::Text).1, why);
    }
    assert_eq!(own::add(&with, "Killed?", OwnKind::Text).0.as_str(), "killed_2", "a free id is found");
    let words = |names: &[&str]| {
        let word = |name: &&str| Term { name: (*name).into(), meaning: "".into() };
        OwnKind::Choice(names.iter().map(word).collect())
    };
    for (kind, why) in [(words(&["a", "A"]), "twice"), (words(&[" "]), "blank"), (words(&["?"]), "needs no word")] {
        refused(&with, &own::add(&with, "Severity", kind).1, why);
    }
}

#[test]
fn another_kind_keeps_every_value_and_a_renamed_word_is_renamed_in_them() {
    let Case { project, first, second, .. } = case();
    let words = ["minor", "major"].map(|name| Term { name: name.into(), meaning: "".into() });
    let (id, add) = own::add(&project, "Severity", OwnKind::Choice(words.to_vec()));
    let with = add.apply(&project).expect("a column");
    let with = with_value(&with, &first, id, "minor").expect("a value");
    let with = with_value(&with, &second, id, "12").expect("a value that is no word is kept as it is");
    let value = |project: &Project, event: &Event| project.events.get(event.id).and_then(|e| e.own.get(id).cloned());
    assert_eq!(own::unreadable(&with, id, &OwnKind::Number), 1);
    let mut columns = with.about.codebook.columns.clone();
    columns[0].kind = OwnKind::Number;
    let number = Edit::SetColumns { columns: columns.clone(), renamed: Vec::new(), what: "x".into() };
    let number = number.apply(&with).expect("another kind");
    assert_eq!(value(&number, &first).as_deref(), Some("minor"));
    // Two words change places in one step.
    columns[0].kind = OwnKind::Choice(words.iter().rev().cloned().collect());
    let renamed = |from: &str, to: &str| own::Renamed { column: id, from: from.into(), to: to.into() };
    let swap = Edit::SetColumns {
        columns,
        renamed: vec![renamed("minor", "major"), renamed("major", "minor")],
        what: "x".into(),
    };
    let swapped = swap.apply(&with).expect("renamed");
    assert_eq!(value(&swapped, &first).as_deref(), Some("major"));
    assert_eq!(value(&swapped, &second).as_deref(), Some("12"));
}

#[test]
fn a_value_that_was_opened_without_its_column_stays_and_no_new_one_comes() {
    let Case { mut project, first, second, .. } = case();
    let lost: ColumnId = "lost".parse().expect("an id");
    let mut opened = first.clone();
    opened.own.set(lost, "x".into());
    project.events.replace(opened.clone()).expect("there");
    opened.title = "another".into();
    let edit = |event: Event| Edit::SetEvents { events: vec![event.into()], what: "title".into() };
    assert!(edit(opened.clone()).apply(&project).is_ok());
    opened.own.set(lost, "y".into());
    refused(&project, &edit(opened), "no column lost");
    let mut other = second;
    other.own.set(lost, "x".into());
    refused(&project, &edit(other), "no column lost");
}

#[test]
fn an_article_that_claims_rest_on_stays() {
    let Case { project, article, claim, .. } = case();
    refused(&project, &Edit::RemoveArticle(article.id), claim.id.as_str());
    let without = Edit::RemoveClaims(vec![claim.id]).apply(&project).expect("a good edit");
    let empty = Edit::RemoveArticle(article.id).apply(&without).expect("nothing rests on it");
    assert!(empty.articles.is_empty());
}

#[test]
fn the_text_of_an_article_is_evidence() {
    let Case { project, mut article, .. } = case();
    article.text = "Four people were killed.".into();
    refused(&project, &Edit::SetArticle { article: Box::new(article), what: "text".into() }, "evidence");
}

#[test]
fn deleting_an_event_takes_its_claims_and_leaves_its_notes() {
    let Case { project, first, mut second, .. } = case();
    second.covers = [first.id].into();
    let project = Edit::SetEvents { events: vec![second.clone().into()], what: "covers".into() }
        .apply(&project)
        .expect("a good edit");
    let after = Edit::RemoveEvents(vec![first.id]).apply(&project).expect("a good edit");
    assert!(after.claims.is_empty());
    assert_eq!(after.notes.len(), 1);
    assert!(after.notes.iter().all(|note| note.about.is_empty()));
    assert!(after.events.get(second.id).expect("stays").covers.is_empty());
}

#[test]
fn bases_form_no_ring_and_stay_within_their_figure() {
    let Case { project, first, second, claim: base, .. } = case();
    let more = Claim { scope: Scope::AdditionalTo(base.id), ..claim(&first, 2) };
    let project =
        Edit::AddClaim { claim: Box::new(more.clone()), new_event: None }.apply(&project).expect("a good edit");
    let ring = Claim { scope: Scope::AdditionalTo(more.id), ..base.clone() };
    refused(&project, &Edit::SetClaims { claims: vec![ring], what: "scope".into() }, "ring");
    let itself = Claim { scope: Scope::AdditionalTo(base.id), ..base.clone() };
    refused(&project, &Edit::SetClaims { claims: vec![itself], what: "scope".into() }, "ring");
    let part = Claim { scope: Scope::PartOf(Some(base.id)), ..base.clone() };
    refused(&project, &Edit::SetClaims { claims: vec![part], what: "scope".into() }, "part of itself");
    let elsewhere = Claim { scope: Scope::AdditionalTo(base.id), ..claim(&second, 2) };
    refused(&project, &Edit::AddClaim { claim: Box::new(elsewhere), new_event: None }, "same event");
}

#[test]
fn a_figure_by_hand_is_in_order_and_explained() {
    let Case { project, first, .. } = case();
    let with = |low, best, reason: &str| {
        let hand = ByHand::new(Measure::Killed, Class::TOTAL, (low, Some(best), None), reason, "coder 1");
        Edit::SetEvents {
            events: vec![Event { by_hand: [hand].into(), ..first.clone() }.into()],
            what: "killed".into(),
        }
    };
    refused(&project, &with(5, 3, "seen"), "low ≤ best ≤ high");
    refused(&project, &with(3, 5, "  "), "reason");
    assert!(with(3, 5, "seen").apply(&project).is_ok());
}

#[test]
fn exclusions_and_setting_aside_say_why_and_summaries_do_not_cover_themselves() {
    let Case { project, first, second, claim, .. } = case();
    let set = |event: Event| Edit::SetEvents { events: vec![event.into()], what: "status".into() };
    refused(&project, &set(Event { status: Status::Excluded(" ".into()), ..first.clone() }), "why");
    let aside = Claim { aside: Some("".into()), ..claim };
    refused(&project, &Edit::SetClaims { claims: vec![aside], what: "aside".into() }, "why");
    let round = Edit::SetEvents {
        events: vec![
            Event { covers: [second.id].into(), ..first.clone() }.into(),
            Event { covers: [first.id].into(), ..second.clone() }.into(),
        ],
        what: "covers".into(),
    };
    refused(&project, &round, "cover itself");
}

#[test]
fn several_edits_are_one_step_or_none() {
    let Case { project, first, .. } = case();
    let mut session = Session::new(project.clone(), true);
    let good = Edit::AddEvents { events: vec![event("third")], after: Some(first.id) };
    let bad = Edit::RemoveNote(NoteId::random());
    let both = Edit::Several { label: "Both".into(), edits: vec![good.clone(), bad] };
    assert!(session.edit(&both).is_err());
    assert_eq!(*session.project(), project);
    assert!(!session.is_changed());
    let fine = Edit::Several { label: "Both".into(), edits: vec![good.clone(), good] };
    assert!(session.edit(&fine).is_err(), "one id twice");
}

#[test]
fn a_change_that_changes_nothing_is_no_step() {
    let Case { project, first, .. } = case();
    let mut session = Session::new(project, true);
    session.edit(&Edit::SetEvents { events: vec![first.into()], what: "place".into() }).expect("a good edit");
    assert_eq!(session.undo_label(), None);
}

/// A random edit; many are refused, which must leave the project as it was.
fn random_edit(project: &Project, pick: u8, n: usize, number: u64) -> Edit {
    let events: Vec<EventId> = project.events.iter().map(|event| event.id).collect();
    let claims: Vec<ClaimId> = project.claims.iter().map(|claim| claim.id).collect();
    let one_event = events.get(n % events.len().max(1)).copied();
    let one_claim = claims.get(n % claims.len().max(1)).copied();
    let changed = |change: fn(&mut Event, u64)| {
        let mut event =
            one_event.and_then(|id| project.events.get(id)).map_or_else(|| event("none"), |e| (**e).clone());
        change(&mut event, number);
        Edit::SetEvents { events: vec![event.into()], what: "event".into() }
    };
    match pick % 8 {
        0 => Edit::AddEvents { events: vec![event("new")], after: one_event },
        1 => changed(|event, number| event.title = number.to_string().into()),
        2 => Edit::RemoveEvents(one_event.into_iter().collect()),
        3 => {
            let target =
                one_event.and_then(|id| project.events.get(id)).map_or_else(|| event("none"), |e| (**e).clone());
            Edit::AddClaim { claim: Box::new(claim(&target, number)), new_event: None }
        }
        4 => Edit::RemoveClaims(one_claim.into_iter().collect()),
        5 => Edit::AddNote(Box::new(Note::new(NoteId::random(), one_event.map(Subject::Event), None))),
        6 => {
            let mut claims: Vec<Claim> =
                one_claim.and_then(|id| project.claims.get(id)).map(|claim| (**claim).clone()).into_iter().collect();
            claims.iter_mut().for_each(|claim| claim.quantity = Quantity::AtLeast(number));
            Edit::SetClaims { claims, what: "quantity".into() }
        }
        _ => changed(|event, number| {
            event.status = if number.is_multiple_of(2) { Status::Coded } else { Status::Excluded("twice".into()) }
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn undo_all_is_the_start_and_redo_all_the_end(steps in prop::collection::vec((any::<u8>(), 0_usize..20, 0_u64..100), 0..40)) {
        let start = case().project;
        let mut session = Session::new(start.clone(), true);
        for (pick, n, number) in steps {
            let before = session.project().clone();
            if session.edit(&random_edit(&before, pick, n, number)).is_err() {
                prop_assert_eq!(session.project(), &before);
            }
        }
        let end = session.project().clone();
        while session.undo().is_some() {}
        prop_assert_eq!(session.project(), &start);
        prop_assert!(!session.is_changed());
        while session.redo().is_some() {}
        prop_assert_eq!(session.project(), &end);
    }
}
