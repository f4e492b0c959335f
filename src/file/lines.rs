//! Records one by one, for formats that are not ours: each can be serialised by itself with the names of the project file,
//! and a project can be read back from such records as JSON Lines.
//!
//! What a record is called and what it holds is said once, in `v1`; a line that was written by an older Dateline is read
//! like its file would be.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::dataset::Readers;
use crate::model::{Article, Claim, Event, LogEntry, Note, Project};

use super::read::{Opened, read as read_file};
use super::text::{Breaks, record_line};
use super::v1::{self, Head};

/// Everything of a project but its lists of records.
pub fn head(project: &Project) -> impl Serialize + '_ {
    Head::of(project)
}

/// An article.
pub fn article(article: &Article) -> impl Serialize + '_ {
    v1::article(article)
}

/// A claim.
pub fn claim(claim: &Claim) -> impl Serialize + '_ {
    v1::claim(claim)
}

/// A note.
pub fn note(note: &Note) -> impl Serialize + '_ {
    v1::note(note)
}

/// An event with all that it says, also where its row says the same; a field that was emptied stands there empty.
pub fn event<'e>(event: &'e Event, readers: &Readers) -> impl Serialize + use<'e> {
    v1::whole_event(event, readers.event(event).as_ref())
}

/// An entry of the log.
pub fn log_entry(entry: &LogEntry) -> impl Serialize + '_ {
    v1::log_entry(entry)
}

/// Fields of a line that say what follows from the record or how it was made: they are not read.
const BESIDE: [&str; 3] = ["record", "figures", "written"];

/// Lines between two questions whether to go on.
const BATCH: usize = 1024;
/// How far the work is when every line is parsed, of 1.
const PARSED: f32 = 0.4;

/// Reads a project from JSON Lines: an object a line, whose `record` says what it is. Empty lines are passed over. `go_on`
/// is told how far it has come, from 0 to 1, and says whether to go on.
///
/// # Errors
/// The first line that is no such record, with its number; what is wrong with the project that the lines make; or that it
/// was stopped.
pub fn read(text: &str, go_on: &dyn Fn(f32) -> bool) -> Result<Opened, String> {
    let mut at = 0;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let values = lines.map(|(n, line)| {
        at += line.len() + 1;
        #[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
        let share = at as f32 / text.len().max(1) as f32;
        if n % BATCH == 0 && !go_on(share * PARSED) {
            return Err("It was stopped".to_owned());
        }
        match serde_json::from_str::<Value>(line) {
            Ok(value) => Ok((n + 1, value)),
            Err(error) => Err(format!(
                "Line {}, column {}: no JSON object ({}); export the file anew, or mend this line",
                n + 1,
                error.column(),
                without_place(&error)
            )),
        }
    });
    let mut values: Vec<(usize, Value)> = values.collect::<Result<_, _>>()?;
    let mut file: Option<v1::File<'_>> = None;
    let mut records = Vec::new();
    for (n, value) in &mut values {
        let Some(object) = value.as_object_mut() else {
            return Err(format!("Line {n}: no object; each line is one record in braces"));
        };
        let Some(kind) = object.get("record").and_then(Value::as_str).map(ToOwned::to_owned) else {
            return Err(format!(
                "Line {n}: it has no field “record” that says what it is; only records that Dateline wrote can be read so"
            ));
        };
        BESIDE.iter().for_each(|name| drop(object.remove(*name)));
        records.push((*n, kind));
    }
    for ((n, kind), (_, value)) in records.iter().zip(&values) {
        if kind == "project" {
            file = Some(taken(*n, kind, value)?);
        }
    }
    let mut file =
        file.ok_or("There is no line with “record”: “project”, which says by which rules to read the others")?;
    for ((n, kind), (_, value)) in records.iter().zip(&values) {
        match kind.as_str() {
            "project" => {}
            "article" => file.articles.push(taken(*n, kind, value)?),
            "claim" => file.claims.push(taken(*n, kind, value)?),
            "note" => file.notes.push(taken(*n, kind, value)?),
            "event" => file.events.push(taken(*n, kind, value)?),
            "log" => file.log.push(taken(*n, kind, value)?),
            // What a program adds for its own use is no matter of ours.
            other => {
                return Err(format!(
                    "Line {n}: “{other}” is no record; it is one of project, article, claim, note, event, log"
                ));
            }
        }
    }
    let named = |((_, kind), (_, value)): (&(usize, String), &(usize, Value))| {
        format!("{kind} {}", value.get("id").and_then(Value::as_str).unwrap_or_default())
    };
    let names: Vec<String> = records.iter().zip(&values).map(named).collect();
    let text = record_line(&file, Breaks::Escaped).map_err(|error| error.to_string())?;
    read_file(&text, &|share| go_on(PARSED + (1.0 - PARSED) * share)).map_err(|error| {
        let line = |record: &str| records.iter().zip(&names).find(|(_, name)| *name == record).map(|((n, _), _)| *n);
        let problems = error.problems().iter().map(|problem| match line(&problem.record) {
            Some(n) => format!("Line {n}: {}: {}", problem.record, problem.message),
            None => format!("{}: {}", problem.record, problem.message),
        });
        let problems: Vec<String> = problems.collect();
        if problems.is_empty() { error.to_string() } else { problems.join("\n") }
    })
}

/// What is wrong, without the place within the line, where every line is the first.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or_else(|| text.clone(), |(what, _)| what.to_owned())
}

fn taken<'v, T: Deserialize<'v>>(n: usize, kind: &str, value: &'v Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| format!("Line {n}: {kind}: {error}"))
}
