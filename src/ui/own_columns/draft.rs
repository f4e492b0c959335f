//! The columns of the analyst's own as they would be: what was typed in the dialog, and the one change that it comes to.
//! It knows no window.

use std::sync::Arc;

use crate::edit::Edit;
use crate::edit::own::{Renamed, fresh_id};
use crate::model::project::Term;
use crate::model::{ColumnId, OwnColumn, OwnKind, Project, Text};

/// All columns as they would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    /// As the project has them.
    pub base: Vec<OwnColumn>,
    pub columns: Vec<Drafted>,
    /// The one that is shown.
    pub chosen: usize,
}

/// A column as it would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Drafted {
    /// As the project has it; `None` of a new one.
    pub was: Option<OwnColumn>,
    pub title: String,
    pub meaning: String,
    /// Its kind, by the place in the keys of all kinds.
    pub kind: usize,
    /// The words to choose from. They stay while another kind is tried.
    pub words: Vec<Word>,
}

/// A word to choose as it would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub was: Option<Text>,
    pub name: String,
    pub meaning: String,
}

/// The place of choices in the keys of all kinds.
pub(super) const CHOICE: usize = 4;

impl Draft {
    /// The columns as they are.
    pub fn of(project: &Project) -> Self {
        let base = project.about.codebook.columns.clone();
        Self { columns: base.iter().map(Drafted::of).collect(), base, chosen: 0 }
    }

    /// The column that is shown.
    pub fn at_hand(&mut self) -> Option<&mut Drafted> {
        self.columns.get_mut(self.chosen)
    }

    /// Adds a column behind the others and shows it.
    pub fn add(&mut self) {
        self.columns.push(Drafted::default());
        self.chosen = self.columns.len() - 1;
    }

    /// Takes the column that is shown out.
    pub fn remove(&mut self) {
        if self.chosen < self.columns.len() {
            self.columns.remove(self.chosen);
            self.chosen = self.chosen.min(self.columns.len().saturating_sub(1));
        }
    }

    /// Moves the column that is shown by one place.
    pub fn step(&mut self, down: bool) {
        step(&mut self.columns, &mut self.chosen, down);
    }

    /// The columns, with an id for each.
    pub fn columns(&self, project: &Project) -> Vec<OwnColumn> {
        // A fresh id is one that no other column of the draft has either.
        let mut taken = project.clone();
        let mut made = Vec::with_capacity(self.columns.len());
        for drafted in &self.columns {
            let column = drafted.column(|title| fresh_id(&taken, title));
            let about = Arc::make_mut(&mut taken.about);
            if about.codebook.column(column.id).is_none() {
                about.codebook.columns.push(column.clone());
            }
            made.push(column);
        }
        made
    }

    /// The words that are called otherwise.
    pub fn renamed(&self) -> Vec<Renamed> {
        let of_column = |drafted: &Drafted| -> Vec<Renamed> {
            let Some(was) = drafted.was.as_ref().filter(|_| drafted.kind == CHOICE) else { return Vec::new() };
            let words = drafted.words.iter().filter_map(|word| Some((word.was.clone()?, Text::from(word.name.trim()))));
            let others = words.filter(|(from, to)| from != to && !to.is_empty());
            others.map(|(from, to)| Renamed { column: was.id, from, to }).collect()
        };
        self.columns.iter().flat_map(of_column).collect()
    }

    /// Whether it is what the project has.
    pub fn is_unchanged(&self, project: &Project) -> bool {
        self.columns.len() == self.base.len() && self.columns(project) == self.base
    }

    /// The change; `None` where there is none.
    pub fn edit(&self, project: &Project) -> Option<Edit> {
        let columns = self.columns(project);
        if columns == self.base {
            return None;
        }
        let what = self.label(&columns);
        Some(Edit::SetColumns { columns, renamed: self.renamed(), what })
    }

    /// What the change does, for the undo menu.
    fn label(&self, columns: &[OwnColumn]) -> String {
        let has = |list: &[OwnColumn], id: ColumnId| list.iter().any(|column| column.id == id);
        let new: Vec<&OwnColumn> = columns.iter().filter(|column| !has(&self.base, column.id)).collect();
        let gone: Vec<&OwnColumn> = self.base.iter().filter(|column| !has(columns, column.id)).collect();
        let other: Vec<&OwnColumn> =
            columns.iter().filter(|now| self.base.iter().any(|was| was.id == now.id && was != *now)).collect();
        match (&new[..], &gone[..], &other[..]) {
            ([one], [], []) => format!("Add column {}", one.name()),
            ([], [one], []) => format!("Remove column {}", one.name()),
            ([], [], [one]) => format!("Change column {}", one.name()),
            ([], [], []) => "Reorder columns of your own".to_owned(),
            _ => "Change columns of your own".to_owned(),
        }
    }
}

impl Drafted {
    fn of(column: &OwnColumn) -> Self {
        let word = |term: &Term| Word {
            was: Some(term.name.clone()),
            name: term.name.to_string(),
            meaning: term.meaning.to_string(),
        };
        Self {
            title: column.title.to_string(),
            meaning: column.meaning.to_string(),
            kind: OwnKind::KEYS.iter().position(|key| *key == column.kind.key()).unwrap_or(0),
            words: column.kind.words().iter().map(word).collect(),
            was: Some(column.clone()),
        }
    }

    /// What a person calls it.
    pub fn name(&self) -> String {
        let title = self.title.trim();
        if title.is_empty() { "Untitled".to_owned() } else { title.to_owned() }
    }

    /// How its values would be read.
    pub fn own_kind(&self) -> OwnKind {
        let word = |word: &Word| Term { name: word.name.trim().into(), meaning: word.meaning.trim().into() };
        let key = OwnKind::KEYS.get(self.kind).copied().unwrap_or_default();
        // A blank line is a word that is not written yet.
        let words = self.words.iter().filter(|word| !word.name.trim().is_empty()).map(word).collect();
        OwnKind::from_key(key, words).unwrap_or_default()
    }

    fn column(&self, fresh: impl FnOnce(&str) -> ColumnId) -> OwnColumn {
        let id = self.was.as_ref().map_or_else(|| fresh(&self.title), |was| was.id);
        // What was not touched stays as it is, blanks and all.
        let kept = |typed: &str, was: Option<&Text>| {
            was.filter(|was| ***was == *typed).cloned().unwrap_or_else(|| typed.trim().into())
        };
        let was = self.was.as_ref();
        let kind = self.own_kind();
        OwnColumn {
            id,
            title: kept(&self.title, was.map(|was| &was.title)),
            meaning: kept(&self.meaning, was.map(|was| &was.meaning)),
            kind: was.filter(|was| same_kind(&was.kind, self)).map_or(kind, |was| was.kind.clone()),
        }
    }
}

/// Whether a kind is just what the draft says, blanks and all.
fn same_kind(kind: &OwnKind, drafted: &Drafted) -> bool {
    let same = |(term, word): (&Term, &Word)| *term.name == *word.name && *term.meaning == *word.meaning;
    OwnKind::KEYS.get(drafted.kind).is_some_and(|key| *key == kind.key())
        && (drafted.kind != CHOICE
            || (kind.words().len() == drafted.words.len() && kind.words().iter().zip(&drafted.words).all(same)))
}

/// Moves one of a list by one place; `at` stays on it.
pub(super) fn step<T>(list: &mut [T], at: &mut usize, down: bool) {
    let to = if down { at.checked_add(1).filter(|to| *to < list.len()) } else { at.checked_sub(1) };
    if let Some(to) = to.filter(|_| *at < list.len()) {
        list.swap(*at, to);
        *at = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> Project {
        let mut project = Project::titled("x");
        let word = |name: &str| Term { name: name.into(), meaning: "".into() };
        let column =
            |id: &str, kind| OwnColumn { id: id.parse().expect("an id"), title: id.into(), meaning: "".into(), kind };
        let about = Arc::make_mut(&mut project.about);
        about.codebook.columns =
            vec![column("ward", OwnKind::Text), column("damage", OwnKind::Choice(vec![word("minor "), word("major")]))];
        project
    }

    #[test]
    fn nothing_typed_is_no_change() {
        let project = project();
        let draft = Draft::of(&project);
        assert!(draft.is_unchanged(&project));
        assert_eq!(draft.edit(&project), None, "not even of a word with a blank behind it");
    }

    #[test]
    fn new_columns_of_one_title_get_ids_of_their_own() {
        let project = project();
        let mut draft = Draft::of(&project);
        for title in ["Beds", "Beds", "Ward"] {
            draft.add();
            draft.at_hand().expect("the new one").title = title.into();
        }
        let ids: Vec<String> = draft.columns(&project).iter().map(|column| column.id.to_string()).collect();
        assert_eq!(ids, ["ward", "damage", "beds", "beds_2", "ward_2"]);
    }

    #[test]
    fn a_word_that_is_renamed_takes_its_values_along_and_the_label_says_what_is_done() {
        let project = project();
        let mut draft = Draft::of(&project);
        draft.chosen = 1;
        draft.at_hand().expect("damage").words[1].name = "severe".into();
        let renamed = draft.renamed();
        assert!(renamed.iter().any(|one| &*one.from == "major" && &*one.to == "severe"), "{renamed:?}");
        let label = |draft: &Draft| draft.edit(&project).map(|edit| edit.label(&project));
        assert_eq!(label(&draft).as_deref(), Some("Change column damage"));
        let mut draft = Draft::of(&project);
        draft.remove();
        assert_eq!(label(&draft).as_deref(), Some("Remove column ward"));
        draft.add();
        assert_eq!(label(&draft).as_deref(), Some("Change columns of your own"));
        let mut draft = Draft::of(&project);
        draft.step(true);
        assert_eq!((label(&draft).as_deref(), draft.chosen), (Some("Reorder columns of your own"), 1));
    }
}
