//! A scene as SVG. Texts are outlines, each with its words as a label; the title and the description are the
//! document's own, for screen readers. Numbers are written to hundredths of a point.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::Scale;
use crate::scene::letters::{Letters, Piece};
use crate::scene::{
    Area, Dash, Fill, Item, Line, Marker, MarkerKind, Point, Role, Scene, Shape, Stands, Stroke, Text, hatch_lines,
};

/// The document.
pub fn write(scene: &Scene, scale: Scale) -> String {
    let letters = Letters::default();
    let mut writer = Writer { out: String::new(), letters: &letters, id: id(scene), clips: 0 };
    writer.items(&scene.items, 1);
    let body = writer.out;
    let Scene { width, height, title, description, .. } = scene;
    let size = scale.millimetres.map_or_else(
        || format!("width=\"{}\" height=\"{}\"", N(*width), N(*height)),
        |mm| format!("width=\"{}mm\" height=\"{}mm\"", N(mm), N(mm * height / width)),
    );
    let id = id(scene);
    let page = Role::Page.light().to_hex();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" {size} viewBox=\"0 0 {} {}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\">\n  \
         <title id=\"{id}-title\">{}</title>\n  \
         <desc id=\"{id}-desc\">{}</desc>\n  \
         <rect width=\"{}\" height=\"{}\" fill=\"{page}\"/>\n{body}</svg>\n",
        N(*width),
        N(*height),
        Escaped(title),
        Escaped(description),
        N(*width),
        N(*height),
    )
}

/// A name that two different charts on one page of the web do not share.
fn id(scene: &Scene) -> String {
    let hash = Sha256::digest(scene.to_string().as_bytes());
    hash.iter().take(4).fold("chart-".to_owned(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}

struct Writer<'a> {
    out: String,
    letters: &'a Letters,
    id: String,
    clips: usize,
}

impl Writer<'_> {
    fn items(&mut self, items: &[Item], depth: usize) {
        for item in items {
            let before = "  ".repeat(depth);
            let of = match item.stands {
                Stands::Nothing => String::new(),
                stands => format!(" data-of=\"{stands}\""),
            };
            match &item.shape {
                Shape::Clip { area, items } => self.clip(area, items, depth),
                shape => {
                    if let Some(element) = self.element(shape, &of) {
                        // Writing to a string cannot fail, here and below.
                        let _ = writeln!(self.out, "{before}{element}");
                    }
                }
            }
        }
    }

    fn clip(&mut self, area: &Area, items: &[Item], depth: usize) {
        self.clips += 1;
        let (id, before) = (format!("{}-clip{}", self.id, self.clips), "  ".repeat(depth));
        let _ = writeln!(self.out, "{before}<clipPath id=\"{id}\"><rect {}/></clipPath>", Sides(area));
        let _ = writeln!(self.out, "{before}<g clip-path=\"url(#{id})\">");
        self.items(items, depth + 1);
        let _ = writeln!(self.out, "{before}</g>");
    }

    fn element(&self, shape: &Shape, of: &str) -> Option<String> {
        Some(match shape {
            Shape::Rect { area, fill, stroke } => {
                format!("<rect{of} {}{}/>", Sides(area), paint(fill.as_ref(), stroke.as_ref()))
            }
            Shape::Polygon { points, fill, stroke } => {
                format!("<path{of} d=\"{}Z\"{}/>", Way(points), paint(fill.as_ref(), stroke.as_ref()))
            }
            Shape::Line(Line { points, stroke }) => {
                format!("<path{of} d=\"{}\"{}/>", Way(points), paint(None, Some(stroke)))
            }
            Shape::Marker(marker) => self::marker(marker, of),
            Shape::Hatch { area, gap, stroke } => {
                let lines = hatch_lines(area, *gap);
                if lines.is_empty() {
                    return None;
                }
                let way: String = lines.iter().map(|ends| Way(ends).to_string()).collect();
                format!("<path{of} d=\"{way}\"{}/>", paint(None, Some(stroke)))
            }
            Shape::Text(text) => self.text(text, of)?,
            Shape::Clip { .. } => return None,
        })
    }

    fn text(&self, text: &Text, of: &str) -> Option<String> {
        let pieces = self.letters.outline(text);
        if pieces.is_empty() {
            return None;
        }
        let turn = if text.turned == 0.0 {
            String::new()
        } else {
            format!(" transform=\"rotate({} {} {})\"", N(text.turned), N(text.at.x), N(text.at.y))
        };
        let mut way = Outline::default();
        pieces.iter().for_each(|piece| way.add(piece));
        let way = way.text;
        let fill = text.role.light().to_hex();
        Some(format!("<path{of} aria-label=\"{}\" d=\"{way}\" fill=\"{fill}\"{turn}/>", Escaped(&text.text)))
    }
}

fn marker(marker: &Marker, of: &str) -> String {
    let Marker { at, kind, radius, fill, stroke } = marker;
    let paint = paint(fill.as_ref(), stroke.as_ref());
    match kind {
        MarkerKind::Circle => {
            format!("<circle{of} cx=\"{}\" cy=\"{}\" r=\"{}\"{paint}/>", N(at.x), N(at.y), N(*radius))
        }
        MarkerKind::Cross => {
            let corners = kind.corners(*at, *radius);
            let way: String = corners.chunks(2).map(|ends| Way(ends).to_string()).collect();
            format!("<path{of} d=\"{way}\"{paint}/>")
        }
        _ => format!("<path{of} d=\"{}Z\"{paint}/>", Way(&kind.corners(*at, *radius))),
    }
}

fn paint(fill: Option<&Fill>, stroke: Option<&Stroke>) -> String {
    let mut paint = fill.map_or_else(
        || " fill=\"none\"".to_owned(),
        |fill| {
            let opacity =
                if fill.opacity < 1.0 { format!(" fill-opacity=\"{}\"", N(fill.opacity)) } else { String::new() };
            format!(" fill=\"{}\"{opacity}", fill.role.light().to_hex())
        },
    );
    if let Some(Stroke { role, width, dash }) = stroke {
        let _ = write!(paint, " stroke=\"{}\" stroke-width=\"{}\"", role.light().to_hex(), N(*width));
        if *dash != Dash::Whole {
            let lengths: Vec<String> = dash.pattern().iter().map(|length| N(*length).to_string()).collect();
            let _ = write!(paint, " stroke-dasharray=\"{}\"", lengths.join(" "));
        }
    }
    paint
}

/// The outline of letters in as few signs as SVG takes: each place as the way from the one before, in hundredths.
#[derive(Default)]
struct Outline {
    text: String,
    at: (i64, i64),
    start: (i64, i64),
}

impl Outline {
    fn add(&mut self, piece: &Piece) {
        match piece {
            Piece::Move(to) => {
                self.step('m', &[*to]);
                self.start = self.at;
            }
            Piece::Line(to) => self.step('l', &[*to]),
            Piece::Quad(handle, to) => self.step('q', &[*handle, *to]),
            Piece::Cubic(one, other, to) => self.step('c', &[*one, *other, *to]),
            Piece::Close => {
                self.text.push('z');
                self.at = self.start;
            }
        }
    }

    fn step(&mut self, sign: char, places: &[Point]) {
        #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
        let hundredths = |length: f32| (f64::from(length) * 100.0).round() as i64;
        // The first place of a path is as far from nothing as from the corner of the page.
        self.text.push(sign);
        let (mut first, mut to) = (true, self.at);
        for place in places {
            to = (hundredths(place.x), hundredths(place.y));
            for way in [to.0 - self.at.0, to.1 - self.at.1] {
                if !first && way >= 0 {
                    self.text.push(' ');
                }
                first = false;
                self.number(way);
            }
        }
        self.at = to;
    }

    fn number(&mut self, hundredths: i64) {
        let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
        if hundredths < 0 {
            self.text.push('-');
        }
        // Writing to a string cannot fail.
        let _ = match (whole, part) {
            (whole, 0) => write!(self.text, "{whole}"),
            (0, part) if part % 10 == 0 => write!(self.text, ".{}", part / 10),
            (0, part) => write!(self.text, ".{part:02}"),
            (whole, part) if part % 10 == 0 => write!(self.text, "{whole}.{}", part / 10),
            (whole, part) => write!(self.text, "{whole}.{part:02}"),
        };
    }
}

/// A number to hundredths, without zeros that say nothing.
struct N(f32);

impl std::fmt::Display for N {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (f64::from(self.0) * 100.0).round() / 100.0;
        if hundredths == 0.0 { f.write_str("0") } else { write!(f, "{hundredths}") }
    }
}

struct At(Point);

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", N(self.0.x), N(self.0.y))
    }
}

/// From place to place.
struct Way<'a>(&'a [Point]);

impl std::fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .enumerate()
            .try_for_each(|(at, point)| write!(f, "{}{}", if at == 0 { 'M' } else { 'L' }, At(*point)))
    }
}

struct Sides<'a>(&'a Area);

impl std::fmt::Display for Sides<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Area { left, top, .. } = *self.0;
        let (width, height) = (self.0.width().max(0.0), self.0.height().max(0.0));
        write!(f, "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", N(left), N(top), N(width), N(height))
    }
}

/// Text as XML takes it: what has a meaning there is written otherwise, and what it forbids is left out.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.chars().try_for_each(|letter| match letter {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\n' | '\t' | '\r' => f.write_char(' '),
            '\u{FFFE}' | '\u{FFFF}' => Ok(()),
            letter if letter < ' ' => Ok(()),
            letter => f.write_char(letter),
        })
    }
}
