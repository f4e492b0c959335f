//! By which mapping a table is read: that of a kind that is known by its header, made to fit the way in which this file
//! writes days and decimals; else a guess, which a person should confirm.

use crate::dataset::guess::{self, Guessed};
use crate::dataset::known;
use crate::exchange::table::Table;
use crate::model::mapping::DateOrder;
use crate::model::{Mapping, Text};

/// A mapping for a table.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The mapping.
    pub mapping: Mapping,
    /// What people call the data: "UCDP GED". Empty where it is not known.
    pub title: Text,
    /// The guess behind it, where the kind is not known, and the reading of its days and decimals otherwise.
    pub guess: Guessed,
}

/// The table read by this mapping, whatever its header says.
pub fn by(table: &Table, mapping: &Mapping) -> Fitted {
    let title = known::KINDS.iter().find(|known| known.name == family(&mapping.name));
    let title = title.map_or_else(Text::default, |known| known.title.into());
    Fitted { mapping: mapping.clone(), title, guess: guess_of(table) }
}

/// The table read by a guess under this name, though its header may be that of a known kind.
pub fn guessed(table: &Table, name: &str) -> Fitted {
    let guess = guess_of(table);
    Fitted { mapping: guess.mapping(name, table.columns()), title: Text::default(), guess }
}

fn guess_of(table: &Table) -> Guessed {
    let first = 0..table.len().min(guess::ENOUGH);
    let rows: Vec<Vec<String>> = first.map(|n| table.fields(n).map(String::from).collect()).collect();
    guess::guess(table.columns(), &rows)
}

/// The mapping for a table, as the kind of this name (`ged`) or, without one, as its header says. `None` where there is
/// no kind of this name.
pub fn fit(table: &Table, kind: Option<&str>, name: &str) -> Option<Fitted> {
    let known = match kind {
        Some(kind) => Some(known::KINDS.iter().find(|known| known.name == kind)?),
        None => known::recognise(table.columns()),
    };
    let Some(known) = known else {
        return Some(guessed(table, name));
    };
    let guess = guess_of(table);
    let mapping = fitted(known::newest(known.name)?, &guess);
    Some(Fitted { mapping, title: known.title.into(), guess })
}

/// A known mapping for a file that a spreadsheet wrote anew. It has the name of the known one in front, which says that
/// they are the same data, and what it reads otherwise behind.
fn fitted(known: &Mapping, guess: &Guessed) -> Mapping {
    let mut mapping = known.clone();
    let mut name = known.name.to_string();
    if guess.dates.order != DateOrder::YearFirst && guess.dates.order != known.dates {
        mapping.dates = guess.dates.order;
        name += if guess.dates.order == DateOrder::DayFirst { " d/m/y" } else { " m/d/y" };
    }
    if guess.decimal != known.decimal {
        mapping.decimal = guess.decimal;
        name += if guess.decimal == ',' { " comma" } else { " point" };
    }
    mapping.name = name.into();
    mapping
}

/// The data that a mapping reads, whatever its file looks like: the first word of a fitted mapping's name.
pub(super) fn family(mapping: &str) -> &str {
    mapping.split_once(' ').map_or(mapping, |(first, _)| if known::newest(first).is_some() { first } else { mapping })
}
