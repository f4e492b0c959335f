//! Figures with their working: one event worked out again from its claims, which takes microseconds.

use super::Derived;
use crate::dataset;
use crate::derive::figures::{Beneath, EventFigures, Statement, figures_of};
use crate::model::{ArticleId, Claim, Event, EventId, Origin, Project};

/// The claims about one event, with those of its row, by the day of report (those without a day first), then by id.
pub fn claims_on<'a>(project: &'a Project, derived: &'a Derived, event: EventId) -> impl Iterator<Item = &'a Claim> {
    derived.claims_of(event).filter_map(|id| dataset::claim(project, id)).map(|claim| &**claim)
}

/// The claims with the voice they speak with and the reliability of their source, as figures ask for them.
///
/// The voice is the claim's group, else its speaker, else that of the article of its first quote, else its origin, else
/// its own; without spaces around it and in lower case.
pub fn statements<'a>(project: &'a Project, claims: impl Iterator<Item = &'a Claim>) -> Vec<Statement<'a>> {
    claims.map(|claim| statement(project, claim)).collect()
}

fn statement<'a>(project: &'a Project, claim: &'a Claim) -> Statement<'a> {
    let quoted = claim.article();
    let article = quoted.and_then(|id| project.articles.get(id));
    // An article that is gone still is one voice.
    let of_article = || article.map_or_else(|| quoted.as_ref().map(ArticleId::as_str), |a| Some(a.voice()));
    let of_origin = || {
        claim.origin.as_ref().map(|origin| match origin {
            Origin::Dataset(name) | Origin::Interview(name) | Origin::Document(name) => &**name,
        })
    };
    let said = |name: &'a str| Some(name.trim()).filter(|name| !name.is_empty());
    let group = said(&claim.group)
        .or_else(|| said(&claim.speaker))
        .or_else(|| of_article().map(str::trim).filter(|name| !name.is_empty()))
        .or_else(|| of_origin().and_then(said))
        .unwrap_or(claim.id.as_str());
    Statement { claim, group: group.to_lowercase(), source: article.and_then(|article| article.reliability) }
}

/// The figures that an event would have with these claims, with their working: what is asked before claims are moved.
/// Which event the claims name is not asked.
pub fn explain_with<'a>(project: &'a Project, event: &Event, claims: impl Iterator<Item = &'a Claim>) -> EventFigures {
    figures_of(event.when.as_ref(), &event.by_hand, &statements(project, claims), &project.methodology)
}

/// The figures of one event with their working. Empty where there is no such event.
pub fn explain(project: &Project, derived: &Derived, event: EventId) -> EventFigures {
    let claims = claims_on(project, derived, event);
    project.events.get(event).map_or_else(EventFigures::new, |event| explain_with(project, event, claims))
}

/// What the claims alone make of one event: its figures with their working, without those that were set by hand.
pub fn explain_claims(project: &Project, derived: &Derived, event: EventId) -> EventFigures {
    let claims = claims_on(project, derived, event);
    let Some(event) = project.events.get(event) else { return EventFigures::new() };
    figures_of(event.when.as_ref(), &[], &statements(project, claims), &project.methodology)
}

/// What the claims on one event give, as a figure that is set by hand over them keeps it.
pub fn beneath(project: &Project, derived: &Derived, event: EventId) -> Beneath {
    let claims = claims_on(project, derived, event);
    let when = project.events.get(event).and_then(|event| event.when.as_ref());
    Beneath::of(when, &statements(project, claims))
}
