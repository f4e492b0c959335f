//! Importing tables: files are read, and what they would change is worked out, in jobs; the change itself is one large change
//! like any other (`large`), so that it is one step of undo and leaves everything as it was where it is stopped.

mod records;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::Ordering;

use crate::exchange::import::{self, Plan, Report, Source};
use crate::exchange::records::{File, are_records, is_named_as_records};
use crate::exchange::table::{Choices, Table, is_named_as_one};
use crate::jobs::Progress;
use crate::model::{Mapping, Project};
use crate::platform::Ask;
use crate::store::read::{read_beginning, read_raw};
use crate::ui::import::{Planned, Reading, Task, ToPlan};
use crate::ui::work::{Work, Worked};

use super::files::{Outcome, file_name};
use super::kept::let_go;
use super::{App, Open};

/// So much of a large file is shown while the rest is read.
const BEGINNING: usize = 512 << 10;

/// What a job brought.
pub enum Came {
    /// The beginning of a file.
    Began { number: u64, table: Option<Box<Table>> },
    /// A file as a whole, or why not.
    Read { number: u64, result: Result<Box<(Table, Source)>, String> },
    /// What it would change in a snapshot. `None` where that was stopped.
    Planned { number: u64, plan: Option<Box<Plan>>, of: Box<Project> },
    /// A file of records as a whole, or why not.
    Records { number: u64, result: Result<Box<File>, String> },
    /// What it would change. `None` where that was stopped.
    Compared { number: u64, compared: Option<Box<records::Comparison>> },
}

/// What is under way.
#[derive(Default)]
pub(super) struct Importing {
    reading: Option<Progress>,
    planning: Option<Progress>,
    /// The change that was worked out, and the snapshot for which.
    plan: Option<(Box<Plan>, Box<Project>)>,
    /// What is told of the change that is being made, and how long the log was before it.
    making: Option<(Report, usize)>,
    /// What is told of the last import, until it is closed.
    done: Option<Report>,
    /// Records that Dateline wrote.
    records: records::InRecords,
    /// How long the log was before records were taken in that are on their way.
    making_records: Option<usize>,
}

impl Importing {
    /// Stops everything: the file is given up.
    pub(super) fn stop(&mut self) {
        for progress in [self.reading.take(), self.planning.take()].into_iter().flatten() {
            progress.cancel();
        }
        let_go(self.plan.take());
        self.records.stop();
    }

    /// What is told of the last import.
    pub(super) fn done(&self) -> Option<&Report> {
        self.done.as_ref()
    }

    /// Closes what is told of it.
    pub(super) fn close(&mut self) {
        self.done = None;
    }
}

impl App {
    /// Opens a table, or records that Dateline wrote, in the import panel; without a project a new one of its name is
    /// begun.
    pub(super) fn start_import(&mut self, path: &Path) {
        let is_new = self.open.is_none();
        if is_new {
            let name = path.file_stem().map_or_else(|| file_name(path), |stem| stem.to_string_lossy().into_owned());
            self.put_on_desk(Project::titled(&name), None, None, &name);
        }
        self.importing.close();
        if is_of_records(path) {
            return self.start_records(path, is_new);
        }
        self.panels.import.open(path);
    }

    /// Starts what the import panel wants done, and notices when the import is made.
    pub(super) fn work_for_import(&mut self) {
        self.notice_import();
        for task in self.panels.import.wants() {
            match task {
                Task::Stop => self.importing.stop(),
                Task::Read(reading) => self.start_reading(reading),
                Task::Plan(to_plan) => self.start_planning(*to_plan),
                Task::Make => self.start_making(),
                Task::Records(task) => self.work_for_records(task),
                Task::SaveMapping(mapping) => {
                    let name = format!("{}.ron", mapping.name);
                    self.ask(Ask::SaveMapping(name), None);
                    self.mapping_to_save = Some(mapping);
                }
                Task::OpenMapping => self.ask(Ask::OpenMapping, None),
            }
        }
    }

    fn start_reading(&mut self, reading: Reading) {
        self.importing.stop();
        let Reading { number, path, choices } = reading;
        let begins = (path.clone(), choices.clone());
        self.jobs.start_quietly(format!("Looking at {}", file_name(&path)), move |_| {
            let (path, choices) = begins;
            let beginning = read_beginning(&path, BEGINNING).ok().filter(|bytes| bytes.len() >= BEGINNING);
            let table = beginning.and_then(|bytes| Table::beginning(bytes, &choices).ok());
            Outcome::Import(Came::Began { number, table: table.map(Box::new) })
        });
        let name = format!("Reading {}", file_name(&path));
        let progress = self.jobs.start_held(name, move |progress| {
            Outcome::Import(Came::Read { number, result: read(&path, &choices, progress).map(Box::new) })
        });
        self.importing.reading = Some(progress);
    }

    fn start_planning(&mut self, to_plan: ToPlan) {
        if let Some(progress) = self.importing.planning.take() {
            progress.cancel();
        }
        let_go(self.importing.plan.take());
        let Some(project) = self.project().cloned() else { return };
        let progress = self.jobs.start_quietly("Working out what an import changes".to_owned(), move |progress| {
            let ToPlan { number, table, fitted, source, wishes, done } = to_plan;
            let go_on = |rows: usize| {
                done.store(rows, Ordering::Relaxed);
                !progress.is_cancelled()
            };
            let incoming = import::incoming(&table, &fitted, &source, &go_on);
            // The table may be the last one that holds the file.
            drop(table);
            let plan = incoming
                .and_then(|incoming| import::plan(&project, incoming, &wishes, &|_| !progress.is_cancelled()))
                .map(Box::new);
            Outcome::Import(Came::Planned { number, plan, of: Box::new(project) })
        });
        self.importing.planning = Some(progress);
    }

    /// Takes what a job brought.
    pub(super) fn take_import(&mut self, came: Came) {
        let nothing = Project::default();
        let project = self.open.as_ref().map_or(&nothing, |open: &Open| open.session.project());
        match came {
            Came::Began { number, table: Some(table) } => self.panels.import.began(number, *table, project),
            Came::Began { .. } => {}
            Came::Records { number, result } => self.take_records(number, result),
            Came::Compared { number, compared } => self.take_comparison(number, compared),
            Came::Read { number, result } => {
                let stopped = self.importing.reading.take().is_some_and(|progress| progress.is_cancelled());
                if stopped && result.is_err() && self.panels.import.is_reading(number) {
                    self.panels.import.close();
                    self.panels.toasts.say("Nothing was imported: the reading was cancelled", false);
                    return;
                }
                self.panels.import.read(number, result.map(|read| *read), project);
            }
            Came::Planned { number, plan, of } => {
                let shown = plan.as_ref().map(|plan| Planned {
                    report: plan.report.clone(),
                    conflicts: plan.conflicts.clone(),
                    is_empty: plan.is_empty(),
                });
                if self.panels.import.planned(number, shown) {
                    self.importing.plan = plan.map(|plan| (plan, of));
                } else {
                    let_go(plan);
                }
            }
        }
    }

    /// Makes the change that was worked out.
    fn start_making(&mut self) {
        let now = self.project().cloned().unwrap_or_default();
        let is_free = !self.large.is_under_way();
        let plan = self.importing.plan.take().filter(|(_, of)| is_free && of.unchanged(&now));
        let Some((plan, _)) = plan else {
            if !is_free {
                self.complain("Another large change is under way: import when it is done".to_owned());
            }
            return self.panels.import.not_made();
        };
        let report = plan.report.clone();
        self.importing.making = Some((report.clone(), now.log.len()));
        let name = format!("Importing {}", report.file);
        let plan = Mutex::new(Some(plan));
        self.start_work(Work::new(name, move |project, _, _| {
            let plan = plan.lock().ok().and_then(|mut plan| plan.take());
            let edit = plan.and_then(|plan| plan.edit(project));
            // The bar above the table says what came of it.
            Some(Worked { edit, ..Worked::default() })
        }));
    }

    /// Whether the import that was begun is made: then the panel closes and tells; else everything is as before.
    fn notice_import(&mut self) {
        if self.large.is_under_way() {
            return;
        }
        if let Some(before) = self.importing.making_records.take() {
            if self.project().is_some_and(|project| project.log.len() > before) {
                self.panels.import.close();
            } else {
                self.panels.import.not_made();
            }
        }
        let Some((report, before)) = self.importing.making.take() else { return };
        if self.project().is_some_and(|project| project.log.len() > before) {
            self.panels.import.close();
            self.importing.done = Some(report);
        } else {
            self.panels.import.not_made();
        }
    }

    /// Writes the mapping that was to be saved.
    pub(super) fn save_mapping(&mut self, path: PathBuf) {
        let Some(mapping) = self.mapping_to_save.take() else { return };
        let text = crate::file::mapping::write(&mapping);
        let name = file_name(&path);
        match crate::store::save::save(&path, text.as_bytes(), None) {
            Ok(_) => self.panels.toasts.say(format!("Saved the mapping as {name}"), false),
            Err(error) => self.complain(error.to_string()),
        }
    }

    /// Reads a file of a mapping for the table in the import panel.
    pub(super) fn open_mapping(&mut self, path: &Path) {
        match read_mapping(path) {
            Ok(mapping) => self.panels.import.mapped(mapping),
            Err(reason) => self.complain(format!("Could not open {}. {reason}", file_name(path))),
        }
    }
}

fn read_mapping(path: &Path) -> Result<Mapping, String> {
    let (text, _) = crate::store::read::read(path).map_err(|error| error.to_string())?;
    crate::file::mapping::read(&text).map_err(|error| error.to_string())
}

fn read(path: &Path, choices: &Choices, progress: &Progress) -> Result<(Table, Source), String> {
    let bytes = read_raw(path).map_err(|error| error.to_string())?;
    if !progress.report(0.1) {
        return Err("It was stopped.".to_owned());
    }
    let source = Source::new(&file_name(path), &bytes, None);
    let go_on = |share: f32| progress.report(0.2 + 0.8 * share);
    let table = Table::read(bytes, choices, &go_on).map_err(|error| error.to_string())?;
    Ok((table, source))
}

/// Whether a file holds records that Dateline wrote: by its name, or by how it begins where it is not named as a table.
fn is_of_records(path: &Path) -> bool {
    /// The kind of a record stands at the beginning of its line.
    const ENOUGH: usize = 512;
    let begins = || read_beginning(path, ENOUGH).is_ok_and(|bytes| are_records(&bytes));
    is_named_as_records(path) || (!is_named_as_one(path) && begins())
}
