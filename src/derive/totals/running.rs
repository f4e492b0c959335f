//! Sums that are added up piece by piece, for subtotals of many events over several frames.

use super::sums::Adder;
use super::{By, Gathered, Query, Sums};
use crate::derive::index::Derived;
use crate::model::{Measure, Project};

/// The sums of the events that were added so far. In whatever pieces they are added, the sums are those of `totals`
/// over all of them: what is excluded does not count, and a summary adds what exceeds the events that it covers,
/// wherever these stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Running {
    adder: Adder,
}

impl Running {
    /// Adds the events in these slots of the columns, for the total of a measure.
    pub fn add(&mut self, project: &Project, derived: &Derived, measure: &Measure, slots: &[u32]) {
        let query = Query::new(measure.clone(), By::None);
        let gathered = Gathered::of(slots, &query.class, project, derived, &query);
        self.adder.join(&gathered.total());
    }

    /// What they add up to.
    pub fn sums(&self) -> Sums {
        self.adder.sums()
    }
}
