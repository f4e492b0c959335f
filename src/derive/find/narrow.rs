//! The events that hold every word of a query, from the columns of a large table: each distinct text is asked once, on
//! all cores, and the first events that hold all are taken.

use memchr::memmem::Finder;
use rayon::prelude::*;

use crate::derive::columnar::{Columnar, Day, OPEN_END, OPEN_START, TextField, UNDATED, folded};
use crate::model::Event;

/// How many events are looked at between two looks at whether there are enough.
const STEP: usize = 65_536;
/// How many are looked at first, each by itself: words of few letters stand in most of them.
const SOON: usize = 16_384;
/// How many events are looked at by one core at a time.
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

/// A word that is looked for event by event.
struct Looked<'a> {
    word: &'a str,
    finder: Finder<'a>,
    may_be_days: bool,
}

impl Looked<'_> {
    fn is_in(&self, slot: usize, table: &Columnar) -> bool {
        FIELDS.iter().any(|field| table.words(*field).holds(slot, &self.finder))
            || super::holds(table.ids()[slot].as_str(), self.word)
            || self.may_be_days && may_hold(table.dates().at(slot), self.word)
    }
}

/// The slots of the first events that may hold all these words in lower case, at most so many. None that holds them is
/// left out before that; of days it says yes a little too often.
pub(super) fn events(table: &Columnar, words: &[String], most: usize) -> Vec<u32> {
    events_after(table, words, most, SOON)
}

/// The same, where so many events are looked at by themselves before every distinct text is.
fn events_after(table: &Columnar, words: &[String], most: usize, soon: usize) -> Vec<u32> {
    let mut found = Vec::new();
    let mut step = |slots: &[u32], is_in: &(dyn Fn(&u32) -> bool + Sync)| {
        let of = |share: &[u32]| share.iter().copied().filter(is_in).take(most).collect();
        let shares: Vec<Vec<u32>> = slots.par_chunks(SHARE).map(of).collect();
        found.extend(shares.into_iter().flatten());
        found.truncate(most);
        found.len() == most
    };
    let (first, rest) = table.order().split_at(soon.min(table.len()));
    let folded: Vec<String> = words.iter().map(|word| folded(word).collect()).collect();
    let looked: Vec<Looked<'_>> = words
        .iter()
        .zip(&folded)
        .map(|(word, lower)| Looked { word, finder: Finder::new(lower), may_be_days: may_be_days(word) })
        .collect();
    if step(first, &|slot| looked.iter().all(|looked| looked.is_in(*slot as usize, table))) || rest.is_empty() {
        return found;
    }
    let holding: Vec<Holding<'_>> = words.iter().map(|word| Holding::of(word, table)).collect();
    for slots in rest.chunks(STEP) {
        if step(slots, &|slot| holding.iter().all(|holding| holding.is_in(*slot as usize, table))) {
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
    let written = |number: Day, open: Day| match number {
        _ if number == open => Some(Written::default()),
        // Years of more or fewer digits are written in ways of their own.
        10_000_000..=99_999_999 => Some(Written::of(number)),
        _ => None,
    };
    let (Some(first), Some(last)) = (written(first, OPEN_START), written(last, OPEN_END)) else { return true };
    let mut runs = word.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|run| !run.is_empty());
    runs.all(|run| first.holds(run) || last.holds(run))
}

/// A day as it is written: `2022-09-16`; or nothing. It is asked of a hundred thousand days at once.
#[derive(Default)]
struct Written([u8; 10]);

impl Written {
    /// A day of a year of four digits.
    fn of(day: Day) -> Self {
        let mut written = *b"0000-00-00";
        let mut rest = day.unsigned_abs();
        for at in [9, 8, 6, 5, 3, 2, 1, 0] {
            written[at] += u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        Self(written)
    }

    fn holds(&self, run: &str) -> bool {
        self.0.windows(run.len()).any(|part| part == run.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::derive::Derived;
    use crate::model::{EventDate, Project, Records};

    proptest! {
        #[test]
        fn no_event_that_holds_the_words_is_left_out(
            events in prop::collection::vec(("[aAé ]{0,4}", "(Osh|BATKEN|)", "(|2022|2022-09|2022-09-1[0-9]~?|2022-09-1X|2022-09-30/2022-10-02|\\.\\./2022-10)"), 0..12),
            words in prop::collection::vec("(a|é|sh|batken|2022|-09-1|09-30|10-0|2022-09-1x|e[0-9]|zz)", 1..3),
            soon in 0_usize..12,
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
            let found = events_after(table, &words, 100, soon);
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
            let one = events_after(table, &words, 1, soon);
            prop_assert_eq!(one.first(), found.first());
        }
    }
}
