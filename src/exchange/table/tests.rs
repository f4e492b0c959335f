//! Tables of all sorts, and what people get wrong.

use super::*;
use std::path::{Path, PathBuf};

fn read(text: &str) -> Table {
    with(text.as_bytes(), &Choices::default()).expect("a table")
}

fn with(bytes: &[u8], choices: &Choices) -> Result<Table, TableError> {
    Table::read(bytes.to_vec(), choices, &|_| true)
}

fn refused(bytes: &[u8]) -> String {
    with(bytes, &Choices::default()).expect_err("refused").to_string()
}

fn columns(table: &Table) -> Vec<&str> {
    table.columns().iter().map(|name| &**name).collect()
}

fn row(table: &Table, n: usize) -> Vec<String> {
    table.fields(n).map(Cow::into_owned).collect()
}

/// A file of the shared data, where it is there.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn of_file(path: &Path) -> (Vec<u8>, Table) {
    let bytes = std::fs::read(path).expect("readable");
    let table = with(&bytes, &Choices::default()).expect("a table");
    (bytes, table)
}

/// The file made again from what was kept.
fn written(table: &Table) -> Vec<u8> {
    let layout = table.layout();
    let end = match layout.line_end {
        LineEnd::Lf => "\n",
        LineEnd::CrLf => "\r\n",
        LineEnd::Cr => "\r",
    };
    let rows = (0..table.len()).filter_map(|n| table.row(n));
    let mut text = layout.head.iter().map(|row| &**row).chain(rows).collect::<Vec<_>>().join(end);
    if layout.ends_in_line_end {
        text.push_str(end);
    }
    let encoding = Encoding::for_label(layout.encoding.as_bytes()).expect("an encoding");
    let mut bytes = if layout.bom { vec![0xEF, 0xBB, 0xBF] } else { Vec::new() };
    bytes.extend_from_slice(&encoding.encode(&text).0);
    bytes
}

#[test]
fn every_shared_file_comes_in_with_all_its_rows_and_could_go_out_byte_for_byte() {
    let files = [
        ("ucdp-ged-24.1-myanmar.csv", 7_374, 49, ',', "UTF-8", LineEnd::Lf),
        ("ucdp-ged-23.1-global-sample-1000.csv", 1_000, 49, ',', "UTF-8", LineEnd::Lf),
        ("ucdp-ged-19.1-hdx-ukraine.csv", 993, 45, ',', "UTF-8", LineEnd::CrLf),
        ("ucdp-candidate-26.0.7-10.csv", 10, 49, ',', "UTF-8", LineEnd::Lf),
        ("ucdp-ged-24.1-mexico-2018-semicolon-cp1252.csv", 712, 49, ';', "windows-1252", LineEnd::CrLf),
        ("gaza-casualties-daily.csv", 359, 18, ',', "UTF-8", LineEnd::Lf),
        ("acw-nps-battles.csv", 381, 53, ',', "UTF-8", LineEnd::Lf),
    ];
    for (name, rows, width, delimiter, encoding, end) in files {
        let Some(path) = shared(name) else { continue };
        let (bytes, table) = of_file(&path);
        let layout = table.layout();
        assert_eq!((table.len(), table.columns().len()), (rows, width), "{name}");
        assert_eq!((layout.delimiter, &*layout.encoding, layout.line_end), (delimiter, encoding, end), "{name}");
        assert_eq!((0..table.len()).find_map(|n| table.oddity(n)), None, "{name}");
        assert!(written(&table) == bytes, "{name}");
        assert_eq!(table.sha256(), sha256(&bytes), "{name}");
        let tagged = name.contains("hdx");
        assert_eq!(table.found().header, if tagged { Header::Tagged } else { Header::Named }, "{name}");
        // Without its header it is the same rows; GED is known by its shape.
        let head: usize = layout.head.iter().map(|row| row.len() + if end == LineEnd::CrLf { 2 } else { 1 }).sum();
        let bare = with(&bytes[head..], &Choices::default()).expect("a table");
        assert_eq!((bare.len(), bare.found().header), (rows, Header::Missing), "{name}");
        let named = width == 49 && delimiter == ',';
        assert_eq!(columns(&bare).first(), Some(if named { &"id" } else { &"column 1" }), "{name}");
    }
}

#[test]
fn a_workbook_has_the_same_rows_as_the_text_it_was_made_from() {
    let (Some(book), Some(text)) = (shared("ucdp-ged-24.1-myanmar-2021.xlsx"), shared("ucdp-ged-24.1-myanmar.csv"))
    else {
        return;
    };
    let (book, text) = (of_file(&book).1, of_file(&text).1);
    assert_eq!((book.len(), book.found().sheet.as_deref()), (855, Some("GEDEvent_v24_1")));
    assert_eq!(columns(&book), columns(&text));
    let year: Vec<usize> = (0..text.len()).filter(|n| text.fields(*n).nth(2).as_deref() == Some("2021")).collect();
    assert_eq!(year.len(), book.len());
    for (n, of_text) in year.into_iter().enumerate() {
        for (name, (book, text)) in text.columns().iter().zip(row(&book, n).iter().zip(row(&text, of_text))) {
            let same = match &**name {
                "date_start" | "date_end" => text.starts_with(book.as_str()) && book.len() == 10,
                "latitude" | "longitude" => book.parse::<f64>() == text.parse::<f64>(),
                // A workbook keeps a line feed for each line end in a cell.
                _ => *book == text.replace("\r\n", "\n"),
            };
            assert!(same, "row {n}, {name}: {book:?} and {text:?}");
        }
    }
}

#[test]
fn what_is_found_out_can_be_chosen_instead() {
    let text = "a;b\n1,5;2\n";
    assert_eq!(columns(&read(text)), ["a", "b"]);
    let choose = |choices: Choices| with(text.as_bytes(), &choices).expect("a table");
    assert_eq!(columns(&choose(Choices { delimiter: Some(','), ..Choices::default() })), ["a;b"]);
    let bare = choose(Choices { header: Some(Header::Missing), ..Choices::default() });
    assert_eq!((columns(&bare), bare.len()), (vec!["column 1", "column 2"], 2));
    let later = choose(Choices { skip: Some(1), header: Some(Header::Named), ..Choices::default() });
    assert_eq!((columns(&later), later.len(), later.found().skipped), (vec!["1,5", "2"], 0, 1));
    let quoteless = Choices { quote: Some(Quoting::None), ..Choices::default() };
    let table = with(b"a,b\n\"x,y\n", &quoteless).expect("a table");
    assert_eq!((row(&table, 0), table.layout().quote), (vec!["\"x".to_owned(), "y".to_owned()], '\0'));
    for (choices, wrong) in [
        (Choices { delimiter: Some('§'), ..Choices::default() }, "“§” cannot separate fields"),
        (Choices { delimiter: Some('\''), quote: Some(Quoting::With('\'')), ..Choices::default() }, "“'” cannot"),
        (Choices { quote: Some(Quoting::With('\n')), ..Choices::default() }, "cannot quote fields"),
    ] {
        let error = with(text.as_bytes(), &choices).expect_err("refused").to_string();
        assert!(error.contains(wrong), "{error}");
    }
}

#[test]
fn lines_in_front_of_the_table_stay_with_the_header() {
    let text = "Incidents at the border\n\ndate;place;killed\n2022-09-14;Osh;3\n2022-09-15;Batken;1\n";
    let table = read(text);
    assert_eq!((columns(&table), table.len(), table.found().skipped), (vec!["date", "place", "killed"], 2, 1));
    assert_eq!((table.line(0), table.found().blank), (4, 1));
    let spreadsheet = read("sep=|\r\na|b\r\n1|2\r\n");
    assert_eq!((columns(&spreadsheet), spreadsheet.line(0)), (vec!["a", "b"], 3));
    assert_eq!(written(&spreadsheet), b"sep=|\r\na|b\r\n1|2\r\n");
    let marked = read("\u{feff}a,b\n1,2");
    assert_eq!((columns(&marked), written(&marked)), (vec!["a", "b"], "\u{feff}a,b\n1,2".as_bytes().to_vec()));
}

#[test]
fn an_unclosed_quote_far_down_says_where_it_opened_and_the_rows_before_it_can_be_taken() {
    let rows = |from: usize, to: usize| (from..to).map(|n| format!("{n},\"a \"\"b\"\" c\",1\n")).collect::<String>();
    let plain = |from: usize, to: usize| (from..to).map(|n| format!("{n},a,1\n")).collect::<String>();
    let mut text = format!("id,note,best\n{}300000,\"cut,1\n{}", rows(0, 300_000), plain(300_001, 350_001));
    let message = refused(text.as_bytes());
    assert!(message.contains("line 300,002, column 8"), "{message}");
    assert!(message.contains("50,001 lines"), "{message}");
    assert!(message.contains("300,000 rows before it"), "{message}");
    let table = with(text.as_bytes(), &Choices { until_damage: true, ..Choices::default() }).expect("a part");
    assert_eq!(table.len(), 300_000);
    assert_eq!(table.found().unread, Some((Place { line: 300_002, column: 8 }, 50_001)));
    assert!(refused(b"\"a,b\n1,2\n").contains("line 1, column 1"));
    // Where a later quote closes it, the row that swallowed the others is marked.
    text.push_str("350001,\"end,1\n350002,a,1\n");
    let table = read(&text);
    assert_eq!((table.len(), table.oddity(299_999), table.oddity(300_001)), (300_002, None, None));
    assert_eq!((table.oddity(300_000), table.line(300_000)), (Some(Oddity::Sprawling), 300_002));
}

#[test]
fn a_file_that_ends_inside_a_row_has_that_row_marked() {
    let table = read("id,place,killed\n1,Osh,12\n2,Batk");
    assert_eq!((table.oddity(0), table.oddity(1)), (None, Some(Oddity::CutOff)));
    let whole = read("id,place,killed\n1,Osh,12\n2,Batken,3");
    assert_eq!(whole.oddity(1), None);
}

#[test]
fn rows_that_are_too_long_or_too_short_are_marked_where_they_are() {
    let table = read("a,b,c\n1,2,3\n1,2\n1,2,3,,\n1,2,3,4\n");
    let odd: Vec<_> = (0..table.len()).map(|n| table.oddity(n)).collect();
    assert_eq!(odd, [None, Some(Oddity::TooShort), None, Some(Oddity::TooLong)]);
    assert_eq!(table.line(3), 5);
}

#[test]
fn a_wrong_encoding_and_nul_are_told_with_their_place() {
    let choices = Choices { encoding: Some(encoding_rs::UTF_8), ..Choices::default() };
    let table = with(b"id,place\n1,K\xf6ln\n2,Osh\n", &choices).expect("a table");
    assert_eq!(table.found().damaged, Some(Place { line: 2, column: 4 }));
    assert_eq!((table.oddity(0), table.oddity(1)), (Some(Oddity::Unreadable), None));
    let table = read("id,place\n1,O\0sh\n2,Osh\n");
    assert_eq!((table.oddity(0), table.oddity(1)), (Some(Oddity::Nul), None));
    assert_eq!(row(&table, 0), ["1", "O\0sh"]);
}

#[test]
fn what_is_no_table_is_refused_with_a_remedy() {
    assert!(refused(b"").contains("The file is empty"));
    assert!(refused(&[0; 5_000]).contains("The file is empty"));
    assert!(refused(b" \n\n").contains("The file is empty"));
    assert!(refused(b"%PDF-1.7\n...").contains("a PDF document, not a table: ask for the data as CSV"));
    assert!(refused(b"\x1f\x8b\x08\0\0").contains("unpack it first"));
    assert!(refused(b"<html><table><tr><td>1</td></tr></table>").contains("a web page"));
    assert!(refused(b"SQLite format 3\0\x10\0").contains("a database file"));
    let noise: Vec<u8> = (0..4_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(refused(&noise).contains("a file without text"));
}

#[test]
fn very_wide_rows_and_very_long_fields_are_read() {
    let names: Vec<String> = (0..20_000).map(|n| format!("c{n}")).collect();
    let values = vec!["1"; 20_000].join(",");
    let table = read(&format!("{}\n{values}\n{values}\n", names.join(",")));
    assert_eq!((table.columns().len(), table.len(), table.oddity(1)), (20_000, 2, None));
    let long = "x".repeat(100_000_000);
    let text = format!("id,note\n1,\"{long}\"\n2,short\n");
    drop(long);
    let table = Table::read(text.into_bytes(), &Choices::default(), &|_| true).expect("a table");
    assert_eq!((table.len(), table.row(0).map(str::len), table.row(1)), (2, Some(100_000_004), Some("2,short")));
}

#[test]
fn the_beginning_of_a_file_shows_its_first_rows() {
    let text = "id,note\n1,\"a\nb\"\n2,c\n3,\"not yet clo";
    let table = Table::beginning(text.as_bytes().to_vec(), &Choices::default()).expect("a table");
    assert_eq!((table.len(), table.row(1)), (2, Some("2,c")));
    let table = Table::beginning(b"id,note\n1,a\n2,b\n3,c".to_vec(), &Choices::default()).expect("a table");
    assert_eq!(table.len(), 2);
}

#[test]
fn reading_stops_when_it_is_asked_to() {
    let stopped = Table::read(b"a,b\n1,2\n".to_vec(), &Choices::default(), &|_| false);
    assert_eq!(stopped.expect_err("stopped"), TableError::Stopped);
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic_and_what_is_read_is_a_part_of_them(bytes: Vec<u8>, until_damage: bool) {
        let _ = with(&bytes, &Choices { until_damage, ..Choices::default() });
    }

    #[test]
    fn no_text_panics(text in "[a1,;\t\"'#=\\n\\r é\0]{0,80}", until_damage: bool, skip in 0_usize..5) {
        let choices = Choices { until_damage, skip: (skip < 4).then_some(skip), ..Choices::default() };
        if let Ok(table) = with(text.as_bytes(), &choices) {
            for n in 0..table.len() {
                let _ = (table.oddity(n), table.line(n), table.is_blank(n));
            }
        }
        let _ = Table::beginning(text.into_bytes(), &choices);
    }
}
