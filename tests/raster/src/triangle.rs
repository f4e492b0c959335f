//! Fills triangles into a picture: which pixels, and with which colour.
//! Knows nothing of egui's passes, shapes or textures' origin.
//!
//! Corners are rounded to 1/256 pixel and edges decided in whole numbers, so that two triangles
//! with a common edge neither overlap nor leave a gap, on any machine. A pixel on an edge belongs
//! to the triangle whose top or left edge it is, as on a GPU.

use egui::epaint::Vertex;
use image::RgbaImage;

use crate::texture::{Colour, Texture};

const SUBPIXEL: f32 = 256.0;
const ONE: i64 = SUBPIXEL as i64;

/// Pixels that may be drawn to: from `min` up to, without, `max`.
#[derive(Clone, Copy)]
pub struct Clip {
    pub min: [i64; 2],
    pub max: [i64; 2],
}

/// A colour and a texture place (in texels) as linear functions of the pixel's place.
struct Planes {
    origin: [f32; 2],
    at_origin: [f32; 6],
    per_x: [f32; 6],
    per_y: [f32; 6],
}

/// Draws one triangle, its corners being in points.
pub fn fill(picture: &mut RgbaImage, clip: Clip, pixels_per_point: f32, texture: &Texture, corners: [Vertex; 3]) {
    let mut corners = corners;
    let place = |v: &Vertex| [v.pos.x * pixels_per_point, v.pos.y * pixels_per_point];
    let fixed = |v: &Vertex| place(v).map(|c| (c * SUBPIXEL).round() as i64);
    let mut area = cross(fixed(&corners[0]), fixed(&corners[1]), fixed(&corners[2]));
    if area < 0 {
        corners.swap(1, 2);
        area = -area;
    }
    if area == 0 {
        return;
    }
    let points = [0, 1, 2].map(|i| fixed(&corners[i]));
    let planes = Planes::new(&corners, [0, 1, 2].map(|i| place(&corners[i])), texture);
    let paint = Paint::new(&planes, texture);
    let lowest = points.iter().map(|p| p[1]).min().unwrap_or(0);
    let highest = points.iter().map(|p| p[1]).max().unwrap_or(0);
    let first = lowest.div_euclid(ONE).max(clip.min[1]);
    let last = (highest.div_euclid(ONE) + 1).min(clip.max[1]);
    for y in first..last {
        if let Some((from, to)) = span(points, y, clip) {
            paint.row(picture, y, from, to);
        }
    }
}

/// Twice the signed area of a triangle; positive if it runs clockwise on the screen.
fn cross(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// The pixels of row `y` whose middles lie in the (clockwise) triangle: first, and one after last.
fn span(points: [[i64; 2]; 3], y: i64, clip: Clip) -> Option<(i64, i64)> {
    let (mut from, mut to) = (clip.min[0], clip.max[0]);
    for i in 0..3 {
        let (a, b) = (points[i], points[(i + 1) % 3]);
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let top_or_left = dy < 0 || (dy == 0 && dx > 0);
        // Inside where cross(a, b, middle of pixel x) >= least, which is linear in x.
        let least = i64::from(!top_or_left);
        let at_zero = cross(a, b, [ONE / 2, y * ONE + ONE / 2]);
        let per_pixel = -dy * ONE;
        let missing = least - at_zero;
        match per_pixel.signum() {
            1 => from = from.max(-(-missing).div_euclid(per_pixel)),
            -1 => to = to.min((-missing).div_euclid(-per_pixel) + 1),
            _ if missing > 0 => return None,
            _ => {}
        }
    }
    (from < to).then_some((from, to))
}

impl Planes {
    fn new(corners: &[Vertex; 3], places: [[f32; 2]; 3], texture: &Texture) -> Self {
        let [width, height] = texture.size();
        let values: [[f32; 6]; 3] = std::array::from_fn(|i| {
            let [r, g, b, a] = corners[i].color.to_array().map(f32::from);
            let uv = corners[i].uv;
            [r, g, b, a, uv.x * width, uv.y * height]
        });
        let [a, b, c] = places;
        let (bx, by) = (b[0] - a[0], b[1] - a[1]);
        let (cx, cy) = (c[0] - a[0], c[1] - a[1]);
        let area = bx * cy - by * cx;
        let slope = |i: usize, p: f32, q: f32| {
            let (vb, vc) = (values[1][i] - values[0][i], values[2][i] - values[0][i]);
            if area == 0.0 || (vb == 0.0 && vc == 0.0) { 0.0 } else { (vb * p + vc * q) / area }
        };
        Self {
            origin: a,
            at_origin: values[0],
            per_x: std::array::from_fn(|i| slope(i, cy, -by)),
            per_y: std::array::from_fn(|i| slope(i, -cx, bx)),
        }
    }

    /// Value `i` at the middle of a pixel.
    fn at(&self, i: usize, x: i64, y: i64) -> f32 {
        let dx = x as f32 + 0.5 - self.origin[0];
        let dy = y as f32 + 0.5 - self.origin[1];
        self.at_origin[i] + self.per_x[i] * dx + self.per_y[i] * dy
    }

    fn is_flat(&self, values: std::ops::Range<usize>) -> bool {
        values.into_iter().all(|i| self.per_x[i] == 0.0 && self.per_y[i] == 0.0)
    }

    fn colour(&self, x: i64, y: i64) -> Colour {
        std::array::from_fn(|i| self.at(i, x, y).clamp(0.0, 255.0))
    }
}

/// How the pixels of a triangle get their colour; flat parts are looked up once.
struct Paint<'a> {
    planes: &'a Planes,
    texture: &'a Texture,
    filter: egui::TextureFilter,
    flat_colour: Option<Colour>,
    flat_texel: Option<Colour>,
}

impl<'a> Paint<'a> {
    fn new(planes: &'a Planes, texture: &'a Texture) -> Self {
        let (dx, dy) = (planes.per_x, planes.per_y);
        let filter = texture.filter((dx[4] * dy[5] - dx[5] * dy[4]).abs());
        let [.., u, v] = planes.at_origin;
        Self {
            planes,
            texture,
            filter,
            flat_colour: planes.is_flat(0..4).then(|| [0, 1, 2, 3].map(|i| planes.at_origin[i])),
            flat_texel: planes.is_flat(4..6).then(|| texture.sample(u, v, filter)),
        }
    }

    fn row(&self, picture: &mut RgbaImage, y: i64, from: i64, to: i64) {
        let start = (y as usize * picture.width() as usize + from as usize) * 4;
        let bytes = (to - from) as usize * 4;
        let Some(row) = picture.as_mut().get_mut(start..start + bytes) else {
            return;
        };
        let pixels = row.as_chunks_mut::<4>().0;
        if let (Some(colour), Some(texel)) = (self.flat_colour, self.flat_texel) {
            let source = multiply(colour, texel);
            if source[3] >= 255.0 {
                pixels.fill(source.map(to_byte));
            } else {
                for pixel in pixels {
                    blend(pixel, source);
                }
            }
            return;
        }
        for (x, pixel) in (from..to).zip(pixels) {
            blend(pixel, multiply(self.colour(x, y), self.texel(x, y)));
        }
    }

    fn colour(&self, x: i64, y: i64) -> Colour {
        self.flat_colour.unwrap_or_else(|| self.planes.colour(x, y))
    }

    fn texel(&self, x: i64, y: i64) -> Colour {
        self.flat_texel.unwrap_or_else(|| {
            let (u, v) = (self.planes.at(4, x, y), self.planes.at(5, x, y));
            self.texture.sample(u, v, self.filter)
        })
    }
}

fn multiply(a: Colour, b: Colour) -> Colour {
    std::array::from_fn(|i| a[i] * b[i] / 255.0)
}

/// Lays a premultiplied colour over a pixel, in gamma space as egui's own renderers do.
fn blend(pixel: &mut [u8; 4], source: Colour) {
    if source == [0.0; 4] {
        return;
    }
    let keep = 1.0 - source[3] / 255.0;
    for (target, source) in pixel.iter_mut().zip(source) {
        *target = to_byte(source + f32::from(*target) * keep);
    }
}

fn to_byte(value: f32) -> u8 {
    (value + 0.5) as u8
}
