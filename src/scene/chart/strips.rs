//! What has no place on the line of days: a hatched bar for each reason, on the same heights. In a chart of running
//! totals each stands on what was counted before it, so that the last one ends at the total.

use super::canvas::{ARROW, Canvas, SMALL, darker, role};
use super::scale::Heights;
use crate::derive::series::{Chart, Known, Point as Sums, Series, Strip};
use crate::derive::wording::count;
use crate::scene::ticks::compact;
use crate::scene::{Anchor, Area, Fill, Marker, MarkerKind, Point, Role, Ruler, Shape, Stands, Stroke, Text, Weight};

/// Space between the line of days and the strips.
pub const GAP: f32 = 8.0;
/// Narrowest and widest strip.
const WIDTHS: (f32, f32) = (58.0, 124.0);
/// Narrower charts, and each of many panels, have narrow strips.
const ROOM: f32 = 440.0;

/// Whether strips are narrow: then their words stand in two lines, and nothing counts their events.
fn is_narrow(chart: &Chart, room: f32) -> bool {
    chart.panels.len() > 1 || room < ROOM
}

/// Width of a strip in a picture of many small panels, which has room for a letter under it.
pub const DENSE: f32 = 24.0;

/// The letter that stands for the words of a strip.
fn letter(strip: usize) -> char {
    u8::try_from(strip).map_or('?', |strip| char::from(b'a'.saturating_add(strip)))
}

/// What the letters under strips stand for: "Beside the days: a, not placed; b, undated."
pub fn key(chart: &Chart) -> Option<String> {
    let words = chart.strips.iter().enumerate().map(|(at, strip)| format!("{}, {}", letter(at), strip.words()));
    let words = words.collect::<Vec<_>>().join("; ");
    (!words.is_empty()).then(|| format!("Beside the days: {words}."))
}

/// How much of a narrow chart the strips may take for the figures over them.
const SHARE: f32 = 0.5;

/// How wide each strip is: as wide as its words and its figure. On a page that has no room for both, figures go first.
pub fn widths(chart: &Chart, room: f32, ruler: &dyn Ruler) -> Vec<f32> {
    let many = chart.panels.len() > 1;
    let measure = |text: &str| measured(text, ruler);
    let whole = chart.panels.first().and_then(|panel| panel.whole.first());
    let figures = (0..chart.strips.len()).map(|at| {
        let apart = whole.and_then(|whole| whole.apart.get(at));
        apart.map_or(0.0, |sums| measure(&figure(sums)))
    });
    if !is_narrow(chart, room) {
        let wide = |(strip, figure): (&Strip, f32)| figure.max(measure(strip.words())).clamp(WIDTHS.0, WIDTHS.1);
        return chart.strips.iter().zip(figures).map(wide).collect();
    }
    let words = |strip: &Strip| strip.words().split(' ').map(measure).fold(0.0, f32::max);
    let words: Vec<f32> = chart.strips.iter().map(words).collect();
    let whole: Vec<f32> = words.iter().zip(figures).map(|(words, figure)| words.max(figure)).collect();
    if many || whole.iter().sum::<f32>() > room * SHARE { words } else { whole }
}

/// How wide a strip has to be for a text.
fn measured(text: &str, ruler: &dyn Ruler) -> f32 {
    ruler.width(text, SMALL, Weight::Regular) + 10.0
}

/// What a strip's bar stands for, in short.
pub fn figure(sums: &Sums) -> String {
    let open = if sums.is_open() { "+" } else { "" };
    let top = compact(sums.reach());
    match (sums.known(), sums.best) {
        (Known::Nothing, _) => "–".to_owned(),
        (Known::Unknown, _) => String::new(),
        (_, Some(best)) if best == sums.low && sums.reach() == best => format!("{top}{open}"),
        (_, Some(best)) => format!("{}–{}–{top}{open}", compact(sums.low), compact(best)),
        (_, None) => format!("{}–{top}{open}", compact(sums.low)),
    }
}

/// What a running total has reached before the strips: low, best and high at least.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    low: u64,
    best: u64,
    top: u64,
}

impl Before {
    fn of(canvas: &Canvas<'_>, series: &Series) -> Self {
        if !canvas.chart.question.cumulative {
            return Self::default();
        }
        let last = series.points.last();
        last.map_or_else(Self::default, |sums| Self::default().and(sums))
    }

    fn and(self, sums: &Sums) -> Self {
        Self {
            low: self.low.saturating_add(sums.low),
            best: self.best.saturating_add(sums.best.unwrap_or(sums.low)),
            top: self.top.saturating_add(sums.reach()),
        }
    }

    /// The sums on top of it.
    fn lift(self, sums: &Sums) -> Sums {
        let best = sums.best.map(|best| self.best.saturating_add(best));
        let high = sums.high.map(|high| self.top.saturating_add(high));
        let (low, high_at_least) = (self.low.saturating_add(sums.low), self.top.saturating_add(sums.high_at_least));
        Sums { low, best, high, high_at_least, ..*sums }
    }
}

/// The largest number that the strips of a panel reach to.
pub fn reach(chart: &Chart, panel: usize) -> u64 {
    let Some(panel) = chart.panels.get(panel) else { return 0 };
    let of = |series: &Series| {
        let before = if chart.question.cumulative { series.points.last().map_or(0, Sums::reach) } else { 0 };
        let apart = series.apart.iter().map(Sums::reach);
        if chart.question.cumulative { apart.fold(before, u64::saturating_add) } else { apart.max().unwrap_or(0) }
    };
    panel.whole.iter().map(of).max().unwrap_or(0)
}

/// Draws every strip in its area.
pub fn draw(canvas: &mut Canvas<'_>, areas: &[Area], (room, dense): (f32, bool), ruler: &dyn Ruler) {
    let Some(panel) = canvas.of() else { return };
    let many = canvas.chart.panels.len() > 1;
    let lanes = panel.whole.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "one or two")]
    let count_of_lanes = lanes as f32;
    for (lane, series) in (0_u8..).zip(&panel.whole) {
        let mut before = Before::of(canvas, series);
        for ((strip, area), sums) in areas.iter().enumerate().zip(&series.apart) {
            let width = 28.0_f32.min(area.width() - 8.0) / count_of_lanes;
            let middle = f32::midpoint(area.left, area.right);
            let x = middle + (f32::from(lane) - (count_of_lanes - 1.0) / 2.0) * width;
            bar(canvas, (strip, series), (x, width), before, sums);
            let text = figure(sums);
            if !many && lane == 0 && measured(&text, ruler) <= area.width() + 0.5 {
                let over = match sums.known() {
                    Known::Nothing => canvas.base() - 5.0,
                    _ if sums.reach() == 0 => canvas.base() - 17.0,
                    _ => canvas.axes.y(before.lift(sums).reach()) - if sums.is_open() { ARROW + 3.0 } else { 5.0 },
                };
                let over = over.max(area.top + 1.0);
                let stands = Stands::Strip { panel: canvas.panel, strip };
                label(canvas, stands, middle, over, &text, Role::Text, Anchor::Middle);
            }
            if canvas.chart.question.cumulative {
                before = before.and(sums);
            }
        }
    }
    for (strip, area) in areas.iter().enumerate() {
        if dense {
            let stands = Stands::Strip { panel: canvas.panel, strip };
            let (middle, text) = (f32::midpoint(area.left, area.right), letter(strip).to_string());
            label(canvas, stands, middle, canvas.base() + 13.0, &text, Role::Muted, Anchor::Middle);
            continue;
        }
        words(canvas, strip, area, is_narrow(canvas.chart, room));
    }
}

fn bar(
    canvas: &mut Canvas<'_>,
    (strip, series): (usize, &Series),
    (x, width): (f32, f32),
    before: Before,
    sums: &Sums,
) {
    let stands = Stands::Strip { panel: canvas.panel, strip };
    let colour = role(canvas.chart, series);
    match sums.known() {
        Known::Nothing => return,
        Known::Unknown => return canvas.unknown(stands, x, width),
        Known::Number if sums.reach() == 0 && !sums.is_open() => return canvas.zero(stands, x, width, colour),
        Known::Number => {}
    }
    let lifted = before.lift(sums);
    if canvas.axes.by != Heights::Even {
        // A bar would be cut at the line of one.
        let at = Point::new(x, canvas.axes.y(lifted.best.unwrap_or(lifted.low)));
        let fill = lifted.best.map(|_| Fill::of(colour));
        let stroke = Some(Stroke::of(colour, 1.5));
        canvas.whisker(stands, x, width, &lifted);
        return canvas.put(stands, Shape::Marker(Marker { at, kind: MarkerKind::Circle, radius: 3.5, fill, stroke }));
    }
    let (below, above) = lifted.best.map_or((lifted.low, lifted.reach()), |best| (before.best, best));
    let area = canvas.body(x, width - 1.0, below, above);
    canvas.put(stands, Shape::Rect { area, fill: Some(Fill::faint(colour, 0.15)), stroke: None });
    canvas.put(stands, Shape::Hatch { area, gap: 5.0, stroke: Stroke::of(colour, 1.0) });
    if let Some(part) = canvas.selected_apart(series, strip).map(|part| part.best.unwrap_or(part.low)) {
        let area = canvas.body(x, width - 1.0, below, below.saturating_add(part).min(above));
        canvas.put(stands, Shape::Rect { area, fill: Some(Fill::faint(darker(colour), 0.6)), stroke: None });
    }
    canvas.put(stands, Shape::Rect { area, fill: None, stroke: Some(Stroke::of(colour, 1.0)) });
    canvas.whisker(stands, x, width, &lifted);
}

/// Why they stand apart, and how many events.
fn words(canvas: &mut Canvas<'_>, strip: usize, area: &Area, narrow: bool) {
    let Some(kind) = canvas.chart.strips.get(strip) else { return };
    let Some(whole) = canvas.of().and_then(|panel| panel.whole.first()) else { return };
    let stands = Stands::Strip { panel: canvas.panel, strip };
    let (middle, base) = (f32::midpoint(area.left, area.right), canvas.base());
    let events = whole.apart.get(strip).map_or(0, |sums| sums.events);
    let second = if narrow { String::new() } else { count(events, "event", "events") };
    let lines = match (narrow, kind.words().split_once(' ')) {
        (true, Some((first, second))) => [first.to_owned(), second.to_owned()],
        _ => [kind.words().to_owned(), second],
    };
    for (line, down) in lines.iter().zip([13.0, 26.0]).filter(|(line, _)| !line.is_empty()) {
        label(canvas, stands, middle, base + down, line, Role::Muted, Anchor::Middle);
    }
}

fn label(canvas: &mut Canvas<'_>, stands: Stands, x: f32, y: f32, text: &str, role: Role, anchor: Anchor) {
    if !text.is_empty() {
        canvas.put(stands, Shape::Text(Text::new(Point::new(x, y), text, SMALL, role).anchored(anchor)));
    }
}
