//! Who speaks of a number, side by side: every voice of a measure with what it says, and which voices cannot both be right.
//!
//! It shows the steps that a figure takes and takes none of its own: readings, voices and the method are those of
//! [`super::figures_of`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::{ByHand, ClaimId, Class, EventDate, Measure, Methodology, Scope, Stance};

use super::Reading;
use super::Working;
use super::event::{Desk, Statement};
use super::methods::apply;
use super::speaking::refused;
use super::voices::voices_of;

/// One voice on one class, with all claims of its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Among whom it counts.
    pub class: Class,
    /// The name of its independence group, in lower case.
    pub group: String,
    /// What it says now; `None` where none of its claims states a number that counts.
    pub reading: Option<Reading>,
    /// The day of its newest report that counts; `None` where no day is known.
    pub newest: Option<Date>,
    /// The claims by which it speaks now.
    pub speaks: Vec<ClaimId>,
    /// Its other claims: older, set aside, parts, denials, without a number.
    pub silent: Vec<ClaimId>,
    /// Whether one of its claims denies what others say.
    pub denies: bool,
    /// Whether it may only raise the high figure.
    pub high_only: bool,
    /// Whether the figure rests on it.
    pub counts: bool,
    /// The voices of the same class with which it has no value in common, as places in the list, in order.
    pub contradicts: Vec<usize>,
}

/// The voices on a measure, by class and then by the name of the group. The order of the claims does not matter.
pub fn heard(
    when: Option<&EventDate>,
    by_hand: &[ByHand],
    statements: &[Statement<'_>],
    sheet: &Methodology,
    measure: &Measure,
) -> Vec<Heard> {
    let mut by_class: BTreeMap<&Class, Vec<&Statement<'_>>> = BTreeMap::new();
    for statement in statements.iter().filter(|statement| statement.claim.measure == *measure) {
        by_class.entry(&statement.claim.class).or_default().push(statement);
    }
    let hands: Vec<&ByHand> = by_hand.iter().filter(|hand| hand.measure == *measure).collect();
    let desk = Desk { when, hands, sheet, measure };
    let mut all = Vec::new();
    for (class, mut statements) in by_class {
        statements.sort_unstable_by_key(|statement| statement.claim.id);
        let first = all.len();
        all.extend(desk.heard(class, &statements));
        contradictions(&mut all[first..], first);
    }
    all
}

impl Desk<'_> {
    fn heard(&self, class: &Class, statements: &[&Statement<'_>]) -> Vec<Heard> {
        let counted: Vec<&Statement<'_>> =
            statements.iter().copied().filter(|s| refused(s.claim, self.when).is_none()).collect();
        let readings = self.readings(&counted);
        let whole: Vec<&Statement<'_>> =
            counted.into_iter().filter(|s| !matches!(s.claim.scope, Scope::PartOf(_))).collect();
        let speaking = self.speaking(&whole, &readings, &mut Working::default());
        let (voices, _) = voices_of(&speaking, self.sheet);
        let outcome = apply(self.sheet.method_for(self.measure), self.sheet, &voices);
        let by_hand = self.hand(class).is_some();
        let groups: BTreeSet<&str> = statements.iter().map(|statement| statement.group.as_str()).collect();
        let of_group = |group: &str| {
            let voice = voices.iter().find(|voice| voice.group == group);
            let speaks: Vec<ClaimId> = voice.map(|voice| voice.claims.clone()).unwrap_or_default();
            let own = || statements.iter().filter(|statement| statement.group == group);
            let denies = |s: &&&Statement<'_>| s.claim.stance == Stance::Denies && s.claim.aside.is_none();
            Heard {
                class: class.clone(),
                group: group.to_owned(),
                reading: voice.map(|voice| voice.reading),
                newest: voice.and_then(|voice| voice.day),
                silent: own().map(|s| s.claim.id).filter(|id| !speaks.contains(id)).collect(),
                denies: own().any(|s| denies(&s)),
                high_only: voice.is_some_and(|voice| voice.high_only),
                counts: !by_hand && outcome.heard.iter().any(|voice| voice.group == group),
                contradicts: Vec::new(),
                speaks,
            }
        };
        groups.into_iter().map(of_group).collect()
    }
}

/// Notes the pairs that have no value in common; `first` is the place of the first voice in the whole list.
fn contradictions(voices: &mut [Heard], first: usize) {
    for a in 0..voices.len() {
        for b in a + 1..voices.len() {
            if contradict(&voices[a], &voices[b]) {
                voices[a].contradicts.push(first + b);
                voices[b].contradicts.push(first + a);
            }
        }
    }
}

/// Whether two voices cannot both be right: one denies what the other says, or their ranges do not meet.
fn contradict(a: &Heard, b: &Heard) -> bool {
    let speaks = |voice: &Heard| voice.reading.is_some();
    let denied = (a.denies && speaks(b)) || (b.denies && speaks(a));
    let above = |over: Reading, under: Reading| over.lo.zip(under.hi).is_some_and(|(lo, hi)| lo > hi);
    let apart = a.reading.zip(b.reading).is_some_and(|(a, b)| above(a, b) || above(b, a));
    denied || apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::figures::figures_of;
    use crate::model::{Claim, EventId, Quantity};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn claim(name: &str, quantity: &str, day: i8) -> Claim {
        let quantity = Quantity::parse(quantity).expect("a quantity");
        let mut claim = Claim::new("e-1".parse::<EventId>().expect("an id"), Measure::Killed, Class::TOTAL, quantity);
        claim.id = name.parse().expect("an id");
        claim.reported = Some(date(2022, 9, day));
        claim
    }

    fn said<'a>(claims: &'a [(Claim, &str)]) -> Vec<Statement<'a>> {
        claims.iter().map(|(claim, group)| Statement { claim, group: (*group).to_owned(), source: None }).collect()
    }

    fn voices(claims: &[(Claim, &str)]) -> Vec<Heard> {
        heard(None, &[], &said(claims), &Methodology::default(), &Measure::Killed)
    }

    #[test]
    fn two_numbers_without_a_common_value_contradict_each_other_and_a_floor_that_is_met_does_not() {
        let claims = [
            (claim("c-1", "12", 1), "army"),
            (claim("c-2", "at least 50", 1), "un"),
            (claim("c-3", "at least 3", 1), "village"),
        ];
        let voices = voices(&claims);
        let pairs: Vec<(&str, &[usize])> =
            voices.iter().map(|v| (v.group.as_str(), v.contradicts.as_slice())).collect();
        assert_eq!(pairs, [("army", &[1][..]), ("un", &[0]), ("village", &[])]);
    }

    #[test]
    fn a_voice_says_what_its_newest_report_says_and_the_older_one_is_silent() {
        let claims = [(claim("c-1", "24", 1), "ministry"), (claim("c-2", "59", 5), "ministry")];
        let [voice] = &voices(&claims)[..] else { panic!("one voice") };
        assert_eq!(voice.reading.and_then(|reading| reading.pt), Some(59));
        assert_eq!((voice.speaks.as_slice(), voice.silent.as_slice()), (&[claims[1].0.id][..], &[claims[0].0.id][..]));
        assert_eq!(voice.newest, Some(date(2022, 9, 5)));
        assert!(voice.counts);
    }

    #[test]
    fn a_denial_contradicts_everybody_who_speaks_and_is_no_number() {
        let mut denial = claim("c-2", "0", 2);
        denial.stance = Stance::Denies;
        let claims = [(claim("c-1", "7", 1), "army"), (denial.clone(), "ministry")];
        let found = voices(&claims);
        assert_eq!(found[0].contradicts, [1]);
        assert!(found[1].denies && found[1].reading.is_none() && !found[1].counts);
        denial.aside = Some("speaks of another village".into());
        let found = voices(&[(claim("c-1", "7", 1), "army"), (denial, "ministry")]);
        assert!(found[0].contradicts.is_empty(), "what is set aside contradicts nobody");
    }

    #[test]
    fn classes_are_not_held_against_each_other_and_a_figure_by_hand_rests_on_nobody() {
        let mut part = claim("c-2", "50", 1);
        part.class = Class::from_key("civilians").expect("a class");
        let claims = [(claim("c-1", "12", 1), "army"), (part, "un")];
        assert!(voices(&claims).iter().all(|voice| voice.contradicts.is_empty()));
        let hand = ByHand::new(Measure::Killed, Class::TOTAL, (12, None, None), "seen", "coder 1");
        let found = heard(None, &[hand], &said(&claims), &Methodology::default(), &Measure::Killed);
        assert_eq!(found.iter().map(|voice| voice.counts).collect::<Vec<_>>(), [false, true]);
    }

    fn random_claims() -> impl Strategy<Value = Vec<(Claim, &'static str)>> {
        let quantity =
            prop::sample::select(vec!["0", "3", "12", "50", "3+", "50+", "<=5", "10-20", "?", "dozens", "~12"]);
        let group = prop::sample::select(vec!["army", "un", "village", "school"]);
        let stance = prop::sample::select(Stance::ALL.to_vec());
        prop::collection::vec((quantity, group, stance, 1_i8..4, any::<bool>()), 0..9).prop_map(|claims| {
            let one = |(n, (quantity, group, stance, day, aside)): (usize, (&str, &'static str, Stance, i8, bool))| {
                let mut claim = claim(&format!("c-{n}"), quantity, day);
                claim.stance = stance;
                claim.aside = aside.then(|| "doubled".into());
                (claim, group)
            };
            claims.into_iter().enumerate().map(one).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn the_voices_agree_with_the_figure_and_their_order_does_not_matter(claims in random_claims()) {
            let sheet = Methodology::default();
            let found = voices(&claims);
            let mut turned = claims.clone();
            turned.reverse();
            prop_assert_eq!(&found, &voices(&turned));
            let figures = figures_of(None, &[], &said(&claims), &sheet);
            let Some(figure) = figures.get(&Measure::Killed).map(|figures| &figures.total) else {
                prop_assert!(found.is_empty());
                return Ok(());
            };
            let mut used: Vec<ClaimId> = found.iter().filter(|v| v.counts).flat_map(|v| v.speaks.clone()).collect();
            let mut of_figure = figure.working.used.clone();
            used.sort_unstable();
            of_figure.sort_unstable();
            prop_assert_eq!(used, of_figure);
            // Each claim stands in one voice, once.
            let mut listed: Vec<ClaimId> = found.iter().flat_map(|v| v.speaks.iter().chain(&v.silent)).copied().collect();
            listed.sort_unstable();
            let mut wanted: Vec<ClaimId> = claims.iter().map(|(claim, _)| claim.id).collect();
            wanted.sort_unstable();
            prop_assert_eq!(listed, wanted);
            // Whoever contradicts another makes the figure's mark, and it goes both ways.
            for (at, voice) in found.iter().enumerate() {
                prop_assert!(voice.contradicts.iter().all(|other| found[*other].contradicts.contains(&at)));
                prop_assert!(voice.contradicts.is_empty() || figure.marks.conflict);
            }
            // A mark without a pair is a denial of what nobody else says.
            let pair = found.iter().any(|voice| !voice.contradicts.is_empty());
            prop_assert_eq!(figure.marks.conflict, pair || found.iter().any(|voice| voice.denies));
        }
    }
}
