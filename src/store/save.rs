//! Saves a file so that at every moment, also in a crash or power cut, it is wholly the old one or wholly the new.
//!
//! The new contents go to a temporary file in the same folder, are forced to the disk, and then take the old
//! file's place in one step. Kept are: symbolic links (the file they lead to is replaced), permissions, and owner
//! and group where allowed. Not kept are: hard links to the old file, and access lists.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::fingerprint::{Fingerprint, Fingerprinting};
use super::resolve;
use super::stamp::{Mark, Stamp};
use super::temporary::{Temporary, clear_litter};

/// Why a file could not be saved. Each message says what is safe and what to do.
#[derive(Debug, Error)]
pub enum SaveError {
    /// The file is not the one that was read or last saved. Nothing was touched.
    #[error(
        "{} was changed by another program since it was opened here. Nothing was written, and your changes are still here. \
         Use Save as to keep both versions, or open the file again to see the other one.",
        path.display()
    )]
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
    /// The file that was read or last saved is no longer there. Nothing was touched.
    #[error(
        "{} is no longer there: it was moved, renamed or deleted. Nothing was written, and your changes are still here. \
         Use Save as to choose where they go.",
        path.display()
    )]
    Vanished {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder may not be written. Nothing was touched.
    #[error(
        "Could not save to {}: it may not be written ({source}). The old file is untouched and your changes are still here. \
         Change its permissions or use Save as.",
        path.display()
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The disk or the user's share of it is full.
    #[error(
        "Could not save to {}: the disk is full ({source}). The old file is untouched and your changes are still here. \
         Free some space or use Save as.",
        path.display()
    )]
    DiskFull {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder does not exist.
    #[error(
        "Could not save to {}: its folder does not exist or cannot be reached ({source}). Your changes are still here. \
         Use Save as to choose another folder.",
        path.display()
    )]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder or a device stands there.
    #[error(
        "Could not save to {}: a folder or device has that name. Your changes are still here. Use Save as to choose another name.",
        path.display()
    )]
    NotAFile {
        /// What stands there.
        path: PathBuf,
    },
    /// The new file is in place and whole, but the disk did not confirm that it would outlast a power cut.
    #[error(
        "{} was written, but the disk did not confirm it ({source}). Save again, or save a copy to another disk.",
        path.display()
    )]
    NotConfirmed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// The new file.
        stamp: Box<Stamp>,
    },
    /// Anything else.
    #[error(
        "Could not save to {}: {source}. The old file is untouched and your changes are still here. \
         Try again or use Save as.",
        path.display()
    )]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl SaveError {
    /// The message where what was written is no project: there are no changes that could be lost.
    #[must_use]
    pub fn of_other(&self) -> String {
        match self {
            Self::ChangedOnDisk { path } | Self::Vanished { path } => {
                format!("{} was changed meanwhile. Nothing was written. Try again.", path.display())
            }
            Self::ReadOnly { path, source } => format!(
                "Could not write {}: it may not be written ({source}). Nothing was changed. Change its permissions or choose \
                 another place.",
                path.display()
            ),
            Self::DiskFull { path, source } => format!(
                "Could not write {}: the disk is full ({source}). Nothing was changed. Free some space or choose another \
                 place.",
                path.display()
            ),
            Self::NoFolder { path, source } => format!(
                "Could not write {}: its folder does not exist or cannot be reached ({source}). Choose another place.",
                path.display()
            ),
            Self::NotAFile { path } => {
                format!("Could not write {}: a folder or device has that name. Choose another name.", path.display())
            }
            Self::NotConfirmed { path, source, .. } => {
                format!("{} was written, but the disk did not confirm it ({source}). Write it again.", path.display())
            }
            Self::Other { path, source } => {
                format!(
                    "Could not write {}: {source}. Nothing was changed. Try again or choose another place.",
                    path.display()
                )
            }
        }
    }

    /// What the system said, where it said something.
    #[must_use]
    pub fn source_error(&self) -> Option<&io::Error> {
        match self {
            Self::ReadOnly { source, .. }
            | Self::DiskFull { source, .. }
            | Self::NoFolder { source, .. }
            | Self::NotConfirmed { source, .. }
            | Self::Other { source, .. } => Some(source),
            Self::ChangedOnDisk { .. } | Self::Vanished { .. } | Self::NotAFile { .. } => None,
        }
    }
}

/// Saves `bytes` as the file at `path`; see [`save_with`].
///
/// # Errors
/// As [`save_with`].
pub fn save(path: &Path, bytes: &[u8], expected: Option<&Stamp>) -> Result<Stamp, SaveError> {
    save_with(path, expected, |file| file.write_all(bytes))
}

/// Saves what `write` writes as the file at `path`, and gives the new file's stamp.
///
/// With `expected`, refuses when the file is gone or no longer has those contents. Without, creates or replaces it:
/// the caller has asked. The check is made before writing and once more just before the file is replaced; only a change
/// within the moment between could be lost.
///
/// # Errors
/// In each case but [`SaveError::NotConfirmed`] the old file, if any, is as it was.
pub fn save_with(
    path: &Path,
    expected: Option<&Stamp>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Stamp, SaveError> {
    let target = resolve(path).map_err(|source| SaveError::NoFolder { path: path.to_path_buf(), source })?;
    let Some(folder) = target.parent() else {
        return Err(SaveError::NotAFile { path: target });
    };
    check_expected(&target, expected)?;
    let failed = |source| classify(&target, source);
    let old = writable(&target)?;
    clear_litter(folder);
    let temporary = Temporary::create(folder, old.is_some()).map_err(failed)?;
    if let Some(old) = &old {
        copy_owner(&temporary.file, old);
    }
    let print = write_contents(&temporary.file, write).map_err(failed)?;
    if let Some(old) = &old {
        let mode = old.permissions();
        temporary.file.set_permissions(mode).map_err(failed)?;
    }
    temporary.file.sync_all().map_err(failed)?;
    check_expected(&target, expected)?;
    let handle = temporary.file.try_clone().map_err(failed)?;
    temporary.replace(&target).map_err(failed)?;
    confirm(folder, &target, &handle, &print)
}

fn check_expected(target: &Path, expected: Option<&Stamp>) -> Result<(), SaveError> {
    let Some(stamp) = expected else {
        return Ok(());
    };
    let path = target.to_path_buf();
    match stamp.still_holds(target) {
        Ok(true) => Ok(()),
        Ok(false) => Err(SaveError::ChangedOnDisk { path }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(SaveError::Vanished { path }),
        Err(error) => Err(classify(target, error)),
    }
}

/// The old file, if there is one, after making sure that its owner lets us write it: a rename would not ask.
fn writable(target: &Path) -> Result<Option<Metadata>, SaveError> {
    let path = target.to_path_buf();
    let metadata = match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata.map_err(|error| classify(target, error))?,
    };
    if !metadata.is_file() {
        return Err(SaveError::NotAFile { path });
    }
    if metadata.permissions().readonly() {
        let source = io::ErrorKind::PermissionDenied.into();
        return Err(SaveError::ReadOnly { path, source });
    }
    match OpenOptions::new().write(true).open(target) {
        Ok(_) => Ok(Some(metadata)),
        Err(error) => Err(classify(target, error)),
    }
}

fn write_contents(file: &File, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Fingerprint> {
    let mut writer = Fingerprinting { inner: BufWriter::with_capacity(1 << 16, file), print: Fingerprint::new() };
    write(&mut writer)?;
    writer.flush()?;
    Ok(writer.print)
}

/// Gives the new file the old one's owner and group, as far as we may.
#[cfg(unix)]
fn copy_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(file, Some(old.uid()), Some(old.gid())).is_err() {
        // Only an administrator may give files away; the group may still be one of ours.
        let _ = fchown(file, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn copy_owner(_: &File, _: &Metadata) {}

/// Stamps the file that is now in place, and forces the folder's entry for it to the disk.
fn confirm(folder: &Path, target: &Path, file: &File, print: &Fingerprint) -> Result<Stamp, SaveError> {
    let not_confirmed =
        |source, stamp| SaveError::NotConfirmed { path: target.to_path_buf(), source, stamp: Box::new(stamp) };
    let (mark, problem) = match file.metadata() {
        Ok(metadata) => (Mark::of(&metadata), None),
        Err(error) => (Mark::unknown(), Some(error)),
    };
    let stamp = Stamp::new(print.length(), print.value(), mark);
    match problem.map_or_else(|| sync_folder(folder), Err) {
        Ok(()) => Ok(stamp),
        Err(source) => Err(not_confirmed(source, stamp)),
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some network and foreign file systems know no such request.
        Err(error) if is_unsupported(&error) => Ok(()),
        done => done,
    }
}

#[cfg(unix)]
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied)
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn classify(target: &Path, source: io::Error) -> SaveError {
    let path = target.to_path_buf();
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => SaveError::ReadOnly { path, source },
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            SaveError::DiskFull { path, source }
        }
        _ => SaveError::Other { path, source },
    }
}
