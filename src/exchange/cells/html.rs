//! Cells as a table in HTML, as LibreOffice, Excel, Sheets and browsers put them on the clipboard.
//!
//! What is read are tables that are ranges of cells. Where there is text beside the table, or a second table, it was a
//! page that was copied, and its plain text is the better answer.

use std::cell::RefCell;
use std::fmt::Write as _;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::{Cell, Kind};

/// Wider and taller cells than these are cut: no spreadsheet has them.
const MOST_COLUMNS: usize = 16_384;
const MOST_ROWS: usize = 1_048_576;
/// A cell that spans more columns than this spans one: the rest is an accident.
const WIDEST: usize = 1_000;

/// The table of these rows.
pub fn write(rows: &[Vec<Cell>]) -> String {
    let mut out = String::from("<meta charset=\"utf-8\"><meta name=\"generator\" content=\"Dateline\"><table>");
    for row in rows {
        out.push_str("\n<tr>");
        row.iter().for_each(|cell| write_cell(&mut out, cell));
        out.push_str("</tr>");
    }
    out.push_str("\n</table>");
    out
}

fn write_cell(out: &mut String, cell: &Cell) {
    let Cell { text, kind } = cell;
    let day = || text.parse::<jiff::civil::Date>().ok().filter(|day| day.to_string() == *text);
    match kind {
        Kind::Number if is_number(text) => out.push_str("<td align=\"right\">"),
        Kind::Day if day().is_some() => {
            let number = day().map_or(0, number_of);
            let format = "sdnum=\"1033;0;YYYY-MM-DD\" style='mso-number-format:\"yyyy\\-mm\\-dd\"'";
            // A text can be written to without fail.
            let _ = write!(out, "<td sdval=\"{number}\" {format}>");
        }
        _ if !may_be_misread(text) => out.push_str("<td>"),
        // A text, in the words of LibreOffice and of Excel.
        _ => out.push_str("<td sdnum=\"1033;0;@\" style='mso-number-format:\"\\@\";white-space:pre-wrap'>"),
    }
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' if letters.peek() == Some(&'\n') => {}
            // The last one of a cell begins no line.
            '\n' | '\r' if letters.peek().is_none() => out.push_str("<br><br>"),
            '\n' | '\r' => out.push_str("<br>"),
            '\t' => out.push_str("&#9;"),
            letter => out.push(letter),
        }
    }
    out.push_str("</td>");
}

/// The number of a day as spreadsheets count: days since 30 December 1899.
fn number_of(day: jiff::civil::Date) -> i64 {
    let first = jiff::civil::date(1899, 12, 30);
    day.since(first).map_or(0, |span| i64::from(span.get_days()))
}

fn is_number(text: &str) -> bool {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain && (text == "0" || !text.starts_with('0'))
}

/// Whether a spreadsheet could take a text for a number, a day or a formula, or its spaces for layout.
fn may_be_misread(text: &str) -> bool {
    /// Nothing that is longer is taken for a day or a number.
    const LONGEST: usize = 40;
    let spaced = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    let acts = text.trim_start().starts_with(['=', '+', '-', '@', '\'']);
    let counts = text.len() <= LONGEST && text.contains(|letter: char| letter.is_ascii_digit());
    spaced || acts || counts || text.contains(char::is_control)
}

/// The cells of the one table that a text in HTML consists of. `None` where it is anything else.
pub fn read(html: &str) -> Option<Vec<Vec<String>>> {
    let sink = Reader { state: RefCell::new(State::default()) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    // Files begin with a mark that some programs put on the clipboard, too, and end with a zero on some systems.
    input.push_back(html.trim_start_matches('\u{feff}').trim_end_matches('\0').into());
    // A script asks to be run here; none is.
    while !matches!(tokenizer.feed(&input), html5ever::TokenizerResult::Done) {}
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.close_row();
    let is_range = state.tables == 1 && !state.beside && state.rows.iter().any(|row| !row.is_empty());
    is_range.then_some(state.rows)
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    text: String,
    /// Whether the next text begins on a line of its own.
    breaks: bool,
    rowspan: usize,
    colspan: usize,
    /// The digits of the number that the cell says it holds.
    number: Option<String>,
}

#[derive(Default)]
struct State {
    rows: Vec<Vec<String>>,
    /// How many more rows each column is taken for by a cell above.
    taken: Vec<usize>,
    in_row: bool,
    open: Option<Open>,
    /// Tables that are open within each other.
    depth: usize,
    /// Tables that are not within others.
    tables: usize,
    /// Whether a text stands outside the table.
    beside: bool,
    /// Elements that are not shown, which are open.
    hidden: usize,
    /// Whether spaces stand as they were typed.
    verbatim: bool,
}

struct Reader {
    state: RefCell<State>,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                let raw = match &*tag.name {
                    "script" => Some(RawKind::ScriptData),
                    "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
                    "title" | "textarea" => Some(RawKind::Rcdata),
                    _ => None,
                };
                state.starts(&tag);
                return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            TagToken(tag) => state.ends(&tag.name),
            CharacterTokens(text) => state.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "comment" | "xmp" | "iframe" | "noembed" | "noframes" | "xml")
}

impl State {
    fn starts(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if is_hidden(name) {
            self.hidden += usize::from(!tag.self_closing);
            return;
        }
        match name {
            "meta" if attribute(tag, "name").is_some_and(|name| name.eq_ignore_ascii_case("generator")) => {
                // Both write the spaces of a text as they are, and none for layout within a cell.
                let by = attribute(tag, "content").unwrap_or_default();
                self.verbatim = by.starts_with("LibreOffice") || by.starts_with("Dateline");
            }
            "table" => {
                self.depth += 1;
                match self.depth {
                    1 => self.tables += 1,
                    _ => self.line_break(),
                }
            }
            "tr" | "td" | "th" if self.depth > 1 => self.line_break(),
            "tr" => {
                self.begin_table();
                self.close_row();
                self.begin_row();
            }
            "td" | "th" => {
                self.begin_table();
                self.close_cell();
                self.begin_row();
                let number = |name: &str| attribute(tag, name).and_then(|number| number.trim().parse::<usize>().ok());
                let colspan = number("colspan").filter(|n| (1..=WIDEST).contains(n)).unwrap_or(1);
                let rowspan = number("rowspan").unwrap_or(1).clamp(1, MOST_ROWS);
                let number = attribute(tag, "sdval").or_else(|| attribute(tag, "x:num")).and_then(whole);
                self.open = Some(Open { rowspan, colspan, number, ..Open::default() });
            }
            "br" => {
                if let Some(open) = &mut self.open {
                    open.trim_line(self.verbatim);
                    open.text.push('\n');
                    open.breaks = false;
                }
            }
            "p" | "div" | "li" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.line_break(),
            _ => {}
        }
    }

    /// Some put rows on the clipboard without the table around them.
    fn begin_table(&mut self) {
        if self.depth == 0 {
            self.depth = 1;
            self.tables += 1;
        }
    }

    fn begin_row(&mut self) {
        if !std::mem::replace(&mut self.in_row, true) && self.rows.len() < MOST_ROWS {
            self.rows.push(Vec::new());
        }
    }

    fn ends(&mut self, name: &str) {
        match name {
            _ if is_hidden(name) => self.hidden = self.hidden.saturating_sub(1),
            "table" => {
                if self.depth == 1 {
                    self.close_row();
                }
                self.depth = self.depth.saturating_sub(1);
            }
            "td" | "th" if self.depth == 1 => self.close_cell(),
            "tr" if self.depth == 1 => self.close_row(),
            "p" | "div" | "li" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.line_break(),
            _ => {}
        }
    }

    fn line_break(&mut self) {
        self.open.iter_mut().for_each(|open| open.breaks |= !open.text.is_empty());
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        match &mut self.open {
            Some(open) => open.push(text, self.verbatim),
            None => self.beside |= self.depth == 0 && text.contains(|letter: char| !letter.is_whitespace()),
        }
    }

    fn close_cell(&mut self) {
        let Some(open) = self.open.take() else { return };
        self.step_over();
        let Open { rowspan, colspan, .. } = open;
        let text = open.finished(self.verbatim);
        let Some(row) = self.rows.last_mut().filter(|row| row.len() < MOST_COLUMNS) else { return };
        let at = row.len();
        row.push(text);
        row.resize(at + colspan, String::new());
        if rowspan > 1 {
            self.taken.resize(self.taken.len().max(at + colspan), 0);
            self.taken[at..at + colspan].fill(rowspan);
        }
    }

    /// Leaves out the places that a cell above takes.
    fn step_over(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while self.taken.get(row.len()).is_some_and(|rows| *rows > 0) {
            row.push(String::new());
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if !std::mem::take(&mut self.in_row) {
            return;
        }
        self.step_over();
        // A cell that reaches further is counted down with each row, its own included.
        self.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}

impl Open {
    fn push(&mut self, text: &str, verbatim: bool) {
        if std::mem::take(&mut self.breaks) {
            if text.trim().is_empty() {
                self.breaks = true;
                return;
            }
            self.trim_line(verbatim);
            self.text.push('\n');
        }
        if verbatim {
            self.text.extend(text.chars().filter(|letter| !matches!(letter, '\n' | '\r')));
            return;
        }
        for letter in text.chars() {
            match letter {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                        self.text.push(' ');
                    }
                }
                '\u{a0}' => self.text.push(' '),
                letter => self.text.push(letter),
            }
        }
    }

    /// Takes off the space that layout put at the end of a line.
    fn trim_line(&mut self, verbatim: bool) {
        if !verbatim && self.text.ends_with(' ') {
            self.text.pop();
        }
    }

    fn finished(mut self, verbatim: bool) -> String {
        self.trim_line(verbatim);
        // The last line end of a cell begins no line; alone it holds an empty cell open.
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        if !verbatim && self.text.trim().is_empty() {
            return String::new();
        }
        match self.number {
            Some(number) if is_grouped(&self.text, &number) => number,
            _ => self.text,
        }
    }
}

/// The digits of a whole number as spreadsheets note it beside the text that they show.
fn whole(number: &str) -> Option<String> {
    let number: f64 = number.trim().parse().ok()?;
    let is_whole = (0.0..1e15).contains(&number) && number.fract() == 0.0;
    let mut digits = String::new();
    is_whole.then(|| write!(digits, "{number:.0}")).and_then(Result::ok)?;
    Some(digits)
}

/// Whether a text is this number with separators of thousands and nothing else.
fn is_grouped(text: &str, number: &str) -> bool {
    let separates = |letter: char| matches!(letter, ' ' | ',' | '.' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    let digits = text.chars().filter(|letter| !separates(*letter));
    digits.eq(number.chars())
}

#[cfg(test)]
mod tests;
