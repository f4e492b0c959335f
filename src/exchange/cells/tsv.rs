//! Cells as text with tabs.

/// The text of rows of cells. A cell is quoted only where it holds a tab, a line end or a quote.
pub fn write<'a, R: Iterator<Item = &'a str>>(rows: impl Iterator<Item = R>) -> String {
    let mut out = String::new();
    for (n, row) in rows.enumerate() {
        if n > 0 {
            out.push('\n');
        }
        for (n, cell) in row.enumerate() {
            if n > 0 {
                out.push('\t');
            }
            if cell.contains(['\t', '\n', '\r', '"']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(cell);
            }
        }
    }
    out
}

/// The cells of a text. Lines end in LF, CRLF or CR; one at the end begins no row. A quote opens a quoted cell only where
/// another one closes it before a tab or the end of a line: some programs write the quotes of a text as they are.
pub fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut rest = text;
    loop {
        let (cell, behind) = cell(rest);
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
        let mut letters = behind.chars();
        match letters.next() {
            None => break,
            Some('\t') => rest = letters.as_str(),
            Some(end) => {
                let line = letters.as_str();
                rest = if end == '\r' { line.strip_prefix('\n').unwrap_or(line) } else { line };
                if rest.is_empty() {
                    break;
                }
                rows.push(Vec::new());
            }
        }
    }
    rows
}

/// The first cell of a text, and what stands behind it: nothing, a tab or a line end first.
fn cell(text: &str) -> (String, &str) {
    const ENDS: [char; 3] = ['\t', '\n', '\r'];
    if let Some((cell, behind)) = text.strip_prefix('"').and_then(quoted)
        && (behind.is_empty() || behind.starts_with(ENDS))
    {
        return (cell, behind);
    }
    let end = memchr::memchr3(b'\t', b'\n', b'\r', text.as_bytes()).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// The text up to the quote that closes it, and what stands behind that.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('"')?;
        cell.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(behind) => {
                cell.push('"');
                rest = behind;
            }
            None => return Some((cell, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    fn written(rows: &[Vec<String>]) -> String {
        write(rows.iter().map(|row| row.iter().map(String::as_str)))
    }

    #[test]
    fn a_final_line_end_is_no_row() {
        assert_eq!(read("a\tb\r\nc\td\r\n"), cells(&[&["a", "b"], &["c", "d"]]));
        assert_eq!(read("a\rb"), cells(&[&["a"], &["b"]]));
        assert_eq!(read("a\n\nb\n"), cells(&[&["a"], &[""], &["b"]]));
    }

    #[test]
    fn quotes_hold_tabs_and_line_ends() {
        assert_eq!(read("\"a\tb\"\t\"c\n\"\"d\"\"\""), cells(&[&["a\tb", "c\n\"d\""]]));
        assert_eq!(read("5\" gun\tx"), cells(&[&["5\" gun", "x"]]));
        assert_eq!(
            read("\"Fire\" at the post\tx\n\"open\ty"),
            cells(&[&["\"Fire\" at the post", "x"], &["\"open", "y"]])
        );
        assert_eq!(written(&cells(&[&["plain"]])), "plain");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in prop::collection::vec(prop::collection::vec("[a\"\t\n\r ]{0,5}", 2), 1..5)) {
            prop_assert_eq!(read(&written(&rows)), rows);
        }
    }
}
