//! The palette, the key sheet and the messages: found by typing, said once, closed by Esc.

use dateline::command::Command;
use dateline::ui::keys::KeySheet;
use dateline::ui::palette::Palette;
use dateline::ui::toasts::Toasts;
use dateline::ui::{Pane, Target};
use egui::{Key, Role, Ui};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use crate::panel::{self, Bench};

/// What lies over the window.
#[derive(Default)]
struct Over {
    palette: Palette,
    keys: KeySheet,
    toasts: Toasts,
    below: String,
}

type Window = Harness<'static, Bench<Over>>;

fn draw(ui: &mut Ui, bench: &mut Bench<Over>) {
    let ctx = ui.ctx().clone();
    bench.frame(|over, view, _, actions| {
        ui.text_edit_singleline(&mut over.below).accessible_name("Below");
        let why_not = |command| (command == Command::GoToQuote).then_some("No claim with a quote is chosen");
        over.palette.ui(&ctx, view, &why_not, actions);
        over.keys.ui(&ctx);
        over.toasts.ui(&ctx, view, actions);
    });
}

fn window(dark: bool) -> Window {
    panel::harness([900.0, 620.0], dark, draw, Bench::new(panel::project()))
}

fn with_palette(dark: bool, query: &str) -> Window {
    let mut window = window(dark);
    window.get_by_label("Below").focus();
    window.run();
    window.state_mut().panel.palette.open();
    window.run();
    for letter in query.chars() {
        field(&window).type_text(&letter.to_string());
        window.run();
    }
    window
}

fn field(window: &Window) -> egui_kittest::Node<'_> {
    window.get_by_role_and_label(Role::TextInput, "Search or command")
}

#[test]
fn a_command_is_run_by_typing_and_stands_first_the_next_time() {
    let mut window = with_palette(false, "high con");
    window.get_by_label("High contrast theme");
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().ran, [Command::ThemeHighContrast]);
    assert!(!window.state().panel.palette.is_open());
    assert!(window.get_by_label("Below").is_focused(), "the keyboard goes back");
    window.state_mut().panel.palette.open();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().ran, [Command::ThemeHighContrast; 2]);
}

#[test]
fn an_event_is_found_by_place_and_day() {
    let mut window = with_palette(false, "#isfara 2022-09");
    window.get_by_label("Isfara, 2022-09-14");
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().shown, [Target::Event("e-isfara".parse().expect("id"))]);
}

#[test]
fn a_command_that_cannot_be_run_says_why_and_the_palette_stays() {
    let mut window = with_palette(false, ">go to evidence");
    window.get_by_label("Go to evidence, No claim with a quote is chosen").click();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().ran, []);
    assert!(window.state().panel.palette.is_open());
    window.key_press(Key::Escape);
    window.run();
    assert!(!window.state().panel.palette.is_open());
    assert!(window.query_by_label_contains("Go to evidence").is_none());
}

#[test]
fn arrows_walk_the_list_and_a_row_can_be_clicked() {
    let mut window = with_palette(false, "");
    window.key_press(Key::ArrowDown);
    window.run();
    window.key_press(Key::ArrowUp);
    window.run();
    window.key_press(Key::ArrowDown);
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().ran, [Command::OpenProject]);
    let mut window = with_palette(false, "toll");
    window.get_by_label_contains("Ministry raises the toll").click();
    window.run();
    assert_eq!(window.state().shown, [Target::Article("a-toll".parse().expect("id"))]);
    let mut window = with_palette(false, "no such thing at all");
    window.get_by_label("Nothing matches");
    window.key_press(Key::Enter);
    window.run();
    assert!(window.state().panel.palette.is_open());
}

#[test]
fn a_click_beside_the_palette_closes_it_and_tab_stays_in_it() {
    let mut window = with_palette(false, "undo");
    window.key_press(Key::Tab);
    window.run();
    field(&window).type_text(" more");
    window.run();
    assert_eq!(field(&window).value().as_deref(), Some("undo more"));
    window.get_by_label("Below").click();
    window.run();
    assert!(!window.state().panel.palette.is_open());
    assert_eq!(window.state().ran, []);
}

#[test]
fn a_toast_goes_by_itself_an_error_stays_and_the_list_keeps_both() {
    let mut window = window(false);
    window.state_mut().panel.toasts.say("Deleted event", true);
    window.run();
    let toast = window.get_by_role_and_label(Role::Status, "Deleted event");
    assert_eq!(toast.accesskit_node().live(), egui::accesskit::Live::Polite);
    window.get_by_label("Undo this").click();
    window.run();
    assert_eq!(window.state().ran, [Command::Undo]);
    assert!(window.query_by_label("Deleted event").is_none(), "its button closes it");
    window.state_mut().panel.toasts.say("Saved", false);
    window.run_steps(2);
    window.get_by_label("Saved");
    wait(&mut window, 7.0);
    assert!(window.query_by_label("Saved").is_none(), "six seconds are over");
    window.state_mut().panel.toasts.complain("Could not save: disk full");
    window.state_mut().panel.toasts.say("Imported", false);
    wait(&mut window, 20.0);
    window.get_by_role_and_label(Role::Alert, "Could not save: disk full");
    assert!(window.query_by_label("Imported").is_none(), "one at a time");
    window.get_by_label("Close message").click();
    window.run_steps(3);
    window.get_by_label("Imported");
    window.state_mut().panel.toasts.open_log();
    window.run_steps(3);
    for text in ["Deleted event", "Saved", "Could not save: disk full"] {
        window.get_by_label(text);
    }
    window.get_all_by_label("10:15:00 UTC").next().expect("a time");
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert!(window.query_by_label("Saved").is_none());
}

fn wait(window: &mut Window, seconds: f64) {
    let time = window.ctx.input(|input| input.time);
    window.input_mut().time = Some(time + seconds);
    window.run_steps(3);
}

#[test]
fn a_toast_waits_without_drawing_frames() {
    let mut window = window(false);
    window.state_mut().panel.toasts.say("Saved", false);
    window.run_steps(3);
    let output = window.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().expect("a viewport");
    assert!(delay.as_secs_f64() > 1.0, "{delay:?}");
}

#[test]
fn undo_is_not_offered_once_something_else_was_changed() {
    let mut window = window(false);
    window.state_mut().panel.toasts.say("Deleted event", true);
    window.run_steps(2);
    window.get_by_label("Undo this");
    let note = dateline::model::Note::new("n-new".parse().expect("id"), None, None);
    window.state_mut().session.edit(&dateline::edit::Edit::AddNote(Box::new(note))).expect("free");
    window.run_steps(2);
    assert!(window.query_by_label("Undo this").is_none());
}

#[test]
fn the_key_sheet_lists_commands_and_pane_keys_and_is_filtered() {
    let mut window = window(false);
    window.state_mut().panel.keys.open(Pane::Reader);
    window.run();
    window.get_by_label("The selected words say how many were killed: K");
    let filter = window.get_by_role_and_label(Role::TextInput, "Filter keys");
    assert!(filter.is_focused());
    filter.type_text("back taken");
    window.run();
    window.get_by_label("Make the change again that was taken back: Ctrl+Y, Ctrl+Shift+Z");
    assert!(window.query_by_label("The selected words say how many were killed: K").is_none());
    window.key_press(Key::Escape);
    window.run();
    assert!(!window.state().panel.keys.is_open());
}

#[test]
fn everything_over_the_window_looks_as_it_should() {
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        let mut window = with_palette(dark, "");
        panel::picture(&mut window, &format!("palette/commands-{theme}"));
        let mut window = with_palette(dark, "qu");
        panel::picture(&mut window, &format!("palette/mixed-{theme}"));
        let mut window = self::window(dark);
        window.state_mut().panel.keys.open(Pane::Table);
        window.state_mut().panel.toasts.say("Deleted event “Shelling of Batken” and 3 claims about it", true);
        window.run();
        panel::picture(&mut window, &format!("palette/keys-{theme}"));
        let mut window = self::window(dark);
        window.state_mut().panel.toasts.say("Saved border.ron", false);
        let trouble = "Could not save to /media/usb: disk full. Your work is in the recovery journal. Save elsewhere…";
        window.state_mut().panel.toasts.complain(trouble);
        window.state_mut().panel.toasts.open_log();
        window.run();
        panel::picture(&mut window, &format!("palette/messages-{theme}"));
    }
}
