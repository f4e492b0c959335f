//! What a change of the columns of the analyst's own would touch, in sentences, before it is made.

use std::collections::HashMap;

use crate::columns::grouped;
use crate::derive::columnar::Columnar;
use crate::edit::own::Renamed;
use crate::model::{ColumnId, OwnColumn, OwnKind, Project, Text};
use crate::ui::View;
use crate::ui::figures::count;

use super::draft::Draft;

/// What is said of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub text: String,
    /// Whether values are lost or cannot be read.
    pub warns: bool,
}

/// What the draft would change.
pub(super) fn lines(draft: &Draft, view: &View<'_>) -> Vec<Line> {
    let (project, table) = (view.project, view.derived.columnar());
    let (columns, renamed) = (draft.columns(project), draft.renamed());
    let mut lines = Vec::new();
    let mut say = |warns: bool, text: String| lines.push(Line { text, warns });
    for was in &draft.base {
        let Some(now) = columns.iter().find(|column| column.id == was.id) else {
            let values = Values::of(table, was.id);
            say(values.count() > 0, gone(was, &values) + &in_views(project, was));
            continue;
        };
        if was.title != now.title {
            say(
                false,
                format!("“{}” is called “{}”; filters and files go on calling it {}", was.name(), now.name(), was.id),
            );
        }
        if was.kind != now.kind {
            let values = Values::of(table, was.id);
            if was.kind.key() != now.kind.key() {
                let (warns, text) = read_otherwise(now, &was.kind, &values, project);
                say(warns, text);
            }
            words(was, now, &renamed, &values).into_iter().for_each(|(warns, text)| say(warns, text));
        }
    }
    for new in columns.iter().filter(|column| draft.base.iter().all(|was| was.id != column.id)) {
        say(
            false,
            format!(
                "“{}” is new, a column of kind {}; filters and files call it {}",
                new.name(),
                new.kind.key(),
                new.id
            ),
        );
    }
    lines
}

/// The distinct values of a column, and how many events have each.
struct Values(HashMap<Text, usize>);

impl Values {
    fn of(table: &Columnar, column: ColumnId) -> Self {
        let mut found = HashMap::new();
        let Some(words) = table.own(column) else { return Self(found) };
        let mut by_code = vec![0_usize; words.texts().len()];
        for slot in table.order() {
            by_code[words.codes()[*slot as usize] as usize] += 1;
        }
        let some = words.texts().zip(by_code).skip(1).filter(|(_, count)| *count > 0);
        found.extend(some.map(|(text, count)| (text.clone(), count)));
        Self(found)
    }

    fn count(&self) -> usize {
        self.0.values().sum()
    }

    fn of_word(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or_default()
    }
}

fn gone(was: &OwnColumn, values: &Values) -> String {
    match values.count() {
        0 => format!("“{}” goes; no event has a value in it", was.name()),
        n => format!("“{}” goes with {}; Undo brings both back", was.name(), count(n, "value", "values")),
    }
}

/// The saved views that name a column.
fn in_views(project: &Project, column: &OwnColumn) -> String {
    let id = column.id.as_str();
    let names = project.views.iter().filter(|view| {
        view.columns.iter().any(|column| *column.id == *id)
            || view.sort.iter().any(|sort| *sort.column == *id)
            || view.group.split(':').next() == Some(id)
    });
    match names.count() {
        0 => String::new(),
        1 => ". A saved view names it, and keeps the name".to_owned(),
        n => format!(". {} saved views name it, and keep the name", grouped(n as u64)),
    }
}

fn read_otherwise(now: &OwnColumn, before: &OwnKind, values: &Values, project: &Project) -> (bool, String) {
    let is_word = |word: &str| project.knows_word(word);
    let mut unreadable: Vec<(&Text, usize)> = values
        .0
        .iter()
        .filter(|(text, _)| now.kind.read(text, &is_word).is_err())
        .map(|(text, n)| (text, *n))
        .collect();
    unreadable.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let lost: usize = unreadable.iter().map(|(_, n)| n).sum();
    let how = format!("“{}” is read as {} instead of {}", now.name(), now.kind.key(), before.key());
    let all = values.count();
    match unreadable.first() {
        None if all == 0 => (false, format!("{how}; no event has a value in it")),
        None => (false, format!("{how}: it can read {}", count(all, "value", "values"))),
        Some((text, _)) => {
            let short: String = text.chars().take(24).collect();
            let (of, all) = (grouped(lost as u64), count(all, "value", "values"));
            (true, format!("{how}: it cannot read {of} of {all}, such as “{short}”; they are kept and marked"))
        }
    }
}

/// What becomes of the words of a choice.
fn words(was: &OwnColumn, now: &OwnColumn, renamed: &[Renamed], values: &Values) -> Vec<(bool, String)> {
    let mut said = Vec::new();
    for one in renamed.iter().filter(|one| one.column == was.id) {
        let events = count(values.of_word(&one.from), "event", "events");
        said.push((false, format!("“{}” becomes “{}” in {events}", one.from, one.to)));
    }
    if !matches!(now.kind, OwnKind::Choice(_)) {
        return said;
    }
    let is_kept = |name: &Text| {
        now.kind.words().iter().any(|word| word.name == *name)
            || renamed.iter().any(|one| one.column == was.id && one.from == *name)
    };
    for word in was.kind.words().iter().filter(|word| !is_kept(&word.name)) {
        match values.of_word(&word.name) {
            0 => said.push((false, format!("“{}” goes; no event has it", word.name))),
            n => {
                let (events, have) = (count(n, "event", "events"), if n == 1 { "keeps" } else { "keep" });
                said.push((true, format!("{events} {have} “{}”, which is no word of the list any more", word.name)));
            }
        }
    }
    said
}
