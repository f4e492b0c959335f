//! Work that takes longer than a frame: named, with progress and cancel, on a thread of its own.
//!
//! A job works on snapshots and hands back a value; it never changes the open project. In tests jobs run at once, on
//! the spot.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// How far a job has come, seen from both sides.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Thousandths.
    done: Arc<AtomicU32>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Notes how far the job has come, from 0 to 1, and answers whether it should go on.
    pub fn report(&self, fraction: f32) -> bool {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
        self.done.store((fraction.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
        !self.cancelled.load(Ordering::Relaxed)
    }

    /// The same, for work that gives up with `?`.
    ///
    /// # Errors
    /// Where the job was asked to stop.
    pub fn go_on(&self, fraction: f32) -> Result<(), Stopped> {
        if self.report(fraction) { Ok(()) } else { Err(Stopped) }
    }

    /// How far the job has come, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "at most 1000")]
    pub fn fraction(&self) -> f32 {
        self.done.load(Ordering::Relaxed) as f32 / 1000.0
    }

    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the job was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// A job was asked to stop, and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// A job under way.
#[derive(Debug)]
struct Running {
    number: u64,
    name: String,
    progress: Progress,
    cancellable: bool,
    /// Not told of: whoever asked for it shows that it waits.
    quiet: bool,
}

/// Jobs under way and what they bring back.
pub struct Jobs<T> {
    running: Vec<Running>,
    next: u64,
    send: Sender<(u64, T)>,
    receive: Mutex<Receiver<(u64, T)>>,
    inline: bool,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl<T: Send + 'static> Jobs<T> {
    /// No jobs yet. `wake` is called whenever one ends; `inline` runs them on the spot.
    pub fn new(inline: bool, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (send, receive) = channel();
        Self { running: Vec::new(), next: 0, send, receive: Mutex::new(receive), inline, wake }
    }

    /// What to call when something happens outside a frame.
    pub fn waker(&self) -> Arc<dyn Fn() + Send + Sync> {
        Arc::clone(&self.wake)
    }

    /// Starts a job. Its name is shown while it runs ("Opening kherson.ron").
    pub fn start(&mut self, name: String, cancellable: bool, work: impl FnOnce(&Progress) -> T + Send + 'static) {
        self.run(name, cancellable, false, work);
    }

    /// The same for whoever may want to stop it before somebody at the window does.
    pub fn start_held(&mut self, name: String, work: impl FnOnce(&Progress) -> T + Send + 'static) -> Progress {
        self.run(name, true, false, work)
    }

    /// Starts a job that nothing is shown of, and that whoever asked for it can stop.
    pub fn start_quietly(&mut self, name: String, work: impl FnOnce(&Progress) -> T + Send + 'static) -> Progress {
        self.run(name, true, true, work)
    }

    fn run(
        &mut self,
        name: String,
        cancellable: bool,
        quiet: bool,
        work: impl FnOnce(&Progress) -> T + Send + 'static,
    ) -> Progress {
        let number = self.next;
        self.next += 1;
        let progress = Progress::default();
        let seen = progress.clone();
        self.running.push(Running { number, name, progress: progress.clone(), cancellable, quiet });
        let (send, wake) = (self.send.clone(), Arc::clone(&self.wake));
        let run = move || {
            // Nobody listens any more where the window was closed meanwhile.
            let _ = send.send((number, work(&progress)));
            wake();
        };
        if self.inline {
            run();
        } else {
            std::thread::spawn(run);
        }
        seen
    }

    /// What jobs brought back since the last call.
    pub fn finished(&mut self) -> Vec<T> {
        let receive = self.receive.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut results = Vec::new();
        while let Ok((number, result)) = receive.try_recv() {
            self.running.retain(|job| job.number != number);
            results.push(result);
        }
        results
    }

    /// Name and progress of the oldest job under way that is shown, and whether it can be cancelled.
    pub fn current(&self) -> Option<(&str, f32, bool)> {
        self.shown().map(|job| (job.name.as_str(), job.progress.fraction(), job.cancellable))
    }

    /// Asks the oldest job that is shown to stop.
    pub fn cancel(&self) {
        if let Some(job) = self.shown() {
            job.progress.cancel();
        }
    }

    fn shown(&self) -> Option<&Running> {
        self.running.iter().find(|job| !job.quiet)
    }

    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.running.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_on_a_thread_brings_its_result_and_can_be_cancelled() {
        let (woken, wait) = channel();
        let woken = Mutex::new(woken);
        let wake = Arc::new(move || {
            let _ = woken.lock().unwrap_or_else(PoisonError::into_inner).send(());
        });
        let mut jobs: Jobs<u32> = Jobs::new(false, wake);
        jobs.start("Counting".to_owned(), true, |progress| {
            let mut turns = 0;
            while progress.report(0.5) {
                turns += 1;
                std::thread::yield_now();
            }
            assert!(progress.is_cancelled());
            turns.max(1)
        });
        assert_eq!(jobs.current().map(|(name, _, can)| (name.to_owned(), can)), Some(("Counting".to_owned(), true)));
        jobs.cancel();
        wait.recv().expect("the job ends");
        assert_eq!(jobs.finished().len(), 1);
        assert!(jobs.is_idle());
    }

    #[test]
    fn a_quiet_job_is_not_shown_and_is_stopped_by_whoever_asked() {
        let (ended, wait) = channel();
        let mut jobs: Jobs<bool> = Jobs::new(false, Arc::new(|| {}));
        let quiet = jobs.start_quietly("Comparing".to_owned(), move |progress| {
            while progress.report(0.0) {
                std::thread::yield_now();
            }
            let _ = ended.send(());
            progress.is_cancelled()
        });
        assert_eq!(jobs.current(), None);
        jobs.cancel();
        assert!(!quiet.is_cancelled(), "the button of the status bar stops what it names");
        quiet.cancel();
        wait.recv().expect("the job ends");
    }
}
