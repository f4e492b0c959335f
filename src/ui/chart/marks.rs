//! What the chart draws, as numbers: bars with their ranges on a line of days, strips for what has no place on it, days
//! that nobody searched, and dated lines. Pure: it knows no window and no colour.

use jiff::civil::Date;

use crate::derive::calendar::Bin;
use crate::derive::totals::{Group, Sums, Totals};
use crate::model::{Coverage, Milestone};
use crate::scene::ticks::{day_number, number};

/// Up to so many bins are drawn as bars; more become a stepped line with a band.
pub const MOST_BARS: usize = 60;

/// What is known of a bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// No event speaks of this measure.
    Nothing,
    /// Events speak of it, none with a number.
    Unknown,
    /// There is a number, which may be zero.
    Number,
}

/// One bin, or one strip, as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// First day as a number.
    pub from: f64,
    /// The day behind its last one.
    pub to: f64,
    /// Whether there is anything to draw.
    pub known: Known,
    /// The sum of lows.
    pub low: u64,
    /// The sum of bests; `None` draws a hollow bar.
    pub best: Option<u64>,
    /// The sum of highs, or what it is at least.
    pub top: u64,
    /// Whether the high is open.
    pub open: bool,
    /// Whether any of its days was searched: else silence says nothing.
    pub searched: bool,
}

impl Mark {
    fn of(sums: &Sums, from: f64, to: f64) -> Self {
        let numbers = sums.events.saturating_sub(sums.unknown + sums.no_claim);
        let known = match numbers {
            0 if sums.unknown > 0 => Known::Unknown,
            0 => Known::Nothing,
            _ => Known::Number,
        };
        let top = sums.high.unwrap_or(sums.high_at_least);
        let open = sums.high.is_none() && known == Known::Number;
        Self { from, to, known, low: sums.low, best: sums.best, top, open, searched: true }
    }

    fn of_bin(group: &Group) -> Option<Self> {
        let Bin { first, last, .. } = group.bin?;
        Some(Self::of(&group.sums, number(day_number(first)), number(day_number(last) + 1)))
    }

    /// The largest number that is drawn.
    pub fn reach(&self) -> u64 {
        if self.known == Known::Number { self.top.max(self.best.unwrap_or(0)).max(self.low) } else { 0 }
    }

    /// The middle of its days.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

/// What stands beside the line of days.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// What it is.
    pub kind: Apart,
    /// Its bar.
    pub mark: Mark,
}

/// Why events stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// Their date does not fit one bin.
    NotPlaced,
    /// They have none.
    Undated,
    /// They sum up others, and exceed them.
    Summaries,
}

impl Apart {
    /// The words under the strip.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotPlaced => "not placed",
            Self::Undated => "undated",
            Self::Summaries => "in summaries",
        }
    }

    /// The group of totals that it shows.
    pub const fn group(self, totals: &Totals) -> &Group {
        match self {
            Self::NotPlaced => &totals.not_placed,
            Self::Undated => &totals.undated,
            Self::Summaries => &totals.in_summaries,
        }
    }
}

/// Everything that is drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// One for each bin, in order.
    pub bins: Vec<Mark>,
    /// What stands apart, from the left.
    pub strips: Vec<Strip>,
    /// Stretches of days that were not searched, as numbers.
    pub unsearched: Vec<(f64, f64)>,
    /// Dated lines with their labels, by day.
    pub milestones: Vec<(f64, String)>,
    /// The bin with the largest best figure.
    pub peak: Option<usize>,
}

impl Marks {
    /// The marks of totals that are split by time.
    pub fn of(totals: &Totals, coverage: &[Coverage], milestones: &[Milestone], today: Date) -> Self {
        let unsearched = unsearched(totals, coverage, today);
        let mut bins: Vec<Mark> = totals.groups.iter().filter_map(Mark::of_bin).collect();
        for (from, to) in &unsearched {
            let first = bins.partition_point(|mark| mark.from < *from);
            bins.iter_mut().skip(first).take_while(|mark| mark.to <= *to).for_each(|mark| mark.searched = false);
        }
        let strips = [Apart::NotPlaced, Apart::Undated, Apart::Summaries].into_iter().filter_map(|kind| {
            let group = kind.group(totals);
            let mark = Mark::of(&group.sums, 0.0, 1.0);
            let speaks = !group.slots.is_empty() && (kind != Apart::Summaries || mark.reach() > 0);
            speaks.then_some(Strip { kind, mark })
        });
        let strips = strips.collect();
        let peak = peak(&bins);
        let mut lines: Vec<(f64, String)> =
            milestones.iter().map(|m| (number(day_number(m.when)), m.label.to_string())).collect();
        lines.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { bins, strips, unsearched, milestones: lines, peak }
    }

    /// Whether bins are drawn as bars.
    pub fn bars(&self) -> bool {
        self.bins.len() <= MOST_BARS
    }

    /// The largest number that is drawn, of the bins in a range of days and of the strips.
    pub fn reach(&self, from: f64, to: f64) -> u64 {
        let bins = self.bins.iter().filter(|mark| mark.to > from && mark.from < to).map(Mark::reach);
        bins.chain(self.strips.iter().map(|strip| strip.mark.reach())).max().unwrap_or(0)
    }

    /// The days to show, with room at the ends; a single bar does not fill the whole width.
    pub fn stretch(&self) -> (f64, f64) {
        /// A lone bin stands among as many places as this.
        const PLACES: f64 = 7.0;
        let (Some(first), Some(last)) = (self.bins.first(), self.bins.last()) else { return (0.0, 1.0) };
        let span = last.to - first.from;
        let lone = (PLACES * (first.to - first.from) - span) / 2.0;
        let pad = lone.max(span * 0.015);
        (first.from - pad, last.to + pad)
    }

    /// The bin at a point of the line of days.
    pub fn bin_at(&self, x: f64) -> Option<usize> {
        let at = self.bins.partition_point(|mark| mark.to <= x);
        self.bins.get(at).filter(|mark| mark.from <= x).map(|_| at)
    }
}

/// The bin with the largest best figure; the largest reach where none has one. `None` where all are zero.
fn peak(bins: &[Mark]) -> Option<usize> {
    let height = |mark: &Mark| (mark.best.filter(|_| mark.known == Known::Number).unwrap_or(0), mark.reach());
    // Of equals the first.
    let (at, mark) = bins.iter().enumerate().max_by_key(|(at, mark)| (height(mark), std::cmp::Reverse(*at)))?;
    (height(mark) > (0, 0)).then_some(at)
}

/// A count as a height.
#[expect(clippy::cast_precision_loss, reason = "a picture needs no more")]
pub fn height(n: u64) -> f64 {
    n as f64
}

/// The days between the first and the last bin that no window of search covers, and those that have not come yet.
/// Where the project names no window, nothing is known of the search, and only days to come are marked.
fn unsearched(totals: &Totals, coverage: &[Coverage], today: Date) -> Vec<(f64, f64)> {
    let ends = totals.groups.first().and_then(|g| g.bin).zip(totals.groups.last().and_then(|g| g.bin));
    let Some((first, last)) = ends else { return Vec::new() };
    let (start, end) = (day_number(first.first), day_number(last.last) + 1);
    let mut windows: Vec<(i64, i64)> = coverage
        .iter()
        .map(|window| (day_number(window.from), window.to.map_or(day_number(today), day_number) + 1))
        .collect();
    if windows.is_empty() {
        windows.push((start, end.min(day_number(today) + 1).max(day_number(last.first) + 1)));
    }
    windows.sort_unstable();
    let mut gaps = Vec::new();
    let mut at = start;
    for (from, to) in windows {
        if from > at {
            gaps.push((at, from.min(end)));
        }
        at = at.max(to);
    }
    if at < end {
        gaps.push((at, end));
    }
    gaps.retain(|(from, to)| from < to);
    gaps.into_iter().map(|(from, to)| (number(from), number(to))).collect()
}

/// Where labels stand beside lines: each line's place and its label's width give the row and the left end of the label,
/// so that none touches another; `None` where `rows` do not do. A label stands right of its line, or left of it where
/// it would reach over the right end. Lines come in order.
pub fn places_for(lines: &[(f32, f32)], rows: usize, right: f32) -> Vec<Option<(usize, f32)>> {
    /// Between labels, and between a line and its label.
    const GAP: f32 = 4.0;
    let mut ends = vec![f32::NEG_INFINITY; rows];
    let place = |(x, width): &(f32, f32)| {
        let after = x + GAP;
        let left = if after + width <= right { after } else { x - GAP - width };
        let row = ends.iter().position(|end| end + GAP <= left)?;
        ends[row] = left + width;
        Some((row, left))
    };
    lines.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::calendar::Unit;

    fn bin(day: Date, sums: Sums) -> Group {
        Group { bin: Some(Unit::Day.bin_of(day)), sums, ..Group::default() }
    }

    fn sums(low: u64, best: Option<u64>, high: Option<u64>) -> Sums {
        Sums { low, best, high, high_at_least: high.or(best).unwrap_or(low), events: 1, ..Sums::default() }
    }

    fn marks(groups: Vec<Group>, coverage: &[Coverage]) -> Marks {
        Marks::of(&Totals { groups, ..Totals::default() }, coverage, &[], date(2024, 1, 1))
    }

    #[test]
    fn unknown_zero_and_nothing_are_three_things() {
        let unknown = Sums { events: 1, unknown: 1, ..Sums::default() };
        let silent = Sums { events: 1, no_claim: 1, ..Sums::default() };
        let made = marks(
            vec![
                bin(date(2022, 9, 14), unknown),
                bin(date(2022, 9, 15), silent),
                bin(date(2022, 9, 16), sums(0, Some(0), Some(0))),
            ],
            &[],
        );
        let known: Vec<Known> = made.bins.iter().map(|mark| mark.known).collect();
        assert_eq!(known, [Known::Unknown, Known::Nothing, Known::Number]);
        assert_eq!(made.peak, None);
    }

    #[test]
    fn the_peak_is_the_largest_best_and_not_the_largest_high() {
        let groups = vec![
            bin(date(2022, 9, 14), sums(1, Some(5), Some(90))),
            bin(date(2022, 9, 15), sums(1, Some(9), Some(9))),
            bin(date(2022, 9, 16), sums(40, None, Some(60))),
        ];
        let made = marks(groups, &[]);
        assert_eq!(made.peak, Some(1));
        assert_eq!(made.reach(f64::NEG_INFINITY, f64::INFINITY), 90);
    }

    #[test]
    fn a_day_is_found_in_its_bin() {
        let groups = (14..17).map(|day| bin(date(2022, 9, day), Sums::default())).collect();
        let made = marks(groups, &[]);
        let day = number(day_number(date(2022, 9, 15)));
        assert_eq!(made.bin_at(day), Some(1));
        assert_eq!(made.bin_at(day + 0.99), Some(1));
        assert_eq!(made.bin_at(day - 5.0), None);
        assert_eq!(made.bin_at(day + 2.0), None);
    }

    #[test]
    fn days_outside_the_windows_of_search_are_marked() {
        let window = |from: Date, to: Option<Date>| Coverage { from, to, what: "wires".into() };
        let groups: Vec<Group> = (10..=20).map(|day| bin(date(2022, 9, day), Sums::default())).collect();
        let day = |n: i8| number(day_number(date(2022, 9, n)));
        let two =
            [window(date(2022, 9, 1), Some(date(2022, 9, 12))), window(date(2022, 9, 15), Some(date(2022, 9, 18)))];
        assert_eq!(marks(groups.clone(), &two).unsearched, [(day(13), day(15)), (day(19), day(21))]);
        assert_eq!(marks(groups.clone(), &[window(date(2022, 9, 12), None)]).unsearched, [(day(10), day(12))]);
        assert_eq!(marks(groups, &[]).unsearched, []);
    }

    #[test]
    fn days_to_come_in_the_last_bin_are_marked() {
        let month = Unit::Month.bin_of(date(2024, 1, 1));
        let group = Group { bin: Some(month), ..Group::default() };
        let made = marks(vec![group], &[]);
        let day = |n: i8| number(day_number(date(2024, 1, n)));
        assert_eq!(made.unsearched, [(day(2), day(31) + 1.0)]);
    }

    #[test]
    fn a_single_bin_does_not_fill_the_width() {
        let made = marks(vec![bin(date(2022, 9, 14), Sums::default())], &[]);
        let (from, to) = made.stretch();
        assert!((to - from - 7.0).abs() < 1e-9);
    }

    #[test]
    fn silence_where_nobody_searched_is_told_apart() {
        let window = Coverage { from: date(2022, 9, 15), to: Some(date(2022, 9, 16)), what: "wires".into() };
        let groups: Vec<Group> = (14..=17).map(|day| bin(date(2022, 9, day), Sums::default())).collect();
        let searched: Vec<bool> = marks(groups, &[window]).bins.iter().map(|mark| mark.searched).collect();
        assert_eq!(searched, [false, true, true, false]);
    }

    #[test]
    fn labels_never_touch_and_turn_round_at_the_right_end() {
        let lines = [(0.0, 50.0), (20.0, 50.0), (60.0, 50.0), (65.0, 50.0), (180.0, 50.0)];
        let places = [Some((0, 4.0)), Some((1, 24.0)), Some((0, 64.0)), None, Some((0, 126.0))];
        assert_eq!(places_for(&lines, 2, 200.0), places);
    }
}
