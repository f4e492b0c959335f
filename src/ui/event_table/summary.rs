//! What stands in the status bar: sums of the selected rows, else of the whole project, and what the last change made
//! of them. It adds nothing up itself.

use crate::columns::{Column, Kind, grouped};
use crate::derive::totals::{Among, By, Query, Sums, totals};
use crate::derive::wording::of_sums;
use crate::model::Measure;
use crate::ui::status_bar::counted;
use crate::ui::{Desk, Selected, View};

use super::selection::Ranges;
use super::sheet::Sheet;

/// The sums, for one selection in one snapshot.
#[derive(Default)]
pub(super) struct Summary {
    made_for: Option<(u64, Selected, usize, Option<Measure>)>,
    /// The sums of the whole project before the last change of them, and now.
    whole: Option<(Measure, Option<Sums>, Sums)>,
    text: Option<String>,
}

impl Summary {
    /// The sums in words, where they are of this snapshot.
    pub fn text(&self, view: &View<'_>) -> Option<String> {
        let is_current = self.made_for.as_ref().is_some_and(|(revision, ..)| *revision == view.revision);
        self.text.clone().filter(|_| is_current)
    }

    /// Works them out, once for each selection and snapshot. `ranges` are the cells that are selected in the table, none
    /// where another panel says which events are selected.
    pub fn work_out(&mut self, sheet: &Sheet<'_>, desk: &Desk, ranges: &Ranges, column: Option<&Column>) {
        let view = &sheet.view;
        let active = match column.map(|column| &column.kind) {
            Some(Kind::Figure(measure, _)) => Some(measure.clone()),
            _ => None,
        };
        let cells = ranges.cell_count();
        let selected = match desk.selected.len() {
            0 | 1 if cells > 1 => Selected::rows(sheet.rows.order(), ranges.rows()),
            0 | 1 => Selected::default(),
            _ => desk.selected.clone(),
        };
        let now = (view.revision, selected, cells, active);
        if self.made_for.as_ref() == Some(&now) {
            return;
        }
        let (_, selected, _, active) = &now;
        self.text = match active {
            _ if !selected.is_empty() => Some(of_selection(view, selected, cells, active.as_ref())),
            Some(measure) => Some(self.of_project(view, measure)),
            None => None,
        };
        self.made_for = Some(now);
    }

    fn of_project(&mut self, view: &View<'_>, measure: &Measure) -> String {
        let now = totals(view.project, view.derived, &Query::new(measure.clone(), By::None)).total;
        let before = match self.whole.take() {
            Some((known, before, last)) if known == *measure => {
                if last == now {
                    before
                } else {
                    Some(last)
                }
            }
            _ => None,
        };
        let change = before.map_or_else(String::new, |before| change(&before, &now));
        self.whole = Some((measure.clone(), before, now));
        format!("{} in all events: {}{change}", measure.title(), of_sums(&now))
    }
}

/// What a change made of the best sum: ` (+3)`; in words where a best comes or goes.
fn change(before: &Sums, now: &Sums) -> String {
    let step = |name: &str, from: u64, to: u64| match to.cmp(&from) {
        std::cmp::Ordering::Less => format!("  ({name}−{})", grouped(from - to)),
        std::cmp::Ordering::Equal => String::new(),
        std::cmp::Ordering::Greater => format!("  ({name}+{})", grouped(to - from)),
    };
    match (before.best, now.best) {
        (Some(from), Some(to)) if from != to => step("", from, to),
        (Some(_), None) | (None, Some(_)) => format!("  (before {})", of_sums(before)),
        _ if before.low != now.low => step("low ", before.low, now.low),
        _ => step("high ", before.high_at_least, now.high_at_least),
    }
}

fn of_selection(view: &View<'_>, events: &Selected, cells: usize, measure: Option<&Measure>) -> String {
    // Sums as everywhere: what is excluded does not count, a summary adds what exceeds the events that it covers.
    let measure = measure.unwrap_or(&Measure::Killed);
    let slots = events.slots(view.derived.columnar());
    let query = Query { among: Among::Slots(&slots), ..Query::new(measure.clone(), By::None) };
    let found = totals(view.project, view.derived, &query);
    let sum = found.total;
    let mut text = counted(events.len(), "event", "events");
    if cells > 0 {
        text.push_str(&format!(", {}", counted(cells, "cell", "cells")));
    }
    text.push_str(&format!(", {measure}: "));
    if sum.events == sum.unknown + sum.no_claim {
        text.push_str("no figure");
    } else {
        let best = sum.best.map_or_else(|| "none".to_owned(), grouped);
        let high = sum.high.map_or_else(|| grouped(sum.high_at_least) + "+", grouped);
        text.push_str(&format!("low {}, best {best}, high {high}", grouped(sum.low)));
    }
    let mut note = |n: usize, what: &str| {
        if n > 0 {
            text.push_str(&format!(", {} {what}", grouped(n as u64)));
        }
    };
    note(sum.unknown, "unknown");
    note(found.account.excluded, "excluded");
    text
}

#[cfg(test)]
mod tests {
    use super::change;
    use crate::derive::totals::Sums;

    #[test]
    fn a_change_is_told_as_a_step_of_the_best_sum() {
        let sums = |low, best, high| Sums { low, best, high: Some(high), high_at_least: high, ..Sums::default() };
        assert_eq!(change(&sums(1, Some(2), 3), &sums(1, Some(5), 9)), "  (+3)");
        assert_eq!(change(&sums(1, Some(5), 9), &sums(1, Some(2), 9)), "  (−3)");
        assert_eq!(change(&sums(1, Some(5), 9), &sums(4, Some(5), 9)), "  (low +3)");
        assert_eq!(change(&sums(1, Some(5), 9), &sums(1, Some(5), 1009)), "  (high +1,000)");
        assert!(change(&sums(1, None, 9), &sums(1, Some(5), 9)).contains("before"));
        assert_eq!(change(&sums(1, Some(5), 9), &sums(1, Some(5), 9)), "");
    }
}
