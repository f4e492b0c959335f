//! Opening, saving, taking in: everything that goes by way of a file, with the question about unsaved work before it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::derive::Derived;
use crate::exchange::{records, table};
use crate::model::Project;
use crate::platform::{Answer, Ask};
use crate::session::Session;
use crate::store::lock::Lock;
use crate::store::read::read;
use crate::store::save::{SaveError, save_with};
use crate::store::stamp::Stamp;
use crate::ui::dialogs::{After, Dialog, UnsavedWork};
use crate::{file, sample};

use super::kept::let_go;
use super::{App, Asked, Notice, Offer, OnDisk, Open};

/// What a job brings back.
pub enum Outcome {
    /// A project file was read, or not.
    Opened { path: PathBuf, result: Result<Box<Read>, String> },
    /// The project was written, or not.
    Saved { path: PathBuf, revision: u64, result: Result<Stamp, SaveError> },
    /// Texts were compared: pairs that are nearly the same.
    Alike(Vec<(crate::model::ArticleId, crate::model::ArticleId, f32)>),
    /// Texts were read, or not.
    Texts(super::taking_in::Brought),
    /// A table was read, or what it would change was worked out.
    Import(super::importing::Came),
    /// Something was worked out for the method sheet.
    Method(Box<super::method::Answer>),
    /// The toll as it became known.
    Toll(Box<super::toll::Known>),
    /// Who speaks of each event.
    Speakers(super::speakers::Found),
    /// A change of many records was made, or not.
    Large(Box<super::large::Made>),
    /// The chart was written, and where; or not, and why.
    Charted(PathBuf, Result<String, super::charting::NotMade>),
    /// The chart was painted for the clipboard, or not.
    Pictured(Result<crate::exchange::picture::Pixels, super::charting::NotMade>),
    /// Cells were written for the clipboard, under this name; nothing where that was stopped.
    Copied(Option<crate::platform::Clip>, String),
    /// Events were written into this file, or not.
    Exported(PathBuf, super::exporting::Exported),
    /// The cells that stand on the clipboard.
    Pasted(Vec<Vec<String>>),
    /// A copy of unsaved work was kept, or not.
    Kept(super::rescue::Kept),
    /// Work that another window left was read, or not.
    Restored(Box<super::rescue::Restored>),
}

/// Whether a file is imported by its name: a table, or records that Dateline wrote.
pub(super) fn is_imported(path: &Path) -> bool {
    table::is_named_as_one(path) || records::is_named_as_records(path)
}

/// A project file that was read.
pub struct Read {
    project: Project,
    derived: Arc<Derived>,
    stamp: Stamp,
    remarks: Vec<String>,
}

impl App {
    /// Does what follows, after asking about unsaved work where there is any.
    pub(super) fn guard(&mut self, after: After) {
        let draft = self.panels.method.draft().is_some();
        self.ask_about(after, draft);
    }

    fn ask_about(&mut self, after: After, draft: bool) {
        let work = match (self.is_changed(), draft) {
            (false, false) => return self.carry_on(after),
            (true, false) => UnsavedWork::Changes,
            (false, true) => UnsavedWork::Draft,
            (true, true) => UnsavedWork::ChangesAndDraft,
        };
        let name = self.open.as_ref().map(Open::title).unwrap_or_default();
        self.dialog = Some(Dialog::Unsaved { name, work, after });
    }

    /// Applies the draft of the method sheet and saves. Where it is worked out in a job, saving waits for it.
    pub(super) fn apply_and_save(&mut self, after: After) {
        let edit = self.project().and_then(|project| self.panels.method.draft_edit(project));
        if edit.is_none_or(|edit| self.make(edit)) {
            self.save(Some(after));
        }
    }

    /// Does what follows, whatever is unsaved.
    pub(super) fn carry_on(&mut self, after: After) {
        match after {
            After::New => self.put_on_desk(Project::titled("Untitled project"), None, None, "Untitled project"),
            After::AskOpen => self.ask(Ask::OpenProject, None),
            After::Open(path) => self.start_opening(path),
            After::Sample => match sample::project() {
                Ok(project) => self.put_on_desk(project, None, None, "Sample project"),
                Err(error) => self.complain(format!("The sample could not be opened: {error}")),
            },
            After::Close => {
                let_go(self.open.take());
                self.forget_whereabouts();
            }
            After::Restore => self.start_restoring(),
            After::Quit => {
                self.rescue.forget();
                self.quitting = true;
            }
        }
    }

    pub(super) fn put_on_desk(
        &mut self,
        project: Project,
        derived: Option<Arc<Derived>>,
        file: Option<OnDisk>,
        name: &str,
    ) {
        let derived = derived.unwrap_or_else(|| Arc::new(Derived::from_scratch(&project)));
        self.forget_whereabouts();
        self.rescue.forget();
        self.desk.article = project.articles.iter().next().map(|article| article.id);
        let session = Session::new(project.clone(), true);
        let_go(self.open.take());
        self.open = Some(Open { session, derived, derived_from: project, file, name: name.to_owned(), saving: false });
        self.notice = None;
    }

    fn forget_whereabouts(&mut self) {
        self.background.stop();
        self.stop_toll();
        self.stop_speakers();
        self.large.stop();
        self.importing.stop();
        self.importing.close();
        self.kept.clear();
        self.desk = crate::ui::Desk::default();
        self.trail = super::Trail::default();
        let toasts = std::mem::take(&mut self.panels.toasts);
        self.panels = super::Panels { toasts, ..super::Panels::default() };
        self.compared = None;
        self.report = None;
    }

    pub(super) fn start_opening(&mut self, path: PathBuf) {
        let name = file_name(&path);
        self.jobs.start(format!("Opening {name}"), true, move |progress| {
            let result = read_project(&path, &|fraction| progress.report(fraction)).map(Box::new);
            Outcome::Opened { path, result }
        });
    }

    /// Saves to the project's file, or asks for one. Then does what follows, if anything.
    ///
    /// While a large change is under way the project as it was before is saved; what follows only a save of everything
    /// (closing) waits for the change.
    pub(super) fn save(&mut self, after: Option<After>) {
        let Some(open) = &self.open else { return };
        if after.is_some() && self.large.is_under_way() {
            return self.large.wait_to_save(after);
        }
        match &open.file {
            Some(file) => {
                let (path, stamp) = (file.path.clone(), file.stamp.clone());
                self.start_saving(path, Some(stamp), after);
            }
            None => self.save_as(after),
        }
    }

    pub(super) fn save_as(&mut self, after: Option<After>) {
        let Some(open) = &self.open else { return };
        let name = match &open.file {
            Some(file) => file_name(&file.path),
            None => format!("{}.ron", open.session.project().about.title.replace(['/', '\\'], "-")),
        };
        self.ask(Ask::SaveProject(name), after);
    }

    pub(super) fn start_saving(&mut self, path: PathBuf, expected: Option<Stamp>, after: Option<After>) {
        let Some(open) = &mut self.open else { return };
        open.saving = true;
        self.after_saving = after;
        let project = open.session.project().clone();
        let revision = open.session.revision();
        self.jobs.start(format!("Saving {}", file_name(&path)), false, move |_| {
            let result = save_with(&path, expected.as_ref(), |out| file::write_to(&project, out));
            Outcome::Saved { path, revision, result }
        });
    }

    /// Saves over whatever the file has become since it was opened.
    pub(super) fn overwrite(&mut self) {
        if let Some(path) = self.open.as_ref().and_then(|open| open.file.as_ref()).map(|file| file.path.clone()) {
            self.start_saving(path, None, None);
        }
    }

    pub(super) fn ask(&mut self, ask: Ask, after: Option<After>) {
        let answer = self.platform.ask(ask.clone(), self.jobs.waker());
        self.asked = Some(Asked { ask, after, answer });
    }

    /// Takes the answer of a system dialog, if it has come.
    pub(super) fn take_answer(&mut self) {
        let Some(asked) = &self.asked else { return };
        let answer = match asked.answer.try_recv() {
            Ok(answer) => answer,
            Err(std::sync::mpsc::TryRecvError::Empty) => return,
            // A dialog that died without a word never appeared.
            Err(std::sync::mpsc::TryRecvError::Disconnected) => Answer::NoDialog,
        };
        let Some(Asked { ask, after, .. }) = self.asked.take() else { return };
        match answer {
            Answer::Cancelled => {}
            Answer::NoDialog => self.dialog = Some(Dialog::path(ask, after)),
            Answer::Chosen(paths) => self.chosen(&ask, paths, after, false),
        }
    }

    /// Gives up waiting for a system dialog and asks in the window.
    pub(super) fn type_path(&mut self) {
        if let Some(Asked { ask, after, .. }) = self.asked.take() {
            self.dialog = Some(Dialog::path(ask, after));
        }
    }

    /// Goes on with files that were chosen in a dialog or typed.
    pub(super) fn chosen(&mut self, ask: &Ask, paths: Vec<PathBuf>, after: Option<After>, typed: bool) {
        match ask {
            Ask::OpenProject => {
                if let Some(path) = paths.into_iter().next() {
                    self.start_opening(path);
                }
            }
            Ask::Articles | Ask::ArticleFolder => self.start_taking_in(paths, None),
            Ask::ImportTable => {
                if let Some(path) = paths.first() {
                    self.start_import(path);
                }
            }
            Ask::OpenMapping => {
                if let Some(path) = paths.first() {
                    self.open_mapping(path);
                }
            }
            Ask::SaveMapping(_) => {
                if let Some(path) = paths.into_iter().next() {
                    self.save_mapping(path);
                }
            }
            Ask::CorrectedVersion(earlier) => self.start_taking_in(paths.into_iter().take(1).collect(), Some(*earlier)),
            Ask::Export(..) => {
                if let Some(path) = paths.into_iter().next() {
                    if self.charting.is_some() {
                        self.chart_to(path, !typed);
                    } else {
                        self.export_to(path, !typed);
                    }
                }
            }
            Ask::SaveProject(_) => {
                let Some(path) = paths.into_iter().next() else { return };
                // A dialog of the system asked about the name it was given; a typed name, or one with an ending added,
                // has to be asked about here.
                let full = if path.extension().is_none() { path.with_extension("ron") } else { path.clone() };
                let own = self.path().is_some_and(|own| own == full);
                if (typed || full != path) && full.exists() && !own {
                    self.dialog = Some(Dialog::Overwrite { path: full, after });
                } else {
                    self.start_saving(full, None, after);
                }
            }
        }
    }

    /// Opens or takes in files that were dropped on the window.
    pub(super) fn dropped(&mut self, paths: Vec<PathBuf>) {
        let is_project = |path: &PathBuf| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("ron"));
        let (projects, others): (Vec<_>, Vec<_>) = paths.into_iter().partition(is_project);
        let (tables, texts): (Vec<_>, Vec<_>) = others.into_iter().partition(|path| is_imported(path));
        if let Some(path) = projects.into_iter().next() {
            self.guard(After::Open(path));
        } else if let Some(path) = tables.first() {
            if tables.len() > 1 {
                self.complain("Tables are imported one by one: the first is open".to_owned());
            }
            self.start_import(path);
        } else if !texts.is_empty() && self.open.is_some() {
            self.start_taking_in(texts, None);
        }
    }

    /// Takes what a job brought back.
    pub(super) fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Opened { path, result } => match result {
                Ok(read) => self.opened(path, *read),
                Err(reason) => {
                    let text = format!("Could not open {}. {reason}", file_name(&path));
                    self.notice = Some(Notice { text, error: true, offers: vec![Offer::Close] });
                }
            },
            Outcome::Saved { path, revision, result } => self.saved(path, revision, result),
            Outcome::Alike(pairs) => self.take_alike(pairs),
            Outcome::Texts(brought) => self.take_in(brought),
            Outcome::Import(came) => self.take_import(came),
            Outcome::Method(answer) => self.take_for_method_sheet(*answer),
            Outcome::Toll(known) => self.take_toll(*known),
            Outcome::Speakers(found) => self.take_speakers(found),
            Outcome::Large(made) => self.take_large(*made),
            Outcome::Charted(path, result) => self.charted(&path, result),
            Outcome::Pictured(result) => self.pictured(result),
            Outcome::Exported(path, exported) => self.exported(&path, exported),
            Outcome::Copied(clip, name) => self.copied(clip, &name),
            Outcome::Pasted(cells) => self.panels.table.pasted(cells),
            Outcome::Kept(kept) => self.kept_copy(kept),
            Outcome::Restored(restored) => self.restored(*restored),
        }
    }

    fn opened(&mut self, path: PathBuf, read: Read) {
        let lock = Lock::take(&path);
        let busy = lock.as_ref().err().map(ToString::to_string);
        let file = OnDisk { path: path.clone(), stamp: read.stamp, lock: lock.ok() };
        self.put_on_desk(read.project, Some(read.derived), Some(file), "");
        self.remember(&path);
        let remarks: Vec<String> = busy.into_iter().chain(read.remarks).collect();
        if let Some(first) = remarks.first() {
            let more = if remarks.len() > 1 { format!(" (and {} more)", remarks.len() - 1) } else { String::new() };
            let text = format!("{}: {first}{more}", file_name(&path));
            self.notice = Some(Notice { text, error: false, offers: vec![Offer::Close] });
        }
    }

    fn saved(&mut self, path: PathBuf, revision: u64, result: Result<Stamp, SaveError>) {
        let Some(open) = &mut self.open else { return };
        open.saving = false;
        match result {
            Ok(stamp) => {
                open.session.mark_saved(revision);
                let moved = open.file.as_ref().is_none_or(|file| file.path != path);
                let lock = if moved { Lock::take(&path).ok() } else { open.file.take().and_then(|f| f.lock) };
                open.file = Some(OnDisk { path: path.clone(), stamp, lock });
                self.notice = None;
                self.remember(&path);
                self.panels.toasts.say(format!("Saved {}", file_name(&path)), false);
                if let Some(after) = self.after_saving.take() {
                    // Whoever saved has been asked about a draft already.
                    self.ask_about(after, false);
                }
            }
            Err(error) => {
                self.after_saving = None;
                if let (SaveError::NotConfirmed { stamp, .. }, Some(file)) = (&error, &mut open.file) {
                    // The new text is in place: the next save has to expect it there.
                    file.stamp = (**stamp).clone();
                }
                let mut offers = vec![Offer::SaveAs];
                if matches!(error, SaveError::ChangedOnDisk { .. } | SaveError::Vanished { .. }) {
                    offers.push(Offer::Overwrite);
                }
                offers.push(Offer::Close);
                self.notice = Some(Notice { text: error.to_string(), error: true, offers });
            }
        }
    }

    fn remember(&mut self, path: &Path) {
        self.settings.remember(path);
        self.keep_settings();
    }

    pub(super) fn keep_settings(&mut self) {
        let kept = self.settings_folder.as_ref().map_or(Ok(()), |folder| self.settings.save(folder));
        if let Err(error) = kept {
            self.panels.toasts.complain(format!("The settings could not be kept: {error}"));
        }
    }
}

/// How much of opening is reading the file.
pub(super) const READ: f32 = 0.5;
/// What is said of work that was stopped.
pub(super) const STOPPED: &str = "It was stopped.";

/// Reads and checks a project file and works out what follows from it.
fn read_project(path: &Path, progress: &dyn Fn(f32) -> bool) -> Result<Read, String> {
    let (text, stamp) = read(path).map_err(|error| error.to_string())?;
    let opened = file::read(&text, &|done| progress(done * READ)).map_err(|error| error.to_string())?;
    // A large one would stay in memory while the figures are worked out.
    drop(text);
    let derived = worked_out(&opened.project, &|done| progress(READ + (1.0 - READ) * done)).ok_or(STOPPED)?;
    let remarks = opened.findings.iter().map(ToString::to_string).collect();
    Ok(Read { project: opened.project, derived, stamp, remarks })
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// What follows from a project that was read, with the orders that the table asks for first. `None` where `go_on` said to
/// stop.
pub(super) fn worked_out(project: &Project, go_on: &dyn Fn(f32) -> bool) -> Option<Arc<Derived>> {
    let derived = Derived::from_scratch_while(project, go_on)?;
    derived.columnar().prepare();
    Some(Arc::new(derived))
}
