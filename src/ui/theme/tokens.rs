//! Every colour of the window by its role, for each theme. Knows nothing of widgets or styles.
//!
//! This is the only module that may write a colour as a number; the tests below hold the
//! contrasts of WCAG 2.2 (text 4.5, borders and marks 3) for all themes.
#![allow(clippy::disallowed_methods, reason = "this is where colours are defined")]

use egui::Color32;

/// The colours of one theme.
#[derive(Debug)]
pub struct Tokens {
    pub dark: bool,
    /// Width in points of the borders of controls and of the focus ring's inner line.
    pub border_width: f32,
    /// Ground of the window, its bars and side panels.
    pub panel: Color32,
    /// Ground of what is read or edited: articles, the table, text fields, charts.
    pub page: Color32,
    /// Ground of menus, popups and dialogs.
    pub raised: Color32,
    /// Ground of a table's header.
    pub header: Color32,
    /// Ground of every second row, where rows are striped.
    pub stripe: Color32,
    pub text: Color32,
    /// Text of second rank: units, hints, low and high beside the best figure.
    pub muted: Color32,
    /// Thin lines that divide; decoration that carries no meaning.
    pub hairline: Color32,
    /// Outline of text fields, check boxes and other controls.
    pub border: Color32,
    pub button: Color32,
    pub button_hover: Color32,
    pub button_press: Color32,
    /// The main action, links, the focus ring, the selected tab.
    pub accent: Color32,
    pub accent_hover: Color32,
    pub accent_press: Color32,
    /// Text on an accent ground.
    pub on_accent: Color32,
    /// Ground of selected text, rows and cells.
    pub selection: Color32,
    pub error: Status,
    pub warn: Status,
    pub ok: Status,
    pub info: Status,
    /// Shadow of popups and dialogs.
    pub shadow: Color32,
    pub killed: Hue,
    pub injured: Hue,
    pub missing: Hue,
    pub captured: Hue,
    pub displaced: Hue,
    /// Dead, wounded or missing, not split.
    pub casualties: Hue,
    /// A measure that the codebook added.
    pub other: Hue,
    /// A date phrase in an article.
    pub date: Hue,
    /// A place name in an article.
    pub place: Hue,
    /// Chart series that are not measures (countries, kinds), in this order.
    pub series: [Color32; 5],
    /// The chart series of everything beyond the five.
    pub series_other: Color32,
}

/// A state that is told in words: its text or icon, and a ground for a banner or badge.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    pub text: Color32,
    pub fill: Color32,
}

/// The colours that stand for one measure, date or place wherever it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Hue {
    /// Bars, lines and dots of charts.
    pub mark: Color32,
    /// Ground of the words in an article.
    pub fill: Color32,
    /// Underline of the words: the fill alone is too faint to tell kinds apart.
    pub underline: Color32,
}

impl Tokens {
    /// The colours of a measure by its key in the codebook; [`Tokens::other`] for an unknown key.
    pub fn measure(&self, key: &str) -> &Hue {
        match key {
            "killed" => &self.killed,
            "injured" => &self.injured,
            "missing" => &self.missing,
            "captured" => &self.captured,
            "displaced" => &self.displaced,
            "casualties" => &self.casualties,
            _ => &self.other,
        }
    }
}

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const fn hue(mark: u32, fill: u32, underline: u32) -> Hue {
    Hue { mark: hex(mark), fill: hex(fill), underline: hex(underline) }
}

const fn status(text: u32, fill: u32) -> Status {
    Status { text: hex(text), fill: hex(fill) }
}

/// The light theme. The hues of killed, injured, missing and displaced are those of Okabe and Ito
/// (2008) that reach 3:1 on white.
pub static LIGHT: Tokens = Tokens {
    dark: false,
    border_width: 1.0,
    panel: hex(0xF7F8FA),
    page: hex(0xFFFFFF),
    raised: hex(0xFFFFFF),
    header: hex(0xEEF1F5),
    stripe: hex(0xFAFBFC),
    text: hex(0x1B1F27),
    muted: hex(0x586072),
    hairline: hex(0xD9DDE5),
    border: hex(0x868E9F),
    button: hex(0xE9ECF1),
    button_hover: hex(0xDDE2EA),
    button_press: hex(0xCFD6E1),
    accent: hex(0x1F5FBF),
    accent_hover: hex(0x1A52A6),
    accent_press: hex(0x15448C),
    on_accent: hex(0xFFFFFF),
    selection: hex(0xD6E4FA),
    error: status(0xB3261E, 0xFCEBEA),
    warn: status(0x8A5A00, 0xFDF3DC),
    ok: status(0x1C7A45, 0xE8F5EC),
    info: status(0x1F5FBF, 0xEAF1FC),
    shadow: Color32::from_black_alpha(40),
    killed: hue(0xD55E00, 0xF6D5CF, 0xB23A16),
    injured: hue(0xCC79A7, 0xFBE3B5, 0x8A5A00),
    missing: hue(0x0072B2, 0xD5E3F5, 0x0068A3),
    captured: hue(0x7A6A00, 0xE9E6C8, 0x6F6200),
    displaced: hue(0x009E73, 0xD9EAD9, 0x007A59),
    casualties: hue(0x5B6478, 0xDFE3E9, 0x5B6478),
    other: hue(0x767676, 0xE6E6E6, 0x666666),
    date: hue(0x6B6F7B, 0xE6E6EA, 0x6B6F7B),
    place: hue(0x7C4FA3, 0xE7DCF1, 0x7C4FA3),
    series: [hex(0x0072B2), hex(0xD55E00), hex(0x009E73), hex(0xCC79A7), hex(0x7A6A00)],
    series_other: hex(0x767676),
};

/// The dark theme.
pub static DARK: Tokens = Tokens {
    dark: true,
    border_width: 1.0,
    panel: hex(0x16181D),
    page: hex(0x1D2027),
    raised: hex(0x242832),
    header: hex(0x242832),
    stripe: hex(0x20232B),
    text: hex(0xE4E7EC),
    muted: hex(0xA3ABBA),
    hairline: hex(0x323743),
    border: hex(0x6A7386),
    button: hex(0x2A2F3A),
    button_hover: hex(0x343A47),
    button_press: hex(0x3E4554),
    accent: hex(0x7AABF7),
    accent_hover: hex(0x93BBF9),
    accent_press: hex(0xAACBFB),
    on_accent: hex(0x101318),
    selection: hex(0x25426F),
    error: status(0xFF8A80, 0x3A2124),
    warn: status(0xF2B84B, 0x362C1A),
    ok: status(0x6FCF97, 0x1C3127),
    info: status(0x7AABF7, 0x1E2C42),
    shadow: Color32::from_black_alpha(110),
    killed: hue(0xD55E00, 0x5A2B26, 0xFF9A70),
    injured: hue(0xCC79A7, 0x54401A, 0xF2B84B),
    missing: hue(0x56B4E9, 0x23405F, 0x7AC4F0),
    captured: hue(0xD6C04B, 0x42411F, 0xD6C04B),
    displaced: hue(0x009E73, 0x26492F, 0x58C99A),
    casualties: hue(0xA3ABBA, 0x3A4150, 0xB4BCCB),
    other: hue(0x9AA3B2, 0x3C3F45, 0xAEB4BF),
    date: hue(0x9AA3B2, 0x3A3D46, 0xAEB4BF),
    place: hue(0xB893DB, 0x44325A, 0xC4A3E3),
    series: [hex(0x56B4E9), hex(0xD55E00), hex(0x009E73), hex(0xCC79A7), hex(0xD6C04B)],
    series_other: hex(0x9AA3B2),
};

/// High contrast on white: pure text, borders of 2 points, no greys that carry meaning.
pub static HIGH_CONTRAST_LIGHT: Tokens = Tokens {
    border_width: 2.0,
    panel: hex(0xFFFFFF),
    header: hex(0xE8EBF0),
    stripe: hex(0xF4F5F7),
    text: hex(0x000000),
    muted: hex(0x33383F),
    hairline: hex(0x6B7280),
    border: hex(0x000000),
    accent: hex(0x003E9C),
    accent_hover: hex(0x002F78),
    accent_press: hex(0x00235C),
    selection: hex(0xBFD7FF),
    error: status(0x9B0F08, 0xFFFFFF),
    warn: status(0x5F3D00, 0xFFFFFF),
    ok: status(0x0B5C2E, 0xFFFFFF),
    info: status(0x003E9C, 0xFFFFFF),
    killed: hue(0xA34700, 0xF6D5CF, 0x8F2C0E),
    injured: hue(0xA04D7D, 0xFBE3B5, 0x6E4700),
    missing: hue(0x005A8F, 0xD5E3F5, 0x00527F),
    captured: hue(0x5E5200, 0xE9E6C8, 0x574C00),
    displaced: hue(0x00714F, 0xD9EAD9, 0x00603F),
    series: [hex(0x005A8F), hex(0xA34700), hex(0x00714F), hex(0xA04D7D), hex(0x5E5200)],
    ..LIGHT
};

/// High contrast on black.
pub static HIGH_CONTRAST_DARK: Tokens = Tokens {
    border_width: 2.0,
    panel: hex(0x000000),
    page: hex(0x000000),
    raised: hex(0x0B0D11),
    header: hex(0x1B1F27),
    stripe: hex(0x0E1014),
    text: hex(0xFFFFFF),
    muted: hex(0xD5DAE3),
    hairline: hex(0x8A93A5),
    border: hex(0xFFFFFF),
    accent: hex(0x9CC6FF),
    accent_hover: hex(0xBBD8FF),
    accent_press: hex(0xD6E8FF),
    on_accent: hex(0x000000),
    selection: hex(0x0B3F8C),
    error: status(0xFF9E96, 0x000000),
    warn: status(0xFFC857, 0x000000),
    ok: status(0x7FE3A8, 0x000000),
    info: status(0x9CC6FF, 0x000000),
    killed: hue(0xFF8A4C, 0x5A2B26, 0xFFAC88),
    injured: hue(0xE59AC4, 0x54401A, 0xFFC857),
    missing: hue(0x6FC6F7, 0x23405F, 0x8ED0F5),
    displaced: hue(0x35C795, 0x26492F, 0x6EDBAE),
    series: [hex(0x6FC6F7), hex(0xFF8A4C), hex(0x35C795), hex(0xE59AC4), hex(0xD6C04B)],
    ..DARK
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(colour: Color32) -> f64 {
        let linear = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    /// Contrast ratio of two colours (WCAG 2.2), from 1 to 21.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn themes() -> [(&'static str, &'static Tokens); 4] {
        [
            ("light", &LIGHT),
            ("dark", &DARK),
            ("high contrast light", &HIGH_CONTRAST_LIGHT),
            ("high contrast dark", &HIGH_CONTRAST_DARK),
        ]
    }

    fn hues(t: &Tokens) -> [(&'static str, Hue); 9] {
        [
            ("killed", t.killed),
            ("injured", t.injured),
            ("missing", t.missing),
            ("captured", t.captured),
            ("displaced", t.displaced),
            ("casualties", t.casualties),
            ("other", t.other),
            ("date", t.date),
            ("place", t.place),
        ]
    }

    /// Collects every pair below its bar, so that one run tells them all.
    #[derive(Default)]
    struct Audit(Vec<String>);

    impl Audit {
        fn need(&mut self, least: f64, what: String, front: Color32, back: Color32) {
            let found = contrast(front, back);
            if found < least {
                self.0.push(format!("{what}: {found:.2} < {least}"));
            }
        }
    }

    #[test]
    fn the_formula_gives_the_known_extremes() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 1e-9);
        assert!((contrast(hex(0x777777), Color32::WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn text_reaches_4_5_on_every_ground_it_stands_on() {
        let mut audit = Audit::default();
        for (theme, t) in themes() {
            let grounds = [
                ("panel", t.panel),
                ("page", t.page),
                ("raised", t.raised),
                ("header", t.header),
                ("stripe", t.stripe),
                ("button", t.button),
            ];
            for (name, ground) in grounds {
                audit.need(4.5, format!("{theme}: text on {name}"), t.text, ground);
                audit.need(4.5, format!("{theme}: muted on {name}"), t.muted, ground);
            }
            let strong = [t.button_hover, t.button_press, t.selection];
            for ground in strong {
                audit.need(4.5, format!("{theme}: text on {ground:?}"), t.text, ground);
            }
            for ground in [t.accent, t.accent_hover, t.accent_press] {
                audit.need(4.5, format!("{theme}: main button"), t.on_accent, ground);
            }
            for status in [t.error, t.warn, t.ok, t.info] {
                for ground in [t.panel, t.page, t.raised, status.fill] {
                    let what = format!("{theme}: {:?} on {ground:?}", status.text);
                    audit.need(4.5, what, status.text, ground);
                }
                audit.need(4.5, format!("{theme}: banner"), t.text, status.fill);
            }
            for (name, hue) in hues(t) {
                audit.need(4.5, format!("{theme}: text on {name}"), t.text, hue.fill);
            }
        }
        assert_eq!(audit.0, Vec::<String>::new());
    }

    #[test]
    fn borders_and_marks_reach_3() {
        let mut audit = Audit::default();
        for (theme, t) in themes() {
            for ground in [t.panel, t.page, t.raised] {
                audit.need(3.0, format!("{theme}: border on {ground:?}"), t.border, ground);
                audit.need(3.0, format!("{theme}: focus on {ground:?}"), t.accent, ground);
            }
            for (name, hue) in hues(t) {
                audit.need(3.0, format!("{theme}: {name} mark"), hue.mark, t.page);
                audit.need(3.0, format!("{theme}: {name} line"), hue.underline, t.page);
                audit.need(3.0, format!("{theme}: {name} line"), hue.underline, hue.fill);
            }
            for (number, colour) in t.series.iter().chain([&t.series_other]).enumerate() {
                audit.need(3.0, format!("{theme}: series {number}"), *colour, t.page);
            }
        }
        assert_eq!(audit.0, Vec::<String>::new());
    }

    #[test]
    fn measures_are_told_apart_by_their_key() {
        assert_eq!(LIGHT.measure("killed").mark, LIGHT.killed.mark);
        assert_eq!(LIGHT.measure("displaced").mark, LIGHT.displaced.mark);
        assert_eq!(LIGHT.measure("homes destroyed").mark, LIGHT.other.mark);
    }
}
