//! What can be asked of sums: which measure and class, over which events, split by what.

use crate::derive::calendar::{BinSize, Unit};
use crate::derive::columnar::Columnar;
use crate::derive::facet::Facet;
use crate::model::{Class, Event, EventId, Measure, Project};

/// By what sums are split.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    /// Not at all.
    #[default]
    None,
    /// By bins of days.
    Time(BinSize),
    /// By names that events state.
    Of(Facet),
}

impl By {
    /// The word on the command line and in answers.
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Time(size) => size.key(),
            Self::Of(facet) => facet.key(),
        }
    }

    /// The split of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        let unit = Unit::ALL.into_iter().map(|unit| Self::Time(BinSize::Fixed(unit)));
        let time = unit.chain([Self::None, Self::Time(BinSize::Auto)]);
        time.chain(Facet::ALL.map(Self::Of)).find(|by| by.key() == key)
    }
}

/// Into which bin an event goes whose date is not one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Placing {
    /// Only into a bin that holds its whole interval.
    #[default]
    Within,
    /// Into the bin of its first possible day.
    Start,
    /// Into the bin of its last possible day.
    End,
    /// Evenly over the days of its interval, in whole people.
    Spread,
}

impl Placing {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 4] = [Self::Within, Self::Start, Self::End, Self::Spread];

    /// The word on the command line and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Start => "start",
            Self::End => "end",
            Self::Spread => "spread",
        }
    }

    /// The placing of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|placing| placing.key() == key)
    }
}

/// Over which events.
#[derive(Clone, Copy, Default)]
pub enum Among<'a> {
    /// All of the project.
    #[default]
    All,
    /// These; those that are not in the project are passed over, and each counts once.
    Events(&'a [EventId]),
    /// Those of which this is true.
    Matching(&'a dyn Fn(&Event) -> bool),
    /// Those whose slots in `derive::columnar` are marked, as a filter answers.
    Slots(&'a [bool]),
}

impl Among<'_> {
    /// The slots of the events, in the order of the project.
    pub(super) fn slots(&self, project: &Project, table: &Columnar) -> Vec<u32> {
        let order = table.order();
        match self {
            Self::All => order.to_vec(),
            Self::Slots(marked) => {
                order.iter().copied().filter(|slot| marked.get(*slot as usize).is_some_and(|is| *is)).collect()
            }
            Self::Matching(matches) => {
                let events = project.events.iter().zip(order);
                events.filter(|(event, _)| matches(event)).map(|(_, slot)| *slot).collect()
            }
            Self::Events(ids) => {
                let mut found: Vec<u32> = ids.iter().filter_map(|id| table.slot(*id)).collect();
                found.sort_by_cached_key(|slot| table.position(*slot));
                found.dedup();
                found
            }
        }
    }
}

/// What is asked.
#[derive(Clone)]
pub struct Query<'a> {
    /// What is counted.
    pub measure: Measure,
    /// Among whom.
    pub class: Class,
    /// By what it is split.
    pub by: By,
    /// Where events go whose date is not one day, in a split by time.
    pub placing: Placing,
    /// Over which events.
    pub among: Among<'a>,
}

impl Query<'_> {
    /// The total of a measure over all events, split like this.
    pub fn new(measure: Measure, by: By) -> Self {
        Self { measure, class: Class::TOTAL, by, placing: Placing::default(), among: Among::All }
    }
}
