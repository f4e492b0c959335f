//! Splitting events by time: which bin takes an event, and what stands apart.

use jiff::civil::Date;
use rayon::prelude::*;

use super::sums::{Addend, Sums};
use super::{Account, Bucket, Gathered, Group, Placing, Totals, count};
use crate::derive::calendar::{self, Bin, BinSize, Unit, day_number};
use crate::derive::columnar::{Day, OPEN_END, OPEN_START, day_of, parts_of};
use crate::model::Weeks;

/// At most so many bins: beyond that the next larger size is taken.
pub const MAX_BINS: u64 = 5_000;

/// An interval longer than this does not stretch the axis by which automatic bins are chosen.
const LONG: u64 = 366;

/// The first and last day of an interval, which may be open.
pub(in crate::derive) type Ends = (Day, Day);

fn first_of(ends: Ends) -> Option<Day> {
    Some(ends.0).filter(|day| *day != OPEN_START)
}

fn last_of(ends: Ends) -> Option<Day> {
    Some(ends.1).filter(|day| *day != OPEN_END)
}

fn closed(ends: Ends) -> Option<(Day, Day)> {
    first_of(ends).zip(last_of(ends))
}

/// Days from the first to the last, both included.
fn days_between(first: Day, last: Day) -> u64 {
    u64::try_from(day_number(parts_of(last)) - day_number(parts_of(first)) + 1).unwrap_or(0)
}

/// The number of the bin of a day.
fn number(unit: Unit, day: Day) -> i32 {
    unit.number(parts_of(day))
}

/// How many bins from that of the first to that of the last day.
fn bins_between(unit: Unit, first: Day, last: Day) -> u64 {
    u64::try_from(number(unit, last) - number(unit, first) + 1).unwrap_or(0)
}

/// The days on which an event is put, from first to last. `None` where no bin of this unit takes it.
fn days_of(ends: Ends, unit: Unit, placing: Placing) -> Option<(Day, Day)> {
    let one = |day: Option<Day>| day.map(|day| (day, day));
    match placing {
        Placing::Within => closed(ends)
            .filter(|(first, last)| number(unit, *first) == number(unit, *last))
            .and_then(|days| one(Some(days.0))),
        Placing::Start => one(first_of(ends)),
        Placing::End => one(last_of(ends)),
        Placing::Spread => closed(ends),
    }
}

/// From the first to the last of many days.
fn span(days: impl Iterator<Item = (Day, Day)>) -> Option<(Day, Day)> {
    days.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
}

/// From the first to the last day of intervals that have both; of those that last no longer than a year, if any does.
fn stretch(intervals: &[Ends]) -> Option<(Date, Date)> {
    let days = || intervals.iter().filter_map(|ends| closed(*ends));
    let short = days().filter(|(first, last)| days_between(*first, *last) <= LONG);
    let (first, last) = span(short).or_else(|| span(days()))?;
    day_of(first).zip(day_of(last))
}

/// From the first to the last day that events are put on.
fn axis(intervals: &[Ends], unit: Unit, placing: Placing) -> Option<(Day, Day)> {
    let days = intervals.par_iter().filter_map(|ends| days_of(*ends, unit, placing));
    days.reduce_with(|(first, last), (from, to)| (first.min(from), last.max(to)))
}

/// The unit in force, and whether it had to be larger than asked.
fn unit_for(intervals: &[Ends], size: BinSize, placing: Placing, weeks: Weeks) -> (Unit, bool) {
    let asked = match size {
        BinSize::Fixed(unit) => unit,
        BinSize::Auto => stretch(intervals).map_or(Unit::Day, |(first, last)| size.unit(first, last)),
    };
    let asked = asked.with_weeks(weeks);
    let mut unit = asked;
    while let Some((first, last)) = axis(intervals, unit, placing)
        && bins_between(unit, first, last) > MAX_BINS
        && let Some(larger) = unit.larger()
    {
        unit = larger.with_weeks(weeks);
    }
    (unit, unit != asked)
}

/// The number of the bucket of events without a date.
pub(in crate::derive) const UNDATED: usize = 0;
/// The number of the bucket of dated events that no bin takes.
pub(in crate::derive) const NOT_PLACED: usize = 1;
/// The number of the bucket of the first bin.
pub(in crate::derive) const FIRST: usize = 2;
/// In the place of a number: in every bin of its days.
pub(in crate::derive) const SHARED: usize = usize::MAX;

/// Bins that follow each other, and which of them takes what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::derive) struct Axis {
    pub unit: Unit,
    placing: Placing,
    /// Whether the unit had to be larger than asked.
    larger: bool,
    /// The first day; `None` where nothing stands on it.
    from: Option<Day>,
    bins: usize,
}

impl Axis {
    /// The axis for these intervals; `weeks` is the day on which the project's begin.
    pub(in crate::derive) fn of(used: &[Ends], size: BinSize, placing: Placing, weeks: Weeks) -> Self {
        let (unit, larger) = unit_for(used, size, placing, weeks);
        let days = axis(used, unit, placing);
        let bins = days.map_or(0, |(first, last)| bins_between(unit, first, last));
        Self {
            unit,
            placing,
            larger,
            from: days.map(|(first, _)| first),
            bins: usize::try_from(bins).unwrap_or_default(),
        }
    }

    /// How many buckets it has: bins, and those of what stands apart.
    pub(in crate::derive) fn buckets(&self) -> usize {
        FIRST + self.bins
    }

    /// The number of the bucket of the bin in which a day of the axis lies.
    fn bucket(&self, day: Day) -> usize {
        let from = self.from.map_or(0, |from| number(self.unit, from));
        let bin = usize::try_from(number(self.unit, day) - from).ok().filter(|bin| *bin < self.bins);
        bin.map_or(NOT_PLACED, |bin| FIRST + bin)
    }

    /// The number of the bucket into which an interval goes.
    pub(in crate::derive) fn goes(&self, ends: Ends) -> usize {
        match days_of(ends, self.unit, self.placing) {
            None => NOT_PLACED,
            Some((first, last)) => Some(self.bucket(first)).filter(|at| *at == self.bucket(last)).unwrap_or(SHARED),
        }
    }

    /// The buckets of the days of an interval that is shared.
    pub(in crate::derive) fn shared(&self, ends: Ends) -> std::ops::Range<usize> {
        days_of(ends, self.unit, self.placing).map_or(0..0, |(first, last)| self.bucket(first)..self.bucket(last) + 1)
    }

    /// What each bucket gets of what is shared.
    pub(in crate::derive) fn shares(&self, addend: Addend, ends: Ends) -> impl Iterator<Item = (usize, Addend)> {
        let days = days_of(ends, self.unit, self.placing);
        let dates = days.and_then(|(first, last)| day_of(first).zip(day_of(last)));
        let bins = dates.into_iter().flat_map(move |(first, last)| {
            let length = calendar::days_between(first, last);
            bins_of(self.unit, first, last).map(move |bin| share(addend, first, last, length, bin))
        });
        self.shared(ends).zip(bins)
    }

    /// The bucket of the first bin of what is shared, and how many of its days have gone at the end of each bin.
    pub(in crate::derive) fn cuts(&self, ends: Ends) -> (usize, Vec<u64>) {
        let days = days_of(ends, self.unit, self.placing);
        let Some((first, last)) = days.and_then(|(first, last)| day_of(first).zip(day_of(last))) else {
            return (NOT_PLACED, Vec::new());
        };
        let gone = bins_of(self.unit, first, last).map(|bin| calendar::days_between(first, bin.last.min(last)));
        (self.shared(ends).start, gone.collect())
    }

    /// Its bins by time.
    pub(in crate::derive) fn bins(&self) -> impl Iterator<Item = Bin> {
        let first = self.from.and_then(day_of).map(|day| self.unit.bin_of(day));
        std::iter::successors(first, Bin::next).take(self.bins)
    }

    /// Whether it has more bins than are shown: then those without events are left out.
    pub(in crate::derive) fn is_too_long(&self) -> bool {
        self.bins > usize::try_from(MAX_BINS).unwrap_or(usize::MAX)
    }
}

/// The bins of an axis while they are filled, and what stands apart from them.
struct Bins {
    axis: Axis,
    buckets: Vec<Bucket>,
}

impl Bins {
    fn new(axis: Axis) -> Self {
        Self { axis, buckets: vec![Bucket::default(); axis.buckets()] }
    }

    /// Adds up and notes who stands where: each on a core of its own. `ends` tells the days of what is shared. Gives
    /// back what all of it adds up to.
    fn fill(
        &mut self,
        gathered: &Gathered<'_>,
        goes: &(impl Fn(u32) -> usize + Sync),
        ends: &(impl Fn(u32) -> Ends + Sync),
    ) -> Sums {
        let whole = |slot: u32| Some(goes(slot)).filter(|number| *number != SHARED);
        let buckets = self.buckets.len();
        let (sums, shared) = rayon::join(|| gathered.add_up(whole, buckets), || self.stand(gathered, goes, ends));
        self.buckets.iter_mut().zip(&sums).for_each(|(bucket, sums)| bucket.adder.join(sums));
        let mut total = gathered.summed();
        sums.iter().for_each(|sums| total.join(sums));
        for slot in shared {
            let addend = gathered.addend(slot);
            total.add(addend);
            for (at, share) in self.axis.shares(addend, ends(slot)) {
                self.buckets[at].adder.add(share);
            }
        }
        total.sums()
    }

    /// Notes who stands where, in order. Gives back those that are shared.
    fn stand(
        &mut self,
        gathered: &Gathered<'_>,
        goes: &impl Fn(u32) -> usize,
        ends: &impl Fn(u32) -> Ends,
    ) -> Vec<u32> {
        let mut shared = Vec::new();
        for slot in &gathered.plain {
            match goes(*slot) {
                SHARED => {
                    self.axis.shared(ends(*slot)).for_each(|number| self.buckets[number].slots.push(*slot));
                    shared.push(*slot);
                }
                number => self.buckets[number].slots.push(*slot),
            }
        }
        shared
    }

    fn take(&mut self, number: usize) -> Bucket {
        std::mem::take(&mut self.buckets[number])
    }

    /// The bins of the axis by time. Empty ones stand between others, where they are not too many.
    fn groups(self) -> Vec<Group> {
        let too_many = self.axis.is_too_long();
        let pairs = self.axis.bins().zip(self.buckets.into_iter().skip(FIRST));
        pairs
            .filter(|(_, bucket)| !too_many || !bucket.slots.is_empty())
            .map(|(bin, bucket)| group(bin, bucket))
            .collect()
    }
}

/// The bins from the first to the last day.
fn bins_of(unit: Unit, first: Date, last: Date) -> impl Iterator<Item = Bin> {
    std::iter::successors(Some(unit.bin_of(first)), Bin::next).take_while(move |bin| bin.first <= last)
}

/// The intervals of dates that are used, without that of no date.
pub(in crate::derive) fn used(intervals: &[Ends], is_used: &[bool]) -> Vec<Ends> {
    intervals.iter().zip(is_used).skip(1).filter(|(_, used)| **used).map(|(ends, _)| *ends).collect()
}

/// For each date the number of the bucket into which it goes.
pub(in crate::derive) fn goes(axis: &Axis, intervals: &[Ends], is_used: &[bool]) -> Vec<usize> {
    let where_to = |(ends, used): (&Ends, &bool)| if *used { axis.goes(*ends) } else { NOT_PLACED };
    let mut goes: Vec<usize> = intervals.par_iter().zip(is_used).map(where_to).collect();
    goes[0] = UNDATED;
    goes
}

/// Fills in the groups and what stands apart.
pub(super) fn split(totals: &mut Totals, gathered: &Gathered<'_>, size: BinSize, placing: Placing) {
    let dates = gathered.table.dates();
    let code = |slot: u32| dates.codes()[slot as usize] as usize;
    let intervals: Vec<Ends> = dates.intervals().collect();
    let mut is_used = vec![false; intervals.len()];
    gathered.plain.iter().for_each(|slot| is_used[code(*slot)] = true);
    let weeks = gathered.project.about.almanac.weeks;
    let axis = Axis::of(&used(&intervals, &is_used), size, placing, weeks);
    let goes = goes(&axis, &intervals, &is_used);
    let mut bins = Bins::new(axis);
    totals.total = bins.fill(gathered, &|slot| goes[code(slot)], &|slot| intervals[code(slot)]);
    let (undated, not_placed) = (bins.take(UNDATED), bins.take(NOT_PLACED));
    totals.account.undated = undated.slots.len();
    totals.account.not_placed = not_placed.slots.len();
    totals.account.placed = gathered.plain.len() - undated.slots.len() - not_placed.slots.len();
    totals.undated = undated.named("undated", "undated");
    totals.not_placed = not_placed.named("not_placed", "not placed");
    totals.unit = Some(axis.unit);
    totals.stated = axis.stated(&totals.account);
    totals.groups = bins.groups();
}

/// What the days of a bin get of an event that is spread from `first` to `last`.
fn share(addend: Addend, first: Date, last: Date, days: u64, bin: Bin) -> Addend {
    if bin.contains(first) && bin.contains(last) {
        return addend;
    }
    let before = calendar::days_between(first, bin.first.max(first)).saturating_sub(1);
    addend.share(before, calendar::days_between(first, bin.last.min(last)), days)
}

fn group(bin: Bin, bucket: Bucket) -> Group {
    Group { bin: Some(bin), ..bucket.named(&bin.key(), &bin.long()) }
}

impl Axis {
    /// How events were placed, in sentences.
    pub(in crate::derive) fn stated(&self, account: &Account) -> Vec<String> {
        let mut stated = Vec::new();
        let (unit, placing) = (self.unit, self.placing);
        if let Unit::Week(weeks) = unit {
            stated.push(format!("{weeks}."));
        }
        if self.larger {
            let bins = count(usize::try_from(MAX_BINS).unwrap_or(usize::MAX), "bin");
            stated.push(format!("By {}: smaller bins would be more than {bins}.", unit.key()));
        }
        match placing {
        Placing::Within => {}
        Placing::Start => stated.push("Events are placed at their first possible day.".to_owned()),
        Placing::End => stated.push("Events are placed at their last possible day.".to_owned()),
        Placing::Spread => stated.push(
            "Events are spread evenly over the days of their dates: a bin counts every event that has a share in it."
                .to_owned(),
        ),
    }
        if account.not_placed > 0 {
            let events = count(account.not_placed, "event");
            let why = match placing {
                Placing::Within => format!("date does not fit one {}", unit.key()),
                Placing::Start => "first day is open".to_owned(),
                Placing::End => "last day is open".to_owned(),
                Placing::Spread => "date is open at one end".to_owned(),
            };
            stated.push(format!("Not placed: {events} whose {why}."));
        }
        if account.undated > 0 {
            stated.push(format!("Undated: {}.", count(account.undated, "event")));
        }
        if self.is_too_long() {
            stated.push("Bins without events are left out: there would be too many.".to_owned());
        }
        stated
    }
}
