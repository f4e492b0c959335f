//! What stands in the status bar: sums of the selected rows, else of the whole project, and what the last change made
//! of them. It adds nothing up itself.

use crate::columns::{Column, Kind, grouped};
use crate::derive::columnar::{Flag, Stamp};
use crate::derive::totals::{By, Query, Running, Sums, totals};
use crate::derive::wording::of_sums;
use crate::model::Measure;
use crate::ui::status_bar::counted;
use crate::ui::{Desk, Selected, View};

use super::selection::Ranges;
use super::sheet::Sheet;

/// What sums are asked for: snapshot, events, cells, and the measure of the active column.
type Asked = (u64, Selected, Ranges, Option<Measure>);

/// The sums, for one selection in one snapshot.
#[derive(Default)]
pub(super) struct Summary {
    made_for: Option<Asked>,
    /// Sums of a selection that are being added up, over several frames where it is large.
    adding: Option<Adding>,
    /// The sums of the whole project before the last change of them, and now.
    whole: Option<Whole>,
    text: Option<String>,
}

/// The sums of a measure over all events, for what sums read.
struct Whole {
    measure: Measure,
    stamp: Stamp,
    before: Option<Sums>,
    now: Sums,
}

/// The events of a selection that were added up so far.
#[derive(Default)]
struct Adding {
    running: Running,
    next: usize,
    excluded: usize,
}

impl Summary {
    /// The sums in words, where they are of this snapshot.
    pub fn text(&self, view: &View<'_>) -> Option<String> {
        let is_current = self.made_for.as_ref().is_some_and(|(revision, ..)| *revision == view.revision);
        self.text.clone().filter(|_| is_current)
    }

    /// Works them out, once for each selection and snapshot. `ranges` are the cells that are selected in the table, none
    /// where another panel says which events are selected. Says whether there is more to add up in the next frame.
    pub fn work_out(&mut self, sheet: &Sheet<'_>, desk: &Desk, ranges: Ranges, column: Option<&Column>) -> bool {
        let view = &sheet.view;
        let active = match column.map(|column| &column.kind) {
            Some(Kind::Figure(measure, _)) => Some(measure.clone()),
            _ => None,
        };
        let several = ranges.blocks().len() > 1 || ranges.one().is_some_and(|block| block.width() > 1);
        let selected = match desk.selected.len() {
            0 | 1 if several => Selected::rows(sheet.rows.order(), ranges.rows()),
            0 | 1 => Selected::default(),
            _ => desk.selected.clone(),
        };
        let asked = (view.revision, selected, ranges, active);
        if self.made_for.as_ref() != Some(&asked) {
            let (_, selected, _, active) = &asked;
            self.adding = (!selected.is_empty()).then(Adding::default);
            let measure = active.as_ref().filter(|_| selected.is_empty());
            self.text = measure.map(|measure| self.of_project(view, measure));
            self.made_for = Some(asked);
        }
        self.add_up(view)
    }

    /// Adds a part of the selection; says whether there is more.
    fn add_up(&mut self, view: &View<'_>) -> bool {
        let (Some(adding), Some((_, events, ranges, active))) = (&mut self.adding, &self.made_for) else {
            return false;
        };
        let table = view.derived.columnar();
        let measure = active.as_ref().unwrap_or(&Measure::Killed);
        if let Some((slots, next)) = events.some_slots(adding.next, table) {
            adding.running.add(view.project, view.derived, measure, &slots);
            let is_excluded = |slot: &&u32| table.flags()[**slot as usize] & Flag::Excluded.bit() != 0;
            adding.excluded += slots.iter().filter(is_excluded).count();
            adding.next = next;
        }
        let is_done = adding.next >= events.len();
        self.text = Some(of_selection(events, ranges.cell_count(), measure, is_done.then_some(&*adding)));
        if is_done {
            self.adding = None;
        }
        !is_done
    }

    fn of_project(&mut self, view: &View<'_>, measure: &Measure) -> String {
        let stamp = view.derived.columnar().stamp();
        let known = self.whole.take().filter(|whole| whole.measure == *measure);
        let whole = match known {
            Some(whole) if whole.stamp == stamp => whole,
            known => {
                let now = totals(view.project, view.derived, &Query::new(measure.clone(), By::None)).total;
                let before = known.and_then(|known| if known.now == now { known.before } else { Some(known.now) });
                Whole { measure: measure.clone(), stamp, before, now }
            }
        };
        let change = whole.before.map_or_else(String::new, |before| change(&before, &whole.now));
        let text = format!("{} in all events: {}{change}", measure.title(), of_sums(&whole.now));
        self.whole = Some(whole);
        text
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

/// A selection in words; `None` while its sums are still being added up.
fn of_selection(events: &Selected, cells: usize, measure: &Measure, added: Option<&Adding>) -> String {
    let mut text = counted(events.len(), "event", "events");
    if cells > 0 {
        text.push_str(&format!(", {}", counted(cells, "cell", "cells")));
    }
    text.push_str(&format!(", {measure}: "));
    let Some(added) = added else { return text + "…" };
    // Sums as everywhere: what is excluded does not count, a summary adds what exceeds the events that it covers.
    let sum = added.running.sums();
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
    note(added.excluded, "excluded");
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
