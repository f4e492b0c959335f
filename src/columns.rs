//! The columns of events: what each shows, how it sorts, and how a typed text becomes a change.
//!
//! The event table, its clipboard and everything else that speaks of events by column reads them from here: [`of`] gives
//! those of a project, the built-in ones ([`COLUMNS`], where a new one is one entry) and behind them the analyst's own
//! (`own`). It knows the model and what is derived from it; it must not know any screen.

mod cell;
mod fields;
mod figures;
#[cfg(test)]
pub(crate) mod fixture;
pub mod group;
pub mod order;
mod own;
mod subtotal;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::derive::Derived;
use crate::derive::columnar::{Columnar, Flag, TextField, Words};
use crate::model::{ColumnId, Event, Measure, OwnColumn, OwnKind, Project};

pub use self::cell::{Cell, Key, Mark, Rank};
pub use self::subtotal::Subtotal;
pub use crate::model::quantity::grouped;

/// An event with what stands around it.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// The project.
    pub project: &'a Project,
    /// What follows from it.
    pub derived: &'a Derived,
    /// The event; it may hold changes that the project does not have yet.
    pub event: &'a Event,
    /// Today, for dates such as "yesterday".
    pub today: Date,
}

/// Which number of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The smallest.
    Low,
    /// The most likely.
    Best,
    /// The largest.
    High,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// When the event happened.
    Date,
    /// A number of the figure of a measure, over all classes.
    Figure(Measure, Part),
    /// One of a list of words.
    Choice,
    /// A number, with or without decimals.
    Number,
    /// A count as a report states it.
    Quantity,
    /// Words with commas between them.
    Tags,
    /// What follows from other records and cannot be typed.
    Fact,
}

/// To which side a column's texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// Where `derive::columnar` keeps the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// Nowhere: they are read from the event.
    Nowhere,
    /// As first and last days.
    Days,
    /// As texts.
    Words(TextField),
    /// As numbers of figures.
    Figure,
    /// As the count of articles that are quoted.
    Sources,
    /// As the count of events that are covered.
    Covers,
    /// As something that is so or not.
    Flag(Flag),
    /// As the texts of a column of the analyst's own.
    Own(ColumnId),
}

type Preview = fn(&Column, &Row<'_>, &str) -> Option<String>;
type Parse = fn(&Column, &Row<'_>, &str) -> Result<Put, String>;

/// What a typed text makes of an event: it puts the value in its place, and says whether that was another one.
pub type Put = Box<dyn FnOnce(&mut Event) -> bool>;

/// A column of events.
pub struct Column {
    /// Its name in filters and exports. It never changes.
    pub id: &'static str,
    /// The words over it.
    pub title: &'static str,
    /// The words where there is room, and for screen readers.
    pub name: &'static str,
    /// What it holds, in one sentence.
    pub help: &'static str,
    /// Its width at first, in points.
    pub width: f32,
    /// To which side its texts stand.
    pub side: Side,
    /// What it holds.
    pub kind: Kind,
    /// Whether it stays in view when the table is scrolled sideways.
    pub frozen: bool,
    /// Whether it is hidden until somebody asks for it.
    pub hidden: bool,
    /// Where its values are kept as numbers, for sorting and filtering many events.
    pub stored: Stored,
    own: Option<&'static OwnColumn>,
    read: fn(&Self, &Row<'_>) -> Cell,
    text: fn(&Self, &Row<'_>) -> String,
    key: fn(&Self, &Row<'_>) -> Key,
    parse: Option<Parse>,
    choices: Option<fn(&Self, &Project) -> Vec<String>>,
    preview: Option<Preview>,
}

/// The columns of a project: the built-in ones, then the analyst's own, each in its order. A column of the analyst's own
/// is another one as soon as its definition changes: its id says that it is the same.
pub fn of(project: &Project) -> Vec<&'static Column> {
    COLUMNS.iter().chain(own::all(project)).collect()
}

impl Column {
    /// The built-in column of this name.
    pub fn of(id: &str) -> Option<&'static Self> {
        COLUMNS.iter().find(|column| column.id == id)
    }

    /// The column of this name in a project, built in or the analyst's own.
    pub fn find(project: &Project, id: &str) -> Option<&'static Self> {
        Self::of(id).or_else(|| own::all(project).find(|column| column.id == id))
    }

    /// Its definition in the codebook, where it is the analyst's own.
    pub fn own(&self) -> Option<&'static OwnColumn> {
        self.own
    }

    /// The texts of all events in it, where they are kept as texts. `None` of others, and where no event has any.
    pub fn words<'a>(&self, table: &'a Columnar) -> Option<&'a Words> {
        match self.stored {
            Stored::Words(field) => Some(table.words(field)),
            Stored::Own(id) => table.own(id),
            _ => None,
        }
    }

    /// What the cell shows.
    pub fn read(&self, row: &Row<'_>) -> Cell {
        (self.read)(self, row)
    }

    /// The cell's value as it is typed and copied: dates in EDTF, numbers without separators, nothing as an empty text.
    pub fn text(&self, row: &Row<'_>) -> String {
        (self.text)(self, row)
    }

    /// By what the cell sorts.
    pub fn key(&self, row: &Row<'_>) -> Key {
        (self.key)(self, row)
    }

    /// Whether values can be typed into it.
    pub fn is_editable(&self) -> bool {
        self.parse.is_some()
    }

    /// Whether its texts may have several lines: texts of the analyst's own. Every other value is one line.
    pub fn takes_lines(&self) -> bool {
        self.own.is_some_and(|own| own.kind == OwnKind::Text)
    }

    /// How many line ends of a text become blanks in it.
    pub fn blanks(&self, text: &str) -> usize {
        let one_line = self.kind == Kind::Text && self.is_editable() && !self.takes_lines();
        if one_line { fields::line_ends(text.trim()) } else { 0 }
    }

    /// Whether it shows numbers of a figure, which somebody may set only with a reason.
    pub fn is_figure(&self) -> bool {
        matches!(self.kind, Kind::Figure(..))
    }

    /// The event with this text in the column; an empty text clears it. A figure set by hand comes without its reason,
    /// which must be filled in before the event can be taken.
    ///
    /// # Errors
    /// Where the text is no value of the column; the message says why, and what to type instead.
    pub fn parse(&self, row: &Row<'_>, text: &str) -> Result<Event, String> {
        let put = self.put(row, text)?;
        let mut event = row.event.clone();
        put(&mut event);
        Ok(event)
    }

    /// The same as a change of the row's event, so that many cells of a row are put into one copy of it.
    ///
    /// # Errors
    /// Where the text is no value of the column; the message says why, and what to type instead.
    pub fn put(&self, row: &Row<'_>, text: &str) -> Result<Put, String> {
        match self.parse {
            Some(parse) => parse(self, row, text.trim()),
            None => Err(format!("{} cannot be typed: it follows from other records", self.name)),
        }
    }

    /// The words to choose from; empty for other kinds. One that ends with a colon wants a reason behind it.
    pub fn choices(&self, project: &Project) -> Vec<String> {
        self.choices.map_or_else(Vec::new, |choices| choices(self, project))
    }

    /// How a text that is being typed is understood, where that is more than the text itself.
    pub fn preview(&self, row: &Row<'_>, text: &str) -> Option<String> {
        self.preview.and_then(|preview| preview(self, row, text.trim()))
    }

    /// What is to be said of a cell beyond its text: how a figure was made or who set it and why, what a mark means.
    pub fn tip(&self, row: &Row<'_>) -> Option<String> {
        if let Kind::Figure(measure, _) = &self.kind {
            return figures::how(row, measure);
        }
        match self.read(row).mark? {
            Mark::ByHand | Mark::ClaimsChanged | Mark::Flagged => None,
            Mark::Conflict => Some("Claims contradict each other; the event tab shows them side by side".to_owned()),
            Mark::Unreadable => own::why(self, row),
        }
    }

    /// Whether an event has a figure set by hand that still lacks its reason.
    pub fn lacks_reason(event: &Event) -> bool {
        event.by_hand.iter().any(|hand| hand.reason.trim().is_empty())
    }
}

const TEXT: Column = Column {
    id: "",
    title: "",
    name: "",
    help: "",
    width: 96.0,
    side: Side::Left,
    kind: Kind::Text,
    frozen: false,
    hidden: false,
    stored: Stored::Nowhere,
    own: None,
    read: fields::read_text,
    text: fields::no_text,
    key: fields::key_text,
    parse: None,
    choices: None,
    preview: None,
};

/// A column of one number of a figure.
const fn figure(
    id: &'static str,
    title: &'static str,
    name: &'static str,
    help: &'static str,
    measure: Measure,
    part: Part,
    hidden: bool,
) -> Column {
    Column {
        id,
        title,
        name,
        help,
        width: 80.0,
        side: Side::Right,
        kind: Kind::Figure(measure, part),
        frozen: false,
        hidden,
        stored: Stored::Figure,
        own: None,
        read: figures::read,
        text: figures::text,
        key: figures::key,
        parse: Some(figures::parse),
        choices: None,
        preview: Some(figures::preview),
    }
}

/// Every built-in column, in the order in which they stand at first. Frozen ones come first.
pub static COLUMNS: &[Column] = &[
    Column {
        id: "id",
        title: "Id",
        name: "Id",
        help: "The event's own id, which never changes",
        width: 112.0,
        kind: Kind::Fact,
        frozen: true,
        text: |_, row| row.event.id.to_string(),
        ..TEXT
    },
    Column {
        id: "when",
        stored: Stored::Days,
        title: "When",
        name: "When",
        help: "The day or days of the event: 2022-09-16, 2022-09, 16 September 2022, 2022-09-14/2022-09-17",
        width: 180.0,
        kind: Kind::Date,
        frozen: true,
        text: |_, row| row.event.when.map_or_else(String::new, |when| when.to_string()),
        key: fields::key_when,
        parse: Some(fields::parse_when),
        preview: Some(fields::preview_when),
        ..TEXT
    },
    Column {
        id: "title",
        stored: Stored::Words(TextField::Title),
        title: "Title",
        name: "Title",
        help: "A few words that tell the event from others",
        width: 180.0,
        text: |_, row| fields::said(&row.event.title),
        parse: Some(|_, _, text| fields::with(text, |event, text| fields::put(&mut event.title, text))),
        ..TEXT
    },
    Column {
        id: "place",
        stored: Stored::Words(TextField::Place),
        title: "Place",
        name: "Place",
        help: "The name of the place",
        width: 100.0,
        text: |_, row| fields::said(&row.event.location.name),
        parse: Some(|_, _, text| fields::with(text, |event, text| fields::put(&mut event.location.name, text))),
        ..TEXT
    },
    Column {
        id: "adm1",
        stored: Stored::Words(TextField::Adm1),
        title: "Province",
        name: "Province",
        help: "First order division: province, region, oblast",
        width: 84.0,
        text: |_, row| fields::said(&row.event.location.adm1),
        parse: Some(|_, _, text| fields::with(text, |event, text| fields::put(&mut event.location.adm1, text))),
        ..TEXT
    },
    Column {
        id: "country",
        stored: Stored::Words(TextField::Country),
        title: "Country",
        name: "Country",
        help: "The country of the place",
        width: 88.0,
        text: |_, row| fields::said(&row.event.location.country),
        parse: Some(|_, _, text| fields::with(text, |event, text| fields::put(&mut event.location.country, text))),
        ..TEXT
    },
    Column {
        id: "kind",
        stored: Stored::Words(TextField::Kind),
        title: "Kind",
        name: "Kind",
        help: "What kind of event, in the codebook's words",
        width: 104.0,
        kind: Kind::Choice,
        text: |_, row| fields::said(&row.event.kind),
        parse: Some(fields::parse_kind),
        choices: Some(fields::kinds),
        ..TEXT
    },
    figure(
        "killed.low",
        "Killed low",
        "Killed, low",
        "The smallest number of people killed",
        Measure::Killed,
        Part::Low,
        false,
    ),
    figure("killed", "Killed", "Killed, best", "The best figure of people killed", Measure::Killed, Part::Best, false),
    figure(
        "killed.high",
        "Killed high",
        "Killed, high",
        "The largest number of people killed; 12+ is open above",
        Measure::Killed,
        Part::High,
        false,
    ),
    figure(
        "injured.low",
        "Injured low",
        "Injured, low",
        "The smallest number of people injured",
        Measure::Injured,
        Part::Low,
        true,
    ),
    figure(
        "injured",
        "Injured",
        "Injured, best",
        "The best figure of people injured",
        Measure::Injured,
        Part::Best,
        false,
    ),
    figure(
        "injured.high",
        "Injured high",
        "Injured, high",
        "The largest number of people injured; 12+ is open above",
        Measure::Injured,
        Part::High,
        true,
    ),
    figure(
        "missing",
        "Missing",
        "Missing, best",
        "The best figure of people whose fate is not known",
        Measure::Missing,
        Part::Best,
        false,
    ),
    figure(
        "captured",
        "Captured",
        "Captured, best",
        "The best figure of people taken prisoner, held or abducted",
        Measure::Captured,
        Part::Best,
        false,
    ),
    figure(
        "displaced",
        "Displaced",
        "Displaced, best",
        "The best figure of people who had to leave their homes",
        Measure::Displaced,
        Part::Best,
        false,
    ),
    figure(
        "casualties",
        "Casualties",
        "Casualties, best",
        "The best figure of dead, wounded or missing, where reports do not split them",
        Measure::Casualties,
        Part::Best,
        false,
    ),
    Column {
        id: "sources",
        stored: Stored::Sources,
        title: "Sources",
        name: "Sources",
        help: "How many articles are quoted on the event",
        width: 76.0,
        side: Side::Right,
        kind: Kind::Fact,
        read: fields::read_count,
        text: |_, row| row.derived.sources_of(row.event.id).to_string(),
        key: fields::key_count,
        ..TEXT
    },
    Column {
        id: "conflict",
        stored: Stored::Flag(Flag::Conflict),
        title: "Conflict",
        name: "Conflict",
        help: "Whether claims about the event contradict each other",
        width: 88.0,
        kind: Kind::Fact,
        read: fields::read_conflict,
        text: |_, row| {
            if row.derived.has_conflict(row.event.id) { fields::CONFLICT.to_owned() } else { String::new() }
        },
        ..TEXT
    },
    Column {
        id: "status",
        stored: Stored::Words(TextField::Status),
        title: "Status",
        name: "Status",
        help: "How far the coding has come; “excluded: reason” takes the event out of all totals",
        kind: Kind::Choice,
        text: fields::status,
        key: fields::key_status,
        parse: Some(fields::parse_status),
        choices: Some(fields::statuses),
        ..TEXT
    },
    Column {
        id: "side_a",
        stored: Stored::Words(TextField::SideA),
        title: "Side A",
        width: 104.0,
        name: "Side A",
        help: "The first party; a party, not a culprit",
        text: |_, row| fields::said(&row.event.side_a),
        parse: Some(|_, _, text| fields::with(text, |event, text| fields::put(&mut event.side_a, text))),
        ..TEXT
    },
    Column {
        id: "side_b",
        stored: Stored::Words(TextField::SideB),
        title: "Side B",
        width: 104.0,
        name: "Side B",
        help: "The second party; a party, not a culprit",
        text: |_, row| fields::said(&row.event.side_b),
        parse: Some(|_, _, text| fields::with(text, |event, text| fields::put(&mut event.side_b, text))),
        ..TEXT
    },
    Column {
        id: "tags",
        stored: Stored::Words(TextField::Tags),
        title: "Tags",
        name: "Tags",
        help: "Free marks, with commas between them",
        kind: Kind::Tags,
        text: |_, row| row.event.tags.join(", "),
        parse: Some(fields::parse_tags),
        ..TEXT
    },
    Column {
        id: "coordinates",
        title: "Coordinates",
        name: "Coordinates",
        help: "Latitude and longitude in degrees: 40.06, 70.82",
        width: 130.0,
        text: fields::coordinates,
        parse: Some(fields::parse_coordinates),
        ..TEXT
    },
    Column {
        id: "precision",
        stored: Stored::Words(TextField::Precision),
        title: "Precision",
        name: "Precision",
        help: "How exactly the place is known, in the steps of UCDP GED",
        width: 92.0,
        kind: Kind::Choice,
        text: |_, row| row.event.location.precision.map_or_else(String::new, |p| p.key().to_owned()),
        key: fields::key_precision,
        parse: Some(fields::parse_precision),
        choices: Some(fields::precisions),
        ..TEXT
    },
    Column {
        id: "covers",
        stored: Stored::Covers,
        title: "Covers",
        name: "Covers",
        help: "How many other events this summary includes",
        width: 72.0,
        side: Side::Right,
        kind: Kind::Fact,
        read: fields::read_count,
        text: |_, row| match row.event.covers.len() {
            0 => String::new(),
            n => n.to_string(),
        },
        key: fields::key_count,
        ..TEXT
    },
];
