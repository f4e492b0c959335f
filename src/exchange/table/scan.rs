//! Where the rows of a text are: one pass over the bytes on all cores, which knows quotes and nothing else.
//!
//! The text is cut behind line feeds. There a scanner is either between two rows or inside a quoted field; which of the
//! two is foretold by counting quotes, and put right where a stray quote makes the count wrong. Fields begin and end as
//! the `csv` crate has them: a quote opens a field only at its first byte, and stands doubled inside it.

use memchr::{memchr, memchr_iter, memchr2, memchr3};
use rayon::prelude::*;

/// The signs that part a text into rows and fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs {
    /// Between two fields.
    pub delimiter: u8,
    /// Around a field; `None` where nothing is quoted.
    pub quote: Option<u8>,
}

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowAt {
    /// Its first byte.
    pub start: usize,
    /// Behind its last byte, without its line end.
    pub end: usize,
    /// The line on which it begins, from 0.
    pub line: u32,
    /// How many fields it has.
    pub fields: u32,
}

/// How often rows end in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub lf: u64,
    pub crlf: u64,
    pub cr: u64,
    /// Lines without a byte, which are no rows.
    pub blank: u64,
}

/// The rest of a text behind a quote that nothing closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// The first byte of its row.
    pub row: usize,
    /// The quote.
    pub quote: usize,
    /// The line of the row, from 0.
    pub line: u32,
}

/// What a text is made of.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scanned {
    pub rows: Vec<RowAt>,
    pub ends: Ends,
    pub unclosed: Option<Unclosed>,
    /// Lines of the text.
    pub lines: u64,
    /// Whether the last row has no line end behind it.
    pub open_end: bool,
}

/// One piece of the text, read on its own.
#[derive(Debug, Default)]
struct Part {
    rows: Vec<RowAt>,
    ends: Ends,
    /// Line ends in it.
    lines: u64,
    /// Whether its first row began in a part before it.
    continues: bool,
    /// What is open at its end.
    tail: Option<Tail>,
}

/// A row that goes on in the next part.
#[derive(Debug, Clone, Copy)]
struct Tail {
    row: RowAt,
    /// The quote, where it opened in this part.
    quote: Option<usize>,
    /// Whether the end of the part is inside it.
    inside: bool,
}

/// Bytes of a part: small enough to share the work, large enough to forget about its ends.
const PART: usize = 4 << 20;

/// Finds the rows of `bytes` from `from` on. `None` where `go_on` says so, or where lines cannot be counted.
pub(super) fn scan(bytes: &[u8], from: usize, signs: Signs, go_on: &(dyn Fn(f32) -> bool + Sync)) -> Option<Scanned> {
    scan_in_parts(bytes, from, signs, PART, go_on)
}

fn scan_in_parts(
    bytes: &[u8],
    from: usize,
    signs: Signs,
    size: usize,
    go_on: &(dyn Fn(f32) -> bool + Sync),
) -> Option<Scanned> {
    let cuts = cuts(bytes, from, size);
    let spans: Vec<(usize, usize)> = cuts.iter().copied().zip(cuts.iter().copied().skip(1)).collect();
    let newline = if memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
    let foretold = foretell(bytes, &spans, signs);
    let done = std::sync::atomic::AtomicUsize::new(0);
    let parts: Vec<Option<Part>> = spans
        .par_iter()
        .zip(foretold.par_iter())
        .map(|(span, inside)| {
            let part = read(bytes, *span, *inside, signs, newline);
            let n = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            #[expect(clippy::cast_precision_loss, reason = "a fraction to be shown")]
            go_on(n as f32 / spans.len() as f32).then_some(part)
        })
        .collect();
    let mut joined = Joined::default();
    for ((part, span), foretold) in parts.into_iter().zip(&spans).zip(foretold) {
        let inside = joined.inside();
        let part = part?;
        joined.add(if inside == foretold { part } else { read(bytes, *span, inside, signs, newline) })?;
    }
    joined.finish(bytes, newline)
}

/// Places behind line feeds, about `size` bytes apart, with the two ends.
fn cuts(bytes: &[u8], from: usize, size: usize) -> Vec<usize> {
    let mut cuts = vec![from];
    let mut at = from;
    while let Some(rest) = at.checked_add(size).and_then(|next| bytes.get(next..))
        && let Some(found) = memchr(b'\n', rest)
    {
        at = bytes.len() - rest.len() + found + 1;
        cuts.push(at);
    }
    if at < bytes.len() || cuts.len() == 1 {
        cuts.push(bytes.len());
    }
    cuts
}

/// Whether each part begins inside a quoted field, by the number of quotes before it.
fn foretell(bytes: &[u8], spans: &[(usize, usize)], signs: Signs) -> Vec<bool> {
    let Some(quote) = signs.quote else { return vec![false; spans.len()] };
    let odd: Vec<bool> =
        spans.par_iter().map(|(start, end)| memchr_iter(quote, &bytes[*start..*end]).count() % 2 == 1).collect();
    let mut inside = false;
    odd.into_iter()
        .map(|odd| {
            let here = inside;
            inside ^= odd;
            here
        })
        .collect()
}

/// Reads one part.
fn read(bytes: &[u8], (from, to): (usize, usize), inside: bool, signs: Signs, newline: u8) -> Part {
    let mut reader = Reader {
        bytes: &bytes[..to],
        signs,
        newline,
        part: Part { continues: inside, ..Part::default() },
        row: RowAt { start: from, end: from, line: 0, fields: 1 },
        quote: None,
        at: from,
    };
    reader.run(inside);
    reader.part
}

struct Reader<'a> {
    /// The text up to the end of the part.
    bytes: &'a [u8],
    signs: Signs,
    newline: u8,
    part: Part,
    /// The row that is being read. Its line counts from the part's first.
    row: RowAt,
    /// The quote that opened last in it.
    quote: Option<usize>,
    at: usize,
}

impl Reader<'_> {
    fn run(&mut self, inside: bool) {
        if inside && !self.pass_quoted() {
            return;
        }
        while let Some(found) = self.next_mark() {
            let sign = self.bytes[found];
            self.row.fields += count(self.signs.delimiter, &self.bytes[self.at..found]);
            if sign == b'\n' || sign == b'\r' {
                self.end_row(found, sign);
            } else {
                self.at = found + 1;
                let first = found == self.row.start || self.bytes[found - 1] == self.signs.delimiter;
                // A quote elsewhere in a field is a letter like others.
                if first {
                    self.quote = Some(found);
                    if !self.pass_quoted() {
                        return;
                    }
                }
            }
        }
        self.row.fields += count(self.signs.delimiter, &self.bytes[self.at..]);
        if self.row.start < self.bytes.len() || (self.part.continues && self.part.rows.is_empty()) {
            self.leave(false);
        }
    }

    /// The next byte from here on that may end a row or open a quote.
    fn next_mark(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        let found = match self.signs.quote {
            Some(quote) => memchr3(quote, b'\n', b'\r', rest),
            None => memchr2(b'\n', b'\r', rest),
        };
        found.map(|found| self.at + found)
    }

    /// Goes behind the closing quote. `false` where the part ends before it.
    fn pass_quoted(&mut self) -> bool {
        let Some(quote) = self.signs.quote else { return true };
        loop {
            let rest = &self.bytes[self.at..];
            let Some(found) = memchr(quote, rest) else {
                self.part.lines += u64::from(count(self.newline, rest));
                self.leave(true);
                return false;
            };
            self.part.lines += u64::from(count(self.newline, &rest[..found]));
            self.at += found + 1;
            if self.bytes.get(self.at) == Some(&quote) {
                self.at += 1;
            } else {
                return true;
            }
        }
    }

    fn end_row(&mut self, end: usize, sign: u8) {
        let pair = sign == b'\r' && self.bytes.get(end + 1) == Some(&b'\n');
        self.at = end + if pair { 2 } else { 1 };
        self.part.lines += u64::from(pair || sign == self.newline);
        self.row.end = end;
        let ends = &mut self.part.ends;
        // What continues a row of the part before is never blank: a quote closed in it.
        if end == self.row.start && !(self.part.continues && self.part.rows.is_empty()) {
            ends.blank += 1;
        } else {
            match (sign, pair) {
                (b'\n', _) => ends.lf += 1,
                (_, true) => ends.crlf += 1,
                _ => ends.cr += 1,
            }
            self.part.rows.push(self.row);
        }
        self.row = RowAt { start: self.at, end: self.at, line: self.line(), fields: 1 };
        self.quote = None;
    }

    /// Lines of the part before here. More than can be counted are refused where the parts are joined.
    fn line(&self) -> u32 {
        u32::try_from(self.part.lines).unwrap_or(u32::MAX)
    }

    fn leave(&mut self, inside: bool) {
        self.row.end = self.bytes.len();
        self.part.tail = Some(Tail { row: self.row, quote: self.quote, inside });
    }
}

fn count(sign: u8, bytes: &[u8]) -> u32 {
    u32::try_from(memchr_iter(sign, bytes).count()).unwrap_or(u32::MAX)
}

/// The parts one behind the other.
#[derive(Default)]
struct Joined {
    scanned: Scanned,
    tail: Option<Tail>,
}

impl Joined {
    fn inside(&self) -> bool {
        self.tail.is_some_and(|tail| tail.inside)
    }

    /// `None` where there are more lines than can be counted.
    fn add(&mut self, part: Part) -> Option<()> {
        let before = u32::try_from(self.scanned.lines).ok()?;
        let mut rows = part.rows.into_iter();
        let open = self.tail.take();
        if let Some(open) = open {
            let Some(first) = rows.next() else {
                // The whole part is inside the quoted field.
                self.tail = part.tail.map(|tail| joined(open, tail));
                self.scanned.lines += part.lines;
                return Some(());
            };
            let fields = open.row.fields.saturating_add(first.fields - 1);
            self.scanned.rows.push(RowAt { end: first.end, fields, ..open.row });
        }
        self.scanned.rows.reserve(rows.len());
        for row in rows {
            self.scanned.rows.push(RowAt { line: before.checked_add(row.line)?, ..row });
        }
        self.tail = match part.tail {
            Some(tail) => Some(Tail { row: RowAt { line: before.checked_add(tail.row.line)?, ..tail.row }, ..tail }),
            None => None,
        };
        self.scanned.lines += part.lines;
        let (ends, of) = (&mut self.scanned.ends, part.ends);
        *ends =
            Ends { lf: ends.lf + of.lf, crlf: ends.crlf + of.crlf, cr: ends.cr + of.cr, blank: ends.blank + of.blank };
        Some(())
    }

    fn finish(mut self, bytes: &[u8], newline: u8) -> Option<Scanned> {
        if let Some(tail) = self.tail.take() {
            if tail.inside {
                let quote = tail.quote.unwrap_or(tail.row.start);
                self.scanned.unclosed = Some(Unclosed { row: tail.row.start, quote, line: tail.row.line });
            } else {
                self.scanned.open_end = true;
                self.scanned.rows.push(tail.row);
            }
        }
        if bytes.last().is_some_and(|last| *last != newline) {
            self.scanned.lines += 1;
        }
        u32::try_from(self.scanned.lines).ok()?;
        Some(self.scanned)
    }
}

/// A row that is open over a whole part. Its fields are those of both; the quote is the newer.
fn joined(open: Tail, next: Tail) -> Tail {
    let fields = open.row.fields.saturating_add(next.row.fields - 1);
    Tail { row: RowAt { end: next.row.end, fields, ..open.row }, quote: next.quote.or(open.quote), inside: next.inside }
}

#[cfg(test)]
mod tests {
    use super::super::fields::fields;
    use super::*;
    use proptest::prelude::*;

    const COMMA: Signs = Signs { delimiter: b',', quote: Some(b'"') };

    fn rows(text: &str, signs: Signs, size: usize) -> (Vec<Vec<String>>, Scanned) {
        let scanned = scan_in_parts(text.as_bytes(), 0, signs, size, &|_| true).expect("not stopped");
        let mut all: Vec<Vec<String>> = scanned
            .rows
            .iter()
            .map(|row| {
                let split: Vec<String> = fields(&text[row.start..row.end], signs).map(Into::into).collect();
                assert_eq!(split.len(), row.fields as usize, "{:?}", &text[row.start..row.end]);
                split
            })
            .collect();
        if let Some(open) = scanned.unclosed {
            all.push(fields(&text[open.row..], signs).map(Into::into).collect());
        }
        (all, scanned)
    }

    fn reference(text: &str, signs: Signs) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(signs.delimiter);
        match signs.quote {
            Some(quote) => reader.quote(quote),
            None => reader.quoting(false),
        };
        let read = reader.from_reader(text.as_bytes()).into_records();
        read.map(|row| row.expect("UTF-8").iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_row_that_is_cut_by_parts_is_whole_and_its_line_is_that_of_the_file() {
        let text = "a,b\n\"one\ntwo\nthree\",2\n\n3,\"x\"\"y\"\n";
        for size in 1..text.len() {
            let (all, scanned) = rows(text, COMMA, size);
            assert_eq!(all, [["a", "b"], ["one\ntwo\nthree", "2"], ["3", "x\"y"]]);
            assert_eq!(scanned.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [0, 1, 5]);
            assert_eq!((scanned.lines, scanned.ends.lf, scanned.ends.blank), (6, 3, 1));
            assert!(!scanned.open_end && scanned.unclosed.is_none());
        }
    }

    #[test]
    fn a_stray_quote_makes_the_forecast_wrong_and_the_rows_stay_right() {
        let text = format!("a,5\" pipe\n{}\n", "x,\"y\ny\"\n".repeat(50));
        let (all, scanned) = rows(&text, COMMA, 16);
        assert_eq!(all.len(), 51);
        assert_eq!(all, reference(&text, COMMA));
        assert_eq!(scanned.unclosed, None);
    }

    #[test]
    fn an_unclosed_quote_says_where_it_opened() {
        let text = "a,b\n1,2\n3,\"four\n5,6\n7,8\n";
        for size in [3, 8, 100] {
            let (_, scanned) = rows(text, COMMA, size);
            assert_eq!(scanned.unclosed, Some(Unclosed { row: 8, quote: 10, line: 2 }));
            assert_eq!((scanned.rows.len(), scanned.lines), (2, 5));
        }
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for (end, ends) in [
            ("\n", Ends { lf: 2, ..Ends::default() }),
            ("\r\n", Ends { crlf: 2, ..Ends::default() }),
            ("\r", Ends { cr: 2, ..Ends::default() }),
        ] {
            let (all, scanned) = rows(&["a,b", "1,2", "3,4"].join(end), COMMA, 4);
            assert_eq!(all.len(), 3);
            assert_eq!((scanned.ends, scanned.lines, scanned.open_end), (ends, 3, true));
            assert_eq!(scanned.rows.last().map(|row| row.line), Some(2));
        }
    }

    #[test]
    fn a_scan_stops_when_it_is_asked_to() {
        assert_eq!(scan(b"a,b\n1,2\n", 0, COMMA, &|_| false), None);
    }

    /// So many cases, more where the environment asks for a long run.
    fn cases() -> u32 {
        std::env::var("DATELINE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases()))]

        #[test]
        fn rows_and_fields_are_those_of_the_csv_crate(
            text in "[a,\";'é\\n\\r ]{0,60}", size in 1_usize..40, quoted: bool, semicolon: bool,
        ) {
            let signs = Signs { delimiter: if semicolon { b';' } else { b',' }, quote: quoted.then_some(b'"') };
            let (all, _) = rows(&text, signs, size);
            prop_assert_eq!(all, reference(&text, signs));
        }

        #[test]
        fn rows_line_ends_and_blank_lines_are_the_whole_text(text in "[a,\"\\n\\r]{0,60}", size in 1_usize..20) {
            let (_, scanned) = rows(&text, COMMA, size);
            let inside: usize = scanned.rows.iter().map(|row| row.end - row.start).sum();
            let rest = scanned.unclosed.map_or(0, |open| text.len() - open.row);
            let ends = scanned.ends;
            let least = inside as u64 + rest as u64 + ends.lf + ends.cr + 2 * ends.crlf + ends.blank;
            prop_assert!(least <= text.len() as u64 && text.len() as u64 <= least + ends.blank);
        }
    }
}
