//! Sums as a reader asks for them, and the laws that they keep.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::derive::calendar::BinSize;
use crate::derive::facet::Facet;
use crate::model::{ByHand, Claim, EventDate, Measure, Methodology, Quantity, Status};

pub(in crate::derive) fn id(n: usize) -> EventId {
    format!("e-{n}").parse().expect("an id")
}

/// An event in which `low, best, high` were killed ("-" is none or open).
pub(in crate::derive) fn event(n: usize, when: &str, numbers: &str) -> Event {
    let mut event = Event { status: Status::Coded, ..Event::new(id(n)) };
    event.when = (!when.is_empty()).then(|| EventDate::parse(when).expect("a date"));
    let numbers: Vec<Option<u64>> = numbers.split_whitespace().map(|n| n.parse().ok()).collect();
    if let [Some(low), best, high] = numbers[..] {
        let (measure, class) = (Measure::Killed, Class::TOTAL);
        event.by_hand.push(ByHand::new(measure, class, (low, best, high), "why", "who"));
    }
    event
}

pub(in crate::derive) fn covering(event: Event, covers: &[usize]) -> Event {
    Event { covers: covers.iter().map(|n| id(*n)).collect(), ..event }
}

pub(in crate::derive) fn project(events: Vec<Event>) -> Project {
    let mut project = Project::titled("Test");
    for event in events {
        project.events.push(event).expect("free");
    }
    project
}

pub(in crate::derive) fn say(project: &mut Project, n: usize, class: &str, quantity: &str) {
    let quantity = Quantity::parse(quantity).expect("a quantity");
    let class = Class::from_key(class).expect("a class");
    project.claims.push(Claim::new(id(n), Measure::Killed, class, quantity)).expect("free");
}

fn by(project: &Project, key: &str) -> Totals {
    placed(project, key, Placing::Within)
}

fn placed(project: &Project, key: &str, placing: Placing) -> Totals {
    let by = By::from_key(key).expect("a split");
    totals(project, &Derived::from_scratch(project), &Query { placing, ..Query::new(Measure::Killed, by) })
}

/// `low, best, high` of sums, as a reader writes them.
fn written(sums: &Sums) -> String {
    let best = sums.best.map_or("none".to_owned(), |best| best.to_string());
    let high = sums.high.map_or(format!("{}+", sums.high_at_least), |high| high.to_string());
    format!("{}, {best}, {high}", sums.low)
}

fn events(project: &Project, group: &Group) -> Vec<EventId> {
    group.events(Derived::from_scratch(project).columnar()).collect()
}

fn lines(totals: &Totals) -> Vec<String> {
    totals.groups.iter().map(|group| format!("{}: {}", group.key, written(&group.sums))).collect()
}

#[test]
fn lows_bests_and_highs_are_added_and_unknowns_are_counted() {
    let mut project = project(vec![event(1, "", "3 5 8"), event(2, "", "1 1 -"), event(3, "", ""), event(4, "", "")]);
    say(&mut project, 3, "total", "?");
    let total = by(&project, "none").total;
    assert_eq!(written(&total), "4, 6, 9+");
    assert_eq!((total.events, total.unknown, total.no_claim, total.no_best), (4, 1, 1, 0));
}

#[test]
fn an_event_without_a_best_leaves_the_total_without_one_unless_the_low_is_taken() {
    let mut project = project(vec![event(1, "", "3 5 8"), event(2, "", "2 - 4"), event(3, "", "0 - 9")]);
    let strict = by(&project, "none");
    assert_eq!((written(&strict.total).as_str(), strict.total.no_best), ("5, none, 21", 1));
    assert!(strict.stated.iter().any(|line| line.contains("no best total: 1 event")), "{:?}", strict.stated);
    project.methodology = Arc::new(Methodology { missing_best_is_low: true, ..Methodology::default() });
    let lenient = by(&project, "none");
    assert_eq!((written(&lenient.total).as_str(), lenient.total.no_best), ("5, 7, 21", 1));
    assert!(lenient.stated.iter().any(|line| line.contains("its low is taken (1 event)")), "{:?}", lenient.stated);
}

#[test]
fn months_stand_without_gaps_and_what_does_not_fit_stands_apart() {
    let project = project(vec![
        event(1, "2022-09-16", "3 3 3"),
        event(2, "2022-11", "1 2 4"),
        event(3, "2022", "9 9 9"),
        event(4, "2022-09-14/..", "1 1 1"),
        event(5, "", "5 5 5"),
        Event { status: Status::Excluded("double".into()), ..event(6, "2022-09-16", "7 7 7") },
        Event { status: Status::Disputed, ..event(7, "2022-09-30", "2 2 2") },
    ]);
    let totals = by(&project, "month");
    assert_eq!(lines(&totals), ["2022-09: 5, 5, 5", "2022-10: 0, none, 0", "2022-11: 1, 2, 4"]);
    assert_eq!(events(&project, &totals.groups[0]), [id(1), id(7)]);
    assert_eq!(written(&totals.total), "21, 22, 24");
    let Account { placed, not_placed, undated, in_summaries, excluded, drafts, disputed } = totals.account;
    assert_eq!((placed, not_placed, undated, in_summaries, excluded, drafts, disputed), (3, 2, 1, 0, 1, 0, 1));
    assert_eq!(events(&project, &totals.not_placed), [id(3), id(4)]);
    assert_eq!(written(&totals.undated.sums), "5, 5, 5");
}

#[test]
fn an_interval_can_be_placed_by_its_ends_or_spread() {
    let project = project(vec![event(1, "2022-08-30/2022-09-02", "2 5 7"), event(2, "../2022-09-03", "1 1 1")]);
    assert_eq!(lines(&placed(&project, "month", Placing::Start)), ["2022-08: 2, 5, 7"]);
    assert_eq!(lines(&placed(&project, "month", Placing::End)), ["2022-09: 3, 6, 8"]);
    let days = placed(&project, "day", Placing::Spread);
    assert_eq!(
        lines(&days),
        ["2022-08-30: 1, 2, 2", "2022-08-31: 1, 1, 2", "2022-09-01: 0, 1, 2", "2022-09-02: 0, 1, 1"]
    );
    assert_eq!(days.account.not_placed, 1, "an open interval cannot be spread");
    assert_eq!(lines(&placed(&project, "month", Placing::Spread)), ["2022-08: 2, 3, 4", "2022-09: 0, 2, 3"]);
}

#[test]
fn a_summary_adds_only_what_exceeds_the_events_that_it_covers() {
    let events = vec![event(1, "2022-09-14", "3 4 5"), event(2, "2022-09-15", "2 2 2")];
    let toll = |numbers| covering(event(3, "2022-09-14/2022-09-17", numbers), &[1, 2]);
    let with = |numbers| by(&project([events.clone(), vec![toll(numbers)]].concat()), "month");
    let above = with("10 12 20");
    assert_eq!((written(&above.total).as_str(), above.account.in_summaries), ("10, 12, 20", 1));
    assert_eq!(lines(&above), ["2022-09: 5, 6, 7"], "its rest is never placed");
    assert_eq!(written(&above.in_summaries.sums), "5, 6, 13");
    assert_eq!(written(&with("1 2 3").total), "5, 6, 7", "a summary below its events adds nothing");
    assert_eq!(written(&with("10 10 10").in_summaries.sums), "5, 5, 5", "high is lifted, so that the order stays");
    assert_eq!(written(&with("5 6 -").total), "5, 6, 7+");
}

#[test]
fn summaries_of_summaries_and_excluded_events_count_once() {
    let project = project(vec![
        event(1, "", "3 3 3"),
        Event { status: Status::Excluded("double".into()), ..event(2, "", "2 2 2") },
        covering(event(3, "", "10 10 10"), &[1, 2]),
        covering(event(4, "", "15 15 15"), &[3]),
    ]);
    let totals = by(&project, "none");
    // 3, and 7 above it, and 5 above both; the excluded 2 lower nothing.
    assert_eq!(written(&totals.total), "15, 15, 15");
    assert_eq!((totals.account.in_summaries, totals.account.excluded), (2, 1));
}

#[test]
fn events_that_cover_each_other_count_in_full_and_nothing_hangs() {
    let ring = vec![covering(event(1, "", "3 3 3"), &[2]), covering(event(2, "", "4 4 4"), &[1])];
    let outside = covering(event(3, "", "9 9 9"), &[1]);
    let totals = by(&project([ring, vec![outside]].concat()), "none");
    assert_eq!((written(&totals.total).as_str(), totals.account.in_summaries), ("9, 9, 9", 1));
}

#[test]
fn a_long_chain_of_summaries_costs_no_stack() {
    let mut events = vec![event(0, "", "1 1 1")];
    events.extend((1..400).map(|n| covering(event(n, "", &format!("{n} {n} {n}")), &[n - 1])));
    assert_eq!(written(&by(&project(events), "none").total), "399, 399, 399");
}

#[test]
fn names_stand_by_the_alphabet_and_what_is_not_stated_last() {
    let in_country = |event: Event, country: &str| {
        let mut event = event;
        event.location.country = country.into();
        event
    };
    let mut project = project(vec![
        event(1, "", "1 1 1"),
        in_country(event(2, "", "2 2 2"), "Tajikistan"),
        in_country(event(3, "", "4 4 4"), "Kyrgyzstan"),
    ]);
    assert_eq!(lines(&by(&project, "country")), ["Kyrgyzstan: 4, 4, 4", "Tajikistan: 2, 2, 2", ": 1, 1, 1"]);
    let sides = Event { side_a: "x".into(), side_b: "y".into(), ..event(2, "", "2 2 2") };
    project.events.replace(sides).expect("there");
    let totals = by(&project, "side");
    assert_eq!(lines(&totals), ["x: 2, 2, 2", "y: 2, 2, 2", ": 5, 5, 5"]);
    assert!(totals.overlap);
}

#[test]
fn classes_are_told_apart() {
    let mut project = project(vec![event(1, "", ""), event(2, "", "")]);
    say(&mut project, 1, "A", "4");
    say(&mut project, 1, "civilians", "3+");
    say(&mut project, 2, "total", "2");
    let totals = by(&project, "class");
    assert_eq!(lines(&totals), ["total: 9, 9, 9+", "A: 4, 4, 4", "civilians: 3, 3, 3+", "A all: 4, 4, 4"]);
    assert_eq!(events(&project, &totals.groups[1]), [id(1)]);
    assert_eq!((totals.groups[1].sums.events, totals.groups[1].sums.no_claim), (2, 1));
}

#[test]
fn a_published_estimate_out_of_order_is_added_as_published() {
    let mut project = project(vec![event(1, "", ""), event(2, "", "1 1 1")]);
    say(&mut project, 1, "total", "3 (5-4)");
    let total = by(&project, "none").total;
    assert_eq!((written(&total).as_str(), total.flagged), ("6, 4, 5", 1));
}

#[test]
fn too_many_bins_become_larger_ones_and_this_is_said() {
    let project = project(vec![event(1, "1900-01-01", "1 1 1"), event(2, "2022-09-16", "1 1 1")]);
    let totals = by(&project, "day");
    assert_eq!(totals.unit, Some(Unit::Month), "days and weeks would be more than 5,000");
    assert!(totals.stated.iter().any(|line| line.contains("5,000")), "{:?}", totals.stated);
    assert_eq!(by(&project, "automatic").unit, Some(Unit::Year));
}

#[test]
fn automatic_bins_are_not_stretched_by_a_century() {
    let project = project(vec![event(1, "20XX", "1 1 1"), event(2, "2022-09-14", ""), event(3, "2022-09-20", "1 1 1")]);
    let totals = by(&project, "automatic");
    assert_eq!((totals.unit, totals.groups.len()), (Some(Unit::Day), 7));
}

#[test]
fn a_selection_counts_each_event_once() {
    let project = project(vec![event(1, "", "1 1 1"), event(2, "", "2 2 2")]);
    let derived = Derived::from_scratch(&project);
    let ids = [id(2), id(2), id(9)];
    let query = Query { among: Among::Events(&ids), ..Query::new(Measure::Killed, By::None) };
    let selected = totals(&project, &derived, &query);
    assert_eq!((written(&selected.total).as_str(), selected.account.all()), ("2, 2, 2", 1));
    let first = |event: &Event| event.id == id(1);
    let query = Query { among: Among::Matching(&first), ..query };
    assert_eq!(written(&totals(&project, &derived, &query).total), "1, 1, 1");
}

#[test]
fn what_sums_read_has_another_stamp_when_it_changes_and_only_then() {
    let before = {
        let mut project = project(vec![event(1, "2022-09-14", "1 1 1"), event(2, "2022-09-15", "2 2 2")]);
        say(&mut project, 2, "civilians", "7");
        project
    };
    let stamps = |change: &dyn Fn(&mut Project)| {
        let mut after = before.clone();
        change(&mut after);
        let mut derived = Derived::from_scratch(&before);
        let stamp = derived.columnar().stamp();
        derived.advance(&before, &after);
        derived.columnar().stamp() != stamp
    };
    let with = |change: &dyn Fn(&mut Event)| {
        stamps(&|project: &mut Project| {
            let mut event = (**project.events.get(id(1)).expect("there")).clone();
            change(&mut event);
            project.events.replace(event).expect("there");
        })
    };
    assert!(!with(&|event| event.title = "another".into()));
    assert!(!with(&|event| event.location.country = "another".into()));
    assert!(with(&|event| event.when = None));
    assert!(with(&|event| event.status = Status::Excluded("why".into())));
    assert!(with(&|event| event.by_hand.clear()));
    assert!(with(&|event| event.covers = [id(2)].into()));
    assert!(stamps(&|project| drop(project.events.remove(id(2)))));
    assert!(stamps(&|project| say(project, 2, "civilians", "8")));
    let lenient = Methodology { missing_best_is_low: true, ..Methodology::default() };
    assert!(stamps(&|project| project.methodology = Arc::new(lenient.clone())));
    let derived = Derived::from_scratch(&before);
    assert!(derived.columnar().stamp() != Derived::from_scratch(&before).columnar().stamp());
    assert_eq!(derived.columnar().stamp(), derived.clone().columnar().stamp());
}

const WHEN: [&str; 12] = [
    "",
    "2022-09-14",
    "2022-09-15",
    "2022-12-31",
    "2023-01-01",
    "2022-09",
    "2022",
    "2022-09-1X",
    "2022-09-14/2022-09-17",
    "2022-08-28/2023-02-03",
    "2022-09-14/..",
    "../2022-09-14",
];

type Draw = (usize, (u64, Option<u64>, Option<u64>), u8, Vec<usize>);

fn some_event(n: usize, (when, (low, best, high), how, covers): Draw) -> Event {
    let written = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
    let best = best.map(|more| low + more);
    let high = high.map(|more| best.unwrap_or(low) + more);
    let numbers = if how % 5 == 0 { String::new() } else { format!("{low} {} {}", written(best), written(high)) };
    let mut event = covering(event(n, WHEN[when % WHEN.len()], &numbers), &covers);
    let status = [Status::Draft, Status::Coded, Status::Disputed, Status::Excluded("why".into())];
    event.status = status[usize::from(how / 5) % 4].clone();
    event.location.country = ["", "x", "y"][usize::from(how / 20) % 3].into();
    event.side_a = ["", "army"][usize::from(how / 60) % 2].into();
    event.kind = ["battle", "shelling"][usize::from(how / 120) % 2].into();
    event
}

/// Projects whose events have figures by hand, or a claim without a number, or nothing; some cover others, in rings too.
pub(in crate::derive) fn projects() -> impl Strategy<Value = Project> {
    let numbers = (0_u64..20, prop::option::weighted(0.8, 0_u64..20), prop::option::weighted(0.8, 0_u64..20));
    let covers = prop_oneof![4 => Just(Vec::new()), 1 => prop::collection::vec(0_usize..12, 1..4)];
    let drawn = prop::collection::vec((0_usize..64, numbers, any::<u8>(), covers), 0..12);
    (drawn, any::<bool>()).prop_map(|(drawn, missing_best_is_low)| {
        let events = drawn.into_iter().enumerate().map(|(n, draw)| some_event(n, draw)).collect();
        let mut project = project(events);
        if project.events.len() > 3 {
            say(&mut project, 2, "total", "?");
        }
        project.methodology = Arc::new(Methodology { missing_best_is_low, ..Methodology::default() });
        project
    })
}

fn splits() -> impl Strategy<Value = By> {
    let units = Unit::ALL.into_iter().map(|unit| By::Time(BinSize::Fixed(unit)));
    prop::sample::select(units.chain([By::Time(BinSize::Auto)]).collect::<Vec<_>>())
}

/// Sums of sums.
pub(in crate::derive) fn together<'a>(all: impl Iterator<Item = &'a Sums>, missing_best_is_low: bool) -> Sums {
    let mut sum = Sums::default();
    let (mut best, mut open) = (None, false);
    for sums in all {
        sum.low += sums.low;
        best = best.map(|best: u64| best + sums.best.unwrap_or(0)).or(sums.best);
        open |= sums.high.is_none();
        sum.high_at_least += sums.high_at_least;
        sum.events += sums.events;
        sum.unknown += sums.unknown;
        sum.no_claim += sums.no_claim;
        sum.no_best += sums.no_best;
        sum.flagged += sums.flagged;
    }
    sum.best = best.filter(|_| sum.no_best == 0 || missing_best_is_low);
    sum.high = (!open).then_some(sum.high_at_least);
    sum
}

fn numbers(sums: &Sums) -> (u64, Option<u64>, Option<u64>, u64) {
    (sums.low, sums.best, sums.high, sums.high_at_least)
}

fn parts(totals: &Totals) -> impl Iterator<Item = &Sums> {
    let apart = [&totals.not_placed, &totals.undated, &totals.in_summaries];
    totals.groups.iter().chain(apart).map(|group| &group.sums)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn every_split_by_time_conserves_the_total(project in projects(), by in splits(), placing in prop::sample::select(&Placing::ALL[..])) {
        let lenient = project.methodology.missing_best_is_low;
        let totals = totals(&project, &Derived::from_scratch(&project), &Query { placing, ..Query::new(Measure::Killed, by) });
        let sum = together(parts(&totals), lenient);
        prop_assert_eq!(numbers(&sum), numbers(&totals.total));
        if placing != Placing::Spread {
            prop_assert_eq!(sum, totals.total);
        }
        let bins: Vec<Bin> = totals.groups.iter().filter_map(|group| group.bin).collect();
        prop_assert_eq!(bins.len(), totals.groups.len());
        for pair in bins.windows(2) {
            prop_assert_eq!(pair[0].next(), Some(pair[1]), "no gap and no overlap");
        }
    }

    #[test]
    fn adding_many_at_once_is_adding_one_by_one(project in projects(), by in splits(), placing in prop::sample::select(&Placing::ALL[..])) {
        let derived = Derived::from_scratch(&project);
        let query = Query { placing, ..Query::new(Measure::Killed, by) };
        let gathered = Gathered::of(derived.columnar().order(), &query.class, &project, &derived, &query);
        let mut one_by_one = Adder::default();
        gathered.all().for_each(|(_, addend)| one_by_one.add(addend));
        prop_assert_eq!(totals(&project, &derived, &query).total, one_by_one.sums());
        prop_assert_eq!(totals(&project, &derived, &Query { by: By::None, ..query }).total, one_by_one.sums());
    }

    #[test]
    fn groups_of_a_partition_add_up(project in projects(), key in prop::sample::select(vec!["country", "kind", "side_a", "status"])) {
        let totals = by(&project, key);
        let sum = together(totals.groups.iter().map(|group| &group.sums), project.methodology.missing_best_is_low);
        prop_assert_eq!(sum, totals.total);
        prop_assert!(!totals.overlap);
    }

    #[test]
    fn subtotals_in_pieces_are_the_totals_of_their_events_and_add_up(project in projects(), parts in 1_usize..4, cut in 0_usize..8) {
        let derived = Derived::from_scratch(&project);
        let running = |slots: &[u32]| {
            let mut running = Running::default();
            let (first, rest) = slots.split_at(cut.min(slots.len()));
            running.add(&project, &derived, &Measure::Killed, first);
            running.add(&project, &derived, &Measure::Killed, rest);
            running.sums()
        };
        // Summaries and what they cover may stand in different parts: each adds what it adds to the whole.
        let order = derived.columnar().order();
        let of_part = |part: usize| order.iter().copied().skip(part).step_by(parts).collect::<Vec<u32>>();
        let mut all = Vec::new();
        for slots in (0..parts).map(of_part) {
            let mut marked = vec![false; derived.columnar().slots()];
            slots.iter().for_each(|slot| marked[*slot as usize] = true);
            let query = Query { among: Among::Slots(&marked), ..Query::new(Measure::Killed, By::None) };
            all.push(running(&slots));
            prop_assert_eq!(all.last(), Some(&totals(&project, &derived, &query).total));
        }
        let whole = totals(&project, &derived, &Query::new(Measure::Killed, By::Of(Facet::Country)));
        prop_assert_eq!(together(all.iter(), project.methodology.missing_best_is_low), whole.total);
        for group in &whole.groups {
            prop_assert_eq!(running(&group.slots), group.sums, "{}", group.key);
        }
    }

    #[test]
    fn a_group_of_a_class_is_the_sum_that_is_asked_for_alone(
        project in projects(),
        said in prop::collection::vec((0_usize..12, 0_usize..4, "(0|[1-9]|[1-9]\\+|\\?|dozens)"), 0..12),
    ) {
        const CLASSES: [&str; 4] = ["civilians", "A", "children in civilians", "total"];
        let mut project = project;
        let ids: Vec<_> = project.events.iter().map(|event| event.id).collect();
        for (event, class, quantity) in said {
            let Some(event) = ids.get(event) else { continue };
            let class = Class::from_key(CLASSES[class]).expect("a class");
            let quantity = Quantity::parse(&quantity).expect("a quantity");
            project.claims.push(Claim::new(*event, Measure::Killed, class, quantity)).expect("free");
        }
        let derived = Derived::from_scratch(&project);
        let query = Query::new(Measure::Killed, By::Of(Facet::Class));
        let split = totals(&project, &derived, &query);
        let spoken: std::collections::BTreeSet<String> = project
            .events
            .iter()
            .filter(|event| event.status.counts())
            .flat_map(|event| derived.figures(event.id).map(|(_, class, _)| class.to_string()).collect::<Vec<_>>())
            .collect();
        prop_assert_eq!(split.groups.iter().map(|group| group.key.clone()).collect::<std::collections::BTreeSet<_>>(), spoken);
        for group in &split.groups {
            let class = Class::from_key(&group.key).expect("a class");
            let alone = totals(&project, &derived, &Query { class, by: By::None, ..query.clone() });
            prop_assert_eq!(group.sums, alone.total, "{}", group.key);
        }
    }

    #[test]
    fn the_account_adds_up(project in projects(), by in splits(), placing in prop::sample::select(&Placing::ALL[..]), among in 0_usize..12) {
        let selected = |event: &Event| event.id != id(among);
        let query = Query { placing, among: Among::Matching(&selected), ..Query::new(Measure::Killed, by) };
        let totals = totals(&project, &Derived::from_scratch(&project), &query);
        let all = project.events.iter().filter(|event| selected(event)).count();
        prop_assert_eq!(totals.account.all(), all);
        prop_assert_eq!(totals.total.events, all - totals.account.excluded);
        prop_assert_eq!(totals.in_summaries.slots.len(), totals.account.in_summaries);
    }

    #[test]
    fn sums_keep_their_order(project in projects(), by in splits(), placing in prop::sample::select(&Placing::ALL[..])) {
        let totals = totals(&project, &Derived::from_scratch(&project), &Query { placing, ..Query::new(Measure::Killed, by) });
        for sums in parts(&totals).chain([&totals.total]) {
            let best = sums.best.unwrap_or(sums.low);
            prop_assert!(sums.low <= best && best <= sums.high_at_least, "{sums:?}");
        }
    }

    #[test]
    fn a_total_is_never_below_a_summary(numbers in prop::collection::vec(0_u64..20, 1..6), toll in 0_u64..100) {
        let exact = |n: u64| format!("{n} {n} {n}");
        let mut events: Vec<Event> = numbers.iter().enumerate().map(|(n, number)| event(n, "", &exact(*number))).collect();
        let covered: Vec<usize> = (0..events.len()).collect();
        events.push(covering(event(99, "", &exact(toll)), &covered));
        let wanted = toll.max(numbers.iter().sum());
        prop_assert_eq!(written(&by(&project(events), "none").total), exact(wanted).replace(' ', ", "));
    }
}
