//! Whole records that Dateline wrote as JSON Lines, taken into a project: what is there already stays, what is not there
//! comes.
//!
//! How a record is written is known to `file::lines`. Nothing here guesses: records are the same where their ids are.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::file::lines;
use crate::model::quantity::grouped;
use crate::model::{About, DatasetId, Event, LogEntry, Moment, Project, Record, Records, SourceRow};

use super::texts::sha256;

/// What came of the records of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Records that are new, by kind: articles, claims, notes, events.
    pub added: [usize; 4],
    /// Records that were there, letter by letter.
    pub unchanged: usize,
    /// Records that were there and say something else, which the file wins over.
    pub replaced: usize,
    /// Ids of records that were there and say something else, and that stay as they are.
    pub kept: Vec<String>,
    /// What should be looked at, as on opening a project.
    pub remarks: Vec<String>,
}

/// Whether these bytes begin as records that Dateline wrote do.
pub fn are_records(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // The line of a project may be long; its kind stands first.
    let head = line.get(..line.len().min(256)).unwrap_or_default();
    head.starts_with(b"{") && memchr::memmem::find(head, b"\"record\"").is_some()
}

/// Endings of files that hold records.
pub const ENDINGS: [&str; 2] = ["jsonl", "ndjson"];

/// Whether a file holds records by the ending of its name.
pub fn is_named_as_records(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// A file of records that was read.
#[derive(Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    project: Project,
    remarks: Vec<String>,
}

impl File {
    /// Reads it. `go_on` is told how far it has come, from 0 to 1, and says whether to go on.
    ///
    /// # Errors
    /// As of [`read`].
    pub fn read(name: String, bytes: &[u8], go_on: &dyn Fn(f32) -> bool) -> Result<Self, String> {
        let (project, remarks) = read(bytes, go_on)?;
        Ok(Self { name, sha256: sha256(bytes), project, remarks })
    }

    /// A project with its records, and a line in the log where that makes it another one. Into a project that `is_new`
    /// goes all that the file says of its own; one that was there keeps its rules and title. Where both have a record of
    /// one id and it is not the same, that of the project stays, unless `theirs` says that the file wins.
    pub fn put_into(&self, project: &Project, is_new: bool, theirs: bool, when: Moment) -> (Project, Taken) {
        let base = if is_new { begun(&self.project) } else { project.clone() };
        let (mut to, mut taken) = taken_in(&base, self.project.clone(), theirs);
        taken.remarks.splice(0..0, self.remarks.iter().cloned());
        if is_new || !project.unchanged(&to) {
            let what = format!("Took in records of {} (SHA-256 {}): {}", self.name, self.sha256, taken.sentence());
            let log = to.log.iter().cloned().chain([LogEntry { when, what: what.into() }]);
            to.log = log.collect::<Vec<_>>().into();
        }
        (to, taken)
    }
}

/// What a new project begins with that is made for such a file: all that the file says of its project, without records.
fn begun(theirs: &Project) -> Project {
    Project {
        about: theirs.about.clone(),
        methodology: theirs.methodology.clone(),
        log: theirs.log.clone(),
        views: theirs.views.clone(),
        ..Project::default()
    }
}

/// The project of a file of records, with what should be looked at. `go_on` is told how far it has come, from 0 to 1, and
/// says whether to go on.
///
/// # Errors
/// The first line that is no such record, with its number and what to do; or that it was stopped.
pub fn read(bytes: &[u8], go_on: &dyn Fn(f32) -> bool) -> Result<(Project, Vec<String>), String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err("it is empty; export it anew with dateline export --to json".to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count() + 1;
        format!("line {line}: it is not UTF-8, in which JSON Lines are written; export the file anew")
    })?;
    let opened = lines::read(text, go_on)?;
    // Places of the file that the lines stand for would lead nowhere: the record is named.
    let told = |finding: &crate::file::Finding| match finding.record.as_str() {
        "" => finding.message.clone(),
        record => format!("{record}: {}", finding.message),
    };
    Ok((opened.project, opened.findings.iter().map(told).collect()))
}

/// A project with the records of another one. Where both have a record of one id and it is not the same, that of the
/// project stays, unless `theirs` says that the other one wins.
pub fn taken_in(project: &Project, other: Project, theirs: bool) -> (Project, Taken) {
    let mut told = Taken::default();
    let mut out = project.clone();
    let same = datasets(&mut out, &other);
    out.about = about(&project.about, &other.about).into();
    let mappings = other.mappings.iter().filter(|own| {
        !project.mappings.iter().any(|mapping| (&mapping.name, mapping.version) == (&own.name, own.version))
    });
    let mappings: Vec<_> = project.mappings.iter().chain(mappings).cloned().collect();
    if mappings.len() > project.mappings.len() {
        out.mappings = mappings.into();
    }
    told.added = [
        put(&mut out.articles, &other.articles, theirs, &mut told, |article| article.clone()),
        put(&mut out.claims, &other.claims, theirs, &mut told, |claim| claim.clone()),
        put(&mut out.notes, &other.notes, theirs, &mut told, |note| note.clone()),
        put(&mut out.events, &other.events, theirs, &mut told, |event| of_our_datasets(event, &same)),
    ];
    (out, told)
}

/// Puts records of one kind; how many are new.
fn put<R: Record + Clone + PartialEq>(
    into: &mut Records<R>,
    from: &Records<R>,
    theirs: bool,
    told: &mut Taken,
    made: impl Fn(&R) -> R,
) -> usize
where
    R::Id: ToString,
{
    let mut added = 0;
    for record in from.iter() {
        let record = made(record);
        let id = record.id();
        let done = match into.get(id) {
            None => into.push(record).map(|()| added += 1),
            Some(mine) if **mine == record => {
                told.unchanged += 1;
                Ok(())
            }
            Some(_) if theirs => into.replace(record).map(|()| told.replaced += 1),
            Some(_) => {
                told.kept.push(id.to_string());
                Ok(())
            }
        };
        // Neither can happen: it was looked up just now. It is told all the same.
        if let Err(error) = done {
            told.remarks.push(error.to_string());
        }
    }
    added
}

/// Adds the data sets that are not there. What their ids are here: a file that was imported into both, in the same
/// reading, is one data set.
fn datasets(out: &mut Project, other: &Project) -> HashMap<DatasetId, DatasetId> {
    let mut all = (*out.datasets).clone();
    let mut same = HashMap::new();
    for theirs in other.datasets.iter() {
        let is_same = |mine: &&crate::model::Dataset| {
            (&mine.sha256, &mine.mapping, mine.mapping_version)
                == (&theirs.sha256, &theirs.mapping, theirs.mapping_version)
                && mine.columns == theirs.columns
                && mine.layout == theirs.layout
        };
        match all.iter().find(is_same) {
            Some(mine) => drop(same.insert(theirs.id, mine.id)),
            None if all.iter().any(|mine| mine.id == theirs.id) => {}
            None => all.push(theirs.clone()),
        }
    }
    if all.len() > out.datasets.len() {
        out.datasets = all.into();
    }
    same
}

fn of_our_datasets(event: &Event, same: &HashMap<DatasetId, DatasetId>) -> Event {
    let mut event = event.clone();
    if let Some(source) = &event.source
        && let Some(mine) = same.get(&source.dataset).filter(|mine| **mine != source.dataset)
    {
        event.source = Some(SourceRow::new(*mine, source.row()));
    }
    event
}

/// What a project says of itself, with the words, days and releases of another one that it lacks.
fn about(mine: &About, theirs: &About) -> About {
    let mut about = mine.clone();
    let codebook = &mut about.codebook;
    let lacking = |terms: &[crate::model::project::Term], term: &crate::model::project::Term| {
        !terms.iter().any(|own| own.name == term.name)
    };
    for (own, others) in
        [(&mut codebook.kinds, &theirs.codebook.kinds), (&mut codebook.measures, &theirs.codebook.measures)]
    {
        let new: Vec<_> = others.iter().filter(|term| lacking(own, term)).cloned().collect();
        own.extend(new);
    }
    let groups: Vec<_> =
        theirs.codebook.groups.iter().filter(|group| !codebook.groups.contains(group)).cloned().collect();
    codebook.groups.extend(groups);
    let columns = theirs.codebook.columns.iter();
    let columns: Vec<_> = columns.filter(|column| codebook.column(column.id).is_none()).cloned().collect();
    codebook.retired.retain(|id| !columns.iter().any(|column| column.id == *id));
    codebook.columns.extend(columns);
    if *codebook != mine.codebook {
        codebook.version = codebook.version.saturating_add(1);
    }
    unite(&mut about.milestones, &theirs.milestones);
    unite(&mut about.coverage, &theirs.coverage);
    unite(&mut about.releases, &theirs.releases);
    about
}

fn unite<T: Clone + PartialEq>(into: &mut Vec<T>, from: &[T]) {
    let new: Vec<T> = from.iter().filter(|value| !into.contains(value)).cloned().collect();
    into.extend(new);
}

impl Taken {
    /// How many records are new.
    pub fn all_added(&self) -> usize {
        self.added.iter().sum()
    }

    /// Whether anything comes or changes.
    pub fn changes(&self) -> bool {
        self.all_added() + self.replaced > 0
    }

    /// What came of the records, in one sentence.
    pub fn sentence(&self) -> String {
        let [articles, claims, notes, events] = self.added.map(|n| grouped(n as u64));
        let mut text = format!(
            "{articles} articles, {claims} claims, {notes} notes and {events} events added, {} there already",
            grouped(self.unchanged as u64)
        );
        if self.replaced > 0 {
            let _ = write!(text, ", {} replaced by those of the file", grouped(self.replaced as u64));
        }
        if !self.kept.is_empty() {
            const FIRST: usize = 8;
            let first: Vec<&str> = self.kept.iter().take(FIRST).map(String::as_str).collect();
            let more = self.kept.len().saturating_sub(FIRST);
            let more = if more > 0 { format!(" and {} more", grouped(more as u64)) } else { String::new() };
            let _ = write!(
                text,
                ", {} that say something else in the file left as they are ({}{more})",
                grouped(self.kept.len() as u64),
                first.join(", ")
            );
        }
        text
    }
}
