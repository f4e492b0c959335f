//! A scene as PNG: its SVG, painted. The file says how many pixels go to a metre, where the picture is meant for paper.

use flate2::Crc;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::{NotWritten, Pixels, Scale, svg};
use crate::scene::Scene;

/// More pixels than this on one side are a mistake, not a wish.
const MOST: u32 = 20_000;

/// The file.
pub fn write(scene: &Scene, scale: Scale) -> Result<Vec<u8>, NotWritten> {
    let pixmap = paint(scene, scale)?;
    let width = pixmap.width();
    let png = pixmap.encode_png().map_err(|error| NotWritten::Refused("PNG", error.to_string()))?;
    Ok(match scale.millimetres {
        Some(millimetres) if millimetres > 0.0 => with_density(png, width, millimetres),
        _ => png,
    })
}

/// The picture as plain pixels.
pub fn pixels_of(scene: &Scene, scale: Scale) -> Result<Pixels, NotWritten> {
    let pixmap = paint(scene, scale)?;
    let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
    let rgba = pixmap.pixels().iter().flat_map(|pixel| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    });
    Ok(Pixels { width, height, rgba: rgba.collect() })
}

fn paint(scene: &Scene, scale: Scale) -> Result<Pixmap, NotWritten> {
    let refused = |error: String| NotWritten::Refused("PNG", error);
    let (width, height) = (pixels(scene.width, scale.pixels), pixels(scene.height, scale.pixels));
    if width == 0 || height == 0 || width > MOST || height > MOST {
        return Err(NotWritten::Size(width, height));
    }
    // Without a size on paper: a point is a pixel, which the scale makes larger.
    let document = svg::write(scene, Scale { millimetres: None, ..scale });
    let tree = Tree::from_str(&document, &Options::default()).map_err(|error| refused(error.to_string()))?;
    let mut pixmap = Pixmap::new(width, height).ok_or(NotWritten::Size(width, height))?;
    resvg::render(&tree, Transform::from_scale(scale.pixels, scale.pixels), &mut pixmap.as_mut());
    Ok(pixmap)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length, held against the most")]
fn pixels(points: f32, scale: f32) -> u32 {
    (points * scale).round().max(0.0) as u32
}

/// Puts the chunk `pHYs` behind the header: pixels a metre, so that programs set the picture as wide as it is meant.
fn with_density(mut png: Vec<u8>, width: u32, millimetres: f32) -> Vec<u8> {
    /// Signature (8 bytes), then the header: its length (4), name (4), data (13) and checksum (4).
    const HEADER_END: usize = 33;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some ten thousand")]
    let a_metre = (f64::from(width) * 1000.0 / f64::from(millimetres)).round() as u32;
    let mut named = b"pHYs".to_vec();
    named.extend(a_metre.to_be_bytes());
    named.extend(a_metre.to_be_bytes());
    // The unit is the metre.
    named.push(1);
    let mut crc = Crc::new();
    crc.update(&named);
    let mut chunk = 9_u32.to_be_bytes().to_vec();
    chunk.extend(named);
    chunk.extend(crc.sum().to_be_bytes());
    if png.len() >= HEADER_END {
        png.splice(HEADER_END..HEADER_END, chunk);
    }
    png
}
