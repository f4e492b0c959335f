//! Sheets of workbooks (.xlsx, .xlsb, .xls, .ods) as the text of a table: every cell typed as its file has it. Dates are
//! ISO 8601 in either epoch, whole numbers have no decimals, and what a formula gave is taken rather than the formula.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Sheets, Xlsx};

use super::error::TableError;
use super::fields::write_field;
use super::scan::RowAt;

/// The most that a workbook may have when it is unpacked, in bytes. The largest data sets of the field have half of it.
const LARGEST: u64 = 2 << 30;
/// The same for a part that has to be held in memory as a whole.
const LARGEST_HELD: u64 = 512 << 20;

/// The cells of a sheet as text, with where its rows are.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub text: String,
    /// Each row with the line of the sheet on which it stands. Rows without a cell are left out.
    pub rows: Vec<RowAt>,
    /// The names of all sheets with cells that are seen.
    pub sheets: Vec<String>,
    /// The sheet that was read.
    pub sheet: String,
}

/// Whether bytes are a workbook, or something packed that may be one.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// Reads a sheet: the one of this name, else the first that holds cells and is not hidden.
pub(super) fn read(
    bytes: &[u8],
    name: Option<&str>,
    go_on: &(dyn Fn(f32) -> bool + Sync),
) -> Result<Cells, TableError> {
    check_size(bytes, LARGEST, LARGEST_HELD)?;
    // The reader is made for files that are sound; one that is not must not end the program.
    catch_unwind(AssertUnwindSafe(|| opened(bytes, name, go_on)))
        .unwrap_or_else(|_| Err(TableError::Damaged("its parts contradict each other".to_owned())))
}

/// Refuses a zip file that unpacks to more than a table has. What its directory promises is not believed.
fn check_size(bytes: &[u8], most: u64, held: u64) -> Result<(), TableError> {
    if !bytes.starts_with(b"PK") {
        return Ok(());
    }
    let damaged = |error: zip::result::ZipError| TableError::Damaged(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let names: Vec<String> = archive.file_names().filter_map(|name| name.ok().map(Cow::into_owned)).collect();
    if let Some(what) = other_archive(&names) {
        return Err(what);
    }
    let mut total = 0;
    for n in 0..archive.len() {
        let part = match archive.by_index(n) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(_)) => return Err(TableError::Locked),
            Err(error) => return Err(damaged(error)),
        };
        let name = part.name().map_err(damaged)?.into_owned();
        if !(name.ends_with(".xml") || name.ends_with(".bin") || name.ends_with(".rels")) {
            continue;
        }
        let most = if name.contains("sharedStrings") || name == "content.xml" { held.min(most) } else { most };
        let length = std::io::copy(&mut part.take(most + 1), &mut std::io::sink())
            .map_err(|error| TableError::Damaged(format!("{name}: {error}")))?;
        total += length;
        if length > most || total > most.max(LARGEST) {
            return Err(TableError::Bomb { most });
        }
    }
    Ok(())
}

/// What a zip file is that is no workbook.
fn other_archive(names: &[String]) -> Option<TableError> {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    let refused = |what, remedy| Some(TableError::NotATable { what, remedy });
    if has("xl/") || (has("content.xml") && has("mimetype")) {
        None
    } else if has("word/") {
        refused("a Word document", "open it with “Add articles”, or copy its table into a spreadsheet")
    } else {
        refused("a zip file", "unpack it first and choose the table in it")
    }
}

fn opened(bytes: &[u8], name: Option<&str>, go_on: &(dyn Fn(f32) -> bool + Sync)) -> Result<Cells, TableError> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(refused)?;
    let all: Vec<String> = book.sheet_names();
    let seen: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    if let Some(name) = name {
        if !all.iter().any(|one| one == name) {
            return Err(TableError::NoSheet { name: name.to_owned(), there: all });
        }
        return Ok(Cells { sheets: seen, sheet: name.to_owned(), ..cells(&mut book, name, go_on)? });
    }
    for name in &seen {
        let found = cells(&mut book, name, go_on)?;
        if !found.rows.is_empty() {
            return Ok(Cells { sheet: name.clone(), sheets: seen, ..found });
        }
    }
    Err(TableError::NoCells { there: all })
}

fn refused(error: impl std::fmt::Debug + std::fmt::Display) -> TableError {
    if format!("{error:?}").contains("Password") { TableError::Locked } else { TableError::Damaged(error.to_string()) }
}

fn cells(
    book: &mut Sheets<Cursor<&[u8]>>,
    name: &str,
    go_on: &(dyn Fn(f32) -> bool + Sync),
) -> Result<Cells, TableError> {
    let mut writer = Writer::default();
    match book {
        Sheets::Xlsx(book) => stream(book, name, &mut writer, go_on)?,
        other => {
            let range = other.worksheet_range(name).map_err(refused)?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
                let column = left as usize + column;
                writer.cell(row, column, &of_data(value), go_on)?;
            }
        }
    }
    writer.finish();
    Ok(writer.cells)
}

/// Reads the cells of an .xlsx one after the other: a sheet with one cell far out would fill the memory as a rectangle.
fn stream(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    writer: &mut Writer,
    go_on: &(dyn Fn(f32) -> bool + Sync),
) -> Result<(), TableError> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A sheet of charts has no cells.
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(refused(error)),
    };
    let last = reader.dimensions().end.0.max(1);
    while let Some(cell) = reader.next_cell().map_err(refused)? {
        let (row, column) = cell.get_position();
        writer.last = last;
        writer.cell(row, column as usize, cell.get_value(), go_on)?;
    }
    Ok(())
}

fn of_data(data: &Data) -> DataRef<'_> {
    match data {
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(n) => DataRef::Int(*n),
        Data::Float(n) => DataRef::Float(*n),
        Data::Bool(yes) => DataRef::Bool(*yes),
        Data::DateTime(when) => DataRef::DateTime(*when),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        _ => DataRef::Empty,
    }
}

/// Writes cells, which come row by row, as rows of one width: that of the first row.
#[derive(Default)]
struct Writer {
    cells: Cells,
    /// The row of the sheet that is being written.
    row: Option<u32>,
    /// Where it begins in the text.
    start: usize,
    fields: usize,
    width: usize,
    /// The last row of the sheet, as the sheet has it.
    last: u32,
}

impl Writer {
    fn cell(
        &mut self,
        row: u32,
        column: usize,
        value: &DataRef<'_>,
        go_on: &(dyn Fn(f32) -> bool + Sync),
    ) -> Result<(), TableError> {
        if matches!(value, DataRef::Empty) || matches!(value, DataRef::SharedString("")) {
            return Ok(());
        }
        if self.row != Some(row) {
            self.end_row();
            #[expect(clippy::cast_precision_loss, reason = "a fraction to be shown")]
            if row.is_multiple_of(1024) && !go_on((row as f32 / self.last.max(1) as f32).min(1.0)) {
                return Err(TableError::Stopped);
            }
            self.row = Some(row);
            self.start = self.cells.text.len();
            self.fields = 0;
        }
        // Cells that a damaged file gives twice or out of order would shift the others.
        if column < self.fields {
            return Err(TableError::Damaged(format!("the cells of row {} are out of order", u64::from(row) + 1)));
        }
        while self.fields <= column {
            if self.fields > 0 {
                self.cells.text.push(',');
            }
            self.fields += 1;
        }
        write_value(&mut self.cells.text, value);
        if self.cells.text.len() as u64 > LARGEST {
            return Err(TableError::Bomb { most: LARGEST });
        }
        Ok(())
    }

    fn end_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        if self.cells.rows.is_empty() {
            self.width = self.fields;
        }
        while self.fields < self.width {
            self.cells.text.push(',');
            self.fields += 1;
        }
        let fields = u32::try_from(self.fields).unwrap_or(u32::MAX);
        self.cells.rows.push(RowAt { start: self.start, end: self.cells.text.len(), line: row, fields });
        self.cells.text.push('\n');
    }

    fn finish(&mut self) {
        self.end_row();
    }
}

fn write_value(out: &mut String, value: &DataRef<'_>) {
    use std::fmt::Write as _;
    let _ = match value {
        DataRef::Int(n) => write!(out, "{n}"),
        DataRef::Float(n) => write!(out, "{n}"),
        DataRef::Bool(yes) => out.write_str(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(when) => out.write_str(&written(when)),
        DataRef::DateTimeIso(text) => out.write_str(&iso(text)),
        DataRef::DurationIso(text) => out.write_str(text),
        DataRef::Error(error) => write!(out, "{error}"),
        DataRef::String(text) => {
            write_field(out, text);
            Ok(())
        }
        DataRef::SharedString(text) => {
            write_field(out, text);
            Ok(())
        }
        DataRef::Empty => Ok(()),
    };
}

/// A day and time that the file has as a number of days: the time is left out at midnight, the day where there is none.
fn written(when: &ExcelDateTime) -> String {
    /// One day behind the last of the year 9999.
    const BEYOND: f64 = 2_958_466.0;
    let value = when.as_f64();
    if !(0.0..BEYOND).contains(&value) {
        return value.to_string();
    }
    if when.is_duration() {
        #[expect(clippy::cast_possible_truncation, reason = "below 2.6e11")]
        let seconds = (value * 86_400.0).round() as i64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, milli) = when.to_ymd_hms_milli();
    let time = match (hour, minute, second, milli) {
        (0, 0, 0, 0) => String::new(),
        (_, _, _, 0) => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    };
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (value < 1.0, time.is_empty()) {
        (true, false) => time,
        (_, true) => date,
        (false, false) => format!("{date} {time}"),
    }
}

/// A date in ISO 8601 without a time of midnight.
fn iso(text: &str) -> String {
    let Some((day, time)) = text.split_once('T') else { return text.to_owned() };
    let midnight = time.bytes().all(|b| matches!(b, b'0' | b':' | b'.' | b'Z'));
    if midnight { day.to_owned() } else { format!("{day} {time}") }
}

#[cfg(test)]
mod tests {
    use super::super::super::office::tests::zipped;
    use super::*;
    use calamine::ExcelDateTimeType;
    use rust_xlsxwriter::{ExcelDateTime as Written, Format, Workbook};

    fn book(make: impl FnOnce(&mut Workbook)) -> Vec<u8> {
        let mut book = Workbook::new();
        make(&mut book);
        book.save_to_buffer().expect("written")
    }

    fn text(bytes: &[u8], name: Option<&str>) -> String {
        read(bytes, name, &|_| true).expect("a workbook").text
    }

    #[test]
    fn cells_come_as_their_types_say() {
        let bytes = book(|book| {
            let date = Format::new().set_num_format("yyyy-mm-dd");
            let sheet = book.add_worksheet();
            for (column, name) in ["when", "place", "killed", "lat", "known", "note"].into_iter().enumerate() {
                sheet.write(0, u16::try_from(column).expect("few"), name).expect("written");
            }
            let day = Written::from_ymd(2022, 9, 14).expect("a day");
            sheet.write_datetime_with_format(2, 0, &day, &date).expect("written");
            sheet.write(2, 1, "Osh, \"old\" town").expect("written");
            sheet.write(2, 2, 12).expect("written");
            sheet.write(2, 3, 40.062_512_3).expect("written");
            sheet.write(2, 4, true).expect("written");
        });
        let cells = read(&bytes, None, &|_| true).expect("a workbook");
        assert_eq!(
            cells.text,
            "when,place,killed,lat,known,note\n2022-09-14,\"Osh, \"\"old\"\" town\",12,40.0625123,TRUE,\n"
        );
        assert_eq!(cells.rows.iter().map(|row| (row.line, row.fields)).collect::<Vec<_>>(), [(0, 6), (2, 6)]);
        assert_eq!((&*cells.sheet, &*cells.sheets), ("Sheet1", &["Sheet1".to_owned()][..]));
    }

    #[test]
    fn a_day_is_the_same_in_both_epochs() {
        let when = |value, in_1904| written(&ExcelDateTime::new(value, ExcelDateTimeType::DateTime, in_1904));
        assert_eq!((when(44_818.0, false), when(43_356.0, true)), ("2022-09-14".to_owned(), "2022-09-14".to_owned()));
        assert_eq!(when(44_818.562_5, false), "2022-09-14 13:30:00");
        assert_eq!(when(0.25, false), "06:00:00");
        assert_eq!(when(-3.0, false), "-3");
        let lasted = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(written(&lasted), "36:00:00");
        assert_eq!(
            (iso("2022-09-14T00:00:00"), iso("2022-09-14T08:30:00")),
            ("2022-09-14".into(), "2022-09-14 08:30:00".into())
        );
    }

    #[test]
    fn the_sheet_can_be_chosen_and_an_empty_or_hidden_one_is_passed_over() {
        let bytes = book(|book| {
            book.add_worksheet().set_name("Empty").expect("a name");
            let hidden = book.add_worksheet();
            hidden.set_name("Hidden").expect("a name").set_hidden(true).write(0, 0, "secret").expect("written");
            book.add_worksheet().set_name("Data").expect("a name").write(0, 0, "killed").expect("written");
        });
        assert_eq!(text(&bytes, None), "killed\n");
        assert_eq!(text(&bytes, Some("Hidden")), "secret\n");
        let missing = read(&bytes, Some("Dato"), &|_| true).expect_err("no such sheet");
        assert!(missing.to_string().contains("no sheet “Dato”: it has Empty, Hidden, Data"), "{missing}");
        assert_eq!(
            read(
                &book(|book| {
                    book.add_worksheet();
                }),
                None,
                &|_| true
            )
            .expect_err("no cells"),
            TableError::NoCells { there: vec!["Sheet1".to_owned()] }
        );
    }

    #[test]
    fn one_cell_far_out_does_not_fill_the_memory() {
        let bytes = book(|book| {
            let sheet = book.add_worksheet();
            sheet.write(0, 0, "killed").expect("written");
            sheet.write(1_048_575, 16_383, 3).expect("written");
        });
        let cells = read(&bytes, None, &|_| true).expect("a workbook");
        assert_eq!((cells.rows.len(), cells.rows[1].line), (2, 1_048_575));
        assert!(cells.text.len() < 20_000);
    }

    #[test]
    fn an_open_document_gives_its_cells() {
        let cell = |kind: &str, value: &str, text: &str| {
            format!("<table:table-cell office:value-type=\"{kind}\" {value}><text:p>{text}</text:p></table:table-cell>")
        };
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
        let head = row(&(cell("string", "", "when") + &cell("string", "", "killed")));
        let data = row(&(cell("date", "office:date-value=\"2022-09-14\"", "14/09/22")
            + &cell("float", "office:value=\"12\"", "12")));
        let far = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        let xml = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Data\">{head}{data}{far}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        let manifest = "<manifest:manifest></manifest:manifest>";
        let bytes = zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", manifest.as_bytes()),
            ("content.xml", xml.as_bytes()),
        ]);
        assert_eq!(text(&bytes, None), "when,killed\n2022-09-14,12\n");
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_and_so_is_what_is_no_workbook() {
        let large =
            zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &vec![b' '; 3_000_000])]);
        assert!(large.len() < 20_000, "it is small while it is packed");
        assert_eq!(check_size(&large, 2_999_999, 1_000), Err(TableError::Bomb { most: 2_999_999 }));
        assert_eq!(check_size(&large, 3_000_000, 1_000), Ok(()));
        let strings = zipped(&[("xl/sharedStrings.xml", &vec![b' '; 2_000])]);
        assert_eq!(check_size(&strings, 3_000_000, 1_000), Err(TableError::Bomb { most: 1_000 }));
        let other = read(&zipped(&[("GEDEvent.csv", b"id,best\n1,2\n")]), None, &|_| true).expect_err("no workbook");
        assert!(other.to_string().contains("a zip file, not a table: unpack it first"), "{other}");
    }

    #[test]
    fn a_damaged_workbook_is_told_and_never_ends_the_program() {
        let whole = book(|book| {
            book.add_worksheet().write(0, 0, "killed").expect("written");
        });
        for cut in (0..whole.len()).step_by(97).skip(1) {
            assert!(read(&whole[..cut], None, &|_| true).is_err(), "cut at {cut}");
        }
        assert_eq!(read(&whole, None, &|_| false).map(|cells| cells.text), Err(TableError::Stopped));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, at in 0_usize..2_000, byte: u8) {
            let _ = read(&[b"PK\x03\x04".as_slice(), &bytes].concat(), None, &|_| true);
            let _ = read(&[&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &bytes].concat(), None, &|_| true);
            let mut whole = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", b"<worksheet/>")]);
            let at = at % whole.len();
            whole[at] = byte;
            let _ = read(&whole, None, &|_| true);
        }
    }
}
