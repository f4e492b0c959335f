//! A change of many records, or a copy of many cells, as a panel asks for it: worked out off the window's thread, on the
//! snapshot that the app hands over. It must not know who runs it.

use std::fmt;
use std::sync::Arc;

use crate::derive::Derived;
use crate::edit::Edit;
use crate::model::{EventId, Project};
use crate::platform::Clip;

/// What a change came to.
#[derive(Debug, Default)]
pub struct Worked {
    /// The change. `None` where everything is as it should be already.
    pub edit: Option<Edit>,
    /// What to say when it was made.
    pub said: Option<String>,
    /// What could not be done, and why.
    pub refused: Option<String>,
    /// Texts that cells could not take: they stay with the person, who typed or pasted them.
    pub left: Vec<Left>,
}

/// A text that a cell could not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Of which event.
    pub event: EventId,
    /// In the column of this id.
    pub column: &'static str,
    /// As it was pasted.
    pub text: String,
    /// Why it was not taken, and what to do.
    pub why: String,
}

/// Told how far the work has come, from 0 to 1; answers whether to go on.
pub type GoOn<'a> = &'a (dyn Fn(f32) -> bool + Sync);

type Make = dyn Fn(&Project, &Derived, GoOn<'_>) -> Option<Worked> + Send + Sync;

/// A change that is still to be worked out.
#[derive(Clone)]
pub struct Work {
    /// What the status bar calls it: "Filling 31,000 cells in Place".
    pub name: String,
    make: Arc<Make>,
}

impl Work {
    /// A change under this name. `make` works on a snapshot and what follows from it, on any thread, and gives `None`
    /// where it was told not to go on.
    pub fn new(
        name: String,
        make: impl Fn(&Project, &Derived, GoOn<'_>) -> Option<Worked> + Send + Sync + 'static,
    ) -> Self {
        Self { name, make: Arc::new(make) }
    }

    /// Works it out.
    pub fn make(&self, project: &Project, derived: &Derived, go_on: GoOn<'_>) -> Option<Worked> {
        (self.make)(project, derived, go_on)
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Two are equal when they are the very same.
impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.make, &other.make)
    }
}

/// How many cells are put on the clipboard as a table, too. Larger ones go as text alone: a table of them would take
/// hundreds of megabytes, and no program reads it any faster than the text.
pub const AS_TABLE: usize = 500_000;

type Write = dyn Fn(&Project, &Derived, GoOn<'_>) -> Option<Clip> + Send + Sync;

/// Cells that are to be put on the clipboard.
#[derive(Clone)]
pub struct Copying {
    /// What the status bar calls it: "Copying 31,000 cells".
    pub name: String,
    /// How many cells.
    pub cells: usize,
    write: Arc<Write>,
}

impl Copying {
    /// So many cells, which `write` writes on any thread. `None` where it was told not to go on.
    pub fn new(
        name: String,
        cells: usize,
        write: impl Fn(&Project, &Derived, GoOn<'_>) -> Option<Clip> + Send + Sync + 'static,
    ) -> Self {
        Self { name, cells, write: Arc::new(write) }
    }

    /// Writes them.
    pub fn write(&self, project: &Project, derived: &Derived, go_on: GoOn<'_>) -> Option<Clip> {
        (self.write)(project, derived, go_on)
    }
}

impl fmt::Debug for Copying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Copying").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Two are equal when they are the very same.
impl PartialEq for Copying {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.write, &other.write)
    }
}
