//! Degrees and precisions of places.

use crate::model::mapping::Codes;
use crate::model::{Point, Precision};

use super::flaw::Wrong;
use super::number::short;

/// Degrees, at most `most` to both sides.
pub(super) fn degrees(text: &str, decimal: char, most: u8) -> Result<f64, Wrong> {
    let wrong = || Wrong::Degree { text: short(text), most };
    let read = if decimal == '.' { text.parse::<f64>() } else { text.replace(decimal, ".").parse() };
    read.ok().filter(|degrees| degrees.abs() <= f64::from(most)).ok_or_else(wrong)
}

/// The point of two fields that are not blank.
pub(super) fn point(latitude: f64, longitude: f64) -> Option<Point> {
    Point::new(latitude, longitude)
}

/// The precision of a code.
pub(super) fn precision(text: &str, codes: Codes) -> Result<Precision, Wrong> {
    let code = super::number::whole(text, '.').ok().and_then(|n| usize::try_from(n).ok());
    let found = match (codes, code) {
        (Codes::Ged, Some(n @ 1..=7)) => Precision::ALL.get(n - 1).copied(),
        (Codes::Acled, Some(1)) => Some(Precision::Exact),
        (Codes::Acled, Some(2)) => Some(Precision::Near),
        (Codes::Acled, Some(3)) => Some(Precision::Adm1),
        // The GTD codebook (START, "geocoding specificity", as repeated word for word by those who publish its data): 1 is the
        // city, village or town itself; 2 a town without coordinates of its own and 3 a place outside towns, both with the
        // middle of the smallest region known; 4 the middle of the first-order region, for no smaller one is known; of 5
        // not even that is known, and there are no coordinates.
        (Codes::Gtd, Some(1)) => Some(Precision::Exact),
        (Codes::Gtd, Some(2 | 3)) => Some(Precision::Adm2),
        (Codes::Gtd, Some(4)) => Some(Precision::Adm1),
        (Codes::Gtd, Some(5)) => Some(Precision::Country),
        _ => None,
    };
    found.ok_or_else(|| Wrong::Code { text: short(text), what: "precision of a place" })
}

/// The code of a precision; where there is none of the same step, the one of the next larger place.
pub(super) fn code(precision: Precision, codes: Codes) -> usize {
    match codes {
        Codes::Ged => Precision::ALL.iter().position(|step| *step == precision).map_or(6, |at| at + 1),
        Codes::Acled => match precision {
            Precision::Exact => 1,
            Precision::Near | Precision::Adm2 => 2,
            _ => 3,
        },
        Codes::Gtd => match precision {
            Precision::Exact => 1,
            Precision::Near | Precision::Adm2 => 3,
            Precision::Adm1 => 4,
            _ => 5,
        },
    }
}
