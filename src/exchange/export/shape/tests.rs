//! What came in goes out: data sets of others byte for byte, events of our own in their columns.

use super::super::tests::{exported, today};
use super::super::{Kind, Redaction};
use crate::exchange::import::{Source, Wishes, fit, incoming, plan};
use crate::exchange::table::{Choices, Table};
use crate::model::{Claim, Class, Event, EventDate, Measure, Moment, Project, Quantity, Status};

/// A project with nothing but this file.
fn imported(bytes: &[u8], name: &str) -> Project {
    let table = Table::read(bytes.to_vec(), &Choices::default(), &|_| true).expect("a table");
    let fitted = fit(&table, None, "mine").expect("a mapping");
    let source = Source::new(name, bytes, Some(Moment::new(today())));
    let incoming = incoming(&table, &fitted, &source, &|_| true).expect("not stopped");
    let project = Project::titled("t");
    let plan = plan(&project, incoming, &Wishes::default(), &|_| true).expect("not stopped");
    plan.edit(&project).expect("a change").apply(&project).expect("a change that can be made")
}

/// Events of our own: one with everything, one of which nothing is known, an excluded one.
fn ours() -> Project {
    let mut project = Project::titled("t");
    let mut full = Event::new("e-1".parse().expect("an id"));
    full.when = EventDate::parse("2022-09-14/2022-09-16").ok();
    (full.title, full.side_a, full.side_b) = ("Shelling, heavy".into(), "Army".into(), "League".into());
    full.location.point = crate::model::Point::new(40.5, -70.25);
    full.location.precision = Some(crate::model::Precision::Adm1);
    full.kind = "non-state conflict".into();
    let claim = |class: &str, quantity: &str| {
        let class = Class::from_key(class).expect("a class");
        Claim::new(full.id, Measure::Killed, class, Quantity::parse(quantity).expect("a quantity"))
    };
    for (class, quantity) in [("total", "12 (8-20)"), ("civilians", "7")] {
        project.claims.push(claim(class, quantity)).expect("free");
    }
    let blank = Event::new("e-2".parse().expect("an id"));
    let mut out = Event::new("e-3".parse().expect("an id"));
    out.status = Status::Excluded("twice".into());
    project.events.extend([full, blank, out]).expect("free");
    project
}

fn row_of(text: &str, n: usize) -> std::collections::BTreeMap<String, String> {
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let row = reader.records().nth(n).expect("a row").expect("a row");
    head.iter().zip(row.iter()).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

fn text(project: &Project, kind: Kind, redaction: &Redaction) -> (String, Vec<String>) {
    let (bytes, report) = exported(project, kind, redaction);
    (String::from_utf8(bytes).expect("text"), report.remarks)
}

#[test]
fn an_event_of_ours_has_what_is_known_of_it_in_the_columns_of_ged() {
    let (text, remarks) = text(&ours(), Kind::Ged, &Redaction::default());
    let row = row_of(&text, 0);
    assert_eq!(row.len(), 49);
    for (column, wanted) in [
        ("id", "e-1"),
        ("year", "2022"),
        ("type_of_violence", "2"),
        ("dyad_name", "Army - League"),
        ("where_prec", "4"),
        ("geom_wkt", "POINT (-70.25 40.5)"),
        ("date_prec", "5"),
        ("date_start", "2022-09-14 00:00:00.000"),
        ("date_end", "2022-09-16 00:00:00.000"),
        ("deaths_a", ""),
        ("deaths_civilians", "7"),
        ("deaths_unknown", "5"),
        ("best", "12"),
        ("high", "20"),
        ("low", "8"),
        ("gwnoa", ""),
    ] {
        assert_eq!(row[column], wanted, "{column}");
    }
    let blank = row_of(&text, 1);
    assert!(blank.iter().all(|(name, value)| name == "id" || value.is_empty()), "an unknown is no zero: {blank:?}");
    assert_eq!(text.lines().count(), 3, "the excluded one is left out");
    for words in ["1 excluded event is left out", "2 events have no row", "1 event without a number is blank"] {
        assert!(remarks.iter().any(|remark| remark.contains(words)), "{words}: {remarks:?}");
    }
}

#[test]
fn acled_has_the_lowest_number_and_its_zero_is_told() {
    let (text, remarks) = text(&ours(), Kind::Acled, &Redaction::default());
    let row = row_of(&text, 0);
    assert_eq!(row.len(), 31);
    for (column, wanted) in [
        ("event_date", "2022-09-15"),
        ("time_precision", "2"),
        ("fatalities", "8"),
        ("notes", "Shelling, heavy"),
        ("geo_precision", "3"),
    ] {
        assert_eq!(row[column], wanted, "{column}");
    }
    assert_eq!((&*row_of(&text, 1)["fatalities"], &*row_of(&text, 1)["event_date"]), ("0", ""));
    assert!(
        remarks.iter().any(|remark| remark.contains("1 event without a number has 0 in fatalities")),
        "{remarks:?}"
    );
}

#[test]
fn files_of_others_go_out_byte_for_byte() {
    let mut seen = 0;
    for name in [
        "ucdp-ged-24.1-myanmar.csv",
        "ucdp-ged-23.1-global-sample-1000.csv",
        "ucdp-ged-24.1-mexico-2018-semicolon-cp1252.csv",
        "ucdp-ged-19.1-hdx-ukraine.csv",
        "ucdp-candidate-26.0.7-10.csv",
    ] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("skipped: {} is not there", path.display());
            continue;
        };
        let project = imported(&bytes, name);
        let (out, report) = exported(&project, Kind::Ged, &Redaction::default());
        let differs = bytes.iter().zip(&out).position(|(a, b)| a != b);
        let around = |bytes: &[u8]| {
            let at = differs.unwrap_or(bytes.len().saturating_sub(40));
            String::from_utf8_lossy(bytes.get(at.saturating_sub(40)..(at + 40).min(bytes.len())).unwrap_or_default())
                .into_owned()
        };
        assert!(
            out == bytes,
            "{name}: {} bytes in, {} out; {:?} became {:?}",
            bytes.len(),
            out.len(),
            around(&bytes),
            around(&out)
        );
        assert_eq!(report.events, project.events.len());
        seen += 1;
    }
    assert!(seen == 0 || seen == 5);
}

#[test]
fn a_touched_row_changes_where_it_was_touched_and_a_redacted_one_loses_its_place() {
    let head = super::ged::SHAPE.columns.join(";");
    let cell = |column: &&str| match *column {
        "id" => "7".to_owned(),
        "side_a" => "\"Army\"".to_owned(),
        "latitude" | "longitude" => "40.50".to_owned(),
        "geom_wkt" => "POINT (40.50 40.50)".to_owned(),
        "date_start" | "date_end" => "2022-09-14 00:00:00.000".to_owned(),
        "date_prec" | "type_of_violence" | "where_prec" => "1".to_owned(),
        "best" | "low" | "high" | "deaths_unknown" => "3".to_owned(),
        "deaths_a" | "deaths_b" | "deaths_civilians" => "0".to_owned(),
        _ => String::new(),
    };
    let row = super::ged::SHAPE.columns.iter().map(cell).collect::<Vec<_>>().join(";");
    let file = format!("{head}\r\n{row}\r\n{}", row.replacen('7', "8", 1));
    let mut project = imported(file.as_bytes(), "ged.csv");
    assert_eq!(text(&project, Kind::Ged, &Redaction::default()).0, file);
    let mut first = Event::clone(project.events.iter().next().expect("an event"));
    first.side_a = "Army; north".into();
    project.events.replace(first).expect("there");
    let (touched, _) = text(&project, Kind::Ged, &Redaction::default());
    assert_eq!(touched, file.replacen("\"Army\"", "\"Army; north\"", 1));
    let (hidden, _) = text(&project, Kind::Ged, &Redaction::parse("coordinates").expect("known"));
    assert!(
        !hidden.contains("40.5") && hidden.contains("2022-09-14 00:00:00.000") && hidden.ends_with("3;;"),
        "{hidden}"
    );
}

/// A file of GED with one row in which another person wrote a formula, and ends of lines of its own.
fn with_formula(side: &str) -> String {
    let head = super::ged::SHAPE.columns.join(",");
    let cell = |column: &&str| match *column {
        "id" => "7".to_owned(),
        "side_a" => side.to_owned(),
        "source_office" => "=cmd|x!A1".to_owned(),
        "date_start" | "date_end" => "2022-09-14 00:00:00.000".to_owned(),
        "latitude" | "longitude" => "-40.50".to_owned(),
        "date_prec" | "type_of_violence" | "where_prec" => "1".to_owned(),
        "best" | "low" | "high" | "deaths_unknown" => "3".to_owned(),
        _ => String::new(),
    };
    let row = super::ged::SHAPE.columns.iter().map(cell).collect::<Vec<_>>().join(",");
    format!("{head}\r\n{row}\r\n")
}

#[test]
fn what_people_wrote_is_never_run_and_comes_back_as_they_wrote_it() {
    let mut project = ours();
    let mut first = Event::clone(project.events.iter().next().expect("an event"));
    (first.side_a, first.title) = ("=HYPERLINK(\"x\")".into(), "@SUM(A1), twice".into());
    (first.side_b, first.location.name) = ("'+1".into(), "-Mill".into());
    first.location.country = "\tFord".into();
    project.events.replace(first.clone()).expect("there");
    for (kind, side, place) in [(Kind::Ged, "side_a", "where_coordinates"), (Kind::Acled, "actor1", "location")] {
        let (out, _) = text(&project, kind, &Redaction::default());
        let row = row_of(&out, 0);
        assert_eq!((&*row[side], &*row[place]), ("'=HYPERLINK(\"x\")", "'-Mill"), "{kind:?}");
        assert_eq!((&*row["longitude"], &*row["latitude"]), ("-70.25", "40.5"), "a number stays one");
        let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t']) && cell.parse::<f64>().is_err();
        assert!(row.values().all(|cell| !runs(cell)), "{row:?}");
        let back = imported(out.as_bytes(), "back.csv");
        let again = back.events.iter().next().expect("an event");
        assert_eq!((&again.side_a, &again.side_b), (&first.side_a, &first.side_b));
        assert_eq!((&again.location.name, again.location.point), (&first.location.name, first.location.point));
        // Once more, untouched: byte for byte.
        assert_eq!(text(&back, kind, &Redaction::default()).0, out);
    }
}

#[test]
fn a_formula_of_others_goes_out_as_it_came_and_one_typed_over_it_is_guarded() {
    let file = with_formula("=2+3");
    let mut project = imported(file.as_bytes(), "ged.csv");
    assert_eq!(text(&project, Kind::Ged, &Redaction::default()).0, file, "untouched");
    let mut event = Event::clone(project.events.iter().next().expect("an event"));
    assert_eq!(&*event.side_a, "=2+3");
    event.side_a = "+Army".into();
    event.location.point = crate::model::Point::new(-41.0, -40.5);
    project.events.replace(event.clone()).expect("there");
    let (touched, _) = text(&project, Kind::Ged, &Redaction::default());
    assert_eq!(touched, file.replace("=2+3", "'+Army").replacen("-40.50", "-41", 1));
    let back = imported(touched.as_bytes(), "back.csv");
    assert_eq!(back.events.iter().next().expect("an event").side_a, event.side_a);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_typed_into_a_row_comes_back(was in "[=+@'a-]{0,3}", typed in "'{0,2}[=+@-]?[a-c0-9.,;'\" -]{0,4}") {
        let mut project = imported(with_formula(&was).as_bytes(), "ged.csv");
        let mut event = Event::clone(project.events.iter().next().expect("an event"));
        let typed = typed.trim();
        event.side_a = typed.into();
        project.events.replace(event).expect("there");
        let (out, _) = text(&project, Kind::Ged, &Redaction::default());
        let back = imported(out.as_bytes(), "back.csv");
        proptest::prop_assert_eq!(&*back.events.iter().next().expect("an event").side_a, typed, "{}", out);
    }
}
