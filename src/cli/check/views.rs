//! What saved views name and the project does not have: columns, and fields of their filters.

use crate::columns::group::Group;
use crate::columns::{self, Column};
use crate::derive::problems::Severity;
use crate::file;
use crate::filter::Filter;
use crate::model::{Project, SavedView};

use super::{Position, Told};

/// The problems of the views of a project, each at its view in the text.
pub(super) fn problems(text: &str, project: &Project) -> Vec<Told> {
    let found: Vec<(&str, String, String)> = project
        .views
        .iter()
        .flat_map(|view| of_view(view, project).into_iter().map(|(what, remedy)| (&*view.name, what, remedy)))
        .collect();
    let places = file::places(text, found.iter().map(|(name, ..)| ("views", *name)));
    found
        .into_iter()
        .map(|(name, message, remedy)| {
            let Position { line, column } = places.get(&("views", name)).copied().unwrap_or(Position::START);
            let severity = Severity::Warning.key();
            Told { severity, line, column, record: format!("view {name}"), message, remedy }
        })
        .collect()
}

/// What is wrong with a view, each with what to do.
fn of_view(view: &SavedView, project: &Project) -> Vec<(String, String)> {
    let known = columns::of(project);
    let is_known = |id: &str| known.iter().any(|column| column.id == id);
    let mut lost: Vec<&str> = view.columns.iter().map(|column| &*column.id).filter(|id| !is_known(id)).collect();
    lost.extend(view.sort.iter().map(|sort| &*sort.column).filter(|id| !is_known(id)));
    lost.sort_unstable();
    lost.dedup();
    let mut found: Vec<(String, String)> = lost
        .into_iter()
        .map(|id| {
            let remedy = "Correct its name, add such a column to the codebook, or take it out of the view.";
            (format!("It names a column {id}, which the project does not have."), remedy.to_owned())
        })
        .collect();
    if !view.group.is_empty()
        && let Err(error) = Group::parse(&view.group, |id| Column::find(project, id))
    {
        found.push((
            format!("It cannot be grouped: {error}."),
            "Name a column of the project, or leave it out.".to_owned(),
        ));
    }
    if let Err(mistake) = Filter::parse(&view.filter, project) {
        let why = mistake.why.trim_end_matches('.');
        found.push((
            format!("Its filter cannot be read: {why}."),
            "Correct the filter in the file or in the table.".to_owned(),
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_view_names_and_is_not_there_is_told_at_the_view() {
        let text = "(format: 1, project: (title: \"T\"), views: [\n  (name: \"Good\", columns: [(id: \"when\")], group: \
            \"when:year\"),\n  (name: \"Lost\", columns: [(id: \"beds\")], sort: [(column: \"beds\"), (column: \
            \"killed\")], filter: \"beds>3\", group: \"ward\"),\n])";
        let project = file::read(text, &|_| true).expect("a project").project;
        let told = problems(text, &project);
        let lines: Vec<String> =
            told.iter().map(|one| format!("{}:{} {}: {}", one.line, one.column, one.record, one.message)).collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert_eq!(lines[0], "3:3 view Lost: It names a column beds, which the project does not have.");
        assert!(lines[1].contains("“ward” is no column by which events can be grouped"), "{}", lines[1]);
        assert!(lines[2].starts_with("3:3 view Lost: Its filter cannot be read: "), "{}", lines[2]);
    }
}
