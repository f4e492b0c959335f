//! Rows that are one incident become one event, and claims that are not about it leave it: by keys, clicks and drags.

use dateline::app::App;
use dateline::model::{EventId, Project};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::app::{press, sized, workbench};

type Workbench = Harness<'static, App>;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;

fn project(app: &Workbench) -> Project {
    app.state().project().expect("a project").clone()
}

fn says(app: &Workbench, text: &str) -> bool {
    app.query_all_by_label_contains(text).next().is_some() || app.query_all_by_value(text).next().is_some()
}

fn events(app: &Workbench) -> Vec<EventId> {
    project(app).events.iter().map(|event| event.id).collect()
}

/// The events in the order of the rows, from the numbers that stand before them.
fn rows(app: &Workbench) -> Vec<EventId> {
    let mut rows: Vec<(usize, String)> = app
        .query_all(egui_kittest::kittest::By::new().predicate(|node| node.role() == Role::GridCell))
        .filter_map(|node| {
            let label = node.accesskit_node().label()?;
            let (id, rest) = label.strip_prefix("Id: ")?.split_once(". Row ")?;
            Some((rest.split(' ').next()?.parse().ok()?, id.to_owned()))
        })
        .collect();
    rows.sort();
    rows.into_iter().map(|(_, id)| id.parse().expect("an id")).collect()
}

fn claims_on(app: &Workbench, event: EventId) -> usize {
    project(app).claims.iter().filter(|claim| claim.event == event).count()
}

/// The workbench on the sample, with the keyboard in the first cell of the table.
fn at_the_top() -> Workbench {
    let mut app = workbench(None, []);
    press(&mut app, CTRL, Key::Num3);
    press(&mut app, CTRL, Key::Home);
    app
}

/// Shift+Space, Shift+Down: the first two rows.
fn two_rows(app: &mut Workbench) {
    press(app, SHIFT, Key::Space);
    press(app, SHIFT, Key::ArrowDown);
}

fn picture(name: &str, app: &mut Workbench) {
    let picture = app.render().expect("the raster draws everything");
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("side/{name}.png"));
    raster::save_png(&picture, path).expect("the target folder can be written");
}

#[test]
fn pictures_of_the_merge_bar() {
    for (width, height, theme) in
        [(1440.0, 900.0, "light"), (1440.0, 900.0, "dark"), (1024.0, 700.0, "light"), (1024.0, 700.0, "dark")]
    {
        let mut app = sized([width, height], None, []);
        press(&mut app, CTRL, Key::Num3);
        press(&mut app, CTRL, Key::Home);
        app.ctx.set_theme(if theme == "dark" { egui::Theme::Dark } else { egui::Theme::Light });
        two_rows(&mut app);
        press(&mut app, CTRL, Key::M);
        picture(&format!("merge-{width}x{height}-{theme}"), &mut app);
    }
}

#[test]
fn two_rows_become_one_event_with_four_presses_and_undo_brings_both_back() {
    let mut app = at_the_top();
    let before = project(&app);
    let rows = rows(&app);
    let claims = claims_on(&app, rows[0]) + claims_on(&app, rows[1]);
    two_rows(&mut app);
    press(&mut app, CTRL, Key::M);
    assert!(says(&app, "Merge 2 events into one"));
    assert_eq!(project(&app), before, "nothing is done before it was seen");
    press(&mut app, NONE, Key::Enter);
    assert_eq!(events(&app).len(), before.events.len() - 1);
    assert_eq!(app.state().desk().event, Some(rows[0]));
    assert_eq!(claims_on(&app, rows[0]), claims);
    assert_eq!(project(&app).claims.len(), before.claims.len());
    assert!(!says(&app, "Merge 2 events into one"), "the bar is gone");
    press(&mut app, CTRL, Key::Z);
    assert_eq!(project(&app), before);
}

#[test]
fn escape_gives_merging_up_and_the_table_has_the_keyboard_again() {
    let mut app = at_the_top();
    let before = project(&app);
    two_rows(&mut app);
    press(&mut app, CTRL, Key::M);
    press(&mut app, NONE, Key::Escape);
    assert!(!says(&app, "Merge 2 events into one"));
    assert_eq!(project(&app), before);
    let focused = app.get_by(|node| node.is_focused()).accesskit_node().label().unwrap_or_default();
    assert!(focused.contains("Row 1 of"), "{focused}");
}

#[test]
fn the_other_value_of_a_field_is_taken_by_keys_or_by_a_click() {
    let mut app = at_the_top();
    let row = |n: usize| (**project(&app).events.get(rows(&app)[n]).expect("there")).clone();
    let (first, second) = (row(0), row(1));
    assert_ne!(first.title, second.title);
    two_rows(&mut app);
    press(&mut app, CTRL, Key::M);
    // The first line says which is kept, the second is the title.
    press(&mut app, NONE, Key::ArrowDown);
    press(&mut app, NONE, Key::ArrowRight);
    press(&mut app, NONE, Key::Enter);
    let kept = project(&app).events.get(first.id).expect("kept").title.clone();
    assert_eq!(kept, second.title);
    press(&mut app, CTRL, Key::Z);
    press(&mut app, CTRL, Key::Home);
    let second = (**project(&app).events.get(rows(&app)[1]).expect("there")).clone();
    two_rows(&mut app);
    press(&mut app, CTRL, Key::M);
    app.get_by_label(&format!("Title: {}", second.title)).click();
    app.run_steps(4);
    app.get_by_role_and_label(Role::Button, "Merge").click();
    app.run_steps(4);
    assert_eq!(project(&app).events.get(first.id).expect("kept").title, second.title);
}

#[test]
fn another_of_the_events_is_kept_when_it_is_chosen() {
    let mut app = at_the_top();
    let rows = rows(&app);
    two_rows(&mut app);
    press(&mut app, CTRL, Key::M);
    press(&mut app, NONE, Key::ArrowRight);
    press(&mut app, NONE, Key::Enter);
    assert!(project(&app).events.get(rows[0]).is_none());
    assert_eq!(app.state().desk().event, Some(rows[1]));
}

#[test]
fn one_row_alone_is_not_merged_and_the_window_says_so() {
    let mut app = at_the_top();
    press(&mut app, CTRL, Key::M);
    assert!(says(&app, "Select the rows that are one incident first"));
}

#[test]
fn a_row_becomes_the_summary_of_the_others_and_a_ring_is_refused() {
    let mut app = at_the_top();
    let rows = rows(&app);
    let cover = |app: &mut Workbench| {
        app.get_by_label("Data").click();
        app.run_steps(4);
        app.get_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|l| l.starts_with("Summary of the selected"))
        })
        .click();
        app.run_steps(4);
    };
    two_rows(&mut app);
    cover(&mut app);
    assert_eq!(project(&app).events.get(rows[0]).expect("there").covers, [rows[1]]);
    assert!(says(&app, "Covers 1 event"));
    // The second one cannot cover the first in turn.
    press(&mut app, CTRL, Key::Num3);
    press(&mut app, NONE, Key::Escape);
    press(&mut app, NONE, Key::ArrowDown);
    press(&mut app, SHIFT, Key::Space);
    press(&mut app, SHIFT, Key::ArrowUp);
    cover(&mut app);
    assert!(says(&app, "A summary cannot cover itself, not even by way of others"));
    assert!(project(&app).events.get(rows[1]).expect("there").covers.is_empty());
}

#[test]
fn a_row_that_was_clicked_and_one_that_is_taken_to_it_with_ctrl_are_both_selected() {
    let mut app = at_the_top();
    let rows = rows(&app);
    let header = |app: &Workbench, row: usize| {
        let start = format!("Row {row} of");
        app.get_by(|node| node.role() == Role::RowHeader && node.label().is_some_and(|l| l.starts_with(&start)))
            .rect()
            .center()
    };
    for (row, modifiers) in [(3, NONE), (1, CTRL)] {
        let at = header(&app, row);
        app.hover_at(at);
        app.run_steps(2);
        for pressed in [true, false] {
            app.event_modifiers(
                egui::Event::PointerButton { pos: at, button: egui::PointerButton::Primary, pressed, modifiers },
                modifiers,
            );
            app.run_steps(2);
        }
    }
    let shown: Vec<EventId> = app.state().desk().selected.iter().collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(rows.contains(&shown[0]) && rows.contains(&shown[1]));
    press(&mut app, CTRL, Key::M);
    press(&mut app, NONE, Key::Enter);
    assert_eq!(app.state().desk().event, Some(shown[0]), "the first that was chosen is kept");
}
