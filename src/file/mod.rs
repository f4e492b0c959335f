//! The project file as text: bytes to [`Project`](crate::model::Project) and back, without touching a disk.
//!
//! Must not know the window, the clock, or where a file lies. `FORMAT.md` at the root of the repository describes the
//! format for people.
//!
//! A file is read in three steps. [`scan`] finds its sections and records by RON's lexemes, in one pass; `header` asks
//! which format it is in; `v1` reads each record with `ron` on all cores, converts it to the model, and says of each
//! mistake where it stands.

mod hash;
mod header;
mod lexeme;
pub mod lines;
pub mod mapping;
mod place;
mod plain;
pub mod position;
mod problem;
mod read;
pub mod scan;
#[cfg(test)]
mod scan_tests;
#[cfg(test)]
mod tests;
pub mod text;
pub mod v1;
mod write;

pub use hash::hash;
pub use header::FORMAT;
pub use place::places;
pub use position::Position;
pub use problem::{FileError, Finding};
pub use read::{Opened, read};
pub use write::{write, write_to};
