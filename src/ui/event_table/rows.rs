//! Which events the table shows, in which order and in which groups.
//!
//! An order that was asked for is made once and then left alone: a row that is edited, or an event that is added, stays
//! where it is and in view until the table is sorted or filtered again. Rows are events; heads of groups are no rows, and
//! the events of a folded group are none either (`lines` says what stands in which line of the screen). The parts:
//! `ordered` keeps all events sorted, `follow` takes over what changed, `fold` keeps the groups. Knows columns; must not
//! know how rows are drawn.

mod fold;
mod follow;
#[cfg(test)]
mod laws;
mod ordered;

use std::collections::HashSet;
use std::sync::Arc;

use super::lines::Lines;
use crate::columns::group::{Group, Grouping, Name};
use crate::columns::{Column, Key, Row};
use crate::derive::columnar::Columnar;
use crate::filter::{Filter, Mistake};
use crate::model::{Event, EventId, Project};
use crate::ui::{IN_ONE_FRAME, RowOrder, Sought, View};
use fold::{Folds, Head};
use ordered::Ordered;

/// One key of the order.
#[derive(Clone, Copy)]
pub(super) struct Sort {
    pub column: &'static Column,
    pub descending: bool,
}

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    /// In this row.
    Row(usize),
    /// In the folded group of this number.
    Folded(usize),
}

/// No folded group.
const NONE: u32 = u32::MAX;

/// Events, and their slots in the columns.
#[derive(Debug, Clone, Default)]
struct Members {
    ids: Vec<EventId>,
    slots: Vec<u32>,
}

impl Members {
    fn of(slots: Vec<u32>, table: &Columnar) -> Self {
        Self { ids: slots.iter().map(|slot| table.id(*slot)).collect(), slots }
    }

    fn len(&self) -> usize {
        self.ids.len()
    }

    fn push(&mut self, id: EventId, slot: u32) {
        self.ids.push(id);
        self.slots.push(slot);
    }
}

/// What must be summed up again since somebody asked last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Dirty {
    #[default]
    Nothing,
    /// These groups.
    Heads(HashSet<usize>),
    /// All, and their numbers mean other groups.
    All,
}

/// The events that are shown, in order.
pub(super) struct Rows {
    /// The snapshot that the rest was made for.
    seen: Option<(u64, Project)>,
    /// The numbering of slots that the rest goes by.
    numbering: u64,
    sort: Vec<Sort>,
    /// The filter as it is written.
    line: String,
    /// The last one that could be read; it is in force.
    filter: Filter,
    mistake: Option<Mistake>,
    /// What it lets through.
    sought: Sought,
    /// Whether it was searched, and the rows come in the next frame.
    waits: bool,
    /// Events that stay in view although the filter does not match them.
    kept: HashSet<EventId>,
    /// Those of them that it does not match now.
    strays: HashSet<EventId>,
    /// Events that an edit left in a group to which they belong no more.
    moved: HashSet<EventId>,
    order: Arc<RowOrder>,
    /// All events, for filters to take rows out of.
    ordered: Ordered,
    group: Option<Group>,
    heads: Vec<Head>,
    folds: Folds,
    lines: Lines,
    dirty: Dirty,
    /// Whether groups are to be folded or opened otherwise.
    refold: bool,
    /// The folded group of each slot of the columns; nothing while none is folded.
    hidden_in: Vec<u32>,
    /// Whether an edit left a row where sorting would not put it.
    stale: bool,
    /// Whether the order or the filter was asked for anew.
    asked: bool,
    /// Whether everything was sorted since somebody asked.
    anew: bool,
}

/// The rows of a table that is opened: by date.
impl Default for Rows {
    fn default() -> Self {
        let by_date = Column::of("when").map(|column| Sort { column, descending: false });
        Self {
            seen: None,
            numbering: 0,
            sort: by_date.into_iter().collect(),
            line: String::new(),
            filter: Filter::default(),
            mistake: None,
            sought: Sought::default(),
            waits: false,
            kept: HashSet::new(),
            strays: HashSet::new(),
            moved: HashSet::new(),
            order: Arc::default(),
            ordered: Ordered::default(),
            group: None,
            heads: Vec::new(),
            folds: Folds::default(),
            lines: Lines::default(),
            dirty: Dirty::All,
            refold: false,
            hidden_in: Vec::new(),
            stale: false,
            asked: false,
            anew: false,
        }
    }
}

impl Rows {
    /// How many events are shown.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The event in a row.
    pub fn at(&self, row: usize) -> Option<EventId> {
        self.order.ids().get(row).copied()
    }

    /// The events in these rows.
    pub fn slice(&self, rows: std::ops::RangeInclusive<usize>) -> &[EventId] {
        self.order.ids().get(rows).unwrap_or_default()
    }

    /// The row of an event.
    pub fn find(&self, table: &Columnar, event: EventId) -> Option<usize> {
        match self.spot(table, event)? {
            Spot::Row(row) => Some(row),
            Spot::Folded(_) => None,
        }
    }

    fn spot(&self, table: &Columnar, event: EventId) -> Option<Spot> {
        if let Some(row) = self.order.find(table, event) {
            return Some(Spot::Row(row));
        }
        let head = *self.hidden_in.get(table.slot(event)? as usize)?;
        (head != NONE).then_some(Spot::Folded(head as usize))
    }

    /// The order itself, to be shared: it is another one as soon as rows come, go or move.
    pub fn order(&self) -> &Arc<RowOrder> {
        &self.order
    }

    /// Whether an event stays in view although the filter does not match it any more.
    pub fn is_stray(&self, event: EventId) -> bool {
        self.strays.contains(&event)
    }

    /// Why a row stands where neither sorting nor filtering would put it, in a sentence.
    pub fn why_left(&self, event: EventId) -> Option<&'static str> {
        if self.is_stray(event) {
            return Some("The filter does not match it any more");
        }
        self.moved.contains(&event).then_some("It belongs to another group now")
    }

    /// How many events stay in view although the filter does not match them any more.
    pub fn strays(&self) -> usize {
        self.strays.len()
    }

    /// Whether sorting again would move rows.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Whether everything was sorted since this was asked last.
    pub fn take_anew(&mut self) -> bool {
        std::mem::take(&mut self.anew)
    }

    /// Asks for the same order and filter anew.
    pub fn sort_again(&mut self) {
        self.kept.clear();
        self.asked = true;
    }

    /// The place of a column among the keys of the order, and its direction.
    pub fn sort_of(&self, column: &Column) -> Option<(usize, bool)> {
        let at = self.sort.iter().position(|sort| sort.column.id == column.id)?;
        Some((at, self.sort[at].descending))
    }

    /// How many keys the order has.
    pub fn sort_keys(&self) -> usize {
        self.sort.len()
    }

    /// A click on a header: ascending, descending, none. With `add` the other keys stay.
    pub fn click_header(&mut self, column: &'static Column, add: bool) {
        let now = self.sort_of(column);
        if !add {
            self.sort.retain(|sort| sort.column.id == column.id);
        }
        match now {
            None => self.sort.push(Sort { column, descending: false }),
            Some((_, false)) => {
                self.sort.iter_mut().filter(|s| s.column.id == column.id).for_each(|s| s.descending = true)
            }
            Some((_, true)) => self.sort.retain(|sort| sort.column.id != column.id),
        }
        self.asked = true;
    }

    /// Sorts by a column. With `add` the other keys stay and go before it.
    pub fn sort_by(&mut self, column: &'static Column, descending: bool, add: bool) {
        let own = self.sort.iter_mut().find(|sort| sort.column.id == column.id);
        match own {
            Some(own) if add => own.descending = descending,
            _ if add => self.sort.push(Sort { column, descending }),
            _ => self.sort = vec![Sort { column, descending }],
        }
        self.asked = true;
    }

    /// The keys of the order, from the first.
    pub fn sort(&self) -> impl Iterator<Item = (&'static Column, bool)> + '_ {
        self.sort.iter().map(|sort| (sort.column, sort.descending))
    }

    /// Sorts by these columns, descending or not.
    pub fn set_sort(&mut self, sort: Vec<(&'static Column, bool)>) {
        self.sort = sort.into_iter().map(|(column, descending)| Sort { column, descending }).collect();
        self.asked = true;
    }

    /// Takes a column out of the order; what is left of it is asked for anew.
    pub fn unsort(&mut self, column: &Column) {
        self.sort.retain(|sort| sort.column.id != column.id);
        self.asked = true;
    }

    /// The filter as it is written.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Where the written filter is wrong; then the one before stays in force.
    pub fn mistake(&self) -> Option<&Mistake> {
        self.mistake.as_ref()
    }

    /// What the filter in force lets through, where it was searched.
    pub fn sought(&self) -> &Sought {
        &self.sought
    }

    /// Whether the rows of a filter that was searched in this frame come in the next one.
    pub fn waits(&self) -> bool {
        self.waits
    }

    /// Whether all events are shown.
    pub fn shows_all(&self) -> bool {
        self.filter.is_empty()
    }

    /// Shows only events that this filter lets through. While it cannot be read, the last one stays in force.
    pub fn set_filter(&mut self, line: String, project: &Project) {
        if self.line == line {
            return;
        }
        self.line = line;
        match Filter::parse(&self.line, project) {
            Ok(filter) => {
                self.mistake = None;
                if filter != self.filter {
                    self.filter = filter;
                    self.kept.clear();
                    self.asked = true;
                }
            }
            Err(mistake) => self.mistake = Some(mistake),
        }
    }

    /// Shows an event even where the filter does not match it, or its group is folded.
    pub fn keep(&mut self, table: &Columnar, event: EventId) {
        match self.spot(table, event) {
            Some(Spot::Row(_)) => {}
            Some(Spot::Folded(head)) => self.set_folded(head, false),
            None => self.asked |= self.kept.insert(event),
        }
    }

    /// Brings the rows up to the snapshot in view. Cheap while nothing changed.
    pub fn refresh(&mut self, view: &View<'_>) {
        let before = match self.seen.take() {
            Some((revision, project)) if revision == view.revision && !self.asked => {
                self.seen = Some((revision, project));
                if std::mem::take(&mut self.refold) {
                    self.fold_as_asked(view.derived.columnar());
                }
                return;
            }
            Some((revision, project)) if revision == view.revision && self.search_first(view) => {
                self.seen = Some((revision, project));
                return;
            }
            before => before,
        };
        self.waits = false;
        if before.as_ref().is_none_or(|(_, before)| before.about.codebook != view.project.about.codebook) {
            self.read_codebook(view.project);
        }
        match before {
            Some((_, before)) if !self.asked => {
                // It would be of the snapshot before.
                self.ordered = Ordered::default();
                self.follow(&before, view);
            }
            _ => self.make(view),
        }
        self.asked = false;
        if std::mem::take(&mut self.refold) {
            self.fold_as_asked(view.derived.columnar());
        }
        self.seen = Some((view.revision, view.project.clone()));
        self.numbering = view.derived.columnar().numbering();
    }

    /// Searches many events in a frame of its own, before the one in which the rows are sorted; says whether it did.
    fn search_first(&mut self, view: &View<'_>) -> bool {
        let many = view.derived.columnar().len() > IN_ONE_FRAME && !self.filter.is_empty();
        self.waits = many && self.sought.slots(&self.filter, view).is_none();
        if self.waits {
            self.search(view);
        }
        self.waits
    }

    /// For each slot whether the filter lets it through.
    fn search(&mut self, view: &View<'_>) -> Sought {
        if self.sought.slots(&self.filter, view).is_none() {
            self.sought = Sought::of(&self.filter, view);
        }
        self.sought.clone()
    }

    /// Takes over columns that are read otherwise, and lets go of those that are gone.
    fn read_codebook(&mut self, project: &Project) {
        let before = self.sort.len();
        self.sort.retain_mut(|sort| {
            let now = Column::find(project, sort.column.id);
            sort.column = now.unwrap_or(sort.column);
            now.is_some()
        });
        let group = self.group.as_ref().and_then(|group| group.met(project));
        self.asked |= self.sort.len() != before || group != self.group;
        self.group = group;
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.set_filter(line, project);
        }
    }

    /// Filters and sorts everything.
    fn make(&mut self, view: &View<'_>) {
        let table = view.derived.columnar();
        let all = self.ordered.by(&self.sort, view);
        let mut some = None;
        self.strays.clear();
        if self.filter.is_empty() {
            self.sought = Sought::default();
        } else {
            let sought = self.search(view);
            let kept: HashSet<u32> = self.kept.iter().filter_map(|id| table.slot(*id)).collect();
            let shown = |slot: &u32| sought.passes(*slot) || kept.contains(slot);
            some = Some(all.slots().iter().copied().filter(shown).collect::<Vec<u32>>());
            self.strays = kept.iter().filter(|slot| !sought.passes(**slot)).map(|slot| table.id(*slot)).collect();
        }
        self.moved.clear();
        self.stale = false;
        self.anew = true;
        let grouping = self.group.as_ref().and_then(|group| Grouping::new(group, view.project, table));
        self.heads.clear();
        match grouping {
            Some(grouping) => {
                self.put_into_groups(some.unwrap_or_else(|| all.slots().to_vec()), &grouping, table);
            }
            None => {
                self.order = some.map_or(all, |slots| Arc::new(RowOrder::new(slots, table)));
                self.lines = Lines::new(Vec::new(), self.order.len());
            }
        }
        self.dirty = Dirty::All;
        self.note_hidden(table);
    }

    /// Notes where the events of folded groups are.
    fn note_hidden(&mut self, table: &Columnar) {
        self.hidden_in.clear();
        if self.heads.iter().all(|head| head.hidden().is_empty()) {
            return;
        }
        self.hidden_in.resize(table.slots(), NONE);
        for (head, number) in self.heads.iter().zip(0_u32..) {
            for slot in head.hidden() {
                self.hidden_in[*slot as usize] = number;
            }
        }
    }
}

fn keys(sort: &[Sort], view: &View<'_>, event: &Event) -> Vec<Key> {
    let row = Row { project: view.project, derived: view.derived, event, today: view.today };
    sort.iter().map(|sort| sort.column.key(&row)).collect()
}
