//! Data of a known shape that came without its header, as the UCDP Candidate release 24.0.1 did.

use crate::dataset::known::GED_COLUMNS as GED;

/// The names of the columns of a table whose first row is data, where its shape is known.
pub(super) fn columns(row: &[String]) -> Option<&'static [&'static str]> {
    let field = |name: &str| {
        let at = GED.iter().position(|own| *own == name)?;
        row.get(at).map(|field| field.trim())
    };
    let number = |name| field(name).is_some_and(|text| text.parse::<u64>().is_ok());
    let day = |name| field(name).is_some_and(|text| text.get(4..5) == Some("-") && text.get(7..8) == Some("-"));
    let point = field("geom_wkt").is_some_and(|text| text.is_empty() || text.starts_with("POINT"));
    let is_ged = row.len() == GED.len()
        && ["id", "year", "type_of_violence", "best", "high", "low"].into_iter().all(number)
        && day("date_start")
        && day("date_end")
        && point;
    is_ged.then_some(&GED[..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_ged_is_known_by_its_shape() {
        let mut row: Vec<String> = vec![String::new(); 49];
        for (at, text) in [
            (0, "7"),
            (2, "2024"),
            (5, "3"),
            (38, "2024-01-02 00:00:00.000"),
            (39, "2024-01-02"),
            (44, "1"),
            (45, "1"),
            (46, "0"),
        ] {
            row[at] = text.to_owned();
        }
        assert_eq!(columns(&row), Some(&GED[..]));
        row[44] = "Osh".to_owned();
        assert_eq!(columns(&row), None);
    }
}
