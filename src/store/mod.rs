//! The only part of the program that touches the disk.
//!
//! Bytes in, bytes out, and plain reports of what went wrong. Must not know the window, what a project
//! means, or when it is time to save.

mod fingerprint;
pub mod folder;
pub mod lock;
pub mod read;
pub mod rescue;
pub mod save;
pub mod settings;
pub mod stamp;
mod temporary;

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The file that a path stands for: symbolic links are followed, also one whose target is not there yet.
/// Replacing that file leaves the links as they are.
///
/// # Errors
/// When the folder does not exist or cannot be entered, or links lead in a circle.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let folder = fs::canonicalize(folder)?;
        let Some(name) = path.file_name() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        path = match fs::read_link(&path) {
            Ok(target) => folder.join(target),
            Err(_) => return Ok(folder.join(name)),
        };
    }
    Err(io::Error::other("symbolic links lead in a circle"))
}
