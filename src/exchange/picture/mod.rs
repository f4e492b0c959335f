//! A scene as a file: SVG, PNG and PDF, always in the light palette on white.
//!
//! All three are written from the same [`Scene`], so that they show the same as the window. The same scene gives the
//! same bytes, on every machine: no file holds a date, a name of a font of the system or a random number. It knows what a
//! scene is made of, not what it shows, and it does not touch the disk.

mod pdf;
mod png;
mod svg;
#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::scene::Scene;

/// Kinds of files that a scene can become.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Shapes, with texts as outlines: looks the same everywhere, and can be changed in drawing programs.
    Svg,
    /// Pixels.
    #[default]
    Png,
    /// A page of its own size, with its fonts and texts that can be searched and copied.
    Pdf,
}

impl Kind {
    /// All of them, in the order of pick lists.
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Pdf];

    /// How names of its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// How large a scene is as a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Its width on paper in millimetres, where it is meant for paper; SVG and PDF are that wide.
    pub millimetres: Option<f32>,
    /// Pixels of a PNG for each point of the scene.
    pub pixels: f32,
}

impl Default for Scale {
    fn default() -> Self {
        Self { millimetres: None, pixels: 2.0 }
    }
}

/// Why there is no file.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum NotWritten {
    /// It has no size, or more pixels than fit into memory.
    #[error("the picture is {0} by {1} pixels: choose a smaller size")]
    Size(u32, u32),
    /// A library refused.
    #[error("the picture could not be written as {0}: {1}")]
    Refused(&'static str, String),
}

/// A picture as pixels, for a clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels from left to right.
    pub width: usize,
    /// Pixels from top to bottom.
    pub height: usize,
    /// Red, green, blue and opacity of each, line by line.
    pub rgba: Vec<u8>,
}

/// The pixels of a scene, so many for each point.
///
/// # Errors
///
/// If the picture has no size or is far too large.
pub fn pixels(scene: &Scene, scale: f32) -> Result<Pixels, NotWritten> {
    png::pixels_of(scene, Scale { millimetres: None, pixels: scale })
}

/// The bytes of the file.
///
/// # Errors
///
/// If the picture has no size or is far too large, or if a library refuses what it was given.
pub fn write(scene: &Scene, kind: Kind, scale: Scale) -> Result<Vec<u8>, NotWritten> {
    match kind {
        Kind::Svg => Ok(svg::write(scene, scale).into_bytes()),
        Kind::Png => png::write(scene, scale),
        Kind::Pdf => pdf::write(scene, scale),
    }
}
