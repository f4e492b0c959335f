//! Changes of many records as an analyst meets them: they run beside the window, can be cancelled, and are one step.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use dateline::app::{App, Start};
use dateline::file;
use dateline::model::{Claim, Class, Event, EventDate, Measure, Project, Quantity, Records};
use dateline::platform::{Clip, Scripted};
use dateline::store::settings::Settings;
use egui::accesskit::Role;
use egui::{Event as Input, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::app::press;

/// More than are changed within a frame.
const MANY: usize = 5_000;

type Workbench = Harness<'static, App>;

/// So many events with a claim each, in a file of this folder.
fn large(folder: &Path, count: usize) -> std::path::PathBuf {
    let events = (0..count).map(|n| {
        let mut event = Event::new(format!("e-{n:06}").parse().expect("an id"));
        event.title = format!("Event {n}").into();
        event.location.name = format!("Village {}", n % 50).into();
        event.when = EventDate::parse(&format!("2022-09-{:02}", 1 + n % 28)).ok();
        event
    });
    let claims = (0..count).map(|n| {
        let event = format!("e-{n:06}").parse().expect("an id");
        Claim::new(event, Measure::Killed, Class::TOTAL, Quantity::exactly(n as u64 % 9))
    });
    let (events, claims) = (Records::from_list(events).0, Records::from_list(claims).0);
    let project = Project { events, claims, ..Project::titled("Many") };
    let path = folder.join("many.ron");
    std::fs::write(&path, file::write(&project)).expect("a writable folder");
    path
}

/// The workbench on a file; with `inline` jobs run within the frame that asks for them.
fn open(path: &Path, inline: bool) -> Workbench {
    let start = Start {
        file: Some(path.to_owned()),
        inline_jobs: inline,
        settings: Settings::default(),
        settings_folder: None,
    };
    open_on(Arc::new(Scripted::new([])), start)
}

/// The workbench on this system, with the keyboard in the table.
fn open_on(platform: Arc<Scripted>, start: Start) -> Workbench {
    let mut app = raster::builder([1440.0, 900.0])
        .with_max_steps(16)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, platform, start));
    until(&mut app, "the project is open", |app| app.state().project().is_some());
    app.run_steps(4);
    press(&mut app, Modifiers::COMMAND, Key::Num3);
    app
}

/// Draws frames until something is so. Jobs on threads take their time.
fn until(app: &mut Workbench, what: &str, is_so: impl Fn(&Workbench) -> bool) {
    for _ in 0..3_000 {
        app.step();
        if is_so(app) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("it never came about that {what}");
}

fn type_text(app: &mut Workbench, text: &str) {
    app.event(Input::Text(text.to_owned()));
    app.run_steps(2);
}

fn project(app: &Workbench) -> Project {
    app.state().project().expect("a project is open").clone()
}

fn says(app: &Workbench, text: &str) -> bool {
    app.query_all_by_label_contains(text).next().is_some()
}

fn filled(app: &Workbench, place: &str) -> usize {
    project(app).events.iter().filter(|event| &*event.location.name == place).count()
}

/// Selects the whole column of places, from the first row on.
fn select_places(app: &mut Workbench) {
    press(app, Modifiers::COMMAND, Key::Home);
    for _ in 0..3 {
        press(app, Modifiers::NONE, Key::ArrowRight);
    }
    press(app, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowDown);
}

#[test]
fn a_column_is_filled_undone_and_filled_again_as_one_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&large(folder.path(), MANY), true);
    let before = project(&app);
    select_places(&mut app);
    press(&mut app, Modifiers::COMMAND, Key::D);
    assert_eq!(filled(&app, "Village 0"), MANY);
    let after = project(&app);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert!(says(&app, "Undone: Fill 4,999 cells in Place"), "the step is named with its count");
    assert_eq!(project(&app), before);
    assert!(!app.state().is_changed());
    press(&mut app, Modifiers::COMMAND, Key::Y);
    assert_eq!(project(&app), after);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&app), before, "the way back is there again");
}

#[test]
fn clearing_and_deleting_many_are_one_step_each_and_say_what_they_did() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&large(folder.path(), MANY), true);
    let before = project(&app);
    select_places(&mut app);
    press(&mut app, Modifiers::NONE, Key::Delete);
    assert_eq!(filled(&app, ""), MANY);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert!(says(&app, "Undone: Clear 5,000 cells in Place"));
    assert_eq!(project(&app), before);
    press(&mut app, Modifiers::COMMAND, Key::Minus);
    assert!(says(&app, "Deleted 5,000 events and 5,000 claims"), "what went with the events is said");
    assert!(project(&app).events.is_empty() && project(&app).claims.is_empty());
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&app), before);
}

#[test]
fn figures_by_hand_ask_for_their_reason_once_before_the_work_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&large(folder.path(), MANY), true);
    let before = project(&app);
    press(&mut app, Modifiers::COMMAND, Key::Home);
    for _ in 0..8 {
        press(&mut app, Modifiers::NONE, Key::ArrowRight);
    }
    press(&mut app, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowDown);
    app.event(Input::Paste("7".to_owned()));
    app.run_steps(4);
    assert_eq!(project(&app), before, "nothing is set without a reason");
    type_text(&mut app, "One list for all");
    press(&mut app, Modifiers::NONE, Key::Enter);
    let hands: Vec<_> = project(&app).events.iter().flat_map(|event| event.by_hand.clone()).collect();
    let already = project(&app).claims.iter().filter(|claim| claim.quantity == Quantity::exactly(7)).count();
    assert_eq!(hands.len(), MANY - already, "what stands there already is not set by hand");
    assert!(hands.iter().all(|hand| &*hand.reason == "One list for all" && hand.best == Some(7)));
}

/// Titles of the rows on the screen, from the top.
fn shown(app: &Workbench) -> Vec<String> {
    let cells = app.get_all_by(|node| {
        node.role() == Role::GridCell && node.label().is_some_and(|label| label.starts_with("Title: "))
    });
    let mut rows: Vec<(i64, String)> = cells
        .map(|cell| (cell.rect().top() as i64, cell.accesskit_node().label().unwrap_or_default().to_string()))
        .collect();
    rows.sort();
    rows.into_iter().filter_map(|(_, label)| Some(label.split(". Row").next()?.to_owned())).collect()
}

#[test]
fn rows_stay_what_they_are_when_the_figures_are_worked_out_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&large(folder.path(), MANY), true);
    // A row in the middle of the file: whoever counts the events anew counts it in.
    press(&mut app, Modifiers::COMMAND, Key::Home);
    press(&mut app, Modifiers::COMMAND | Modifiers::SHIFT, Key::Plus);
    press(&mut app, Modifiers::COMMAND, Key::Home);
    let before = shown(&app);
    for _ in 0..3 {
        press(&mut app, Modifiers::NONE, Key::ArrowRight);
    }
    for _ in 0..260 {
        app.key_press_modifiers(Modifiers::SHIFT, Key::PageDown);
        app.step();
    }
    app.event(Input::Paste("Osh".to_owned()));
    app.run_steps(6);
    let count = filled(&app, "Osh");
    assert!(count > 2_000 && count < MANY, "a large change of some of the rows: {count}");
    press(&mut app, Modifiers::COMMAND, Key::Home);
    assert_eq!(shown(&app), before);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowRight, Key::ArrowRight] {
        press(&mut app, Modifiers::NONE, key);
    }
    type_text(&mut app, "Typed into the third row");
    press(&mut app, Modifiers::NONE, Key::Enter);
    press(&mut app, Modifiers::COMMAND, Key::Home);
    let mut typed = before.clone();
    typed[2] = "Title: Typed into the third row".to_owned();
    assert_eq!(shown(&app), typed);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    press(&mut app, Modifiers::COMMAND, Key::Home);
    assert_eq!(shown(&app), before, "and on the way back");
}

#[test]
fn undo_all_is_the_start_and_redo_all_the_end_with_large_and_small_steps_mixed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&large(folder.path(), MANY), true);
    let mut snapshots = vec![project(&app)];
    let note = |app: &mut Workbench, snapshots: &mut Vec<Project>| {
        app.run_steps(4);
        snapshots.push(project(app));
    };
    select_places(&mut app);
    type_text(&mut app, "Osh");
    press(&mut app, Modifiers::NONE, Key::Enter);
    note(&mut app, &mut snapshots);
    select_places(&mut app);
    press(&mut app, Modifiers::COMMAND, Key::D);
    note(&mut app, &mut snapshots);
    press(&mut app, Modifiers::COMMAND, Key::Home);
    press(&mut app, Modifiers::COMMAND, Key::Minus);
    note(&mut app, &mut snapshots);
    select_places(&mut app);
    press(&mut app, Modifiers::NONE, Key::Delete);
    note(&mut app, &mut snapshots);
    select_places(&mut app);
    app.event(Input::Paste("Jalal-Abad".to_owned()));
    note(&mut app, &mut snapshots);
    press(&mut app, Modifiers::COMMAND, Key::Minus);
    note(&mut app, &mut snapshots);
    assert!(snapshots.windows(2).all(|pair| pair[0] != pair[1]), "each is a step");
    for snapshot in snapshots.iter().rev().skip(1) {
        press(&mut app, Modifiers::COMMAND, Key::Z);
        assert_eq!(project(&app), *snapshot);
    }
    assert!(!app.state().is_changed());
    for snapshot in &snapshots[1..] {
        press(&mut app, Modifiers::COMMAND, Key::Y);
        assert_eq!(project(&app), *snapshot);
    }
}

/// What a person does while the work of another thread goes on.
fn filling(folder: &Path) -> Workbench {
    let mut app = open(&large(folder, 12_000), false);
    select_places(&mut app);
    app.key_press_modifiers(Modifiers::COMMAND, Key::D);
    app.step();
    app.step();
    app
}

#[test]
fn the_work_goes_on_beside_the_window_and_what_is_typed_meanwhile_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = filling(folder.path());
    assert!(says(&app, "Filling 11,999 cells in Place"), "the status bar names it");
    assert_eq!(filled(&app, "Village 0"), 240, "the window has the project as it was");
    // To the left of the active cell stands the title.
    app.key_press(Key::ArrowLeft);
    app.step();
    app.event(Input::Text("Typed meanwhile".to_owned()));
    app.step();
    app.key_press(Key::Enter);
    app.step();
    until(&mut app, "the column is filled", |app| filled(app, "Village 0") == 12_000);
    let typed = project(&app).events.iter().filter(|event| &*event.title == "Typed meanwhile").count();
    assert_eq!(typed, 1, "made behind the large change");
    assert_eq!(filled(&app, "Village 0"), 12_000, "and takes nothing of it back");
    press(&mut app, Modifiers::COMMAND, Key::Z);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    until(&mut app, "both are undone", |app| !app.state().is_changed());
    assert_eq!(filled(&app, "Village 0"), 240);
}

#[test]
fn cancelled_work_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = filling(folder.path());
    let before = project(&app);
    app.get_by_label("Cancel").click();
    until(&mut app, "it is said", |app| says(app, "Cancelled: Filling 11,999 cells in Place. Nothing was changed"));
    assert_eq!(project(&app), before);
    assert!(!app.state().is_changed(), "no step and nothing to save");
    app.key_press_modifiers(Modifiers::COMMAND, Key::D);
    app.step();
    app.step();
    // What would be undone next is what is under way.
    app.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    until(&mut app, "it is over", |app| !app.state().is_changed());
    assert_eq!(project(&app), before);
}

#[test]
fn closing_while_work_is_under_way_asks_and_then_gives_it_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = filling(folder.path());
    app.key_press_modifiers(Modifiers::COMMAND, Key::N);
    app.step();
    app.step();
    app.get_by_label("Discard").click();
    until(&mut app, "a new project is open", |app| project(app).events.is_empty());
    // The work that was given up must not come into the new project.
    std::thread::sleep(Duration::from_millis(300));
    app.run_steps(10);
    assert!(project(&app).events.is_empty() && !app.state().is_changed());
}

/// Whether the window put a text on the clipboard by itself.
fn copied_by_the_window(app: &Workbench) -> bool {
    let mut commands = app.output().platform_output.commands.iter();
    commands.any(|command| matches!(command, egui::OutputCommand::CopyText(_)))
}

#[test]
fn cells_go_to_the_clipboard_of_the_system_with_their_table_and_come_back_from_it() {
    for count in [3, MANY] {
        let folder = tempfile::tempdir().expect("a folder");
        let start = Start { file: Some(large(folder.path(), count)), inline_jobs: true, ..Start::default() };
        let platform = Arc::new(Scripted::new([]));
        let mut app = open_on(Arc::clone(&platform), start);
        select_places(&mut app);
        app.event(Input::Copy);
        for _ in 0..4 {
            app.step();
            assert!(!copied_by_the_window(&app), "a clipboard has one owner: nothing is put there twice");
        }
        let clip = platform.clip.lock().expect("nobody fell").clone();
        let html = clip.html.clone().expect("a table");
        assert_eq!((clip.text.lines().count(), html.matches("<tr>").count()), (count, count));
        // What Calc puts there has the cells in the table only: its text loses the ends of lines.
        let table = "<meta name=\"generator\" content=\"LibreOffice 7.4\"/><table><tr><td>Ak-Sai, &quot;upper&quot;</td></tr></table>";
        *platform.clip.lock().expect("nobody fell") =
            Clip { text: "Ak-Sai, upper".to_owned(), html: Some(table.to_owned()) };
        app.event(Input::Paste("Ak-Sai, upper".to_owned()));
        app.run_steps(6);
        assert_eq!(filled(&app, "Ak-Sai, \"upper\""), count, "one value fills the selection");
        app.event(Input::Paste("another text".to_owned()));
        app.run_steps(6);
        assert_eq!(filled(&app, "another text"), count, "a table that belongs to another text is left alone");
    }
}

fn pick(app: &mut Workbench, list: &str, entry: &str) {
    app.get_by_role_and_label(Role::ComboBox, list).click();
    app.run_steps(4);
    app.get_by_role_and_label(Role::Button, entry).click();
    app.run_steps(1);
}

#[test]
fn a_chart_says_that_it_waits_for_who_speaks_and_follows_edits_without_waiting_again() {
    const RULE: &str = "By source: an event stands under the one source that speaks of it";
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&large(folder.path(), 12_000), false);
    app.get_by_role_and_label(Role::ComboBox, "Split into groups").click();
    app.run_steps(4);
    app.get_by_role_and_label(Role::Button, "By source").click();
    until(&mut app, "it waits", |app| says(app, "Being worked out…"));
    assert!(!says(&app, RULE));
    until(&mut app, "it is there", |app| says(app, RULE));
    assert!(!says(&app, "Being worked out…"));
    press(&mut app, Modifiers::COMMAND, Key::Num3);
    press(&mut app, Modifiers::COMMAND, Key::Home);
    (0..3).for_each(|_| press(&mut app, Modifiers::NONE, Key::ArrowRight));
    type_text(&mut app, "Another village");
    press(&mut app, Modifiers::NONE, Key::Enter);
    assert!(app.state().is_changed());
    assert!(says(&app, RULE), "brought forward by what changed");
    pick(&mut app, "Split into groups", "By country");
    until(&mut app, "it is another split", |app| !says(app, RULE));
    app.get_by_role_and_label(Role::ComboBox, "Split into groups").click();
    app.run_steps(4);
    app.get_by_role_and_label(Role::Button, "By source").click();
    app.run_steps(3);
    assert!(says(&app, RULE), "what was worked out is kept");
}

#[test]
fn of_many_events_table_and_chart_show_the_same_filter_after_each_letter() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&large(folder.path(), 17_000), true);
    press(&mut app, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    type_text(&mut app, "place:\"village 4\"");
    app.run_steps(4);
    // Villages 4 and 40 to 49, each of every fiftieth event.
    let chart = "3,740 placed + 0 not placed + 0 undated + 0 in summaries + 0 excluded = 3,740 events; left out by the \
                 filter: 13,260";
    assert!(says(&app, "3,740 of 17,000"), "the table counts its rows");
    assert!(says(&app, chart));
    type_text(&mut app, " killed=3");
    app.run_steps(4);
    let is_meant = |n: &usize| n % 9 == 3 && (n % 50 == 4 || n % 50 / 10 == 4);
    let count = (0..17_000).filter(is_meant).count();
    assert!(says(&app, &format!("{count} of 17,000")), "{count}");
    assert!(says(&app, &format!("{count} placed")));
    press(&mut app, Modifiers::NONE, Key::Escape);
    press(&mut app, Modifiers::NONE, Key::Escape);
    app.run_steps(4);
    assert!(says(&app, "17,000 placed"), "the filter is let go of");
}
