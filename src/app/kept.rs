//! The figures of snapshots that were or may soon be the present one, so that going there is a swap.
//!
//! A large change, the way back from it, and another rule would each take longer to work out than a frame lasts. Figures
//! are found by the snapshot that they belong to, never by what was done; those of another snapshot are never taken.

use std::sync::Arc;

use crate::derive::Derived;
use crate::model::Project;

/// How many snapshots are kept with their figures. Those of 400,000 events take about a hundred megabytes.
const KEPT: usize = 3;

/// Snapshots with their figures.
#[derive(Default)]
pub(super) struct Kept {
    /// The latest last.
    kept: Vec<(Project, Arc<Derived>)>,
}

impl Kept {
    /// Whether the figures of this snapshot are here.
    pub fn has(&self, project: &Project) -> bool {
        self.kept.iter().any(|(kept, _)| kept.unchanged(project))
    }

    /// The figures of this snapshot, where they are kept.
    fn take(&mut self, project: &Project) -> Option<Arc<Derived>> {
        let at = self.kept.iter().position(|(kept, _)| kept.unchanged(project))?;
        Some(self.kept.remove(at).1)
    }

    /// Keeps the figures of a snapshot; the oldest ones are let go.
    pub fn keep(&mut self, project: Project, derived: Arc<Derived>) {
        self.kept.retain(|(kept, _)| !kept.unchanged(&project));
        self.kept.push((project, derived));
        if self.kept.len() > KEPT {
            let_go(self.kept.remove(0));
        }
    }

    /// Brings `derived` from the snapshot `from` to `to`. Where the figures of `to` are kept they are taken, and the old
    /// ones are kept for the way back; else they are brought forward by what differs.
    pub fn advance(&mut self, derived: &mut Arc<Derived>, from: &mut Project, to: &Project) {
        match self.take(to) {
            Some(ready) => {
                let old = std::mem::replace(derived, ready);
                self.keep(std::mem::replace(from, to.clone()), old);
            }
            None => {
                Arc::make_mut(derived).advance(from, to);
                *from = to.clone();
            }
        }
    }

    /// Lets go of everything: another project is opened.
    pub fn clear(&mut self) {
        let_go(std::mem::take(&mut self.kept));
    }
}

/// Lets go of something off the window's thread: figures or records of 400,000 events take longer than a frame.
pub(super) fn let_go<T: Send + 'static>(gone: T) {
    std::thread::spawn(move || drop(gone));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::{Claim, Class, Event, Measure, Method, Methodology, Quantity};

    fn project() -> Project {
        let mut project = Project::titled("Test");
        let event = Event::new("e-1".parse().expect("an id"));
        for (n, speaker) in [(3, "x"), (5, "y"), (9, "z")] {
            let claim = Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::exactly(n));
            project.claims.push(Claim { speaker: speaker.into(), ..claim }).expect("new");
        }
        project.events.push(event).expect("new");
        project
    }

    fn under(project: &Project, method: Method) -> Project {
        let methodology = Box::new(Methodology { method, ..Methodology::default() });
        Edit::SetMethodology { methodology, what: "rule".to_owned() }.apply(project).expect("applies")
    }

    /// Figures that no project has: where they come out, they were not worked out anew.
    fn marked() -> Derived {
        let mut other = project();
        other.claims = crate::model::Records::default();
        Derived::from_scratch(&other)
    }

    #[test]
    fn a_change_that_was_previewed_takes_its_figures_and_the_way_back_has_the_old_ones() {
        let (plain, lowest) = (project(), under(&project(), Method::Conservative));
        let lowest = under(&plain, lowest.methodology.method);
        let mut kept = Kept::default();
        kept.keep(lowest.clone(), Arc::new(marked()));
        let mut derived = Arc::new(Derived::from_scratch(&plain));
        let (old, mut from) = (derived.clone(), plain.clone());
        kept.advance(&mut derived, &mut from, &lowest);
        assert!(*derived == marked(), "taken, not worked out");
        assert!(from.unchanged(&lowest));
        kept.advance(&mut derived, &mut from, &plain);
        assert!(derived == old);
        kept.advance(&mut derived, &mut from, &lowest);
        assert!(*derived == marked(), "and forward again");
    }

    #[test]
    fn figures_of_another_snapshot_are_never_taken() {
        let plain = project();
        let lowest = under(&plain, Method::Conservative);
        let mut kept = Kept::default();
        kept.keep(lowest, Arc::new(marked()));
        let mut more = plain.clone();
        more.events.push(Event::new("e-2".parse().expect("an id"))).expect("new");
        let lowest_of_more = under(&more, Method::Conservative);
        let (mut derived, mut from) = (Arc::new(Derived::from_scratch(&more)), more);
        kept.advance(&mut derived, &mut from, &lowest_of_more);
        assert!(*derived == Derived::from_scratch(&lowest_of_more));
    }

    #[test]
    fn only_a_few_are_kept() {
        let plain = project();
        let mut kept = Kept::default();
        for method in Method::ALL {
            kept.keep(under(&plain, method), Arc::new(marked()));
        }
        assert_eq!(kept.kept.len(), KEPT);
    }
}
