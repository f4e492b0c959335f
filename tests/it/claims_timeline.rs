//! How a toll became known, as its readers meet it: steps that rise, dots that can be pressed, the words behind them.

use dateline::model::{ClaimId, EventId, Measure};
use dateline::ui::event_tab::EventTab;
use dateline::ui::{Action, Target};
use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::side_bench::{Bench, harness, picture};

type Tab = Harness<'static, Bench<EventTab>>;

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("an id")
}

/// The event tab of the sample with the overall toll of one side.
fn overall_toll(size: [f32; 2], dark: bool) -> Tab {
    let mut bench = Bench::new(dateline::sample::project().expect("the sample is a project"), EventTab::default());
    bench.desk.event = Some(id::<EventId>("e-toll-kg"));
    harness(size, dark, bench, EventTab::ui)
}

/// What screen readers are told of the claims on the timeline, in their order.
fn told(tab: &Tab) -> Vec<String> {
    let rows = tab.query_all_by_role(Role::ListBoxOption);
    rows.filter_map(|row| row.accesskit_node().label()).filter(|label| label.starts_with("Known ")).collect()
}

fn current(tab: &Tab) -> Option<ClaimId> {
    tab.state().desk.claim
}

/// The timeline as a whole, which takes the keyboard.
fn timeline(tab: &Tab) -> egui_kittest::Node<'_> {
    let is_it = |node: &egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with("How the toll became known: killed") || label.starts_with("Known ")
    };
    tab.query_all_by_role(Role::Figure).find(is_it).expect("the timeline can be focused")
}

#[test]
fn pictures_of_a_timeline_of_claims() {
    for (name, size, dark) in [
        ("wide-light", [640.0, 1400.0], false),
        ("wide-dark", [640.0, 1400.0], true),
        ("narrow-light", [380.0, 1600.0], false),
    ] {
        let mut tab = overall_toll(size, dark);
        assert!(!told(&tab).is_empty());
        picture(&format!("claims-timeline-{name}"), &mut tab);
    }
}

#[test]
fn a_rising_toll_is_read_step_by_step_down_to_the_words() {
    let mut tab = overall_toll([640.0, 2400.0], false);
    tab.get_by_label("How it became known");
    let project = tab.state().session.project().clone();
    let killed = project.claims.iter().filter(|c| c.event == id("e-toll-kg") && c.measure == Measure::Killed).count();
    assert_eq!(told(&tab).len(), killed, "every claim has a sign");

    // The ministry's first count, then its next one by the keyboard.
    let first = "Known 17 September 2022: 24 (Kyrgyz Ministry of Health)";
    tab.query_all_by_role(Role::ListBoxOption)
        .find(|row| row.accesskit_node().label().is_some_and(|label| label.starts_with(first)))
        .expect("the first count of the ministry")
        .click();
    tab.run();
    let chosen = current(&tab).expect("a claim is chosen");
    assert_eq!(project.claims.get(chosen).map(|claim| claim.quantity.to_string()).as_deref(), Some("24"));

    timeline(&tab).focus();
    tab.run();
    tab.key_press(Key::End);
    tab.run();
    let last = current(&tab).expect("the last claim is chosen");
    assert_ne!(last, chosen);
    tab.key_press(Key::ArrowLeft);
    tab.run();
    assert_ne!(current(&tab), Some(last));
    tab.key_press(Key::Home);
    tab.run();
    let earliest = project.claims.get(current(&tab).expect("the first claim")).and_then(|claim| claim.reported);
    let days = project.claims.iter().filter(|c| c.event == id("e-toll-kg") && c.measure == Measure::Killed);
    assert_eq!(earliest, days.filter_map(|claim| claim.reported).min());
    tab.key_press(Key::ArrowRight);
    tab.key_press(Key::Enter);
    tab.run();
    let shown = current(&tab).expect("a claim");
    assert!(tab.state().asked.contains(&Action::Show(Target::Quote(shown, 0))), "Enter goes to the words");
}

#[test]
fn the_timeline_folds_away_and_comes_back() {
    let mut tab = overall_toll([640.0, 2400.0], false);
    tab.get_by_label("Hide how it became known").click();
    tab.run();
    assert!(told(&tab).is_empty());
    tab.get_by_label("Show how it became known").click();
    tab.run();
    assert!(!told(&tab).is_empty());
}

#[test]
fn what_was_said_on_one_day_alone_is_folded_until_it_is_asked_for() {
    let mut bench = Bench::new(dateline::sample::project().expect("the sample is a project"), EventTab::default());
    bench.desk.event = Some(id::<EventId>("e-dostuk-14"));
    let mut tab = harness([640.0, 2400.0], false, bench, EventTab::ui);
    assert!(told(&tab).is_empty());
    tab.get_by_label("Show how it became known").click();
    tab.run();
    assert_eq!(told(&tab).len(), 1);
}

/// Turns the wheel over the middle of the timeline.
fn wheel(tab: &mut Tab, delta: egui::Vec2, modifiers: egui::Modifiers) {
    let middle = timeline(tab).rect().center();
    tab.hover_at(middle);
    tab.run_steps(2);
    let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
    let source = egui::MouseWheelSource::Unknown;
    tab.event(egui::Event::MouseWheel { unit, delta, phase, modifiers, source });
    tab.run_steps(30);
}

#[test]
fn nearer_and_along_by_wheel_and_the_whole_again() {
    let mut tab = overall_toll([640.0, 2400.0], false);
    let all = told(&tab);
    wheel(&mut tab, egui::vec2(0.0, 300.0), egui::Modifiers::NONE);
    assert_eq!(told(&tab), all, "the wheel alone moves the tab");
    wheel(&mut tab, egui::vec2(0.0, 300.0), egui::Modifiers::COMMAND);
    let near = told(&tab);
    assert!(!near.is_empty() && near.len() < all.len(), "{} of {} claims", near.len(), all.len());
    picture("claims-timeline-near", &mut tab);
    wheel(&mut tab, egui::vec2(2_000.0, 0.0), egui::Modifiers::NONE);
    let first = told(&tab);
    assert_eq!(first.first(), all.first(), "along to the first day and no further");
    assert!(first.len() < all.len());
    tab.get_by_label("Show the whole time").click();
    tab.run();
    assert_eq!(told(&tab), all);
}

#[test]
fn keys_zoom_and_the_claim_that_they_go_to_is_seen() {
    let mut tab = overall_toll([640.0, 2400.0], false);
    let all = told(&tab);
    timeline(&tab).focus();
    tab.run();
    tab.key_press(Key::Home);
    tab.run();
    for _ in 0..2 {
        tab.key_press(Key::Plus);
        tab.run();
    }
    let near = told(&tab);
    assert!(near.len() < all.len() && near.first() == all.first(), "{near:?}");
    tab.key_press(Key::End);
    tab.run_steps(3);
    assert_eq!(told(&tab).last(), all.last(), "the last claim came into view");
    assert!(told(&tab).len() < all.len());
    let last = current(&tab);
    tab.key_press_modifiers(egui::Modifiers::SHIFT, Key::ArrowLeft);
    tab.run_steps(3);
    assert_eq!(current(&tab), last, "to move along chooses nothing");
    tab.key_press(Key::Num0);
    tab.run_steps(3);
    assert_eq!(told(&tab), all);
}

#[test]
fn a_drag_with_alt_shows_only_its_days_and_a_double_click_shows_all() {
    let mut tab = overall_toll([640.0, 2400.0], false);
    let all = told(&tab);
    let rect = timeline(&tab).rect();
    let at = |share: f32| egui::pos2(rect.left() + rect.width() * share, rect.top() + 12.0);
    drag(&mut tab, at(0.1), at(0.25), egui::Modifiers::ALT);
    let near = told(&tab);
    assert!(!near.is_empty() && near.len() < all.len(), "{near:?}");
    // Without Alt the days follow the hand.
    drag(&mut tab, at(0.4), at(0.1), egui::Modifiers::NONE);
    assert_ne!(told(&tab), near);
    tab.hover_at(at(0.3));
    tab.run_steps(2);
    let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
    let clicks = [true, false, true, false].map(|pressed| egui::Event::PointerButton {
        pos: at(0.3),
        button,
        pressed,
        modifiers,
    });
    tab.input_mut().events.extend(clicks);
    tab.run_steps(4);
    assert_eq!(told(&tab), all);
}

fn drag(tab: &mut Tab, from: egui::Pos2, to: egui::Pos2, modifiers: egui::Modifiers) {
    let button =
        |pos, pressed| egui::Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers };
    tab.event(egui::Event::PointerMoved(from));
    tab.event_modifiers(button(from, true), modifiers);
    tab.run_steps(1);
    for part in [0.3, 0.7, 1.0] {
        tab.event_modifiers(egui::Event::PointerMoved(from.lerp(to, part)), modifiers);
        tab.run_steps(1);
    }
    tab.event_modifiers(button(to, false), modifiers);
    tab.run_steps(3);
}

#[test]
fn the_tab_takes_no_more_room_than_its_pane_has() {
    let tab = overall_toll([470.0, 2400.0], false);
    let wide: Vec<String> = tab
        .get_all(egui_kittest::kittest::By::new())
        .filter_map(|node| {
            let node = node.accesskit_node();
            let right = node.bounding_box()?.x1;
            (right > 470.5).then(|| format!("{:?} {:?} to {right}", node.role(), node.label()))
        })
        .collect();
    assert_eq!(wide, [""; 0]);
}
