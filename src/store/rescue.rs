//! Copies of work that is in no file yet, so that a crash or a power cut costs seconds.
//!
//! Each open project has one file in a folder of the settings: a line that says whose work it is, then the project as it
//! would be saved. While a window works on it, it is locked; one that nobody holds was left by a window that did not
//! end well. Must not know what a project means, or when it is time to keep a copy.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use super::lock::Lock;
use super::read::{ReadError, read};
use super::save::{SaveError, save_with};
use super::settings::create_private;
use super::stamp::Stamp;

/// The folder of copies within that of the settings.
const FOLDER: &str = "unsaved";
/// The ending of a copy.
const ENDING: &str = "unsaved";

/// Whose work a copy holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The file that the work would be saved to, where it has one.
    pub file: Option<PathBuf>,
    /// What the project is called.
    pub name: String,
    /// When the copy was made, for people.
    pub at: String,
    /// Length and fingerprint of the file that the work began with.
    pub base: Option<(u64, u64)>,
}

impl Label {
    /// Whether the file is still the one that the work began with.
    pub fn is_based_on(&self, stamp: &Stamp) -> bool {
        self.base == Some((stamp.length(), stamp.fingerprint()))
    }
}

/// The place of a copy, held by this window.
#[derive(Debug)]
pub struct Copy {
    path: PathBuf,
    lock: Lock,
    /// Whether the copy is not wanted any more: whoever is still writing it removes it then.
    gone: Arc<AtomicBool>,
}

impl Copy {
    /// A new place below the folder of the settings.
    ///
    /// # Errors
    /// When the folder cannot be made or nothing can be locked there.
    pub fn begin(settings: &Path) -> io::Result<Self> {
        let folder = settings.join(FOLDER);
        create_private(&folder)?;
        let process = std::process::id();
        for number in 0_u32.. {
            let path = folder.join(format!("{process}-{number}.{ENDING}"));
            if path.try_exists()? {
                continue;
            }
            if let Ok(lock) = Lock::take(&path) {
                return Ok(Self { path, lock, gone: Arc::default() });
            }
            if number > 1_000 {
                break;
            }
        }
        Err(io::Error::other("no copy can be marked as held in that folder"))
    }

    /// What writes into this place, in a job.
    pub fn pen(&self) -> Pen {
        Pen { path: self.path.clone(), gone: Arc::clone(&self.gone) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the copy: the work is saved, or given up. One that is being written is removed when it is done.
    pub fn remove(self) {
        self.gone.store(true, Ordering::SeqCst);
        // What cannot be removed is offered once more, which costs a question and no work.
        let _ = fs::remove_file(&self.path);
        drop(self.lock);
    }
}

/// Writes copies into a place.
#[derive(Debug, Clone)]
pub struct Pen {
    path: PathBuf,
    gone: Arc<AtomicBool>,
}

impl Pen {
    /// Writes the copy, whole or not at all.
    ///
    /// # Errors
    /// As [`save_with`]; the copy before it stays.
    pub fn write(
        &self,
        label: &Label,
        text: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<(), SaveError> {
        if self.gone.load(Ordering::SeqCst) {
            return Ok(());
        }
        let written = save_with(&self.path, None, |file| {
            let line = serde_json::to_string(label)?;
            writeln!(file, "{line}")?;
            text(file)
        });
        if self.gone.load(Ordering::SeqCst) {
            let _ = fs::remove_file(&self.path);
        }
        written.map(drop)
    }
}

/// The copies that nobody holds, each now held by this window, the oldest first. What cannot be read is left where it is.
pub fn left(settings: &Path) -> Vec<(Copy, Label)> {
    let Ok(entries) = fs::read_dir(settings.join(FOLDER)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .collect();
    paths.sort_by_key(|path| fs::metadata(path).and_then(|known| known.modified()).ok());
    let held = |path: PathBuf| {
        let lock = Lock::take(&path).ok()?;
        let label = label(&path)?;
        Some((Copy { path, lock, gone: Arc::default() }, label))
    };
    paths.into_iter().filter_map(held).collect()
}

/// The first line of a copy.
fn label(path: &Path) -> Option<Label> {
    let mut line = String::new();
    io::BufRead::read_line(&mut io::BufReader::new(fs::File::open(path).ok()?), &mut line).ok()?;
    serde_json::from_str(&line).ok()
}

/// The project in a copy.
///
/// # Errors
/// When it cannot be read.
pub fn text(path: &Path) -> Result<String, ReadError> {
    let (mut text, _) = read(path)?;
    let line = text.find('\n').map_or(text.len(), |end| end + 1);
    text.drain(..line);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label() -> Label {
        Label { file: Some("/cases/a \"b\".ron".into()), name: "b".into(), at: "now".into(), base: Some((3, u64::MAX)) }
    }

    #[test]
    fn a_copy_is_found_once_its_window_is_gone_and_not_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let copy = Copy::begin(folder.path()).expect("writable");
        let other = Copy::begin(folder.path()).expect("writable");
        assert_ne!(copy.path(), other.path());
        copy.pen().write(&label(), |file| file.write_all(b"(\n  format: 1,\n)")).expect("writable");
        assert!(left(folder.path()).is_empty(), "held by a window");
        drop((copy, other));
        let found = left(folder.path());
        assert_eq!(found.len(), 1, "only what was written");
        assert_eq!(found[0].1, label());
        assert_eq!(text(found[0].0.path()).expect("readable"), "(\n  format: 1,\n)");
        assert!(left(folder.path()).is_empty(), "held by whoever found it");
    }

    #[test]
    fn what_is_removed_does_not_come_back_from_a_job_that_is_late() {
        let folder = tempfile::tempdir().expect("a folder");
        let copy = Copy::begin(folder.path()).expect("writable");
        let (pen, path) = (copy.pen(), copy.path().to_owned());
        pen.write(&label(), |file| file.write_all(b"text")).expect("writable");
        copy.remove();
        pen.write(&label(), |file| file.write_all(b"late")).expect("nothing is written");
        assert!(!path.exists() && left(folder.path()).is_empty());
    }

    #[test]
    fn a_file_that_is_no_copy_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        create_private(&folder.path().join(FOLDER)).expect("writable");
        let path = folder.path().join(FOLDER).join("1-0.unsaved");
        fs::write(&path, "not a copy").expect("writable");
        assert!(left(folder.path()).is_empty());
        assert!(path.exists());
    }
}
