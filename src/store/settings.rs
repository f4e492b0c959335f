//! What the program remembers between runs about its user, not about a project.
//!
//! Kept as RON in the user's configuration folder. A damaged file never keeps the program from starting.
//! Must not know what the layout's numbers mean.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::read::{ReadError, read};
use super::save::{SaveError, save};

/// Names the folder to use in place of the user's own.
pub const FOLDER_VARIABLE: &str = "DATELINE_CONFIG_DIR";
/// How many files the list of recent files holds.
pub const MOST_RECENT: usize = 12;
const FILE_NAME: &str = "settings.ron";
/// Smallest and largest size of the text of articles, in points.
pub const READER_SIZES: std::ops::RangeInclusive<f32> = 13.0..=22.0;
const READER_SIZE: f32 = 15.0;
const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=3.0;

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the desktop says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// Pure text and strong borders, in the light or dark of the system.
    HighContrast,
}

/// The settings. Fields that a file lacks have their defaults; those it has beyond these are ignored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Project files opened lately, newest first; see [`Settings::remember`].
    pub recent: Vec<PathBuf>,
    /// Size of everything on screen, 1 being normal; from 0.5 to 3.
    pub zoom: f32,
    /// Size of the text of articles in points; from 13 to 22.
    pub reader_size: f32,
    /// Sizes and the like that panels keep, by their names.
    pub layout: BTreeMap<String, f32>,
    /// Whether Enter on a cell begins to edit it (else it moves down).
    pub enter_edits: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            recent: Vec::new(),
            zoom: 1.0,
            reader_size: READER_SIZE,
            layout: BTreeMap::new(),
            enter_edits: false,
        }
    }
}

/// The settings could not be read and the defaults are in force.
#[derive(Debug, Error)]
pub enum SettingsWarning {
    /// The file was damaged and has been moved aside.
    #[error("The settings could not be understood ({why}). The defaults are used; the old file is kept as {}.", kept.display())]
    Damaged {
        /// What is wrong with it.
        why: String,
        /// Where it is now.
        kept: PathBuf,
    },
    /// The file is there but could not be read, or not be moved aside.
    #[error("The settings could not be read ({why}). The defaults are used.")]
    Unreadable {
        /// What is wrong.
        why: String,
    },
}

/// Why there is no folder for settings, or they could not be saved.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// No home folder is known.
    #[error("There is no folder for settings: {0}. Set {FOLDER_VARIABLE} to one.")]
    NoFolder(String),
    /// The folder could not be created.
    #[error("The folder for settings {} could not be created: {source}.", folder.display())]
    NotCreated {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// They could not be written as text.
    #[error("The settings could not be written: {0}.")]
    Unwritable(#[from] ron::Error),
    /// They could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl Settings {
    /// Reads the settings in `folder`, as [`folder`] gives it. Without a file, the defaults.
    #[must_use]
    pub fn load(folder: &Path) -> (Self, Option<SettingsWarning>) {
        let path = folder.join(FILE_NAME);
        let why = match read(&path) {
            Ok((text, _)) => match ron::from_str::<Self>(&text) {
                Ok(settings) => return (settings.made_sound(), None),
                Err(error) => error.to_string(),
            },
            Err(ReadError::Missing { .. }) => return (Self::default(), None),
            Err(error @ (ReadError::NotUtf8 { .. } | ReadError::Empty { .. })) => error.to_string(),
            Err(error) => {
                let why = error.to_string();
                return (Self::default(), Some(SettingsWarning::Unreadable { why }));
            }
        };
        let warning = match move_aside(&path) {
            Ok(kept) => SettingsWarning::Damaged { why, kept },
            Err(_) => SettingsWarning::Unreadable { why },
        };
        (Self::default(), Some(warning))
    }

    /// Saves the settings in `folder`, creating it (for its owner only) if need be.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn save(&self, folder: &Path) -> Result<(), SettingsError> {
        create_private(folder).map_err(|source| SettingsError::NotCreated { folder: folder.to_path_buf(), source })?;
        let config = ron::ser::PrettyConfig::new().new_line("\n");
        let text = ron::ser::to_string_pretty(&self.clone().made_sound(), config)? + "\n";
        save(&folder.join(FILE_NAME), text.as_bytes(), None)?;
        Ok(())
    }

    /// Puts a file at the top of the recent ones. One whose name is no Unicode text cannot be kept.
    pub fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        self.recent.insert(0, path);
        self.tidy_recent();
    }

    fn tidy_recent(&mut self) {
        let mut seen = Vec::new();
        self.recent.retain(|path| {
            let new = path.to_str().is_some() && !seen.contains(path);
            seen.push(path.clone());
            new
        });
        self.recent.truncate(MOST_RECENT);
    }

    /// Brings what somebody may have written by hand into bounds.
    fn made_sound(mut self) -> Self {
        self.zoom = if self.zoom.is_finite() { self.zoom.clamp(*ZOOM.start(), *ZOOM.end()) } else { 1.0 };
        let sizes = READER_SIZES;
        let size = self.reader_size;
        self.reader_size = if size.is_finite() { size.clamp(*sizes.start(), *sizes.end()) } else { READER_SIZE };
        self.layout.retain(|_, value| value.is_finite());
        self.tidy_recent();
        self
    }
}

/// The folder that the settings lie in, `~/.config/dateline` on Linux, unless [`FOLDER_VARIABLE`] names
/// another.
///
/// # Errors
/// When no home folder is known.
pub fn folder() -> Result<PathBuf, SettingsError> {
    folder_given(env::var_os(FOLDER_VARIABLE))
}

fn folder_given(named: Option<OsString>) -> Result<PathBuf, SettingsError> {
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        return Ok(named.into());
    }
    etcetera::choose_base_strategy()
        .map(|user| user.config_dir().join("dateline"))
        .map_err(|error| SettingsError::NoFolder(error.to_string()))
}

/// Makes a folder that only its owner can look into, where it is not there.
pub(super) fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        // The names of recent files can say much about an investigation.
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Renames a damaged file so that it is kept, and gives its new name.
fn move_aside(path: &Path) -> io::Result<PathBuf> {
    const MOST: usize = 20;
    for number in 1..=MOST {
        let kept = path.with_file_name(format!("settings.damaged-{number}.ron"));
        if !kept.try_exists()? {
            fs::rename(path, &kept)?;
            return Ok(kept);
        }
    }
    Err(io::Error::other("too many damaged settings files"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_folder_wins_and_an_empty_name_is_none() {
        assert_eq!(folder_given(Some("/x/y".into())).unwrap(), Path::new("/x/y"));
        if let Ok(own) = folder_given(Some(OsString::new())) {
            assert!(own.ends_with("dateline"));
        }
    }

    #[test]
    fn recent_files_are_newest_first_once_each_and_few() {
        let mut settings = Settings::default();
        for number in 0..20 {
            settings.remember(Path::new(&format!("/work/{number}.ron")));
        }
        settings.remember(Path::new("/work/15.ron"));
        assert_eq!(settings.recent.len(), MOST_RECENT);
        assert_eq!(settings.recent[..3], ["/work/15.ron", "/work/19.ron", "/work/18.ron"].map(PathBuf::from));
    }
}
