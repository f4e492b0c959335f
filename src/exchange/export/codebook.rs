//! The codebook that goes with a table: what every column holds, what the words mean, by which rules the figures were
//! made. A table without it is a riddle.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::derive::wording::sentence;
use crate::model::{Measure, Precision, Project, Status, Term};

use super::{Redaction, Source};
use super::{fields, subtotals};

/// A part of the codebook: a title, and its lines of a word with what it means.
pub(super) struct Part {
    pub title: String,
    pub lines: Vec<[String; 3]>,
}

/// Title, licence, selection and rules: what a reader must know before the first number.
pub(super) fn about(source: &Source<'_>, redaction: &Redaction) -> Vec<[String; 2]> {
    let project = source.project;
    let mut lines = vec![["Project".to_owned(), project.about.title.to_string()]];
    let mut say = |what: &str, text: String| {
        if !text.is_empty() {
            lines.push([what.to_owned(), text]);
        }
    };
    say("Description", project.about.description.to_string());
    say("Licence", project.about.licence.to_string());
    let chosen =
        if source.filter.is_empty() { "all events".to_owned() } else { format!("events that match {}", source.filter) };
    say("Events", chosen);
    say("Left out", redaction.in_words());
    say("Codebook", format!("version {}", project.about.codebook.version));
    for (measure, rule) in rules(project) {
        say(&format!("Rule for {measure}"), rule);
    }
    say("Number words", project.methodology.words.name.to_string());
    say("SHA-256", source.hash.to_owned());
    say("Written", source.today.to_string());
    say("Sides", "Side A and side B are parties, not culprits: figures of a side count its dead".to_owned());
    lines
}

/// The rule of each measure.
fn rules(project: &Project) -> Vec<(Measure, String)> {
    let rule = |measure: Measure| {
        let method = project.methodology.method_for(&measure);
        (measure, format!("{}: {}", sentence(method.key()), method.help()))
    };
    project.measures().map(rule).collect()
}

/// What columns and words mean.
pub(super) fn parts(source: &Source<'_>) -> Vec<Part> {
    let book = &source.project.about.codebook;
    let columns = fields::all(source)
        .into_iter()
        .map(|field| [field.id.to_string(), format!("{}. {}", field.name, field.help), field.holds.to_owned()]);
    let words = |terms: &[Term]| -> Vec<[String; 3]> {
        terms.iter().map(|term| [term.name.to_string(), term.meaning.to_string(), String::new()]).collect()
    };
    let keys = |keys: &[(&str, &str)]| -> Vec<[String; 3]> {
        keys.iter().map(|(key, means)| [(*key).to_owned(), (*means).to_owned(), String::new()]).collect()
    };
    let mut parts = vec![
        Part { title: "Columns".to_owned(), lines: columns.collect() },
        Part { title: "Columns of the subtotals".to_owned(), lines: subtotals::columns(source) },
        Part { title: "Kinds of event".to_owned(), lines: words(&book.kinds) },
        Part { title: "Statuses".to_owned(), lines: keys(&STATUSES) },
        Part { title: "Precisions of places".to_owned(), lines: keys(&PRECISIONS) },
    ];
    let chosen = book.columns.iter().filter(|column| !column.kind.words().is_empty());
    parts.extend(
        chosen.map(|column| Part { title: format!("Words of {}", column.id), lines: words(column.kind.words()) }),
    );
    parts.retain(|part| !part.lines.is_empty());
    parts
}

const STATUSES: [(&str, &str); Status::KEYS.len()] = [
    ("draft", "Begun; counts in totals"),
    ("coded", "Done by its coder"),
    ("reviewed", "Checked by a second person"),
    ("disputed", "Somebody disagrees; counts in totals and is named beside them"),
    ("excluded", "Counts in no total, for the reason behind the colon"),
];

const PRECISIONS: [(&str, &str); Precision::ALL.len()] = [
    ("exact", "The place itself"),
    ("near", "Within about 25 km of a known point"),
    ("adm2", "A district; coordinates are its centre"),
    ("adm1", "A province; coordinates are its centre"),
    ("region", "Larger than a province, or along a line"),
    ("country", "The country; coordinates are its centre"),
    ("elsewhere", "Water or airspace"),
];

/// Where the codebook of a table stands: `events.codebook.txt` beside `events.csv`.
pub fn codebook_path(table: &Path) -> PathBuf {
    table.with_extension("codebook.txt")
}

/// The codebook as a text to be read beside a table.
pub fn codebook(source: &Source<'_>, redaction: &Redaction) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for [what, said] in about(source, redaction) {
        let _ = writeln!(text, "{what}: {}", said.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    for part in parts(source) {
        let _ = write!(text, "\n{}\n{}\n", part.title, "-".repeat(part.title.chars().count()));
        let width = part.lines.iter().map(|[name, ..]| name.chars().count()).max().unwrap_or(0);
        for [name, means, holds] in part.lines {
            let _ = write!(text, "{name:<width$}  {means}");
            let _ = if holds.is_empty() { writeln!(text) } else { writeln!(text, " [{holds}]") };
        }
    }
    text.push_str(
        "\nA cell that would be run as a formula by a spreadsheet (it begins with = + - @ or a tab) is written with an \
         apostrophe before it, which Dateline takes off again on import.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_and_precision_is_explained() {
        assert_eq!(STATUSES.map(|(key, _)| key), Status::KEYS);
        assert_eq!(PRECISIONS.map(|(key, _)| key), Precision::ALL.map(Precision::key));
    }
}
