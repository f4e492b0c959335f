//! Figures that the reader finds by itself: walking over them, making claims of them, rejecting them.

use dateline::edit::Edit;
use dateline::model::{Measure, Project, Quantity};
use dateline::ui::theme::ThemeChoice;
use dateline::ui::{Pane, Progress};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::reading::{Room, article, claims, in_paragraph, open, open_with, press, save_in, width};

const TEXT: &str = "In the 42 km zone, 42 people were injured on Tuesday, the ministry of health said. Dozens fled.\n\n\
At least three soldiers were killed near the bridge on Monday, the army said. It gave no information about civilian \
casualties.";

fn project() -> Project {
    Edit::AddArticles(vec![
        article("a1", "Shells hit a market town", TEXT, "2031-05-07"),
        article("a2", "A quiet day at the river", "Nothing happened to 12 houses.", "2031-05-06"),
        article("a3", "Later reports", "Two farmers were abducted.", "2031-05-09"),
    ])
    .apply(&Project::default())
    .expect("three articles")
}

fn in_reader<'a>(project: Project) -> Harness<'a, Room> {
    let mut harness = open(project);
    harness.state_mut().desk.wants_focus = Some(Pane::Reader);
    harness.run();
    harness
}

fn selected(harness: &Harness<'_, Room>) -> String {
    let room = harness.state();
    let id = room.desk.article.expect("an article is open");
    let text = &room.session.project().articles.get(id).expect("there").text;
    let range = room.reader.selected();
    text.chars().skip(range.start).take(range.len()).collect()
}

fn backwards(harness: &mut Harness<'_, Room>) {
    harness.key_press_modifiers(Modifiers::SHIFT, Key::N);
    harness.run();
}

#[test]
fn three_keys_make_a_claim() {
    let mut harness = in_reader(project());
    press(&mut harness, Key::N);
    assert_eq!(selected(&harness), "42 people");
    press(&mut harness, Key::I);
    press(&mut harness, Key::Enter);
    let made = claims(&harness);
    assert_eq!(made.len(), 1);
    assert_eq!((made[0].measure.clone(), made[0].quantity.clone()), (Measure::Injured, Quantity::Exactly(42)));
    assert_eq!(&*made[0].quotes[0].exact, "42 people");
    assert!(harness.query_by_label_contains("1 of 4 figures decided").is_some());
    assert!(harness.query_by_label_contains("3 figures left").is_some(), "the list says so, too");
    press(&mut harness, Key::N);
    assert_eq!(selected(&harness), "Dozens", "a decided figure is passed over");
}

#[test]
fn n_walks_over_the_figures_and_on_to_the_next_article() {
    let mut harness = in_reader(project());
    for expected in ["42 people", "Dozens", "At least three soldiers", "no information about civilian casualties"] {
        press(&mut harness, Key::N);
        assert_eq!(selected(&harness), expected);
    }
    press(&mut harness, Key::N);
    assert_eq!(selected(&harness), "no information about civilian casualties", "the first N at the end only tells");
    assert!(harness.query_by_label_contains("next article: N again").is_some());
    press(&mut harness, Key::N);
    assert_eq!(harness.state().desk.article, "a3".parse().ok(), "an article without figures is passed over");
    assert_eq!(selected(&harness), "Two farmers");
    backwards(&mut harness);
    assert!(harness.query_by_label_contains("previous article: Shift+N again").is_some());
    backwards(&mut harness);
    assert_eq!(selected(&harness), "no information about civilian casualties");
    backwards(&mut harness);
    assert_eq!(selected(&harness), "At least three soldiers");
}

#[test]
fn x_rejects_a_figure_once_and_takes_it_back_and_can_be_undone() {
    let mut harness = in_reader(project());
    press(&mut harness, Key::N);
    press(&mut harness, Key::X);
    let rejected = |harness: &Harness<'_, Room>| {
        let id = "a1".parse().expect("an id");
        let article = harness.state().session.project().articles.get(id).expect("there").clone();
        article.not_figures.iter().map(|r| (r.start, r.end, r.exact.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(rejected(&harness), [(19, 28, "42 people".to_owned())]);
    assert_eq!(harness.state().session.undo_label(), Some("Mark “42 people” as not a figure"));
    let id = "a1".parse().expect("an id");
    assert_eq!(harness.state().desk.figures.get(&id), Some(&Progress { decided: 1, total: 4, done: true }));
    press(&mut harness, Key::X);
    assert_eq!(rejected(&harness), []);
    let room = harness.state_mut();
    assert!(room.session.undo().is_some());
    harness.run();
    assert_eq!(rejected(&harness).len(), 1);
    press(&mut harness, Key::N);
    backwards(&mut harness);
    assert_eq!(selected(&harness), "Dozens", "what was rejected is decided");
}

#[test]
fn x_away_from_a_figure_says_so_and_changes_nothing() {
    let mut harness = in_reader(project());
    press(&mut harness, Key::X);
    assert!(harness.query_by_label_contains("There is no figure here").is_some());
    assert!(!harness.state().session.is_changed());
}

#[test]
fn a_letter_with_the_caret_in_a_figure_takes_the_figure() {
    let mut harness = in_reader(project());
    let at = in_paragraph(&harness, "Paragraph 1 of 2", width(&harness, "In the 42 km zone, 42 pe"));
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    assert!(harness.state().reader.selected().is_empty());
    press(&mut harness, Key::I);
    assert!(harness.query_by_label("Add claim").is_some());
    press(&mut harness, Key::Enter);
    assert_eq!(&*claims(&harness)[0].quotes[0].exact, "42 people");
}

#[test]
fn figures_look_as_they_should_in_both_themes() {
    for (choice, name) in [(ThemeChoice::Light, "light"), (ThemeChoice::Dark, "dark")] {
        let mut harness = open_with(project(), choice);
        harness.state_mut().desk.wants_focus = Some(Pane::Reader);
        harness.run();
        press(&mut harness, Key::N);
        press(&mut harness, Key::I);
        press(&mut harness, Key::Enter);
        press(&mut harness, Key::N);
        press(&mut harness, Key::X);
        press(&mut harness, Key::N);
        save_in(&mut harness, "figures", name);
        assert!(harness.query_by_label_contains("2 of 4 figures decided").is_some());
    }
}
