//! The table within the workbench: commands, undo and the other panels.

use dateline::app::App;
use egui::accesskit::Role;
use egui::{Event as Input, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::app::{press, workbench};

type Workbench = Harness<'static, App>;

fn type_text(app: &mut Workbench, text: &str) {
    app.event(Input::Text(text.to_owned()));
    app.run_steps(4);
}

fn active(app: &Workbench) -> String {
    let field = app.get_by(|node| node.is_focused());
    field.accesskit_node().label().unwrap_or_default().to_string()
}

fn titles(app: &Workbench) -> Vec<String> {
    app.state().project().expect("a project").events.iter().map(|event| event.title.to_string()).collect()
}

/// The workbench on the sample, with the keyboard in the table.
fn in_table() -> Workbench {
    let mut app = workbench(None, []);
    press(&mut app, Modifiers::COMMAND, Key::Num3);
    app
}

#[test]
fn a_cell_is_typed_undone_and_done_again_by_keys() {
    let mut app = in_table();
    press(&mut app, Modifiers::COMMAND, Key::Home);
    for _ in 0..2 {
        press(&mut app, Modifiers::NONE, Key::ArrowRight);
    }
    let before = titles(&app);
    type_text(&mut app, "Typed anew");
    press(&mut app, Modifiers::NONE, Key::Enter);
    assert!(titles(&app).contains(&"Typed anew".to_owned()));
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(titles(&app), before);
    press(&mut app, Modifiers::COMMAND, Key::Y);
    assert!(titles(&app).contains(&"Typed anew".to_owned()));
}

#[test]
fn a_row_is_added_behind_the_active_one_and_typed_into() {
    let mut app = in_table();
    let count = titles(&app).len();
    press(&mut app, Modifiers::COMMAND | Modifiers::SHIFT, Key::Plus);
    assert_eq!(titles(&app).len(), count + 1);
    let desk_event = active(&app);
    type_text(&mut app, "2022-09-18");
    press(&mut app, Modifiers::NONE, Key::Tab);
    type_text(&mut app, "A new row");
    press(&mut app, Modifiers::NONE, Key::Enter);
    let project = app.state().project().expect("a project").clone();
    let new = project.events.iter().find(|event| &*event.title == "A new row");
    let when = new.and_then(|event| event.when).map(|when| when.to_string());
    assert_eq!(when.as_deref(), Some("2022-09-18"), "{desk_event}");
}

#[test]
fn ctrl_and_minus_delete_a_row_in_the_table_and_zoom_elsewhere() {
    let mut app = in_table();
    let (count, zoom) = (titles(&app).len(), app.ctx.zoom_factor());
    press(&mut app, Modifiers::COMMAND, Key::Equals);
    assert_eq!(app.ctx.zoom_factor(), zoom, "who would zoom back here would delete a row");
    press(&mut app, Modifiers::COMMAND, Key::Minus);
    assert_eq!((titles(&app).len(), app.ctx.zoom_factor()), (count - 1, zoom));
    press(&mut app, Modifiers::COMMAND, Key::Num1);
    press(&mut app, Modifiers::COMMAND, Key::Equals);
    assert!(app.ctx.zoom_factor() > zoom);
    press(&mut app, Modifiers::COMMAND, Key::Minus);
    press(&mut app, Modifiers::COMMAND, Key::Minus);
    assert!(app.ctx.zoom_factor() < zoom);
    press(&mut app, Modifiers::COMMAND, Key::Num0);
    assert_eq!(titles(&app).len(), count - 1, "no row is deleted from elsewhere");
    assert!((app.ctx.zoom_factor() - 1.0).abs() < 1e-6);
}

/// Chooses an entry of the edit menu; the keys stand behind its name, and in the tool bar in brackets.
fn edit_menu(app: &mut Workbench, item: &str) {
    app.get_by_label("Edit").click();
    app.run_steps(4);
    let entry = app.get_by(|node| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(item) && !label.contains('('))
    });
    entry.click();
    app.run_steps(4);
}

#[test]
fn the_edit_menu_names_what_undo_takes_back_and_does_it() {
    let mut app = in_table();
    let before = titles(&app);
    press(&mut app, Modifiers::COMMAND, Key::Home);
    for _ in 0..2 {
        press(&mut app, Modifiers::NONE, Key::ArrowRight);
    }
    press(&mut app, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut app, Modifiers::NONE, Key::Delete);
    assert_ne!(titles(&app), before);
    edit_menu(&mut app, "Undo: Clear 2 cells in Title");
    assert_eq!(titles(&app), before);
    edit_menu(&mut app, "Redo: Clear 2 cells in Title");
    assert_ne!(titles(&app), before);
}

#[test]
fn deleted_rows_come_back_with_their_claims() {
    let mut app = in_table();
    press(&mut app, Modifiers::COMMAND, Key::A);
    press(&mut app, Modifiers::COMMAND, Key::Minus);
    assert_eq!(titles(&app).len(), 0);
    assert!(app.query_by_label_contains("No events yet").is_some());
    press(&mut app, Modifiers::COMMAND, Key::Z);
    let project = app.state().project().expect("a project");
    let sample = dateline::sample::project().expect("the sample is good");
    assert_eq!((project.events.len(), project.claims.len()), (sample.events.len(), sample.claims.len()));
}

#[test]
fn the_menus_command_edits_the_cell() {
    let mut app = in_table();
    press(&mut app, Modifiers::COMMAND, Key::Home);
    press(&mut app, Modifiers::NONE, Key::ArrowRight);
    app.get_by_label("Edit").click();
    app.run_steps(4);
    app.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Edit cell")))
        .click();
    app.run_steps(6);
    assert!(active(&app).starts_with("Editing When"), "{}", active(&app));
}

#[test]
fn f12_on_a_figure_shows_its_quote_in_the_reader() {
    let mut app = in_table();
    let figure = app.get_all_by(|node| {
        node.role() == Role::GridCell
            && node.label().is_some_and(|label| {
                label.starts_with("Killed, best: ") && !label.contains("no claim") && !label.contains("unknown")
            })
    });
    figure.into_iter().next().expect("a figure").click();
    app.run_steps(4);
    press(&mut app, Modifiers::NONE, Key::F12);
    assert!(app.query_by_role(Role::Document).is_some() || app.query_by_role(Role::Paragraph).is_some());
}

#[test]
fn f6_leaves_the_table_from_a_cell_and_from_a_header() {
    for from_header in [false, true] {
        let mut app = in_table();
        press(&mut app, Modifiers::COMMAND, Key::Home);
        if from_header {
            press(&mut app, Modifiers::NONE, Key::ArrowUp);
        }
        press(&mut app, Modifiers::NONE, Key::F6);
        assert_eq!(app.state().desk().pane, dateline::ui::Pane::Side);
        assert!(!active(&app).contains("Row 1 of"), "{}", active(&app));
        press(&mut app, Modifiers::SHIFT, Key::F6);
        assert_eq!(app.state().desk().pane, dateline::ui::Pane::Table);
    }
}

/// Leaves a picture of the workbench with the table in the target folder.
#[test]
fn a_picture_of_the_workbench() {
    let mut app = in_table();
    let picture = app.render().expect("the raster draws everything");
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("side/table-in-app.png");
    raster::save_png(&picture, path).expect("the target folder can be written");
}

#[test]
fn groups_are_made_by_a_command_and_folded_by_keys_that_do_nothing_else() {
    let mut app = in_table();
    app.get_by_label("Table").click();
    app.run_steps(4);
    app.get_by_label("Group by this column").click();
    app.run_steps(4);
    press(&mut app, Modifiers::COMMAND, Key::Num3);
    let cell = active(&app);
    press(&mut app, Modifiers::ALT | Modifiers::SHIFT, Key::ArrowLeft);
    let head = active(&app);
    assert!(head.starts_with("Group When, by month: ") && head.contains(", folded"), "{head}");
    press(&mut app, Modifiers::ALT | Modifiers::SHIFT, Key::ArrowRight);
    press(&mut app, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(active(&app), cell);
    app.get_by_label("Table").click();
    app.run_steps(4);
    app.get_by_label("Collapse all groups").click();
    app.run_steps(4);
    let title = |label: &str| label.starts_with("Title: ");
    let rows = app.query_all_by(|node| node.role() == Role::GridCell && node.label().is_some_and(|l| title(&l)));
    let rows: Vec<_> = rows.map(|node| node.accesskit_node().label()).collect();
    assert_eq!(rows, [], "only heads are left");
}

/// Chooses the first offer of the palette for these words.
fn by_palette(app: &mut Workbench, words: &str) {
    press(app, Modifiers::COMMAND, Key::K);
    type_text(app, words);
    press(app, Modifiers::NONE, Key::Enter);
}

#[test]
fn a_view_is_saved_and_shown_by_the_palette_alone() {
    let mut app = in_table();
    by_palette(&mut app, "saved views");
    app.run_steps(2);
    assert!(app.get_by_label("All events").is_focused(), "what is typed must not go into the table under the menu");
    press(&mut app, Modifiers::NONE, Key::ArrowDown);
    press(&mut app, Modifiers::NONE, Key::Enter);
    app.run_steps(4);
    type_text(&mut app, "Everything by day");
    press(&mut app, Modifiers::NONE, Key::Enter);
    let saved = |app: &Workbench| app.state().project().expect("a project").views.len();
    assert_eq!(saved(&app), 1);
    assert!(app.query_by_label("View: Everything by day").is_some());
    press(&mut app, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    type_text(&mut app, "killed>5");
    press(&mut app, Modifiers::NONE, Key::Enter);
    assert!(app.query_by_label("View: Everything by day, changed").is_some());
    by_palette(&mut app, "view: everything");
    assert!(app.query_by_label("View: Everything by day").is_some(), "shown as it was saved");
    press(&mut app, Modifiers::COMMAND, Key::Num3);
    press(&mut app, Modifiers::COMMAND, Key::Z);
    assert_eq!(saved(&app), 0, "undo takes the view back");
    assert!(app.query_by_label("View: All events").is_some());
}

#[test]
fn a_header_keeps_the_keyboard_while_alt_or_shift_goes_down() {
    let mut app = in_table();
    press(&mut app, Modifiers::COMMAND, Key::Home);
    press(&mut app, Modifiers::NONE, Key::ArrowUp);
    press(&mut app, Modifiers::ALT, Key::ArrowDown);
    let focused = app.get_by(|node| node.is_focused()).accesskit_node().label().unwrap_or_default().to_string();
    assert_eq!(focused, "Sort from A to Z", "the menu of the header, not the list of the cell");
}

#[test]
fn pictures_of_a_header_menu_in_the_workbench() {
    for (size, dark) in [([1440.0, 900.0], false), ([1024.0, 700.0], true)] {
        let mut app = crate::app::sized(size, None, []);
        app.ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
        press(&mut app, Modifiers::COMMAND, Key::Num3);
        app.get_by_role_and_label(Role::ColumnHeader, "Place").click_secondary();
        app.run_steps(4);
        crate::panel::picture(&mut app, &format!("workbench-values-{}", size[0]));
    }
}
