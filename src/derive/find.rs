//! Finding events, articles and notes by a few letters of what they are called.
//!
//! Small tables are matched loosely ("btk" finds Batken); large ones are narrowed first to the records that hold every
//! word of the query, so that a key is answered in time at 400,000 events. It knows no window and keeps nothing.

mod narrow;

use std::fmt::Write as _;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Matcher, Utf32Str};

use super::columnar::Columnar;
use super::links::{self, Linked};
use crate::model::{Article, Event, Note, Project, Record, Records};

/// Tables up to this size are matched loosely as a whole; of larger ones, this many records that hold the words.
const FEW: usize = 2_000;
/// Signs of a name and its details that are looked at.
const LONGEST: usize = 160;

/// Which records are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds {
    /// Events.
    pub events: bool,
    /// Articles.
    pub articles: bool,
    /// Notes.
    pub notes: bool,
}

impl Kinds {
    /// All of them.
    pub const ALL: Self = Self { events: true, articles: true, notes: true };
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which record.
    pub at: Linked,
    /// What it is called.
    pub name: String,
    /// What tells it from others of that name: day and place, publisher, kind of note.
    pub detail: String,
    /// How well it matches; larger is better. 0 where nothing was asked.
    pub score: u32,
}

/// The records that match a query, best first, at most `limit`. An empty query gives the first events and the newest
/// articles and notes. `table` is of the same snapshot as the project.
pub fn find(
    (project, table): (&Project, &Columnar),
    query: &str,
    kinds: Kinds,
    limit: usize,
    matcher: &mut Matcher,
) -> Vec<Found> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let mut search = Search {
        words,
        pattern: pattern(query),
        exact: None,
        limit,
        matcher,
        found: Vec::new(),
        text: String::new(),
        signs: Vec::new(),
    };
    if kinds.events && (search.words.is_empty() || project.events.len() <= FEW) {
        search.table(&project.events, false);
    } else if kinds.events {
        let narrowed = narrow::events(table, &search.words, FEW);
        let events = narrowed.into_iter().filter_map(|slot| project.events.get(table.id(slot)));
        // They hold the words: to look for these as they are costs a fraction of what matching loosely does.
        search.exact = Some(pattern_of(query, AtomKind::Substring));
        events.for_each(|event| search.consider(&**event));
        search.exact = None;
    }
    if kinds.articles {
        search.table(&project.articles, true);
    }
    if kinds.notes {
        search.table(&project.notes, true);
    }
    let mut found = search.found;
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.truncate(limit);
    found.into_iter().filter_map(|(score, at)| shown(project, at, score)).collect()
}

/// A query as a loose pattern: upper and lower case alike, accents left away match.
pub fn pattern(query: &str) -> Pattern {
    pattern_of(query, AtomKind::Fuzzy)
}

fn pattern_of(query: &str, kind: AtomKind) -> Pattern {
    Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, kind)
}

/// How well a text matches; `None` where it does not.
pub fn score(pattern: &Pattern, text: &str, matcher: &mut Matcher) -> Option<u32> {
    let mut buffer = Vec::new();
    pattern.score(Utf32Str::new(text, &mut buffer), matcher)
}

/// Whether a text holds a word that is in lower case already, upper and lower case alike.
pub fn holds(text: &str, word: &str) -> bool {
    let Some(first) = word.bytes().next() else { return true };
    if !word.is_ascii() {
        return text.to_lowercase().contains(word);
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), text)
        .any(|at| text.get(at..at + word.len()).is_some_and(|there| there.eq_ignore_ascii_case(word)))
}

/// A record with a name.
trait Named: Record {
    fn at(&self) -> Linked;
    fn detail(&self) -> String;
    /// Whether a word in lower case stands in anything that it can be found by.
    fn holds(&self, word: &str) -> bool;
    fn name(&self) -> String;
    /// Adds everything that it can be found by to a text. Thousands are asked for with each key: it makes no other text.
    fn write(&self, out: &mut String);
}

struct Search<'a> {
    words: Vec<String>,
    pattern: Pattern,
    /// The words as they are, where records hold them.
    exact: Option<Pattern>,
    limit: usize,
    matcher: &'a mut Matcher,
    found: Vec<(u32, Linked)>,
    text: String,
    signs: Vec<char>,
}

impl Search<'_> {
    fn table<R: Named>(&mut self, records: &Records<R>, newest_first: bool) {
        if newest_first {
            self.among(records.iter().rev(), records.len())
        } else {
            self.among(records.iter(), records.len())
        }
    }

    fn among<'r, R: Named + 'r>(&mut self, records: impl Iterator<Item = &'r std::sync::Arc<R>>, count: usize) {
        if self.words.is_empty() {
            let first = records.take(self.limit).map(|record| (0, record.at()));
            self.found.extend(first);
        } else if count <= FEW {
            records.for_each(|record| self.consider(&**record));
        } else {
            let words = self.words.clone();
            let narrowed = records.filter(|record| words.iter().all(|word| record.holds(word)));
            narrowed.take(FEW).for_each(|record| self.consider(&**record));
        }
    }

    fn consider<R: Named>(&mut self, record: &R) {
        self.text.clear();
        record.write(&mut self.text);
        if let Some((end, _)) = self.text.char_indices().nth(LONGEST) {
            self.text.truncate(end);
        }
        let text = Utf32Str::new(&self.text, &mut self.signs);
        let exact = self.exact.as_ref().and_then(|exact| exact.score(text, self.matcher));
        // A word may stand where the text was cut off, or be folded otherwise.
        if let Some(score) = exact.or_else(|| self.pattern.score(text, self.matcher)) {
            self.found.push((score, record.at()));
        }
    }
}

/// A record as it is shown; `None` where it is gone.
fn shown(project: &Project, at: Linked, score: u32) -> Option<Found> {
    fn of<R: Named>(record: &R, score: u32) -> Found {
        Found { at: record.at(), name: record.name(), detail: record.detail(), score }
    }
    match at {
        Linked::Event(id) => project.events.get(id).map(|event| of(&**event, score)),
        Linked::Article(id) => project.articles.get(id).map(|article| of(&**article, score)),
        Linked::Note(id) => project.notes.get(id).map(|note| of(&**note, score)),
        Linked::Claim(_) => None,
    }
}

/// Adds these with blanks between them; nothing for empty ones.
fn add(out: &mut String, parts: &[&str]) {
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

impl Named for Event {
    fn at(&self) -> Linked {
        Linked::Event(self.id)
    }
    fn name(&self) -> String {
        self.name().to_owned()
    }
    fn detail(&self) -> String {
        let when = self.when.as_ref().map(ToString::to_string).unwrap_or_default();
        let place = if self.name() == &*self.location.name { &self.location.adm1 } else { &self.location.name };
        joined(&[&when, place])
    }
    fn write(&self, out: &mut String) {
        let place = if self.name() == &*self.location.name { &self.location.adm1 } else { &self.location.name };
        add(out, &[self.name()]);
        if let Some(when) = &self.when {
            // Writing to a string cannot fail.
            let _ = write!(out, " {when}");
        }
        add(out, &[place, self.id.as_str()]);
    }
    fn holds(&self, word: &str) -> bool {
        narrow::holds(self, word)
    }
}

impl Named for Article {
    fn at(&self) -> Linked {
        Linked::Article(self.id)
    }
    fn name(&self) -> String {
        if self.headline.is_empty() { self.id.to_string() } else { self.headline.to_string() }
    }
    fn detail(&self) -> String {
        let day = self.published.map(|moment| moment.day().to_string()).unwrap_or_default();
        joined(&[&self.publisher, &day])
    }
    fn write(&self, out: &mut String) {
        add(out, &[&self.headline, &self.publisher]);
        if let Some(published) = self.published {
            let _ = write!(out, " {}", published.day());
        }
        add(out, &[self.id.as_str()]);
    }
    fn holds(&self, word: &str) -> bool {
        holds(&self.headline, word) || holds(&self.publisher, word) || holds(self.id.as_str(), word)
    }
}

impl Named for Note {
    fn at(&self) -> Linked {
        Linked::Note(self.id)
    }
    fn name(&self) -> String {
        note_name(self).to_owned()
    }
    fn detail(&self) -> String {
        self.kind.key().to_owned()
    }
    fn write(&self, out: &mut String) {
        add(out, &[note_name(self), self.kind.key(), self.id.as_str()]);
    }
    fn holds(&self, word: &str) -> bool {
        holds(note_name(self), word) || holds(self.id.as_str(), word)
    }
}

/// What a note is called: its title, else the first line that it says, else that it is empty.
pub fn note_name(note: &Note) -> &str {
    let first = || note.body.lines().map(|line| line.trim_matches(['#', ' ', '\t'])).find(|line| !line.is_empty());
    let title = Some(note.title.trim()).filter(|title| !title.is_empty());
    title.or_else(first).unwrap_or("Untitled note")
}

/// The notes that link to a record, in their order.
pub fn mentions(project: &Project, id: &str) -> Vec<crate::model::NoteId> {
    let finder = memchr::memmem::Finder::new(id);
    let may = project.notes.iter().filter(|note| finder.find(note.body.as_bytes()).is_some());
    may.filter(|note| links::links(&note.body).iter().any(|link| link.id == id)).map(|note| note.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nucleo_matcher::Config;

    fn event(id: &str, title: &str, place: &str, day: &str) -> Event {
        let mut event = Event::new(id.parse().expect("id"));
        event.title = title.into();
        event.location.name = place.into();
        event.when = crate::model::EventDate::parse(day).ok();
        event
    }

    fn project(more: usize) -> Project {
        let mut project = Project::titled("x");
        let mut events = vec![
            event("e1", "Shelling of the bridge", "Batken", "2022-09-16"),
            event("e2", "", "Isfara", "2022-09-14"),
        ];
        events.extend((0..more).map(|n| event(&format!("x{n}"), "Report", "Elsewhere", "2020-01-01")));
        project.events = Records::from_list(events).0;
        project.articles.push(Article::new("a1".parse().expect("id"), "Batken counts its dead", "")).expect("free");
        let mut note = Note::new("n1".parse().expect("id"), None, None);
        note.body = "# Which [[e1]] is it\nmore".into();
        project.notes.push(note).expect("free");
        project
    }

    fn names(project: &Project, query: &str, kinds: Kinds) -> Vec<String> {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let derived = crate::derive::Derived::from_scratch(project);
        find((project, derived.columnar()), query, kinds, 10, &mut matcher)
            .into_iter()
            .map(|found| found.name)
            .collect()
    }

    #[test]
    fn records_are_found_by_letters_of_name_place_day_and_id() {
        let project = project(0);
        let events = Kinds { events: true, articles: false, notes: false };
        assert_eq!(names(&project, "shl brdg", events), ["Shelling of the bridge"]);
        assert_eq!(names(&project, "2022-09-14", events), ["Isfara"]);
        assert_eq!(names(&project, "e2", events)[0], "Isfara");
        assert_eq!(names(&project, "batken", Kinds::ALL).len(), 2);
        assert_eq!(names(&project, "which", Kinds::ALL), ["Which [[e1]] is it"]);
        assert_eq!(names(&project, "zzz", Kinds::ALL), Vec::<String>::new());
    }

    #[test]
    fn large_tables_are_searched_by_whole_words_in_any_order_and_case() {
        let project = project(FEW * 2);
        assert_eq!(names(&project, "BRIDGE shell", Kinds::ALL), ["Shelling of the bridge"]);
        assert_eq!(names(&project, "isfara 2022-09", Kinds::ALL), ["Isfara"]);
        assert_eq!(names(&project, "x3999", Kinds::ALL).len(), 1, "by a part of the id");
        assert_eq!(names(&project, "", Kinds::ALL).len(), 10);
    }

    #[test]
    fn a_word_is_held_whatever_its_case() {
        assert!(holds("Бишкек", "бишкек"));
        assert!(holds("İstanbul Bridge", "bridge"));
        assert!(holds("x", ""));
        assert!(!holds("bridg", "bridge"));
    }

    #[test]
    fn notes_that_link_to_a_record_are_told() {
        let project = project(0);
        assert_eq!(mentions(&project, "e1"), ["n1".parse().expect("id")]);
        assert_eq!(mentions(&project, "e"), Vec::new());
    }
}
