//! From days and people to points on the page.

use crate::derive::calendar::Bin;
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
    /// The people at its upper side; none are at the lower one.
    pub top: f64,
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
        let part = height(people) / self.top.max(1e-9);
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

    /// The heights to label, with their labels: round numbers, whole people, in one notation.
    pub fn heights(&self) -> Vec<(u64, String)> {
        /// Points between labels.
        const APART: f32 = 38.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of labels")]
        let most = (self.plot.height() / APART).max(2.0) as usize;
        let step = ticks::step(self.top, most);
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

/// A height on an axis that reaches to `largest`.
pub fn height_label(at: u64, largest: u64) -> String {
    if at == 0 || largest < 1_000_000 { grouped(at) } else { ticks::compact(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes(top: f64) -> Axes {
        let plot = Area { left: 10.0, top: 20.0, right: 110.0, bottom: 220.0 };
        Axes { plot, from: 0.0, to: 50.0, top }
    }

    #[test]
    fn days_and_people_have_their_places_and_back() {
        let axes = axes(100.0);
        assert!((axes.x(25.0) - 60.0).abs() < 1e-4 && (axes.y(50) - 120.0).abs() < 1e-4);
        assert!((axes.day_at(axes.x(17.0)) - 17.0).abs() < 1e-4);
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
    fn a_single_bin_does_not_fill_the_width() {
        assert_eq!(stretch(&[(10.0, 11.0)]), (7.0, 14.0));
        assert_eq!(stretch(&[]), (0.0, 1.0));
    }
}
