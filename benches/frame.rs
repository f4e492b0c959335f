//! How long the window takes for a frame: the whole workbench on 10,000 events, user interface and tessellation.
//!
//! The goal is under 4 ms. The load of the machine is not known to this benchmark: say it beside the figure.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::model::{Article, Claim, Class, Event, EventDate, Measure, Project, Quantity, Quote, Records};
use egui::{Event as Input, Key, Modifiers, Pos2, pos2};
use jiff::SignedDuration;
use jiff::civil::date;
use window::{Bench, key};

mod window;

const EVENTS: u32 = 10_000;

fn project() -> Project {
    let text = "Shells fell on the village. Three people were killed, the district said.\n\n".repeat(20);
    let articles: Vec<Article> = (0..200)
        .map(|n| Article::new(format!("a-{n}").parse().expect("an id"), &format!("Report {n}"), &text))
        .collect();
    let events: Vec<Event> = (0..EVENTS)
        .map(|n| {
            let mut event = Event::new(format!("e-{n}").parse().expect("an id"));
            let day = date(2022, 1, 1).saturating_add(SignedDuration::from_hours(24 * i64::from(n % 360)));
            event.when = Some(EventDate::day(day));
            event.title = format!("Shelling of village {n}").into();
            event.location.name = format!("Village {}", n % 700).into();
            event.location.country = format!("Country {}", n % 40).into();
            event.kind = "shelling".into();
            event
        })
        .collect();
    let claims = events.iter().zip(0_usize..).map(|(event, n)| {
        let article = &articles[n % articles.len()];
        let quotes = Quote::of(article.id, &article.text, 28, 51).into_iter().collect();
        let quantity = Quantity::AtLeast(3 + n as u64 % 9);
        Claim { quotes, ..Claim::new(event.id, Measure::Killed, Class::TOTAL, quantity) }
    });
    let (claims, _) = Records::from_list(claims.collect::<Vec<_>>());
    let (events, _) = Records::from_list(events);
    let (articles, _) = Records::from_list(articles);
    Project { articles, events, claims, ..Project::titled("Ten thousand events") }
}

/// Where the chart of the side stands in the window.
const CHART: Pos2 = pos2(1250.0, 300.0);

/// A turn of the wheel over the chart.
fn wheel(points: f32) -> Vec<Input> {
    let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
    let source = egui::MouseWheelSource::Unknown;
    let delta = egui::vec2(0.0, points);
    vec![Input::PointerMoved(CHART), Input::MouseWheel { unit, delta, phase, modifiers: Modifiers::NONE, source }]
}

fn run(c: &mut Criterion) {
    let mut group = c.benchmark_group("a frame with 10,000 events");
    let mut bench = Bench::new(&project());
    group.bench_function("nothing happens", |b| b.iter(|| black_box(bench.frame(Vec::new()))));
    // The table has the keyboard: Ctrl and 3.
    bench.frame(key(Key::Num3, Modifiers::COMMAND));
    group.bench_function("arrow down in the table", |b| {
        b.iter(|| black_box(bench.frame(key(Key::ArrowDown, Modifiers::NONE))))
    });
    // The chart is laid out, painted and tessellated anew in each of these frames.
    let mut near = false;
    group.bench_function("the wheel over the chart, nearer and farther", |b| {
        b.iter(|| {
            near = !near;
            black_box(bench.frame(wheel(if near { 60.0 } else { -60.0 })))
        });
    });
    group.finish();
}

criterion_group!(frames, run);
criterion_main!(frames);
