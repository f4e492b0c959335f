//! egui's style made from the tokens of a theme: sizes, spacing, shapes and colours.
//! Knows egui's fields; must not know any panel of the window.

use egui::style::{HandleShape, ScrollStyle, Selection, Style, TextCursorStyle, Visuals, WidgetVisuals, Widgets};
use egui::{CornerRadius, Margin, Shadow, Stroke, vec2};

use super::fonts;
use super::tokens::Tokens;

/// Radius of buttons and fields, in points.
const WIDGET_RADIUS: CornerRadius = CornerRadius::same(4);
/// Radius of menus, popups and dialogs, in points.
const POPUP_RADIUS: CornerRadius = CornerRadius::same(8);
/// Seconds that a change of state takes on the screen.
pub const ANIMATION: f32 = 0.08;

/// The whole style of a theme.
pub fn build(tokens: &Tokens) -> Style {
    let mut style = Style { visuals: visuals(tokens), animation_time: ANIMATION, ..Style::default() };
    style.text_styles.extend(fonts::text_styles());
    space(&mut style);
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style
}

fn space(style: &mut Style) {
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.interact_size = vec2(40.0, 26.0);
    spacing.window_margin = Margin::same(12);
    spacing.menu_margin = Margin::same(6);
    spacing.menu_spacing = 2.0;
    spacing.indent = 16.0;
    spacing.combo_width = 0.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 6.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        floating_allocated_width: 8.0,
        // Visible at rest, so that nobody has to guess that there is more below.
        dormant_handle_opacity: 0.35,
        active_handle_opacity: 0.5,
        interact_handle_opacity: 0.7,
        ..ScrollStyle::floating()
    };
}

fn visuals(tokens: &Tokens) -> Visuals {
    let base = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    let shadow = Shadow { offset: [0, 6], blur: 20, spread: 0, color: tokens.shadow };
    Visuals {
        widgets: widgets(tokens),
        selection: Selection {
            bg_fill: tokens.selection,
            // egui also draws selected text in this colour; focus rings are made in `provider`.
            stroke: Stroke::new(2.0, tokens.text),
        },
        weak_text_color: Some(tokens.muted),
        hyperlink_color: tokens.accent,
        faint_bg_color: tokens.stripe,
        extreme_bg_color: tokens.page,
        text_edit_bg_color: Some(tokens.page),
        code_bg_color: tokens.header,
        warn_fg_color: tokens.warn.text,
        error_fg_color: tokens.error.text,
        window_corner_radius: POPUP_RADIUS,
        window_shadow: shadow,
        window_fill: tokens.raised,
        window_stroke: Stroke::new(tokens.border_width, outline(tokens)),
        window_highlight_topmost: false,
        menu_corner_radius: POPUP_RADIUS,
        panel_fill: tokens.panel,
        popup_shadow: shadow,
        resize_corner_size: 0.0,
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(2.0, tokens.accent),
            // A caret at rest costs no frames.
            blink: false,
            ..TextCursorStyle::default()
        },
        indent_has_left_vline: false,
        striped: false,
        slider_trailing_fill: true,
        handle_shape: HandleShape::Circle,
        disabled_alpha: 0.45,
        ..base
    }
}

/// The edge of a popup: a hairline, unless the theme wants every border seen.
fn outline(tokens: &Tokens) -> egui::Color32 {
    if tokens.border_width > 1.0 { tokens.border } else { tokens.hairline }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let border = |colour| Stroke::new(tokens.border_width, colour);
    let text = Stroke::new(1.0, tokens.text);
    let state = |fill, button, bg_stroke| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: button,
        bg_stroke,
        corner_radius: WIDGET_RADIUS,
        fg_stroke: text,
        expansion: 0.0,
    };
    let pressed = Stroke::new(2.0, tokens.accent);
    Widgets {
        noninteractive: state(tokens.panel, tokens.panel, Stroke::new(tokens.border_width, outline(tokens))),
        inactive: state(tokens.page, tokens.button, border(tokens.border)),
        hovered: state(tokens.page, tokens.button_hover, border(tokens.muted)),
        active: state(tokens.page, tokens.button_press, pressed),
        open: state(tokens.page, tokens.button_press, border(tokens.muted)),
    }
}
