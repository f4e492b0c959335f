//! What may come next in a filter that is being written: fields, then the values that the project has.

use std::ops::Range;

use crate::derive::Derived;
use crate::model::{OwnKind, Project};

use super::fields::{self, Asks, FIELDS, HAS, IS};
use super::own;
use crate::columns::Part;

/// At most so many are offered.
const MOST: usize = 12;

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What it replaces, in bytes of the line.
    pub at: Range<usize>,
    /// What is written there.
    pub text: String,
    /// What it means; empty for values.
    pub help: String,
}

/// What may be written at the caret, which is a place in bytes.
pub fn complete(line: &str, caret: usize, project: &Project, derived: &Derived) -> Vec<Completion> {
    let caret = caret.min(line.len());
    let Some(before) = line.get(..caret) else { return Vec::new() };
    let start = before
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let mut word = &before[start..];
    let start = start + word.len() - word.trim_start_matches('-').len();
    word = word.trim_start_matches('-');
    match word.find([':', '=', '~', '<', '>']) {
        Some(joint) => {
            let value =
                joint + word[joint..].find(|c| !matches!(c, ':' | '=' | '~' | '<' | '>')).unwrap_or(word.len() - joint);
            values(&word[..joint], &word[value..], start + value..caret, project, derived)
        }
        None => names(word, start..caret, project),
    }
}

fn names(word: &str, at: Range<usize>, project: &Project) -> Vec<Completion> {
    let word = word.to_lowercase();
    if word.is_empty() {
        return Vec::new();
    }
    let help = |name: &str| {
        let field = FIELDS.iter().find(|field| field.names.contains(&name));
        let own = || {
            own::find(name, project).map(|(column, _)| match &*column.meaning {
                "" => column.title.to_string(),
                meaning => format!("{}: {meaning}", column.title),
            })
        };
        let known = field.map(|field| field.help.to_owned()).or_else(own);
        known.unwrap_or_else(|| "A number of the figure".to_owned())
    };
    // A column of the analyst's own is also found by its title, and written by its id.
    let of_title = |name: &str| {
        own::find(name, project)
            .is_some_and(|(column, part)| part == Part::Best && column.title.to_lowercase().starts_with(&word))
    };
    let matching = fields::names(project).into_iter().filter(|name| name.starts_with(&word) || of_title(name));
    let sign = |name: &str| match fields::find(name, project) {
        Some(Asks::Number(..) | Asks::Count(_)) => ">",
        Some(Asks::Own(column, _)) if matches!(column.kind, OwnKind::Number | OwnKind::Quantity) => ">",
        _ => ":",
    };
    matching
        .take(MOST)
        .map(|name| Completion { at: at.clone(), text: format!("{name}{}", sign(&name)), help: help(&name) })
        .collect()
}

fn values(name: &str, written: &str, at: Range<usize>, project: &Project, derived: &Derived) -> Vec<Completion> {
    let written = written.trim_start_matches('"').to_lowercase();
    let known: Vec<String> = match fields::find(name, project) {
        Some(Asks::Texts(texts)) => {
            // The columns keep lower-case texts in one piece: a key is answered in time among 400,000 titles.
            let holding = texts.iter().flat_map(|field| {
                let words = derived.columnar().words(*field);
                words.texts().zip(words.holding(&written)).filter(|(_, holds)| *holds).map(|(text, _)| text)
            });
            let texts = holding.filter(|text| !text.is_empty());
            let mut known: Vec<String> = texts.take(2_000).map(ToString::to_string).collect();
            known.sort_by_cached_key(|text| (!text.to_lowercase().starts_with(&written), text.to_lowercase()));
            known.dedup();
            known
        }
        Some(Asks::Own(column, _)) => {
            let kept = column.kind.words().iter().map(|word| word.name.to_string());
            let mut known: Vec<String> = kept.filter(|word| word.to_lowercase().contains(&written)).collect();
            if matches!(column.kind, OwnKind::Text | OwnKind::Choice(_))
                && let Some(words) = derived.columnar().own(column.id)
            {
                let holding =
                    words.texts().zip(words.holding(&written)).filter(|(text, holds)| *holds && !text.is_empty());
                known.extend(holding.map(|(text, _)| text.to_string()).take(2_000));
            }
            let mut seen = std::collections::HashSet::new();
            known.retain(|text| seen.insert(text.clone()));
            known.sort_by_cached_key(|text| !text.to_lowercase().starts_with(&written));
            known
        }
        Some(Asks::Is) => words(IS.iter().map(|(word, _)| *word), &written),
        Some(Asks::Has) => words(HAS.iter().map(|(word, _)| *word).chain(["notes", "date", "unreadable"]), &written),
        Some(Asks::Class) => words(["total", "A", "B", "civilians", "unknown", "A all", "B all"].into_iter(), &written),
        _ => Vec::new(),
    };
    let quoted = |text: String| {
        if text.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')')) { format!("\"{text}\"") } else { text }
    };
    known
        .into_iter()
        .filter(|text| !text.contains('"'))
        .take(MOST)
        .map(|text| Completion { at: at.clone(), text: quoted(text), help: String::new() })
        .collect()
}

fn words<'a>(known: impl Iterator<Item = &'a str>, written: &str) -> Vec<String> {
    known.filter(|word| word.to_lowercase().starts_with(written)).map(str::to_owned).collect()
}
