//! UCDP GED: all releases since 1.0 and Candidate, with the spellings of each.
//!
//! The total is an estimate with low, best and high; the classes are estimates with a best only. `date_prec` 1 is a day,
//! 2 to 4 some time within the days, 5 throughout them. Source: the codebooks of UCDP GED 1.9 to 25.1.

use crate::model::mapping::{Codes, Meaning, Part};
use crate::model::{BaseClass, Class, DateOrder, Mapping, Measure};

/// The columns of UCDP GED since release 17, in order: the end is best, high, low.
pub const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Columns in the order of their claims: the total first, then its parts.
const NUMBERS: [(&str, BaseClass, Part); 10] = [
    ("best", BaseClass::Total, Part::Best),
    ("best_est", BaseClass::Total, Part::Best),
    ("low", BaseClass::Total, Part::Low),
    ("low_est", BaseClass::Total, Part::Low),
    ("high", BaseClass::Total, Part::High),
    ("high_est", BaseClass::Total, Part::High),
    ("deaths_a", BaseClass::A, Part::Best),
    ("deaths_b", BaseClass::B, Part::Best),
    ("deaths_civilians", BaseClass::Civilians, Part::Best),
    ("deaths_unknown", BaseClass::Unknown, Part::Best),
];

pub(super) fn mapping() -> Mapping {
    let fields = [
        ("id", Meaning::SourceId),
        ("date_start", Meaning::DateStart),
        ("date_end", Meaning::DateEnd),
        ("date_prec", Meaning::DatePrecision(Codes::Ged)),
        ("where_coordinates", Meaning::Place),
        ("adm_1", Meaning::Adm1),
        ("country", Meaning::Country),
        ("latitude", Meaning::Latitude),
        ("longitude", Meaning::Longitude),
        ("where_prec", Meaning::PlacePrecision(Codes::Ged)),
        ("type_of_violence", Meaning::Kind),
        ("side_a", Meaning::SideA),
        ("side_b", Meaning::SideB),
    ];
    let numbers = NUMBERS.map(|(name, class, part)| (name, Meaning::Number(Measure::Killed, Class::Base(class), part)));
    Mapping {
        name: "ged".into(),
        version: 1,
        columns: fields.into_iter().chain(numbers).map(|(name, meaning)| (name.into(), meaning)).collect(),
        dates: DateOrder::YearFirst,
        decimal: '.',
        missing: ["-1", "-9", "-99", "NA", "XXX771"].map(Into::into).to_vec(),
        kinds: [("1", "state-based conflict"), ("2", "non-state conflict"), ("3", "one-sided violence")]
            .map(|(code, word)| (code.into(), word.into()))
            .to_vec(),
    }
}
