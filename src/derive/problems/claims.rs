//! Problems of claims: what they quote, what they rest on, and words that no table reads.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::model::{Claim, ClaimId, Project, Quantity, Quote, Scope};

use super::{Findings, Place, Severity, hidden};

pub(super) fn claims(project: &Project, findings: &mut Findings) {
    let rings = rings(project);
    let all: Vec<&Claim> = project.claims.iter().map(|claim| &**claim).collect();
    // Looking a quote up walks its text: the work is shared by all cores, and the order kept.
    let told: Vec<Findings> = all
        .par_iter()
        .map(|claim| {
            let mut findings = Findings::default();
            references(project, claim, &mut findings);
            base(project, claim, rings.contains(&claim.id), &mut findings);
            statement(project, claim, &mut findings);
            hidden::look(Place::Claim(claim.id), words_of(claim), &mut findings);
            findings
        })
        .collect();
    findings.0.extend(told.into_iter().flat_map(|told| told.0));
}

fn references(project: &Project, claim: &Claim, findings: &mut Findings) {
    let place = Place::Claim(claim.id);
    if !project.events.contains(claim.event) {
        let message = format!("It speaks of the event {}, which is not in the project.", claim.event);
        findings.add(Severity::Error, place, message, "Attach it to an event, or delete it.");
    }
    for quote in &claim.quotes {
        quoted(project, place, quote, findings);
    }
    if claim.quotes.is_empty() && claim.origin.is_none() {
        let message = "It names no source: neither a quote nor another origin.";
        findings.add(
            Severity::Warning,
            place,
            message,
            "Quote an article, or name the data set, interview or document.",
        );
    }
}

fn quoted(project: &Project, place: Place, quote: &Quote, findings: &mut Findings) {
    let Some(article) = project.articles.get(quote.article) else {
        let message = format!("It quotes the article {}, which is not in the project.", quote.article);
        findings.add(Severity::Error, place, message, "Add the article, or quote another one.");
        return;
    };
    if !quote.matches(&article.text) {
        let message = format!(
            "The quote “{}” is not at characters {} to {} of the article {} any more.",
            quote.exact, quote.start, quote.end, article.id
        );
        findings.add(Severity::Error, place, message, "Select the words in the article again.");
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
        findings.add(Severity::Error, place, message, "Say of one of them that it is the total.");
        return;
    }
    let Some(other) = project.claims.get(base) else {
        let message = format!("It {verb} the claim {base}, which is gone: it is read as a floor.");
        findings.add(Severity::Warning, place, message, "Choose another base, or none.");
        return;
    };
    if (other.event, &other.measure, &other.class) != (claim.event, &claim.measure, &claim.class)
        && matches!(claim.scope, Scope::AdditionalTo(_))
    {
        let message = format!("It {verb} the claim {base}, which counts something else: it is read as a floor.");
        findings.add(Severity::Error, place, message, "Choose a base of the same event, measure and class.");
    }
}

fn statement(project: &Project, claim: &Claim, findings: &mut Findings) {
    let place = Place::Claim(claim.id);
    if claim.aside.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        findings.add(Severity::Warning, place, "It is set aside without a reason.", "Say why it is set aside.");
    }
    let word = match &claim.quantity {
        Quantity::Word(word) => word,
        Quantity::Plural => "plural",
        _ => return,
    };
    let table = &project.methodology.words;
    if claim.aside.is_none() && table.meaning(word).is_none() {
        let message = format!("The word table “{}” has no entry for “{word}”: it reads as no number.", table.name);
        findings.add(Severity::Warning, place, message, "Add the word to the table, or choose another table.");
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

/// The claims that come on top of each other in a ring. Each claim is walked over once.
fn rings(project: &Project) -> HashSet<ClaimId> {
    let (mut seen, mut rings) = (HashSet::new(), HashSet::new());
    for claim in project.claims.iter() {
        let mut path = Vec::new();
        let mut at = Some(claim.id);
        while let Some(id) = at.filter(|id| seen.insert(*id)) {
            path.push(id);
            at = project.claims.get(id).and_then(|claim| match claim.scope {
                Scope::AdditionalTo(base) => Some(base),
                _ => None,
            });
        }
        // It ended at a claim of this very walk: that is a ring.
        let start = at.and_then(|end| path.iter().position(|id| *id == end));
        rings.extend(start.and_then(|start| path.get(start..)).unwrap_or_default());
    }
    rings
}
