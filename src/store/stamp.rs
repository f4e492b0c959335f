//! What a file was when it was last read or written, to see later whether it still is.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;
use std::{io, io::Read};

use super::fingerprint::Fingerprint;

/// The state of a file on disk at one moment.
///
/// Two stamps are equal when the contents are: length and fingerprint. The times only spare reading the
/// file again; a disk that keeps them coarsely, or a program that touches the file, causes no alarm.
#[derive(Debug, Clone)]
pub struct Stamp {
    length: u64,
    fingerprint: u64,
    mark: Mark,
}

impl PartialEq for Stamp {
    fn eq(&self, other: &Self) -> bool {
        (self.length, self.fingerprint) == (other.length, other.fingerprint)
    }
}

impl Eq for Stamp {}

/// What the file system says for free; when all of it is as before, so are the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    modified: Option<SystemTime>,
    /// On Unix device, inode, and the time of the last change to either contents or attributes.
    identity: Option<[i64; 4]>,
}

impl Mark {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self { modified: metadata.modified().ok(), identity: identity(metadata) }
    }

    /// One that settles nothing, so that contents are always compared.
    pub(super) fn unknown() -> Self {
        Self { modified: None, identity: None }
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<[i64; 4]> {
    use std::os::unix::fs::MetadataExt;
    Some([metadata.dev().cast_signed(), metadata.ino().cast_signed(), metadata.ctime(), metadata.ctime_nsec()])
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<[i64; 4]> {
    None
}

impl Stamp {
    pub(super) fn new(length: u64, fingerprint: u64, mark: Mark) -> Self {
        Self { length, fingerprint, mark }
    }

    /// Length of the contents in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// A number that changes when the contents do, the same in every version of the program. It guards
    /// against accidents, not against forgery.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Whether the file at `path` still has these contents. Reads them only where length and times leave
    /// it open.
    ///
    /// # Errors
    /// When the file cannot be examined; `NotFound` when it is gone.
    pub fn still_holds(&self, path: &Path) -> io::Result<bool> {
        let metadata = fs::metadata(path)?;
        if metadata.len() != self.length || !metadata.is_file() {
            return Ok(false);
        }
        if self.mark.modified.is_some() && Mark::of(&metadata) == self.mark {
            return Ok(true);
        }
        let print = fingerprint_of(path)?;
        Ok((print.length(), print.value()) == (self.length, self.fingerprint))
    }
}

fn fingerprint_of(path: &Path) -> io::Result<Fingerprint> {
    let mut file = fs::File::open(path)?;
    let mut print = Fingerprint::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(print),
            Ok(n) => print.update(&buffer[..n]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
