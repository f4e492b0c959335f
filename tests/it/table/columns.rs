//! Columns under the hand: their order, width and what stays in view; their menu.

use egui::{Pos2, vec2};

use super::*;

/// The header of a column.
pub fn header(table: &Table, column: &str) -> egui::Rect {
    table.get_by(|node| node.role() == Role::ColumnHeader && node.label().as_deref() == Some(column)).rect()
}

/// Names of the columns from the left.
pub fn columns(table: &Table) -> Vec<String> {
    let heads = table.get_all_by(|node| node.role() == Role::ColumnHeader);
    let mut heads: Vec<(i64, String)> = heads
        .map(|head| (head.rect().left() as i64, head.accesskit_node().label().unwrap_or_default().to_string()))
        .collect();
    heads.sort();
    heads.into_iter().map(|(_, name)| name).collect()
}

fn drag(table: &mut Table, from: Pos2, to: Pos2) {
    table.hover_at(from);
    table.run_ok();
    table.drag_at(from);
    table.run_ok();
    for share in [0.1, 0.5, 1.0] {
        table.hover_at(from + (to - from) * share);
        table.run_ok();
    }
    table.drop_at(to);
    table.run();
}

pub fn menu(table: &mut Table, column: &str, items: &[&str]) {
    let heads = table.get_by(|node| node.role() == Role::ColumnHeader && node.label().as_deref() == Some(column));
    heads.click_secondary();
    table.run();
    for item in items {
        table.get_by_label(item).click();
        table.run();
    }
}

#[test]
fn a_header_that_is_dragged_puts_its_column_elsewhere() {
    let mut table = open(project());
    assert_eq!(columns(&table)[2..4], ["Title", "Place"]);
    let (from, to) = (header(&table, "Country").center(), header(&table, "Title").left_center() + vec2(6.0, 0.0));
    drag(&mut table, from, to);
    assert_eq!(columns(&table)[2..5], ["Country", "Title", "Place"]);
    // A click is no drag: it sorts.
    table.get_by(|node| node.role() == Role::ColumnHeader && node.label().as_deref() == Some("Title")).click();
    table.run();
    assert_eq!(shown(&table)[0], "Drone over the market");
    assert_eq!(columns(&table)[2..5], ["Country", "Title", "Place"]);
}

#[test]
fn escape_gives_a_drag_up() {
    let mut table = open(project());
    let before = columns(&table);
    let from = header(&table, "Country").center();
    table.drag_at(from);
    table.run_ok();
    table.hover_at(header(&table, "Id").center());
    table.run_ok();
    table.key_press(Key::Escape);
    table.run_ok();
    table.drop_at(header(&table, "Id").center());
    table.run();
    assert_eq!(columns(&table), before);
}

#[test]
fn an_edge_is_drawn_to_a_width_and_a_double_click_fits_it() {
    let mut table = open(project());
    let before = header(&table, "Title");
    let edge = before.right_center();
    drag(&mut table, edge, edge + vec2(60.0, 0.0));
    assert_eq!(header(&table, "Title").width(), before.width() + 60.0);
    assert_eq!(header(&table, "Place").left(), before.right() + 60.0, "the next one moves along");
    let narrow = header(&table, "Title").right_center();
    drag(&mut table, narrow, narrow - vec2(900.0, 0.0));
    assert_eq!(header(&table, "Title").width(), 48.0, "as narrow as a column can be");
    let edge = header(&table, "Title").right_center();
    table.hover_at(edge);
    table.run();
    let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
    let press = |pressed| Input::PointerButton { pos: edge, button, pressed, modifiers };
    // Two clicks within one frame are as quick as they get.
    table.input_mut().events = [true, false, true, false].map(press).into();
    table.step();
    table.run();
    let fitted = header(&table, "Title").width();
    assert!((130.0..180.0).contains(&fitted), "as wide as the longest title: {fitted}");
}

#[test]
fn columns_are_hidden_shown_and_reset() {
    let mut table = open(project());
    let before = columns(&table);
    menu(&mut table, "Place", &["Hide column"]);
    assert!(!columns(&table).contains(&"Place".to_owned()));
    assert!(active(&table).contains("Row"), "the table has the keyboard again: {}", active(&table));
    menu(&mut table, "Title", &["More", "Hide other columns"]);
    assert_eq!(columns(&table), ["Id", "When", "Title"]);
    table.get_by_label("Columns").click();
    table.run();
    table.get_by_label("Injured, low").click();
    table.run();
    assert_eq!(columns(&table), ["Id", "When", "Title", "Injured, low"], "the menu stays open for more");
    table.get_by_label("Find a column").focus();
    table.run();
    type_text(&mut table, "sour");
    assert!(!has(&table, "Captured, best"));
    table.get_by_label("Reset columns").click();
    table.run();
    assert_eq!(columns(&table), before);
}

#[test]
fn what_is_frozen_stays_when_the_table_is_scrolled() {
    let mut table = open_at(project(), [900.0, 420.0], false);
    menu(&mut table, "Title", &["Freeze up to here"]);
    click(&mut table, "Title", "Looting");
    key(&mut table, Key::End);
    assert!(!columns(&table).contains(&"Place".to_owned()), "{:?}", columns(&table));
    assert_eq!(columns(&table)[..3], ["Id", "When", "Title"]);
    menu(&mut table, "Title", &["Unfreeze columns"]);
    assert!(!columns(&table).contains(&"Id".to_owned()), "it scrolled away: {:?}", columns(&table));
    click(&mut table, "Covers", "Looting");
    key(&mut table, Key::Home);
    assert_eq!(columns(&table)[..2], ["Id", "When"]);
}

#[test]
fn text_that_wraps_makes_the_rows_taller() {
    let mut project = project();
    let mut long = (**project.events.get(id("e-1")).expect("there")).clone();
    long.title = "Shelling of the bridge between the two villages, as the ministry and the hospital both say".into();
    project.events.replace(long).expect("there");
    let mut table = open(project);
    let height = |table: &Table| {
        table.get_by(|node| node.label().is_some_and(|label| label.starts_with("Title: Looting"))).rect().height()
    };
    assert_eq!(height(&table), 26.0);
    menu(&mut table, "Title", &["Wrap text"]);
    assert_eq!(height(&table), 60.0);
    menu(&mut table, "Title", &["Keep text on one line"]);
    assert_eq!(height(&table), 26.0);
}

#[test]
fn the_menu_of_a_header_makes_an_order_of_several_columns() {
    let mut table = open(project());
    menu(&mut table, "Place", &["Sort from A to Z"]);
    menu(&mut table, "Title", &["Add to the order"]);
    assert_eq!(
        shown(&table),
        ["Shelling of the bridge", "Fire on a post", "Looting", "Drone over the market", "Evacuation"]
    );
    menu(&mut table, "Title", &["Take out of the order"]);
    menu(&mut table, "Place", &["No order"]);
    assert_eq!(shown(&table)[0], "Shelling of the bridge", "the order of the file");
}

#[test]
fn the_caret_of_a_header_opens_its_menu_and_escape_closes_it() {
    let mut table = open(project());
    table.get_by(|node| node.role() == Role::ColumnHeader && node.label().as_deref() == Some("Place")).hover();
    table.run();
    table.get_by_label("Menu of Place").click();
    table.run();
    assert!(has(&table, "Freeze up to here"));
    key(&mut table, Key::Escape);
    assert!(!has(&table, "Freeze up to here"));
    assert!(active(&table).contains("Row"), "the table has the keyboard again: {}", active(&table));
}

#[test]
fn pictures_of_columns() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let mut table = open_at(project(), [1440.0, 560.0], dark);
        menu(&mut table, "Place", &[]);
        picture(&format!("header-menu-{theme}"), &mut table);
        key(&mut table, Key::Escape);
        let from = header(&table, "Country").center();
        table.drag_at(from);
        table.run_ok();
        table.hover_at(header(&table, "Title").center() + vec2(-50.0, 4.0));
        table.run_ok();
        picture(&format!("header-drag-{theme}"), &mut table);
        table.drop_at(from);
        table.run();
        table.get_by_label("Columns").click();
        table.run();
        picture(&format!("columns-menu-{theme}"), &mut table);
    }
}

#[test]
fn a_header_with_the_keyboard_moves_resizes_and_opens_its_menu() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    key(&mut table, Key::ArrowUp);
    chord(&mut table, SHIFT, Key::ArrowRight);
    assert_eq!(columns(&table)[2..4], ["Place", "Title"]);
    assert_eq!(active(&table), "Title", "the keyboard goes along");
    let before = header(&table, "Title").width();
    chord(&mut table, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(header(&table, "Title").width(), before + 16.0);
    chord(&mut table, Modifiers::ALT, Key::ArrowLeft);
    chord(&mut table, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(header(&table, "Title").width(), before - 16.0);
    chord(&mut table, Modifiers::ALT, Key::ArrowDown);
    let first = table.get_by(|node| node.is_focused()).accesskit_node().label().unwrap_or_default().to_string();
    assert_eq!(first, "Sort from A to Z", "the menu has the keyboard");
    key(&mut table, Key::ArrowDown);
    key(&mut table, Key::Enter);
    assert_eq!(shown(&table)[0], "Shelling of the bridge", "sorted the other way round");
    assert_eq!(active(&table), "Title", "the header has the keyboard again");
}

pub fn line(table: &Table) -> String {
    table.get_by_label("Filter events").accesskit_node().value().unwrap_or_default()
}

/// Ticks a value in the menu that is open.
pub fn tick(table: &mut Table, value: &str) {
    table.get_by_role_and_label(Role::CheckBox, value).click();
    table.run();
}

#[test]
fn values_that_are_ticked_are_a_term_of_the_filter_line() {
    // High enough for every value to stand in the list without scrolling.
    let mut table = open_at(project(), [2800.0, 620.0], false);
    menu(&mut table, "Place", &[]);
    tick(&mut table, "Batken: 2 events");
    assert_eq!(line(&table), "place=Batken");
    assert_eq!(shown(&table), ["Looting", "Fire on a post"]);
    tick(&mut table, "(empty): 1 event");
    assert_eq!(line(&table), "(place=Batken OR -has:place)");
    assert_eq!(shown(&table).len(), 3);
    key(&mut table, Key::Escape);
    // The counts are those under the rest of the filter.
    menu(&mut table, "Status", &[]);
    tick(&mut table, "excluded: 1 event");
    assert_eq!(shown(&table), ["Looting"]);
    key(&mut table, Key::Escape);
    menu(&mut table, "Place", &[]);
    assert!(table.query_by_label("(empty): 0 events").is_some(), "what is ticked stays listed");
    assert!(table.query_by_label("Isfara: 1 event").is_none());
    table.get_by_label("Clear ticks").click();
    table.run();
    assert_eq!(line(&table), "is:excluded");
    tick(&mut table, "Batken: 1 event");
    tick(&mut table, "Batken: 1 event");
    assert_eq!(line(&table), "is:excluded", "without a tick there is no term");
}

#[test]
fn dates_are_ticked_by_year_and_month_and_figures_by_ranges() {
    let mut table = open(project());
    menu(&mut table, "When", &[]);
    tick(&mut table, "September: 4 events");
    assert_eq!(line(&table), "date:2022-09");
    assert_eq!(shown(&table).len(), 4);
    key(&mut table, Key::Escape);
    menu(&mut table, "Killed, best", &[]);
    tick(&mut table, "1 to 9: 1 event");
    tick(&mut table, "Unknown (?): 1 event");
    assert_eq!(line(&table), "date:2022-09 (killed:1..9 OR killed:?)");
    assert_eq!(shown(&table), ["Shelling of the bridge", "Fire on a post"]);
}

#[test]
fn a_line_that_a_person_writes_ticks_its_values() {
    let mut table = open(project());
    chord(&mut table, Modifiers::COMMAND.plus(SHIFT), Key::L);
    type_text(&mut table, "(place=Batken OR place=Isfara) -has:claims");
    key(&mut table, Key::Enter);
    menu(&mut table, "Place", &[]);
    let ticked = |table: &Table, value: &str| {
        table.get_by_role_and_label(Role::CheckBox, value).accesskit_node().toggled()
            == Some(egui::accesskit::Toggled::True)
    };
    assert!(ticked(&table, "Isfara: 1 event") && ticked(&table, "Batken: 1 event"));
    assert!(!ticked(&table, "(empty): 1 event"));
}

#[test]
fn pictures_of_values() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        for size in [[1440.0, 900.0], [1024.0, 700.0]] {
            let mut table = open_at(project(), size, dark);
            menu(&mut table, "Killed, low", &[]);
            tick(&mut table, "1 to 9: 1 event");
            picture(&format!("values-figures-{}-{theme}", size[0]), &mut table);
            key(&mut table, Key::Escape);
            menu(&mut table, "Place", &[]);
            tick(&mut table, "Ak-Sai: 1 event");
            picture(&format!("values-places-{}-{theme}", size[0]), &mut table);
        }
    }
}

#[test]
fn a_click_that_closes_a_menu_leaves_the_keyboard_where_it_went() {
    let mut table = open(project());
    menu(&mut table, "Place", &[]);
    table.get_by_label("Filter events").click();
    table.run();
    assert!(!has(&table, "Freeze up to here"));
    assert_eq!(active(&table), "Filter events");
    menu(&mut table, "Place", &["Freeze up to here"]);
    assert!(active(&table).contains("Row"), "{}", active(&table));
}

#[test]
fn pictures_of_narrow_columns_and_tall_rows() {
    let mut project = project();
    let mut long = (**project.events.get(id("e-1")).expect("there")).clone();
    long.title = "Shelling of the bridge between the two villages, as the ministry and the hospital both say, and \
                  a word more about the market behind it"
        .into();
    project.events.replace(long).expect("there");
    for (theme, dark) in [("light", false), ("dark", true)] {
        let mut table = open_at(project.clone(), [1440.0, 560.0], dark);
        menu(&mut table, "Title", &["Wrap text"]);
        for column in ["Place", "Country", "Killed, low", "Killed, high"] {
            let edge = header(&table, column).right_center();
            drag(&mut table, edge, edge - vec2(300.0, 0.0));
        }
        menu(&mut table, "Killed, best", &["Sort from the largest"]);
        menu(&mut table, "Killed, high", &["Add to the order"]);
        menu(&mut table, "Title", &["Add to the order"]);
        click(&mut table, "Title", "Looting");
        table.hover_at(header(&table, "Killed, high").center());
        table.run();
        picture(&format!("narrow-{theme}"), &mut table);
        // What 200 % makes of 1024 by 700 points.
        let mut table = open_at(project.clone(), [512.0, 350.0], dark);
        picture(&format!("zoomed-{theme}"), &mut table);
        menu(&mut table, "When", &[]);
        picture(&format!("zoomed-menu-{theme}"), &mut table);
        key(&mut table, Key::Escape);
        table.get_by_label("Columns").click();
        table.run();
        picture(&format!("zoomed-columns-{theme}"), &mut table);
    }
}
