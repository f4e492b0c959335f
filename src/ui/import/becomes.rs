//! What a row of the file becomes: one line for the event with its numbers, and what is wrong with it.

use std::collections::HashMap;

use crate::dataset::{RowReader, Shared};
use crate::exchange::table::Table;
use crate::model::{Dataset, DatasetId, EventId, Mapping, SourceRow};
use crate::ui::figures::sentence;

/// What a row becomes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Becomes {
    /// The event in a line: "2022-09-14 · Osh · killed 3".
    pub line: String,
    /// What breaks a rule, with the name of the column.
    pub flaws: Vec<String>,
}

/// Reads rows of a table by a mapping as they are looked at, and keeps what it read.
#[derive(Debug)]
pub(super) struct Preview {
    reader: RowReader,
    read: HashMap<usize, Becomes>,
}

impl Preview {
    /// So many rows are kept: some screens full.
    const KEPT: usize = 2_000;

    pub fn new(table: &Table, mapping: &Mapping) -> Self {
        let dataset = Dataset {
            id: DatasetId::random(),
            name: mapping.name.clone(),
            version: "".into(),
            mapping: mapping.name.clone(),
            mapping_version: mapping.version,
            columns: table.columns().to_vec(),
            layout: table.layout().clone(),
            file: "".into(),
            sha256: "".into(),
            imported: None,
        };
        Self { reader: RowReader::new(&dataset, mapping), read: HashMap::new() }
    }

    /// What this row of the table becomes.
    pub fn row(&mut self, table: &Table, n: usize) -> &Becomes {
        if self.read.len() > Self::KEPT {
            self.read.clear();
        }
        let reader = &self.reader;
        self.read.entry(n).or_insert_with(|| read(reader, table.row(n).unwrap_or_default()))
    }
}

fn read(reader: &RowReader, row: &str) -> Becomes {
    let Ok(id) = "preview".parse::<EventId>() else { return Becomes::default() };
    let source = SourceRow::new(reader.dataset(), row);
    let event = reader.event(id, source, &mut Shared::default(), &mut Vec::new());
    let mut parts = vec![event.when.map_or_else(|| "No date".to_owned(), |when| when.to_string())];
    let place = [&event.title, &event.location.name, &event.location.adm1, &event.location.country];
    parts.extend(place.into_iter().filter(|text| !text.is_empty()).take(2).map(|text| short(text)));
    let claims = reader.claims(id, row);
    if claims.is_empty() {
        parts.push("no number".to_owned());
    }
    parts.extend(claims.iter().map(|claim| {
        let class = if claim.class == crate::model::Class::TOTAL { String::new() } else { format!(" {}", claim.class) };
        format!("{}{class} {}", claim.measure, claim.quantity.describe())
    }));
    let flaws = reader.flaws(row).into_iter();
    let flaws = flaws.map(|flaw| format!("{}: {}", reader.column(flaw.column), sentence(&flaw.wrong.to_string())));
    Becomes { line: parts.join(" · "), flaws: flaws.collect() }
}

/// A name in a line of many.
fn short(text: &str) -> String {
    const LONGEST: usize = 32;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= LONGEST && line.len() == text.len() {
        return line.to_owned();
    }
    format!("{}…", line.chars().take(LONGEST).collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::guess::guess;
    use crate::exchange::table::Choices;

    #[test]
    fn a_row_is_told_as_the_event_that_it_becomes() {
        let text = "day,town,dead,injured\n2022-09-14,Osh,3,dozens\n2022-02-31,Batken,many,\n";
        let table = Table::read(text.as_bytes().to_vec(), &Choices::default(), &|_| true).expect("a table");
        let rows: Vec<Vec<String>> = (0..table.len()).map(|n| table.fields(n).map(String::from).collect()).collect();
        let mapping = guess(table.columns(), &rows).mapping("log", table.columns());
        let mut preview = Preview::new(&table, &mapping);
        assert_eq!(preview.row(&table, 0).line, "2022-09-14 · Osh · killed 3 · injured dozens");
        assert!(preview.row(&table, 0).flaws.is_empty());
        let second = preview.row(&table, 1);
        assert_eq!(second.line, "No date · Batken · killed many");
        assert_eq!(second.flaws.len(), 1);
        assert!(second.flaws[0].starts_with("day: “2022-02-31” is read as no date"), "{}", second.flaws[0]);
    }
}
