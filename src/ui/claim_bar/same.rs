//! A figure that an article says twice is one claim with two quotes: finds the claim that is there already.

use crate::dataset;
use crate::edit::Edit;
use crate::model::{Article, Claim, ClaimId, Class, Measure, Project, Quantity, Quote};
use crate::ui::View;

/// What a claim has to share to be the same.
pub struct Wanted<'a> {
    pub measure: &'a Measure,
    pub class: &'a Class,
    pub quantity: &'a Quantity,
    pub speaker: &'a str,
}

/// The claim of this article with the same measure, class, quantity and speaker.
pub fn find(view: &View<'_>, article: &Article, wanted: &Wanted<'_>) -> Option<ClaimId> {
    let claims = view.derived.claims_in(article.id).iter().filter_map(|id| dataset::claim(view.project, *id));
    let same = |claim: &&std::sync::Arc<Claim>| {
        claim.measure == *wanted.measure
            && claim.class == *wanted.class
            && claim.quantity == *wanted.quantity
            && claim.speaker.to_lowercase() == wanted.speaker.trim().to_lowercase()
            && *wanted.quantity != Quantity::Unknown
    };
    claims.into_iter().find(same).map(|claim| claim.id)
}

/// The change that gives a claim one more quote. `None` where the words stand in it already.
pub fn with_quote(project: &Project, id: ClaimId, quote: &Quote) -> Option<Edit> {
    let mut claim = (**dataset::claim(project, id)?).clone();
    let overlaps = |known: &Quote| known.article == quote.article && known.start < quote.end && quote.start < known.end;
    if claim.quotes.iter().any(overlaps) {
        return None;
    }
    claim.quotes.push(quote.clone());
    Some(Edit::SetClaims { claims: vec![claim], what: "quotes".to_owned() })
}

/// A claim in a few words: "42 injured, ministry of health, 7 May 2031".
pub fn name(claim: &Claim) -> String {
    let mut parts = vec![format!("{} {}", claim.quantity.describe(), claim.measure)];
    if !claim.speaker.is_empty() {
        parts.push(claim.speaker.to_string());
    }
    parts.extend(claim.reported.map(|day| crate::model::EventDate::day(day).describe()));
    parts.join(", ")
}
