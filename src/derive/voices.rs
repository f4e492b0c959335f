//! The voices on one event, and claims that may be one voice though they are told as two.
//!
//! Two claims are proposed as one voice where the texts around their quotes are nearly the same, as when two outlets
//! print one agency's report. It only proposes: whether two voices are one is for a person to say.

use super::figures::{self, Heard};
use super::index::{claims_on, statements};
use super::reprints::likeness;
use crate::model::{Claim, ClaimId, EventId, Measure, Project, Quote};

use super::Derived;

/// Scalars of text before and behind a quote that are compared: some sixty words each way.
const AROUND: usize = 400;
/// How alike the passages must be: half of their runs of five words in common (Broder's resemblance).
const AT_LEAST: f32 = 0.5;
/// More claims than this are not compared with each other: the work grows with their square.
const COMPARED: usize = 120;

/// Two claims that may be one voice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// The one that was reported first.
    pub first: ClaimId,
    /// The other one.
    pub second: ClaimId,
    /// How alike the passages are, from 0 to 1.
    pub likeness: f32,
}

/// The voices on a measure of an event. Empty where there is no such event.
pub fn heard(project: &Project, derived: &Derived, event: EventId, measure: &Measure) -> Vec<Heard> {
    let Some(event) = project.events.get(event) else { return Vec::new() };
    let claims = claims_on(project, derived, event.id);
    let statements = statements(project, claims);
    figures::heard(event.when.as_ref(), &event.by_hand, &statements, &project.methodology, measure)
}

/// Claims on a measure that are told as two voices and say the same number of the same class in passages of two
/// articles that are nearly the same. Each claim that is not the first of its passage is proposed once, to the claim
/// that it is most alike. Of very many claims only the first by report are compared.
pub fn alike(project: &Project, derived: &Derived, event: EventId, measure: &Measure) -> Vec<Alike> {
    let claims = claims_on(project, derived, event);
    let told = claims.filter(|c| c.measure == *measure && c.aside.is_none() && !c.quotes.is_empty()).take(COMPARED);
    let told: Vec<(&Claim, String)> = statements(project, told).into_iter().map(|s| (s.claim, s.group)).collect();
    let passages: Vec<Option<String>> = told.iter().map(|(claim, _)| passage(project, claim)).collect();
    let mut found: Vec<Alike> = Vec::new();
    for (b, (second, second_group)) in told.iter().enumerate() {
        let mut best: Option<Alike> = None;
        for (a, (first, first_group)) in told[..b].iter().enumerate() {
            let comparable = first_group != second_group
                && first.class == second.class
                && first.stance == second.stance
                && first.quantity == second.quantity
                && first.article() != second.article();
            let (true, Some(one), Some(other)) = (comparable, &passages[a], &passages[b]) else { continue };
            let likeness = likeness(one, other);
            if likeness >= AT_LEAST && best.is_none_or(|best| likeness > best.likeness) {
                best = Some(Alike { first: first.id, second: second.id, likeness });
            }
        }
        found.extend(best);
    }
    found
}

/// The text around the first quote of a claim.
fn passage(project: &Project, claim: &Claim) -> Option<String> {
    let quote: &Quote = claim.quotes.first()?;
    let text = &project.articles.get(quote.article)?.text;
    let (from, length) = (quote.start.saturating_sub(AROUND), quote.end - quote.start.min(quote.end));
    let wanted = (quote.start - from) + length + AROUND;
    Some(text.chars().skip(from).take(wanted).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Class, Event, Quantity, Quote};

    const REPORT: &str = "The council of the harbour district said on Monday that two boats had sunk at their berths \
        during the night, that seven people were killed when the water came over the quay, and that the search for \
        others would go on until the weather turned.";

    /// An event with claims of seven killed, each from an article of its own: speaker, publisher, text.
    fn project(told: &[(&str, &str, &str)]) -> (Project, EventId) {
        let mut project = Project::titled("Harbour");
        let event = Event::new("e-1".parse().expect("an id"));
        let id = event.id;
        project.events.push(event).expect("new");
        for (n, (speaker, publisher, text)) in told.iter().enumerate() {
            let mut article = Article::new(format!("a-{n}").parse().expect("an id"), "Harbour", text);
            article.publisher = (*publisher).into();
            let words = "seven people were killed";
            let start = text[..text.find(words).expect("in the text")].chars().count();
            let quote = Quote::of(article.id, text, start, start + words.len()).expect("in the text");
            let mut claim = Claim::new(id, Measure::Killed, Class::TOTAL, Quantity::exactly(7));
            claim.id = format!("c-{n}").parse().expect("an id");
            claim.speaker = (*speaker).into();
            claim.reported = Some(jiff::civil::date(2022, 9, 1 + i8::try_from(n).expect("few")));
            claim.quotes = vec![quote];
            project.articles.push(article).expect("new");
            project.claims.push(claim).expect("new");
        }
        (project, id)
    }

    fn pairs(project: &Project, event: EventId) -> Vec<(String, String)> {
        let derived = Derived::from_scratch(project);
        let found = alike(project, &derived, event, &Measure::Killed);
        assert!(found.iter().all(|pair| (AT_LEAST..=1.0).contains(&pair.likeness)));
        found.iter().map(|pair| (pair.first.to_string(), pair.second.to_string())).collect()
    }

    #[test]
    fn two_outlets_that_print_one_text_are_proposed_as_one_voice_and_another_text_is_not() {
        let reprint = REPORT.replace("on Monday", "on Tuesday");
        let own = "A doctor on the night shift counted the stretchers herself: seven people were killed, she wrote.";
        let (project, event) = project(&[("", "Herald", REPORT), ("", "Courier", &reprint), ("", "Gazette", own)]);
        assert_eq!(pairs(&project, event), [("c-0".to_owned(), "c-1".to_owned())]);
    }

    #[test]
    fn one_voice_already_other_numbers_and_claims_set_aside_are_not_proposed() {
        let (same, event) = project(&[("council", "Herald", REPORT), ("council", "Courier", REPORT)]);
        assert!(pairs(&same, event).is_empty(), "the speaker comes first");
        let (mut other, event) = project(&[("", "Herald", REPORT), ("", "Courier", REPORT)]);
        let second = other.claims.iter().next_back().map(|claim| (**claim).clone()).expect("there");
        for change in [
            Claim { quantity: Quantity::exactly(8), ..second.clone() },
            Claim { aside: Some("doubled".into()), ..second.clone() },
            Claim { class: Class::from_key("civilians").expect("a class"), ..second.clone() },
            Claim { group: "herald".into(), ..second.clone() },
        ] {
            other.claims.replace(change).expect("there");
            assert!(pairs(&other, event).is_empty());
        }
        other.claims.replace(second).expect("there");
        assert_eq!(pairs(&other, event).len(), 1);
    }

    #[test]
    fn of_three_prints_each_later_one_is_proposed_once() {
        let (project, event) = project(&[("", "Herald", REPORT), ("", "Courier", REPORT), ("", "Gazette", REPORT)]);
        let found = pairs(&project, event);
        assert_eq!(found, [("c-0".to_owned(), "c-1".to_owned()), ("c-0".to_owned(), "c-2".to_owned())]);
    }
}
