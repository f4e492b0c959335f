//! What is kept of the claims about one event: little where nobody says more of it than its row.
//!
//! The claims of a row are named by the event and a letter, so their ids are made when they are asked for.

use std::sync::Arc;

use crate::model::{ArticleId, ClaimId, EventId};

use super::rows::Rows;
use super::{Code, Summary};

/// What follows from the claims about one event.
#[derive(Debug, Clone)]
pub(in crate::derive) enum Entry {
    /// Nothing is said but by its row, in claims of these letters. Rows with the same numbers share their figures.
    Row { letters: Letters, rows: Arc<Rows> },
    /// Somebody says more. Snapshots in which that is the same share it.
    Own(Arc<Own>),
}

/// What is said of an event by more than its row.
#[derive(Debug, Clone, Default)]
pub(in crate::derive) struct Own {
    pub claims: Box<[ClaimId]>,
    pub articles: Box<[ArticleId]>,
    pub rows: Rows,
}

impl Entry {
    pub(super) fn rows(&self) -> &Rows {
        match self {
            Self::Row { rows, .. } => rows,
            Self::Own(own) => &own.rows,
        }
    }

    /// The figure under a code.
    pub(in crate::derive) fn coded(&self, code: Code) -> Summary {
        self.rows().find(code).map_or_else(Summary::default, |row| row.summary)
    }

    pub(in crate::derive) fn articles(&self) -> &[ArticleId] {
        match self {
            Self::Row { .. } => &[],
            Self::Own(own) => &own.articles,
        }
    }

    pub(in crate::derive) fn claims(&self, event: EventId) -> ClaimsOf<'_> {
        match self {
            Self::Row { letters, .. } => ClaimsOf(Inner::Row(event, *letters)),
            Self::Own(own) => ClaimsOf(Inner::List(own.claims.iter())),
        }
    }
}

/// Letters and digits, as bits in the order in which they sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::derive) struct Letters(u64);

const DIGITS: u8 = 10;
const CAPITALS: u8 = 26;

impl Letters {
    /// With this one, too; what is neither letter nor digit is no name of a claim.
    pub fn with(self, letter: u8) -> Self {
        let at = match letter {
            b'0'..=b'9' => letter - b'0',
            b'A'..=b'Z' => DIGITS + letter - b'A',
            b'a'..=b'z' => DIGITS + CAPITALS + letter - b'a',
            _ => return self,
        };
        Self(self.0 | 1 << at)
    }

    fn len(self) -> usize {
        usize::try_from(self.0.count_ones()).unwrap_or(0)
    }

    fn take_first(&mut self) -> Option<u8> {
        let at = u8::try_from(self.0.trailing_zeros()).ok().filter(|at| *at < 64)?;
        self.0 &= self.0 - 1;
        Some(match at {
            0..DIGITS => b'0' + at,
            DIGITS..36 => b'A' + at - DIGITS,
            _ => b'a' + at - DIGITS - CAPITALS,
        })
    }
}

/// The ids of claims about an event, by the day of report (those without a day first), then by id.
#[derive(Debug, Clone)]
pub struct ClaimsOf<'a>(Inner<'a>);

#[derive(Debug, Clone)]
enum Inner<'a> {
    List(std::slice::Iter<'a, ClaimId>),
    Row(EventId, Letters),
}

impl ClaimsOf<'_> {
    pub(super) fn none() -> Self {
        Self(Inner::List([].iter()))
    }

    /// Whether there is none left.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a claim is one of them.
    pub fn contains(&self, claim: &ClaimId) -> bool {
        self.clone().any(|own| own == *claim)
    }
}

impl Iterator for ClaimsOf<'_> {
    type Item = ClaimId;

    fn next(&mut self) -> Option<ClaimId> {
        match &mut self.0 {
            Inner::List(claims) => claims.next().copied(),
            // Only an event whose id leaves room for a letter has its claims in its row.
            Inner::Row(event, letters) => letters.take_first().and_then(|letter| ClaimId::of_event(*event, letter)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match &self.0 {
            Inner::List(claims) => claims.len(),
            Inner::Row(_, letters) => letters.len(),
        };
        (len, Some(len))
    }
}

impl ExactSizeIterator for ClaimsOf<'_> {}

impl<const N: usize> PartialEq<[ClaimId; N]> for ClaimsOf<'_> {
    fn eq(&self, other: &[ClaimId; N]) -> bool {
        self.clone().eq(other.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn letters_come_out_in_the_order_of_their_ids(letters in "[a-zA-Z0-9]{0,40}") {
            let set = letters.bytes().fold(Letters::default(), Letters::with);
            let event: EventId = "e-1".parse().expect("an id");
            let rows = Arc::default();
            let entry = Entry::Row { letters: set, rows };
            let claims: Vec<ClaimId> = entry.claims(event).collect();
            let mut wanted: Vec<ClaimId> =
                letters.bytes().filter_map(|letter| ClaimId::of_event(event, letter)).collect();
            wanted.sort_unstable();
            wanted.dedup();
            prop_assert_eq!(entry.claims(event).len(), wanted.len());
            prop_assert_eq!(claims, wanted);
        }
    }
}
