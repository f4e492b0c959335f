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
        ("[11 people wounded, five of them civilians].", Injured, "11", "11"),
        ("[A driver was abducted by six armed men].", Captured, "1", "A driver"),
        ("[A girl of 15 was killed].", Killed, "1", "A girl"),
        ("[Clashes between the two sides killed 50].", Killed, "50", "50"),
        ("[Fire in two of the villages killed 7].", Killed, "7", "7"),
        ("[The count of wounded rose from 87 to 103].", Injured, "87", "87"),
        ("[from 87 to 103 wounded].", Injured, "87-103", "from 87 to 103"),
        ("[It could not say how many died].", Killed, "?", "It could not say how many died"),
        ("[No harm was done to no man].", Killed, "0", "No"),
        ("[a toll as high as 70 dead].", Killed, "<=70", "as high as 70"),
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
        ("How many [soldiers had died] it did not say.", "", ""),
        ("[12 died] at the market.", "", ""),
        ("The army said 3 died, while the rebels said [12 died].", "rebels", ""),
        ("The Ministry of Defence in a statement said [12 died].", "Ministry of Defence", ""),
        ("The governor told reporters that [12 died].", "governor", ""),
        ("Until noon the Border Service insisted that [none died].", "Border Service", ""),
        ("On Saturday Tajik officials said [12 died].", "Tajik officials", ""),
        ("In Osh residents said that [12 died].", "residents", ""),
        ("In Osh the mayor said that [12 died].", "mayor", ""),
        ("According to Riverwire, local elders said [12 died].", "local elders", "Riverwire"),
        ("The rebels, cited by Riverwire, said [12 died].", "rebels", "Riverwire"),
        ("[No deaths were reported].", "", ""),
        ("[12 deaths were reported] by the mayor.", "mayor", ""),
        ("The blast [claimed 12 lives].", "", ""),
        ("The group claimed responsibility for a bomb that [killed 12].", "", ""),
        ("There were some reports of [12 dead].", "", ""),
        ("Riverwire reports [12 dead].", "Riverwire", ""),
        ("The army did not say [how many died].", "army", ""),
        ("A source told Riverwire of [seven dead].", "source", "Riverwire"),
        ("Other reports spoke of [12 dead].", "", ""),
        ("The same service said [12 died].", "", ""),
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
        ("In January, [26 died].", "2031-01", "2031-05-07", true),
        ("In September, [12 died].", "2030-09", "2031-05-07", true),
        ("[12 died] last month.", "2031-04", "2031-05-07", true),
        ("[12 died] in the spring of 2029.", "2029", "2031-05-07", true),
        ("[12 died] in early March.", "2031-03", "2031-05-07", true),
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
        ("[12 people died] in Kyrgyzstan's Batken region.", "total", "Batken region", Stance::Asserts),
        ("[12 people died] in southern Somalia.", "total", "Somalia", Stance::Asserts),
        ("[12 people died] in the town of Batken.", "total", "Batken", Stance::Asserts),
        ("[12 people died] in Kyrgyz hospitals.", "total", "", Stance::Asserts),
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

fn doubts(marked: &str, measure: &Measure) -> Vec<Part> {
    guess_marked(marked, measure).0.doubts.into_iter().map(|doubt| doubt.part).collect()
}

#[test]
fn a_plain_sentence_leaves_no_doubt() {
    for marked in [
        "[42 people were killed] on Tuesday, the ministry said.",
        "On Tuesday [42 people were killed] in Osh, the Interior Ministry said.",
        "[At least 12 civilians died] on 3 May near the village of Ak-Su, a doctor told Riverwire.",
        "[12 people are feared dead] since the dam broke on Monday, officials said.",
        "The Red Crescent said on Wednesday that [7 people died] on Sunday.",
    ] {
        assert_eq!(doubts(marked, &Measure::Killed), [], "{marked}");
    }
}

#[test]
fn what_the_words_do_not_state_is_named_with_its_reason() {
    for (marked, expected) in [
        ("[42 people were killed], the ministry said.", vec![Part::When]),
        ("[42 people were injured] on Tuesday, the ministry said.", vec![Part::Measure]),
        ("[12 died] on Monday, he said.", vec![Part::Speaker]),
        ("The army named no one. It said [12 died] on Monday.", vec![Part::Speaker]),
        ("A statement said [12 died] on Monday.", vec![Part::Speaker]),
        ("The health ministry spoke. [12 died] on Monday, the ministry said.", vec![Part::Speaker]),
        ("The army denied that [12 civilians were killed] on Monday.", vec![Part::Stance]),
        ("[12 were killed] on Monday and others on Tuesday.", vec![Part::When]),
        ("[12 were killed] in Osh on Monday, and nobody in Batken.", vec![Part::Place]),
        ("Shells fell in Osh. [12 died] on Monday.", vec![Part::Place]),
        ("Shells fell in Osh.\n[12 died] on Monday.", vec![]),
        ("[12 people were killed], including two attackers, on Monday.", vec![Part::Attackers]),
        ("The group published the names of [12 killed] on Monday.", vec![Part::Names]),
        ("[12 were killed and 13 were killed] on Monday.", vec![Part::Quantity]),
        ("[two soldiers and two others were killed] on Monday.", vec![Part::Quantity]),
        ("[The count of the dead rose from 87 to 103] on Monday.", vec![Part::Quantity]),
        ("[12 people, including three children, were killed] on Monday.", vec![]),
        ("It gave no name. It named no one. It [lost 12 killed] on Monday.", vec![Part::Speaker]),
    ] {
        assert_eq!(doubts(marked, &Measure::Killed), expected, "{marked}");
    }
}

#[test]
fn a_pronoun_is_never_put_into_a_name() {
    for marked in [
        "The army said 3 died, but [12 died], she said.",
        "Ana Doe spoke on Monday. [12 died], she said.",
        "They also said that [12 died].",
    ] {
        let (found, _) = guess_marked(marked, &Measure::Killed);
        assert_eq!(found.speaker, "", "{marked}");
        assert!(found.doubts.iter().any(|doubt| doubt.part == Part::Speaker), "{marked}");
    }
}

#[test]
fn more_is_told_from_more_than() {
    for (marked, expected) in [
        ("One guard was killed and [three more were injured].", Some("three more")),
        ("[Another 12 were injured].", Some("Another 12")),
        ("[12 more bodies] were found.", Some("12 more")),
        ("[Another man was killed].", Some("Another man")),
        ("[more than 12 died].", None),
        ("[12 died], more than ever.", None),
        ("[12 people] died.", None),
        ("[Two others died].", Some("Two others")),
    ] {
        let (found, _) = guess_marked(marked, &Measure::Killed);
        assert_eq!(found.more.as_deref(), expected, "{marked}");
    }
}

#[test]
fn a_running_total_is_not_dated_by_where_it_begins() {
    let (found, _) = guess_marked("[50 people have been killed] since 3 May, the UN said.", &Measure::Killed);
    assert_eq!(found.since, EventDate::parse("2031-05-03").ok());
    assert_eq!(found.when_words, None);
    for (words, date) in
        [("2030", "2030"), ("early 2030", "2030"), ("the beginning of 2030", "2030"), ("last month", "2031-04")]
    {
        let (found, _) = guess_marked(&format!("[50 people were killed] since {words}."), &Measure::Killed);
        assert_eq!(found.since, EventDate::parse(date).ok(), "{words}");
        assert_eq!(found.when_words, None, "{words}");
    }
}

#[test]
fn whom_the_number_counts_is_read_with_whose_they_are() {
    for (marked, kind, whose, words) in [
        ("[one Tajik border guard was killed]", Kind::Fighters, "Tajik", "one Tajik border guard"),
        ("[at least three soldiers were killed]", Kind::Fighters, "", "at least three soldiers"),
        ("[42 people were killed] on the Kyrgyz side", Kind::People, "Kyrgyz", "42 people"),
        ("[42] were killed", Kind::People, "", "42"),
        ("[12 Kyrgyz citizens died]", Kind::People, "Kyrgyz", "12 Kyrgyz citizens"),
        ("[two doctors] were hurt", Kind::Other, "", "two doctors"),
    ] {
        let (found, _) = guess_marked(marked, &Measure::Killed);
        let counted = found.counted;
        assert_eq!((counted.kind, &*counted.whose, &*counted.words), (kind, whose, words), "{marked}");
    }
}

#[test]
fn the_measure_follows_from_the_words_or_is_in_doubt() {
    let read = |text: &str| measure(text, 0..text.chars().count(), &|word| BUILT_IN_WORDS.contains(&word));
    assert_eq!(read("42 people were injured."), Some((Measure::Injured, true)));
    assert_eq!(read("More than 20 dead."), Some((Measure::Killed, true)));
    assert_eq!(read("12 were killed or wounded."), Some((Measure::Casualties, false)));
    assert_eq!(read("12 dead and injured."), Some((Measure::Casualties, false)));
    assert_eq!(read("Dozens fled."), Some((Measure::Displaced, true)));
    assert_eq!(read("12 people."), None);
}

#[test]
fn suspected_fighters_are_no_suspicion_about_their_number() {
    for (marked, expected) in [
        ("[12 suspected militants were killed].", Stance::Asserts),
        ("Suspected rebels [killed 12 people].", Stance::Asserts),
        ("[12 people are feared dead].", Stance::Suspects),
        ("It is feared that [12 people] died.", Stance::Suspects),
        ("[12 are presumed drowned].", Stance::Suspects),
    ] {
        assert_eq!(guess_marked(marked, &Measure::Killed).0.stance, expected, "{marked}");
    }
}
