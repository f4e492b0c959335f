//! Undo and redo of anything: snapshots with a label each, a mark for what was saved, and runs of typing as one step.
//!
//! It knows nothing of events or claims, and never looks into what it keeps.

/// A state with the number of the revision that made it.
#[derive(Debug, Clone)]
struct Step<T> {
    /// The state before this step, or behind it when it stands in the future.
    state: T,
    /// The number of that state.
    revision: u64,
    /// What the step does, for the menu: "Change killed of Batken".
    label: String,
    /// How much it changed, in whatever the owner counts.
    size: usize,
}

/// States before and after the present one.
#[derive(Debug, Clone)]
pub struct History<T> {
    now: T,
    revision: u64,
    newest: u64,
    saved: Option<u64>,
    past: Vec<Step<T>>,
    future: Vec<Step<T>>,
    /// What the last step was a run of, while it may still grow.
    run: Option<String>,
}

impl<T: Clone> History<T> {
    /// A history that begins with this state. It counts as saved where the state stands in a file already.
    pub fn new(now: T, saved: bool) -> Self {
        Self { now, revision: 0, newest: 0, saved: saved.then_some(0), past: Vec::new(), future: Vec::new(), run: None }
    }

    /// The present state.
    pub fn now(&self) -> &T {
        &self.now
    }

    /// The number of the present state: equal numbers mean the very same state.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Goes on to a new state. What had been undone is given up and handed back: large states take their time to go.
    /// Steps that name the same `run` one right after the other become one: a word that is typed is one step, not one a
    /// letter. `size` says how much the step changed, see [`History::undo_size`].
    pub fn push(&mut self, state: T, label: String, run: Option<String>, size: usize) -> Vec<T> {
        let before = std::mem::replace(&mut self.now, state);
        let goes_on = run.is_some() && run == self.run && self.future.is_empty() && self.saved != Some(self.revision);
        if !goes_on {
            self.past.push(Step { state: before, revision: self.revision, label, size });
        }
        self.newest += 1;
        self.revision = self.newest;
        self.run = run;
        std::mem::take(&mut self.future).into_iter().map(|step| step.state).collect()
    }

    /// Goes back one step and says what was undone. `None` at the start.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.past.pop()?;
        let label = step.label.clone();
        let ahead = self.swap(step);
        self.future.push(ahead);
        Some(label)
    }

    /// Goes forward one step and says what was redone. `None` at the end.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.future.pop()?;
        let label = step.label.clone();
        let behind = self.swap(step);
        self.past.push(behind);
        Some(label)
    }

    fn swap(&mut self, step: Step<T>) -> Step<T> {
        self.run = None;
        let state = std::mem::replace(&mut self.now, step.state);
        let revision = std::mem::replace(&mut self.revision, step.revision);
        Step { state, revision, label: step.label, size: step.size }
    }

    /// The state that undo would go back to.
    pub fn before(&self) -> Option<&T> {
        self.past.last().map(|step| &step.state)
    }

    /// The state that redo would go on to.
    pub fn after(&self) -> Option<&T> {
        self.future.last().map(|step| &step.state)
    }

    /// How much undo would change; 0 where there is nothing to undo.
    pub fn undo_size(&self) -> usize {
        self.past.last().map_or(0, |step| step.size)
    }

    /// How much redo would change; 0 where there is nothing to redo.
    pub fn redo_size(&self) -> usize {
        self.future.last().map_or(0, |step| step.size)
    }

    /// What undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// How many steps were undone and can be redone.
    pub fn undone(&self) -> usize {
        self.future.len()
    }

    /// How many steps can be undone.
    pub fn depth(&self) -> usize {
        self.past.len()
    }

    /// Notes that the state of this number stands in the file.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved = Some(revision);
        self.run = None;
    }

    /// Whether the present state stands in the file.
    pub fn is_saved(&self) -> bool {
        self.saved == Some(self.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_run_of_typing_is_one_step() {
        let mut history = History::new("", true);
        for word in ["D", "Da", "Dat"] {
            history.push(word, "Edit note".to_owned(), Some("note 1".to_owned()), 1);
        }
        history.push("Dat 7", "Change killed".to_owned(), None, 1);
        assert_eq!(history.undo().as_deref(), Some("Change killed"));
        assert_eq!(history.undo().as_deref(), Some("Edit note"));
        assert_eq!(*history.now(), "");
        assert!(history.is_saved());
        assert_eq!(history.undo(), None);
    }

    #[test]
    fn saving_ends_a_run_so_that_the_saved_state_can_be_reached() {
        let mut history = History::new(0, false);
        history.push(1, "a".to_owned(), Some("r".to_owned()), 1);
        history.mark_saved(history.revision());
        history.push(2, "a".to_owned(), Some("r".to_owned()), 1);
        history.undo();
        assert_eq!(*history.now(), 1);
        assert!(history.is_saved());
    }

    #[test]
    fn a_step_keeps_its_size_on_the_way_back_and_what_is_given_up_is_handed_back() {
        let mut history = History::new(0, true);
        assert_eq!(history.push(1, "fill".to_owned(), None, 400), Vec::<i32>::new());
        assert_eq!((history.undo_size(), history.before()), (400, Some(&0)));
        history.undo();
        assert_eq!((history.undo_size(), history.redo_size(), history.after()), (0, 400, Some(&1)));
        assert_eq!(history.push(2, "type".to_owned(), None, 1), [1]);
        assert_eq!((history.undo_size(), history.redo_size()), (1, 0));
    }

    proptest! {
        #[test]
        fn undo_all_is_the_start_and_redo_all_is_the_end(states in prop::collection::vec(0_u32..100, 0..30)) {
            let mut history = History::new(1000, true);
            for state in &states {
                history.push(*state, format!("to {state}"), None, 1);
            }
            let end = *history.now();
            let mut undone = Vec::new();
            while let Some(label) = history.undo() {
                undone.push(label);
            }
            prop_assert_eq!(*history.now(), 1000);
            prop_assert!(history.is_saved());
            let mut redone = Vec::new();
            while let Some(label) = history.redo() {
                redone.push(label);
            }
            undone.reverse();
            prop_assert_eq!(undone, redone);
            prop_assert_eq!(*history.now(), end);
        }
    }
}
