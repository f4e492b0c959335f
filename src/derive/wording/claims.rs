//! What claims and events are called in words: who says it, how it relates to others, when and where it was.
//! Pure texts from a project.

use jiff::civil::Date;

use super::count;
use crate::dataset;
use crate::model::{Claim, ClaimId, Event, EventDate, Origin, Project, Scope};

/// Who says it: the speaker, else the voice of the article, else where the claim comes from.
pub fn speaker(project: &Project, claim: &Claim) -> String {
    if !claim.speaker.is_empty() {
        return claim.speaker.to_string();
    }
    if let Some(origin) = &claim.origin {
        return match origin {
            Origin::Dataset(name) => format!("data set {name}"),
            Origin::Interview(name) => format!("interview {name}"),
            Origin::Document(name) => format!("document {name}"),
        };
    }
    let article = claim.article().and_then(|id| project.articles.get(id));
    let outlet = article.map(|a| if a.agency.is_empty() { &a.publisher } else { &a.agency });
    match outlet {
        Some(outlet) if !outlet.is_empty() => outlet.to_string(),
        Some(_) => "the article itself".to_owned(),
        None => "nobody named".to_owned(),
    }
}

/// A claim in as few words as tell it from its neighbours: `42 (health ministry)`.
pub fn name(project: &Project, claim: &Claim) -> String {
    format!("{} ({})", claim.quantity, speaker(project, claim))
}

/// The same for a claim that may be gone.
pub fn name_of(project: &Project, id: ClaimId) -> String {
    dataset::claim(project, id).map_or_else(|| "a claim that is gone".to_owned(), |claim| name(project, claim))
}

/// A day as people write it: `16 September 2022`.
pub fn day(day: Date) -> String {
    EventDate::day(day).describe()
}

/// Who relays it, when it was said, how well it is supported: what follows the speaker on a card.
pub fn particulars(project: &Project, claim: &Claim) -> Vec<String> {
    let mut parts = Vec::new();
    parts.push(claim.reported.map_or_else(|| "day of report not known".to_owned(), |d| format!("reported {}", day(d))));
    if let Some(party) = claim.party {
        parts.push(format!("speaks for side {}", party.key()));
    }
    if let Some(grade) = claim.grade {
        parts.push(format!("information {}", grade.number()));
    }
    let source = claim.article().and_then(|id| project.articles.get(id)).and_then(|article| article.reliability);
    if let Some(source) = source {
        parts.push(format!("source {}", source.key()));
    }
    if claim.counts_names {
        parts.push("counts names".to_owned());
    }
    if claim.attackers > 0 {
        parts.push(format!("includes {}", count(attackers(claim), "attacker", "attackers")));
    }
    if !claim.group.is_empty() {
        parts.push(format!("one voice with “{}”", claim.group));
    }
    parts
}

fn attackers(claim: &Claim) -> usize {
    usize::try_from(claim.attackers).unwrap_or(usize::MAX)
}

/// How the number relates to the whole; `None` where it is the whole.
pub fn scope(project: &Project, claim: &Claim) -> Option<String> {
    Some(match claim.scope {
        Scope::Total => return None,
        Scope::AdditionalTo(base) => format!("on top of {}", name_of(project, base)),
        Scope::PartOf(Some(whole)) => format!("part of {}", name_of(project, whole)),
        Scope::PartOf(None) => "part of the whole".to_owned(),
        Scope::CumulativeSince(Some(since)) => format!("everything since {}", day(since)),
        Scope::CumulativeSince(None) => "everything since an unknown day".to_owned(),
    })
}

/// Where an event happened, from the place to the country. Empty where nothing is known.
pub fn place(event: &Event) -> String {
    let at = &event.location;
    let mut parts: Vec<&str> = Vec::new();
    for part in [&*at.name, &*at.adm1, &*at.country] {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Class, EventId, Measure, Quantity};

    fn claim(speaker: &str) -> Claim {
        let mut claim = Claim::new(EventId::random(), Measure::Killed, Class::TOTAL, Quantity::exactly(42));
        claim.speaker = speaker.into();
        claim
    }

    #[test]
    fn a_claim_is_called_by_its_number_and_who_says_it() {
        let project = Project::titled("Test");
        assert_eq!(name(&project, &claim("health ministry")), "42 (health ministry)");
        assert_eq!(name(&project, &claim("")), "42 (nobody named)");
        let mut from_data = claim("");
        from_data.origin = Some(Origin::Dataset("GED 26.1".into()));
        assert_eq!(name(&project, &from_data), "42 (data set GED 26.1)");
    }
}
