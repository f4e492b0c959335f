//! No control is cut off by the edge of the window: every panel and question at 100, 150 and 200 %, in a small window and
//! in a large one. What is asked for is asked for by keys.

use std::collections::HashMap;

use dateline::app::App;
use egui::accesskit::{NodeId, Role};
use egui::{Event as Input, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Rect, TouchPhase, Vec2, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use crate::app::{Dropped, sized};

type Workbench = Harness<'static, App>;

/// Parts of a point that rounding may cost.
const SLACK: f32 = 1.0;

/// What a person operates, and must see whole.
fn is_control(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::TextInput
            | Role::MultilineTextInput
            | Role::ComboBox
            | Role::CheckBox
            | Role::RadioButton
            | Role::Slider
            | Role::SpinButton
            | Role::Tab
            | Role::Link
            | Role::MenuItem
    )
}

/// Points of a text of several lines that have to be seen.
const LINES: f32 = 40.0;

/// The field that takes the table's keys is one point large while nothing is typed.
fn is_unseen(label: &str) -> bool {
    label.ends_with("Type to replace, F2 to edit") || label.starts_with("Header of ") || label == "Event table"
}

/// Controls that are beyond the window, or cut by what they stand in, as they are scrolled now.
fn not_whole(app: &Workbench) -> Vec<(NodeId, String)> {
    let screen: Rect = app.ctx.content_rect().expand(SLACK);
    // What of each control is not clipped away.
    let seen: HashMap<NodeId, (Rect, Rect)> = app.ctx.viewport(|viewport| {
        let layers = viewport.prev_pass.widgets.layers();
        let all = layers.flat_map(|(_, widgets)| widgets);
        all.map(|widget| (widget.id.accesskit_id(), (widget.rect, widget.interact_rect))).collect()
    });
    let controls = app.query_all(By::new().predicate(|node| is_control(node.role()) && !node.is_hidden()));
    let cut = controls.filter_map(|node| {
        let node = node.accesskit_node();
        let id = node.locate().0;
        let bounds = node.raw_bounds()?;
        #[expect(clippy::cast_possible_truncation, reason = "points of a window")]
        let at = |x: f64, y: f64| pos2(x as f32, y as f32);
        let rect = Rect::from_min_max(at(bounds.x0, bounds.y0), at(bounds.x1, bounds.y1));
        let label = node.label().unwrap_or_default();
        if is_unseen(&label) {
            return None;
        }
        let (rect, seen) = seen.get(&id).copied().unwrap_or((rect, rect));
        let seen = seen.expand(SLACK).intersect(screen);
        let whole = if node.role() == Role::MultilineTextInput {
            // A text is longer than its field may be: a few lines of it are seen at once.
            seen.width() >= rect.width() && seen.height() >= rect.height().min(LINES)
        } else {
            seen.contains_rect(rect)
        };
        (!whole).then(|| (id, format!("{:?} “{label}” at {rect:?}, seen {seen:?}", node.role())))
    });
    cut.collect()
}

/// Controls that nobody can bring into view whole: neither a screen reader, nor the keyboard, nor the wheel.
fn cut(app: &mut Workbench) -> Vec<String> {
    let mut cut = Vec::new();
    for (id, told) in not_whole(app) {
        let is_cut = |app: &Workbench| not_whole(app).iter().any(|(still, _)| *still == id);
        for reach in [scroll_to, focus, wheel] {
            if is_cut(app) {
                reach(app, id);
            }
        }
        if is_cut(app) {
            cut.push(told);
        }
    }
    cut
}

fn node(app: &Workbench, id: NodeId) -> Option<egui_kittest::Node<'_>> {
    app.query(By::new().predicate(move |node| node.locate().0 == id))
}

fn scroll_to(app: &mut Workbench, id: NodeId) {
    node(app, id).iter().for_each(egui_kittest::Node::scroll_to_me);
    app.run_steps(3);
}

fn focus(app: &mut Workbench, id: NodeId) {
    node(app, id).iter().for_each(egui_kittest::Node::focus);
    app.run_steps(4);
}

/// Turns the wheel over the part of the window in which the control stands.
fn wheel(app: &mut Workbench, id: NodeId) {
    let window = app.ctx.content_rect();
    for _ in 0..6 {
        let Some(at) = node(app, id).map(|node| node.rect().center()) else { return };
        app.hover_at(at.clamp(window.min + Vec2::splat(24.0), window.max - Vec2::splat(48.0)));
        let delta = (window.center() - at).clamp(Vec2::splat(-120.0), Vec2::splat(120.0));
        turn(app, delta);
        if !not_whole(app).iter().any(|(still, _)| *still == id) {
            return;
        }
    }
}

fn turn(app: &mut Workbench, delta: Vec2) {
    app.event(Input::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    app.run_steps(6);
}

/// Turns the wheel over the title of the chart.
fn wheel_at(app: &mut Workbench, delta: Vec2) {
    let title = app.get_by_label("People killed, by day").rect().center();
    app.hover_at(title);
    turn(app, delta);
}

fn press(app: &mut Workbench, modifiers: Modifiers, key: Key) {
    app.key_press_modifiers(modifiers, key);
    app.run_steps(5);
}

fn type_text(app: &mut Workbench, text: &str) {
    app.event(Input::Text(text.to_owned()));
    app.run_steps(5);
}

/// Runs a command by its name.
fn run(app: &mut Workbench, command: &str) {
    press(app, Modifiers::COMMAND, Key::K);
    type_text(app, &format!(">{command}"));
    press(app, Modifiers::NONE, Key::Enter);
}

/// What is looked at, and how it is reached.
type Screen = (&'static str, fn(&mut Workbench));

const SCREENS: [Screen; 34] = [
    ("the panes", |_| {}),
    ("the palette", |app| press(app, Modifiers::COMMAND, Key::K)),
    ("the keys", |app| press(app, Modifiers::NONE, Key::F1)),
    ("the messages", |app| run(app, "messages")),
    ("the articles", |app| run(app, "go to articles")),
    ("the reader", |app| run(app, "go to reader")),
    ("a claim", claim),
    ("find in the text", |app| run(app, "find in text")),
    ("the chart", |app| run(app, "show chart")),
    ("the toll", toll),
    ("the event", |app| run(app, "show event")),
    ("a split", |app| run(app, "split event")),
    ("the notes", |app| run(app, "show notes")),
    ("a new note", |app| run(app, "add note")),
    ("the method sheet", |app| run(app, "method sheet")),
    ("a release", |app| run(app, "record release")),
    ("the problems", |app| run(app, "problems")),
    ("find", |app| table(app, Modifiers::COMMAND, Key::F)),
    ("replace", |app| table(app, Modifiers::COMMAND, Key::H)),
    ("go to", |app| table(app, Modifiers::COMMAND, Key::G)),
    ("change cells", |app| run(app, "change cells")),
    ("the filter", |app| table(app, Modifiers::COMMAND | Modifiers::SHIFT, Key::L)),
    ("the menu of cells", |app| table(app, Modifiers::SHIFT, Key::F10)),
    ("the menu of a header", header_menu),
    ("the first menu", first_menu),
    ("saved views", |app| run(app, "saved views")),
    ("columns of one's own", |app| run(app, "columns of your own")),
    ("a column of one's own", |app| run(app, "new column")),
    ("export", |app| run(app, "export…")),
    ("export of the chart", |app| run(app, "export chart")),
    ("paste an article", |app| run(app, "paste article")),
    ("the start screen", |app| run(app, "close project")),
    ("about", |app| run(app, "about")),
    ("import", import),
];

/// A claim that is being made, from the first word of the text.
fn claim(app: &mut Workbench) {
    run(app, "go to reader");
    press(app, Modifiers::NONE, Key::Home);
    press(app, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    press(app, Modifiers::NONE, Key::K);
}

/// A table of somebody else's, dropped on the window.
fn import(app: &mut Workbench) {
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("zoomed-clashes.csv");
    std::fs::write(&path, "Day,Town,Dead,Wounded\n03/04/2022,Osh,3,dozens\n05/04/2022,Batken,at least 4,?\n")
        .expect("the target folder can be written");
    app.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    app.run_steps(5);
}

/// The toll as it became known, by its tab.
fn toll(app: &mut Workbench) {
    run(app, "show chart");
    app.get_by_label("By speaker").click();
    app.run_steps(5);
}

fn first_menu(app: &mut Workbench) {
    press(app, Modifiers::NONE, Key::F10);
    press(app, Modifiers::NONE, Key::ArrowDown);
}

fn table(app: &mut Workbench, modifiers: Modifiers, key: Key) {
    press(app, Modifiers::COMMAND, Key::Num3);
    press(app, modifiers, key);
}

fn header_menu(app: &mut Workbench) {
    table(app, Modifiers::COMMAND, Key::Home);
    for _ in 0..3 {
        press(app, Modifiers::NONE, Key::ArrowRight);
    }
    press(app, Modifiers::NONE, Key::ArrowUp);
    press(app, Modifiers::ALT, Key::ArrowDown);
}

/// The workbench in a window of so many pixels at this zoom, with the sample.
fn zoomed(size: [f32; 2], zoom: f32) -> Workbench {
    let mut app = sized(size, None, []);
    app.ctx.set_zoom_factor(zoom);
    app.run_steps(8);
    app
}

#[test]
fn in_a_small_window_at_200_percent_one_pane_is_shown_at_a_time_and_the_keys_go_where_they_always_go() {
    let mut app = zoomed([1024.0, 700.0], 2.0);
    let shown = |app: &Workbench| {
        let tabs = app.query_all(By::new().predicate(|node| node.role() == Role::Tab));
        let chosen = tabs.filter(|tab| tab.accesskit_node().is_selected() == Some(true));
        chosen.filter_map(|tab| tab.accesskit_node().label()).collect::<Vec<_>>()
    };
    assert_eq!(shown(&app), ["Table"]);
    for (key, name) in [(Key::Num1, "Articles"), (Key::Num2, "Reader"), (Key::Num3, "Table")] {
        press(&mut app, Modifiers::COMMAND, key);
        assert_eq!(shown(&app), [name]);
    }
    press(&mut app, Modifiers::NONE, Key::F6);
    assert_eq!(shown(&app), ["Chart and event", "Chart", "Over time"], "F6 goes on to the next one");
    // From a number in the table to its words, and from a problem to its row.
    press(&mut app, Modifiers::COMMAND, Key::Num3);
    press(&mut app, Modifiers::NONE, Key::F12);
    assert_eq!(shown(&app), ["Reader"]);
    run(&mut app, "split event");
    assert_eq!(shown(&app)[..2], ["Chart and event", "Event"]);
    app.get_by_label("Articles").click();
    app.run_steps(5);
    press(&mut app, Modifiers::NONE, Key::Home);
    assert_eq!(shown(&app), ["Articles"], "the keys of the list stay in the list");
    app.get_by_label_contains("Dead and wounded at the Kekh border post").click();
    app.run_steps(5);
    assert_eq!(shown(&app), ["Reader"], "a click on an article opens it");
    // In a larger window all of them are there again.
    app.ctx.set_zoom_factor(1.0);
    app.run_steps(8);
    assert_eq!(shown(&app)[0], "Event");
    assert!(app.query_by_label("Add articles").is_some(), "the tool bar is back");
}

#[test]
fn a_question_is_no_higher_than_what_it_asks() {
    let mut app = zoomed([1440.0, 900.0], 1.0);
    run(&mut app, "about");
    let close = app.get_by_role_and_label(Role::Button, "Close").rect();
    let last = app.get_by_label("Phosphor Icons, © Phosphor Icons, MIT").rect();
    assert!(close.top() > last.bottom() && close.top() - last.bottom() < 30.0, "{last:?} {close:?}");
    let mut app = zoomed([1024.0, 700.0], 2.0);
    run(&mut app, "show chart");
    let plot = app.get_by_role(Role::Figure).rect();
    assert!(plot.height() >= 100.0, "the plot keeps a height that can be read: {plot:?}");
    wheel_at(&mut app, egui::vec2(0.0, -300.0));
    let after = app.get_by_role(Role::Figure).rect();
    assert!(app.ctx.content_rect().bottom() - 24.0 > after.bottom(), "it scrolls into view: {after:?}");
}

#[test]
fn down_opens_the_menu_that_has_the_keyboard_and_goes_on_to_its_entries() {
    let mut app = zoomed([1024.0, 700.0], 1.0);
    press(&mut app, Modifiers::NONE, Key::F10);
    assert!(app.query_by_label_contains("Save as…").is_none());
    press(&mut app, Modifiers::NONE, Key::ArrowDown);
    assert!(app.query_by_label_contains("Save as…").is_some());
    press(&mut app, Modifiers::NONE, Key::ArrowDown);
    let focused = app.query_by(|node| node.is_focused()).and_then(|node| node.accesskit_node().label());
    assert!(focused.is_some_and(|label| label.contains("New project")), "the first entry has the keyboard");
}

/// Goes through all screens in a window of this size at this zoom.
fn look_through(size: [f32; 2], zoom: f32) {
    let mut all = Vec::new();
    for (name, reach) in SCREENS {
        let mut app = zoomed(size, zoom);
        let before = controls(&app);
        reach(&mut app);
        app.run_steps(4);
        assert!(name == "the panes" || controls(&app) != before, "{name} is not reached");
        if zoom == 2.0 {
            let image = app.render().expect("the raster draws everything");
            let file = format!("side/zoomed-{}-{}.png", size[0], name.replace(' ', "-"));
            let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file);
            raster::save_png(&image, path).expect("the target folder can be written");
        }
        all.extend(cut(&mut app).into_iter().map(|cut| format!("{name}: {cut}")));
    }
    assert!(all.is_empty(), "{} controls are cut off:\n{}", all.len(), all.join("\n"));
}

#[test]
fn every_control_is_seen_or_scrolls_into_view_in_a_small_window() {
    look_through([1024.0, 700.0], 1.0);
}

#[test]
fn every_control_is_seen_or_scrolls_into_view_in_a_small_window_at_125_percent() {
    look_through([1024.0, 700.0], 1.25);
}

#[test]
fn every_control_is_seen_or_scrolls_into_view_in_a_small_window_at_150_percent() {
    look_through([1024.0, 700.0], 1.5);
}

#[test]
fn every_control_is_seen_or_scrolls_into_view_in_a_usual_window_at_200_percent() {
    look_through([1440.0, 900.0], 2.0);
}

#[test]
fn every_control_is_seen_or_scrolls_into_view_in_a_small_window_at_200_percent() {
    look_through([1024.0, 700.0], 2.0);
}

/// The controls and where they stand, to see whether anything came.
fn controls(app: &Workbench) -> Vec<String> {
    let every = app.query_all(By::new().predicate(|node| is_control(node.role())));
    let focused = app.query_by(|node| node.is_focused()).map(|node| node.accesskit_node().label().unwrap_or_default());
    let said = every.map(|node| format!("{:?} {:?}", node.accesskit_node().label(), node.rect()));
    said.chain(focused.map(|label| label.to_string())).collect()
}
