//! Keeps a copy of unsaved work aside while it is worked on, and offers it again after a crash.
//!
//! The copy is the project as it would be saved: what reads and writes files reads and writes it, too. For a large
//! project that takes seconds of a core, so the pause between two copies grows with what the last one took.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Frame, Panel, Ui};

use super::files::{Outcome, READ, STOPPED, file_name, worked_out};
use super::{App, Notice, Offer, OnDisk, Open};
use crate::derive::Derived;
use crate::file;
use crate::model::Project;
use crate::session::Session;
use crate::store::lock::Lock;
use crate::store::read::read;
use crate::store::rescue::{self, Copy, Label};
use crate::ui::dialogs::After;
use crate::ui::widgets::{self, Tone};

/// Seconds after a change until a copy is kept.
const PAUSE: f64 = 2.0;
/// At most this share of the time goes into keeping copies.
const SHARE: f64 = 0.05;

/// The copy of the open project, and those that were left by windows that did not end well.
#[derive(Default)]
pub struct Rescue {
    copy: Option<Copy>,
    /// The snapshot that the copy holds.
    kept: Option<u64>,
    /// The snapshot that is being written.
    writing: Option<u64>,
    /// When the next copy is due, in seconds of the window.
    due: Option<f64>,
    /// The time of the window in seconds, when it was looked at last.
    now: f64,
    /// What the last copy took, in seconds.
    took: f64,
    /// Whether it was told that copies cannot be kept.
    told: bool,
    left: VecDeque<(Copy, Label)>,
}

/// A copy that was written, or not.
pub struct Kept {
    revision: u64,
    took: Duration,
    failed: Option<String>,
}

/// Work that was read from a copy, and the file it belongs to, if that is still what it was.
pub struct Restored {
    copy: Copy,
    label: Label,
    work: Result<Work, String>,
}

/// The project of a copy, with what follows from it.
struct Work {
    project: Project,
    derived: Arc<Derived>,
    disk: Option<OnDisk>,
}

impl Rescue {
    /// Takes up what other windows left in the folder of the settings.
    pub fn find(&mut self, settings: Option<&PathBuf>) {
        self.left = settings.map(|folder| rescue::left(folder).into()).unwrap_or_default();
    }

    /// Lets go of the copy: the work is saved, or given up.
    pub fn forget(&mut self) {
        if let Some(copy) = self.copy.take() {
            copy.remove();
        }
        (self.kept, self.writing, self.due) = (None, None, None);
    }

    /// Whether the copy holds this snapshot.
    pub fn holds(&self, revision: u64) -> bool {
        self.kept == Some(revision)
    }
}

impl App {
    /// Keeps a copy of what is in no file yet, some seconds after it was changed.
    pub(super) fn keep_copy(&mut self, ctx: &Context) {
        let Some(folder) = &self.settings_folder else { return };
        let Some(open) = self.open.as_ref().filter(|open| open.session.is_changed()) else {
            return self.rescue.forget();
        };
        let revision = open.session.revision();
        if self.rescue.holds(revision) || self.rescue.writing.is_some() {
            return;
        }
        let now = ctx.input(|input| input.time);
        self.rescue.now = now;
        let due = *self.rescue.due.get_or_insert(now + PAUSE.max(self.rescue.took / SHARE));
        if now < due {
            return ctx.request_repaint_after(Duration::from_secs_f64(due - now));
        }
        if self.rescue.copy.is_none() {
            match Copy::begin(folder) {
                Ok(copy) => self.rescue.copy = Some(copy),
                Err(error) => return self.not_kept(&error.to_string()),
            }
        }
        let Some(pen) = self.rescue.copy.as_ref().map(Copy::pen) else { return };
        let label = open.label(&self.platform.now().to_string().replace('T', " ").replace('Z', ""));
        let project = open.session.project().clone();
        (self.rescue.writing, self.rescue.due) = (Some(revision), None);
        self.jobs.start_quietly("Keeping a copy of unsaved work".to_owned(), move |_| {
            let begun = Instant::now();
            let written = pen.write(&label, |out| file::write_to(&project, out));
            let failed = written.err().map(|error| error.of_other());
            Outcome::Kept(Kept { revision, took: begun.elapsed(), failed })
        });
    }

    /// Takes note of a copy that was written.
    pub(super) fn kept_copy(&mut self, kept: Kept) {
        if self.rescue.writing != Some(kept.revision) {
            return;
        }
        self.rescue.writing = None;
        self.rescue.took = kept.took.as_secs_f64();
        match kept.failed {
            None => (self.rescue.kept, self.rescue.told) = (Some(kept.revision), false),
            Some(reason) => self.not_kept(&reason),
        }
    }

    /// Tells once that no copy can be kept, and tries again later.
    fn not_kept(&mut self, reason: &str) {
        const LATER: f64 = 60.0;
        self.rescue.due = Some(self.rescue.now + LATER);
        if !std::mem::replace(&mut self.rescue.told, true) {
            self.complain(format!("No copy of unsaved work can be kept, so save often. {reason}"));
        }
    }

    /// Offers the work that another window left.
    pub(super) fn offer_rescued(&mut self, ui: &mut Ui, bar: Frame) {
        let Some((_, label)) = self.rescue.left.front() else { return };
        let name = label.file.as_deref().map_or_else(|| label.name.clone(), file_name);
        let text = format!(
            "Dateline ended before changes of {name} were saved. They were kept aside, last at {} (UTC).",
            label.at
        );
        let offers = ["Restore them", "Discard them"];
        let chosen = Panel::top("rescued").frame(bar).show(ui, |ui| widgets::banner(ui, Tone::Warn, &text, &offers));
        match chosen.inner {
            Some(0) => self.guard(After::Restore),
            Some(_) => {
                if let Some((copy, _)) = self.rescue.left.pop_front() {
                    copy.remove();
                }
            }
            None => {}
        }
    }

    /// Reads the work that another window left.
    pub(super) fn start_restoring(&mut self) {
        let Some((copy, label)) = self.rescue.left.pop_front() else { return };
        let path = copy.path().to_owned();
        self.jobs.start(format!("Restoring {}", label.name), false, move |progress| {
            let work = rescue::text(&path)
                .map_err(|error| error.to_string())
                .and_then(|text| {
                    file::read(&text, &|done| progress.report(done * READ)).map_err(|error| error.to_string())
                })
                .and_then(|opened| {
                    let disk = label.file.as_ref().and_then(|file| still_as_it_was(file, &label));
                    let go_on = |done: f32| progress.report(READ + (1.0 - READ) * done);
                    let derived = worked_out(&opened.project, &go_on).ok_or(STOPPED)?;
                    Ok(Work { project: opened.project, derived, disk })
                });
            Outcome::Restored(Box::new(Restored { copy, label, work }))
        });
    }

    /// Puts work on the desk that another window left. It is unsaved, and its copy stays until it is saved.
    pub(super) fn restored(&mut self, restored: Restored) {
        let Restored { copy, label, work } = restored;
        let Work { project, derived, disk } = match work {
            Ok(work) => work,
            Err(reason) => {
                let text = format!(
                    "The copy of {} could not be read. It stays at {}. {reason}",
                    label.name,
                    copy.path().display()
                );
                self.notice = Some(Notice { text, error: true, offers: vec![Offer::Close] });
                return;
            }
        };
        let elsewhere = label.file.filter(|_| disk.is_none());
        self.put_on_desk(project.clone(), Some(derived), disk, &label.name);
        if let Some(open) = &mut self.open {
            open.session = Session::new(project, false);
            (self.rescue.copy, self.rescue.kept) = (Some(copy), Some(open.session.revision()));
        }
        if let Some(file) = elsewhere {
            let text = format!(
                "{} was changed or removed since: the restored work is a project of its own. Save it under another name.",
                file.display()
            );
            self.notice = Some(Notice { text, error: false, offers: vec![Offer::SaveAs, Offer::Close] });
        }
    }
}

impl Open {
    /// Whose work it is.
    fn label(&self, at: &str) -> Label {
        let file = self.file.as_ref();
        Label {
            file: file.map(|file| std::path::absolute(&file.path).unwrap_or_else(|_| file.path.clone())),
            name: self.title(),
            at: at.to_owned(),
            base: file.map(|file| (file.stamp.length(), file.stamp.fingerprint())),
        }
    }
}

/// The file of restored work, if it is still the one that the work began with.
fn still_as_it_was(path: &std::path::Path, label: &Label) -> Option<OnDisk> {
    let (_, stamp) = read(path).ok()?;
    label.is_based_on(&stamp).then(|| OnDisk { path: path.to_owned(), stamp, lock: Lock::take(path).ok() })
}
