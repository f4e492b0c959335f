//! Ranges and how they are made of voices, joined and added (step 4 and the arithmetic of steps 5 and 6).

use super::reading::Reading;
use super::voices::Voice;

/// Low, best and high of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    /// The smallest number.
    pub low: u64,
    /// The most likely number; `None` where nobody put one forward.
    pub best: Option<u64>,
    /// The largest number; `None` is open.
    pub high: Option<u64>,
}

impl Range {
    /// One number.
    pub const fn exact(n: u64) -> Self {
        Self { low: n, best: Some(n), high: Some(n) }
    }

    /// Whether low ≤ best ≤ high.
    pub fn in_order(self) -> bool {
        let top = self.high.unwrap_or(u64::MAX);
        let best = self.best.unwrap_or(self.low);
        self.low <= best && best <= top && self.low <= top
    }

    /// The same numbers from the smallest to the largest, for an estimate that was published out of order.
    pub(super) fn smallest_to_largest(self) -> Self {
        let given = [Some(self.low), self.best, self.high];
        let given = given.iter().flatten().copied();
        let high = self.high.and_then(|_| given.clone().max());
        Self { low: given.min().unwrap_or(self.low), high, ..self }
    }

    fn is_open(self) -> bool {
        self.high.is_none()
    }

    /// This figure joined with what follows from its parts: never below them, and open where they leave it so.
    pub(super) fn join(self, parts: Self) -> Self {
        let low = self.low.max(parts.low);
        let best = if self.is_open() {
            self.best.max(parts.best)
        } else {
            self.best.filter(|best| *best >= parts.low).or(parts.best)
        };
        let beyond = |open: Self, top: u64| open.low > top || open.best.is_some_and(|best| best > top);
        let high = match (self.high, parts.high) {
            (Some(own), Some(other)) => Some(own.max(other)),
            (Some(top), None) => Some(top).filter(|top| !beyond(parts, *top)),
            (None, Some(top)) => Some(top).filter(|top| !beyond(self, *top)),
            (None, None) => None,
        };
        Self { low, best: best.filter(|best| *best >= low), high }
    }
}

/// The sum of ranges: low to low, best to best, high to high, open if any is open. `None` of nothing. The best is
/// missing where a range that is not zero has none, or where none has one.
pub fn add_ranges(ranges: impl IntoIterator<Item = Range>) -> Option<Range> {
    let mut sum: Option<Range> = None;
    let mut lacks_best = false;
    for range in ranges {
        lacks_best |= range.best.is_none() && range.low > 0;
        sum = Some(match sum {
            None => range,
            Some(sum) => Range {
                low: sum.low.saturating_add(range.low),
                best: match (sum.best, range.best) {
                    (Some(a), Some(b)) => Some(a.saturating_add(b)),
                    (a, b) => a.or(b),
                },
                high: sum.high.zip(range.high).map(|(a, b)| a.saturating_add(b)),
            },
        });
    }
    sum.map(|sum| if lacks_best { Range { best: None, ..sum } } else { sum })
}

/// The element ⌈k/2⌉ of k sorted numbers, so that it is a number that somebody said.
fn lower_median(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

/// The voices that count in full: those that may do more than raise the high figure, or all if there is none such.
pub(super) fn in_full<'a>(voices: &[&'a Voice]) -> Vec<&'a Voice> {
    let full: Vec<_> = voices.iter().copied().filter(|voice| !voice.high_only).collect();
    if full.is_empty() { voices.to_vec() } else { full }
}

/// The smallest minimum; 0 if there is none, or if a ceiling contradicts it.
fn lowest(readings: impl Iterator<Item = Reading> + Clone) -> u64 {
    let low = readings.clone().filter_map(|reading| reading.lo).min().unwrap_or(0);
    let ceilings = readings.filter(|reading| reading.lo.is_none()).filter_map(|reading| reading.hi);
    if ceilings.min().is_some_and(|ceiling| ceiling < low) { 0 } else { low }
}

/// The largest maximum; open if there is none, or if what an open reading puts forward lies above it.
///
/// An open reading puts forward its minimum, but for an interim estimate or an addition to one, whose number lies
/// above its minimum: then the number is asked, so that no best figure is above its high.
fn highest(readings: impl Iterator<Item = Reading> + Clone) -> Option<u64> {
    let high = readings.clone().filter_map(|reading| reading.hi).max()?;
    let floors = readings.filter(|reading| reading.hi.is_none()).filter_map(|reading| reading.lo.max(reading.pt));
    floors.max().is_none_or(|floor| floor <= high).then_some(high)
}

/// Lowest and highest of several readings that make up one voice.
pub(super) fn hull(readings: &[Reading]) -> (Option<u64>, Option<u64>) {
    let states_minimum = readings.iter().any(|reading| reading.lo.is_some());
    let all = || readings.iter().copied();
    (states_minimum.then(|| lowest(all())), highest(all()))
}

/// R.best: the lower median of the closed voices, and then of these and of every open voice above it. An "at least"
/// that the closed voices fulfil has no vote.
fn best_of(full: &[&Voice]) -> Option<u64> {
    let numbers = |open: bool| {
        let chosen = full.iter().filter(move |voice| voice.reading.hi.is_none() == open);
        chosen.filter_map(|voice| voice.reading.pt).collect::<Vec<_>>()
    };
    let (mut closed, open) = (numbers(false), numbers(true));
    match lower_median(closed.clone()) {
        None => lower_median(open),
        Some(middle) => {
            closed.extend(open.into_iter().filter(|pt| *pt > middle));
            lower_median(closed)
        }
    }
}

/// R: the range of a set of voices. `None` of no voices.
pub(super) fn range_of(voices: &[&Voice]) -> Option<Range> {
    if voices.is_empty() {
        return None;
    }
    let full = in_full(voices);
    let reading = |voice: &&Voice| voice.reading;
    Some(Range {
        low: lowest(full.iter().map(reading)),
        best: best_of(&full),
        high: highest(voices.iter().map(reading)),
    })
}
