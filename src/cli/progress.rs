//! How far a command has come, on the standard error, for what takes longer than a second.
//!
//! On a terminal one line is written over and over and goes away at the end; into a file or a pipe a line is written
//! now and then.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Nothing is said before this.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two lines on a terminal.
const ON_TERMINAL: Duration = Duration::from_millis(100);
/// Between two lines elsewhere.
const ELSEWHERE: Duration = Duration::from_secs(5);

/// Tells how far a command has come.
pub(super) struct Progress {
    started: Instant,
    told: Mutex<Option<Instant>>,
    terminal: bool,
}

impl Progress {
    /// Nothing has been done yet.
    pub fn new() -> Self {
        Self { started: Instant::now(), told: Mutex::new(None), terminal: io::stderr().is_terminal() }
    }

    /// Notes how far something has come, from 0 to 1. A command goes on until it is killed.
    pub fn tell(&self, what: &str, share: f32) -> bool {
        let now = Instant::now();
        let pause = if self.terminal { ON_TERMINAL } else { ELSEWHERE };
        if now.duration_since(self.started) < PATIENCE {
            return true;
        }
        // Several cores may tell at once; one of them is heard.
        let Ok(mut told) = self.told.try_lock() else { return true };
        if told.is_none_or(|told| now.duration_since(told) >= pause) {
            *told = Some(now);
            let percent = (share.clamp(0.0, 1.0) * 100.0).round();
            let mut err = io::stderr().lock();
            // Whoever does not listen need not be told.
            let _ = if self.terminal {
                write!(err, "\r\u{1b}[Kdateline: {what} {percent} %")
            } else {
                writeln!(err, "dateline: {what} {percent} %")
            };
            let _ = err.flush();
        }
        true
    }
}

/// Takes the line off the terminal.
impl Drop for Progress {
    fn drop(&mut self) {
        let told = self.told.get_mut().unwrap_or_else(PoisonError::into_inner);
        if self.terminal && told.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
