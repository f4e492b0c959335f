//! What every kind of mark needs: where it is, which colour it has, and the small signs that all of them share.

use super::scale::Axes;
use crate::derive::series::{Chart, Panel, Point as Sums, Role as Part, Searched, Series};
use crate::derive::totals::Placing;
use crate::scene::{
    Anchor, Area, Fill, Hue, Item, Line, Marker, MarkerKind, Point, Role, Shape, Stands, Stroke, Text, Weight,
};

/// Width of whiskers in points.
pub const WHISKER: f32 = 1.5;
/// Half the width of the cap of a whisker.
pub const CAP: f32 = 3.5;
/// How far the arrow of an open high reaches above what is known.
pub const ARROW: f32 = 9.0;
/// Opacity of bands.
pub const BAND: f32 = 0.22;
/// Letters of the smallest texts.
pub const SMALL: f32 = 11.0;

/// One panel while it is drawn.
pub struct Canvas<'a> {
    /// The whole chart.
    pub chart: &'a Chart,
    /// The selected part of it, for the same question.
    pub part: Option<&'a Chart>,
    /// Which panel.
    pub panel: usize,
    /// Where days and people are.
    pub axes: Axes,
    /// First day and day behind the last one of every column.
    pub spans: &'a [(f64, f64)],
    /// What was drawn, from the back.
    pub items: Vec<Item>,
}

/// What an area is called by whoever draws lines upright or level.
pub const fn upright(x: f32, from: f32, to: f32) -> [Point; 2] {
    [Point::new(x, from), Point::new(x, to)]
}

impl<'a> Canvas<'a> {
    /// Puts a shape in front.
    pub fn put(&mut self, stands: Stands, shape: Shape) {
        self.items.push(Item::new(stands, shape));
    }

    /// A straight line.
    pub fn line(&mut self, stands: Stands, ends: [Point; 2], stroke: Stroke) {
        self.put(stands, Shape::Line(Line { points: ends.to_vec(), stroke }));
    }

    /// A small text with its middle at `x`, standing on `y`.
    pub fn small(&mut self, stands: Stands, x: f32, y: f32, text: &str, role: Role) {
        let text = Text::new(Point::new(x, y), text, SMALL, role).anchored(Anchor::Middle).weighing(Weight::Medium);
        self.put(stands, Shape::Text(text));
    }

    /// This panel.
    pub fn of(&self) -> Option<&'a Panel> {
        self.chart.panels.get(self.panel)
    }

    /// The line of zero.
    pub const fn base(&self) -> f32 {
        self.axes.plot.bottom
    }

    /// The columns that are seen, with their places.
    pub fn visible(&self) -> impl Iterator<Item = (usize, f32, f32)> + use<'a> {
        let axes = self.axes;
        let spans = self.spans;
        let first = spans.partition_point(|span| span.1 < axes.from);
        let seen = spans.iter().enumerate().skip(first).take_while(move |(_, span)| span.0 <= axes.to);
        seen.map(move |(at, span)| (at, axes.x(span.0), axes.x(span.1)))
    }

    /// How much of a column was searched.
    pub fn searched(&self, bin: usize) -> Searched {
        self.chart.columns.get(bin).map_or(Searched::All, |column| column.searched)
    }

    /// What a mark of a series in a bin stands for.
    pub fn stands(&self, series: usize, bin: usize) -> Stands {
        let alone = self.of().is_none_or(|panel| panel.series.len() == 1);
        let panel = self.panel;
        if alone { Stands::Bin { panel, bin } } else { Stands::Point { panel, series, bin } }
    }

    /// The fill of what is counted in full: fainter where numbers were spread over days that nobody named.
    pub fn fill(&self, role: Role) -> Fill {
        let spread = self.chart.question.placing == Placing::Spread;
        if spread { Fill::faint(role, 0.6) } else { Fill::of(role) }
    }

    /// The selected part of a series in a bin.
    pub fn selected(&self, series: &Series, bin: usize) -> Option<&'a Sums> {
        self.same(series)?.points.get(bin).filter(|sums| sums.events > 0)
    }

    /// The selected part of a series in a strip.
    pub fn selected_apart(&self, series: &Series, strip: usize) -> Option<&'a Sums> {
        self.same(series)?.apart.get(strip).filter(|sums| sums.events > 0)
    }

    /// The series of the selected part that is the same one.
    fn same(&self, series: &Series) -> Option<&'a Series> {
        let panel = self.part?.panels.get(self.panel)?;
        let same = |of: &&Series| {
            of.key == series.key
                && of.compared == series.compared
                && (of.role == Part::Whole) == (series.role == Part::Whole)
        };
        panel.whole.iter().chain(&panel.series).find(same)
    }

    /// A whisker from low to high: with caps, or an arrow where the high is open.
    pub fn whisker(&mut self, stands: Stands, x: f32, width: f32, sums: &Sums) {
        let certain = sums.best == Some(sums.low) && sums.high == sums.best;
        if certain || (sums.best.is_none() && !sums.is_open()) {
            return;
        }
        let stroke = Stroke::of(Role::Text, if width < 3.0 { 1.0 } else { WHISKER });
        let (low, top) = (self.axes.y(sums.low), self.axes.y(sums.reach()));
        let cap = if width < 3.0 { 0.0 } else { CAP.min(width * 0.4) };
        if low > top {
            self.line(stands, upright(x, top, low), stroke);
        }
        let level = |y: f32| [Point::new(x - cap, y), Point::new(x + cap, y)];
        if sums.best.is_some() && cap > 0.0 {
            self.line(stands, level(low), stroke);
        }
        if sums.is_open() {
            self.arrow(stands, x, top, cap, stroke);
        } else if cap > 0.0 {
            self.line(stands, level(top), stroke);
        }
    }

    /// An open high: the line goes on to an arrow.
    pub fn arrow(&mut self, stands: Stands, x: f32, from: f32, cap: f32, stroke: Stroke) {
        let tip = from - ARROW;
        self.line(stands, upright(x, tip, from), stroke);
        if cap > 0.0 {
            let points = vec![Point::new(x - cap, tip + 4.5), Point::new(x, tip), Point::new(x + cap, tip + 4.5)];
            self.put(stands, Shape::Line(Line { points, stroke }));
        }
    }

    /// What is known to be zero: a dot on the line of zero, named where there is room.
    pub fn zero(&mut self, stands: Stands, x: f32, width: f32, role: Role) {
        let at = Point::new(x, self.base());
        let radius = 2.5_f32.min(width / 2.0).max(1.0);
        let (kind, fill) = (MarkerKind::Circle, Some(Fill::of(role)));
        self.put(stands, Shape::Marker(Marker { at, kind, radius, fill, stroke: None }));
        if width >= 9.0 {
            self.small(stands, x, self.base() - 5.0, "0", Role::Text);
        }
    }

    /// What is spoken of without a number.
    pub fn unknown(&mut self, stands: Stands, x: f32, width: f32) {
        if width >= 6.0 {
            self.small(stands, x, self.base() - 4.0, "?", Role::Muted);
        } else {
            let stroke = Some(Stroke::of(Role::Muted, 1.0));
            let at = Point::new(x, self.base() - 3.0);
            self.put(stands, Shape::Marker(Marker { at, kind: MarkerKind::Circle, radius: 1.5, fill: None, stroke }));
        }
    }

    /// Searched, and nothing that speaks of this.
    pub fn silence(&mut self, stands: Stands, x: f32) {
        let ends = upright(x, self.base() - 3.0, self.base());
        self.line(stands, ends, Stroke::of(Role::Muted, 1.0));
    }

    /// The surface of a bar that stands on `below` people and reaches to `above`; never thinner than it can be seen.
    pub fn body(&self, x: f32, width: f32, below: u64, above: u64) -> Area {
        let bottom = self.axes.y(below);
        let top = self.axes.y(above).min(bottom - 1.0);
        Area { left: x - width / 2.0, top, right: x + width / 2.0, bottom }
    }
}

/// The colour of a series.
pub fn role(chart: &Chart, series: &Series) -> Role {
    let measure = |at: usize| chart.compared.get(at).map(|of| &of.measure).unwrap_or(&chart.question.measure);
    let hue = Hue::of(measure(series.compared));
    match series.role {
        Part::Whole if series.compared > 0 && measure(0) == measure(series.compared) => {
            // Two filters of one measure: the second takes a colour of groups that is not that of the measure.
            if matches!(hue, Hue::Missing) { Role::Group(1) } else { Role::Group(0) }
        }
        Part::Group(n) if chart.panels.len() == 1 => {
            u8::try_from(n).ok().filter(|n| *n < 5).map_or(Role::Other, Role::Group)
        }
        Part::Other if chart.panels.len() == 1 => Role::Other,
        _ => Role::Measure(hue),
    }
}

/// The same colour for what is selected.
pub const fn darker(role: Role) -> Role {
    match role {
        Role::Measure(hue) => Role::Darker(hue),
        _ => Role::Text,
    }
}
