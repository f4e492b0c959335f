//! Tolls as pictures, and what must hold of them whatever was said.

use jiff::civil::{Date, date};

use super::{DRAWN, Said, Shown, lay_out, notes, reading};
use crate::derive::Derived;
use crate::derive::reports::{Asked, Known, Speaker, Toll, TollStep, by_speaker, toll};
use crate::model::{Almanac, Claim, Class, Event, EventId, Measure, Project, Quantity, Status};
use crate::scene::{Area, EvenRuler, Room, Scene, Shape, Stands};

fn event(n: usize) -> EventId {
    format!("e-{n}").parse().expect("an id")
}

/// Claims on killed: event, speaker, quantity, day.
fn project(events: usize, said: impl IntoIterator<Item = (usize, String, String, Option<Date>)>) -> Project {
    let mut project = Project::titled("Quay");
    for n in 0..events {
        let mut of = Event::new(event(n));
        of.status = Status::Coded;
        project.events.push(of).expect("new");
    }
    for (n, (of, speaker, quantity, on)) in said.into_iter().enumerate() {
        let quantity = Quantity::parse(&quantity).expect("a quantity");
        let mut claim = Claim::new(event(of), Measure::Killed, Class::TOTAL, quantity);
        claim.id = format!("c-{n}").parse().expect("an id");
        claim.speaker = speaker.into();
        claim.reported = on;
        project.claims.push(claim).expect("new");
    }
    project
}

fn said(list: &[(usize, &str, &str, Option<i8>)]) -> Vec<(usize, String, String, Option<Date>)> {
    list.iter().map(|(of, who, n, on)| (*of, (*who).into(), (*n).into(), on.map(|on| date(2022, 9, on)))).collect()
}

fn worked_out(project: &Project) -> (Toll, Vec<Speaker>) {
    let derived = Derived::from_scratch(project);
    let asked = Asked { measure: Measure::Killed, class: Class::TOTAL, among: None };
    let toll = toll(project, &derived, &asked, &|_| true).expect("nobody stops it");
    (toll, by_speaker(project, &derived, &asked, &|_| true).expect("nobody stops it"))
}

fn drawn(shown: Shown<'_>, size: [f32; 2]) -> Scene {
    let said = Said::of(shown, &Measure::Killed, &Class::TOTAL);
    lay_out(shown, &said, Room::all(size[0], size[1], Almanac::default()), &EvenRuler).scene
}

fn golden(name: &str, shown: Shown<'_>) {
    let text = format!("{}{}\n", drawn(shown, [560.0, 220.0]), notes(shown));
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/scenes/{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, &text).expect("written");
    }
    let kept = std::fs::read_to_string(&path).expect("a picture that is kept");
    assert_eq!(text, kept, "another picture than {}", path.display());
}

fn rising() -> Project {
    project(
        2,
        said(&[
            (0, "Ministry", "24", Some(16)),
            (0, "Ministry", "46", Some(18)),
            (0, "Agency", "50+", Some(17)),
            (1, "Ministry", "5", Some(19)),
            (1, "Agency", "4-9", Some(20)),
            (1, "Archive", "6", None),
            (1, "Clinic", "?", Some(20)),
        ]),
    )
}

#[test]
fn the_total_is_a_band_and_speakers_are_lines() {
    let (toll, speakers) = worked_out(&rising());
    golden("toll-rising", Shown::Toll(&toll));
    golden("toll-speakers", Shown::Speakers(&speakers));
}

#[test]
fn a_partys_count_of_its_enemys_dead_is_dashed_and_a_lowered_sum_ringed() {
    let mut project =
        project(1, said(&[(0, "Army", "120", Some(16)), (0, "Clinic", "30", Some(16)), (0, "Clinic", "24", Some(18))]));
    let mut of_enemy = (**project.claims.iter().next().expect("a claim")).clone();
    of_enemy.class = Class::from_key("B").expect("a class");
    of_enemy.party = Some(crate::model::Party::A);
    project.claims.replace(of_enemy).expect("it is there");
    let (_, speakers) = worked_out(&project);
    let (army, clinic) = (&speakers[0], &speakers[1]);
    assert_eq!((army.name.as_str(), army.steps[0].high_only), ("Army", 1));
    assert!(clinic.steps.iter().all(|step| step.high_only == 0));
    let scene = drawn(Shown::Speakers(&speakers), [560.0, 220.0]);
    let dashes = |series: usize| {
        let of = Stands::Series { panel: 0, series };
        let lines = scene.items.iter().filter(move |item| item.stands == of);
        lines.filter_map(|item| if let Shape::Line(line) = &item.shape { Some(line.stroke.dash) } else { None })
    };
    assert!(dashes(0).all(|dash| dash == crate::scene::Dash::Short) && dashes(0).count() == 1);
    assert!(dashes(1).all(|dash| dash == crate::scene::Dash::Whole));
    let rings = scene.items.iter().filter(|item| matches!(item.shape, Shape::Marker(_)));
    assert_eq!(rings.map(|item| item.stands).collect::<Vec<_>>(), [Stands::Series { panel: 0, series: 1 }]);
    let said = notes(Shown::Speakers(&speakers));
    assert!(
        said.contains("a party's count of its enemy's dead") && said.contains("a speaker's sum became smaller"),
        "{said}"
    );
    let switched_off = Project {
        methodology: std::sync::Arc::new(crate::model::Methodology {
            enemy_counts_high_only: false,
            ..(*project.methodology).clone()
        }),
        ..project
    };
    assert_eq!(worked_out(&switched_off).1[0].steps[0].high_only, 0, "the switch of the method sheet");
}

#[test]
fn a_moment_is_found_under_the_pointer() {
    let (toll, _) = worked_out(&rising());
    let said = Said::of(Shown::Toll(&toll), &Measure::Killed, &Class::TOTAL);
    let laid = lay_out(Shown::Toll(&toll), &said, Room::all(560.0, 220.0, Almanac::default()), &EvenRuler);
    let first = laid.moments[0].0;
    assert_eq!(laid.moment_at(first - 1.0), None);
    assert_eq!(laid.moment_at(first + 1.0), Some(0));
    assert_eq!(laid.moment_at(559.0).map(|at| laid.moments[at].1), Some(Known::SomeTime));
    assert!(reading(&toll.steps[0]).starts_with("16 September 2022: 24"), "{}", reading(&toll.steps[0]));
}

#[test]
fn bad_input_gives_a_picture_or_words() {
    let words = |scene: &Scene| {
        let texts = scene.items.iter().filter_map(|item| match &item.shape {
            Shape::Text(text) if item.stands == Stands::Words => Some(text.text.clone()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" | ")
    };
    let (toll, speakers) = worked_out(&project(1, said(&[])));
    assert_eq!(words(&drawn(Shown::Toll(&toll), [560.0, 220.0])), "Nobody reported a number");
    assert_eq!(words(&drawn(Shown::Speakers(&speakers), [560.0, 220.0])), "Nobody reported a number");
    let (toll, speakers) = worked_out(&project(1, said(&[(0, "Archive", "6", None)])));
    assert_eq!(words(&drawn(Shown::Toll(&toll), [560.0, 220.0])), "No claim has a day of report");
    assert_eq!(words(&drawn(Shown::Speakers(&speakers), [560.0, 220.0])), "No claim has a day of report");
}

#[test]
fn what_is_drawn_stays_few_and_on_the_page() {
    let many = (0_i64..300).map(|n| {
        (0, format!("Voice {n}"), n.to_string(), date(2022, 9, 1).checked_add(jiff::Span::new().days(n)).ok())
    });
    let (_, speakers) = worked_out(&project(1, many));
    let scene = drawn(Shown::Speakers(&speakers), [560.0, 220.0]);
    let lines =
        scene.items.iter().filter(|item| matches!((&item.shape, item.stands), (Shape::Line(_), Stands::Series { .. })));
    assert_eq!(lines.count(), DRAWN);
    let named =
        scene.items.iter().filter(|item| matches!((&item.shape, item.stands), (Shape::Text(_), Stands::Series { .. })));
    assert_eq!(named.count(), 5);
    assert!(
        notes(Shown::Speakers(&speakers)).contains("260 speakers with smaller numbers not drawn"),
        "{}",
        notes(Shown::Speakers(&speakers))
    );

    let step = |n: u32| TollStep {
        known: Known::On(date(1970, 1, 1).saturating_add(jiff::SignedDuration::from_hours(24 * i64::from(n)))),
        sums: crate::derive::totals::Sums {
            low: u64::from(n) * 50_000,
            best: Some(u64::from(n) * 60_000),
            high: None,
            high_at_least: 999_999_999,
            events: 9,
            ..Default::default()
        },
        interim: 0,
        high_only: 0,
    };
    let toll = Toll { steps: (0..18_000).map(step).collect() };
    for size in [[200.0, 120.0], [560.0, 220.0], [1600.0, 900.0]] {
        let scene = drawn(Shown::Toll(&toll), size);
        assert!(scene.items.len() < 5_000, "{} shapes", scene.items.len());
        let page = Area { left: -0.1, top: -0.1, right: size[0] + 0.1, bottom: size[1] + 0.1 };
        for item in &scene.items {
            if let Shape::Line(line) = &item.shape {
                assert!(line.points.iter().all(|at| page.contains(*at)));
            }
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, ..Default::default() })]

    /// Fifty years of days, three hundred speakers, any zoom: few shapes, few points, all of them on the page.
    #[test]
    fn at_most_five_thousand_marks_at_any_zoom(
        seed in 0_u32..1_000, from in 0.0_f64..1.0, near in 0.0001_f64..1.0, width in 200.0_f32..1600.0,
    ) {
        let steps = |voice: u32| -> Vec<TollStep> {
            let gap = 1 + voice % 7;
            let step = |n: u32| {
                let day = date(1974, 1, 1).saturating_add(jiff::SignedDuration::from_hours(24 * i64::from(n * gap)));
                let best = u64::from((n * 37 + seed * voice) % 900);
                let sums = crate::derive::totals::Sums {
                    low: best, best: Some(best), high: Some(best + 5), high_at_least: best + 5, events: 3,
                    ..Default::default()
                };
                let often = (n + seed) as usize;
                TollStep { known: Known::On(day), sums, interim: often % 2, high_only: often % 3 }
            };
            (0..18_000 / gap).map(step).collect()
        };
        let speakers: Vec<Speaker> = (0..300)
            .map(|voice| {
                let name = format!("Voice {voice}");
                let steps = if voice < 60 { steps(voice) } else { steps(6).into_iter().take(1).collect() };
                Speaker { key: name.to_lowercase(), name, events: 3, steps }
            })
            .collect();
        let toll = Toll { steps: steps(0) };
        for shown in [Shown::Toll(&toll), Shown::Speakers(&speakers)] {
            let said = Said::of(shown, &Measure::Killed, &Class::TOTAL);
            let whole = lay_out(shown, &said, Room::all(width, 300.0, Almanac::default()), &EvenRuler);
            let (_, days) = whole.plane.as_ref().expect("days").days.whole();
            let room = Room { width, height: 300.0, seen: Some((from * days * (1.0 - near), (from * (1.0 - near) + near) * days)), almanac: Almanac::default() };
            for laid in [whole, lay_out(shown, &said, room, &EvenRuler)] {
                proptest::prop_assert!(laid.scene.items.len() <= 5_000, "{} marks", laid.scene.items.len());
                let points = laid.scene.items.iter().map(|item| match &item.shape {
                    Shape::Line(line) => line.points.len(),
                    _ => 1,
                });
                proptest::prop_assert!(points.sum::<usize>() <= 40_000);
                let area = laid.plane.as_ref().expect("days").area;
                let lines = laid.scene.items.iter().filter_map(|item| match (&item.shape, item.stands) {
                    (Shape::Line(line), Stands::Series { .. }) => Some(line),
                    _ => None,
                });
                for point in lines.flat_map(|line| &line.points) {
                    proptest::prop_assert!(area.left - 0.1 <= point.x && point.x <= area.right + 0.1);
                }
            }
        }
    }
}
