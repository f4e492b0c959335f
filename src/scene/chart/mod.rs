//! A chart of figures over time as a scene: one layout for the window, for files and for tests.
//!
//! [`layout`] takes the numbers of a `derive::series::Chart` and a [`Frame`], which says how large the picture is, which
//! days are seen, and what is said around it; it gives back the scene and where the axes are ([`Laid`]), from which
//! whoever shows it finds the day and the bin under a pointer. The parts: `scale` knows axes, `bars`, `steps`
//! and `strips` draw marks, `dated` lines of a day, `names` what series are called, `words` everything that is said.

mod bars;
mod canvas;
mod dated;
mod names;
pub mod scale;
mod steps;
mod strips;
#[cfg(test)]
pub(crate) mod tests;
pub mod words;

use self::canvas::{ARROW, Canvas, SMALL};
use self::dated::Lines;
use self::names::Names;
use self::scale::{Axes, Heights, span, stretch};
pub use self::words::{Imprint, Said};
use crate::derive::calendar::Bin;
use crate::derive::series::{Arrangement, Chart, Known, Point as Sums};
use crate::scene::ticks;
use crate::scene::{Anchor, Area, Fill, Item, Line, Point, Role, Ruler, Scene, Shape, Stands, Stroke, Text, Weight};

/// Up to so many bins are drawn as bars; more become a stepped line with a band.
pub const MOST_BARS: usize = 60;

/// How a chart is shown.
#[derive(Clone, Copy, Default)]
pub struct Frame<'a> {
    /// Width in points.
    pub width: f32,
    /// Height in points; `None` is as high as it needs to be.
    pub height: Option<f32>,
    /// The days that are seen, as numbers; `None` is all of them.
    pub seen: Option<(f64, f64)>,
    /// What is said around the marks; `None` where whoever shows the picture says it.
    pub said: Option<&'a Said>,
    /// The chart of the selected events, for the same question with the same size of bins: its share is darkened.
    pub part: Option<&'a Chart>,
}

/// A chart that is laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Laid {
    /// What is seen.
    pub scene: Scene,
    /// Where the axes of each panel are.
    pub panels: Vec<Axes>,
    /// Where the strips of each panel are.
    pub strips: Vec<Vec<Area>>,
    /// First day and day behind the last one of every column.
    pub spans: Vec<(f64, f64)>,
}

impl Laid {
    /// What is under a place: the bin of a column, or a strip, however high its mark is.
    pub fn at(&self, place: Point) -> Option<Stands> {
        let inside = |area: &Area| place.x >= area.left && place.x < area.right && place.y >= area.top;
        for (panel, axes) in self.panels.iter().enumerate() {
            let strips = self.strips.get(panel).map(Vec::as_slice).unwrap_or_default();
            if let Some(strip) = strips.iter().position(inside).filter(|_| place.y <= axes.plot.bottom + FOOT_OF_STRIPS)
            {
                return Some(Stands::Strip { panel, strip });
            }
            if axes.plot.contains(place) {
                return self.bin_at(axes.day_at(place.x)).map(|bin| Stands::Bin { panel, bin });
            }
        }
        None
    }

    /// The column of a day, as a number.
    pub fn bin_at(&self, day: f64) -> Option<usize> {
        let at = self.spans.partition_point(|span| span.1 <= day);
        self.spans.get(at).filter(|span| span.0 <= day).map(|_| at)
    }
}

/// Space around a picture with words of its own.
const MARGIN: f32 = 16.0;
/// Space between panels.
const BETWEEN: f32 = 18.0;
/// Height of the name of a panel.
const PANEL_NAME: f32 = 18.0;
/// Height of the labels under an axis.
const TICKS: f32 = 18.0;
/// Height of the words under strips.
const FOOT_OF_STRIPS: f32 = 30.0;
/// Height of a line of the foot.
const FOOT_LINE: f32 = 14.0;
/// A plot lower than this cannot be read.
const LEAST_PLOT: f32 = 56.0;

/// Whether bins are drawn as bars.
pub fn is_bars(chart: &Chart) -> bool {
    chart.columns.len() <= MOST_BARS && !chart.question.cumulative && !chart.question.logarithmic
}

/// Lays a chart out.
pub fn layout(chart: &Chart, frame: &Frame<'_>, ruler: &dyn Ruler) -> Laid {
    Layout::new(chart, frame, ruler).laid()
}

/// Everything that is decided before anything is drawn.
struct Layout<'a> {
    chart: &'a Chart,
    frame: &'a Frame<'a>,
    ruler: &'a dyn Ruler,
    spans: Vec<(f64, f64)>,
    seen: (f64, f64),
    bars: bool,
    names: Names,
    /// Widths of strips, the same in each panel.
    strips: Vec<f32>,
    /// Left and right side of everything.
    sides: (f32, f32),
    /// Width of the labels of heights.
    heights: f32,
    /// How many panels stand beside each other.
    across: usize,
    /// Whether the panels are small, so that all of them stand on a page: letters stand for the words under strips.
    dense: bool,
    reach: u64,
    heights_by: Heights,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Chart, frame: &'a Frame<'a>, ruler: &'a dyn Ruler) -> Self {
        let spans: Vec<(f64, f64)> = chart.columns.iter().map(|column| span(&column.bin)).collect();
        let seen = frame.seen.filter(|(from, to)| from < to).unwrap_or_else(|| stretch(&spans));
        let margin = if frame.said.is_some() { MARGIN } else { 0.0 };
        let sides = (margin, (frame.width - margin).max(margin + 1.0));
        let bars = is_bars(chart);
        let beside = !bars || words::is_stacked(chart);
        let names = names::decide(chart, sides.1 - sides.0, beside, ruler);
        let mut strips = strips::widths(chart, sides.1 - sides.0, ruler);
        let reach = reach(chart, &spans, seen).max(1);
        let by = Heights::of(chart);
        let most = ruler.width(&by.widest(reach), SMALL, Weight::Regular);
        let (panels, room) = (chart.panels.len(), sides.1 - sides.0);
        let mut across = across(panels, room, strips.iter().sum());
        let dense = frame.height.is_none() && panels > 1 && !is_page(panels, across, FOOT_OF_STRIPS);
        if dense {
            strips.iter_mut().for_each(|width| *width = strips::DENSE);
            across = across_page(panels, room - most, strips.iter().sum());
        }
        Self {
            chart,
            frame,
            ruler,
            spans,
            seen,
            bars,
            names,
            strips,
            sides,
            heights: most + 8.0,
            across,
            dense,
            reach,
            heights_by: by,
        }
    }

    fn rows(&self) -> usize {
        self.chart.panels.len().max(1).div_ceil(self.across)
    }

    #[expect(clippy::cast_precision_loss, reason = "a dozen panels")]
    fn panel_width(&self) -> f32 {
        let gaps = BETWEEN * (self.across.saturating_sub(1)) as f32;
        ((self.sides.1 - self.sides.0 - self.heights - gaps) / self.across as f32).max(1.0)
    }

    /// Left and right side of the plot of a panel in a place of its row.
    #[expect(clippy::cast_precision_loss, reason = "a dozen panels")]
    fn plot_sides(&self, across: usize) -> (f32, f32) {
        let left = self.sides.0 + self.heights + across as f32 * (self.panel_width() + BETWEEN);
        let strips = if self.strips.is_empty() { 0.0 } else { self.strips.iter().sum::<f32>() + strips::GAP };
        let names = if let Names::Beside(width) = self.names { width } else { 0.0 };
        (left, (left + self.panel_width() - strips - names).max(left + 24.0))
    }

    fn axes(&self, across: usize) -> Axes {
        let (left, right) = self.plot_sides(across);
        Axes {
            plot: Area { left, top: 0.0, right, bottom: 1.0 },
            from: self.seen.0,
            to: self.seen.1,
            top: 1.0,
            reach: 0,
            by: Heights::Even,
        }
    }

    fn laid(self) -> Laid {
        let single = self.chart.panels.len() <= 1;
        let lines: Vec<Lines> =
            (0..self.across).map(|across| dated::arrange(self.chart, &self.axes(across), self.ruler, single)).collect();
        let told = lines.first().map(|lines| lines.told.clone()).unwrap_or_default();
        let (mut items, head) = self.head();
        let foot = self.foot(&told);
        #[expect(clippy::cast_precision_loss, reason = "a dozen lines")]
        let foot_height = if foot.is_empty() { 0.0 } else { foot.len() as f32 * FOOT_LINE + 10.0 };
        let margin = self.sides.0;
        let under = if self.strips.is_empty() || self.dense { TICKS } else { FOOT_OF_STRIPS };
        let name = if single { 0.0 } else { PANEL_NAME };
        #[expect(clippy::cast_precision_loss, reason = "a dozen panels")]
        let rows = self.rows() as f32;
        let around = head + foot_height + margin + rows * (under + name) + (rows - 1.0) * BETWEEN / 2.0;
        let usual = self.panel_width() * if single { 0.5 } else { 0.45 };
        // Many panels are lower, so that all of them stand on one page.
        let usual = if single { usual } else { usual.min((PAGE - around) / rows) };
        let plot = self.frame.height.map_or(usual, |height| (height - around) / rows).max(LEAST_PLOT);
        let height = self.frame.height.unwrap_or(0.0).max(around + plot * rows);
        let mut laid = Laid { spans: self.spans.clone(), ..Laid::default() };
        let mut top = head;
        for row in 0..self.rows() {
            for across in 0..self.across {
                let panel = row * self.across + across;
                if panel >= self.chart.panels.len().max(1) {
                    break;
                }
                let lines = lines.get(across);
                items.extend(self.panel(panel, across, (top + name, plot), lines, &mut laid));
            }
            top += name + plot + under + BETWEEN / 2.0;
        }
        let mut y = height - margin - foot_height + 10.0 + FOOT_LINE - 3.0;
        for line in foot {
            items.push(words_item(self.sides.0, y, line, SMALL, Role::Muted, Weight::Regular));
            y += FOOT_LINE;
        }
        let said = self.frame.said;
        laid.scene = Scene {
            width: self.frame.width,
            height,
            title: said.map_or_else(|| words::title(self.chart), |said| said.title.clone()),
            description: said.map_or_else(|| words::description(self.chart), |said| said.description.clone()),
            items,
        };
        laid
    }

    /// Title, subtitle and names above, and where they end.
    fn head(&self) -> (Vec<Item>, f32) {
        let room = self.sides.1 - self.sides.0;
        let (mut items, mut y) = (Vec::new(), if self.frame.said.is_some() { MARGIN } else { 4.0 });
        if let Some(said) = self.frame.said {
            for line in self.ruler.wrapped(&said.title, 16.0, Weight::SemiBold, room) {
                items.push(words_item(self.sides.0, y + 14.0, line, 16.0, Role::Text, Weight::SemiBold));
                y += 20.0;
            }
            y += 1.0;
            for line in self.ruler.wrapped(&said.subtitle, 12.0, Weight::Regular, room) {
                items.push(words_item(self.sides.0, y + 11.0, line, 12.0, Role::Muted, Weight::Regular));
                y += 16.0;
            }
            y += 8.0;
        }
        if self.names == Names::Above {
            let (names, end) = names::above(self.chart, (self.sides.0, y, room), !self.bars, self.ruler);
            items.extend(names);
            y = end;
        }
        (items, y)
    }

    fn foot(&self, told: &[String]) -> Vec<String> {
        let Some(said) = self.frame.said else { return Vec::new() };
        let room = self.sides.1 - self.sides.0;
        let lines = |text: &String| self.ruler.wrapped(text, SMALL, Weight::Regular, room);
        let told = (!told.is_empty()).then(|| told.join(" "));
        let strips = self.dense.then(|| strips::key(self.chart)).flatten();
        told.iter().chain(&strips).chain(&said.foot).flat_map(lines).collect()
    }

    /// One pair of axes with everything on it.
    fn panel(
        &self,
        panel: usize,
        across: usize,
        (top, height): (f32, f32),
        lines: Option<&Lines>,
        laid: &mut Laid,
    ) -> Vec<Item> {
        let (left, right) = self.plot_sides(across);
        let plot = Area { left, top, right, bottom: top + height };
        let single = self.chart.panels.len() <= 1;
        let whole = words::is_stacked(self.chart) || self.chart.panels.iter().all(|panel| panel.series.len() <= 1);
        let peak = words::peak(self.chart).filter(|_| single && whole);
        #[expect(clippy::cast_precision_loss, reason = "two rows")]
        let rows = lines.map_or(0.0, |lines| lines.rows as f32 * dated::ROW);
        let headroom = rows + if peak.is_some() { ARROW + dated::ROW + 6.0 } else { ARROW + 4.0 };
        let part = f64::from(1.0 - (headroom / height).min(0.6));
        let by = self.heights_by;
        let (from, to, reach) = (self.seen.0, self.seen.1, self.reach);
        let axes = Axes { plot, from, to, top: by.top(reach, part), reach, by };
        let mut canvas =
            Canvas { chart: self.chart, part: self.frame.part, panel, axes, spans: &self.spans, items: Vec::new() };
        unsearched(&mut canvas);
        let mut items = std::mem::take(&mut canvas.items);
        items.extend(self.grid(&axes, across == 0));
        if self.bars {
            bars::draw(&mut canvas);
        } else {
            steps::draw(&mut canvas);
        }
        let mut marks = lines.map(|lines| lines.lines(&plot)).unwrap_or_default();
        marks.append(&mut canvas.items);
        marks.extend(lines.map(|lines| lines.labels(&plot, self.ruler)).unwrap_or_default());
        if let Some(peak) = &peak {
            marks.extend(self.peak(&axes, peak));
        }
        // What stands on the line of zero, and the arrows at the top, reach a little over the plot.
        let clip = Area { top: plot.top - 1.0, bottom: plot.bottom + 3.0, ..plot };
        items.push(Item::new(Stands::Nothing, Shape::Clip { area: clip, items: marks }));
        let strips = self.strip_areas(&plot);
        strips::draw(&mut canvas, &strips, (self.sides.1 - self.sides.0, self.dense), self.ruler);
        items.append(&mut canvas.items);
        let end = strips.last().map_or(plot.right, |strip| strip.right);
        let zero = Line {
            points: vec![Point::new(left, plot.bottom), Point::new(end, plot.bottom)],
            stroke: Stroke::of(Role::Muted, 1.0),
        };
        items.push(Item::new(Stands::Axis, Shape::Line(zero)));
        items.extend(self.ticks(&axes));
        if let Names::Beside(width) = self.names {
            let stacked = words::is_stacked(self.chart);
            items.extend(names::beside(self.chart, &axes, width, !self.bars && !stacked, stacked, self.ruler));
        }
        if let Some(name) = self.chart.panels.get(panel).map(|panel| panel.label.as_str()).filter(|_| !single) {
            let name = self.ruler.fitted(name, 12.0, Weight::SemiBold, self.panel_width());
            items.push(words_item(left, top - 6.0, name, 12.0, Role::Text, Weight::SemiBold));
        }
        if let Some(remark) = remark(self.chart) {
            let middle = Point::new(f32::midpoint(plot.left, plot.right), f32::midpoint(plot.top, plot.bottom));
            let remark = self.ruler.fitted(&remark, 13.0, Weight::Regular, plot.width());
            let text = Text::new(middle, remark, 13.0, Role::Muted).anchored(Anchor::Middle);
            items.push(Item::new(Stands::Words, Shape::Text(text)));
        }
        laid.panels.push(axes);
        laid.strips.push(strips);
        items
    }

    fn strip_areas(&self, plot: &Area) -> Vec<Area> {
        let names = if let Names::Beside(width) = self.names { width } else { 0.0 };
        let mut left = plot.right + names + strips::GAP;
        let area = |width: &f32| {
            let area = Area { left, right: left + width, ..*plot };
            left += width;
            area
        };
        self.strips.iter().map(area).collect()
    }

    /// Level lines, with their heights at the left of the first panel of a row.
    fn grid(&self, axes: &Axes, labelled: bool) -> Vec<Item> {
        let plot = axes.plot;
        let right = self.strip_areas(&plot).last().map_or(plot.right, |strip| strip.right);
        let mut items = Vec::new();
        for (people, label) in axes.heights() {
            let y = axes.y(people);
            if people > 0 {
                let points = vec![Point::new(plot.left, y), Point::new(right, y)];
                let line = Line { points, stroke: Stroke::of(Role::Grid, 1.0) };
                items.push(Item::new(Stands::Axis, Shape::Line(line)));
            }
            if labelled {
                let text = Text::new(Point::new(plot.left - 6.0, y + 4.0), label, SMALL, Role::Muted);
                items.push(Item::new(Stands::Axis, Shape::Text(text.anchored(Anchor::Right))));
            }
        }
        items
    }

    /// The calendar under the line of zero.
    fn ticks(&self, axes: &Axes) -> Vec<Item> {
        let bins: Vec<Bin> = self
            .chart
            .columns
            .iter()
            .zip(&self.spans)
            .filter(|(_, span)| span.1 > axes.from && span.0 < axes.to)
            .map(|(column, _)| column.bin)
            .collect();
        let width = |text: &str| self.ruler.width(text, SMALL, Weight::Regular);
        let ticks = ticks::ticks(&bins, axes.a_day(), self.chart.almanac, &width);
        let first = ticks.first().map(|tick| tick.at);
        let over = [6.0, 6.0];
        let mut ticks = ticks::inside(ticks, (axes.from, axes.to), axes.a_day(), over, &width);
        if let Some(kept) = ticks.first().map(|tick| tick.at).filter(|at| Some(*at) != first) {
            // The label that said the year had no room: the next one says it.
            let middle = |bin: &Bin| f64::midpoint(span(bin).0, span(bin).1);
            let rest = bins.partition_point(|bin| middle(bin) < kept - 0.01);
            let rest = ticks::ticks(bins.get(rest..).unwrap_or_default(), axes.a_day(), self.chart.almanac, &width);
            ticks = ticks::inside(rest, (axes.from, axes.to), axes.a_day(), over, &width);
        }
        let mut items = Vec::new();
        for tick in ticks {
            let (x, base) = (axes.x(tick.at), axes.plot.bottom);
            let mark =
                Line { points: canvas::upright(x, base, base + 3.0).to_vec(), stroke: Stroke::of(Role::Muted, 1.0) };
            items.push(Item::new(Stands::Axis, Shape::Line(mark)));
            let text = Text::new(Point::new(x, base + 14.0), tick.label, SMALL, Role::Muted).anchored(Anchor::Middle);
            items.push(Item::new(Stands::Axis, Shape::Text(text)));
        }
        items
    }

    /// The label over the highest bin, within the plot and on a ground of its own: the figure with its day, where both
    /// have room, else the figure.
    fn peak(&self, axes: &Axes, peak: &words::Peak) -> Vec<Item> {
        /// Between a figure and a day that runs the other way.
        const APART: f32 = 5.0;
        let bin = peak.bin;
        let Some((span, sums)) = self.spans.get(bin).zip(whole(self.chart, 0, bin)) else { return Vec::new() };
        let middle = axes.x(f64::midpoint(span.0, span.1));
        if middle < axes.plot.left || middle > axes.plot.right {
            return Vec::new();
        }
        let width = |text: &str| self.ruler.width(text, SMALL, Weight::Medium);
        let all = |texts: &[String]| -> f32 {
            texts.iter().map(|text| width(text)).sum::<f32>() + if texts.len() > 1 { APART } else { 0.0 }
        };
        let longest = peak.texts.iter().find(|texts| all(texts) <= axes.plot.width() - 4.0);
        let Some(texts) = longest else { return Vec::new() };
        let wide = all(texts);
        let left = (middle - wide / 2.0).min(axes.plot.right - wide - 2.0).max(axes.plot.left + 2.0);
        // Whiskers beside it may reach higher: the label stands over all that it would lie on.
        let under = |sums: &Sums| axes.y(sums.reach()) - if sums.is_open() { ARROW + 3.0 } else { 4.0 };
        let beside = |span: &(f64, f64)| axes.x(span.1) > left - 2.0 && axes.x(span.0) < left + wide + 2.0;
        let spans = self.spans.iter().enumerate().filter(|(_, span)| beside(span));
        let others =
            spans.filter_map(|(bin, _)| whole(self.chart, 0, bin)).filter(|sums| sums.known() == Known::Number);
        let over = others.map(under).fold(under(sums), f32::min);
        let stands = Stands::Bin { panel: 0, bin };
        let mut items = vec![dated::ground(left, over - 10.5, wide)];
        let mut x = left;
        for text in texts {
            let shown = Text::new(Point::new(x, over), text.clone(), SMALL, Role::Text).weighing(Weight::Medium);
            items.push(Item::new(stands, Shape::Text(shown)));
            x += width(text) + APART;
        }
        items
    }
}

/// How many panels stand beside each other: as square as there is room for.
fn across(panels: usize, width: f32, strips: f32) -> usize {
    /// A plot narrower than this says little.
    const NARROWEST: f32 = 130.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a dozen panels")]
    let room = (width / (NARROWEST + strips + BETWEEN)).max(1.0) as usize;
    let square = (1..=panels.max(1)).find(|side| side * side >= panels).unwrap_or(1);
    square.min(room).max(1)
}

/// The highest picture that stands on a page with words under it: 230 mm, at 96 points to an inch.
const PAGE: f32 = 869.0;

/// Whether so many panels in rows of so many stand on a page, with the words around them.
fn is_page(panels: usize, across: usize, under: f32) -> bool {
    /// Title, names and notes.
    const WORDS: f32 = 230.0;
    let row = LEAST_PLOT + under + PANEL_NAME + BETWEEN / 2.0;
    #[expect(clippy::cast_precision_loss, reason = "a dozen panels")]
    let rows = panels.div_ceil(across.max(1)) as f32;
    rows * row + WORDS <= PAGE
}

/// How many panels stand beside each other where they would be higher than a page otherwise: as few as do.
fn across_page(panels: usize, width: f32, strips: f32) -> usize {
    /// A plot narrower than this says nothing.
    const NARROWEST: f32 = 56.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a dozen panels")]
    let room = (width / (NARROWEST + strips + BETWEEN)).max(1.0) as usize;
    (1..room).find(|across| is_page(panels, *across, TICKS)).unwrap_or(room)
}

/// The sums of a whole panel in a bin.
fn whole(chart: &Chart, panel: usize, bin: usize) -> Option<&Sums> {
    chart.panels.get(panel)?.whole.first()?.points.get(bin)
}

/// The largest number that is drawn of the days that are seen and of the strips, over all panels: all have one scale.
fn reach(chart: &Chart, spans: &[(f64, f64)], (from, to): (f64, f64)) -> u64 {
    let seen = |bin: usize| spans.get(bin).is_some_and(|span| span.1 > from && span.0 < to);
    let most = |series: &crate::derive::series::Series| {
        let points = series.points.iter().enumerate().filter(|(bin, _)| seen(*bin));
        points.map(|(_, sums)| sums.reach()).max().unwrap_or(0)
    };
    let stacked = chart.arrangement == Arrangement::Stacked;
    let panel = |at: usize, panel: &crate::derive::series::Panel| {
        let drawn = if stacked { &panel.whole } else { &panel.series };
        let all = drawn.iter().map(most).max().unwrap_or(0);
        // A stack in which a group without a best stands with its low may be higher than the whole.
        let stack = |bin: usize| {
            let of = |series: &crate::derive::series::Series| {
                series.points.get(bin).map_or(0, |sums| sums.best.unwrap_or(sums.low))
            };
            panel.series.iter().map(of).fold(0, u64::saturating_add)
        };
        let stacks = (0..spans.len()).filter(|bin| stacked && seen(*bin)).map(stack).max().unwrap_or(0);
        all.max(stacks).max(strips::reach(chart, at))
    };
    chart.panels.iter().enumerate().map(|(at, of)| panel(at, of)).max().unwrap_or(0)
}

/// Days that nobody searched, or that have not come.
fn unsearched(canvas: &mut Canvas<'_>) {
    let plot = canvas.axes.plot;
    for (first, last) in &canvas.chart.unsearched {
        let day = |day| ticks::number(ticks::day_number(day));
        let (left, right) = (canvas.axes.x(day(*first)), canvas.axes.x(day(*last) + 1.0));
        let Some(area) = (Area { left, right, ..plot }).within(&plot) else { continue };
        let fill = Some(Fill::of(Role::Unsearched));
        canvas.put(Stands::Unsearched, Shape::Rect { area, fill, stroke: None });
        canvas.put(Stands::Unsearched, Shape::Hatch { area, gap: 7.0, stroke: Stroke::of(Role::Grid, 1.0) });
    }
}

/// What is missing, where nothing can be drawn on the line.
pub fn remark(chart: &Chart) -> Option<String> {
    use crate::derive::series::Strip;
    if chart.columns.is_empty() {
        let placed_nowhere = chart.strips.contains(&Strip::NotPlaced);
        return Some(
            if placed_nowhere { "No event fits a bin of this size" } else { "Needs one dated event" }.to_owned(),
        );
    }
    let silent = |sums: &Sums| sums.known() == Known::Nothing;
    let series = || chart.panels.iter().flat_map(|panel| &panel.whole);
    series().all(|series| series.points.iter().all(silent) && series.apart.iter().all(silent)).then(|| {
        format!("{}: nobody reported a number", words::subject(&chart.question.measure, &chart.question.class))
    })
}

fn words_item(x: f32, y: f32, text: String, size: f32, role: Role, weight: Weight) -> Item {
    Item::new(Stands::Words, Shape::Text(Text::new(Point::new(x, y), text, size, role).weighing(weight)))
}
