//! The days of events as numbers of distinct intervals: events of a project share few of them.

use std::sync::OnceLock;

use foldhash::fast::RandomState;
use indexmap::IndexSet;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::model::EventDate;

/// A day as a number that sorts like it: 20220916.
pub type Day = i32;

/// Where the days of an event begin that begins nowhere, or end that ends nowhere.
pub const OPEN_START: Day = Day::MIN + 1;
/// Where the days of an event end that does not.
pub const OPEN_END: Day = Day::MAX;
/// The first and last day of an event without a date.
pub const UNDATED: Day = Day::MIN;

/// Year, month and day of a number.
pub(in crate::derive) fn parts_of(number: Day) -> (i32, i32, i32) {
    let (year, rest) = (number.div_euclid(10_000), number.rem_euclid(10_000));
    (year, rest / 100, rest % 100)
}

/// A day as a number.
pub fn number_of(day: Date) -> Day {
    i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())
}

/// The day of a number. `None` where it is an open end or no date.
pub fn day_of(number: Day) -> Option<Date> {
    let (year, month, day) = parts_of(number);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// First and last day of every slot.
#[derive(Debug, Clone)]
pub struct Dates {
    codes: Vec<u32>,
    /// No date is the first one.
    intervals: IndexSet<(Day, Day), RandomState>,
    /// The place of each interval among all, made when it is first wanted. A new interval undoes it.
    ranks: OnceLock<Vec<u32>>,
}

impl Default for Dates {
    fn default() -> Self {
        Self { codes: Vec::new(), intervals: std::iter::once((UNDATED, UNDATED)).collect(), ranks: OnceLock::new() }
    }
}

impl Dates {
    pub(super) fn of(dates: impl Iterator<Item = Option<EventDate>>) -> Self {
        let mut new = Self::default();
        new.codes = dates.map(|when| new.code(when)).collect();
        new
    }

    fn code(&mut self, when: Option<EventDate>) -> u32 {
        let interval = when.map_or((UNDATED, UNDATED), |when| {
            (when.earliest().map_or(OPEN_START, number_of), when.latest().map_or(OPEN_END, number_of))
        });
        let (code, is_new) = self.intervals.insert_full(interval);
        if is_new {
            self.ranks.take();
        }
        super::count(code)
    }

    pub(super) fn push(&mut self) {
        self.codes.push(0);
    }

    pub(super) fn set(&mut self, slot: usize, when: Option<EventDate>) {
        self.codes[slot] = self.code(when);
    }

    /// The number of the interval of each slot; 0 is no date.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The distinct intervals, by number: [`OPEN_START`] or the first possible day, [`OPEN_END`] or the last.
    pub fn intervals(&self) -> impl ExactSizeIterator<Item = (Day, Day)> {
        self.intervals.iter().copied()
    }

    /// The place of each distinct interval, by number, among all: by its first day, then by its last.
    pub fn ranks(&self) -> &[u32] {
        self.ranks.get_or_init(|| {
            let mut sorted: Vec<((Day, Day), u32)> = self.intervals().zip(0..).collect();
            sorted.par_sort_unstable();
            let mut ranks = vec![0; sorted.len()];
            sorted.into_iter().zip(0..).for_each(|((_, code), rank)| ranks[code as usize] = rank);
            ranks
        })
    }

    /// First and last day of a slot.
    pub fn at(&self, slot: usize) -> (Day, Day) {
        // Every code is a number of the list.
        self.intervals[self.codes[slot] as usize]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_new_date_takes_its_place_among_the_others(old in prop::collection::vec("(|2022(-0[1-9])?|\\.\\./2022)", 0..6), new in prop::collection::vec("(|202[1-3](-0[1-9])?|2022/\\.\\.)", 0..6)) {
            let days = |texts: &[String]| texts.iter().map(|text| EventDate::parse(text).ok()).collect::<Vec<_>>();
            let mut patched = Dates::of(days(&old).into_iter());
            patched.ranks();
            for when in days(&new) {
                patched.push();
                patched.set(patched.codes.len() - 1, when);
                let intervals: Vec<(Day, Day)> = patched.intervals().collect();
                for (a, rank) in intervals.iter().zip(patched.ranks()) {
                    prop_assert_eq!(intervals.iter().filter(|b| *b < a).count(), *rank as usize);
                }
            }
        }
    }

    #[test]
    fn a_day_and_its_number_are_the_same_and_sort_alike() {
        let days = [
            Date::MIN,
            jiff::civil::date(-44, 3, 15),
            jiff::civil::date(0, 1, 1),
            jiff::civil::date(2022, 9, 16),
            Date::MAX,
        ];
        assert!(days.iter().all(|day| day_of(number_of(*day)) == Some(*day)));
        assert!(days.map(number_of).is_sorted());
        assert_eq!([UNDATED, OPEN_START, OPEN_END].map(day_of), [None; 3]);
    }
}
