//! Which part of time is seen: zoom and pan within the limits of the data.

use crate::scene::chart::scale::stretch;

/// Which part of time is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Eye {
    /// First and last day as numbers; `None` is the whole time.
    pub seen: Option<(f64, f64)>,
}

/// One day is as near as it goes.
const NEAREST: f64 = 1.0;

impl Eye {
    /// What is seen of a chart with these columns.
    pub fn of(&self, spans: &[(f64, f64)]) -> (f64, f64) {
        self.seen.unwrap_or_else(|| stretch(spans))
    }

    /// Nearer or farther around a day: `factor` below 1 is nearer.
    pub fn zoom(&mut self, spans: &[(f64, f64)], around: f64, factor: f64) {
        let (from, to) = self.of(spans);
        self.show(spans, around - (around - from) * factor, around + (to - around) * factor);
    }

    /// By so many days.
    pub fn pan(&mut self, spans: &[(f64, f64)], days: f64) {
        let (from, to) = self.of(spans);
        self.show(spans, from + days, to + days);
    }

    /// These days, as far as there are any.
    pub fn show(&mut self, spans: &[(f64, f64)], from: f64, to: f64) {
        let (first, last) = stretch(spans);
        let whole = last - first;
        let width = (to - from).clamp(NEAREST.min(whole), whole);
        if !width.is_finite() || width >= whole * 0.999 {
            self.seen = None;
            return;
        }
        let from = from.clamp(first, (last - width).max(first));
        self.seen = Some((from, from + width));
    }

    /// Moves so that a column is seen.
    pub fn reveal(&mut self, spans: &[(f64, f64)], column: usize) {
        let (Some((from, to)), Some(span)) = (self.seen, spans.get(column)) else { return };
        if span.0 < from {
            self.pan(spans, span.0 - from);
        } else if span.1 > to {
            self.pan(spans, span.1 - to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(n: i32) -> Vec<(f64, f64)> {
        (0..n).map(|day| (f64::from(day), f64::from(day + 1))).collect()
    }

    #[test]
    fn it_never_leaves_the_data_nor_goes_nearer_than_a_day() {
        let spans = days(100);
        let whole = stretch(&spans);
        let mut eye = Eye::default();
        eye.zoom(&spans, 50.0, 0.1);
        let (from, to) = eye.of(&spans);
        assert!((to - from - (whole.1 - whole.0) * 0.1).abs() < 1e-9);
        eye.pan(&spans, 1e9);
        assert!((eye.of(&spans).1 - whole.1).abs() < 1e-9, "the end is the end");
        eye.zoom(&spans, 99.0, 1e-9);
        let (from, to) = eye.of(&spans);
        assert!((to - from - 1.0).abs() < 1e-9);
        eye.zoom(&spans, 50.0, 1e9);
        assert_eq!(eye.seen, None, "all of it is the whole time, not a part");
    }

    #[test]
    fn a_column_out_of_view_is_brought_into_it() {
        let spans = days(100);
        let mut eye = Eye { seen: Some((10.0, 20.0)) };
        eye.reveal(&spans, 30);
        assert_eq!(eye.seen, Some((21.0, 31.0)));
        eye.reveal(&spans, 5);
        assert_eq!(eye.seen, Some((5.0, 15.0)));
        eye.reveal(&spans, 7);
        assert_eq!(eye.seen, Some((5.0, 15.0)));
    }

    #[test]
    fn nothing_to_see_is_no_mistake() {
        let mut eye = Eye::default();
        eye.zoom(&[], 3.0, 0.5);
        eye.pan(&[], 3.0);
        eye.reveal(&[], 3);
        assert!(eye.of(&[]).0 < eye.of(&[]).1);
    }
}
