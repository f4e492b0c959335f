//! From claims to a figure: low, best and high of one measure and class of one event, with the working.
//!
//! A figure sums up what was *reported*; it estimates nothing. It is a pure function of the counted claims, the event's
//! date, the word table and the method. The steps stand in files of their own, in the order in which they are taken:
//!
//! 1. `reading`: a claim becomes a minimum, a maximum and a number, any of which may be missing
//! 2. `speaking`: which claims count, what an addition adds to, what an interim report still says
//! 3. `voices`: one voice for each group of claims that are not independent
//! 4. `range` and `methods`: one range of many voices, by a named rule
//! 5. `event`: classes join into sides and a total
//!
//! `heard` shows the voices side by side for people to compare, `stated` the claims one by one; `beneath` knows whether the
//! claims under a figure by hand are still those that it was set over. Sums over events are in `derive::totals`. The names
//! of rules are explained where they are defined (`model::methodology`).

mod beneath;
mod event;
mod heard;
mod methods;
mod range;
mod reading;
mod speaking;
mod stated;
#[cfg(test)]
mod tests;
mod voices;

pub use beneath::Beneath;
pub use event::{EventFigures, Figure, MeasureFigures, Statement, figures_of, hand_range};
pub use heard::{Heard, heard};
pub use range::{Range, add_ranges};
pub use reading::{Reading, of_quantity, read};
pub use speaking::{NotUsed, is_interim};
pub use stated::{Stated, stated};
pub use voices::is_high_only;

use crate::model::ClaimId;

/// What is known of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nobody spoke of it.
    #[default]
    NoClaim,
    /// Somebody spoke of it without a number that counts.
    Unknown,
    /// It lies in this range, as far as was reported.
    Known(Range),
}

impl Value {
    /// The range, where there is one.
    pub fn range(self) -> Option<Range> {
        match self {
            Self::Known(range) => Some(range),
            Self::NoClaim | Self::Unknown => None,
        }
    }
}

/// What must be said beside a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    /// The best figure was given as "about".
    pub about: bool,
    /// Somebody set it, with a reason.
    pub by_hand: bool,
    /// Only voices that may raise the high figure were left, and they count in full.
    pub high_only: bool,
    /// A published estimate whose low, best and high are out of order; it stays as it was published.
    pub flagged: bool,
    /// The high figure is closed by convention though a claim leaves it open.
    pub open_above: bool,
    /// Voices contradict each other, or somebody denies it.
    pub conflict: bool,
    /// It rests on estimates of data sets alone.
    pub estimates_only: bool,
    /// Set by hand, and the claims beneath it give something else now than they gave then.
    pub claims_changed: bool,
}

/// How a figure was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Working {
    /// The rule with its version.
    pub method: &'static str,
    /// Claims that the figure rests on.
    pub used: Vec<ClaimId>,
    /// Claims that it does not rest on, and why.
    pub not_used: Vec<(ClaimId, NotUsed)>,
    /// What else was done, in words.
    pub steps: Vec<String>,
}
