//! How long it takes to work a large project out, to follow one edit, and to sum it up.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use dateline::derive::Derived;
use dateline::derive::calendar::{BinSize, Unit};
use dateline::derive::facet::Facet;
use dateline::derive::reports::{Asked, by_speaker, toll};
use dateline::derive::totals::{By, Placing, Query, totals};
use dateline::filter::Filter;
use dateline::model::{Claim, Class, Measure, Quantity};
use dateline::scene::toll_timeline::{Said, Shown, lay_out};
use dateline::scene::{EvenRuler, Room};

mod large;

fn run(c: &mut Criterion) {
    let mut group = c.benchmark_group("400,000 events");
    group.sample_size(10);
    let project = large::project();
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

    for line in ["country=\"country 7\" killed>10", "date:2016-03 killed>3", "ambush"] {
        let filter = Filter::parse(line, &project).expect("a filter");
        group.bench_function(format!("filter {line}"), |b| b.iter(|| filter.search(black_box(&project), &derived)));
    }

    let by_month = By::Time(BinSize::Fixed(Unit::Month));
    for (name, by, placing) in [
        ("totals by month", by_month, Placing::Within),
        ("totals by month, spread", by_month, Placing::Spread),
        ("totals by country", By::Of(Facet::Country), Placing::Within),
    ] {
        let query = Query { placing, ..Query::new(Measure::Killed, by) };
        group.bench_function(name, |b| {
            b.iter_batched(|| query.clone(), |query| totals(&project, &derived, &query), BatchSize::PerIteration);
        });
    }

    let project = large::with_reports(&project);
    let derived = Derived::from_scratch(&project);
    let asked = Asked { measure: Measure::Killed, class: Class::TOTAL, among: None };
    group.bench_function("toll as it became known", |b| b.iter(|| toll(&project, &derived, &asked, &|_| true)));
    group.bench_function("toll by speaker", |b| b.iter(|| by_speaker(&project, &derived, &asked, &|_| true)));
    // What follows from a turn of the wheel: laid out anew in the frame, whole and near.
    let known = toll(&project, &derived, &asked, &|_| true).expect("nobody stops it");
    let speakers = by_speaker(&project, &derived, &asked, &|_| true).expect("nobody stops it");
    for (name, shown) in [("toll", Shown::Toll(&known)), ("speakers", Shown::Speakers(&speakers))] {
        let said = Said::of(shown, &asked.measure, &asked.class);
        group.bench_function(format!("words of the {name}"), |b| {
            b.iter(|| Said::of(shown, &asked.measure, &asked.class))
        });
        for (how, seen) in [("whole", None), ("a year", Some((6_000.0, 6_365.0)))] {
            let room = Room { width: 640.0, height: 420.0, seen, almanac: project.about.almanac };
            let ruler = EvenRuler;
            group.bench_function(format!("lay out the {name}, {how}"), |b| {
                b.iter(|| lay_out(black_box(shown), &said, room, &ruler))
            });
        }
    }
    group.finish();
}

criterion_group!(benches, run);
criterion_main!(benches);
