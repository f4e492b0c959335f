//! The key table, line by line: keys that move and select.

use super::*;

fn place(table: &Table) -> (String, usize) {
    let label = active(table);
    let column = label.split(':').next().unwrap_or_default().to_owned();
    let row = label.split("Row ").nth(1).and_then(|rest| rest.split(' ').next()).and_then(|n| n.parse().ok());
    (column, row.unwrap_or_else(|| panic!("no row in “{label}”")))
}

fn at(column: &str, row: usize) -> (String, usize) {
    (column.to_owned(), row)
}

/// So many events, one a day, in a low window.
fn long(count: u32) -> Table {
    let mut project = Project::titled("Long");
    for n in 0..count {
        let day = format!("2{:03}-{:02}-{:02}", n / 336, n / 28 % 12 + 1, n % 28 + 1);
        project.events.push(event(&format!("e-{n:05}"), &day, &format!("Event {n}"), "Place")).expect("a free id");
    }
    open_at(project, [900.0, 420.0], false)
}

#[test]
fn arrows_go_one_cell_and_stop_at_the_edge() {
    let mut table = open(project());
    click(&mut table, "Title", "Drone over the market");
    key(&mut table, Key::ArrowDown);
    assert_eq!(place(&table), at("Title", 4));
    key(&mut table, Key::ArrowRight);
    assert_eq!(place(&table), at("Place", 4));
    key(&mut table, Key::ArrowUp);
    key(&mut table, Key::ArrowLeft);
    assert_eq!(place(&table), at("Title", 3));
    chord(&mut table, CTRL, Key::End);
    let corner = place(&table);
    key(&mut table, Key::ArrowDown);
    key(&mut table, Key::ArrowRight);
    assert_eq!(place(&table), corner, "no wrapping");
    chord(&mut table, CTRL, Key::Home);
    key(&mut table, Key::ArrowLeft);
    assert_eq!(place(&table), at("Id", 1));
}

#[test]
fn home_and_end_go_to_the_first_and_last_column() {
    let mut table = open(project());
    click(&mut table, "Place", "Drone over the market");
    key(&mut table, Key::Home);
    assert_eq!(place(&table), at("Id", 3));
    key(&mut table, Key::End);
    assert_eq!(place(&table), at("Covers", 3));
}

#[test]
fn ctrl_home_and_ctrl_end_go_to_the_first_and_last_cell() {
    let mut table = open(project());
    chord(&mut table, CTRL, Key::End);
    assert_eq!(place(&table), at("Covers", 5));
    chord(&mut table, CTRL, Key::Home);
    assert_eq!(place(&table), at("Id", 1));
}

#[test]
fn page_down_and_page_up_go_a_screen() {
    let mut table = long(100);
    click(&mut table, "Title", "Event 0");
    let screen = shown(&table).len();
    key(&mut table, Key::PageDown);
    let (column, row) = place(&table);
    assert_eq!(column, "Title");
    assert!(row > screen / 2 && row <= screen, "{row} of {screen} on the screen");
    key(&mut table, Key::PageUp);
    assert_eq!(place(&table), at("Title", 1));
}

#[test]
fn page_down_in_the_editor_commits_and_goes_a_screen() {
    let mut table = long(100);
    click(&mut table, "Title", "Event 0");
    type_text(&mut table, "First");
    key(&mut table, Key::PageDown);
    assert_eq!(&*now(&table, "e-00000").title, "First");
    assert!(place(&table).1 > 5, "{:?}", place(&table));
}

#[test]
fn alt_and_page_keys_go_a_screen_sideways() {
    let mut table = long(10);
    click(&mut table, "Title", "Event 0");
    chord(&mut table, Modifiers::ALT, Key::PageDown);
    let (column, row) = place(&table);
    assert_eq!(row, 1);
    let headers: Vec<String> = table
        .get_all_by_role(Role::ColumnHeader)
        .map(|header| header.accesskit_node().label().unwrap_or_default().to_string())
        .collect();
    assert!(headers.contains(&column) && column != "Title", "{column} of {headers:?}");
    let right = table.get_by(|node| node.is_focused()).rect().left();
    chord(&mut table, Modifiers::ALT, Key::PageUp);
    assert_ne!(place(&table).0, column);
    assert!(table.get_by(|node| node.is_focused()).rect().left() < right, "and back to the left");
    chord(&mut table, Modifiers::ALT | SHIFT, Key::PageDown);
    assert!(marked(&table).len() > 2, "with Shift it selects");
}

#[test]
fn shift_and_a_movement_extend_from_the_anchor() {
    let mut table = open(project());
    click(&mut table, "Title", "Drone over the market");
    chord(&mut table, SHIFT, Key::ArrowDown);
    chord(&mut table, SHIFT, Key::ArrowUp);
    chord(&mut table, SHIFT, Key::ArrowUp);
    assert_eq!(marked(&table), ["Title: Shelling of the bridge", "Title: Drone over the market"]);
    chord(&mut table, SHIFT, Key::Home);
    assert_eq!(marked(&table).len(), 6, "Id, When and Title of two rows");
    chord(&mut table, SHIFT | CTRL, Key::End);
    assert!(marked(&table).contains(&"Title: Evacuation".to_owned()));
    chord(&mut table, SHIFT | CTRL, Key::Home);
    assert_eq!(marked(&table).len(), 9, "back to the first cell: three columns, rows 1 to 3");
    assert_eq!(place(&table), at("Title", 3), "the anchor is the active cell all along");
}

#[test]
fn ctrl_shift_and_an_arrow_extend_to_the_edge_of_the_block() {
    let mut table = open(project());
    click(&mut table, "Place", "Looting");
    chord(&mut table, CTRL | SHIFT, Key::ArrowDown);
    assert_eq!(marked(&table), ["Place: Batken", "Place: Ak-Sai", "Place: Isfara", "Place: Batken"]);
    chord(&mut table, CTRL | SHIFT, Key::ArrowDown);
    assert_eq!(marked(&table).len(), 5, "then to the edge of the table");
}

#[test]
fn ctrl_and_an_arrow_pass_ten_thousand_filled_rows_and_the_gap_between_blocks() {
    let mut project = Project::titled("Blocks");
    for n in 0..10_000_u32 {
        let place = if n == 6_000 { "" } else { "Place" };
        let mut event = event(&format!("e-{n:05}"), "2022-09-16", &format!("Event {n}"), place);
        event.kind = if n == 3_000 { "battle".into() } else { "".into() };
        project.events.push(event).expect("a free id");
    }
    let mut table = open(project);
    click(&mut table, "Place", "Event 0");
    for row in [6_000, 6_002, 10_000] {
        chord(&mut table, CTRL, Key::ArrowDown);
        assert_eq!(place(&table), at("Place", row));
    }
    chord(&mut table, CTRL, Key::Home);
    for _ in 0..6 {
        key(&mut table, Key::ArrowRight);
    }
    assert_eq!(place(&table), at("Kind", 1));
    chord(&mut table, CTRL, Key::ArrowDown);
    assert_eq!(place(&table), at("Kind", 3_001), "over empty cells to the next filled one");
}

#[test]
fn ctrl_a_selects_the_block_and_pressed_again_every_cell() {
    let mut table = open(project());
    click(&mut table, "Title", "Fire on a post");
    chord(&mut table, CTRL, Key::A);
    let block = marked(&table);
    assert_eq!(block.len(), 20, "nobody filled Province, which ends the block: {block:?}");
    assert!(block.contains(&"Place: Isfara".to_owned()) && block.contains(&"Id: e-5".to_owned()), "{block:?}");
    chord(&mut table, CTRL, Key::A);
    let all = marked(&table);
    assert!(all.len() > block.len() && all.contains(&"Killed, best: 8".to_owned()), "{all:?}");
    assert_eq!(place(&table), at("Title", 4), "the active cell stays");
}

#[test]
fn ctrl_a_takes_only_rows_that_the_filter_lets_through() {
    let mut table = open(project());
    table.get_by_label("Filter events").focus();
    table.run();
    type_text(&mut table, "place:batken");
    key(&mut table, Key::Enter);
    chord(&mut table, CTRL, Key::A);
    chord(&mut table, CTRL, Key::A);
    chord(&mut table, CTRL, Key::Minus);
    assert_eq!(ids(&table), ["e-1", "e-3", "e-5"]);
}

#[test]
fn ctrl_a_in_the_editor_selects_the_text() {
    let mut table = open(project());
    click(&mut table, "Place", "Fire on a post");
    key(&mut table, Key::F2);
    chord(&mut table, CTRL, Key::A);
    type_text(&mut table, "Osh");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-2").location.name, "Osh");
}

#[test]
fn shift_and_a_click_extend_the_range() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    table.get_by_label("Place: Batken. Row 4 of 5. Event Fire on a post.").click_modifiers(SHIFT);
    table.run();
    assert_eq!(marked(&table).len(), 6);
    assert_eq!(selected(&table), ["e-1", "e-3", "e-2"]);
}

/// Presses on a cell and drags to a place on the screen, a few frames long.
fn drag(table: &mut Table, column: &str, event: &str, to: egui::Pos2, frames: usize) {
    let (column, event) = (format!("{column}: "), format!("Event {event}."));
    let from = table
        .get_by(|node| {
            node.role() == Role::GridCell && node.label().is_some_and(|l| l.starts_with(&column) && l.ends_with(&event))
        })
        .rect()
        .center();
    table.drag_at(from);
    table.run();
    for _ in 0..frames {
        table.hover_at(to);
        table.step();
    }
    table.drop_at(to);
    table.run();
}

#[test]
fn a_drag_past_an_edge_scrolls_in_every_direction() {
    let mut table = long(200);
    drag(&mut table, "Title", "Event 3", egui::pos2(400.0, 500.0), 12);
    let rows = selected(&table);
    assert!(rows.len() > 20, "down: {}", rows.len());
    assert_eq!(rows.first().map(String::as_str), Some("e-00003"));
    assert!(shown(&table).contains(&format!("Event {}", 3 + rows.len() - 1)), "the head is in view");

    table.get_by_role(Role::Grid);
    chord(&mut table, CTRL, Key::End);
    drag(&mut table, "Covers", "Event 190", egui::pos2(850.0, 20.0), 12);
    let rows = selected(&table);
    assert!(rows.len() > 20 && rows.last().map(String::as_str) == Some("e-00190"), "up: {rows:?}");

    let mut table = long(5);
    drag(&mut table, "Title", "Event 1", egui::pos2(960.0, 120.0), 30);
    let cells = marked(&table);
    assert!(cells.iter().any(|cell| cell.starts_with("Covers")), "right to the last column: {cells:?}");

    chord(&mut table, CTRL, Key::End);
    drag(&mut table, "Covers", "Event 1", egui::pos2(150.0, 120.0), 60);
    let cells = marked(&table);
    assert!(cells.iter().any(|cell| cell.starts_with("Title")), "left over the columns that stay: {cells:?}");
}

#[test]
fn enter_goes_down_and_shift_enter_up() {
    let mut table = open(project());
    click(&mut table, "Title", "Drone over the market");
    key(&mut table, Key::Enter);
    assert_eq!(place(&table), at("Title", 4));
    chord(&mut table, SHIFT, Key::Enter);
    chord(&mut table, SHIFT, Key::Enter);
    assert_eq!(place(&table), at("Title", 2));
}

#[test]
fn tab_goes_right_and_at_the_end_to_the_first_cell_of_the_next_row_that_can_be_typed() {
    let mut table = open(project());
    click(&mut table, "Title", "Drone over the market");
    key(&mut table, Key::Tab);
    assert_eq!(place(&table), at("Place", 3));
    chord(&mut table, SHIFT, Key::Tab);
    assert_eq!(place(&table), at("Title", 3));
    key(&mut table, Key::End);
    key(&mut table, Key::Tab);
    assert_eq!(place(&table), at("When", 4), "an id is not typed");
    chord(&mut table, CTRL, Key::Home);
    chord(&mut table, SHIFT, Key::Tab);
    assert_eq!(place(&table), at("Id", 1), "there is no row before the first");
}

#[test]
fn escape_lets_go_of_one_layer_a_press() {
    let mut table = open(project());
    table.get_by_label("Filter events").focus();
    table.run();
    type_text(&mut table, "place:batken");
    key(&mut table, Key::Enter);
    click(&mut table, "Title", "Looting");
    chord(&mut table, SHIFT, Key::ArrowDown);
    table.event(Input::Cut);
    chord(&mut table, CTRL, Key::F);
    key(&mut table, Key::Escape);
    assert!(!has(&table, "Find in the table"), "in the bar it closes the bar");
    key(&mut table, Key::F2);
    key(&mut table, Key::Escape);
    assert!(active(&table).starts_with("Title: Looting"), "first what is typed");
    assert_eq!(marked(&table).len(), 2);
    key(&mut table, Key::Escape);
    assert_eq!(marked(&table).len(), 2, "then what was cut");
    key(&mut table, Key::Escape);
    assert_eq!(marked(&table).len(), 1, "then the range");
    assert_eq!(shown(&table).len(), 2);
    key(&mut table, Key::Escape);
    assert_eq!(shown(&table).len(), 5, "then the filter");
}

#[test]
fn a_right_click_keeps_the_ranges_that_it_is_in_and_selects_another_cell() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    table.get_by_label("Place: Batken. Row 4 of 5. Event Fire on a post.").click_modifiers(CTRL);
    table.run();
    let cell = |table: &Table, label: &str| table.get_by_label(label).rect().center();
    let right = |table: &mut Table, pos| {
        let (button, modifiers) = (egui::PointerButton::Secondary, Modifiers::NONE);
        let button = |pressed| Input::PointerButton { pos, button, pressed, modifiers };
        table.input_mut().events = vec![Input::PointerMoved(pos), button(true), button(false)];
        table.step();
        table.run();
    };
    let inside = cell(&table, "Title: Looting. Row 1 of 5. Event Looting.");
    right(&mut table, inside);
    assert!(has(&table, "Delete rows"), "the menu is open");
    assert_eq!(marked(&table), ["Title: Looting", "Place: Batken"]);
    key(&mut table, Key::Escape);
    let outside = cell(&table, "Place: Isfara. Row 3 of 5. Event Drone over the market.");
    right(&mut table, outside);
    assert_eq!(marked(&table), ["Place: Isfara"]);
    key(&mut table, Key::Escape);
    let number = cell(&table, "Row 2 of 5. Event Shelling of the bridge");
    right(&mut table, number);
    assert!(marked(&table).len() > 5 && marked(&table).contains(&"Title: Shelling of the bridge".to_owned()));
}

#[test]
fn the_menu_key_opens_the_menu_of_the_cells_and_arrows_walk_it() {
    for (modifiers, menu) in [(Modifiers::NONE, Key::Menu), (SHIFT, Key::F10)] {
        let mut table = open(project());
        click(&mut table, "Title", "Looting");
        chord(&mut table, SHIFT, Key::ArrowDown);
        chord(&mut table, modifiers, menu);
        assert!(active(&table).starts_with("Edit cell"), "{}", active(&table));
        key(&mut table, Key::Escape);
        assert!(!has(&table, "Delete rows"), "Escape closes the menu");
        assert_eq!(marked(&table).len(), 2, "and nothing else");
        chord(&mut table, modifiers, menu);
        while !active(&table).starts_with("Clear") {
            let before = active(&table);
            key(&mut table, Key::ArrowDown);
            assert_ne!(active(&table), before, "the next item");
        }
        key(&mut table, Key::Enter);
        assert_eq!((&*now(&table, "e-4").title, &*now(&table, "e-1").title), ("", ""));
        assert!(active(&table).starts_with("Title: empty. Row 1"), "{}", active(&table));
    }
}

#[test]
fn space_on_the_number_of_a_row_opens_its_event() {
    let mut table = open(project());
    table.get_by_label("Row 4 of 5. Event Fire on a post").click();
    table.run();
    // The space bar arrives as a key and as a blank.
    let press =
        Input::Key { key: Key::Space, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    table.input_mut().events = vec![press, Input::Text(" ".to_owned())];
    table.step();
    table.run();
    assert_eq!((table.state().desk.tab, table.state().desk.event), (dateline::ui::SideTab::Event, Some(id("e-2"))));
    assert!(active(&table).starts_with("Id: e-2"), "nothing is typed: {}", active(&table));
    // On a cell it is a letter like any other.
    click(&mut table, "Title", "Fire on a post");
    type_text(&mut table, " ");
    assert!(active(&table).starts_with("Editing Title"), "{}", active(&table));
}

#[test]
fn shift_f2_asks_for_a_note_on_the_event() {
    let mut table = open(project());
    click(&mut table, "Title", "Fire on a post");
    chord(&mut table, SHIFT, Key::F2);
    let note = Action::Run(dateline::command::Command::AddEventNote);
    assert!(table.state().asked.contains(&note), "{:?}", table.state().asked);
    assert!(active(&table).starts_with("Title: Fire"), "and does not edit: {}", active(&table));
}
