//! Moving, selecting, ranges, the clipboard, order and filter.

use super::*;
use dateline::ui::Target;

#[test]
fn delete_clears_a_range_in_one_step() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    chord(&mut table, SHIFT, Key::ArrowRight);
    chord(&mut table, SHIFT, Key::ArrowDown);
    key(&mut table, Key::Delete);
    assert_eq!(&*now(&table, "e-1").title, "");
    assert_eq!(&*now(&table, "e-1").location.name, "");
    assert_eq!(&*now(&table, "e-3").title, "", "the next row is the next day");
    table.state_mut().undo();
    table.run();
    assert_eq!(table.state().session.project(), &project());
}

#[test]
fn a_header_sorts_up_down_and_not_at_all() {
    let mut table = open(project());
    assert_eq!(
        shown(&table),
        ["Looting", "Shelling of the bridge", "Drone over the market", "Fire on a post", "Evacuation"],
        "by first day, and what has no date comes last"
    );
    table.get_by_label("Title").click();
    table.run();
    assert_eq!(
        shown(&table),
        ["Drone over the market", "Evacuation", "Fire on a post", "Looting", "Shelling of the bridge"]
    );
    table.get_by_label("Title").click();
    table.run();
    assert_eq!(shown(&table).first().map(String::as_str), Some("Shelling of the bridge"));
    table.get_by_label("Title").click();
    table.run();
    assert_eq!(
        shown(&table),
        ["Shelling of the bridge", "Fire on a post", "Drone over the market", "Looting", "Evacuation"],
        "the order of the file"
    );
}

#[test]
fn a_row_stays_where_it_is_until_sorting_is_asked_for() {
    let mut table = open(project());
    let before = shown(&table);
    click(&mut table, "When", "Fire on a post");
    type_text(&mut table, "1 September 2022");
    key(&mut table, Key::Enter);
    assert_eq!(now(&table, "e-2").when.map(|when| when.to_string()).as_deref(), Some("2022-09-01"));
    assert_eq!(shown(&table), before);
    table.get_by_label("Sort again").click();
    table.run();
    assert_eq!(shown(&table)[..2], ["Fire on a post", "Looting"], "a day before the month that it begins");
    assert!(!has(&table, "Sort again"));
}

#[test]
fn a_row_that_an_order_takes_out_of_view_says_where_it_is_and_is_followed() {
    let mut project = Project::titled("Long");
    for n in 0..200 {
        let title = format!("Event {:03}", 199 - n);
        project.events.push(event(&format!("e-{n:03}"), "2022-09-14", &title, "Osh")).expect("a free id");
    }
    let mut table = open_at(project, [1400.0, 420.0], false);
    click(&mut table, "Title", "Event 197");
    table.get_by_label("Title").click();
    table.run();
    assert_eq!(shown(&table).first().map(String::as_str), Some("Event 000"), "the view stays at the first rows");
    assert!(has(&table, "Moved to row 198"));
    table.get_by_label("Follow").click();
    table.run();
    assert!(shown(&table).contains(&"Event 197".to_owned()));
    assert!(active(&table).starts_with("Title: Event 197. Row 198 of 200"), "{}", active(&table));
    assert!(!has(&table, "Moved to row"), "it is in view");
    table.get_by_label("Title").click();
    table.run();
    assert!(has(&table, "Moved to row 3"));
    click(&mut table, "Title", "Event 005");
    assert!(!has(&table, "Moved to row"), "another row is at hand");
}

#[test]
fn fill_down_copies_the_first_row_in_one_step() {
    let mut table = open(project());
    click(&mut table, "Country", "Shelling of the bridge");
    chord(&mut table, CTRL | SHIFT, Key::End);
    click(&mut table, "Country", "Shelling of the bridge");
    for _ in 0..2 {
        chord(&mut table, SHIFT, Key::ArrowDown);
    }
    chord(&mut table, CTRL, Key::D);
    let filled = table.state().session.project().events.iter().filter(|e| &*e.location.country == "Kyrgyzstan").count();
    assert_eq!(filled, 3);
    assert_eq!(table.state().session.undo_label(), Some("Fill 2 cells in Country"));
}

#[test]
fn cells_are_copied_and_pasted_as_a_spreadsheet_does() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    chord(&mut table, SHIFT, Key::ArrowRight);
    assert_eq!(copied(&mut table).as_deref(), Some("Shelling of the bridge\tAk-Sai"));
    click(&mut table, "When", "Evacuation");
    table.event(Input::Paste("2022-09-17\tFirst\tVorukh\nno day\tSecond\tSurkh\n".to_owned()));
    table.run();
    assert_eq!(ids(&table).len(), 6, "a row beyond the end is a new event");
    assert_eq!((&*now(&table, "e-5").title, &*now(&table, "e-5").location.name), ("First", "Vorukh"));
    let project = table.state().session.project();
    let new = project.events.iter().find(|event| &*event.title == "Second").expect("the new event");
    assert_eq!((new.when, &*new.location.name), (None, "Surkh"));
    let told = table.state().asked.iter().any(
        |action| matches!(action, Action::Complain(text) if text.starts_with("Pasted 2 × 3 cells, 1 cell needs attention. When of a new event (“no day”): ")),
    );
    assert!(told, "{:?}", table.state().asked);
    table.state_mut().undo();
    table.run();
    assert_eq!(ids(&table).len(), 5, "one step");
    assert_eq!(&*now(&table, "e-5").title, "Evacuation");
}

#[test]
fn low_best_and_high_are_pasted_together_with_one_reason() {
    let mut table = open(project());
    click(&mut table, "Killed, low", "Shelling of the bridge");
    table.event(Input::Paste("30\t35\t40".to_owned()));
    table.run();
    type_text(&mut table, "From the list");
    key(&mut table, Key::Enter);
    let event = now(&table, "e-1");
    let hand = event.hand(&Measure::Killed, &Class::TOTAL).expect("a figure by hand");
    assert_eq!((hand.low, hand.best, hand.high), (30, Some(35), Some(40)));
}

#[test]
fn arrows_stop_at_the_edges() {
    let mut table = open(project());
    chord(&mut table, CTRL, Key::Home);
    let corner = active(&table);
    assert!(corner.starts_with("Id: "), "{corner}");
    key(&mut table, Key::ArrowLeft);
    assert_eq!(active(&table), corner);
    chord(&mut table, CTRL, Key::End);
    let corner = active(&table);
    assert!(corner.starts_with("Covers: ") && corner.contains("Row 5 of 5"), "{corner}");
    key(&mut table, Key::ArrowDown);
    key(&mut table, Key::ArrowRight);
    assert_eq!(active(&table), corner);
    key(&mut table, Key::Home);
    assert!(active(&table).starts_with("Id: e-5. Row 5"), "{}", active(&table));
    key(&mut table, Key::Tab);
    key(&mut table, Key::Tab);
    chord(&mut table, CTRL, Key::ArrowUp);
    assert!(active(&table).contains("Title: ") && active(&table).contains("Row 1 "), "{}", active(&table));
}

#[test]
fn rows_are_deleted_with_a_word_and_come_back() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    chord(&mut table, SHIFT, Key::ArrowDown);
    chord(&mut table, CTRL, Key::Minus);
    assert_eq!(ids(&table), ["e-2", "e-4", "e-5"].map(str::to_owned), "the next row was the next day");
    let said = table
        .state()
        .asked
        .iter()
        .any(|action| matches!(action, Action::Say(text) if text.starts_with("Deleted 2 events and 2 claims")));
    assert!(said, "{:?}", table.state().asked);
    assert!(!active(&table).is_empty(), "a row is active again");
    table.state_mut().undo();
    table.run();
    assert_eq!(table.state().session.project(), &project());
}

#[test]
fn the_filter_counts_and_keeps_new_rows_in_view() {
    let mut table = open(project());
    chord(&mut table, CTRL | SHIFT, Key::L);
    type_text(&mut table, "batken");
    assert!(has(&table, "2 of 5"));
    assert_eq!(shown(&table).len(), 2);
    key(&mut table, Key::Enter);
    assert!(active(&table).contains("of 2"), "{}", active(&table));
    let new = Event { title: "Added".into(), ..Event::new(id("e-6")) };
    let edit = dateline::edit::Edit::AddEvents { events: vec![new], after: Some(id("e-2")) };
    table.state_mut().edit(&edit);
    table.run();
    assert!(shown(&table).contains(&"Added".to_owned()));
    key(&mut table, Key::Escape);
    assert_eq!(shown(&table).len(), 6, "Escape lets go of the filter");
}

#[test]
fn a_filter_that_nothing_matches_says_so() {
    let mut table = open(project());
    chord(&mut table, CTRL | SHIFT, Key::L);
    type_text(&mut table, "nowhere at all");
    assert!(has(&table, "0 of 5 events match"));
    table.get_all_by_label("Clear filter").last().expect("a button").click();
    table.run();
    assert_eq!(shown(&table).len(), 5);
}

#[test]
fn the_desk_follows_the_active_row_and_the_selection() {
    let mut table = open(project());
    click(&mut table, "Title", "Fire on a post");
    assert_eq!(table.state().desk.event, Some(id("e-2")));
    click(&mut table, "Killed, best", "Shelling of the bridge");
    assert_eq!(table.state().desk.claim.map(|claim| claim.to_string()).as_deref(), Some("c-0"));
    for _ in 0..3 {
        chord(&mut table, SHIFT, Key::ArrowDown);
    }
    assert_eq!(table.state().desk.selected.len(), 4);
    let summary = summary(&table).expect("a sum");
    assert_eq!(summary, "4 events, 4 cells, killed: low 8, best 8, high 20, 1 unknown");
    key(&mut table, Key::ArrowUp);
    assert!(selected(&table).is_empty());
}

fn summary(table: &Table) -> Option<String> {
    let bench = table.state();
    bench.panel.summary(&side_bench::view(&bench.session, &bench.derived))
}

#[test]
fn a_set_from_another_panel_is_shown_and_kept() {
    let mut table = open(project());
    table.state_mut().desk.selected = vec![id("e-3"), id("e-5")].into();
    table.state_mut().panel.reveal(id("e-3"));
    table.run();
    assert_eq!(table.state().desk.event, Some(id("e-3")));
    key(&mut table, Key::ArrowDown);
    assert_eq!(selected(&table), ["e-3", "e-5"]);
    key(&mut table, Key::Escape);
    assert!(selected(&table).is_empty());
}

#[test]
fn f12_goes_to_the_words_behind_a_figure() {
    let mut table = open(project());
    click(&mut table, "Killed, best", "Shelling of the bridge");
    key(&mut table, Key::F12);
    let shown = table
        .state()
        .asked
        .iter()
        .any(|action| matches!(action, Action::Show(Target::Quote(claim, 0)) if claim.as_str() == "c-0"));
    assert!(shown, "{:?}", table.state().asked);
}

#[test]
fn the_menu_acts_on_the_selected_cells() {
    let mut table = open(project());
    click(&mut table, "Title", "Shelling of the bridge");
    chord(&mut table, SHIFT, Key::F10);
    table.get_by_label_contains("Clear").click();
    table.run();
    assert_eq!(&*now(&table, "e-1").title, "");
    assert!(active(&table).starts_with("Title: empty"), "the keyboard is back: {}", active(&table));
}

#[test]
fn ten_thousand_events_open_and_their_last_row_is_one_key_away() {
    let mut project = Project::titled("Large");
    for n in 0..10_000_u32 {
        let day = format!("2022-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1);
        project
            .events
            .push(event(&format!("e-{n:05}"), &day, &format!("Event number {n}"), "Place"))
            .expect("a free id");
    }
    let mut table = open(project);
    chord(&mut table, CTRL, Key::End);
    table.run();
    assert!(active(&table).contains("Row 10000 of 10000"), "{}", active(&table));
    assert!(shown(&table).len() < 40, "only rows in view are drawn");
}

#[test]
fn a_drag_selects_a_range() {
    let mut table = open(project());
    let at = |table: &Table, label: &str| table.get_by_label(label).rect().center();
    let from = at(&table, "Title: Shelling of the bridge. Row 2 of 5. Event Shelling of the bridge.");
    let to = at(&table, "Place: Isfara. Row 3 of 5. Event Drone over the market.");
    table.drag_at(from);
    table.run();
    table.hover_at(to);
    table.run();
    table.drop_at(to);
    table.run();
    assert_eq!(selected(&table), ["e-1", "e-3"]);
    key(&mut table, Key::Delete);
    assert_eq!((&*now(&table, "e-3").title, &*now(&table, "e-3").location.name), ("", ""));
}

#[test]
fn a_number_selects_its_row() {
    let mut table = open(project());
    table.get_by_label("Row 2 of 5. Event Shelling of the bridge").click();
    table.run();
    table.get_by_label("Row 4 of 5. Event Fire on a post").click_modifiers(SHIFT);
    table.run();
    assert_eq!(selected(&table), ["e-1", "e-3", "e-2"]);
}

#[test]
fn ctrl_and_arrows_go_to_the_edge_of_a_block() {
    let mut table = open(project());
    click(&mut table, "Place", "Looting");
    chord(&mut table, CTRL, Key::ArrowDown);
    assert!(active(&table).starts_with("Place: Batken. Row 4"), "{}", active(&table));
    chord(&mut table, CTRL, Key::ArrowDown);
    assert!(active(&table).contains("Row 5"), "then the edge of the table: {}", active(&table));
    chord(&mut table, CTRL, Key::ArrowUp);
    chord(&mut table, CTRL, Key::ArrowUp);
    assert!(active(&table).contains("Row 1"), "{}", active(&table));
    chord(&mut table, CTRL, Key::ArrowLeft);
    assert!(active(&table).starts_with("Id: "), "{}", active(&table));
}

#[test]
fn a_second_key_sorts_within_the_first() {
    let mut table = open(project());
    table.get_by_label("Place").click();
    table.run();
    table.get_by_label("Title").click_modifiers(SHIFT);
    table.run();
    assert_eq!(
        shown(&table),
        ["Shelling of the bridge", "Fire on a post", "Looting", "Drone over the market", "Evacuation"]
    );
}

#[test]
fn hidden_columns_are_shown_when_asked_for() {
    let mut table = open(project());
    assert!(table.query_by_label("Injured, low").is_none());
    table.get_by_label("Columns").click();
    table.run();
    table.get_by_label("Injured, low").click();
    table.run();
    assert!(table.query_by_role_and_label(Role::ColumnHeader, "Injured, low").is_some());
}
