//! Timelines as text, and what must hold of them whatever was said.

use jiff::civil::{Date, date};

use super::{Picture, account, key};
use crate::derive::Derived;
use crate::derive::reports::timeline;
use crate::model::{
    Almanac, Claim, Class, Event, EventDate, EventId, Measure, Months, Project, Quantity, Stance, Status,
};
use crate::scene::{Area, EvenRuler, Item, Point, Room, Scene, Shape, Stands};

fn event() -> EventId {
    "e-1".parse().expect("an id")
}

/// Claims on killed: speaker, quantity, day.
fn project(when: Option<&str>, said: impl IntoIterator<Item = (String, String, Option<Date>)>) -> Project {
    let mut project = Project::titled("Quay");
    let mut of = Event::new(event());
    of.status = Status::Coded;
    of.when = when.map(|when| EventDate::parse(when).expect("a date"));
    project.events.push(of).expect("new");
    for (n, (speaker, quantity, on)) in said.into_iter().enumerate() {
        let quantity = Quantity::parse(&quantity).expect("a quantity");
        let mut claim = Claim::new(event(), Measure::Killed, Class::TOTAL, quantity);
        claim.id = format!("c-{n}").parse().expect("an id");
        claim.speaker = speaker.into();
        claim.reported = on;
        project.claims.push(claim).expect("new");
    }
    project
}

fn said(list: &[(&str, &str, Option<i8>)]) -> Vec<(String, String, Option<Date>)> {
    list.iter().map(|(who, n, on)| ((*who).to_owned(), (*n).to_owned(), on.map(|on| date(2022, 9, on)))).collect()
}

/// The picture in this size, with its account and key under it.
fn lay_out(project: &Project, width: f32, height: f32) -> (Scene, String) {
    let derived = Derived::from_scratch(project);
    let timeline = timeline(project, &derived, event(), &Measure::Killed, &Class::TOTAL).expect("there");
    let (measure, class) = (Measure::Killed, Class::TOTAL);
    let picture = Picture { project, timeline: &timeline, measure: &measure, class: &class, current: None };
    let scene = picture.lay_out(Room::all(width, height, project.about.almanac), &EvenRuler).scene;
    (scene, format!("{}\n{}\n", account(&picture), key(&picture)))
}

/// Holds a picture against the one that is kept; `UPDATE_GOLDEN=1` keeps this one.
fn golden(name: &str, project: &Project) {
    let (scene, words) = lay_out(project, 560.0, 220.0);
    let text = format!("{scene}{words}");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/scenes/{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, &text).expect("written");
    }
    let kept = std::fs::read_to_string(&path).expect("a picture that is kept");
    assert_eq!(text, kept, "another picture than {}", path.display());
}

#[test]
fn months_are_named_in_the_language_of_the_project() {
    let said = said(&[("Ministry", "4", Some(14)), ("Police", "9", Some(28))]);
    let mut project = project(Some("2022-09-14"), said);
    std::sync::Arc::make_mut(&mut project.about).almanac = Almanac { months: Months::German, ..Almanac::default() };
    let (scene, _) = lay_out(&project, 560.0, 220.0);
    let text = scene.to_string();
    assert!(text.contains(". Sept.") && !text.contains(" Sep\""), "{text}");
}

fn places(items: &[Item], into: &mut Vec<Point>) {
    let corners = |area: &Area| [Point::new(area.left, area.top), Point::new(area.right, area.bottom)];
    for item in items {
        match &item.shape {
            Shape::Rect { area, .. } | Shape::Hatch { area, .. } => into.extend(corners(area)),
            Shape::Polygon { points, .. } => into.extend(points),
            Shape::Line(line) => into.extend(&line.points),
            Shape::Marker(marker) => into.push(marker.at),
            Shape::Text(text) => into.push(text.at),
            Shape::Clip { items, .. } => places(items, into),
        }
    }
}

/// Everything lies on the page and is a number, every claim is drawn, and no more than six names stand at the ends.
fn holds(project: &Project) {
    for (width, height) in [(200.0, 120.0), (380.0, 160.0), (560.0, 220.0), (1600.0, 900.0)] {
        let (scene, _) = lay_out(project, width, height);
        let mut all = Vec::new();
        places(&scene.items, &mut all);
        let page = Area { left: -0.1, top: -0.1, right: width + 0.1, bottom: height + 0.1 };
        let off: Vec<&Point> = all.iter().filter(|at| !page.contains(**at)).collect();
        assert!(off.is_empty(), "off a page of {width} by {height}: {off:?}");
        for n in 0..project.claims.len() {
            assert!(scene.items.iter().any(|item| item.stands == Stands::Claim(n)), "claim {n} is not drawn");
        }
        let named = |item: &&Item| matches!((&item.shape, item.stands), (Shape::Text(_), Stands::Series { .. }));
        assert!(scene.items.iter().filter(named).count() <= 5);
    }
}

#[test]
fn a_rising_toll_is_seen_in_steps() {
    let mut project = project(
        Some("2022-09-14/2022-09-20"),
        said(&[
            ("Agency", "12+", Some(16)),
            ("Ministry", "24", Some(17)),
            ("Ministry", "46", Some(21)),
            ("Ministry", "59", Some(24)),
            ("Herald", "70", Some(22)),
            ("Border troops", "0", Some(22)),
            ("Clinic", "?", Some(18)),
            ("Village", "50-60", Some(23)),
            ("Archive", "61", None),
        ]),
    );
    let mut change = |n: usize, with: &dyn Fn(&mut Claim)| {
        let id = format!("c-{n}").parse().expect("an id");
        let mut claim = (**project.claims.get(id).expect("there")).clone();
        with(&mut claim);
        project.claims.replace(claim).expect("there");
    };
    change(4, &|claim| claim.aside = Some("another quay".into()));
    change(5, &|claim| claim.stance = Stance::Denies);
    golden("claims-rising", &project);
    holds(&project);
}

#[test]
fn one_claim_is_a_dot_and_a_line() {
    let project = project(None, said(&[("Council", "7", Some(16))]));
    golden("claims-one", &project);
    holds(&project);
}

#[test]
fn nothing_said_and_nothing_dated_are_told_in_words() {
    let words = |project: &Project| {
        let (scene, _) = lay_out(project, 400.0, 200.0);
        let texts = scene.items.iter().filter_map(|item| match &item.shape {
            Shape::Text(text) => Some(text.text.clone()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(words(&project(None, said(&[]))), "Nobody spoke of this number");
    assert_eq!(words(&project(None, said(&[("Council", "7", None)]))), "Nobody knows when");
}

#[test]
fn pictures_hold_whatever_was_said() {
    let many = (0_i64..300).map(|n| {
        (
            format!("Voice {n}"),
            (n * 7 % 90).to_string(),
            date(2022, 9, 1).checked_add(jiff::Span::new().days(n % 28)).ok(),
        )
    });
    holds(&project(None, many));
    let one_day = (0..40).map(|n| (format!("Voice {n}"), "12".to_owned(), Some(date(2022, 9, 16))));
    holds(&project(None, one_day));
    holds(&project(
        None,
        said(&[("UN", "999999999", Some(1)), ("Council", "3", Some(2)), ("Army", ">1000000000", Some(3))]),
    ));
    let years = [("Court", "4", date(1974, 3, 1)), ("Archive", "1200", date(2024, 3, 1))];
    holds(&project(None, years.map(|(who, n, on)| (who.to_owned(), n.to_owned(), Some(on)))));
    let ages = [("Scribe", "4", date(-2000, 3, 1)), ("Archive", "<=5", date(2024, 3, 1))];
    holds(&project(None, ages.map(|(who, n, on)| (who.to_owned(), n.to_owned(), Some(on)))));
    holds(&project(None, said(&[("A", "?", Some(1)), ("B", "0", Some(1)), ("C", "?", None), ("D", "<=9", Some(2))])));
}
