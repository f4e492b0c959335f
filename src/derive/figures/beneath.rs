//! What the claims beneath a figure by hand give, and whether that is what they gave when somebody set it.
//!
//! A figure by hand keeps what the claims gave (`ByHand::claims_gave`); the mark "claims changed since" follows from it and
//! is kept nowhere. So it is right for whatever changes claims: a newer release of a data set, a person, an undo, another
//! program; and it goes by itself where they give the old number again. The yardstick is one rule with one word table,
//! whatever the method sheet says: another rule changes no claim, and must not mark a figure.

use std::sync::LazyLock;

use super::event::{EventFigures, Statement, figures_of};
use super::range::Range;
use super::{Marks, Value};
use crate::derive::wording;
use crate::model::{ByHand, Class, EventDate, Measure, Methodology, Quantity};

/// The rule and the word table by which claims are compared: those of a new project, which have their versions in their
/// names.
static YARDSTICK: LazyLock<Methodology> = LazyLock::new(Methodology::default);

/// What the claims alone give for every measure and class, by the yardstick.
pub struct Beneath(EventFigures);

impl Beneath {
    /// What these claims on an event with this date give.
    pub fn of(when: Option<&EventDate>, statements: &[Statement<'_>]) -> Self {
        Self(figures_of(when, &[], statements, &YARDSTICK))
    }

    /// What they give for one measure and class, as a figure by hand keeps it: an estimate, `?` where they give no number.
    /// `None` where a number is too large to be written.
    pub fn gives(&self, measure: &Measure, class: &Class) -> Option<Quantity> {
        let Some(Range { low, best, high }) = self.range(measure, class) else { return Some(Quantity::Unknown) };
        let fits = [Some(low), best, high].iter().flatten().all(|n| *n <= Quantity::MAX);
        fits.then_some(Quantity::Estimate { low: Some(low), best, high })
    }

    fn range(&self, measure: &Measure, class: &Class) -> Option<Range> {
        self.0.get(measure)?.get(class)?.value.range()
    }

    /// Whether the claims gave something else when a figure was set by hand. Never where it is not known what they gave.
    pub fn changed(&self, hand: &ByHand) -> bool {
        hand.claims_gave.as_ref().is_some_and(|gave| range_of(gave) != self.range(&hand.measure, &hand.class))
    }

    /// What they gave and give, in words.
    fn told(&self, hand: &ByHand) -> String {
        let number = |range: Option<Range>| {
            range.map_or_else(|| "no number".to_owned(), |range| wording::short(Value::Known(range), Marks::default()))
        };
        let then = number(hand.claims_gave.as_ref().and_then(range_of));
        let now = number(self.range(&hand.measure, &hand.class));
        format!("Claims changed since: they gave {then} when it was set, and give {now} now")
    }
}

/// The numbers of what claims gave. A person who writes a file may write any quantity.
fn range_of(gave: &Quantity) -> Option<Range> {
    let range = |low, best, high| Some(Range { low, best, high });
    match *gave {
        Quantity::Exactly(n) | Quantity::About(n) => Some(Range::exact(n)),
        Quantity::NoneAsserted => Some(Range::exact(0)),
        Quantity::AtLeast(n) => range(n, Some(n), None),
        Quantity::MoreThan(n) => range(n.saturating_add(1), Some(n.saturating_add(1)), None),
        Quantity::AtMost(n) => range(0, None, Some(n)),
        Quantity::Between(a, b) => range(a, Some(a), Some(b)),
        Quantity::Estimate { low, best, high } => range(low.or(best).or(high)?, best, high),
        Quantity::Word(_) | Quantity::Plural | Quantity::Unknown => None,
    }
}

/// Marks figures by hand whose claims give something else now.
pub(super) fn mark(
    figures: &mut EventFigures,
    when: Option<&EventDate>,
    by_hand: &[ByHand],
    statements: &[Statement<'_>],
) {
    if by_hand.iter().all(|hand| hand.claims_gave.is_none()) {
        return;
    }
    let beneath = Beneath::of(when, statements);
    for hand in by_hand.iter().filter(|hand| beneath.changed(hand)) {
        if let Some(figure) = figures.get_mut(&hand.measure).and_then(|figures| figures.get_mut(&hand.class)) {
            figure.marks.claims_changed = true;
            figure.working.steps.push(beneath.told(hand));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = Option<u64>> {
        prop::option::of(prop_oneof![0_u64..9, Just(Quantity::MAX)])
    }

    proptest! {
        #[test]
        fn what_claims_gave_is_written_and_read_as_it_was(low in 0_u64..99, best in number(), high in number()) {
            let gave = Quantity::Estimate { low: Some(low), best, high };
            let read = Quantity::parse(&gave.to_string());
            prop_assert_eq!(read.as_ref().map(range_of), Ok(Some(Range { low, best, high })));
        }
    }

    #[test]
    fn a_person_may_write_what_claims_gave_in_any_way() {
        let read = |text: &str| range_of(&Quantity::parse(text).expect("a quantity"));
        assert_eq!(read("12"), Some(Range::exact(12)));
        assert_eq!(read("0"), Some(Range::exact(0)));
        assert_eq!(read("12+"), Some(Range { low: 12, best: Some(12), high: None }));
        assert_eq!(read(">12"), Some(Range { low: 13, best: Some(13), high: None }));
        assert_eq!(read("3-5"), Some(Range { low: 3, best: Some(3), high: Some(5) }));
        assert_eq!(read("?"), None);
    }
}
