//! Says to other copies of the program that a project is open here.
//!
//! The lock lies on a small hidden file beside the project, not on the project itself, because each save
//! replaces that. The system frees it when the program ends, also when it crashes. It is advice between
//! copies of this program: others do not see it, and the check in `save` remains.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::resolve;

/// A project that is open here, until this is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Why a project could not be locked.
#[derive(Debug, Error)]
pub enum LockError {
    /// Another window or process has it open.
    #[error(
        "{} is open in another window{}. Close it there first, or open it here for reading only.",
        path.display(),
        process.map(|id| format!(" (process {id})")).unwrap_or_default()
    )]
    Held {
        /// The project file.
        path: PathBuf,
        /// The other process, where it can be told.
        process: Option<u32>,
    },
    /// The folder or its file system allows no lock; the project can be opened without one.
    #[error("{} could not be marked as open here ({source}). Take care that nobody else has it open.", path.display())]
    Unavailable {
        /// The project file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Lock {
    /// Takes the lock of the project file at `path`, which need not exist yet. Does not wait.
    ///
    /// # Errors
    /// [`LockError::Held`] when it is open elsewhere; [`LockError::Unavailable`] when that cannot be told.
    pub fn take(path: &Path) -> Result<Self, LockError> {
        let unavailable = |source| LockError::Unavailable { path: path.to_path_buf(), source };
        let target = resolve(path).map_err(unavailable)?;
        let sidecar = sidecar(&target).ok_or_else(|| unavailable(io::ErrorKind::InvalidInput.into()))?;
        const TRIES: usize = 8;
        for _ in 0..TRIES {
            let file = open(&sidecar).map_err(unavailable)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(LockError::Held { path: target, process: holder(file) });
                }
                Err(TryLockError::Error(error)) => return Err(unavailable(error)),
            }
            // Its last holder may have removed it between opening and locking: then it guards nothing.
            if is_still_at(&file, &sidecar) {
                return Ok(Self::holding(file, sidecar));
            }
        }
        Err(unavailable(io::ErrorKind::ResourceBusy.into()))
    }

    fn holding(mut file: File, path: PathBuf) -> Self {
        // The number is for the other window's message only; the lock holds without it.
        let _ = file.set_len(0);
        let _ = write!(file, "{}", std::process::id());
        Self { file, path }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, so that nobody finds it free and then loses it.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// `.NAME.lock` beside `NAME`.
fn sidecar(target: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(target.file_name()?);
    name.push(".lock");
    Some(target.with_file_name(name))
}

/// Opens the sidecar for reading and writing: over NFS a lock needs both.
fn open(sidecar: &Path) -> io::Result<File> {
    if fs::symlink_metadata(sidecar).is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("something else has the name of the lock file"));
    }
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(sidecar)
}

fn holder(file: File) -> Option<u32> {
    let mut text = String::new();
    file.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |found: fs::Metadata| (found.dev(), found.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(found)) => place(held) == place(found),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}
