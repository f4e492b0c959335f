//! What may come next in a filter that is being written: fields, then the values that the project has.

use std::ops::Range;

use crate::derive::Derived;
use crate::model::Project;

use super::fields::{self, Asks, FIELDS, HAS, IS};

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
        field.map_or_else(|| "A number of the figure".to_owned(), |field| field.help.to_owned())
    };
    let matching = fields::names(project).into_iter().filter(|name| name.starts_with(&word));
    let sign = |name: &str| match fields::find(name, project) {
        Some(Asks::Number(..) | Asks::Count(_)) => ">",
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
        Some(Asks::Is) => words(IS.iter().map(|(word, _)| *word), &written),
        Some(Asks::Has) => words(HAS.iter().map(|(word, _)| *word).chain(["notes", "date"]), &written),
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
