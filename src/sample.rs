//! The sample project, built into the program so that it opens wherever the program was put.

use crate::file;
use crate::model::Project;

/// The file as it stands in `projects/`.
pub const TEXT: &str = include_str!("../projects/batken-2022.ron");

/// The sample: the border fighting of September 2022 between Kyrgyz and Tajik forces.
///
/// # Errors
/// Where the file is not a project; a test holds that it is one.
pub fn project() -> Result<Project, file::FileError> {
    file::read(TEXT, &|_| true).map(|opened| opened.project)
}
