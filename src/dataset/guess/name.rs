//! What a column is by its name, where its values agree.

use crate::model::mapping::{Codes, Meaning, Part};
use crate::model::{BaseClass, Class, Measure};

use super::dates;
use super::values::{Values, is_count, number};
use super::words::{Word, spoken_of, words_of};

/// A guess for one column, before it is weighed against those of others.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) meaning: Meaning,
    /// How well name and values fit; of two columns with one meaning the better takes it.
    pub(super) score: i32,
    pub(super) reason: String,
    pub(super) doubtful: bool,
}

/// So many of the values have to be what the name says.
const MOST: f64 = 0.6;
/// A title is not longer than this, in letters: a longer text is a description.
const TITLE: usize = 160;

/// The words of a name and what they speak of.
struct Name {
    words: Vec<String>,
    speaks_of: Vec<Word>,
    /// Words that speak of nothing known.
    rest: Vec<String>,
}

impl Name {
    fn of(header: &str) -> Self {
        let words = words_of(header);
        let mut name = Self { words: words.clone(), speaks_of: Vec::new(), rest: Vec::new() };
        for word in words {
            let before = name.speaks_of.len();
            name.speaks_of.extend(spoken_of(&word));
            let is_side = matches!(word.as_str(), "a" | "b" | "1" | "2");
            if name.speaks_of.len() == before && !is_side {
                name.rest.push(word);
            }
        }
        name
    }

    fn has(&self, word: Word) -> bool {
        self.speaks_of.contains(&word)
    }

    fn has_any(&self, words: &[Word]) -> bool {
        words.iter().any(|word| self.has(*word))
    }

    /// Whether the name speaks of something beside these and fillers.
    fn only(&self, words: &[Word]) -> bool {
        self.rest.is_empty() && self.speaks_of.iter().all(|word| *word == Word::Filler || words.contains(word))
    }

    fn is_first(&self) -> bool {
        self.words.iter().any(|word| word == "a" || word == "1")
    }

    fn is_second(&self) -> bool {
        self.words.iter().any(|word| word == "b" || word == "2")
    }

    fn has_digit_above_one(&self) -> bool {
        self.words.iter().any(|word| word.parse::<u32>().is_ok_and(|n| n > 1))
    }

    /// How much of the name is said by these words.
    fn score(&self, words: &[Word]) -> i32 {
        let others = self.speaks_of.iter().filter(|word| **word != Word::Filler && !words.contains(word)).count();
        let beside = i32::try_from(self.rest.len() + others).unwrap_or(i32::MAX / 100).min(9);
        100 - 10 * beside
    }
}

/// Guesses from name and values. `None` where the name says nothing; a candidate that is kept says why.
pub(super) fn candidate(header: &str, values: &Values<'_>, decimal: char) -> Option<Candidate> {
    let name = Name::of(header);
    let title = header.trim();
    people(&name, title, values, decimal)
        .or_else(|| coordinates(&name, title, values, decimal))
        .or_else(|| time(&name, title, values))
        .or_else(|| texts(&name, title, values))
}

const MEASURES: [(Word, Measure); 6] = [
    (Word::Killed, Measure::Killed),
    (Word::Injured, Measure::Injured),
    (Word::Missing, Measure::Missing),
    (Word::Captured, Measure::Captured),
    (Word::Displaced, Measure::Displaced),
    (Word::Casualties, Measure::Casualties),
];

/// Numbers of people.
fn people(name: &Name, title: &str, values: &Values<'_>, decimal: char) -> Option<Candidate> {
    let spoken: Vec<&(Word, Measure)> = MEASURES.iter().filter(|(word, _)| name.has(*word)).collect();
    let measure = match spoken[..] {
        [] => return None,
        [(_, measure)] => measure.clone(),
        // "killed and wounded" is not split.
        _ => Measure::Casualties,
    };
    if name.has_any(&[Word::Id, Word::Code, Word::Url, Word::Notes, Word::Date, Word::Source, Word::Precision]) {
        return None;
    }
    if name.has(Word::Running) {
        return Some(left_out(format!("“{title}” is a running total, which is not summed")));
    }
    if name.has(Word::Spread) {
        return Some(left_out(format!("“{title}” is a share or a spread, no number of people")));
    }
    let numbers = values.count(|text| is_count(text, decimal));
    if values.share(|text| is_count(text, decimal)) < MOST {
        let reason = format!("Named “{title}”, but {numbers} of {} values are numbers of people", values.given());
        return Some(Candidate { doubtful: values.given() > 0, ..left_out(reason) });
    }
    let only_marks = values.given() >= 20 && values.count(|text| text == "0" || text == "1") == values.given();
    if only_marks && !name.rest.is_empty() {
        return Some(left_out(format!("“{title}” holds only 0 and 1: a mark, no number of people")));
    }
    let (class, group) = class(name);
    let part = part(name);
    let mut words: Vec<Word> = spoken.iter().map(|(word, _)| *word).chain(group).collect();
    words.extend([Word::Low, Word::Best, Word::High, Word::Attackers, Word::Side, Word::Soldiers, Word::Report]);
    let others = name.rest.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
    let doubt = if others.is_empty() { String::new() } else { format!("; what {others} stands for is not known") };
    Some(Candidate {
        meaning: Meaning::Number(measure, class, part),
        score: name.score(&words),
        reason: format!("Named “{title}”; {numbers} of {} values are numbers{doubt}", values.all().len()),
        doubtful: !others.is_empty(),
    })
}

fn left_out(reason: String) -> Candidate {
    Candidate { meaning: Meaning::Kept, score: 0, reason, doubtful: true }
}

/// The class that a name speaks of, and the word that says so.
fn class(name: &Name) -> (Class, Option<Word>) {
    let groups = [
        (Word::Children, "children"),
        (Word::Women, "women"),
        (Word::Men, "men"),
        (Word::Medics, "medics"),
        (Word::Press, "journalists"),
    ];
    let within = if name.has(Word::Civilians) { BaseClass::Civilians } else { BaseClass::Total };
    if let Some((word, group)) = groups.into_iter().find(|(word, _)| name.has(*word)) {
        return (Class::Sub { name: group.into(), within }, Some(word));
    }
    if name.has(Word::Civilians) {
        return (Class::Base(BaseClass::Civilians), Some(Word::Civilians));
    }
    let first = name.is_first();
    if first || name.is_second() {
        return (Class::Base(if first { BaseClass::A } else { BaseClass::B }), None);
    }
    if name.has(Word::Soldiers) {
        // Of which side is not said.
        return (Class::Sub { name: "fighters".into(), within: BaseClass::Total }, Some(Word::Soldiers));
    }
    if name.has(Word::Unknown) {
        return (Class::Base(BaseClass::Unknown), Some(Word::Unknown));
    }
    (Class::TOTAL, None)
}

fn part(name: &Name) -> Part {
    if name.has(Word::Attackers) {
        Part::Attackers
    } else if name.has(Word::Low) {
        Part::Low
    } else if name.has(Word::High) {
        Part::High
    } else if name.has(Word::Best) {
        Part::Best
    } else {
        Part::Written
    }
}

/// Latitude and longitude.
fn coordinates(name: &Name, title: &str, values: &Values<'_>, decimal: char) -> Option<Candidate> {
    let (word, meaning, limit) = if name.has(Word::Latitude) {
        (Word::Latitude, Meaning::Latitude, 90.0)
    } else if name.has(Word::Longitude) {
        (Word::Longitude, Meaning::Longitude, 180.0)
    } else {
        return None;
    };
    let inside = |text: &str| number(text, decimal).is_some_and(|degrees: f64| degrees.abs() <= limit);
    let fit = values.count(inside);
    if values.share(inside) < MOST {
        let reason = format!("Named “{title}”, but {fit} of {} values are degrees", values.given());
        return Some(Candidate { doubtful: values.given() > 0, ..left_out(reason) });
    }
    let reason = format!("Named “{title}”; {fit} of {} values are degrees", values.all().len());
    Some(Candidate { meaning, score: name.score(&[word, Word::Where]), reason, doubtful: false })
}

/// Dates, their parts, and how exactly they are known.
fn time(name: &Name, title: &str, values: &Values<'_>) -> Option<Candidate> {
    let found = |meaning: Meaning, words: &[Word]| {
        Some(Candidate { meaning, score: name.score(words), reason: format!("Named “{title}”"), doubtful: false })
    };
    if name.has(Word::Precision) {
        return match (name.has_any(&[Word::Date, Word::Time]), name.has_any(&[Word::Where, Word::Place])) {
            (true, _) if name.has(Word::Time) => {
                found(Meaning::DatePrecision(Codes::Acled), &[Word::Precision, Word::Time])
            }
            (true, _) => found(Meaning::DatePrecision(Codes::Ged), &[Word::Precision, Word::Date]),
            (_, true) if name.words.iter().any(|word| word == "geo") => {
                found(Meaning::PlacePrecision(Codes::Acled), &[Word::Precision, Word::Where])
            }
            (_, true) => found(Meaning::PlacePrecision(Codes::Ged), &[Word::Precision, Word::Where]),
            _ => None,
        };
    }
    let whole = |text: &str, least: i64, most: i64| text.parse::<i64>().is_ok_and(|n| (least..=most).contains(&n));
    let parts = [
        (Word::Year, Meaning::Year, 1000, 2200),
        (Word::Month, Meaning::Month, 0, 12),
        (Word::Day, Meaning::Day, 0, 31),
    ];
    let part = parts.into_iter().find(|(word, _, least, most)| {
        name.only(&[*word]) && name.has(*word) && values.share(|text| whole(text, *least, *most)) >= MOST
    });
    if let Some((word, meaning, ..)) = part {
        return found(meaning, &[word]);
    }
    let is_day = name.has_any(&[Word::Date, Word::Start, Word::End, Word::Day]);
    if !is_day || values.share(dates::may_be_date) < MOST {
        return None;
    }
    date(name, title, values)
}

fn date(name: &Name, title: &str, values: &Values<'_>) -> Option<Candidate> {
    // A word such as "from" or "last" says something of a date only where the values are dates without doubt.
    if !name.has_any(&[Word::Date, Word::Day]) && values.share(dates::is_written_date) < MOST {
        return None;
    }
    let fit = values.count(dates::may_be_date);
    let mut reason = format!("Named “{title}”; {fit} of {} values are dates", values.all().len());
    let meaning = if name.has(Word::End) { Meaning::DateEnd } else { Meaning::DateStart };
    let reported = name.has(Word::Report);
    if reported {
        reason.push_str("; a day of reporting need not be the day of the event");
    }
    let score = name.score(&[Word::Date, Word::Start, Word::End, Word::Day]);
    Some(Candidate { meaning, score, reason, doubtful: reported })
}

/// Names, kinds, sides, sources.
fn texts(name: &Name, title: &str, values: &Values<'_>) -> Option<Candidate> {
    let is_number = |text: &str| number(text, '.').is_some();
    let coded = name.has_any(&[Word::Code, Word::Url, Word::Spread]);
    let mostly_numbers = values.share(is_number) >= MOST;
    let found = |meaning: Meaning, words: &[Word]| {
        Some(Candidate { meaning, score: name.score(words), reason: format!("Named “{title}”"), doubtful: false })
    };
    if name.has(Word::Id) && !name.has_any(&[Word::Url, Word::Side, Word::Actor, Word::Country, Word::Source]) {
        let differ = values.given() > 0 && values.distinct() == values.given();
        let reason = format!("Named “{title}”; its {} values all differ", values.given());
        return differ.then(|| Candidate {
            meaning: Meaning::SourceId,
            score: name.score(&[Word::Id, Word::Code]),
            reason,
            doubtful: false,
        });
    }
    if coded || mostly_numbers {
        return None;
    }
    if name.has_any(&[Word::Side, Word::Actor]) && (name.is_second() || name.has(Word::Target)) {
        return found(Meaning::SideB, &[Word::Side, Word::Actor, Word::Target]);
    }
    if name.has_any(&[Word::Side, Word::Actor]) && !name.has(Word::Kind) {
        return found(Meaning::SideA, &[Word::Side, Word::Actor]);
    }
    if name.has(Word::Country) {
        return found(Meaning::Country, &[Word::Country, Word::Title]);
    }
    if name.has(Word::Adm) && !name.has_digit_above_one() {
        return found(Meaning::Adm1, &[Word::Adm, Word::Title]);
    }
    if name.has(Word::Place) {
        return found(Meaning::Place, &[Word::Place, Word::Title]);
    }
    if name.has(Word::Kind) && !name.has(Word::Source) {
        return found(Meaning::Kind, &[Word::Kind]);
    }
    if name.has(Word::Source) {
        return found(Meaning::Speaker, &[Word::Source, Word::Report, Word::Title]);
    }
    if name.has(Word::Tags) {
        return found(Meaning::Tags, &[Word::Tags]);
    }
    let short = values.given() > 0 && values.longest() <= TITLE;
    if name.has_any(&[Word::Title, Word::Notes]) && short {
        return found(Meaning::Title, &[Word::Title]);
    }
    None
}
