//! The open project: the only door through which it changes.
//!
//! A session knows no file and no window. Whoever shows the project reads a snapshot; whoever wants it changed hands in
//! an [`Edit`].

use crate::edit::{Edit, EditError};
use crate::history::History;
use crate::model::Project;

/// An open project with its history.
#[derive(Debug, Clone)]
pub struct Session {
    history: History<Project>,
}

impl Session {
    /// A project that was read from a file, or that is new (and then not saved).
    pub fn new(project: Project, saved: bool) -> Self {
        Self { history: History::new(project, saved) }
    }

    /// The project as it is now. A copy of it is a snapshot and costs nothing.
    pub fn project(&self) -> &Project {
        self.history.now()
    }

    /// The number of the present snapshot: while it stays, nothing has changed.
    pub fn revision(&self) -> u64 {
        self.history.revision()
    }

    /// Makes a change and says what it was called. A change that leaves everything equal is no step.
    ///
    /// # Errors
    /// Where the change would break a rule; the project stays as it is.
    pub fn edit(&mut self, edit: &Edit) -> Result<String, EditError> {
        let label = edit.label(self.project());
        let next = edit.apply(self.project())?;
        let records = edit.records(self.project());
        if !self.project().unchanged(&next) {
            let gone = self.history.push(next, label.clone(), edit.run(), records);
            let_go(gone);
        }
        Ok(label)
    }

    /// Goes on to a snapshot that was made elsewhere from the present one, as one step. `records` is how many records
    /// it touches. A snapshot that is equal is no step.
    pub fn take_over(&mut self, next: Project, label: String, records: usize) {
        if !self.project().unchanged(&next) {
            let gone = self.history.push(next, label, None, records);
            let_go(gone);
        }
    }

    /// The snapshot that undo would go back to, and how many records the step touched.
    pub fn before(&self) -> Option<(&Project, usize)> {
        Some((self.history.before()?, self.history.undo_size()))
    }

    /// The snapshot that redo would go on to, and how many records the step touched.
    pub fn after(&self) -> Option<(&Project, usize)> {
        Some((self.history.after()?, self.history.redo_size()))
    }

    /// Undoes the last change and says which.
    pub fn undo(&mut self) -> Option<String> {
        self.history.undo()
    }

    /// Makes the last undone change again and says which.
    pub fn redo(&mut self) -> Option<String> {
        self.history.redo()
    }

    /// What undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// How many undone changes a new one would give up.
    pub fn undone(&self) -> usize {
        self.history.undone()
    }

    /// Whether something is not in the file yet.
    pub fn is_changed(&self) -> bool {
        !self.history.is_saved()
    }

    /// Notes that the snapshot of this number stands in the file.
    pub fn mark_saved(&mut self, revision: u64) {
        self.history.mark_saved(revision);
    }
}

/// Snapshots that nobody can reach any more. They share most with the present one, but one that held 400,000 changed
/// events takes longer to take apart than a frame lasts.
fn let_go(gone: Vec<Project>) {
    if !gone.is_empty() {
        std::thread::spawn(move || drop(gone));
    }
}
