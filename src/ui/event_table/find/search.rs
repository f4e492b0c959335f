//! The search through cells: brought forward in slices, frame by frame, and kept up with edits.
//!
//! A text that many cells share is looked at once. What was found is kept as a count for each row, so that a search
//! that finds every cell of 400,000 rows takes three megabytes; which cells of a row they are is looked up anew.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::sheet::{Place, Sheet};
use super::pattern::Pattern;
use super::scope::{Scope, Span};
use crate::columns::{Column, Kind, Stored};
use crate::derive::columnar::TextField;
use crate::model::{Change, Event, EventId, Measure, Project};
use crate::ui::RowOrder;

/// How much is looked through in a frame, in looks at a text that is known already.
const SLICE: usize = 100_000;
/// What making the text of a cell costs, in the same.
const TEXT: usize = 16;

/// When more rows than this change at once, all are searched anew.
const MANY: usize = 64;

/// What is known of a shared text.
const NO: u8 = 1;
const YES: u8 = 2;

/// How the cells of a column are looked at.
#[derive(Debug)]
enum Look {
    /// By the number of their text, once each.
    Words(TextField, Vec<u8>),
    /// By what they show; most say that there is no claim, which is looked at once.
    Figure(Measure, bool),
    /// By what they show.
    Text,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(in super::super) struct Search {
    pattern: Option<Pattern>,
    scope: Scope,
    /// The order of rows that it was made for.
    order: Option<Arc<RowOrder>>,
    columns: Vec<&'static str>,
    seen: Option<(u64, Project)>,
    spans: Vec<Span>,
    looks: Vec<Look>,
    /// The first row that was not looked at.
    next: usize,
    /// Rows in which something was found, and how many cells up to and with each.
    rows: Vec<u32>,
    upto: Vec<u32>,
    done: bool,
}

impl Search {
    /// Looks for something else, or elsewhere.
    pub fn start(&mut self, pattern: Option<Pattern>, scope: Scope) {
        *self = Self { pattern, scope, ..Self::default() };
    }

    /// Searches a little further, or takes over what changed. Says whether all was searched.
    pub fn advance(&mut self, sheet: &Sheet<'_>) -> bool {
        if self.pattern.is_none() {
            self.done = true;
            return true;
        }
        self.settle(sheet);
        let mut budget = SLICE;
        while !self.done && budget > 0 {
            budget = self.slice(sheet, budget);
        }
        self.done
    }

    /// The rows in which something was found so far, from the top.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Whether all was searched.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// How many cells were found so far.
    pub fn count(&self) -> usize {
        self.upto.last().map_or(0, |count| *count as usize)
    }

    fn settle(&mut self, sheet: &Sheet<'_>) {
        let same_columns = self.columns.iter().copied().eq(sheet.columns.iter().map(|column| column.id));
        let same_order = self.order.as_ref().is_some_and(|order| Arc::ptr_eq(order, sheet.rows.order()));
        let known = self.seen.take().filter(|_| same_columns && same_order);
        let now = (sheet.view.revision, sheet.view.project.clone());
        match known {
            Some((revision, _)) if revision == sheet.view.revision => {}
            Some((_, before)) => match touched(&before, sheet.view.project) {
                Some(events) => {
                    // Another snapshot may number its texts in another way.
                    self.looks = sheet.columns.iter().map(|column| self.look_at(column)).collect();
                    self.look_again(sheet, &events);
                }
                None => self.begin(sheet),
            },
            None => self.begin(sheet),
        }
        self.seen = Some(now);
    }

    fn begin(&mut self, sheet: &Sheet<'_>) {
        self.order = Some(Arc::clone(sheet.rows.order()));
        self.columns = sheet.columns.iter().map(|column| column.id).collect();
        self.spans = self.scope.spans(sheet);
        self.looks = sheet.columns.iter().map(|column| self.look_at(column)).collect();
        self.next = self.spans.first().map_or(0, |span| span.rows.start);
        self.rows.clear();
        self.upto.clear();
        self.done = self.spans.is_empty();
    }

    fn look_at(&self, column: &Column) -> Look {
        match (&column.kind, column.stored) {
            (_, Stored::Words(field)) => Look::Words(field, Vec::new()),
            (Kind::Figure(measure, _), _) => {
                let nothing = self.pattern.as_ref().is_some_and(|pattern| pattern.is_in("") || pattern.is_in("–"));
                Look::Figure(measure.clone(), nothing)
            }
            _ => Look::Text,
        }
    }

    /// Looks at rows while the budget lasts; gives back what is left of it.
    fn slice(&mut self, sheet: &Sheet<'_>, mut budget: usize) -> usize {
        let Some(at) = self.spans.iter().position(|span| span.rows.end > self.next) else {
            self.done = true;
            return budget;
        };
        let span = self.spans[at].clone();
        self.next = self.next.max(span.rows.start);
        while self.next < span.rows.end && budget > 0 {
            let row = self.next;
            let mut event = Looked::default();
            let is_hit = |column: &&usize| self.is_hit(sheet, (row, **column), &mut event, &mut budget);
            let found = span.columns.iter().filter(is_hit).count();
            self.put(row, found);
            self.next += 1;
            budget = budget.saturating_sub(1);
        }
        budget
    }

    /// Notes what was found in a row behind all others.
    fn put(&mut self, row: usize, found: usize) {
        if found > 0 {
            let before = self.upto.last().copied().unwrap_or(0);
            self.rows.push(u32::try_from(row).unwrap_or(u32::MAX));
            self.upto.push(before.saturating_add(u32::try_from(found).unwrap_or(u32::MAX)));
        }
    }

    /// Whether a cell holds what is looked for.
    fn is_hit<'a>(
        &mut self,
        sheet: &Sheet<'a>,
        (row, column): Place,
        event: &mut Looked<'a>,
        budget: &mut usize,
    ) -> bool {
        let Some(pattern) = &self.pattern else { return false };
        let (Some(look), Some(known)) = (self.looks.get_mut(column), sheet.columns.get(column)) else { return false };
        let table = sheet.view.derived.columnar();
        let Some(slot) = sheet.rows.order().slots().get(row).map(|slot| *slot as usize) else { return false };
        match look {
            Look::Words(field, seen) => {
                let words = table.words(*field);
                let code = words.codes().get(slot).map_or(0, |code| *code as usize);
                if seen.len() <= code {
                    seen.resize(words.texts().len().max(code + 1), 0);
                }
                if seen[code] == 0 {
                    *budget = budget.saturating_sub(4);
                    seen[code] = if pattern.is_in(words.at(slot)) { YES } else { NO };
                }
                *budget = budget.saturating_sub(1);
                seen[code] == YES
            }
            Look::Figure(measure, nothing)
                if !table.figures(measure).is_some_and(|figures| figures.is_claimed(slot)) =>
            {
                *budget = budget.saturating_sub(1);
                *nothing
            }
            Look::Figure(..) | Look::Text => {
                *budget = budget.saturating_sub(TEXT);
                event.up(sheet, row).is_some_and(|event| holds(pattern, sheet, event, known))
            }
        }
    }

    /// Looks again at the rows of these events, as far as the search has come.
    fn look_again(&mut self, sheet: &Sheet<'_>, events: &HashSet<EventId>) {
        let mut rows: Vec<usize> = events.iter().filter_map(|event| sheet.find(*event)).collect();
        rows.retain(|row| *row < self.next || self.done);
        rows.sort_unstable();
        if rows.is_empty() {
            return;
        }
        if rows.len() > MANY {
            return self.begin(sheet);
        }
        let mut counts: Vec<(u32, u32)> = Vec::with_capacity(self.rows.len() + rows.len());
        let before = std::iter::once(0).chain(self.upto.iter().copied());
        counts.extend(
            self.rows.iter().zip(self.upto.iter().zip(before)).map(|(row, (upto, before))| (*row, upto - before)),
        );
        for row in rows {
            let found = self.in_row(sheet, row).len();
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            let at = counts.partition_point(|(other, _)| *other < number);
            let known = counts.get(at).is_some_and(|(other, _)| *other == number);
            let found = u32::try_from(found).unwrap_or(u32::MAX);
            match (known, found) {
                (true, 0) => drop(counts.remove(at)),
                (true, found) => counts[at].1 = found,
                (false, 0) => {}
                (false, found) => counts.insert(at, (number, found)),
            }
        }
        self.rows.clear();
        self.upto.clear();
        for (row, found) in counts {
            self.put(row as usize, found as usize);
        }
    }

    /// The columns of a row in which something is found, from the left.
    pub fn in_row(&mut self, sheet: &Sheet<'_>, row: usize) -> Vec<usize> {
        let span = self.spans.iter().find(|span| span.rows.contains(&row)).cloned();
        let columns = span.map_or_else(Vec::new, |span| span.columns);
        let (mut budget, mut event) = (usize::MAX, Looked::default());
        columns.into_iter().filter(|column| self.is_hit(sheet, (row, *column), &mut event, &mut budget)).collect()
    }

    /// The next place behind `from`, or the one before it, and whether the way led around the end.
    pub fn step(&mut self, sheet: &Sheet<'_>, from: Place, forward: bool) -> Option<(Place, bool)> {
        let own = u32::try_from(from.0).unwrap_or(u32::MAX);
        let at = self.rows.partition_point(|row| *row < own);
        let in_own = self.rows.get(at) == Some(&own);
        if in_own {
            let columns = self.in_row(sheet, from.0);
            let next = if forward {
                columns.into_iter().find(|column| *column > from.1)
            } else {
                columns.into_iter().rev().find(|column| *column < from.1)
            };
            if let Some(column) = next {
                return Some(((from.0, column), false));
            }
        }
        let (to, around) = if forward {
            match at + usize::from(in_own) {
                next if next < self.rows.len() => (next, false),
                _ => (0, true),
            }
        } else {
            match at.checked_sub(1) {
                Some(before) => (before, false),
                None => (self.rows.len().checked_sub(1)?, true),
            }
        };
        let row = *self.rows.get(to)? as usize;
        let columns = self.in_row(sheet, row);
        let column = if forward { columns.first() } else { columns.last() };
        Some(((row, *column?), around))
    }

    /// Which of the places found so far a cell is, counted from 0. `None` where it is none of them.
    pub fn rank(&mut self, sheet: &Sheet<'_>, place: Place) -> Option<usize> {
        let at = self.rows.binary_search(&u32::try_from(place.0).ok()?).ok()?;
        let columns = self.in_row(sheet, place.0);
        let in_row = columns.iter().position(|column| *column == place.1)?;
        let before = at.checked_sub(1).map_or(0, |before| self.upto[before] as usize);
        Some(before + in_row)
    }

    /// Whether a cell is among those that are looked through.
    pub fn is_meant(&self, (row, column): Place) -> bool {
        self.spans.iter().any(|span| span.rows.contains(&row) && span.columns.contains(&column))
    }

    /// What is looked for.
    pub fn pattern(&self) -> Option<&Pattern> {
        self.pattern.as_ref()
    }
}

/// The event of a row, looked up once for all its cells, and not where no cell wants it.
#[derive(Default)]
struct Looked<'a>(Option<Option<&'a Event>>);

impl<'a> Looked<'a> {
    fn up(&mut self, sheet: &Sheet<'a>, row: usize) -> Option<&'a Event> {
        *self.0.get_or_insert_with(|| sheet.event(sheet.rows.at(row)?))
    }
}

/// Whether a cell holds what is looked for, in its text as it is typed or as it is shown.
pub(in super::super) fn holds(pattern: &Pattern, sheet: &Sheet<'_>, event: &Event, column: &Column) -> bool {
    let row = sheet.row(event);
    let text = column.text(&row);
    if pattern.is_in(&text) {
        return true;
    }
    column.is_figure() && {
        let shown = column.read(&row).text;
        shown != text && pattern.is_in(&shown)
    }
}

/// The events whose cells may show something else. `None` where that may be any.
fn touched(before: &Project, now: &Project) -> Option<HashSet<EventId>> {
    if before.methodology != now.methodology || !before.articles.unchanged(&now.articles) {
        return None;
    }
    let mut touched = HashSet::new();
    for change in before.events.changes(&now.events) {
        match change {
            Change::Added(event) | Change::Removed(event) | Change::Changed(_, event) => drop(touched.insert(event.id)),
        }
    }
    for change in before.claims.changes(&now.claims) {
        match change {
            Change::Added(claim) | Change::Removed(claim) => drop(touched.insert(claim.event)),
            Change::Changed(old, new) => touched.extend([old.event, new.event]),
        }
    }
    Some(touched)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::pattern::Wanted;
    use super::*;
    use crate::columns::COLUMNS;
    use crate::derive::Derived;
    use crate::model::{Claim, Class, Event, EventDate, Moment, Quantity, Records};
    use crate::ui::View;
    use crate::ui::event_table::rows::Rows;

    fn event(n: usize, (title, place, when): &(String, String, bool)) -> Event {
        let mut event = Event::new(format!("e{n}").parse().expect("an id"));
        event.title = title.as_str().into();
        event.location.name = place.as_str().into();
        event.when = when.then(|| EventDate::parse("2022-09-1X").expect("a date"));
        event
    }

    fn project(rows: &[(String, String, bool)], killed: &[u64]) -> Project {
        let events: Vec<Event> = rows.iter().enumerate().map(|(n, row)| event(n, row)).collect();
        let claim = |(event, killed): (&Event, &u64)| {
            Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::parse(&killed.to_string()).expect("a number"))
        };
        let claims: Vec<Claim> = events.iter().zip(killed).map(claim).collect();
        Project { events: Records::from_list(events).0, claims: Records::from_list(claims).0, ..Project::titled("x") }
    }

    fn with<R>(project: &Project, revision: u64, rows: &mut Rows, act: impl FnOnce(&Sheet<'_>) -> R) -> R {
        let derived = Derived::from_scratch(project);
        let today = jiff::civil::date(2024, 3, 1);
        let now = Moment::new(today);
        let view = View { project, derived: &derived, revision, today, now, enter_edits: false };
        rows.refresh(&view);
        let columns: Vec<&'static Column> = COLUMNS.iter().collect();
        act(&Sheet { view, rows, columns: &columns })
    }

    fn search(words: &str) -> Search {
        let mut search = Search::default();
        let wanted = Wanted { text: words.to_owned(), by_pattern: true, ..Wanted::default() };
        search.start(wanted.pattern().expect("a pattern"), Scope::Shown);
        search
    }

    /// Every cell that holds it, found by looking at each.
    fn all(search: &Search, sheet: &Sheet<'_>) -> Vec<Place> {
        let pattern = search.pattern().expect("a pattern");
        let cells = (0..sheet.rows.len()).flat_map(|row| (0..sheet.columns.len()).map(move |column| (row, column)));
        let event = |row| sheet.event(sheet.rows.at(row).expect("a row")).expect("an event");
        cells.filter(|(row, column)| holds(pattern, sheet, event(*row), sheet.columns[*column])).collect()
    }

    /// Every cell that the search walks to, from the top.
    fn walked(search: &mut Search, sheet: &Sheet<'_>) -> Vec<Place> {
        let mut found: Vec<Place> = Vec::new();
        let first = search.rank(sheet, (0, 0)).map(|_| (0, 0));
        found.extend(first);
        while let Some((place, false)) = search.step(sheet, found.last().copied().unwrap_or((0, 0)), true) {
            found.push(place);
        }
        found
    }

    fn texts() -> impl Strategy<Value = (String, String, bool)> {
        ("[aA1 ]{0,3}", "(Osh|osh|Batken|)", any::<bool>())
    }

    proptest! {
        #[test]
        fn a_search_walks_over_every_cell_that_holds_the_words_and_edits_are_followed(
            rows in prop::collection::vec(texts(), 1..10),
            killed in prop::collection::vec(0_u64..2000, 0..10),
            edits in prop::collection::vec((0_usize..10, texts()), 0..4),
            words in prop::sample::select(vec!["a", "osh", "1", ",", "^$", "2022-09", "draft"]),
        ) {
            let (mut project, mut order, mut search) = (project(&rows, &killed), Rows::default(), search(words));
            for step in 0..=edits.len() {
                if let Some((at, row)) = step.checked_sub(1).and_then(|step| edits.get(step)) {
                    project.events.replace(event(at % rows.len(), row)).expect("there");
                }
                with(&project, step as u64, &mut order, |sheet| {
                    while !search.advance(sheet) {}
                    let wanted = all(&search, sheet);
                    prop_assert_eq!(search.count(), wanted.len());
                    for (rank, place) in wanted.iter().enumerate() {
                        prop_assert_eq!(search.rank(sheet, *place), Some(rank));
                    }
                    prop_assert_eq!(walked(&mut search, sheet), wanted);
                    Ok(())
                })?;
            }
        }
    }

    #[test]
    fn overlapping_blocks_are_looked_through_once() {
        let rows: Vec<_> = (0..4).map(|_| ("a".to_owned(), "Osh".to_owned(), false)).collect();
        let mut order = Rows::default();
        with(&project(&rows, &[]), 0, &mut order, |sheet| {
            let block = |rows, columns: &[&'static str]| super::super::scope::Block { rows, columns: columns.to_vec() };
            let scope = Scope::Selection(vec![block(0..=2, &["title"]), block(1..=3, &["title", "place"])]);
            assert_eq!(scope.cells(sheet), 1 + 2 * 2 + 2);
            let mut search = search("a|osh");
            search.start(search.pattern().cloned(), scope);
            while !search.advance(sheet) {}
            assert_eq!(search.count(), 7);
        });
    }
}
