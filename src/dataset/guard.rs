//! Texts that a spreadsheet would run as a formula, and how a CSV file keeps it from doing so.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return (also in the wide forms of East Asian
//! keyboards) is written with an apostrophe before it, as the field does; a plain number is left alone. A text that
//! has apostrophes before such a sign gets one more, so that taking one away always gives the text that was meant.
//! Formats with typed cells do not need it.
//!
//! Other people's cells may begin with an apostrophe of their own, which is theirs to keep. So it is taken away only from
//! tables that Dateline writes ([`is_unguarded`]): its own, which are known by their header, for no other table has these
//! names, and those of UCDP GED and ACLED, whose shape it writes. A row of theirs that nobody touched goes out as it came in
//! any case; what is written into one by hand is guarded.

use std::borrow::Cow;

use crate::model::Dataset;
use crate::model::own::Number;

const APOSTROPHE: char = '\'';

/// Columns that every table of events has that Dateline writes as CSV, and that nobody else's has together.
const OURS: [&str; 8] = ["id", "when", "side_a", "killed.low", "killed", "killed.high", "source_ids", "sensitive"];

/// Other people's data in whose shape Dateline writes its own events, by the names of their mappings.
const SHAPES: [&str; 2] = ["ged", "acled"];

/// Whether the apostrophe is taken away from the cells of a data set: a table that Dateline writes as CSV. A workbook
/// holds texts as they are.
pub(super) fn is_unguarded(dataset: &Dataset) -> bool {
    const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];
    let ending = dataset.file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let is_ours = || OURS.iter().all(|name| dataset.columns.iter().any(|own| &**own == *name));
    // A mapping that was made to fit a file has the name of the known one in front.
    let is_shaped = SHAPES.contains(&dataset.mapping.split(' ').next().unwrap_or_default());
    (is_shaped || is_ours()) && !WORKBOOKS.contains(&&*ending)
}

/// Whether a text could be taken for a formula, but for apostrophes before it.
fn could_run(text: &str) -> bool {
    let bare = text.trim_start_matches(APOSTROPHE);
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        && (bare.len() < text.len() || Number::parse(text).is_err())
}

/// The text as it is written into a CSV file.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if could_run(text) { Cow::Owned(format!("{APOSTROPHE}{text}")) } else { Cow::Borrowed(text) }
}

/// The text that a cell of a CSV file means: the opposite of [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix(APOSTROPHE) {
        Some(text) if could_run(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_texts_and_numbers_stay_numbers() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+3 dead", "'+3 dead"),
            ("-0044-03-15", "'-0044-03-15"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("＝1", "'＝1"),
            ("-2", "-2"),
            ("-70.82", "-70.82"),
            ("'=1", "''=1"),
            ("'tis so", "'tis so"),
            ("3+", "3+"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell, "{text:?}");
            assert_eq!(unguarded(cell), text, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_is_read_back_and_never_runs(text in "'{0,3}[=+@＝ a\\t\\r-]?[0-9a.+-]{0,4}") {
            let cell = guarded(&text).into_owned();
            prop_assert_eq!(unguarded(&cell), &text);
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            prop_assert!(!runs || Number::parse(&cell).is_ok(), "{:?}", cell);
        }
    }
}
