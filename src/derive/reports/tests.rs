//! Examples of tolls as they became known, and their laws: at every moment the sums of a project that knows no more.

use std::sync::Arc;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Asked, Known, Speaker, Standing, TollStep, by_speaker, known_from, timeline, toll};
use crate::derive::figures::{NotUsed, Value};
use crate::derive::totals::{Among, By, Query, Sums, totals};
use crate::derive::{Derived, statements, wording};
use crate::model::date::Span;
use crate::model::{
    Article, ByHand, Claim, Class, Event, EventDate, EventId, Measure, Method, Methodology, Moment, Party, Project,
    Quantity, Scope, Stance, Status,
};

fn day(n: i8) -> Date {
    date(2022, 9, n)
}

fn event_id(n: usize) -> EventId {
    format!("e-{n}").parse().expect("an id")
}

fn claim(n: usize, event: usize, speaker: &str, quantity: &str, reported: Option<i8>) -> Claim {
    let quantity = Quantity::parse(quantity).expect("a quantity");
    let mut claim = Claim::new(event_id(event), Measure::Killed, Class::TOTAL, quantity);
    claim.id = format!("c-{n}").parse().expect("an id");
    claim.speaker = speaker.into();
    claim.reported = reported.map(day);
    claim
}

fn project(when: &[Option<&str>], claims: impl IntoIterator<Item = Claim>) -> Project {
    let mut project = Project::titled("Quay");
    for (n, when) in when.iter().enumerate() {
        let mut event = Event::new(event_id(n));
        event.status = Status::Coded;
        event.when = when.map(|when| EventDate::parse(when).expect("a date"));
        project.events.push(event).expect("new");
    }
    for claim in claims {
        project.claims.push(claim).expect("new");
    }
    project
}

fn all_killed() -> Asked {
    Asked { measure: Measure::Killed, class: Class::TOTAL, among: None }
}

fn tolls(project: &Project) -> Vec<TollStep> {
    let derived = Derived::from_scratch(project);
    toll(project, &derived, &all_killed(), &|_| true).expect("nobody stops it").steps
}

fn speakers(project: &Project) -> Vec<Speaker> {
    let derived = Derived::from_scratch(project);
    by_speaker(project, &derived, &all_killed(), &|_| true).expect("nobody stops it")
}

fn told(steps: &[TollStep]) -> Vec<(Known, String)> {
    steps.iter().map(|step| (step.known, wording::of_sums(&step.sums))).collect()
}

fn course(project: &Project) -> Vec<(Known, String)> {
    let derived = Derived::from_scratch(project);
    let found = timeline(project, &derived, event_id(0), &Measure::Killed, &Class::TOTAL).expect("there");
    found.course.iter().map(|step| (step.known, wording::short(step.figure.value, step.figure.marks))).collect()
}

#[test]
fn a_toll_rises_with_the_reports_of_one_voice_and_falls_where_it_is_put_right() {
    let claims = [("24", 16), ("46", 18), ("59", 20), ("57", 25)];
    let claims = claims.iter().enumerate().map(|(n, (said, on))| claim(n, 0, "Ministry", said, Some(*on)));
    let project = project(&[Some("2022-09-16")], claims);
    let wanted = [(16, "24"), (18, "46"), (20, "59"), (25, "57")];
    assert_eq!(course(&project), wanted.map(|(on, said)| (Known::On(day(on)), said.to_owned())));
    let derived = Derived::from_scratch(&project);
    let found = timeline(&project, &derived, event_id(0), &Measure::Killed, &Class::TOTAL).expect("there");
    let [line] = &found.lines[..] else { panic!("one voice") };
    assert_eq!(line.said.iter().map(|said| said.number).collect::<Vec<_>>(), [24, 46, 59, 57]);
    let standings: Vec<&Standing> = found.claims.iter().map(|told| &told.standing).collect();
    assert_eq!(standings, [&Standing::Then, &Standing::Then, &Standing::Then, &Standing::Now]);
}

#[test]
fn what_was_interim_is_a_floor_until_the_event_has_ended_and_is_marked() {
    let claims = [claim(0, 0, "Agency", "1", Some(16)), claim(1, 0, "Ministry", "59", Some(22))];
    let lasting = project(&[Some("2022-09-14/2022-09-20")], claims);
    let mut sometime = lasting.clone();
    let when = EventDate::between(day(14), day(20), Span::Within).ok();
    let event = Event { when, ..(**lasting.events.get(event_id(0)).expect("there")).clone() };
    sometime.events.replace(event).expect("there");
    assert_eq!(course(&sometime)[0].1, "1", "some time within: nothing is interim");
    assert_eq!(course(&lasting), [(Known::On(day(16)), "1 (1+)".to_owned()), (Known::On(day(22)), "59".to_owned())]);
    let interim: Vec<usize> = tolls(&lasting).iter().map(|step| step.interim).collect();
    assert_eq!(interim, [1, 0]);
    let agency = speakers(&lasting).into_iter().find(|speaker| speaker.key == "agency").expect("it spoke");
    assert_eq!((told(&agency.steps), agency.steps[0].interim), (vec![(Known::On(day(16)), "1 (1+)".to_owned())], 1));
}

#[test]
fn a_claim_without_a_day_counts_from_the_day_of_its_article_or_else_joins_at_the_end() {
    let mut article = Article::new("a-1".parse().expect("an id"), "Quay", "Seven people were killed.");
    article.published = Some(Moment::new(day(18)));
    let quote = crate::model::Quote::of(article.id, "Seven people were killed.", 0, 5).expect("words");
    let quoted = Claim { quotes: vec![quote], ..claim(0, 0, "Council", "7", None) };
    let loose = claim(1, 0, "Clinic", "9", None);
    let early = claim(2, 0, "Village", "5", Some(17));
    let mut project = project(&[None], [quoted, loose, early]);
    project.articles.push(article).expect("new");
    let wanted = [(Known::On(day(17)), "5"), (Known::On(day(18)), "5 (5–7)"), (Known::SomeTime, "7 (5–9)")];
    assert_eq!(course(&project), wanted.map(|(known, said)| (known, said.to_owned())));
    let derived = Derived::from_scratch(&project);
    let found = timeline(&project, &derived, event_id(0), &Measure::Killed, &Class::TOTAL).expect("there");
    let by_article: Vec<bool> = found.claims.iter().map(|told| told.by_article).collect();
    assert_eq!(by_article, [false, true, false]);
}

#[test]
fn what_is_set_aside_denied_or_without_a_number_is_shown_with_its_reason_and_moves_nothing() {
    let aside = Claim { aside: Some("another quay".into()), ..claim(1, 0, "Herald", "70", Some(17)) };
    let denied = Claim { stance: Stance::Denies, ..claim(2, 0, "Army", "0", Some(18)) };
    let silent = claim(3, 0, "Clinic", "?", Some(19));
    let project = project(&[None], [claim(0, 0, "Council", "7", Some(16)), aside, denied, silent]);
    assert!(course(&project).iter().all(|(_, said)| said == "7"));
    let derived = Derived::from_scratch(&project);
    let found = timeline(&project, &derived, event_id(0), &Measure::Killed, &Class::TOTAL).expect("there");
    let standings: Vec<Standing> = found.claims.iter().map(|told| told.standing.clone()).collect();
    let not = |why| Standing::Not(why);
    let aside = NotUsed::SetAside("another quay".to_owned());
    assert_eq!(standings, [Standing::Now, not(aside), not(NotUsed::Denial), not(NotUsed::NoNumber)]);
    assert!(found.lines[1..].iter().all(|line| line.said.is_empty()), "none of them is on a line");
}

#[test]
fn a_figure_by_hand_is_the_last_step_and_the_claims_counted_until_then() {
    let mut project = project(&[None], [claim(0, 0, "Council", "7", Some(16))]);
    let hand = ByHand::new(Measure::Killed, Class::TOTAL, (9, Some(9), Some(12)), "graves counted", "coder 1");
    let event = Event { by_hand: [hand].into(), ..(**project.events.get(event_id(0)).expect("there")).clone() };
    project.events.replace(event).expect("there");
    assert_eq!(course(&project), [(Known::On(day(16)), "7".to_owned()), (Known::ByHand, "9 (9–12)".to_owned())]);
    assert_eq!(tolls(&project).last().map(|step| step.known), Some(Known::ByHand));
}

#[test]
fn speakers_are_told_apart_over_all_events_and_the_largest_comes_first() {
    let claims = [
        claim(0, 0, "Ministry", "10", Some(16)),
        claim(1, 1, "ministry", "5", Some(17)),
        claim(2, 0, "Army", "3", Some(16)),
        claim(3, 0, "Ministry", "12", Some(18)),
        claim(4, 1, "Clinic", "?", Some(18)),
    ];
    let speakers = speakers(&project(&[None, None], claims));
    let names: Vec<(&str, usize)> = speakers.iter().map(|s| (s.name.as_str(), s.events)).collect();
    assert_eq!(names, [("Ministry", 2), ("Army", 1), ("Clinic", 0)]);
    let on = |n| Known::On(day(n));
    let wanted = [(on(16), "10"), (on(17), "15"), (on(18), "17")];
    assert_eq!(told(&speakers[0].steps), wanted.map(|(known, said)| (known, said.to_owned())));
}

#[test]
fn work_on_the_toll_can_be_stopped() {
    let project = project(&[None], [claim(0, 0, "Council", "7", Some(16))]);
    let derived = Derived::from_scratch(&project);
    assert!(toll(&project, &derived, &all_killed(), &|_| false).is_none());
    assert!(by_speaker(&project, &derived, &all_killed(), &|_| false).is_none());
}

#[test]
fn a_project_without_a_claim_has_the_sum_of_nothing() {
    let steps = tolls(&project(&[None, None], []));
    assert_eq!((steps.len(), steps[0].sums.events, steps[0].sums.no_claim), (1, 2, 2));
}

/// Events of which some are summaries, some excluded and one has a figure by hand; claims of all kinds.
fn projects() -> impl Strategy<Value = (Project, Vec<bool>)> {
    const EVENTS: usize = 5;
    let dates = prop::sample::select(vec![None, Some("2022-09-12"), Some("2022-09-10/2022-09-20")]);
    let event = (dates, any::<bool>(), prop::collection::vec(0_usize..EVENTS, 0..3), 0_u8..6, any::<bool>());
    let quantity = prop::sample::select(vec!["0", "3", "12", "50", "3+", "<=5", "10-20", "?", "dozens", "~12"]);
    let speaker = prop::sample::select(vec!["Army", "army", "UN", "Village", ""]);
    let class = prop::sample::select(vec!["total", "total", "A", "civilians", "A all", "children"]);
    let when = (prop::option::weighted(0.7, 8_i8..24), any::<bool>());
    let how = (0_u8..10, 0_usize..12, any::<bool>());
    let claim_of = (0_usize..EVENTS, quantity, speaker, class, when, how);
    let sheet = (prop::sample::select(Method::ALL.to_vec()), any::<bool>());
    let parts = (prop::collection::vec(event, EVENTS), prop::collection::vec(claim_of, 0..14), sheet);
    (parts, prop::collection::vec(prop::bool::weighted(0.8), EVENTS)).prop_map(|((events, claims, sheet), among)| {
        let mut project = Project::titled("Quay");
        let text = "Some people were killed at the quay.";
        let mut article = Article::new("a-1".parse().expect("an id"), "Quay", text);
        article.published = Some(Moment::new(day(15)));
        article.publisher = "Herald".into();
        project.articles.push(article).expect("new");
        project.methodology = Methodology {
            method: sheet.0,
            missing_best_is_low: sheet.1,
            ranks: vec!["UN".into()],
            authority: "Army".into(),
            ..Methodology::default()
        }
        .into();
        for (n, (when, within, covers, state, by_hand)) in events.into_iter().enumerate() {
            let mut event = Event::new(event_id(n));
            event.status = if state == 0 { Status::Excluded("doubled".into()) } else { Status::Coded };
            event.when = when.map(|when| EventDate::parse(when).expect("a date"));
            if within && when.is_some_and(|when| when.contains('/')) {
                event.when = EventDate::between(day(10), day(20), Span::Within).ok();
            }
            // Only later ones, so that none covers itself.
            event.covers = covers.into_iter().filter(|other| *other > n && state > 2).map(event_id).collect();
            if by_hand && state == 1 {
                event.by_hand.push(ByHand::new(Measure::Killed, Class::TOTAL, (4, None, Some(40)), "seen", "coder 1"));
            }
            project.events.push(event).expect("new");
        }
        for (n, (event, quantity, speaker, class, (reported, quoted), (shape, base, party))) in
            claims.into_iter().enumerate()
        {
            let mut claim = claim(n, event, speaker, quantity, reported);
            claim.class = Class::from_key(class).expect("a class");
            claim.party = party.then_some(Party::B);
            if quoted {
                claim.quotes.extend(crate::model::Quote::of("a-1".parse().expect("an id"), text, 0, 11));
            }
            match shape {
                0 => claim.aside = Some("doubled".into()),
                1 => claim.stance = Stance::Denies,
                2 => claim.stance = Stance::Suspects,
                3 => claim.scope = Scope::PartOf(None),
                4 if base < n => claim.scope = Scope::AdditionalTo(format!("c-{base}").parse().expect("an id")),
                5 => claim.measure = Measure::Injured,
                _ => {}
            }
            project.claims.push(claim).expect("new");
        }
        (project, among)
    })
}

/// The project as it would be with these claims alone; figures by hand are left out where `hands` is not set.
fn knowing(project: &Project, hands: bool, known: impl Fn(&Claim) -> bool) -> Project {
    let mut past = project.clone();
    for claim in project.claims.iter().filter(|claim| !known(claim)) {
        past.claims.remove(claim.id).expect("there");
    }
    if !hands {
        for event in project.events.iter() {
            past.events.replace(Event { by_hand: Default::default(), ..(**event).clone() }).expect("there");
        }
    }
    past
}

fn sum(project: &Project, class: &Class, among: &[bool]) -> Sums {
    let derived = Derived::from_scratch(project);
    let query = Query { class: class.clone(), among: Among::Slots(among), ..Query::new(Measure::Killed, By::None) };
    totals(project, &derived, &query).total
}

fn class() -> impl Strategy<Value = Class> {
    prop::sample::select(vec!["total", "A all", "civilians"]).prop_map(|key| Class::from_key(key).expect("a class"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn at_every_moment_the_toll_is_the_total_of_a_project_that_knows_no_more(
        (project, among) in projects(), class in class(),
    ) {
        let derived = Derived::from_scratch(&project);
        let asked = Asked { measure: Measure::Killed, class: class.clone(), among: Some(Arc::new(among.clone())) };
        let steps = toll(&project, &derived, &asked, &|_| true).expect("nobody stops it").steps;
        for step in &steps {
            let past = knowing(&project, step.known == Known::ByHand, |claim| known_from(&project, claim) <= step.known);
            prop_assert_eq!(step.sums, sum(&past, &class, &among), "{:?}", step.known);
        }
        prop_assert_eq!(steps.last().map(|step| step.sums), Some(sum(&project, &class, &among)));
        prop_assert!(steps.is_sorted_by(|a, b| a.known < b.known));
    }

    #[test]
    fn at_every_moment_a_speaker_had_said_what_the_claims_of_that_voice_give_alone(
        (project, among) in projects(), class in class(),
    ) {
        let derived = Derived::from_scratch(&project);
        let asked = Asked { measure: Measure::Killed, class: class.clone(), among: Some(Arc::new(among.clone())) };
        let mut alone = project.clone();
        alone.methodology = Methodology { method: Method::default(), ..(*project.methodology).clone() }.into();
        let voices: Vec<(String, Claim)> = project.claims.iter()
            .flat_map(|claim| statements(&project, std::iter::once(&**claim)))
            .map(|statement| (statement.group, statement.claim.clone())).collect();
        for speaker in by_speaker(&project, &derived, &asked, &|_| true).expect("nobody stops it") {
            let own = |claim: &Claim| voices.iter().any(|(group, own)| *group == speaker.key && own.id == claim.id);
            for step in &speaker.steps {
                let past = knowing(&alone, false, |claim| own(claim) && known_from(&project, claim) <= step.known);
                prop_assert_eq!(step.sums, sum(&past, &class, &among), "{} {:?}", &speaker.name, step.known);
            }
            let all = knowing(&alone, false, own);
            prop_assert_eq!(speaker.steps.last().map(|step| step.sums), Some(sum(&all, &class, &among)));
        }
    }

    #[test]
    fn a_timeline_holds_each_claim_once_and_ends_with_the_figure_of_today((project, _) in projects(), class in class()) {
        let derived = Derived::from_scratch(&project);
        for event in project.events.iter() {
            let found = timeline(&project, &derived, event.id, &Measure::Killed, &class).expect("there");
            let figure = derived.figure(event.id, &Measure::Killed, &class);
            if let Some(last) = found.course.last() {
                prop_assert_eq!(last.figure, figure);
            } else {
                prop_assert_eq!(figure.value, Value::NoClaim);
            }
            prop_assert!(found.course.is_sorted_by(|a, b| a.known < b.known));
            let mut ids: Vec<_> = found.claims.iter().map(|told| told.claim).collect();
            ids.sort_unstable();
            prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
            let of_event = project.claims.iter().filter(|claim| claim.event == event.id && claim.measure == Measure::Killed);
            if class == Class::TOTAL {
                prop_assert_eq!(ids.len(), of_event.count());
            }
            for told in &found.claims {
                prop_assert!(found.course.iter().any(|step| step.known == told.known));
                prop_assert!(found.lines.get(told.line).is_some_and(|line| line.class == told.class));
            }
        }
    }
}
