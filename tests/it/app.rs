//! The whole workbench as its users meet it: open, click, type, see. Real files in a temporary folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::app::{App, Start};
use dateline::file;
use dateline::model::{Measure, Project};
use dateline::platform::{Answer, Scripted};
use dateline::store::settings::Settings;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// A workbench with these answers to file dialogs, started with this file.
pub fn workbench(file: Option<&Path>, answers: impl IntoIterator<Item = Answer>) -> Harness<'static, App> {
    sized([1440.0, 900.0], file, answers)
}

/// The same in a window of this size.
pub fn sized(size: [f32; 2], file: Option<&Path>, answers: impl IntoIterator<Item = Answer>) -> Harness<'static, App> {
    started(size, file, None, answers)
}

/// The same for a person whose settings are in this folder.
pub fn started(
    size: [f32; 2],
    file: Option<&Path>,
    settings: Option<&Path>,
    answers: impl IntoIterator<Item = Answer>,
) -> Harness<'static, App> {
    let platform = Arc::new(Scripted::new(answers));
    let start = Start {
        file: file.map(Path::to_owned),
        inline_jobs: true,
        settings: Settings::default(),
        settings_folder: settings.map(Path::to_owned),
    };
    let mut harness =
        raster::builder(size).with_max_steps(16).build_eframe(move |cc| App::new(&cc.egui_ctx, platform, start));
    harness.run();
    harness
}

/// Lets the window answer to what was done.
pub fn run(harness: &mut Harness<'_, App>) {
    harness.run_steps(4);
}

/// Presses a key as a hand does it: Shift, Ctrl and Alt go down before it and are keys of their own.
pub fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    let held = [
        (modifiers.shift, Key::ShiftLeft),
        (modifiers.command || modifiers.ctrl, Key::ControlLeft),
        (modifiers.alt, Key::AltLeft),
    ];
    for (_, key) in held.into_iter().filter(|(held, _)| *held) {
        harness.key_down(key);
    }
    harness.key_press_modifiers(modifiers, key);
    for (_, key) in held.into_iter().filter(|(held, _)| *held) {
        harness.key_up(key);
    }
    run(harness);
}

pub fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    run(harness);
}

/// Whether this is to be read somewhere.
pub fn says(harness: &Harness<'_, App>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

pub fn project(harness: &Harness<'_, App>) -> Project {
    harness.state().project().expect("a project is open").clone()
}

fn menu(harness: &mut Harness<'_, App>, menu: &str, item: &str) {
    harness.get_by_label(menu).click();
    run(harness);
    // Entries carry their keys behind their name.
    let named = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == egui::accesskit::Role::Button && node.label().is_some_and(|label| label.starts_with(item))
    };
    let found = harness.get_all(egui_kittest::kittest::By::new().predicate(named)).next().expect("an entry");
    found.click();
    run(harness);
}

pub fn saved(path: &Path) -> Project {
    let text = std::fs::read_to_string(path).expect("the file is there");
    file::read(&text, &|_| true).expect("a good file").project
}

/// A copy of the sample in a folder of its own.
pub fn sample_file(folder: &Path) -> PathBuf {
    let path = folder.join("case.ron");
    std::fs::write(&path, dateline::sample::TEXT).expect("a writable folder");
    path
}

#[test]
fn the_first_start_opens_the_sample() {
    let harness = workbench(None, []);
    let project = project(&harness);
    assert!(project.articles.len() >= 8, "at least eight reports");
    assert!(!harness.state().is_changed());
    assert!(project.events.iter().any(|event| !event.covers.is_empty()), "a summary event");
}

#[test]
fn an_event_is_added_undone_and_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = sample_file(folder.path());
    let mut harness = workbench(Some(&path), []);
    let before = project(&harness);
    harness.get_by_label("Add event").click();
    run(&mut harness);
    assert_eq!(project(&harness).events.len(), before.events.len() + 1);
    assert!(harness.state().is_changed());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness), before);
    assert!(!harness.state().is_changed());
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    press(&mut harness, Modifiers::COMMAND, Key::S);
    assert!(!harness.state().is_changed());
    assert_eq!(saved(&path), project(&harness));
}

#[test]
fn unsaved_work_is_asked_about_and_cancel_keeps_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = sample_file(folder.path());
    let mut harness = workbench(Some(&path), []);
    harness.get_by_label("Add event").click();
    run(&mut harness);
    let changed = project(&harness);
    menu(&mut harness, "File", "Close project");
    harness.get_by_label("Cancel").click();
    run(&mut harness);
    assert_eq!(project(&harness), changed);
    menu(&mut harness, "File", "Close project");
    harness.get_by_label("Discard").click();
    run(&mut harness);
    assert!(harness.state().project().is_none());
    assert_ne!(saved(&path), changed);
    harness.get_by_label("Open sample project").click();
    run(&mut harness);
    assert!(harness.state().project().is_some());
}

#[test]
fn saving_from_the_question_goes_on_with_what_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = sample_file(folder.path());
    let mut harness = workbench(Some(&path), []);
    harness.get_by_label("Add event").click();
    run(&mut harness);
    let changed = project(&harness);
    menu(&mut harness, "File", "Close project");
    // The dialog's own button; the tool bar has one of the same purpose under another name.
    harness.get_by_label("Save").click();
    run(&mut harness);
    assert!(harness.state().project().is_none());
    assert_eq!(saved(&path), changed);
}

#[test]
fn the_sample_is_saved_under_a_new_name_and_its_own_text_never_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine");
    let mut harness = workbench(None, [Answer::Chosen(vec![path])]);
    press(&mut harness, Modifiers::COMMAND, Key::S);
    let full = folder.path().join("mine.ron");
    assert_eq!(harness.state().path(), Some(full.as_path()));
    assert_eq!(saved(&full), project(&harness));
}

#[test]
fn without_a_file_dialog_the_path_is_typed_and_a_taken_name_is_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = folder.path().join("taken.ron");
    std::fs::write(&taken, "somebody else's").expect("a writable folder");
    let mut harness = workbench(None, [Answer::NoDialog]);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    let field = harness.get_by_label("Path of the file");
    field.focus();
    run(&mut harness);
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.get_by_label("Path of the file").type_text(&taken.display().to_string());
    run(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(std::fs::read_to_string(&taken).expect("there"), "somebody else's");
    harness.get_by_label("Replace").click();
    run(&mut harness);
    assert_eq!(saved(&taken), project(&harness));
}

#[test]
fn a_file_changed_by_somebody_else_is_not_overwritten_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = sample_file(folder.path());
    let mut harness = workbench(Some(&path), []);
    harness.get_by_label("Add event").click();
    run(&mut harness);
    let theirs = format!("{}\n// theirs\n", dateline::sample::TEXT);
    std::fs::write(&path, &theirs).expect("a writable folder");
    press(&mut harness, Modifiers::COMMAND, Key::S);
    assert_eq!(std::fs::read_to_string(&path).expect("there"), theirs);
    assert!(harness.state().is_changed());
    assert!(says(&harness, "changed by another program"));
    harness.get_by_label("Overwrite the file").click();
    run(&mut harness);
    assert_eq!(saved(&path), project(&harness));
    assert!(!harness.state().is_changed());
}

#[test]
fn a_bad_file_is_told_with_its_place_and_leaves_the_open_project_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = folder.path().join("bad.ron");
    std::fs::write(&bad, "(format:1,project:(title:\"x\"),\n events:[(id:\"e-1\",whem:\"2022\")])").expect("writable");
    let mut harness = workbench(None, [Answer::Chosen(vec![bad])]);
    let before = project(&harness);
    press(&mut harness, Modifiers::COMMAND, Key::O);
    assert!(says(&harness, "line 2, column 20"));
    assert_eq!(project(&harness), before);
}

#[test]
fn texts_are_taken_in_and_those_that_cannot_be_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("report.txt");
    std::fs::write(&good, "Shelling near the bridge\r\n\r\nTwo people were hurt, the district said.")
        .expect("writable");
    let bad = folder.path().join("empty.txt");
    std::fs::write(&bad, "").expect("writable");
    let mut harness = workbench(None, [Answer::Chosen(vec![good, bad])]);
    let before = project(&harness).articles.len();
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    let now = project(&harness);
    assert_eq!(now.articles.len(), before + 1);
    let article = now.articles.iter().next_back().expect("the new one");
    assert!(!article.text.contains('\r') && article.file.is_some());
    harness.get_by_label_contains("empty.txt");
}

#[test]
fn a_text_is_pasted_as_an_article() {
    let mut harness = workbench(None, []);
    let before = project(&harness).articles.len();
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    harness.get_by_label("Text").type_text("Five wounded in the market");
    run(&mut harness);
    harness.get_by_label("Add article").click();
    run(&mut harness);
    assert_eq!(project(&harness).articles.len(), before + 1);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness).articles.len(), before);
}

#[test]
fn the_sample_adds_up_to_what_was_worked_out_by_hand() {
    use dateline::derive::Derived;
    use dateline::derive::calendar::{BinSize, Unit};
    use dateline::derive::figures::{Range, Value};
    use dateline::derive::totals::{By, Query, totals};
    let project = dateline::sample::project().expect("a good file");
    let derived = Derived::from_scratch(&project);
    let killed = |id: &str| {
        let id = id.parse().expect("an id");
        derived.figure(id, &Measure::Killed, &dateline::model::Class::TOTAL).value
    };
    let range = |low, best, high| Value::Known(Range { low, best: Some(best), high: Some(high) });
    assert_eq!(killed("e-ovchi-square"), range(10, 12, 12));
    assert_eq!(killed("e-toll-kg"), range(63, 63, 63));
    assert_eq!(killed("e-toll-tj"), range(39, 41, 200));
    assert_eq!(killed("e-2021"), range(52, 55, 55));
    let by_day = totals(&project, &derived, &Query::new(Measure::Killed, By::Time(BinSize::Fixed(Unit::Day))));
    let days: Vec<_> = by_day
        .groups
        .iter()
        .filter(|group| group.sums.events > 0)
        .map(|group| (group.key.as_str(), group.sums.low, group.sums.best, group.sums.high))
        .collect();
    assert!(days.contains(&("2022-09-14", 1, Some(1), Some(2))), "{days:?}");
    assert!(days.contains(&("2022-09-16", 39, Some(50), Some(50))), "{days:?}");
    assert!(days.contains(&("2022-09-17", 1, Some(1), None)), "{days:?}");
}

#[test]
fn every_pane_can_be_reached_by_key_and_nothing_is_unnamed() {
    let mut harness = sized([1024.0, 700.0], None, []);
    for _ in 0..4 {
        press(&mut harness, Modifiers::NONE, Key::F6);
    }
    for tab in ["Event", "Notes", "Chart"] {
        menu(&mut harness, "View", tab);
    }
}

#[test]
fn shift_and_f10_open_the_menu_of_what_is_selected_and_not_the_menus() {
    let mut harness = workbench(None, []);
    press(&mut harness, Modifiers::COMMAND, Key::Num3);
    press(&mut harness, Modifiers::SHIFT, Key::F10);
    assert!(harness.query_by_label_contains("Duplicate row").is_some());
    assert!(!harness.get_by_label("File").is_focused());
}

#[test]
fn the_menus_are_worked_by_key() {
    let mut harness = workbench(None, []);
    press(&mut harness, Modifiers::NONE, Key::F10);
    assert!(harness.get_by_label("File").is_focused());
    for _ in 0..2 {
        press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    }
    assert!(harness.get_by_label("View").is_focused());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let at = |harness: &Harness<'_, App>, label: &'static str| {
        let mut entries = harness.query_all_by(|node| node.role() == Role::Button && node.is_focused());
        entries.any(|node| node.accesskit_node().label().is_some_and(|l| l.starts_with(label)))
    };
    for _ in 0..12 {
        if !at(&harness, "Problems") {
            press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        }
    }
    assert!(at(&harness, "Problems"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let mut tabs = harness.query_all_by(|node| node.role() == Role::Tab && node.is_selected() == Some(true));
    assert!(tabs.any(|tab| tab.accesskit_node().label().is_some_and(|l| l.starts_with("Problems"))));
}

/// However small the window and large the zoom, the last entry of a menu can be reached.
#[test]
fn no_entry_of_a_menu_is_out_of_reach() {
    for (size, zoom) in [([1024.0, 700.0], 1.0), ([1024.0, 700.0], 2.0)] {
        let mut harness = sized(size, None, []);
        harness.ctx.set_zoom_factor(zoom);
        run(&mut harness);
        for menu in dateline::command::Menu::ALL {
            harness.get_by_role_and_label(Role::Button, menu.title()).click();
            run(&mut harness);
            let last = dateline::command::TABLE.iter().rfind(|entry| entry.menu == menu).expect("an entry");
            let of = |harness: &Harness<'_, App>| {
                let found = harness.query_all_by_label_contains(last.label);
                let found = found.filter(|node| node.accesskit_node().role() == Role::Button);
                found.map(|node| node.rect().bottom()).fold(f32::NAN, f32::max)
            };
            let screen = harness.ctx.content_rect();
            if of(&harness) > screen.bottom() {
                harness.hover_at(
                    harness.get_by_role_and_label(Role::Button, menu.title()).rect().center() + egui::vec2(0.0, 80.0),
                );
                harness.event(egui::Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Point,
                    delta: egui::vec2(0.0, -4000.0),
                    phase: egui::TouchPhase::Move,
                    modifiers: Modifiers::NONE,
                    source: egui::MouseWheelSource::Unknown,
                });
                run(&mut harness);
            }
            assert!(of(&harness) <= screen.bottom(), "{} at {zoom}: {}", menu.title(), last.label);
            press(&mut harness, Modifiers::NONE, Key::Escape);
        }
    }
}

/// Rows of a data set and nothing to read: the chart has the room; the list of articles brings the reader back.
#[test]
fn a_project_of_rows_has_no_empty_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("rows.csv");
    let header = "id,date_start,date_end,date_prec,country,best,low,high,side_a,side_b,type_of_violence";
    let rows = ["2,2020-03-05,2020-03-05,1,Mali,4,3,9,A,B,1", "1,2020-01-02,2020-01-02,1,Mali,2,2,2,A,B,1"];
    std::fs::write(&csv, format!("{header}\n{}\n", rows.join("\n"))).expect("written");
    let file = folder.path().join("rows.ron");
    crate::cli::dateline(&["import", &csv.to_string_lossy(), "--from", "ged", "-o", &file.to_string_lossy()]);
    let mut harness = workbench(Some(&file), []);
    let reader = |harness: &Harness<'_, App>| harness.query_by_label("No article yet").is_some();
    let list = |harness: &Harness<'_, App>| harness.query_by_label("Filter articles").is_some();
    assert!(!reader(&harness) && !list(&harness));
    // The first row of the table is the active one, not the first of the file.
    let id = harness.state().project().expect("open").events.iter().nth(1).expect("two").id;
    assert!(harness.query_all_by_label_contains(&format!("Event {id}")).next().is_some());
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    assert!(reader(&harness) && list(&harness));
    let side = harness.get_by_role_and_label(Role::Tab, "Chart").rect().left();
    assert!((600.0..1000.0).contains(&side), "the chart keeps its share: {side}");
    press(&mut harness, Modifiers::COMMAND, Key::B);
    assert!(!reader(&harness) && !list(&harness));
}

#[test]
fn the_quotes_of_selected_events_stand_out_at_the_edge_of_the_reader() {
    let mut harness = workbench(None, []);
    press(&mut harness, Modifiers::COMMAND, Key::Num3);
    press(&mut harness, Modifiers::COMMAND, Key::Home);
    // The edge of the text, between the list of articles and its words.
    let edge = |harness: &mut Harness<'_, App>| {
        let text = harness.query_all_by_label_contains("Text of").next().expect("a text").rect();
        let picture = harness.render().expect("the raster draws everything");
        let (left, right) = (text.left() as u32 + 24, text.left() as u32 + 44);
        let rows = text.top() as u32 + 8..text.bottom() as u32 - 8;
        rows.flat_map(|y| (left..right).map(move |x| (x, y))).map(|(x, y)| *picture.get_pixel(x, y)).collect::<Vec<_>>()
    };
    let before = edge(&mut harness);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    let selected = edge(&mut harness);
    assert_ne!(before, selected, "two of three rows rest on this report");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(edge(&mut harness), before);
}

#[test]
fn no_contents_move_the_borders_of_panes() {
    let mut harness = sized([1024.0, 700.0], None, []);
    let side = |harness: &Harness<'_, App>| harness.get_by_role_and_label(Role::Tab, "Event").rect();
    let before = side(&harness);
    for event in ["#e-toll-kg", "#e-day14-kg"] {
        press(&mut harness, Modifiers::COMMAND, Key::K);
        harness.event(egui::Event::Text(event.to_owned()));
        run(&mut harness);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        for tab in ["Event", "Method", "Problems", "Chart"] {
            menu(&mut harness, "View", tab);
            assert_eq!(side(&harness), before, "{event}, {tab}");
        }
    }
}

/// A file as the window system hands it over.
#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

pub fn drop_on(harness: &mut Harness<'_, App>, path: &Path) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    run(harness);
}

#[test]
fn a_dropped_text_becomes_an_article_and_a_dropped_project_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("bridge.md");
    std::fs::write(&text, "# Bridge shelled\n\nFour wounded, the hospital said.").expect("writable");
    let mut harness = workbench(None, []);
    let before = project(&harness).articles.len();
    drop_on(&mut harness, &text);
    assert_eq!(project(&harness).articles.len(), before + 1);
    let case = sample_file(folder.path());
    drop_on(&mut harness, &case);
    assert_eq!(harness.state().path(), None, "the article that was added is asked about first");
    harness.get_by_label("Discard").click();
    run(&mut harness);
    assert_eq!(harness.state().path(), Some(case.as_path()));
}

#[test]
fn a_file_that_cannot_be_read_costs_no_changes_even_after_discarding() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = folder.path().join("bad.ron");
    std::fs::write(&bad, "(format: 1, project: (").expect("writable");
    let mut harness = workbench(None, []);
    harness.get_by_label("Add event").click();
    run(&mut harness);
    let changed = project(&harness);
    drop_on(&mut harness, &bad);
    harness.get_by_label("Discard").click();
    run(&mut harness);
    assert!(says(&harness, "Could not open bad.ron"));
    assert_eq!(project(&harness), changed);
    assert!(harness.state().is_changed());
}

/// The height of the first paragraph of the sample's text.
fn first_paragraph(harness: &Harness<'_, App>) -> f32 {
    let first = harness.query_all_by_label_contains("Paragraph 1 of").next().expect("a text is open");
    first.rect().height()
}

#[test]
fn the_text_of_articles_is_made_larger_by_menu_and_wheel_and_nothing_else_is() {
    let mut harness = workbench(None, []);
    let article = harness.state().project().and_then(|p| p.articles.iter().next().map(|a| a.headline.to_string()));
    let headline = article.expect("the sample has an article");
    harness.query_all_by_label_contains(&headline).next().expect("in the list").click();
    run(&mut harness);
    let (before, zoom) = (first_paragraph(&harness), harness.ctx.zoom_factor());
    menu(&mut harness, "View", "Larger text");
    let larger = first_paragraph(&harness);
    assert!(larger > before, "{before} {larger}");
    let text = harness.query_all_by_label_contains("Text of").next().expect("a text").rect().center();
    harness.hover_at(text);
    run(&mut harness);
    harness.event(egui::Event::Zoom(1.3));
    run(&mut harness);
    assert!(first_paragraph(&harness) > larger);
    assert_eq!(harness.ctx.zoom_factor(), zoom, "the window stays as it is");
    harness.event(egui::Event::Zoom(0.7));
    menu(&mut harness, "View", "Smaller text");
    assert_eq!(first_paragraph(&harness), before);
}

#[test]
fn the_search_in_the_text_is_in_the_menu_and_on_ctrl_f_in_the_reader() {
    let mut harness = workbench(None, []);
    menu(&mut harness, "Edit", "Find in text");
    assert!(harness.get_by_label("Find in text").is_focused());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Find in text").is_none());
    press(&mut harness, Modifiers::COMMAND, Key::F);
    assert!(harness.get_by_label("Find in text").is_focused());
}

#[test]
fn a_tooltip_closes_when_a_question_opens_over_it() {
    let mut harness = sized([1440.0, 900.0], None, []);
    let help = "Take texts, web pages, mails and documents into the project";
    let told = |harness: &Harness<'_, App>| harness.query_by_label(help).is_some();
    harness.get_by_label("Add articles").hover();
    harness.run_steps(6);
    assert!(told(&harness), "the pointer rests on the button");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    harness.run_steps(6);
    assert!(harness.query_by_label("Headline (empty: the first line)").is_some(), "the question is open");
    assert!(!told(&harness), "nothing stands over the question");
}
