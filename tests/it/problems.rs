//! What is wrong is marked in the cell, listed at the side, and reached by F8.

use dateline::app::App;
use dateline::model::{
    ByHand, Claim, Class, Event, EventDate, EventId, Location, Measure, Origin, Project, Quantity, Status,
};
use dateline::ui::problems::Problems;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::app::{press, workbench};
use crate::side_bench::{self, Bench, picture};

fn event(n: usize, title: &str) -> Event {
    let location = Location { country: "Kyrgyzstan".into(), ..Location::default() };
    let when = EventDate::parse("2022-09-16").ok();
    Event { title: title.into(), when, location, ..Event::new(format!("e-{n}").parse().expect("an id")) }
}

/// An error at a figure, two warnings, a date in the future, and a hint.
fn project() -> Project {
    let mut project = Project::titled("Problems");
    let mut rows = vec![event(1, "Bridge"), event(2, "Market"), event(3, "Ford"), event(4, "Pass"), event(5, "Road")];
    let hand = |low, high| ByHand::new(Measure::Killed, Class::TOTAL, (low, None, Some(high)), "Morgue list", "Ann");
    rows[0].by_hand.push(hand(9, 2));
    rows[1].kind = "ambush".into();
    rows[2].status = Status::Excluded(" ".into());
    rows[3].when = EventDate::parse("2031-01-01").ok();
    rows[4].when = None;
    for row in rows {
        project.events.push(row).expect("free");
    }
    let word = Claim {
        id: "c-1".parse().expect("an id"),
        origin: Some(Origin::Interview("i-1".into())),
        ..Claim::new("e-2".parse().expect("an id"), Measure::Injured, Class::TOTAL, Quantity::Word("myriads".into()))
    };
    project.claims.push(word).expect("free");
    project
}

type Panel = Harness<'static, Bench<Problems>>;

fn panel(project: Project, size: [f32; 2], dark: bool) -> Panel {
    let mut panel = side_bench::harness(size, dark, Bench::new(project, Problems::default()), Problems::ui);
    panel.run();
    panel
}

/// Lines of the list as they are said, from the top.
fn lines(panel: &Panel) -> Vec<String> {
    let mut lines: Vec<(i64, String)> = panel
        .get_all_by(|node| node.role() == Role::ListBoxOption)
        .map(|node| (node.rect().top() as i64, node.accesskit_node().label().unwrap_or_default().to_string()))
        .collect();
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn problems_are_listed_by_weight_with_event_column_reason_and_remedy() {
    let panel = panel(project(), [520.0, 700.0], false);
    let lines = lines(&panel);
    let begins = |n: usize, text: &str| assert!(lines[n].starts_with(text), "{n}: {lines:#?}");
    begins(0, "error, Bridge, Killed, best · e-1: The figure by hand of killed (total) is not in order");
    begins(1, "warning, Pass, When · e-4: Its date, 1 January 2031, lies in the future. Look the date up");
    begins(2, "warning, Market, Kind · e-2: Its kind, “ambush”, is not in the codebook.");
    begins(3, "warning, Ford, Status · e-3: It is excluded without a reason. Say why");
    begins(4, "warning, ");
    begins(5, "hint, Road, When · e-5: It has no date.");
    assert_eq!(lines.len(), 6);
    for label in ["Errors 1", "Warnings 4", "Hints 1"] {
        assert!(panel.query_by_label(label).is_some(), "{label}");
    }
}

#[test]
fn a_severity_is_switched_off_and_a_kind_folded_away() {
    let mut panel = panel(project(), [520.0, 700.0], false);
    panel.get_by_label("Warnings 4").click();
    panel.run();
    assert_eq!(lines(&panel).len(), 2);
    panel.get_by_label("Figures by hand out of order, 1").click();
    panel.run();
    assert_eq!(lines(&panel).len(), 1);
    for label in ["Errors 1", "Hints 1"] {
        panel.get_by_label(label).click();
        panel.run();
    }
    assert!(panel.query_by_label_contains("is switched off").is_some());
}

#[test]
fn the_keyboard_walks_the_list_and_enter_asks_for_the_cell() {
    let mut panel = panel(project(), [520.0, 700.0], false);
    panel.get_by_label("Problems: Down goes to the first").focus();
    panel.run();
    panel.key_press(Key::ArrowDown);
    panel.key_press(Key::ArrowDown);
    panel.key_press(Key::Enter);
    panel.run();
    let target = dateline::ui::Target::Cell("e-4".parse().expect("an id"), "when");
    assert!(panel.state().asked.contains(&dateline::ui::Action::Show(target)), "{:?}", panel.state().asked);
}

#[test]
fn a_long_list_shows_only_what_is_in_view() {
    let mut project = Project::titled("Many");
    for n in 0..5_000 {
        project.events.push(Event { when: None, ..event(n, "Road") }).expect("free");
    }
    let mut panel = panel(project, [520.0, 400.0], false);
    assert!(panel.query_by_label("Hints 5,000").is_some());
    assert!(lines(&panel).len() < 20, "{}", lines(&panel).len());
    panel.get_by_label("Problems: Down goes to the first").focus();
    panel.run();
    panel.key_press(Key::ArrowUp);
    panel.run();
    panel.run();
    assert!(
        lines(&panel).last().is_some_and(|line| line.contains("e-4999")),
        "Up goes to the last: {:?}",
        lines(&panel)
    );
}

#[test]
fn a_project_without_problems_says_so() {
    let panel = panel(Project::titled("Sound"), [520.0, 400.0], false);
    assert!(panel.query_by_label("No problems").is_some());
}

/// The workbench on this project, with the keyboard in the table.
fn workbench_of(project: &Project) -> (Harness<'static, App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("problems.ron");
    std::fs::write(&path, dateline::file::write(project)).expect("written");
    let mut app = workbench(Some(&path), []);
    app.run_steps(6);
    app.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    app.run_steps(6);
    (app, folder)
}

fn active(app: &Harness<'static, App>) -> String {
    app.get_by(|node| node.is_focused()).accesskit_node().label().unwrap_or_default().to_string()
}

#[test]
fn f8_walks_from_problem_to_problem_and_the_mended_one_is_gone() {
    let mut project = project();
    project.events.remove("e-1".parse::<EventId>().expect("an id")).expect("there");
    let (mut app, _folder) = workbench_of(&project);
    assert!(app.query_by_label("4 problems").is_some(), "the status bar counts them");
    press(&mut app, Modifiers::NONE, Key::F8);
    let first = active(&app);
    assert!(first.starts_with("When: 2031-01-01. Warning: Its date, 1 January 2031, lies in the future."), "{first}");
    press(&mut app, Modifiers::NONE, Key::F8);
    assert!(active(&app).starts_with("Kind: ambush. Warning: Its kind"), "{}", active(&app));
    app.event(egui::Event::Text("battle".into()));
    app.run_steps(4);
    press(&mut app, Modifiers::NONE, Key::Enter);
    press(&mut app, Modifiers::NONE, Key::F8);
    assert!(active(&app).starts_with("Status: excluded"), "{}", active(&app));
    press(&mut app, Modifiers::SHIFT, Key::F8);
    assert!(active(&app).starts_with("When: 2031-01-01"), "{}", active(&app));
}

/// What stands under the active cell, as sighted people read it.
fn told_under(app: &Harness<'static, App>, words: &str) -> bool {
    app.query_all_by(|node| node.role() == Role::Label && node.value().is_some_and(|text| text.contains(words))).count()
        > 0
}

#[test]
fn a_cell_on_which_the_keyboard_rests_says_what_is_the_matter_until_escape() {
    let (mut app, _folder) = workbench_of(&project());
    let words = "Its date, 1 January 2031, lies in the future.";
    for _ in 0..2 {
        press(&mut app, Modifiers::NONE, Key::F8);
    }
    assert!(active(&app).starts_with("When: 2031-01-01. Warning"), "{}", active(&app));
    app.run_steps(60);
    assert!(told_under(&app, words), "it is told without a pointer");
    press(&mut app, Modifiers::NONE, Key::Escape);
    app.run_steps(60);
    assert!(!told_under(&app, words), "Escape closes it, for as long as the keyboard stays");
    press(&mut app, Modifiers::NONE, Key::ArrowUp);
    press(&mut app, Modifiers::NONE, Key::ArrowDown);
    assert!(active(&app).starts_with("When: 2031-01-01"), "{}", active(&app));
    app.run_steps(60);
    assert!(told_under(&app, words));
    press(&mut app, Modifiers::SHIFT, Key::ArrowDown);
    assert!(!told_under(&app, words), "a range is no cell");
}

#[test]
fn f8_shows_what_the_filter_hides_and_keeps_the_filter() {
    let (mut app, _folder) = workbench_of(&project());
    app.get_by_label("Filter events").focus();
    app.run_steps(4);
    app.event(egui::Event::Text("title:bridge".into()));
    app.run_steps(4);
    press(&mut app, Modifiers::NONE, Key::Enter);
    assert!(app.query_by_label("1 of 5").is_some());
    for _ in 0..2 {
        press(&mut app, Modifiers::NONE, Key::F8);
    }
    assert!(active(&app).starts_with("When: 2031-01-01"), "{}", active(&app));
    assert!(app.query_by_label("2 of 5").is_some(), "the row comes into view beside what the filter lets through");
    assert!(app.query_by_label("1 row does not match any more").is_some(), "and is marked");
    app.get_by_label("Filter again").click();
    app.run_steps(4);
    assert!(app.query_by_label("1 of 5").is_some(), "the filter itself was left alone");
}

#[test]
fn the_problem_of_a_claim_is_marked_at_its_figure() {
    let (app, _folder) = workbench_of(&project());
    let marked = app.query_all_by(|node| {
        node.role() == Role::GridCell
            && node.label().is_some_and(|label| {
                label.starts_with("Injured, best: ") && label.contains("Warning: Claim c-1: The word table")
            })
    });
    assert_eq!(marked.count(), 1);
}

#[test]
fn the_status_bar_opens_the_list() {
    let (mut app, _folder) = workbench_of(&project());
    let button =
        app.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|l| l.ends_with(" problems")));
    button.click();
    app.run_steps(6);
    assert!(app.query_by_label("Kinds that the codebook does not have, 1").is_some());
}

#[test]
fn pictures_of_problems() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        for width in [320.0, 560.0] {
            let mut panel = panel(project(), [width, 460.0], dark);
            panel.get_by_label("Problems: Down goes to the first").focus();
            panel.run();
            panel.key_press(Key::ArrowDown);
            panel.run();
            picture(&format!("problems-{width}-{theme}"), &mut panel);
        }
    }
    let (mut app, _folder) = workbench_of(&project());
    press(&mut app, Modifiers::NONE, Key::F8);
    app.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|l| l.ends_with(" problems"))).click();
    app.run_steps(6);
    let image = app.render().expect("the raster draws everything");
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("side/problems-app.png");
    raster::save_png(&image, path).expect("the target folder can be written");
}

#[test]
fn the_codebook_that_learns_a_kind_takes_its_warning_away() {
    let mut panel = panel(project(), [520.0, 700.0], false);
    let before = lines(&panel).len();
    let mut about = (*panel.state().session.project().about).clone();
    about.codebook.kinds.push(dateline::model::Term { name: "ambush".into(), meaning: "".into() });
    let edit = dateline::edit::Edit::SetAbout { about: Box::new(about), what: "codebook".to_owned() };
    panel.state_mut().edit(&edit);
    panel.run();
    assert_eq!(lines(&panel).len(), before - 1);
}
