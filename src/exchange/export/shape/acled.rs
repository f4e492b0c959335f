//! ACLED: 31 columns in the order of its exports. It has one number of deaths, the lowest until better is known, and
//! writes 0 where none is known.

use jiff::civil::Date;

use crate::model::{BaseClass, EventDate, Precision};

use super::words::some;
use super::{Own, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "acled",
    columns: &[
        "event_id_cnty",
        "event_date",
        "year",
        "time_precision",
        "disorder_type",
        "event_type",
        "sub_event_type",
        "actor1",
        "assoc_actor_1",
        "inter1",
        "actor2",
        "assoc_actor_2",
        "inter2",
        "interaction",
        "civilian_targeting",
        "iso",
        "region",
        "country",
        "admin1",
        "admin2",
        "admin3",
        "location",
        "latitude",
        "longitude",
        "geo_precision",
        "source",
        "source_scale",
        "notes",
        "fatalities",
        "tags",
        "timestamp",
    ],
    fill,
    places: &["latitude", "longitude", "location"],
    names: &[],
    quotes: &["notes"],
};

fn fill(column: &str, own: &Own<'_>) -> Option<String> {
    let (event, place) = (own.event, &own.event.location);
    let when = event.when;
    match column {
        "event_id_cnty" => some(event.id.as_str()),
        "event_date" => when.and_then(day).map(|day| day.to_string()),
        "year" => when.and_then(day).map(|day| day.year().to_string()),
        "time_precision" => when.and_then(time_precision).map(|code| code.to_string()),
        "event_type" => some(&*event.kind),
        "actor1" => some(&*event.side_a),
        "actor2" => some(&*event.side_b),
        "country" => some(&*place.country),
        "admin1" => some(&*place.adm1),
        "location" => some(&*place.name),
        "latitude" => own.degrees().map(|(north, _)| north.to_string()),
        "longitude" => own.degrees().map(|(_, east)| east.to_string()),
        "geo_precision" => place.precision.map(|precision| geo_precision(precision).to_string()),
        "source" => own.of_articles(|article| article.voice().to_owned()),
        "notes" => some(&*event.title),
        "fatalities" => Some(own.killed(BaseClass::Total).map_or(0, |range| range.low).to_string()),
        "tags" => some(event.tags.join(";")),
        _ => None,
    }
}

/// The day that stands for a date: the one in its middle. `None` where it is longer than a month or open.
pub(super) fn day(when: EventDate) -> Option<Date> {
    let days = when.days().filter(|days| *days <= 31)?;
    when.earliest()?.checked_add(jiff::Span::new().days((days - 1) / 2)).ok()
}

/// 1 a day, 2 a week, 3 a month.
fn time_precision(when: EventDate) -> Option<u8> {
    Some(match when.days()? {
        1 => 1,
        ..=7 => 2,
        8..=31 => 3,
        _ => return None,
    })
}

/// 1 the place, 2 near it or its district, 3 a larger region.
const fn geo_precision(precision: Precision) -> u8 {
    match precision {
        Precision::Exact => 1,
        Precision::Near | Precision::Adm2 => 2,
        Precision::Adm1 | Precision::Region | Precision::Country | Precision::Elsewhere => 3,
    }
}
