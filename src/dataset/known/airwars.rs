//! Airwars: civilians killed and injured as a minimum and a maximum, without a best.
//!
//! A blank minimum and maximum is an unknown. Children, women and men are groups within civilians. Militants are the
//! fighters of the party that was struck, side B here. How well an incident is supported is a named grade (confirmed,
//! fair, weak, contested, discounted): the information grade of its numbers, 1 to 5 (`number::grade` says by whose word);
//! version 1 made a tag of it. What a belligerent conceded is another voice about the same people; it is kept in the row
//! and not counted.

use crate::model::mapping::{Mapping, Meaning, Part};
use crate::model::{BaseClass, Class, Measure};

use super::of;

/// Both versions.
pub(super) fn mappings() -> [Mapping; 2] {
    let first = mapping();
    let mut second = Mapping { version: 2, ..first.clone() };
    for (name, meaning) in &mut second.columns {
        if &**name == "grading" {
            *meaning = Meaning::Grade;
        }
    }
    [first, second]
}

fn mapping() -> Mapping {
    let fields = [
        ("unique_reference_code", Meaning::SourceId),
        ("date", Meaning::DateStart),
        ("country", Meaning::Country),
        ("location", Meaning::Place),
        ("latitude", Meaning::Latitude),
        ("longitude", Meaning::Longitude),
        ("strike_status", Meaning::Kind),
        ("grading", Meaning::Tags),
        ("belligerent", Meaning::SideA),
        ("belligerents", Meaning::SideA),
        ("targeted_belligerents", Meaning::SideB),
    ];
    let group = |name: &str| Class::Sub { name: name.into(), within: BaseClass::Civilians };
    let classes = [
        ("civilians", Class::Base(BaseClass::Civilians)),
        ("children", group("children")),
        ("women", group("women")),
        ("men", group("men")),
        ("militants", Class::Base(BaseClass::B)),
        ("belligerents", Class::Base(BaseClass::B)),
    ];
    let mut columns: Vec<(String, Meaning)> =
        fields.into_iter().map(|(name, meaning)| (name.to_owned(), meaning)).collect();
    for (word, class) in classes {
        for (done, measure) in [("killed", Measure::Killed), ("injured", Measure::Injured)] {
            for (end, part) in [("min", Part::Low), ("max", Part::High)] {
                let meaning = Meaning::Number(measure.clone(), class.clone(), part);
                columns.push((format!("{word}_{done}_{end}"), meaning));
            }
        }
    }
    of("airwars", columns)
}
