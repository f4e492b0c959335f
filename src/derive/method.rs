//! What the choice of a rule is worth: what a change of the method sheet would change, the project's total under every
//! method, and what was published against what stands now.
//!
//! Pure functions of snapshots. Those that take a `go_on` are for a job: they may take seconds at full size, and give
//! up as soon as it says so.

mod compare;
mod note;
mod preview;
mod published;
#[cfg(test)]
mod tests;
mod words;

pub use compare::{Comparison, Row, compare};
pub use note::method_note;
pub use preview::{Changed, Prepared, Preview, SHOWN, prepare, preview};
pub use published::{Against, against, delete, record, released, standing};
pub use words::{changes, what_changes};
