//! The key table, line by line: keys that write into cells.

use super::*;

fn press(key: Key) -> Input {
    Input::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

fn text(text: &str) -> Input {
    Input::Text(text.to_owned())
}

/// All inputs within one frame, as a slow frame or a quick hand bring them.
fn burst(table: &mut Table, inputs: Vec<Input>) {
    table.input_mut().events = inputs;
    table.step();
    table.run();
}

#[test]
fn a_burst_of_text_enter_text_tab_in_one_frame_fills_two_cells_of_text() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    burst(&mut table, vec![text("12"), press(Key::Enter), text("7"), press(Key::Tab)]);
    assert_eq!((&*now(&table, "e-4").title, &*now(&table, "e-1").title), ("12", "7"));
    assert!(active(&table).starts_with("Place: Ak-Sai. Row 2"), "{}", active(&table));
}

#[test]
fn a_burst_on_a_figure_is_what_the_same_keys_are_one_by_one() {
    let inputs = || vec![text("12"), press(Key::Enter), text("7"), press(Key::Tab), text("Aida"), press(Key::Enter)];
    let mut slow = open(project());
    click(&mut slow, "Killed, best", "Shelling of the bridge");
    for input in inputs() {
        burst(&mut slow, vec![input]);
    }
    let mut quick = open(project());
    click(&mut quick, "Killed, best", "Shelling of the bridge");
    burst(&mut quick, inputs());
    for table in [&slow, &quick] {
        let event = now(table, "e-1");
        let hand = event.hand(&Measure::Killed, &Class::TOTAL).expect("a figure by hand");
        assert_eq!((hand.best, &*hand.reason, &*hand.name), (Some(12), "7", "Aida"));
        assert!(active(table).contains("Row 3"), "Enter goes down: {}", active(table));
    }
}

#[test]
fn any_letter_replaces_the_cell_and_arrows_accept_and_move() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    type_text(&mut table, "Shops");
    key(&mut table, Key::ArrowRight);
    assert_eq!(&*now(&table, "e-4").title, "Shops");
    assert!(active(&table).starts_with("Place: Batken. Row 1"), "{}", active(&table));
}

#[test]
fn f2_changes_between_moving_the_caret_and_leaving_the_cell() {
    let mut table = open(project());
    click(&mut table, "Place", "Looting");
    type_text(&mut table, "Os");
    key(&mut table, Key::F2);
    key(&mut table, Key::ArrowLeft);
    type_text(&mut table, "x");
    key(&mut table, Key::F2);
    key(&mut table, Key::ArrowDown);
    assert_eq!(&*now(&table, "e-4").location.name, "Oxs");
    assert!(active(&table).contains("Row 2"), "{}", active(&table));
}

#[test]
fn a_double_click_puts_the_caret_where_it_was_pressed() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    let cell = table.get_by_label("Title: Shelling of the bridge. Row 2 of 5. Event Shelling of the bridge.").rect();
    let pos = egui::pos2(cell.left() + 9.0, cell.center().y);
    let button = |pressed| Input::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    table.input_mut().events = vec![Input::PointerMoved(pos), button(true), button(false), button(true), button(false)];
    table.step();
    table.run();
    type_text(&mut table, "The ");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-1").title, "The Shelling of the bridge");
}

#[test]
fn enter_begins_to_edit_where_the_setting_says_so() {
    let mut table = open(project());
    click(&mut table, "Place", "Looting");
    key(&mut table, Key::Enter);
    assert!(active(&table).starts_with("Place: Ak-Sai. Row 2"), "else it goes down: {}", active(&table));
    table.state_mut().enter_edits = true;
    key(&mut table, Key::Enter);
    assert!(active(&table).starts_with("Editing Place: Ak-Sai"), "{}", active(&table));
}

#[test]
fn delete_and_backspace_both_clear() {
    for clear in [Key::Delete, Key::Backspace] {
        let mut table = open(project());
        click(&mut table, "Place", "Looting");
        key(&mut table, clear);
        assert_eq!(&*now(&table, "e-4").location.name, "");
        assert!(active(&table).starts_with("Place: empty"), "{}", active(&table));
    }
}

#[test]
fn ctrl_enter_writes_what_was_typed_into_every_selected_cell() {
    let mut table = open(project());
    click(&mut table, "Place", "Looting");
    chord(&mut table, SHIFT, Key::ArrowDown);
    table.get_by_label("Country: empty. Row 5 of 5. Event Evacuation.").click_modifiers(CTRL);
    table.run();
    type_text(&mut table, "Osh");
    chord(&mut table, CTRL, Key::Enter);
    let (first, second, last) = (now(&table, "e-4"), now(&table, "e-1"), now(&table, "e-5"));
    assert_eq!((&*first.location.name, &*second.location.name, &*last.location.country), ("Osh", "Osh", "Osh"));
    assert_eq!(marked(&table).len(), 3, "what was selected stays selected");
    assert!(active(&table).starts_with("Country: Osh. Row 5"), "{}", active(&table));
    table.state_mut().undo();
    table.run();
    assert_eq!(table.state().session.project(), &project(), "one step");
}

#[test]
fn ctrl_enter_of_a_text_that_the_cell_refuses_writes_nothing() {
    let mut table = open(project());
    click(&mut table, "When", "Looting");
    chord(&mut table, SHIFT, Key::ArrowRight);
    type_text(&mut table, "soon");
    chord(&mut table, CTRL, Key::Enter);
    assert!(active(&table).starts_with("Editing When"), "{}", active(&table));
    assert_eq!(table.state().session.revision(), 0);
}

#[test]
fn ctrl_enter_without_typing_fills_the_range_with_the_active_cell() {
    let mut table = open(project());
    click(&mut table, "Place", "Shelling of the bridge");
    chord(&mut table, SHIFT, Key::ArrowDown);
    chord(&mut table, SHIFT, Key::ArrowDown);
    chord(&mut table, CTRL, Key::Enter);
    assert_eq!((&*now(&table, "e-3").location.name, &*now(&table, "e-2").location.name), ("Ak-Sai", "Ak-Sai"));
    assert_eq!(&*now(&table, "e-4").location.name, "Batken");
}

#[test]
fn alt_enter_says_that_a_title_holds_one_line() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    type_text(&mut table, "One");
    chord(&mut table, Modifiers::ALT, Key::Enter);
    assert!(has(&table, "Title holds one line"));
    type_text(&mut table, " line");
    assert!(!has(&table, "Title holds one line"), "it is said once");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-4").title, "One line");
}

#[test]
fn ctrl_apostrophe_copies_the_cell_above() {
    let mut table = open(project());
    click(&mut table, "Place", "Shelling of the bridge");
    chord(&mut table, CTRL, Key::Quote);
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-1").location.name, "Batken");
    type_text(&mut table, "East of ");
    chord(&mut table, CTRL, Key::Quote);
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-3").location.name, "East of Batken", "into the text, at the caret");
}

#[test]
fn ctrl_d_and_ctrl_r_on_one_cell_copy_the_one_above_and_the_one_before() {
    let mut table = open(project());
    click(&mut table, "Place", "Shelling of the bridge");
    chord(&mut table, CTRL, Key::D);
    assert_eq!(&*now(&table, "e-1").location.name, "Batken");
    click(&mut table, "Place", "Looting");
    chord(&mut table, CTRL, Key::R);
    assert_eq!(&*now(&table, "e-4").location.name, "Looting", "the cell before it");
    chord(&mut table, CTRL, Key::Home);
    key(&mut table, Key::ArrowRight);
    chord(&mut table, CTRL, Key::D);
    assert_eq!(table.state().session.undo_label(), Some("Change place of “Looting”"), "above the first is nothing");
}

#[test]
fn ctrl_semicolon_writes_today_into_a_date_and_only_there() {
    let mut table = open(project());
    click(&mut table, "When", "Evacuation");
    chord(&mut table, CTRL, Key::Semicolon);
    key(&mut table, Key::Enter);
    assert_eq!(now(&table, "e-5").when.map(|when| when.to_string()).as_deref(), Some("2024-03-01"));
    click(&mut table, "When", "Looting");
    key(&mut table, Key::F2);
    chord(&mut table, CTRL, Key::A);
    chord(&mut table, CTRL, Key::Semicolon);
    key(&mut table, Key::Enter);
    assert_eq!(
        now(&table, "e-4").when.map(|when| when.to_string()).as_deref(),
        Some("2024-03-01"),
        "in the editor too"
    );
    // On most keyboards the key of the time has a colon with Shift; an event has no time of day, so it is the day.
    click(&mut table, "When", "Drone over the market");
    chord(&mut table, CTRL | SHIFT, Key::Colon);
    key(&mut table, Key::Enter);
    assert_eq!(now(&table, "e-3").when.map(|when| when.to_string()).as_deref(), Some("2024-03-01"));
    click(&mut table, "Title", "Looting");
    chord(&mut table, CTRL, Key::Semicolon);
    assert!(has(&table, "Today goes into a cell of a date"));
    assert!(active(&table).starts_with("Title: Looting"), "{}", active(&table));
}

#[test]
fn a_date_is_typed_as_t_today_or_days_ago() {
    let mut table = open(project());
    click(&mut table, "When", "Evacuation");
    for (typed, day) in
        [("t", "2024-03-01"), ("today", "2024-03-01"), ("yesterday", "2024-02-29"), ("-3d", "2024-02-27")]
    {
        type_text(&mut table, typed);
        chord(&mut table, SHIFT, Key::Enter);
        key(&mut table, Key::ArrowDown);
        assert_eq!(now(&table, "e-5").when.map(|when| when.to_string()).as_deref(), Some(day), "{typed}");
    }
}

#[test]
fn alt_down_lists_the_words_of_the_column_the_most_frequent_first() {
    let mut table = open(project());
    click(&mut table, "Place", "Evacuation");
    chord(&mut table, Modifiers::ALT, Key::ArrowDown);
    let offered = |table: &Table| {
        let options = table.get_all_by_role(Role::ListBoxOption);
        let mut rows: Vec<(i64, String)> = options
            .map(|node| (node.rect().top() as i64, node.accesskit_node().label().unwrap_or_default().to_string()))
            .collect();
        rows.sort();
        rows.into_iter().map(|(_, word)| word).collect::<Vec<_>>()
    };
    assert_eq!(offered(&table), ["Batken", "Ak-Sai", "Isfara"], "two of Batken, then by the alphabet");
    type_text(&mut table, "is");
    assert_eq!(offered(&table), ["Isfara"]);
    key(&mut table, Key::ArrowDown);
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-5").location.name, "Isfara");
    click(&mut table, "Place", "Evacuation");
    chord(&mut table, Modifiers::ALT, Key::ArrowDown);
    chord(&mut table, CTRL, Key::A);
    type_text(&mut table, "Bat");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-5").location.name, "Bat", "a word that is not in the list may be typed");
}

#[test]
fn ctrl_plus_inserts_and_ctrl_minus_deletes_rows() {
    let mut table = open(project());
    click(&mut table, "Title", "Fire on a post");
    chord(&mut table, CTRL | SHIFT, Key::Equals);
    let add = Action::Run(dateline::command::Command::AddEvent);
    assert!(table.state().asked.contains(&add), "{:?}", table.state().asked);
    chord(&mut table, CTRL, Key::Minus);
    assert_eq!(ids(&table), ["e-1", "e-3", "e-4", "e-5"]);
}
