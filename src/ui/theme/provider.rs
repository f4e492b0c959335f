//! What egui's common style cannot say: how buttons, fields and check boxes differ in each state.
//! Buttons have no border, fields have one, and keyboard focus is a ring in the accent colour.

use egui::class::{ClassName, HasClasses as _};
use egui::theme::{DefaultStyle, StyleProvider};
use egui::widget_style::{ButtonStyle, CheckboxStyle, StyleArgs, TextEditStyle, WidgetState};
use egui::{Button, Color32, Context, Frame, Stroke, TextEdit, Vec2};

use super::tokens::Tokens;

/// Class of a button for the main action of its place (accent ground).
pub const PRIMARY: ClassName = ClassName::from_static("dateline::primary");

/// Width of the focus ring, in points.
pub const FOCUS_RING: f32 = 2.0;

/// The padding that `egui::containers::menu::menu_style` sets, which is how a button in a menu or
/// menu bar is known; it leaves a name nearly touching the edge of its own hover ground.
const EGUI_MENU_PADDING: Vec2 = Vec2::new(2.0, 0.0);
/// Space in points left and right of a menu's words instead.
const MENU_PADDING: i8 = 8;

/// Makes egui's own widgets look as the tokens say.
#[derive(Clone, Copy)]
struct Look;

pub(super) fn register(ctx: &Context) {
    ctx.replace_widget_theme::<ButtonStyle>(Look);
    ctx.replace_widget_theme::<TextEditStyle>(Look);
    ctx.replace_widget_theme::<CheckboxStyle>(Look);
}

/// Whether the active widget is so by the keyboard: egui calls a pressed one active too.
fn has_keyboard_focus(args: &StyleArgs<'_>) -> bool {
    args.state == WidgetState::Active
        && args.ctx.input(|input| !input.pointer.any_down() && !input.pointer.any_released())
}

impl StyleProvider<ButtonStyle> for Look {
    fn style(&mut self, args: &StyleArgs<'_>) -> ButtonStyle {
        let tokens = super::tokens(args.ctx);
        let mut button: ButtonStyle = DefaultStyle.style(args);
        let focused = has_keyboard_focus(args);
        let frame = &mut button.atom_layout.frame;
        if args.style.spacing.button_padding == EGUI_MENU_PADDING {
            frame.inner_margin.left = MENU_PADDING;
            frame.inner_margin.right = MENU_PADDING;
        }
        if args.classes.has_class(&PRIMARY) {
            frame.fill = primary_fill(tokens, args.state, focused);
            button.atom_layout.text_style.color = tokens.on_accent;
        } else if focused && !args.classes.has_class(&Button::CLASS_SELECTED) {
            frame.fill = tokens.button_hover;
        }
        let framed = !args.classes.has_class(&Button::CLASS_NO_FRAME);
        let ring = if focused && framed {
            Stroke::new(FOCUS_RING, ring_colour(args, tokens))
        } else if framed && tokens.border_width > 1.0 && frame.fill != Color32::TRANSPARENT {
            Stroke::new(tokens.border_width, tokens.border)
        } else {
            Stroke::NONE
        };
        restroke(frame, ring);
        button
    }
}

fn primary_fill(tokens: &Tokens, state: WidgetState, focused: bool) -> Color32 {
    match state {
        WidgetState::Active if !focused => tokens.accent_press,
        WidgetState::Active | WidgetState::Hovered => tokens.accent_hover,
        _ => tokens.accent,
    }
}

/// An accent ring cannot be seen around an accent ground.
fn ring_colour(args: &StyleArgs<'_>, tokens: &Tokens) -> Color32 {
    if args.classes.has_class(&PRIMARY) { tokens.text } else { tokens.accent }
}

impl StyleProvider<TextEditStyle> for Look {
    fn style(&mut self, args: &StyleArgs<'_>) -> TextEditStyle {
        let tokens = super::tokens(args.ctx);
        let mut field: TextEditStyle = DefaultStyle.style(args);
        let stroke = match args.state {
            WidgetState::Active => Stroke::new(FOCUS_RING, tokens.accent),
            WidgetState::Hovered => Stroke::new(tokens.border_width, tokens.muted),
            _ if args.classes.has_class(&TextEdit::CLASS_READ_ONLY) => {
                Stroke::new(tokens.border_width, tokens.hairline)
            }
            _ => Stroke::new(tokens.border_width, tokens.border),
        };
        restroke(&mut field.atom_layout.frame, stroke);
        field
    }
}

impl StyleProvider<CheckboxStyle> for Look {
    fn style(&mut self, args: &StyleArgs<'_>) -> CheckboxStyle {
        let tokens = super::tokens(args.ctx);
        let mut checkbox: CheckboxStyle = DefaultStyle.style(args);
        checkbox.check_stroke = Stroke::new(2.0, tokens.accent);
        if has_keyboard_focus(args) {
            checkbox.checkbox_frame.stroke = Stroke::new(FOCUS_RING, tokens.accent);
        }
        checkbox
    }
}

/// Gives a frame another stroke without moving what is in it.
fn restroke(frame: &mut Frame, stroke: Stroke) {
    let grown = (frame.stroke.width - stroke.width).round() as i8;
    frame.inner_margin.left += grown;
    frame.inner_margin.right += grown;
    frame.inner_margin.top += grown;
    frame.inner_margin.bottom += grown;
    frame.stroke = stroke;
}
