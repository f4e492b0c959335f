//! The row that a claim is read from, field by field, with the cells that hold its number: what such a number rests on.

use crate::model::{ClaimId, Event, Project, Text};

use super::rows::{readers, stated};

/// A row as the evidence of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The data set with its release: "UCDP GED 24.1".
    pub dataset: String,
    /// The name of the file that it came in.
    pub file: Text,
    /// SHA-256 of that file's bytes, in hexadecimal digits.
    pub sha256: Text,
    /// The row as it stands in the file, without its line end.
    pub row: String,
    /// Every field by the name of its column, as the file has it, without the quotes around it. A field behind the last
    /// column has no name.
    pub fields: Vec<(String, String)>,
    /// The fields that the number is read from.
    pub read: Vec<usize>,
}

impl Evidence {
    /// The cells that the number is read from: names of columns with what stands there.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &str)> {
        self.read.iter().filter_map(|n| self.fields.get(*n)).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The row that a claim is read from, whether or not somebody changed the claim. `None` for a claim of another kind, and
/// where nobody knows how to read the row.
pub fn evidence(project: &Project, claim: ClaimId) -> Option<Evidence> {
    let (event, _) = claim.event_and_letter()?;
    let event = project.events.get(event)?;
    let source = event.source.as_ref()?;
    let dataset = project.datasets.iter().find(|dataset| dataset.id == source.dataset)?;
    let readers = readers(project);
    let reader = readers.get(source.dataset)?;
    let read = reader.read_from(event.id, claim)?;
    let owned = |(name, value): (&str, std::borrow::Cow<'_, str>)| (name.to_owned(), value.into_owned());
    Some(Evidence {
        dataset: super::reader::origin(dataset).to_string(),
        file: dataset.file.clone(),
        sha256: dataset.sha256.clone(),
        row: source.row().to_owned(),
        fields: reader.fields(source.row()).into_iter().map(owned).collect(),
        read,
    })
}

/// Whether a claim is read from a row.
pub fn rests_on_row(project: &Project, claim: ClaimId) -> bool {
    stated(project, claim).is_some()
}

/// Which row of its file an event is made from, among those that are in the project, and how many these are. It is no
/// line of the file: rows that were skipped, a second header and line ends within cells count there, and which these
/// were is kept nowhere but in the report of the import. Goes through all events.
pub fn row_number(project: &Project, event: &Event) -> Option<(usize, usize)> {
    let dataset = event.source.as_ref()?.dataset;
    let (mut number, mut all) = (None, 0);
    for other in project.events.iter().filter(|other| other.source.as_ref().is_some_and(|row| row.dataset == dataset)) {
        all += 1;
        if other.id == event.id {
            number = Some(all);
        }
    }
    Some((number?, all))
}
