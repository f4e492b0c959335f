//! Splitting events by time: which bin takes an event, and what stands apart.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::sums::Addend;
use super::{Bucket, Gathered, Group, Placing, Totals, count};
use crate::derive::calendar::{Bin, BinSize, Unit, days_between};
use crate::derive::columnar::{Columnar, day_of};

/// At most so many bins: beyond that the next larger size is taken.
pub const MAX_BINS: u64 = 5_000;

/// An interval longer than this does not stretch the axis by which automatic bins are chosen.
const LONG: u64 = 366;

/// The first and last day of an interval; `None` is an open end.
type Ends = (Option<Date>, Option<Date>);

/// The days on which an event is put, from first to last. `None` where no bin of this unit takes it.
fn days_of((earliest, latest): Ends, unit: Unit, placing: Placing) -> Option<(Date, Date)> {
    match placing {
        Placing::Within => {
            let (first, last) = earliest.zip(latest)?;
            unit.bin_of(first).contains(last).then_some((first, first))
        }
        Placing::Start => earliest.map(|day| (day, day)),
        Placing::End => latest.map(|day| (day, day)),
        Placing::Spread => earliest.zip(latest),
    }
}

/// From the first to the last day of intervals that have both; of those that last no longer than a year, if any does.
fn stretch(intervals: &[Ends]) -> Option<(Date, Date)> {
    let closed = intervals.iter().filter_map(|(first, last)| first.zip(*last));
    let span = |days: &mut dyn Iterator<Item = (Date, Date)>| {
        days.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
    };
    let mut short = closed.clone().filter(|(first, last)| days_between(*first, *last) <= LONG);
    span(&mut short).or_else(|| span(&mut closed.clone()))
}

/// From the first to the last day that events are put on.
fn axis(intervals: &[Ends], unit: Unit, placing: Placing) -> Option<(Date, Date)> {
    let days = intervals.iter().filter_map(|ends| days_of(*ends, unit, placing));
    days.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
}

/// The unit in force, and whether it had to be larger than asked.
fn unit_for(intervals: &[Ends], size: BinSize, placing: Placing) -> (Unit, bool) {
    let asked = match (size, stretch(intervals)) {
        (BinSize::Fixed(unit), _) => unit,
        (BinSize::Auto, Some((first, last))) => size.unit(first, last),
        (BinSize::Auto, None) => Unit::Day,
    };
    let mut unit = asked;
    while let Some((first, last)) = axis(intervals, unit, placing)
        && unit.count(first, last) > MAX_BINS
        && let Some(larger) = unit.larger()
    {
        unit = larger;
    }
    (unit, unit != asked)
}

/// Where an interval goes.
#[derive(Clone, Copy)]
enum Goes {
    Undated,
    NotPlaced,
    /// Into the bin of this number.
    Whole(usize),
    /// Into every bin from the first to the last day.
    Shared(Date, Date),
}

/// Bins while they are filled.
#[derive(Default)]
struct Bins {
    numbers: BTreeMap<Bin, usize>,
    buckets: Vec<Bucket>,
}

impl Bins {
    fn number(&mut self, bin: Bin) -> usize {
        let next = self.buckets.len();
        let number = *self.numbers.entry(bin).or_insert(next);
        if number == next {
            self.buckets.push(Bucket::default());
        }
        number
    }

    fn goes(&mut self, ends: Ends, unit: Unit, placing: Placing) -> Goes {
        match days_of(ends, unit, placing) {
            None => Goes::NotPlaced,
            Some((first, last)) if unit.bin_of(first).contains(last) => Goes::Whole(self.number(unit.bin_of(first))),
            Some((first, last)) => Goes::Shared(first, last),
        }
    }

    /// Shares an event out over the bins of its days.
    fn share(&mut self, slot: u32, addend: Addend, unit: Unit, (first, last): (Date, Date)) {
        let days = days_between(first, last);
        let mut next = Some(unit.bin_of(first));
        while let Some(bin) = next.filter(|bin| bin.first <= last) {
            let number = self.number(bin);
            self.buckets[number].add(slot, share(addend, first, last, days, bin));
            next = bin.next();
        }
    }

    /// The bins in which an event stands, by time.
    fn filled(mut self) -> BTreeMap<Bin, Bucket> {
        let full = self.numbers.into_iter().map(|(bin, number)| (bin, std::mem::take(&mut self.buckets[number])));
        full.filter(|(_, bucket)| !bucket.slots.is_empty()).collect()
    }
}

/// Fills in the groups and what stands apart.
pub(super) fn split(totals: &mut Totals, gathered: &Gathered<'_>, size: BinSize, placing: Placing) {
    let (table, dates) = (gathered.table, gathered.table.dates());
    let intervals: Vec<Ends> = dates.intervals().map(|(first, last)| (day_of(first), day_of(last))).collect();
    let mut is_used = vec![false; intervals.len()];
    gathered.plain.iter().for_each(|slot| is_used[dates.codes()[*slot as usize] as usize] = true);
    let used: Vec<Ends> =
        intervals.iter().zip(&is_used).skip(1).filter(|(_, used)| **used).map(|(ends, _)| *ends).collect();
    let (unit, larger) = unit_for(&used, size, placing);
    let (mut undated, mut not_placed, mut bins) = (Bucket::default(), Bucket::default(), Bins::default());
    let goes: Vec<Goes> = intervals
        .iter()
        .zip(is_used)
        .enumerate()
        .map(|(n, (ends, used))| match n {
            0 => Goes::Undated,
            _ if used => bins.goes(*ends, unit, placing),
            _ => Goes::NotPlaced,
        })
        .collect();
    for (slot, addend) in gathered.plain() {
        match goes[dates.codes()[slot as usize] as usize] {
            Goes::Undated => undated.add(slot, addend),
            Goes::NotPlaced => not_placed.add(slot, addend),
            Goes::Whole(number) => bins.buckets[number].add(slot, addend),
            Goes::Shared(first, last) => bins.share(slot, addend, unit, (first, last)),
        }
    }
    totals.account.undated = undated.slots.len();
    totals.account.not_placed = not_placed.slots.len();
    totals.account.placed = gathered.plain.len() - undated.slots.len() - not_placed.slots.len();
    totals.undated = undated.named("undated", "undated", table);
    totals.not_placed = not_placed.named("not_placed", "not placed", table);
    totals.unit = Some(unit);
    state(totals, unit, placing, larger);
    let bins = contiguous(bins.filled(), &mut totals.stated);
    totals.groups = bins.into_iter().map(|(bin, bucket)| group(bin, bucket, table)).collect();
}

/// What the days of a bin get of an event that is spread from `first` to `last`.
fn share(addend: Addend, first: Date, last: Date, days: u64, bin: Bin) -> Addend {
    if bin.contains(first) && bin.contains(last) {
        return addend;
    }
    let before = days_between(first, bin.first.max(first)).saturating_sub(1);
    addend.share(before, days_between(first, bin.last.min(last)), days)
}

fn group(bin: Bin, bucket: Bucket, table: &Columnar) -> Group {
    Group { bin: Some(bin), ..bucket.named(&bin.key(), &bin.long(), table) }
}

/// The bins from the first to the last without gaps, where they are not too many.
fn contiguous(mut bins: BTreeMap<Bin, Bucket>, stated: &mut Vec<String>) -> BTreeMap<Bin, Bucket> {
    let ends = bins.keys().next().copied().zip(bins.keys().next_back().copied());
    let Some((first, last)) = ends else { return bins };
    if first.unit.count(first.first, last.first) > MAX_BINS {
        stated.push("Bins without events are left out: there would be too many.".to_owned());
        return bins;
    }
    let mut next = first.next();
    while let Some(bin) = next.filter(|bin| bin.first < last.first) {
        bins.entry(bin).or_default();
        next = bin.next();
    }
    bins
}

/// How events were placed, in sentences.
fn state(totals: &mut Totals, unit: Unit, placing: Placing, larger: bool) {
    let stated = &mut totals.stated;
    if larger {
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
    if totals.account.not_placed > 0 {
        let events = count(totals.account.not_placed, "event");
        let why = match placing {
            Placing::Within => format!("date does not fit one {}", unit.key()),
            Placing::Start => "first day is open".to_owned(),
            Placing::End => "last day is open".to_owned(),
            Placing::Spread => "date is open at one end".to_owned(),
        };
        stated.push(format!("Not placed: {events} whose {why}."));
    }
    if totals.account.undated > 0 {
        stated.push(format!("Undated: {}.", count(totals.account.undated, "event")));
    }
}
