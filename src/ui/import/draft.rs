//! What the columns of the file mean, as a person is making it: a known mapping, one that was used before, or a guess,
//! and what was chosen otherwise since.

use crate::dataset::guess::Guessed;
use crate::dataset::known;
use crate::exchange::import::{Fitted, fit};
use crate::exchange::table::Table;
use crate::model::mapping::{DateOrder, Mapping, Meaning};
use crate::model::{Dataset, Project, Text};

/// Where the mapping of a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// Its header is that of a known data set.
    Known,
    /// The project has data with the same header.
    Before,
    /// A file of a mapping was opened for it.
    File,
    /// It was guessed.
    Guess,
}

/// What columns mean, so far.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// Where it comes from.
    pub from: From,
    /// What people call the data. Empty where it is not known.
    pub title: Text,
    /// For each column, what it means.
    pub meanings: Vec<Meaning>,
    /// The order of dates.
    pub dates: DateOrder,
    /// Whether somebody chose that order.
    pub dates_chosen: bool,
    /// The mark before decimals.
    pub decimal: char,
    /// Texts that stand for an unknown, separated by commas.
    pub missing: String,
    /// The name under which the mapping is kept.
    pub name: String,
    /// What was guessed of the columns.
    pub guess: Guessed,
    /// The mapping that it began as.
    base: Mapping,
    /// What the columns meant by it.
    first: Vec<Meaning>,
}

impl Draft {
    /// The mapping for a table of this file name, as it fits best. `None` where nothing fits.
    pub fn of(table: &Table, project: &Project, file: &str) -> Option<Self> {
        let fitted = fit(table, None, &name_of(file))?;
        if let Some(before) = used_before(table, project) {
            return Some(Self::with(table, before.clone(), From::Before, fitted));
        }
        let from = if fitted.title.is_empty() { From::Guess } else { From::Known };
        Some(Self::with(table, fitted.mapping.clone(), from, fitted))
    }

    fn with(table: &Table, base: Mapping, from: From, fitted: Fitted) -> Self {
        let meanings = meanings(table.columns(), &base);
        Self {
            from,
            title: fitted.title,
            first: meanings.clone(),
            meanings,
            dates: base.dates,
            dates_chosen: from != From::Guess,
            decimal: base.decimal,
            missing: base.missing.join(", "),
            name: base.name.to_string(),
            guess: fitted.guess,
            base,
        }
    }

    /// The same columns by a mapping that was opened.
    pub fn read_by(&mut self, table: &Table, mapping: Mapping) {
        let fitted = Fitted { mapping: mapping.clone(), title: self.title.clone(), guess: self.guess.clone() };
        *self = Self::with(table, mapping, From::File, fitted);
    }

    /// The mapping as it stands: the one that it began as where nothing was chosen otherwise, else one under its own name
    /// and, where the project has one of that name that reads otherwise, of the next version.
    pub fn mapping(&self, columns: &[Text], project: &Project) -> Mapping {
        let mapping = self.as_chosen(columns);
        let same = |other: &Mapping| Mapping { version: mapping.version, ..other.clone() } == mapping;
        let began = Mapping { columns: named(columns, &self.first), ..self.base.clone() };
        if same(&began) {
            return self.base.clone();
        }
        let is_known = known::all().any(|known| known.name == mapping.name);
        let mapping =
            if is_known { Mapping { name: format!("{} changed", mapping.name).into(), ..mapping } } else { mapping };
        let same = |other: &&Mapping| Mapping { version: mapping.version, ..(*other).clone() } == mapping;
        if let Some(known) = project.mappings.iter().find(same) {
            return known.clone();
        }
        let of_name = project.mappings.iter().filter(|other| other.name == mapping.name);
        let version = of_name.map(|other| other.version).max().map_or(1, |newest| newest.saturating_add(1));
        Mapping { version, ..mapping }
    }

    fn as_chosen(&self, columns: &[Text]) -> Mapping {
        Mapping {
            name: if self.name.trim().is_empty() { self.base.name.clone() } else { self.name.trim().into() },
            version: self.base.version,
            columns: named(columns, &self.meanings),
            dates: self.dates,
            decimal: self.decimal,
            missing: self.missing.split(',').map(str::trim).filter(|mark| !mark.is_empty()).map(Into::into).collect(),
            kinds: self.base.kinds.clone(),
        }
    }

    /// Whether a person should look at the order of dates: it was guessed, and both readings are possible.
    pub fn doubts_dates(&self) -> bool {
        !self.dates_chosen && !self.guess.dates.certain
    }

    /// Whether everything stands as it began.
    pub fn is_untouched(&self) -> bool {
        let missing = self.base.missing.join(", ");
        self.meanings == self.first
            && (self.dates, self.decimal) == (self.base.dates, self.base.decimal)
            && self.missing == missing
    }

    /// Why a column means what it means, and whether that is doubtful.
    pub fn reason(&self, column: usize) -> (&str, bool) {
        let meaning = self.meanings.get(column);
        if meaning != self.first.get(column) {
            return ("Chosen by you", false);
        }
        match (self.from, self.guess.columns.get(column)) {
            (From::Guess, Some(guessed)) => (&guessed.reason, guessed.doubtful),
            (_, _) if meaning == Some(&Meaning::Kept) => ("Kept in the row", false),
            (From::Known, _) => ("A column of the data set", false),
            (From::Before, _) => ("As it was read before", false),
            (From::File | From::Guess, _) => ("As the mapping has it", false),
        }
    }

    /// How many columns a person should look at.
    pub fn doubts(&self) -> usize {
        (0..self.meanings.len()).filter(|column| self.reason(*column).1).count()
    }
}

/// The mapping of data in the project whose columns are these: it answers all questions again.
fn used_before<'p>(table: &Table, project: &'p Project) -> Option<&'p Mapping> {
    let same = |dataset: &&Dataset| {
        let names = |columns: &[Text]| columns.iter().map(|name| name.trim().to_lowercase()).collect::<Vec<_>>();
        names(&dataset.columns) == names(table.columns())
    };
    let dataset = project.datasets.iter().rev().find(same)?;
    let own = project.mappings.iter();
    own.into_iter().find(|own| own.name == dataset.mapping && own.version == dataset.mapping_version)
}

/// What each column means by a mapping.
fn meanings(columns: &[Text], mapping: &Mapping) -> Vec<Meaning> {
    let of = |column: &Text| {
        let column = column.trim().to_lowercase();
        mapping
            .columns
            .iter()
            .find(|(name, _)| name.trim().to_lowercase() == column)
            .map(|(_, meaning)| meaning.clone())
    };
    columns.iter().map(|column| of(column).unwrap_or(Meaning::Kept)).collect()
}

/// Columns that mean something, by their names.
fn named(columns: &[Text], meanings: &[Meaning]) -> Vec<(Text, Meaning)> {
    let all = columns.iter().zip(meanings).filter(|(_, meaning)| **meaning != Meaning::Kept);
    all.map(|(name, meaning)| (name.trim().into(), meaning.clone())).collect()
}

/// A name for the mapping of a file: its own without folder and ending, and without blanks, which part the name of a known
/// mapping from what it reads otherwise.
fn name_of(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let name: Vec<&str> = stem.split_whitespace().collect();
    if name.is_empty() { "mapping".to_owned() } else { name.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::Choices;
    use crate::model::mapping::Part;
    use crate::model::{Class, Measure};

    fn table(text: &str) -> Table {
        Table::read(text.as_bytes().to_vec(), &Choices::default(), &|_| true).expect("a table")
    }

    const ROWS: &str = "day,town,dead,remark\n2022-09-14,Osh,3,x\n2022-09-15,Batken,2,y\n";

    #[test]
    fn a_guess_becomes_a_mapping_under_the_name_of_the_file() {
        let (table, project) = (table(ROWS), Project::titled("Test"));
        let draft = Draft::of(&table, &project, "my border log.csv").expect("a draft");
        assert_eq!((draft.from, draft.name.as_str()), (From::Guess, "my-border-log"));
        let mapping = draft.mapping(table.columns(), &project);
        assert_eq!((&*mapping.name, mapping.version), ("my-border-log", 1));
        assert!(mapping.columns.iter().any(|(name, _)| &**name == "dead"));
        assert!(draft.is_untouched());
    }

    #[test]
    fn a_reading_that_was_changed_is_another_version_and_one_that_is_there_is_used_again() {
        let (table, mut project) = (table(ROWS), Project::titled("Test"));
        let mut draft = Draft::of(&table, &project, "log.csv").expect("a draft");
        let first = draft.mapping(table.columns(), &project);
        project.mappings = std::sync::Arc::new(vec![first.clone()]);
        draft.meanings[2] = Meaning::Number(Measure::Injured, Class::TOTAL, Part::Written);
        let second = draft.mapping(table.columns(), &project);
        assert_eq!((second.name.clone(), second.version), (first.name, 2));
        project.mappings = std::sync::Arc::new(vec![second.clone()]);
        assert_eq!(draft.mapping(table.columns(), &project), second);
        assert_eq!(draft.reason(2), ("Chosen by you", false));
    }

    #[test]
    fn a_known_mapping_keeps_its_name_until_it_is_changed() {
        let text = "event_id_cnty,event_date,time_precision,fatalities,notes\nQ1,2022-09-14,1,3,x\n";
        let (table, project) = (table(text), Project::titled("Test"));
        let mut draft = Draft::of(&table, &project, "log.csv").expect("a draft");
        assert_eq!((draft.from, &*draft.title), (From::Known, "ACLED"));
        assert_eq!(&*draft.mapping(table.columns(), &project).name, "acled");
        draft.meanings[4] = Meaning::Title;
        assert_eq!(&*draft.mapping(table.columns(), &project).name, "acled changed");
    }
}
