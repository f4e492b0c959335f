//! Importing tables as their users do: a file is chosen or dropped, looked at, put right, taken in, and undone. Rows are
//! made here, in words of our own.

use std::path::{Path, PathBuf};

use dateline::app::App;
use dateline::model::Measure;
use dateline::platform::Answer;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::{Dropped, click, press, project, run, says, sized, workbench};

const LOG: &str = "Day,Town,Dead,Wounded,So far\n03/04/2022,Osh,3,dozens,3\n05/04/2022,Batken,at least 4,?,7\n\
    31/04/2022,Isfana,2,1,9\n";

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,\
    location,latitude,longitude,geo_precision,source,notes,fatalities\n\
    QRM1,2022-09-14,2022,1,Battles,Armed clash,Army of Qurmland,League,Qurmland,Mill,Old Quay,40.1,70.8,1,Post,A clash,4\n\
    QRM2,2022-09-16,2022,2,Battles,Armed clash,Army of Qurmland,League,Qurmland,Mill,Mill Town,40.2,70.9,1,Post,A clash,0\n";

fn put(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a writable folder");
    path
}

/// A workbench with an empty project in which this file is chosen by File > Import table.
fn importing(path: &Path) -> Harness<'static, App> {
    let mut harness = workbench(None, [Answer::Chosen(vec![path.to_owned()])]);
    press(&mut harness, Modifiers::COMMAND, Key::N);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    harness
}

/// Chooses a file again in the same window, as if it were dropped there.
fn drop_file(harness: &mut Harness<'_, App>, path: &Path) {
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_owned())));
    run(harness);
}

#[test]
fn f12_on_a_number_of_a_row_shows_the_row_with_its_cell_marked_and_escape_goes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = ACLED.lines().last().expect("a row").replace(",0", ",5").replace("QRM2", "QRM3");
    let rows: Vec<&str> = ACLED.lines().take(2).chain([&*other]).collect();
    let mut harness = importing(&put(folder.path(), "clashes.csv", &rows.join("\n")));
    click(&mut harness, "Import 2 events");
    click(&mut harness, "Close import report");
    press(&mut harness, Modifiers::NONE, Key::F12);
    // A number is at least that number in ACLED; the cell says what the file has.
    assert!(says(&harness, "5+ killed is read from fatalities 5."), "{:?}", harness.state().desk());
    assert!(says(&harness, "File clashes.csv") && says(&harness, "Row 2 of the 2 of this file in the project"));
    let sha256 = project(&harness).datasets[0].sha256.to_string();
    assert!(says(&harness, &sha256));
    harness.get_by_label("fatalities: 5, the number is read from here");
    // The list has the keyboard, at the cell that the number is read from.
    harness.get_by_label("Fields of the row: fatalities: 5, the number is read from here");
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    harness.get_by_label("Fields of the row: notes: A clash");
    harness.input_mut().events.push(egui::Event::Copy);
    harness.step();
    let copied = |harness: &Harness<'_, App>| {
        harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    assert_eq!(copied(&harness).as_deref(), Some("A clash"));
    run(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!says(&harness, "is read from fatalities"));
    // The way back leads there again, and the event tab has a button for it.
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    press(&mut harness, Modifiers::ALT, Key::ArrowRight);
    click(&mut harness, "Event");
    click(&mut harness, "Go to the row of 5+ (data set ACLED)");
    assert!(says(&harness, "5+ killed is read from fatalities 5."));
    click(&mut harness, "Close row");
    assert!(!says(&harness, "is read from fatalities"));
}

#[test]
fn the_number_of_a_row_says_that_it_counts_neither_skipped_rows_nor_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<String> = ACLED.lines().map(str::to_owned).collect();
    // Two lines in one cell, and the first row once more, which is skipped: the last row begins on line 6.
    let wrapped = rows[1].replace("A clash", "\"A clash\nby night\"");
    let last = rows[2].replace(",0", ",5");
    let text = [&rows[0], &wrapped, &wrapped, &last].map(String::as_str).join("\n");
    let mut harness = importing(&put(folder.path(), "clashes.csv", &text));
    assert!(says(&harness, "(line 4)"), "the report names the line of the skipped row");
    click(&mut harness, "Import 2 events");
    click(&mut harness, "Close import report");
    press(&mut harness, Modifiers::NONE, Key::F12);
    let place = "Row 2 of the 2 of this file in the project; skipped rows and lines of the file are not counted";
    assert!(says(&harness, place));
}

#[test]
fn known_data_goes_straight_to_a_confirmation_and_in_as_one_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = importing(&put(folder.path(), "clashes.csv", ACLED));
    let before = project(&harness);
    assert!(says(&harness, "Import clashes.csv") && says(&harness, "ACLED"));
    assert!(says(&harness, "2 rows in = 2 events + 0 skipped"));
    assert!(says(&harness, "Encoding: UTF-8") && says(&harness, "Between fields: Comma"));
    click(&mut harness, "Import 2 events");
    let now = project(&harness);
    assert_eq!(now.events.len(), 2);
    assert!(says(&harness, "clashes.csv: 2 rows in = 2 events + 0 skipped; 2 new"));
    assert!(now.log.last().is_some_and(|entry| entry.what.contains("clashes.csv")));
    click(&mut harness, "Close import report");
    assert!(!says(&harness, "2 rows in"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness), before, "one step takes everything back");
}

#[test]
fn an_unknown_table_opens_on_its_columns_with_guesses_and_reasons() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = importing(&put(folder.path(), "log.csv", LOG));
    assert!(says(&harness, "Columns are guessed"));
    assert!(says(&harness, "Meaning of Day: Date"));
    assert!(says(&harness, "Meaning of Town: Place"));
    assert!(says(&harness, "Meaning of Dead: Killed, everybody, as written"));
    assert!(says(&harness, "Meaning of So far: Kept"));
    assert!(says(&harness, "Named “Dead”; 3 of 3 values are numbers"));
    assert!(says(&harness, "Dates: Day, month, year"));
    assert!(says(&harness, "2022-04-03 · Osh · killed 3 · injured dozens"), "what the first row becomes");
    assert!(says(&harness, "31/04/2022"), "the row with a day that is not there");
    click(&mut harness, "Import 3 events");
    let now = project(&harness);
    assert_eq!(now.events.len(), 3);
    assert_eq!(now.mappings.len(), 1, "what the columns mean is kept in the project");
    assert!(says(&harness, "1 flagged"));
}

#[test]
fn a_meaning_is_chosen_by_keyboard_and_the_preview_follows() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = importing(&put(folder.path(), "log.csv", LOG));
    harness.get_by_label_contains("Meaning of Dead").focus();
    run(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Space);
    harness.get_by_label("Missing").focus();
    run(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(says(&harness, "Meaning of Dead: Missing, everybody, as written"));
    assert!(says(&harness, "2022-04-03 · Osh · missing 3 · injured dozens"));
    assert!(says(&harness, "Chosen by you"));
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    let now = project(&harness);
    let mapping = now.mappings.first().expect("a mapping");
    let measures = mapping.columns.iter().filter_map(|(_, meaning)| match meaning {
        dateline::model::mapping::Meaning::Number(measure, ..) => Some(measure.clone()),
        _ => None,
    });
    assert_eq!(measures.collect::<Vec<_>>(), [Measure::Missing, Measure::Injured]);
}

#[test]
fn an_ambiguous_order_of_dates_is_told_and_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "Day,Town,Dead\n03/04/2022,Osh,3\n05/04/2022,Batken,4\n";
    let mut harness = importing(&put(folder.path(), "log.csv", rows));
    assert!(says(&harness, "can be read with the day or the month first"));
    assert!(says(&harness, "2022-04-03 · Osh"));
    harness.get_by_label_contains("Dates: Day, month, year").click();
    run(&mut harness);
    click(&mut harness, "Month, day, year");
    assert!(!says(&harness, "can be read with the day or the month first"));
    assert!(says(&harness, "2022-03-04 · Osh"));
}

#[test]
fn a_table_dropped_on_the_start_screen_begins_a_project_of_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = workbench(None, []);
    press(&mut harness, Modifiers::COMMAND, Key::W);
    drop_file(&mut harness, &put(folder.path(), "log of april.csv", LOG));
    click(&mut harness, "Import 3 events");
    assert_eq!(&*project(&harness).about.title, "log of april");
    // So does one that is named on the command line.
    let path = put(folder.path(), "log of may.csv", LOG);
    let mut harness = workbench(Some(&path), []);
    click(&mut harness, "Import 3 events");
    assert_eq!(&*project(&harness).about.title, "log of may");
}

#[test]
fn enter_imports_a_table_that_is_known_but_not_one_whose_columns_are_guessed() {
    let folder = tempfile::tempdir().expect("a folder");
    let header = "id,type_of_violence,side_a,side_b,country,date_prec,date_start,date_end,deaths_a,best,high,low";
    let row = "1,1,A,B,Mali,1,2020-01-02,2020-01-02,0,2,2,2";
    let mut known = importing(&put(folder.path(), "ged.csv", &format!("{header}\n{row}\n")));
    press(&mut known, Modifiers::NONE, Key::Enter);
    assert_eq!(project(&known).events.len(), 1);
    let guessed = importing(&put(folder.path(), "log.csv", LOG));
    assert!(guessed.get_by_label("Cancel import").is_focused());
}

#[test]
fn the_same_header_is_read_as_before_without_questions_and_the_same_file_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = put(folder.path(), "log.csv", LOG);
    let mut harness = importing(&path);
    click(&mut harness, "Import 3 events");
    let now = project(&harness);
    drop_file(&mut harness, &path);
    assert!(says(&harness, "Read as “log” was before"));
    assert!(says(&harness, "there is nothing to import"));
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(project(&harness), now);
    click(&mut harness, "Cancel import");
    assert!(!says(&harness, "Cancel import"));
    let more = put(folder.path(), "log of may.csv", "Day,Town,Dead,Wounded,So far\n13/05/2022,Osh,1,2,10\n");
    drop_file(&mut harness, &more);
    assert!(says(&harness, "Read as “log” was before") && says(&harness, "Import 1 event"));
}

#[test]
fn a_newer_file_tells_its_conflicts_and_the_analyst_decides() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = importing(&put(folder.path(), "clashes.csv", ACLED));
    click(&mut harness, "Import 2 events");
    let first = project(&harness).events.iter().next().map(|event| (**event).clone()).expect("an event");
    // The analyst knows better where it was; the newer file says a third place.
    let mine = dateline::model::Event {
        location: dateline::model::Location { name: "East Quay".into(), ..first.location.clone() },
        ..first.clone()
    };
    let folder_of_project = folder.path().join("case.ron");
    let edit = dateline::edit::Edit::SetEvents { events: vec![mine.into()], what: "place".to_owned() };
    let edited = edit.apply(&project(&harness)).expect("a change");
    std::fs::write(&folder_of_project, dateline::file::write(&edited)).expect("written");
    let mut harness = workbench(Some(&folder_of_project), []);
    let newer = ACLED.replace("Old Quay", "West Quay").replace("clash,0", "clash,7");
    drop_file(&mut harness, &put(folder.path(), "clashes 2.csv", &newer));
    assert!(says(&harness, "1 in conflict"));
    harness.get_by_label_contains("Conflicts").click();
    run(&mut harness);
    assert!(says(&harness, "mine: East Quay") && says(&harness, "the file's: West Quay"));
    harness.get_by_label_contains("Take the file's:").click();
    run(&mut harness);
    harness.get_by_label_contains("Make 2 changes").click();
    run(&mut harness);
    let now = project(&harness);
    assert_eq!(now.events.len(), 2);
    let place = now.events.get(first.id).map(|event| event.location.name.to_string());
    assert_eq!(place.as_deref(), Some("West Quay"));
}

#[test]
fn cancel_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = importing(&put(folder.path(), "log.csv", LOG));
    let before = project(&harness);
    click(&mut harness, "Cancel import");
    assert_eq!(project(&harness), before);
    assert!(!harness.state().is_changed());
    assert!(!says(&harness, "Import log.csv"));
}

#[test]
fn a_wrong_delimiter_is_put_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness =
        importing(&put(folder.path(), "log.csv", "Day|Town|Dead\n2022-04-03|Osh|3\n2022-04-04|Batken|4\n"));
    assert!(says(&harness, "Between fields: Bar |") && says(&harness, "Meaning of Town: Place"));
    harness.get_by_label_contains("Between fields: Bar |").click();
    run(&mut harness);
    click(&mut harness, "Comma");
    assert!(!says(&harness, "Meaning of Town"));
    harness.get_by_label_contains("Between fields: Comma").click();
    run(&mut harness);
    click(&mut harness, "Bar |");
    assert!(says(&harness, "Meaning of Town: Place"));
}

#[test]
fn a_file_that_is_no_table_says_why_and_can_be_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = importing(&put(folder.path(), "empty.csv", "  \n"));
    assert!(says(&harness, "The file is empty"));
    click(&mut harness, "Cancel import");
    let mut harness = importing(&put(folder.path(), "cut.csv", "day,dead\n2022-04-03,\"3\n2022-04-04,4\n"));
    assert!(says(&harness, "is never closed"));
    click(&mut harness, "Cancel import");
}

#[test]
fn the_program_started_with_a_table_imports_it_into_a_new_project() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = put(folder.path(), "clashes.csv", ACLED);
    let mut harness = workbench(Some(&path), []);
    assert!(says(&harness, "Import clashes.csv"));
    assert_eq!(project(&harness).events.len(), 0);
    click(&mut harness, "Import 2 events");
    assert_eq!(project(&harness).events.len(), 2);
}

#[test]
fn a_mapping_is_saved_as_a_file_and_opened_for_another_project() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = put(folder.path(), "log.csv", LOG);
    let mapping = folder.path().join("log mapping.ron");
    let answers = [Answer::Chosen(vec![table.clone()]), Answer::Chosen(vec![mapping.clone()])];
    let mut harness = workbench(None, answers);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    harness.get_by_label_contains("Meaning of Dead").click();
    run(&mut harness);
    harness.get_by_label("Captured").focus();
    run(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    click(&mut harness, "Save mapping…");
    assert!(says(&harness, "Saved the mapping as log mapping.ron"));

    let mut harness = workbench(None, [Answer::Chosen(vec![table]), Answer::Chosen(vec![mapping.clone()])]);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    assert!(says(&harness, "Meaning of Dead: Killed"));
    click(&mut harness, "Open mapping…");
    assert!(says(&harness, "Meaning of Dead: Captured"));
    assert!(says(&harness, "Read by “log”"));

    let broken = std::fs::read_to_string(&mapping).expect("the file").replace("number captured total", "slain");
    std::fs::write(&mapping, broken).expect("written");
    let mut harness =
        workbench(None, [Answer::Chosen(vec![folder.path().join("log.csv")]), Answer::Chosen(vec![mapping])]);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    click(&mut harness, "Open mapping…");
    assert!(says(&harness, "slain") && says(&harness, "line "), "a mistake is told with its place");
}

#[test]
fn a_narrow_window_has_room_for_the_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = put(folder.path(), "log.csv", LOG);
    let harness = sized([1024.0, 700.0], Some(&path), []);
    let list = harness.get_by_label_contains("Meaning of Day").rect();
    assert!(list.height() >= 24.0 && list.max.x < 1024.0 && list.max.y < 700.0);
    assert!(says(&harness, "2022-04-03 · Osh · killed 3 · injured dozens"));
}
