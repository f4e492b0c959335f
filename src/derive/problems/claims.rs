//! Problems of claims: what they quote, what they rest on, and words that no table reads.

use crate::dataset;
use crate::model::{Claim, Project, Quantity, Quote, Scope};

use super::{Findings, Ground, Kind, Place, hidden};

pub(super) fn claim(ground: Ground<'_>, claim: &Claim, findings: &mut Findings) {
    references(ground.project, claim, findings);
    base(ground.project, claim, ground.related.is_in_ring(claim.id), findings);
    statement(ground.project, claim, findings);
    hidden::look(Place::Claim(claim.id), words_of(claim), findings);
}

fn references(project: &Project, claim: &Claim, findings: &mut Findings) {
    let place = Place::Claim(claim.id);
    if !project.events.contains(claim.event) {
        let message = format!("It speaks of the event {}, which is not in the project.", claim.event);
        findings.add(Kind::NoEvent, place, message, "Attach it to an event, or delete it.");
    }
    for quote in &claim.quotes {
        quoted(project, place, quote, findings);
    }
    if claim.quotes.is_empty() && claim.origin.is_none() {
        let message = "It names no source: neither a quote nor another origin.";
        findings.add(Kind::NoSource, place, message, "Quote an article, or name the data set, interview or document.");
    }
}

fn quoted(project: &Project, place: Place, quote: &Quote, findings: &mut Findings) {
    let Some(article) = project.articles.get(quote.article) else {
        let message = format!("It quotes the article {}, which is not in the project.", quote.article);
        findings.add(Kind::NoArticle, place, message, "Add the article, or quote another one.");
        return;
    };
    if !quote.matches(&article.text) {
        let message = format!(
            "The quote “{}” is not at characters {} to {} of the article {} any more.",
            quote.exact, quote.start, quote.end, article.id
        );
        findings.add(Kind::LostQuote, place, message, "Select the words in the article again.");
    }
}

fn base(project: &Project, claim: &Claim, in_ring: bool, findings: &mut Findings) {
    let place = Place::Claim(claim.id);
    let (base, verb) = match claim.scope {
        Scope::AdditionalTo(base) => (base, "comes on top of"),
        Scope::PartOf(Some(base)) => (base, "is a part of"),
        _ => return,
    };
    if in_ring {
        let message = "Claims come on top of each other in a ring: each is read as a floor.";
        findings.add(Kind::Ring, place, message, "Say of one of them that it is the total.");
        return;
    }
    let Some(other) = dataset::claim(project, base) else {
        let message = format!("It {verb} the claim {base}, which is gone: it is read as a floor.");
        findings.add(Kind::BaseGone, place, message, "Choose another base, or none.");
        return;
    };
    if (other.event, &other.measure, &other.class) != (claim.event, &claim.measure, &claim.class)
        && matches!(claim.scope, Scope::AdditionalTo(_))
    {
        let message = format!("It {verb} the claim {base}, which counts something else: it is read as a floor.");
        findings.add(Kind::ForeignBase, place, message, "Choose a base of the same event, measure and class.");
    }
}

fn statement(project: &Project, claim: &Claim, findings: &mut Findings) {
    let place = Place::Claim(claim.id);
    if claim.aside.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        findings.add(Kind::Aside, place, "It is set aside without a reason.", "Say why it is set aside.");
    }
    let word = match &claim.quantity {
        Quantity::Word(word) => word,
        Quantity::Plural => "plural",
        _ => return,
    };
    let table = &project.methodology.words;
    if claim.aside.is_none() && table.meaning(word).is_none() {
        let message = format!("The word table “{}” has no entry for “{word}”: it reads as no number.", table.name);
        findings.add(Kind::UnreadWord, place, message, "Add the word to the table, or choose another table.");
    }
}

fn words_of(claim: &Claim) -> impl Iterator<Item = (&str, &str)> {
    let fields: [(&str, &str); 6] = [
        ("words", &claim.words),
        ("speaker", &claim.speaker),
        ("relaying source", &claim.via),
        ("group", &claim.group),
        ("coder", &claim.coder),
        ("comment", &claim.comment),
    ];
    fields.into_iter().chain(claim.aside.iter().map(|reason| ("reason", &**reason)))
}
