//! From days and people to points on the page.

use crate::derive::calendar::Bin;
use crate::derive::series::{Chart, Known, Point as Sums};
use crate::model::quantity::grouped;
use crate::scene::Area;
use crate::scene::ticks::{self, day_number, number};

/// A count as a height.
#[expect(clippy::cast_precision_loss, reason = "a picture needs no more")]
pub const fn height(n: u64) -> f64 {
    n as f64
}

/// The first day of a bin and the day behind its last one, as numbers.
pub fn span(bin: &Bin) -> (f64, f64) {
    (number(day_number(bin.first)), number(day_number(bin.last) + 1))
}

/// The days to show, with room at the ends; a single bar does not fill the whole width.
pub fn stretch(spans: &[(f64, f64)]) -> (f64, f64) {
    /// A lone bin stands among as many places as this.
    const PLACES: f64 = 7.0;
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return (0.0, 1.0) };
    let length = last.1 - first.0;
    let lone = (PLACES * (first.1 - first.0) - length) / 2.0;
    let pad = lone.max(length * 0.015);
    (first.0 - pad, last.1 + pad)
}

/// A line of days and heights of people, and where they are on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Axes {
    /// Where marks are drawn.
    pub plot: Area,
    /// The day at its left side, as a number.
    pub from: f64,
    /// The day at its right side.
    pub to: f64,
    /// The people at its upper side; at the lower one are none, or one where heights are logarithmic.
    pub top: f64,
    /// The people that the highest mark reaches; none where nobody says so.
    pub reach: u64,
    /// How heights follow numbers.
    pub by: Heights,
}

/// How heights follow numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Heights {
    /// Twice as many are twice as high.
    #[default]
    Even,
    /// Ten times as many are one step higher; one person is at the line below.
    Log,
    /// The same of one more than the number: there are zeros, which have no logarithm.
    LogOfOneMore,
}

impl Heights {
    /// By what the heights of a chart go.
    pub fn of(chart: &Chart) -> Self {
        if !chart.question.logarithmic {
            return Self::Even;
        }
        let drawn = |sums: &Sums| match sums.known() {
            Known::Number => Some(sums.best.unwrap_or(sums.low).min(sums.low)),
            Known::Unknown => None,
            // Silence is drawn as zero where it was searched.
            Known::Nothing => Some(0),
        };
        let series = chart.panels.iter().flat_map(|panel| &panel.series);
        let mut all = series.flat_map(|series| &series.points).filter_map(drawn);
        if all.all(|number| number > 0) { Self::Log } else { Self::LogOfOneMore }
    }

    /// The share of the height at which a number stands.
    fn share(self, people: f64, top: f64) -> f64 {
        match self {
            Self::Even => people / top.max(1e-9),
            Self::Log => people.max(1.0).ln() / top.max(1.001).ln(),
            Self::LogOfOneMore => people.max(0.0).ln_1p() / top.max(0.001).ln_1p(),
        }
    }

    /// The widest label beside an axis that has to reach to a number.
    pub fn widest(self, reach: u64) -> String {
        /// The least part of the height that marks have under their labels.
        const LEAST: f64 = 0.4;
        match self {
            Self::Even => height_label(reach.saturating_mul(2), reach),
            Self::Log | Self::LogOfOneMore => {
                let mut power = 1_u64;
                while height(power.saturating_mul(10)) <= self.top(reach, LEAST) && power < 1_000_000_000_000_000 {
                    power = power.saturating_mul(10);
                }
                // Below a million labels have no unit, and are the longest there are.
                height_label(power.min(100_000), power.min(100_000))
            }
        }
    }

    /// The number at the upper side where `reach` is to stand at this part of the height.
    pub fn top(self, reach: u64, part: f64) -> f64 {
        let reach = height(reach);
        match self {
            Self::Even => reach / part,
            Self::Log => (reach.max(2.0).ln() / part).exp(),
            Self::LogOfOneMore => (reach.max(1.0).ln_1p() / part).exp_m1(),
        }
    }
}

impl Axes {
    /// How far a day is from the left.
    #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
    pub fn x(&self, day: f64) -> f32 {
        let part = (day - self.from) / (self.to - self.from).max(1e-9);
        (f64::from(self.plot.left) + part * f64::from(self.plot.width())) as f32
    }

    /// How far so many people are from the top.
    #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
    pub fn y(&self, people: u64) -> f32 {
        let part = self.by.share(height(people), self.top);
        (f64::from(self.plot.bottom) - part * f64::from(self.plot.height())) as f32
    }

    /// The day at a place.
    pub fn day_at(&self, x: f32) -> f64 {
        let part = f64::from(x - self.plot.left) / f64::from(self.plot.width()).max(1e-9);
        self.from + part * (self.to - self.from)
    }

    /// Points to a day.
    pub fn a_day(&self) -> f64 {
        f64::from(self.plot.width()) / (self.to - self.from).max(1e-9)
    }

    /// The heights to label where they are logarithmic: powers of ten, with 2 and 5 between them where there are few.
    fn powers(&self) -> Vec<(u64, String)> {
        /// Points between labels.
        const APART: f32 = 16.0;
        let mut between: Vec<&[u64]> = vec![&[1], &[1, 2, 5]];
        if self.top > 500.0 {
            between.truncate(1);
        }
        let mut heights: Vec<u64> = Vec::new();
        for steps in between.iter().rev() {
            let decades = (0..19).map(|power| 10_u64.saturating_pow(power));
            heights = decades.flat_map(|decade| steps.iter().map(move |step| decade.saturating_mul(*step))).collect();
            heights.retain(|people| height(*people) <= self.top);
            if self.by == Heights::LogOfOneMore {
                heights.insert(0, 0);
            }
            if heights.windows(2).all(|pair| self.y(pair[0]) - self.y(pair[1]) >= APART) {
                break;
            }
        }
        let mut last = f32::INFINITY;
        heights.retain(|people| {
            let y = self.y(*people);
            let has_room = last - y >= APART;
            if has_room {
                last = y;
            }
            has_room
        });
        let largest = heights.last().copied().unwrap_or(0);
        heights.into_iter().map(|at| (at, height_label(at, largest))).collect()
    }

    /// The heights to label, with their labels: round numbers, whole people, in one notation.
    pub fn heights(&self) -> Vec<(u64, String)> {
        /// Points between labels.
        const APART: f32 = 38.0;
        if self.by != Heights::Even {
            return self.powers();
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of labels")]
        let most = (self.plot.height() / APART).max(2.0) as usize;
        if let Some(heights) = self.low_heights(most) {
            return heights;
        }
        // A height that nobody can read is worse than labels that stand close.
        let mut steps = (most..most + 3).map(|most| ticks::step(self.top, most));
        let step = steps.find(|step| *step <= self.top).unwrap_or_else(|| ticks::step(self.top, most));
        let mut heights = Vec::new();
        let mut at = 0.0;
        while at <= self.top && heights.len() <= most + 1 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and not negative")]
            heights.push(at as u64);
            at += step;
        }
        let largest = heights.last().copied().unwrap_or(0);
        heights.into_iter().map(|at| (at, height_label(at, largest))).collect()
    }
}

impl Axes {
    /// The labels of a plot that has room for one or two: within what marks reach. Much of its height is left to the
    /// labels of marks, and a line up there would be read as the end of the axis.
    fn low_heights(&self, most: usize) -> Option<Vec<(u64, String)>> {
        /// A plot with no more labels than this is low.
        const LOW: usize = 2;
        /// Points between labels of a low plot.
        const APART: f64 = 14.0;
        let reach = height(self.reach);
        if most > LOW || self.reach == 0 || reach >= self.top {
            return None;
        }
        // The largest round number that is reached; 25 and its tens are round, too.
        let decade = 10_f64.powf(reach.log10().floor());
        let round = [5.0, 2.5, 2.0, 1.0].map(|factor| factor * decade);
        let last = round.into_iter().find(|last| *last <= reach * 1.02 && last.fract() == 0.0)?;
        let points = last / self.top * f64::from(self.plot.height());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and not negative")]
        let last = last as u64;
        (points >= APART).then(|| vec![(0, height_label(0, last)), (last, height_label(last, last))])
    }
}

/// A height on an axis that reaches to `largest`.
pub fn height_label(at: u64, largest: u64) -> String {
    if at == 0 || largest < 1_000_000 { grouped(at) } else { ticks::compact(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes(top: f64) -> Axes {
        let plot = Area { left: 10.0, top: 20.0, right: 110.0, bottom: 220.0 };
        Axes { plot, from: 0.0, to: 50.0, top, reach: 0, by: Heights::Even }
    }

    #[test]
    fn days_and_people_have_their_places_and_back() {
        let axes = axes(100.0);
        assert!((axes.x(25.0) - 60.0).abs() < 1e-4 && (axes.y(50) - 120.0).abs() < 1e-4);
        assert!((axes.day_at(axes.x(17.0)) - 17.0).abs() < 1e-4);
    }

    #[test]
    fn some_height_beside_zero_is_labelled_however_low_the_plot() {
        for top in 1..2_000 {
            for tall in [40.0, 76.0, 85.0, 120.0, 300.0] {
                let plot = Area { left: 10.0, top: 20.0, right: 110.0, bottom: 20.0 + tall };
                let axes = Axes { plot, ..axes(f64::from(top)) };
                assert!((2..=12).contains(&axes.heights().len()), "{top} at {tall}: {:?}", axes.heights());
            }
        }
    }

    #[test]
    fn a_low_plot_is_labelled_within_what_its_marks_reach() {
        for (reach, wanted) in [(217, 200), (280, 250), (59, 50), (1, 1), (26, 25), (24, 20), (1_040, 1_000)] {
            let plot = Area { left: 10.0, top: 20.0, right: 110.0, bottom: 76.0 };
            let axes = Axes { plot, top: Heights::Even.top(reach, 0.4), reach, ..axes(1.0) };
            let heights: Vec<u64> = axes.heights().into_iter().map(|(people, _)| people).collect();
            assert_eq!(heights, [0, wanted], "of {reach}");
        }
    }

    #[test]
    fn heights_are_round_and_in_one_notation() {
        let labels = |top: f64| axes(top).heights().into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(labels(23.0), ["0", "5", "10", "15", "20"]);
        assert_eq!(labels(24_000.0), ["0", "5,000", "10,000", "15,000", "20,000"]);
        assert_eq!(labels(240_000.0), ["0", "50,000", "100,000", "150,000", "200,000"]);
        assert_eq!(labels(2.4e9), ["0", "500M", "1bn", "1.5bn", "2bn"]);
        assert_eq!(labels(1.0), ["0", "1"]);
    }

    #[test]
    fn logarithmic_heights_step_by_tens_and_hold_what_is_reached() {
        for (by, reach, wanted) in [
            (Heights::Log, 40_000, vec!["1", "10", "100", "1,000", "10,000", "100,000"]),
            (Heights::LogOfOneMore, 40_000, vec!["0", "10", "100", "1,000", "10,000", "100,000"]),
            (Heights::Log, 30, vec!["1", "2", "5", "10", "20", "50"]),
        ] {
            let axes = Axes { by, top: by.top(reach, 0.8), ..axes(1.0) };
            let labels: Vec<String> = axes.heights().into_iter().map(|(_, label)| label).collect();
            assert_eq!(labels, wanted, "{by:?} to {reach}");
            assert!((axes.y(reach) - 60.0).abs() < 0.01, "four fifths of the height");
            assert!(axes.y(reach / 2) > axes.y(reach) && axes.y(1) <= axes.plot.bottom);
        }
        let axes = Axes { by: Heights::LogOfOneMore, top: Heights::LogOfOneMore.top(0, 0.9), ..axes(1.0) };
        assert!(axes.y(0) == axes.plot.bottom && axes.y(1).is_finite());
    }

    #[test]
    fn a_single_bin_does_not_fill_the_width() {
        assert_eq!(stretch(&[(10.0, 11.0)]), (7.0, 14.0));
        assert_eq!(stretch(&[]), (0.0, 1.0));
    }
}
