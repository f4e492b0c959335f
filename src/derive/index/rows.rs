//! The figures of one event as they are kept: 20 bytes each, for 400,000 events have two million.
//!
//! A number of people beyond four thousand millions does not fit; the figures of such an event are kept as they are.

use crate::derive::figures::{Marks, Range, Value};

use super::{Code, Summary};

/// A figure with the measure and class that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::derive) struct Row {
    pub code: Code,
    pub summary: Summary,
}

const KNOWN: u16 = 1;
const UNKNOWN: u16 = 2;
const BEST: u16 = 4;
const HIGH: u16 = 8;
const ABOUT: u16 = 16;
const BY_HAND: u16 = 32;
const HIGH_ONLY: u16 = 64;
const FLAGGED: u16 = 128;
const OPEN_ABOVE: u16 = 256;
const CONFLICT: u16 = 512;
const ESTIMATES_ONLY: u16 = 1024;
const CLAIMS_CHANGED: u16 = 2048;

/// A figure in few bytes; numbers that are not known are 0.
#[derive(Debug, Clone, Copy)]
pub(in crate::derive) struct Packed {
    low: u32,
    best: u32,
    high: u32,
    measure: u16,
    class: u16,
    bits: u16,
}

impl Packed {
    fn of(row: &Row) -> Option<Self> {
        let range = row.summary.value.range().unwrap_or(Range { low: 0, best: None, high: None });
        let Marks { about, by_hand, high_only, flagged, open_above, conflict, estimates_only, claims_changed } =
            row.summary.marks;
        let value = match row.summary.value {
            Value::NoClaim => 0,
            Value::Unknown => UNKNOWN,
            Value::Known(_) => KNOWN,
        };
        let bits = [
            (range.best.is_some(), BEST),
            (range.high.is_some(), HIGH),
            (about, ABOUT),
            (by_hand, BY_HAND),
            (high_only, HIGH_ONLY),
            (flagged, FLAGGED),
            (open_above, OPEN_ABOVE),
            (conflict, CONFLICT),
            (estimates_only, ESTIMATES_ONLY),
            (claims_changed, CLAIMS_CHANGED),
        ];
        Some(Self {
            low: u32::try_from(range.low).ok()?,
            best: u32::try_from(range.best.unwrap_or(0)).ok()?,
            high: u32::try_from(range.high.unwrap_or(0)).ok()?,
            measure: u16::try_from(row.code.measure).ok()?,
            class: u16::try_from(row.code.class).ok()?,
            bits: bits.into_iter().filter(|(is, _)| *is).fold(value, |all, (_, bit)| all | bit),
        })
    }

    fn row(self) -> Row {
        let has = |bit: u16| self.bits & bit != 0;
        let number = |bit: u16, n: u32| has(bit).then(|| u64::from(n));
        let value = if has(KNOWN) {
            Value::Known(Range {
                low: u64::from(self.low),
                best: number(BEST, self.best),
                high: number(HIGH, self.high),
            })
        } else if has(UNKNOWN) {
            Value::Unknown
        } else {
            Value::NoClaim
        };
        let marks = Marks {
            about: has(ABOUT),
            by_hand: has(BY_HAND),
            high_only: has(HIGH_ONLY),
            flagged: has(FLAGGED),
            open_above: has(OPEN_ABOVE),
            conflict: has(CONFLICT),
            estimates_only: has(ESTIMATES_ONLY),
            claims_changed: has(CLAIMS_CHANGED),
        };
        let code = Code { measure: u32::from(self.measure), class: u32::from(self.class) };
        Row { code, summary: Summary { value, marks } }
    }
}

/// The figures of one event.
#[derive(Debug, Clone)]
pub(in crate::derive) enum Rows {
    Packed(Box<[Packed]>),
    #[expect(clippy::box_collection, reason = "rare, and no larger than the other")]
    Whole(Box<Vec<Row>>),
}

impl Default for Rows {
    fn default() -> Self {
        Self::Packed(Box::default())
    }
}

impl Rows {
    pub fn new(rows: Vec<Row>) -> Self {
        let packed: Option<Box<[Packed]>> = rows.iter().map(Packed::of).collect();
        packed.map_or_else(|| Self::Whole(Box::new(rows)), Self::Packed)
    }

    pub fn iter(&self) -> impl Iterator<Item = Row> + '_ {
        let (packed, whole): (&[Packed], &[Row]) = match self {
            Self::Packed(rows) => (rows, &[]),
            Self::Whole(rows) => (&[], rows),
        };
        packed.iter().map(|row| row.row()).chain(whole.iter().copied())
    }

    /// The figure of a measure and class.
    pub fn find(&self, code: Code) -> Option<Row> {
        match self {
            Self::Packed(rows) => {
                let (measure, class) = (u16::try_from(code.measure).ok()?, u16::try_from(code.class).ok()?);
                rows.iter().find(|row| (row.measure, row.class) == (measure, class)).map(|row| row.row())
            }
            Self::Whole(rows) => rows.iter().find(|row| row.code == code).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = u64> {
        prop_oneof![0_u64..9, Just(u64::from(u32::MAX)), Just(u64::from(u32::MAX) + 1), Just(u64::MAX)]
    }

    fn row() -> impl Strategy<Value = Row> {
        let value = prop_oneof![
            Just(Value::NoClaim),
            Just(Value::Unknown),
            (number(), prop::option::of(number()), prop::option::of(number()))
                .prop_map(|(low, best, high)| Value::Known(Range { low, best, high })),
        ];
        let code = (prop_oneof![0_u32..3, Just(70_000)], 0_u32..3);
        (code, value, any::<[bool; 8]>()).prop_map(|((measure, class), value, is)| {
            let marks = Marks {
                about: is[0],
                by_hand: is[1],
                high_only: is[2],
                flagged: is[3],
                open_above: is[4],
                conflict: is[5],
                estimates_only: is[6],
                claims_changed: is[7],
            };
            Row { code: Code { measure, class }, summary: Summary { value, marks } }
        })
    }

    proptest! {
        #[test]
        fn figures_are_kept_as_they_are(rows in prop::collection::vec(row(), 0..5)) {
            let kept = Rows::new(rows.clone());
            prop_assert_eq!(kept.iter().collect::<Vec<_>>(), rows.clone());
            for row in &rows {
                let first = rows.iter().find(|other| other.code == row.code).copied();
                prop_assert_eq!(kept.find(row.code), first);
            }
        }
    }
}
