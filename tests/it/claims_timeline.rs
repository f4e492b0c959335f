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
