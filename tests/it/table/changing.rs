//! Replacing words and changing many cells, with a preview before and one step of undo behind.

use super::*;

fn replace(table: &mut Table, words: &str, with: &str) {
    chord(table, CTRL, Key::H);
    type_text(table, words);
    key(table, Key::Tab);
    chord(table, CTRL, Key::A);
    type_text(table, with);
    table.run();
}

fn previewed(table: &Table) -> Vec<String> {
    let lines = table.query_all_by(|node| node.role() == Role::ListItem);
    lines.map(|node| node.accesskit_node().label().unwrap_or_default().to_string()).collect()
}

fn undo_label(table: &Table) -> String {
    table.state().session.undo_label().unwrap_or_default().to_owned()
}

/// Opens the bar on what is selected and chooses what to do, as its list says.
fn change(table: &mut Table, what: &str) {
    key_with(table, SHIFT, Key::F10);
    table
        .get_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Change cells…"))
        })
        .click();
    table.run();
    // The list has the keyboard: Up and Down walk it.
    for _ in 0..9 {
        key(table, Key::ArrowUp);
    }
    for _ in 0..9 {
        if table.get_by_label("What to do").accesskit_node().value().as_deref() != Some(what) {
            key(table, Key::ArrowDown);
        }
    }
    assert_eq!(table.get_by_label("What to do").accesskit_node().value().as_deref(), Some(what));
}

fn key_with(table: &mut Table, modifiers: Modifiers, key: Key) {
    table.key_press_modifiers(modifiers, key);
    table.run();
}

#[test]
fn replacing_shows_what_would_change_and_is_one_step() {
    let mut table = open(project());
    replace(&mut table, "batken", "Osh");
    assert!(says(&table, "Would change 2 cells in 2 events"));
    let lines = previewed(&table);
    assert_eq!(lines.first().map(String::as_str), Some("Row 1, Looting, Place: Batken becomes Osh"), "{lines:?}");
    key_with(&mut table, CTRL, Key::Enter);
    assert_eq!((&*now(&table, "e-2").location.name, &*now(&table, "e-4").location.name), ("Osh", "Osh"));
    assert_eq!(undo_label(&table), "Replace in 2 cells in Place");
    assert!(says(&table, "Not found"), "the bar stays, and nothing is left");
    table.state_mut().undo();
    table.run();
    assert_eq!(table.state().session.project(), &project());
    assert!(says(&table, "Would change 2 cells"), "the preview follows");
}

#[test]
fn tab_leads_between_the_words_and_what_comes_instead() {
    let mut table = open(project());
    let has_keyboard = |table: &Table, name: &str| table.get_by_label(name).accesskit_node().is_focused();
    chord(&mut table, CTRL, Key::H);
    key(&mut table, Key::Tab);
    assert!(has_keyboard(&table, "Replace with"));
    key_with(&mut table, SHIFT, Key::Tab);
    assert!(has_keyboard(&table, "Find in the table"));
    key_with(&mut table, SHIFT, Key::Tab);
    assert!(!has_keyboard(&table, "Find in the table"), "no field keeps the keyboard");
    table.get_by_label("Replace with").focus();
    table.run();
    key(&mut table, Key::Tab);
    assert!(has_keyboard(&table, "Replace"), "the button behind the field");
}

#[test]
fn the_active_row_stays_in_view_when_a_bar_opens_below_it() {
    let mut table = open_at(project(), [1200.0, 200.0], false);
    chord(&mut table, CTRL, Key::End);
    chord(&mut table, CTRL, Key::H);
    type_text(&mut table, "nowhere");
    assert!(says(&table, "Not found"), "the search moves nothing");
    let row = |table: &Table| {
        let last = table.query_by(|node| {
            node.role() == Role::RowHeader && node.label().is_some_and(|label| label.starts_with("Row 5 of 5"))
        });
        last.map(|row| row.rect().bottom())
    };
    let bar = table.get_by_label("Find in the table").rect().top();
    assert!(row(&table).is_some_and(|bottom| bottom <= bar), "{:?} over {bar}", row(&table));
}

#[test]
fn one_cell_is_replaced_and_the_next_one_found() {
    let mut table = open(project());
    replace(&mut table, "batken", "Osh");
    key(&mut table, Key::Enter);
    table.run();
    assert_eq!(&*now(&table, "e-4").location.name, "Osh");
    assert_eq!(&*now(&table, "e-2").location.name, "Batken", "only the active cell");
    assert!(says(&table, "1 of 1"), "the other one is active");
    table.get_by_label("Replace").click();
    table.run();
    assert_eq!(&*now(&table, "e-2").location.name, "Osh");
}

#[test]
fn groups_of_a_pattern_stand_in_the_replacement() {
    let mut table = open(project());
    chord(&mut table, CTRL, Key::H);
    key_with(&mut table, Modifiers::ALT, Key::R);
    type_text(&mut table, r"^(\w+) of the (\w+)$");
    table.get_by_label("Replace with").focus();
    table.run();
    type_text(&mut table, "$2: $1");
    assert_eq!(
        previewed(&table),
        ["Row 2, Shelling of the bridge, Title: Shelling of the bridge becomes bridge: Shelling"]
    );
    type_text(&mut table, "$3");
    assert!(says(&table, "The pattern has no group 3"));
}

#[test]
fn cells_that_refuse_are_told_with_their_reasons() {
    let mut table = open(project());
    replace(&mut table, "e", "E");
    assert!(says(&table, "Would change 7 cells in 4 events"));
    table.get_by_label_contains(" refused").click();
    table.run();
    let lines = previewed(&table);
    assert!(lines[0].starts_with("Refused: Row 1, Looting, Id: e-4: Id cannot be typed"), "{lines:?}");
    table.get_by_label("Find in the table").focus();
    table.run();
    replace(&mut table, "draft", "begun");
    let lines = previewed(&table);
    assert!(lines.iter().any(|line| line.contains("“begun” is no status")), "{lines:?}");
}

#[test]
fn a_selection_is_written_in_title_case_as_one_step() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    for _ in 0..3 {
        chord(&mut table, SHIFT, Key::ArrowDown);
    }
    change(&mut table, "Title Case");
    assert!(says(&table, "Would change 3 cells in 3 events"));
    table.get_by_label("Apply").click();
    table.run();
    assert_eq!(&*now(&table, "e-1").title, "Shelling Of The Bridge");
    assert_eq!(&*now(&table, "e-4").title, "Looting");
    assert_eq!(undo_label(&table), "Write in title case 3 cells in Title");
    assert!(table.query_by_label("Apply").is_none(), "the bar is closed");
    table.state_mut().undo();
    table.run();
    assert_eq!(table.state().session.project(), &project());
}

#[test]
fn what_to_do_is_chosen_from_a_list_too() {
    let mut table = open_at(project(), [1400.0, 700.0], false);
    click(&mut table, "Title", "Looting");
    change(&mut table, "Trim and squeeze blanks");
    table.get_by_label("What to do").click();
    table.run();
    table.get_by_label("Add before and behind").click();
    table.run();
    table.get_by_label("Before").focus();
    table.run();
    type_text(&mut table, "Village: ");
    assert_eq!(previewed(&table), ["Row 1, Looting, Title: Looting becomes Village: Looting"]);
}

#[test]
fn one_value_goes_into_a_column_and_what_cannot_take_it_says_why() {
    let mut table = open(project());
    click(&mut table, "Kind", "Looting");
    change(&mut table, "Set one value");
    table.get_by_label("Which cells").click();
    table.run();
    table.get_by_label("Column Kind").click();
    table.run();
    table.get_by_label("Value").focus();
    table.run();
    type_text(&mut table, "battles");
    assert!(says(&table, "Nothing would change") && has(&table, "5 refused"));
    key(&mut table, Key::Backspace);
    assert!(says(&table, "Would change 5 cells in 5 events"));
    key(&mut table, Key::Enter);
    assert!(["e-1", "e-2", "e-3", "e-4", "e-5"].iter().all(|name| &*now(&table, name).kind == "battle"));
    assert_eq!(undo_label(&table), "Set 5 cells in Kind");
}

#[test]
fn figures_that_are_set_ask_for_their_reason_first() {
    let mut table = open(project());
    click(&mut table, "Killed, best", "Shelling of the bridge");
    change(&mut table, "Set one value");
    table.get_by_label("Value").focus();
    table.run();
    type_text(&mut table, "15");
    key(&mut table, Key::Enter);
    type_text(&mut table, "Morgue list");
    key(&mut table, Key::Enter);
    let hand = now(&table, "e-1").by_hand;
    assert_eq!(hand.first().map(|hand| (hand.best, &*hand.reason)), Some((Some(15), "Morgue list")));
}

#[test]
fn escape_closes_the_bar_and_changes_nothing() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    change(&mut table, "CAPITALS");
    key(&mut table, Key::Escape);
    key(&mut table, Key::Escape);
    assert!(table.query_by_label("Apply").is_none());
    assert_eq!(table.state().session.project(), &project());
    assert!(active(&table).starts_with("Title: Looting"), "{}", active(&table));
}

#[test]
fn pictures_of_changing() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        for (size, name) in [([1400.0, 420.0], "wide"), ([820.0, 320.0], "narrow")] {
            let mut table = open_at(project(), size, dark);
            replace(&mut table, "e", "E");
            picture(&format!("replace-{name}-{theme}"), &mut table);
            key(&mut table, Key::Escape);
            click(&mut table, "Title", "Looting");
            for _ in 0..3 {
                chord(&mut table, SHIFT, Key::ArrowDown);
            }
            change(&mut table, "Replace words");
            picture(&format!("change-words-{name}-{theme}"), &mut table);
            key(&mut table, Key::Escape);
            change(&mut table, "CAPITALS");
            picture(&format!("change-{name}-{theme}"), &mut table);
        }
    }
}
