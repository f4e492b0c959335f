//! Values of texts, dates and marks, counted by the numbers of distinct texts and intervals.

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
        live.for_each(|slot| by_code[words.codes()[slot] as usize] += 1);
        let sought: HashSet<String> = ticked.iter().filter_map(|term| value_of(term)).collect();
        let mut found = if self.lists {
            tags(&by_code, words.texts().map(|text| &**text), &wanted, &sought)
        } else {
            texts(words, &by_code, &words.holding(&wanted), &sought)
        };
        if !self.in_order {
            found.sort_by(|a, b| b.count.cmp(&a.count).then(a.rank.cmp(&b.rank)));
        }
        let rest = found.split_off(found.len().min(most));
        let (late, more): (Vec<Found<'_>>, Vec<Found<'_>>) = rest.into_iter().partition(|found| found.ticked);
        let mut listed: Vec<Choice> = found.iter().chain(&late).map(|found| self.choice(found)).collect();
        let none = empty(self.id, by_code[0]);
        if (none.count > 0 || ticked.contains(&none.term)) && EMPTY.contains(&wanted) {
            listed.push(none);
        }
        Choices { listed, more: more.len(), ..Choices::default() }
    }

    fn choice(&self, found: &Found<'_>) -> Choice {
        let (label, term) = if self.statuses && found.text.starts_with("excluded") {
            ("excluded".to_owned(), EXCLUDED.to_owned())
        } else {
            (found.text.to_owned(), format!("{}={}", self.id, quoted(found.text)))
        };
        Choice { label, term, count: found.count, part: false }
    }
}

struct Found<'a> {
    text: &'a str,
    /// Its place in the alphabet.
    rank: u32,
    count: usize,
    ticked: bool,
}

/// Texts that differ only in case are one value, and so are all reasons of exclusion: they share a rank.
fn texts<'a>(words: &'a Words, by_code: &[usize], holds: &[bool], sought: &HashSet<String>) -> Vec<Found<'a>> {
    let ranks = words.ranks();
    let is_sought = if sought.is_empty() { Vec::new() } else { words.being(|text| sought.contains(text)) };
    let mut found: Vec<Option<Found<'a>>> = Vec::new();
    found.resize_with(ranks.iter().max().map_or(0, |rank| *rank as usize + 1), || None);
    for (code, text) in words.texts().enumerate().skip(1) {
        let ticked = is_sought.get(code).copied().unwrap_or(false);
        if by_code[code] == 0 && !ticked || !holds[code] {
            continue;
        }
        match &mut found[ranks[code] as usize] {
            Some(known) => {
                known.count += by_code[code];
                known.ticked |= ticked;
            }
            none => *none = Some(Found { text, rank: ranks[code], count: by_code[code], ticked }),
        }
    }
    found.into_iter().flatten().collect()
}

/// Marks, each of them once an event.
fn tags<'a>(
    by_code: &[usize],
    lists: impl Iterator<Item = &'a str>,
    wanted: &str,
    sought: &HashSet<String>,
) -> Vec<Found<'a>> {
    let mut found: HashMap<String, Found<'a>> = HashMap::new();
    for (list, count) in lists.zip(by_code).skip(1) {
        let mut seen = HashSet::new();
        for tag in list.split(", ") {
            let lower = folded(tag);
            let ticked = sought.contains(&lower);
            if !lower.contains(wanted) || (*count == 0 && !ticked) || !seen.insert(lower.clone()) {
                continue;
            }
            let known = found.entry(lower).or_insert(Found { text: tag, rank: 0, count: 0, ticked });
            known.count += count;
        }
    }
    let mut found: Vec<(String, Found<'a>)> = found.into_iter().collect();
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
