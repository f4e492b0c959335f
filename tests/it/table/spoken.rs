//! The table for people who do not see it, or see it large: roles, names, one tab stop, and the view at 200 %.

use super::*;

#[test]
fn the_grid_says_how_large_it_is_and_its_parts_what_they_are() {
    let table = open(project());
    let grid = table.get_by_role_and_label(Role::Grid, "Events");
    let headers = table.get_all_by_role(Role::ColumnHeader).count();
    let node = grid.accesskit_node();
    assert_eq!((node.data().row_count(), node.data().column_count()), (Some(5), Some(headers)));
    let when = table.get_by_role_and_label(Role::ColumnHeader, "When");
    assert_eq!(when.accesskit_node().data().sort_direction(), Some(egui::accesskit::SortDirection::Ascending));
    assert_eq!(table.get_all_by_role(Role::RowHeader).count(), 5);
    assert_eq!(table.get_all_by_role(Role::GridCell).count(), 5 * headers);
    let sources = table.get_by_label_contains("Sources: 1. Row 2");
    assert!(sources.accesskit_node().data().is_read_only());
}

#[test]
fn a_cell_says_column_value_row_and_event_and_the_keyboard_is_on_it() {
    let mut table = open(project());
    click(&mut table, "Killed, best", "Fire on a post");
    let said = active(&table);
    assert_eq!(said, "Killed, best: unknown. Row 4 of 5. Event Fire on a post.");
    let cell = table.get_by(|node| node.is_focused());
    assert_eq!(cell.accesskit_node().role(), Role::GridCell, "the cell, not the field that takes its keys");
    key(&mut table, Key::F2);
    let field = table.get_by(|node| node.is_focused());
    assert_eq!(field.accesskit_node().role(), Role::TextInput, "while something is typed, the field");
}

#[test]
fn the_table_is_one_stop_of_tab_and_is_left_again() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    table.get_by_label("Filter events").focus();
    table.run();
    let mut stops = Vec::new();
    while stops.last().is_none_or(|last: &String| !last.contains("Row ")) && stops.len() < 8 {
        key(&mut table, Key::Tab);
        stops.push(active(&table));
    }
    assert!(stops.last().is_some_and(|last| last.starts_with("Title: Looting. Row 1")), "{stops:?}");
    // Within the table Tab goes from cell to cell; the pane is left by F6.
    key(&mut table, Key::Tab);
    assert!(active(&table).starts_with("Place: Batken. Row 1"), "{}", active(&table));
}

/// The app takes F6 before the table: see `in_app`.
#[test]
fn no_key_of_another_pane_is_kept_by_the_table() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    for function in [Key::F6, Key::F1] {
        key(&mut table, function);
    }
    assert!(active(&table).starts_with("Title: Looting"), "{}", active(&table));
    assert_eq!(table.state().session.revision(), 0);
}

/// The rectangle of the field, which stands on the active cell, and that of the cell.
fn spots(table: &Table, column: &str, event: &str) -> (egui::Rect, egui::Rect) {
    let (column, event) = (format!("{column}: "), format!("Event {event}."));
    let field = table.get_by(|node| node.is_focused()).rect();
    let cell = table
        .get_by(|node| {
            node.role() == Role::GridCell && node.label().is_some_and(|l| l.starts_with(&column) && l.ends_with(&event))
        })
        .rect();
    (field, cell)
}

#[test]
fn at_200_percent_the_active_cell_stays_in_view_and_the_editor_on_it() {
    let mut project = Project::titled("Long");
    for n in 0..200_u32 {
        project.events.push(event(&format!("e-{n:03}"), "2022-09-16", &format!("Event {n}"), "Place")).expect("free");
    }
    let mut table = open_at(project, [1440.0, 900.0], false);
    table.ctx.set_zoom_factor(2.0);
    table.run();
    let window = table.ctx.content_rect();
    assert!((window.width() - 720.0).abs() < 1.0, "{window:?}");
    click(&mut table, "Title", "Event 3");
    for press in [Key::PageDown, Key::PageDown, Key::ArrowDown, Key::End, Key::Home, Key::ArrowRight, Key::ArrowRight] {
        key(&mut table, press);
        table.run();
        let cell = table.get_by(|node| node.is_focused());
        assert_eq!(cell.accesskit_node().role(), Role::GridCell);
        let rect = cell.rect();
        assert!(window.contains_rect(rect.shrink(1.0)), "{press:?}: {rect:?} in {window:?}");
    }
    let name = active(&table).split("Event Event").nth(1).expect("an event").trim_end_matches('.').trim().to_owned();
    key(&mut table, Key::F2);
    let (field, cell) = spots(&table, "Title", &format!("Event {name}"));
    assert!(
        (field.left() - cell.left()).abs() < 12.0 && (field.center().y - cell.center().y).abs() < 2.0,
        "{field:?} on {cell:?}"
    );
    type_text(&mut table, " again");
    key(&mut table, Key::Enter);
    assert!(table.state().session.project().events.iter().any(|event| event.title.ends_with(" again")));
}
