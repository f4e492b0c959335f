//! Versions of one text: which corrects which, what differs, and which quotes of the earlier one stand in the later one.
//!
//! A text is evidence and never edited; a corrected text is an article of its own. What rests on the earlier version stays
//! there. A quote is carried over only where its words stand in the new text beyond doubt, and a person asks for it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp};

use crate::dataset;
use crate::edit::Edit;
use crate::model::{Article, ArticleId, Claim, ClaimId, Project, Quote};

use super::Derived;

/// Texts of more words together are compared line by line.
const MOST_WORDS: usize = 8_000;
/// So many characters beside a quote have to agree where its words stand at one place only.
const BESIDE: usize = 8;
/// A quote of so many characters needs nothing beside it.
const LONG: usize = 40;

/// The versions of an article, the earliest first. An article without versions is alone.
pub fn versions(project: &Project, of: ArticleId) -> Vec<ArticleId> {
    let mut seen = HashSet::from([of]);
    let mut chain = vec![of];
    let earlier = |id: ArticleId| project.articles.get(id).and_then(|article| article.corrects);
    let mut at = of;
    while let Some(before) = earlier(at).filter(|id| project.articles.contains(*id) && seen.insert(*id)) {
        chain.insert(0, before);
        at = before;
    }
    let later: HashMap<ArticleId, ArticleId> =
        project.articles.iter().rev().filter_map(|article| Some((article.corrects?, article.id))).collect();
    let mut at = of;
    while let Some(after) = later.get(&at).copied().filter(|id| seen.insert(*id)) {
        chain.push(after);
        at = after;
    }
    chain
}

/// Pairs of nearly equal texts about which nobody has decided: neither that they are other texts, nor that one corrects the
/// other, nor that they speak with the voice of one agency.
pub fn undecided(project: &Project, pairs: &[(ArticleId, ArticleId, f32)]) -> Vec<(ArticleId, ArticleId, f32)> {
    let open = |a: &Article, b: &Article| {
        let unlike = a.unlike.contains(&b.id) || b.unlike.contains(&a.id);
        let one_voice = !a.agency.is_empty() && a.agency == b.agency;
        !unlike
            && !one_voice
            && (a.corrects.is_none() && b.corrects.is_none() || !versions(project, a.id).contains(&b.id))
    };
    let there = |id| project.articles.get(id);
    pairs
        .iter()
        .filter(|(a, b, _)| matches!((there(*a), there(*b)), (Some(a), Some(b)) if open(a, b)))
        .copied()
        .collect()
}

/// A passage in which two texts differ, in Unicode scalars; one side is empty where words were only added or taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where in the earlier text.
    pub old: Range<usize>,
    /// Where in the later text.
    pub new: Range<usize>,
}

/// The passages in which two texts differ, word by word, in order. Spaces and ends of lines do not count.
pub fn differences(old: &str, new: &str) -> Vec<Passage> {
    let by_lines = old.split_whitespace().count() + new.split_whitespace().count() > MOST_WORDS;
    let (before, after) = (pieces(old, by_lines), pieces(new, by_lines));
    let (a, b): (Vec<&str>, Vec<&str>) =
        (before.iter().map(|piece| piece.0).collect(), after.iter().map(|piece| piece.0).collect());
    let mut passages: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for op in similar::capture_diff_slices(Algorithm::Myers, &a, &b) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (from, to) = (op.old_range(), op.new_range());
        match passages.last_mut() {
            Some(last) if last.0.end == from.start && last.1.end == to.start => {
                (last.0.end, last.1.end) = (from.end, to.end);
            }
            _ => passages.push((from, to)),
        }
    }
    let place = |pieces: &[(&str, Range<usize>)], range: &Range<usize>| {
        let start = pieces.get(range.start).map(|piece| piece.1.start);
        let end = |n: usize| pieces.get(n).map(|piece| piece.1.end);
        match (start, range.end.checked_sub(1).and_then(end)) {
            (Some(start), Some(end)) if !range.is_empty() => start..end,
            // Nothing stands here: the place between two pieces.
            (start, before) => {
                let at = before.or(start).unwrap_or(0);
                at..at
            }
        }
    };
    passages.into_iter().map(|(from, to)| Passage { old: place(&before, &from), new: place(&after, &to) }).collect()
}

/// The words or lines of a text with their places in scalars.
fn pieces(text: &str, by_lines: bool) -> Vec<(&str, Range<usize>)> {
    let parts = |c: char| if by_lines { c == '\n' } else { c.is_whitespace() };
    let mut out = Vec::new();
    let mut start: Option<(usize, usize)> = None;
    let mut scalars = 0;
    for (byte, letter) in text.char_indices() {
        if parts(letter) {
            if let Some((from, at)) = start.take() {
                out.push((&text[from..byte], at..scalars));
            }
        } else {
            start.get_or_insert((byte, scalars));
        }
        scalars += 1;
    }
    if let Some((from, at)) = start {
        out.push((&text[from..], at..scalars));
    }
    out
}

/// What of the quotes of an earlier version can be carried over to a later one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carry {
    /// Quotes that stand in the later text, with the claim that would get them.
    pub found: Vec<(ClaimId, Quote)>,
    /// Quotes that do not stand there beyond doubt: the claim, and which of its quotes.
    pub lost: Vec<(ClaimId, usize)>,
}

impl Carry {
    /// Looks for the quotes of `old` in `new`. Claims that quote `new` already are left out.
    pub fn of(project: &Project, derived: &Derived, old: ArticleId, new: ArticleId) -> Self {
        let mut carry = Self::default();
        let Some(text) = project.articles.get(new).map(|article| article.text.clone()) else { return carry };
        let letters: Vec<char> = text.chars().collect();
        for id in derived.claims_in(old) {
            let Some(claim) = dataset::claim(project, *id) else { continue };
            if claim.quotes.iter().any(|quote| quote.article == new) {
                continue;
            }
            for (n, quote) in claim.quotes.iter().enumerate().filter(|(_, quote)| quote.article == old) {
                match place_in(&letters, quote).and_then(|at| Quote::of(new, &text, at.start, at.end)) {
                    Some(found) => carry.found.push((*id, found)),
                    None => carry.lost.push((*id, n)),
                }
            }
        }
        carry
    }

    /// How many quotes there are in all.
    pub fn len(&self) -> usize {
        self.found.len() + self.lost.len()
    }

    /// Whether no quote waits to be carried over.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The change that gives claims the quotes that were found, beside those that they have.
    pub fn edit(&self, project: &Project) -> Edit {
        let mut claims: Vec<Claim> = Vec::new();
        for (id, quote) in &self.found {
            match claims.iter_mut().find(|claim| claim.id == *id) {
                Some(claim) => claim.quotes.push(quote.clone()),
                None => claims.extend(dataset::claim(project, *id).map(|known| {
                    let mut claim = (**known).clone();
                    claim.quotes.push(quote.clone());
                    claim
                })),
            }
        }
        let s = if self.found.len() == 1 { "quote" } else { "quotes" };
        let label = format!("Carry over {} {s}", self.found.len());
        Edit::Several { label, edits: vec![Edit::SetClaims { claims, what: "quotes".to_owned() }] }
    }
}

/// The one place where the words of a quote stand: the only one, with some of the old words beside it, or the only one of
/// several that has the same 32 characters before and behind it.
fn place_in(text: &[char], quote: &Quote) -> Option<Range<usize>> {
    let exact: Vec<char> = quote.exact.chars().collect();
    let (before, after): (Vec<char>, Vec<char>) = (quote.before.chars().collect(), quote.after.chars().collect());
    let first = *exact.first()?;
    let whole = |letter: Option<&char>, edge: Option<&char>, own: Option<&char>| {
        let joined = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
        // A number inside a longer one is another number, unless the quote was cut out of a word from the start.
        !joined(edge) || !joined(letter) || joined(own)
    };
    let places: Vec<usize> = (0..text.len().saturating_sub(exact.len() - 1))
        .filter(|at| text[*at] == first && text[*at..].starts_with(&exact))
        .filter(|at| {
            let (left, right) = (at.checked_sub(1).and_then(|n| text.get(n)), text.get(at + exact.len()));
            whole(left, exact.first(), before.last()) && whole(right, exact.last(), after.first())
        })
        .collect();
    let beside = |at: usize, most: usize| {
        let same =
            |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).take(most).count();
        let left = same(&mut before.iter().rev().zip(text[..at].iter().rev()));
        let right = same(&mut after.iter().zip(&text[at + exact.len()..]));
        (left, right)
    };
    let at = match places.as_slice() {
        [] => return None,
        [only] => {
            let (left, right) = beside(*only, BESIDE);
            // Where nothing stood beside it, the text began or ended: it has to begin or end here too.
            let same_left = if before.is_empty() { *only == 0 } else { left == BESIDE.min(before.len()) };
            let at_end = *only + exact.len() == text.len();
            let same_right = if after.is_empty() { at_end } else { right == BESIDE.min(after.len()) };
            let sure = same_left || same_right || exact.len() >= LONG;
            Some(*only).filter(|_| sure)?
        }
        many => {
            let same = |at: &&usize| beside(**at, usize::MAX) == (before.len(), after.len());
            let mut alike = many.iter().filter(same);
            let found = *alike.next()?;
            if alike.next().is_some() {
                return None;
            }
            found
        }
    };
    Some(at..at + exact.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Class, Event, EventId, Measure, Quantity};
    use proptest::prelude::*;

    fn words(text: &str, range: &Range<usize>) -> String {
        text.chars().skip(range.start).take(range.len()).collect()
    }

    #[test]
    fn passages_are_told_by_their_words_in_both_texts() {
        let old = "At least three boats sank at the quay, the council said on Monday.";
        let new = "At least five boats sank at the old quay,\nthe council said.";
        let told: Vec<(String, String)> =
            differences(old, new).iter().map(|p| (words(old, &p.old), words(new, &p.new))).collect();
        let wanted = [("three", "five"), ("", "old"), ("said on Monday.", "said.")];
        assert_eq!(told, wanted.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert!(differences(old, &old.replace(' ', "\n")).is_empty(), "ends of lines are no difference");
    }

    fn quote(text: &str, exact: &str) -> Quote {
        let at = text.find(exact).map(|byte| text[..byte].chars().count()).expect("it stands there");
        Quote::of("a-old".parse().expect("id"), text, at, at + exact.chars().count()).expect("a quote")
    }

    fn found(old: &str, exact: &str, new: &str) -> Option<String> {
        let letters: Vec<char> = new.chars().collect();
        place_in(&letters, &quote(old, exact)).map(|place| words(new, &place))
    }

    #[test]
    fn a_quote_is_found_only_where_nothing_is_in_doubt() {
        let old = "On 12 May the quay was flooded and 12 boats sank, the council of the district said.";
        let of_boats = quote(&old[15..], "12");
        let new = "On 12 May the quay was flooded and 14 boats sank, the council of the district said.";
        let letters: Vec<char> = new.chars().collect();
        assert_eq!(place_in(&letters, &of_boats), None, "the 12 of the day is not the 12 of the boats");
        assert_eq!(found(&old[15..], "12", &old[15..]).as_deref(), Some("12"));
        let twice = format!("{old} Elsewhere 12 boats were saved.");
        let letters: Vec<char> = twice.chars().collect();
        let place = place_in(&letters, &quote(&twice, "12 boats")).expect("what stands around decides");
        assert_eq!(place, 35..43);
        assert_eq!(found("some 12 boats sank today", "12", "some 120 boats sank today"), None, "part of a number");
        assert_eq!(found("12 boats", "12", "The water stood at 12 feet"), None, "nothing beside it agrees");
    }

    fn project() -> Project {
        let mut project = Project::default();
        let old = "Two boats sank and 3 people were hurt at the quay, the council said.";
        let new = "CORRECTED. Two boats sank and 5 people were hurt at the quay, the council said.";
        for (id, text, corrects) in [("a-old", old, None), ("a-new", new, Some("a-old"))] {
            let mut article = Article::new(id.parse().expect("id"), id, text);
            article.corrects = corrects.map(|id: &str| id.parse().expect("id"));
            project.articles.push(article).expect("free");
        }
        project.events.push(Event::new("e-1".parse().expect("id"))).expect("free");
        for (id, exact) in [("c-boats", "Two boats"), ("c-hurt", "3 people")] {
            let event: EventId = "e-1".parse().expect("id");
            let quantity = Quantity::Exactly(2);
            let mut claim = Claim::new(event, Measure::Injured, Class::TOTAL, quantity);
            claim.id = id.parse().expect("id");
            claim.quotes.push(quote(old, exact));
            project.claims.push(claim).expect("free");
        }
        project
    }

    #[test]
    fn what_stands_word_for_word_is_carried_over_in_one_step_and_the_rest_is_told() {
        let project = project();
        let id = |text: &str| text.parse::<ArticleId>().expect("id");
        let derived = Derived::from_scratch(&project);
        let carry = Carry::of(&project, &derived, id("a-old"), id("a-new"));
        assert_eq!(carry.found.iter().map(|(claim, _)| claim.as_str()).collect::<Vec<_>>(), ["c-boats"]);
        assert_eq!(carry.lost.iter().map(|(claim, n)| (claim.as_str(), *n)).collect::<Vec<_>>(), [("c-hurt", 0)]);
        let edit = carry.edit(&project);
        assert_eq!(edit.label(&project), "Carry over 1 quote");
        let after = edit.apply(&project).expect("a change that holds");
        let claim = after.claims.get("c-boats".parse().expect("id")).expect("there");
        assert_eq!(claim.quotes.iter().map(|quote| quote.article.as_str()).collect::<Vec<_>>(), ["a-old", "a-new"]);
        assert!(claim.quotes[1].matches(&after.articles.get(id("a-new")).expect("there").text));
        let again = Carry::of(&after, &Derived::from_scratch(&after), id("a-old"), id("a-new"));
        assert!(again.found.is_empty() && again.lost.len() == 1, "what was carried over is not asked for again");
    }

    #[test]
    fn versions_stand_in_a_row_whichever_is_asked_for() {
        let project = project();
        for id in ["a-old", "a-new"] {
            let row = versions(&project, id.parse().expect("id"));
            assert_eq!(row.iter().map(ArticleId::as_str).collect::<Vec<_>>(), ["a-old", "a-new"]);
        }
        let pairs = [("a-old".parse().expect("id"), "a-new".parse().expect("id"), 0.9)];
        assert!(undecided(&project, &pairs).is_empty(), "one corrects the other: that is decided");
    }

    proptest! {
        #[test]
        fn equal_words_around_the_passages_make_the_new_text_of_the_old(
            old in prop::collection::vec("[a-d]{1,2}", 0..20), new in prop::collection::vec("[a-d]{1,2}", 0..20),
        ) {
            let (old, new) = (old.join(" "), new.join(" "));
            let passages = differences(&old, &new);
            let left = |text: &str, cut: Vec<Range<usize>>| -> Vec<String> {
                let kept: String = text.chars().enumerate()
                    .map(|(n, c)| if cut.iter().any(|range| range.contains(&n)) { ' ' } else { c }).collect();
                kept.split_whitespace().map(str::to_owned).collect()
            };
            let (a, b) = (passages.iter().map(|p| p.old.clone()).collect(), passages.iter().map(|p| p.new.clone()).collect());
            prop_assert_eq!(left(&old, a), left(&new, b));
        }

        #[test]
        fn no_quote_panics(text in "\\PC{0,40}", other in "\\PC{0,40}", start in 0_usize..40, long in 1_usize..9) {
            if let Some(quote) = Quote::of("a".parse().expect("id"), &text, start, start + long) {
                let letters: Vec<char> = other.chars().collect();
                let _ = place_in(&letters, &quote);
                // In its own text a quote is found, or is one of several with the same surroundings.
                let own: Vec<char> = text.chars().collect();
                if let Some(place) = place_in(&own, &quote) {
                    prop_assert_eq!(words(&text, &place), quote.exact.to_string());
                }
            }
        }
    }
}
