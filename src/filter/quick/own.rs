//! Values of the columns of the analyst's own: texts and words by value, numbers by value, counts by ranges, dates by
//! years and months. What is unknown and what cannot be read are values of their own: every event has one of them.

use std::collections::BTreeMap;

use crate::derive::columnar::{Day, OPEN_END, OPEN_START, UNDATED, Words, number_of};
use crate::derive::figures::of_quantity;
use crate::filter::cell::quoted;
use crate::filter::lex::Joint;
use crate::model::own::{Number, UNKNOWN, Value};
use crate::model::{EventDate, OwnColumn, OwnKind, Project};

use super::choices::{Texts, days, empty};
use super::figures::{RANGES, range_label, range_term};
use super::{Choice, Choices, is_of_calendar, of_field};

/// Which of the values are asked for.
pub(super) struct Asked<'a> {
    /// Those that hold these words.
    pub wanted: &'a str,
    /// At most so many.
    pub most: usize,
    /// And these terms in any case.
    pub ticked: &'a [String],
}

/// The values of a column among these slots.
pub(super) fn choices(
    own: &OwnColumn,
    words: &Words,
    project: &Project,
    live: impl Iterator<Item = usize>,
    asked: &Asked<'_>,
) -> Choices {
    if own.kind == OwnKind::Text {
        return Texts::of_own(own.id.as_str(), words).choices(live, asked.wanted, asked.most, asked.ticked);
    }
    let mut by_code = vec![0_usize; words.texts().len()];
    live.for_each(|slot| by_code[words.codes()[slot] as usize] += 1);
    let is_word = |word: &str| project.knows_word(word);
    let mut tally = Tally { own, known: Known::default(), unknown: 0, unreadable: 0 };
    for (text, count) in words.texts().zip(&by_code).skip(1) {
        match own.kind.read(text, &is_word) {
            Ok(Value::Unknown) => tally.unknown += count,
            Ok(value) => tally.known.add(text, &value, *count, project),
            Err(_) => tally.unreadable += count,
        }
    }
    tally.choices(by_code[0])
}

/// Values that can be read, with their counts.
#[derive(Default)]
struct Known {
    words: BTreeMap<usize, usize>,
    /// As they were first written.
    numbers: BTreeMap<Number, (String, usize)>,
    ranges: [usize; RANGES.len()],
    no_number: usize,
    days: Vec<((Day, Day), usize)>,
}

impl Known {
    fn add(&mut self, text: &str, value: &Value, count: usize, project: &Project) {
        match value {
            Value::Word(at) => *self.words.entry(*at).or_default() += count,
            Value::Number(number) => {
                self.numbers.entry(*number).or_insert_with(|| (text.to_owned(), 0)).1 += count;
            }
            Value::Quantity(quantity) => {
                let number = of_quantity(quantity, &project.methodology).pt;
                match number.and_then(|n| RANGES.iter().position(|(from, to)| (*from..=*to).contains(&n))) {
                    Some(at) => self.ranges[at] += count,
                    None => self.no_number += count,
                }
            }
            Value::Date(date) => self.days.push((interval(date), count)),
            Value::Text | Value::Unknown => {}
        }
    }
}

struct Tally<'a> {
    own: &'a OwnColumn,
    known: Known,
    unknown: usize,
    unreadable: usize,
}

impl Tally<'_> {
    fn choices(self, none: usize) -> Choices {
        let id = self.own.id.as_str();
        let choice = |label: String, term: String, count| Choice { label, term, count, part: false };
        let mut found = Choices::default();
        match &self.own.kind {
            OwnKind::Text => {}
            OwnKind::Choice(words) => {
                let known = self.known.words.iter().filter_map(|(at, count)| Some((words.get(*at)?, *count)));
                let known = known
                    .map(|(word, count)| choice(word.name.to_string(), format!("{id}={}", quoted(&word.name)), count));
                found.listed.extend(known);
            }
            OwnKind::Number => {
                let numbers = self.known.numbers.into_values();
                found.listed.extend(numbers.map(|(text, count)| {
                    let term = format!("{id}={text}");
                    choice(text, term, count)
                }));
            }
            OwnKind::Quantity => {
                let ranges = RANGES.iter().zip(self.known.ranges);
                found.listed.extend(ranges.map(|(range, n)| choice(range_label(*range), range_term(id, *range), n)));
            }
            OwnKind::Date => {
                found = days(id, self.known.days.into_iter().filter(|((first, _), _)| *first != UNDATED));
                // The choice of no date follows behind what is unknown.
                found.listed.pop();
                found.others_are = "of several years, open, or not readable";
            }
        }
        found.listed.push(choice("Unknown (?)".to_owned(), unknown(id), self.unknown));
        match other(self.own) {
            Some((label, term)) => {
                found.listed.push(choice(label.to_owned(), term, self.known.no_number + self.unreadable));
            }
            None => found.others += self.unreadable,
        }
        found.listed.push(empty(id, none));
        found
    }
}

fn unknown(id: &str) -> String {
    format!("{id}:{UNKNOWN}")
}

/// What is neither a value that is listed nor unknown, as one term. Of dates there is none.
fn other(own: &OwnColumn) -> Option<(&'static str, String)> {
    let id = own.id.as_str();
    match &own.kind {
        OwnKind::Text | OwnKind::Date => None,
        OwnKind::Number => Some(("Cannot be read", format!("(has:{id} -{id}<0 -{id}>=0 -{id}:{UNKNOWN})"))),
        OwnKind::Quantity => Some(("No single number", format!("(has:{id} -{id}>=0 -{id}:{UNKNOWN})"))),
        OwnKind::Choice(words) => {
            let words = words.iter().map(|word| format!(" -{id}={}", quoted(&word.name))).collect::<String>();
            Some(("None of the words", format!("(has:{id}{words} -{id}:{UNKNOWN})")))
        }
    }
}

/// Whether a term is one that `choices` makes.
pub(super) fn is_value(term: &str, own: &OwnColumn) -> bool {
    let id = own.id.as_str();
    if term == format!("-has:{id}") || other(own).is_some_and(|(_, known)| known == term) {
        return true;
    }
    if own.kind != OwnKind::Text && term == unknown(id) {
        return true;
    }
    match &own.kind {
        OwnKind::Text | OwnKind::Choice(_) | OwnKind::Number => of_field(term, id, Joint::Is, &|_| true),
        OwnKind::Quantity => RANGES.iter().any(|range| range_term(id, *range) == term),
        OwnKind::Date => is_of_calendar(term, id),
    }
}

fn interval(date: &EventDate) -> (Day, Day) {
    (date.earliest().map_or(OPEN_START, number_of), date.latest().map_or(OPEN_END, number_of))
}
