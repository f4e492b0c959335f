//! Decides which fields of a draft are guesses: what the words do not state, what a table reads, and what follows from
//! the sides of the event.

use crate::dataset;
use crate::mention::sides;
use crate::mention::{Kind, Part};
use crate::model::{BaseClass, Class, EventId, Party, Project, Quantity, Stance};

use super::draft::{Draft, Field, Goal, Making, Relation};

/// Marks the guesses of a new draft.
pub fn mark(draft: &mut Draft, project: &Project) {
    for doubt in draft.guess.doubts.clone() {
        let field = match doubt.part {
            Part::Quantity => Field::Quantity,
            Part::Measure => Field::Measure,
            Part::Speaker => Field::Speaker,
            Part::Stance => Field::Stance,
            Part::When => Field::When,
            Part::Place => Field::Place,
            Part::Attackers => Field::Attackers,
            Part::Names => Field::Names,
        };
        draft.guesses.mark(field, doubt.why);
    }
    if draft.making == Making::Event {
        return;
    }
    if matches!(draft.guess.quantity, Some(Quantity::Word(_) | Quantity::Plural))
        && let Some(reading) = draft.reading(project)
    {
        draft.guesses.mark(Field::Quantity, reading);
    }
    if let Some(since) = draft.guess.since {
        draft.guesses.mark(Field::Scope, format!("the words count since {}", since.describe()));
    }
    if let Some(more) = draft.guess.more.clone() {
        // On top of what is for a person to say: "three more were injured" may be all who were injured.
        draft.guesses.mark(Field::Scope, format!("“{more}”: on top of another number, or the whole?"));
    }
    if let Some(part) = draft.guess.part.clone().filter(|_| draft.relation == Relation::Part) {
        draft.guesses.mark(Field::Scope, format!("“{part}”: a part, which is never added to the whole"));
    }
    by_sides(draft, project);
}

/// Guesses class and party anew from the sides of the event that the claim goes to. What a person settled stays.
pub fn by_sides(draft: &mut Draft, project: &Project) {
    let (side_a, side_b) = sides_of(draft, project);
    let party = party_of(draft, project, &side_a, &side_b);
    if !draft.guesses.is_settled(Field::Party) {
        draft.party = party.map(|(party, _)| party);
        draft.guesses.withdraw(Field::Party);
        if let Some((party, why)) = party {
            draft.guesses.mark(Field::Party, format!("{} {why} side {}", draft.speaker, name(party)));
        }
    }
    if draft.guesses.is_settled(Field::Class) || draft.guess.class != Class::TOTAL {
        return;
    }
    let (class, why) = class_of(draft, party.map(|(party, _)| party), &side_a, &side_b);
    draft.class = class.key().to_owned();
    draft.guesses.withdraw(Field::Class);
    if let Some(why) = why {
        draft.guesses.mark(Field::Class, why);
    }
}

/// Whom the number counts, by whose they are or who speaks; with the reason where that is no more than a guess.
fn class_of(draft: &Draft, party: Option<Party>, side_a: &str, side_b: &str) -> (BaseClass, Option<String>) {
    let counted = &draft.guess.counted;
    let whose = sides::side_of(&counted.whose, side_a, side_b);
    let sides_known = !side_a.is_empty() && !side_b.is_empty();
    match (counted.kind, whose) {
        (Kind::Fighters, Some(side)) => {
            let class = if side == Party::A { BaseClass::A } else { BaseClass::B };
            (class, Some(format!("“{}”: fighters of side {}", counted.words, name(side))))
        }
        (Kind::Fighters, None) => {
            (BaseClass::Total, Some(format!("“{}”: fighters of one side, A or B?", counted.words)))
        }
        (Kind::People, Some(side)) => (all(side), Some(format!("“{}” is side {}", counted.whose, name(side)))),
        (Kind::People, None) if counted.whose.is_empty() => match party {
            Some(side) => {
                let why = format!("{} speaks of people, and is of side {}", draft.speaker, name(side));
                (all(side), Some(why))
            }
            None if sides_known && sides::is_organ(&draft.speaker) && !sides::says_whose(&draft.speaker) => {
                (BaseClass::Total, Some(format!("whose {}? It may count its own side only", draft.speaker)))
            }
            None => (BaseClass::Total, None),
        },
        _ => (BaseClass::Total, None),
    }
}

const fn all(party: Party) -> BaseClass {
    match party {
        Party::A => BaseClass::AllA,
        Party::B => BaseClass::AllB,
    }
}

const fn name(party: Party) -> &'static str {
    match party {
        Party::A => "A",
        Party::B => "B",
    }
}

/// The party of the speaker: an organ by its name, anybody by what was coded before under the same sides.
fn party_of(draft: &Draft, project: &Project, side_a: &str, side_b: &str) -> Option<(Party, &'static str)> {
    let speaker = draft.speaker.trim();
    if speaker.is_empty() || (side_a.is_empty() && side_b.is_empty()) {
        return None;
    }
    if sides::is_organ(speaker)
        && let Some(party) = sides::side_of(speaker, side_a, side_b)
    {
        return Some((party, "by its name is of"));
    }
    let mut parties =
        project.claims.iter().filter(|claim| claim.speaker.eq_ignore_ascii_case(speaker)).filter_map(|claim| {
            let event = project.events.get(claim.event)?;
            let same = *event.side_a == *side_a && *event.side_b == *side_b;
            claim.party.filter(|_| same)
        });
    let party = parties.next()?;
    parties.all(|other| other == party).then_some((party, "spoke before for"))
}

/// The sides of the event that the claim goes to.
fn sides_of(draft: &Draft, project: &Project) -> (String, String) {
    let of = |id: EventId| {
        let event = project.events.get(id);
        event.map_or_else(Default::default, |event| (event.side_a.to_string(), event.side_b.to_string()))
    };
    match draft.goal {
        Goal::New => (draft.side_a.trim().to_owned(), draft.side_b.trim().to_owned()),
        Goal::Event(id) => of(id),
        Goal::Same(id) => dataset::claim(project, id).map_or_else(Default::default, |claim| of(claim.event)),
    }
}

/// The rare fields that are filled in or in doubt, and so must be seen.
pub fn rare_in_use(draft: &Draft) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut used = |field, used: bool| {
        if used || draft.guesses.why(field).is_some() {
            fields.push(field);
        }
    };
    used(Field::Stance, draft.stance != Stance::Asserts);
    used(Field::Via, !draft.via.is_empty());
    used(Field::Party, draft.party.is_some());
    used(Field::Scope, draft.relation != Relation::Total);
    used(Field::Attackers, !draft.attackers.is_empty());
    used(Field::Names, draft.counts_names);
    fields
}
