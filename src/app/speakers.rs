//! Who speaks of each event of a large project, worked out off the window's thread for the chart.

use std::sync::Arc;

use crate::derive::sources::Sources;
use crate::ui::chart::speakers::Task;

use super::App;
use super::files::Outcome;

/// What the work brings back; nothing where it was stopped.
pub struct Found {
    task: Task,
    sources: Option<Arc<Sources>>,
}

impl App {
    /// Starts what the chart waits for. Earlier work of the kind is not needed any more. The chart itself says that it
    /// waits: it takes tenths of a second.
    pub(super) fn work_for_speakers(&mut self) {
        let Some(task) = self.panels.chart.speakers.wants() else { return };
        let Some(open) = &self.open else { return };
        let (project, derived) = (open.session.project().clone(), Arc::clone(&open.derived));
        let job = self.jobs.start_quietly("Working out who speaks of each event".to_owned(), move |progress| {
            let sources = task.make(&project, &derived, &|done| progress.report(done));
            Outcome::Speakers(Found { task, sources })
        });
        self.stop_speakers();
        self.speakers = Some(job);
    }

    /// Stops the work: another project is opened.
    pub(super) fn stop_speakers(&mut self) {
        if let Some(job) = self.speakers.take() {
            job.cancel();
        }
    }

    /// Hands the chart what was worked out, where it is still of this snapshot.
    pub(super) fn take_speakers(&mut self, found: Found) {
        let Some(open) = &self.open else { return };
        let view = open.view(&*self.platform, &self.settings);
        self.panels.chart.speakers.took(&view, &found.task, found.sources);
    }
}
