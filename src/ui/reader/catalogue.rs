//! The figures of all articles, looked for a little in each frame, and how many of them are decided.
//!
//! A text is read once, however often claims change. It knows no fonts and no screen.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::dataset;
use crate::mention::detect::{Figure, Scan};
use crate::model::article::NotFigure;
use crate::model::{Article, ArticleId, Change, Claim, Project, Text};
use crate::ui::{Progress, View};

/// Pieces of other texts that are read in one frame (a piece is about 2 KB, less than a millisecond).
const STEPS: usize = 3;
/// Pieces of the open text that are read at once when it is opened.
const STEPS_AT_ONCE: usize = 24;
/// Articles whose decisions are counted anew in one frame.
const COUNTS: usize = 48;

/// What was decided about a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    Open,
    /// A claim quotes it.
    Claimed,
    /// A reader found that it is no figure of casualties.
    Rejected,
}

/// A figure with the words of its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub figure: Figure,
    number: Box<str>,
}

/// What is known of one article.
#[derive(Debug)]
struct Known {
    text: Text,
    scan: Scan,
    done: bool,
    seen: Arc<Vec<Seen>>,
    /// Whether its decided figures are counted as they are now.
    counted: bool,
}

/// The figures of all articles.
#[derive(Debug, Default)]
pub struct Catalogue {
    known: HashMap<ArticleId, Known>,
    order: Vec<ArticleId>,
    /// The snapshot that the rest is about.
    seen: Option<(u64, Project)>,
    /// How far the round over all articles has come.
    next: usize,
    /// How many steps of reading were made so far.
    pub steps: usize,
}

impl Catalogue {
    /// Reads and counts a little further, the open article first. Says whether all is done.
    pub fn advance(
        &mut self,
        view: &View<'_>,
        open: Option<&Article>,
        progress: &mut HashMap<ArticleId, Progress>,
    ) -> bool {
        if self.seen.as_ref().is_none_or(|(revision, _)| *revision != view.revision) {
            let before = self.seen.replace((view.revision, view.project.clone()));
            self.follow(before.map(|(_, project)| project).as_ref(), view.project, progress);
        }
        let mut steps = STEPS;
        if let Some(article) = open {
            let new = self.known.get(&article.id).is_none_or(|known| known.text != article.text);
            let mut own = if new { STEPS_AT_ONCE } else { STEPS };
            self.read(article, &mut own);
            self.count(view, article, progress);
            if !self.is_read(article.id) {
                return false;
            }
            steps = steps.min(own);
        }
        for _ in 0..COUNTS {
            let Some(id) = self.order.get(self.next).copied() else { return true };
            let Some(article) = view.project.articles.get(id) else {
                self.next += 1;
                continue;
            };
            self.read(article, &mut steps);
            if !self.is_read(id) {
                return false;
            }
            self.count(view, article, progress);
            self.next += 1;
        }
        self.next >= self.order.len()
    }

    /// Takes over another snapshot: what a change did not touch stays counted.
    fn follow(&mut self, before: Option<&Project>, now: &Project, progress: &mut HashMap<ArticleId, Progress>) {
        self.order = now.articles.iter().map(|article| article.id).collect();
        self.next = 0;
        let there = |id: &ArticleId| now.articles.contains(*id);
        self.known.retain(|id, _| there(id));
        progress.retain(|id, _| there(id));
        let Some(before) = before else { return };
        let articles = before.articles.changes(&now.articles).map(|change| match change {
            Change::Added(article) | Change::Removed(article) | Change::Changed(_, article) => article.id,
        });
        let quotes = |claim: &Arc<Claim>| claim.quotes.iter().map(|quote| quote.article).collect::<Vec<_>>();
        let quoted = before.claims.changes(&now.claims).flat_map(|change| match change {
            Change::Added(claim) | Change::Removed(claim) => quotes(claim),
            Change::Changed(old, new) => [quotes(old), quotes(new)].concat(),
        });
        for id in articles.chain(quoted) {
            if let Some(known) = self.known.get_mut(&id) {
                known.counted = false;
            }
        }
    }

    fn read(&mut self, article: &Article, steps: &mut usize) {
        let fresh = || Known {
            text: article.text.clone(),
            scan: Scan::default(),
            done: false,
            seen: Arc::default(),
            counted: false,
        };
        let known = self.known.entry(article.id).or_insert_with(fresh);
        if known.text != article.text {
            *known = fresh();
        }
        while !known.done && *steps > 0 {
            let before = known.scan.found.len();
            known.done = known.scan.step(&article.text);
            self.steps += 1;
            *steps -= 1;
            if known.scan.found.len() > before || known.done {
                known.counted = false;
            }
        }
        if known.seen.len() != known.scan.found.len() {
            let from = known.seen.len();
            let new = with_words(&article.text, known.scan.found.get(from..).unwrap_or_default());
            Arc::make_mut(&mut known.seen).extend(new);
        }
    }

    fn count(&mut self, view: &View<'_>, article: &Article, progress: &mut HashMap<ArticleId, Progress>) {
        let Some(known) = self.known.get_mut(&article.id) else { return };
        if known.counted {
            return;
        }
        known.counted = true;
        let states = states(view, article, &known.seen);
        let open = states.iter().filter(|state| **state == State::Open).count();
        let total = states.len();
        progress.insert(article.id, Progress { decided: total - open, total, done: known.done });
    }

    /// The figures found so far in an article.
    pub fn of(&self, article: ArticleId) -> Arc<Vec<Seen>> {
        self.known.get(&article).map(|known| Arc::clone(&known.seen)).unwrap_or_default()
    }

    /// Whether the whole text of an article was read.
    pub fn is_read(&self, article: ArticleId) -> bool {
        self.known.get(&article).is_some_and(|known| known.done)
    }
}

/// The figures with the words of their numbers, in one walk over the text.
fn with_words(text: &str, figures: &[Figure]) -> Vec<Seen> {
    let Some(first) = figures.first() else { return Vec::new() };
    let mut rest = text.chars().skip(first.number.start);
    let mut at = first.number.start;
    figures
        .iter()
        .map(|figure| {
            // Numbers stand one behind another, so each is reached from the one before.
            if figure.number.start > at {
                rest.nth(figure.number.start - at - 1);
            }
            at = figure.number.end;
            Seen { figure: figure.clone(), number: rest.by_ref().take(figure.number.len()).collect() }
        })
        .collect()
}

/// What was decided about each of these figures.
pub fn states(view: &View<'_>, article: &Article, seen: &[Seen]) -> Vec<State> {
    let mut states = vec![State::Open; seen.len()];
    for rejected in &article.not_figures {
        for n in touched(seen, &(rejected.start..rejected.end)) {
            if agree(&seen[n], rejected.start, &rejected.exact) {
                states[n] = State::Rejected;
            }
        }
    }
    let claims = view.derived.claims_in(article.id).iter().filter_map(|id| dataset::claim(view.project, *id));
    for quote in claims.flat_map(|claim: &Arc<Claim>| claim.quotes.iter()).filter(|quote| quote.article == article.id) {
        for n in touched(seen, &(quote.start..quote.end)) {
            if agree(&seen[n], quote.start, &quote.exact) {
                states[n] = State::Claimed;
            }
        }
    }
    states
}

/// The figures whose number overlaps a stretch.
fn touched(seen: &[Seen], range: &Range<usize>) -> Range<usize> {
    let from = seen.partition_point(|seen| seen.figure.number.end <= range.start);
    let to = seen.partition_point(|seen| seen.figure.number.start < range.end);
    from..to.max(from)
}

/// Whether words that are said to stand at `start` are those of the figure, as far as both overlap: a quote whose
/// words stand there no more decides nothing.
fn agree(seen: &Seen, start: usize, words: &str) -> bool {
    let number = &seen.figure.number;
    let from = number.start.max(start);
    let own: Vec<char> = seen.number.chars().skip(from - number.start).collect();
    let theirs: Vec<char> = words.chars().skip(from - start).take(own.len()).collect();
    !theirs.is_empty() && own.starts_with(&theirs)
}

/// The rejection that covers a figure, if there is one.
pub fn rejection<'a>(article: &'a Article, figure: &Figure) -> Option<&'a NotFigure> {
    article.not_figures.iter().find(|known| known.start < figure.number.end && figure.number.start < known.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::Derived;
    use crate::edit::Edit;
    use crate::mention::detect::figures;
    use crate::model::{Class, Event, Measure, Moment, Project, Quantity, Quote};

    const TEXT: &str = "Über 12 people were killed. Three children were hurt.";

    fn view<'a>(project: &'a Project, derived: &'a Derived, revision: u64) -> View<'a> {
        let today = jiff::civil::date(2031, 5, 8);
        View { project, derived, revision, today, now: Moment::new(today), enter_edits: false }
    }

    fn project(count: usize) -> Project {
        let articles = (0..count).map(|n| Article::new(format!("a{n}").parse().expect("an id"), "One", TEXT)).collect();
        Edit::AddArticles(articles).apply(&Project::default()).expect("articles")
    }

    #[test]
    fn a_claim_decides_the_figure_whose_number_it_quotes_while_its_words_stand_there() {
        let mut project = project(1);
        let event = Event::new("e1".parse().expect("an id"));
        let id = "a0".parse().expect("an id");
        let mut claim = Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::Exactly(12));
        claim.quotes.extend(Quote::of(id, TEXT, 5, 14));
        project = Edit::AddClaim { claim: Box::new(claim.clone()), new_event: Some(Box::new(event)) }
            .apply(&project)
            .expect("a claim");
        let article = project.articles.get(id).expect("there").clone();
        let seen = with_words(TEXT, &figures(TEXT));
        let derived = Derived::from_scratch(&project);
        assert_eq!(states(&view(&project, &derived, 0), &article, &seen), [State::Claimed, State::Open]);
        claim.quotes[0].exact = "13 people".into();
        let project = Edit::SetClaims { claims: vec![claim], what: "quote".into() }.apply(&project).expect("a change");
        let derived = Derived::from_scratch(&project);
        assert_eq!(states(&view(&project, &derived, 0), &article, &seen), [State::Open, State::Open]);
    }

    #[test]
    fn texts_are_read_in_slices_and_once() {
        let project = project(200);
        let derived = Derived::from_scratch(&project);
        let (mut catalogue, mut progress) = (Catalogue::default(), HashMap::new());
        let mut frames = 1;
        while !catalogue.advance(&view(&project, &derived, 0), None, &mut progress) {
            frames += 1;
            assert!(catalogue.steps <= frames * STEPS);
        }
        assert!(frames >= 200 / STEPS);
        assert_eq!(progress.len(), 200);
        assert!(progress.values().all(|p| *p == Progress { decided: 0, total: 2, done: true }));
        let steps = catalogue.steps;
        while !catalogue.advance(&view(&project, &derived, 1), None, &mut progress) {}
        assert_eq!(catalogue.steps, steps, "nothing is read twice");
    }

    #[test]
    fn progress_follows_claims_wherever_their_quotes_go() {
        let empty = project(3);
        let event = Event::new("e1".parse().expect("an id"));
        let mut claim = Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::Exactly(12));
        claim.quotes.extend(Quote::of("a1".parse().expect("an id"), TEXT, 5, 14));
        let add = Edit::AddClaim { claim: Box::new(claim.clone()), new_event: Some(Box::new(event)) };
        let quoted = add.apply(&empty).expect("a claim");
        claim.quotes = Quote::of("a2".parse().expect("an id"), TEXT, 5, 14).into_iter().collect();
        let moved = Edit::SetClaims { claims: vec![claim], what: "quote".into() }.apply(&quoted).expect("a claim");
        let (mut catalogue, mut progress) = (Catalogue::default(), HashMap::new());
        let steps =
            [(&empty, [0, 0, 0]), (&quoted, [0, 1, 0]), (&moved, [0, 0, 1]), (&quoted, [0, 1, 0]), (&empty, [0; 3])];
        for (revision, (project, decided)) in steps.into_iter().enumerate() {
            let derived = Derived::from_scratch(project);
            while !catalogue.advance(&view(project, &derived, revision as u64), None, &mut progress) {}
            let now = ["a0", "a1", "a2"].map(|id| progress[&id.parse::<ArticleId>().expect("an id")].decided);
            assert_eq!(now, decided, "step {revision}");
        }
    }
}
