//! Values of texts, dates and marks, counted by the numbers of distinct texts and intervals.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::derive::columnar::{Day, Flag, TextField, UNDATED, Words, day_of};
use crate::filter::cell::quoted;
use crate::filter::lex::{Token, tokens};
use crate::filter::parse::folded;
use crate::model::date::MONTHS;

use super::{Choice, Choices};

/// The term of all reasons of exclusion.
pub(super) const EXCLUDED: &str = "is:excluded";
/// What stands for no text.
const EMPTY: &str = "(empty)";

/// The texts of a column, and what is particular to them.
pub(super) struct Texts<'a> {
    /// The name of the column in terms.
    id: &'a str,
    words: &'a Words,
    /// Whether each text is a list of marks.
    lists: bool,
    /// Whether the texts have an order of their own.
    in_order: bool,
    /// Whether all reasons of exclusion are one value.
    statuses: bool,
}

impl<'a> Texts<'a> {
    /// Those of a field.
    pub fn of(id: &'a str, words: &'a Words, field: TextField) -> Self {
        let statuses = field == TextField::Status;
        let in_order = statuses || field == TextField::Precision;
        Self { id, words, lists: field == TextField::Tags, in_order, statuses }
    }

    /// Those of a column of the analyst's own.
    pub fn of_own(id: &'a str, words: &'a Words) -> Self {
        Self { id, words, lists: false, in_order: false, statuses: false }
    }

    /// The values: those that most events have first, statuses and precisions in their own order.
    pub fn choices(&self, live: impl Iterator<Item = usize>, wanted: &str, most: usize, ticked: &[String]) -> Choices {
        let (words, wanted) = (self.words, folded(wanted.trim()));
        let mut by_code = vec![0_usize; words.texts().len()];
        let codes = words.codes();
        live.for_each(|slot| by_code[codes[slot] as usize] += 1);
        let sought: HashSet<String> = ticked.iter().filter_map(|term| value_of(term)).collect();
        let (found, more): (Vec<Found<&str>>, usize) = if self.lists {
            first(tags(&by_code, words.texts().map(|text| &**text), &wanted, &sought), most, self.in_order)
        } else {
            let (found, more) = first(texts(words, &by_code, &words.holding(&wanted), &sought), most, self.in_order);
            (found.into_iter().map(|found| found.with(&**words.text(found.of))).collect(), more)
        };
        let mut listed: Vec<Choice> = found.iter().map(|found| self.choice(found)).collect();
        let none = empty(self.id, by_code[0]);
        if (none.count > 0 || ticked.contains(&none.term)) && EMPTY.contains(&wanted) {
            listed.push(none);
        }
        Choices { listed, more, ..Choices::default() }
    }

    fn choice(&self, found: &Found<&str>) -> Choice {
        let (label, term) = if self.statuses && found.of.starts_with("excluded") {
            ("excluded".to_owned(), EXCLUDED.to_owned())
        } else {
            (found.of.to_owned(), format!("{}={}", self.id, quoted(found.of)))
        };
        Choice { label, term, count: found.count, part: false }
    }
}

/// A value, by its text or by the number of it.
#[derive(Clone, Copy)]
struct Found<T> {
    of: T,
    /// Its place in the alphabet.
    rank: u32,
    count: usize,
    ticked: bool,
}

impl<T> Found<T> {
    fn with<U>(&self, of: U) -> Found<U> {
        Found { of, rank: self.rank, count: self.count, ticked: self.ticked }
    }
}

/// The first values, at most so many, with those behind them that are ticked; and how many more there are. Those that
/// most events have come first, unless they have an order of their own. Only what is listed is sorted.
fn first<T>(mut found: Vec<Found<T>>, most: usize, in_order: bool) -> (Vec<Found<T>>, usize) {
    let key = |found: &Found<T>| (Reverse(if in_order { 0 } else { found.count }), found.rank);
    if most > 0 && most < found.len() {
        found.select_nth_unstable_by_key(most - 1, key);
    }
    let rest = found.split_off(found.len().min(most));
    found.sort_unstable_by_key(key);
    let behind = rest.len();
    let mut late: Vec<Found<T>> = rest.into_iter().filter(|found| found.ticked).collect();
    let more = behind - late.len();
    late.sort_unstable_by_key(key);
    found.append(&mut late);
    (found, more)
}

/// Texts that differ only in case are one value, and so are all reasons of exclusion: they share a rank. The one that
/// was there first gives it its name.
fn texts(words: &Words, by_code: &[usize], holds: &[bool], sought: &HashSet<String>) -> Vec<Found<u32>> {
    let ranks = words.ranks();
    let is_sought = if sought.is_empty() { Vec::new() } else { words.being(|text| sought.contains(text)) };
    let mut found: Vec<Found<u32>> = Vec::with_capacity(by_code.len());
    for code in words.by_alphabet().iter().copied().filter(|code| *code != 0) {
        let at = code as usize;
        let ticked = is_sought.get(at).copied().unwrap_or(false);
        if by_code[at] == 0 && !ticked || !holds[at] {
            continue;
        }
        match found.last_mut().filter(|last| last.rank == ranks[at]) {
            Some(known) => {
                known.of = known.of.min(code);
                known.count += by_code[at];
                known.ticked |= ticked;
            }
            None => found.push(Found { of: code, rank: ranks[at], count: by_code[at], ticked }),
        }
    }
    found
}

/// Marks, each of them once an event.
fn tags<'a>(
    by_code: &[usize],
    lists: impl Iterator<Item = &'a str>,
    wanted: &str,
    sought: &HashSet<String>,
) -> Vec<Found<&'a str>> {
    let mut found: HashMap<String, Found<&'a str>> = HashMap::new();
    for (list, count) in lists.zip(by_code).skip(1) {
        let mut seen = HashSet::new();
        for tag in list.split(", ") {
            let lower = folded(tag);
            let ticked = sought.contains(&lower);
            if !lower.contains(wanted) || (*count == 0 && !ticked) || !seen.insert(lower.clone()) {
                continue;
            }
            let known = found.entry(lower).or_insert(Found { of: tag, rank: 0, count: 0, ticked });
            known.count += count;
        }
    }
    let mut found: Vec<(String, Found<&str>)> = found.into_iter().collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().zip(0..).map(|((_, found), rank)| Found { rank, ..found }).collect()
}

/// The text that a term asks for, in lower case.
fn value_of(term: &str) -> Option<String> {
    match &tokens(term)[..] {
        [Token::Term { value, .. }] => Some(folded(&value.text)),
        _ => None,
    }
}

/// No event has a value.
pub(super) fn nothing(id: &str, count: usize) -> Choices {
    Choices { listed: vec![empty(id, count)], ..Choices::default() }
}

/// The choice of no value.
pub(super) fn empty(id: &str, count: usize) -> Choice {
    Choice { label: EMPTY.to_owned(), term: format!("-has:{id}"), count, part: false }
}

/// Years, with the months of each, of a field and how many events have each interval. An event of several months counts
/// in its year only.
pub(super) fn days(field: &str, intervals: impl Iterator<Item = ((Day, Day), usize)>) -> Choices {
    let mut years: BTreeMap<i16, (usize, BTreeMap<i8, usize>)> = BTreeMap::new();
    let (mut undated, mut others) = (0, 0);
    for ((first, last), count) in intervals.filter(|(_, count)| *count > 0) {
        let within = day_of(first).zip(day_of(last)).filter(|(first, last)| first.year() == last.year());
        match within {
            _ if first == UNDATED => undated += count,
            // Years before 1000 are written otherwise than by four digits.
            Some((first, last)) if first.year() >= 1000 => {
                let (of_year, months) = years.entry(first.year()).or_default();
                *of_year += count;
                if first.month() == last.month() {
                    *months.entry(first.month()).or_default() += count;
                }
            }
            _ => others += count,
        }
    }
    let mut listed = Vec::new();
    for (year, (count, months)) in years {
        listed.push(Choice { label: year.to_string(), term: format!("{field}:{year}"), count, part: false });
        listed.extend(months.into_iter().map(|(month, count)| Choice {
            label: MONTHS[usize::try_from(month - 1).unwrap_or(0).min(11)].to_owned(),
            term: format!("{field}:{year}-{month:02}"),
            count,
            part: true,
        }));
    }
    listed.push(empty(field, undated));
    Choices { listed, more: 0, others, others_are: "of several years, or open" }
}

/// Yes or no.
pub(super) fn flag(name: &str, flags: &[u16], flag: Flag, live: impl Iterator<Item = usize>) -> Choices {
    let mut counts = [0, 0];
    live.for_each(|slot| counts[usize::from(flags[slot] & flag.bit() == 0)] += 1);
    let choice = |label: &str, sign: &str, count| Choice {
        label: label.to_owned(),
        term: format!("{sign}has:{name}"),
        count,
        part: false,
    };
    Choices { listed: vec![choice("Yes", "", counts[0]), choice("No", "-", counts[1])], ..Choices::default() }
}
