//! Guesses what the columns of an unknown table mean, from the words of its header and a sample of its rows.
//!
//! A guess is for a person to confirm. Each says why it was made, and what is doubtful is left as kept: a column that is
//! read wrongly becomes a wrong figure, and one that is kept can still be named. A running total is never a number of
//! an event. Knows no file, no window and no clock.

mod dates;
mod name;
mod running;
mod values;
mod words;

use crate::model::Text;
use crate::model::mapping::{DateOrder, Mapping, Meaning};

pub use dates::Dates;

use name::Candidate;
use values::Values;

/// Rows that are enough to guess from. More cost time and tell no more.
pub const ENOUGH: usize = 1000;

/// What is guessed of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guessed {
    /// For each column, in order.
    pub columns: Vec<Column>,
    /// In which order dates are written.
    pub dates: Dates,
    /// The mark before decimals.
    pub decimal: char,
    /// Texts that stand for an unknown.
    pub missing: Vec<Text>,
}

/// What is guessed of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it means.
    pub meaning: Meaning,
    /// Why, in a sentence.
    pub reason: String,
    /// Whether a person should look at it: it is named like something that it should not be read as.
    pub doubtful: bool,
}

impl Column {
    fn kept(reason: impl Into<String>) -> Self {
        Self { meaning: Meaning::Kept, reason: reason.into(), doubtful: false }
    }

    fn doubtful(reason: impl Into<String>) -> Self {
        Self { doubtful: true, ..Self::kept(reason) }
    }
}

impl Guessed {
    /// The guess as a mapping under this name, for the columns of this header.
    pub fn mapping<S: AsRef<str>>(&self, name: &str, header: &[S]) -> Mapping {
        let columns = header.iter().zip(&self.columns);
        let meant = columns.filter(|(_, column)| column.meaning != Meaning::Kept);
        Mapping {
            name: name.into(),
            version: 1,
            columns: meant.map(|(name, column)| (name.as_ref().trim().into(), column.meaning.clone())).collect(),
            dates: self.dates.order,
            decimal: self.decimal,
            missing: self.missing.clone(),
            kinds: Vec::new(),
        }
    }
}

/// Guesses from a header and the first rows; of these not more than [`ENOUGH`] are looked at. Rows may be ragged.
pub fn guess<S: AsRef<str>, R: AsRef<str>>(header: &[S], rows: &[Vec<R>]) -> Guessed {
    let rows = rows.get(..rows.len().min(ENOUGH)).unwrap_or(rows);
    let texts = |at: usize| rows.iter().map(move |row| row.get(at).map_or("", |cell| cell.as_ref().trim())).collect();
    let columns: Vec<Values<'_>> = (0..header.len()).map(|at| Values::of(texts(at))).collect();
    let decimal = values::decimal(&columns);
    let candidates: Vec<Option<Candidate>> = header
        .iter()
        .zip(&columns)
        .map(|(name, values)| name::candidate(name.as_ref(), values, decimal).or_else(|| by_values(values)))
        .collect();
    let mut guessed = choose(header, candidates);
    let days = guessed.iter().zip(&columns).filter(|(column, _)| is_date(&column.meaning));
    let dates = dates::order(days.map(|(_, values)| values));
    running::leave_out(&mut guessed, &columns, dates.order, decimal);
    let read = guessed.iter().zip(&columns).filter(|(column, _)| reads_numbers(&column.meaning));
    let missing = values::missing(read.map(|(_, values)| values));
    Guessed { columns: guessed, dates, decimal, missing }
}

fn is_date(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::DateStart | Meaning::DateEnd)
}

/// Whether a text such as `NA` in a column of this meaning is an unknown and no word.
fn reads_numbers(meaning: &Meaning) -> bool {
    is_date(meaning)
        || matches!(
            meaning,
            Meaning::Number(..)
                | Meaning::Latitude
                | Meaning::Longitude
                | Meaning::Year
                | Meaning::Month
                | Meaning::Day
        )
}

/// What a column is by its values alone: a column of dates is seen without its name.
fn by_values(values: &Values<'_>) -> Option<Candidate> {
    let share = values.share(dates::is_written_date);
    (values.given() >= 3 && share >= 0.95).then(|| Candidate {
        meaning: Meaning::DateStart,
        score: 10,
        reason: "Its values are dates".to_owned(),
        doubtful: false,
    })
}

/// Gives each meaning to the column that fits it best; the others that were named like it are kept.
fn choose<S: AsRef<str>>(header: &[S], candidates: Vec<Option<Candidate>>) -> Vec<Column> {
    let best = |meaning: &Meaning| {
        let named = candidates.iter().enumerate().filter_map(|(at, found)| Some((at, found.as_ref()?)));
        named
            .filter(|(_, candidate)| candidate.meaning == *meaning)
            .max_by_key(|(at, candidate)| (candidate.score, std::cmp::Reverse(*at)))
            .map(|(at, _)| at)
    };
    let title = |at: usize| header.get(at).map_or("", |name| name.as_ref().trim());
    let winners: Vec<Option<usize>> =
        candidates.iter().map(|candidate| candidate.as_ref().and_then(|candidate| best(&candidate.meaning))).collect();
    let has = |meaning: &Meaning| best(meaning).is_some();
    candidates
        .iter()
        .zip(winners)
        .enumerate()
        .map(|(at, (candidate, winner))| match (candidate, winner) {
            (None, _) => Column::kept("Its name says nothing that Dateline has a field for"),
            (Some(candidate), _) if candidate.meaning == Meaning::Kept => {
                Column { meaning: Meaning::Kept, reason: candidate.reason.clone(), doubtful: candidate.doubtful }
            }
            (Some(_), Some(other)) if other != at => {
                Column::kept(format!("Reads like “{}”, which was taken", title(other)))
            }
            (Some(candidate), _) if is_part_of_date(&candidate.meaning) && has(&Meaning::DateStart) => {
                Column::kept("The date stands in another column")
            }
            (Some(candidate), _) => settled(candidate, &has),
        })
        .collect()
}

fn is_part_of_date(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Year | Meaning::Month | Meaning::Day)
}

/// A number beside its smallest or largest is the most likely one.
fn settled(candidate: &Candidate, has: &dyn Fn(&Meaning) -> bool) -> Column {
    use crate::model::mapping::Part;
    let meaning = match &candidate.meaning {
        Meaning::Number(measure, class, Part::Written)
            if [Part::Low, Part::High]
                .into_iter()
                .any(|part| has(&Meaning::Number(measure.clone(), class.clone(), part))) =>
        {
            Meaning::Number(measure.clone(), class.clone(), Part::Best)
        }
        // The last day says nothing without a first one.
        Meaning::DateEnd if !has(&Meaning::DateStart) => Meaning::DateStart,
        other => other.clone(),
    };
    Column { meaning, reason: candidate.reason.clone(), doubtful: candidate.doubtful }
}

/// The order of dates in words, for screens.
pub const fn order_in_words(order: DateOrder) -> &'static str {
    match order {
        DateOrder::YearFirst => "Year, month, day",
        DateOrder::DayFirst => "Day, month, year",
        DateOrder::MonthFirst => "Month, day, year",
    }
}

#[cfg(test)]
mod tests;
