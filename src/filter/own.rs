//! Questions to the columns of the analyst's own, each in the way of its kind.
//!
//! A column is known by its id and by its title. Values are kept as texts: a question is read once and asked of each
//! distinct text. What is unknown or cannot be read matches no comparison.

use crate::columns::Part;
use crate::derive::columnar::{Day, OPEN_END, OPEN_START, number_of};
use crate::derive::figures::of_quantity;
use crate::model::own::{Number, Value};
use crate::model::{ColumnId, EventDate, OwnColumn, OwnKind, Project};

use super::lex::{Joint, Piece};
use super::parse::{bounds, days, is_unknown, mistake, only_has, text_test};
use super::search::{Slots, mark};
use super::{Mistake, Test};
use crate::derive::columnar::Columnar;

/// A question to a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    column: ColumnId,
    kind: OwnKind,
    ask: Ask,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Ask {
    /// It holds, or is, this lower-case text.
    Text { text: String, whole: bool },
    /// Its rank lies within.
    Number { from: u64, to: u64 },
    /// A part of its count lies within.
    Count { part: Part, from: u64, to: u64 },
    /// Its days lie in these, or have one in common with them.
    Days { first: Day, last: Day, overlaps: bool },
    /// It was looked for and is not known.
    Unknown,
    /// There is a value.
    Any,
}

/// The column of a name, which is its id or its title in lower case, with the part of a count.
pub(super) fn find<'p>(name: &str, project: &'p Project) -> Option<(&'p OwnColumn, Part)> {
    let named = |name: &str| {
        let columns = &project.about.codebook.columns;
        let by_id = columns.iter().find(|column| column.id.as_str() == name);
        by_id.or_else(|| columns.iter().find(|column| column.title.to_lowercase() == name))
    };
    let counts = |column: &&OwnColumn| column.kind == OwnKind::Quantity;
    let part = |end: &str, part: Part| {
        let column = name.strip_suffix(end).and_then(named).filter(counts);
        column.map(|column| (column, part))
    };
    let whole = named(name).map(|column| (column, Part::Best));
    whole
        .or_else(|| part(".low", Part::Low))
        .or_else(|| part(".best", Part::Best))
        .or_else(|| part(".high", Part::High))
}

/// Whether a column has a value.
pub(super) fn has(column: &OwnColumn) -> Test {
    Test::Own(Question { column: column.id, kind: column.kind.clone(), ask: Ask::Any })
}

/// What a term asks of a column.
pub(super) fn test(
    (column, part): (&OwnColumn, Part),
    joint: Joint,
    field: &Piece<'_>,
    value: &Piece<'_>,
) -> Result<Test, Mistake> {
    let question = |ask| Test::Own(Question { column: column.id, kind: column.kind.clone(), ask });
    let ask = match &column.kind {
        kind if *kind != OwnKind::Text && is_unknown(joint, value) => Ask::Unknown,
        OwnKind::Text | OwnKind::Choice(_) => {
            return text_test(joint, field, value, |text, whole| question(Ask::Text { text, whole }));
        }
        OwnKind::Number => {
            let (from, to) = ranks(joint, field, value)?;
            Ask::Number { from, to }
        }
        OwnKind::Quantity => {
            let (from, to) = bounds(joint, field, value)?;
            Ask::Count { part, from, to }
        }
        OwnKind::Date => match days(joint, value)? {
            Test::Days { first, last, overlaps } => Ask::Days { first, last, overlaps },
            other => return Ok(other),
        },
    };
    Ok(question(ask))
}

/// From and to as ranks of numbers, both included.
fn ranks(joint: Joint, field: &Piece<'_>, value: &Piece<'_>) -> Result<(u64, u64), Mistake> {
    let at = || value.at.clone();
    let rank = |text: &str| {
        let tidy = Number::tidy(text).and_then(|text| Number::parse(&text));
        tidy.map(Number::rank)
            .map_err(|_| mistake(at(), format!("“{text}” is no number. Write {}>2.5, {0}=10 or {0}:5..10", field.text)))
    };
    if let Some((from, to)) = value.text.split_once("..") {
        if !matches!(joint, Joint::Has | Joint::Is) {
            return Err(mistake(at(), format!("A range goes with a colon: {}:{}", field.text, value.text)));
        }
        let from = if from.trim().is_empty() { 0 } else { rank(from)? };
        let to = if to.trim().is_empty() { u64::MAX } else { rank(to)? };
        if from > to {
            return Err(mistake(at(), "The first number is above the last one"));
        }
        return Ok((from, to));
    }
    let rank = rank(&value.text)?;
    // No rank is 0 or the largest: each has one below and one above it.
    Ok(match joint {
        Joint::Has | Joint::Is => (rank, rank),
        Joint::Above => (rank + 1, u64::MAX),
        Joint::From => (rank, u64::MAX),
        Joint::Below => (0, rank - 1),
        Joint::To => (0, rank),
        Joint::Overlaps => return only_has(joint, field).map(|()| (rank, rank)),
    })
}

impl Question {
    /// For each slot whether it is so.
    pub(super) fn search(&self, project: &Project, table: &Columnar) -> Slots {
        let mut found = vec![false; table.slots()];
        let Some(words) = table.own(self.column) else {
            // Every value is empty: only a question for nothing finds it.
            found.fill(matches!(&self.ask, Ask::Text { text, .. } if text.is_empty()));
            return found;
        };
        let is = match &self.ask {
            Ask::Text { text, whole: false } if text.is_empty() => words.being(str::is_empty),
            Ask::Text { text, whole: false } => words.holding(text),
            Ask::Text { text, whole: true } => words.being(|word| word == text),
            Ask::Any => words.being(|word| !word.is_empty()),
            _ => words.texts().map(|text| self.says(text, project)).collect(),
        };
        mark(&mut found, words, &is);
        found
    }

    /// Whether it is so of one text, given also in lower case.
    pub(super) fn passes(&self, own: &str, lower: &str, project: &Project) -> bool {
        match &self.ask {
            Ask::Text { text, whole: false } if text.is_empty() => lower.is_empty(),
            Ask::Text { text, whole: false } => lower.contains(text.as_str()),
            Ask::Text { text, whole: true } => lower == text,
            Ask::Any => !lower.is_empty(),
            _ => self.says(own, project),
        }
    }

    /// Which column is asked.
    pub(super) fn column(&self) -> ColumnId {
        self.column
    }

    fn says(&self, text: &str, project: &Project) -> bool {
        let is_word = |word: &str| project.knows_word(word);
        !text.is_empty() && self.kind.read(text, &is_word).is_ok_and(|value| self.is(&value, project))
    }

    fn is(&self, value: &Value, project: &Project) -> bool {
        match (&self.ask, value) {
            (Ask::Unknown, Value::Unknown) => true,
            (Ask::Number { from, to }, Value::Number(number)) => (*from..=*to).contains(&number.rank()),
            (Ask::Count { part, from, to }, Value::Quantity(quantity)) => {
                let reading = of_quantity(quantity, &project.methodology);
                let within = |n: u64| *from <= n && n <= *to;
                match part {
                    Part::Low => reading.lo.is_some_and(within),
                    Part::Best => reading.pt.is_some_and(within),
                    // Of an open high only that it is no smaller can be said.
                    Part::High => match (reading.hi, reading.lo) {
                        (Some(high), _) => within(high),
                        (None, Some(low)) => *from <= low && *to == u64::MAX,
                        (None, None) => false,
                    },
                }
            }
            (Ask::Days { first, last, overlaps }, Value::Date(date)) => {
                let (from, to) = interval(date);
                if *overlaps { from <= *last && to >= *first } else { from >= *first && to <= *last }
            }
            _ => false,
        }
    }
}

fn interval(date: &EventDate) -> (Day, Day) {
    (date.earliest().map_or(OPEN_START, number_of), date.latest().map_or(OPEN_END, number_of))
}

/// For each slot whether a column cannot read its value there.
pub(super) fn unreadable(project: &Project, table: &Columnar) -> Slots {
    let mut found = vec![false; table.slots()];
    for (id, words) in table.owns() {
        let is: Vec<bool> = words.texts().map(|text| is_unreadable(id, text, project)).collect();
        mark(&mut found, words, &is);
    }
    found
}

/// Whether a column cannot read this text.
pub(super) fn is_unreadable(column: ColumnId, text: &str, project: &Project) -> bool {
    let is_word = |word: &str| project.knows_word(word);
    let known = project.about.codebook.column(column);
    !text.is_empty() && known.is_none_or(|column| column.kind.read(text, &is_word).is_err())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::columns::{self, Row, fixture};
    use crate::derive::Derived;
    use crate::filter::{Filter, complete, term_of};
    use crate::model::{EventDate, Project};

    fn project(rows: &[[&str; 5]]) -> Project {
        let columns = [
            ("hospital", "Hospital", "text"),
            ("distance", "Distance (km)", "number"),
            ("beds", "Beds", "quantity"),
            ("seen_on", "Seen on", "date"),
            ("column", "Тяжесть", "choice"),
        ];
        fixture::own_project(columns, &["minor", "major blast"], rows)
    }

    fn found(project: &Project, line: &str) -> String {
        let derived = Derived::from_scratch(project);
        let filter = Filter::parse(line, project).unwrap_or_else(|mistake| panic!("{line}: {mistake}"));
        let slots = filter.search(project, &derived);
        let table = derived.columnar();
        let through = table.order().iter().filter(|slot| slots[**slot as usize]);
        through.map(|slot| table.id(*slot).to_string()).collect::<Vec<_>>().join(" ")
    }

    const ROWS: [[&str; 5]; 5] = [
        ["City hospital", "3.5", "12", "2022-09-16", "minor"],
        ["Field hospital?", "-2", "40-50", "2022-09", "major blast"],
        ["?", "?", "?", "?", "?"],
        ["", "", "", "", ""],
        ["West (annex)", "far", "30+", "one day", "middling"],
    ];

    #[test]
    fn a_column_of_the_analysts_own_is_asked_in_the_way_of_its_kind() {
        let project = project(&ROWS);
        for (line, wanted) in [
            ("hospital:hospital", "e0 e1"),
            ("hospital=\"city hospital\"", "e0"),
            ("hospital:?", "e1 e2"),
            ("hospital:\"\"", "e3"),
            ("annex", "e4"),
            ("distance>3", "e0"),
            ("distance>=3.5", "e0"),
            ("distance<0", "e1"),
            ("distance=-2.0", "e1"),
            ("\"Distance (km)\":-5..3.5", "e0 e1"),
            ("distance:?", "e2"),
            ("-distance<100", "e2 e3 e4"),
            ("beds>11", "e0 e1 e4"),
            ("beds.high<=50", "e0 e1"),
            ("beds.high>=30", "e1 e4"),
            ("beds.low=30", "e4"),
            ("beds:?", "e2"),
            ("seen_on:2022-09", "e0 e1"),
            ("\"seen ON\"~2022-09-16", "e0 e1"),
            ("seen_on<2022-09-17", "e0"),
            ("тяжесть=minor", "e0"),
            ("\"Тяжесть\":blast", "e1"),
            ("column:?", "e2"),
            ("has:beds", "e0 e1 e2 e4"),
            ("-has:\"seen on\"", "e3"),
            ("has:unreadable", "e4"),
        ] {
            assert_eq!(found(&project, line), wanted, "{line}");
        }
        for (line, why) in [
            ("distance>far", "“far” is no number"),
            ("distance:5..2", "above"),
            ("beds>many", "no whole number"),
            ("seen_on:soon", "soon"),
            ("hospital>3", "write hospital:"),
            ("hospitl:x", "Did you mean hospital?"),
            ("distance.low>3", "is no field"),
        ] {
            let mistake = Filter::parse(line, &project).expect_err(line);
            assert!(mistake.why.contains(why), "{line}: {}", mistake.why);
        }
    }

    /// A name that means something already would hide the column, or be hidden by it.
    #[test]
    fn no_name_of_a_built_in_column_or_field_is_free() {
        use crate::filter::fields::{FIELDS, HAS, IS};
        use crate::model::own::RESERVED;
        let fields = FIELDS.iter().flat_map(|field| field.names).copied();
        let asked = HAS.iter().chain(&IS).map(|(word, _)| *word);
        let built_in = columns::COLUMNS.iter().flat_map(|column| [column.id, column.title, column.name]);
        let free: Vec<String> = fields
            .chain(asked)
            .chain(built_in)
            .map(str::to_lowercase)
            // An id or title with a full stop or a comma is not mistaken for one of these.
            .filter(|name| !name.contains(['.', ',']) && !RESERVED.contains(&name.as_str()))
            .collect();
        assert_eq!(free, [""; 0]);
        assert!(RESERVED.is_sorted() && RESERVED.iter().all(|name| *name == name.to_lowercase()));
    }

    #[test]
    fn ids_titles_and_words_are_offered() {
        let project = project(&ROWS);
        let derived = Derived::from_scratch(&project);
        let texts = |line: &str| {
            let offers = complete(line, line.len(), &project, &derived);
            offers.into_iter().map(|c| c.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(texts("hos"), "hospital:");
        assert_eq!(texts("тяж"), "column:");
        assert_eq!(texts("be"), "beds> beds.low> beds.high>");
        assert_eq!(texts("column:m"), "minor \"major blast\" middling");
        assert_eq!(texts("hospital:ci"), "\"City hospital\"");
        assert_eq!(texts("has:unr"), "unreadable");
    }

    #[test]
    fn what_a_cell_shows_can_be_asked_for_and_finds_its_row() {
        let project = project(&ROWS);
        let derived = Derived::from_scratch(&project);
        let today = jiff::civil::date(2022, 9, 20);
        for event in project.events.iter() {
            for column in columns::of(&project).into_iter().filter(|column| column.own().is_some()) {
                let term = term_of(column, &Row { project: &project, derived: &derived, event, today });
                let found = found(&project, &term);
                assert!(found.split(' ').any(|id| id == event.id.as_str()), "{term} finds {found}");
            }
        }
    }

    proptest! {
        /// Each question against a plain reading of each event.
        #[test]
        fn columns_answer_like_events(
            values in prop::collection::vec(("(|\\?|x|-?[0-9](\\.[0-9])?)", "(|\\?|x|2022(-0[1-9])?)", "(|a|b|Ab)"), 0..20),
            number in -9_i32..10, month in 1..10_u8, sign in prop::sample::select(vec![">", ">=", "<", "<=", "="]),
        ) {
            let rows: Vec<[&str; 5]> = values.iter().map(|(n, day, text)| [text, n, "", day.as_str(), ""]).collect();
            let project = project(&rows);
            let naive = |is: &dyn Fn(&(String, String, String)) -> bool| {
                let through = values.iter().enumerate().filter(|(_, row)| is(row));
                through.map(|(n, _)| format!("e{n}")).collect::<Vec<_>>().join(" ")
            };
            let compares = |row: &(String, String, String)| row.0.parse::<f64>().is_ok_and(|n| {
                let wanted = f64::from(number);
                match sign { ">" => n > wanted, ">=" => n >= wanted, "<" => n < wanted, "<=" => n <= wanted, _ => n == wanted }
            });
            prop_assert_eq!(found(&project, &format!("distance{sign}{number}")), naive(&compares));
            let month = format!("2022-{month:02}");
            let within = |row: &(String, String, String)| EventDate::parse(&row.1).is_ok() && row.1 == month;
            prop_assert_eq!(found(&project, &format!("seen_on:{month}")), naive(&within));
            prop_assert_eq!(found(&project, "hospital:a"), naive(&|row| row.2.to_lowercase().contains('a')));
            prop_assert_eq!(found(&project, "hospital=AB"), naive(&|row| row.2.eq_ignore_ascii_case("ab")));
            prop_assert_eq!(found(&project, "-has:distance"), naive(&|row| row.0.is_empty()));
        }
    }
}
