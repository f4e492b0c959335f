//! Imports as people do them: a file, the file again, a newer release of it.

use super::*;
use crate::dataset;
use crate::derive::Derived;
use crate::derive::problems::Kind;
use crate::exchange::table::{Choices, Table};
use crate::model::{ByHand, Class, EventId, Measure, Moment, Project, Quantity};
use std::sync::Arc;

const HEAD: &str = "id,relid,type_of_violence,side_a,side_b,where_coordinates,country,latitude,longitude,where_prec,\
                    date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low";

/// A row of GED: an id, a place and a best figure.
fn row(id: u32, place: &str, best: i32) -> String {
    let day = "2022-09-14 00:00:00.000";
    format!(
        "{id},X-{id},1,Government,League,{place},Freedonia,40.5,70.25,1,1,{day},{day},0,0,{best},0,{best},{best},{best}"
    )
}

fn file(rows: &[String]) -> String {
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn read(text: &str, name: &str) -> Incoming {
    let table = Table::read(text.as_bytes().to_vec(), &Choices::default(), &|_| true).expect("a table");
    let fitted = fit(&table, None, "mine").expect("a mapping");
    let source = Source::new(name, text.as_bytes(), Some(Moment::parse("2026-03-01").expect("a day")));
    incoming(&table, &fitted, &source, &|_| true).expect("not stopped")
}

fn planned(project: &Project, text: &str, name: &str, wishes: &Wishes) -> Plan {
    let plan = plan(project, read(text, name), wishes, &|_| true).expect("not stopped");
    let report = &plan.report;
    let crate::exchange::import::Outcome { added, changed, unchanged, .. } = report.outcome;
    assert_eq!(report.rows, report.events() + report.skipped_rows(), "rows in are events out and rows skipped");
    assert_eq!(report.events(), added + changed + unchanged, "each event is new, changed or as it was");
    plan
}

/// The project with a file in it, and what was told.
fn import(project: &Project, text: &str, name: &str) -> (Project, Report) {
    import_as(project, text, name, &Wishes::default())
}

fn import_as(project: &Project, text: &str, name: &str, wishes: &Wishes) -> (Project, Report) {
    let plan = planned(project, text, name, wishes);
    let report = plan.report.clone();
    let next = match plan.edit(project) {
        Some(edit) => edit.apply(project).expect("a change that can be made"),
        None => project.clone(),
    };
    (next, report)
}

/// The event of this source id.
fn event(project: &Project, id: &str) -> Arc<crate::model::Event> {
    let found = project.events.iter().find(|event| event.source_ids.first().is_some_and(|own| **own == *id));
    Arc::clone(found.expect("the event is there"))
}

fn outcome(report: &Report) -> (u64, u64, u64, u64, u64) {
    let Outcome { added, changed, unchanged, removed, conflicts, .. } = report.outcome;
    (added, changed, unchanged, removed, conflicts)
}

#[test]
fn rows_become_events_with_their_rows_and_the_log_says_from_where() {
    let text = file(&[row(1, "Osh", 3), row(2, "Batken", -1), row(3, "\"Mill, old\"", 2)]);
    let (project, report) = import(&Project::titled("t"), &text, "folder/GEDEvent_v24_1.csv");
    assert_eq!((project.events.len(), outcome(&report)), (3, (3, 0, 0, 0, 0)));
    let third = event(&project, "3");
    assert_eq!((&*third.location.name, &*third.kind), ("Mill, old", "state-based conflict"));
    assert_eq!(third.source.as_ref().map(|source| source.row().to_owned()), Some(row(3, "\"Mill, old\"", 2)));
    let [set] = &project.datasets[..] else { panic!("one data set") };
    assert_eq!((&*set.name, &*set.version, &*set.file), ("UCDP GED", "24.1", "GEDEvent_v24_1.csv"));
    assert_eq!((&*set.layout.head[0], set.columns.len()), (HEAD, 20));
    let [line] = &project.log[..] else { panic!("one line in the log") };
    for words in ["GEDEvent_v24_1.csv", &*set.sha256, "3 rows in, 3 events out (3 added", "0 skipped"] {
        assert!(line.what.contains(words), "{words} is not in {}", line.what);
    }
    assert_eq!(set.sha256.len(), 64);
    let unknown: Vec<(&str, u64)> = report.unknown.iter().map(|(name, n)| (&**name, *n)).collect();
    assert_eq!(unknown, [("best", 1), ("deaths_civilians", 1), ("high", 1), ("low", 1)]);
}

#[test]
fn kinds_that_a_data_set_brings_are_in_the_codebook_with_where_they_come_from() {
    let text = file(&[row(1, "Osh", 3), row(2, "Batken", 2)]);
    let start = Project::titled("t");
    let (project, _) = import(&start, &text, "GEDEvent_v24_1.csv");
    let codebook = &project.about.codebook;
    let term = codebook.kinds.iter().find(|term| &*term.name == "state-based conflict").expect("the kind is there");
    assert_eq!(&*term.meaning, "As in UCDP GED 24.1");
    assert_eq!(codebook.kinds.len(), start.about.codebook.kinds.len() + 1, "each kind once");
    assert_eq!(codebook.version, start.about.codebook.version + 1);
    let problems = Derived::from_scratch(&project);
    assert_eq!(problems.problems().count(Kind::UnknownKind), 0);
}

#[test]
fn rows_that_cannot_be_events_are_skipped_and_those_that_break_a_rule_are_kept_and_both_are_told() {
    let mut rows = vec![row(1, "Osh", 3), row(1, "Osh", 3), row(1, "Osh", 4), row(2, "Quay, old", 1)];
    rows.push(",".repeat(19));
    rows.push(row(3, "Batken", 5).replace(",5,5,5", ",5,4,6").replace("40.5", "500"));
    rows.push(row(4, "Osh", 1).replace("2022-09-14", "2022-02-31"));
    rows.push("5,X-5,1,Government,League,Osh,Freedonia,40.5".to_owned());
    let report = read(&(file(&rows) + "6,X-6"), "a.csv").report;
    assert_eq!((report.rows, report.events(), report.skipped_rows()), (9, 5, 4));
    let skipped: Vec<(&str, &[u64])> = report.skipped.iter().map(|r| (&*r.what, &*r.lines)).collect();
    assert_eq!(
        skipped,
        [
            ("more fields than columns: a delimiter in it should stand in quotes", &[5][..]),
            ("no field holds anything", &[6][..]),
            ("the file ends inside the row; get it anew", &[10][..]),
            ("the same row stands in the file already, letter by letter", &[3][..]),
        ]
    );
    let flagged: Vec<(String, &[u64])> = report.flagged.iter().map(|r| (r.what.clone(), &*r.lines)).collect();
    let has = |words: &str, lines: &[u64]| flagged.iter().any(|(what, at)| what.contains(words) && *at == lines);
    assert!(has("latitude: no degrees", &[7]), "{flagged:?}");
    assert!(has("not in order", &[7]), "{flagged:?}");
    assert!(has("date_start: no date", &[8]) && has("date_end: no date", &[8]), "{flagged:?}");
    assert!(has("not as many fields", &[9]), "{flagged:?}");
    assert!(has("another row has the same id", &[4]), "{flagged:?}");
    assert_eq!(report.flagged_rows, 4);
    let text = report.text();
    assert!(text.contains("9 rows in = 5 events out + 4 skipped"), "{text}");
    let json = report.json();
    assert_eq!((json["rows"].as_u64(), json["events"].as_u64()), (Some(9), Some(5)));
    assert_eq!(json["skipped"][3]["lines"][0].as_u64(), Some(3));
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let text = file(&[row(1, "Osh", 3), row(2, "Batken", 2)]);
    let (once, _) = import(&Project::titled("t"), &text, "ged241.csv");
    let (twice, report) = import(&once, &text, "ged241.csv");
    assert!(once == twice, "not even a line in the log");
    assert_eq!(outcome(&report), (0, 0, 2, 0, 0));
    // The same rows with the columns in quotes are the same data in another file.
    let other = text.replace(",Osh,", ",\"Osh\",");
    let (thrice, report) = import(&twice, &other, "ged241.csv");
    assert_eq!(outcome(&report), (0, 0, 2, 0, 0));
    assert_eq!((thrice.datasets.len(), thrice.events.len()), (1, 2), "the older file is not kept beside it");
    assert_eq!(event(&thrice, "1").id, event(&once, "1").id);
}

#[test]
fn two_people_who_import_the_same_data_have_the_same_events() {
    let text = file(&[row(1, "Osh", 3), row(1, "Osh", 4)]);
    let ids = |project: &Project| project.events.iter().map(|event| event.id).collect::<Vec<EventId>>();
    let one = ids(&import(&Project::titled("a"), &text, "ged241.csv").0);
    assert_eq!(one, ids(&import(&Project::titled("b"), &text, "other name.csv").0));
    assert_ne!(one[0], one[1]);
}

#[test]
fn a_newer_release_adds_changes_and_removes_by_source_id() {
    let old = file(&[row(1, "Osh", 3), row(2, "Batken", 2), row(3, "Mill", 1), row(4, "Quay", 1)]);
    let (project, _) = import(&Project::titled("t"), &old, "ged241.csv");
    let new = file(&[row(1, "Osh", 3), row(2, "Batken", 5), row(4, "Old quay", 1), row(5, "Weir", 1)]);
    let (next, report) = import(&project, &new, "ged251.csv");
    assert_eq!(outcome(&report), (1, 2, 1, 1, 0));
    assert_eq!((&*event(&next, "4").location.name, next.events.len()), ("Old quay", 4));
    assert_eq!(event(&next, "2").id, event(&project, "2").id);
    let [set] = &next.datasets[..] else { panic!("one data set: {:?}", next.datasets) };
    assert_eq!(&*set.version, "25.1");
    assert!(next.events.iter().all(|event| event.source.as_ref().is_some_and(|source| source.dataset == set.id)));
    assert_eq!(next.log.len(), 2);
    // A file of something else removes nothing, unless it is told to.
    let part = file(&[row(1, "Osh", 3), row(9, "Ford", 1)]);
    assert_eq!(outcome(&import(&next, &part, "ged252.csv").1), (1, 0, 1, 0, 0));
    let remove = Wishes { missing: Missing::Remove, ..Wishes::default() };
    assert_eq!(outcome(&import_as(&next, &part, "ged252.csv", &remove).1), (1, 0, 1, 3, 0));
    let keep = Wishes { missing: Missing::Keep, ..Wishes::default() };
    assert_eq!(outcome(&import_as(&project, &new, "ged251.csv", &keep).1), (1, 2, 1, 0, 0));
}

#[test]
fn what_the_analyst_changed_stays_unless_told_otherwise() {
    let old = file(&[row(1, "Osh", 3), row(2, "Batken", 2), row(3, "Mill", 1), row(4, "Quay", 1)]);
    let (mut project, _) = import(&Project::titled("t"), &old, "ged241.csv");
    let change = |project: &mut Project, id: &str, change: &dyn Fn(&mut crate::model::Event)| {
        let mut event = (*event(project, id)).clone();
        change(&mut event);
        project.events.replace(event).expect("there");
    };
    change(&mut project, "1", &|event| event.location.name = "Osh bazaar".into());
    change(&mut project, "2", &|event| {
        event.by_hand =
            [ByHand::new(Measure::Killed, Class::TOTAL, (7, Some(7), Some(7)), "lists of names", "desk")].into();
    });
    change(&mut project, "3", &|event| event.tags = ["mine".into()].into());
    // Place and numbers of 1 are others now, and the analyst changed the place; 3 is gone.
    let new = file(&[row(1, "Osh city", 4), row(2, "Batken", 9), row(4, "Quay", 1)]);
    let plan = planned(&project, &new, "ged251.csv", &Wishes::default());
    assert_eq!(outcome(&plan.report), (0, 2, 1, 0, 2));
    assert_eq!(plan.hands, [event(&project, "2").id]);
    let place = &plan.conflicts[0];
    assert_eq!(place.fields, [Field { field: "place", mine: "Osh bazaar".into(), theirs: "Osh city".into() }]);
    assert_eq!((place.line, plan.conflicts[1].is_gone()), (2, true));
    let next = plan.edit(&project).expect("something").apply(&project).expect("can be made");
    let first = event(&next, "1");
    assert_eq!(&*first.location.name, "Osh bazaar");
    assert!(
        first.source.as_ref().is_some_and(|source| source.row() == row(1, "Osh city", 4)),
        "its numbers are the new ones"
    );
    let hand = &event(&next, "2").by_hand[0];
    assert_eq!(hand.best, Some(7));
    assert_eq!(hand.claims_gave, Some(Quantity::Estimate { low: Some(2), best: Some(2), high: Some(2) }));
    let derived = Derived::from_scratch(&next);
    let marks = derived.figure(event(&next, "2").id, &Measure::Killed, &Class::TOTAL).marks;
    assert!(marks.by_hand && marks.claims_changed);
    let (again, report) = import(&next, &file(&[row(2, "Batken", 2)]), "ged261.csv");
    assert_eq!((report.outcome.changed, report.outcome.hands), (1, 0), "they give the old number again");
    let marks = Derived::from_scratch(&again).figure(event(&again, "2").id, &Measure::Killed, &Class::TOTAL).marks;
    assert!(!marks.claims_changed);
    assert_eq!(&*event(&next, "3").tags[0], "mine");
    assert_eq!(next.datasets.len(), 2, "the older release is kept for the event that only it has");
    // Told otherwise, for one event and for all.
    let one = Wishes { theirs_on: [first.id].into(), ..Wishes::default() };
    let (told, report) = import_as(&project, &new, "ged251.csv", &one);
    assert_eq!((&*event(&told, "1").location.name, told.events.len()), ("Osh city", 4));
    assert_eq!(report.outcome.conflicts, 2);
    let (told, _) = import_as(&project, &new, "ged251.csv", &Wishes { theirs: true, ..Wishes::default() });
    assert_eq!((told.events.len(), event(&told, "2").by_hand.len()), (3, 1), "figures by hand stay in any case");
}

#[test]
fn candidate_and_annual_releases_of_one_event_are_one_event_and_the_newest_counts() {
    let candidate = file(&[row(1, "Osh", 3), row(2, "Batken", 2)]);
    let annual = file(&[row(1, "Osh", 4), row(2, "Batken", 2), row(7, "Mill", 1)]);
    let (project, _) = import(&Project::titled("t"), &candidate, "GEDEvent_v24_0_5.csv");
    assert_eq!(&*project.datasets[0].name, "UCDP GED Candidate");
    let (next, report) = import(&project, &annual, "GEDEvent_v25_1.csv");
    assert_eq!((next.events.len(), outcome(&report)), (3, (1, 1, 1, 0, 0)));
    // The other way round the annual release stays.
    let (project, _) = import(&Project::titled("t"), &annual, "GEDEvent_v25_1.csv");
    let (next, report) = import(&project, &candidate, "GEDEvent_v24_0_5.csv");
    assert!(next == project);
    assert_eq!((report.rows, report.events()), (2, 0));
    assert_eq!(report.skipped[0].what, "the project has it from a newer release, UCDP GED 25.1");
}

#[test]
fn an_event_that_was_merged_into_another_does_not_come_back() {
    let text = file(&[row(1, "Osh", 3), row(2, "Osh", 2)]);
    let (mut project, _) = import(&Project::titled("t"), &text, "ged241.csv");
    let (one, two) = (event(&project, "1"), event(&project, "2"));
    let mut kept = (*one).clone();
    kept.source_ids.push("2".into());
    project.events.remove(two.id).expect("there");
    project.events.replace(kept).expect("there");
    let (next, report) = import(&project, &text.replace("Osh", "Osh city"), "ged251.csv");
    assert_eq!((next.events.len(), outcome(&report)), (1, (0, 1, 0, 0, 0)));
    assert_eq!(report.skipped[0].what, "the project has it already, as a part of another event");
}

#[test]
fn a_spreadsheet_s_days_and_decimals_are_read_as_it_writes_them() {
    let mut text = file(&[row(1, "Osh", 3), row(2, "Batken", 2)]);
    text = text
        .replace("2022-09-14 00:00:00.000", "14.09.2022")
        .replace(',', ";")
        .replace("40.5", "40,5")
        .replace("70.25", "70,25");
    let (project, report) = import(&Project::titled("t"), &text, "ged241.csv");
    assert_eq!((report.flagged_rows, &*report.mapping), (0, "ged d/m/y comma 1"));
    let first = event(&project, "1");
    assert_eq!(first.when.as_ref().map(ToString::to_string).as_deref(), Some("2022-09-14"));
    assert_eq!(first.location.point.map(|point| point.longitude()), Some(70.25));
    assert_eq!(project.mappings.len(), 1, "how it is read is kept in the project");
    // A file in the usual writing is the same data.
    let usual = file(&[row(1, "Osh", 3), row(2, "Batken", 2)]);
    let (next, report) = import(&project, &usual, "ged241.csv");
    assert_eq!((next.events.len(), outcome(&report)), (2, (0, 0, 2, 0, 0)));
}

#[test]
fn a_table_of_an_unknown_kind_is_read_by_a_guess_and_again_by_its_rows() {
    let text = "date,place,killed\n2022-09-14,Osh,3\n2022-09-15,Batken,dozens\n2022-09-15,Batken,dozens\n";
    let (project, report) = import(&Project::titled("t"), text, "desk.csv");
    assert_eq!((project.events.len(), report.skipped_rows()), (2, 1));
    let readers: Vec<_> = project.datasets.iter().filter_map(|set| dataset::reader_of(&project, set)).collect();
    let claims = |event: &crate::model::Event| {
        event.source.as_ref().map_or_else(Vec::new, |source| readers[0].claims(event.id, source.row()))
    };
    let quantities: Vec<Quantity> =
        project.events.iter().flat_map(|event| claims(event)).map(|claim| claim.quantity).collect();
    assert_eq!(quantities[0], Quantity::exactly(3));
    assert_eq!(quantities[1].to_string(), "dozens");
    let (again, report) = import(&project, text, "desk.csv");
    assert!(again == project);
    assert_eq!(outcome(&report), (0, 0, 2, 0, 0));
}

#[test]
fn an_import_stops_when_it_is_asked_to() {
    let text = file(&[row(1, "Osh", 3)]);
    let table = Table::read(text.as_bytes().to_vec(), &Choices::default(), &|_| true).expect("a table");
    let fitted = fit(&table, Some("ged"), "mine").expect("a mapping");
    let source = Source::new("a.csv", text.as_bytes(), None);
    assert!(incoming(&table, &fitted, &source, &|_| false).is_none());
    assert!(plan(&Project::titled("t"), read(&text, "a.csv"), &Wishes::default(), &|_| false).is_none());
    assert!(fit(&table, Some("gde"), "mine").is_none());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn rows_in_are_events_out_and_skipped_and_a_second_time_changes_nothing(
        rows in proptest::collection::vec((1_u32..6, "[a-c\"\n]{0,3}", -2..4_i32), 0..12),
        newer in proptest::collection::vec((1_u32..6, "[a-c]{0,3}", -2..4_i32), 0..12),
    ) {
        let text = |rows: &[(u32, String, i32)]| {
            let rows: Vec<String> = rows.iter().map(|(id, place, best)| row(*id, &format!("\"{}\"", place.replace('"', "\"\"")), *best)).collect();
            file(&rows)
        };
        let (one, two) = (text(&rows), text(&newer));
        let (project, report) = import(&Project::titled("t"), &one, "ged241.csv");
        proptest::prop_assert_eq!(project.events.len() as u64, report.events());
        let (again, _) = import(&project, &one, "ged241.csv");
        proptest::prop_assert!(again == project);
        let (next, _) = import(&project, &two, "ged251.csv");
        let (same, _) = import(&next, &two, "ged251.csv");
        proptest::prop_assert!(same == next);
    }
}
