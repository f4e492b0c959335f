//! The Global Terrorism Database: 135 columns, of which some say what Dateline has a field for.
//!
//! `nkill` and `nwound` count everybody, attackers among them; `nkillter` and `nwoundte` say how many of these attacked. A
//! blank is an unknown, and -9 and -99 are, too. The date stands in three columns, where 0 is an unknown month or day.
//! `gname` is the group that is held to have acted: a party, not a culprit. Columns with codes stand beside others with
//! words (`country` and `country_txt`); the words are read. `specificity` says how exactly the place is known, which
//! version 2 reads.

use crate::model::mapping::{Codes, Mapping, Meaning, Part};
use crate::model::{Class, Measure};

use super::of;

/// Both versions.
pub(super) fn mappings() -> [Mapping; 2] {
    let first = mapping();
    let mut second = Mapping { version: 2, ..first.clone() };
    second.columns.push(("specificity".into(), Meaning::PlacePrecision(Codes::Gtd)));
    [first, second]
}

fn mapping() -> Mapping {
    let number = |measure: Measure, part: Part| Meaning::Number(measure, Class::TOTAL, part);
    let columns = [
        ("eventid", Meaning::SourceId),
        ("iyear", Meaning::Year),
        ("imonth", Meaning::Month),
        ("iday", Meaning::Day),
        ("country_txt", Meaning::Country),
        ("provstate", Meaning::Adm1),
        ("city", Meaning::Place),
        ("latitude", Meaning::Latitude),
        ("longitude", Meaning::Longitude),
        ("attacktype1_txt", Meaning::Kind),
        ("target1", Meaning::Title),
        ("gname", Meaning::SideA),
        ("nkill", number(Measure::Killed, Part::Best)),
        ("nkillter", number(Measure::Killed, Part::Attackers)),
        ("nwound", number(Measure::Injured, Part::Best)),
        ("nwoundte", number(Measure::Injured, Part::Attackers)),
    ];
    let missing = ["-9", "-99", "-9.0", "-99.0"].map(Into::into).to_vec();
    Mapping { missing, ..of("gtd", columns) }
}
