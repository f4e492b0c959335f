//! A mapping made ready for the columns of one data set: reads its rows.

use std::borrow::Cow;

use crate::model::mapping::{Codes, Meaning, Part};
use crate::model::{
    Claim, ClaimId, Class, ColumnId, Dataset, DatasetId, Event, EventId, InformationGrade, Layout, Location, Mapping,
    Measure, Origin, Quantity, RowNumber, SourceRow, Status, Text,
};

use super::flaw::{Flaw, Wrong};
use super::guard::{self, unguarded};
use super::number::{Said, Slot, whole, written};
use super::shared::Shared;
use super::split::{Field, split};
use super::when::{self, Exactness};
use super::{number, place};

/// Last letters of the ids of a row's claims: the first number of a mapping is `a`.
const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// The column of each meaning, where the data set has one.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub source_id: Option<usize>,
    pub title: Option<usize>,
    pub start: Option<usize>,
    pub end: Option<usize>,
    pub date_precision: Option<(usize, Codes)>,
    pub year: Option<usize>,
    pub month: Option<usize>,
    pub day: Option<usize>,
    pub place: Option<usize>,
    pub adm1: Option<usize>,
    pub country: Option<usize>,
    pub latitude: Option<usize>,
    pub longitude: Option<usize>,
    pub place_precision: Option<(usize, Codes)>,
    pub kind: Option<usize>,
    pub side_a: Option<usize>,
    pub side_b: Option<usize>,
    pub tags: Option<usize>,
    pub speaker: Option<usize>,
    pub grade: Option<usize>,
    pub own: Vec<(ColumnId, usize)>,
}

/// Reads the rows of one data set as its mapping says.
#[derive(Debug, Clone)]
pub struct RowReader {
    pub(super) dataset: DatasetId,
    pub(super) layout: Layout,
    pub(super) columns: Columns,
    pub(super) slots: Vec<Slot>,
    pub(super) decimal: char,
    pub(super) dates: crate::model::DateOrder,
    pub(super) missing: Vec<Text>,
    /// The first bytes of those: most texts begin otherwise.
    missing_starts: [u64; 4],
    pub(super) kinds: Vec<(Text, Text)>,
    names: Vec<Text>,
    /// What the claims of a row say of where they come from: the data set with its version.
    origin: Text,
    /// Fields behind this one are not looked at.
    last: usize,
    guarded: bool,
}

/// The fields of one row, split.
pub(super) struct Cells<'r> {
    row: &'r str,
    fields: &'r [Field],
    quote: char,
    /// Whether an apostrophe before what a spreadsheet would run is none of the text.
    guarded: bool,
}

impl<'r> Cells<'r> {
    /// What a field says, without blanks around it, and without the apostrophe that Dateline writes before what a
    /// spreadsheet would run. Empty where the row is too short.
    pub fn get(&self, column: usize) -> Cow<'r, str> {
        match self.trimmed(column) {
            Cow::Borrowed(text) if self.guarded => Cow::Borrowed(unguarded(text)),
            Cow::Owned(text) if self.guarded => Cow::Owned(unguarded(&text).to_owned()),
            text => text,
        }
    }

    fn trimmed(&self, column: usize) -> Cow<'r, str> {
        let Some(field) = self.fields.get(column) else { return Cow::Borrowed("") };
        match field.value(self.row, self.quote) {
            Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
            Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        }
    }
}

/// A text without blanks around it. Most have none.
fn trimmed(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_none_or(|byte| (0x21..0x7F).contains(byte));
    let bytes = text.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) { text } else { text.trim() }
}

impl RowReader {
    /// The reader of this data set by this mapping. Columns that the mapping names and the data set lacks are not read.
    pub fn new(dataset: &Dataset, mapping: &Mapping) -> Self {
        let folded: Vec<String> = dataset.columns.iter().map(|name| name.trim().to_lowercase()).collect();
        let mut reader = Self {
            dataset: dataset.id,
            layout: dataset.layout.clone(),
            columns: Columns::default(),
            slots: Vec::new(),
            decimal: mapping.decimal,
            dates: mapping.dates,
            missing: mapping.missing.clone(),
            missing_starts: starts(&mapping.missing),
            kinds: mapping.kinds.clone(),
            names: dataset.columns.clone(),
            origin: origin(dataset),
            last: 0,
            guarded: guard::is_unguarded(dataset),
        };
        for (name, meaning) in &mapping.columns {
            let name = name.trim().to_lowercase();
            let column = folded.iter().position(|own| *own == name);
            // A slot is counted also where its columns are not there: the ids of claims follow the mapping alone.
            reader.take(meaning, column);
        }
        reader.slots.retain(|slot| !slot.parts.is_empty());
        reader
    }

    fn take(&mut self, meaning: &Meaning, column: Option<usize>) {
        if let Meaning::Number(measure, class, part) = meaning {
            let found = self.slots.iter().position(|slot| slot.measure == *measure && slot.class == *class);
            let at = found.unwrap_or_else(|| {
                let letter = LETTERS.get(self.slots.len()).copied().unwrap_or(0);
                let (measure, class) = (measure.clone(), class.clone());
                self.slots.push(Slot { measure, class, letter, parts: Vec::new() });
                self.slots.len() - 1
            });
            if let (Some(slot), Some(column)) = (self.slots.get_mut(at), column)
                && slot.letter != 0
                && slot.column(*part).is_none()
            {
                slot.parts.push((*part, column));
                self.last = self.last.max(column);
            }
            return;
        }
        let Some(column) = column else { return };
        let c = &mut self.columns;
        let place = match meaning {
            Meaning::DatePrecision(codes) => {
                c.date_precision.get_or_insert((column, *codes));
                self.last = self.last.max(column);
                return;
            }
            Meaning::PlacePrecision(codes) => {
                c.place_precision.get_or_insert((column, *codes));
                self.last = self.last.max(column);
                return;
            }
            Meaning::Own(id) => {
                c.own.push((*id, column));
                self.last = self.last.max(column);
                return;
            }
            Meaning::Kept | Meaning::Number(..) => return,
            Meaning::SourceId => &mut c.source_id,
            Meaning::Title => &mut c.title,
            Meaning::DateStart => &mut c.start,
            Meaning::DateEnd => &mut c.end,
            Meaning::Year => &mut c.year,
            Meaning::Month => &mut c.month,
            Meaning::Day => &mut c.day,
            Meaning::Place => &mut c.place,
            Meaning::Adm1 => &mut c.adm1,
            Meaning::Country => &mut c.country,
            Meaning::Latitude => &mut c.latitude,
            Meaning::Longitude => &mut c.longitude,
            Meaning::Kind => &mut c.kind,
            Meaning::SideA => &mut c.side_a,
            Meaning::SideB => &mut c.side_b,
            Meaning::Tags => &mut c.tags,
            Meaning::Speaker => &mut c.speaker,
            Meaning::Grade => &mut c.grade,
        };
        place.get_or_insert(column);
        self.last = self.last.max(column);
    }

    /// A row that was split into these fields, to be asked for what they say.
    pub(super) fn cells<'r>(&self, row: &'r str, fields: &'r [Field]) -> Cells<'r> {
        Cells { row, fields, quote: self.layout.quote, guarded: self.guarded }
    }

    /// The data set whose rows it reads.
    pub fn dataset(&self) -> DatasetId {
        self.dataset
    }

    /// Whether a column says who speaks.
    pub fn names_speakers(&self) -> bool {
        self.columns.speaker.is_some()
    }

    /// How many columns the data set has.
    pub(super) fn width(&self) -> usize {
        self.names.len()
    }

    /// The name of a column, for messages.
    pub fn column(&self, column: usize) -> &str {
        self.names.get(column).map_or("", |name| name)
    }

    /// Every field of a row, with the name of its column: the evidence. A field without a column has no name.
    pub fn fields<'r>(&self, row: &'r str) -> Vec<(&str, Cow<'r, str>)> {
        let fields = self.parts(row);
        let value = |(n, field): (usize, &Field)| (self.column(n), field.value(row, self.layout.quote));
        fields.iter().enumerate().map(value).collect()
    }

    /// The columns from which the claim of this id on an event is read. `None` where it is none of its row.
    pub(super) fn read_from(&self, event: EventId, id: ClaimId) -> Option<Vec<usize>> {
        let slot = self.slot_of(event, id)?;
        Some(slot.parts.iter().map(|(_, column)| *column).collect())
    }

    /// The fields of a row, split.
    fn parts(&self, row: &str) -> Vec<Field> {
        let mut fields = Vec::with_capacity(self.width());
        split(row, &self.layout, &mut fields);
        fields
    }

    /// The event that a row states, with what breaks a rule in it. Its claims are not in it; ask [`RowReader::claims`].
    pub fn event(&self, id: EventId, row: SourceRow, shared: &mut Shared, flaws: &mut Vec<Flaw>) -> Event {
        let mut room = (Vec::with_capacity(self.width()), Vec::with_capacity(self.slots.len()));
        let (event, before_numbers) = self.made(id, row, shared, (&mut room.0, &mut room.1), flaws);
        flaws.truncate(before_numbers);
        event
    }

    /// The event that a row states, with its numbers noted at the row; and how many flaws there are before those of
    /// numbers. What it splits and reads stays in `fields` and `said`.
    pub(super) fn made(
        &self,
        id: EventId,
        mut row: SourceRow,
        shared: &mut Shared,
        (fields, said): (&mut Vec<Field>, &mut Vec<RowNumber>),
        flaws: &mut Vec<Flaw>,
    ) -> (Event, usize) {
        split(row.row(), &self.layout, fields);
        said.clear();
        let before = flaws.len();
        self.count(fields.len(), flaws);
        let cells = self.cells(row.row(), fields);
        let mut event = self.stated(id, &cells, shared, flaws);
        let before_numbers = flaws.len();
        self.say(&cells, said, flaws);
        let flawed = flaws[before..].iter().any(Flaw::breaks_rule);
        let numbers = shared.numbers(said, self.speaks(&cells), flawed);
        row.set_numbers(numbers);
        event.source = Some(row);
        (event, before_numbers)
    }

    /// The numbers of a row, one for each that it states.
    pub(super) fn say(&self, cells: &Cells<'_>, said: &mut Vec<RowNumber>, flaws: &mut Vec<Flaw>) {
        for slot in &self.slots {
            if let Some(quantity) = self.quantity(slot, cells, flaws) {
                said.push((slot.letter, quantity, self.attackers(slot, cells)));
            }
        }
    }

    /// Whether a row says who speaks.
    pub(super) fn speaks(&self, cells: &Cells<'_>) -> bool {
        self.said(cells, self.columns.speaker).is_some()
    }

    /// What a row states of numbers, read by itself.
    #[cfg(test)]
    pub fn numbers(&self, row: &str) -> crate::model::RowNumbers {
        let fields = self.parts(row);
        let cells = self.cells(row, &fields);
        let mut said = Vec::with_capacity(self.slots.len());
        self.say(&cells, &mut said, &mut Vec::new());
        let flawed = self.flaws(row).iter().any(Flaw::breaks_rule);
        crate::model::RowNumbers { said: said.into(), names_speaker: self.speaks(&cells), flawed }
    }

    /// The same without the row in it and without flaws, to be compared.
    pub(super) fn read(&self, id: EventId, row: &str) -> Event {
        let fields = self.parts(row);
        let cells = self.cells(row, &fields);
        self.stated(id, &cells, &mut Shared::off(), &mut Vec::new())
    }

    /// What breaks a rule in a row, its numbers included.
    pub fn flaws(&self, row: &str) -> Vec<Flaw> {
        let (fields, mut flaws) = (self.parts(row), Vec::new());
        let cells = self.cells(row, &fields);
        self.count(fields.len(), &mut flaws);
        self.date(&cells, &mut flaws);
        self.locate(&cells, &mut Location::default(), &mut flaws);
        self.grade(&cells, &mut flaws);
        for slot in &self.slots {
            self.quantity(slot, &cells, &mut flaws);
        }
        flaws
    }

    fn count(&self, has: usize, flaws: &mut Vec<Flaw>) {
        let wants = self.names.len();
        if has != wants {
            flaws.push(Flaw { column: has.min(wants).saturating_sub(1), wrong: Wrong::Fields { has, wants } });
        }
    }

    pub(super) fn stated(&self, id: EventId, cells: &Cells<'_>, shared: &mut Shared, flaws: &mut Vec<Flaw>) -> Event {
        let columns = &self.columns;
        let mut text = |column: Option<usize>| match column.map(|column| cells.get(column)) {
            Some(text) if !self.is_missing(&text) => shared.text(&text),
            _ => Text::default(),
        };
        let mut event = Event::new(id);
        event.status = Status::Coded;
        event.title = text(columns.title);
        event.location = Location {
            name: text(columns.place),
            adm1: text(columns.adm1),
            country: text(columns.country),
            point: None,
            precision: None,
        };
        event.side_a = text(columns.side_a);
        event.side_b = text(columns.side_b);
        event.kind = text(columns.kind);
        if let Some((_, word)) = self.kinds.iter().find(|(code, _)| *code == event.kind) {
            event.kind = word.clone();
        }
        let tags = columns.tags.map(|column| cells.get(column)).unwrap_or_default();
        event.tags = tags.split(';').map(str::trim).filter(|tag| !tag.is_empty()).map(|tag| shared.text(tag)).collect();
        let id = columns.source_id.map(|column| cells.get(column)).unwrap_or_default();
        if !id.is_empty() {
            event.source_ids = [Text::from(&*id)].into();
        }
        event.own = columns
            .own
            .iter()
            .map(|(id, column)| (*id, cells.get(*column)))
            .filter(|(_, value)| !self.is_missing(value))
            .map(|(id, value)| (id, shared.text(&value)))
            .collect();
        event.when = self.date(cells, flaws);
        self.locate(cells, &mut event.location, flaws);
        self.grade(cells, flaws);
        event
    }

    /// How well the row's numbers are supported, where it says so.
    fn grade(&self, cells: &Cells<'_>, flaws: &mut Vec<Flaw>) -> Option<InformationGrade> {
        let (column, text) = self.said(cells, self.columns.grade)?;
        number::grade(&text).map_err(|wrong| flaws.push(Flaw { column, wrong })).ok()
    }

    pub(super) fn locate(&self, cells: &Cells<'_>, location: &mut Location, flaws: &mut Vec<Flaw>) {
        let mut degrees = |column: Option<usize>, most: u8| {
            // Asked first whether it is a degree: -1 and -9 stand for an unknown among counts, and lie on the globe here.
            let column = column?;
            let text = cells.get(column);
            match place::degrees(&text, self.decimal, most) {
                Ok(degrees) => Some(Some(degrees)),
                Err(_) if self.is_missing(&text) => None,
                Err(wrong) => {
                    flaws.push(Flaw { column, wrong });
                    Some(None)
                }
            }
        };
        let (north, east) = (degrees(self.columns.latitude, 90), degrees(self.columns.longitude, 180));
        match (north, east) {
            (Some(Some(north)), Some(Some(east))) => location.point = place::point(north, east),
            (Some(_), None) => {
                flaws.extend(self.columns.latitude.map(|column| Flaw { column, wrong: Wrong::HalfPoint }))
            }
            (None, Some(_)) => {
                flaws.extend(self.columns.longitude.map(|column| Flaw { column, wrong: Wrong::HalfPoint }));
            }
            _ => {}
        }
        if let Some((column, codes)) = self.columns.place_precision
            && let Some((column, text)) = self.said(cells, Some(column))
        {
            match place::precision(&text, codes) {
                Ok(precision) => location.precision = Some(precision),
                Err(wrong) => flaws.push(Flaw { column, wrong }),
            }
        }
    }

    /// The column and its text, where there is one that says something.
    fn said<'r>(&self, cells: &Cells<'r>, column: Option<usize>) -> Option<(usize, Cow<'r, str>)> {
        let column = column?;
        let text = cells.get(column);
        (!self.is_missing(&text)).then_some((column, text))
    }

    /// Whether a text says nothing: it is empty or a sign for what is not known.
    pub(super) fn is_missing(&self, text: &str) -> bool {
        let Some(first) = text.bytes().next() else { return true };
        let may_be = self.missing_starts[usize::from(first / 64)] & (1 << (first % 64)) != 0;
        may_be && self.missing.iter().any(|missing| **missing == *text)
    }

    pub(super) fn date(&self, cells: &Cells<'_>, flaws: &mut Vec<Flaw>) -> Option<crate::model::EventDate> {
        let mut exactness = Exactness::Unsaid;
        if let Some((column, codes)) = self.columns.date_precision
            && let Some((column, text)) = self.said(cells, Some(column))
        {
            match when::exactness(&text, codes) {
                Ok(said) => exactness = said,
                Err(wrong) => flaws.push(Flaw { column, wrong }),
            }
        }
        let mut read = |column: Option<usize>| {
            let (column, text) = self.said(cells, column)?;
            let read = when::date(&text, self.dates);
            Some((column, read.map_err(|wrong| flaws.push(Flaw { column, wrong })).ok()?))
        };
        let (start, end) = (read(self.columns.start), read(self.columns.end));
        let (column, first, last) = match (start, end) {
            (Some((_, first)), Some((column, last))) => (column, first, Some(last)),
            (Some((column, first)), None) | (None, Some((column, first))) => (column, first, None),
            (None, None) => return self.of_parts(cells, flaws),
        };
        when::between(first, last, exactness).map_err(|wrong| flaws.push(Flaw { column, wrong })).ok()
    }

    /// The date of three columns.
    fn of_parts(&self, cells: &Cells<'_>, flaws: &mut Vec<Flaw>) -> Option<crate::model::EventDate> {
        let mut part = |column: Option<usize>| {
            let (column, text) = self.said(cells, column)?;
            whole(&text, self.decimal).map_err(|wrong| flaws.push(Flaw { column, wrong })).ok()
        };
        let (year, month, day) = (part(self.columns.year)?, part(self.columns.month), part(self.columns.day));
        let column = self.columns.year?;
        when::of_parts(year, month, day).map_err(|wrong| flaws.push(Flaw { column, wrong })).ok()
    }

    /// The claims of a row about its event, in the order of the mapping. What breaks a rule is told by
    /// [`RowReader::flaws`].
    pub fn claims(&self, event: EventId, row: &str) -> Vec<Claim> {
        let (fields, mut flaws) = (self.parts(row), Vec::new());
        let cells = self.cells(row, &fields);
        self.slots.iter().filter_map(|slot| self.claim(slot, event, &cells, &mut flaws)).collect()
    }

    /// The number that the claim of this id is about, where it is one of the rows of this event.
    fn slot_of(&self, event: EventId, id: ClaimId) -> Option<&Slot> {
        let (_, letter) = id.event_and_letter().filter(|(named, _)| *named == event)?;
        self.slots.iter().find(|slot| slot.letter == letter)
    }

    /// What the claim of this id on an event counts, and among whom, where it is read from the event's row.
    pub fn counted(&self, event: EventId, id: ClaimId) -> Option<(&Measure, &Class)> {
        self.slot_of(event, id).map(|slot| (&slot.measure, &slot.class))
    }

    /// What claims of rows say of where they come from: the data set with its version.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The claim of this id, where the row has one.
    pub fn claim_of(&self, event: EventId, row: &str, id: ClaimId) -> Option<Claim> {
        let slot = self.slot_of(event, id)?;
        let (fields, mut flaws) = (self.parts(row), Vec::new());
        let cells = self.cells(row, &fields);
        self.claim(slot, event, &cells, &mut flaws)
    }

    fn claim(&self, slot: &Slot, event: EventId, cells: &Cells<'_>, flaws: &mut Vec<Flaw>) -> Option<Claim> {
        let quantity = self.quantity(slot, cells, flaws)?;
        let id = ClaimId::of_event(event, slot.letter)?;
        let mut claim = Claim::with_id(id, event, slot.measure.clone(), slot.class.clone(), quantity);
        claim.origin = Some(Origin::Dataset(self.origin.clone()));
        if let Some((_, speaker)) = self.said(cells, self.columns.speaker) {
            claim.speaker = Text::from(&*speaker);
        }
        claim.attackers = self.attackers(slot, cells);
        // What is wrong with it is told with the event.
        claim.grade = self.grade(cells, &mut Vec::new());
        Some(claim)
    }

    /// How many attackers a number includes; none where the row does not say.
    pub(super) fn attackers(&self, slot: &Slot, cells: &Cells<'_>) -> u64 {
        let said = self.said(cells, slot.column(Part::Attackers));
        said.and_then(|(_, text)| whole(&text, self.decimal).ok()).unwrap_or(0)
    }

    pub(super) fn quantity(&self, slot: &Slot, cells: &Cells<'_>, flaws: &mut Vec<Flaw>) -> Option<Quantity> {
        if let Some(column) = slot.column(Part::Written) {
            return self.as_written(column, cells, flaws);
        }
        let mut said = |part: Part| {
            let Some(column) = slot.column(part) else { return Said::NoColumn };
            let text = cells.get(column);
            if text.is_empty() {
                return Said::Blank;
            }
            if self.is_missing(&text) {
                return Said::Missing;
            }
            match number::whole(&text, self.decimal) {
                Ok(n) => Said::Number(n),
                Err(wrong) => {
                    flaws.push(Flaw { column, wrong });
                    Said::Unreadable
                }
            }
        };
        match said(Part::AtLeast) {
            Said::Number(0) | Said::Blank => return None,
            Said::Number(n) => return Some(Quantity::AtLeast(n)),
            Said::Missing | Said::Unreadable => return Some(Quantity::Unknown),
            Said::NoColumn => {}
        }
        let (low, best, high) = (said(Part::Low), said(Part::Best), said(Part::High));
        if [low, best, high].iter().all(|said| *said == Said::NoColumn) {
            return None;
        }
        let (low, best, high) = (low.number(), best.number(), high.number());
        let order: Vec<u64> = [low, best, high].into_iter().flatten().collect();
        if !order.is_sorted()
            && let Some(column) = [Part::Best, Part::Low, Part::High].into_iter().find_map(|part| slot.column(part))
        {
            flaws.push(Flaw { column, wrong: Wrong::Order { low, best, high } });
        }
        Some(Quantity::estimate(low, best, high))
    }

    /// A number as an analyst would type it. A blank field says nothing at all.
    fn as_written(&self, column: usize, cells: &Cells<'_>, flaws: &mut Vec<Flaw>) -> Option<Quantity> {
        let text = cells.get(column);
        if text.is_empty() {
            return None;
        }
        if self.is_missing(&text) {
            return Some(Quantity::Unknown);
        }
        let read = written(&text, self.decimal).map_err(|wrong| flaws.push(Flaw { column, wrong }));
        Some(read.unwrap_or(Quantity::Unknown))
    }
}

/// The first bytes of these texts, as bits.
fn starts(texts: &[Text]) -> [u64; 4] {
    let mut bits = [0; 4];
    for first in texts.iter().filter_map(|text| text.bytes().next()) {
        bits[usize::from(first / 64)] |= 1 << (first % 64);
    }
    bits
}

/// The data set by name and version, as the origin of its claims.
pub(super) fn origin(dataset: &Dataset) -> Text {
    if dataset.version.is_empty() {
        dataset.name.clone()
    } else {
        format!("{} {}", dataset.name, dataset.version).into()
    }
}
