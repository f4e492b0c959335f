//! Whether the first row names the columns, and which rows in front of the data are none of it.

use std::collections::HashMap;

use crate::model::Text;

/// How a table begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// The first row names the columns.
    Named,
    /// The first row names the columns, and the second tags them in HXL (`#date+start`).
    Tagged,
    /// There is none: the first row is data.
    Missing,
}

/// Whether these two rows are a header, tags or data.
pub(super) fn header(first: &[String], second: Option<&[String]>) -> Header {
    if !names_columns(first, second) {
        Header::Missing
    } else if second.is_some_and(tags) {
        Header::Tagged
    } else {
        Header::Named
    }
}

/// Whether a row holds HXL tags: signs of `#`, letters and `+`, and nothing else.
pub(super) fn tags(row: &[String]) -> bool {
    let mut filled = row.iter().map(|field| field.trim()).filter(|field| !field.is_empty()).peekable();
    let tag = |field: &str| {
        let mut letters = field.chars();
        letters.next() == Some('#')
            && field.len() > 1
            && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '_' | '-'))
    };
    filled.peek().is_some() && filled.all(tag)
}

/// Names are short, differ, and are neither numbers nor dates.
fn names_columns(row: &[String], next: Option<&[String]>) -> bool {
    const LONGEST: usize = 100;
    let filled: Vec<&str> = row.iter().map(|field| field.trim()).filter(|field| !field.is_empty()).collect();
    if filled.is_empty() || filled.iter().any(|field| is_value(field) || field.chars().count() > LONGEST) {
        return false;
    }
    let mut sorted: Vec<String> = filled.iter().map(|field| field.to_lowercase()).collect();
    sorted.sort_unstable();
    let repeated = sorted.windows(2).filter(|pair| pair[0] == pair[1]).count();
    // A spreadsheet may hold a name twice; in a row of data that is common.
    let all_same = next.is_some_and(|next| next == row);
    repeated * 4 <= filled.len() && !all_same
}

/// Whether a field is a number, a date or the like, which no column is called.
fn is_value(field: &str) -> bool {
    let digits = field.bytes().filter(u8::is_ascii_digit).count();
    let signs = field.chars().filter(|c| !c.is_alphanumeric() && *c != '_').count();
    digits > 0 && (digits + signs == field.chars().count())
}

/// The names of columns: as they stand, but that each is there and is there once.
pub(super) fn names(row: &[String]) -> Vec<Text> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<Text> = Vec::with_capacity(row.len());
    for (n, field) in row.iter().enumerate() {
        let plain = match field.trim() {
            "" => format!("column {}", n + 1),
            name => name.to_owned(),
        };
        let mut name = plain.clone();
        while seen.contains_key(&name.to_lowercase()) {
            let times = seen.entry(plain.to_lowercase()).or_default();
            *times += 1;
            name = format!("{plain} {}", *times + 1);
        }
        seen.insert(name.to_lowercase(), 0);
        names.push(name.into());
    }
    names
}

/// Names for columns that have none.
pub(super) fn numbered(columns: usize) -> Vec<Text> {
    names(&vec![String::new(); columns])
}

/// How many rows stand in front of the header: titles and remarks, which fill one field of many.
pub(super) fn preamble(rows: &[Vec<String>]) -> usize {
    const MOST: usize = 20;
    let filled = |row: &Vec<String>| row.iter().filter(|field| !field.trim().is_empty()).count();
    let widest = rows.iter().map(filled).max().unwrap_or(0);
    let few = |row: &Vec<String>| filled(row) <= 1 && row.len() <= widest.max(1) && widest > 2;
    let leading = rows.iter().take(MOST).take_while(|row| few(row)).count();
    // Rows behind them must be a table, not one more remark.
    if rows.get(leading).is_some_and(|row| filled(row) * 2 >= widest) { leading } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_row_of_names_is_a_header_and_a_row_of_values_is_not() {
        let data = row("2022-09-14,Osh,3");
        assert_eq!(header(&row("date,place,killed"), Some(&data)), Header::Named);
        assert_eq!(header(&data, Some(&row("2022-09-15,Batken,2"))), Header::Missing);
        assert_eq!(header(&row("635781,AFG-2026-3-951-25,2026,false"), None), Header::Missing);
        assert_eq!(header(&row("date,place,killed"), Some(&row("#date+start,,#affected+killed"))), Header::Tagged);
        assert_eq!(header(&row("Osh,Osh,Osh,Batken"), None), Header::Missing);
        assert_eq!(header(&row(",,"), None), Header::Missing);
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let all = names(&row("place,,Place, killed ,place,place 2"));
        let all: Vec<&str> = all.iter().map(|name| &**name).collect();
        assert_eq!(all, ["place", "column 2", "Place 2", "killed", "place 3", "place 2 2"]);
    }

    #[test]
    fn titles_in_front_of_the_header_are_not_the_header() {
        let rows = [row("Casualties of the border"), row(""), row("date,place,killed"), row("2022-09-14,Osh,3")];
        assert_eq!(preamble(&rows), 2);
        assert_eq!(preamble(&rows[2..]), 0);
        assert_eq!(preamble(&[row("killed"), row("3")]), 0);
    }

    proptest::proptest! {
        #[test]
        fn names_differ(fields in proptest::collection::vec("[aA 2]{0,3}", 0..12)) {
            let names = names(&fields);
            let lower: std::collections::HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            proptest::prop_assert_eq!(lower.len(), fields.len());
        }
    }
}
