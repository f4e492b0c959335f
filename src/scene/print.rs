//! A scene as text, a line a shape: what golden tests hold. Lengths are rounded to tenths of a point.

use std::fmt::{self, Display, Formatter, Write};

use super::shape::{
    Anchor, Area, Dash, Fill, Item, Line, Marker, MarkerKind, Point, Scene, Shape, Stands, Stroke, Text, Weight,
};

impl Display for Scene {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "scene {} x {}", N(self.width), N(self.height))?;
        writeln!(f, "title {:?}", self.title)?;
        writeln!(f, "description {:?}", self.description)?;
        items(f, &self.items, 0)
    }
}

fn items(f: &mut Formatter<'_>, list: &[Item], depth: usize) -> fmt::Result {
    list.iter().try_for_each(|item| {
        write!(f, "{}", "  ".repeat(depth))?;
        shape(f, &item.shape)?;
        if item.stands != Stands::Nothing {
            write!(f, "  = {}", item.stands)?;
        }
        f.write_char('\n')?;
        match &item.shape {
            Shape::Clip { items: inside, .. } => items(f, inside, depth + 1),
            _ => Ok(()),
        }
    })
}

fn shape(f: &mut Formatter<'_>, shape: &Shape) -> fmt::Result {
    match shape {
        Shape::Rect { area, fill, stroke } => {
            write!(f, "rect {area}")?;
            paint(f, fill.as_ref(), stroke.as_ref())
        }
        Shape::Polygon { points, fill, stroke } => {
            write!(f, "polygon {}", Places(points))?;
            paint(f, fill.as_ref(), stroke.as_ref())
        }
        Shape::Line(Line { points, stroke }) => write!(f, "line {} {stroke}", Places(points)),
        Shape::Marker(Marker { at, kind, radius, fill, stroke }) => {
            write!(f, "{} {at} r{}", marker(*kind), N(*radius))?;
            paint(f, fill.as_ref(), stroke.as_ref())
        }
        Shape::Hatch { area, gap, stroke } => write!(f, "hatch {area} gap {} {stroke}", N(*gap)),
        Shape::Text(text) => self::text(f, text),
        Shape::Clip { area, .. } => write!(f, "clip {area}"),
    }
}

fn text(f: &mut Formatter<'_>, text: &Text) -> fmt::Result {
    write!(f, "text {} {:?} {} {}", text.at, text.text, N(text.size), text.role.key())?;
    f.write_str(match text.weight {
        Weight::Regular => "",
        Weight::Medium => " medium",
        Weight::SemiBold => " semibold",
    })?;
    f.write_str(match text.anchor {
        Anchor::Left => "",
        Anchor::Middle => " middle",
        Anchor::Right => " right",
    })?;
    if text.turned == 0.0 { Ok(()) } else { write!(f, " turned {}", N(text.turned)) }
}

fn paint(f: &mut Formatter<'_>, fill: Option<&Fill>, stroke: Option<&Stroke>) -> fmt::Result {
    if let Some(fill) = fill {
        write!(f, " fill {}", fill.role.key())?;
        if fill.opacity < 1.0 {
            write!(f, "@{:.2}", fill.opacity)?;
        }
    }
    stroke.map_or(Ok(()), |stroke| write!(f, " {stroke}"))
}

const fn marker(kind: MarkerKind) -> &'static str {
    match kind {
        MarkerKind::Circle => "circle",
        MarkerKind::Square => "square",
        MarkerKind::Triangle => "triangle",
        MarkerKind::Diamond => "diamond",
        MarkerKind::Cross => "cross",
    }
}

/// A length, rounded to tenths.
struct N(f32);

impl Display for N {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let tenths = (f64::from(self.0) * 10.0).round() / 10.0;
        // Neither "-0" nor "5.0".
        if tenths == 0.0 { f.write_char('0') } else { write!(f, "{tenths}") }
    }
}

/// Places along a line.
struct Places<'a>(&'a [Point]);

impl Display for Places<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(at, point)| {
            if at > 0 {
                f.write_char(' ')?;
            }
            write!(f, "{point}")
        })
    }
}

impl Display for Point {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", N(self.x), N(self.y))
    }
}

impl Display for Area {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{},{} {}x{}", N(self.left), N(self.top), N(self.width()), N(self.height()))
    }
}

impl Display for Stroke {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "stroke {} {}", self.role.key(), N(self.width))?;
        f.write_str(match self.dash {
            Dash::Whole => "",
            Dash::Long => " long",
            Dash::Short => " short",
            Dash::Dots => " dots",
            Dash::Mixed => " mixed",
        })
    }
}

impl Display for Stands {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::Words => f.write_str("words"),
            Self::Axis => f.write_str("axis"),
            Self::Unsearched => f.write_str("unsearched"),
            Self::Milestone(n) => write!(f, "milestone {n}"),
            Self::Bin { panel, bin } => write!(f, "bin {panel}/{bin}"),
            Self::Point { panel, series, bin } => write!(f, "point {panel}/{series}/{bin}"),
            Self::Series { panel, series } => write!(f, "series {panel}/{series}"),
            Self::Strip { panel, strip } => write!(f, "strip {panel}/{strip}"),
            Self::Claim(n) => write!(f, "claim {n}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Hue, Role};
    use super::*;

    #[test]
    fn a_scene_prints_a_line_a_shape() {
        let mut scene = Scene { title: "Deaths".into(), description: "None.".into(), ..Scene::sized(100.0, 50.25) };
        let area = Area { left: 1.0, top: -0.01, right: 11.04, bottom: 20.0 };
        let fill = Some(Fill::faint(Role::Measure(Hue::Killed), 0.22));
        let bar = Item::new(Stands::Bin { panel: 0, bin: 3 }, Shape::Rect { area, fill, stroke: None });
        scene.put(Stands::Nothing, Shape::Clip { area, items: vec![bar] });
        let line = Line {
            points: vec![Point::new(0.0, 1.0), Point::new(2.55, 3.0)],
            stroke: Stroke::of(Role::Group(0), 2.0).dashed(Dash::Short),
        };
        scene.put(Stands::Series { panel: 0, series: 1 }, Shape::Line(line));
        let words = Text::new(Point::new(5.0, 6.0), "a “b”", 11.0, Role::Text);
        scene.put(Stands::Words, Shape::Text(words.anchored(Anchor::Right).weighing(Weight::SemiBold)));
        let printed = "scene 100 x 50.3\ntitle \"Deaths\"\ndescription \"None.\"\n\
            clip 1,0 10x20\n  rect 1,0 10x20 fill killed@0.22  = bin 0/3\n\
            line 0,1 2.5,3 stroke group1 2 short  = series 0/1\n\
            text 5,6 \"a “b”\" 11 text semibold right  = words\n";
        assert_eq!(scene.to_string(), printed);
    }
}
