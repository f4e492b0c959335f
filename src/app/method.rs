//! The background work of the method sheet, and the figures that are kept so that another rule, and the way back, cost
//! no time on the window's thread.

use crate::derive::Derived;
use crate::derive::method::{Comparison, Prepared, compare, method_note, prepare, standing};
use crate::file;
use crate::jobs::Progress;
use crate::model::{Methodology, Project, ReleasedTotal};
use crate::ui::method_sheet::Task;

use super::App;
use super::files::Outcome;

/// How many snapshots with another method sheet are kept with their figures.
const KEPT: usize = 3;
/// Comparing the methods of more events than this is shown while it runs.
const QUIET: usize = 20_000;

/// What the work brings back. The snapshot tells whether it is of the project as it is then.
pub enum Answer {
    /// What a change of the sheet would change.
    Preview { of: Project, sheet: Methodology, ready: Box<Prepared> },
    /// The totals under every method; `None` where it was stopped.
    Comparison { of: Project, comparison: Option<Comparison> },
    /// How the project stands.
    Standing { of: Project, totals: Vec<ReleasedTotal>, hash: String },
    /// The method note.
    Note(String),
    /// Work that was stopped because nobody needs it any more.
    Stopped,
}

/// What is under way, and figures of other method sheets.
#[derive(Default)]
pub(super) struct Background {
    preview: Option<Progress>,
    comparison: Option<Progress>,
    standing: Option<Progress>,
    /// The latest last.
    kept: Vec<(Project, Derived)>,
    /// A text that was written to be copied.
    to_copy: Option<String>,
}

impl Background {
    /// The figures of this snapshot, where they are kept.
    fn take(&mut self, project: &Project) -> Option<Derived> {
        let at = self.kept.iter().position(|(kept, _)| kept.unchanged(project))?;
        Some(self.kept.remove(at).1)
    }

    /// Keeps the figures of a snapshot; the oldest ones are let go.
    fn keep(&mut self, project: Project, derived: Derived) {
        self.kept.retain(|(kept, _)| !kept.unchanged(&project));
        self.kept.push((project, derived));
        if self.kept.len() > KEPT {
            let_go(self.kept.remove(0));
        }
    }

    /// Brings `derived` from the snapshot `from` to `to`. A change of the method sheet takes the figures that were
    /// worked out before, where there are some, and keeps the old ones for the way back.
    pub(super) fn advance(&mut self, derived: &mut Derived, from: &mut Project, to: &Project) {
        let other_rule = from.methodology != to.methodology;
        match other_rule.then(|| self.take(to)).flatten() {
            Some(ready) => {
                let old = std::mem::replace(derived, ready);
                self.keep(std::mem::replace(from, to.clone()), old);
            }
            None => {
                derived.advance(from, to);
                *from = to.clone();
            }
        }
    }

    /// Stops everything: another project is opened.
    pub(super) fn stop(&mut self) {
        for progress in [&self.preview, &self.comparison, &self.standing].into_iter().flatten() {
            progress.cancel();
        }
        let_go(std::mem::take(&mut self.kept));
        *self = Self::default();
    }
}

/// Lets go of figures off the window's thread: those of 400,000 events take longer than a frame.
fn let_go<T: Send + 'static>(gone: T) {
    std::thread::spawn(move || drop(gone));
}

/// Stops earlier work of the same kind.
fn instead(slot: &mut Option<Progress>, new: Progress) {
    if let Some(old) = slot.replace(new) {
        old.cancel();
    }
}

impl App {
    /// Starts what the method sheet wants worked out, and copies the method note that was written.
    pub(super) fn work_for_method_sheet(&mut self, ctx: &egui::Context) {
        if let Some(text) = self.background.to_copy.take() {
            ctx.copy_text(text);
            self.panels.toasts.say("The method note is copied", false);
        }
        for task in self.panels.method.wants() {
            let Some(project) = self.open.as_ref().map(|open| open.session.project().clone()) else { return };
            match task {
                Task::Preview(sheet) => self.start_preview(project, *sheet),
                Task::NoPreview => {
                    if let Some(progress) = self.background.preview.take() {
                        progress.cancel();
                    }
                }
                Task::Compare => self.start_comparison(project),
                Task::Standing => {
                    let name = "Working out the totals".to_owned();
                    let job = self.jobs.start_quietly(name, move |progress| {
                        let totals = Derived::from_scratch_while(&project, &|| !progress.is_cancelled())
                            .map(|derived| standing(&project, &derived));
                        Outcome::Method(Box::new(match totals {
                            Some(totals) => {
                                let hash = file::hash(&project);
                                Answer::Standing { of: project, totals, hash }
                            }
                            None => Answer::Stopped,
                        }))
                    });
                    instead(&mut self.background.standing, job);
                }
            }
        }
    }

    /// Writes the method note of the project as it is, to be copied.
    pub(super) fn write_method_note(&mut self) {
        let Some(project) = self.open.as_ref().map(|open| open.session.project().clone()) else { return };
        self.jobs.start("Writing the method note".to_owned(), true, move |progress| {
            let derived = Derived::from_scratch_while(&project, &|| !progress.is_cancelled());
            Outcome::Method(Box::new(match derived {
                Some(derived) => Answer::Note(method_note(&project, &derived, &file::hash(&project))),
                None => Answer::Stopped,
            }))
        });
    }

    fn start_preview(&mut self, project: Project, sheet: Methodology) {
        let name = "Working out what the rule would change".to_owned();
        let job = self.jobs.start_quietly(name, move |progress| {
            let prepared = prepare(&project, &sheet, &|| !progress.is_cancelled());
            if let Some(ready) = &prepared {
                // These figures may become those of the window.
                ready.derived.columnar().prepare();
            }
            Outcome::Method(Box::new(match prepared {
                Some(ready) => Answer::Preview { of: project, sheet, ready: Box::new(ready) },
                None => Answer::Stopped,
            }))
        });
        instead(&mut self.background.preview, job);
    }

    fn start_comparison(&mut self, project: Project) {
        let quiet = project.events.len() <= QUIET;
        let name = "Comparing the methods".to_owned();
        let work = move |progress: &Progress| {
            let comparison = compare(&project, &|done| progress.report(done));
            Outcome::Method(Box::new(Answer::Comparison { of: project, comparison }))
        };
        let job = if quiet { self.jobs.start_quietly(name, work) } else { self.jobs.start_held(name, work) };
        instead(&mut self.background.comparison, job);
    }

    /// Hands the method sheet what was worked out for it, unless the project has changed since: then it asks again.
    pub(super) fn take_for_method_sheet(&mut self, answer: Answer) {
        let Some(open) = &self.open else { return };
        let (now, revision) = (open.session.project(), open.session.revision());
        match answer {
            Answer::Preview { of, sheet, ready } if of.unchanged(now) => {
                self.background.keep(ready.project, ready.derived);
                self.panels.method.previewed(revision, sheet, ready.preview);
            }
            Answer::Comparison { of, comparison } if of.unchanged(now) => {
                self.panels.method.compared(revision, comparison);
            }
            Answer::Standing { of, totals, hash } if of.unchanged(now) => {
                self.panels.method.stands(revision, totals, hash);
            }
            Answer::Note(text) => self.background.to_copy = Some(text),
            Answer::Stopped => {}
            late => {
                self.panels.method.ask_again();
                let_go(late);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::{Claim, Class, Event, Measure, Method, Quantity};

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
        let mut background = Background::default();
        background.keep(lowest.clone(), marked());
        let mut derived = Derived::from_scratch(&plain);
        let (old, mut from) = (derived.clone(), plain.clone());
        background.advance(&mut derived, &mut from, &lowest);
        assert!(derived == marked(), "taken, not worked out");
        assert!(from.unchanged(&lowest));
        background.advance(&mut derived, &mut from, &plain);
        assert!(derived == old);
        background.advance(&mut derived, &mut from, &lowest);
        assert!(derived == marked(), "and forward again");
    }

    #[test]
    fn figures_of_another_snapshot_are_never_taken() {
        let plain = project();
        let lowest = under(&plain, Method::Conservative);
        let mut background = Background::default();
        background.keep(lowest, marked());
        let mut more = plain.clone();
        more.events.push(Event::new("e-2".parse().expect("an id"))).expect("new");
        let lowest_of_more = under(&more, Method::Conservative);
        let (mut derived, mut from) = (Derived::from_scratch(&more), more);
        background.advance(&mut derived, &mut from, &lowest_of_more);
        assert!(derived == Derived::from_scratch(&lowest_of_more));
    }

    #[test]
    fn only_a_few_are_kept() {
        let plain = project();
        let mut background = Background::default();
        for method in Method::ALL {
            background.keep(under(&plain, method), marked());
        }
        assert_eq!(background.kept.len(), KEPT);
    }
}
