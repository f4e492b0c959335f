//! Sentences as news writes them, and the hand-labelled set where it is at hand.

use super::*;

fn scored() -> Option<Vec<serde_json::Value>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/mentions_dev.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no hand-labelled mentions at {}", path.display());
        return None;
    };
    Some(text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).expect("a line")).collect())
}

/// Smallest and largest number and form, as the labels write them.
fn bounds(quantity: &Quantity) -> (Option<u64>, Option<u64>, &'static str) {
    match quantity {
        Quantity::Exactly(n) => (Some(*n), Some(*n), "exact"),
        Quantity::About(n) => (Some(*n), Some(*n), "about"),
        Quantity::AtLeast(n) | Quantity::MoreThan(n) => (Some(*n), None, "at_least"),
        Quantity::AtMost(n) => (None, Some(*n), "at_most"),
        Quantity::Between(a, b) => (Some(*a), Some(*b), "range"),
        Quantity::NoneAsserted => (Some(0), Some(0), "exact"),
        Quantity::Word(word) if &**word == "a couple" => (Some(2), Some(2), "about"),
        Quantity::Word(_) | Quantity::Plural => (Some(2), None, "vague"),
        Quantity::Unknown | Quantity::Estimate { .. } => (None, None, "unknown"),
    }
}

#[test]
fn labelled_mentions_are_found_and_little_else() {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;
    let Some(items) = scored() else { return };
    let (mut right, mut labelled, mut told) = (0_usize, 0_usize, 0_usize);
    let mut errors = String::new();
    let mut predictions = String::new();
    let mut by: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for item in &items {
        let text = item["text"].as_str().expect("a text");
        let mut found = figures(text);
        let mentions: Vec<serde_json::Value> = found
            .iter()
            .filter_map(|f| {
                let (min, max, form) = bounds(&f.quantity);
                let metric = f.measure.as_ref()?.key().to_owned();
                Some(serde_json::json!({"metric": metric, "quantity": {"min": min, "max": max, "form": form},
                    "start": f.range.start, "end": f.range.end}))
            })
            .collect();
        let _ = writeln!(predictions, "{}", serde_json::json!({"id": item["id"], "mentions": mentions}));
        let mut optional = Vec::new();
        for mention in item["mentions"].as_array().expect("mentions") {
            let place = |key: &str| usize::try_from(mention[key].as_u64().expect("a place")).expect("small");
            let (start, end) = (place("start"), place("end"));
            let metric = mention["metric"].as_str().expect("a metric");
            if mention["optional"].as_bool() == Some(true) {
                optional.push((start, end));
                continue;
            }
            labelled += 1;
            let entry = by.entry(metric.to_owned()).or_default();
            entry.1 += 1;
            let (min, max) = (mention["quantity"]["min"].as_u64(), mention["quantity"]["max"].as_u64());
            let vague = mention["quantity"]["form"] == "vague";
            let same = |f: &Figure| {
                let (low, high, form) = bounds(&f.quantity);
                f.range.start < end
                    && start < f.range.end
                    && f.measure.as_ref().is_some_and(|m| m.key() == metric)
                    && ((vague && form == "vague") || (low, high) == (min, max))
            };
            if let Some(at) = found.iter().position(same) {
                found.remove(at);
                right += 1;
                told += 1;
                entry.0 += 1;
            } else {
                let _ = writeln!(errors, "{} missed {metric} {} | {text}", item["id"], mention["quote"]);
            }
        }
        found.retain(|f| !optional.iter().any(|(start, end)| f.range.start < *end && *start < f.range.end));
        for figure in &found {
            told += 1;
            let words: String = text.chars().skip(figure.range.start).take(figure.range.len()).collect();
            let _ =
                writeln!(errors, "{} false {:?} {:?} “{words}” | {text}", item["id"], figure.measure, figure.quantity);
        }
    }
    // For the scorer that comes with the labels.
    let out = std::env::temp_dir().join("dateline-mentions.jsonl");
    std::fs::write(out, predictions).expect("a place for predictions");
    let share = |a: usize, b: usize| 100 * a / b.max(1);
    println!(
        "{errors}\nrecall {} % of {labelled}, precision {} % of {told}; {by:?}",
        share(right, labelled),
        share(right, told)
    );
    assert!(share(right, labelled) >= 92, "recall");
    assert!(share(right, told) >= 94, "precision");
}

/// The figures as "number [range] measure".
fn told(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let words = |at: &Range<usize>| chars[at.clone()].iter().collect::<String>();
    let one =
        |f: &Figure| format!("{} [{}] {}", f.quantity, words(&f.range), f.measure.as_ref().map_or("-", Measure::key));
    figures(text).iter().map(one).collect()
}

#[test]
fn figures_are_found_with_their_unit_and_measure() {
    for (text, expected) in [
        ("At least 132 people were killed.", vec!["132+ [At least 132 people] killed"]),
        ("It did not give information about casualties.", vec!["? [not give information about casualties] casualties"]),
        (
            "One Tajik border guard was killed and three more were hurt.",
            vec!["1 [One Tajik border guard] killed", "3 [three] injured"],
        ),
        ("Über 40 Tote? No: 40 people fled.", vec!["40 [40 people] displaced"]),
        ("The fighting has displaced over 1.5 million people.", vec![">1500000 [over 1.5 million people] displaced"]),
        ("A border guard was shot dead.", vec!["1 [A border guard] killed"]),
        ("There were no casualties.", vec!["0 [no casualties] casualties"]),
        (
            "Shelling killed civilians and wounded several soldiers.",
            vec!["plural [civilians] killed", "several [several soldiers] injured"],
        ),
        (
            "Between 20 and 25 rebels and a driver were captured.",
            vec!["20-25 [Between 20 and 25 rebels] captured", "1 [a driver] captured"],
        ),
        ("A woman and her two children died.", vec!["3 [A woman and her two children] killed"]),
        ("Two workers of the United Nations (UN) office were abducted.", vec!["2 [Two workers] captured"]),
        ("The hospital counted dozens of wounded people.", vec!["dozens [dozens of wounded people] injured"]),
        ("Six dead soldiers were brought home.", vec!["6 [Six dead soldiers] killed"]),
        ("The toll rose to 58.", vec!["58 [58] killed"]),
        ("Dozens, at least 30, were hurt.", vec!["30+ [Dozens, at least 30] injured"]),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn numbers_that_count_no_people_are_no_figures() {
    for text in [
        "Yasmeen Afdhal, 24, was a witness.",
        "The army captured 14 villages and two bridges.",
        "He died at the age of 115 in May 2008.",
        "40 per cent of the dead were women.",
        "It lies 430 metres below the Dead Sea.",
        "On 16 September 2022, at 16:00 local time, they killed nobody's cattle.",
        "Sanctions will cost $4.7 billion and kill off 2,000 jobs.",
        "The 23-year-old was injured in the 80th minute.",
        "A crowd of 5,000 people attended the funeral.",
        "Since 2014 the war has gone on.",
        "300 cattle were killed.",
    ] {
        assert_eq!(told(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn in_other_languages_digits_before_a_word_are_figures_without_a_measure() {
    assert_eq!(told("قتل ١٢ شخصا في عام ٢٠٢٢"), ["12 [١٢ شخصا] -"]);
    assert_eq!(told("Погибли 14 человек, 3 км от границы."), ["14 [14 человек] -"]);
}

proptest::proptest! {
    #[test]
    fn no_text_panics_and_places_stay_inside(
        text in "(killed|no|a|dozens|12|1 250|were|people|and her|including|of|them|lives|toll|to|at least|between|,|\\.|\n|:|\\(|“|\\PC| ){0,40}",
    ) {
        let length = text.chars().count();
        let mut last = 0;
        for figure in figures(&text) {
            assert!(last <= figure.range.start && figure.range.start < figure.range.end && figure.range.end <= length);
            assert!(figure.range.start <= figure.number.start && figure.number.end <= figure.range.end);
            assert!(figure.number.start < figure.number.end);
            last = figure.range.end;
        }
    }

    #[test]
    fn reading_in_slices_finds_what_each_sentence_says(count in 1_usize..400) {
        let sentence = "Two days later 12 people were killed in Über. ";
        let text = sentence.repeat(count);
        let found = figures(&text);
        assert_eq!(found.len(), count);
        for (n, figure) in found.iter().enumerate() {
            assert_eq!(figure.range.start, n * sentence.chars().count() + 15);
        }
    }
}
