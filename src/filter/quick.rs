//! The values that a column can be filtered to, with the number of events of each, and the one term of the line that
//! says which of them are ticked.
//!
//! The line stays the only truth: a tick is a term in it, `(place=Osh OR place=Batken)`, that a person may write as well.

mod choices;
mod figures;
mod own;

use std::ops::Range;

use crate::columns::{Column, Kind, Stored};
use crate::derive::Derived;
use crate::derive::columnar::TextField;
use crate::model::Project;

use super::Filter;
use super::lex::{Joint, Piece, Token, tokens};

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value in words.
    pub label: String,
    /// The term that asks for it.
    pub term: String,
    /// How many events have it, among those that the rest of the filter lets through.
    pub count: usize,
    /// Whether it is part of the one above it that is not, as a month of a year.
    pub part: bool,
}

/// The values of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Those that are listed.
    pub listed: Vec<Choice>,
    /// How many more there are.
    pub more: usize,
    /// Events that have none of them, and why not: "of several years, or open".
    pub others: usize,
    /// What those are.
    pub others_are: &'static str,
}

/// Whether a column has values to choose from.
pub fn has_choices(column: &Column) -> bool {
    let counted = matches!(
        column.stored,
        Stored::Words(_)
            | Stored::Own(_)
            | Stored::Days
            | Stored::Figure
            | Stored::Sources
            | Stored::Covers
            | Stored::Flag(_)
    );
    counted || column.id == "coordinates"
}

/// The values of a column that hold these words, among the events that a filter lets through: at most so many, and those
/// of the terms that are ticked.
pub fn choices(
    column: &Column,
    (project, derived): (&Project, &Derived),
    rest: &Filter,
    wanted: &str,
    most: usize,
    ticked: &[String],
) -> Choices {
    let through = rest.search(project, derived);
    let live = || derived.columnar().order().iter().map(|slot| *slot as usize).filter(|slot| through[*slot]);
    let table = derived.columnar();
    let mut found = match (column.stored, &column.kind) {
        (Stored::Words(field), _) => {
            let texts = choices::Texts::of(column.id, table.words(field), field);
            return texts.choices(live(), wanted, most, ticked);
        }
        (Stored::Own(id), _) => {
            let asked = own::Asked { wanted, most, ticked };
            match (column.own(), table.own(id)) {
                (Some(own), Some(words)) => own::choices(own, words, project, live(), &asked),
                (Some(_), None) => return choices::nothing(column.id, live().count()),
                (None, _) => return Choices::default(),
            }
        }
        (Stored::Days, _) => {
            let dates = table.dates();
            let mut by_code = vec![0_usize; dates.intervals().len()];
            live().for_each(|slot| by_code[dates.codes()[slot] as usize] += 1);
            choices::days("date", dates.intervals().zip(by_code))
        }
        (Stored::Figure, Kind::Figure(measure, part)) => {
            figures::figures(column, table.figures(measure), measure, *part, live())
        }
        (Stored::Sources, _) => figures::counts(column, table.sources(), live()),
        (Stored::Covers, _) => figures::counts(column, table.covers(), live()),
        (Stored::Flag(flag), _) => choices::flag("conflict", table.flags(), flag, live()),
        _ if column.id == "coordinates" => {
            choices::flag("coordinates", table.flags(), crate::derive::columnar::Flag::Located, live())
        }
        _ => Choices::default(),
    };
    let wanted = wanted.trim().to_lowercase();
    found.listed.retain(|choice| {
        (choice.count > 0 || ticked.contains(&choice.term))
            && (choice.label.to_lowercase().contains(&wanted) || choice.term.contains(&wanted))
    });
    if found.listed.len() > most {
        found.more = found.listed.len() - most;
        found.listed.truncate(most);
    }
    found
}

/// The terms of a column that are ticked in a line, and what the line says without them.
pub fn ticked(line: &str, column: &Column) -> (Vec<String>, String) {
    match group(line, column) {
        None => (Vec::new(), line.trim().to_owned()),
        Some((at, terms)) => {
            let rest = format!("{} {}", line[..at.start].trim_end(), line[at.end..].trim_start());
            (terms, rest.trim().to_owned())
        }
    }
}

/// The line with these terms of a column ticked, and no others of it.
pub fn with_ticked(line: &str, column: &Column, terms: &[String]) -> String {
    let term = match terms {
        [] => return ticked(line, column).1,
        [one] => one.clone(),
        many => format!("({})", many.join(" OR ")),
    };
    if let Some((at, _)) = group(line, column) {
        return format!("{}{term}{}", &line[..at.start], &line[at.end..]).trim().to_owned();
    }
    super::cell::with_term(line, &term)
}

/// Where the line ticks values of a column, and their terms. Nowhere where whole parts of the line are joined by OR.
fn group(line: &str, column: &Column) -> Option<(Range<usize>, Vec<String>)> {
    let all = tokens(line);
    let mut at = 0;
    let mut found = None;
    while at < all.len() {
        let first = at;
        while matches!(all.get(at), Some(Token::Not(_))) {
            at += 1;
        }
        let end = match all.get(at)? {
            Token::Or(_) | Token::Close(_) | Token::Unclosed(_) => return None,
            Token::Open(_) => closing(&all, at)?,
            Token::Word(_) | Token::Term { .. } | Token::Not(_) => at,
        };
        let range = begin(&all[first])..finish(&all[end]);
        // Not of brackets is no list of values, but brackets that hold one term may be.
        let terms = terms_of(line, &all[first..=end]).filter(|terms| terms.iter().all(|term| is_value(term, column)));
        found = found.or(terms.map(|terms| (range, terms)));
        at = end + 1;
    }
    found
}

/// The bracket that closes the one at a place.
fn closing(all: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in all.iter().enumerate().skip(open) {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The terms between OR in brackets, or the one term that these pieces are.
fn terms_of(line: &str, pieces: &[Token<'_>]) -> Option<Vec<String>> {
    let whole = |pieces: &[Token<'_>]| {
        let (first, last) = pieces.first().zip(pieces.last())?;
        line.get(begin(first)..finish(last)).map(str::to_owned)
    };
    let [Token::Open(_), inner @ .., Token::Close(_)] = pieces else { return Some(vec![whole(pieces)?]) };
    let mut depth = 0_usize;
    let is_or = |token: &Token<'_>| {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(token, Token::Or(_))
    };
    let parts: Vec<&[Token<'_>]> = inner.split(is_or).collect();
    if let [_] = parts[..] {
        return Some(vec![whole(pieces)?]);
    }
    parts.into_iter().map(whole).collect()
}

fn begin(token: &Token<'_>) -> usize {
    match token {
        Token::Open(at) | Token::Close(at) | Token::Not(at) | Token::Or(at) => *at,
        Token::Word(piece) => piece.at.start,
        Token::Term { field, .. } => field.at.start,
        Token::Unclosed(at) => at.start,
    }
}

fn finish(token: &Token<'_>) -> usize {
    match token {
        Token::Open(at) | Token::Close(at) => at + 1,
        Token::Not(at) => at + 1,
        Token::Or(at) => at + 2,
        Token::Word(piece) | Token::Term { value: piece, .. } => piece.at.end,
        Token::Unclosed(at) => at.end,
    }
}

/// Whether a term is one question to a field, with such a value.
fn of_field(term: &str, name: &str, wanted: Joint, fits: &dyn Fn(&Piece<'_>) -> bool) -> bool {
    match &tokens(term)[..] {
        [Token::Term { field, joint, value }] => field.text == name && *joint == wanted && fits(value),
        _ => false,
    }
}

/// Whether a term asks for a year or a month of a field, or for no date.
fn is_of_calendar(term: &str, name: &str) -> bool {
    let of_calendar = |value: &Piece<'_>| {
        let digits = value.text.trim_start_matches('-');
        let is_digits = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '-');
        !value.quoted && is_digits && digits.len() <= 7
    };
    term == format!("-has:{name}") || of_field(term, name, Joint::Has, &of_calendar)
}

/// Whether a term is one that `choices` makes for a column.
fn is_value(term: &str, column: &Column) -> bool {
    let id = column.id;
    match (column.stored, &column.kind) {
        (Stored::Words(field), _) => {
            term == format!("-has:{id}")
                || (field == TextField::Status && term == choices::EXCLUDED)
                || of_field(term, id, Joint::Is, &|_| true)
        }
        (Stored::Own(_), _) => column.own().is_some_and(|own| own::is_value(term, own)),
        (Stored::Days, _) => is_of_calendar(term, "date"),
        (Stored::Figure, Kind::Figure(measure, part)) => {
            figures::terms(column, measure, *part).iter().any(|(_, known)| known == term)
        }
        (Stored::Sources | Stored::Covers, _) => figures::count_terms(id).iter().any(|(_, known)| known == term),
        (Stored::Flag(_), _) => matches!(term, "has:conflict" | "-has:conflict"),
        _ => id == "coordinates" && matches!(term, "has:coordinates" | "-has:coordinates"),
    }
}

#[cfg(test)]
mod tests;
