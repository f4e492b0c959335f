//! What a change of the method sheet would change, worked out before it is made.

use std::collections::BTreeMap;

use crate::derive::figures::Marks;
use crate::derive::index::{Derived, Summary};
use crate::derive::totals::{By, Query, Sums, totals};
use crate::edit::Edit;
use crate::model::{Class, EventId, Measure, Methodology, Project};

/// How many changed figures are listed; the rest is counted.
pub const SHOWN: usize = 300;

/// A figure that would be another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Of which event.
    pub event: EventId,
    /// What is counted.
    pub measure: Measure,
    /// Among whom.
    pub class: Class,
    /// What it is.
    pub from: Summary,
    /// What it would be.
    pub to: Summary,
}

/// What a change would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// How many figures of events.
    pub figures: usize,
    /// Of how many events.
    pub events: usize,
    /// The first of them, in the order of the project.
    pub shown: Vec<Changed>,
    /// The project's total of every measure of which anybody spoke, before and after.
    pub totals: Vec<(Measure, Sums, Sums)>,
}

/// A snapshot with another method sheet, with everything that follows from it: a change that is ready to be made.
#[derive(Debug)]
pub struct Prepared {
    /// The project with the sheet.
    pub project: Project,
    /// What follows from it.
    pub derived: Derived,
    /// What differs from the project as it is.
    pub preview: Preview,
}

/// Works out what would follow from another method sheet. `None` where `go_on` said to stop.
pub fn prepare(project: &Project, sheet: &Methodology, go_on: &dyn Fn() -> bool) -> Option<Prepared> {
    let edit = Edit::SetMethodology { methodology: Box::new(sheet.clone()), what: String::new() };
    let next = edit.apply(project).ok()?;
    let before = Derived::from_scratch_while(project, &|_| go_on())?;
    let derived = Derived::from_scratch_while(&next, &|_| go_on())?;
    let preview = preview((project, &before), (&next, &derived));
    Some(Prepared { project: next, derived, preview })
}

/// Which figures differ between two snapshots of a project with the same events, and its totals in both.
pub fn preview(before: (&Project, &Derived), after: (&Project, &Derived)) -> Preview {
    let mut found = Preview::default();
    for event in before.0.events.iter() {
        let changed = changed_of(event.id, before.1, after.1);
        found.events += usize::from(!changed.is_empty());
        found.figures += changed.len();
        let room = SHOWN.saturating_sub(found.shown.len());
        found.shown.extend(changed.into_iter().take(room));
    }
    for measure in before.0.measures() {
        let total = |(project, derived): (&Project, &Derived)| {
            totals(project, derived, &Query::new(measure.clone(), By::None)).total
        };
        let (from, to) = (total(before), total(after));
        if spoken(&from) || spoken(&to) {
            found.totals.push((measure, from, to));
        }
    }
    found
}

/// Whether anybody said anything of it.
pub(super) fn spoken(sums: &Sums) -> bool {
    sums.no_claim < sums.events
}

fn changed_of(event: EventId, before: &Derived, after: &Derived) -> Vec<Changed> {
    if before.figures(event).eq(after.figures(event)) {
        return Vec::new();
    }
    let mut both: BTreeMap<(&Measure, &Class), (Summary, Summary)> = BTreeMap::new();
    for (measure, class, summary) in before.figures(event) {
        both.entry((measure, class)).or_default().0 = summary;
    }
    for (measure, class, summary) in after.figures(event) {
        both.entry((measure, class)).or_default().1 = summary;
    }
    both.into_iter()
        .filter(|(_, (from, to))| differ(*from, *to))
        .map(|((measure, class), (from, to))| Changed {
            event,
            measure: measure.clone(),
            class: class.clone(),
            from,
            to,
        })
        .collect()
}

/// Whether a reader would see another figure: other numbers, or others of the signs that stand at the numbers.
fn differ(from: Summary, to: Summary) -> bool {
    let signs = |marks: Marks| (marks.about, marks.open_above, marks.by_hand, marks.flagged);
    from.value != to.value || signs(from.marks) != signs(to.marks)
}
