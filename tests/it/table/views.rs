//! Saved views: the table under a name, in the file, and the way back.

use super::columns::{columns, header, line, menu, tick};
use super::*;
use dateline::file;

/// Opens the menu of views and clicks these.
fn views(table: &mut Table, items: &[&str]) {
    table.get_by(|node| node.label().is_some_and(|label| label.starts_with("View: "))).click();
    table.run();
    for item in items {
        table.get_by_label(item).click();
        table.run();
    }
}

/// What the button says.
fn view(table: &Table) -> String {
    let button = table.get_by(|node| node.label().is_some_and(|label| label.starts_with("View: ")));
    button.accesskit_node().label().unwrap_or_default().to_string()
}

fn save(table: &mut Table, name: &str) {
    views(table, &["Save view…"]);
    type_text(table, name);
    key(table, Key::Enter);
}

/// Whether something was said that holds these words.
fn said(table: &Table, words: &str) -> bool {
    table.state().asked.iter().any(|action| matches!(action, Action::Say(text) if text.contains(words)))
}

/// A table that a person has arranged and saved under a name.
fn arranged() -> Table {
    let mut table = open(project());
    menu(&mut table, "Place", &[]);
    tick(&mut table, "Batken: 2 events");
    key(&mut table, Key::Escape);
    menu(&mut table, "Country", &["Hide column"]);
    menu(&mut table, "Title", &["Freeze up to here"]);
    menu(&mut table, "Title", &["Sort from Z to A"]);
    menu(&mut table, "Kind", &["Fit to content"]);
    save(&mut table, "Batken 2022");
    table
}

#[test]
fn a_view_is_saved_under_a_name_and_undo_takes_it_back() {
    let mut table = arranged();
    assert_eq!(view(&table), "View: Batken 2022");
    let saved = table.state().session.project().views.clone();
    assert_eq!(&*saved[0].filter, "place=Batken");
    assert_eq!(saved[0].frozen, 3);
    assert_eq!((&*saved[0].sort[0].column, saved[0].sort[0].descending), ("title", true));
    assert_eq!(table.state().session.undo_label(), Some("Save view Batken 2022"));
    table.state_mut().session.undo();
    table.run();
    assert_eq!(view(&table), "View: All events");
    table.state_mut().session.redo();
    table.run();
    assert_eq!(view(&table), "View: Batken 2022");
}

#[test]
fn a_view_comes_back_from_the_file_as_it_was() {
    let mut table = arranged();
    let (shown_then, columns_then) = (shown(&table), columns(&table));
    let width = header(&table, "Kind").width();
    let text = file::write(table.state().session.project());
    let opened = file::read(&text, &|_| true).expect("opens");
    assert!(opened.findings.is_empty(), "{:?}", opened.findings);
    let mut again = open(opened.project);
    assert_eq!(view(&again), "View: All events");
    views(&mut again, &["Batken 2022"]);
    assert_eq!((shown(&again), columns(&again)), (shown_then, columns_then));
    assert_eq!(header(&again, "Kind").width(), width);
    assert_eq!(line(&again), "place=Batken");
    assert_eq!(view(&again), "View: Batken 2022");
    assert!(active(&again).contains("Row"), "the table has the keyboard: {}", active(&again));
    assert_eq!(table.state_mut().session.project().views, again.state_mut().session.project().views);
}

#[test]
fn a_table_that_differs_from_its_view_says_so_and_changes_are_saved_or_dropped() {
    let mut table = arranged();
    menu(&mut table, "Place", &["Hide column"]);
    assert_eq!(view(&table), "View: Batken 2022, changed");
    views(&mut table, &["Show “Batken 2022” again"]);
    assert_eq!(view(&table), "View: Batken 2022");
    assert!(columns(&table).contains(&"Place".to_owned()));
    menu(&mut table, "Place", &["Hide column"]);
    views(&mut table, &["Save changes to “Batken 2022”"]);
    assert_eq!(view(&table), "View: Batken 2022");
    let saved = table.state().session.project().views.clone();
    assert!(saved[0].columns.iter().any(|column| &*column.id == "place" && column.hidden));
    assert_eq!(table.state().session.undo_label(), Some("Save changes to view Batken 2022"));
}

#[test]
fn from_a_view_there_is_a_way_back() {
    let mut table = arranged();
    views(&mut table, &["All events"]);
    assert_eq!((shown(&table).len(), line(&table).as_str()), (5, ""));
    assert!(columns(&table).contains(&"Country".to_owned()));
    click(&mut table, "Place", "Looting");
    chord(&mut table, CTRL, Key::L);
    views(&mut table, &["Batken 2022"]);
    views(&mut table, &["Back to the table as it was"]);
    assert_eq!(view(&table), "View: All events");
    assert_eq!(line(&table), "place=Batken");
    assert!(columns(&table).contains(&"Country".to_owned()));
}

#[test]
fn a_view_is_renamed_and_deleted_and_no_two_share_a_name() {
    let mut table = arranged();
    save(&mut table, "Batken 2022");
    assert!(has(&table, "There is a view “Batken 2022” already"));
    type_text(&mut table, "x");
    key(&mut table, Key::Escape);
    views(&mut table, &["Rename “Batken 2022”…"]);
    type_text(&mut table, "Border");
    table.get_by_label("Rename").click();
    table.run();
    assert_eq!(view(&table), "View: Border");
    assert_eq!(table.state().session.undo_label(), Some("Rename view Batken 2022 to Border"));
    views(&mut table, &["Delete “Border”"]);
    assert_eq!(view(&table), "View: All events");
    assert!(table.state().session.project().views.is_empty());
    assert!(said(&table, "Delete view Border"));
}

#[test]
fn a_view_of_columns_that_are_not_there_is_shown_without_them_and_keeps_them() {
    let text = "(format: 1, project: (), views: [(name: \"Old\", columns: [(id: \"title\"), (id: \"weather\"), \
                (id: \"place\", width: 90)], sort: [(column: \"weather\"), (column: \"place\")])], \
                events: [(id: \"e-1\", title: \"One\"), (id: \"e-2\", title: \"Two\", place: \"Osh\")])";
    let mut table = open(file::read(text, &|_| true).expect("opens").project);
    views(&mut table, &["Old"]);
    assert_eq!(columns(&table), ["Title", "Place"]);
    assert_eq!(shown(&table), ["Two", "One"]);
    assert!(said(&table, "weather"), "{:?}", table.state().asked);
    assert_eq!(view(&table), "View: Old", "what is not there makes no difference");
    menu(&mut table, "Place", &["Sort from Z to A"]);
    views(&mut table, &["Save changes to “Old”"]);
    let saved = table.state().session.project().views[0].clone();
    assert_eq!(&*saved.columns[1].id, "weather");
    assert!(saved.sort.iter().any(|sort| &*sort.column == "weather"), "{saved:?}");
}

#[test]
fn pictures_of_views() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        for size in [[1440.0, 900.0], [1024.0, 700.0]] {
            let mut table = open_at(project(), size, dark);
            save(&mut table, "Border, September 2022");
            save(&mut table, "To be checked");
            menu(&mut table, "Place", &["Hide column"]);
            views(&mut table, &[]);
            picture(&format!("views-{}-{theme}", size[0]), &mut table);
            table.get_by_label("Save view…").click();
            table.run();
            picture(&format!("views-name-{}-{theme}", size[0]), &mut table);
        }
    }
}
