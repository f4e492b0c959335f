//! What goes out is what stands in the project: laws over made-up events.

use proptest::prelude::*;

use super::*;
use crate::columns::{self, Row};
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

/// What an export of everything is.
pub(super) fn exported(project: &Project, kind: Kind, redaction: &Redaction) -> (Vec<u8>, Report) {
    let derived = Derived::from_scratch(project);
    let slots = derived.columnar().order().to_vec();
    let source = Source { project, derived: &derived, slots: &slots, filter: "", today: today(), hash: "" };
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

#[test]
fn the_codebook_explains_every_column_of_the_table() {
    let project = Project {
        about: crate::model::About { title: "Osh".into(), codebook: codebook(), ..Default::default() }.into(),
        ..Project::titled("x")
    };
    let (bytes, _) = exported(&project, Kind::Csv, &Redaction::default());
    let derived = Derived::from_scratch(&project);
    let source =
        Source { project: &project, derived: &derived, slots: &[], filter: "killed>3", today: today(), hash: "abc" };
    let text = super::codebook(&source, &Redaction::parse("names").expect("known"));
    let columns = text.split("Columns\n-------\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a part");
    let explained: Vec<&str> = columns.lines().filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(explained, rows_of(&bytes).0);
    for words in ["Project: Osh", "Events: events that match killed>3", "Left out: names", "Moved by the authorities"] {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
}
