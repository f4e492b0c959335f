//! The half-written file beside the one it will replace.
//!
//! It bears a name of its own that no other program uses, and is locked while it is being written. So what a
//! crash or a power cut leaves behind can be told from what another process is writing, and is cleared
//! away by the next save in that folder. (A file without a name, Linux's O_TMPFILE, would leave
//! nothing behind in most cases, but must be given a name before it can replace another, and a
//! crash in that moment leaves a file that nothing can tell from the user's own.)

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const PREFIX: &str = ".dateline-saving-";
const DIGITS: usize = 16;

/// A file that vanishes when dropped, unless it was put in place.
pub(super) struct Temporary {
    pub(super) file: File,
    path: PathBuf,
    in_place: bool,
}

impl Temporary {
    /// Creates an empty one in `folder`, readable by its owner only where `private` is set.
    pub(super) fn create(folder: &Path, private: bool) -> io::Result<Self> {
        const TRIES: usize = 8;
        for _ in 0..TRIES {
            let number = getrandom::u64().map_err(io::Error::other)?;
            let path = folder.join(format!("{PREFIX}{number:016x}"));
            let file = match create_new(&path, private) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                file => file?,
            };
            // Between creation and lock another process may have taken it for litter.
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => continue,
                // A file system without locks: then nothing is ever taken for litter either.
                Err(TryLockError::Error(_)) | Ok(()) => {}
            }
            if path.try_exists()? {
                return Ok(Self { file, path, in_place: false });
            }
        }
        Err(io::Error::other("no temporary file could be created"))
    }

    /// Puts the file in the place of `target`, in one step: at every moment `target` is the old file or the new.
    pub(super) fn replace(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.in_place = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.in_place {
            // What cannot be removed now is cleared away by the next save.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn create_new(path: &Path, private: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options.open(path)
}

/// Removes what saves that were killed have left in `folder`. Failures are left to the next time.
pub(super) fn clear_litter(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_ours(&entry.file_name()) {
            let path = entry.path();
            let file = OpenOptions::new().read(true).write(true).open(&path);
            if file.is_ok_and(|file| file.try_lock().is_ok()) {
                let _ = fs::remove_file(&path);
            }
        }
    }
}

fn is_ours(name: &OsStr) -> bool {
    name.to_str()
        .and_then(|name| name.strip_prefix(PREFIX))
        .is_some_and(|rest| rest.len() == DIGITS && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}
