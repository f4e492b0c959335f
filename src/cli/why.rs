//! The answer of `dateline why`: how each figure of an event was made, from the rule down to the quoted words.
//!
//! It is what the event tab of the window shows, by the same function (`derive::explain`). The fields of the document
//! are a promise: scripts read them.

mod account;
mod seek;
mod text;

use std::path::Path;

use super::{Answer, noticed, open, strange};
use crate::derive::Derived;
use crate::model::Measure;
use account::Account;
use seek::seek;

/// Explains the figures of one event, of all measures or of one.
pub(super) fn why(path: &Path, event: &str, measure: Option<&Measure>, json: bool) -> Answer {
    let opened = match open(path) {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let project = &opened.project;
    if let Some(refusal) = measure.and_then(|measure| strange(project, measure)) {
        return refusal;
    }
    let event = match seek(project, event) {
        Ok(event) => event,
        Err(message) => return Answer { status: 2, ..Answer::failure(message) },
    };
    let account = Account::of(project, &Derived::from_scratch(project), event, measure);
    // Nothing in it can fail to be written: keys are strings and numbers are whole.
    let mut out = if json { serde_json::to_string(&account).unwrap_or_default() } else { text::text(&account) };
    if !out.ends_with('\n') {
        out.push('\n');
    }
    Answer { out, messages: noticed(path, &opened), status: 0 }
}
