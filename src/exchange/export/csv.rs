//! A table as comma separated values: RFC 4180 with one header row, UTF-8 without a byte order mark, line feeds, texts in
//! quotation marks only where they need them, and nothing that a spreadsheet would run (`guard`).

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::civil::Date;

use super::cell::Cell;
use super::fields::{self, Field};
use super::guarded;
use super::redact::Redaction;
use super::subtotals::Subtotals;
use super::{Line, Source, pace};

/// Writes the table.
pub(super) fn write(
    source: &Source<'_>,
    lines: &[Line<'_>],
    redaction: &Redaction,
    out: &mut dyn Write,
    go_on: &dyn Fn(f32) -> bool,
) -> io::Result<()> {
    let fields = fields::all(source);
    let mut head = Vec::new();
    for (n, field) in fields.iter().enumerate() {
        separate(&mut head, n);
        text(&mut head, &field.id);
    }
    head.push(b'\n');
    out.write_all(&head)?;
    pace::write(lines, out, go_on, |chunk, bytes| {
        for line in chunk {
            row(bytes, &fields, *line, source, redaction);
        }
    })
}

fn row<'a>(bytes: &mut Vec<u8>, fields: &[Field<'a>], line: Line<'a>, source: &Source<'a>, redaction: &Redaction) {
    cells(bytes, fields.iter().map(|field| field.cell(line, source, redaction)));
}

/// A line of cells.
fn cells<'a>(bytes: &mut Vec<u8>, cells: impl Iterator<Item = Cell<'a>>) {
    for (n, cell) in cells.enumerate() {
        separate(bytes, n);
        match cell {
            Cell::Empty => {}
            Cell::Text(words) => text(bytes, &words),
            Cell::Count(number) => count(bytes, number),
            Cell::Decimal(number) => {
                // Writing to a vector cannot fail.
                let _ = write!(bytes, "{number}");
            }
            Cell::Day(day) => self::day(bytes, day),
        }
    }
    bytes.push(b'\n');
}

/// The subtotals of groups as a table of their own.
pub(super) fn subtotals(sums: &Subtotals) -> Vec<u8> {
    let mut bytes = Vec::new();
    cells(&mut bytes, sums.names().map(Cell::text));
    sums.rows.iter().for_each(|row| cells(&mut bytes, sums.cells(row)));
    bytes
}

fn separate(bytes: &mut Vec<u8>, n: usize) {
    if n > 0 {
        bytes.push(b',');
    }
}

/// A text that no spreadsheet runs, in quotation marks where it needs them.
fn text(bytes: &mut Vec<u8>, words: &str) {
    let safe = match words.as_bytes().first() {
        // Most texts begin with a letter or a digit.
        Some(first) if first.is_ascii_alphanumeric() => Cow::Borrowed(words),
        _ => guarded(words),
    };
    let needs = |b: &u8| matches!(b, b',' | b'"' | b'\n' | b'\r');
    if !safe.as_bytes().iter().any(needs) {
        bytes.extend_from_slice(safe.as_bytes());
        return;
    }
    bytes.push(b'"');
    for (n, part) in safe.split('"').enumerate() {
        if n > 0 {
            bytes.extend_from_slice(b"\"\"");
        }
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes.push(b'"');
}

/// The digits of a count.
fn count(bytes: &mut Vec<u8>, number: u64) {
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), number);
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    bytes.extend_from_slice(&digits[at..]);
}

/// A day of the years 0 to 9999.
fn day(bytes: &mut Vec<u8>, day: Date) {
    let digit = |n: i16| b'0' + u8::try_from(n.rem_euclid(10)).unwrap_or(0);
    let (year, month, day) = (day.year(), i16::from(day.month()), i16::from(day.day()));
    bytes.extend_from_slice(&[digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), b'-']);
    bytes.extend_from_slice(&[digit(month / 10), digit(month), b'-', digit(day / 10), digit(day)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_counts_and_days_are_written_as_any_reader_expects() {
        let written = |write: &dyn Fn(&mut Vec<u8>)| {
            let mut bytes = Vec::new();
            write(&mut bytes);
            String::from_utf8(bytes).expect("text")
        };
        for (words, wanted) in [
            ("a", "a"),
            ("a,b", "\"a,b\""),
            ("5\" gun", "\"5\"\" gun\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1,2", "\"'=1,2\""),
        ] {
            assert_eq!(written(&|bytes| text(bytes, words)), wanted);
        }
        for number in [0, 7, 10, 400_000, u64::MAX] {
            assert_eq!(written(&|bytes| count(bytes, number)), number.to_string());
        }
        for date in [jiff::civil::date(2022, 9, 6), jiff::civil::date(987, 12, 31), jiff::civil::date(0, 1, 1)] {
            assert_eq!(written(&|bytes| day(bytes, date)), date.to_string());
        }
    }
}
