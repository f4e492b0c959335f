//! The names of series: at the right end of what they name, shifted so that they do not touch, or in a row above where
//! there is no room or nothing to stand beside. Each has a sign in the colour of its series; the words are in the colour
//! of text, so that nobody has to read pale letters.

use super::canvas::{SMALL, role};
use super::scale::Axes;
use crate::derive::series::{Chart, Known, Panel, Role as Part, Series};
use crate::scene::{Area, Dash, Fill, Item, Line, Point, Role, Ruler, Shape, Stands, Stroke, Text, Weight};

/// Height of a name.
const ROW: f32 = 15.0;
/// From the left of a sign to its name.
const SIGN: f32 = 16.0;
/// Widest name at the right end.
const WIDEST: f32 = 150.0;
/// Narrower charts have no room at their right.
const ROOM: f32 = 420.0;

/// Where names stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Names {
    /// There is one series, which the title names; or each panel is named.
    None,
    /// At the right end, in a column this wide.
    Beside(f32),
    /// In rows above.
    Above,
}

/// What a series is called beside others.
pub fn name(chart: &Chart, series: &Series) -> String {
    let compared = chart.compared.get(series.compared).map(|of| of.label.as_str()).filter(|label| !label.is_empty());
    match (series.role, compared) {
        (Part::Whole, Some(compared)) => compared.to_owned(),
        (_, Some(compared)) => format!("{}, {compared}", series.label),
        (_, None) => series.label.clone(),
    }
}

/// Whether names are needed, and where.
pub fn decide(chart: &Chart, width: f32, stands_beside: bool, ruler: &dyn Ruler) -> Names {
    let series: usize = chart.panels.iter().map(|panel| panel.series.len()).max().unwrap_or(0);
    // A group that is alone is named, too: whoever splits by source wants to know whose numbers these are.
    let is_alone = |panel: &Panel| chart.panels.len() == 1 && panel.series.iter().any(|one| one.role != Part::Whole);
    let Some(panel) = chart.panels.first().filter(|panel| series > 1 || is_alone(panel)) else { return Names::None };
    if chart.panels.len() > 1 || !stands_beside || width < ROOM || series > 7 {
        return Names::Above;
    }
    let width = |series: &Series| ruler.width(&name(chart, series), SMALL + 1.0, Weight::Regular);
    let widest = panel.series.iter().map(width).fold(0.0, f32::max).min(WIDEST);
    Names::Beside(widest + SIGN + 8.0)
}

/// A sign: a square for surfaces, a piece of the line for lines.
fn sign(chart: &Chart, at: usize, series: &Series, left: f32, middle: f32, lines: bool) -> Item {
    let colour = role(chart, series);
    let stands = Stands::Series { panel: 0, series: at };
    if lines {
        let dash = Dash::ALL.get(at % Dash::ALL.len()).copied().unwrap_or_default();
        let points = vec![Point::new(left, middle), Point::new(left + 12.0, middle)];
        return Item::new(stands, Shape::Line(Line { points, stroke: Stroke::of(colour, 2.0).dashed(dash) }));
    }
    let area = Area { left: left + 1.0, top: middle - 5.0, right: left + 11.0, bottom: middle + 5.0 };
    Item::new(stands, Shape::Rect { area, fill: Some(Fill::of(colour)), stroke: None })
}

fn word(at: usize, text: String, left: f32, middle: f32) -> Item {
    let text = Text::new(Point::new(left + SIGN, middle + 4.0), text, SMALL + 1.0, Role::Text);
    Item::new(Stands::Series { panel: 0, series: at }, Shape::Text(text))
}

/// Names in rows from a place on, no wider than the room. Gives back where the rows end.
pub fn above(chart: &Chart, (left, top, room): (f32, f32, f32), lines: bool, ruler: &dyn Ruler) -> (Vec<Item>, f32) {
    let Some(panel) = chart.panels.first() else { return (Vec::new(), top) };
    let (mut items, mut x, mut y) = (Vec::new(), left, top);
    for (at, series) in panel.series.iter().enumerate() {
        let text = ruler.fitted(&name(chart, series), SMALL + 1.0, Weight::Regular, (room - SIGN).max(20.0));
        let width = SIGN + ruler.width(&text, SMALL + 1.0, Weight::Regular) + 14.0;
        if x > left && x + width - 14.0 > left + room {
            (x, y) = (left, y + ROW + 1.0);
        }
        items.push(sign(chart, at, series, x, y + ROW / 2.0, lines));
        items.push(word(at, text, x, y + ROW / 2.0));
        x += width;
    }
    (items, y + ROW + 4.0)
}

/// Names beside the right end of the series: at their last height, or at the middle of their last surface.
pub fn beside(chart: &Chart, axes: &Axes, width: f32, lines: bool, stacked: bool, ruler: &dyn Ruler) -> Vec<Item> {
    let Some(panel) = chart.panels.first() else { return Vec::new() };
    let mut places: Vec<(usize, f32)> = heights(panel, axes, stacked).into_iter().enumerate().collect();
    // Of equal heights the later one stands higher, as it does in a stack.
    places.sort_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let ends = (axes.plot.top + ROW / 2.0, axes.plot.bottom - ROW / 2.0);
    let shifted = apart(&places.iter().map(|(_, y)| *y).collect::<Vec<_>>(), ends.0, ends.1);
    let left = axes.plot.right + 6.0;
    let mut items = Vec::new();
    for ((at, wanted), y) in places.iter().zip(shifted) {
        let Some(series) = panel.series.get(*at) else { continue };
        if (wanted - y).abs() > 3.0 && lines {
            let points = vec![Point::new(axes.plot.right, *wanted), Point::new(left - 1.0, y)];
            let stroke = Stroke::of(Role::Grid, 1.0);
            items.push(Item::new(Stands::Nothing, Shape::Line(Line { points, stroke })));
        }
        let text = ruler.fitted(&name(chart, series), SMALL + 1.0, Weight::Regular, width - SIGN - 8.0);
        items.push(sign(chart, *at, series, left, y, lines));
        items.push(word(*at, text, left, y));
    }
    items
}

/// The height beside which each series is named, from the top of the page.
fn heights(panel: &Panel, axes: &Axes, stacked: bool) -> Vec<f32> {
    let best = |series: &Series, bin: usize| {
        let sums = series.points.get(bin).filter(|sums| sums.known() == Known::Number);
        sums.map(|sums| sums.best.unwrap_or(sums.low))
    };
    let bins = panel.series.first().map_or(0, |series| series.points.len());
    if stacked {
        // The last column in which there is a stack.
        let last = (0..bins).rev().find(|bin| panel.series.iter().any(|series| best(series, *bin).unwrap_or(0) > 0));
        let mut below = 0_u64;
        return panel
            .series
            .iter()
            .map(|series| {
                let height = last.and_then(|bin| best(series, bin)).unwrap_or(0);
                let middle = below.saturating_add(height / 2);
                below = below.saturating_add(height);
                axes.y(middle)
            })
            .collect();
    }
    let last = |series: &Series| (0..bins).rev().find_map(|bin| best(series, bin)).unwrap_or(0);
    panel.series.iter().map(|series| axes.y(last(series))).collect()
}

/// Heights in order, moved so that they stand a row apart and within these ends, each as near as it can be.
fn apart(wanted: &[f32], top: f32, bottom: f32) -> Vec<f32> {
    let mut placed: Vec<f32> = wanted.to_vec();
    let mut least = top;
    for y in &mut placed {
        *y = y.max(least);
        least = *y + ROW;
    }
    let mut most = bottom;
    for y in placed.iter_mut().rev() {
        *y = y.min(most);
        most = *y - ROW;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_a_row_apart_and_within_the_chart() {
        assert_eq!(apart(&[10.0, 12.0, 100.0], 0.0, 200.0), [10.0, 25.0, 100.0]);
        assert_eq!(apart(&[199.0, 200.0, 200.0], 0.0, 200.0), [170.0, 185.0, 200.0]);
        assert_eq!(apart(&[-20.0, -10.0], 5.0, 200.0), [5.0, 20.0]);
    }
}
