//! Colours by their role, and the light palette in which files are written.
//!
//! The window has tokens for the same roles in each of its themes (`ui::theme`); a test there holds its light theme and
//! this palette together.

use crate::model::Measure;

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// What everything stands on.
    Page,
    /// Text of first rank, whiskers.
    Text,
    /// Text of second rank, the line of zero, dated lines.
    Muted,
    /// Lines of the grid, ticks.
    Grid,
    /// Ground of days that nobody searched.
    Unsearched,
    /// What has the focus or is selected.
    Accent,
    /// Everything that counts one measure.
    Measure(Hue),
    /// The same, darker: the selected part of it.
    Darker(Hue),
    /// One of five groups, from 0; larger numbers are [`Role::Other`].
    Group(u8),
    /// All groups beyond the five.
    Other,
    /// This grey, for pages that are printed without colours.
    Ink(u8),
}

/// The measures that have a colour of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hue {
    /// The dead.
    Killed,
    /// The injured.
    Injured,
    /// The missing.
    Missing,
    /// Prisoners.
    Captured,
    /// Those who had to leave.
    Displaced,
    /// Dead, wounded or missing, not split.
    Casualties,
    /// A measure of the codebook.
    Own,
}

impl Hue {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Killed, Self::Injured, Self::Missing, Self::Captured, Self::Displaced, Self::Casualties, Self::Own];

    /// The colour of a measure.
    pub const fn of(measure: &Measure) -> Self {
        match measure {
            Measure::Killed => Self::Killed,
            Measure::Injured => Self::Injured,
            Measure::Missing => Self::Missing,
            Measure::Captured => Self::Captured,
            Measure::Displaced => Self::Displaced,
            Measure::Casualties => Self::Casualties,
            Measure::Other(_) => Self::Own,
        }
    }

    /// The word in printed scenes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Missing => "missing",
            Self::Captured => "captured",
            Self::Displaced => "displaced",
            Self::Casualties => "casualties",
            Self::Own => "own",
        }
    }
}

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    const fn hex(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self(red, green, blue)
    }

    /// As SVG and CSS write it.
    pub fn to_hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    /// A part of the way to another colour, from 0 to 1.
    fn toward(self, other: Self, part: f32) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
        let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

/// The colours of groups on a light page, in their order.
const GROUPS: [u32; 5] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x7A6A00];

impl Role {
    /// Its colour on a white page.
    pub fn light(self) -> Rgb {
        match self {
            Self::Page => Rgb::hex(0xFF_FFFF),
            Self::Text => Rgb::hex(0x1B_1F27),
            Self::Muted => Rgb::hex(0x58_6072),
            Self::Grid => Rgb::hex(0xD9_DDE5),
            Self::Unsearched => Rgb::hex(0xEE_F1F5),
            Self::Accent => Rgb::hex(0x1F_5FBF),
            Self::Measure(hue) => Rgb::hex(match hue {
                Hue::Killed => 0xD5_5E00,
                Hue::Injured => 0xCC_79A7,
                Hue::Missing => 0x00_72B2,
                Hue::Captured => 0x7A_6A00,
                Hue::Displaced => 0x00_9E73,
                Hue::Casualties => 0x5B_6478,
                Hue::Own => 0x76_7676,
            }),
            Self::Darker(hue) => Self::Measure(hue).light().toward(Self::Text.light(), 0.45),
            Self::Group(n) => {
                GROUPS.get(usize::from(n)).map_or_else(|| Self::Other.light(), |colour| Rgb::hex(*colour))
            }
            Self::Other => Rgb::hex(0x76_7676),
            Self::Ink(grey) => Rgb(grey, grey, grey),
        }
    }

    /// The same without colours: greys that stand 3 to 1 from white at least. What says words or lines keeps its role.
    #[must_use]
    pub fn printed(self) -> Self {
        /// From the first group to the fifth, dark and light in turn.
        const GROUPS: [u8; 5] = [0x8A, 0x44, 0x70, 0x26, 0x94];
        match self {
            Self::Group(n) => Self::Ink(GROUPS.get(usize::from(n)).copied().unwrap_or(0x5A)),
            Self::Other => Self::Ink(0x5A),
            Self::Measure(hue) => Self::Ink(match hue {
                Hue::Killed => 0x8A,
                Hue::Injured => 0x44,
                Hue::Missing => 0x70,
                Hue::Captured => 0x26,
                Hue::Displaced => 0x94,
                Hue::Casualties => 0x5A,
                Hue::Own => 0x80,
            }),
            Self::Darker(_) => Self::Ink(0x26),
            Self::Accent => Self::Text,
            same => same,
        }
    }

    /// The word in printed scenes.
    pub fn key(self) -> String {
        match self {
            Self::Page => "page".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Muted => "muted".to_owned(),
            Self::Grid => "grid".to_owned(),
            Self::Unsearched => "unsearched".to_owned(),
            Self::Accent => "accent".to_owned(),
            Self::Measure(hue) => hue.key().to_owned(),
            Self::Darker(hue) => format!("darker-{}", hue.key()),
            Self::Group(n) => format!("group{}", n.saturating_add(1)),
            Self::Other => "other".to_owned(),
            Self::Ink(grey) => format!("ink{grey:02x}"),
        }
    }
}
