//! Cells as text with tabs, as spreadsheets put them on the clipboard and take them from it. Knows no table.

/// The text of rows of cells. A cell is quoted only where it holds a tab, a line end or a quote.
pub(super) fn write(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        if text.contains(['\t', '\n', '\r', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The cells of a text. Lines end in LF, CRLF or CR; one at the end begins no row.
pub(super) fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    let mut at_start = true;
    while let Some(letter) = letters.next() {
        let cell = rows.last_mut().and_then(|row| row.last_mut());
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.into_iter().for_each(|cell| cell.push('"'));
            }
            '"' if quoted => quoted = false,
            '"' if at_start => quoted = true,
            _ if quoted => cell.into_iter().for_each(|cell| cell.push(letter)),
            '\t' => {
                rows.last_mut().into_iter().for_each(|row| row.push(String::new()));
                at_start = true;
                continue;
            }
            '\n' | '\r' => {
                if letter == '\r' && letters.peek() == Some(&'\n') {
                    letters.next();
                }
                if letters.peek().is_some() {
                    rows.push(vec![String::new()]);
                }
                at_start = true;
                continue;
            }
            _ => cell.into_iter().for_each(|cell| cell.push(letter)),
        }
        at_start = false;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
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
        assert_eq!(write(&cells(&[&["plain"]])), "plain");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in prop::collection::vec(prop::collection::vec("[a\"\t\n\r ]{0,5}", 2), 1..5)) {
            prop_assert_eq!(read(&write(&rows)), rows);
        }
    }
}
