//! The chart that is shown into a file or onto the clipboard: laid out and written in a job, by the same way as
//! `dateline chart`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::derive::series::Basis;
use crate::exchange::chart::{self, Size};
use crate::exchange::export::codebook_path;
use crate::exchange::picture::{self, Pixels};
use crate::file;
use crate::platform::{Ask, Clip};
use crate::scene::chart::{Imprint, words};
use crate::store::save::save;
use crate::ui::chart::Shown;
use crate::ui::chart_form::{ChartForm, ChartWish};
use crate::ui::dialogs::Dialog;

use super::App;
use super::files::{Outcome, file_name};

impl App {
    /// What the chart shows; worked out anew where the project changed since it was drawn.
    fn chart_shown(&mut self) -> Option<Shown> {
        let view = self.open.as_ref()?.view(&*self.platform, &self.settings);
        Some(self.panels.chart.shown(&view))
    }

    /// Asks how the chart is exported.
    pub(super) fn ask_chart_export(&mut self) {
        if let Some(shown) = self.chart_shown() {
            self.dialog = Some(Dialog::ExportChart(Box::new(ChartForm::new(words::title(&shown.chart)))));
        }
    }

    /// Asks where the chart goes.
    pub(super) fn ask_where_chart_goes(&mut self, wish: ChartWish) {
        let Some(open) = &self.open else { return };
        let title = open.title();
        let stem = Path::new(&title).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let ending = wish.output.ending();
        let name = format!("{} chart.{ending}", stem.replace(['/', '\\'], "-"));
        self.charting = Some(wish);
        self.ask(Ask::Export(name, ending), None);
    }

    /// Goes on with the place that was chosen. A dialog of the system has asked about the name that it gave.
    pub(super) fn chart_to(&mut self, path: PathBuf, asked: bool) {
        let Some(wish) = &self.charting else { return };
        let full = if path.extension().is_none() { path.with_extension(wish.output.ending()) } else { path.clone() };
        if self.path().is_some_and(|own| own == full) {
            self.complain(format!("{} is the project itself. Choose another name to export to", file_name(&full)));
        } else if (!asked || full != path) && full.exists() {
            self.dialog = Some(Dialog::OverwriteExport(full));
        } else {
            self.start_charting(full);
        }
    }

    pub(super) fn start_charting(&mut self, path: PathBuf) {
        let (Some(shown), Some(wish)) = (self.chart_shown(), self.charting.take()) else { return };
        let Some(open) = &self.open else { return };
        let (project, derived) = (open.session.project().clone(), Arc::clone(&open.derived));
        let today = self.platform.today();
        self.jobs.start(format!("Exporting {}", file_name(&path)), false, move |_| {
            let (filter, other) = (shown.filter.as_deref(), shown.other.as_deref());
            let basis = Basis { project: &project, derived: &derived, filter, other, today };
            let imprint = chart::imprint(&basis, &shown.chart, &wish.title, file::hash(&project));
            let imprint = Imprint { printed: wish.printed, ..imprint };
            let written = chart::export(&basis, &shown.chart, &imprint, wish.size, wish.output);
            let written = written.map_err(|error| error.to_string()).and_then(|written| {
                let put = |path: &Path, bytes: &[u8]| save(path, bytes, None).map(|_| ()).map_err(|e| e.of_other());
                put(&path, &written.bytes)?;
                written.codebook.map_or(Ok(()), |codebook| put(&codebook_path(&path), codebook.as_bytes()))
            });
            Outcome::Charted(written.map(|()| format!("{} to {}", words::title(&shown.chart), path.display())))
        });
    }

    /// Says what became of the export of a chart.
    pub(super) fn charted(&mut self, result: Result<String, String>) {
        match result {
            Ok(text) => self.panels.toasts.say(text, false),
            Err(reason) => self.complain(reason),
        }
    }

    /// Puts the picture of the chart on the clipboard.
    pub(super) fn copy_chart(&mut self) {
        let Some(shown) = self.chart_shown() else { return };
        let Some(open) = &self.open else { return };
        let (project, derived) = (open.session.project().clone(), Arc::clone(&open.derived));
        let today = self.platform.today();
        self.jobs.start("Copying the chart".to_owned(), false, move |_| {
            let (filter, other) = (shown.filter.as_deref(), shown.other.as_deref());
            let basis = Basis { project: &project, derived: &derived, filter, other, today };
            let imprint = chart::imprint(&basis, &shown.chart, "", file::hash(&project));
            let pixels = picture::pixels(&chart::scene(&shown.chart, &imprint, Size::default()), 2.0);
            Outcome::Pictured(pixels.map_err(|error| error.to_string()))
        });
    }

    /// Keeps the picture for the next frame that is drawn.
    pub(super) fn pictured(&mut self, result: Result<Pixels, String>) {
        match result {
            Ok(pixels) => {
                self.picture_to_copy = Some(pixels);
                self.panels.toasts.say("Copied the chart as a picture", false);
            }
            Err(reason) => self.complain(reason),
        }
    }

    /// Puts the numbers behind the chart on the clipboard: as text with tabs, and as a table.
    pub(super) fn copy_numbers(&mut self) {
        let Some(shown) = self.chart_shown() else { return };
        let Some(open) = &self.open else { return };
        let (project, derived) = (open.session.project().clone(), Arc::clone(&open.derived));
        let today = self.platform.today();
        let name = "Copying the numbers of the chart".to_owned();
        self.jobs.start(name.clone(), false, move |_| {
            let (filter, other) = (shown.filter.as_deref(), shown.other.as_deref());
            let basis = Basis { project: &project, derived: &derived, filter, other, today };
            let (text, html) = chart::tsv(&basis, &shown.chart);
            Outcome::Copied(Some(Clip { text, html: Some(html) }), name)
        });
    }

    /// Puts a picture that waits on the clipboard.
    pub(super) fn put_picture_on_clipboard(&mut self, ctx: &egui::Context) {
        if let Some(Pixels { width, height, rgba }) = self.picture_to_copy.take() {
            ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied([width, height], &rgba));
        }
    }
}
