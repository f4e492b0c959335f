//! Unsaved work after a window that did not end well: it is offered again, and taken back whole.

use std::path::Path;

use dateline::app::App;
use egui::{Key, Modifiers};
use egui_kittest::Harness;

use crate::app::{click, press, project, run, sample_file, saved, says, started};

type Workbench = Harness<'static, App>;

/// What the banner begins with.
const LEFT: &str = "Dateline ended before changes of";

fn window(file: &Path, settings: &Path) -> Workbench {
    started([1440.0, 900.0], Some(file), Some(settings), [])
}

/// Adds an event, and lets some seconds go by.
fn change(app: &mut Workbench) {
    click(app, "Add event");
    for _ in 0..200 {
        app.step();
    }
    assert!(says(app, "a copy is kept"));
}

fn copies(settings: &Path) -> usize {
    let copies = std::fs::read_dir(settings.join("unsaved")).into_iter().flatten();
    copies.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some())).count()
}

#[test]
fn work_of_a_window_that_crashed_is_restored_and_saved() {
    let (folder, settings) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = sample_file(folder.path());
    let mut app = window(&path, settings.path());
    assert!(!says(&app, LEFT));
    change(&mut app);
    let work = project(&app);
    // The window goes away without a word.
    drop(app);
    assert_ne!(saved(&path), work);
    let mut app = window(&path, settings.path());
    assert!(says(&app, LEFT));
    assert_ne!(project(&app), work);
    click(&mut app, "Restore them");
    assert_eq!(project(&app), work);
    assert!(app.state().is_changed() && !says(&app, LEFT));
    assert_eq!(app.state().path().map(|path| path.file_name()), Some(path.file_name()));
    press(&mut app, Modifiers::COMMAND, Key::S);
    assert_eq!(saved(&path), work);
    run(&mut app);
    assert_eq!(copies(settings.path()), 0, "what is saved needs no copy");
}

#[test]
fn a_second_crash_after_restoring_costs_nothing() {
    let (folder, settings) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = sample_file(folder.path());
    let mut app = window(&path, settings.path());
    change(&mut app);
    let work = project(&app);
    drop(app);
    let mut app = window(&path, settings.path());
    click(&mut app, "Restore them");
    drop(app);
    let mut app = window(&path, settings.path());
    click(&mut app, "Restore them");
    assert_eq!(project(&app), work);
}

#[test]
fn work_that_is_saved_undone_or_given_up_is_not_offered_again() {
    let (folder, settings) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = sample_file(folder.path());
    let mut app = window(&path, settings.path());
    change(&mut app);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(copies(settings.path()), 0, "undone");
    change(&mut app);
    press(&mut app, Modifiers::COMMAND, Key::W);
    click(&mut app, "Discard");
    assert_eq!(copies(settings.path()), 0, "given up");
    drop(app);
    let mut app = window(&path, settings.path());
    assert!(!says(&app, LEFT));
    change(&mut app);
    drop(app);
    let mut app = window(&path, settings.path());
    click(&mut app, "Discard them");
    assert!(!says(&app, LEFT) && copies(settings.path()) == 0);
}

#[test]
fn a_file_that_changed_since_is_not_written_over_by_restored_work() {
    let (folder, settings) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = sample_file(folder.path());
    let mut app = window(&path, settings.path());
    change(&mut app);
    let work = project(&app);
    drop(app);
    let mut other = saved(&path);
    std::sync::Arc::make_mut(&mut other.about).title = "Other".into();
    std::fs::write(&path, dateline::file::write(&other)).expect("written");
    let mut app = window(&path, settings.path());
    click(&mut app, "Restore them");
    assert_eq!(project(&app), work);
    assert!(says(&app, "was changed or removed since") && app.state().path().is_none());
    assert_eq!(saved(&path), other);
}

#[test]
fn a_copy_that_is_damaged_is_told_of_and_kept() {
    let (folder, settings) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = sample_file(folder.path());
    let mut app = window(&path, settings.path());
    change(&mut app);
    drop(app);
    let copy = std::fs::read_dir(settings.path().join("unsaved")).expect("a folder").flatten();
    let copy = copy.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|e| e == "unsaved"));
    let copy = copy.expect("a copy");
    let text = std::fs::read_to_string(&copy).expect("a text");
    std::fs::write(&copy, &text[..text.len() / 2]).expect("written");
    let mut app = window(&path, settings.path());
    click(&mut app, "Restore them");
    assert!(says(&app, "could not be read. It stays at") && copy.exists());
    assert_eq!(project(&app), saved(&path), "what is open stays");
}
