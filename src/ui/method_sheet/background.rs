//! What is to be worked out in the background, what was asked for, and what came of it. It draws nothing.

use crate::derive::method::{Comparison, Preview};
use crate::model::{Methodology, ReleasedTotal};

/// Work for the app to start, on the project as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// What this sheet would change. An earlier one that is under way is not needed any more.
    Preview(Box<Methodology>),
    /// No preview is needed any more.
    NoPreview,
    /// The totals under every method. An earlier one that is under way is not needed any more.
    Compare,
    /// The totals and the hash of the project. An earlier one that is under way is not needed any more.
    Standing,
}

/// How a project stands.
#[derive(Debug, PartialEq)]
pub struct Standing {
    /// Its totals.
    pub totals: Vec<ReleasedTotal>,
    /// Its hash.
    pub hash: String,
}

/// An answer and what it was asked of.
#[derive(Debug)]
struct Slot<K, V> {
    asked: Option<K>,
    got: Option<(K, V)>,
}

impl<K, V> Default for Slot<K, V> {
    fn default() -> Self {
        Self { asked: None, got: None }
    }
}

impl<K: PartialEq + Clone, V> Slot<K, V> {
    /// Whether this has to be asked now; it counts as asked then.
    fn ask(&mut self, key: &K) -> bool {
        let known = self.asked.as_ref() == Some(key) || self.got.as_ref().is_some_and(|(of, _)| of == key);
        if !known {
            self.asked = Some(key.clone());
        }
        !known
    }

    fn take(&mut self, key: K, value: V) {
        if self.asked.as_ref() == Some(&key) {
            self.asked = None;
        }
        self.got = Some((key, value));
    }

    fn get(&self, key: &K) -> Option<&V> {
        self.got.as_ref().filter(|(of, _)| of == key).map(|(_, value)| value)
    }

    /// The last answer, also if it is of an earlier state.
    fn last(&self) -> Option<&V> {
        self.got.as_ref().map(|(_, value)| value)
    }
}

/// Everything that the sheet has worked out in the background.
#[derive(Debug, Default)]
pub struct Background {
    wanted: Vec<Task>,
    preview: Slot<(u64, Methodology), Preview>,
    comparison: Slot<u64, Comparison>,
    /// The comparison was stopped: it begins again only when somebody asks.
    stopped: bool,
    standing: Slot<u64, Standing>,
}

impl Background {
    /// What should be started.
    pub fn take_wanted(&mut self) -> Vec<Task> {
        std::mem::take(&mut self.wanted)
    }

    /// Asks what a sheet would change, unless that is known or asked already.
    pub fn want_preview(&mut self, revision: u64, sheet: &Methodology) {
        if self.preview.ask(&(revision, sheet.clone())) {
            self.wanted.push(Task::Preview(Box::new(sheet.clone())));
        }
    }

    /// Needs no preview any more.
    pub fn stop_preview(&mut self) {
        if self.preview.asked.take().is_some() {
            self.wanted.push(Task::NoPreview);
        }
    }

    /// What a sheet would change, if that is known.
    pub fn preview(&self, revision: u64, sheet: &Methodology) -> Option<&Preview> {
        self.preview.get(&(revision, sheet.clone()))
    }

    /// Asks for the totals under every method, unless they are known, asked or were stopped.
    pub fn want_comparison(&mut self, revision: u64) {
        if !self.stopped && self.comparison.ask(&revision) {
            self.wanted.push(Task::Compare);
        }
    }

    /// Asks for them because a person did.
    pub fn start_comparison(&mut self, revision: u64) {
        self.stopped = false;
        self.want_comparison(revision);
    }

    /// The last totals under every method, and whether they are of this revision.
    pub fn comparison(&self, revision: u64) -> Option<(&Comparison, bool)> {
        self.comparison.last().map(|comparison| (comparison, self.comparison.get(&revision).is_some()))
    }

    /// Whether the totals under every method are being worked out.
    pub fn compares(&self) -> bool {
        self.comparison.asked.is_some()
    }

    /// Whether the comparison was stopped and waits for a person.
    pub fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Asks how the project stands, unless that is known or asked already.
    pub fn want_standing(&mut self, revision: u64) {
        if self.standing.ask(&revision) {
            self.wanted.push(Task::Standing);
        }
    }

    /// How the project of this revision stands, if that is known.
    pub fn standing(&self, revision: u64) -> Option<&Standing> {
        self.standing.get(&revision)
    }

    /// Forgets what was asked, so that it is asked again where it is still wanted.
    pub fn ask_again(&mut self) {
        (self.preview.asked, self.comparison.asked, self.standing.asked) = (None, None, None);
    }

    /// How the project stood when that was worked out last.
    pub fn last_standing(&self) -> Option<&Standing> {
        self.standing.last()
    }

    pub fn previewed(&mut self, revision: u64, sheet: Methodology, preview: Preview) {
        self.preview.take((revision, sheet), preview);
    }

    pub fn compared(&mut self, revision: u64, comparison: Option<Comparison>) {
        match comparison {
            Some(comparison) => self.comparison.take(revision, comparison),
            None if self.comparison.asked == Some(revision) => {
                self.comparison.asked = None;
                self.stopped = true;
            }
            None => {}
        }
    }

    pub fn stands(&mut self, revision: u64, totals: Vec<ReleasedTotal>, hash: String) {
        self.standing.take(revision, Standing { totals, hash });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_draft_of_each_revision_is_asked_for_once() {
        let mut background = Background::default();
        let plain = Methodology::default();
        let other = Methodology { count_attackers: false, ..plain.clone() };
        for _ in 0..3 {
            background.want_preview(1, &other);
        }
        assert_eq!(background.take_wanted(), [Task::Preview(Box::new(other.clone()))]);
        assert_eq!(background.preview(1, &other), None);
        background.previewed(1, other.clone(), Preview::default());
        background.want_preview(1, &other);
        assert_eq!(background.take_wanted(), []);
        assert!(background.preview(1, &other).is_some() && background.preview(2, &other).is_none());
        background.want_preview(2, &other);
        background.stop_preview();
        background.stop_preview();
        assert_eq!(background.take_wanted(), [Task::Preview(Box::new(other)), Task::NoPreview]);
    }

    #[test]
    fn an_answer_that_came_too_late_is_asked_for_again() {
        let mut background = Background::default();
        background.want_standing(1);
        background.want_standing(1);
        assert_eq!(background.take_wanted(), [Task::Standing]);
        background.ask_again();
        background.want_standing(1);
        assert_eq!(background.take_wanted(), [Task::Standing]);
    }

    #[test]
    fn a_comparison_that_was_stopped_waits_for_a_person() {
        let mut background = Background::default();
        background.want_comparison(1);
        assert!(background.compares());
        background.compared(1, None);
        background.want_comparison(1);
        background.want_comparison(2);
        assert_eq!(background.take_wanted(), [Task::Compare]);
        assert!(background.is_stopped() && !background.compares());
        background.start_comparison(2);
        assert_eq!(background.take_wanted(), [Task::Compare]);
        background.compared(2, Some(Comparison::default()));
        assert_eq!(background.comparison(2), Some((&Comparison::default(), true)));
        assert_eq!(background.comparison(3), Some((&Comparison::default(), false)));
    }
}
