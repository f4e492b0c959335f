//! The mappings of data sets that Dateline knows. One that was released never changes: what should be read otherwise
//! becomes another version, and projects that were made with the older one keep it.

use std::sync::LazyLock;

use crate::model::Mapping;

mod ged;

static ALL: LazyLock<Vec<Mapping>> = LazyLock::new(|| vec![ged::mapping()]);

/// All of them, the newest version of each last.
pub fn all() -> impl Iterator<Item = &'static Mapping> {
    ALL.iter()
}

/// The newest mapping of this name.
pub fn newest(name: &str) -> Option<&'static Mapping> {
    all().filter(|mapping| *mapping.name == *name).last()
}
