//! ACLED: 31 columns since 2023, 25 to 31 with other names before.
//!
//! Fatalities are the lowest number reported until better is known, pooled over all classes and not attributed to a
//! side, so n > 0 is at least n. 0 says that no report spoke of dead or that it was unclear whether any died: no claim. An event
//! is one day; `time_precision` says how far it may lie from it. `actor1` is a party, not the aggressor. The codes of
//! `inter1`, `inter2` and `interaction` are digits in old files and words in new ones; they are kept as they are.

use crate::model::mapping::{Codes, DateOrder, Mapping, Meaning, Part};
use crate::model::{Class, Measure};

use super::of;

pub(super) fn mapping() -> Mapping {
    let columns = [
        ("event_id_cnty", Meaning::SourceId),
        ("event_date", Meaning::DateStart),
        ("time_precision", Meaning::DatePrecision(Codes::Acled)),
        ("event_type", Meaning::Kind),
        ("sub_event_type", Meaning::Title),
        ("actor1", Meaning::SideA),
        ("actor2", Meaning::SideB),
        ("country", Meaning::Country),
        ("admin1", Meaning::Adm1),
        ("location", Meaning::Place),
        ("latitude", Meaning::Latitude),
        ("longitude", Meaning::Longitude),
        ("geo_precision", Meaning::PlacePrecision(Codes::Acled)),
        ("fatalities", Meaning::Number(Measure::Killed, Class::TOTAL, Part::AtLeast)),
        ("tags", Meaning::Tags),
    ];
    // Old exports write 18/04/2001, 18-04-2001 and 18 April 2001.
    Mapping { dates: DateOrder::DayFirst, ..of("acled", columns) }
}
