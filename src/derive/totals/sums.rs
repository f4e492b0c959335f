//! Adding figures of events, and sharing one out over days (`add` and `share`). It knows no event.

use crate::derive::columnar::Kept;
use crate::derive::figures::{Range, Value};
use crate::derive::index::Summary;

/// What several events add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// The sum of lows.
    pub low: u64,
    /// The sum of bests. `None` where an event with a low has none, or where no event has one.
    pub best: Option<u64>,
    /// The sum of highs. `None` is open: an event's high is.
    pub high: Option<u64>,
    /// What the high is at least: the highs, and the best or low of events whose high is open. Written "120+" where
    /// `high` is open.
    pub high_at_least: u64,
    /// How many events.
    pub events: usize,
    /// How many are spoken of without a number that counts.
    pub unknown: usize,
    /// Of how many nobody says anything.
    pub no_claim: usize,
    /// How many have a low above 0 and no best.
    pub no_best: usize,
    /// How many are published estimates out of order.
    pub flagged: usize,
}

/// What is known of a sum: three things that must never be drawn alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Known {
    /// No event, or none that speaks of this.
    Nothing,
    /// Events speak of it, none with a number.
    Unknown,
    /// There is a number, which may be zero.
    Number,
}

impl Sums {
    /// What is known of it.
    pub fn known(&self) -> Known {
        match self.events.saturating_sub(self.unknown + self.no_claim) {
            0 if self.unknown > 0 => Known::Unknown,
            0 => Known::Nothing,
            _ => Known::Number,
        }
    }

    /// Whether the high is open: an event's is.
    pub fn is_open(&self) -> bool {
        self.high.is_none() && self.known() == Known::Number
    }

    /// The largest number that it states: 0 where it states none.
    pub fn reach(&self) -> u64 {
        self.high_at_least.max(self.best.unwrap_or(0)).max(self.low)
    }
}

impl Default for Sums {
    fn default() -> Self {
        Adder::default().sums()
    }
}

/// What one event adds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::derive) struct Addend {
    value: Value,
    /// It has a low above 0 and nobody put a best forward, whatever is taken in its place.
    lacks_best: bool,
    flagged: bool,
}

impl Addend {
    pub(in crate::derive) fn of(summary: Summary, missing_best_is_low: bool) -> Self {
        Self::new(summary.value, summary.marks.flagged, missing_best_is_low)
    }

    pub(in crate::derive) fn new(value: Value, flagged: bool, missing_best_is_low: bool) -> Self {
        let Value::Known(range) = value else { return Self { value, lacks_best: false, flagged } };
        let lacks_best = range.best.is_none() && range.low > 0;
        let best = range.best.or_else(|| missing_best_is_low.then_some(range.low));
        Self { value: Value::Known(Range { best, ..range }), lacks_best, flagged }
    }

    /// Low, best and high, where they are known.
    pub(in crate::derive) fn range(self) -> Option<Range> {
        self.value.range()
    }

    /// What is known, with the low in place of a missing best where sums are asked for that.
    pub(super) fn value(self) -> Value {
        self.value
    }

    /// Whether it has a low above 0 and nobody put a best forward.
    pub(super) fn lacks_best(self) -> bool {
        self.lacks_best
    }

    /// Whether it is a published estimate out of order.
    pub(super) fn is_flagged(self) -> bool {
        self.flagged
    }

    /// Whether nobody says anything.
    pub(in crate::derive) fn is_silent(self) -> bool {
        self.value == Value::NoClaim
    }

    /// The share of the days `from` up to but not including `to` (counted from 0) of an interval of `days` days.
    pub(in crate::derive) fn share(self, from: u64, to: u64, days: u64) -> Self {
        let Value::Known(range) = self.value else { return self };
        let part = |n| share(n, from, to, days);
        let shared = Range { low: part(range.low), best: range.best.map(part), high: range.high.map(part) };
        Self { value: Value::Known(shared), ..self }
    }
}

/// Day i of k gets ⌈(n−i)/k⌉ of n people: whole people, earlier days first, and no one is lost. This is the sum of the
/// days `from` up to but not including `to`.
fn share(n: u64, from: u64, to: u64, days: u64) -> u64 {
    let (each, rest) = (n / days.max(1), n % days.max(1));
    let first = |days: u64| each.saturating_mul(days).saturating_add(rest.min(days));
    first(to).saturating_sub(first(from))
}

/// Sums in the making.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::derive) struct Adder {
    low: u64,
    best: u64,
    high: u64,
    open: bool,
    has_best: bool,
    lost_best: bool,
    // No project has more events than there are numbers of slots; small sums are faster by the ten thousand.
    events: u32,
    unknown: u32,
    no_claim: u32,
    no_best: u32,
    flagged: u32,
}

impl Adder {
    pub(in crate::derive) fn add(&mut self, addend: Addend) {
        self.count(addend);
        self.add_uncounted(addend);
    }

    /// Counts an event whose numbers are added elsewhere.
    pub(in crate::derive) fn count(&mut self, addend: Addend) {
        self.events += 1;
        self.flagged += u32::from(addend.flagged);
        self.no_best += u32::from(addend.lacks_best);
        self.no_claim += u32::from(addend.value == Value::NoClaim);
        self.unknown += u32::from(addend.value == Value::Unknown);
    }

    /// Adds a figure as the columns keep it: the same as [`add`](Self::add), for very many.
    #[inline]
    pub(in crate::derive) fn add_kept(&mut self, kept: Kept, missing_best_is_low: bool) {
        let lacks_best = kept.is_known() && !kept.has_best() && kept.low > 0;
        let taken = kept.is_known() && !kept.has_best() && missing_best_is_low;
        self.events += 1;
        self.low = self.low.saturating_add(kept.low);
        self.best = self.best.saturating_add(if taken { kept.low } else { kept.best });
        self.high = self.high.saturating_add(kept.high);
        self.has_best |= kept.has_best() | taken;
        self.lost_best |= lacks_best & !taken;
        self.open |= kept.is_open();
        self.unknown += u32::from(kept.is_unknown());
        self.no_claim += u32::from(!kept.is_known() & !kept.is_unknown());
        self.no_best += u32::from(lacks_best);
        self.flagged += u32::from(kept.is_flagged());
    }

    /// Adds the numbers of an event that is counted elsewhere: a share of it.
    pub(in crate::derive) fn add_uncounted(&mut self, addend: Addend) {
        if let Value::Known(range) = addend.value {
            self.add_range(range, addend.lacks_best);
        }
    }

    /// Whether nothing was added.
    pub(in crate::derive) fn is_empty(&self) -> bool {
        self.events == 0
    }

    fn add_range(&mut self, range: Range, lacks_best: bool) {
        self.low = self.low.saturating_add(range.low);
        self.best = self.best.saturating_add(range.best.unwrap_or(0));
        self.has_best |= range.best.is_some();
        self.lost_best |= lacks_best && range.best.is_none();
        self.open |= range.high.is_none();
        self.high = self.high.saturating_add(range.high.unwrap_or(range.low.max(range.best.unwrap_or(0))));
    }

    /// Adds what another one has added up.
    /// Adds so many events of which nobody says anything.
    pub(super) fn add_silent(&mut self, events: usize) {
        // No project has more events than there are numbers of slots.
        let events = u32::try_from(events).unwrap_or(u32::MAX);
        self.events = self.events.saturating_add(events);
        self.no_claim = self.no_claim.saturating_add(events);
    }

    pub(in crate::derive) fn join(&mut self, other: &Self) {
        self.low = self.low.saturating_add(other.low);
        self.best = self.best.saturating_add(other.best);
        self.high = self.high.saturating_add(other.high);
        self.open |= other.open;
        self.has_best |= other.has_best;
        self.lost_best |= other.lost_best;
        self.events += other.events;
        self.unknown += other.unknown;
        self.no_claim += other.no_claim;
        self.no_best += other.no_best;
        self.flagged += other.flagged;
    }

    pub(in crate::derive) fn sums(&self) -> Sums {
        let count = |n: u32| n as usize;
        Sums {
            low: self.low,
            best: (self.has_best && !self.lost_best).then_some(self.best),
            high: (!self.open).then_some(self.high),
            high_at_least: self.high,
            events: count(self.events),
            unknown: count(self.unknown),
            no_claim: count(self.no_claim),
            no_best: count(self.no_best),
            flagged: count(self.flagged),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::share;

    #[test]
    fn seven_people_over_three_days() {
        assert_eq!([0, 1, 2].map(|day| share(7, day, day + 1, 3)), [3, 2, 2]);
        assert_eq!([0, 1, 2].map(|day| share(1, day, day + 1, 3)), [1, 0, 0]);
    }

    proptest! {
        #[test]
        fn shares_follow_the_rule_and_lose_nobody(n in 0_u64..1000, days in 1_u64..100, cut in 0_u64..100) {
            for day in 0..days {
                prop_assert_eq!(share(n, day, day + 1, days), n.saturating_sub(day).div_ceil(days));
            }
            let cut = cut.min(days);
            prop_assert_eq!(share(n, 0, cut, days) + share(n, cut, days, days), n);
        }

        #[test]
        fn shares_keep_the_order(a in 0_u64..1000, more in 0_u64..1000, days in 1_u64..100, day in 0_u64..100) {
            let day = day.min(days - 1);
            prop_assert!(share(a, day, day + 1, days) <= share(a + more, day, day + 1, days));
        }
    }
}
