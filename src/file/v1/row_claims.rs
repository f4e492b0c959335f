//! What somebody changed of the claims that rows state: only the fields that differ, under the id of the claim.

use serde::{Deserialize, Serialize};

use crate::dataset;
use crate::model::{self, ClaimId, Project};

use super::bare::{self, Grade};
use super::open::{Known, Section, Spot, Told, of_record};
use super::reader::Reader;
use super::{Claim, Origin, Quote, Scope, Str, explain, from_model, into_model};

macro_rules! differing {
    ($($field:ident: $type:ty),* $(,)?) => {
        /// A claim of a row, with the fields that are not as the row has them.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct RowClaim<'a> {
            #[serde(borrow)]
            pub id: Str<'a>,
            $(
                #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
                pub $field: Option<$type>,
            )*
            #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
            pub attackers: Option<u64>,
            #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
            pub counts_names: Option<bool>,
            #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
            pub grade: Option<Grade>,
            #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
            pub aside: Option<Str<'a>>,
            #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
            pub scope: Option<Scope<'a>>,
            #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
            pub origin: Option<Origin<'a>>,
        }

        /// The claim with these fields laid over what the row states.
        fn laid_over<'a>(stated: Claim<'a>, file: RowClaim<'a>) -> Claim<'a> {
            Claim {
                $($field: file.$field.unwrap_or(stated.$field),)*
                attackers: file.attackers.unwrap_or(stated.attackers),
                counts_names: file.counts_names.unwrap_or(stated.counts_names),
                grade: file.grade.map_or(stated.grade, |grade| grade.0),
                aside: file.aside.or(stated.aside),
                scope: file.scope.or(stated.scope),
                origin: file.origin.or(stated.origin),
                ..stated
            }
        }

        /// The fields in which a claim differs from what the row states.
        fn difference<'a>(now: Claim<'a>, stated: &Claim<'_>) -> RowClaim<'a> {
            RowClaim {
                id: now.id,
                $($field: (now.$field != stated.$field).then_some(now.$field),)*
                attackers: (now.attackers != stated.attackers).then_some(now.attackers),
                counts_names: (now.counts_names != stated.counts_names).then_some(now.counts_names),
                grade: (now.grade != stated.grade).then_some(Grade(now.grade)),
                aside: if now.aside == stated.aside { None } else { now.aside },
                scope: if now.scope == stated.scope { None } else { now.scope },
                origin: if now.origin == stated.origin { None } else { Some(now.origin.unwrap_or(Origin::None)) },
            }
        }
    };
}

differing! {
    event: Str<'a>,
    measure: Str<'a>,
    class: Str<'a>,
    quantity: Str<'a>,
    words: Str<'a>,
    speaker: Str<'a>,
    via: Str<'a>,
    party: Str<'a>,
    group: Str<'a>,
    reported: Str<'a>,
    stance: Str<'a>,
    coder: Str<'a>,
    comment: Str<'a>,
    quotes: Vec<Quote<'a>>,
}

/// What is written of a claim that a row states.
pub(in crate::file) fn write<'p>(project: &'p Project, claim: &'p model::Claim) -> RowClaim<'p> {
    let now = from_model::claim(claim);
    match dataset::stated(project, claim.id) {
        Some(stated) => difference(now, &from_model::claim(stated)),
        None => RowClaim { id: now.id, ..RowClaim::default() },
    }
}

/// Reads the changes of a file into the project, which has its events by now.
pub(super) fn open(section: &Section, known: Known<'_>, project: &mut Project, told: &mut Vec<Told>) {
    let mut reader = Reader::new(known.knows_word, &[], known.readers);
    for (n, range) in section.ranges().iter().enumerate() {
        let element = known.text.get(range.clone()).unwrap_or_default();
        let read: Result<RowClaim<'_>, _> = known.options.from_str(element);
        match read {
            Ok(file) => {
                if let Some(claim) = claim(file, project, &mut reader)
                    && project.claims.push(claim).is_err()
                {
                    reader.refuse("id", "This claim stands here already; leave one of the two");
                }
            }
            Err(error) => {
                let (at, message) = explain::explain(&error, element);
                let mut place = section.place(n, Vec::new());
                place.spot = Spot::Byte(range.start + at);
                told.push(Told { place, message, refuses: true });
            }
        }
        told.extend(reader.take_troubles().into_iter().map(|trouble| of_record("row claim", range.clone(), trouble)));
    }
}

fn claim(file: RowClaim<'_>, project: &Project, r: &mut Reader<'_>) -> Option<model::Claim> {
    let id: ClaimId = r.value("id", file.id.parse())?;
    let Some(stated) = dataset::stated(project, id) else {
        r.refuse(
            "id",
            format!(
                "No row states a claim `{id}`; correct the id, or write the whole claim among `claims` with an id of \
                 its own"
            ),
        );
        return None;
    };
    into_model::claim(laid_over(from_model::claim(stated), file), r)
}
