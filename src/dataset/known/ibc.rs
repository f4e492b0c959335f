//! Iraq Body Count, incidents: civilians as a minimum and a maximum, without a best.
//!
//! An incident may have a start and an end day instead of one.

use crate::model::mapping::{DateOrder, Mapping, Meaning, Part};
use crate::model::{BaseClass, Class, Measure};

use super::of;

pub(super) fn mapping() -> Mapping {
    let killed = |part: Part| Meaning::Number(Measure::Killed, Class::Base(BaseClass::Civilians), part);
    let injured = |part: Part| Meaning::Number(Measure::Injured, Class::Base(BaseClass::Civilians), part);
    let columns = [
        ("ibc code", Meaning::SourceId),
        ("ibc_code", Meaning::SourceId),
        ("date", Meaning::DateStart),
        ("start date", Meaning::DateStart),
        ("start_date", Meaning::DateStart),
        ("end date", Meaning::DateEnd),
        ("end_date", Meaning::DateEnd),
        ("location", Meaning::Place),
        ("place", Meaning::Place),
        ("target", Meaning::Title),
        ("weapons", Meaning::Kind),
        ("reported minimum", killed(Part::Low)),
        ("reported_minimum", killed(Part::Low)),
        ("min deaths", killed(Part::Low)),
        ("reported maximum", killed(Part::High)),
        ("reported_maximum", killed(Part::High)),
        ("max deaths", killed(Part::High)),
        ("min injuries", injured(Part::Low)),
        ("max injuries", injured(Part::High)),
    ];
    Mapping { dates: DateOrder::DayFirst, ..of("ibc", columns) }
}
