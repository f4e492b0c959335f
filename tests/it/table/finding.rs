//! The find bar and the bar that goes to a row.

use super::*;

/// Opens the find bar and types.
fn find(table: &mut Table, words: &str) {
    chord(table, CTRL, Key::F);
    type_text(table, words);
}

fn first_row(table: &Table) -> f32 {
    let cells = table.get_all_by(|node| {
        node.role() == Role::GridCell && node.label().is_some_and(|label| label.starts_with("Title: "))
    });
    cells.map(|cell| cell.rect().top()).fold(f32::INFINITY, f32::min)
}

/// What the event table would do with a letter: the cell that is active.
fn cell(table: &mut Table) -> String {
    key(table, Key::Escape);
    active(table)
}

#[test]
fn cells_are_found_as_words_are_typed_and_walked_over() {
    let mut table = open(project());
    click(&mut table, "When", "Looting");
    let top = first_row(&table);
    find(&mut table, "BATKEN");
    assert!(says(&table, "1 of 2"));
    assert!((first_row(&table) - top).abs() < 0.5, "no row moves when the bar opens");
    key(&mut table, Key::Enter);
    assert!(says(&table, "2 of 2"));
    key(&mut table, Key::Enter);
    assert!(says(&table, "1 of 2, from the top again"));
    table.key_press_modifiers(SHIFT, Key::Enter);
    table.run();
    assert!(says(&table, "2 of 2, from the end again"));
    key(&mut table, Key::F3);
    assert!(says(&table, "1 of 2, from the top again"));
    let now = cell(&mut table);
    assert!(now.starts_with("Place: Batken. Row 1 of 5. Event Looting"), "{now}");
    assert!(table.query_by_label("Find in the table").is_none(), "Esc closes the bar");
    key(&mut table, Key::F3);
    assert!(says(&table, "2 of 2"), "F3 goes on with the same words");
}

#[test]
fn numbers_are_found_as_they_are_typed_and_as_they_are_shown() {
    let mut project = project();
    let claim = project.claims.iter().next().map(|claim| (**claim).clone()).expect("a claim");
    let many = Quantity::parse("1234").expect("a quantity");
    project.claims.replace(Claim { quantity: many, ..claim }).expect("there");
    let mut table = open(project);
    for words in ["1,234", "1234"] {
        find(&mut table, words);
        assert!(says(&table, "1 of "), "{words}");
        let now = cell(&mut table);
        assert!(now.starts_with("Killed, "), "{words}: {now}");
    }
    find(&mut table, "1235");
    assert!(says(&table, "Not found"));
}

#[test]
fn capitals_whole_cells_and_patterns_are_asked_for_by_keys_and_buttons() {
    let mut table = open(project());
    find(&mut table, "fire");
    assert!(says(&table, "1 of 1"));
    table.key_press_modifiers(Modifiers::ALT, Key::C);
    table.run();
    assert!(says(&table, "Not found"));
    table.key_press_modifiers(Modifiers::ALT, Key::C);
    table.key_press_modifiers(Modifiers::ALT, Key::W);
    table.run();
    assert!(says(&table, "Not found"), "no cell holds only “fire”");
    table.key_press_modifiers(Modifiers::ALT, Key::W);
    table.run();
    table.get_by_label("Regular expression (Alt+R)").click();
    table.run();
    table.get_by_label("Find in the table").focus();
    table.run();
    type_text(&mut table, "|^loot");
    assert!(says(&table, "of 2"), "either");
    type_text(&mut table, "(");
    assert!(says(&table, "No pattern: unclosed group"));
}

#[test]
fn a_selection_or_a_column_is_looked_through_by_itself() {
    let mut table = open(project());
    find(&mut table, "a");
    let everywhere = table.get_by_label("Where to find").accesskit_node().value();
    assert_eq!(everywhere.as_deref(), Some("All shown cells"));
    key(&mut table, Key::Escape);
    click(&mut table, "Title", "Shelling of the bridge");
    chord(&mut table, SHIFT, Key::ArrowDown);
    find(&mut table, "l");
    assert_eq!(table.get_by_label("Where to find").accesskit_node().value().as_deref(), Some("2 selected cells"));
    assert!(says(&table, "1 of 1"), "the second title is not “Drone over the market”");
    table.get_by_label("Where to find").click();
    table.run();
    table.get_by_label("Column Title").click();
    table.run();
    assert!(says(&table, "2 of 2"), "Looting and Shelling");
}

#[test]
fn an_edit_while_the_bar_is_open_is_counted() {
    let mut table = open(project());
    find(&mut table, "batken");
    assert!(says(&table, "of 2"));
    let mut moved = now(&table, "e-5");
    moved.location.name = "Batken".into();
    let edit = dateline::edit::Edit::SetEvents { events: vec![moved.into()], what: "place".to_owned() };
    table.state_mut().edit(&edit);
    table.run();
    assert!(says(&table, "of 3"));
    table.state_mut().undo();
    table.run();
    assert!(says(&table, "of 2"));
}

#[test]
fn ctrl_g_goes_to_a_row_an_id_or_a_title() {
    let mut table = open(project());
    let mut go = |text: &str| {
        chord(&mut table, CTRL, Key::G);
        type_text(&mut table, text);
        key(&mut table, Key::Enter);
        active(&table)
    };
    assert!(go("3").contains("Row 3 of 5"));
    assert!(go("e-5").contains("Event Evacuation"));
    assert!(go("drone market").contains("Event Drone over the market"));
    chord(&mut table, CTRL, Key::G);
    type_text(&mut table, "412");
    assert!(says(&table, "Row 412 of 5 is not there"));
    key(&mut table, Key::Enter);
    assert!(table.query_by_label("Go to row").is_some(), "the bar stays with its reason");
    key(&mut table, Key::Escape);
    assert!(active(&table).contains("Event Drone over the market"), "nothing moved");
}

#[test]
fn an_id_that_the_filter_hides_comes_into_view() {
    let mut table = open(project());
    chord(&mut table, CTRL | SHIFT, Key::L);
    type_text(&mut table, "place:batken");
    key(&mut table, Key::Enter);
    assert_eq!(shown(&table).len(), 2);
    chord(&mut table, CTRL, Key::G);
    type_text(&mut table, "e-1");
    assert!(has(&table, "the filter hides it"));
    key(&mut table, Key::Enter);
    assert!(active(&table).contains("Event Shelling of the bridge"));
    assert_eq!(shown(&table).len(), 3);
}

#[test]
fn pictures_of_finding() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        for (size, name) in [([1400.0, 420.0], "wide"), ([820.0, 300.0], "narrow")] {
            let mut table = open_at(project(), size, dark);
            find(&mut table, "a");
            picture(&format!("find-{name}-{theme}"), &mut table);
            key(&mut table, Key::Escape);
            chord(&mut table, CTRL, Key::G);
            type_text(&mut table, "o");
            picture(&format!("go-to-{name}-{theme}"), &mut table);
        }
    }
}
