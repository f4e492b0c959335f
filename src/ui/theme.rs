//! The look of the window: colours by role, fonts, sizes, and which theme is in force.
//! Knows egui; must not know any panel, nor the model.
//!
//! Widgets ask [`tokens()`] for a colour by its role; no other module writes colours as numbers.

pub mod fonts;
pub mod icons;
pub mod provider;
mod style;
pub mod tokens;

use egui::{Context, Id, Theme, ThemePreference};

pub use fonts::{CAPTION, LABEL, READER, SECTION, START, medium, regular, semibold};
pub use tokens::{Hue, Status, Tokens};

/// Height of a row of a table or list, in points.
pub const ROW: f32 = 26.0;
/// The same where the user wants more rows on the screen.
pub const ROW_COMPACT: f32 = 22.0;
/// Height of a table's header, in points.
pub const HEADER: f32 = 28.0;
/// The least width and height of anything that can be pressed (WCAG 2.2, 2.5.8), in points.
pub const TARGET: f32 = 24.0;

/// What the user chose; `System` follows the desktop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
    /// Pure text and borders of 2 points, light or dark as the desktop is.
    HighContrast,
}

impl ThemeChoice {
    /// All choices in the order of a menu.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::HighContrast];

    /// The words in a menu.
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "Same as system",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::HighContrast => "High contrast",
        }
    }

    /// Puts the theme in force from the next pass on.
    pub fn apply(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(contrast_id(), self == Self::HighContrast));
        restyle(ctx);
        ctx.set_theme(match self {
            Self::System | Self::HighContrast => ThemePreference::System,
            Self::Light => ThemePreference::Light,
            Self::Dark => ThemePreference::Dark,
        });
    }
}

/// Gives a new context the fonts and the styles of both themes; the theme follows the system.
pub fn install(ctx: &Context) {
    fonts::install(ctx);
    provider::register(ctx);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style::build(tokens_of(theme, false)));
    }
}

/// The colours of the theme in force. A [`egui::Ui`] is a context too: `theme::tokens(ui)`.
pub fn tokens(ctx: &Context) -> &'static Tokens {
    let high_contrast = ctx.data(|data| data.get_temp(contrast_id()));
    tokens_of(ctx.theme(), high_contrast.unwrap_or(false))
}

/// Movements on the screen off (`true`) or as the theme has them.
pub fn reduce_motion(ctx: &Context, reduce: bool) {
    ctx.all_styles_mut(|style| {
        style.animation_time = if reduce { 0.0 } else { style::ANIMATION };
        style.scroll_animation =
            if reduce { egui::style::ScrollAnimation::none() } else { egui::style::ScrollAnimation::default() };
    });
}

fn tokens_of(theme: Theme, high_contrast: bool) -> &'static Tokens {
    match (theme, high_contrast) {
        (Theme::Light, false) => &tokens::LIGHT,
        (Theme::Dark, false) => &tokens::DARK,
        (Theme::Light, true) => &tokens::HIGH_CONTRAST_LIGHT,
        (Theme::Dark, true) => &tokens::HIGH_CONTRAST_DARK,
    }
}

/// New colours for both styles; what else was set on them (motion, zoom) stays.
fn restyle(ctx: &Context) {
    let high_contrast = ctx.data(|data| data.get_temp(contrast_id()).unwrap_or(false));
    for theme in [Theme::Light, Theme::Dark] {
        let built = style::build(tokens_of(theme, high_contrast));
        ctx.set_visuals_of(theme, built.visuals);
    }
}

fn contrast_id() -> Id {
    Id::unique("dateline high contrast")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_of_theme_changes_colours_at_once() {
        let ctx = Context::default();
        install(&ctx);
        ThemeChoice::Light.apply(&ctx);
        assert_eq!(tokens(&ctx).page, tokens::LIGHT.page);
        ThemeChoice::Dark.apply(&ctx);
        assert_eq!(tokens(&ctx).page, tokens::DARK.page);
        assert_eq!(ctx.global_style().visuals.panel_fill, tokens::DARK.panel);
    }

    #[test]
    fn high_contrast_holds_for_light_and_dark_desktops_and_can_be_left() {
        let ctx = Context::default();
        install(&ctx);
        ThemeChoice::HighContrast.apply(&ctx);
        ctx.set_theme(Theme::Light);
        assert_eq!(tokens(&ctx).border, tokens::HIGH_CONTRAST_LIGHT.border);
        ctx.set_theme(Theme::Dark);
        assert_eq!(tokens(&ctx).border, tokens::HIGH_CONTRAST_DARK.border);
        ThemeChoice::Dark.apply(&ctx);
        assert_eq!(tokens(&ctx).border, tokens::DARK.border);
        assert_eq!(ctx.global_style().visuals.panel_fill, tokens::DARK.panel);
    }

    #[test]
    fn a_choice_of_theme_leaves_motion_as_the_user_set_it() {
        let ctx = Context::default();
        install(&ctx);
        reduce_motion(&ctx, true);
        ThemeChoice::Light.apply(&ctx);
        assert_eq!(ctx.style_of(Theme::Light).animation_time, 0.0);
        reduce_motion(&ctx, false);
        assert!(ctx.style_of(Theme::Light).animation_time > 0.0);
    }
}
