//! How one claim is set in relation to another: on top of it, a part of it, or one voice with it. Pure edits; the place
//! where somebody points at the other claim is the table.

use crate::dataset;
use crate::edit::Edit;
use crate::model::{Claim, ClaimId, Project, Scope};

use super::words;

/// The relation that is being set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It comes on top of the other one.
    Additional,
    /// It is contained in the other one.
    Part,
    /// Both are one voice.
    SameVoice,
}

impl Relation {
    /// All, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Additional, Self::Part, Self::SameVoice];

    /// What it is called in a menu, before the other claim is chosen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Additional => "Additional to…",
            Self::Part => "Part of…",
            Self::SameVoice => "Same voice as…",
        }
    }

    /// The same once the other claim is known: `Additional to 22 (army)`.
    pub fn onto(self, other: &str) -> String {
        format!("{} {other}", self.label().trim_end_matches('…'))
    }

    /// What is asked for while the other claim is being chosen.
    pub fn question(self, claim: &str) -> String {
        match self {
            Self::Additional => format!("Choose the claim that {claim} adds to; Esc gives up"),
            Self::Part => format!("Choose the claim that {claim} is a part of; Esc gives up"),
            Self::SameVoice => format!("Choose the claim whose voice {claim} belongs to; Esc gives up"),
        }
    }
}

/// The change that sets the relation, if the project takes it.
///
/// # Errors
/// The reason why not, in words.
pub fn relate(project: &Project, claim: ClaimId, how: Relation, other: ClaimId) -> Result<Edit, String> {
    let gone = || "This claim is gone".to_owned();
    let claim = dataset::claim(project, claim).ok_or_else(gone)?;
    let other = dataset::claim(project, other).ok_or_else(gone)?;
    if claim.id == other.id {
        return Err("Choose another claim than the one itself".to_owned());
    }
    let label = format!("{}: {}", words::name(project, claim), how.onto(&words::name(project, other)).to_lowercase());
    let scoped = |scope: Scope| vec![Claim { scope, ..(**claim).clone() }];
    let claims = match how {
        Relation::Additional => scoped(Scope::AdditionalTo(other.id)),
        Relation::Part => scoped(Scope::PartOf(Some(other.id))),
        Relation::SameVoice => one_voice(project, other, claim),
    };
    checked(project, label, claims)
}

/// The change that lets a claim stand for the whole again.
///
/// # Errors
/// The reason why not, in words.
pub fn stand_alone(project: &Project, claim: ClaimId) -> Result<Edit, String> {
    let claim = dataset::claim(project, claim).ok_or_else(|| "This claim is gone".to_owned())?;
    let label = format!("Let {} stand for the whole", words::name(project, claim));
    checked(project, label, vec![Claim { scope: Scope::Total, ..(**claim).clone() }])
}

/// Both claims with the voice of the first one.
fn one_voice(project: &Project, first: &Claim, second: &Claim) -> Vec<Claim> {
    let voice = if first.group.trim().is_empty() { words::speaker(project, first).into() } else { first.group.clone() };
    [first, second].map(|claim| Claim { group: voice.clone(), ..claim.clone() }).into()
}

fn checked(project: &Project, label: String, claims: Vec<Claim>) -> Result<Edit, String> {
    let edit = Edit::Several { label, edits: vec![Edit::SetClaims { claims, what: "relation".to_owned() }] };
    edit.apply(project).map_err(|error| error.to_string())?;
    Ok(edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Class, Event, EventId, Measure, Quantity};

    fn project() -> Project {
        let mut project = Project::titled("Test");
        let event: EventId = "e-1".parse().expect("an id");
        project.events.push(Event::new(event)).expect("new");
        for (name, n, speaker) in [("c-1", 22, "army"), ("c-2", 3, "UN")] {
            let mut claim = Claim::new(event, Measure::Killed, Class::TOTAL, Quantity::exactly(n));
            claim.id = name.parse().expect("an id");
            claim.speaker = speaker.into();
            project.claims.push(claim).expect("new");
        }
        project
    }

    fn id(name: &str) -> ClaimId {
        name.parse().expect("an id")
    }

    #[test]
    fn a_relation_is_one_edit_and_a_ring_says_why_not() {
        let project = project();
        let edit = relate(&project, id("c-2"), Relation::Additional, id("c-1")).expect("a good relation");
        assert_eq!(edit.label(&project), "3 (UN): additional to 22 (army)");
        let after = edit.apply(&project).expect("a good edit");
        assert_eq!(after.claims.get(id("c-2")).expect("there").scope, Scope::AdditionalTo(id("c-1")));
        for how in [Relation::Additional, Relation::Part] {
            let ring = relate(&after, id("c-1"), how, id("c-2"));
            assert!(ring.is_err_and(|why| why.contains("ring")), "{how:?}");
        }
        assert!(relate(&after, id("c-1"), Relation::Part, id("c-1")).is_err());
        let alone = stand_alone(&after, id("c-2")).expect("a good change").apply(&after).expect("a good edit");
        assert_eq!(alone.claims.get(id("c-2")).expect("there").scope, Scope::Total);
    }

    #[test]
    fn one_voice_takes_the_name_of_the_claim_that_was_pointed_at() {
        let project = project();
        let edit = relate(&project, id("c-2"), Relation::SameVoice, id("c-1")).expect("a good relation");
        let after = edit.apply(&project).expect("a good edit");
        assert!(after.claims.iter().all(|claim| &*claim.group == "army"));
    }
}
