//! From a cell to the filter that asks for its value, and in and out of a line.

use crate::columns::{Column, Kind, Row, Stored};
use crate::derive::columnar::TextField;
use crate::derive::figures::of_quantity;
use crate::model::date::Granularity;
use crate::model::own::Value;
use crate::model::{EventDate, OwnKind};

use super::lex::{Token, tokens};

/// The term that asks for what a cell shows. A day asks for its month, the step in which most charts are read.
pub fn term_of(column: &Column, row: &Row<'_>) -> String {
    let text = column.text(row);
    let (name, empty) = (column.id, text.is_empty());
    match (column.stored, &column.kind) {
        (Stored::Days, _) => match &row.event.when {
            None => "-has:date".to_owned(),
            Some(when) => of_days("date", when),
        },
        (Stored::Own(_), _) => of_own(column, row, &text),
        (Stored::Words(TextField::Tags), _) if !empty => {
            row.event.tags.iter().map(|tag| format!("tag={}", quoted(tag))).collect::<Vec<_>>().join(" ")
        }
        (Stored::Words(_), _) if !empty => format!("{name}={}", quoted(&text)),
        (Stored::Words(_), _) => format!("-has:{name}"),
        (Stored::Figure, Kind::Figure(measure, _)) => match text.parse::<u64>() {
            Ok(n) => format!("{name}={n}"),
            Err(_) if empty => format!("-has:{measure}"),
            Err(_) if text == "?" => format!("{measure}:?"),
            // Open or without a best: only its low can be asked for.
            Err(_) => {
                let range = row.derived.total_of(row.event.id, measure).value.range();
                range.map_or_else(|| format!("has:{measure}"), |range| format!("{measure}.low={}", range.low))
            }
        },
        (Stored::Sources | Stored::Covers, _) => {
            format!("{name}={}", text.parse::<u64>().unwrap_or(0))
        }
        (Stored::Flag(_), _) => format!("{}has:conflict", if empty { "-" } else { "" }),
        (Stored::Nowhere | Stored::Figure, _) if name == "id" => format!("id={text}"),
        (Stored::Nowhere | Stored::Figure, _) => format!("{}has:{name}", if empty { "-" } else { "" }),
    }
}

fn of_days(name: &str, when: &EventDate) -> String {
    match (when.granularity(), when.earliest()) {
        (Granularity::Day, Some(day)) => format!("{name}:{:04}-{:02}", day.year(), day.month()),
        _ => match (when.earliest(), when.latest()) {
            (Some(first), Some(last)) => format!("{name}:{first}..{last}"),
            (Some(first), None) => format!("{name}:{first}/.."),
            (None, last) => last.map_or_else(|| format!("has:{name}"), |last| format!("{name}:../{last}")),
        },
    }
}

/// The term for a value in a column of the analyst's own. What cannot be read has no other name than that.
fn of_own(column: &Column, row: &Row<'_>, text: &str) -> String {
    let name = column.id;
    if text.is_empty() {
        return format!("-has:{name}");
    }
    let kind = column.own().map(|own| &own.kind);
    match kind.map(|kind| kind.read(text, &|word| row.project.knows_word(word))) {
        Some(Ok(Value::Unknown)) => format!("{name}:?"),
        Some(Ok(Value::Date(date))) => of_days(name, &date),
        Some(Ok(Value::Quantity(quantity))) => {
            let reading = of_quantity(&quantity, &row.project.methodology);
            match (reading.pt, reading.lo) {
                (Some(n), _) => format!("{name}={n}"),
                (None, Some(low)) => format!("{name}.low={low}"),
                (None, None) => format!("has:{name}"),
            }
        }
        Some(Err(_)) if !matches!(kind, Some(OwnKind::Choice(_))) => "has:unreadable".to_owned(),
        _ => format!("{name}={}", quoted(text)),
    }
}

/// A text as a value of a term: as it is, or in quotation marks, of which those within are doubled.
pub(super) fn quoted(text: &str) -> String {
    let plain = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“'));
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"").replace('\n', " ")) }
}

/// The line with this term at its end, or without it where it stands there already.
pub fn toggled(line: &str, term: &str) -> String {
    let line = line.trim();
    if let Some(at) = whole(line, term) {
        let rest = format!("{} {}", line[..at].trim_end(), line[at + term.len()..].trim_start());
        return rest.trim().to_owned();
    }
    with_term(line, term)
}

/// The line with this term at its end.
pub(super) fn with_term(line: &str, term: &str) -> String {
    let line = line.trim();
    let mut depth = 0_usize;
    let has_or = tokens(line).iter().any(|token| {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(token, Token::Or(_))
    });
    match line {
        "" => term.to_owned(),
        line if has_or => format!("({line}) {term}"),
        line => format!("{line} {term}"),
    }
}

/// Where a term stands in a line between blanks.
fn whole(line: &str, term: &str) -> Option<usize> {
    line.match_indices(term).map(|(at, _)| at).find(|at| {
        let (before, behind) = (&line[..*at], &line[at + term.len()..]);
        (before.is_empty() || before.ends_with(char::is_whitespace))
            && (behind.is_empty() || behind.starts_with(char::is_whitespace))
    })
}
