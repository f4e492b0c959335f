//! What a chart can be asked: one question, the same for the panel, the exports and the command line.

use crate::derive::calendar::BinSize;
use crate::derive::facet::Facet;
use crate::derive::totals::Placing;
use crate::model::{Class, ColumnId, Measure};

/// Into what the events of a chart are split.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Split {
    /// Not at all: one series.
    #[default]
    None,
    /// By names that events state.
    Of(Facet),
    /// By the values of a column of the analyst's own.
    Own(ColumnId),
}

impl Split {
    /// The word on the command line: that of `derive::totals::By`, or the id of a column.
    pub fn key(&self) -> &str {
        match self {
            Self::None => "none",
            Self::Of(facet) => facet.key(),
            Self::Own(column) => column.as_str(),
        }
    }

    /// Whether an event may stand in several groups, so that they do not add up to the whole.
    pub const fn overlaps(self) -> bool {
        match self {
            Self::Of(facet) => facet.overlaps(),
            Self::None | Self::Own(_) => false,
        }
    }
}

/// How the series of a split stand to each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// On top of each other: their bests add up to the whole, which alone has whiskers. Groups that overlap cannot be
    /// stacked and are drawn beside each other, which the chart states.
    #[default]
    Stacked,
    /// Beside each other, each with its range.
    Grouped,
    /// A chart for each on the same heights.
    Multiples,
}

impl Arrangement {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 3] = [Self::Stacked, Self::Grouped, Self::Multiples];

    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stacked => "stacked",
            Self::Grouped => "grouped",
            Self::Multiples => "multiples",
        }
    }

    /// How many groups stand on their own before the rest is put together as "other".
    pub const fn most_groups(self) -> usize {
        match self {
            Self::Stacked | Self::Grouped => 5,
            Self::Multiples => 11,
        }
    }
}

/// What is drawn beside the first series, to be compared with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// Another measure of the same events.
    Measure(Measure),
    /// The same measure of the events of another filter, as its line is written.
    Filter(String),
}

/// What a chart is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// What is counted.
    pub measure: Measure,
    /// Among whom.
    pub class: Class,
    /// Which events: the line of a filter, as in the table; empty is all. Whoever asks searches
    /// ([`Basis::filter`](super::Basis::filter)); here it is only said.
    pub filter: String,
    /// Whether only events around the days that were searched are meant. Whoever asks lets only those through
    /// ([`near_days_searched`](super::near_days_searched)); here it is only said.
    pub searched_only: bool,
    /// How large a bin is.
    pub size: BinSize,
    /// Where dates go that are not one day.
    pub placing: Placing,
    /// Into which series.
    pub split: Split,
    /// How these stand to each other.
    pub arrangement: Arrangement,
    /// Whether every bin shows what was reported up to its end.
    pub cumulative: bool,
    /// What it is compared with.
    pub beside: Beside,
    /// Whether heights are logarithmic. Bars would be cut: the chart is drawn as lines.
    pub logarithmic: bool,
    /// Whether the low is taken where an event has no best, although the method sheet does not say so. It is stated.
    pub missing_best_is_low: bool,
}

impl Default for Question {
    /// People killed, all of them, over time.
    fn default() -> Self {
        Self {
            measure: Measure::Killed,
            class: Class::TOTAL,
            filter: String::new(),
            searched_only: false,
            size: BinSize::default(),
            placing: Placing::default(),
            split: Split::default(),
            arrangement: Arrangement::default(),
            cumulative: false,
            beside: Beside::default(),
            logarithmic: false,
            missing_best_is_low: false,
        }
    }
}
