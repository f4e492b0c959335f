//! The program: arguments, then the window on the real platform. Everything else is in the library.

use std::process::ExitCode;
use std::sync::Arc;

use dateline::app::{App, Start};
use dateline::cli;
use dateline::platform::Native;
use dateline::store::settings::{self, Settings};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        cli::Start::Done(code) => code,
        cli::Start::Window(file) => window(file),
    }
}

fn window(file: Option<std::path::PathBuf>) -> ExitCode {
    let settings_folder = settings::folder();
    let (settings, warning) = match &settings_folder {
        Ok(folder) => {
            let (settings, warning) = Settings::load(folder);
            (settings, warning.map(|warning| warning.to_string()))
        }
        Err(error) => (Settings::default(), Some(error.to_string())),
    };
    if let Some(warning) = warning {
        eprintln!("dateline: {warning}");
    }
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("dateline")
        .with_title("Dateline")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 600.0]);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let start = Start { file, inline_jobs: false, settings, settings_folder: settings_folder.ok() };
    let app = eframe::run_native(
        "dateline",
        options,
        Box::new(|cc| Ok(Box::new(App::new(&cc.egui_ctx, Arc::new(Native::default()), start)))),
    );
    match app {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dateline: the window could not be opened: {error}");
            eprintln!("`dateline --help` lists what works without a window.");
            ExitCode::FAILURE
        }
    }
}
