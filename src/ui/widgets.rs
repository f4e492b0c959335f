//! The small widgets that every panel shares: buttons, texts by rank, fields.
//! They know the theme; they must not know the model or any panel.
//! Each has a name for screen readers, which is also the name that tests find it by.

mod notices;
mod offers;
mod one_line;
mod room;
mod tabs;

use egui::accesskit;
use egui::class::HasClasses as _;
use egui::text::{CCursor, CCursorRange};
use egui::{
    Align2, Button, Color32, EventFilter, FocusDirection, Id, Key, Label, Modifiers, Response, RichText, Role, Sense,
    Stroke, StrokeKind, TextEdit, Ui, Vec2, WidgetInfo,
};

use super::theme::{self, TARGET, provider};

pub use notices::{ReportButtons, Tone, badge, banner, empty_state, report};
pub use offers::{below, line_in, matching, offer, offer_ground, offer_with_help};
pub use one_line::{one_line, with_marks, wrapped};
pub use room::{scrolling, scrolling_menu};
pub use tabs::{tab_row, tab_strip};

/// Size of an icon in points, in a button and beside text.
pub const ICON: f32 = 16.0;
/// Space under a field, so that its label is nearer to it than to the field above.
const FIELD_GAP: f32 = 4.0;

/// A button that is only an icon; `label` is its tooltip and its name.
pub fn icon_button(ui: &mut Ui, icon: &str, label: &str) -> Response {
    icon_button_of(ui, icon, label, None)
}

/// An icon that is on or off, as for a panel that can be shown; `label` names what it switches.
pub fn icon_toggle(ui: &mut Ui, icon: &str, label: &str, on: bool) -> Response {
    icon_button_of(ui, icon, label, Some(on))
}

fn icon_button_of(ui: &mut Ui, icon: &str, label: &str, on: Option<bool>) -> Response {
    let side = TARGET.max(ui.spacing().interact_size.y);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Button, ui.is_enabled(), label);
        info.selected = on;
        info
    });
    if ui.is_rect_visible(rect) {
        let tokens = theme::tokens(ui);
        let fill = if response.is_pointer_button_down_on() {
            tokens.button_press
        } else if response.hovered() || response.has_focus() {
            tokens.button_hover
        } else if on == Some(true) {
            tokens.selection
        } else {
            Color32::TRANSPARENT
        };
        let radius = ui.visuals().widgets.inactive.corner_radius;
        ui.painter().rect_filled(rect, radius, fill);
        focus_ring(ui, &response);
        let colour = if response.hovered() || on == Some(true) { tokens.text } else { tokens.muted };
        let font = theme::regular(ICON);
        let painter = ui.painter();
        painter.text(rect.center(), Align2::CENTER_CENTER, icon, font, colour);
    }
    response.on_hover_text(label)
}

/// The main action of its place: at most one in view.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let text = RichText::new(text).text_style(theme::LABEL.clone());
    ui.add(Button::new(text).with_class(provider::PRIMARY))
}

/// An icon with words, without a ground until the pointer is over it: for tool bars.
pub fn quiet_button(ui: &mut Ui, icon: &str, text: &str) -> Response {
    let icon = RichText::new(icon).size(ICON);
    ui.add(Button::new((icon, text)).frame_when_inactive(false)).accessible_name(text)
}

/// The title of a section, a heading for screen readers.
pub fn section_title(ui: &mut Ui, text: &str) -> Response {
    heading(ui, RichText::new(text).text_style(theme::SECTION.clone()))
}

/// The title of a dialog, a heading for screen readers.
pub fn dialog_title(ui: &mut Ui, text: &str) -> Response {
    heading(ui, RichText::new(text).heading())
}

fn heading(ui: &mut Ui, text: RichText) -> Response {
    let name = text.text().to_owned();
    let response = ui.add(Label::new(text.color(theme::tokens(ui).text)));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Heading);
        node.set_label(name);
    });
    response
}

/// Text of second rank at the size of the body.
pub fn muted(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.add(Label::new(RichText::new(text).weak()))
}

/// The smallest text there is, of second rank: sources, captions, footers.
pub fn caption(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = RichText::new(text).text_style(theme::CAPTION.clone());
    ui.add(Label::new(text.weak()))
}

/// A line of text to fill in, as wide as there is room, under its label.
pub fn field(ui: &mut Ui, label: &str, text: &mut String) -> Response {
    field_with(ui, label, |ui| ui.add(TextEdit::singleline(text).desired_width(f32::INFINITY)))
}

/// Any one control under its label, which names it for screen readers.
pub fn field_with(ui: &mut Ui, label: &str, control: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let label = RichText::new(label).text_style(theme::LABEL.clone());
        let label = ui.add(Label::new(label));
        let response = control(ui).labelled_by(label.id);
        ui.add_space(FIELD_GAP);
        response
    })
    .inner
}

/// A value of a list that is open: a click or Enter takes it and closes the list.
pub fn choose<T: PartialEq>(ui: &mut Ui, value: &mut T, option: T, text: impl Into<egui::WidgetText>) -> Response {
    let response = ui.selectable_value(value, option, text.into());
    if response.clicked() {
        // The toolkit closes a list by itself only where the pointer clicked.
        ui.close();
    }
    response
}

/// The keys that a field of one line in a bar has for itself; `tab` where [`tab_between`] says where Tab leads.
pub fn field_keys(tab: bool) -> EventFilter {
    EventFilter { escape: true, horizontal_arrows: true, tab, ..EventFilter::default() }
}

/// Lets Shift+Tab and Tab of the field that has the keyboard lead to these fields, and to the neighbour where one is not
/// given. Of two that are not given nothing is taken.
pub fn tab_between(ui: &Ui, before: Option<Id>, behind: Option<Id>) {
    if before.or(behind).is_none() {
        return;
    }
    for (modifiers, to, direction) in
        [(Modifiers::SHIFT, before, FocusDirection::Previous), (Modifiers::NONE, behind, FocusDirection::Next)]
    {
        if ui.input_mut(|input| input.consume_key(modifiers, Key::Tab)) {
            ui.memory_mut(|memory| match to {
                Some(field) => memory.request_focus(field),
                None => memory.move_focus(direction),
            });
            return;
        }
    }
}

/// Selects everything in a text field, so that typing replaces it. What is no text field, or was not drawn yet, is left
/// alone: what is typed on a button must not be taken for a text.
pub fn select_all(ctx: &egui::Context, field: Id) {
    let Some(mut state) = TextEdit::load_state(ctx, field) else { return };
    // The field cuts what reaches beyond its text.
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(10_000))));
    TextEdit::store_state(ctx, field, state);
}

/// Puts the caret of a text field behind so many letters.
pub fn put_caret(ctx: &egui::Context, field: Id, letters: usize) {
    let mut state = TextEdit::load_state(ctx, field).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(letters))));
    TextEdit::store_state(ctx, field, state);
}

/// A ring around what has the keyboard; for widgets that draw themselves.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(provider::FOCUS_RING, theme::tokens(ui).accent);
        let radius = ui.visuals().widgets.inactive.corner_radius;
        let painter = ui.painter();
        painter.rect_stroke(response.rect, radius, stroke, StrokeKind::Inside);
    }
}

/// Gives a row that egui knows no role of its name, its place and its press to screen readers.
pub fn name_row(ui: &Ui, response: &Response, text: &str, chosen: bool) {
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), chosen, text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let rect = response.rect;
        node.set_bounds(accesskit::Rect {
            x0: rect.left().into(),
            y0: rect.top().into(),
            x1: rect.right().into(),
            y1: rect.bottom().into(),
        });
        node.add_action(accesskit::Action::Click);
        node.set_selected(chosen);
    });
}

/// Where the keys lead along a row of `count` places, of which the keys are on `at`: Left and Right by one, Home and End to
/// the ends. Nowhere where none of them was pressed, or there is no place.
pub fn along(pressed: impl Fn(Key) -> bool, at: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let at = at.map(|at| at.min(last));
    if pressed(Key::ArrowRight) {
        Some(at.map_or(0, |at| (at + 1).min(last)))
    } else if pressed(Key::ArrowLeft) {
        Some(at.map_or(last, |at| at.saturating_sub(1)))
    } else if pressed(Key::Home) {
        Some(0)
    } else if pressed(Key::End) {
        Some(last)
    } else {
        None
    }
}
