//! Other people's tables into a project: rows become events with their source rows, and a newer release brings those
//! that are there up to date.
//!
//! First [`incoming`] reads a table by a mapping; then [`plan()`] says what it would change in a project; then
//! [`Plan::edit`] is that change, as one step. What columns mean is not known here: `dataset` reads rows.

mod changes;
mod fit;
mod kinds;
mod merge;
mod plan;
mod read;
mod release;
mod report;
#[cfg(test)]
mod tests;

pub use changes::{Conflict, Field};
pub use fit::{Fitted, by, fit, guessed};
pub use plan::{Missing, Plan, Wishes, plan};
pub use read::{Incoming, Source, Taken, incoming};
pub use report::{Outcome, Reason, Report};
