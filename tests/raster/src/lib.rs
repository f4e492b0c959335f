//! A small CPU renderer, so that pictures of the window need neither a GPU nor a display in tests.
//! It knows egui's painted output and nothing of the app.
//!
//! It draws what egui paints (text, shapes, images) the way egui's OpenGL renderer does: colours
//! are premultiplied and blended in gamma space, clip rectangles are rounded to pixels.
//! Everything is done in one thread in a fixed order: the same output gives the same bytes.
//! The picture is cleared with the panel colour of the style, so it has no transparent parts.
//!
//! ```
//! let mut harness = raster::builder([200.0, 60.0]).build_ui(|ui| {
//!     ui.label("Hello");
//! });
//! harness.run();
//! let picture = harness.render().unwrap();
//! assert_eq!(picture.dimensions(), (200, 60));
//! ```

mod texture;
mod triangle;

use std::collections::HashMap;
use std::path::Path;

use egui::epaint::{Primitive, textures::TexturesDelta};
use egui::{Context, FullOutput, TextureId};
use egui_kittest::{HarnessBuilder, TestRenderer};
pub use image;
use image::{Rgba, RgbaImage};

use texture::Texture;
use triangle::Clip;

/// Draws egui's output on the CPU; give it to [`HarnessBuilder::renderer`], or use [`builder`].
#[derive(Default)]
pub struct Raster {
    textures: HashMap<TextureId, Texture>,
    /// Textures that the last pass freed: it may still be drawn, the next one cannot use them.
    freed: Vec<TextureId>,
}

/// A kittest builder that draws with [`Raster`]: `size` in points, one pixel a point, no pointer
/// in the picture. Every setting can be changed by the builder's own methods.
pub fn builder<State>(size: impl Into<egui::Vec2>) -> HarnessBuilder<State> {
    HarnessBuilder::default().with_size(size).with_render_cursor(false).renderer(Raster::default())
}

/// Writes a picture as PNG and creates the folder for it.
///
/// # Errors
/// If the folder or the file cannot be written.
pub fn save_png(picture: &RgbaImage, path: impl AsRef<Path>) -> Result<(), String> {
    let path = path.as_ref();
    let say = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| say(&error))?;
    }
    picture.save_with_format(path, image::ImageFormat::Png).map_err(|error| say(&error))
}

impl TestRenderer for Raster {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain(..) {
            self.textures.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            let texture = self.textures.entry(id).or_insert(Texture::empty());
            for change in &changes {
                texture.apply(change);
            }
        }
        self.freed.extend(delta.free.drain());
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.viewport_rect().size() * scale;
        let background = ctx.global_style().visuals.panel_fill.to_opaque();
        let mut picture =
            RgbaImage::from_pixel(size.x.round() as u32, size.y.round() as u32, Rgba(background.to_array()));
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &clipped.primitive else {
                return Err("a paint callback needs a GPU".to_owned());
            };
            let texture =
                self.textures.get(&mesh.texture_id).ok_or_else(|| format!("unknown texture {:?}", mesh.texture_id))?;
            let clip = clip_of(clipped.clip_rect, scale, &picture);
            for indices in mesh.indices.as_chunks::<3>().0 {
                let corners = indices.map(|i| mesh.vertices[i as usize]);
                triangle::fill(&mut picture, clip, scale, texture, corners);
            }
        }
        Ok(picture)
    }
}

fn clip_of(rect: egui::Rect, scale: f32, picture: &RgbaImage) -> Clip {
    let bound = |value: f32, size: u32| ((value * scale).round() as i64).clamp(0, i64::from(size));
    let (width, height) = picture.dimensions();
    Clip {
        min: [bound(rect.min.x, width), bound(rect.min.y, height)],
        max: [bound(rect.max.x, width), bound(rect.max.y, height)],
    }
}

#[cfg(test)]
mod tests;
