//! What an edit leads to is what a fresh look finds: the index of problems follows any change by difference.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::{
    Article, ByHand, Claim, Class, Event, EventDate, Few, Note, Origin, Point, Quantity, Quote, Scope, Status, Subject,
    Term,
};

const TEXTS: [&str; 3] = ["Three people were killed.", "Three people  were killed.", ""];

fn id<T: std::str::FromStr>(prefix: char, n: u8) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("{prefix}-{n}").parse().expect("an id")
}

/// A change; its numbers choose what it is of and what comes of it.
#[derive(Debug, Clone, Copy)]
struct Act {
    what: u8,
    record: u8,
    value: [u8; 4],
}

fn some_event(n: u8, [a, b, c, d]: [u8; 4]) -> Event {
    let mut event = Event::new(id('e', n));
    event.title = ["Bridge", "Bridge", "Ha\u{1}ll", ""][usize::from(a % 4)].into();
    event.when = EventDate::parse(["2022-09-16", "2022-09-16", "2022-09~", ""][usize::from(b % 4)]).ok();
    event.location.name = ["Osh", "Osh", ""][usize::from(c % 3)].into();
    event.location.point = if d & 1 == 1 { Point::new(f64::from(a % 2), 0.0) } else { None };
    event.kind = ["battle", "ambush", ""][usize::from(d % 3)].into();
    event.status = match c % 4 {
        0 => Status::Excluded(["", "double"][usize::from(a % 2)].into()),
        _ => Status::Coded,
    };
    event.covers = if d % 3 == 0 { [id('e', a % 5), id('e', b % 6)].into() } else { Few::new() };
    if b % 3 == 0 {
        let hand = ByHand::new(
            Measure::Killed,
            Class::TOTAL,
            (u64::from(a % 5), None, Some(u64::from(c % 6))),
            ["", "why"][usize::from(d % 2)],
            "",
        );
        event.by_hand.push(hand);
    }
    event
}

fn some_claim(n: u8, [a, b, c, d]: [u8; 4]) -> Claim {
    let word = Quantity::Word("myriads".into());
    let estimate = Quantity::estimate(Some(5), Some(3), Some(4));
    let quantity =
        [Quantity::parse("3").expect("a number"), word, estimate, Quantity::Plural][usize::from(a % 4)].clone();
    let mut claim = Claim::new(id('e', b % 6), Measure::Killed, Class::TOTAL, quantity);
    claim.id = id('c', n);
    claim.scope = match c % 4 {
        0 => Scope::AdditionalTo(id('c', d % 5)),
        1 => Scope::PartOf(Some(id('c', d % 5))),
        _ => Scope::Total,
    };
    if d & 1 == 0 {
        claim.quotes.push(Quote::of(id('a', a % 4), TEXTS[0], 6, 12).expect("inside"));
    } else if d & 2 == 0 {
        claim.origin = Some(Origin::Interview("i".into()));
    }
    claim.reported = (b & 1 == 0).then(|| jiff::civil::date(2022, 9, 15));
    claim.aside = (c == 7).then(|| "".into());
    claim
}

fn put<R: Record>(records: &mut Records<R>, record: R) {
    if records.contains(record.id()) {
        records.replace(record).expect("there");
    } else {
        records.push(record).expect("free");
    }
}

fn play(project: &mut Project, Act { what, record: n, value }: Act) {
    match what % 11 {
        0 | 1 => put(&mut project.events, some_event(n % 5, value)),
        2 | 3 => put(&mut project.claims, some_claim(n % 5, value)),
        4 => {
            let mut article = Article::new(
                id('a', n % 4),
                ["One", "Two"][usize::from(value[0] % 2)],
                TEXTS[usize::from(value[1] % 3)],
            );
            article.agency = ["AFP", "DPA"][usize::from(value[2] % 2)].into();
            article.corrects = (value[3] % 3 == 0).then(|| id('a', value[3] % 5));
            put(&mut project.articles, article);
        }
        5 => {
            let about = [
                Subject::Event(id('e', value[0] % 6)),
                Subject::Claim(id('c', value[0] % 6)),
                Subject::Article(id('a', value[0] % 5)),
            ];
            put(&mut project.notes, Note::new(id('n', n % 3), Some(about[usize::from(value[1] % 3)]), None));
        }
        6 => drop(project.events.remove(id('e', n % 5))),
        7 => drop(project.claims.remove(id('c', n % 5))),
        8 => drop(project.articles.remove(id('a', n % 4))),
        9 => {
            // Put elsewhere.
            if let Ok(event) = project.events.remove(id('e', n % 5)) {
                let after = project.events.iter().nth(usize::from(value[0] % 4)).map(|event| event.id);
                let event = (*event).clone();
                match after {
                    Some(_) => project.events.insert_after(after, event).expect("there"),
                    None => project.events.push(event).expect("free"),
                }
            }
        }
        _ if value[0] % 2 == 0 => {
            let kinds = &mut Arc::make_mut(&mut project.about).codebook.kinds;
            match kinds.iter().position(|term| &*term.name == "ambush") {
                Some(at) => drop(kinds.remove(at)),
                None => kinds.push(Term { name: "ambush".into(), meaning: "".into() }),
            }
        }
        _ => {
            let names: Vec<_> = crate::model::WordTable::preset_names().collect();
            let table = crate::model::WordTable::preset(names[usize::from(value[1]) % names.len()]);
            Arc::make_mut(&mut project.methodology).words = table.expect("a preset");
        }
    }
}

fn act() -> impl Strategy<Value = Act> {
    (any::<u8>(), any::<u8>(), any::<[u8; 4]>()).prop_map(|(what, record, value)| Act { what, record, value })
}

fn told(project: &Project, derived: &Derived) -> Vec<Problem> {
    problems(project, derived, jiff::civil::date(2022, 9, 1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_patched_index_is_a_fresh_one(acts in prop::collection::vec(act(), 1..60)) {
        let mut project = Project::titled("Test");
        let mut derived = Derived::from_scratch(&project);
        for act in acts {
            let before = project.clone();
            play(&mut project, act);
            derived.advance(&before, &project);
            let fresh = Derived::from_scratch(&project);
            prop_assert_eq!(told(&project, &derived), told(&project, &fresh), "after {:?}", act);
            prop_assert!(derived.problems() == fresh.problems(), "after {act:?}\n{:#?}\n{:#?}", derived.problems(), fresh.problems());
        }
    }

    #[test]
    fn every_line_of_the_lists_is_told_and_nothing_else(acts in prop::collection::vec(act(), 1..60)) {
        let mut project = Project::titled("Test");
        acts.into_iter().for_each(|act| play(&mut project, act));
        let derived = Derived::from_scratch(&project);
        let index = derived.problems();
        let today = jiff::civil::date(2022, 12, 1);
        let mut listed = Vec::new();
        for kind in Kind::ALL {
            for n in 0..index.count(*kind) {
                let (place, before) = index.at(*kind, n).expect("a line");
                let of_kind = problems_of(&project, &derived, place, today).into_iter().filter(|one| one.kind == *kind);
                listed.extend(of_kind.skip(before).take(1));
            }
        }
        let mut all = problems(&project, &derived, today);
        prop_assert_eq!(listed.len(), all.len());
        let key = |problem: &Problem| format!("{problem:?}");
        listed.sort_by_key(key);
        all.sort_by_key(key);
        prop_assert_eq!(listed, all);
    }
}
