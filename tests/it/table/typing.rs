//! Typing into cells: words, dates, figures by hand, and many keys at once.

use super::*;
use dateline::model::Status;

#[test]
fn typing_replaces_a_cell_and_enter_goes_down() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    type_text(&mut table, "Shelling of Ak-Sai");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-1").title, "Shelling of Ak-Sai");
    assert!(active(&table).starts_with("Title: Drone over the market. Row 3 of 5"), "{}", active(&table));
    assert_eq!(table.state().session.undo_label(), Some("Change title of “Shelling of the bridge”"));
}

#[test]
fn a_run_of_tab_ends_in_the_column_where_it_began() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    type_text(&mut table, "Bridge");
    key(&mut table, Key::Tab);
    type_text(&mut table, "Kok-Tash");
    key(&mut table, Key::Tab);
    type_text(&mut table, "Batken Region");
    key(&mut table, Key::Enter);
    let first = now(&table, "e-1");
    assert_eq!((&*first.title, &*first.location.name, &*first.location.adm1), ("Bridge", "Kok-Tash", "Batken Region"));
    assert!(active(&table).starts_with("Title: "), "{}", active(&table));
    assert!(active(&table).contains("Row 3"), "{}", active(&table));
}

#[test]
fn f2_edits_at_the_end_and_escape_drops() {
    let mut table = open(project());
    click(&mut table, "Place", "Shelling of the bridge");
    key(&mut table, Key::F2);
    type_text(&mut table, " village");
    key(&mut table, Key::Escape);
    assert_eq!(&*now(&table, "e-1").location.name, "Ak-Sai");
    key(&mut table, Key::F2);
    key(&mut table, Key::ArrowLeft);
    type_text(&mut table, "x");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-1").location.name, "Ak-Saxi", "arrows move the caret");
}

#[test]
fn a_double_click_edits_the_cell() {
    let mut table = open(project());
    click(&mut table, "Place", "Shelling of the bridge");
    let pos = table.get_by_label("Place: Ak-Sai. Row 2 of 5. Event Shelling of the bridge.").rect().right_center()
        - egui::vec2(4.0, 0.0);
    let button = |pressed| Input::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    // Two clicks within one frame are as quick as they get.
    table.input_mut().events = vec![button(true), button(false), button(true), button(false)];
    table.step();
    table.run();
    type_text(&mut table, " Pass");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-1").location.name, "Ak-Sai Pass");
}

#[test]
fn a_bad_date_says_why_and_keeps_what_was_typed() {
    let mut table = open(project());
    click(&mut table, "When", "Looting");
    type_text(&mut table, "31/9/2022");
    key(&mut table, Key::Enter);
    assert!(has(&table, "has no day 31"), "the reason stands under the cell");
    assert!(active(&table).starts_with("Editing When"), "{}", active(&table));
    assert_eq!(table.state().session.revision(), 0);
    key(&mut table, Key::Home);
    key(&mut table, Key::Delete);
    assert!(has(&table, "1 September 2022"), "what was typed is still there to be mended");
    key(&mut table, Key::Escape);
    assert!(active(&table).starts_with("When: 2022-09."), "{}", active(&table));
}

#[test]
fn a_date_shows_how_it_is_understood() {
    let mut table = open(project());
    click(&mut table, "When", "Looting");
    type_text(&mut table, "3/9/2022");
    assert!(has(&table, "3 September 2022"));
}

#[test]
fn a_figure_by_hand_asks_why_in_its_row() {
    let mut table = open(project());
    click(&mut table, "Killed, best", "Shelling of the bridge");
    type_text(&mut table, "15");
    key(&mut table, Key::Enter);
    assert!(has(&table, "Why?"));
    assert_eq!(table.state().session.revision(), 0, "nothing is set without a reason");
    key(&mut table, Key::Enter);
    assert!(has(&table, "needs a reason"));
    type_text(&mut table, "Morgue list of 14 September");
    key(&mut table, Key::Tab);
    type_text(&mut table, "Aida");
    key(&mut table, Key::Enter);
    let event = now(&table, "e-1");
    let hand = event.hand(&Measure::Killed, &Class::TOTAL).expect("a figure by hand");
    assert_eq!((hand.low, hand.best, hand.high), (8, Some(15), Some(20)));
    assert_eq!((&*hand.reason, &*hand.name), ("Morgue list of 14 September", "Aida"));
    assert!(active(&table).starts_with("Killed, best: "), "{}", active(&table));
    assert!(active(&table).contains("Row 3"), "Enter went down: {}", active(&table));
    // The next one knows the name already.
    type_text(&mut table, "2");
    key(&mut table, Key::Tab);
    type_text(&mut table, "Police");
    key(&mut table, Key::Enter);
    let event = now(&table, "e-3");
    assert_eq!(event.by_hand.first().map(|hand| &*hand.name), Some("Aida"));
    // Delete goes back to the claims.
    click(&mut table, "Killed, best", "Shelling of the bridge");
    key(&mut table, Key::Delete);
    assert!(now(&table, "e-1").by_hand.is_empty());
}

#[test]
fn escape_drops_a_figure_that_has_no_reason_yet() {
    let mut table = open(project());
    click(&mut table, "Killed, high", "Shelling of the bridge");
    type_text(&mut table, "30");
    key(&mut table, Key::Enter);
    key(&mut table, Key::Escape);
    assert!(!has(&table, "Why?"));
    assert_eq!(table.state().session.revision(), 0);
    assert!(active(&table).starts_with("Killed, high: 20."), "{}", active(&table));
}

#[test]
fn words_of_the_codebook_are_picked_by_typing() {
    let mut table = open(project());
    click(&mut table, "Kind", "Fire on a post");
    type_text(&mut table, "she");
    assert!(table.query_by_role_and_label(Role::ListBoxOption, "shelling").is_some());
    assert!(table.query_by_role_and_label(Role::ListBoxOption, "battle").is_none());
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-2").kind, "shelling");
    click(&mut table, "Kind", "Fire on a post");
    chord(&mut table, Modifiers::ALT, Key::ArrowDown);
    key(&mut table, Key::ArrowDown);
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-2").kind, "air or drone strike");
    click(&mut table, "Kind", "Fire on a post");
    key(&mut table, Key::F2);
    table.get_by_role_and_label(Role::ListBoxOption, "battle").click();
    table.run();
    assert_eq!(&*now(&table, "e-2").kind, "battle");
}

#[test]
fn an_exclusion_asks_for_its_reason_in_the_cell() {
    let mut table = open(project());
    click(&mut table, "Status", "Fire on a post");
    type_text(&mut table, "exc");
    key(&mut table, Key::Enter);
    assert_eq!(now(&table, "e-2").status, Status::Draft);
    type_text(&mut table, "Told twice");
    key(&mut table, Key::Enter);
    assert_eq!(now(&table, "e-2").status, Status::Excluded("Told twice".into()));
}

#[test]
fn keys_that_arrive_together_are_taken_in_order() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    let press =
        |key, pressed| Input::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    let text = |text: &str| Input::Text(text.to_owned());
    table.input_mut().events = vec![
        press(Key::Num1, true),
        text("12"),
        press(Key::Num1, false),
        press(Key::Enter, true),
        press(Key::Enter, false),
        text("7"),
        press(Key::Tab, true),
        text("Kok-Tash"),
        press(Key::Enter, true),
    ];
    table.step();
    table.run();
    let titles: Vec<String> =
        table.state().session.project().events.iter().map(|event| event.title.to_string()).collect();
    assert_eq!(titles, ["12", "Fire on a post", "7", "Looting", "Evacuation"]);
    assert_eq!(&*now(&table, "e-3").location.name, "Kok-Tash");
}

#[test]
fn two_changes_in_one_frame_are_both_kept() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    let press = |key| Input::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    table.input_mut().events = vec![press(Key::Delete), press(Key::ArrowRight), press(Key::Delete)];
    table.step();
    table.run();
    let first = now(&table, "e-1");
    assert_eq!((&*first.title, &*first.location.name), ("", ""));
}

#[test]
fn the_first_letter_makes_the_first_event() {
    let mut table = open(Project::titled("Empty"));
    assert!(has(&table, "No events yet"));
    type_text(&mut table, "Shelling");
    key(&mut table, Key::Enter);
    let titles: Vec<String> =
        table.state().session.project().events.iter().map(|event| event.title.to_string()).collect();
    assert_eq!(titles, ["Shelling"]);
}

#[test]
fn undo_is_asked_for_between_cells_but_not_within_one() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    chord(&mut table, CTRL, Key::Z);
    let undo = Action::Run(dateline::command::Command::Undo);
    assert!(table.state().asked.contains(&undo));
    table.state_mut().asked.clear();
    key(&mut table, Key::F2);
    chord(&mut table, CTRL, Key::Z);
    assert!(!table.state().asked.contains(&undo));
}

#[test]
fn facts_say_that_they_are_not_typed() {
    let mut table = open(project());
    click(&mut table, "Sources", "Shelling of the bridge");
    type_text(&mut table, "7");
    assert!(has(&table, "follows from other records"));
    assert_eq!(table.state().session.revision(), 0);
}

#[test]
fn a_press_on_another_cell_takes_what_was_typed() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    type_text(&mut table, "Looting of shops");
    click(&mut table, "Place", "Fire on a post");
    assert_eq!(&*now(&table, "e-4").title, "Looting of shops");
    assert!(active(&table).starts_with("Place: Batken. Row 4"), "{}", active(&table));
    // But a text that cannot be read holds its cell.
    click(&mut table, "When", "Fire on a post");
    type_text(&mut table, "soon");
    click(&mut table, "Place", "Fire on a post");
    assert!(active(&table).starts_with("Editing When"), "{}", active(&table));
}

#[test]
fn the_edit_command_opens_the_cell() {
    let mut table = open(project());
    click(&mut table, "Place", "Looting");
    table.state_mut().panel.edit_cell();
    table.run();
    type_text(&mut table, "!");
    key(&mut table, Key::Enter);
    assert_eq!(&*now(&table, "e-4").location.name, "Batken!");
}
