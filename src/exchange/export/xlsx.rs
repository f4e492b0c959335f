//! A workbook: a sheet of events with typed cells, a codebook, a method sheet.
//!
//! Numbers are numbers and days are days. What is neither stays a text: a part of a date, a day before March 1900 (Excel
//! counts a day there that never was, and none before), a text that looks like a formula.

use std::io::{self, Write};

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::derive::method;
use crate::model::Project;

use super::cell::Cell;
use super::fields::{self, Field};
use super::guarded;
use super::redact::Redaction;
use super::subtotals::Subtotals;
use super::{Line, Source, codebook, pace};

/// The rows of a sheet, with the header.
pub(super) const ROWS: usize = 1_048_576;
/// The most letters of a cell.
const LETTERS: usize = 32_767;
/// The first day that every spreadsheet counts alike.
const FIRST_DAY: Date = jiff::civil::date(1900, 3, 1);
/// Rows between two looks at whether to go on.
const LOOK: usize = 500;
/// The share of the work that is done when all rows stand.
const STANDING: f32 = 0.8;
/// The widest column, in letters.
const WIDEST: f64 = 60.0;

/// How cells look.
struct Looks {
    head: Format,
    number_head: Format,
    day: Format,
    count: Format,
    degrees: Format,
    literal: Format,
    title: Format,
    wrapped: Format,
}

impl Looks {
    fn new() -> Self {
        let head = Format::new().set_bold().set_background_color("EEF1F5").set_align(FormatAlign::Top).set_text_wrap();
        Self {
            number_head: head.clone().set_align(FormatAlign::Right),
            head,
            day: Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            count: Format::new().set_num_format("#,##0"),
            degrees: Format::new().set_num_format("0.0#####"),
            literal: Format::new().set_quote_prefix(),
            title: Format::new().set_bold().set_font_size(14),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// Writes the workbook, its method sheet of what may be `seen` of the project, and answers how many texts were too long for a cell and were cut.
pub(super) fn write(
    source: &Source<'_>,
    lines: &[Line<'_>],
    (redaction, seen): (&Redaction, &Project),
    out: &mut dyn Write,
    go_on: &dyn Fn(f32) -> bool,
) -> io::Result<usize> {
    let looks = Looks::new();
    let mut book = Workbook::new();
    let mut cut = events(&mut book, &looks, source, lines, redaction, go_on)?;
    if let Some(sums) = Subtotals::of(source, lines, &|_| go_on(STANDING))? {
        cut += subtotals_sheet(&mut book, &looks, &sums).map_err(io::Error::other)?;
    }
    codebook_sheet(&mut book, &looks, source, redaction).map_err(io::Error::other)?;
    method_sheet(&mut book, &looks, source, seen).map_err(io::Error::other)?;
    if !go_on(STANDING) {
        return Err(pace::stopped());
    }
    let bytes = book.save_to_buffer().map_err(io::Error::other)?;
    out.write_all(&bytes)?;
    go_on(1.0);
    Ok(cut)
}

/// A row or column by its number. None is larger than a sheet has, which was asked before.
fn row(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn column(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

fn events<'a>(
    book: &mut Workbook,
    looks: &Looks,
    source: &Source<'a>,
    lines: &[Line<'a>],
    redaction: &Redaction,
    go_on: &dyn Fn(f32) -> bool,
) -> io::Result<usize> {
    let fields = fields::all(source);
    let sheet = book.add_worksheet_with_constant_memory().map_err(io::Error::other)?;
    head(sheet, looks, &fields, lines.len()).map_err(io::Error::other)?;
    let mut cut = 0;
    for (n, line) in lines.iter().enumerate() {
        if n.is_multiple_of(LOOK) {
            #[expect(clippy::cast_precision_loss, reason = "a share")]
            let share = n as f32 / lines.len() as f32;
            if !go_on(share * STANDING) {
                return Err(pace::stopped());
            }
        }
        for (at, field) in fields.iter().enumerate() {
            let cell = field.cell(*line, source, redaction);
            cut += usize::from(put(sheet, looks, (row(n + 1), column(at)), cell).map_err(io::Error::other)?);
        }
    }
    Ok(cut)
}

fn head(sheet: &mut Worksheet, looks: &Looks, fields: &[Field<'_>], events: usize) -> Result<(), XlsxError> {
    sheet.set_name("Events")?.set_freeze_panes(1, 2)?.set_repeat_rows(0, 0)?.set_landscape();
    for (n, field) in fields.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few letters")]
        let name = field.id.chars().count() as f64 + 2.0;
        sheet.set_column_width(column(n), field.width.max(name).min(WIDEST))?;
    }
    sheet.autofilter(0, 0, row(events), column(fields.len().saturating_sub(1)))?;
    for (n, field) in fields.iter().enumerate() {
        let look = if field.is_number() { &looks.number_head } else { &looks.head };
        sheet.write_string_with_format(0, column(n), &*field.id, look)?;
    }
    Ok(())
}

/// Writes a cell and answers whether its text was cut.
fn put(sheet: &mut Worksheet, looks: &Looks, (row, at): (u32, u16), cell: Cell<'_>) -> Result<bool, XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(words) => {
            let short = shortened(&words);
            if matches!(guarded(short), std::borrow::Cow::Owned(_)) {
                sheet.write_string_with_format(row, at, short, &looks.literal)?;
            } else {
                sheet.write_string(row, at, short)?;
            }
            return Ok(short.len() < words.len());
        }
        // A number that a spreadsheet cannot hold to its last digit stays a text.
        Cell::Count(n) => match u32::try_from(n) {
            Ok(n) => drop(sheet.write_number_with_format(row, at, n, &looks.count)?),
            Err(_) => drop(sheet.write_string(row, at, n.to_string())?),
        },
        Cell::Decimal(n) => drop(sheet.write_number_with_format(row, at, n, &looks.degrees)?),
        Cell::Day(day) if day >= FIRST_DAY => {
            let (year, month, of_month) = (day.year().unsigned_abs(), day.month(), day.day());
            let day = ExcelDateTime::from_ymd(year, month.unsigned_abs(), of_month.unsigned_abs())?;
            sheet.write_datetime_with_format(row, at, &day, &looks.day)?;
        }
        Cell::Day(day) => drop(sheet.write_string(row, at, day.to_string())?),
    }
    Ok(false)
}

/// As much of a text as a cell holds, which Excel counts in UTF-16.
fn shortened(words: &str) -> &str {
    if words.len() <= LETTERS {
        return words;
    }
    let mut units = 0;
    let end = words.char_indices().find_map(|(at, letter)| {
        units += letter.len_utf16();
        (units > LETTERS).then_some(at)
    });
    end.and_then(|end| words.get(..end)).unwrap_or(words)
}

/// The subtotals of groups, a line each. Answers how many texts were cut.
fn subtotals_sheet(book: &mut Workbook, looks: &Looks, sums: &Subtotals) -> Result<usize, XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name("Subtotals")?.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.set_landscape();
    for (n, name) in sums.names().enumerate() {
        let (look, width) = if n == 0 { (&looks.head, 30.0) } else { (&looks.number_head, 14.0) };
        sheet.set_column_width(column(n), width)?;
        sheet.write_string_with_format(0, column(n), name, look)?;
    }
    let last = column(sums.names().count().saturating_sub(1));
    sheet.autofilter(0, 0, row(sums.rows.len()), last)?;
    let mut cut = 0;
    for (n, group) in sums.rows.iter().enumerate() {
        for (at, cell) in sums.cells(group).enumerate() {
            cut += usize::from(put(sheet, looks, (row(n + 1), column(at)), cell)?);
        }
    }
    Ok(cut)
}

fn codebook_sheet(
    book: &mut Workbook,
    looks: &Looks,
    source: &Source<'_>,
    redaction: &Redaction,
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name("Codebook")?.set_column_width(0, 22)?.set_column_width(1, 70)?.set_column_width(2, 50)?;
    let mut at = 0;
    for [what, said] in codebook::about(source, redaction) {
        sheet.write_string_with_format(at, 0, what, &looks.head)?;
        sheet.write_string_with_format(at, 1, shortened(&said), &looks.wrapped)?;
        at += 1;
    }
    for part in codebook::parts(source) {
        at += 1;
        sheet.write_string_with_format(at, 0, part.title, &looks.title)?;
        at += 1;
        for line in part.lines {
            for (n, words) in line.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
                sheet.write_string_with_format(at, column(n), shortened(words), &looks.wrapped)?;
            }
            at += 1;
        }
    }
    Ok(())
}

/// Totals of the project, and the method note line for line.
fn method_sheet(book: &mut Workbook, looks: &Looks, source: &Source<'_>, seen: &Project) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name("Method")?.set_column_width(0, 40)?.set_column_width(1, 30)?;
    for (n, name) in ["Measure", "Rule", "Low", "Best", "High", "Events"].into_iter().enumerate() {
        sheet.write_string_with_format(0, column(n), name, &looks.head)?;
    }
    let mut at = 1;
    for total in method::standing(source.project, source.derived) {
        put(sheet, looks, (at, 0), Cell::text(total.measure.title()))?;
        put(sheet, looks, (at, 1), Cell::text(&*total.method))?;
        put(sheet, looks, (at, 2), Cell::Count(total.low))?;
        put(sheet, looks, (at, 3), total.best.map_or(Cell::text("none"), Cell::Count))?;
        put(sheet, looks, (at, 4), total.high.map_or(Cell::text("open"), Cell::Count))?;
        put(sheet, looks, (at, 5), Cell::Count(total.events))?;
        at += 1;
    }
    sheet.write_string(
        at,
        0,
        "Totals of the whole project: sums of lows, bests and highs; bounds, not a confidence interval",
    )?;
    at += 2;
    for line in method::method_note(seen, source.derived, source.hash).lines() {
        note_line(sheet, looks, at, line)?;
        at += 1;
    }
    Ok(())
}

/// A line of Markdown: titles bold, rows of tables in cells.
fn note_line(sheet: &mut Worksheet, looks: &Looks, at: u32, line: &str) -> Result<(), XlsxError> {
    let rules = line.starts_with("| --") || line.starts_with("|--");
    if let Some(title) = line.strip_prefix('#') {
        sheet.write_string_with_format(at, 0, title.trim_start_matches('#').trim(), &looks.title)?;
    } else if let Some(cells) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")).filter(|_| !rules) {
        for (n, cell) in cells.split(" | ").enumerate() {
            put(sheet, looks, (at, column(n)), Cell::text(cell.replace("\\|", "|")))?;
        }
    } else if !rules {
        // A sheet shows no bold letters within a cell.
        put(sheet, looks, (at, 0), Cell::text(line.trim_end().replace("**", "").replace('`', "")))?;
    }
    Ok(())
}
