//! What a claim is called and said in words: who says it, how it relates to others, whether it counts.
//! Pure texts from a project; it draws nothing.

use crate::dataset;
use crate::derive::figures::{Figure, MeasureFigures, NotUsed};
pub use crate::derive::wording::{name, name_of, particulars, place, scope, speaker};
use crate::model::{Claim, ClaimId, EventDate, Measure, Project, Stance};

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
    let by_report = |id: &ClaimId| (dataset::claim(project, *id).and_then(|claim| claim.reported), *id);
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
