//! The real workbench without a window, for benchmarks: frames with input, user interface and tessellation.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::app::{App, Start};
use dateline::file;
use dateline::model::Project;
use dateline::platform::Scripted;
use dateline::store::settings::Settings;
use egui::{Event as Input, Key, Modifiers, RawInput, Rect, Vec2, pos2, vec2};

const SIZE: Vec2 = vec2(1440.0, 900.0);

/// The workbench with its context, driven without a window.
pub struct Bench {
    pub ctx: egui::Context,
    pub app: App,
    frame: eframe::Frame,
    time: f64,
}

impl Bench {
    /// A workbench with this project open, from a file.
    pub fn new(project: &Project) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("large.ron");
        std::fs::write(&path, file::write(project)).expect("a writable folder");
        let ctx = egui::Context::default();
        let start = Start { file: Some(path), inline_jobs: true, settings: Settings::default(), settings_folder: None };
        let app = App::new(&ctx, Arc::new(Scripted::new([])), start);
        let mut bench = Self { ctx, app, frame: eframe::Frame::_new_kittest(), time: 0.0 };
        for _ in 0..10 {
            bench.frame(Vec::new());
        }
        assert_eq!(bench.app.project().map(|open| open.events.len()), Some(project.events.len()));
        bench
    }

    /// One frame with this input: user interface and tessellation.
    pub fn frame(&mut self, events: Vec<Input>) -> usize {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), SIZE)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let mut output = self.ctx.run_ui(input, |ui| {
            let ctx = ui.ctx().clone();
            eframe::App::logic(app, &ctx, frame);
            eframe::App::ui(app, ui, frame);
        });
        // There is no graphics card to hand the textures to.
        output.textures_delta.clear();
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }
}

/// A key, pressed and let go.
pub fn key(key: Key, modifiers: Modifiers) -> Vec<Input> {
    let press = |pressed| Input::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    vec![press(true), press(false)]
}

/// The frames of one act.
pub struct Act<'a> {
    /// The workbench.
    pub bench: &'a mut Bench,
    frames: Vec<Duration>,
}

impl Act<'_> {
    /// A frame with this input, timed.
    pub fn frame(&mut self, input: Vec<Input>) {
        let start = Instant::now();
        std::hint::black_box(self.bench.frame(input));
        self.frames.push(start.elapsed());
    }

    /// A key, and what follows from it in the next frames.
    pub fn press(&mut self, pressed: Key, modifiers: Modifiers) {
        self.frame(key(pressed, modifiers));
        self.rest(2);
    }

    /// A text, letter by letter.
    pub fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.frame(vec![Input::Text(letter.to_string())]);
            self.rest(1);
        }
    }

    /// Frames in which nothing happens.
    pub fn rest(&mut self, frames: usize) {
        (0..frames).for_each(|_| self.frame(Vec::new()));
    }
}

/// Runs an act and prints its frames; says whether one was late.
pub fn act(bench: &mut Bench, name: &str, run: impl FnOnce(&mut Act<'_>)) -> bool {
    const LATE: Duration = Duration::from_millis(8);
    let mut act = Act { bench, frames: Vec::new() };
    run(&mut act);
    let mut frames = act.frames;
    frames.sort_unstable();
    let at = |share: usize| frames[(frames.len() * share / 100).min(frames.len() - 1)].as_secs_f64() * 1e3;
    let late = frames.iter().filter(|frame| **frame > LATE).count();
    println!(
        "{name:<42} {:>6} frames  median {:>6.2} ms  99 % {:>6.2} ms  slowest {:>6.2} ms  over 8 ms: {late}",
        frames.len(),
        at(50),
        at(99),
        at(100)
    );
    late > 0
}
