//! Which files are in folders, in an order that is the same everywhere. It opens none of them.

use std::fs;
use std::path::{Path, PathBuf};

/// The most files that are listed.
pub const MOST: usize = 100_000;

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Its name, below the folder that was asked for.
    pub name: String,
    /// Its length in bytes.
    pub length: u64,
}

/// What stands under some paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The files, each folder by name, files and folders together.
    pub files: Vec<Found>,
    /// What could not be looked at, with the reason.
    pub failed: Vec<(String, String)>,
    /// Files and folders whose names begin with a dot: hidden ones, which were passed over.
    pub hidden: usize,
}

/// Makes a folder and those around it, where they are not there.
///
/// # Errors
/// What the system said.
pub fn make(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Lists files, and the files in folders and in the folders in them. Links to folders are not followed: they can lead in a
/// circle. A path that is asked for by name is listed even if it is hidden.
pub fn files_below(paths: &[PathBuf]) -> Listed {
    let mut listed = Listed::default();
    for path in paths {
        let name = last(path);
        match fs::metadata(path) {
            Ok(known) if known.is_dir() => below(path, "", &mut listed),
            Ok(known) => listed.files.push(Found { path: path.clone(), name, length: known.len() }),
            // Whoever reads it says why it cannot be read.
            Err(_) => listed.files.push(Found { path: path.clone(), name, length: 0 }),
        }
    }
    listed
}

fn last(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn below(folder: &Path, prefix: &str, listed: &mut Listed) {
    let shown = if prefix.is_empty() { last(folder) } else { prefix.trim_end_matches('/').to_owned() };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return listed.failed.push((shown, format!("The folder cannot be read: {error}"))),
    };
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => names.push(entry.path()),
            Err(error) => listed.failed.push((shown.clone(), format!("The folder cannot be read to its end: {error}"))),
        }
    }
    names.sort();
    for path in names {
        let name = last(&path);
        if name.starts_with('.') {
            listed.hidden += 1;
            continue;
        }
        let name = format!("{prefix}{name}");
        let is_link = fs::symlink_metadata(&path).is_ok_and(|known| known.is_symlink());
        match fs::metadata(&path) {
            Ok(known) if known.is_dir() && is_link => {
                listed.failed.push((name, "A link to a folder is not followed; add that folder itself".to_owned()));
            }
            Ok(known) if known.is_dir() => below(&path, &format!("{name}/"), listed),
            Ok(_) | Err(_) if listed.files.len() >= MOST => {
                if listed.files.len() == MOST && !listed.failed.iter().any(|(_, why)| why.starts_with("More than")) {
                    listed
                        .failed
                        .push((name, format!("More than {MOST} files; add parts of the folder by themselves")));
                }
                return;
            }
            Ok(known) => listed.files.push(Found { path, name, length: known.len() }),
            Err(error) => listed.failed.push((name, format!("It cannot be read: {error}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_listed_by_name_with_the_folders_in_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str| fs::write(folder.path().join(name), "text").expect("writable");
        fs::create_dir_all(folder.path().join("b/deep")).expect("writable");
        fs::create_dir(folder.path().join(".git")).expect("writable");
        for name in ["c.txt", "a.txt", "b/z.md", "b/deep/1.html", ".hidden.txt", ".git/config"] {
            put(name);
        }
        let listed = files_below(&[folder.path().to_owned()]);
        let names: Vec<&str> = listed.files.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["a.txt", "b/deep/1.html", "b/z.md", "c.txt"]);
        assert_eq!((listed.hidden, listed.files[0].length), (2, 4));
        assert!(listed.failed.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_is_told_and_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).expect("a link");
        fs::write(folder.path().join("a.txt"), "text").expect("writable");
        let listed = files_below(&[folder.path().to_owned()]);
        assert_eq!(listed.files.len(), 1);
        assert_eq!(listed.failed[0].0, "again");
    }
}
