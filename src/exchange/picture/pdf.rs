//! A scene as PDF: one page of its size, its fonts embedded as far as they are used, texts as texts. The page is one
//! figure with the description as its alternative text.

use krilla::Data;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point as At, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill as Paint, FillRule, LineCap, Stroke as Pen, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Identifier, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag as Axis};

use super::{NotWritten, Scale};
use crate::scene::letters::{Face, Letters, Run};
use crate::scene::role::Rgb;
use crate::scene::{Area, Fill, Item, Line, Marker, MarkerKind, Point, Role, Scene, Shape, Stroke, Text, hatch_lines};

/// Points of a page to one of the scene, which are those of a screen: 72 to 96.
const POINT: f32 = 0.75;
/// Points of a page to a millimetre.
const MILLIMETRE: f32 = 72.0 / 25.4;

/// The file.
pub fn write(scene: &Scene, scale: Scale) -> Result<Vec<u8>, NotWritten> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "only told")]
    let size = |length: f32| length.max(0.0).round() as u32;
    let point = scale.millimetres.filter(|_| scene.width > 0.0).map_or(POINT, |mm| mm * MILLIMETRE / scene.width);
    let settings = PageSettings::from_wh(scene.width * point, scene.height * point);
    let settings = settings.ok_or_else(|| NotWritten::Size(size(scene.width), size(scene.height)))?;
    let mut document = Document::new();
    let mut page = document.start_page_with(settings);
    let all = draw(scene, point, &mut page.surface());
    page.finish();
    let mut figure = TagGroup::new(Tag::Figure(Some(scene.description.clone())));
    figure.push(all);
    let mut tree = TagTree::new();
    tree.push(figure);
    document.set_tag_tree(tree);
    document.set_metadata(
        Metadata::new()
            .title(scene.title.clone())
            .description(scene.description.clone())
            .creator("Dateline".to_owned())
            .language("en".to_owned()),
    );
    document.finish().map_err(|error| NotWritten::Refused("PDF", format!("{error:?}")))
}

/// Draws everything as one piece of content, and says by what name the figure holds it.
fn draw(scene: &Scene, point: f32, surface: &mut Surface<'_>) -> Identifier {
    let all = surface.start_tagged(ContentTag::Other);
    surface.push_transform(&Transform::from_scale(point, point));
    let letters = Letters::default();
    let mut writer = Writer { surface, letters: &letters, fonts: Face::ALL.map(font) };
    let ground = Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
    writer.path(rect(&ground), Some(&Fill::of(Role::Page)), None);
    writer.items(&scene.items);
    surface.pop();
    surface.end_tagged();
    all
}

fn font(face: Face) -> Option<Font> {
    let data = Data::from(face.bytes());
    match face.weight() {
        Some(weight) => Font::new_variable(data, 0, &[(Axis::new(b"wght"), weight)]),
        None => Font::new(data, 0),
    }
}

struct Writer<'a, 's> {
    surface: &'a mut Surface<'s>,
    letters: &'a Letters,
    fonts: [Option<Font>; Face::ALL.len()],
}

impl Writer<'_, '_> {
    fn items(&mut self, items: &[Item]) {
        items.iter().for_each(|item| self.shape(&item.shape));
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { area, fill, stroke } => self.path(rect(area), fill.as_ref(), stroke.as_ref()),
            Shape::Polygon { points, fill, stroke } => self.path(way(points, true), fill.as_ref(), stroke.as_ref()),
            Shape::Line(Line { points, stroke }) => self.path(way(points, false), None, Some(stroke)),
            Shape::Marker(marker) => self.marker(marker),
            Shape::Hatch { area, gap, stroke } => {
                for ends in hatch_lines(area, *gap) {
                    self.path(way(&ends, false), None, Some(stroke));
                }
            }
            Shape::Text(text) => self.text(text),
            Shape::Clip { area, items } => {
                if let Some(path) = rect(area) {
                    self.surface.push_clip_path(&path, &FillRule::NonZero);
                    self.items(items);
                    self.surface.pop();
                }
            }
        }
    }

    fn path(&mut self, path: Option<Path>, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        let Some(path) = path.filter(|_| fill.is_some() || stroke.is_some()) else { return };
        self.surface.set_fill(fill.map(paint));
        self.surface.set_stroke(stroke.map(pen));
        self.surface.draw_path(&path);
    }

    fn marker(&mut self, marker: &Marker) {
        let Marker { at, kind, radius, fill, stroke } = marker;
        match kind {
            MarkerKind::Circle => self.path(circle(*at, *radius), fill.as_ref(), stroke.as_ref()),
            MarkerKind::Cross => {
                for ends in kind.corners(*at, *radius).chunks(2) {
                    self.path(way(ends, false), None, stroke.as_ref());
                }
            }
            _ => self.path(way(&kind.corners(*at, *radius), true), fill.as_ref(), stroke.as_ref()),
        }
    }

    fn text(&mut self, text: &Text) {
        let start = self.letters.start(text);
        self.surface.set_fill(Some(paint(&Fill::of(text.role))));
        self.surface.set_stroke(None);
        self.surface.push_transform(&Transform::from_rotate_at(text.turned, text.at.x, text.at.y));
        let mut x = start.x;
        for run in self.letters.runs(&text.text, text.weight) {
            if let Some(font) = self.font(run.face) {
                let glyphs = glyphs(&run);
                self.surface.draw_glyphs(At::from_xy(x, start.y), &glyphs, font, &text.text, text.size, false);
            }
            x += run.width() * text.size;
        }
        self.surface.pop();
    }

    fn font(&self, face: Face) -> Option<Font> {
        Face::ALL.iter().position(|known| *known == face).and_then(|at| self.fonts.get(at)).cloned().flatten()
    }
}

fn glyphs(run: &Run) -> Vec<KrillaGlyph> {
    let glyph = |glyph: &crate::scene::letters::Glyph| KrillaGlyph {
        glyph_id: GlyphId::new(glyph.id),
        text_range: glyph.of.clone(),
        x_advance: glyph.advance,
        x_offset: glyph.beside.0,
        y_offset: glyph.beside.1,
        y_advance: 0.0,
        location: None,
    };
    run.glyphs.iter().map(glyph).collect()
}

fn colour(role: Role) -> rgb::Color {
    let Rgb(red, green, blue) = role.light();
    rgb::Color::new(red, green, blue)
}

fn paint(fill: &Fill) -> Paint {
    let opacity = NormalizedF32::new(fill.opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE);
    Paint { paint: colour(fill.role).into(), opacity, rule: FillRule::NonZero }
}

fn pen(stroke: &Stroke) -> Pen {
    let dash = stroke.dash.pattern();
    Pen {
        paint: colour(stroke.role).into(),
        width: stroke.width,
        line_cap: LineCap::Butt,
        dash: (!dash.is_empty()).then(|| StrokeDash { array: dash.to_vec(), offset: 0.0 }),
        ..Pen::default()
    }
}

fn rect(area: &Area) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_ltrb(area.left, area.top, area.right, area.bottom)?);
    path.finish()
}

fn way(points: &[Point], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first.x, first.y);
    rest.iter().for_each(|point| path.line_to(point.x, point.y));
    if closed {
        path.close();
    }
    path.finish()
}

/// Four curves, which differ from a circle by less than a thousandth.
fn circle(at: Point, r: f32) -> Option<Path> {
    let h = r * 0.552_285;
    let Point { x, y } = at;
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + h, x + h, y + r, x, y + r);
    path.cubic_to(x - h, y + r, x - r, y + h, x - r, y);
    path.cubic_to(x - r, y - h, x - h, y - r, x, y - r);
    path.cubic_to(x + h, y - r, x + r, y - h, x + r, y);
    path.close();
    path.finish()
}
