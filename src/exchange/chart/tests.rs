//! Sizes, and the table behind a chart, whose sums are those of the totals.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::derive::Derived;
use crate::derive::calendar::{BinSize, Unit};
use crate::derive::facet::Facet;
use crate::derive::series::{Arrangement, Basis, Question, Split};
use crate::derive::totals::{By, Placing, Query, totals};
use crate::exchange::picture::Kind;
use crate::model::{Measure, Project};
use crate::scene::chart::tests::project;

/// The table of a question, as rows of named cells.
fn table(project: &Project, question: &Question) -> Vec<std::collections::BTreeMap<String, String>> {
    let derived = Derived::from_scratch(project);
    let basis = Basis { project, derived: &derived, filter: None, other: None, today: date(2024, 1, 1) };
    let bytes = csv(&basis, &Chart::of(&basis, question));
    let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
    let names: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let row = |row: Result<::csv::StringRecord, ::csv::Error>| {
        names.iter().cloned().zip(row.expect("a row").iter().map(str::to_owned)).collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn sizes_are_written_and_read() {
    for size in Size::NAMED.into_iter().chain([Size::Pixels(1200, 630)]) {
        assert_eq!(Size::from_key(&size.key()), Some(size));
    }
    assert_eq!(Size::from_key("1200 × 630"), Some(Size::Pixels(1200, 630)));
    for wrong in ["", "12x12", "90000x100", "89", "axb"] {
        assert_eq!(Size::from_key(wrong), None, "{wrong}");
    }
}

#[test]
fn pictures_have_the_pixels_of_their_size() {
    let project = project(&[("2022-09-14".into(), "A".into(), "12".into())]);
    let derived = Derived::from_scratch(&project);
    let basis = Basis { project: &project, derived: &derived, filter: None, other: None, today: date(2024, 1, 1) };
    let chart = Chart::of(&basis, &Question::default());
    let pixels = |size: Size| {
        let png = write(&chart, &Imprint::default(), size, Kind::Png).expect("written");
        let pixmap = resvg::tiny_skia::Pixmap::decode_png(&png).expect("a PNG");
        (pixmap.width(), pixmap.height())
    };
    assert_eq!(pixels(Size::Screen), (1600, 900));
    assert_eq!(pixels(Size::Square), (1080, 1080));
    assert_eq!(pixels(Size::Pixels(1200, 630)), (1200, 630));
    // 89 millimetres at 300 to an inch.
    assert_eq!(pixels(Size::Column).0, 1051);
}

#[test]
fn the_table_tells_unknown_open_and_missing_apart() {
    let rows = [
        ("2022-09-14", "A", "0"),
        ("2022-09-15", "A", "?"),
        ("2022-09-17", "A", "3+"),
        ("2022-09-18", "A", "3-5 (no best)"),
        ("2022-09", "=A1", "7"),
        ("", "A", "8"),
    ];
    let rows: Vec<_> = rows.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect();
    let project = project(&rows);
    let day = Question { size: BinSize::Fixed(Unit::Day), ..Question::default() };
    let lines: Vec<String> = table(&project, &day)
        .iter()
        .map(|row| {
            ["bin_start", "low", "best", "high", "n_events", "coverage", "event_ids"]
                .map(|name| row[name].as_str())
                .join(",")
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2022-09-14,0,0,0,1,all,e0",
            "2022-09-15,,,,1,all,e1",
            "2022-09-16,,,,0,all,",
            "2022-09-17,3,3,,1,all,e2",
            "2022-09-18,3,,5,1,all,e3",
            ",7,7,7,1,not placed,e4",
            ",8,8,8,1,undated,e5",
        ]
    );
    let split = table(&project, &Question { split: Split::Of(Facet::Country), ..day });
    assert!(split.iter().any(|row| row["group"] == "'=A1"), "no spreadsheet runs the name of a group");
}

fn events() -> impl Strategy<Value = Vec<(String, String, String)>> {
    let when = prop_oneof![
        4 => (1_i32..28, 1_i32..13).prop_map(|(day, month)| format!("2022-{month:02}-{day:02}")),
        1 => (1_i32..13).prop_map(|month| format!("2022-{month:02}")),
        1 => Just(String::new()),
    ];
    let quantity = prop_oneof![
        Just("?".to_owned()),
        (0_u64..500).prop_map(|n| n.to_string()),
        (1_u64..50).prop_map(|n| format!("{n}+"))
    ];
    let country = (0_u8..8).prop_map(|n| format!("Country {n}"));
    proptest::collection::vec((when, country, quantity), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Every number of the table adds up to what `dateline totals` says, whatever the split, the bins and the placing.
    #[test]
    fn the_table_adds_up_to_the_totals(events in events(), split in any::<bool>(), month in any::<bool>(), spread in any::<bool>()) {
        let project = project(&events);
        let question = Question {
            size: BinSize::Fixed(if month { Unit::Month } else { Unit::ISO_WEEK }),
            split: if split { Split::Of(Facet::Country) } else { Split::None },
            arrangement: Arrangement::Stacked,
            placing: if spread { Placing::Spread } else { Placing::Within },
            ..Question::default()
        };
        let derived = Derived::from_scratch(&project);
        let total = totals(&project, &derived, &Query::new(Measure::Killed, By::None)).total;
        let rows = table(&project, &question);
        let of = |whole: bool| rows.iter().filter(move |row| row["group"].is_empty() == whole);
        let sum = |whole: bool, name: &str| of(whole).map(|row| row[name].parse::<u64>().unwrap_or(0)).sum::<u64>();
        let highs = |whole: bool| of(whole).map(|row| row["high"].parse::<u64>().or(row["high_at_least"].parse()).unwrap_or(0)).sum::<u64>();
        prop_assert_eq!((sum(true, "low"), highs(true)), (total.low, total.high_at_least));
        if split {
            prop_assert_eq!((sum(false, "low"), highs(false)), (total.low, total.high_at_least));
        }
        // Every line names as many events as it counts.
        for row in &rows {
            let named = row["event_ids"].split_whitespace().count().to_string();
            prop_assert_eq!(&named, &row["n_events"], "{:?}", row);
        }
    }
}
