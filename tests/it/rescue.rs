//! Unsaved work after a window that did not end well: it is offered again, and taken back whole.

use std::path::PathBuf;

use dateline::app::App;
use dateline::model::Project;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use tempfile::TempDir;

use crate::app::{click, press, project, run, sample_file, saved, says, started};

type Workbench = Harness<'static, App>;

/// What the banner begins with.
const LEFT: &str = "Dateline ended before changes of";

/// A project in a file, and a person's settings, each in a folder of its own.
struct Desk {
    path: PathBuf,
    _folder: TempDir,
    settings: TempDir,
}

impl Desk {
    fn new() -> Self {
        let (folder, settings) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        Self { path: sample_file(folder.path()), _folder: folder, settings }
    }

    fn window(&self) -> Workbench {
        started([1440.0, 900.0], Some(&self.path), Some(self.settings.path()), [])
    }

    /// Adds an event in a window that then goes away without a word; the work that was in it.
    fn crash(&self) -> Project {
        let mut app = self.window();
        change(&mut app);
        project(&app)
    }

    /// How many copies there are.
    fn copies(&self) -> usize {
        let copies = std::fs::read_dir(self.settings.path().join("unsaved")).into_iter().flatten();
        copies.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some())).count()
    }
}

/// Adds an event, and lets some seconds go by.
fn change(app: &mut Workbench) {
    click(app, "Add event");
    for _ in 0..200 {
        app.step();
    }
    assert!(says(app, "a copy is kept"));
}

#[test]
fn work_of_a_window_that_crashed_is_restored_and_saved() {
    let desk = Desk::new();
    assert!(!says(&desk.window(), LEFT));
    let work = desk.crash();
    assert_ne!(saved(&desk.path), work);
    let mut app = desk.window();
    assert!(says(&app, LEFT));
    assert_ne!(project(&app), work);
    click(&mut app, "Restore them");
    assert_eq!(project(&app), work);
    assert!(app.state().is_changed() && !says(&app, LEFT));
    assert_eq!(app.state().path().map(|path| path.file_name()), Some(desk.path.file_name()));
    press(&mut app, Modifiers::COMMAND, Key::S);
    assert_eq!(saved(&desk.path), work);
    run(&mut app);
    assert_eq!(desk.copies(), 0, "what is saved needs no copy");
}

#[test]
fn a_second_crash_after_restoring_costs_nothing() {
    let desk = Desk::new();
    let work = desk.crash();
    let mut app = desk.window();
    click(&mut app, "Restore them");
    drop(app);
    let mut app = desk.window();
    click(&mut app, "Restore them");
    assert_eq!(project(&app), work);
}

#[test]
fn work_that_is_saved_undone_or_given_up_is_not_offered_again() {
    let desk = Desk::new();
    let mut app = desk.window();
    change(&mut app);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.copies(), 0, "undone");
    change(&mut app);
    press(&mut app, Modifiers::COMMAND, Key::W);
    click(&mut app, "Discard");
    assert_eq!(desk.copies(), 0, "given up");
    drop(app);
    assert!(!says(&desk.window(), LEFT));
    desk.crash();
    let mut app = desk.window();
    click(&mut app, "Discard them");
    assert!(!says(&app, LEFT) && desk.copies() == 0);
}

#[test]
fn a_file_that_changed_since_is_not_written_over_by_restored_work() {
    let desk = Desk::new();
    let work = desk.crash();
    let mut other = saved(&desk.path);
    std::sync::Arc::make_mut(&mut other.about).title = "Other".into();
    std::fs::write(&desk.path, dateline::file::write(&other)).expect("written");
    let mut app = desk.window();
    click(&mut app, "Restore them");
    assert_eq!(project(&app), work);
    assert!(says(&app, "was changed or removed since") && app.state().path().is_none());
    assert_eq!(saved(&desk.path), other);
}

#[test]
fn a_copy_that_is_damaged_is_told_of_and_kept() {
    let desk = Desk::new();
    desk.crash();
    let copy = std::fs::read_dir(desk.settings.path().join("unsaved")).expect("a folder").flatten();
    let copy = copy.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|e| e == "unsaved"));
    let copy = copy.expect("a copy");
    let text = std::fs::read_to_string(&copy).expect("a text");
    std::fs::write(&copy, &text[..text.len() / 2]).expect("written");
    let mut app = desk.window();
    click(&mut app, "Restore them");
    assert!(says(&app, "could not be read. It stays at") && copy.exists());
    assert_eq!(project(&app), saved(&desk.path), "what is open stays");
}
