//! The project file: text to [`Project`](crate::model::Project) and back. Pure: it must not know where the text comes
//! from, and it opens, saves and locks nothing (that is `store`).
//!
//! A file is read in three steps. [`scan`] finds its sections and records by RON's lexemes, in one pass; `header` asks
//! which format it is in; `v1` reads each record with `ron` on all cores, converts it to the model, and says of each
//! mistake where it stands. `FORMAT.md` at the root of the repository describes the format for people.

mod header;
mod position;
mod problem;
mod read;
pub mod scan;
pub mod v1;
mod write;

#[cfg(test)]
mod tests;

pub use header::FORMAT;
pub use position::{Lines, Position};
pub use problem::{FileError, Finding};
pub use read::{Opened, read};
pub use write::write;
