//! Other people's data in the window from its file to the next release: what the analyst changed of it stays.

use std::path::{Path, PathBuf};

use dateline::app::App;
use dateline::dataset;
use dateline::derive::Derived;
use dateline::derive::totals::{By, Query, totals};
use dateline::model::{Claim, ClaimId, InformationGrade, Measure, Project};
use dateline::platform::Answer;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::{Dropped, click, press, project, run, says, sized, workbench};

const AIRWARS: &str = "unique_reference_code,country,date,grading,latitude,longitude,strike_status,civilians_killed_min,\
    civilians_killed_max,civilians_injured_min,civilians_injured_max,belligerents\n\
    QS012,Qurmland,2021-05-10,fair,40.06,70.82,likely_strike,2,5,1,1,League\n";

fn put(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a writable folder");
    path
}

/// Drops a file on the window.
fn drop_file(harness: &mut Harness<'_, App>, path: &Path) {
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_owned())));
    run(harness);
}

/// The first number of the row of the only event, as the project has it.
fn first_number(project: &Project) -> Claim {
    let event = project.events.iter().next().expect("an event");
    let id = ClaimId::of_event(event.id, b'a').expect("an id");
    (**dataset::claim(project, id).expect("a claim")).clone()
}

#[test]
fn the_grade_of_a_row_is_taken_away_and_stays_away_through_saving_undo_and_the_next_release() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = put(folder.path(), "incidents.csv", AIRWARS);
    let case = folder.path().join("case.ron");
    let mut harness = sized([1440.0, 2400.0], Some(&table), [Answer::Chosen(vec![case.clone()])]);
    click(&mut harness, "Import 1 event");
    let before = first_number(&project(&harness));
    assert_eq!(before.grade, InformationGrade::new(2), "fair");
    click(&mut harness, "Close import report");
    click(&mut harness, "Event");
    // The grade is one of the fields of the claim's form, where "not graded" is the first choice.
    click(&mut harness, "Edit claim 2-5 (no best) (data set Airwars)");
    let list = |harness: &Harness<'_, App>| {
        let lists = harness.get_all_by_role(Role::ComboBox);
        lists.filter(|node| node.value().is_some_and(|value| value == "2 probably true")).count()
    };
    assert_eq!(list(&harness), 1);
    harness.get_by_value("2 probably true").click();
    run(&mut harness);
    click(&mut harness, "not graded");
    click(&mut harness, "Save claim");
    let cleared = Claim { grade: None, ..before.clone() };
    assert_eq!(first_number(&project(&harness)), cleared);
    // Undo and redo.
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(first_number(&project(&harness)), before);
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    assert_eq!(first_number(&project(&harness)), cleared);
    // Saving and opening.
    press(&mut harness, Modifiers::COMMAND, Key::S);
    let text = std::fs::read_to_string(&case).expect("saved");
    assert!(text.contains("grade:\"none\""), "{text}");
    let mut harness = workbench(Some(&case), []);
    assert_eq!(first_number(&project(&harness)), cleared);
    // The next release grades it anew: the analyst's word stays, and the preview tells that they disagree.
    let next = AIRWARS.replace(",fair,", ",confirmed,").replace("40.06", "40.07");
    drop_file(&mut harness, &put(folder.path(), "incidents later.csv", &next));
    assert!(says(&harness, "1 in conflict"));
    harness.get_by_label_contains("Conflicts").click();
    run(&mut harness);
    assert!(says(&harness, "mine: not graded") && says(&harness, "the file's: 1"));
    harness.get_by_label_contains("Make 1 change").click();
    run(&mut harness);
    let event = project(&harness).events.iter().next().map(|event| event.location.point);
    assert_eq!(event.flatten().map(|point| point.latitude()), Some(40.07), "the rest is brought up to date");
    assert_eq!(first_number(&project(&harness)), cleared);
}

const GED: &str = "id,relid,type_of_violence,side_a,side_b,where_coordinates,country,latitude,longitude,where_prec,\
    date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low";

/// A row in the shape of UCDP GED: an id, a place and a best figure.
fn ged(id: u32, place: &str, best: u32) -> String {
    let day = "2025-03-14 00:00:00.000";
    format!(
        "{id},X-{id},1,Government,League,{place},Freedonia,40.5,70.25,1,1,{day},{day},0,0,{best},0,{best},{best},{best}\n"
    )
}

#[test]
fn an_annual_release_takes_the_place_of_the_candidate_and_counts_each_event_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let candidate = format!("{GED}\n{}{}", ged(1, "Mill", 3), ged(2, "Quay", 2));
    let mut harness = workbench(Some(&put(folder.path(), "GEDEvent_v25_0_3.csv", &candidate)), []);
    assert!(says(&harness, "UCDP GED Candidate 25.0.3"));
    click(&mut harness, "Import 2 events");
    click(&mut harness, "Close import report");
    let killed = |harness: &Harness<'_, App>| {
        let project = project(harness);
        let derived = Derived::from_scratch(&project);
        let totals = totals(&project, &derived, &Query::new(Measure::Killed, By::None));
        (project.events.len(), totals.total.best)
    };
    assert_eq!(killed(&harness), (2, Some(5)));

    // Mill was counted anew, Quay is as it was, and the candidate did not have Ford.
    let annual = format!("{GED}\n{}{}{}", ged(1, "Mill", 4), ged(2, "Quay", 2), ged(7, "Ford", 1));
    drop_file(&mut harness, &put(folder.path(), "GEDEvent_v26_1.csv", &annual));
    assert!(says(&harness, "3 rows in = 3 events + 0 skipped"));
    for part in ["1 new", "1 changed", "1 as they are", "0 removed"] {
        assert!(says(&harness, part), "{part}");
    }
    assert!(says(&harness, "2 events of UCDP GED Candidate 25.0.3 are in this file, too: each stays one event"));
    harness.get_by_label_contains("Make 2 changes").click();
    run(&mut harness);
    assert_eq!(killed(&harness), (3, Some(7)), "4, 2 and 1");
    let now = project(&harness);
    assert_eq!(now.datasets.len(), 1, "no row rests on the candidate any more");
    assert!(now.log.last().is_some_and(|entry| entry.what.contains("UCDP GED Candidate 25.0.3")));

    // Who drops the candidate once more is told that the project knows better.
    click(&mut harness, "Close import report");
    drop_file(&mut harness, &folder.path().join("GEDEvent_v25_0_3.csv"));
    assert!(says(&harness, "2 rows (lines 2; 3): the project has it from a newer release, UCDP GED 26.1"));
    assert!(says(&harness, "there is nothing to import"));
    assert_eq!(project(&harness), now);
}

/// The sample project as records that Dateline wrote, in a file of this folder.
fn records(folder: &Path) -> (Project, PathBuf) {
    let path = folder.join("records.jsonl");
    let output = crate::cli::dateline(&["export", &crate::cli::sample(), "-o", &path.to_string_lossy()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (dateline::sample::project().expect("a project"), path)
}

#[test]
fn records_that_dateline_wrote_are_imported_from_the_command_line_by_the_menu_and_by_dropping_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sample, path) = records(folder.path());
    let same_records =
        |now: &Project| now.events == sample.events && now.claims == sample.claims && now.articles == sample.articles;
    // On the command line: a new project of the file, with its title, rules and log.
    let mut harness = workbench(Some(&path), []);
    assert!(says(&harness, "Import records.jsonl") && says(&harness, "Dateline records"));
    let all = sample.articles.len() + sample.claims.len() + sample.notes.len() + sample.events.len();
    assert!(says(&harness, &format!("{} events, {} claims", sample.events.len(), sample.claims.len())));
    assert_eq!(project(&harness).events.len(), 0, "nothing is changed yet");
    // Nothing in it is a guess or contradicts anything: Enter is enough.
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let now = project(&harness);
    assert!(same_records(&now) && now.about.title == sample.about.title);
    let entry = now.log.last().expect("a line in the log").what.to_string();
    assert!(entry.starts_with("Took in records of records.jsonl (SHA-256 "), "{entry}");
    assert!(!says(&harness, "Cancel import"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness).events.len(), 0, "one step takes all of it back");
    press(&mut harness, Modifiers::COMMAND, Key::Y);

    // Dropped once more there is nothing to import.
    drop_file(&mut harness, &path);
    assert!(says(&harness, &format!("{all} there already")) && says(&harness, "there is nothing to import"));
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(same_records(&project(&harness)) && project(&harness).log.len() == now.log.len());
    click(&mut harness, "Cancel import");

    // By the menu, into a project that has its own title.
    let mut harness = workbench(None, [Answer::Chosen(vec![path])]);
    press(&mut harness, Modifiers::COMMAND, Key::N);
    let title = project(&harness).about.title.clone();
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    click(&mut harness, &format!("Import {all} records"));
    assert!(same_records(&project(&harness)));
    assert_eq!(project(&harness).about.title, title);
}

#[test]
fn enter_imports_a_file_that_was_read_before_the_window_had_the_keyboard() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sample, path) = records(folder.path());
    let mut harness = workbench(None, []);
    press(&mut harness, Modifiers::COMMAND, Key::N);
    harness.input_mut().focused = false;
    drop_file(&mut harness, &path);
    harness.input_mut().focused = true;
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(project(&harness).events.len(), sample.events.len());
}

#[test]
fn records_that_say_something_else_stay_until_the_file_is_to_win() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sample, path) = records(folder.path());
    let event = sample.events.iter().next().expect("an event");
    let text = std::fs::read_to_string(&path).expect("the file");
    let lines = text.lines().map(|line| {
        let mut record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        if record["record"] == "event" && record["id"] == event.id.as_str() {
            record["title"] = "Told otherwise".into();
        }
        format!("{record}\n")
    });
    let newer = put(folder.path(), "newer.jsonl", &lines.collect::<String>());
    let mut harness = workbench(None, []);
    drop_file(&mut harness, &newer);
    assert!(says(&harness, "1 left as they are, though the file says something else"));
    assert!(says(&harness, &format!("{}: the file says something else; the project's stays", event.id)));
    assert!(says(&harness, "there is nothing to import"));
    click(&mut harness, "Let the file win where both have a record that says something else");
    assert!(says(&harness, "1 changed"));
    click(&mut harness, "Make 1 change");
    let title = |harness: &Harness<'_, App>| {
        project(harness).events.get(event.id).map(|event| event.title.to_string()).unwrap_or_default()
    };
    assert_eq!(title(&harness), "Told otherwise");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(title(&harness), *event.title);
}

#[test]
fn a_broken_line_of_records_is_told_with_its_place_and_nothing_comes_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, path) = records(folder.path());
    let text = std::fs::read_to_string(&path).expect("the file");
    let mut lines: Vec<&str> = text.lines().collect();
    let broken = lines[2].get(..20).expect("a line").to_owned();
    lines[2] = &broken;
    let mut harness = workbench(None, []);
    let before = project(&harness);
    drop_file(&mut harness, &put(folder.path(), "cut.jsonl", &lines.join("\n")));
    assert!(says(&harness, "Line 3, column 20: no JSON object"));
    assert!(!says(&harness, "at line 1"), "the place is said once");
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    click(&mut harness, "Cancel import");
    assert_eq!(project(&harness), before);
    drop_file(&mut harness, &put(folder.path(), "other.ndjson", "{\"a\": 1}\n"));
    assert!(says(&harness, "Line 1: it has no field “record”"));
}
