//! How long it takes to work a large project out, to follow one edit, and to sum it up.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use dateline::derive::Derived;
use dateline::derive::calendar::{BinSize, Unit};
use dateline::derive::totals::{By, Placing, Query, totals};
use dateline::filter::Filter;
use dateline::model::{Claim, Class, Event, EventDate, Measure, Project, Quantity, Records};
use jiff::civil::date;
use jiff::{SignedDuration, Span};

const EVENTS: u32 = 400_000;

fn event(n: u32) -> Event {
    let mut event = Event::new(format!("e-{n}").parse().expect("an id"));
    let first = date(2014, 1, 1).saturating_add(SignedDuration::from_hours(24 * i64::from(n % 3_600)));
    event.when = match n % 20 {
        0 => None,
        1 => EventDate::month(first.year(), first.month()).ok(),
        2 => EventDate::between(first, first.saturating_add(Span::new().days(4)), dateline::model::date::Span::Within)
            .ok(),
        _ => Some(EventDate::day(first)),
    };
    event.location.country = format!("Country {}", n % 40).into();
    event.location.name = format!("Village {}", n % 9_000).into();
    event.title = format!("Shelling of village {n}").into();
    event
}

/// One claim on every second event, two that differ on every tenth.
fn claims(n: u32) -> impl Iterator<Item = Claim> {
    let speakers = if n.is_multiple_of(10) { 2 } else { u32::from(n.is_multiple_of(2)) };
    (0..speakers).map(move |speaker| {
        let event = format!("e-{n}").parse().expect("an id");
        let quantity = Quantity::AtLeast(u64::from(n % 30 + speaker * 3));
        let speaker = format!("speaker {speaker}").into();
        Claim { speaker, ..Claim::new(event, Measure::Killed, Class::TOTAL, quantity) }
    })
}

fn project() -> Project {
    let (events, _) = Records::from_list((0..EVENTS).map(event));
    let (claims, _) = Records::from_list((0..EVENTS).flat_map(claims));
    Project { events, claims, ..Project::titled("Large") }
}

fn run(c: &mut Criterion) {
    let mut group = c.benchmark_group("400,000 events");
    group.sample_size(10);
    let project = project();
    group.bench_function("from scratch", |b| b.iter(|| Derived::from_scratch(black_box(&project))));

    let mut derived = Derived::from_scratch(&project);
    let mut edited = project.clone();
    let claim = project.claims.iter().next().expect("there are claims");
    edited.claims.replace(Claim { quantity: Quantity::Exactly(99), ..(**claim).clone() }).expect("it is there");
    group.bench_function("advance by one edit and back", |b| {
        b.iter(|| {
            derived.advance(&project, &edited);
            derived.advance(&edited, &project);
        });
    });

    for line in ["country=\"country 7\" killed>10", "date:2016-03 killed>3", "village"] {
        let filter = Filter::parse(line, &project).expect("a filter");
        group.bench_function(format!("filter {line}"), |b| b.iter(|| filter.search(black_box(&project), &derived)));
    }

    let by_month = By::Time(BinSize::Fixed(Unit::Month));
    for (name, by, placing) in [
        ("totals by month", by_month, Placing::Within),
        ("totals by month, spread", by_month, Placing::Spread),
        ("totals by country", By::Country, Placing::Within),
    ] {
        let query = Query { placing, ..Query::new(Measure::Killed, by) };
        group.bench_function(name, |b| {
            b.iter_batched(|| query.clone(), |query| totals(&project, &derived, &query), BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, run);
criterion_main!(benches);
