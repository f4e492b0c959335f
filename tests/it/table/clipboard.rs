//! The clipboard: copy, cut, paste, with text and with a table beside it.

use super::*;

fn complaints(table: &Table) -> Vec<&str> {
    let told = table.state().asked.iter();
    told.filter_map(|action| if let Action::Complain(text) = action { Some(text.as_str()) } else { None }).collect()
}

fn undo(table: &mut Table) -> Option<String> {
    let label = table.state_mut().undo();
    table.run();
    label
}

/// Puts a table on the clipboard with the text that a program wrote beside it, and pastes.
fn paste_table(table: &mut Table, text: &str, html: &str) {
    table.state_mut().clip = Clip { text: text.to_owned(), html: Some(html.to_owned()) };
    paste(table, text);
}

#[test]
fn a_copy_is_text_and_table_at_once() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    chord(&mut table, SHIFT, Key::ArrowRight);
    copied(&mut table);
    let clip = table.state().clip.clone();
    assert_eq!(clip.text, "Shelling of the bridge\tAk-Sai");
    let html = clip.html.expect("a table");
    assert!(html.contains("<tr><td>Shelling of the bridge</td><td>Ak-Sai</td></tr>"), "{html}");
}

#[test]
fn the_table_is_pasted_rather_than_the_text_and_the_other_way_as_text() {
    let mut table = open(project());
    let (text, html) = ("5\" gun\tOsh", "<table><tr><td>5&quot; gun<td>Osh</table>");
    click(&mut table, "Title", "Looting");
    paste_table(&mut table, "Two lines", "<table><tr><td>Two</td><td>lines</td></tr></table>");
    assert_eq!((&*now(&table, "e-4").title, &*now(&table, "e-4").location.name), ("Two", "lines"));
    undo(&mut table);
    table.state_mut().clip = Clip { text: text.to_owned(), html: Some(html.replace("Osh", "Jalal-Abad")) };
    chord(&mut table, CTRL | SHIFT, Key::V);
    assert_eq!((&*now(&table, "e-4").title, &*now(&table, "e-4").location.name), ("5\" gun", "Osh"));
    undo(&mut table);
    paste_table(&mut table, "just words", "<p>just <b>words</b></p>");
    assert_eq!(&*now(&table, "e-4").title, "just words", "a page is pasted as its text");
}

#[test]
fn one_value_fills_a_block_repeats_and_a_larger_one_adds_rows() {
    let mut table = open(project());
    chord(&mut table, CTRL, Key::Home);
    click(&mut table, "Province", "Looting");
    for _ in 0..3 {
        chord(&mut table, SHIFT, Key::ArrowDown);
    }
    paste(&mut table, "Batken");
    assert_eq!(table.state().session.undo_label(), Some("Paste 4 × 1 cells"));
    assert_eq!(table.state().session.project().events.iter().filter(|e| &*e.location.adm1 == "Batken").count(), 4);
    undo(&mut table);
    paste(&mut table, "One\nTwo");
    let provinces: Vec<String> =
        ["e-4", "e-1", "e-3", "e-2"].iter().map(|event| now(&table, event).location.adm1.to_string()).collect();
    assert_eq!(provinces, ["One", "Two", "One", "Two"]);
    undo(&mut table);
    paste(&mut table, "One\nTwo\nThree");
    assert_eq!(&*now(&table, "e-2").location.adm1, "", "three rows do not go into four: they are put in once");
    undo(&mut table);
    click(&mut table, "Province", "Evacuation");
    paste(&mut table, "One\nTwo\nThree");
    assert_eq!(ids(&table).len(), 7);
    let said = table
        .state()
        .asked
        .iter()
        .any(|action| matches!(action, Action::Say(text) if text == "Pasted 3 × 1 cells; 2 events added"));
    assert!(said, "{:?}", table.state().asked);
    undo(&mut table);
    assert_eq!(ids(&table).len(), 5);
}

#[test]
fn a_text_that_a_cell_cannot_take_stays_in_it_until_it_is_put_right_or_cleared() {
    let mut table = open(project());
    click(&mut table, "When", "Looting");
    paste(&mut table, "no day\tRenamed\n2022-09-30\tAlso");
    assert_eq!(&*now(&table, "e-4").title, "Renamed", "the rest is taken");
    let told = complaints(&table);
    assert!(
        told[0].starts_with("Pasted 2 × 2 cells, 1 cell needs attention. When of Looting (“no day”): "),
        "{told:?}"
    );
    assert!(has(&table, "Error: “no day” is not taken: "), "the cell says so");
    // F2 goes on with the text that was pasted, and says what is wrong.
    key(&mut table, Key::F2);
    chord(&mut table, CTRL, Key::A);
    type_text(&mut table, "2022-09-29");
    key(&mut table, Key::Enter);
    assert_eq!(now(&table, "e-4").when.map(|when| when.to_string()).as_deref(), Some("2022-09-29"));
    assert!(!has(&table, "is not taken"));
    click(&mut table, "When", "Evacuation");
    paste(&mut table, "some day\tX");
    assert!(has(&table, "“some day” is not taken"));
    key(&mut table, Key::Delete);
    assert!(!has(&table, "is not taken"), "Delete drops it");
    paste(&mut table, "some day\tY");
    assert!(has(&table, "“some day” is not taken"));
    undo(&mut table);
    assert!(!has(&table, "is not taken"), "and so does undoing the paste");
}

#[test]
fn what_is_cut_is_moved_by_the_paste_in_one_step() {
    let mut table = open(project());
    click(&mut table, "Place", "Shelling of the bridge");
    table.event(Input::Cut);
    table.run();
    assert_eq!(&*now(&table, "e-1").location.name, "Ak-Sai", "cutting takes nothing away yet");
    let text = table.state().clip.text.clone();
    click(&mut table, "Place", "Evacuation");
    paste(&mut table, &text);
    assert_eq!((&*now(&table, "e-1").location.name, &*now(&table, "e-5").location.name), ("", "Ak-Sai"));
    let before = undo(&mut table);
    assert!(before.is_some_and(|label| label.starts_with("Move") || label.starts_with("Change")));
    assert_eq!((&*now(&table, "e-1").location.name, &*now(&table, "e-5").location.name), ("Ak-Sai", ""));
    paste(&mut table, &text);
    assert_eq!(&*now(&table, "e-1").location.name, "Ak-Sai", "once moved, it is pasted like anything");
}

#[test]
fn a_cut_is_let_go_by_escape_by_a_change_and_where_it_cannot_be_moved() {
    let mut table = open(project());
    let cut = |table: &mut Table| {
        click(table, "Title", "Looting");
        table.event(Input::Cut);
        table.run();
        table.state().clip.text.clone()
    };
    let text = cut(&mut table);
    key(&mut table, Key::Escape);
    click(&mut table, "Title", "Evacuation");
    paste(&mut table, &text);
    assert_eq!((&*now(&table, "e-4").title, &*now(&table, "e-5").title), ("Looting", "Looting"), "pasted, not moved");
    undo(&mut table);
    let text = cut(&mut table);
    click(&mut table, "When", "Evacuation");
    paste(&mut table, &text);
    assert_eq!(&*now(&table, "e-4").title, "Looting", "a title is no day: it stays where it was");
    assert!(has(&table, "“Looting” is not taken") || !complaints(&table).is_empty());
    let text = cut(&mut table);
    click(&mut table, "Place", "Fire on a post");
    key(&mut table, Key::Delete);
    click(&mut table, "Title", "Evacuation");
    paste(&mut table, &text);
    assert_eq!(&*now(&table, "e-4").title, "Looting", "after another change it is a copy");
}

#[test]
fn everything_that_is_copied_is_pasted_back_the_same_as_text_and_as_table() {
    let mut table = open(project());
    let before = table.state().session.project().clone();
    for as_text in [false, true] {
        click(&mut table, "When", "Looting");
        chord(&mut table, CTRL | SHIFT, Key::End);
        let text = copied(&mut table).expect("cells");
        if as_text {
            table.state_mut().clip.html = None;
        }
        paste(&mut table, &text);
        assert_eq!(complaints(&table), Vec::<&str>::new());
        assert_eq!(*table.state().session.project(), before, "nothing is another");
        assert_eq!(table.state().session.undo_label(), None, "and so there is no step");
    }
}

#[test]
fn keys_behind_a_paste_see_what_it_pasted() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    let press = |key| Input::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    table.input_mut().events =
        vec![Input::Paste("Pasted".to_owned()), press(Key::Enter), Input::Text("Typed".to_owned()), press(Key::Enter)];
    table.run();
    assert_eq!((&*now(&table, "e-4").title, &*now(&table, "e-1").title), ("Pasted", "Typed"));
}

/// Leaves pictures of a cut and of a text that was not taken in the target folder, for people to look at.
#[test]
fn pictures_of_the_clipboard() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let mut table = open_at(project(), [1400.0, 420.0], dark);
        click(&mut table, "When", "Looting");
        paste(&mut table, "no day at all\tRenamed");
        click(&mut table, "Title", "Shelling of the bridge");
        chord(&mut table, SHIFT, Key::ArrowDown);
        chord(&mut table, SHIFT, Key::ArrowRight);
        table.event(Input::Cut);
        table.run();
        click(&mut table, "Province", "Evacuation");
        picture(&format!("table-clipboard-{theme}"), &mut table);
    }
}
