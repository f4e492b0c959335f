//! The events that hold every word of a query, from the columns of a large table: each distinct text is asked once, on
//! all cores, and the first events that hold all are taken.

use rayon::prelude::*;

use crate::derive::columnar::{Columnar, Day, OPEN_END, OPEN_START, TextField, UNDATED, day_of, folded};
use crate::model::Event;

/// How many events are looked at between two looks at whether there are enough.
const STEP: usize = 65_536;
/// And how many of them by one core at a time.
const SHARE: usize = 4_096;
/// The texts by which an event is found, beside its days and id.
const FIELDS: [TextField; 3] = [TextField::Title, TextField::Place, TextField::Adm1];

/// Whether a word in lower case stands in anything by which an event is found.
pub(super) fn holds(event: &Event, word: &str) -> bool {
    super::holds(&event.title, word)
        || super::holds(&event.location.name, word)
        || super::holds(&event.location.adm1, word)
        || super::holds(event.id.as_str(), word)
        // A word with a digit may be a day.
        || word.bytes().any(|b| b.is_ascii_digit())
            && event.when.as_ref().is_some_and(|when| super::holds(&when.to_string(), word))
}

/// What holds one word: by the number of each distinct text, and of each distinct interval where it may be days.
struct Holding<'a> {
    word: &'a str,
    texts: [Vec<bool>; FIELDS.len()],
    days: Option<Vec<bool>>,
}

impl<'a> Holding<'a> {
    fn of(word: &'a str, table: &Columnar) -> Self {
        let lower: String = folded(word).collect();
        let texts = FIELDS.map(|field| table.words(field).holding(&lower));
        let intervals = || table.dates().intervals().collect::<Vec<_>>().into_par_iter();
        let days = may_be_days(word).then(|| intervals().map(|days| may_hold(days, word)).collect());
        Self { word, texts, days }
    }

    fn is_in(&self, slot: usize, table: &Columnar) -> bool {
        let is = |is: &[bool], code: u32| is.get(code as usize).copied().unwrap_or(false);
        FIELDS.iter().zip(&self.texts).any(|(field, texts)| is(texts, table.words(*field).codes()[slot]))
            || self.days.as_ref().is_some_and(|days| is(days, table.dates().codes()[slot]))
            || super::holds(table.ids()[slot].as_str(), self.word)
    }
}

/// The slots of the first events that may hold all these words in lower case, at most so many. None that holds them is
/// left out before that; of days it says yes a little too often.
pub(super) fn events(table: &Columnar, words: &[String], most: usize) -> Vec<u32> {
    let holding: Vec<Holding<'_>> = words.iter().map(|word| Holding::of(word, table)).collect();
    let is_in = |slot: &u32| holding.iter().all(|holding| holding.is_in(*slot as usize, table));
    let mut found = Vec::new();
    for step in table.order().chunks(STEP) {
        let shares: Vec<Vec<u32>> =
            step.par_chunks(SHARE).map(|share| share.iter().copied().filter(is_in).take(most).collect()).collect();
        found.extend(shares.into_iter().flatten());
        if found.len() >= most {
            found.truncate(most);
            break;
        }
    }
    found
}

/// Whether a word holds nothing but what dates are written with, and a digit.
fn may_be_days(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '~' | '?' | '%' | 'x' | '[' | ']'))
}

/// Whether days may be written so that they hold a word: each run of digits and dashes stands in the first or last day.
fn may_hold((first, last): (Day, Day), word: &str) -> bool {
    if first == UNDATED {
        return false;
    }
    let written = |number: Day, open: Day| match day_of(number) {
        // Years of more or fewer digits are written in ways of their own.
        Some(day) if (1000..=9999).contains(&day.year()) => Some(day.to_string()),
        Some(_) => None,
        None => (number == open).then(String::new),
    };
    let (Some(first), Some(last)) = (written(first, OPEN_START), written(last, OPEN_END)) else { return true };
    let mut runs = word.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|run| !run.is_empty());
    runs.all(|run| first.contains(run) || last.contains(run))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::events as narrowed;
    use super::*;
    use crate::derive::Derived;
    use crate::model::{EventDate, Project, Records};

    proptest! {
        #[test]
        fn no_event_that_holds_the_words_is_left_out(
            events in prop::collection::vec(("[aAé ]{0,4}", "(Osh|BATKEN|)", "(|2022|2022-09|2022-09-1[0-9]~?|2022-09-1X|2022-09-30/2022-10-02|\\.\\./2022-10)"), 0..12),
            words in prop::collection::vec("(a|é|sh|batken|2022|-09-1|09-30|10-0|2022-09-1x|e[0-9]|zz)", 1..3),
        ) {
            let events = events.into_iter().enumerate().map(|(n, (title, place, when))| {
                let mut event = Event::new(format!("e{n}").parse().expect("an id"));
                event.title = title.into();
                event.location.name = place.into();
                event.when = EventDate::parse(&when).ok();
                event
            });
            let project = Project { events: Records::from_list(events).0, ..Project::titled("x") };
            let derived = Derived::from_scratch(&project);
            let table = derived.columnar();
            let found = narrowed(table, &words, 100);
            let place = |slot: &u32| table.order().iter().position(|other| other == slot);
            prop_assert!(found.is_sorted_by(|a, b| place(a) < place(b)));
            for event in project.events.iter() {
                let holds = words.iter().all(|word| holds(event, word));
                let is_found = found.iter().any(|slot| table.id(*slot) == event.id);
                prop_assert!(is_found || !holds, "{:?} {:?}", words, event);
                if !words.iter().any(|word| may_be_days(word)) {
                    prop_assert_eq!(is_found, holds, "{:?} {:?}", words, event);
                }
            }
            let one = narrowed(table, &words, 1);
            prop_assert_eq!(one.first(), found.first());
        }
    }
}
