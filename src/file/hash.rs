//! The hash by which a release and a reader know that they speak of the same project.

use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::model::{About, Project};

use super::write::write_parts;

/// SHA-256, in lower case hexadecimal, of the file that the project would be without its releases, its log and its
/// views: what recording a release adds, or how somebody looks at it, must not make it another project.
#[must_use]
pub fn hash(project: &Project) -> String {
    let about = About { releases: Vec::new(), ..About::clone(&project.about) };
    let bare = Project { about: Arc::new(about), log: Arc::default(), views: Arc::default(), ..project.clone() };
    let mut text = String::with_capacity(64);
    let mut hash = Sha256::new();
    let put = |part: &str| {
        hash.update(part.as_bytes());
        Ok(())
    };
    // A hash takes all of it.
    let done = write_parts(&bare, put);
    debug_assert!(done.is_ok());
    for byte in hash.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;
    use crate::model::{Event, LogEntry, Moment, Release};

    #[test]
    fn releases_the_log_and_views_leave_it_and_everything_else_changes_it() {
        let project = Project::titled("Test");
        let own = hash(&project);
        let mut text = String::new();
        for byte in Sha256::digest(write(&project).as_bytes()) {
            let _ = write!(text, "{byte:02x}");
        }
        assert_eq!(own, text, "of a project without releases and log it is that of its file");
        let mut released = project.clone();
        let (name, day) = ("First".into(), jiff::civil::date(2022, 10, 1));
        let release = Release { name, day, totals: Vec::new(), words: "plain 1".into(), hash: own.clone().into() };
        Arc::make_mut(&mut released.about).releases.push(release);
        Arc::make_mut(&mut released.log).push(LogEntry { when: Moment::new(day), what: "Recorded".into() });
        Arc::make_mut(&mut released.views).push(crate::model::SavedView { name: "All".into(), ..Default::default() });
        assert_eq!(hash(&released), own);
        released.events.push(Event::new("e-1".parse().expect("an id"))).expect("new");
        assert_ne!(hash(&released), own);
    }
}
