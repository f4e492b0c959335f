//! The background work of the method sheet. The figures that it works out are kept (`kept`), so that another rule costs no
//! time on the window's thread.

use std::sync::Arc;

use crate::derive::Derived;
use crate::derive::method::{Comparison, Prepared, compare, method_note, prepare, standing};
use crate::file;
use crate::jobs::Progress;
use crate::model::{Methodology, Project, ReleasedTotal};
use crate::ui::method_sheet::Task;

use super::App;
use super::files::Outcome;
use super::kept::let_go;

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

/// What is under way.
#[derive(Default)]
pub(super) struct Background {
    preview: Option<Progress>,
    comparison: Option<Progress>,
    standing: Option<Progress>,
    /// A text that was written to be copied.
    to_copy: Option<String>,
}

impl Background {
    /// Stops everything: another project is opened.
    pub(super) fn stop(&mut self) {
        for progress in [&self.preview, &self.comparison, &self.standing].into_iter().flatten() {
            progress.cancel();
        }
        *self = Self::default();
    }
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
                        let totals = Derived::from_scratch_while(&project, &|_| !progress.is_cancelled())
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
            let derived = Derived::from_scratch_while(&project, &|_| !progress.is_cancelled());
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
                self.kept.keep(ready.project, Arc::new(ready.derived));
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
