//! The subtotals of a grouped table: a line for every group with what its head says on the screen.
//!
//! Groups and their order are `columns::group`'s, sums those of `derive::totals`, and what a sum says is
//! `columns::Subtotal`. They are of the events that go out, so that the lines add up to the table that they stand beside.

use std::io;

use rayon::prelude::*;

use crate::columns::group::{Group, Grouping, Name};
use crate::columns::{self, Column, Kind as Holds, Part, Subtotal};
use crate::derive::columnar::Flag;
use crate::derive::totals::{Running, Sums};
use crate::model::{Measure, Project, SavedView};

use super::cell::Cell;
use super::{Line, Source, pace};

/// Groups that are added up between two looks at whether to go on.
const LOOK: usize = 1_024;

/// How a table is grouped, and of which figures it shows subtotals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouped {
    /// By what.
    pub group: Group,
    /// Whether the largest group comes first.
    pub descending: bool,
    measures: Vec<Measure>,
}

impl Grouped {
    /// A table with these columns.
    pub fn new(group: Group, descending: bool, shown: impl Iterator<Item = &'static Column>) -> Self {
        let mut measures: Vec<Measure> = Vec::new();
        for column in shown {
            if let Holds::Figure(measure, _) = &column.kind
                && !measures.contains(measure)
            {
                measures.push(measure.clone());
            }
        }
        Self { group, descending, measures }
    }

    /// The table of a saved view. `None` where it is not grouped, or by a column that the project does not have.
    pub fn of_view(view: &SavedView, project: &Project) -> Option<Self> {
        let all = columns::of(project);
        let find = |id: &str| all.iter().copied().find(|column| column.id == id);
        let group = Group::parse(&view.group, find).ok()?;
        let sort = view.sort.iter().find(|sort| *sort.column == *group.column);
        let descending = sort.is_some_and(|sort| sort.descending);
        if view.columns.is_empty() {
            return Some(Self::new(group, descending, all.iter().copied().filter(|column| !column.hidden)));
        }
        let named = view.columns.iter().filter(|column| !column.hidden).filter_map(|column| find(&column.id));
        Some(Self::new(group, descending, named))
    }
}

/// What stands in a line: a group, how many events it has, how many of them count in no sum, and the sums of each measure.
pub(super) struct Row {
    name: Name,
    events: usize,
    excluded: usize,
    sums: Vec<Sums>,
}

/// The lines of all groups, in the order of the table.
pub(super) struct Subtotals<'a> {
    grouped: &'a Grouped,
    pub rows: Vec<Row>,
}

/// The numbers of a measure: what follows its name, and what it is.
const NUMBERS: [(&str, &str, &str); 5] = [
    (".low", "low", "Sum of the lowest figures of the events in the group"),
    ("", "best", "Sum of the best figures; \"no best\" where an event with a low above zero has none"),
    (".high", "high", "Sum of the highest figures; n+ where that of an event is open above"),
    (".unknown", "unknown", "Events that are spoken of without a number; they are in no sum and are no zeros"),
    (".no_claim", "no claim", "Events of which nobody says anything"),
];

/// How a sum is written.
const SUM: &str = "number; ? is spoken of without a number, empty is not spoken of";

/// The columns: name, meaning, and what they hold. Empty where the table is not grouped.
pub(super) fn columns(source: &Source<'_>) -> Vec<[String; 3]> {
    let Some(grouped) = source.grouped else { return Vec::new() };
    let line = |id: &str, means: String, holds: &str| [id.to_owned(), means, holds.to_owned()];
    let mut all = vec![
        line(&grouped.group.to_string(), format!("The group. {}", grouped.group.title()), "text or number"),
        line("events", "Events in the group".to_owned(), "number"),
        line("excluded", "Events of them that are excluded, and count in no sum".to_owned(), "number"),
    ];
    for measure in &grouped.measures {
        all.extend(NUMBERS.iter().enumerate().map(|(n, (ending, words, means))| {
            let holds = if n < 3 { SUM } else { "number" };
            line(&format!("{measure}{ending}"), format!("{}, {words}. {means}", measure.title()), holds)
        }));
    }
    all
}

impl<'a> Subtotals<'a> {
    /// Adds up the groups of the events that go out. `None` where the table is not grouped.
    ///
    /// # Errors
    /// That it was stopped.
    pub fn of(source: &Source<'a>, lines: &[Line<'_>], go_on: &dyn Fn(f32) -> bool) -> io::Result<Option<Self>> {
        let table = source.derived.columnar();
        let Some(grouped) = source.grouped else { return Ok(None) };
        let Some(grouping) = Grouping::new(&grouped.group, source.project, table) else { return Ok(None) };
        let mut slots: Vec<u32> = lines.iter().map(|line| line.slot).collect();
        let groups = grouping.split(&mut slots, grouped.descending);
        let excluded = |slot: &&u32| table.flags()[**slot as usize] & Flag::Excluded.bit() != 0;
        let sums = |slots: &[u32], measure: &Measure| {
            let mut running = Running::default();
            running.add(source.project, source.derived, measure, slots);
            running.sums()
        };
        let row = |slots: &&[u32]| {
            Some(Row {
                name: grouping.name(*slots.first()?),
                events: slots.len(),
                excluded: slots.iter().filter(excluded).count(),
                sums: grouped.measures.iter().map(|measure| sums(slots, measure)).collect(),
            })
        };
        let mut rows = Vec::with_capacity(groups.len());
        for some in groups.chunks(LOOK) {
            if !go_on(0.0) {
                return Err(pace::stopped());
            }
            rows.par_extend(some.par_iter().filter_map(row));
        }
        Ok(Some(Self { grouped, rows }))
    }

    /// The names over the columns.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let own = [self.grouped.group.to_string(), "events".to_owned(), "excluded".to_owned()];
        let numbers = |measure: &'a Measure| NUMBERS.iter().map(move |(ending, ..)| format!("{measure}{ending}"));
        own.into_iter().chain(self.grouped.measures.iter().flat_map(numbers))
    }

    /// The cells of a line.
    pub fn cells<'r>(&self, row: &'r Row) -> impl Iterator<Item = Cell<'r>> + use<'r> {
        let name = match &row.name {
            Name::Count(n) => Cell::Count(*n),
            Name::Number(n) => Cell::Decimal(n.value()),
            name => Cell::text(name.label()),
        };
        [name, count(row.events), count(row.excluded)].into_iter().chain(row.sums.iter().flat_map(numbers))
    }
}

fn numbers<'a>(sums: &Sums) -> [Cell<'a>; NUMBERS.len()] {
    let [low, best, high] = [Part::Low, Part::Best, Part::High].map(|part| sum(Subtotal::of(sums, part)));
    [low, best, high, count(sums.unknown), count(sums.no_claim)]
}

fn sum<'a>(said: Subtotal) -> Cell<'a> {
    match said {
        Subtotal::Nothing => Cell::Empty,
        Subtotal::Unknown => Cell::text("?"),
        Subtotal::Number(n) => Cell::Count(n),
        Subtotal::AtLeast(n) => Cell::text(format!("{n}+")),
        Subtotal::NoBest => Cell::text("no best"),
    }
}

fn count<'a>(n: usize) -> Cell<'a> {
    Cell::Count(u64::try_from(n).unwrap_or(u64::MAX))
}
