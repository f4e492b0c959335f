//! The workbench: takes what jobs brought, draws the panels, then carries out what was asked for in the frame.
//!
//! It ties the parts together and knows them all; rules of the domain do not live here. Commands never make commands:
//! `perform` is one flat match whose arms call plain functions.

mod charting;
mod clipboard;
mod exporting;
mod files;
mod frame;
mod importing;
mod kept;
mod large;
mod method;
mod panes;
mod perform;
mod rescue;
mod small;
mod speakers;
mod taking_in;
mod toll;
mod whereabouts;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use crate::derive::Derived;
use crate::jobs::Jobs;
use crate::model::Project;
use crate::platform::{Answer, Ask, Platform};
use crate::session::Session;
use crate::store::lock::Lock;
use crate::store::settings::{self, Settings};
use crate::store::stamp::Stamp;
use crate::ui::article_list::ArticleList;
use crate::ui::chart::Chart;
use crate::ui::dialogs::{After, Dialog};
use crate::ui::event_tab::EventTab;
use crate::ui::event_table::EventTable;
use crate::ui::import::Import;
use crate::ui::intake::Report;
use crate::ui::keys::KeySheet;
use crate::ui::method_sheet::MethodSheet;
use crate::ui::notes::Notes;
use crate::ui::own_columns::OwnColumns;
use crate::ui::palette::Palette;
use crate::ui::problems::Problems;
use crate::ui::reader::Reader;
use crate::ui::source_row::SourceRow;
use crate::ui::theme::{self, ThemeChoice};
use crate::ui::toasts::Toasts;
use crate::ui::{Desk, View};

pub use files::Outcome;
use whereabouts::Trail;

/// What the program is started with.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// A project file named on the command line.
    pub file: Option<PathBuf>,
    /// Jobs run on the spot, as tests want it.
    pub inline_jobs: bool,
    /// What the program remembers of its user.
    pub settings: Settings,
    /// Where it is kept; nowhere in tests.
    pub settings_folder: Option<PathBuf>,
}

/// A project on the desk.
struct Open {
    session: Session,
    /// Shared with jobs that read it, so that nothing has to be copied on the window's thread.
    derived: Arc<Derived>,
    /// The snapshot that `derived` belongs to.
    derived_from: Project,
    file: Option<OnDisk>,
    /// What a project without a file is called.
    name: String,
    saving: bool,
}

/// The file of the open project.
struct OnDisk {
    path: PathBuf,
    stamp: Stamp,
    /// Held so that a second Dateline sees that this one works on the file.
    lock: Option<Lock>,
}

/// Something to be said until it is settled, over the panels.
struct Notice {
    text: String,
    error: bool,
    offers: Vec<Offer>,
}

/// What a notice offers to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    SaveAs,
    Overwrite,
    TypePath,
    Close,
}

impl Offer {
    const fn label(self) -> &'static str {
        match self {
            Self::SaveAs => "Save as…",
            Self::Overwrite => "Overwrite the file",
            Self::TypePath => "Type a path instead",
            Self::Close => "Close",
        }
    }
}

/// A system dialog that was opened, and what its answer is for.
struct Asked {
    ask: Ask,
    after: Option<After>,
    answer: Receiver<Answer>,
}

/// The panels, each with its own view state.
#[derive(Default)]
struct Panels {
    articles: ArticleList,
    reader: Reader,
    row: SourceRow,
    table: EventTable,
    chart: Chart,
    event: EventTab,
    notes: Notes,
    method: MethodSheet,
    problems: Problems,
    palette: Palette,
    keys: KeySheet,
    toasts: Toasts,
    own_columns: OwnColumns,
    import: Import,
}

/// The workbench.
pub struct App {
    platform: Arc<dyn Platform>,
    jobs: Jobs<Outcome>,
    settings: Settings,
    settings_folder: Option<PathBuf>,
    open: Option<Open>,
    desk: Desk,
    trail: Trail,
    panels: Panels,
    background: method::Background,
    /// Work on the toll as it became known that is under way.
    toll: Option<crate::jobs::Progress>,
    /// Work on who speaks of each event that is under way.
    speakers: Option<crate::jobs::Progress>,
    kept: kept::Kept,
    large: large::Large,
    importing: importing::Importing,
    rescue: rescue::Rescue,
    /// The mapping that a file is being asked for.
    mapping_to_save: Option<Box<crate::model::Mapping>>,
    /// What is put on the clipboard in the next frame.
    to_copy: Option<crate::platform::Clip>,
    dialog: Option<Dialog>,
    notice: Option<Notice>,
    /// What became of the texts that were taken in last, until it is closed.
    report: Option<Report>,
    /// The articles whose texts were compared last, or are being compared.
    compared: Option<crate::model::Records<crate::model::Article>>,
    asked: Option<Asked>,
    /// What is to be exported, while it is asked where.
    exporting: Option<crate::ui::export_form::Wish>,
    /// How the chart is to be exported, while it is asked where.
    charting: Option<crate::ui::chart_form::ChartWish>,
    /// The picture that the wish is about.
    meant: Option<charting::ToWrite>,
    /// The picture that is put on the clipboard in the next frame.
    picture_to_copy: Option<crate::exchange::picture::Pixels>,
    /// What to do once the project is saved.
    after_saving: Option<After>,
    /// Whether the menu bar is to take the keyboard in the next frame.
    to_menus: bool,
    articles_hidden: Option<bool>,
    /// Whether the window has room for one pane only.
    small: bool,
    /// Whether it has none for the list of articles beside the reader.
    tight: bool,
    title: String,
    borders: panes::Borders,
    quitting: bool,
}

impl App {
    /// A workbench in this egui context. It opens the file it was started with, else the last project, else the sample.
    pub fn new(ctx: &egui::Context, platform: Arc<dyn Platform>, start: Start) -> Self {
        theme::install(ctx);
        theme_of(&start.settings).apply(ctx);
        ctx.options_mut(|options| {
            // Closing asks about unsaved work first; Ctrl and minus delete a row in the table.
            options.quit_shortcuts.clear();
            options.zoom_with_keyboard = false;
        });
        if start.settings.zoom > 0.0 {
            ctx.set_zoom_factor(start.settings.zoom);
        }
        let repaint = ctx.clone();
        let mut app = Self {
            platform,
            jobs: Jobs::new(start.inline_jobs, Arc::new(move || repaint.request_repaint())),
            settings: start.settings,
            settings_folder: start.settings_folder,
            open: None,
            desk: Desk::default(),
            trail: Trail::default(),
            panels: Panels::default(),
            background: method::Background::default(),
            toll: None,
            speakers: None,
            kept: kept::Kept::default(),
            large: large::Large::default(),
            importing: importing::Importing::default(),
            rescue: rescue::Rescue::default(),
            mapping_to_save: None,
            to_copy: None,
            dialog: None,
            notice: None,
            report: None,
            compared: None,
            asked: None,
            exporting: None,
            charting: None,
            meant: None,
            picture_to_copy: None,
            after_saving: None,
            to_menus: false,
            articles_hidden: None,
            small: false,
            tight: false,
            title: String::new(),
            borders: panes::Borders::default(),
            quitting: false,
        };
        app.rescue.find(app.settings_folder.as_ref());
        let last = app.settings.recent.first().cloned().filter(|path| path.is_file());
        match start.file.or(last) {
            Some(path) if files::is_imported(&path) => {
                app.start_import(&path);
            }
            Some(path) => app.carry_on(After::Open(path)),
            None => app.carry_on(After::Sample),
        }
        app
    }

    /// The open project, for tests and for the command line.
    pub fn project(&self) -> Option<&Project> {
        self.open.as_ref().map(|open| open.session.project())
    }

    /// Where the person is, for tests.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Whether something is not in the file yet.
    pub fn is_changed(&self) -> bool {
        self.large.is_under_way() || self.open.as_ref().is_some_and(|open| open.session.is_changed())
    }

    /// The file of the open project.
    pub fn path(&self) -> Option<&std::path::Path> {
        self.open.as_ref()?.file.as_ref().map(|file| file.path.as_path())
    }

    /// Brings what follows from the project up to the present snapshot.
    fn catch_up(&mut self) {
        if let Some(open) = &mut self.open {
            self.kept.advance(&mut open.derived, &mut open.derived_from, open.session.project());
        }
    }
}

impl Open {
    fn view<'a>(&'a self, platform: &dyn Platform, settings: &Settings) -> View<'a> {
        View {
            project: self.session.project(),
            derived: &self.derived,
            revision: self.session.revision(),
            today: platform.today(),
            now: platform.now(),
            enter_edits: settings.enter_edits,
        }
    }

    /// What the title bar calls the project.
    fn title(&self) -> String {
        let file = self.file.as_ref().and_then(|file| file.path.file_name());
        file.map_or_else(|| self.name.clone(), |name| name.to_string_lossy().into_owned())
    }
}

/// The theme that the settings name.
fn theme_of(settings: &Settings) -> ThemeChoice {
    match settings.theme {
        settings::ThemeChoice::System => ThemeChoice::System,
        settings::ThemeChoice::Light => ThemeChoice::Light,
        settings::ThemeChoice::Dark => ThemeChoice::Dark,
        settings::ThemeChoice::HighContrast => ThemeChoice::HighContrast,
    }
}
