//! The dialog of the analyst's own columns: make one, type into it, read it otherwise, rename its words, take it out.

use std::path::Path;

use dateline::app::App;
use dateline::model::{OwnKind, Project};
use egui::accesskit::Role;
use egui::{Event as Input, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::{press, sized, workbench};

type Workbench = Harness<'static, App>;

/// Three events with wards and damages, in a file.
const CASE: &str = "(\n  format: 1,\n  project: (title: \"Wards\", codebook: (version: 1, columns: [\n    (id: \"ward\", title: \
    \"Ward\"),\n    (id: \"damage\", title: \"Damage\", kind: \"choice\", words: [(name: \"minor\"), (name: \
    \"major\")]),\n  ])),\n  views: [(name: \"By ward\", group: \"ward\")],\n  events: [\n    (id: \"e-1\", title: \
    \"First\", own: [(\"damage\", \"minor\"), (\"ward\", \"12\")]),\n    (id: \"e-2\", title: \"Second\", own: \
    [(\"damage\", \"major\"), (\"ward\", \"north\")]),\n    (id: \"e-3\", title: \"Third\", own: [(\"damage\", \
    \"minor\")]),\n  ],\n)\n";

fn opened(folder: &Path) -> Workbench {
    let path = folder.join("wards.ron");
    std::fs::write(&path, CASE).expect("a writable folder");
    workbench(Some(&path), [])
}

fn project(app: &Workbench) -> &Project {
    app.state().project().expect("a project")
}

fn type_text(app: &mut Workbench, text: &str) {
    app.event(Input::Text(text.to_owned()));
    app.run_steps(4);
}

fn click(app: &mut Workbench, label: &str) {
    app.get_by_label(label).click();
    app.run_steps(4);
}

/// Runs a command of the palette.
fn command(app: &mut Workbench, name: &str) {
    press(app, Modifiers::COMMAND, Key::K);
    type_text(app, name);
    press(app, Modifiers::NONE, Key::Enter);
}

fn says(app: &Workbench, text: &str) -> bool {
    app.query_all_by_label_contains(text).next().is_some()
}

/// Writes into a field in the place of what it says.
fn write(app: &mut Workbench, field: &str, text: &str) {
    app.get_by(|node| node.role() == Role::TextInput && node.label().as_deref() == Some(field)).focus();
    app.run_steps(2);
    press(app, Modifiers::COMMAND, Key::A);
    type_text(app, text);
}

/// Chooses a kind for the column at hand.
fn kind(app: &mut Workbench, name: &str) {
    app.get_by(|node| node.role() == Role::ComboBox && node.label().as_deref() == Some("Kind")).click();
    app.run_steps(4);
    app.get_by(|node| node.role() == Role::Button && node.label().as_deref() == Some(name)).click();
    app.run_steps(4);
}

fn value(app: &Workbench, event: &str, column: &str) -> String {
    let event = project(app).events.get(event.parse().expect("an id")).expect("an event");
    event.own.get(column.parse().expect("an id")).map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_column_is_made_shown_typed_into_and_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened(folder.path());
    command(&mut app, ">new column");
    assert!(says(&app, "A column needs a title"), "what is missing is said at once");
    type_text(&mut app, "Beds");
    assert!(says(&app, "“Beds” is new, a column of kind text; filters and files call it beds"));
    kind(&mut app, "Quantity");
    write(&mut app, "What it holds, for coders and readers", "Beds in the hospital");
    click(&mut app, "Apply");
    let column = project(&app).about.codebook.columns.last().expect("a column").clone();
    assert_eq!((column.id.as_str(), &*column.title, &column.kind), ("beds", "Beds", &OwnKind::Quantity));
    assert_eq!(&*column.meaning, "Beds in the hospital");
    assert!(!says(&app, "Columns of your own"), "the dialog is closed");
    // The table shows the new column; what is typed there is read by its kind.
    let cell = app.get_by(|node| {
        node.role() == Role::GridCell
            && node.label().is_some_and(|label| label.starts_with("Beds: ") && label.contains("First"))
    });
    cell.click();
    app.run_steps(4);
    type_text(&mut app, "40+");
    press(&mut app, Modifiers::NONE, Key::Enter);
    assert_eq!(value(&app, "e-1", "beds"), "40+");
    press(&mut app, Modifiers::COMMAND, Key::Z);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&app).about.codebook.columns.len(), 2);
}

#[test]
fn another_kind_says_what_it_cannot_read_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened(folder.path());
    command(&mut app, ">columns of your own");
    click(&mut app, "Ward, text");
    kind(&mut app, "Number");
    assert!(says(&app, "“Ward” is read as number instead of text: it cannot read 1 of 2 values, such as “north”"));
    click(&mut app, "Apply");
    assert_eq!(value(&app, "e-2", "ward"), "north", "it is kept");
    assert_eq!(project(&app).about.codebook.columns[0].kind, OwnKind::Number);
}

#[test]
fn a_word_is_renamed_moved_and_removed_and_its_values_follow() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened(folder.path());
    command(&mut app, ">columns of your own");
    click(&mut app, "Damage, choice");
    write(&mut app, "Word 1", "light");
    assert!(says(&app, "“minor” becomes “light” in 2 events"));
    click(&mut app, "Move word 1 down");
    click(&mut app, "Remove word 1");
    assert!(says(&app, "1 event keeps “major”, which is no word of the list any more"));
    click(&mut app, "Add word");
    write(&mut app, "Word 2", "grave");
    click(&mut app, "Apply");
    let words: Vec<String> =
        project(&app).about.codebook.columns[1].kind.words().iter().map(|word| word.name.to_string()).collect();
    assert_eq!(words, ["light", "grave"]);
    assert_eq!(value(&app, "e-1", "damage"), "light");
    assert_eq!(value(&app, "e-2", "damage"), "major");
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&app, "e-3", "damage"), "minor", "one step of undo takes all of it back");
}

#[test]
fn a_column_that_goes_says_how_many_values_go_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened(folder.path());
    command(&mut app, ">columns of your own");
    click(&mut app, "Ward, text");
    click(&mut app, "Remove column");
    assert!(says(&app, "“Ward” goes with 2 values; Undo brings both back. A saved view names it, and keeps the name"));
    click(&mut app, "Apply");
    assert_eq!(value(&app, "e-1", "ward"), "");
    assert_eq!(project(&app).about.codebook.retired.len(), 1, "its id is not given to another column");
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&app, "e-1", "ward"), "12");
}

#[test]
fn a_title_that_is_taken_is_refused_and_escape_does_not_drop_what_was_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened(folder.path());
    command(&mut app, ">new column");
    type_text(&mut app, "Country");
    assert!(says(&app, "“Country” is the name of something else; give the column another title"));
    press(&mut app, Modifiers::NONE, Key::Escape);
    press(&mut app, Modifiers::NONE, Key::Escape);
    assert!(says(&app, "These changes were not made yet"));
    write(&mut app, "Title", "Land");
    click(&mut app, "Apply");
    assert_eq!(&*project(&app).about.codebook.columns[2].title, "Land");
    command(&mut app, ">new column");
    type_text(&mut app, "Never");
    click(&mut app, "Discard");
    assert_eq!(project(&app).about.codebook.columns.len(), 3);
}

#[test]
fn the_menu_of_a_header_leads_to_its_column_and_to_a_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened(folder.path());
    let header = |app: &mut Workbench, name: &str| {
        let heads = app.get_by(|node| node.role() == Role::ColumnHeader && node.label().as_deref() == Some(name));
        heads.click_secondary();
        app.run_steps(4);
    };
    header(&mut app, "Title");
    assert!(!says(&app, "Change column…"), "a built-in column is not changed");
    click(&mut app, "New column…");
    assert!(says(&app, "Columns of your own"));
    click(&mut app, "Remove column");
    click(&mut app, "Close");
    assert!(!says(&app, "Columns of your own"));
}

/// Leaves pictures of the dialog in the target folder, for people to look at.
#[test]
fn pictures_of_the_dialog() {
    for (theme, size) in [("light", [1440.0, 900.0]), ("dark", [1024.0, 700.0])] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("wards.ron");
        std::fs::write(&path, CASE).expect("a writable folder");
        let mut app = sized(size, Some(&path), []);
        command(&mut app, &format!(">{theme} theme"));
        command(&mut app, ">columns of your own");
        click(&mut app, "Damage, choice");
        write(&mut app, "Word 1", "light");
        let picture = app.render().expect("the raster draws everything");
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("side/own-columns-{theme}.png"));
        raster::save_png(&picture, path).expect("the target folder can be written");
        let dialog = app.get_by_label("Apply").rect();
        assert!(dialog.bottom() < size[1] && dialog.right() < size[0], "the dialog fits: {dialog:?}");
    }
}
