//! The way from a record to one of its values, and the byte at which that value stands.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::lexeme::{Lexeme, Lexer};
use super::position::{Lines, Position};
use super::read::plain_lines;
use super::scan::outline;

/// Where records stand in the text of a project: for each pair of section ("claims") and id that is found, its place.
/// Saved views have names in the place of ids.
#[must_use]
pub fn places<'r>(
    text: &str,
    records: impl IntoIterator<Item = (&'static str, &'r str)>,
) -> HashMap<(&'static str, &'r str), Position> {
    let mut wanted: HashMap<&'static str, HashSet<&'r str>> = HashMap::new();
    for (section, id) in records {
        wanted.entry(section).or_default().insert(id);
    }
    let mut found = HashMap::new();
    let (text, _) = plain_lines(text);
    let Ok(outline) = outline(&text) else { return found };
    let lines = Lines::new(&text);
    for (section, ids) in &wanted {
        for at in outline.elements(section) {
            let record = &text[at.clone()];
            let id = if *section == "views" { written(record, "name") } else { id_of(record) };
            if let Some(id) = id.and_then(|id| ids.get(id)) {
                found.insert((*section, *id), lines.at(at.start));
            }
        }
    }
    found
}

/// The id of a record, where it is written plainly.
pub(super) fn id_of(record: &str) -> Option<&str> {
    written(record, "id").filter(|id| id.len() <= 40)
}

/// The text of a field, where it is written plainly.
fn written<'r>(record: &'r str, field: &str) -> Option<&'r str> {
    let text = record.get(outline(record).ok()?.field(field)?.value.clone())?;
    text.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.is_empty() && !text.contains(['"', '\\']))
}

/// One step from a value into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// To the value of a field.
    Field(&'static str),
    /// To an element of a list, from 0.
    Item(usize),
}

/// The byte of `text`, a value, at which the value that the steps lead to begins; where a step cannot be taken, the
/// one before it.
pub(super) fn locate(text: &str, steps: &[Step]) -> usize {
    let mut at = 0..text.len();
    let mut elements: Option<Vec<Range<usize>>> = None;
    for step in steps {
        let next = match step {
            Step::Item(n) => elements.and_then(|list| Some((list.get(*n)?.clone(), None))),
            Step::Field(name) => field(text, &at, name),
        };
        let Some((range, list)) = next else { break };
        at = range;
        elements = list;
    }
    at.start
}

/// Where the elements of the list stand that the steps lead to; nowhere where they lead to none.
pub(super) fn elements(text: &str, steps: &[Step]) -> Vec<Range<usize>> {
    let (mut at, mut list) = (0..text.len(), None);
    for step in steps {
        let Step::Field(name) = step else { return Vec::new() };
        let Some((range, elements)) = field(text, &at, name) else { return Vec::new() };
        (at, list) = (range, elements);
    }
    list.unwrap_or_default()
}

type Value = (Range<usize>, Option<Vec<Range<usize>>>);

fn field(text: &str, within: &Range<usize>, name: &str) -> Option<Value> {
    let outline = outline(&text[within.clone()]).ok()?;
    let field = outline.field(name)?;
    let shift = |range: &Range<usize>| range.start + within.start..range.end + within.start;
    let elements = field.elements.as_ref().map(|list| list.iter().map(shift).collect());
    Some((shift(&field.value), elements))
}

/// The innermost bracket that is open at the byte `end`.
pub(super) fn open_before(text: &str, end: usize) -> Option<usize> {
    let mut lexer = Lexer::new(text);
    let mut open = Vec::new();
    while let Ok(Some((lexeme, at))) = lexer.next() {
        if at.start >= end {
            break;
        }
        match lexeme {
            Lexeme::Open(_) => open.push(at.start),
            Lexeme::Close(_) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_through_fields_and_lists() {
        let text = "(id: \"c\", quotes: [(at: (1, 2)), (/* ] */ at: (3, 4))])";
        let to = |steps: &[Step]| &text[locate(text, steps)..];
        let second = [Step::Field("quotes"), Step::Item(1), Step::Field("at")];
        assert!(to(&second).starts_with("(3, 4)"));
        assert!(to(&second[..2]).starts_with("(/* ] */"));
        assert!(to(&[Step::Field("quotes"), Step::Item(7)]).starts_with("[("), "a step too far stays before it");
        assert_eq!(locate(text, &[]), 0);
    }

    #[test]
    fn records_are_found_by_their_ids() {
        let text =
            "\u{FEFF}(events: [\r\n (id: \"e\"), (title: \"(id: \\\"f\\\")\", id: \"f\")],\nclaims: [(id: \"e\")])";
        let found = places(text, [("events", "f"), ("claims", "e"), ("notes", "e")]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[&("events", "f")], Position { line: 2, column: 13 });
        assert_eq!(found[&("claims", "e")], Position { line: 3, column: 10 });
    }

    #[test]
    fn views_are_found_by_their_names() {
        let text = "(views: [(name: \"A\"),\n (name: \"Osh 2022\", group: \"x\")])";
        let found = places(text, [("views", "Osh 2022")]);
        assert_eq!(found[&("views", "Osh 2022")], Position { line: 2, column: 2 });
    }

    #[test]
    fn an_open_bracket_is_the_innermost_and_no_text() {
        let text = "([(a: \"(\", b: ())])";
        let b = text.find('b').expect("there");
        assert_eq!(open_before(text, b), Some(2));
        assert_eq!(open_before(text, text.len()), None);
    }
}
