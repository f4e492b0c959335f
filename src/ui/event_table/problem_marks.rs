//! The problems of the cells that are drawn: which mark, and in which words. It knows no painting.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;

use super::sheet::Sheet;
use crate::dataset;
use crate::derive::problems::{Kind, Place, Problem, Severity, is_in_the_future, problems_of};
use crate::model::{Event, EventId};
use crate::ui::problems::column_of;

/// So many events are remembered at most: a screen has fewer.
const KEPT: usize = 1_000;

/// A problem of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellMark {
    pub column: &'static str,
    pub severity: Severity,
    /// What is the matter and what to do.
    pub text: String,
}

/// What was worked out for the rows in view.
#[derive(Debug, Default)]
pub(super) struct Marks {
    seen: Option<(u64, Date)>,
    of: HashMap<EventId, Rc<[CellMark]>>,
}

impl Marks {
    /// The errors and warnings of an event, by the column that shows them; those of claims at their figure. Hints are
    /// no marks: they would be in nearly every row.
    pub fn of(&mut self, sheet: &Sheet<'_>, event: &Event) -> Rc<[CellMark]> {
        let now = Some((sheet.view.revision, sheet.view.today));
        if self.seen != now || self.of.len() > KEPT {
            self.of.clear();
            self.seen = now;
        }
        Rc::clone(self.of.entry(event.id).or_insert_with(|| work_out(sheet, event)))
    }
}

/// The marks of a cell as one text, and the weightiest severity.
pub(super) fn in_column(marks: &[CellMark], column: &str) -> Option<(Severity, String)> {
    let here = || marks.iter().filter(|mark| mark.column == column);
    let severity = here().map(|mark| mark.severity).min()?;
    Some((severity, here().map(|mark| mark.text.as_str()).collect::<Vec<_>>().join("\n")))
}

/// What a screen reader says of a problem.
pub(super) fn spoken(severity: Severity, text: &str) -> String {
    let word = if severity == Severity::Error { "Error" } else { "Warning" };
    format!("{word}: {text}")
}

fn work_out(sheet: &Sheet<'_>, event: &Event) -> Rc<[CellMark]> {
    let view = &sheet.view;
    let index = view.derived.problems();
    let matters = |kind: &Kind| kind.severity() < Severity::Hint;
    let told = |place| {
        let all = problems_of(view.project, view.derived, place, view.today);
        all.into_iter().filter(|problem: &Problem| matters(&problem.kind))
    };
    let text = |problem: &Problem| format!("{} {}", problem.message, problem.remedy);
    let mut marks = Vec::new();
    let own = Place::Event(event.id);
    if index.kinds_of(own).iter().any(matters) || is_in_the_future(event, view.today) {
        marks.extend(told(own).map(|problem| {
            let column = shown(sheet, column_of(&problem.spot));
            CellMark { column, severity: problem.severity, text: text(&problem) }
        }));
    }
    for id in view.derived.claims_of(event.id) {
        if !index.kinds_of(Place::Claim(id)).iter().any(matters) {
            continue;
        }
        let Some(claim) = dataset::claim(view.project, id) else { continue };
        let spot = crate::derive::problems::Spot::Figure(claim.measure.clone());
        let column = shown(sheet, column_of(&spot));
        marks.extend(told(Place::Claim(id)).map(|problem| CellMark {
            column,
            severity: problem.severity,
            text: format!("Claim {id}: {}", text(&problem)),
        }));
    }
    marks.into()
}

/// The column itself where it is shown, else the first one: a problem must be seen.
fn shown(sheet: &Sheet<'_>, column: &'static str) -> &'static str {
    match sheet.column(column) {
        Some(_) => column,
        None => sheet.columns.first().map_or(column, |column| column.id),
    }
}
