//! Laws of layouts: nothing stands outside, heights are those of the numbers, and what is under a pointer is found.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::derive::Derived;
use crate::derive::calendar::{BinSize, Unit};
use crate::derive::facet::Facet;
use crate::derive::series::{Basis, Question, Split};
use crate::model::{Claim, Class, Event, EventDate, Measure, Project, Quantity, Status};
use crate::scene::EvenRuler;

/// A project of events with a day, a country and a number of people killed.
pub(crate) fn project(events: &[(String, String, String)]) -> Project {
    let mut project = Project::titled("Test");
    for (at, (when, country, quantity)) in events.iter().enumerate() {
        let id = format!("e{at}").parse().expect("an id");
        let mut event = Event::new(id);
        event.status = Status::Coded;
        event.when = (!when.is_empty()).then(|| EventDate::parse(when).expect("a date"));
        event.location.country = country.as_str().into();
        project.events.push(event).expect("new");
        let quantity = Quantity::parse(quantity).expect("a quantity");
        project.claims.push(Claim::new(id, Measure::Killed, Class::TOTAL, quantity)).expect("new");
    }
    project
}

fn chart(events: &[(String, String, String)], question: &Question) -> Chart {
    let project = project(events);
    let derived = Derived::from_scratch(&project);
    let basis = Basis { project: &project, derived: &derived, filter: None, other: None, today: date(2024, 1, 1) };
    Chart::of(&basis, question)
}

fn some(events: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    events.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
}

fn frame() -> Frame<'static> {
    Frame { width: 600.0, height: Some(300.0), ..Frame::default() }
}

fn daily() -> Question {
    Question { size: BinSize::Fixed(Unit::Day), ..Question::default() }
}

/// Every rectangle of a bin, in order.
fn bars(items: &[Item]) -> Vec<(usize, Area)> {
    let mut found = Vec::new();
    for item in items {
        match (&item.shape, item.stands) {
            (Shape::Rect { area, .. }, Stands::Bin { bin, .. }) => found.push((bin, *area)),
            (Shape::Clip { items, .. }, _) => found.extend(bars(items)),
            _ => {}
        }
    }
    found
}

#[test]
fn bars_are_as_high_as_their_numbers() {
    let events = some(&[("2022-09-14", "A", "10"), ("2022-09-15", "A", "40"), ("2022-09-17", "A", "20")]);
    let laid = layout(&chart(&events, &daily()), &frame(), &EvenRuler);
    let bars = bars(&laid.scene.items);
    assert_eq!(bars.iter().map(|(bin, _)| *bin).collect::<Vec<_>>(), [0, 1, 3]);
    let heights: Vec<f32> = bars.iter().map(|(_, area)| area.height()).collect();
    assert!(
        (heights[1] / heights[0] - 4.0).abs() < 1e-3 && (heights[2] / heights[0] - 2.0).abs() < 1e-3,
        "{heights:?}"
    );
    assert!(bars.iter().all(|(_, area)| (area.bottom - laid.panels[0].plot.bottom).abs() < 1e-3));
}

#[test]
fn a_group_that_is_alone_is_named_and_a_whole_is_not() {
    let events = some(&[("2022-09-14", "Tajikistan", "10"), ("2022-09-15", "Tajikistan", "40")]);
    let names = |split, arrangement| {
        let question = Question { split, arrangement, ..daily() };
        let laid = layout(&chart(&events, &question), &frame(), &EvenRuler);
        let is_name = |item: &&Item| matches!(&item.shape, Shape::Text(text) if text.text == "Tajikistan");
        laid.scene.items.iter().filter(is_name).count()
    };
    assert_eq!(names(Split::None, Arrangement::Stacked), 0);
    for arrangement in [Arrangement::Stacked, Arrangement::Grouped, Arrangement::Multiples] {
        assert_eq!(names(Split::Of(Facet::Country), arrangement), 1, "{arrangement:?}");
    }
}

#[test]
fn what_is_under_a_pointer_is_found_however_low_the_bar() {
    let events = some(&[("2022-09-14", "A", "10"), ("2022-09-16", "A", "4000"), ("2022-09", "A", "3")]);
    let laid = layout(&chart(&events, &daily()), &frame(), &EvenRuler);
    let axes = laid.panels[0];
    let (x, y) = (axes.x(f64::midpoint(laid.spans[1].0, laid.spans[1].1)), axes.plot.top + 5.0);
    assert_eq!(laid.at(Point::new(x, y)), Some(Stands::Bin { panel: 0, bin: 1 }));
    let strip = laid.strips[0][0];
    let on_strip = Point::new(strip.left + 3.0, strip.top + 3.0);
    assert_eq!(laid.at(on_strip), Some(Stands::Strip { panel: 0, strip: 0 }));
    assert_eq!(laid.at(Point::new(2.0, 2.0)), None);
}

#[test]
fn a_part_of_the_days_is_laid_out_by_itself() {
    let events = some(&[("2022-09-14", "A", "10"), ("2022-09-20", "A", "4000")]);
    let chart = chart(&events, &daily());
    let whole = layout(&chart, &frame(), &EvenRuler);
    let (from, to) = (whole.spans[0].0, whole.spans[2].1);
    let part = layout(&chart, &Frame { seen: Some((from, to)), ..frame() }, &EvenRuler);
    assert!(part.panels[0].top < 20.0, "heights are those of what is seen: {}", part.panels[0].top);
    assert_eq!(bars(&part.scene.items).len(), 1);
}

#[test]
fn the_selected_share_is_drawn_darker_and_no_higher() {
    let events = some(&[("2022-09-14", "A", "10"), ("2022-09-14", "B", "30")]);
    let project = project(&events);
    let derived = Derived::from_scratch(&project);
    let basis = Basis { project: &project, derived: &derived, filter: None, other: None, today: date(2024, 1, 1) };
    let chart = Chart::of(&basis, &daily());
    let slot = derived.columnar().slot("e0".parse().expect("an id")).expect("there");
    let marked: Vec<bool> = (0..derived.columnar().slots()).map(|at| at == slot as usize).collect();
    let part = chart.share(&basis, &marked);
    let laid = layout(&chart, &Frame { part: Some(&part), ..frame() }, &EvenRuler);
    let heights: Vec<f32> = bars(&laid.scene.items).iter().map(|(_, area)| area.height()).collect();
    assert!(heights.len() == 2 && (heights[0] / heights[1] - 4.0).abs() < 1e-3, "{heights:?}");
    assert!(laid.scene.to_string().contains("fill darker-killed"));
}

fn inside(items: &[Item], scene: &Scene) -> Result<(), String> {
    let within = |at: Point| at.x.is_finite() && at.y.is_finite();
    for item in items {
        let points = match &item.shape {
            Shape::Rect { area, .. } | Shape::Hatch { area, .. } => {
                vec![Point::new(area.left, area.top), Point::new(area.right, area.bottom)]
            }
            Shape::Polygon { points, .. } | Shape::Line(Line { points, .. }) => points.clone(),
            Shape::Marker(marker) => vec![marker.at],
            Shape::Text(text) => {
                let on_page = text.at.y >= 0.0
                    && text.at.y <= scene.height + 0.5
                    && text.at.x >= -1.0
                    && text.at.x <= scene.width + 1.0;
                if !on_page {
                    return Err(format!("{text:?} stands outside"));
                }
                vec![text.at]
            }
            Shape::Clip { area, items } => {
                inside(items, scene)?;
                vec![Point::new(area.left, area.top), Point::new(area.right, area.bottom)]
            }
        };
        if let Some(point) = points.into_iter().find(|point| !within(*point)) {
            return Err(format!("{point:?} in {item:?}"));
        }
    }
    Ok(())
}

fn events() -> impl Strategy<Value = Vec<(String, String, String)>> {
    let when = prop_oneof![
        4 => (1_i32..28, 1_i32..13).prop_map(|(day, month)| format!("2022-{month:02}-{day:02}")),
        1 => (1_i32..13).prop_map(|month| format!("2022-{month:02}")),
        1 => Just(String::new()),
    ];
    let quantity = prop_oneof![
        Just("?".to_owned()),
        Just("0".to_owned()),
        (1_u64..2_000_000_000).prop_map(|n| n.to_string()),
        (1_u64..50).prop_map(|n| format!("{n}+")),
        (1_u64..50).prop_map(|n| format!("{n}-{} (no best)", n + 9))
    ];
    let country = (0_u8..12).prop_map(|n| format!("Country {n}"));
    proptest::collection::vec((when, country, quantity), 0..40)
}

fn questions() -> impl Strategy<Value = Question> {
    let size = prop_oneof![Just(Unit::Day), Just(Unit::ISO_WEEK), Just(Unit::Month), Just(Unit::Year)];
    let split = prop_oneof![Just(Split::None), Just(Split::Of(Facet::Country)), Just(Split::Of(Facet::Status))];
    let arrangement = prop_oneof![Just(Arrangement::Stacked), Just(Arrangement::Grouped), Just(Arrangement::Multiples)];
    (size, split, arrangement, any::<bool>(), any::<bool>()).prop_map(
        |(size, split, arrangement, cumulative, logarithmic)| Question {
            logarithmic,
            size: BinSize::Fixed(size),
            split,
            arrangement,
            cumulative,
            ..Question::default()
        },
    )
}

/// However many bins and groups, a picture stays one that a window can draw in a frame.
#[test]
fn fifty_years_by_day_and_three_hundred_groups_are_few_marks() {
    let day = |n: i64| date(1974, 1, 1).checked_add(jiff::Span::new().days(n)).expect("a day").to_string();
    let events: Vec<(String, String, String)> =
        (0..18_000).map(|n| (day(n), format!("Country {}", n % 300), "1-3 (no best)".to_owned())).collect();
    for (split, arrangement) in [
        (Split::None, Arrangement::Stacked),
        (Split::Of(Facet::Country), Arrangement::Stacked),
        (Split::Of(Facet::Country), Arrangement::Grouped),
        (Split::Of(Facet::Country), Arrangement::Multiples),
    ] {
        let question = Question { split, arrangement, ..daily() };
        let chart = chart(&events, &question);
        for seen in [None, Some(0.3), Some(0.02)] {
            let whole = layout(&chart, &frame(), &EvenRuler);
            let seen = seen.map(|share| (whole.spans[0].0, whole.spans[0].0 + share * 18_000.0));
            let laid = layout(&chart, &Frame { seen, ..frame() }, &EvenRuler);
            let marks = count_marks(&laid.scene.items);
            assert!((20..=5_000).contains(&marks), "{arrangement:?} {seen:?}: {marks}");
        }
    }
}

fn count_marks(items: &[Item]) -> usize {
    let of = |item: &Item| match &item.shape {
        Shape::Clip { items, .. } => count_marks(items),
        _ => 1,
    };
    items.iter().map(of).sum()
}

#[test]
fn figures_over_strips_go_first_where_a_page_is_narrow() {
    let wide = ("2022-01", "A", "1300000000-1413184589");
    let events = some(&[("2022-01-01", "A", "817308538"), wide, ("", "A", "1377707456"), ("2022-01-02", "A", "5")]);
    let chart = chart(&events, &daily());
    assert_eq!(chart.strips.len(), 2);
    for width in [200.0, 230.0, 260.0, 400.0, 900.0] {
        let laid = layout(&chart, &Frame { width, height: None, ..Frame::default() }, &EvenRuler);
        assert_eq!(inside(&laid.scene.items, &laid.scene), Ok(()), "at {width}");
        let range = laid.scene.items.iter().any(|item| match &item.shape {
            Shape::Text(text) => matches!(item.stands, Stands::Strip { .. }) && text.text.contains('–'),
            _ => false,
        });
        assert_eq!(range, width > 300.0, "at {width}");
        assert!(laid.panels[0].plot.width() > 20.0, "at {width}: {:?}", laid.panels[0].plot);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn whatever_is_asked_every_text_stands_on_the_page(events in events(), question in questions(), width in 200_f32..900.0) {
        let chart = chart(&events, &question);
        let said = Said::of(&chart, &Imprint::default(), is_bars(&chart));
        for frame in [Frame { width, height: None, said: Some(&said), ..Frame::default() }, Frame { width, height: Some(300.0), ..Frame::default() }] {
            let laid = layout(&chart, &frame, &EvenRuler);
            prop_assert!(laid.scene.height >= frame.height.unwrap_or(0.0));
            prop_assert_eq!(inside(&laid.scene.items, &laid.scene), Ok(()));
            prop_assert_eq!(laid.panels.len(), chart.panels.len().max(1));
        }
    }

    #[test]
    fn bars_never_reach_over_the_plot(events in events()) {
        let chart = chart(&events, &Question { size: BinSize::Fixed(Unit::Month), ..Question::default() });
        let laid = layout(&chart, &frame(), &EvenRuler);
        let plot = laid.panels[0].plot;
        for (_, area) in bars(&laid.scene.items) {
            prop_assert!(area.top >= plot.top - 0.01 && area.bottom <= plot.bottom + 0.01);
        }
    }
}
