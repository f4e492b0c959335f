//! The events of a snapshot as columns of plain numbers: what filters, orders and sums over 400,000 rows read.
//!
//! Every event has a slot that stays while the event does; the order of the project is a list of slots. An edit changes
//! the slots of the events that it touched. It repeats what the project and its figures say and decides nothing; it
//! knows no screen.

mod dates;
mod figures;
mod flags;
mod words;

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::derive::Derived;
use crate::derive::index::{Entry, SHARE, Step};
use crate::model::{Change, Class, ColumnId, Event, EventId, Measure, Project};

pub(in crate::derive) use dates::parts_of;
pub use dates::{Dates, Day, OPEN_END, OPEN_START, UNDATED, day_of, number_of};
pub use figures::Figures;
pub(in crate::derive) use figures::Kept;
pub use flags::Flag;
pub use words::{Said, TextField, Words, folded};

/// So many events are read by one column after the other before the next ones are: they are still near at hand then.
const AT_HAND: usize = 512;

/// The events of a snapshot in columns.
#[derive(Debug, Clone, Default)]
pub struct Columnar {
    /// Which numbering of slots this is.
    numbering: u64,
    ids: Vec<EventId>,
    slots: HashMap<EventId, u32, RandomState>,
    /// Slots in the order of the project.
    order: Vec<u32>,
    /// The place in the project of each slot.
    places: Vec<u64>,
    /// Slots of events that are gone.
    free: Vec<u32>,
    dates: Dates,
    flags: Vec<u16>,
    sources: Vec<u32>,
    covers: Vec<u32>,
    words: [Words; TextField::ALL.len()],
    /// The texts of the analyst's own columns that have any. How a column reads them is no matter here, so that
    /// another kind or order of words changes nothing.
    own: Vec<(ColumnId, Words)>,
    figures: Vec<(Measure, Figures)>,
    /// Figures of what is no total: made when they are first wanted, and kept up with edits from then on.
    classes: Vec<(Measure, Class, OnceLock<Figures>)>,
    stamp: Stamp,
}

/// A mark of what sums read. No two states that differ in it ever have the same, not even in two copies of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(u64);

impl Stamp {
    fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Default for Stamp {
    fn default() -> Self {
        Self::new()
    }
}

/// What differs of an event between two snapshots.
struct Differs<'a> {
    slot: u32,
    event: &'a Event,
    /// A bit for each field whose text differs.
    fields: u16,
    /// Whether a value in a column of the analyst's own differs.
    own: bool,
    /// Whether something differs that sums read: days, what it covers, what is true of it.
    facts: bool,
}

impl<'a> Differs<'a> {
    fn of(change: Change<'a, Event>, slots: &HashMap<EventId, u32, RandomState>) -> Option<Self> {
        let Change::Changed(old, event) = change else { return None };
        let slot = *slots.get(&event.id)?;
        let bit = |field: TextField| if field.text(old).is(&field.text(event)) { 0 } else { 1 << field as u16 };
        let fields = TextField::ALL.into_iter().fold(0, |bits, field| bits | bit(field));
        let own = old.own != event.own;
        let facts =
            old.when != event.when || old.covers != event.covers || flags::of_event(old) != flags::of_event(event);
        (fields != 0 || own || facts).then_some(Self { slot, event, fields, own, facts })
    }

    fn has(&self, field: TextField) -> bool {
        self.fields & (1 << field as u16) != 0
    }
}

impl Columnar {
    /// All events of a project.
    pub(in crate::derive) fn from_scratch(project: &Project, derived: &Derived) -> Self {
        let events: Vec<&Event> = project.events.iter().map(|event| &**event).collect();
        static NUMBERINGS: AtomicU64 = AtomicU64::new(1);
        let mut new = Self {
            numbering: NUMBERINGS.fetch_add(1, Ordering::Relaxed),
            ids: events.iter().map(|event| event.id).collect(),
            order: (0..count(events.len())).collect(),
            ..Self::default()
        };
        let entries: Vec<Option<&Entry>> = events.par_iter().map(|event| derived.entry(event.id)).collect();
        new.places = project.events.iter_from(0).map(|(place, _)| place).collect();
        new.covers = events.iter().map(|event| count(event.covers.len())).collect();
        let sources = |entry: &Option<&Entry>| entry.map_or(0, |entry| count(entry.articles().len()));
        new.sources = entries.par_iter().map(sources).collect();
        let facts = events.par_iter().zip(&entries);
        new.flags = facts.map(|(event, entry)| flags::of_entry(event, *entry, derived)).collect();
        let number = || new.ids.iter().zip(0..).map(|(id, slot)| (*id, slot)).collect();
        let date = || Dates::of(events.iter().map(|event| event.when));
        let write = || -> Vec<Words> {
            TextField::ALL.par_iter().map(|field| Words::of(*field, events.iter().copied())).collect()
        };
        let ((slots, dates), columns) = rayon::join(|| rayon::join(number, date), write);
        (new.slots, new.dates) = (slots, dates);
        for (words, column) in new.words.iter_mut().zip(columns) {
            *words = column;
        }
        let own: BTreeSet<ColumnId> = events.iter().flat_map(|event| event.own.iter()).map(|(id, _)| id).collect();
        let own: Vec<ColumnId> = own.into_iter().collect();
        new.own = own.into_par_iter().map(|id| (id, Words::of_own(id, events.iter().copied()))).collect();
        let measures: Vec<Measure> = derived.measures().cloned().collect();
        new.figures = measures
            .into_par_iter()
            .map(|measure| {
                let figures = Figures::of_entries(&measure, &Class::TOTAL, &entries, derived);
                (measure, figures)
            })
            .collect();
        let pairs = derived.pairs().filter(|(_, class)| **class != Class::TOTAL);
        new.classes = pairs.map(|(measure, class)| (measure.clone(), class.clone(), OnceLock::new())).collect();
        new
    }

    /// From one snapshot to the next; `touched` are the events whose figures were worked out again.
    pub(in crate::derive) fn advance(&mut self, step: &Step<'_>, derived: &Derived, touched: &[EventId]) {
        let to = step.to;
        let (mut gone, mut came) = (Vec::new(), Vec::new());
        let mut counts_otherwise = step.from.methodology != to.methodology;
        for change in &step.events {
            if let Change::Removed(event) = change {
                // One that was put elsewhere comes again as an addition.
                gone.extend(self.remove(event.id));
            }
        }
        for change in &step.events {
            if let Change::Added(event) = change {
                came.push(self.put(event, to.events.place(event.id).unwrap_or(0), derived));
            }
        }
        counts_otherwise |= self.take_over(&step.events, derived);
        for id in touched {
            counts_otherwise = true;
            if let (Some(slot), Some(event)) = (self.slots.get(id).copied(), to.events.get(*id)) {
                self.refresh(slot as usize, event, derived);
            }
        }
        let moved = !gone.is_empty() || !came.is_empty();
        if moved || counts_otherwise {
            self.stamp = Stamp::new();
        }
        if moved {
            self.reorder(&gone, came);
        }
    }

    /// Another one whenever something has changed that sums read: figures, dates, what counts, the rules, the
    /// order. A change of texts alone leaves it.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// Takes over what differs in the contents of events, on all cores where many do. Says whether sums read any of it.
    fn take_over(&mut self, changes: &[Change<'_, Event>], derived: &Derived) -> bool {
        let slots = &self.slots;
        let differs = |change| Differs::of(change, slots);
        let found: Vec<Differs<'_>> = changes.par_iter().copied().with_min_len(SHARE).filter_map(differs).collect();
        let mut counts_otherwise = false;
        for Differs { slot, event, .. } in found.iter().filter(|differs| differs.facts) {
            let at = *slot as usize;
            counts_otherwise = true;
            self.dates.set(at, event.when);
            self.covers[at] = count(event.covers.len());
            self.flags[at] = flags::of(event, derived);
        }
        let many = found.len() > SHARE;
        found.chunks(AT_HAND).for_each(|found| self.take_over_texts(found, many));
        counts_otherwise
    }

    /// Takes over the texts that differ of a few events, on all cores where there are more behind them.
    fn take_over_texts(&mut self, found: &[Differs<'_>], many: bool) {
        let owned: Vec<&Differs<'_>> = found.iter().filter(|differs| differs.own).collect();
        for (id, _) in owned.iter().flat_map(|differs| differs.event.own.iter()) {
            self.learn_own(id);
        }
        let field = |(words, field): (&mut Words, TextField)| {
            found
                .iter()
                .filter(|differs| differs.has(field))
                .for_each(|differs| words.set(differs.slot as usize, field.text(differs.event)));
        };
        let own = |(id, words): &mut (ColumnId, Words)| {
            owned.iter().for_each(|differs| words.set_own(differs.slot as usize, *id, differs.event));
        };
        if many {
            let fields = self.words.par_iter_mut().zip(TextField::ALL);
            rayon::join(|| fields.for_each(field), || self.own.par_iter_mut().for_each(own));
        } else {
            self.words.iter_mut().zip(TextField::ALL).for_each(field);
            self.own.iter_mut().for_each(own);
        }
    }

    /// Makes now, on all cores, what the first search and the first sort would wait for.
    pub fn prepare(&self) {
        self.words.par_iter().chain(self.own.par_iter().map(|(_, words)| words)).for_each(Words::prepare);
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Which numbering of slots this is: where it is another one, an event may have another slot.
    pub fn numbering(&self) -> u64 {
        self.numbering
    }

    /// How many slots there are, with those that are free.
    pub fn slots(&self) -> usize {
        self.ids.len()
    }

    /// Slots in the order of the project.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// How many events stand before this slot in the project.
    pub fn position(&self, slot: u32) -> usize {
        let place = self.places[slot as usize];
        self.order.partition_point(|other| self.places[*other as usize] < place)
    }

    /// Where the event of a slot stands in the project, as `Records::place` says it.
    pub fn place(&self, slot: u32) -> u64 {
        self.places[slot as usize]
    }

    /// The slot of an event.
    pub fn slot(&self, event: EventId) -> Option<u32> {
        self.slots.get(&event).copied()
    }

    /// The slot that an event had that is gone, while no other one has it.
    pub fn former_slot(&self, event: EventId) -> Option<u32> {
        // The latest are the last ones.
        self.free.iter().rev().copied().find(|slot| self.ids[*slot as usize] == event)
    }

    /// The event in a slot; of a free slot, the one that was there.
    pub fn id(&self, slot: u32) -> EventId {
        self.ids[slot as usize]
    }

    /// The events by slot; in a slot that is free, the one that was there.
    pub fn ids(&self) -> &[EventId] {
        &self.ids
    }

    /// First and last possible days.
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// What is true of the events, by slot.
    pub fn flags(&self) -> &[u16] {
        &self.flags
    }

    /// How many articles are quoted on the events, by slot.
    pub fn sources(&self) -> &[u32] {
        &self.sources
    }

    /// How many events they cover, by slot.
    pub fn covers(&self) -> &[u32] {
        &self.covers
    }

    /// The texts of a field.
    pub fn words(&self, field: TextField) -> &Words {
        &self.words[field as usize]
    }

    /// The texts of a column of the analyst's own. `None` where no event has a value in it, or none had since the
    /// project was opened.
    pub fn own(&self, column: ColumnId) -> Option<&Words> {
        self.own.iter().find(|(id, _)| *id == column).map(|(_, words)| words)
    }

    /// The analyst's own columns that have texts.
    pub fn owns(&self) -> impl Iterator<Item = (ColumnId, &Words)> {
        self.own.iter().map(|(id, words)| (*id, words))
    }

    /// The total figures of a measure. `None` where nobody spoke of it anywhere.
    pub fn figures(&self, measure: &Measure) -> Option<&Figures> {
        self.figures.iter().find(|(known, _)| known == measure).map(|(_, figures)| figures)
    }

    /// The figures of a class of a measure. `None` where nobody spoke of it anywhere. The first time takes tens of
    /// milliseconds for hundreds of thousands of events. `derived` is what these columns belong to.
    pub fn class_figures(&self, measure: &Measure, class: &Class, derived: &Derived) -> Option<&Figures> {
        if *class == Class::TOTAL {
            return self.figures(measure);
        }
        let (.., figures) = self.classes.iter().find(|(m, c, _)| (m, c) == (measure, class))?;
        Some(figures.get_or_init(|| Figures::of(measure, class, &self.ids, derived)))
    }

    /// The classes of a measure of which something was said anywhere, but for the total.
    pub fn classes_of<'a>(&'a self, measure: &'a Measure) -> impl Iterator<Item = &'a Class> {
        self.classes.iter().filter(move |(known, ..)| known == measure).map(|(_, class, _)| class)
    }

    /// Takes an event out; says which slot it had.
    fn remove(&mut self, id: EventId) -> Option<u32> {
        let slot = self.slots.remove(&id)?;
        self.free.push(slot);
        Some(slot)
    }

    /// Takes slots out of the order, and puts others in where they belong. The rest stands in order already.
    fn reorder(&mut self, gone: &[u32], mut came: Vec<u32>) {
        let mut leaves = vec![false; self.ids.len()];
        gone.iter().chain(&came).for_each(|slot| leaves[*slot as usize] = true);
        let place = |slot: &u32| self.places[*slot as usize];
        came.par_sort_unstable_by_key(place);
        let mut came = came.into_iter().peekable();
        let mut order = Vec::with_capacity(self.slots.len());
        for slot in self.order.iter().filter(|slot| !leaves[**slot as usize]) {
            while let Some(new) = came.next_if(|new| place(new) < place(slot)) {
                order.push(new);
            }
            order.push(*slot);
        }
        order.extend(came);
        self.order = order;
    }

    /// Puts an event in that came; gives its slot.
    fn put(&mut self, event: &Event, place: u64, derived: &Derived) -> u32 {
        let slot = self.slots.get(&event.id).copied().unwrap_or_else(|| self.free_slot(event.id));
        let at = slot as usize;
        self.places[at] = place;
        self.dates.set(at, event.when);
        self.covers[at] = count(event.covers.len());
        for (words, field) in self.words.iter_mut().zip(TextField::ALL) {
            words.set(at, field.text(event));
        }
        event.own.iter().for_each(|(id, _)| self.learn_own(id));
        self.own.iter_mut().for_each(|(id, words)| words.set_own(at, *id, event));
        self.refresh(at, event, derived);
        slot
    }

    /// Makes room for the texts of a column of the analyst's own that had none so far.
    fn learn_own(&mut self, id: ColumnId) {
        if self.own(id).is_none() {
            self.own.push((id, Words::empty(self.ids.len())));
        }
    }

    fn free_slot(&mut self, id: EventId) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.ids.push(id);
            self.places.push(0);
            self.dates.push();
            self.flags.push(0);
            self.sources.push(0);
            self.covers.push(0);
            self.words.iter_mut().chain(self.own.iter_mut().map(|(_, words)| words)).for_each(Words::push);
            self.figures.iter_mut().for_each(|(_, figures)| figures.push());
            self.classes.iter_mut().filter_map(|(.., figures)| figures.get_mut()).for_each(Figures::push);
            count(self.ids.len() - 1)
        });
        self.ids[slot as usize] = id;
        self.slots.insert(id, slot);
        slot
    }

    /// Takes over what follows from claims.
    fn refresh(&mut self, slot: usize, event: &Event, derived: &Derived) {
        self.flags[slot] = flags::of(event, derived);
        self.sources[slot] = count(derived.sources_of(event.id));
        for measure in derived.measures_of(event.id) {
            if !self.figures.iter().any(|(known, _)| known == measure) {
                self.figures.push((measure.clone(), Figures::empty(self.ids.len())));
            }
        }
        for (measure, figures) in &mut self.figures {
            figures.set(slot, derived.total_of(event.id, measure));
        }
        for (measure, class, _) in derived.figures(event.id).filter(|(_, class, _)| **class != Class::TOTAL) {
            if !self.classes.iter().any(|(m, c, _)| (m, c) == (measure, class)) {
                self.classes.push((measure.clone(), class.clone(), OnceLock::new()));
            }
        }
        for (measure, class, figures) in &mut self.classes {
            if let Some(figures) = figures.get_mut() {
                figures.set(slot, derived.figure(event.id, measure, class));
            }
        }
    }
}

/// What both sides would say of every event, whatever slot it has.
impl PartialEq for Columnar {
    fn eq(&self, other: &Self) -> bool {
        let said = |table: &Self, slot: u32| {
            let at = slot as usize;
            let texts: Vec<String> =
                TextField::ALL.iter().map(|field| table.words(*field).at(at).to_string()).collect();
            let facts = (table.dates.at(at), table.flags[at], table.sources[at], table.covers[at]);
            (table.ids[at], facts, texts)
        };
        let figures = |table: &Self, slot: u32, measure: &Measure| {
            table.figures(measure).map_or_else(Default::default, |figures| figures.value(slot as usize))
        };
        let own = |table: &Self, slot: u32, id: ColumnId| {
            table.own(id).map_or_else(String::new, |words| words.at(slot as usize).to_string())
        };
        let owns = || self.own.iter().chain(&other.own).map(|(id, _)| *id);
        let measures = || self.figures.iter().chain(&other.figures).map(|(measure, _)| measure);
        self.order.len() == other.order.len()
            && self.order.iter().zip(&other.order).all(|(a, b)| {
                said(self, *a) == said(other, *b)
                    && owns().all(|id| own(self, *a, id) == own(other, *b, id))
                    && measures().all(|measure| figures(self, *a, measure) == figures(other, *b, measure))
            })
    }
}

/// A count or a slot. A project with four thousand million events does not fit into memory.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
