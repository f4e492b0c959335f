//! The project's total under every method, with the figures that were set by hand and without them.

use std::sync::Arc;

use crate::derive::index::Derived;
use crate::derive::totals::{By, Query, Sums, totals};
use crate::model::{Event, Few, Measure, Method, Methodology, Project};

use super::preview::spoken;

/// One measure under one method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The method.
    pub method: Method,
    /// The total with the figures that were set by hand.
    pub total: Sums,
    /// The total from the claims alone; `None` where no figure of the measure was set by hand.
    pub claims_alone: Option<Sums>,
}

/// Every measure of which anybody spoke, under every method in the order of pick lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The measures in the order of the project.
    pub measures: Vec<(Measure, Vec<Row>)>,
}

impl Comparison {
    /// The rows of a measure; none where nobody spoke of it.
    pub fn of(&self, measure: &Measure) -> &[Row] {
        self.measures.iter().find(|(known, _)| known == measure).map_or(&[], |(_, rows)| rows)
    }
}

/// Works out every total under every method. `go_on` hears how far it has come, from 0 to 1, and may stop it.
pub fn compare(project: &Project, go_on: &dyn Fn(f32) -> bool) -> Option<Comparison> {
    let hands: Vec<Event> =
        project.events.iter().filter(|event| !event.by_hand.is_empty()).map(|event| Event::clone(event)).collect();
    let set = |measure: &Measure| hands.iter().any(|event| event.by_hand.iter().any(|hand| hand.measure == *measure));
    let mut measures: Vec<(Measure, Vec<Row>)> = project.measures().map(|measure| (measure, Vec::new())).collect();
    for (n, method) in Method::ALL.into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few methods")]
        let done = n as f32 / Method::ALL.len() as f32;
        let of_method = under(project, method);
        let mut derived = Derived::from_scratch_while(&of_method, &|_| go_on(done))?;
        for (measure, rows) in &mut measures {
            rows.push(Row { method, total: total(&of_method, &derived, measure), claims_alone: None });
        }
        if hands.is_empty() {
            continue;
        }
        let alone = without(&of_method, &hands);
        derived.advance(&of_method, &alone);
        for (measure, rows) in measures.iter_mut().filter(|(measure, _)| set(measure)) {
            if let Some(row) = rows.last_mut() {
                row.claims_alone = Some(total(&alone, &derived, measure));
            }
        }
    }
    measures.retain(|(_, rows)| rows.iter().any(|row| spoken(&row.total)));
    Some(Comparison { measures })
}

/// The project with one method for every measure.
fn under(project: &Project, method: Method) -> Project {
    let sheet = Methodology { method, methods: std::collections::BTreeMap::new(), ..(*project.methodology).clone() };
    Project { methodology: Arc::new(sheet), ..project.clone() }
}

/// The project without the figures that were set by hand on these events.
fn without(project: &Project, hands: &[Event]) -> Project {
    let mut plain = project.clone();
    for event in hands {
        let event = Event { by_hand: Few::new(), ..event.clone() };
        // The event is there: the list was made of this project.
        let _ = plain.events.replace(event);
    }
    plain
}

fn total(project: &Project, derived: &Derived, measure: &Measure) -> Sums {
    totals(project, derived, &Query::new(measure.clone(), By::None)).total
}
