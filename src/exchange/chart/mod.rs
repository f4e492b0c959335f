//! A chart as a file: the picture at the sizes in which it is published, and the numbers behind it as a table.
//!
//! The window and the command line both come here, so that both give the same bytes. It takes numbers and words that were
//! worked out, lays them out with the bundled fonts and writes them; it opens no file and asks no clock.

mod became_known;
mod data;
#[cfg(test)]
mod tests;

pub use became_known::{BecameKnown, What};
pub use data::{codebook, csv, tsv};

use super::picture::{self, NotWritten, Scale};
use crate::derive::credits::Credits;
use crate::derive::series::{Basis, Beside, Chart};
use crate::scene::Scene;
use crate::scene::chart::{Frame, Imprint, Said, is_bars, layout};
use crate::scene::letters::Letters;

/// What a chart becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Output {
    /// A picture.
    Picture(picture::Kind),
    /// The numbers behind it as CSV, with a codebook beside.
    Numbers,
}

impl Output {
    /// All of them, in the order of pick lists.
    pub const ALL: [Self; 4] = [
        Self::Picture(picture::Kind::Png),
        Self::Picture(picture::Kind::Svg),
        Self::Picture(picture::Kind::Pdf),
        Self::Numbers,
    ];

    /// How names of its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Picture(kind) => kind.ending(),
            Self::Numbers => "csv",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Picture(picture::Kind::Png) => "PNG picture",
            Self::Picture(picture::Kind::Svg) => "SVG drawing",
            Self::Picture(picture::Kind::Pdf) => "PDF page",
            Self::Numbers => "Numbers behind it, as CSV",
        }
    }

    /// What it is for, in one sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Picture(picture::Kind::Png) => "Pixels, for the web, slides and posts",
            Self::Picture(picture::Kind::Svg) => "Shapes that stay sharp at any size; letters are outlines",
            Self::Picture(picture::Kind::Pdf) => "A page with its fonts, whose words can be searched",
            Self::Numbers => "Low, best and high of every bin with its events; a codebook is written beside it",
        }
    }

    /// What a name with this ending is to become.
    pub fn of_ending(ending: &str) -> Option<Self> {
        let ending = ending.to_lowercase();
        Self::ALL.into_iter().find(|output| output.ending() == ending)
    }
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What goes beside it.
    pub codebook: Option<String>,
}

/// What a chart says beside its numbers: whose reports it rests on, the licence, the hash of the project.
pub fn imprint(basis: &Basis<'_>, chart: &Chart, title: &str, hash: String) -> Imprint {
    let question = &chart.question;
    let mut measures = vec![&question.measure];
    if let Beside::Measure(other) = &question.beside {
        measures.push(other);
    }
    // With two filters, the sources of both.
    let both: Option<Vec<bool>> =
        basis.filter.zip(basis.other).map(|(a, b)| a.iter().zip(b).map(|(a, b)| *a || *b).collect());
    let filter = both.as_deref().or(basis.filter);
    Imprint {
        title: title.to_owned(),
        credits: Credits::of(basis.project, basis.derived, &measures, &question.class, filter),
        licence: basis.project.about.licence.to_string(),
        hash,
        printed: false,
    }
}

/// The file of a chart. `basis` is what the chart was made from.
///
/// # Errors
///
/// If a library refuses what it was given.
pub fn export(
    basis: &Basis<'_>,
    chart: &Chart,
    imprint: &Imprint,
    size: Size,
    output: Output,
) -> Result<Written, NotWritten> {
    match output {
        Output::Picture(kind) => Ok(Written { bytes: write(chart, imprint, size, kind)?, codebook: None }),
        Output::Numbers => {
            let about = &basis.project.about;
            let method = basis.project.methodology.method_for(&chart.question.measure).key();
            let codebook = codebook(chart, imprint, &about.title, method);
            Ok(Written { bytes: csv(basis, chart), codebook: Some(codebook) })
        }
    }
}

/// How large a picture is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Size {
    /// 1600 by 900 pixels: a slide, a page of the web.
    #[default]
    Screen,
    /// 1080 by 1080 pixels: a post.
    Square,
    /// 89 millimetres: a column of a journal.
    Column,
    /// 183 millimetres: a page of a journal.
    Page,
    /// 210 millimetres: from edge to edge of A4.
    A4,
    /// So many pixels wide and high.
    Pixels(u16, u16),
}

impl Size {
    /// Those that have a name, in the order of pick lists.
    pub const NAMED: [Self; 5] = [Self::Screen, Self::Square, Self::Column, Self::Page, Self::A4];
    /// Fewest and most pixels of a side.
    pub const PIXELS: std::ops::RangeInclusive<u16> = 400..=8000;

    /// The word on the command line.
    pub fn key(self) -> String {
        match self {
            Self::Screen => "1600x900".to_owned(),
            Self::Square => "1080x1080".to_owned(),
            Self::Column => "89mm".to_owned(),
            Self::Page => "183mm".to_owned(),
            Self::A4 => "a4".to_owned(),
            Self::Pixels(width, height) => format!("{width}x{height}"),
        }
    }

    /// What a person reads.
    pub fn title(self) -> String {
        match self {
            Self::Screen => "Screen, 1600 × 900".to_owned(),
            Self::Square => "Square, 1080 × 1080".to_owned(),
            Self::Column => "Journal column, 89 mm".to_owned(),
            Self::Page => "Journal page, 183 mm".to_owned(),
            Self::A4 => "A4 width, 210 mm".to_owned(),
            Self::Pixels(width, height) => format!("{width} × {height}"),
        }
    }

    /// The size of a word: one of the named ones, or pixels as `1200x630`.
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.trim().to_lowercase();
        if let Some(named) = Self::NAMED.into_iter().find(|size| size.key() == key) {
            return Some(named);
        }
        let (width, height) = key.split_once(['x', '×'])?;
        let side = |text: &str| text.trim().parse::<u16>().ok().filter(|side| Self::PIXELS.contains(side));
        Some(Self::Pixels(side(width)?, side(height)?))
    }

    /// Width in points, height where it is fixed, and the scale of files. Points are those of a screen, 96 to an inch;
    /// pictures for screens have two pixels a point, pictures for paper 300 to an inch.
    fn frame(self) -> (f32, Option<f32>, Scale) {
        const INCH: f32 = 25.4;
        let paper = |millimetres: f32| {
            let scale = Scale { millimetres: Some(millimetres), pixels: 300.0 / 96.0 };
            (millimetres / INCH * 96.0, None, scale)
        };
        let screen = |width: u16, height: u16| {
            (f32::from(width) / 2.0, Some(f32::from(height) / 2.0), Scale { millimetres: None, pixels: 2.0 })
        };
        match self {
            Self::Screen => screen(1600, 900),
            Self::Square => screen(1080, 1080),
            Self::Pixels(width, height) => screen(width, height),
            Self::Column => paper(89.0),
            Self::Page => paper(183.0),
            Self::A4 => paper(210.0),
        }
    }
}

/// The picture of a chart, with everything that is said around it.
pub fn scene(chart: &Chart, imprint: &Imprint, size: Size) -> Scene {
    let said = Said::of(chart, imprint, is_bars(chart));
    let (width, height, _) = size.frame();
    let frame = Frame { width, height, said: Some(&said), ..Frame::default() };
    let scene = layout(chart, &frame, &Letters::default()).scene;
    if imprint.printed { scene.printed() } else { scene }
}

/// The file of the picture.
///
/// # Errors
///
/// If a library refuses what it was given.
pub fn write(chart: &Chart, imprint: &Imprint, size: Size, kind: picture::Kind) -> Result<Vec<u8>, NotWritten> {
    picture::write(&scene(chart, imprint, size), kind, size.frame().2)
}
