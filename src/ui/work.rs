//! A change of many records, as a panel asks for it: worked out off the window's thread, on the snapshot that the app
//! hands over. It must not know who runs it.

use std::fmt;
use std::sync::Arc;

use crate::derive::Derived;
use crate::edit::Edit;
use crate::model::Project;

/// What a change came to.
#[derive(Debug, Default)]
pub struct Worked {
    /// The change. `None` where everything is as it should be already.
    pub edit: Option<Edit>,
    /// What to say when it was made.
    pub said: Option<String>,
    /// What could not be done, and why.
    pub refused: Option<String>,
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
