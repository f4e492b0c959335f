//! Headers under the keyboard: how to get there and back, what keys do there, and what is seen and said.

use super::*;

/// The workbench with the keyboard on the header of Title.
fn on_title() -> Table {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    key(&mut table, Key::ArrowUp);
    table
}

#[test]
fn up_from_the_first_row_goes_to_the_header_and_down_back() {
    let mut table = on_title();
    assert_eq!(active(&table), "Title");
    let field = table.get_by(|node| node.label().is_some_and(|label| label.starts_with("Header of Title")));
    let said = field.accesskit_node().label().unwrap_or_default().to_string();
    assert!(said.contains("not sorted. Column 3 of "), "{said}");
    key(&mut table, Key::ArrowUp);
    assert_eq!(active(&table), "Title", "there is nothing above");
    key(&mut table, Key::ArrowDown);
    assert!(active(&table).starts_with("Title: Looting. Row 1"), "{}", active(&table));
}

#[test]
fn left_and_right_walk_the_headers_and_down_enters_the_column() {
    let mut table = on_title();
    key(&mut table, Key::ArrowRight);
    assert_eq!(active(&table), "Place");
    key(&mut table, Key::End);
    assert_eq!(active(&table), "Covers");
    key(&mut table, Key::ArrowRight);
    assert_eq!(active(&table), "Covers", "no wrapping");
    key(&mut table, Key::Home);
    assert_eq!(active(&table), "Id");
    key(&mut table, Key::Tab);
    key(&mut table, Key::ArrowDown);
    assert!(active(&table).starts_with("When: 2022-09. Row 1"), "{}", active(&table));
}

#[test]
fn enter_sorts_by_the_header_and_shift_enter_within_the_order() {
    let mut table = on_title();
    key(&mut table, Key::Enter);
    assert_eq!(shown(&table)[..2], ["Drone over the market", "Evacuation"]);
    key(&mut table, Key::Enter);
    assert_eq!(shown(&table)[..2], ["Shelling of the bridge", "Looting"], "the other way round");
    key(&mut table, Key::ArrowRight);
    key(&mut table, Key::Enter);
    key(&mut table, Key::ArrowLeft);
    chord(&mut table, SHIFT, Key::Enter);
    assert_eq!(
        shown(&table),
        ["Shelling of the bridge", "Fire on a post", "Looting", "Drone over the market", "Evacuation"],
        "by place, then by title"
    );
}

#[test]
fn letters_and_delete_on_a_header_change_no_cell() {
    let mut table = on_title();
    type_text(&mut table, "x");
    assert_eq!(active(&table), "Title");
    assert_eq!(table.state().session.revision(), 0);
}

#[test]
fn space_on_a_header_selects_the_column() {
    let mut table = on_title();
    key(&mut table, Key::Space);
    assert_eq!(marked(&table).len(), 5);
    assert!(marked(&table).iter().all(|cell| cell.starts_with("Title: ")));
}

#[test]
fn escape_and_a_click_leave_the_header() {
    let mut table = on_title();
    key(&mut table, Key::Escape);
    assert!(active(&table).starts_with("Title: Looting"), "{}", active(&table));
    key(&mut table, Key::ArrowUp);
    click(&mut table, "Place", "Fire on a post");
    assert!(active(&table).starts_with("Place: Batken. Row 4"), "{}", active(&table));
}

#[test]
fn a_header_out_of_view_is_scrolled_to() {
    let mut table = open_at(project(), [900.0, 420.0], false);
    click(&mut table, "Title", "Looting");
    key(&mut table, Key::ArrowUp);
    key(&mut table, Key::End);
    table.run();
    let header = table.get_by_role_and_label(Role::ColumnHeader, "Covers").rect();
    assert!(header.right() <= 900.0, "{header:?}");
    key(&mut table, Key::ArrowDown);
    assert!(active(&table).starts_with("Covers: "), "{}", active(&table));
}

#[test]
fn pictures_of_a_header_with_the_keyboard() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let mut table = open_at(project(), [1024.0, 420.0], dark);
        click(&mut table, "Title", "Looting");
        key(&mut table, Key::ArrowUp);
        key(&mut table, Key::ArrowRight);
        key(&mut table, Key::Enter);
        picture(&format!("header-{theme}"), &mut table);
    }
}
