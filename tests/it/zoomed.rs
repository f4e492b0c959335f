//! No control is cut off by the edge of the window: every panel and question at 100, 150 and 200 %, in a small window and
//! in a large one. What is asked for is asked for by keys.

use dateline::app::App;
use egui::accesskit::Role;
use egui::{Event as Input, Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use crate::app::sized;

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

/// Controls that lie beyond the left or right edge of the window, or, where `tall`, beyond any. Boxes to tick, and long
/// texts, stand in lists that scroll, and may lie below.
fn cut(app: &Workbench, tall: bool) -> Vec<String> {
    let screen: Rect = app.ctx.content_rect().expand(SLACK);
    let controls = app.query_all(By::new().predicate(|node| is_control(node.role()) && !node.is_hidden()));
    let cut = controls.filter_map(|node| {
        let rect = node.rect();
        let wide = rect.left() >= screen.left() && rect.right() <= screen.right();
        let role = node.accesskit_node().role();
        let scrolls =
            !tall || matches!(role, Role::CheckBox | Role::RadioButton | Role::ComboBox | Role::MultilineTextInput);
        let high = scrolls || (rect.top() >= screen.top() && rect.bottom() <= screen.bottom());
        let label = node.accesskit_node().label().unwrap_or_default();
        (!wide || !high).then(|| format!("{role:?} “{label}” at {rect:?}"))
    });
    cut.collect()
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

/// What is looked at, how it is reached, and whether it is to be seen from top to bottom.
type Screen = (&'static str, fn(&mut Workbench), bool);

const SCREENS: [Screen; 19] = [
    ("the panes", |_| {}, false),
    ("the palette", |app| press(app, Modifiers::COMMAND, Key::K), false),
    ("the keys", |app| press(app, Modifiers::NONE, Key::F1), false),
    ("the event", |app| run(app, "event"), false),
    ("the notes", |app| run(app, "notes"), false),
    ("the method sheet", |app| run(app, "method sheet"), false),
    ("the problems", |app| run(app, "problems"), false),
    ("find", |app| table(app, Modifiers::COMMAND, Key::F), false),
    ("replace", |app| table(app, Modifiers::COMMAND, Key::H), false),
    ("go to", |app| table(app, Modifiers::COMMAND, Key::G), false),
    ("change cells", |app| run(app, "change cells"), false),
    ("the filter", |app| table(app, Modifiers::COMMAND | Modifiers::SHIFT, Key::L), false),
    ("the menu of cells", |app| table(app, Modifiers::SHIFT, Key::F10), true),
    ("the menu of a header", header_menu, true),
    ("saved views", |app| run(app, "saved views"), true),
    ("columns of one's own", |app| run(app, "columns of your own"), true),
    ("export", |app| run(app, "export…"), true),
    ("export of the chart", |app| run(app, "export chart"), true),
    ("paste an article", |app| run(app, "paste article"), true),
];

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

/// A window of 1024 by 700 at 200 % is half as large as the smallest one that is supported.
const WINDOWS: [([f32; 2], f32); 3] = [([1024.0, 700.0], 1.0), ([1024.0, 700.0], 1.5), ([1440.0, 900.0], 2.0)];

#[test]
fn no_control_lies_beyond_the_edge_of_the_window() {
    let mut all = Vec::new();
    for (size, zoom) in WINDOWS {
        for (name, reach, tall) in SCREENS {
            let mut app = sized(size, None, []);
            app.ctx.set_zoom_factor(zoom);
            app.run_steps(8);
            let before = controls(&app);
            reach(&mut app);
            app.run_steps(4);
            assert!(name == "the panes" || controls(&app) != before, "{name} at {zoom} in {size:?} is not reached");
            all.extend(cut(&app, tall).into_iter().map(|cut| format!("{name} at {zoom} in {size:?}: {cut}")));
            if zoom == 2.0 {
                let image = app.render().expect("the raster draws everything");
                let file = format!("side/zoomed-{}.png", name.replace(' ', "-"));
                let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file);
                raster::save_png(&image, path).expect("the target folder can be written");
            }
        }
    }
    assert!(all.is_empty(), "{} controls are cut off:\n{}", all.len(), all.join("\n"));
}

/// The controls and where they stand, to see whether anything came.
fn controls(app: &Workbench) -> Vec<String> {
    let every = app.query_all(By::new().predicate(|node| is_control(node.role())));
    let focused = app.query_by(|node| node.is_focused()).map(|node| node.accesskit_node().label().unwrap_or_default());
    let said = every.map(|node| format!("{:?} {:?}", node.accesskit_node().label(), node.rect()));
    said.chain(focused.map(|label| label.to_string())).collect()
}
