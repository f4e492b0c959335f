//! How a toll became known: what was said by each day, and what the method in force made of it then.
//!
//! `event` lays out the claims on one number of one event with the figure as it ran; `toll` sums over all events, by the
//! project's method and speaker by speaker. All of it rests on the same two questions, answered here: from which day a
//! claim was known, and what a set of claims known by then amounts to.
//!
//! A claim is known from its day of report; where nobody wrote that down, from the day on which its article was
//! published. One with neither is known "some time": it joins behind the last day, and so do figures that were set by
//! hand, so that the last step always is the figure of today. The claim itself stays as it is: a method that asks for
//! the day of report takes one without it for the oldest, as ever.

mod course;
mod event;
#[cfg(test)]
mod tests;
mod toll;

pub use course::Step;
pub use event::{Line, Said, Standing, Timeline, Told, timeline};
pub use toll::{Asked, Speaker, Toll, TollStep, by_speaker, toll};

use jiff::civil::Date;

use crate::model::{Claim, Project};

/// From when something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// From this day.
    On(Date),
    /// From a day that nobody wrote down.
    SomeTime,
    /// Only by what somebody set by hand.
    ByHand,
}

impl Known {
    /// The day, where there is one.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::On(day) => Some(day),
            Self::SomeTime | Self::ByHand => None,
        }
    }
}

/// From when a claim is known.
pub fn known_from(project: &Project, claim: &Claim) -> Known {
    let published = || claim.article().and_then(|id| project.articles.get(id)?.published).map(|moment| moment.day());
    claim.reported.or_else(published).map_or(Known::SomeTime, Known::On)
}
