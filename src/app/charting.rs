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

    /// Works out what became known of what is meant, and hands it on. `None` where the event is gone.
    fn known<T>(&self, then: impl FnOnce(&BecameKnown<'_>) -> T) -> Option<T> {
        let (known, measure, class) = match &self.meant {
            Meant::Bars(_) => return None,
            Meant::Toll(task) => {
                let answer = task.make(&self.project, &self.derived, &|_| true)?;
                (Known::Answer(answer), &task.asked.measure, &task.asked.class)
            }
            Meant::Claims(event, measure, class) => {
                let timeline = timeline(&self.project, &self.derived, *event, measure, class)?;
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
        Some(then(&BecameKnown { project: &self.project, measure, class, filter, what }))
    }

    /// The events that are meant of a toll; `None` is all.
    fn among(&self) -> Option<&[bool]> {
        match &self.meant {
            Meant::Toll(task) => task.asked.among.as_deref().map(Vec::as_slice),
            Meant::Bars(_) | Meant::Claims(..) => None,
        }
    }

    fn export(&self, wish: &ChartWish) -> Result<Written, String> {
        let hash = file::hash(&self.project);
        let written = match &self.meant {
            Meant::Bars(shown) => {
                let basis = self.basis(shown);
                let imprint = chart::imprint(&basis, &shown.chart, &wish.title, hash);
                let imprint = Imprint { printed: wish.printed, ..imprint };
                Some(chart::export(&basis, &shown.chart, &imprint, wish.size, wish.output))
            }
            Meant::Toll(_) | Meant::Claims(..) => self.known(|of| {
                let imprint = of.imprint(&self.derived, &wish.title, hash, self.among());
                of.export(&Imprint { printed: wish.printed, ..imprint }, wish.size, wish.output)
            }),
        };
        written.ok_or_else(gone)?.map_err(|error| error.to_string())
    }

    fn scene(&self, size: Size) -> Option<Scene> {
        let hash = file::hash(&self.project);
        match &self.meant {
            Meant::Bars(shown) => {
                let basis = self.basis(shown);
                Some(chart::scene(&shown.chart, &chart::imprint(&basis, &shown.chart, "", hash), size))
            }
            Meant::Toll(_) | Meant::Claims(..) => {
                self.known(|of| of.scene(&of.imprint(&self.derived, "", hash, self.among()), size))
            }
        }
    }

    /// The numbers as text with tabs, and as a table.
    fn numbers(&self) -> Option<(String, String)> {
        match &self.meant {
            Meant::Bars(shown) => Some(chart::tsv(&self.basis(shown), &shown.chart)),
            Meant::Toll(_) | Meant::Claims(..) => self.known(|of| of.tsv()),
        }
    }
}

fn gone() -> String {
    "The event of this timeline is not there any more".to_owned()
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
        self.jobs.start(format!("Exporting {}", file_name(&path)), false, move |_| {
            let written = shown.export(&wish).and_then(|written| {
                let put = |path: &Path, bytes: &[u8]| save(path, bytes, None).map(|_| ()).map_err(|e| e.of_other());
                put(&path, &written.bytes)?;
                written.codebook.map_or(Ok(()), |codebook| put(&codebook_path(&path), codebook.as_bytes()))
            });
            Outcome::Charted(written.map(|()| format!("{} to {}", shown.title(), path.display())))
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
        let Some(shown) = self.picture_shown() else { return };
        self.jobs.start("Copying the chart".to_owned(), false, move |_| {
            let pixels = shown.scene(Size::default()).ok_or_else(gone);
            let pixels = pixels.and_then(|scene| picture::pixels(&scene, 2.0).map_err(|error| error.to_string()));
            Outcome::Pictured(pixels)
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
        let Some(shown) = self.picture_shown() else { return };
        let name = "Copying the numbers of the chart".to_owned();
        self.jobs.start(name.clone(), false, move |_| {
            let clip = shown.numbers().map(|(text, html)| Clip { text, html: Some(html) });
            Outcome::Copied(clip, name)
        });
    }

    /// Puts a picture that waits on the clipboard.
    pub(super) fn put_picture_on_clipboard(&mut self, ctx: &egui::Context) {
        if let Some(Pixels { width, height, rgba }) = self.picture_to_copy.take() {
            ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied([width, height], &rgba));
        }
    }
}

/// What the table behind a toll holds.
const TOLL: &str = "Low, best and high of every day on which something became known; a codebook is written beside it";
/// What the table behind a timeline holds.
const CLAIMS: &str = "Every claim with its day, numbers and whether it counts, and the figure as it ran; a codebook is \
    written beside it";
