//! What a claim is called and said in words: who says it, how it relates to others, whether it counts.
//! Pure texts from a project; it draws nothing.

use jiff::civil::Date;

use crate::derive::figures::{Figure, MeasureFigures, NotUsed};
use crate::model::{Claim, ClaimId, Event, EventDate, Measure, Origin, Project, Scope, Stance};

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
    project.claims.get(id).map_or_else(|| "a claim that is gone".to_owned(), |claim| name(project, claim))
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
        parts.push(format!("includes {}", crate::ui::figures::count(attackers(claim), "attacker", "attackers")));
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

/// The stance as a mark; `None` for a plain assertion.
pub fn stance(claim: &Claim) -> Option<&'static str> {
    match claim.stance {
        Stance::Asserts => None,
        Stance::Suspects => Some("Suspects"),
        Stance::Denies => Some("Denies"),
    }
}

/// What a figure makes of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// The figure of its class rests on it.
    Used,
    /// It does not, for this reason.
    NotUsed(&'a NotUsed),
    /// No figure speaks of it.
    Unheard,
}

impl<'a> Standing<'a> {
    /// What the figures of its measure make of a claim.
    pub fn of(claim: &Claim, figures: Option<&'a MeasureFigures>) -> Self {
        let Some(figure) = figures.and_then(|figures| figures.get(&claim.class)) else { return Self::Unheard };
        let reason = figure.working.not_used.iter().find(|(id, _)| *id == claim.id);
        match reason {
            Some((_, reason)) => Self::NotUsed(reason),
            None if figure.working.used.contains(&claim.id) => Self::Used,
            None => Self::Unheard,
        }
    }

    /// In words, for the foot of a card.
    pub fn describe(self) -> String {
        match self {
            Self::Used => "Counted".to_owned(),
            Self::NotUsed(NotUsed::SetAside(reason)) => format!("Set aside: {reason}"),
            Self::NotUsed(NotUsed::Part) => "A part of the whole: it can only lift the figure".to_owned(),
            Self::NotUsed(reason) => format!("Not counted: {}", reason.describe()),
            Self::Unheard => "Not counted".to_owned(),
        }
    }
}

/// The working of a figure, a sentence a line, without the rule itself.
pub fn working(project: &Project, figure: &Figure) -> Vec<String> {
    let working = &figure.working;
    let mut lines = Vec::new();
    let by_report = |id: &ClaimId| (project.claims.get(*id).and_then(|claim| claim.reported), *id);
    let mut used = working.used.clone();
    used.sort_by_key(by_report);
    let mut not_used = working.not_used.clone();
    not_used.sort_by_key(|(id, _)| by_report(id));
    let used: Vec<String> = used.iter().map(|id| name_of(project, *id)).collect();
    if !used.is_empty() {
        lines.push(format!("Rests on {}", used.join("; ")));
    }
    lines.extend(working.steps.iter().cloned());
    lines
        .extend(not_used.iter().map(|(id, reason)| format!("Not on {}: {}", name_of(project, *id), reason.describe())));
    lines
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

/// What an interval of more than one day means; `None` for one day.
pub fn kind_of_date(when: &EventDate) -> Option<&'static str> {
    if when.days() == Some(1) {
        None
    } else if when.lasted_throughout() {
        Some("It lasted throughout these days")
    } else {
        Some("It happened some time within these days")
    }
}

/// The measures to show as tabs, those with figures first, and those that only a menu offers.
pub fn measures(project: &Project, with_figures: &[Measure], chosen: Option<&Measure>) -> (Vec<Measure>, Vec<Measure>) {
    /// More tabs than this do not fit beside each other.
    const TABS: usize = 4;
    let spoken: Vec<Measure> = project.measures().filter(|m| with_figures.contains(m)).collect();
    let strange = with_figures.iter().filter(|m| !spoken.contains(m)).cloned().collect::<Vec<_>>();
    let mut tabs: Vec<Measure> = spoken.into_iter().chain(strange).collect();
    let mut menu = tabs.split_off(tabs.len().min(TABS));
    menu.extend(project.measures().filter(|m| !with_figures.contains(m)));
    if tabs.is_empty() {
        tabs.extend((!menu.is_empty()).then(|| menu.remove(0)));
    }
    if let Some(at) = chosen.and_then(|chosen| menu.iter().position(|m| m == chosen)) {
        tabs.push(menu.remove(at));
    }
    (tabs, menu)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Class, EventId, Quantity};

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

    #[test]
    fn a_measure_without_a_tab_is_in_the_menu_and_a_chosen_one_gets_a_tab() {
        let project = Project::titled("Test");
        let (tabs, menu) = measures(&project, &[Measure::Injured], None);
        assert_eq!(tabs, [Measure::Injured]);
        assert_eq!(menu.len(), 5);
        let (tabs, menu) = measures(&project, &[Measure::Injured], Some(&Measure::Missing));
        assert_eq!(tabs, [Measure::Injured, Measure::Missing]);
        assert!(!menu.contains(&Measure::Missing));
        let (tabs, _) = measures(&project, &[], None);
        assert_eq!(tabs, [Measure::Killed]);
    }
}
