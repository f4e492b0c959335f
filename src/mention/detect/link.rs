//! Which harm a number goes with: that of the verb behind it ("12 people were killed"), of the verb before it ("killed
//! 12 people"), or of the number beside it ("killed 12 pupils and two teachers").

use std::ops::Range;

use crate::model::{Measure, Quantity};

use super::harm::{self, Kind, Trigger, trigger};
use super::noun::{self, Noun, is_determiner, names_people, names_person};
use super::phrase::numbers;
use super::sentence::Sentence;

/// How far apart a number and its verb may stand, in words that are not mere joints.
const FARTHEST: usize = 9;
/// How far a verb may stand before its number.
const FARTHEST_BEFORE: usize = 3;

/// Words that may be a figure, by their places among the words of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number.
    pub at: Range<usize>,
    /// Behind the last word of what it counts.
    pub end: usize,
    pub quantity: Quantity,
    pub measure: Option<Measure>,
    /// Whether it may count people at all.
    pub people: bool,
}

/// All numbers, single persons and bare plurals of a sentence, in order.
pub fn items(sentence: &Sentence) -> Vec<Item> {
    let mut items: Vec<Item> = numbers(sentence)
        .into_iter()
        .map(|number| {
            let one = number.quantity == Quantity::Exactly(1);
            let (end, people) = match noun::behind(sentence, number.at.end) {
                Noun::People(end) => (end, true),
                Noun::Thing => (number.at.end, false),
                Noun::Unknown(end) if one || end > number.at.end + 2 => {
                    (number.at.end, !of_parent(sentence, number.at.start))
                }
                Noun::Unknown(end) => (end, !of_parent(sentence, number.at.start)),
            };
            let end = if one { person(sentence, number.at.end).unwrap_or(end) } else { end };
            Item { at: number.at, end, quantity: number.quantity, measure: None, people }
        })
        .collect();
    let free = |items: &[Item], at: usize| items.iter().all(|item| at < item.at.start || item.end <= at);
    for at in 0..sentence.words.len() {
        if !free(&items, at) {
            continue;
        }
        if matches!(sentence.lower(at), "a" | "an" | "another")
            && let Some(end) = person(sentence, at + 1)
            && free(&items, end - 1)
        {
            items.push(Item { at: at..end, end, quantity: Quantity::Exactly(1), measure: None, people: true });
        }
    }
    for at in 0..sentence.words.len() {
        let word = &sentence.words[at];
        let plural = !word.capital || at == 0;
        let vague = matches!(word.lower.as_str(), "others" | "police" | "dead" | "staff" | "members");
        let one_of = sentence.says(at.saturating_sub(3), &["one", "of"]);
        if plural
            && !vague
            && !one_of
            && names_people(&word.lower, false)
            && free(&items, at)
            && trigger(sentence, at).is_none()
        {
            items.push(Item { at: at..at + 1, end: at + 1, quantity: Quantity::Plural, measure: None, people: true });
        }
    }
    items.sort_by_key(|item| item.at.start);
    items
}

/// "The mother of four".
fn of_parent(sentence: &Sentence, at: usize) -> bool {
    sentence.lower(at.wrapping_sub(1)) == "of"
        && matches!(sentence.lower(at.wrapping_sub(2)), "mother" | "father" | "parent" | "grandmother" | "grandfather")
}

/// Behind the word for one person that begins its name at `from`.
fn person(sentence: &Sentence, from: usize) -> Option<usize> {
    const REACH: usize = 5;
    for at in from..(from + REACH).min(sentence.words.len()) {
        if at > from && sentence.is_cut(at) && !sentence.lower(at - 1).ends_with("-old") {
            return None;
        }
        let word = sentence.lower(at);
        if matches!(word, "of" | "in" | "on" | "at" | "by" | "for" | "to" | "and" | "or" | "who" | "with" | "from")
            || harm::is_auxiliary(word)
        {
            return None;
        }
        let known = names_person(word) || (sentence.words[at].capital && at > from && word.ends_with("an"));
        let nationality = at == from && sentence.words[at].capital && word.ends_with("an");
        let next = sentence.lower(at + 1);
        // "A police officer", "a taxi driver": the last of the words for people.
        if known && !sentence.is_cut(at + 1) && names_person(next) {
            continue;
        }
        if known || (nationality && (sentence.is_cut(at + 1) || harm::is_auxiliary(next) || next == "and")) {
            return Some(at + 1);
        }
    }
    None
}

/// Gives each item the measure that its words suggest.
pub fn join(sentence: &Sentence, items: &mut Vec<Item>) {
    let mut linked: Vec<Option<(Measure, bool)>> = Vec::new();
    for n in 0..items.len() {
        let found = if items[n].people { of_item(sentence, items, n, &linked) } else { None };
        linked.push(found);
    }
    for (item, found) in items.iter_mut().zip(linked) {
        item.measure = found.map(|(measure, _)| measure);
    }
    merge_with_own(sentence, items);
}

/// The measure of an item, and whether its verb stands before it.
fn of_item(
    sentence: &Sentence,
    items: &[Item],
    n: usize,
    known: &[Option<(Measure, bool)>],
) -> Option<(Measure, bool)> {
    let item = &items[n];
    let right = right(sentence, items, item);
    let left = left(sentence, item.at.start);
    let single = item.at.end == item.end && item.quantity == Quantity::Exactly(1);
    let right = right.filter(|found| match item.quantity {
        Quantity::Plural => found.cost == 0 && !is_part(sentence, item),
        Quantity::Exactly(1) if single => found.cost <= 3,
        _ => true,
    });
    // "Displaced people" and "will kill" tell no harm done to them.
    let will = matches!(
        sentence.lower(item.at.start.wrapping_sub(1)),
        "kill"
            | "displaced"
            | "wounded"
            | "injured"
            | "captured"
            | "kidnapped"
            | "abducted"
            | "detained"
            | "arrested"
            | "hurt"
    );
    let left = left.filter(|found| match item.quantity {
        Quantity::Plural => found.cost == 0 && found.near && !will,
        Quantity::Exactly(1) if single => found.cost <= 1,
        _ => true,
    });
    let previous = n.checked_sub(1).and_then(|n| Some((&items[n], known.get(n)?.clone()?)));
    let part = is_part(sentence, item);
    if part && n.checked_sub(1).is_some_and(|n| !items[n].people) {
        return None;
    }
    if part
        && let Some((_, (measure, _))) = &previous
        && right.as_ref().is_none_or(|right| right.cost > 1)
    {
        return Some((measure.clone(), true));
    }
    match (left, right) {
        (Some(left), Some(right)) => {
            let bare = item.end == item.at.end && !single;
            let right_wins = right.cost < left.cost || (right.cost == left.cost && bare);
            if right_wins { Some((right.measure, false)) } else { Some((left.measure, true)) }
        }
        (Some(left), None) => Some((left.measure, true)),
        (None, Some(right)) => Some((right.measure, false)),
        (None, None) => {
            let (before, (measure, active)) = previous?;
            let joined = sentence.words.get(before.end..item.at.start)?;
            let listed =
                joined.iter().all(|word| matches!(word.lower.as_str(), "and" | "or" | "plus")) && joined.len() <= 1;
            let numbered = item.quantity != Quantity::Plural;
            (active && listed && numbered && !sentence.before(before.end)?.strong).then_some((measure, true))
        }
    }
}

/// "Including three children", "four of them police officers", "among them two colonels".
fn is_part(sentence: &Sentence, item: &Item) -> bool {
    let start = item.at.start;
    sentence.lower(start.wrapping_sub(1)) == "including"
        || (start >= 2 && sentence.lower(start - 2) == "among" && matches!(sentence.lower(start - 1), "them" | "whom"))
        || (sentence.lower(item.at.end) == "of" && matches!(sentence.lower(item.at.end + 1), "them" | "whom"))
}

/// "A woman and her two children": three people.
fn merge_with_own(sentence: &Sentence, items: &mut Vec<Item>) {
    let mut n = 0;
    while n + 1 < items.len() {
        let (one, more) = (&items[n], &items[n + 1]);
        let between = sentence.phrase(one.end..more.at.start).to_lowercase();
        let own = matches!(between.as_str(), "and her" | "and his" | "and their");
        if own
            && one.quantity == Quantity::Exactly(1)
            && let Quantity::Exactly(count) = more.quantity
        {
            let (at, end) = (one.at.start..more.end, more.end);
            let quantity = Quantity::Exactly(count + 1);
            items[n] = Item { at, end, quantity, measure: more.measure.clone(), people: true };
            items.remove(n + 1);
        }
        n += 1;
    }
}

/// A verb that was found, and how far away.
struct Found {
    measure: Measure,
    cost: usize,
    /// Nothing at all stands between.
    near: bool,
}

/// The harm that is said of the people whose name ends before `end`.
pub fn after(sentence: &Sentence, at: usize, end: usize) -> Option<Measure> {
    let item = Item { at: at..end, end, quantity: Quantity::NoneAsserted, measure: None, people: true };
    right(sentence, &[], &item).filter(|found| found.cost <= 2).map(|found| found.measure)
}

/// The harm whose verb stands before `start`.
pub fn before(sentence: &Sentence, start: usize) -> Option<Measure> {
    left(sentence, start).map(|found| found.measure)
}

fn right(sentence: &Sentence, items: &[Item], item: &Item) -> Option<Found> {
    let (mut at, mut cost, mut aux) = (item.end, 0, false);
    let found = |measure, cost| Some(Found { measure, cost, near: cost == 0 });
    if sentence.says(item.at.end, &["lives"]) || sentence.says(item.at.end, &["more", "lives"]) {
        let taken = (item.at.start.saturating_sub(3)..item.at.start).any(|at| {
            matches!(
                sentence.lower(at),
                "claimed" | "claiming" | "claims" | "lost" | "cost" | "took" | "taken" | "costing" | "taking"
            )
        });
        return if taken { found(Measure::Killed, 0) } else { None };
    }
    let within = (item.at.end..item.end.saturating_sub(1)).filter(|at| *at + 2 == item.end);
    if let Some(told) = within.filter_map(|at| trigger(sentence, at)).find(Trigger::describes) {
        return found(told.measure, 0);
    }
    while at < sentence.words.len() && cost <= FARTHEST {
        let mark = sentence.before(at)?;
        if mark.strong || mark.colon {
            return None;
        }
        if mark.comma && at > item.at.start {
            match resumes(sentence, at) {
                Some(resume) => {
                    (at, cost) = (resume, cost + 1);
                }
                None => cost += 2,
            }
            aux = false;
        }
        let word = sentence.lower(at);
        if let Some(told) = trigger(sentence, at) {
            match told.kind {
                Kind::Active if takes_object(sentence, items, &told) => return None,
                Kind::Active => {
                    (at, cost) = (told.end, cost + 1);
                    continue;
                }
                Kind::Verb if !aux && takes_object(sentence, items, &told) => return None,
                Kind::Noun if cost == 0 && !aux => return found(told.measure, cost),
                Kind::Noun => {
                    (at, cost) = (told.end, cost + 1);
                    continue;
                }
                Kind::Verb | Kind::State => return found(told.measure, cost),
            }
        }
        if let Some(other) = items.iter().find(|other| other.at.start == at && other.at != item.at) {
            if aux {
                return None;
            }
            let step = if other.quantity == Quantity::Plural { 1 } else { 2 };
            (at, cost, aux) = (other.end, cost + step, false);
            continue;
        }
        if harm::parts_clauses(word) || (word == "who" && acts(sentence, at + 1)) {
            return None;
        }
        if harm::is_auxiliary(word) {
            aux = true;
        } else if !harm::is_filler(word) {
            if aux {
                return None;
            }
            cost += 1;
        }
        at += 1;
    }
    None
}

/// "Who abducted our colleagues": those people did it, and did not suffer it.
fn acts(sentence: &Sentence, at: usize) -> bool {
    trigger(sentence, at).is_some_and(|told| told.kind == Kind::Verb && !sentence.is_cut(told.end))
        && !matches!(sentence.lower(at + 1), "in" | "on" | "at" | "by" | "when" | "near" | "during")
}

/// Where a sentence goes on behind an insertion: "…, four of them officers, | were wounded".
fn resumes(sentence: &Sentence, from: usize) -> Option<usize> {
    const REACH: usize = 16;
    let close = |at: &usize| {
        sentence.before(*at).is_some_and(|word| word.comma && !word.strong)
            && (harm::is_auxiliary(sentence.lower(*at))
                || trigger(sentence, *at).is_some_and(|told| matches!(told.kind, Kind::State | Kind::Verb)))
    };
    let reach = (from + 1..from + REACH).take_while(|at| sentence.before(*at).is_some_and(|word| !word.strong));
    let mut insertions = reach.filter(close);
    insertions.next().filter(|at| *at < sentence.words.len())
}

/// Whether the verb is of people behind it.
fn takes_object(sentence: &Sentence, items: &[Item], told: &Trigger) -> bool {
    const REACH: usize = 3;
    for at in told.end..told.end + REACH {
        if sentence.is_cut(at) {
            return false;
        }
        if items.iter().any(|item| item.at.start == at && item.people) || names_people(sentence.lower(at), false) {
            return true;
        }
        if !is_determiner(sentence.lower(at)) && !harm::is_filler(sentence.lower(at)) && sentence.lower(at) != "another"
        {
            return items.iter().any(|item| item.at.start == at);
        }
    }
    false
}

fn left(sentence: &Sentence, start: usize) -> Option<Found> {
    let (mut at, mut cost, mut near) = (start, 0, true);
    if let Some(measure) = tally(sentence, start) {
        return Some(Found { measure, cost: 0, near });
    }
    while let Some(mark) = sentence.before(at) {
        if mark.strong || (mark.colon && at != start) || cost > FARTHEST_BEFORE {
            return None;
        }
        if mark.comma {
            cost += 2;
        }
        if let Some((from, told)) = ending_at(sentence, at) {
            return match told.kind {
                Kind::Active => Some(Found { measure: told.measure, cost, near }),
                Kind::Verb if !is_passive(sentence, from) => Some(Found { measure: told.measure, cost, near }),
                _ => None,
            };
        }
        let word = mark.lower.as_str();
        if harm::is_to_be(word) {
            return among_the(sentence, at - 1).map(|measure| Found { measure, cost, near });
        }
        match word {
            "and" | "or" | "when" | "while" | "said" | "that" | "including" | "by" => return None,
            "the" | "all" | "his" | "her" | "their" | "its" | "another" | "further" | "a" | "an" | "other" | "as"
            | "additional" | "off" => {}
            _ => cost += 1,
        }
        near = false;
        at -= 1;
    }
    None
}

/// The phrase of harm that ends before `at`.
fn ending_at(sentence: &Sentence, at: usize) -> Option<(usize, Trigger)> {
    let first = at.saturating_sub(4);
    (first..at).find_map(|from| trigger(sentence, from).filter(|told| told.end == at).map(|told| (from, told)))
}

/// Whether the verb at a place is said of a subject before it: "were also killed".
fn is_passive(sentence: &Sentence, verb: usize) -> bool {
    let mut at = verb;
    while at > 0 && verb - at < 4 && !sentence.is_cut(at) {
        at -= 1;
        if harm::is_to_be(sentence.lower(at)) {
            return true;
        }
        if !harm::is_filler(sentence.lower(at)) {
            return false;
        }
    }
    false
}

/// "Among the dead was".
fn among_the(sentence: &Sentence, be: usize) -> Option<Measure> {
    let from = be.checked_sub(3)?;
    if !sentence.says(from, &["among", "the"]) {
        return None;
    }
    match sentence.lower(be - 1) {
        "dead" | "killed" => Some(Measure::Killed),
        "wounded" | "injured" => Some(Measure::Injured),
        "missing" => Some(Measure::Missing),
        "captured" | "detained" => Some(Measure::Captured),
        "victims" | "casualties" => Some(Measure::Casualties),
        _ => None,
    }
}

/// "The death toll rose to", "put the number of wounded at", "the bodies of", "deaths:".
fn tally(sentence: &Sentence, start: usize) -> Option<Measure> {
    const REACH: usize = 12;
    let before = sentence.before(start)?;
    if before.colon {
        return noun_of(&before.lower);
    }
    let joint =
        matches!(before.lower.as_str(), "to" | "at" | "of" | "reached" | "exceeded" | "passed" | "stands" | "topped");
    if !joint || before.comma || before.strong {
        return None;
    }
    for at in (start.saturating_sub(REACH)..start - 1).rev() {
        let far = start - at;
        if sentence.words[at].strong || sentence.words[at].comma && far > 1 {
            return None;
        }
        match sentence.lower(at) {
            "toll" => return Some(Measure::Killed),
            "figure" | "tally" if before.lower != "of" => return figure_of(sentence, at),
            "number" if sentence.lower(at + 1) == "of" => {
                return (at + 2..at + 5).find_map(|n| noun_of(sentence.lower(n)));
            }
            word if far <= 3 && before.lower == "of" => {
                if let Some(measure) = noun_of(word).or_else(|| act_of(word)) {
                    return Some(measure);
                }
            }
            _ => {}
        }
    }
    None
}

/// What "the figure" speaks of: the last harm that was told before.
fn figure_of(sentence: &Sentence, at: usize) -> Option<Measure> {
    (0..at).rev().find_map(|at| trigger(sentence, at)).map(|told| told.measure)
}

fn noun_of(word: &str) -> Option<Measure> {
    Some(match word {
        "dead" | "deaths" | "killed" | "fatalities" | "bodies" | "corpses" | "remains" | "lives" | "martyrs" => {
            Measure::Killed
        }
        "wounded" | "injured" | "injuries" | "hurt" => Measure::Injured,
        "missing" => Measure::Missing,
        "displaced" | "evacuees" => Measure::Displaced,
        "detained" | "captured" | "kidnapped" => Measure::Captured,
        "casualties" | "losses" => Measure::Casualties,
        _ => return None,
    })
}

fn act_of(word: &str) -> Option<Measure> {
    Some(match word {
        "killing" | "killings" | "murder" | "murders" | "death" | "execution" => Measure::Killed,
        "abduction" | "kidnapping" | "capture" | "arrest" | "detention" => Measure::Captured,
        "wounding" => Measure::Injured,
        "disappearance" => Measure::Missing,
        "evacuation" | "displacement" => Measure::Displaced,
        _ => return None,
    })
}
