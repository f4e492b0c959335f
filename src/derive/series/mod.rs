//! Figures over time, as a chart shows them: a [`Question`] becomes a [`Chart`] of numbers, which `scene` lays out as
//! shapes, the panel paints, and exports write.
//!
//! Laws, held by property tests: without a split every series is that of `derive::totals`; a split whose groups do not
//! overlap adds up to the whole in every bin and strip; a cumulative series ends at the sum of its bins; the account
//! counts every event of the filter once. Unknown, zero and silence are three things and stay so ([`Known`]).
//!
//! The parts: `question` is what can be asked; `look` sees which dates and groups there are, `groups` and `plan` decide
//! where everything goes, `fill` adds up, `build` makes the chart of it, `honest` tells what is not known; `events` leads
//! back from a bar to its events. Nothing here knows a screen, a colour or a clock: the day of today comes with the
//! [`Basis`].

mod build;
mod events;
mod fill;
mod groups;
mod honest;
mod look;
mod plan;
mod question;
#[cfg(test)]
mod tests;

pub use super::totals::Known;
pub use events::Place;
pub use honest::{both, near_days_searched};
pub use question::{Arrangement, Beside, Question, Split};

use std::sync::Arc;

use jiff::civil::Date;

use super::calendar::{Bin, Unit};
use super::index::Derived;
use super::totals::{Account, Sums};
use crate::model::{Almanac, Measure, Milestone, Project};

/// What a chart is made from.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// The snapshot.
    pub project: &'a Project,
    /// What follows from it.
    pub derived: &'a Derived,
    /// For each slot of `derive::columnar` whether the question's filter lets it through; `None` is all.
    pub filter: Option<&'a [bool]>,
    /// The same for the filter that it is compared with, in [`Beside::Filter`].
    pub other: Option<&'a [bool]>,
    /// Today, where the person is: days to come are no silence.
    pub today: Date,
}

/// The sums of one series in one bin or strip, or in all. [`Sums::known`] tells unknown (drawn "?"), zero (drawn "0")
/// and silence apart; whether silence says anything is said by [`Column::searched`].
///
/// `best` is `None` where an event with a low above zero has none: drawn as a hollow bar from low to high. `high` is
/// `None` where an event's high is open: drawn open above `high_at_least`.
pub type Point = Sums;

/// How much of a bin was searched for reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Searched {
    /// Every day, as far as the project says: silence there means that nothing was reported.
    All,
    /// Some days were not searched, or have not come yet: drawn hatched, "incomplete".
    Partly,
    /// No day: silence there says nothing, and a line is broken.
    Not,
}

/// One bin of the axis. The bins of a chart follow each other without gaps, unless there would be more than
/// [`MAX_BINS`](super::totals::MAX_BINS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its days.
    pub bin: Bin,
    /// How much of it was searched.
    pub searched: Searched,
}

impl Column {
    /// Whether its numbers may still grow because days of it were not searched or have not come.
    pub fn is_incomplete(&self) -> bool {
        self.searched != Searched::All
    }
}

/// Why events stand beside the axis, in a strip of their own on the same heights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strip {
    /// Their date does not fit one bin.
    NotPlaced,
    /// They have none.
    Undated,
    /// They sum up others, and exceed them.
    Summaries,
}

impl Strip {
    /// All, from the left.
    pub const ALL: [Self; 3] = [Self::NotPlaced, Self::Undated, Self::Summaries];

    /// The words under the strip.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotPlaced => "not placed",
            Self::Undated => "undated",
            Self::Summaries => "in summaries",
        }
    }
}

/// What a series stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything that was asked for.
    Whole,
    /// A group of the split. The number is its colour: the same in every panel, the largest group first.
    Group(usize),
    /// The groups beyond those that stand on their own, put together: drawn grey.
    Other,
}

/// Numbers over time: one for each column of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The group's word in files; empty for the whole, and where events do not state it.
    pub key: String,
    /// What a person reads.
    pub label: String,
    /// What it stands for.
    pub role: Role,
    /// Which of the two that are compared it belongs to: a place in [`Chart::compared`].
    pub compared: usize,
    /// One for each of [`Chart::columns`]; in a cumulative chart, up to the end of each.
    pub points: Vec<Point>,
    /// One for each of [`Chart::strips`], never cumulative.
    pub apart: Vec<Point>,
    /// All of it: the bins, and what stands apart.
    pub total: Point,
}

/// Series that are drawn on one pair of axes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// The name of the group, where each has a panel of its own; else empty.
    pub label: String,
    /// What the panel is about as a whole, once for each that is compared: the sums under the whiskers of stacked bars.
    pub whole: Vec<Series>,
    /// What is drawn: the groups from the largest to "other", or the same as `whole` where nothing is split.
    pub series: Vec<Series>,
}

/// One of the two sides of a comparison; most charts have one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What tells it from the other: the measure, or the line of its filter. Empty where nothing is compared.
    pub label: String,
    /// What is counted.
    pub measure: Measure,
    /// Where every event of its filter stands.
    pub account: Account,
    /// Everything that counts.
    pub total: Sums,
}

/// A day from which figures were published by another rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodChange {
    /// The day of the first release by the new rule.
    pub day: Date,
    /// From what to what, in words.
    pub label: String,
}

/// The answer to a [`Question`]: everything that a chart draws and says, as numbers and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What was asked.
    pub question: Question,
    /// How the series stand: what was asked for, but for groups that overlap, which are never stacked.
    pub arrangement: Arrangement,
    /// The size of bins in force.
    pub unit: Unit,
    /// The axis. Empty where nothing has a place on it.
    pub columns: Vec<Column>,
    /// What stands beside the axis: only strips that say something, from the left.
    pub strips: Vec<Strip>,
    /// One, or one for each group in small multiples.
    pub panels: Vec<Panel>,
    /// One, or two in a comparison.
    pub compared: Vec<Compared>,
    /// How many groups are within "other".
    pub others: usize,
    /// Whether an event may stand in several series, so that they do not add up.
    pub overlap: bool,
    /// Stretches of days on the axis that were not searched or have not come, first and last day of each.
    pub unsearched: Vec<(Date, Date)>,
    /// How the project writes the calendar.
    pub almanac: Almanac,
    /// Dated lines, by day.
    pub milestones: Vec<Milestone>,
    /// Days from which figures were published by another rule, by day.
    pub changes: Vec<MethodChange>,
    /// The column with the largest best of the whole; the largest high where none has a best. `None` where all are 0.
    pub peak: Option<usize>,
    /// What must be said beside the picture, in sentences. The first says what ranges are.
    pub stated: Vec<String>,
    /// Which event goes where.
    plan: Arc<plan::Plan>,
}

impl Chart {
    /// The answer to a question. Milliseconds for hundreds of thousands of events.
    pub fn of(basis: &Basis<'_>, question: &Question) -> Self {
        build::chart(basis, question)
    }
}
