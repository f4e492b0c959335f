//! What is begun and not made yet, when the project or the window is closed: it is asked about with the changes.

use std::path::PathBuf;

use dateline::app::App;
use dateline::file;
use dateline::model::{Method, Project};
use egui::{Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::{click, press, project, run, says, workbench};

fn on_disk(path: &std::path::Path) -> Project {
    let text = std::fs::read_to_string(path).expect("the file is there");
    file::read(&text, &|_| true).expect("a good file").project
}

/// The sample in a file, open, with another rule tried in the method sheet.
fn with_draft() -> (Harness<'static, App>, PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.ron");
    std::fs::write(&path, file::write(&dateline::sample::project().expect("the sample"))).expect("writable");
    let mut app = workbench(Some(&path), []);
    app.get_by_role_and_label(Role::Tab, "Method").click();
    run(&mut app);
    app.get_by_role_and_label(Role::ComboBox, "Rule for all measures").click();
    run(&mut app);
    app.get_by_role_and_label(Role::Button, "Conservative (ACLED) 1").click();
    run(&mut app);
    assert!(!app.state().is_changed(), "a draft changes nothing");
    (app, path, folder)
}

fn close(app: &mut Harness<'_, App>) {
    press(app, Modifiers::COMMAND, egui::Key::W);
}

#[test]
fn a_draft_of_the_method_sheet_is_asked_about_and_cancel_keeps_it() {
    let (mut app, path, _folder) = with_draft();
    close(&mut app);
    assert!(says(&app, "Keep the draft of the method sheet?"));
    click(&mut app, "Cancel");
    assert!(app.state().project().is_some());
    assert!(says(&app, "Rule for all measures to conservative (ACLED)"), "the draft is as it was");
    close(&mut app);
    click(&mut app, "Apply and save");
    assert!(app.state().project().is_none(), "then it closes");
    assert_eq!(on_disk(&path).methodology.method, Method::Conservative);
}

#[test]
fn a_draft_is_given_up_only_by_a_word() {
    let (mut app, path, _folder) = with_draft();
    let before = on_disk(&path);
    close(&mut app);
    click(&mut app, "Discard draft");
    assert!(app.state().project().is_none());
    assert_eq!(on_disk(&path), before);
}

#[test]
fn changes_and_a_draft_are_one_question() {
    let (mut app, path, _folder) = with_draft();
    click(&mut app, "Add event");
    let changed = project(&app);
    close(&mut app);
    assert!(says(&app, "Save the changes to") && says(&app, "The method sheet has a draft"));
    click(&mut app, "Save without draft");
    assert!(app.state().project().is_none(), "it is not asked twice");
    assert_eq!(on_disk(&path), changed);
    assert_ne!(changed.methodology.method, Method::Conservative);
}

#[test]
fn closing_the_window_asks_about_a_draft_and_waits() {
    let (mut app, _path, _folder) = with_draft();
    let viewport = app.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    viewport.events.push(egui::ViewportEvent::Close);
    app.step();
    let commands = &app.output().viewport_output[&egui::ViewportId::ROOT].commands;
    assert!(commands.contains(&egui::ViewportCommand::CancelClose), "{commands:?}");
    run(&mut app);
    assert!(says(&app, "Keep the draft of the method sheet?"));
}
