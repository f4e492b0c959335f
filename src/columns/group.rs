//! Putting events into groups by a column: texts by value, choices in the order of their list, dates by a unit of the
//! calendar, figures by bands.
//!
//! Every event stands in exactly one group. What is not stated, not known or claimed by nobody makes groups of its own
//! behind the values, never a zero. An event with several tags stands in the group of its whole set of tags. A date that
//! does not lie within one unit stands in "not within one month", as sums over time say of it too.

use std::cmp::Ordering;
use std::fmt;

use rayon::prelude::*;

use crate::derive::calendar::{Bin, Unit};
use crate::derive::columnar::{Columnar, Figures, OPEN_END, OPEN_START, TextField, UNDATED, Words, day_of, number_of};
use crate::derive::figures::of_quantity;
use crate::model::own::{Number, Value};
use crate::model::{Measure, Precision, Project, Status, Text};

use super::{Column, Kind, Part, Stored, grouped};

/// By what events are grouped. As a text it is the id of a column, for dates with the unit: `country`, `when:month`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Group {
    /// The id of the column.
    pub column: String,
    /// For dates, the unit of the calendar.
    pub unit: Option<Unit>,
    /// What the column is called.
    name: &'static str,
}

/// The units by which dates are grouped, from the smallest. Weeks begin on the project's day.
pub const UNITS: [Unit; 4] = [Unit::Day, Unit::ISO_WEEK, Unit::Month, Unit::Year];

impl Group {
    /// Events grouped by a column; dates by month. `None` where its values are different for each event.
    pub fn by(column: &Column) -> Option<Self> {
        let unit = (column.kind == Kind::Date).then_some(Unit::Month);
        Self::offered(column).then(|| Self { column: column.id.to_owned(), unit, name: column.name })
    }

    /// Events grouped by each unit of the calendar, from the largest; empty where the column holds no dates.
    pub fn by_units(column: &Column) -> Vec<Self> {
        let by = Self::by(column).filter(|by| by.unit.is_some());
        by.map_or_else(Vec::new, |by| {
            UNITS.into_iter().rev().map(|unit| Self { unit: Some(unit), ..by.clone() }).collect()
        })
    }

    /// The same for a project whose columns may be others now. `None` where there is no such column any more.
    pub fn met(&self, project: &Project) -> Option<Self> {
        let now = Column::find(project, &self.column).and_then(Self::by)?;
        Some(Self { unit: if now.unit.is_some() { self.unit.or(now.unit) } else { None }, ..now })
    }

    /// Reads what `to_string` writes. `column` finds a column by its id.
    ///
    /// # Errors
    /// Where there is no such column, events cannot be grouped by it, or the unit is none of the calendar.
    pub fn parse(text: &str, column: impl Fn(&str) -> Option<&'static Column>) -> Result<Self, NoGroup> {
        let wrong = || NoGroup(text.to_owned());
        let (id, unit) = text.split_once(':').map_or((text, None), |(id, unit)| (id, Some(unit)));
        let group = column(id).and_then(Self::by).ok_or_else(wrong)?;
        match unit {
            None => Ok(group),
            Some(unit) if group.unit.is_some() => {
                let unit = Unit::from_key(unit).ok_or_else(wrong)?;
                Ok(Self { unit: Some(unit), ..group })
            }
            Some(_) => Err(wrong()),
        }
    }

    /// Whether events can be grouped by a column.
    pub fn offered(column: &Column) -> bool {
        !matches!(column.stored, Stored::Nowhere)
    }

    /// What it is called: "Country", "When, by month".
    pub fn title(&self) -> String {
        self.unit.map_or_else(|| self.name.to_owned(), |unit| format!("{}, by {}", self.name, unit.key()))
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.column)?;
        self.unit.map_or(Ok(()), |unit| write!(f, ":{}", unit.key()))
    }
}

/// No column by which events can be grouped, or no unit of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no column by which events can be grouped")]
pub struct NoGroup(String);

/// What the events of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Name {
    /// A text, without blanks around it.
    Text(Text),
    /// A word of a list, and its place in it.
    Word(usize, Text),
    /// A count.
    Count(u64),
    /// A number of a column of the analyst's own.
    Number(Number),
    /// The number of a band of figures.
    Band(usize),
    /// The days of it.
    Days(Bin),
    /// It is so.
    So(&'static str),
    /// The high is open.
    Open,
    /// There is a figure without a best.
    NoBest,
    /// The date does not lie within one of these.
    NotWithin(Unit),
    /// The column cannot read what stands there.
    Unreadable,
    /// Spoken of without a number.
    Unknown,
    /// Nobody spoke of it.
    NoClaim,
    /// Nothing is stated.
    Empty,
}

/// Where bands of figures begin; the last one has no end.
const BANDS: [u64; 12] = [0, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 10_000];

fn band(n: u64) -> usize {
    BANDS.partition_point(|start| *start <= n).saturating_sub(1)
}

impl Name {
    /// What a person reads.
    pub fn label(&self) -> String {
        match self {
            Self::Text(text) | Self::Word(_, text) => text.to_string(),
            Self::Count(n) => grouped(*n),
            Self::Number(number) => number.value().to_string(),
            Self::Band(band) => {
                let first = BANDS.get(*band).copied().unwrap_or_default();
                match BANDS.get(band + 1).map(|next| next - 1) {
                    Some(last) if last == first => grouped(first),
                    Some(last) => format!("{} to {}", grouped(first), grouped(last)),
                    None => format!("{} and more", grouped(first)),
                }
            }
            Self::Days(bin) => bin.long(),
            Self::So(word) => (*word).to_owned(),
            Self::Open => "open above".to_owned(),
            Self::NoBest => "no best figure".to_owned(),
            Self::NotWithin(unit) => format!("not within one {}", unit.key()),
            Self::Unreadable => "cannot be read".to_owned(),
            Self::Unknown => "unknown".to_owned(),
            Self::NoClaim => "no claim".to_owned(),
            Self::Empty => "(empty)".to_owned(),
        }
    }

    /// Whether it is a value, and no word for what is missing.
    pub fn is_value(&self) -> bool {
        self.class() == 0
    }

    /// Values come first; behind them what has none, the emptiest last.
    fn class(&self) -> u8 {
        match self {
            Self::Text(_)
            | Self::Word(..)
            | Self::Count(_)
            | Self::Number(_)
            | Self::Band(_)
            | Self::Days(_)
            | Self::So(_) => 0,
            Self::Open => 1,
            Self::NoBest => 2,
            Self::NotWithin(_) => 3,
            Self::Unreadable => 4,
            Self::Unknown => 5,
            Self::NoClaim => 6,
            Self::Empty => 7,
        }
    }

    /// The order of groups. `descending` turns values around, but never what has no value.
    pub fn order(&self, other: &Self, descending: bool) -> Ordering {
        let values = match (self, other) {
            (Self::Text(a), Self::Text(b)) => by_alphabet(a, b),
            (Self::Word(a, text), Self::Word(b, other)) => a.cmp(b).then_with(|| by_alphabet(text, other)),
            (Self::Count(a), Self::Count(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Band(a), Self::Band(b)) => a.cmp(b),
            (Self::Days(a), Self::Days(b)) => a.cmp(b),
            _ => Ordering::Equal,
        };
        self.class().cmp(&other.class()).then(if descending { values.reverse() } else { values })
    }
}

/// Without regard to case first, so that the order does not depend on who typed.
fn by_alphabet(a: &str, b: &str) -> Ordering {
    a.to_lowercase().cmp(&b.to_lowercase()).then_with(|| a.cmp(b))
}

/// The events of a snapshot in groups.
pub struct Grouping<'a> {
    column: &'static Column,
    unit: Unit,
    project: &'a Project,
    table: &'a Columnar,
    figures: Option<&'a Figures>,
}

impl<'a> Grouping<'a> {
    /// Events grouped by this. `None` where there is no such column.
    pub fn new(group: &Group, project: &'a Project, table: &'a Columnar) -> Option<Self> {
        let column = Column::find(project, &group.column).filter(|column| Group::offered(column))?;
        let figures = match &column.kind {
            Kind::Figure(measure, _) => figures_of(table, measure),
            _ => None,
        };
        let unit = group.unit.unwrap_or(Unit::Month).with_weeks(project.about.almanac.weeks);
        Some(Self { column, unit, project, table, figures })
    }

    /// The group of the event in a slot.
    pub fn name(&self, slot: u32) -> Name {
        let at = slot as usize;
        match (self.column.stored, &self.column.kind) {
            (Stored::Words(field), _) => self.word(field, self.table.words(field).at(at)),
            (Stored::Days, _) => self.days(self.table.dates().at(at)),
            (Stored::Figure, Kind::Figure(_, part)) => self.figure(at, *part),
            (Stored::Sources, _) => Name::Count(u64::from(self.table.sources()[at])),
            (Stored::Covers, _) => match self.table.covers()[at] {
                0 => Name::Empty,
                n => Name::Count(u64::from(n)),
            },
            (Stored::Own(id), _) => self.table.own(id).map_or(Name::Empty, |words| self.own(words.at(at))),
            (Stored::Flag(flag), _) if self.table.flags()[at] & flag.bit() != 0 => Name::So(self.column.id),
            _ => Name::Empty,
        }
    }

    fn word(&self, field: TextField, text: &Text) -> Name {
        let word = text.trim();
        if word.is_empty() && field != TextField::Status {
            return Name::Empty;
        }
        let own = || if word.len() == text.len() { text.clone() } else { word.into() };
        let listed = |place: Option<usize>, len: usize| Name::Word(place.unwrap_or(len), own());
        match field {
            TextField::Status => {
                let key = word.split(':').next().unwrap_or_default();
                let place = Status::KEYS.iter().position(|known| *known == key);
                Name::Word(place.unwrap_or(Status::KEYS.len()), key.into())
            }
            TextField::Precision => {
                let all = Precision::ALL;
                listed(all.iter().position(|known| known.key() == word), all.len())
            }
            TextField::Kind => {
                let kinds = &self.project.about.codebook.kinds;
                listed(kinds.iter().position(|kind| *kind.name == *word), kinds.len())
            }
            TextField::Tags => {
                let mut tags: Vec<&str> = word.split(", ").map(str::trim).collect();
                tags.sort_unstable_by(|a, b| by_alphabet(a, b));
                Name::Text(if tags.len() > 1 { tags.join(", ").into() } else { own() })
            }
            _ => Name::Text(own()),
        }
    }

    /// A value of a column of the analyst's own, as its kind reads it.
    fn own(&self, text: &Text) -> Name {
        let Some(own) = self.column.own().filter(|_| !text.trim().is_empty()) else { return Name::Empty };
        match own.kind.read(text, &|word| self.project.knows_word(word)) {
            Ok(Value::Text) => {
                Name::Text(if text.trim().len() == text.len() { text.clone() } else { text.trim().into() })
            }
            Ok(Value::Word(at)) => Name::Word(at, text.clone()),
            Ok(Value::Number(number)) => Name::Number(number),
            Ok(Value::Quantity(quantity)) => {
                let number = of_quantity(&quantity, &self.project.methodology).pt;
                number.map_or(Name::NoBest, |number| Name::Band(band(number)))
            }
            Ok(Value::Date(date)) => {
                let end = |day: Option<jiff::civil::Date>, open| day.map_or(open, number_of);
                self.days((end(date.earliest(), OPEN_START), end(date.latest(), OPEN_END)))
            }
            Ok(Value::Unknown) => Name::Unknown,
            Err(_) => Name::Unreadable,
        }
    }

    fn days(&self, (first, last): (i32, i32)) -> Name {
        if first == UNDATED {
            return Name::Empty;
        }
        let bin = day_of(first).map(|first| self.unit.bin_of(first));
        match (bin, day_of(last)) {
            (Some(bin), Some(last)) if bin.contains(last) => Name::Days(bin),
            _ => Name::NotWithin(self.unit),
        }
    }

    fn figure(&self, at: usize, part: Part) -> Name {
        let Some(figures) = self.figures.filter(|figures| figures.is_claimed(at)) else { return Name::NoClaim };
        if figures.is_unknown(at) {
            return Name::Unknown;
        }
        match part {
            Part::Low => figures.low(at).map_or(Name::Unknown, |low| Name::Band(band(low))),
            Part::Best => figures.best(at).map_or(Name::NoBest, |best| Name::Band(band(best))),
            Part::High => match figures.high(at) {
                Some((high, true)) => Name::Band(band(high)),
                _ => Name::Open,
            },
        }
    }

    /// A number for each slot that sorts like its group, equal where the group is the same one.
    pub fn numbers(&self, descending: bool) -> Vec<u32> {
        let slots = 0..self.table.slots();
        match self.column.stored {
            Stored::Words(field) => {
                let words = self.table.words(field);
                let numbers = self.numbers_of_words(field, words, descending);
                words.codes().iter().map(|code| numbers[*code as usize]).collect()
            }
            Stored::Days => {
                let dates = self.table.dates();
                let names: Vec<Name> = dates.intervals().map(|days| self.days(days)).collect();
                let numbers = numbers_of(&names, descending);
                dates.codes().iter().map(|code| numbers[*code as usize]).collect()
            }
            Stored::Own(id) => {
                let Some(words) = self.table.own(id) else { return vec![0; self.table.slots()] };
                let names: Vec<Name> = words.texts().map(|text| self.own(text)).collect();
                let numbers = numbers_of(&names, descending);
                words.codes().iter().map(|code| numbers[*code as usize]).collect()
            }
            _ => {
                let names: Vec<Name> = slots.map(|slot| self.name(number(slot))).collect();
                numbers_of(&names, descending)
            }
        }
    }

    /// Brings slots into the order of their groups, within which they keep their own, and gives back those of each group.
    pub fn split<'s>(&self, slots: &'s mut [u32], descending: bool) -> Vec<&'s [u32]> {
        let numbers = self.numbers(descending);
        let number = |slot: &u32| numbers[*slot as usize];
        radsort::sort_by_key(slots, number);
        slots.chunk_by(|a, b| number(a) == number(b)).collect()
    }

    fn numbers_of_words(&self, field: TextField, words: &Words, descending: bool) -> Vec<u32> {
        let plain = !matches!(field, TextField::Status | TextField::Tags | TextField::Kind | TextField::Precision);
        let trimmed = || words.texts().all(|text| text.trim().len() == text.len());
        if !plain || !trimmed() {
            let names: Vec<Name> = words.texts().map(|text| self.word(field, text)).collect();
            return numbers_of(&names, descending);
        }
        // The alphabet is there already; only texts that differ in case alone are still to be told apart.
        let (ranks, texts) = (words.ranks(), words.texts().collect::<Vec<_>>());
        let mut order: Vec<u32> = (1..number(texts.len())).collect();
        radsort::sort_by_key(&mut order, |code| ranks[*code as usize]);
        for same in order.chunk_by_mut(|a, b| ranks[*a as usize] == ranks[*b as usize]) {
            same.sort_unstable_by(|a, b| texts[*a as usize].cmp(texts[*b as usize]));
        }
        if descending {
            order.reverse();
        }
        let mut numbers = vec![u32::MAX; texts.len()];
        order.iter().zip(0..).for_each(|(code, n)| numbers[*code as usize] = n);
        numbers
    }
}

/// The place of each name among the different ones.
fn numbers_of(names: &[Name], descending: bool) -> Vec<u32> {
    let mut order: Vec<u32> = (0..number(names.len())).collect();
    let name = |at: &u32| &names[*at as usize];
    order.par_sort_unstable_by(|a, b| name(a).order(name(b), descending));
    let mut numbers = vec![0; names.len()];
    let mut n = 0;
    for (i, at) in order.iter().enumerate() {
        n += u32::from(i > 0 && name(&order[i - 1]) != name(at));
        numbers[*at as usize] = n;
    }
    numbers
}

fn figures_of<'a>(table: &'a Columnar, measure: &Measure) -> Option<&'a Figures> {
    table.figures(measure)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::columns::{COLUMNS, fixture};
    use crate::derive::Derived;
    use crate::model::{Claim, Class, Event, EventDate, Quantity, Records};

    prop_compose! {
        fn some_event()(when in "(2022(-0[1-3](-1[0-9])?)?|2022-01-30/2022-02-02|\\.\\./2022|)", place in "( ?(Osh|osh|Batken|É) ?|)", how in 0_u8..12, quantity in "(|\\?|[0-9]|[0-9]\\+|<=[0-9]|[1-4]-[5-9]|1[0-9]{3})")
            -> (Event, String) {
            let mut event = Event::new(crate::model::EventId::random());
            event.when = EventDate::parse(&when).ok();
            event.location.name = place.as_str().into();
            event.kind = ["", "battle", "shelling", "unlisted"][usize::from(how % 4)].into();
            event.tags = [&[][..], &["a".into(), "b".into()], &["b".into(), "a".into()]][usize::from(how % 3)].into();
            event.status = [Status::Draft, Status::Excluded("x".into()), Status::Excluded("y".into())][usize::from(how % 3)].clone();
            (event, quantity)
        }
    }

    fn groups() -> Vec<Group> {
        COLUMNS.iter().flat_map(|column| Group::by(column).into_iter().chain(Group::by_units(column))).collect()
    }

    proptest! {
        #[test]
        fn numbers_say_the_same_groups_in_the_same_order_as_names(events in prop::collection::vec(some_event(), 0..16), descending in any::<bool>()) {
            let claims = events.iter().filter_map(|(event, quantity)| {
                let quantity = Quantity::parse(quantity).ok()?;
                Some(Claim::new(event.id, Measure::Killed, Class::TOTAL, quantity))
            });
            let claims = Records::from_list(claims.collect::<Vec<_>>()).0;
            let events = Records::from_list(events.into_iter().map(|(event, _)| event)).0;
            let mut about = crate::model::About::default();
            about.codebook.kinds = ["shelling", "battle"].map(|name| crate::model::Term { name: name.into(), meaning: "".into() }).to_vec();
            let project = Project { events, claims, about: about.into(), ..Project::titled("x") };
            let derived = Derived::from_scratch(&project);
            let table = derived.columnar();
            for group in groups() {
                let grouping = Grouping::new(&group, &project, table).expect("a column");
                let numbers = grouping.numbers(descending);
                for a in table.order() {
                    for b in table.order() {
                        let (x, y) = (grouping.name(*a), grouping.name(*b));
                        let order = numbers[*a as usize].cmp(&numbers[*b as usize]);
                        prop_assert_eq!(order, x.order(&y, descending), "{}: {:?} {:?}", group, x, y);
                        prop_assert_eq!(order.is_eq(), x == y, "{}: {:?} {:?}", group, x, y);
                    }
                }
            }
        }
    }

    fn own_project(rows: &[[&str; 5]]) -> Project {
        let columns = [
            ("hospital", "hospital", "text"),
            ("distance", "distance", "number"),
            ("beds", "beds", "quantity"),
            ("seen_on", "seen_on", "date"),
            ("damage", "damage", "choice"),
        ];
        fixture::own_project(columns, &["minor", "major"], rows)
    }

    #[test]
    fn columns_of_the_analysts_own_are_grouped_as_their_kind_reads_them() {
        let rows = [
            ["Osh ", "10", "7", "2022-09-16", "major"],
            ["Osh", "9.50", "<=9", "2022", "minor"],
            ["", "?", "?", "?", "?"],
            ["osh", "far", "some", "soon", "odd"],
        ];
        let project = own_project(&rows);
        let derived = Derived::from_scratch(&project);
        let table = derived.columnar();
        let labels = |id: &str| {
            let group = Group::by(Column::find(&project, id).expect("a column")).expect("it can be grouped by");
            let grouping = Grouping::new(&group, &project, table).expect("a grouping");
            let numbers = grouping.numbers(false);
            let mut slots = table.order().to_vec();
            slots.sort_by_key(|slot| numbers[*slot as usize]);
            let names: Vec<Name> = slots.iter().map(|slot| grouping.name(*slot)).collect();
            assert!(names.is_sorted_by(|a, b| a.order(b, false).is_le()), "{names:?}");
            names.iter().map(Name::label).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(labels("hospital"), "Osh, Osh, osh, (empty)");
        assert_eq!(labels("distance"), "9.5, 10, cannot be read, unknown");
        assert_eq!(labels("beds"), "5 to 9, no best figure, cannot be read, unknown");
        assert_eq!(labels("seen_on"), "September 2022, not within one month, cannot be read, unknown");
        assert_eq!(labels("damage"), "minor, major, cannot be read, unknown");
    }

    #[test]
    fn a_group_follows_its_column_and_goes_with_it() {
        let project = own_project(&[["x", "1", "1", "2022", "minor"]]);
        let by = Group::parse("seen_on:year", |id| Column::find(&project, id)).expect("a group");
        assert_eq!(by.met(&project), Some(by.clone()));
        let mut other = project.clone();
        let mut about = (*other.about).clone();
        about.codebook.columns[3].kind = crate::model::OwnKind::Text;
        about.codebook.columns[3].title = "Seen".into();
        other.about = about.into();
        let met = by.met(&other).expect("it is still there");
        assert_eq!((met.to_string(), met.title()), ("seen_on".to_owned(), "Seen".to_owned()));
        assert_eq!(by.met(&Project::titled("x")), None);
    }

    #[test]
    fn a_group_is_written_and_read() {
        for group in groups() {
            assert_eq!(Group::parse(&group.to_string(), Column::of), Ok(group));
        }
        assert_eq!(Group::parse("when", Column::of).map(|group| group.to_string()), Ok("when:month".to_owned()));
        for wrong in ["id", "nothing", "country:month", "when:hour", ""] {
            assert!(Group::parse(wrong, Column::of).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_band_says_from_where_to_where() {
        let label = |n| Name::Band(band(n)).label();
        let labels = [0, 1, 3, 9, 10, 99, 1_000, 123_456].map(label);
        let wanted = ["0", "1", "2 to 4", "5 to 9", "10 to 24", "50 to 99", "1,000 to 9,999", "10,000 and more"]
            .map(str::to_owned);
        assert_eq!(labels, wanted);
    }
}
