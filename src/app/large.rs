//! Changes that take longer than a frame: made on snapshots in a job, and swapped in as one step when they are done.
//!
//! The window goes on meanwhile with the project as it is. What is typed meanwhile waits in a queue and is made behind
//! the large change (`edit::rebase` takes only the fields that were typed, so that nothing of the large change is lost):
//! a text that was typed and left its field cannot be given back to it. Commands that type nothing are refused with a
//! sentence instead. Undo while a change is under way stops it, for that is what would be undone next.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::derive::Derived;
use crate::edit::Edit;
use crate::edit::rebase::rebase;
use crate::jobs::{Progress, Stopped};
use crate::model::Project;
use crate::ui::dialogs::After;
use crate::ui::work::{Left, Work};

use super::App;
use super::files::Outcome;
use super::kept::let_go;

/// A change that touches more records than this is made in a job. Two thousand take some 20 ms.
const LARGE: usize = 2_000;

/// Threads of their own, as many as there are cores: the window's own searches and sorts must not queue behind a job.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| ThreadPoolBuilder::new().build().ok());

/// Which way the history goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Change,
    Undo,
    Redo,
}

/// What is to be done.
enum Task {
    Edit(Edit),
    Work(Work),
    /// To a snapshot that was made already, as one step under a label; what is said of it.
    Made {
        to: Box<Project>,
        label: String,
        records: usize,
        said: String,
    },
    /// To a snapshot that is in the history.
    To(Box<Project>, usize),
}

/// What a job brings back.
pub struct Made {
    number: u64,
    way: Way,
    result: Result<Box<Ready>, NotMade>,
}

/// A snapshot with its figures, ready to be swapped in.
struct Ready {
    project: Project,
    derived: Arc<Derived>,
    label: String,
    records: usize,
    told: Told,
}

/// What is said of a change.
#[derive(Default)]
struct Told {
    said: Option<String>,
    refused: Option<String>,
    /// Texts that stay with the person.
    left: Vec<Left>,
}

/// Why there is none.
enum NotMade {
    /// It was told to stop.
    Stopped,
    /// The model does not take it.
    Refused(String),
    /// Everything is as it should be; what was said of it.
    Nothing(Told),
}

impl From<Stopped> for NotMade {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// What waits until the change under way is done.
enum Waiting {
    /// A change, and the snapshot on which it was made.
    Edit(Box<(Edit, Project)>),
    Save(Option<After>),
    Undo,
    Redo,
}

struct UnderWay {
    number: u64,
    name: String,
    way: Way,
    progress: Progress,
}

/// The large change under way and what waits for it.
#[derive(Default)]
pub(super) struct Large {
    under_way: Option<UnderWay>,
    queue: VecDeque<Waiting>,
    next: u64,
}

impl Large {
    /// Whether a large change is being made.
    pub fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// How many changes wait for it.
    pub fn waiting(&self) -> usize {
        self.queue.iter().filter(|waiting| matches!(waiting, Waiting::Edit(_))).count()
    }

    /// Saves, and does what follows, when the change under way is done.
    pub fn wait_to_save(&mut self, after: Option<After>) {
        self.queue.push_back(Waiting::Save(after));
    }

    /// Gives everything up: another project is opened.
    pub fn stop(&mut self) {
        if let Some(under_way) = self.under_way.take() {
            under_way.progress.cancel();
        }
        self.queue.clear();
    }
}

impl App {
    /// Makes a change; a refusal is told. A large one is made in a job, and what is asked for during one is made behind
    /// it: then the answer says that it was taken, not that it was made.
    pub(super) fn edit(&mut self, edit: &Edit) -> bool {
        self.make(edit.clone())
    }

    /// The same without a copy of the change.
    pub(super) fn make(&mut self, edit: Edit) -> bool {
        let Some(open) = &mut self.open else { return false };
        if self.large.is_under_way() {
            let base = open.session.project().clone();
            self.large.queue.push_back(Waiting::Edit(Box::new((edit, base))));
            return true;
        }
        if self.is_large(&edit) {
            let name = edit.label(self.project().unwrap_or(&Project::default()));
            self.start_large(name, Way::Change, Task::Edit(edit));
            return true;
        }
        let Some(open) = &mut self.open else { return false };
        match open.session.edit(&edit) {
            Ok(_) => {
                self.catch_up();
                true
            }
            Err(error) => {
                self.complain(error.to_string());
                false
            }
        }
    }

    fn is_large(&self, edit: &Edit) -> bool {
        let Some(open) = &self.open else { return false };
        let project = open.session.project();
        match edit {
            // Another rule works every figure out again, unless that was done already for the preview.
            Edit::SetMethodology { .. } => {
                said(project) > LARGE && edit.apply(project).is_ok_and(|next| !self.kept.has(&next))
            }
            edit => edit.records(project) > LARGE,
        }
    }

    /// Works a change out and makes it, in a job.
    pub(super) fn start_work(&mut self, work: Work) {
        if let Some(under_way) = &self.large.under_way {
            let text = format!("“{}” is under way: ask again when it is done", under_way.name);
            return self.complain(text);
        }
        self.start_large(work.name.clone(), Way::Change, Task::Work(work));
    }

    /// Goes on to a snapshot that was made from the present one, in a job: so many records, and what is said of it.
    pub(super) fn start_made(&mut self, name: String, to: Project, label: String, (records, said): (usize, String)) {
        self.start_large(name, Way::Change, Task::Made { to: Box::new(to), label, records, said });
    }

    fn start_large(&mut self, name: String, way: Way, task: Task) {
        let Some(open) = &self.open else { return };
        let (project, derived) = (open.session.project().clone(), Arc::clone(&open.derived));
        let number = self.large.next;
        self.large.next += 1;
        let progress = self.jobs.start_held(name.clone(), move |progress| {
            let work = || task.carry_out(&project, &derived, progress);
            let result = match POOL.as_ref() {
                Some(pool) => pool.install(work),
                None => work(),
            };
            Outcome::Large(Box::new(Made { number, way, result: result.map(Box::new) }))
        });
        self.large.under_way = Some(UnderWay { number, name, way, progress });
    }

    /// Swaps in what a job made, and makes what waited for it.
    pub(super) fn take_large(&mut self, made: Made) {
        // One of a project that was closed, or that was given up.
        let Some(under_way) = self.large.under_way.take_if(|under_way| under_way.number == made.number) else {
            return let_go(made);
        };
        match made.result {
            Ok(ready) if under_way.progress.is_cancelled() => {
                let_go(ready);
                self.say_stopped(&under_way.name);
            }
            Err(NotMade::Stopped) => self.say_stopped(&under_way.name),
            Err(NotMade::Refused(why)) => self.complain(why),
            Err(NotMade::Nothing(mut told)) => {
                if told.said.is_none() && told.refused.is_none() {
                    told.said = Some("Nothing had to be changed".to_owned());
                }
                let now = self.open.as_ref().map_or(0, |open| open.session.revision());
                self.tell(told, now);
            }
            Ok(ready) => self.swap_in(made.way, *ready),
        }
        self.work_off();
    }

    fn say_stopped(&mut self, name: &str) {
        self.panels.toasts.say(format!("Cancelled: {name}. Nothing was changed"), false);
    }

    fn tell(&mut self, told: Told, before: u64) {
        if let Some(said) = told.said {
            self.panels.toasts.say(said, true);
        }
        if let Some(refused) = told.refused {
            self.complain(refused);
        }
        if !told.left.is_empty() {
            self.panels.table.keep_left(told.left, before);
        }
    }

    fn swap_in(&mut self, way: Way, ready: Ready) {
        let Ready { project, derived, label, records, told } = ready;
        self.kept.keep(project.clone(), derived);
        match way {
            Way::Change => {
                let Some(open) = &mut self.open else { return };
                let before = open.session.revision();
                open.session.take_over(project, label, records);
                self.catch_up();
                self.tell(told, before);
            }
            Way::Undo => self.undo_now(),
            Way::Redo => self.redo_now(),
        }
    }

    /// Makes what waited, until a large change is under way again.
    fn work_off(&mut self) {
        while !self.large.is_under_way() {
            match self.large.queue.pop_front() {
                None => return,
                Some(Waiting::Edit(edit)) => {
                    let (edit, base) = *edit;
                    let Some(now) = self.project() else { return };
                    self.make(rebase(edit, &base, now));
                }
                Some(Waiting::Save(after)) => self.save(after),
                Some(Waiting::Undo) => self.undo(),
                Some(Waiting::Redo) => self.redo(),
            }
        }
    }

    /// Undoes the last step. While a change is under way, the last that waits is dropped, else the change is stopped.
    pub(super) fn undo(&mut self) {
        if let Some(under_way) = &self.large.under_way {
            match (self.large.queue.pop_back(), under_way.way) {
                (Some(Waiting::Edit(edit)), _) => {
                    let label = edit.0.label(self.project().unwrap_or(&edit.1));
                    self.panels.toasts.say(format!("Not made: {label}"), false);
                }
                (waiting, Way::Undo | Way::Redo) => {
                    self.large.queue.extend(waiting);
                    self.large.queue.push_back(Waiting::Undo);
                }
                (waiting, Way::Change) => {
                    under_way.progress.cancel();
                    self.large.queue.extend(waiting);
                }
            }
            return;
        }
        let Some(session) = self.open.as_ref().map(|open| &open.session) else { return };
        let (Some((to, records)), Some(label)) = (session.before(), session.undo_label()) else { return };
        if is_far(session.project(), to, records) && !self.kept.has(to) {
            let (to, name) = (Box::new(to.clone()), format!("Undoing: {label}"));
            self.start_large(name, Way::Undo, Task::To(to, records));
        } else {
            self.undo_now();
        }
    }

    /// Makes the last undone step again.
    pub(super) fn redo(&mut self) {
        if self.large.is_under_way() {
            return self.large.queue.push_back(Waiting::Redo);
        }
        let Some(session) = self.open.as_ref().map(|open| &open.session) else { return };
        let (Some((to, records)), Some(label)) = (session.after(), session.redo_label()) else { return };
        if is_far(session.project(), to, records) && !self.kept.has(to) {
            let (to, name) = (Box::new(to.clone()), format!("Doing again: {label}"));
            self.start_large(name, Way::Redo, Task::To(to, records));
        } else {
            self.redo_now();
        }
    }

    fn undo_now(&mut self) {
        if let Some(label) = self.open.as_mut().and_then(|open| open.session.undo()) {
            self.panels.toasts.say(format!("Undone: {label}"), false);
            self.catch_up();
        }
    }

    fn redo_now(&mut self) {
        if let Some(label) = self.open.as_mut().and_then(|open| open.session.redo()) {
            self.panels.toasts.say(format!("Done again: {label}"), false);
            self.catch_up();
        }
    }
}

impl Task {
    /// Makes the snapshot and its figures.
    fn carry_out(self, project: &Project, derived: &Arc<Derived>, progress: &Progress) -> Result<Ready, NotMade> {
        /// Working a change out is about half of the work, and making it a third of the rest.
        const WORKED: f32 = 0.5;
        const MADE: f32 = 0.7;
        let (edit, told) = match self {
            Self::To(to, records) => {
                let derived = forward(project, &to, derived, progress)?;
                return Ok(Ready { project: *to, derived, label: String::new(), records, told: Told::default() });
            }
            Self::Made { to, label, records, said } => {
                let derived = forward(project, &to, derived, progress)?;
                let told = Told { said: Some(said), ..Told::default() };
                return Ok(Ready { project: *to, derived, label, records, told });
            }
            Self::Edit(edit) => (edit, Told::default()),
            Self::Work(work) => {
                let go_on = |done: f32| progress.report(done * WORKED);
                let worked = work.make(project, derived, &go_on).ok_or(NotMade::Stopped)?;
                let told = Told { said: worked.said, refused: worked.refused, left: worked.left };
                let Some(edit) = worked.edit else { return Err(NotMade::Nothing(told)) };
                (edit, told)
            }
        };
        progress.go_on(WORKED)?;
        let next = edit.apply(project).map_err(|error| NotMade::Refused(error.to_string()))?;
        progress.go_on(MADE)?;
        if project.unchanged(&next) {
            return Err(NotMade::Nothing(told));
        }
        let (label, records) = (edit.label(project), edit.records(project));
        let_go(edit);
        let derived = forward(project, &next, derived, progress)?;
        Ok(Ready { project: next, derived, label, records, told })
    }
}

/// How many records say a number: claims, and events with a row of other people's data.
fn said(project: &Project) -> usize {
    project.claims.len() + if project.datasets.is_empty() { 0 } else { project.events.len() }
}

/// Whether going to a snapshot of the history takes longer than a frame.
fn is_far(from: &Project, to: &Project, records: usize) -> bool {
    records > LARGE || (from.methodology != to.methodology && said(to) > LARGE)
}

/// The figures of `to`, from those of `from`.
fn forward(from: &Project, to: &Project, derived: &Arc<Derived>, progress: &Progress) -> Result<Arc<Derived>, NotMade> {
    let before = progress.fraction();
    let further = |done: f32| progress.report(before + (0.95 - before) * done);
    let next = derived.advanced_while(from, to, &further).ok_or(NotMade::Stopped)?;
    progress.go_on(0.95)?;
    next.columnar().prepare();
    progress.go_on(1.0)?;
    Ok(Arc::new(next))
}
