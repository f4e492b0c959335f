//! A strip of tabs. Knows the theme; must not know what the tabs show.

use std::sync::Arc;

use egui::accesskit;
use egui::{
    CursorIcon, Galley, Key, Rect, Response, Role, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::focus_ring;
use crate::ui::theme;

/// Space in points left and right of a tab's text.
const PADDING: f32 = 8.0;
/// Space between a tab's name and its count.
const GAP: f32 = 6.0;
const HEIGHT: f32 = 32.0;
const UNDERLINE: f32 = 2.0;

/// Tabs by name, some with a count behind it. The chosen one has a line in the accent colour.
/// Left and Right move between tabs while one has the keyboard.
/// Returns whether another tab was chosen; `selected` is its index then.
pub fn tab_strip(ui: &mut Ui, tabs: &[(&str, Option<usize>)], selected: &mut usize) -> bool {
    let before = *selected;
    let builder = UiBuilder::new().accessibility_role(accesskit::Role::TabList);
    ui.scope_builder(builder, |ui| {
        // Painted once the size of the strip is known, but under the line of the chosen tab.
        let line_below = ui.painter().add(Shape::Noop);
        let strip = ui.horizontal(|ui| {
            tabs_ui(ui, tabs, selected);
            // The line under the whole strip goes on to the edge of the panel.
            ui.allocate_space(vec2(ui.available_width().max(0.0), HEIGHT));
        });
        let rect = strip.response.rect;
        let y = rect.bottom() - 0.5;
        let hairline = Stroke::new(1.0, theme::tokens(ui).hairline);
        let line = Shape::hline(rect.x_range(), y, hairline);
        ui.painter().set(line_below, line);
    });
    *selected != before
}

/// The same within a row that has more to show, without a line below.
pub fn tab_row(ui: &mut Ui, tabs: &[(&str, Option<usize>)], selected: &mut usize) -> bool {
    let before = *selected;
    let builder = UiBuilder::new().accessibility_role(accesskit::Role::TabList);
    ui.scope_builder(builder, |ui| ui.horizontal(|ui| tabs_ui(ui, tabs, selected)));
    *selected != before
}

fn tabs_ui(ui: &mut Ui, tabs: &[(&str, Option<usize>)], selected: &mut usize) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let responses: Vec<Response> =
        tabs.iter().enumerate().map(|(index, (name, count))| tab(ui, name, *count, index == *selected)).collect();
    choose(ui, &responses, selected);
}

/// Takes clicks and arrow keys.
fn choose(ui: &Ui, tabs: &[Response], selected: &mut usize) {
    for (index, tab) in tabs.iter().enumerate() {
        if tab.clicked() {
            *selected = index;
        }
        if !tab.has_focus() {
            continue;
        }
        ui.memory_mut(|memory| {
            let filter = egui::EventFilter { horizontal_arrows: true, ..Default::default() };
            memory.set_focus_lock_filter(tab.id, filter);
        });
        let (left, right) = ui.input(|input| (input.key_pressed(Key::ArrowLeft), input.key_pressed(Key::ArrowRight)));
        let target = if left {
            index.checked_sub(1)
        } else if right {
            Some(index + 1)
        } else {
            None
        };
        if let Some((target, tab)) = target.and_then(|at| Some((at, tabs.get(at)?))) {
            *selected = target;
            tab.request_focus();
            return;
        }
    }
}

fn tab(ui: &mut Ui, name: &str, count: Option<usize>, selected: bool) -> Response {
    let tokens = theme::tokens(ui);
    let layout = |text: String, font, colour| ui.painter().layout_no_wrap(text, font, colour);
    let colour = if selected { tokens.text } else { tokens.muted };
    let title = layout(name.to_owned(), theme::medium(13.0), colour);
    let count_text = count.map(|count| layout(count.to_string(), theme::regular(12.0), tokens.muted));
    let extra = count_text.as_ref().map_or(0.0, |text| text.size().x + GAP);
    let size = vec2(title.size().x + extra + 2.0 * PADDING, HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = match count {
        Some(count) => format!("{name}, {count}"),
        None => name.to_owned(),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, ui.is_enabled(), &label));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(selected);
    });
    if ui.is_rect_visible(rect) {
        paint(ui, &response, title, count_text, selected);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn paint(ui: &Ui, tab: &Response, title: Arc<Galley>, count: Option<Arc<Galley>>, selected: bool) {
    let tokens = theme::tokens(ui);
    let rect = tab.rect;
    let painter = ui.painter();
    if tab.hovered() && !selected {
        let radius = ui.visuals().widgets.inactive.corner_radius;
        painter.rect_filled(rect.shrink2(vec2(0.0, 4.0)), radius, tokens.button_hover);
    }
    let at = |x: f32, text: &Galley| pos2(x, (rect.center().y - text.size().y / 2.0).round());
    let left = rect.left() + PADDING;
    let after_title = left + title.size().x + GAP;
    painter.galley(at(left, &title), title, tokens.text);
    if let Some(count) = count {
        painter.galley(at(after_title, &count), count, tokens.muted);
    }
    if selected {
        let line = Rect::from_min_max(
            pos2(rect.left() + PADDING, rect.bottom() - UNDERLINE),
            pos2(rect.right() - PADDING, rect.bottom()),
        );
        painter.rect_filled(line, 1.0, tokens.accent);
    }
    focus_ring(ui, tab);
}
