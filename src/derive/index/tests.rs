//! The index answers as the records say, and an edit leads to the same answers as a fresh start.

mod many;

use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::derive::figures::Range;
use crate::edit::{Edit, own};
use crate::model::{
    Article, ByHand, EventDate, Method, Methodology, Origin, OwnKind, Quantity, Quote, Reading, Reliability, Scope,
    Stance, WordTable,
};
use crate::session::Session;

const TEXT: &str =
    "At least three people were killed, the ministry said. Dozens were injured. Others speak of five dead.";

fn event(n: u8) -> EventId {
    format!("e-{n}").parse().expect("an id")
}
fn article(n: u8) -> ArticleId {
    format!("a-{n}").parse().expect("an id")
}
fn claim(n: u8) -> ClaimId {
    format!("c-{n}").parse().expect("an id")
}
fn note(n: u8) -> NoteId {
    format!("n-{n}").parse().expect("an id")
}

fn killed(n: u8, of: u8, quantity: &str, speaker: &str) -> Claim {
    let quantity = Quantity::parse(quantity).expect("a quantity");
    let plain = Claim::new(event(of), Measure::Killed, Class::TOTAL, quantity);
    Claim { id: claim(n), speaker: speaker.into(), ..plain }
}

fn quoting(claim: Claim, n: u8, start: usize) -> Claim {
    let quote = Quote::of(article(n), TEXT, start, start + 5).expect("inside");
    Claim { quotes: vec![quote], ..claim }
}

fn project(articles: &[u8], claims: Vec<Claim>) -> Project {
    let mut project = Project::titled("Test");
    for n in articles {
        project.articles.push(Article::new(article(*n), "Headline", TEXT)).expect("free");
    }
    let events: BTreeSet<EventId> = claims.iter().map(|claim| claim.event).collect();
    for id in events {
        project.events.push(Event::new(id)).expect("free");
    }
    for claim in claims {
        project.claims.push(claim).expect("free");
    }
    project
}

fn group(project: &Project, n: u8) -> String {
    let claim = project.claims.get(claim(n)).expect("there");
    statements(project, std::iter::once(&**claim)).remove(0).group
}

#[test]
fn a_voice_is_found_by_group_speaker_article_origin_and_then_the_claim() {
    let silent = || killed(1, 1, "3", "");
    let quoted = quoting(silent(), 1, 0);
    let of = |claim: Claim| group(&project(&[1], vec![claim]), 1);
    assert_eq!(of(Claim { group: " Reuters ".into(), speaker: "Ministry".into(), ..quoted.clone() }), "reuters");
    assert_eq!(of(Claim { group: "  ".into(), speaker: "Ministry".into(), ..quoted.clone() }), "ministry");
    assert_eq!(of(quoted.clone()), "a-1");
    assert_eq!(of(quoting(silent(), 9, 0)), "a-9", "an article that is gone still is one voice");
    assert_eq!(of(Claim { origin: Some(Origin::Dataset("GED 24.1".into())), ..silent() }), "ged 24.1");
    assert_eq!(of(silent()), "c-1");

    let mut project = project(&[1], vec![quoted]);
    let agency = Article { agency: "AFP".into(), publisher: "A daily".into(), ..Article::new(article(1), "h", TEXT) };
    project.articles.replace(Article { reliability: Some(Reliability::B), ..agency }).expect("there");
    assert_eq!(group(&project, 1), "afp");
    let claim = project.claims.get(claim(1)).expect("there");
    assert_eq!(statements(&project, std::iter::once(&**claim))[0].source, Some(Reliability::B));
}

#[test]
fn claims_stand_by_day_of_report_and_by_place_in_the_text() {
    let on = |claim: Claim, day| Claim { reported: Some(date(2022, 9, day)), ..claim };
    let claims = vec![
        on(quoting(killed(1, 1, "3", "x"), 1, 40), 18),
        on(quoting(killed(2, 1, "5", "y"), 1, 10), 17),
        quoting(killed(3, 1, "4", "z"), 2, 0),
    ];
    let derived = Derived::from_scratch(&project(&[1, 2], claims));
    assert_eq!(derived.claims_of(event(1)), [claim(3), claim(2), claim(1)]);
    assert_eq!(derived.claims_in(article(1)), [claim(2), claim(1)]);
    assert_eq!(derived.articles_of(event(1)), [article(2), article(1)]);
    assert_eq!(derived.sources_of(event(1)), 2);
}

#[test]
fn figures_can_be_asked_for_and_explained() {
    let project = project(&[], vec![killed(1, 1, "3+", "x"), killed(2, 1, "5", "y"), killed(3, 2, "?", "x")]);
    let derived = Derived::from_scratch(&project);
    let range = Range { low: 3, best: Some(5), high: Some(5) };
    assert_eq!(derived.figure(event(1), &Measure::Killed, &Class::TOTAL).value, Value::Known(range));
    assert_eq!(derived.figure(event(2), &Measure::Killed, &Class::TOTAL).value, Value::Unknown);
    assert_eq!(derived.figure(event(2), &Measure::Injured, &Class::TOTAL).value, Value::NoClaim);
    assert_eq!(derived.measures_of(event(2)).collect::<Vec<_>>(), [&Measure::Killed]);
    assert!(!derived.has_conflict(event(1)));
    let working = &explain(&project, &derived, event(1))[&Measure::Killed].total.working;
    assert_eq!(working.used, [claim(1), claim(2)]);
}

#[test]
fn claims_that_contradict_each_other_are_a_conflict() {
    let derived = Derived::from_scratch(&project(&[], vec![killed(1, 1, "3", "x"), killed(2, 1, "5", "y")]));
    assert!(derived.has_conflict(event(1)));
}

#[test]
fn another_voice_of_an_article_is_heard_at_once() {
    // Two reports of one agency on one day are one voice with two numbers; of two papers they are two voices.
    let claims = vec![quoting(killed(1, 1, "3", ""), 1, 0), quoting(killed(2, 1, "5", ""), 2, 0)];
    let apart = project(&[1, 2], claims);
    let mut together = apart.clone();
    for n in [1, 2] {
        let credited = Article { agency: "AFP".into(), ..Article::new(article(n), "Headline", TEXT) };
        together.articles.replace(credited).expect("there");
    }
    let mut derived = Derived::from_scratch(&apart);
    assert!(derived.has_conflict(event(1)));
    derived.advance(&apart, &together);
    assert!(!derived.has_conflict(event(1)));
}

/// One thing that a user might do.
#[derive(Debug, Clone)]
enum Act {
    AddEvent(u8),
    SetEvent(u8, u8),
    RemoveEvent(u8),
    AddClaim(u8, u8, [u8; 6]),
    SetClaim(u8, [u8; 6]),
    RemoveClaim(u8),
    AddArticle(u8),
    SetArticle(u8, u8),
    RemoveArticle(u8),
    Sheet(u8),
    AddColumn(u8),
    RemoveColumn(u8),
    RenameWord(u8),
    AddNote(u8, u8),
    SetNote(u8, u8),
    RemoveNote(u8),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    let n = || 0_u8..6;
    prop_oneof![
        2 => n().prop_map(Act::AddEvent),
        2 => (n(), any::<u8>()).prop_map(|(n, how)| Act::SetEvent(n, how)),
        1 => n().prop_map(Act::RemoveEvent),
        6 => (0_u8..12, n(), any::<[u8; 6]>()).prop_map(|(n, of, how)| Act::AddClaim(n, of, how)),
        3 => (0_u8..12, any::<[u8; 6]>()).prop_map(|(n, how)| Act::SetClaim(n, how)),
        2 => (0_u8..12).prop_map(Act::RemoveClaim),
        2 => n().prop_map(Act::AddArticle),
        2 => (n(), any::<u8>()).prop_map(|(n, how)| Act::SetArticle(n, how)),
        1 => n().prop_map(Act::RemoveArticle),
        1 => any::<u8>().prop_map(Act::Sheet),
        2 => any::<u8>().prop_map(Act::AddColumn),
        1 => any::<u8>().prop_map(Act::RemoveColumn),
        1 => any::<u8>().prop_map(Act::RenameWord),
        2 => (n(), any::<u8>()).prop_map(|(n, about)| Act::AddNote(n, about)),
        1 => (n(), any::<u8>()).prop_map(|(n, about)| Act::SetNote(n, about)),
        1 => n().prop_map(Act::RemoveNote),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
    ]
}

fn pick<T: Copy>(from: &[T], seed: u8) -> T {
    from[usize::from(seed) % from.len()]
}

fn some_claim(n: u8, of: u8, how: [u8; 6]) -> Claim {
    let quantity = pick(&["3", "5+", "dozens", "?", "0", "4-9", "8 (5-12)", "9 (12-2)"], how[0]);
    let speaker = pick(&["x", "y", "", ""], how[1]);
    let mut claim = killed(n, of, quantity, speaker);
    claim.class = Class::from_key(pick(&["total", "A", "civilians", "medics in civilians"], how[2])).expect("a class");
    claim.measure = Measure::from_key(pick(&["killed", "injured", "evacuated"], how[3] / 16)).expect("a measure");
    claim.reported = (!how[3].is_multiple_of(4)).then(|| date(2022, 9, 14 + i8::try_from(how[3] % 4).unwrap_or(0)));
    if !how[4].is_multiple_of(3) {
        claim = quoting(claim, how[4] / 3 % 6, usize::from(how[4]) % 60);
    }
    match how[5] % 8 {
        0 => claim.aside = Some("doubtful".into()),
        1 => claim.scope = Scope::PartOf(None),
        2 => claim.scope = Scope::AdditionalTo(super::tests::claim(how[5] / 8 % 12)),
        3 => claim.stance = Stance::Denies,
        _ => {}
    }
    claim
}

fn some_event(n: u8, how: u8) -> Event {
    let when = pick(&[None, Some("2022-09-14"), Some("2022-09-14/2022-09-17"), Some("2022-09")], how);
    let mut changed = Event { when: when.and_then(|text| EventDate::parse(text).ok()), ..Event::new(event(n)) };
    if how.is_multiple_of(5) {
        let (measure, class) = (Measure::Killed, Class::TOTAL);
        let (low, best, high) = (u64::from(how), None, None);
        changed.by_hand.push(ByHand::new(measure, class, (low, best, high), "why", "who"));
    }
    changed.title = pick(&["", "Batken"], how / 8).into();
    for (column, bit) in [("beds", 32), ("hospital", 64), ("beds_2", 128)] {
        if how & bit != 0 {
            changed.own.set(column.parse().expect("an id"), pick(&["12", "City", "?"], how).into());
        }
    }
    changed
}

fn some_note(n: u8, about: u8) -> Note {
    let subject = match about % 4 {
        0 => Some(Subject::Event(event(about / 4 % 6))),
        1 => Some(Subject::Claim(claim(about / 4 % 12))),
        2 => Some(Subject::Article(article(about / 4 % 6))),
        _ => None,
    };
    let mut some = Note::new(note(n), subject, None);
    // The same subject twice must not list the note twice.
    some.about.extend(subject.filter(|_| about >= 128));
    some
}

fn edit(project: &Project, act: &Act) -> Option<Edit> {
    let what = "field".to_owned();
    Some(match act {
        Act::AddEvent(n) => Edit::AddEvents { events: vec![Event::new(event(*n))], after: None },
        Act::SetEvent(n, how) => Edit::SetEvents { events: vec![some_event(*n, *how).into()], what },
        Act::RemoveEvent(n) => Edit::RemoveEvents(vec![event(*n)]),
        Act::AddClaim(n, of, how) => {
            let new_event = (!project.events.contains(event(*of))).then(|| Box::new(Event::new(event(*of))));
            Edit::AddClaim { claim: Box::new(some_claim(*n, *of, *how)), new_event }
        }
        Act::SetClaim(n, how) => {
            let of = how[0] / 16 % 6;
            Edit::SetClaims { claims: vec![some_claim(*n, of, *how)], what }
        }
        Act::RemoveClaim(n) => Edit::RemoveClaims(vec![claim(*n)]),
        Act::AddArticle(n) => Edit::AddArticles(vec![Article::new(article(*n), "Headline", TEXT)]),
        Act::SetArticle(n, how) => {
            let mut changed = Article::new(article(*n), "Headline", TEXT);
            changed.agency = pick(&["", "AFP", "RIA"], *how).into();
            changed.publisher = pick(&["", "A daily"], how / 3).into();
            changed.reliability = pick(&[None, Some(Reliability::A), Some(Reliability::E)], how / 6);
            changed.reading = if *how < 128 { Reading::Done } else { Reading::Unread };
            Edit::SetArticle { article: Box::new(changed), what }
        }
        Act::RemoveArticle(n) => Edit::RemoveArticle(article(*n)),
        Act::Sheet(how) => {
            let mut sheet = (*project.methodology).clone();
            match how % 3 {
                0 => sheet.missing_best_is_low = !sheet.missing_best_is_low,
                1 => sheet.method = pick(&Method::ALL, how / 3),
                _ => sheet.words = WordTable::preset(pick(&["plain 1", "acled 1", "airwars 1"], how / 3))?,
            }
            Edit::SetMethodology { methodology: Box::new(sheet), what }
        }
        Act::AddColumn(how) => own::add(project, pick(&["Beds", "Hospital"], *how), OwnKind::Text).1,
        Act::RemoveColumn(how) => {
            own::remove(project, pick(&["beds", "hospital", "beds_2"], *how).parse().expect("an id"))?
        }
        Act::RenameWord(how) => {
            let column = pick(&["beds", "hospital"], *how).parse().expect("an id");
            let renamed = vec![own::Renamed { column, from: "City".into(), to: "Town".into() }];
            Edit::SetColumns { columns: project.about.codebook.columns.clone(), renamed, what }
        }
        Act::AddNote(n, about) => Edit::AddNote(Box::new(some_note(*n, *about))),
        Act::SetNote(n, about) => Edit::SetNote { note: Box::new(some_note(*n, *about)), what },
        Act::RemoveNote(n) => Edit::RemoveNote(note(*n)),
        Act::Undo | Act::Redo => return None,
    })
}

/// Does what the user does. A refused edit leaves the project as it is.
fn play(session: &mut Session, act: &Act) {
    match act {
        Act::Undo => drop(session.undo()),
        Act::Redo => drop(session.redo()),
        other => {
            if let Some(edit) = edit(&session.project().clone(), other) {
                let _ = session.edit(&edit);
            }
        }
    }
}

fn start() -> Project {
    let claims =
        vec![quoting(killed(0, 0, "3+", ""), 0, 0), killed(1, 0, "5", "y"), quoting(killed(2, 1, "8", ""), 1, 5)];
    project(&[0, 1], claims)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn advancing_leads_where_a_fresh_start_leads(acts in prop::collection::vec(act(), 1..40)) {
        let mut session = Session::new(start(), true);
        let mut derived = Derived::from_scratch(session.project());
        for act in &acts {
            let before = session.project().clone();
            play(&mut session, act);
            derived.advance(&before, session.project());
            let fresh = Derived::from_scratch(session.project());
            prop_assert!(derived == fresh, "after {act:?}\n{derived:#?}\n{fresh:#?}");
        }
        // Any two snapshots, not only neighbours.
        let mut far = Derived::from_scratch(&start());
        far.advance(&start(), session.project());
        prop_assert!(far == derived, "{far:#?}\n{derived:#?}");
        let large = Derived::from_scratch(&start()).advanced_while(&start(), session.project(), &|_| true);
        prop_assert!(large.as_ref() == Some(&derived), "{large:#?}\n{derived:#?}");
        let stopped = derived.advanced_while(session.project(), &start(), &|_| false);
        prop_assert!(stopped.is_none());
    }

    #[test]
    fn what_is_stored_is_what_is_explained(acts in prop::collection::vec(act(), 1..40)) {
        let mut session = Session::new(start(), true);
        acts.iter().for_each(|act| play(&mut session, act));
        let (project, derived) = (session.project(), Derived::from_scratch(session.project()));
        for event in project.events.iter() {
            let explained = flat(explain(project, &derived, event.id));
            let stored: Vec<_> = derived.figures(event.id).map(|(m, c, s)| (m.clone(), c.clone(), s)).collect();
            prop_assert_eq!(explained, stored);
        }
    }
}

#[test]
fn a_file_with_loose_ends_is_indexed_too() {
    let mut project = project(&[], vec![killed(1, 1, "3", "x")]);
    let loose = quoting(killed(2, 9, "4", "x"), 9, 0);
    project.claims.push(loose).expect("free");
    project.notes.push(some_note(1, 0)).expect("free");
    let derived = Derived::from_scratch(&project);
    assert_eq!(derived.claims_of(event(9)), [claim(2)]);
    assert_eq!(derived.claims_in(article(9)), [claim(2)]);
    assert_eq!(derived.figures(event(9)).count(), 0, "no event, no figure");
    assert_eq!(derived.notes_about(Subject::Event(event(0))), [note(1)]);
    let mut sheet = project.clone();
    sheet.methodology = Arc::new(Methodology { method: Method::Conservative, ..Methodology::default() });
    let mut advanced = derived.clone();
    advanced.advance(&project, &sheet);
    assert!(advanced == Derived::from_scratch(&sheet));
}
