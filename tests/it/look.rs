//! A gallery of the theme and of every shared widget, drawn in each theme.
//! The pictures are left in the target folder for people to look at; the tests check what a
//! picture cannot lie about: that it is drawn in the theme's colours and that widgets have names.

use std::path::PathBuf;

use dateline::ui::theme::{self, ThemeChoice, icons};
use dateline::ui::widgets::{self, Tone};
use egui::{Align, Frame, Layout, Panel, Role, ScrollArea, TextEdit, Ui, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use raster::image::RgbaImage;

/// What the gallery's controls hold.
struct Gallery {
    tab: usize,
    side_tab: usize,
    name: String,
    note: String,
    known: bool,
    kind: usize,
    pressed: Vec<String>,
}

impl Default for Gallery {
    fn default() -> Self {
        Self {
            tab: 0,
            side_tab: 1,
            name: "Kherson, March 2024".to_owned(),
            note: String::new(),
            known: true,
            kind: 0,
            pressed: Vec::new(),
        }
    }
}

fn gallery(ui: &mut Ui, state: &mut Gallery) {
    Panel::top("bar").show(ui, |ui| tool_bar(ui, state));
    Panel::bottom("status").show(ui, |ui| {
        ui.horizontal(|ui| {
            widgets::caption(ui, "Saved 14:02:11");
            widgets::caption(ui, "312 rows, 2 filters");
        });
    });
    let page = Frame::new().fill(theme::tokens(ui).page).inner_margin(16);
    Panel::left("side").exact_size(280.0).show(ui, |ui| side(ui, state));
    egui::CentralPanel::default().frame(page).show(ui, |ui| {
        widgets::tab_strip(ui, &[("Chart", None), ("Notes", Some(12)), ("Event", None)], &mut state.tab);
        ui.add_space(8.0);
        ui.horizontal_top(|ui| {
            let half = vec2(ui.available_width() / 2.0 - 12.0, ui.available_height());
            ui.allocate_ui(half, |ui| ui.vertical(|ui| controls(ui, state)));
            ui.add_space(8.0);
            ui.allocate_ui(half, |ui| ui.vertical(|ui| notices(ui, state)));
        });
    });
}

fn menu_bar(ui: &mut Ui, state: &mut Gallery) {
    egui::MenuBar::new().ui(ui, |ui| {
        ui.menu_button("File", |ui| {
            ui.set_min_width(200.0);
            for (name, keys) in [("New project", "Ctrl+N"), ("Open...", "Ctrl+O")] {
                let item = egui::Button::new(name).shortcut_text(keys);
                if ui.add(item).clicked() {
                    state.pressed.push(name.to_owned());
                }
            }
            ui.separator();
            ui.add_enabled(false, egui::Button::new("Save").shortcut_text("Ctrl+S"));
            ui.menu_button("Recent", |ui| ui.label("None yet"));
        });
        ui.menu_button("Edit", |ui| ui.label("Nothing to edit"));
    });
}

fn tool_bar(ui: &mut Ui, state: &mut Gallery) {
    menu_bar(ui, state);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        for (icon, label) in [(icons::UNDO, "Undo"), (icons::REDO, "Redo")] {
            if widgets::icon_button(ui, icon, label).clicked() {
                state.pressed.push(label.to_owned());
            }
        }
        ui.separator();
        for (icon, label) in [
            (icons::FILE_PLUS, "Add article"),
            (icons::FILTER, "Filter"),
            (icons::CHART_BAR, "Chart"),
            (icons::EXPORT, "Export"),
        ] {
            if widgets::quiet_button(ui, icon, label).clicked() {
                state.pressed.push(label.to_owned());
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            widgets::icon_toggle(ui, icons::SIDEBAR, "Articles panel", true);
            widgets::icon_button(ui, icons::MOON, "Theme");
        });
    });
    ui.add_space(4.0);
}

fn side(ui: &mut Ui, state: &mut Gallery) {
    ui.add_space(4.0);
    widgets::tab_strip(ui, &[("Articles", Some(3)), ("Empty", None)], &mut state.side_tab);
    if state.side_tab == 1 {
        let pressed = widgets::empty_state(
            ui,
            icons::NEWSPAPER,
            "No articles yet",
            "Drop files here, or paste a text with Ctrl+V.",
            Some("Add article"),
        );
        if pressed {
            state.pressed.push("Add article from empty panel".to_owned());
        }
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for row in 1..=60 {
            let label = ui.selectable_label(row == 2, format!("Article {row}"));
            if label.clicked() {
                state.pressed.push(format!("Article {row}"));
            }
        }
    });
}

fn controls(ui: &mut Ui, state: &mut Gallery) {
    widgets::section_title(ui, "Fields");
    widgets::field(ui, "Name", &mut state.name);
    widgets::field_with(ui, "Note", |ui| {
        let hint = "What a reader should know";
        let edit = TextEdit::multiline(&mut state.note).hint_text(hint);
        ui.add(edit.desired_rows(3).desired_width(f32::INFINITY))
    });
    ui.checkbox(&mut state.known, "Place is certain");
    ui.horizontal(|ui| {
        ui.radio_value(&mut state.kind, 0, "Range of claims");
        ui.radio_value(&mut state.kind, 1, "Set by hand");
    });
    widgets::field_with(ui, "Rule", |ui| {
        egui::ComboBox::from_id_salt("rule")
            .selected_text("Range of claims")
            .show_ui(ui, |ui| ui.label("Range of claims"))
            .response
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Save figure").clicked() {
            state.pressed.push("Save figure".to_owned());
        }
        if ui.button("Discard").clicked() {
            state.pressed.push("Discard".to_owned());
        }
        ui.add_enabled(false, egui::Button::new("Attach"));
        ui.hyperlink_to("Open the source", "https://example.org");
    });
    ui.separator();
    sizes(ui);
}

fn sizes(ui: &mut Ui) {
    ui.label(egui::RichText::new("Start screen").text_style(theme::START.clone()));
    widgets::dialog_title(ui, "Title of a dialog");
    widgets::section_title(ui, "Section title, 12 to 18");
    let reader = "The governor said 12 people were killed and 31 injured on 12 March.";
    ui.label(egui::RichText::new(reader).text_style(theme::READER.clone()));
    ui.label("Body text: ten to fourteen, Київ, Δελτίο, غزة, עזה");
    widgets::muted(ui, "Muted text: low 10, high 14");
    ui.small("Small text");
    widgets::caption(ui, "Caption: Source: three articles. Data to 31 March 2024.");
    ui.monospace("monospace 0123456789");
}

fn notices(ui: &mut Ui, state: &mut Gallery) {
    widgets::section_title(ui, "Badges and banners");
    ui.horizontal(|ui| {
        widgets::badge(ui, "Draft", Tone::Neutral);
        widgets::badge(ui, "New", Tone::Info);
        widgets::badge(ui, "Confirmed", Tone::Ok);
        widgets::badge(ui, "Weak", Tone::Warn);
        widgets::badge(ui, "Contested", Tone::Error);
    });
    let banners: [(Tone, &str, &[&str]); 4] = [
        (Tone::Info, "2 filters hide 308 rows", &["Clear filter"]),
        (Tone::Ok, "All figures follow from their claims", &[]),
        (Tone::Warn, "The file was changed by another program", &["Reload", "Keep mine"]),
        (Tone::Error, "Could not save: disk full. Your work is in the recovery journal", &["Save elsewhere..."]),
    ];
    for (tone, text, buttons) in banners {
        if let Some(index) = widgets::banner(ui, tone, text, buttons) {
            state.pressed.push(buttons[index].to_owned());
        }
    }
    ui.add_space(8.0);
    widgets::section_title(ui, "Measures");
    let tokens = theme::tokens(ui);
    for key in ["killed", "injured", "missing", "captured", "displaced", "casualties", "other"] {
        let hue = tokens.measure(key);
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(48.0, 12.0), egui::Sense::hover());
            ui.painter().rect_filled(rect, 0.0, hue.mark);
            let (rect, _) = ui.allocate_exact_size(vec2(120.0, 20.0), egui::Sense::hover());
            ui.painter().rect_filled(rect, 2.0, hue.fill);
            let left = rect.left_center() + vec2(6.0, 0.0);
            let anchor = egui::Align2::LEFT_CENTER;
            ui.painter().text(left, anchor, key, theme::regular(15.0), tokens.text);
            let line = egui::Stroke::new(2.0, hue.underline);
            ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, line);
        });
    }
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (_, icon) in icons::ALL {
            ui.label(egui::RichText::new(*icon).size(widgets::ICON).weak());
        }
    });
}

fn harness(choice: ThemeChoice, desktop: egui::Theme) -> Harness<'static, Gallery> {
    let mut harness = raster::builder([1120.0, 780.0])
        .with_context_setup(theme::install)
        .with_theme(desktop)
        .build_ui_state(gallery, Gallery::default());
    choice.apply(&harness.ctx);
    harness.ctx.set_theme(desktop);
    harness.run();
    harness
}

fn picture(name: &str, harness: &mut Harness<'static, Gallery>) -> RgbaImage {
    let picture = harness.render().unwrap();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("look/{name}.png"));
    raster::save_png(&picture, path).unwrap();
    picture
}

/// How much of a picture has exactly this colour, from 0 to 1.
fn share(picture: &RgbaImage, colour: egui::Color32) -> f64 {
    let same = picture.pixels().filter(|pixel| pixel.0 == colour.to_array());
    same.count() as f64 / f64::from(picture.width() * picture.height())
}

#[test]
fn the_gallery_is_drawn_in_the_colours_of_each_theme() {
    let cases = [
        ("light", ThemeChoice::Light, egui::Theme::Light, &theme::tokens::LIGHT),
        ("dark", ThemeChoice::Dark, egui::Theme::Dark, &theme::tokens::DARK),
        ("high-contrast-light", ThemeChoice::HighContrast, egui::Theme::Light, &theme::tokens::HIGH_CONTRAST_LIGHT),
        ("high-contrast-dark", ThemeChoice::HighContrast, egui::Theme::Dark, &theme::tokens::HIGH_CONTRAST_DARK),
    ];
    for (name, choice, desktop, tokens) in cases {
        let mut harness = harness(choice, desktop);
        let picture = picture(name, &mut harness);
        assert!(share(&picture, tokens.page) > 0.4, "{name}: page");
        assert!(share(&picture, tokens.panel) > 0.15, "{name}: panel");
        assert!(share(&picture, tokens.accent) > 0.001, "{name}: accent");
        assert!(share(&picture, tokens.killed.mark) > 0.0005, "{name}: mark");
    }
}

#[test]
fn pointer_and_keyboard_show_where_they_are() {
    let mut harness = harness(ThemeChoice::Light, egui::Theme::Light);
    let rest = picture("rest", &mut harness);
    harness.get_by_label("Undo").hover();
    harness.run();
    let hovered = picture("hovered", &mut harness);
    assert!(share(&hovered, theme::tokens::LIGHT.button_hover) > share(&rest, theme::tokens::LIGHT.button_hover));
    harness.get_by_label("Discard").focus();
    harness.run();
    let focused = picture("focused", &mut harness);
    let accent = theme::tokens::LIGHT.accent;
    assert!(share(&focused, accent) > share(&rest, accent), "no focus ring");
}

#[test]
fn every_widget_is_found_by_its_name_and_works() {
    let mut harness = harness(ThemeChoice::Dark, egui::Theme::Dark);
    for name in ["Undo", "Filter", "Save figure", "Keep mine"] {
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run();
    }
    assert_eq!(harness.state().pressed, ["Undo", "Filter", "Save figure", "Keep mine"]);
    harness.get_by_role_and_label(Role::TextInput, "Name").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Name").type_text("!");
    harness.run();
    assert!(harness.state().name.ends_with('!'));
    harness.get_by_role_and_label(Role::Heading, "Measures");
    harness.get_by_label("Contested");
}

#[test]
fn menus_open_and_their_items_are_wide_and_high_enough_to_hit() {
    let mut harness = harness(ThemeChoice::Dark, egui::Theme::Dark);
    harness.get_by_label("File").click();
    harness.run();
    let item = harness.get_by_label_contains("New project");
    assert!(item.rect().width() >= 200.0 && item.rect().height() >= theme::TARGET);
    item.hover();
    harness.run();
    picture("menu", &mut harness);
    harness.get_by_label_contains("New project").click();
    harness.run();
    assert_eq!(harness.state().pressed, ["New project"]);
}

#[test]
fn tabs_are_tabs_and_follow_pointer_and_arrow_keys() {
    let mut harness = harness(ThemeChoice::Light, egui::Theme::Light);
    harness.get_by_role_and_label(Role::Tab, "Notes, 12").click();
    harness.run();
    assert_eq!(harness.state().tab, 1);
    harness.get_by_role_and_label(Role::Tab, "Notes, 12").focus();
    harness.run();
    harness.key_press(egui::Key::ArrowRight);
    harness.run();
    assert_eq!(harness.state().tab, 2);
    harness.key_press(egui::Key::ArrowRight);
    harness.run();
    assert_eq!(harness.state().tab, 2, "the last tab has none to its right");
    harness.key_press(egui::Key::ArrowLeft);
    harness.run();
    assert_eq!(harness.state().tab, 1);
}

#[test]
fn a_list_longer_than_its_panel_shows_a_scroll_bar_at_rest() {
    let mut harness = harness(ThemeChoice::Light, egui::Theme::Light);
    harness.get_by_role_and_label(Role::Tab, "Articles, 3").click();
    harness.run();
    picture("list", &mut harness);
    harness.get_by_label("Article 2").click();
    harness.run();
    assert_eq!(harness.state().pressed, ["Article 2"]);
}
