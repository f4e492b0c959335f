//! UCDP GED: 49 columns in the order of its annual releases; the end is best, high, low.

use crate::dataset::known;
use crate::model::{Article, BaseClass, EventDate, Precision};

use super::words::{ends, some};
use super::{Own, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "ged",
    columns: &known::GED_COLUMNS,
    fill,
    places: &["latitude", "longitude", "geom_wkt", "priogrid_gid", "where_coordinates", "where_description"],
    names: &["source_original"],
    quotes: &["source_article", "source_headline"],
};

fn fill(column: &str, own: &Own<'_>) -> Option<String> {
    let (event, place) = (own.event, &own.event.location);
    let (first, last) = ends(event.when);
    let number = |n: Option<u64>| n.map(|n| n.to_string());
    let total = || own.killed(BaseClass::Total);
    match column {
        "id" => some(event.id.as_str()),
        "year" => first.map(|day| day.year().to_string()),
        "type_of_violence" => {
            let kinds = &known::newest("ged")?.kinds;
            kinds.iter().find(|(_, word)| *word == event.kind).map(|(code, _)| code.to_string())
        }
        "dyad_name" if !event.side_a.is_empty() && !event.side_b.is_empty() => {
            some(format!("{} - {}", event.side_a, event.side_b))
        }
        "side_a" => some(&*event.side_a),
        "side_b" => some(&*event.side_b),
        "number_of_sources" => Some(own.articles().len()).filter(|n| *n > 0).map(|n| n.to_string()),
        "source_article" if !own.redaction.quotes => {
            own.of_articles(|article| format!("\"{},{},{}\"", office(article), day(article), article.headline))
        }
        "source_office" => own.of_articles(office),
        "source_date" => own.of_articles(day),
        "source_headline" if !own.redaction.quotes => own.of_articles(|article| article.headline.to_string()),
        "source_original" => own.speakers(),
        "where_prec" => place.precision.map(|precision| where_prec(precision).to_string()),
        "where_coordinates" => some(&*place.name),
        "where_description" => some(crate::derive::wording::place(event)),
        "adm_1" => some(&*place.adm1),
        "latitude" => own.degrees().map(|(north, _)| north.to_string()),
        "longitude" => own.degrees().map(|(_, east)| east.to_string()),
        "geom_wkt" => own.degrees().map(|(north, east)| format!("POINT ({east} {north})")),
        "country" => some(&*place.country),
        "date_prec" => event.when.and_then(date_prec).map(|code| code.to_string()),
        "date_start" => first.map(|day| format!("{day} 00:00:00.000")),
        "date_end" => last.map(|day| format!("{day} 00:00:00.000")),
        "deaths_a" => number(own.killed(BaseClass::A).and_then(|range| range.best)),
        "deaths_b" => number(own.killed(BaseClass::B).and_then(|range| range.best)),
        "deaths_civilians" => number(own.killed(BaseClass::Civilians).and_then(|range| range.best)),
        "deaths_unknown" => number(deaths_unknown(own)),
        "best" => number(total().and_then(|range| range.best)),
        "high" => number(total().and_then(|range| range.high)),
        "low" => number(total().map(|range| range.low)),
        _ => None,
    }
}

/// Those of whom nobody says what they were: GED's four classes add up to its best.
fn deaths_unknown(own: &Own<'_>) -> Option<u64> {
    if let Some(range) = own.killed(BaseClass::Unknown) {
        return range.best;
    }
    let best = own.killed(BaseClass::Total)?.best?;
    let stated = [BaseClass::A, BaseClass::B, BaseClass::Civilians];
    let stated: u64 = stated.iter().filter_map(|class| own.killed(*class)?.best).sum();
    best.checked_sub(stated)
}

fn office(article: &Article) -> String {
    if article.publisher.is_empty() { article.agency.to_string() } else { article.publisher.to_string() }
}

fn day(article: &Article) -> String {
    article.published.map(|moment| moment.day().to_string()).unwrap_or_default()
}

const fn where_prec(precision: Precision) -> u8 {
    match precision {
        Precision::Exact => 1,
        Precision::Near => 2,
        Precision::Adm2 => 3,
        Precision::Adm1 => 4,
        Precision::Region => 5,
        Precision::Country => 6,
        Precision::Elsewhere => 7,
    }
}

/// 1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 longer or lasting throughout. `None` where an end is open.
fn date_prec(when: EventDate) -> Option<u8> {
    Some(match when.days()? {
        1 => 1,
        _ if when.lasted_throughout() => 5,
        ..=6 => 2,
        7 => 3,
        8..=31 => 4,
        _ => 5,
    })
}
