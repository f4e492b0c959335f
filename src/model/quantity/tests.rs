//! What people type for a quantity, and the laws that its text keeps.

use proptest::prelude::*;

use super::Quantity::{About, AtLeast, AtMost, Between, Estimate, Exactly, MoreThan, NoneAsserted, Plural, Unknown};
use super::*;

fn word(text: &str) -> Quantity {
    Quantity::Word(text.into())
}

fn read_all(rows: &[(&str, Quantity)]) {
    for (typed, expected) in rows {
        assert_eq!(Quantity::parse(typed).as_ref(), Ok(expected), "{typed:?}");
    }
}

fn refused(typed: &str) -> QuantityError {
    match Quantity::parse(typed) {
        Ok(quantity) => panic!("{typed:?} was read as {quantity:?}"),
        Err(error) => error,
    }
}

#[test]
fn every_typed_form_is_read_and_written() {
    for (typed, quantity) in [
        ("42", Exactly(42)),
        ("3+", AtLeast(3)),
        (">3", MoreThan(3)),
        ("<=5", AtMost(5)),
        ("~40", About(40)),
        ("40-50", Between(40, 50)),
        ("dozens", word("dozens")),
        ("plural", Plural),
        ("0", NoneAsserted),
        ("?", Unknown),
        ("12 (8-20)", Quantity::estimate(Some(8), Some(12), Some(20))),
        ("10-14 (no best)", Quantity::estimate(Some(10), None, Some(14))),
        ("12 (?-20)", Quantity::estimate(None, Some(12), Some(20))),
        ("12 (8-?)", Quantity::estimate(Some(8), Some(12), None)),
        ("12 (?-?)", Quantity::estimate(None, Some(12), None)),
        ("10-? (no best)", Quantity::estimate(Some(10), None, None)),
        ("?-14 (no best)", Quantity::estimate(None, None, Some(14))),
    ] {
        assert_eq!(Quantity::parse(typed).as_ref(), Ok(&quantity), "{typed}");
        assert_eq!(quantity.to_string(), typed);
    }
}

#[test]
fn bounds_are_read_as_people_write_them() {
    read_all(&[
        (">=3", AtLeast(3)),
        (">= 3", AtLeast(3)),
        ("≥3", AtLeast(3)),
        ("3 +", AtLeast(3)),
        ("At least 3", AtLeast(3)),
        ("at least three", AtLeast(3)),
        ("3 or more", AtLeast(3)),
        ("no fewer than 3", AtLeast(3)),
        ("more than 3", MoreThan(3)),
        ("over 1,200", MoreThan(1200)),
        ("more than a dozen", MoreThan(12)),
        ("≤5", AtMost(5)),
        ("at most 5", AtMost(5)),
        ("up to 5", AtMost(5)),
        ("as high as 70", AtMost(70)),
        ("no more than five", AtMost(5)),
        ("5 or fewer", AtMost(5)),
        ("fewer than 5", AtMost(4)),
        ("<5", AtMost(4)),
        ("about 40", About(40)),
        ("around forty", About(40)),
        ("some 40", About(40)),
        ("approximately 40", About(40)),
        ("≈40", About(40)),
    ]);
}

#[test]
fn every_dash_between_two_numbers_is_a_range() {
    for dash in ["-", "–", "—", "‐", "‑", "−", "..", "...", "…", " - ", " – ", " to "] {
        let typed = format!("40{dash}50");
        assert_eq!(Quantity::parse(&typed), Ok(Between(40, 50)), "{typed}");
    }
    read_all(&[
        ("between 40 and 50", Between(40, 50)),
        ("from 40 to 50", Between(40, 50)),
        ("forty to fifty", Between(40, 50)),
        ("forty-fifty", Between(40, 50)),
        ("twenty-one-twenty-five", Between(21, 25)),
        ("between two hundred and five and three hundred", Between(205, 300)),
        ("two or three", Between(2, 3)),
        ("0-5", Between(0, 5)),
        ("1,200–1,500", Between(1200, 1500)),
        ("40-40", Exactly(40)),
        ("0-0", NoneAsserted),
    ]);
}

#[test]
fn number_words_are_numbers() {
    read_all(&[
        ("one", Exactly(1)),
        ("nineteen", Exactly(19)),
        ("forty-two", Exactly(42)),
        ("Ninety Nine", Exactly(99)),
        ("a hundred", Exactly(100)),
        ("two hundred", Exactly(200)),
        ("two hundred and five", Exactly(205)),
        ("twelve hundred", Exactly(1200)),
        ("three thousand four hundred fifty-six", Exactly(3456)),
        ("forty-two thousand", Exactly(42_000)),
        ("2 thousand", Exactly(2000)),
        ("two million", Exactly(2_000_000)),
        ("2 lakh", Exactly(200_000)),
        ("a dozen", Exactly(12)),
        ("half a dozen", Exactly(6)),
        ("two dozen", Exactly(24)),
        ("none", NoneAsserted),
        ("No", NoneAsserted),
        ("zero", NoneAsserted),
    ]);
    for typed in [
        "forty two two",
        "two twenty",
        "hundred hundred",
        "a",
        "two hundred and",
        "one thousand two thousand",
        "two dozen three",
        "forty eleven",
    ] {
        assert_eq!(refused(typed), QuantityError::UnknownWord(typed.to_owned()));
    }
}

#[test]
fn a_vague_word_keeps_its_word() {
    read_all(&[
        ("Dozens", word("dozens")),
        ("scores", word("scores")),
        ("several", word("several")),
        ("a  few", word("a few")),
        ("hundreds of", word("hundreds")),
        ("tens of thousands", word("tens of thousands")),
        ("some", word("some")),
        ("plural only", Plural),
        ("unknown", Unknown),
    ]);
    assert!(matches!(refused("soldiers"), QuantityError::UnknownWord(_)));
    assert_eq!(refused("at least dozens"), QuantityError::BoundedWord("at least dozens".into(), "dozens".into()));
}

#[test]
fn the_projects_own_word_table_decides_which_words_are_known() {
    let table = |phrase: &str| phrase == "десятки" || phrase == "droves";
    assert_eq!(Quantity::parse_with("Десятки", &table), Ok(word("десятки")));
    assert_eq!(Quantity::parse_with("droves of", &table), Ok(word("droves")));
    assert!(Quantity::parse_with("dozens", &table).is_err());
    assert_eq!(Quantity::parse_with("forty", &|_| true), Ok(Exactly(40)));
    assert!(Quantity::parse_with("4x", &|_| true).is_err());
}

#[test]
fn separators_of_thousands_are_read_where_they_group_digits() {
    for typed in ["1,200", "1 200", "1\u{a0}200", "1\u{2009}200", "1\u{202f}200", "1.200", "1'200", "1’200"] {
        assert_eq!(Quantity::parse(typed), Ok(Exactly(1200)), "{typed:?}");
    }
    read_all(&[
        ("1,00,000", Exactly(100_000)),
        ("12,34,567", Exactly(1_234_567)),
        ("1.200.000", Exactly(1_200_000)),
        ("12 345 678", Exactly(12_345_678)),
        ("1.200..1.500", Between(1200, 1500)),
        ("1,000,000,000,000", Exactly(Quantity::MAX)),
        ("007", Exactly(7)),
    ]);
}

#[test]
fn digits_of_other_scripts_are_read() {
    read_all(&[
        ("٤٢", Exactly(42)),
        ("\u{200f}٤٢\u{200f}", Exactly(42)),
        ("۴۲", Exactly(42)),
        ("४२", Exactly(42)),
        ("৪২", Exactly(42)),
        ("４２", Exactly(42)),
        ("١٬٢٠٠", Exactly(1200)),
        ("१,००,०००", Exactly(100_000)),
        ("٤٠-٥٠", Between(40, 50)),
        ("؟", Unknown),
    ]);
    assert!(matches!(refused("٤2"), QuantityError::MixedDigits(_)));
    assert!(matches!(refused("١٫٥"), QuantityError::Decimal(_)));
    // An override would show the digits in another order than they are stored.
    assert!(Quantity::parse("\u{202e}42").is_err());
}

#[test]
fn what_is_not_a_count_is_refused_with_its_reason() {
    use QuantityError as E;
    for typed in ["1.5", "1,2", "1.20", "0.123", "1,200.50", "1.200,5", "1.2 million"] {
        assert!(matches!(refused(typed), E::Decimal(_)), "{typed}");
    }
    for typed in ["-3", "−99", "–3", "at least -3", ">-1"] {
        assert_eq!(refused(typed), E::Negative, "{typed}");
    }
    for typed in ["40 50", "1,2,3", "1,,200", "5,", "12,345,6", "1.00.000"] {
        assert!(matches!(refused(typed), E::Grouping(_)), "{typed}");
    }
    for typed in ["1000000000001", "99999999999999999999999", "1001 billion"] {
        assert_eq!(refused(typed), E::TooLarge, "{typed}");
    }
    assert_eq!(refused("50-40"), E::Reversed { low: 50, high: 40 });
    assert_eq!(refused(" \t"), E::Empty);
    assert!(matches!(refused("~40-50"), E::BoundedRange(_)));
    assert!(matches!(refused("40-50+"), E::BoundedRange(_)));
    assert!(matches!(refused("40 or 60"), E::Alternatives(_)));
    assert!(matches!(refused("<0"), E::BelowNothing(_)));
    assert!(matches!(refused("1,200 300"), E::MixedSeparators(_)));
    for typed in ["42 killed", "40-50-60", "at least ?", "+3", "1e3", "٤٢%"] {
        assert!(matches!(refused(typed), E::NotAQuantity(_)), "{typed}: {:?}", refused(typed));
    }
    for typed in ["12 (8)", "(8-20)", "12 (-20)", "12 (a-b)", "12 8-20)"] {
        assert!(Quantity::parse(typed).is_err(), "{typed}");
    }
}

#[test]
fn a_message_is_one_sentence_that_shows_what_was_typed() {
    assert_eq!(refused("50-40").to_string(), "The range 50-40 runs backwards; type 40-50");
    let long = refused(&"x".repeat(500)).to_string();
    assert!(long.chars().count() < 200, "{long}");
    assert!(!refused("4\u{202e}2").to_string().contains('\u{202e}'));
}

#[test]
fn a_data_sets_estimate_is_kept_even_where_it_breaks_its_order() {
    read_all(&[
        ("3 (5-4)", Quantity::estimate(Some(5), Some(3), Some(4))),
        ("0 (0-7,961)", Quantity::estimate(Some(0), Some(0), Some(7961))),
        ("12 (8 to 20)", Quantity::estimate(Some(8), Some(12), Some(20))),
        ("10–14 (no best)", Quantity::estimate(Some(10), None, Some(14))),
        ("? (?-?)", Unknown),
    ]);
}

#[test]
fn second_writings_are_normalised() {
    let blank = Estimate { low: None, best: None, high: None };
    assert_eq!(Exactly(0).normalised(), NoneAsserted);
    assert_eq!(Between(7, 7).normalised(), Exactly(7));
    assert_eq!(blank.normalised(), Unknown);
    assert_eq!(Quantity::between(0, 0), Ok(NoneAsserted));
}

#[test]
fn a_quantity_is_described_in_words() {
    for (typed, words) in [
        ("42", "42"),
        ("3+", "at least 3"),
        (">3", "more than 3"),
        ("<=5", "at most 5"),
        ("~40", "about 40"),
        ("40-50", "40 to 50"),
        ("dozens", "dozens"),
        ("plural", "more than one, no number given"),
        ("0", "none"),
        ("?", "no number given"),
        ("12 (8-20)", "best 12, low 8, high 20"),
        ("10-14 (no best)", "low 10, high 14, no best"),
        ("12 (?-?)", "best 12"),
    ] {
        assert_eq!(Quantity::parse(typed).unwrap().describe(), words);
    }
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![0..=100_u64, 0..=Quantity::MAX]
}

fn blank_or_count() -> impl Strategy<Value = Option<u64>> {
    proptest::option::of(count())
}

/// Every valid quantity.
fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        count().prop_map(Quantity::exactly),
        count().prop_map(AtLeast),
        count().prop_map(MoreThan),
        count().prop_map(AtMost),
        count().prop_map(About),
        (count(), count()).prop_map(|(a, b)| Quantity::between(a.min(b), a.max(b)).unwrap()),
        proptest::sample::select(BUILT_IN_WORDS).prop_map(word),
        Just(Plural),
        Just(NoneAsserted),
        Just(Unknown),
        (blank_or_count(), blank_or_count(), blank_or_count())
            .prop_map(|(low, best, high)| Quantity::estimate(low, best, high)),
    ]
}

/// English words for a number below a million, written independently of the reader.
fn in_words(n: u64) -> String {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |n: u64| usize::try_from(n).unwrap();
    let join = |head: String, sign: &str, rest: u64| match rest {
        0 => head,
        _ => head + sign + &in_words(rest),
    };
    match n {
        0..20 => SMALL[at(n)].to_owned(),
        20..100 => join(TENS[at(n / 10)].to_owned(), "-", n % 10),
        100..1000 => join(format!("{} hundred", in_words(n / 100)), " and ", n % 100),
        _ => join(format!("{} thousand", in_words(n / 1000)), " ", n % 1000),
    }
}

proptest! {
    #[test]
    fn text_and_value_round_trip(q in quantity()) {
        prop_assert_eq!(Quantity::parse(&q.to_string()), Ok(q));
    }

    #[test]
    fn what_is_read_reads_back_as_itself(text in "[<>=~]{0,2}[0-9a-z ,.'()?+-]{0,16}") {
        if let Ok(q) = Quantity::parse(&text) {
            prop_assert_eq!(Quantity::parse(&q.to_string()), Ok(q.clone()));
            prop_assert_eq!(q.clone().normalised(), q);
        }
    }

    #[test]
    fn number_words_mean_their_number(n in 1..1_000_000_u64) {
        prop_assert_eq!(Quantity::parse(&in_words(n)), Ok(Exactly(n)));
    }

    #[test]
    fn the_script_of_the_digits_changes_nothing(q in quantity(), zero in proptest::sample::select(
        &['٠', '۰', '०', '০', '๐', '０'][..],
    )) {
        let text: String = q.to_string().chars().map(|c| match c.to_digit(10) {
            Some(d) => char::from_u32(u32::from(zero) + d).unwrap(),
            None => c,
        }).collect();
        prop_assert_eq!(Quantity::parse(&text), Ok(q));
    }

    #[test]
    fn no_text_panics(text in "\\PC*") {
        let _ = Quantity::parse(&text).map_err(|e| e.to_string());
        let _ = Quantity::parse_with(&text, &|_| true);
    }

    #[test]
    fn no_damaged_quantity_panics(q in quantity(), at in any::<prop::sample::Index>(), put in "\\PC{0,2}") {
        let mut chars: Vec<char> = q.to_string().chars().collect();
        let at = at.index(chars.len());
        chars.splice(at..=at, put.chars());
        let _ = Quantity::parse(&chars.into_iter().collect::<String>()).map_err(|e| e.to_string());
    }
}
