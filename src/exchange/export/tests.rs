//! What goes out is what stands in the project: laws over made-up events.

use proptest::prelude::*;

use super::*;
use crate::columns::{self, Row};
use crate::exchange::import;
use crate::exchange::table::{Choices, Header, Quoting, Table};
use crate::model::mapping::{Mapping, Meaning};
use crate::model::project::Term;
use crate::model::{
    Claim, Class, Codebook, EventDate, Measure, OwnColumn, OwnKind, Point, Precision, Quantity, Records, Status,
};

pub(super) fn today() -> Date {
    jiff::civil::date(2022, 9, 20)
}

/// One column of each kind.
fn codebook() -> Codebook {
    let words = ["minor", "=major"].map(|word| Term { name: word.into(), meaning: "".into() });
    let columns = OwnKind::KEYS.into_iter().map(|key| OwnColumn {
        id: format!("own_{key}").parse().expect("an id"),
        title: format!("Own {key}").into(),
        meaning: "What somebody noted".into(),
        kind: OwnKind::from_key(key, if key == "choice" { words.to_vec() } else { Vec::new() }).expect("a kind"),
    });
    let measures = vec![Term { name: "evacuated".into(), meaning: "Moved by the authorities".into() }];
    Codebook { columns: columns.collect(), measures, ..Codebook::default() }
}

const TEXTS: &str = "([a-zé ]{0,6}|[=+@\t'-][a-z0-9=]{0,4}|[a-z,\"\n]{0,6})";
const OWN: &str =
    "(||\\?|-?[0-9]{1,3}(\\.[0-9]{1,2})?|007|[0-9]\\+|[1-4]-[5-9]|dozens|minor|=major|2022(-0[1-9])?|-0044-03-15|=x)";

prop_compose! {
    fn some_event()(
        when in "(2022-09-1[0-9]|2022(-0[1-9])?|2022-09-1[0-4]/2022-09-1[5-9]|\\.\\./2022|2022-09-16~|2022-09-16T14:05|1844-02-01|)",
        texts in prop::array::uniform4(TEXTS),
        point in prop::option::of((-90.0..90.0, -180.0..180.0)),
        precision in prop::option::of(0..Precision::ALL.len()),
        quantity in "(|\\?|[0-9]|[0-9]\\+|<=[0-9]|[1-4]-[5-9]|0|[1-4]-[5-9] \\(no best\\))",
        own in prop::array::uniform5(OWN),
        flags in any::<(bool, bool)>(),
    ) -> (Event, Option<Quantity>) {
        let mut event = Event::new(crate::model::EventId::random());
        event.when = EventDate::parse(&when).ok();
        let [title, place, side, tag] = texts.map(|text: String| text.trim().into());
        (event.title, event.location.name, event.side_a) = (title, place, side);
        event.tags = [tag].into_iter().filter(|tag: &crate::model::Text| !tag.is_empty()).collect();
        event.location.point = point.and_then(|(latitude, longitude)| Point::new(latitude, longitude));
        event.location.precision = precision.map(|n| Precision::ALL[n]);
        event.status = if flags.0 { Status::Excluded("=twice".into()) } else { Status::Coded };
        event.sensitive = flags.1;
        let ids = codebook().columns.into_iter().map(|column| column.id);
        event.own = ids.zip(own).map(|(id, text)| (id, text.into())).collect();
        (event, Quantity::parse(&quantity).ok())
    }
}

prop_compose! {
    pub(super) fn some_project()(events in prop::collection::vec(some_event(), 0..12)) -> Project {
        let claims = events.iter().filter_map(|(event, quantity)| {
            let measure = if event.sensitive { Measure::from_key("evacuated")? } else { Measure::Killed };
            Some(Claim::new(event.id, measure, Class::TOTAL, quantity.clone()?))
        });
        let claims = Records::from_list(claims.collect::<Vec<_>>()).0;
        let about = crate::model::About { codebook: codebook(), ..Default::default() };
        let events = Records::from_list(events.into_iter().map(|(event, _)| event)).0;
        Project { events, claims, about: about.into(), ..Project::titled("x") }
    }
}

/// Articles, claims, notes and a figure by hand, with a word of its own in each place that may have to be hidden.
fn secrets() -> Project {
    let mut project = Project::titled("x");
    let mut article =
        crate::model::Article::new("a-1".parse().expect("an id"), "Headline", "SECRETTEXT: 42 injured, they said");
    (article.byline, article.sensitive) = ("SECRETBYLINE".into(), false);
    let quote = crate::model::Quote::of(article.id, &article.text, 0, 22).expect("inside");
    let mut hidden = crate::model::Article::new("a-2".parse().expect("an id"), "SECRETHEAD", "nothing");
    hidden.sensitive = true;
    let mut event = Event::new("e-1".parse().expect("an id"));
    (event.title, event.location.point) = ("Shelling".into(), Point::new(40.123_456, 70.0));
    event.by_hand.push(crate::model::ByHand::new(
        Measure::Injured,
        Class::TOTAL,
        (1, Some(2), None),
        "lists",
        "SECRETDESK",
    ));
    let mut claim = Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::AtLeast(3));
    (claim.speaker, claim.via, claim.coder, claim.words) =
        ("SECRETSPEAKER".into(), "SECRETVIA".into(), "SECRETCODER".into(), "SECRETTEXT".into());
    claim.quotes = vec![quote];
    let mut interview = Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::Exactly(4));
    interview.origin = Some(crate::model::Origin::Interview("SECRETWITNESS".into()));
    let mut second = Event::new("e-2".parse().expect("an id"));
    (second.title, second.sensitive) = ("SECRETEVENT".into(), true);
    event.covers = [second.id].into();
    let other = Claim::new(second.id, Measure::Killed, Class::TOTAL, Quantity::Exactly(9));
    let mut note = crate::model::Note::new("n-1".parse().expect("an id"), None, None);
    (note.body, note.author, note.kind) =
        ("SECRETNOTE".into(), "SECRETAUTHOR".into(), crate::model::NoteKind::Assumption);
    project.articles = Records::from_list([article, hidden]).0;
    project.claims = Records::from_list([claim, interview, other]).0;
    project.events = Records::from_list([event, second]).0;
    project.notes = Records::from_list([note]).0;
    project.views = std::sync::Arc::new(vec![crate::model::SavedView {
        name: "v".into(),
        filter: "speaker:SECRETSPEAKER".into(),
        ..Default::default()
    }]);
    std::sync::Arc::make_mut(&mut project.methodology).ranks = vec!["SECRETSPEAKER".into()];
    project
}

/// What an export of everything is.
pub(super) fn exported(project: &Project, kind: Kind, redaction: &Redaction) -> (Vec<u8>, Report) {
    let derived = Derived::from_scratch(project);
    let slots = derived.columnar().order().to_vec();
    let source =
        Source { project, derived: &derived, slots: &slots, filter: "", grouped: None, today: today(), hash: "" };
    let mut out = Vec::new();
    let report = export(&source, kind, redaction, &mut out, &|_| true).expect("a vector takes it");
    (out, report)
}

/// The rows of a table in CSV, as our own import reads them.
fn rows_of(csv: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = ::csv::ReaderBuilder::new().from_reader(csv);
    let head = reader.headers().expect("a head").iter().map(ToOwned::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(|cell| unguarded(cell).to_owned()).collect());
    (head, rows.collect())
}

/// The events of a table, read by what these columns mean.
fn read_again(csv: &[u8], columns: &[(&str, Meaning)]) -> Vec<Event> {
    let choices = Choices {
        delimiter: Some(','),
        quote: Some(Quoting::With('"')),
        skip: Some(0),
        header: Some(Header::Named),
        ..Choices::default()
    };
    let table = Table::read(csv.to_vec(), &choices, &|_| true).expect("a table");
    let mapping = Mapping {
        name: "again".into(),
        version: 1,
        columns: columns.iter().map(|(name, meaning)| ((*name).into(), meaning.clone())).collect(),
        dates: crate::model::DateOrder::default(),
        decimal: '.',
        missing: Vec::new(),
        kinds: Vec::new(),
    };
    let source = import::Source::new("events.csv", csv, None);
    let read = import::incoming(&table, &import::by(&table, &mapping), &source, &|_| true).expect("not stopped");
    read.taken.into_iter().map(|taken| Event::clone(&taken.event)).collect()
}

proptest! {
    #[test]
    fn every_cell_says_what_the_cell_of_the_event_table_says(project in some_project()) {
        let (bytes, report) = exported(&project, Kind::Csv, &Redaction::default());
        let (head, rows) = rows_of(&bytes);
        prop_assert_eq!((rows.len(), report.events, report.of), (project.events.len(), rows.len(), rows.len()));
        let derived = Derived::from_scratch(&project);
        for (event, cells) in project.events.iter().zip(&rows) {
            let row = Row { project: &project, derived: &derived, event, today: today() };
            let cell = |id: &str| cells[head.iter().position(|name| name == id).expect(id)].as_str();
            for column in columns::of(&project).into_iter().filter(|column| column.id != "coordinates") {
                prop_assert_eq!(cell(column.id), column.text(&row), "{}", column.id);
            }
            let point = |id: &str| cell(id).parse::<f64>().ok();
            prop_assert_eq!(point("latitude"), event.location.point.map(Point::latitude));
            prop_assert_eq!(point("longitude"), event.location.point.map(Point::longitude));
            prop_assert_eq!(cell("sensitive"), if event.sensitive { "yes" } else { "" });
        }
    }

    #[test]
    fn a_table_that_we_wrote_comes_in_as_it_was_and_anybody_else_s_apostrophes_stay(project in some_project()) {
        let (bytes, _) = exported(&project, Kind::Csv, &Redaction::default());
        let columns = [
            ("id", Meaning::SourceId),
            ("title", Meaning::Title),
            ("place", Meaning::Place),
            ("side_a", Meaning::SideA),
            ("sensitive", Meaning::Country),
        ];
        prop_assume!(!project.events.is_empty());
        let ours = read_again(&bytes, &columns);
        prop_assert_eq!(ours.len(), project.events.len());
        for (event, again) in project.events.iter().zip(&ours) {
            prop_assert_eq!(&*again.source_ids[0], event.id.as_str());
            prop_assert_eq!(&again.title, &event.title);
            prop_assert_eq!(&again.location.name, &event.location.name);
            prop_assert_eq!(&again.side_a, &event.side_a);
        }
        // The same cells under another header are somebody else's.
        let theirs = String::from_utf8(bytes).expect("text").replacen("killed.low", "least", 1);
        for (event, again) in project.events.iter().zip(read_again(theirs.as_bytes(), &columns)) {
            prop_assert_eq!(&*again.title, &*guarded(&event.title));
        }
    }

    #[test]
    fn no_cell_runs_and_what_is_left_out_is_counted(project in some_project()) {
        let (bytes, report) = exported(&project, Kind::Csv, &Redaction::everything());
        let mut reader = ::csv::Reader::from_reader(&*bytes);
        let head = reader.headers().expect("a head").clone();
        let mut rows = 0;
        for row in reader.records() {
            let row = row.expect("a row");
            rows += 1;
            for (cell, name) in row.iter().zip(&head) {
                let runs = cell.starts_with(['=', '+', '-', '@', '\t']);
                prop_assert!(!runs || cell.parse::<f64>().is_ok(), "{}: {:?}", name, cell);
            }
        }
        let hidden = project.events.iter().filter(|event| event.sensitive).count();
        prop_assert_eq!((rows, report.left_out.events), (project.events.len() - hidden, hidden));
        let exact = |event: &Event| event.location.precision.is_none_or(|known| known < Precision::Country);
        let seen = project.events.iter().filter(|event| !event.sensitive && event.location.point.is_some());
        prop_assert_eq!(report.left_out.coordinates, seen.filter(|event| exact(event)).count());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_workbook_is_read_back_as_the_table_that_it_is(project in some_project()) {
        let (bytes, _) = exported(&project, Kind::Xlsx, &Redaction::default());
        let table = crate::exchange::table::Table::read(bytes, &Default::default(), &|_| true).expect("a workbook");
        let (head, rows) = rows_of(&exported(&project, Kind::Csv, &Redaction::default()).0);
        prop_assert_eq!(table.columns().iter().map(ToString::to_string).collect::<Vec<_>>(), head.clone());
        prop_assert_eq!(table.len(), rows.len());
        for (n, row) in rows.iter().enumerate() {
            let mut cells: Vec<String> = table.fields(n).map(|cell| cell.into_owned()).collect();
            cells.resize(row.len(), String::new());
            prop_assert_eq!(&cells, row);
        }
    }

    #[test]
    fn json_lines_are_read_back_as_the_project_that_they_are(project in some_project()) {
        let (bytes, _) = exported(&project, Kind::Json, &Redaction::default());
        let text = String::from_utf8(bytes).expect("text");
        let opened = crate::file::lines::read(&text, &|_| true).map_err(TestCaseError::fail)?;
        prop_assert_eq!(crate::file::write(&opened.project), crate::file::write(&project));
    }
}

#[test]
fn the_sample_loses_nothing_as_json_lines_and_figures_stand_beside_events() {
    let project = crate::sample::project().expect("a sample");
    let text = String::from_utf8(exported(&project, Kind::Json, &Redaction::default()).0).expect("text");
    assert_eq!(crate::file::lines::read(&text, &|_| true).expect("read back").project, project);
    let events = text.lines().filter_map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        (value["record"] == "event").then_some(value)
    });
    let derived = Derived::from_scratch(&project);
    let mut seen = 0;
    for event in events {
        let id = event["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        for figure in event["figures"].as_array().into_iter().flatten() {
            let measure = Measure::from_key(figure["measure"].as_str().expect("a word")).expect("a measure");
            let class = Class::from_key(figure["class"].as_str().expect("a word")).expect("a class");
            let range = derived.figure(id, &measure, &class).value.range();
            let of = |name: &str| figure[name].as_u64();
            assert_eq!(
                (of("low"), of("best"), of("high")),
                (range.map(|r| r.low), range.and_then(|r| r.best), range.and_then(|r| r.high))
            );
            seen += 1;
        }
    }
    assert!(seen > 5);
}

#[test]
fn a_bad_line_of_json_is_named() {
    for (text, words) in [
        ("{", "Line 1, column 1: no JSON object"),
        ("{\"id\":1}", "Line 1: it has no field “record”"),
        ("\n{\"record\":\"evnt\"}", "“record”: “project”"),
        ("{\"record\":\"project\",\"format\":1,\"project\":{}}\n{\"record\":\"evnt\"}", "Line 2: “evnt” is no record"),
        (
            "{\"record\":\"project\",\"format\":1,\"project\":{}}\n{\"record\":\"event\",\"id\":7}",
            "Line 2: event: invalid type",
        ),
        (
            "{\"record\":\"project\",\"format\":1,\"project\":{}}\n{\"record\":\"event\",\"id\":\"e\",\"when\":\"31/02\"}",
            "Line 2: event e",
        ),
    ] {
        let error = crate::file::lines::read(text, &|_| true).map(|opened| opened.findings).expect_err(text);
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn nothing_that_was_to_be_left_out_stands_anywhere_in_any_format() {
    let project = secrets();
    for kind in Kind::ALL {
        let (bytes, report) = exported(&project, kind, &Redaction::everything());
        let text = all_text(kind, bytes);
        assert!(text.contains("e-1"), "{kind:?}");
        let seen = text.lines().find(|line| line.contains("SECRET") || line.contains("40.123"));
        assert_eq!(seen, None, "{kind:?}");
        assert_eq!((report.events, report.left_out.events, report.left_out.coordinates), (1, 1, 1), "{kind:?}");
        assert!(report.in_words().contains("1 event marked sensitive"), "{}", report.in_words());
    }
    let (_, report) = exported(&project, Kind::Json, &Redaction::everything());
    let wanted = LeftOut { events: 1, coordinates: 1, articles: 1, names: 6, notes: 1, quotes: 1 };
    assert_eq!(report.left_out, wanted, "speaker, via, witness; coder, byline, who set the figure");
    let (bytes, _) = exported(&project, Kind::Json, &Redaction::default());
    assert!(all_text(Kind::Json, bytes).matches("SECRET").count() > 9, "without redaction all of it goes out");
}

/// The text of a file, a workbook unpacked.
fn all_text(kind: Kind, bytes: Vec<u8>) -> String {
    if kind != Kind::Xlsx {
        return String::from_utf8(bytes).expect("text");
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip file");
    let mut text = String::new();
    for n in 0..archive.len() {
        std::io::Read::read_to_string(&mut archive.by_index(n).expect("a part"), &mut text).expect("text");
    }
    text
}

#[test]
fn the_codebook_explains_every_column_of_the_table() {
    let project = Project {
        about: crate::model::About { title: "Osh".into(), codebook: codebook(), ..Default::default() }.into(),
        ..Project::titled("x")
    };
    let (bytes, _) = exported(&project, Kind::Csv, &Redaction::default());
    let derived = Derived::from_scratch(&project);
    let source = Source {
        project: &project,
        derived: &derived,
        slots: &[],
        filter: "killed>3",
        grouped: None,
        today: today(),
        hash: "abc",
    };
    let text = super::codebook(&source, &Redaction::parse("names").expect("known"));
    let columns = text.split("Columns\n-------\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a part");
    let explained: Vec<&str> = columns.lines().filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(explained, rows_of(&bytes).0);
    for words in ["Project: Osh", "Events: events that match killed>3", "Left out: names", "Moved by the authorities"] {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
}
