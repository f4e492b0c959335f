//! Laws of the scanner: whatever the layout, reading by the outline is reading the whole with `ron`.

use std::collections::BTreeMap;

use proptest::prelude::*;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::lexeme::Lexer;
use super::position::position_of;
use super::scan::{Fault, outline, without_lists};
use super::text::{Breaks, record_line};

/// Reads each element by itself.
fn read_list<T: serde::de::DeserializeOwned>(
    text: &str,
    elements: &[std::ops::Range<usize>],
    options: &ron::Options,
) -> Result<Vec<T>, ron::error::SpannedError> {
    elements.iter().map(|at| options.from_str(&text[at.clone()])).collect()
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Whole {
    format: u32,
    title: String,
    #[serde(default)]
    events: Vec<Event>,
    r#type: (i8, char),
    words: Vec<String>,
    last: Option<Vec<u8>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Event {
    id: String,
    mark: char,
    count: Option<i32>,
    place: (i16, String),
    kind: Kind,
    nested: Vec<Vec<char>>,
    #[serde(default)]
    by_name: BTreeMap<String, Kind>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Kind {
    Plain,
    Tuple(String, u8),
    Named { why: String },
}

fn words() -> impl Strategy<Value = String> {
    let tricky = prop::sample::select(vec![
        "\"",
        "\\",
        "'",
        "#",
        "r#\"",
        "\"#",
        "\"##",
        "//",
        "/*",
        "*/",
        "\n",
        "\r\n",
        "\n  events: [\n",
        "]",
        "[",
        "(",
        ")",
        "{",
        "}",
        ",",
        ":",
        "\u{2028}",
        "\u{200F}",
        "é",
        "מ",
        "b\"",
        "br#\"",
        "😀",
        "\0",
    ]);
    let part = prop_oneof![2 => tricky.prop_map(String::from), 1 => "[a-z ]{1,4}"];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

fn letter() -> impl Strategy<Value = char> {
    prop_oneof![any::<char>(), prop::sample::select("'\"\\[](){},:#/r\n\0".chars().collect::<Vec<_>>())]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Plain),
        (words(), any::<u8>()).prop_map(|(text, n)| Kind::Tuple(text, n)),
        words().prop_map(|why| Kind::Named { why }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let nested = prop::collection::vec(prop::collection::vec(letter(), 0..3), 0..3);
    let by_name = prop::collection::btree_map(words(), kind(), 0..3);
    let place = (any::<i16>(), words());
    let count = prop::option::of(any::<i32>());
    (words(), letter(), count, place, kind(), nested, by_name).prop_map(
        |(id, mark, count, place, kind, nested, by_name)| Event { id, mark, count, place, kind, nested, by_name },
    )
}

fn whole() -> impl Strategy<Value = Whole> {
    let events = prop::collection::vec(event(), 0..5);
    let few = prop::collection::vec(words(), 0..4);
    let last = prop::option::of(prop::collection::vec(any::<u8>(), 0..3));
    (any::<u32>(), words(), events, (any::<i8>(), letter()), few, last)
        .prop_map(|(format, title, events, r#type, words, last)| Whole { format, title, events, r#type, words, last })
}

/// One record a line, the lists opened and closed on lines of their own.
fn canonical(whole: &Whole) -> String {
    let events: String = (whole.events.iter()).map(|event| record_line(event, Breaks::Kept).unwrap() + ",\n").collect();
    let words: String = (whole.words.iter()).map(|word| record_line(word, Breaks::Escaped).unwrap() + ",\n").collect();
    format!(
        "(\nformat: {},\ntitle: {},\nevents: [\n{events}],\nr#type: {},\nwords: [\n{words}],\nlast: {},\n)\n",
        whole.format,
        record_line(&whole.title, Breaks::Kept).unwrap(),
        record_line(&whole.r#type, Breaks::Kept).unwrap(),
        record_line(&whole.last, Breaks::Kept).unwrap(),
    )
}

/// The same text in one of the ways that programs and people lay it out.
fn laid_out(whole: &Whole, layout: usize) -> String {
    match layout {
        0 => canonical(whole),
        1 => ron::to_string(whole).unwrap(),
        2 => ron::ser::to_string_pretty(whole, PrettyConfig::new()).unwrap(),
        3 => {
            let config = PrettyConfig::new().struct_names(true).escape_strings(false).new_line("\r\n").indentor("\t");
            ron::ser::to_string_pretty(whole, config).unwrap()
        }
        _ => {
            let config = PrettyConfig::new().compact_arrays(true).new_line("\n");
            ron::ser::to_string_pretty(whole, config).unwrap()
        }
    }
}

const NOISE: [&str; 12] = [
    "",
    " ",
    "\n\n",
    "\t\r\n",
    "/**/",
    "/* \" ' [ */",
    "/* /* ) */ ] r#\" */",
    "// events: [ \" ' /* \n",
    "//\n",
    " /* é */\u{2028}",
    "\u{85}\u{200F}",
    "/***/ /*/ */",
];

/// White space and comments put between all lexemes, in place of what was there.
fn with_noise(text: &str, noise: &[usize]) -> String {
    let mut lexer = Lexer::new(text);
    let mut noisy = String::new();
    let mut noise = noise.iter().cycle();
    while let Some((_, at)) = lexer.next().unwrap() {
        noisy.push_str(NOISE[noise.next().copied().unwrap_or(0) % NOISE.len()]);
        noisy.push_str(&text[at]);
    }
    noisy + "\n// the end"
}

/// Reads the file the fast way: the lists by their elements, the rest with the lists cut out.
fn read_by_outline(text: &str) -> Result<Whole, String> {
    let outline = outline(text).map_err(|e| e.to_string())?;
    let options = outline.options().map_err(|e| e.to_string())?;
    let rest = without_lists(text, &outline, &["events", "words"]);
    let mut whole: Whole = options.from_str(&rest).map_err(|e| e.to_string())?;
    whole.events = read_list(text, outline.elements("events"), &options).map_err(|e| e.to_string())?;
    whole.words = read_list(text, outline.elements("words"), &options).map_err(|e| e.to_string())?;
    Ok(whole)
}

/// `text` with one byte range replaced, cut to whole characters.
fn mutated(text: &str, from: usize, length: usize, with: &str) -> String {
    let from = text.floor_char_boundary(from % (text.len() + 1));
    let until = text.ceil_char_boundary((from + length).min(text.len()));
    [&text[..from], with, &text[until..]].concat()
}

proptest! {
    #[test]
    fn reading_by_the_outline_is_reading_the_whole(whole in whole(), layout in 0_usize..5) {
        let text = laid_out(&whole, layout);
        prop_assert_eq!(&ron::from_str::<Whole>(&text).unwrap(), &whole);
        prop_assert_eq!(read_by_outline(&text), Ok(whole));
    }

    #[test]
    fn comments_and_white_space_between_lexemes_change_nothing(
        whole in whole(),
        layout in 0_usize..5,
        noise in prop::collection::vec(0..NOISE.len(), 1..20),
    ) {
        let text = with_noise(&laid_out(&whole, layout), &noise);
        prop_assert_eq!(&ron::from_str::<Whole>(&text).unwrap(), &whole);
        prop_assert_eq!(read_by_outline(&text), Ok(whole));
    }

    #[test]
    fn a_file_cut_short_is_an_error(whole in whole(), layout in 0_usize..5, cut in any::<usize>()) {
        let text = laid_out(&whole, layout);
        let text = text.trim_end();
        let cut = text.floor_char_boundary(cut % text.len());
        prop_assert!(outline(&text[..cut]).is_err());
    }

    #[test]
    fn a_damaged_file_reads_as_ron_reads_it_or_not_at_all(
        whole in whole(),
        layout in 0_usize..5,
        from in any::<usize>(),
        length in 0_usize..4,
        with in prop_oneof![words(), prop::sample::select(NOISE.to_vec()).prop_map(String::from)],
    ) {
        let text = mutated(&laid_out(&whole, layout), from, length, &with);
        prop_assert_eq!(read_by_outline(&text).ok(), ron::from_str::<Whole>(&text).ok(), "{}", text);
    }

    #[test]
    fn no_text_makes_the_scanner_panic(text in prop_oneof![any::<String>(), words()]) {
        if let Ok(outline) = outline(&text) {
            prop_assert!(without_lists(&text, &outline, &["events"]).len() <= text.len());
        }
        if let Ok(outline) = outline(&format!("(events:[{text}],a:{text})")) {
            prop_assert!(outline.field("events").is_some());
        }
    }

    #[test]
    fn cutting_the_lists_moves_nothing_else(whole in whole(), layout in 0_usize..5) {
        let text = laid_out(&whole, layout);
        let before = outline(&text).unwrap();
        let cut = without_lists(&text, &before, &["events"]);
        let after = outline(&cut).unwrap();
        for (was, is) in before.fields.iter().zip(&after.fields) {
            prop_assert_eq!(position_of(&text, was.value.start), position_of(&cut, is.value.start));
            prop_assert_eq!(position_of(&text, was.value.end), position_of(&cut, is.value.end));
        }
        prop_assert!(after.elements("events").is_empty());
    }
}

#[test]
fn attributes_hold_for_the_elements_too() {
    let text = "#![enable(implicit_some)] // [\n#![enable(unwrap_newtypes)] /* ( */ File(a: [1, None, 3,],)";
    let outline = outline(text).unwrap();
    let read: Vec<Option<u8>> = read_list(text, outline.elements("a"), &outline.options().unwrap()).unwrap();
    assert_eq!(read, [Some(1), None, Some(3)]);
}

#[test]
fn only_a_value_that_is_wholly_a_list_has_elements() {
    let text = "(a: Some([1]), b: ([1], 2), c: [], d: [ /* none */ ], e: {1: [2]}, f: \"[1]\")";
    let outline = outline(text).unwrap();
    let counts: Vec<Option<usize>> =
        (outline.fields.iter()).map(|field| field.elements.as_ref().map(Vec::len)).collect();
    assert_eq!(counts, [None, None, Some(0), Some(0), None, None]);
}

#[test]
fn an_unclosed_part_is_told_where_it_was_opened() {
    for (text, at, what) in [
        ("(a: \"x", 4, Fault::UnclosedString),
        ("(a: r##\"x\"#)", 4, Fault::UnclosedRawString),
        ("(a: 'x)", 4, Fault::UnclosedChar),
        ("(a: 1 /* /* */ )", 6, Fault::UnclosedComment),
        ("(a: [(1)", 4, Fault::UnclosedBracket('[')),
        ("(a: [(1]", 7, Fault::WrongBracket { open: '(', opened: 5, found: ']' }),
        ("(a: 1", 0, Fault::UnclosedBracket('(')),
    ] {
        let error = outline(text).unwrap_err();
        assert_eq!((error.at, error.what), (at, what), "{text}");
    }
}

#[test]
fn positions_count_lines_and_characters_from_one() {
    let text = "aé\n😀b";
    let at = |byte| (position_of(text, byte).line, position_of(text, byte).column);
    assert_eq!([at(0), at(1), at(3), at(4), at(8), at(99)], [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]);
    // A byte inside a character is that character.
    assert_eq!(at(2), (1, 2));
}
