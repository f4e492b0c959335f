//! The chart that is shown into a file or onto the clipboard: laid out and written in a job, by the same way as
//! `dateline chart`. While the event tab is open, its timeline of claims is meant.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::derive::Derived;
use crate::derive::reports::{Timeline, timeline};
use crate::derive::series::Basis;
use crate::exchange::chart::{self, BecameKnown, Output, Size, What, Written};
use crate::exchange::export::codebook_path;
use crate::exchange::picture::{self, Pixels};
use crate::file;
use crate::jobs::{Progress, Stopped};
use crate::model::{Class, EventId, Measure, Project};
use crate::platform::{Ask, Clip};
use crate::scene::Scene;
use crate::scene::chart::{Imprint, words};
use crate::store::save::save;
use crate::ui::SideTab;
use crate::ui::chart::Shown;
use crate::ui::chart::toll::{Answer, Task};
use crate::ui::chart_form::{ChartForm, ChartWish};
use crate::ui::dialogs::Dialog;

use super::App;
use super::exporting::Exported;
use super::files::{Outcome, file_name};

/// Which picture is meant.
pub enum Meant {
    /// Figures over time.
    Bars(Shown),
    /// The toll as it became known, or speaker by speaker.
    Toll(Task),
    /// The claims on one number of an event.
    Claims(EventId, Measure, Class),
}

/// A picture with the snapshot that it is of.
pub struct ToWrite {
    meant: Meant,
    project: Project,
    derived: Arc<Derived>,
    today: Date,
}

/// What became known, worked out.
enum Known {
    Answer(Answer),
    Claims(EventId, Timeline),
}

impl ToWrite {
    /// What the picture is called without a title of its own.
    fn title(&self) -> String {
        match &self.meant {
            Meant::Bars(shown) => words::title(&shown.chart),
            Meant::Toll(task) => task.title(),
            Meant::Claims(_, measure, class) => crate::scene::claims_timeline::title(measure, class),
        }
    }

    fn basis<'a>(&'a self, shown: &'a Shown) -> Basis<'a> {
        let (filter, other) = (shown.filter.as_deref(), shown.other.as_deref());
        Basis { project: &self.project, derived: &self.derived, filter, other, today: self.today }
    }

    /// Works out what became known of what is meant, and hands it on.
    fn known<T>(&self, progress: &Progress, then: impl FnOnce(&BecameKnown<'_>) -> T) -> Result<T, NotMade> {
        let (known, measure, class) = match &self.meant {
            Meant::Bars(_) => return Err(NotMade::gone()),
            Meant::Toll(task) => {
                let answer = task.make(&self.project, &self.derived, &|done| progress.report(done * WORKED_OUT));
                let answer = answer.ok_or(NotMade::Stopped)?;
                (Known::Answer(answer), &task.asked.measure, &task.asked.class)
            }
            Meant::Claims(event, measure, class) => {
                let timeline = timeline(&self.project, &self.derived, *event, measure, class);
                let timeline = timeline.ok_or_else(NotMade::gone)?;
                (Known::Claims(*event, timeline), measure, class)
            }
        };
        let what = match &known {
            Known::Answer(Answer::Toll(toll)) => What::Toll(toll),
            Known::Answer(Answer::Speakers(speakers)) => What::Speakers(speakers),
            Known::Claims(event, timeline) => What::Claims(*event, timeline),
        };
        let filter = match &self.meant {
            Meant::Toll(task) => task.filter.as_str(),
            Meant::Bars(_) | Meant::Claims(..) => "",
        };
        progress.go_on(WORKED_OUT)?;
        Ok(then(&BecameKnown { project: &self.project, measure, class, filter, what }))
    }

    /// The events that are meant of a toll; `None` is all.
    fn among(&self) -> Option<&[bool]> {
        match &self.meant {
            Meant::Toll(task) => task.asked.among.as_deref().map(Vec::as_slice),
            Meant::Bars(_) | Meant::Claims(..) => None,
        }
    }

    /// The file, unless somebody stops it before it is ready to be written.
    fn export(&self, wish: &ChartWish, progress: &Progress) -> Result<Written, NotMade> {
        let hash = file::hash(&self.project);
        progress.go_on(HASHED)?;
        let written = match &self.meant {
            Meant::Bars(shown) => {
                let basis = self.basis(shown);
                let imprint = chart::imprint(&basis, &shown.chart, &wish.title, hash);
                let imprint = Imprint { printed: wish.printed, ..imprint };
                chart::export(&basis, &shown.chart, &imprint, wish.size, wish.output)
            }
            Meant::Toll(_) | Meant::Claims(..) => self.known(progress, |of| {
                let imprint = of.imprint(&self.derived, &wish.title, hash, self.among());
                of.export(&Imprint { printed: wish.printed, ..imprint }, wish.size, wish.output)
            })?,
        };
        progress.go_on(1.0)?;
        written.map_err(|error| NotMade::Failed(error.to_string()))
    }

    /// Writes the file, and what goes beside it; answers what is told of it. Where somebody stops it there is no file.
    fn write(&self, wish: &ChartWish, path: &Path, progress: &Progress) -> Result<String, NotMade> {
        let written = self.export(wish, progress)?;
        let put = |path: &Path, bytes: &[u8]| {
            save(path, bytes, None).map(|_| ()).map_err(|error| NotMade::Failed(error.of_other()))
        };
        put(path, &written.bytes)?;
        written.codebook.map_or(Ok(()), |codebook| put(&codebook_path(path), codebook.as_bytes()))?;
        Ok(format!("{} to {}", self.title(), path.display()))
    }

    fn scene(&self, size: Size, progress: &Progress) -> Result<Scene, NotMade> {
        let hash = file::hash(&self.project);
        progress.go_on(HASHED)?;
        match &self.meant {
            Meant::Bars(shown) => {
                let basis = self.basis(shown);
                Ok(chart::scene(&shown.chart, &chart::imprint(&basis, &shown.chart, "", hash), size))
            }
            Meant::Toll(_) | Meant::Claims(..) => {
                self.known(progress, |of| of.scene(&of.imprint(&self.derived, "", hash, self.among()), size))
            }
        }
    }

    /// The numbers as text with tabs, and as a table.
    fn numbers(&self, progress: &Progress) -> Result<(String, String), NotMade> {
        match &self.meant {
            Meant::Bars(shown) => Ok(chart::tsv(&self.basis(shown), &shown.chart)),
            Meant::Toll(_) | Meant::Claims(..) => self.known(progress, |of| of.tsv()),
        }
    }
}

/// How far the work is when the project has its hash, and when it is known what became known.
const HASHED: f32 = 0.1;
const WORKED_OUT: f32 = 0.9;

/// Why a picture was not made.
pub enum NotMade {
    /// Somebody stopped it: files and clipboard are as they were.
    Stopped,
    /// It failed, for this reason.
    Failed(String),
}

impl From<Stopped> for NotMade {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

impl NotMade {
    fn gone() -> Self {
        Self::Failed("The event of this timeline is not there any more".to_owned())
    }
}

impl App {
    /// The picture of the tab that is open; the chart is worked out anew where the project changed since it was drawn.
    fn picture_shown(&mut self) -> Option<ToWrite> {
        let view = self.open.as_ref()?.view(&*self.platform, &self.settings);
        let number = self.panels.event.number(self.desk.event).filter(|_| self.desk.tab == SideTab::Event);
        let meant = match (number, self.panels.chart.toll.shown(view.revision)) {
            (Some((event, measure, class)), _) => Meant::Claims(event, measure, class),
            (None, Some(task)) => Meant::Toll(task),
            (None, None) => Meant::Bars(self.panels.chart.shown(&view)),
        };
        let open = self.open.as_ref()?;
        let (project, derived) = (open.session.project().clone(), Arc::clone(&open.derived));
        Some(ToWrite { meant, project, derived, today: self.platform.today() })
    }

    /// Asks how the chart is exported.
    pub(super) fn ask_chart_export(&mut self) {
        let Some(shown) = self.picture_shown() else { return };
        let form = match &shown.meant {
            Meant::Bars(_) => ChartForm::new("Export chart", shown.title(), Output::Numbers.help()),
            Meant::Toll(_) => ChartForm::new("Export toll as it became known", shown.title(), TOLL),
            Meant::Claims(..) => ChartForm::new("Export timeline of claims", shown.title(), CLAIMS),
        };
        self.dialog = Some(Dialog::ExportChart(Box::new(form)));
        self.meant = Some(shown);
    }

    /// Asks where the chart goes.
    pub(super) fn ask_where_chart_goes(&mut self, wish: ChartWish) {
        let Some(open) = &self.open else { return };
        let title = open.title();
        let stem = Path::new(&title).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let ending = wish.output.ending();
        let what = match self.meant.as_ref().map(|shown| &shown.meant) {
            Some(Meant::Claims(event, ..)) => format!("timeline {event}"),
            Some(Meant::Toll(_)) => "toll".to_owned(),
            Some(Meant::Bars(_)) | None => "chart".to_owned(),
        };
        let name = format!("{} {what}.{ending}", stem.replace(['/', '\\'], "-"));
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
        let (Some(shown), Some(wish)) = (self.meant.take(), self.charting.take()) else { return };
        self.jobs.start(format!("Exporting {}", file_name(&path)), true, move |progress| {
            let told = shown.write(&wish, &path, progress);
            Outcome::Charted(path, told)
        });
    }

    /// Says what became of the export of a chart.
    pub(super) fn charted(&mut self, path: &Path, result: Result<String, NotMade>) {
        match result {
            Ok(text) => self.panels.toasts.say(text, false),
            Err(NotMade::Stopped) => self.exported(path, Exported::Stopped),
            Err(NotMade::Failed(reason)) => self.complain(reason),
        }
    }

    /// Puts the picture of the chart on the clipboard.
    pub(super) fn copy_chart(&mut self) {
        let Some(shown) = self.picture_shown() else { return };
        self.jobs.start(COPYING.to_owned(), true, move |progress| {
            let failed = |error: picture::NotWritten| NotMade::Failed(error.to_string());
            let pixels = shown.scene(Size::default(), progress);
            let pixels = pixels.and_then(|scene| picture::pixels(&scene, 2.0).map_err(failed));
            Outcome::Pictured(pixels.and_then(|pixels| progress.go_on(1.0).map(|()| pixels).map_err(NotMade::from)))
        });
    }

    /// Keeps the picture for the next frame that is drawn.
    pub(super) fn pictured(&mut self, result: Result<Pixels, NotMade>) {
        match result {
            Ok(pixels) => {
                self.picture_to_copy = Some(pixels);
                self.panels.toasts.say("Copied the chart as a picture", false);
            }
            Err(NotMade::Stopped) => self.copied(None, COPYING),
            Err(NotMade::Failed(reason)) => self.complain(reason),
        }
    }

    /// Puts the numbers behind the chart on the clipboard: as text with tabs, and as a table.
    pub(super) fn copy_numbers(&mut self) {
        let Some(shown) = self.picture_shown() else { return };
        let name = "Copying the numbers of the chart".to_owned();
        self.jobs.start(name.clone(), true, move |progress| match shown.numbers(progress) {
            Ok((text, html)) => Outcome::Copied(Some(Clip { text, html: Some(html) }), name),
            Err(NotMade::Stopped) => Outcome::Copied(None, name),
            Err(reason) => Outcome::Pictured(Err(reason)),
        });
    }

    /// Puts a picture that waits on the clipboard.
    pub(super) fn put_picture_on_clipboard(&mut self, ctx: &egui::Context) {
        if let Some(Pixels { width, height, rgba }) = self.picture_to_copy.take() {
            ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied([width, height], &rgba));
        }
    }
}

/// The job that puts the picture on the clipboard.
const COPYING: &str = "Copying the chart";
/// What the table behind a toll holds.
const TOLL: &str = "Low, best and high of every day on which something became known; a codebook is written beside it";
/// What the table behind a timeline holds.
const CLAIMS: &str = "Every claim with its day, numbers and whether it counts, and the figure as it ran; a codebook is \
    written beside it";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::reports::Asked;
    use crate::ui::chart::toll::Kind;

    fn sample(meant: Meant) -> ToWrite {
        let project = crate::sample::project().expect("the sample is a project");
        let derived = Arc::new(Derived::from_scratch(&project));
        ToWrite { meant, project, derived, today: jiff::civil::date(2022, 9, 21) }
    }

    #[test]
    fn a_cancelled_export_of_a_toll_leaves_no_file_and_one_that_goes_on_says_how_far_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        for (kind, output) in [(Kind::Known, Output::Numbers), (Kind::BySpeaker, Output::ALL[0])] {
            let asked = Asked { measure: Measure::Killed, class: Class::TOTAL, among: None };
            let shown = sample(Meant::Toll(Task { revision: 1, kind, asked, filter: String::new() }));
            let wish = ChartWish { title: String::new(), size: Size::default(), output, printed: false };
            let path = folder.path().join(format!("toll.{}", output.ending()));
            let progress = Progress::default();
            progress.cancel();
            assert!(matches!(shown.write(&wish, &path, &progress), Err(NotMade::Stopped)));
            assert!(matches!(shown.known(&progress, |_| ()), Err(NotMade::Stopped)), "working it out stops, too");
            assert!(matches!(shown.scene(Size::default(), &progress), Err(NotMade::Stopped)));
            assert!(matches!(shown.numbers(&progress), Err(NotMade::Stopped)));
            assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "no file, no codebook");

            let progress = Progress::default();
            let told = shown.write(&wish, &path, &progress).map_err(|_| "not made").expect("a file");
            assert!(told.contains("killed") && path.exists(), "{told}");
            assert!((progress.fraction() - 1.0).abs() < f32::EPSILON);
            std::fs::remove_file(&path).expect("there");
            let _ = std::fs::remove_file(codebook_path(&path));
        }
    }
}
