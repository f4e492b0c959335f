//! Cells as spreadsheets put them on the clipboard and take them from it: a text with tabs, and a table in HTML.
//!
//! Both are written from the cells, never one from the other. It knows no clipboard and no columns.

pub mod html;
pub mod tsv;

/// How a spreadsheet should understand a cell that is copied into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As it stands, whatever it looks like: a spreadsheet would make a day of “10-14” and a formula of “=A1”.
    Text,
    /// A number without separators.
    Number,
    /// A day, written `2022-09-16`.
    Day,
}

/// A cell that is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// What it is.
    pub kind: Kind,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Text }
    }
}

/// More HTML than this is not read: then the text beside it has the cells.
const LARGEST: usize = 64 << 20;

/// The cells of what is on a clipboard. A table in HTML says where a cell ends also where its text holds quotes, tabs or
/// line ends, which many programs write into the plain text as they are; a page that is more than one table does not.
pub fn read(text: &str, html: Option<&str>) -> Vec<Vec<String>> {
    let table = html.filter(|html| html.len() <= LARGEST).and_then(html::read);
    table.unwrap_or_else(|| tsv::read(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_wins_over_its_text_and_a_page_does_not() {
        let table = "<table><tr><td>5&quot; gun<td>two<br>lines</table>";
        assert_eq!(read("5\" gun\ttwo lines", Some(table)), [["5\" gun", "two\nlines"]]);
        let page = format!("<p>Before.</p>{table}");
        assert_eq!(read("a\tb", Some(&page)), [["a", "b"]]);
        assert_eq!(read("a\tb", Some("<b>a</b>")), [["a", "b"]]);
        assert_eq!(read("a", None), [["a"]]);
    }
}
