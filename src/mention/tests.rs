//! Sentences as news writes them, and what a person would expect to find filled in.

use jiff::civil::date;

use super::*;
use crate::model::quantity::BUILT_IN_WORDS;

/// Guesses for the words between `[` and `]`.
fn guess_marked(marked: &str, measure: &Measure) -> (Guess, String) {
    let start = marked.chars().position(|c| c == '[').expect("a mark");
    let end = marked.chars().position(|c| c == ']').expect("a mark") - 1;
    let text: String = marked.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let groups: Vec<Class> =
        ["children in civilians", "medics in civilians"].iter().filter_map(|key| Class::from_key(key)).collect();
    let speakers = [Text::from("Ministry of Health")];
    let ask = Ask {
        text: &text,
        selection: start..end,
        measure,
        published: Some(date(2031, 5, 7)),
        is_word: &|word| BUILT_IN_WORDS.contains(&word),
        groups: &groups,
        speakers: &speakers,
    };
    (guess(&ask), text.clone())
}

#[test]
fn the_number_is_found_as_it_was_written() {
    use Measure::{Captured, Displaced, Injured, Killed};
    for (marked, measure, quantity, words) in [
        ("[42 people were injured] at the border.", Injured, "42", "42"),
        ("Some [at least three were killed] there.", Killed, "3+", "at least three"),
        ("[More than 20 killed and 58 injured] in a day.", Killed, ">20", "More than 20"),
        ("[More than 20 killed and 58 injured] in a day.", Injured, "58", "58"),
        ("[Dozens of people fled] their homes.", Displaced, "dozens", "Dozens"),
        ("[Several soldiers] were taken prisoner.", Captured, "several", "Several"),
        ("[between 40 and 50 dead], he said.", Killed, "40-50", "between 40 and 50"),
        ("[up to 70 were wounded].", Injured, "<=70", "up to 70"),
        ("[around sixty were hurt].", Injured, "~60", "around sixty"),
        ("[killing 1,200 people].", Killed, "1200", "1,200"),
        ("[There were no casualties].", Killed, "0", "no"),
        ("[A border guard was shot dead].", Killed, "1", "A border guard"),
        ("[soldiers were killed].", Killed, "plural", "soldiers"),
        ("[gave no information about casualties].", Killed, "?", "gave no information about casualties"),
        ("[12 people died, including three children].", Killed, "12", "12"),
        ("[A 35-year-old man, aged 35, was among 4 dead].", Killed, "4", "4"),
        ("[On 16 September, 7 people died].", Killed, "7", "7"),
        ("[Since 2014 the war killed 9 villagers].", Killed, "9", "9"),
        ("[40 per cent of the town and 11 men were killed].", Killed, "11", "11"),
        ("[forty-two]", Injured, "42", "forty-two"),
        ("[Two days later 5 died].", Killed, "5", "5"),
    ] {
        let (found, text) = guess_marked(marked, &measure);
        assert_eq!(found.quantity.map(|q| q.to_string()).as_deref(), Some(quantity), "{marked}");
        let at = found.words.expect("words");
        assert_eq!(text.chars().skip(at.start).take(at.len()).collect::<String>(), words, "{marked}");
    }
}

#[test]
fn where_nothing_is_counted_nothing_is_guessed() {
    for marked in ["[The town was quiet].", "[On 16 September 2022]", "[no longer at war]", "[3 houses burned]", "[ ]"]
    {
        assert_eq!(guess_marked(marked, &Measure::Killed).0.quantity, None, "{marked}");
    }
}

#[test]
fn the_speaker_is_who_the_sentence_says() {
    for (marked, speaker, via) in [
        ("[12 died], the regional governor said.", "regional governor", ""),
        ("[12 died], the ministry of health said on Friday.", "Ministry of Health", ""),
        ("The Interior Ministry said that [12 died].", "Interior Ministry", ""),
        ("According to the Red Crescent, [12 died].", "Red Crescent", ""),
        ("[12 died], according to two doctors at the hospital.", "two doctors", ""),
        ("[12 died], said a spokesman for the army on Sunday.", "spokesman for the army", ""),
        ("“[12 died],” the mayor, Ana Doe, told Riverwire.", "Ana Doe", "Riverwire"),
        ("The mayor told Riverwire on Monday that [12 died].", "mayor", "Riverwire"),
        ("Riverwire reported, citing the army, that [12 died].", "army", "Riverwire"),
        ("Riverwire quoted the army as saying [12 died].", "army", "Riverwire"),
        ("[12 died], he said.", "", ""),
        ("[12 died] at the market.", "", ""),
        ("The army said 3 died, while the rebels said [12 died].", "rebels", ""),
        ("The Ministry of Defence in a statement said [12 died].", "Ministry of Defence", ""),
        ("The governor told reporters that [12 died].", "governor", ""),
    ] {
        let (found, _) = guess_marked(marked, &Measure::Killed);
        assert_eq!((found.speaker.as_str(), found.via.as_str()), (speaker, via), "{marked}");
    }
}

#[test]
fn the_date_is_that_of_the_sentence_else_of_publication_and_marked_so() {
    // Published on Wednesday 7 May 2031.
    for (marked, when, said, stated) in [
        ("[12 died] on Tuesday.", "2031-05-06", "2031-05-07", true),
        ("[12 died] on Wednesday.", "2031-05-07", "2031-05-07", true),
        ("[12 died] last Wednesday.", "2031-04-30", "2031-05-07", true),
        ("[12 died] yesterday.", "2031-05-06", "2031-05-07", true),
        ("[12 died] on 3 May.", "2031-05-03", "2031-05-07", true),
        ("[12 died] on December 30.", "2030-12-30", "2031-05-07", true),
        ("In 2021, clashes [killed 50 people].", "2021", "2031-05-07", true),
        ("[12 died] on Sept. 16, 2022.", "2022-09-16", "2031-05-07", true),
        ("[12 died] in March 2029.", "2029-03", "2031-05-07", true),
        ("[12 died] on Monday, the army said on Tuesday.", "2031-05-05", "2031-05-06", true),
        ("[12 died], the army said on Tuesday.", "2031-05-07", "2031-05-06", false),
        ("[12 died], it may be said.", "2031-05-07", "2031-05-07", false),
    ] {
        let (found, _) = guess_marked(marked, &Measure::Killed);
        assert_eq!(found.when.map(|d| d.to_string()).as_deref(), Some(when), "{marked}");
        assert_eq!(found.reported.map(|d| d.to_string()).as_deref(), Some(said), "{marked}");
        assert_eq!(found.when_words.is_some(), stated, "{marked}");
    }
}

#[test]
fn class_place_and_stance_follow_the_words() {
    for (marked, class, place, stance) in [
        ("[12 civilians died] in Osh region on Monday.", "civilians", "Osh region", Stance::Asserts),
        ("[12] children were killed near the Old Bridge.", "children in civilians", "Old Bridge", Stance::Asserts),
        ("[12 people] are feared dead.", "total", "", Stance::Suspects),
        ("[12 people], including 3 children, died in May.", "total", "", Stance::Asserts),
        ("[two doctors] were hurt outside Port Said.", "medics in civilians", "Port Said", Stance::Asserts),
    ] {
        let (found, _) = guess_marked(marked, &Measure::Killed);
        assert_eq!(
            (found.class.to_string().as_str(), found.place.as_str(), found.stance),
            (class, place, stance),
            "{marked}"
        );
    }
}

#[test]
fn without_a_day_of_publication_nothing_is_dated_by_it() {
    let ask = Ask {
        text: "12 died on Friday, he said.",
        selection: 0..7,
        measure: &Measure::Killed,
        published: None,
        is_word: &|_| false,
        groups: &[],
        speakers: &[],
    };
    let found = guess(&ask);
    assert_eq!((found.when, found.reported), (None, None));
}

proptest::proptest! {
    #[test]
    fn no_sentence_panics(text in "(said|told|on|Friday|12|a|may|no|in|Osh|citing|,|\\.|“|\\PC| ){0,30}", a in 0_usize..120, b in 0_usize..120) {
        let length = text.chars().count();
        let ask = Ask {
            text: &text,
            selection: a.min(b).min(length)..a.max(b).min(length),
            measure: &Measure::Killed,
            published: Some(date(2031, 5, 7)),
            is_word: &|word| BUILT_IN_WORDS.contains(&word),
            groups: &[],
            speakers: &[],
        };
        let found = guess(&ask);
        if let Some(words) = found.words {
            assert!(words.start < words.end && words.end <= length);
        }
    }
}
