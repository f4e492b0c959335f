//! How long the window takes for a frame: the whole workbench on 10,000 events, user interface and tessellation.
//!
//! The goal is under 4 ms. The load of the machine is not known to this benchmark: say it beside the figure.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::app::{App, Start};
use dateline::file;
use dateline::model::{Article, Claim, Class, Event, EventDate, Measure, Project, Quantity, Quote, Records};
use dateline::platform::Scripted;
use dateline::store::settings::Settings;
use egui::{Event as Input, Key, Modifiers, RawInput, Rect, Vec2, pos2, vec2};
use jiff::SignedDuration;
use jiff::civil::date;

const EVENTS: u32 = 10_000;
const SIZE: Vec2 = vec2(1440.0, 900.0);

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

/// The workbench with its context, driven without a window.
struct Bench {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    time: f64,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("large.ron");
        std::fs::write(&path, file::write(&project())).expect("a writable folder");
        let ctx = egui::Context::default();
        let start = Start { file: Some(path), inline_jobs: true, settings: Settings::default(), settings_folder: None };
        let app = App::new(&ctx, Arc::new(Scripted::new([])), start);
        let mut bench = Self { ctx, app, frame: eframe::Frame::_new_kittest(), time: 0.0 };
        for _ in 0..10 {
            bench.frame(Vec::new());
        }
        assert_eq!(bench.app.project().map(|project| project.events.len()), Some(EVENTS as usize));
        bench
    }

    /// One frame with this input: user interface and tessellation.
    fn frame(&mut self, events: Vec<Input>) -> usize {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), SIZE)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let output = self.ctx.run_ui(input, |ui| {
            let ctx = ui.ctx().clone();
            eframe::App::logic(app, &ctx, frame);
            eframe::App::ui(app, ui, frame);
        });
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }
}

fn key(key: Key) -> Vec<Input> {
    let press = |pressed| Input::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    vec![press(true), press(false)]
}

fn run(c: &mut Criterion) {
    let mut group = c.benchmark_group("a frame with 10,000 events");
    let mut bench = Bench::new();
    group.bench_function("nothing happens", |b| b.iter(|| black_box(bench.frame(Vec::new()))));
    // The table has the keyboard: Ctrl and 3.
    bench.frame(vec![Input::Key {
        key: Key::Num3,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    }]);
    group.bench_function("arrow down in the table", |b| b.iter(|| black_box(bench.frame(key(Key::ArrowDown)))));
    group.finish();
}

criterion_group!(frames, run);
criterion_main!(frames);
