//! The chart as its users meet it: bars that can be pressed, an account that adds up, and pictures at the sizes it has.

use std::sync::Arc;

use dateline::model::{
    About, Almanac, Claim, Class, Coverage, Event, EventDate, EventId, Measure, Milestone, Months, Project, Quantity,
    Status, Weeks,
};
use dateline::ui::chart::Chart;
use dateline::ui::{Action, Pane};
use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::{Date, date};

use crate::side_bench::{Bench, harness, picture};

fn id(text: &str) -> EventId {
    text.parse().expect("an id")
}

/// Adds an event with claims on killed, each by a speaker of its own.
fn add(project: &mut Project, name: &str, when: &str, claims: &[&str]) {
    let mut event = Event::new(id(name));
    event.status = Status::Coded;
    event.when = (!when.is_empty()).then(|| EventDate::parse(when).expect("a date"));
    project.events.push(event).expect("new");
    for (at, quantity) in claims.iter().enumerate() {
        let quantity = Quantity::parse(quantity).expect("a quantity");
        let mut claim = Claim::new(id(name), Measure::Killed, Class::TOTAL, quantity);
        claim.speaker = format!("speaker {at}").into();
        project.claims.push(claim).expect("new");
    }
}

/// Four days of fighting, with everything that has no place on the line of days.
fn fighting() -> Project {
    let mut project = Project::titled("Border");
    add(&mut project, "e14", "2022-09-14", &["1"]);
    add(&mut project, "e16a", "2022-09-16", &["12", "24", "30"]);
    add(&mut project, "e16b", "2022-09-16", &["12+"]);
    add(&mut project, "e17", "2022-09-17", &["10-14 (no best)"]);
    add(&mut project, "e18", "2022-09-18", &["?"]);
    add(&mut project, "e19", "2022-09-19", &["0"]);
    add(&mut project, "long", "2022-09-14/2022-09-17", &["40", "55", "90"]);
    add(&mut project, "nodate", "", &["3"]);
    add(&mut project, "sum", "2022-09-16", &["60"]);
    add(&mut project, "out", "2022-09-15", &["99"]);
    let mut sum = (**project.events.get(id("sum")).expect("there")).clone();
    sum.covers = [id("e16a"), id("e16b")].into();
    project.events.replace(sum).expect("there");
    let mut out = (**project.events.get(id("out")).expect("there")).clone();
    out.status = Status::Excluded("another border".into());
    project.events.replace(out).expect("there");
    let line = |day: Date, label: &str| Milestone { when: day, label: label.into() };
    project.about = Arc::new(About {
        milestones: vec![line(date(2022, 9, 16), "Ceasefire agreed"), line(date(2022, 9, 17), "Talks in Samarkand")],
        coverage: vec![Coverage { from: date(2022, 9, 14), to: Some(date(2022, 9, 18)), what: "wires".into() }],
        ..About::default()
    });
    project
}

/// One event a step of so many days, with numbers that go up and down.
fn series(first: Date, step: i64, n: i64) -> Project {
    let mut project = Project::titled("Long");
    for at in 0..n {
        let day = first.saturating_add(jiff::SignedDuration::from_hours(24 * step * at));
        let best = 4 + (at * at * 7 + at * 3) % 40;
        let high = if at % 9 == 4 { format!("{}+", best * 2) } else { (best * 2).to_string() };
        add(&mut project, &format!("e{at}"), &day.to_string(), &[&best.to_string(), &(best + 3).to_string(), &high]);
    }
    project
}

type Panel = Harness<'static, Bench<Chart>>;

fn chart(size: [f32; 2], dark: bool, project: Project) -> Panel {
    harness(size, dark, Bench::new(project, Chart::default()), Chart::ui)
}

fn says(harness: &Panel, words: &str) {
    assert!(harness.query_all_by_value(words).next().is_some(), "nothing says {words:?}");
}

/// Whether words stand somewhere within a text.
fn contains(harness: &Panel, words: &str) {
    let holds = |node: &egui_kittest::kittest::AccessKitNode<'_>| node.value().is_some_and(|v| v.contains(words));
    let all = egui_kittest::kittest::By::new()
        .predicate(|node: &egui_kittest::kittest::AccessKitNode<'_>| node.value().is_some());
    let found = harness.query_all(egui_kittest::kittest::By::new().predicate(holds)).next().is_some();
    let said = || harness.query_all(all).filter_map(|node| node.accesskit_node().value()).collect::<Vec<_>>();
    assert!(found, "nothing says {words:?}: {:#?}", said());
}

/// The events that were selected last.
fn selected(harness: &Panel) -> Vec<String> {
    harness.state().desk.selected.iter().map(|event| event.to_string()).collect()
}

#[test]
fn pictures_of_the_chart() {
    let mut huge = Project::titled("Huge");
    add(&mut huge, "a", "2022-09-14", &["900000000", "1000000000"]);
    add(&mut huge, "b", "2022-09-16", &["250000000+"]);
    add(&mut huge, "c", "2022", &["120000000"]);
    let mut one = Project::titled("One");
    add(&mut one, "a", "2022-09-14", &["12", "14"]);
    let mut undated = Project::titled("Undated");
    add(&mut undated, "a", "", &["12", "14"]);
    let mut silent = Project::titled("Silent");
    add(&mut silent, "a", "2022-09-14", &[]);
    let cases: Vec<(&str, Project)> = vec![
        ("fighting", fighting()),
        ("weeks", series(date(2022, 3, 1), 4, 120)),
        ("months", series(date(2010, 3, 1), 24, 200)),
        ("quarter-of-bars", series(date(2022, 3, 1), 1, 55)),
        ("centuries", series(date(1500, 3, 1), 700, 270)),
        ("huge", huge),
        ("one", one),
        ("undated", undated),
        ("silent", silent),
        ("empty", Project::titled("Empty")),
        ("sample", dateline::sample::project().expect("the sample is a project")),
    ];
    for (name, project) in cases {
        let mut harness = chart([640.0, 480.0], false, project.clone());
        picture(&format!("chart-{name}-640-light"), &mut harness);
        let mut harness = chart([480.0, 380.0], true, project);
        picture(&format!("chart-{name}-480-dark"), &mut harness);
    }
    let mut harness = chart([480.0, 380.0], false, fighting());
    harness.get_by_label_contains("16 September 2022: ").click();
    harness.run();
    harness.get_by_label_contains("17 September 2022: ").hover();
    harness.run_steps(40);
    picture("chart-selected-480-light", &mut harness);
}

#[test]
fn the_account_under_the_chart_adds_up() {
    let harness = chart([480.0, 380.0], false, fighting());
    says(&harness, "People killed, by day");
    says(&harness, "6 placed + 1 not placed + 1 undated + 1 in summaries + 1 excluded = 10 events");
    let figure = harness.get_by_role(Role::Figure);
    let sentence = figure.accesskit_node().label().expect("a chart has a name");
    assert!(sentence.starts_with("People killed, by day. From 14 September 2022 to 19 September 2022."), "{sentence}");
    assert!(sentence.contains("Highest: 36 (24–42+)") && sentence.contains("16 September 2022."), "{sentence}");
}

#[test]
fn a_click_on_a_bar_selects_its_events_and_a_click_beside_lets_go() {
    let mut harness = chart([640.0, 480.0], false, fighting());
    harness.get_by_label_contains("16 September 2022: ").click();
    harness.run();
    assert_eq!(selected(&harness), ["e16a", "e16b"]);
    harness.get_by_label_contains("15 September 2022: no event").click();
    harness.run();
    assert_eq!(selected(&harness), [""; 0]);
    harness.get_by_label_contains("not placed: ").click();
    harness.run();
    assert_eq!(selected(&harness), ["long"]);
}

#[test]
fn the_keys_walk_from_bin_to_bin_and_enter_selects() {
    let mut bench = Bench::new(fighting(), Chart::default());
    bench.desk.wants_focus = Some(Pane::Side);
    let mut harness = harness([640.0, 480.0], false, bench, Chart::ui);
    for key in [Key::Home, Key::ArrowRight, Key::ArrowRight] {
        harness.key_press(key);
        harness.run();
    }
    says(&harness, "16 September 2022: 36 (24–42+), 2 events");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(selected(&harness), ["e16a", "e16b"]);
    harness.key_press(Key::End);
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(selected(&harness), [""; 0], "Escape lets go");
    harness.key_press(Key::ArrowLeft);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(selected(&harness), ["nodate"], "the strips come behind the bins");
}

/// Drags over the bars of 16 and 17 September.
fn brush_two_days(harness: &mut Panel) {
    let from = harness.get_by_label_contains("16 September 2022: ").rect().center();
    let to = harness.get_by_label_contains("17 September 2022: ").rect().center();
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(2);
}

#[test]
fn a_drag_over_bars_selects_all_that_it_touches() {
    let mut harness = chart([640.0, 480.0], false, fighting());
    brush_two_days(&mut harness);
    assert_eq!(selected(&harness), ["e16a", "e16b", "e17"]);
}

#[test]
fn the_selection_follows_a_brush_while_it_moves() {
    let mut harness = chart([640.0, 480.0], false, fighting());
    let day =
        |harness: &Panel, day: &str| harness.get_by_label_contains(&format!("{day} September 2022: ")).rect().center();
    let (from, to, further) = (day(&harness, "16"), day(&harness, "17"), day(&harness, "18"));
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    assert_eq!(selected(&harness), ["e16a", "e16b", "e17"], "the button is still down");
    contains(&harness, "16–17 Sep 2022 selected: ");
    harness.hover_at(further);
    harness.run_steps(2);
    assert_eq!(selected(&harness), ["e16a", "e16b", "e17", "e18"]);
    harness.hover_at(to);
    harness.run_steps(2);
    assert_eq!(selected(&harness), ["e16a", "e16b", "e17"], "and back");
    let asked = harness.state().asked.len();
    harness.drop_at(to);
    harness.run_steps(2);
    assert_eq!(harness.state().asked.len(), asked, "what is selected is not selected again");
    harness.state_mut().desk.selected = vec![id("e14")].into();
    harness.run();
    assert!(!harness.get_by_role(Role::Figure).accesskit_node().label().unwrap_or_default().contains("selected"));
    harness.key_press(Key::Enter);
    harness.run();
    assert!(
        !harness.state().asked.iter().any(|action| matches!(action, Action::Filter(_))),
        "the table selected since"
    );
}

#[test]
fn a_comparison_accounts_for_both_filters() {
    let mut harness = chart([640.0, 480.0], false, split_fighting());
    harness.get_by_label("More about the chart").click();
    harness.run();
    harness.get_by_label("Compared with: nothing").click();
    harness.run();
    harness.get_by_label("another filter").click();
    harness.run();
    harness.get_by_label("More about the chart").click();
    harness.run();
    harness.get_by_label("Filter to compare with").click();
    harness.run();
    harness.event(egui::Event::Text("country=There".to_owned()));
    harness.run();
    contains(&harness, "all events: 6 placed + 1 not placed + 1 undated + 1 in summaries + 1 excluded = 10 events");
    contains(&harness, "country=There: 2 placed + 0 not placed + 0 undated + 0 in summaries + 0 excluded = 2 events");
}

#[test]
fn events_are_split_by_who_speaks_of_them() {
    let mut harness = chart([640.0, 480.0], false, split_fighting());
    pick(&mut harness, "Split into groups", "By source");
    contains(&harness, "By source: an event stands under the one source that speaks of it");
    picture("chart-by-source-640", &mut harness);
}

#[test]
fn another_size_of_bins_takes_what_did_not_fit() {
    let mut harness = chart([640.0, 480.0], false, fighting());
    harness.get_by_role_and_label(Role::ComboBox, "Size of bins").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "By month").click();
    harness.run();
    says(&harness, "People killed, by month");
    says(&harness, "7 placed + 0 not placed + 1 undated + 1 in summaries + 1 excluded = 10 events");
}

#[test]
fn a_changed_claim_changes_the_chart() {
    let mut harness = chart([640.0, 480.0], false, fighting());
    harness.get_by_label("14 September 2022: 1, 1 event");
    let state = harness.state_mut();
    let claims: Vec<Claim> = state
        .session
        .project()
        .claims
        .iter()
        .filter(|claim| claim.event == id("e14"))
        .map(|claim| Claim { quantity: Quantity::exactly(7), ..(**claim).clone() })
        .collect();
    let before = state.session.project().clone();
    let edit = dateline::edit::Edit::SetClaims { claims, what: "quantity".to_owned() };
    state.session.edit(&edit).expect("good");
    state.derived.advance(&before, state.session.project());
    harness.run();
    harness.get_by_label("14 September 2022: 7, 1 event");
}

#[test]
fn the_wheel_zooms_in_on_time_and_a_button_shows_the_whole_again() {
    let mut harness = chart([640.0, 480.0], false, series(date(2022, 3, 1), 1, 55));
    let bars = |harness: &Panel| harness.query_all_by_role(Role::GraphicsObject).count();
    assert_eq!(bars(&harness), 55);
    let middle = harness.get_by_role(Role::Figure).rect().center();
    harness.hover_at(middle);
    harness.run_steps(2);
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 400.0),
        phase: egui::TouchPhase::Move,
        modifiers: egui::Modifiers::NONE,
        source: egui::MouseWheelSource::Unknown,
    });
    harness.run_steps(30);
    assert!(bars(&harness) < 30, "{} bars after zooming in", bars(&harness));
    picture("chart-zoomed", &mut harness);
    harness.get_by_label("Show the whole time").click();
    harness.run_steps(4);
    assert_eq!(bars(&harness), 55);
}

/// Chooses an entry of a pick list.
fn pick(harness: &mut Panel, list: &str, entry: &str) {
    harness.get_by_role_and_label(Role::ComboBox, list).click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, entry).click();
    harness.run();
}

/// Presses Enter on what is named, without a pointer.
fn enter(harness: &mut Panel, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

#[test]
fn the_keyboard_sets_the_language_of_months_and_the_first_day_of_weeks() {
    let mut harness = chart([640.0, 480.0], false, fighting());
    pick(&mut harness, "Size of bins", "By ISO week");
    says(&harness, "People killed, by ISO week");
    contains(&harness, "ISO weeks, from Monday to Sunday.");
    enter(&mut harness, Role::Button, "More about the chart");
    enter(&mut harness, Role::Button, "Project names months in: English");
    enter(&mut harness, Role::Button, "Ukrainian");
    // An answer closes the menu.
    enter(&mut harness, Role::Button, "More about the chart");
    enter(&mut harness, Role::Button, "Project counts: ISO weeks, from Monday to Sunday");
    enter(&mut harness, Role::Button, "Weeks from Saturday to Friday");
    let almanac = |harness: &Panel| harness.state().session.project().about.almanac;
    assert_eq!(almanac(&harness), Almanac { months: Months::Ukrainian, weeks: Weeks::Saturday });
    says(&harness, "People killed, by week from Saturday");
    harness.get_by_label_contains("10 to 16 September 2022: 37 (25–43+)");
    picture("chart-ukrainian-weeks-640", &mut harness);
    let label = harness.state_mut().undo();
    assert_eq!(label.as_deref(), Some("Change calendar"));
    harness.run();
    assert_eq!(almanac(&harness).weeks, Weeks::Monday);
    let mut arabic = series(date(2022, 3, 1), 1, 300);
    Arc::make_mut(&mut arabic.about).almanac.months = Months::Levantine;
    let mut harness = chart([640.0, 480.0], true, arabic);
    picture("chart-levantine-640-dark", &mut harness);
}

#[test]
fn every_control_stays_within_a_narrow_panel() {
    let mut harness = chart([480.0, 380.0], false, split_fighting());
    pick(&mut harness, "Split into groups", "By country");
    pick(&mut harness, "Arrangement of groups", "Side by side");
    let last = harness.get_by_label("Show the whole time").rect();
    assert!(last.right() <= 472.0, "{last:?}");
    assert!(harness.get_by_role(Role::Figure).rect().right() <= 473.0);
}

#[test]
fn a_split_that_is_chosen_does_not_push_the_row_out_of_its_panel_for_a_single_frame() {
    let mut harness = chart([480.0, 380.0], false, split_fighting());
    harness.get_by_role_and_label(Role::ComboBox, "Split into groups").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "By country").click();
    for _ in 0..4 {
        harness.step();
        let last = harness.get_by_label("Show the whole time").rect();
        assert!(last.right() <= 472.0, "{last:?}");
    }
    harness.get_by_role_and_label(Role::ComboBox, "Arrangement of groups");
}

/// The fighting with countries and kinds, so that it can be split.
fn split_fighting() -> Project {
    let mut project = fighting();
    for (name, country) in [("e14", "Here"), ("e16a", "Here"), ("e16b", "There"), ("e17", "There"), ("long", "Here")] {
        let mut event = (**project.events.get(id(name)).expect("there")).clone();
        event.location.country = country.into();
        event.title = format!("Clash {name}").into();
        project.events.replace(event).expect("there");
    }
    project
}

#[test]
fn pictures_of_splits_and_comparisons() {
    for (size, dark) in [([640.0, 480.0], false), ([480.0, 380.0], true)] {
        for (name, arrangement) in [("stacked", "Stacked"), ("grouped", "Side by side"), ("multiples", "One each")] {
            let mut harness = chart(size, dark, split_fighting());
            pick(&mut harness, "Split into groups", "By country");
            if name != "stacked" {
                pick(&mut harness, "Arrangement of groups", arrangement);
            }
            harness.get_all_by_label_contains("16 September 2022: ").next().expect("a bar").click();
            harness.run();
            picture(&format!("chart-{name}-{}", size[0]), &mut harness);
        }
    }
    let mut harness = chart([480.0, 380.0], false, split_fighting());
    harness.get_by_label("Show the toll up to each day").click();
    harness.run();
    picture("chart-cumulative-480", &mut harness);
}

#[test]
fn groups_share_the_bars_and_the_account_stays() {
    let mut harness = chart([640.0, 480.0], false, split_fighting());
    pick(&mut harness, "Split into groups", "By country");
    says(&harness, "6 placed + 1 not placed + 1 undated + 1 in summaries + 1 excluded = 10 events");
    harness.get_by_label_contains("16 September 2022: 36 (24–42+), 2 events");
    pick(&mut harness, "Arrangement of groups", "One each");
    harness.get_by_label_contains("Here, 16 September 2022: 24 (12–30), 1 event");
    harness.get_by_label_contains("There, 16 September 2022: 12 (12+), 1 event");
    pick(&mut harness, "Split into groups", "By class");
    pick(&mut harness, "Arrangement of groups", "Stacked");
    contains(&harness, "stacked, they would count people twice");
}

#[test]
fn the_toll_up_to_each_day_ends_at_all_that_was_placed() {
    let bench = Bench::new(fighting(), Chart::default());
    let mut harness = harness([640.0, 480.0], false, bench, Chart::ui);
    harness.get_by_label("Show the toll up to each day").click();
    harness.run();
    harness.state_mut().desk.wants_focus = Some(Pane::Side);
    harness.run();
    for _ in 0..6 {
        harness.key_press(Key::ArrowRight);
        harness.run();
    }
    contains(&harness, "19 September 2022: ");
    contains(&harness, ", 6 events, 1 without a number, 1 without a best figure, not searched");
}

#[test]
fn the_chart_follows_the_filter_of_the_table_until_it_is_told_not_to() {
    let mut harness = chart([640.0, 480.0], false, split_fighting());
    harness.state_mut().desk.filter = "country=There".into();
    harness.run();
    says(&harness, "Only what the table's filter lets through: country=There");
    says(
        &harness,
        "2 placed + 0 not placed + 0 undated + 0 in summaries + 0 excluded = 2 events; left out by the filter: 8",
    );
    harness.get_by_label("Follow the table's filter: country=There").click();
    harness.run();
    says(&harness, "6 placed + 1 not placed + 1 undated + 1 in summaries + 1 excluded = 10 events");
    harness.get_by_label("Follow the table's filter: country=There").click();
    harness.state_mut().desk.filter = "country=Nowhere".into();
    harness.run();
    harness.get_by_label_contains("No event passes the table's filter “country=Nowhere”");
}

#[test]
fn enter_on_what_is_brushed_asks_for_a_filter_of_its_days() {
    let mut harness = chart([640.0, 480.0], false, fighting());
    brush_two_days(&mut harness);
    harness.key_press(Key::Enter);
    harness.run();
    let asked = &harness.state().asked;
    assert!(asked.contains(&Action::Filter("date:2022-09-16..2022-09-17".to_owned())), "{asked:?}");
}

#[test]
fn a_drag_with_alt_zooms_and_a_double_click_shows_the_whole_again() {
    let mut harness = chart([640.0, 480.0], false, series(date(2022, 3, 1), 1, 55));
    let bars = |harness: &Panel| harness.query_all_by_role(Role::GraphicsObject).count();
    let from = harness.get_by_label_contains("10 March 2022: ").rect().center();
    let to = harness.get_by_label_contains("19 March 2022: ").rect().center();
    let alt = egui::Modifiers::ALT;
    harness.event(egui::Event::PointerMoved(from));
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: alt,
    };
    harness.event_modifiers(button(from, true), alt);
    harness.run_steps(2);
    harness.event_modifiers(egui::Event::PointerMoved(to), alt);
    harness.run_steps(2);
    harness.event_modifiers(button(to, false), alt);
    harness.run_steps(4);
    assert_eq!(bars(&harness), 10, "ten days are left");
    assert_eq!(selected(&harness), [""; 0], "zooming selects nothing");
    let middle = harness.get_by_role(Role::Figure).rect().center();
    harness.hover_at(middle);
    harness.run_steps(2);
    let clicks = [true, false, true, false].map(|pressed| egui::Event::PointerButton {
        pos: middle,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    });
    harness.input_mut().events.extend(clicks);
    harness.run_steps(4);
    assert_eq!(bars(&harness), 55);
}

#[test]
fn a_bin_under_the_pointer_names_its_biggest_events() {
    let mut harness = chart([640.0, 480.0], false, split_fighting());
    harness.get_by_label_contains("16 September 2022: ").hover();
    harness.run_steps(40);
    harness.get_by_label_contains("24 (12–30)  Clash e16a");
    harness.get_by_label_contains("12 (12+)  Clash e16b");
}

#[test]
fn strange_projects_still_make_a_picture_or_say_what_is_missing() {
    let mut ancient = Project::titled("Ancient");
    add(&mut ancient, "a", "-1977-01-01", &["5"]);
    add(&mut ancient, "b", "2022-09-14", &["1000000000"]);
    let mut many = series(date(2022, 3, 1), 1, 300);
    let ids: Vec<EventId> = many.events.iter().map(|event| event.id).collect();
    for (n, id) in ids.into_iter().enumerate() {
        let mut event = (**many.events.get(id).expect("there")).clone();
        event.location.country = format!("Country {n}").into();
        many.events.replace(event).expect("there");
    }
    let mut window = chart([480.0, 380.0], false, ancient);
    says(&window, "People killed, by year");
    picture("chart-ancient", &mut window);
    let mut window = chart([480.0, 380.0], false, many);
    pick(&mut window, "Split into groups", "By country");
    picture("chart-many-groups", &mut window);
    window.get_by_label_contains("other (295)");
    contains(&window, "5 of 300 groups stand alone, the largest; “other” holds the rest.");
    pick(&mut window, "Arrangement of groups", "One each");
    contains(&window, "11 of 300 groups stand alone");
    assert!(window.get_by_role(Role::Figure).rect().height() > 320.0, "twelve small charts are scrolled, not pressed");
    let mut one = Project::titled("One");
    add(&mut one, "a", "2022-09-14", &["12", "14"]);
    let mut window = chart([480.0, 380.0], false, one.clone());
    window.get_by_label_contains("14 September 2022: 12 (12–14), 1 event");
    add(&mut one, "b", "2022-09-14", &["?"]);
    add(&mut one, "c", "2022-09-14", &["3"]);
    window = chart([480.0, 380.0], false, one);
    window.get_by_label_contains("14 September 2022: 15 (15–17), 3 events, 1 without a number");
    let mut huge = Project::titled("Huge");
    add(&mut huge, "a", "2022-09-14", &["900000000", "1000000000"]);
    add(&mut huge, "b", "2022-09-16", &["250000000+"]);
    let window = chart([480.0, 380.0], false, huge);
    window.get_by_label_contains("14 September 2022: 900,000,000 (900,000,000–1,000,000,000), 1 event");
    let window = chart([480.0, 380.0], false, Project::titled("Empty"));
    contains(&window, "Needs one dated event");
    let mut undated = Project::titled("Undated");
    add(&mut undated, "a", "", &["12", "14"]);
    let window = chart([480.0, 380.0], false, undated);
    says(&window, "0 placed + 0 not placed + 1 undated + 0 in summaries + 0 excluded = 1 event");
}

#[test]
fn a_chart_at_rest_asks_for_nothing() {
    let harness = chart([480.0, 380.0], false, fighting());
    assert!(harness.state().asked.iter().all(|action| !matches!(action, Action::Select(_))));
}

#[test]
fn an_event_far_from_the_days_searched_is_counted_apart_until_it_is_asked_for() {
    let mut project = fighting();
    add(&mut project, "year", "2021-04-29", &["50"]);
    let mut window = chart([640.0, 480.0], false, project);
    says(
        &window,
        "6 placed + 1 not placed + 1 undated + 1 in summaries + 1 excluded = 10 events; far from the days searched: 1",
    );
    window.get_by_label("Only around the days searched").click();
    window.run();
    let account =
        |node: &egui_kittest::kittest::AccessKitNode<'_>| node.value().is_some_and(|v| v.ends_with("= 11 events"));
    let found = window.get_all(egui_kittest::kittest::By::new().predicate(account)).next().expect("an account of all");
    let words = found.accesskit_node().value().expect("words");
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse::<u32>().ok());
    assert_eq!(numbers.sum::<u32>(), 22, "{words}");
}
