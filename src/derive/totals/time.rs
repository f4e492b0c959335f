//! Splitting events by time: which bin takes an event, and what stands apart.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::derive::calendar::{Bin, BinSize, Unit, days_between};
use crate::model::EventDate;

use super::sums::Addend;
use super::{Bucket, Group, Item, Placing, Totals, count};

/// At most so many bins: beyond that the next larger size is taken.
pub const MAX_BINS: u64 = 5_000;

/// An interval longer than this does not stretch the axis by which automatic bins are chosen.
const LONG: u64 = 366;

/// An event with its first and last day.
struct Placed<'a> {
    item: &'a Item<'a>,
    first: Date,
    last: Date,
}

/// The days on which an event is put, from first to last. `None` where no bin of this unit takes it.
fn days_of(when: &EventDate, unit: Unit, placing: Placing) -> Option<(Date, Date)> {
    let (earliest, latest) = (when.earliest(), when.latest());
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

/// From the first to the last day of events that have both; of those that last no longer than a year, if any does.
fn stretch<'a>(dates: impl Iterator<Item = &'a EventDate> + Clone) -> Option<(Date, Date)> {
    let closed = dates.filter_map(|when| when.earliest().zip(when.latest()));
    let span = |days: &mut dyn Iterator<Item = (Date, Date)>| {
        days.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
    };
    let mut short = closed.clone().filter(|(first, last)| days_between(*first, *last) <= LONG);
    span(&mut short).or_else(|| span(&mut closed.clone()))
}

/// From the first to the last day that events are put on.
fn axis(dates: &[EventDate], unit: Unit, placing: Placing) -> Option<(Date, Date)> {
    let days = dates.iter().filter_map(|when| days_of(when, unit, placing));
    days.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
}

/// The unit in force, and whether it had to be larger than asked.
fn unit_for(dates: &[EventDate], size: BinSize, placing: Placing) -> (Unit, bool) {
    let asked = match (size, stretch(dates.iter())) {
        (BinSize::Fixed(unit), _) => unit,
        (BinSize::Auto, Some((first, last))) => size.unit(first, last),
        (BinSize::Auto, None) => Unit::Day,
    };
    let mut unit = asked;
    while let Some((first, last)) = axis(dates, unit, placing)
        && unit.count(first, last) > MAX_BINS
        && let Some(larger) = unit.larger()
    {
        unit = larger;
    }
    (unit, unit != asked)
}

/// Fills in the groups and what stands apart.
pub(super) fn split(totals: &mut Totals, items: &[Item<'_>], size: BinSize, placing: Placing) {
    let dates: Vec<EventDate> = items.iter().filter_map(|item| item.event.when).collect();
    let (unit, larger) = unit_for(&dates, size, placing);
    let (mut undated, mut not_placed) = (Bucket::default(), Bucket::default());
    let mut bins: BTreeMap<Bin, Bucket> = BTreeMap::new();
    for item in items {
        let Some(when) = &item.event.when else {
            undated.add(item.event, item.addend);
            continue;
        };
        match days_of(when, unit, placing) {
            Some((first, last)) => put(&mut bins, unit, &Placed { item, first, last }),
            None => not_placed.add(item.event, item.addend),
        }
    }
    totals.account.undated = undated.events.len();
    totals.account.not_placed = not_placed.events.len();
    totals.account.placed = items.len() - undated.events.len() - not_placed.events.len();
    totals.undated = undated.named("undated", "undated");
    totals.not_placed = not_placed.named("not_placed", "not placed");
    totals.unit = Some(unit);
    state(totals, unit, placing, larger);
    totals.groups = contiguous(bins, &mut totals.stated).into_iter().map(|(bin, bucket)| group(bin, bucket)).collect();
}

/// Puts an event into its bin, or its shares into its bins.
fn put(bins: &mut BTreeMap<Bin, Bucket>, unit: Unit, placed: &Placed<'_>) {
    let Placed { item, first, last } = placed;
    let days = days_between(*first, *last);
    let mut next = Some(unit.bin_of(*first));
    while let Some(bin) = next.filter(|bin| bin.first <= *last) {
        bins.entry(bin).or_default().add(item.event, share(item.addend, *first, *last, days, bin));
        next = bin.next();
    }
}

/// What the days of a bin get of an event that is spread from `first` to `last`.
fn share(addend: Addend, first: Date, last: Date, days: u64, bin: Bin) -> Addend {
    if bin.contains(first) && bin.contains(last) {
        return addend;
    }
    let before = days_between(first, bin.first.max(first)).saturating_sub(1);
    addend.share(before, days_between(first, bin.last.min(last)), days)
}

fn group(bin: Bin, bucket: Bucket) -> Group {
    Group { bin: Some(bin), ..bucket.named(&bin.key(), &bin.long()) }
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
