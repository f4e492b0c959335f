//! What Dateline asks of the system around it: file dialogs, the clock, the clipboard.
//!
//! Only this module knows `rfd` and `arboard`. Tests answer through [`Scripted`].

mod clipboard;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::{ArticleId, Moment};

/// What a file dialog is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A project to open.
    OpenProject,
    /// Where to save the project; a name to start from.
    SaveProject(String),
    /// Where results go; a name to start from, and the ending of its format.
    Export(String, &'static str),
    /// Texts to take in.
    Articles,
    /// A folder whose texts are taken in.
    ArticleFolder,
    /// A table to import.
    ImportTable,
    /// A mapping of columns to open.
    OpenMapping,
    /// Where to save a mapping of columns; a name to start from.
    SaveMapping(String),
    /// The corrected version of an article.
    CorrectedVersion(ArticleId),
}

/// What came of a file dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// These files were chosen.
    Chosen(Vec<PathBuf>),
    /// The person cancelled.
    Cancelled,
    /// No dialog appeared: the path has to be asked for in the window.
    NoDialog,
}

/// The system around the program.
pub trait Platform: Send + Sync {
    /// Opens a file dialog without waiting for it; the answer comes through the channel. `wake` is called when it does.
    fn ask(&self, ask: Ask, wake: Arc<dyn Fn() + Send + Sync>) -> Receiver<Answer>;
    /// The present moment, in UTC.
    fn now(&self) -> Moment;
    /// Today, where the person is.
    fn today(&self) -> Date;
    /// Puts a text on the clipboard, and beside it the same in HTML, in one: a clipboard has one owner.
    ///
    /// # Errors
    /// Where the system has no clipboard that takes both; the window's own may still take the text.
    fn copy(&self, clip: &Clip) -> Result<(), String>;
    /// What stands on the clipboard. It may come from another program, and only as fast as that one is.
    fn clipboard(&self) -> Clip;
}

/// What stands on a clipboard, or is put there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clip {
    /// As plain text. Empty where there is none.
    pub text: String,
    /// The same in HTML.
    pub html: Option<String>,
}

/// The real system.
#[derive(Default)]
pub struct Native {
    clipboard: clipboard::Clipboard,
}

/// A dialog that answers "nothing" faster than anybody can cancel never appeared (rfd tells the two alike).
const TOO_FAST_TO_CANCEL: Duration = Duration::from_millis(250);

impl Platform for Native {
    fn ask(&self, ask: Ask, wake: Arc<dyn Fn() + Send + Sync>) -> Receiver<Answer> {
        let (send, answer) = channel();
        // A hung portal hangs this thread and nothing else; the window offers a path field meanwhile.
        std::thread::spawn(move || {
            let start = Instant::now();
            let chosen = show(&ask);
            let answer = match chosen {
                Some(paths) => Answer::Chosen(paths),
                None if start.elapsed() < TOO_FAST_TO_CANCEL => Answer::NoDialog,
                None => Answer::Cancelled,
            };
            // Nobody listens any more where the window was closed meanwhile.
            let _ = send.send(answer);
            wake();
        });
        answer
    }

    fn now(&self) -> Moment {
        let now = jiff::Timestamp::now().to_zoned_datetime(TimeZone::UTC);
        at_utc(now.datetime())
    }

    fn today(&self) -> Date {
        jiff::Timestamp::now().to_zoned_datetime(TimeZone::system()).date()
    }

    fn copy(&self, clip: &Clip) -> Result<(), String> {
        self.clipboard.put(clip)
    }

    fn clipboard(&self) -> Clip {
        self.clipboard.get()
    }
}

/// A moment in UTC, to the minute.
fn at_utc(now: jiff::civil::DateTime) -> Moment {
    let day = Moment::new(now.date());
    let minute = jiff::civil::time(now.hour(), now.minute(), 0, 0);
    day.at(minute, Some(jiff::tz::Offset::UTC)).unwrap_or(day)
}

/// Endings of the texts that are read; a test of `exchange` holds them.
pub const TEXTS: [&str; 13] =
    ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "eml", "mht", "mhtml", "pdf", "docx", "odt"];

fn show(ask: &Ask) -> Option<Vec<PathBuf>> {
    let dialog = rfd::FileDialog::new();
    match ask {
        Ask::OpenProject => {
            dialog.set_title("Open project").add_filter("Dateline project", &["ron"]).pick_file().map(|path| vec![path])
        }
        Ask::SaveProject(name) => dialog
            .set_title("Save project")
            .add_filter("Dateline project", &["ron"])
            .set_file_name(name)
            .save_file()
            .map(|path| vec![path]),
        Ask::Export(name, ending) => dialog
            .set_title("Export")
            .add_filter(format!("*.{ending}"), &[*ending])
            .set_file_name(name)
            .save_file()
            .map(|path| vec![path]),
        Ask::Articles => dialog
            .set_title("Add article files")
            .add_filter("Texts", &TEXTS)
            .add_filter("All files", &["*"])
            .pick_files(),
        Ask::CorrectedVersion(_) => dialog
            .set_title("Add corrected version")
            .add_filter("Texts", &TEXTS)
            .add_filter("All files", &["*"])
            .pick_file()
            .map(|path| vec![path]),
        Ask::ImportTable => dialog
            .set_title("Import table")
            .add_filter("Tables", &["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"])
            .add_filter("Dateline records", &["jsonl", "ndjson"])
            .add_filter("All files", &["*"])
            .pick_file()
            .map(|path| vec![path]),
        Ask::OpenMapping => {
            dialog.set_title("Open mapping").add_filter("Dateline mapping", &["ron"]).pick_file().map(|path| vec![path])
        }
        Ask::SaveMapping(name) => dialog
            .set_title("Save mapping")
            .add_filter("Dateline mapping", &["ron"])
            .set_file_name(name)
            .save_file()
            .map(|path| vec![path]),
        Ask::ArticleFolder => dialog.set_title("Add folder of articles").pick_folder().map(|path| vec![path]),
    }
}

/// A system for tests: answers dialogs from a list and stands still in time.
#[derive(Debug)]
pub struct Scripted {
    /// What the dialogs answer, in order; none left means that no dialog appears.
    pub answers: Mutex<Vec<Answer>>,
    /// The moment that it always is.
    pub now: Moment,
    /// What stands on the clipboard.
    pub clip: Mutex<Clip>,
}

impl Scripted {
    /// A system that gives these answers.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let noon = jiff::civil::date(2022, 9, 21).at(12, 0, 0, 0);
        Self { answers: Mutex::new(answers.into_iter().collect()), now: at_utc(noon), clip: Mutex::default() }
    }
}

impl Platform for Scripted {
    fn ask(&self, _: Ask, wake: Arc<dyn Fn() + Send + Sync>) -> Receiver<Answer> {
        let (send, answer) = channel();
        let mut answers = self.answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let next = if answers.is_empty() { Answer::NoDialog } else { answers.remove(0) };
        let _ = send.send(next);
        wake();
        answer
    }

    fn now(&self) -> Moment {
        self.now
    }

    fn today(&self) -> Date {
        self.now.day()
    }

    fn copy(&self, clip: &Clip) -> Result<(), String> {
        self.clip.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone_from(clip);
        Ok(())
    }

    fn clipboard(&self) -> Clip {
        self.clip.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}
