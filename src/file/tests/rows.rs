//! Projects with rows of other people's data: only what differs from a row is written, and reads back.

use std::sync::Arc;

use proptest::prelude::*;

use super::projects::{claim_about, event_like};
use crate::dataset::{self, RowReader, Shared, known};
use crate::file::text::{Breaks, record_line};
use crate::file::{plain, read, v1, write};
use crate::model::mapping::{Mapping, Meaning};
use crate::model::{Claim, ClaimId, Dataset, Event, Layout, Project, Records, SourceRow, Status};

const COLUMNS: [&str; 13] = [
    "id",
    "date_start",
    "date_end",
    "date_prec",
    "where_coordinates",
    "country",
    "latitude",
    "longitude",
    "side_a",
    "best",
    "low",
    "deaths_a",
    "graded",
];

fn data_set() -> Dataset {
    Dataset {
        id: "ged".parse().expect("an id"),
        name: "UCDP GED".into(),
        version: "24.1".into(),
        mapping: "desk".into(),
        mapping_version: 1,
        columns: COLUMNS.map(Into::into).to_vec(),
        layout: Layout { head: vec![COLUMNS.join(",").into()], ..Layout::default() },
        file: "ged.csv".into(),
        sha256: "".into(),
        imported: None,
    }
}

/// The columns of GED, with a grade of information besides.
fn mapping() -> Mapping {
    let ged = known::newest("ged").expect("a known mapping");
    let mut mapping = Mapping { name: "desk".into(), version: 1, ..ged.clone() };
    mapping.columns.push(("graded".into(), Meaning::Grade));
    mapping
}

/// A field as data sets have them, good and bad.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            "0",
            "1",
            "5",
            "12",
            "-9",
            "500",
            "19.5",
            "2021-02-09",
            "2021-02-09 00:00:00.000",
            "2021-02-31",
            "\"a, b\"",
            "\"say \"\"no\"\"\"",
            "\"two\nlines\"",
            "Mill\ttown",
            "שִׁמְעוֹן",
            "\"#",
            "\\"
        ])
        .prop_map(str::to_owned),
        "[a-z ]{0,6}",
    ]
}

fn row() -> impl Strategy<Value = String> {
    prop::collection::vec(cell(), COLUMNS.len() - 1..COLUMNS.len() + 1).prop_map(|cells| cells.join(","))
}

/// Rows, of which some events and claims were changed.
fn project() -> impl Strategy<Value = Project> {
    let which = prop_oneof![Just(0), any::<u16>(), (0_u16..16).prop_map(|bit| 1 << bit)];
    let changed = (which, event_like(), any::<bool>(), claim_about(), 0_usize..4);
    prop::collection::vec((row(), changed), 0..5).prop_map(|list| {
        let dataset = data_set();
        let reader = RowReader::new(&dataset, &mapping());
        let mut events = Vec::new();
        let mut claims: Vec<Claim> = Vec::new();
        for (n, (row, (which, other, changes, said, slot))) in list.into_iter().enumerate() {
            let id = format!("e-{n}").parse().expect("an id");
            let source = SourceRow::new(dataset.id, row);
            let mut event = reader.event(id, source, &mut Shared::default(), &mut Vec::new());
            let stated = reader.claims(id, event.source.as_ref().expect("a row").row());
            change(&mut event, &other, which);
            if let Some(stated) = stated.get(slot).filter(|_| changes) {
                let claim = Claim { id: stated.id, event: id, ..said };
                claims.extend((claim != *stated).then_some(claim));
            }
            events.push(event);
        }
        Project {
            events: Records::from_list(events).0,
            claims: Records::from_list(claims).0,
            datasets: Arc::new(vec![dataset]),
            mappings: vec![mapping()].into(),
            ..Project::titled("Rows")
        }
    })
}

/// Takes over some fields of another event, as the bits say.
fn change(event: &mut Event, other: &Event, which: u16) {
    let has = |bit: u16| which & (1 << bit) != 0;
    let blank = Event::new(event.id);
    let from = if has(15) { &blank } else { other };
    if has(0) {
        event.title = from.title.clone();
    }
    if has(1) {
        event.when = from.when;
    }
    if has(2) {
        event.location = from.location.clone();
    }
    if has(3) {
        event.status = from.status.clone();
    }
    if has(4) {
        event.tags = from.tags.clone();
    }
    if has(5) {
        event.source_ids = from.source_ids.clone();
    }
    if has(6) {
        (event.side_a, event.kind) = (from.side_a.clone(), from.kind.clone());
    }
    if has(7) {
        (event.by_hand, event.own) = (from.by_hand.clone(), from.own.clone());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_short_way_writes_what_the_long_way_writes(project in project()) {
        let readers = dataset::readers(&project);
        for event in project.events.iter() {
            let stated = readers.event(event);
            let long = record_line(&v1::event(event, stated.as_ref()), Breaks::Escaped).expect("written");
            let mut short = String::new();
            if plain::event(&readers, event, &mut short) {
                prop_assert_eq!(short, long);
            } else {
                // What only a row says goes the short way, but where the row has what must be read.
                let bare = Event { source: None, ..(**event).clone() };
                prop_assert!(stated != Some(bare) || event.status != Status::Coded, "{long}");
            }
        }
    }

    #[test]
    fn what_is_read_with_a_row_is_what_the_row_says(row in row()) {
        let dataset = data_set();
        let reader = RowReader::new(&dataset, &mapping());
        let id = "e-1".parse().expect("an id");
        let mut flaws = Vec::new();
        let event = reader.event(id, SourceRow::new(dataset.id, row.clone()), &mut Shared::default(), &mut flaws);
        let taken = reader.take_in(id, SourceRow::new(dataset.id, row.clone()), &mut Shared::default(), &mut Default::default());
        prop_assert_eq!(&event, &taken);
        let numbers = |event: &Event| event.source.as_ref().and_then(|source| source.numbers()).cloned();
        let said = numbers(&event).expect("read with the row");
        prop_assert_eq!(&*said, &reader.numbers(&row));
        prop_assert_eq!(numbers(&taken), Some(said.clone()));
        prop_assert_eq!(said.flawed, reader.flaws(&row).iter().any(dataset::Flaw::breaks_rule));
        let claims = reader.claims(id, &row);
        let of_claims: Vec<_> = claims.iter().map(|claim| {
            let (_, letter) = claim.id.event_and_letter().expect("of a row");
            (letter, claim.quantity.clone(), claim.attackers)
        }).collect();
        prop_assert_eq!(&*said.said, &*of_claims);
        prop_assert_eq!(said.names_speaker, claims.iter().any(|claim| !claim.speaker.is_empty()));
    }

    #[test]
    fn what_differs_from_rows_is_written_and_reads_back(project in project()) {
        let text = write(&project);
        let opened = read(&text, &|_| true);
        prop_assert!(opened.is_ok(), "{:?}\n{}", opened, text);
        let read = opened.unwrap().project;
        prop_assert_eq!(&read, &project, "{}", text);
        prop_assert_eq!(write(&read), text);
    }

    #[test]
    fn what_nobody_touched_is_written_as_its_row_alone(row in row()) {
        let dataset = data_set();
        let reader = RowReader::new(&dataset, &mapping());
        let source = SourceRow::new(dataset.id, row.clone());
        let event = reader.event("e-1".parse().expect("an id"), source, &mut Shared::default(), &mut Vec::new());
        let events = Records::from_list([event]).0;
        let project = Project { events, datasets: Arc::new(vec![dataset]),
            mappings: vec![mapping()].into(), ..Project::titled("Rows") };
        let text = write(&project);
        prop_assert!(text.contains("    (id:\"e-1\",row:(\"ged\","), "{}", text);
        let read = read(&text, &|_| true).expect("opens").project;
        let readers = dataset::readers(&read);
        let event = read.events.iter().next().expect("one");
        let out = dataset::write_row(&read, &readers, event);
        prop_assert_eq!(out.as_deref(), Some(&*row));
        prop_assert!(dataset::claim(&read, ClaimId::of_event(event.id, b'a').expect("room")).is_some());
    }
}
