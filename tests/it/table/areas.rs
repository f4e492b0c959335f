//! Several ranges, whole rows and whole columns: what is selected, what is done to it, and what keeps it.

use super::*;

fn label(column: &str, value: &str, row: usize, event: &str) -> String {
    format!("{column}: {value}. Row {row} of 5. Event {event}.")
}

/// A press on a cell with modifiers held.
fn press(table: &mut Table, label: &str, modifiers: Modifiers) {
    table.get_by_label(label).click_modifiers(modifiers);
    table.run();
}

fn looting_and_post(table: &mut Table) {
    press(table, &label("Title", "Looting", 1, "Looting"), Modifiers::NONE);
    press(table, &label("Place", "Batken", 4, "Fire on a post"), CTRL);
}

#[test]
fn ctrl_and_a_click_add_a_range_and_take_it_out_again() {
    let mut table = open(project());
    looting_and_post(&mut table);
    assert_eq!(marked(&table), ["Title: Looting", "Place: Batken"]);
    assert_eq!(selected(&table), ["e-4", "e-2"], "in the order of choosing");
    assert!(active(&table).starts_with("Place: Batken. Row 4"), "{}", active(&table));
    chord(&mut table, SHIFT, Key::ArrowLeft);
    assert_eq!(marked(&table), ["Title: Looting", "Title: Fire on a post", "Place: Batken"], "Shift extends the last");
    press(&mut table, &label("Title", "Fire on a post", 4, "Fire on a post"), CTRL);
    assert_eq!(marked(&table), ["Title: Looting", "Place: Batken"]);
    key(&mut table, Key::Delete);
    assert_eq!((&*now(&table, "e-4").title, &*now(&table, "e-2").title), ("", "Fire on a post"));
    assert_eq!((&*now(&table, "e-2").location.name, &*now(&table, "e-4").location.name), ("", "Batken"));
    table.state_mut().undo();
    table.run();
    assert_eq!(table.state().session.project(), &project(), "one step");
    key(&mut table, Key::Escape);
    assert_eq!(marked(&table).len(), 1, "Escape leaves the active cell");
}

#[test]
fn a_drag_with_ctrl_adds_a_range() {
    let mut table = open(project());
    press(&mut table, &label("Title", "Looting", 1, "Looting"), Modifiers::NONE);
    let from = table.get_by_label(&label("Place", "Isfara", 3, "Drone over the market")).rect().center();
    let to = table.get_by_label(&label("Province", "empty", 4, "Fire on a post")).rect().center();
    let button =
        |pos, pressed| Input::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers: CTRL };
    table.hover_at(from);
    table.run();
    table.event_modifiers(button(from, true), CTRL);
    table.run();
    table.event_modifiers(Input::PointerMoved(to), CTRL);
    table.run();
    table.event_modifiers(button(to, false), CTRL);
    table.run();
    assert_eq!(
        marked(&table),
        ["Title: Looting", "Place: Isfara", "Province: empty", "Place: Batken", "Province: empty"]
    );
}

#[test]
fn ctrl_space_selects_the_column_and_shift_space_the_row() {
    let mut table = open(project());
    click(&mut table, "Place", "Fire on a post");
    chord(&mut table, CTRL, Key::Space);
    assert_eq!(marked(&table).len(), 5);
    assert!(marked(&table).iter().all(|cell| cell.starts_with("Place: ")), "{:?}", marked(&table));
    chord(&mut table, SHIFT, Key::ArrowRight);
    assert_eq!(marked(&table).len(), 10, "Shift+Right takes the next column in");
    key(&mut table, Key::Escape);
    chord(&mut table, SHIFT, Key::Space);
    let row = marked(&table);
    assert!(row.len() > 10 && row.contains(&"Title: Fire on a post".to_owned()), "{row:?}");
    chord(&mut table, CTRL, Key::Space);
    assert_eq!(marked(&table).len(), 5 * row.len(), "both are all cells");
}

#[test]
fn ctrl_and_a_click_on_a_header_select_the_column_and_do_not_sort() {
    let mut table = open(project());
    let before = shown(&table);
    table.get_by_role_and_label(Role::ColumnHeader, "Place").click_modifiers(CTRL);
    table.run();
    assert_eq!(shown(&table), before, "the order stays");
    // The cell that was active stays in: Ctrl adds.
    assert_eq!(marked(&table).iter().filter(|cell| cell.starts_with("Place: ")).count(), 5);
    key(&mut table, Key::Delete);
    assert!(table.state().session.project().events.iter().all(|event| event.location.name.is_empty()));
}

#[test]
fn ctrl_and_a_click_on_a_number_gather_rows() {
    let mut table = open(project());
    table.get_by_label("Row 4 of 5. Event Fire on a post").click();
    table.run();
    table.get_by_label("Row 1 of 5. Event Looting").click_modifiers(CTRL);
    table.run();
    assert_eq!(selected(&table), ["e-2", "e-4"]);
    table.get_by_label("Row 4 of 5. Event Fire on a post").click_modifiers(CTRL);
    table.run();
    assert_eq!(
        marked(&table).iter().filter(|cell| cell.starts_with("Title: ")).collect::<Vec<_>>(),
        ["Title: Looting"]
    );
}

#[test]
fn gathered_cells_stay_selected_when_the_table_is_sorted() {
    let mut table = open(project());
    looting_and_post(&mut table);
    table.get_by_role_and_label(Role::ColumnHeader, "Title").click();
    table.run();
    assert_eq!(marked(&table), ["Place: Batken", "Title: Looting"], "the same cells in their new places");
    chord(&mut table, CTRL | SHIFT, Key::L);
    type_text(&mut table, "fire");
    key(&mut table, Key::Enter);
    assert_eq!(marked(&table), ["Place: Batken"], "what is not shown is let go");
}

#[test]
fn a_range_never_grows_to_other_cells_when_the_order_changes() {
    let mut table = open(project());
    // By date: Looting, Shelling, Drone, Fire. By title: Drone, Evacuation, Fire, Looting, Shelling.
    click(&mut table, "Title", "Shelling of the bridge");
    chord(&mut table, SHIFT, Key::ArrowDown);
    assert_eq!(marked(&table), ["Title: Shelling of the bridge", "Title: Drone over the market"]);
    table.get_by_role_and_label(Role::ColumnHeader, "Title").click();
    table.run();
    assert_eq!(marked(&table), ["Title: Drone over the market", "Title: Shelling of the bridge"]);
    key(&mut table, Key::Delete);
    assert_eq!(&*now(&table, "e-4").title, "Looting", "a row that came to stand between them is not touched");
    assert_eq!((&*now(&table, "e-1").title, &*now(&table, "e-3").title), ("", ""));
}

#[test]
fn ranges_are_copied_where_they_line_up_and_refused_with_a_reason_where_not() {
    let mut table = open(project());
    press(&mut table, &label("Title", "Looting", 1, "Looting"), Modifiers::NONE);
    press(&mut table, &label("Title", "Fire on a post", 4, "Fire on a post"), CTRL);
    assert_eq!(copied(&mut table).as_deref(), Some("Looting\nFire on a post"));
    press(&mut table, &label("Place", "Isfara", 3, "Drone over the market"), CTRL);
    assert_eq!(copied(&mut table), None);
    table.run();
    assert!(has(&table, "These ranges do not line up"));
}

#[test]
fn the_sums_are_of_all_ranges() {
    let mut table = open(project());
    click(&mut table, "Killed, best", "Shelling of the bridge");
    press(&mut table, &label("Place", "Batken", 4, "Fire on a post"), CTRL);
    let bench = table.state();
    let text = bench.panel.summary(&side_bench::view(&bench.session, &bench.derived));
    assert_eq!(text.as_deref(), Some("2 events, 2 cells, killed: low 8, best 8, high 20, 1 unknown"));
}

#[test]
fn the_sums_of_very_many_rows_are_added_up_over_a_few_frames() {
    let count = 40_000_u64;
    let mut project = Project::titled("Many");
    let ids = (0..count).map(|n| id(&format!("e-{n:05}")));
    let events: Vec<Event> = ids.map(Event::new).collect();
    let claim = |(n, event): (usize, &Event)| {
        Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::exactly(if n % 2 == 0 { 3 } else { 1 }))
    };
    let claims: Vec<Claim> = events.iter().enumerate().map(claim).collect();
    project.events = dateline::model::Records::from_list(events).0;
    project.claims = dateline::model::Records::from_list(claims).0;
    let mut table = open_at(project, [1000.0, 300.0], false);
    chord(&mut table, CTRL | SHIFT, Key::Space);
    let bench = table.state();
    let text = bench.panel.summary(&side_bench::view(&bench.session, &bench.derived)).expect("sums");
    assert!(
        text.starts_with("40,000 events, ") && text.ends_with("killed: low 80,000, best 80,000, high 80,000"),
        "{text}"
    );
}

#[test]
fn pictures_of_ranges() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let mut table = open_at(project(), [1400.0, 420.0], dark);
        press(&mut table, &label("Title", "Looting", 1, "Looting"), Modifiers::NONE);
        press(&mut table, &label("Place", "Batken", 4, "Fire on a post"), CTRL);
        chord(&mut table, SHIFT, Key::ArrowRight);
        chord(&mut table, SHIFT, Key::ArrowUp);
        picture(&format!("ranges-{theme}"), &mut table);
        click(&mut table, "Place", "Fire on a post");
        chord(&mut table, CTRL, Key::Space);
        picture(&format!("column-{theme}"), &mut table);
    }
}
