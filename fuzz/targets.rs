//! What the fuzzers run: each takes bytes of any kind and must neither panic nor break its law. The same functions are run
//! by `cargo fuzz` and, with mutated examples, by the tests (`tests/it/fuzzed.rs`).

use dateline::exchange::import::{Source, Wishes, fit, incoming, plan};
use dateline::exchange::table::{Choices, Quoting, Table};
use dateline::exchange::texts;
use dateline::filter::Filter;
use dateline::model::{EventDate, Project, Quantity};

/// Takes bytes of any kind.
pub type Target = fn(&[u8]);

/// All of them by name.
pub const ALL: [(&str, Target); 8] = [
    ("table", table),
    ("workbook", workbook),
    ("import", import),
    ("article", article),
    ("project", project),
    ("records", records),
    ("filter", filter),
    ("values", values),
];

/// A table in any writing, read in any way. Its rows are parts of it, in order.
pub fn table(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let choices = Choices {
        encoding: (choice & 1 > 0).then_some(encoding_rs::WINDOWS_1252),
        delimiter: (choice & 2 > 0).then_some(';'),
        quote: (choice & 4 > 0).then_some(if choice & 8 > 0 { Quoting::None } else { Quoting::With('\'') }),
        skip: (choice & 16 > 0).then_some(2),
        until_damage: choice & 32 > 0,
        ..Choices::default()
    };
    let read = if choice & 64 > 0 {
        Table::beginning(bytes.to_vec(), &choices)
    } else {
        Table::read(bytes.to_vec(), &choices, &|_| true)
    };
    let Ok(table) = read else { return };
    let mut line = 0;
    for n in 0..table.len() {
        assert!(table.line(n) >= line, "lines rise");
        line = table.line(n);
        let _ = (table.oddity(n), table.is_blank(n), table.fields(n).count());
    }
}

/// A workbook, or something that begins as one.
pub fn workbook(bytes: &[u8]) {
    let mut whole = bytes.to_vec();
    if !whole.starts_with(b"PK") && !whole.starts_with(&[0xD0, 0xCF]) {
        whole.splice(..0, *b"PK\x03\x04");
    }
    let _ = Table::read(whole, &Choices::default(), &|_| true);
}

/// A table into a project, and the same again: rows in are events out and skipped, and the second time changes nothing.
pub fn import(bytes: &[u8]) {
    let choices = Choices { until_damage: true, ..Choices::default() };
    let Ok(table) = Table::read(bytes.to_vec(), &choices, &|_| true) else { return };
    let Some(fitted) = fit(&table, None, "fuzz") else { return };
    let source = Source::of(&table, "ged241.csv", None);
    let taken = || incoming(&table, &fitted, &source, &|_| true).expect("not stopped");
    let empty = Project::titled("fuzz");
    let first = plan(&empty, taken(), &Wishes::default(), &|_| true).expect("not stopped");
    let report = &first.report;
    assert_eq!(report.rows, report.events() + report.skipped_rows());
    assert_eq!(report.events(), first.added.len() as u64);
    let _ = (report.text(), report.json(), report.log());
    let Some(edit) = first.edit(&empty) else { return };
    // A mapping that the model refuses is refused with a reason.
    let Ok(project) = edit.apply(&empty) else { return };
    let second = plan(&project, taken(), &Wishes::default(), &|_| true).expect("not stopped");
    assert!(second.is_empty(), "the same file twice changes nothing");
}

/// A text of any kind as an article.
pub fn article(bytes: &[u8]) {
    const NAMES: [&str; 8] = ["a.txt", "a.html", "a.eml", "a.mht", "a.pdf", "a.docx", "a.odt", "a.md"];
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let _ = texts::read_with_remarks(NAMES[usize::from(*choice) % NAMES.len()], bytes);
}

/// A project file. What opens is written and opens again as the same.
pub fn project(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(opened) = dateline::file::read(&text, &|_| true) else { return };
    is_saved_as_it_is(&opened.project);
}

/// Records as Dateline exports them, a line each. What is read is a project that can be saved.
pub fn records(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(opened) = dateline::file::lines::read(&text, &|_| true) else { return };
    is_saved_as_it_is(&opened.project);
}

fn is_saved_as_it_is(project: &Project) {
    let written = dateline::file::write(project);
    let again = dateline::file::read(&written, &|_| true).expect("what was written opens");
    assert!(again.project == *project, "and is the same");
}

/// The filter's line.
pub fn filter(bytes: &[u8]) {
    let _ = Filter::parse(&String::from_utf8_lossy(bytes), &Project::titled("fuzz"));
}

/// Numbers and dates as people type them. What is read is written so that it is read as the same.
pub fn values(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(quantity) = Quantity::parse(&text) {
        assert_eq!(Quantity::parse(&quantity.to_string()).as_ref(), Ok(&quantity), "{text:?}");
    }
    if let Ok(date) = EventDate::parse(&text) {
        assert_eq!(EventDate::parse(&date.to_string()).as_ref(), Ok(&date), "{text:?}");
    }
}
