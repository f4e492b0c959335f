//! The mappings of data sets that Dateline knows. One that was released never changes: what should be read otherwise
//! becomes another version, and projects that were made with the older one keep it.

use std::sync::LazyLock;

use crate::model::mapping::{DateOrder, Meaning};
use crate::model::{Mapping, Text};

mod acled;
mod airwars;
mod ged;
mod gtd;
mod ibc;
#[cfg(test)]
mod tests;

pub use ged::COLUMNS as GED_COLUMNS;

static ALL: LazyLock<Vec<Mapping>> = LazyLock::new(|| {
    let [gtd, gtd_now] = gtd::mappings();
    let [airwars, airwars_now] = airwars::mappings();
    vec![ged::mapping(), acled::mapping(), gtd, gtd_now, airwars, airwars_now, ibc::mapping()]
});

/// All of them, the newest version of each last.
pub fn all() -> impl Iterator<Item = &'static Mapping> {
    ALL.iter()
}

/// The newest mapping of this name.
pub fn newest(name: &str) -> Option<&'static Mapping> {
    all().filter(|mapping| *mapping.name == *name).last()
}

/// A kind of data set that is known by its header.
#[derive(Debug)]
pub struct Known {
    /// The name of its mappings: `acled`.
    pub name: &'static str,
    /// What people call it: "ACLED".
    pub title: &'static str,
    /// Columns that tell it from others, in lower case: a header that has all of one list is of this kind.
    signs: &'static [&'static [&'static str]],
}

/// The kinds of data sets that are known.
pub const KINDS: &[Known] = &[
    Known {
        name: "ged",
        title: "UCDP GED",
        signs: &[
            &["date_start", "type_of_violence", "deaths_a", "best"],
            &["date_start", "type_of_violence", "deaths_a", "best_est"],
        ],
    },
    Known {
        name: "acled",
        title: "ACLED",
        signs: &[
            &["event_id_cnty", "event_date", "time_precision", "fatalities"],
            &["data_id", "event_date", "time_precision", "fatalities"],
            &["event_id_cnty", "event_date", "event_type", "actor1"],
        ],
    },
    Known { name: "gtd", title: "Global Terrorism Database", signs: &[&["eventid", "iyear", "imonth", "iday"]] },
    Known {
        name: "airwars",
        title: "Airwars",
        signs: &[
            &["unique_reference_code", "civilians_killed_min", "civilians_killed_max"],
            &["grading", "civilians_killed_min", "civilians_killed_max"],
        ],
    },
    Known {
        name: "ibc",
        title: "Iraq Body Count",
        signs: &[
            &["ibc code", "reported minimum", "reported maximum"],
            &["ibc_code", "reported_minimum", "reported_maximum"],
            &["ibc code", "min deaths", "max deaths"],
        ],
    },
];

/// The kind of data set whose header this is. Names are compared without regard to case and blanks around them; columns
/// beside those of the data set do not matter, because people add their own.
pub fn recognise<S: AsRef<str>>(header: &[S]) -> Option<&'static Known> {
    let header: Vec<String> = header.iter().map(|name| plain(name.as_ref())).collect();
    let has_all = |all: &&[&str]| all.iter().all(|sign| header.iter().any(|name| name == sign));
    KINDS.iter().find(|known| known.signs.iter().any(has_all))
}

/// A name of a column as it is compared.
fn plain(name: &str) -> String {
    name.trim_start_matches('\u{feff}').trim().to_lowercase()
}

/// A mapping of these columns, the first of its name; all others are kept.
fn of<C: Into<Text>>(name: &str, columns: impl IntoIterator<Item = (C, Meaning)>) -> Mapping {
    Mapping {
        name: name.into(),
        version: 1,
        columns: columns.into_iter().map(|(column, meaning)| (column.into(), meaning)).collect(),
        dates: DateOrder::default(),
        decimal: '.',
        missing: Vec::new(),
        kinds: Vec::new(),
    }
}
