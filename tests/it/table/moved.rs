//! Cells that are cut and moved, and the square at the corner of a range that fills.

use super::*;

fn cell(table: &Table, label: &str) -> egui::Rect {
    table.get_by(|node| node.role() == Role::GridCell && node.label().is_some_and(|l| l.starts_with(label))).rect()
}

fn cut(table: &mut Table) -> String {
    table.event(Input::Cut);
    table.run();
    table.state().clip.text.clone()
}

/// Title and place of the first event.
fn cut_two(table: &mut Table) -> String {
    click(table, "Title", "Shelling of the bridge");
    chord(table, SHIFT, Key::ArrowRight);
    cut(table)
}

#[test]
fn what_is_cut_stays_until_it_is_pasted_and_moves_in_one_step() {
    let mut table = open(project());
    let text = cut_two(&mut table);
    assert_eq!(text, "Shelling of the bridge\tAk-Sai");
    assert_eq!(table.state().session.project(), &project(), "nothing is taken away yet");
    click(&mut table, "Title", "Evacuation");
    table.event(Input::Paste(text.clone()));
    table.run();
    let (from, to) = (now(&table, "e-1"), now(&table, "e-5"));
    assert_eq!((&*from.title, &*from.location.name), ("", ""));
    assert_eq!((&*to.title, &*to.location.name), ("Shelling of the bridge", "Ak-Sai"));
    assert_eq!(table.state().session.undo_label(), Some("Move 2 cells"));
    // A second paste copies: there is nothing left to move.
    click(&mut table, "Title", "Looting");
    table.event(Input::Paste(text));
    table.run();
    assert_eq!(
        (&*now(&table, "e-4").title, &*now(&table, "e-5").title),
        ("Shelling of the bridge", "Shelling of the bridge")
    );
    table.state_mut().undo();
    table.state_mut().undo();
    table.run();
    assert_eq!(table.state().session.project(), &project(), "each was one step");
}

#[test]
fn cells_move_where_the_new_place_overlaps_the_old_one() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    chord(&mut table, SHIFT, Key::ArrowDown);
    let text = cut(&mut table);
    click(&mut table, "Title", "Shelling of the bridge");
    table.event(Input::Paste(text));
    table.run();
    assert_eq!(shown(&table), ["empty", "Looting", "Shelling of the bridge", "Fire on a post", "Evacuation"]);
}

#[test]
fn another_clipboard_an_edit_and_escape_let_go_of_what_was_cut() {
    let copied_elsewhere: fn(&mut Table) -> &'static str = |_| "Other\tPlace";
    let edited: fn(&mut Table) -> &'static str = |table| {
        click(table, "Country", "Looting");
        type_text(table, "X");
        key(table, Key::Enter);
        "Shelling of the bridge\tAk-Sai"
    };
    let escaped: fn(&mut Table) -> &'static str = |table| {
        key(table, Key::Escape);
        assert_eq!(marked(table).len(), 2, "Escape lets go of the cut first, then of the range");
        "Shelling of the bridge\tAk-Sai"
    };
    for lets_go in [copied_elsewhere, edited, escaped] {
        let mut table = open(project());
        cut_two(&mut table);
        let text = lets_go(&mut table).to_owned();
        click(&mut table, "Title", "Evacuation");
        table.event(Input::Paste(text));
        table.run();
        assert_eq!(
            (&*now(&table, "e-1").title, &*now(&table, "e-1").location.name),
            ("Shelling of the bridge", "Ak-Sai")
        );
    }
}

#[test]
fn several_ranges_are_not_cut() {
    let mut table = open(project());
    click(&mut table, "Title", "Looting");
    table.get_by_label("Title: Fire on a post. Row 4 of 5. Event Fire on a post.").click_modifiers(CTRL);
    table.run();
    table.event(Input::Cut);
    table.run();
    assert!(has(&table, "Cut takes one range of cells; 2 are selected"));
}

#[test]
fn ctrl_r_copies_the_first_column_into_the_others() {
    let mut table = open(project());
    click(&mut table, "Place", "Looting");
    chord(&mut table, SHIFT, Key::ArrowDown);
    chord(&mut table, SHIFT, Key::ArrowRight);
    chord(&mut table, CTRL, Key::R);
    assert_eq!((&*now(&table, "e-4").location.adm1, &*now(&table, "e-1").location.adm1), ("Batken", "Ak-Sai"));
    table.state_mut().undo();
    table.run();
    assert_eq!(table.state().session.project(), &project());
}

/// Drags the square at the corner of a cell.
fn drag_square(table: &mut Table, from: egui::Rect, to: egui::Pos2) {
    let from = from.max - egui::vec2(3.0, 3.0);
    table.hover_at(from);
    table.run();
    table.drag_at(from);
    table.step();
    for _ in 0..3 {
        table.hover_at(to);
        table.step();
    }
    table.drop_at(to);
    table.run();
}

#[test]
fn the_square_fills_down_and_dates_do_not_go_on_counting() {
    let mut table = open(project());
    click(&mut table, "When", "Shelling of the bridge");
    let (from, to) = (cell(&table, "When: 2022-09-14. Row 2"), cell(&table, "When: 2022-09-16. Row 4").center());
    drag_square(&mut table, from, to);
    let day = |name: &str| now(&table, name).when.map(|when| when.to_string());
    assert_eq!([day("e-3"), day("e-2")], [Some("2022-09-14".to_owned()), Some("2022-09-14".to_owned())]);
    assert_eq!(day("e-5"), None);
    assert_eq!(marked(&table).len(), 3, "the range grows by what was filled");
    assert_eq!(table.state().session.undo_label(), Some("Fill 2 cells in When"));
}

#[test]
fn the_square_repeats_the_rows_of_the_range_and_pressed_twice_fills_beside_a_filled_column() {
    let mut table = open(project());
    click(&mut table, "Province", "Looting");
    type_text(&mut table, "A");
    key(&mut table, Key::Enter);
    type_text(&mut table, "B");
    key(&mut table, Key::Enter);
    click(&mut table, "Province", "Looting");
    chord(&mut table, SHIFT, Key::ArrowDown);
    let pos = cell(&table, "Province: B. Row 2").max - egui::vec2(3.0, 3.0);
    let button = |pressed| Input::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    table.hover_at(pos);
    table.run();
    table.input_mut().events = vec![button(true), button(false), button(true), button(false)];
    table.step();
    table.run();
    let adm1 = |name: &str| now(&table, name).location.adm1.to_string();
    // Places stand in rows 1 to 4; row 5 has none.
    assert_eq!([adm1("e-3"), adm1("e-2"), adm1("e-5")], ["A", "B", ""]);
}

#[test]
fn escape_gives_a_drag_of_the_square_up() {
    let mut table = open(project());
    click(&mut table, "Place", "Looting");
    let (from, to) = (cell(&table, "Place: Batken. Row 1"), cell(&table, "Place: Isfara. Row 3").center());
    let from = from.max - egui::vec2(3.0, 3.0);
    table.hover_at(from);
    table.run();
    table.drag_at(from);
    table.step();
    table.hover_at(to);
    table.step();
    key(&mut table, Key::Escape);
    table.drop_at(to);
    table.run();
    assert_eq!(table.state().session.revision(), 0);
}

#[test]
fn pictures_of_cut_cells_and_the_square() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let mut table = open_at(project(), [1024.0, 420.0], dark);
        cut_two(&mut table);
        click(&mut table, "Place", "Fire on a post");
        picture(&format!("cut-{theme}"), &mut table);
        let (from, to) = (cell(&table, "Place: Batken. Row 4"), cell(&table, "Place: Isfara. Row 3").center());
        let from = from.max - egui::vec2(3.0, 3.0);
        table.hover_at(from);
        table.run();
        table.drag_at(from);
        table.step();
        table.hover_at(to + egui::vec2(0.0, -52.0));
        table.step();
        table.step();
        picture(&format!("square-{theme}"), &mut table);
    }
}
