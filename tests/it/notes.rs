//! Writing notes: typing is one step, links lead somewhere, and nothing is made by a click.

use dateline::command::Command;
use dateline::model::{NoteId, NoteKind, Subject};
use dateline::ui::Target;
use dateline::ui::notes::Notes;
use egui::{CentralPanel, Frame, Key, Modifiers, Role, Ui};
use egui_kittest::{Harness, kittest::Queryable as _};

use crate::panel::{self, Bench};

type Panel = Harness<'static, Bench<Notes>>;

fn draw(ui: &mut Ui, bench: &mut Bench<Notes>) {
    let page = Frame::new().fill(dateline::ui::theme::tokens(ui).page);
    CentralPanel::default().frame(page).show(ui, |ui| {
        bench.frame(|notes, view, desk, actions| notes.ui(ui, view, desk, actions));
    });
}

fn open(size: [f32; 2], dark: bool, note: Option<&str>) -> Panel {
    let mut bench = Bench::new(panel::project());
    bench.desk.note = note.map(|id| id.parse().expect("id"));
    panel::harness(size, dark, draw, bench)
}

fn note_id(id: &str) -> NoteId {
    id.parse().expect("id")
}

fn body(panel: &Panel, id: &str) -> String {
    panel.state().session.project().notes.get(note_id(id)).expect("there").body.to_string()
}

fn field<'a>(panel: &'a Panel, label: &'a str) -> egui_kittest::Node<'a> {
    panel.get_by(move |node| {
        matches!(node.role(), Role::TextInput | Role::MultilineTextInput) && node.label().as_deref() == Some(label)
    })
}

/// Puts the caret at the end of a field and types, letter by letter.
fn write(panel: &mut Panel, label: &str, text: &str) {
    field(panel, label).focus();
    panel.run();
    panel.key_press_modifiers(Modifiers::COMMAND, Key::End);
    panel.run();
    for letter in text.chars() {
        field(panel, label).type_text(&letter.to_string());
        panel.run();
    }
}

#[test]
fn a_note_is_written_with_the_keyboard_alone() {
    let mut panel = open([700.0, 420.0], false, None);
    panel.get_by_label("Add note").click();
    panel.run();
    let id = panel.state().desk.note.expect("the fresh note is open");
    assert!(field(&panel, "Title").is_focused(), "the keyboard is in the title");
    for letter in ["W", "h", "y"] {
        field(&panel, "Title").type_text(letter);
        panel.run();
    }
    panel.key_press(Key::Enter);
    panel.run();
    assert!(field(&panel, "Text of the note").is_focused(), "Enter goes on to the text");
    field(&panel, "Text of the note").type_text("Because");
    panel.run();
    let note = panel.state().session.project().notes.get(id).expect("there").clone();
    assert_eq!((&*note.title, &*note.body), ("Why", "Because"));
    assert_eq!(note.edited.map(|moment| moment.to_string()).as_deref(), Some("2022-09-20T10:15Z"));
    panel.get_by_label_contains("Why. Note");
}

#[test]
fn a_run_of_typing_is_one_step_of_undo_and_the_field_has_none_of_its_own() {
    let mut panel = open([700.0, 420.0], false, Some("n-dozens"));
    write(&mut panel, "Text of the note", " As said.");
    assert_eq!(body(&panel, "n-dozens"), "Follow the word table. As said.");
    panel.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    panel.run();
    assert_eq!(panel.state().ran, [Command::Undo]);
    assert_eq!(body(&panel, "n-dozens"), "Follow the word table.");
    assert_eq!(panel.state().session.undo_label(), None, "one step");
    assert!(!panel.state().session.is_changed());
    panel.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    panel.run();
    assert_eq!(body(&panel, "n-dozens"), "Follow the word table. As said.");
    panel.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    panel.run();
    panel.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    panel.run();
    assert_eq!(panel.state().ran, [Command::Undo, Command::Redo, Command::Undo, Command::Redo]);
    assert_eq!(body(&panel, "n-dozens"), "Follow the word table. As said.");
}

#[test]
fn a_link_jumps_and_a_broken_one_does_nothing() {
    let mut panel = open([700.0, 420.0], false, Some("n-double"));
    panel.get_by_label("Preview").click();
    panel.run();
    panel.get_by_role_and_label(Role::Link, "the shelling").click();
    panel.run();
    panel.get_all_by_role_and_label(Role::Link, "Ministry raises the toll").next().expect("a link").click();
    panel.run();
    let wanted = [Target::Event("e-batken".parse().expect("id")), Target::Article("a-toll".parse().expect("id"))];
    assert_eq!(panel.state().shown, wanted);
    let notes = panel.state().session.project().notes.len();
    panel.get_by_label("e-gone, broken link").click();
    panel.run();
    assert_eq!(panel.state().shown.len(), 2);
    assert_eq!(panel.state().session.project().notes.len(), notes);
    assert!(!panel.state().session.is_changed());
    panel.get_by_role_and_label(Role::Link, "Dozens means 24 to 99").click();
    panel.run();
    assert_eq!(panel.state().desk.note, Some(note_id("n-dozens")));
    panel.get_by_label("Mentioned in 1 note");
}

#[test]
fn two_brackets_open_a_picker_that_inserts_a_link_by_id() {
    let mut panel = open([700.0, 420.0], false, Some("n-empty"));
    write(&mut panel, "Text of the note", "See [[btkn");
    panel.get_by_label("Link to Shelling of Batken, 2022-09-16 · Batken");
    panel.key_press(Key::Enter);
    panel.run();
    assert_eq!(body(&panel, "n-empty"), "See [[e-batken|Shelling of Batken]]");
    field(&panel, "Text of the note").type_text("!");
    panel.run();
    assert_eq!(body(&panel, "n-empty"), "See [[e-batken|Shelling of Batken]]!", "the caret stands behind the link");
}

#[test]
fn the_picker_is_walked_by_arrows_chosen_from_by_pointer_and_closed_by_esc() {
    let mut panel = open([700.0, 420.0], false, Some("n-empty"));
    write(&mut panel, "Text of the note", "[[");
    panel.key_press(Key::ArrowDown);
    panel.run();
    panel.key_press(Key::Enter);
    panel.run();
    assert_eq!(body(&panel, "n-empty"), "[[e-isfara|Isfara]]");
    write(&mut panel, "Text of the note", " [[rais");
    panel.get_by_label_contains("Link to Ministry raises the toll").click();
    panel.run();
    assert_eq!(body(&panel, "n-empty"), "[[e-isfara|Isfara]] [[a-toll|Ministry raises the toll]]");
    write(&mut panel, "Text of the note", " [[bat");
    panel.key_press(Key::Escape);
    panel.run();
    assert!(panel.query_by_label_contains("Link to").is_none());
    panel.key_press(Key::Enter);
    panel.run();
    assert!(body(&panel, "n-empty").ends_with(" [[bat\n"), "Enter is a new line again");
    assert!(field(&panel, "Text of the note").is_focused());
}

#[test]
fn a_note_is_attached_and_detached_and_listed_by_what_it_is_about() {
    let mut panel = open([700.0, 420.0], false, Some("n-empty"));
    let article: dateline::model::ArticleId = "a-toll".parse().expect("id");
    panel.state_mut().desk.article = Some(article);
    panel.run();
    panel.get_by_label("This article").click();
    panel.run();
    panel.get_by_label("0 of 3 notes match");
    panel.get_by_label("Attach to this article").click();
    panel.run();
    let about =
        |panel: &Panel| panel.state().session.project().notes.get(note_id("n-empty")).expect("there").about.clone();
    assert_eq!(about(&panel), [Subject::Article(article)]);
    panel.get_by_label("Untitled note. Note · Ministry raises the toll");
    panel.get_by_label("Show Ministry raises the toll").click();
    panel.run();
    assert_eq!(panel.state().shown, [Target::Article(article)]);
    panel.get_by_label("Detach from Ministry raises the toll").click();
    panel.run();
    assert_eq!(about(&panel), []);
}

#[test]
fn kind_state_and_tags_are_steps_of_their_own_and_a_deleted_note_comes_back() {
    let mut panel = open([700.0, 420.0], false, Some("n-dozens"));
    panel.get_by_label("Kind").click();
    panel.run();
    panel.get_by_label("Method decision").click();
    panel.run();
    let note = |panel: &Panel| panel.state().session.project().notes.get(note_id("n-dozens")).map(|n| (**n).clone());
    assert_eq!(note(&panel).expect("there").kind, NoteKind::MethodDecision);
    panel.get_by_label("State").click();
    panel.run();
    panel.get_by_label("Held").click();
    panel.run();
    assert_eq!(note(&panel).expect("there").state.key(), "held");
    write(&mut panel, "Tags", "words,  rule ");
    panel.key_press(Key::Enter);
    panel.run();
    assert_eq!(note(&panel).expect("there").tags.join("|"), "words|rule");
    panel.get_by_label("Delete note").click();
    panel.run();
    assert_eq!(note(&panel), None);
    assert_eq!(panel.state().said, ["Deleted note “Dozens means 24 to 99”"]);
    panel.state_mut().session.undo();
    assert_eq!(note(&panel).expect("there").tags.len(), 2);
}

#[test]
fn the_list_is_filtered_by_words_anywhere() {
    let mut panel = open([700.0, 420.0], false, None);
    field(&panel, "Filter notes").focus();
    panel.run();
    field(&panel, "Filter notes").type_text("table FOLLOW");
    panel.run();
    assert!(panel.query_by_label_contains("Counted twice?").is_none());
    panel.get_by_label("Dozens means 24 to 99. Assumption, open").click();
    panel.run();
    assert_eq!(panel.state().desk.note, Some(note_id("n-dozens")));
}

#[test]
fn the_panel_looks_as_it_should() {
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        let mut panel = open([700.0, 420.0], dark, Some("n-double"));
        panel.state_mut().desk.event = Some("e-isfara".parse().expect("id"));
        panel.get_by_label("Both").click();
        panel.run();
        panel::picture(&mut panel, &format!("notes/both-{theme}"));
        panel.get_by_label("Edit").click();
        panel.run();
        write(&mut panel, "Text of the note", "[[a");
        panel::picture(&mut panel, &format!("notes/picker-{theme}"));
        let mut narrow = open([420.0, 380.0], dark, Some("n-double"));
        narrow.get_by_label("Both").click();
        narrow.run();
        panel::picture(&mut narrow, &format!("notes/narrow-{theme}"));
        narrow.get_by_label("All notes").click();
        narrow.run();
        panel::picture(&mut narrow, &format!("notes/narrow-list-{theme}"));
        let empty = Bench::new(dateline::model::Project::titled("x"));
        let mut empty = panel::harness([700.0, 420.0], dark, draw, empty);
        panel::picture(&mut empty, &format!("notes/empty-{theme}"));
    }
}
