//! The filter line: what it shows, what it offers, where it is wrong, and rows that an edit takes out of it.

use super::*;

fn filter(table: &mut Table, line: &str) {
    chord(table, CTRL | SHIFT, Key::L);
    type_text(table, line);
}

#[test]
fn a_line_of_fields_shows_the_rows_that_it_asks_for() {
    let mut table = open(project());
    filter(&mut table, "killed>5 OR (place:batken -is:excluded)");
    assert!(has(&table, "2 of 5"));
    assert_eq!(shown(&table), ["Shelling of the bridge", "Fire on a post"]);
}

#[test]
fn while_a_line_cannot_be_read_the_last_one_stays_and_the_reason_stands_under_it() {
    let mut table = open(project());
    filter(&mut table, "place:batken");
    assert_eq!(shown(&table).len(), 2);
    type_text(&mut table, " kiled>1");
    assert!(has(&table, "Did you mean killed?"));
    assert!(has(&table, "The last filter is in force"));
    assert_eq!(shown(&table).len(), 2);
    for _ in 0..8 {
        key(&mut table, Key::Backspace);
    }
    assert!(!has(&table, "The last filter is in force"));
}

#[test]
fn fields_and_values_are_offered_and_taken_with_the_keyboard() {
    let mut table = open(project());
    filter(&mut table, "pla");
    assert!(has(&table, "The name of the place") || has(&table, "place:"));
    key(&mut table, Key::ArrowDown);
    key(&mut table, Key::Enter);
    type_text(&mut table, "bat");
    assert!(table.query_by_label("Batken").is_some(), "a value is offered");
    key(&mut table, Key::ArrowDown);
    key(&mut table, Key::Tab);
    assert_eq!(shown(&table).len(), 2, "place:Batken");
    let field = table.get_by_label("Filter events");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("place:Batken "));
    key(&mut table, Key::Enter);
    assert!(active(&table).contains("of 2"), "the table has the keyboard: {}", active(&table));
}

#[test]
fn ctrl_l_filters_to_the_value_under_the_hand_and_back() {
    let mut table = open(project());
    click(&mut table, "Place", "Fire on a post");
    chord(&mut table, CTRL, Key::L);
    assert_eq!(shown(&table), ["Looting", "Fire on a post"]);
    assert!(active(&table).starts_with("Place: Batken"), "{}", active(&table));
    click(&mut table, "When", "Fire on a post");
    chord(&mut table, CTRL, Key::L);
    let line = |table: &Table| table.get_by_label("Filter events").accesskit_node().value().unwrap_or_default();
    assert_eq!(line(&table), "place=Batken date:2022-09");
    chord(&mut table, CTRL, Key::L);
    click(&mut table, "Place", "Fire on a post");
    chord(&mut table, CTRL, Key::L);
    assert_eq!((line(&table).as_str(), shown(&table).len()), ("", 5));
}

#[test]
fn a_row_that_an_edit_takes_out_of_the_filter_stays_marked_until_asked() {
    let mut table = open(project());
    filter(&mut table, "place:batken");
    key(&mut table, Key::Enter);
    click(&mut table, "Place", "Fire on a post");
    type_text(&mut table, "Osh");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-2").location.name, "Osh");
    assert_eq!(shown(&table).len(), 2, "the row stays under the hand");
    assert!(has(&table, "1 row does not match any more"));
    let stray = "Event Fire on a post. The filter does not match it any more";
    assert!(has(&table, stray));
    table.get_by_label("Filter again").click();
    table.run();
    assert_eq!(shown(&table), ["Looting"]);
}

#[test]
fn escape_closes_the_list_first_then_lets_go_of_the_filter() {
    let mut table = open(project());
    filter(&mut table, "place:b");
    assert!(table.query_by_label("Batken").is_some(), "a value is offered");
    key(&mut table, Key::Escape);
    assert_eq!(shown(&table).len(), 2, "the filter stays");
    key(&mut table, Key::Escape);
    assert_eq!(shown(&table).len(), 5);
}

#[test]
fn pictures_of_the_filter() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let mut table = open_at(project(), [1024.0, 420.0], dark);
        filter(&mut table, "place:Batken kiled>3");
        picture(&format!("filter-mistake-{theme}"), &mut table);
        let mut table = open_at(project(), [1024.0, 420.0], dark);
        filter(&mut table, "osh cou");
        key(&mut table, Key::ArrowDown);
        picture(&format!("filter-offers-{theme}"), &mut table);
    }
}
