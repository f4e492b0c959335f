//! Records that Dateline wrote itself, taken in as `dateline import` does it: read and compared in jobs, and made as one
//! step of undo.

use std::path::Path;
use std::sync::Arc;

use crate::app::App;
use crate::app::files::{Outcome, file_name};
use crate::app::kept::let_go;
use crate::exchange::records::{File, Taken};
use crate::jobs::Progress;
use crate::model::Project;
use crate::store::read::read_raw;
use crate::ui::import::RecordsTask;

use super::Came;

/// What it would make of the project.
pub struct Comparison {
    to: Project,
    of: Project,
    taken: Taken,
}

/// What is under way with records.
#[derive(Default)]
pub(in crate::app) struct InRecords {
    reading: Option<Progress>,
    planning: Option<Progress>,
    file: Option<Arc<File>>,
    plan: Option<Box<Comparison>>,
    /// Whether the project was begun for the file: then all that the file says of its project goes in.
    is_new: bool,
}

impl InRecords {
    /// Stops everything: the file is given up.
    pub fn stop(&mut self) {
        for progress in [self.reading.take(), self.planning.take()].into_iter().flatten() {
            progress.cancel();
        }
        let_go((self.file.take(), self.plan.take()));
    }
}

impl App {
    /// Opens a file of records in the import panel.
    pub(super) fn start_records(&mut self, path: &Path, is_new: bool) {
        self.importing.records.is_new = is_new;
        self.panels.import.open_records(path);
    }

    /// Does what the import panel wants done with records.
    pub(super) fn work_for_records(&mut self, task: RecordsTask) {
        match task {
            RecordsTask::Read(number, path) => {
                self.importing.stop();
                let name = format!("Reading {}", file_name(&path));
                let progress = self.jobs.start_held(name, move |progress| {
                    Outcome::Import(Came::Records { number, result: read(&path, progress).map(Box::new) })
                });
                self.importing.records.reading = Some(progress);
            }
            RecordsTask::Plan { number, theirs } => self.compare_records(number, theirs),
            RecordsTask::Make => self.make_records(),
        }
    }

    fn compare_records(&mut self, number: u64, theirs: bool) {
        let Some(file) = self.importing.records.file.clone() else { return };
        let Some(of) = self.project().cloned() else { return };
        if let Some(progress) = self.importing.records.planning.take() {
            progress.cancel();
        }
        let_go(self.importing.records.plan.take());
        let (now, is_new) = (self.platform.now(), self.importing.records.is_new);
        let progress = self.jobs.start_quietly("Comparing records".to_owned(), move |progress| {
            let (to, taken) = file.put_into(&of, is_new, theirs, now);
            let compared = (!progress.is_cancelled()).then(|| Box::new(Comparison { to, of, taken }));
            Outcome::Import(Came::Compared { number, compared })
        });
        self.importing.records.planning = Some(progress);
    }

    /// Takes a file of records that was read, or why it was not.
    pub(super) fn take_records(&mut self, number: u64, result: Result<Box<File>, String>) {
        let stopped = self.importing.records.reading.take().is_some_and(|progress| progress.is_cancelled());
        if !self.panels.import.is_reading(number) {
            return let_go(result);
        }
        if stopped && result.is_err() {
            self.panels.import.close();
            return self.panels.toasts.say("Nothing was imported: the reading was cancelled", false);
        }
        let failed = result.as_ref().err().cloned();
        self.importing.records.file = result.ok().map(|file| Arc::new(*file));
        self.panels.import.records_read(number, failed);
    }

    /// Takes what a file of records would change.
    pub(super) fn take_comparison(&mut self, number: u64, compared: Option<Box<Comparison>>) {
        let taken = compared.as_ref().map(|compared| compared.taken.clone());
        if self.panels.import.records_planned(number, taken) {
            self.importing.records.plan = compared;
        } else {
            let_go(compared);
        }
    }

    fn make_records(&mut self) {
        let now = self.project().cloned().unwrap_or_default();
        let is_free = !self.large.is_under_way();
        let plan = self.importing.records.plan.take().filter(|plan| is_free && plan.of.unchanged(&now));
        let (Some(plan), Some(file)) = (plan, self.importing.records.file.as_ref()) else {
            if !is_free {
                self.complain("Another large change is under way: import when it is done".to_owned());
            }
            return self.panels.import.not_made();
        };
        let (name, label) = (format!("Importing {}", file.name), format!("Import {}", file.name));
        let said = format!("{}: {}", file.name, plan.taken.sentence());
        let records = plan.taken.all_added() + plan.taken.replaced;
        self.importing.making_records = Some(now.log.len());
        self.start_made(name, plan.to, label, (records, said));
    }
}

fn read(path: &Path, progress: &Progress) -> Result<File, String> {
    let bytes = read_raw(path).map_err(|error| error.to_string())?;
    let go_on = |share: f32| progress.report(0.1 + 0.9 * share);
    if !go_on(0.0) {
        return Err("It was stopped".to_owned());
    }
    File::read(file_name(path), &bytes, &go_on)
}
