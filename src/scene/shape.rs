//! The parts of a scene.

use super::role::Role;

/// A picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// Its width in points.
    pub width: f32,
    /// Its height in points.
    pub height: f32,
    /// What it is called, for screen readers and viewers of files.
    pub title: String,
    /// What it shows, in sentences, for those who do not see it.
    pub description: String,
    /// From the back to the front.
    pub items: Vec<Item>,
}

/// A shape and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What a pointer on it means.
    pub stands: Stands,
    /// What is seen.
    pub shape: Shape,
}

/// What a shape stands for. Numbers count from 0 in the order of the chart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Stands {
    /// For nothing that can be asked: decoration.
    #[default]
    Nothing,
    /// Words about the whole: title, subtitle, footer, remarks.
    Words,
    /// An axis: ticks, their labels, lines of the grid.
    Axis,
    /// Days that nobody searched.
    Unsearched,
    /// A dated line and its label.
    Milestone(usize),
    /// A bin of days; with several series, the stack of all of them.
    Bin { panel: usize, bin: usize },
    /// What one series has in one bin.
    Point { panel: usize, series: usize, bin: usize },
    /// A whole series: its line, its label.
    Series { panel: usize, series: usize },
    /// What stands apart from the line of days.
    Strip { panel: usize, strip: usize },
    /// A claim, by its place in what was laid out.
    Claim(usize),
}

/// What is seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Rect { area: Area, fill: Option<Fill>, stroke: Option<Stroke> },
    /// A closed surface.
    Polygon { points: Vec<Point>, fill: Option<Fill>, stroke: Option<Stroke> },
    /// A line of straight pieces.
    Line(Line),
    /// A dot or another small sign.
    Marker(Marker),
    /// Slanted lines over a rectangle, from its lower left to its upper right.
    Hatch { area: Area, gap: f32, stroke: Stroke },
    /// One line of text.
    Text(Text),
    /// Shapes of which nothing is seen outside an area.
    Clip { area: Area, items: Vec<Item> },
}

/// A place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

impl Point {
    /// A place from the left and from the top.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }
}

/// A rectangle whose sides are upright.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Area {
    /// Left side.
    pub left: f32,
    /// Upper side.
    pub top: f32,
    /// Right side.
    pub right: f32,
    /// Lower side.
    pub bottom: f32,
}

impl Area {
    /// Between two places, whichever is left or upper.
    pub const fn between(a: Point, b: Point) -> Self {
        Self { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
    }

    /// From left to right.
    pub const fn width(&self) -> f32 {
        self.right - self.left
    }

    /// From top to bottom.
    pub const fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// What it has in common with another; nothing where it is not wider and higher than 0.
    pub fn within(&self, other: &Self) -> Option<Self> {
        let common = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (common.width() > 0.0 && common.height() > 0.0).then_some(common)
    }

    /// Whether a place lies in it.
    pub fn contains(&self, at: Point) -> bool {
        at.x >= self.left && at.x <= self.right && at.y >= self.top && at.y <= self.bottom
    }
}

/// How a surface is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// Its colour.
    pub role: Role,
    /// From 0, nothing, to 1.
    pub opacity: f32,
}

impl Fill {
    /// A full colour.
    pub const fn of(role: Role) -> Self {
        Self { role, opacity: 1.0 }
    }

    /// A colour through which the ground is seen.
    pub const fn faint(role: Role, opacity: f32) -> Self {
        Self { role, opacity }
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub role: Role,
    /// Its width in points.
    pub width: f32,
    /// Whether it is broken.
    pub dash: Dash,
}

impl Stroke {
    /// An unbroken line.
    pub const fn of(role: Role, width: f32) -> Self {
        Self { role, width, dash: Dash::Whole }
    }

    /// The same, broken.
    pub const fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

/// How lines are told apart without colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Whole,
    /// Long pieces.
    Long,
    /// Short pieces.
    Short,
    /// Dots.
    Dots,
    /// Long and short in turn.
    Mixed,
}

impl Dash {
    /// All of them, in the order in which series take them.
    pub const ALL: [Self; 5] = [Self::Whole, Self::Long, Self::Short, Self::Mixed, Self::Dots];

    /// The lengths of pieces and gaps in turn, in points; none for an unbroken line.
    pub const fn pattern(self) -> &'static [f32] {
        match self {
            Self::Whole => &[],
            Self::Long => &[7.0, 3.0],
            Self::Short => &[3.0, 3.0],
            Self::Dots => &[1.5, 2.5],
            Self::Mixed => &[7.0, 2.5, 1.5, 2.5],
        }
    }
}

/// A line of straight pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// From its beginning to its end.
    pub points: Vec<Point>,
    /// How it is drawn.
    pub stroke: Stroke,
}

/// A small sign around a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marker {
    /// Its middle.
    pub at: Point,
    /// Its form.
    pub kind: MarkerKind,
    /// Half its width.
    pub radius: f32,
    /// How it is filled; a hollow one is not.
    pub fill: Option<Fill>,
    /// Its outline.
    pub stroke: Option<Stroke>,
}

/// Forms of small signs, told apart without colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MarkerKind {
    /// Round.
    #[default]
    Circle,
    /// Square.
    Square,
    /// On its base.
    Triangle,
    /// On its point.
    Diamond,
    /// Two crossed lines.
    Cross,
}

impl MarkerKind {
    /// All of them, in the order in which series take them.
    pub const ALL: [Self; 5] = [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::Cross];

    /// The corners of the sign around its middle, for all that are not round; two lines for the cross.
    pub fn corners(self, at: Point, radius: f32) -> Vec<Point> {
        let around =
            |list: &[(f32, f32)]| list.iter().map(|(x, y)| Point::new(at.x + x * radius, at.y + y * radius)).collect();
        match self {
            Self::Circle => Vec::new(),
            Self::Square => around(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
            Self::Triangle => around(&[(0.0, -1.1), (1.1, 0.8), (-1.1, 0.8)]),
            Self::Diamond => around(&[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)]),
            Self::Cross => around(&[(-0.9, -0.9), (0.9, 0.9), (-0.9, 0.9), (0.9, -0.9)]),
        }
    }
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// On the line on which the letters stand; left, middle or right by the anchor.
    pub at: Point,
    /// The words.
    pub text: String,
    /// In points.
    pub size: f32,
    /// How strong.
    pub weight: Weight,
    /// Its colour.
    pub role: Role,
    /// Which point of it stands at `at`.
    pub anchor: Anchor,
    /// Turned around `at`, in degrees, with the clock.
    pub turned: f32,
}

impl Text {
    /// A text to the right of a place.
    pub fn new(at: Point, text: impl Into<String>, size: f32, role: Role) -> Self {
        let (weight, anchor) = (Weight::Regular, Anchor::Left);
        Self { at, text: text.into(), size, weight, role, anchor, turned: 0.0 }
    }

    /// The same at another anchor.
    #[must_use]
    pub fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same in another weight.
    #[must_use]
    pub fn weighing(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }
}

/// Which point of a text stands at its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Its beginning at the left.
    #[default]
    Left,
    /// Its middle.
    Middle,
    /// Its end at the right.
    Right,
}

/// How strong letters are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 500.
    Medium,
    /// 600.
    SemiBold,
}

impl Weight {
    /// As fonts count it.
    pub const fn number(self) -> f32 {
        match self {
            Self::Regular => 400.0,
            Self::Medium => 500.0,
            Self::SemiBold => 600.0,
        }
    }
}

/// The lines of a hatch within an area. They lie on the page and not in the area, so that two areas beside each other are
/// hatched as one.
pub fn hatch_lines(area: &Area, gap: f32) -> Vec<[Point; 2]> {
    /// More lines than this are a surface, and a mistake.
    const MOST: f32 = 20_000.0;
    let Area { left, top, right, bottom } = *area;
    if !(gap > 0.0 && area.width() > 0.0 && area.height() > 0.0) {
        return Vec::new();
    }
    // Along a line from the lower left to the upper right the sum of both lengths stays the same.
    let first = ((left + top) / gap).ceil();
    let last = ((right + bottom) / gap).floor().min(first + MOST);
    let mut lines = Vec::new();
    let mut line = first;
    while line <= last {
        let sum = line * gap;
        let (from, to) = (left.max(sum - bottom), right.min(sum - top));
        if from < to {
            lines.push([Point::new(from, sum - from), Point::new(to, sum - to)]);
        }
        line += 1.0;
    }
    lines
}

impl Item {
    /// A shape that stands for something.
    pub const fn new(stands: Stands, shape: Shape) -> Self {
        Self { stands, shape }
    }
}

impl Shape {
    /// Takes its colours away.
    fn print(&mut self) {
        let fill = |fill: &mut Option<Fill>| fill.iter_mut().for_each(|fill| fill.role = fill.role.printed());
        let stroke = |stroke: &mut Stroke| stroke.role = stroke.role.printed();
        match self {
            Self::Rect { fill: of, stroke: edge, .. } | Self::Polygon { fill: of, stroke: edge, .. } => {
                fill(of);
                edge.iter_mut().for_each(stroke);
            }
            Self::Hatch { stroke: of, .. } => stroke(of),
            Self::Line(line) => stroke(&mut line.stroke),
            Self::Marker(marker) => {
                fill(&mut marker.fill);
                marker.stroke.iter_mut().for_each(stroke);
            }
            Self::Text(text) => text.role = text.role.printed(),
            Self::Clip { items, .. } => items.iter_mut().for_each(|item| item.shape.print()),
        }
    }

    fn shift(&mut self, right: f32, down: f32) {
        let to = |at: &mut Point| *at = Point::new(at.x + right, at.y + down);
        let whole = |area: &mut Area| {
            area.left += right;
            area.right += right;
            area.top += down;
            area.bottom += down;
        };
        match self {
            Self::Rect { area, .. } | Self::Hatch { area, .. } => whole(area),
            Self::Polygon { points, .. } => points.iter_mut().for_each(to),
            Self::Line(line) => line.points.iter_mut().for_each(to),
            Self::Marker(marker) => to(&mut marker.at),
            Self::Text(text) => to(&mut text.at),
            Self::Clip { area, items } => {
                whole(area);
                items.iter_mut().for_each(|item| item.shape.shift(right, down));
            }
        }
    }
}

impl Scene {
    /// The same picture without colours, for print.
    #[must_use]
    pub fn printed(mut self) -> Self {
        self.items.iter_mut().for_each(|item| item.shape.print());
        self
    }

    /// An empty picture of this size.
    pub fn sized(width: f32, height: f32) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// The same picture with everything in it moved.
    #[must_use]
    pub fn moved(mut self, right: f32, down: f32) -> Self {
        self.items.iter_mut().for_each(|item| item.shape.shift(right, down));
        self
    }

    /// Puts a shape in front of the others.
    pub fn put(&mut self, stands: Stands, shape: Shape) {
        self.items.push(Item::new(stands, shape));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatches_stay_within_their_area_and_go_on_in_the_next() {
        let area = |left: f32| Area { left, top: 3.0, right: left + 20.0, bottom: 13.0 };
        let lines = hatch_lines(&area(5.0), 7.0);
        assert_eq!(lines.len(), 4);
        let inside = |at: &Point| area(5.0).contains(*at);
        assert!(lines.iter().all(|[from, to]| inside(from) && inside(to) && from.x < to.x && from.y > to.y));
        let crossing = lines.iter().filter(|[_, to]| (to.x - 25.0).abs() < 1e-3 && to.y > 3.1).map(|[_, to]| to.y);
        let beside = hatch_lines(&area(25.0), 7.0);
        let goes_on = |y: f32| beside.iter().any(|[from, _]| (from.x - 25.0).abs() < 1e-3 && (from.y - y).abs() < 1e-3);
        assert!(crossing.clone().count() > 0 && crossing.into_iter().all(goes_on));
    }

    #[test]
    fn nothing_is_hatched_without_room_or_gap() {
        let area = Area { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };
        assert_eq!(hatch_lines(&area, 0.0), Vec::<[Point; 2]>::new());
        assert_eq!(hatch_lines(&Area { right: 0.0, ..area }, 5.0), Vec::<[Point; 2]>::new());
    }
}
