//! What other people's numbers mean: reads a verbatim row of their data as an event and its claims.
//!
//! The row stays the evidence; what is read from it is never stored beside it. A [`Mapping`] says
//! what the columns mean, [`known`] holds those of the data sets that Dateline knows, a [`RowReader`] is one of them made
//! ready for the columns of one file. This module knows no file, no window, and nothing of how claims become figures.

mod evidence;
mod flaw;
mod guard;
pub mod guess;
mod intake;
pub mod known;
mod number;
mod place;
mod reader;
mod rows;
mod same;
mod shared;
mod split;
#[cfg(test)]
mod tests;
mod when;
mod write;

pub use evidence::{Evidence, evidence, rests_on_row, row_number};
pub use flaw::{Flaw, Wrong};
pub use guard::{guarded, unguarded};
pub use intake::Intake;
pub use reader::RowReader;
pub use rows::{Readers, claim, readers, stated};
pub use shared::{Pool, Shared};
pub use split::{Field, Fields, split};
pub use write::write_row;

use crate::model::{Dataset, Mapping, Project};

/// The mapping by which a data set of the project is read: one of the project's own, else a known one.
pub fn mapping_of<'p>(project: &'p Project, dataset: &Dataset) -> Option<&'p Mapping> {
    find_mapping(&project.mappings, dataset)
}

/// The same among these mappings and the known ones.
pub fn find_mapping<'m>(mappings: &'m [Mapping], dataset: &Dataset) -> Option<&'m Mapping> {
    let is_it = |mapping: &&Mapping| mapping.name == dataset.mapping && mapping.version == dataset.mapping_version;
    mappings.iter().find(is_it).or_else(|| known::all().find(is_it))
}

/// The reader of a data set of the project. `None` where nobody knows its mapping.
pub fn reader_of(project: &Project, dataset: &Dataset) -> Option<RowReader> {
    mapping_of(project, dataset).map(|mapping| RowReader::new(dataset, mapping))
}
