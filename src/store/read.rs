//! Reads a text file as a whole, with a stamp of what was read.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::fingerprint::Fingerprint;
use super::stamp::{Mark, Stamp};
use crate::file::position::{Position, position_of};

/// Files beyond this many bytes (4 GiB) are refused before they fill the memory.
pub const LARGEST: u64 = 4 << 30;

/// Why a file could not be read. Each message says what to do.
#[derive(Debug, Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("{} does not exist. It may have been moved, renamed or deleted, or its disk is not connected.", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A folder stands there.
    #[error("{} is a folder. Choose a file in it.", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A device, pipe or socket stands there.
    #[error("{} is not a file that can be read as a whole.", path.display())]
    NotAFile {
        /// What stands there.
        path: PathBuf,
    },
    /// Reading it is not allowed.
    #[error("{} may not be read by you. Ask its owner, or change its permissions.", path.display())]
    NoPermission {
        /// The file.
        path: PathBuf,
    },
    /// It holds nothing but white space or zero bytes.
    #[error("{} is empty: it holds no text. If it was not so before, look for a backup.", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It is larger than [`LARGEST`].
    #[error("{} is too large to open: {length} bytes, at most {LARGEST} can be read.", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        length: u64,
    },
    /// It is not text in UTF-8.
    #[error("{} is not text in UTF-8: {at} (byte {byte}) holds a byte that cannot stand there.{}", path.display(), hint(*utf16))]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The offset of the first wrong byte, from 0.
        byte: usize,
        /// Its place in the text before it.
        at: Position,
        /// Whether it begins as UTF-16 does.
        utf16: bool,
    },
    /// Anything else.
    #[error("Could not read {}: {source}.", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn hint(utf16: bool) -> &'static str {
    if utf16 { " It seems to be UTF-16; save it again as UTF-8." } else { "" }
}

/// Reads the file at `path`. A byte order mark at its beginning is left out of the text.
///
/// # Errors
/// When there is no readable, non-empty UTF-8 text file of bearable size.
pub fn read(path: &Path) -> Result<(String, Stamp), ReadError> {
    let owned = path.to_path_buf();
    let (bytes, metadata) = open_and_read(path)?;
    // The mark is from before the reading: a change meanwhile will be noticed at the next save.
    let mark = Mark::of(&metadata);
    let stamp = Stamp::new(bytes.len() as u64, Fingerprint::of(&bytes), mark);
    if bytes.iter().all(|b| *b == 0 || b.is_ascii_whitespace()) {
        return Err(ReadError::Empty { path: owned });
    }
    let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok((text, stamp))
}

/// Reads the bytes of the file at `path`, whatever they are: texts from outside come in any encoding.
///
/// # Errors
/// When there is no readable file of bearable size.
pub fn read_raw(path: &Path) -> Result<Vec<u8>, ReadError> {
    open_and_read(path).map(|(bytes, _)| bytes)
}

/// Reads the first bytes of the file at `path`, for a quick look at a large one.
///
/// # Errors
/// When there is no readable file.
pub fn read_beginning(path: &Path, most: usize) -> Result<Vec<u8>, ReadError> {
    let kind = fs::metadata(path).map_err(|error| classify(path, error))?;
    if !kind.is_file() {
        return Err(ReadError::NotAFile { path: path.to_path_buf() });
    }
    let file = File::open(path).map_err(|error| classify(path, error))?;
    let mut bytes = Vec::new();
    file.take(most as u64).read_to_end(&mut bytes).map_err(|error| classify(path, error))?;
    Ok(bytes)
}

fn open_and_read(path: &Path) -> Result<(Vec<u8>, fs::Metadata), ReadError> {
    let owned = path.to_path_buf();
    // Asked before opening: to open a pipe would wait for its writer.
    let kind = fs::metadata(path).map_err(|error| classify(path, error))?;
    if kind.is_dir() {
        return Err(ReadError::Folder { path: owned });
    }
    if !kind.is_file() {
        return Err(ReadError::NotAFile { path: owned });
    }
    let file = File::open(path).map_err(|error| classify(path, error))?;
    let metadata = file.metadata().map_err(|error| classify(path, error))?;
    let bytes = read_bytes(file, metadata.len(), path)?;
    Ok((bytes, metadata))
}

fn read_bytes(file: File, length: u64, path: &Path) -> Result<Vec<u8>, ReadError> {
    let too_large = |length| ReadError::TooLarge { path: path.to_path_buf(), length };
    if length > LARGEST {
        return Err(too_large(length));
    }
    let mut bytes = Vec::new();
    let room = usize::try_from(length).unwrap_or(usize::MAX);
    if bytes.try_reserve_exact(room.saturating_add(1)).is_err() {
        return Err(ReadError::Other { path: path.to_path_buf(), source: io::ErrorKind::OutOfMemory.into() });
    }
    // It may grow while it is read.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| classify(path, error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> ReadError {
    let byte = error.utf8_error().valid_up_to();
    let valid = error.as_bytes().get(..byte).unwrap_or_default();
    ReadError::NotUtf8 {
        path: path.to_path_buf(),
        byte,
        at: position_of(&String::from_utf8_lossy(valid), byte),
        utf16: error.as_bytes().starts_with(&[0xFF, 0xFE]) || error.as_bytes().starts_with(&[0xFE, 0xFF]),
    }
}

fn classify(path: &Path, source: io::Error) -> ReadError {
    let path = path.to_path_buf();
    match source.kind() {
        io::ErrorKind::NotFound => ReadError::Missing { path },
        io::ErrorKind::PermissionDenied => ReadError::NoPermission { path },
        io::ErrorKind::IsADirectory => ReadError::Folder { path },
        _ => ReadError::Other { path, source },
    }
}
