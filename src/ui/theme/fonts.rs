//! The fonts of the window: IBM Plex Sans in three weights, fallbacks for scripts it lacks, icons.
//! Knows the files in `assets/fonts` and egui's font tables; must not know what text is shown.

use std::sync::{Arc, LazyLock};

use egui::epaint::text::{FontTweak, VariationCoords};
use egui::{Context, FontData, FontDefinitions, FontFamily, FontId, TextStyle};

use crate::scene::fonts::{NOTO, NOTO_HEBREW, PLEX, PLEX_ARABIC};

const PHOSPHOR: &[u8] = include_bytes!("../../../assets/fonts/Phosphor.ttf");

/// Phosphor draws on the full em; this much larger and lower, an icon sits on a line of text as
/// its capitals do.
const ICON_SCALE: f32 = 1.15;
const ICON_DROP: f32 = 0.05;

/// The font that holds the icons, by its name in egui's table.
pub const ICON_FONT: &str = "Phosphor";

/// Weight 500: names of controls, tabs, buttons of the main action.
pub static MEDIUM: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("SansMedium".into()));
/// Weight 600: titles, and the best figure among low, best and high.
pub static SEMIBOLD: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("SansSemi".into()));

/// 11 points: captions and footers, the smallest text there is.
pub static CAPTION: LazyLock<TextStyle> = LazyLock::new(|| TextStyle::Name("caption".into()));
/// 13 points, SemiBold: the title of a section, a figure to be picked out.
pub static SECTION: LazyLock<TextStyle> = LazyLock::new(|| TextStyle::Name("section".into()));
/// 13 points, Medium: names of controls.
pub static LABEL: LazyLock<TextStyle> = LazyLock::new(|| TextStyle::Name("label".into()));
/// 15 points: the text of an article.
pub static READER: LazyLock<TextStyle> = LazyLock::new(|| TextStyle::Name("reader".into()));
/// 24 points: the start screen.
pub static START: LazyLock<TextStyle> = LazyLock::new(|| TextStyle::Name("start".into()));

/// Regular text of any size in points.
pub const fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Medium text (weight 500) of any size in points.
pub fn medium(size: f32) -> FontId {
    FontId::new(size, MEDIUM.clone())
}

/// SemiBold text (weight 600) of any size in points.
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, SEMIBOLD.clone())
}

/// The sizes of text, in points at 100 %. [`TextStyle::Heading`] is the title of a dialog.
pub fn text_styles() -> impl IntoIterator<Item = (TextStyle, FontId)> {
    [
        (CAPTION.clone(), regular(11.0)),
        (TextStyle::Small, regular(12.0)),
        (TextStyle::Body, regular(13.0)),
        (TextStyle::Button, regular(13.0)),
        (TextStyle::Monospace, FontId::monospace(13.0)),
        (LABEL.clone(), medium(13.0)),
        (SECTION.clone(), semibold(13.0)),
        (READER.clone(), regular(15.0)),
        (TextStyle::Heading, semibold(16.0)),
        (START.clone(), semibold(24.0)),
    ]
}

/// Gives the context all fonts; they hold from its next pass on.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
}

fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallbacks = [
        ("PlexArabic", FontData::from_static(PLEX_ARABIC)),
        ("NotoHebrew", FontData::from_static(NOTO_HEBREW)),
        ("Noto", FontData::from_static(NOTO)),
        (ICON_FONT, FontData::from_static(PHOSPHOR).tweak(icon_tweak())),
    ];
    let fallback_names = fallbacks.each_ref().map(|(name, _)| (*name).to_owned());
    for (name, data) in fallbacks {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    let weights = [
        ("Plex400", 400.0, FontFamily::Proportional),
        ("Plex500", 500.0, MEDIUM.clone()),
        ("Plex600", 600.0, SEMIBOLD.clone()),
    ];
    for (name, weight, family) in weights {
        let tweak = FontTweak { coords: VariationCoords::new([("wght", weight)]), ..FontTweak::default() };
        let data = FontData::from_static(PLEX).tweak(tweak);
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        let names = std::iter::once(name.to_owned()).chain(fallback_names.iter().cloned());
        fonts.families.insert(family, names.collect());
    }
    // egui's own monospace font first, then the same fallbacks.
    let monospace = fonts.families.entry(FontFamily::Monospace).or_default();
    monospace.retain(|name| name == "Hack");
    monospace.extend(fallback_names);
    fonts
}

fn icon_tweak() -> FontTweak {
    FontTweak { scale: ICON_SCALE, y_offset_factor: ICON_DROP, ..FontTweak::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::icons;

    /// A context in which one pass has run, so that the fonts are there.
    fn context() -> Context {
        let ctx = Context::default();
        install(&ctx);
        let mut output = ctx.run_ui(egui::RawInput::default(), |_| {});
        output.textures_delta.clear();
        ctx
    }

    fn families() -> [FontFamily; 4] {
        [FontFamily::Proportional, MEDIUM.clone(), SEMIBOLD.clone(), FontFamily::Monospace]
    }

    #[test]
    fn every_icon_is_drawn_by_the_icon_font_in_every_family() {
        let ctx = context();
        for family in families() {
            for (name, icon) in icons::ALL {
                let character = icon.chars().next().unwrap();
                let drawn_by = ctx.fonts_mut(|fonts| {
                    let fonts_with_it = fonts.characters(&family).get(&character);
                    fonts_with_it.and_then(|names| names.first().cloned())
                });
                assert_eq!(drawn_by.as_deref(), Some(ICON_FONT), "{name} in {family}");
            }
        }
    }

    #[test]
    fn the_scripts_of_the_sources_have_glyphs() {
        let ctx = context();
        for text in ["Київ", "Δελτίο", "غزة", "עזה", "Łódź", "«10–14»", "≥ ± × √"] {
            for family in families() {
                let covered = ctx.fonts_mut(|fonts| fonts.has_glyphs(&FontId::new(13.0, family.clone()), text));
                assert!(covered, "{text} in {family}");
            }
        }
    }

    #[test]
    fn digits_have_one_width_at_every_weight_so_that_columns_line_up() {
        let ctx = context();
        let width = |text: &str, font: FontId| {
            ctx.fonts_mut(|fonts| {
                let colour = egui::Color32::BLACK;
                fonts.layout_no_wrap(text.to_owned(), font, colour).size().x
            })
        };
        let expected = width("0000", regular(13.0));
        for font in [regular(13.0), medium(13.0), semibold(13.0)] {
            for digit in '0'..='9' {
                let text = digit.to_string().repeat(4);
                let found = width(&text, font.clone());
                assert!((found - expected).abs() < 0.01, "{text}: {found} != {expected}");
            }
        }
        assert!(width("deaths", semibold(13.0)) > width("deaths", regular(13.0)));
    }
}
