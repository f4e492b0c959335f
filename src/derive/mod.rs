//! Pure functions of a project: figures, totals, chart series, order of rows, problems.
//!
//! What can be computed is computed, not remembered: nothing here is ever called "invalidate". This module knows no
//! window, no disk and no clock, and it changes nothing.

pub mod calendar;
pub mod columnar;
pub mod credits;
pub mod facet;
pub mod figures;
pub mod find;
pub mod index;
pub mod links;
pub mod method;
pub mod problems;
pub mod reports;
pub mod reprints;
pub mod series;
pub mod sources;
pub mod totals;
pub mod versions;
pub mod voices;
pub mod wording;

pub use index::{ClaimsOf, Derived, Summary, beneath, claims_on, explain, explain_claims, explain_with, statements};

/// What share `n` is of them, for progress.
#[expect(clippy::cast_precision_loss, reason = "a share")]
fn portion(n: usize, of: usize) -> f32 {
    n as f32 / of.max(1) as f32
}
