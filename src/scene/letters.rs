//! Texts as letters of the bundled fonts: which glyph of which font stands where, and its outline. What exports write
//! and how they, and tests, measure. Joining, kerning and fallback are those of the window.

use std::ops::Range;

use harfrust::{Direction, ShapeOptions, Shaper, ShaperData, ShaperInstance, UnicodeBuffer};
use skrifa::instance::{Location, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::fonts;
use super::ruler::Ruler;
use super::runs;
use super::shape::{Anchor, Point, Text, Weight};

/// One of the fonts, at a weight where it has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// IBM Plex Sans 400.
    Regular,
    /// IBM Plex Sans 500.
    Medium,
    /// IBM Plex Sans 600.
    SemiBold,
    /// IBM Plex Sans Arabic.
    Arabic,
    /// Noto Sans Hebrew.
    Hebrew,
    /// Noto Sans: what the others lack.
    Rest,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Regular, Self::Medium, Self::SemiBold, Self::Arabic, Self::Hebrew, Self::Rest];

    /// The file of the font.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular | Self::Medium | Self::SemiBold => fonts::PLEX,
            Self::Arabic => fonts::PLEX_ARABIC,
            Self::Hebrew => fonts::NOTO_HEBREW,
            Self::Rest => fonts::NOTO,
        }
    }

    /// Its weight, where the file has several.
    pub const fn weight(self) -> Option<f32> {
        match self {
            Self::Regular => Some(Weight::Regular.number()),
            Self::Medium => Some(Weight::Medium.number()),
            Self::SemiBold => Some(Weight::SemiBold.number()),
            Self::Arabic | Self::Hebrew | Self::Rest => None,
        }
    }

    const fn at(self) -> usize {
        self as usize
    }

    /// Which are asked for a letter, in this order.
    const fn chain(weight: Weight) -> [Self; 4] {
        let first = match weight {
            Weight::Regular => Self::Regular,
            Weight::Medium => Self::Medium,
            Weight::SemiBold => Self::SemiBold,
        };
        [first, Self::Arabic, Self::Hebrew, Self::Rest]
    }
}

/// One glyph of a text, in parts of the size of the letters.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// The part of the text that it stands for, in bytes.
    pub of: Range<usize>,
    /// How far it moves on.
    pub advance: f32,
    /// How far it is drawn beside where it stands: right and up.
    pub beside: (f32, f32),
}

/// Glyphs of one font that follow each other from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The font.
    pub face: Face,
    /// From left to right, whatever the script.
    pub glyphs: Vec<Glyph>,
}

impl Run {
    /// Its width in parts of the size.
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// A piece of an outline, in points on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece {
    /// A new contour begins.
    Move(Point),
    /// Straight on.
    Line(Point),
    /// A curve with one handle.
    Quad(Point, Point),
    /// A curve with two handles.
    Cubic(Point, Point, Point),
    /// The contour ends where it began.
    Close,
}

/// A font that is ready to be used.
struct Ready {
    font: FontRef<'static>,
    location: Location,
    shaping: harfrust::FontRef<'static>,
    data: ShaperData,
    instance: Option<ShaperInstance>,
    units: f32,
}

impl Ready {
    fn of(face: Face) -> Option<Self> {
        let font = FontRef::new(face.bytes()).ok()?;
        let shaping = harfrust::FontRef::new(face.bytes()).ok()?;
        let variations = face.weight().map(|weight| ("wght", weight));
        let instance = variations.map(|weight| ShaperInstance::from_variations(&shaping, [weight]));
        let location = font.axes().location(variations);
        let units = f32::from(font.metrics(Size::unscaled(), &location).units_per_em);
        Some(Self { location, data: ShaperData::new(&shaping), font, shaping, instance, units })
    }

    fn shaper(&self) -> Shaper<'_> {
        self.data.shaper(&self.shaping).instance(self.instance.as_ref()).build()
    }

    fn has(&self, letter: char) -> bool {
        self.font.charmap().map(letter).is_some()
    }
}

/// The fonts, ready to be used. Making it takes some milliseconds: make it once for many texts.
pub struct Letters {
    faces: [Option<Ready>; Face::ALL.len()],
}

impl Default for Letters {
    fn default() -> Self {
        Self { faces: Face::ALL.map(Ready::of) }
    }
}

impl Letters {
    /// How far letters reach above the line on which they stand, in parts of the size.
    pub const ABOVE: f32 = 0.78;

    fn face(&self, face: Face) -> Option<&Ready> {
        self.faces.get(face.at()).and_then(Option::as_ref)
    }

    /// The first font that has a letter; the last one's empty box where none has it.
    fn face_of(&self, letter: char, chain: [Face; 4]) -> Face {
        let has = |face: &Face| self.face(*face).is_some_and(|ready| ready.has(letter));
        chain.into_iter().find(has).unwrap_or(Face::Rest)
    }

    /// The glyphs of a line of text from left to right.
    pub fn runs(&self, text: &str, weight: Weight) -> Vec<Run> {
        let chain = Face::chain(weight);
        let mut made = Vec::new();
        for piece in runs::in_order(text) {
            let mut parts = self.of_one_font(text, piece.range, chain);
            if piece.leftward {
                parts.reverse();
            }
            made.extend(parts.into_iter().filter_map(|(face, range)| self.shaped(text, face, range, piece.leftward)));
        }
        made
    }

    /// Parts of a piece of text that one font has all letters of. Blanks and marks stay with what is before them.
    fn of_one_font(&self, text: &str, range: Range<usize>, chain: [Face; 4]) -> Vec<(Face, Range<usize>)> {
        let mut parts: Vec<(Face, Range<usize>)> = Vec::new();
        for (at, letter) in text.get(range.clone()).unwrap_or("").char_indices() {
            let (from, to) = (range.start + at, range.start + at + letter.len_utf8());
            match parts.last_mut() {
                Some((face, part)) if self.face(*face).is_some_and(|ready| ready.has(letter)) => part.end = to,
                _ => parts.push((self.face_of(letter, chain), from..to)),
            }
        }
        parts
    }

    fn shaped(&self, text: &str, face: Face, range: Range<usize>, leftward: bool) -> Option<Run> {
        let ready = self.face(face)?;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text.get(range.clone())?);
        buffer.guess_segment_properties();
        buffer.set_direction(if leftward { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = ready.shaper().shape(buffer, ShapeOptions::new());
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let length = range.len();
        let end_of = |start: usize| starts.iter().copied().filter(|next| *next > start).min().unwrap_or(length);
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, place)| {
            let start = info.cluster as usize;
            #[expect(clippy::cast_precision_loss, reason = "units of a font are a few thousand")]
            let part = |units: i32| units as f32 / ready.units;
            Glyph {
                id: info.glyph_id,
                of: range.start + start..range.start + end_of(start),
                advance: part(place.x_advance),
                beside: (part(place.x_offset), part(place.y_offset)),
            }
        });
        Some(Run { face, glyphs: glyphs.collect() })
    }

    /// Where a text begins: left of its place, by its anchor.
    pub fn start(&self, text: &Text) -> Point {
        let width = || self.width(&text.text, text.size, text.weight);
        let back = match text.anchor {
            Anchor::Left => 0.0,
            Anchor::Middle => width() / 2.0,
            Anchor::Right => width(),
        };
        Point::new(text.at.x - back, text.at.y)
    }

    /// The outlines of a text on the page, but for its turning.
    pub fn outline(&self, text: &Text) -> Vec<Piece> {
        let start = self.start(text);
        let mut pen = Pen { pieces: Vec::new(), at: start };
        let mut x = start.x;
        for run in self.runs(&text.text, text.weight) {
            let Some(ready) = self.face(run.face) else { continue };
            let outlines = ready.font.outline_glyphs();
            for glyph in run.glyphs {
                pen.at = Point::new(x + glyph.beside.0 * text.size, start.y - glyph.beside.1 * text.size);
                x += glyph.advance * text.size;
                let Some(outline) = outlines.get(GlyphId::new(glyph.id)) else { continue };
                let settings = DrawSettings::unhinted(Size::new(text.size), &ready.location);
                // A glyph that a sound font cannot draw is left out, as in the window; the fonts are bundled.
                let _ = outline.draw(settings, &mut pen);
            }
        }
        pen.pieces
    }
}

impl Ruler for Letters {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.runs(text, weight).iter().map(Run::width).sum::<f32>() * size
    }
}

/// Notes an outline; fonts count upward, pages downward.
struct Pen {
    pieces: Vec<Piece>,
    at: Point,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> Point {
        Point::new(self.at.x + x, self.at.y - y)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.pieces.push(Piece::Move(self.place(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.pieces.push(Piece::Line(self.place(x, y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.pieces.push(Piece::Quad(self.place(cx, cy), self.place(x, y)));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.pieces.push(Piece::Cubic(self.place(cx0, cy0), self.place(cx1, cy1), self.place(x, y)));
    }

    fn close(&mut self) {
        self.pieces.push(Piece::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Role;

    fn faces(text: &str) -> Vec<Face> {
        Letters::default().runs(text, Weight::Regular).iter().map(|run| run.face).collect()
    }

    #[test]
    fn every_script_of_the_sources_has_its_font() {
        assert_eq!(faces("Łódź Київ Δελτίο"), [Face::Regular]);
        assert_eq!(faces("غزة"), [Face::Arabic]);
        assert_eq!(faces("עזה"), [Face::Hebrew]);
        assert!(Letters::default().runs("ⱥ", Weight::Regular).iter().all(|run| run.face == Face::Rest));
    }

    #[test]
    fn digits_have_one_width_at_every_weight_and_names_are_wider_in_bold() {
        let letters = Letters::default();
        for weight in [Weight::Regular, Weight::Medium, Weight::SemiBold] {
            assert!((letters.width("1111", 10.0, weight) - 24.0).abs() < 0.01, "{weight:?}");
        }
        let deaths = |weight| letters.width("deaths", 10.0, weight);
        assert!(deaths(Weight::SemiBold) > deaths(Weight::Regular) + 0.3);
    }

    #[test]
    fn arabic_letters_are_joined_and_run_to_the_left() {
        let letters = Letters::default();
        let joined = letters.width("غزة", 10.0, Weight::Regular);
        let alone: f32 = ["غ", "ز", "ة"].iter().map(|letter| letters.width(letter, 10.0, Weight::Regular)).sum();
        assert!(joined < alone - 0.3, "{joined} is not less than {alone}");
        let runs = letters.runs("غزة 12", Weight::Regular);
        let order: Vec<usize> = runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.of.start).collect();
        assert_eq!(order, [7, 8, 6, 4, 2, 0], "the number at the left, its digits in order");
    }

    #[test]
    fn outlines_stand_on_their_line_at_their_anchor() {
        let letters = Letters::default();
        let at = Point::new(100.0, 50.0);
        let ends = |anchor: Anchor| {
            let text = Text::new(at, "HH", 20.0, Role::Text).anchored(anchor);
            let points = letters.outline(&text).into_iter().filter_map(|piece| match piece {
                Piece::Move(point) | Piece::Line(point) => Some(point),
                _ => None,
            });
            points.fold((f32::MAX, f32::MIN, f32::MAX, f32::MIN), |(l, r, t, b), p| {
                (l.min(p.x), r.max(p.x), t.min(p.y), b.max(p.y))
            })
        };
        let (left, right, top, bottom) = ends(Anchor::Left);
        assert!(left > 100.0 && left < 103.0, "{left}");
        assert!((bottom - 50.0).abs() < 0.01 && (top - 50.0 + 20.0 * 0.698).abs() < 0.1, "{top} to {bottom}");
        let (moved, end, ..) = ends(Anchor::Right);
        assert!(end < 100.0 && (left - moved - letters.width("HH", 20.0, Weight::Regular)).abs() < 0.01);
        assert!((ends(Anchor::Middle).0 - f32::midpoint(left, moved)).abs() < 0.01);
        assert!(right > left);
    }
}
