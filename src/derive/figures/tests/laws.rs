//! The laws of figures, held on ten thousand random sets of claims each.

use proptest::prelude::*;

use super::bench::{Said, day, say, work_out};
use crate::derive::figures::{EventFigures, MeasureFigures, Value};
use crate::model::{
    BaseClass, Class, InformationGrade, Measure, Method, Methodology, Party, Quantity, Reliability, Scope, WordTable,
};

const CASES: u32 = 10_000;

fn quantity() -> impl Strategy<Value = Quantity> {
    let n = || 0_u64..40;
    prop_oneof![
        4 => n().prop_map(Quantity::exactly),
        2 => n().prop_map(Quantity::AtLeast),
        1 => n().prop_map(Quantity::MoreThan),
        2 => n().prop_map(Quantity::AtMost),
        1 => (1_u64..40).prop_map(Quantity::About),
        1 => (0_u64..20, 1_u64..20).prop_map(|(a, more)| Quantity::Between(a, a + more)),
        1 => prop::sample::select(vec!["dozens", "several", "myriads"]).prop_map(|word| Quantity::Word(word.into())),
        1 => Just(Quantity::Plural),
        1 => Just(Quantity::Unknown),
        1 => (n(), n(), n()).prop_map(|(a, b, c)| Quantity::Estimate { low: Some(a), best: Some(b), high: Some(c) }),
    ]
}

fn said() -> impl Strategy<Value = Said> {
    let classes = [
        "total",
        "total",
        "total",
        "A",
        "B",
        "civilians",
        "unknown",
        "A all",
        "B all",
        "children",
        "medics in civilians",
    ];
    let who = (prop::sample::select(vec!["x", "y", "z", "UN"]), prop::option::of(0_i8..8));
    let how = (prop::sample::select(classes.to_vec()), quantity());
    let marks = (0_u8..12, 0_u8..8, 1_u8..=6, prop::option::of(0_usize..6), any::<bool>());
    (who, how, marks).prop_map(|((speaker, reported), (class, quantity), (shape, party, info, source, names))| {
        let mut said = say(speaker, "1").of(class);
        said.claim.quantity = quantity;
        said.claim.reported = reported.map(day);
        said.claim.party = [Some(Party::A), Some(Party::B)].get(usize::from(party)).copied().flatten();
        said.claim.grade = InformationGrade::new(info);
        said.source = source.map(|n| Reliability::ALL[n]);
        said.claim.counts_names = names && shape == 7;
        match shape {
            0 => said.aside(),
            1 => said.denied(),
            2 => said.feared(),
            3 => said.part(),
            4 => said.since(Some(day(0))),
            5 => said.since(None),
            _ => said,
        }
    })
}

/// A set of claims in which some are additional to others.
fn claims() -> impl Strategy<Value = Vec<Said>> {
    (prop::collection::vec(said(), 0..9), prop::collection::vec((0_usize..9, 0_usize..9), 0..3)).prop_map(
        |(mut said, links)| {
            for (more, base) in links {
                if more < said.len() && base < said.len() && more != base {
                    said[more].claim.scope = Scope::AdditionalTo(said[base].claim.id);
                }
            }
            said
        },
    )
}

fn sheets() -> impl Strategy<Value = Methodology> {
    let words = prop::sample::select(WordTable::preset_names().collect::<Vec<_>>());
    (prop::sample::select(Method::ALL.to_vec()), words).prop_map(|(method, words)| Methodology {
        method,
        words: WordTable::preset(words).expect("a preset"),
        ranks: vec!["UN".into(), "x".into()],
        authority: "x".into(),
        ..Methodology::default()
    })
}

const WHEN: [Option<&str>; 3] = [None, Some("2022-09-12"), Some("2022-09-11/2022-09-14")];

/// The same claims without estimates of data sets, which are held apart from what people say.
fn without_estimates(mut said: Vec<Said>) -> Vec<Said> {
    for s in &mut said {
        if let Quantity::Estimate { low, .. } = s.claim.quantity {
            s.claim.quantity = Quantity::exactly(low.unwrap_or(1));
        }
    }
    said
}

fn when() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(WHEN.to_vec())
}

fn killed(figures: EventFigures) -> MeasureFigures {
    figures.into_values().next().unwrap_or_default()
}

/// The numbers of all classes, without the working.
fn numbers(figures: &EventFigures) -> Vec<(Measure, Class, Value)> {
    let mut all = Vec::new();
    for (measure, figures) in figures {
        all.push((measure.clone(), Class::TOTAL, figures.total.value));
        let known = figures.classes.iter().filter(|(_, figure)| figure.value.range().is_some());
        all.extend(known.map(|(class, figure)| (measure.clone(), class.clone(), figure.value)));
    }
    all.retain(|(_, _, value)| value.range().is_some());
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn low_best_and_high_are_in_order(said in claims(), sheet in sheets(), when in when()) {
        let figures = killed(work_out(when, &[], &said, &sheet));
        for figure in figures.classes.values().chain([&figures.total]) {
            if let Some(range) = figure.value.range().filter(|_| !figure.marks.flagged) {
                prop_assert!(range.in_order(), "{range:?}");
            }
        }
    }

    #[test]
    fn the_order_of_claims_never_matters(said in claims(), sheet in sheets(), when in when(), seed in any::<u64>()) {
        let mut shuffled = said.clone();
        let mut state = seed | 1;
        for n in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(n, usize::try_from(state >> 33).unwrap_or(0) % (n + 1));
        }
        prop_assert_eq!(work_out(when, &[], &said, &sheet), work_out(when, &[], &shuffled, &sheet));
    }

    #[test]
    fn what_does_not_speak_changes_no_number(
        said in claims(), extra in said(), quiet in 0_u8..4, sheet in sheets(), when in when()
    ) {
        let extra = match quiet {
            0 => extra.aside(),
            1 => extra.denied(),
            2 => extra.since(None),
            _ => { let mut extra = extra; extra.claim.quantity = Quantity::Unknown; extra.claim.scope = Scope::Total; extra }
        };
        let before = work_out(when, &[], &said, &sheet);
        let after = work_out(when, &[], &[said, vec![extra]].concat(), &sheet);
        prop_assert_eq!(numbers(&before), numbers(&after));
    }

    #[test]
    fn a_reprint_changes_no_number(said in claims(), which in 0_usize..9, sheet in sheets(), when in when()) {
        // A reprint: the same words by the same voice on the same day.
        // An estimate that stands alone is shown as it was published; beside a second one it is not alone.
        let said = without_estimates(said);
        if let Some(original) = said.get(which) {
            let mut reprint = original.clone();
            reprint.claim.id = crate::model::ClaimId::random();
            let before = work_out(when, &[], &said, &sheet);
            let after = work_out(when, &[], &[said, vec![reprint]].concat(), &sheet);
            prop_assert_eq!(numbers(&before), numbers(&after));
        }
    }

    #[test]
    fn a_part_that_is_not_above_the_low_changes_no_number(said in claims(), n in 0_u64..40, sheet in sheets(), when in when()) {
        let before = killed(work_out(when, &[], &said, &sheet));
        let low = before.total.value.range().map_or(0, |range| range.low);
        let mut part = say("somebody else", "1").part();
        part.claim.quantity = Quantity::exactly(n.min(low));
        let after = killed(work_out(when, &[], &[said, vec![part]].concat(), &sheet));
        prop_assert_eq!(before.total.value.range(), after.total.value.range());
    }

    #[test]
    fn a_voice_that_repeats_another_keeps_low_and_high(said in claims(), which in 0_usize..9, when in when()) {
        let sheet = Methodology::default();
        let said = without_estimates(said);
        let plain = |s: &&Said| s.claim.scope == Scope::Total && !s.claim.class.is_sub();
        if let Some(original) = said.get(which).filter(plain).cloned() {
            // The law is about the range of one set of voices, before classes join.
            let said: Vec<Said> = said.into_iter().filter(|s| s.claim.class == original.claim.class).collect();
            let mut repeat = original.clone();
            repeat.claim.id = crate::model::ClaimId::random();
            repeat.claim.speaker = "echo".into();
            // Only what the voice says now can be repeated: it must be its newest and only report on the class.
            let of_voice = said.iter().filter(|s| s.claim.speaker == original.claim.speaker && s.claim.class == original.claim.class);
            if of_voice.count() != 1 {
                return Ok(());
            }
            let bounds = |said: &[Said]| {
                let figures = killed(work_out(when, &[], said, &sheet));
                figures.get(&original.claim.class).and_then(|f| f.value.range()).map(|r| (r.low, r.high))
            };
            let before = bounds(&said);
            prop_assert_eq!(before, bounds(&[said.clone(), vec![repeat]].concat()));
        }
    }

    #[test]
    fn every_number_of_a_full_voice_lies_in_the_range(numbers in prop::collection::vec(0_u64..100, 1..8)) {
        let said: Vec<Said> = numbers.iter().enumerate().map(|(n, number)| {
            let mut said = say(&format!("voice {n}"), "1");
            said.claim.quantity = Quantity::exactly(*number);
            said
        }).collect();
        let figures = killed(work_out(None, &[], &said, &Methodology::default()));
        let range = figures.total.value.range().expect("numbers were given");
        for number in &numbers {
            prop_assert!(range.low <= *number && range.high.is_none_or(|high| *number <= high));
        }
        prop_assert!(numbers.contains(&range.best.expect("numbers were given")));
    }

    #[test]
    fn a_total_is_never_below_its_parts(said in claims(), sheet in sheets(), when in when()) {
        let said = without_estimates(said);
        let figures = killed(work_out(when, &[], &said, &sheet));
        let parts = BaseClass::PARTS.into_iter().filter_map(|part| figures.get(&Class::Base(part))?.value.range());
        let sum: u64 = parts.map(|range| range.low).sum();
        prop_assert!(figures.total.value.range().map_or(0, |range| range.low) >= sum);
    }

    #[test]
    fn lower_ranks_only_widen(said in claims(), when in when()) {
        let sheet = Methodology { method: Method::SourceHierarchy, ranks: vec!["UN".into()], ..Methodology::default() };
        let only_total = |s: &&Said| s.claim.class == Class::TOTAL;
        let all: Vec<Said> = said.iter().filter(only_total).cloned().collect();
        let all: Vec<Said> = without_estimates(all).into_iter().map(|mut s| { s.claim.scope = Scope::Total; s }).collect();
        let first: Vec<Said> = all.iter().filter(|s| &*s.claim.speaker == "UN").cloned().collect();
        let of = |said: &[Said]| killed(work_out(when, &[], said, &sheet)).total;
        let (first, whole) = (of(&first), of(&all));
        if let (Some(first), Some(whole)) = (first.value.range(), whole.value.range())
            // An interim report alone is a floor; beside a later one it is history.
            && when != Some("2022-09-11/2022-09-14")
        {
            prop_assert!(whole.low <= first.low);
            prop_assert!(first.high.is_none_or(|high| whole.high.is_none_or(|wide| wide >= high)));
            prop_assert_eq!(whole.best, first.best);
        }
    }

    #[test]
    fn nothing_counted_is_unknown(said in claims(), sheet in sheets(), when in when()) {
        let mute: Vec<Said> = said.into_iter().map(|mut s| { s.claim.quantity = Quantity::Unknown; s }).collect();
        let figures = killed(work_out(when, &[], &mute, &sheet));
        prop_assert!(figures.classes.values().chain([&figures.total]).all(|figure| figure.value.range().is_none()));
    }
}
