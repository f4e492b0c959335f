//! Textures as a renderer holds them, and how a texel is looked up.
//! Knows nothing of triangles or of the picture that is drawn.

use egui::epaint::ImageDelta;
use egui::{ImageData, TextureFilter, TextureOptions, TextureWrapMode};

/// Premultiplied red, green, blue and alpha, each from 0 to 255.
pub type Colour = [f32; 4];

/// One texture: egui's font atlas, or an image that the app loaded.
pub struct Texture {
    width: usize,
    height: usize,
    texels: Vec<[u8; 4]>,
    options: TextureOptions,
}

impl Texture {
    pub const fn empty() -> Self {
        Self { width: 0, height: 0, texels: Vec::new(), options: TextureOptions::LINEAR }
    }

    /// Replaces the whole texture, or a rectangle of it.
    pub fn apply(&mut self, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        self.options = delta.options;
        let Some([left, top]) = delta.pos else {
            self.width = width;
            self.height = height;
            self.texels = image.pixels.iter().map(|c| c.to_array()).collect();
            return;
        };
        for (row, pixels) in image.pixels.chunks_exact(width.max(1)).enumerate() {
            let start = (top + row) * self.width + left;
            if let Some(target) = self.texels.get_mut(start..start + width) {
                for (texel, pixel) in target.iter_mut().zip(pixels) {
                    *texel = pixel.to_array();
                }
            }
        }
    }

    /// Width and height in texels.
    pub fn size(&self) -> [f32; 2] {
        [self.width as f32, self.height as f32]
    }

    /// The filter for a triangle that shows `texels_per_pixel` texels (as an area) in a pixel.
    pub fn filter(&self, texels_per_pixel: f32) -> TextureFilter {
        if texels_per_pixel > 1.0 { self.options.minification } else { self.options.magnification }
    }

    /// The colour at a place given in texels (so that (0.5, 0.5) is the middle of the first one).
    pub fn sample(&self, x: f32, y: f32, filter: TextureFilter) -> Colour {
        if self.texels.is_empty() {
            return [255.0; 4];
        }
        if filter == TextureFilter::Nearest {
            return self.texel(x.floor() as i64, y.floor() as i64);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let upper = mix(self.texel(left, top), right_share, || self.texel(left + 1, top));
        mix(upper, bottom_share, || mix(self.texel(left, top + 1), right_share, || self.texel(left + 1, top + 1)))
    }

    fn texel(&self, x: i64, y: i64) -> Colour {
        let x = wrap(x, self.width, self.options.wrap_mode);
        let y = wrap(y, self.height, self.options.wrap_mode);
        self.texels[y * self.width + x].map(f32::from)
    }
}

/// `a` with `share` of `b`; a share too small to be seen does not look `b` up.
fn mix(a: Colour, share: f32, b: impl Fn() -> Colour) -> Colour {
    const UNSEEN: f32 = 1.0 / 1024.0;
    if share < UNSEEN {
        return a;
    }
    let b = b();
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * share)
}

fn wrap(position: i64, size: usize, mode: TextureWrapMode) -> usize {
    let size = size as i64;
    let wrapped = match mode {
        TextureWrapMode::ClampToEdge => position.clamp(0, size - 1),
        TextureWrapMode::Repeat => position.rem_euclid(size),
        TextureWrapMode::MirroredRepeat => {
            let place = position.rem_euclid(2 * size);
            place.min(2 * size - 1 - place)
        }
    };
    wrapped as usize
}
