//! The import of a table: how the file is written, what its columns mean, what each row becomes, and what it would change
//! in the project. The event table stays in view below it; nothing is changed before "Import" is pressed.
//!
//! Data that is known by its header goes straight to what it would change; of any other table the columns are shown first,
//! with a guess for each. The panel reads no file and starts no job itself: it says what it wants ([`Import::wants`]),
//! and the app hands back what came of it.

mod becomes;
mod buttons;
mod columns;
mod conflicts;
mod done;
mod draft;
mod meanings;
mod records;
mod screen;
mod summary;
mod written;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use egui::Ui;

use crate::exchange::import::{Conflict, Fitted, Report, Source, Wishes};
use crate::exchange::records::Taken;
use crate::exchange::table::{Choices, Table};
use crate::model::Mapping;

pub use self::done::report;
pub use self::records::RecordsTask;

use self::becomes::Preview;
use self::buttons::Buttons;
use self::columns::ColumnsView;
use self::draft::{Draft, From};
use self::records::Records;
use super::{Actions, View};

/// What the panel wants done.
#[derive(Debug)]
pub enum Task {
    /// A file to be read: its beginning at once, then all of it.
    Read(Reading),
    /// What it would change, to be worked out.
    Plan(Box<ToPlan>),
    /// The change that was worked out, to be made.
    Make,
    /// The mapping, to be written to a file.
    SaveMapping(Box<Mapping>),
    /// A file of a mapping, to be asked for.
    OpenMapping,
    /// Something with records that Dateline wrote.
    Records(RecordsTask),
    /// Everything under way, to be stopped.
    Stop,
}

/// A file to be read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Which reading: an answer to an earlier one is thrown away.
    pub number: u64,
    /// The file.
    pub path: PathBuf,
    /// What was chosen of how it is written.
    pub choices: Choices,
}

/// A table of which it is to be worked out what it would change.
#[derive(Debug)]
pub struct ToPlan {
    /// Which plan: an answer to an earlier one is thrown away.
    pub number: u64,
    /// The table.
    pub table: Arc<Table>,
    /// What its columns mean.
    pub fitted: Fitted,
    /// The file.
    pub source: Source,
    /// What is wanted of the import.
    pub wishes: Wishes,
    /// How many rows are done, for the panel to show.
    pub done: Arc<AtomicUsize>,
}

/// What an import would change, as far as the panel shows it.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What is told of it.
    pub report: Report,
    /// Where the file and the analyst disagree.
    pub conflicts: Vec<Conflict>,
    /// Whether it changes nothing.
    pub is_empty: bool,
}

/// Which part is in view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Tab {
    /// What it would change.
    #[default]
    Summary,
    /// The columns with their meanings, over the rows.
    Columns,
    /// Where the file and the analyst disagree.
    Conflicts,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Summary, Self::Columns, Self::Conflicts];
}

/// The panel. Nothing is drawn while no file is open in it.
#[derive(Debug, Default)]
pub struct Import {
    screen: Option<Screen>,
    /// Records that Dateline wrote, in the place of a table.
    records: Option<Records>,
    wants: Vec<Task>,
    /// Numbers of readings and plans, never used twice.
    next: u64,
}

#[derive(Debug)]
struct Screen {
    path: PathBuf,
    reading: u64,
    choices: Choices,
    table: Option<Arc<Table>>,
    /// The file, once it is read as a whole.
    source: Option<Source>,
    failed: Option<String>,
    draft: Option<Draft>,
    preview: Option<Preview>,
    columns: ColumnsView,
    wishes: Wishes,
    tab: Tab,
    plan: Option<Plan>,
    /// Whether what is planned is to be worked out anew.
    is_stale: bool,
    /// Whether the change is being made.
    is_made: bool,
    buttons: Buttons,
}

/// A plan that was asked for.
#[derive(Debug)]
struct Plan {
    number: u64,
    /// The revision of the project that it is for.
    revision: u64,
    done: Arc<AtomicUsize>,
    /// When it was asked for, in seconds of the window.
    since: f64,
    result: Option<Planned>,
}

impl Import {
    /// Begins with a file.
    pub fn open(&mut self, path: &Path) {
        self.close();
        self.next += 1;
        self.screen = Some(Screen::new(path, self.next));
        self.ask_to_read();
    }

    /// Begins with a file of records that Dateline wrote.
    pub fn open_records(&mut self, path: &Path) {
        self.close();
        self.next += 1;
        let records = Records::new(path, self.next);
        self.wants.push(Task::Records(records.task()));
        self.records = Some(records);
    }

    /// Takes such a file that was read: why it could not be, if it could not.
    pub fn records_read(&mut self, number: u64, failed: Option<String>) {
        if let Some(records) = &mut self.records {
            records.read(number, failed);
        }
    }

    /// Takes what such a file would change; `None` where working it out was stopped. Answers whether it is what was asked
    /// for last.
    pub fn records_planned(&mut self, number: u64, taken: Option<Taken>) -> bool {
        self.records.as_mut().is_some_and(|records| records.planned(number, taken))
    }

    /// Whether a file is open in it.
    pub fn is_open(&self) -> bool {
        self.screen.is_some() || self.records.is_some()
    }

    /// Gives the file up; nothing was changed.
    pub fn close(&mut self) {
        if self.screen.take().is_some() | self.records.take().is_some() {
            self.wants.push(Task::Stop);
        }
    }

    /// What should be done; says so once.
    pub fn wants(&mut self) -> Vec<Task> {
        std::mem::take(&mut self.wants)
    }

    /// Takes the beginning of the file.
    pub fn began(&mut self, number: u64, table: Table, project: &crate::model::Project) {
        if let Some(screen) = self.reading(number)
            && screen.source.is_none()
        {
            screen.show(Arc::new(table), project);
        }
    }

    /// Takes the file as a whole, or why it could not be read.
    pub fn read(&mut self, number: u64, read: Result<(Table, Source), String>, project: &crate::model::Project) {
        let Some(screen) = self.reading(number) else { return };
        match read {
            Ok((table, source)) => {
                screen.source = Some(source);
                screen.show(Arc::new(table), project);
                screen.is_stale = true;
            }
            Err(reason) => screen.failed = Some(reason),
        }
    }

    /// Takes what an import would change; `None` where working it out was stopped. Answers whether it is what was asked for
    /// last.
    pub fn planned(&mut self, number: u64, planned: Option<Planned>) -> bool {
        let Some(screen) = &mut self.screen else { return false };
        let Some(plan) = screen.plan.as_mut().filter(|plan| plan.number == number) else { return false };
        match planned {
            Some(planned) => {
                if let Some(table) = &screen.table {
                    screen.columns.take_problems(table, &planned.report);
                }
                plan.result = Some(planned);
            }
            None => screen.plan = None,
        }
        true
    }

    /// Takes a mapping that was opened for the file.
    pub fn mapped(&mut self, mapping: Mapping) {
        if let Some(screen) = &mut self.screen
            && let (Some(table), Some(draft)) = (&screen.table, &mut screen.draft)
        {
            draft.read_by(table, mapping);
            screen.changed();
        }
    }

    /// The change could not be made, or was stopped: everything is as before.
    pub fn not_made(&mut self) {
        if let Some(records) = &mut self.records {
            records.not_made();
        }
        if let Some(screen) = &mut self.screen {
            screen.is_made = false;
            screen.is_stale = true;
        }
    }

    /// Whether this reading is the one that is waited for.
    pub fn is_reading(&self, number: u64) -> bool {
        self.records.as_ref().is_some_and(|records| records.is_reading(number))
            || self.screen.as_ref().is_some_and(|screen| screen.reading == number && screen.source.is_none())
    }

    fn reading(&mut self, number: u64) -> Option<&mut Screen> {
        self.screen.as_mut().filter(|screen| screen.reading == number)
    }

    fn ask_to_read(&mut self) {
        if let Some(screen) = &self.screen {
            self.wants.push(Task::Read(Reading {
                number: screen.reading,
                path: screen.path.clone(),
                choices: screen.choices.clone(),
            }));
        }
    }

    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
        if let Some(records) = &mut self.records {
            match records.ui(ui) {
                records::Asked::Nothing => {}
                records::Asked::Close => return self.close(),
                records::Asked::Make => self.wants.push(Task::Records(RecordsTask::Make)),
            }
            let wanted = records.wants(view.revision, &mut self.next);
            self.wants.extend(wanted.map(Task::Records));
            return;
        }
        let Some(screen) = &mut self.screen else { return };
        let asked = screen.ui(ui, view, actions);
        match asked {
            Asked::Nothing => {}
            Asked::Close => return self.close(),
            Asked::Make => self.wants.push(Task::Make),
            Asked::Read => {
                self.next += 1;
                if let Some(screen) = &mut self.screen {
                    screen.read_anew(self.next);
                }
                self.ask_to_read();
            }
            Asked::SaveMapping(mapping) => self.wants.push(Task::SaveMapping(mapping)),
            Asked::OpenMapping => self.wants.push(Task::OpenMapping),
        }
        let now = ui.input(|input| input.time);
        if let Some(screen) = &mut self.screen
            && let Some(task) = screen.wants_plan(view, &mut self.next, now)
        {
            self.wants.push(task);
        }
    }
}

/// What was asked for in a frame.
#[derive(Debug, Default)]
enum Asked {
    #[default]
    Nothing,
    Close,
    Make,
    /// To read the file as it was chosen.
    Read,
    SaveMapping(Box<Mapping>),
    OpenMapping,
}

impl Screen {
    fn new(path: &Path, reading: u64) -> Self {
        Self {
            path: path.to_owned(),
            reading,
            choices: Choices::default(),
            table: None,
            source: None,
            failed: None,
            draft: None,
            preview: None,
            columns: ColumnsView::default(),
            wishes: Wishes::default(),
            tab: Tab::default(),
            plan: None,
            is_stale: false,
            is_made: false,
            buttons: Buttons::default(),
        }
    }

    fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    fn read_anew(&mut self, reading: u64) {
        self.reading = reading;
        self.source = None;
        self.failed = None;
        self.plan = None;
    }

    /// Shows a table: what its columns mean stays where it has the same ones.
    fn show(&mut self, table: Arc<Table>, project: &crate::model::Project) {
        self.failed = None;
        let same = self.table.as_ref().is_some_and(|before| before.columns() == table.columns());
        let keeps = same && self.draft.as_ref().is_some_and(|draft| !draft.is_untouched());
        if !keeps {
            let is_first = self.draft.is_none();
            self.draft = Draft::of(&table, project, &self.name());
            if is_first && self.draft.as_ref().is_some_and(|draft| draft.from == From::Guess) {
                self.tab = Tab::Columns;
            }
        }
        self.columns.forget();
        self.preview = None;
        self.table = Some(table);
    }

    /// Something was chosen of what columns mean.
    fn changed(&mut self) {
        self.preview = None;
        self.is_stale = true;
    }

    fn wants_plan(&mut self, view: &View<'_>, next: &mut u64, now: f64) -> Option<Task> {
        let (table, draft, source) = (self.table.as_ref()?, self.draft.as_ref()?, self.source.as_ref()?);
        let is_current = self.plan.as_ref().is_some_and(|plan| plan.revision == view.revision);
        if self.is_made || (is_current && !self.is_stale) {
            return None;
        }
        self.is_stale = false;
        *next += 1;
        let done = Arc::new(AtomicUsize::new(0));
        let mapping = draft.mapping(table.columns(), view.project);
        let fitted = Fitted { mapping, title: draft.title.clone(), guess: draft.guess.clone() };
        self.plan =
            Some(Plan { number: *next, revision: view.revision, done: Arc::clone(&done), since: now, result: None });
        Some(Task::Plan(Box::new(ToPlan {
            number: *next,
            table: Arc::clone(table),
            fitted,
            source: Source { now: Some(view.now), ..source.clone() },
            wishes: self.wishes.clone(),
            done,
        })))
    }

    fn planned(&self) -> Option<&Planned> {
        self.plan.as_ref()?.result.as_ref()
    }

    /// Why it cannot be imported now, if it cannot.
    fn why_not(&self) -> Option<&'static str> {
        if self.is_made {
            Some("The import is under way")
        } else if self.failed.is_some() {
            Some("The file could not be read")
        } else if self.source.is_none() {
            Some("The file is still being read")
        } else {
            match self.planned() {
                None => Some("What it would change is being worked out"),
                Some(planned) if planned.is_empty => Some("Everything in the file is in the project already"),
                Some(_) => None,
            }
        }
    }
}
