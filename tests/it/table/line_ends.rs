//! Texts of several lines: typed with Alt+Enter, copied, pasted, found, filtered, saved and exported as they are; and what
//! is said where a column holds one line.

use dateline::exchange::cells::{html, tsv};
use dateline::exchange::table::{Choices, Table as Sheet};
use dateline::file;

use super::*;

const CASE: &str = "(\n  format: 1,\n  project: (title: \"Wards\", codebook: (version: 1, columns: [\n    (id: \"ward\", \
    title: \"Ward\"),\n    (id: \"beds\", title: \"Beds\", kind: \"number\"),\n  ])),\n  events: [\n    (id: \"e-1\", \
    title: \"First\", own: [(\"ward\", \"north\")]),\n    (id: \"e-2\", title: \"Second\"),\n  ],\n)\n";

const LINES: &str = "north\nintensive care";

fn wards() -> Project {
    file::read(CASE, &|_| true).expect("a project").project
}

fn ward(table: &Table, event: &str) -> String {
    now(table, event).own.get("ward".parse().expect("an id")).map(ToString::to_string).unwrap_or_default()
}

/// The table with two lines typed into the ward of the first event.
fn typed() -> Table {
    let mut table = open(wards());
    click(&mut table, "Ward", "First");
    key(&mut table, Key::F2);
    chord(&mut table, Modifiers::ALT, Key::Enter);
    type_text(&mut table, "intensive care");
    key(&mut table, Key::Enter);
    table
}

fn said(table: &Table) -> Vec<&str> {
    let told = table.state().asked.iter();
    told.filter_map(|action| if let Action::Say(text) | Action::Complain(text) = action { Some(&**text) } else { None })
        .collect()
}

#[test]
fn alt_enter_begins_a_line_in_a_text_column_of_ones_own_and_undo_takes_both_back() {
    let mut table = typed();
    assert_eq!(ward(&table, "e-1"), LINES);
    picture("table-lines", &mut table);
    // Between the lines, too: the caret moves up and down.
    click(&mut table, "Ward", "First");
    key(&mut table, Key::F2);
    picture("table-lines-typed", &mut table);
    key(&mut table, Key::ArrowUp);
    key(&mut table, Key::End);
    chord(&mut table, Modifiers::ALT, Key::Enter);
    type_text(&mut table, "2nd floor");
    key(&mut table, Key::Escape);
    assert_eq!(ward(&table, "e-1"), LINES, "Esc keeps the old lines");
    table.state_mut().undo();
    table.run();
    assert_eq!(ward(&table, "e-1"), "north");
}

#[test]
fn lines_are_copied_so_that_a_spreadsheet_takes_them_and_come_back_as_they_were() {
    let mut table = typed();
    click(&mut table, "Ward", "First");
    let text = copied(&mut table).expect("a text");
    assert_eq!(text, format!("\"{LINES}\""), "quoted: one cell and not two");
    let table_text = table.state().clip.html.clone().expect("a table");
    assert!(table_text.contains("north<br>intensive care"), "{table_text}");
    assert_eq!(tsv::read(&text), [[LINES]]);
    assert_eq!(html::read(&table_text).expect("cells"), [[LINES]]);
    click(&mut table, "Ward", "Second");
    paste(&mut table, &text.replace('\n', "\r\n"));
    assert_eq!(ward(&table, "e-2"), LINES);
    assert!(said(&table).is_empty(), "nothing was changed: {:?}", said(&table));
}

#[test]
fn where_a_column_holds_one_line_a_paste_says_once_how_many_line_ends_became_blanks() {
    let mut table = open(wards());
    click(&mut table, "Place", "First");
    paste(&mut table, "\"Old\nQuay\"\n\"Mill\r\nTown\nBridge\"");
    assert_eq!(
        (&*now(&table, "e-1").location.name, &*now(&table, "e-2").location.name),
        ("Old Quay", "Mill Town Bridge")
    );
    assert_eq!(said(&table), ["3 line ends became blanks in Place"]);
    table.state_mut().asked.clear();
    click(&mut table, "Place", "First");
    paste(&mut table, "\"New\nQuay\"");
    assert_eq!(said(&table), ["1 line end became a blank in Place"]);
    // In the cell while it is typed, too, and Alt+Enter says where lines go.
    key(&mut table, Key::F2);
    paste(&mut table, "Pier\nNorth");
    assert!(has(&table, "1 line end became a blank in Place"));
    chord(&mut table, Modifiers::ALT, Key::Enter);
    assert!(has(&table, "Place holds one line"));
    key(&mut table, Key::Escape);
    table.state_mut().asked.clear();
    click(&mut table, "Beds", "First");
    paste(&mut table, "\"1\n2\"");
    assert!(has(&table, "is not taken"), "a number of two lines is none: it stays with its reason");
}

#[test]
fn lines_are_found_replaced_and_filtered_like_any_text() {
    let mut table = typed();
    chord(&mut table, CTRL, Key::F);
    type_text(&mut table, "intensive");
    assert!(says(&table, "1 of 1"));
    key(&mut table, Key::Escape);
    click(&mut table, "Ward", "First");
    chord(&mut table, CTRL, Key::H);
    type_text(&mut table, "intensive");
    key(&mut table, Key::Tab);
    type_text(&mut table, "burns");
    chord(&mut table, CTRL, Key::Enter);
    assert_eq!(ward(&table, "e-1"), "north\nburns care", "the line end stays");
    table.state_mut().undo();
    table.run();
    key(&mut table, Key::Escape);
    click(&mut table, "Ward", "First");
    chord(&mut table, CTRL, Key::L);
    assert_eq!(shown(&table), ["First"], "only the rows with these lines");
    chord(&mut table, CTRL, Key::L);
    assert_eq!(shown(&table).len(), 2);
}

#[test]
fn lines_are_saved_exported_and_read_again_as_they_are() {
    let table = typed();
    let project = table.state().session.project();
    let text = file::write(project);
    let line = text.lines().find(|line| line.contains("intensive")).expect("the event");
    assert!(line.contains("First"), "an event stands on one line: {line}");
    assert_eq!(&file::read(&text, &|_| true).expect("a project").project, project);

    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (folder.path().join("wards.ron"), folder.path().join("wards.csv"));
    std::fs::write(&from, text).expect("a writable folder");
    let paths = [&from, &to].map(|path| path.to_string_lossy().into_owned());
    let done = crate::cli::dateline(&["export", &paths[0], "-o", &paths[1]]);
    assert_eq!(done.status.code(), Some(0), "{}", crate::cli::err(&done));
    let sheet = Sheet::read(std::fs::read(&to).expect("a file"), &Choices::default(), &|_| true).expect("a table");
    let at = sheet.columns().iter().position(|name| &**name == "ward" || &**name == "Ward").expect("the column");
    let wards: Vec<String> =
        (0..sheet.len()).map(|row| sheet.fields(row).nth(at).expect("a field").into_owned()).collect();
    assert_eq!(wards, [LINES, ""]);
}
