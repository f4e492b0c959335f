//! What charts say. The laws that they keep against `derive::totals` are in `laws`.

mod laws;

use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::derive::calendar::{BinSize, Unit};
use crate::derive::facet::Facet;
use crate::derive::totals::tests::{event, id, project, projects, say, together};
use crate::derive::totals::{Among, By, Group, Placing, Query, Totals, keys_of, totals};
use crate::model::{
    About, Claim, Class, Coverage, Event, EventId, Measure, Methodology, Milestone, Origin, Project, Release,
    ReleasedTotal, Status,
};

const TODAY: Date = date(2024, 6, 10);

fn basis<'a>(project: &'a Project, derived: &'a Derived) -> Basis<'a> {
    Basis { project, derived, filter: None, other: None, today: TODAY }
}

fn ask(project: &Project, question: &Question) -> Chart {
    Chart::of(&basis(project, &Derived::from_scratch(project)), question)
}

fn by(unit: Unit) -> Question {
    Question { size: BinSize::Fixed(unit), ..Question::default() }
}

/// For each slot whether the event is meant.
fn marks(derived: &Derived, meant: impl Fn(EventId) -> bool) -> Vec<bool> {
    let table = derived.columnar();
    (0..table.slots()).map(|slot| meant(table.id(u32::try_from(slot).expect("few")))).collect()
}

/// "low best high" of a point; "-" is none, "+" stands behind an open high.
fn written(point: &Point) -> String {
    let best = point.best.map_or("-".to_owned(), |n| n.to_string());
    let high = point.high.map_or_else(|| format!("{}+", point.high_at_least), |n| n.to_string());
    match point.known() {
        Known::Nothing => "nothing".to_owned(),
        Known::Unknown => "?".to_owned(),
        Known::Number => format!("{} {best} {high}", point.low),
    }
}

fn points(series: &Series) -> Vec<String> {
    series.points.iter().map(written).collect()
}

fn labels(panel: &Panel) -> Vec<&str> {
    panel.series.iter().map(|series| series.label.as_str()).collect()
}

/// Three days of September; names in order are the countries.
fn days(countries: &[(&str, &str, &str)]) -> Project {
    let events = countries.iter().enumerate().map(|(n, (country, when, numbers))| {
        let mut event = event(n, when, numbers);
        event.location.country = (*country).into();
        event
    });
    project(events.collect())
}

fn with_about(project: Project, about: About) -> Project {
    Project { about: Arc::new(about), ..project }
}

#[test]
fn unknown_zero_and_silence_are_three_things() {
    let mut project = days(&[("x", "2022-09-14", ""), ("x", "2022-09-15", "0 0 0"), ("x", "2022-09-17", "3 - -")]);
    say(&mut project, 0, "total", "?");
    let chart = ask(&project, &by(Unit::Day));
    assert_eq!(points(&chart.panels[0].series[0]), ["?", "0 0 0", "nothing", "3 - 3+"]);
    assert_eq!(chart.peak, Some(3), "where no best is known the reach counts");
    assert!(chart.columns.iter().all(|column| column.searched == Searched::All));
}

#[test]
fn five_groups_stand_alone_and_the_rest_is_other() {
    let project = days(&[
        ("a", "2022-09-14", "70 70 70"),
        ("b", "2022-09-14", "60 60 60"),
        ("c", "2022-09-15", "50 50 50"),
        ("d", "2022-09-15", "40 40 40"),
        ("e", "2022-09-15", "30 30 30"),
        ("f", "2022-09-14", "20 20 20"),
        ("", "2022-09-15", "10 10 10"),
    ]);
    let question = Question { split: Split::Of(Facet::Country), ..by(Unit::Day) };
    let chart = ask(&project, &question);
    let panel = &chart.panels[0];
    assert_eq!(labels(panel), ["a", "b", "c", "d", "e", "other (2)"]);
    assert_eq!((panel.series[5].role, chart.others), (Role::Other, 2));
    assert_eq!(points(&panel.series[5]), ["20 20 20", "10 10 10"]);
    assert_eq!(points(&panel.whole[0]), ["150 150 150", "130 130 130"]);
    let multiples = ask(&project, &Question { arrangement: Arrangement::Multiples, ..question });
    let names: Vec<&str> = multiples.panels.iter().map(|panel| panel.label.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d", "e", "f", "not stated"], "small multiples have room for more");
}

#[test]
fn an_event_stands_under_the_source_that_gives_its_best() {
    let mut project =
        days(&[("x", "2022-09-14", ""), ("x", "2022-09-14", ""), ("x", "2022-09-14", ""), ("x", "2022-09-14", "")]);
    let said = [
        (0, "12", "army"),
        (0, "30", "ministry"),
        (0, "5+", ""),
        (1, "4", "ministry"),
        (2, "5", "army"),
        (2, "5", "ministry"),
    ];
    for (n, quantity, speaker) in said {
        say(&mut project, n, "total", quantity);
        let last = project.claims.iter().last().expect("a claim").id;
        let mut claim = Claim::clone(project.claims.get(last).expect("there"));
        claim.speaker = speaker.into();
        claim.origin = Some(Origin::Document("register".into()));
        project.claims.replace(claim).expect("there");
    }
    let chart = ask(&project, &Question { split: Split::Of(Facet::Source), ..by(Unit::Day) });
    let of = |series: &Series| (series.label.clone(), series.total.best, series.total.events);
    let said: Vec<_> = chart.panels[0].series.iter().map(of).collect();
    let line = |name: &str, best, events| (name.to_owned(), best, events);
    // 12 (army), 30 (ministry), at least 5 (register): 12 fulfils it, and is the lower median.
    assert_eq!(
        said,
        [
            line("army", Some(12), 1),
            line("several sources", Some(5), 1),
            line("ministry", Some(4), 1),
            line("not stated", None, 1)
        ]
    );
    assert!(chart.stated.iter().any(|sentence| sentence.starts_with("By source: an event stands under")));
}

#[test]
fn one_group_too_many_is_no_other() {
    let rows: Vec<(String, &str, &str)> = (0..6).map(|n| (format!("country {n}"), "2022-09-14", "1 1 1")).collect();
    let rows: Vec<(&str, &str, &str)> = rows.iter().map(|(name, when, n)| (name.as_str(), *when, *n)).collect();
    let chart = ask(&days(&rows), &Question { split: Split::Of(Facet::Country), ..by(Unit::Day) });
    assert_eq!((chart.panels[0].series.len(), chart.others), (6, 0));
}

#[test]
fn three_hundred_groups_are_a_few_and_other() {
    let names: Vec<String> = (0..300).map(|n| format!("country {n}")).collect();
    let rows: Vec<(&str, &str, &str)> = names.iter().map(|name| (name.as_str(), "2022-09-14", "1 2 3")).collect();
    let chart = ask(&days(&rows), &Question { split: Split::Of(Facet::Country), ..by(Unit::Day) });
    assert_eq!(chart.panels[0].series.len(), 6);
    assert_eq!(points(&chart.panels[0].series[5]), ["295 590 885"]);
}

#[test]
fn classes_and_sides_overlap_and_say_so() {
    let mut project = days(&[("x", "2022-09-14", "")]);
    say(&mut project, 0, "civilians", "3");
    say(&mut project, 0, "children in civilians", "2");
    let chart = ask(&project, &Question { split: Split::Of(Facet::Class), ..by(Unit::Day) });
    assert_eq!(labels(&chart.panels[0]), ["civilians", "children in civilians"]);
    assert_eq!(points(&chart.panels[0].series[1]), ["2 2 2"]);
    assert_eq!(points(&chart.panels[0].whole[0]), ["3 3 3"]);
    assert!(chart.overlap);
    assert_eq!(chart.arrangement, Arrangement::Grouped, "stacked, people would be counted twice");
    assert!(chart.stated.iter().any(|said| said.contains("overlap")), "{:?}", chart.stated);
}

#[test]
fn two_measures_stand_beside_each_other() {
    let mut project = days(&[("x", "2022-09-14", "1 2 3")]);
    let mut claim = crate::model::Claim::new(id(0), Measure::Injured, Class::TOTAL, crate::model::Quantity::exactly(9));
    claim.speaker = "ministry".into();
    project.claims.push(claim).expect("new");
    let chart = ask(&project, &Question { beside: Beside::Measure(Measure::Injured), ..by(Unit::Day) });
    assert_eq!(labels(&chart.panels[0]), ["Killed", "Injured"]);
    assert_eq!(points(&chart.panels[0].series[1]), ["9 9 9"]);
    assert_eq!(chart.compared.len(), 2);
}

#[test]
fn two_filters_share_one_axis() {
    let project = days(&[("x", "2022-09-14", "1 1 1"), ("y", "2022-09-16", "2 2 2"), ("y", "", "5 5 5")]);
    let derived = Derived::from_scratch(&project);
    let country = |name: &'static str| {
        let project = &project;
        marks(&derived, move |id| project.events.get(id).is_some_and(|event| *event.location.country == *name))
    };
    let (x, y) = (country("x"), country("y"));
    let basis = Basis { filter: Some(&x), other: Some(&y), ..basis(&project, &derived) };
    let question =
        Question { filter: "country=x".to_owned(), beside: Beside::Filter("country=y".to_owned()), ..by(Unit::Day) };
    let chart = Chart::of(&basis, &question);
    assert_eq!(labels(&chart.panels[0]), ["country=x", "country=y"]);
    assert_eq!(points(&chart.panels[0].series[0]), ["1 1 1", "nothing", "nothing"]);
    assert_eq!(points(&chart.panels[0].series[1]), ["nothing", "nothing", "2 2 2"]);
    assert_eq!(chart.compared.map_account(), [(1, 0), (1, 1)]);
}

trait MapAccount {
    fn map_account(&self) -> Vec<(usize, usize)>;
}

impl MapAccount for Vec<Compared> {
    fn map_account(&self) -> Vec<(usize, usize)> {
        self.iter().map(|side| (side.account.placed, side.account.undated)).collect()
    }
}

#[test]
fn bins_that_are_not_over_or_were_not_searched_are_incomplete() {
    let project = days(&[("x", "2024-04-20", "1 1 1"), ("x", "2024-06-03", "1 1 1")]);
    let chart = ask(&project, &by(Unit::Month));
    let searched: Vec<Searched> = chart.columns.iter().map(|column| column.searched).collect();
    assert_eq!(searched, [Searched::All, Searched::All, Searched::Partly], "June is not over on its tenth day");
    assert_eq!(chart.unsearched, [(date(2024, 6, 11), date(2024, 6, 30))]);
    let window = |from, to| Coverage { from, to, what: "wires".into() };
    let coverage = vec![window(date(2024, 4, 10), Some(date(2024, 4, 30))), window(date(2024, 6, 1), None)];
    let chart = ask(&with_about(project, About { coverage, ..About::default() }), &by(Unit::Month));
    let searched: Vec<Searched> = chart.columns.iter().map(|column| column.searched).collect();
    assert_eq!(searched, [Searched::Partly, Searched::Not, Searched::Partly]);
    let gaps = [(4, 1, 4, 9), (5, 1, 5, 31), (6, 11, 6, 30)];
    assert_eq!(chart.unsearched, gaps.map(|(a, b, c, d)| (date(2024, a, b), date(2024, c, d))));
}

#[test]
fn another_rule_is_marked_on_the_day_of_the_first_release_by_it() {
    let release = |name: &str, day, method: &str| Release {
        name: name.into(),
        day,
        totals: vec![ReleasedTotal {
            measure: Measure::Killed,
            method: method.into(),
            low: 1,
            best: None,
            high: None,
            events: 1,
        }],
        words: "plain 1".into(),
        hash: "".into(),
    };
    let releases = vec![
        release("second", date(2023, 2, 1), "conservative 1"),
        release("first", date(2023, 1, 1), "range of claims 1"),
    ];
    let milestones = vec![
        Milestone { when: date(2023, 3, 1), label: "later".into() },
        Milestone { when: date(2023, 1, 1), label: "sooner".into() },
    ];
    let about = About { releases, milestones, ..About::default() };
    let chart = ask(&with_about(days(&[("x", "2023-01-05", "1 1 1")]), about), &by(Unit::Month));
    let label = "Method: range of claims 1, words plain 1 → conservative 1, words plain 1".to_owned();
    assert_eq!(chart.changes, [MethodChange { day: date(2023, 2, 1), label }]);
    assert!(chart.stated.iter().any(|said| said.contains("the last release, “second”")), "{:?}", chart.stated);
    assert_eq!(&*chart.milestones[0].label, "sooner");
}

#[test]
fn a_missing_best_is_its_low_only_when_asked_and_that_is_said() {
    let project = days(&[("x", "2022-09-14", "4 - 9"), ("x", "2022-09-14", "1 2 3")]);
    let chart = ask(&project, &by(Unit::Day));
    assert_eq!(points(&chart.panels[0].series[0]), ["5 - 12"]);
    let chart = ask(&project, &Question { missing_best_is_low: true, ..by(Unit::Day) });
    assert_eq!(points(&chart.panels[0].series[0]), ["5 6 12"]);
    assert!(chart.stated.iter().any(|said| said.contains("its low is taken (1 event)")), "{:?}", chart.stated);
}

#[test]
fn nothing_and_undated_events_have_no_axis() {
    let chart = ask(&project(Vec::new()), &Question::default());
    assert_eq!((chart.columns.len(), chart.strips.len(), chart.peak), (0, 0, None));
    let chart = ask(&days(&[("x", "", "1 1 1")]), &Question::default());
    assert_eq!((chart.columns.len(), chart.strips), (0, vec![Strip::Undated]));
}

#[test]
fn four_thousand_years_are_years() {
    let chart =
        ask(&days(&[("x", "-1999-05-01", "1 1 1"), ("x", "2022-09-14", "1000000000 1000000000 -")]), &by(Unit::Day));
    assert_eq!(chart.unit, Unit::Year);
    assert_eq!(chart.columns.len(), 4022);
    assert_eq!(points(&chart.panels[0].series[0])[4021], "1000000000 1000000000 1000000000+");
}

#[test]
fn the_biggest_events_of_a_bin_come_first() {
    let project = days(&[
        ("x", "2022-09-14", "1 2 3"),
        ("x", "2022-09-14", "7 - 9"),
        ("x", "2022-09-14", "5 5 5"),
        ("x", "2022-09-14", ""),
    ]);
    let derived = Derived::from_scratch(&project);
    let chart = Chart::of(&basis(&project, &derived), &by(Unit::Day));
    let place = Place::Columns(0, 0);
    assert_eq!(chart.biggest(&basis(&project, &derived), place, 2), [id(1), id(2)]);
    assert_eq!(chart.biggest(&basis(&project, &derived), place, 9), [id(1), id(2), id(0)]);
    assert_eq!(chart.slots(&basis(&project, &derived), place, None).len(), 4);
}

#[test]
fn classes_follow_edits() {
    let mut before = days(&[("x", "2022-09-14", ""), ("x", "2022-09-15", "")]);
    say(&mut before, 0, "civilians", "3");
    let mut derived = Derived::from_scratch(&before);
    let question = Question { class: Class::from_key("civilians").expect("a class"), ..by(Unit::Day) };
    let first = Chart::of(&basis(&before, &derived), &question);
    assert_eq!(points(&first.panels[0].series[0]), ["3 3 3", "nothing"]);
    let mut after = before.clone();
    say(&mut after, 1, "civilians", "5");
    after.events.push(event(7, "2022-09-16", "")).expect("new");
    say(&mut after, 7, "civilians", "1");
    derived.advance(&before, &after);
    let second = Chart::of(&basis(&after, &derived), &question);
    assert_eq!(points(&second.panels[0].series[0]), ["3 3 3", "5 5 5", "1 1 1"]);
}
